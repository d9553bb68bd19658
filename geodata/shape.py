"""Drawn shapes of links: place, junctions or via towns with hand-set points, place; lengths on the ellipsoid."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyproj import Geod
from shapely import LineString, get_coordinates

from geodata.atlas import Atlas
from geodata.table import Row

__all__ = ["SEA", "Shape", "drawn_km", "geodesic_km", "km_by_country", "shape_of", "thinned", "town_shape"]

SEA = "sea"
_WGS84 = Geod(ellps="WGS84")
_KM_PER_DEGREE = 111.2
_SHIP = frozenset({"sea", "roro", "inland_waterway"})


@dataclass(frozen=True, slots=True)
class Shape:
    """The line of one link from its first place to its second.

    Attributes
    ----------
    link_id
        Link.
    lons, lats
        Degrees on WGS84, equal in number, at least two.
    countries
        Country of each point as ISO 3166-1 alpha-2; None at sea.
    names
        Names of the points.
    quality
        "junctions" where the line runs by junctions of mapped track, else "towns" where every via comes from the
        gazetteer, "mixed", "hand-set", or "straight".
    """

    link_id: str
    lons: tuple[float, ...]
    lats: tuple[float, ...]
    countries: tuple[str | None, ...]
    names: tuple[str, ...]
    quality: str


def geodesic_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the shortest distance of two points on the WGS84 ellipsoid in km.

    Examples
    --------
    >>> round(geodesic_km(56.27, 27.18, 72.95, 18.95))
    1934
    """
    return float(_WGS84.inv(lon_a, lat_a, lon_b, lat_b)[2]) / 1000


def segment_km(lons: Sequence[float], lats: Sequence[float]) -> np.ndarray:
    """Return the geodesic length of each segment of a line in km, shape (n - 1,)."""
    lon, lat = np.asarray(lons), np.asarray(lats)
    return np.asarray(_WGS84.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]) / 1000


def drawn_km(shape: Shape) -> float:
    """Return the length of a shape on the ellipsoid in km."""
    return float(segment_km(shape.lons, shape.lats).sum())


@lru_cache(maxsize=4)
def _via_rows(atlas: Atlas) -> dict[str, list[tuple[Row, bool]]]:
    rows: dict[str, list[tuple[Row, bool]]] = defaultdict(list)
    for row in atlas.vias:
        rows[row["link_id"]].append((row, True))
    for row in atlas.waypoints:
        rows[row["link_id"]].append((row, False))
    for points in rows.values():
        points.sort(key=lambda point: point[0]["seq"])
    return rows


@lru_cache(maxsize=4)
def _junction_rows(atlas: Atlas) -> dict[str, list[Row]]:
    rows: dict[str, list[tuple[int, int, Row]]] = defaultdict(list)
    for row in atlas.junctions:
        rows[row["link_id"]].append((row["after_waypoint"], row["seq"], row))
    for row in atlas.waypoints:
        if row["link_id"] in rows:
            rows[row["link_id"]].append((row["seq"], 0, row))
    return {link_id: [row for *_, row in sorted(points, key=lambda p: p[:2])] for link_id, points in rows.items()}


def shape_of(atlas: Atlas, link_id: str) -> Shape:
    """Build the shape of a link: by junctions where the atlas has some, else by towns.

    Parameters
    ----------
    atlas
        The atlas.
    link_id
        Link.

    Raises
    ------
    UnknownIdError
        Where the atlas has no such link.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> shape = shape_of(load_atlas(), "rail-rasht-qazvin")
    >>> shape.names[0], shape.names[-1], shape.quality
    ('Rasht', 'Qazvin', 'junctions')
    """
    points = _junction_rows(atlas).get(link_id)
    return _join(atlas, link_id, points, "junctions") if points else town_shape(atlas, link_id)


def town_shape(atlas: Atlas, link_id: str) -> Shape:
    """Build the shape of a link by towns of the gazetteer and points set by hand, whatever junctions it has.

    Parameters
    ----------
    atlas
        The atlas.
    link_id
        Link.
    """
    vias = _via_rows(atlas).get(link_id, [])
    towns = sum(is_town for _, is_town in vias)
    quality = "straight" if not vias else "towns" if towns == len(vias) else "mixed" if towns else "hand-set"
    return _join(atlas, link_id, [row for row, _ in vias], quality)


