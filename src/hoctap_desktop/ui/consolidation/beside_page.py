"""Xem hai bản: a later paper beside the accepted one, cell by cell; nothing counts otherwise before it is decided."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextLength
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import side_by_side as pairs
from hoctap_desktop.consolidation.side_by_side import CellPair, SideBySide, Standing
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.reply import LONGEST_WORDS
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.consolidation import beside_presenter as words
from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch
from hoctap_desktop.ui.consolidation.lost_file import LostFile
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.history.difference_view import DifferenceView
from hoctap_desktop.ui.history.person import person_at_machine
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import Chip, ChipState
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import LongTextField
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow, pane

RIGHT = 340
_SHARES = (46, 20, 20, 14)


class BesideView(DifferenceView):
    """The cells that differ first, then texts and files, then, when asked for, the cells that are the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Hai bản cạnh nhau")

    def show_pair(self, found: SideBySide, *, everything: bool) -> None:
        at = self.verticalScrollBar().value()
        self.clear()
        heads = words.heads(found)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self.head(cursor, words.summary(found))
        if found.changed:
            self._cells(cursor, found.changed, heads)
        for text in found.texts:
            self.head(cursor, text.label)
            self._table(cursor, (heads.old, heads.new), [(pair.old, pair.new) for pair in text.pairs], (50, 50))
        files = words.file_rows(found)
        if files and (everything or found.changed_files):
            self.head(cursor, "Tệp kèm")
            self._table(cursor, ("Tệp", "Hai bản"), files, (60, 40))
        same = [one for one in found.cells if not one.changed]
        if everything and same:
            self.head(cursor, f"{len(same)} ô như nhau")
            self._cells(cursor, same, heads)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(at)

    def _cells(self, cursor: QTextCursor, cells: Sequence[CellPair], heads: words.Heads) -> None:
        rows = [(one.label, one.old, one.new, one.difference) for one in cells]
        table = self._table(cursor, ("Mục", heads.old, heads.new, "Chênh lệch"), rows, _SHARES)
        shape = table.format()
        shape.setColumnWidthConstraints([QTextLength()] * len(_SHARES))  # a number is never parted
        table.setFormat(shape)
        right = QTextBlockFormat()
        right.setAlignment(Qt.AlignmentFlag.AlignRight)
        for row in range(table.rows()):
            right.setNonBreakableLines(row > 0 and not any(one.isalpha() for one in "".join(rows[row - 1][1:])))
            for column in (1, 2, 3):
                table.cellAt(row, column).firstCursorPosition().setBlockFormat(right)


