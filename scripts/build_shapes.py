"""Route every link with mapped track over the junction graph and write `geodata/atlas/junctions.csv`.

The graph is that of the package `scgraph_data` 2.0.0 (OpenStreetMap, ODbL), which is needed for development only; it is
read as data. What it lacks stands in `repairs.csv`, and points set by hand on its long edges in `waypoints.csv`. The
countries of junctions come from the npm package `world-atlas` (Natural Earth), which the pages' bundle pins. Two runs
with the same releases give the same bytes.

Usage: `python scripts/build_shapes.py` rewrites the table; with `--check` nothing is written, and the exit code is 1
where the table would change and 2 where it cannot be built. `--graph` names a wheel of `scgraph_data` and `--countries`
a file `countries-10m.json`, where they are not installed.
"""

import argparse
import csv
import io
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.atlas import Atlas, load_atlas
from geodata.errors import CorridorsError
from geodata.shape import Shape, geodesic_km, town_shape
from geodata.table import Row
from scripts.build_vias import write_atomically
from scripts.junction_graph import GraphError, JunctionGraph, Repair, Way, read_graph

__all__ = ["COLUMNS", "Line", "ShapeError", "build_table", "choose_way", "join", "main"]

ATLAS = Path(__file__).resolve().parent.parent / "geodata" / "atlas"
COLUMNS = ("link_id", "seq", "after_waypoint", "lon", "lat", "country")
# Track is mapped for these alone: a line not built is not in the graph.
_BUILT = frozenset({"operating", "restricted", "suspended", "closed", "disused"})
# Length in the graph against the stated one. Edges of the road graph leave out bends.
_RATIOS = {"rail": (0.94, 1.06), "road": (0.90, 1.06)}
# Links whose stated length is not that of their track from place to place, with what it is.
_LENGTH_DIFFERS = {
    "rail-khash-zahedan": "the published length is 30 km shorter than the mapped track",
    "rail-rasht-qazvin": "the published length counts from the junction 18 km west of Qazvin",
    "rail-torbat-heydarieh-khaf": "the stated length is assumed",
}
_DIFFERENCE = (0.85, 1.25)
# How strongly a way is drawn to the towns of its link, from not at all.
_PULLS = (0.0, 0.3, 1.0, 4.0)
_CORRIDOR_KM = 4.0
# A town that far from the line is not on it, even if an edge is long.
_TOWN_KM = 15.0
_CORRIDOR_SCALE_KM = 10.0
_KM_PER_DEGREE = 111.2
# About the error of the junctions' own coordinates.
_TOLERANCE_KM = 0.1
# A point set by hand belongs on an edge at least that long, and may make its line no longer than the track.
_LONG_EDGE_KM = 6.0
_SLACK_KM = 0.5
# Track beside a border belongs to the side that the places and towns of its link are on: the base map is coarse.
_BORDER_KM = 5.0
_ISO = {
    "004": "AF", "031": "AZ", "051": "AM", "268": "GE", "356": "IN", "364": "IR", "398": "KZ", "586": "PK", "643": "RU",
    "792": "TR", "795": "TM", "860": "UZ",
}  # fmt: skip


class ShapeError(ValueError):
    """Tell that a line cannot be built; the message names the row and the next step."""


@dataclass(frozen=True, slots=True)
class Line:
    """A link's line of junctions.

    Attributes
    ----------
    link_id
        Link.
    km
        Length of its track in the graph.
    points
        Longitude, latitude and the number of the hand-set point each junction comes behind, 0 for none.
    """

    link_id: str
    km: float
    points: tuple[tuple[float, float, int], ...]


def _away_km(shape: Shape, lon: float, lat: float) -> float:
    width = np.cos(np.radians(lat))
    line = shapely.LineString(np.column_stack(((np.array(shape.lons) - lon) * width, np.array(shape.lats) - lat)))
    return float(line.distance(shapely.Point(0, 0))) * _KM_PER_DEGREE


