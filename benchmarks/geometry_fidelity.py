"""How far the drawn lines of rail links lie from real track: `python benchmarks/geometry_fidelity.py [--pictures]`.

The track is that of OpenStreetMap in the folder that CORRIDORS_REALDATA names; it is not part of the project. Every
drawn line of an operating link is cut into points half a kilometre apart, and each point's distance to the nearest
track is taken on the ellipsoid. Pictures of each corridor go to `build/benchmarks`; they need matplotlib.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod, Transformer

from geodata.atlas import Atlas, load_atlas
from geodata.shape import drawn_km, shape_of
from geodata.status import USABLE

__all__ = [
    "CORRIDOR_GROUPS",
    "COVERED",
    "Fidelity",
    "exceptions",
    "main",
    "measure",
    "offsets_km",
    "read_track",
    "reason",
    "summarise",
    "track_tree",
]

COVERED = frozenset({"IR", "AZ", "TM", "GE", "AM"})
STEP_KM = 0.5
MEDIAN_KM = 0.4
P95_KM = 4.0
RATIO = 0.06
# The corridors that the maps are made for.
CORRIDOR_GROUPS = ("instc-", "rasht-astara", "chabahar-", "meghri", "aras")
# A link that short is drawn from its places' own coordinates, known to a kilometre, however good its line.
_SHORT_KM = 25.0
# Lines that were being built when the track was mapped have opened since.
_TRACK = ("rail", "construction", "narrow_gauge")
# Conformal, so that the nearest point on the plane is the nearest on the ground; its lengths are not used.
_PLANE = Transformer.from_crs(
    "EPSG:4326", "+proj=lcc +lat_0=38 +lon_0=52 +lat_1=29 +lat_2=46 +ellps=WGS84", always_xy=True
)
_WGS84 = Geod(ellps="WGS84")
_OUTPUT = Path("build") / "benchmarks"


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How one drawn line compares with real track.

    Attributes
    ----------
    link_id, quality
        Link, and what its line is made of.
    offsets_km
        Distance to the nearest track of points half a kilometre apart.
    drawn_km, stated_km
        Length of the line and of the link.
    """

    link_id: str
    quality: str
    offsets_km: np.ndarray
    drawn_km: float
    stated_km: float

    @property
    def ratio(self) -> float:
        """Return the drawn length as a share of the stated one."""
        return self.drawn_km / self.stated_km

    def quantile(self, share: float) -> float:
        """Return a quantile of the offsets in km."""
        return float(np.quantile(self.offsets_km, share))


def _json_lines(path: Path) -> Iterator[shapely.LineString]:
    for way in json.loads(path.read_text(encoding="utf-8")):
        if way["type"] in _TRACK and len(way["geometry"]) > 1:
            yield shapely.LineString([(lon, lat) for lat, lon in way["geometry"]])


def _table_lines(path: Path, column: str) -> Iterator[shapely.LineString]:
    table = gpd.read_file(path)
    for part in table[table[column].isin(_TRACK)].geometry.explode():
        if isinstance(part, shapely.LineString):
            yield part


@lru_cache(maxsize=1)
def read_track(folder: Path) -> tuple[shapely.LineString, ...]:
    """Read the track of Iran, the South Caucasus and Turkmenistan.

    Parameters
    ----------
    folder
        Folder of the real data.

    Returns
    -------
    tuple of LineString
        Lines in degrees, longitude first.
    """
    tiles, ways = folder / "osm_tiles_2021_reconstructed", folder / "osm_rail_2026_asia_railway_calculator" / "railways"
    return (
        *_table_lines(folder / "osm_iran_railways_2018_kntu" / "railways.shp", "fclass"),
        *_table_lines(tiles / "iran_2021_rail.geojson", "railway"),
        *_table_lines(tiles / "armenia_2021_rail.geojson", "railway"),
        *_json_lines(ways / "azerbaijan.json"),
        *_json_lines(ways / "turkmenistan.json"),
        *_table_lines(folder / "georgia_railways_hotosm_2023" / "hotosm_geo_railways.gpkg", "railway"),
    )


