"""The hot loop: shortest paths over arrays. Faster kernels can come behind the same function."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

__all__ = ["shortest_path"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


def shortest_path(count: int, tail: Ints, head: Ints, weight: Floats, source: int, target: int) -> Ints | None:
    """Return the arcs of a cheapest path.

    Parameters
    ----------
    count
        Number of vertices.
    tail, head
        Vertices of each arc, shape (arcs,).
    weight
        Weight of each arc, not negative, shape (arcs,); arcs with infinite weight are not used.
    source, target
        Vertices.

    Returns
    -------
    numpy.ndarray or None
        Arc numbers from source to target; None where no path exists. Of parallel arcs the cheapest
        counts, of equal ones the first.

    Examples
    --------
    >>> import numpy as np
    >>> arcs = np.array([0, 1], np.int32), np.array([1, 2], np.int32), np.array([1.0, 0.0])
    >>> shortest_path(3, *arcs, 0, 2).tolist()
    [0, 1]
    """
    order = np.lexsort((np.arange(len(tail)), weight, head, tail))
    order = order[np.isfinite(weight[order])]
    pairs = tail[order].astype(np.int64) * count + head[order]
    order = order[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(order) else order
    indptr = np.searchsorted(tail[order], np.arange(count + 1)).astype(np.int32)
    graph = csr_array((weight[order], head[order], indptr), shape=(count, count))
    cost, before = dijkstra(graph, indices=np.array([source]), return_predecessors=True)
    if not np.isfinite(cost[0, target]):
        return None
    path: list[int] = []
    vertex = target
    while vertex != source:
        previous = int(before[0, vertex])
        row = slice(indptr[previous], indptr[previous + 1])
        path.append(int(order[row][np.searchsorted(head[order][row], vertex)]))
        vertex = previous
    return np.array(path[::-1], dtype=np.int32)
