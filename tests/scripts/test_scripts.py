import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _run(*arguments):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_readme_shows_the_table_that_the_script_prints():
    table = _run("scripts/route_table.py").stdout.strip()

    assert table.count("\n") == 13
    assert table in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_made_from_the_schema():
    assert _run("scripts/build_dictionary.py", "--check").returncode == 0


def test_the_towns_come_from_the_gazetteer():
    run = _run("scripts/build_vias.py", "--check")

    assert run.returncode == 0, run.stdout + run.stderr


def test_the_bottleneck_script_prints_one_table():
    lines = _run("scripts/bottlenecks.py", "rasht-astara").stdout.splitlines()

    assert lines[0].startswith("corridor_id,as_of,kind,rank,object_id")
    assert {line.split(",")[0] for line in lines[1:]} == {"rasht-astara"}


def test_an_unknown_corridor_is_one_line_of_error():
    run = _run("scripts/bottlenecks.py", "atlantis")

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("Error: No corridor is called 'atlantis'")


def test_the_route_map_script_writes_a_page(tmp_path):
    run = _run("scripts/route_map.py", "Moscow", "Bandar Abbas", str(tmp_path / "route.html"), "rail")

    assert run.returncode == 0, run.stderr
    assert "Moscow" in (tmp_path / "route.html").read_text(encoding="utf-8")


def test_the_route_map_script_needs_three_arguments():
    assert _run("scripts/route_map.py", "Moscow").returncode == 2


def test_build_atlas_says_where_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    run = _run("scripts/build_atlas.py", str(tmp_path / "file" / "atlas"))

    assert run.returncode == 1
    assert run.stderr.startswith("Error: Nothing can be written in")
