"""Routes: the best way between two places by time, cost or distance, with every wait named."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from corridors.errors import Blockage, InputError, NoRouteError
from corridors.kernels import shortest_path
from corridors.network import Arc, Network
from corridors.places import Endpoint
from corridors.question import Question, ask
from corridors.route import Leg, Route, RouteWarning, Transfer
from geodata import StatusInterval, geodesic_km

__all__ = ["CRITERIA", "MAX_DETOUR", "find_route"]

CRITERIA = ("time", "cost", "distance")
# What one more opening is worth when the links that are missing are named: fewer openings, but no way round the world.
_OPENING = {"time": 48.0, "cost": 1000.0, "distance": 1000.0}
# A way this many times the straight line, and this long, is no answer to the question asked.
MAX_DETOUR = 8.0
_SHORT_KM = 1000.0
# How much more an hour off the links to keep to counts.
_OFF = 1000.0


def _scaled(arc: Arc, part: float) -> Arc:
    numbers = ("length_km", "time_h", "cost_usd", "assumed_km", "assumed_h", "assumed_usd")
    return replace(arc, **{name: getattr(arc, name) * part for name in numbers})


def find_route(
    network: Network,
    start: Endpoint,
    end: Endpoint,
    *,
    by: str = "time",
    modes: Collection[str] = (),
    as_of: date | None = None,
    without: Collection[str] = (),
    only: Collection[str] | None = None,
    any_status: bool = False,
    assumed_open: Sequence[str] = (),
    max_detour: float = MAX_DETOUR,
    keep_to: Collection[str] = (),
) -> Route:
    """Find the best route between two endpoints.

    Parameters
    ----------
    network
        Network of the atlas, or of a scenario.
    start, end
        Endpoints from `resolve_place`.
    by
        "time", "cost" or "distance"; ties go to the other criteria.
    modes
        Modes that may be used; empty means all.
    as_of
        Day whose statuses hold; None means the data date.
    without
        Links taken out, for example one by one.
    only
        Links that may be used at all; None means every link.
    any_status
        Use links whatever their status.
    assumed_open
        Objects opened by the question, to be named in the result.
    max_detour
        Greatest ratio of the route to the straight line; ways under 1,000 km are never refused. Where the best way
        is longer, the shortest is taken instead.
    keep_to
        Links that are left only where one must: in choosing, what lies off them counts a thousandfold.

    Returns
    -------
    Route
        Legs, waits and warnings in order.

    Raises
    ------
    NoRouteError
        Where nothing usable connects them; it names the openings that would.
    InputError
        Where the ends are the same, off the network, or the criterion or a mode is unknown.
    """
    as_of = as_of or network.atlas.data_date
    _check(network, start, end, by, modes)
    allowed = np.array(
        [
            arc.kind != "link" or (arc.object_id not in without and (only is None or arc.object_id in only))
            for arc in network.arcs
        ]
    )
    question = ask(network, start, end, by=by, modes=modes, allowed=allowed, as_of=as_of)
    if keep_to:
        question.weight[:] *= _off(network, keep_to, question.pieces)
    bound_km = math.inf if any_status else max(_SHORT_KM, max_detour * _apart_km(start, end))
    weight = question.weight if any_status else np.where(question.closed, np.inf, question.weight)
    path, refused = _within(question, bound_km, weight, _shortest(question, weight))
    if path is not None:
        return _route(question, path, start, end, by, as_of, tuple(assumed_open))
    opened, too_long = _within(
        question,
        bound_km,
        question.weight + _OPENING[by] * question.closed,
        question.weight,
        _shortest(question, question.weight),
    )
    raise _no_route(question, opened, modes, (start, end, as_of), refused, beyond=too_long is not None)


def _shortest(question: Question, weight: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(weight), question.length_km + 1e-6 * weight, np.inf)


def _within(question: Question, bound_km: float, *weights: np.ndarray) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return the first best path that is no longer than the bound, and the longer one tried last."""
    longer = None
    for weight in weights:
        path = shortest_path(question.vertices, question.tail, question.head, weight, question.start, question.end)
        if path is not None and question.length_km[path].sum() <= bound_km:
            return path, None
        longer = path
    return None, longer


def _off(network: Network, keep_to: Collection[str], pieces: Sequence[tuple[Arc, float]]) -> list[float]:
    kept = {*keep_to, *(network.atlas.crossing_of_link.get(link) for link in keep_to)}
    # A wait between two of these links, in a port or at a break of gauge, is no step off them.
    states = {state for arc in network.arcs if arc.object_id in keep_to for state in (arc.tail, arc.head)}
    return [1.0 if arc.object_id in kept or {arc.tail, arc.head} <= states else _OFF for arc, _ in pieces]


def _apart_km(start: Endpoint, end: Endpoint) -> float:
    return float(geodesic_km(start.lon, start.lat, end.lon, end.lat))


