"""Treaty relations: which article bears on which object, both ways, and what neither side has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridors.errors import InputError
from corridors.route import SCHEMA_VERSION
from geodata import Atlas
from geodata.status import USABLE
from geodata.table import Row

__all__ = ["ArticleView", "Relation", "TreatyView", "article_label", "read_treaty"]

_VERIFIED = "confirmed_numbered"
_HIDDEN = "unresolved"
_KINDS_OF_INTEREST = frozenset({"port", "power_plant", "energy_site", "free_zone", "terminal"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One article or paragraph and one object.

    Attributes
    ----------
    object_type, object_id
        Object of the atlas.
    link_ids, point_ids
        What the object stands for on a map: its links, and its places and crossings.
    verb
        "mentions", "encourages" or "obliges".
    basis
        "explicit" where the text names the object, "inferred" where it is read into it.
    """

    id: str
    article_id: str
    object_type: str
    object_id: str
    link_ids: tuple[str, ...]
    point_ids: tuple[str, ...]
    verb: str
    basis: str
    grade: str
    rationale: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article or paragraph with all that it bears on.

    Attributes
    ----------
    label
        "Article 21(4)", with the doubt about its number spelt out where there is one.
    verified
        Whether number and substance were both seen in a source.
    length_km, unbuilt_km
        Length of the links concerned, each counted once, and the part that is not open.
    """

    id: str
    article: int
    paragraph: str | None
    label: str
    title: str
    paraphrase: str | None
    level: str
    verified: bool
    economic: bool | None
    source_ids: tuple[str, ...]
    relations: tuple[Relation, ...]
    link_ids: tuple[str, ...]
    point_ids: tuple[str, ...]
    length_km: float
    unbuilt_km: float

    def measure(self, atlas: Atlas, link_ids: Collection[str], as_of: date) -> tuple[int, float, float]:
        """Return number, length and unopened length in km of those of its links that are among some links."""
        return _lengths(atlas, [link for link in self.link_ids if link in link_ids], as_of)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain values."""
        return {
            "id": self.id,
            "label": self.label,
            "title": self.title,
            "paraphrase": self.paraphrase,
            "level": self.level,
            "verified": self.verified,
            "links": len(self.link_ids),
            "length_km": round(self.length_km, 1),
            "unbuilt_km": round(self.unbuilt_km, 1),
            "source_ids": list(self.source_ids),
            "relations": [
                {
                    "id": item.id,
                    "object_type": item.object_type,
                    "object_id": item.object_id,
                    "verb": item.verb,
                    "basis": item.basis,
                    "grade": item.grade,
                    "rationale": item.rationale,
                    "source_ids": list(item.source_ids),
                }
                for item in self.relations
            ],
        }


@dataclass(frozen=True, slots=True)
class TreatyView:
    """The treaty's economic articles against the objects of the atlas.

    Attributes
    ----------
    articles
        Articles and paragraphs whose content is established or at least reported, in order.
    articles_without_object
        Labels of economic articles and paragraphs to which no object answers.
    objects_without_article
        (table, id, name) of corridors, projects, ports and energy sites that no article answers to.
    hidden
        Number of articles whose content is not established; they are not shown.
    """

    as_of: date
    articles: tuple[ArticleView, ...]
    articles_without_object: tuple[str, ...]
    objects_without_article: tuple[tuple[str, str, str], ...]
    hidden: int

    def of_object(self, object_id: str) -> tuple[Relation, ...]:
        """Return the relations that reach an object, directly or through what it is part of."""
        found = (item for view in self.articles for item in view.relations)
        return tuple(item for item in found if object_id in {item.object_id, *item.link_ids, *item.point_ids})

    def to_dict(self) -> dict[str, Any]:
        """Return the view as plain values."""
        return {
            "schema_version": SCHEMA_VERSION,
            "as_of": self.as_of.isoformat(),
            "articles": [view.to_dict() for view in self.articles],
            "orphans": {
                "articles": list(self.articles_without_object),
                "objects": [
                    {"object_type": kind, "object_id": item, "name": name}
                    for kind, item, name in self.objects_without_article
                ],
            },
            "articles_not_established": self.hidden,
        }


_DOUBT = {
    _VERIFIED: "",
    "confirmed_unnumbered": ", number unverified",
    "unconfirmed": ", number and content unverified",
    _HIDDEN: ", content not established",
}


def article_label(row: Row) -> str:
    """Return how an article may be called, with the doubt about it.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> article_label(load_atlas().articles["iran-russia-2025-21-4"])
    'Article 21(4), number unverified'
    """
    paragraph = f"({row['paragraph']})" if row["paragraph"] else ""
    return f"Article {row['article']}{paragraph}{_DOUBT[row['level']]}"


