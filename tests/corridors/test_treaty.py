"""The treaty's articles are named with their doubts, and what is not established is never shown."""

from collections import Counter
from datetime import date

import pytest

from corridors.errors import InputError
from corridors.scenarios import assume_open
from corridors.treaty import article_label, read_treaty
from geodata import load_atlas
from geodata.status import USABLE


@pytest.fixture(scope="module")
def view(atlas):
    return read_treaty(atlas)


@pytest.mark.parametrize(
    ("level", "ending"),
    [
        ("confirmed_numbered", ""),
        ("confirmed_unnumbered", ", number unverified"),
        ("unconfirmed", ", number and content unverified"),
        ("unresolved", ", content not established"),
    ],
)
def test_label_spells_out_the_doubt(atlas, level, ending):
    rows = [row for row in atlas.articles if row["level"] == level]
    assert rows
    for row in rows:
        paragraph = f"({row['paragraph']})" if row["paragraph"] else ""
        assert article_label(row) == f"Article {row['article']}{paragraph}{ending}"


def test_article_without_established_content_is_never_shown(atlas, view):
    hidden = {row["id"] for row in atlas.articles if row["level"] == "unresolved"}
    assert hidden
    assert not hidden & {item.id for item in view.articles}
    assert view.hidden == len(hidden)
    assert not any("not established" in label for label in view.articles_without_object)


def test_article_without_established_content_cannot_be_asked_for(atlas):
    number = next(row["article"] for row in atlas.articles if row["level"] == "unresolved")
    with pytest.raises(InputError, match=f"article {number} is not established"):
        read_treaty(atlas, article=number)


@pytest.mark.parametrize("number", [0, 48, 99])
def test_article_that_the_treaty_lacks_is_refused(atlas, number):
    with pytest.raises(InputError, match="articles 1 to 47"):
        read_treaty(atlas, article=number)


def test_whole_view_shows_economic_articles_only(view):
    assert view.articles
    assert all(item.economic for item in view.articles)


def test_one_article_comes_with_its_paragraphs_in_order(atlas):
    shown = read_treaty(atlas, article=21).articles
    assert {item.article for item in shown} == {21}
    assert [item.paragraph or "" for item in shown] == sorted(item.paragraph or "" for item in shown)
    assert len(shown) == sum(row["article"] == 21 and row["level"] != "unresolved" for row in atlas.articles)


def test_only_a_verified_article_obliges(view):
    for item in view.articles:
        if any(relation.verb == "obliges" for relation in item.relations):
            assert item.verified


def test_verified_means_number_and_substance_seen(atlas, view):
    for item in view.articles:
        assert item.verified == (atlas.articles[item.id]["level"] == "confirmed_numbered")


def test_every_relation_of_an_economic_article_is_shown_once(atlas, view):
    shown = Counter(relation.id for item in view.articles for relation in item.relations)
    economic = {row["id"] for row in atlas.articles if row["economic"] and row["level"] != "unresolved"}
    assert set(shown) == {row["id"] for row in atlas.relations if row["article_id"] in economic}
    assert set(shown.values()) == {1}


def test_relations_are_found_from_either_side(view):
    for item in view.articles:
        for relation in item.relations:
            for object_id in (relation.object_id, *relation.link_ids, *relation.point_ids):
                assert relation in view.of_object(object_id)


def test_what_is_found_from_the_object_stands_at_the_article(view):
    for relation in view.of_object("rail-talesh-rezvanshahr"):
        assert relation in next(item for item in view.articles if item.id == relation.article_id).relations
        assert "rail-talesh-rezvanshahr" in relation.link_ids
    assert view.of_object("rail-talesh-rezvanshahr")


def test_object_that_no_article_reaches_has_no_relation(view):
    for _, object_id, _ in view.objects_without_article:
        assert view.of_object(object_id) == ()


def test_orphans_and_related_objects_make_all_that_is_of_interest(atlas, view):
    orphans = {object_id for kind, object_id, _ in view.objects_without_article if kind == "corridor"}
    assert orphans
    for row in atlas.corridors:
        reached = bool(view.of_object(row["id"])) or any(view.of_object(link) for link in atlas.legs[row["id"]])
        assert reached == (row["id"] not in orphans)


def test_economic_article_without_object_is_listed(view):
    bare = [item for item in view.articles if not item.relations]
    paragraphs = {item.article for item in view.articles if item.relations}
    expected = [item for item in bare if item.paragraph is not None or item.article not in paragraphs]
    assert expected
    assert view.articles_without_object == tuple(f"{item.label}: {item.title}" for item in expected)


def test_lengths_count_each_link_once(atlas, view):
    day = view.as_of
    for item in view.articles:
        links = {link for relation in item.relations for link in relation.link_ids}
        shut = [link for link in links if atlas.status(link, day).status not in USABLE]
        assert item.length_km == pytest.approx(sum(atlas.links[link]["length_km"] for link in links))
        assert item.unbuilt_km == pytest.approx(sum(atlas.links[link]["length_km"] for link in shut))


def test_measure_counts_only_the_links_given(atlas, view):
    item = next(item for item in view.articles if "rail-talesh-rezvanshahr" in item.link_ids)
    assert item.measure(atlas, {"rail-talesh-rezvanshahr", "rail-no-such"}, view.as_of) == (1, 35.0, 35.0)


def test_assumed_opening_shortens_what_is_not_open(atlas, view):
    scenario, _ = assume_open(atlas, ["rasht-astara"], atlas.data_date)
    before = {item.id: item.unbuilt_km for item in view.articles if "rail-talesh-rezvanshahr" in item.link_ids}
    after = {item.id: item.unbuilt_km for item in read_treaty(scenario).articles if item.id in before}
    assert all(before[key] - after[key] == pytest.approx(162.5) for key in before if before[key] >= 162.5)
    assert any(after[key] < before[key] for key in before)


def test_status_of_an_earlier_day_decides_what_is_not_open(atlas):
    now, then = (
        sum(item.unbuilt_km for item in read_treaty(atlas, as_of=day).articles)
        for day in (atlas.data_date, date(2018, 1, 1))
    )
    assert then > now


def test_article_made_unresolved_disappears_with_its_relations(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "articles",
        lambda rows: [{**row, "level": "unresolved"} if row["article"] == "21" else row for row in rows],
    )
    view = read_treaty(load_atlas(atlas_folder))
    assert 21 not in {item.article for item in view.articles}
    assert not any(relation.article_id.startswith("iran-russia-2025-21") for relation in view.of_object("instc-west"))
