"""Words that pages share: how a length, a status and a source are put, each figure with its provenance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geodata import Atlas, Provenance, StatusInterval
from geodata.status import months_old
from geodata.table import Row

__all__ = [
    "BORDERS_SENTENCE",
    "CORRECTION",
    "CREDITS",
    "LICENCE",
    "Shown",
    "deciding_event",
    "length_text",
    "link_facts",
    "place_facts",
    "reporter",
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


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement on a map and the figure that supports it.

    Attributes
    ----------
    label, text
        The statement as it is shown.
    field
        Column of the figure; empty where the statement is about the drawing.
    value, unit
        The figure; None where it was not found.
    provenance
        Sources, date, grade, method and range; None where there is no figure.
    """

    label: str
    text: str
    field: str = ""
    value: Any = None
    unit: str = ""
    provenance: Provenance | None = None

    @property
    def cite(self) -> str:
        """Return sources, grade and date in a few words; empty without a figure."""
        origin = self.provenance
        if origin is None:
            return ""
        if origin.assumed:
            return "no source"
        words = [*origin.source_ids[:_CITED], *(["…"] if len(origin.source_ids) > _CITED else [])]
        return ", ".join(filter(None, (" ".join(words), f"grade {origin.grade}", origin.date)))


_CITED = 3


def reporter(atlas: Atlas, table: str, state: StatusInterval) -> str | None:
    """Return who reported a status: the publisher of the best graded source of its event or of its row.

    Examples
    --------
    >>> from datetime import date
    >>> from geodata import load_atlas
    >>> atlas = load_atlas()
    >>> reporter(atlas, "links", atlas.status("rail-astara-astara-terminal", date(2026, 3, 6)))
    'Trend'
    """
    event = deciding_event(atlas, state)
    sources = event["source_ids"] if event else atlas.provenance_of(table, state.object_id, "status").source_ids
    best = min(sources, key=lambda item: (atlas.sources[item]["grade"], sources.index(item)), default=None)
    return re.split(r"[:,;]| \(", str(atlas.sources[best]["title"]))[0] if best else None


def deciding_event(atlas: Atlas, state: StatusInterval) -> Row | None:
    """Return the event that a status was reported with; None where a later report stands in the table."""
    event = atlas.events.get(state.event_id or "")
    return event if event and str(event["date"]).startswith(state.reported or "-") else None


def status_text(state: StatusInterval, data_date: date, who: str | None = None) -> str:
    """Return a status with who reported it, its date, its age where it is old, and its grade.

    Examples
    --------
    >>> state = StatusInterval("x", None, None, "under_construction", None, "B", "2025-01-10")
    >>> status_text(state, date(2026, 11, 21))
    'under construction, as of 2025-01-10, 22 months old, grade B'
    """
    words = [(state.status or _MISSING).replace("_", " ")]
    when = f"as of {state.reported}" if state.reported else "date of the report not found"
    words.append(f"as reported by {who}, {when}" if who else when)
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
    return f"{link['length_km']:,g} km, {how}{_range(origin, link['length_km'])}"


def _range(origin: Provenance, value: float) -> str:
    if origin.low is None and origin.high is None:
        return ""
    low = value if origin.low is None else origin.low
    high = value if origin.high is None else origin.high
    return f" ({low:,.10g} to {high:,.10g} by source)"


class _Facts:
    """Statements about one row, each from one column."""

    def __init__(self, atlas: Atlas, table: str, row: Row) -> None:
        self.atlas = atlas
        self.table = table
        self.row = row
        self.units = {field.name: field.unit for field in atlas.tables[table].resource.fields}

    def fact(self, label: str, field: str, text: str | None = None, unit: str = "") -> Shown:
        """Return the statement of a column; what is missing reads "not found"."""
        value = self.row[field]
        if value is None or value == ():
            return Shown(label, _MISSING, field)
        origin = self.atlas.provenance_of(self.table, self.row["id"], field)
        if text is None:
            number = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
            text = f"{number} {unit}".strip()
            text += _range(origin, value) if isinstance(value, int | float) else ""
        if origin.assumed and field != "length_km":
            text += " (assumed)"
        return Shown(label, text, field, value, self.units[field], origin)


