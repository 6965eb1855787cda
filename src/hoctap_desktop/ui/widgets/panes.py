"""The frame of work screens: title row, panes split by lines, tabs of the right pane, tables' head."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label, rule

NOTE = 150  # of a note beside the title: more of it gives way to the words of buttons


class Pane(QWidget):
    """A plain area with the fill of a token: "window", "side", "surface", "desk".

    It fills itself and says so: for a letter in a field on it Qt need not paint the dozen widgets that lie under it.
    """

    def __init__(self, kind: str = "window") -> None:
        super().__init__()
        self.setProperty("pane", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme.color(str(self.property("pane"))))


def pane(kind: str = "window") -> QWidget:
    """A plain area with the fill of a token: "window", "side", "surface", "desk"."""
    return Pane(kind)


class TitleRow(QWidget):
    """53 high: title, chips and notes beside it, acts at the right. Parts are added by `lead` and `act`.

    Buttons that may (Button.may_shorten) say less where it has no room for all their words, those at the left first.
    In narrow mode the main window's top bar folds into it: see `fold`.
    """

    def __init__(self, title: str, *, lined: bool = True, margin: int = 20) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # A widget: a bare layout grows no higher than its buttons, and the line would not lie at the foot.
        self._holder = holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.setContentsMargins(margin, 0, 16, 0)
        self._row.setSpacing(10)
        self.title = Label(title, "page")
        self._row.addWidget(self.title)
        self._leads = QHBoxLayout()
        self._leads.setSpacing(10)
        self._row.addLayout(self._leads)
        self._row.addStretch(1)
        self._fold = QHBoxLayout()
        self._row.addLayout(self._fold)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(10)
        self._row.addLayout(self._acts)
        column.addWidget(holder, 1)
        if lined:
            column.addWidget(rule())
        self.setFixedHeight(theme.px(54 if lined else 53))

    def lead(self, widget: QWidget) -> None:
        """Beside the title: a chip, a note."""
        self._leads.addWidget(widget)

    def act(self, widget: QWidget) -> None:
        """At the right end: buttons of size "small", the primary one last."""
        self._acts.addWidget(widget)

    def fold(self, widget: QWidget) -> None:
        """Takes in the saved label of the top bar while the window is narrow."""
        self._fold.addWidget(widget)

    def _parts(self) -> tuple[list[Button], list[ElidedLabel | QComboBox]]:
        """What stands in it: buttons that may say less, notes that end in …"""
        items = (row.itemAt(at) for row in (self._acts, self._leads) for at in range(row.count()))
        parts = (item.widget() for item in items if item is not None)
        shown = [part for part in parts if part is not None and not part.isHidden()]
        buttons = [part for part in shown if isinstance(part, Button) and part.forms()]
        return buttons, [part for part in shown if isinstance(part, ElidedLabel | QComboBox)]

    def _fit(self) -> None:
        """Each button says as much as there is room for. Nothing is tried out: a word set asks for a layout again."""
        buttons, notes = self._parts()
        if not buttons or not self.isVisible():
            return
        wanted = self._row.minimumSize().width() + 2
        for note in notes:
            least = note.minimumWidth() or note.minimumSizeHint().width()
            wanted += max(0, min(note.sizeHint().width(), theme.px(NOTE)) - least)
        free = self._holder.width() - wanted + sum(one.room_of(one.form()) - one.room_of(0) for one in buttons)
        forms = dict.fromkeys(buttons, 0)
        for form in range(1, 1 + max(one.forms() for one in buttons)):
            for one in buttons:
                if free < 0 and one.forms() >= form:
                    free += one.room_of(form - 1) - one.room_of(form)
                    forms[one] = form
        for one, form in forms.items():
            one.set_form(form)

    @guarded(QSize(200, 54))
    def minimumSizeHint(self) -> QSize:
        """A window may become as narrow as the shortest forms need."""
        hint = super().minimumSizeHint()
        less = sum(one.room_of(one.form()) - one.room_of(one.forms()) for one in self._parts()[0])
        return QSize(hint.width() - less, hint.height())

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done


class Panes(QSplitter):
    """Panes side by side, split by 1 px lines that can be dragged over 9 px.

    One grows with the window; the others keep their width, that of `sizes` or the one a person dragged them to, and
    give way only where the window has no room for them. `remember` keeps what was dragged for the next time.
    """

    def __init__(self, *parts: QWidget, sizes: Sequence[int], grows: int = 1) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, part in enumerate(parts):
            self.addWidget(part)
            self.setStretchFactor(place, 1 if place == grows else 0)
        self._parts, self._grows = parts, grows
        self._wanted = self._sides(sizes)
        self._dragged = False
        self._settings: tuple[Settings, str] | None = None
        self.setSizes(list(sizes))
        self.splitterMoved.connect(self._keep)

    def remember(self, settings: Settings, name: str) -> None:
        """Takes up the widths a person gave the panes of this page before, and keeps those given from now on."""
        self._settings = settings, f"panes-{name}"
        kept = settings.blob(self._settings[1])
        widths = bytes(kept.data()).decode("ascii", "replace").split() if kept is not None else []
        if len(widths) == len(self._wanted) and all(width.isdecimal() and len(width) < 6 for width in widths):
            self._wanted = [int(width) for width in widths]
            self._dragged = True
            self.lay_out()

    def suppose(self, *sides: int) -> None:
        """Other widths for the panes that do not grow (a wide window), unless a person has chosen some."""
        if not self._dragged and self._wanted != list(sides):
            self._wanted = list(sides)
            self.lay_out()

    def lay_out(self) -> None:
        """Gives every pane its width; nothing while one of them is elsewhere (narrow windows)."""
        if not self._complete():
            return
        sides = list(self._wanted)
        room = self.width() - self.handleWidth() * len(sides)
        grown = self._parts[self._grows]
        lack = max(grown.minimumWidth(), grown.minimumSizeHint().width()) + sum(sides) - room
        for place in range(len(sides) - 1, -1, -1):
            part = self._parts[place if place < self._grows else place + 1]
            least = max(part.minimumWidth(), part.minimumSizeHint().width())
            given = min(max(0, lack), max(0, sides[place] - least))
            sides[place] -= given
            lack -= given
        self.setSizes([*sides[: self._grows], max(0, room - sum(sides)), *sides[self._grows :]])

    def _sides(self, sizes: Sequence[int]) -> list[int]:
        return [size for place, size in enumerate(sizes) if place != self._grows]

    def _complete(self) -> bool:
        return all(part.parent() is self and not part.isHidden() for part in self._parts)

    def _keep(self, _at: int, _which: int) -> None:
        if self._complete():
            self._wanted = self._sides(self.sizes())
            self._dragged = True
            if self._settings is not None:
                settings, name = self._settings
                settings.set_blob(name, QByteArray(" ".join(map(str, self._wanted)).encode()))

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()


class PaneTabs(QWidget):
    """Two or three tabs of the right pane ("Cần xem 3", "Trang in"), 40 high, a 3 px ink bar under the open one."""

    opened = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._tabs = list(tabs)
        self._counts: dict[str, int] = {}
        self._open = tabs[0][0]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ownfocus", True)  # round the open tab; the window's ring would be a second one
        self.setFixedHeight(theme.px(41))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    def set_count(self, tab: str, count: int) -> None:
        """The number behind a tab's word; 0 shows none."""
        self._counts[tab] = count
        self._name()
        self.update()

    def open(self, tab: str) -> None:
        if tab != self._open:
            self._open = tab
            self._name()
            self.update()
            self.opened.emit(tab)

    def current(self) -> str:
        return self._open

    def words(self, tab: str) -> str:
        """ "Cần xem 3"."""
        word = dict(self._tabs)[tab]
        return f"{word} {self._counts[tab]}" if self._counts.get(tab) else word

    def _name(self) -> None:
        self.setAccessibleName(f"Thẻ đang mở: {self.words(self._open)}")

    def _boxes(self) -> list[tuple[str, QRect]]:
        from PySide6.QtGui import QFontMetrics

        bold = QFontMetrics(theme.font("bold"))
        boxes, left = [], 12
        for tab, word in self._tabs:
            width = bold.horizontalAdvance(word) + 16
            if self._counts.get(tab):
                width += 7 + bold.horizontalAdvance(str(self._counts[tab]))
            boxes.append((tab, QRect(left, 0, width, self.height() - 1)))
            left += width + 6
        return boxes

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for tab, box in self._boxes():
            if box.contains(event.position().toPoint()):
                self.open(tab)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = [tab for tab, _ in self._tabs]
        at = names.index(self._open)
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.open(names[(at + (1 if event.key() == Qt.Key.Key_Right else -1)) % len(names)])
        else:
            super().keyPressEvent(event)

    @guarded(QSize(200, 41))
    def sizeHint(self) -> QSize:
        boxes = self._boxes()
        return QSize(boxes[-1][1].right() + 12, theme.px(41))

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        from PySide6.QtGui import QFontMetrics

        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        for tab, box in self._boxes():
            is_open = tab == self._open
            face = theme.font("bold" if is_open else "body")
            painter.setFont(face)
            painter.setPen(theme.color("pri" if is_open else "ink2"))
            word = dict(self._tabs)[tab]
            text = QRectF(box).adjusted(8, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, word)
            if self._counts.get(tab):
                text.setLeft(text.left() + QFontMetrics(face).horizontalAdvance(word) + 7)
                painter.setFont(theme.font("bold"))
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, str(self._counts[tab]))
            if is_open:
                painter.fillRect(box.left(), self.height() - 3, box.width(), 3, theme.color("pri"))
            if is_open and self.hasFocus():
                painter.setPen(QPen(theme.color("pri"), 2))
                painter.drawRoundedRect(QRectF(box).adjusted(1, 5, -1, -6), 4, 4)


