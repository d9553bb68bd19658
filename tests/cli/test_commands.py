"""Each command prints what it found, as text and as JSON."""

import json

import pytest
from typer.testing import CliRunner

from corridors.cli.app import app
from corridors.distances import measure_corridor
from corridors.treaty import read_treaty

RUNNER = CliRunner()


def run(*arguments):
    return RUNNER.invoke(app, [*arguments], env={"CORRIDORS_ATLAS": None}, catch_exceptions=False)


def run_json(*arguments):
    done = run(*arguments, "--json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


KINDS = ["corridors", "places", "hubs", "links", "crossings", "projects", "events", "instruments", "sources"]


@pytest.mark.parametrize("kind", KINDS)
def test_list_as_json_holds_every_row(atlas, kind):
    plain = run_json("list", kind)
    assert plain["schema_version"] == 1
    assert sorted(row["id"] for row in plain[kind]) == sorted(row["id"] for row in atlas.tables[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_list_prints_headings_and_rows(atlas, kind):
    done = run("list", kind)
    heading, first, *_ = done.stdout.splitlines()
    assert heading.split()[0] == "id"
    assert first.split()[0] in atlas.tables[kind]


def test_list_shows_corridors_by_default(atlas):
    lines = run("list").stdout
    assert all(row["id"] in lines for row in atlas.corridors)


def test_events_are_listed_in_order_of_time():
    days = [row["date"] for row in run_json("list", "events")["events"]]
    assert days == sorted(days)


def test_status_that_no_report_gives_is_printed_as_not_found(atlas):
    unknown = [row["id"] for row in atlas.places if row["status"] is None]
    assert unknown
    lines = {line.split()[0]: line for line in run("list", "places").stdout.splitlines() if line.strip()}
    assert all("None" not in line for line in lines.values())


def test_show_prints_name_length_and_legs(atlas):
    out = run("show", "rasht-astara").stdout
    assert out.startswith("Rasht–Astara railway\n")
    assert f"162.5 km in 3 links, as of {atlas.data_date}" in out
    assert all(atlas.links[link]["name"] in out for link in atlas.legs["rasht-astara"])


def test_show_takes_a_party_name():
    assert run_json("show", "Zangezur corridor")["id"] == "meghri"


def test_show_as_json_has_the_sources_of_each_leg(atlas):
    plain = run_json("show", "khaf-herat")
    assert plain["length_km"] == 225
    assert [leg["source_ids"] for leg in plain["legs"]] == [
        list(atlas.links[link]["source_ids"]) for link in atlas.legs["khaf-herat"]
    ]


def test_show_follows_the_day():
    before = run_json("show", "khaf-herat", "--as-of", "2020-12-09")["legs"][0]
    after = run_json("show", "khaf-herat", "--as-of", "2020-12-10")["legs"][0]
    assert (before["status"], after["status"]) == ("under_construction", "operating")
    assert after["event_id"] == "khaf-herat-opened"


def test_distance_of_a_corridor_prints_its_parts():
    out = run("distance", "rasht-astara").stdout
    assert "162.5 km" in out
    assert "by country: IR 162.5" in out
    assert "by status: planned 162.5" in out


def test_distance_of_a_corridor_as_json_is_that_of_python(atlas):
    assert run_json("distance", "instc-west") == json.loads(json.dumps(measure_corridor(atlas, "instc-west").to_dict()))


def test_distance_of_two_places_as_json_is_the_shortest_way():
    plain = run_json("distance", "Rasht", "Qazvin", "--mode", "rail")
    assert (plain["distance_km"], plain["by_country"]) == (164.0, {"IR": 164.0})


def test_distance_from_a_point_prints_how_far_the_link_is():
    out = run("distance", "44.72,40.0", "am-masis", "--mode", "rail").stdout
    assert "the link is 13.3 km from the point given" in out


def test_route_prints_legs_waits_warnings_and_sources(atlas):
    out = run("route", "Moscow", "Bandar Abbas", "--mode", "rail").stdout
    assert f"best by time, as of {atlas.data_date}" in out
    assert "USD" in out
    assert "Uzen–Bolashak railway" in out
    assert "instc-halt" in out
    assert "assumed" in out


def test_route_as_json_parses():
    plain = run_json("route", "Baku", "Rasht", "--mode", "road")
    assert [leg["mode"] for leg in plain["legs"]] == ["road"] * len(plain["legs"])
    assert plain["cargo_unit"] == "TEU"


def test_route_takes_modes_apart_at_commas():
    both = run_json("route", "Moscow", "Tehran", "--mode", "rail,road")
    assert both == run_json("route", "Moscow", "Tehran", "--mode", "rail", "--mode", "road")


def test_route_says_what_it_assumes_open():
    plain = run_json("route", "Baku", "Rasht", "--mode", "rail", "--assume-open", "rasht-astara")
    assert plain["assumed_open"] == ["rail-astara-terminal-talesh", "rail-rezvanshahr-rasht", "rail-talesh-rezvanshahr"]
    out = run("route", "Baku", "Rasht", "--mode", "rail", "--assume-open", "rasht-astara").stdout
    assert "Assumed open: rail-astara-terminal-talesh" in out


def test_route_over_a_corridor_follows_it_whole(atlas):
    plain = run_json("route", "St Petersburg", "Mumbai", "--over", "suez")
    assert {leg["link_id"] for leg in plain["legs"]} >= set(atlas.legs["suez"])


def test_route_with_a_larger_snap_bound_takes_a_far_point():
    plain = run_json("route", "59,27", "Zahedan", "--max-snap-km", "200")
    assert 25 < plain["from"]["snap_km"] < 200


def test_route_with_a_larger_detour_shows_the_long_way():
    plain = run_json("route", "Baku", "Rasht", "--mode", "rail", "--max-detour", "20")
    assert plain["distance_km"] > 3000


def test_bottlenecks_print_each_part():
    out = run("bottlenecks", "instc-west").stdout
    for title in ("Where the hours go", "Breaks of gauge", "Borders", "Links that are not open", "If one link fails"):
        assert title in out
    assert "not rankable" in out


def test_bottlenecks_print_every_row_when_asked():
    some, every = run("bottlenecks", "instc-west").stdout, run("bottlenecks", "instc-west", "--all").stdout
    assert "--all shows the rest" in some
    assert "--all shows the rest" not in every
    assert len(every.splitlines()) > len(some.splitlines())


def test_bottlenecks_of_one_corridor_as_json():
    plain = run_json("bottlenecks", "rasht-astara")
    assert (plain["corridor_id"], plain["distance_km"]) == ("rasht-astara", 162.5)
    assert {row["kind"] for row in plain["rows"]} == {"hours", "unbuilt", "n_1"}


def test_bottlenecks_without_a_corridor_cover_the_featured_ones(atlas):
    plain = run_json("bottlenecks")
    featured = sorted(row["id"] for row in atlas.corridors if row["featured"])
    assert [report["corridor_id"] for report in plain["reports"]] == featured


def test_treaty_prints_articles_with_their_doubts():
    out = run("treaty").stdout
    assert "Paraphrases, not treaty wording" in out
    assert "number unverified" in out
    assert "[verified]" in out
    assert "17 articles are not shown" in out


def test_treaty_as_json_is_that_of_python(atlas):
    assert run_json("treaty") == json.loads(json.dumps(read_treaty(atlas).to_dict()))


def test_treaty_prints_one_article_alone():
    out = run("treaty", "--article", "21").stdout
    assert "Article 21" in out
    assert "Article 20" not in out
    assert "Articles without an object" not in out


def test_check_of_the_shipped_atlas_finds_nothing():
    done = run("check")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "0 faults found."


def test_check_as_json_parses():
    assert run_json("check", "--no-coverage") == {"schema_version": 1, "faults": []}


@pytest.mark.parametrize(
    "name",
    [
        "list",
        "show",
        "distance",
        "route",
        "bottlenecks",
        "treaty",
        "map",
        "atlas",
        "source",
        "history",
        "corrections",
        "check",
    ],
)
def test_every_command_has_help(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.stdout


def test_another_atlas_is_taken_by_option(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "corridors",
        lambda rows: [{**row, "name": "Renamed"} if row["id"] == "rasht-astara" else row for row in rows],
    )
    assert run_json("show", "rasht-astara", "--atlas", str(atlas_folder))["name"] == "Renamed"


def test_another_atlas_is_taken_from_the_environment(atlas_folder, edit_table):
    edit_table(
        atlas_folder,
        "corridors",
        lambda rows: [{**row, "name": "Renamed"} if row["id"] == "rasht-astara" else row for row in rows],
    )
    done = RUNNER.invoke(app, ["show", "rasht-astara", "--json"], env={"CORRIDORS_ATLAS": str(atlas_folder)})
    assert json.loads(done.stdout)["name"] == "Renamed"
