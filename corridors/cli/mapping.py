"""`corridors map`: one corridor as a page."""

from pathlib import Path
from typing import Annotated

import typer

from corridors.cli.options import AsOf, AssumeOpen, AtlasFolder, corridor_id, network_on
from corridors.cli.output import print_line

__all__ = ["map_"]


def map_(
    corridor: Annotated[str, typer.Argument(help="Id, name or party name of a corridor.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the page.")] = Path("build/maps"),
    as_of: AsOf = None,
    assume_open: AssumeOpen = None,
    worldview: Annotated[
        str, typer.Option(help="Whose names to use: neutral, or a party such as AZ, AM, IR.")
    ] = "neutral",
    atlas: AtlasFolder = None,
) -> None:
    """Write a corridor's map as one self-contained HTML file."""
    from maps.site import write_corridor_page

    network, on, _ = network_on(atlas, as_of, assume_open)
    print_line(str(write_corridor_page(network, corridor_id(network.atlas, corridor), out, on, worldview)))