def _join(atlas: Atlas, link_id: str, between: Sequence[Row], quality: str) -> Shape:
    link = atlas.links[link_id]
    ends = atlas.places[link["from_id"]], atlas.places[link["to_id"]]
    points = [ends[0], *between, ends[1]]
    return Shape(
        link_id=link_id,
        lons=tuple(point["lon"] for point in points),
        lats=tuple(point["lat"] for point in points),
        countries=tuple(point["country"] for point in points),
        # Junctions have no names.
        names=(ends[0]["label"], *(row.get("name", "") for row in between), ends[1]["label"]),
        quality=quality,
    )


def thinned(shape: Shape, tolerance_km: float) -> Shape:
    """Return a shape without the points that a drawing of some coarseness does not need.

    Parameters
    ----------
    shape
        Line.
    tolerance_km
        How far a left-out point may lie from the new line, in km; both ends stay.

    Examples
    --------
    >>> line = Shape("x", (50.0, 50.5, 51.0), (38.0, 38.001, 38.0), ("IR",) * 3, ("a", "", "b"), "junctions")
    >>> thinned(line, 0.3).lons, thinned(line, 0.05).lons
    ((50.0, 51.0), (50.0, 50.5, 51.0))
    """
    width = np.cos(np.radians(np.mean(shape.lats)))
    line = np.column_stack((np.asarray(shape.lons) * width, shape.lats))
    short = LineString(line).simplify(tolerance_km / _KM_PER_DEGREE, preserve_topology=False)
    kept = {tuple(point) for point in get_coordinates(short).tolist()}
    index = [i for i, point in enumerate(line.tolist()) if tuple(point) in kept]
    return Shape(
        link_id=shape.link_id,
        lons=tuple(shape.lons[i] for i in index),
        lats=tuple(shape.lats[i] for i in index),
        countries=tuple(shape.countries[i] for i in index),
        names=tuple(shape.names[i] for i in index),
        quality=shape.quality,
    )


def km_by_country(atlas: Atlas, link_id: str) -> dict[str, float]:
    """Share the stated length of a link among the countries its shape runs through.

    A segment between two countries is parted at the link's crossing, or halved where it has none.
    Ship legs lie at sea, canals in the country of their ends.

    Returns
    -------
    dict
        Length in km by ISO 3166-1 alpha-2 code or `SEA`; the values add up to the stated length.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> km_by_country(load_atlas(), "rail-rasht-qazvin")
    {'IR': 164.0}
    """
    link = atlas.links[link_id]
    stated = float(link["length_km"])
    shape = shape_of(atlas, link_id)
    ends = shape.countries[0], shape.countries[-1]
    if link["mode"] in _SHIP and not (link["mode"] == "inland_waterway" and ends[0] and ends[0] == ends[1]):
        return {SEA: stated}
    parts: dict[str, float] = defaultdict(float)
    for index, km in enumerate(segment_km(shape.lons, shape.lats)):
        here, there = shape.countries[index] or SEA, shape.countries[index + 1] or SEA
        share = 1.0 if here == there else _share_before_border(atlas, link_id, shape, index)
        parts[here] += share * float(km)
        if here != there:
            parts[there] += (1 - share) * float(km)
    total = sum(parts.values())
    return {country: stated * km / total for country, km in sorted(parts.items())}


def _share_before_border(atlas: Atlas, link_id: str, shape: Shape, index: int) -> float:
    crossing_id = atlas.crossing_of_link.get(link_id)
    if crossing_id is None:
        return 0.5
    crossing = atlas.crossings[crossing_id]
    if {crossing["country_a"], crossing["country_b"]} != set(shape.countries[index : index + 2]):
        return 0.5
    ends = [(shape.lons[i], shape.lats[i]) for i in (index, index + 1)]
    before, after = (geodesic_km(*end, crossing["lon"], crossing["lat"]) for end in ends)
    return before / (before + after) if before + after else 0.5
