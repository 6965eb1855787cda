"""Every component in every state on one sheet, to be laid beside ../shared/look/00-components.png.

`python -m hoctap_desktop.ui.gallery --out PNG [--scale 1.5] [--contrast] [--text-size 115]`
"""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.banner import Banner
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import STATES, Chip, ChipState
from hoctap_desktop.ui.widgets.drop_zone import DropZone
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.number_cell import NumberCell
from hoctap_desktop.ui.widgets.progress import CountBar
from hoctap_desktop.ui.widgets.road import StepState, paint_circle
from hoctap_desktop.ui.widgets.sidebar import SideEntry, paint_entry

_COLOURS = (
    ("Chữ", "ink"),
    ("Chữ phụ", "ink2"),
    ("Chữ mờ", "ink3"),
    ("Nền cửa sổ", "window"),
    ("Thanh bên", "side"),
    ("Mặt giấy, ô nhập", "surface"),
    ("Bàn đặt giấy", "desk"),
    ("Đường kẻ", "line"),
    ("Viền ô nhập", "edge"),
    ("Mực, việc chính", "pri"),
    ("Mực nhạt, đang chọn", "pri-tint"),
    ("Xong", "ok"),
    ("Nên xem", "warn"),
    ("Sai, hủy", "danger"),
    ("Trả lại", "returned"),
    ("Nộp lại", "again"),
    ("Không tổ chức", "none-held"),
)


class _Swatch(QWidget):
    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(34, 21)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("page-edge"), 1))
        painter.setBrush(theme.color(self._token))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class _Circle(QWidget):
    def __init__(self, state: StepState, number: int) -> None:
        super().__init__()
        self._state, self._number = state, number
        self.setFixedSize(32, 32)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_circle(painter, QPointF(16, 16), self._state, self._number)


class _SideStates(QWidget):
    @guarded(QSize(200, 130))
    def sizeHint(self) -> QSize:
        return QSize(200, 130)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("side"))
        painter.drawRoundedRect(QRectF(0, 0, 200, 130), 6, 6)
        home = SideEntry("home", "house", "Trang chính")
        paint_entry(painter, QRectF(8, 8, 184, 38), home, True, False, False, False)
        plan = SideEntry("plan", "file-pen-line", "Kế hoạch")
        paint_entry(painter, QRectF(8, 46, 184, 38), plan, False, True, False, False)
        receive = SideEntry("receive", "inbox", "Tiếp nhận", count=5)
        paint_entry(painter, QRectF(8, 84, 184, 38), receive, False, False, True, False)


def _group(column: QVBoxLayout, title: str) -> None:
    if column.count():
        column.addSpacing(12)
    column.addWidget(Label(title, "bold"))
    column.addSpacing(5)
    column.addWidget(rule())
    column.addSpacing(8)


