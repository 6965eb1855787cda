"""The campaign's sealed file from its button, and one unit's own days."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from hoctap_desktop.campaign.repository import with_deadlines
from hoctap_desktop.office.campaigns import change_campaign, publish_form, take_upper_form
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.campaign_file import CampaignFile
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.ui.campaign.page import CampaignPage
from hoctap_desktop.ui.campaign.unit_days import UnitDaysDialog
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.picker import Picker
from tests.offices import ask_two_questions
from tests.ui.conftest import Office

SCHOOL = "05812-THCS"


def dialog_of(page: CampaignPage) -> UnitDaysDialog:
    return page.findChildren(UnitDaysDialog)[-1]


def test_the_button_writes_the_sealed_campaign_and_the_same_content_is_the_same_file(
    page: CampaignPage,
    upper: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = upper.worker.submit(lambda store: init_key(store, "mật khẩu dài", store.clock(), 1000)).result()
    OfficeKey.of(upper.session).key = key
    usb = tmp_path / "usb"
    usb.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.filesSelected.emit([str(usb)]))
    page.send.click()
    for _ in range(4):
        upper.settle()
    (file,) = usb.iterdir()
    first = file.read_bytes()
    sent = unseal(first).body
    assert isinstance(sent, CampaignFile)
    assert sent.campaign.id == "2022"
    assert {due.level for due in sent.campaign.deadlines if due.kind == "report"} == {"school", "commune"}
    assert f"Đã ghi {file.name}" in page.banners.texts()["sent"]
    page.send.click()
    for _ in range(4):
        upper.settle()
    assert [path.read_bytes() for path in usb.iterdir()] == [first]


def test_a_campaign_without_days_is_asked_about_before_anything_is_signed(page: CampaignPage, upper: Office) -> None:
    asked: list[str] = []
    page._choose_place = lambda: asked.append("where")  # type: ignore[method-assign]

    def no_report_days(store: Store) -> None:
        made = with_deadlines(store, "2022")
        change_campaign(store, replace(made, deadlines=tuple(d for d in made.deadlines if d.kind != "report")))

    upper.worker.submit(no_report_days).result()
    page.send.click()
    upper.settle()
    (dialog,) = [one for one in page.window().findChildren(Dialog) if one.isVisible()]
    said = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "Đợt chưa có hạn nộp báo cáo: các đơn vị sẽ không thấy ngày cuối." in said
    assert asked == []
    (go_on,) = [button for button in dialog.findChildren(Button) if button.text() == "Vẫn ghi gói"]
    go_on.click()
    assert asked == ["where"]


def test_a_form_without_a_question_of_the_upper_unit_is_asked_about_first(page: CampaignPage, upper: Office) -> None:
    asked: list[str] = []
    page._choose_place = lambda: asked.append("where")  # type: ignore[method-assign]

    def said() -> str:
        page.send.click()
        upper.settle()
        (dialog,) = [one for one in page.window().findChildren(Dialog) if one.isVisible()]
        words = " ".join(label.text() for label in dialog.findChildren(Label))
        next(button for button in dialog.findChildren(Button) if button.text() == "Vẫn ghi gói").click()
        return words

    upper.worker.submit(ask_two_questions).result()
    assert (
        "Cấp trên hỏi «Số chuyến thư viện lưu động»; biểu hỏi cấp dưới chưa có: số của câu đó không cộng được" in said()
    )
    assert asked == ["where"]
    upper.worker.submit(lambda store: take_upper_form(store, 2022)).result()
    assert "biểu hỏi cấp dưới chưa có" in said()  # what is being edited does not travel
    upper.worker.submit(lambda store: publish_form(store, "report", 2022)).result()
    page.send.click()
    upper.settle()
    assert asked == ["where"] * 3


def test_one_units_day_needs_a_reason_and_is_told_with_it(page: CampaignPage, upper: Office) -> None:
    page.ask_unit_days(SCHOOL)
    dialog = dialog_of(page)
    field, how = dialog.days["report"]
    assert field.hint.text() == "Hạn chung: trước ngày 18/10/2022."
    field.set_text("25/10/2022")
    how.choose(True)
    dialog.try_keep()
    assert dialog.isVisible()
    assert dialog.reason.message.text() == "Ghi một câu để sau này còn hiểu."
    field.set_text("25/13/2022")
    dialog.reason.set_text("Mưa lũ")
    dialog.try_keep()
    assert dialog.isVisible()
    assert field.message.text()
    field.set_text("25/10/2022")
    dialog.try_keep()
    upper.settle()
    due = upper.worker.submit(lambda store: with_deadlines(store, "2022")).result().deadline("report", "school", SCHOOL)
    assert due is not None
    assert (due.day, due.inclusive, due.unit) == (date(2022, 10, 25), True, SCHOOL)
    shown, how_shown = page.days.days["school", SCHOOL, "report"]
    assert (shown.text(), how_shown.isEnabled(), shown.edit.isReadOnly()) == ("25/10/2022", False, True)

    page.ask_unit_days(SCHOOL)
    again = dialog_of(page)
    assert again.reason.text() == "Mưa lũ"
    again.days["report"][0].set_text("")
    again.try_keep()
    upper.settle()
    assert ("school", SCHOOL, "report") not in page.days.days


def test_the_unit_is_chosen_from_those_below(page: CampaignPage, upper: Office) -> None:
    page.days.own_day.click()
    (picker,) = page.findChildren(Picker)
    picker.chosen.emit(SCHOOL)
    assert dialog_of(page).isVisible()
    dialog_of(page).reject()
    picker.close()
    upper.settle()
