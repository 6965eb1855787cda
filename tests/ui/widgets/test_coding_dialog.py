"""Words of an old coding are shown whole, before and after: a name cut short cannot be judged."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.legacy import changed_lines
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding
from hoctap_desktop.ui.widgets.labels import Label


def shown(qtbot: QtBot, before: str, after: str) -> list[str]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 600)
    parent.show()
    dialog = ask_coding(parent, "Chữ cũ", before, after, lambda: None)
    found = [label.text() for label in dialog.findChildren(Label)]
    dialog.reject()
    return found


def test_a_long_line_is_not_cut(qtbot: QtBot) -> None:
    names = ", ".join(f"Nguyễn Thị Hương {number}" for number in range(60))
    assert names in shown(qtbot, "x", names)


def test_lines_beyond_the_room_are_counted(qtbot: QtBot) -> None:
    after = "\n".join("Đặng Văn Thi" * 20 for _ in range(40))
    (words,) = [words for words in shown(qtbot, "x", after) if words.startswith("Đặng")]
    *kept, last = words.split("\n")
    assert all(line in after for line in kept)
    assert last == f"… và {40 - len(kept)} dòng nữa"


def test_only_lines_that_change_are_shown_and_those_whole() -> None:
    before = "abc\nKÕ ho¹ch\nxyz"
    assert changed_lines(before, "abc\nKế hoạch\nxyz") == (("KÕ ho¹ch", "Kế hoạch"),)
