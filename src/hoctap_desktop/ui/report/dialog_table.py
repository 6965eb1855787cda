"""A table within a dialog: the head and the rows of the tables of pages, no lines of Qt's own."""

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTableView

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.panes import Head


class DialogTable(QTableView):
    """model: becomes its child. delegate: paints the cells. name: read aloud. Widths are set by the subclass."""

    def __init__(self, model: QAbstractTableModel, delegate: QStyledItemDelegate, name: str) -> None:
        super().__init__()
        for part in (model, delegate):
            part.setParent(self)
        self.setModel(model)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.head = Head(parent=self)
        self.setHorizontalHeader(self.head)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