def _missed_towns(graph: JunctionGraph, ends: Sequence[Row], way: Way, guide: Shape) -> int:
    lons = (ends[0]["lon"], *(graph.lon[node] for node in way.nodes), ends[1]["lon"])
    lats = (ends[0]["lat"], *(graph.lat[node] for node in way.nodes), ends[1]["lat"])
    line = replace(guide, lons=lons, lats=lats)
    between = zip(guide.lons[1:-1], guide.lats[1:-1], strict=True)
    return sum(_away_km(line, lon, lat) > _TOWN_KM for lon, lat in between)


def choose_way(graph: JunctionGraph, atlas: Atlas, link: Row, guide: Shape) -> Way | None:
    """Return the way between the places of a link by its towns whose length is nearest the stated one, or None.

    Parameters
    ----------
    graph
        Graph of the link's mode.
    atlas, link
        The link and the atlas that it is of.
    guide
        Line by towns: the further a way leaves it, the dearer it gets, in four degrees of strictness.
    """
    ends = [atlas.places[link[end]] for end in ("from_id", "to_id")]
    start, end = (graph.anchors(row["lon"], row["lat"], max(3.0, row["coord_precision_km"])) for row in ends)
    away: dict[int, float] = {}

    def penalty(pull: float, node: int) -> float:
        if node not in away:
            away[node] = max(0.0, _away_km(guide, graph.lon[node], graph.lat[node]) - _CORRIDOR_KM)
        return 1 + pull * away[node] / _CORRIDOR_SCALE_KM

    ways = [graph.find_path(start, end, partial(penalty, pull)) for pull in _PULLS]
    found = [way for way in ways if way]
    missed = [_missed_towns(graph, ends, way, guide) for way in found]
    # The facts say by which towns a link runs; its length decides among the ways that pass as many of them.
    by_towns = [way for way, number in zip(found, missed, strict=True) if number == min(missed)]
    return min(by_towns, key=lambda way: abs(way.km - link["length_km"]), default=None)


def _fault(atlas: Atlas, link: Row, way: Way | None) -> str | None:
    if way is None:
        return "no way in the graph"
    if len(way.nodes) < 2:
        return "no junctions between its places"
    low, high = _DIFFERENCE if link["id"] in _LENGTH_DIFFERS else _RATIOS[link["mode"]]
    # On a short link the places' own uncertainty outweighs the ratio.
    slack = sum(atlas.places[link[end]]["coord_precision_km"] for end in ("from_id", "to_id"))
    stated = link["length_km"]
    if low * stated - slack <= way.km <= high * stated + slack:
        return None
    return f"the way in the graph has {way.km:.1f} km, {way.km / stated:.2f} of the stated length"


def join(graph: JunctionGraph, link: Row, ends: Sequence[Row], way: Way, by_hand: Sequence[Row]) -> Line:
    """Put the points set by hand on the long edges of a way and thin its junctions.

    Parameters
    ----------
    graph
        Graph of the link's mode.
    link, ends
        Link and its two places.
    way
        Its way.
    by_hand
        Its rows of `waypoints.csv` in order.

    Raises
    ------
    ShapeError
        If a point lies on no long edge, or its order is not that of the line.
    """
    lons = [ends[0]["lon"], *(graph.lon[node] for node in way.nodes), ends[1]["lon"]]
    lats = [ends[0]["lat"], *(graph.lat[node] for node in way.nodes), ends[1]["lat"]]
    on_edge: dict[int, list[Row]] = defaultdict(list)
    last = 0
    for row in by_hand:
        edge = _edge_of(link, lons, lats, way, row)
        if edge < last:
            raise ShapeError(_say(row, "comes too late in the order of the line", "Change its number"))
        last = edge
        on_edge[edge].append(row)
    for edge, rows in on_edge.items():
        xs = [lons[edge], *(row["lon"] for row in rows), lons[edge + 1]]
        ys = [lats[edge], *(row["lat"] for row in rows), lats[edge + 1]]
        drawn = sum(map(geodesic_km, xs, ys, xs[1:], ys[1:]))
        if drawn > way.edges_km[edge] + _SLACK_KM:
            fault = f"makes a line of {drawn:.1f} km on track of {way.edges_km[edge]:.1f} km"
            raise ShapeError(_say(rows[-1], fault, "Correct the point"))
    points: list[tuple[float, float, int]] = []
    after = 0
    stretch: list[tuple[float, float]] = [(lons[0], lats[0])]
    for edge in range(len(way.edges_km)):
        if rows := on_edge.get(edge, []):
            points += [(*point, after) for point in _thin(stretch)]
            stretch, after = [], rows[-1]["seq"]
        stretch.append((lons[edge + 1], lats[edge + 1]))
    points += [(*point, after) for point in _thin(stretch)]
    # The places themselves stand in places.csv; a junction may be made of one.
    places = {(row["lon"], row["lat"]) for row in ends}
    return Line(link["id"], way.km, tuple(point for point in points if point[:2] not in places))


