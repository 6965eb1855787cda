"""Buttons, banners, findings, tabs, drop zone, chips: what each does besides looking right."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui.widgets import banner as banner_module
from hoctap_desktop.ui.widgets import focus_ring
from hoctap_desktop.ui.widgets.banner import BannerArea
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import STATES, ChipState, chip_size
from hoctap_desktop.ui.widgets.dialog import Dialog, Dim, ask, rounded
from hoctap_desktop.ui.widgets.drop_zone import DropZone
from hoctap_desktop.ui.widgets.fields import LineEdit, TextField
from hoctap_desktop.ui.widgets.finding_strip import FindingStrip
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label
from hoctap_desktop.ui.widgets.marked_text import spans
from hoctap_desktop.ui.widgets.number_cell import KINDS, words
from hoctap_desktop.ui.widgets.panes import RightPane
from hoctap_desktop.ui.widgets.progress import CountBar

ROWS = (
    FindingRow("workshops", "block", "Phải sửa: mục 4, số lần", "Nhập số lần."),
    FindingRow("books", "ask", "Xem lại: mục 6, số sách", "Gấp 10 lần.", (("reason", "Ghi lý do"), ("go", "Sửa số"))),
)


def test_enter_presses_a_button_and_a_disabled_one_says_why(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = Button("Ghi lại", "primary", act=lambda: pressed.append(1))
    qtbot.addWidget(button)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [1]
    button.disable("Còn 1 chỗ phải sửa")
    button.click()
    assert pressed == [1]
    assert button.toolTip() == button.accessibleDescription() == "Còn 1 chỗ phải sửa"


@pytest.mark.parametrize("kind", ["primary", "secondary", "text", "danger", "icon"])
def test_a_button_with_the_keyboard_looks_the_same_inside(qtbot: QtBot, kind: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, other = Button("Ghi lại", kind, icon="save", words="Ghi"), Button("Khác")
    column.addWidget(button)
    column.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    before = button.grab().toImage()
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert button.grab().toImage() == before


def test_a_list_that_has_the_keyboard_shows_the_ring_inside_its_edge(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(focus_ring, "_clicked", lambda _widget: False)  # wherever the mouse was left before
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    found, other = FindingsList(), Button("Khác")
    found.show_rows(ROWS)
    column.addWidget(found)
    column.addWidget(other)
    ring = FocusRing(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    found.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert ring.isVisible()
    assert ring.geometry() == found.geometry()


def test_the_corners_of_a_dialog_are_cut_off() -> None:
    shape = rounded(QRect(0, 0, 550, 300))
    assert not any(shape.contains(QPoint(x, y)) for x in (0, 549) for y in (0, 299))
    assert all(shape.contains(QPoint(x, y)) for x, y in ((275, 0), (275, 299), (0, 150), (549, 150), (4, 4)))


def test_enter_goes_from_box_to_box_and_from_the_last_to_the_answer(qtbot: QtBot) -> None:
    """Enter is the key of those who type numbers: "1", Enter, "850" must not become 1850."""
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    said: list[str] = []
    dialog = Dialog(window, "Thêm câu hỏi")
    first, last = TextField("Nội dung"), TextField("Đơn vị tính")
    dialog.body.addWidget(first)
    dialog.body.addWidget(last)
    dialog.add_button("Để sau")
    dialog.add_button("Thêm câu hỏi", "primary", act=lambda: said.append(last.text()))
    dialog.focus_first(first.edit)
    dialog.open()
    for typed in ("1", "850"):
        box = dialog.focusWidget()
        assert isinstance(box, LineEdit)
        qtbot.keyClicks(box, typed)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (first.text(), last.text(), said) == ("1", "850", [])
    yes = dialog.focusWidget()
    assert isinstance(yes, Button)
    qtbot.keyClick(yes, Qt.Key.Key_Return)
    assert said == ["850"]


def test_of_two_dialogs_the_lower_one_is_darkened(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    lower, upper = Dialog(window, "Thay đổi sau khi gửi"), Dialog(window, "In bảng thay đổi")
    lower.open()
    upper.open()
    assert {dim.parentWidget() for dim in window.findChildren(Dim) if dim.isVisible()} == {window, lower}
    upper.reject()
    assert {dim.parentWidget() for dim in window.findChildren(Dim) if dim.isVisible()} == {window}
    lower.reject()


def test_a_dialog_scrolls_only_where_its_window_is_too_low(qtbot: QtBot) -> None:
    """A bar that came while the dialog was made small narrowed its lines, and stayed."""
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    said = "Báo cáo đã có số. Phần lời giữ nguyên, các con số được thay bằng số tổng hợp bây giờ. Số cũ vẫn còn "
    for title in ("Thay số?", "Thay số trong báo cáo của đơn vị?"):  # the title's width decides how all begins
        dialog = ask(window, title, said + "trong lịch sử thay đổi.", yes="Thay", no="Giữ", act=lambda: None)
        QApplication.processEvents()
        area = dialog.findChild(QScrollArea)
        assert area is not None
        assert area.verticalScrollBar().maximum() == 0, title
        dialog.reject()


def test_an_icon_button_has_words(qtbot: QtBot) -> None:
    button = Button("", "icon", icon="zoom-in", words="Phóng to")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Phóng to", "Phóng to")


def test_one_banner_stands_for_each_key_and_only_good_news_leaves(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner_module, "LEAVES_AFTER_MS", 5)
    area = BannerArea()
    qtbot.addWidget(area)
    assert not area.isVisible()
    area.show_banner("disk", "danger", "Ổ đĩa đầy.", leaves=True)
    area.show_banner("disk", "danger", "Ổ đĩa còn 2 MB.", leaves=True)
    area.show_banner("print", "ok", "Đã lưu bản in.", leaves=True)
    assert set(area.texts()) == {"disk", "print"}
    qtbot.waitUntil(lambda: area.texts() == {"disk": "Ổ đĩa còn 2 MB."})
    area.drop("disk")
    assert not area.isVisible()


def test_nothing_moves_under_a_mouse_that_is_pressed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press on one row and its release on another would act on the wrong one."""
    monkeypatch.setattr(banner_module, "LEAVES_AFTER_MS", 1)
    monkeypatch.setattr(banner_module, "_WAIT_MS", 5)
    page, area, under = QWidget(), BannerArea(), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(area)
    column.addWidget(under, 1)
    qtbot.addWidget(page)
    page.resize(600, 400)
    area.show_banner("theme", "warn", "Chủ đề còn là của năm trước.")
    area.show_banner("done", "ok", "Đã ghi.", leaves=True)
    page.show()
    qtbot.waitExposed(page)
    qtbot.mousePress(under, Qt.MouseButton.LeftButton)
    top = under.y()
    area.drop("theme")
    area.show_banner("refused", "danger", "Ngày không có.")
    qtbot.wait(60)
    assert under.y() == top
    assert set(area.texts()) == {"done", "refused"}
    qtbot.mouseRelease(under, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: set(area.texts()) == {"refused"})
    qtbot.waitUntil(lambda: under.y() != top)


