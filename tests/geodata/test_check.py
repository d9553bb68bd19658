"""The check of the atlas finds each seeded fault, at its cell, and nothing else."""

import csv
import json
import shutil
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geodata
from geodata.check import check_atlas
from geodata.errors import Fault

SHIPPED = Path(geodata.__file__).parent / "atlas"
Cells = dict[str, str]
Where = tuple[str, str, str]

RELATION = "annex-treaty-1-1-link-rail-annex-a-b"
# A small made-up network that stands beside the real one: its figures can be spoilt without touching a real rule's
# neighbours, and it stays when real rows change.
ANNEX: dict[str, list[Cells]] = {
    "sources": [{"id": "annex", "title": "Annex", "grade": "B", "perishable": "false"}],
    "places": [
        {"id": "ir-annex-a", "kind": "station", "country": "IR", "lon": "48.0", "lat": "39.0", "gauges_mm": "1435"},
        {
            "id": "ir-annex-b",
            "kind": "station",
            "country": "IR",
            "lon": "48.1",
            "lat": "39.0",
            "gauges_mm": "1435;1520",
        },
        {"id": "az-annex-c", "kind": "station", "country": "AZ", "lon": "48.2", "lat": "39.0", "gauges_mm": "1520"},
        {"id": "az-annex-d", "kind": "station", "country": "AZ", "lon": "48.3", "lat": "39.0", "status": "operating"},
        {"id": "az-annex-port", "kind": "port", "country": "AZ", "lon": "49.3", "lat": "39.0"},
        {"id": "ir-annex-port", "kind": "port", "country": "IR", "lon": "49.6", "lat": "38.0"},
        {"id": "ir-annex-zone", "kind": "free_zone", "country": "IR", "lon": "53.0", "lat": "33.0"},
    ],
    "links": [
        {"id": "rail-annex-a-b", "from_id": "ir-annex-a", "to_id": "ir-annex-b", "mode": "rail", "gauges_mm": "1435"},
        {"id": "rail-annex-b-c", "from_id": "ir-annex-b", "to_id": "az-annex-c", "mode": "rail", "gauges_mm": "1520"},
        {"id": "rail-annex-c-d", "from_id": "az-annex-c", "to_id": "az-annex-d", "mode": "rail", "gauges_mm": "1520"},
        {"id": "rail-annex-b-d", "from_id": "ir-annex-b", "to_id": "az-annex-d", "mode": "rail", "gauges_mm": "1520"},
        {"id": "road-annex-a-b", "from_id": "ir-annex-a", "to_id": "ir-annex-b", "mode": "road"},
        {"id": "sea-annex", "from_id": "ir-annex-port", "to_id": "az-annex-port", "mode": "sea", "water": "caspian"},
    ],
    "crossings": [
        {
            "id": "annex-b-c",
            "place_a_id": "ir-annex-b",
            "place_b_id": "az-annex-c",
            "link_ids": "rail-annex-b-c;rail-annex-b-d",
            "modes": "rail",
            "gauge_a_mm": "1520",
            "gauge_b_mm": "1520",
            "lon": "48.15",
            "lat": "39.0",
        },
        {"id": "annex-beside", "modes": "road", "lon": "48.4", "lat": "39.2"},
    ],
    "corridors": [{"id": "annex", "modes": "rail"}, {"id": "annex-sum", "modes": "rail"}],
    "corridor_legs": [
        {"corridor_id": "annex", "seq": "1", "link_id": "rail-annex-a-b"},
        {"corridor_id": "annex", "seq": "2", "link_id": "rail-annex-b-c"},
        {"corridor_id": "annex", "seq": "3", "link_id": "rail-annex-c-d"},
        {"corridor_id": "annex-sum", "seq": "1", "link_id": "rail-annex-c-d"},
    ],
    "projects": [{"id": "annex-works", "link_ids": "rail-annex-a-b", "status": "planned", "effect": "Second track"}],
    "events": [
        {"id": "annex-opened", "date": "2020-05-01", "object_ids": "rail-annex-a-b", "effect": "opened"},
        {"id": "annex-shut", "date": "2021-01-01", "object_ids": "road-annex-a-b", "effect": "closed"},
    ],
    "provenance": [
        {"object_id": "rail-annex-a-b", "field": "length_km", "method": "published", "low": "8.9", "high": "9.2"},
        {"object_id": "road-annex-a-b", "field": "length_km", "method": "assumed"},
        {"object_id": "road-annex-a-b", "field": "status", "method": "assumed"},
    ],
    "hubs": [
        {"id": "annex", "name": "Annex hub", "place_ids": "ir-annex-a;ir-annex-b"},
        {"id": "annex-far", "name": "Annex far hub", "alt_names": "Annex alias", "place_ids": "az-annex-c"},
    ],
    "parameters": [
        {"id": "p901", "value": "40", "low": "30", "high": "50", "unit": "km/h", "basis": "published"},
        {"id": "p902", "value": "", "unit": "km/h", "basis": "missing"},
        {"id": "a901", "value": "20", "unit": "km/day", "basis": "assumed"},
    ],
    "model": [{"id": "annex", "term": "speed_kmh", "mode": "road", "scope": "NL", "parameter_id": "p901"}],
    "vias": [{"link_id": "rail-annex-b-d", "seq": "10", "lon": "48.2", "lat": "39.0"}],
    "waypoints": [{"link_id": "rail-annex-b-d", "seq": "20", "lon": "48.25", "lat": "39.0"}],
    "instruments": [{"id": "annex-treaty", "kind": "treaty"}],
    "articles": [
        {"id": "annex-treaty-1", "article": "1", "level": "confirmed_numbered"},
        {"id": "annex-treaty-1-1", "article": "1", "paragraph": "1", "level": "confirmed_numbered"},
        {"id": "annex-treaty-2", "article": "2", "level": "unresolved"},
    ],
    "relations": [{"id": RELATION, "article_id": "annex-treaty-1-1", "object_id": "rail-annex-a-b", "verb": "obliges"}],
    "borders": [
        {"line_id": "annex-line", "seq": "1", "lon": "48.0", "lat": "39.1"},
        {"line_id": "annex-line", "seq": "2", "lon": "48.1", "lat": "39.1"},
    ],
    "checks": [
        {
            "id": "k901",
            "published_km": "27.3",
            "verdict": "explained",
            "link_ids": "rail-annex-a-b;rail-annex-b-c;rail-annex-c-d",
        },
        {"id": "k902", "published_km": "9", "verdict": "reproduced", "corridor_id": "annex-sum"},
    ],
    "differences": [{"check_id": "k901", "seq": "1", "link_id": "rail-annex-a-b", "km": "-0.3"}],
}
LENGTHS = {"rail-annex-b-d": "18", "sea-annex": "116"}
# What the rows above leave out, by table.
DEFAULTS: dict[str, Cells] = {
    "places": {"name": "Annex", "label": "Annex", "coord_precision_km": "0.1", "source_ids": "annex"},
    "links": {"name": "Annex", "length_km": "9", "status": "operating", "source_ids": "annex"},
    "crossings": {
        "name": "Annex",
        "country_a": "IR",
        "country_b": "AZ",
        "status": "operating",
        "gauge_break": "false",
        "source_ids": "annex",
    },
    "corridors": {"name": "Annex", "description": "Annex", "featured": "false"},
    "projects": {"name": "Annex", "source_ids": "annex"},
    "events": {"date_precision": "day", "title": "Annex", "grade": "B", "source_ids": "annex"},
    "parameters": {"category": "speed", "quantity": "speed"},
    "model": {"proxy": "false"},
    "vias": {"name": "Annex", "geoname_id": "1", "country": "AZ"},
    "waypoints": {"name": "Annex", "country": "AZ", "reason": "Annex"},
    "instruments": {"name": "Annex"},
    "articles": {
        "instrument_id": "annex-treaty",
        "title": "Annex",
        "number_confidence": "high",
        "substance_confidence": "high",
    },
    "relations": {"object_type": "link", "basis": "explicit", "grade": "B", "rationale": "Annex"},
    "borders": {"name": "Annex", "note": "Annex"},
    "checks": {"scope": "Annex", "source_ids": "annex"},
    "differences": {"cause": "Annex"},
    "corrections": {"version": "2026.11.21-1", "date": "2026-11-21", "why": "Annex"},
}
EXTRA: dict[str, Cells] = {
    "road-annex-a-b": {"source_ids": ""},
    "annex-opened": {"status": "operating"},
    "annex-shut": {"status": "closed", "date_end": "2021-01-05"},
    "p901": {"source_ids": "annex"},
}


