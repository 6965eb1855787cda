"""Fields say what was typed when they are left, once, and in one spelling."""

import unicodedata

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.fields import LineEdit, LongTextField, TextField


def form(qtbot: QtBot, *parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def commit(widget: QWidget, text: str) -> None:
    """What a Vietnamese input method does; keyClicks aborts on letters outside ASCII."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_a_changed_field_is_said_once_when_it_is_left(qtbot: QtBot) -> None:
    first, second = TextField("Họ tên"), TextField("Chức vụ")
    _window = form(qtbot, first, second)
    said: list[str] = []
    first.left.connect(said.append)
    first.edit.setFocus()
    commit(first.edit, "Đặng Văn Thi")
    assert said == []
    qtbot.keyClick(first.edit, Qt.Key.Key_Return)
    qtbot.keyClick(first.edit, Qt.Key.Key_Tab)
    assert said == ["Đặng Văn Thi"]
    first.edit.setFocus()
    second.edit.setFocus()
    assert said == ["Đặng Văn Thi"]


def test_letters_taken_apart_are_put_together(qtbot: QtBot) -> None:
    field = TextField("Họ tên")
    _window = form(qtbot, field)
    commit(field.edit, unicodedata.normalize("NFD", "Hà Thượng"))
    assert field.text() == "Hà Thượng"


def test_text_from_outside_is_not_said(qtbot: QtBot) -> None:
    field, other = TextField("Họ tên"), TextField("Khác")
    _window = form(qtbot, field, other)
    said: list[str] = []
    field.left.connect(said.append)
    field.edit.setFocus()
    field.set_text("điền sẵn")
    other.edit.setFocus()
    assert said == []


def test_a_text_too_long_for_its_box_shows_its_beginning_when_it_is_left_by_tab(qtbot: QtBot) -> None:
    both = QWidget()
    qtbot.addWidget(both)
    row = QHBoxLayout(both)
    first, second = LineEdit("TM. ỦY BAN NHÂN DÂN PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM"), LineEdit()
    row.addWidget(first)
    row.addWidget(second)
    both.resize(260, 60)
    both.show()
    both.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is both)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.cursorPosition() == len(first.text())
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert first.cursorPosition() == 0


def test_an_error_stands_under_its_field_and_is_read_aloud(qtbot: QtBot) -> None:
    field = TextField("Ngày", "31/09/2022")
    _window = form(qtbot, field)
    field.show_state("error", "Tháng 9 có 30 ngày.")
    assert field.message.isVisible()
    assert field.edit.accessibleName() == "Ngày"
    assert field.edit.accessibleDescription() == "Tháng 9 có 30 ngày."
    field.show_state()
    assert not field.message.isVisible()


def test_computed_and_frozen_fields_cannot_be_typed_into(qtbot: QtBot) -> None:
    field = TextField("Tổng", "126")
    _window = form(qtbot, field)
    for state in ("computed", "frozen"):
        field.show_state(state)
        assert field.edit.isReadOnly()
    field.show_state("normal")
    assert not field.edit.isReadOnly()


def test_control_enter_leaves_a_long_text(qtbot: QtBot) -> None:
    text, after = LongTextField("Khó khăn"), TextField("Sau")
    _window = form(qtbot, text, after)
    said: list[str] = []
    text.left.connect(said.append)
    text.edit.setFocus()
    commit(text.edit, "Chưa có phòng đọc")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    commit(text.edit, "riêng")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == ["Chưa có phòng đọc\nriêng"]
    assert after.edit.hasFocus()


def test_the_mouse_wheel_does_not_change_a_choice(qtbot: QtBot) -> None:
    choice = Choice()
    for word in ("một", "hai", "ba"):
        choice.addItem(word)
    _window = form(qtbot, choice)
    choice.setFocus()
    spot = QPointF(5, 5)
    event = QWheelEvent(
        spot,
        choice.mapToGlobal(spot),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, event)
    assert choice.currentText() == "một"
