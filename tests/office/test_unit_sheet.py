"""Lists of schools as offices keep them: titles, heads over two rows, sections, sums, signatures, no codes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.unit_sheet import SheetReading, read_unit_sheet, take_unit_sheet
from hoctap_desktop.office.units_below import Register, read_register
from hoctap_desktop.store.database import Store
from tests.offices import upper_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = upper_store(tmp_path / "huyen.htdl")
    yield found
    found.close()


def registered(store: Store) -> Register:
    return read_register(store, "2022", 2022)


def read(tmp_path: Path, store: Store, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> SheetReading:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    book.save(tmp_path / "vao.xlsx")
    return read_unit_sheet(tmp_path / "vao.xlsx", registered(store))


def names(reading: SheetReading) -> list[tuple[str, str, str, str]]:
    units = [one.unit for one in reading.differences]
    return [(unit.code, unit.name, unit.contact, unit.phone) for unit in units]


def test_a_list_too_long_to_be_read_is_refused_and_never_cut_short(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoctap_desktop.office.unit_sheet._TOO_MANY", 2)
    head = ("Mã trường", "Tên trường")
    schools = [(19171301 + at, f"Trường Mầm non Hoa Sen {at}") for at in range(3)]
    assert len(read(tmp_path, store, [head, *schools[:2]]).differences) == 2
    with pytest.raises(UserError) as refusal:
        read(tmp_path, store, [head, *schools])
    assert refusal.value.code is Code.READ_TOO_LARGE
    assert "vao.xlsx" in str(refusal.value)
    assert "2 dòng" in str(refusal.value)


TITLE = ("UBND XÃ ĐẠI TỪ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None)


def test_heads_over_two_rows_with_sections_a_sum_and_a_signature_are_one_list(store: Store, tmp_path: Path) -> None:
    rows = [
        TITLE,
        ("DANH SÁCH CÁC TRƯỜNG HỌC", None, None, None, None),
        ("TT", "Mã trường", "Tên trường", "Cán bộ đầu mối", None),
        (None, None, None, "Họ và tên", "Số ĐT"),
        (1, 2, 3, 4, 5),
        ("I. BẬC MẦM NON", None, None, None, None),
        (1, 19171301, "Trường Mầm non Hoa Sen", "Nông Văn Tuấn", "0912 345 678 (Zalo)"),
        (None, None, "II. Bậc tiểu học", None, None),
        (2, 19171401, "Trường Tiểu học Lục Ba", "Ma Thị Yến", "02083.824.112 - 0912345679"),
        (None, None, "Tổng cộng: 2 trường", None, None),
        (None, None, None, None, None),
        (None, None, None, None, "Người lập biểu"),
        (None, None, None, None, "Ma Thị Yến"),
    ]
    reading = read(tmp_path, store, rows, ("A1:C1", "A2:E2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "A6:E6"))
    assert reading.wrong == ()
    assert names(reading) == [
        ("19171301", "Trường Mầm non Hoa Sen", "Nông Văn Tuấn", "0912 345 678"),
        ("19171401", "Trường Tiểu học Lục Ba", "Ma Thị Yến", "02083.824.112 - 0912345679"),
    ]
    assert reading.notes[0] == (
        "ô E7: «0912 345 678 (Zalo)» ghi là «0912 345 678»: chữ đứng cạnh số điện thoại được bỏ."
    )


def test_a_head_over_code_and_name_gives_way_to_the_two_under_it(store: Store, tmp_path: Path) -> None:
    rows = [("TT", "Đơn vị", None), (None, "Mã", "Tên"), (1, "19-TH1", "Trường Tiểu học Kim Đồng")]
    assert names(read(tmp_path, store, rows)) == [("19-TH1", "Trường Tiểu học Kim Đồng", "", "")]


def test_a_list_without_codes_gets_codes_and_says_so(store: Store, tmp_path: Path) -> None:
    rows = [
        TITLE,
        ("STT", "Tên trường", "Hiệu trưởng", "SĐT"),
        (1, "Trường Trung học cơ sở Hà Thượng", "Lê Thị Mai", None),
        (2, "Trường Tiểu học Lục Ba", "Trần Văn Sơn", "0912345678"),
        (3, "Trường Mầm non Lục Ba", "Ma Thị Yến", "0912345679"),
        ("Tổng số", "Tổng số: 3", None, None),
    ]
    reading = read(tmp_path, store, rows)
    assert reading.wrong == ()
    assert names(reading) == [
        ("05812-THCS", "Trường Trung học cơ sở Hà Thượng", "Lê Thị Mai", ""),  # known by its name
        ("19-171-GDDT-01", "Trường Tiểu học Lục Ba", "Trần Văn Sơn", "0912345678"),
        ("19-171-GDDT-02", "Trường Mầm non Lục Ba", "Ma Thị Yến", "0912345679"),
    ]
    assert reading.notes[0].startswith("mã còn trống của 2 đơn vị, đặt từ 19-171-GDDT-01 đến 19-171-GDDT-02.")
    take_unit_sheet(store, reading)
    again = read(tmp_path, store, rows)
    assert (again.differences, again.same) == ((), 3)


def test_a_unit_with_a_name_and_no_code_is_still_a_wrong_cell_among_units_with_codes(
    store: Store, tmp_path: Path
) -> None:
    rows = [("Mã", "Tên"), ("19-TH1", "Trường Tiểu học Kim Đồng"), (None, "Công an xã Lục Ba")]
    assert [str(wrong) for wrong in read(tmp_path, store, rows).wrong] == ["ô A3: thiếu mã đơn vị."]
