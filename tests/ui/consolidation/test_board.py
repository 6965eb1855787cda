"""Theo dõi: figures, curve, search without accents, order of the alphabet, any day; with 4 units and with 170."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import paper_desk
from hoctap_desktop.consolidation.progress import curve
from hoctap_desktop.consolidation.reminders import awaited
from hoctap_desktop.consolidation.status import Board, Standing, State, board
from hoctap_desktop.document.code import PaperFacts, qr_text
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import sort_key
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation import board_head
from hoctap_desktop.ui.consolidation import board_presenter as words
from hoctap_desktop.ui.consolidation.board_head import CurveChart, StateBar
from hoctap_desktop.ui.consolidation.board_model import BoardModel, standing_chip
from hoctap_desktop.ui.consolidation.board_page import BoardPage
from hoctap_desktop.ui.consolidation.board_presenter import NOTE, RECEIVED, REPORT, UNIT, Wanted
from hoctap_desktop.ui.consolidation.receipt_dialogs import PaperReceiptDialog, ReceiptDayDialog
from hoctap_desktop.ui.consolidation.rows_view import write
from hoctap_desktop.ui.theme import Theme
from hoctap_desktop.ui.widgets.chips import STATES
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import on_screen

D = TypeVar("D", bound=QWidget)


def top(kind: type[D]) -> D:
    """The dialog that is up."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def picture(model: BoardModel) -> list[str]:
    return [
        " | ".join(str(model.data(model.index(at, column))) for column in range(model.columnCount())).rstrip(" |")
        for at in range(model.rowCount())
    ]


@pytest.fixture
def page(fed: Office, qtbot: QtBot) -> Iterator[BoardPage]:
    yield on_screen(BoardPage(fed.session), fed, qtbot)
    fed.settle()


def test_the_board_of_four_units(page: BoardPage) -> None:
    assert picture(page.model) == [
        "Trường Mầm non Hà Thượng | Trường | Không phải nộp | Chưa nộp |  | Có tệp chờ so dãy số khóa.",
        "Trường THCS Hà Thượng | Trường | Không phải nộp | Đã nhận | 14/10",
        "Trường Tiểu học Hà Thượng | Trường | Không phải nộp | Đã nhận | 14/10",
        "UBND xã Hà Thượng | Xã | Chưa nộp, quá 9 ngày | Đã nhận | 14/10",
    ]
    assert page.head.figure.text() == "3"
    assert page.head.words.text() == "trên 4 đơn vị đã xong phần báo cáo, còn 1"
    assert page.head.due.text() == "còn 3 ngày"
    assert page.day.text() == "14/10/2022"
    assert "illustrative" in page.banners.texts()


def test_as_of_an_earlier_day_nothing_had_come(page: BoardPage, fed: Office) -> None:
    page.day.edit.setText("13/10/2022")
    page.day.edit.returnPressed.emit()
    fed.settle()
    assert page.head.figure.text() == "0"
    assert page.head.words.text() == "trên 4 đơn vị đã xong phần báo cáo, còn 4"
    assert {line.report.state for line in page.model.every()} == {State.NOT_SENT}
    page.enter()
    fed.settle()
    assert page.day.text() == "13/10/2022"


def test_a_day_that_is_none_is_said_at_its_field_and_changes_nothing(page: BoardPage, fed: Office) -> None:
    before = page.board
    page.day.edit.setText("31/09/2022")
    page.day.edit.returnPressed.emit()
    fed.settle()
    assert page.day.edit.property("state") == "error"
    assert "31/09/2022" in page.banners.texts()["day"]
    assert page.board is before
    page.day.edit.setText("14/10/2022")
    page.day.edit.returnPressed.emit()
    fed.settle()
    assert page.day.edit.property("state") == "normal"
    assert "day" not in page.banners.texts()


