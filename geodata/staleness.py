"""Staleness: statuses of the corridors whose report is old or undated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.atlas import Atlas
from geodata.coverage import members_of
from geodata.table import Row

__all__ = ["StaleStatus", "stale"]


@dataclass(frozen=True, slots=True)
class StaleStatus:
    """A status whose report is old or undated.

    Attributes
    ----------
    table, object_id, name
        Link, crossing or place.
    status
        Status that is shown.
    reported
        Day, month or year of the report as text; None where undated.
    age_days
        Days since the end of that day, month or year; None where undated.
    corridor_ids
        Corridors that show it.
    """

    table: str
    object_id: str
    name: str
    status: str
    reported: str | None
    age_days: int | None
    corridor_ids: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the row as plain values."""
        return {
            "table": self.table,
            "object_id": self.object_id,
            "name": self.name,
            "status": self.status,
            "reported": self.reported,
            "age_days": self.age_days,
            "corridor_ids": list(self.corridor_ids),
        }


def _last_day(reported: str) -> date:
    year, month, day = (int(part) for part in [*reported.split("-"), "0", "0"][:3])
    if day:
        return date(year, month, day)
    return (
        (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1) if month else date(year, 12, 31)
    )


def _shown(atlas: Atlas) -> Iterator[tuple[str, Row, tuple[str, ...]]]:
    found: dict[tuple[str, str], set[str]] = {}
    for corridor_id in atlas.legs:
        for table, rows in members_of(atlas, corridor_id).items():
            for row in rows if table != "projects" else ():
                found.setdefault((table, row["id"]), set()).add(corridor_id)
    for (table, object_id), corridors in sorted(found.items()):
        yield table, atlas.tables[table][object_id], tuple(sorted(corridors))


def stale(atlas: Atlas, days: int, as_of: date | None = None) -> tuple[StaleStatus, ...]:
    """Return the shown statuses whose report is older than some days, or undated.

    Parameters
    ----------
    atlas
        The atlas.
    days
        Greatest age that is still fresh.
    as_of
        Day whose statuses hold and from which ages count; None means the data date.

    Returns
    -------
    tuple of StaleStatus
        Links, crossings and places of the corridors, the oldest report first and the undated ones last. A place
        without any report shows no status and is left out.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> rows = stale(atlas, 365)
    >>> all(row.age_days is None or row.age_days > 365 for row in rows)
    True
    """
    day = as_of or atlas.data_date
    result = []
    for table, row, corridors in _shown(atlas):
        state = atlas.status(row["id"], day)
        if state.status is None:
            continue
        age = max((day - _last_day(state.reported)).days, 0) if state.reported else None
        if age is None or age > days:
            result.append(StaleStatus(table, row["id"], row["name"], state.status, state.reported, age, corridors))
    return tuple(sorted(result, key=lambda row: (row.age_days is None, -(row.age_days or 0), row.table, row.object_id)))
