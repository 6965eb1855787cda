"""Danh sách lớp: one class a row; the numbers of classes and learners are counted from it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import parse_count, print_count
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.report.dialog_table import DialogTable
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.report.report_answers import Save
from hoctap_desktop.ui.widgets.composition import Composition
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import LineEdit, Message
from hoctap_desktop.ui.widgets.labels import Label

Index = QModelIndex | QPersistentModelIndex
Act = Callable[[ReportPresenter], tuple[Save, ...]]
_COLUMNS = (
    ("name", "Tên lớp"),
    ("learners", "Số học viên"),
    ("subject", "Nội dung"),
    ("place", "Nơi học"),
    ("from", "Từ ngày"),
    ("to", "Đến ngày"),
)
_DAYS = ("from", "to")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
WIDTH, HEIGHT = 860, 300
# no more than this of what is typed is lost when the machine goes off
KEPT_AFTER_MS = 1000
# px of the columns of numbers and days; shares of the rest
_FIXED = {1: 116, 4: 100, 5: 100}
_SHARES = {0: 4, 2: 3, 3: 3}


class ClassesModel(QAbstractTableModel):
    """Rows of text as typed; one empty row stays at the end to write on. `edited` after each change."""

    edited = Signal()

    def __init__(self, items: Sequence[Mapping[str, JsonValue]] = (), *, editable: bool = True) -> None:
        super().__init__()
        self._editable = editable
        self._rows: list[dict[str, str]] = [_typed(item) for item in items]
        if editable:
            self._rows.append({})

    def items(self) -> tuple[dict[str, JsonValue], ...]:
        """The classes as answers; call only when `problem()` is empty."""
        return tuple(_answer(row) for row in self._rows if any(row.values()))

    def so_far(self, row: int = -1, column: int = -1, typing: str = "") -> tuple[dict[str, JsonValue], ...]:
        """The classes as they can be kept now: a number that cannot be read as it was typed, such a day not at all.

        typing: what stands in the cell that is being written.
        """
        rows = [dict(one) for one in self._rows]
        if 0 <= row < len(rows):
            rows[row][_COLUMNS[column][0]] = " ".join(typing.split())
        return tuple(_kept(one) for one in rows if any(one.values()))

    def problem(self) -> tuple[int, int, str] | None:
        """The first cell that cannot stay as it is: row, column, why."""
        for at, row in enumerate(self._rows):
            for column, (key, _) in enumerate(_COLUMNS):
                why = self._why(row, key)
                if why:
                    return at, column, why
        return None

    def counted(self) -> tuple[int, int]:
        """Classes and learners so far."""
        rows = [row for row in self._rows if any(row.values())]
        return len(rows), sum(_whole(row.get("learners", "")) for row in rows)

    def remove(self, row: int) -> None:
        """Takes a class out of the list; the empty row at the end stays."""
        if 0 <= row < len(self._rows) - 1 and self._editable:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
            self.edited.emit()

    def insert(self, row: int) -> int:
        """An empty row to write a class on, at `row` or where one is already; its place, -1 when nothing can change."""
        if not self._editable:
            return -1
        at = min(max(row, 0), len(self._rows) - 1)
        if any(self._rows[at].values()):
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, {})
            self.endInsertRows()
        return at

    @staticmethod
    def _why(row: Mapping[str, str], key: str) -> str:
        text = row.get(key, "")
        if not any(row.values()):
            return ""
        try:
            if key == "name" and not text:
                return "Lớp này chưa có tên. Hãy ghi tên lớp."
            if key == "learners" and text:
                parse_count(text)
            if key in _DAYS and text:
                parse_date(text)
        except UserError as refusal:
            return str(refusal)
        return ""

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @guarded(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_COLUMNS)

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        key, title = _COLUMNS[index.column()]
        row = self._rows[index.row()]
        if role in (0, Qt.ItemDataRole.EditRole):
            return row.get(key, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._why(row, key) or row.get(key) or None
        if role == Qt.ItemDataRole.UserRole:
            return self._why(row, key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if key == "learners" else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Lớp {index.row() + 1}, {title}: {row.get(key) or 'để trống'}"
        return None

    @guarded(False)
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self._editable:
            return False
        key, _ = _COLUMNS[index.column()]
        row = self._rows[index.row()]
        text = _neat(key, " ".join(str(value).split()))
        if text == row.get(key, ""):
            return False
        row[key] = text
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(_COLUMNS) - 1))
        if index.row() == len(self._rows) - 1:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows.append({})
            self.endInsertRows()
        self.edited.emit()
        return True

    @guarded(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable | Qt.ItemFlag.ItemIsEditable if self._editable else usable

    @guarded(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        if role == 0:
            return _COLUMNS[section][1]
        if role == Qt.ItemDataRole.TextAlignmentRole and _COLUMNS[section][0] == "learners":
            return Qt.AlignmentFlag.AlignRight
        return None


class _Delegate(QStyledItemDelegate):
    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        view = option.widget
        at = view.currentIndex() if isinstance(view, QTableView) else QModelIndex()
        painter.save()
        wrong = bool(index.data(Qt.ItemDataRole.UserRole))
        fill = "danger-tint" if wrong else "row-focus" if at.row() == index.row() else "surface"
        painter.fillRect(rect, theme.color(fill))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line2"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("danger" if wrong else "ink"))
        area = rect.adjusted(8, 0, -8, -1)
        words = painter.fontMetrics().elidedText(str(index.data(0)), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, index.data(Qt.ItemDataRole.TextAlignmentRole), words)
        if at == index:
            painter.setPen(theme.color("danger" if wrong else "pri"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))
        painter.restore()

    @guarded(None)
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        edit = LineEdit(size="cell", parent=parent)
        edit.setFont(theme.font("body"))
        edit.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
        edit.setMaxLength(200)
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        view = self.parent()
        if isinstance(view, ClassTable):
            edit.textEdited.connect(view.typing)
        return edit

    @guarded(False)
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            view = self.parent()
            if isinstance(view, ClassTable):
                view.step()
            return True
        return super().eventFilter(editor, event)


class ClassTable(DialogTable):
    """The table of the dialog: typing edits, Enter goes on to the next cell, Ctrl+Delete takes the class out.

    `typing()`: a letter came to the cell that is being written.
    """

    typing = Signal()

    def __init__(self, model: ClassesModel) -> None:
        super().__init__(model, _Delegate(), "Danh sách lớp")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # days in the largest letters
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._composition = Composition()
        self._classes = model
        self.head.setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setMinimumHeight(theme.px(HEIGHT))

    def so_far(self) -> tuple[dict[str, JsonValue], ...]:
        """The classes with what stands in the cell that is being written, which stays as it is."""
        at = self.currentIndex()
        edit = self.indexWidget(at)
        if isinstance(edit, LineEdit):
            return self._classes.so_far(at.row(), at.column(), edit.text())
        return self._classes.so_far()

    def step(self) -> None:
        """To the next cell in reading order; the last one stays."""
        at = self.currentIndex()
        place = at.row() * len(_COLUMNS) + at.column() + 1
        row, column = divmod(place, len(_COLUMNS))
        if row < self._classes.rowCount():
            self.setCurrentIndex(self._classes.index(row, column))

    def add(self) -> None:
        """A row for one more class, under the one the cursor is in."""
        at = self._classes.insert(self.currentIndex().row() + 1)
        if at >= 0:
            self.setFocus()
            self.setCurrentIndex(self._classes.index(at, 0))

    @guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composition.take(event, super().inputMethodEvent)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fixed = sum(theme.px(width) for width in _FIXED.values())
        room = max(300, self.viewport().width() - fixed)
        for column in range(len(_COLUMNS)):
            share = room * _SHARES[column] // sum(_SHARES.values()) if column in _SHARES else theme.px(_FIXED[column])
            self.setColumnWidth(column, share)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_F5:
            self._classes.remove(at.row()) if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.add()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self.step()
        elif event.key() == Qt.Key.Key_Delete and at.isValid():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._classes.remove(at.row())
            else:
                self._classes.setData(at, "")
        else:
            super().keyPressEvent(event)


class ClassListDialog(Dialog):
    """`done_with(items)` when the person pressed Xong and every cell can be read.

    `so_far(items)` while it is written, so that nothing is lost when the machine goes off.
    """

    done_with = Signal(object)
    so_far = Signal(object)

    def __init__(self, parent: QWidget, items: Sequence[Mapping[str, JsonValue]], *, editable: bool = True) -> None:
        super().__init__(parent, "Danh sách lớp", icon="users", tone="pri")
        window = parent.window()
        self.setFixedWidth(min(theme.px(WIDTH), window.width() - 40))
        self.classes = ClassesModel(items, editable=editable)
        self.add_text("Mỗi lớp một dòng. Số lớp và số học viên trong bảng được đếm từ đây.", "ink2")
        self.table = ClassTable(self.classes)
        self.body.addSpacing(6)
        self.body.addWidget(self.table)
        self._count = Label("", "body", "ink2")
        self.body.addWidget(self._count)
        self.message = Message()
        self.body.addWidget(self.message)
        if editable:
            self.add_button("Thêm lớp", "text", icon="plus", act=self.table.add, closes=False)
            self.add_button("Bỏ lớp đang chọn", "text", icon="trash-2", act=self._remove, closes=False)
            self.add_button("Không đổi", "secondary")
            self.add_button("Xong", "primary", icon="check", act=self._finish, closes=False)
        else:
            self.add_button("Đóng", "primary")
        self.focus_first(self.table)
        self.table.setCurrentIndex(self.classes.index(self.classes.rowCount() - 1 if editable else 0, 0))
        self.classes.edited.connect(self._show)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEPT_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        self.classes.edited.connect(self._keep_soon)
        self.table.typing.connect(self._keep_soon)
        self._show()

    def _keep_soon(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def _keep(self) -> None:
        self.so_far.emit(self.table.so_far())

    def _show(self) -> None:
        classes, learners = self.classes.counted()
        self._count.setText(
            f"{classes} lớp, {print_count(learners)} học viên. F5: thêm lớp; Shift+F5: bỏ lớp đang chọn."
        )
        if self.message.text() and self.classes.problem() is None:
            self.message.say("")

    def _remove(self) -> None:
        self.classes.remove(self.table.currentIndex().row())
        self.table.setFocus()

    def _finish(self) -> None:
        wrong = self.classes.problem()
        if wrong is not None:
            row, column, why = wrong
            self.message.say(why)
            self._fit()
            self.table.setCurrentIndex(self.classes.index(row, column))
            self.table.setFocus()
            return
        self._keeping.stop()
        self.done_with.emit(self.classes.items())
        self.accept()


def keep_while_written(
    dialog: ClassListDialog,
    presenter: Callable[[], ReportPresenter | None],
    keep: Callable[[Mapping[str, JsonValue | None]], object],
    take: Callable[[Act], object],
) -> None:
    """The list as far as it is written goes to the store alone (`keep`); Xong takes it as one change (`take`)."""
    kept: set[str] = set()

    def so_far(items: Sequence[Mapping[str, JsonValue]]) -> None:
        now = presenter()
        field = now.class_field() if now is not None and not now.frozen else None
        if now is not None and field is not None:
            changes = now.classes_changes(field.id, items)
            kept.update(changes)
            keep(changes)

    def as_it_stands() -> None:
        """What was kept meanwhile gives way to what the report says."""
        now = presenter()
        if now is not None and kept:
            keep({id: now.answers.get(id) for id in kept})

    def done(items: Sequence[Mapping[str, JsonValue]]) -> None:
        now = presenter()
        field = now.class_field() if now is not None else None
        if field is not None:
            take(lambda p: p.set_classes(field.id, items))
            as_it_stands()

    dialog.so_far.connect(so_far)
    dialog.done_with.connect(done)
    dialog.rejected.connect(as_it_stands)


def _typed(item: Mapping[str, JsonValue]) -> dict[str, str]:
    row: dict[str, str] = {}
    for key, _ in _COLUMNS:
        value = item.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            row[key] = print_count(value)
        elif isinstance(value, str):
            row[key] = _neat(key, value)
    return row


def _neat(key: str, text: str) -> str:
    """Days and numbers as they are printed; what cannot be read stays as it is."""
    try:
        if key in _DAYS and text:
            return print_date(parse_date(text))
        if key == "learners" and text:
            return print_count(parse_count(text))
    except UserError:
        pass
    return text


def _answer(row: Mapping[str, str]) -> dict[str, JsonValue]:
    answer: dict[str, JsonValue] = {}
    for key, _ in _COLUMNS:
        text = row.get(key, "")
        if not text:
            continue
        day: date | None = parse_date(text) if key in _DAYS else None
        answer[key] = parse_count(text) if key == "learners" else day.isoformat() if day else text
    return answer


def _kept(row: Mapping[str, str]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, _ in _COLUMNS:
        if not row.get(key):
            continue
        try:
            found |= _answer({key: row[key]})
        except UserError:
            if key == "learners":
                found[key] = row[key]
    return found


def _whole(text: str) -> int:
    try:
        return parse_count(text) if text else 0
    except UserError:
        return 0
