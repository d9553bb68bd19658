"""Tables of typed, frozen rows, read from CSV under the schema."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geodata.errors import Fault, UnknownIdError
from geodata.schema import Resource

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Row", "Table", "read_table"]

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows of one table in file order, found by id.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> load_atlas().links["rail-rasht-qazvin"]["length_km"]
    164.0
    """

    resource: Resource
    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    @property
    def name(self) -> str:
        """Return the table's name."""
        return self.resource.name

    @cached_property
    def _index(self) -> dict[str, Row]:
        key = self.resource.primary_key[0]
        return {row[key]: row for row in self.rows}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows."""
        return iter(self.rows)

    def __contains__(self, key: object) -> bool:
        """Tell whether a row has this id."""
        return key in self._index

    def __getitem__(self, key: str) -> Row:
        """Return the row of an id.

        Raises
        ------
        UnknownIdError
            Where no row has the id.
        """
        try:
            return self._index[key]
        except KeyError:
            msg = f"No row {key!r} in {self.resource.path}. See `corridors list` for the ids."
            raise UnknownIdError(msg) from None

    def get(self, key: str) -> Row | None:
        """Return the row of an id, or None."""
        return self._index.get(key)

    def to_frame(self) -> "pd.DataFrame":
        """Return the table as a pandas frame, lists kept as tuples."""
        import pandas as pd

        return pd.DataFrame([dict(row) for row in self.rows], columns=[field.name for field in self.resource.fields])

    def to_geodataframe(self) -> "gpd.GeoDataFrame":
        """Return a table with `lon` and `lat` as points on WGS84."""
        import geopandas as gpd

        frame = self.to_frame()
        return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs="EPSG:4326")


def read_table(resource: Resource, folder: Path) -> tuple[Table, list[Fault]]:
    """Read one CSV file and collect every cell that breaks the schema.

    Parameters
    ----------
    resource
        The table's schema.
    folder
        Folder of the atlas.

    Returns
    -------
    table, faults
        Rows that parse, with their line numbers, and the faults of the rest.
    """
    file = resource.path
    empty = Table(resource, (), ())
    try:
        text = (folder / file).read_bytes().decode("utf-8")
    except FileNotFoundError:
        return empty, [Fault(file, 0, "", "", "The file is missing.", "Restore it from the release.")]
    except UnicodeDecodeError as error:
        problem = f"Byte {error.start} is not UTF-8."
        return empty, [Fault(file, 0, "", "", problem, "Save the file as UTF-8.")]
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    expected = [field.name for field in resource.fields]
    rows: list[Row] = []
    lines: list[int] = []
    faults: list[Fault] = []
    start = 1
    try:
        header = next(reader, [])
        if header != expected:
            odd = ", ".join(sorted(set(header) ^ set(expected))) or "their order"
            problem = f"The header is not the schema's ({odd})."
            return empty, [Fault(file, 1, "", "", problem, f"Use the columns {','.join(expected)}.")]
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if len(cells) != len(expected):
                problem = f"The row has {len(cells)} cells instead of {len(expected)}."
                faults.append(Fault(file, line, "", "", problem, "Put text that holds a comma in quotes."))
                continue
            row, wrong = _parse_row(resource, cells, line)
            faults += wrong
            if not wrong:
                rows.append(row)
                lines.append(line)
    except csv.Error as error:
        faults.append(Fault(file, start, "", "", f"The line is not CSV ({error}).", "Close its quotes."))
    return Table(resource, tuple(rows), tuple(lines)), faults


def _parse_row(resource: Resource, cells: list[str], line: int) -> tuple[Row, list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for field, cell in zip(resource.fields, cells, strict=True):
        try:
            values[field.name] = field.parse(cell)
        except ValueError as error:
            remedy = f"{field.description}." if field.description else "See the data dictionary."
            faults.append(Fault(resource.path, line, field.name, cell, str(error), f"The column holds: {remedy}"))
    return MappingProxyType(values), faults
