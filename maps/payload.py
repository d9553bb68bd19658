"""Payloads: results and facts put into the plain form that a page draws; nothing is computed here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridors.bottleneck import BottleneckReport
from corridors.distances import Distance
from corridors.route import Route
from corridors.treaty import ArticleView, TreatyView
from geodata import Atlas, shape_of
from geodata.corrections import corrections_since
from geodata.naming import NEUTRAL, name_of, party_names
from geodata.shape import thinned
from geodata.status import USABLE
from geodata.table import Row
from maps.wording import (
    BORDERS_SENTENCE,
    CORRECTION,
    CREDITS,
    LICENCE,
    Shown,
    length_text,
    link_facts,
    place_facts,
    status_text,
)

__all__ = ["CorridorResults", "corridor_payload", "index_payload", "route_payload"]

_SCHEMA_VERSION = 1
_TOP = 3
_ROUND_KM = 1000
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


@dataclass(frozen=True, slots=True)
class CorridorResults:
    """What is known of one corridor on one day: the results its page shows.

    Attributes
    ----------
    corridor_id, as_of
        What was asked.
    distance
        Its length by mode, status and country.
    report
        Its bottlenecks; None for a pipeline.
    """

    corridor_id: str
    as_of: date
    distance: Distance
    report: BottleneckReport | None


def _months(words: str) -> str:
    return words.replace("_", " ")


def _km(value: float) -> str:
    return f"{value:,.0f}" if value >= _ROUND_KM or value == int(value) else f"{value:,.1f}"


def _what(atlas: Atlas, links: Sequence[str]) -> str:
    """Name the project that all the links belong to, or the first link and how many more there are."""
    for project in sorted(atlas.projects, key=lambda row: (len(row["link_ids"]), row["id"])):
        if set(links) <= set(project["link_ids"]):
            return str(project["name"])
    more = f" and {len(links) - 1} more" if len(links) > 1 else ""
    return f"{atlas.links[links[0]]['name']}{more}"


def headline(atlas: Atlas, results: CorridorResults) -> str:
    """Return the finding that heads a corridor's page, with its number."""
    distance, report = results.distance, results.report
    km = distance.distance_km
    unbuilt = report.of_kind("unbuilt") if report else ()
    if unbuilt:
        missing = sum(row.value or 0 for row in unbuilt)
        if missing > km - 0.05:
            return f"All {_km(km)} km are still to open"
        return f"{_km(missing)} of {_km(km)} km are not open: {_what(atlas, [row.object_id for row in unbuilt])}"
    restricted = distance.by_status.get("restricted", 0.0)
    if restricted and report:
        return f"Open from end to end, but {restricted:,.0f} of {km:,.0f} km only with restrictions"
    if report and report.waiting_h:
        return f"Open from end to end: {report.waiting_h:,.0f} of {report.route.time_h:,.0f} hours are spent waiting"
    states = ", ".join(_months(status) for status in distance.by_status)
    return f"{km:,.0f} km, {states}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} % assumed"


def _summary(results: CorridorResults) -> list[dict[str, str]]:
    distance, report = results.distance, results.report
    facts = [
        {"label": "Distance", "value": f"{distance.distance_km:,.0f} km", "note": _share(distance.assumed_share)},
        {"label": "Straight line", "value": f"{distance.geodesic_km:,.0f} km", "note": "on the WGS84 ellipsoid"},
    ]
    if report is None:
        return facts
    shares = report.route.assumed_share
    breaks = len(report.of_kind("gauge_break"))
    borders = len(report.of_kind("border"))
    return [
        *facts,
        {"label": "Time", "value": f"{report.route.time_h / 24:,.1f} days", "note": _share(shares["time"])},
        {"label": "Waiting", "value": f"{report.waiting_h:,.0f} h", "note": f"of {report.route.time_h:,.0f} h"},
        {"label": "Cost", "value": f"USD {report.route.cost_usd:,.0f}", "note": f"per TEU, {_share(shares['cost'])}"},
        {"label": "Breaks of gauge", "value": str(breaks), "note": f"{borders} land borders with posts"},
    ]


class _Page:
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

    def add_link(self, link_id: str, hours: float | None, top: Mapping[str, Any] | None, *, inside: bool) -> None:
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
                "status_text": status_text(state, atlas.data_date) + (f": {event['title']}" if event else ""),
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
                "status_text": status_text(state, self.atlas.data_date) + (f": {event['title']}" if event else ""),
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


