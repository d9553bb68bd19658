"""Known outcomes on known days: which way is open, which event closes it, and why."""

import csv
from datetime import date
from pathlib import Path

import pytest

from corridors.errors import NoRouteError
from corridors.scenarios import assume_open

ROWS = list(csv.DictReader((Path(__file__).parent / "routes.csv").read_text(encoding="utf-8").splitlines()))
NAMED = [
    pytest.param(row, id=f"{row['start']}-{row['end']}-{row['as_of'] or 'data-date'}".replace(" ", "_")) for row in ROWS
]
RASHT_ASTARA = {"rail-astara-terminal-talesh", "rail-talesh-rezvanshahr", "rail-rezvanshahr-rasht"}


def parts(text):
    return set(text.split(";")) if text else set()


def options(row):
    day = {"as_of": date.fromisoformat(row["as_of"])} if row["as_of"] else {}
    return {"modes": sorted(parts(row["modes"])), **day}


@pytest.mark.parametrize("row", NAMED)
def test_events_that_explain_an_outcome_have_the_sources_given(atlas, row):
    # The reason for an outcome is checked too: each event named stands in the atlas with these sources.
    known = {source for event in parts(row["event_ids"]) for source in atlas.events[event]["source_ids"]}
    assert all(source in atlas.sources for source in parts(row["source_ids"]))
    assert parts(row["source_ids"]) & known or not row["event_ids"]


@pytest.mark.parametrize("row", [param for param in NAMED if param.values[0]["outcome"] == "route"])
def test_way_is_open_and_warns_of_what_restricts_it(network, travel, row):
    route = travel(network, row["start"], row["end"], **options(row))
    used = {leg.link_id for leg in route.legs}
    assert parts(row["uses"]) <= used
    assert not parts(row["avoids"]) & used
    assert {item.event_id for item in route.warnings} == parts(row["event_ids"])


@pytest.mark.parametrize("row", [param for param in NAMED if param.values[0]["outcome"] == "closed"])
def test_way_is_closed_and_the_event_is_named(atlas, network, travel, row):
    with pytest.raises(NoRouteError) as caught:
        travel(network, row["start"], row["end"], **options(row))
    assert {item.event_id for item in caught.value.blockages} == parts(row["event_ids"])
    for item in caught.value.blockages:
        assert item.object_id in atlas.events[item.event_id]["object_ids"]
        assert item.date == atlas.events[item.event_id]["date"].isoformat()


@pytest.mark.parametrize("by", ["time", "cost", "distance"])
def test_moscow_to_bandar_abbas_by_rail_goes_round_the_caspian_in_the_east(network, travel, by):
    # Rasht–Astara is not built, so trains change wheels on the Turkmen border (Sarakhs or Incheh Borun).
    route = travel(network, "Moscow", "Bandar Abbas", modes=["rail"], by=by)
    assert route.gauge_breaks in {("ir-incheh-borun",), ("ir-sarakhs",)}
    assert not RASHT_ASTARA & {leg.link_id for leg in route.legs}
    assert "ir-astara-terminal" not in {leg.to_id for leg in route.legs}


@pytest.mark.parametrize("by", ["time", "cost", "distance"])
def test_moscow_to_bandar_abbas_by_rail_goes_by_astara_once_the_gap_is_closed(atlas, network, travel, by):
    scenario, opened = assume_open(atlas, ["rasht-astara"], atlas.data_date)
    route = travel(network.on_atlas(scenario), "Moscow", "Bandar Abbas", modes=["rail"], by=by, assumed_open=opened)
    assert route.gauge_breaks == ("ir-astara-terminal",)
    assert set(route.assumed_open) == RASHT_ASTARA
    assert {leg.link_id for leg in route.legs} >= RASHT_ASTARA


def test_baku_to_rasht_by_rail_lacks_exactly_the_three_links(network, travel):
    # All land was bought by July 2026 and a contract was said to be close; nothing newer makes them more than planned.
    with pytest.raises(NoRouteError) as caught:
        travel(network, "Baku", "Rasht", modes=["rail"])
    assert {item.object_id for item in caught.value.blockages} == RASHT_ASTARA
    assert {(item.status, item.event_id) for item in caught.value.blockages} == {("planned", None)}


@pytest.mark.parametrize(
    ("object_id", "day", "status"),
    [
        pytest.param("rail-rasht-qazvin", date(2019, 3, 5), "under_construction", id="the-day-before-it-opened"),
        pytest.param("rail-rasht-qazvin", date(2019, 3, 6), "operating", id="opened-on-6-March-2019"),
        pytest.param("rail-rasht-caspian-port", date(2024, 6, 20), "operating", id="opened-on-20-June-2024"),
        pytest.param("xx-hormuz", date(2026, 2, 28), "operating", id="strait-before-the-closure"),
        pytest.param("xx-hormuz", date(2026, 3, 1), "closed", id="strait-closed-by-Iran"),
        pytest.param("xx-hormuz", date(2026, 7, 20), "closed", id="July-strikes-and-blockade"),
        pytest.param("xx-hormuz", date(2026, 7, 25), "restricted", id="pause-from-25-July"),
        pytest.param("norduz-agarak", date(2026, 3, 2), "closed", id="Norduz-shut-for-a-day"),
        pytest.param("norduz-agarak", date(2026, 3, 3), "operating", id="Norduz-lorries-pass-again"),
        pytest.param("canal-suez", date(2026, 3, 1), "restricted", id="lines-leave-Suez"),
    ],
)
def test_status_on_the_days_that_events_name(atlas, object_id, day, status):
    assert atlas.status(object_id, day).status == status