def _reach(atlas: Atlas, kind: str, object_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if kind == "corridor":
        return atlas.legs[object_id], ()
    if kind == "project":
        row = atlas.projects[object_id]
        return row["link_ids"], row["place_ids"]
    return ((object_id,), ()) if kind == "link" else ((), (object_id,))


def _relations(atlas: Atlas) -> dict[str, list[Relation]]:
    result: dict[str, list[Relation]] = {}
    for row in sorted(atlas.relations, key=lambda row: row["id"]):
        links, points = _reach(atlas, row["object_type"], row["object_id"])
        relation = Relation(
            row["id"],
            row["article_id"],
            row["object_type"],
            row["object_id"],
            tuple(links),
            tuple(points),
            row["verb"],
            row["basis"],
            row["grade"],
            row["rationale"],
            row["source_ids"],
        )
        result.setdefault(row["article_id"], []).append(relation)
    return result


def _lengths(atlas: Atlas, links: Collection[str], as_of: date) -> tuple[int, float, float]:
    km = {link: float(atlas.links[link]["length_km"]) for link in links}
    shut = [link for link in links if atlas.status(link, as_of).status not in USABLE]
    return len(km), sum(km.values()), sum(km[link] for link in shut)


def _view(atlas: Atlas, row: Row, relations: Iterable[Relation], as_of: date) -> ArticleView:
    relations = tuple(relations)
    links = sorted({link for item in relations for link in item.link_ids})
    points = sorted({point for item in relations for point in item.point_ids})
    _, length_km, unbuilt_km = _lengths(atlas, links, as_of)
    return ArticleView(
        id=row["id"],
        article=row["article"],
        paragraph=row["paragraph"],
        label=article_label(row),
        title=row["title"],
        paraphrase=row["paraphrase"],
        level=row["level"],
        verified=row["level"] == _VERIFIED,
        economic=row["economic"],
        source_ids=row["source_ids"],
        relations=relations,
        link_ids=tuple(links),
        point_ids=tuple(points),
        length_km=length_km,
        unbuilt_km=unbuilt_km,
    )


def _order(row: Row) -> tuple[int, str]:
    return row["article"], row["paragraph"] or ""


def read_treaty(atlas: Atlas, article: int | None = None, as_of: date | None = None) -> TreatyView:
    """Hold the treaty's articles against the objects of the atlas.

    Parameters
    ----------
    atlas
        The atlas.
    article
        One article with its paragraphs; None means every economic article that has a relation or lacks one.
    as_of
        Day whose statuses decide what is not open.

    Returns
    -------
    TreatyView
        Articles with relations, and the orphans of both sides.

    Raises
    ------
    InputError
        Where the treaty has no such article, or its content is not established.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> view = read_treaty(load_atlas(), article=21)
    >>> any(item.object_id == "instc-west" for item in view.articles[-1].relations)
    True
    """
    as_of = as_of or atlas.data_date
    relations = _relations(atlas)
    rows = sorted(atlas.articles, key=_order)
    if article is not None:
        rows = [row for row in rows if row["article"] == article]
        if not rows:
            last = max(row["article"] for row in atlas.articles)
            msg = f"The treaty has no article {article}. It has articles 1 to {last}."
            raise InputError(msg)
        if all(row["level"] == _HIDDEN for row in rows):
            msg = f"The content of article {article} is not established, so nothing is shown of it."
            raise InputError(msg)
    shown = [row for row in rows if row["level"] != _HIDDEN and (article is not None or row["economic"])]
    views = tuple(_view(atlas, row, relations.get(row["id"], ()), as_of) for row in shown)
    parents = {view.article for view in views if view.relations}
    childless = [
        view
        for view in views
        if not view.relations and view.economic and not (view.paragraph is None and view.article in parents)
    ]
    return TreatyView(
        as_of=as_of,
        articles=views,
        articles_without_object=tuple(f"{view.label}: {view.title}" for view in childless),
        objects_without_article=_orphans(atlas, relations),
        hidden=sum(row["level"] == _HIDDEN for row in atlas.articles),
    )


def _orphans(atlas: Atlas, relations: dict[str, list[Relation]]) -> tuple[tuple[str, str, str], ...]:
    reached: set[str] = set()
    for items in relations.values():
        for item in items:
            reached |= {f"{item.object_type}:{item.object_id}", *item.link_ids, *item.point_ids}
    corridors = [
        ("corridor", row["id"], row["name"])
        for row in atlas.corridors
        if f"corridor:{row['id']}" not in reached and not set(atlas.legs[row["id"]]) & reached
    ]
    projects = [
        ("project", row["id"], row["name"])
        for row in atlas.projects
        if f"project:{row['id']}" not in reached and not {*row["link_ids"], *row["place_ids"]} & reached
    ]
    places = [
        ("place", row["id"], row["name"])
        for row in atlas.places
        if row["kind"] in _KINDS_OF_INTEREST and row["id"] not in reached
    ]
    return tuple(sorted(corridors) + sorted(projects) + sorted(places))
