"""Coverage: how well each field of each corridor is sourced and how old its values are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median

from geodata.atlas import Atlas
from geodata.status import months_old
from geodata.table import Row

__all__ = ["CoverageReport", "CoverageRow", "SourceUse", "coverage", "members_of"]

_PIPELINES = frozenset({"gas_pipeline", "oil_pipeline"})
_LAND = frozenset({"rail", "road"}) | _PIPELINES
_HARBOURS = frozenset({"port", "terminal", "dry_port", "border_crossing"})
_GRADES = ("A", "B", "C", "assumed")


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How one field of one corridor is covered.

    Attributes
    ----------
    corridor_id, table, field
        What is counted; "coordinates" and "capacity" of places stand for several columns.
    objects
        Objects to which the field applies; the five shares are parts of them and add up to 1.
    grade_a, grade_b, grade_c
        Share with a source of that grade, 0 to 1.
    assumed
        Share whose value rests on no source.
    missing
        Share without a value.
    dated
        Number of values with a date: their own, or else that of their newest dated source.
    median_months
        Median age of those at the data date in months; None where none is dated.
    """

    corridor_id: str
    table: str
    field: str
    objects: int
    grade_a: float
    grade_b: float
    grade_c: float
    assumed: float
    missing: float
    dated: int
    median_months: float | None

    def to_dict(self) -> dict[str, object]:
        """Return the row as plain values, shares rounded to 0.001."""
        shares = ("grade_a", "grade_b", "grade_c", "assumed", "missing")
        return {
            "corridor_id": self.corridor_id,
            "table": self.table,
            "field": self.field,
            "objects": self.objects,
            **{name: round(getattr(self, name), 3) for name in shares},
            "dated": self.dated,
            "median_months": self.median_months,
        }


@dataclass(frozen=True, slots=True)
class SourceUse:
    """Sources that the objects of one corridor rest on.

    Attributes
    ----------
    corridor_id
        Corridor.
    sources
        Number of different sources.
    weak
        Number of those of grade C.
    perishable_ids
        Those that may be gone or changed, sorted.
    """

    corridor_id: str
    sources: int
    weak: int
    perishable_ids: tuple[str, ...]

    @property
    def perishable(self) -> int:
        """Return the number of perishable sources."""
        return len(self.perishable_ids)

    def to_dict(self) -> dict[str, object]:
        """Return the row as plain values."""
        return {
            "corridor_id": self.corridor_id,
            "sources": self.sources,
            "weak": self.weak,
            "perishable": self.perishable,
            "perishable_ids": list(self.perishable_ids),
        }


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Coverage of all corridors at the data date.

    Attributes
    ----------
    data_date
        Day up to which the facts were gathered.
    rows
        One row a corridor and field, sorted by corridor, in the order of the fields.
    sources
        One row a corridor.
    """

    data_date: date
    rows: tuple[CoverageRow, ...]
    sources: tuple[SourceUse, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain values."""
        return {
            "data_date": self.data_date.isoformat(),
            "rows": [row.to_dict() for row in self.rows],
            "sources": [row.to_dict() for row in self.sources],
        }


def _is_rail(row: Row) -> bool:
    return bool(row["mode"] == "rail")


# Table, field as shown, columns of which one is enough, and the objects to which it applies.
_FIELDS: tuple[tuple[str, str, tuple[str, ...], Callable[[Row], bool]], ...] = (
    ("links", "length_km", ("length_km",), lambda _: True),
    ("links", "status", ("status",), lambda _: True),
    ("links", "gauges_mm", ("gauges_mm",), _is_rail),
    ("links", "tracks", ("tracks",), _is_rail),
    ("links", "electrified", ("electrified",), _is_rail),
    ("links", "capacity_mt_y", ("capacity_mt_y",), lambda row: row["mode"] in _LAND),
    ("links", "traffic_mt", ("traffic_mt",), lambda row: row["mode"] in _LAND),
    ("crossings", "wait_h", ("wait_h",), lambda _: True),
    ("places", "coordinates", ("lon", "lat"), lambda _: True),
    (
        "places",
        "capacity",
        ("capacity_mt_y", "capacity_teu_y", "capacity_trucks_day"),
        lambda row: row["kind"] in _HARBOURS,
    ),
    ("places", "draft_m", ("draft_m",), lambda row: row["kind"] == "port"),
    ("projects", "cost_value", ("cost_value",), lambda _: True),
    ("projects", "opening_target", ("opening_target",), lambda _: True),
)


