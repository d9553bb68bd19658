"""Opening a page: nothing is asked for, nothing complains, the map stands in time."""

import pytest

READY_MS = 1_500


def test_page_asks_for_itself_only(open_page, payload):
    opened = open_page(payload)

    assert opened.requests == [opened.file.as_uri()]


def test_page_does_not_complain(open_page, payload):
    opened = open_page(payload)

    opened.frames(10)

    assert opened.complaints == []


def test_map_is_ready_in_time(open_page, payload):
    opened = open_page(payload)

    ready = opened.page.evaluate("performance.getEntriesByName('corridors-ready')[0].startTime")

    assert ready <= READY_MS


def test_every_link_and_place_is_drawn(open_page, payload):
    opened = open_page(payload)

    assert opened.ids("#map path.line") == {link["id"] for link in payload["links"]}
    assert opened.ids(".place") == {point["id"] for point in payload["points"]}


def test_no_line_is_empty(open_page, payload):
    opened = open_page(payload)

    lengths = opened.page.eval_on_selector_all(
        "#map path.line.in-corridor", "all => all.map(one => one.getTotalLength())"
    )

    assert len(lengths) == 4
    assert min(lengths) > 10


def test_break_of_gauge_is_a_split_diamond(open_page, payload):
    opened = open_page(payload)

    assert opened.page.locator('.place[data-id="b"] .half-left').count() == 1
    assert opened.page.locator('.place[data-id="b"] .half-right').count() == 1


def test_status_decides_the_dash_and_mode_the_hue(open_page, payload):
    opened = open_page(payload)

    def style(link, name):
        return opened.page.eval_on_selector(
            f'#map path.line[data-id="{link}"]', "(one, name) => getComputedStyle(one)[name]", name
        )

    assert style("a--b.rail", "strokeDasharray") == "none"
    assert style("b--c.rail", "strokeDasharray") != "none"
    assert style("a--b.rail", "stroke") == style("b--c.rail", "stroke") != style("b--c.road", "stroke")
    assert opened.ids("#map path.tick") == {"c--d.sea"}


def test_labels_do_not_overlap(open_page, payload):
    opened = open_page(payload)
    boxes = opened.page.eval_on_selector_all(
        ".label",
        "all => all.map(one => { const b = one.getBoundingClientRect(); return [b.x, b.y, b.right, b.bottom] })",
    )

    assert len(boxes) >= 5
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert not (a[0] < b[2] - 2 and b[0] < a[2] - 2 and a[1] < b[3] - 2 and b[1] < a[3] - 2), (a, b)


def test_disputed_lines_are_dashed(open_page, payload):
    opened = open_page(payload)

    dash = opened.page.eval_on_selector("#map path.disputed", "one => getComputedStyle(one).strokeDasharray")

    assert dash != "none"


def test_reader_without_scripts_gets_the_table_and_the_articles(open_page, payload):
    opened = open_page(payload, java_script_enabled=False, ready=False)

    assert opened.page.locator(".noscript").is_visible()
    assert opened.page.get_by_text("The parties develop transport between them.").is_visible()
    opened.click("#table-box > summary")
    assert opened.page.locator("#links tbody tr").count() == len(payload["links"])
    assert opened.page.get_by_text("Alpha–Beta railway").first.is_visible()


def test_index_has_a_map_and_cards(open_page, payload):
    opened = open_page({**payload, "kind": "index", "id": "index"})

    assert opened.ids("#map path.line") == {link["id"] for link in payload["links"]}
    assert opened.page.locator(".card a").all_text_contents() == ["Test corridor", "Other corridor"]
    assert opened.complaints == []


@pytest.mark.parametrize("empty", ["links", "points", "articles"])
def test_page_without_a_part_still_stands(open_page, payload, empty):
    payload = {**payload, empty: [], "relations": [] if empty == "articles" else payload["relations"]}

    opened = open_page(payload)

    assert opened.complaints == []


def test_page_without_articles_says_so_and_lists_the_orphans(open_page, payload):
    opened = open_page({**payload, "articles": [], "relations": []})

    assert "No article" in opened.page.locator("#status").text_content()
    assert opened.page.locator(".orphans").count() == 2
