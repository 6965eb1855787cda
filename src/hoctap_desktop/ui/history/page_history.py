"""The history on a page of entry: the button Lịch sử, the key of a field, and what the person brings back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.versions import VersionId
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office import going_back
from hoctap_desktop.office.going_back import Story
from hoctap_desktop.office.story_words import when
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.repository import sent_packages
from hoctap_desktop.ui.history.dialogs import FieldHistoryDialog, TimelineDialog
from hoctap_desktop.ui.history.trash_can import TrashCan
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LineEdit, LongEdit

FIELD_KEY, LINE_KEY = "Ctrl+H", "Ctrl+Shift+H"
FIELD_WORDS = "Lịch sử của ô này"
_READING = "Đang mở lịch sử"


@dataclass(frozen=True)
class Ways:
    """How the page is asked and told.

    filing: what is open, None while nothing is; field: id of the field the keyboard is in, "" for none; now: the
    answers on the screen; hand_over: what is being typed goes to the store; put: makes a field say a value (None:
    blank), as one step of undo; read_again: the store has others.
    """

    filing: Callable[[], Filing | None]
    field: Callable[[], str]
    now: Callable[[], Mapping[str, JsonValue]]
    hand_over: Callable[[], object]
    put: Callable[[str, JsonValue | None], object]
    read_again: Callable[[], object]


def read_story(store: Store, id: str) -> Story:
    """The story of a filing with the moments its revisions were sealed."""
    sent: dict[int, datetime] = {one.revision: one.sealed_at for one in sent_packages(store) if one.series == id}
    return going_back.story(store, id, sent)


class PageHistory(QObject):
    """Belongs to a page; `button` is for its title row, `action` for the menus of its fields."""

    def __init__(self, page: Page, ways: Ways) -> None:
        super().__init__(page)
        self._page, self._ways = page, ways
        self.button = Button("Lịch sử", icon="history", size="small", act=self.open_line)
        self.button.may_shorten("")
        self.button.setToolTip(f"Các mốc của văn bản, so sánh, khôi phục ({LINE_KEY})")
        self.action = QAction(f"{FIELD_WORDS}\t{FIELD_KEY}", self)
        self.action.triggered.connect(self.open_field)
        self.trash = TrashCan(page, self._came_back)
        for keys, act in ((FIELD_KEY, self.open_field), (LINE_KEY, self.open_line)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def add_to(self, view: QWidget, *, has_menu: bool) -> None:
        """Our entry in the menu of the right button. has_menu: the view shows its actions in a menu of its own."""
        if self.action not in view.actions():
            view.addAction(self.action)
        if not has_menu:
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The menu of a field gets our entry when the keyboard first comes to it."""
        if not isinstance(now, LineEdit | LongEdit) or not isinstance(now.property("field"), str):
            return
        if self._page.isAncestorOf(now) and self.action not in now.actions():
            now.addAction(self.action)

    # --- one field ------------------------------------------------------------------------------------------------

    def open_field(self) -> None:
        """The history of the field the keyboard is in."""
        filing, field = self._ways.filing(), self._ways.field()
        if filing is None or not field:
            return
        self._ways.hand_over()
        job = partial(read_story, id=filing.id)
        self._page.session.after_saves(job, partial(self._show_field, field), self._failed, words=_READING)

    def _show_field(self, field: str, told: Story) -> None:
        filing = self._ways.filing()
        if filing is None or filing.id != told.filing.id:
            return
        free = told.filing.status.value == "draft"
        dialog = FieldHistoryDialog(self._page, told, field, self._ways.now().get(field), free=free)
        dialog.taken.connect(lambda value: self._ways.put(field, value))
        dialog.open()

    # --- the time line --------------------------------------------------------------------------------------------

    def open_line(self) -> None:
        """The time line of what is open."""
        filing = self._ways.filing()
        if filing is None:
            self.trash.open()
            return
        self._ways.hand_over()
        job = partial(read_story, id=filing.id)
        self._page.session.after_saves(job, self._show_line, self._failed, words=_READING)

    def _show_line(self, told: Story) -> None:
        dialog = TimelineDialog(self._page, told)
        dialog.went_back.connect(lambda id: self.go_back(told, id))
        dialog.discarded.connect(partial(self.discard, told.filing.id))
        dialog.trash_asked.connect(self.trash.open)
        dialog.open()

    def go_back(self, told: Story, to: VersionId) -> None:
        """Makes the draft what it was at a version; the banner takes it back."""
        job = partial(going_back.go_back, id=told.filing.id, to=to)
        self._page.session.after_saves(job, partial(self._went_back, told, to), self._failed, words="Đang khôi phục")

    def _went_back(self, told: Story, to: VersionId, filing: Filing) -> None:
        self._page.session.changed.emit(filing.id)
        self._page.session.saved.emit(self._page.session.now())
        self._ways.read_again()
        point = next((point for point in told.points() if point.id == to), None)
        words = f"Nội dung nay như lúc {when(point.at)}." if point is not None and point.at else "Đã khôi phục."
        if filing.revision != told.filing.revision:
            words = f"Đã lập lần {filing.revision}. {words}"
        now = told.changes[-1].number if told.changes and told.changes[-1].revision == told.filing.revision else 0
        back = VersionId(told.filing.revision, now)
        act = partial(self._take_back, filing.id, back)
        self._page.banners.show_banner("went_back", "info", words, "Trả lại như cũ", act, closable=True)

    def _take_back(self, id: str, to: VersionId) -> None:
        self._page.banners.drop("went_back")
        job = partial(going_back.go_back, id=id, to=to)
        self._page.session.after_saves(job, self._taken_back, self._failed, words="Đang khôi phục")

    def _taken_back(self, filing: Filing) -> None:
        self._page.session.changed.emit(filing.id)
        self._page.session.saved.emit(self._page.session.now())
        self._ways.read_again()

    # --- the trash ------------------------------------------------------------------------------------------------

    def discard(self, id: str) -> None:
        """Puts the draft into the trash; the banner takes it out again."""
        job = partial(going_back.remove_draft, id=id)
        self._page.session.after_saves(job, self._discarded, self._failed, words="Đang bỏ bản nháp")

    def _discarded(self, removed: object) -> None:
        from hoctap_desktop.filing.removed import RemovedDraft

        assert isinstance(removed, RemovedDraft)
        self._page.session.changed.emit(removed.filing)
        self._ways.read_again()
        act = partial(self._undo_discard, removed.number)
        words = f"Đã bỏ bản nháp lần {removed.revision}. Bản đó nằm trong Thùng rác."
        self._page.banners.show_banner("discarded", "info", words, "Lấy lại", act, closable=True)

    def _undo_discard(self, number: int) -> None:
        self._page.banners.drop("discarded")
        job = partial(going_back.put_draft_back, number=number)
        self._page.session.after_saves(job, self._taken_back, self._failed, words="Đang lấy lại bản nháp")

    def _came_back(self, _filing: str) -> None:
        self._page.banners.drop("discarded")
        self._ways.read_again()

    def _failed(self, failure: BaseException) -> None:
        self._page.session.problem.emit(failure)