def test_good_news_goes_with_its_page_and_bad_news_waits(qtbot: QtBot) -> None:
    stack, page, area = QStackedWidget(), QWidget(), BannerArea()
    QVBoxLayout(page).addWidget(area)
    stack.addWidget(page)
    stack.addWidget(QWidget())
    qtbot.addWidget(stack)
    area.show_banner("slips", "ok", "Có thể rút USB an toàn.", closable=True)
    area.show_banner("clock", "warn", "Đồng hồ lùi.")
    stack.show()
    assert set(area.texts()) == {"slips", "clock"}
    stack.setCurrentIndex(1)
    assert set(area.texts()) == {"clock"}


def test_findings_are_walked_with_the_arrows_and_opened_with_enter(qtbot: QtBot) -> None:
    findings = FindingsList()
    qtbot.addWidget(findings)
    findings.resize(268, 400)
    findings.show()
    said: list[tuple[str, ...]] = []
    findings.chosen.connect(lambda key: said.append(("chosen", key)))
    findings.opened.connect(lambda key: said.append(("opened", key)))
    findings.acted.connect(lambda key, act: said.append(("acted", key, act)))
    findings.show_rows(ROWS)
    qtbot.keyClick(findings, Qt.Key.Key_Down)
    qtbot.keyClick(findings, Qt.Key.Key_Return)
    next(b for b in findings.findChildren(Button) if b.text() == "Ghi lý do").click()
    findings.step(1)
    assert said == [
        ("chosen", "workshops"),
        ("opened", "workshops"),
        ("acted", "books", "reason"),
        ("opened", "books"),
    ]


