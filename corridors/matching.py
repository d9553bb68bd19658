"""Names as people type them: folding for comparison and suggestions for slips."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["fold", "suggest"]


def fold(text: str) -> str:
    """Return a name without case, accents and punctuation.

    Examples
    --------
    >>> fold("Iğdır") == fold("igdir"), fold("St. Petersburg")
    (True, 'st petersburg')
    """
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ə", "e")).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", kept).strip()


def suggest(text: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" with up to three close names, or an empty text.

    Examples
    --------
    >>> suggest("rast-astara", ["rasht-astara", "suez"])
    " Did you mean 'rasht-astara'?"
    """
    by_fold = {fold(name): name for name in sorted(set(known), reverse=True)}
    close = difflib.get_close_matches(fold(text), by_fold, n=3, cutoff=0.7)
    return f" Did you mean {' or '.join(repr(by_fold[name]) for name in close)}?" if close else ""
