"""Every kind of box a person types into, each with what it keeps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from hoctap_desktop.diary.repository import entries
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from tests.ui.keys import CTRL, press
from tests.ui.walk.scene import settle
from tests.ui.walk.scenes import SCENES
from tests.ui.walk.stage import Stage

LAST = 10_000  # a place behind every block: the last one of the text

Enter = Callable[[Callable[[], None]], str]
"""Opens the box empty, runs what types, leaves the box; gives what is kept."""


def _empty() -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)


class Desk:
    """A window at a page."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def page(self) -> Any:
        return self.window.open_page()

    def settle(self) -> None:
        settle(self.window.session.jobs)

    def stored(self, id: str) -> Filing:
        found: list[Filing] = []
        self.settle()
        self.window.session.jobs.run(lambda store: repository.current(store, id), found.append)
        self.window.session.jobs.finish()
        return found[0]


def _form_field(field: str) -> Callable[[Desk], Enter]:
    def of(desk: Desk) -> Enter:
        desk.page.go_to(field)
        desk.settle()

        def enter(write: Callable[[], None]) -> str:
            desk.page.go_to(field)
            _empty()
            write()
            desk.page.save_now()
            return str(desk.stored("2022-report").answers.get(field, ""))

        return enter

    return of


def _note(desk: Desk) -> Enter:
    desk.page.forms.show("figures", focus=True)
    desk.settle()
    row = next(one for section in desk.page.presenter.form.sections for one in section.rows if one.note)

    def enter(write: Callable[[], None]) -> str:
        desk.page.grid.go_to_note(row.id)
        _empty()
        write()
        press(Qt.Key.Key_Return)
        return str(desk.stored("2022-report").answers.get(row.note, ""))

    return enter


def _block(desk: Desk) -> Enter:
    desk.settle()

    def enter(write: Callable[[], None]) -> str:
        desk.page.show_block("body", LAST, focus=True)
        editor = desk.page.sheets.current().editor
        block = editor.textCursor().block()
        editor.put_caret(block.position() + block.length() - 1)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_0, CTRL)
        at = editor.place()
        write()
        desk.page.save_now()
        kept = parse(str(desk.stored("2022-plan").answers["body"]))
        text = "".join(run.text for run in kept[at].runs)
        press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        return text

    return enter


def _line_of_a_list(desk: Desk) -> Enter:
    def enter(write: Callable[[], None]) -> str:
        desk.page.go_field("recipients", focus=True)
        press(Qt.Key.Key_A, CTRL)
        press(Qt.Key.Key_Delete)
        write()
        desk.page.save_now()
        kept = desk.stored("2022-plan").answers.get("recipients", [])
        return "\n".join(kept)  # type: ignore[arg-type]

    return enter


def _table_cell(desk: Desk) -> Enter:
    desk.page.show_block("body", LAST, focus=True)
    desk.settle()
    editor = desk.page.sheets.current().editor
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_6, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    at = editor.place()

    def enter(write: Callable[[], None]) -> str:
        desk.page.show_block("body", at, focus=True)
        press(Qt.Key.Key_F2)
        _empty()
        write()
        press(Qt.Key.Key_Return, CTRL)
        desk.page.save_now()
        blocks = parse(str(desk.stored("2022-plan").answers["body"]))
        return next(block for block in blocks[at:] if block.kind == "table").rows[0][0]

    return enter


def _class_cell(desk: Desk) -> Enter:
    def enter(write: Callable[[], None]) -> str:
        desk.page.changes.list_classes()
        desk.settle()
        (dialog,) = (one for one in desk.window.findChildren(QDialog) if one.isVisible())
        table: Any = dialog.table  # type: ignore[attr-defined]
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, 0))
        press(Qt.Key.Key_F2)
        _empty()
        write()
        press(Qt.Key.Key_Return)
        dialog._finish()  # type: ignore[attr-defined]
        field = desk.page.presenter.class_field().id
        kept = desk.stored("2022-report").answers[field]
        assert isinstance(kept, list)
        first = kept[0]
        assert isinstance(first, dict)
        return str(first["name"])

    return enter


def _search(desk: Desk) -> Enter:
    def enter(write: Callable[[], None]) -> str:
        desk.page.search.edit.setFocus()
        _empty()
        write()
        return str(desk.page.search.text())

    return enter


def _diary(desk: Desk) -> Enter:
    field = "note"

    def enter(write: Callable[[], None]) -> str:
        desk.page.form.focus_on(field)
        _empty()
        write()
        desk.page.save_now()
        desk.settle()
        number = desk.page.presenter.open
        found: list[Any] = []
        desk.window.session.jobs.run(lambda store: entries(store, "2022"), found.append)
        desk.window.session.jobs.finish()
        entry = next(one for one in found[0] if one.number == number)
        return str(entry.text(field))

    desk.page.open_entry(desk.page.presenter.entries[0].number)
    desk.settle()
    return enter


def _dialog(desk: Desk) -> Enter:
    def enter(write: Callable[[], None]) -> str:
        kept: list[str] = []
        dialog = ask_reason(desk.page, "Vì sao", "", kept.append)
        QApplication.processEvents()
        write()
        press(Qt.Key.Key_Return)
        desk.settle()
        assert not isValid(dialog)
        return kept[0]

    return enter


BOXES: dict[str, tuple[str, Callable[[Desk], Enter]]] = {
    # by kind: the scene it is in
    "line": ("report, the head", _form_field("subject")),
    "long text": ("report, a long text", _form_field("direction")),
    "note in the grid": ("report, figures", _note),
    "block of the plan": ("plan, the text", _block),
    "table cell": ("plan, the text", _table_cell),
    "line of a list": ("plan, the text", _line_of_a_list),
    "class list": ("report, figures", _class_cell),
    "search": ("board", _search),
    "diary": ("diary", _diary),
    "dialog": ("home", _dialog),
}


@contextmanager
def opened(stage: Stage, kind: str) -> Iterator[Enter]:
    """A box of this kind, ready."""
    name, of = BOXES[kind]
    scene = next(one for one in SCENES if one.name == name)
    with stage.opened(scene) as (window, _part):
        assert isinstance(window, MainWindow)
        yield of(Desk(window))
