"""The pages of a document as a narrow column of small pictures with their numbers; the current one is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hoctap_desktop.ui import theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.widgets.pdf_pages import A4, Rendered, render_pages
from hoctap_desktop.ui.widgets.preview import Preview

PICTURE_WIDTH, PICTURE_HEIGHT = 72, 102
WIDTH = 108
Index = QModelIndex | QPersistentModelIndex
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 1


class PageModel(QAbstractListModel):
    """One row for each page: its number and, once painted, its picture."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._pictures: tuple[QImage, ...] = ()

    def set_count(self, count: int) -> None:
        """So many pages; the pictures come later."""
        if count != self._count:
            self.beginResetModel()
            self._count, self._pictures = count, ()
            self.endResetModel()

    def set_pictures(self, pictures: Sequence[QImage]) -> None:
        self._pictures = tuple(pictures)
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1), [PICTURE_ROLE])

    @guarded(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    @guarded(None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or not 0 <= index.row() < self._count:
            return None
        if role == 0:
            return str(index.row() + 1)
        if role == PICTURE_ROLE:
            return self._pictures[index.row()] if index.row() < len(self._pictures) else None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"Trang {index.row() + 1} trên {self._count}"
        return None


class _Paint(QStyledItemDelegate):
    @guarded(QSize(WIDTH, 136))
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(PICTURE_WIDTH, PICTURE_HEIGHT + theme.line_height("secondary") + 16)

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(box.center().x() - PICTURE_WIDTH / 2, box.top() + 8, PICTURE_WIDTH, PICTURE_HEIGHT)
        picture = index.data(PICTURE_ROLE)
        size = QSize(*map(round, A4)) if picture is None else picture.size()
        size = size.scaled(PICTURE_WIDTH, PICTURE_HEIGHT, Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRectF(0, 0, size.width(), size.height())
        sheet.moveCenter(room.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(sheet, theme.color("surface"))
        if picture is not None:
            painter.drawImage(sheet, picture)
        painter.setPen(QPen(theme.color("pri" if current else "page-edge"), 2 if current else 1))
        edge = 1.5 if current else 0.5
        painter.drawRect(sheet.adjusted(-edge, -edge, edge, edge))
        if current:
            painter.fillRect(QRectF(box.left(), room.top(), 3, room.height()), theme.color("pri"))
        words = QRectF(box.left(), room.bottom() + 3, box.width(), theme.line_height("secondary"))
        if current and option.widget.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            around = box.adjusted(8, 3, -8, -1)
            painter.drawRoundedRect(around, 5, 5)
        painter.setFont(theme.font("secondary", bold=current))
        painter.setPen(theme.color("pri" if current else "ink2"))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()


class PageList(QListView):
    """Follows a preview and leads it: the arrow keys and a click go to a page."""

    def __init__(self, jobs: Jobs, preview: Preview) -> None:
        super().__init__()
        self._jobs, self._preview = jobs, preview
        self._painted = b""
        self._following = False
        self.model_ = PageModel()
        self.model_.setParent(self)
        self.setModel(self.model_)
        self._paint = _Paint(self)
        self.setItemDelegate(self._paint)
        self.setProperty("pane", "window")
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Các trang của văn bản")
        self.selectionModel().currentChanged.connect(self._go)
        self.clicked.connect(self._go)
        preview.page_changed.connect(self._follow)
        preview.ready.connect(self._paint_pages)

    def current(self) -> int:
        """The marked page, from 1; 0 for none."""
        return self.currentIndex().row() + 1

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._preview.go_to(index.row() + 1)

    def _follow(self, page: int, pages: int) -> None:
        self._following = True
        try:
            self.model_.set_count(pages)
            self.setCurrentIndex(self.model_.index(page - 1) if page else QModelIndex())
        finally:
            self._following = False

    def show_pages(self, shown: bool) -> None:
        """Opens or folds the column; pictures are made only for one that is open."""
        self.setVisible(shown)
        if shown:
            self._paint_pages()

    def _paint_pages(self) -> None:
        data = self._preview.data()
        if self.isHidden() or not data or data is self._painted:
            return
        # Twice as large as shown: the lines of a table would be as thick as its letters.
        scale = 2 * PICTURE_WIDTH * self.devicePixelRatioF() / A4[0]
        self._jobs.latest(self, lambda: render_pages(data, scale, outside=self._preview.outside), done=self._take)

    def _take(self, rendered: Rendered) -> None:
        if rendered.data is self._preview.data():
            self._painted = rendered.data
            self.model_.set_pictures(rendered.images)
