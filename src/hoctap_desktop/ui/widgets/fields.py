"""Fields that are typed into: a label above, the box, a message under it that says the fact and the act."""

from itertools import accumulate

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.foundation.text import seen, to_nfc, unseen
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, restyle
from hoctap_desktop.ui.widgets.pasted_words import asks_coding, clipboard_text
from hoctap_desktop.ui.widgets.qt_letters import qt_length
from hoctap_desktop.ui.widgets.unseen import seen_only

_FILLS = {"error": "danger-tint", "warn": "warn-tint"}
STATES = ("normal", "error", "blank", "empty", "warn", "computed", "frozen")


class _Tells:
    """What a box with typed text does, of one line or of many: it says its text once when it is left, in NFC."""

    left: SignalInstance
    came: SignalInstance
    gone: SignalInstance
    _said: str

    def _raw(self) -> str:
        raise AssertionError("each kind of box reads its own text")

    def _leave_out_unseen(self) -> None:
        raise AssertionError("each kind of box changes its own text")

    def typed(self) -> str:
        """The text in NFC: letters from old documents arrive decomposed."""
        return to_nfc(self._raw())

    def say(self) -> None:
        """Emits `left` when the text differs from what was said last."""
        assert isinstance(self, QLineEdit | QPlainTextEdit)
        text = self.typed()
        if text == self._said or self.isReadOnly():
            return
        if unseen(text):
            seen_only(text, self.accessibleName())
            self._leave_out_unseen()
            text = self.typed()
        if text != self._said:
            self._said = text
            self.left.emit(text)

    def _come(self, event: QFocusEvent) -> None:
        """The focus has come; from a menu over the box does not count."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.came.emit()

    def _go(self, event: QFocusEvent) -> None:
        """The focus has gone; to a menu over the box does not count. What was typed is heard of before that."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.say()
            self.gone.emit()

    def set_state(self, state: str) -> None:
        """One of STATES. computed and frozen are read only."""
        assert isinstance(self, QLineEdit | QPlainTextEdit)
        if self.property("state") != state:
            self.setProperty("state", state)
            self.setReadOnly(state in ("computed", "frozen"))
            restyle(self)


class LineEdit(_Tells, QLineEdit):
    """A line edit that says when it is left: `left` comes once, on Enter or when the focus goes, if the text changed.

    `came` and `gone`: the keyboard is in it, or no longer. A menu over it does not take it away.
    `size`: "normal" 34, "large" 42, "cell" (fills its rectangle in a table).
    """

    left = Signal(str)
    came = Signal()
    gone = Signal()

    def __init__(self, text: str = "", *, size: str = "normal", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("extent", size)
        self.setProperty("state", "normal")
        self._said = text
        self.returnPressed.connect(self.say)

    def set_text(self, text: str) -> None:
        """New text from outside: not said by `left`."""
        self._said = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def _raw(self) -> str:
        return self.text()

    def _leave_out_unseen(self) -> None:
        at = len(seen(self.text()[: self.cursorPosition()]))
        self.setText(seen(self.text()))
        self.setCursorPosition(at)

    def paste_words(self) -> None:
        """Paste; letters of an old coding are asked about first."""
        if not self.isReadOnly() and not asks_coding(self, clipboard_text(), self._insert_line):
            self.paste()

    def _insert_line(self, text: str) -> None:
        self.insert(" ".join(text.split("\n")))

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_words()
        elif (
            event.key() == Qt.Key.Key_Z and event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
        ):
            event.ignore()  # the page may have something to undo
        else:
            super().keyPressEvent(event)

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_words)
        _open_menu(self, menu, event)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._come(event)
        super().focusInEvent(event)

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.home(False)  # what is too long for the box is read from its beginning