def _densify(lons: Iterable[float], lats: Iterable[float]) -> np.ndarray:
    points = list(zip(lons, lats, strict=True))
    parts = []
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(points):
        length = _WGS84.inv(lon_a, lat_a, lon_b, lat_b)[2] / 1000
        shares = np.linspace(0, 1, max(2, int(np.ceil(length / STEP_KM)) + 1))[:-1, None]
        parts.append(np.array([[lon_a, lat_a]]) * (1 - shares) + np.array([[lon_b, lat_b]]) * shares)
    return np.vstack([*parts, np.array(points[-1:])])


def track_tree(folder: Path) -> shapely.STRtree:
    """Return the real track as a tree of lines on a conformal plane.

    Parameters
    ----------
    folder
        Folder of the real data.
    """
    parts = [shapely.get_coordinates(line) for line in read_track(folder)]
    return shapely.STRtree(
        [shapely.LineString(np.column_stack(_PLANE.transform(part[:, 0], part[:, 1]))) for part in parts]
    )


def offsets_km(lons: Iterable[float], lats: Iterable[float], track: shapely.STRtree) -> np.ndarray:
    """Return the distance to the nearest track of points half a kilometre apart on a line, in km.

    Parameters
    ----------
    lons, lats
        Line, degrees on WGS84.
    track
        Track, as `track_tree` gives it.
    """
    points = _densify(lons, lats)
    on_plane = shapely.points(np.column_stack(_PLANE.transform(points[:, 0], points[:, 1])))
    nearest = track.geometries.take(track.nearest(on_plane))
    along = shapely.line_locate_point(nearest, on_plane)
    feet = shapely.get_coordinates(shapely.line_interpolate_point(nearest, along))
    lon, lat = _PLANE.transform(feet[:, 0], feet[:, 1], direction="INVERSE")
    return np.asarray(_WGS84.inv(points[:, 0], points[:, 1], lon, lat)[2]) / 1000


def measure(atlas: Atlas, folder: Path) -> list[Fidelity]:
    """Measure the drawn line of every usable rail link between places in the covered countries.

    Parameters
    ----------
    atlas
        Atlas.
    folder
        Folder of the real data.

    Returns
    -------
    list of Fidelity
        By link id.
    """
    track = track_tree(folder)
    result = []
    for link in sorted(atlas.links, key=lambda row: row["id"]):
        ends = {atlas.places[link[end]]["country"] for end in ("from_id", "to_id")}
        if link["mode"] != "rail" or link["status"] not in USABLE or not ends <= COVERED:
            continue
        shape = shape_of(atlas, link["id"])
        offsets = offsets_km(shape.lons, shape.lats, track)
        result.append(Fidelity(link["id"], shape.quality, offsets, drawn_km(shape), float(link["length_km"])))
    return result


def summarise(rows: Iterable[Fidelity]) -> Mapping[str, float]:
    """Return the median and 95th percentile of all offsets in km, and the share of links drawn to length.

    Parameters
    ----------
    rows
        At least one link.
    """
    rows = list(rows)
    offsets = np.concatenate([row.offsets_km for row in rows])
    return {
        "median_km": float(np.median(offsets)),
        "p95_km": float(np.quantile(offsets, 0.95)),
        "within_6_percent": float(np.mean([abs(row.ratio - 1) <= RATIO for row in rows])),
    }


def exceptions(rows: Iterable[Fidelity]) -> list[Fidelity]:
    """Return the links drawn off their length by more than six per cent or off the track by more than four km.

    Parameters
    ----------
    rows
        Links.
    """
    return [row for row in rows if abs(row.ratio - 1) > RATIO or row.quantile(0.95) > P95_KM]


