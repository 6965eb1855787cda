"""The first pages: four to an office of one's own, or straight into the sample data."""

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.clock import VIETNAM, Clock, fixed_clock
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office.safekeeping import back_up
from hoctap_desktop.store.database import open_store
from hoctap_desktop.submission import keys
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.files import documents
from hoctap_desktop.ui.first_run import places_page
from hoctap_desktop.ui.first_run.frame import Scrolled
from hoctap_desktop.ui.first_run.office_list_model import OfficeListModel
from hoctap_desktop.ui.first_run.presenter import OfficeRow
from hoctap_desktop.ui.first_run.sample_data import Trial
from hoctap_desktop.ui.first_run.window import CHOOSE, KEY, PAPER, PLACES, TYPE, FirstRunWindow
from hoctap_desktop.ui.passphrase import PASSPHRASE_HINT
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.theme import Theme
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.units.repository import own_unit, unit
from tests.offices import commune_store

CLOCK: Clock = fixed_clock(datetime(2022, 10, 3, 8, 5, tzinfo=VIETNAM))
WORDS = "che xanh buoi som"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ROUNDS", 1000)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> FirstRunWindow:
    made = FirstRunWindow(Settings(tmp_path / "s.ini"), CLOCK, tmp_path / "data")
    qtbot.addWidget(made)
    made.show()
    return made


def shown(window: FirstRunWindow) -> list[str]:
    model = window.choose.offices
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def settle(window: FirstRunWindow) -> None:
    for _ in range(3):
        QApplication.processEvents()
        window.jobs.finish()


def placed(window: FirstRunWindow) -> None:
    """Page 3 left with what it proposes."""
    settle(window)
    window.places.next.click()
    settle(window)
    assert window.page_shown() == KEY


def test_the_list_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = OfficeListModel()
    model.set_found([OfficeRow("1", "UBND xã A", "huyện B", "landmark")], "xa")
    qtmodeltester.check(model)


def test_words_without_accents_find_the_office_by_its_old_name_too(window: FirstRunWindow) -> None:
    window.search_for("an khanh thai nguyen")
    assert shown(window)[0] == "UBND xã An Khánh"
    window.search_for("ha thuong")
    assert shown(window)[0] == "UBND xã An Khánh (trước là xã Hà Thượng)"
    window.search_for("không có xã này")
    assert shown(window) == []
    assert not window.choose.next.isEnabled()


