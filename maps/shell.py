"""The document round a page: a folium figure that asks nothing of a network and evaluates no text."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import folium
from branca.element import Element, Figure

__all__ = ["PageFigure", "PageMap", "PageParts", "TextElement", "inert_json"]

_JSON_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def inert_json(value: object) -> str:
    r"""Write a value as JSON that is safe inside a script element.

    Parameters
    ----------
    value
        Anything that JSON can hold; no NaN and no infinity.

    Returns
    -------
    str
        JSON without a character that HTML or an old JavaScript parser could read as its own.

    Raises
    ------
    ValueError
        If a number is not finite.

    Examples
    --------
    >>> inert_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, replacement in _JSON_ESCAPES.items():
        text = text.replace(character, replacement)
    return text


class TextElement(Element):
    """An element that gives its text as it is; branca would read it as a template."""

    def __init__(self, text: str, name: str) -> None:
        """Keep the text; the name is the id, so that two renders are the same."""
        super().__init__()
        self._name = "text"
        self._id = name
        self._text = text

    def render(self, **_options: Any) -> str:
        """Return the text untouched."""
        return self._text


class PageMap(folium.Map):
    """A folium map without foreign scripts, styles and tiles; the page's own script draws it."""

    def __init__(self, fallback: str) -> None:
        """Keep the HTML that is shown where scripts do not run."""
        super().__init__(tiles=None, zoom_control=False)
        # What folium would fetch from four foreign hosts.
        self.default_js = []
        self.default_css = []
        self._id = "map"
        self._fallback = fallback

    def render(self, **_options: Any) -> str:
        """Return the empty box that the script fills."""
        return f'<div id="{self._id}" class="map">{self._fallback}</div>'


@dataclass(frozen=True, slots=True)
class PageParts:
    """What a document is put together from; every text is HTML already, or is never read as HTML.

    Attributes
    ----------
    lang
        Language of the page, as in HTML.
    kind
        Kind of the page.
    title
        Words for the window's title, plain text.
    description
        One sentence on the page, plain text.
    before_map, after_map
        HTML before and after the map's box.
    fallback
        HTML inside the map's box, for readers without scripts.
    data
        JSON texts by the id of their script element, already inert.
    script, style
        The bundle.
    """

    lang: str
    kind: str
    title: str
    description: str
    before_map: str
    after_map: str
    fallback: str
    data: Mapping[str, str]
    script: str
    style: str


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _policy(script: str, style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_csp_hash(script)}",
            f"style-src {_csp_hash(style)}",
            # The empty icon below, so that no browser asks a host for one.
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ),
    )


class PageFigure(Figure):
    """One page as a folium figure; nothing in it passes through a template.

    Parameters
    ----------
    parts
        The texts of the page.

    Raises
    ------
    ValueError
        If the script or the style holds its own end tag.
    """

    def __init__(self, parts: PageParts) -> None:
        """Lay the parts into the figure's header, body and script."""
        for text, tag in ((parts.script, "</script"), (parts.style, "</style")):
            if tag in text.lower():
                message = f"The built bundle holds {tag!r} and would end its own element. Build the bundle again."
                raise ValueError(message)
        super().__init__(title=parts.title)
        self._id = "page"
        self._lang = parts.lang
        self._kind = parts.kind
        head = (
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(parts.script, parts.style)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f'<meta name="description" content="{escape(parts.description)}">\n'
            f"<title>{escape(parts.title)}</title>\n"
            '<link rel="icon" href="data:,">\n'
            f"<style>{parts.style}</style>\n"
        )
        data = "".join(
            f'<script type="application/json" id="{escape(name)}">{text}</script>\n'
            for name, text in parts.data.items()
        )
        self.header = TextElement(head, "head")
        self.html = Element()
        self.html.add_child(TextElement(parts.before_map, "before-map"), name="before-map")
        self.html.add_child(PageMap(parts.fallback), name="map")
        self.html.add_child(TextElement(parts.after_map, "after-map"), name="after-map")
        self.script = TextElement(f"{data}<script>{parts.script}</script>\n", "script")

    def render(self, **_options: Any) -> str:
        """Return the whole document."""
        body = "".join(child.render() for child in self.html._children.values())  # noqa: SLF001 - branca's way
        return (
            "<!doctype html>\n"
            f'<html lang="{escape(self._lang)}" data-kind="{escape(self._kind)}">\n'
            f"<head>\n{self.header.render()}</head>\n"
            f"<body>\n{body}{self.script.render()}</body>\n</html>\n"
        )
