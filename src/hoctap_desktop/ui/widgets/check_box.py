"""A box to tick with its words: its edge is seen on white too, where the style's own is not."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.guarded import guarded

_RADIUS = 3.0


class CheckBox(QCheckBox):
    """As QCheckBox; painted with the colours of the theme, in high contrast too."""

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is small
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        box = QRectF(style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, fill = ("pri", "pri") if self.isChecked() else ("edge", "surface")
        if not self.isEnabled():
            edge, fill = "line", "group"
        painter.setPen(QPen(theme.color(edge), 1.4))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), _RADIUS, _RADIUS)
        if self.isChecked():
            mark = "surface" if self.isEnabled() else "disabled"
            icons.paint_in(painter, "check", mark, box, round(box.width()) - 2)
        option.rect = style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        style.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option, painter, self)
        painter.end()
