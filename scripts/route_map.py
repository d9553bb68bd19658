"""Draw the best route of today as one HTML file: `python scripts/route_map.py FROM TO FILE.html [MODE ...]`."""

import sys
from pathlib import Path

from corridors import build_network, find_route, resolve_place
from geodata import CorridorsError, load_atlas
from maps.site import write_route_page

_USAGE = "usage: route_map.py FROM TO FILE.html [MODE ...]"


def main(arguments: list[str]) -> int:
    """Find the route, write its page and print its length, hours and cost."""
    if len(arguments) < len(("FROM", "TO", "FILE")):
        print(_USAGE, file=sys.stderr)
        return 2
    start, end, file, *modes = arguments
    try:
        atlas = load_atlas()
        network = build_network(atlas)
        ends = (resolve_place(atlas, name, modes=modes) for name in (start, end))
        route = find_route(network, *ends, modes=modes)
        print(write_route_page(network, route, Path(file)))
        print(f"{route.distance_km:,.0f} km, {route.time_h:,.0f} h, USD {route.cost_usd:,.0f} per TEU")
    except CorridorsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
