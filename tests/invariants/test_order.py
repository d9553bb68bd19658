"""Neither the order of rows in a table nor the hash seed of Python changes a byte of what is printed."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import geodata
from corridors.bottlenecks import find_bottlenecks
from corridors.cli.app import app
from corridors.cli.listing import Kind
from corridors.distances import measure, measure_corridor
from corridors.errors import NoRouteError
from corridors.following import find_route_over
from corridors.network import build_network
from corridors.places import resolve_place
from corridors.routing import find_route
from corridors.scenarios import assume_open
from corridors.treaty import read_treaty
from geodata import load_atlas

SHIPPED = Path(geodata.__file__).parent / "atlas"
QUESTIONS = [
    ("Moscow", "Bandar Abbas", {"modes": ["rail"]}),
    ("St Petersburg", "Mumbai", {"by": "cost"}),
    ("Baku", "Tbilisi", {"by": "distance"}),
    ("49.95,40.42", "Tehran", {}),
    ("Baku", "Rasht", {"modes": ["rail"]}),
]
CORRIDORS = ("instc-west", "instc-transcaspian", "meghri", "rasht-astara", "btk")


def route_text(atlas, network):
    found = []
    for start, end, options in QUESTIONS:
        ends = [resolve_place(atlas, name, modes=options.get("modes", ())) for name in (start, end)]
        try:
            route = find_route(network, *ends, **options)
            found += [route.to_dict(), measure(atlas, route).to_dict()]
        except NoRouteError as error:
            found.append(str(error))
    over = (resolve_place(atlas, name) for name in ("St Petersburg", "Mumbai"))
    found.append(find_route_over(network, *over, "suez").to_dict())
    return json.dumps(found, ensure_ascii=False)


def distance_text(atlas, _):
    return json.dumps([measure_corridor(atlas, item).to_dict() for item in (*CORRIDORS, "iran-armenia-gas")])


def bottleneck_text(_, network):
    return json.dumps([find_bottlenecks(network, item).to_dict() for item in CORRIDORS], ensure_ascii=False)


def treaty_text(atlas, _):
    return json.dumps([read_treaty(atlas).to_dict(), read_treaty(atlas, article=21).to_dict()], ensure_ascii=False)


def scenario_text(atlas, network):
    scenario, opened = assume_open(atlas, ["rasht-astara", "kars-dilucu"], atlas.data_date)
    return json.dumps([opened, route_text(scenario, network.on_atlas(scenario))])


TEXTS = [route_text, distance_text, bottleneck_text, treaty_text, scenario_text]


def shuffle(folder: Path, seed: int) -> None:
    # Lines are moved whole, byte for byte; no cell of the shipped tables holds a line break.
    for path in sorted(folder.glob("*.csv")):
        header, *rows = path.read_bytes().splitlines(keepends=True)
        random.Random(seed).shuffle(rows)
        path.write_bytes(header + b"".join(rows))


@pytest.fixture(scope="module", params=[1, 2, 3])
def shuffled(request, tmp_path_factory):
    folder = Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("shuffled") / "atlas"))
    shuffle(folder, request.param)
    atlas = load_atlas(folder)
    return atlas, build_network(atlas)


def test_shuffling_moves_rows_and_loses_none(shuffled, atlas):
    other = shuffled[0]
    for name, table in atlas.tables.items():
        assert len(other.tables[name]) == len(table)
    assert [row["id"] for row in other.links] != [row["id"] for row in atlas.links]
    assert {row["id"] for row in other.links} == {row["id"] for row in atlas.links}


@pytest.mark.parametrize("text", TEXTS)
def test_order_of_rows_changes_no_byte(shuffled, atlas, network, text):
    assert text(*shuffled) == text(atlas, network)


def test_order_of_rows_changes_neither_states_nor_arcs(shuffled, network):
    assert shuffled[1].states == network.states
    assert shuffled[1].arcs == network.arcs


COMMANDS = [
    pytest.param(["route", "Moscow", "Bandar Abbas", "--mode", "rail", "--json"], id="route"),
    pytest.param(["route", "Tehran", "Mumbai", "--as-of", "2026-03-06"], id="route-on-a-day"),
    pytest.param(["distance", "instc-west", "--json"], id="distance"),
    pytest.param(["bottlenecks", "--json"], id="bottlenecks"),
    pytest.param(["treaty"], id="treaty"),
    pytest.param(["show", "meghri"], id="show"),
    *(pytest.param(["list", kind], id=f"list-{kind}") for kind in Kind),
]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_order_of_rows_changes_no_byte_of_a_command(shuffled, arguments):
    folder = shuffled[0].package.folder
    runner = CliRunner()
    done, again = (
        runner.invoke(app, [*arguments, "--atlas", str(path)], catch_exceptions=False) for path in (SHIPPED, folder)
    )
    assert done.exit_code == 0
    assert done.stdout == again.stdout


def run_with_seed(seed):
    """Return what all the texts of this file are in a process with a hash seed of its own."""
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, __file__], capture_output=True, env=surroundings, check=True, timeout=60)
    return done.stdout


def test_hash_seed_changes_no_byte():
    first, second = run_with_seed("1"), run_with_seed("4242")
    assert first == second
    assert first.count(b"schema_version") > 20


if __name__ == "__main__":
    shipped = load_atlas()
    for function in TEXTS:
        print(function(shipped, build_network(shipped)))
