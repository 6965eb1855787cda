"""Questions of Tổng hợp: the office's own numbers, a sum to confirm, a doubt put aside, what changed after sending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from hoctap_desktop.consolidation.sent import CellChange, Since
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.ui import reading_order, theme
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.history.difference_view import DifferenceView
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import LineEdit, Message, TextField
from hoctap_desktop.ui.widgets.labels import Label

_SHOWN = 12
SINCE_WIDTH = 760  # three columns, two of them of numbers with what they add up


@dataclass(frozen=True)
class OwnNumber:
    """A number of the office's own activity as it stands; offered: what the diary adds up to, "" for nothing."""

    field: str
    label: str
    unit: str
    typed: str
    offered: str = ""


class OwnDialog(Dialog):
    """Số của riêng cơ quan: typed number by number, or taken from the diary. `keep(typed)`: what changed, by field.

    As every question here it stays until what was typed is kept, and `refuse` says at its box why it cannot be.
    """

    def __init__(self, parent: QWidget, numbers: Sequence[OwnNumber], keep: Callable[[dict[str, str]], object]) -> None:
        super().__init__(parent, "Hoạt động của riêng cơ quan", icon="landmark")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self._before = {one.field: one.typed for one in numbers}
        self._offered = {one.field: one.offered for one in numbers if one.offered and one.offered != one.typed}
        self.add_text("Những gì cơ quan tự tổ chức, không nằm trong báo cáo của đơn vị nào. Tổng = số này + cấp dưới.")
        self.add_text("Gõ K nếu cơ quan không tổ chức.")
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(8)
        self.edits: dict[str, LineEdit] = {}
        self._blamed: dict[LineEdit, Message] = {}
        for row, one in enumerate(numbers):
            grid.addWidget(Label(one.label, "body", wrap=True), 2 * row, 0)
            edit = LineEdit(one.typed)
            edit.setFixedWidth(theme.px(130))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setAccessibleName(f"{one.label}, {one.unit}")
            self.edits[one.field] = edit
            grid.addWidget(edit, 2 * row, 1)
            grid.addWidget(Label(one.unit, "secondary", "ink2"), 2 * row, 2)
            edit.textEdited.connect(partial(self._take_blame, edit))
        if self._offered:
            self.take = Button(
                f"Lấy {len(self._offered)} số từ nhật ký", icon="notebook-pen", size="small", act=self._take
            )
            self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid = grid
        self.body.addLayout(grid)
        self.add_button("Đóng")
        self.add_button("Ghi lại", "primary", act=self._save, closes=False)
        for edit in list(self.edits.values())[:1]:  # a form may ask for no number at all
            self.focus_first(edit)

    def _take(self) -> None:
        for field, offered in self._offered.items():
            self.edits[field].setText(offered)
        self.take.disable("Đã lấy. Bấm Ghi lại để giữ.")

    def _changed(self) -> dict[str, str]:
        now = {field: edit.text().strip() for field, edit in self.edits.items()}
        return {field: typed for field, typed in now.items() if typed != self._before[field]}

    def _save(self) -> None:
        if changed := self._changed():
            self._keep(changed)
        else:
            self.accept()

    @guarded(None)
    def reject(self) -> None:
        """Esc and Đóng: what was typed goes only when somebody says so."""
        if self._changed():
            self.ask_to_drop()
        else:
            super().reject()

    def ask_to_drop(self) -> Dialog:
        dialog = Dialog(self, "Số vừa gõ chưa ghi", icon="triangle-alert", tone="warn")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_text("Đóng bây giờ thì mất những số vừa gõ ở bảng này.")
        dialog.add_button("Gõ tiếp")
        dialog.add_button("Bỏ số vừa gõ", act=super().reject)
        dialog.add_button("Ghi lại", "primary", act=self._save)
        dialog.open()
        return dialog

    def refuse(self, failure: UserError) -> bool:
        """False when the failure is about none of the numbers."""
        for at, edit in enumerate(self.edits.values()):
            if edit.text().strip() == failure.facts.get("typed"):
                if edit not in self._blamed:
                    self._blamed[edit] = Message()
                    self._grid.addWidget(self._blamed[edit], 2 * at + 1, 0, 1, 3)
                self._blamed[edit].say(str(failure))
                edit.set_state("error")
                self._fit()
                edit.setFocus()
                reading_order.bring_in_sight(self._blamed[edit])
                return True
        return False

    def _take_blame(self, edit: LineEdit, _text: str) -> None:
        if edit in self._blamed:
            self._blamed[edit].say("")
            edit.set_state("normal")