def _check(network: Network, start: Endpoint, end: Endpoint, by: str, modes: Collection[str]) -> None:
    if by not in CRITERIA:
        msg = f"{by!r} is no criterion. Use one of: {', '.join(CRITERIA)}."
        raise InputError(msg)
    known = {mode for arc in network.arcs if arc.kind == "link" for mode in arc.modes}
    for mode in modes:
        if mode not in known:
            msg = f"{mode!r} is no mode of transport here. Use: {', '.join(sorted(known))}."
            raise InputError(msg)
    same_snap = start.snap and end.snap and start.snap == end.snap
    if start.id == end.id or same_snap or (set(start.place_ids) & set(end.place_ids)):
        msg = f"Start and end are the same or share a place: {start.name} and {end.name}. Name two places."
        raise InputError(msg)
    for point in (start, end):
        if not point.snap and not any(place in network.states_of_place for place in point.place_ids):
            msg = f"{point.name} ({point.id}) is not on the transport network: no rail, road or ship link ends there."
            raise InputError(msg)


def _no_route(
    question: Question,
    opened: np.ndarray | None,
    modes: Collection[str],
    asked: tuple[Endpoint, Endpoint, date],
    way_round: np.ndarray | None,
    *,
    beyond: bool,
) -> NoRouteError:
    start, end, as_of = asked
    by_mode = f" by {', '.join(sorted(modes))}" if modes else ""
    message = f"No route from {start.name} to {end.name}{by_mode} on {as_of}."
    if way_round is not None:
        km = question.length_km[way_round].sum()
        message += (
            f" The shortest open way is {km:,.0f} km, {km / _apart_km(start, end):.0f} times the straight line"
            " (a larger bound on the detour shows it)."
        )
    if opened is None:
        found = (
            "No opening of links would bring a way within the bound on the detour"
            if beyond
            else "No link of the atlas, open or not, would join them"
        )
        message += f" {found}{by_mode}: allow more modes."
        return NoRouteError(message)
    states: dict[str, StatusInterval] = {}
    for index in opened:
        for state in question.network.obstacles(question.pieces[index][0], as_of) if question.closed[index] else ():
            states.setdefault(state.object_id, state)
    blockages = [Blockage(i.object_id, str(i.status), i.event_id, i.reported, i.grade) for i in states.values()]
    if blockages:
        message += f" Opening these would make one: {'; '.join(map(str, blockages))}."
        message += " To try it: " + " ".join(f"--assume-open {item.object_id}" for item in blockages)
    return NoRouteError(message, blockages)


def _route(
    question: Question,
    path: np.ndarray,
    start: Endpoint,
    end: Endpoint,
    by: str,
    as_of: date,
    assumed_open: tuple[str, ...],
) -> Route:
    network = question.network
    atlas = network.atlas
    legs: list[Leg] = []
    transfers: list[Transfer] = []
    seen: dict[str, None] = {}
    last_link = max(index for index, piece in enumerate(path) if question.pieces[piece][0].kind == "link")
    for position, index in enumerate(path):
        arc, part = question.pieces[index]
        if arc.kind == "virtual":
            continue
        step = _scaled(arc, part) if part != 1.0 else arc
        places = [network.states[arc.tail][0], network.states[arc.head][0]]
        if arc.kind == "link":
            state = atlas.status(arc.object_id, as_of)
            ends = (
                start.id if not legs and start.snap else places[0],
                end.id if position == last_link and end.snap else places[1],
            )
            legs.append(
                Leg(
                    arc.object_id,
                    arc.modes[0],
                    *ends,
                    step.length_km,
                    step.time_h,
                    step.cost_usd,
                    str(state.status),
                    step.assumed_km,
                    step.assumed_h,
                    step.assumed_usd,
                    arc.source_ids,
                )
            )
        else:
            transfers.append(
                Transfer(
                    places[1],
                    arc.kind,
                    arc.object_id,
                    arc.time_h,
                    arc.cost_usd,
                    arc.assumed_h > 0,
                    arc.assumed_h,
                    arc.assumed_usd,
                    arc.source_ids,
                )
            )
        # The end of a link that is used in part is not reached, so that its state is nobody's concern.
        reached = [legs[-1].from_id, legs[-1].to_id] if arc.kind == "link" else [places[0]]
        seen |= dict.fromkeys(item for item in (reached[0], arc.object_id, *reached[1:]) if item in atlas.intervals)
    found = [atlas.status(item, as_of) for item in seen]
    warnings = tuple(
        RouteWarning(item.object_id, "restricted", item.event_id, item.reported, item.grade)
        for item in found
        if item.status == "restricted"
    )
    used = tuple(item for item in assumed_open if item in seen)
    return Route(start, end, as_of, by, tuple(legs), tuple(transfers), warnings, used)
