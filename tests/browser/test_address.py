"""Deep links: a view can be shared, and what an address does not know is ignored."""

import pytest


def test_address_chooses_article_and_link(open_page, payload):
    opened = open_page(payload, fragment="#v=1&article=t-21&link=a--b.rail")

    assert opened.lit() == {"a--b.rail", "b--c.rail", "a"}
    assert opened.page.locator(".leaflet-popup h3").text_content() == "Alpha–Beta railway"
    assert opened.page.locator("#status").text_content() == payload["articles"][1]["status_line"]


def test_address_sets_the_view(open_page, payload):
    opened = open_page(payload, fragment="#v=1&view=8/38.5/49")

    scale = opened.page.locator(".leaflet-control-scale-line").text_content()
    assert opened.hash() == "#v=1&view=8/38.5/49"
    assert scale in {"20 km", "30 km", "50 km"}


def test_reload_keeps_the_choice(open_page, payload):
    opened = open_page(payload)
    opened.click('li[data-article="t-13"] .article-head')

    opened.page.reload()
    opened.page.wait_for_selector('html[data-ready="1"]')

    assert opened.lit() == {"c--d.sea", "d"}


def test_choice_is_written_to_the_address(open_page, payload):
    opened = open_page(payload)

    opened.click('li[data-article="t-21"] .article-head')
    assert opened.hash() == "#v=1&article=t-21"
    opened.click('.place[data-id="a"]')
    assert opened.hash().startswith("#v=1&article=t-21&place=a")


def test_changed_address_changes_the_choice(open_page, payload):
    opened = open_page(payload, fragment="#v=1&article=t-21")

    opened.page.evaluate("location.hash = '#v=1&article=t-13'")
    opened.page.wait_for_selector('path.line.is-lit[data-id="c--d.sea"]')

    assert opened.lit() == {"c--d.sea", "d"}


@pytest.mark.parametrize(
    "fragment",
    [
        "#v=1&article=none&link=none&place=none",
        "#v=1&scenario=x&lang=fa&static=1",
        "#v=99&article=t-21",
        "#view=a/b/c",
        "#v=1&view=6/999/0",
        "#table-box",
        "#%E0%A4%A",
        "#v=1&article=%3Cimg%20src=x%3E",
        "#v=1&link=__proto__&article=constructor",
    ],
)
def test_unknown_address_is_ignored(open_page, payload, fragment):
    opened = open_page(payload, fragment=fragment)

    assert opened.lit() == set()
    assert opened.page.locator(".leaflet-popup").count() == 0
    assert opened.complaints == []


def test_unknown_keys_do_not_disturb_known_ones(open_page, payload):
    opened = open_page(payload, fragment="#v=1&scenario=x&article=t-13&lang=fa")

    assert opened.lit() == {"c--d.sea", "d"}


def test_page_works_in_a_sandbox(open_page, payload, tmp_path, new_page):
    inner = open_page(payload).file
    host = tmp_path / "host.html"
    host.write_text(
        f'<!doctype html><iframe sandbox="allow-scripts" width="900" height="700" src="{inner.name}#v=1&article=t-13"></iframe>',
        encoding="utf-8",
    )
    opened = new_page(host, ready=False)
    frame = opened.page.frame_locator("iframe")

    frame.locator('html[data-ready="1"]').wait_for()
    assert frame.locator("#status").text_content() == payload["articles"][0]["status_line"]
    frame.locator('li[data-article="t-21"] .article-head').click()
    assert frame.locator("#status").text_content() == payload["articles"][1]["status_line"]
    assert opened.complaints == []
