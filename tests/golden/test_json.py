"""The JSON of a route and of a distance has these fields, in this order, with these types."""

import json

import pytest

from corridors.distances import measure, measure_corridor

NUMBER = (int, float)
TEXT_OR_NONE = (str, type(None))
ENDPOINT = {"id": str, "name": str, "lon": NUMBER, "lat": NUMBER, "snap_km": NUMBER}
ROUTE = {
    "schema_version": int,
    "cargo_unit": str,
    "from": dict,
    "to": dict,
    "as_of": str,
    "by": str,
    "distance_km": NUMBER,
    "time_h": NUMBER,
    "cost_usd": NUMBER,
    "assumed_share": dict,
    "assumed_open": list,
    "legs": list,
    "transfers": list,
    "warnings": list,
}
LEG = {
    "link_id": str,
    "mode": str,
    "from": str,
    "to": str,
    "distance_km": NUMBER,
    "time_h": NUMBER,
    "cost_usd": NUMBER,
    "status": str,
    "source_ids": list,
}
TRANSFER = {
    "place": str,
    "kind": str,
    "object_id": str,
    "time_h": NUMBER,
    "cost_usd": NUMBER,
    "assumed": bool,
    "source_ids": list,
}
WARNING = {"object_id": str, "status": str, "event_id": TEXT_OR_NONE, "date": TEXT_OR_NONE, "grade": str}
DISTANCE = {
    "schema_version": int,
    "from": dict,
    "to": dict,
    "as_of": str,
    "distance_km": NUMBER,
    "geodesic_km": NUMBER,
    "by_mode": dict,
    "by_status": dict,
    "by_country": dict,
    "assumed_share": dict,
    "legs": list,
}
DISTANCE_LEG = {
    "link_id": str,
    "mode": str,
    "status": str,
    "distance_km": NUMBER,
    "drawn_km": NUMBER,
    "geodesic_km": NUMBER,
    "method": str,
    "assumed": bool,
}
SHARES = dict.fromkeys(("distance", "time", "cost"), NUMBER)


def assert_shape(value, shape):
    assert list(value) == list(shape)
    for key, kind in shape.items():
        assert isinstance(value[key], kind), f"{key} is {value[key]!r}"


@pytest.fixture(scope="module")
def route(network, travel):
    return travel(network, "Moscow", "Bandar Abbas", modes=["rail"])


def test_route_has_exactly_its_fields(route):
    plain = json.loads(json.dumps(route.to_dict()))
    assert_shape(plain, ROUTE)
    assert_shape(plain["from"], ENDPOINT)
    assert_shape(plain["to"], ENDPOINT)
    assert_shape(plain["assumed_share"], SHARES)


@pytest.mark.parametrize(("part", "shape"), [("legs", LEG), ("transfers", TRANSFER), ("warnings", WARNING)])
def test_parts_of_a_route_have_exactly_their_fields(route, part, shape):
    plain = json.loads(json.dumps(route.to_dict()))
    assert plain[part]
    for item in plain[part]:
        assert_shape(item, shape)


def test_route_states_its_version_and_cargo_unit(route):
    plain = route.to_dict()
    assert (plain["schema_version"], plain["cargo_unit"]) == (1, "TEU")


def test_snapped_endpoint_reports_its_snap_distance(network, travel):
    plain = travel(network, "44.72,40.0", "am-masis", modes=["rail"]).to_dict()
    assert_shape(plain["from"], ENDPOINT)
    assert plain["from"]["snap_km"] > 10
    assert plain["to"]["snap_km"] == 0


def test_distance_of_a_route_has_exactly_its_fields(atlas, route):
    plain = json.loads(json.dumps(measure(atlas, route).to_dict()))
    assert_shape(plain, DISTANCE)
    assert_shape(plain["from"], ENDPOINT)
    for leg in plain["legs"]:
        assert_shape(leg, DISTANCE_LEG)


def test_distance_of_a_corridor_has_exactly_its_fields(atlas):
    plain = json.loads(json.dumps(measure_corridor(atlas, "iran-armenia-gas").to_dict()))
    assert_shape(plain, DISTANCE)
    assert_shape(plain["to"], ENDPOINT)


@pytest.mark.parametrize("name", ["by_mode", "by_status", "by_country"])
def test_rounded_parts_of_a_distance_still_add_up(atlas, route, name):
    plain = measure(atlas, route).to_dict()
    assert sum(plain[name].values()) == pytest.approx(plain["distance_km"], abs=0.05 * len(plain[name]) + 0.05)
