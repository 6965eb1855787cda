"""What the page says about fields in a text: before one is destroyed, and when letters say what a field says."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.offer_strip import Offer
from hoctap_desktop.ui.plan.presenter import PlanPresenter
from hoctap_desktop.ui.plan.sheets import Sheet, Sheets
from hoctap_desktop.ui.widgets.picker import Picked, Picker

PICK_TITLE = "Chèn thông tin chung"


class FieldOffers(QObject):
    """Speaks by the strip under each text. `open_field` leads to where a value is entered."""

    def __init__(
        self, sheets: Sheets, presenter: Callable[[], PlanPresenter | None], open_field: Callable[[str], object]
    ) -> None:
        super().__init__(sheets)
        self._sheets = sheets
        self._presenter = presenter
        self._open_field = open_field
        self._declined: set[str] = set()  # values that shall stay plain letters
        self._offered = False
        self.picker: Picker | None = None
        sheets.field_asked.connect(self._asked)
        sheets.field_left.connect(self._left)
        sheets.fields_gone.connect(self._gone)
        sheets.picking.connect(self.pick)

    def _parts(self, field: str) -> tuple[Sheet, BlockEditor, PlanPresenter] | None:
        sheet, presenter = self._sheets.of(field), self._presenter()
        if sheet is None or sheet.editor is None or presenter is None:
            return None
        return sheet, sheet.editor, presenter

    def _asked(self, text: str, id: str) -> None:
        parts = self._parts(text)
        if parts is None:
            return
        sheet, editor, presenter = parts
        value, label = presenter.values().get(id, "").strip(), presenter.labels().get(id, id)
        offers: list[Offer] = [("Thay bằng chữ thường", editor.field_to_plain)] if value else []
        where = ""
        if presenter.has(id):
            place = presenter.section_of(id).label
            where = f", nhập một lần ở {place}"
            offers.append((f"Sửa ở {place}", partial(self._open_field, id)))
        if editor.asked():
            offers.append(("Xóa khỏi đoạn này", editor.delete_field))
        self._offered = False
        sheet.say(f"«{value}» là {label}{where}." if value else f"{label} còn để trống{where}.", offers)

    def _left(self, text: str) -> None:
        parts = self._parts(text)
        if parts is not None and parts[0].strip is not None and not self._offered:
            parts[0].strip.hide()

    def _gone(self, text: str, count: int) -> None:
        parts = self._parts(text)
        if parts is not None:
            words = f"Vừa xóa {count} chỗ lấy từ thông tin chung; giá trị vẫn còn ở mục của nó."
            self._offered = True
            parts[0].say_done(words)

    def look(self) -> None:
        """After a pause in typing: letters that say what a field says may become it."""
        sheet, presenter = self._sheets.current(), self._presenter()
        if sheet is None or sheet.editor is None or sheet.strip is None or presenter is None or presenter.frozen:
            return
        editor = sheet.editor
        plain = editor.typed_value([choice.field for choice in presenter.menu()]) if editor.hasFocus() else None
        if plain is None or plain.value in self._declined:
            if self._offered:
                self._offered = False
                sheet.strip.hide()
            return
        labels = presenter.labels()
        offers: list[Offer] = [
            (f"Lấy {labels[field]}", partial(editor.value_to_field, plain, field)) for field in plain.fields[:2]
        ]
        names = " và ".join(labels[field] for field in plain.fields[:2])
        self._offered = True
        sheet.say(f"«{plain.value}» giống {names}.", offers, partial(self._declined.add, plain.value))

    def pick(self, text: str) -> None:
        """The list of fields at the caret; the chosen one is put in."""
        parts = self._parts(text)
        if parts is None:
            return
        sheet, editor, presenter = parts
        rows = [Picked(choice.field, choice.label, choice.value or "chưa nhập") for choice in presenter.menu()]
        self.picker = Picker(PICK_TITLE, rows, sheet.widget)
        self.picker.chosen.connect(partial(self._picked, editor))
        self.picker.closed.connect(editor.setFocus)
        caret = editor.cursorRect().bottomLeft()
        self.picker.open_at(editor.viewport().mapTo(sheet.widget, caret))

    def _picked(self, editor: BlockEditor, id: str) -> None:
        editor.setFocus()
        editor.insert_field(id)
