"""Pages: whole, safe, the same every time and never half-written."""

import gzip
import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from maps import render_index, render_page, write_page
from maps.bundle import load_assets
from maps.errors import PageError

ROOT = Path(__file__).parents[2]
FIXTURE = Path(__file__).parent / "fixture" / "payload.json"
BUDGET_BYTES = 150_000
RENDER = """
import json, sys
from maps import render_page
sys.stdout.buffer.write(render_page(json.load(open(sys.argv[1], encoding="utf-8"))).encode("utf-8"))
"""


class Reader(HTMLParser):
    """Collects tags, attributes and the words of a page, scripts and styles apart."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.words = []
        self._raw = None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self._raw = tag

    def handle_endtag(self, tag):
        if tag == self._raw:
            self._raw = None

    def handle_data(self, data):
        if self._raw is None:
            self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def embedded(page):
    text = re.search(r'<script type="application/json" id="payload">(.*?)</script>', page, re.DOTALL).group(1)
    return json.loads(text)


def test_page_carries_the_payload_unchanged(payload):
    assert embedded(render_page(payload)) == payload


def test_page_carries_hostile_payload_unchanged(hostile_payload):
    assert embedded(render_page(hostile_payload)) == hostile_payload


def test_page_asks_for_nothing(payload):
    tags = read(render_page(payload)).tags
    asked = [
        (tag, name, value)
        for tag, attrs in tags
        for name, value in attrs.items()
        if name in {"src", "srcset", "data", "poster", "action", "background"} or (name == "href" and tag != "a")
    ]

    assert asked == [("link", "href", "data:,")]


def test_hostile_text_adds_no_element(payload, hostile_payload):
    plain = [tag for tag, _ in read(render_page(payload)).tags]
    poisoned = [tag for tag, _ in read(render_page(hostile_payload)).tags]

    # A source whose address is no longer one of the web loses its link; nothing else may change.
    assert [tag for tag in poisoned if tag != "a"] == [tag for tag in plain if tag != "a"]


def test_hostile_text_stands_in_the_page_as_text(hostile_payload, hostile):
    words = "".join(read(render_page(hostile_payload)).words)

    assert hostile_payload["headline"] in words
    assert words.count(hostile) >= len(hostile_payload["links"])


def test_only_web_addresses_become_links(payload):
    links = [attrs["href"] for tag, attrs in read(render_page(payload)).tags if tag == "a"]

    assert "https://example.org/first?a=1&b=2" in links
    assert not [link for link in links if link.startswith("javascript")]


def test_table_has_a_row_for_each_link_in_order(payload):
    rows = [attrs["data-id"] for tag, attrs in read(render_page(payload)).tags if tag == "tr" and "data-id" in attrs]

    assert rows == [link["id"] for link in payload["links"]]


def test_missing_values_say_so_and_are_never_zero(payload):
    row = re.search(r'<tr data-id="c--d.sea">(.*?)</tr>', render_page(payload), re.DOTALL).group(1)

    assert '<td class="number is-missing" data-v="">not found</td>' in row
    assert ">0<" not in row


def test_link_without_source_is_marked_assumed(payload):
    row = re.search(r'<tr data-id="b--c.road">(.*?)</tr>', render_page(payload), re.DOTALL).group(1)

    assert "assumed" in row


def test_articles_and_orphans_stand_in_the_page_without_scripts(payload):
    words = html.unescape(re.sub(r"<[^>]+>", " ", render_page(payload)))

    for article in payload["articles"]:
        assert article["paraphrase"] in words
        assert article["status_line"] in words
    assert "Article 26, the environment" in words


def test_index_has_a_card_for_every_other_page(index_payload):
    page = render_index(index_payload)

    assert page.count('<li class="card">') == len(index_payload["pages"]) - 1
    assert '<a href="other.html">Other corridor</a>' in page


def test_two_processes_with_other_hash_seeds_give_the_same_bytes():
    def render(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", RENDER, str(FIXTURE)], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        return done.stdout

    assert render("1") == render("2")


def test_page_without_data_leaves_room_in_the_budget(payload):
    empty = {**payload, "links": [], "points": [], "relations": [], "articles": [], "sources": {}}

    assert len(gzip.compress(render_page(empty).encode("utf-8"), 9)) < 0.6 * BUDGET_BYTES


def test_importing_maps_does_not_import_folium():
    code = "import sys, maps; from maps import render_page, write_page; sys.exit('folium' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_words_of_the_page_are_those_of_the_catalogue(payload):
    assert load_assets().words["table.title"] in render_page(payload)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": 2}, "schema version 2"),
        ({"kind": "index"}, "kind 'index'"),
        ({"kind": None}, "kind None"),
    ],
)
def test_foreign_payload_is_refused(payload, change, message):
    with pytest.raises(PageError, match=message):
        render_page({**payload, **change})


def test_payload_without_a_part_names_the_part(payload):
    del payload["headline"]

    with pytest.raises(PageError, match="lacks headline"):
        render_page(payload)


def test_payload_with_an_infinite_number_is_refused(payload):
    payload["points"][0]["lon"] = float("inf")

    with pytest.raises(PageError, match="finite numbers"):
        render_page(payload)


def test_write_page_writes_what_render_page_gives(payload, tmp_path):
    path = write_page(payload, tmp_path / "page.html")

    assert path.read_bytes() == render_page(payload).encode("utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_write_page_keeps_the_old_page_when_the_new_one_fails(payload, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    payload["links"][0]["km"] = float("nan")

    with pytest.raises(PageError):
        write_page(payload, path)

    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_write_page_leaves_no_part_behind_when_the_last_step_fails(payload, tmp_path):
    (tmp_path / "page.html").mkdir()

    with pytest.raises(OSError, match=r"page\.html"):
        write_page(payload, tmp_path / "page.html")

    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_write_page_names_a_missing_folder(payload, tmp_path):
    with pytest.raises(PageError, match="does not exist"):
        write_page(payload, tmp_path / "missing" / "page.html")
