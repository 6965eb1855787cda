"""Reminders: whom they name, what they say, how the letter stands on paper, what is kept of calls and letters."""

from dataclasses import replace
from datetime import date

import pytest

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.consolidation import paper_desk, reminder_desk
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.progress import curve
from hoctap_desktop.consolidation.reminder_printed import call_document, call_sheets, reminder_document
from hoctap_desktop.consolidation.reminders import (
    answer_by,
    awaited,
    bare_letters,
    draft,
    group_text,
    messages_needed,
    stands_in_letter,
    unit_text,
)
from hoctap_desktop.consolidation.status import Board, BoardRow, Standing, State
from hoctap_desktop.document.model import Addressees, AppendixTitle, Table, runs_text
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.word import render_word
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import LOWER, NURSERY, PRIMARY
from tests.offices import dai_tu
from tests.ui.consolidation.papers import many_on_the_board

OWN = replace(dai_tu().own, contact="Bà Mẫu", phone="0208 3824 111")
REPORT = (Kind.REPORT,)


@pytest.fixture
def many() -> Board:
    return many_on_the_board()


def few(found: Board, count: int = 14) -> Board:
    return replace(found, rows=found.rows[:count])


def test_who_owes_something_or_has_to_send_it_again_is_named_nobody_else(many: Board) -> None:
    named = {one.unit.code for one in awaited(many, REPORT)}
    states = {row.unit.code: row.report.state for row in many.rows}
    assert named == {code for code, state in states.items() if state in (State.NOT_SENT, State.RETURNED)}
    some = sorted(named)[:3]
    assert {one.unit.code for one in awaited(many, REPORT, some)} == set(some)
    both = awaited(many, (Kind.PLAN, Kind.REPORT))
    assert {one.unit.code for one in awaited(many, (Kind.PLAN,))} | named == {one.unit.code for one in both}


def test_words_of_a_unit_say_paper_state_and_why_it_was_returned() -> None:
    unit = dai_tu().below[0]
    due = Deadline("report", unit.level, date(2022, 10, 17), inclusive=True)
    returned = Standing(State.RETURNED, due, note="Thiếu chữ ký")
    overdue = Standing(State.NOT_SENT, due, overdue=12)
    row = BoardRow(unit, returned, overdue)
    found = replace(many_on_the_board(), rows=(row,), as_of=date(2022, 10, 29))
    (one,) = awaited(found, (Kind.PLAN, Kind.REPORT))
    assert one.words == "kế hoạch trả lại: Thiếu chữ ký; báo cáo chưa nộp, quá 12 ngày"
    assert one.overdue == 12
    said = unit_text(one, OWN, found)
    assert "gửi lại kế hoạch (hạn 17/10) và gửi báo cáo (hạn 17/10, quá 12 ngày)" in said
    assert said.endswith("Liên hệ: Bà Mẫu 0208 3824 111.")
    assert "Liên hệ" not in unit_text(one, replace(OWN, contact="", phone=""), found)


def test_a_text_without_accents_is_as_long_and_fits_fewer_messages() -> None:
    said = "Phòng GDĐT: đề nghị Trường THCS Hà Thượng gửi báo cáo " * 2
    bare = bare_letters(said)
    assert bare.isascii()
    assert len(bare) == len(said)
    assert bare.startswith("Phong GDDT: de nghi Truong THCS Ha Thuong")
    assert (messages_needed("a" * 160), messages_needed("a" * 161), messages_needed("a" * 307)) == (1, 2, 3)
    assert (messages_needed("ạ" * 70), messages_needed("ạ" * 71), messages_needed("ạ" * 135)) == (1, 2, 3)


def test_the_text_for_all_names_everyone(many: Board) -> None:
    rows = awaited(few(many), REPORT)
    said = group_text(rows, OWN, few(many), REPORT)
    assert all(one.unit.short_name in said for one in rows)
    assert f"còn {len(rows)} đơn vị chưa gửi báo cáo" in said


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2022, 10, 10), date(2022, 10, 12)),
        (date(2022, 10, 13), date(2022, 10, 17)),
        (date(2022, 10, 15), date(2022, 10, 18)),
    ],
)
def test_two_working_days_are_given(day: date, until: date) -> None:
    assert answer_by(day) == until


@pytest.mark.parametrize(
    ("last", "asked", "own"),
    [
        ((17, 17), "17/10/2022", False),  # nobody is asked for a paper before its day
        ((12, 12), "12/10/2022", False),
        ((13, 13), "13/10/2022", False),  # nor is it given a day more
        ((11, 11), "14/10/2022", False),  # on Wednesday the 12th, overdue: two working days
        ((11, 20), "14/10/2022", True),
        ((18, 20), "18/10/2022", True),
    ],
)
def test_a_letter_asks_for_a_paper_by_its_last_day_while_that_runs(
    last: tuple[int, int], asked: str, *, own: bool
) -> None:
    found = replace(many_on_the_board(), as_of=date(2022, 10, 12))
    rows = []
    for row, day in zip(found.rows, last, strict=False):
        due = Deadline("report", row.unit.level, date(2022, 10, day), inclusive=True)
        rows.append(replace(row, report=Standing(State.NOT_SENT, due)))
    found = replace(found, rows=tuple(rows))
    said = draft("2022-1", awaited(found, REPORT), OWN, None, found, REPORT).after[0]
    assert f"chậm nhất ngày {asked} để kịp tổng hợp" in said
    assert ("đơn vị có hạn cuối sau ngày đó thì theo hạn trong danh sách" in said) is own


