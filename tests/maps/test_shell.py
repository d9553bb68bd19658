"""The document: nothing is read as a template, everything is covered by the policy."""

import base64
import hashlib
import json
import re

import pytest

from maps.shell import PageFigure, PageMap, PageParts, TextElement, inert_json


def parts(**changes):
    base = {
        "lang": "en",
        "kind": "corridor",
        "title": "Title",
        "description": "Description",
        "before_map": "<p>before</p>",
        "after_map": "<p>after</p>",
        "fallback": "<noscript>text</noscript>",
        "data": {"payload": "{}"},
        "script": "let a = 1;",
        "style": "p { color: red }",
    }
    return PageParts(**{**base, **changes})


def csp_hash(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_inert_json_holds_no_character_that_html_reads():
    text = inert_json({"a": "</script><!-- & \u2028 \u2029"})

    assert not set("<>&\u2028\u2029") & set(text)


def test_inert_json_reads_back_as_the_same_value():
    value = {"name": "</script> & \u2028 Баку", "numbers": [1, 2.5, None, True]}

    assert json.loads(inert_json(value)) == value


def test_inert_json_refuses_what_json_cannot_hold():
    with pytest.raises(ValueError, match="not JSON compliant"):
        inert_json({"km": float("nan")})


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "{% for %}", "{# gone #}", "{{"])
def test_text_element_evaluates_nothing(text):
    assert TextElement(text, "id").render() == text


@pytest.mark.parametrize("field", ["before_map", "after_map", "fallback", "script", "style"])
def test_figure_evaluates_no_template(field):
    text = "/* {{ 7 * 7 }} {% for %} {# gone #} */"

    assert text in PageFigure(parts(**{field: text})).render()


def test_map_asks_for_no_foreign_file():
    page_map = PageMap("")

    assert page_map.default_js == []
    assert page_map.default_css == []
    assert "://" not in PageFigure(parts()).render()


def test_policy_allows_exactly_the_script_and_the_style():
    html = PageFigure(parts()).render()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)
    directives = dict(item.split(" ", 1) for item in policy.split("; "))

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == f"'{csp_hash('let a = 1;')}'"
    assert directives["style-src"] == f"'{csp_hash('p { color: red }')}'"


def test_policy_stands_before_anything_it_must_cover():
    html = PageFigure(parts()).render()

    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script>")


@pytest.mark.parametrize(("field", "text"), [("script", "x='</script>'"), ("style", "/*</STYLE>*/")])
def test_figure_refuses_a_bundle_that_ends_its_own_element(field, text):
    with pytest.raises(ValueError, match="end its own element"):
        PageFigure(parts(**{field: text}))


def test_head_names_language_title_and_lets_readers_zoom():
    html = PageFigure(parts(lang="fa", title="A & B")).render()

    assert '<html lang="fa"' in html
    assert "<title>A &amp; B</title>" in html
    assert 'content="width=device-width, initial-scale=1"' in html
