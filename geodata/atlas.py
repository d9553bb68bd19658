"""The atlas: every table of sourced facts, frozen, with timeline and provenance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from geodata.errors import AtlasError, Fault, UnknownIdError
from geodata.schema import Package, read_package
from geodata.status import StatusInterval, build_intervals, lay_over
from geodata.table import Row, Table, read_table

__all__ = ["Atlas", "Provenance", "find_reference_faults", "load_atlas", "read_tables"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one value comes from.

    Attributes
    ----------
    source_ids
        Sources; empty where none was found.
    date
        Date of the value as text; None where not known.
    grade
        Best grade among the sources, "assumed" where there is none.
    method
        measured, official_tariff, published, derived or assumed.
    low, high
        Bounds where sources disagree, in the unit of the field.
    """

    source_ids: tuple[str, ...]
    date: str | None
    grade: str
    method: str
    low: float | None
    high: float | None

    @property
    def assumed(self) -> bool:
        """Tell whether the value rests on no source."""
        return self.method == "assumed" or not self.source_ids


@dataclass(frozen=True, eq=False)
class Atlas:
    """All tables as attributes, with the status of every object on every date.

    Examples
    --------
    >>> atlas = load_atlas()
    >>> atlas.corridors["rasht-astara"]["name"]
    'Rasht–Astara railway'
    >>> atlas.status("rail-rasht-caspian-port", date(2024, 1, 1)).status
    'under_construction'
    """

    package: Package
    tables: Mapping[str, Table]
    intervals: Mapping[str, tuple[StatusInterval, ...]]

    def __getattr__(self, name: str) -> Table:
        """Return a table by its name."""
        tables: Mapping[str, Table] = self.__dict__.get("tables", {})
        try:
            return tables[name]
        except KeyError:
            msg = f"The atlas has no table {name!r}."
            raise AttributeError(msg) from None

    @property
    def version(self) -> str:
        """Return the version of the atlas."""
        return self.package.version

    @property
    def data_date(self) -> date:
        """Return the day up to which the facts were gathered."""
        return self.package.data_date

    @cached_property
    def _provenance(self) -> dict[tuple[str, str], Row]:
        return {(row["object_id"], row["field"]): row for row in self.provenance}

    @cached_property
    def legs(self) -> dict[str, tuple[str, ...]]:
        """Link ids of each corridor in order."""
        result: dict[str, list[str]] = {row["id"]: [] for row in self.corridors}
        for row in sorted(self.corridor_legs, key=lambda row: (row["corridor_id"], row["seq"])):
            result[row["corridor_id"]].append(row["link_id"])
        return {key: tuple(value) for key, value in result.items()}

    @cached_property
    def crossing_of_link(self) -> dict[str, str]:
        """Crossing that each border link passes, by link id."""
        return {link: row["id"] for row in self.crossings for link in row["link_ids"]}

    def status(self, object_id: str, on: date) -> StatusInterval:
        """Return the status of a link, place, crossing or project on a day.

        Raises
        ------
        UnknownIdError
            Where the object has no status.
        """
        try:
            return next(item for item in self.intervals[object_id] if item.holds(on))
        except KeyError:
            msg = f"{object_id!r} is no link, place, crossing or project of the atlas. See `corridors list`."
            raise UnknownIdError(msg) from None

    def with_intervals(self, rows: Iterable[StatusInterval]) -> "Atlas":
        """Return an atlas on whose timeline more rows lie: this is all that a scenario is.

        Parameters
        ----------
        rows
            Intervals to lay over the timeline; they decide wherever they hold.
        """
        intervals = dict(self.intervals)
        for row in rows:
            if row.object_id not in intervals:
                msg = f"{row.object_id!r} has no status that a scenario could change. Name a link, place or crossing."
                raise UnknownIdError(msg)
            first, *later = intervals[row.object_id]
            intervals[row.object_id] = lay_over(replace(first, end=None), [*later, row])
        return replace(self, intervals=intervals)

    def provenance_of(self, table: str, object_id: str, field: str) -> Provenance:
        """Return where one value comes from, the row's own sources being the default.

        Examples
        --------
        >>> load_atlas().provenance_of("links", "rail-rasht-qazvin", "length_km").method
        'published'
        """
        row = self.tables[table][object_id]
        special = self._provenance.get((object_id, field))
        if special is None:
            sources, method = tuple(row.get("source_ids", ())), "published"
            # The date of a row is that of its status; nothing tells when its other values were reported.
            dated = row.get("status_date") if field == "status" else None
            low, high, grade = None, None, None
        else:
            sources, method = tuple(special["source_ids"]), special["method"]
            dated, low, high, grade = special["date"], special["low"], special["high"], special["grade"]
        if method == "assumed" or not sources:
            return Provenance((), dated, "assumed", method if sources or special else "assumed", low, high)
        return Provenance(sources, dated, grade or self.best_grade(sources), method, low, high)

    def best_grade(self, source_ids: Iterable[str]) -> str:
        """Return the best grade among sources, "assumed" for none."""
        return min((self.sources[item]["grade"] for item in source_ids), default="assumed")