def test_an_empty_list_says_so(qtbot: QtBot) -> None:
    findings = FindingsList("Không còn gì.")
    qtbot.addWidget(findings)
    findings.show()

    def said() -> list[str]:
        return [label.text() for label in findings.findChildren(Label) if label.isVisibleTo(findings) and label.text()]

    findings.show_rows([])
    assert said() == ["Không còn gì."]
    findings.show_rows(ROWS[:1])
    assert "Không còn gì." not in said()
    findings.show_rows([])
    assert said() == ["Không còn gì."]


def test_after_a_settled_row_the_one_after_it_is_next(qtbot: QtBot) -> None:
    findings = FindingsList()
    qtbot.addWidget(findings)
    rows = [FindingRow(key, "block", f"Phải sửa: {key}", "Nhập số.") for key in "abcd"]
    findings.show_rows(rows)
    said: list[str] = []
    findings.opened.connect(said.append)
    for _ in range(2):
        findings.step(1)
    findings.show_rows([row for row in rows if row.key != "b"])  # what stood there was put right
    findings.choose("")
    findings.step(1)
    assert said == ["a", "b", "c"]
    findings.show_rows([rows[0], rows[3]])
    findings.step(-1)
    assert said[-1] == "a"


def test_the_keyboard_stays_with_the_findings_when_the_row_it_was_in_is_settled(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    other, findings = Button("Khác"), FindingsList()
    column.addWidget(other)  # first in the order, as the sidebar is: Qt goes there from the end
    column.addWidget(findings)
    qtbot.addWidget(holder)
    findings.show_rows([FindingRow("a", "warn", "Sai thứ", "Thứ Năm", (("change", "Đổi"),))])
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is holder)
    next(button for button in findings.findChildren(Button) if button.text() == "Đổi").setFocus()
    findings.show_rows([])
    assert findings.hasFocus()


def test_new_findings_keep_the_chosen_one(qtbot: QtBot) -> None:
    findings = FindingsList()
    qtbot.addWidget(findings)
    findings.show_rows(ROWS)
    findings.choose("books")
    findings.show_rows(ROWS[1:])
    assert findings.current() == "books"
    findings.show_rows(())
    assert findings.current() == ""


def test_the_right_pane_shows_the_tab_that_is_open(qtbot: QtBot) -> None:
    look, page = QWidget(), QWidget()
    pane = RightPane([("look", "Cần xem", look), ("page", "Trang in", page)])
    qtbot.addWidget(pane)
    pane.show()
    pane.tabs.set_count("look", 3)
    assert pane.tabs.words("look") == "Cần xem 3"
    qtbot.keyClick(pane.tabs, Qt.Key.Key_Right)
    assert (look.isVisible(), page.isVisible()) == (False, True)


