"""What a route is: legs, waits and warnings, and the share of its figures that is assumed."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from corridors.places import Endpoint

__all__ = ["SCHEMA_VERSION", "Leg", "Route", "RouteWarning", "Transfer"]

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Leg:
    """One link of a route, or the part of it that is used."""

    link_id: str
    mode: str
    from_id: str
    to_id: str
    distance_km: float
    time_h: float
    cost_usd: float
    status: str
    assumed_km: float
    assumed_h: float
    assumed_usd: float
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One wait of a route.

    Attributes
    ----------
    place
        Place where it happens.
    kind
        "border", "gauge", "port" or "reload".
    object_id
        Crossing for a border, the place otherwise.
    """

    place: str
    kind: str
    object_id: str
    time_h: float
    cost_usd: float
    assumed: bool
    assumed_h: float
    assumed_usd: float
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteWarning:
    """One object on the way that is open only with limits."""

    object_id: str
    status: str
    event_id: str | None
    date: str | None
    grade: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one endpoint to the other.

    Attributes
    ----------
    start, end
        Endpoints.
    as_of
        Day whose statuses hold.
    by
        What was minimised.
    legs, transfers
        Moves and waits in order.
    warnings
        Restricted objects on the way.
    assumed_open
        Objects that are open only because the question assumed it.

    Examples
    --------
    >>> from corridors import build_network, find_route, resolve_place
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> ends = (resolve_place(atlas, name) for name in ("Rasht", "Qazvin"))
    >>> find_route(build_network(atlas), *ends, modes=["rail"]).distance_km
    164.0
    """

    start: "Endpoint"
    end: "Endpoint"
    as_of: date
    by: str
    legs: tuple[Leg, ...]
    transfers: tuple[Transfer, ...]
    warnings: tuple[RouteWarning, ...]
    assumed_open: tuple[str, ...] = field(default=())

    @property
    def distance_km(self) -> float:
        """Return the length of all legs in km."""
        return sum(leg.distance_km for leg in self.legs)

    @property
    def time_h(self) -> float:
        """Return the hours of all legs and waits."""
        return sum(leg.time_h for leg in self.legs) + sum(step.time_h for step in self.transfers)

    @property
    def cost_usd(self) -> float:
        """Return the cost of all legs and waits in USD per TEU."""
        return sum(leg.cost_usd for leg in self.legs) + sum(step.cost_usd for step in self.transfers)

    @property
    def assumed_share(self) -> dict[str, float]:
        """Return the part of distance, time and cost that rests on assumed values, 0 to 1."""
        steps: tuple[Leg | Transfer, ...] = (*self.legs, *self.transfers)
        return {
            "distance": _ratio(sum(leg.assumed_km for leg in self.legs), self.distance_km),
            "time": _ratio(sum(step.assumed_h for step in steps), self.time_h),
            "cost": _ratio(sum(step.assumed_usd for step in steps), self.cost_usd),
        }

    @property
    def gauge_breaks(self) -> tuple[str, ...]:
        """Return the places where the gauge changes, in order."""
        return tuple(step.place for step in self.transfers if step.kind == "gauge")

    def to_dict(self) -> dict[str, Any]:
        """Return the route as plain values, rounded for reading; costs are per TEU."""
        return {
            "schema_version": SCHEMA_VERSION,
            "cargo_unit": "TEU",
            "from": self.start.to_dict(),
            "to": self.end.to_dict(),
            "as_of": self.as_of.isoformat(),
            "by": self.by,
            "distance_km": round(self.distance_km, 1),
            "time_h": round(self.time_h, 1),
            "cost_usd": round(self.cost_usd),
            "assumed_share": {key: round(value, 3) for key, value in self.assumed_share.items()},
            "assumed_open": list(self.assumed_open),
            "legs": [
                {
                    "link_id": leg.link_id,
                    "mode": leg.mode,
                    "from": leg.from_id,
                    "to": leg.to_id,
                    "distance_km": round(leg.distance_km, 1),
                    "time_h": round(leg.time_h, 1),
                    "cost_usd": round(leg.cost_usd, 1),
                    "status": leg.status,
                    "source_ids": list(leg.source_ids),
                }
                for leg in self.legs
            ],
            "transfers": [
                {
                    "place": step.place,
                    "kind": step.kind,
                    "object_id": step.object_id,
                    "time_h": round(step.time_h, 1),
                    "cost_usd": round(step.cost_usd, 1),
                    "assumed": step.assumed,
                    "source_ids": list(step.source_ids),
                }
                for step in self.transfers
            ],
            "warnings": [
                {
                    "object_id": item.object_id,
                    "status": item.status,
                    "event_id": item.event_id,
                    "date": item.date,
                    "grade": item.grade,
                }
                for item in self.warnings
            ],
        }

    def to_frame(self) -> "pd.DataFrame":
        """Return the legs as a pandas frame."""
        import pandas as pd

        return pd.DataFrame(self.to_dict()["legs"])


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
