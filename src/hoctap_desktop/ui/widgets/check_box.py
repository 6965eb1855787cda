"""A box to tick with its words: its edge is seen on white too, where the style's own is not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded

_RADIUS = 3.0


def paint_box(painter: QPainter, box: QRectF, *, ticked: bool, enabled: bool = True) -> None:
    """The square alone, with its tick."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge, fill = ("pri", "pri") if ticked else ("edge", "surface")
    if not enabled:
        edge, fill = "line", "group"
    painter.setPen(QPen(theme.color(edge), 1.4))
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), _RADIUS, _RADIUS)
    if ticked:
        icons.paint_in(painter, "check", "surface" if enabled else "disabled", box, round(box.width()) - 2)


class TickedRows(QStyledItemDelegate):
    """Rows of a list that can be ticked, with the same square."""

    @guarded(None)
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        box = option.widget.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget
        )
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, theme.color("pri-tint" if chosen else "surface"))  # over the style's own square
        paint_box(painter, QRectF(box), ticked=option.checkState == Qt.CheckState.Checked)
        painter.restore()


class CheckBox(QCheckBox):
    """As QCheckBox; painted with the colours of the theme, in high contrast too."""

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is small
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        box = QRectF(style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        paint_box(painter, box, ticked=self.isChecked(), enabled=self.isEnabled())
        option.rect = style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        style.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option, painter, self)
        painter.end()
