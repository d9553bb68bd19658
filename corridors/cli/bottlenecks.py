"""`corridors bottlenecks`: what limits a corridor."""

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.options import AsOf, AssumeOpen, AtlasFolder, Json, corridor_id, network_on
from corridors.cli.output import print_json, print_line, print_table

if TYPE_CHECKING:
    from corridors.bottleneck import BottleneckReport

__all__ = ["bottlenecks"]

_SHOWN = 12


def bottlenecks(
    corridor: Annotated[str | None, typer.Argument(help="Corridor; all featured ones by default.")] = None,
    as_of: AsOf = None,
    assume_open: AssumeOpen = None,
    every: Annotated[bool, typer.Option("--all", help="Print every row, not the first twelve of each part.")] = False,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Report where the hours go, gauge breaks, borders, unbuilt links, and what the failure of each link costs."""
    from corridors.bottlenecks import find_bottlenecks

    network, on, _ = network_on(atlas, as_of, assume_open)
    facts = network.atlas
    ids = (
        [corridor_id(facts, corridor)] if corridor else sorted(row["id"] for row in facts.corridors if row["featured"])
    )
    reports = [find_bottlenecks(network, item, on) for item in ids]
    if json:
        print_json(
            reports[0].to_dict() if corridor else {"schema_version": 1, "reports": [item.to_dict() for item in reports]}
        )
        return
    for report in reports:
        _print(facts.corridors[report.corridor_id]["name"], report, every=every)


def _print(name: str, report: "BottleneckReport", *, every: bool) -> None:
    from corridors.bottleneck import KINDS

    shares = report.route.assumed_share
    print_line(f"{name}, as of {report.as_of}")
    print_line(
        f"{report.route.distance_km:,.1f} km; {report.moving_h:,.0f} h moving and {report.waiting_h:,.0f} h waiting "
        f"({100 * shares['time']:.0f} % of the hours rest on assumed figures)"
    )
    for kind, title in KINDS.items():
        rows = report.of_kind(kind)
        if not rows:
            continue
        shown = rows if every else rows[:_SHOWN]
        print_line()
        print_line(
            f"{title}"
            + (f" (first {len(shown)} of {len(rows)}; --all shows the rest)" if len(shown) < len(rows) else "")
        )
        cells = (
            (
                row.rank,
                row.name,
                row.cause,
                "" if row.value is None else f"{row.value:,.1f} {row.unit}",
                row.grade,
                row.remedy,
            )
            for row in shown
        )
        print_table(("rank", "what", "why", "value", "grade", "what would remove it"), cells, right=[3])
    print_line()
