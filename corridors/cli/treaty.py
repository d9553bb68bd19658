"""`corridors treaty`: the articles and what they bear on."""

from typing import Annotated

import typer

from corridors.cli.options import AsOf, AtlasFolder, Json, day
from corridors.cli.output import print_json, print_line, print_table
from geodata import load_atlas

__all__ = ["treaty"]


def treaty(
    article: Annotated[int | None, typer.Option(help="One article with its paragraphs.")] = None,
    as_of: AsOf = None,
    atlas: AtlasFolder = None,
    json: Json = False,
) -> None:
    """Hold the economic articles of the treaty of 17 January 2025 against the infrastructure they bear on."""
    from corridors.treaty import read_treaty

    facts = load_atlas(atlas)
    view = read_treaty(facts, article, day(facts, as_of))
    if json:
        print_json(view.to_dict())
        return
    print_line("Paraphrases, not treaty wording; only what is marked verified was seen with its number in a source.")
    print_line("Both papers that the relations start from hold that the economic articles bind nobody.")
    for item in view.articles:
        if not item.relations and article is None:
            continue
        print_line()
        print_line(f"{item.label}: {item.title}" + (" [verified]" if item.verified else ""))
        if item.paraphrase:
            print_line(f"  {item.paraphrase}")
        if item.link_ids:
            print_line(
                f"  {len(item.link_ids)} links, {item.length_km:,.0f} km, {item.unbuilt_km:,.0f} km not open as of {view.as_of}"
            )
        rows = (
            (rel.verb, rel.basis, rel.grade, f"{rel.object_type} {rel.object_id}", rel.rationale)
            for rel in item.relations
        )
        if item.relations:
            print_table(("  verb", "basis", "grade", "object", "why"), ((f"  {row[0]}", *row[1:]) for row in rows))
    if article is None:
        print_line()
        print_line(f"Articles without an object: {'; '.join(view.articles_without_object)}")
        print_line()
        objects = "; ".join(f"{name} ({kind})" for kind, _, name in view.objects_without_article)
        print_line(f"Objects without an article: {objects}")
        print_line()
        print_line(f"{view.hidden} articles are not shown, for their content is not established.")
