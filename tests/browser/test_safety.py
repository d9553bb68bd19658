"""Hostile text stays text, and the policy refuses what might slip through."""

import copy

import pytest

HOSTILE = (
    "<img src=x onerror=\"globalThis.harmed='img'\">",
    "`${globalThis.harmed='template'}`",
    "</script><script>globalThis.harmed='script'</script>",
    "{{ 7 * 7 }}",
    "{% for %}",
    "{# gone #}",
    "\\1 \\u003c",
    "a\u2028b\u2029c",
    "\u202egnp.exe",
)
VIOLATION = """
directive => new Promise(done => {
    addEventListener('securitypolicyviolation', event => done(event.effectiveDirective), { once: true });
    setTimeout(() => done('none'), 3000);
    %s
})
"""


@pytest.fixture
def hostile_payload(payload):
    payload = copy.deepcopy(payload)
    for number, text in enumerate(HOSTILE):
        link = copy.deepcopy(payload["links"][0])
        link |= {"id": f"hostile-{number}", "name": text, "status_text": text, "km_text": text, "bottleneck": None}
        link["fields"] = [[text, text]]
        link["coords"] = [[46 + number, 36], [46.5 + number, 36.5]]
        payload["links"].append(link)
        payload["relations"][0]["object_ids"].append(link["id"])
    payload["points"][0] |= {"name": HOSTILE[0], "alt": HOSTILE[2], "label": HOSTILE[0]}
    payload["articles"][1] |= {"label": HOSTILE[0], "title": HOSTILE[2], "status_line": HOSTILE[1]}
    payload["relations"][0] |= {"rationale": HOSTILE[0], "via": HOSTILE[2]}
    payload["sources"]["s1"]["title"] = HOSTILE[0]
    payload["sources"]["s2"]["title"] = HOSTILE[2]
    payload["links"][1]["bottleneck"]["value"] = HOSTILE[0]
    return payload


def test_hostile_names_are_shown_as_text(open_page, hostile_payload):
    opened = open_page(hostile_payload)
    opened.click("#table-box > summary")

    shown = opened.page.locator("#links tbody .row-button").all_text_contents()

    assert shown[-len(HOSTILE) :] == list(HOSTILE)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_details_are_shown_as_text(open_page, hostile_payload, number):
    opened = open_page(hostile_payload, fragment=f"#v=1&link=hostile-{number}")
    popup = opened.page.locator(".leaflet-popup .details")

    assert popup.locator("h3").text_content() == HOSTILE[number]
    assert popup.locator(".state").text_content() == HOSTILE[number]
    assert HOSTILE[number] in popup.locator("dd").all_text_contents()


def test_hostile_article_is_shown_as_text(open_page, hostile_payload):
    opened = open_page(hostile_payload, fragment="#v=1&article=t-21")

    assert opened.page.locator("#status").text_content() == HOSTILE[1]
    assert HOSTILE[0] in opened.page.locator('li[data-article="t-21"] .relations').text_content()


def test_hostile_text_runs_nothing(open_page, hostile_payload):
    opened = open_page(hostile_payload, fragment="#v=1&article=t-21&link=hostile-0")
    opened.frames(5)

    assert opened.page.evaluate("globalThis.harmed ?? null") is None
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("script").count() == 4
    assert opened.complaints == []


def test_address_that_is_no_web_address_is_no_link(open_page, payload):
    opened = open_page(payload, fragment="#v=1&link=c--d.sea")

    assert opened.page.locator(".leaflet-popup .source-list a").count() == 0
    assert "Second source" in opened.page.locator(".leaflet-popup .source-list").text_content()


@pytest.mark.parametrize(
    ("directive", "code"),
    [
        ("connect-src", "fetch('https://example.org/').catch(() => undefined);"),
        ("img-src", "new Image().src = 'https://example.org/x.png';"),
        ("script-src-elem", "document.body.append(Object.assign(document.createElement('script'), { text: '1' }));"),
        (
            "style-src-elem",
            "document.body.append(Object.assign(document.createElement('style'), { textContent: 'a{}' }));",
        ),
        (
            "frame-src",
            "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org' }));",
        ),
    ],
)
def test_injected_request_or_code_is_refused(open_page, payload, directive, code):
    opened = open_page(payload)

    assert opened.page.evaluate(VIOLATION % code, directive) == directive
    assert {url for url in opened.requests if url.startswith("http")} <= set(opened.refused)
