"""The network: states and arcs of the atlas as arrays, with a mask for what is usable on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corridors.terms import Term, TermBook
from geodata import Atlas
from geodata.shape import SEA, km_by_country
from geodata.status import BLOCKING, USABLE, StatusInterval
from geodata.table import Row

__all__ = ["PIPELINES", "SHIP_LAYER", "Arc", "Network", "build_network", "layers_of"]

PIPELINES = frozenset({"gas_pipeline", "oil_pipeline"})
SHIP_LAYER = "ship"
_RAIL = "rail-"


@dataclass(frozen=True, slots=True)
class Arc:
    """One step between two states: a link moves, a transfer waits.

    Attributes
    ----------
    tail, head
        State numbers.
    kind
        "link", "border", "gauge", "port" or "reload".
    mode
        Mode of a link arc; modes joined by a transfer.
    object_id
        Link of a link arc, crossing of a border arc, place of any other transfer.
    length_km, time_h, cost_usd
        What the step takes; cost per TEU.
    assumed_km, assumed_h, assumed_usd
        The part of each that rests on assumed values.
    source_ids
        Sources and parameters of the figures.
    """

    tail: int
    head: int
    kind: str
    modes: tuple[str, ...]
    object_id: str
    length_km: float
    time_h: float
    cost_usd: float
    assumed_km: float
    assumed_h: float
    assumed_usd: float
    source_ids: tuple[str, ...]


def layers_of(link: Row) -> tuple[str, ...]:
    """Return the layers a link runs in: a rail layer per gauge, road, ship or roro."""
    mode = link["mode"]
    if mode == "rail":
        return tuple(f"{_RAIL}{gauge}" for gauge in link["gauges_mm"])
    return (SHIP_LAYER,) if mode in {"sea", "inland_waterway"} else (mode,)


@dataclass(frozen=True, eq=False)
class Network:
    """States (place x layer) and arcs of an atlas.

    Attributes
    ----------
    atlas
        The atlas it was built from; its timeline decides what is usable.
    states
        Place and layer of each state; the waiting side of a border link has layer "border:LINK".
    arcs
        Arcs in a fixed order that does not depend on the order of rows.
    """

    atlas: Atlas
    states: tuple[tuple[str, str], ...]
    arcs: tuple[Arc, ...]

    @cached_property
    def tail(self) -> NDArray[np.int32]:
        """State each arc leaves, shape (arcs,)."""
        return np.array([arc.tail for arc in self.arcs], np.int32)

    @cached_property
    def head(self) -> NDArray[np.int32]:
        """State each arc reaches, shape (arcs,)."""
        return np.array([arc.head for arc in self.arcs], np.int32)

    @cached_property
    def states_of_place(self) -> dict[str, tuple[int, ...]]:
        """States where a journey may begin or end, by place."""
        result: dict[str, tuple[int, ...]] = {}
        for number, (place, layer) in enumerate(self.states):
            if not layer.startswith("border:"):
                result[place] = (*result.get(place, ()), number)
        return result

    def weights(self, by: str) -> NDArray[np.float64]:
        """Return the weight of each arc, shape (arcs,): km, hours or USD, ties broken by the others."""
        table = np.array([(arc.length_km, arc.time_h, arc.cost_usd) for arc in self.arcs])
        shares = {"distance": (1, 1e-6, 1e-9), "time": (1e-6, 1, 1e-9), "cost": (1e-6, 1e-6, 1)}[by]
        return np.asarray(table @ np.array(shares), dtype=np.float64)

    def on_atlas(self, atlas: Atlas) -> "Network":
        """Return the same network under another timeline of the same atlas."""
        return Network(atlas, self.states, self.arcs)

    def obstacles(self, arc: Arc, on: date) -> tuple[StatusInterval, ...]:
        """Return the states of objects that keep an arc from being used on a day."""
        found = [self.atlas.status(arc.object_id, on)] if arc.kind in {"link", "border"} else []
        shut = [item for item in found if item.status not in USABLE]
        places = {self.states[arc.tail][0], self.states[arc.head][0]}
        found = [self.atlas.status(place, on) for place in sorted(places)]
        return (*shut, *(item for item in found if item.status in BLOCKING))

    @lru_cache(maxsize=32)  # noqa: B019 - networks are few and live as long as the process
    def usable(self, on: date) -> NDArray[np.bool_]:
        """Return which arcs can be used on a day, shape (arcs,)."""
        return np.array([not self.obstacles(arc, on) for arc in self.arcs], dtype=np.bool_)


class _Builder:
    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.terms = TermBook(atlas)
        self.numbers: dict[tuple[str, str], int] = {}
        self.arcs: list[Arc] = []

    def state(self, place: str, layer: str) -> int:
        return self.numbers.setdefault((place, layer), len(self.numbers))

    def fits(self, place: str, layer: str) -> bool:
        gauges = self.atlas.places[place]["gauges_mm"]
        return not layer.startswith(_RAIL) or not gauges or layer.removeprefix(_RAIL) in gauges

    def link(self, link: Row) -> None:
        moving = _moving(self.atlas, self.terms, link)
        crossing_id = self.atlas.crossing_of_link.get(link["id"])
        for layer in layers_of(link):
            if not (self.fits(link["from_id"], layer) and self.fits(link["to_id"], layer)):
                continue
            for start, end in ((link["from_id"], link["to_id"]), (link["to_id"], link["from_id"])):
                tail, head = self.state(start, layer), self.state(end, layer)
                if crossing_id:
                    waiting = self.state(end, f"border:{link['id']}:{layer}")
                    self.arcs.append(Arc(tail, waiting, "link", (link["mode"],), link["id"], *moving))
                    wait = _border(self.atlas, self.terms, self.atlas.crossings[crossing_id], link["mode"])
                    self.arcs.append(Arc(waiting, head, "border", (link["mode"],), crossing_id, *wait))
                else:
                    self.arcs.append(Arc(tail, head, "link", (link["mode"],), link["id"], *moving))

    def transfers(self) -> None:
        layers: dict[str, list[str]] = {}
        for place, layer in sorted(self.numbers):
            if not layer.startswith("border:"):
                layers.setdefault(place, []).append(layer)
        for place, found in layers.items():
            for here in found:
                for there in found:
                    kind = _transfer_kind(here, there)
                    if kind:
                        mode = "rail" if kind == "gauge" else None
                        hours = self.terms.find(f"{kind}_h", mode)
                        fee = self.terms.find(f"{kind}_usd", mode)
                        modes = tuple(dict.fromkeys((_mode(here), _mode(there))))
                        arc = Arc(
                            self.state(place, here), self.state(place, there), kind, modes, place, *_waiting(hours, fee)
                        )
                        self.arcs.append(arc)


def _mode(layer: str) -> str:
    return "rail" if layer.startswith(_RAIL) else "sea" if layer == SHIP_LAYER else layer


def _transfer_kind(here: str, there: str) -> str | None:
    if here == there:
        return None
    water = {SHIP_LAYER, "roro"}
    if here.startswith(_RAIL) and there.startswith(_RAIL):
        return "gauge"
    if here in water and there in water:
        return None
    return "port" if here in water or there in water else "reload"


def _waiting(hours: Term, fee: Term) -> tuple[float, float, float, float, float, float, tuple[str, ...]]:
    assumed_h = hours.value if hours.assumed else 0.0
    assumed_usd = fee.value if fee.assumed else 0.0
    return 0.0, hours.value, fee.value, 0.0, assumed_h, assumed_usd, (hours.parameter_id, fee.parameter_id)


def _border(
    atlas: Atlas, terms: TermBook, crossing: Row, mode: str
) -> tuple[float, float, float, float, float, float, tuple[str, ...]]:
    pair = "-".join(sorted((crossing["country_a"], crossing["country_b"])))
    fee = terms.find("border_usd", mode, pair)
    if crossing["wait_h"] is None or mode not in crossing["wait_modes"]:
        return _waiting(terms.find("border_h", mode, pair), fee)
    origin = atlas.provenance_of("crossings", crossing["id"], "wait_h")
    sources = (*origin.source_ids, fee.parameter_id)
    return 0.0, crossing["wait_h"], fee.value, 0.0, 0.0, fee.value if fee.assumed else 0.0, sources


def _moving(
    atlas: Atlas, terms: TermBook, link: Row
) -> tuple[float, float, float, float, float, float, tuple[str, ...]]:
    origin = atlas.provenance_of("links", link["id"], "length_km")
    load = terms.find("load_t")
    km, hours, usd, assumed_h, assumed_usd = float(link["length_km"]), 0.0, 0.0, 0.0, 0.0
    used: list[str] = [*origin.source_ids]
    for country, part in km_by_country(atlas, link["id"]).items():
        scope = link["water"] if country == SEA else country
        speed = terms.find("speed_kmh", link["mode"], scope)
        per_tkm = terms.get("freight_usd_tkm", link["mode"], scope)
        rate = per_tkm or terms.find("freight_usd_teukm", link["mode"], scope)
        cost = part * rate.value * (load.value if per_tkm else 1.0)
        hours += part / speed.value
        usd += cost
        # A figure is only as good as the length it is made from.
        assumed_h += part / speed.value if speed.assumed or origin.assumed else 0.0
        assumed_usd += cost if rate.assumed or origin.assumed or (per_tkm and load.assumed) else 0.0
        used += [speed.parameter_id, rate.parameter_id]
    return km, hours, usd, km if origin.assumed else 0.0, assumed_h, assumed_usd, tuple(dict.fromkeys(used))


def build_network(atlas: Atlas) -> Network:
    """Build the transport network of an atlas; pipelines are left out, for they carry no cargo units.

    Parameters
    ----------
    atlas
        The atlas.

    Returns
    -------
    Network
        Every link and transfer whatever its status; `Network.usable` tells what is open on a day.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> network = build_network(load_atlas())
    >>> ("ir-rasht", "rail-1435") in network.states
    True
    """
    builder = _Builder(atlas)
    for link in sorted(atlas.links, key=lambda row: row["id"]):
        if link["mode"] not in PIPELINES:
            builder.link(link)
    builder.transfers()
    return Network(atlas, tuple(builder.numbers), tuple(builder.arcs))
