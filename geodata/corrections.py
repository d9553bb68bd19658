"""Corrections: facts that an earlier version of the atlas held otherwise, and the corridors they touch."""

import re

from geodata.atlas import Atlas
from geodata.errors import AtlasError
from geodata.table import Row

__all__ = ["corrections_since", "corridors_touched", "version_key"]

_VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})-(\d+)")


def version_key(version: str) -> tuple[int, ...]:
    """Return a version of the atlas as numbers that sort in time.

    Raises
    ------
    AtlasError
        Where the text is no version.

    Examples
    --------
    >>> version_key("2026.11.21-2") > version_key("2026.11.21-1")
    True
    """
    match = _VERSION.fullmatch(version)
    if not match:
        msg = f"{version!r} is no version of the atlas. It has the form 2026.11.21-1 and stands in each page's footer."
        raise AtlasError(msg)
    return tuple(int(part) for part in match.groups())


def corrections_since(atlas: Atlas, version: str | None = None) -> tuple[Row, ...]:
    """Return the corrections made after a version, or all of them, oldest first.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> corrections_since(atlas, atlas.version)
    ()
    """
    after = version_key(version) if version else ()
    rows = [row for row in atlas.corrections if version_key(row["version"]) > after]
    return tuple(sorted(rows, key=lambda row: (version_key(row["version"]), row["id"])))


def corridors_touched(atlas: Atlas, object_id: str) -> tuple[str, ...]:
    """Return the corridors whose pages show an object, sorted.

    Parameters
    ----------
    atlas
        The atlas.
    object_id
        Link, place, crossing or project.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> corridors_touched(load_atlas(), "rail-astara-terminal-talesh")
    ('instc-west', 'rasht-astara')
    """
    links = {object_id} if object_id in atlas.links else set()
    for table in (atlas.crossings, atlas.projects):
        row = table.get(object_id)
        if row is not None:
            links |= set(row["link_ids"])
    links |= {row["id"] for row in atlas.links if object_id in {row["from_id"], row["to_id"]}}
    return tuple(sorted(corridor for corridor, legs in atlas.legs.items() if links & set(legs)))
