"""Last year's plan as a start: marks, bars, answers, finalising; kept over a restart."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hoctap_desktop.campaign.repository import campaign_by_id, choose
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.carried import carried_of
from hoctap_desktop.form.context import Spot
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.office.last_year import last_plan, old_plan
from hoctap_desktop.plan.leftovers import Mark
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.plan.last_year_marks import _change_words
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.ui.conftest import Office, OpenOffice

TEXT = """# THỜI GIAN

- Lễ tổng kết: 15 giờ 00 ngày 12/10/2022.

- Năm 2022, thứ Năm, ngày 06/10/2022 khai mạc.

Không có gì cũ ở đây."""


def next_year(store: Store) -> None:
    """The office is in the campaign of 2023; its plan of 2022 is there."""
    choose(store, "2023")


@pytest.fixture
def office(open_office: OpenOffice) -> Office:
    made = open_office(at=datetime(2023, 9, 20, 9, 0, tzinfo=VIETNAM))
    made.worker.submit(next_year).result()
    return made


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[PlanPage]:
    made = PlanPage(office.session)
    qtbot.addWidget(made)
    made.resize(1366 - 184, 696 - 42)
    made.show()
    made.enter()
    office.settle()
    yield made
    office.settle()


def begin(page: PlanPage, office: Office, body: str = TEXT) -> None:
    marks = page.last_year.marks
    assert marks is not None
    page.last_year.begin(old_plan({"body": body, "opening.day": "2022-10-06"}, campaign_by_id("2022")), "Đã lấy.")
    office.settle()


def keys_of(page: PlanPage) -> list[str]:
    return [row.title.split(":")[0] for row in page._rows if row.kind == "block"]


def test_the_button_takes_the_plan_of_the_year_before(page: PlanPage, office: Office) -> None:
    [first, *_] = page.old_menu().actions()
    first.trigger()
    office.settle()
    [dialog] = page.window().findChildren(Dialog)
    dialog.accept()
    old = office.worker.submit(last_plan).result()
    assert old is not None
    page.last_year.begin(old, "Đã lấy.")
    office.settle()
    presenter = page.presenter
    assert presenter is not None
    assert presenter.answers["body"] == old.answers["body"]
    assert presenter.answers["theme"] == "Xây dựng năng lực tự học trong kỷ nguyên số"
    assert presenter.answers["week.from"] == "2023-10-02"
    assert len([row for row in page._rows if row.key.startswith("leftover")]) == 7
    page.last_year._give_back({"body": "x"}, None)
    office.settle()


def test_marks_stand_in_the_text_with_a_bar_and_block_finalising(page: PlanPage, office: Office) -> None:
    begin(page, office)
    marks = [row for row in page._rows if row.key.startswith("leftover")]
    assert [(row.field, row.place, row.acts[0][1]) for row in marks] == [
        ("opening.day", -1, "Đổi thành 07/10/2023"),
        ("body", 1, "Đổi thành 13/10/2023"),
        ("body", 2, "Đổi thành 2023"),
        ("body", 2, "Đổi thành thứ Bảy"),
        ("body", 2, "Đổi thành 07/10/2023"),
    ]
    assert not page.finalise_button.isEnabled()
    bars = page.last_year._bars["body"]._bars
    assert {bar.mark.words for bar in bars.values() if bar.isVisible()} == {"12/10/2022", "2022"}
    with pytest.raises(UserError) as refused:
        office.worker.submit(lambda store: filings.finalise(store, "2023-plan")).result()
    assert refused.value.code is Code.FILING_HAS_FINDINGS


def test_a_line_of_a_list_has_its_mark_and_bar_on_the_page_and_the_keys_answer_it(
    page: PlanPage, office: Office
) -> None:
    old = {"body": "Bài.", "legal_bases": ["Luật;", "Công văn số 747/CV-PGDĐT ngày 03/10/2022;"], "recipients": ["A"]}
    page.last_year.begin(old_plan(old, campaign_by_id("2022")), "Đã lấy.")  # type: ignore[arg-type]
    office.settle()
    rows = [row for row in page._rows if row.field == "legal_bases" and row.key.startswith("leftover")]
    assert rows
    assert {row.place for row in rows} == {1}
    page._go_row(rows[0], focus=True)
    sheet = page.sheets.of("legal_bases")
    assert sheet is not None
    editor = sheet.editor
    assert editor is not None
    assert (editor.field_here(), editor.place()) == ("legal_bases", 1)
    bars = page.last_year._bars["body"]
    assert bars.mark_here() is not None
    before = len(rows)
    page.last_year.act_here("keep")
    office.settle()
    left = [row for row in page._rows if row.field == "legal_bases" and row.key.startswith("leftover")]
    assert len(left) == before - 1


def test_a_bar_changes_the_words_as_one_step_and_undo_brings_the_mark_back(page: PlanPage, office: Office) -> None:
    begin(page, office)
    sheet = page.sheets.of("body")
    assert sheet is not None
    editor = sheet.editor
    assert editor is not None
    editor.go(1)
    editor.setFocus()
    page.last_year.act_here("change")
    office.settle()
    assert "ngày 13/10/2023." in editor.text()
    editor.step_back()
    page.look()
    office.settle()
    assert "ngày 12/10/2022." in editor.text()
    assert any(row.place == 1 for row in page._rows if row.key.startswith("leftover"))


def test_what_is_kept_stays_kept_over_a_restart_and_edits(page: PlanPage, office: Office, qtbot: QtBot) -> None:
    begin(page, office)
    row = next(row for row in page._rows if row.key.startswith("leftover:body:1"))
    page._act_on_look(row.key, "keep")
    office.settle()
    carried = office.worker.submit(lambda store: carried_of(store, "2023-plan")).result()
    assert carried is not None
    assert [spot.words for spot in carried.kept] == ["12/10/2022"]
    other = PlanPage(office.session)
    qtbot.addWidget(other)
    other.enter()
    office.settle()
    assert not any(row.place == 1 for row in other._rows if row.key.startswith("leftover"))
    sheet = other.sheets.of("body")
    assert sheet is not None
    assert sheet.editor is not None
    sheet.editor.go(0)
    sheet.editor.add_heading()
    other.look()
    office.settle()
    standing = [row for row in other._rows if row.key.startswith("leftover:body")]
    assert len(standing) == 3


def test_undo_right_after_keeping_words_brings_the_mark_back(page: PlanPage, office: Office) -> None:
    begin(page, office)

    def kept() -> list[str]:
        carried = office.worker.submit(lambda store: carried_of(store, "2023-plan")).result()
        assert carried is not None
        return [spot.words for spot in carried.kept]

    sheet = page.sheets.of("body")
    assert sheet is not None
    assert sheet.editor is not None
    editor, before = sheet.editor, sheet.editor.text()
    editor.go(1)
    editor.setFocus()
    page.last_year.act_here("keep")
    office.settle()
    assert kept() == ["12/10/2022"]
    editor.step_back()
    office.settle()
    assert kept() == []
    assert editor.text() == before
    assert any(row.key.startswith("leftover:body:1") for row in page._rows)

    # in Cần xem too; what was written after it is taken back first
    row = next(row for row in page._rows if row.key.startswith("leftover:body:1"))
    page._act_on_look(row.key, "keep")
    office.settle()
    editor.go(0)
    editor.add_heading()
    office.settle()
    editor.step_back()
    office.settle()
    assert (kept(), editor.text()) == (["12/10/2022"], before)
    page.undo_last()
    office.settle()
    assert kept() == []


def test_a_plan_with_every_mark_answered_can_be_finalised(page: PlanPage, office: Office) -> None:
    begin(page, office)
    for _ in range(20):
        row = next((row for row in page._rows if row.key.startswith("leftover")), None)
        if row is None:
            break
        page._act_on_look(row.key, row.acts[0][0])
        office.settle()
    assert not any(row.key.startswith(("leftover", "wrong_weekday")) for row in page._rows)
    stored = office.worker.submit(lambda store: repository.current(store, "2023-plan")).result()
    assert stored.answers["opening.day"] == "2023-10-07"
    assert "thứ Bảy, ngày 07/10/2023" in str(stored.answers["body"])


def test_a_wrong_day_of_the_week_is_put_right_by_its_button(page: PlanPage, office: Office) -> None:
    sheet = page.sheets.of("body")
    assert sheet is not None
    assert sheet.editor is not None
    sheet.editor.replace("Khai mạc thứ Hai, ngày 07/10/2023.")
    page.look()
    office.settle()
    row = next(row for row in page._rows if row.key.startswith("wrong_weekday"))
    assert row.kind == "warn"
    assert row.place == 0
    page._act_on_look(row.key, "change")
    office.settle()
    assert sheet.editor.text() == "Khai mạc thứ Bảy, ngày 07/10/2023."
    assert not any(row.key.startswith("wrong_weekday") for row in page._rows)


def test_an_office_without_an_older_plan_is_told_of_the_file(office: Office, page: PlanPage) -> None:
    page.last_year._found(None)
    [said] = [label.text() for label in page.banners.findChildren(QLabel) if "năm trước" in label.text()]
    assert said.startswith("Máy này chưa có kế hoạch của năm trước")


def test_what_gives_the_old_words_back_is_gone_in_another_campaign(page: PlanPage, office: Office) -> None:
    begin(page, office)
    assert list(page.banners.texts()) == ["taken"]
    office.session.campaign_changed.emit()
    assert page.banners.texts() == {}
    office.settle()


def test_a_box_with_a_mark_says_so_and_the_keys_answer_it(page: PlanPage, office: Office) -> None:
    begin(page, office)
    sheet = page.sheets.of("opening.day")
    assert sheet is not None
    assert sheet.form is not None
    presenter = page.presenter
    assert presenter is not None
    assert presenter.field_shown("opening.day").state == "warn"
    assert "«07/10/2023» (Alt+D)" in presenter.field_shown("opening.day").message
    page.go_field("opening.day", focus=True)
    page.last_year.act_here("change")
    office.settle()
    assert sheet.form.boxes["opening.day"].text() == "07/10/2023"
    assert presenter.field_shown("opening.day").state == "normal"


def test_a_bar_takes_its_room_without_a_step_of_undo_and_moves_with_its_block(page: PlanPage, office: Office) -> None:
    sheet = page.sheets.of("body")
    assert sheet is not None
    editor = sheet.editor
    assert editor is not None
    editor.load("Một\n\nHai\n\nBa")
    before = editor.blocks.heights()
    hai = editor.number_at(1)
    editor.blocks.set_bars({hai})
    with_bar = editor.blocks.heights()
    assert [a - b for a, b in zip(with_bar, before, strict=True)] == [
        46 * (number == hai) for number in range(len(before))
    ]
    assert not editor.document().isUndoAvailable()
    editor.go(0)
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert [height > 60 for height in editor.blocks.heights()[hai:]] == [False, True, False, True]  # and a name below
    editor.blocks.set_bars(set())
    assert [height > 60 for height in editor.blocks.heights()[hai:]] == [False, False, False, True]


@pytest.mark.parametrize(
    ("kind", "proposal", "said"),
    [
        ("date", "07/10/2023", "Đổi thành 07/10/2023"),
        ("date", "7 tháng 10 năm 2023", "Đổi ngày"),
        ("unit", "Ủy ban nhân dân xã An Khánh", "Đổi tên đơn vị"),
        ("theme", "Học để làm chủ tri thức và công nghệ", "Đổi chủ đề"),
    ],
)
def test_the_buttons_of_a_row_have_room_beside_each_other(kind: str, proposal: str, said: str) -> None:
    """A longer one pushed the words of all rows under the scroll bar."""
    spot = Spot("body", kind, "cũ", "", "", 0)
    assert _change_words(Mark("body", 0, 0, 2, kind, "cũ", proposal, spot), 14) == said
