"""The junction graph of railways or roads that lines are routed over: read as data, repaired by name, searched.

The graphs come from the package `scgraph_data` (OpenStreetMap, ODbL). Its modules are Python literals; they are read
as text and never executed. Nodes are junctions, known to three decimals of a degree; the weight of an edge is the
length of its track in km, while its course between the junctions is not known.
"""

import heapq
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

from geodata.shape import geodesic_km

__all__ = ["GraphError", "JunctionGraph", "Repair", "Way", "parse_module", "read_graph", "read_module"]

# The atlas's region; the graphs hold the whole world.
_REGION = (25.0, 5.0, 95.0, 62.0)
_MODULES = {"rail": "world_railways", "road": "world_highways"}
_KM_PER_DEGREE = 111.2
# A place may lie that far from a junction that stands for it; else it must lie along an edge.
_NEAR_KM = 3.0
# A place may lie along an edge if the way by it is no longer than the track, whose ends are rounded to 0.1 km, and it
# does if that way is hardly longer than the chord.
_ALONG_KM = 0.3
_BESIDE_SURPLUS_KM = 0.2
_AT_JUNCTION_KM = 0.5
# Approaches are beelines, so they count more than track: the nearest junction wins unless it leads astray.
_APPROACH_COST = 3.0
_LONG_EDGE_KM = 3.0

Penalty = Callable[[int], float]
Anchors = Mapping[int, tuple[float, float]]


class GraphError(ValueError):
    """Tell that a graph cannot be read or repaired; the message names the cause and the next step."""


@dataclass(frozen=True, slots=True)
class Repair:
    """An edge that the graph lacks.

    Attributes
    ----------
    start
        Longitude and latitude of a junction as they stand in the graph.
    end
        The same of another junction, or any point where `is_new` is set.
    km
        Length of the missing track.
    is_new
        Whether the graph ends short of the end, which then becomes a junction.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    km: float
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the graph.

    Attributes
    ----------
    km
        Length of the track with both approaches.
    nodes
        Junctions in order.
    edges_km
        Length of the track before the first junction, between each two, and behind the last: one more than junctions.
    """

    km: float
    nodes: tuple[int, ...]
    edges_km: tuple[float, ...]


class JunctionGraph:
    """Junctions of the region by number, with the edges between them.

    Attributes
    ----------
    lon, lat
        Degrees on WGS84 by number of the junction.
    edges
        Length of track in km by number of the neighbour, for each junction.
    """

    def __init__(
        self, edges: Mapping[int, Mapping[int, float]], lon: Mapping[int, float], lat: Mapping[int, float]
    ) -> None:
        """Take the junctions; an edge given in one direction counts in both."""
        self.lon, self.lat = dict(lon), dict(lat)
        self.edges: dict[int, dict[int, float]] = {node: {} for node in self.lon}
        for node, neighbours in edges.items():
            for other, km in neighbours.items():
                if node != other and node in self.edges and other in self.edges:
                    self._join(node, other, km)
        self._index()

    def _index(self) -> None:
        self._numbers = np.array(sorted(self.lon))
        self._points = np.array([(self.lon[node], self.lat[node]) for node in self._numbers.tolist()])
        index = {node: i for i, node in enumerate(self._numbers.tolist())}
        pairs = [(a, b, km) for a in index for b, km in self.edges[a].items() if a < b and km >= _LONG_EDGE_KM]
        self._long_edges = np.array([(index[a], index[b]) for a, b, _ in pairs], dtype=int).reshape(-1, 2)
        self._long_km = np.array([km for _, _, km in pairs])

    def _join(self, a: int, b: int, km: float) -> None:
        shortest = min(km, self.edges[a].get(b, km))
        self.edges[a][b] = self.edges[b][a] = shortest

    def km(self, node: int, lon: float, lat: float) -> float:
        """Return the distance of a junction from a point in km."""
        return geodesic_km(self.lon[node], self.lat[node], lon, lat)

    def repair(self, repairs: Iterable[Repair]) -> None:
        """Add the edges that the graph lacks.

        Raises
        ------
        GraphError
            Where no junction has the coordinates of a repair.
        """
        numbers = {(self.lon[node], self.lat[node]): node for node in sorted(self.lon, reverse=True)}
        for repair in repairs:
            if repair.is_new and repair.end not in numbers:
                node = max(self.lon) + 1
                self.lon[node], self.lat[node] = repair.end
                self.edges[node] = {}
                numbers[repair.end] = node
            missing = [end for end in (repair.start, repair.end) if end not in numbers]
            if missing:
                message = f"The graph has no junction at {missing[0]}. Correct the repair, or use release 2.0.0."
                raise GraphError(message)
            self._join(numbers[repair.start], numbers[repair.end], repair.km)
        self._index()

    def anchors(self, lon: float, lat: float, reach_km: float = _NEAR_KM) -> Anchors:
        """Return the junctions that stand for a place, with length and cost of the way to each in km.

        These are the junctions near it and the ends of the edges that it lies on; empty where the graph has neither.

        Parameters
        ----------
        lon, lat
            Place, degrees on WGS84.
        reach_km
            How far a junction may lie from its place.
        """
        x = (self._points[:, 0] - lon) * np.cos(np.radians(lat)) * _KM_PER_DEGREE
        y = (self._points[:, 1] - lat) * _KM_PER_DEGREE
        away = np.hypot(x, y)
        found: dict[int, tuple[float, float]] = {
            int(self._numbers[i]): (float(away[i]), _APPROACH_COST * float(away[i]))
            for i in np.flatnonzero(away <= reach_km)
        }
        a, b = self._long_edges.T
        ways = away[a] + away[b]
        # A place at an end of an edge is at that junction, not on the edge.
        between = np.minimum(away[a], away[b]) > _AT_JUNCTION_KM
        on_track = between & (ways <= self._long_km + _ALONG_KM)
        # Beside a straight edge, or the only edge that is long enough to come by.
        surplus = np.where(on_track, ways - np.hypot(x[a] - x[b], y[a] - y[b]), np.inf)
        best = int(np.argmin(surplus))
        for i in np.flatnonzero(surplus <= _BESIDE_SURPLUS_KM).tolist() or ([] if found else [best]):
            if np.isfinite(surplus[i]):
                for end in (int(a[i]), int(b[i])):
                    node = int(self._numbers[end])
                    part = float(self._long_km[i] * away[end] / ways[i])
                    found[node] = min((part, part), found.get(node, (part, part)), key=lambda way: way[1])
        return found

    def find_path(self, start: Anchors, end: Anchors, penalty: Penalty) -> Way | None:
        """Return the cheapest way between two places, or None.

        Parameters
        ----------
        start, end
            Junctions that stand for the places, as `anchors` gives them.
        penalty
            Factor, at least 1, on the length of an edge that leads to the junction given.
        """
        # The track's length decides between ways of one cost, then the numbers: the result never depends on order.
        heap = [(cost, km, node, -1) for node, (km, cost) in start.items()]
        heapq.heapify(heap)
        before: dict[int, int] = {}
        goal = -2
        while heap:
            cost, km, node, previous = heapq.heappop(heap)
            if node == goal:
                return self._trace(before, previous, start, end)
            if node in before:
                continue
            before[node] = previous
            if node in end:
                heapq.heappush(heap, (cost + end[node][1], km + end[node][0], goal, node))
            for other, length in self.edges[node].items():
                if other not in before:
                    heapq.heappush(heap, (cost + length * penalty(other), km + length, other, node))
        return None

    def _trace(self, before: Mapping[int, int], last: int, start: Anchors, end: Anchors) -> Way:
        nodes = [last]
        while before[nodes[-1]] >= 0:
            nodes.append(before[nodes[-1]])
        nodes.reverse()
        between = [self.edges[a][b] for a, b in pairwise(nodes)]
        lengths = (start[nodes[0]][0], *between, end[last][0])
        return Way(sum(lengths), tuple(nodes), lengths)


