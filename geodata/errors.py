"""Errors of the atlas, and the fault that a check reports."""

from dataclasses import dataclass

__all__ = ["AtlasError", "CorridorsError", "Fault", "UnknownIdError"]


class CorridorsError(Exception):
    """Root of every error that the three packages raise on purpose."""


class AtlasError(CorridorsError, ValueError):
    """The atlas on disk cannot be used as it is."""


class UnknownIdError(CorridorsError, KeyError):
    """An id or a name that the atlas does not hold."""

    def __str__(self) -> str:
        """Return the message without the quotes that `KeyError` puts round it."""
        return str(self.args[0]) if self.args else ""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One fault of one cell: where it stands, what it holds and what to do.

    Attributes
    ----------
    file
        Name of the file inside the atlas folder.
    row
        Line of the file, counted from 1 with the header; 0 for the whole file.
    field
        Column, or empty for the whole row.
    value
        The offending text.
    problem
        What is wrong, as a sentence.
    remedy
        What to do next, as a sentence.

    Examples
    --------
    >>> print(Fault("links.csv", 3, "length_km", "-5", "The length is negative.", "Give km above 0."))
    links.csv, row 3, length_km = '-5': The length is negative. Give km above 0.
    """

    file: str
    row: int
    field: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        row = f", row {self.row}" if self.row else ""
        cell = f", {self.field} = {self.value!r}" if self.field else ""
        return f"{self.file}{row}{cell}: {self.problem} {self.remedy}"
