"""F1: what a page is for and what its keys do, one short text per room in resources/help."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument, QTextList
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.dialog import Dialog


def help_text(name: str) -> tuple[str, str]:
    """Title and Markdown body of resources/help/<name>.md; the general one when there is none of that name."""
    file = paths.resources() / "help" / f"{name}.md"
    if not file.is_file():
        file = paths.resources() / "help" / "home.md"
    title, _, body = file.read_text("utf-8").partition("\n")
    return title.removeprefix("# ").strip(), body.strip()


def _space(document: QTextDocument) -> None:
    """Room between paragraphs, and lists that begin at the margin: Markdown itself carries no measures."""
    document.setIndentWidth(18)
    block = document.begin()
    while block.isValid():
        layout = QTextBlockFormat()
        layout.setBottomMargin(3 if isinstance(block.textList(), QTextList) else 8)
        QTextCursor(block).mergeBlockFormat(layout)
        block = block.next()


class HelpDialog(Dialog):
    """The help of one room."""

    def __init__(self, parent: QWidget, name: str) -> None:
        title, body = help_text(name)
        super().__init__(parent, title, icon="circle-question-mark")
        text = QTextBrowser()
        text.setProperty("plain", "true")
        text.setFrameShape(QFrame.Shape.NoFrame)
        text.setOpenLinks(False)
        text.setFont(theme.font("reading"))
        text.document().setDocumentMargin(0)
        text.document().setDefaultFont(theme.font("reading"))
        text.setMarkdown(body)
        text.setAccessibleName(title)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.body.addWidget(text)
        _space(text.document())
        text.document().setTextWidth(430)
        height = round(text.document().size().height()) + 8
        text.setFixedHeight(min(height, 420))
        self.add_button("Đóng", "primary")
