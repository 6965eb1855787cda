"""A rule of a plan form may ask for a reason: it is given in Cần xem, as on the report page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import FormDefinition, Rule, Severity
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.office import filings, paper
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.findings_list import FindingRow
from tests.ui import keys
from tests.ui.plan.conftest import Stored

REASON = "reason.early.document.month"


@pytest.fixture(autouse=True)
def asking_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan form with a rule that takes a reason: no form in force has one today."""
    rule = Rule("early", Severity.ASK, "dated_before_week_ends", ("document.month",), "{label} trước Tuần lễ.")

    def asking(id: str, version: int | None = None, *, sha256: str = "") -> FormDefinition:
        form = form_by_id(id, version, sha256=sha256)
        return replace(form, rules=(*form.rules, rule)) if form.kind == "plan" else form

    monkeypatch.setattr(paper, "form_by_id", asking)


def rows(page: PlanPage, session: Session) -> list[FindingRow]:
    session.jobs.finish()
    return page.findings.rows()


def give_reason(page: PlanPage, row: FindingRow, words: str, qtbot: QtBot) -> None:
    """Presses the button, writes over what stands there, presses Enter; the page has the keyboard again."""
    page.findings.acted.emit(row.key, "reason")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Dialog))
    keys.press(Qt.Key.Key_A, keys.CTRL)
    keys.press(Qt.Key.Key_Delete)
    keys.write(words)
    keys.press(Qt.Key.Key_Return)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def test_a_plan_is_final_once_the_reason_is_given(
    page: PlanPage, session: Session, stored: Stored, qtbot: QtBot
) -> None:
    session.save(lambda store: filings.set_answer(store, "2022-plan", "document.month", "2022-09"))
    page.enter()
    asked = next(row for row in rows(page, session) if row.kind == "ask")
    assert [words for _, words in asked.acts] == ["Ghi lý do", "Sửa"]
    assert asked.title.startswith("Ghi lý do: ")
    assert not page.finalise_button.isEnabled()

    give_reason(page, asked, "Huyện cho lập sớm", qtbot)
    settled = rows(page, session)
    assert [(row.kind, row.acts) for row in settled] == [("info", (("reason", "Sửa lý do"),))]
    assert text(stored().answers, REASON) == "Huyện cho lập sớm"
    assert page.finalise_button.isEnabled()

    give_reason(page, settled[0], "", qtbot)
    assert [row.kind for row in rows(page, session)] == ["ask"]
    assert REASON not in stored().answers


def test_the_other_button_leads_to_the_field(page: PlanPage, session: Session) -> None:
    session.save(lambda store: filings.set_answer(store, "2022-plan", "document.month", "2022-09"))
    page.enter()
    asked = next(row for row in rows(page, session) if row.kind == "ask")
    page.findings.acted.emit(asked.key, "fix")
    sheet = page.sheets.of("document.month")
    assert sheet is not None
    assert sheet.form is not None
    assert sheet.form.boxes["document.month"].edit.hasFocus()
