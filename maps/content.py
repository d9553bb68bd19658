"""Content of a page: its links, points, relations, corrections and sources, gathered once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from corridors.treaty import ArticleView, TreatyView
from geodata import Atlas, StatusInterval, shape_of
from geodata.corrections import corrections_since
from geodata.naming import NEUTRAL, name_of, party_names
from geodata.shape import thinned
from geodata.status import USABLE
from geodata.table import Row
from maps.wording import (
    BORDERS_SENTENCE,
    Shown,
    deciding_event,
    length_text,
    link_facts,
    place_facts,
    reporter,
    status_text,
)

__all__ = ["PageContent"]

# Less than a pixel at the zoom at which a whole corridor is seen.
_DRAWN_KM = 0.3
_QUALITY = {
    "junctions": "through junctions of mapped track",
    "towns": "through towns of the gazetteer",
    "mixed": "through towns of the gazetteer and points set by hand",
    "hand-set": "through points set by hand",
    "straight": "straight between its ends",
}
_LEVEL = {
    "confirmed_numbered": "number and substance seen in a source",
    "confirmed_unnumbered": "substance seen in a source, number unverified",
    "unconfirmed": "number and content unverified",
}


class PageContent:
    """The links, points, relations and sources of one page, gathered once."""

    def __init__(self, atlas: Atlas, as_of: date, treaty: TreatyView, worldview: str, *, brief: bool = False) -> None:
        self.atlas = atlas
        # The overview shows much and says little: the page of a corridor has the rest.
        self.brief = brief
        self.worldview = worldview
        self.as_of = as_of
        self.treaty = treaty
        self.links: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.sources: set[str] = set()
        # Places in whose yard the gauge changes today; a planned line does not make one.
        self.breaks = {
            row[end]
            for row in atlas.crossings
            for end in ("place_a_id", "place_b_id")
            if row["gauge_break"] and atlas.status(row["id"], as_of).status in USABLE
            if row[end] and len(atlas.places[row[end]]["gauges_mm"]) > 1
        }

    def _cite(self, *groups: Iterable[str]) -> list[str]:
        found = list(dict.fromkeys(item for group in groups for item in group))
        self.sources |= set(found)
        return found

    def _fields(self, facts: Sequence[Shown]) -> list[list[str]]:
        facts = facts[:1] if self.brief else facts
        for fact in facts:
            self._cite(fact.provenance.source_ids if fact.provenance else ())
        return [[fact.label, fact.text, fact.cite] for fact in facts]

    def _names(self, place_id: str) -> list[list[str]]:
        """Return the names of a place by language, English left out, for it heads the popup."""
        rows = (row for row in self.atlas.place_names if row["place_id"] == place_id and row["lang"] != "en")
        return sorted([row["lang"], row["name"]] for row in rows)

    def _corrections(self, ids: Collection[str]) -> list[dict[str, Any]]:
        """Return the corrections of objects on the page, newest first."""
        return [
            {
                "object": row["object_id"],
                "field": row["field"],
                "old": row["old"] or "",
                "new": row["new"] or "",
                "why": row["why"],
                "version": row["version"],
                "date": row["date"].isoformat(),
                "sources": self._cite(row["source_ids"]),
            }
            for row in reversed(corrections_since(self.atlas))
            if row["object_id"] in ids
        ]

    def corrections(self) -> list[dict[str, Any]]:
        """Return the corrections of what is on the page, and of the projects that touch it."""
        if self.brief:
            return []
        ids = {item["id"] for item in (*self.links, *self.points)}
        ids |= {row["id"] for row in self.atlas.projects if set(row["link_ids"]) & ids}
        return self._corrections(ids)

    def _status_text(self, table: str, state: StatusInterval) -> str:
        event = deciding_event(self.atlas, state)
        words = status_text(state, self.atlas.data_date, reporter(self.atlas, table, state))
        return f"{words}: {event['title']}" if event else words

    def add_link(self, link_id: str, hours: float | None, top: Mapping[str, Any] | None, *, inside: bool) -> None:
        """Add a link with its hours on the corridor, its bottleneck if it is one, and whether it belongs to it."""
        atlas = self.atlas
        link = atlas.links[link_id]
        shape = shape_of(atlas, link_id)
        drawn = thinned(shape, _DRAWN_KM) if shape.quality == "junctions" else shape
        state = atlas.status(link_id, self.as_of)
        event = atlas.events.get(state.event_id or "")
        self.links.append(
            {
                "id": link_id,
                "name": link["name"],
                "mode": link["mode"],
                "status": state.status,
                "status_text": self._status_text("links", state),
                "as_of": state.reported,
                "coords": [[round(lon, 3), round(lat, 3)] for lon, lat in zip(drawn.lons, drawn.lats, strict=True)],
                "geometry_quality": shape.quality,
                "in_corridor": inside,
                "km": link["length_km"],
                "km_text": length_text(atlas, link),
                "time_h": None if hours is None else round(hours, 1),
                "fields": self._fields(link_facts(atlas, link, _QUALITY[shape.quality])),
                "bottleneck": top,
                "relations": [],
                "sources": self._cite(link["source_ids"], event["source_ids"] if event else ()),
            }
        )

    def add_point(self, table: str, row: Row, *, inside: bool = True) -> None:
        """Add a place or a crossing."""
        state = self.atlas.status(row["id"], self.as_of)
        event = self.atlas.events.get(state.event_id or "")
        gauge_break = bool(row.get("gauge_break")) if table == "crossings" else row["id"] in self.breaks
        self.points.append(
            {
                "id": row["id"],
                "name": self.name(row),
                "label": self.name(row, row.get("label", row["name"].split(" (")[0])),
                "alt": ", ".join(self.alternates(row)),
                "kind": "crossing" if table == "crossings" else row["kind"],
                "lon": row["lon"],
                "lat": row["lat"],
                "status": state.status or "",
                "status_text": self._status_text(table, state),
                "gauge_break": gauge_break,
                "in_corridor": inside,
                "fields": self._fields(place_facts(self.atlas, table, row)),
                "names": self._names(row["id"]) if table == "places" and not self.brief else [],
                "relations": [],
                "sources": self._cite(row["source_ids"], event["source_ids"] if event else ()),
            }
        )

    def name(self, row: Row, neutral: str | None = None) -> str:
        """Return the name of a row under the page's worldview."""
        return name_of(self.atlas, row["id"], neutral or row["name"], self.worldview)

    def alternates(self, row: Row) -> list[str]:
        """Return the other names of a row, the parties' own with who uses them."""
        named = party_names(self.atlas, row["id"])
        plain = [name for name in row.get("alt_names", ()) if not any(name in item for item in named)]
        return [*plain, *named]

    def relate(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the relations and articles that reach what is on the page, and note them on it."""
        on_page = {item["id"]: item for item in (*self.links, *self.points)}
        relations: list[dict[str, Any]] = []
        articles: list[dict[str, Any]] = []
        for view in self.treaty.articles:
            numbers = []
            for item in view.relations:
                reached = [key for key in (*item.link_ids, *item.point_ids) if key in on_page]
                if not reached:
                    continue
                numbers.append(len(relations))
                for key in reached:
                    on_page[key]["relations"].append(len(relations))
                relations.append(
                    {
                        "article": view.id,
                        "object_type": item.object_type,
                        "object_ids": reached,
                        "via": f"{item.object_type} {item.object_id}",
                        "verb": item.verb,
                        "basis": item.basis,
                        "grade": item.grade,
                        "verified": view.verified,
                        "rationale": item.rationale,
                        "sources": self._cite(item.source_ids),
                    }
                )
            if numbers:
                articles.append(self._article(view, numbers))
        return relations, articles

    def _article(self, view: ArticleView, numbers: list[int]) -> dict[str, Any]:
        on_page = {link["id"] for link in self.links}
        count, km, unbuilt = view.measure(self.atlas, on_page, self.as_of)
        line = f"{view.label}: {count} links, {km:,.0f} km, {unbuilt:,.0f} km not open"
        if len(view.link_ids) > count:
            line += f" on this map; {len(view.link_ids)} links, {view.length_km:,.0f} km in the whole atlas"
        self._cite(view.source_ids)
        return {
            "id": view.id,
            "label": view.label.split(",")[0],
            "title": view.title,
            "paraphrase": view.paraphrase or "",
            "level": view.level,
            "level_text": _LEVEL[view.level],
            "verified": view.verified,
            "status_line": line,
            "relations": numbers,
        }

    def borders_sentence(self) -> str:
        """Return the sentence on borders and names, with the worldview where it is not the neutral one."""
        if self.worldview == NEUTRAL:
            return BORDERS_SENTENCE
        return f"{BORDERS_SENTENCE} Names follow the usage of {self.worldview} where it has its own."

    def source_table(self) -> dict[str, dict[str, str]]:
        """Return every source that the page cites."""
        rows = {}
        for item in sorted(self.sources):
            row = self.atlas.sources[item]
            rows[item] = {
                "title": row["title"],
                "url": row["url"] or "",
                "date": row["date"] or "",
                "grade": row["grade"],
            }
        return rows
