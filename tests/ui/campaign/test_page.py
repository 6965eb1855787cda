"""Đợt và biểu mẫu in the window."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.form import editing
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.office.campaigns import take_upper_form
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.campaign import presenter
from hoctap_desktop.ui.campaign.page import CampaignPage, QuestionDialog
from hoctap_desktop.ui.campaign.presenter import LABEL, NOTE, NUMBER, UNIT
from hoctap_desktop.ui.form_upgrade import UpgradeDialog, move
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from tests.offices import ask_two_questions, issue_from_above
from tests.ui.conftest import Office


def labels(page: CampaignPage) -> list[str]:
    return [str(page.model.index(at, LABEL).data()) for at in range(page.model.rowCount())]


def test_days_are_kept_as_their_boxes_are_left(page: CampaignPage, upper: Office) -> None:
    field, inclusive = page.days.days["school", "", "report"]
    field.set_text("x")
    field.left.emit("x")
    assert page.days.wrong.text() == "Không đọc được ngày «x». Ghi như 15/10/2022, hoặc để trống."
    page.enter()
    upper.settle()
    assert (field.text(), page.days.wrong.isHidden()) == ("x", False)  # what was typed is not thrown away unsaid
    inclusive.setCurrentIndex(1)
    field.set_text("20/10")
    field.left.emit("20/10")
    upper.settle()
    assert (field.text(), page.days.wrong.isHidden()) == ("20/10/2022", True)
    assert page.facts is not None
    assert page.facts.campaign.deadline("report", "school") == Deadline("report", "school", date(2022, 10, 20), True)
    field.set_text("")
    field.left.emit("")
    upper.settle()
    assert page.facts.campaign.deadline("report", "school") is None


def test_a_theme_is_needed(page: CampaignPage, upper: Office) -> None:
    page.days.themes.set_text("")
    page.days.themes.left.emit("")
    upper.settle()
    assert page.facts is not None
    assert page.facts.campaign.themes
    page.days.themes.set_text("Chủ đề một\nChủ đề hai")
    page.days.themes.left.emit("")
    upper.settle()
    assert page.facts.campaign.themes == ("Chủ đề một", "Chủ đề hai")


def test_who_makes_a_campaign_itself_sets_when_it_hands_in(office: Office, qtbot: QtBot) -> None:
    made = CampaignPage(office.session)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    office.settle()
    assert (made.send.isHidden(), made.days.about.isHidden()) == (True, True)  # nobody is below
    assert list(made.days.days) == [("commune", "", "plan"), ("commune", "", "report")]
    assert "Nộp lên Phòng GDĐT" in [label.text() for label in made.days.findChildren(Label)]
    field, _inclusive = made.days.days["commune", "", "report"]
    field.set_text("18/10")
    field.left.emit("18/10")
    office.settle()
    assert made.facts is not None
    assert made.facts.campaign.deadline("report", "commune", "05812") == Deadline(
        "report", "commune", date(2022, 10, 18), False
    )


def test_a_day_the_upper_unit_set_is_not_set_here(office: Office, qtbot: QtBot) -> None:
    told = replace(
        office.session.campaign, deadlines=(Deadline("report", "commune", date(2022, 10, 9), True, "05812"),)
    )
    campaigns.know((told,))
    made = CampaignPage(office.session)
    qtbot.addWidget(made)
    made.enter()
    office.settle()
    assert list(made.days.days) == [("commune", "", "plan"), ("commune", "", "report")]  # no line of its own code
    (plan, _), (report, edge) = made.days.days.values()
    assert (report.text(), report.edit.isReadOnly(), edge.isEnabled()) == ("09/10/2022", True, False)
    assert not plan.edit.isReadOnly()
    assert any(label.text() == "Do cấp trên đặt trong gói đợt." for label in made.days.findChildren(Label))


def test_that_no_school_owes_a_plan_is_said_in_its_box_and_taken_back_there(page: CampaignPage, upper: Office) -> None:
    field, choice = page.days.days["school", "", "plan"]
    assert choice.itemText(2) == "không nộp"
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    upper.settle()
    assert page.facts is not None
    assert page.facts.campaign.free == {("plan", "school")}
    assert (choice.currentIndex(), field.text(), field.edit.isReadOnly()) == (2, "", True)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    upper.settle()
    assert page.facts.campaign.free == frozenset()
    assert (field.text(), field.edit.isReadOnly()) == ("", False)
    report, choice = page.days.days["school", "", "report"]
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    upper.settle()
    assert report.text() == ""
    assert page.facts.campaign.deadline("report", "school") is None  # its day went


def test_what_the_upper_unit_said_is_not_owed_is_not_set_here(office: Office, qtbot: QtBot) -> None:
    campaigns.know((replace(office.session.campaign, deadlines=(), free=frozenset({("plan", "commune")})),))
    made = CampaignPage(office.session)
    qtbot.addWidget(made)
    made.enter()
    office.settle()
    (plan, choice), (report, _) = made.days.days.values()
    assert (choice.currentText(), choice.isEnabled(), plan.edit.isReadOnly()) == ("không nộp", False, True)
    assert not report.edit.isReadOnly()


def test_making_a_campaign_from_the_first_page_asks_at_once(page: CampaignPage, upper: Office) -> None:
    page.enter("next")
    upper.settle()
    asked = page.findChildren(Dialog)
    assert [dialog.windowTitle() for dialog in asked] == ["Lập đợt năm 2026?"]


def test_next_years_campaign_becomes_the_one_worked_on(page: CampaignPage, upper: Office) -> None:
    upper.session.office_changed.connect(lambda facts: setattr(upper.session, "facts", facts))
    page._make(2026, "2025")
    upper.settle()
    page.enter()
    upper.settle()
    assert upper.session.campaign.id == "2026"
    assert page.banners.findChildren(type(page.days.about)) is not None
    assert page.next_year.text() == "Lập đợt năm 2027"


def test_the_grid_is_a_right_model(page: CampaignPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)


def test_a_question_is_renamed_moved_retired_and_put_back(page: CampaignPage, upper: Office) -> None:
    page.parts.open("form")
    before = labels(page)
    page.model.setData(page.model.index(0, LABEL), "Số nơi tổ chức")
    upper.settle()
    assert labels(page)[0] == "Số nơi tổ chức"
    page.move_row(1)
    upper.settle()
    assert labels(page)[1] == "Số nơi tổ chức"
    page.retire()
    upper.settle()
    assert "Số nơi tổ chức" not in labels(page)
    for _ in range(3):
        page.undo_last()
        upper.settle()
    assert labels(page) == before
    assert page.facts is not None
    assert page.facts.draft is None


def test_a_wrong_unit_is_refused_in_words(page: CampaignPage, upper: Office) -> None:
    page.parts.open("form")
    page.model.setData(page.model.index(0, UNIT), "a / b")
    upper.settle()
    assert page.facts is not None
    assert page.facts.draft is None


def test_a_question_is_added_published_and_tried(page: CampaignPage, upper: Office, qtbot: QtBot) -> None:
    page.parts.open("form")
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_F5)
    form = next(one for one in page.window().findChildren(QuestionDialog) if one.isVisible())
    form.try_add()
    assert form.isVisible()
    form.label.set_text("Số câu lạc bộ")
    form.unit.set_text("câu lạc bộ")
    form.try_add()
    upper.settle()
    assert labels(page)[1] == "Số câu lạc bộ"
    assert page.view.currentIndex().row() == 1  # the next one is put under it
    assert [page.model.index(at, NUMBER).data() for at in range(4)] == ["1", "1a", "2", "3"]
    page.parts.open("trial")
    page.trial.model.typed.emit("q2022_1", "12")
    assert page.trial.presenter is not None
    assert page.trial.presenter.answers["q2022_1"] == 12
    page._publish("report", 2022)
    upper.settle()
    assert page.facts is not None
    assert (page.facts.form.version, page.facts.draft) == (2, None)
    assert form_by_id("report", 1).field("q2022_1") is None


def test_what_the_upper_unit_asks_more_is_told_and_taken_beside_the_own_question(
    page: CampaignPage, upper: Office
) -> None:
    upper.worker.submit(ask_two_questions).result()
    page.enter()
    upper.settle()
    assert page.banners.texts()["lacking"].startswith(
        "Cấp trên hỏi «Số chuyến thư viện lưu động»; biểu hỏi cấp dưới chưa có"
    )
    assert "trả lời bản 2, lập ở đây; báo cáo nộp lên theo bản 3" in page.version.text()
    link = next(b for b in page.banners.findChildren(QAbstractButton) if b.text() == "Thêm vào biểu")
    link.click()
    upper.settle()
    assert page.banners.texts()["lacking"].startswith("Câu cấp trên hỏi đã vào bản đang sửa. Phát hành")
    assert {"Số câu lạc bộ đọc sách", "Số chuyến thư viện lưu động"} <= set(labels(page))
    assert "Thêm: Số chuyến thư viện lưu động." in page.version.text()
    assert page.facts is not None
    assert page.facts.draft is not None
    assert "Phòng" not in presenter.publish_words(page.facts, page.facts.draft)
    assert "nộp lên Sở" in presenter.publish_words(page.facts, page.facts.draft)
    page.undo_last()
    upper.settle()
    assert page.banners.texts()["lacking"].startswith("Cấp trên hỏi"), "undone"
    page.take_upper_form()
    upper.settle()
    page._publish("report", 2022)
    upper.settle()
    assert page.facts.form.version == 4
    assert editing.lacking(page.facts.form, page.facts.upward) == ()
    assert "lacking" not in page.banners.texts()


def test_other_words_for_a_question_of_the_upper_unit_ask_whether_it_stays_that_one(
    page: CampaignPage, upper: Office
) -> None:
    def both(store: Store) -> None:
        ask_two_questions(store)
        take_upper_form(store, 2022)

    upper.worker.submit(both).result()
    page.enter("form")
    upper.settle()
    vans = labels(page).index("Số chuyến thư viện lưu động")

    def typed(words: str, answer: str, column: int = LABEL) -> None:
        page.model.setData(page.model.index(vans, column), words)
        upper.settle()
        (dialog,) = [one for one in page.window().findChildren(Dialog) if one.isVisible()]
        next(one for one in dialog.findChildren(Button) if one.text() == answer).click()
        upper.settle()

    def row() -> list[object]:
        return [page.model.index(vans, column).data() for column in (LABEL, UNIT, NOTE)]

    typed("Số xe sách về xã", "Để như cũ")
    assert row() == ["Số chuyến thư viện lưu động", "chuyến", ""]
    typed("Số xe sách về xã", "Vẫn là câu ấy")
    assert row() == ["Số chuyến thư viện lưu động", "chuyến", "Số xe sách về xã"]
    assert page.facts is not None
    assert page.facts.draft is not None
    assert editing.lacking(page.facts.draft, page.facts.upward) == ()  # added up with the upper unit's
    typed("xe", "Câu hỏi riêng", UNIT)
    assert row()[1] == "xe"
    assert page.banners.texts()["lacking"].startswith("Cấp trên hỏi «Số chuyến thư viện lưu động»")
    page.model.setData(page.model.index(vans, LABEL), "Số xe")  # it is the office's own by now
    upper.settle()
    assert row()[0] == "Số xe"


def test_who_has_nobody_above_is_told_of_no_question_of_an_upper_unit(page: CampaignPage) -> None:
    assert page.facts is not None
    asked, _ = editing.added(page.facts.form, "Số tổ", "tổ", year=2022, taken=())
    alone = replace(page.facts, upper=None, upward=asked)
    assert presenter.lacking_words(alone) == presenter.parting(alone, page.facts.form) == ""
    assert presenter.lacking_words(replace(alone, upper=page.facts.upper)).startswith("Cấp trên hỏi «Số tổ»")


def test_questions_the_upper_unit_asks_more_are_named_as_far_as_they_fit(page: CampaignPage) -> None:
    assert page.facts is not None
    form = page.facts.form
    many = form
    for at in range(5):
        many, _ = editing.added(many, f"Câu {at}", "lần", year=2023, taken=())
    said = presenter.lacking_words(replace(page.facts, upward=many))
    assert said.startswith("Cấp trên hỏi «Câu 0», «Câu 1», «Câu 2» và 2 câu nữa; ")
    assert presenter.lacking_words(replace(page.facts, upward=form)) == ""


def test_a_clerks_draft_is_offered_the_new_form_and_moved(office: Office, qtbot: QtBot) -> None:
    def newer(store: Store) -> None:
        row = form_by_id("report", 1).row_of("talks")
        assert row is not None
        issue_from_above(store, replace(editing.retired(form_by_id("report", 1), row.id).form, version=2), 2022)

    office.worker.submit(newer).result()
    made = ReportPage(office.session)
    qtbot.addWidget(made)
    made.enter()
    office.settle()
    office.settle()
    assert made.presenter is not None
    assert made.presenter.form.version == 1
    link = next(b for b in made.banners.findChildren(QAbstractButton) if b.text() == "Xem và chuyển")
    link.click()
    QApplication.processEvents()
    dialog = next(one for one in made.window().findChildren(UpgradeDialog) if one.isVisible())
    assert any("Bỏ ra" in dialog.list.item(at).text() for at in range(dialog.list.count()))
    dialog.reject()
    move(made, "2022-report")
    office.settle()
    office.settle()
    assert made.presenter.form.version == 2
    assert "talks" not in made.presenter.answers


def test_what_an_empty_day_means_is_said_as_the_board_takes_it() -> None:
    assert "chưa có hạn, không tính muộn" in presenter.rule_words(1)
    assert presenter.rule_words(1).endswith("Không ai phải nộp thì chọn «không nộp».")
    assert "loại đó không phải nộp" in presenter.rule_words(2)


@pytest.mark.parametrize("typed", ["20/9", "20-9", "20.09", "20/9/26", "20-09-26", "20/09/2026", " 20/9 "])
def test_a_day_may_be_typed_short(typed: str) -> None:
    assert presenter.day_read(typed, 2026) == (date(2026, 9, 20), "")


@pytest.mark.parametrize("typed", ["31/9", "9", "20/9/126", "tháng 9"])
def test_what_is_no_day_is_said(typed: str) -> None:
    assert presenter.day_read(typed, 2026) == (
        None,
        f"Không đọc được ngày «{typed}». Ghi như 15/10/2026, hoặc để trống.",
    )