def test_files_and_folders_can_be_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    zone = DropZone("Kéo tệp vào đây", "Tệp chỉ được đọc.")
    qtbot.addWidget(zone)
    got: list[list[Path]] = []
    zone.dropped.connect(got.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.htgoi")])
    spot = QPoint(3, 3)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(zone, QDragEnterEvent(spot, copy, data, left, none))
    assert zone.property("drop") == "over"
    QApplication.sendEvent(zone, QDropEvent(QPointF(spot), copy, data, left, none))
    assert zone.property("drop") == "idle"
    assert got == [[tmp_path]]


def test_the_longest_chip_fits_the_column_of_the_board(qtbot: QtBot) -> None:
    assert chip_size("Chưa nộp, quá 12 ngày").width() <= 190
    assert {state.tone for state in STATES.values()} >= {"ok", "danger", "returned", "again"}
    assert ChipState("circle", "open", "Chưa nộp") == STATES["not_sent"]


def test_every_kind_of_number_is_said_in_other_words() -> None:
    spoken = {kind: words(kind, "5" if kind in ("number", "focus", "frozen") else "") for kind in KINDS}
    assert spoken["not_held"] == "Không tổ chức"
    assert spoken["error"] == "để trống, phải sửa"
    assert len({spoken[kind] for kind in ("number", "not_held", "unknown", "not_applicable", "blank")}) == 5


def test_a_label_that_gives_way_keeps_its_whole_text_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Phòng Giáo dục và Đào tạo huyện Đại Từ")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole() == label.accessibleName()


def test_a_bar_says_its_count_and_offers_to_stop(qtbot: QtBot) -> None:
    bar = CountBar("Đang đọc USB", "tệp")
    qtbot.addWidget(bar)
    bar.show()
    stopped: list[int] = []
    bar.stopped.connect(lambda: stopped.append(1))
    bar.set(7, 12)
    assert bar.accessibleName() == "Đang đọc USB 7 trên 12 tệp"
    bar.may_stop(True)
    bar.findChildren(Button)[0].click()
    assert stopped == [1]


def test_the_words_of_banners_stay_whole_on_a_low_page(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    area, below = BannerArea(), QWidget()
    below.setMinimumHeight(150)
    column.addWidget(area)
    column.addWidget(below, 1)
    said = "Đã dán 147 đề mục, 7 đoạn, 210 gạch đầu dòng, 3 bảng; 105 dòng chưa chắc. Hãy xem lại từng dòng. " * 2
    shown = [area.show_banner(str(n), "warn", said, "Bỏ đoạn vừa dán", closable=True) for n in range(2)]
    page.resize(500, 300)
    page.show()
    for _ in range(3):
        QApplication.processEvents()
    for banner in shown:
        label = banner.findChild(Label)
        assert label is not None
        assert label.height() >= label.heightForWidth(label.width())


def test_the_ring_follows_the_keyboard_and_leaves_fields_alone(qtbot: QtBot) -> None:
    from hoctap_desktop.ui.widgets.fields import TextField

    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, field = Button("Ghi lại"), TextField("Họ tên")
    column.addWidget(button)
    column.addWidget(field)
    ring = FocusRing(window)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry().contains(button.geometry())
    field.edit.setFocus()
    assert not ring.isVisible()


def test_what_the_keyboard_comes_to_is_scrolled_into_sight_but_never_under_a_pressed_mouse(qtbot: QtBot) -> None:
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    rows = [Button(f"Việc {n}") for n in range(20)]
    column = QVBoxLayout(page)
    for row in rows:
        column.addWidget(row)
    area = QScrollArea()
    area.setWidget(page)
    QVBoxLayout(window).addWidget(area)
    FocusRing(window)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rows[-1].setFocus()
    QApplication.processEvents()
    assert rows[-1].visibleRegion().boundingRect().height() == rows[-1].height()
    area.verticalScrollBar().setValue(0)
    QTest.mousePress(rows[1], Qt.MouseButton.LeftButton)
    rows[-2].setFocus()
    QApplication.processEvents()
    assert area.verticalScrollBar().value() == 0
    QTest.mouseRelease(rows[1], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("ha thuong", "UBND xã Hà Thượng", ((8, 17),)),
        ("đ", "Đại Từ", ((0, 1),)),
        ("", "Hà", ()),
        ("phu", "Xã Phú Cường, Phú Lạc", ((3, 6), (14, 17))),
        ("zz", "Hà", ()),
    ],
)
def test_searched_letters_are_found_whatever_their_marks(query: str, text: str, found: tuple[object, ...]) -> None:
    assert spans(query, text) == found


def test_the_strip_of_a_narrow_window_steps_round_the_findings_and_keeps_its_own(qtbot: QtBot) -> None:
    strip = FindingStrip()
    qtbot.addWidget(strip)
    strip.show_rows(ROWS)
    opened: list[str] = []
    strip.opened.connect(opened.append)
    strip.step(1)
    strip.show_rows(ROWS[::-1])
    assert strip.accessibleName() == "Xem lại: mục 6, số sách. Gấp 10 lần."
    strip.step(-1)
    assert opened == ["books", "workshops"]


def test_the_tabs_of_the_right_pane_have_one_ring(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pane, button = RightPane([("look", "Cần xem", QWidget()), ("page", "Trang in", QWidget())]), Button("Kế")
    column = QVBoxLayout(window)
    column.addWidget(pane)
    column.addWidget(button)
    ring = FocusRing(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    button.setFocus()
    assert ring.isVisible()
    pane.tabs.setFocus()
    assert not ring.isVisible()  # the open tab has its own


def test_what_there_is_to_look_at_ends_with_its_last_row(qtbot: QtBot) -> None:
    """A label of many words wants more height the narrower it is: the room under the rows came of that."""
    shown = FindingsList()
    qtbot.addWidget(shown)
    shown.resize(420, 300)
    said = "«2022» có từ bản năm 2022. Đổi thành «2026», hoặc giữ nguyên nếu vẫn đúng. " * 3
    shown.show_rows([FindingRow(f"k{n}", "block", "Còn năm cũ: nội dung kế hoạch", said) for n in range(12)])
    shown.show()
    QApplication.processEvents()
    body = shown.widget()
    assert body is not None
    last = shown._widgets["k11"][1]
    assert shown.verticalScrollBar().maximum() > 0
    assert body.height() - last.geometry().bottom() < 40
