from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.diary import repository
from hoctap_desktop.filing.attachments import kind_words
from hoctap_desktop.filing.repository import current
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.attached import read_files, thumbnail
from hoctap_desktop.ui.diary.page import DiaryPage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from tests.signed_pdf import plain, sign
from tests.ui.conftest import Office


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DiaryPage:
    made = DiaryPage(office.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.activateWindow()
    made.enter()
    office.settle()
    return made


def stored(office: Office) -> dict[int, dict[str, object]]:
    office.settle()
    found = office.worker.submit(lambda store: repository.entries(store, "2022")).result()
    return {one.number: dict(one.content) for one in found}


def keys(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def test_an_entry_is_written_by_keys_alone_and_each_field_is_on_the_disk(office: Office, page: DiaryPage) -> None:
    before = set(stored(office))
    page.new_button.setFocus()
    press(Qt.Key.Key_F5)
    box = page.form.box("kind")
    assert isinstance(box, ChoiceField)
    assert box.box.hasFocus()
    box.choose("banner")
    box.chosen.emit("banner")
    press(Qt.Key.Key_Return)
    keys("8/10")
    press(Qt.Key.Key_Return)
    keys("Treo bang ron")
    press(Qt.Key.Key_Down)
    keys("7")
    press(Qt.Key.Key_Return)
    (number,) = set(stored(office)) - before
    assert stored(office)[number] == {
        "kind": "banner",
        "day": "2022-10-08",
        "title": "Treo bang ron",
        "banner_count": 7,
    }
    keys("05")
    press(Qt.Key.Key_Up)
    assert stored(office)[number]["flag_count"] == 5
    page.undo()
    assert "flag_count" not in stored(office)[number]
    assert "Treo bang ron: 7 cái" in [page.list.rows.data(page.list.rows.index(at)) for at in range(30)]


def test_an_entry_is_removed_by_keys_and_comes_back(office: Office, page: DiaryPage) -> None:
    page.open_entry(2)
    press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert 2 not in stored(office)
    page.undo()
    assert 2 in stored(office)
    page.open_entry(2)
    page.remove()
    page.open_trash()
    assert page.dialog is not None
    page.dialog.reject()
    page.put_back(2)
    assert 2 in stored(office)


def test_f5_and_away_leaves_nothing(office: Office, page: DiaryPage) -> None:
    before = stored(office)
    page.begin()
    page.leave()
    assert stored(office) == before


def test_a_promise_gets_its_number_where_it_stands(office: Office, page: DiaryPage) -> None:
    for number in stored(office):
        page.open_entry(number)
        page.remove()
    edit = page.promises.edit("banner_count/1")
    assert edit is not None
    edit.setFocus()
    keys("9")
    press(Qt.Key.Key_Return)
    (content,) = stored(office).values()
    assert (content["kind"], content["banner_count"], content["promise"]) == ("banner", 9, "banner_count/1")
    page.promises.begun.emit("opening/1")
    assert [one["place"] for one in stored(office).values() if one["kind"] == "opening"] == ["Trường THCS Hà Thượng"]


def test_all_numbers_go_into_the_report_after_a_look(office: Office, page: DiaryPage) -> None:
    page.ask_take()
    assert page.dialog is not None
    page.dialog.accept()
    page.take(None)
    office.settle()
    report = office.worker.submit(read_answers).result()
    assert (report["participants"], report["talks"], report["talk_attendees"]) == (551, 1, 46)
    assert not page.take_button.isEnabled()
    assert all(not row.takes for row in page.presenter.numbers().rows()) if page.presenter else False


def read_answers(store: Store) -> dict[str, object]:
    return dict(current(store, "2022-report").answers)


def photo(folder: Path) -> Path:
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor(120, 160, 90))
    path = folder / "Ảnh lễ.jpg"
    assert image.save(str(path))
    return path


def test_a_photo_dropped_on_an_entry_is_kept_shown_and_taken_away(
    office: Office, page: DiaryPage, tmp_path: Path
) -> None:
    page.open_entry(1)
    office.settle()
    path, wrong = photo(tmp_path), tmp_path / "giả.pdf"
    wrong.write_bytes(b"no pdf")
    page.attached.zone.dropped.emit([path, wrong])
    for _ in range(3):
        office.settle()
    (one,) = page.attached.shown()
    assert (one.name, one.size) == ("Ảnh lễ.jpg", path.stat().st_size)
    assert "giả.pdf" in page.attached.message.text()
    assert page.attached._pictures[one.kept] is not None
    page.attached.remove(one)
    for _ in range(2):
        office.settle()
    assert page.attached.shown() == ()
    page.attached.put_back()
    for _ in range(2):
        office.settle()
    assert len(page.attached.shown()) == 1
    page.attached.shared.emit(page.attached.shown()[0].number)
    office.settle()
    report = office.worker.submit(lambda store: read_files(store, "2022-report")).result()
    assert [kind_words(file) for file in report.files] == [kind_words(page.attached.shown()[0])]


def test_a_photo_alone_keeps_a_new_entry(office: Office, page: DiaryPage, tmp_path: Path) -> None:
    before = set(stored(office))
    page.begin()
    office.settle()
    page.attached.add([photo(tmp_path)])
    for _ in range(3):
        office.settle()
    assert len(set(stored(office)) - before) == 1


def test_thumbnails_are_small_pictures_and_of_what_cannot_be_shown_none(tmp_path: Path) -> None:
    size = QSize(48, 36)
    made = thumbnail("jpg", photo(tmp_path).read_bytes(), size)
    assert made is not None
    assert (made.width(), made.height()) == (48, 36)
    page = thumbnail("pdf", sign(plain(), "x"), size)
    assert page is not None
    assert page.height() == 36
    assert thumbnail("pdf", b"%PDF-1.4 broken", size) is None
    assert thumbnail("png", b"\x89PNG\r\n\x1a\n" + bytes(40), size) is None
    assert thumbnail("xlsx", b"PK", size) is None


def test_a_wrong_number_is_said_when_the_field_is_left(office: Office, page: DiaryPage) -> None:
    page.open_entry(2)
    box = page.form.box("banner_count")
    assert isinstance(box, TextField)
    page.form.focus_on("banner_count")
    keys("1,5")
    press(Qt.Key.Key_Return)
    assert "phần lẻ" in box.message.text()
    assert "banner_count" not in stored(office)[2]
    assert stored(office)[2]["typed.banner_count"] == "1,5"
    assert box.text() == "1,5"


@pytest.mark.parametrize("width", [911, 1093, 1366, 1920])
def test_the_page_stands_at_every_width(office: Office, page: DiaryPage, width: int) -> None:
    page.set_narrow(width < 1180)
    page.resize(width, 464 if width < 1000 else 654)
    office.settle()
    page.open_entry(3)
    assert page.form.isVisible()
    assert page.right.isVisible() is (width >= 1180)
    if width < 1180:
        page._turn_right()
        assert page.right.isVisible()


def test_an_empty_diary_says_what_comes_here(office: Office, page: DiaryPage) -> None:
    for number in stored(office):
        page.open_entry(number)
        page.remove()
    assert page.middle.currentWidget() is page.empty
    assert page.first_focus() is page.empty.button
    shown = [one for one in page.findChildren(Button) if one.isVisibleTo(page) and one.property("kind") == "primary"]
    assert shown == [page.empty.button], "one call to act"
    page.begin()
    assert page.new_button.property("kind") == "primary"
