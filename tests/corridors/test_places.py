"""Places are found by hub, id, name in any script and coordinates; what is unclear is refused with the way out."""

from dataclasses import dataclass

import numpy as np
import pytest
from pyproj import Geod

from corridors.errors import AmbiguousNameError, InputError
from corridors.network import PIPELINES
from corridors.places import MAX_SNAP_KM, resolve_place
from geodata import UnknownIdError, load_atlas, shape_of
from geodata.status import USABLE

GEOD = Geod(ellps="WGS84")
STEP_KM = 0.5
NEAR_LINKS = [
    (49.5, 37.3),
    (49.95, 40.42),
    (44.72, 40.0),
    (48.05, 46.3),
    (56.1, 27.3),
    (60.8, 29.45),
    (54.2, 37.0),
    (44.9, 41.6),
    (43.4, 53.2),
    (54.9, 31.8),
]


@dataclass
class Cloud:
    """Points every half kilometre along every open link that is no pipeline."""

    link_ids: np.ndarray
    fractions: np.ndarray
    lons: np.ndarray
    lats: np.ndarray

    def nearest(self, lon, lat, link_id=None):
        kept = np.ones(len(self.lons), bool) if link_id is None else self.link_ids == link_id
        many = np.full(kept.sum(), lon), np.full(kept.sum(), lat)
        km = GEOD.inv(*many, self.lons[kept], self.lats[kept])[2] / 1000
        best = int(np.argmin(km))
        return self.link_ids[kept][best], float(self.fractions[kept][best]), float(km[best])


@pytest.fixture(scope="module")
def cloud(atlas):
    parts = []
    for link in atlas.links:
        if link["mode"] in PIPELINES or atlas.status(link["id"], atlas.data_date).status not in USABLE:
            continue
        shape = shape_of(atlas, link["id"])
        lons, lats = np.array(shape.lons), np.array(shape.lats)
        km = GEOD.inv(lons[:-1], lats[:-1], lons[1:], lats[1:])[2] / 1000
        ahead = np.concatenate(([0.0], np.cumsum(km)))
        for index, length in enumerate(km):
            share = np.linspace(0, 1, max(2, int(length / STEP_KM)))
            parts.append(
                (
                    np.full(len(share), link["id"], dtype=object),
                    (ahead[index] + share * length) / ahead[-1],
                    lons[index] + share * (lons[index + 1] - lons[index]),
                    lats[index] + share * (lats[index + 1] - lats[index]),
                )
            )
    return Cloud(*(np.concatenate(column) for column in zip(*parts, strict=True)))


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        pytest.param("Baku", ("az-alat", "az-baku", "az-bilajari"), id="hub-before-the-place-of-the-same-name"),
        pytest.param("astara", ("az-astara", "ir-astara-bridge", "ir-astara-port", "ir-astara-terminal"), id="hub-id"),
        pytest.param("az-baku", ("az-baku",), id="id-of-one-place-of-a-hub"),
        pytest.param("ir-rasht", ("ir-rasht",), id="id"),
        pytest.param("Rasht", ("ir-rasht",), id="name"),
        pytest.param("  rasht ", ("ir-rasht",), id="case-and-space"),
        pytest.param("Bombay", ("in-mumbai", "in-nhava-sheva"), id="older-name"),
        pytest.param("بندرعباس", ("ir-bandar-abbas-bahonar", "ir-bandar-abbas-rajaee"), id="hub-in-persian"),
        pytest.param("Астрахань", ("ru-astrakhan", "ru-astrakhan-port"), id="hub-in-cyrillic"),
        pytest.param("БАКУ", ("az-alat", "az-baku", "az-bilajari"), id="cyrillic-capitals"),
        pytest.param("Bakı", ("az-alat", "az-baku", "az-bilajari"), id="dotless-i"),
    ],
)
def test_text_names_its_places(atlas, text, place_ids):
    assert resolve_place(atlas, text).place_ids == place_ids


def test_every_place_is_found_by_its_id(atlas):
    hubs = {row["id"] for row in atlas.hubs}
    assert all(
        resolve_place(atlas, row["id"]).place_ids == (row["id"],) for row in atlas.places if row["id"] not in hubs
    )


def test_hub_stands_in_the_middle_of_its_places(atlas):
    found = resolve_place(atlas, "Mumbai")
    members = [atlas.places[place] for place in found.place_ids]
    assert found.lon == pytest.approx(np.mean([row["lon"] for row in members]), abs=1e-4)
    assert found.lat == pytest.approx(np.mean([row["lat"] for row in members]), abs=1e-4)


def test_name_of_two_places_lists_both(atlas):
    with pytest.raises(AmbiguousNameError, match="az-samur-road, ru-samur") as caught:
        resolve_place(atlas, "Samur")
    assert caught.value.candidates == ("az-samur-road", "ru-samur")


