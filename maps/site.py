"""The atlas as files: a page per corridor, the index and the bottleneck report."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from corridors.bottlenecks import find_bottlenecks
from corridors.distances import measure_corridor
from corridors.network import PIPELINES, Network
from corridors.route import Route
from corridors.treaty import read_treaty
from geodata import Atlas
from geodata.naming import NEUTRAL
from maps.downloads import page_csv, page_geojson
from maps.errors import PageError
from maps.finding import CorridorResults, headline
from maps.page import write_page
from maps.payload import corridor_payload, index_payload, route_payload
from maps.report import bottlenecks_csv, bottlenecks_markdown

__all__ = ["corridor_results", "write_corridor_page", "write_route_page", "write_site"]


@contextmanager
def _all_or_nothing(out: Path) -> Iterator[Path]:
    """Yield a folder beside the target; its files move to the target only when all are made."""
    parent = out.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=parent))
    except OSError as error:
        msg = f"Nothing can be written in {parent}: {error.strerror}. Name another folder with -o."
        raise PageError(msg) from error
    try:
        yield draft
        out.mkdir(exist_ok=True)
        for file in sorted(draft.iterdir()):
            file.replace(out / file.name)
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror}. Name another folder with -o."
        raise PageError(msg) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def corridor_results(network: Network, corridor_id: str, as_of: date) -> CorridorResults:
    """Return what the page of a corridor shows.

    Examples
    --------
    >>> from corridors import build_network
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> corridor_results(build_network(atlas), "rasht-astara", atlas.data_date).distance.distance_km
    162.5
    """
    atlas = network.atlas
    pipeline = all(atlas.links[link]["mode"] in PIPELINES for link in atlas.legs[corridor_id])
    report = None if pipeline else find_bottlenecks(network, corridor_id, as_of)
    return CorridorResults(corridor_id, as_of, measure_corridor(atlas, corridor_id, as_of), report)


def write_corridor_page(network: Network, corridor_id: str, out: Path, as_of: date, worldview: str = NEUTRAL) -> Path:
    """Write one corridor's page into a folder and return its path.

    Raises
    ------
    PageError
        Where the folder cannot be written; nothing is left in it.
    """
    payload = corridor_payload(
        network.atlas,
        corridor_results(network, corridor_id, as_of),
        read_treaty(network.atlas, as_of=as_of),
        worldview=worldview,
    )
    with _all_or_nothing(out) as draft:
        _write_with_downloads(network.atlas, payload, draft)
    return out / f"{corridor_id}.html"


def _write_with_downloads(atlas: Atlas, payload: Mapping[str, Any], folder: Path) -> None:
    name = payload["id"]
    files = [{"href": f"{name}.geojson", "title": "GeoJSON"}, {"href": f"{name}.csv", "title": "CSV"}]
    write_page({**payload, "downloads": files}, folder / f"{name}.html")
    (folder / f"{name}.geojson").write_text(page_geojson(atlas, payload), encoding="utf-8")
    (folder / f"{name}.csv").write_text(page_csv(atlas, payload), encoding="utf-8")


def write_route_page(network: Network, route: Route, path: Path) -> Path:
    """Write a route's page to a file and return its path.

    Raises
    ------
    PageError
        Where the file cannot be written.
    """
    payload = route_payload(network.atlas, route, read_treaty(network.atlas, as_of=route.as_of))
    with _all_or_nothing(path.parent) as draft:
        write_page(payload, draft / path.name)
    return path


def write_site(network: Network, out: Path, as_of: date, progress: Callable[[str], None] | None = None) -> Path:
    """Write every corridor's page, the index and the bottleneck report into a folder.

    Parameters
    ----------
    network
        Network of the atlas.
    out
        Folder; it is filled only when every file is made.
    as_of
        Day whose statuses hold.
    progress
        Called with the name of each corridor.

    Returns
    -------
    Path
        The index page.

    Raises
    ------
    PageError
        Where the folder cannot be written.
    """
    atlas = network.atlas
    tell = progress or (lambda _: None)
    treaty = read_treaty(atlas, as_of=as_of)
    order = sorted(atlas.corridors, key=lambda row: (not row["featured"], row["id"]))
    results = {}
    for row in order:
        tell(row["name"])
        results[row["id"]] = corridor_results(network, row["id"], as_of)
    navigation = [{"href": "index.html", "title": "All corridors", "note": ""}]
    navigation += [
        {"href": f"{row['id']}.html", "title": row["name"], "note": row["description"]}
        for row in order
        if row["featured"]
    ]
    with _all_or_nothing(out) as draft:
        for row in order:
            own = {"href": f"{row['id']}.html", "title": row["name"], "note": row["description"]}
            pages = navigation if row["featured"] else [*navigation, own]
            _write_with_downloads(atlas, corridor_payload(atlas, results[row["id"]], treaty, pages), draft)
        featured = [results[row["id"]] for row in order if row["featured"]]
        cards = [
            {
                "href": f"{row['id']}.html",
                "title": row["name"],
                "note": headline(atlas, results[row["id"]]),
                "figures": [["Distance", f"{results[row['id']].distance.distance_km:,.0f} km"]],
            }
            for row in order
        ]
        write_page(index_payload(atlas, featured, treaty, [navigation[0], *cards]), draft / "index.html")
        reports = [item.report for item in results.values() if item.report]
        (draft / "bottlenecks.csv").write_text(bottlenecks_csv(reports), encoding="utf-8")
        (draft / "bottlenecks.md").write_text(bottlenecks_markdown(atlas, reports), encoding="utf-8")
    return out / "index.html"
