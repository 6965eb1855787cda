"""Ctrl+F over printed pages: what to find, "3 trên 12", next and previous. It stands there only when asked for."""

from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LineEdit
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.page_text import Hit, PageText, count_words, find
from hoctap_desktop.ui.widgets.panes import pane
from hoctap_desktop.ui.widgets.pdf_pages import read_text
from hoctap_desktop.ui.widgets.preview import Preview

LONGEST = 200


@dataclass
class _Pages:
    """The text of the PDF read last; touched by the painting thread alone."""

    outside: bool
    data: bytes = b""
    pages: tuple[PageText, ...] = field(default=())

    def of(self, data: bytes) -> tuple[PageText, ...]:
        if data is not self.data:
            self.data, self.pages = data, ()
            if data:
                with suppress(UserError):  # the page itself has told that it cannot be read
                    self.pages = read_text(data, outside=self.outside)
        return self.pages


@dataclass(frozen=True)
class _Found:
    query: str
    hits: tuple[Hit, ...]


class QueryEdit(LineEdit):
    """Enter and Shift+Enter step through the hits, Esc leaves."""

    stepped = Signal(int)
    closed = Signal()

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class FindStrip(QWidget):
    """What to find, how many there are, previous, next, close. Who inherits it seeks and shows."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.query = QueryEdit()
        self.query.setMaxLength(LONGEST)
        self.query.setPlaceholderText(what)
        self.query.setAccessibleName(what)
        self.query.addAction(icons.icon("search", "ink2", 18), QLineEdit.ActionPosition.LeadingPosition)
        self.count = Label("", "secondary", "ink2")
        self.count.setMinimumWidth(theme.px(76))
        self.previous = Button(
            "", "icon", icon="chevron-up", words="Chỗ trước (Shift+Enter)", act=lambda: self.step(-1)
        )
        self.next = Button("", "icon", icon="chevron-down", words="Chỗ sau (Enter)", act=lambda: self.step(1))
        self.close_button = Button("", "icon", icon="x", words="Đóng tìm (Esc)", act=self.close_bar)
        self._build()
        self.query.textChanged.connect(lambda _text: self.seek())
        self.query.stepped.connect(self.step)
        self.query.closed.connect(self.close_bar)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = pane("window")
        self.row = row = QHBoxLayout(strip)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(6)
        self.query.setMaximumWidth(theme.px(320))
        row.addWidget(self.query, 1)
        row.addSpacing(4)
        for part in (self.count, self.previous, self.next):
            row.addWidget(part)
        row.addStretch(0)
        row.addWidget(self.close_button)
        column.addWidget(strip)
        column.addWidget(rule())

    def ask(self) -> None:
        """Opens the bar, the last query selected; asked again it selects the query again."""
        opened = self.isHidden()
        self.show()
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query.selectAll()
        if opened:
            self.seek()

    def seek(self) -> None:
        """The query is another one."""

    def step(self, by: int) -> None:
        """The next (1) or previous (-1) hit; after the last comes the first."""

    def close_bar(self) -> None:
        """Away with the strip and the marks."""

    def show_count(self, current: int, found: int) -> None:
        """ "3 trên 12" of a query that is not blank."""
        asked = bool(self.query.typed().strip())
        words = count_words(current, found) if asked else ""
        self.count.setText(words)
        self.count.set_token("danger" if asked and not found else "ink2")
        self.query.setAccessibleDescription(words)
        for button in (self.previous, self.next):
            if found:
                button.enable()
            else:
                button.disable("Chưa có chỗ nào để đến.")


class SearchBar(FindStrip):
    """Searches the PDF a preview shows and marks the hits there. `ask()` opens it, `close_bar()` ends it."""

    def __init__(self, jobs: Jobs, preview: Preview) -> None:
        super().__init__("Tìm trong trang in")
        self._jobs, self._preview = jobs, preview
        self._pages = _Pages(preview.outside)
        self._found = _Found("", ())
        self._current = -1
        preview.ready.connect(self._pages_changed)

    def close_bar(self) -> None:
        """Closes the bar, takes the marks away, gives the keyboard to the pages."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self.hide()
        self._take(_Found("", ()))
        if inside:
            self._preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """The next (1) or previous (-1) hit; after the last comes the first."""
        if self._found.hits:
            self._current = (self._current + by) % len(self._found.hits)
            self._show()

    def found(self) -> tuple[Hit, ...]:
        """What the last answer holds."""
        return self._found.hits

    def seek(self) -> None:
        if self.isHidden():
            return
        query, data, pages = self.query.typed(), self._preview.data(), self._pages
        self._jobs.latest(self, lambda: _Found(query, find(query, pages.of(data))), done=self._take)

    def _pages_changed(self) -> None:
        if self._pages.data is not self._preview.data():
            self.seek()

    def _take(self, found: _Found) -> None:
        if self.isHidden():
            found = _Found("", ())
        # A longer query goes on where the shorter one was; a new one begins at the page that is seen.
        before = self._found.hits[self._current] if 0 <= self._current < len(self._found.hits) else None
        self._found = found
        self._current = self._first(before)
        self._show()

    def _first(self, before: Hit | None) -> int:
        def place(hit: Hit) -> tuple[int, float, float]:
            box = hit.boxes[0] if hit.boxes else None
            return (hit.page, box.top if box else 0.0, box.left if box else 0.0)

        hits = self._found.hits
        start = place(before) if before is not None else (self._preview.current_page() - 1, 0.0, 0.0)
        return next((at for at, hit in enumerate(hits) if place(hit) >= start), 0 if hits else -1)

    def _show(self) -> None:
        self._preview.set_hits(self._found.hits, self._current)
        self.show_count(self._current, len(self._found.hits))
