"""Every key that help names does what help says, on the page it is named for, pressed by hand."""

import pytest
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui.key_table import KEYS, PLACES, Key, said
from hoctap_desktop.ui.main_window import MainWindow
from tests.ui import key_tries as tries
from tests.ui.walk.scenes import SCENES
from tests.ui.walk.stage import Stage

TRIES: dict[tuple[str, str], tuple[str, tries.Try]] = {
    # by room and key: the scene it is tried in, and what is tried
    ("", "F1"): ("report, figures", tries.helps),
    ("", "F6"): ("report, figures", tries.moves("F6")),
    ("", "Shift+F6"): ("board", tries.moves("Shift+F6")),
    ("", "Tab"): ("settings", tries.moves("Tab")),
    ("", "Shift+Tab"): ("settings", tries.moves("Shift+Tab")),
    ("", "Ctrl+S"): ("report, figures", tries.saves),
    ("", "Alt+1"): ("settings", tries.first_room),
    ("plan", "Enter"): ("plan, the text", tries.changes_text("Return")),
    ("plan", "Tab"): ("plan, the text", tries.changes_text("Tab")),
    ("plan", "Shift+Tab"): ("plan, the text", tries.changes_text("Shift+Tab", "Tab")),
    ("plan", "Alt+Up"): ("plan, the text", tries.changes_text("Alt+Up")),
    ("plan", "Alt+Down"): ("plan, the text", tries.changes_text("Alt+Down")),
    ("plan", "Ctrl+Space"): ("plan, the text", tries.picks_a_field),
    ("plan", "F2"): ("plan, the text", tries.numbers),
    ("plan", "F5"): ("plan, the text", tries.changes_text("F5")),
    ("plan", "Shift+F5"): ("plan, the text", tries.changes_text("Shift+F5")),
    ("plan", "Ctrl+Shift+F5"): ("plan, the text", tries.changes_text("Ctrl+Shift+F5")),
    ("plan", "F7"): ("plan of last year", tries.checks),
    ("plan", "F8"): ("plan of last year", tries.steps("F8")),
    ("plan", "Shift+F8"): ("plan of last year", tries.steps("Shift+F8")),
    ("plan", "F9"): ("plan, the text", tries.goes_to("F9", "print")),
    ("plan", "Ctrl+P"): ("plan, the text", tries.goes_to("Ctrl+P", "print")),
    ("plan", "Ctrl+F"): ("plan, the text", tries.searches),
    ("plan", "Ctrl+Shift+F"): ("plan, the text", tries.replaces),
    ("plan", "F3"): ("plan, the text", tries.steps_hits("F3")),
    ("plan", "Shift+F3"): ("plan, the text", tries.steps_hits("Shift+F3")),
    ("plan", "Ctrl+G"): ("plan, the text", tries.picks("Ctrl+G")),
    ("plan", "Ctrl+Z"): ("plan, the text", tries.changes_text("Ctrl+Z", "Return")),
    ("plan", "Ctrl+Y"): ("plan, the text", tries.changes_text("Ctrl+Y", "Return", "Ctrl+Z")),
    ("plan", "Ctrl+H"): ("plan, first part", tries.opens("Ctrl+H", "Lịch sử của ô này")),
    ("plan", "Ctrl+Shift+H"): ("plan, first part", tries.opens("Ctrl+Shift+H", "Lịch sử của kế hoạch")),
    ("diary", "F5"): ("diary", tries.writes_anew),
    ("diary", "Shift+F5"): ("diary", tries.removes),
    ("diary", "F8"): ("diary", tries.walks_entries("F8")),
    ("diary", "Shift+F8"): ("diary", tries.walks_entries("Shift+F8")),
    ("diary", "Ctrl+F"): ("diary", tries.picks_an_entry),
    ("diary", "Ctrl+Z"): ("diary", tries.undoes_entry),
    ("report", "Enter"): ("report, figures", tries.next_cell("Return")),
    ("report", "Down"): ("report, figures", tries.next_cell("Down")),
    ("report", "Up"): ("report, figures", tries.next_cell("Up")),
    ("report", "Ctrl+Enter"): ("report, a long text", tries.leaves_long_text),
    ("report", "F2"): ("report, figures", tries.edits),
    ("report", "K"): ("report, figures", tries.states("K", "not_held")),
    ("report", "C"): ("report, figures", tries.states("C", "unknown")),
    ("report", "A"): ("report, figures", tries.states("A", "not_applicable")),
    ("report", "Delete"): ("report, figures", tries.blanks),
    ("report", "F5"): ("report, figures", tries.opens("F5", "Danh sách lớp")),
    ("report", "F7"): ("report, figures", tries.checks),
    ("report", "F8"): ("report, figures", tries.steps("F8")),
    ("report", "Shift+F8"): ("report, figures", tries.steps("Shift+F8")),
    ("report", "F9"): ("report, figures", tries.goes_to("F9", "print")),
    ("report", "Ctrl+P"): ("report, figures", tries.goes_to("Ctrl+P", "print")),
    ("report", "Ctrl+F"): ("report, figures", tries.picks("Ctrl+F")),
    ("report", "Ctrl+Z"): ("report, figures", tries.undoes("Ctrl+Z")),
    ("report", "Ctrl+Y"): ("report, figures", tries.undoes("Ctrl+Y")),
    ("report", "Ctrl+H"): ("report, figures", tries.opens("Ctrl+H", "Lịch sử của ô này")),
    ("report", "Ctrl+Shift+H"): ("report, figures", tries.opens("Ctrl+Shift+H", "Lịch sử của báo cáo")),
    ("report", "Ctrl+Shift+E"): ("report, figures", tries.asks_for_a_file("Ctrl+Shift+E")),
    ("report", "Ctrl+Shift+I"): ("report, figures", tries.asks_for_a_file("Ctrl+Shift+I")),
    ("classes", "Enter"): ("report, classes", tries.next_class_cell),
    ("classes", "F5"): ("report, classes", tries.adds_a_class),
    ("classes", "Shift+F5"): ("report, classes", tries.removes_a_class),
    ("print", "F9"): ("print", tries.prints("F9")),
    ("print", "Ctrl+P"): ("print", tries.prints("Ctrl+P")),
    ("print", "Ctrl+F"): ("print", tries.searches),
    ("print", "Ctrl++"): ("print", tries.zooms("Ctrl++")),
    ("print", "Ctrl+-"): ("print", tries.zooms("Ctrl+-")),
    ("print", "Ctrl+0"): ("print", tries.zooms("Ctrl+0")),
    ("receive", "Ctrl+F"): ("receive", tries.picks("Ctrl+F")),
    ("receive", "F5"): ("receive", tries.takes_new),
    ("receive", "Delete"): ("receive", tries.puts_aside),
    ("receive", "Ctrl+H"): ("receive", tries.picks("Ctrl+H")),
    ("receive", "Ctrl+P"): ("receive", tries.opens("Ctrl+P", "In danh sách tiếp nhận")),
    ("receive", "F9"): ("receive", tries.opens("F9", "In danh sách tiếp nhận")),
    ("receive", "Ctrl+Shift+E"): ("receive", tries.asks_for_a_file("Ctrl+Shift+E")),
    ("beside", "Alt+Left"): ("beside", tries.goes_to("Alt+Left", "receive")),
    ("beside", "Ctrl+E"): ("beside", tries.shows_every_cell),
    ("beside", "Ctrl+Return"): ("beside", tries.chooses("Ctrl+Return", "taken")),
    ("beside", "Ctrl+D"): ("beside", tries.chooses("Ctrl+D", "kept")),
    ("beside", "Ctrl+Backspace"): ("beside", tries.opens("Ctrl+Backspace", "Trả lại bản mới")),
    ("received", "Alt+Left"): ("received", tries.goes_to("Alt+Left", "receive")),
    ("received", "Alt+PgUp"): ("received", tries.goes_through_the_pile("Alt+PgUp")),
    ("received", "Alt+PgDown"): ("received", tries.goes_through_the_pile("Alt+PgDown")),
    ("received", "F8"): ("received", tries.looks_at("F8")),
    ("received", "Shift+F8"): ("received", tries.looks_at("Shift+F8")),
    ("received", "Ctrl+Return"): ("received", tries.approves),
    ("received", "Ctrl+Backspace"): ("received", tries.begins_a_slip),
    ("received", "F2"): ("received", tries.opens("F2", "Ngày nhận của")),
    ("keying", "Enter"): ("keying", tries.next_cell("Return")),
    ("keying", "Alt+Left"): ("keying", tries.goes_to("Alt+Left", "board")),
    ("keying", "Ctrl+F"): ("keying", tries.picks("Ctrl+F")),
    ("keying", "Ctrl+Shift+I"): ("keying", tries.asks_for_a_file("Ctrl+Shift+I")),
    ("board", "Ctrl+F"): ("board", tries.searches),
    ("board", "Enter"): ("board", tries.opens_what_came),
    ("board", "F8"): ("board, missing", tries.walks_lines("F8")),
    ("board", "Shift+F8"): ("board, missing", tries.walks_lines("Shift+F8")),
    ("board", "Shift+F4"): ("board", tries.drops("Shift+F4", "Sắp xếp theo")),
    ("board", "F4"): ("board", tries.drops("F4", "In bảng theo dõi\tF9")),
    ("board", "F2"): ("board", tries.sets_a_day),
    ("board", "F5"): ("board", tries.opens("F5", "Nhận bản giấy")),
    ("board", "F7"): ("board, missing", tries.goes_to("F7", "remind")),
    ("board", "F9"): ("board", tries.opens("F9", "In bảng theo dõi")),
    ("board", "Ctrl+P"): ("board", tries.opens("Ctrl+P", "In bảng theo dõi")),
    ("remind", "Ctrl+F"): ("remind", tries.searches),
    ("remind", "Enter"): ("remind", tries.to_the_note),
    ("remind", "Ctrl+Return"): ("remind", tries.calls),
    ("remind", "F8"): ("remind", tries.walks_lines("F8")),
    ("remind", "Shift+F8"): ("remind", tries.walks_lines("Shift+F8", "F8")),
    ("remind", "F5"): ("remind", tries.goes_to("F5", "letter")),
    ("remind", "F9"): ("remind", tries.opens("F9", "In danh sách gọi điện")),
    ("remind", "Ctrl+P"): ("remind", tries.opens("Ctrl+P", "In danh sách gọi điện")),
    ("remind", "Alt+Left"): ("remind", tries.goes_to("Alt+Left", "board")),
    ("letter", "F9"): ("letter", tries.opens("F9", "In công văn đôn đốc")),
    ("letter", "Ctrl+P"): ("letter", tries.opens("Ctrl+P", "In công văn đôn đốc")),
    ("letter", "Alt+Left"): ("letter", tries.goes_to("Alt+Left", "remind")),
    ("totals", "Ctrl+F"): ("totals", tries.picks("Ctrl+F")),
    ("totals", "F9"): ("totals", tries.opens("F9", "In bảng")),
    ("totals", "Ctrl+P"): ("totals", tries.opens("Ctrl+P", "In bảng")),
    ("units", "Ctrl+F"): ("units", tries.searches),
    ("units", "F5"): ("units", tries.opens("F5", "Thêm đơn vị cấp dưới")),
    ("units", "Enter"): ("units", tries.opens_the_unit),
    ("units", "Ctrl+Z"): ("units", tries.undoes_the_act),
    ("units", "Ctrl+Shift+E"): ("units", tries.asks_for_a_file("Ctrl+Shift+E")),
    ("units", "Ctrl+Shift+I"): ("units", tries.asks_for_a_file("Ctrl+Shift+I")),
    ("units", "Alt+Left"): ("units", tries.goes_to("Alt+Left", "settings")),
    ("campaign", "F2"): ("campaign, form", tries.edits_the_question),
    ("campaign", "F5"): ("campaign, form", tries.opens("F5", "Thêm câu hỏi")),
    ("campaign", "Shift+F5"): ("campaign, form", tries.changes_questions("Shift+F5")),
    ("campaign", "Alt+Up"): ("campaign, form", tries.changes_questions("Alt+Up", "Down")),
    ("campaign", "Alt+Down"): ("campaign, form", tries.changes_questions("Alt+Down")),
    ("campaign", "Ctrl+Z"): ("campaign, form", tries.changes_questions("Ctrl+Z", "Shift+F5")),
    ("campaign", "Alt+Left"): ("campaign", tries.goes_to("Alt+Left", "settings")),
    ("dialog", "Esc"): ("report, finalise", tries.closes),
    ("dialog", "Enter"): ("problem", tries.presses),
}


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.room or 'all'} {key.keys}")
def test_the_key_does_what_help_says(key: Key, stage: Stage) -> None:
    name, attempt = TRIES[key.room, key.keys]
    scene = next(one for one in SCENES if one.name == name)
    with stage.opened(scene) as (window, top):
        assert isinstance(window, MainWindow)
        attempt(tries.Desk(window, top))


def test_help_names_each_key_once_and_every_place() -> None:
    assert len({(key.room, key.keys) for key in KEYS}) == len(KEYS)
    assert [key.room for key in KEYS if key.room not in PLACES] == []
    assert {key.room for key in KEYS} == set(PLACES)


def test_arrows_are_named_in_help() -> None:
    assert (said("Alt+Up"), said("Ctrl++"), said("Ctrl+Space")) == ("Alt+mũi tên lên", "Ctrl++", "Ctrl+phím cách")
