"""Layout and accessibility: narrow screens, frames, light and dark."""

import pytest

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """
async tags => {
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))]);
}
"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture(scope="session")
def axe(packages):
    return (packages / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", ["plain", "chosen"])
def test_axe_finds_nothing(open_page, payload, axe, scheme, width, state):
    fragment = "" if state == "plain" else "#v=1&article=t-21&link=b--c.rail"
    opened = open_page(payload, fragment=fragment, width=width, scheme=scheme)
    if state == "chosen":
        opened.page.evaluate(OPEN_ALL)
    opened.page.evaluate(axe)

    assert opened.page.evaluate(RUN_AXE, WCAG) == []


@pytest.mark.slow
def test_axe_finds_nothing_on_the_index(open_page, payload, axe):
    opened = open_page({**payload, "kind": "index", "id": "index"})
    opened.page.evaluate(axe)

    assert opened.page.evaluate(RUN_AXE, WCAG) == []


@pytest.mark.parametrize("width", [320, 600, 1280])
@pytest.mark.parametrize("kind", ["corridor", "index"])
def test_page_never_scrolls_sideways(open_page, payload, width, kind):
    page = payload if kind == "corridor" else {**payload, "kind": "index", "id": "index"}
    opened = open_page(page, width=width, height=700, fragment="#v=1&article=t-21")

    opened.page.evaluate(OPEN_ALL)

    assert opened.page.evaluate("document.documentElement.scrollWidth") == width


def test_popup_fits_into_a_narrow_map(open_page, payload):
    opened = open_page(payload, width=320, height=700, fragment="#v=1&link=b--c.rail")
    opened.frames(30)

    box = opened.page.locator("#map").bounding_box()
    popup = opened.page.locator(".leaflet-popup-content-wrapper").bounding_box()
    assert box["x"] <= popup["x"]
    assert popup["x"] + popup["width"] <= box["x"] + box["width"]
    assert box["y"] <= popup["y"]
    assert popup["y"] + popup["height"] <= box["y"] + box["height"]


def test_treaty_and_key_are_folded_on_a_narrow_screen_only(open_page, payload):
    narrow = open_page(payload, width=600)
    assert narrow.page.locator("details[data-wide][open]").count() == 0

    wide = open_page(payload, width=1280)
    assert wide.page.locator("details[data-wide][open]").count() == 2


@pytest.mark.parametrize("width", [320, 600, 900])
def test_height_in_a_frame_is_stable(open_page, payload, new_page, tmp_path, width):
    inner = open_page(payload).file
    host = tmp_path / "host.html"
    host.write_text(
        f'<!doctype html><iframe id="f" width="{width}" height="600" src="{inner.name}"></iframe>'
        "<script>addEventListener('message', () => 0)</script>",
        encoding="utf-8",
    )
    opened = new_page(host, ready=False)
    frame = opened.page.frame_locator("iframe")
    frame.locator('html[data-ready="1"]').wait_for()

    def height():
        return frame.locator("html").evaluate("one => one.scrollHeight")

    first = height()
    # A host that follows the page's height: with vh units this would grow at every step.
    for _ in range(5):
        opened.page.evaluate("height => { document.getElementById('f').height = height; }", height())
        opened.frames(5)
    assert height() == first


def test_map_follows_its_box(open_page, payload):
    opened = open_page(payload, width=1280)

    opened.page.set_viewport_size({"width": 500, "height": 800})
    opened.frames(5)

    box = opened.page.locator("#map").bounding_box()
    for point in ("a", "d"):
        mark = opened.page.locator(f'.place[data-id="{point}"]').bounding_box()
        assert box["x"] < mark["x"] < box["x"] + box["width"]


def test_themes_differ(open_page, payload):
    def land(scheme):
        opened = open_page(payload, scheme=scheme)
        return opened.page.eval_on_selector("path.land", "one => getComputedStyle(one).fill")

    assert land("light") != land("dark")


def test_no_rule_of_the_page_uses_viewport_heights(open_page, payload):
    opened = open_page(payload)

    rules = opened.page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText)).join('')"
    )

    assert not any(unit in rules.replace(" ", "") for unit in ("vh;", "vh)", "vh}", "vmax", "vmin"))
