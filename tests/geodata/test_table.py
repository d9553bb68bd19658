"""Tables: reading, line numbers, faults per cell, access by id, frames."""

from pathlib import Path

import pytest

from geodata.errors import Fault, UnknownIdError
from geodata.schema import Resource, read_package
from geodata.table import Table, read_table

HEADER = "id,name,alt_names,place_ids\n"


@pytest.fixture(scope="module")
def hubs() -> Resource:
    return read_package().resource("hubs")


def read(resource: Resource, folder: Path, content: str | bytes) -> tuple[Table, list[Fault]]:
    data = content.encode() if isinstance(content, str) else content
    (folder / resource.path).write_bytes(data)
    return read_table(resource, folder)


def test_rows_come_typed_in_file_order_with_their_lines(hubs: Resource, tmp_path: Path) -> None:
    table, faults = read(hubs, tmp_path, HEADER + 'b,"B, town",,p;q\na,Ä,x,r\n')

    assert faults == []
    assert [row["id"] for row in table] == ["b", "a"]
    assert table.lines == (2, 3)
    assert table["b"] == {"id": "b", "name": "B, town", "alt_names": (), "place_ids": ("p", "q")}
    assert len(table) == 2


def test_rows_cannot_be_changed(hubs: Resource, tmp_path: Path) -> None:
    table, _ = read(hubs, tmp_path, HEADER + "a,A,,p\n")

    with pytest.raises(TypeError):
        table["a"]["name"] = "B"  # type: ignore[index]


def test_every_bad_cell_is_a_fault_and_its_row_is_left_out(hubs: Resource, tmp_path: Path) -> None:
    table, faults = read(hubs, tmp_path, HEADER + "a,A,,p\nB,,,q\nc,C,,r\n")

    assert [row["id"] for row in table] == ["a", "c"]
    assert table.lines == (2, 4)
    assert [(fault.row, fault.field, fault.value) for fault in faults] == [(3, "id", "B"), (3, "name", "")]


def test_lines_count_breaks_inside_cells(hubs: Resource, tmp_path: Path) -> None:
    table, faults = read(hubs, tmp_path, HEADER + 'a,"A\nA",,p\nb,B,,q\n')

    assert [(fault.row, fault.field) for fault in faults] == [(2, "name")]
    assert table.lines == (4,)


def test_crlf_reads_like_lf(hubs: Resource, tmp_path: Path) -> None:
    text = HEADER + "a,A,,p\nb,B,,q\n"

    one, _ = read(hubs, tmp_path, text)
    other, faults = read(hubs, tmp_path, text.replace("\n", "\r\n"))

    assert faults == []
    assert (one.rows, one.lines) == (other.rows, other.lines)


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (b"id,name\n", 1, "header"),
        (b"", 1, "header"),
        (b"\xef\xbb\xbfid,name,alt_names,place_ids\n", 1, "header"),
        (HEADER.encode() + "a,é,,p\n".encode("latin-1"), 0, "Byte 30"),
        (HEADER.encode() + b"a,A,,p,more\n", 2, "5 cells instead of 4"),
        (HEADER.encode() + b"a,A,,p\n\n", 3, "0 cells"),
        (HEADER.encode() + b'a,A,,p\nb,"B,,q\nc,C,,r\n', 3, "not CSV"),
        (HEADER.encode() + b'a,A,,p\nb,"B"b,,q\n', 3, "not CSV"),
    ],
)
def test_spoilt_file_is_a_fault_of_its_line(
    hubs: Resource, tmp_path: Path, content: bytes, row: int, words: str
) -> None:
    _, faults = read(hubs, tmp_path, content)

    assert [(fault.file, fault.row, fault.field) for fault in faults] == [("hubs.csv", row, "")]
    assert words in faults[0].problem


def test_missing_file_is_a_fault(hubs: Resource, tmp_path: Path) -> None:
    table, faults = read_table(hubs, tmp_path)

    assert len(table) == 0
    assert [(fault.file, fault.row) for fault in faults] == [("hubs.csv", 0)]


def test_unknown_id_names_the_file(hubs: Resource, tmp_path: Path) -> None:
    table, _ = read(hubs, tmp_path, HEADER + "a,A,,p\n")

    assert "a" in table
    assert "z" not in table
    assert table.get("z") is None
    with pytest.raises(UnknownIdError, match=r"'z' in hubs\.csv"):
        table["z"]


def test_frame_keeps_columns_and_lists(hubs: Resource, tmp_path: Path) -> None:
    frame = read(hubs, tmp_path, HEADER + "a,A,x;y,p\n")[0].to_frame()

    assert list(frame.columns) == ["id", "name", "alt_names", "place_ids"]
    assert frame.loc[0, "alt_names"] == ("x", "y")
    assert list(read(hubs, tmp_path, HEADER)[0].to_frame().columns) == ["id", "name", "alt_names", "place_ids"]


def test_points_are_on_wgs84_with_longitude_first(tmp_path: Path) -> None:
    borders = read_package().resource("borders")
    table, _ = read(borders, tmp_path, "line_id,seq,name,lon,lat,note,source_ids\na,1,A,48.5,38.25,n,\n")

    frame = table.to_geodataframe()

    assert frame.crs == "EPSG:4326"
    assert tuple(frame.total_bounds) == (48.5, 38.25, 48.5, 38.25)


def test_fault_prints_as_one_sentence_with_its_place() -> None:
    assert str(Fault("a.csv", 0, "", "", "Gone.", "Get it.")) == "a.csv: Gone. Get it."
    assert str(Fault("a.csv", 3, "x", "5", "Bad.", "Fix.")) == "a.csv, row 3, x = '5': Bad. Fix."