def test_name_made_ambiguous_lists_the_new_candidate(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "places",
        lambda rows: [{**row, "alt_names": "Resht"} if row["id"] in {"ir-rasht", "ir-qazvin"} else row for row in rows],
    )
    with pytest.raises(AmbiguousNameError) as caught:
        resolve_place(load_atlas(atlas_folder), "resht")
    assert caught.value.candidates == ("ir-qazvin", "ir-rasht")


def test_misspelt_name_is_met_with_a_suggestion(atlas):
    with pytest.raises(UnknownIdError, match="Did you mean 'Qazvin'"):
        resolve_place(atlas, "Qazvinn")


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_name_is_refused(atlas, text):
    with pytest.raises(InputError, match="empty"):
        resolve_place(atlas, text)


@pytest.mark.parametrize("text", ["181,10", "-200,0", "10,91", "0,-90.5"])
def test_coordinates_off_the_globe_are_refused(atlas, text):
    with pytest.raises(InputError, match="off the globe"):
        resolve_place(atlas, text)


def test_swapped_coordinates_are_recognised(atlas):
    with pytest.raises(InputError, match="swapped"):
        resolve_place(atlas, "37.28,49.6")


def test_far_coordinates_that_are_not_swapped_get_no_such_hint(atlas):
    with pytest.raises(InputError) as caught:
        resolve_place(atlas, "5,5")
    assert "swapped" not in str(caught.value)


@pytest.mark.parametrize(("lon", "lat"), NEAR_LINKS)
def test_snap_distance_is_that_of_a_brute_search(atlas, cloud, lon, lat):
    _, _, expected = cloud.nearest(lon, lat)
    snap = resolve_place(atlas, f"{lon},{lat}").snap
    assert snap.km == pytest.approx(expected, abs=STEP_KM)


@pytest.mark.parametrize(("lon", "lat"), NEAR_LINKS)
def test_snap_fraction_is_that_of_a_brute_search(atlas, cloud, lon, lat):
    snap = resolve_place(atlas, f"{lon},{lat}").snap
    _, expected, _ = cloud.nearest(lon, lat, snap.link_id)
    shape = shape_of(atlas, snap.link_id)
    length = GEOD.line_length(shape.lons, shape.lats) / 1000
    assert abs(snap.fraction - expected) * length < 2 * STEP_KM


@pytest.mark.parametrize(("lon", "lat"), NEAR_LINKS)
def test_snapped_point_lies_as_far_away_as_it_says(atlas, lon, lat):
    snap = resolve_place(atlas, f"{lon},{lat}").snap
    assert snap.km == pytest.approx(GEOD.inv(lon, lat, snap.lon, snap.lat)[2] / 1000, abs=0.01)


def test_snap_at_the_end_of_a_link_has_the_fraction_of_that_end(atlas):
    place = atlas.places["ir-khash"]
    snap = resolve_place(atlas, f"{place['lon']},{place['lat']}").snap
    link = atlas.links[snap.link_id]
    expected = 0.0 if link["from_id"] == "ir-khash" else 1.0
    assert snap.fraction == pytest.approx(expected, abs=1e-9)
    assert snap.km == pytest.approx(0, abs=1e-6)


def test_point_just_within_the_bound_is_taken_and_beyond_it_refused(atlas):
    text = "44.72,40.0"
    km = resolve_place(atlas, text).snap.km
    assert resolve_place(atlas, text, max_snap_km=km + 0.01).snap.km == km
    with pytest.raises(InputError, match=f"{km:.1f} km"):
        resolve_place(atlas, text, max_snap_km=km - 0.01)


def test_default_bound_is_25_km(atlas):
    # In the south-east of Kerman, more than 100 km from every modelled line.
    text = "59,27"
    with pytest.raises(InputError, match="within 25 km"):
        resolve_place(atlas, text)
    assert resolve_place(atlas, text, max_snap_km=200).snap.km > MAX_SNAP_KM


def test_snap_keeps_to_the_modes_asked_for(atlas):
    found = resolve_place(atlas, "49.5,37.3", modes=["rail"])
    assert atlas.links[found.snap.link_id]["mode"] == "rail"


def test_snap_never_takes_a_pipeline(atlas):
    with pytest.raises(InputError, match="no link has such a mode"):
        resolve_place(atlas, "49.5,37.3", modes=["gas_pipeline"])


def test_snap_never_takes_a_link_that_is_not_open(atlas):
    shape = shape_of(atlas, "rail-astara-terminal-talesh")
    lon = (shape.lons[1] + shape.lons[2]) / 2
    lat = (shape.lats[1] + shape.lats[2]) / 2
    found = resolve_place(atlas, f"{lon:.4f},{lat:.4f}", max_snap_km=500, modes=["rail"])
    assert found.snap.link_id != "rail-astara-terminal-talesh"
