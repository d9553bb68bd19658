"""Checks that figures are plausible: units, use against capacity, costs, bounds, published lengths and gauges."""

from collections import defaultdict
from collections.abc import Iterator

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, lines_of, shown

__all__ = ["FIGURE_CHECKS"]

# What a value in a unit can be on the ways of the atlas. A slip by a thousand leaves each range, whatever the value.
_RANGES: dict[str, tuple[float, float]] = {
    "CHF/t": (5, 500),
    "CHF/tkm": (0.002, 1),
    "Mt/yr": (0.1, 500),
    "USD": (10, 5000),
    "USD per 500 km per 20 t": (100, 10000),
    "USD per container": (20, 5000),
    "USD/TEU": (20, 20000),
    "USD/TEU-km": (0.02, 3),
    "USD/t": (5, 500),
    "USD/tkm": (0.002, 1),
    "USD/truck": (20, 10000),
    "bcm/yr": (0.1, 100),
    "day": (0.2, 60),
    "event": (1, 1000),
    "fraction": (0.05, 1),
    "g CO2e/TEU-km": (5, 3000),
    "g CO2e/tkm": (1, 1000),
    "h": (0.5, 400),
    "hour": (0.5, 400),
    "km/day": (20, 1500),
    "km/h": (2, 130),
    "m": (1, 30),
    # The level of the Caspian falls, and the discounts are written as reductions.
    "m/yr": (-1, -0.01),
    "pair/day": (1, 200),
    "percent": (-100, -1),
    "t/TEU": (3, 30),
    "thousand b/d": (5, 5000),
    "train/day": (0.5, 500),
    "truck": (5, 20000),
    "truck/day": (5, 20000),
    "wagon/day": (2, 5000),
}
# Bounds of one value lie within that factor of it; waits differ most, from day to day.
_SPREAD, _SPREAD_OF_WAITS = 10.0, 100.0
# Throughput against stated capacity: ports work above it at times, and new ones hardly at all.
_USE = (0.01, 3.0)
_T_PER_TEU = (3.0, 1000.0)
# The most a place of a kind has handled, with room to spare; and a Caspian port, and the least of an ocean port.
_MOST_MT = {"station": 15.0, "border_crossing": 40.0, "terminal": 60.0}
_CASPIAN_BOX = (46.0, 35.5, 55.5, 48.0)
_CASPIAN_MOST_MT = 40.0
_OCEAN_LEAST_MT = 0.1
# What a railway of one track can carry at the very most, in Mt a year; each further track adds as much again.
_TRACK_MT = 45.0
# Building or repairing a km of railway or road, in millions of the currency.
_COST_PER_KM = (0.1, 100.0)
_MILLION = 1e6
_MOST_COST = 2e10
_PLANTS = frozenset({"power_plant", "energy_site"})
# A published length is the length of some other way beyond that factor.
_LENGTH_FACTOR = 3.0
_LEAST_KM = 0.1
_EXPLAINED_SHARE = 0.01
_SLIPS = {-1.0: "its sign", 1000.0: "its unit", 0.001: "its unit", -1000.0: "its unit", -0.001: "its unit"}
_SHIP = frozenset({"sea", "roro"})
_USUAL_GAUGE = {
    **dict.fromkeys(("AM", "AZ", "BY", "GE", "KG", "KZ", "RU", "TJ", "TM", "UA", "UZ"), "1520"),
    **dict.fromkeys(("AE", "CN", "DE", "EG", "IQ", "IR", "NL", "SA", "TR"), "1435"),
    **dict.fromkeys(("IN", "PK"), "1676"),
}


def _outside(value: float | None, low: float, high: float) -> bool:
    return value is not None and not low <= value <= high


def _check_progress(atlas: Atlas) -> Iterator[Fault]:
    for name in ("links", "projects"):
        for line in lines_of(atlas.tables[name]):
            if line["progress_pct"] is not None and 0 < line["progress_pct"] < 1:
                yield line.fault("progress_pct", "The works are under 1 % done.", "Write per cent, not a share.")


