"""The page's HTML without its map: header, treaty panel, table and footer, readable without scripts."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

__all__ = ["MarkupWriter"]

Payload: TypeAlias = Mapping[str, Any]

_INDEX = "index.html"
_SMALL_KM = 10


def _is_web(url: object) -> bool:
    return isinstance(url, str) and url.lower().startswith(("https://", "http://"))


def _number(value: float | None, digits: int) -> str | None:
    return None if value is None else f"{value:,.{digits}f}"


class MarkupWriter:
    """Writes the fixed parts of a page; every text of the payload is escaped.

    Parameters
    ----------
    payload
        The payload of one page.
    words
        The words a reader sees, by key.
    """

    def __init__(self, payload: Payload, words: Mapping[str, str]) -> None:
        """Keep the payload and the words."""
        self._payload = payload
        self._words = words

    def _say(self, key: str, **values: object) -> str:
        return escape(self._words[key].format(**values))

    def _name(self, group: str, name: str) -> str:
        return escape(self._words.get(f"{group}.{name}", name))

    def _has_panel(self) -> bool:
        orphans: Mapping[str, Any] = self._payload.get("orphans", {})
        return bool(self._payload.get("articles") or any(orphans.values()))

    def before_map(self) -> str:
        """Return the HTML from the top of the body to the map's box."""
        stage = "stage" if self._has_panel() else "stage no-panel"
        return (
            f'<a class="skip" href="#table-box">{self._say("map.skip")}</a>\n'
            f'<div class="wrap">\n{self._navigation()}{self._header()}'
            f'<main>\n<div class="{stage}">\n'
            f'<section class="map-column" aria-label="{self._say("map.label")}">\n'
        )

    def fallback(self) -> str:
        """Return the HTML that stands in the map's box where scripts do not run."""
        return f'<noscript><p class="noscript">{self._say("map.noscript")}</p></noscript>'

    def after_map(self) -> str:
        """Return the HTML from the map's box to the end of the body's content."""
        return (
            f'\n<p class="hint">{self._say("map.keys")}</p>\n'
            f'<details class="key-box" open data-wide><summary>{self._say("legend.title")}</summary>'
            '<div id="legend" class="key"></div></details>\n'
            f"</section>\n{self._panel()}</div>\n{self._cards()}{self._table()}</main>\n{self._footer()}</div>\n"
        )

    def _current(self, page: Mapping[str, Any]) -> bool:
        own = _INDEX if self._payload["kind"] == "index" else f"{self._payload['id']}.html"
        return str(page["href"]) == own

    def _navigation(self) -> str:
        if self._payload["kind"] == "index":
            return ""
        pages: Sequence[Mapping[str, Any]] = self._payload.get("pages", ())
        others = [page for page in pages if not self._current(page)]
        home = "".join(self._page_link(page) for page in others if page["href"] == _INDEX)
        items = "".join(f"<li>{self._page_link(page)}</li>" for page in others if page["href"] != _INDEX)
        if not others:
            return ""
        count = self._say("nav.others", n=items.count("<li>"))
        menu = f"<details><summary>{count}</summary><ul>{items}</ul></details>" if items else ""
        return f'<nav class="pages" aria-label="{self._say("nav.label")}">{home}{menu}</nav>\n'

    @staticmethod
    def _page_link(page: Mapping[str, Any]) -> str:
        return f'<a href="{escape(str(page["href"]))}">{escape(str(page["title"]))}</a>'

    def _header(self) -> str:
        payload = self._payload
        facts = "".join(
            f"<div><dt>{escape(fact['label'])}</dt><dd>{escape(fact['value'])}{self._note(fact)}</dd></div>"
            for fact in payload.get("summary", ())
        )
        summary = f'<dl class="summary">{facts}</dl>\n' if facts else ""
        return (
            f'<header class="head">\n<p class="kicker"><b>{escape(payload["title"])}</b> \u00b7 '
            f"{self._say('footer.data_date')} {self._date(payload['data_date'])}</p>\n"
            f"<h1>{escape(payload['headline'])}</h1>\n"
            f'<p class="subtitle">{escape(payload["subtitle"])}</p>\n{summary}</header>\n'
        )

    @staticmethod
    def _note(fact: Mapping[str, Any]) -> str:
        note = fact.get("note")
        return f'<span class="note">{escape(note)}</span>' if note else ""

    @staticmethod
    def _date(date: str) -> str:
        return f'<time datetime="{escape(date)}">{escape(date)}</time>'

    def _panel(self) -> str:
        if not self._has_panel():
            return ""
        listed: Sequence[Mapping[str, Any]] = self._payload.get("articles", ())
        articles = "".join(self._article(article, index) for index, article in enumerate(listed))
        intro, status = ("panel.intro", "panel.status_none") if listed else ("panel.intro_none", "panel.status_empty")
        return (
            '<details class="panel" id="treaty" open data-wide>\n'
            f"<summary><h2>{self._say('panel.title')}</h2></summary>\n"
            f'<p class="intro">{self._say(intro)}</p>\n'
            '<div class="status-box" id="status-box">'
            f'<p id="status" role="status">{self._say(status)}</p></div>\n'
            f'<div class="panel-scroll"><ul class="articles" id="articles">{articles}</ul>\n'
            f"{self._orphans()}</div></details>\n"
        )

    @staticmethod
    def _article(article: Mapping[str, Any], index: int) -> str:
        verified = "true" if article["verified"] else "false"
        return (
            f'<li data-article="{escape(article["id"])}" data-verified="{verified}">'
            f'<h3><span class="article-label">{escape(article["label"])}</span> '
            f'<span class="article-name">{escape(article["title"])}</span></h3>'
            f'<div class="article-body" id="article-{index}">'
            f'<p class="level">{escape(article["level_text"])}</p><p>{escape(article["paraphrase"])}</p>'
            f'<p class="article-line muted">{escape(article["status_line"])}</p></div></li>\n'
        )

    def _orphans(self) -> str:
        orphans: Mapping[str, Any] = self._payload.get("orphans", {})
        lists = (
            ("panel.orphan_articles", [str(text) for text in orphans.get("articles", ())]),
            ("panel.orphan_objects", [str(thing["name"]) for thing in orphans.get("objects", ())]),
        )
        return "".join(
            f'<details class="orphans"><summary>{self._say(key)} ({len(names)})</summary>'
            f"<ul>{''.join(f'<li>{escape(name)}</li>' for name in names)}</ul></details>\n"
            for key, names in lists
            if names
        )

    def _table(self) -> str:
        links: Sequence[Mapping[str, Any]] = self._payload["links"]
        heads = "".join(
            f'<th scope="col"{self._number_class(key)}>{self._say(f"table.col.{key}")}</th>'
            for key in ("link", "mode", "km", "status", "as_of", "hours", "gauge", "sources")
        )
        count = self._say("table.count_one" if len(links) == 1 else "table.count_many", n=len(links))
        return (
            f'<details class="block" id="table-box"><summary><h2 class="inline">{self._say("table.title")}</h2> '
            f'<span class="count">{count}</span></summary>\n'
            f'<div class="scroll" role="region" tabindex="0" aria-label="{self._say("table.scroll")}">'
            f'<table class="links" id="links"><thead><tr>{heads}</tr></thead>\n<tbody>\n'
            f"{''.join(self._row(link) for link in links)}</tbody></table></div></details>\n"
        )

    @staticmethod
    def _number_class(key: str) -> str:
        return ' class="number"' if key in {"km", "hours"} else ""

    def _row(self, link: Mapping[str, Any]) -> str:
        gauge = next((field[1] for field in link["fields"] if field[0] == "Gauge"), None)
        km, hours = link["km"], link["time_h"]
        cells = (
            f"<td>{self._name('mode', link['mode'])}</td>",
            self._number_cell(km, 0 if km is None or km >= _SMALL_KM else 1),
            f"<td>{self._name('status', link['status'])}</td>",
            self._cell(link.get("as_of")),
            self._number_cell(hours, 1),
            self._cell(gauge),
            f"<td>{self._source_names(link['sources'])}</td>",
        )
        return f'<tr data-id="{escape(link["id"])}"><th scope="row">{escape(link["name"])}</th>{"".join(cells)}</tr>\n'

    def _cell(self, text: str | None) -> str:
        if text:
            return f"<td>{escape(text)}</td>"
        return f'<td class="is-missing" data-v="">{self._say("value.none")}</td>'

    def _number_cell(self, value: float | None, digits: int) -> str:
        text = _number(value, digits)
        if text is None:
            return f'<td class="number is-missing" data-v="">{self._say("value.none")}</td>'
        return f'<td class="number" data-v="{value}">{text}</td>'

    def _source_names(self, ids: Iterable[str]) -> str:
        names = [self._source_mark(source_id) for source_id in ids]
        return ", ".join(names) if names else f'<span class="muted">{self._say("table.no_source")}</span>'

    def _source_mark(self, source_id: str) -> str:
        source = self._payload["sources"].get(source_id)
        grade = f" ({escape(source['grade'])})" if source and source.get("grade") else ""
        return f"{escape(source_id)}{grade}"

    def _cards(self) -> str:
        if self._payload["kind"] != "index":
            return ""
        cards = "".join(self._card(page) for page in self._payload.get("pages", ()) if not self._current(page))
        return f'<h2 class="section-title">{self._say("index.cards")}</h2>\n<ul class="cards">{cards}</ul>\n'

    @staticmethod
    def _card(page: Mapping[str, Any]) -> str:
        figures = "".join(
            f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in page.get("figures", ())
        )
        note = f"<p>{escape(page['note'])}</p>" if page.get("note") else ""
        return (
            f'<li class="card"><h3><a href="{escape(str(page["href"]))}">{escape(page["title"])}</a></h3>{note}'
            f"{f'<dl>{figures}</dl>' if figures else ''}</li>\n"
        )

    def _footer(self) -> str:
        payload = self._payload
        footer: Mapping[str, Any] = payload["footer"]
        credits_ = "; ".join(escape(text) for text in footer.get("credits", ()))
        rows = (
            ("footer.data_date", self._date(payload["data_date"])),
            ("footer.atlas_version", escape(payload["atlas_version"])),
            ("footer.borders", escape(payload["borders"]["sentence"])),
            ("footer.licence", escape(footer["licence"])),
            ("footer.credits", f"{credits_}. {self._say('footer.leaflet')}".removeprefix(". ")),
            ("footer.downloads", self._downloads()),
            ("footer.correction", escape(footer["correction"])),
        )
        facts = "".join(f"<dt>{self._say(key)}</dt><dd>{html}</dd>\n" for key, html in rows if html)
        return f'<footer class="footer">\n<dl>{facts}</dl>\n{self._corrections()}{self._sources()}</footer>\n'

    def _downloads(self) -> str:
        files: Sequence[Mapping[str, str]] = self._payload.get("downloads", ())
        return ", ".join(f'<a href="{escape(file["href"])}" download>{escape(file["title"])}</a>' for file in files)

    def _corrections(self) -> str:
        rows: Sequence[Mapping[str, Any]] = self._payload.get("corrections", ())
        if not rows:
            return ""
        items = "".join(self._correction(row) for row in rows)
        title = self._say("footer.corrections")
        return (
            f'<details class="block" id="corrections"><summary><h2 class="inline">{title}</h2> '
            f'<span class="count">{len(rows)}</span></summary>\n<ul class="source-list">{items}</ul></details>\n'
        )

    def _correction(self, row: Mapping[str, Any]) -> str:
        none = self._say("value.none")
        change = f"{escape(row['old']) or none} → {escape(row['new']) or none}"
        return (
            f"<li>{self._date(row['date'])}, {escape(row['version'])}: {escape(row['object'])}, "
            f"{escape(row['field'])}: {change}. {escape(row['why'])} [{self._source_names(row['sources'])}]</li>\n"
        )

    def _sources(self) -> str:
        sources: Mapping[str, Mapping[str, Any]] = self._payload["sources"]
        if not sources:
            return ""
        items = "".join(self._source(source_id, source) for source_id, source in sorted(sources.items()))
        return (
            f'<details class="block" id="sources"><summary><h2 class="inline">{self._say("footer.sources")}</h2> '
            f'<span class="count">{len(sources)}</span></summary>\n<ol class="source-list">{items}</ol></details>\n'
        )

    def _source(self, source_id: str, source: Mapping[str, Any]) -> str:
        title, url = escape(source["title"]), source.get("url")
        name = f'<a href="{escape(str(url))}" rel="noopener noreferrer">{title}</a>' if _is_web(url) else title
        date = escape(source["date"]) if source.get("date") else self._say("source.undated")
        grade = f", {self._say('source.grade', grade=source['grade'])}" if source.get("grade") else ""
        return f"<li>{escape(source_id)}: {name}, {date}{grade}</li>\n"