def test_keyboard_alone_makes_an_office_with_its_key_in_four_pages(
    window: FirstRunWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    ready: list[Path] = []
    window.ready.connect(ready.append)
    pages = {window.page_shown()}
    qtbot.keyClicks(window.choose.search, "05809")
    qtbot.keyClick(window.choose.search, Qt.Key.Key_Return)
    pages.add(window.page_shown())
    assert window.page_shown() == PAPER
    assert window.paper.form.issuing.text() == "ỦY BAN NHÂN DÂN\nXÃ AN KHÁNH"
    name = window.paper.form.fields["name"].edit
    assert QApplication.focusWidget() is name
    qtbot.keyClicks(name, "Nguyen Van A")
    qtbot.keyClick(window.paper.next, Qt.Key.Key_Space)
    assert window.page_shown() == PLACES
    pages.add(PLACES)
    settle(window)
    qtbot.keyClick(window.places.next, Qt.Key.Key_Space)
    settle(window)
    assert window.page_shown() == KEY
    pages.add(KEY)
    assert len(pages) == 4
    qtbot.keyClicks(window.key.passphrase.edit, WORDS)
    qtbot.keyClick(window.key.passphrase.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(window.key.again.edit, WORDS)
    qtbot.keyClick(window.key.again.edit, Qt.Key.Key_Return)
    settle(window)
    assert window.key.digits.isVisible()
    qtbot.keyClick(window.key.enter, Qt.Key.Key_Space)
    assert ready == [tmp_path / "data" / "05809.hoctap"]
    store = open_store(ready[0], CLOCK)
    try:
        own = own_unit(store)
        assert (own.short_name, own.signer.name) == ("UBND xã An Khánh", "Nguyen Van A")
        assert unit(store, own.upper) is not None
        assert own_key(store) is not None
    finally:
        store.close()
    settings = Settings(tmp_path / "s.ini")
    assert (settings.store, settings.copies) == (ready[0], tmp_path / "data" / "ban-sao")


def test_the_enrolment_sheet_is_saved_at_once_and_without_a_printer_that_is_said(
    window: FirstRunWindow, tmp_path: Path
) -> None:
    window.search_for("05809")
    window.choose.next.click()
    window.paper.next.click()
    placed(window)
    window.key.passphrase.set_text(WORDS)
    window.key.again.set_text(WORDS)
    window.key.make.click()
    settle(window)
    assert len(window.key.digits.text().split()) == 6
    (tmp_path / "usb").mkdir()
    window.key.save_into(tmp_path / "usb")
    settle(window)
    assert sorted(path.suffix for path in (tmp_path / "usb").iterdir()) == [".htgoi", ".pdf"]
    assert "Đã ghi" in window.key.banners.texts()["sheet"]
    window.key.print_sheet()
    settle(window)
    assert "chưa có máy in" in window.key.banners.texts()["sheet"]


def test_two_different_passphrases_stay_on_the_page(window: FirstRunWindow) -> None:
    window.search_for("05809")
    window.choose.next.click()
    window.paper.next.click()
    placed(window)
    window.key.passphrase.set_text(WORDS)
    window.key.again.set_text("che xanh")
    window.key.make.click()
    assert not window.jobs.busy()
    assert window.key.again.message.text() == "Hai lần gõ chưa giống nhau."


def test_the_look_of_a_field_follows_its_message_and_both_say_the_same_rule(window: FirstRunWindow) -> None:
    key = window.key
    key.make.click()
    assert key.passphrase.edit.property("state") == "error"
    key.passphrase.set_text(WORDS)
    key.judge(key.passphrase.text())
    assert key.passphrase.edit.property("state") == "normal"
    assert key.passphrase.hint.text() == PASSPHRASE_HINT
    assert "8" in PASSPHRASE_HINT


@pytest.mark.parametrize("page", [CHOOSE, TYPE])
def test_from_the_papers_one_goes_back_to_where_the_office_was_named(window: FirstRunWindow, page: int) -> None:
    if page == TYPE:
        window._type_anew()
        window.type.fields["name"].set_text("Ủy ban nhân dân xã Sơn Hạ")
        window.type.fields["code"].set_text("02341")
        window.type.next.click()
    else:
        window.search_for("05809")
        window.choose.next.click()
    assert window.page_shown() == PAPER
    window._back_to_office()
    assert window.page_shown() == page


def test_a_chosen_office_is_changed_by_hand_without_losing_its_proposals(window: FirstRunWindow) -> None:
    window.search_for("05809")
    window.choose.next.click()
    window._rename()
    assert window.type.fields["upper_code"].text() == "19-GDDT"
    window.type.fields["short_name"].set_text("UBND An Khánh")
    window.type.next.click()
    assert window.page_shown() == PAPER
    assert window.paper.form.fields["place"].text() == "An Khánh"
    assert window.paper.form.way.data() == "deputy"


def test_a_way_of_signing_fills_its_words_and_typed_words_are_another_way(window: FirstRunWindow) -> None:
    window.search_for("05809")
    window.choose.next.click()
    form = window.paper.form
    form.way.chosen.emit("mandate")
    assert (form.fields["collective"].text(), form.fields["authority"].text()) == ("", "TUQ. CHỦ TỊCH")
    form.fields["authority"].set_text("KT. ĐỘI TRƯỞNG")
    form._left("")
    assert form.way.data() == "other"
    form.fields["authority"].set_text("")
    form.fields["title"].set_text("")
    window.paper.next.click()
    assert window.page_shown() == PAPER
    assert form.fields["title"].message.text() == "Ghi chức vụ người ký."


def test_where_no_office_is_found_no_empty_box_stands(window: FirstRunWindow) -> None:
    window.search_for("không có xã này")
    assert not window.choose.list.isVisible()
    window.search_for("05809")
    assert window.choose.list.isVisible()


@pytest.mark.parametrize("page", [PAPER, TYPE])
def test_enter_leads_from_field_to_field_as_in_the_papers_and_then_to_the_button(
    window: FirstRunWindow, qtbot: QtBot, page: int
) -> None:
    if page == TYPE:
        window._type_anew()
        fields, first, button = window.type.fields, "name", window.type.next
    else:
        qtbot.keyClicks(window.choose.search, "05809")
        qtbot.keyClick(window.choose.search, Qt.Key.Key_Return)
        fields, first, button = window.paper.form.fields, "contact", window.paper.next
    fields[first].edit.setFocus()
    qtbot.keyClick(fields[first].edit, Qt.Key.Key_Return)
    second = "short_name" if page == TYPE else "phone"
    assert QApplication.focusWidget() is fields[second].edit
    last = fields["upper_code" if page == TYPE else "phone"].edit
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Enter)
    assert QApplication.focusWidget() is button
    assert window.page_shown() == page


def test_a_school_that_was_searched_for_is_typed_no_second_time(window: FirstRunWindow, qtbot: QtBot) -> None:
    window.search_for("trường Tiểu học An Khánh")
    window._type_anew()
    page = window.type
    assert (page.fields["name"].text(), page.level.data()) == ("Trường Tiểu học An Khánh", "school")
    page.fields["code"].edit.setFocus()
    qtbot.keyClicks(page.fields["code"].edit, "05809-TH")
    qtbot.keyClick(page.fields["code"].edit, Qt.Key.Key_Return)
    assert page.fields["upper_name"].text() == "Ủy ban nhân dân xã An Khánh"
    assert (page.fields["upper_code"].text(), page.upper_level.data()) == ("05809", "commune")
    assert page.fields["area"].text() == "xã An Khánh"
    page.next.click()
    assert window.page_shown() == PAPER
    assert window.paper.form.governing.text() == "ỦY BAN NHÂN DÂN\nXÃ AN KHÁNH"
    assert window.paper.form.fields["place"].text() == "An Khánh"


def test_what_was_typed_stays_through_a_look_at_the_list(window: FirstRunWindow) -> None:
    window.search_for("Trường Tiểu học số 2 Ea H'Leo")
    window._type_anew()
    page = window.type
    assert page.fields["name"].text() == "Trường Tiểu học số 2 Ea H'Leo", "a number in a name is no code"
    page.back.emit()
    window.search_for("Trường Mầm non Ea H'Leo")
    window._type_anew()
    assert page.fields["name"].text() == "Trường Mầm non Ea H'Leo", "only searched for so far"
    page.fields["code"].set_text("24310-MN")
    page.back.emit()
    window._type_anew()
    assert (page.fields["name"].text(), page.fields["code"].text()) == ("Trường Mầm non Ea H'Leo", "24310-MN")


def test_a_code_of_another_place_is_told_and_hinders_nothing(window: FirstRunWindow) -> None:
    window._type_anew()
    page = window.type
    for id, text in {
        "name": "Trường Tiểu học An Khánh",
        "code": "05809-TH",
        "upper_name": "UBND xã Hà Thượng",
        "upper_code": "05809",
    }.items():
        page.fields[id].set_text(text)
    page.fields["upper_name"].left.emit("UBND xã Hà Thượng")
    assert page.fields["upper_code"].message.text() == "Mã 05809 là của xã An Khánh. Xem lại mã hoặc tên."
    page.next.click()
    assert window.page_shown() == PAPER
    page.fields["upper_name"].set_text("Uỷ ban nhân dân xã An Khánh")
    page.fields["upper_name"].left.emit("Uỷ ban nhân dân xã An Khánh")
    assert page.fields["upper_code"].message.text() == ""


@pytest.mark.parametrize("size", [QSize(911, 464), QSize(1093, 557), QSize(1366, 696)])
def test_no_page_is_wider_than_its_window_with_the_largest_letters(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, size: QSize
) -> None:
    theme.apply(qapp, Theme(contrast=True, text_size=130))
    try:
        made = FirstRunWindow(Settings(tmp_path / "s.ini"), CLOCK, tmp_path / "data")
        qtbot.addWidget(made)
        made.resize(size)
        made.show()
        for page in range(5):
            made._go(page)
            QApplication.processEvents()
            area = made._pages.currentWidget()
            assert isinstance(area, Scrolled)
            inside = area.widget()
            assert inside is not None
            assert inside.width() <= area.viewport().width(), page
            assert area.horizontalScrollBar().maximum() == 0, page
    finally:
        theme.apply(qapp, Theme())


def test_a_page_begins_at_its_top(window: FirstRunWindow) -> None:
    window.resize(911, 464)
    window._type_anew()
    area = window._pages.currentWidget()
    assert isinstance(area, Scrolled)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert area.verticalScrollBar().value() > 0
    window.type.back.emit()
    window._type_anew()
    assert area.verticalScrollBar().value() == 0


def test_the_kind_follows_the_name_until_somebody_chose_it(window: FirstRunWindow) -> None:
    window.search_for("truong tieu hoc")  # without its accents it is no name for a paper
    window._type_anew()
    page = window.type
    assert page.fields["name"].text() == ""
    page.fields["name"].edited.emit("Sở Giáo dục và Đào tạo tỉnh Thái Nguyên")
    assert page.level.data() == "tinh"
    page.level.choose("commune")
    page.level.chosen.emit("commune")
    page.fields["name"].edited.emit("Trường Mầm non Hà Thượng")
    assert page.level.data() == "commune"


def test_enter_on_a_list_box_leads_on(window: FirstRunWindow, qtbot: QtBot) -> None:
    window.search_for("05809")
    window.choose.next.click()
    form = window.paper.form
    form.way.box.setFocus()
    qtbot.keyClick(form.way.box, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.fields["name"].edit


def test_a_typed_office_says_what_is_missing_then_goes_on(window: FirstRunWindow) -> None:
    window._type_anew()
    window.type.next.click()
    assert window.page_shown() == TYPE
    assert window.type.fields["name"].message.text()
    window.type.fields["name"].set_text("Ủy ban nhân dân xã Sơn Hạ")
    window.type.fields["code"].set_text("02341")
    window.type.next.click()
    assert window.page_shown() == PAPER
    assert window.type.fields["name"].message.text() == ""


def test_a_place_that_takes_nothing_keeps_the_page(window: FirstRunWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from hoctap_desktop.store.place import PlaceFacts

    window.search_for("05809")
    window.choose.next.click()
    window.paper.next.click()
    settle(window)
    monkeypatch.setattr(places_page, "look_at", lambda _folder: PlaceFacts(False))
    window.places.next.click()
    settle(window)
    assert window.page_shown() == PLACES
    assert window.places.data.message.text() == "Không ghi được vào đây. Hãy chọn nơi khác."


def test_sample_data_stand_apart_and_nothing_is_remembered(window: FirstRunWindow, tmp_path: Path) -> None:
    trials: list[Trial] = []
    window.look_around.connect(trials.append)
    dialog = window.ask_sample()
    dialog.reject()
    window.open_sample("05812")
    settle(window)
    (trial,) = trials
    assert tmp_path not in trial.folder.parents
    assert trial.store.is_file()
    assert Settings(tmp_path / "s.ini").store is None
    trial.end()
    assert not trial.folder.exists()
    assert not (tmp_path / "data").exists()


def test_data_already_there_are_not_overwritten(window: FirstRunWindow, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "05809.hoctap").write_bytes(b"dear to somebody")
    window.search_for("05809")
    window.choose.next.click()
    window.paper.next.click()
    placed(window)
    window.key.skip.click()
    settle(window)
    dialog = window.problems.shown()
    assert dialog is not None
    assert dialog.said.details.startswith("store_exists")
    dialog.reject()
    assert (tmp_path / "data" / "05809.hoctap").read_bytes() == b"dear to somebody"


def test_without_a_key_the_office_opens_at_once(window: FirstRunWindow, tmp_path: Path) -> None:
    ready: list[Path] = []
    window.ready.connect(ready.append)
    window.search_for("05809")
    window.choose.next.click()
    window.paper.next.click()
    placed(window)
    window.key.skip.click()
    settle(window)
    assert ready == [tmp_path / "data" / "05809.hoctap"]


def test_a_handover_from_the_old_machine_opens_here(window: FirstRunWindow, tmp_path: Path) -> None:
    old = commune_store(tmp_path / "old.hoctap", CLOCK)
    file = back_up(old, tmp_path / "x.htsao", "handover").rename(tmp_path / "X.HTSAO")
    old.close()
    ready: list[Path] = []
    said: list[str] = []
    window.ready.connect(ready.append)
    window.told.connect(said.append)
    window.open_from(file)
    settle(window)
    assert ready == [tmp_path / "data" / "05812.hoctap"]
    assert said == ["Đã khôi phục dữ liệu lúc 08:05 ngày 03/10/2022."]
    window.open_from(tmp_path / "old.hoctap")
    assert ready[-1] == tmp_path / "old.hoctap"


def test_a_bad_unit_file_is_refused_in_words(window: FirstRunWindow, tmp_path: Path) -> None:
    file = tmp_path / "unit.toml"
    file.write_text("[unit]\ncode = 5\n", "utf-8")
    window.read_unit_file(file)
    dialog = window.problems.shown()
    assert dialog is not None
    assert window.page_shown() == CHOOSE
    dialog.reject()


def test_closing_while_something_hangs_says_so_and_does_not_freeze(
    window: FirstRunWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoctap_desktop.ui.first_run.window.CLOSE_GRACE_S", 0.01)
    free = threading.Event()

    def hang(_progress: Progress) -> None:
        free.wait(20)

    window.jobs.aside(hang, words="Đang tạo dữ liệu")
    assert not window.close()
    dialog = window.closing
    assert isinstance(dialog, QWidget)
    dialog.hangs()
    assert dialog.anyway.isVisible()
    dialog.anyway.click()
    QApplication.processEvents()
    assert window.jobs.abandoned
    assert not window.isVisible()
    free.set()


def test_help_tells_of_the_four_pages(window: FirstRunWindow) -> None:
    dialog = window.show_help()
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize("typed", ["", "an khanh"])
def test_a_press_of_the_mouse_on_the_sample_data_opens_the_question_each_time(
    window: FirstRunWindow, qtbot: QtBot, typed: str
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.choose.search.setFocus()
    QTest.keyClicks(window.choose.search, typed)
    for _ in range(4):  # the list makes its room
        QApplication.processEvents()
    button = next(one for one in window.findChildren(Button) if one.text() == "Xem thử với dữ liệu mẫu")
    for _ in range(3):
        QApplication.processEvents()
        at = button.rect().center()
        QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=at)
        place = button.mapToGlobal(at)
        QApplication.processEvents()
        assert button.mapToGlobal(at) == place, "it moved under the mouse"
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=at)
        dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
        dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_preparer_typed_at_first_is_whom_the_history_names(window: FirstRunWindow, tmp_path: Path) -> None:
    settings = window._settings
    window.search_for("an khanh")
    office = window.choose._found[0].office
    office = replace(office, own=replace(office.own, contact="Nguyễn Thị Lan, Văn phòng"))
    window.take(office)
    window._papered(office)
    placed(window)
    window.key.skip.click()
    settle(window)
    assert settings.person == "Nguyễn Thị Lan"


def test_the_banner_over_the_sheet_does_not_touch_the_words_under_it(window: FirstRunWindow) -> None:
    page = window.key
    banner = page.banners.show_banner("sheet", "warn", "Máy này chưa có máy in.")
    window._pages.setCurrentIndex(KEY)
    page._halves.setCurrentIndex(1)
    QApplication.processEvents()
    bottom = banner.mapTo(page, banner.rect().bottomLeft()).y()
    assert page._told.mapTo(page, page._told.rect().topLeft()).y() - bottom >= 10


def test_files_are_looked_for_in_the_persons_documents_at_first(window: FirstRunWindow, tmp_path: Path) -> None:
    assert window._begin_at() == documents()
    window._settings.folder = tmp_path
    assert window._begin_at() == tmp_path
