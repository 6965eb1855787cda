"""The dialogs of what was before: one field, the time line of a filing, the trash."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.filing.differences import label_of
from hoctap_desktop.filing.model import KIND_WORDS, Status
from hoctap_desktop.filing.versions import VersionId
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office.going_back import Story
from hoctap_desktop.office.trash import Removed
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.history.difference_view import DifferenceView
from hoctap_desktop.ui.history.presenter import (
    NOTHING_YET,
    Row,
    field_rows,
    go_back_words,
    line_of,
    short_when,
    trash_rows,
    value_of,
)
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.findings_list import FindingRow, FindingsList
from hoctap_desktop.ui.widgets.labels import Label, rule

_FIELD_WIDTH, _LINE_WIDTH, _LIST_WIDTH = 620, 1040, 290
_HEIGHT, _FRAME = 430, 170
_NOW, _BEFORE = "now", "before"


def _shown(row: Row) -> FindingRow:
    return FindingRow(row.key, row.kind, row.title, row.text, row.acts)


def _fit(dialog: Dialog, width: int, tall: QWidget, height: int) -> None:
    """Within the window, in a small one too."""
    over = dialog.parentWidget()
    room_w, room_h = (over.width(), over.height()) if over is not None else (width, height + _FRAME)
    dialog.setFixedWidth(min(theme.px(width), room_w - 24))
    tall.setFixedHeight(max(150, min(theme.px(height), room_h - _FRAME)))


def _set_aside(dialog: Dialog, unused: QWidget) -> None:
    """A part with nothing to show: without a parent it would be a window of its own."""
    unused.setParent(dialog)
    unused.hide()


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("tablecard", "true")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.addWidget(inside)
    return frame


class FieldHistoryDialog(Dialog):
    """The history of one field. `taken(value)`: the person wants this value again (None: blank)."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, told: Story, field: str, now: JsonValue | None, *, free: bool) -> None:
        super().__init__(parent, f"Lịch sử của ô này: {label_of(told.form, field)}", icon="history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._told, self._field = told, field
        rows = field_rows(told, field, now, free=free)
        self.list = FindingsList()
        self.list.setAccessibleName("Các lần sửa, lần mới nhất trước")
        if rows:
            self.list.show_rows([_shown(row) for row in rows])
            self.list.choose(rows[0].key)
            self.body.addSpacing(4)
            self.body.addWidget(_framed(self.list))
            _fit(self, _FIELD_WIDTH, self.list, min(_HEIGHT - 60, 78 * len(rows) + 8))
        else:
            _set_aside(self, self.list)
            self.add_text(NOTHING_YET, "ink2")
        self._free = {row.key for row in rows if row.acts}
        self.list.acted.connect(lambda key, _act: self.take(key))
        self.list.opened.connect(self.take)
        if rows and free:
            self.body.addWidget(Label("Enter: lấy lại giá trị của dòng đang chọn.", "secondary", "ink3"))
        self.add_button("Đóng", "primary")
        self.focus_first(self.list)

    def take(self, key: str) -> None:
        """Says the value of a row and closes; a row whose value stands already says nothing."""
        if key in self._free:
            self.accept()
            self.taken.emit(value_of(self._told, self._field, key))


class TimelineDialog(Dialog):
    """The time line of a filing with two versions compared. `went_back(version id)`; `discarded`; `trash_asked`."""

    went_back = Signal(object)
    discarded = Signal()
    trash_asked = Signal()

    def __init__(self, parent: QWidget, told: Story) -> None:
        words = f"{KIND_WORDS[told.filing.kind]} {told.filing.campaign}"
        super().__init__(parent, f"Lịch sử của {words[:1].lower()}{words[1:]}", icon="history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._told = told
        self.line = line_of(told)
        self.list = FindingsList()
        self.list.setAccessibleName("Các mốc, mới nhất trước")
        self.list.setFixedWidth(theme.px(_LIST_WIDTH))
        self.list.show_rows([_shown(row) for row in self.line.rows])
        self.other = Choice()
        self.other.setAccessibleName("So sánh với")
        self.other.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other.setMinimumContentsLength(4)
        self.other.addItem("bản hiện nay", _NOW)
        self.other.addItem("mốc ngay trước đó", _BEFORE)
        for row, point in zip(self.line.rows, self.line.points, strict=True):
            self.other.addItem(short_when(point), row.key)
        self.view = DifferenceView()
        self._lay_out()
        draft = told.filing.status is Status.DRAFT
        if draft:
            self.add_aside(Button("Bỏ bản nháp", "danger", icon="trash-2", act=self._ask_discard))
        self.add_aside(Button("Thùng rác", "text", act=self._to_trash))
        self.add_button("Đóng")
        self.restore = self.add_button(
            "Khôi phục bản này", "primary", icon="history", act=self._ask_back, closes=False, first=False
        )
        self.list.chosen.connect(lambda _key: self._compare())
        self.other.activated.connect(lambda _at: self._compare())
        self.list.choose(self.line.rows[0].key)
        self._compare()
        self.focus_first(self.list)

    def _lay_out(self) -> None:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(rule("v"))
        right = QVBoxLayout()
        right.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(Label("So sánh với", "body", "ink2"))
        head.addWidget(self.other, 1)
        right.addLayout(head)
        right.addWidget(rule())
        right.addWidget(self.view, 1)
        row.addLayout(right, 1)
        frame = _framed(inside)
        self.body.addSpacing(4)
        self.body.addWidget(frame)
        _fit(self, _LINE_WIDTH, frame, _HEIGHT)

    def versions(self) -> tuple[VersionId, VersionId, str, str] | None:
        """The two that are compared, the older first, and their words; None when there is no other."""
        chosen = self.line.point(self.list.current())
        if chosen is None:
            return None
        own = (chosen.id, short_when(chosen))
        now = (VersionId(self._told.filing.revision), "bản hiện nay")
        wanted = self.other.currentData()
        if wanted == _NOW:
            pair = (own, now)
        elif wanted == _BEFORE:
            before = self.line.before(self.list.current())
            if before is None:
                return None
            pair = ((before, "mốc trước đó"), own)
        else:
            point = self.line.point(str(wanted))
            assert point is not None
            keys = [row.key for row in self.line.rows]
            picked = (point.id, short_when(point))
            pair = (picked, own) if keys.index(str(wanted)) > keys.index(self.list.current()) else (own, picked)
        (old, old_words), (new, new_words) = pair
        return old, new, old_words, new_words

    def _compare(self) -> None:
        pair = self.versions()
        chosen = self.line.point(self.list.current())
        if pair is None:
            self.view.say("Đây là lúc bắt đầu: không có mốc nào trước đó.")
        else:
            old, new, old_words, new_words = pair
            try:
                self.view.show_differences(self._told.compare(old, new), old_words, new_words)
            except UserError as refusal:
                self.view.say(str(refusal))
        if chosen is None or self._told.at(chosen.id).answers == self._told.filing.answers:
            self.restore.disable("Nội dung hiện nay đã như bản này.")
        else:
            self.restore.enable()

    def _ask_back(self) -> None:
        point = self.line.point(self.list.current())
        if point is None:
            return
        title, text = go_back_words(self._told, point)
        parent = self.parentWidget()
        self.accept()
        if title and parent is not None:
            ask(
                parent,
                title,
                text,
                yes="Lập lần sau từ bản này",
                no="Không lập",
                act=partial(self.went_back.emit, point.id),
                icon="history",
            )
        else:
            self.went_back.emit(point.id)

    def _ask_discard(self) -> None:
        filing, parent = self._told.filing, self.parentWidget()
        self.reject()
        if parent is None:
            return
        words = KIND_WORDS[filing.kind].lower()
        left = "Lần trước vẫn còn nguyên. " if filing.revision > 1 else ""  # its number may be lower than one less
        ask(
            parent,
            f"Bỏ bản nháp {words} lần {filing.revision}?",
            f"{left}Bản nháp nằm trong Thùng rác cùng lịch sử sửa; lấy lại lúc nào cũng được.",
            yes="Bỏ bản nháp",
            no="Giữ lại",
            act=self.discarded.emit,
            danger=True,
            icon="trash-2",
        )

    def _to_trash(self) -> None:
        self.reject()
        self.trash_asked.emit()


class TrashDialog(Dialog):
    """What was taken away. `wanted(Removed)`: the person wants it back."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, found: tuple[Removed, ...]) -> None:
        super().__init__(parent, "Thùng rác", icon="trash-2")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = found
        self.list = FindingsList()
        self.list.setAccessibleName("Những thứ đã bỏ, mới nhất trước")
        if found:
            self.add_text("Không thứ gì ở đây tự mất. Lấy lại thì về đúng chỗ cũ.", "ink2")
            rows = trash_rows(found)
            self.list.show_rows([_shown(row) for row in rows])
            self.list.choose(rows[0].key)
            self.body.addSpacing(4)
            self.body.addWidget(_framed(self.list))
            _fit(self, _FIELD_WIDTH, self.list, min(_HEIGHT - 90, 100 * len(rows) + 8))
        else:
            _set_aside(self, self.list)
            self.add_text(
                "Thùng rác trống: chưa bỏ bản nháp, đoạn văn, lớp, tệp kèm hay việc nào trong nhật ký.", "ink2"
            )
        self.list.acted.connect(lambda key, _act: self.take(key))
        self.list.opened.connect(self.take)
        self.add_button("Đóng", "primary")
        self.focus_first(self.list if found else self)

    def take(self, key: str) -> None:
        """Says which one and closes."""
        self.accept()
        self.wanted.emit(self._found[int(key)])
