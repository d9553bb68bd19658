"""Corridors followed from end to end, alone or as part of a longer journey."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from corridors.corridor_names import corridor_ends
from corridors.errors import InputError, NoRouteError
from corridors.network import PIPELINES, Network
from corridors.places import Endpoint
from corridors.route import Route
from corridors.routing import find_route
from geodata import Atlas

__all__ = ["find_corridor_route", "find_route_over"]


def find_corridor_route(network: Network, corridor_id: str, as_of: date | None = None) -> Route:
    """Follow a corridor from end to end over its own links, whatever their status.

    Parameters
    ----------
    network
        Network of the atlas.
    corridor_id
        Corridor of rail, road or ship links.
    as_of
        Day whose statuses are reported.

    Raises
    ------
    InputError
        Where the corridor is made of pipelines.

    Examples
    --------
    >>> from corridors import build_network
    >>> from geodata import load_atlas
    >>> find_corridor_route(build_network(load_atlas()), "rasht-astara").distance_km
    162.5
    """
    atlas = network.atlas
    legs = _transport_legs(atlas, corridor_id)
    points = (_point(atlas, place_id) for place_id in corridor_ends(atlas, corridor_id))
    return find_route(network, *points, by="distance", as_of=as_of, only=legs, any_status=True)


def _transport_legs(atlas: Atlas, corridor_id: str) -> tuple[str, ...]:
    legs: tuple[str, ...] = atlas.legs[corridor_id]
    if any(atlas.links[leg]["mode"] in PIPELINES for leg in legs):
        msg = f"{corridor_id} is made of pipelines, which carry no cargo units. Ask for its distance instead."
        raise InputError(msg)
    return legs


def _point(atlas: Atlas, place_id: str) -> Endpoint:
    row = atlas.places[place_id]
    return Endpoint(place_id, row["name"], row["lon"], row["lat"], (place_id,))


def _check_outside(
    atlas: Atlas, legs: Sequence[str], gates: Sequence[Endpoint], points: Sequence[Endpoint], corridor_id: str
) -> None:
    within = {atlas.links[leg][end] for leg in legs for end in ("from_id", "to_id")} - {gate.id for gate in gates}
    for point in points:
        if (point.place_ids and within.issuperset(point.place_ids)) or (point.snap and point.snap.link_id in legs):
            msg = f"{point.name} lies within {corridor_id}: it cannot be followed whole. Name a place outside it."
            raise InputError(msg)


def _at_gate(point: Endpoint, gate: Endpoint) -> Endpoint:
    return replace(point, place_ids=gate.place_ids) if set(gate.place_ids) <= set(point.place_ids) else point


def find_route_over(
    network: Network,
    start: Endpoint,
    end: Endpoint,
    corridor_id: str,
    *,
    by: str = "time",
    modes: Collection[str] = (),
    as_of: date | None = None,
    assumed_open: Sequence[str] = (),
) -> Route:
    """Find the best route that follows a corridor from end to end, with the best ways to and from it.

    Parameters
    ----------
    network, start, end, by, modes, as_of, assumed_open
        As for `find_route`.
    corridor_id
        Corridor; its direction is chosen so that the whole is best.

    Raises
    ------
    NoRouteError
        Where a link of the corridor, or a way to it, is not open.
    InputError
        Where the corridor is made of pipelines or cannot be followed whole, for the start or the end lies within
        it or the way would turn back.

    Examples
    --------
    >>> from corridors import build_network, resolve_place
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> ends = (resolve_place(atlas, name) for name in ("St Petersburg", "Mumbai"))
    >>> find_route_over(build_network(atlas), *ends, "suez").distance_km
    13953.0
    """
    atlas = network.atlas
    legs = _transport_legs(atlas, corridor_id)
    gates = [_point(atlas, place_id) for place_id in corridor_ends(atlas, corridor_id)]
    _check_outside(atlas, legs, gates, (start, end), corridor_id)
    options: list[Route] = []
    errors: list[NoRouteError] = []
    for first, last in (gates, gates[::-1]):
        # A hub that holds the corridor's end is entered there, or its other stations would cut the corridor short.
        here, there = _at_gate(start, first), _at_gate(end, last)
        try:
            allowed = set(legs)
            for point, gate in ((here, first), (last, there)):
                if set(point.place_ids) != set(gate.place_ids):
                    way = find_route(network, point, gate, by=by, modes=modes, as_of=as_of, without=legs)
                    allowed |= {leg.link_id for leg in way.legs}
            whole = find_route(
                network,
                here,
                there,
                by=by,
                modes=modes,
                as_of=as_of,
                only=allowed,
                keep_to=legs,
                assumed_open=assumed_open,
            )
        except NoRouteError as error:
            errors.append(error)
            continue
        if set(legs) <= {leg.link_id for leg in whole.legs}:
            options.append(whole)
    if options:
        return min(options, key=lambda route: {"time": route.time_h, "cost": route.cost_usd}.get(by, route.distance_km))
    if errors:
        raise min(errors, key=lambda error: (not error.blockages, len(error.blockages)))
    msg = (
        f"A way from {start.name} to {end.name} that follows {corridor_id} whole would have to turn back on itself."
        " Name places on either side of it."
    )
    raise InputError(msg)
