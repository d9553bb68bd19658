"""Places as people name them: hubs, ids, names in any script, or lon,lat along a link."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from corridors.errors import AmbiguousNameError, InputError
from corridors.matching import fold, suggest
from corridors.network import PIPELINES
from geodata import Atlas, UnknownIdError, geodesic_km, shape_of
from geodata.shape import segment_km
from geodata.status import USABLE

__all__ = ["MAX_SNAP_KM", "Endpoint", "Snap", "resolve_place"]

MAX_SNAP_KM = 25.0
_LONLAT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Snap:
    """The point of a link nearest to a pair of coordinates.

    Attributes
    ----------
    link_id
        Link.
    fraction
        Part of the link's length that lies between its first place and the point, 0 to 1.
    lon, lat
        The point on the link, degrees.
    km
        Geodesic distance from the coordinates asked for.
    before_border
        Whether the point lies on the first place's side of the crossing that the link passes; None without one.
    """

    link_id: str
    fraction: float
    lon: float
    lat: float
    km: float
    before_border: bool | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a journey begins or ends: one place, the places of a hub, or a point along a link."""

    id: str
    name: str
    lon: float
    lat: float
    place_ids: tuple[str, ...]
    snap: Snap | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the endpoint as plain values; `snap_km` is 0 for a place of the atlas."""
        snap_km = round(self.snap.km, 3) if self.snap else 0.0
        return {"id": self.id, "name": self.name, "lon": self.lon, "lat": self.lat, "snap_km": snap_km}


@lru_cache(maxsize=4)
def _index(atlas: Atlas) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    hubs: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for table, index in ((atlas.hubs, hubs), (atlas.places, places)):
        for row in sorted(table, key=lambda row: row["id"]):
            names = {row["name"], row["name"].split(" (")[0], row.get("label", row["name"]), *row["alt_names"]}
            for name in sorted({fold(name) for name in names}):
                index.setdefault(name, []).append(row["id"])
    return hubs, places


def _hub(atlas: Atlas, hub_id: str) -> Endpoint:
    row = atlas.hubs[hub_id]
    members = [atlas.places[place] for place in row["place_ids"]]
    lon = sum(member["lon"] for member in members) / len(members)
    lat = sum(member["lat"] for member in members) / len(members)
    return Endpoint(hub_id, row["name"], round(lon, 4), round(lat, 4), row["place_ids"])


def _place(atlas: Atlas, place_id: str) -> Endpoint:
    row = atlas.places[place_id]
    return Endpoint(place_id, row["name"], row["lon"], row["lat"], (place_id,))


def resolve_place(
    atlas: Atlas,
    text: str,
    *,
    modes: Collection[str] = (),
    as_of: date | None = None,
    max_snap_km: float = MAX_SNAP_KM,
) -> Endpoint:
    """Find what a text names: a hub first, then an id, then a name, then "lon,lat".

    Parameters
    ----------
    atlas
        The atlas.
    text
        Id, name in any script, or "lon,lat" in degrees.
    modes
        Modes a snapped link may have; empty means all but pipelines.
    as_of
        Day on which a snapped link must be usable; None means the data date.
    max_snap_km
        Greatest distance from coordinates to a link in km.

    Returns
    -------
    Endpoint
        With its snap distance where coordinates were given.

    Raises
    ------
    UnknownIdError
        Where nothing has the name; the message suggests close ones.
    AmbiguousNameError
        Where several places have it.
    InputError
        Where coordinates are off the globe or farther from every link than allowed.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> resolve_place(load_atlas(), "Bombay").place_ids
    ('in-mumbai', 'in-nhava-sheva')
    """
    if not text.strip():
        msg = "The name of a place is empty. Give an id, a name or lon,lat."
        raise InputError(msg)
    match = _LONLAT.fullmatch(text)
    if match:
        return _snap(atlas, float(match[1]), float(match[2]), modes, as_of or atlas.data_date, max_snap_km)
    hubs, places = _index(atlas)
    name = fold(text)
    if text in atlas.hubs or name in hubs:
        return _hub(atlas, text if text in atlas.hubs else hubs[name][0])
    if text in atlas.places:
        return _place(atlas, text)
    found = places.get(name, [])
    if len(found) == 1:
        return _place(atlas, found[0])
    if found:
        raise AmbiguousNameError(text, found)
    known = [row["name"].split(" (")[0] for table in (atlas.hubs, atlas.places) for row in table]
    ids = [row["id"] for row in atlas.places]
    msg = (
        f"No place is called {text!r}.{suggest(text, known) or suggest(text, ids)} `corridors list places` shows them."
    )
    raise UnknownIdError(msg)


def _snap(atlas: Atlas, lon: float, lat: float, modes: Collection[str], as_of: date, max_snap_km: float) -> Endpoint:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        msg = f"{lon:g},{lat:g} lies off the globe. Give lon,lat in degrees, longitude first."
        raise InputError(msg)
    snap = _nearest(atlas, lon, lat, modes, as_of)
    if snap is None or snap.km > max_snap_km:
        swapped = _nearest(atlas, lat, lon, modes, as_of) if abs(lon) <= 90 else None
        hint = " Are the two swapped? Longitude comes first." if swapped and swapped.km <= max_snap_km else ""
        where = f"the nearest is {snap.link_id} at {snap.km:.1f} km" if snap else "no link has such a mode"
        msg = (
            f"No open link within {max_snap_km:g} km of {lon:g},{lat:g}: {where}.{hint}"
            " Raise the bound or move the point."
        )
        raise InputError(msg)
    name = f"{lon:g},{lat:g} on {atlas.links[snap.link_id]['name']}"
    return Endpoint(f"{lon:g},{lat:g}", name, lon, lat, (), snap)


def _nearest(atlas: Atlas, lon: float, lat: float, modes: Collection[str], as_of: date) -> Snap | None:
    best: tuple[float, str] | None = None
    for link in sorted(atlas.links, key=lambda row: row["id"]):
        mode = link["mode"]
        if mode in PIPELINES or (modes and mode not in modes) or atlas.status(link["id"], as_of).status not in USABLE:
            continue
        away_km = _locate(atlas, link["id"], lon, lat)[0]
        if best is None or away_km < best[0]:
            best = away_km, link["id"]
    if best is None:
        return None
    link_id = best[1]
    _, fraction, at_lon, at_lat = _locate(atlas, link_id, lon, lat)
    crossing_id = atlas.crossing_of_link.get(link_id)
    before = None
    if crossing_id:
        crossing = atlas.crossings[crossing_id]
        before = fraction <= _locate(atlas, link_id, crossing["lon"], crossing["lat"])[1]
    km = geodesic_km(lon, lat, at_lon, at_lat)
    return Snap(link_id, fraction, round(at_lon, 5), round(at_lat, 5), km, before)


def _locate(atlas: Atlas, link_id: str, lon: float, lat: float) -> tuple[float, float, float, float]:
    """Return about how far a link is from a point in km, and the nearest point's fraction, lon and lat."""
    shape = shape_of(atlas, link_id)
    # A plane tangent at the point is exact enough to choose; the distance itself is taken on the ellipsoid.
    x = (np.array(shape.lons) - lon) * np.cos(np.radians(lat)) * _KM_PER_DEGREE
    y = (np.array(shape.lats) - lat) * _KM_PER_DEGREE
    dx, dy = np.diff(x), np.diff(y)
    squared = dx**2 + dy**2
    along = np.clip(-(x[:-1] * dx + y[:-1] * dy) / np.where(squared > 0, squared, 1), 0, 1)
    away = np.hypot(x[:-1] + along * dx, y[:-1] + along * dy)
    index = int(np.argmin(away))
    part = float(along[index])
    parts = segment_km(shape.lons, shape.lats)
    # Rounding must not carry the point past an end, or the rest of the link would have a negative length.
    fraction = min(float((parts[:index].sum() + part * parts[index]) / parts.sum()), 1.0)
    at_lon = shape.lons[index] + part * (shape.lons[index + 1] - shape.lons[index])
    at_lat = shape.lats[index] + part * (shape.lats[index + 1] - shape.lats[index])
    return float(away[index]), fraction, at_lon, at_lat