def read_module(mode: str, source: Path | None = None) -> str:
    """Return the text of the module that holds the graph of a mode.

    Parameters
    ----------
    mode
        "rail" or "road".
    source
        Wheel of `scgraph_data`; None means the installed package, which is found but not imported.

    Raises
    ------
    GraphError
        If there is no such wheel or package.
    """
    name = f"{_MODULES[mode]}.py"
    if source is not None:
        try:
            with zipfile.ZipFile(source) as wheel:
                return wheel.read(f"scgraph_data/{name}").decode("utf-8")
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            remedy = "Get it with: pip download --no-deps scgraph_data==2.0.0"
            message = f"{source} is no wheel of scgraph_data ({error}). {remedy}"
            raise GraphError(message) from error
    spec = find_spec("scgraph_data")
    if spec is None or not spec.submodule_search_locations:
        message = "The package scgraph_data is not installed. Install it with: pip install scgraph_data==2.0.0"
        raise GraphError(message)
    return (Path(spec.submodule_search_locations[0]) / name).read_text(encoding="utf-8")


def parse_module(text: str) -> JunctionGraph:
    r"""Read the two literals of a module without executing it, and keep the atlas's region.

    Parameters
    ----------
    text
        Lines `graph=[{neighbour: km, ...}, ...]` and `nodes=[[lat, lon], ...]`.

    Raises
    ------
    GraphError
        If a literal is missing or is not made of numbers alone.

    Examples
    --------
    >>> graph = parse_module("graph=[{1: 9.2}, {0: 9.2}]\nnodes=[[38.0, 48.0], [38.0, 48.1]]\n")
    >>> graph.edges[0], graph.lon[1]
    ({1: 9.2}, 48.1)
    """
    found = {name: re.search(rf"^{name}=(\[.*\])$", text, re.MULTILINE) for name in ("graph", "nodes")}
    try:
        # JSON differs from the literals in nothing but its quoted keys, and cannot do anything but be data.
        graph, nodes = (
            json.loads(re.sub(r"(\d+):", r'"\1":', found[name].group(1)))  # type: ignore[union-attr]
            for name in ("graph", "nodes")
        )
        west, south, east, north = _REGION
        kept = {
            i: (float(lon), float(lat))
            for i, (lat, lon) in enumerate(nodes)
            if west <= lon <= east and south <= lat <= north
        }
        edges = {i: {int(j): float(km) for j, km in graph[i].items()} for i in kept}
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        message = f"The module holds no graph as expected ({error}). Use release 2.0.0 of scgraph_data."
        raise GraphError(message) from error
    return JunctionGraph(edges, {i: lon for i, (lon, _) in kept.items()}, {i: lat for i, (_, lat) in kept.items()})


def read_graph(mode: str, repairs: Iterable[Repair] = (), source: Path | None = None) -> JunctionGraph:
    """Read the graph of a mode and add the edges that it lacks.

    Parameters
    ----------
    mode
        "rail" or "road".
    repairs
        Edges to add.
    source
        Wheel of `scgraph_data`; None means the installed package.
    """
    graph = parse_module(read_module(mode, source))
    graph.repair(repairs)
    return graph