def test_typing_without_accents_finds_marks_and_counts(page: BoardPage) -> None:
    page.show_read(words.shown(papers.many_on_the_board()))
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.search.edit, "phu")
    lines = [page.model.line(at) for at in range(page.model.rowCount())]
    assert len(lines) == 35
    marks = {line.unit: words.spans("phu", line.unit) for line in lines}
    assert all(marks.values())
    assert {unit[at : at + n] for unit, found in marks.items() for at, n in found} == {"Phú", "Phụ"}
    assert page.found.whole() == "35 trên 170 đơn vị có «phu»"
    assert page.filters[None].text() == "Tất cả  35"
    not_sent = page.filters[State.NOT_SENT]
    not_sent.click()
    assert not_sent.text() == f"Chưa nộp  {page.model.rowCount()}"
    assert {page.model.line(at).report.state for at in range(page.model.rowCount())} == {State.NOT_SENT}
    page.search.edit.clear()
    page.filters[None].click()
    assert page.model.rowCount() == 170
    assert page.found.whole() == ""


def test_a_chip_that_counts_plans_too_is_not_called_as_the_report_is_in_the_head(page: BoardPage) -> None:
    """Twenty "Chưa nộp" under a head that says seven: the chip counts who owes either paper."""
    no_plan = dict.fromkeys((State.NOT_SENT, State.RECEIVED), 20)
    assert words.chip_words(State.NOT_SENT, words.Counted(20, no_plan, {State.NOT_SENT: 7})) == "Còn thiếu"
    assert words.chip_words(State.NOT_SENT, words.Counted(20, {State.NOT_SENT: 7}, {State.NOT_SENT: 7})) == "Chưa nộp"
    found = words.counted(page.model.every(), page.model.wanted)
    assert page.filters[State.NOT_SENT].text() == f"Còn thiếu  {found.states[State.NOT_SENT]}"
    assert found.states[State.NOT_SENT] > found.reports[State.NOT_SENT]


def test_a_level_can_be_asked_for(page: BoardPage) -> None:
    page.show_read(words.shown(papers.many_on_the_board()))
    page.level.setCurrentIndex(page.level.findData("centre"))
    page.level.activated.emit(page.level.currentIndex())
    assert page.model.rowCount() == 34
    assert {line.kind for line in map(page.model.line, range(34))} == {"Trung tâm học tập cộng đồng"}


def test_a_head_that_is_pressed_sorts_and_pressed_again_turns_round(page: BoardPage) -> None:
    page.show_read(words.shown(papers.many_on_the_board()))

    def names() -> list[str]:
        return [page.model.line(at).unit for at in range(page.model.rowCount())]

    assert names() == sorted(names(), key=sort_key)
    page.view.head.sectionClicked.emit(UNIT)
    assert names() == sorted(names(), key=sort_key, reverse=True)
    page.view.head.sectionClicked.emit(RECEIVED)
    days = [page.model.line(at).received for at in range(page.model.rowCount())]
    known = [day for day in days if day is not None]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * (170 - len(known))
    page.view.head.sectionClicked.emit(REPORT)
    places = [words.ORDER.index(page.model.line(at).report.state) for at in range(page.model.rowCount())]
    assert places == sorted(places)


