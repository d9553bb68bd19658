"""Checks of what is reported: days, events and status, provenance, parameters and the model."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from geodata.atlas import Atlas
from geodata.errors import Fault
from geodata.inspection import Check, Line, as_text, lines_of, shown

if TYPE_CHECKING:
    from geodata.table import Table

__all__ = ["FACT_CHECKS"]

_STATUS_TABLES = ("links", "places", "crossings", "projects")
_KEYED_TABLES = (*_STATUS_TABLES, "corridors", "hubs", "names", "events", "parameters", "model", "instruments")
# Days of what has happened, and of what is planned or falls due.
_PAST = {
    **dict.fromkeys(("links", "places", "crossings"), ("status_date",)),
    **dict.fromkeys(("provenance", "parameters", "sources", "services", "corrections"), ("date",)),
    "instruments": ("signed", "in_force"),
    "targets": ("announced_on",),
    "party_names": ("since", "until"),
}
_PLANNED = {
    "links": ("opening_target",),
    "projects": ("start", "opening_target"),
    "events": ("date_end",),
    "instrument_facts": ("date",),
    "targets": ("target",),
}
_MOST_YEARS_AHEAD = 30
# What cannot come before what, by table.
_ORDER = (
    ("projects", "start", "opening_target"),
    ("instruments", "signed", "in_force"),
    ("targets", "announced_on", "target"),
)
_DAY_PATTERN = r"^\d{4}(-(0[1-9]"
_CALENDAR = re.compile(r"\d{4}-\d{2}-\d{2}")
# Statuses that an event of each kind can bring about; None = the event changes nothing.
_EFFECTS: dict[str, frozenset[str | None]] = {
    "agreement": frozenset({None, "planned", "proposed"}),
    "works": frozenset({None, "under_construction"}),
    "opened": frozenset({None, "operating", "restricted"}),
    "resumed": frozenset({None, "operating", "restricted", "under_construction"}),
    "capacity_reduced": frozenset({None, "restricted"}),
    "damaged": frozenset({None, "restricted", "suspended", "closed"}),
    "closed": frozenset({"suspended", "closed", "disused"}),
    "sanctions": frozenset({None, "restricted", "suspended"}),
}
# Columns whose value must say where it comes from.
_SOURCED = (("links", "length_km"), ("links", "status"), ("places", "status"), ("crossings", "status"))
_HOURS, _DOLLARS = frozenset({"h", "hour"}), frozenset({"USD", "USD/TEU", "USD per container"})
_UNITS = {
    "load_t": frozenset({"t/TEU"}),
    "speed_kmh": frozenset({"km/h"}),
    "freight_usd_tkm": frozenset({"USD/tkm"}),
    "freight_usd_teukm": frozenset({"USD/TEU-km"}),
    **dict.fromkeys(("border_h", "gauge_h", "port_h", "reload_h"), _HOURS),
    **dict.fromkeys(("border_usd", "gauge_usd", "port_usd", "reload_usd"), _DOLLARS),
}


def _check_days(atlas: Atlas) -> Iterator[Fault]:
    # The schema's pattern lets 31 February pass.
    for table in atlas.tables.values():
        patterns = {field.name: field.pattern.pattern for field in table.resource.fields if field.pattern}
        columns = [name for name, pattern in patterns.items() if pattern.startswith(_DAY_PATTERN)]
        for line in lines_of(table) if columns else ():
            for column in columns:
                if line[column] and _CALENDAR.fullmatch(line[column]) and not _is_day(line[column]):
                    yield line.fault(column, "The calendar has no such day.", "Correct the day.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_future(name: str, atlas: Atlas) -> Iterator[Fault]:
    today, far = atlas.data_date.isoformat(), str(atlas.data_date.year + _MOST_YEARS_AHEAD)
    for line in lines_of(atlas.tables[name]):
        for column in _PAST.get(name, ()):
            days = as_text(line[column]).split("/")
            if any(day > today[: len(day)] for day in days):
                problem = f"The day lies after the data date {today}."
                yield line.fault(column, problem, "Correct the day or raise data_date in datapackage.json.")
        for column in _PLANNED.get(name, ()):
            if as_text(line[column]) > far:
                problem = f"The day lies more than {_MOST_YEARS_AHEAD} years ahead."
                yield line.fault(column, problem, "Correct the year.")


def _check_order(name: str, first: str, then: str, atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.tables[name]):
        if line[first] and line[then] and line[then] < line[first][: len(line[then])]:
            problem = f"The day lies before that in {first}, {line[first]}."
            yield line.fault(then, problem, "Correct one of the two days.")


def _check_events(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.events):
        if line["date"] > atlas.data_date:
            problem = f"The event lies after the data date {atlas.data_date}."
            yield line.fault("date", problem, "Correct the day or raise data_date in datapackage.json.")
        if line["date_end"] and line["date_end"] <= line["date"]:
            problem = f"The event ends before it has begun on {line['date']}."
            yield line.fault("date_end", problem, "Give the first day on which it no longer holds.")
        if line["status"] and not line["object_ids"]:
            yield line.fault("object_ids", "The event sets a status of nothing.", "Name its objects or empty status.")
        if line["status"] not in _EFFECTS.get(line["effect"], {line["status"]}):
            problem = f"An event of the kind {line['effect']!r} does not lead to this status."
            yield line.fault("status", problem, f"Write one of: {shown(_EFFECTS[line['effect']])}.")


def _check_status(atlas: Atlas) -> Iterator[Fault]:
    touched: dict[str, list[str]] = defaultdict(list)
    for row in atlas.events:
        for object_id in row["object_ids"] if row["status"] else ():
            touched[object_id].append(row["id"])
    for name in _STATUS_TABLES:
        for line in lines_of(atlas.tables[name]):
            now = next((item for item in atlas.intervals[line["id"]] if item.holds(atlas.data_date)), None)
            if now and touched[line["id"]] and now.status != line["status"]:
                why = f"by the event {now.event_id}" if now.event_id else f"once {shown(touched[line['id']])} has ended"
                problem = f"On {atlas.data_date} the timeline says {now.status} ({why})."
                yield line.fault("status", problem, "Correct the status here or the event in events.csv.")


def _check_provenance(atlas: Atlas) -> Iterator[Fault]:
    homes: dict[str, list[Table]] = defaultdict(list)
    for table in atlas.tables.values():
        for row in table if table.resource.primary_key == ("id",) else ():
            homes[row["id"]].append(table)
    for line in lines_of(atlas.provenance):
        own = homes.get(line["object_id"], ())
        if not own:
            yield line.fault("object_id", "No table holds this object.", "Correct the id or delete the row.")
            continue
        own = [table for table in own if line["field"] in {field.name for field in table.resource.fields}]
        if len(own) != 1:
            problem = f"Tables that hold the object and have the column: {shown(table.name for table in own)}."
            yield line.fault("field", problem, "Name a column that exactly one of them has.")
            continue
        yield from _check_value(line, own[0][line["object_id"]][line["field"]])
        if line["method"] == "assumed" and line["source_ids"]:
            yield line.fault("source_ids", "An assumed value has no sources.", "Empty the cell or change the method.")
        if line["method"] not in {"assumed", "derived"} and not line["source_ids"]:
            problem = f"A value that is {line['method']} has sources."
            yield line.fault("source_ids", problem, "Name one or mark it assumed.")


def _check_value(line: Line, value: object) -> Iterator[Fault]:
    if value in (None, ()):
        yield line.fault("field", "The object has no value in this column.", "Fill the cell there or delete the row.")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _check_bounds(line, value)
    elif line["low"] is not None or line["high"] is not None:
        yield line.fault("field", "Bounds stand beside a value that is no number.", "Empty low and high.")


def _check_bounds(line: Line, value: float) -> Iterator[Fault]:
    if line["low"] is not None and line["low"] > value:
        yield line.fault("low", f"The lower bound lies above the value {value:g}.", "Correct the bound or the value.")
    if line["high"] is not None and line["high"] < value:
        yield line.fault("high", f"The upper bound lies below the value {value:g}.", "Correct the bound or the value.")


def _check_sources(atlas: Atlas) -> Iterator[Fault]:
    special = {(row["object_id"], row["field"]) for row in atlas.provenance}
    for name, column in _SOURCED:
        for line in lines_of(atlas.tables[name]):
            if line[column] is not None and not line["source_ids"] and (line["id"], column) not in special:
                problem = f"Nothing says where the value in {column} comes from."
                yield line.fault("source_ids", problem, "Name a source, or mark the value assumed in provenance.csv.")


def _check_parameters(atlas: Atlas) -> Iterator[Fault]:
    for line in lines_of(atlas.parameters):
        basis, sources, value = line["basis"], line["source_ids"], line["value"]
        if basis == "assumed" and sources:
            yield line.fault("source_ids", "An assumed value has no sources.", "Empty the cell or change the basis.")
        if basis in {"published", "derived"} and not sources:
            yield line.fault("source_ids", f"A value that is {basis} has sources.", "Name one or mark it assumed.")
        if basis == "missing" and value is not None:
            yield line.fault("value", "A missing value is empty.", "Empty the cell or change the basis.")
        if basis != "missing" and value is None:
            yield line.fault("value", f"A parameter that is {basis} has a value.", "Fill the cell or mark it missing.")
        if value is not None:
            yield from _check_bounds(line, value)


def _check_model(atlas: Atlas) -> Iterator[Fault]:
    seen: dict[tuple[str, str | None, str | None], str] = {}
    countries = {row["country"] for row in atlas.places}
    waters = {row["water"] for row in atlas.links} - {None}
    for line in lines_of(atlas.model):
        other = seen.setdefault((line["term"], line["mode"], line["scope"]), line["id"])
        if other != line["id"]:
            yield line.fault("term", f"The row {other} rules the same case.", "Keep one row a term, mode and scope.")
        parts = (line["scope"] or "").split("-", 1)
        if line["scope"] and line["scope"] not in waters and not countries.issuperset(parts):
            yield line.fault("scope", "It is no country, pair of countries or water.", "Write XX, XX-YY, or the water.")
        parameter = atlas.parameters.get(line["parameter_id"])
        if parameter and parameter["value"] is None:
            yield line.fault("parameter_id", "The parameter has no value.", "Choose one that has.")
        if parameter and parameter["unit"] not in _UNITS.get(line["term"], {parameter["unit"]}):
            problem = f"The unit of the parameter is {parameter['unit']}, not {shown(_UNITS[line['term']])}."
            yield line.fault("parameter_id", problem, "Choose a parameter in the unit of the term.")


FACT_CHECKS = (
    Check(_check_days, ()),
    *(Check(partial(_check_future, name), (name,)) for name in sorted({*_PAST, *_PLANNED})),
    *(Check(partial(_check_order, *columns), (columns[0],)) for columns in _ORDER),
    Check(_check_events, ("events",)),
    Check(_check_status, ("events", *_STATUS_TABLES)),
    Check(_check_provenance, ("provenance", *_KEYED_TABLES)),
    Check(_check_sources, ("provenance", "links", "places", "crossings")),
    Check(_check_parameters, ("parameters",)),
    Check(_check_model, ("model", "parameters", "places", "links")),
)
