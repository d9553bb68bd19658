"""What a bottleneck report is: one table of rows, each with cause, value, source and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from corridors.route import SCHEMA_VERSION, Route

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "NOT_RANKABLE", "Bottleneck", "BottleneckReport", "unbuilt_km"]

# Kinds of rows in the order of a report, with the heading of each.
KINDS = {
    "hours": "Where the hours go",
    "gauge_break": "Breaks of gauge",
    "border": "Borders",
    "unbuilt": "Links that are not open",
    "bridge": "Links without which the open network falls apart",
    "n_1": "If one link fails",
}
NOT_RANKABLE = "not rankable"


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """One row of the report.

    Attributes
    ----------
    kind
        One of `KINDS`.
    object_id, name
        What it is about.
    cause
        Why it holds the corridor up.
    value, unit
        How much, or None where it cannot be told.
    rank
        Place within its kind as text, or "not rankable" where no figure has a source.
    assumed
        Whether the value rests on an assumed figure.
    source_ids, grade
        Where the figure comes from.
    remedy
        What would remove it.
    """

    kind: str
    object_id: str
    name: str
    cause: str
    value: float | None
    unit: str
    rank: str
    assumed: bool
    source_ids: tuple[str, ...]
    grade: str
    remedy: str

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return {
            "kind": self.kind,
            "object_id": self.object_id,
            "name": self.name,
            "cause": self.cause,
            "value": None if self.value is None else round(self.value, 1),
            "unit": self.unit,
            "rank": self.rank,
            "assumed": self.assumed,
            "source_ids": list(self.source_ids),
            "grade": self.grade,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class BottleneckReport:
    """All bottlenecks of one corridor on one day.

    Attributes
    ----------
    corridor_id, as_of
        What was asked.
    route
        The corridor followed end to end, whatever the status of its links.
    moving_h, waiting_h
        Hours on links and hours at transfers.
    rows
        One table over all kinds.
    """

    corridor_id: str
    as_of: date
    route: Route
    moving_h: float
    waiting_h: float
    rows: tuple[Bottleneck, ...]

    def of_kind(self, kind: str) -> tuple[Bottleneck, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "schema_version": SCHEMA_VERSION,
            "corridor_id": self.corridor_id,
            "as_of": self.as_of.isoformat(),
            "distance_km": round(self.route.distance_km, 1),
            "moving_h": round(self.moving_h, 1),
            "waiting_h": round(self.waiting_h, 1),
            "assumed_share": {key: round(value, 3) for key, value in self.route.assumed_share.items()},
            "rows": [row.to_dict() for row in self.rows],
        }

    def to_frame(self) -> "pd.DataFrame":
        """Return the rows as a pandas frame."""
        import pandas as pd

        return pd.DataFrame([row.to_dict() for row in self.rows])


def unbuilt_km(reports: Iterable[BottleneckReport]) -> float:
    """Return the km of the links that are not open in some reports, each link counted once.

    Examples
    --------
    >>> from corridors import build_network, find_bottlenecks
    >>> from geodata import load_atlas
    >>> unbuilt_km([find_bottlenecks(build_network(load_atlas()), "rasht-astara")])
    162.5
    """
    return sum({row.object_id: row.value or 0.0 for item in reports for row in item.of_kind("unbuilt")}.values())
