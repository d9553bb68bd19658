"""The schema: fields parse, refuse and round-trip; packages that are none are refused."""

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import AtlasError
from geodata.inspection import as_text
from geodata.schema import Field, Package, read_package

PLAIN = Field(
    "x",
    "string",
    "",
    "",
    "",
    (),
    required=False,
    unique=False,
    enum=frozenset(),
    minimum=None,
    maximum=None,
    pattern=None,
)
KM = replace(PLAIN, type="number", unit="km", minimum=0.0, maximum=100.0)


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "a, b", "a, b"),
        ("number", "-3", -3.0),
        ("number", "162.5", 162.5),
        ("integer", "7", 7),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("date", "2024-02-29", date(2024, 2, 29)),
    ],
)
def test_cell_parses_to_its_type(kind: str, text: str, value: object) -> None:
    parsed = replace(PLAIN, type=kind).parse(text)

    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "162 km"),
        ("number", "1,5"),
        ("number", "1e3"),
        ("number", ".5"),
        ("number", "5."),
        ("number", "+5"),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "1_000"),
        ("number", "۱۶۲"),
        ("integer", "1.0"),
        ("boolean", "True"),
        ("boolean", "1"),
        ("date", "2024-02-30"),
        ("date", "20240229"),
        ("date", "2024-W09-4"),
        ("date", "2024-02"),
        ("string", " a"),
        ("string", "a\t"),
        ("string", "a\nb"),
        ("string", "a\rb"),
    ],
)
def test_cell_of_another_form_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        replace(PLAIN, type=kind).parse(text)


def test_bounds_are_named_with_their_unit() -> None:
    with pytest.raises(ValueError, match="at least 0 km"):
        KM.parse("-1")
    with pytest.raises(ValueError, match="at most 100 km"):
        KM.parse("100.5")
    assert (KM.parse("0"), KM.parse("100")) == (0.0, 100.0)


def test_empty_cell_is_none_or_an_empty_tuple() -> None:
    assert PLAIN.parse("") is None
    assert replace(PLAIN, separator=";").parse("") == ()
    with pytest.raises(ValueError, match="required"):
        replace(PLAIN, required=True).parse("")


@pytest.mark.parametrize("text", ["a;", ";a", "a;;b", "a;a", "a; b"])
def test_untidy_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="list"):
        replace(PLAIN, separator=";").parse(text)


def test_enum_and_pattern_hold_for_each_item(package: Package) -> None:
    gauges = package.resource("links").field("gauges_mm")

    assert gauges.parse("1435;1520") == ("1435", "1520")
    with pytest.raises(ValueError, match="1435, 1520, 1676"):
        gauges.parse("1435;1453")
    with pytest.raises(ValueError, match="form"):
        package.resource("places").field("country").parse("Iran")


def test_pattern_takes_ascii_digits_only(package: Package) -> None:
    with pytest.raises(ValueError, match="form"):
        package.resource("links").field("status_date").parse("۲۰۲۵")


@given(st.floats(0, 100).map(lambda value: round(value, 3)).filter(lambda value: "e" not in repr(value)))
def test_number_comes_back_from_its_text(value: float) -> None:
    assert KM.parse(as_text(value)) == value


@given(st.integers())
def test_integer_comes_back_from_its_text(value: int) -> None:
    assert replace(PLAIN, type="integer").parse(as_text(value)) == value


@given(st.dates())
def test_day_comes_back_from_its_text(value: date) -> None:
    assert replace(PLAIN, type="date").parse(as_text(value)) == value


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters=";\r\n"), min_size=1).filter(lambda t: t == t.strip()),
        unique=True,
    )
)
def test_list_comes_back_from_its_text(items: list[str]) -> None:
    assert replace(PLAIN, separator=";").parse(as_text(tuple(items))) == tuple(items)


@given(st.sampled_from(["string", "number", "integer", "boolean", "date"]), st.text())
def test_any_text_parses_or_is_refused_as_a_value_error(kind: str, text: str) -> None:
    try:
        value = replace(PLAIN, type=kind).parse(text)
    except ValueError:
        return

    assert value is None or not isinstance(value, float) or math.isfinite(value)


def test_every_shipped_column_has_a_description_and_every_quantity_a_unit(package: Package) -> None:
    fields = [(resource.name, field) for resource in package.resources for field in resource.fields]

    assert [name for name, field in fields if not field.description.strip()] == []
    suffixes = ("_km", "_mm", "_mt_y", "_kmh", "_h", "_pct", "_m", "_trucks_day")
    quantities = [(name, field) for name, field in fields if field.type != "string" and field.name.endswith(suffixes)]
    assert quantities
    assert [(name, field.name) for name, field in quantities if not field.unit] == []


def test_folder_without_a_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"No datapackage\.json"):
        read_package(tmp_path)


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "[]",
        "{}",
        {"version": "1", "data_date": "soon", "resources": []},
        {"version": 1, "data_date": "2026-01-01", "resources": ["x"]},
    ],
)
def test_file_that_is_no_schema_is_refused(tmp_path: Path, spec: object) -> None:
    text = spec if isinstance(spec, str) else json.dumps(spec)
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")

    with pytest.raises(AtlasError, match="not a data package"):
        read_package(tmp_path)
