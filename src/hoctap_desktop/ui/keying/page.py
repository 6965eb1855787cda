"""Nhập hộ: the paper of one unit. The grid of the report in the middle, what stands about the paper at the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.consolidation import keying
from hoctap_desktop.consolidation.keying import Differing
from hoctap_desktop.consolidation.model import Submission
from hoctap_desktop.consolidation.paper_entries import PaperEntry
from hoctap_desktop.filing.differences import label_of
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind
from hoctap_desktop.filing.workbook_changes import Comparison
from hoctap_desktop.filing.workbook_reader import Reading, read_workbook
from hoctap_desktop.form.answers import NoNumber
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.keyboard import listen, pick
from hoctap_desktop.ui.keying.choose_dialog import ChooseDialog
from hoctap_desktop.ui.keying.decide_dialog import DecideDialog
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.report.class_list import ClassListDialog, keep_while_written
from hoctap_desktop.ui.report.differences import DifferencesDialog
from hoctap_desktop.ui.report.figures_model import FiguresModel
from hoctap_desktop.ui.report.figures_view import FiguresView
from hoctap_desktop.ui.report.page_workbook import IMPORT_KEY
from hoctap_desktop.ui.report.presenter import ReportPresenter
from hoctap_desktop.ui.report.report_answers import Save
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import ask
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import ElidedLabel, Label
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow, pane
from hoctap_desktop.ui.widgets.reason_dialog import ask_reason
from hoctap_desktop.units.model import Unit

RIGHT = 300


@dataclass(frozen=True)
class Read:
    """A draft and whose paper it is."""

    entry: PaperEntry
    unit: Unit


def read_entry(store: Store, unit: str, kind: Kind) -> Read:
    """The draft for a unit, begun when there is none. Raises UserError UNIT_UNKNOWN, FORM_UNKNOWN, STORE_DAMAGED."""
    return Read(keying.begin(store, unit, kind), keying.unit_below(store, unit))


class KeyingPage(Page):
    """Opened with (unit code, kind, room to go back to); every field is kept as it is left.

    Without a kind it asks whose paper it is first.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entry: PaperEntry | None = None
        self.unit: Unit | None = None
        self.presenter: ReportPresenter | None = None
        self.second = False
        self._back = "board"
        self.title = TitleRow("Nhập hộ")
        self.whose = ElidedLabel("", "body", "ink2")
        self.title.lead(self.whose)
        self.back = Button("Về danh sách", icon="arrow-left", size="small", act=self._go_back)
        self.back.may_shorten("")
        self.back.setToolTip("Về danh sách (Alt+mũi tên trái)")
        listen(self, {"Alt+Left": self._go_back})
        self.twice = Button("Gõ lại để so", icon="copy-check", size="small", act=self._turn_second)
        self.enter_button = Button("Ghi vào sổ", "primary", icon="check", size="small", act=self._enter)
        for button in (self.back, self.twice, self.enter_button):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 16, 8)
        self.column.addWidget(self.banners)
        self.figures = FiguresModel(session.campaign.year)
        self.grid = FiguresView(self.figures)
        self.no_numbers = Label("", "reading", "ink2", wrap=True)
        self.no_numbers.setContentsMargins(24, 24, 24, 24)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.no_numbers)
        panes = Panes(self.middle, self._facts_pane(), sizes=(800, RIGHT), grows=0)
        panes.remember(session.settings, "keying")
        self.column.addWidget(panes, 1)
        self.figures.typed.connect(lambda field, text: self._change(lambda p: p.type_number(field, text)))
        self.figures.noted.connect(lambda row, text: self._change(lambda p: p.write_note(p.row(row), text)))
        self.grid.stated.connect(self._state_none)
        self.grid.blanked.connect(lambda field: self._change(lambda p: p.blank(field)))
        self.grid.list_asked.connect(self._open_classes)
        self.grid.passed.connect(self.scan.edit.setFocus)
        listen(self, {"Ctrl+F": self.pick_field, IMPORT_KEY: self._choose_workbook})

    def _facts_pane(self) -> QWidget:
        inner = pane("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label("Trên bản giấy", "group"))
        self.scan = TextField("Mã giấy ở chân trang", hint="Gõ 12 chữ, hoặc quét mã vuông: máy điền luôn các số.")
        self.received = TextField("Ngày nhận bản giấy", icon="calendar-days")
        self.number = TextField("Số văn bản")
        self.day = TextField("Ngày văn bản", icon="calendar-days")
        for field in (self.scan, self.received, self.number, self.day):
            column.addWidget(field)
        self.scan.left.connect(self._scanned)
        for field in (self.received, self.number, self.day):
            field.left.connect(self._keep_facts)
        self.excel = Button("Lấy từ biểu Excel", icon="table", size="small", act=self._choose_workbook)
        self.excel.setToolTip(f"Lấy số từ biểu Excel đơn vị đã điền ({IMPORT_KEY})")
        column.addWidget(self.excel, 0, Qt.AlignmentFlag.AlignLeft)
        self._money_place = QVBoxLayout()
        self._money_place.setSpacing(4)
        column.addLayout(self._money_place)
        self.money: dict[str, TextField] = {}
        column.addStretch(1)
        area = scrolled(inner)
        area.setMinimumWidth(theme.px(230))
        return area

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        if isinstance(argument, tuple) and len(argument) == 3:
            unit, kind, self._back = argument
            self.second = False
            if kind:
                self._open(str(unit), str(kind))
                return
            self.entry = self.presenter = None
            self.middle.setCurrentIndex(1)
            self.no_numbers.setText("")
            dialog = ChooseDialog(self, self.session.facts.below, str(unit))
            dialog.chosen.connect(self._open)
            dialog.rejected.connect(self._go_back)
            dialog.open()

    def _open(self, unit: str, kind: str) -> None:
        job = partial(read_entry, unit=unit, kind=Kind(kind))
        self.session.jobs.run(job, self._show_read, words="Đang mở bản nhập hộ")

    def save_now(self) -> None:
        self.leave()

    def pick_field(self) -> None:
        """Ctrl+F: to a number by a few letters of where it stands."""
        presenter = self.presenter
        if presenter is not None:
            rows = [(field.id, label_of(presenter.form, field.id)) for field in presenter.form.indicators()]
            pick(self, "Đến một ô", rows, self.grid.go_to)

    def leave(self) -> None:
        """Says what is being typed, so that it is saved."""
        QGuiApplication.inputMethod().commit()
        if self.grid.is_editing():
            self.grid.setFocus()

    def first_focus(self) -> QWidget | None:
        return self.scan.edit

    def panes(self) -> Sequence[QWidget]:
        return (self.grid, self.scan.edit)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def set_narrow(self, narrow: bool) -> None:
        cramped = narrow and theme.theme().factor > 1
        self.whose.setVisible(not cramped)

    def under(self) -> str:
        """Marked in the sidebar: where the person came from."""
        return self._back

    def _go_back(self) -> None:
        self.leave()
        self.session.navigate.emit(self._back, None)

    # --- showing --------------------------------------------------------------------------------------------------

    def _show_read(self, read: Read) -> None:
        self.unit = read.unit
        self._take(read.entry)
        if read.entry.answers:
            self.banners.show_banner("kept", "info", "Gõ tiếp bản nhập hộ đang dở.", leaves=True)
        self.scan.edit.setFocus()

    def _take(self, entry: PaperEntry) -> None:
        """Shows an entry: the keying that is being typed, and what stands about the paper."""
        assert self.unit is not None
        self.entry = entry
        is_report = entry.kind is Kind.REPORT
        self.whose.set_text(f"{KIND_WORDS[entry.kind]} {entry.campaign}, {entry.unit_name}")
        self.scan.set_text(entry.paper_code)
        self.scan.show_state()
        self.received.set_text(print_date(entry.received_on))
        self.number.set_text(entry.document_number)
        self.day.set_text(print_date(entry.document_day) if entry.document_day else "")
        answers = (entry.second or {}) if self.second else entry.answers
        filing = Filing(entry.series, entry.kind, entry.campaign, self.unit, entry.form, answers)
        self.presenter = ReportPresenter(filing, keying.form_of(entry), NOTHING_ELSE_KNOWN)
        self.middle.setCurrentIndex(0 if is_report else 1)
        self.no_numbers.setText(
            "Kế hoạch trên giấy không có số phải gõ. Ghi ngày nhận, số và ngày văn bản ở bên phải rồi bấm Ghi vào sổ."
        )
        self._show_money()
        self._refresh()

    def _show_money(self) -> None:
        """A box a sum of money; its name may take several lines."""
        while (item := self._money_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.money = {}
        for field in self.presenter.form.fields() if self.presenter else ():
            if field.type is FieldType.MONEY:
                name = f"{field.label} ({field.unit})" if field.unit else field.label
                box = TextField()
                box.edit.setAccessibleName(name)
                box.left.connect(partial(self._write, field.id))
                self._money_place.addWidget(Label(name, "secondary", "ink2", wrap=True))
                self._money_place.addWidget(box)
                self.money[field.id] = box

    def _write(self, field: str, text: str) -> None:
        self._change(lambda p: p.write(field, text))

    def _refresh(self) -> None:
        presenter, entry = self.presenter, self.entry
        if presenter is None or entry is None:
            return
        is_report = entry.kind is Kind.REPORT
        self.figures.set_rows(presenter.grid())
        self.title.title.setText("Nhập hộ, gõ lần hai" if self.second else "Nhập hộ")
        self.twice.setVisible(is_report)
        self.excel.setVisible(is_report)
        self.twice.setText("So hai lần gõ" if self.second else "Gõ lại để so")
        if self.second:
            words = "Gõ lại từ đầu theo bản giấy; số gõ lần một không hiện. Xong thì bấm So hai lần gõ."
            self.banners.show_banner("second", "info", words, "Bỏ lần hai", self._drop_second)
        else:
            self.banners.drop("second")
        for id, box in self.money.items():
            shown = presenter.field_shown(id)
            if not box.edit.hasFocus():
                box.set_text(shown.text)
            box.show_state(shown.state, shown.message)

    # --- changes --------------------------------------------------------------------------------------------------

    def _change(self, act: Callable[[ReportPresenter], tuple[Save, ...]]) -> None:
        if self.presenter is None or self.entry is None:
            return
        saves = act(self.presenter)
        if saves:
            self._keep({save.field: save.value for save in saves})
        self._refresh()

    def _keep(self, values: Mapping[str, JsonValue | None]) -> None:
        if self.entry is not None:
            self.session.save(partial(keying.set_answers, id=self.entry.id, values=values, second=self.second))

    def _open_classes(self, _field: str) -> None:
        if self.presenter is None:
            return
        dialog = ClassListDialog(self, self.presenter.classes())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keep_while_written(dialog, lambda: self.presenter, self._keep, self._change)
        dialog.open()

    def _state_none(self, field: str, kind: NoNumber) -> None:
        self._change(lambda p: p.state_none(field, kind))
        presenter = self.presenter
        row = presenter.form.row_of(field) if presenter else None
        if kind is NoNumber.UNKNOWN and row is not None:
            self.grid.go_to_note(row.id)

    def _scanned(self, text: str) -> None:
        if self.entry is None:
            return
        if not keying.is_scan(text):
            self._keep_facts(text)
            return
        self.leave()
        job = partial(keying.take_scan, id=self.entry.id, scanned=text, second=self.second)
        typed = dict(self.presenter.answers) if self.presenter is not None else {}
        done = partial(self._scan_taken, typed)
        self.session.after_saves(job, done, self._scan_refused, words="Đang đọc mã")

    def _scan_taken(self, typed: Mapping[str, JsonValue], entry: PaperEntry) -> None:
        self.scan.show_state()
        self._take(entry)
        assert self.presenter is not None
        form, now = self.presenter.form, self.presenter.answers
        others = [one.label for one in form.indicators() if one.id in typed and typed[one.id] != now.get(one.id)]
        if others:
            words = (
                f"Mã quét khác số vừa gõ ở {len(others)} ô, đã lấy theo mã: {'; '.join(others)}. Hãy so với bản giấy."
            )
            self.banners.show_banner("scan", "warn", words, closable=True)
        else:
            self.banners.show_banner("scan", "ok", "Đã điền số theo mã quét. Hãy so với bản giấy.", leaves=True)

    def _scan_refused(self, failure: BaseException) -> None:
        if self.entry is not None:
            self.scan.set_text(self.entry.paper_code)
        self.scan.show_state("error", str(failure))

    def _keep_facts(self, _text: str = "") -> None:
        if self.entry is None:
            return
        try:
            received = parse_date(self.received.text(), where="Ngày nhận")
            day = parse_date(self.day.text(), where="Ngày văn bản") if self.day.text().strip() else None
        except UserError as refusal:
            self.banners.show_banner("facts", "danger", str(refusal))
            return
        self.banners.drop("facts")
        job = partial(
            keying.set_facts,
            id=self.entry.id,
            received_on=received,
            number=self.number.text(),
            day=day,
            paper_code=self.scan.text(),
        )
        self.session.after_saves(job, self._facts_kept, self._facts_refused)

    def _facts_kept(self, entry: PaperEntry) -> None:
        self.entry = entry
        self.scan.show_state()
        self.scan.set_text(entry.paper_code)

    def _facts_refused(self, failure: BaseException) -> None:
        if isinstance(failure, UserError) and failure.code is Code.PAPER_CODE_BAD:
            self.scan.show_state("error", str(failure))
        else:
            self.banners.show_banner("facts", "danger", str(failure))

    # --- a workbook the unit filled in -----------------------------------------------------------------------------

    def _choose_workbook(self) -> None:
        if self.entry is not None and self.entry.kind is Kind.REPORT:
            files.choose_one(self, "Chọn biểu Excel đơn vị đã điền", files.SHEETS, lambda paths: self.look_at(paths[0]))

    def look_at(self, path: Path) -> None:
        """Reads a workbook away from the store and the screen, then shows what it would change."""
        self.leave()

        def read(_progress: Progress) -> Reading:
            return read_workbook(path, form_by_id)

        self.session.jobs.aside(read, self._hold_against, words=f"Đang đọc {path.name}")

    def _hold_against(self, reading: Reading) -> None:
        if self.entry is not None:
            job = partial(keying.against_workbook, id=self.entry.id, reading=reading, second=self.second)
            self.session.after_saves(job, self._show_differences, words="Đang so với bản đang gõ")

    def _show_differences(self, found: Comparison) -> None:
        dialog = DifferencesDialog(self, found, anew=False)
        dialog.agreed.connect(partial(self._take_from_workbook, found))
        dialog.open()

    def _take_from_workbook(self, found: Comparison, fields: object) -> None:
        assert isinstance(fields, frozenset)
        assert self.entry is not None
        values = {each.field: each.after for each in found.differences if each.field in fields}
        job = partial(keying.set_answers, id=self.entry.id, values=values, second=self.second)
        self.session.save(job, self._workbook_taken)

    def _workbook_taken(self, entry: PaperEntry) -> None:
        self._take(entry)
        self.banners.show_banner("excel", "ok", "Đã lấy số từ biểu Excel. Hãy so với bản giấy.", leaves=True)

    # --- typed twice ----------------------------------------------------------------------------------------------

    def _turn_second(self) -> None:
        if self.entry is None:
            return
        self.leave()
        if not self.second:
            self.session.after_saves(partial(keying.begin_second, id=self.entry.id), self._second_begun)
        else:
            self.session.after_saves(partial(_differing, id=self.entry.id), self._compare, words="Đang so hai lần gõ")

    def _second_begun(self, entry: PaperEntry) -> None:
        self.second = True
        self._take(entry)
        self.grid.setFocus()
        self.grid.setCurrentIndex(QModelIndex())  # from the top, wherever the first keying ended
        self.grid.step(1)

    def _compare(self, found: tuple[PaperEntry, tuple[Differing, ...]]) -> None:
        entry, differing = found
        if differing:
            dialog = DecideDialog(self, differing)
            dialog.decided.connect(self._decided)
            dialog.open()
            return
        self.second = False
        self._take(entry)
        self.banners.show_banner("same", "ok", "Hai lần gõ giống nhau. Bấm Ghi vào sổ để tính.", leaves=True)

    def _decided(self, values: object) -> None:
        assert isinstance(values, dict)
        assert self.entry is not None
        job = partial(_decide, id=self.entry.id, values=values)
        self.session.save(job, self._compare)

    def _drop_second(self) -> None:
        assert self.entry is not None
        self.second = False
        self.session.save(partial(keying.drop_second, id=self.entry.id), self._take)

    # --- entered --------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        if self.entry is None or self.unit is None:
            return
        self.leave()
        blank = self._blank()
        if blank:
            name = self.unit.short_name or self.unit.name
            ask(
                self,
                f"Còn {blank} ô để trống",
                f"Ô trống được ghi là trống, không phải 0. Nếu bản giấy của {name} để trống thật thì ghi vào sổ.",
                yes="Ghi vào sổ",
                no="Gõ tiếp",
                act=partial(self._enter_for, ""),
            )
        else:
            self._enter_for("")

    def _blank(self) -> int:
        presenter = self.presenter
        if presenter is None or self.entry is None or self.entry.kind is not Kind.REPORT:
            return 0
        entered = presenter.entered()
        return entered.total - entered.done

    def _enter_for(self, reason: str) -> None:
        assert self.entry is not None
        job = partial(keying.enter, id=self.entry.id, reason=reason)
        self.session.after_saves(job, self._entered, self._not_entered, words="Đang ghi vào sổ")

    def _not_entered(self, failure: BaseException) -> None:
        if not isinstance(failure, UserError):
            self.session.problem.emit(failure)
        elif failure.code is Code.PAPER_OVER_SEALED:
            ask_reason(self, str(failure), "", self._enter_for)
        elif failure.code is Code.PAPER_KEYINGS_DIFFER and self.entry is not None:
            self.session.after_saves(partial(_differing, id=self.entry.id), self._compare)
        else:
            self.banners.show_banner("refused", "danger", str(failure), closable=True)

    def _entered(self, got: Submission) -> None:
        self.entry = self.presenter = None
        self.session.changed.emit(got.package_id)
        self.session.navigate.emit(self._back, None)


def _differing(store: Store, id: str) -> tuple[PaperEntry, tuple[Differing, ...]]:
    entry = keying.begin_second(store, id)
    return entry, keying.differing(entry)


def _decide(store: Store, id: str, values: Mapping[str, JsonValue | None]) -> tuple[PaperEntry, tuple[Differing, ...]]:
    with store.atomic():
        for field, value in values.items():
            keying.decide(store, id, field, value)
        return _differing(store, id)
