"""Downloads: what a page states, each statement with the figure and the sources behind it."""

import csv
import io
import json

import pytest

from corridors import build_network, read_treaty
from geodata import load_atlas
from maps.downloads import page_csv, page_geojson
from maps.payload import corridor_payload
from maps.site import corridor_results, write_corridor_page


@pytest.fixture(scope="module")
def made():
    atlas = load_atlas()
    results = corridor_results(build_network(atlas), "instc-west", atlas.data_date)
    return atlas, corridor_payload(atlas, results, read_treaty(atlas))


def rows_of(made):
    return list(csv.DictReader(io.StringIO(page_csv(*made))))


def test_csv_gives_the_length_of_every_link_with_its_sources(made):
    atlas, _ = made

    lengths = {row["object_id"]: row for row in rows_of(made) if row["field"] == "length_km"}

    assert set(lengths) == set(atlas.legs["instc-west"])
    for link, row in lengths.items():
        origin = atlas.provenance_of("links", link, "length_km")
        assert float(row["value"]) == atlas.links[link]["length_km"]
        assert row["source_ids"] == ";".join(origin.source_ids)
        assert row["assumed"] == ("true" if origin.assumed else "false")
        assert row["grade"] == origin.grade


def test_every_figure_names_a_source_or_is_assumed(made):
    for row in rows_of(made):
        if row["method"]:
            assert row["source_ids"] or row["assumed"] == "true", row


def test_csv_and_popup_say_the_same(made):
    _, payload = made
    shown = {(link["id"], field[0]): field[1] for link in payload["links"] for field in link["fields"]}

    for row in rows_of(made):
        if (row["object_id"], row["statement"]) in shown and row["statement"] not in {"Project", "Drawn line"}:
            assert row["text"].lstrip("'") == shown[row["object_id"], row["statement"]]


def test_csv_tells_which_article_bears_on_which_link_and_why(made):
    atlas, _ = made
    said = [row for row in rows_of(made) if row["field"] == "iran-russia-2025-21-4"]

    assert {row["object_id"] for row in said} >= set(atlas.legs["instc-west"])
    assert all(row["text"] and row["source_ids"] for row in said)


def test_geojson_holds_every_link_as_a_line_with_its_statements(made):
    atlas, payload = made
    collection = json.loads(page_geojson(*made))

    lines = [item for item in collection["features"] if item["geometry"]["type"] == "LineString"]
    assert [item["id"] for item in lines] == list(atlas.legs["instc-west"])
    assert collection["atlas_version"] == atlas.version
    assert "Open Database License" in collection["licence"]
    cited = {
        source
        for item in collection["features"]
        for statement in item["properties"]["statements"]
        for source in statement.get("source_ids", ())
    }
    assert cited <= set(collection["sources"])
    assert payload["id"] == collection["name"]


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(made):
    atlas, payload = made
    hostile = {**payload, "links": [{**payload["links"][0], "name": "=1+1"}], "points": []}

    names = {row["object"] for row in csv.DictReader(io.StringIO(page_csv(atlas, hostile)))}

    assert names == {"'=1+1"}


def test_downloads_lie_beside_the_page_and_are_linked(made, tmp_path):
    atlas, _ = made

    page = write_corridor_page(build_network(atlas), "rasht-astara", tmp_path / "out", atlas.data_date)

    assert {path.name for path in page.parent.iterdir()} == {
        f"rasht-astara.{kind}" for kind in ("html", "csv", "geojson")
    }
    html = page.read_text(encoding="utf-8")
    assert 'href="rasht-astara.geojson" download' in html
    assert 'href="rasht-astara.csv" download' in html
