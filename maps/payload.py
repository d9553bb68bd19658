"""Payloads: results and facts put into the plain form that a page draws; nothing is computed here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from corridors.bottleneck import BottleneckReport, unbuilt_km
from corridors.route import Route
from corridors.treaty import TreatyView
from geodata import Atlas
from geodata.naming import NEUTRAL
from maps.content import PageContent
from maps.finding import CorridorResults, headline, share, summary
from maps.wording import CORRECTION, CREDITS, LICENCE

__all__ = ["corridor_payload", "index_payload", "route_payload"]

_SCHEMA_VERSION = 1
_TOP = 3


def _lines(atlas: Atlas) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for row in sorted(atlas.borders, key=lambda row: (row["line_id"], row["seq"])):
        line = lines.setdefault(
            row["line_id"],
            {"name": row["name"], "coords": [], "note": row["note"], "source": "; ".join(row["source_ids"])},
        )
        line["coords"].append([row["lon"], row["lat"]])
    return list(lines.values())


def _frame(atlas: Atlas, kind: str, page_id: str, as_of: date, page: PageContent) -> dict[str, Any]:
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


def _fill(page: PageContent, links: Sequence[str], route: Route | None, report: BottleneckReport | None) -> None:
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
    >>> from maps.finding import CorridorResults
    >>> atlas = load_atlas()
    >>> gas = CorridorResults("iran-armenia-gas", atlas.data_date, measure_corridor(atlas, "iran-armenia-gas"), None)
    >>> corridor_payload(atlas, gas, read_treaty(atlas))["headline"]
    '337 km, operating'
    """
    row = atlas.corridors[results.corridor_id]
    page = PageContent(atlas, results.as_of, treaty, worldview)
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
        "summary": summary(results),
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
    page = PageContent(atlas, results[0].as_of, treaty, NEUTRAL, brief=True)
    links = [link for item in results for link in atlas.legs[item.corridor_id]]
    for link_id in dict.fromkeys(links):
        page.add_link(link_id, None, None, inside=True)
    ends = dict.fromkeys(atlas.links[link][end] for link in links for end in ("from_id", "to_id"))
    for place_id in ends:
        if atlas.places[place_id]["kind"] in {"port", "border_crossing", "dry_port"}:
            page.add_point("places", atlas.places[place_id])
    for crossing_id in dict.fromkeys(atlas.crossing_of_link[link] for link in links if link in atlas.crossing_of_link):
        page.add_point("crossings", atlas.crossings[crossing_id])
    missing_km = unbuilt_km(item.report for item in results if item.report)
    return {
        **_frame(atlas, "index", "index", results[0].as_of, page),
        "title": "Transport corridors between India, Iran, the Caucasus, Central Asia and Russia",
        "headline": f"{missing_km:,.0f} km of the main corridors are not open",
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
    page = PageContent(atlas, route.as_of, treaty, NEUTRAL)
    _fill(page, [leg.link_id for leg in route.legs], route, None)
    shares = route.assumed_share
    waits = sum(step.time_h for step in route.transfers)
    return {
        **_frame(atlas, "corridor", "route", route.as_of, page),
        "title": f"{route.start.name} – {route.end.name}",
        "headline": f"{route.distance_km:,.0f} km, {route.time_h / 24:,.1f} days; {waits:,.0f} hours are waits",
        "subtitle": f"Best by {route.by} among the links that are open on {route.as_of}.",
        "summary": [
            {"label": "Distance", "value": f"{route.distance_km:,.0f} km", "note": share(shares["distance"])},
            {"label": "Time", "value": f"{route.time_h:,.0f} h", "note": share(shares["time"])},
            {"label": "Cost", "value": f"USD {route.cost_usd:,.0f}", "note": f"per TEU, {share(shares['cost'])}"},
            {"label": "Breaks of gauge", "value": str(len(route.gauge_breaks)), "note": ""},
            {"label": "Warnings", "value": str(len(route.warnings)), "note": "restricted objects on the way"},
        ],
        "orphans": {"articles": [], "objects": []},
        "pages": [],
    }
