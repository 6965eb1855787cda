"""The grid of numbers: what it shows, and how it is driven by the keyboard alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import dedent

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.report.figures_delegate import GAP, PAD, box_rect, two_lines
from hoctap_desktop.ui.report.figures_model import BEFORE, FIRST, LABEL, NOTE, SECOND, FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.theme import Theme
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.number_cell import needed_width
from tests.ui.report.test_presenter import presenter

MARKS = {"number": "", "blank": "…", "computed": "Σ", "error": "!", "warn": "?", "frozen": ""}


def picture(model: FiguresModel, *ids: str) -> str:
    """One line a row: number, label, boxes, last year, note."""
    lines = []
    for at in range(model.rowCount()):
        row = model.grid_row(at)
        if ids and row.id not in ids:
            continue
        boxes = [f"{MARKS.get(box.kind, '')}{model.data(model.index(at, FIRST + n))} {box.unit}".strip()
                 for n, box in enumerate(row.boxes)]  # fmt: skip
        cells = [row.number, row.label, "; ".join(boxes), model.data(model.index(at, BEFORE))]
        lines.append(" | ".join(str(cell) for cell in (*cells, model.data(model.index(at, NOTE)))).rstrip(" |"))
    return "\n".join(lines)


class Grid:
    """The grid with a presenter behind it, as the page joins them."""

    def __init__(self, qtbot: QtBot, last_year: Mapping[str, int] | None = None) -> None:
        self.presenter: ReportPresenter = presenter(last_year=last_year)
        self.model = FiguresModel(2022)
        self.view = FiguresView(self.model)
        qtbot.addWidget(self.view)
        self.model.typed.connect(lambda field, text: self._after(self.presenter.type_number(field, text)))
        self.model.noted.connect(
            lambda row, text: self._after(self.presenter.write_note(self.presenter.row(row), text))
        )
        self.view.stated.connect(lambda field, kind: self._after(self.presenter.state_none(field, kind)))
        self.view.blanked.connect(lambda fields: self._after(self.presenter.blank(*fields)))
        self.show()
        self.view.resize(740, 620)
        self.view.show()
        self.view.activateWindow()
        self.view.setFocus()

    def _after(self, _saves: object) -> None:
        self.show()

    def show(self) -> None:
        self.model.set_rows(self.presenter.grid())

    def keys(self, text: str) -> None:
        """Types ASCII to whatever has the keyboard."""
        for letter in text:
            QTest.keyClicks(self.target(), letter)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.target(), key, modifier)

    def target(self) -> QLineEdit | FiguresView:
        editors = [e for e in self.view.viewport().findChildren(QLineEdit) if e.isVisible()]
        return editors[-1] if self.view.is_editing() and editors else self.view


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[Grid]:
    made = Grid(qtbot)
    made.view.go_to("organising_units")
    yield made
    QApplication.sendPostedEvents(None, 0)


def test_the_grid_reads_as_on_paper(qtbot: QtBot) -> None:
    grid = Grid(qtbot, last_year={"exhibitions": 1, "exhibition_visits": 90, "books_donated": 10})
    grid.presenter.type_number("participants", "1,5")
    grid.presenter.type_number("wall_newspapers", "3")
    grid.presenter.type_number("wall_articles", "46")
    grid.presenter.blank("leaflets")
    grid.show()
    assert picture(grid.model) == dedent("""\
        1 | Số đơn vị, địa phương tổ chức Tuần lễ | 1 đơn vị | –
        2 | Số người tham gia | !1,5 lượt người | –
        3 | Nội dung
        - | Số bài viết trên các báo | 0 bài | –
        - | Số tin, phóng sự phát trên Đài truyền hình | Không áp dụng tin, phóng sự | – | Xã không có đài truyền hình
        - | Số bài, tin phát trên Đài phát thanh | 14 bài, tin | –
        - | Số tờ báo tường, số bài viết về HTSĐ-Xây dựng XHHT | 3 tờ; 46 bài | –
        3 | Hoạt động tuyên truyền
        - | Số lượng tờ rơi đã phát hành | … tờ | –
        - | Số lượng sách, tài liệu đã phát hành | Chưa có số cuốn | – | Chờ Hội Khuyến học xã kiểm lại
        - | Số băng rôn, panô, khẩu hiệu đã thực hiện | 12 cái | –
        4 | Hội thảo, tọa đàm, triển lãm về HTSĐ-Xây dựng XHHT
        - | Số lần hội thảo, tọa đàm | 2 lần | –
        - | Số người tham gia hội thảo, tọa đàm | 97 người | –
        - | Triển lãm, số lượt người dự triển lãm | Không tổ chức cuộc | 1 / 90
        5 | Khai giảng các lớp (cụ thể từng lớp)
        - | Số lớp | Σ2 lớp | – | Theo danh sách lớp
        - | Số học viên | Σ58 người | – | Theo danh sách lớp
        6 | Vận động XD tủ sách, quyên góp sách
        - | Số tủ sách | 2 tủ | –
        - | Số sách | ?120 cuốn | 10""")


def test_the_model_keeps_qts_rules(grid: Grid, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(grid.model)


def test_a_group_row_refuses_a_value(grid: Grid) -> None:
    group = next(at for at in range(grid.model.rowCount()) if grid.model.grid_row(at).group)
    for column in range(grid.model.columnCount()):
        assert not grid.model.flags(grid.model.index(group, column)) & Qt.ItemFlag.ItemIsEditable
        assert not grid.model.setData(grid.model.index(group, column), "5")


def test_typing_starts_editing_and_enter_goes_on(grid: Grid) -> None:
    grid.keys("7")
    assert grid.view.is_editing()
    grid.keys("3")
    grid.key(Qt.Key.Key_Return)
    assert grid.presenter.answers["organising_units"] == 73
    assert grid.view.field_at() == "participants"
    assert not grid.view.is_editing()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Tab])
def test_enter_down_and_tab_walk_over_every_box_and_only_boxes(grid: Grid, key: Qt.Key) -> None:
    seen = [grid.view.field_at()]
    for _ in range(16):
        grid.key(key)
        seen.append(grid.view.field_at())
    boxes = [box.field for row in grid.presenter.grid() for box in row.boxes]
    assert len(boxes) == 16  # both rows of two say "không tổ chức", one word each
    assert seen[:16] == boxes
    assert seen[16] == boxes[-1]


def test_up_goes_back(grid: Grid) -> None:
    grid.view.go_to("newspaper_articles")
    grid.key(Qt.Key.Key_Up)
    assert grid.view.field_at() == "participants"


def test_enter_beyond_the_last_cell_says_so(grid: Grid, qtbot: QtBot) -> None:
    grid.view.go_to("books_donated")
    with qtbot.waitSignal(grid.view.passed):
        grid.key(Qt.Key.Key_Return)


def test_tab_and_down_at_the_last_cell_keep_what_was_typed_and_stay(grid: Grid) -> None:
    for key, typed in ((Qt.Key.Key_Tab, 5), (Qt.Key.Key_Down, 6)):
        grid.view.go_to("books_donated")
        went: list[bool] = []
        grid.view.passed.connect(lambda went=went: went.append(True))
        grid.keys(str(typed))
        grid.key(key)
        assert grid.presenter.answers["books_donated"] == typed
        assert (grid.view.field_at(), grid.view.is_editing(), went) == ("books_donated", False, [])


def test_what_is_typed_is_kept_when_another_window_comes_and_the_keyboard_comes_back_to_the_cell(
    grid: Grid, qtbot: QtBot
) -> None:
    window, other = QWidget(), QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(grid.view)
    column.addWidget(QLineEdit())
    for shown in (other, window):
        qtbot.addWidget(shown)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
    grid.view.setFocus()
    grid.keys("73")
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)
    assert grid.presenter.answers["organising_units"] == 73
    assert not grid.view.is_editing()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert QApplication.focusWidget() is grid.view
    grid.view.setParent(None)


def test_esc_leaves_the_cell_as_it_was_and_the_next_cell_opens_as_ever(grid: Grid) -> None:
    before = grid.presenter.answers["organising_units"]
    grid.keys("73")
    grid.key(Qt.Key.Key_Escape)
    assert (grid.presenter.answers["organising_units"], grid.view.is_editing()) == (before, False)
    assert grid.view.hasFocus()
    grid.keys("5")
    grid.key(Qt.Key.Key_Tab)
    assert grid.presenter.answers["organising_units"] == 5


def test_other_rows_under_an_open_cell_leave_nothing_open(grid: Grid) -> None:
    grid.keys("73")
    grid.model.set_rows(grid.presenter.grid()[:4])
    assert not grid.view.is_editing()
    grid.view.go_to("participants")
    grid.keys("9")
    grid.key(Qt.Key.Key_Return)
    assert grid.presenter.answers["participants"] == 9


def test_a_digit_with_ctrl_or_alt_is_not_typed(grid: Grid) -> None:
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        grid.key(Qt.Key.Key_5, modifier)
        assert not grid.view.is_editing()


@pytest.mark.parametrize(
    ("key", "kind"), [("k", NoNumber.NOT_HELD), ("c", NoNumber.UNKNOWN), ("a", NoNumber.NOT_APPLICABLE)]
)
def test_k_c_and_a_state_why_there_is_no_number(grid: Grid, key: str, kind: NoNumber) -> None:
    grid.view.go_to("leaflets")
    grid.keys(key)
    assert grid.presenter.answers["leaflets"] == {"none": kind.value, "reason": ""}
    assert not grid.view.is_editing()


def test_delete_blanks_and_f2_opens_with_what_stands_there(grid: Grid) -> None:
    grid.view.go_to("participants")
    grid.key(Qt.Key.Key_F2)
    editor = grid.target()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "535"
    grid.key(Qt.Key.Key_Escape)
    grid.key(Qt.Key.Key_Delete)
    assert "participants" not in grid.presenter.answers


def test_a_slip_stays_in_its_cell_and_blocks_nobody(grid: Grid) -> None:
    grid.view.go_to("participants")
    grid.keys("1,5")
    grid.key(Qt.Key.Key_Return)
    assert grid.view.field_at() == "newspaper_articles"
    assert picture(grid.model, "participants") == "2 | Số người tham gia | !1,5 lượt người"
    grid.view.go_to("participants")
    grid.key(Qt.Key.Key_F2)
    editor = grid.target()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "1,5"


def test_a_number_counted_from_the_list_is_typed_over_and_keeps_both(grid: Grid) -> None:
    grid.view.go_to("classes")
    grid.keys("9")
    grid.key(Qt.Key.Key_Return)
    assert grid.presenter.answers["classes"] == 9
    assert grid.presenter.answers["computed.classes"] == 2


def test_delete_leaves_a_number_counted_from_the_list(grid: Grid) -> None:
    grid.view.go_to("classes")
    grid.key(Qt.Key.Key_Delete)
    assert grid.presenter.answers["classes"] == 2


def test_the_wheel_changes_no_value(grid: Grid) -> None:
    grid.view.go_to("participants")
    grid.key(Qt.Key.Key_F2)
    before = dict(grid.presenter.answers)
    for target in (grid.target(), grid.view.viewport()):
        spot = QPointF(5, 5)
        wheel = QWheelEvent(
            spot, spot, QPoint(0, 40), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, wheel)
    grid.key(Qt.Key.Key_Return)
    assert dict(grid.presenter.answers) == before


def test_right_goes_to_the_note_and_vietnamese_is_written_there(grid: Grid) -> None:
    grid.view.go_to("leaflets")
    grid.key(Qt.Key.Key_Right)
    grid.key(Qt.Key.Key_F2)
    editor = grid.target()
    assert isinstance(editor, QLineEdit)
    commit = QInputMethodEvent()
    commit.setCommitString("phát ở chợ Hà Thượng")
    QApplication.sendEvent(editor, commit)
    grid.key(Qt.Key.Key_Return)
    assert grid.presenter.answers["note.leaflets"] == "phát ở chợ Hà Thượng"
    assert grid.view.field_at() == "books_published"


def test_two_numbers_stand_in_one_row_and_one_word_stands_for_both(grid: Grid) -> None:
    wall = grid.model.place_of("wall_newspapers")
    alone = grid.view.area(wall, QRect(), grid.model.grid_row(wall.row()))
    assert alone.width() == grid.view.columnWidth(FIRST) + grid.view.columnWidth(SECOND)
    grid.view.go_to("wall_newspapers")
    grid.keys("3")
    grid.key(Qt.Key.Key_Return)
    assert grid.view.area(wall, QRect(), grid.model.grid_row(wall.row())) == QRect()
    assert grid.view.field_at() == "wall_articles"
    assert grid.view.currentIndex().column() == SECOND


@pytest.mark.parametrize("visits", ["90", "123456", "987654321"])
@pytest.mark.parametrize("size", [100, 115, 130])
def test_each_of_two_numbers_and_its_unit_has_its_room(grid: Grid, qapp: QApplication, size: int, visits: str) -> None:
    """A number cut short would be another number."""
    grid.presenter.type_number("exhibitions", "1")
    grid.presenter.type_number("exhibition_visits", visits)
    grid.show()
    theme.apply(qapp, Theme(text_size=size))
    metrics = QFontMetrics(theme.font("secondary"))
    two = [row for at in range(len(grid.view)) if len((row := grid.model.grid_row(at)).boxes) > 1]
    assert two
    for row in two:
        for box, column in zip(row.boxes, (FIRST, SECOND), strict=True):
            width = grid.view.columnWidth(column)
            number = box_rect(QRect(0, 0, width, 26), row)
            assert needed_width(theme.theme(), box.kind, box.text) <= number.width(), (row.label, box.text)
            assert metrics.horizontalAdvance(box.unit) <= width - number.right() - GAP, (row.label, box.unit)


def test_a_number_added_up_has_room_beside_its_sign(grid: Grid) -> None:
    room = {kind: needed_width(theme.theme(), kind, "1.188") for kind in ("number", "warn", "computed")}
    assert room["computed"] == room["warn"] > room["number"] + 14


def test_long_labels_take_two_lines(grid: Grid) -> None:
    wall = grid.model.place_of("wall_newspapers").row()
    assert grid.view.rowHeight(wall) == 44
    assert grid.view.rowHeight(0) == 26
    head = grid.view.area(grid.model.index(2, LABEL), QRect(), grid.model.grid_row(2))
    assert head.right() == grid.view.viewport().width() - 1


@pytest.mark.parametrize("size", [100, 115, 130])
@pytest.mark.parametrize("width", [520, 600, 740, 1182])
def test_a_row_is_as_high_as_its_words(grid: Grid, qapp: QApplication, size: int, width: int) -> None:
    theme.apply(qapp, Theme(text_size=size))
    grid.view.resize(width, 620)
    for at in range(len(grid.view)):
        row = grid.model.grid_row(at)
        metrics = QFontMetrics(theme.font("bold" if row.group else "body"))
        room = QRect(0, 0, grid.view.label_width(row), 1000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, row.label)
        assert needed.width() <= room.width(), row.label
        assert needed.height() < grid.view.rowHeight(at), row.label


def test_a_narrow_grid_gives_long_labels_a_third_line(grid: Grid) -> None:
    wall = grid.model.place_of("wall_newspapers").row()
    grid.view.resize(520, 620)
    assert grid.view.rowHeight(wall) > 60
    grid.view.resize(740, 620)
    assert grid.view.rowHeight(wall) == 44


def test_the_words_of_a_group_end_before_its_button(qtbot: QtBot) -> None:
    words = "Hội thảo, tọa đàm, nói chuyện chuyên đề về học tập suốt đời và xây dựng xã hội học tập"
    grid = Grid(qtbot)
    rows = [replace(row, label=words) if row.list_field else row for row in grid.presenter.grid()]
    grid.model.set_rows(rows)
    grid.view.resize(520, 620)
    at = next(at for at, row in enumerate(rows) if row.list_field)
    holder = grid.view.indexWidget(grid.model.index(at, LABEL))
    button = holder.findChild(Button)
    words_end = grid.view.columnViewportPosition(LABEL) + PAD + grid.view.label_width(rows[at])
    assert button is not None
    assert words_end < button.mapTo(grid.view.viewport(), QPoint(0, 0)).x()
    assert grid.view.rowHeight(at) >= 44


def test_a_screen_reader_hears_name_and_state(grid: Grid) -> None:
    grid.presenter.type_number("talks", "hai")
    grid.show()
    said = grid.model.data(grid.model.place_of("talks"), Qt.ItemDataRole.AccessibleTextRole)
    assert str(said).startswith("Số lần hội thảo, tọa đàm, hai, phải sửa.")


def test_without_figures_of_last_year_their_column_is_room_for_the_notes(qtbot: QtBot) -> None:
    with_them, without = Grid(qtbot, {"participants": 535}), Grid(qtbot)
    for grid in (with_them, without):
        grid.view._fit_columns()
    assert not with_them.view.isColumnHidden(BEFORE)
    assert without.view.isColumnHidden(BEFORE)
    spare = [grid.view.columnWidth(LABEL) + grid.view.columnWidth(NOTE) for grid in (with_them, without)]
    assert spare[1] >= spare[0] + 80


def test_a_note_takes_two_lines_and_then_says_that_there_is_more() -> None:
    metrics = QFontMetrics(theme.font("secondary"))
    assert two_lines("Theo danh sách lớp", metrics, 92).replace("\n", " ") == "Theo danh sách lớp"
    long = two_lines("Chờ Hội Khuyến học xã kiểm lại vào thứ Sáu", metrics, 92)
    assert len(long.split("\n")) == 2
    assert long.endswith("…")
    assert all(metrics.horizontalAdvance(line) <= 92 for line in long.split("\n"))
