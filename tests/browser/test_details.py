"""Popups, the table and the filters: the same facts wherever they are read."""

import pytest


def popup_facts(scope):
    return list(zip(scope.locator("dt").all_text_contents(), scope.locator("dd").all_text_contents(), strict=True))


def test_popup_shows_every_field_and_says_what_is_missing(open_page, payload):
    link = payload["links"][0]
    opened = open_page(payload, fragment=f"#v=1&link={link['id']}")

    facts = popup_facts(opened.page.locator(".leaflet-popup"))

    assert facts == [
        ("Length", link["km_text"]),
        ("Drawn line", "through towns on the way"),
        *((label, value or "not found") for label, value in link["fields"]),
    ]


def test_popup_names_the_bottleneck_with_its_value(open_page, payload):
    opened = open_page(payload, fragment="#v=1&link=b--c.rail")

    assert ("Bottleneck", "Missing railway: 162 km") in popup_facts(opened.page.locator(".leaflet-popup"))
    assert opened.page.locator(".label-badge").text_content() == "162 km"


def test_popup_shows_sources_with_date_and_grade(open_page, payload):
    opened = open_page(payload, fragment="#v=1&link=a--b.rail")

    assert opened.page.locator(".leaflet-popup .source-list li").all_text_contents() == [
        "First source 2025-09-25, grade A",
        "Second source undated, grade C",
    ]
    assert opened.page.locator(".leaflet-popup .source-list a").get_attribute("href") == payload["sources"]["s1"]["url"]


def test_popup_of_an_unsourced_link_says_assumed(open_page, payload):
    opened = open_page(payload, fragment="#v=1&link=b--c.road")

    assert "assumed" in opened.page.locator(".leaflet-popup").text_content()


def test_popup_shows_local_names_of_a_place(open_page, payload):
    opened = open_page(payload, fragment="#v=1&place=b")

    assert opened.page.locator(".leaflet-popup .alt").text_content() == payload["points"][1]["alt"]


def test_open_row_shows_the_same_as_the_popup(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")
    opened.page.get_by_role("button", name="Beta–Gamma railway", exact=True).click()
    row = opened.page.locator(".row-details .details").inner_text()

    opened.page.get_by_role("button", name="Show on the map").click()

    # Leaflet lays the same element out in a narrower box.
    assert opened.page.locator(".leaflet-popup .details").inner_text().split() == row.split()


def test_chosen_row_is_chosen_on_the_map_too(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")

    opened.page.get_by_role("button", name="Beta–Gamma road", exact=True).click()

    assert opened.ids("#map path.line.is-chosen") == {"b--c.road"}


def test_clicked_link_is_chosen_in_the_table_too(open_page, payload):
    opened = open_page(payload)

    opened.click_link("a--b.rail")

    assert opened.ids("#links tr.is-chosen") == {"a--b.rail"}


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        (
            "km",
            ["c--e.gas", "b--c.rail", "b--c.road", "a--b.rail", "c--d.sea"],
            ["a--b.rail", "b--c.road", "b--c.rail", "c--e.gas", "c--d.sea"],
        ),
        (
            "Link",
            ["a--b.rail", "b--c.rail", "b--c.road", "c--d.sea", "c--e.gas"],
            ["c--e.gas", "c--d.sea", "b--c.road", "b--c.rail", "a--b.rail"],
        ),
    ],
)
def test_table_sorts_and_keeps_missing_values_last(open_page, payload, column, up, down):
    opened = open_page(payload)
    opened.click("#table-box > summary")
    button = opened.page.locator("#links thead").get_by_role("button", name=column, exact=True)

    def order():
        return opened.page.eval_on_selector_all("#links tbody tr", "all => all.map(one => one.dataset.id)")

    button.click()
    assert order() == up
    button.click()
    assert order() == down
    assert opened.page.locator('#links th[aria-sort="descending"]').count() == 1


def test_mode_filter_hides_its_links_on_map_and_in_table(open_page, payload):
    opened = open_page(payload)
    opened.click("#table-box > summary")

    opened.page.locator("#legend").get_by_label("Road").uncheck()

    assert not opened.page.locator('path.line[data-id="b--c.road"]').is_visible()
    assert not opened.page.locator('#links tr[data-id="b--c.road"]').is_visible()
    assert opened.page.locator('#links tr[data-id="a--b.rail"]').is_visible()


def test_status_filter_hides_and_shows_again(open_page, payload):
    opened = open_page(payload)
    box = opened.page.locator("#legend").get_by_label("Planned")

    box.uncheck()
    assert opened.ids("#map path.line.is-hidden") == {"b--c.rail"}
    box.check()
    assert opened.ids("#map path.line.is-hidden") == set()


def test_filters_offer_only_what_the_page_has(open_page, payload):
    opened = open_page(payload)

    assert set(opened.page.eval_on_selector_all("#legend input", "all => all.map(one => one.value)")) == {
        link[key] for link in payload["links"] for key in ("mode", "status")
    }
