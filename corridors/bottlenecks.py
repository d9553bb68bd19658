"""Bottlenecks of a corridor: where the hours go, what is missing, and what one failure costs."""

import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from corridors.bottleneck import NOT_RANKABLE, Bottleneck, BottleneckReport
from corridors.errors import NoRouteError
from corridors.following import find_corridor_route
from corridors.network import Network
from corridors.route import Leg, Route, Transfer
from corridors.routing import find_route
from corridors.scenarios import assume_open
from geodata import Atlas
from geodata.status import USABLE

if TYPE_CHECKING:
    from geodata.table import Row

__all__ = ["find_bottlenecks"]

_HOUR = 0.05  # two routes that differ by less than this are the same for a planner


def _grade(atlas: Atlas, sources: Iterable[str]) -> str:
    named: set[str] = set()
    for item in sources:
        named |= set(atlas.parameters[item]["source_ids"]) if item in atlas.parameters else {item}
    return str(atlas.best_grade(named))


def _project(atlas: Atlas, *object_ids: str) -> str:
    found = [
        row
        for row in sorted(atlas.projects, key=lambda row: row["id"])
        if row["status"] != "operating" and set(object_ids) & {*row["link_ids"], *row["place_ids"]}
    ]
    if not found:
        return "no project of the atlas touches it"
    parts = []
    for row in found:
        target = f", target {row['opening_target']}" if row["opening_target"] else ", no target date"
        parts.append(f"{row['name']} ({row['status'].replace('_', ' ')}{target})")
    return "; ".join(parts)


def _name(atlas: Atlas, object_id: str) -> str:
    for table in (atlas.links, atlas.crossings, atlas.places):
        row = table.get(object_id)
        if row is not None:
            return str(row["name"])
    return object_id


def _share(hours: float, route: Route) -> str:
    return f"{100 * hours / route.time_h:.0f} % of the corridor's {route.time_h:,.0f} h"


_WAITS = {
    "border": "border formalities",
    "gauge": "break of gauge",
    "port": "handling between ship and land",
    "reload": "reloading between rail and road",
}


def _hours(atlas: Atlas, route: Route) -> list[Bottleneck]:
    steps: list[tuple[float, str, str, bool, tuple[str, ...], bool]] = []
    for leg in route.legs:
        # Half assumed counts as assumed: the reader must not take such an hour for a measured one.
        rests = leg.assumed_h >= leg.time_h / 2
        steps.append(
            (leg.time_h, leg.link_id, f"time on the way, {_share(leg.time_h, route)}", rests, leg.source_ids, True)
        )
    for step in route.transfers:
        cause = f"{_WAITS[step.kind]}, {_share(step.time_h, route)}"
        steps.append((step.time_h, step.object_id, cause, step.assumed, step.source_ids, not step.assumed))
    steps.sort(key=lambda item: (not item[5], -item[0], item[1]))
    rows: list[Bottleneck] = []
    rank = 0
    for hours, object_id, cause, assumed, sources, rankable in steps:
        rank += rankable
        rows.append(
            Bottleneck(
                "hours",
                object_id,
                _name(atlas, object_id),
                cause if rankable else f"{cause}; no published wait for this point",
                hours,
                "h",
                str(rank) if rankable else NOT_RANKABLE,
                assumed,
                sources,
                "assumed" if assumed else _grade(atlas, sources),
                _project(atlas, object_id),
            )
        )
    return rows


def _transfer_rows(atlas: Atlas, route: Route, kind: str, row_kind: str) -> list[Bottleneck]:
    return [
        Bottleneck(
            row_kind,
            step.object_id,
            _name(atlas, step.object_id),
            _transfer_cause(atlas, step),
            step.time_h,
            "h",
            "" if not step.assumed else NOT_RANKABLE,
            step.assumed,
            step.source_ids,
            "assumed" if step.assumed else _grade(atlas, step.source_ids),
            _project(atlas, step.object_id, *_links_at(atlas, step)),
        )
        for step in route.transfers
        if step.kind == kind
    ]


def _links_at(atlas: Atlas, step: Transfer) -> tuple[str, ...]:
    return tuple(atlas.crossings[step.object_id]["link_ids"]) if step.kind == "border" else ()


def _transfer_cause(atlas: Atlas, step: Transfer) -> str:
    if step.kind == "border":
        row = atlas.crossings[step.object_id]
        return f"border of {row['country_a']} and {row['country_b']}"
    gauges = " and ".join(atlas.places[step.object_id]["gauges_mm"])
    return f"wagons or loads change between {gauges} mm"


def _unbuilt(atlas: Atlas, legs: Iterable[Leg], as_of: date) -> list[Bottleneck]:
    rows = []
    for leg in legs:
        state = atlas.status(leg.link_id, as_of)
        if state.status in USABLE:
            continue
        link = atlas.links[leg.link_id]
        progress = f", {link['progress_pct']:g} % done" if link["progress_pct"] is not None else ""
        since = f", as of {state.reported}" if state.reported else ", undated"
        rows.append(
            Bottleneck(
                "unbuilt",
                leg.link_id,
                link["name"],
                f"{str(state.status).replace('_', ' ')}{since}{progress}",
                leg.distance_km,
                "km",
                "",
                leg.assumed_km > 0,
                tuple(link["source_ids"]),
                state.grade,
                _project(atlas, leg.link_id),
            )
        )
    return sorted(rows, key=lambda row: (-(row.value or 0), row.object_id))


