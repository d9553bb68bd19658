"""The atlas: loading, access, provenance, corridors' legs, scenarios on the timeline."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import geodata
from geodata.atlas import Atlas, find_reference_faults, load_atlas, read_tables
from geodata.errors import AtlasError, UnknownIdError
from geodata.schema import read_package
from geodata.status import USABLE, StatusInterval

SHIPPED = Path(geodata.__file__).parent / "atlas"
LINK = "rail-rasht-qazvin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "atlas"))


def test_every_table_of_the_schema_is_an_attribute(atlas: Atlas) -> None:
    for resource in read_package().resources:
        assert getattr(atlas, resource.name).resource == resource
    assert (atlas.version, atlas.data_date) == (atlas.package.version, atlas.package.data_date)


def test_unknown_table_is_an_attribute_error(atlas: Atlas) -> None:
    with pytest.raises(AttributeError, match="'rivers'"):
        _ = atlas.rivers


def test_shipped_atlas_points_nowhere_wrong() -> None:
    tables, faults = read_tables(read_package())

    assert faults == []
    assert find_reference_faults(tables) == []


def test_reading_twice_gives_the_same(atlas: Atlas) -> None:
    again = load_atlas()

    assert {name: table.rows for name, table in again.tables.items()} == {
        name: table.rows for name, table in atlas.tables.items()
    }
    assert again.intervals == atlas.intervals


def test_first_fault_is_named_and_the_rest_counted(folder: Path) -> None:
    path = folder / "links.csv"
    text = path.read_text(encoding="utf-8").replace(",rail,", ",rails,", 2)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AtlasError, match=r"links\.csv, row \d+, mode = 'rails'.*1 more"):
        load_atlas(folder)


def test_id_that_points_nowhere_is_refused(folder: Path) -> None:
    path = folder / "hubs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("az-baku", "az-nowhere"), encoding="utf-8")

    with pytest.raises(AtlasError, match="az-nowhere"):
        load_atlas(str(folder))


def test_legs_follow_their_numbers_and_cover_every_corridor(atlas: Atlas) -> None:
    numbers = {(row["corridor_id"], row["seq"]): row["link_id"] for row in atlas.corridor_legs}

    assert set(atlas.legs) == {row["id"] for row in atlas.corridors}
    assert sum(map(len, atlas.legs.values())) == len(numbers)
    for corridor_id, links in atlas.legs.items():
        assert links == tuple(numbers[corridor_id, seq] for seq in range(1, len(links) + 1))


def test_crossing_of_a_link_lists_the_link(atlas: Atlas) -> None:
    assert atlas.crossing_of_link
    for link_id, crossing_id in atlas.crossing_of_link.items():
        assert link_id in atlas.crossings[crossing_id]["link_ids"]


def test_status_at_the_data_date_is_the_table_s(atlas: Atlas) -> None:
    for name in ("links", "places", "crossings", "projects"):
        for row in atlas.tables[name]:
            assert atlas.status(row["id"], atlas.data_date).status == row["status"], row["id"]


def test_status_of_an_unknown_object_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownIdError, match="'rail-nowhere'"):
        atlas.status("rail-nowhere", atlas.data_date)


def test_line_was_not_in_use_the_day_before_its_opening(atlas: Atlas) -> None:
    opening = next(event for event in atlas.events if event["effect"] == "opened" and LINK in event["object_ids"])

    assert atlas.status(LINK, opening["date"] - timedelta(1)).status == "under_construction"
    assert atlas.status(LINK, opening["date"]).status in USABLE


def test_scenario_lies_over_the_timeline_and_leaves_the_base_alone(atlas: Atlas) -> None:
    start, end = date(2026, 1, 1), date(2026, 2, 1)
    row = StatusInterval(LINK, start, end, "closed", None, "assumed", None)

    closed = atlas.with_intervals([row])

    assert closed.status(LINK, start).status == "closed"
    assert closed.status(LINK, end).event_id == atlas.status(LINK, end).event_id
    assert closed.status(LINK, start - timedelta(1)).status == atlas.status(LINK, start - timedelta(1)).status
    assert atlas.status(LINK, start).status != "closed"
    assert closed.tables is atlas.tables


def test_later_row_of_a_scenario_lies_over_the_earlier(atlas: Atlas) -> None:
    rows = [StatusInterval(LINK, None, None, status, None, "assumed", None) for status in ("closed", "restricted")]

    assert atlas.with_intervals(rows).status(LINK, atlas.data_date).status == "restricted"
    assert atlas.with_intervals(rows[::-1]).status(LINK, atlas.data_date).status == "closed"


def test_provenance_of_a_value_comes_before_the_row_s(atlas: Atlas) -> None:
    special = next(row for row in atlas.provenance if row["object_id"] == LINK and row["field"] == "length_km")

    length = atlas.provenance_of("links", LINK, "length_km")

    assert length.source_ids == special["source_ids"]
    assert (length.low, length.high, length.method) == (special["low"], special["high"], special["method"])
    assert not length.assumed
    assert atlas.provenance_of("links", LINK, "name").source_ids == atlas.links[LINK]["source_ids"]


def test_value_marked_assumed_has_no_source_and_no_grade(atlas: Atlas) -> None:
    special = next(row for row in atlas.provenance if row["method"] == "assumed" and row["object_id"] in atlas.links)

    found = atlas.provenance_of("links", special["object_id"], special["field"])

    assert found.assumed
    assert (found.source_ids, found.grade) == ((), "assumed")


def test_best_grade_is_the_first_letter(atlas: Atlas) -> None:
    by_grade = {row["grade"]: row["id"] for row in atlas.sources}

    assert atlas.best_grade([by_grade["C"], by_grade["A"], by_grade["B"]]) == "A"
    assert atlas.best_grade([]) == "assumed"


def test_every_length_and_status_says_where_it_comes_from(atlas: Atlas) -> None:
    for link in atlas.links:
        for field in ("length_km", "status"):
            found = atlas.provenance_of("links", link["id"], field)
            assert found.assumed == (found.grade == "assumed" or found.method == "assumed")
            assert found.assumed or set(found.source_ids) <= {row["id"] for row in atlas.sources}
