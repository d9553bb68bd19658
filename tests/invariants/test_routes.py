"""What holds for every route between any two places, in any modes, on any day."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, reject, settings
from hypothesis import strategies as st

from corridors.errors import InputError, NoRouteError
from corridors.kernels import shortest_path
from corridors.network import PIPELINES, build_network
from corridors.places import resolve_place
from corridors.routing import CRITERIA, find_route
from corridors.scenarios import assume_open
from geodata import geodesic_km, load_atlas, shape_of
from geodata.status import BLOCKING, USABLE

SLACK = 0.999  # stated lengths are rounded
ATLAS = load_atlas()
NETWORK = build_network(ATLAS)
ON_NETWORK = sorted({*NETWORK.states_of_place, *(row["id"] for row in ATLAS.hubs)})
MODES = sorted({row["mode"] for row in ATLAS.links} - PIPELINES)
EVENT_DAYS = sorted(
    {row["date"] for row in ATLAS.events} | {row["date_end"] for row in ATLAS.events if row["date_end"]}
)
PASSAGES = sorted(row["id"] for row in ATLAS.links if row["mode"] not in PIPELINES)


def point_beside(link_id, part, aside):
    """Return "lon,lat" some kilometres off a part of a land link's drawn line."""
    shape = shape_of(ATLAS, link_id)
    at = part * (len(shape.lons) - 1)
    lon, lat = (np.interp(at, range(len(axis)), axis) for axis in (shape.lons, shape.lats))
    return f"{lon + aside:.3f},{lat - aside:.3f}"


points = st.builds(
    point_beside,
    st.sampled_from(sorted(row["id"] for row in ATLAS.links if row["mode"] in {"rail", "road"})),
    st.floats(0, 1),
    st.floats(-0.05, 0.05),
)
places = st.sampled_from(ON_NETWORK)
days = st.one_of(
    st.just(ATLAS.data_date),
    st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(EVENT_DAYS), st.integers(-1, 1)),
    st.dates(date(2014, 1, 1), date(2027, 12, 31)),
)
mode_sets = st.one_of(st.just(()), st.sets(st.sampled_from(MODES), min_size=1).map(lambda items: tuple(sorted(items))))
closed_in = st.sampled_from((("rail",), ("road",), ("rail", "road"), ("rail", "sea"), ()))
criteria = st.sampled_from(CRITERIA)
many = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
fewer = settings(many, max_examples=60)  # coordinates have to be sought along every link
VALUE = {"time": "time_h", "cost": "cost_usd", "distance": "distance_km"}
# What ties are broken by may make the criterion itself worse by this part of the others.
TIE = 1e-4


def ask(start, end, network=NETWORK, **options):
    """Return the route, or the error that says there is none; leave out what cannot be asked."""
    where = {key: options[key] for key in ("modes", "as_of") if key in options}
    try:
        ends = [resolve_place(network.atlas, text, **where) for text in (start, end)]
        return find_route(network, *ends, **options)
    except NoRouteError as error:
        event("no route")
        return error
    except InputError:
        return reject()


def route_or_nothing(*question, **options):
    found = ask(*question, **options)
    assume(not isinstance(found, NoRouteError))
    return found


