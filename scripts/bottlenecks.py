"""Write the bottlenecks of corridors as CSV: `python scripts/bottlenecks.py [CORRIDOR ...] > bottlenecks.csv`."""

import sys

from corridors import build_network, find_bottlenecks
from corridors.corridor_names import find_corridor
from corridors.errors import InputError
from geodata import CorridorsError, load_atlas
from maps.report import bottlenecks_csv


def main(names: list[str]) -> int:
    """Print one table for the corridors named, or for the featured ones."""
    try:
        atlas = load_atlas()
        network = build_network(atlas)
        ids = [find_corridor(atlas, name) for name in names]
        if None in ids:
            msg = f"No corridor is called {names[ids.index(None)]!r}. `corridors list` shows them."
            raise InputError(msg)
        chosen = [item for item in ids if item] or [row["id"] for row in atlas.corridors if row["featured"]]
        print(bottlenecks_csv([find_bottlenecks(network, item) for item in chosen]), end="")
    except CorridorsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
