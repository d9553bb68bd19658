"""A distance's parts add up, and lie in the countries and waters they run through."""

from datetime import date

import pytest

from corridors.distances import measure, measure_corridor
from geodata import geodesic_km, load_atlas

PARTS = ("by_mode", "by_status", "by_country")
CORRIDORS = sorted(row["id"] for row in load_atlas().corridors)
ENDS = [("Moscow", "Bandar Abbas"), ("St Petersburg", "Mumbai"), ("Baku", "Tbilisi"), ("49.95,40.42", "Tehran")]


@pytest.mark.parametrize("corridor_id", CORRIDORS)
def test_parts_of_a_corridor_add_up(atlas, corridor_id):
    found = measure_corridor(atlas, corridor_id)
    for name in PARTS:
        assert sum(getattr(found, name).values()) == pytest.approx(found.distance_km)


@pytest.mark.parametrize(("start", "end"), ENDS)
def test_parts_of_a_route_add_up_to_its_length(atlas, network, travel, start, end):
    route = travel(network, start, end, by="distance")
    found = measure(atlas, route)
    assert found.distance_km == pytest.approx(route.distance_km)
    for name in PARTS:
        assert sum(getattr(found, name).values()) == pytest.approx(route.distance_km)


@pytest.mark.parametrize("corridor_id", CORRIDORS)
def test_corridor_is_as_long_as_its_links(atlas, corridor_id):
    expected = sum(atlas.links[link]["length_km"] for link in atlas.legs[corridor_id])
    assert measure_corridor(atlas, corridor_id).distance_km == pytest.approx(expected)


@pytest.mark.parametrize("corridor_id", CORRIDORS)
def test_no_corridor_is_shorter_than_the_straight_line_between_its_ends(atlas, corridor_id):
    found = measure_corridor(atlas, corridor_id)
    assert found.distance_km >= 0.999 * found.geodesic_km > 0


def test_saratov_to_verkhny_baskunchak_crosses_kazakhstan(atlas, network, travel):
    route = travel(network, "ru-saratov", "ru-verkhny-baskunchak", modes=["rail"])
    parts = measure(atlas, route).by_country
    assert [leg.link_id for leg in route.legs] == ["rail-saratov-verkhny-baskunchak"]
    assert set(parts) == {"KZ", "RU"}
    assert 10 < parts["KZ"] < parts["RU"]


def test_sea_legs_lie_at_sea_and_in_no_country(atlas):
    found = measure_corridor(atlas, "chabahar-india")
    assert found.by_country == {"sea": found.distance_km}
    assert set(found.by_mode) == {"sea"}


def test_canal_lies_in_the_country_of_its_ends(atlas):
    found = measure_corridor(atlas, "suez")
    assert found.by_country["EG"] == found.by_mode["inland_waterway"] == atlas.links["canal-suez"]["length_km"]


def test_status_parts_follow_the_day(atlas):
    before, after = (measure_corridor(atlas, "khaf-herat", day) for day in (date(2020, 12, 9), date(2020, 12, 10)))
    assert before.by_status["under_construction"] - after.by_status.get("under_construction", 0) == 140
    assert after.by_status["operating"] == 140


def test_assumed_share_is_that_of_the_links_without_a_source(atlas):
    found = measure_corridor(atlas, "instc-west")
    assumed = sum(
        atlas.links[link]["length_km"]
        for link in atlas.legs["instc-west"]
        if atlas.provenance_of("links", link, "length_km").assumed
    )
    assert found.assumed_share == pytest.approx(assumed / found.distance_km)
    assert 0 < found.assumed_share < 1


def test_geodesic_is_taken_between_the_ends(atlas):
    found = measure_corridor(atlas, "rasht-astara")
    ends = atlas.places["ir-astara-terminal"], atlas.places["ir-rasht"]
    expected = geodesic_km(*(end[name] for end in ends for name in ("lon", "lat")))
    assert found.geodesic_km == pytest.approx(expected)


def test_snapped_part_counts_in_proportion(atlas, network, travel):
    route = travel(network, "44.72,40.0", "am-masis", modes=["rail"])
    found = measure(atlas, route)
    assert found.legs[0].stated_km == pytest.approx(route.distance_km)
    assert found.legs[0].drawn_km / found.legs[0].stated_km == pytest.approx(
        sum(leg.drawn_km for leg in _whole(atlas, network, travel).legs)
        / atlas.links["rail-masis-yeraskh"]["length_km"]
    )


def _whole(atlas, network, travel):
    return measure(atlas, travel(network, "am-masis", "am-yeraskh", modes=["rail"]))


def test_pipelines_can_be_measured(atlas):
    assert set(measure_corridor(atlas, "iran-armenia-gas").by_mode) == {"gas_pipeline"}
