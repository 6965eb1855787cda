"""Nhận bản giấy: whose paper it is by its code; Sửa ngày nhận: another day of receipt, with its reason, and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from hoctap_desktop.consolidation import paper_desk, paper_receipts, receipt_days
from hoctap_desktop.consolidation.model import PaperReceipt
from hoctap_desktop.consolidation.paper_desk import PaperTold
from hoctap_desktop.consolidation.receipt_days import DayChange
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation.board_presenter import Dated
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.labels import Label

_OF_THE_DAY = frozenset({Code.RECEIPT_DAY, Code.NOT_A_DATE})


class PaperReceiptDialog(Dialog):
    """units: (code, name) in the order of the board; unit: who is chosen at first; told: gets the sentence of success.

    A hand scanner types the code and Enter: when the code says whose it is, unit and kind are filled in.
    """

    def __init__(self, page: Page, units: Sequence[tuple[str, str]], unit: str, told: Callable[[str], object]) -> None:
        super().__init__(page, "Nhận bản giấy", icon="inbox", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._told, self._looked = page, told, ""
        self.add_text("Ghi rằng đơn vị đã nộp bản giấy. Số trên giấy gõ sau bằng Nhập hộ, hoặc lấy từ tệp đến sau.")
        self.body.addSpacing(4)
        self.code = TextField("Mã giấy ở chân trang", hint="Gõ hoặc quét; bỏ trống khi giấy không có mã")
        self.code.edit.returnPressed.connect(self._look_up)
        self.code.left.connect(lambda _text: self._look_up())
        self.body.addWidget(self.code)
        self.known = Label("", "secondary", "ok", wrap=True)
        self.known.hide()
        self.body.addWidget(self.known)
        self.unit = ChoiceField("Đơn vị")
        self.unit.add("Chọn đơn vị…", "")
        for code, name in units:
            self.unit.add(name, code)
        self.unit.choose(unit)
        self.body.addWidget(self.unit)
        self.kind = ChoiceField("Văn bản")
        for kind in (Kind.REPORT, Kind.PLAN):
            self.kind.add(KIND_WORDS[kind], kind.value)
        self.body.addWidget(self.kind)
        self.day = TextField("Ngày nhận", print_date(page.session.now().astimezone(VIETNAM).date()))
        self.body.addWidget(self.day)
        self.note = TextField("Ghi chú (nếu có)")
        self.body.addWidget(self.note)
        self.add_button("Để sau")
        self.keep = self.add_button("Ghi nhận", "primary", icon="check", act=self._keep, closes=False)
        self.focus_first(self.code.edit)

    def _look_up(self) -> None:
        typed = self.code.text()
        if typed == self._looked:
            return
        self._looked = typed
        self._page.session.jobs.run(partial(paper_desk.told_by, typed=typed), self._found, self._refused)

    def _found(self, told: PaperTold) -> None:
        self.code.show_state()
        if told.code:
            self.code.set_text(told.code)
            self._looked = told.code
        if told.unit is not None:
            self.unit.choose(told.unit.code)
        if told.kind is not None:
            self.kind.choose(told.kind.value)
        if told.code:
            asks = "Mã này chưa có ở máy: chọn đơn vị và văn bản. Khi tệp đến, máy tự khớp theo mã."
            self.known.setText(told.known or asks)
        self.known.setVisible(bool(told.code))
        if told.unit is not None:
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, failure: BaseException) -> None:
        if not isinstance(failure, UserError):
            self._page.session.problem.emit(failure)
            return
        field = self.day if failure.code in _OF_THE_DAY else self.code
        field.show_state("error", str(failure))

    def _keep(self) -> None:
        for field in (self.code, self.day, self.unit):
            field.show_state()
        unit, kind = str(self.unit.data() or ""), Kind(str(self.kind.data()))
        if not unit:
            self.unit.show_state("error", "Chưa chọn đơn vị. Hãy chọn đơn vị nộp bản giấy này.")
            return
        try:
            day = parse_date(self.day.text(), where="Ngày nhận")
        except UserError as failure:
            self._refused(failure)
            return
        typed, note = self.code.text(), self.note.text()

        def job(store: Store) -> PaperReceipt:
            code = paper_desk.told_by(store, typed).code
            return paper_desk.receive_paper(store, unit, kind, code=code, day=day, note=note)

        self._page.session.jobs.run(job, self._kept, self._refused, words="Đang ghi nhận")

    def _kept(self, made: PaperReceipt) -> None:
        self.accept()
        what = KIND_WORDS[made.kind].lower()
        self._told(f"Đã ghi nhận bản giấy {what} của {made.unit_name}, ngày {print_date(made.received_on)}.")


@dataclass(frozen=True)
class _Written:
    day: date
    back: bool


class ReceiptDayDialog(Dialog):
    """dated: what came from the unit; told: gets the sentence of success."""

    def __init__(self, page: Page, unit: str, dated: Sequence[Dated], told: Callable[[str], object]) -> None:
        super().__init__(page, f"Ngày nhận của {unit}", icon="calendar-days", tone="pri")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._unit, self._told = page, unit, told
        self._dated = {one.subject: one for one in dated}
        self.add_text("Nộp muộn tính từ ngày này. Máy giữ ngày cũ, lý do và người sửa.", "ink2")
        self.which = ChoiceField("Văn bản")
        for one in dated:
            self.which.add(f"{one.words}, nhận {print_date(one.day)}", one.subject)
        self.which.chosen.connect(lambda _data: self._show())
        self.which.setVisible(len(dated) > 1)
        self.body.addWidget(self.which)
        self.day = TextField("Ngày nhận")
        self.day.edit.textChanged.connect(lambda _text: self._show_lateness())
        self.body.addWidget(self.day)
        self.late = Label("", "secondary", "ink2", wrap=True)
        self.body.addWidget(self.late)
        self.reason = TextField("Lý do", placeholder="Ví dụ: dấu bưu điện ngày 17")
        self.body.addWidget(self.reason)
        self.history = Label("", "secondary", "ink2", wrap=True, selectable=True)
        self.body.addWidget(self.history)
        self.drop = self.add_button("Bỏ ghi nhận", "danger", icon="trash-2", act=self._drop, closes=False)
        self.drop.setToolTip("Bản giấy này ghi nhầm: bỏ lần ghi nhận, máy vẫn giữ dấu vết")
        self.back = self.add_button("Lấy ngày cũ", "secondary", icon="undo", act=self._back, closes=False)
        self.add_button("Để sau")
        self.keep = self.add_button("Ghi lại", "primary", icon="check", act=self._keep, closes=False)
        self.focus_first(self.day.edit)
        self._show()

    def _current(self) -> Dated:
        return self._dated[str(self.which.data())]

    def _show(self) -> None:
        one = self._current()
        self.day.set_text(print_date(one.day))
        self.reason.set_text("")
        self.drop.setVisible(one.on_paper)
        self._show_lateness()
        self._page.session.jobs.run(partial(receipt_days.changes, subject=one.subject), self._show_changes)

    def _show_lateness(self) -> None:
        last = self._current().last_good_day
        try:
            day = parse_date(self.day.text())
        except UserError:
            self.late.setText("")
            return
        if last is None:
            self.late.setText("Chưa đặt hạn nộp.")
        elif day > last:
            self.late.setText(f"Hạn cuối {print_date(last)}: muộn {print_count((day - last).days)} ngày.")
        else:
            self.late.setText(f"Hạn cuối {print_date(last)}: đúng hạn.")

    def _show_changes(self, changes: Sequence[DayChange]) -> None:
        lines = [
            f"{print_date(one.day_before)} → {print_date(one.day)}: {one.reason} "
            f"({one.who or 'không ghi tên'}, {one.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
            f"{', đã trở lại' if one.undone_at else ''})"
            for one in changes
        ]
        self.history.setText("\n".join(["Đã sửa:", *lines]) if lines else "Ngày này chưa sửa lần nào.")
        standing = any(one.undone_at is None for one in changes)
        self.back.enable() if standing else self.back.disable("Ngày này chưa sửa lần nào.")

    def _keep(self) -> None:
        self.day.show_state()
        self.reason.show_state()
        one, said = self._current(), self.reason.text()
        if not said.strip():
            self.reason.show_state("error", "Chưa ghi lý do. Hãy ghi vì sao sửa ngày nhận.")
            return
        try:
            day = parse_date(self.day.text(), where="Ngày nhận")
        except UserError as failure:
            self._refused(failure)
            return

        def job(store: Store) -> _Written:
            put = receipt_days.set_paper_day if one.on_paper else receipt_days.set_received_on
            put(store, one.subject, day, said)
            return _Written(day, back=False)

        self._page.session.jobs.run(job, self._kept, self._refused, words="Đang ghi ngày nhận")

    def _back(self) -> None:
        one = self._current()

        def job(store: Store) -> _Written:
            return _Written(receipt_days.undo_received_on(store, one.subject) or one.day, back=True)

        self._page.session.jobs.run(job, self._kept, self._refused, words="Đang ghi ngày nhận")

    def _drop(self) -> None:
        job = partial(paper_receipts.take_back, id=self._current().subject)
        self._page.session.jobs.run(job, self._dropped, self._refused, words="Đang bỏ ghi nhận")

    def _dropped(self, receipt: PaperReceipt) -> None:
        self.accept()
        self._told(f"Đã bỏ lần ghi nhận bản giấy {KIND_WORDS[receipt.kind].lower()} của {self._unit}.")

    def _refused(self, failure: BaseException) -> None:
        if isinstance(failure, UserError):
            self.day.show_state("error", str(failure))
        else:
            self._page.session.problem.emit(failure)

    def _kept(self, written: _Written) -> None:
        self.accept()
        how = "trở lại" if written.back else "là"
        self._told(f"Ngày nhận của {self._unit} {how} {print_date(written.day)}.")
