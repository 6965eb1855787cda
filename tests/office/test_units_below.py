"""The units below an office: added, closed, excused, taken from the country's list, sent through Excel and back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoctap_desktop.campaign.repository import active, save_office
from hoctap_desktop.consolidation import paper_receipts
from hoctap_desktop.consolidation.keying import begin
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.status import State
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import slug
from hoctap_desktop.office.unit_sheet import SheetReading, read_unit_sheet, take_unit_sheet, unit_sheet
from hoctap_desktop.office.units_below import (
    Register,
    add,
    change,
    close,
    excuse,
    move,
    offered,
    read_register,
    remove,
    reopen,
    take_offered,
)
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission.seal import file_name
from hoctap_desktop.units import gazetteer, register
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import offices_of
from hoctap_desktop.units.repository import own_unit, unit, units_below
from tests.offices import CLOCK, NOW, upper_store

SCHOOL = "05812-THCS"
HEADS = ("Mã đơn vị", "Tên đơn vị", "Loại", "Điện thoại", "Đến hết ngày", "Mã đơn vị thay thế")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = upper_store(tmp_path / "huyen.htdl")
    yield found
    found.close()


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Store]:
    """Sở Giáo dục và Đào tạo Quảng Ngãi, with nobody below."""
    found = create(tmp_path / "tinh.htdl", CLOCK)
    place = next(one for one in gazetteer.provinces() if one.name == "Quảng Ngãi")
    own, upper = offices_of(place)[1].own, offices_of(place)[1].upper
    save_office(found, own, [], upper, [])
    yield found
    found.close()


def registered(store: Store) -> Register:
    return read_register(store, "2022", 2022)


def known(store: Store, code: str) -> Unit:
    found = unit(store, code)
    assert found is not None
    return found


def sheet(path: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Danh sách"])
    page.append(list(heads))
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


# --- acts ---------------------------------------------------------------------------------------------------------


def test_a_unit_gets_what_follows_from_its_name(store: Store) -> None:
    added = add(store, Unit("19-MN", "Trường Mầm non Bản Ngoại", "", "school", phone="0208 3"))
    assert added is not None
    found = known(store, "19-MN")
    assert found.upper == own_unit(store).code
    assert found.short_name == "Trường Mầm non Bản Ngoại"
    assert found.symbol == "MN"
    assert found.signer.title == "HIỆU TRƯỞNG"
    assert found in units_below(store, own_unit(store).code)


def test_a_code_that_is_known_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        add(store, Unit(SCHOOL, "Trường khác", "", "school"))
    assert refusal.value.code is Code.UNIT_KNOWN


def test_a_merged_unit_needs_a_successor_that_is_known(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        close(store, SCHOOL, date(2022, 6, 30), ["00000"])
    assert refusal.value.code is Code.UNIT_WRONG
    assert close(store, SCHOOL, date(2022, 6, 30), ["05812"]) is not None
    assert known(store, SCHOOL).successors == ("05812",)
    assert reopen(store, SCHOOL) is not None
    assert known(store, SCHOOL).valid_to is None


def test_a_unit_made_by_a_merger_stands_from_the_day_after_it(tmp_path: Path) -> None:
    """Else it would be missing in every campaign before."""
    store = upper_store(tmp_path / "sau.htdl", fixed_clock(datetime(2023, 2, 1, 8, tzinfo=VIETNAM)))
    add(store, Unit("19-MN", "Trường Mầm non Tân Bình", "", "school"))
    close(store, SCHOOL, date(2022, 12, 31), ("19-MN",))
    assert known(store, "19-MN").valid_from == date(2023, 1, 1)
    register.undo(store)
    assert (known(store, "19-MN").valid_from, known(store, SCHOOL).valid_to) == (None, None)
    store.close()


def test_a_unit_that_was_there_before_the_merger_keeps_its_past(store: Store) -> None:
    add(store, Unit("19-MN", "Trường Mầm non Tân Bình", "", "school"))  # listed before the last day
    close(store, SCHOOL, date(2030, 12, 31), ("19-MN", "05812-TH"))
    assert [known(store, code).valid_from for code in ("19-MN", "05812-TH")] == [None, None]


def test_a_split_unit_has_several_successors_in_store_and_sheet(store: Store, tmp_path: Path) -> None:
    close(store, SCHOOL, date(2022, 6, 30), ["05812", "05812-TH"])
    assert known(store, SCHOOL).successors == ("05812", "05812-TH")
    path = tmp_path / "ra.xlsx"
    path.write_bytes(unit_sheet(registered(store), date(2022, 10, 1)))
    assert read_unit_sheet(path, registered(store)).differences == ()


def test_a_unit_that_owes_a_plan_only_stands_so_on_the_board(store: Store) -> None:
    excuse(store, [SCHOOL], "2022", {"report": "Công văn 12"})
    row = next(row for row in current_board(store).rows if row.unit.code == SCHOOL)
    assert row.report.state is State.EXEMPT
    assert row.plan.state is not State.EXEMPT
    assert next(one for one in registered(store).rows if one.unit.code == SCHOOL).owes == "Chỉ kế hoạch"
    excuse(store, [SCHOOL], "2022", {})
    assert next(r for r in current_board(store).rows if r.unit.code == SCHOOL).report.state is not State.EXEMPT


def test_an_excuse_holds_for_its_campaign_only(store: Store) -> None:
    excuse(store, [SCHOOL], "2021", {"report": "x", "plan": "y"})
    row = next(row for row in current_board(store).rows if row.unit.code == SCHOOL)
    assert State.EXEMPT not in (row.plan.state, row.report.state)


def test_an_excuse_without_a_reason_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        excuse(store, [SCHOOL], "2022", {"report": "  "})
    assert refusal.value.code is Code.UNIT_WRONG


def test_who_reports_elsewhere_from_a_year_on_leaves_the_board_of_that_year_only(store: Store) -> None:
    move(store, SCHOOL, 2023, "99-GDDT")
    assert SCHOOL in {row.unit.code for row in current_board(store).rows}
    move(store, SCHOOL, 2022, "99-GDDT")
    assert SCHOOL not in {row.unit.code for row in current_board(store).rows}
    register.undo(store)
    assert SCHOOL in {row.unit.code for row in current_board(store).rows}


def test_a_unit_put_in_by_mistake_is_taken_out_and_put_back(store: Store) -> None:
    for code in (SCHOOL, "05812"):
        excuse(store, [code], "2022", {"plan": "x"})
        move(store, code, 2023, "99-GDDT")
    before = register.excuses(store), register.reports_to(store)
    assert remove(store, SCHOOL) is not None
    assert unit(store, SCHOOL) is None
    assert [one.unit for found in (register.excuses(store), register.reports_to(store)) for one in found] == [
        "05812"
    ] * 2
    register.undo(store)
    assert unit(store, SCHOOL) is not None
    assert (set(register.excuses(store)), set(register.reports_to(store))) == tuple(map(set, before))


def _typed(store: Store) -> None:
    begin(store, SCHOOL, Kind.REPORT)


def _handed_in(store: Store) -> None:
    school = unit(store, SCHOOL)
    assert school is not None
    paper_receipts.add(store, school, "2022", Kind.REPORT, date(2022, 10, 13), "", "")


@pytest.mark.parametrize("paper", [_typed, _handed_in])
def test_a_unit_whose_papers_are_here_is_not_taken_out(store: Store, paper: Callable[[Store], None]) -> None:
    paper(store)
    with pytest.raises(UserError) as refusal:
        remove(store, SCHOOL)
    assert refusal.value.code is Code.UNIT_HAS_PAPERS


def test_changing_a_name_changes_what_followed_from_it(store: Store) -> None:
    before = known(store, SCHOOL)
    change(store, replace(before, name="Trường Tiểu học Mới", short_name=""))
    assert known(store, SCHOOL).symbol == "TH"
    assert known(store, SCHOOL).short_name == "Trường Tiểu học Mới"


# --- the country's list -------------------------------------------------------------------------------------------


def test_a_whole_province_comes_in_one_act_and_goes_in_one(province: Store) -> None:
    own = own_unit(province)
    units = offered(own.code.partition("-")[0], own)
    act = take_offered(province, units)
    assert act is not None
    assert act.words == "Thêm 96 đơn vị cấp dưới từ danh mục"
    assert len(units_below(province, own.code)) == act.changed == len(units) == 96
    assert take_offered(province, units) is None
    register.undo(province)
    assert units_below(province, own.code) == ()


def test_units_whose_names_fold_to_one_stay_apart(province: Store, tmp_path: Path) -> None:
    own = own_unit(province)
    take_offered(province, offered(own.code.partition("-")[0], own))
    found = registered(province)
    alike = sorted((one.unit.short_name, one.unit.code) for one in found.rows if one.unit.code in found.alike)
    assert len(alike) >= 4
    assert len({name for name, _ in alike}) == len(alike) == len({code for _, code in alike})
    path = tmp_path / "ra.xlsx"
    path.write_bytes(unit_sheet(found, NOW.date()))
    assert read_unit_sheet(path, found).same == 96


def test_the_eight_pairs_of_one_folded_name_have_files_of_two_names() -> None:
    pairs: dict[tuple[str, str], list[Unit]] = {}
    for place in gazetteer.communes():
        pairs.setdefault((place.upper, slug(place.full_name)), []).append(offices_of(place)[0].own)
    alike = [same for same in pairs.values() if len(same) > 1]
    assert len(alike) == 8
    for same in alike:
        assert len({file_name(unit, "bao-cao-2026-lan-1") for unit in same}) == len(same)


def test_a_place_with_nothing_under_it_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        offered("99999", own_unit(store))
    assert refusal.value.code is Code.PLACE_HAS_NONE


# --- Excel --------------------------------------------------------------------------------------------------------


def test_what_was_written_reads_back_without_a_difference(store: Store, tmp_path: Path) -> None:
    excuse(store, [SCHOOL], "2022", {"plan": "=2+3"})
    path = tmp_path / "ra.xlsx"
    path.write_bytes(unit_sheet(registered(store), date(2022, 10, 1)))
    reading = read_unit_sheet(path, registered(store))
    assert (reading.differences, reading.wrong, reading.absent) == ((), (), ())
    assert reading.same == len(registered(store).rows)


def test_codes_are_text_and_nothing_is_a_formula(store: Store) -> None:
    book = load_workbook(BytesIO(unit_sheet(registered(store), date(2022, 10, 1))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "05812" in [cell.value for cell in cells]


def test_differences_are_shown_and_taken_as_one_act(store: Store, tmp_path: Path) -> None:
    rows = [
        (SCHOOL, known(store, SCHOOL).name, "trường", "0912", None, None),
        ("19-MOI", "Trường Mầm non Mới", "Trường", None, None, None),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows), registered(store))
    assert reading.wrong == ()
    assert [(one.unit.code, one.new) for one in reading.differences] == [(SCHOOL, False), ("19-MOI", True)]
    assert reading.differences[0].what == ("điện thoại: để trống → 0912",)
    assert "05812" in reading.absent
    assert unit(store, "19-MOI") is None
    take_unit_sheet(store, reading)
    assert known(store, "19-MOI").signer.title == "HIỆU TRƯỞNG"
    assert known(store, SCHOOL).phone == "0912"
    assert known(store, "05812") is not None
    register.undo(store)
    assert unit(store, "19-MOI") is None
    assert known(store, SCHOOL).phone == ""


def test_of_a_split_every_successor_is_told_before_it_is_taken(store: Store, tmp_path: Path) -> None:
    rows = [(SCHOOL, known(store, SCHOOL).name, "trường", None, "30/09/2022", "05812-TH; 05812-MN")]
    reading = read_unit_sheet(sheet(tmp_path / "tach.xlsx", rows), registered(store))
    (change,) = reading.differences
    assert "đơn vị thay thế: để trống → 05812-TH, 05812-MN" in change.what


def test_a_sheet_that_tells_of_a_merger_gives_the_new_unit_its_first_day_and_says_so(
    store: Store, tmp_path: Path
) -> None:
    rows = [
        (SCHOOL, known(store, SCHOOL).name, "trường", None, "30/09/2022", "19-MOI"),
        ("05812-TH", known(store, "05812-TH").name, "trường", None, "31/12/2022", "19-MOI"),
        ("19-MOI", "Trường Tiểu học và Trung học cơ sở Hà Thượng", "trường", None, None, None),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "nhap.xlsx", rows), registered(store))
    assert reading.wrong == ()
    (said,) = [note for note in reading.notes if "01/10/2022" in note]
    assert said == (
        "Trường Tiểu học và THCS Hà Thượng (19-MOI) có từ ngày 01/10/2022: ngày sau khi đơn vị trước hết hiệu lực. "
        "Đã có từ trước thì ghi ngày ở cột «Từ ngày»."
    )
    take_unit_sheet(store, reading)
    assert known(store, "19-MOI").valid_from == date(2022, 10, 1)
    heads = ("Mã", "Tên", "Loại", "Từ ngày", "Đến hết ngày", "Đơn vị thay thế")
    again = read_unit_sheet(sheet(tmp_path / "nhap.xlsx", rows, heads), registered(store))
    assert (again.differences, again.notes) == ((), ()), "a blank cell leaves what the merger says"


def test_a_first_day_the_sheet_gives_stays(store: Store, tmp_path: Path) -> None:
    heads = ("Mã", "Tên", "Loại", "Từ ngày", "Đến hết ngày", "Đơn vị thay thế")
    rows = [
        (SCHOOL, known(store, SCHOOL).name, "trường", None, "30/09/2022", "19-CU"),
        ("19-CU", "Trường Tiểu học Cũ", "trường", "01/09/1990", None, None),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "nhap.xlsx", rows, heads), registered(store))
    take_unit_sheet(store, reading)
    assert known(store, "19-CU").valid_from == date(1990, 9, 1)


def test_a_successor_listed_after_the_merger_begins_then_though_the_sheet_has_no_row_of_it(tmp_path: Path) -> None:
    store = upper_store(tmp_path / "sau.htdl", fixed_clock(datetime(2023, 2, 1, 8, tzinfo=VIETNAM)))
    add(store, Unit("19-MN", "Trường Mầm non Tân Bình", "", "school"))
    rows = [(SCHOOL, known(store, SCHOOL).name, "trường", None, "31/12/2022", "19-MN; 05812-TH")]
    reading = read_unit_sheet(sheet(tmp_path / "nhap.xlsx", rows), registered(store))
    changed = {one.unit.code: one.what for one in reading.differences}
    assert changed["19-MN"] == ("từ ngày: để trống → 01/01/2023",)
    assert "05812-TH" not in changed, "it came with the office: it was there before"
    take_unit_sheet(store, reading)
    assert known(store, "19-MN").valid_from == date(2023, 1, 1)
    store.close()


def test_columns_are_found_by_their_heads_in_any_order(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "vao.xlsx", [("0912", "Trường A B", "19-A", "truong")], ("Ghi thêm", "TEN", "Ma", "cap"))
    reading = read_unit_sheet(path, registered(store))
    assert [(one.unit.code, one.unit.name, one.unit.phone) for one in reading.differences] == [
        ("19-A", "Trường A B", "")
    ]


def test_every_wrong_cell_is_named_and_nothing_is_taken(store: Store, tmp_path: Path) -> None:
    rows = [
        ("19 A", "Trường A", "trường", "x", None, None),
        ("19-B", None, "trường", None, None, None),
        ("19-C", "Trường C", "vườn", None, "hôm qua", None),
        ("19-D", "Trường D", "trường", None, None, "không-có"),
        ("19-D", "Trường D", "trường", None, None, None),
        (None, "Trường E", "trường", None, None, None),
        ("19-F", "=1+1", "trường", None, None, None),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows), registered(store))
    assert [wrong.address for wrong in reading.wrong] == [
        "ô B4", "ô C5", "ô E5", "ô A7", "ô A8", "ô B9", "ô B9", "ô A3", "ô D3", "ô E6", "ô F6",
    ]  # fmt: skip
    assert reading.edits == ()
    assert (reading.differences, reading.same) == ((), 0)  # what a wrong row would change is not made up
    with pytest.raises(UserError) as refusal:
        take_unit_sheet(store, reading)
    assert refusal.value.code is Code.UNIT_SHEET_BAD
    assert "11 ô sai" in str(refusal.value)


def test_the_zero_that_excel_took_away_is_put_back_and_told(store: Store, tmp_path: Path) -> None:
    rows = [(5812, known(store, "05812").name, "xã", None, None, None)]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows), registered(store))
    assert reading.differences == ()
    assert reading.same == 1
    assert reading.notes == ("ô A3: 5812 đọc là 05812, Excel đã bỏ số 0 ở đầu.",)


@pytest.mark.parametrize(
    ("typed", "phone", "noted"),
    [
        (912345678, "0912345678", True),
        (2083824111, "02083824111", True),
        (84912345678, "84912345678", False),
        (113, "113", False),
        ("912345678", "912345678", False),
        ("0208 3824 111", "0208 3824 111", False),
    ],
)
def test_a_telephone_number_gets_the_zero_back_that_excel_took_away(
    store: Store, tmp_path: Path, typed: object, phone: str, *, noted: bool
) -> None:
    rows = [(SCHOOL, known(store, SCHOOL).name, "trường", typed, None, None)]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows), registered(store))
    assert [one.unit.phone for one in reading.differences] == [phone]
    assert reading.notes == ((f"ô D3: {typed} đọc là {phone}, Excel đã bỏ số 0 ở đầu.",) if noted else ())


_HEADS_OF_AN_OFFICE = ("STT", "Mã", "Tên xã, phường", "Cán bộ phụ trách", "SĐT")


def test_a_list_as_an_office_has_it_is_taken_in_its_order(store: Store, tmp_path: Path) -> None:
    """Bare names, no kind, codes and telephones as numbers: each is read, and told in a line, not in forty."""
    places = [place for place in gazetteer.communes() if place.upper == "19"][:6]
    rows = [
        (at, int(place.code), place.full_name.title(), f"Nguyễn {at}", 912_000_000 + at)
        for at, place in enumerate(places, 1)
    ]
    schools = [(7, "19-TH1", "Tiểu học Kim Đồng", None, None), (8, "19-CQ", "Công an xã", None, None)]
    path = sheet(tmp_path / "vao.xlsx", [*rows, *schools[:1]], _HEADS_OF_AN_OFFICE)
    reading = read_unit_sheet(path, registered(store))
    assert reading.wrong == ()
    first = f"«{places[0].full_name.title()}» ghi là «Ủy ban nhân dân {places[0].full_name}»"
    assert [one.unit.name for one in reading.differences] == [
        *(f"Ủy ban nhân dân {place.full_name}" for place in places),
        "Tiểu học Kim Đồng",
    ]
    assert [one.unit.level for one in reading.differences] == ["commune"] * 6 + ["school"]
    assert reading.notes == (
        f"6 ô ở cột B: Excel đã bỏ số 0 ở đầu (ví dụ {int(places[0].code)} đọc là {places[0].code}).",
        "6 ô ở cột E: Excel đã bỏ số 0 ở đầu (ví dụ 912000001 đọc là 0912000001).",
        f"ô C3: {first} và 5 tên khác, đúng tên trong danh mục.",
        "loại đơn vị còn trống, đọc theo tên: xã 6, trường 1.",
    )
    take_unit_sheet(store, reading)
    added = [one.unit.code for one in registered(store).rows if one.unit.code in {place.code for place in places}]
    assert added == [place.code for place in places]
    untold = read_unit_sheet(sheet(tmp_path / "hai.xlsx", schools[1:], _HEADS_OF_AN_OFFICE), registered(store))
    assert [str(wrong) for wrong in untold.wrong] == ["ô C3: thiếu loại đơn vị. Ghi xã, trường, … ở cột «Loại»."]


def test_days_are_read_as_days_or_as_text(store: Store, tmp_path: Path) -> None:
    rows = [
        (SCHOOL, known(store, SCHOOL).name, None, None, date(2025, 6, 30), "05812"),
        ("05812-TH", known(store, "05812-TH").name, None, None, "30/6/2025", "05812; 05812-MN"),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows), registered(store))
    assert reading.wrong == ()
    assert [one.unit.valid_to for one in reading.differences] == [date(2025, 6, 30)] * 2
    assert reading.differences[1].unit.successors == ("05812", "05812-MN")


def test_whom_a_unit_reports_to_goes_out_and_comes_back_year_by_year(store: Store, tmp_path: Path) -> None:
    move(store, SCHOOL, 2021, "99-GDDT")
    move(store, SCHOOL, 2023, "05812")
    path = tmp_path / "ra.xlsx"
    path.write_bytes(unit_sheet(registered(store), date(2022, 10, 1)))
    cells = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    heads = next(row for row in cells if "Mã đơn vị" in row)
    assert heads[-3:] == ("Nộp về, đợt 2021", "Nộp về, đợt 2022", "Nộp về, đợt 2023")
    assert next(row for row in cells if SCHOOL in row)[-3:] == ("99-GDDT", "99-GDDT", "05812")
    assert read_unit_sheet(path, registered(store)).differences == ()
    while register.undo(store):
        pass
    reading = read_unit_sheet(path, registered(store))
    (change,) = reading.differences
    own = own_unit(store).code
    assert change.what == (f"nộp về từ đợt 2021: {own} → 99-GDDT", f"nộp về từ đợt 2023: {own} → 05812")
    take_unit_sheet(store, reading)
    assert {(line.year, line.upper) for line in register.reports_to(store)} == {(2021, "99-GDDT"), (2023, "05812")}
    register.undo(store)
    assert register.reports_to(store) == ()


def test_a_column_without_a_year_is_of_the_campaign_and_a_blank_cell_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    move(store, "05812-TH", 2022, "99-GDDT")
    heads = ("Mã", "Tên", "Loại", "Nộp về")
    rows = [
        (SCHOOL, known(store, SCHOOL).name, None, 5812),
        ("05812-TH", known(store, "05812-TH").name, None, None),
        ("19-MOI", "Trường Mầm non Mới", None, "05812"),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows, heads), registered(store))
    own = own_unit(store).code
    assert [(one.unit.code, one.what) for one in reading.differences] == [
        (SCHOOL, (f"nộp về từ đợt 2022: {own} → 05812",)),
        ("19-MOI", (f"nộp về từ đợt 2022: {own} → 05812",)),
    ]
    assert "ô D3: 5812 đọc là 05812, Excel đã bỏ số 0 ở đầu." in reading.notes
    take_unit_sheet(store, reading)
    assert {one.unit.code for one in registered(store).rows if not one.here} == {SCHOOL, "05812-TH", "19-MOI"}


def test_a_year_between_two_moves_changes_alone(store: Store, tmp_path: Path) -> None:
    move(store, SCHOOL, 2021, "99-GDDT")
    row = (SCHOOL, known(store, SCHOOL).name, "98-GDDT", "99-GDDT")
    heads = ("Mã", "Tên", "Nộp về, đợt 2021", "Nộp về, đợt 2022")
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", [row], heads), registered(store))
    assert reading.differences[0].what == ("nộp về từ đợt 2021: 99-GDDT → 98-GDDT",)
    take_unit_sheet(store, reading)
    assert {(line.year, line.upper) for line in register.reports_to(store)} == {(2021, "98-GDDT"), (2022, "99-GDDT")}


def test_a_wrong_place_to_report_to_is_named_with_its_cell(store: Store, tmp_path: Path) -> None:
    rows = [
        (SCHOOL, known(store, SCHOOL).name, SCHOOL),
        ("05812-TH", known(store, "05812-TH").name, "xã Hà Thượng"),
        ("05812-MN", known(store, "05812-MN").name, "=1+1"),
    ]
    reading = read_unit_sheet(sheet(tmp_path / "vao.xlsx", rows, ("Mã", "Tên", "Nộp về")), registered(store))
    assert [wrong.address for wrong in reading.wrong] == ["ô C3", "ô C4", "ô C5"]
    assert "là chính đơn vị này" in reading.wrong[0].why
    assert reading.edits == ()


def test_a_sheet_without_our_heads_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        read_unit_sheet(sheet(tmp_path / "la.xlsx", [], ("Họ tên", "Lớp")), registered(store))
    assert refusal.value.code is Code.UNIT_SHEET_HEAD


def test_the_offices_own_code_is_no_unit_below(store: Store, tmp_path: Path) -> None:
    reading: SheetReading = read_unit_sheet(
        sheet(tmp_path / "vao.xlsx", [(own_unit(store).code, "Phòng", "huyện", None, None, None)]), registered(store)
    )
    assert [wrong.address for wrong in reading.wrong] == ["ô A3"]


def test_the_campaign_stays_when_units_change(store: Store) -> None:
    before = active(store)
    close(store, SCHOOL, date(2022, 6, 30))
    assert active(store) == before
