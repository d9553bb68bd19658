"""Statuses whose report is old or undated."""

from datetime import date
from itertools import pairwise

from geodata.atlas import Atlas
from geodata.staleness import stale
from geodata.status import StatusInterval


def _reported(atlas: Atlas, object_id: str, reported: str | None) -> Atlas:
    row = StatusInterval(object_id, date(2000, 1, 1), None, "operating", None, "B", reported)
    return atlas.with_intervals([row])


LINK = "rail-rasht-qazvin"


def test_only_old_or_undated_reports_are_listed(atlas: Atlas) -> None:
    rows = stale(atlas, 365)

    assert rows
    assert all(row.age_days is None or row.age_days > 365 for row in rows)
    assert all((row.age_days is None) == (row.reported is None) for row in rows)


def test_oldest_come_first_and_undated_last(atlas: Atlas) -> None:
    ages = [row.age_days for row in stale(atlas, 30)]
    dated = [age for age in ages if age is not None]

    assert all(first >= then for first, then in pairwise(dated))
    assert ages == dated + [None] * (len(ages) - len(dated))


def test_age_is_counted_from_the_end_of_the_report(atlas: Atlas) -> None:
    day = date(2026, 11, 21)
    ages = {}
    for reported in ("2026-11-11", "2026-10", "2025"):
        rows = stale(_reported(atlas, LINK, reported), 0, day)
        ages[reported] = next(row.age_days for row in rows if row.object_id == LINK)

    assert ages == {"2026-11-11": 10, "2026-10": 21, "2025": 325}


def test_limit_itself_is_fresh(atlas: Atlas) -> None:
    edited = _reported(atlas, LINK, "2026-11-11")

    assert LINK not in {row.object_id for row in stale(edited, 10, date(2026, 11, 21))}
    assert LINK in {row.object_id for row in stale(edited, 9, date(2026, 11, 21))}


def test_undated_report_is_stale_at_any_age(atlas: Atlas) -> None:
    row = next(row for row in stale(_reported(atlas, LINK, None), 100_000) if row.object_id == LINK)

    assert row.age_days is None
    assert "rasht-astara" not in row.corridor_ids
    assert "instc-west" in row.corridor_ids


def test_status_is_that_of_the_day(atlas: Atlas) -> None:
    before, after = (
        {row.object_id: row.status for row in stale(atlas, 0, day)} for day in (date(2023, 1, 1), date(2026, 11, 21))
    )

    assert before["rail-rasht-caspian-port"] == "under_construction"
    assert after.get("rail-rasht-caspian-port", "operating") == "operating"


def test_row_is_plain_values(atlas: Atlas) -> None:
    row = stale(atlas, 365)[0]

    assert row.to_dict()["corridor_ids"] == list(row.corridor_ids)
    assert row.to_dict()["age_days"] == row.age_days
