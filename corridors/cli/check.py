"""`corridors check`: every fault of an atlas, how well it is sourced, and which statuses are old."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.options import AsOf, Json, day
from corridors.cli.output import print_json, print_line, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata import Atlas, Fault
    from geodata.coverage import CoverageReport
    from geodata.staleness import StaleStatus

__all__ = ["check"]


def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of an atlas; the shipped one by default.")
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage/--no-coverage", help="Print the coverage table too.")] = True,
    stale: Annotated[
        int | None, typer.Option(metavar="DAYS", help="List every shown status whose report is older than this.")
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Report each fault with file, row, field, value and remedy; exit 1 where there is one.

    An atlas without a fault is followed by its coverage: for each corridor and field the share sourced with grade A,
    B and C, assumed and missing, and the median age.
    """
    from geodata import check_atlas, load_atlas
    from geodata.coverage import coverage as count
    from geodata.staleness import stale as find_stale

    faults = check_atlas(folder)
    report: CoverageReport | None = None
    old: Sequence[StaleStatus] | None = None
    facts: Atlas | None = None
    if not faults and (coverage or stale is not None):
        facts = load_atlas(folder)
        report = count(facts) if coverage and stale is None else None
        old = find_stale(facts, stale, day(facts, as_of)) if stale is not None else None
    if json:
        _print_json(faults, report, old)
    else:
        for fault in faults:
            print_line(str(fault))
        if report:
            _print_coverage(report)
        if old is not None and facts:
            _print_stale(old, stale or 0, str(day(facts, as_of)))
        print_line(f"{len(faults)} fault{'' if len(faults) == 1 else 's'} found.")
    raise typer.Exit(1 if faults else 0)


def _print_json(
    faults: "Sequence[Fault]", report: "CoverageReport | None", old: "Sequence[StaleStatus] | None"
) -> None:
    names = ("file", "row", "field", "value", "problem", "remedy")
    plain: dict[str, object] = {
        "schema_version": 1,
        "faults": [{name: getattr(fault, name) for name in names} for fault in faults],
    }
    if report:
        plain["coverage"] = report.to_dict()
    if old is not None:
        plain["stale"] = [row.to_dict() for row in old]
    print_json(plain)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _print_coverage(report: "CoverageReport") -> None:
    print_line(f"How well each field is sourced, in per cent of the objects, at {report.data_date}")
    print_table(
        ("corridor", "of", "field", "objects", "A", "B", "C", "assumed", "missing", "median months"),
        (
            (
                row.corridor_id,
                row.table,
                row.field,
                row.objects,
                *map(_percent, (row.grade_a, row.grade_b, row.grade_c, row.assumed, row.missing)),
                "undated" if row.median_months is None else f"{row.median_months:.0f}",
            )
            for row in report.rows
        ),
        right=range(3, 10),
    )
    print_line()
    print_table(
        ("corridor", "sources", "grade C", "may be gone or changed"),
        ((row.corridor_id, row.sources, row.weak, row.perishable) for row in report.sources),
        right=(1, 2, 3),
    )


def _print_stale(old: "Sequence[StaleStatus]", days: int, on: str) -> None:
    print_line(f"{len(old)} statuses shown on {on} rest on a report older than {days} days, or on none")
    print_table(
        ("object", "of", "status", "reported", "days", "shown by"),
        (
            (
                row.object_id,
                row.table,
                row.status.replace("_", " "),
                row.reported or "undated",
                "" if row.age_days is None else row.age_days,
                ", ".join(row.corridor_ids[:3])
                + (f" and {len(row.corridor_ids) - 3} more" if len(row.corridor_ids) > 3 else ""),
            )
            for row in old
        ),
        right=(4,),
    )
