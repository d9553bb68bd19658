"""The `corridors` command: its sub-commands and how errors reach the user."""

import os
import sys

import typer

from corridors.cli import (
    atlas,
    bottlenecks,
    check,
    corrections,
    distance,
    history,
    listing,
    mapping,
    route,
    show,
    source,
    treaty,
)
from geodata.errors import CorridorsError

__all__ = ["app", "main"]

app = typer.Typer(
    name="corridors",
    help="Transport corridors between India, Iran, the Caucasus, Central Asia and Russia, and what treaties promise of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("list")(listing.list_)
app.command("show")(show.show)
app.command("distance")(distance.distance)
app.command("route")(route.route)
app.command("bottlenecks")(bottlenecks.bottlenecks)
app.command("treaty")(treaty.treaty)
app.command("map")(mapping.map_)
app.command("atlas")(atlas.atlas)
app.command("source")(source.source)
app.command("history")(history.history)
app.command("corrections")(corrections.corrections)
app.command("check")(check.check)


def main() -> None:
    """Run the command line; an expected error is one line on stderr and exit code 1."""
    try:
        app()
    except CorridorsError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
