"""What the checks of an atlas are made of: lines that can be blamed, and checks that name their tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.table import Row, Table

__all__ = ["Check", "Line", "as_text", "lines_of", "shown"]


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its place in the file, so that a check can point at a cell of it.

    Attributes
    ----------
    file
        Name of the file inside the atlas folder.
    number
        Line of the file, counted from 1 with the header.
    row
        Typed values by column.

    Examples
    --------
    >>> line = Line("hubs.csv", 2, {"id": "baku", "place_ids": ("az-baku", "az-alat")})
    >>> print(line.fault("place_ids", "One is too many.", "Keep the other."))
    hubs.csv, row 2, place_ids = 'az-baku;az-alat': One is too many. Keep the other.
    """

    file: str
    number: int
    row: Row

    def __getitem__(self, field: str) -> Any:
        """Return the value of a column."""
        return self.row[field]

    def fault(self, field: str, problem: str, remedy: str) -> Fault:
        """Blame one cell of the line.

        Parameters
        ----------
        field
            Column.
        problem, remedy
            What is wrong and what to do next, each as a sentence.
        """
        return Fault(self.file, self.number, field, as_text(self.row[field]), problem, remedy)


@dataclass(frozen=True, slots=True)
class Check:
    """One check and the tables that it reads; it is left out where one of them could not be read whole.

    Attributes
    ----------
    run
        Function of the atlas that yields faults.
    tables
        Names of the tables.
    """

    run: Callable[[Atlas], Iterable[Fault]]
    tables: tuple[str, ...]


def as_text(value: object) -> str:
    """Write a typed value as a cell holds it.

    Examples
    --------
    >>> as_text(162.0), as_text(("1435", "1520")), as_text(None), as_text(True)
    ('162', '1435;1520', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(map(as_text, value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def lines_of(table: Table) -> Iterator[Line]:
    """Go through the rows of a table with their line numbers."""
    for number, row in zip(table.lines, table.rows, strict=True):
        yield Line(table.resource.path, number, row)


def shown(items: Iterable[object]) -> str:
    """List values in a sentence, sorted, with "none" for nothing.

    Examples
    --------
    >>> shown({"rail", None, "road"})
    'rail, road'
    """
    return ", ".join(sorted(str(item) for item in items if item is not None)) or "none"
