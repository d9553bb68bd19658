"""Checks of coordinates and lengths: swapped degrees, crossings off their line, drawn against stated length."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, lines_of
from geodata.shape import Shape, drawn_km, geodesic_km, shape_of
from geodata.table import Row

__all__ = ["GEOMETRY_CHECKS"]

_OPEN_WATER = frozenset({"sea", "roro"})
# Stated lengths are rounded, and geodesics on the ellipsoid are exact: one in a thousand is slack enough.
_GEODESIC_SLACK = 0.999
# A place that lies alone in its country and whose swapped point does not: both numbers were tried on the atlas, where
# no place trips the rule and every one swapped by hand does, save those whose degrees are nearly equal.
_LONELY_KM = 200.0
_SWAP_GAIN = 2.0
# Crossings are known to some km and lines are drawn by towns, so the two may lie that far apart.
_CROSSING_KM = 60.0
# A straight piece may be that long before its line must bend at a town.
_PIECE_KM = 60.0
# Drawn against stated length. A line by towns cuts bends, most of all those of mountain roads, and stated lengths of
# canals count their approaches; a way over open water is drawn whole.
_LAND_RATIO = (0.75, 1.05)
_SHIP_RATIO = (0.92, 1.08)
_KM_PER_DEGREE = 111.2
_MAX_LAT = 90.0
_MIN_POINTS = 2

_Point = Mapping[str, Any]
_Joined = Mapping[str, list[tuple[str, float]]]


def _km(a: _Point, b: _Point) -> float:
    return geodesic_km(a["lon"], a["lat"], b["lon"], b["lat"])


def _swap(point: _Point) -> _Point:
    return {"lon": point["lat"], "lat": point["lon"]}


def _nearest_km(point: _Point, others: Iterable[_Point]) -> float:
    return min((_km(point, other) for other in others), default=0.0)


def _is_lonely(point: _Point, others: list[Row]) -> bool:
    here = _nearest_km(point, others)
    return here > _LONELY_KM and _nearest_km(_swap(point), others) * _SWAP_GAIN < here


def _join(atlas: Atlas) -> _Joined:
    result: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for link in atlas.links:
        start, end = link["from_id"], link["to_id"]
        if start in atlas.places and end in atlas.places and start != end:
            result[start].append((end, link["length_km"]))
            result[end].append((start, link["length_km"]))
    return result


def _swapped_places(atlas: Atlas) -> set[str]:
    fellows: dict[str | None, list[Row]] = defaultdict(list)
    for row in atlas.places:
        fellows[row["country"]].append(row)
    joined = _join(atlas)
    result = {
        row["id"]
        for row in atlas.places
        if row["id"] not in joined and row["country"] and abs(row["lon"]) <= _MAX_LAT
        if _is_lonely(row, [other for other in fellows[row["country"]] if other is not row])
    }
    # Links tell best: a place is swapped if some are too short as it stands and none would be after a swap. Its
    # neighbours look swapped as well, so the worst place goes first and is put right before the next is sought.
    points: dict[str, _Point] = {row["id"]: row for row in atlas.places}
    for _ in joined:
        worst = max(
            (
                (misfits, _nearest_km(point, (other for other in fellows[row["country"]] if other is not row)), key)
                for key in joined
                for row, point in ((atlas.places[key], points[key]),)
                if abs(point["lon"]) <= _MAX_LAT
                if (misfits := _misfits(point, joined[key], points)) and not _misfits(_swap(point), joined[key], points)
            ),
            default=None,
        )
        if worst is None:
            break
        points[worst[2]] = _swap(points[worst[2]])
        result.add(worst[2])
    return result


def _misfits(point: _Point, links: list[tuple[str, float]], points: Mapping[str, _Point]) -> int:
    return sum(_km(point, points[other]) * _GEODESIC_SLACK > length for other, length in links)


def _check_coordinates(atlas: Atlas) -> Iterator[Fault]:
    swapped = _swapped_places(atlas)
    problem, remedy = "Longitude and latitude seem to be swapped.", "Put the longitude first."
    for line in lines_of(atlas.places):
        if line["id"] in swapped:
            yield line.fault("lon", problem, remedy)
    for line in lines_of(atlas.links):
        start, end = atlas.places.get(line["from_id"]), atlas.places.get(line["to_id"])
        if not start or not end or swapped & {start["id"], end["id"]}:
            continue
        straight = _km(start, end)
        if line["length_km"] < straight * _GEODESIC_SLACK:
            short = f"The straight line between its places is {straight:.1f} km."
            yield line.fault("length_km", short, "Correct the length or the coordinates of a place.")
    for line in lines_of(atlas.crossings):
        if abs(line["lon"]) <= _MAX_LAT and not line["link_ids"]:
            sides = {line["country_a"], line["country_b"]}
            if _is_lonely(line.row, [row for row in atlas.places if row["country"] in sides]):
                yield line.fault("lon", problem, remedy)


def _is_drawable(atlas: Atlas, link: Row, swapped: set[str]) -> bool:
    # Links whose ends are wrong, or too short for any line, have their fault already.
    start, end = atlas.places.get(link["from_id"]), atlas.places.get(link["to_id"])
    if not start or not end or start is end or swapped & {start["id"], end["id"]}:
        return False
    return _km(start, end) * _GEODESIC_SLACK <= float(link["length_km"])


def distance_km(shape: Shape, lon: float, lat: float) -> float:
    """Return how far a point lies from a line, in km, on a plane that touches the ellipsoid at the point.

    Parameters
    ----------
    shape
        Line.
    lon, lat
        Point, degrees on WGS84. The result is good near the point and coarse beyond some hundred km.

    Examples
    --------
    >>> line = Shape("x", (50.0, 50.0), (38.0, 40.0), ("IR", "IR"), ("a", "b"), "straight")
    >>> round(distance_km(line, 50.0, 41.0))
    111
    """
    x = (np.asarray(shape.lons) - lon) * _KM_PER_DEGREE * np.cos(np.radians(lat))
    y = (np.asarray(shape.lats) - lat) * _KM_PER_DEGREE
    step_x, step_y = np.diff(x), np.diff(y)
    square = np.maximum(step_x**2 + step_y**2, np.finfo(float).tiny)
    along = np.clip(-(x[:-1] * step_x + y[:-1] * step_y) / square, 0.0, 1.0)
    return float(np.hypot(x[:-1] + along * step_x, y[:-1] + along * step_y).min())


def _check_crossing_points(atlas: Atlas) -> Iterator[Fault]:
    swapped = _swapped_places(atlas)
    for line in lines_of(atlas.crossings):
        for link_id in line["link_ids"]:
            link = atlas.links.get(link_id)
            if not link or not _is_drawable(atlas, link, swapped):
                continue
            away = distance_km(shape_of(atlas, link_id), line["lon"], line["lat"])
            if away > _CROSSING_KM:
                problem = f"The point lies {away:.0f} km from the line of {link_id}."
                yield line.fault("lon", problem, "Correct the point (longitude first), the link or its via points.")
                break


def _check_via_order(atlas: Atlas) -> Iterator[Fault]:
    seen: dict[tuple[str, int], str] = {}
    for name in ("vias", "waypoints"):
        for line in lines_of(atlas.tables[name]):
            file = seen.setdefault((line["link_id"], line["seq"]), line.file)
            if file != line.file:
                yield line.fault("seq", f"The number stands already in {file}.", "Count on over both tables.")


def _check_via_countries(atlas: Atlas) -> Iterator[Fault]:
    for name in ("vias", "waypoints"):
        for line in lines_of(atlas.tables[name]):
            link = atlas.links.get(line["link_id"])
            if link and link["mode"] not in _OPEN_WATER and line["country"] is None:
                yield line.fault("country", f"The link {link['id']} does not run over open water.", "Name the country.")


def _check_shapes(atlas: Atlas) -> Iterator[Fault]:
    points: dict[str, list[Line]] = defaultdict(list)
    for name in ("vias", "waypoints"):
        for line in lines_of(atlas.tables[name]):
            points[line["link_id"]].append(line)
    swapped = _swapped_places(atlas)
    for line in lines_of(atlas.links):
        if _is_drawable(atlas, line.row, swapped):
            astray = list(_check_detours(atlas, line, points[line["id"]]))
            yield from astray or _check_drawing(atlas, line, len(points[line["id"]]))


def _slack_km(atlas: Atlas, link: Line) -> float:
    # The ends are known to some km only, which on a short link outweighs every ratio.
    return float(sum(atlas.places[link[end]]["coord_precision_km"] for end in ("from_id", "to_id")))


def _ratios(link: Line) -> tuple[float, float]:
    return _SHIP_RATIO if link["mode"] in _OPEN_WATER else _LAND_RATIO


def _check_detours(atlas: Atlas, link: Line, points: list[Line]) -> Iterator[Fault]:
    ends = atlas.places[link["from_id"]], atlas.places[link["to_id"]]
    most = link["length_km"] * _ratios(link)[1] + _slack_km(atlas, link)
    for point in points:
        detour = sum(_km(point.row, end) for end in ends)
        if detour > most:
            problem = f"The way by this point is {detour:.0f} km at least, and the link has {link['length_km']:g} km."
            yield point.fault("lon", problem, "Correct the point (longitude first) or the length of the link.")


def _check_drawing(atlas: Atlas, link: Line, points: int) -> Iterator[Fault]:
    needed = int(link["length_km"] // _PIECE_KM) if link["mode"] not in _OPEN_WATER else 0
    if points < needed:
        problem = f"The line has {points} points between its ends; a link of this length needs {needed}."
        yield link.fault("length_km", problem, "Add towns to vias.csv or points to waypoints.csv.")
        return
    low, high = _ratios(link)
    drawn, slack = drawn_km(shape_of(atlas, link["id"])), _slack_km(atlas, link)
    if not low * link["length_km"] - slack <= drawn <= high * link["length_km"] + slack:
        problem = f"The drawn line is {drawn:.1f} km long, {drawn / link['length_km']:.2f} of the stated length."
        yield link.fault("length_km", problem, f"Add or correct via points, or the length ({low} to {high} is right).")


def _check_borders(atlas: Atlas) -> Iterator[Fault]:
    number = Counter(row["line_id"] for row in atlas.borders)
    for line in lines_of(atlas.borders):
        if number[line["line_id"]] < _MIN_POINTS:
            yield line.fault("line_id", "The line has one point.", "Add its other points.")


GEOMETRY_CHECKS = (
    Check(_check_coordinates, ("places", "links", "crossings")),
    Check(_check_crossing_points, ("places", "links", "crossings", "vias", "waypoints")),
    Check(_check_via_order, ("vias", "waypoints")),
    Check(_check_via_countries, ("links", "vias", "waypoints")),
    Check(_check_shapes, ("places", "links", "vias", "waypoints")),
    Check(_check_borders, ("borders",)),
)
