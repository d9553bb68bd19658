"""Fixtures that tests of several packages share: the shipped atlas, its network, and copies that may be spoilt."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import geodata
from corridors.network import Network, build_network
from corridors.places import resolve_place
from corridors.route import Route
from corridors.routing import find_route
from geodata.atlas import Atlas, load_atlas

SHIPPED = Path(geodata.__file__).parent / "atlas"
Cells = dict[str, str]


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return the atlas that comes with the package."""
    return load_atlas()


@pytest.fixture(scope="session")
def network(atlas: Atlas) -> Network:
    """Return the network of the atlas that comes with the package."""
    return build_network(atlas)


@pytest.fixture(scope="session")
def travel() -> Callable[..., Route]:
    """Return a function that finds a route between two names of places on a network."""

    def travel(network: Network, start: str, end: str, **options) -> Route:
        where = {key: options[key] for key in ("modes", "as_of") if key in options}
        ends = (resolve_place(network.atlas, name, **where) for name in (start, end))
        return find_route(network, *ends, **options)

    return travel


@pytest.fixture
def atlas_folder(tmp_path: Path) -> Path:
    """Return the folder of a copy of the shipped atlas."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "atlas"))


@pytest.fixture(scope="session")
def edit_table() -> Callable[[Path, str, Callable[[list[Cells]], list[Cells]]], None]:
    """Return a function that rewrites the rows of one table of an atlas folder."""

    def edit(folder: Path, table: str, change: Callable[[list[Cells]], list[Cells]]) -> None:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = reader.fieldnames or [], list(reader)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(change(rows))

    return edit
