"""What nobody sees is taken out of what is typed or pasted, and the person is told of it once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.widgets import unseen
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit, LongTextField, TextField
from tests.ui.conftest import OpenOffice

DIRTY, CLEAN = "Hà\u200b Thượng\u202e, 😀 xã\u00ad \x07", "Hà Thượng, 😀 xã "


@pytest.fixture
def told() -> Iterator[list[tuple[str, int]]]:
    found: list[tuple[str, int]] = []

    def note(field: str, count: int) -> None:
        found.append((field, count))

    unseen.teller().left_out.connect(note)
    yield found
    unseen.teller().left_out.disconnect(note)


def commit(widget: QWidget, words: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("kind", [TextField, LongTextField])
def test_a_box_is_rid_of_them_when_it_is_left_and_says_so_once(
    qtbot: QtBot, told: list[tuple[str, int]], kind: type[TextField] | type[LongTextField]
) -> None:
    box = kind("Trích yếu")
    qtbot.addWidget(box)
    said: list[str] = []
    box.left.connect(said.append)
    box.set_text(DIRTY)
    commit(box.edit, "và ")
    box.edit.say()
    assert said == [f"và {CLEAN}"]
    assert box.text() == f"và {CLEAN}"
    assert told == [("Trích yếu", 4)]
    commit(box.edit, "b")
    box.edit.say()
    assert len(told) == 1


def test_a_long_text_is_rid_of_them_as_a_step_of_undo_with_the_caret_where_it_was(qtbot: QtBot) -> None:
    edit = LongEdit()
    qtbot.addWidget(edit)
    commit(edit, f"{DIRTY}\nhai")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.say()
    assert edit.toPlainText() == f"{CLEAN}\nhai"
    assert edit.textCursor().atEnd()
    edit.undo()
    assert edit.toPlainText() == f"{DIRTY}\nhai"


def test_what_is_only_unseen_changes_nothing(qtbot: QtBot, told: list[tuple[str, int]]) -> None:
    edit = LineEdit("Hà Thượng")
    qtbot.addWidget(edit)
    said: list[str] = []
    edit.left.connect(said.append)
    edit.end(False)
    commit(edit, "\u200b\u200b")
    edit.say()
    assert (said, edit.text(), told) == ([], "Hà Thượng", [("", 2)])


def test_the_plans_text_never_holds_them(qtbot: QtBot, told: list[tuple[str, int]]) -> None:
    editor = BlockEditor("decree", "Nội dung kế hoạch")
    qtbot.addWidget(editor)
    editor.show()
    commit(editor, DIRTY)
    assert editor.toPlainText() == CLEAN
    data = QMimeData()
    data.setText("một\u200d hai")
    editor.insertFromMimeData(data)
    assert editor.text() == f"{CLEAN}một hai"
    assert told == [("Nội dung kế hoạch", 4), ("Nội dung kế hoạch", 1)]


def test_the_window_tells_it_in_words(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office()
    window = MainWindow(office.session)
    qtbot.addWidget(window)
    window.show()
    unseen.seen_only(DIRTY, "Ghi chú")
    assert window.banners.texts()["unseen"] == (
        "Đã bỏ 4 ký tự không nhìn thấy trong «Ghi chú». Phần chữ còn lại giữ nguyên."
    )
    office.settle()
