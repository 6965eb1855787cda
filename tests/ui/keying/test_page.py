"""Nhập hộ over a real store of the upper office."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import keying, paper_entries
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.paper_entries import EntryStatus, entries
from hoctap_desktop.consolidation.status import Standing
from hoctap_desktop.document.code import PaperFacts, qr_text
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import Count
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation.board_page import BoardPage
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.keying.choose_dialog import ChooseDialog
from hoctap_desktop.ui.keying.decide_dialog import DecideDialog
from hoctap_desktop.ui.keying.page import KeyingPage
from hoctap_desktop.ui.report import class_list
from hoctap_desktop.ui.report.class_list import ClassListDialog
from hoctap_desktop.ui.report.differences import DifferencesDialog
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.filing.workbooks import report, written
from tests.ui.conftest import Office, OpenOffice

UNIT, UPPER = "05812-THCS", "19-171-GDDT"
CODE = "7K3M-Q9TX-2HBV"
T = TypeVar("T")


@pytest.fixture
def upper(open_office: OpenOffice) -> Office:
    return open_office(UPPER)


@pytest.fixture
def page(qtbot: QtBot, upper: Office) -> KeyingPage:
    page = KeyingPage(upper.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter((UNIT, "report", "board"))
    settle(upper)
    return page


def settle(office: Office) -> None:
    for _ in range(3):
        office.settle()


def on_store(office: Office, job: Callable[[Store], T]) -> T:
    return office.worker.submit(job).result()


def standing(office: Office) -> Standing:
    board = on_store(office, current_board)
    return next(row.report for row in board.rows if row.unit.code == UNIT)


def type_number(page: KeyingPage, field: str, text: str) -> None:
    assert page.grid.go_to(field, edit=True)
    editor = page.grid.findChild(type(page.scan.edit))
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def dialog(page: KeyingPage, kind: type[QDialog]) -> QDialog:
    (found,) = page.window().findChildren(kind)
    return found


def test_what_is_typed_is_kept_at_once_and_counts_when_it_is_entered(page: KeyingPage, upper: Office) -> None:
    type_number(page, "participants", "320")
    settle(upper)
    (draft,) = on_store(upper, partial(entries, campaign="2022", status=EntryStatus.DRAFT))
    assert draft.answers == {"participants": 320}
    page._enter_for("")
    settle(upper)
    assert "Nhập hộ từ bản giấy" in standing(upper).note
    assert on_store(upper, current_totals).number("participants").value == 320


def test_the_scanned_code_fills_in_the_numbers(page: KeyingPage, upper: Office) -> None:
    figures = tuple(Count(at) for at, _ in enumerate(form_by_id("report", 1).indicators(), 1))
    page.scan.edit.setFocus()
    QTest.keyClicks(page.scan.edit, qr_text(PaperFacts(CODE, UNIT, "report", 1, 1, figures)))
    QTest.keyClick(page.scan.edit, Qt.Key.Key_Return)
    settle(upper)
    assert page.scan.text() == CODE
    assert page.presenter is not None
    assert page.presenter.answers["participants"] == 2
    assert page._blank() == 0


def test_a_code_that_says_other_numbers_than_were_typed_names_them(page: KeyingPage, upper: Office) -> None:
    type_number(page, "participants", "320")
    type_number(page, "organising_units", "1")
    figures = tuple(Count(at) for at, _ in enumerate(form_by_id("report", 1).indicators(), 1))
    page.scan.edit.setFocus()
    QTest.keyClicks(page.scan.edit, qr_text(PaperFacts(CODE, UNIT, "report", 1, 1, figures)))
    QTest.keyClick(page.scan.edit, Qt.Key.Key_Return)
    settle(upper)
    assert "khác số vừa gõ ở 1 ô, đã lấy theo mã: Số người tham gia." in page.banners.texts()["scan"]


def test_a_code_scanned_in_the_second_keying_leaves_the_first_alone(page: KeyingPage, upper: Office) -> None:
    type_number(page, "participants", "320")
    page._turn_second()
    settle(upper)
    figures = tuple(Count(at) for at, _ in enumerate(form_by_id("report", 1).indicators(), 1))
    page.scan.edit.setFocus()
    QTest.keyClicks(page.scan.edit, qr_text(PaperFacts(CODE, UNIT, "report", 1, 1, figures)))
    QTest.keyClick(page.scan.edit, Qt.Key.Key_Return)
    settle(upper)
    (draft,) = on_store(upper, partial(entries, campaign="2022", status=EntryStatus.DRAFT))
    assert draft.answers == {"participants": 320}
    assert draft.second is not None
    assert draft.second["participants"] == 2


def test_a_workbook_of_the_unit_is_shown_before_it_is_taken(page: KeyingPage, upper: Office, tmp_path: Path) -> None:
    type_number(page, "participants", "320")
    assert page.unit is not None
    filing = replace(report(), unit=page.unit, answers={"participants": 340, "banners": 5})
    page.look_at(written(tmp_path / "bieu.xlsx", filing))
    settle(upper)
    found = dialog(page, DifferencesDialog)
    assert isinstance(found, DifferencesDialog)
    assert [(each.field, each.before, each.after) for each in found.model.rows()] == [
        ("participants", 320, 340),
        ("banners", None, 5),
    ]
    assert page.presenter is not None
    assert page.presenter.answers == {"participants": 320}
    found._agree()
    found.close()
    settle(upper)
    (draft,) = on_store(upper, partial(entries, campaign="2022", status=EntryStatus.DRAFT))
    assert draft.answers == {"participants": 340, "banners": 5}


def test_a_workbook_of_another_unit_is_refused_by_name(page: KeyingPage, upper: Office, tmp_path: Path) -> None:
    told: list[BaseException] = []
    upper.session.jobs.unhandled.connect(told.append)
    page.look_at(written(tmp_path / "bieu.xlsx"))
    settle(upper)
    (refusal,) = told
    assert isinstance(refusal, UserError)
    assert refusal.code is Code.WORKBOOK_OTHER_UNIT


def test_a_wrong_paper_code_is_said_under_its_field(page: KeyingPage, upper: Office) -> None:
    page.scan.edit.setFocus()
    QTest.keyClicks(page.scan.edit, "7K3M")
    QTest.keyClick(page.scan.edit, Qt.Key.Key_Return)
    settle(upper)
    assert page.entry is not None
    assert page.entry.paper_code == ""
    assert page.scan.edit.property("state") == "error"


def test_a_code_that_was_refused_is_told_of_no_more_once_its_box_is_empty(page: KeyingPage, upper: Office) -> None:
    page.scan.set_text("7K3M")
    page._scanned("7K3M")
    settle(upper)
    assert page.scan.edit.property("state") == "error"
    page._turn_second()
    settle(upper)
    assert page.scan.text() == ""
    assert page.scan.edit.property("state") != "error"


def test_a_list_of_classes_half_written_is_in_the_store(
    page: KeyingPage, upper: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(class_list, "KEPT_AFTER_MS", 0)
    assert page.entry is not None
    id = page.entry.id
    page._open_classes("class_list")
    listed = dialog(page, ClassListDialog)
    assert isinstance(listed, ClassListDialog)

    def kept() -> object:
        settle(upper)
        return on_store(upper, lambda store: paper_entries.current(store, id)).answers.get("classes")

    listed.classes.setData(listed.classes.index(0, 0), "Tin học")
    qtbot.waitUntil(lambda: kept() == 1)
    listed.reject()
    qtbot.waitUntil(lambda: kept() is None)


def test_the_second_keying_begins_blank_and_shows_only_what_differs(page: KeyingPage, upper: Office) -> None:
    type_number(page, "participants", "320")
    type_number(page, "banners", "5")
    page._turn_second()
    settle(upper)
    assert page.presenter is not None
    assert page.presenter.answers == {}
    assert page.grid.field_at() == "organising_units"  # from the top, wherever the first keying ended
    type_number(page, "participants", "230")
    type_number(page, "banners", "5")
    page._turn_second()
    settle(upper)
    found = dialog(page, DecideDialog)
    assert isinstance(found, DecideDialog)
    assert [each.field for each in found._found] == ["participants"]
    assert not found.done_button.isEnabled()
    found._groups[0].button(0).click()
    assert found.done_button.isEnabled()
    found.done_button.click()
    settle(upper)
    assert page.second is False
    page._enter_for("")
    settle(upper)
    assert "gõ hai lần" in standing(upper).note
    assert on_store(upper, current_totals).number("participants").value == 320


def test_a_plan_on_paper_needs_no_numbers(page: KeyingPage, upper: Office) -> None:
    page.enter((UNIT, "plan", "board"))
    settle(upper)
    assert page.twice.isHidden()
    page._enter()
    settle(upper)
    board = on_store(upper, current_board)
    assert "Nhập hộ" in next(row.plan.note for row in board.rows if row.unit.code == UNIT)


def test_without_a_kind_it_asks_whose_paper_it_is(page: KeyingPage, upper: Office) -> None:
    page.enter((UNIT, "", "receive"))
    found = dialog(page, ChooseDialog)
    assert isinstance(found, ChooseDialog)
    assert found.unit.data() == UNIT
    found.chosen.emit("05812-TH", "report")
    found.close()
    settle(upper)
    assert page.entry is not None
    assert (page.entry.unit_code, page.entry.kind) == ("05812-TH", Kind.REPORT)


def test_board_and_receive_lead_to_it(qtbot: QtBot, upper: Office) -> None:
    board = BoardPage(upper.session)
    qtbot.addWidget(board)
    asked: list[tuple[str, object]] = []
    upper.session.navigate.connect(lambda room, argument: asked.append((room, argument)))
    next(act for act in board.more_menu().actions() if act.text().startswith("Nhập hộ")).trigger()
    assert asked == [("keying", ("", "", "board"))]


def test_what_was_typed_from_paper_can_be_looked_at_and_taken_back(qtbot: QtBot, upper: Office) -> None:
    def typed(store: Store) -> str:
        entry = keying.begin(store, UNIT, Kind.REPORT)
        keying.set_answers(store, entry.id, {"participants": 320})
        return keying.enter(store, entry.id).package_id

    page = ReceivedPaperPage(upper.session)
    qtbot.addWidget(page)
    page.show()
    page.enter((on_store(upper, typed), "board"))
    settle(upper)
    assert "Nhập hộ từ bản giấy" in page.banners.texts()["none"]


def test_money_of_the_paper_is_kept_and_a_slip_is_said(page: KeyingPage, upper: Office) -> None:
    box = page.money["funding.state"]
    box.edit.setFocus()
    QTest.keyClicks(box.edit, "4.500.000")
    page.scan.edit.setFocus()
    settle(upper)
    (draft,) = on_store(upper, partial(entries, campaign="2022", status=EntryStatus.DRAFT))
    assert draft.answers == {"funding.state": 4_500_000}
    assert box.text() == "4.500.000"
    box.edit.setFocus()
    box.edit.selectAll()
    QTest.keyClicks(box.edit, "1,5")
    page.scan.edit.setFocus()
    settle(upper)
    assert box.edit.property("state") == "error"


def test_a_unit_that_sent_a_package_is_entered_for_only_with_a_reason(page: KeyingPage, upper: Office) -> None:
    from hoctap_desktop.foundation.errors import Code, UserError

    page._not_entered(UserError(Code.PAPER_OVER_SEALED, unit="Trường", paper="báo cáo", revision=1, day="12/10/2022"))
    found = dialog(page, Dialog)
    assert found.windowTitle() == "Ghi lý do"
    found.close()
