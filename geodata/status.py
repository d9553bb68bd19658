"""Status as a timeline: intervals per object, built from the events and the tables."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from geodata.table import Row, Table

__all__ = ["BLOCKING", "STATUSES", "USABLE", "StatusInterval", "build_intervals", "lay_over", "months_old"]

STATUSES = ("operating", "restricted", "suspended", "closed", "under_construction", "planned", "proposed", "disused")
USABLE = frozenset({"operating", "restricted"})
BLOCKING = frozenset({"suspended", "closed"})
_PRECISION = {"day": 10, "month": 7, "year": 4}
_STATUS_TABLES = ("links", "places", "crossings", "projects")


@dataclass(frozen=True, slots=True)
class StatusInterval:
    """One stretch of time in which an object has one status.

    Attributes
    ----------
    object_id
        Link, place, crossing or project.
    start, end
        First day in force and first day no longer in force; None = open.
    status
        One of `STATUSES`, or None where no report was found.
    event_id
        Event that set it; None where the status comes from the table.
    grade
        Grade of the report, "assumed" for a scenario or an unsourced status.
    reported
        Day, month or year of the report as text; None where not known.
    """

    object_id: str
    start: date | None
    end: date | None
    status: str | None
    event_id: str | None
    grade: str
    reported: str | None

    def holds(self, on: date) -> bool:
        """Tell whether the interval covers a day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def _from_table(row: Row, grade: str) -> StatusInterval:
    return StatusInterval(row["id"], None, None, row["status"], None, grade, row.get("status_date"))


def _base(row: Row, table: str, first: Row) -> StatusInterval:
    # What the object was before the first event that touches it: nothing was open before its own opening.
    unbuilt = table == "projects" or first["effect"] == "opened"
    status = "under_construction" if unbuilt else "operating"
    return StatusInterval(row["id"], None, None, status, None, "assumed", None)


def _dated(intervals: tuple[StatusInterval, ...], table: StatusInterval) -> tuple[StatusInterval, ...]:
    # A newer report in the table that says the same as the timeline dates what holds since the last event.
    *before, last = intervals
    if last.status == table.status and table.reported and (last.reported or "") < table.reported:
        last = replace(last, grade=table.grade, reported=table.reported)
    return (*before, last)


def lay_over(base: StatusInterval, rows: Iterable[StatusInterval]) -> tuple[StatusInterval, ...]:
    """Lay dated rows over a base: on each day the last row in order that holds decides.

    Where a row ends, what held before it holds again.

    Parameters
    ----------
    base
        Interval without dates.
    rows
        Dated intervals of the same object in order of precedence, the strongest last.

    Returns
    -------
    tuple of StatusInterval
        Intervals in order of time that cover all days and do not overlap.

    Examples
    --------
    >>> base = StatusInterval("x", None, None, "operating", None, "B", None)
    >>> shut = StatusInterval("x", date(2026, 3, 5), date(2026, 3, 9), "closed", "e", "B", "2026-03-05")
    >>> [(i.status, str(i.start)) for i in lay_over(base, [shut])]
    [('operating', 'None'), ('closed', '2026-03-05'), ('operating', '2026-03-09')]
    """
    layers = tuple(rows)
    days = sorted({day for row in layers for day in (row.start, row.end) if day})
    bounds: list[date | None] = [None, *days, None]
    result: list[StatusInterval] = []
    for start, end in pairwise(bounds):
        top = base
        for row in layers:
            if row.holds(start or date.min):
                top = row
        first = start
        if result and replace(top, start=None, end=None) == replace(result[-1], start=None, end=None):
            first = result.pop().start
        result.append(replace(top, object_id=base.object_id, start=first, end=end))
    return tuple(result)


def build_intervals(
    tables: Mapping[str, Table], grades: Mapping[tuple[str, str], str]
) -> dict[str, tuple[StatusInterval, ...]]:
    """Build the table of status intervals from the events and the status columns.

    Parameters
    ----------
    tables
        Tables of the atlas by name.
    grades
        Grade of the status by (table, id) for rows without an event.

    Returns
    -------
    dict
        Intervals in order of time by object id.
    """
    by_object: dict[str, list[Row]] = defaultdict(list)
    for event in sorted(tables["events"], key=lambda row: (row["date"], row["id"])):
        if event["status"]:
            for object_id in event["object_ids"]:
                by_object[object_id].append(event)
    result: dict[str, tuple[StatusInterval, ...]] = {}
    for name in _STATUS_TABLES:
        for row in tables[name]:
            events = by_object.get(row["id"], [])
            if not events:
                result[row["id"]] = (_from_table(row, grades[name, row["id"]]),)
                continue
            rows = [
                StatusInterval(
                    row["id"],
                    event["date"],
                    event["date_end"],
                    event["status"],
                    event["id"],
                    event["grade"],
                    event["date"].isoformat()[: _PRECISION[event["date_precision"]]],
                )
                for event in events
            ]
            result[row["id"]] = _dated(
                lay_over(_base(row, name, events[0]), rows), _from_table(row, grades[name, row["id"]])
            )
    return result


def months_old(reported: str | None, on: date) -> int | None:
    """Return how many whole months lie between a report and a day; None for an undated report.

    A report that names only a month or a year counts from its end, so that it is never made older than it is.

    Examples
    --------
    >>> months_old("2025-06-30", date(2026, 11, 21)), months_old("2024", date(2026, 11, 21))
    (16, 22)
    """
    if not reported:
        return None
    parts = [int(part) for part in reported.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
    months = (on.year - year) * 12 + on.month - month - (on.day < day)
    return max(months, 0)
