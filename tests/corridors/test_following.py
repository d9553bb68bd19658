"""Corridors are followed whole, alone and within a longer journey."""

import pytest

from corridors.corridor_names import corridor_ends, find_corridor
from corridors.errors import AmbiguousNameError, InputError, NoRouteError
from corridors.following import find_corridor_route, find_route_over
from corridors.network import PIPELINES
from corridors.places import resolve_place
from corridors.scenarios import assume_open
from geodata import load_atlas

SHIPPED = load_atlas()
ALL = sorted(row["id"] for row in SHIPPED.corridors)
PIPED = [item for item in ALL if {SHIPPED.links[link]["mode"] for link in SHIPPED.legs[item]} <= PIPELINES]
TRANSPORT = [item for item in ALL if item not in PIPED]


@pytest.mark.parametrize("corridor_id", TRANSPORT)
def test_followed_corridor_uses_each_of_its_links_once_in_order(atlas, network, corridor_id):
    route = find_corridor_route(network, corridor_id)
    assert tuple(leg.link_id for leg in route.legs) == atlas.legs[corridor_id]


@pytest.mark.parametrize("corridor_id", TRANSPORT)
def test_followed_corridor_is_as_long_as_its_legs(atlas, network, corridor_id):
    expected = sum(atlas.links[link]["length_km"] for link in atlas.legs[corridor_id])
    assert find_corridor_route(network, corridor_id).distance_km == pytest.approx(expected)


@pytest.mark.parametrize("corridor_id", ALL)
def test_ends_of_a_corridor_are_ends_of_its_outer_links(atlas, corridor_id):
    first, last = corridor_ends(atlas, corridor_id)
    outer = [atlas.links[atlas.legs[corridor_id][index]] for index in (0, -1)]
    assert first in {outer[0]["from_id"], outer[0]["to_id"]}
    assert last in {outer[1]["from_id"], outer[1]["to_id"]}
    assert first != last


@pytest.mark.parametrize("corridor_id", PIPED)
def test_pipelines_cannot_be_followed(network, corridor_id):
    with pytest.raises(InputError, match="pipelines"):
        find_corridor_route(network, corridor_id)


@pytest.mark.parametrize("corridor_id", PIPED)
def test_journey_cannot_go_over_pipelines(atlas, network, corridor_id):
    ends = (resolve_place(atlas, name) for name in ("Moscow", "Mumbai"))
    with pytest.raises(InputError, match="pipelines"):
        find_route_over(network, *ends, corridor_id)


def test_there_are_pipelines_to_refuse():
    assert PIPED == ["caspian-oil-swap", "gas-russia-azerbaijan-iran", "iran-armenia-gas"]


def test_journey_over_a_corridor_uses_all_its_links(atlas, network):
    ends = (resolve_place(atlas, name) for name in ("Kars", "Moscow"))
    route = find_route_over(network, *ends, "btk")
    assert set(atlas.legs["btk"]) <= {leg.link_id for leg in route.legs}
    assert (route.legs[0].from_id, route.legs[-1].to_id) == ("tr-kars", "ru-moscow")


def test_journey_may_follow_a_corridor_backwards(atlas, network):
    there, back = (
        find_route_over(network, *(resolve_place(atlas, name) for name in ends), "suez")
        for ends in (("St Petersburg", "Mumbai"), ("Mumbai", "St Petersburg"))
    )
    assert [leg.link_id for leg in back.legs] == [leg.link_id for leg in there.legs][::-1]


def test_journey_over_an_unbuilt_corridor_names_what_is_missing(atlas, network):
    ends = (resolve_place(atlas, name) for name in ("Moscow", "Tehran"))
    with pytest.raises(NoRouteError) as caught:
        find_route_over(network, *ends, "rasht-astara")
    assert {item.object_id for item in caught.value.blockages} == set(atlas.legs["rasht-astara"])


def test_journey_over_a_corridor_assumed_open_says_so(atlas, network):
    scenario, opened = assume_open(atlas, ["rasht-astara"], atlas.data_date)
    ends = (resolve_place(atlas, name) for name in ("Moscow", "Tehran"))
    route = find_route_over(network.on_atlas(scenario), *ends, "rasht-astara", assumed_open=opened)
    assert route.assumed_open == opened
    assert set(atlas.legs["rasht-astara"]) <= {leg.link_id for leg in route.legs}


def test_journey_that_starts_within_a_corridor_is_refused(atlas, network):
    ends = (resolve_place(atlas, name) for name in ("Ganja", "Mumbai"))
    with pytest.raises(InputError, match="lies within btk"):
        find_route_over(network, *ends, "btk")


def test_journey_that_starts_on_a_link_of_a_corridor_is_refused(atlas, network):
    ends = (resolve_place(atlas, name, modes=["rail"]) for name in ("47.5,40.6", "ru-moscow"))
    with pytest.raises(InputError, match="lies within btk"):
        find_route_over(network, *ends, "btk")


def test_journey_that_would_turn_back_is_refused(atlas, network):
    ends = (resolve_place(atlas, name) for name in ("Moscow", "Tehran"))
    with pytest.raises(InputError, match="turn back"):
        find_route_over(network, *ends, "chabahar-zahedan")


@pytest.mark.parametrize(
    ("text", "corridor_id"),
    [("rasht-astara", "rasht-astara"), ("TRIPP", "meghri"), ("zangezur corridor", "meghri"), ("araz corridor", "aras")],
)
def test_corridor_is_found_by_id_and_party_name(atlas, text, corridor_id):
    assert find_corridor(atlas, text) == corridor_id


def test_text_that_names_no_corridor_finds_none(atlas):
    assert find_corridor(atlas, "Panama") is None


def test_name_of_two_equal_corridors_lists_both(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "corridors",
        lambda rows: [{**row, "alt_names": "Twin"} if row["id"] in {"suez", "cape"} else row for row in rows],
    )
    with pytest.raises(AmbiguousNameError, match="cape, suez"):
        find_corridor(load_atlas(atlas_folder), "twin")
