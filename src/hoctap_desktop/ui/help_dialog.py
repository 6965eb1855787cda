"""F1: the help. Contents and search at the left, the text at the right; links lead on, and back."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QShortcut,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextList,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.text import shortened
from hoctap_desktop.ui import help_book, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.help_book import HelpPage
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import TextField

WIDTH, HEIGHT = 960, 520
CONTENTS_WIDTH = 230
PICTURE_WIDTH = 600
_PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class _Place:
    page: str
    anchor: str


def document_of(page: HelpPage, parent: QWidget | None = None) -> QTextDocument:
    """A page as it is read and printed, with its pictures."""
    document = QTextDocument(parent)
    document.setDefaultFont(theme.font("reading"))
    document.setDocumentMargin(0)
    document.setBaseUrl(QUrl.fromLocalFile(str(paths.resources() / "help") + "/"))
    document.setMarkdown(page.markdown)
    _space(document)
    return document


def heading_of(document: QTextDocument, page: HelpPage, anchor: str) -> QTextBlock | None:
    """The block of the heading that carries `anchor`; None when the page has none such."""
    headings = []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            headings.append(block)
        block = block.next()
    for section, heading in zip(page.sections, headings, strict=True):
        if section.anchor == anchor:
            return heading
    return None


def _space(document: QTextDocument) -> None:
    """Room between paragraphs, lists that begin at the margin, quiet tables: Markdown itself carries no measures."""
    document.setIndentWidth(18)
    block = document.begin()
    while block.isValid():
        layout = QTextBlockFormat()
        heading = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        if heading:
            layout.setTopMargin(0 if heading == 1 else 14)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            shape = QTextCharFormat()  # without the size Markdown gives headings
            shape.setFont(theme.font("card" if heading == 1 else "group"))
            cursor.setCharFormat(shape)
        layout.setBottomMargin(3 if isinstance(block.textList(), QTextList) else 8)
        QTextCursor(block).mergeBlockFormat(layout)
        table = QTextCursor(block).currentTable()
        if isinstance(table, QTextTable):
            look = table.format()
            look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            look.setBorderBrush(theme.color("line"))
            look.setBorderCollapse(True)
            look.setCellPadding(4)
            if look != table.format():
                table.setFormat(look)
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found = []
    at = block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


class HelpDialog(Dialog):
    """The help, opened at a page and a part of it ("report", "so-lieu"). `shown()` says where it is.

    Ctrl+F: the search; Alt+Left: back; Ctrl+P: prints or saves the page as PDF. page: who prints.
    """

    def __init__(self, parent: QWidget, name: str, anchor: str = "", page: Page | None = None) -> None:
        super().__init__(parent, "Trợ giúp", icon="circle-question-mark")
        self._by = page
        self._at = _Place("", "")
        self._past: list[_Place] = []
        window = parent.window()
        self.setFixedWidth(min(theme.px(WIDTH), window.width() - 24))
        self.query = TextField(placeholder="Tìm trong trợ giúp", icon="search")
        self.query.edit.setAccessibleName("Tìm trong trợ giúp")
        self.query.edit.setToolTip("Gõ có dấu hay không dấu đều tìm được (Ctrl+F)")
        self.list = QListWidget()
        self.list.setAccessibleName("Các trang trợ giúp")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setProperty("plain", "true")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setFont(theme.font("reading"))
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.query)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        self.body.addSpacing(6)
        self.body.addLayout(row)
        narrow = theme.is_narrow(window.width())
        self.list.setFixedWidth(theme.px(170 if narrow else CONTENTS_WIDTH))
        self.query.setFixedWidth(self.list.width())
        height = min(theme.px(HEIGHT), window.height() - 190)
        self.text.setFixedHeight(max(180, height))
        self.back = Button("Trang trước", icon="arrow-left", act=self.go_back)
        self.back.setToolTip("Trang trước (Alt+mũi tên trái)")
        self.add_aside(self.back)
        self.paper = Button("In trang này", icon="printer", act=self.print_page)
        self.paper.setToolTip("In trang này (Ctrl+P)")
        self.paper.setVisible(page is not None)
        self.add_aside(self.paper)
        self.add_button("Đóng", "primary")
        self.query.edit.textChanged.connect(lambda _text: self._fill())
        self.query.edit.returnPressed.connect(self._first_found)
        self.list.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.list.itemActivated.connect(lambda _item: self.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.text.anchorClicked.connect(lambda url: self.follow(url.toString()))
        for keys, act in (
            ("Ctrl+F", self.query.edit.setFocus),
            ("Alt+Left", self.go_back),
            ("Ctrl+P", self.print_page),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._fill()
        self.go(name, anchor)
        self.focus_first(self.text)

    def shown(self) -> tuple[str, str]:
        """Page and part that are read."""
        return self._at.page, self._at.anchor

    def go(self, name: str, anchor: str = "") -> None:
        """Opens a page at one of its parts."""
        if self._at.page:
            self._past.append(self._at)
        self._open(_Place(help_book.page(name).name, anchor))

    def go_back(self) -> None:
        if self._past:
            self._open(self._past.pop())

    def follow(self, link: str) -> None:
        """A link in the text: "report.md#so-lieu"."""
        self.go(*help_book.target(link.rsplit("/", 1)[-1], self._at.page))

    def _open(self, place: _Place) -> None:
        page = help_book.page(place.page)
        self._at = place
        document = document_of(page, self.text)
        self.text.setDocument(document)
        self.text.setAccessibleName(page.title)
        self._fit_pictures()
        block = heading_of(document, page, place.anchor) if place.anchor else None
        cursor = QTextCursor(block) if block is not None else QTextCursor(document)
        self.text.setTextCursor(cursor)
        self._scroll_to(block)
        self.back.setEnabled(bool(self._past))
        self._mark()

    @guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._settle)  # how wide the text is, is known now

    def _settle(self) -> None:
        self._fit_pictures()
        page = help_book.page(self._at.page)
        self._scroll_to(heading_of(self.text.document(), page, self._at.anchor) if self._at.anchor else None)

    def _fit_pictures(self) -> None:
        """No wider than the text."""
        room = self.text.viewport().width() - 4
        block = self.text.document().begin()
        while block.isValid():
            for fragment in _fragments(block):
                if fragment.charFormat().isImageFormat():
                    image = fragment.charFormat().toImageFormat()
                    image.setWidth(min(PICTURE_WIDTH, room))
                    cursor = QTextCursor(block)
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(image)
            block = block.next()

    def _scroll_to(self, block: QTextBlock | None) -> None:
        bar = self.text.verticalScrollBar()
        if block is None:
            bar.setValue(0)
        else:
            top = self.text.document().documentLayout().blockBoundingRect(block).top()
            bar.setValue(round(top))

    # --- contents and search ---

    def _fill(self) -> None:
        query = self.query.text().strip()
        self.list.blockSignals(True)
        self.list.clear()
        if query:
            for hit in help_book.search(query):
                self._add(f"{hit.words}\n{hit.line}" if hit.line else hit.words, _Place(hit.page, hit.anchor))
            if self.list.count() == 0:
                item = QListWidgetItem("Không thấy. Thử ít chữ hơn.")
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(item)
        else:
            for page in help_book.pages():
                self._add(page.title, _Place(page.name, ""))
        self.list.blockSignals(False)
        self._mark()

    def _add(self, words: str, place: _Place) -> None:
        item = QListWidgetItem(shortened(words, 120))
        item.setData(_PLACE, (place.page, place.anchor))
        item.setToolTip(words)
        if "\n" not in words:
            item.setSizeHint(QSize(0, theme.px(26)))
        self.list.addItem(item)

    def _mark(self) -> None:
        """The page that is read is marked in the contents."""
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            place = self.list.item(at).data(_PLACE)
            if place is not None and place[0] == self._at.page and place[1] in ("", self._at.anchor):
                self.list.setCurrentRow(at)
                break
        self.list.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        place = item.data(_PLACE) if item is not None else None
        if place is not None and tuple(place) != self.shown():
            self.go(*place)

    def _first_found(self) -> None:
        hits = help_book.search(self.query.text())
        if hits:
            self.go(hits[0].page, hits[0].anchor)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- paper ---

    def print_page(self) -> None:
        """On a printer, or as a PDF where there is none."""
        if self._by is None:
            return
        from hoctap_desktop.ui.paper.print_dialog import print_table

        page = help_book.page(self._at.page)
        data = pdf_of(page)
        print_table(self._by, f"tro-giup-{page.name}.pdf", lambda: data, "In trang trợ giúp")
        self.accept()


def _over(dialog: Dialog, name: str, anchor: str) -> None:
    """F1 in a dialog; in the help itself it is open already."""
    if isinstance(dialog, HelpDialog):
        return
    over = HelpDialog(dialog, name, anchor)
    over.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    over.open()


Dialog.open_help = _over


def pdf_of(page: HelpPage) -> bytes:
    """A page of the help as A4 pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(writer.pageLayout().margins() * 2, QPageLayout.Unit.Point)
    writer.setTitle(page.title)
    writer.setResolution(96)
    document = document_of(page)
    document.setPageSize(QSize(writer.width(), writer.height()))
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())
