"""The grid by keys alone, over a real store: every key of the list, what it does, and that it is on the disk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.report.class_list import ClassListDialog
from hoctap_desktop.ui.report.figures_model import NOTE
from hoctap_desktop.ui.report.paste_dialog import PasteDialog
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.ui import keys
from tests.ui.report.test_page import ID, Desk, settle
from tests.ui.sessions import office_session

UP, DOWN, TAB = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab
ENTER, PAD_ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter


@pytest.fixture
def open_desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    with ExitStack() as stack:

        def make(prepare: Callable[[Store], object] | None = None) -> Desk:
            return Desk(stack.enter_context(office_session(tmp_path, prepare=prepare)), qtbot)

        yield make


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    made = open_desk()
    made.page.go_to("leaflets")
    return made


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    keys.press(Qt.Key.Key_V, keys.CTRL)


def editor() -> QLineEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.parametrize("key", [ENTER, PAD_ENTER, DOWN, TAB])
def test_a_number_is_typed_over_and_the_key_goes_on(desk: Desk, key: Qt.Key) -> None:
    keys.write("12")
    keys.press(key)
    settle(desk.session)
    assert (desk.answer("leaflets"), desk.page.grid.field_at()) == (12, "books_published")


def test_the_number_pad_types_numbers(desk: Desk) -> None:
    for key in (Qt.Key.Key_4, Qt.Key.Key_2):
        QTest.keyClick(keys.target(), key, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(keys.target(), PAD_ENTER, Qt.KeyboardModifier.KeypadModifier)
    settle(desk.session)
    assert desk.answer("leaflets") == 42


@pytest.mark.parametrize(("key", "modifier"), [(UP, keys.NONE), (Qt.Key.Key_Backtab, keys.SHIFT), (ENTER, keys.SHIFT)])
def test_these_keys_go_back_also_out_of_an_editor(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    desk.page.go_to("books_published")
    keys.write("7")
    keys.press(key, modifier)
    settle(desk.session)
    assert (desk.answer("books_published"), desk.page.grid.field_at()) == (7, "leaflets")
    desk.page.go_to("books_published")
    keys.press(key, modifier)
    assert desk.page.grid.field_at() == "leaflets"


def test_f2_writes_on_behind_what_stands_and_esc_gives_it_back(desk: Desk) -> None:
    keys.press(Qt.Key.Key_F2)
    assert (editor().text(), editor().selectedText(), editor().cursorPosition()) == ("215", "", 3)
    keys.write("9")
    assert editor().text() == "2159"
    keys.press(Qt.Key.Key_Escape)
    settle(desk.session)
    assert desk.answer("leaflets") == 215
    keys.press(Qt.Key.Key_F2)
    keys.press(Qt.Key.Key_Backspace)
    keys.press(ENTER)
    settle(desk.session)
    assert desk.answer("leaflets") == 21


@pytest.mark.parametrize("typed", ["215", "k", "b"])
def test_what_is_typed_in_a_counted_cell_goes_into_no_other_row(desk: Desk, typed: str) -> None:
    before = dict(desk.stored().answers)
    desk.page.go_to("learners")
    keys.write(typed)
    keys.press(Qt.Key.Key_Down)
    settle(desk.session)
    assert desk.page.grid.field_at() == "bookcases"
    after = desk.stored().answers
    changed = {id for id in {*before, *after} if before.get(id) != after.get(id)}
    assert changed <= {"learners", "computed.learners", "computed.classes"}


def test_typing_over_and_esc_restores(desk: Desk) -> None:
    keys.write("9")
    assert editor().text() == "9"
    keys.press(Qt.Key.Key_Escape)
    settle(desk.session)
    assert desk.answer("leaflets") == 215


@pytest.mark.parametrize(("key", "stored"), [
    ("K", {"none": "not_held", "reason": ""}), ("a", {"none": "not_applicable", "reason": ""}),
    ("c", {"none": "unknown", "reason": ""}),
])  # fmt: skip
def test_one_key_says_why_there_is_no_number(desk: Desk, key: str, stored: object) -> None:
    keys.write(key)
    settle(desk.session)
    assert desk.answer("leaflets") == stored


def test_zero_is_a_number_and_delete_is_blank(desk: Desk) -> None:
    keys.write("0")
    keys.press(UP)
    settle(desk.session)
    assert desk.answer("leaflets") == 0
    desk.page.go_to("leaflets")
    keys.press(Qt.Key.Key_Delete)
    settle(desk.session)
    assert desk.answer("leaflets") is None


def test_a_comma_is_said_at_once_with_the_reason(desk: Desk) -> None:
    keys.write("1,5")
    keys.press(ENTER)
    box = desk.page.figures.box(desk.page.figures.place_of("leaflets"))
    assert box is not None
    assert (box.kind, box.text) == ("error", "1,5")
    assert "phần lẻ" in box.why


def test_undo_and_redo_go_through_the_grid(desk: Desk) -> None:
    for number in ("12", "13"):
        desk.page.go_to("leaflets")
        keys.write(number)
        keys.press(ENTER)
    for key, wanted in ((Qt.Key.Key_Z, 12), (Qt.Key.Key_Z, 215), (Qt.Key.Key_Y, 12), (Qt.Key.Key_Y, 13)):
        keys.press(key, keys.CTRL)
        settle(desk.session)
        assert desk.answer("leaflets") == wanted
        assert desk.page.grid.field_at() == "leaflets"


def test_a_block_is_shown_with_a_verdict_on_each_cell_before_anything_is_taken(desk: Desk) -> None:
    paste("120\tphát ở chợ\r\n1,5\t\r\n9\t\r\n")
    dialog = desk.dialog(PasteDialog)
    settle(desk.session)
    assert desk.answer("leaflets") == 215
    model = dialog.table.model()
    said = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert said[0].startswith("Không lấy: ")
    assert "phần lẻ" in said[0]
    keys.press(ENTER)  # the primary button has the keyboard
    desk.back()
    settle(desk.session)
    assert (desk.answer("leaflets"), desk.answer("note.leaflets"), desk.answer("banners")) == (120, "phát ở chợ", 9)
    keys.press(Qt.Key.Key_Z, keys.CTRL)  # one undo
    settle(desk.session)
    assert (desk.answer("leaflets"), desk.answer("note.leaflets")) == (215, None)
    keys.press(Qt.Key.Key_Y, keys.CTRL)
    settle(desk.session)
    assert desk.answer("banners") == 9


def test_a_block_refused_by_esc_changes_nothing(desk: Desk) -> None:
    before = dict(desk.stored().answers)
    paste("120\n130\n")
    desk.dialog(PasteDialog)
    keys.press(Qt.Key.Key_Escape)
    desk.back()
    assert dict(desk.stored().answers) == before


def test_one_cell_is_pasted_as_if_typed(desk: Desk) -> None:
    paste("1.234\n")
    settle(desk.session)
    assert desk.answer("leaflets") == 1234
    paste("1,5")
    settle(desk.session)
    assert desk.answer("leaflets") == "1,5"
    assert desk.page.presenter is not None
    assert desk.page.presenter.rejected("leaflets") == "1,5"


def test_rows_are_selected_with_shift_and_copied_as_a_spreadsheet_takes_them(desk: Desk) -> None:
    desk.page.go_to("participants")
    keys.press(Qt.Key.Key_C, keys.CTRL)
    assert QGuiApplication.clipboard().text() == "535"
    desk.page.go_to("leaflets")
    keys.press(DOWN, keys.SHIFT)
    keys.press(DOWN, keys.SHIFT)
    keys.press(Qt.Key.Key_C, keys.CTRL)
    assert QGuiApplication.clipboard().text().split("\n")[0] == "215"
    assert QGuiApplication.clipboard().text().count("\n") == 2
    keys.press(Qt.Key.Key_Delete)
    settle(desk.session)
    assert [desk.answer(id) for id in ("leaflets", "books_published", "banners")] == [None, None, None]
    keys.press(Qt.Key.Key_Z, keys.CTRL)
    settle(desk.session)
    assert desk.answer("leaflets") == 215


def test_everything_is_copied_and_comes_back_the_same(desk: Desk) -> None:
    keys.press(Qt.Key.Key_A, keys.CTRL)
    keys.press(Qt.Key.Key_C, keys.CTRL)
    desk.page.go_to("organising_units")
    keys.press(Qt.Key.Key_V, keys.CTRL)
    dialog = desk.dialog(PasteDialog)
    model = dialog.table.model()
    said = {str(model.index(row, 3).data()).split(":")[0] for row in range(model.rowCount())}
    assert said <= {"Giống sẵn", "Không lấy"}
    keys.press(Qt.Key.Key_Escape)
    desk.back()


def test_f7_looks_at_everything_and_leads_to_the_first_finding(desk: Desk) -> None:
    keys.press(Qt.Key.Key_Delete)
    keys.press(Qt.Key.Key_F7)
    assert desk.page.findings.hasFocus()
    assert desk.page.findings.current() == desk.page.findings.rows()[0].key
    keys.press(ENTER)
    assert desk.page.grid.field_at() == "leaflets"


def test_f8_after_f7_skips_no_finding(desk: Desk) -> None:
    keys.press(Qt.Key.Key_Delete)
    keys.press(Qt.Key.Key_F7)
    rows = [row.key for row in desk.page.findings.rows()]
    assert len(rows) > 1
    keys.press(Qt.Key.Key_F8)
    assert desk.page.findings.current() == rows[0]
    assert desk.page.grid.field_at() == "leaflets"
    keys.press(Qt.Key.Key_F8)
    assert desk.page.findings.current() == rows[1]


def test_f7_says_that_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReportPresenter, "looks", lambda _self: ())
    keys.press(Qt.Key.Key_F7)
    assert "không còn chỗ nào" in desk.page.banners.texts()["checked"]


def test_f5_opens_the_classes_adds_one_and_shift_f5_takes_it_out(desk: Desk) -> None:
    keys.press(Qt.Key.Key_F5)
    settle(desk.session)
    dialog = desk.dialog(ClassListDialog)
    classes, learners = dialog.classes.counted()
    dialog.table.setCurrentIndex(dialog.classes.index(0, 0))
    keys.press(Qt.Key.Key_F5)
    assert dialog.table.currentIndex().row() == 1
    keys.write("Tin học")
    keys.press(ENTER)
    keys.write("20")
    keys.press(ENTER)
    assert dialog.classes.counted() == (classes + 1, learners + 20)
    keys.press(Qt.Key.Key_F5, keys.SHIFT)
    assert dialog.classes.counted() == (classes, learners)
    keys.press(Qt.Key.Key_Escape)
    desk.back()


def test_the_menu_of_a_cell_offers_each_kind_of_no_number(desk: Desk) -> None:
    menu = desk.page.grid.menu()
    assert isinstance(menu, QMenu)
    words = {act.text().split("\t")[0]: act for act in menu.actions()}
    assert {"Không tổ chức", "Chưa có số liệu", "Không áp dụng", "Có làm, bằng 0", "Để trống", "Chép", "Dán"} <= set(
        words
    )
    words["Không áp dụng"].trigger()
    settle(desk.session)
    assert desk.answer("leaflets") == {"none": "not_applicable", "reason": ""}
    menu.deleteLater()


def test_the_key_under_the_findings_can_be_pressed(desk: Desk) -> None:
    for kind, stored in (("not_held", {"none": "not_held", "reason": ""}), ("number", 0), ("blank", None)):
        desk.page.legend.kinds[kind].pressed.emit(kind)
        settle(desk.session)
        assert desk.answer("leaflets") == stored


def test_a_number_added_up_is_kept_beside_the_one_written_over_it(open_desk: Callable[..., Desk]) -> None:
    def added_up(store: Store) -> None:
        for field in ("computed.leaflets", "leaflets"):
            repository.set_answer(store, ID, field, 300, store.clock())

    desk = open_desk(added_up)
    desk.page.go_to("leaflets")
    keys.write("310")
    keys.press(ENTER)
    settle(desk.session)
    assert (desk.answer("computed.leaflets"), desk.answer("leaflets")) == (300, 310)
    row = next(row for row in desk.page.findings.rows() if "300" in row.text)
    desk.page.findings.acted.emit(row.key, "reason")
    settle(desk.session)
    desk.dialog(Dialog)
    keys.write("Có thêm tờ của trường")
    keys.press(ENTER)
    desk.back()
    settle(desk.session)
    assert desk.answer("reason.total_overridden.leaflets") == "Có thêm tờ của trường"
    desk.page.go_to("leaflets")
    menu = desk.page.grid.menu()
    assert menu is not None
    next(act for act in menu.actions() if act.text().startswith("Lấy số máy cộng (300)")).trigger()
    settle(desk.session)
    assert desk.answer("leaflets") == 300
    assert desk.answer("reason.total_overridden.leaflets") is None  # nothing is left to explain
    menu.deleteLater()


def test_the_wheel_over_an_open_cell_changes_nothing(desk: Desk) -> None:
    keys.press(Qt.Key.Key_F2)
    spot = QPointF(5, 5)
    wheel = QWheelEvent(
        spot, spot, QPoint(0, 40), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor(), wheel)
    assert editor().text() == "215"
    keys.press(Qt.Key.Key_Escape)


def test_an_input_method_writes_notes_and_leaves_the_keys_of_numbers_alone(desk: Desk) -> None:
    """With unikey on, A waited for another letter instead of saying Không áp dụng."""
    desk.page.go_to("talks")
    grid = desk.page.grid
    assert grid.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    grid.setCurrentIndex(grid.currentIndex().siblingAtColumn(NOTE))
    assert grid.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
