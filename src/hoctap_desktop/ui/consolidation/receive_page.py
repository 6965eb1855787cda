"""Tiếp nhận: files are dropped, each gets its line with the next step, the whole turn is one undo."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import turns
from hoctap_desktop.consolidation.desk import Desk
from hoctap_desktop.consolidation.reminder_desk import Call, note_call
from hoctap_desktop.consolidation.scan import called
from hoctap_desktop.consolidation.turn_paper import Below, file_name, turn_document, turn_sheets
from hoctap_desktop.consolidation.turns import Turn
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.submission.encrypted_files import OwnReader
from hoctap_desktop.submission.signer import Opener
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation import receive_presenter as words
from hoctap_desktop.ui.consolidation.inbox_dialog import InboxDialog
from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch
from hoctap_desktop.ui.consolidation.next_step_dialog import NextStepDialog
from hoctap_desktop.ui.consolidation.receive_model import ReceiveModel
from hoctap_desktop.ui.consolidation.receive_view import ReceiveView
from hoctap_desktop.ui.consolidation.rows_view import card, scrolled
from hoctap_desktop.ui.consolidation.slips_dialog import ask_for_slips
from hoctap_desktop.ui.key_dialog import KeyDialog
from hoctap_desktop.ui.keyboard import listen, pick
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.paper.print_dialog import print_table
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.drop_zone import DropZone
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.labels import ElidedLabel
from hoctap_desktop.ui.widgets.panes import TitleRow


class ReceivePage(Page):
    """One turn at a time: what was dropped last, and what waits for its key from turns before."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.desk: Desk | None = None
        self._given: tuple[Path, ...] = ()
        self.title = TitleRow("Tiếp nhận", lined=False, margin=theme.PAGE_MARGIN)
        self.turn = ElidedLabel("", "body", "ink2")
        self.title.lead(self.turn)
        self.undo = Button("Hoàn tác cả lượt", icon="undo-2", size="small", act=self._ask_undo)
        self.turns = Button("Các lượt", icon="history", size="small", act=self._open_menu)
        self.turns.setToolTip("Xem lượt trước (Ctrl+H), in danh sách (Ctrl+P), lưu Excel (Ctrl+Shift+E)")
        self.title.act(self.turns)
        self.title.act(self.undo)
        self.slips = Button("Phiếu trả lời", icon="file-check-2", size="small", act=lambda: ask_for_slips(self))
        self.slips.setToolTip("Ghi phiếu tiếp nhận, phiếu trả lại vào USB")
        self.title.act(self.slips)
        self.keying = Button("Nhập hộ", icon="file-pen-line", size="small", act=self._key_in)
        self.keying.setToolTip("Gõ thay đơn vị gửi bản giấy")
        self.title.act(self.keying)
        self.undo.may_shorten("Hoàn tác", "Hoàn tác", "")
        self.turns.may_shorten("")
        self.slips.may_shorten("Phiếu", "")
        self.keying.may_shorten("Nhập hộ", "Nhập hộ", "")
        self.title.setContentsMargins(0, 0, theme.PAGE_MARGIN - 16, 0)
        self.column.addWidget(self.title)

        self.zone = DropZone("Kéo tệp, thư mục hoặc cả USB thả vào đây", words.ZONE)
        self.zone.dropped.connect(self.take_in)
        self.inbox = InboxWatch.of(session)
        self.inbox.told.connect(self._show_inbox)
        self.inbox_button = Button("Thư mục nhận", icon="inbox", act=self.ask_inbox)
        self.inbox_button.setToolTip("Chọn thư mục máy theo dõi để báo tệp mới")
        self.zone.add(self.inbox_button)
        self.pick_files = Button("Chọn tệp", icon="file-text", act=self._pick_files)
        self.pick_folder = Button("Chọn thư mục", icon="folder-open", act=self._pick_folder)
        self.zone.add(self.pick_folder)
        self.zone.add(self.pick_files)

        self.model = ReceiveModel()
        self.view = ReceiveView(self.model)
        self.view.acted.connect(self._act)
        self.empty = EmptyState(
            "inbox",
            "Chưa nhận tệp nào",
            "Mỗi đơn vị nộp một tệp, thường qua USB. Máy xem từng tệp, nói nhận được hay không và việc cần làm tiếp.",
            "Chọn tệp",
            self._pick_files,
            button_icon="file-text",
            also="Chọn cả thư mục hoặc USB",
            also_act=self._pick_folder,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(scrolled(self.empty))
        self.stack.addWidget(card(self.view))
        body = QVBoxLayout()
        body.setContentsMargins(theme.PAGE_MARGIN, 4, theme.PAGE_MARGIN, 22)
        body.setSpacing(12)
        body.addWidget(self.zone)
        body.addWidget(self.banners)
        body.addWidget(self.stack, 1)
        self.column.addLayout(body, 1)
        self.undo.hide()
        listen(
            self,
            {
                "Ctrl+F": self.pick_row,
                "F5": self.take_new,
                "Delete": self.put_chosen_aside,
                "Ctrl+H": self.pick_turn,
                "Ctrl+P": self.print_turn,
                "F9": self.print_turn,
                "Ctrl+Shift+E": self.save_turn,
            },
        )

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:  # noqa: ARG002 - no argument
        past = self.desk.turn if self.desk is not None and self.desk.past else 0
        job = partial(desks.read_turn, number=past) if past else desks.read_desk
        self.session.jobs.run(job, self._show, words="Đang mở lượt tiếp nhận")
        self._show_inbox()
        self.inbox.look()

    def first_focus(self) -> QWidget | None:
        if self.desk is not None and self.desk.lines:
            return self.view
        return self.empty.button if self.desk is not None else None

    def panes(self) -> Sequence[QWidget]:
        return (self.pick_folder, self.view)

    def set_narrow(self, narrow: bool) -> None:
        cramped = narrow and theme.theme().text_size > 100
        for button, text, short in (
            (self.pick_folder, "Chọn thư mục", ""),
            (self.pick_files, "Chọn tệp", "" if cramped else "Chọn tệp"),
            (self.inbox_button, "Thư mục nhận", ""),
        ):
            button.setText(short if narrow else text)
            button.setAccessibleName(text)
            if not button.toolTip():
                button.setToolTip(text)
        layout = self.empty.layout()
        if layout is not None:
            layout.setContentsMargins(*((48, 16, 16, 0) if narrow else (84, 56, 24, 24)))

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def pick_row(self) -> None:
        """Ctrl+F: to a file by a few letters of its unit, name or verdict."""
        found = [self.model.row(at) for at in range(self.model.rowCount())]
        rows = [(one.key, ", ".join(filter(None, (one.unit, one.content, one.sentence)))) for one in found if one.key]
        pick(self, "Tìm một tệp", rows, lambda key: self.view.go_to_row(self.model.row_of(key)))

    def _key_in(self) -> None:
        self.session.navigate.emit("keying", ("", "", "receive"))

    # --- showing --------------------------------------------------------------------------------------------------

    def _show(self, desk: Desk) -> None:
        first = self.desk is None
        wanted = self.model.from_row(self.view.currentIndex().row())
        self.desk = desk
        self.model.set_rows(words.table(desk, self.session.facts.below))
        self.turn.set_text(words.turn_words(desk))
        has_files = bool(desk.lines)
        self.stack.setCurrentIndex(2 if has_files else 1)
        self.pick_files.setVisible(has_files)
        self.pick_folder.setVisible(has_files)
        self.undo.setVisible(bool(desk.batches) and desk.undone_at is None)
        self.turns.setVisible(bool(desk.turn) or desk.past)
        if not desk.past:
            self.session.set_count("receive", words.to_look_at(desk) + len(self.inbox.new))
        self._show_past(desk)
        self.banners.drop("nothing")
        self.banners.drop("clock")
        self._tell_notes(desk)
        self.view.go_to_row(self.model.next_of(wanted))
        if first and self.isVisible() and (target := self.first_focus()) is not None:
            target.setFocus()

    def _changed(self, desk: Desk) -> None:
        """After papers came in or went: other pages count again."""
        self._show(desk)
        self.session.changed.emit("")

    # --- acts -----------------------------------------------------------------------------------------------------

    def take_in(self, paths: Sequence[Path], source: str = "") -> None:
        """Reads files, folders, a whole stick; one line each. Keys that encrypted ones need are asked for first.

        source: where they come from, in words; "" to tell by where they stand.
        """
        self.banners.drop("undone")
        self.banners.drop("accepted")
        self._given = tuple(paths)
        self.session.jobs.run_counted(
            partial(desks.locked, paths=tuple(paths)),
            partial(self._unlock, tuple(paths), source or words.source_words(paths)),
            words="Đang xem tệp",
            things="tệp",
        )

    def _unlock(self, paths: Sequence[Path], source: str, readers: Sequence[OwnReader]) -> None:
        OfficeKey.of(self.session).then_keys(self, readers, partial(self._read_files, paths, source))

    def _read_files(self, paths: Sequence[Path], source: str, keys: Sequence[Opener]) -> None:
        self.session.jobs.run_counted(
            partial(desks.receive, paths=paths, source=source, keys=keys),
            self._took_in,
            words=f"Đang đọc {source}" if source else "Đang đọc",
            things="tệp",
        )

    def _took_in(self, desk: Desk) -> None:
        if desk.lines:
            self._changed(desk)
            self.view.go_to_row(self.model.first_with_act())
            self.view.setFocus()
        else:
            self._tell_notes(desk)
            self.banners.show_banner("nothing", "warn", words.nothing_words(desk), closable=True)

    def _tell_notes(self, desk: Desk) -> None:
        if desk.notes:
            self.banners.show_banner("clock", "warn", " ".join(desk.notes), closable=True)

    # --- the watched folder ---------------------------------------------------------------------------------------

    def ask_inbox(self) -> Dialog:
        """Which folder is watched; another one, or none."""
        dialog = InboxDialog(self, self.inbox)
        dialog.open()
        return dialog

    def take_new(self) -> None:
        """Takes in what the watched folder offers."""
        if self.inbox.new:
            self.take_in(self.inbox.new, words.INBOX)

    def _show_inbox(self) -> None:
        folder = self.inbox.folder
        self.zone.say(words.zone_words(folder, self.inbox.moving, gone=self.inbox.gone))
        new = len(self.inbox.new)
        if new and folder is not None:
            said = words.offer_words(folder, new)
            self.banners.show_banner("inbox", "info", said, f"Nhận {new} tệp (F5)", self.take_new)
        else:
            self.banners.drop("inbox")
        if self.desk is not None and not self.desk.past:
            self.session.set_count("receive", words.to_look_at(self.desk) + new)

    # --- past turns, paper, sheet ---------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """What can be done with turns."""
        menu = QMenu(self.turns)
        menu.addAction("Gác lại, đưa lại tệp đang chọn\tDelete", self.put_chosen_aside)
        menu.addAction("Xem lượt trước…\tCtrl+H", self.pick_turn)
        menu.addAction("In danh sách lượt này…\tCtrl+P", self.print_turn)
        menu.addAction("Lưu danh sách ra Excel…\tCtrl+Shift+E", self.save_turn)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.turns.mapToGlobal(self.turns.rect().bottomLeft()))

    def pick_turn(self) -> None:
        """Ctrl+H: to a turn of before."""
        self.session.jobs.run(turns.turns, self._pick_turn, words="Đang xem các lượt")

    def _pick_turn(self, found: Sequence[Turn]) -> None:
        if found:
            pick(self, "Các lượt tiếp nhận", words.turn_rows(found), self.open_turn, width=theme.px(560))

    def open_turn(self, number: str) -> None:
        """Shows a turn as it was told."""
        self.session.jobs.run(partial(desks.read_turn, number=int(number)), self._show, words="Đang mở lượt")

    def _to_last(self) -> None:
        self.session.jobs.run(desks.read_desk, self._show)

    def _show_past(self, desk: Desk) -> None:
        self.banners.drop("past")
        said = words.past_words(desk)
        if said:
            self.banners.show_banner("past", "info", said, "Về lượt mới nhất", self._to_last)

    def print_turn(self) -> None:
        """Danh sách tiếp nhận of the turn that is shown, on A4."""
        desk, own, below = self.desk, self.session.own, self.session.facts.below
        if desk is None or desk.at is None or not desk.lines:
            return
        at = desk.at

        def make() -> bytes:
            from hoctap_desktop.document.pdf import render

            made = turn_document(
                own,
                at,
                desk.source,
                desk.lines,
                skipped=desk.skipped,
                undone_at=desk.undone_at,
                broken_off=desk.broken_off,
                below=below,
            )
            return render(made).data

        print_table(self, file_name(at, desk.turn, "pdf"), make, "In danh sách tiếp nhận")

    def save_turn(self) -> None:
        """The same as a workbook."""
        desk, own, below = self.desk, self.session.own, self.session.facts.below
        if desk is None or desk.at is None or not desk.lines:
            return
        at = desk.at

        def make() -> bytes:
            from hoctap_desktop.document.sheet import render

            made = turn_sheets(
                own, at, desk.source, desk.lines, skipped=desk.skipped, broken_off=desk.broken_off, below=below
            )
            return render(made, title="Danh sách tiếp nhận", author=own.name, created=at.date())

        files.save_as(self, file_name(at, desk.turn, "xlsx"), files.SHEETS, make)

    # --- others ---------------------------------------------------------------------------------------------------

    def _pick_files(self) -> None:
        files.choose_files(self, self.take_in)

    def _pick_folder(self) -> None:
        files.choose_folder(self, self.take_in)

    def _act(self, at: int) -> None:
        row = self.model.row(at)
        if row.line is None:
            return
        if row.act == words.OPEN:
            self.session.navigate.emit("received", (row.line.package_id, "receive"))
        elif row.act == words.KEY_IN:
            self._key_in()
        elif row.act == words.BESIDE:
            self.session.navigate.emit("beside", (row.line.package_id, "receive"))
        elif row.act == words.COMPARE:
            self.compare(row.line)
        elif row.act in (words.CALL, words.COPY):
            self.do_next(row.line)
        elif row.act == words.UNLOCK:
            self._unlock_again()
        elif row.act == words.ASIDE:
            self.put_aside(row.line)

    def put_chosen_aside(self) -> None:
        """Delete: nothing more is to be done about the chosen file; on one that lies aside, it is again."""
        at = self.view.currentIndex().row()
        if at >= 0 and (line := self.model.row(at).line) is not None:
            self.put_aside(line)

    def put_aside(self, line: Line) -> None:
        """A file that was refused leaves Cần xử lý, or comes back; another stays where it is."""
        if self.desk is not None and not self.desk.past and line.outcome in (Outcome.REFUSED, Outcome.PUT_ASIDE):
            self.banners.drop("aside")
            job = partial(desks.put_aside, desk=self.desk, line=line)
            self.session.jobs.run(job, partial(self._put_aside, line), words="Đang ghi")

    def _put_aside(self, line: Line, desk: Desk) -> None:
        self._changed(desk)
        self.banners.show_banner("aside", "ok", words.aside_words(line), leaves=True, closable=True)

    def _unlock_again(self) -> None:
        """Reads what stayed locked anew, asking for its key; where the files stood is asked when nobody remembers."""
        given, lines = self._given, self.desk.lines if self.desk else ()
        names = {line.file for line in lines if line.code is Code.ENCRYPTED_LOCKED}
        self.session.jobs.aside(lambda _progress: called(given, names), self._take_found, words="Đang tìm tệp")

    def _take_found(self, found: Sequence[Path]) -> None:
        if found:
            self.take_in(found)
        else:
            self._pick_files()

    def do_next(self, line: Line) -> NextStepDialog:
        """What a person does about a file that was not taken: calls its unit, or copies it again."""
        found = Below(self.session.facts.below).sender(line)
        step = words.next_step(line, found)
        code = found.unit.code if found else ""
        called, aside = partial(self._note_call, code, step.note), partial(self.put_aside, line)
        dialog = NextStepDialog(self, step, self._pick_files, called, aside)
        dialog.open()
        return dialog

    def _note_call(self, code: str, note: str) -> None:
        self.session.save(partial(note_call, unit_code=code, note=note), self._called)

    def _called(self, call: Call) -> None:
        said = f"Đã ghi cuộc gọi lúc {call.at.astimezone(VIETNAM):%H:%M}; xem lại ở Theo dõi, Nhắc nộp."
        self.banners.show_banner("called", "ok", said, leaves=True, closable=True)

    def compare(self, line: Line) -> KeyDialog | None:
        """Opens the comparison of digits for a file that waits."""
        desk = self.desk
        if desk is None:
            return None
        request = words.request_for(desk, line)
        dialog = KeyDialog(
            self,
            line.unit or line.file,
            line.fingerprint,
            words.released_with(desk, line),
            partial(self._accept, request) if request is not None else None,
            partial(self._refuse, line),
            known=desk.keys.get(line.unit_code),
            holder=words.holder_words(line.unit_code, self.session.facts.below),
        )
        dialog.open()
        return dialog

    def _accept(self, request: Line) -> None:
        if self.desk is not None:
            self.session.jobs.run(
                partial(desks.accept_key, desk=self.desk, line=request),
                partial(self._accepted, self.desk, request),
                words="Đang nhận khóa",
            )

    def _accepted(self, before: Desk, request: Line, desk: Desk) -> None:
        self._changed(desk)
        said = words.accepted_words(before, desk, request)
        self.banners.show_banner("accepted", "ok", said, leaves=True, closable=True)
        self.view.setFocus()

    def _refuse(self, line: Line) -> None:
        if self.desk is not None:
            self.session.jobs.run(partial(desks.refuse_key, desk=self.desk, line=line), self._changed)

    def _ask_undo(self) -> None:
        ask(
            self,
            "Hoàn tác cả lượt này?",
            "Các bản nhận trong lượt không còn được tính; bản nhận trước đó được tính lại. Tệp trên USB vẫn nguyên, "
            "khóa đã nhận vẫn giữ. Muốn nhận lại thì thả tệp vào đây.",
            yes="Hoàn tác cả lượt",
            no="Giữ lại",
            act=self._undo,
            icon="undo-2",
        )

    def _undo(self) -> None:
        if self.desk is not None:
            self.session.jobs.run(partial(desks.undo, batches=self.desk.batches), self._undone, words="Đang hoàn tác")

    def _undone(self, papers: Sequence[str]) -> None:
        self.banners.show_banner(
            "undone",
            "ok",
            f"Đã hoàn tác: {print_count(len(papers))} bản không còn được tính.",
            leaves=True,
            closable=True,
        )
        self.session.jobs.run(desks.read_desk, self._changed)
        self.inbox.look()