def reason(row: Fidelity) -> str:
    """Return why a link is an exception, told from its own figures.

    Parameters
    ----------
    row
        Link.
    """
    if row.stated_km < _SHORT_KM:
        return "short: its places are known to a kilometre or two"
    if row.quality != "junctions":
        return "not in the junction graph"
    if row.ratio > 1 + RATIO:
        return "the stated length is shorter than the mapped track"
    if row.quantile(0.95) > P95_KM:
        return "an edge of the graph is long and bent, and no point on it is known"
    return "bends between junctions are not drawn; the line itself lies on the track"


def _draw(atlas: Atlas, folder: Path) -> None:
    from matplotlib import pyplot as plt

    _OUTPUT.mkdir(parents=True, exist_ok=True)
    track = read_track(folder)
    tree = shapely.STRtree(track)
    for corridor in sorted(atlas.legs):
        shapes = [shape_of(atlas, link) for link in atlas.legs[corridor] if atlas.links[link]["mode"] == "rail"]
        if not shapes:
            continue
        lons, lats = (np.concatenate([getattr(shape, name) for shape in shapes]) for name in ("lons", "lats"))
        box = shapely.box(lons.min() - 0.2, lats.min() - 0.2, lons.max() + 0.2, lats.max() + 0.2)
        figure, axes = plt.subplots(figsize=(9, 9))
        for index in tree.query(box):
            axes.plot(*shapely.get_coordinates(track[index]).T, color="0.7", linewidth=0.6)
        for shape in shapes:
            axes.plot(shape.lons, shape.lats, linewidth=1.0, label=f"{shape.link_id} ({shape.quality})")
        axes.set_aspect(1 / np.cos(np.radians(lats.mean())))
        axes.set_xlim(box.bounds[0], box.bounds[2])
        axes.set_ylim(box.bounds[1], box.bounds[3])
        axes.set_title(f"{corridor}: drawn lines and real track (grey)")
        axes.legend(fontsize=5, loc="lower left", bbox_to_anchor=(1.01, 0))
        figure.savefig(_OUTPUT / f"{corridor}.png", dpi=120, bbox_inches="tight")
        plt.close(figure)


def main() -> int:
    """Print the table, the totals and the exceptions; return 1 where a target is missed, 2 without real data."""
    parser = argparse.ArgumentParser(description="Measure drawn lines of rail links against real track.")
    parser.add_argument("--pictures", action="store_true", help="draw each corridor into build/benchmarks")
    options = parser.parse_args()
    name = os.environ.get("CORRIDORS_REALDATA", "")
    if not name or not Path(name).is_dir():
        print("CORRIDORS_REALDATA names no folder. Set it to the folder of the real data.", file=sys.stderr)
        return 2
    atlas = load_atlas()
    rows = measure(atlas, Path(name))
    print("link_id,quality,stated_km,drawn_km,ratio,median_km,p95_km,max_km")
    for row in rows:
        numbers = (row.quantile(0.5), row.quantile(0.95), row.quantile(1))
        shown = ",".join(f"{value:.2f}" for value in numbers)
        print(f"{row.link_id},{row.quality},{row.stated_km:g},{row.drawn_km:.1f},{row.ratio:.3f},{shown}")
    totals = summarise(rows)
    print(f"{len(rows)} links: " + ", ".join(f"{key} {value:.3f}" for key, value in totals.items()))
    for row in exceptions(rows):
        named = sorted(key for key in atlas.legs if row.link_id in atlas.legs[key] and key.startswith(CORRIDOR_GROUPS))
        figures = f"ratio {row.ratio:.3f}, 95th percentile {row.quantile(0.95):.1f} km"
        print(
            f"exception: {row.link_id}: {figures}; {reason(row)} ({', '.join(named) or 'outside the main corridors'})"
        )
    if options.pictures:
        _draw(atlas, Path(name))
    met = totals["median_km"] <= MEDIAN_KM and totals["p95_km"] <= P95_KM and totals["within_6_percent"] >= 0.9
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
