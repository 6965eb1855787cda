"""Every word that is painted, whoever paints it, and the words of which a person sees a part only.

A widget is rendered onto a device that draws nothing: its engine is told of each text item, with the clip in force,
and of each area that is filled after it. So rows of delegates, heads, chips, charts and Qt's own parts are all asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QRegion,
    QTextItem,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from hoctap_desktop.ui.diary.side_lists import EntryLink

_SLACK = 1.5  # what smoothing of edges and side bearings of a font take
_PAGES = 12  # of a view that scrolls
_NO_TIP = "no tooltip"


@dataclass
class Word:
    """A line of words of one look. ink: where its letters are; seen: the part of that no clip and no filling hides."""

    text: str
    ink: QRectF
    seen: QRegion

    def is_cut(self) -> bool:
        box = QRectF(self.seen.boundingRect())
        return (
            box.left() > self.ink.left() + _SLACK
            or box.right() < self.ink.right() - _SLACK
            or box.top() > self.ink.top() + _SLACK
            or box.bottom() < self.ink.bottom() - _SLACK
        )


@lru_cache(maxsize=50_000)
def _ink(font: str, text: str) -> QRectF:
    face = QFont()
    face.fromString(font)
    return QFontMetricsF(face).tightBoundingRect(text)


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[Word] = []

    def begin(self, pdev: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        pass

    def drawTextItem(self, p: Any, textItem: QTextItem) -> None:
        if not textItem.text().strip():
            return
        to_device = self.painter().combinedTransform()
        ink = to_device.mapRect(_ink(textItem.font().toString(), textItem.text()).translated(p))
        seen = QRegion(ink.toAlignedRect().intersected(self._open()))
        self.words.append(Word(textItem.text(), ink, seen))

    def drawRects(self, rects: Iterable[Any]) -> None:
        painter = self.painter()
        if not painter.brush().isOpaque() or painter.opacity() < 1:
            return
        for rect in rects:
            if rect.width() < 3:
                continue  # a caret
            filled = painter.combinedTransform().mapRect(QRectF(rect)).toRect().intersected(self._open())
            for word in self.words:
                if word.seen.intersects(filled):
                    word.seen = word.seen.subtracted(QRegion(filled))

    def _open(self) -> QRect:
        """Where painting shows now."""
        painter = self.painter()
        rect = self.systemClip().boundingRect()
        if painter.hasClipping():
            rect &= painter.combinedTransform().mapRect(painter.clipBoundingRect()).toAlignedRect()
        return rect

    def _leave_out(self, *_parts: object, **_how: object) -> None:
        """Whatever is no words and no filling of a rectangle."""

    drawPixmap = drawTiledPixmap = drawImage = _leave_out
    drawPath = drawPolygon = drawLines = drawPoints = drawEllipse = _leave_out


class _Device(QPaintDevice):
    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _Engine()
        metric = QPaintDevice.PaintDeviceMetric
        self._metrics = {
            metric.PdmWidth: size.width(),
            metric.PdmHeight: size.height(),
            metric.PdmWidthMM: size.width() // 4,
            metric.PdmHeightMM: size.height() // 4,
            metric.PdmNumColors: 1 << 24,
            metric.PdmDepth: 32,
            metric.PdmDpiX: 96,
            metric.PdmDpiY: 96,
            metric.PdmPhysicalDpiX: 96,
            metric.PdmPhysicalDpiY: 96,
            metric.PdmDevicePixelRatio: 1,
            metric.PdmDevicePixelRatioScaled: 1 << 16,
        }

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, 0)


def words_of(widget: QWidget) -> list[Word]:
    """What it paints itself, its children not, in its own coordinates; drawn in parts (a cell its part): joined."""
    device = _Device(widget.size())
    widget.render(device, QPoint(), QRegion(widget.rect()), QWidget.RenderFlag(0))
    joined: dict[tuple[str, float, float], Word] = {}
    for word in device.engine.words:
        kept = joined.setdefault((word.text, word.ink.x(), word.ink.y()), word)
        kept.seen = kept.seen.united(word.seen)
    return list(joined.values())


def cut_words(root: QWidget) -> list[str]:
    """The words in `root` of which a part is not seen, those that end in … where nothing tells the rest, and those
    painted over one another. Views are scrolled through.
    """
    found: dict[str, None] = {}
    for widget in [root, *root.findChildren(QWidget)]:
        if isValid(widget) and widget.isVisible() and not widget.size().isEmpty():  # tooltips come and go
            for _ in _scrolled(widget):
                found.update(dict.fromkeys(_wrong(widget)))
    found.update(dict.fromkeys(_over_one_another(root)))
    for tip in QApplication.topLevelWidgets():
        if tip.metaObject().className() == "QTipLabel":
            tip.hide()
    return list(found)


def _wrong(widget: QWidget) -> Iterator[str]:
    words = words_of(widget)
    within, open_x, open_y = _room(widget)
    for word in words:
        ink = QRectF(word.ink)
        if open_x:
            ink.setLeft(max(ink.left(), within.left()))
            ink.setRight(min(ink.right(), within.right() + 1))
        if open_y:
            ink.setTop(max(ink.top(), within.top()))
            ink.setBottom(min(ink.bottom(), within.bottom() + 1))
        if ink.width() <= _SLACK or ink.height() <= _SLACK:
            continue  # scrolled out
        word = Word(word.text, ink, word.seen.intersected(within))
        if isinstance(widget, QLineEdit) and widget.text():
            continue  # its words move with the cursor
        if word.is_cut():
            box = word.seen.boundingRect()
            yield f"{_name(widget)}: «{word.text}» {_sides(ink)}, seen {_sides(QRectF(box))}"
        if "…" in word.text and not _told(widget, word):
            yield f"{_name(widget)}: «{word.text}» and nothing tells the rest"
    for at, word in enumerate(words):
        for other in words[at + 1 :]:
            both = word.seen.intersected(other.seen).boundingRect()
            if both.width() > 2 and both.height() > 2:
                yield f"{_name(widget)}: «{word.text}» and «{other.text}» over one another"


def _over_one_another(root: QWidget) -> Iterator[str]:
    """Words of a part that lie on words its ground paints, as those of a button in a row on the words of the row."""
    painted: dict[QWidget, list[Word]] = {}
    for widget in [root, *root.findChildren(QWidget)]:
        if not isValid(widget) or not widget.isVisible() or widget.size().isEmpty():
            continue
        painted[widget] = words_of(widget)
        under = widget.parentWidget()
        while painted[widget] and under is not None and not widget.isWindow() and not _hides_its_ground(widget):
            shift = widget.mapTo(under, QPoint(0, 0))
            for word in painted[widget]:
                box = word.seen.boundingRect().translated(shift)
                for below in painted.get(under, ()):
                    both = box.intersected(below.seen.boundingRect())
                    if both.width() > 2 and both.height() > 2:
                        yield f"{_name(widget)}: «{word.text}» over «{below.text}» of {_name(under)}"
            if under.isWindow() or _hides_its_ground(under):
                break
            under = under.parentWidget()


def _hides_its_ground(widget: QWidget) -> bool:
    opaque = Qt.WidgetAttribute.WA_OpaquePaintEvent, Qt.WidgetAttribute.WA_StyledBackground
    return isinstance(widget, QLineEdit) or widget.autoFillBackground() or any(map(widget.testAttribute, opaque))


def _name(widget: QWidget) -> str:
    over = widget.parentWidget()
    return f"{type(over).__name__}'s" if isinstance(over, QAbstractScrollArea) else type(widget).__name__


def _sides(box: QRectF) -> str:
    return f"{box.left():.0f}…{box.right():.0f} × {box.top():.0f}…{box.bottom():.0f}"


def _room(widget: QWidget) -> tuple[QRect, bool, bool]:
    """Where what it paints can be seen at all, and whether a person can bring in sight what is beyond."""
    area = _area_of(widget)
    if isinstance(area, QHeaderView) and isinstance(table := area.parentWidget(), QAbstractScrollArea):
        area = table  # which a head moves with
    if area is not None:
        return widget.rect(), _moves(area.horizontalScrollBar()), _moves(area.verticalScrollBar())
    box, at, over = widget.rect(), widget, widget.parentWidget()
    while over is not None and not at.isWindow():
        box, room = box.translated(at.pos()), over.rect()
        at, over, area = over, over.parentWidget(), _area_of(over)
        if area is not None:  # what it shows a part of
            if _moves(area.horizontalScrollBar()):
                room = QRect(box.left(), room.top(), box.width(), room.height())
            if _moves(area.verticalScrollBar()):
                room = QRect(room.left(), box.top(), room.width(), box.height())
            box &= room
            break
        box &= room
    return box.translated(-widget.mapTo(at, QPoint(0, 0))), False, False


def _area_of(viewport: QWidget | None) -> QAbstractScrollArea | None:
    over = viewport.parentWidget() if viewport is not None else None
    return over if isinstance(over, QAbstractScrollArea) and over.viewport() is viewport else None


def _moves(bar: QScrollBar) -> bool:
    return bar.maximum() > bar.minimum() and bar.isVisible()


def _scrolled(widget: QWidget) -> Iterator[None]:
    """A view at its first rows, at those behind them, and so on; everything else as it is."""
    area = _area_of(widget)
    if not isinstance(area, QAbstractItemView) or isinstance(area, QHeaderView):
        yield
        return
    bar = area.verticalScrollBar()
    before = bar.value()
    for page in range(_PAGES):
        bar.setValue(bar.minimum() + page * bar.pageStep() * 2 // 3)
        yield
        if bar.value() == bar.maximum():
            break
    bar.setValue(before)


def _told(widget: QWidget, word: Word) -> bool:
    """The mouse over it brings up the whole; or … is its own (Mở…)."""
    if isinstance(widget, QAbstractButton) and "…" in widget.text() and not isinstance(widget, EntryLink):
        return True
    if isinstance(widget, QComboBox) and word.text == widget.currentText():
        return True
    spot = word.seen.boundingRect().center()
    QToolTip.showText(QPoint(), _NO_TIP, widget)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, spot, widget.mapToGlobal(spot)))
    tip = " ".join(QToolTip.text().split())
    return tip != _NO_TIP and all(" ".join(part.split()) in tip for part in word.text.split("…"))