def _check_parameter_ranges(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.parameters):
        if line["unit"] not in _RANGES:
            yield line.fault("unit", "The unit is not one the atlas uses.", f"Write one of: {shown(_RANGES)}.")
            continue
        low, high = _RANGES[line["unit"]]
        for column in ("value", "low", "high"):
            if _outside(line[column], low, high):
                problem = f"From {low:g} to {high:g} {line['unit']} is plausible."
                yield line.fault(column, problem, "Correct the value or its unit.")
        if line["value"] is not None:
            yield from _check_spread(line, line["value"], _SPREAD)


def _check_spread(line: Line, value: float, most: float) -> Iterator[Fault]:
    for column in ("low", "high"):
        bound = line[column]
        if bound is not None and not (bound * value > 0 and 1 / most <= bound / value <= most):
            problem = f"The bound is far from the value {value:g}."
            yield line.fault(column, problem, "Correct its sign or its unit, or the value.")


def _check_provenance_bounds(atlas: Atlas) -> Iterator[Fault]:
    values: dict[tuple[str, str], object] = {}
    for name in ("links", "places", "crossings", "projects"):
        for row in atlas.tables[name]:
            values |= {(row["id"], column): value for column, value in row.items()}
    for line in lines_of(atlas.provenance):
        value = values.get((line["object_id"], line["field"]))
        if isinstance(value, int | float) and value:
            yield from _check_spread(line, value, _SPREAD_OF_WAITS if line["field"] == "wait_h" else _SPREAD)


def _waters(atlas: Atlas) -> dict[str, set[str]]:
    result: dict[str, set[str]] = defaultdict(set)
    for link in atlas.links:
        if link["mode"] in _SHIP and link["water"]:
            result[link["from_id"]].add(link["water"])
            result[link["to_id"]].add(link["water"])
    west, south, east, north = _CASPIAN_BOX
    for place in atlas.places:
        if place["kind"] == "port" and place["id"] not in result:
            inside = west <= place["lon"] <= east and south <= place["lat"] <= north
            result[place["id"]].add("caspian" if inside else "ocean")
    return result


def _check_use(atlas: Atlas) -> Iterator[Fault]:
    waters = _waters(atlas)
    for line in lines_of(atlas.places):
        for done, capacity in (("throughput_mt", "capacity_mt_y"), ("throughput_teu", "capacity_teu_y")):
            if line[done] and line[capacity] and _outside(line[done] / line[capacity], *_USE):
                problem = (
                    f"The place handles {line[done] / line[capacity]:.2g} times its capacity of {line[capacity]:g}."
                )
                yield line.fault(done, problem, "Correct the unit of one of the two.")
                yield line.fault(
                    capacity, f"It stands beside a throughput of {line[done]:g}.", "Correct one of the two."
                )
        tonnes, boxes = line["throughput_mt"], line["throughput_teu"]
        if tonnes and boxes and _outside(tonnes * _MILLION / boxes, *_T_PER_TEU):
            problem = f"That is {tonnes * _MILLION / boxes:.3g} t of goods for each of the {boxes} TEU."
            for column in ("throughput_mt", "throughput_teu"):
                yield line.fault(column, problem, "Correct the unit of one of the two.")
        own = waters.get(line["id"], set())
        most = _CASPIAN_MOST_MT if own == {"caspian"} else _MOST_MT.get(line["kind"], float("inf"))
        least = _OCEAN_LEAST_MT if own == {"ocean"} else 0.0
        if _outside(tonnes, least, most):
            problem = f"A place of its kind handles {least:g} to {most:g} Mt."
            yield line.fault("throughput_mt", problem, "Write million tonnes.")


