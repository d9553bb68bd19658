"""Findings: the sentence that heads a page and the few facts under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corridors.bottleneck import BottleneckReport, unbuilt_km
from corridors.distances import Distance
from geodata import Atlas

__all__ = ["CorridorResults", "headline", "share", "summary"]

_ROUND_KM = 1000


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
    if report and unbuilt:
        missing = unbuilt_km([report])
        if missing > km - 0.05:
            return f"All {_km(km)} km are still to open"
        return f"{_km(missing)} of {_km(km)} km are not open: {_what(atlas, [row.object_id for row in unbuilt])}"
    restricted = distance.by_status.get("restricted", 0.0)
    if restricted and report:
        return f"Open from end to end, but {restricted:,.0f} of {km:,.0f} km only with restrictions"
    if report and report.waiting_h:
        return f"Open from end to end: {report.waiting_h:,.0f} of {report.route.time_h:,.0f} hours are spent waiting"
    states = ", ".join(status.replace("_", " ") for status in distance.by_status)
    return f"{km:,.0f} km, {states}"


def share(value: float) -> str:
    """Return an assumed share as words."""
    return f"{100 * value:.0f} % assumed"


def summary(results: CorridorResults) -> list[dict[str, str]]:
    """Return the facts that stand in a strip under the headline."""
    distance, report = results.distance, results.report
    facts = [
        {"label": "Distance", "value": f"{distance.distance_km:,.0f} km", "note": share(distance.assumed_share)},
        {"label": "Straight line", "value": f"{distance.geodesic_km:,.0f} km", "note": "on the WGS84 ellipsoid"},
    ]
    if report is None:
        return facts
    shares = report.route.assumed_share
    breaks = len(report.of_kind("gauge_break"))
    borders = len(report.of_kind("border"))
    return [
        *facts,
        {"label": "Time", "value": f"{report.route.time_h / 24:,.1f} days", "note": share(shares["time"])},
        {"label": "Waiting", "value": f"{report.waiting_h:,.0f} h", "note": f"of {report.route.time_h:,.0f} h"},
        {"label": "Cost", "value": f"USD {report.route.cost_usd:,.0f}", "note": f"per TEU, {share(shares['cost'])}"},
        {"label": "Breaks of gauge", "value": str(breaks), "note": f"{borders} land borders with posts"},
    ]
