"""Checks of the network: ids, links, crossings, corridors and hubs."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, lines_of, shown
from geodata.status import USABLE
from geodata.table import Row

__all__ = ["NETWORK_CHECKS"]

_SHIP = frozenset({"sea", "roro", "inland_waterway"})
_BORDER = frozenset({"rail", "road"})
_OBJECT_TABLES = ("links", "places", "crossings", "projects")
# A value and the column without which it says nothing.
_PAIRS = (
    ("links", "capacity_mt_y", "capacity_kind", "State what kind of capacity it is."),
    ("links", "traffic_mt", "traffic_year", "State the year of the traffic."),
    ("links", "cost_value", "cost_currency", "State the currency of the cost."),
    ("projects", "cost_value", "cost_currency", "State the currency of the cost."),
    ("places", "throughput_mt", "throughput_period", "State the period of the throughput."),
    ("places", "throughput_teu", "throughput_period", "State the period of the throughput."),
    ("crossings", "wait_h", "wait_basis", "State what the waiting time is."),
)


def _check_ids(atlas: Atlas) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in _OBJECT_TABLES:
        for line in lines_of(atlas.tables[name]):
            where = seen.setdefault(line["id"], line.file)
            if where != line.file:
                yield line.fault("id", f"The id stands already in {where}.", "Give one of the two another id.")


def _check_pairs(atlas: Atlas) -> Iterator[Fault]:
    for name, value, company, remedy in _PAIRS:
        for line in lines_of(atlas.tables[name]):
            if line[value] is not None and line[company] is None:
                yield line.fault(company, f"The column {value} is filled and this one is not.", remedy)


def _check_ends(atlas: Atlas) -> Iterator[Fault]:
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for line in lines_of(atlas.links):
        if line["from_id"] == line["to_id"]:
            yield line.fault("to_id", "The link ends where it starts.", "Name the place at its other end.")
            continue
        other = seen.setdefault((line["mode"], frozenset((line["from_id"], line["to_id"]))), line["id"])
        if other != line["id"]:
            problem = f"The link {other!r} joins the same places by the same mode."
            yield line.fault("to_id", problem, "Delete one link or put a place between.")


def _check_mode(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.links):
        rail, ship = line["mode"] == "rail", line["mode"] in _SHIP
        if rail and not line["gauges_mm"]:
            yield line.fault("gauges_mm", "A railway has a gauge.", "Give it in mm, marked assumed if need be.")
        if not rail and line["gauges_mm"]:
            yield line.fault("gauges_mm", f"A link by {line['mode']} has no gauge.", "Empty the cell.")
        if ship and line["water"] is None:
            yield line.fault("water", "A ship leg needs its water.", "Write caspian or ocean.")
        if not ship and line["water"] is not None:
            yield line.fault("water", f"A link by {line['mode']} lies in no water.", "Empty the cell.")
        if rail and line["gauges_mm"]:
            yield from _check_gauge_at_ends(atlas, line)


def _check_gauge_at_ends(atlas: Atlas, line: Line) -> Iterator[Fault]:
    for end in ("from_id", "to_id"):
        place = atlas.places.get(line[end])
        if place and place["gauges_mm"] and not set(place["gauges_mm"]) & set(line["gauges_mm"]):
            problem = f"The place {place['id']} has {shown(place['gauges_mm'])} mm only."
            yield line.fault("gauges_mm", problem, "Correct the gauge of the link or of the place.")


def _countries(atlas: Atlas, link: Row) -> frozenset[str | None]:
    ends = atlas.places.get(link["from_id"]), atlas.places.get(link["to_id"])
    return frozenset(place["country"] for place in ends if place)


def _check_crossings(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.crossings):
        for side in ("a", "b"):
            place, country = atlas.places.get(line[f"place_{side}_id"]), line[f"country_{side}"]
            if place and place["country"] != country:
                problem = f"The place {place['id']} lies in {place['country']}."
                yield line.fault(f"country_{side}", problem, "Correct the country or the place.")
        if line["country_a"] == line["country_b"]:
            yield line.fault("country_b", "Both sides lie in one country.", "Name the country on the other side.")
        gauges = line["gauge_a_mm"], line["gauge_b_mm"]
        if None not in gauges and line["gauge_break"] != (gauges[0] != gauges[1]):
            problem = f"The gauges of the two sides are {gauges[0]} and {gauges[1]} mm."
            yield line.fault("gauge_break", problem, "Write true where they differ, false where they do not.")
        yield from _check_links_of_crossing(atlas, line)


def _check_links_of_crossing(atlas: Atlas, line: Line) -> Iterator[Fault]:
    links = [link for link_id in line["link_ids"] if (link := atlas.links.get(link_id))]
    sides = {line["country_a"], line["country_b"]}
    for link in links:
        if link["mode"] not in line["modes"]:
            problem = f"The link {link['id']} goes by {link['mode']}, which the crossing does not serve."
            yield line.fault("modes", problem, "Add the mode or take the link out of link_ids.")
        countries = _countries(atlas, link)
        if len(countries) > 1 and countries != sides:
            problem = f"The link {link['id']} joins {shown(countries)}."
            yield line.fault("link_ids", problem, "Name the links that pass this border.")
    usable = [link["id"] for link in links if link["status"] in USABLE]
    if line["status"] not in USABLE and usable:
        problem = f"In use over it: {shown(usable)}."
        yield line.fault("status", problem, "Correct the status of the crossing or of the link.")
    # A crossing may be in use by a mode whose link the atlas does not hold.
    if line["status"] in USABLE and set(line["modes"]) <= {link["mode"] for link in links} and not usable:
        problem = f"None of its links is in use: {shown(link['id'] for link in links)}."
        yield line.fault("status", problem, "Correct the status of the crossing or of a link.")


def _check_border_links(atlas: Atlas) -> Iterator[Fault]:
    named: dict[str, str] = {}
    for line in lines_of(atlas.crossings):
        for link_id in line["link_ids"]:
            other = named.setdefault(link_id, line["id"])
            if other != line["id"]:
                problem = f"The link {link_id} passes already at the crossing {other}."
                yield line.fault("link_ids", problem, "Leave the link at one crossing.")
    for line in lines_of(atlas.links):
        countries = _countries(atlas, line.row)
        if line["mode"] in _BORDER and len(countries) > 1 and line["id"] not in named:
            problem = f"The link passes the border of {shown(countries)} at no crossing."
            yield line.fault("id", problem, "Add the id to link_ids of its crossing in crossings.csv.")


def _check_corridors(atlas: Atlas) -> Iterator[Fault]:
    legs: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.corridor_legs):
        legs[line["corridor_id"]].append(line)
    for corridor in lines_of(atlas.corridors):
        own = sorted(legs.get(corridor["id"], ()), key=lambda leg: leg["seq"])
        if not own:
            yield corridor.fault("id", "The corridor has no legs.", "List its links in corridor_legs.csv.")
            continue
        links = [link for leg in own if (link := atlas.links.get(leg["link_id"]))]
        if len(links) < len(own):
            continue
        modes = {link["mode"] for link in links}
        if set(corridor["modes"]) != modes:
            yield corridor.fault("modes", f"Its legs go by {shown(modes)}.", "List the modes of the legs.")
        gap = next((leg for number, leg in enumerate(own, start=1) if leg["seq"] != number), None)
        if gap:
            problem = f"The legs of {corridor['id']} leave out a number."
            yield gap.fault("seq", problem, "Count them from 1 without gaps.")
        else:
            yield from _check_chain(own, links)


def _check_chain(legs: list[Line], links: list[Row]) -> Iterator[Fault]:
    doubled = Counter(link["id"] for link in links)
    ends = [(link["from_id"], link["to_id"]) for link in links]
    visited = set(ends[0])
    if any(start == end for start, end in ends):
        return
    if max(doubled.values()) > 1:
        leg = next(leg for index, leg in enumerate(legs) if leg["link_id"] in {link["id"] for link in links[:index]})
        yield leg.fault("link_id", "The corridor uses the link twice.", "Delete one of the legs.")
        return
    # The first leg may run either way: the second tells where it ends.
    here = next((place for place in ends[0] if len(ends) > 1 and place in ends[1]), ends[0][1])
    for leg, (start, end) in zip(legs[1:], ends[1:], strict=True):
        if here not in (start, end):
            problem = f"The leg joins {start} and {end}, but the leg before ends at {here}."
            yield leg.fault("link_id", problem, "Correct the order or add the link between.")
            return
        here = end if here == start else start
        if here in visited:
            problem = f"The corridor comes back to {here}: it goes in a circle."
            yield leg.fault("link_id", problem, "End the corridor before or split it in two.")
            return
        visited.add(here)


def _check_hubs(atlas: Atlas) -> Iterator[Fault]:
    names: dict[str, str] = {}
    members: dict[str, str] = {}
    for line in lines_of(atlas.hubs):
        for field, items in (("name", (line["name"],)), ("alt_names", line["alt_names"])):
            yield from _claim(line, field, items, names, fold=True)
        yield from _claim(line, "place_ids", line["place_ids"], members, fold=False)


def _claim(line: Line, field: str, items: Any, owners: dict[str, str], *, fold: bool) -> Iterator[Fault]:
    for item in items:
        owner = owners.setdefault(item.casefold() if fold else item, line["id"])
        if owner != line["id"]:
            yield line.fault(field, f"The hub {owner} holds {item!r} already.", "Leave it to one hub.")


NETWORK_CHECKS = (
    Check(_check_ids, _OBJECT_TABLES),
    Check(_check_pairs, _OBJECT_TABLES),
    Check(_check_ends, ("links",)),
    Check(_check_mode, ("links", "places")),
    Check(_check_crossings, ("crossings", "links", "places")),
    Check(_check_border_links, ("crossings", "links", "places")),
    Check(_check_corridors, ("corridors", "corridor_legs", "links")),
    Check(_check_hubs, ("hubs",)),
)
