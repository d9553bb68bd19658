"""Checks of coordinates and lengths: swapped degrees, crossings off their line, drawn against stated length."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from statistics import median
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
_ASIDE_KM = 60.0
_SURE_GAIN = 8.0
# No place of the atlas lies that far from every other place of its country, small colonies on far coasts aside.
_FAR_KM = 600.0
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
# A point between two others may lead that far off the way between them, and that much of it: harder bends are slips.
_ZIGZAG_KM = 80.0
_ZIGZAG_SHARE = 0.05
# Points at sea that share a name lie in one stretch of water.
_NAMESAKE_KM = 500.0
# The end of a drawn border lies within some of the line's usual steps of the next point, and borders bend softly.
_STEPS = 6.0
_STEP_KM = 40.0
_MAX_STEP_KM = 300.0
_BEND_KM = 30.0
# A place among those of another country, far from its own.
_AMONG_KM = 60.0
_AWAY_KM = 300.0
_MANY = 4
# A crossing lies near places of both its countries.
_BOTH_KM = 300.0
_BOTH_GAIN = 1.5
_SWAPPED = "Longitude and latitude seem to be swapped."
_REMEDY = "Put the longitude first, and check signs and degrees."

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
    gain = here / max(_nearest_km(_swap(point), others), 1.0)
    return (here > _LONELY_KM and gain > _SWAP_GAIN) or (here > _ASIDE_KM and gain > _SURE_GAIN)


def _join(atlas: Atlas) -> _Joined:
    result: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for link in atlas.links:
        start, end = link["from_id"], link["to_id"]
        if start in atlas.places and end in atlas.places and start != end:
            result[start].append((end, link["length_km"]))
            result[end].append((start, link["length_km"]))
    return result


@lru_cache(maxsize=2)
def _misplaced(atlas: Atlas) -> Mapping[str, str]:
    """Return what is wrong with each place whose point cannot be right, by id."""
    fellows: dict[str | None, list[Row]] = defaultdict(list)
    for row in atlas.places:
        fellows[row["country"]].append(row)
    others = {row["id"]: [item for item in fellows[row["country"]] if item is not row] for row in atlas.places}
    joined = _join(atlas)
    result = _torn_from_links(atlas, joined, others)
    for row in atlas.places:
        near = [item for item in others[row["id"]] if item["id"] not in result]
        if row["id"] in result or not row["country"] or not near:
            continue
        if row["id"] not in joined and abs(row["lon"]) <= _MAX_LAT and _is_lonely(row, near):
            result[row["id"]] = _SWAPPED
        elif len(near) > 1 and _nearest_km(row, near) > _FAR_KM:
            result[row["id"]] = f"No other place of {row['country']} lies within {_FAR_KM:g} km."
        elif len(near) >= _MANY and _nearest_km(row, near) > _AWAY_KM:
            abroad = [item for item in atlas.places if item["country"] not in {None, row["country"]}]
            if _nearest_km(row, abroad) < _AMONG_KM:
                result[row["id"]] = f"The place lies among those of another country, far from {row['country']}."
    return result


def _is_beside_both(line: Line, near: list[Row]) -> bool:
    sides = [[row for row in near if row["country"] == line[side]] for side in ("country_a", "country_b")]
    here, there = (sum(_nearest_km(point, side) for side in sides) for point in (line.row, _swap(line.row)))
    return here > _BOTH_KM and there * _BOTH_GAIN < here


def _torn_from_links(atlas: Atlas, joined: _Joined, others: Mapping[str, list[Row]]) -> dict[str, str]:
    # Links tell best: a place is wrong if some are too short as it stands and none would be after a swap, or if all
    # are. Its neighbours look wrong as well, so the worst place goes first and is put right before the next is sought.
    result: dict[str, str] = {}
    points: dict[str, _Point] = {row["id"]: row for row in atlas.places}
    for _ in joined:
        worst = max(
            (
                (misfits, _nearest_km(point, others[key]), key)
                for key in joined.keys() - result.keys()
                for point in (points[key],)
                if (misfits := _misfits(point, joined[key], points))
                if _heals(point, joined[key], points)
                or (misfits == sum(end in points for end, _ in joined[key]) and _is_apart(misfits, point, others[key]))
            ),
            default=None,
        )
        if worst is None:
            break
        key = worst[2]
        if _heals(points[key], joined[key], points):
            points[key], result[key] = _swap(points[key]), _SWAPPED
        else:
            del points[key]
            result[key] = "Every link of the place is too short to reach it."
    return result


def _is_apart(misfits: int, point: _Point, others: list[Row]) -> bool:
    # One link that is too short may as well have a wrong length.
    return misfits > 1 or not others or _nearest_km(point, others) > _LONELY_KM


def _heals(point: _Point, links: list[tuple[str, float]], points: Mapping[str, _Point]) -> bool:
    return abs(point["lon"]) <= _MAX_LAT and not _misfits(_swap(point), links, points)


def _misfits(point: _Point, links: list[tuple[str, float]], points: Mapping[str, _Point]) -> int:
    return sum(_km(point, points[other]) * _GEODESIC_SLACK > length for other, length in links if other in points)


def _check_coordinates(atlas: Atlas) -> Iterator[Fault]:
    wrong = _misplaced(atlas)
    for line in lines_of(atlas.places):
        if problem := wrong.get(line["id"]):
            yield line.fault("lon", problem, _REMEDY)
    for line in lines_of(atlas.links):
        start, end = atlas.places.get(line["from_id"]), atlas.places.get(line["to_id"])
        if not start or not end or wrong.keys() & {start["id"], end["id"]}:
            continue
        straight = _km(start, end)
        if line["length_km"] < straight * _GEODESIC_SLACK:
            short = f"The straight line between its places is {straight:.1f} km."
            yield line.fault("length_km", short, "Correct the length or the coordinates of a place.")
    for line in lines_of(atlas.crossings):
        sides = {line["country_a"], line["country_b"]}
        near = [row for row in atlas.places if row["country"] in sides and row["id"] not in wrong]
        if line["link_ids"] or not near:
            continue
        named = [row for end in ("place_a_id", "place_b_id") if (row := atlas.places.get(line[end])) in near]
        if (away := _nearest_km(line.row, named)) > _CROSSING_KM:
            problem = f"The point lies {away:.0f} km from the place {named[0]['id']}."
            yield line.fault("lon", problem, "Correct the point (longitude first) or the place.")
        elif abs(line["lon"]) <= _MAX_LAT and _is_beside_both(line, near):
            yield line.fault("lon", _SWAPPED, _REMEDY)
        elif _nearest_km(line.row, near) > _FAR_KM:
            problem = f"No place of {line['country_a']} or {line['country_b']} lies within {_FAR_KM:g} km."
            yield line.fault("lon", problem, _REMEDY)


def _is_drawable(atlas: Atlas, link: Row) -> bool:
    # Links whose ends are wrong, or too short for any line, have their fault already.
    start, end = atlas.places.get(link["from_id"]), atlas.places.get(link["to_id"])
    if not start or not end or start is end or _misplaced(atlas).keys() & {start["id"], end["id"]}:
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
    for line in lines_of(atlas.crossings):
        for link_id in line["link_ids"]:
            link = atlas.links.get(link_id)
            if not link or not _is_drawable(atlas, link):
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
    good: dict[str, set[bool]] = defaultdict(set)
    number: Counter[str] = Counter()
    for line in lines_of(atlas.links):
        if _is_drawable(atlas, line.row):
            own = sorted(points[line["id"]], key=lambda point: (point["seq"], point.file))
            astray = list(_check_detours(atlas, line, own)) or list(_check_zigzags(atlas, line, own))
            astray = astray or list(_check_drawing(atlas, line, own))
            yield from astray
            for end in ("from_id", "to_id"):
                good[line[end]].add(not astray)
                number[line[end]] += 1
    for line in lines_of(atlas.places):
        if number[line["id"]] > 1 and good[line["id"]] == {False}:
            yield line.fault("lon", "Every line that meets at the place is out of shape.", _REMEDY)


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


def _excesses(atlas: Atlas, link: Line, points: list[Line]) -> list[tuple[float, float]]:
    # How much longer the way by each point is than past it, and how long it is past it.
    rows = [atlas.places[link["from_id"]], *(point.row for point in points), atlas.places[link["to_id"]]]
    past = [_km(before, after) for before, after in zip(rows, rows[2:], strict=False)]
    steps = [_km(before, after) for before, after in pairwise(rows)]
    return [
        (first + second - straight, straight) for first, second, straight in zip(steps, steps[1:], past, strict=False)
    ]


def _check_zigzags(atlas: Atlas, link: Line, points: list[Line]) -> Iterator[Fault]:
    for point, (excess, straight) in zip(points, _excesses(atlas, link, points), strict=True):
        if excess > max(_ZIGZAG_KM, _ZIGZAG_SHARE * straight):
            problem = f"The way by this point is {excess:.0f} km longer than past it."
            yield point.fault("lon", problem, "Correct the point (longitude first) or its number.")


def _check_drawing(atlas: Atlas, link: Line, points: list[Line]) -> Iterator[Fault]:
    needed = int(link["length_km"] // _PIECE_KM) if link["mode"] not in _OPEN_WATER else 0
    if len(points) < needed:
        problem = f"The line has {len(points)} points between its ends; a link of this length needs {needed}."
        yield link.fault("length_km", problem, "Add towns to vias.csv or points to waypoints.csv.")
        return
    low, high = _ratios(link)
    drawn, slack = drawn_km(shape_of(atlas, link["id"])), _slack_km(atlas, link)
    if low * link["length_km"] - slack <= drawn <= high * link["length_km"] + slack:
        return
    worst, point = max(
        ((excess, point) for point, (excess, _) in zip(points, _excesses(atlas, link, points), strict=True)),
        key=lambda pair: pair[0],
        default=(0.0, link),
    )
    if drawn > high * link["length_km"] + slack >= drawn - worst:
        problem = f"The drawn line of {link['id']} is {drawn:.1f} km long, and {drawn - worst:.1f} past this point."
        yield point.fault("lon", problem, f"Correct the point, or the length of the link ({link['length_km']:g} km).")
        return
    problem = f"The drawn line is {drawn:.1f} km long, {drawn / link['length_km']:.2f} of the stated length."
    yield link.fault("length_km", problem, f"Add or correct via points, or the length ({low} to {high} is right).")


def _check_namesakes(atlas: Atlas) -> Iterator[Fault]:
    points: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.waypoints):
        if line["country"] is None:
            points[line["name"]].append(line)
    for own in points.values():
        for line in own if len(own) > 1 else ():
            away = _nearest_km(line.row, (other.row for other in own if other is not line))
            if away > _NAMESAKE_KM:
                yield line.fault("lon", f"The nearest point of the same name is {away:.0f} km away.", _REMEDY)


def _check_borders(atlas: Atlas) -> Iterator[Fault]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines_of(atlas.borders), key=lambda line: (line["line_id"], line["seq"])):
        lines[line["line_id"]].append(line)
    points = Counter((line["lon"], line["lat"]) for own in lines.values() for line in own)
    for own in lines.values():
        if len(own) < _MIN_POINTS:
            yield own[0].fault("line_id", "The line has one point.", "Add its other points.")
            continue
        steps = [_km(before.row, after.row) for before, after in pairwise(own)]
        most = min(max(_STEPS * median(steps), _STEP_KM), _MAX_STEP_KM)
        for end, step in ((own[0], steps[0]), (own[-1], steps[-1])):
            # Lines that meet vouch for their common end.
            if step > most and points[end["lon"], end["lat"]] == 1:
                yield end.fault("lon", f"The next point of the line is {step:.0f} km away.", _REMEDY)
        for before, line, after, first, second in zip(own, own[1:], own[2:], steps, steps[1:], strict=False):
            excess = first + second - _km(before.row, after.row)
            if excess > _BEND_KM:
                yield line.fault("lon", f"The line by this point is {excess:.0f} km longer than past it.", _REMEDY)


GEOMETRY_CHECKS = (
    Check(_check_coordinates, ("places", "links", "crossings")),
    Check(_check_crossing_points, ("places", "links", "crossings", "vias", "waypoints")),
    Check(_check_via_order, ("vias", "waypoints")),
    Check(_check_via_countries, ("links", "vias", "waypoints")),
    Check(_check_shapes, ("places", "links", "vias", "waypoints")),
    Check(_check_namesakes, ("waypoints",)),
    Check(_check_borders, ("borders",)),
)