def _check_link_capacity(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.links):
        capacity, traffic = line["capacity_mt_y"], line["traffic_mt"]
        # All but what is carried already may count on a second track.
        tracks = line["tracks"] if line["tracks"] and line["capacity_kind"] == "actual" else 2
        if capacity and line["mode"] == "rail" and capacity > _TRACK_MT * tracks:
            problem = f"A railway of {tracks} tracks carries {_TRACK_MT * tracks:g} Mt a year at most."
            yield line.fault("capacity_mt_y", problem, "Correct the unit, or the number of tracks.")
        if capacity and traffic and _outside(traffic / capacity, *_USE):
            problem = f"The link carries {traffic / capacity:.2g} times its capacity of {capacity:g} Mt."
            yield line.fault("traffic_mt", problem, "Correct the unit of one of the two.")
            yield line.fault(
                "capacity_mt_y", f"It stands beside a traffic of {traffic:g} Mt.", "Correct one of the two."
            )


def _check_costs(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.links):
        if line["cost_value"]:
            per_km = line["cost_value"] / _MILLION / line["length_km"]
            if _outside(per_km, *_COST_PER_KM):
                problem = f"That is {per_km:.3g} million {line['cost_currency']} a km."
                yield line.fault("cost_value", problem, "Write whole currency units, or correct the length.")
    for line in lines_of(atlas.projects):
        plants = any(place["kind"] in _PLANTS for item in line["place_ids"] if (place := atlas.places.get(item)))
        if line["cost_value"] and line["cost_value"] > _MOST_COST and not plants:
            problem = f"No way of the atlas costs over {_MOST_COST:,.0f} {line['cost_currency']}."
            yield line.fault("cost_value", problem, "Write whole currency units.")
        links = [link for item in line["link_ids"] if (link := atlas.links.get(item)) and link["cost_value"]]
        total = sum(link["cost_value"] for link in links)
        if links and line["cost_value"] and {link["cost_currency"] for link in links} != {line["cost_currency"]}:
            problem = f"Its links cost {total:,.0f} {shown({link['cost_currency'] for link in links})}."
            yield line.fault("cost_currency", problem, "Correct the currency here or in links.csv.")
        elif links and line["cost_value"] and abs(total - line["cost_value"]) > _EXPLAINED_SHARE * line["cost_value"]:
            problem = f"Its links cost {total:,.0f} {line['cost_currency']} together."
            yield line.fault("cost_value", problem, "Correct the cost here or in links.csv.")


def _check_published(atlas: Atlas) -> Iterator[Fault]:
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(atlas.differences):
        parts[line["check_id"]].append(line)
        if 0 < abs(line["km"]) < _LEAST_KM:
            problem = f"Under {_LEAST_KM:g} km is rounding."
            yield line.fault("km", problem, "Write km, or delete the row.")
    legs: dict[str, list[str]] = defaultdict(list)
    for row in atlas.corridor_legs:
        legs[row["corridor_id"]].append(row["link_id"])
    for line in lines_of(atlas.checks):
        ids = line["link_ids"] or legs[line["corridor_id"] or ""]
        links = [link for item in ids if (link := atlas.links.get(item))]
        if not links or len(links) < len(ids):
            continue
        ours, published = sum(link["length_km"] for link in links), line["published_km"]
        if _outside(ours / published, 1 / _LENGTH_FACTOR, _LENGTH_FACTOR):
            problem = f"The links have {ours:g} km."
            yield line.fault("published_km", problem, "Write km, or name the links of the way that was measured.")
        elif line["verdict"] != "not_explained":
            yield from _check_slips(line, parts[line["id"]], ours)


def _check_slips(check: Line, parts: list[Line], ours_km: float) -> Iterator[Fault]:
    # Where the parts do not add up but would after one slip of sign or unit is mended, that part is to blame.
    rest = ours_km - check["published_km"] - sum(part["km"] for part in parts)
    if abs(rest) <= _EXPLAINED_SHARE * check["published_km"]:
        return
    for part in parts:
        for factor, what in _SLIPS.items():
            if abs(factor * part["km"]) < _LEAST_KM:
                continue
            if abs(rest + part["km"] - factor * part["km"]) <= _EXPLAINED_SHARE * check["published_km"]:
                problem = f"The parts of {check['id']} would add up with {part['km'] * factor:g} km here."
                yield part.fault("km", problem, f"Correct {what}.")
                break


