"""Shapes: geodesics against known values, lines from place to place, shares of countries."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.atlas import Atlas
from geodata.errors import UnknownIdError
from geodata.geometry_check import distance_km
from geodata.shape import SEA, Shape, drawn_km, geodesic_km, km_by_country, segment_km, shape_of, town_shape

# WGS84: the equator is 40,075.017 km long, a meridian's quadrant 10,001.966 km.
EQUATOR_DEGREE_KM = 40075.017 / 360
QUADRANT_KM = 10001.966
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
MEAN_RADIUS_KM = 6371.0088


def haversine_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (lon_a, lat_a, lon_b, lat_b))
    square = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(square)))


def test_geodesic_agrees_with_the_ellipsoid() -> None:
    assert geodesic_km(10, 0, 11, 0) == pytest.approx(EQUATOR_DEGREE_KM, abs=0.001)
    assert geodesic_km(50, 0, 50, 90) == pytest.approx(QUADRANT_KM, abs=0.001)


@given(LON, LAT, LON, LAT)
def test_geodesic_is_within_six_in_a_thousand_of_the_sphere(a: float, b: float, c: float, d: float) -> None:
    assert geodesic_km(a, b, c, d) == pytest.approx(haversine_km(a, b, c, d), rel=0.006, abs=0.001)
    assert geodesic_km(a, b, c, d) == pytest.approx(geodesic_km(c, d, a, b), abs=1e-6)


def test_length_of_a_line_is_the_sum_of_its_pieces() -> None:
    lons, lats = (48.0, 49.0, 49.0), (38.0, 38.0, 39.0)
    shape = Shape("x", lons, lats, ("IR",) * 3, ("a", "b", "c"), "towns")

    assert segment_km(lons, lats).shape == (2,)
    assert drawn_km(shape) == pytest.approx(geodesic_km(48, 38, 49, 38) + geodesic_km(49, 38, 49, 39))


def test_every_shape_runs_from_the_first_place_to_the_second(atlas: Atlas) -> None:
    for link in atlas.links:
        shape = shape_of(atlas, link["id"])
        start, end = atlas.places[link["from_id"]], atlas.places[link["to_id"]]
        assert (shape.lons[0], shape.lats[0]) == (start["lon"], start["lat"])
        assert (shape.lons[-1], shape.lats[-1]) == (end["lon"], end["lat"])
        assert len(shape.lons) == len(shape.lats) == len(shape.countries) == len(shape.names) >= 2


def test_points_between_stand_in_the_order_of_both_tables(atlas: Atlas) -> None:
    rows = [(row["link_id"], row["seq"], row["name"]) for table in (atlas.vias, atlas.waypoints) for row in table]

    assert rows
    for link in atlas.links:
        names = [name for link_id, _, name in sorted(rows) if link_id == link["id"]]
        assert list(town_shape(atlas, link["id"]).names[1:-1]) == names


def test_quality_tells_what_a_line_is_made_of(atlas: Atlas) -> None:
    towns, hand = ({row["link_id"] for row in table} for table in (atlas.vias, atlas.waypoints))
    mapped = {row["link_id"] for row in atlas.junctions}

    for link in atlas.links:
        expected = {
            (False, False): "straight",
            (True, False): "towns",
            (False, True): "hand-set",
            (True, True): "mixed",
        }[link["id"] in towns, link["id"] in hand]
        assert town_shape(atlas, link["id"]).quality == expected
        assert shape_of(atlas, link["id"]).quality == ("junctions" if link["id"] in mapped else expected)


def test_unknown_link_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownIdError, match="rail-nowhere"):
        shape_of(atlas, "rail-nowhere")


def test_shares_of_countries_add_up_to_the_stated_length(atlas: Atlas) -> None:
    for link in atlas.links:
        shares = km_by_country(atlas, link["id"])
        assert sum(shares.values()) == pytest.approx(link["length_km"])
        assert all(km >= 0 for km in shares.values())
        assert list(shares) == sorted(shares)


def test_ship_legs_lie_at_sea_and_canals_in_their_country(atlas: Atlas) -> None:
    assert set(km_by_country(atlas, "sea-aktau-amirabad")) == {SEA}
    assert set(km_by_country(atlas, "canal-suez")) == {"EG"}


def test_border_link_is_shared_by_the_countries_of_its_ends(atlas: Atlas) -> None:
    link = atlas.links["rail-samur-yalama"]
    ends = {atlas.places[link[end]]["country"] for end in ("from_id", "to_id")}

    shares = km_by_country(atlas, link["id"])

    assert set(shares) == ends
    assert min(shares.values()) > 0


def test_distance_of_a_point_from_a_line() -> None:
    line = Shape("x", (48.0, 50.0), (38.0, 38.0), ("IR", "IR"), ("a", "b"), "straight")

    assert distance_km(line, 49.0, 38.0) == pytest.approx(0, abs=1e-9)
    assert distance_km(line, 49.0, 38.5) == pytest.approx(geodesic_km(49, 38, 49, 38.5), rel=0.01)
    assert distance_km(line, 51.0, 38.0) == pytest.approx(geodesic_km(50, 38, 51, 38), rel=0.01)


def test_distance_from_a_line_of_one_place_is_that_of_the_place() -> None:
    line = Shape("x", (48.0, 48.0), (38.0, 38.0), ("IR", "IR"), ("a", "a"), "straight")

    assert distance_km(line, 48.0, 38.5) == pytest.approx(geodesic_km(48, 38, 48, 38.5), rel=0.01)
