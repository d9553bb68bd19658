"""Corridors as people name them, and the places where they begin and end."""

from corridors.errors import AmbiguousNameError
from corridors.matching import fold
from geodata import Atlas, AtlasError

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

    Raises
    ------
    AtlasError
        Where the legs are no chain, or come back to a place they have left.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> corridor_ends(load_atlas(), "rasht-astara")
    ('ir-astara-terminal', 'ir-rasht')
    """
    legs = atlas.legs[corridor_id]
    pairs = [(atlas.links[leg]["from_id"], atlas.links[leg]["to_id"]) for leg in legs]
    starts = pairs[0] if len(pairs) == 1 or pairs[0][1] in pairs[1] else pairs[0][::-1]
    chain = list(starts)
    for leg, pair in zip(legs[1:], pairs[1:], strict=True):
        onward = pair[1] if pair[0] == chain[-1] else pair[0] if pair[1] == chain[-1] else None
        if onward is None or onward in chain:
            fault = "does not join the leg before it" if onward is None else f"comes back to {onward}"
            msg = f"Corridor {corridor_id}: leg {leg} {fault}. Correct corridor_legs.csv; see `corridors check`."
            raise AtlasError(msg)
        chain.append(onward)
    return chain[0], chain[-1]