def _lines(atlas: Atlas) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for row in sorted(atlas.borders, key=lambda row: (row["line_id"], row["seq"])):
        line = lines.setdefault(
            row["line_id"],
            {"name": row["name"], "coords": [], "note": row["note"], "source": "; ".join(row["source_ids"])},
        )
        line["coords"].append([row["lon"], row["lat"]])
    return list(lines.values())


def _frame(atlas: Atlas, kind: str, page_id: str, as_of: date, page: _Page) -> dict[str, Any]:
    relations, articles = page.relate()
    for line in atlas.borders:
        page.sources |= set(line["source_ids"])
    return {
        "schema_version": _SCHEMA_VERSION,
        "kind": kind,
        "id": page_id,
        "lang": "en",
        "atlas_version": atlas.version,
        "data_date": atlas.data_date.isoformat(),
        "as_of": as_of.isoformat(),
        "links": page.links,
        "points": page.points,
        "relations": relations,
        "articles": articles,
        "corrections": page.corrections(),
        "sources": page.source_table(),
        "borders": {"sentence": page.borders_sentence(), "lines": _lines(atlas)},
        "footer": {"licence": LICENCE, "credits": list(CREDITS), "correction": CORRECTION},
    }


def _hours_by_link(route: Route | None) -> dict[str, float]:
    return {leg.link_id: leg.time_h for leg in route.legs} if route else {}


def _tops(report: BottleneckReport | None) -> dict[str, dict[str, Any]]:
    if report is None:
        return {}
    tops: dict[str, dict[str, Any]] = {}
    for rank, row in enumerate(report.of_kind("unbuilt")[:_TOP], 1):
        tops[row.object_id] = {"text": "not open", "value": f"{row.value:,.0f} km", "rank": rank}
    for rank, row in enumerate([row for row in report.of_kind("n_1") if row.value is None or row.value > 0][:_TOP], 1):
        value = "cuts the corridor" if row.value is None else f"{row.value:+,.0f} h if it fails"
        tops.setdefault(row.object_id, {"text": row.cause, "value": value, "rank": rank})
    return tops


def _neighbours(atlas: Atlas, links: Collection[str]) -> list[str]:
    places = {atlas.links[link][end] for link in links for end in ("from_id", "to_id")}
    modes = {atlas.links[link]["mode"].endswith("pipeline") for link in links}
    return [
        row["id"]
        for row in sorted(atlas.links, key=lambda row: row["id"])
        if row["id"] not in links
        and {row["from_id"], row["to_id"]} & places
        and row["mode"].endswith("pipeline") in modes
    ]


def _fill(page: _Page, links: Sequence[str], route: Route | None, report: BottleneckReport | None) -> None:
    atlas = page.atlas
    hours, tops = _hours_by_link(route), _tops(report)
    for link_id in dict.fromkeys(links):
        page.add_link(link_id, hours.get(link_id), tops.get(link_id), inside=True)
    for link_id in _neighbours(atlas, set(links)):
        page.add_link(link_id, None, None, inside=False)
    places = dict.fromkeys(atlas.links[link][end] for link in links for end in ("from_id", "to_id"))
    for place_id in places:
        page.add_point("places", atlas.places[place_id])
    crossings = dict.fromkeys(atlas.crossing_of_link[link] for link in links if link in atlas.crossing_of_link)
    yards = [
        row["id"]
        for row in atlas.crossings
        if not row["link_ids"] and {row["place_a_id"], row["place_b_id"]} & set(places)
    ]
    for crossing_id in dict.fromkeys((*crossings, *sorted(yards))):
        page.add_point("crossings", atlas.crossings[crossing_id])


def corridor_payload(
    atlas: Atlas,
    results: CorridorResults,
    treaty: TreatyView,
    pages: Sequence[Mapping[str, str]] = (),
    worldview: str = NEUTRAL,
) -> dict[str, Any]:
    """Put a corridor's results into the form of its page.

    Parameters
    ----------
    atlas
        The atlas.
    results
        Distance and bottlenecks of the corridor.
    treaty
        Treaty relations.
    pages
        Links to the other pages, each with href, title and note.
    worldview
        Whose names head the page where a party has its own; "neutral" by default.

    Examples
    --------
    >>> from corridors import measure_corridor, read_treaty
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> gas = CorridorResults("iran-armenia-gas", atlas.data_date, measure_corridor(atlas, "iran-armenia-gas"), None)
    >>> corridor_payload(atlas, gas, read_treaty(atlas))["headline"]
    '337 km, operating'
    """
    row = atlas.corridors[results.corridor_id]
    page = _Page(atlas, results.as_of, treaty, worldview)
    _fill(page, atlas.legs[row["id"]], results.report.route if results.report else None, results.report)
    title = page.name(row)
    own = [name for name in page.alternates(row) if not name.startswith(title)]
    others = [*([row["name"]] if title != row["name"] else []), *own]
    also = f" Also called {', '.join(others)}." if others else ""
    return {
        **_frame(atlas, "corridor", row["id"], results.as_of, page),
        "title": title,
        "headline": headline(atlas, results),
        "subtitle": f"{row['description']}.{also}",
        "summary": _summary(results),
        "orphans": _orphans(treaty),
        "pages": list(pages),
    }


