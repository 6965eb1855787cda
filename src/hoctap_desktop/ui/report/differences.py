"""What a workbook would change, before it does: one row a mục, ticked or not; what cannot be taken, with its cell."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.filing.workbook_changes import Comparison, Difference
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.consolidation.rows_view import PAD, RowDelegate, RowsView, scrolled, write
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.panes import pane
from hoctap_desktop.ui.widgets.rows_model import ROW_ROLE, Index, TableRows

TICK, LABEL, BEFORE, AFTER, PLACE = range(5)
_HEADS = ("", "Mục", "Trong máy", "Trong Excel", "Ô")
WIDTH, MOST_ROWS, LIST_HEIGHT = 940, 9, 130
ALONE_HEIGHT = 280  # of a list with no table over it


class DifferencesModel(TableRows[Difference]):
    """What was changed on both sides is not ticked: the person looks first. `ticked` after each change."""

    ticked = Signal()

    def __init__(self, rows: Sequence[Difference]) -> None:
        super().__init__(_HEADS, rows)
        self._taken = {row.field for row in rows if not row.both_changed}

    def taken(self) -> frozenset[str]:
        """The fields that are ticked."""
        return frozenset(self._taken)

    def is_taken(self, at: int) -> bool:
        return self._rows[at].field in self._taken

    def turn(self, at: int) -> None:
        """Ticks a row, or takes the tick away."""
        self._taken ^= {self._rows[at].field}
        self.dataChanged.emit(self.index(at, 0), self.index(at, PLACE))
        self.ticked.emit()

    def said(self, row: Difference, column: int, role: int) -> object:
        words = ("", row.label, row.before_words, row.after_words, row.address)[column]
        if role == 0:
            return " ".join(words.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (words, row.said if column == AFTER else "") if part) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "lấy" if row.field in self._taken else "không lấy"
            return (
                f"{row.label}: trong máy {row.before_words}, trong Excel {row.after_words}, {state}. {row.said}".strip()
            )
        return None


class _Delegate(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:  # noqa: ARG002
        row: Difference = index.data(ROW_ROLE)
        model = self.view.model()
        assert isinstance(model, DifferencesModel)
        taken = model.is_taken(index.row())
        area = rect.adjusted(PAD, 0, -PAD, 0)
        match index.column():
            case 0:
                size = theme.px(16)
                box = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
                painter.setPen(theme.color("pri" if taken else "edge"))
                painter.setBrush(theme.color("pri" if taken else "surface"))
                painter.drawRoundedRect(box, 3, 3)
                if taken:
                    icons.paint_in(painter, "check", "surface", box, theme.px(14))
            case 3:
                write(painter, area, str(index.data(0)), "ink" if taken else "ink2", bold=taken)
            case 4 if row.both_changed:
                write(painter, area, "sửa ở cả hai nơi", "warn", role="secondary")
            case 4:
                write(painter, area, row.address.removeprefix("Trang "), "ink2", role="secondary")
            case _:
                write(painter, area, str(index.data(0)), "ink" if index.column() == LABEL else "ink2")


class DifferencesView(RowsView):
    """Space ticks the row the keyboard is on, a click on the box does too; Enter takes what is ticked."""

    agreed = Signal()

    def __init__(self, model: DifferencesModel) -> None:
        super().__init__(model, "Những mục sẽ đổi")
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.acted.connect(model.turn)
        self.clicked.connect(lambda index: model.turn(index.row()) if index.column() == TICK else None)
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        rows = min(MOST_ROWS, model.rowCount())
        self.setFixedHeight(self.head.sizeHint().height() + rows * theme.px(theme.ROW["list"]) + 4)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.agreed.emit()
        else:
            super().keyPressEvent(event)

    def lay_out(self) -> None:
        room = self.viewport().width() - theme.px(36)
        shares = {LABEL: 0.29, BEFORE: 0.21, AFTER: 0.24, PLACE: 0.26}
        self.setColumnWidth(TICK, theme.px(36))
        for column, share in shares.items():
            self.setColumnWidth(column, int(room * share))


class DifferencesDialog(Dialog):
    """`agreed(fields)` when the person pressed Lấy; `wanted_new()` when a refused workbook is to be exported anew."""

    agreed = Signal(object)
    wanted_new = Signal()

    def __init__(self, parent: QWidget, found: Comparison, *, anew: bool = True) -> None:
        """anew: a refused workbook can be exported anew here."""
        super().__init__(parent, title(found), icon="table", tone="danger" if found.refused else "pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(theme.px(WIDTH), parent.window().width() - 40))
        self.model = DifferencesModel(() if found.refused else found.differences)
        self.view: DifferencesView | None = None
        self._take = None
        if self.model.rows():
            self.add_text("Bỏ dấu ở mục không lấy (phím cách), Enter để lấy. Chưa bấm Lấy thì chưa có gì đổi.", "ink2")
            self.view = DifferencesView(self.model)
            self.body.addSpacing(6)
            self.body.addWidget(self.view)
        if found.faults:
            head = "Vì sao chưa lấy được" if found.refused else f"{len(found.faults)} ô chưa lấy được"
            self._add_list(head, [fault.sentence for fault in found.faults], "danger")
        said = [row for row in self.model.rows() if row.said]
        read = [row.said if row.said.startswith(row.address) else f"{row.address}: {row.said}" for row in said]
        if found.notes or read:
            self._add_list("Lưu ý", [*read, *found.notes], "ink2")
        if self.model.rows():
            self.add_button("Để nguyên", "secondary")
            self._take = self.add_button("", "primary", icon="check", act=self._agree)
            self.model.ticked.connect(self._count)
            self._count()
            assert self.view is not None
            self.view.agreed.connect(self._take.click)
            self.view.go_to_row(0)
            self.focus_first(self.view)
        elif found.refused:
            if anew:
                self.add_button("Xuất biểu mới", "secondary", icon="file-down", act=self.wanted_new.emit)
            self.add_button("Đóng", "primary")
        else:
            self.add_button("Đóng", "primary")

    def _add_list(self, head: str, lines: Sequence[str], token: str) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(Label(head, "bold"))
        inner = pane("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for line in lines:
            column.addWidget(Label(line, "body", token, wrap=True, selectable=True))
        column.addStretch(1)
        # by its lines as they are broken here, not as they would be in the narrowest column
        inner.setMinimumHeight(1)
        area = scrolled(inner)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(f"{head}: {' '.join(lines)}")
        width = self.width() - theme.px(140)
        most = LIST_HEIGHT if self.model.rows() else ALONE_HEIGHT
        area.setFixedHeight(min(theme.px(most), inner.heightForWidth(width) + theme.px(10)))
        self.body.addWidget(area)

    def _count(self) -> None:
        if self._take is None:
            return
        count = len(self.model.taken())
        self._take.setText(f"Lấy {count} mục")
        self._take.enable() if count else self._take.disable("Chưa đánh dấu mục nào.")

    def _agree(self) -> None:
        self.agreed.emit(self.model.taken())


def title(found: Comparison) -> str:
    """What the dialog is called: what was found in which file."""
    if found.refused:
        return f"Chưa lấy gì từ «{found.file}»"
    if found.differences:
        return f"«{found.file}» khác trong máy ở {len(found.differences)} mục"
    if found.faults:
        return f"«{found.file}» có {len(found.faults)} ô chưa đúng"
    return f"«{found.file}» không có gì khác trong máy"
