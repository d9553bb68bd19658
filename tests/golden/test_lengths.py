"""Published lengths are reproduced, and where they are not the difference has a stated cause."""

import csv
from pathlib import Path

import pytest

from corridors.distances import measure_corridor
from corridors.following import find_corridor_route
from geodata import load_atlas

SHIPPED = load_atlas()
SUMS = list(csv.DictReader((Path(__file__).parent / "corridor_sums.csv").read_text(encoding="utf-8").splitlines()))
TOLERANCE = 0.01


def of_verdict(verdict):
    return [pytest.param(row["id"], id=row["id"]) for row in SHIPPED.checks if row["verdict"] == verdict]


def ours_km(atlas, row):
    if row["corridor_id"]:
        return measure_corridor(atlas, row["corridor_id"]).distance_km
    return sum(atlas.links[link]["length_km"] for link in row["link_ids"])


def explained_km(atlas, check_id):
    return sum(row["km"] for row in atlas.differences if row["check_id"] == check_id)


@pytest.mark.parametrize("check_id", of_verdict("reproduced"))
def test_published_length_is_reproduced_within_one_per_cent(atlas, check_id):
    row = atlas.checks[check_id]
    assert ours_km(atlas, row) == pytest.approx(row["published_km"], rel=TOLERANCE)
    assert explained_km(atlas, check_id) == 0


@pytest.mark.parametrize("check_id", of_verdict("explained"))
def test_published_length_is_reached_after_the_stated_differences(atlas, check_id):
    row = atlas.checks[check_id]
    assert ours_km(atlas, row) - explained_km(atlas, check_id) == pytest.approx(row["published_km"], rel=TOLERANCE)
    assert explained_km(atlas, check_id) != 0


@pytest.mark.parametrize("check_id", of_verdict("not_explained"))
def test_length_called_unexplained_is_so(atlas, check_id):
    row = atlas.checks[check_id]
    rest = ours_km(atlas, row) - explained_km(atlas, check_id) - row["published_km"]
    assert abs(rest) > TOLERANCE * row["published_km"]


def test_every_check_has_a_source(atlas):
    assert all(row["source_ids"] for row in atlas.checks)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["corridor_id"]) for row in SUMS])
def test_corridor_is_as_long_as_the_sum_worked_out_by_hand(atlas, row):
    # The sums were rounded to whole kilometres.
    assert measure_corridor(atlas, row["corridor_id"]).distance_km == pytest.approx(float(row["legs_km"]), abs=0.51)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["corridor_id"]) for row in SUMS if row["published_km"]])
def test_corridor_agrees_with_its_published_length_or_is_known_not_to(atlas, row):
    assert row["source"] in atlas.sources
    off = measure_corridor(atlas, row["corridor_id"]).distance_km / float(row["published_km"]) - 1
    assert (abs(off) <= TOLERANCE) == (row["agrees"] == "true")


@pytest.mark.parametrize(
    ("corridor_id", "mode", "legs_km"),
    [pytest.param("instc-west", "rail", 5181, id="land-part-of-the-western-branch")],
)
def test_length_by_mode_is_the_sum_worked_out_by_hand(atlas, corridor_id, mode, legs_km):
    assert measure_corridor(atlas, corridor_id).by_mode[mode] == pytest.approx(legs_km, abs=0.51)


def test_moscow_to_mumbai_by_the_western_branch_is_6507_km(network):
    legs = find_corridor_route(network, "instc-west").legs
    from_moscow = legs[[leg.from_id for leg in legs].index("ru-moscow") :]
    assert sum(leg.distance_km for leg in from_moscow) == pytest.approx(6507, abs=0.51)
