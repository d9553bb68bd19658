"""Random single-cell corruptions of the atlas: the check catches them, or they change no result."""

import csv
import hashlib
import importlib.util
import io
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import corridors
import geodata
from geodata.atlas import Atlas, read_tables
from geodata.check import check_tables
from geodata.errors import CorridorsError, Fault
from geodata.schema import Field, read_package
from geodata.shape import geodesic_km
from geodata.status import build_intervals
from geodata.table import Table, read_table
from maps.payload import CorridorResults, corridor_payload, index_payload
from maps.site import corridor_results, write_corridor_page

ROOT = Path(__file__).parents[2]
SHIPPED = Path(geodata.__file__).parent / "atlas"
SEED = 20261121
PER_KIND = 30
SHIFT_KM = 100.0
# Every mutant of these kinds is caught, at its row and column.
STRICT = ("unit", "sign", "date", "coordinate", "reference")
LOOSE = (
    "gauge",
    "encoding",
    "structure",
    "duplicate",
    "enum",
    "number",
    "item",
    "status",
    "source",
    "other row",
    "key",
    "text",
)
# Kinds that break the form or a rule of the atlas, whatever the value.
MECHANICAL = ("gauge", "encoding", "structure", "duplicate", "enum")
# Kinds that take longest to compare; they go first, so that both processes end together.
SLOW = ("item", "source", "number", "status", "key", "coordinate")
REST_FLOOR = 0.85
TELLING_FLOOR = 0.9
DATE = r"^\d{4}(-(0[1-9]"
# Columns that hold the id of a row in another table, beyond what the schema says.
POINTERS = {("relations", "object_id"), ("provenance", "object_id"), ("corrections", "object_id")}
YEARS = {"traffic_year", "trade_by_year", "period_start", "period_end"}
BOUNDS = {"value", "low", "high"}


@dataclass(frozen=True)
class Mutant:
    """One corruption: its kind, the cell it hits and the file that results."""

    kind: str
    table: str
    line: int
    column: str
    old: str
    new: str
    content: bytes

    def __str__(self) -> str:
        return f"{self.kind}: {self.table}.csv, row {self.line}, {self.column}: {self.old[:60]!r} -> {self.new[:60]!r}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0")