@dataclass(frozen=True)
class Folder:
    """A copy of the atlas whose cells can be spoilt."""

    path: Path

    def read(self, table: str) -> list[Cells]:
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[Cells]) -> None:
        header = (self.path / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def number(self, table: str, key: str) -> int:
        """Return the line of the last row with a key, "a:1" for a key of two columns."""
        columns = next(r["schema"]["primaryKey"] for r in _resources() if r["name"] == table)
        columns = [columns] if isinstance(columns, str) else columns
        keys = [":".join(row[column] for column in columns) for row in self.read(table)]
        return len(keys) - keys[::-1].index(key) + 1

    def edit(self, table: str, key: str, changes: Cells) -> None:
        rows = self.read(table)
        rows[self.number(table, key) - 2].update(changes)
        self.write(table, rows)

    def add(self, table: str, *rows: Cells) -> None:
        filled = [DEFAULTS.get(table, {}) | row for row in rows]
        self.write(table, self.read(table) + filled)

    def faults(self) -> list[Fault]:
        return check_atlas(self.path)


def _resources() -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = json.loads((SHIPPED / "datapackage.json").read_text("utf-8"))["resources"]
    return resources


def _label(place_id: str) -> str:
    return " ".join(place_id.split("-")[1:]).capitalize()


def _link_name(row: Cells) -> str:
    last = {"rail": "railway", "road": "road", "sea": "sea leg"}[row["mode"]]
    return f"{_label(row['from_id'])}–{_label(row['to_id'])} {last}"


def _fill(table: str, row: Cells) -> Cells:
    key = next(iter(row.values()))
    row = row | EXTRA.get(key, {})
    if table == "places":
        row |= dict.fromkeys(("name", "label"), _label(key))
    if table == "links":
        row["name"] = _link_name(row)
        row["length_km"] = LENGTHS.get(key, "9")
    if row.get("method") == "published":
        row["source_ids"] = "annex"
    return row


@pytest.fixture(scope="session")
def annexed(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return the shipped atlas with the annex, to be copied."""
    folder = Folder(tmp_path_factory.mktemp("annexed") / "atlas")
    shutil.copytree(SHIPPED, folder.path)
    for table, rows in ANNEX.items():
        folder.add(table, *(_fill(table, row) for row in rows))
    return folder


@pytest.fixture(scope="session")
def known(annexed: Folder) -> frozenset[Fault]:
    """Return what the check says before a fault is seeded."""
    return frozenset(annexed.faults())


@pytest.fixture
def folder(annexed: Folder, tmp_path: Path) -> Folder:
    """Return a copy for one test."""
    return Folder(shutil.copytree(annexed.path, tmp_path / "atlas"))


@dataclass(frozen=True)
class Seed:
    """Edits to spoil cells, rows to add, and the cell to be blamed as table, key and column."""

    blame: Where
    edits: tuple[tuple[str, str, Cells], ...] = ()
    added: tuple[tuple[str, Cells], ...] = ()
    also: tuple[Where, ...] = ()


def cell(table: str, key: str, *, blame: Where | None = None, also: tuple[Where, ...] = (), **changes: str) -> Seed:
    return Seed(blame or (table, key, next(iter(changes))), ((table, key, changes),), (), also)


def rows(blame: Where, *added: tuple[str, Cells]) -> Seed:
    return Seed(blame, added=added)


def leg(seq: int, link: str) -> tuple[str, Cells]:
    return "corridor_legs", {"corridor_id": "annex", "seq": str(seq), "link_id": link}


def link_like(**changes: str) -> tuple[str, Cells]:
    own = {"from_id": "az-annex-c", "to_id": "az-annex-d", "mode": "road"} | changes
    ends = (own[end].rpartition("-")[2] for end in ("from_id", "to_id"))
    return "links", {"id": f"road-annex-{'-'.join(ends)}", "name": _link_name(own)} | own


A_B, B_C, C_D, B_D, ROAD = "rail-annex-a-b", "rail-annex-b-c", "rail-annex-c-d", "rail-annex-b-d", "road-annex-a-b"
ARTICLE = {"instrument_id": "annex-treaty", "title": "Annex", "level": "unconfirmed"}

SEEDS = {
    # cells that break the schema
    "unit in a number": cell("links", "rail-rasht-qazvin", length_km="164 km"),
    "decimal comma": cell("links", "rail-rasht-qazvin", length_km="164,5"),
    "exponent": cell("links", "rail-rasht-qazvin", length_km="1.6e2"),
    "Persian digits": cell("links", "rail-rasht-qazvin", length_km="۱۶۴"),
    "negative length": cell("links", "rail-rasht-qazvin", length_km="-164"),
    "part of a track": cell("links", "rail-rasht-qazvin", tracks="1.5"),
    "latitude beyond the pole": cell("places", "ir-annex-zone", lat="133"),
    "misspelt status": cell("links", "rail-rasht-qazvin", status="operatng"),
    "empty required cell": cell("links", "rail-rasht-qazvin", from_id=""),
    "space at an end": cell("links", "rail-rasht-qazvin", status="operating "),
    "line break in a cell": cell("events", "annex-shut", title="Annex\nshut", blame=("events", "annex-shut", "title")),
    "unknown gauge": cell("links", A_B, gauges_mm="1453"),
    "list with an empty item": cell("links", A_B, source_ids="annex;"),
    "list with a space": cell("hubs", "annex-far", alt_names="Annex alias; Annex other"),
    "month 13": cell("events", "annex-shut", date="2021-13-01"),
    "day without hyphens": cell("events", "annex-shut", date="20210101"),
    "capital in an id": cell("hubs", "annex", id="Annex", blame=("hubs", "Annex", "id")),
    "word for a truth value": cell("crossings", "annex-beside", gauge_break="no"),
    # ids that point nowhere, doubled keys
    "unknown source": cell("links", A_B, source_ids="annex;nowhere"),
    "unknown place": cell("links", ROAD, to_id="ir-annex-nowhere"),
    "unknown corridor": cell("checks", "k902", corridor_id="annex-nowhere"),
    "unknown link of a leg": cell("corridor_legs", "annex-sum:1", link_id="rail-annex-gone"),
    "unknown article": cell("relations", RELATION, article_id="annex-treaty-9"),
    "unknown parameter": cell("model", "annex", parameter_id="p999"),
    "doubled row": rows(("hubs", "annex", "id"), ("hubs", _fill("hubs", ANNEX["hubs"][0]))),
    "doubled leg": rows(("corridor_legs", "annex:3", "corridor_id"), leg(3, C_D)),
    "id in two tables": rows(
        ("projects", B_C, "id"), ("projects", {"id": B_C, "status": "planned", "effect": "Works"})
    ),
    # links
    "self-loop": cell("links", ROAD, to_id="ir-annex-a"),
    "self-loop in a corridor": cell("links", A_B, to_id="ir-annex-a", also=(("places", "ir-annex-b", "gauges_mm"),)),
    "parallel link": rows(
        ("links", "road-annex-b-a", "to_id"),
        link_like(mode="road", from_id="ir-annex-b", to_id="ir-annex-a"),
    ),
    "too short": cell("links", ROAD, length_km="8.5"),
    "too long": cell("links", ROAD, length_km="12"),
    "ship's way too long": cell("links", "sea-annex", length_km="150"),
    "land link without bends": rows(
        ("links", "road-annex-a-port", "length_km"),
        link_like(from_id="ir-annex-a", to_id="ir-annex-port", length_km="200"),
    ),
    "wrong gauge": cell("links", A_B, gauges_mm="1676"),
    "no gauge": cell("links", A_B, gauges_mm=""),
    "gauge of a road": cell("links", ROAD, gauges_mm="1435"),
    "ship leg without water": cell("links", "sea-annex", water=""),
    "road in the sea": cell("links", ROAD, water="caspian"),
    "capacity of no kind": cell(
        "links", A_B, capacity_mt_y="5", capacity_kind="", blame=("links", A_B, "capacity_kind")
    ),
    "traffic of no year": cell("links", A_B, traffic_mt="5", blame=("links", A_B, "traffic_year")),
    "cost of no currency": cell(
        "projects", "annex-works", cost_value="50000000", blame=("projects", "annex-works", "cost_currency")
    ),
    "report from the future": cell("links", A_B, status_date="2031-02"),
    "31 February": cell("links", A_B, status_date="2021-02-31"),
    # coordinates
    "swapped place": cell("places", "ir-rasht", lon="37.28", lat="49.59"),
    "swapped place of the annex": cell("places", "az-annex-c", lon="39.0", lat="48.2"),
    "swapped place without links": cell("places", "ir-annex-zone", lon="33.0", lat="53.0"),
    "swapped crossing": cell("crossings", "annex-b-c", lon="39.0", lat="48.15"),
    "swapped crossing beside the network": cell("crossings", "annex-beside", lon="39.2", lat="48.4"),
    "crossing off its line": cell(
        "crossings", "annex-b-c", lon="48.15", lat="40.0", blame=("crossings", "annex-b-c", "lon")
    ),
    "via swapped": cell("vias", f"{B_D}:10", lon="39.0", lat="48.2"),
    "waypoint astray": cell("waypoints", f"{B_D}:20", lat="39.2", blame=("waypoints", f"{B_D}:20", "lon")),
    "waypoint on land at sea": cell("waypoints", f"{B_D}:20", country=""),
    "number of a via doubled": cell("waypoints", f"{B_D}:20", seq="10", blame=("waypoints", f"{B_D}:10", "seq")),
    "border of one point": rows(
        ("borders", "annex-other:1", "line_id"),
        ("borders", {"line_id": "annex-other", "seq": "1", "lon": "48.0", "lat": "39.0"}),
    ),
    # crossings
    "border link without crossing": cell("crossings", "annex-b-c", link_ids=B_C, blame=("links", B_D, "id")),
    "link at two crossings": cell(
        "crossings", "annex-beside", modes="road;rail", link_ids=B_C, blame=("crossings", "annex-beside", "link_ids")
    ),
    "link of another border": rows(
        ("crossings", "annex-tm", "link_ids"),
        link_like(from_id="ir-annex-a", to_id="az-annex-c", length_km="18"),
        (
            "crossings",
            {
                "id": "annex-tm",
                "country_a": "TM",
                "modes": "road",
                "link_ids": "road-annex-a-c",
                "lon": "48.1",
                "lat": "39.0",
            },
        ),
    ),
    "place in another country": cell(
        "crossings", "annex-beside", place_a_id="az-annex-c", blame=("crossings", "annex-beside", "country_a")
    ),
    "crossing without the mode": cell("crossings", "annex-b-c", modes="road"),
    "gauge break that is none": cell("crossings", "annex-b-c", gauge_break="true"),
    "planned crossing in use": cell("crossings", "annex-b-c", status="planned"),
    "crossing in use without links in use": Seed(
        ("crossings", "annex-b-c", "status"),
        (
            ("links", B_C, {"status": "planned", "status_date": "2024"}),
            ("links", B_D, {"status": "planned", "status_date": "2024"}),
        ),
    ),
    "one country on both sides": cell("crossings", "annex-beside", country_b="IR"),
    # corridors
    "corridor without legs": rows(
        ("corridors", "annex-empty", "id"),
        ("corridors", {"id": "annex-empty", "modes": "rail"}),
    ),
    "gap in the legs": cell("corridor_legs", "annex:3", seq="4", blame=("corridor_legs", "annex:4", "seq")),
    "legs apart": cell("corridor_legs", "annex:2", link_id="rail-rasht-qazvin"),
    "legs in a circle": rows(("corridor_legs", "annex:4", "link_id"), leg(4, B_D)),
    "leg used twice": rows(("corridor_legs", "annex:4", "link_id"), leg(4, C_D)),
    "mode left out": cell("corridors", "annex", modes="road"),
    "hub of another's name": cell("hubs", "annex-far", alt_names="annex HUB"),
    "place of two hubs": cell("hubs", "annex-far", place_ids="az-annex-c;ir-annex-b"),
    # events and status
    "event ends before its start": cell("events", "annex-shut", date_end="2020-12-31"),
    "event from the future": cell("events", "annex-shut", date="2031-01-01", date_end=""),
    "status of nothing": cell("events", "annex-shut", object_ids=""),
    "sanctions that close": cell("events", "annex-shut", effect="sanctions", blame=("events", "annex-shut", "status")),
    "status against the event": cell("links", A_B, status="planned"),
    "event without end": cell("events", "annex-shut", date_end="", blame=("links", ROAD, "status")),
    "unbuilt place in use": cell("places", "az-annex-port", status="planned"),
    "shut link without a report": cell("links", C_D, status="closed"),
    "traffic on a plan": cell(
        "links",
        C_D,
        status="planned",
        status_date="2024",
        traffic_mt="5",
        traffic_year="2024",
    ),
    "shut crossing of planned links": Seed(
        ("crossings", "annex-b-c", "status"),
        (
            ("links", B_C, {"status": "planned", "status_date": "2024"}),
            ("links", B_D, {"status": "planned", "status_date": "2024"}),
            ("crossings", "annex-b-c", {"status": "closed"}),
        ),
    ),
    "project that is closed": cell("projects", "annex-works", status="closed"),
    "plan with works done": cell(
        "projects", "annex-works", progress_pct="40", blame=("projects", "annex-works", "status")
    ),
    "proposal with works begun": cell("projects", "annex-works", status="proposed", start="2024"),
    "hub of two regions": cell("hubs", "annex-far", place_ids="az-annex-c;ir-annex-zone"),
    "hub of another id": cell("hubs", "annex-far", name="Elsewhere", blame=("hubs", "annex-far", "id")),
    # provenance, parameters, model
    "no source": cell("places", "az-annex-d", source_ids=""),
    "no source of a length": cell("provenance", f"{ROAD}:length_km", field="name", blame=("links", ROAD, "source_ids")),
    "provenance of nothing": cell(
        "provenance",
        f"{A_B}:length_km",
        object_id="annex-gone",
        blame=("provenance", "annex-gone:length_km", "object_id"),
    ),
    "provenance of no column": cell(
        "provenance", f"{A_B}:length_km", field="weight", blame=("provenance", f"{A_B}:weight", "field")
    ),
    "provenance of an empty cell": cell(
        "provenance",
        f"{A_B}:length_km",
        field="tracks",
        low="",
        high="",
        blame=("provenance", f"{A_B}:tracks", "field"),
    ),
    "bounds of a word": cell(
        "provenance", f"{A_B}:length_km", field="status", blame=("provenance", f"{A_B}:status", "field")
    ),
    "low above the value": cell("provenance", f"{A_B}:length_km", low="9.1"),
    "high below the value": cell("provenance", f"{A_B}:length_km", high="8.9"),
    "assumed with a source": cell("provenance", f"{ROAD}:status", source_ids="annex"),
    "published without a source": cell("provenance", f"{A_B}:length_km", source_ids=""),
    "assumed parameter with a source": cell("parameters", "a901", source_ids="annex"),
    "published parameter without one": cell("parameters", "p901", source_ids=""),
    "missing parameter with a value": cell("parameters", "p902", value="5"),
    "parameter without a value": cell("parameters", "a901", value=""),
    "parameter out of its bounds": cell("parameters", "p901", low="45"),
    "model by a missing value": cell("model", "annex", parameter_id="p902"),
    "model in another unit": cell("model", "annex", parameter_id="a901"),
    "model of nowhere": cell("model", "annex", scope="XX"),
    "one case twice in the model": rows(
        ("model", "annex-again", "term"), ("model", ANNEX["model"][0] | {"id": "annex-again"})
    ),
    # treaty
    "relation to nothing": cell("relations", RELATION, object_id="rail-annex-gone"),
    "relation to another table": cell(
        "relations", RELATION, object_type="place", blame=("relations", RELATION, "object_id")
    ),
    "relation of an unresolved article": cell(
        "relations", RELATION, article_id="annex-treaty-2", also=(("relations", RELATION, "id"),)
    ),
    "whole article that obliges": cell(
        "relations",
        RELATION,
        article_id="annex-treaty-1",
        blame=("relations", RELATION, "verb"),
        also=(("relations", RELATION, "id"),),
    ),
    "unverified paragraph that obliges": cell(
        "articles", "annex-treaty-1-1", level="unconfirmed", blame=("relations", RELATION, "verb")
    ),
    "paraphrase of the unknown": cell("articles", "annex-treaty-2", paraphrase="Something"),
    "paragraph without article": rows(
        ("articles", "annex-treaty-3-1", "article"),
        ("articles", ARTICLE | {"id": "annex-treaty-3-1", "article": "3", "paragraph": "1"}),
    ),
    "id unlike its article": rows(
        ("articles", "annex-treaty-4", "id"), ("articles", ARTICLE | {"id": "annex-treaty-4", "article": "5"})
    ),
    # figures
    "share for per cent": cell("projects", "annex-works", progress_pct="0.4", status="under_construction"),
    "metres for km in a bound": cell("provenance", f"{A_B}:length_km", high="9000"),
    "negative bound": cell("provenance", f"{A_B}:length_km", low="-8.9"),
    "metres per second for km/h": cell("parameters", "p901", value="0.04", low="", high=""),
    "unit nobody uses": cell("parameters", "p902", unit="furlong"),
    "throughput in thousand tonnes": cell(
        "places",
        "az-annex-port",
        throughput_mt="300",
        throughput_period="2024",
        blame=("places", "az-annex-port", "throughput_mt"),
    ),
    "throughput above capacity": cell(
        "places",
        "az-annex-port",
        throughput_mt="5",
        capacity_mt_y="1",
        throughput_period="2024",
        also=(("places", "az-annex-port", "capacity_mt_y"),),
    ),
    "tonnes that do not fit the boxes": cell(
        "places",
        "az-annex-port",
        throughput_mt="5",
        throughput_teu="5000000",
        throughput_period="2024",
        also=(("places", "az-annex-port", "throughput_teu"),),
    ),
    "more than the tracks carry": cell("links", A_B, capacity_mt_y="120", capacity_kind="design"),
    "traffic beyond capacity": cell(
        "links",
        A_B,
        traffic_mt="9",
        traffic_year="2024",
        capacity_mt_y="1",
        capacity_kind="design",
        also=(("links", A_B, "capacity_mt_y"),),
    ),
    "cost in millions per km": cell("links", A_B, cost_value="9000000000", cost_currency="EUR"),
    "project unlike its links": Seed(
        ("projects", "annex-works", "cost_value"),
        (
            ("links", A_B, {"cost_value": "9000000", "cost_currency": "EUR"}),
            ("projects", "annex-works", {"cost_value": "90000000", "cost_currency": "EUR"}),
        ),
    ),
    "project in another currency": Seed(
        ("projects", "annex-works", "cost_currency"),
        (
            ("links", A_B, {"cost_value": "90000000", "cost_currency": "EUR"}),
            ("projects", "annex-works", {"cost_value": "90000000", "cost_currency": "USD"}),
        ),
    ),
    "published metres": cell("checks", "k902", published_km="9000", also=(("checks", "k902", "verdict"),)),
    "difference with the wrong sign": cell("differences", "k901:1", km="0.3", also=(("checks", "k901", "verdict"),)),
    "difference of metres": cell("differences", "k901:1", km="0.03", also=(("checks", "k901", "verdict"),)),
    "gauge that no railway brings": cell("places", "ir-annex-a", gauges_mm="1435;1520"),
    # days
    "source from the future": cell("sources", "annex", date="2031"),
    "opening in a century": cell("projects", "annex-works", opening_target="2131"),
    "opening before the start": cell(
        "projects",
        "annex-works",
        opening_target="2024",
        start="2025-03",
        blame=("projects", "annex-works", "opening_target"),
    ),
    # coordinates
    "place on the other half of the globe": cell("places", "az-annex-c", lon="-48.2"),
    "junction astray": Seed(
        ("junctions", f"{B_D}:1", "lon"),
        added=(
            (
                "junctions",
                {"link_id": B_D, "seq": "1", "after_waypoint": "0", "lon": "39.0", "lat": "48.2", "country": "AZ"},
            ),
        ),
        also=(("links", B_D, "length_km"),),
    ),
    "border bent back": rows(
        ("borders", "annex-line:3", "lon"),
        ("borders", {"line_id": "annex-line", "seq": "3", "lon": "39.1", "lat": "48.2"}),
    ),
    # names
    "label unlike the name": cell("places", "ir-annex-zone", label="Elsewhere"),
    "place under another country's prefix": cell("places", "ir-annex-zone", country="TM"),
    "code of another country": cell("places", "ir-annex-zone", locode="AEJEA"),
    "name unlike the places": cell("links", A_B, name="Annex a–Annex c railway"),
    "id of another mode": cell(
        "links",
        ROAD,
        mode="rail",
        blame=("links", ROAD, "mode"),
        also=(
            ("links", ROAD, "gauges_mm"),
            ("links", ROAD, "to_id"),
            ("links", ROAD, "name"),
        ),
    ),
    "mistyped crossing": cell("crossings", "annex-beside", name="Anex"),
    "relation of another id": cell("relations", RELATION, id="annex-other", blame=("relations", "annex-other", "id")),
    "number left out": cell("vias", f"{B_D}:10", seq="5", blame=("vias", f"{B_D}:5", "seq")),
    "wrong encoding": cell("projects", "annex-works", effect="TÃ¼rkiye"),
    "capitals the wrong way round": cell("projects", "annex-works", effect="sECOND TRACK"),
    "open bracket": cell("projects", "annex-works", effect="Second track (planned"),
    "marks of HTML": cell("projects", "annex-works", effect="Second <b>track</b>"),
    "address of no page": cell("sources", "annex", url="htp//annex"),
    "name in the wrong script": rows(
        ("place_names", "ir-annex-a:ru", "name"),
        ("place_names", {"place_id": "ir-annex-a", "lang": "ru", "name": "Annex", "basis": "general"}),
    ),
    "Arabic letter in a Persian name": rows(
        ("place_names", "ir-annex-a:fa", "name"),
        ("place_names", {"place_id": "ir-annex-a", "lang": "fa", "name": "كرج", "basis": "general"}),
    ),
    "label that is none": rows(
        ("place_names", "ir-annex-a:en", "name"),
        ("place_names", {"place_id": "ir-annex-a", "lang": "en", "name": "Annex z", "basis": "label"}),
    ),
    "correction of nothing": rows(
        ("corrections", "annex", "new"),
        ("corrections", {"id": "annex", "object_id": A_B, "field": "length_km", "old": "8", "new": "7"}),
    ),
    "sailings on a railway": rows(
        ("services", "annex", "link_id"), ("services", {"id": "annex", "link_id": A_B, "date": "2024"})
    ),
    "targets out of order": rows(
        ("targets", "annex-works:2", "announced_on"),
        ("targets", {"project_id": "annex-works", "seq": "1", "announced_on": "2024", "target": "2027"}),
        ("targets", {"project_id": "annex-works", "seq": "2", "announced_on": "2023", "target": "2027"}),
    ),
    # published lengths
    "unexplained remainder": cell("differences", "k901:1", km="0.9", blame=("checks", "k901", "verdict")),
    "remainder of a corridor": cell("checks", "k902", published_km="9.2", blame=("checks", "k902", "verdict")),
    "reproduced, and called unexplained": cell("checks", "k902", verdict="not_explained"),
    "difference of nothing": rows(
        ("checks", "k902", "verdict"), ("differences", {"check_id": "k902", "seq": "1", "km": "0.3"})
    ),
    "check of nothing": cell("checks", "k902", corridor_id="", blame=("checks", "k902", "link_ids")),
}


def places(faults: list[Fault], known: frozenset[Fault]) -> set[tuple[str, int, str]]:
    return {(fault.file, fault.row, fault.field) for fault in faults if fault not in known}


@pytest.mark.parametrize("name", SEEDS)
def test_seeded_fault_is_found_at_its_cell_and_nowhere_else(folder: Folder, known: frozenset[Fault], name: str) -> None:
    seed = SEEDS[name]
    for table, key, changes in seed.edits:
        folder.edit(table, key, changes)
    for table, row in seed.added:
        folder.add(table, row)
    blamed = {(f"{table}.csv", folder.number(table, key), field) for table, key, field in (seed.blame, *seed.also)}

    faults = folder.faults()

    assert places(faults, known) == blamed
    assert faults == sorted(faults)
    assert all(text.endswith(".") for fault in faults for text in (fault.problem, fault.remedy))


def _quote(text: bytes) -> bytes:
    return text.replace(b"annex-far,", b'annex-far,"', 1)


def _latin(text: bytes) -> bytes:
    return text.replace(b"Mumbai,Bombay", "Mumbai,Bombaý".encode("latin-1"))


def _short_header(text: bytes) -> bytes:
    return text.replace(b"id,name,alt_names,", b"id,name,", 1)


def _other_order(text: bytes) -> bytes:
    return text.replace(b"id,name,alt_names,", b"id,alt_names,name,", 1)


def _bom(text: bytes) -> bytes:
    return b"\xef\xbb\xbf" + text


def _extra_cell(text: bytes) -> bytes:
    return text.rstrip(b"\n") + b",more\n"


def _blank(text: bytes) -> bytes:
    return text + b"\n"


@pytest.mark.parametrize(
    ("spoil", "row"),
    [(_quote, -1), (_latin, 0), (_short_header, 1), (_other_order, 1), (_bom, 1), (_extra_cell, -1), (_blank, -1)],
)
def test_spoilt_file_is_found(
    folder: Folder, known: frozenset[Fault], spoil: Callable[[bytes], bytes], row: int
) -> None:
    path = folder.path / "hubs.csv"
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)
    last = len(spoilt.splitlines())

    faults = folder.faults()

    assert places(faults, known) == {("hubs.csv", last if row < 0 else row, "")}


def test_missing_file_is_found(folder: Folder, known: frozenset[Fault]) -> None:
    (folder.path / "places.csv").unlink()

    assert places(folder.faults(), known) == {("places.csv", 0, "")}


def test_stray_file_is_found(folder: Folder, known: frozenset[Fault]) -> None:
    shutil.copy(folder.path / "links.csv", folder.path / "links_old.csv")

    assert places(folder.faults(), known) == {("links_old.csv", 0, "")}


def test_all_faults_are_found_at_once(folder: Folder, known: frozenset[Fault]) -> None:
    folder.edit("hubs", "annex-far", {"alt_names": "annex hub"})
    folder.edit("parameters", "p901", {"low": "45", "high": "39"})
    folder.edit("events", "annex-shut", {"date": "2021-13-01"})

    assert places(folder.faults(), known) == {
        ("hubs.csv", folder.number("hubs", "annex-far"), "alt_names"),
        ("parameters.csv", folder.number("parameters", "p901"), "low"),
        ("parameters.csv", folder.number("parameters", "p901"), "high"),
        ("events.csv", folder.number("events", "annex-shut"), "date"),
    }


def test_status_fault_names_the_event_that_decides(folder: Folder, known: frozenset[Fault]) -> None:
    folder.edit("links", A_B, {"status": "planned"})

    (fault,) = (fault for fault in folder.faults() if fault not in known)

    assert "annex-opened" in fault.problem
    assert fault.value == "planned"


def test_circle_fault_names_the_place(folder: Folder, known: frozenset[Fault]) -> None:
    folder.add("corridor_legs", leg(4, B_D)[1])

    (fault,) = (fault for fault in folder.faults() if fault not in known)

    assert "ir-annex-b" in fault.problem


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1', '{"version": "1", "data_date": "x", "resources": []}']
)
def test_spoilt_schema_is_found(folder: Folder, text: str) -> None:
    (folder.path / "datapackage.json").write_text(text, encoding="utf-8")

    (fault,) = folder.faults()

    assert (fault.file, fault.row) == ("datapackage.json", 0)


def test_schema_without_a_column_is_found(folder: Folder) -> None:
    path = folder.path / "datapackage.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    spec["resources"][0]["schema"]["fields"].pop()
    spec["resources"] = [resource for resource in spec["resources"] if resource["name"] != "hubs"]
    path.write_text(json.dumps(spec), encoding="utf-8")

    assert {fault.field for fault in folder.faults()} == {"places.source_ids", "hubs"}


def test_schema_that_points_to_no_table_is_found(folder: Folder) -> None:
    path = folder.path / "datapackage.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    extra = next(resource for resource in spec["resources"] if resource["name"] == "vias") | {"name": "extra"}
    schema = extra["schema"]
    extra["schema"] = schema | {
        "foreignKeys": [{"fields": "link_id", "reference": {"resource": "gone", "fields": "id"}}]
    }
    spec["resources"].append(extra)
    path.write_text(json.dumps(spec), encoding="utf-8")

    assert [(fault.field, fault.value) for fault in folder.faults()] == [("extra", "gone")]


def test_folder_that_is_none_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_atlas(tmp_path / "nowhere")

    assert fault.file == "datapackage.json"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_in_any_cell_breaks_the_check(folder: Folder, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(ANNEX)))
    path = folder.path / f"{table}.csv"
    original = path.read_bytes()
    content = folder.read(table)
    row = data.draw(st.sampled_from(content[-len(ANNEX[table]) :]))
    column = data.draw(st.sampled_from(sorted(row)))
    values = sorted({other[column] for other in content})
    row[column] = data.draw(
        st.one_of(st.sampled_from(values), st.sampled_from(["", "0", "-1", "90", "annex"]), st.text())
    )
    try:
        folder.write(table, content)
        faults = folder.faults()
    finally:
        path.write_bytes(original)

    assert faults == sorted(set(faults))


def test_check_is_quick_and_small() -> None:
    tracemalloc.start()
    start = time.perf_counter()
    check_atlas()
    seconds, (_, peak_bytes) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seconds < 5
    assert peak_bytes < 500e6


def test_annex_is_sound(known: frozenset[Fault]) -> None:
    assert sorted(known) == check_atlas()


def test_shipped_atlas_is_sound() -> None:
    assert [str(fault) for fault in check_atlas()] == []