class RightPane(QWidget):
    """PaneTabs above a stack: RightPane([("look", "Cần xem", findings), ("page", "Trang in", preview)]).

    `tools(widget)` puts something at the right of the tabs (page number, zoom), shown with its tab only.
    """

    def __init__(self, parts: Sequence[tuple[str, str, QWidget]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = PaneTabs([(name, word) for name, word, _ in parts])
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(0)
        self._head.addWidget(self.tabs)
        column.addLayout(self._head)
        self._stack = QStackedWidget()
        self._places = {name: self._stack.addWidget(widget) for name, _, widget in parts}
        self._tools: dict[str, QWidget] = {}
        column.addWidget(self._stack, 1)
        self.tabs.opened.connect(self._show)

    def tools(self, tab: str, widget: QWidget) -> None:
        """A small strip at the right of the tabs while `tab` is open."""
        self._tools[tab] = widget
        widget.setParent(self.tabs)
        row = self.tabs.layout() or QHBoxLayout(self.tabs)
        row.setContentsMargins(0, 0, 4, 1)
        if isinstance(row, QHBoxLayout):
            if row.count() == 0:
                row.addStretch(1)
            row.addWidget(widget)
        widget.setVisible(self.tabs.current() == tab)

    def open(self, tab: str) -> None:
        self.tabs.open(tab)

    def _show(self, tab: str) -> None:
        self._stack.setCurrentIndex(self._places[tab])
        for name, widget in self._tools.items():
            widget.setVisible(name == tab)


class Head(QHeaderView):
    """The head of a table: 32 high, bold, 1 px line under it, our sort arrow beside the word, no vertical lines."""

    def __init__(self, *, clickable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme.px(theme.ROW["head"]) + 1)
        self.setSectionsClickable(clickable)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._sorted: tuple[int, bool] | None = None

    def show_sorted(self, column: int, *, descending: bool = False) -> None:
        """Which column the rows are sorted by."""
        self._sorted = (column, descending)
        self.viewport().update()

    def _words(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")

    @guarded(False)
    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse over a word that ends in … brings up the whole."""
        if isinstance(event, QHelpEvent) and (at := self.logicalIndexAt(event.pos())) >= 0:
            words = self._words(at)
            if QFontMetrics(theme.font("bold")).horizontalAdvance(words) > self.sectionSize(at) - 15:
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return super().viewportEvent(event)

    @guarded(None)
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, theme.color("head"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        role = Qt.ItemDataRole.TextAlignmentRole
        align = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, role)
        flags = Qt.AlignmentFlag(align) if align is not None else self.defaultAlignment()
        painter.setFont(theme.font("bold"))
        painter.setPen(theme.color("ink"))
        box = QRectF(rect).adjusted(8, 0, -8, -1)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self._words(logicalIndex), Qt.TextElideMode.ElideRight, rect.width() - 15)
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignVCenter, words)
        if self._sorted is not None and self._sorted[0] == logicalIndex:
            width = metrics.horizontalAdvance(words)
            at = box.right() - width - 18 if flags & Qt.AlignmentFlag.AlignRight else box.left() + width + 5
            name = "chevron-down" if self._sorted[1] else "chevron-up"
            icons.paint(painter, name, "ink", at, rect.center().y() - 7, 14)


class PageHead(QWidget):
    """The head of a calm page (Gói gửi đi, Trang chính): page title and one line under it in ink2."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.title = Label(title, "page")
        self.under = ElidedLabel("", "body", "ink2")
        self.under.hide()
        column.addWidget(self.title)
        column.addWidget(self.under)

    def set(self, title: str, under: str = "") -> None:
        self.title.setText(title)
        self.under.set_text(under)
        self.under.setVisible(bool(under))
