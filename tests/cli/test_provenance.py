import json

import pytest

from geodata import load_atlas
from geodata.corrections import corrections_since, corridors_touched, version_key
from geodata.errors import AtlasError


def test_source_of_an_object_gives_each_value_with_source_date_grade_and_range(command):
    values = json.loads(command("source", "rail-rasht-qazvin", "--json").stdout)["values"]

    length = next(value for value in values if value["field"] == "length_km")
    assert (length["value"], length["unit"], length["low"], length["high"]) == (164.0, "km", 164.0, 175.0)
    assert length["source_ids"]
    assert length["grade"] in {"A", "B", "C"}


def test_source_of_a_source_lists_what_it_supports(command):
    found = json.loads(command("source", "tg4", "--json").stdout)

    supported = {(value["object_id"], value["field"]) for value in found["values"]}
    assert ("rail-moscow-ryazan", "length_km") in supported
    assert [source["id"] for source in found["sources"]] == ["tg4"]


def test_every_source_named_by_a_value_is_printed(command):
    shown = command("source", "rail-samur-yalama").stdout

    assert "tg4: " in shown
    assert "grade A" in shown


def test_source_of_nothing_is_one_clear_error(command):
    result = command("source", "no-such-thing")

    assert result.returncode == 1
    assert result.stderr == (
        "Error: 'no-such-thing' is no object of the atlas. `corridors list links` and the like show the ids.\n"
    )


def test_history_gives_the_intervals_with_their_events(command):
    found = json.loads(command("history", "road-jolfa-julfa", "--json").stdout)["intervals"]

    closed = next(row for row in found if row["event_id"] == "az-iran-freight-closed")
    assert (closed["start"], closed["end"], closed["status"]) == ("2026-03-05", "2026-03-09", "closed")
    assert closed["source_ids"]


def test_history_covers_all_days_without_overlap(command):
    for object_id in ("xx-hormuz", "sea-bandar-abbas-hormuz"):
        found = json.loads(command("history", object_id, "--json").stdout)["intervals"]

        assert found[0]["start"] is None
        assert found[-1]["end"] is None
        assert [row["end"] for row in found[:-1]] == [row["start"] for row in found[1:]]


def test_history_of_a_corridor_is_that_of_its_links(command, atlas):
    found = json.loads(command("history", "chabahar-zahedan", "--json").stdout)["intervals"]

    assert {row["object_id"] for row in found} == {"chabahar-zahedan", *atlas.legs["chabahar-zahedan"]}


def test_history_of_an_instrument_gives_its_dates(command):
    shown = command("history", "eaeu-iran-fta").stdout

    assert "signed 2023-12-25, in force 2025-05-15" in shown


def test_history_of_nothing_is_one_clear_error(command):
    result = command("history", "no-such-thing")

    assert result.returncode == 1
    assert result.stderr.startswith("Error: 'no-such-thing' has no history")


def test_corrections_since_the_present_version_are_none(command, atlas):
    found = json.loads(command("corrections", "--since", atlas.version, "--json").stdout)

    assert (found["corrections"], found["pages"]) == ([], [])


def test_corrections_name_the_pages_that_showed_the_old_figure(command, atlas):
    found = json.loads(command("corrections", "--json").stdout)

    touched = {page for row in atlas.corrections for page in corridors_touched(atlas, row["object_id"])}
    assert len(found["corrections"]) == len(atlas.corrections)
    assert set(found["pages"]) == touched


def test_a_malformed_version_is_one_clear_error(command):
    result = command("corrections", "--since", "yesterday")

    assert result.returncode == 1
    assert "'yesterday' is no version of the atlas" in result.stderr


def test_a_correction_tells_the_value_of_the_atlas(atlas):
    for row in corrections_since(atlas):
        for table in ("links", "places", "crossings", "projects", "instruments", "events"):
            present = atlas.tables[table].get(row["object_id"])
            if present is not None and row["field"] in present:
                value = present[row["field"]]
                shown = ";".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
                assert shown.removesuffix(".0") == (row["new"] or "").removesuffix(".0"), row["id"]


def test_versions_sort_in_time():
    assert version_key("2026.11.21-10") > version_key("2026.11.21-9")
    with pytest.raises(AtlasError):
        version_key("2026-11-21")


def test_corridors_touched_by_a_place_are_those_of_its_links():
    assert "instc-west" in corridors_touched(load_atlas(), "ir-astara-terminal")


def test_check_prints_the_coverage_of_each_corridor(command, atlas):
    found = json.loads(command("check", "--json").stdout)

    assert found["faults"] == []
    assert {row["corridor_id"] for row in found["coverage"]["rows"]} == {row["id"] for row in atlas.corridors}
    for row in found["coverage"]["rows"]:
        parts = [row[name] for name in ("grade_a", "grade_b", "grade_c", "assumed", "missing")]
        assert sum(parts) == pytest.approx(1, abs=0.003)


def test_check_lists_the_statuses_older_than_asked(command):
    half_a_year = json.loads(command("check", "--stale", "180", "--json").stdout)["stale"]
    ten_years = json.loads(command("check", "--stale", "3650", "--json").stdout)["stale"]

    assert all(row["age_days"] is None or row["age_days"] > 180 for row in half_a_year)
    assert {row["object_id"] for row in ten_years} < {row["object_id"] for row in half_a_year}


def test_a_status_grows_old_with_the_day_asked_for(command):
    def age(day):
        rows = json.loads(command("check", "--stale", "0", "--as-of", day, "--json").stdout)["stale"]
        return next(row["age_days"] for row in rows if row["object_id"] == "rail-rasht-caspian-port")

    assert age("2026-11-21") - age("2026-11-11") == 10
