"""Text with the searched letters marked, as painted into list and table cells."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from hoctap_desktop.foundation.text import to_nfc, without_marks
from hoctap_desktop.ui import theme

Span = tuple[int, int]


def spans(query: str, text: str) -> tuple[Span, ...]:
    """Where `query` stands in `text` (begin, end), accents left aside; () for an empty query or no hit.

    `text` must be NFC: then a letter without its marks is still one letter, and places agree.
    """
    wanted = without_marks(" ".join(query.split()))
    bare = without_marks(to_nfc(text))
    if not wanted or len(bare) != len(text):
        return ()
    found: list[Span] = []
    at = bare.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = bare.find(wanted, at + len(wanted))
    return tuple(found)


def paint_marked(painter: QPainter, rect: QRectF, text: str, marks: tuple[Span, ...], face: QFont) -> None:
    """One line, elided to `rect`, with the spans on the colour of a search hit (underlined in high contrast)."""
    metrics = QFontMetricsF(face)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.save()
    painter.setFont(face)
    height = metrics.height() + 1
    top = rect.center().y() - height / 2
    for begin, end in marks:
        if begin >= len(shown):
            continue
        left = rect.left() + metrics.horizontalAdvance(shown[:begin])
        width = metrics.horizontalAdvance(shown[begin : min(end, len(shown))])
        painter.fillRect(QRectF(left - 1, top, width + 2, height), theme.color("search-hit"))
        if theme.theme().contrast:
            painter.setPen(QPen(theme.color("ink"), 2))
            painter.drawLine(
                QRectF(left, top + height, width, 0).topLeft(), QRectF(left, top + height, width, 0).topRight()
            )
    painter.setPen(theme.color("ink"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()