class LongEdit(_Tells, QPlainTextEdit):
    """Several paragraphs. `left`, `came`, `gone` as in LineEdit; Ctrl+Enter leaves for the next field, Tab too."""

    left = Signal(str)
    came = Signal()
    gone = Signal()

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("reading"))
        self.setProperty("state", "normal")
        self._said = text
        self._fills_itself()

    def set_text(self, text: str) -> None:
        """New text from outside: not said by `left`."""
        self._said = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def _raw(self) -> str:
        return self.toPlainText()

    def _leave_out_unseen(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        places = accumulate(map(qt_length, self.toPlainText()), initial=0)
        for place, letter in reversed(list(zip(places, self.toPlainText(), strict=False))):
            if unseen(letter):
                cursor.setPosition(place)  # as a selection: deleteChar takes what is drawn together
                cursor.setPosition(place + qt_length(letter), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
        cursor.endEditBlock()

    def _fills_itself(self) -> None:
        """Where it can be typed in: no letter has the frame and all that lies under it painted too."""
        typed_in = self.isEnabled() and not self.isReadOnly()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, typed_in)

    @guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.ReadOnlyChange):
            self._fills_itself()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        inside = self.viewport()
        if inside.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent):
            fill = _FILLS.get(str(self.property("state")), "surface")  # as style.qss has it
            QPainter(inside).fillRect(event.rect(), theme.color(fill))
        super().paintEvent(event)

    @guarded(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if not asks_coding(self, source.text(), self.insertPlainText):
            super().insertFromMimeData(source)

    @guarded(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _open_menu(self, self.createStandardContextMenu(), event)

    @guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._come(event)
        super().focusInEvent(event)

    @guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go(event)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.focusNextChild()
            return
        if _undoes(event) and not self.document().isUndoAvailable():
            event.ignore()
            return
        super().keyPressEvent(event)


def _undoes(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Z and event.matches(QKeySequence.StandardKey.Undo)


def _open_menu(edit: QWidget, menu: QMenu, event: QContextMenuEvent) -> None:
    """Qt's own menu of a box, and under it what the page has added to the box (QWidget.addAction)."""
    added = [action for action in edit.actions() if action.text()]
    if added:
        menu.addSeparator()
        menu.addActions(added)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(event.globalPos())


class Message(QWidget):
    """The line under a field: icon and sentence in the tone "danger" or "warn"; hidden when there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        self._icon = IconLabel("circle-x", "danger", 15)
        self._text = Label("", "secondary", "danger", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str, tone: str = "danger") -> None:
        self._text.setText(text)
        shown = tone if tone in ("danger", "warn") else "ink3"
        self._text.set_token(shown)
        self._icon.set_icon({"danger": "circle-x", "warn": "triangle-alert"}.get(tone, "info"), shown)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.text()


class _Labelled(QWidget):
    """Label, box, hint and message under each other; a form has many, so what says nothing is not made."""

    def __init__(self, label: str, box: QWidget, hint: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._message: Message | None = None
        self._hint: Label | None = None
        self._own_hint = hint
        self.label = Label(label, "body", "ink2")
        # Only hidden here: a part shown before it has a parent would be a window of its own.
        if not label:
            self.label.hide()
        self._column.addWidget(self.label)
        self._column.addWidget(box)
        self.show_hint()
        box.setAccessibleName(label)
        self.setFocusProxy(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def message(self) -> Message:
        """The line that says what is wrong."""
        if self._message is None:
            self._message = Message()
            self._column.addWidget(self._message)
        return self._message

    @property
    def hint(self) -> Label:
        """What stands under the box in grey."""
        if self._hint is None:
            self._hint = Label("", "secondary", "ink3", wrap=True)
            self._column.insertWidget(2, self._hint)
        return self._hint

    def show_hint(self, words: str = "") -> None:
        """A fact in place of the hint; "" for the hint itself."""
        shown = words or self._own_hint
        if shown or self._hint is not None:
            self.hint.setText(shown)
            self.hint.setVisible(bool(shown))

    def _tell(self, state: str, message: str, box: QWidget) -> None:
        if message or self._message is not None:
            tone = "danger" if state in ("error", "blank") else "warn" if state in ("empty", "warn") else "info"
            self.message.say(message, tone)
        box.setAccessibleDescription(message)


class TextField(_Labelled):
    """A labelled line. `left(str)` when it is left with another text; `show_state` sets look and message together."""

    left = Signal(str)
    edited = Signal(str)

    def __init__(
        self,
        label: str = "",
        text: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        icon: str = "",
    ) -> None:
        self.edit = LineEdit(text)
        super().__init__(label, self.edit, hint)
        self.edit.setPlaceholderText(placeholder)
        self._action: QAction | None = None
        if icon:
            self.set_icon(icon)
        self.edit.left.connect(self.left)
        self.edit.textEdited.connect(self.edited)

    def set_icon(self, name: str, token: str = "ink2") -> None:
        """An icon inside, at the left; "" takes it away."""
        if self._action is None:
            if not name:
                return
            self._action = self.edit.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._action.setVisible(bool(name))
        if name:
            self._action.setIcon(icons.icon(name, token, 18))

    def text(self) -> str:
        return self.edit.typed()

    def set_text(self, text: str) -> None:
        self.edit.set_text(text)

    def show_state(self, state: str = "normal", message: str = "") -> None:
        """state: one of STATES; message under the field, for error and warn."""
        self.edit.set_state(state)
        self._tell(state, message, self.edit)
        if state in ("computed", "frozen"):
            self.set_icon("sigma" if state == "computed" else "lock")


class LongTextField(_Labelled):
    """A labelled text of several paragraphs."""

    left = Signal(str)

    def __init__(self, label: str = "", text: str = "", *, hint: str = "", lines: int = 5) -> None:
        self.edit = LongEdit(text)
        super().__init__(label, self.edit, hint)
        self.edit.setMinimumHeight(theme.line_height("reading") * lines + 14)
        self.edit.left.connect(self.left)

    def text(self) -> str:
        return self.edit.typed()

    def set_text(self, text: str) -> None:
        self.edit.set_text(text)

    def show_state(self, state: str = "normal", message: str = "") -> None:
        """As in TextField."""
        self.edit.set_state(state)
        self._tell(state, message, self.edit)


class ChoiceField(_Labelled):
    """A labelled list box; `chosen(data)` when the person picks another item."""

    chosen = Signal(object)

    def __init__(self, label: str = "", *, hint: str = "") -> None:
        self.box = Choice()
        super().__init__(label, self.box, hint)
        self.box.activated.connect(lambda index: self.chosen.emit(self.box.itemData(index)))

    def add(self, words: str, data: object) -> None:
        self.box.addItem(words, data)

    def data(self) -> object:
        return self.box.currentData()

    def choose(self, data: object) -> None:
        """Picks the item with `data` without saying so; nothing when there is none."""
        index = self.box.findData(data)
        if index >= 0:
            self.box.setCurrentIndex(index)

    def show_state(self, state: str = "normal", message: str = "") -> None:
        self.box.setEnabled(state not in ("computed", "frozen"))
        self._tell(state, message, self.box)