def members_of(atlas: Atlas, corridor_id: str) -> dict[str, list[Row]]:
    """Return the links, places, crossings and projects of a corridor, by table.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> [len(rows) for rows in members_of(load_atlas(), "rasht-astara").values()][:2]
    [3, 4]
    """
    links = dict.fromkeys(atlas.legs[corridor_id])
    places = dict.fromkeys(atlas.links[link][end] for link in links for end in ("from_id", "to_id"))
    passed = {atlas.crossing_of_link[link] for link in links if link in atlas.crossing_of_link}
    # A yard where the gauge changes has no link of its own; its place puts it on the corridor.
    yards = {row["id"] for row in atlas.crossings if not row["link_ids"] and row["place_a_id"] in places}
    return {
        "links": [atlas.links[link] for link in links],
        "places": [atlas.places[place] for place in places],
        "crossings": [row for row in atlas.crossings if row["id"] in passed | yards],
        "projects": [
            row for row in atlas.projects if links.keys() & {*row["link_ids"]} or places.keys() & {*row["place_ids"]}
        ],
    }


@lru_cache(maxsize=2)
def _special(atlas: Atlas) -> frozenset[tuple[str, str]]:
    return frozenset((row["object_id"], row["field"]) for row in atlas.provenance)


def _day_of(atlas: Atlas, table: str, row: Row, column: str) -> str | None:
    if column == "traffic_mt" and row["traffic_year"]:
        return str(row["traffic_year"])
    origin = atlas.provenance_of(table, row["id"], column)
    # A value that provenance does not list has the sources of its object, but not the date of the object's status.
    own = origin.date if (row["id"], column) in _special(atlas) else None
    if column == "status":
        own = own or row["status_date"]
    days = (_end_of_span(atlas.sources[item]["date"] or "") for item in origin.source_ids)
    return own or max(days, default="") or None


def _end_of_span(text: str) -> str:
    return text.rpartition("/")[2]


def _count(
    atlas: Atlas, corridor_id: str, table: str, field: str, columns: tuple[str, ...], rows: list[Row]
) -> CoverageRow:
    count = dict.fromkeys((*_GRADES, "missing"), 0)
    ages = []
    for row in rows:
        filled = [column for column in columns if row[column] not in (None, ())]
        if not filled:
            count["missing"] += 1
            continue
        grades = {column: atlas.provenance_of(table, row["id"], column).grade for column in filled}
        # The weakest of several columns tells how far they can be trusted.
        column = max(filled, key=lambda name: (_GRADES.index(grades[name]), name))
        count[grades[column]] += 1
        age = months_old(_day_of(atlas, table, row, column), atlas.data_date)
        if age is not None:
            ages.append(age)
    shares = {key: value / len(rows) for key, value in count.items()}
    return CoverageRow(
        corridor_id,
        table,
        field,
        len(rows),
        shares["A"],
        shares["B"],
        shares["C"],
        shares["assumed"],
        shares["missing"],
        len(ages),
        float(median(ages)) if ages else None,
    )


def _use(atlas: Atlas, corridor_id: str, members: dict[str, list[Row]]) -> SourceUse:
    shown = {row["id"] for rows in members.values() for row in rows}
    used = {item for rows in members.values() for row in rows for item in row["source_ids"]}
    used |= {item for row in atlas.provenance if row["object_id"] in shown for item in row["source_ids"]}
    weak = sum(atlas.sources[item]["grade"] == "C" for item in used)
    return SourceUse(
        corridor_id, len(used), weak, tuple(sorted(item for item in used if atlas.sources[item]["perishable"]))
    )


def coverage(atlas: Atlas) -> CoverageReport:
    """Count for every corridor how well its fields are sourced and how old their values are.

    Parameters
    ----------
    atlas
        The atlas.

    Returns
    -------
    CoverageReport
        Rows by corridor and field, and the sources by corridor. Fields that apply to no object of a corridor,
        such as the gauge of a road, have no row.

    Examples
    --------
    >>> from geodata import load_atlas
    >>> report = coverage(load_atlas())
    >>> row = next(row for row in report.rows if (row.corridor_id, row.field) == ("rasht-astara", "length_km"))
    >>> row.objects, row.missing
    (3, 0.0)
    """
    rows: list[CoverageRow] = []
    sources: list[SourceUse] = []
    for corridor_id in sorted(atlas.legs):
        members = members_of(atlas, corridor_id)
        for table, field, columns, applies in _FIELDS:
            own = [row for row in members[table] if applies(row)]
            if own:
                rows.append(_count(atlas, corridor_id, table, field, columns, own))
        sources.append(_use(atlas, corridor_id, members))
    return CoverageReport(atlas.data_date, tuple(rows), tuple(sources))