def read_tables(package: Package) -> tuple[dict[str, Table], list[Fault]]:
    """Read every table of a package and collect the cells that break the schema."""
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for resource in package.resources:
        tables[resource.name], wrong = read_table(resource, package.folder)
        faults += wrong
    return tables, faults


def find_reference_faults(tables: Mapping[str, Table]) -> list[Fault]:
    """Return doubled keys and ids that point nowhere."""
    faults = []
    ids = {name: {row.get("id") for row in table} for name, table in tables.items()}
    for table in tables.values():
        resource = table.resource
        foreign: dict[str, tuple[tuple[str, str], ...]] = {
            column: ((target, "id"),) for column, target, _ in resource.foreign_keys
        }
        foreign |= {field.name: field.references for field in resource.fields if field.references}
        seen: dict[tuple[object, ...], int] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            key = tuple(row[name] for name in resource.primary_key)
            if key in seen:
                problem = f"The key stands already in row {seen[key]}."
                shown = ";".join(map(str, key))
                faults.append(Fault(resource.path, line, resource.primary_key[0], shown, problem, "Delete one row."))
            seen.setdefault(key, line)
            for column, targets in foreign.items():
                cell = row[column]
                for item in cell if isinstance(cell, tuple) else (cell,):
                    if item is not None and not any(item in ids[target] for target, _ in targets):
                        where = " or ".join(tables[target].resource.path for target, _ in targets)
                        problem = f"No row {item!r} in {where}."
                        faults.append(Fault(resource.path, line, column, str(item), problem, "Correct the id."))
    return faults


def load_atlas(folder: str | Path | None = None) -> Atlas:
    """Load an atlas, the one that comes with the package unless another folder is named.

    Parameters
    ----------
    folder
        Folder with `datapackage.json` and its tables.

    Returns
    -------
    Atlas
        Frozen tables, timeline and provenance.

    Raises
    ------
    AtlasError
        Where a cell breaks the schema or an id points nowhere; the message names the first fault.

    Examples
    --------
    >>> len(load_atlas().links)
    226
    """
    package = read_package(Path(folder) if folder is not None else None)
    tables, faults = read_tables(package)
    faults = faults or find_reference_faults(tables)
    if faults:
        more = f" ({len(faults) - 1} more; `corridors check` lists them.)" if len(faults) > 1 else ""
        msg = f"{faults[0]}{more}"
        raise AtlasError(msg)
    atlas = Atlas(package, tables, {})
    grades = {
        (name, row["id"]): atlas.provenance_of(name, row["id"], "status").grade
        for name in ("links", "places", "crossings", "projects")
        for row in tables[name]
    }
    return replace(atlas, intervals=build_intervals(tables, grades))
