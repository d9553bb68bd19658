"""Coverage of the corridors: shares, ages and sources."""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from geodata.atlas import Atlas
from geodata.coverage import CoverageReport, CoverageRow, coverage, members_of


@pytest.fixture(scope="module")
def report(atlas: Atlas) -> CoverageReport:
    return coverage(atlas)


def _row(report: CoverageReport, corridor_id: str, field: str) -> CoverageRow:
    return next(row for row in report.rows if (row.corridor_id, row.field) == (corridor_id, field))


def _edited(atlas: Atlas, table: str, object_id: str, **changes: object) -> Atlas:
    old = atlas.tables[table]
    rows = tuple(MappingProxyType({**row, **changes}) if row["id"] == object_id else row for row in old.rows)
    return replace(atlas, tables={**atlas.tables, table: replace(old, rows=rows)})


def test_every_corridor_has_rows_and_sources(atlas: Atlas, report: CoverageReport) -> None:
    assert {row.corridor_id for row in report.rows} == set(atlas.legs)
    assert [row.corridor_id for row in report.sources] == sorted(atlas.legs)


def test_shares_add_up_to_one(report: CoverageReport) -> None:
    for row in report.rows:
        total = row.grade_a + row.grade_b + row.grade_c + row.assumed + row.missing
        assert total == pytest.approx(1), row


def test_lengths_are_counted_by_grade(atlas: Atlas, report: CoverageReport) -> None:
    grades = Counter(atlas.provenance_of("links", link, "length_km").grade for link in atlas.legs["instc-west"])
    row = _row(report, "instc-west", "length_km")

    assert row.objects == len(atlas.legs["instc-west"])
    assert row.grade_a == pytest.approx(grades["A"] / row.objects)
    assert row.assumed == pytest.approx(grades["assumed"] / row.objects)


def test_fields_of_railways_are_not_asked_of_roads(report: CoverageReport) -> None:
    fields = {row.field for row in report.rows if row.corridor_id == "aras"}

    assert "length_km" in fields
    assert not fields & {"gauges_mm", "tracks", "electrified"}


def test_emptied_value_is_missing(atlas: Atlas, report: CoverageReport) -> None:
    link = atlas.legs["rasht-astara"][0]
    before = _row(report, "rasht-astara", "tracks").missing

    after = _row(coverage(_edited(atlas, "links", link, tracks=None)), "rasht-astara", "tracks").missing

    assert after == pytest.approx(before + 1 / 3)


def test_age_counts_from_the_data_date(atlas: Atlas) -> None:
    links = atlas.legs["rasht-astara"]
    edited = atlas
    for link in links:
        edited = _edited(edited, "links", link, status_date="2025-11-21")
    own = tuple(
        row for row in atlas.provenance if (row["object_id"], row["field"]) not in {(x, "status") for x in links}
    )
    provenance = replace(atlas.provenance, rows=own, lines=tuple(range(len(own))))
    edited = replace(edited, tables={**edited.tables, "provenance": provenance})

    row = _row(coverage(edited), "rasht-astara", "status")

    assert (row.dated, row.median_months) == (3, 12.0)


def test_traffic_is_as_old_as_its_year(atlas: Atlas) -> None:
    link = atlas.legs["rasht-astara"][0]
    edited = _edited(atlas, "links", link, traffic_mt=1.0, traffic_year=2020)

    row = _row(coverage(edited), "rasht-astara", "traffic_mt")

    assert (row.dated, row.median_months) == (1, 70.0)


def test_perishable_sources_are_those_marked_so(atlas: Atlas, report: CoverageReport) -> None:
    use = next(row for row in report.sources if row.corridor_id == "instc-west")

    assert use.perishable > 0
    assert all(atlas.sources[item]["perishable"] for item in use.perishable_ids)
    assert 0 < use.weak < use.sources
    assert use.perishable < use.sources


def test_marking_a_source_perishable_counts_it(atlas: Atlas, report: CoverageReport) -> None:
    source = next(
        item
        for link in members_of(atlas, "rasht-astara")["links"]
        for item in link["source_ids"]
        if not atlas.sources[item]["perishable"]
    )

    edited = coverage(_edited(atlas, "sources", source, perishable=True))

    counts = [next(row.perishable for row in x.sources if row.corridor_id == "rasht-astara") for x in (report, edited)]
    assert counts[1] == counts[0] + 1


def test_report_is_plain_values(report: CoverageReport) -> None:
    plain = report.to_dict()

    assert plain["data_date"] == report.data_date.isoformat()
    assert list(report.rows[0].to_dict()) == [
        "corridor_id",
        "table",
        "field",
        "objects",
        "grade_a",
        "grade_b",
        "grade_c",
        "assumed",
        "missing",
        "dated",
        "median_months",
    ]
