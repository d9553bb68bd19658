"""Checks of drawn lines: crossings off their line, points astray, drawn against stated length."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from geodata.atlas import Atlas
from geodata.coordinate_check import CROSSING_KM, GEODESIC_SLACK, REMEDY, km_between, misplaced
from geodata.errors import Fault
from geodata.inspection import Check, Line, lines_of
from geodata.shape import Shape, drawn_km, shape_of
from geodata.table import Row

__all__ = ["GEOMETRY_CHECKS", "distance_km"]

_OPEN_WATER = frozenset({"sea", "roro"})
# A straight piece may be that long before its line must bend at a town.
_PIECE_KM = 60.0
# Drawn against stated length. A line by towns cuts bends, most of all those of mountain roads, and stated lengths of
# canals count their approaches; a way over open water is drawn whole.
_LAND_RATIO = (0.75, 1.05)
_SHIP_RATIO = (0.92, 1.08)
# A line by junctions is the track itself: where it is longer than the published length, that one counts otherwise.
_JUNCTION_RATIO = (0.75, 1.12)
_KM_PER_DEGREE = 111.2
# A point between two others may lead that far off the way between them, and that much of it: harder bends are slips.
_ZIGZAG_KM = 80.0
_ZIGZAG_SHARE = 0.05
# Junctions of one track follow one another closely.
_KINK_KM = 40.0


def _is_drawable(atlas: Atlas, link: Row) -> bool:
    # Links whose ends are wrong, or too short for any line, have their fault already.
    start, end = atlas.places.get(link["from_id"]), atlas.places.get(link["to_id"])
    if not start or not end or start is end or misplaced(atlas).keys() & {start["id"], end["id"]}:
        return False
    return km_between(start, end) * GEODESIC_SLACK <= float(link["length_km"])


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
    for line in lines_of(atlas.crossings):
        for link_id in line["link_ids"]:
            link = atlas.links.get(link_id)
            if not link or not _is_drawable(atlas, link):
                continue
            away = distance_km(shape_of(atlas, link_id), line["lon"], line["lat"])
            if away > CROSSING_KM:
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
    mapped = {row["link_id"] for row in atlas.junctions}
    good: dict[str, set[bool]] = defaultdict(set)
    number: Counter[str] = Counter()
    for line in lines_of(atlas.links):
        if _is_drawable(atlas, line.row):
            own = sorted(points[line["id"]], key=lambda point: (point["seq"], point.file))
            astray = list(_check_detours(atlas, line, own)) or list(_check_zigzags(atlas, line, own))
            astray = astray or list(_check_drawing(atlas, line, own, mapped=line["id"] in mapped))
            yield from astray
            for end in ("from_id", "to_id"):
                good[line[end]].add(not astray)
                number[line[end]] += 1
    for line in lines_of(atlas.places):
        if number[line["id"]] > 1 and good[line["id"]] == {False}:
            yield line.fault("lon", "Every line that meets at the place is out of shape.", REMEDY)


def _slack_km(atlas: Atlas, link: Line) -> float:
    # The ends are known to some km only, which on a short link outweighs every ratio.
    return float(sum(atlas.places[link[end]]["coord_precision_km"] for end in ("from_id", "to_id")))


def _ratios(link: Line) -> tuple[float, float]:
    return _SHIP_RATIO if link["mode"] in _OPEN_WATER else _LAND_RATIO


def _check_detours(atlas: Atlas, link: Line, points: list[Line]) -> Iterator[Fault]:
    ends = atlas.places[link["from_id"]], atlas.places[link["to_id"]]
    most = link["length_km"] * _ratios(link)[1] + _slack_km(atlas, link)
    for point in points:
        detour = sum(km_between(point.row, end) for end in ends)
        if detour > most:
            problem = f"The way by this point is {detour:.0f} km at least, and the link has {link['length_km']:g} km."
            yield point.fault("lon", problem, "Correct the point (longitude first) or the length of the link.")


def _excesses(atlas: Atlas, link: Line, points: list[Line]) -> list[tuple[float, float]]:
    # How much longer the way by each point is than past it, and how long it is past it.
    rows = [atlas.places[link["from_id"]], *(point.row for point in points), atlas.places[link["to_id"]]]
    past = [km_between(before, after) for before, after in zip(rows, rows[2:], strict=False)]
    steps = [km_between(before, after) for before, after in pairwise(rows)]
    return [
        (first + second - straight, straight) for first, second, straight in zip(steps, steps[1:], past, strict=False)
    ]


def _check_zigzags(atlas: Atlas, link: Line, points: list[Line]) -> Iterator[Fault]:
    for point, (excess, straight) in zip(points, _excesses(atlas, link, points), strict=True):
        if excess > max(_ZIGZAG_KM, _ZIGZAG_SHARE * straight):
            problem = f"The way by this point is {excess:.0f} km longer than past it."
            yield point.fault("lon", problem, "Correct the point (longitude first) or its number.")


def _check_junctions(atlas: Atlas) -> Iterator[Fault]:
    points: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.junctions):
        points[line["link_id"]].append(line)
    for link in lines_of(atlas.links):
        if not points[link["id"]] or not _is_drawable(atlas, link.row):
            continue
        own = sorted(points[link["id"]], key=lambda point: int(point["seq"]))
        for point, (excess, _) in zip(own, _excesses(atlas, link, own), strict=True):
            if excess > _KINK_KM:
                problem = f"The line by this junction is {excess:.0f} km longer than past it."
                yield point.fault("lon", problem, REMEDY)


def _check_drawing(atlas: Atlas, link: Line, points: list[Line], *, mapped: bool) -> Iterator[Fault]:
    # Junctions may lie far apart where the track is straight.
    needed = int(link["length_km"] // _PIECE_KM) if link["mode"] not in _OPEN_WATER else 0
    if not mapped and len(points) < needed:
        problem = f"The line has {len(points)} points between its ends; a link of this length needs {needed}."
        yield link.fault("length_km", problem, "Add towns to vias.csv or points to waypoints.csv.")
        return
    low, high = _JUNCTION_RATIO if mapped else _ratios(link)
    drawn, slack = drawn_km(shape_of(atlas, link["id"])), _slack_km(atlas, link)
    if low * link["length_km"] - slack <= drawn <= high * link["length_km"] + slack:
        return
    worst, point = max(
        ((excess, point) for point, (excess, _) in zip(points, _excesses(atlas, link, points), strict=True)),
        key=lambda pair: pair[0],
        default=(0.0, link),
    )
    if drawn > high * link["length_km"] + slack >= drawn - worst and not mapped:
        problem = f"The drawn line of {link['id']} is {drawn:.1f} km long, and {drawn - worst:.1f} past this point."
        yield point.fault("lon", problem, f"Correct the point, or the length of the link ({link['length_km']:g} km).")
        return
    problem = f"The drawn line is {drawn:.1f} km long, {drawn / link['length_km']:.2f} of the stated length."
    yield link.fault("length_km", problem, f"Add or correct via points, or the length ({low} to {high} is right).")


GEOMETRY_CHECKS = (
    Check(_check_crossing_points, ("places", "links", "crossings", "vias", "waypoints", "junctions")),
    Check(_check_via_order, ("vias", "waypoints")),
    Check(_check_via_countries, ("links", "vias", "waypoints")),
    Check(_check_junctions, ("junctions", "links", "places")),
    Check(_check_shapes, ("places", "links", "vias", "waypoints", "junctions")),
)
