"""Shortest paths over arrays cost what networkx says they cost."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridors.kernels import shortest_path

WEIGHTS = st.sampled_from((0.0, 1.0, 1.0, 2.5, 1e15, math.inf)) | st.floats(0, 1e6)


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 8))
    vertex = st.integers(0, count - 1)
    arcs = draw(st.lists(st.tuples(vertex, vertex, WEIGHTS), max_size=30))
    return count, arcs, draw(vertex), draw(vertex)


def solve(count, arcs, source, target):
    tail = np.array([arc[0] for arc in arcs], np.int32)
    head = np.array([arc[1] for arc in arcs], np.int32)
    weight = np.array([arc[2] for arc in arcs], np.float64)
    found = shortest_path(count, tail, head, weight, source, target)
    return None if found is None else found.tolist()


def reference_cost(count, arcs, source, target):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(arc for arc in arcs if math.isfinite(arc[2]))
    try:
        return nx.dijkstra_path_length(graph, source, target)
    except nx.NetworkXNoPath:
        return None


@settings(max_examples=300, deadline=None, derandomize=True)
@given(graphs())
def test_cost_is_that_of_networkx(question):
    _, arcs, _, _ = question
    expected = reference_cost(*question)
    path = solve(*question)
    assert (path is None) == (expected is None)
    if path is not None:
        assert math.isclose(sum(arcs[arc][2] for arc in path), expected, rel_tol=1e-9)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(graphs())
def test_path_leads_from_source_to_target(question):
    _, arcs, source, target = question
    path = solve(*question)
    if path is not None:
        here = source
        for arc in path:
            assert arcs[arc][0] == here
            here = arcs[arc][1]
        assert here == target


@settings(max_examples=200, deadline=None, derandomize=True)
@given(graphs(), st.integers(-20, 20))
def test_scaling_all_weights_leaves_the_path_unchanged(question, power):
    # Powers of two scale floating point numbers without a rounding, so that ties stay ties.
    count, arcs, source, target = question
    scaled = [(tail, head, weight * 2.0**power) for tail, head, weight in arcs]
    assert solve(count, scaled, source, target) == solve(count, arcs, source, target)


@pytest.mark.parametrize(
    ("arcs", "expected"),
    [
        pytest.param([(0, 1, 5.0), (0, 1, 2.0), (0, 1, 9.0)], [1], id="cheapest-of-parallel-arcs"),
        pytest.param([(0, 1, 2.0), (0, 1, 2.0)], [0], id="first-of-equal-parallel-arcs"),
        pytest.param([(0, 0, 0.0), (0, 1, 1.0), (1, 1, 0.0)], [1], id="self-loops-are-left-out"),
        pytest.param([(0, 2, 0.0), (2, 1, 0.0), (0, 1, 1e-300)], [0, 1], id="zero-weights-count-as-arcs"),
        pytest.param([(0, 1, math.inf), (0, 2, 1e300), (2, 1, 1e300)], [1, 2], id="huge-but-finite"),
        pytest.param([(0, 1, math.inf)], None, id="infinite-arc-is-no-way"),
        pytest.param([(1, 0, 1.0)], None, id="arcs-have-a-direction"),
        pytest.param([], None, id="no-arcs"),
    ],
)
def test_path_of_a_small_graph(arcs, expected):
    assert solve(3, arcs, 0, 1) == expected


def test_source_that_is_the_target_needs_no_arc():
    assert solve(2, [(0, 1, 1.0), (0, 0, 1.0)], 0, 0) == []


def test_parallel_arcs_in_any_order_give_the_same_cost():
    arcs = [(0, 1, 3.0), (1, 2, 4.0), (0, 1, 1.0), (1, 2, 2.0)]
    costs = {sum(order[arc][2] for arc in solve(3, order, 0, 2)) for order in (arcs, arcs[::-1], arcs[2:] + arcs[:2])}
    assert costs == {3.0}