class BesidePage(Page):
    """Opened with (package id of the later paper, room to go back to); None: the first that waits."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._back = "receive"
        self._package = ""
        self.found: SideBySide | None = None
        self.title = TitleRow("Xem hai bản")
        self.unit = ElidedLabel("", "body", "ink2")
        self.title.lead(self.unit)
        self.everything = Button("Mọi ô", "filter", icon="list")
        self.everything.setCheckable(True)
        self.everything.setToolTip("Cả những ô như nhau (Ctrl+E)")
        self.everything.toggled.connect(lambda _on: self._show_view())
        self.title.act(self.everything)
        self.back = Button("Về danh sách", icon="arrow-left", size="small", act=self._go_back)
        self.back.may_shorten("")
        self.back.setToolTip("Về danh sách (Alt+mũi tên trái)")
        self.title.act(self.back)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)
        self.view = BesideView()
        inner = pane("surface")
        self._side = QVBoxLayout(inner)
        self._side.setContentsMargins(16, 14, 16, 16)
        self._side.setSpacing(8)
        self._make_decision()
        self._lost = LostFile(self, (self.take, self.give_back))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self._side.addLayout(self._facts)
        self._side.addStretch(1)
        self.column.addWidget(Panes(self.view, scrolled(inner), sizes=(800, RIGHT), grows=0), 1)
        listen(
            self,
            {
                "Alt+Left": self._go_back,
                "Ctrl+Return": self._press(self.take),
                "Ctrl+D": self._press(self.keep),
                "Ctrl+Backspace": self._press(self.give_back),
                "Ctrl+E": self.everything.toggle,
            },
        )

    def _make_decision(self) -> None:
        self._side.addWidget(Label("Bản nào được tính?", "group"))
        self._state = QVBoxLayout()
        self._state.setSpacing(6)
        self._side.addLayout(self._state)
        self.take = Button("Lấy bản mới", "primary", icon="circle-check", act=partial(self._decide, pairs.take_later))
        self.keep = Button("Giữ bản đã duyệt", icon="lock", act=partial(self._decide, pairs.keep_accepted))
        self.give_back = Button("Trả lại bản mới…", icon="undo-2", act=self.ask_return)
        self.reopen = Button(
            "Bỏ quyết định", "text", size="small", flush=True, act=partial(self._decide, pairs.take_back)
        )
        self.take.setToolTip("Duyệt bản mới, tính thay bản đã duyệt (Ctrl+Enter)")
        self.keep.setToolTip("Không tính bản mới, không trả lại (Ctrl+D)")
        self.give_back.setToolTip("Đơn vị phải gửi bản khác; vẫn tính bản đã duyệt (Ctrl+Backspace)")
        for button in (self.take, self.keep, self.give_back):
            self._side.addWidget(button)
        self._side.addWidget(self.reopen, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.addWidget(rule("h2"))

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, tuple):
            self._package, self._back = argument
        job = partial(_read, package=self._package, campaign=self.session.campaign.id)
        self.session.jobs.run(job, self._shown, words="Đang mở hai bản")

    def first_focus(self) -> QWidget | None:
        # never on a decision: it is not taken by a habit of the hand
        return self.view

    def panes(self) -> Sequence[QWidget]:
        shown = (one for one in (self.take, self.keep, self.reopen) if one.isVisible())
        return (self.view, next(shown, self.back))

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def under(self) -> str:
        """Marked in the sidebar: where the person came from."""
        return self._back

    def _go_back(self) -> None:
        self.session.navigate.emit(self._back, None)

    # --- showing --------------------------------------------------------------------------------------------------

    def _shown(self, found: SideBySide | None) -> None:
        if found is None:
            self.view.say("Không có bản nào chờ quyết định.")
        else:
            self._package = found.later.package_id
            self._show(found)

    def _show(self, found: SideBySide) -> None:
        self.found = found
        self.unit.set_text(words.title_words(found))
        self._show_view()
        self._show_standing(found)
        _clear(self._facts)
        heads = words.heads(found)
        for head, paper in ((heads.old, found.accepted), (heads.new, found.later)):
            self._facts.addSpacing(6)
            self._facts.addWidget(Label(head, "bold"))
            for label, value in words.facts(paper):
                self._facts.addWidget(Label(f"{label}: {value}", "secondary", "ink2", wrap=True))
            look = partial(self.session.navigate.emit, "received", (paper.package_id, self._back))
            button = Button(
                "Mở trang in", "text", size="small", flush=True, words=f"Mở trang in: {head.lower()}", act=look
            )
            self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_view(self) -> None:
        if self.found is not None:
            self.view.show_pair(self.found, everything=self.everything.isChecked())

    def _show_standing(self, found: SideBySide) -> None:
        _clear(self._state)
        self._lost.show(found.lost)
        icon, tone, said = words.CHIPS[found.standing]
        self._state.addWidget(Chip(ChipState(icon, tone, said)), 0, Qt.AlignmentFlag.AlignLeft)
        self._state.addWidget(Label(pairs.standing_words(found), "body", wrap=True))
        self.take.setVisible(found.standing is not Standing.TAKEN)
        self.keep.setVisible(found.standing is not Standing.KEPT)
        self.give_back.setVisible(found.standing is not Standing.RETURNED)
        self.reopen.setVisible(found.standing is not Standing.OPEN)

    # --- the decision ---------------------------------------------------------------------------------------------

    def _press(self, button: Button) -> Callable[[], object]:
        return lambda: button.click() if button.isVisible() else None

    def _decide(self, act: Callable[[Store, str, str], SideBySide]) -> None:
        if self.found is None:
            return
        package, who = self.found.later.package_id, person_at_machine(self.session)
        self.session.jobs.run(lambda store: act(store, package, who), self._decided, words="Đang ghi quyết định")

    def _decided(self, found: SideBySide) -> None:
        if self.found is None or found.later.package_id != self.found.later.package_id:
            return
        self._show(found)
        self.session.changed.emit("")
        self.session.jobs.run(desks.to_look_at, self._count)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, waiting: int) -> None:
        self.session.set_count("receive", waiting + len(InboxWatch.of(self.session).new))

    def ask_return(self) -> "ReturnDialog":
        """Asks for the words the unit reads."""
        dialog = ReturnDialog(
            self, lambda said: self._decide(lambda store, id, who: pairs.send_back(store, id, said, who))
        )
        dialog.open()
        return dialog


class ReturnDialog(Dialog):
    """`send(words)` when there are some: a paper is not returned without a reason."""

    def __init__(self, page: Page, send: Callable[[str], object]) -> None:
        super().__init__(page, "Trả lại bản mới", icon="undo-2", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._send = send
        self.add_text("Bản đã duyệt vẫn được tính. Đơn vị đọc lý do này rồi gửi bản khác.", "ink2")
        self.words = LongTextField("Lý do", lines=3)
        self.words.edit.setFixedHeight(theme.line_height("reading") * 3 + 18)
        self.body.addSpacing(6)
        self.body.addWidget(self.words)
        self.add_button("Thôi")
        self.button = self.add_button("Trả lại bản mới", "primary", icon="undo-2", act=self._press, closes=False)
        self.focus_first(self.words.edit)

    def _press(self) -> None:
        said = self.words.text().strip()[:LONGEST_WORDS]
        if not said:
            self.words.show_state("error", "Hãy ghi lý do trả lại, một câu ngắn.")
            self.words.edit.setFocus()
            return
        self.accept()
        self._send(said)


def _read(store: Store, package: str, campaign: str) -> SideBySide | None:
    """The two papers; of no package in particular the first that waits, None when none does."""
    if not package:
        first = next(iter(pairs.waiting(store, [campaign])), None)
        if first is None:
            return None
        package = first.later.submission.package_id
    return pairs.side_by_side(store, package)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