def link_facts(atlas: Atlas, link: Row, drawn: str) -> list[Shown]:
    """Return what a link's popup says, in order, each statement with the figure behind it.

    Parameters
    ----------
    atlas
        The atlas.
    link
        Row of the link.
    drawn
        How its line is drawn, as words.
    """
    facts = _Facts(atlas, "links", link)
    shown = [facts.fact("Length", "length_km", length_text(atlas, link))]
    if link["mode"] == "rail":
        shown += [
            facts.fact("Gauge", "gauges_mm", _gauges(link["gauges_mm"])),
            facts.fact("Tracks", "tracks"),
            facts.fact("Electrified", "electrified"),
        ]
    capacity = facts.fact("Capacity", "capacity_mt_y", unit="Mt a year")
    shown.append(_more(capacity, link["capacity_kind"]))
    if link["traffic_mt"] is not None:
        shown.append(_more(facts.fact("Traffic", "traffic_mt", unit="Mt"), f"in {link['traffic_year']}"))
    for service in sorted(atlas.services, key=lambda row: row["id"]):
        if service["link_id"] == link["id"] and service["sailings_per_week"] is not None:
            shown.append(_Facts(atlas, "services", service).fact("Sailings", "sailings_per_week", unit="a week"))
    for project in sorted(atlas.projects, key=lambda row: row["id"]):
        if link["id"] in project["link_ids"]:
            shown.append(_Facts(atlas, "projects", project).fact("Project", "status", _project(project)))
    return [*shown, Shown("Drawn line", drawn)]


def _more(shown: Shown, words: str | None) -> Shown:
    if shown.value is None or not words:
        return shown
    return Shown(shown.label, f"{shown.text}, {words}", shown.field, shown.value, shown.unit, shown.provenance)


def _gauges(gauges: Sequence[str]) -> str:
    return " and ".join(f"{gauge} mm" for gauge in gauges)


def _project(row: Row) -> str:
    words = [f"{row['name']}: {row['status'].replace('_', ' ')}"]
    if row["progress_pct"] is not None:
        words.append(f"{row['progress_pct']:g} % done")
    if row["cost_value"] is not None:
        words.append(f"{row['cost_currency']} {row['cost_value'] / 1e6:,.0f} million")
    if row["financing"]:
        words.append(f"finance: {row['financing']}")
    words.append(f"target {row['opening_target']}" if row["opening_target"] else "no target date found")
    return "; ".join(words)


def place_facts(atlas: Atlas, table: str, row: Row) -> list[Shown]:
    """Return what the popup of a place or a crossing says, in order, each statement with the figure behind it."""
    facts = _Facts(atlas, table, row)
    if table == "crossings":
        shown = [
            Shown("Between", f"{row['country_a']} and {row['country_b']}"),
            Shown("Modes", ", ".join(row["modes"])),
            _more(facts.fact("Wait", "wait_h", unit="h"), row["wait_basis"]),
            facts.fact("Lorries", "trucks_per_day", unit="a day"),
            facts.fact("Wagons", "wagons_per_day", unit="a day"),
        ]
        if row["gauge_a_mm"]:
            both = f"{row['gauge_a_mm']} and {row['gauge_b_mm'] or row['gauge_a_mm']} mm"
            shown.append(facts.fact("Gauge", "gauge_a_mm", both))
        return shown
    shown = [Shown("Kind", row["kind"].replace("_", " "))]
    if row["gauges_mm"]:
        shown.append(facts.fact("Gauge", "gauges_mm", _gauges(row["gauges_mm"])))
    if row["kind"] in {"port", "terminal", "dry_port", "border_crossing"}:
        shown.append(facts.fact("Capacity", "capacity_mt_y", unit="Mt a year"))
        shown.append(_more(facts.fact("Handled", "throughput_mt", unit="Mt"), row["throughput_period"]))
    if row["kind"] == "port":
        shown.append(facts.fact("Containers", "throughput_teu", unit="TEU"))
    if row["draft_m"] is not None:
        shown.append(facts.fact("Draught", "draft_m", unit="m"))
    if row["constraint"]:
        shown.append(facts.fact("Limit", "constraint"))
    return shown
