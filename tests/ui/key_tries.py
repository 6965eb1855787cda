"""Keys pressed by hand on a page of the window, and what must then have happened there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.office.units_below import close
from hoctap_desktop.ui.consolidation.shots import read_the_stick
from hoctap_desktop.ui.help_dialog import HelpDialog
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.picker import Picker
from tests.ui.walk.scene import settle


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


def moves(keys: str) -> Try:
    def run(desk: Desk) -> None:
        before = desk.focused()
        desk.press(keys)
        assert desk.focused() is not None
        assert desk.focused() is not before

    return run


def helps(desk: Desk) -> None:
    desk.press("F1")
    assert isinstance(desk.dialog(), HelpDialog)


def saves(desk: Desk) -> None:
    desk.press("Ctrl+S")
    assert desk.window.top.saved.text() == f"Đã lưu lúc {desk.window.session.now():%H:%M:%S}"


def first_room(desk: Desk) -> None:
    desk.press("Alt+1")
    assert desk.page is desk.window.page("home")


def goes_to(keys: str, room: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert desk.page is desk.window.page(room)

    return run


def picks(keys: str) -> Try:
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


def walks_lines(keys: str, *before: str) -> Try:
    def run(desk: Desk) -> None:
        desk.page.view.setFocus()
        for key in before:
            desk.press(key)
        at = desk.page.view.currentIndex().row()
        desk.press(keys)
        assert desk.page.view.currentIndex().row() != at

    return run


def drops(keys: str, first: str) -> Try:
    def run(desk: Desk) -> None:
        shown: list[str] = []
        # the menu itself is looked at by the walk through all scenes; offscreen it cannot hold the keyboard
        desk.page._pop_up = lambda menu, _under: shown.append(menu.actions()[0].text())
        desk.press(keys)
        assert shown == [first]

    return run


def opens_what_came(desk: Desk) -> None:
    page = desk.page
    page.view.setFocus()
    page.view.go_to_row(next(at for at in range(page.model.rowCount()) if page.model.line(at).package_id))
    desk.press("Return")
    assert desk.page is desk.window.page("received")


def sets_a_day(desk: Desk) -> None:
    page = desk.page
    page.view.go_to_row(next(at for at in range(page.model.rowCount()) if page.model.line(at).package_id))
    desk.press("F2")
    assert desk.dialog().windowTitle().startswith("Ngày nhận của ")


def to_the_note(desk: Desk) -> None:
    desk.page.view.setFocus()
    desk.press("Return")
    assert desk.focused() is desk.page.note.edit


def calls(desk: Desk) -> None:
    desk.press("Ctrl+Return")
    assert desk.page.current().called


def opens(keys: str, title: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert desk.dialog().windowTitle().startswith(title)

    return run


def asks_for_a_file(keys: str) -> Try:
    def run(desk: Desk) -> None:
        desk.press(keys)
        assert isinstance(desk.dialog(), QFileDialog)

    return run


def checks(desk: Desk) -> None:
    desk.press("F7")
    assert desk.page.right.tabs.current() == "look"
    assert desk.page.findings.current()
    assert desk.focused() is desk.page.findings


def steps(keys: str) -> Try:
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


def changes_text(keys: str, *before: str) -> Try:
    def run(desk: Desk) -> None:
        editor = _editor(desk)
        for each in before:
            desk.press(each)
        before_it = (editor.text(), editor.document().blockCount())
        desk.press(keys)
        assert (editor.text(), editor.document().blockCount()) != before_it

    return run


def picks_a_field(desk: Desk) -> None:
    editor = _editor(desk)
    desk.press("Ctrl+Space")
    assert [one for one in editor.window().findChildren(Picker) if one.isVisible()]


def numbers(desk: Desk) -> None:
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


def searches(desk: Desk) -> None:
    desk.press("Ctrl+F")
    assert "Tìm" in (desk.focused() or desk.top).accessibleName()


def steps_hits(keys: str) -> Try:
    def run(desk: Desk) -> None:
        _editor(desk)
        desk.press("Ctrl+F")
        QTest.keyClicks(desk.focused() or desk.top, "h")
        settle(desk.window.session.jobs)
        before = desk.page.search.count.text()
        desk.press(keys)
        assert desk.page.search.count.text() != before

    return run


def replaces(desk: Desk) -> None:
    desk.press("Ctrl+Shift+F")
    assert desk.page.search.words.isVisible()
    assert desk.focused() is desk.page.search.query


# --- diary


def writes_anew(desk: Desk) -> None:
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


def removes(desk: Desk) -> None:
    number = _with_entry(desk)
    desk.press("Shift+F5")
    assert not desk.page.presenter.is_there(number)


def undoes_entry(desk: Desk) -> None:
    number = _with_entry(desk)
    desk.press("Shift+F5")
    desk.press("Ctrl+Z")
    assert desk.page.presenter.is_there(number)


def walks_entries(keys: str) -> Try:
    def run(desk: Desk) -> None:
        one, two = _with_entry(desk), _with_entry(desk)
        assert one != two
        desk.press(keys)
        assert desk.page.presenter.open != two

    return run


def picks_an_entry(desk: Desk) -> None:
    _with_entry(desk)
    picks("Ctrl+F")(desk)


# --- report


def _cell(desk: Desk, field: str = "participants") -> Any:
    desk.page.grid.setFocus()
    assert desk.page.grid.go_to(field)
    return desk.page.grid


def next_cell(keys: str) -> Try:
    def run(desk: Desk) -> None:
        grid = _cell(desk, "banners")
        before = grid.field_at()
        desk.press(keys)
        assert grid.field_at() not in ("", before)

    return run


def states(keys: str, mark: str) -> Try:
    def run(desk: Desk) -> None:
        _cell(desk, "talks")
        desk.press(keys)
        assert mark in str(desk.page.presenter.answers.get("talks"))

    return run


def blanks(desk: Desk) -> None:
    _cell(desk, "banners")
    assert desk.page.presenter.answers.get("banners") is not None
    desk.press("Delete")
    assert desk.page.presenter.answers.get("banners") is None


def undoes(keys: str) -> Try:
    def run(desk: Desk) -> None:
        before = desk.page.presenter.answers.get("banners")
        blanks(desk)
        desk.press("Ctrl+Z")
        assert desk.page.presenter.answers.get("banners") == before
        if keys == "Ctrl+Y":
            desk.press(keys)
            assert desk.page.presenter.answers.get("banners") is None

    return run


def edits(desk: Desk) -> None:
    grid = _cell(desk)
    desk.press("F2")
    assert grid.is_editing()


def leaves_long_text(desk: Desk) -> None:
    desk.page.go_to("direction")
    settle(desk.window.session.jobs)
    before = desk.focused()
    desk.press("Ctrl+Return")
    assert desk.focused() is not before


def adds_a_class(desk: Desk) -> None:
    dialog: Any = desk.top
    before = dialog.classes.rowCount()
    desk.press("F5")
    desk.press("F5")
    assert dialog.classes.rowCount() >= before


def removes_a_class(desk: Desk) -> None:
    dialog: Any = desk.top
    dialog.table.setCurrentIndex(dialog.classes.index(0, 0))
    before = dialog.classes.items()
    desk.press("Shift+F5")
    assert dialog.classes.items() != before


def next_class_cell(desk: Desk) -> None:
    dialog: Any = desk.top
    dialog.table.setCurrentIndex(dialog.classes.index(0, 0))
    dialog.table.setFocus()
    desk.press("Return")
    assert dialog.table.currentIndex().column() == 1


# --- others


def zooms(keys: str) -> Try:
    def run(desk: Desk) -> None:
        preview = desk.page.preview
        desk.press("Ctrl++")
        desk.press("Ctrl++")
        before = preview.horizontalScrollBar().maximum(), preview.verticalScrollBar().maximum()
        desk.press(keys)
        assert (preview.horizontalScrollBar().maximum(), preview.verticalScrollBar().maximum()) != before

    return run


def prints(keys: str) -> Try:
    def run(desk: Desk) -> None:
        begun: list[str] = []
        jobs: Any = desk.window.session.jobs
        jobs.aside = lambda *_args, words, **_more: begun.append(words)  # there is no printer here
        desk.press(keys)
        assert begun == ["Đang gửi đến máy in"]

    return run


def goes_through_the_pile(keys: str) -> Try:
    def run(desk: Desk) -> None:
        page: Any = desk.page
        desk.press("Alt+PgDown" if keys == "Alt+PgUp" else "Alt+PgUp")  # not at the end it leads to
        before = page.paper.submission.package_id
        desk.press(keys)
        assert page.paper.submission.package_id != before

    return run


def takes_new(desk: Desk) -> None:
    page: Any = desk.page
    page.inbox.new = (next(iter((desk.window.session.store_path.parent / "USB").iterdir())),)
    desk.press("F5")
    assert "từ thư mục nhận, 1 tệp" in page.turn.whole()
    assert page.desk.source == "thư mục nhận"


def puts_aside(desk: Desk) -> None:
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


def shows_every_cell(desk: Desk) -> None:
    page: Any = desk.page
    before = len(page.view.toPlainText())
    desk.press("Ctrl+E")
    assert len(page.view.toPlainText()) > before
    desk.press("Ctrl+E")


def chooses(keys: str, standing: str) -> Try:
    def run(desk: Desk) -> None:
        page: Any = desk.page
        desk.press(keys)
        assert page.found.standing.value == standing
        page.reopen.click()
        settle(desk.window.session.jobs)
        assert page.found.standing.value == "open"

    return run


def looks_at(key: str) -> Try:
    def act(desk: Desk) -> None:
        page: Any = desk.page
        page.tabs.open("review")
        desk.press(key)
        assert page.tabs.tabs.current() == "look"

    return act


def approves(desk: Desk) -> None:
    page: Any = desk.page
    desk.press("Ctrl+Return")
    assert page.paper.case.standing.act.value == "approved"


def begins_a_slip(desk: Desk) -> None:
    page: Any = desk.page
    desk.press("Ctrl+Backspace")
    assert page.slip.words.edit.hasFocus()


def opens_the_unit(desk: Desk) -> None:
    desk.page.view.go_to_row(0)
    desk.page.view.setFocus()
    opens("Return", desk.page.model.line(0).unit.short_name)(desk)


def undoes_the_act(desk: Desk) -> None:
    page: Any = desk.page
    page._keep(lambda store: close(store, "05812-THCS", date(2022, 6, 30)))
    settle(desk.window.session.jobs)
    acts = len(page.found.acts)
    page.view.setFocus()
    desk.press("Ctrl+Z")
    settle(desk.window.session.jobs)
    assert len(page.found.acts) == acts - 1


def edits_the_question(desk: Desk) -> None:
    desk.page.view.setFocus()
    desk.press("F2")
    assert isinstance(desk.focused(), LineEdit)
    desk.press("Esc")


def changes_questions(keys: str, *first: str) -> Try:
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


def closes(desk: Desk) -> None:
    desk.press("Esc")
    assert desk.no_dialog()


def presses(desk: Desk) -> None:
    desk.press("Return")
    assert desk.no_dialog()