def test_the_model_keeps_qts_rules(page: BoardPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.show_read(words.shown(papers.many_on_the_board()))
    qtmodeltester.check(page.model)
    words_of_a_cell = page.model.data(page.model.index(0, REPORT), Qt.ItemDataRole.AccessibleTextRole)
    assert words_of_a_cell == f"{page.model.line(0).unit}, Báo cáo: {page.model.line(0).report.words}"


def test_the_line_and_the_search_stay_when_papers_come_in(page: BoardPage, fed: Office) -> None:
    page.view.go_to_row(2)
    chosen = page.model.line(2).code
    fed.session.changed.emit("")
    fed.settle()
    assert page.model.line(page.view.currentIndex().row()).code == chosen


def test_enter_on_a_unit_opens_what_it_sent(page: BoardPage, gone_to: list[tuple[str, object]]) -> None:
    page.view.go_to_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    page.view.go_to_row(3)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    reports = [papers.report(name).package_id for name in papers.NAMES[:3]]
    ((room, argument),) = gone_to
    assert isinstance(argument, tuple)
    assert (room, *argument[:2]) == ("received", reports[0], "board")
    assert sorted(argument[2]) == sorted(reports)


def test_what_is_gone_through_is_what_the_table_shows_in_its_order(page: BoardPage) -> None:
    shown = [page.model.line(at) for at in range(page.model.rowCount())]
    came = [line for line in shown if line.report.received]
    assert len(came) == 3
    page._want(replace(page.model.wanted, column=UNIT, descending=True))
    turned = [page.model.line(at) for at in range(page.model.rowCount())]
    assert words.pile(turned, came[0]) == tuple(reversed(words.pile(shown, came[0])))
    page._want(replace(page.model.wanted, query="thcs"))
    (only,) = [page.model.line(at) for at in range(page.model.rowCount())]
    assert words.pile([only], only) == (only.package_id,)


def test_the_workbook_holds_every_unit(
    page: BoardPage, fed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_read(words.shown(papers.many_on_the_board()))
    target = tmp_path / "theo-doi.xlsx"
    monkeypatch.setattr(files, "save_as", lambda page, name, kind, make: files.write(page, target, make))
    page.excel.click()
    fed.settle()
    sheet = openpyxl.load_workbook(BytesIO(target.read_bytes())).worksheets[0]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {unit.short_name for unit in papers.many_units()} <= cells
    assert page.banners.texts()["saved"] == f"Đã lưu theo-doi.xlsx vào {tmp_path}."


def group_lines(page: BoardPage) -> list[str]:
    return [line.heading for at in range(page.model.rowCount()) if (line := page.model.line(at)).heading]


def test_units_stand_in_groups_with_how_many_there_are_and_have_filed(page: BoardPage) -> None:
    page.show_read(words.shown(papers.many_on_the_board()))
    chosen = next(
        a for m in page.sight_menu().findChildren(QMenu) for a in m.actions() if a.text() == "Theo loại đơn vị"
    )
    chosen.trigger()
    headings = group_lines(page)
    assert [one.split(":")[0] for one in headings] == ["Trung tâm học tập cộng đồng", "Trường", "Xã"]
    assert sum(int(one.split(": ")[1].split(" ")[0]) for one in headings) == page.model.units() == 170
    assert page.model.rowCount() == 173
    at = next(at for at in range(173) if page.model.line(at).heading)
    assert page.view.columnSpan(at, UNIT) == page.model.columnCount()
    page.view.go_to_row(at)
    QTest.keyClick(page.view, Qt.Key.Key_Return)  # a heading opens nothing
    page.change_day()
    assert "choose" in page.banners.texts()
    page._want(Wanted())
    assert group_lines(page) == []
    assert page.view.columnSpan(at, UNIT) == 1


def test_order_filter_and_groups_stay_for_the_office(page: BoardPage, fed: Office, qtbot: QtBot) -> None:
    page._want(Wanted(column=REPORT, descending=True, group="report", state=State.RECEIVED, query="ha"))
    again = on_screen(BoardPage(fed.session), fed, qtbot)
    assert again.model.wanted == Wanted(column=REPORT, descending=True, group="report", state=State.RECEIVED)
    assert again.filters[State.RECEIVED].isChecked()
    assert {again.model.line(at).report.state for at in range(again.model.rowCount())} - {State.NOT_OWED} == {
        State.RECEIVED
    }


@pytest.mark.parametrize("kept", ["", "nonsense", "{}", '{"state": "gone", "level": null, "column": 1}', "[1]"])
def test_what_was_kept_and_cannot_be_read_counts_as_nothing(kept: str) -> None:
    assert words.recalled(kept) == Wanted()


def test_f8_goes_to_the_next_unit_something_is_awaited_from(page: BoardPage) -> None:
    page.view.go_to_row(0)
    page.view.setFocus()
    seen = []
    for _ in range(2):
        QTest.keyClick(page.view, Qt.Key.Key_F8)
        seen.append(page.model.line(page.view.currentIndex().row()).unit)
    assert seen == ["UBND xã Hà Thượng", "Trường Mầm non Hà Thượng"]  # and round the end
    assert words.next_awaited([], -1, 1) == -1


def test_reminding_takes_whom_the_person_sees(page: BoardPage, gone_to: list[tuple[str, object]]) -> None:
    assert page.remind.text() == "Nhắc 1 đơn vị"  # the other one owes a plan
    page.remind.click()
    page._want(Wanted(query="mam non"))
    page.remind.click()
    page._want(Wanted(query="thcs"))
    assert not page.remind.isEnabled()
    assert gone_to == [("remind", (None, None)), ("remind", (None, ["05812-MN"]))]


def test_the_button_names_as_many_as_the_head_leaves_and_the_list_holds(page: BoardPage) -> None:
    """No day is set for plans: everybody owes one, and the list that opens is of reports."""
    found = papers.many_on_the_board()
    rows = tuple(replace(row, plan=Standing(State.NOT_SENT)) for row in found.rows)
    page.show_read(words.shown(replace(found, rows=rows)))
    left = len(awaited(found, (Kind.REPORT,)))
    assert 0 < left < len(rows)
    assert page.remind.text() == f"Nhắc {left} đơn vị"
    none = tuple(replace(row, report=Standing(State.RECEIVED)) for row in rows)
    page.show_read(words.shown(replace(found, rows=none)))
    assert page.remind.text() == f"Nhắc {len(rows)} đơn vị"


def test_without_units_there_is_one_thing_to_do(page: BoardPage, gone_to: list[tuple[str, object]]) -> None:
    page.search.edit.setFocus()
    page._not_read(UserError(Code.NO_UNITS_BELOW))
    assert page.stack.currentWidget() is page.empty
    assert page.head.isHidden()
    assert page.empty.button is not None
    assert page.focusWidget() is page.empty.button, "the field the keyboard was in is gone"
    page.empty.button.click()
    assert gone_to == [("units", None)]
    page.show_read(words.shown(papers.many_on_the_board()))
    assert page.stack.currentWidget() is page.view
    assert not page.head.isHidden()


def test_paper_is_received_by_its_code_and_the_board_says_so(page: BoardPage, fed: Office) -> None:
    page.view.go_to_row(0)
    page.receive_paper()
    dialog = top(PaperReceiptDialog)
    assert dialog.unit.data() == "05812-MN"
    dialog.code.edit.setText(qr_text(PaperFacts("7K3M-Q9TX-2HBV", "05812", "plan/commune", 1, 1)))
    QTest.keyClick(dialog.code.edit, Qt.Key.Key_Return)
    fed.settle()
    assert (dialog.code.text(), dialog.unit.data(), dialog.kind.data()) == ("7K3M-Q9TX-2HBV", "05812", "plan")
    dialog.keep.click()
    fed.settle()
    assert "Đã ghi nhận bản giấy kế hoạch" in page.banners.texts()["done"]
    row = page.model.line(page.model.row_of("05812"))
    assert row.plan.state is State.LATE
    assert row.plan.paper is not None


def test_a_wrong_code_or_nobody_chosen_is_said_at_its_field(page: BoardPage, fed: Office) -> None:
    page.view.clearSelection()
    page.view.setCurrentIndex(page.model.index(-1, -1))
    page.receive_paper()
    dialog = top(PaperReceiptDialog)
    dialog.keep.click()
    assert "Chưa chọn đơn vị" in dialog.unit.message.text()
    dialog.unit.choose("05812-MN")
    dialog.code.edit.setText("7K3M")
    dialog.keep.click()
    fed.settle()
    assert "không phải mã giấy" in dialog.code.message.text()
    dialog.code.edit.setText("")
    dialog.day.edit.setText("31/02/2022")
    dialog.keep.click()
    assert dialog.day.edit.property("state") == "error"
    assert dialog.isVisible()
    dialog.reject()


def test_a_day_of_receipt_is_set_with_a_reason_and_taken_back(page: BoardPage, fed: Office) -> None:
    row = page.model.row_of("05812-THCS")
    page.view.go_to_row(row)
    page.change_day()
    dialog = top(ReceiptDayDialog)
    fed.settle()
    assert not dialog.back.isEnabled()
    dialog.day.edit.setText("18/10/2022")
    assert dialog.late.text() == "Hạn cuối 17/10/2022: muộn 1 ngày."
    dialog.day.edit.setText("12/10/2022")
    assert dialog.late.text() == "Hạn cuối 17/10/2022: đúng hạn."
    dialog.keep.click()
    assert "Chưa ghi lý do" in dialog.reason.message.text()
    dialog.reason.edit.setText("Dấu bưu điện ngày 12")
    dialog.keep.click()
    fed.settle()
    assert page.model.line(row).received == date(2022, 10, 12)
    assert "Dấu bưu điện ngày 12" in page.model.line(row).note
    page.change_day()
    dialog = top(ReceiptDayDialog)
    fed.settle()
    assert "14/10/2022 → 12/10/2022: Dấu bưu điện ngày 12" in dialog.history.text()
    dialog.back.click()
    fed.settle()
    assert page.model.line(row).received == date(2022, 10, 14)
    assert page.banners.texts()["done"] == "Ngày nhận của Trường THCS Hà Thượng trở lại 14/10/2022."


def test_a_receipt_of_paper_that_was_wrong_is_dropped(
    page: BoardPage, fed: Office, gone_to: list[tuple[str, object]]
) -> None:
    fed.worker.submit(lambda store: paper_desk.receive_paper(store, "05812-MN", Kind.REPORT)).result()
    page.enter()
    fed.settle()
    row = page.model.row_of("05812-MN")
    assert page.model.line(row).report.words == "Đã nhận bản giấy"
    page.view.go_to_row(row)
    QTest.keyClick(page.view, Qt.Key.Key_Return)  # its numbers are typed from the paper
    assert gone_to == [("keying", ("05812-MN", "report", "board"))]
    page.change_day()
    top(ReceiptDayDialog).drop.click()
    fed.settle()
    assert page.model.line(row).report.state is State.NOT_SENT
    page.view.go_to_row(page.model.row_of("05812-THCS"))
    page.change_day()
    dialog = top(ReceiptDayDialog)
    assert dialog.drop.isHidden()  # what came as a file is put back with its turn of receiving
    dialog.reject()


def test_a_day_to_come_is_refused_at_the_field(page: BoardPage, fed: Office) -> None:
    page.view.go_to_row(page.model.row_of("05812-THCS"))
    page.change_day()
    dialog = top(ReceiptDayDialog)
    dialog.day.edit.setText("20/10/2022")
    dialog.reason.edit.setText("Nhầm")
    dialog.keep.click()
    fed.settle()
    assert dialog.isVisible()
    assert dialog.day.edit.property("state") == "error"
    dialog.reject()


def test_the_bar_is_told_apart_in_grey(many: Board, qtbot: QtBot) -> None:
    bar = StateBar()
    qtbot.addWidget(bar)
    bar.resize(600, 18)
    bar.show_parts(words.head(many).parts)
    grey = bar.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    shades = []
    left = 0.0
    total = sum(part.count for part in words.head(many).parts)
    for part in words.head(many).parts:
        width = 600 * part.count / total
        if width > 40:
            x = round(left + 6)
            shades.append(tuple(grey.pixel(x + step, 4) for step in range(8)))
        left += width
    assert len(shades) >= 3
    assert len(set(shades)) == len(shades)


# --- presenter ---------------------------------------------------------------------------------------------------


@pytest.fixture
def many() -> Board:
    return papers.many_on_the_board()


def test_every_unit_is_in_one_part_of_the_bar(many: Board) -> None:
    head = words.head(many)
    assert sum(part.count for part in head.parts) == head.total == 170
    counts = {part.state: part.count for part in head.parts}
    assert head.left == counts[State.NOT_SENT] + counts[State.RETURNED]


def test_an_office_that_owes_no_report_is_not_counted(many: Board) -> None:
    free = replace(papers.many_units()[0], level="huyen")
    found = board(papers.many_campaign(), (free, *papers.many_units()[1:]), (), {}, many.as_of)
    assert words.head(found).total == 169


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 10, 14), ("còn 3 ngày", False)),
        (date(2022, 10, 17), ("hôm nay là ngày cuối", False)),
        (date(2022, 10, 19), ("quá 2 ngày", True)),
    ],
)
def test_days_to_the_last_day(day: date, said: tuple[str, bool]) -> None:
    found = board(papers.many_campaign(), papers.many_units(), papers.many_reported(), {}, day)
    head = words.head(found)
    assert (head.due, head.overdue) == said


