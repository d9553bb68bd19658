"""What a command does not need it does not import."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "geopandas", "folium", "osmnx"}
ARRAYS = {"numpy", "scipy", "shapely", "pyproj", "networkx"}
SCRIPT = """
import contextlib, io, json, sys
from corridors.cli.app import app
with contextlib.redirect_stdout(io.StringIO()):
    try:
        app(sys.argv[1:], standalone_mode=False)
    except SystemExit:
        pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded(*arguments):
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        timeout=60,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list"], ["list", "events", "--json"], ["show", "rasht-astara"], ["treaty"]]
)
def test_command_that_only_looks_up_loads_no_arrays(arguments):
    assert not (HEAVY | ARRAYS) & loaded(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["route", "Moscow", "Bandar Abbas"],
        ["distance", "instc-west"],
        ["bottlenecks", "instc-west", "--json"],
        ["check"],
    ],
)
def test_query_loads_neither_tables_nor_maps(arguments):
    assert not HEAVY & loaded(*arguments)


def test_query_of_a_route_does_load_arrays():
    # Without this, a broken way of looking would let the tests above pass.
    assert {"numpy", "scipy"} <= loaded("route", "Moscow", "Bandar Abbas")
