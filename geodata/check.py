"""The check of a whole atlas: every fault of every table in one list."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import compress
from pathlib import Path

from geodata.atlas import Atlas, find_reference_faults, read_tables
from geodata.coordinate_check import COORDINATE_CHECKS
from geodata.errors import AtlasError, Fault
from geodata.fact_check import FACT_CHECKS
from geodata.figure_check import FIGURE_CHECKS
from geodata.geometry_check import GEOMETRY_CHECKS
from geodata.junction_check import JUNCTION_CHECKS
from geodata.name_check import NAME_CHECKS
from geodata.network_check import NETWORK_CHECKS
from geodata.schema import Field, Package, Resource, read_package
from geodata.status import build_intervals
from geodata.status_check import STATUS_CHECKS
from geodata.table import Table
from geodata.treaty_check import TREATY_CHECKS

__all__ = ["check_atlas", "check_tables"]

_SCHEMA_FILE = "datapackage.json"
_CHECKS = (
    *NETWORK_CHECKS,
    *COORDINATE_CHECKS,
    *GEOMETRY_CHECKS,
    *JUNCTION_CHECKS,
    *FACT_CHECKS,
    *FIGURE_CHECKS,
    *NAME_CHECKS,
    *STATUS_CHECKS,
    *TREATY_CHECKS,
)
_STATUS_TABLES = ("links", "places", "crossings", "projects")


def check_atlas(folder: Path | None = None) -> list[Fault]:
    """Collect every fault of an atlas folder.

    The schema comes first, then ids that point nowhere, then the rules that hold between cells. A row that
    breaks the schema is reported once: what merely follows from its absence is not.

    Parameters
    ----------
    folder
        Folder with `datapackage.json` and its tables; None means the one that comes with the package.

    Returns
    -------
    list of Fault
        Sorted by file, row and field; empty where the atlas is sound.

    Examples
    --------
    >>> check_atlas()
    []
    """
    try:
        package = read_package(folder)
    except AtlasError as error:
        return [Fault(_SCHEMA_FILE, 0, "", "", str(error), "Restore the file from the release.")]
    if faults := sorted(_compare_schema(package, read_package())):
        return faults
    tables, faults = read_tables(package)
    return sorted({*check_tables(package, tables, faults), *_find_stray_files(package)})


def check_tables(
    package: Package, tables: Mapping[str, Table], faults: Iterable[Fault], touched: Collection[str] | None = None
) -> list[Fault]:
    """Collect every fault of tables that are already read.

    Parameters
    ----------
    package
        Schema of the tables and the folder they come from.
    tables
        All tables of the package by name.
    faults
        What reading them has found.
    touched
        Names of tables: checks that read none of them are left out. None means every check.

    Returns
    -------
    list of Fault
        Those given and those found, sorted by file, row and field.

    Examples
    --------
    >>> package = read_package()
    >>> check_tables(package, *read_tables(package), touched={"hubs"})
    []
    """
    faults = list(faults)
    if any(fault.row <= 1 for fault in faults):
        return sorted(faults)
    broken = {fault.file for fault in faults}
    whole = {name for name, table in tables.items() if table.resource.path not in broken}
    lost = {key for name in tables.keys() - whole for key in _lost_keys(tables[name], package.folder)}
    faults += (fault for fault in find_reference_faults(tables) if fault.value not in lost)
    tables = {name: _drop_doubled(table) for name, table in tables.items()}
    # The checks look at statuses alone, never at their grade.
    grades = {(name, row["id"]): "" for name in _STATUS_TABLES for row in tables[name]}
    atlas = Atlas(package, tables, build_intervals(tables, grades))
    for check in _CHECKS:
        if whole.issuperset(check.tables) and (touched is None or not check.tables or {*touched} & {*check.tables}):
            faults += check.run(atlas)
    return sorted(set(faults))


def _compare_schema(given: Package, ours: Package) -> Iterator[Fault]:
    # The checks rely on these columns, so a schema of another shape is a fault of its own.
    remedy = "Restore datapackage.json from the release."
    names = {resource.name: resource for resource in given.resources}
    for resource in ours.resources:
        if resource.name not in names:
            yield Fault(_SCHEMA_FILE, 0, resource.name, "", "The table is missing from the schema.", remedy)
            continue
        other = names[resource.name]
        kept = {field.name: _kind(field) for field in other.fields}
        wrong = [field.name for field in resource.fields if kept.get(field.name) != _kind(field)]
        wrong += compress(("primaryKey",), (other.primary_key != resource.primary_key,))
        wrong += compress(("foreignKeys",), (other.foreign_keys != resource.foreign_keys,))
        for name in wrong:
            yield Fault(_SCHEMA_FILE, 0, f"{resource.name}.{name}", "", "It is missing or of another kind.", remedy)
    for resource in given.resources:
        for target in _targets(resource) - names.keys():
            problem = f"The table {resource.name} points to a table that is not in the schema."
            yield Fault(_SCHEMA_FILE, 0, resource.name, target, problem, remedy)


def _kind(field: Field) -> tuple[object, ...]:
    return field.type, field.separator, field.references, field.required


def _targets(resource: Resource) -> set[str]:
    listed = {table for field in resource.fields for table, _ in field.references}
    return listed | {table for _, table, _ in resource.foreign_keys}


def _find_stray_files(package: Package) -> Iterator[Fault]:
    named = {resource.path for resource in package.resources}
    for path in package.folder.glob("*.csv"):
        if path.name not in named:
            problem = "No table of datapackage.json names this file."
            yield Fault(path.name, 0, "", "", problem, "Delete the file or describe it in datapackage.json.")


def _lost_keys(table: Table, folder: Path) -> Iterator[str]:
    # Keys of the lines that broke the schema: an id that points to one of them does not point nowhere.
    kept = set(table.lines)
    text = (folder / table.resource.path).read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if number > 1 and number not in kept:
            yield line.split(",", 1)[0].strip('" ')


def _drop_doubled(table: Table) -> Table:
    seen: Mapping[tuple[object, ...], int] = {
        tuple(row[name] for name in table.resource.primary_key): index
        for index, row in reversed(list(enumerate(table.rows)))
    }
    first = sorted(seen.values())
    if len(first) == len(table.rows):
        return table
    return replace(table, rows=tuple(table.rows[i] for i in first), lines=tuple(table.lines[i] for i in first))
