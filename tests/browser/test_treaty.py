"""The treaty panel: articles light links up, links light articles up, and looks tell how sure it is."""


def touched(payload, article):
    return {
        thing for relation in payload["relations"] if relation["article"] == article for thing in relation["object_ids"]
    }


def head(article):
    return f'li[data-article="{article}"] .article-head'


def test_article_lights_exactly_the_objects_of_its_relations(open_page, payload):
    opened = open_page(payload)

    for article in ("t-21", "t-13"):
        opened.click(head(article))
        assert opened.lit() == touched(payload, article)


def test_article_dims_everything_else(open_page, payload):
    opened = open_page(payload)

    opened.click(head("t-21"))

    everything = {thing["id"] for thing in (*payload["links"], *payload["points"])}
    assert opened.ids("#map path.line.is-dim, #map .place.is-dim") == everything - touched(payload, "t-21")


def test_status_line_is_the_one_of_the_payload(open_page, payload):
    opened = open_page(payload)

    opened.click(head("t-21"))

    assert opened.page.locator("#status").text_content() == payload["articles"][1]["status_line"]


def test_map_fits_the_article(open_page, payload):
    opened = open_page(payload)

    opened.click(head("t-13"))

    box = opened.page.locator("#map").bounding_box()
    line = opened.page.locator('path.line[data-id="c--d.sea"]').bounding_box()
    assert box["x"] <= line["x"]
    assert line["x"] + line["width"] <= box["x"] + box["width"]
    assert line["width"] > 0.6 * box["width"]


def test_second_click_shows_everything_again(open_page, payload):
    opened = open_page(payload)

    opened.click(head("t-21"))
    opened.click(head("t-21"))

    assert opened.lit() == set()
    assert opened.ids("#map path.line.is-dim") == set()


def test_show_everything_button_clears_the_article(open_page, payload):
    opened = open_page(payload)
    opened.click(head("t-21"))

    opened.click("#status-box .clear")

    assert opened.lit() == set()
    assert opened.page.locator(head("t-21")).get_attribute("aria-pressed") == "false"


def test_clicked_link_lights_its_articles(open_page, payload):
    opened = open_page(payload)

    opened.click_link("a--b.rail")

    assert opened.page.eval_on_selector_all("#articles > li.is-lit", "all => all.map(one => one.dataset.article)") == [
        "t-21"
    ]
    assert opened.page.locator(".leaflet-popup h3").text_content() == "Alpha–Beta railway"


def test_clicked_place_lights_its_articles(open_page, payload):
    opened = open_page(payload)

    opened.click('.place[data-id="d"]')

    assert opened.page.eval_on_selector_all("#articles > li.is-lit", "all => all.map(one => one.dataset.article)") == [
        "t-13"
    ]


def test_explicit_and_inferred_links_look_different(open_page, payload):
    opened = open_page(payload)

    def dash(article, link):
        opened.click(head(article))
        return opened.page.eval_on_selector(
            f'#map path.halo[data-id="{link}"]', "one => getComputedStyle(one).strokeDasharray"
        )

    assert dash("t-21", "a--b.rail") == "none"
    assert dash("t-13", "c--d.sea") != "none"


def test_explicit_wins_where_an_object_is_named_and_inferred(open_page, payload):
    opened = open_page(payload)

    opened.click(head("t-21"))

    assert "b--c.rail" not in opened.ids("#map path.line.is-inferred")
    assert opened.ids(".place.is-inferred") == {"a"}


def test_verified_and_unverified_articles_look_different(open_page, payload):
    opened = open_page(payload)

    def border(article):
        opened.click(head(article))
        return opened.page.eval_on_selector(
            f'li[data-article="{article}"] .level', "one => getComputedStyle(one).borderTopStyle"
        )

    assert border("t-21") == "solid"
    assert border("t-13") == "dashed"
    assert opened.page.locator(f"{head('t-13')} .tag").text_content() == "not verified"
    assert opened.page.locator(f"{head('t-21')} .tag").count() == 0


def test_popup_names_verb_basis_and_verification(open_page, payload):
    opened = open_page(payload, fragment="#v=1&link=c--d.sea")

    text = opened.page.locator(".leaflet-popup .touch-list").text_content()

    assert text == "Article 13 obliges; inferred; not verified"


def test_object_named_in_a_relation_opens_its_popup(open_page, payload):
    opened = open_page(payload)
    opened.click(head("t-13"))

    opened.page.locator('li[data-article="t-13"] .relations .link-button').first.click()

    assert opened.page.locator(".leaflet-popup h3").text_content() == "Gamma–Delta ferry"


def test_orphans_are_listed(open_page, payload):
    opened = open_page(payload)
    orphans = opened.page.locator(".orphans")

    orphans.nth(0).locator("summary").click()
    orphans.nth(1).locator("summary").click()

    assert opened.page.get_by_text("Article 26, the environment").is_visible()
    assert orphans.nth(1).locator("li").all_text_contents() == ["Beta–Gamma road"]


def test_selection_stays_in_print(open_page, payload):
    opened = open_page(payload)
    opened.click(head("t-21"))

    opened.page.emulate_media(media="print")

    assert opened.lit() == touched(payload, "t-21")
    assert opened.page.locator("#status").is_visible()
