"""Routes are whole, add up, obey what was asked, and refuse what cannot be answered."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from corridors.errors import InputError, NoRouteError
from corridors.network import build_network
from corridors.places import resolve_place
from corridors.routing import find_route
from corridors.scenarios import assume_open
from geodata import StatusInterval, geodesic_km

QUESTIONS = [
    pytest.param("Moscow", "Bandar Abbas", {"modes": ["rail"]}, id="rail-with-break-of-gauge"),
    pytest.param("St Petersburg", "Mumbai", {}, id="by-time"),
    pytest.param("St Petersburg", "Mumbai", {"by": "cost"}, id="by-cost"),
    pytest.param("St Petersburg", "Mumbai", {"by": "distance"}, id="by-distance"),
    pytest.param("Baku", "Rasht", {"modes": ["road"]}, id="road-over-a-border"),
    pytest.param("49.95,40.42", "49.5,37.3", {}, id="both-ends-on-links"),
    pytest.param("44.72,40.0", "Tbilisi", {}, id="start-on-a-link"),
    pytest.param("Tehran", "60.8,29.45", {}, id="end-on-a-link"),
]


def places_of(route):
    """Return the places of a route in order, as its legs name them."""
    return [(leg.from_id, leg.to_id) for leg in route.legs]


@pytest.mark.parametrize(("start", "end", "options"), QUESTIONS)
def test_each_leg_begins_where_the_last_one_ended(network, travel, start, end, options):
    legs = places_of(travel(network, start, end, **options))
    assert all(before[1] == after[0] for before, after in pairwise(legs))


@pytest.mark.parametrize(("start", "end", "options"), QUESTIONS)
def test_first_and_last_leg_touch_the_ends_asked_for(network, travel, start, end, options):
    route = travel(network, start, end, **options)
    assert route.legs[0].from_id in {route.start.id, *route.start.place_ids}
    assert route.legs[-1].to_id in {route.end.id, *route.end.place_ids}


@pytest.mark.parametrize(("start", "end", "options"), QUESTIONS)
def test_totals_are_the_sums_of_legs_and_waits(network, travel, start, end, options):
    route = travel(network, start, end, **options)
    steps = [*route.legs, *route.transfers]
    assert route.distance_km == pytest.approx(sum(leg.distance_km for leg in route.legs))
    assert route.time_h == pytest.approx(sum(step.time_h for step in steps))
    assert route.cost_usd == pytest.approx(sum(step.cost_usd for step in steps))


@pytest.mark.parametrize(("start", "end", "options"), QUESTIONS)
def test_whole_links_have_their_stated_length(network, travel, start, end, options):
    route = travel(network, start, end, **options)
    places = {row["id"] for row in network.atlas.places}
    whole = [leg for leg in route.legs if {leg.from_id, leg.to_id} <= places]
    assert len(whole) >= len(route.legs) - 2
    assert all(leg.distance_km == network.atlas.links[leg.link_id]["length_km"] for leg in whole)


@pytest.mark.parametrize("by", ["time", "cost", "distance"])
def test_best_by_a_criterion_is_no_worse_than_the_best_by_another(network, travel, by):
    value = {"time": "time_h", "cost": "cost_usd", "distance": "distance_km"}[by]
    best = getattr(travel(network, "Moscow", "Mumbai", by=by), value)
    assert all(
        best <= getattr(travel(network, "Moscow", "Mumbai", by=other), value) + 0.01
        for other in ("time", "cost", "distance")
    )


def test_part_of_a_snapped_link_is_in_proportion(network):
    atlas = network.atlas
    start = resolve_place(atlas, "44.72,40.0")
    route = find_route(network, start, resolve_place(atlas, "am-masis"), modes=["rail"])
    link = atlas.links[start.snap.link_id]
    part = start.snap.fraction if link["from_id"] == "am-masis" else 1 - start.snap.fraction
    arc = next(arc for arc in network.arcs if arc.object_id == link["id"])
    assert [leg.link_id for leg in route.legs] == [link["id"]]
    assert route.distance_km == pytest.approx(part * link["length_km"])
    assert route.time_h == pytest.approx(part * arc.time_h)
    assert route.cost_usd == pytest.approx(part * arc.cost_usd)


def test_the_two_parts_of_a_snapped_link_make_the_whole(network):
    atlas = network.atlas
    point = resolve_place(atlas, "44.72,40.0")
    link = atlas.links[point.snap.link_id]
    parts = [
        find_route(network, point, resolve_place(atlas, link[end]), modes=["rail"], by="distance").distance_km
        for end in ("from_id", "to_id")
    ]
    assert sum(parts) == pytest.approx(link["length_km"])


def test_both_ends_on_one_link_take_the_piece_between_them(network):
    atlas = network.atlas
    ends = [resolve_place(atlas, text, modes=["rail"]) for text in ("49.6,36.5", "49.45,36.75")]
    route = find_route(network, *ends, modes=["rail"])
    share = abs(ends[0].snap.fraction - ends[1].snap.fraction)
    assert [leg.link_id for leg in route.legs] == [ends[0].snap.link_id]
    assert 0 < share < 1
    assert route.distance_km == pytest.approx(share * atlas.links[ends[0].snap.link_id]["length_km"])
    assert (route.legs[0].from_id, route.legs[0].to_id) == (ends[0].id, ends[1].id)


def test_both_ends_on_one_link_go_round_where_it_is_taken_out(network):
    ends = [resolve_place(network.atlas, text, modes=["road"]) for text in ("49.515,37.32", "49.53,37.30")]
    link_id = ends[0].snap.link_id
    assert ends[1].snap.link_id == link_id
    with pytest.raises(NoRouteError):
        find_route(network, *ends, modes=["road"], without=[link_id])


def test_route_of_a_reversed_question_is_as_long(network, travel):
    there, back = (travel(network, *ends, by="distance") for ends in (("Moscow", "Tehran"), ("Tehran", "Moscow")))
    assert there.distance_km == pytest.approx(back.distance_km)


def test_link_taken_out_is_not_used(network, travel):
    first = travel(network, "Tehran", "Bandar Abbas", modes=["rail"])
    used = "rail-badrud-ardakan"
    other = travel(network, "Tehran", "Bandar Abbas", modes=["rail"], without=[used])
    assert used in {leg.link_id for leg in first.legs}
    assert used not in {leg.link_id for leg in other.legs}
    assert other.time_h > first.time_h


def test_only_the_links_named_are_used(network, travel):
    only = {"road-baku-astara", "road-astara-az-bridge", "road-astara-bridge-rasht"}
    route = travel(network, "Baku", "Rasht", only=only)
    assert {leg.link_id for leg in route.legs} == only


def test_no_link_named_means_no_route(network, travel):
    with pytest.raises(NoRouteError) as caught:
        travel(network, "Baku", "Rasht", only=[])
    assert caught.value.blockages == ()


def test_links_to_keep_to_are_left_as_little_as_can_be(network, travel):
    kept = set(network.atlas.legs["instc-transcaspian"])

    def away_km(route):
        return sum(leg.distance_km for leg in route.legs if leg.link_id not in kept)

    free, bound = (travel(network, "St Petersburg", "Mumbai", keep_to=links) for links in ((), kept))
    assert {leg.link_id for leg in bound.legs} <= kept
    assert away_km(free) > 0
    assert bound.time_h > free.time_h


def test_modes_bound_legs_and_transfers(network, travel):
    route = travel(network, "Moscow", "Bandar Abbas", modes=["rail"])
    assert {leg.mode for leg in route.legs} == {"rail"}
    assert {step.kind for step in route.transfers} <= {"border", "gauge"}


@pytest.mark.parametrize(
    ("start", "end", "options", "message"),
    [
        pytest.param("Rasht", "Rasht", {}, "same or share a place", id="same-place"),
        pytest.param("Baku", "az-bilajari", {}, "same or share a place", id="place-of-its-hub"),
        pytest.param("49.5,37.3", "49.5,37.3", {}, "same or share a place", id="same-point"),
        pytest.param("az-khankendi", "Rasht", {}, "not on the transport network", id="off-the-network"),
        pytest.param("Rasht", "az-khankendi", {}, "az-khankendi", id="end-off-the-network"),
        pytest.param("Rasht", "Qazvin", {"by": "speed"}, "time, cost, distance", id="unknown-criterion"),
        pytest.param("Rasht", "Qazvin", {"modes": ["train"]}, "'train' is no mode", id="unknown-mode"),
        pytest.param("Rasht", "Qazvin", {"modes": ["oil_pipeline"]}, "is no mode", id="pipelines-carry-no-cargo"),
    ],
)
def test_question_that_cannot_be_asked_is_refused(network, travel, start, end, options, message):
    with pytest.raises(InputError, match=message):
        travel(network, start, end, **options)


def test_way_over_eight_times_the_straight_line_is_no_answer(network, travel):
    with pytest.raises(NoRouteError, match="3,945 km, 12 times the straight line"):
        travel(network, "Baku", "Rasht", modes=["rail"])


def test_larger_bound_on_the_detour_shows_the_way(network, travel):
    route = travel(network, "Baku", "Rasht", modes=["rail"], max_detour=13)
    straight = geodesic_km(route.start.lon, route.start.lat, route.end.lon, route.end.lat)
    assert 8 < route.distance_km / straight < 13


def test_openings_that_are_named_make_a_way_within_the_bound(network, travel):
    # Opening the railway to Horadiz alone would be the cheapest, but leaves a way of 19 times the straight line.
    with pytest.raises(NoRouteError) as caught:
        travel(network, "az-aghband", "az-julfa", modes=["rail", "road"], by="cost")
    opened, _ = assume_open(network.atlas, [item.object_id for item in caught.value.blockages], network.atlas.data_date)
    route = travel(network.on_atlas(opened), "az-aghband", "az-julfa", modes=["rail", "road"], by="cost")
    assert route.distance_km < 1000


def test_shortest_way_is_taken_where_the_best_one_is_beyond_the_bound(network, travel):
    best, shortest = (travel(network, "Moscow", "Mumbai", by=by, max_detour=math.inf) for by in ("cost", "distance"))
    straight = geodesic_km(best.start.lon, best.start.lat, best.end.lon, best.end.lat)
    between = (best.distance_km + shortest.distance_km) / 2 / straight
    bounded = travel(network, "Moscow", "Mumbai", by="cost", max_detour=between)
    assert shortest.distance_km < between * straight < best.distance_km
    assert bounded.legs == shortest.legs


def test_bound_that_no_opening_would_meet_is_said_to_be_the_reason(network, travel):
    with pytest.raises(NoRouteError, match="No opening of links would bring a way within the bound") as caught:
        travel(network, "Moscow", "Mumbai", max_detour=1)
    assert caught.value.blockages == ()


def test_detour_under_a_thousand_km_is_never_refused(network, travel):
    route = travel(network, "Baku", "Rasht", modes=["road"], max_detour=1)
    assert route.distance_km < 1000


def test_place_without_any_open_way_names_what_to_open(network, travel):
    with pytest.raises(NoRouteError, match="--assume-open rail-talesh-rezvanshahr") as caught:
        travel(network, "Rasht", "Talesh", modes=["rail"])
    assert "rail-talesh-rezvanshahr" in {item.object_id for item in caught.value.blockages}


def test_closed_place_bars_every_way_through_it(network, travel):
    atlas = network.atlas
    free = travel(network, "Tehran", "Rasht", modes=["rail"])
    shut = StatusInterval("ir-qazvin", date(2026, 1, 1), None, "closed", "test", "A", "2026-01-01")
    closed = network.on_atlas(atlas.with_intervals([shut]))
    assert "ir-qazvin" in {leg.to_id for leg in free.legs}
    with pytest.raises(NoRouteError) as caught:
        travel(closed, "Tehran", "Rasht", modes=["rail"])
    assert [item.object_id for item in caught.value.blockages] == ["ir-qazvin"]


def test_closed_place_is_no_bar_before_the_closure(network, travel):
    shut = StatusInterval("ir-qazvin", date(2026, 1, 1), None, "closed", "test", "A", "2026-01-01")
    closed = network.on_atlas(network.atlas.with_intervals([shut]))
    route = travel(closed, "Tehran", "Rasht", modes=["rail"], as_of=date(2025, 12, 31))
    assert "ir-qazvin" in {leg.to_id for leg in route.legs}


def test_restricted_object_on_the_way_is_a_warning_once(network, travel):
    route = travel(network, "Baku", "Astara", modes=["rail"])
    assert "ir-astara-terminal" not in {item.object_id for item in route.warnings}
    further = travel(network, "Baku", "ir-astara-terminal", modes=["rail"])
    named = [item.object_id for item in further.warnings]
    assert sorted(named) == ["ir-astara-terminal", "rail-astara-astara-terminal"]
    assert {item.event_id for item in further.warnings} == {"instc-halt"}


def test_any_status_uses_links_that_are_not_built(network, travel):
    route = travel(network, "Rasht", "Talesh", modes=["rail"], any_status=True)
    assert {leg.status for leg in route.legs} == {"planned"}


def test_border_wait_stands_at_the_crossing_of_its_link(network, travel):
    route = travel(network, "Baku", "Rasht", modes=["road"])
    assert [step.object_id for step in route.transfers if step.kind == "border"] == ["astara-astara"]


def test_to_frame_holds_one_row_per_leg(network, travel):
    route = travel(network, "Tehran", "Rasht", modes=["rail"])
    assert list(route.to_frame()["link_id"]) == [leg.link_id for leg in route.legs]


def test_blockage_in_words_names_status_day_and_event(network, travel):
    with pytest.raises(NoRouteError) as caught:
        travel(network, "Baku", "Rasht", modes=["road"], as_of=date(2026, 3, 6))
    assert str(caught.value.blockages[0]).endswith("is closed since 2026-03-05 (event az-iran-freight-closed)")


def test_network_built_on_another_timeline_differs_only_in_what_is_open(atlas, network):
    shut = StatusInterval("ir-qazvin", date(2026, 1, 1), None, "closed", "test", "A", "2026-01-01")
    other = build_network(atlas.with_intervals([shut]))
    assert other.arcs == network.arcs
    assert replace(other, atlas=atlas).usable(atlas.data_date).tolist() == network.usable(atlas.data_date).tolist()
    assert other.usable(atlas.data_date).sum() < network.usable(atlas.data_date).sum()


@pytest.mark.parametrize(
    ("start", "end", "borders"),
    [
        ("61.1094,36.4734", "Mashhad", []),
        ("61.1094,36.4734", "Tejen", ["sarakhs-sarahs"]),
        ("Tejen", "61.1094,36.4734", ["sarakhs-sarahs"]),
        ("Mashhad", "61.1094,36.4734", []),
        ("48.8752,38.475", "48.8721,38.422", ["astara-astara"]),
    ],
)
def test_a_border_waits_only_on_a_journey_that_crosses_it(network, start, end, borders):
    ends = (resolve_place(network.atlas, text, modes=["rail"]) for text in (start, end))

    route = find_route(network, *ends, modes=["rail"])

    assert [step.object_id for step in route.transfers if step.kind == "border"] == borders
