import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from hoctap_desktop.document.sheet_cells import read_any_cells, read_cells
from hoctap_desktop.document.sheet_entry import MARK, EntryCell, EntryColumn, EntrySheet, render_entry
from hoctap_desktop.foundation.errors import Code, UserError
from tests.filing.workbooks import AT

NAMED = {
    Code.WRONG_FILE_KIND, Code.WORKBOOK_FOREIGN, Code.WORKBOOK_UNSAFE, Code.WORKBOOK_MERGED, Code.READ_FAILED,
    Code.READ_TOO_LARGE, Code.READ_TOO_SLOW, Code.WORKBOOK_OTHER_SAVE,
}  # fmt: skip
SHEET = EntrySheet("figures", "Bảng", (EntryColumn("value", "Số", 9),), ((EntryCell(5),),))


def entry() -> bytes:
    return render_entry([SHEET], title="Biểu", author="hoctap", created=AT)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            if info.filename != name:
                after.writestr(info, before.read(info))
        after.writestr(name, content)
    return made.getvalue()


def hostile(folder: Path) -> Iterator[Path]:
    """Every file of a folder of public test files."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".txt")


@pytest.mark.parametrize("folder", ["xlsx", "zip", "json/test_transform"])
def test_hostile_files_are_refused_by_name_in_less_than_five_seconds(folder: str, shared_bad_input: Path) -> None:
    tried = 0
    for path in hostile(shared_bad_input / folder):
        begun = time.monotonic()
        with pytest.raises(UserError) as refused:
            read_cells(path)
        assert time.monotonic() - begun < 5, path.name
        assert refused.value.code in NAMED, path.name
        assert path.name in str(refused.value)
        tried += 1
    assert tried >= 20


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "Excel đời cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
    ],
)
def test_a_table_saved_otherwise_says_how_to_save_it(data: bytes, named: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_cells(path)
    assert refused.value.code is Code.WORKBOOK_OTHER_SAVE
    assert named in str(refused.value)
    assert "Save As" in str(refused.value)


def test_a_binary_workbook_and_a_csv_say_what_is_the_matter(tmp_path: Path) -> None:
    binary = tmp_path / "bieu.xlsb"
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    with pytest.raises(UserError, match="nhị phân") as refused:
        read_cells(binary)
    assert refused.value.code is Code.WORKBOOK_OTHER_SAVE
    text = tmp_path / "bieu.csv"
    text.write_text("TT,Nội dung\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="CSV") as refused:
        read_cells(text)
    assert refused.value.code is Code.WORKBOOK_FOREIGN
    with pytest.raises(UserError, match="Save As") as refused:
        read_any_cells(text)
    assert refused.value.code is Code.WORKBOOK_OTHER_SAVE


def test_json_that_must_not_parse_is_no_workbook_either(shared_bad_input: Path) -> None:
    for path in hostile(shared_bad_input / "json" / "test_parsing"):
        with pytest.raises(UserError) as refused:
            read_cells(path)
        assert refused.value.code is Code.WRONG_FILE_KIND


def test_a_workbook_of_somebody_else_is_foreign(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(UserError) as refused:
        read_cells(tmp_path / "a.xlsx")
    assert refused.value.code is Code.WORKBOOK_FOREIGN


def test_our_own_workbook_is_read_with_every_hidden_tag(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(entry())
    (sheet,) = read_cells(path)
    assert sheet.cells[1, 1].text == f"{MARK}:figures"
    assert (sheet.cells[4, 1].kind, sheet.cells[4, 1].text) == ("n", "5")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("xl/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")),
        ("xl/a.xml", b" " * 20_000_000),
    ],
)
def test_entities_and_bombs_are_refused_before_a_reader_sees_them(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_part(entry(), name, content))
    with pytest.raises(UserError) as refused:
        read_cells(path)
    assert refused.value.code is Code.WORKBOOK_UNSAFE


def test_a_merge_over_the_whole_sheet_is_refused_and_not_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(BytesIO(entry())) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path.write_bytes(
        with_part(entry(), "xl/worksheets/sheet1.xml", page.replace(b"</sheetData>", b"</sheetData>" + merge))
    )
    with pytest.raises(UserError) as refused:
        read_cells(path)
    assert refused.value.code is Code.WORKBOOK_MERGED


def test_a_lone_cell_in_the_last_corner_brings_no_million_others(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(BytesIO(entry())) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    path.write_bytes(with_part(entry(), "xl/worksheets/sheet1.xml", page.replace(b"</sheetData>", far)))
    (sheet,) = read_cells(path)
    assert sheet.cells[1_048_576, 16_384].text == "7"


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(entry()[:-300])
    with pytest.raises(UserError) as refused:
        read_cells(path)
    assert refused.value.code is Code.READ_FAILED
