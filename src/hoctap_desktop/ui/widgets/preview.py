"""The printed page on the screen: a PDF painted page by page, the old one kept until the new one is ready."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QWidget

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.page_text import Hit
from hoctap_desktop.ui.widgets.pdf_pages import A4, Rendered, render_pages

MARGIN = 10
GAP = 14
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
# One notch of a wheel (Qt's eighths of a degree).
NOTCH = 120
# What stays in sight when a screenful is turned.
KEPT = 40


@dataclass(frozen=True)
class Highlight:
    """A part of a page to be tinted. page: from 0; top, bottom: points from the page's top (as in pdf.Mark)."""

    page: int
    top: float
    bottom: float


class Preview(QAbstractScrollArea):
    """Pages under each other on the desk, fit to the width unless zoomed. columns 2: side by side, fit to height.

    outside: what is shown came from somebody else (document/pdf_outside.py).

    `show_pdf(bytes)` renders aside and swaps when ready, keeping the scroll position. `page_changed(page, pages)`,
    both from 1. `pressed(page, y)`: a click on a page (from 0), y in points from its top.
    Keys: Ctrl with +, − and 0 for the size; PageUp, PageDown, Home and End through the pages.
    """

    page_changed = Signal(int, int)
    pressed = Signal(int, float)
    ready = Signal()

    def __init__(self, jobs: Jobs, *, columns: int = 1, outside: bool = False) -> None:
        super().__init__()
        self._jobs = jobs
        self.outside = outside
        self._columns = columns
        self._zoom: float | None = None
        self._data = b""
        self._shown: Rendered | None = None
        self._highlights: tuple[Highlight, ...] = ()
        self._told = (0, 0)
        self._hits: tuple[Hit, ...] = ()
        self._hit = -1
        self._picked = 0
        self._moving = False
        self._turned = 0
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Trang in")
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())

    def show_pdf(self, data: bytes) -> None:
        """Shows this PDF as soon as it is painted; b"" clears the pane."""
        self._data = data
        if not data:
            self._shown = None
            self._lay_out()
            return
        self._ask()

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Tints these parts in the colour of the selection."""
        self._highlights = tuple(highlights)
        self.viewport().update()

    def reveal(self, highlight: Highlight) -> None:
        """Scrolls so that the part is seen, when it is not."""
        if self._shown is None or highlight.page >= len(self._shown.sizes):
            return
        box = self._boxes()[highlight.page]
        scale = self._scale()
        bar = self.verticalScrollBar()
        top, bottom = box.top() + highlight.top * scale, box.top() + highlight.bottom * scale
        if top < bar.value() or bottom > bar.value() + self.viewport().height():
            bar.setValue(round(top - self.viewport().height() / 3))

    def is_ready(self) -> bool:
        """True when the pages seen are those of the PDF asked for last."""
        return self._shown is not None and self._shown.data is self._data

    def data(self) -> bytes:
        """The PDF asked for last; b"" for none."""
        return self._data

    def set_hits(self, hits: Sequence[Hit], current: int = -1) -> None:
        """Marks what a search found; `current`, from 0, is framed and brought into sight."""
        self._hits, self._hit = tuple(hits), current
        if 0 <= current < len(self._hits):
            self._reveal_hit(self._hits[current])
        self.viewport().update()

    def _reveal_hit(self, hit: Hit) -> None:
        if hit.page >= self.pages() or not hit.boxes:
            return
        page, scale, box = self._boxes()[hit.page], self._scale(), hit.boxes[0]
        bar, side, seen = self.verticalScrollBar(), self.horizontalScrollBar(), self.viewport()
        top, bottom = page.top() + box.top * scale, page.top() + box.bottom * scale
        left, right = page.left() + box.left * scale, page.left() + box.right * scale
        with self._held():
            if top < bar.value() or bottom > bar.value() + seen.height():
                bar.setValue(round(top - seen.height() / 3))
            if left < side.value() or right > side.value() + seen.width():
                side.setValue(round(left - seen.width() / 3))
        self._pick(hit.page + 1)

    def set_columns(self, columns: int) -> None:
        """1: under each other, fit to width; 2: two side by side, fit to height."""
        page = self.current_page()
        self._columns = columns
        self._zoom = None
        self._changed_scale()
        self.go_to(page)

    def columns(self) -> int:
        return self._columns

    def zoom_by(self, step: int) -> None:
        """One step larger (1) or smaller (-1) than now."""
        now = self._scale() * 72 / 96
        if step > 0:
            self._zoom = next((z for z in ZOOMS if z > now + 0.01), ZOOMS[-1])
        else:
            self._zoom = next((z for z in reversed(ZOOMS) if z < now - 0.01), ZOOMS[0])
        self._resized()

    def fit(self) -> None:
        """Back to the width of the pane."""
        self._zoom = None
        self._resized()

    def _resized(self) -> None:
        """Lays the pages out in another size; what stood in the middle stays there."""
        bar, side = self.verticalScrollBar(), self.horizontalScrollBar()
        middle = [(one.value() + one.pageStep() / 2) / (one.maximum() + one.pageStep() or 1) for one in (bar, side)]
        with self._held():
            self._changed_scale()
            for one, share in zip((bar, side), middle, strict=True):
                one.setValue(round(share * (one.maximum() + one.pageStep()) - one.pageStep() / 2))
        self._tell_page()

    def pages(self) -> int:
        return len(self._shown.sizes) if self._shown is not None else 0

    def current_page(self) -> int:
        """The page gone to, until it is scrolled away; else the one in the middle; from 1, 0 while there is none."""
        if 1 <= self._picked <= self.pages():
            return self._picked
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        boxes = self._boxes()
        for place, box in enumerate(boxes):
            if middle <= box.bottom() + GAP / 2:
                return place + 1
        return len(boxes)

    def go_to(self, page: int) -> None:
        """Scrolls to the top of a page, from 1."""
        boxes = self._boxes()
        if 1 <= page <= len(boxes):
            box, side = boxes[page - 1], self.horizontalScrollBar()
            with self._held():
                self.verticalScrollBar().setValue(round(box.top() - MARGIN))
                if box.left() < side.value() or box.right() > side.value() + self.viewport().width():
                    side.setValue(round(box.left() - MARGIN))
            self._pick(page)

    def turn(self, by: int) -> None:
        """PageDown (1) and PageUp (-1): the next page when pages are seen whole, else a screenful."""
        boxes, seen = self._boxes(), self.viewport().height()
        if not boxes:
            return
        bar, now = self.verticalScrollBar(), self.current_page()
        if boxes[now - 1].height() <= seen:
            self.go_to(min(max(now + by, 1), len(boxes)))
        elif bar.value() == (bar.maximum() if by > 0 else 0):
            self._pick(len(boxes) if by > 0 else 1)
        else:
            bar.setValue(bar.value() + by * max(KEPT, seen - KEPT))

    def go_to_end(self) -> None:
        """The end of the last page."""
        with self._held():
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._pick(self.pages())

    @contextmanager
    def _held(self) -> Iterator[None]:
        """While we scroll ourselves the page gone to stays the current one."""
        before, self._moving = self._moving, True
        try:
            yield
        finally:
            self._moving = before

    def _scrolled(self) -> None:
        if not self._moving:
            self._picked = 0
            self._tell_page()

    def _pick(self, page: int) -> None:
        self._picked = page
        self._tell_page()

    # --- geometry ----------------------------------------------------------------------------------------------

    def _sizes(self) -> tuple[tuple[float, float], ...]:
        return self._shown.sizes if self._shown is not None else ()

    def _scale(self) -> float:
        """Logical pixels per point."""
        if self._zoom is not None:
            return self._zoom * 96 / 72
        sizes = self._sizes() or (A4,)
        width = max(w for w, _ in sizes)
        if self._columns == 2:
            height = max(h for _, h in sizes)
            by_width = (self.viewport().width() - 2 * 22 - GAP * 1.5) / 2 / width
            by_height = (self.viewport().height() - 2 * 24) / height
            return max(0.2, min(by_width, by_height))
        return max(0.2, (self.viewport().width() - 2 * MARGIN - 4) / width)

    def _boxes(self) -> list[QRectF]:
        scale = self._scale()
        boxes: list[QRectF] = []
        sizes = self._sizes()
        room = max(float(self.viewport().width()), self._content_width())
        top = float(MARGIN)
        if self._columns == 2:
            top = max(24.0, (self.viewport().height() - max((h for _, h in sizes), default=0) * scale) / 2)
            for left in range(0, len(sizes), 2):
                pair = sizes[left : left + 2]
                total = sum(w for w, _ in pair) * scale + (len(pair) - 1) * GAP * 1.5
                x = (room - total) / 2
                for width, height in pair:
                    boxes.append(QRectF(round(x), round(top), width * scale, height * scale))
                    x += width * scale + GAP * 1.5
                top += max(h for _, h in pair) * scale + GAP
            return boxes
        for width, height in sizes:
            boxes.append(QRectF(round((room - width * scale) / 2), round(top), width * scale, height * scale))
            top += height * scale + GAP
        return boxes

    def _content_width(self) -> float:
        widest = max((w for w, _ in self._sizes()), default=0) * self._scale()
        if self._columns == 2:
            return widest * 2 + GAP * 1.5 + 2 * MARGIN if self._zoom is not None else 0
        return widest + 2 * MARGIN if self._zoom is not None else 0

    def _lay_out(self) -> None:
        boxes = self._boxes()
        height = (boxes[-1].bottom() + MARGIN if boxes else 0) - self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(height)))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        side = self.horizontalScrollBar()
        side.setRange(0, max(0, round(self._content_width() - self.viewport().width())))
        side.setPageStep(self.viewport().width())
        self._tell_page()
        self.viewport().update()

    def _tell_page(self) -> None:
        now = (self.current_page(), self.pages())
        if now != self._told:
            self._told = now
            self.page_changed.emit(*now)

    # --- rendering ---------------------------------------------------------------------------------------------

    def _changed_scale(self) -> None:
        self._lay_out()
        if self._data:
            self._ask()

    def _ask(self) -> None:
        # The first painting does not know the pages' sizes yet; A4 is what we print.
        scale = self._scale() * self.devicePixelRatioF()
        data = self._data
        self._jobs.latest(self, lambda: render_pages(data, scale, outside=self.outside), done=self._take)

    def _take(self, rendered: Rendered) -> None:
        if rendered.data is not self._data:
            return
        bar = self.verticalScrollBar()
        before = bar.value() / max(1, bar.maximum()) if self._shown is None else None
        value = bar.value()
        self._shown = rendered
        with self._held():
            self._lay_out()
            bar.setValue(value if before is None else 0)
        self._tell_page()
        if abs(self._scale() * self.devicePixelRatioF() - rendered.scale) > 0.02:
            self._ask()
        else:
            self.ready.emit()

    # --- Qt ----------------------------------------------------------------------------------------------------

    @guarded(QSize(280, 300))
    def sizeHint(self) -> QSize:
        return QSize(280, 300)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        with self._held():
            self._changed_scale()
            bar.setValue(round(share * bar.maximum()))
        self._tell_page()

    @guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A touch pad sends a notch in many small parts.
            self._turned += event.angleDelta().y()
            if abs(self._turned) >= NOTCH:
                self.zoom_by(1 if self._turned > 0 else -1)
                self._turned = 0
            event.accept()
            return
        super().wheelEvent(event)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        act = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.go_to(1),
            Qt.Key.Key_End: self.go_to_end,
        }.get(Qt.Key(key))
        if act is None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            act = {
                Qt.Key.Key_Plus: lambda: self.zoom_by(1),
                Qt.Key.Key_Equal: lambda: self.zoom_by(1),
                Qt.Key.Key_Minus: lambda: self.zoom_by(-1),
                Qt.Key.Key_0: self.fit,
            }.get(Qt.Key(key))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    @guarded(None)
    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        self.viewport().update()

    @guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        x = spot.x() + self.horizontalScrollBar().value()
        y = spot.y() + self.verticalScrollBar().value()
        for page, box in enumerate(self._boxes()):
            if box.contains(x, y):
                self._pick(page + 1)
                self.pressed.emit(page, (y - box.top()) / self._scale())
        super().mousePressEvent(event)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), theme.color("desk"))
        if self._shown is None:
            return
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        scale = self._scale()
        tint = QColor(theme.color("pri-tint"))
        for page, (box, image) in enumerate(zip(self._boxes(), self._shown.images, strict=True)):
            painter.fillRect(box.adjusted(-1, -1, 1, 2), theme.color("page-edge"))
            painter.drawImage(box, image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            for part in self._highlights:
                if part.page == page:
                    top, bottom = box.top() + part.top * scale, box.top() + part.bottom * scale
                    inner = QRectF(box.left() + box.width() * 0.11, top, box.width() * 0.84, bottom - top)
                    painter.fillRect(inner, tint)
            for hit in self._hits:
                if hit.page == page:
                    for room in self._rooms(box, hit):
                        painter.fillRect(room, theme.color("search-hit"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            self._frame_hits(painter, page, box)
            if theme.theme().contrast:
                painter.setPen(QPen(theme.color("ink"), 1))
                painter.drawRect(box)

    def _rooms(self, page: QRectF, hit: Hit) -> Iterator[QRectF]:
        scale = self._scale()
        for box in hit.boxes:
            room = QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
            yield QRectF(room.topLeft() * scale + page.topLeft(), room.size() * scale).adjusted(-1, -1, 1, 1)

    def _frame_hits(self, painter: QPainter, page: int, box: QRectF) -> None:
        """The current hit in a frame; in high contrast, where a tint is not enough, the others underlined."""
        for place, hit in enumerate(self._hits):
            if hit.page != page or (place != self._hit and not theme.theme().contrast):
                continue
            for room in self._rooms(box, hit):
                if place == self._hit:
                    painter.setPen(QPen(theme.color("pri"), 2))
                    painter.drawRect(room.adjusted(-1, -1, 1, 1))
                else:
                    painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 2), theme.color("ink"))


class PreviewTools(QWidget):
    """ "Trang 1 trên 3", smaller, larger: the strip beside the tab Trang in."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._page = Label("", "secondary", "ink2")
        row.addWidget(self._page)
        row.addWidget(Button("", "icon", icon="zoom-out", words="Thu nhỏ", act=lambda: preview.zoom_by(-1)))
        row.addWidget(Button("", "icon", icon="zoom-in", words="Phóng to", act=lambda: preview.zoom_by(1)))
        preview.page_changed.connect(self._show)

    def _show(self, page: int, pages: int) -> None:
        self._page.setText(f"Trang {page} trên {pages}" if pages else "")
