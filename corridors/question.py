"""A question put to the network: its arcs, and two more vertices where the journey begins and ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from corridors.network import Arc, Network
from corridors.places import Endpoint, Snap

__all__ = ["Question", "ask"]

Piece = tuple[Arc, float]  # an arc and the part of it that is used
_NOTHING = Arc(-1, -1, "virtual", (), "", 0, 0, 0, 0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Question:
    """The network of one question.

    Attributes
    ----------
    network
        Network it was put to.
    vertices
        Number of vertices: the states, the start, the end, and where a border waits before the end.
    tail, head, weight, closed
        Vertices, weight and closure of each piece, shape (pieces,).
    pieces
        Arcs with the part of each that is used.
    """

    network: Network
    vertices: int
    tail: np.ndarray
    head: np.ndarray
    weight: np.ndarray
    closed: np.ndarray
    pieces: tuple[Piece, ...]

    @property
    def length_km(self) -> np.ndarray:
        """Return the length of each piece in km, shape (pieces,)."""
        return np.array([arc.length_km * part for arc, part in self.pieces])

    @property
    def start(self) -> int:
        """Return the vertex where the journey begins."""
        return len(self.network.states)

    @property
    def end(self) -> int:
        """Return the vertex where the journey ends."""
        return len(self.network.states) + 1


def _border_after(network: Network, arc: Arc) -> Arc:
    return next(other for other in network.arcs if other.kind == "border" and other.tail == arc.head)


def _entries(network: Network, point: Endpoint, *, entering: bool) -> list[tuple[int, list[Piece]]]:
    """Return the states next to an endpoint with the pieces that lie between."""
    if point.snap is None:
        return [(state, []) for place in point.place_ids for state in network.states_of_place.get(place, ())]
    return [
        _entry(network, point.snap, arc, entering=entering)
        for arc in network.arcs
        if arc.kind == "link" and arc.object_id == point.snap.link_id
    ]


def _forward(network: Network, arc: Arc) -> bool:
    return bool(network.states[arc.tail][0] == network.atlas.links[arc.object_id]["from_id"])


def _entry(network: Network, snap: Snap, arc: Arc, *, entering: bool) -> tuple[int, list[Piece]]:
    forward = _forward(network, arc)
    ahead = 1 - snap.fraction if forward else snap.fraction
    passed = snap.before_border is not None and snap.before_border != forward
    if entering:
        return _border_after(network, arc).head if passed else arc.head, [(arc, ahead)]
    return arc.tail, [(arc, 1 - ahead), *([(_border_after(network, arc), 1.0)] if passed else [])]


def _between(network: Network, start: Snap, end: Snap) -> list[Piece]:
    part = end.fraction - start.fraction
    arc = next(
        arc
        for arc in network.arcs
        if arc.kind == "link" and arc.object_id == start.link_id and _forward(network, arc) == (part >= 0)
    )
    crosses = start.before_border != end.before_border
    return [(arc, abs(part)), *([(_border_after(network, arc), 1.0)] if crosses else [])]


def ask(
    network: Network,
    start: Endpoint,
    end: Endpoint,
    *,
    by: str,
    modes: Collection[str],
    allowed: np.ndarray,
    as_of: date,
) -> Question:
    """Put a question to a network.

    Parameters
    ----------
    network
        Network of the atlas, or of a scenario.
    start, end
        Endpoints; points along a link enter and leave it there, on their side of its border.
    by
        What is minimised.
    modes
        Modes that may be used; empty means all.
    allowed
        Which arcs may be used at all, shape (arcs,).
    as_of
        Day whose statuses hold.
    """
    pieces: list[Piece] = [(arc, 1.0) for arc in network.arcs]
    tail, head = list(network.tail), list(network.head)
    weight, closed, barred = list(network.weights(by)), list(~network.usable(as_of)), list(~allowed)
    number = {id(arc): index for index, arc in enumerate(network.arcs)}
    begin = len(network.states)
    finish = begin + 1
    vertices = begin + 2

    def add(from_state: int, to_state: int, chain: Sequence[Piece]) -> None:
        nonlocal vertices
        uses = chain or [(_NOTHING, 0.0)]
        for position, (arc, part) in enumerate(uses, 1):
            index = number.get(id(arc))
            target = to_state if position == len(uses) else vertices
            vertices += position < len(uses)
            tail.append(from_state)
            head.append(target)
            pieces.append((arc, part))
            weight.append(0.0 if index is None else weight[index] * part)
            closed.append(index is not None and bool(closed[index]))
            barred.append(index is not None and bool(barred[index]))
            from_state = target

    for state, chain in _entries(network, start, entering=True):
        add(begin, state, chain)
    for state, chain in _entries(network, end, entering=False):
        add(state, finish, chain)
    if start.snap and end.snap and start.snap.link_id == end.snap.link_id:
        add(begin, finish, _between(network, start.snap, end.snap))
    fits = np.array([not modes or set(arc.modes) <= set(modes) for arc, _ in pieces])
    costs = np.where(np.array(barred, bool) | ~fits, np.inf, np.array(weight, float))
    return Question(
        network,
        vertices,
        np.array(tail, np.int32),
        np.array(head, np.int32),
        costs,
        np.array(closed, bool),
        tuple(pieces),
    )
