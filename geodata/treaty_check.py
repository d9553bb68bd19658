"""Checks of the treaty's tables, and of published lengths against the atlas."""

from collections import defaultdict
from collections.abc import Iterator

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, lines_of
from geodata.table import Row

__all__ = ["TREATY_CHECKS"]

_OBJECT_TABLES = ("corridors", "links", "places", "crossings", "projects")
# Share of a published length that may stay unexplained: figures are rounded, most of them to 1 km in 100 or worse.
_UNEXPLAINED = 0.01


def _check_articles(atlas: Atlas) -> Iterator[Fault]:
    whole = {(row["instrument_id"], row["article"]) for row in atlas.articles if row["paragraph"] is None}
    for line in lines_of(atlas.articles):
        parts = [line["instrument_id"], str(line["article"]), line["paragraph"]]
        expected = "-".join(part for part in parts if part)
        if line["id"] != expected:
            yield line.fault("id", "The id is not built from its columns.", f"Write {expected}.")
        if line["paragraph"] and (line["instrument_id"], line["article"]) not in whole:
            problem = f"Article {line['article']} has no row of its own."
            yield line.fault("article", problem, "Add the row of the whole article, with paragraph empty.")
        if line["level"] == "unresolved" and line["paraphrase"]:
            problem = "The article is unresolved, so nobody knows what it says."
            yield line.fault("paraphrase", problem, "Empty the cell or raise the level.")


def _check_relations(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.relations):
        table = atlas.tables.get(f"{line['object_type']}s", ())
        if line["object_id"] not in table:
            yield line.fault("object_id", f"No {line['object_type']} has this id.", "Correct the id or its type.")
        article = atlas.articles.get(line["article_id"])
        if not article:
            continue
        if article["level"] == "unresolved":
            problem = "What the article says is not established, so it relates to nothing."
            yield line.fault("article_id", problem, "Delete the row.")
        elif line["verb"] == "obliges" and not _is_firm(article):
            problem = f"Only a confirmed, numbered paragraph obliges; {article['id']} is {article['level']}."
            yield line.fault("verb", problem, "Write encourages or mentions.")


def _is_firm(article: Row) -> bool:
    return article["level"] == "confirmed_numbered" and article["paragraph"] is not None


def _check_lengths(atlas: Atlas) -> Iterator[Fault]:
    legs: dict[str, list[str]] = defaultdict(list)
    for row in atlas.corridor_legs:
        legs[row["corridor_id"]].append(row["link_id"])
    explained: dict[str, float] = defaultdict(float)
    for row in atlas.differences:
        explained[row["check_id"]] += row["km"]
    for line in lines_of(atlas.checks):
        if bool(line["link_ids"]) == bool(line["corridor_id"]):
            problem = "A check sums either links or the legs of a corridor."
            yield line.fault("link_ids", problem, "Fill link_ids or corridor_id, one of the two.")
            continue
        ids = line["link_ids"] or legs[line["corridor_id"]]
        links = [link for link_id in ids if (link := atlas.links.get(link_id))]
        if not links or len(links) < len(ids):
            continue
        ours, published = sum(link["length_km"] for link in links), line["published_km"]
        verdict = _verdict(published, ours - published, explained[line["id"]])
        if line["verdict"] != verdict:
            rest = ours - published - explained[line["id"]]
            problem = f"The atlas has {ours:g} km, published are {published:g}; {rest:+.1f} km stay unexplained."
            yield line.fault("verdict", problem, f"Explain them in differences.csv, or write {verdict}.")


def _verdict(published_km: float, gap_km: float, explained_km: float) -> str:
    most = _UNEXPLAINED * published_km
    if abs(gap_km - explained_km) > most:
        return "not_explained"
    return "reproduced" if abs(gap_km) <= most else "explained"


TREATY_CHECKS = (
    Check(_check_articles, ("articles",)),
    Check(_check_relations, ("relations", "articles", *_OBJECT_TABLES)),
    Check(_check_lengths, ("checks", "differences", "links", "corridor_legs")),
)
