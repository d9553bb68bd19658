"""Checks of the junctions that lines run by: their order, and the points set by hand that they come behind."""

from collections.abc import Iterator

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, lines_of

__all__ = ["JUNCTION_CHECKS"]

_REBUILD = "Run: python scripts/build_shapes.py"


def _check_junctions(atlas: Atlas) -> Iterator[Fault]:
    by_hand = {(row["link_id"], row["seq"]) for row in atlas.waypoints}
    last: dict[str, tuple[int, int]] = {}
    for line in lines_of(atlas.junctions):
        link = atlas.links.get(line["link_id"])
        if link and link["mode"] not in {"rail", "road"}:
            yield line.fault("link_id", "Junctions are known of railways and roads only.", "Delete the row.")
        after, before = line["after_waypoint"], last.get(line["link_id"], (0, 0))
        if after and (line["link_id"], after) not in by_hand:
            yield line.fault("after_waypoint", "The link has no such point in waypoints.csv.", f"{_REBUILD}.")
        elif line["seq"] != before[1] + 1 or after < before[0]:
            yield line.fault("seq", "The junctions do not stand in their order.", f"{_REBUILD}.")
        last[line["link_id"]] = (after, line["seq"])


def _check_repairs(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.repairs):
        given = (line["lon_b"] is not None and line["lat_b"] is not None, line["place_id"] is not None)
        if given not in {(True, False), (False, True)}:
            yield line.fault("place_id", "The edge needs one end more: a place or a junction, not both.", "Fill one.")


JUNCTION_CHECKS = (
    Check(_check_junctions, ("links", "waypoints", "junctions")),
    Check(_check_repairs, ("repairs",)),
)
