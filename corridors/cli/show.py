"""`corridors show`: one corridor with its legs, status and sources."""

from typing import Annotated

import typer

from corridors.cli.options import AsOf, AtlasFolder, Json, corridor_id, day
from corridors.cli.output import print_json, print_line, print_table
from corridors.treaty import article_label, read_treaty
from geodata import load_atlas

__all__ = ["show"]


def show(
    corridor: Annotated[str, typer.Argument(help="Id, name or party name of a corridor.")],
    as_of: AsOf = None,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Show a corridor: legs, lengths, status on the day and sources."""
    facts = load_atlas(atlas)
    row = facts.corridors[corridor_id(facts, corridor)]
    on = day(facts, as_of)
    legs = []
    for link_id in facts.legs[row["id"]]:
        link = facts.links[link_id]
        state = facts.status(link_id, on)
        length = facts.provenance_of("links", link_id, "length_km")
        legs.append(
            {
                "link_id": link_id,
                "name": link["name"],
                "mode": link["mode"],
                "length_km": link["length_km"],
                "length_method": length.method,
                "length_assumed": length.assumed,
                "gauges_mm": list(link["gauges_mm"]),
                "status": state.status,
                "status_date": state.reported,
                "event_id": state.event_id,
                "grade": state.grade,
                "source_ids": list(link["source_ids"]),
            }
        )
    total = sum(leg["length_km"] for leg in legs)
    relations = read_treaty(facts, as_of=on).of_object(row["id"])
    articles = [
        {
            "article": article_label(facts.articles[item.article_id]),
            "verb": item.verb,
            "basis": item.basis,
            "grade": item.grade,
            "rationale": item.rationale,
            "source_ids": list(item.source_ids),
        }
        for item in relations
    ]
    if json:
        names = {
            "id": row["id"],
            "name": row["name"],
            "alt_names": list(row["alt_names"]),
            "description": row["description"],
        }
        print_json(
            {
                "schema_version": 1,
                **names,
                "as_of": on.isoformat(),
                "length_km": round(total, 1),
                "legs": legs,
                "treaty": articles,
            }
        )
        return
    print_line(row["name"])
    if row["alt_names"]:
        print_line(f"also called {', '.join(row['alt_names'])}")
    print_line(f"{row['description']}.")
    print_line(f"{total:,.1f} km in {len(legs)} links, as of {on}; * marks an assumed length.")
    print_line()
    cells = (
        (
            leg["name"],
            leg["mode"],
            f"{leg['length_km']:,.1f}{'*' if leg['length_assumed'] else ' '}",
            str(leg["status"]).replace("_", " "),
            leg["status_date"],
            leg["grade"],
            " ".join(leg["source_ids"][:3]) or "assumed",
        )
        for leg in legs
    )
    print_table(("link", "mode", "km", "status", "reported", "grade", "sources"), cells, right=[2])
    print_line()
    if not articles:
        print_line("No article of the treaty answers to this corridor.")
    for item in articles:
        print_line(f"{item['article']} {item['verb']} it ({item['basis']}, grade {item['grade']}): {item['rationale']}")