def _gauges_near(atlas: Atlas) -> dict[str, set[str]]:
    # Usual gauges of the countries that a place can be reached from over one railway, its own among them.
    result: dict[str, set[str]] = {row["id"]: {_USUAL_GAUGE.get(row["country"], "")} for row in atlas.places}
    own = {row["id"]: _USUAL_GAUGE.get(row["country"], "") for row in atlas.places}
    rails = [
        (link["from_id"], link["to_id"]) for link in atlas.links if link["mode"] == "rail" if link["from_id"] in own
    ]
    for _ in range(2):
        seen = {key: set(value) for key, value in result.items()}
        for start, end in rails:
            if end in own:
                result[start] |= seen[end]
                result[end] |= seen[start]
    return result


def _check_gauges(atlas: Atlas) -> Iterator[Fault]:
    near = _gauges_near(atlas)
    served: dict[str, set[str]] = defaultdict(set)
    torn: set[str] = set()
    for line in lines_of(atlas.links):
        ends = [place for end in ("from_id", "to_id") if (place := atlas.places.get(line[end]))]
        for place in ends:
            served[place["id"]] |= set(line["gauges_mm"])
            # A link that fits no gauge of the place has its own fault.
            if line["mode"] == "rail" and not set(line["gauges_mm"]) & set(place["gauges_mm"]):
                torn.add(place["id"])
        odd = set(line["gauges_mm"]).difference(*(near[place["id"]] for place in ends))
        if odd and all("" not in near[place["id"]] for place in ends):
            problem = f"No country near the link builds {shown(odd)} mm."
            yield line.fault("gauges_mm", problem, "Correct the gauge.")
    for line in lines_of(atlas.places):
        odd = set(line["gauges_mm"]) - served[line["id"]]
        if line["id"] in torn:
            continue
        if odd and served[line["id"]]:
            yield line.fault("gauges_mm", f"No railway of the place has {shown(odd)} mm.", "Correct the gauge.")
        elif set(line["gauges_mm"]) - near[line["id"]] and "" not in near[line["id"]]:
            yield line.fault("gauges_mm", "No country near the place builds it.", "Correct the gauge.")


def _check_gauges_of_crossings(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.crossings):
        links = [link for item in line["link_ids"] if (link := atlas.links.get(item)) and link["mode"] == "rail"]
        laid = {gauge for link in links for gauge in link["gauges_mm"]}
        usual = {_USUAL_GAUGE.get(line[f"country_{side}"], "") for side in "ab"}
        for side in "ab":
            gauge, place = line[f"gauge_{side}_mm"], atlas.places.get(line[f"place_{side}_id"])
            if gauge is None:
                continue
            known = {_USUAL_GAUGE.get(line[f"country_{side}"], "")} | laid
            known |= set(place["gauges_mm"]) if place else set()
            if str(gauge) not in known and "" not in usual and str(gauge) not in usual:
                problem = f"On that side lie {shown(known)} mm."
                yield line.fault(f"gauge_{side}_mm", problem, "Correct the gauge.")


FIGURE_CHECKS = (
    Check(_check_progress, ("links", "projects")),
    Check(_check_parameter_ranges, ("parameters",)),
    Check(_check_provenance_bounds, ("provenance", "links", "places", "crossings", "projects")),
    Check(_check_use, ("places", "links")),
    Check(_check_link_capacity, ("links",)),
    Check(_check_costs, ("links", "places", "projects")),
    Check(_check_published, ("checks", "differences", "links", "corridor_legs")),
    Check(_check_gauges, ("links", "places")),
    Check(_check_gauges_of_crossings, ("crossings", "links", "places")),
)
