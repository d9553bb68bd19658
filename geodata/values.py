"""Single values with their provenance: what an object is said to be, and what a source supports."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geodata.atlas import Atlas, Provenance
from geodata.errors import UnknownIdError

__all__ = ["Value", "table_of", "values_from", "values_of"]

# Tables whose rows are objects with values, in the order in which an id is looked up.
_TABLES = (
    "links",
    "places",
    "crossings",
    "projects",
    "events",
    "instruments",
    "articles",
    "relations",
    "parameters",
    "services",
)
# Columns that name, order or point, and so state nothing about the world that a source could support.
_SILENT = frozenset(
    {"id", "label", "source_ids", "link_ids", "place_ids", "object_ids", "from_id", "to_id", "status_date"}
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one object.

    Attributes
    ----------
    table, object_id, field
        Where it stands.
    value
        The value as it is typed in the table.
    unit
        Unit of the value, or empty.
    provenance
        Sources, date, grade, method and range.
    """

    table: str
    object_id: str
    field: str
    value: Any
    unit: str
    provenance: Provenance

    def to_dict(self) -> dict[str, Any]:
        """Return the value as plain data."""
        origin = self.provenance
        plain = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "table": self.table,
            "object_id": self.object_id,
            "field": self.field,
            "value": plain if isinstance(plain, str | int | float | bool | list | None) else str(plain),
            "unit": self.unit,
            "method": origin.method,
            "low": origin.low,
            "high": origin.high,
            "date": origin.date,
            "grade": origin.grade,
            "assumed": origin.assumed,
            "source_ids": list(origin.source_ids),
        }


def table_of(atlas: Atlas, object_id: str) -> str:
    """Return the table that an object stands in.

    Raises
    ------
    UnknownIdError
        Where no table has the id.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> table_of(load_atlas(), "ir-rasht")
    'places'
    """
    for name in _TABLES:
        if object_id in atlas.tables[name]:
            return name
    msg = f"{object_id!r} is no object of the atlas. `corridors list links` and the like show the ids."
    raise UnknownIdError(msg)


def values_of(atlas: Atlas, object_id: str) -> tuple[Value, ...]:
    """Return the known values of an object, in the order of its columns.

    Parameters
    ----------
    atlas
        The atlas.
    object_id
        Link, place, crossing, project, event, instrument, article, relation, parameter or service.

    Raises
    ------
    UnknownIdError
        Where no table has the id.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> length = values_of(load_atlas(), "rail-rasht-qazvin")[2]
    >>> length.field, length.value, length.unit, length.provenance.method
    ('length_km', 164.0, 'km', 'published')
    """
    table = table_of(atlas, object_id)
    return tuple(_values(atlas, table, object_id))


def _values(atlas: Atlas, table: str, object_id: str) -> Iterator[Value]:
    row = atlas.tables[table][object_id]
    for field in atlas.tables[table].resource.fields:
        value = row[field.name]
        if value in (None, ()) or field.name in _SILENT:
            continue
        origin = atlas.provenance_of(table, object_id, field.name)
        yield Value(table, object_id, field.name, value, field.unit, origin)


def values_from(atlas: Atlas, source_id: str) -> tuple[Value, ...]:
    """Return every value that a source supports, sorted by table, object and column.

    Raises
    ------
    UnknownIdError
        Where the atlas has no such source.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> any(value.object_id == "rail-moscow-ryazan" for value in values_from(load_atlas(), "tg4"))
    True
    """
    _ = atlas.sources[source_id]
    return tuple(
        value
        for table in _TABLES
        for object_id in sorted(row["id"] for row in atlas.tables[table])
        for value in _values(atlas, table, object_id)
        if source_id in value.provenance.source_ids
    )
