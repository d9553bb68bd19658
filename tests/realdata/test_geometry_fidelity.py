"""Drawn lines of rail links against real track of OpenStreetMap."""

import numpy as np
import pytest

from benchmarks.geometry_fidelity import Fidelity, measure, summarise
from geodata.shape import shape_of

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def rows(atlas, realdata) -> list[Fidelity]:
    return measure(atlas, realdata)


def test_open_rail_links_follow_real_track(rows):
    totals = summarise(rows)

    assert len(rows) > 70
    assert totals["median_km"] <= 0.4
    assert totals["p95_km"] <= 4.5


def test_drawn_lengths_come_near_the_stated_ones(rows):
    ratios = np.array([row.ratio for row in rows])

    # Bends between junctions are not in the source, so lines through mountains are drawn short.
    assert np.mean(np.abs(ratios - 1) <= 0.06) >= 0.55
    assert np.mean(np.abs(ratios - 1) <= 0.16) >= 0.9


def test_no_link_lies_far_from_its_track(rows):
    far = {row.link_id: row.quantile(0.95) for row in rows if row.quantile(0.95) > 12}

    assert far == {}


def test_a_line_off_its_track_is_seen(atlas, realdata, rows):
    # The measure itself: a straight line from end to end is far worse than the junctions.
    from benchmarks import geometry_fidelity

    link = "rail-garmsar-motahari"
    shape = shape_of(atlas, link)
    track = geometry_fidelity.track_tree(realdata)
    straight = geometry_fidelity.offsets_km((shape.lons[0], shape.lons[-1]), (shape.lats[0], shape.lats[-1]), track)
    drawn = next(row for row in rows if row.link_id == link)

    assert np.median(straight) > 20 * drawn.quantile(0.5)
