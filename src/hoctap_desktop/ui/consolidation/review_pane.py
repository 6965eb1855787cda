"""Beside a received paper: accept it, or return it with words for the whole and on single fields."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.submission.reply import LONGEST_REMARK, LONGEST_WORDS
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation.review import ACT_WORDS, Case, FieldRow, decision_words, found_rows
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import STATES, Chip, ChipState
from hoctap_desktop.ui.widgets.fields import LongTextField, TextField
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.section_list import SectionList, SectionRow

_LAST = 3  # decisions shown


class ReviewPane(QWidget):
    """`decided(act, words, {field: words})`; `returning()` when the officer begins to write a return slip.

    `writing()` when the reply is to be written onto a stick.
    """

    decided = Signal(object, str, object)
    returning = Signal()
    writing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(Label("Duyệt bản này", "group"))
        self._state = QHBoxLayout()
        self._column.addLayout(self._state)
        self.accept = Button(
            "Duyệt",
            "primary",
            icon="circle-check",
            size="small",
            act=lambda: self.decided.emit(ReviewAct.APPROVED, "", {}),
        )
        self.give_back = Button("Trả lại…", icon="undo-2", size="small", act=self.returning.emit)
        self.accept.setToolTip("Duyệt (Ctrl+Enter)")
        self.give_back.setToolTip("Trả lại (Ctrl+Backspace)")
        self.give_back.setAccessibleName("Trả lại để đơn vị sửa")
        self.rule = Label("", "secondary", "ink2", wrap=True)
        self.reopen = Button(
            "Bỏ quyết định", "text", size="small", flush=True, act=lambda: self.decided.emit(ReviewAct.REOPENED, "", {})
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.accept, self.give_back):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self.rule)
        self._column.addWidget(self.reopen, 0, Qt.AlignmentFlag.AlignLeft)
        self.slip = Button(
            "Ghi phiếu trả lời", "text", icon="file-check-2", size="small", flush=True, act=self.writing.emit
        )
        self._column.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignLeft)
        self._past = QVBoxLayout()
        self._past.setSpacing(4)
        self._column.addLayout(self._past)

    def show_case(self, case: Case) -> None:
        standing = case.standing
        _clear(self._state)
        icon, tone, words = ACT_WORDS[standing.act] if standing else ("inbox", "pri", "Chưa có quyết định")
        waits = standing is not None and standing.act is ReviewAct.PROPOSED
        self._state.addWidget(Chip(STATES["proposed"] if waits else ChipState(icon, tone, words)))
        self._state.addStretch(1)
        act = standing.act if standing else None
        self.accept.setVisible(act is not ReviewAct.APPROVED)
        self.accept.setText(case.accept_words)
        self.accept.setToolTip(f"{case.accept_words} (Ctrl+Enter)")
        self.rule.setText(case.rule_words)
        self.rule.setVisible(bool(case.rule_words))
        self.give_back.setVisible(act is not ReviewAct.RETURNED and not case.from_paper)
        self.reopen.setVisible(standing is not None)
        self.slip.setVisible(not case.from_paper)
        _clear(self._past)
        for one in reversed(case.decided[-_LAST:]):
            self._past.addWidget(Label(decision_words(one), "secondary", "ink2", wrap=True))


class ReturnPane(QWidget):
    """The slip being written: the reason, the fields of the form, and the words on the one that is open.

    `sent(words, {field: words})` on "Trả lại", `left()` when the officer thought better of it.
    """

    sent = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FieldRow, ...] = ()
        self._said: dict[str, str] = {}
        self._open = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(Label("Trả lại để đơn vị sửa", "group"))
        self.words = _two_lines("Lý do chung")
        self.words.edit.setPlaceholderText("Đơn vị đọc câu này trước")
        column.addWidget(self.words)
        self.search = TextField("Mục cần sửa", placeholder="Gõ vài chữ để tìm mục", icon="search")
        self.search.edit.textChanged.connect(lambda _text: self._show_rows())
        column.addWidget(self.search)
        self.fields = SectionList(outline=True)
        self.fields.setAccessibleName("Các mục của biểu mẫu")
        self.fields.setMinimumHeight(theme.px(110))
        self.fields.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.fields.chosen.connect(self._choose)
        column.addWidget(self.fields, 1)
        self.remark = _two_lines("Nhận xét")
        self.remark.label.setWordWrap(True)
        self.remark.edit.textChanged.connect(self._typed)
        column.addWidget(self.remark)
        column.addWidget(rule("h2"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.send = Button("Trả lại", "primary", icon="undo-2", size="small", act=self._send)
        self.stop = Button("Thôi", size="small", act=self.left.emit)
        row.addWidget(self.send)
        row.addWidget(self.stop)
        self._count = Label("", "secondary", "ink2")
        row.addWidget(self._count)
        row.addStretch(1)
        column.addLayout(row)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left.emit)

    def begin(self, case: Case) -> None:
        """A new slip; one that was returned before begins with the words of then."""
        last = case.standing
        back = last is not None and last.act is ReviewAct.RETURNED
        self._rows = case.rows
        self._said = {one.field: one.words for one in last.remarks} if last is not None and back else {}
        self._open = ""
        self.words.set_text(last.reason if last is not None and back else "")
        self.words.show_state()
        self.search.set_text("")
        self._show_rows()
        self.choose(next((row.id for row in self._rows), ""))
        self.words.edit.setFocus()

    def remarks(self) -> Mapping[str, str]:
        """What is said of fields so far."""
        return {field: words for field, words in self._said.items() if words.strip()}

    def choose(self, field: str) -> None:
        """Opens a field: the list shows it, the box below takes the words on it."""
        self.fields.open(field)
        self._choose(field)

    def refuse(self, why: str) -> None:
        """Says why the slip was not written."""
        self.words.show_state("error", why)
        self.words.edit.setFocus()

    def _show_rows(self) -> None:
        shown = found_rows(self._rows, self.search.text())
        self.fields.set_rows([row for one in shown for row in self._lines(one)])
        said = len(self.remarks())
        self._count.setText(f"{said} nhận xét" if said else "")

    def _lines(self, one: FieldRow) -> list[SectionRow]:
        line = SectionRow(one.id, one.words, level=1, mark="warn" if self._said.get(one.id, "").strip() else "")
        return [SectionRow("", one.head, level=0, head=True), line] if one.head else [line]

    def _choose(self, field: str) -> None:
        row = next((one for one in self._rows if one.id == field), None)
        self._open = ""
        self.remark.setEnabled(row is not None)
        name = f"Nhận xét: {row.label}" if row is not None else "Nhận xét"
        self.remark.label.setText(name)
        self.remark.edit.setAccessibleName(name)
        self.remark.set_text(self._said.get(field, ""))
        self._open = field if row is not None else ""

    def _typed(self) -> None:
        if self._open:
            self._said[self._open] = self.remark.text()[:LONGEST_REMARK]
            self._show_rows()

    def _send(self) -> None:
        self.sent.emit(self.words.text().strip()[:LONGEST_WORDS], dict(self.remarks()))


def _two_lines(label: str) -> LongTextField:
    made = LongTextField(label)
    made.edit.setFixedHeight(theme.line_height("reading") * 2 + 18)
    return made


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
