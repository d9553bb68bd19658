"""A wrong question ends with one line that says what, where and what next, and leaves nothing behind."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest


def spoil(edit_table, folder, table, key, **cells):
    """Change cells of the row of a table whose first column holds a key."""

    def change(rows):
        first = next(iter(rows[0]))
        assert sum(row[first] == key for row in rows) == 1
        return [{**row, **cells} if row[first] == key else row for row in rows]

    edit_table(folder, table, change)


def assert_one_line(done, code=1):
    assert done.returncode == code
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert [line for line in lines if line.startswith("Error: ")] == lines[-1:]
    if code == 1:
        assert len(lines) == 1
    return lines[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["route", "Rasht", "Qazvinn"], "No place is called 'Qazvinn'. Did you mean 'Qazvin'?", id="place"),
        pytest.param(["route", "Samur", "Baku"], "az-samur-road, ru-samur", id="ambiguous-place"),
        pytest.param(["show", "rast-astara"], "Did you mean 'rasht-astara'", id="corridor"),
        pytest.param(["bottlenecks", "rast-astara"], "Did you mean 'rasht-astara'", id="corridor-of-bottlenecks"),
        pytest.param(["map", "rast-astara"], "Did you mean 'rasht-astara'", id="corridor-of-map"),
        pytest.param(["distance", "rast-astara"], "Did you mean 'rasht-astara'", id="corridor-of-distance"),
        pytest.param(["route", "Tehran", "Mumbai", "--over", "suz"], "Did you mean 'suez'", id="corridor-to-follow"),
        pytest.param(["route", "Rasht", "Qazvin", "--as-of", "2026-02-30"], "'2026-02-30' is not a day", id="day"),
        pytest.param(["treaty", "--as-of", "yesterday"], "'yesterday' is not a day", id="day-of-treaty"),
        pytest.param(["route", "Rasht", "Qazvin", "--mode", "train"], "'train' is no mode", id="mode"),
        pytest.param(["route", "Rasht", "Qazvin", "--by", "speed"], "'speed' is no criterion", id="criterion"),
        pytest.param(
            ["route", "Rasht", "Qazvin", "--assume-open", "rasht-astaraa"],
            "Did you mean 'rasht-astara'",
            id="assume-open",
        ),
        pytest.param(["route", "37.28,49.6", "Qazvin"], "Are the two swapped?", id="swapped-coordinates"),
        pytest.param(["route", "200,10", "Qazvin"], "off the globe", id="off-the-globe"),
        pytest.param(["route", "", "Qazvin"], "The name of a place is empty", id="empty-name"),
        pytest.param(["route", "Rasht", "Rasht"], "same or share a place", id="same-place"),
        pytest.param(
            ["route", "Baku", "Rasht", "--mode", "rail"], "--assume-open rail-talesh-rezvanshahr", id="no-route"
        ),
        pytest.param(["distance", "rasht-astara", "--mode", "rail"], "leave --mode out", id="mode-of-a-corridor"),
        pytest.param(["bottlenecks", "iran-armenia-gas"], "pipelines", id="pipeline"),
        pytest.param(["treaty", "--article", "99"], "no article 99", id="article"),
        pytest.param(["treaty", "--article", "40"], "article 40 is not established", id="hidden-article"),
        pytest.param(["list", "--atlas", "no-such-folder"], "No datapackage.json in no-such-folder", id="atlas-folder"),
    ],
)
def test_wrong_question_is_answered_in_one_line(command, arguments, message):
    assert message in assert_one_line(command(*arguments))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["route", "Rasht"], "Missing argument 'B'", id="missing-argument"),
        pytest.param(["list", "trains"], "'trains' is not one of 'corridors'", id="kind"),
        pytest.param(["route", "A", "B", "--max-snap-km", "far"], "'--max-snap-km'", id="number"),
        pytest.param(["fly"], "No such command 'fly'", id="command"),
        pytest.param(["show", "suez", "--colour"], "No such option: --colour", id="option"),
    ],
)
def test_wrong_usage_is_answered_with_code_2(command, arguments, message):
    assert message in assert_one_line(command(*arguments), code=2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["show", "rast-astara"], 1, id="corridor"),
        pytest.param(["route", "Baku", "Rasht", "--mode", "rail"], 1, id="no-route"),
        pytest.param(["route", "Rasht"], 2, id="usage"),
    ],
)
def test_process_of_its_own_ends_the_same_way(process, command, arguments, code):
    alone, here = process(*arguments), command(*arguments)
    assert assert_one_line(alone, code) == assert_one_line(here, code)


def test_output_whose_reader_has_gone_is_no_traceback():
    call = f"{shlex.quote(sys.executable)} -m corridors.cli list sources | head -1"
    root = str(Path(__file__).parents[2])
    done = subprocess.run(call, shell=True, cwd=root, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.stdout.split()[0] == "id"
    assert done.stderr == ""


def test_malformed_row_is_named_with_file_row_and_field(command, atlas_folder, edit_table):
    spoil(edit_table, atlas_folder, "links", "rail-rasht-qazvin", length_km="far")
    line = assert_one_line(command("list", atlas=atlas_folder))
    assert "links.csv, row " in line
    assert "length_km = 'far'" in line


def test_row_with_too_few_cells_is_named(command, atlas_folder):
    path = atlas_folder / "hubs.csv"
    path.write_bytes(path.read_bytes() + b"broken,row\n")
    assert "hubs.csv, row 11: The row has 2 cells instead of 4." in assert_one_line(command("list", atlas=atlas_folder))


def test_source_id_that_points_nowhere_is_named(command, atlas_folder, edit_table):
    spoil(edit_table, atlas_folder, "links", "rail-rasht-qazvin", source_ids="no_such_source")
    line = assert_one_line(command("route", "Rasht", "Qazvin", "--atlas", str(atlas_folder)))
    assert "No row 'no_such_source' in sources.csv" in line


def test_missing_table_is_named(command, atlas_folder):
    (atlas_folder / "events.csv").unlink()
    assert "events.csv" in assert_one_line(command("list", atlas=atlas_folder))


@pytest.mark.parametrize("arguments", [["map", "rasht-astara"], ["atlas"]])
def test_folder_that_cannot_be_written_is_named_and_nothing_is_left(command, tmp_path, arguments):
    # A folder inside a file cannot be made, whoever runs the tests.
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    before = sorted(path for path in tmp_path.rglob("*"))
    line = assert_one_line(command(*arguments, "-o", str(tmp_path / "file" / "out")))
    assert str(tmp_path / "file") in line
    assert sorted(path for path in tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("arguments", [["map", "rast-astara", "-o", "out"], ["atlas", "-o", "out", "--as-of", "never"]])
def test_wrong_question_writes_no_file(command, tmp_path, arguments):
    assert_one_line(command(*arguments))
    assert list((tmp_path / "here").iterdir()) == []


@pytest.fixture
def circle(atlas_folder, edit_table):
    """Return an atlas in which a corridor comes back to where it began."""

    def close(rows):
        first = next(row for row in rows if row["corridor_id"] == "meghri-road")
        return [*rows, {**first, "seq": "90"}]

    edit_table(atlas_folder, "corridor_legs", close)
    return atlas_folder


def test_corridor_legs_in_a_circle_are_a_fault(command, circle):
    done = command("check", str(circle))
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("corridor_legs.csv, row ")]
    assert "meghri-road" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["distance", "meghri-road"], ["bottlenecks", "meghri-road"]])
def test_corridor_whose_legs_form_a_circle_cannot_be_asked_about(command, circle, arguments):
    assert "meghri-road" in assert_one_line(command(*arguments, atlas=circle))


def test_check_prints_each_fault_with_row_field_and_remedy(command, atlas_folder, edit_table):
    spoil(edit_table, atlas_folder, "links", "rail-rasht-qazvin", length_km="-5")
    done = command("check", str(atlas_folder))
    assert done.returncode == 1
    assert done.stderr == ""
    assert "links.csv, row " in done.stdout
    assert "length_km = '-5': Expected at least 0.1 km." in done.stdout


def test_check_as_json_names_the_cell(command, atlas_folder, edit_table):
    spoil(edit_table, atlas_folder, "links", "rail-rasht-qazvin", source_ids="no_such_source")
    done = command("check", str(atlas_folder), "--json")
    cells = [(fault["file"], fault["field"], fault["value"]) for fault in json.loads(done.stdout)["faults"]]
    assert done.returncode == 1
    assert ("links.csv", "source_ids", "no_such_source") in cells


def test_check_of_no_folder_is_a_fault(command):
    done = command("check", "no-such-folder")
    assert done.returncode == 1
    assert "no-such-folder" in done.stdout
