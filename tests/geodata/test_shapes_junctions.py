"""Lines by junctions: the table, its order with points set by hand, thinning, and the script that builds it."""

import importlib.util
import zipfile
from pathlib import Path

import pytest

from geodata.atlas import Atlas
from geodata.check import check_atlas
from geodata.geometry_check import distance_km
from geodata.shape import Shape, drawn_km, km_by_country, shape_of, thinned, town_shape
from scripts import build_shapes, junction_graph
from scripts.junction_graph import GraphError, JunctionGraph, Repair, Way

LON, LAT = 50.0, 38.0
SQUARE = JunctionGraph(
    {0: {1: 9.0, 3: 30.0}, 1: {2: 9.0}, 3: {2: 30.0}},
    {0: LON, 1: LON + 0.1, 2: LON + 0.2, 3: LON + 0.1},
    {0: LAT, 1: LAT, 2: LAT, 3: LAT + 0.2},
)


def by_junctions(atlas: Atlas) -> list[str]:
    return sorted({row["link_id"] for row in atlas.junctions})


def test_most_rail_links_run_by_junctions(atlas: Atlas) -> None:
    rail = [link["id"] for link in atlas.links if link["mode"] == "rail" and link["status"] == "operating"]

    assert len(set(rail) & set(by_junctions(atlas))) >= 0.8 * len(rail)


def test_junctions_are_of_built_railways_and_roads_alone(atlas: Atlas) -> None:
    for link_id in by_junctions(atlas):
        link = atlas.links[link_id]
        assert link["mode"] in {"rail", "road"}
        assert link["status"] not in {"planned", "proposed", "under_construction"}


def test_coordinates_have_three_decimals_as_in_the_source(atlas: Atlas) -> None:
    path = atlas.package.folder / "junctions.csv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        lon, lat = line.split(",")[3:5]
        assert [len(text.split(".")[1]) for text in (lon, lat)] == [3, 3]
    assert path.stat().st_size < 400_000


def test_open_street_map_and_the_gazetteer_are_not_mixed_in_a_line(atlas: Atlas) -> None:
    towns = {(row["link_id"], row["lon"], row["lat"]) for row in atlas.vias}

    for link_id in by_junctions(atlas):
        shape = shape_of(atlas, link_id)
        assert not towns & {(link_id, lon, lat) for lon, lat in zip(shape.lons, shape.lats, strict=True)}


def test_points_set_by_hand_stand_between_the_junctions_they_belong_to(atlas: Atlas) -> None:
    for link_id in by_junctions(atlas):
        hand = [row["name"] for row in atlas.waypoints if row["link_id"] == link_id]
        number = sum(row["link_id"] == link_id for row in atlas.junctions)
        shape = shape_of(atlas, link_id)
        assert [name for name in shape.names[1:-1] if name] == hand
        assert len(shape.names) == 2 + len(hand) + number


def test_saratov_astrakhan_line_runs_through_kazakhstan(atlas: Atlas) -> None:
    shares = km_by_country(atlas, "rail-saratov-verkhny-baskunchak")

    assert set(shares) == {"KZ", "RU"}
    assert 40 < shares["KZ"] < 120


def test_a_line_by_junctions_is_nearer_its_stated_length_than_one_by_towns(atlas: Atlas) -> None:
    def misses(shapes: list[Shape]) -> int:
        return sum(abs(drawn_km(shape) / atlas.links[shape.link_id]["length_km"] - 1) > 0.06 for shape in shapes)

    links = by_junctions(atlas)

    assert misses([shape_of(atlas, link) for link in links]) < misses([town_shape(atlas, link) for link in links])


def test_a_line_keeps_to_the_towns_of_its_link_where_a_shorter_way_leaves_them(atlas: Atlas) -> None:
    penza = next(row for row in atlas.vias if row["link_id"] == "rail-moscow-orenburg" and row["name"] == "Penza")

    assert distance_km(shape_of(atlas, "rail-moscow-orenburg"), penza["lon"], penza["lat"]) < 5


def test_thinning_keeps_ends_and_tolerance(atlas: Atlas) -> None:
    for link_id in by_junctions(atlas):
        shape = shape_of(atlas, link_id)
        thin = thinned(shape, 0.3)
        assert (thin.lons[0], thin.lats[-1]) == (shape.lons[0], shape.lats[-1])
        assert set(zip(thin.lons, thin.lats, strict=True)) <= set(zip(shape.lons, shape.lats, strict=True))
        # The tolerance is taken on a plane of one scale for the whole line, and a line may be ten degrees high.
        assert max(distance_km(thin, *point) for point in zip(shape.lons, shape.lats, strict=True)) < 0.5


def test_atlas_with_a_junction_behind_no_point_is_at_fault(atlas_folder: Path, edit_table) -> None:
    def spoil(rows):
        rows[0]["after_waypoint"] = "7"
        return rows

    edit_table(atlas_folder, "junctions", spoil)

    assert any("no such point in waypoints.csv" in str(fault) for fault in check_atlas(atlas_folder))