def _say(row: Row, fault: str, remedy: str) -> str:
    where = f"waypoints.csv, {row['link_id']} {row['seq']} ({row['name']})"
    return f"{where}: the point {fault}. {remedy}, or delete the row."


def _edge_of(link: Row, lons: Sequence[float], lats: Sequence[float], way: Way, row: Row) -> int:
    best = None
    for edge, km in enumerate(way.edges_km):
        if km < _LONG_EDGE_KM:
            continue
        ways = [geodesic_km(lons[end], lats[end], row["lon"], row["lat"]) for end in (edge, edge + 1)]
        surplus = sum(ways) - geodesic_km(lons[edge], lats[edge], lons[edge + 1], lats[edge + 1])
        if sum(ways) <= km + _SLACK_KM and (best is None or surplus < best[0]):
            best = (surplus, edge)
    if best is None:
        raise ShapeError(_say(row, f"lies on no long edge of the junctions of {link['id']}", "Correct the point"))
    return best[1]


def _thin(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(points) < 3:
        return list(points)
    width = np.cos(np.radians(np.mean([lat for _, lat in points])))
    line = shapely.LineString([(lon * width, lat) for lon, lat in points])
    kept = {tuple(point) for point in shapely.get_coordinates(line.simplify(_TOLERANCE_KM / _KM_PER_DEGREE)).tolist()}
    return [(lon, lat) for lon, lat in points if (lon * width, lat) in kept]


class _Countries:
    def __init__(self, path: Path) -> None:
        try:
            table = gpd.read_file(path, layer="countries")
        except (OSError, RuntimeError, ValueError) as error:
            remedy = "Name the file countries-10m.json of the package world-atlas."
            message = f"{path} holds no countries ({error}). {remedy}"
            raise ShapeError(message) from error
        table = table[table["id"].isin(_ISO)]
        self._codes = [_ISO[code] for code in table["id"]]
        self._areas = shapely.make_valid(table.geometry.to_numpy())
        shapely.prepare(self._areas)

    def of(self, lon: float, lat: float, expected: Iterable[str]) -> str:
        """Return the country of a point, one of the expected ones where it lies beside their border."""
        point = shapely.Point(lon, lat)
        inside = [code for code, area in zip(self._codes, self._areas, strict=True) if area.intersects(point)]
        wanted = sorted(set(expected))
        if inside and inside[0] in wanted:
            return inside[0]
        near = [
            (float(area.distance(point)), code)
            for code, area in zip(self._codes, self._areas, strict=True)
            if code in wanted
        ]
        away, nearest = min(near, default=(np.inf, ""))
        if away * _KM_PER_DEGREE <= _BORDER_KM or not inside:
            return nearest
        return inside[0]


def build_lines(atlas: Atlas, source: Path | None = None) -> tuple[list[Line], dict[str, str]]:
    """Route every link with mapped track.

    Parameters
    ----------
    atlas
        Atlas.
    source
        Wheel of `scgraph_data`; None means the installed package.

    Returns
    -------
    list of Line
        By link id.
    dict
        Why the other rail and road links keep their towns, by link id.
    """
    repairs: dict[str, list[Repair]] = defaultdict(list)
    for row in atlas.repairs:
        place = atlas.places[row["place_id"]] if row["place_id"] else None
        end = (place["lon"], place["lat"]) if place else (row["lon_b"], row["lat_b"])
        repairs[row["mode"]].append(Repair((row["lon_a"], row["lat_a"]), end, row["km"], is_new=place is not None))
    by_hand: dict[str, list[Row]] = defaultdict(list)
    for row in atlas.waypoints:
        by_hand[row["link_id"]].append(row)
    lines, left = [], {}
    for mode in sorted(_RATIOS):
        graph = read_graph(mode, repairs[mode], source)
        for link in atlas.links:
            if link["mode"] != mode:
                continue
            if link["status"] not in _BUILT:
                left[link["id"]] = f"not built ({link['status'].replace('_', ' ')})"
                continue
            way = choose_way(graph, atlas, link, town_shape(atlas, link["id"]))
            fault = _fault(atlas, link, way)
            if fault or way is None:
                left[link["id"]] = fault or ""
                continue
            ends = [atlas.places[link[end]] for end in ("from_id", "to_id")]
            line = join(graph, link, ends, way, sorted(by_hand[link["id"]], key=lambda row: int(row["seq"])))
            if line.points:
                lines.append(line)
            else:
                left[link["id"]] = "its junctions lie on the straight line"
    return sorted(lines, key=lambda line: line.link_id), left


def build_table(atlas: Atlas, lines: Iterable[Line], countries: Path) -> str:
    """Return the table of junctions as CSV.

    Parameters
    ----------
    atlas
        Atlas.
    lines
        Lines by link id.
    countries
        File `countries-10m.json` of the package `world-atlas`.
    """
    base = _Countries(countries)
    result = io.StringIO()
    writer = csv.writer(result, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        known = town_shape(atlas, line.link_id).countries
        expected = [country for country in known if country]
        for seq, (lon, lat, after) in enumerate(line.points, start=1):
            country = base.of(lon, lat, expected)
            writer.writerow([line.link_id, seq, after, f"{lon:.3f}", f"{lat:.3f}", country])
    return result.getvalue()


def _countries_file(folder: Path) -> Path:
    # Pinned with its hash by the pages' lock file.
    from maps.bundle import install_packages

    return install_packages(folder) / "node_modules" / "world-atlas" / "countries-10m.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script.

    Parameters
    ----------
    arguments
        Words of the command line without the name of the script; None means those of this process.

    Returns
    -------
    int
        0 if the table is up to date or was written, 1 if `--check` finds a difference, 2 if it cannot be built.
    """
    parser = argparse.ArgumentParser(description="Route links over the junction graph.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the table would change")
    parser.add_argument("--graph", type=Path, help="wheel of scgraph_data (default: the installed package)")
    parser.add_argument("--countries", type=Path, help="countries-10m.json of world-atlas (default: fetched by npm)")
    options = parser.parse_args(arguments)
    path = ATLAS / "junctions.csv"
    try:
        atlas = load_atlas()
        lines, left = build_lines(atlas, options.graph)
        with tempfile.TemporaryDirectory() as folder:
            new = build_table(atlas, lines, options.countries or _countries_file(Path(folder)))
        old = path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, GraphError, ShapeError, CorridorsError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for link_id, reason in sorted(left.items()):
        print(f"{link_id}: keeps its towns: {reason}")
    if new == old:
        print(f"{path.name} is up to date.")
        return 0
    if options.check:
        sys.stderr.write(f"{path.name} differs from the graph. Run: python scripts/build_shapes.py\n")
        return 1
    write_atomically(path, new)
    print(f"{path.name} was rewritten: {len(lines)} links, {new.count(chr(10)) - 1} junctions.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
