"""Corridors as people name them, and the places where they begin and end."""

from corridors.errors import AmbiguousNameError
from corridors.matching import fold
from geodata import Atlas

__all__ = ["corridor_ends", "find_corridor"]


def find_corridor(atlas: Atlas, text: str) -> str | None:
    """Return the id of the corridor with this id, name or party name; None where there is none.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> find_corridor(load_atlas(), "TRIPP")
    'meghri'
    """
    if text in atlas.corridors:
        return text
    name = fold(text)
    found = [
        row["id"]
        for row in sorted(atlas.corridors, key=lambda row: (not row["featured"], row["id"]))
        if name in {fold(item) for item in (row["name"], row["name"].split(" (")[0], *row["alt_names"])}
    ]
    # A party name may stand for a main route and its feeders; the featured one is meant.
    featured = [item for item in found if atlas.corridors[item]["featured"]]
    if len(found) > 1 and len(featured) != 1:
        raise AmbiguousNameError(text, found)
    return found[0] if found else None


def corridor_ends(atlas: Atlas, corridor_id: str) -> tuple[str, str]:
    """Return the first and the last place of a corridor's chain of legs.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> corridor_ends(load_atlas(), "rasht-astara")
    ('ir-astara-terminal', 'ir-rasht')
    """
    links = [atlas.links[leg] for leg in atlas.legs[corridor_id]]
    if len(links) == 1:
        return links[0]["from_id"], links[0]["to_id"]
    pairs = [{link["from_id"], link["to_id"]} for link in links]
    (first,) = pairs[0] - pairs[1]
    (last,) = pairs[-1] - pairs[-2]
    return first, last
