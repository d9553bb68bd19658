"""`corridors source`: where each value of an object comes from, or what a source supports."""

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.options import AtlasFolder, Json
from corridors.cli.output import print_json, print_line, print_table
from geodata import load_atlas
from geodata.values import values_from, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata import Atlas
    from geodata.values import Value

__all__ = ["source"]


def source(
    item: Annotated[str, typer.Argument(metavar="ID", help="Id of a source, or of any object of the atlas.")],
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Print source, date, grade, method and range of each value of an object, or what a source supports."""
    facts = load_atlas(atlas)
    is_source = item in facts.sources
    values = values_from(facts, item) if is_source else values_of(facts, item)
    cited = [item] if is_source else sorted({name for value in values for name in value.provenance.source_ids})
    if json:
        sources = [{key: facts.sources[name][key] for key in _SOURCE} for name in cited]
        print_json(
            {"schema_version": 1, "id": item, "values": [value.to_dict() for value in values], "sources": sources}
        )
        return
    _print_values(values, with_object=is_source)
    print_line()
    for name in cited:
        _print_source(facts, name)


_SOURCE = ("id", "title", "url", "date", "grade", "perishable")


def _print_values(values: "Sequence[Value]", *, with_object: bool) -> None:
    columns = (
        *(("object",) if with_object else ()),
        "value of",
        "value",
        "method",
        "range",
        "date",
        "grade",
        "sources",
    )
    rows = []
    for value in values:
        origin = value.provenance
        shown = "; ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
        bounds = (
            "" if origin.low is None and origin.high is None else f"{_number(origin.low)} to {_number(origin.high)}"
        )
        rows.append(
            (
                *((value.object_id,) if with_object else ()),
                value.field,
                f"{shown} {value.unit}".strip(),
                origin.method.replace("_", " "),
                bounds,
                origin.date or "",
                origin.grade,
                " ".join(origin.source_ids) or "none",
            )
        )
    print_table(columns, rows)


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"


def _print_source(facts: "Atlas", name: str) -> None:
    row = facts.sources[name]
    words = [row["title"], row["date"] or "undated", f"grade {row['grade']}"]
    words += ["may be gone or changed"] if row["perishable"] else []
    words += [row["url"]] if row["url"] else []
    print_line(f"{name}: {', '.join(words)}")
