"""Names by worldview: the neutral name by default, a party's own name where it is asked for."""

from geodata.atlas import Atlas
from geodata.errors import AtlasError

__all__ = ["NEUTRAL", "name_of", "party_names", "worldviews"]

NEUTRAL = "neutral"


def worldviews(atlas: Atlas) -> tuple[str, ...]:
    """Return the worldviews that the atlas knows names of: "neutral" and the parties, sorted.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> worldviews(load_atlas())[:3]
    ('neutral', 'AE', 'AM')
    """
    return (NEUTRAL, *sorted({row["party"] for row in atlas.party_names}))


def name_of(atlas: Atlas, object_id: str, neutral: str, worldview: str = NEUTRAL) -> str:
    """Return the name of an object as a party uses it, the neutral one where it has none of its own.

    Parameters
    ----------
    atlas
        The atlas.
    object_id
        Corridor, place, crossing or link.
    neutral
        Its neutral name.
    worldview
        "neutral" or the code of a party.

    Raises
    ------
    AtlasError
        Where the atlas holds no names of that party.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> name_of(load_atlas(), "meghri", "Meghri route", "AZ")
    'Zangezur corridor'
    """
    known = worldviews(atlas)
    if worldview not in known:
        msg = f"{worldview!r} is no worldview of the atlas. Use one of: {', '.join(known)}."
        raise AtlasError(msg)
    own = [row["name"] for row in atlas.party_names if row["object_id"] == object_id and row["party"] == worldview]
    return str(own[0]) if own else neutral


def party_names(atlas: Atlas, object_id: str) -> tuple[str, ...]:
    """Return the parties' names of an object as words, each with who uses it and since or until when.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> party_names(load_atlas(), "ir-greater-tunb")
    ('Tonb-e Bozorg (IR)', 'Tunb al-Kubra (AE)')
    """
    by_name: dict[tuple[str, str | None, str | None], list[str]] = {}
    for row in sorted(atlas.party_names, key=lambda row: row["id"]):
        if row["object_id"] == object_id:
            by_name.setdefault((row["name"], row["since"], row["until"]), []).append(row["party"])
    words = []
    for (name, since, until), parties in sorted(by_name.items(), key=lambda item: item[0][0]):
        dated = f", since {since}" if since else f", until {until}" if until else ""
        words.append(f"{name} ({', '.join(parties)}{dated})")
    return tuple(words)