def _orphans(treaty: TreatyView) -> dict[str, Any]:
    return {
        "articles": list(treaty.articles_without_object),
        "objects": [{"id": item, "name": f"{name} ({kind})"} for kind, item, name in treaty.objects_without_article],
    }


def index_payload(
    atlas: Atlas, results: Sequence[CorridorResults], treaty: TreatyView, pages: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Put the overview of all corridors into the form of the index page.

    Parameters
    ----------
    atlas, treaty
        As for `corridor_payload`.
    results
        Results of the corridors shown on the overview map.
    pages
        One card for each page.
    """
    page = _Page(atlas, results[0].as_of, treaty, NEUTRAL, brief=True)
    links = [link for item in results for link in atlas.legs[item.corridor_id]]
    for link_id in dict.fromkeys(links):
        page.add_link(link_id, None, None, inside=True)
    ends = dict.fromkeys(atlas.links[link][end] for link in links for end in ("from_id", "to_id"))
    for place_id in ends:
        if atlas.places[place_id]["kind"] in {"port", "border_crossing", "dry_port"}:
            page.add_point("places", atlas.places[place_id])
    for crossing_id in dict.fromkeys(atlas.crossing_of_link[link] for link in links if link in atlas.crossing_of_link):
        page.add_point("crossings", atlas.crossings[crossing_id])
    unbuilt = {
        row.object_id: row.value or 0.0 for item in results if item.report for row in item.report.of_kind("unbuilt")
    }
    return {
        **_frame(atlas, "index", "index", results[0].as_of, page),
        "title": "Transport corridors between India, Iran, the Caucasus, Central Asia and Russia",
        "headline": f"{sum(unbuilt.values()):,.0f} km of the main corridors are not open",
        "subtitle": "Distances, bottlenecks and what the treaty of 17 January 2025 says of them, with sources.",
        "summary": [
            {"label": "Corridors", "value": str(len(atlas.corridors)), "note": f"{len(results)} on this map"},
            {"label": "Links", "value": str(len(atlas.links)), "note": f"{len(atlas.places)} places"},
            {"label": "Sources", "value": str(len(atlas.sources)), "note": "each with a grade"},
        ],
        "orphans": _orphans(treaty),
        "pages": list(pages),
    }


def route_payload(atlas: Atlas, route: Route, treaty: TreatyView) -> dict[str, Any]:
    """Put a route into the form of a page.

    Parameters
    ----------
    atlas
        The atlas the route was found on.
    route
        The route.
    treaty
        Treaty relations.
    """
    page = _Page(atlas, route.as_of, treaty, NEUTRAL)
    _fill(page, [leg.link_id for leg in route.legs], route, None)
    shares = route.assumed_share
    waits = sum(step.time_h for step in route.transfers)
    return {
        **_frame(atlas, "corridor", "route", route.as_of, page),
        "title": f"{route.start.name} – {route.end.name}",
        "headline": f"{route.distance_km:,.0f} km, {route.time_h / 24:,.1f} days; {waits:,.0f} hours are waits",
        "subtitle": f"Best by {route.by} among the links that are open on {route.as_of}.",
        "summary": [
            {"label": "Distance", "value": f"{route.distance_km:,.0f} km", "note": _share(shares["distance"])},
            {"label": "Time", "value": f"{route.time_h:,.0f} h", "note": _share(shares["time"])},
            {"label": "Cost", "value": f"USD {route.cost_usd:,.0f}", "note": f"per TEU, {_share(shares['cost'])}"},
            {"label": "Breaks of gauge", "value": str(len(route.gauge_breaks)), "note": ""},
            {"label": "Warnings", "value": str(len(route.warnings)), "note": "restricted objects on the way"},
        ],
        "orphans": {"articles": [], "objects": []},
        "pages": [],
    }