class ConfirmDialog(Dialog):
    """A sum that may count one thing twice: how much it is to be, and why. `keep(typed, reason)`."""

    def __init__(
        self,
        parent: QWidget,
        label: str,
        summed: str,
        shares: Sequence[str],
        keep: Callable[[str, str], object],
        unit: str = "",
    ) -> None:
        super().__init__(parent, f"Xác nhận: {label}", icon="copy-check")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self.add_text(f"Hai nơi có thể cùng báo một bài, tin. Máy cộng được {f'{summed} {unit}'.strip()}, gồm:")
        more = f" và {len(shares) - _SHOWN} đơn vị khác" if len(shares) > _SHOWN else ""
        self.add_text("; ".join(shares[:_SHOWN]) + more + ".")
        self.value = TextField(f"Số ghi vào tổng ({unit})" if unit else "Số ghi vào tổng", summed)
        self.reason = TextField("Lý do (bắt buộc)", placeholder="Ví dụ: đã đối chiếu, không trùng")
        self.body.addWidget(self.value)
        self.body.addWidget(self.reason)
        self.add_button("Để sau")
        self.add_button("Xác nhận tổng", "primary", act=self._save, closes=False)
        self.focus_first(self.reason.edit)

    def _save(self) -> None:
        for field in (self.value, self.reason):
            field.show_state()
        self._keep(self.value.text(), self.reason.text())

    def refuse(self, failure: UserError) -> bool:
        box = {
            Code.TOTALS_NEED_REASON: self.reason,
            Code.NOT_A_COUNT: self.value,
            Code.TOTALS_NUMBER_BAD: self.value,
        }.get(failure.code)
        if box is not None:
            self._blame(box, failure)
        return box is not None

    def _blame(self, box: TextField, failure: UserError) -> None:
        box.show_state("error", str(failure))
        self._fit()
        box.edit.setFocus()


class ReasonDialog(Dialog):
    """One line of why. `keep(reason)`."""

    def __init__(self, parent: QWidget, title: str, text: str, keep: Callable[[str], object]) -> None:
        super().__init__(parent, title, icon="triangle-alert", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self.add_text(text)
        self.reason = TextField("Lý do (bắt buộc)", placeholder="Ví dụ: đã gọi hỏi, đơn vị xác nhận số đúng")
        self.body.addWidget(self.reason)
        self.add_button("Để sau")
        self.add_button("Giữ số này", "primary", act=lambda: self._keep(self.reason.text()), closes=False)
        self.focus_first(self.reason.edit)

    def refuse(self, failure: UserError) -> bool:
        if failure.code is not Code.TOTALS_NEED_REASON:
            return False
        self.reason.show_state("error", str(failure))
        self._fit()
        self.reason.edit.setFocus()
        return True


Asking = OwnDialog | ConfirmDialog | ReasonDialog


class SinceDialog(Dialog):
    """Thay đổi sau khi gửi: unit by unit, cell by cell; and the way to a supplement.

    save: the whole difference as a sheet; paper: on A4; again: makes what was sent again, says whether it is the same.
    """

    def __init__(
        self,
        parent: QWidget,
        since: Since,
        act: Callable[[], object],
        save: Callable[[], object] | None = None,
        paper: Callable[[], object] | None = None,
        again: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent, "Thay đổi sau khi gửi", icon="history", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_text(since.words + " Bản đã gửi vẫn giữ nguyên.")
        self.view = DifferenceView()
        self.setFixedWidth(min(theme.px(SINCE_WIDTH), parent.window().width() - 40))
        self.view.document().setDocumentMargin(2)
        self.view.setMinimumHeight(theme.px(230))
        if since.numbers:
            self._tell("Các tổng khác", since.numbers)
        for unit in since.units[:_SHOWN]:
            self._tell(f"{unit.unit.short_name}: {unit.what}", unit.cells)
        if len(since.units) > _SHOWN:
            self.view.add_words(f"Và {len(since.units) - _SHOWN} nơi khác; đủ từng ô ở bản in, bảng Excel.")
        asides = QHBoxLayout()  # not beside the two buttons below: five do not fit a narrow window
        for words, more in (("Lưu Excel", save), ("In bảng", paper), ("So lại bản đã gửi", again)):
            if more is not None:
                asides.addWidget(Button(words, "text", size="small", flush=True, act=more))
        asides.addStretch(1)
        self.body.addLayout(asides)
        self.body.addWidget(self.view)
        self.add_button("Đóng")
        self.add_button("Lập báo cáo bổ sung", "primary", act=act)

    def _tell(self, title: str, cells: Sequence[CellChange]) -> None:
        if not cells:
            self.view.add_words(f"{title}.")
            return
        rows = [(cell.place, cell.old, cell.new) for cell in cells]
        self.view.add_table(title, ("Ô", "Lúc gửi", "Bây giờ"), rows, (46, 27, 27))
