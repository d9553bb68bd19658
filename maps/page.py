"""Pages: one payload in, one self-contained HTML file out."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from maps.bundle import load_assets
from maps.errors import PageError
from maps.markup import MarkupWriter

__all__ = ["render_index", "render_page", "write_page"]

Payload: TypeAlias = Mapping[str, Any]

SCHEMA_VERSION = 1
_FILE_MODE = 0o644
_REQUIRED = (
    "atlas_version",
    "borders",
    "data_date",
    "footer",
    "headline",
    "id",
    "lang",
    "links",
    "points",
    "sources",
    "subtitle",
    "title",
)


def _check(payload: Payload, kind: str) -> None:
    found = payload.get("schema_version")
    if found != SCHEMA_VERSION:
        message = (
            f"The payload has schema version {found!r}, but this page draws version {SCHEMA_VERSION}. "
            "Make it with this version of the package."
        )
        raise PageError(message)
    if payload.get("kind") != kind:
        message = f"The payload is of kind {payload.get('kind')!r}, not {kind!r}. Use the function for its kind."
        raise PageError(message)
    missing = [key for key in _REQUIRED if key not in payload]
    if missing:
        message = f"The payload lacks {', '.join(missing)}. Add these keys to it."
        raise PageError(message)


def _render(payload: Payload, kind: str) -> str:
    _check(payload, kind)
    # Here and not above: folium takes long to import and most commands draw nothing.
    from maps.shell import PageFigure, PageParts, inert_json

    assets = load_assets()
    markup = MarkupWriter(payload, assets.words)
    try:
        data = inert_json(payload)
    except (TypeError, ValueError) as error:
        message = f"The payload {payload['id']!r} is no JSON: {error}. Give it finite numbers and plain text."
        raise PageError(message) from error
    parts = PageParts(
        lang=payload["lang"],
        kind=kind,
        title=f"{payload['title']}: {payload['headline']}",
        description=payload["subtitle"],
        before_map=markup.before_map(),
        after_map=markup.after_map(),
        fallback=markup.fallback(),
        data={"payload": data, "base": assets.base, "world": assets.world},
        script=assets.script,
        style=assets.style,
    )
    return PageFigure(parts).render()


def render_page(payload: Payload) -> str:
    """Draw the page of one corridor.

    Parameters
    ----------
    payload
        The payload, of kind ``corridor``.

    Returns
    -------
    str
        One HTML document that needs no network.

    Raises
    ------
    PageError
        If the payload is of another kind or version, or lacks a part.
    BundleError
        If the bundle is missing or older than its sources.

    Examples
    --------
    >>> render_page({"schema_version": 1, "kind": "index"})
    Traceback (most recent call last):
    maps.errors.PageError: The payload is of kind 'index', not 'corridor'. Use the function for its kind.
    """
    return _render(payload, "corridor")


def render_index(payload: Payload) -> str:
    """Draw the overview: every corridor on one map, and a card for each.

    Parameters
    ----------
    payload
        The payload, of kind ``index``.

    Returns
    -------
    str
        One HTML document that needs no network.

    Raises
    ------
    PageError
        If the payload is of another kind or version, or lacks a part.
    BundleError
        If the bundle is missing or older than its sources.

    Examples
    --------
    >>> render_index({"schema_version": 1, "kind": "corridor"})
    Traceback (most recent call last):
    maps.errors.PageError: The payload is of kind 'corridor', not 'index'. Use the function for its kind.
    """
    return _render(payload, "index")


def write_page(payload: Payload, path: str | os.PathLike[str]) -> Path:
    """Draw a page of either kind and write it in one step.

    A reader of the file sees the old page or the new one, never a part.

    Parameters
    ----------
    payload
        The payload, of kind ``corridor`` or ``index``.
    path
        The file to write; its folder must exist.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    PageError
        If the payload cannot be drawn or the folder is missing.
    BundleError
        If the bundle is missing or older than its sources.

    Examples
    --------
    >>> write_page({"schema_version": 2}, "page.html")
    Traceback (most recent call last):
    maps.errors.PageError: The payload has schema version 2, but this page draws version 1.
    Make it with this version of the package.
    """
    target = Path(path)
    if not target.parent.is_dir():
        message = f"The folder {str(target.parent)!r} does not exist. Make it first."
        raise PageError(message)
    render = render_index if payload.get("kind") == "index" else render_page
    content = render(payload).encode("utf-8")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(_FILE_MODE)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return target
