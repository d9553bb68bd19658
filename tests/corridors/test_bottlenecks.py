"""Bottleneck reports add up, rank only what has a source, and agree with plain recomputations by networkx."""

import math
from datetime import date

import networkx as nx
import pytest

from corridors.bottleneck import KINDS, NOT_RANKABLE
from corridors.bottlenecks import find_bottlenecks
from corridors.errors import InputError
from corridors.scenarios import assume_open
from geodata import load_atlas
from geodata.status import USABLE

SHIPPED = load_atlas()
FEATURED = sorted(row["id"] for row in SHIPPED.corridors if row["featured"])
SAMPLE = [*FEATURED, "suez", "btk", "georgia-armenia-rail"]
OFF = 1000.0  # what lies off the corridor counts a thousandfold when the way round is chosen


@pytest.fixture(scope="module")
def reports(network):
    return {corridor_id: find_bottlenecks(network, corridor_id) for corridor_id in SAMPLE}


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_hours_of_the_rows_make_the_time_of_the_route(reports, corridor_id):
    report = reports[corridor_id]
    assert sum(row.value for row in report.of_kind("hours")) == pytest.approx(report.route.time_h)
    assert report.moving_h + report.waiting_h == pytest.approx(report.route.time_h)


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_ranked_hours_fall_and_their_ranks_count_up(reports, corridor_id):
    ranked = [row for row in reports[corridor_id].of_kind("hours") if row.rank != NOT_RANKABLE]
    assert [row.rank for row in ranked] == [str(number) for number in range(1, len(ranked) + 1)]
    assert [row.value for row in ranked] == sorted((row.value for row in ranked), reverse=True)


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_wait_without_a_published_figure_has_no_rank(reports, corridor_id):
    report = reports[corridor_id]
    waits = {step.object_id: step.assumed for step in report.route.transfers}
    rows = [row for row in report.of_kind("hours") if row.object_id in waits]
    assert len(rows) == len(report.route.transfers)
    for row in rows:
        assert (row.rank == NOT_RANKABLE) == waits[row.object_id]
        assert row.assumed == waits[row.object_id]


def test_some_wait_is_not_rankable(reports):
    rows = [row for row in reports["instc-west"].rows if row.rank == NOT_RANKABLE]
    assert {"astara-astara", "ir-astara-terminal"} <= {row.object_id for row in rows}


def test_published_wait_is_ranked(atlas_folder, edit_table):
    from corridors.network import build_network

    edit_table(
        atlas_folder,
        "crossings",
        lambda rows: [{**row, "wait_h": "7.5", "wait_modes": "rail;road"} if row["id"] == "astara-astara" else row for row in rows],
    )
    report = find_bottlenecks(build_network(load_atlas(atlas_folder)), "instc-west")
    row = next(row for row in report.of_kind("hours") if row.object_id == "astara-astara")
    assert row.rank.isdigit()
    assert (row.value, row.assumed) == (7.5, False)


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_unbuilt_kilometres_are_those_of_the_links_that_are_not_open(atlas, reports, corridor_id):
    expected = {
        link: atlas.links[link]["length_km"]
        for link in atlas.legs[corridor_id]
        if atlas.status(link, atlas.data_date).status not in USABLE
    }
    assert {row.object_id: row.value for row in reports[corridor_id].of_kind("unbuilt")} == pytest.approx(expected)


def test_rasht_astara_lacks_162_5_km(reports):
    assert sum(row.value for row in reports["rasht-astara"].of_kind("unbuilt")) == 162.5


def test_unbuilt_depends_on_the_day(network):
    before, after = (
        find_bottlenecks(network, "khaf-herat", day).of_kind("unbuilt")
        for day in (date(2020, 12, 9), date(2020, 12, 10))
    )
    assert "rail-khaf-rozanak" in {row.object_id for row in before}
    assert "rail-khaf-rozanak" not in {row.object_id for row in after}


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_gauge_breaks_and_borders_are_those_of_the_route(reports, corridor_id):
    report = reports[corridor_id]
    for kind, row_kind in (("gauge", "gauge_break"), ("border", "border")):
        expected = [step.object_id for step in report.route.transfers if step.kind == kind]
        assert [row.object_id for row in report.of_kind(row_kind)] == expected


def test_break_of_gauge_of_the_western_branch_is_at_astara(reports):
    assert [row.object_id for row in reports["instc-west"].of_kind("gauge_break")] == ["ir-astara-terminal"]


@pytest.mark.parametrize("corridor_id", ["instc-west", "instc-east", "btk", "suez"])
def test_bridges_are_those_of_a_search_link_by_link(atlas, network, reports, corridor_id):
    ends = {row["id"]: (row["from_id"], row["to_id"]) for row in atlas.links}
    usable = network.usable(atlas.data_date)
    opened = {arc.object_id for arc, free in zip(network.arcs, usable, strict=True) if free and arc.kind == "link"}

    def pieces(links):
        graph = nx.Graph()
        graph.add_nodes_from(place for link in opened for place in ends[link])
        graph.add_edges_from(ends[link] for link in links)
        return nx.number_connected_components(graph)

    whole = pieces(opened)
    expected = sorted(link for link in set(atlas.legs[corridor_id]) & opened if pieces(opened - {link}) > whole)
    assert [row.object_id for row in reports[corridor_id].of_kind("bridge")] == expected


