"""Errors of queries: each says what, where and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import CorridorsError

__all__ = ["AmbiguousNameError", "Blockage", "InputError", "NoRouteError"]


class InputError(CorridorsError, ValueError):
    """A question that cannot be asked this way."""


class AmbiguousNameError(InputError):
    """A name that fits several places.

    Attributes
    ----------
    candidates
        Ids that the name fits.
    """

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        """Name the candidates in the message."""
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} fits several places: {', '.join(self.candidates)}. Give one of these ids.")


@dataclass(frozen=True, slots=True)
class Blockage:
    """One object whose state stands in the way of a route."""

    object_id: str
    status: str
    event_id: str | None
    date: str | None
    grade: str

    def __str__(self) -> str:
        """Return the blockage as words."""
        since = f" since {self.date}" if self.date and self.event_id else f", as of {self.date}" if self.date else ""
        event = f" (event {self.event_id})" if self.event_id else ""
        return f"{self.object_id} is {self.status.replace('_', ' ')}{since}{event}"


class NoRouteError(CorridorsError, LookupError):
    """No usable way leads from one place to the other.

    Attributes
    ----------
    blockages
        Objects whose opening would make a route; empty where no set of openings would.
    """

    def __init__(self, message: str, blockages: Sequence[Blockage] = ()) -> None:
        """Keep the blockages beside the message."""
        self.blockages = tuple(blockages)
        super().__init__(message)
