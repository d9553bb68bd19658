"""Status as a timeline: what lies over what, and what holds before and after."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.atlas import Atlas
from geodata.schema import read_package
from geodata.status import BLOCKING, STATUSES, USABLE, StatusInterval, build_intervals, lay_over
from geodata.table import Table, read_table

BASE = StatusInterval("x", None, None, "operating", None, "B", None)
DAYS = st.integers(0, 40).map(lambda number: date(2026, 1, 1) + timedelta(number))
TABLES = ("links", "places", "crossings", "projects", "events")


def layer(start: str | None, end: str | None, status: str, event: str | None = None) -> StatusInterval:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    return StatusInterval("x", first, last, status, event, "B", start)


@st.composite
def layers(draw: st.DrawFn) -> StatusInterval:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    event = draw(st.sampled_from([None, "e1", "e2"]))
    return StatusInterval("x", start, end, draw(st.sampled_from(STATUSES)), event, draw(st.sampled_from("ABC")), None)


def said(intervals: tuple[StatusInterval, ...], day: str) -> str | None:
    return next(item.status for item in intervals if item.holds(date.fromisoformat(day)))


def test_words_are_consistent() -> None:
    assert set(STATUSES) >= USABLE | BLOCKING
    assert not USABLE & BLOCKING


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-04", "operating"),
        ("2026-01-05", "closed"),
        ("2026-01-08", "closed"),
        ("2026-01-09", "operating"),
    ],
)
def test_start_is_in_force_and_end_is_not(day: str, expected: str) -> None:
    assert said(lay_over(BASE, [layer("2026-01-05", "2026-01-09", "closed")]), day) == expected


def test_last_row_wins_where_two_hold_and_the_one_below_comes_back() -> None:
    rows = [layer("2026-01-02", None, "restricted", "a"), layer("2026-01-05", "2026-01-09", "closed", "b")]

    result = lay_over(BASE, rows)

    assert [(item.status, item.event_id) for item in result] == [
        ("operating", None),
        ("restricted", "a"),
        ("closed", "b"),
        ("restricted", "a"),
    ]


def test_earlier_row_laid_last_still_wins() -> None:
    rows = [layer("2026-01-05", None, "closed", "late"), layer("2026-01-02", None, "restricted", "early")]

    assert said(lay_over(BASE, rows), "2026-01-06") == "restricted"


def test_row_that_ends_before_it_starts_changes_nothing() -> None:
    assert lay_over(BASE, [layer("2026-01-09", "2026-01-05", "closed")]) == (BASE,)


def test_row_without_dates_covers_all() -> None:
    assert [item.status for item in lay_over(BASE, [layer(None, None, "closed")])] == ["closed"]


def test_neighbours_that_differ_in_grade_stay_apart() -> None:
    assumed = StatusInterval("x", date(2026, 1, 5), None, "operating", None, "assumed", None)

    assert [item.grade for item in lay_over(BASE, [assumed])] == ["B", "assumed"]


@given(st.lists(layers(), max_size=6))
def test_intervals_cover_all_days_without_overlap(rows: list[StatusInterval]) -> None:
    result = lay_over(BASE, rows)

    assert result[0].start is None
    assert result[-1].end is None
    assert all(before.end is not None and before.end == after.start for before, after in pairwise(result))
    assert all(item.start is None or item.end is None or item.start < item.end for item in result)


@given(st.lists(layers(), max_size=6), DAYS)
def test_on_each_day_the_last_row_that_holds_decides(rows: list[StatusInterval], day: date) -> None:
    top = [BASE, *(row for row in rows if row.holds(day))][-1]

    (now,) = (item for item in lay_over(BASE, rows) if item.holds(day))

    assert (now.status, now.event_id, now.grade) == (top.status, top.event_id, top.grade)


@given(st.lists(layers(), max_size=6))
def test_no_two_neighbours_are_alike(rows: list[StatusInterval]) -> None:
    keys = [(item.status, item.event_id, item.grade) for item in lay_over(BASE, rows)]

    assert all(one != other for one, other in pairwise(keys))


def tables_with(folder: Path, **content: str) -> dict[str, Table]:
    package = read_package()
    for name in TABLES:
        fields = [field.name for field in package.resource(name).fields]
        lines = [",".join(fields)]
        for row in filter(None, content.get(name, "").split("\n")):
            cells = dict(cell.split("=") for cell in row.split())
            lines.append(",".join(cells.get(field, "") for field in fields))
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = {name: read_table(package.resource(name), folder) for name in TABLES}
    assert [fault for _, faults in read.values() for fault in faults] == []
    return {name: table for name, (table, _) in read.items()}


LINK = "id=l name=L from_id=a to_id=b mode=road length_km=5 status=restricted status_date=2026-02"
EVENT = "date_precision=day title=T object_ids=l grade=B"


def build(folder: Path, events: str, links: str = LINK) -> tuple[StatusInterval, ...]:
    return build_intervals(tables_with(folder, links=links, events=events), {("links", "l"): "C"})["l"]


def test_object_without_events_has_the_status_of_its_table(tmp_path: Path) -> None:
    assert build(tmp_path, "") == (StatusInterval("l", None, None, "restricted", None, "C", "2026-02"),)


def test_event_without_a_status_does_not_touch_the_timeline(tmp_path: Path) -> None:
    assert len(build(tmp_path, f"id=e date=2026-01-05 effect=agreement {EVENT}")) == 1


def test_nothing_is_open_before_its_opening(tmp_path: Path) -> None:
    result = build(tmp_path, f"id=e date=2026-01-05 effect=opened status=operating {EVENT}")

    assert [(item.status, item.event_id, item.grade) for item in result] == [
        ("under_construction", None, "assumed"),
        ("operating", "e", "B"),
    ]


def test_closure_comes_after_operation(tmp_path: Path) -> None:
    result = build(tmp_path, f"id=e date=2026-01-05 date_end=2026-01-07 effect=closed status=closed {EVENT}")

    assert [item.status for item in result] == ["operating", "closed", "operating"]


def test_events_of_one_day_are_ordered_by_id(tmp_path: Path) -> None:
    rows = [
        f"id={name} date=2026-01-05 effect=resumed status={status} {EVENT}"
        for name, status in (("b", "restricted"), ("a", "operating"))
    ]

    assert build(tmp_path, "\n".join(rows)) == build(tmp_path, "\n".join(reversed(rows)))
    assert build(tmp_path, "\n".join(rows))[-1].event_id == "b"


def test_report_is_as_exact_as_its_source(tmp_path: Path) -> None:
    event = f"id=e date=2026-01-05 effect=closed status=closed {EVENT}".replace("precision=day", "precision=month")

    assert build(tmp_path, event)[-1].reported == "2026-01"


def test_every_object_of_the_atlas_has_one_status_on_every_event_day(atlas: Atlas) -> None:
    days = {event["date"] for event in atlas.events} | {event["date_end"] for event in atlas.events} - {None}

    for object_id, intervals in atlas.intervals.items():
        assert all(sum(item.holds(day) for item in intervals) == 1 for day in days), object_id