class Gallery(QWidget):
    """The sheet, 1366×768."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "window")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 18, 24, 18)
        row.setSpacing(26)
        columns = []
        for width in (250, 706, 310):
            holder = QWidget()
            holder.setFixedWidth(width)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            row.addWidget(holder)
            columns.append(column)
        self._left(columns[0])
        self._middle(columns[1])
        self._right(columns[2])
        for column in columns:
            column.addStretch(1)
        self.ring = FocusRing(self)

    def _left(self, column: QVBoxLayout) -> None:
        _group(column, "Màu")
        for words, token in _COLOURS:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(_Swatch(token))
            line.addWidget(Label(words, "secondary"), 1)
            code = Label(theme.theme().tokens[token], "secondary", "ink2")
            code.setFont(theme.code_font(12.5))
            line.addWidget(code)
            column.addLayout(line)
            column.addSpacing(8)
        _group(column, "Cỡ chữ")
        for words, role in (
            ("Tên trang 21/28", "page"),
            ("Tên nhóm 16/22", "group"),
            ("Đoạn đọc, việc lớn 15/22", "reading"),
            ("Chữ thường, bảng 14/20", "body"),
        ):
            column.addWidget(Label(words, role))
        column.addWidget(Label("Chữ phụ 13/18, nhỏ nhất", "secondary", "ink2"))

    def _middle(self, column: QVBoxLayout) -> None:
        _group(column, "Nút")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.setContentsMargins(4, 0, 0, 0)
        self.primary = Button("Làm tiếp", "primary", icon="arrow-right")
        line.addWidget(self.primary)
        line.addWidget(Button("In thử", icon="printer"))
        line.addWidget(Button("Giữ nguyên", "text"))
        line.addWidget(Button("Bỏ bản nháp", "danger", icon="trash-2"))
        grey = Button("Chốt để in", icon="lock")
        grey.disable("Còn 1 chỗ phải sửa")
        line.addWidget(grey)
        line.addStretch(1)
        column.addLayout(line)
        _group(column, "Ô nhập")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        self.typing = TextField("Đang gõ", "Đặng Văn Thi")
        wrong = TextField("Phải sửa", "31/09/2022")
        wrong.show_state("error", "Tháng 9 có 30 ngày.")
        look = TextField("Nên xem lại", "10/10/2021")
        look.show_state("warn", "Còn ngày của năm trước.")
        computed = TextField("Máy tính ra", "126")
        computed.show_state("computed")
        computed.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        frozen = TextField("Đã chốt, chỉ đọc", "Số 21/KH-UBND")
        frozen.show_state("frozen")
        fields = (TextField("Bình thường", "Đặng Văn Thi"), self.typing, wrong, look, computed, frozen)
        for place, field in enumerate(fields):
            grid.addWidget(field, place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        _group(column, "Ô số và bốn kiểu không có số")
        cells = QGridLayout()
        cells.setHorizontalSpacing(8)
        cells.setVerticalSpacing(8)
        for place, (kind, text) in enumerate(
            (
                ("number", "1.248"),
                ("number", "0"),
                ("not_held", ""),
                ("unknown", ""),
                ("not_applicable", ""),
                ("blank", ""),
                ("focus", "450"),
                ("error", ""),
                ("warn", "3.150"),
                ("computed", "5"),
            )
        ):
            cells.addWidget(NumberCell(kind, text), place // 5, place % 5)
        cells.setColumnStretch(5, 1)
        column.addLayout(cells)
        _group(column, "Tám tình trạng, và nhãn quá hạn")
        late = ChipState("clock-alert", "warn", "Nộp muộn 1 ngày")
        overdue = ChipState("circle-alert", "danger", "Chưa nộp, quá 2 ngày")
        for states in (
            [STATES[name] for name in ("not_sent", "received", "returned", "again", "accepted")] + [late],
            [STATES["not_held"], STATES["exempt"], overdue],
        ):
            chips = QHBoxLayout()
            chips.setSpacing(8)
            for state in states:
                chips.addWidget(Chip(state))
            chips.addStretch(1)
            column.addLayout(chips)
            column.addSpacing(8)
        column.addSpacing(6)
        column.addWidget(Banner("ok", "Đã lưu bản in vào máy.", "Mở thư mục"))
        column.addSpacing(8)
        column.addWidget(Banner("warn", "Chưa sao lưu từ ngày 01/10/2022.", "Sao lưu"))
        column.addSpacing(8)
        column.addWidget(Banner("danger", "Ổ C còn 12 MB, chưa lưu được. Xóa bớt tệp rồi bấm Lưu lại.", "Lưu lại"))
        _group(column, "Tiến độ")
        bar = CountBar("Đang đọc USB", "tệp")
        bar.set(7, 12)
        column.addWidget(bar)

    def _right(self, column: QVBoxLayout) -> None:
        _group(column, "Thanh bên")
        column.addWidget(_SideStates())
        column.addSpacing(3)
        column.addWidget(Label("Đang mở, rê chuột, đang ở phím", "secondary", "ink2"))
        _group(column, "Bước trên đường đi")
        for state, number, words in (
            (StepState.DONE, 3, "Đã xong"),
            (StepState.OPEN, 4, "Đang mở, chưa đến lúc khóa"),
            (StepState.NOW, 5, "Việc lúc này, mở thành thẻ"),
            (StepState.LATER, 6, "Chưa đến lượt"),
            (StepState.OVERDUE, 7, "Quá hạn 2 ngày"),
        ):
            line = QHBoxLayout()
            line.setSpacing(14)
            line.addWidget(_Circle(state, number))
            heavy = state in (StepState.DONE, StepState.OPEN, StepState.NOW)
            line.addWidget(Label(words, token="danger" if state is StepState.OVERDUE else "ink", bold=heavy), 1)
            column.addLayout(line)
            column.addSpacing(8)
        _group(column, "Chỗ cần xem")
        frame = QFrame()
        frame.setProperty("card", "true")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        findings = FindingsList()
        findings.show_rows(
            [
                FindingRow("workshops", "block", "Phải sửa: mục 4, số lần", "Nhập số lần."),
                FindingRow("books", "warn", "Xem lại: mục 6, số sách", "Gấp 10 lần năm 2021."),
            ]
        )
        findings.choose("workshops")
        findings.setFixedHeight(theme.px(126))
        inner.addWidget(findings)
        column.addWidget(frame)
        _group(column, "Nơi thả tệp")
        line = QHBoxLayout()
        line.setSpacing(10)
        resting = DropZone("Thả tệp")
        over = DropZone("Thả tệp")
        over.hang(True)
        for zone in (resting, over):
            zone.setFixedHeight(58)
            line.addWidget(zone)
        column.addLayout(line)


def main(argv: list[str] | None = None) -> int:
    """Writes the sheet as a PNG."""
    parser = argparse.ArgumentParser(description="Bảng các thành phần của cửa sổ")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--text-size", type=int, default=100, choices=theme.TEXT_SIZES)
    wanted = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if wanted.scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(wanted.scale)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme(wanted.contrast, wanted.text_size))
    sheet = Gallery()
    sheet.resize(1366, 768)
    sheet.show()
    sheet.primary.setFocus()
    app.processEvents()
    saved = sheet.grab().save(str(wanted.out))
    sheet.close()
    return 0 if saved else 1


if __name__ == "__main__":
    sys.exit(main())
