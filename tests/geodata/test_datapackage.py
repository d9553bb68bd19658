"""The atlas is a valid data package for tools that know nothing of this project."""

import csv
from pathlib import Path

import pytest
from frictionless import Package

import geodata

SHIPPED = Path(geodata.__file__).parent / "atlas"


@pytest.fixture(scope="module")
def package() -> Package:
    return Package(SHIPPED / "datapackage.json")


def test_metadata_is_valid(package: Package) -> None:
    assert list(Package.metadata_validate(package.to_descriptor())) == []


def test_tables_are_valid(package: Package) -> None:
    report = package.validate()

    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(package.resources)


def test_other_reader_sees_the_same_rows(package: Package) -> None:
    atlas = geodata.load_atlas()

    for resource in package.resources:
        table = atlas.tables[resource.name]
        rows = package.get_table_resource(resource.name).read_rows()
        keys = [[row[name] for name in table.resource.primary_key] for row in rows]
        assert keys == [[row[name] for name in table.resource.primary_key] for row in table]
        assert resource.schema.field_names == [field.name for field in table.resource.fields]


def test_spoilt_table_is_refused(tmp_path: Path) -> None:
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "hubs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][0] = "Not A Slug"
    with (tmp_path / "hubs.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)

    report = Package(tmp_path / "datapackage.json").validate()

    assert [(task.name, task.errors[0].row_number) for task in report.tasks if not task.valid] == [("hubs", 2)]


def test_every_file_of_the_folder_is_described(package: Package) -> None:
    described = {resource.path for resource in package.resources}

    assert {path.name for path in SHIPPED.glob("*.csv")} == described


def test_licences_are_named_for_each_table(package: Package) -> None:
    named = {licence["name"] for licence in package.licenses}

    assert {licence["name"] for resource in package.resources for licence in resource.licenses} <= named
    assert all(resource.licenses for resource in package.resources)


def test_files_have_unix_line_ends_and_no_byte_order_mark() -> None:
    for path in SHIPPED.glob("*.csv"):
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name
        assert content.endswith(b"\n"), path.name
