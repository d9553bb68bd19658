"""Scenarios: rows laid over the timeline of the atlas, never an edit of it."""

import re
from collections.abc import Iterable
from datetime import date

from corridors.errors import InputError
from corridors.matching import suggest
from geodata import Atlas, StatusInterval
from geodata.status import BLOCKING, USABLE

__all__ = ["assume_open", "parse_date"]

_ASSUMED_EVENT = "assume-open"


def parse_date(text: str) -> date:
    """Return the day that a text names.

    Raises
    ------
    InputError
        Where the text is no day of the form YYYY-MM-DD.

    Examples
    --------
    >>> parse_date("2026-02-01")
    datetime.date(2026, 2, 1)
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    msg = f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2026-02-01."
    raise InputError(msg)


def assume_open(atlas: Atlas, items: Iterable[str], as_of: date) -> tuple[Atlas, tuple[str, ...]]:
    """Lay an assumed opening over the timeline.

    Parameters
    ----------
    atlas
        The atlas.
    items
        Ids of links, places, crossings, corridors or projects, each with an optional "@YYYY-MM-DD".
        A corridor or project stands for its links; a link brings the crossing it passes and its ends.
    as_of
        Day from which an item without a date is open.

    Returns
    -------
    atlas, object_ids
        A new atlas, and the objects that the assumption changes on `as_of`, sorted.

    Raises
    ------
    InputError
        Where an id is unknown or a date is malformed.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> atlas, opened = assume_open(load_atlas(), ["rasht-astara"], date(2026, 2, 1))
    >>> opened[0], atlas.status(opened[0], date(2026, 2, 1)).status
    ('rail-astara-terminal-talesh', 'operating')
    """
    rows: dict[str, StatusInterval] = {}
    for item in items:
        name, _, day = item.partition("@")
        start = parse_date(day) if day else as_of
        named, ends = _objects(atlas, name)
        # An end that merely awaits its railway does not block a road; only one that is shut is opened too.
        days = start, max(start, as_of)
        shut = {place for place in ends if any(atlas.status(place, on).status in BLOCKING for on in days)}
        for object_id in sorted(named | shut):
            # What is open on the assumed day may have been shut by the day asked about.
            if any(atlas.status(object_id, on).status not in USABLE for on in days):
                rows[object_id] = StatusInterval(
                    object_id, start, None, "operating", _ASSUMED_EVENT, "assumed", start.isoformat()
                )
    scenario = atlas.with_intervals(rows.values())
    changed = (key for key in rows if scenario.status(key, as_of).status != atlas.status(key, as_of).status)
    return scenario, tuple(sorted(changed))


def _objects(atlas: Atlas, name: str) -> tuple[set[str], set[str]]:
    if name in atlas.links:
        links = {name}
    elif name in atlas.crossings or name in atlas.places:
        return {name}, set()
    else:
        links = set(atlas.legs.get(name, ()))
        project = atlas.projects.get(name)
        links |= set(project["link_ids"]) if project else set()
    if not links:
        tables = ("links", "places", "crossings", "corridors", "projects")
        known = [row["id"] for table in tables for row in atlas.tables[table]]
        msg = f"{name!r} is no link, place, crossing, corridor or project that can be opened.{suggest(name, known)}"
        raise InputError(msg)
    ends = {atlas.links[link][end] for link in links for end in ("from_id", "to_id")}
    crossings = {atlas.crossing_of_link[link] for link in links if link in atlas.crossing_of_link}
    return links | crossings, ends
