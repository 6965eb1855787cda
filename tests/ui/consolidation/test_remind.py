"""Nhắc nộp and Công văn đôn đốc: who is called, what is copied, the letter as it is changed and kept."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import paper_desk, reminder_desk
from hoctap_desktop.consolidation.reminders import Reminder
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation.letter_page import LetterPage
from hoctap_desktop.ui.consolidation.remind_page import RemindPage
from tests.ui.conftest import Office
from tests.ui.consolidation.conftest import on_screen

ALL = ["Trường Mầm non Hà Thượng", "Trường THCS Hà Thượng", "Trường Tiểu học Hà Thượng", "UBND xã Hà Thượng"]


@pytest.fixture
def page(upper: Office, qtbot: QtBot) -> Iterator[RemindPage]:
    yield on_screen(RemindPage(upper.session), upper, qtbot)
    upper.settle()


def names(page: RemindPage) -> list[str]:
    return [page.model.line(at).text(0) for at in range(page.model.rowCount())]


def test_everyone_who_is_missing_is_listed_and_the_first_is_current(page: RemindPage) -> None:
    assert names(page) == ALL
    assert page.name.text() == "Trường Mầm non Hà Thượng"
    assert page.count.whole() == "4 đơn vị, đã gọi 0"
    assert "Chưa có số điện thoại" in page.owed.text()


def test_only_the_units_that_were_seen_on_the_board(page: RemindPage, upper: Office) -> None:
    page.enter((None, ["05812-TH"]))
    upper.settle()
    assert names(page) == ["Trường Tiểu học Hà Thượng"]


def test_the_papers_can_be_chosen(page: RemindPage) -> None:
    page.kind.choose("plan")
    page.kind.chosen.emit("plan")
    assert names(page) == ["UBND xã Hà Thượng"]
    assert page.model.line(0).text(3) == "Chưa nộp, quá 9 ngày"
    assert page.owed.text().startswith("Kế hoạch chưa nộp, quá 9 ngày")
    page.kind.choose("both")
    page.kind.chosen.emit("both")
    assert "Kế hoạch chưa nộp, quá 9 ngày" in {page.model.line(at).text(3).partition(";")[0] for at in range(4)}


def test_a_call_is_ticked_with_a_note_kept_and_can_be_taken_back(page: RemindPage, upper: Office) -> None:
    page.view.go_to_row(1)
    page.note.edit.setText("hẹn nộp ngày 17")
    QTest.keyClick(page.note.edit, Qt.Key.Key_Return)
    upper.settle()
    line = page.current()
    assert line is not None
    assert line.text(4) == "14/10 hẹn nộp ngày 17"
    assert page.count.whole() == "4 đơn vị, đã gọi 1"
    assert "hẹn nộp ngày 17" in page.history.text()
    page.uncalled.setChecked(True)
    assert "Trường THCS Hà Thượng" not in names(page)
    page.uncalled.setChecked(False)
    page.view.go_to_row(1)
    page.uncall.click()
    upper.settle()
    assert page.count.whole() == "4 đơn vị, đã gọi 0"
    assert upper.worker.submit(lambda store: reminder_desk.calls(store, "2022")).result() == {}


def test_what_is_being_typed_outlives_another_look_at_the_list(page: RemindPage, upper: Office) -> None:
    page.view.go_to_row(1)
    page.note.edit.setText("hẹn nộp ngày")
    page.text.edit.setPlainText("Xin gửi ngay.")
    upper.session.changed.emit("")
    upper.settle()
    assert (page.note.text(), page.text.edit.toPlainText()) == ("hẹn nộp ngày", "Xin gửi ngay.")
    page.note_call()
    upper.settle()
    assert (page.note.text(), page.text.edit.toPlainText()) == ("", "Xin gửi ngay.")
    page.note.edit.setText("máy bận")
    page.view.go_to_row(0)
    assert page.note.text() == ""
    assert page.text.edit.toPlainText().startswith("Phòng GDĐT: đề nghị Trường Mầm non Hà Thượng")


def test_the_text_that_stands_there_is_copied_with_or_without_accents(page: RemindPage) -> None:
    assert page.text.edit.toPlainText().startswith("Phòng GDĐT: đề nghị Trường Mầm non Hà Thượng gửi báo cáo")
    page.bare.setChecked(True)
    assert page.text.edit.toPlainText().isascii()
    assert "1 tin SMS" in page.letters.text()
    page.whose.choose("group")
    page.whose.chosen.emit("group")
    page.bare.setChecked(False)
    assert all(name in page.text.edit.toPlainText() for name in ALL)
    page.text.edit.setPlainText("Xin gửi ngay.")
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "Xin gửi ngay."
    assert "copied" in page.banners.texts()


def test_search_order_and_the_rules_of_qt(page: RemindPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.search.edit.setText("tieu hoc")
    assert names(page) == ["Trường Tiểu học Hà Thượng"]
    page.search.edit.setText("zzz")
    assert names(page) == []
    assert page.name.text() == "Không có đơn vị nào trong danh sách này"
    page.note_call()  # nobody to call
    page.search.edit.setText("")
    page.view.head.sectionClicked.emit(0)
    assert names(page) == ALL[::-1]
    spoken = page.model.data(page.model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "UBND xã Hà Thượng, Điện thoại: để trống"


@pytest.mark.parametrize(("width", "columns"), [(855, [0, 2, 3]), (1182, [0, 1, 2, 3, 4])])
def test_names_are_told_apart_at_150_percent_too(page: RemindPage, width: int, columns: list[int]) -> None:
    """ui at 911 × 464: "UBND phường Bình Thới" beside "UBND phường Bình Trưng"."""
    page.resize(width, 464)
    page.set_narrow(width < 1000)
    QApplication.processEvents()
    assert page.view.columnWidth(0) >= theme.px(226)
    assert [at for at in range(5) if not page.view.isColumnHidden(at)] == columns
    assert sum(page.view.columnWidth(at) for at in columns) <= page.view.viewport().width()


def test_a_long_reason_takes_no_room_from_the_telephone(page: RemindPage) -> None:
    lines = [replace(line, owed=f"Trả lại: {'chưa có chữ ký ' * 9}") for line in page.model.every()]
    page.resize(855, 464)
    page.set_narrow(True)
    QApplication.processEvents()
    page.model.set_lines(lines)
    assert [at for at in range(5) if not page.view.isColumnHidden(at)] == [0, 2, 3]
    assert sum(page.view.columnWidth(at) for at in (0, 2, 3)) == page.view.viewport().width()


def test_the_letter_takes_the_list_that_stands_there(page: RemindPage, gone_to: list[tuple[str, object]]) -> None:
    page.letter.click()
    codes = ["05812", "05812-THCS", "05812-TH", "05812-MN"]
    assert gone_to == [("letter", ((Kind.REPORT,), None, codes))]


def test_nobody_missing_says_so(page: RemindPage, upper: Office) -> None:
    def all_on_paper(store: Store) -> None:
        for code in ("05812", "05812-THCS", "05812-TH", "05812-MN"):
            paper_desk.receive_paper(store, code, Kind.REPORT)
        paper_desk.receive_paper(store, "05812", Kind.PLAN)

    upper.worker.submit(all_on_paper).result()
    page.enter()
    upper.settle()
    assert page.stack.currentWidget() is page.empty
    assert not page.letter.isEnabled()


def test_the_list_to_call_by_is_saved_as_a_sheet(
    page: RemindPage, upper: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "goi-dien.xlsx"
    monkeypatch.setattr(files, "save_as", lambda page, name, kind, make: files.write(page, target, make))
    page.excel.click()
    upper.settle()
    assert target.read_bytes().startswith(b"PK")


# --- the letter --------------------------------------------------------------------------------------------------


@pytest.fixture
def letter(upper: Office, qtbot: QtBot) -> Iterator[LetterPage]:
    yield on_screen(LetterPage(upper.session), upper, qtbot)
    upper.settle()


def kept(upper: Office) -> tuple[Reminder, ...]:
    return upper.worker.submit(lambda store: reminder_desk.reminders(store, "2022")).result()


def test_the_letter_stands_ready_and_is_kept(letter: LetterPage, upper: Office) -> None:
    assert letter.about.text() == "đôn đốc nộp báo cáo Tuần lễ học tập suốt đời năm 2022"
    assert letter.to.text().split("\n")[0] == "Ủy ban nhân dân xã Hà Thượng"
    assert "4 đơn vị còn thiếu báo cáo" in letter.list_words.text()
    assert kept(upper) == (letter.written,)
    assert letter.preview.pages() == 1


def test_what_is_changed_is_kept_and_printed(letter: LetterPage, upper: Office, qtbot: QtBot) -> None:
    letter.about.set_text("nhắc nộp  báo cáo")
    letter.after.set_text("Đề nghị gửi ngay.\n\nXin cảm ơn./.")
    letter._keep()
    upper.settle()
    (found,) = kept(upper)
    assert found.about == "nhắc nộp báo cáo"
    assert found.after == ("Đề nghị gửi ngay.", "Xin cảm ơn./.")
    again = on_screen(LetterPage(upper.session), upper, qtbot)
    assert again.about.text() == "nhắc nộp báo cáo"  # the last letter opens again
    assert len(kept(upper)) == 1


def test_the_list_of_today_comes_into_the_same_letter(letter: LetterPage, upper: Office) -> None:
    letter.about.set_text("nhắc")
    upper.worker.submit(lambda store: paper_desk.receive_paper(store, "05812-TH", Kind.REPORT)).result()
    letter.again.click()
    upper.settle()
    (found,) = kept(upper)
    assert "05812-TH" not in {one.code for one in found.units}
    assert (len(found.units), found.about) == (3, "nhắc")


def test_a_letter_the_fonts_lack_is_named_and_nothing_is_lost(letter: LetterPage, upper: Office) -> None:
    letter.about.set_text("nhắc \u0e01")
    letter._keep()
    upper.settle()
    assert "letter" in letter.banners.texts()
    letter.about.set_text("nhắc nộp")
    letter._keep()
    upper.settle()
    assert "letter" not in letter.banners.texts()


@pytest.mark.parametrize(("save", "head"), [("_save_word", b"PK"), ("_save_pdf", b"%PDF")])
def test_it_is_saved_for_word_and_as_pdf(
    letter: LetterPage, upper: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: str, head: bytes
) -> None:
    target = tmp_path / "cong-van"
    monkeypatch.setattr(files, "save_as", lambda page, name, kind, make: files.write(page, target, make))
    getattr(letter, save)()
    upper.settle()
    assert target.read_bytes().startswith(head)
