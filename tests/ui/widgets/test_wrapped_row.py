"""Buttons side by side, in as many rows as the width asks for."""

from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.wrapped_row import WrappedRow


def test_what_does_not_fit_goes_on_in_the_next_row_and_nothing_is_squeezed(qtbot: QtBot) -> None:
    buttons = [Button(words) for words in ("Chuyển từ máy cũ", "Mở tệp đơn vị", "Xem thử với dữ liệu mẫu")]
    row = WrappedRow(*buttons, gap=10)
    qtbot.addWidget(row)
    row.show()
    wide, high = row.sizeHint().width(), buttons[0].sizeHint().height()
    for width, rows in ((wide, [0, 0, 0]), (wide - 1, [0, 0, 1]), (row.minimumSizeHint().width(), [0, 1, 2])):
        row.resize(width, row.heightForWidth(width))
        assert [one.y() for one in buttons] == [at * (high + 10) for at in rows]
        assert all(one.size() == one.sizeHint() and one.geometry().right() < width for one in buttons)
        assert row.height() == (rows[-1] + 1) * high + rows[-1] * 10


def test_a_hidden_button_takes_no_room(qtbot: QtBot) -> None:
    first, second = Button("Một"), Button("Hai")
    row = WrappedRow(first, second)
    qtbot.addWidget(row)
    first.hide()
    row.resize(400, 40)
    row.show()
    assert second.x() == 0
    assert row.sizeHint() == second.sizeHint()
