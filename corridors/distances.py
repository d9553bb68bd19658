"""Distances: how far it is by mode, status and country, beside the straight line."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridors.corridor_names import corridor_ends
from corridors.route import SCHEMA_VERSION, Route
from geodata import Atlas, geodesic_km, shape_of
from geodata.shape import drawn_km, km_by_country

__all__ = ["Distance", "LegDistance", "measure", "measure_corridor"]


@dataclass(frozen=True, slots=True)
class LegDistance:
    """One leg: its stated length beside the drawn line and the straight line, all in km."""

    link_id: str
    mode: str
    status: str
    stated_km: float
    drawn_km: float
    geodesic_km: float
    method: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Distance:
    """Length of a route or a corridor and where it lies.

    Attributes
    ----------
    start, end
        Id, name, lon, lat and snap distance of the ends.
    as_of
        Day whose statuses hold.
    distance_km, geodesic_km
        Along the links, and straight on the ellipsoid.
    by_mode, by_status, by_country
        Parts of `distance_km`; each adds up to it.
    assumed_share
        Part of the length that rests on assumed lengths, 0 to 1.
    legs
        The links in order.
    """

    start: Mapping[str, object]
    end: Mapping[str, object]
    as_of: date
    distance_km: float
    geodesic_km: float
    by_mode: Mapping[str, float]
    by_status: Mapping[str, float]
    by_country: Mapping[str, float]
    assumed_share: float
    legs: tuple[LegDistance, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the distance as plain values, km rounded to 0.1."""
        return {
            "schema_version": SCHEMA_VERSION,
            "from": dict(self.start),
            "to": dict(self.end),
            "as_of": self.as_of.isoformat(),
            "distance_km": round(self.distance_km, 1),
            "geodesic_km": round(self.geodesic_km, 1),
            "by_mode": {key: round(value, 1) for key, value in self.by_mode.items()},
            "by_status": {key: round(value, 1) for key, value in self.by_status.items()},
            "by_country": {key: round(value, 1) for key, value in self.by_country.items()},
            "assumed_share": {"distance": round(self.assumed_share, 3)},
            "legs": [
                {
                    "link_id": leg.link_id,
                    "mode": leg.mode,
                    "status": leg.status,
                    "distance_km": round(leg.stated_km, 1),
                    "drawn_km": round(leg.drawn_km, 1),
                    "geodesic_km": round(leg.geodesic_km, 1),
                    "method": leg.method,
                    "assumed": leg.assumed,
                }
                for leg in self.legs
            ],
        }


def _leg(atlas: Atlas, link_id: str, as_of: date, part: float) -> LegDistance:
    link = atlas.links[link_id]
    ends = atlas.places[link["from_id"]], atlas.places[link["to_id"]]
    origin = atlas.provenance_of("links", link_id, "length_km")
    return LegDistance(
        link_id=link_id,
        mode=link["mode"],
        status=str(atlas.status(link_id, as_of).status),
        stated_km=link["length_km"] * part,
        drawn_km=drawn_km(shape_of(atlas, link_id)) * part,
        geodesic_km=geodesic_km(ends[0]["lon"], ends[0]["lat"], ends[1]["lon"], ends[1]["lat"]) * part,
        method=origin.method,
        assumed=origin.assumed,
    )


def _sum_up(
    atlas: Atlas, parts: list[tuple[str, float]], as_of: date, ends: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> Distance:
    legs = tuple(_leg(atlas, link_id, as_of, part) for link_id, part in parts)
    sums: dict[str, dict[str, float]] = {name: defaultdict(float) for name in ("mode", "status", "country")}
    for leg, (link_id, part) in zip(legs, parts, strict=True):
        sums["mode"][leg.mode] += leg.stated_km
        sums["status"][leg.status] += leg.stated_km
        for country, km in km_by_country(atlas, link_id).items():
            sums["country"][country] += km * part
    total = sum(leg.stated_km for leg in legs)
    start, end = ends
    return Distance(
        start=start,
        end=end,
        as_of=as_of,
        distance_km=total,
        geodesic_km=geodesic_km(start["lon"], start["lat"], end["lon"], end["lat"]),
        by_mode=dict(sorted(sums["mode"].items())),
        by_status=dict(sorted(sums["status"].items())),
        by_country=dict(sorted(sums["country"].items())),
        assumed_share=sum(leg.stated_km for leg in legs if leg.assumed) / total if total else 0.0,
        legs=legs,
    )


def measure(atlas: Atlas, route: Route) -> Distance:
    """Measure a route.

    Parameters
    ----------
    atlas
        The atlas the route was found on.
    route
        Route; the part of a link that it uses counts in proportion.

    Examples
    --------
    >>> from corridors import build_network, find_route, resolve_place
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> ends = (resolve_place(atlas, name) for name in ("Rasht", "Qazvin"))
    >>> measure(atlas, find_route(build_network(atlas), *ends, modes=["rail"])).by_country
    {'IR': 164.0}
    """
    parts = [(leg.link_id, leg.distance_km / atlas.links[leg.link_id]["length_km"]) for leg in route.legs]
    return _sum_up(atlas, parts, route.as_of, (route.start.to_dict(), route.end.to_dict()))


def measure_corridor(atlas: Atlas, corridor_id: str, as_of: date | None = None) -> Distance:
    """Measure a corridor over all its legs, whatever their status; pipelines too.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> measure_corridor(load_atlas(), "rasht-astara").distance_km
    162.5
    """
    legs = atlas.legs[corridor_id]
    ends = []
    for place_id in corridor_ends(atlas, corridor_id):
        place = atlas.places[place_id]
        ends.append({"id": place_id, "name": place["name"], "lon": place["lon"], "lat": place["lat"], "snap_km": 0.0})
    return _sum_up(atlas, [(leg, 1.0) for leg in legs], as_of or atlas.data_date, (ends[0], ends[1]))
