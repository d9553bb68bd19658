"""Print the README's comparison of the ways from St Petersburg to Mumbai: `python scripts/route_table.py`."""

import sys
from datetime import date

from corridors import Network, NoRouteError, assume_open, build_network, find_route_over, resolve_place
from geodata import load_atlas

WAYS = (
    ("Western branch, road gap at Astara", "instc-west-present", ()),
    ("Western branch, Rasht–Astara assumed open", "instc-west", ("rasht-astara",)),
    ("Trans-Caspian branch", "instc-transcaspian", ()),
    ("Eastern branch, Incheh Borun", "instc-east", ()),
    ("Suez", "suez", ()),
    ("Cape of Good Hope", "cape", ()),
)
BEFORE_THE_WAR = date(2026, 2, 1)
HEADER = "| way | as of | km | days | USD per TEU | breaks of gauge | warnings | assumed: km, h, USD |"


def _row(network: Network, way: tuple[str, str, tuple[str, ...]], as_of: date) -> str:
    name, corridor_id, opened = way
    atlas, objects = assume_open(network.atlas, opened, as_of)
    ends = (resolve_place(atlas, place) for place in ("St Petersburg", "Mumbai"))
    try:
        route = find_route_over(network.on_atlas(atlas), *ends, corridor_id, as_of=as_of, assumed_open=objects)
    except NoRouteError as error:
        return f"| {name} | {as_of} | no route: {', '.join(item.object_id for item in error.blockages)} | | | | | |"
    shares = ", ".join(f"{100 * share:.0f} %" for share in route.assumed_share.values())
    events = {item.event_id: None for item in route.warnings}
    warned = f"{len(route.warnings)}: {', '.join(map(str, events))}" if events else "none"
    return (
        f"| {name} | {as_of} | {route.distance_km:,.0f} | {route.time_h / 24:.1f} | {route.cost_usd:,.0f} "
        f"| {len(route.gauge_breaks)} | {warned} | {shares} |"
    )


def table() -> str:
    """Return the table as Markdown, one row for each way and day."""
    atlas = load_atlas()
    network = build_network(atlas)
    days = (BEFORE_THE_WAR, atlas.data_date)
    rows = [_row(network, way, day) for way in WAYS for day in days]
    return "\n".join([HEADER, "|---|---|---:|---:|---:|---:|---|---|", *rows])


if __name__ == "__main__":
    print(table())
    sys.exit(0)
