"""`corridors route`: the best way between two places."""

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.options import AsOf, AssumeOpen, AtlasFolder, Json, Modes, corridor_id, mode_list, network_on
from corridors.cli.output import print_json, print_line, print_table

if TYPE_CHECKING:
    from corridors.route import Route
    from geodata import Atlas

__all__ = ["route"]


def route(
    start: Annotated[str, typer.Argument(metavar="A", help="Id, name or lon,lat.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Id, name or lon,lat.")],
    by: Annotated[str, typer.Option(help="What to minimise: time, cost or distance.")] = "time",
    mode: Modes = None,
    as_of: AsOf = None,
    assume_open: AssumeOpen = None,
    over: Annotated[
        str | None, typer.Option(metavar="CORRIDOR", help="Follow this corridor from end to end on the way.")
    ] = None,
    max_snap_km: Annotated[float, typer.Option(help="Greatest distance in km from lon,lat to a link.")] = 25.0,
    max_detour: Annotated[float, typer.Option(help="Greatest ratio of the route to the straight line.")] = 8.0,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Find the best open route with its borders, breaks of gauge, warnings and sources; costs are per TEU."""
    from corridors.following import find_route_over
    from corridors.places import resolve_place
    from corridors.routing import find_route

    network, on, opened = network_on(atlas, as_of, assume_open)
    facts = network.atlas
    modes = mode_list(mode)
    first, last = (resolve_place(facts, text, modes=modes, as_of=on, max_snap_km=max_snap_km) for text in (start, end))
    if over:
        found = find_route_over(
            network, first, last, corridor_id(facts, over), by=by, modes=modes, as_of=on, assumed_open=opened
        )
    else:
        found = find_route(
            network, first, last, by=by, modes=modes, as_of=on, assumed_open=opened, max_detour=max_detour
        )
    if json:
        print_json(found.to_dict())
    else:
        _print(facts, found)


def _print(facts: "Atlas", found: "Route") -> None:
    shares = found.assumed_share
    print_line(f"{found.start.name} – {found.end.name}, best by {found.by}, as of {found.as_of}")
    print_line(
        f"{found.distance_km:,.0f} km ({100 * shares['distance']:.0f} % assumed), "
        f"{found.time_h:,.0f} h = {found.time_h / 24:.1f} days ({100 * shares['time']:.0f} % assumed), "
        f"USD {found.cost_usd:,.0f} per TEU ({100 * shares['cost']:.0f} % assumed)"
    )
    for point in (found.start, found.end):
        if point.snap:
            print_line(f"{point.name}: {point.snap.km:.1f} km from the point given")
    if found.assumed_open:
        print_line(f"Assumed open: {', '.join(found.assumed_open)}")
    print_line()
    legs = (
        (
            facts.links[leg.link_id]["name"],
            leg.mode,
            f"{leg.distance_km:,.1f}",
            f"{leg.time_h:.1f}",
            leg.status.replace("_", " "),
            _sources(leg.source_ids),
        )
        for leg in found.legs
    )
    print_table(("link", "mode", "km", "h", "status", "sources"), legs, right=[2, 3])
    if found.transfers:
        print_line()
        waits = (
            (
                _name(facts, step.object_id),
                step.kind,
                f"{step.time_h:.1f}",
                "assumed" if step.assumed else "published",
                _sources(step.source_ids),
            )
            for step in found.transfers
        )
        print_table(("wait at", "kind", "h", "figure", "sources"), waits, right=[2])
    if found.warnings:
        print_line()
        print_line("Warnings")
        for item in found.warnings:
            event = facts.events.get(item.event_id or "")
            why = (
                f": {event['title']} ({item.event_id}, {item.date}, grade {item.grade})"
                if event
                else f", reported {item.date}"
            )
            print_line(f"  {_name(facts, item.object_id)} is {item.status}{why}")


def _name(facts: "Atlas", object_id: str) -> str:
    row = facts.crossings.get(object_id) or facts.places.get(object_id) or facts.links[object_id]
    return str(row["name"])


def _sources(ids: tuple[str, ...]) -> str:
    return " ".join(ids)