def test_years_later_days_have_their_dots_and_nothing_is_said_when_all_filed(many: Board) -> None:
    late = date(2026, 11, 21)
    some = board(papers.many_campaign(), papers.many_units(), papers.many_reported(), {}, late)
    assert words.head(some).due == "quá 1.496 ngày"
    assert any(row.report.words == "Chưa nộp, quá 1.496 ngày" for row in some.rows)
    filed = {one.submission.unit_code for one in papers.many_reported() if one.submission.kind is Kind.REPORT}
    units = tuple(unit for unit in papers.many_units() if unit.code in filed)
    head = words.head(board(papers.many_campaign(), units, papers.many_reported(), {}, late))
    assert head.left == 0
    assert (head.due, head.overdue) == ("", False)


def test_a_curve_looked_back_at_ends_soon_after_the_last_paper(many: Board) -> None:
    late = board(papers.many_campaign(), papers.many_units(), papers.many_reported(), {}, date(2026, 11, 21))
    drawn = curve(late)
    assert drawn.last == date(2022, 10, 17)
    assert drawn.days[-1].day == date(2022, 10, 19)
    assert all(one.count is not None for one in drawn.days)


def test_nothing_of_the_chart_stands_over_its_caption(many: Board, qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    chart.resize(512, 160)
    chart.show_curve(curve(many))
    picture = chart.grab().toImage()
    red = theme.color("danger").rgb()
    found = {y for y in range(picture.height()) for x in range(picture.width()) if picture.pixel(x, y) == red}
    assert found
    assert min(found) >= 18


def test_the_figure_of_today_stands_above_the_line_that_climbs_to_it(
    many: Board, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """144 of 168 on the 14th, three days to go: it was written across the line."""
    drawn = curve(many)
    nearly = round(drawn.total * 0.86)
    days = tuple(
        one if one.count is None else replace(one, count=nearly if one.day.day == 14 else 0) for one in drawn.days
    )
    chart = CurveChart()
    boxes: dict[str, QRectF] = {}

    def spy(painter: QPainter, room: QRectF, words: str, *args: object, **more: object) -> None:
        boxes[words] = QRectF(room)
        write(painter, room, words, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(board_head, "write", spy)
    qtbot.addWidget(chart)
    chart.resize(512, 160)
    chart.show_curve(replace(drawn, days=days))
    chart.grab()
    foot, top = boxes["0"].center().y(), boxes[str(drawn.total)].center().y()
    dot = foot - (foot - top) * nearly / drawn.total
    assert boxes[str(nearly)].center().y() < dot


def test_thousands_of_units_are_written_with_points_and_whole(
    many: Board, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3,321 communes: "3.321" as everywhere, beside the axis too, at the largest letters."""
    rooms: dict[str, float] = {}

    def spy(painter: QPainter, room: QRectF, said: str, *args: object, **more: object) -> float:
        rooms[said] = room.width()
        return write(painter, room, said, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(board_head, "write", spy)
    theme.apply(qapp, Theme(text_size=130))
    try:
        chart = CurveChart()
        qtbot.addWidget(chart)
        chart.resize(512, 160)
        chart.show_curve(replace(curve(many), total=3321))
        chart.grab()
        needed = QFontMetrics(theme.font("axis")).horizontalAdvance("3.321")
    finally:
        theme.apply(qapp, Theme())
    assert rooms["3.321"] >= needed
    assert words.BoardHead(2906, 3321, "", False, ()).words == "trên 3.321 đơn vị đã xong phần báo cáo, còn 415"
    assert words.found_words(1204, 3321, Wanted(query="phú")) == "1.204 trên 3.321 đơn vị có «phú»"


def test_the_curve_climbs_to_the_figure_and_ends_at_the_last_day(many: Board) -> None:
    drawn = curve(many)
    counts = [one.count for one in drawn.days if one.count is not None]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == many.done(Kind.REPORT)
    assert drawn.days[-1].day == drawn.last == date(2022, 10, 17)
    assert [one.day.day for one in drawn.days if one.free] == [9, 15, 16]
    assert [one.day.day for one in drawn.days if one.count is None] == [15, 16, 17]
    assert drawn.caption == "Số đơn vị đã nộp, theo ngày tháng 10"


def test_the_curve_goes_on_after_the_last_day_for_a_month_at_most() -> None:
    for seen, end in ((date(2022, 11, 16), date(2022, 11, 16)), (date(2022, 11, 17), date(2022, 10, 19))):
        late = board(papers.many_campaign(), papers.many_units(), (), {}, seen)
        assert curve(late).days[-1].day == end


def test_without_a_deadline_there_is_no_last_day() -> None:
    open_end = replace(papers.many_campaign(), deadlines=())
    found = board(open_end, papers.many_units(), papers.many_reported(), {}, date(2022, 10, 14))
    assert words.head(found).due == ""
    assert curve(found).last is None


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("phu", "Xã Phú Cường", ["Phú"]),
        ("phú", "Xã Phụ Phú", ["Phú"]),
        ("ha thuong", "Trường THCS Hà Thượng", ["Hà Thượng"]),
        ("an", "An Khánh, Vạn An", ["An", "án", "An"]),
        ("", "Xã Phú Cường", []),
        ("xyz", "Xã Phú Cường", []),
        ("đức", "Xã Đức Lương", ["Đức"]),
    ],
)
def test_searched_letters_are_marked(query: str, text: str, marked: list[str]) -> None:
    found = [text[at : at + n] for at, n in words.spans(query, text)]
    assert found == marked or (query == "an" and found[0] == "An" and found[-1] == "An")


def test_notes_sort_after_the_alphabet_with_the_empty_ones_last(many: Board) -> None:
    notes = [line.note for line in words.select(words.lines(many), Wanted(column=NOTE))]
    filled = [note for note in notes if note]
    assert filled
    assert notes[: len(filled)] == filled


def test_chips_say_the_state_and_its_days() -> None:
    late = standing_chip(Standing(State.LATE, days_late=3))
    overdue = standing_chip(Standing(State.NOT_SENT, overdue=12))
    assert late is not None
    assert overdue is not None
    assert late.words == "Nộp muộn 3 ngày"
    assert (overdue.words, overdue.tone) == ("Chưa nộp, quá 12 ngày", STATES["overdue"].tone)
    assert standing_chip(Standing(State.NOT_OWED)) is None
