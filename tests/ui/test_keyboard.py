"""Every key that help names does what help says, on the page it is named for, pressed by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from hoctap_desktop.consolidation.intake import Outcome
from hoctap_desktop.office.units_below import close
from hoctap_desktop.ui.consolidation.shots import read_the_stick
from hoctap_desktop.ui.help_dialog import HelpDialog
from hoctap_desktop.ui.key_table import KEYS, PLACES, Key, said
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.picker import Picker
from tests.ui.walk.stage import SCENES, Stage, settle


class Desk:
    """A window at one of its pages, and the keyboard."""

    def __init__(self, window: MainWindow, top: QWidget) -> None:
        self.window, self.top = window, top

    @property
    def page(self) -> Any:
        return self.window.open_page()

    def press(self, keys: str) -> None:
        combination: Any = QKeySequence(keys)[0]  # type: ignore[index]
        on = QApplication.focusWidget() or self.top
        QTest.keyClick(on, combination.key(), combination.keyboardModifiers())
        settle(self.window.session.jobs)

    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def dialog(self) -> QWidget:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        assert shown, "nothing opened"
        return shown[-1]

    def no_dialog(self) -> bool:
        return not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


Try = Callable[[Desk], None]


# --- what is tried on each page ----------------------------------------------------------------------------------


def _moves(keys: str) -> Try:
    def run(desk: Desk) -> None:
        before = desk.focused()
        desk.press(keys)
        assert desk.focused() is not None
        assert desk.focused() is not before

    return run


def _helps(desk: Desk) -> None:
    desk.press("F1")
    assert isinstance(desk.dialog(), HelpDialog)


def _saves(desk: Desk) -> None:
    desk.press("Ctrl+S")
    assert desk.window.top.saved.text() == f"Đã lưu lúc {desk.window.session.now():%H:%M:%S}"


def _first_room(desk: Desk) -> None:
    desk.press("Alt+1")
    assert desk.page is desk.window.page("home")


def _goes_to(keys: str, room: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert desk.page is desk.window.page(room)

    return run


def _picks(keys: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        pickers = [one for one in desk.page.findChildren(Picker) if one.isVisible()]
        assert len(pickers) == 1
        assert pickers[0].isAncestorOf(desk.focused() or desk.top)
        assert pickers[0].shown()
        chosen: list[str] = []
        pickers[0].chosen.connect(chosen.append)
        desk.press("Return")
        assert len(chosen) == 1

    return run


def _walks_lines(keys: str, *before: str) -> Try:
    def run(desk: Desk) -> None:
        desk.page.view.setFocus()
        for key in before:
            desk.press(key)
        at = desk.page.view.currentIndex().row()
        desk.press(keys)
        assert desk.page.view.currentIndex().row() != at

    return run


def _drops(keys: str, first: str) -> Try:
    def run(desk: Desk) -> None:
        shown: list[str] = []
        # the menu itself is looked at by the walk through all scenes; offscreen it cannot hold the keyboard
        desk.page._pop_up = lambda menu, _under: shown.append(menu.actions()[0].text())
        desk.press(keys)
        assert shown == [first]

    return run


def _opens_what_came(desk: Desk) -> None:
    page = desk.page
    page.view.setFocus()
    page.view.go_to_row(next(at for at in range(page.model.rowCount()) if page.model.line(at).package_id))
    desk.press("Return")
    assert desk.page is desk.window.page("received")


def _sets_a_day(desk: Desk) -> None:
    page = desk.page
    page.view.go_to_row(next(at for at in range(page.model.rowCount()) if page.model.line(at).package_id))
    desk.press("F2")
    assert desk.dialog().windowTitle().startswith("Ngày nhận của ")


def _to_the_note(desk: Desk) -> None:
    desk.page.view.setFocus()
    desk.press("Return")
    assert desk.focused() is desk.page.note.edit


def _calls(desk: Desk) -> None:
    desk.press("Ctrl+Return")
    assert desk.page.current().called


def _opens(keys: str, title: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert desk.dialog().windowTitle().startswith(title)

    return run


def _asks_for_a_file(keys: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert isinstance(desk.dialog(), QFileDialog)

    return run


def _checks(desk: Desk) -> None:
    desk.press("F7")
    assert desk.page.right.tabs.current() == "look"
    assert desk.page.findings.current()
    assert desk.focused() is desk.page.findings


def _steps(keys: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press("F7")
        before = desk.page.findings.current()
        if keys == "F8":  # to the one F7 stands on, which nobody has been at
            desk.press(keys)
            assert desk.page.findings.current() == before
        desk.press(keys)
        assert desk.page.findings.current() != before

    return run


# --- plan


def _editor(desk: Desk) -> Any:
    desk.page.show_block("body", 10, focus=True)
    settle(desk.window.session.jobs)
    return desk.page.sheets.current().editor


def _changes_text(keys: str, *before: str) -> Try:
    def run(desk: Desk) -> None:
        editor = _editor(desk)
        for each in before:
            desk.press(each)
        before_it = (editor.text(), editor.document().blockCount())
        desk.press(keys)
        assert (editor.text(), editor.document().blockCount()) != before_it

    return run


def _picks_a_field(desk: Desk) -> None:
    editor = _editor(desk)
    desk.press("Ctrl+Space")
    assert [one for one in editor.window().findChildren(Picker) if one.isVisible()]


def _numbers(desk: Desk) -> None:
    editor = _editor(desk)
    desk.page.go_key(desk.page.outline.current(), focus=True)
    at = next(n for n in range(editor.document().blockCount()) if _is_heading(editor, n))
    desk.page.show_block("body", at, focus=True)
    desk.press("F2")
    assert desk.focused() is not editor


def _is_heading(editor: Any, at: int) -> bool:
    from hoctap_desktop.ui.plan.number_box import NumberBox

    desk_page = editor.document().findBlockByNumber(at)
    cursor = editor.textCursor()
    cursor.setPosition(desk_page.position())
    editor.setTextCursor(cursor)
    editor.edit_number()
    box = editor.findChild(NumberBox)
    if box is None:
        return False
    QTest.keyClick(box, Qt.Key.Key_Escape)
    return True


def _searches(desk: Desk) -> None:
    desk.press("Ctrl+F")
    assert "Tìm" in (desk.focused() or desk.top).accessibleName()


def _steps_hits(keys: str) -> Try:
    def run(desk: Desk) -> None:
        _editor(desk)
        desk.press("Ctrl+F")
        QTest.keyClicks(desk.focused() or desk.top, "h")
        settle(desk.window.session.jobs)
        before = desk.page.search.count.text()
        desk.press(keys)
        assert desk.page.search.count.text() != before

    return run


def _replaces(desk: Desk) -> None:
    desk.press("Ctrl+Shift+F")
    assert desk.page.search.words.isVisible()
    assert desk.focused() is desk.page.search.query


# --- diary


def _writes_anew(desk: Desk) -> None:
    desk.press("F5")
    assert desk.page.presenter.open
    assert desk.page.isAncestorOf(desk.focused())


def _with_entry(desk: Desk) -> int:
    """An entry with a word in it."""
    desk.press("F5")
    number: int = desk.page.presenter.open
    desk.page.form.focus_on("note")
    focused = desk.focused()
    assert focused is not None
    QTest.keyClicks(focused, "xom 5")
    desk.press("Ctrl+S")
    assert desk.page.presenter.is_there(number)
    return number


def _removes(desk: Desk) -> None:
    number = _with_entry(desk)
    desk.press("Shift+F5")
    assert not desk.page.presenter.is_there(number)


def _undoes_entry(desk: Desk) -> None:
    number = _with_entry(desk)
    desk.press("Shift+F5")
    desk.press("Ctrl+Z")
    assert desk.page.presenter.is_there(number)


def _walks_entries(keys: str) -> Try:
    def run(desk: Desk) -> None:
        one, two = _with_entry(desk), _with_entry(desk)
        assert one != two
        desk.press(keys)
        assert desk.page.presenter.open != two

    return run


def _picks_an_entry(desk: Desk) -> None:
    _with_entry(desk)
    _picks("Ctrl+F")(desk)


# --- report


def _cell(desk: Desk, field: str = "participants") -> Any:
    desk.page.grid.setFocus()
    assert desk.page.grid.go_to(field)
    return desk.page.grid


def _next_cell(keys: str) -> Try:
    def run(desk: Desk) -> None:
        grid = _cell(desk, "banners")
        before = grid.field_at()
        desk.press(keys)
        assert grid.field_at() not in ("", before)

    return run


def _states(keys: str, mark: str) -> Try:
    def run(desk: Desk) -> None:
        _cell(desk, "talks")
        desk.press(keys)
        assert mark in str(desk.page.presenter.answers.get("talks"))

    return run


def _blanks(desk: Desk) -> None:
    _cell(desk, "banners")
    assert desk.page.presenter.answers.get("banners") is not None
    desk.press("Delete")
    assert desk.page.presenter.answers.get("banners") is None


def _undoes(keys: str) -> Try:
    def run(desk: Desk) -> None:
        before = desk.page.presenter.answers.get("banners")
        _blanks(desk)
        desk.press("Ctrl+Z")
        assert desk.page.presenter.answers.get("banners") == before
        if keys == "Ctrl+Y":
            desk.press(keys)
            assert desk.page.presenter.answers.get("banners") is None

    return run


def _edits(desk: Desk) -> None:
    grid = _cell(desk)
    desk.press("F2")
    assert grid.is_editing()


def _leaves_long_text(desk: Desk) -> None:
    desk.page.go_to("direction")
    settle(desk.window.session.jobs)
    before = desk.focused()
    desk.press("Ctrl+Return")
    assert desk.focused() is not before


def _adds_a_class(desk: Desk) -> None:
    dialog: Any = desk.top
    before = dialog.classes.rowCount()
    desk.press("F5")
    desk.press("F5")
    assert dialog.classes.rowCount() >= before


def _removes_a_class(desk: Desk) -> None:
    dialog: Any = desk.top
    dialog.table.setCurrentIndex(dialog.classes.index(0, 0))
    before = dialog.classes.items()
    desk.press("Shift+F5")
    assert dialog.classes.items() != before


def _next_class_cell(desk: Desk) -> None:
    dialog: Any = desk.top
    dialog.table.setCurrentIndex(dialog.classes.index(0, 0))
    dialog.table.setFocus()
    desk.press("Return")
    assert dialog.table.currentIndex().column() == 1


# --- others


def _zooms(keys: str) -> Try:
    def run(desk: Desk) -> None:
        preview = desk.page.preview
        desk.press("Ctrl++")
        desk.press("Ctrl++")
        before = preview.horizontalScrollBar().maximum(), preview.verticalScrollBar().maximum()
        desk.press(keys)
        assert (preview.horizontalScrollBar().maximum(), preview.verticalScrollBar().maximum()) != before

    return run


def _prints(keys: str) -> Try:
    def run(desk: Desk) -> None:
        begun: list[str] = []
        jobs: Any = desk.window.session.jobs
        jobs.aside = lambda *_args, words, **_more: begun.append(words)  # there is no printer here
        desk.press(keys)
        assert begun == ["Đang gửi đến máy in"]

    return run


def _goes_through_the_pile(keys: str) -> Try:
    def run(desk: Desk) -> None:
        page: Any = desk.page
        desk.press("Alt+PgDown" if keys == "Alt+PgUp" else "Alt+PgUp")  # not at the end it leads to
        before = page.paper.submission.package_id
        desk.press(keys)
        assert page.paper.submission.package_id != before

    return run


def _takes_new(desk: Desk) -> None:
    page: Any = desk.page
    page.inbox.new = (next(iter((desk.window.session.store_path.parent / "USB").iterdir())),)
    desk.press("F5")
    assert "từ thư mục nhận, 1 tệp" in page.turn.whole()
    assert page.desk.source == "thư mục nhận"


def _puts_aside(desk: Desk) -> None:
    page: Any = desk.page
    read_the_stick(page)
    settle(desk.window.session.jobs)
    line = next(one for one in page.desk.lines if one.outcome is Outcome.REFUSED)
    for outcome in (Outcome.PUT_ASIDE, Outcome.REFUSED):
        page.view.setFocus()
        rows = [page.model.row(at) for at in range(page.model.rowCount())]
        page.view.go_to_row(next(at for at, row in enumerate(rows) if row.line and row.line.file == line.file))
        desk.press("Delete")
        assert [one.outcome for one in page.desk.lines if one.file == line.file] == [outcome]


def _shows_every_cell(desk: Desk) -> None:
    page: Any = desk.page
    before = len(page.view.toPlainText())
    desk.press("Ctrl+E")
    assert len(page.view.toPlainText()) > before
    desk.press("Ctrl+E")


def _chooses(keys: str, standing: str) -> Try:
    def run(desk: Desk) -> None:
        page: Any = desk.page
        desk.press(keys)
        assert page.found.standing.value == standing
        page.reopen.click()
        settle(desk.window.session.jobs)
        assert page.found.standing.value == "open"

    return run


def _looks_at(key: str) -> Try:
    def act(desk: Desk) -> None:
        page: Any = desk.page
        page.tabs.open("review")
        desk.press(key)
        assert page.tabs.tabs.current() == "look"

    return act


def _approves(desk: Desk) -> None:
    page: Any = desk.page
    desk.press("Ctrl+Return")
    assert page.paper.case.standing.act.value == "approved"


def _begins_a_slip(desk: Desk) -> None:
    page: Any = desk.page
    desk.press("Ctrl+Backspace")
    assert page.slip.words.edit.hasFocus()


def _opens_the_unit(desk: Desk) -> None:
    desk.page.view.go_to_row(0)
    desk.page.view.setFocus()
    _opens("Return", desk.page.model.line(0).unit.short_name)(desk)


def _undoes_the_act(desk: Desk) -> None:
    page: Any = desk.page
    page._keep(lambda store: close(store, "05812-THCS", date(2022, 6, 30)))
    settle(desk.window.session.jobs)
    acts = len(page.found.acts)
    page.view.setFocus()
    desk.press("Ctrl+Z")
    settle(desk.window.session.jobs)
    assert len(page.found.acts) == acts - 1


def _edits_the_question(desk: Desk) -> None:
    desk.page.view.setFocus()
    desk.press("F2")
    assert isinstance(desk.focused(), LineEdit)
    desk.press("Esc")


def _changes_questions(keys: str, *first: str) -> Try:
    def run(desk: Desk) -> None:
        page: Any = desk.page
        page.view.setFocus()
        for key in first:
            desk.press(key)
            settle(desk.window.session.jobs)
        rows = [page.model.question(at) for at in range(page.model.rowCount())]
        desk.press(keys)
        settle(desk.window.session.jobs)
        assert [page.model.question(at) for at in range(page.model.rowCount())] != rows

    return run


def _closes(desk: Desk) -> None:
    desk.press("Esc")
    assert desk.no_dialog()


def _presses(desk: Desk) -> None:
    desk.press("Return")
    assert desk.no_dialog()


TRIES: dict[tuple[str, str], tuple[str, Try]] = {
    # by room and key: the scene it is tried in, and what is tried
    ("", "F1"): ("report, figures", _helps),
    ("", "F6"): ("report, figures", _moves("F6")),
    ("", "Shift+F6"): ("board", _moves("Shift+F6")),
    ("", "Tab"): ("settings", _moves("Tab")),
    ("", "Shift+Tab"): ("settings", _moves("Shift+Tab")),
    ("", "Ctrl+S"): ("report, figures", _saves),
    ("", "Alt+1"): ("settings", _first_room),
    ("plan", "Enter"): ("plan, the text", _changes_text("Return")),
    ("plan", "Tab"): ("plan, the text", _changes_text("Tab")),
    ("plan", "Shift+Tab"): ("plan, the text", _changes_text("Shift+Tab", "Tab")),
    ("plan", "Alt+Up"): ("plan, the text", _changes_text("Alt+Up")),
    ("plan", "Alt+Down"): ("plan, the text", _changes_text("Alt+Down")),
    ("plan", "Ctrl+Space"): ("plan, the text", _picks_a_field),
    ("plan", "F2"): ("plan, the text", _numbers),
    ("plan", "F5"): ("plan, the text", _changes_text("F5")),
    ("plan", "Shift+F5"): ("plan, the text", _changes_text("Shift+F5")),
    ("plan", "Ctrl+Shift+F5"): ("plan, the text", _changes_text("Ctrl+Shift+F5")),
    ("plan", "F7"): ("plan of last year", _checks),
    ("plan", "F8"): ("plan of last year", _steps("F8")),
    ("plan", "Shift+F8"): ("plan of last year", _steps("Shift+F8")),
    ("plan", "F9"): ("plan, the text", _goes_to("F9", "print")),
    ("plan", "Ctrl+P"): ("plan, the text", _goes_to("Ctrl+P", "print")),
    ("plan", "Ctrl+F"): ("plan, the text", _searches),
    ("plan", "Ctrl+Shift+F"): ("plan, the text", _replaces),
    ("plan", "F3"): ("plan, the text", _steps_hits("F3")),
    ("plan", "Shift+F3"): ("plan, the text", _steps_hits("Shift+F3")),
    ("plan", "Ctrl+G"): ("plan, the text", _picks("Ctrl+G")),
    ("plan", "Ctrl+Z"): ("plan, the text", _changes_text("Ctrl+Z", "Return")),
    ("plan", "Ctrl+Y"): ("plan, the text", _changes_text("Ctrl+Y", "Return", "Ctrl+Z")),
    ("plan", "Ctrl+H"): ("plan, first part", _opens("Ctrl+H", "Lịch sử của ô này")),
    ("plan", "Ctrl+Shift+H"): ("plan, first part", _opens("Ctrl+Shift+H", "Lịch sử của kế hoạch")),
    ("diary", "F5"): ("diary", _writes_anew),
    ("diary", "Shift+F5"): ("diary", _removes),
    ("diary", "F8"): ("diary", _walks_entries("F8")),
    ("diary", "Shift+F8"): ("diary", _walks_entries("Shift+F8")),
    ("diary", "Ctrl+F"): ("diary", _picks_an_entry),
    ("diary", "Ctrl+Z"): ("diary", _undoes_entry),
    ("report", "Enter"): ("report, figures", _next_cell("Return")),
    ("report", "Down"): ("report, figures", _next_cell("Down")),
    ("report", "Up"): ("report, figures", _next_cell("Up")),
    ("report", "Ctrl+Enter"): ("report, a long text", _leaves_long_text),
    ("report", "F2"): ("report, figures", _edits),
    ("report", "K"): ("report, figures", _states("K", "not_held")),
    ("report", "C"): ("report, figures", _states("C", "unknown")),
    ("report", "A"): ("report, figures", _states("A", "not_applicable")),
    ("report", "Delete"): ("report, figures", _blanks),
    ("report", "F5"): ("report, figures", _opens("F5", "Danh sách lớp")),
    ("report", "F7"): ("report, figures", _checks),
    ("report", "F8"): ("report, figures", _steps("F8")),
    ("report", "Shift+F8"): ("report, figures", _steps("Shift+F8")),
    ("report", "F9"): ("report, figures", _goes_to("F9", "print")),
    ("report", "Ctrl+P"): ("report, figures", _goes_to("Ctrl+P", "print")),
    ("report", "Ctrl+F"): ("report, figures", _picks("Ctrl+F")),
    ("report", "Ctrl+Z"): ("report, figures", _undoes("Ctrl+Z")),
    ("report", "Ctrl+Y"): ("report, figures", _undoes("Ctrl+Y")),
    ("report", "Ctrl+H"): ("report, figures", _opens("Ctrl+H", "Lịch sử của ô này")),
    ("report", "Ctrl+Shift+H"): ("report, figures", _opens("Ctrl+Shift+H", "Lịch sử của báo cáo")),
    ("report", "Ctrl+Shift+E"): ("report, figures", _asks_for_a_file("Ctrl+Shift+E")),
    ("report", "Ctrl+Shift+I"): ("report, figures", _asks_for_a_file("Ctrl+Shift+I")),
    ("classes", "Enter"): ("report, classes", _next_class_cell),
    ("classes", "F5"): ("report, classes", _adds_a_class),
    ("classes", "Shift+F5"): ("report, classes", _removes_a_class),
    ("print", "F9"): ("print", _prints("F9")),
    ("print", "Ctrl+P"): ("print", _prints("Ctrl+P")),
    ("print", "Ctrl+F"): ("print", _searches),
    ("print", "Ctrl++"): ("print", _zooms("Ctrl++")),
    ("print", "Ctrl+-"): ("print", _zooms("Ctrl+-")),
    ("print", "Ctrl+0"): ("print", _zooms("Ctrl+0")),
    ("receive", "Ctrl+F"): ("receive", _picks("Ctrl+F")),
    ("receive", "F5"): ("receive", _takes_new),
    ("receive", "Delete"): ("receive", _puts_aside),
    ("receive", "Ctrl+H"): ("receive", _picks("Ctrl+H")),
    ("receive", "Ctrl+P"): ("receive", _opens("Ctrl+P", "In danh sách tiếp nhận")),
    ("receive", "F9"): ("receive", _opens("F9", "In danh sách tiếp nhận")),
    ("receive", "Ctrl+Shift+E"): ("receive", _asks_for_a_file("Ctrl+Shift+E")),
    ("beside", "Alt+Left"): ("beside", _goes_to("Alt+Left", "receive")),
    ("beside", "Ctrl+E"): ("beside", _shows_every_cell),
    ("beside", "Ctrl+Return"): ("beside", _chooses("Ctrl+Return", "taken")),
    ("beside", "Ctrl+D"): ("beside", _chooses("Ctrl+D", "kept")),
    ("beside", "Ctrl+Backspace"): ("beside", _opens("Ctrl+Backspace", "Trả lại bản mới")),
    ("received", "Alt+Left"): ("received", _goes_to("Alt+Left", "receive")),
    ("received", "Alt+PgUp"): ("received", _goes_through_the_pile("Alt+PgUp")),
    ("received", "Alt+PgDown"): ("received", _goes_through_the_pile("Alt+PgDown")),
    ("received", "F8"): ("received", _looks_at("F8")),
    ("received", "Shift+F8"): ("received", _looks_at("Shift+F8")),
    ("received", "Ctrl+Return"): ("received", _approves),
    ("received", "Ctrl+Backspace"): ("received", _begins_a_slip),
    ("received", "F2"): ("received", _opens("F2", "Ngày nhận của")),
    ("keying", "Enter"): ("keying", _next_cell("Return")),
    ("keying", "Alt+Left"): ("keying", _goes_to("Alt+Left", "board")),
    ("keying", "Ctrl+F"): ("keying", _picks("Ctrl+F")),
    ("keying", "Ctrl+Shift+I"): ("keying", _asks_for_a_file("Ctrl+Shift+I")),
    ("board", "Ctrl+F"): ("board", _searches),
    ("board", "Enter"): ("board", _opens_what_came),
    ("board", "F8"): ("board, missing", _walks_lines("F8")),
    ("board", "Shift+F8"): ("board, missing", _walks_lines("Shift+F8")),
    ("board", "Shift+F4"): ("board", _drops("Shift+F4", "Sắp xếp theo")),
    ("board", "F4"): ("board", _drops("F4", "In bảng theo dõi (F9)")),
    ("board", "F2"): ("board", _sets_a_day),
    ("board", "F5"): ("board", _opens("F5", "Nhận bản giấy")),
    ("board", "F7"): ("board, missing", _goes_to("F7", "remind")),
    ("board", "F9"): ("board", _opens("F9", "In bảng theo dõi")),
    ("board", "Ctrl+P"): ("board", _opens("Ctrl+P", "In bảng theo dõi")),
    ("remind", "Ctrl+F"): ("remind", _searches),
    ("remind", "Enter"): ("remind", _to_the_note),
    ("remind", "Ctrl+Return"): ("remind", _calls),
    ("remind", "F8"): ("remind", _walks_lines("F8")),
    ("remind", "Shift+F8"): ("remind", _walks_lines("Shift+F8", "F8")),
    ("remind", "F5"): ("remind", _goes_to("F5", "letter")),
    ("remind", "F9"): ("remind", _opens("F9", "In danh sách gọi điện")),
    ("remind", "Ctrl+P"): ("remind", _opens("Ctrl+P", "In danh sách gọi điện")),
    ("remind", "Alt+Left"): ("remind", _goes_to("Alt+Left", "board")),
    ("letter", "F9"): ("letter", _opens("F9", "In công văn đôn đốc")),
    ("letter", "Ctrl+P"): ("letter", _opens("Ctrl+P", "In công văn đôn đốc")),
    ("letter", "Alt+Left"): ("letter", _goes_to("Alt+Left", "remind")),
    ("totals", "Ctrl+F"): ("totals", _picks("Ctrl+F")),
    ("totals", "F9"): ("totals", _opens("F9", "In bảng")),
    ("totals", "Ctrl+P"): ("totals", _opens("Ctrl+P", "In bảng")),
    ("units", "Ctrl+F"): ("units", _searches),
    ("units", "F5"): ("units", _opens("F5", "Thêm đơn vị cấp dưới")),
    ("units", "Enter"): ("units", _opens_the_unit),
    ("units", "Ctrl+Z"): ("units", _undoes_the_act),
    ("units", "Ctrl+Shift+E"): ("units", _asks_for_a_file("Ctrl+Shift+E")),
    ("units", "Ctrl+Shift+I"): ("units", _asks_for_a_file("Ctrl+Shift+I")),
    ("units", "Alt+Left"): ("units", _goes_to("Alt+Left", "settings")),
    ("campaign", "F2"): ("campaign, form", _edits_the_question),
    ("campaign", "F5"): ("campaign, form", _opens("F5", "Thêm câu hỏi")),
    ("campaign", "Shift+F5"): ("campaign, form", _changes_questions("Shift+F5")),
    ("campaign", "Alt+Up"): ("campaign, form", _changes_questions("Alt+Up", "Down")),
    ("campaign", "Alt+Down"): ("campaign, form", _changes_questions("Alt+Down")),
    ("campaign", "Ctrl+Z"): ("campaign, form", _changes_questions("Ctrl+Z", "Shift+F5")),
    ("campaign", "Alt+Left"): ("campaign", _goes_to("Alt+Left", "settings")),
    ("dialog", "Esc"): ("report, finalise", _closes),
    ("dialog", "Enter"): ("problem", _presses),
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
        attempt(Desk(window, top))


def test_help_names_each_key_once_and_every_place() -> None:
    assert len({(key.room, key.keys) for key in KEYS}) == len(KEYS)
    assert [key.room for key in KEYS if key.room not in PLACES] == []
    assert {key.room for key in KEYS} == set(PLACES)


def test_arrows_are_named_in_help() -> None:
    assert (said("Alt+Up"), said("Ctrl++"), said("Ctrl+Space")) == ("Alt+mũi tên lên", "Ctrl++", "Ctrl+phím cách")