def _bridges(network: Network, route: Route, as_of: date) -> list[Bottleneck]:
    import networkx as nx

    atlas = network.atlas
    usable = network.usable(as_of)
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for arc, open_ in zip(network.arcs, usable, strict=True):
        if arc.kind == "link" and open_:
            link = atlas.links[arc.object_id]
            graph.add_edge(link["from_id"], link["to_id"], key=arc.object_id)
    found = {frozenset(pair) for pair in nx.bridges(nx.Graph(graph)) if graph.number_of_edges(*pair) == 1}
    rows = []
    for leg in route.legs:
        link = atlas.links[leg.link_id]
        if frozenset((link["from_id"], link["to_id"])) in found and atlas.status(leg.link_id, as_of).status in USABLE:
            rows.append(
                Bottleneck(
                    "bridge",
                    leg.link_id,
                    link["name"],
                    "the open network of all modes falls apart without it",
                    None,
                    "",
                    "",
                    assumed=not link["source_ids"],
                    source_ids=tuple(link["source_ids"]),
                    grade=atlas.best_grade(link["source_ids"]),
                    remedy="a second way round",
                )
            )
    return sorted(rows, key=lambda row: row.object_id)


def _n_1(network: Network, route: Route, as_of: date) -> list[Bottleneck]:
    atlas = network.atlas
    own = {leg.link_id for leg in route.legs}
    rows: list[tuple[int, float, str, str, float | None, str, bool, Row]] = []
    for leg in route.legs:
        link = atlas.links[leg.link_id]
        try:
            # However long the way round is, it is a way: only where there is none does the link cut the corridor.
            other = find_route(
                network,
                route.start,
                route.end,
                as_of=as_of,
                without=[leg.link_id],
                keep_to=own - {leg.link_id},
                max_detour=math.inf,
            )
            extra = other.time_h - route.time_h
            added = other.distance_km - route.distance_km
            way = ", ".join(dict.fromkeys(step.mode for step in other.legs if step.link_id not in own))
            cause = f"way round by {way}: {added:+,.0f} km, {other.time_h:,.0f} h in all"
            if extra < -_HOUR:
                cause = f"no loss, for the way round is no slower: {cause}"
            shares = other.assumed_share["time"]
            rows.append((0, -extra, leg.link_id, cause, max(extra, 0.0), "h", shares > 0, link))
        except NoRouteError:
            rows.append(
                (-1, 0.0, leg.link_id, "cuts the corridor: no open way is left", None, "", not link["source_ids"], link)
            )
    rows.sort(key=lambda row: row[:3])
    return [
        Bottleneck(
            "n_1",
            object_id,
            link["name"],
            cause,
            value,
            unit,
            str(rank),
            assumed,
            tuple(link["source_ids"]),
            "assumed" if assumed else atlas.best_grade(link["source_ids"]),
            _project(atlas, object_id),
        )
        for rank, (_, _, object_id, cause, value, unit, assumed, link) in enumerate(rows, 1)
    ]


def find_bottlenecks(
    network: Network,
    corridor_id: str,
    as_of: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> BottleneckReport:
    """Find what limits a corridor.

    Hours are those of the corridor followed end to end over its own links, built or not. For the failure of
    single links the corridor's links are taken as open, each is then removed, and the open way that leaves the
    corridor for the shortest time is compared with the corridor.

    Parameters
    ----------
    network
        Network of the atlas or of a scenario.
    corridor_id
        Corridor of rail, road or ship links.
    as_of
        Day whose statuses hold; None means the data date.
    progress
        Called with a line of text before each part of the work.

    Returns
    -------
    BottleneckReport
        One table; transfers without a published wait are listed as "not rankable".

    Raises
    ------
    InputError
        Where the corridor is a pipeline.

    Examples
    --------
    >>> from corridors import build_network
    >>> from geodata import load_atlas
    >>> report = find_bottlenecks(build_network(load_atlas()), "rasht-astara")
    >>> sum(row.value for row in report.of_kind("unbuilt"))
    162.5
    """
    atlas = network.atlas
    as_of = as_of or atlas.data_date
    tell = progress or (lambda _: None)
    tell(f"{corridor_id}: hours")
    route = find_corridor_route(network, corridor_id, as_of)
    rows = _hours(atlas, route)
    rows += _transfer_rows(atlas, route, "gauge", "gauge_break")
    rows += _transfer_rows(atlas, route, "border", "border")
    rows += _unbuilt(atlas, route.legs, as_of)
    tell(f"{corridor_id}: single failures")
    rows += _bridges(network, route, as_of)
    opened, _ = assume_open(atlas, [corridor_id], as_of)
    rows += _n_1(network.on_atlas(opened), route, as_of)
    moving = sum(leg.time_h for leg in route.legs)
    return BottleneckReport(corridor_id, as_of, route, moving, route.time_h - moving, tuple(rows))
