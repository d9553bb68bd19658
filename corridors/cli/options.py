"""Options that several commands share, and the atlas they work on."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridors.corridor_names import find_corridor
from corridors.errors import InputError
from corridors.matching import suggest
from geodata import Atlas, load_atlas

if TYPE_CHECKING:
    from corridors.network import Network

__all__ = ["AsOf", "AssumeOpen", "AtlasFolder", "Json", "Modes", "corridor_id", "day", "mode_list", "network_on"]

AtlasFolder = Annotated[
    Path | None, typer.Option("--atlas", help="Folder of another atlas.", envvar="CORRIDORS_ATLAS", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Day whose statuses hold, YYYY-MM-DD; the atlas's data date by default."
    ),
]
Modes = Annotated[
    list[str] | None,
    typer.Option("--mode", help="Mode that may be used; repeat it, or part modes by commas. All by default."),
]
AssumeOpen = Annotated[
    list[str] | None,
    typer.Option(
        "--assume-open",
        metavar="ID[@DATE]",
        help="Take a link, crossing, place, corridor or project as open; may be repeated.",
    ),
]


def day(atlas: Atlas, text: str | None) -> date:
    """Return the day asked for, the data date by default."""
    from corridors.scenarios import parse_date

    return parse_date(text) if text else atlas.data_date


def mode_list(modes: list[str] | None) -> list[str]:
    """Return the modes asked for, commas parted."""
    return [part.strip() for text in modes or () for part in text.split(",") if part.strip()]


def corridor_id(atlas: Atlas, text: str) -> str:
    """Return the id of a corridor from its id, name or party name.

    Raises
    ------
    InputError
        Where there is none; the message suggests close ones.
    """
    found = find_corridor(atlas, text)
    if found is None:
        known = [name for row in atlas.corridors for name in (row["id"], row["name"], *row["alt_names"])]
        msg = f"No corridor is called {text!r}.{suggest(text, known)} `corridors list` shows them."
        raise InputError(msg)
    return found


def network_on(
    folder: Path | None, as_of: str | None, items: list[str] | None
) -> tuple["Network", date, tuple[str, ...]]:
    """Load the atlas and build its network with what the question assumes open."""
    from corridors.network import build_network
    from corridors.scenarios import assume_open

    atlas = load_atlas(folder)
    on = day(atlas, as_of)
    scenario, opened = assume_open(atlas, items or (), on)
    return build_network(scenario), on, opened
