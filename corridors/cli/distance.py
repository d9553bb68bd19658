"""`corridors distance`: between two places, or along a corridor."""

from typing import Annotated

import typer

from corridors.cli.options import AsOf, AssumeOpen, AtlasFolder, Json, Modes, corridor_id, mode_list, network_on
from corridors.cli.output import print_json, print_line, print_table

__all__ = ["distance"]


def distance(
    start: Annotated[str, typer.Argument(metavar="A|CORRIDOR", help="Place, or a corridor when B is left out.")],
    end: Annotated[str | None, typer.Argument(metavar="B", help="Place.")] = None,
    mode: Modes = None,
    as_of: AsOf = None,
    assume_open: AssumeOpen = None,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Measure the shortest open way between two places, or a whole corridor, by mode, status and country."""
    from corridors.distances import measure, measure_corridor
    from corridors.errors import InputError
    from corridors.places import resolve_place
    from corridors.routing import find_route

    network, on, opened = network_on(atlas, as_of, assume_open)
    facts = network.atlas
    modes = mode_list(mode)
    if end is None:
        if modes:
            msg = "A corridor has its own modes: leave --mode out, or name two places."
            raise InputError(msg)
        result = measure_corridor(facts, corridor_id(facts, start), on)
    else:
        ends = (resolve_place(facts, text, modes=modes, as_of=on) for text in (start, end))
        route = find_route(network, *ends, by="distance", modes=modes, as_of=on, assumed_open=opened)
        result = measure(facts, route)
    if json:
        print_json(result.to_dict())
        return
    plain = result.to_dict()
    print_line(f"{plain['from']['name']} – {plain['to']['name']}, as of {on}")
    print_line(
        f"{plain['distance_km']:,.1f} km ({100 * result.assumed_share:.0f} % of it assumed); "
        f"straight line {plain['geodesic_km']:,.1f} km"
    )
    for point in (plain["from"], plain["to"]):
        if point["snap_km"]:
            print_line(f"{point['name']}: the link is {point['snap_km']:.1f} km from the point given")
    for name in ("mode", "status", "country"):
        parts = ", ".join(f"{key.replace('_', ' ')} {km:,.1f}" for key, km in plain[f"by_{name}"].items())
        print_line(f"by {name}: {parts}")
    print_line()
    cells = (
        (
            leg["link_id"],
            leg["mode"],
            leg["status"].replace("_", " "),
            leg["distance_km"],
            leg["drawn_km"],
            leg["geodesic_km"],
            _method(leg),
        )
        for leg in plain["legs"]
    )
    print_table(
        ("link", "mode", "status", "stated km", "drawn km", "straight km", "stated how"), cells, right=[3, 4, 5]
    )


def _method(leg: dict[str, object]) -> str:
    method = str(leg["method"]).replace("_", " ")
    return f"{method}, no source" if leg["assumed"] and method != "assumed" else method
