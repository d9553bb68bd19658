"""`corridors list`: what the atlas holds."""

from enum import StrEnum
from typing import Annotated

import typer

from corridors.cli.options import AtlasFolder, Json
from corridors.cli.output import print_json, print_table
from geodata import Row, load_atlas

__all__ = ["Kind", "list_"]


class Kind(StrEnum):
    """Tables that can be listed."""

    corridors = "corridors"
    places = "places"
    hubs = "hubs"
    links = "links"
    crossings = "crossings"
    projects = "projects"
    events = "events"
    instruments = "instruments"
    sources = "sources"


_COLUMNS = {
    "corridors": ("id", "name", "modes", "alt_names"),
    "places": ("id", "name", "kind", "country", "status", "status_date"),
    "hubs": ("id", "name", "place_ids"),
    "links": ("id", "name", "mode", "length_km", "status", "status_date"),
    "crossings": ("id", "name", "modes", "status", "status_date"),
    "projects": ("id", "name", "status", "progress_pct", "opening_target"),
    "events": ("id", "date", "title", "effect", "status", "grade"),
    "instruments": ("id", "name", "signed", "in_force"),
    "sources": ("id", "title", "date", "grade"),
}


def list_(
    kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.corridors,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """List corridors, or places, hubs, links, crossings, projects, events, instruments or sources."""
    table = sorted(load_atlas(atlas).tables[kind], key=lambda row: (_day(row, kind), row["id"]))
    if json:
        plain = [{key: _plain(value) for key, value in row.items()} for row in table]
        print_json({"schema_version": 1, kind.value: plain})
        return
    columns = _COLUMNS[kind]
    print_table(columns, ([_shown(row[name]) for name in columns] for row in table))


def _day(row: Row, kind: Kind) -> str:
    # Events read best in order of time; everything else in order of its ids.
    return str(row["date"]) if kind is Kind.events else ""


def _plain(value: object) -> object:
    return (
        list(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, str | int | float | bool | None)
        else str(value)
    )


def _shown(value: object) -> object:
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else value