def test_some_corridor_has_a_bridge(reports):
    assert any(report.of_kind("bridge") for report in reports.values())


def way_round_h(network, report, left_out):
    """Return the hours of the way round one link, found by networkx; None where there is none."""
    atlas = network.atlas
    own = set(atlas.legs[report.corridor_id]) - {left_out}
    kept = {*own, *(atlas.crossing_of_link.get(link) for link in own)}
    states = {state for arc in network.arcs if arc.object_id in own for state in (arc.tail, arc.head)}
    graph = nx.MultiDiGraph()
    for arc, free in zip(network.arcs, network.usable(report.as_of), strict=True):
        if free and arc.object_id != left_out:
            on = arc.object_id in kept or {arc.tail, arc.head} <= states
            weight = arc.time_h + 1e-6 * arc.length_km + 1e-9 * arc.cost_usd
            graph.add_edge(arc.tail, arc.head, weight=weight * (1 if on else OFF), hours=arc.time_h)
    for state in network.states_of_place[report.route.start.id]:
        graph.add_edge("start", state, weight=0.0, hours=0.0)
    for state in network.states_of_place[report.route.end.id]:
        graph.add_edge(state, "end", weight=0.0, hours=0.0)
    try:
        path = nx.dijkstra_path(graph, "start", "end")
    except nx.NetworkXNoPath:
        return None
    best = [min(graph[a][b].values(), key=lambda edge: edge["weight"]) for a, b in nx.utils.pairwise(path)]
    return sum(edge["hours"] for edge in best)


@pytest.mark.parametrize("corridor_id", ["instc-transcaspian", "meghri", "georgia-armenia-rail", "btk"])
def test_loss_by_a_failure_is_that_of_a_brute_search(atlas, network, corridor_id):
    report = find_bottlenecks(network, corridor_id)
    opened, _ = assume_open(atlas, [corridor_id], report.as_of)
    rows = {row.object_id: row.value for row in report.of_kind("n_1")}
    assert set(rows) == set(atlas.legs[corridor_id])
    for link, value in rows.items():
        hours = way_round_h(network.on_atlas(opened), report, link)
        if hours is None:
            assert value is None
        else:
            assert value == pytest.approx(max(hours - report.route.time_h, 0), abs=1e-6)


@pytest.mark.parametrize("corridor_id", SAMPLE)
def test_failures_that_cut_the_corridor_come_first_then_the_greatest_loss(reports, corridor_id):
    rows = reports[corridor_id].of_kind("n_1")
    losses = [math.inf if row.value is None else row.value for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert [row.rank for row in rows] == [str(number) for number in range(1, len(rows) + 1)]


def test_long_way_round_is_no_cut(reports):
    # The way round by land is more than eight times the straight line between Yerevan and Tbilisi, yet a way.
    rows = {row.object_id: row for row in reports["georgia-armenia-rail"].of_kind("n_1")}
    assert rows["rail-gyumri-vanadzor"].value > 0
    assert "cuts" not in rows["rail-gyumri-vanadzor"].cause


def test_closure_elsewhere_turns_a_loss_into_a_cut(atlas, network):
    from geodata import StatusInterval

    shut = [
        StatusInterval(link, date(2026, 1, 1), None, "closed", "test", "A", "2026-01-01")
        for link in sorted({row["id"] for row in atlas.links} - set(atlas.legs["btk"]))
    ]
    report = find_bottlenecks(network.on_atlas(atlas.with_intervals(shut)), "btk")
    assert {row.value for row in report.of_kind("n_1")} == {None}
    assert all("cuts the corridor" in row.cause for row in report.of_kind("n_1"))


def test_remedy_names_the_project_of_the_link(reports, atlas):
    target = atlas.projects["rasht-astara"]["opening_target"]
    rows = reports["rasht-astara"].of_kind("unbuilt")
    assert all(row.remedy.startswith(f"Rasht–Astara railway (planned, target {target}") for row in rows)


def test_every_row_has_a_source_or_is_assumed(reports):
    for report in reports.values():
        for row in report.rows:
            assert row.kind in KINDS
            assert row.source_ids or row.assumed


def test_progress_is_told_before_each_part(network):
    told = []
    find_bottlenecks(network, "rasht-astara", progress=told.append)
    assert told == ["rasht-astara: hours", "rasht-astara: single failures"]


def test_frame_holds_one_row_per_row(reports):
    report = reports["rasht-astara"]
    assert list(report.to_frame()["object_id"]) == [row.object_id for row in report.rows]


@pytest.mark.parametrize("corridor_id", ["iran-armenia-gas", "caspian-oil-swap"])
def test_pipeline_has_no_report(network, corridor_id):
    with pytest.raises(InputError, match="pipelines"):
        find_bottlenecks(network, corridor_id)