@many
@given(places, places, mode_sets, days, criteria)
def test_no_route_is_shorter_than_the_straight_line(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    first, last = (ATLAS.places[place] for place in (route.legs[0].from_id, route.legs[-1].to_id))
    straight = geodesic_km(first["lon"], first["lat"], last["lon"], last["lat"])
    assert route.distance_km >= SLACK * straight


@fewer
@given(points, points, days)
def test_no_snapped_route_is_shorter_than_the_straight_line_less_the_snaps(start, end, day):
    route = route_or_nothing(start, end, as_of=day)
    straight = geodesic_km(route.start.lon, route.start.lat, route.end.lon, route.end.lat)
    assert route.distance_km >= SLACK * (straight - route.start.snap.km - route.end.snap.km) - 0.1


@pytest.mark.parametrize("link_id", PASSAGES)
def test_no_link_is_shorter_than_the_straight_line(link_id):
    link = ATLAS.links[link_id]
    ends = ATLAS.places[link["from_id"]], ATLAS.places[link["to_id"]]
    assert link["length_km"] >= SLACK * geodesic_km(*(end[name] for end in ends for name in ("lon", "lat")))


@fewer
@given(places | points, places | points, mode_sets, days, criteria)
def test_nothing_that_is_shut_is_used(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    assert all(ATLAS.status(leg.link_id, day).status in USABLE for leg in route.legs)
    assert all(leg.status in USABLE for leg in route.legs)
    known = {row["id"] for row in ATLAS.places}
    passed = {place for leg in route.legs for place in (leg.from_id, leg.to_id)} & known
    assert all(ATLAS.status(place, day).status not in BLOCKING for place in passed)
    borders = [step.object_id for step in route.transfers if step.kind == "border"]
    assert all(ATLAS.status(crossing, day).status in USABLE for crossing in borders)


@fewer
@given(places | points, places | points, mode_sets, days, criteria)
def test_only_the_modes_asked_for_are_used(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    assert {leg.mode for leg in route.legs} <= set(modes or MODES)


@many
@given(places, places, mode_sets, days, criteria)
def test_restricted_objects_on_the_way_are_all_named(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    passed = {place for leg in route.legs for place in (leg.from_id, leg.to_id)}
    passed |= {leg.link_id for leg in route.legs} | {step.object_id for step in route.transfers}
    expected = {item for item in passed if ATLAS.status(item, day).status == "restricted"}
    assert sorted(item.object_id for item in route.warnings) == sorted(expected)


@many
@given(places, places, closed_in, days, criteria)
def test_opening_exactly_the_blockages_makes_a_route(start, end, modes, day, by):
    found = ask(start, end, modes=modes, as_of=day, by=by)
    assume(isinstance(found, NoRouteError) and found.blockages)
    named = [item.object_id for item in found.blockages]
    scenario, opened = assume_open(ATLAS, named, day)
    route = ask(start, end, NETWORK.on_atlas(scenario), modes=modes, as_of=day, by=by, assumed_open=opened)
    assert not isinstance(route, NoRouteError), f"{found}\n{route}"
    assert set(named) <= set(opened)


@many
@given(places, places, mode_sets, days, criteria)
def test_every_blockage_is_shut_on_the_day(start, end, modes, day, by):
    found = ask(start, end, modes=modes, as_of=day, by=by)
    assume(isinstance(found, NoRouteError))
    for item in found.blockages:
        state = ATLAS.status(item.object_id, day)
        assert (item.status, item.event_id) == (str(state.status), state.event_id)
        assert state.status not in USABLE


@many
@given(places, places, mode_sets, days, criteria, st.lists(st.sampled_from(PASSAGES), min_size=1, max_size=6))
def test_opening_links_never_makes_the_best_worse(start, end, modes, day, by, links):
    options = {"modes": modes, "as_of": day, "by": by, "max_detour": math.inf}
    before = route_or_nothing(start, end, **options)
    scenario, _ = assume_open(ATLAS, links, day)
    after = ask(start, end, NETWORK.on_atlas(scenario), **options)
    assert getattr(after, VALUE[by]) <= getattr(before, VALUE[by]) * (1 + TIE)


@many
@given(places, places, mode_sets, days, criteria, st.integers(0, 100))
def test_taking_a_link_out_never_makes_the_best_better(start, end, modes, day, by, number):
    options = {"modes": modes, "as_of": day, "by": by, "max_detour": math.inf}
    before = route_or_nothing(start, end, **options)
    lost = before.legs[number % len(before.legs)].link_id
    after = ask(start, end, **options, without=[lost])
    if not isinstance(after, NoRouteError):
        assert lost not in {leg.link_id for leg in after.legs}
        assert getattr(after, VALUE[by]) >= getattr(before, VALUE[by]) * (1 - TIE)


@fewer
@given(places | points, places | points, mode_sets, days, criteria)
def test_legs_and_transfers_add_up(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    plain = route.to_dict()
    steps = plain["legs"] + plain["transfers"]
    assert sum(leg["distance_km"] for leg in plain["legs"]) == pytest.approx(
        plain["distance_km"], abs=0.05 * len(plain["legs"]) + 0.05
    )
    assert sum(step["time_h"] for step in steps) == pytest.approx(plain["time_h"], abs=0.05 * len(steps) + 0.05)
    assert sum(step["cost_usd"] for step in steps) == pytest.approx(plain["cost_usd"], abs=0.05 * len(steps) + 0.5)


@fewer
@given(places | points, places | points, mode_sets, days, criteria)
def test_every_figure_has_a_source_or_is_counted_as_assumed(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    known = {row["id"] for table in (ATLAS.sources, ATLAS.parameters) for row in table}
    for leg in route.legs:
        own = {item for item in leg.source_ids if item in ATLAS.sources}
        assert own or leg.assumed_km == pytest.approx(leg.distance_km)
        assert set(leg.source_ids) <= known
    for step in route.transfers:
        assert set(step.source_ids) <= known
        assert step.source_ids or step.assumed


@fewer
@given(places | points, places | points, mode_sets, days, criteria)
def test_assumed_shares_lie_between_nothing_and_all(start, end, modes, day, by):
    route = route_or_nothing(start, end, modes=modes, as_of=day, by=by)
    assert set(route.assumed_share) == {"distance", "time", "cost"}
    assert all(0 <= share <= 1 + 1e-9 for share in route.assumed_share.values())


@many
@given(places, places, mode_sets, days, criteria)
def test_the_same_question_has_the_same_answer(start, end, modes, day, by):
    first, second = (ask(start, end, modes=modes, as_of=day, by=by) for _ in range(2))
    if isinstance(first, NoRouteError):
        assert str(first) == str(second)
    else:
        assert first.to_dict() == second.to_dict()


@many
@given(
    st.sampled_from(sorted(NETWORK.states_of_place)),
    st.sampled_from(sorted(NETWORK.states_of_place)),
    days,
    criteria,
    st.floats(1e-3, 1e3),
)
def test_scaling_all_weights_leaves_the_path_unchanged(start, end, day, by, scale):
    source, target = (NETWORK.states_of_place[place][0] for place in (start, end))
    weight = np.where(NETWORK.usable(day), NETWORK.weights(by), np.inf)
    arcs = (len(NETWORK.states), NETWORK.tail, NETWORK.head)
    plain = shortest_path(*arcs, weight, source, target)
    scaled = shortest_path(*arcs, weight * scale, source, target)
    assert (plain is None) == (scaled is None)
    if plain is not None:
        assert plain.tolist() == scaled.tolist()
