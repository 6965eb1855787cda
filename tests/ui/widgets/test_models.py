"""The lists of the window keep the rules of Qt's models."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets.section_list import SectionList, SectionModel, SectionRow
from hoctap_desktop.ui.widgets.sidebar import SideEntry, SideList, SideModel

ROWS = (
    SectionRow("", "Triển khai", "I.", head=True),
    SectionRow("lead", "Chỉ đạo", "I.1", mark="done"),
    SectionRow("table", "Bảng số liệu", "II.2", mark="block"),
)


def test_the_section_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(SectionModel(ROWS))


def test_the_side_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(SideModel([SideEntry("home", "house", "Trang chính"), SideEntry("", "", "Nhóm", caption=True)]))


def test_new_marks_leave_the_open_section_open_and_say_nothing(qtbot: QtBot) -> None:
    sections = SectionList()
    qtbot.addWidget(sections)
    said: list[str] = []
    sections.chosen.connect(said.append)
    sections.set_rows(ROWS)
    sections.open("table")
    sections.set_rows([*ROWS[:2], SectionRow("table", "Bảng số liệu", "II.2", mark="done")])
    assert (sections.current(), said) == ("table", [])


def test_arrow_keys_open_sections_and_step_over_heads(qtbot: QtBot) -> None:
    sections = SectionList()
    qtbot.addWidget(sections)
    said: list[str] = []
    sections.chosen.connect(said.append)
    sections.set_rows(ROWS)
    sections.open("lead")
    qtbot.keyClick(sections, Qt.Key.Key_Down)
    qtbot.keyClick(sections, Qt.Key.Key_Up)
    qtbot.keyClick(sections, Qt.Key.Key_Up)
    assert said == ["table", "lead"]


def test_a_mark_is_said_in_words(qtbot: QtBot) -> None:
    model = SectionModel(ROWS)
    assert model.data(model.index(2), Qt.ItemDataRole.AccessibleTextRole) == "II.2 Bảng số liệu, có chỗ phải sửa"


def test_enter_opens_a_room_and_arrows_only_move(qtbot: QtBot) -> None:
    rooms = SideList("Các trang")
    qtbot.addWidget(rooms)
    picked: list[str] = []
    rooms.picked.connect(picked.append)
    rooms.entries.set_rows([SideEntry("home", "house", "Trang chính"), SideEntry("plan", "pencil", "Kế hoạch")])
    rooms.show()
    rooms.show_open("home")
    qtbot.keyClick(rooms, Qt.Key.Key_Down)
    assert picked == []
    qtbot.keyClick(rooms, Qt.Key.Key_Return)
    assert picked == ["plan"]
