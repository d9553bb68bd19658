"""Terms of time and money: which parameter of the atlas holds for a mode and a place."""

from dataclasses import dataclass

from geodata import Atlas
from geodata.errors import AtlasError

__all__ = ["Term", "TermBook"]


@dataclass(frozen=True, slots=True)
class Term:
    """One value of the model with its parameter and whether it is assumed."""

    value: float
    parameter_id: str
    assumed: bool


class TermBook:
    """Look-up of the atlas's `model` table, the most specific row first.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> TermBook(load_atlas()).find("speed_kmh", "rail", "RU").value
    38.4
    """

    def __init__(self, atlas: Atlas) -> None:
        """Index the model table of an atlas."""
        self._terms: dict[tuple[str, str | None, str | None], Term] = {}
        for row in atlas.model:
            parameter = atlas.parameters[row["parameter_id"]]
            assumed = row["proxy"] or parameter["basis"] == "assumed"
            self._terms[row["term"], row["mode"], row["scope"]] = Term(parameter["value"], parameter["id"], assumed)

    def get(self, term: str, mode: str | None = None, scope: str | None = None) -> Term | None:
        """Return the term for a mode and a scope, falling back to the mode, then to all modes."""
        for key in ((term, mode, scope), (term, mode, None), (term, None, None)):
            if key in self._terms:
                return self._terms[key]
        return None

    def find(self, term: str, mode: str | None = None, scope: str | None = None) -> Term:
        """Return the term for a mode and a scope.

        Raises
        ------
        AtlasError
            Where the model table has no row for it.
        """
        found = self.get(term, mode, scope)
        if found is None:
            msg = f"model.csv has no row for {term} of {mode or 'any mode'}. Add one that names a parameter."
            raise AtlasError(msg)
        return found
