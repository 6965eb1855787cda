"""Nhắc nộp: who is missing with telephone numbers, who was called, short texts to copy, and the way to the letter."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.consolidation import reminder_desk
from hoctap_desktop.consolidation.reminders import bare_letters, group_text, unit_text
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation import remind_presenter as words
from hoctap_desktop.ui.consolidation.lines_model import LinesModel, LinesView
from hoctap_desktop.ui.consolidation.remind_presenter import (
    CALLED,
    CONTACT,
    KIND_CHOICES,
    KINDS,
    OWED,
    PHONE,
    TITLES,
    UNIT,
    Asked,
    CallLine,
    RemindRead,
)
from hoctap_desktop.ui.consolidation.rows_view import PAD, ROW_ROLE, Index, RowDelegate, scrolled, write
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.check_box import CheckBox
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.fields import ChoiceField, LongTextField, TextField
from hoctap_desktop.ui.widgets.filter_row import FilterRow
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow

RIGHT, RIGHT_NARROW = 380, 300
_UNIT_LEAST, _UNIT_MOST, _OWED_LEAST, _OWED_MOST = 200, 260, 130, 240


class CallModel(LinesModel[CallLine, Asked]):
    """The units to call."""

    def __init__(self) -> None:
        super().__init__(TITLES, Asked(), words.select, CallLine.text, _spoken)


def _spoken(line: CallLine, column: int) -> str:
    return f"{line.text(UNIT)}, {TITLES[column]}: {line.text(column) or 'để trống'}"


class _Paint(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:  # noqa: ARG002
        line: CallLine = index.data(ROW_ROLE)
        column = index.column()
        room = rect.adjusted(theme.PAGE_MARGIN if column == UNIT else PAD, 0, -PAD, 0)
        if column == PHONE and not line.text(PHONE):
            write(painter, room, "chưa ghi", "ink3", role="secondary")
        else:
            write(painter, room, line.text(column), "ink" if column in (UNIT, PHONE) else "ink2", bold=column == PHONE)


class CallView(LinesView):
    """Columns as wide as the window lets them be."""

    def __init__(self, model: CallModel) -> None:
        super().__init__(model, "Các đơn vị phải nhắc")
        self._calls = model
        self.setItemDelegate(_Paint(self))
        self.lay_out()

    def lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        name = QFontMetrics(theme.font("body")).horizontalAdvance(self._calls.longest(UNIT)) + 2 * PAD
        least = max(theme.px(_UNIT_LEAST), min(name, theme.px(_UNIT_MOST)))
        room = self.viewport().width() - least
        owed = QFontMetrics(theme.font("body")).horizontalAdvance(self._calls.longest(OWED)) + 2 * PAD
        owed_least = theme.px(_OWED_LEAST)
        # a telephone number cut short cannot be called; two of them may stand in one cell
        numbers = QFontMetrics(theme.font("body", bold=True)).horizontalAdvance(self._calls.longest(PHONE)) + 2 * PAD
        phone = max(theme.px(116), min(numbers, room - owed_least - theme.px(132)))
        # why a paper was returned may be long, and stands beside the list whole: the telephone needs its room
        beside = room - phone if room - phone >= owed_least else room
        owed = max(owed_least, min(owed, theme.px(_OWED_MOST), beside))
        shown = True
        for column, width in ((OWED, owed), (PHONE, phone), (CALLED, theme.px(132)), (CONTACT, theme.px(112))):
            # what is told beside the list anyway gives way to whole names
            shown = shown and (column == OWED or width <= room)
            self.setColumnHidden(column, not shown)
            if shown:
                self.setColumnWidth(column, width)
                room -= width
        self.setColumnWidth(UNIT, max(theme.px(110), room + least))


class RemindPage(Page):
    """argument: (day or None, codes or None): which board, and only these units of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found: RemindRead | None = None
        self._noting = ""  # the unit whose call is being noted
        self._said = ""  # the text as it was made
        self._as_of: date | None = None
        self._codes: Collection[str] | None = None
        self.title = TitleRow("Nhắc nộp", lined=False, margin=theme.PAGE_MARGIN)
        self.back = Button("Theo dõi", "text", icon="chevron-left", size="small", act=self._go_back)
        self.back.setToolTip("Về Theo dõi (Alt+←)")
        self.title.lead(self.back)
        self.excel = Button("Lưu Excel", icon="file-down", size="small", act=self._save_excel)
        self.paper = Button("In danh sách", icon="printer", size="small", act=self._print)
        for button in (self.excel, self.paper, self.back):
            button.may_shorten("")
        self.paper.setToolTip("In danh sách gọi điện (F9)")
        self.letter = Button("Soạn công văn", "primary", icon="file-text", size="small", act=self._write_letter)
        self.letter.setToolTip("Công văn đôn đốc các đơn vị trong danh sách (F5)")
        for button in (self.excel, self.paper, self.letter):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        self.column.addWidget(self.banners)
        self.column.addWidget(rule())
        self._filters = self._filter_row()
        self.column.addWidget(self._filters)
        self.column.addWidget(rule())
        self.model = CallModel()
        self.view = CallView(self.model)
        self.view.sorted_by.connect(self._sort)
        self.view.acted.connect(lambda _at: self.note.edit.setFocus())
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._show_unit())
        self.side = self._side()
        self.panes_ = Panes(self.view, scrolled(self.side), sizes=(802, RIGHT), grows=0)
        self.panes_.remember(session.settings, "remind")
        self.empty = EmptyState(
            "circle-check",
            "Không còn đơn vị nào phải nhắc",
            "Các đơn vị đã nộp đủ, hoặc được miễn. Khi có bản bị trả lại, đơn vị đó lại đứng ở đây.",
            "Về Theo dõi",
            self._go_back,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.panes_)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        listen(
            self,
            {
                "Alt+Left": self._go_back,
                "Ctrl+F": self.search.edit.setFocus,
                "F5": self._write_letter,
                "F9": self._print,
                "Ctrl+P": self._print,
                "F8": partial(self._step, 1),
                "Shift+F8": partial(self._step, -1),
                "Ctrl+Return": self.note_call,
            },
        )
        session.changed.connect(self._read_if_seen)
        session.campaign_changed.connect(self._forget)

    def _filter_row(self) -> QWidget:
        holder = FilterRow(lambda text: self._ask(query=clean_line(text)), "Tìm đơn vị", width=200)
        row, self.search = holder.row, holder.search
        self.kind = ChoiceField()
        for id, said in KIND_CHOICES.items():
            self.kind.add(said, id)
        self.kind.box.setAccessibleName("Còn thiếu văn bản nào")
        self.kind.chosen.connect(lambda _data: self._show())
        row.addWidget(self.kind)
        self.uncalled = CheckBox("Chỉ đơn vị chưa gọi")
        self.uncalled.toggled.connect(lambda on: self._ask(uncalled=on))
        row.addWidget(self.uncalled)
        self.count = holder.end()
        return holder

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        self.name = Label("", "group", wrap=True)
        self.reach = Label("", "card", wrap=True, selectable=True)
        self.owed = Label("", "secondary", "ink2", wrap=True)
        for label in (self.name, self.reach, self.owed):
            column.addWidget(label)
        self.note = TextField("Ghi lại cuộc gọi", placeholder="Ví dụ: hẹn nộp ngày 17/10")
        self.note.edit.returnPressed.connect(self.note_call)
        column.addWidget(self.note)
        row = QHBoxLayout()
        self.called = Button("Đã gọi", icon="phone", act=self.note_call)
        self.called.setToolTip("Đánh dấu đã gọi, kèm lời ghi (Ctrl+Enter)")
        self.uncall = Button("Bỏ lần gọi cuối", "text", icon="undo", act=self._take_back)
        row.addWidget(self.called)
        row.addWidget(self.uncall)
        row.addStretch(1)
        column.addLayout(row)
        self.history = Label("", "secondary", "ink2", wrap=True, selectable=True)
        column.addWidget(self.history)
        column.addWidget(rule("h2"))
        self.whose = ChoiceField("Tin nhắn ngắn cho")
        self.whose.add("Đơn vị đang chọn", "unit")
        self.whose.add("Cả nhóm trong danh sách", "group")
        self.whose.chosen.connect(lambda _data: self._show_text())
        column.addWidget(self.whose)
        self.bare = CheckBox("Không dấu, để gửi SMS")
        self.bare.toggled.connect(lambda _on: self._show_text())
        column.addWidget(self.bare)
        self.text = LongTextField("")
        self.text.edit.setFixedHeight(theme.px(23 * 5 + 16))
        self.text.edit.setAccessibleName("Tin nhắn ngắn")
        self.text.edit.textChanged.connect(self._count_letters)
        column.addWidget(self.text)
        foot = QHBoxLayout()
        self.copy = Button("Chép", icon="copy", act=self.copy_text)
        self.copy.setToolTip("Chép tin nhắn để dán vào Zalo hoặc điện thoại")
        self.letters = Label("", "secondary", "ink2")
        foot.addWidget(self.copy)
        foot.addWidget(self.letters)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        return side

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, tuple) and len(argument) == 2:
            self._as_of, self._codes = argument
        self.session.jobs.run(
            partial(words.read, as_of=self._as_of), self._read, self._not_read, words="Đang xem ai chưa nộp"
        )

    def _not_read(self, failure: BaseException) -> None:
        """Where nobody reports in this year, the board says so."""
        if isinstance(failure, UserError) and failure.code is Code.NO_UNITS_BELOW:
            self._go_back()
        else:
            self.session.problem.emit(failure)

    def first_focus(self) -> QWidget | None:
        return self.empty.button if self.stack.currentWidget() is self.empty else self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.search.edit, self.view, self.note.edit) if self.model.every() else ()

    def set_narrow(self, narrow: bool) -> None:
        self.search.setFixedWidth(theme.px(150 if narrow else 200))
        self.count.setVisible(not narrow)
        self.panes_.suppose(RIGHT_NARROW if narrow else RIGHT)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def _read_if_seen(self, _filing: str = "") -> None:
        if self.isVisible():
            self.enter()

    def _forget(self) -> None:
        self._as_of = self._codes = None
        self._read_if_seen()

    def _go_back(self) -> None:
        self.session.navigate.emit("board", None)

    # --- showing --------------------------------------------------------------------------------------------------

    def _read(self, found: RemindRead) -> None:
        self.found = found
        if not words.rows(found, self.kinds(), self._codes):
            for id in ("report", "plan"):
                if words.rows(found, KINDS[id], self._codes):
                    self.kind.choose(id)
                    break
        self._show()

    def kinds(self) -> tuple[Kind, ...]:
        """The papers that are asked for."""
        return KINDS[str(self.kind.data() or "report")]

    def _show(self) -> None:
        if self.found is None:
            return
        at = self.view.currentIndex().row()
        code = self.model.line(at).code if 0 <= at < self.model.rowCount() else ""
        waiting = words.rows(self.found, self.kinds(), self._codes)
        anybody = bool(words.rows(self.found, KINDS["both"], self._codes))
        self.model.set_lines(words.lines(self.found, waiting, self.kinds()))
        self.stack.setCurrentWidget(self.panes_ if anybody else self.empty)
        self._filters.setVisible(anybody)
        self.count.set_text(words.counted_words(self.model.every()))
        for button in (self.letter, self.paper, self.excel):
            button.enable() if waiting else button.disable("Không còn đơn vị nào phải nhắc")
        self.view.show_order(self.model.wanted)
        self.view.go_to_row(max(0, self.model.row_of(code)))
        self._show_unit()

    def _ask(self, *, query: str | None = None, uncalled: bool | None = None) -> None:
        asked = self.model.wanted
        query = asked.query if query is None else query
        uncalled = asked.uncalled if uncalled is None else uncalled
        self.model.want(replace(asked, query=query, uncalled=uncalled))
        self.view.go_to_row(0)
        self._show_unit()

    def _sort(self, column: int, descending: bool) -> None:
        self.model.want(replace(self.model.wanted, column=column, descending=descending))
        self.view.show_order(self.model.wanted)

    def current(self) -> CallLine | None:
        """The line that is current."""
        at = self.view.currentIndex().row()
        return self.model.line(at) if 0 <= at < self.model.rowCount() else None

    def _show_unit(self) -> None:
        line = self.current()
        for part in (self.note, self.called, self.uncall, self.history):
            part.setVisible(line is not None)
        if line is None:
            self.name.setText("Không có đơn vị nào trong danh sách này")
            self.reach.setText("")
            self.owed.setText("")
        else:
            unit = line.awaited.unit
            self.name.setText(unit.name)
            reach = "\n".join(part for part in (unit.phone, unit.contact) if part)
            self.reach.setText(reach)
            self.reach.setVisible(bool(reach))
            asks = "." if unit.phone else ". Chưa có số điện thoại: ghi ở Đơn vị cấp dưới."
            owed = line.awaited.words
            self.owed.setText(owed[:1].upper() + owed[1:] + asks)
            if line.code != self._noting:  # what is being typed outlives another look at the list
                self._noting = line.code
                self.note.set_text("")
            self.uncall.setVisible(bool(line.called))
            told = (
                f"{call.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}{f', {call.who}' if call.who else ''}"
                f"{f': {call.note}' if call.note else ''}"
                for call in line.called
            )
            self.history.setText("\n".join(told) or "Chưa gọi lần nào.")
        self._show_text()

    def _show_text(self) -> None:
        if self.found is None:
            return
        own, board = self.session.own, self.found.board
        line = self.current()
        if self.whose.data() == "group":
            rows = [one.awaited for one in self.model.every()]
            said = group_text(rows, own, board, self.kinds()) if rows else ""
        else:
            said = unit_text(line.awaited, own, board) if line is not None else ""
        said = bare_letters(said) if self.bare.isChecked() else said
        if said != self._said:  # else what a person made of it stays
            self._said = said
            self.text.set_text(said)

    def _count_letters(self) -> None:
        self.letters.setText(words.text_words(self.text.edit.toPlainText().strip()))

    # --- acts -----------------------------------------------------------------------------------------------------

    def copy_text(self) -> None:
        """Chép: the text as it stands, also when it was changed."""
        said = self.text.edit.toPlainText().strip()
        QGuiApplication.clipboard().setText(said)
        self.banners.show_banner("copied", "ok", "Đã chép tin nhắn. Dán vào Zalo hoặc điện thoại.", leaves=True)

    def note_call(self) -> None:
        """The unit that is current was called."""
        line = self.current()
        if line is None:
            return
        code, note = line.code, self.note.text()

        def job(store: Store) -> RemindRead:
            reminder_desk.note_call(store, code, note)
            return words.read(store, self._as_of)

        def noted(found: RemindRead) -> None:
            if self.note.text() == note:
                self.note.set_text("")
            self._read(found)

        self.session.save(job, noted)

    def _take_back(self) -> None:
        line = self.current()
        if line is None or not line.called:
            return
        number = line.called[0].number

        def job(store: Store) -> RemindRead:
            reminder_desk.take_call_back(store, number)
            return words.read(store, self._as_of)

        self.session.save(job, self._read)

    def _step(self, by: int) -> None:
        at = self.view.currentIndex().row() + by
        if 0 <= at < self.model.rowCount():
            self.view.go_to_row(at)

    def _write_letter(self) -> None:
        if self.found is None or not self.letter.isEnabled():
            return
        codes = [one.code for one in self.model.every()]
        self.session.navigate.emit("letter", (self.kinds(), self._as_of, codes))

    def _save_excel(self) -> None:
        if self.found is None:
            return
        found, own, kinds = self.found, self.session.own, self.kinds()
        waiting = words.rows(found, kinds, self._codes)

        def make() -> bytes:
            from hoctap_desktop.consolidation.reminder_printed import call_sheets
            from hoctap_desktop.document.sheet import render

            return render(call_sheets(found.board, waiting, kinds, found.called, own), created=found.board.as_of)

        files.save_as(self, f"goi-dien-{found.board.campaign.id}-{found.board.as_of:%Y%m%d}.xlsx", files.SHEETS, make)

    def _print(self) -> None:
        if self.found is None or not self.paper.isEnabled():
            return
        from hoctap_desktop.ui.paper.print_dialog import print_table

        found, own, kinds = self.found, self.session.own, self.kinds()
        waiting = words.rows(found, kinds, self._codes)

        def make() -> bytes:
            from hoctap_desktop.consolidation.reminder_printed import call_document
            from hoctap_desktop.document.pdf import render

            return render(call_document(found.board, waiting, kinds, found.called, own)).data

        name = f"goi-dien-{found.board.campaign.id}-{found.board.as_of:%Y%m%d}.pdf"
        print_table(self, name, make, f"In danh sách gọi điện, ngày {print_date(found.board.as_of)}")
