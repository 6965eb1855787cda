"""The window of one office: rooms at the left, campaign and saved time on top, one page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office.filings import LocalWeek
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.encrypted_files import OwnReader
from hoctap_desktop.submission.signer import Opener as OpenKey
from hoctap_desktop.ui import program_icon, reading_order, rooms, theme
from hoctap_desktop.ui.closing_dialog import ClosingDialog, UnsavedDialog
from hoctap_desktop.ui.copy_keeper import HOUR_MS, CopyKeeper, CopyState, copy_words
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.help_dialog import HelpDialog
from hoctap_desktop.ui.help_places import part_of
from hoctap_desktop.ui.history.person import sit_down
from hoctap_desktop.ui.history.recovered import RecoveredBanner
from hoctap_desktop.ui.office_facts import choose_campaign, read_week
from hoctap_desktop.ui.on_screen import limit_window, place_window
from hoctap_desktop.ui.opening import Opener
from hoctap_desktop.ui.page import Page, Room
from hoctap_desktop.ui.problem_words import advice
from hoctap_desktop.ui.problems import Problems, listen
from hoctap_desktop.ui.session import OfficeFacts, SaveFailure, Session
from hoctap_desktop.ui.widgets import unseen
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.sidebar import SideEntry
from hoctap_desktop.ui.window_frame import SMALLEST, WindowFrame, window_title

FIRST_SIZE = (1366, 696)
HELP = "help"
# Changes need milliseconds; what takes longer is told.
CLOSE_GRACE_S = 0.5


def _waiting(store: Store) -> int:
    """How many files wait for somebody: the number beside Tiếp nhận before the room is opened."""
    from hoctap_desktop.consolidation.desk import to_look_at

    return to_look_at(store)


def _tidied(store: Store, *, has_below: bool) -> str:
    """After a kill: the turn of receiving it broke off is finished, files no row names go. What is told, "" nothing."""
    from hoctap_desktop.store.attached import sweep

    said = ""
    if has_below:
        from hoctap_desktop.consolidation.desk import finish_broken_off
        from hoctap_desktop.consolidation.turn_paper import broken_off_words

        turn = finish_broken_off(store)
        said = broken_off_words(turn.at, len(turn.own)) if turn is not None else ""
    sweep(store)
    return said


class MainWindow(WindowFrame):
    """Shows the pages of ui/rooms.py for a session. Closing it hands every change to the store first."""

    def __init__(self, session: Session, all_rooms: Sequence[Room] = rooms.ROOMS) -> None:
        super().__init__(session)
        self._rooms = {room.id: room for room in all_rooms}
        self._pages: dict[str, Page] = {}
        self._open = ""
        self._narrow = False
        self._gives_up = False
        self._copied = False
        self.closing: ClosingDialog | None = None
        self.setObjectName("main")
        self.setWindowTitle(window_title(session.own.short_name, session.own.area))
        self.setWindowIcon(program_icon.window_icon())
        self._furnish()
        self.problems = Problems(self)
        listen(self.problems)
        self.ring = FocusRing(self)
        session.saving.connect(self._saving)
        session.saved.connect(self._saved)
        session.save_failed.connect(self._save_failed)
        session.navigate.connect(self.open_room)
        session.office_changed.connect(self.show_facts)
        self.copies = CopyKeeper.of(session)
        self.copies.told.connect(self._show_copies)
        self.copies.began.connect(self._tell_folder)
        hourly = QTimer(self)
        hourly.timeout.connect(self.copies.daily)
        hourly.start(HOUR_MS)
        session.problem.connect(self.problems.show)
        session.changed.connect(self._filing_changed)
        session.counts_changed.connect(self._show_entries)
        session.look_changed.connect(self._look_changed, Qt.ConnectionType.QueuedConnection)
        session.jobs.unhandled.connect(self.problems.show)
        session.jobs.shown.connect(self._show_job)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda n=number: self._open_numbered(n))
        QShortcut(QKeySequence("F6"), self).activated.connect(lambda: self._next_pane(1))
        QShortcut(QKeySequence("Shift+F6"), self).activated.connect(lambda: self._next_pane(-1))
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_now)
        limit_window(self, QSize(*SMALLEST))
        geometry = session.settings.blob("window")
        if geometry is None or not self.restoreGeometry(geometry):
            place_window(self, QSize(*FIRST_SIZE))
        sit_down(session)
        unseen.teller().left_out.connect(self._tell_unseen)
        self.opener = Opener(session, self, self)
        self.recovered = RecoveredBanner(session, self.banners, self._show_banners, self)
        # a damaged turn or row is named by those who look
        session.jobs.run(partial(_tidied, has_below=session.has_below), self._tell_broken_off, lambda _failure: None)
        if session.has_below:
            self._count_waiting()
            if session.settings.inbox(session.own.code) is not None:
                self._watch_inbox()

    def _count_waiting(self, more: int = 0) -> None:
        session = self.session
        session.jobs.run(_waiting, lambda count: session.set_count("receive", count + more))

    def _watch_inbox(self) -> None:
        from hoctap_desktop.ui.consolidation.inbox_watch import InboxWatch

        inbox = InboxWatch.of(self.session)
        inbox.told.connect(lambda: self._count_waiting(len(inbox.new)))
        inbox.look()

    # --- frame ---------------------------------------------------------------------------------------------------

    def _furnish(self) -> None:
        """What the parts of the frame lead to and show."""
        self.sidebar.picked.connect(self._picked)
        self.top.chosen.connect(self._choose_campaign)
        self._show_campaign()
        self._show_entries()

    def rebuild(self) -> None:
        """Makes every part anew, after the theme or the text size changed; the open page opens again."""
        opened, self._open = self._open, ""
        self._leave(opened)
        for page in self._pages.values():
            page.hide()
            page.deleteLater()
        self._pages = {}
        self.make_anew()
        self._furnish()
        self.recovered.show_in(self.banners)
        self._narrow = False
        self._fit()
        self.ring.raise_()
        self.open_room(opened or "home")

    def _look_changed(self) -> None:
        self.rebuild()

    def visible_rooms(self) -> list[Room]:
        """The rooms of the sidebar's upper list, in order; Alt+1…9 open them."""
        groups = ("own", "below") if self.session.has_below else ("own",)
        return [room for group in groups for room in self._rooms.values() if room.group == group]

    def _show_entries(self) -> None:
        entries: list[SideEntry] = []
        for number, room in enumerate(self.visible_rooms(), 1):
            if room.group == "below" and not any(e.caption for e in entries):
                entries.append(SideEntry("", "", "Đơn vị cấp dưới", caption=True))
            keys = f"Alt+{number}" if number < 10 else ""
            entries.append(SideEntry(room.id, room.icon, room.words, self.session.count(room.id), keys=keys))
        foot = [SideEntry(HELP, "circle-question-mark", "Trợ giúp (F1)")]
        foot += [SideEntry(r.id, r.icon, r.words) for r in self._rooms.values() if r.group == "foot"]
        self.sidebar.set_entries(entries, foot)
        self._mark_open()

    # --- pages ---------------------------------------------------------------------------------------------------

    def page(self, id: str) -> Page:
        """The page of a room, made on first use."""
        if id not in self._pages:
            made = self._rooms[id].factory(self.session)
            self._pages[id] = made
            self._stack.addWidget(made)
            made.set_narrow(self._narrow)
        return self._pages[id]

    def open_page(self) -> Page | None:
        """The page that is up."""
        return self._pages.get(self._open)

    def open_room(self, id: str, argument: object = None) -> None:
        """Leaves the page that is up (what is typed is handed on first) and brings up another."""
        if id not in self._rooms:
            return
        self._leave(self._open)
        if id != self._open:
            self.recovered.looked_at(self._open)
        page = self.page(id)
        self._open = id
        self._stack.setCurrentWidget(page)
        self._place_saved()
        page.enter(argument)
        self._mark_open()
        target = page.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.setFocus()

    def _leave(self, id: str) -> None:
        """What a person is typing must be in the field, and the field must have said it, before the page goes."""
        QGuiApplication.inputMethod().commit()
        focused = QApplication.focusWidget()
        page = self._pages.get(id)
        if page is None:
            return
        if focused is not None and page.isAncestorOf(focused):
            focused.clearFocus()
        page.leave()

    def _mark_open(self) -> None:
        room, page = self._rooms.get(self._open), self.open_page()
        if room is not None:
            self.sidebar.show_open((page.under() if page is not None else "") or room.under or room.id)

    def _picked(self, id: str) -> None:
        if id == HELP:
            self.show_help()
            self._mark_open()
        else:
            self.open_room(id)

    def _open_numbered(self, number: int) -> None:
        shown = self.visible_rooms()
        if number <= len(shown):
            self.open_room(shown[number - 1].id)

    def _next_pane(self, by: int) -> None:
        page = self.open_page()
        panes: list[QWidget] = [self.sidebar.rooms]
        if page is not None:
            panes += [one for one in page.panes() if one.isVisible() and one.isEnabled()]
        focused = QApplication.focusWidget()
        at = next((i for i, one in enumerate(panes) if focused is one or one.isAncestorOf(focused or one)), -1)
        panes[(at + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_now(self) -> None:
        """Ctrl+S: what is being typed goes to the disk, and the window says when it is there."""
        QGuiApplication.inputMethod().commit()
        page = self.open_page()
        if page is not None:
            page.save_now()
        # after all changes before it: "Đã lưu lúc" is said once everything is on the disk
        self.session.save(lambda _store: None)

    def help_place(self) -> tuple[str, str]:
        """Page and part of the help for where the keyboard is."""
        page = self.open_page()
        room = self._rooms.get(self._open)
        if page is None or room is None:
            return "home", ""
        name = page.help_name() or room.id
        return name, part_of(page, room.id, QApplication.focusWidget()) or page.help_part()

    def show_help(self) -> HelpDialog:
        """Opens the help of the page that is up, at the part for where the keyboard is."""
        dialog = HelpDialog(self, *self.help_place(), self.open_page())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # --- session -------------------------------------------------------------------------------------------------

    def _saving(self) -> None:
        self.top.saved.saving()

    def _saved(self, at: datetime) -> None:
        if self.session.has_failed():
            return  # another change is still not on the disk
        self.top.saved.saved(at)
        self.banners.drop("save")
        self._show_banners()

    def _save_failed(self, failure: SaveFailure) -> None:
        self.top.saved.failed()
        said = advice(failure.failure)
        if isinstance(failure.failure, UserError):
            text = f"Chưa lưu được. {failure.failure}"
        else:
            text = f"Chưa lưu được. {said.text}"
            if "save" not in self.banners.texts():  # tried again with each change: told once
                self.problems.show(failure.failure)
        self.banners.show_banner("save", "danger", text, "Lưu lại", failure.again)
        self._show_banners()

    def _tell_broken_off(self, said: str) -> None:
        if said:
            self.banners.show_banner("broken off", "warn", said, "Xem lượt", self._to_broken_off, closable=True)
            self._show_banners()

    def _to_broken_off(self) -> None:
        self.banners.drop("broken off")
        self._show_banners()
        self.session.navigate.emit("receive", None)

    def _tell_unseen(self, field: str, count: int) -> None:
        self.say("unseen", "info", unseen.told(field, count))

    def receive(self, paths: Sequence[Path]) -> None:
        """Brings up Tiếp nhận and reads files there."""
        from hoctap_desktop.ui.consolidation.receive_page import ReceivePage

        self.open_room("receive")
        page = self.page("receive")
        assert isinstance(page, ReceivePage)
        page.take_in(paths)

    def unlock(self, readers: Sequence[OwnReader], act: Callable[[Sequence[OpenKey]], object]) -> None:
        """Asks for the passphrase of keys that encrypted files need; see OfficeKey.then_keys."""
        from hoctap_desktop.ui.submission.office_key import OfficeKey

        OfficeKey.of(self.session).then_keys(self, readers, act)

    def _show_copies(self, state: CopyState) -> None:
        """A copy that failed stands as a banner until one is made; it stops nobody."""
        if state.failed:
            said = f"Chưa sao lưu được. {state.failed}" if state.folder else copy_words(state, self.session.now())[0]
            self.banners.show_banner("copies", "warn", said, "Mở Thiết lập", lambda: self.open_room("settings", "data"))
        else:
            self.banners.drop("copies")
        self._show_banners()

    def _tell_folder(self, folder: Path) -> None:
        self.say("copies begun", "info", f"Bản sao hằng ngày trên máy này để ở «{folder}»; đổi trong Thiết lập.")

    def _choose_campaign(self, id: str) -> None:
        self._leave(self._open)
        self.session.jobs.run(lambda store: choose_campaign(store, id), done=self.show_facts)

    def show_facts(self, facts: OfficeFacts) -> None:
        """Another campaign, or other units: pages read again."""
        self.session.facts = facts
        self._show_campaign()
        self._show_entries()
        self.session.campaign_changed.emit()

    def _filing_changed(self, id: str) -> None:
        """The plan may have set another Week."""
        campaign = self.session.campaign
        if id == filing_id(campaign.id, Kind.PLAN):
            self.session.jobs.run(partial(read_week, campaign=campaign), partial(self._week_read, campaign.id))

    def _week_read(self, campaign: str, week: LocalWeek) -> None:
        if campaign == self.session.campaign.id and week != self.session.facts.week:
            self.session.facts = replace(self.session.facts, week=week)
            self._show_campaign()

    # --- size ----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        narrow = theme.is_narrow(self.width())
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.sidebar.set_narrow(narrow)
        for page in self._pages.values():
            page.set_narrow(narrow)
        self._place_saved()

    def is_narrow(self) -> bool:
        return self._narrow

    def _place_saved(self) -> None:
        """In a narrow window the top bar folds into the title row of a page that has room for it."""
        page = self.open_page()
        place = page.saved_place() if page is not None and self._narrow else None
        if place is None:
            self.top.take_saved_back()
            self.top.show()
        else:
            place(self.top.saved)
            self.top.hide()
        self.top.saved.set_short(place is not None and theme.theme().factor > 1)

    @guarded(False)
    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        return reading_order.step(self, forward=next)

    @guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.opener.dragged(event)

    @guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        self.opener.dropped(event)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            QGuiApplication.inputMethod().commit()

    def _wait_to_close(self) -> None:
        """Says what is being waited for; the window closes by itself after it, or stays when the person wants it."""
        if self.closing is not None:
            return
        self.closing = ClosingDialog(self, self.session.jobs)
        self.closing.close_window.connect(self._close_after_wait, Qt.ConnectionType.QueuedConnection)
        self.closing.finished.connect(self._waited)
        self.closing.open()

    def _waited(self) -> None:
        self.closing = None

    def _close_after_wait(self) -> None:
        """The copy was tried by then, and one try is enough: a dead stick keeps nobody."""
        self._copied = True
        self.close()
        self._copied = False

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave(self._open)
        self.session.save_again()
        self.recovered.tell()
        if not self.session.jobs.abandoned and not self._copied:
            self.copies.before_close()
        if not self.session.jobs.abandoned and not self.session.jobs.finish(CLOSE_GRACE_S):
            event.ignore()
            self._wait_to_close()
            return
        self.session.settings.set_blob("window", self.saveGeometry())
        self.session.settings.sync()
        if (why := self.banners.texts().get("save")) and not self._gives_up:
            event.ignore()
            self._ask_to_lose(why)
            return
        event.accept()

    def _ask_to_lose(self, why: str) -> None:
        if any(dialog.isVisible() for dialog in self.findChildren(UnsavedDialog)):
            return
        dialog = UnsavedDialog(self, why)
        dialog.again.connect(self.close, Qt.ConnectionType.QueuedConnection)
        dialog.lose.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def _lose(self) -> None:
        self._gives_up = True
        self.close()
        self._gives_up = False
