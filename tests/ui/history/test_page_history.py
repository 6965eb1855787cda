"""Lịch sử on the pages of entry: a field's history, the time line, going back, the trash."""

from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.filing.model import Status
from hoctap_desktop.office import filings
from hoctap_desktop.store.check import check
from hoctap_desktop.ui.history.dialogs import FieldHistoryDialog, TimelineDialog, TrashDialog
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.ui.conftest import Office

REPORT, PLAN = "2022-report", "2022-plan"
D = TypeVar("D", bound=QWidget)


def dialog(kind: type[D]) -> D:
    """The open dialog of a kind."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def press(dialog: Dialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(Button) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> ReportPage:
    """The report of the sample office with participants 312, then 300."""
    for value in (312, 300):
        office.session.jobs.run(partial(filings.set_answer, id=REPORT, field="participants", value=value))
    made = ReportPage(office.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.enter("participants")
    office.settle()
    return made


@pytest.fixture
def plan(office: Office, qtbot: QtBot) -> PlanPage:
    made = PlanPage(office.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.enter("subject")
    office.settle()
    return made


def stored(office: Office, id: str, field: str) -> object:
    return office.worker.submit(lambda store: repository.current(store, id).answers.get(field)).result()


def test_a_cell_tells_its_history_and_gives_a_value_back_as_one_step_of_undo(office: Office, page: ReportPage) -> None:
    QTest.keyClick(page.grid, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    shown = dialog(FieldHistoryDialog)
    texts = [row.text for row in shown.list.rows()]
    assert texts[0].endswith("→ 300 (đang dùng)")
    assert texts[1].endswith("→ 312")
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    office.settle()
    assert stored(office, REPORT, "participants") == 312
    page.undo_button.click()
    office.settle()
    assert stored(office, REPORT, "participants") == 300


def test_a_number_being_typed_is_in_the_history_that_is_asked_for(office: Office, page: ReportPage) -> None:
    QTest.keyClicks(page.grid, "7")
    page.history.open_field()
    office.settle()
    assert dialog(FieldHistoryDialog).list.rows()[0].text == "300 → 7 (đang dùng)"
    dialog(FieldHistoryDialog).reject()


def test_the_value_that_stands_is_not_given_back(office: Office, page: ReportPage) -> None:
    page.history.open_field()
    office.settle()
    shown = dialog(FieldHistoryDialog)
    shown.take(shown.list.rows()[0].key)
    assert shown.isVisible()
    shown.reject()


def test_the_history_names_the_person_at_the_machine(office: Office, page: ReportPage) -> None:
    page.history.open_field()
    office.settle()
    who = office.worker.submit(lambda store: store.who).result()
    assert f", {who}" in dialog(FieldHistoryDialog).list.rows()[0].title
    dialog(FieldHistoryDialog).reject()


def test_a_version_is_compared_gone_back_to_and_that_is_taken_back(office: Office, page: ReportPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    office.settle()
    shown = dialog(TimelineDialog)
    first = shown.list.rows()[-1].key
    shown.list.choose(first)
    shown.list.chosen.emit(first)
    assert "người tham gia" in shown.view.toPlainText()
    assert "300" in shown.view.toPlainText()
    begun = office.worker.submit(lambda store: change_rows.history(store, REPORT)[0].before).result()
    press(shown, "Khôi phục bản này")
    office.settle()
    assert stored(office, REPORT, "participants") == begun
    assert page.presenter is not None
    assert page.presenter.answers["participants"] == begun
    assert "Nội dung nay như lúc" in page.banners.texts()["went_back"]
    page.banners.findChildren(Button)[0].click()
    office.settle()
    assert stored(office, REPORT, "participants") == 300


def test_what_stands_now_is_not_offered_for_going_back(office: Office, page: ReportPage) -> None:
    page.history.open_line()
    office.settle()
    shown = dialog(TimelineDialog)
    assert not shown.restore.isEnabled()
    assert "Không có gì khác nhau" in shown.view.toPlainText()
    shown.reject()


def test_a_final_filing_is_gone_back_from_only_after_a_question(office: Office, plan: PlanPage) -> None:
    office.worker.submit(lambda store: filings.set_answer(store, PLAN, "subject", "Tên khác")).result()
    office.worker.submit(lambda store: filings.finalise(store, PLAN)).result()
    plan.enter()
    office.settle()
    plan.history.open_line()
    office.settle()
    shown = dialog(TimelineDialog)
    assert [row.kind for row in shown.list.rows()] == ["sealed", "draft", "past"]
    shown.list.choose(shown.list.rows()[-1].key)
    shown.list.chosen.emit(shown.list.current())
    press(shown, "Khôi phục bản này")
    press(dialog(Dialog), "Lập lần sau từ bản này")
    office.settle()
    now = office.worker.submit(lambda store: repository.versions(store, PLAN)).result()
    assert [(one.revision, one.status) for one in now] == [(1, Status.FINAL), (2, Status.DRAFT)]
    assert now[1].answers["subject"] != "Tên khác"
    assert now[0].answers["subject"] == "Tên khác"


def test_a_draft_goes_into_the_trash_and_comes_back_from_it(office: Office, page: ReportPage) -> None:
    before = office.worker.submit(lambda store: repository.current(store, REPORT)).result()
    page.history.open_line()
    office.settle()
    press(dialog(TimelineDialog), "Bỏ bản nháp")
    press(dialog(Dialog), "Bỏ bản nháp")
    office.settle()
    assert page.stack.currentWidget() is page.empty
    page.history.open_line()  # nothing is open: the button leads to the trash
    office.settle()
    shown = dialog(TrashDialog)
    assert [row.title for row in shown.list.rows()] == ["Bản nháp Báo cáo 2022, lần 1"]
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    office.settle()
    assert office.worker.submit(lambda store: repository.current(store, REPORT)).result() == before
    assert page.stack.currentWidget() is page.work
    assert office.worker.submit(check).result() == ()


def test_a_box_of_the_plan_gives_a_value_back(office: Office, plan: PlanPage) -> None:
    old = stored(office, PLAN, "subject")
    office.worker.submit(lambda store: filings.set_answer(store, PLAN, "subject", "Tên khác")).result()
    plan.enter("subject")
    office.settle()
    plan.history.open_field()
    office.settle()
    shown = dialog(FieldHistoryDialog)
    assert "Tên khác" in shown.list.rows()[0].text
    shown.take("first")
    plan.saving.save_now()
    office.settle()
    assert stored(office, PLAN, "subject") == old


def test_the_menu_of_a_box_holds_its_history(office: Office, plan: PlanPage) -> None:
    plan.activateWindow()
    sheet = plan.sheets.current()
    assert sheet is not None
    assert sheet.form is not None
    edit = sheet.form.boxes["subject"].edit
    edit.setFocus()
    QApplication.processEvents()
    assert [action.text().split("\t")[0] for action in edit.actions() if action.text()] == ["Lịch sử của ô này"]
    office.settle()