def _typo(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    if len(text) == 1:
        return text + text
    return text[:at] + text[at + 1 :] if rng.random() < 0.5 else text[:at] + text[at] + text[at:]


class Bench:
    """The atlas, read once, on which one table at a time is exchanged for a corrupt one."""

    def __init__(self, folder: Path) -> None:
        self.folder = shutil.copytree(SHIPPED, folder)
        self.package = read_package(folder)
        self.tables, faults = read_tables(self.package)
        self.known = frozenset(check_tables(self.package, self.tables, faults))
        self.fields = {resource.name: resource.fields for resource in self.package.resources}
        self.rows: dict[str, list[list[str]]] = {}
        self.ids: dict[str, list[str]] = {}
        for name in self.tables:
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                self.rows[name] = list(csv.reader(file))
            if self.fields[name][0].name == "id":
                self.ids[name] = [row[0] for row in self.rows[name][1:]]
        self.every_id = {item for ids in self.ids.values() for item in ids}
        self.targets = {
            (resource.name, field.name): [table for table, _ in field.references]
            for resource in self.package.resources
            for field in resource.fields
            if field.references
        } | {
            (resource.name, column): [target]
            for resource in self.package.resources
            for column, target, _ in resource.foreign_keys
        }
        self.reads = {name: self.read_by(name) for name in OUTPUTS}
        self.digests = {name: _digest(name, whole(self.package, self.tables)) for name in OUTPUTS}

    def content(self, table: str, line: int, cells: list[str]) -> bytes:
        rows = self.rows[table]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([*rows[: line - 1], cells, *rows[line:]])
        return out.getvalue().encode()

    def read(self, mutant: Mutant) -> tuple[dict[str, Table], list[Fault]]:
        path = self.folder / f"{mutant.table}.csv"
        good = path.read_bytes()
        path.write_bytes(mutant.content)
        try:
            table, wrong = read_table(self.package.resource(mutant.table), self.folder)
            tables = self.tables | {mutant.table: table}
            return tables, check_tables(self.package, tables, wrong, {mutant.table})
        finally:
            path.write_bytes(good)

    def read_by(self, output: str) -> set[str]:
        """Return the tables that an output reads."""
        log = Log(self.tables)
        OUTPUTS[output](whole(self.package, log))
        return log.seen

    def is_harmless(self, table: str, tables: Mapping[str, Table]) -> bool:
        """Tell whether every output stays what it is; outputs that do not read the table do."""
        concerned = [name for name in OUTPUTS if table in self.reads[name]]
        if not concerned:
            return True
        atlas = whole(self.package, tables)
        return all(_digest(name, atlas) == self.digests[name] for name in concerned)


def _digest(output: str, atlas: Atlas) -> str:
    try:
        value = OUTPUTS[output](atlas)
    except CorridorsError as error:
        value = str(error)
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


class Log(dict[str, Table]):
    """Tables that note which of them are read."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Table:
        self.seen.add(name)
        return super().__getitem__(name)


def whole(package: Any, tables: Mapping[str, Table]) -> Atlas:
    atlas = Atlas(package, tables, {})
    grades = {
        (name, row["id"]): atlas.provenance_of(name, row["id"], "status").grade
        for name in ("links", "places", "crossings", "projects")
        for row in tables[name]
    }
    return replace(atlas, intervals=build_intervals(tables, grades))


QUERIES = (
    ("Mumbai", "Moscow", "time"),
    ("Mumbai", "St Petersburg", "cost"),
    ("Bandar Abbas", "Moscow", "distance"),
    ("Baku", "Rasht", "time"),
    ("Chabahar", "Zahedan", "distance"),
    ("Astrakhan", "Anzali", "time"),
    ("Tehran", "Yerevan", "time"),
    ("Tehran", "Baku", "cost"),
    ("Aktau", "Bandar Abbas", "time"),
    ("Tbilisi", "Mumbai", "time"),
    ("Poti", "Astrakhan", "distance"),
)


def _routes(atlas: Atlas) -> Any:
    network = corridors.build_network(atlas)
    routes = []
    for start, end, by in QUERIES:
        ends = corridors.resolve_place(atlas, start), corridors.resolve_place(atlas, end)
        try:
            routes.append(corridors.find_route(network, *ends, by=by).to_dict())
        except CorridorsError as error:
            routes.append(str(error))
    return routes


def _distances(atlas: Atlas) -> Any:
    return [corridors.measure_corridor(atlas, row["id"]).to_dict() for row in atlas.corridors]


def _treaty(atlas: Atlas) -> Any:
    return corridors.read_treaty(atlas).to_dict()


def _pages(atlas: Atlas) -> Any:
    treaty = corridors.read_treaty(atlas)
    return [
        corridor_payload(atlas, CorridorResults(row["id"], atlas.data_date, measured, None), treaty)
        for row in atlas.corridors
        for measured in (corridors.measure_corridor(atlas, row["id"]),)
    ]


def _featured(atlas: Atlas) -> Any:
    network, treaty = corridors.build_network(atlas), corridors.read_treaty(atlas)
    results = [corridor_results(network, row["id"], atlas.data_date) for row in atlas.corridors if row["featured"]]
    reports = [item.report.to_dict() for item in results if item.report]
    pages = [corridor_payload(atlas, item, treaty) for item in results]
    return [reports, pages, index_payload(atlas, results, treaty, [])]


# From the quickest to the slowest.
OUTPUTS: dict[str, Callable[[Atlas], Any]] = {
    "treaty": _treaty,
    "routes": _routes,
    "distances": _distances,
    "pages": _pages,
    "featured": _featured,
}


# --- what a kind of mutant does to a cell: it returns new texts by column, or nothing where it cannot -----------------

Change = dict[str, str]


def _is_number(field: Field) -> bool:
    return field.type in {"number", "integer"} and field.unit != "degree"


def _is_measured(field: Field) -> bool:
    return _is_number(field) and bool(field.unit or field.name in BOUNDS)


def _unit(field: Field, cell: str) -> Iterator[Change]:
    if _is_measured(field) and float(cell):
        yield {field.name: f"{cell} {field.unit or 'km'}"}
        yield {field.name: _number(float(cell) * 1000)}
        yield {field.name: _number(float(cell) / 1000)}
    elif field.name == "gauges_mm":
        yield {field.name: f"{cell} mm"}


def _sign(field: Field, cell: str) -> Iterator[Change]:
    if _is_number(field) and float(cell):
        yield {field.name: cell[1:] if cell.startswith("-") else f"-{cell}"}


def _date(field: Field, cell: str) -> Iterator[Change]:
    if field.name in YEARS:
        yield {field.name: "2199"}
        yield {field.name: cell[2:]}
    elif field.type == "date" or (field.pattern and field.pattern.pattern.startswith(DATE)):
        yield from ({field.name: text} for text in (f"2199{cell[4:]}", cell.replace("-", "/") + "/", cell[2:]))
        yield {field.name: f"{cell[:4]}-13{cell[7:]}"}
        yield {field.name: f"{cell[:4]}-02-30"}


def _coordinate(row: Mapping[str, str]) -> Iterator[Change]:
    lon, lat = row["lon"], row["lat"]
    changes: list[Change] = [
        {"lon": lat, "lat": lon},
        {"lon": lon[1:] if lon.startswith("-") else f"-{lon}"},
        {"lat": lat[1:] if lat.startswith("-") else f"-{lat}"},
        {"lon": "0", "lat": "0"},
    ]
    for change in changes:
        new = row | change
        # Where both degrees are nearly equal, a swap moves the point by less than its place is known.
        if abs(float(new["lat"])) > 90 or _moved_km(row, new) >= SHIFT_KM:
            yield change


def _moved_km(old: Mapping[str, str], new: Mapping[str, str]) -> float:
    return geodesic_km(*(float(point[name]) for point in (old, new) for name in ("lon", "lat")))


def _gauge(field: Field, cell: str) -> Iterator[Change]:
    if "gauge" in field.name and field.name != "gauge_break":
        yield from ({field.name: other} for other in ("1435", "1520", "1676", "1453") if other != cell)


def _enum(field: Field, cell: str, rng: random.Random) -> Iterator[Change]:
    if field.type == "boolean":
        yield from ({field.name: text} for text in (cell.upper(), "yes", "1"))
    elif field.enum:
        yield {field.name: _typo(rng, cell)}
        yield {field.name: cell.replace("_", " ").capitalize() if cell[0].isalpha() else f"{cell}0"}


def _magnitude(field: Field, cell: str) -> Iterator[Change]:
    if _is_number(field) and float(cell):
        yield {field.name: _number(float(cell) * 10)}
        if field.type == "number" or int(cell) % 10 == 0:
            yield {field.name: _number(float(cell) / 10)}


def _item(field: Field, cell: str, rng: random.Random) -> Iterator[Change]:
    items = cell.split(";")
    if field.separator and len(items) > 1:
        lost = rng.randrange(len(items))
        yield {field.name: ";".join(items[:lost] + items[lost + 1 :])}


def _status(field: Field, cell: str) -> Iterator[Change]:
    if field.name == "status":
        yield from ({field.name: other} for other in sorted(field.enum) if other != cell)


def _reads_as_text(field: Field) -> bool:
    return field.type == "string" and not (field.pattern or field.enum or field.references)


def _text(field: Field, cell: str, rng: random.Random) -> Iterator[Change]:
    if not _reads_as_text(field):
        return
    yield {field.name: _typo(rng, cell)}
    words = cell.split(" ")
    if len(words) > 1:
        lost = rng.randrange(len(words))
        yield {field.name: " ".join(words[:lost] + words[lost + 1 :])}
    yield {field.name: cell.encode().decode("latin-1")} if not cell.isascii() else {field.name: f"{cell} "}
    yield {field.name: cell.swapcase()}


def _exchanged(cell: str, old: str, new: str) -> str:
    return ";".join(new if item == old else item for item in cell.split(";"))


class Forge:
    """Makes mutants of every kind."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def changes(self, kind: str, table: str, field: Field, line: int, rng: random.Random) -> list[Change]:
        """Return what a mutant of a kind may do at a cell."""
        bench = self.bench
        names = [item.name for item in bench.fields[table]]
        row = dict(zip(names, bench.rows[table][line - 1], strict=True))
        cell = row[field.name]
        if not cell:
            return []
        targets = bench.targets.get((table, field.name), [])
        makers: dict[str, Callable[[], Iterator[Change]]] = {
            "unit": lambda: _unit(field, cell),
            "sign": lambda: _sign(field, cell),
            "date": lambda: _date(field, cell),
            "coordinate": lambda: iter(_coordinate(row) if field.name == "lon" else ()),
            "reference": lambda: self._reference(table, field, cell, rng),
            "gauge": lambda: _gauge(field, cell),
            "enum": lambda: _enum(field, cell, rng),
            "number": lambda: _magnitude(field, cell),
            "item": lambda: _item(field, cell, rng),
            "status": lambda: _status(field, cell),
            "source": lambda: self._other(field, cell, targets, rng) if targets == ["sources"] else iter(()),
            "other row": lambda: self._other(field, cell, targets, rng) if targets != ["sources"] else iter(()),
            "key": lambda: iter([{"id": _typo(rng, cell)}] if field.name == "id" else ()),
            "text": lambda: (
                iter(()) if (table, field.name) in bench.targets.keys() | POINTERS else _text(field, cell, rng)
            ),
        }
        found = list(makers[kind]())
        return [change for change in found if any(row[name] != text for name, text in change.items())]

    def _reference(self, table: str, field: Field, cell: str, rng: random.Random) -> Iterator[Change]:
        if (table, field.name) in self.bench.targets.keys() | POINTERS or (table, field.name) == (
            "provenance",
            "field",
        ):
            item = rng.choice(cell.split(";"))
            wrong = _typo(rng, item)
            if wrong and wrong not in self.bench.every_id and wrong != item:
                yield {field.name: _exchanged(cell, item, wrong)}

    def _other(self, field: Field, cell: str, targets: list[str], rng: random.Random) -> Iterator[Change]:
        items = cell.split(";")
        pool = [item for target in targets for item in self.bench.ids.get(target, ()) if item not in items]
        if pool:
            yield {field.name: _exchanged(cell, rng.choice(items), rng.choice(pool))}

    def mutant(self, kind: str, table: str, field: Field, line: int, change: Change) -> Mutant:
        """Write one change of a cell."""
        names = [item.name for item in self.bench.fields[table]]
        cells = list(self.bench.rows[table][line - 1])
        old = dict(zip(names, cells, strict=True))
        for name, text in change.items():
            cells[names.index(name)] = text
        before, after = (";".join(source[name] for name in change) for source in (old, old | change))
        content = self.bench.content(table, line, cells)
        return Mutant(kind, table, line, field.name, before, after, content)

    def spoilt(self, kind: str, table: str, line: int, rng: random.Random) -> Mutant:
        """Break the bytes, the structure or the key of a file."""
        bench = self.bench
        cells = bench.rows[table][line - 1]
        good = bench.content(table, line, cells)
        lines = good.split(b"\n")
        broken = lines[line - 1]
        at = rng.randrange(len(broken))
        choices = {
            "encoding": [
                broken[:at] + b"\xff" + broken[at:],
                broken[:at] + "ı".encode("iso8859-9") + broken[at:],
                broken[:at] + "я".encode("cp1251") + broken[at:],
            ],
            "structure": [
                broken.replace(b",", b',"', 1),
                broken + b",more",
                broken.rpartition(b",")[0],
                broken.replace(b",", b"\t"),
                b"",
            ],
            "duplicate": [broken + b"\n" + broken],
        }[kind]
        new = rng.choice(choices)
        content = b"\n".join([*lines[: line - 1], new, *lines[line:]])
        return Mutant(kind, table, line, "", broken.decode(), new.decode(errors="replace"), content)

    def sample(self, kind: str, count: int) -> list[Mutant]:
        """Draw mutants of a kind: a table first, then a column, a row and a change, so that no large table rules."""
        rng = random.Random(f"{SEED} {kind}")
        bench = self.bench
        filled = [name for name in sorted(bench.rows) if len(bench.rows[name]) > 1]
        found: dict[tuple[str, int, str, str], Mutant] = {}
        for _ in range(40 * count):
            if len(found) == count:
                break
            table = rng.choice(filled)
            line = rng.randrange(2, len(bench.rows[table]) + 1)
            if kind in {"encoding", "structure", "duplicate"}:
                mutant = self.spoilt(kind, table, line, rng)
                found.setdefault((table, line, "", mutant.new), mutant)
                continue
            columns = [field for field in bench.fields[table] if self.changes(kind, table, field, line, rng)]
            if not columns:
                continue
            field = rng.choice(columns)
            options = self.changes(kind, table, field, line, rng)
            if options:
                mutant = self.mutant(kind, table, field, line, rng.choice(options))
                found.setdefault((table, line, field.name, mutant.new), mutant)
        return list(found.values())


BENCHES: dict[str, Bench] = {}


@dataclass(frozen=True)
class Score:
    """What became of the mutants of one kind."""

    kind: str
    mutants: int
    caught: int
    at_cell: int
    harmless: int
    escaped: tuple[Mutant, ...]
    elsewhere: tuple[Mutant, ...]

    @property
    def rate(self) -> float:
        """Return the share caught of those that change a result."""
        return self.caught / max(self.mutants - self.harmless, 1)


def _is_at_cell(mutant: Mutant, faults: set[Fault]) -> bool:
    columns = {"lon", "lat"} if mutant.kind == "coordinate" else {mutant.column}
    return any(
        (fault.file, fault.row) == (f"{mutant.table}.csv", mutant.line) and fault.field in columns for fault in faults
    )


def _score(bench: Bench, kind: str, mutants: list[Mutant]) -> Score:
    caught = harmless = 0
    escaped, elsewhere = [], []
    for mutant in mutants:
        tables, faults = bench.read(mutant)
        new = set(faults) - bench.known
        caught += bool(new)
        if not _is_at_cell(mutant, new):
            elsewhere.append(mutant)
        if not new and bench.is_harmless(mutant.table, tables):
            harmless += 1
        elif not new:
            escaped.append(mutant)
    at_cell = len(mutants) - len(elsewhere)
    return Score(kind, len(mutants), caught, at_cell, harmless, tuple(escaped), tuple(elsewhere))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench") / "atlas")


def _open_bench(folder: Path) -> None:
    # Each process has its own copy of the folder.
    BENCHES["own"] = Bench(folder / str(os.getpid()))


def _score_kind(kind: str) -> Score:
    bench = BENCHES["own"]
    return _score(bench, kind, Forge(bench).sample(kind, PER_KIND))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    kinds = (*STRICT, *LOOSE)
    folder = tmp_path_factory.mktemp("scores")
    if "fork" not in multiprocessing.get_all_start_methods():
        _open_bench(folder)
        return {kind: _score_kind(kind) for kind in kinds}
    order = (*SLOW, *(kind for kind in kinds if kind not in SLOW))
    with multiprocessing.get_context("fork").Pool(2, _open_bench, (folder,)) as pool:
        found = {score.kind: score for score in pool.imap_unordered(_score_kind, order)}
        pool.close()
        pool.join()
    return {kind: found[kind] for kind in kinds}


def table_of(scores: Mapping[str, Score]) -> str:
    """Write the scores as a table."""
    lines = [f"{'kind':<11} mutants caught at cell harmless escaped"]
    for score in scores.values():
        numbers = (score.mutants, score.caught, score.at_cell, score.harmless, len(score.escaped))
        lines.append(f"{score.kind:<11}" + "".join(f"{number:>8}" for number in numbers))
    return "\n".join(lines)


def test_there_are_enough_mutants(scores: dict[str, Score]) -> None:
    assert sum(score.mutants for score in scores.values()) >= 500
    assert all(score.mutants == PER_KIND for score in scores.values()), table_of(scores)


@pytest.mark.parametrize("kind", STRICT)
def test_mutant_is_caught_at_its_cell(scores: dict[str, Score], kind: str) -> None:
    assert [str(mutant) for mutant in scores[kind].elsewhere] == []
    assert scores[kind].at_cell == scores[kind].mutants


@pytest.mark.parametrize("kind", MECHANICAL)
def test_mutant_that_breaks_a_rule_is_caught(scores: dict[str, Score], kind: str) -> None:
    assert scores[kind].rate >= 0.95, [str(mutant) for mutant in scores[kind].escaped]


def test_most_other_mutants_are_caught_or_change_nothing(scores: dict[str, Score]) -> None:
    # Nothing in the atlas says a second time which source was read or how a free sentence was worded, so a plausible
    # other one passes; the floors keep what is reached from being lost.
    rest = [scores[kind] for kind in LOOSE]
    idle = sum(score.caught + score.harmless for score in rest) / sum(score.mutants for score in rest)
    telling = [score for score in rest if score.kind not in {"source", "text", "item"}]
    effective = sum(score.mutants - score.harmless for score in telling)

    assert idle >= REST_FLOOR, table_of(scores)
    assert sum(score.caught for score in telling) / effective >= TELLING_FLOOR, table_of(scores)


def test_the_sound_atlas_has_no_fault(bench: Bench) -> None:
    assert bench.known == frozenset()


def test_mutants_are_the_same_on_every_run(bench: Bench) -> None:
    first, again = ([str(mutant) for mutant in Forge(bench).sample("text", 10)] for _ in range(2))

    assert first == again


def test_sound_copy_changes_no_output(bench: Bench) -> None:
    assert bench.is_harmless("links", bench.tables)


def test_changed_length_changes_an_output(bench: Bench) -> None:
    field = bench.package.resource("links").field("length_km")
    mutant = Forge(bench).mutant("number", "links", field, 5, {"length_km": "9999"})

    assert not bench.is_harmless("links", bench.read(mutant)[0])


# --- a rebuild that is killed ------------------------------------------------------------------------------------------


class Killed(BaseException):
    """What stops a rebuild; no handler of ordinary errors sees it."""


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _kill(*_: object, **__: object) -> None:
    raise Killed


def test_killed_rebuild_of_the_vias_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = _script("build_vias")
    path = tmp_path / "vias.csv"
    old = "link_id,seq,name,geoname_id,lon,lat,country\nx,10,Birjand,140463,0,0,IR\n"
    path.write_text(old, encoding="utf-8", newline="")
    monkeypatch.setattr(Path, "replace", _kill)
    monkeypatch.setattr(module, "read_towns", lambda: {140463: module.Town(59.22114, 32.86628, "IR")})

    with pytest.raises(Killed):
        module.main(["--file", str(path)])

    assert path.read_bytes() == old.encode()
    assert list(tmp_path.iterdir()) == [path]
    monkeypatch.undo()


def test_rebuild_after_a_kill_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = _script("build_vias")
    path = tmp_path / "vias.csv"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", _kill)
    with pytest.raises(Killed):
        module.write_atomically(path, "new")
    monkeypatch.undo()

    module.write_atomically(path, "new")

    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_process_killed_outright_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "vias.csv"
    path.write_text("old", encoding="utf-8")
    program = (
        "import os, signal, sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import build_vias; "
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "build_vias.write_atomically(Path(sys.argv[2]), 'new')"
    )

    run = subprocess.run([sys.executable, "-c", program, str(ROOT / "scripts"), str(path)], check=False)

    assert run.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") == "old"


def test_killed_rebuild_of_a_page_leaves_the_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = geodata.load_atlas()
    page = tmp_path / "rasht-astara.html"
    page.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", _kill)

    with pytest.raises(Killed):
        write_corridor_page(corridors.build_network(atlas), "rasht-astara", tmp_path, atlas.data_date)

    assert page.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [page]
