"""Words that pages share: how a length, a status and a source are put."""

from datetime import date
from typing import Any

from geodata import Atlas, StatusInterval
from geodata.status import months_old
from geodata.table import Row

__all__ = [
    "BORDERS_SENTENCE",
    "CORRECTION",
    "CREDITS",
    "LICENCE",
    "length_text",
    "link_fields",
    "place_fields",
    "status_text",
]

BORDERS_SENTENCE = (
    "Borders, names and designations on this map take no position on the legal status of any territory; "
    "disputed and ceasefire lines are dashed."
)
LICENCE = (
    "Atlas tables: Open Database License 1.0, with coordinates and mapped lengths © OpenStreetMap contributors. "
    "Via towns and relations: CC BY 4.0. Code: MIT."
)
CREDITS = (
    "Coordinates and mapped lengths: OpenStreetMap contributors (ODbL 1.0)",
    "Via towns: GeoNames (CC BY 4.0)",
    "Base map and disputed lines: Natural Earth (public domain)",
)
CORRECTION = (
    "A figure is wrong? Name the object, the field, the better figure and its source to whoever publishes this page; "
    "each figure stands in one row of the atlas."
)
_OLD_MONTHS = 6
_MISSING = "not found"


def status_text(state: StatusInterval, data_date: date) -> str:
    """Return a status with its date, its age where it is old, and its grade.

    Examples
    --------
    >>> state = StatusInterval("x", None, None, "under_construction", None, "B", "2025-01-10")
    >>> status_text(state, date(2026, 11, 21))
    'under construction, as of 2025-01-10, 22 months old, grade B'
    """
    words = [(state.status or _MISSING).replace("_", " ")]
    words.append(f"as of {state.reported}" if state.reported else "date of the report not found")
    months = months_old(state.reported, data_date)
    if months is not None and months >= _OLD_MONTHS:
        words.append(f"{months} months old")
    words.append("assumed" if state.grade == "assumed" else f"grade {state.grade}")
    return ", ".join(words)


def length_text(atlas: Atlas, link: Row) -> str:
    """Return a stated length with how it came about and its range.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> length_text(atlas, atlas.links["rail-rasht-qazvin"])
    '164 km, published (164 to 175 by source)'
    """
    origin = atlas.provenance_of("links", link["id"], "length_km")
    how = origin.method.replace("_", " ")
    if origin.assumed and origin.method != "assumed":
        how += ", without a source: assumed"
    low, high = origin.low, origin.high
    if low is None and high is None:
        return f"{link['length_km']:,g} km, {how}"
    low = link["length_km"] if low is None else low
    high = link["length_km"] if high is None else high
    return f"{link['length_km']:,g} km, {how} ({low:,g} to {high:,g} by source)"


def _marked(atlas: Atlas, table: str, row: Row, field: str, text: str) -> str:
    return f"{text} (assumed)" if atlas.provenance_of(table, row["id"], field).assumed else text


def _gauge(atlas: Atlas, table: str, row: Row) -> str:
    if not row["gauges_mm"]:
        return _MISSING
    return _marked(atlas, table, row, "gauges_mm", " and ".join(f"{gauge} mm" for gauge in row["gauges_mm"]))


def _value(row: Row, field: str, unit: str) -> str:
    return _MISSING if row[field] is None else f"{row[field]:,g} {unit}".strip()


def link_fields(atlas: Atlas, link: Row, drawn: str) -> list[list[str]]:
    """Return the label and value pairs of a link's popup, in order; what is missing reads "not found".

    Parameters
    ----------
    atlas
        The atlas.
    link
        Row of the link.
    drawn
        How its line is drawn, as words.
    """
    fields = [["Length", length_text(atlas, link)]]
    if link["mode"] == "rail":
        tracks = _MISSING if link["tracks"] is None else _marked(atlas, "links", link, "tracks", str(link["tracks"]))
        wire = (
            _MISSING if not link["electrified"] else _marked(atlas, "links", link, "electrified", link["electrified"])
        )
        fields += [["Gauge", _gauge(atlas, "links", link)], ["Tracks", tracks], ["Electrified", wire]]
    capacity = _value(link, "capacity_mt_y", "Mt a year")
    if link["capacity_kind"]:
        capacity += f", {link['capacity_kind']}"
    fields.append(["Capacity", capacity])
    if link["traffic_mt"] is not None:
        year = link["traffic_year"] or "year not found"
        fields.append(["Traffic", f"{link['traffic_mt']:g} Mt in {year}"])
    for project in sorted(atlas.projects, key=lambda row: row["id"]):
        if link["id"] in project["link_ids"]:
            fields.append(["Project", _project(project)])
    fields.append(["Drawn line", drawn])
    return fields


def _project(row: Row) -> str:
    words = [f"{row['name']}: {row['status'].replace('_', ' ')}"]
    if row["progress_pct"] is not None:
        words.append(f"{row['progress_pct']:g} % done")
    if row["cost_value"] is not None:
        words.append(f"{row['cost_currency']} {row['cost_value'] / 1e6:,.0f} million")
    if row["financing"]:
        words.append(f"paid by {row['financing']}" if " " not in row["financing"] else row["financing"])
    words.append(f"target {row['opening_target']}" if row["opening_target"] else "no target date found")
    return "; ".join(words)


def place_fields(atlas: Atlas, table: str, row: Row) -> list[list[str]]:
    """Return the label and value pairs of a place's or a crossing's popup, in order."""
    if table == "crossings":
        wait = _MISSING if row["wait_h"] is None else f"{row['wait_h']:g} h ({row['wait_basis']})"
        fields = [
            ["Between", f"{row['country_a']} and {row['country_b']}"],
            ["Modes", ", ".join(row["modes"])],
            ["Wait", wait],
        ]
        fields.append(["Lorries", _value(row, "trucks_per_day", "a day")])
        fields.append(["Wagons", _value(row, "wagons_per_day", "a day")])
        if row["gauge_a_mm"]:
            both = f"{row['gauge_a_mm']} and {row['gauge_b_mm'] or row['gauge_a_mm']} mm"
            fields.append(["Gauge", _marked(atlas, table, row, "gauge_a_mm", both)])
        return fields
    fields = [["Kind", row["kind"].replace("_", " ")]]
    if row["gauges_mm"]:
        fields.append(["Gauge", _gauge(atlas, table, row)])
    if row["kind"] in {"port", "terminal", "dry_port", "border_crossing"}:
        fields.append(["Capacity", _value(row, "capacity_mt_y", "Mt a year")])
        handled: Any = _value(row, "throughput_mt", "Mt")
        fields.append(["Handled", f"{handled} ({row['throughput_period']})" if row["throughput_period"] else handled])
    if row["draft_m"] is not None:
        fields.append(["Draught", f"{row['draft_m']:g} m"])
    if row["constraint"]:
        fields.append(["Limit", _marked(atlas, table, row, "constraint", row["constraint"])])
    return fields
