"""Build every corridor page, the index and the bottleneck report: `python scripts/build_atlas.py [FOLDER]`."""

import sys
from pathlib import Path

from corridors import build_network
from geodata import CorridorsError, load_atlas
from maps.site import write_site


def main(folder: str = "build/atlas") -> int:
    """Write the site into a folder and print the index page's path."""
    try:
        atlas = load_atlas()
        print(write_site(build_network(atlas), Path(folder), atlas.data_date, progress=print))
    except CorridorsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
