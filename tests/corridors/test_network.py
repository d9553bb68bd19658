"""The network has the states and arcs that the atlas implies: gauges, borders in both directions, every wait."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from corridors.network import PIPELINES, Network, build_network, layers_of
from corridors.terms import TermBook
from geodata import load_atlas
from geodata.errors import AtlasError
from geodata.shape import SEA, km_by_country

LAND = ("rail", "road")


def link_arcs(network: Network, link_id: str):
    return [arc for arc in network.arcs if arc.kind == "link" and arc.object_id == link_id]


def test_every_link_but_pipelines_has_arcs(atlas, network):
    expected = {row["id"] for row in atlas.links if row["mode"] not in PIPELINES}
    assert {arc.object_id for arc in network.arcs if arc.kind == "link"} == expected


def test_every_link_runs_both_ways(atlas, network):
    for row in atlas.links:
        starts = Counter(network.states[arc.tail][0] for arc in link_arcs(network, row["id"]))
        if row["mode"] not in PIPELINES:
            assert set(starts) == {row["from_id"], row["to_id"]}
            assert len(set(starts.values())) == 1


def test_rail_layer_is_a_gauge_of_its_link_and_of_its_ends(atlas, network):
    for arc in network.arcs:
        place, layer = network.states[arc.tail]
        if arc.kind == "link" and arc.modes == ("rail",):
            gauge = layer.removeprefix("rail-")
            assert gauge in atlas.links[arc.object_id]["gauges_mm"]
            assert gauge in (atlas.places[place]["gauges_mm"] or (gauge,))


def test_gauge_changes_only_by_a_wait(network):
    for arc in network.arcs:
        layers = [network.states[state][1].split(":")[-1] for state in (arc.tail, arc.head)]
        assert (layers[0] == layers[1]) == (arc.kind in {"link", "border"})


def test_gauge_wait_stands_only_where_two_gauges_meet(atlas, network):
    places = {arc.object_id for arc in network.arcs if arc.kind == "gauge"}
    assert {"ir-astara-terminal", "ir-incheh-borun", "ir-sarakhs"} <= places
    assert all(len(atlas.places[place]["gauges_mm"]) > 1 for place in places)


def test_every_link_over_a_listed_crossing_waits_there_in_both_directions(atlas, network):
    for link_id, crossing_id in atlas.crossing_of_link.items():
        link = atlas.links[link_id]
        for arc in link_arcs(network, link_id):
            after = [step for step in network.arcs if step.tail == arc.head]
            assert [(step.kind, step.object_id) for step in after] == [("border", crossing_id)]
            end = {link["from_id"], link["to_id"]} - {network.states[arc.tail][0]}
            assert {network.states[after[0].head][0]} == end


def test_every_land_link_between_two_countries_passes_a_crossing(atlas):
    without = [
        row["id"]
        for row in atlas.links
        if row["mode"] in LAND
        and atlas.places[row["from_id"]]["country"] != atlas.places[row["to_id"]]["country"]
        and row["id"] not in atlas.crossing_of_link
    ]
    assert without == []


def test_waiting_side_of_a_border_is_no_place_to_begin_a_journey(network):
    numbers = {number for found in network.states_of_place.values() for number in found}
    borders = {number for number, (_, layer) in enumerate(network.states) if layer.startswith("border:")}
    assert borders
    assert not numbers & borders


def test_layers_of_a_dual_gauge_link_are_two(atlas):
    assert layers_of(atlas.links["rail-astara-astara-terminal"]) == ("rail-1520", "rail-1435")


def test_ship_and_canal_share_a_layer(atlas):
    assert layers_of(atlas.links["canal-suez"]) == layers_of(atlas.links["sea-bab-el-mandeb-suez"]) == ("ship",)


def test_hours_of_a_link_are_its_kilometres_by_country_over_the_speeds(atlas, network):
    terms = TermBook(atlas)
    link_id = "rail-saratov-verkhny-baskunchak"
    parts = km_by_country(atlas, link_id)
    expected = sum(km / terms.find("speed_kmh", "rail", country).value for country, km in parts.items())
    assert set(parts) == {"KZ", "RU"}
    assert link_arcs(network, link_id)[0].time_h == pytest.approx(expected)


def test_fee_of_a_rail_link_is_tonne_kilometres_times_the_load(atlas, network):
    terms = TermBook(atlas)
    row = atlas.links["rail-rasht-qazvin"]
    rate, load = terms.find("freight_usd_tkm", "rail", "IR"), terms.find("load_t")
    assert link_arcs(network, row["id"])[0].cost_usd == pytest.approx(row["length_km"] * rate.value * load.value)


def test_ocean_fee_counts_by_the_container(atlas, network):
    row = atlas.links["sea-hormuz-nhava-sheva"]
    rate = TermBook(atlas).find("freight_usd_teukm", "sea", "ocean")
    assert km_by_country(atlas, row["id"]) == {SEA: row["length_km"]}
    assert link_arcs(network, row["id"])[0].cost_usd == pytest.approx(row["length_km"] * rate.value)


def test_published_wait_of_a_crossing_is_used_and_not_assumed(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "crossings",
        lambda rows: [{**row, "wait_h": "7.5", "wait_modes": "rail;road"} if row["id"] == "astara-astara" else row for row in rows],
    )
    network = build_network(load_atlas(atlas_folder))
    arcs = [arc for arc in network.arcs if arc.object_id == "astara-astara"]
    assert {arc.modes for arc in arcs} == {("rail",), ("road",)}
    assert {(arc.time_h, arc.assumed_h) for arc in arcs} == {(7.5, 0.0)}
    origin = network.atlas.provenance_of("crossings", "astara-astara", "wait_h")
    assert all(set(origin.source_ids) <= set(arc.source_ids) for arc in arcs)


def test_wait_of_lorries_is_not_put_on_trains(atlas, network):
    for arc in network.arcs:
        if arc.kind == "border" and atlas.crossings[arc.object_id]["wait_h"] is not None:
            own = arc.modes[0] in atlas.crossings[arc.object_id]["wait_modes"]
            assert (arc.time_h == atlas.crossings[arc.object_id]["wait_h"]) == own


def test_wait_without_a_published_figure_is_wholly_assumed(atlas, network):
    for arc in network.arcs:
        if arc.kind == "border" and atlas.crossings[arc.object_id]["wait_h"] is None:
            assert arc.time_h == arc.assumed_h > 0


def test_assumed_part_never_exceeds_the_figure(network):
    for arc in network.arcs:
        assert 0 <= arc.assumed_km <= arc.length_km
        assert 0 <= arc.assumed_h <= arc.time_h + 1e-9
        assert 0 <= arc.assumed_usd <= arc.cost_usd + 1e-9


@pytest.mark.parametrize(("by", "column"), [("distance", "length_km"), ("time", "time_h"), ("cost", "cost_usd")])
def test_weight_is_the_criterion_but_for_ties(network, by, column):
    plain = np.array([getattr(arc, column) for arc in network.arcs])
    other = sum(
        abs(np.array([getattr(arc, name) for arc in network.arcs])) for name in ("length_km", "time_h", "cost_usd")
    )
    assert np.all(np.abs(network.weights(by) - plain) <= 1.001e-6 * other)


def test_what_is_usable_is_what_nothing_obstructs(network):
    day = date(2026, 3, 6)
    usable = network.usable(day)
    closed = {arc.object_id for arc, open_ in zip(network.arcs, usable, strict=True) if not open_}
    assert {"road-astara-az-bridge", "sea-bandar-abbas-hormuz", "rail-talesh-rezvanshahr"} <= closed
    assert {"rail-rasht-qazvin", "road-baku-astara"}.isdisjoint(closed)
    assert network.usable(date(2026, 2, 1)).sum() > usable.sum()


def test_term_of_a_country_goes_before_the_general_one(atlas):
    terms = TermBook(atlas)
    assert terms.find("speed_kmh", "rail", "IR").value == atlas.parameters["p029"]["value"]
    assert terms.find("speed_kmh", "rail", "XX").parameter_id == "p026"


def test_term_by_proxy_is_assumed_though_its_parameter_is_published(atlas):
    terms = TermBook(atlas)
    own, proxy = terms.find("speed_kmh", "rail", "RU"), terms.find("speed_kmh", "rail", "TR")
    assert own.parameter_id == proxy.parameter_id
    assert (own.assumed, proxy.assumed) == (False, True)


def test_term_that_the_model_lacks_is_an_error(atlas):
    with pytest.raises(AtlasError, match=r"model\.csv has no row for speed_kmh of airship"):
        TermBook(atlas).find("speed_kmh", "airship")