def test_a_short_list_stands_in_the_letter_and_every_unit_is_addressed(many: Board) -> None:
    rows = awaited(few(many), REPORT)
    assert rows
    assert stands_in_letter(len(rows))
    made = reminder_document(draft("2022-1", rows, OWN, None, few(many), REPORT), OWN)
    assert made.title is None
    assert made.letterhead.about == "V/v đôn đốc nộp báo cáo Tuần lễ học tập suốt đời năm 2022"
    assert made.letterhead.symbol == OWN.symbol
    to = next(block for block in made.blocks if isinstance(block, Addressees))
    assert [each.rstrip(";.") for each in to.to] == [one.unit.name for one in rows]
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert [runs_text(row.cells[1]) for row in table.rows] == [one.unit.name for one in rows]
    assert made.appendix == ()
    assert runs_text(made.blocks[-1].runs).endswith("./.")  # type: ignore[union-attr]


def test_a_long_list_is_an_appendix_that_names_its_letter(many: Board) -> None:
    rows = awaited(many, REPORT)
    assert not stands_in_letter(len(rows))
    made = reminder_document(draft("2022-1", rows, OWN, dai_tu().own, many, REPORT), OWN)
    assert not [block for block in made.blocks if isinstance(block, Table)]
    title, table = made.appendix
    assert isinstance(title, AppendixTitle)
    assert title.title == "DANH SÁCH ĐƠN VỊ CHƯA NỘP BÁO CÁO"
    assert isinstance(table, Table)
    assert len(table.rows) == len(rows)
    printed = render(made)
    assert {mark.key for mark in printed.marks if mark.page == 1} >= {"letterhead", "to", "before.0", "signature"}
    assert render_word(made).startswith(b"PK")


def test_nobody_missing_makes_a_letter_without_a_list(many: Board) -> None:
    made = reminder_document(draft("2022-1", (), OWN, None, many, REPORT), OWN)
    assert not [block for block in (*made.blocks, *made.appendix) if isinstance(block, Table)]
    assert render(made).pages == 1


def test_the_list_to_call_by_has_numbers_as_text_and_what_was_agreed(many: Board, store: Store) -> None:
    call = reminder_desk.note_call(store, many.rows[0].unit.code, "hẹn nộp ngày 17")
    units = tuple(replace(row, unit=replace(row.unit, phone="0208 3824 222")) for row in many.rows)
    rows = awaited(replace(many, rows=units), REPORT)
    called = {rows[0].unit.code: (call,)}
    (sheet,) = call_sheets(many, rows, REPORT, called, OWN)
    assert [row[0] for row in sheet.rows] == list(range(1, len(rows) + 1))
    assert sheet.rows[0][4] == "0208 3824 222"
    assert sheet.rows[0][7] == "14/10 hẹn nộp ngày 17"
    made = call_document(many, rows, REPORT, called, OWN)
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert runs_text(table.rows[0].cells[3]) == "0208 3824 222"
    assert [runs_text(row.cells[0]) for row in table.rows] == [str(number) for number in range(1, len(rows) + 1)]


# --- the store ---------------------------------------------------------------------------------------------------


def test_a_letter_is_kept_as_it_was_changed_and_the_next_is_another(store: Store) -> None:
    made = reminder_desk.begin_reminder(store, REPORT)
    assert {one.code for one in made.units} == {"05812", LOWER, PRIMARY, NURSERY}
    changed = replace(made, about="nhắc nộp", after=("Đề nghị gửi ngay./.",))
    reminder_desk.keep_reminder(store, changed)
    assert reminder_desk.reminders(store, "2022") == (changed,)
    again = reminder_desk.begin_reminder(store, (Kind.PLAN,), codes={"05812"})
    assert [one.id for one in reminder_desk.reminders(store, "2022")] == ["2022-1", "2022-2"]
    assert [one.code for one in again.units] == ["05812"]
    assert check(store) == ()


def test_paper_that_was_handed_in_is_not_reminded_of(store: Store) -> None:
    paper_desk.receive_paper(store, LOWER, Kind.REPORT)
    assert LOWER not in {one.unit.code for one in awaited(current_board(store), REPORT)}


def test_calls_are_kept_newest_first_and_one_ticked_by_mistake_can_be_taken_back(store: Store) -> None:
    first = reminder_desk.note_call(store, LOWER, "không nghe máy")
    second = reminder_desk.note_call(store, LOWER, "hẹn ngày 17")
    assert [one.note for one in reminder_desk.calls(store, "2022")[LOWER]] == ["hẹn ngày 17", "không nghe máy"]
    reminder_desk.take_call_back(store, second.number)
    assert reminder_desk.calls(store, "2022") == {LOWER: (first,)}
    assert store.query("SELECT count(*) FROM phone_call")[0][0] == 2
    assert check(store) == ()
    assert own_unit(store).code == dai_tu().own.code


# --- progress ----------------------------------------------------------------------------------------------------


def test_last_year_is_drawn_as_many_days_before_its_end_for_as_many_units(many: Board) -> None:
    then = replace(many, campaign=replace(many.campaign, year=2021), rows=many.rows[:85])
    found = curve(many, then)
    assert found.year_before == 2021
    at_the_end = found.days[-1].before
    done = sum(row.report.state not in (State.NOT_SENT, State.RETURNED) for row in then.rows)
    assert at_the_end == pytest.approx(done * 170 / 85)
    shares = [one.before for one in found.days if one.before is not None]
    assert shares == sorted(shares)
    assert curve(many).days[-1].before is None


def test_what_is_needed_each_working_day_is_said_while_there_is_one(many: Board) -> None:
    found = curve(many)
    left = found.total - found.now
    assert found.days_left == 1  # Friday the 14th, last day Monday the 17th
    assert found.pace_words == f"cần {left} đơn vị mỗi ngày làm việc"
    assert curve(replace(many, as_of=date(2022, 10, 17))).pace_words == ""