def test_atlas_with_junctions_out_of_order_is_at_fault(atlas_folder: Path, edit_table) -> None:
    def spoil(rows):
        rows[1]["seq"], rows[2]["seq"] = rows[2]["seq"], rows[1]["seq"]
        return rows

    edit_table(atlas_folder, "junctions", spoil)

    assert any("do not stand in their order" in str(fault) for fault in check_atlas(atlas_folder))


def test_repair_with_two_ends_too_many_is_at_fault(atlas_folder: Path, edit_table) -> None:
    def spoil(rows):
        next(row for row in rows if row["lon_b"])["place_id"] = "az-astara"
        return rows

    edit_table(atlas_folder, "repairs", spoil)

    assert any("a place or a junction, not both" in str(fault) for fault in check_atlas(atlas_folder))


def test_graph_is_read_without_being_executed() -> None:
    with pytest.raises(GraphError, match="no graph as expected"):
        junction_graph.parse_module("graph=[print('run')]\nnodes=[[38.0, 50.0]]\n")


def test_graph_keeps_the_region_and_both_directions() -> None:
    graph = junction_graph.parse_module("graph=[{1: 9.2}, {2: 1.0}, {}]\nnodes=[[38.0, 50.0], [38.0, 50.1], [0, 0]]\n")

    assert graph.edges == {0: {1: 9.2}, 1: {0: 9.2}}


def test_wheel_without_the_graph_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.whl", "w"):
        pass

    with pytest.raises(GraphError, match="no wheel of scgraph_data"):
        junction_graph.read_module("rail", tmp_path / "empty.whl")


def test_shortest_way_and_a_way_forced_elsewhere() -> None:
    start, end = SQUARE.anchors(LON, LAT), SQUARE.anchors(LON + 0.2, LAT)

    assert SQUARE.find_path(start, end, lambda _: 1.0) == Way(18.0, (0, 1, 2), (0.0, 9.0, 9.0, 0.0))
    assert SQUARE.find_path(start, end, lambda node: 9.0 if node == 1 else 1.0).nodes == (0, 3, 2)


def test_place_on_an_edge_stands_for_both_of_its_ends() -> None:
    anchors = SQUARE.anchors(LON + 0.05, LAT + 0.1, 3.0)

    assert set(anchors) == {0, 3}
    assert sum(km for km, _ in anchors.values()) == pytest.approx(30.0)


def test_place_far_from_everything_stands_for_nothing() -> None:
    assert SQUARE.anchors(LON + 3, LAT) == {}


def test_repair_joins_two_parts_and_needs_known_ends() -> None:
    graph = JunctionGraph({0: {}, 1: {}}, {0: 50.0, 1: 50.1}, {0: 38.0, 1: 38.0})
    graph.repair([Repair((50.0, 38.0), (50.1, 38.0), 9.0), Repair((50.1, 38.0), (50.2, 38.0), 9.0, is_new=True)])

    assert graph.find_path(graph.anchors(50.0, 38.0), graph.anchors(50.2, 38.0), lambda _: 1.0).km == pytest.approx(18)
    with pytest.raises(GraphError, match="no junction at"):
        graph.repair([Repair((50.0, 38.0), (51.0, 38.0), 9.0)])


def hand(seq: int, lon: float, lat: float) -> dict[str, object]:
    return {"link_id": "x", "seq": seq, "name": "point", "lon": lon, "lat": lat}


def joined(points: list[dict[str, object]]) -> tuple[tuple[float, float, int], ...]:
    ends = [{"lon": LON - 0.01, "lat": LAT}, {"lon": LON + 0.21, "lat": LAT}]
    way = Way(62.0, (0, 3, 2), (1.0, 30.0, 30.0, 1.0))
    return build_shapes.join(SQUARE, {"id": "x"}, ends, way, points).points


def test_points_by_hand_part_the_junctions() -> None:
    assert [after for *_, after in joined([hand(5, LON + 0.04, LAT + 0.1), hand(8, LON + 0.18, LAT + 0.1)])] == [
        0,
        5,
        8,
    ]


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        ([hand(5, LON + 2, LAT)], "lies on no long edge"),
        ([hand(5, LON + 0.18, LAT + 0.1), hand(8, LON + 0.04, LAT + 0.1)], "comes too late"),
        ([hand(5, LON + 0.02, LAT + 0.13), hand(8, LON + 0.08, LAT + 0.05)], "makes a line of"),
    ],
)
def test_points_by_hand_that_do_not_fit_are_named(points: list[dict[str, object]], fault: str) -> None:
    with pytest.raises(build_shapes.ShapeError, match=fault):
        joined(points)


@pytest.mark.slow
def test_table_is_rebuilt_byte_for_byte(atlas: Atlas) -> None:
    if importlib.util.find_spec("scgraph_data") is None:
        pytest.skip("scgraph_data is not installed; the table cannot be rebuilt")
    lines, left = build_shapes.build_lines(atlas)
    rows = [(row["link_id"], row["seq"], row["after_waypoint"], row["lon"], row["lat"]) for row in atlas.junctions]

    assert rows == [
        (line.link_id, seq, after, lon, lat) for line in lines for seq, (lon, lat, after) in enumerate(line.points, 1)
    ]
    assert left["rail-astara-terminal-talesh"] == "not built (planned)"
