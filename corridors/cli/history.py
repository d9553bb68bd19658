"""`corridors history`: the status of an object through time, the dates of an instrument, the slips of a project."""

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.options import AtlasFolder, Json
from corridors.cli.output import print_json, print_line, print_table
from geodata import load_atlas
from geodata.errors import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata import Atlas, Row, StatusInterval

__all__ = ["history"]


def history(
    item: Annotated[str, typer.Argument(metavar="ID", help="Link, place, crossing, project, corridor or instrument.")],
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Print the intervals of status of an object, with events and grades; an instrument's dates; announced openings."""
    facts = load_atlas(atlas)
    # A corridor and the project that builds it may share a name: both are meant.
    ids = (item, *facts.legs.get(item, ()))
    intervals = [interval for name in ids for interval in facts.intervals.get(name, ())]
    dates = sorted(
        (row for row in facts.instrument_facts if row["instrument_id"] == item),
        key=lambda row: (row["date"] or "", row["id"]),
    )
    targets = [row for row in facts.targets if row["project_id"] == item]
    if not (intervals or dates or targets):
        msg = f"{item!r} has no history: it is no link, place, crossing, project, corridor or instrument of the atlas."
        raise UnknownIdError(msg)
    if json:
        _print_json(facts, item, intervals, dates, targets)
        return
    if intervals:
        print_table(
            ("object", "from", "until", "status", "reported", "grade", "event"),
            (
                (
                    row.object_id,
                    row.start or "",
                    row.end or "",
                    (row.status or "not found").replace("_", " "),
                    row.reported or "not found",
                    row.grade,
                    f"{facts.events[row.event_id]['title']} ({row.event_id})" if row.event_id else "",
                )
                for row in intervals
            ),
        )
    if targets:
        print_line()
        print_line("Announced openings")
        print_table(
            ("announced", "target", "by", "sources"),
            (
                (row["announced_on"], row["target"], row["by_whom"] or "", " ".join(row["source_ids"]))
                for row in targets
            ),
        )
    if dates:
        instrument = facts.instruments[item]
        print_line(
            f"{instrument['name']}: signed {instrument['signed'] or 'not found'}, in force {instrument['in_force'] or 'not found'}"
        )
        print_table(
            ("date", "kind", "what", "sources"),
            ((row["date"] or "", row["fact_kind"], row["text"], " ".join(row["source_ids"])) for row in dates),
        )


def _print_json(
    facts: "Atlas",
    item: str,
    intervals: "Sequence[StatusInterval]",
    dates: "Sequence[Row]",
    targets: "Sequence[Row]",
) -> None:
    print_json(
        {
            "schema_version": 1,
            "id": item,
            "intervals": [
                {
                    "object_id": row.object_id,
                    "start": row.start and row.start.isoformat(),
                    "end": row.end and row.end.isoformat(),
                    "status": row.status,
                    "event_id": row.event_id,
                    "grade": row.grade,
                    "reported": row.reported,
                    "source_ids": list(facts.events[row.event_id]["source_ids"]) if row.event_id else [],
                }
                for row in intervals
            ],
            "targets": [{**row, "source_ids": list(row["source_ids"])} for row in targets],
            "dates": [
                {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()} for row in dates
            ],
        }
    )
