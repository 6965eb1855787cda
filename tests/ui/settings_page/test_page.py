"""Thiết lập: what the first pages asked is changed here; a choice is kept and takes hold at once."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.filings import finalise, paper
from hoctap_desktop.office.safekeeping import back_up
from hoctap_desktop.store.attached import keep
from hoctap_desktop.submission import enrolment
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.copy_keeper import CopyState, copy_words
from hoctap_desktop.ui.settings_page.page import PARTS, SettingsPage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.units.repository import own_unit, unit
from tests.ui.conftest import Office

NOW = datetime(2022, 10, 12, 10, 32, tzinfo=VIETNAM)
BEFORE = datetime(2022, 10, 11, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(office.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    # what the window does
    office.session.office_changed.connect(lambda facts: setattr(office.session, "facts", facts))
    office.settle()
    return made


def test_a_larger_text_is_kept_and_told(office: Office, page: SettingsPage, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(office.session.look_changed):
        page.look.text_size.chosen.emit(130)
    assert (office.session.settings.text_size, theme.theme().text_size) == (130, 130)
    page.look.contrast.chosen.emit(True)
    assert theme.theme() == theme.Theme(contrast=True, text_size=130)
    page.look.contrast.chosen.emit("")
    assert office.session.settings.contrast is None


def test_each_part_comes_up_and_the_last_one_again_when_the_page_is_made_anew(
    office: Office, page: SettingsPage, qtbot: QtBot
) -> None:
    for id, *_words in PARTS:
        page.parts.chosen.emit(id)
        office.settle()
        assert page.part_shown() == id
    page.enter("data")
    again = SettingsPage(office.session)
    qtbot.addWidget(again)
    office.settle()
    assert again.part_shown() == "data"


def test_a_changed_name_is_kept_and_what_was_printed_stays(office: Office, page: SettingsPage) -> None:
    store_does = office.worker.submit
    store_does(lambda store: finalise(store, "2022-report")).result()
    before = store_does(lambda store: paper(store, "2022-report")).result()
    page.names.fields["name"].set_text("Ủy ban nhân dân xã An Khánh")
    page.names.fields["name"].left.emit("")
    office.settle()
    assert office.session.own.name == "Ủy ban nhân dân xã An Khánh"
    assert store_does(own_unit).result() == office.session.own
    assert store_does(lambda store: paper(store, "2022-report")).result() == before
    printed = store_does(lambda store: filings.current(store, "2022-report")).result()
    assert printed.unit.name == "Ủy ban nhân dân xã Hà Thượng"


def test_a_name_that_is_none_is_not_kept(office: Office, page: SettingsPage) -> None:
    page.names.fields["name"].set_text("A")
    page.names.fields["name"].left.emit("A")
    office.settle()
    assert page.names.fields["name"].message.text()
    assert office.session.own.name == "Ủy ban nhân dân xã Hà Thượng"


def test_another_upper_unit_and_none(office: Office, page: SettingsPage) -> None:
    page.names.fields["upper_name"].set_text("Sở Giáo dục và Đào tạo tỉnh Thái Nguyên")
    page.names.fields["upper_code"].set_text("19-GDDT")
    page.names.fields["upper_code"].left.emit("19-GDDT")
    office.settle()
    kept = office.worker.submit(lambda store: unit(store, "19-GDDT")).result()
    assert kept is not None
    assert (office.session.own.upper, kept.short_name) == ("19-GDDT", "Sở GDĐT tỉnh Thái Nguyên")
    page.names.fields["upper_code"].set_text("05812")
    page.names.fields["upper_code"].left.emit("05812")
    assert page.names.fields["upper_code"].message.text() == "Mã cấp trên phải khác mã đơn vị."
    page.names.fields["upper_name"].set_text("")
    page.names.fields["upper_code"].set_text("")
    page.names.fields["upper_code"].left.emit("")
    office.settle()
    assert office.session.upper is None
    assert office.worker.submit(lambda store: unit(store, "19-GDDT")).result() is None


def test_head_and_foot_of_papers_are_kept_as_fields_are_left(office: Office, page: SettingsPage) -> None:
    form = page.papers.form
    form.way.chosen.emit("acting")
    form.fields["contact"].set_text("Lê Thị Lan")
    form.fields["contact"].left.emit("Lê Thị Lan")
    office.settle()
    own = office.worker.submit(own_unit).result()
    assert (own.signer.authority, own.contact) == ("Q. CHỦ TỊCH", "Lê Thị Lan")
    form.fields["place"].set_text("")
    form.fields["place"].left.emit("")
    office.settle()
    assert form.fields["place"].message.text()
    assert office.worker.submit(own_unit).result().place == "Hà Thượng"


def test_a_copy_is_made_into_the_chosen_folder_and_told(office: Office, page: SettingsPage, tmp_path: Path) -> None:
    page.show_part("data")
    office.settle()
    assert page.data.state.text() == "Chưa chọn thư mục bản sao, máy chưa tự sao lưu."
    (tmp_path / "usb").mkdir()
    page.data.use_folder(tmp_path / "usb")
    office.settle()
    assert [path.name for path in (tmp_path / "usb").iterdir()] == ["ban-sao-05812-20221012-103205.htsao"]
    assert page.data.state.text() == "Bản sao gần nhất: 10:32 hôm nay; đang giữ 1 bản."
    assert office.session.settings.copies == tmp_path / "usb"


def test_a_copy_that_fails_says_so_and_nothing_else_happens(office: Office, page: SettingsPage, tmp_path: Path) -> None:
    office.session.settings.copies = tmp_path / "usb away"
    page.data.copy_now()
    office.settle()
    assert "Không thấy thư mục bản sao" in page.data.state.text()
    assert not (tmp_path / "usb away").exists()


def test_restoring_asks_first_and_hands_the_copy_on(office: Office, page: SettingsPage, tmp_path: Path) -> None:
    copy = office.worker.submit(lambda store: back_up(store, tmp_path / "x.htsao")).result()
    wanted: list[Path] = []
    office.session.restore_wanted.connect(wanted.append)
    page.data.ask_restore(copy)
    office.settle()
    dialog = page.window().findChild(Dialog)
    assert dialog is not None
    assert wanted == []
    next(button for button in dialog.findChildren(Button) if button.text() == "Khôi phục").click()
    assert wanted == [copy]


def test_handing_over_and_looking_for_damage_are_told(office: Office, page: SettingsPage, tmp_path: Path) -> None:
    page.data.hand_over(tmp_path)
    page.data.examine()
    office.settle()
    assert len(list(tmp_path.glob("ban-giao-05812-*.htsao"))) == 1
    assert page.banners.texts()["doctor"] == "Dữ liệu nguyên vẹn."
    assert "Mật khẩu của khóa báo riêng" in page.banners.texts()["handover"]


def test_files_no_row_names_are_told_without_alarm(office: Office, page: SettingsPage) -> None:
    office.worker.submit(lambda store: keep(store, b"of a turn that was killed", ".htgoi")).result()
    page.data.examine()
    office.settle()
    assert page.banners.texts()["doctor"].startswith("Dữ liệu nguyên vẹn. Có 1 tệp thừa cạnh tệp dữ liệu")


def test_the_key_is_told_with_its_digits(office: Office, page: SettingsPage) -> None:
    page.show_part("key")
    office.settle()
    assert page.key.said.text().startswith("Đơn vị chưa có khóa.")
    office.worker.submit(lambda store: enrolment.init_key(store, "che xanh buoi som", NOW, 1000)).result()
    page.show_part("key")
    office.settle()
    assert page.key.said.text().startswith("Khóa lập ngày 12/10/2022")
    assert len(page.key.digits.text().split()) == 6


@pytest.mark.parametrize(
    ("state", "tone", "words"),
    [
        (CopyState(None), "warn", "Chưa chọn thư mục"),
        (CopyState(Path("x")), "warn", "Chưa có bản sao nào"),
        (
            CopyState(Path("x"), datetime(2022, 10, 11, 9, 0, tzinfo=VIETNAM), 3),
            "ok",
            "09:00 ngày 11/10/2022; đang giữ 3",
        ),
        (CopyState(Path("x"), NOW, 3, "Ổ đĩa đã đầy."), "warn", "Lần sau đó chưa sao được: Ổ đĩa đã đầy."),
    ],
)
def test_how_the_copies_stand_is_said_in_one_line(state: CopyState, tone: str, words: str) -> None:
    said, found = copy_words(state, NOW)
    assert found == tone
    assert words in said
