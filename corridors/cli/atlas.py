"""`corridors atlas`: every corridor page, the index and the bottleneck report."""

from pathlib import Path
from typing import Annotated

import typer

from corridors.cli.options import AsOf, AtlasFolder, network_on
from corridors.cli.output import print_line, progress_bar

__all__ = ["atlas"]


def atlas(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the pages.")] = Path("build/atlas"),
    as_of: AsOf = None,
    folder: AtlasFolder = None,
) -> None:
    """Build the atlas: index.html, a page per corridor, bottlenecks.csv and bottlenecks.md."""
    from maps.site import write_site

    network, on, _ = network_on(folder, as_of, None)
    with progress_bar(len(network.atlas.corridors), "Atlas") as step:
        index = write_site(network, out, on, progress=step)
    print_line(str(index))
