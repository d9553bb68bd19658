"""A scenario opens exactly what it names and what that needs, from its day on."""

from datetime import date

import pytest

from corridors.errors import InputError
from corridors.scenarios import assume_open, parse_date
from geodata import StatusInterval

RASHT_ASTARA = ("rail-astara-terminal-talesh", "rail-rezvanshahr-rasht", "rail-talesh-rezvanshahr")
BLOCKADE = date(2026, 4, 15)


def test_link_opens_alone_where_nothing_else_is_shut(atlas):
    scenario, opened = assume_open(atlas, ["rail-talesh-rezvanshahr"], atlas.data_date)
    assert opened == ("rail-talesh-rezvanshahr",)
    assert scenario.status("rail-talesh-rezvanshahr", atlas.data_date).status == "operating"


@pytest.mark.parametrize("name", ["rasht-astara"])
def test_corridor_stands_for_its_links(atlas, name):
    assert assume_open(atlas, [name], atlas.data_date)[1] == RASHT_ASTARA


def test_project_stands_for_its_links(atlas):
    scenario, opened = assume_open(atlas, ["kars-dilucu"], atlas.data_date)
    links = atlas.projects["kars-dilucu"]["link_ids"]
    assert "kars-dilucu" not in atlas.corridors
    assert set(links) <= set(opened)
    assert {scenario.status(link, atlas.data_date).status for link in links} == {"operating"}


def test_crossing_opens_by_its_own_id(atlas):
    assert assume_open(atlas, ["kalaleh-aghband"], atlas.data_date)[1] == ("kalaleh-aghband",)


def test_link_brings_its_crossing_and_its_shut_end(atlas):
    opened = assume_open(atlas, ["rail-yeraskh-border-sadarak"], atlas.data_date)[1]
    assert opened == ("am-yeraskh-border", "rail-yeraskh-border-sadarak", "yeraskh-sadarak")


def test_end_that_only_waits_for_its_railway_is_left_alone(atlas):
    link = atlas.links["rail-talesh-rezvanshahr"]
    planned = [
        end for end in (link["from_id"], link["to_id"]) if atlas.status(end, atlas.data_date).status != "operating"
    ]
    opened = assume_open(atlas, [link["id"]], atlas.data_date)[1]
    assert planned
    assert not set(planned) & set(opened)


def test_opening_holds_from_its_day_on(atlas):
    scenario, opened = assume_open(atlas, ["rasht-astara@2028-01-01"], date(2028, 6, 1))
    assert opened == RASHT_ASTARA
    assert scenario.status(RASHT_ASTARA[0], date(2027, 12, 31)).status == "planned"
    assert scenario.status(RASHT_ASTARA[0], date(2028, 1, 1)).status == "operating"


def test_opening_after_the_day_asked_about_changes_nothing_on_it(atlas):
    scenario, opened = assume_open(atlas, ["rasht-astara@2028-01-01"], atlas.data_date)
    assert opened == ()
    assert scenario.status(RASHT_ASTARA[0], atlas.data_date).status == "planned"


def test_what_was_open_on_the_assumed_day_stays_open_through_a_later_closure(atlas):
    scenario, opened = assume_open(atlas, ["sea-bandar-abbas-hormuz@2026-02-01"], BLOCKADE)
    assert atlas.status("sea-bandar-abbas-hormuz", date(2026, 2, 1)).status == "operating"
    assert atlas.status("sea-bandar-abbas-hormuz", BLOCKADE).status == "closed"
    assert scenario.status("sea-bandar-abbas-hormuz", BLOCKADE).status == "operating"
    assert "sea-bandar-abbas-hormuz" in opened


def test_opening_what_is_open_changes_nothing(atlas):
    scenario, opened = assume_open(atlas, ["rail-rasht-qazvin"], atlas.data_date)
    assert opened == ()
    assert scenario.intervals == atlas.intervals


def test_scenario_leaves_the_atlas_as_it_was(atlas):
    before = dict(atlas.intervals)
    assume_open(atlas, ["rasht-astara", "kars-dilucu"], atlas.data_date)
    assert atlas.intervals == before


def test_assumed_opening_is_marked_as_assumed(atlas):
    scenario, _ = assume_open(atlas, ["rasht-astara"], atlas.data_date)
    state = scenario.status(RASHT_ASTARA[0], atlas.data_date)
    assert (state.grade, state.event_id) == ("assumed", "assume-open")


def test_several_items_add_up(atlas):
    both = set(assume_open(atlas, ["rasht-astara", "kalaleh-aghband"], atlas.data_date)[1])
    assert both == {*RASHT_ASTARA, "kalaleh-aghband"}


def test_end_place_closed_by_an_event_is_opened_with_its_link(atlas):
    shut = StatusInterval("ir-qazvin", date(2026, 1, 1), None, "closed", "test", "A", "2026-01-01")
    scenario, opened = assume_open(atlas.with_intervals([shut]), ["rail-rasht-qazvin"], atlas.data_date)
    assert opened == ("ir-qazvin",)
    assert scenario.status("ir-qazvin", atlas.data_date).status == "operating"


def test_unknown_id_is_met_with_a_suggestion(atlas):
    with pytest.raises(InputError, match="Did you mean 'rasht-astara'"):
        assume_open(atlas, ["rasht-astaraa"], atlas.data_date)


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "20260201", "2026-W05-1", "soon", "", "2026-2-1"])
def test_text_that_is_no_day_is_refused(text):
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        parse_date(text)


def test_bad_day_of_an_item_is_refused(atlas):
    with pytest.raises(InputError, match="'2028'"):
        assume_open(atlas, ["rasht-astara@2028"], atlas.data_date)
