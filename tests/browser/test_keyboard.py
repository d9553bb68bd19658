"""The keyboard reaches everything, and Escape gives the focus back."""


def press(opened, *keys):
    for key in keys:
        opened.page.keyboard.press(key)


def tab_to(opened, wanted, limit=80):
    """Press Tab until the focused element's description holds the wanted words."""
    seen = []
    for _ in range(limit):
        press(opened, "Tab")
        seen.append(opened.focused())
        if wanted in seen[-1]:
            return seen[-1]
    message = f"Tab did not reach {wanted!r}: {seen}"
    raise AssertionError(message)


def test_first_stop_skips_the_map(open_page, payload):
    opened = open_page(payload)

    press(opened, "Tab")

    assert "Skip the map" in opened.focused()


def test_tab_reaches_every_row_of_the_table(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")

    for link in payload["links"]:
        tab_to(opened, f"button.row-button|{link['name']}")


def test_tab_reaches_every_article(open_page, payload):
    opened = open_page(payload)

    for article in payload["articles"]:
        tab_to(opened, f"button.article-head|{article['label']}")


def test_tab_reaches_the_map_buttons(open_page, payload):
    opened = open_page(payload)

    for words in ("Zoom in", "Zoom out", "Show the whole corridor", "Move the view up"):
        tab_to(opened, words)


def test_arrows_reach_every_link_and_place_of_the_map(open_page, payload):
    opened = open_page(payload)
    tab_to(opened, "Rail: Alpha–Beta railway")
    seen = {opened.page.evaluate("document.activeElement.dataset.id")}

    for _ in range(len(payload["links"]) + len(payload["points"]) - 1):
        press(opened, "ArrowRight")
        seen.add(opened.page.evaluate("document.activeElement.dataset.id"))

    assert seen == {thing["id"] for thing in (*payload["links"], *payload["points"])}


def test_map_is_one_tab_stop_for_all_its_objects(open_page, payload):
    opened = open_page(payload)

    assert opened.page.locator('path.hit[tabindex="0"], .place[tabindex="0"]').count() == 1


def test_enter_opens_the_popup_and_escape_gives_the_focus_back_to_the_line(open_page, payload):
    opened = open_page(payload)
    tab_to(opened, "Rail: Alpha–Beta railway")

    press(opened, "ArrowRight", "Enter")
    assert "leaflet-popup-content" in opened.focused()
    press(opened, "Escape")

    assert opened.page.locator(".leaflet-popup").count() == 0
    assert opened.page.evaluate("document.activeElement.dataset.id") == "b--c.rail"


def test_tab_goes_through_the_popup(open_page, payload):
    opened = open_page(payload)
    tab_to(opened, "Rail: Alpha–Beta railway")
    press(opened, "Enter")

    tab_to(opened, "button.link-button|Article 21", limit=2)
    tab_to(opened, "|First source", limit=2)
    tab_to(opened, "Close the details", limit=2)


def test_close_button_gives_the_focus_back(open_page, payload):
    opened = open_page(payload)
    tab_to(opened, "Rail: Alpha–Beta railway")
    press(opened, "Enter")
    tab_to(opened, "Close the details", limit=8)

    press(opened, "Enter")

    assert opened.page.evaluate("document.activeElement.dataset.id") == "a--b.rail"


def test_popup_opened_from_the_table_gives_the_focus_back_to_its_row(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")
    tab_to(opened, "button.row-button|Beta–Gamma road")
    press(opened, "Enter")
    tab_to(opened, "Show on the map")

    press(opened, "Enter")
    assert "leaflet-popup-content" in opened.focused()
    press(opened, "Escape")

    assert opened.focused() == "button.row-button|Beta–Gamma road"


def test_escape_clears_the_article_when_nothing_is_open(open_page, payload):
    opened = open_page(payload)
    tab_to(opened, "button.article-head|Article 13")
    press(opened, "Enter")
    assert opened.lit() == {"c--d.sea", "d"}

    press(opened, "Escape")

    assert opened.lit() == set()
    assert "article-head" in opened.focused()


def test_rows_and_articles_tell_whether_they_are_open(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")
    row = opened.page.get_by_role("button", name="Beta–Gamma road", exact=True)

    assert row.get_attribute("aria-expanded") == "false"
    row.click()
    assert row.get_attribute("aria-expanded") == "true"
