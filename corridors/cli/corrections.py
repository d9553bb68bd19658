"""`corridors corrections`: facts that changed since a version, and the pages that showed them."""

from typing import Annotated

import typer

from corridors.cli.options import AtlasFolder, Json
from corridors.cli.output import print_json, print_line, print_table
from geodata import load_atlas
from geodata.corrections import corrections_since, corridors_touched

__all__ = ["corrections"]


def corrections(
    since: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Version that stands in a page's footer.")
    ] = None,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """List the corrections made after a version of the atlas, and the pages built from it that they touch."""
    facts = load_atlas(atlas)
    rows = corrections_since(facts, since)
    pages = sorted({page for row in rows for page in corridors_touched(facts, row["object_id"])})
    if json:
        plain = [{**row, "date": row["date"].isoformat(), "source_ids": list(row["source_ids"])} for row in rows]
        print_json(
            {"schema_version": 1, "since": since, "version": facts.version, "corrections": plain, "pages": pages}
        )
        return
    print_line(f"Atlas {facts.version}: {len(rows)} corrections" + (f" since {since}" if since else ""))
    print_table(
        ("version", "object", "field", "was", "is", "why", "sources"),
        (
            (
                row["version"],
                row["object_id"],
                row["field"],
                row["old"],
                row["new"],
                row["why"],
                " ".join(row["source_ids"]),
            )
            for row in rows
        ),
    )
    if pages:
        print_line()
        print_line(f"Pages to build again: {', '.join(pages)}")
