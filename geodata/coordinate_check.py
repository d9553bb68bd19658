"""Checks of points: swapped degrees, places far from their links, borders that bend back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, lines_of
from geodata.shape import geodesic_km
from geodata.table import Row

__all__ = [
    "COORDINATE_CHECKS",
    "CROSSING_KM",
    "GEODESIC_SLACK",
    "REMEDY",
    "Point",
    "km_between",
    "misplaced",
    "nearest_km",
]

# Stated lengths are rounded, and geodesics on the ellipsoid are exact: one in a thousand is slack enough.
GEODESIC_SLACK = 0.999
# Crossings are known to some km and lines are drawn by towns, so the two may lie that far apart.
CROSSING_KM = 60.0
REMEDY = "Put the longitude first, and check signs and degrees."
# A place that lies alone in its country and whose swapped point does not: the numbers were tried on the atlas, where
# no place trips the rule and every one swapped by hand does, save those whose degrees are nearly equal.
_LONELY_KM = 200.0
_SWAP_GAIN = 2.0
_ASIDE_KM = 60.0
_SURE_GAIN = 8.0
# No place of the atlas lies that far from every other place of its country, small colonies on far coasts aside.
_FAR_KM = 600.0
# A place among those of another country, far from its own.
_AMONG_KM = 60.0
_AWAY_KM = 300.0
_MANY = 4
# A crossing lies near places of both its countries.
_BOTH_KM = 300.0
_BOTH_GAIN = 1.5
# Points at sea that share a name lie in one stretch of water.
_NAMESAKE_KM = 500.0
# The end of a drawn border lies within some of the line's usual steps of the next point, and borders bend softly.
_STEPS = 6.0
_STEP_KM = 40.0
_MAX_STEP_KM = 300.0
_BEND_KM = 30.0
_MAX_LAT = 90.0
_MIN_POINTS = 2
_SWAPPED = "Longitude and latitude seem to be swapped."

Point = Mapping[str, Any]
_Joined = Mapping[str, list[tuple[str, float]]]


def km_between(a: Point, b: Point) -> float:
    """Return the shortest distance of two rows with lon and lat in km.

    Examples
    --------
    >>> round(km_between({"lon": 56.27, "lat": 27.18}, {"lon": 72.95, "lat": 18.95}))
    1934
    """
    return geodesic_km(a["lon"], a["lat"], b["lon"], b["lat"])


def _swap(point: Point) -> Point:
    return {"lon": point["lat"], "lat": point["lon"]}


def nearest_km(point: Point, others: Iterable[Point]) -> float:
    """Return the distance to the nearest of other points in km, 0 where there are none.

    Examples
    --------
    >>> nearest_km({"lon": 50.0, "lat": 40.0}, [])
    0.0
    """
    return min((km_between(point, other) for other in others), default=0.0)


def _is_lonely(point: Point, others: list[Row]) -> bool:
    here = nearest_km(point, others)
    gain = here / max(nearest_km(_swap(point), others), 1.0)
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
def misplaced(atlas: Atlas) -> Mapping[str, str]:
    """Return what is wrong with each place whose point cannot be right.

    Parameters
    ----------
    atlas
        The atlas.

    Returns
    -------
    mapping
        A sentence by the id of the place; empty where every place may stand where it does.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> misplaced(load_atlas())
    {}
    """
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
        elif len(near) > 1 and nearest_km(row, near) > _FAR_KM:
            result[row["id"]] = f"No other place of {row['country']} lies within {_FAR_KM:g} km."
        elif len(near) >= _MANY and nearest_km(row, near) > _AWAY_KM:
            abroad = [item for item in atlas.places if item["country"] not in {None, row["country"]}]
            if nearest_km(row, abroad) < _AMONG_KM:
                result[row["id"]] = f"The place lies among those of another country, far from {row['country']}."
    return result


def _is_beside_both(line: Line, near: list[Row]) -> bool:
    sides = [[row for row in near if row["country"] == line[side]] for side in ("country_a", "country_b")]
    here, there = (sum(nearest_km(point, side) for side in sides) for point in (line.row, _swap(line.row)))
    return here > _BOTH_KM and there * _BOTH_GAIN < here


def _torn_from_links(atlas: Atlas, joined: _Joined, others: Mapping[str, list[Row]]) -> dict[str, str]:
    # Links tell best: a place is wrong if some are too short as it stands and none would be after a swap, or if all
    # are. Its neighbours look wrong as well, so the worst place goes first and is put right before the next is sought.
    result: dict[str, str] = {}
    points: dict[str, Point] = {row["id"]: row for row in atlas.places}
    for _ in joined:
        worst = max(
            (
                (misfits, nearest_km(point, others[key]), key)
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


def _is_apart(misfits: int, point: Point, others: list[Row]) -> bool:
    # One link that is too short may as well have a wrong length.
    return misfits > 1 or not others or nearest_km(point, others) > _LONELY_KM


def _heals(point: Point, links: list[tuple[str, float]], points: Mapping[str, Point]) -> bool:
    return abs(point["lon"]) <= _MAX_LAT and not _misfits(_swap(point), links, points)


def _misfits(point: Point, links: list[tuple[str, float]], points: Mapping[str, Point]) -> int:
    return sum(km_between(point, points[other]) * GEODESIC_SLACK > length for other, length in links if other in points)


def _check_coordinates(atlas: Atlas) -> Iterator[Fault]:
    wrong = misplaced(atlas)
    for line in lines_of(atlas.places):
        if problem := wrong.get(line["id"]):
            yield line.fault("lon", problem, REMEDY)
    for line in lines_of(atlas.links):
        start, end = atlas.places.get(line["from_id"]), atlas.places.get(line["to_id"])
        if not start or not end or wrong.keys() & {start["id"], end["id"]}:
            continue
        straight = km_between(start, end)
        if line["length_km"] < straight * GEODESIC_SLACK:
            short = f"The straight line between its places is {straight:.1f} km."
            yield line.fault("length_km", short, "Correct the length or the coordinates of a place.")


def _check_lone_crossings(atlas: Atlas) -> Iterator[Fault]:
    # Those that no line vouches for.
    wrong = misplaced(atlas)
    for line in lines_of(atlas.crossings):
        sides = {line["country_a"], line["country_b"]}
        near = [row for row in atlas.places if row["country"] in sides and row["id"] not in wrong]
        if line["link_ids"] or not near:
            continue
        named = [row for end in ("place_a_id", "place_b_id") if (row := atlas.places.get(line[end])) in near]
        if (away := nearest_km(line.row, named)) > CROSSING_KM:
            problem = f"The point lies {away:.0f} km from the place {named[0]['id']}."
            yield line.fault("lon", problem, "Correct the point (longitude first) or the place.")
        elif abs(line["lon"]) <= _MAX_LAT and _is_beside_both(line, near):
            yield line.fault("lon", _SWAPPED, REMEDY)
        elif nearest_km(line.row, near) > _FAR_KM:
            problem = f"No place of {line['country_a']} or {line['country_b']} lies within {_FAR_KM:g} km."
            yield line.fault("lon", problem, REMEDY)


def _check_namesakes(atlas: Atlas) -> Iterator[Fault]:
    points: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.waypoints):
        if line["country"] is None:
            points[line["name"]].append(line)
    for own in points.values():
        for line in own if len(own) > 1 else ():
            away = nearest_km(line.row, (other.row for other in own if other is not line))
            if away > _NAMESAKE_KM:
                yield line.fault("lon", f"The nearest point of the same name is {away:.0f} km away.", REMEDY)


def _check_borders(atlas: Atlas) -> Iterator[Fault]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines_of(atlas.borders), key=lambda line: (line["line_id"], line["seq"])):
        lines[line["line_id"]].append(line)
    points = Counter((line["lon"], line["lat"]) for own in lines.values() for line in own)
    for own in lines.values():
        if len(own) < _MIN_POINTS:
            yield own[0].fault("line_id", "The line has one point.", "Add its other points.")
            continue
        steps = [km_between(before.row, after.row) for before, after in pairwise(own)]
        most = min(max(_STEPS * median(steps), _STEP_KM), _MAX_STEP_KM)
        for end, step in ((own[0], steps[0]), (own[-1], steps[-1])):
            # Lines that meet vouch for their common end.
            if step > most and points[end["lon"], end["lat"]] == 1:
                yield end.fault("lon", f"The next point of the line is {step:.0f} km away.", REMEDY)
        for before, line, after, first, second in zip(own, own[1:], own[2:], steps, steps[1:], strict=False):
            excess = first + second - km_between(before.row, after.row)
            if excess > _BEND_KM:
                yield line.fault("lon", f"The line by this point is {excess:.0f} km longer than past it.", REMEDY)


COORDINATE_CHECKS = (
    Check(_check_coordinates, ("places", "links")),
    Check(_check_lone_crossings, ("places", "links", "crossings")),
    Check(_check_namesakes, ("waypoints",)),
    Check(_check_borders, ("borders",)),
)
