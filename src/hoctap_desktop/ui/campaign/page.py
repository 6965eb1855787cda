"""Đợt và biểu mẫu: the campaign's days, its report form, and the sealed file for the units below."""

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import known_campaigns
from hoctap_desktop.form import editing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office import campaigns as acts
from hoctap_desktop.office.campaigns import CampaignFacts, read_campaign_facts
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.campaigns import (
    already_issued_campaign,
    campaign_to_send,
    issue_campaign,
    unasked_words,
    undated_words,
)
from hoctap_desktop.submission.outgoing import write_to
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.campaign import presenter as words
from hoctap_desktop.ui.campaign.days_part import DaysPart
from hoctap_desktop.ui.campaign.form_table import QuestionModel, QuestionView
from hoctap_desktop.ui.campaign.presenter import LABEL, NUMBER, UNIT
from hoctap_desktop.ui.campaign.trial import Trial
from hoctap_desktop.ui.campaign.unit_days import UnitDay, UnitDaysDialog, keep_unit_days
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.keyboard import listen, pick
from hoctap_desktop.ui.office_facts import choose_campaign, read_facts
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import OfficeFacts, Session
from hoctap_desktop.ui.submission.office_key import OfficeKey
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog, ask
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import RightPane, TitleRow

Read: TypeAlias = tuple[CampaignFacts, OfficeFacts, frozenset[str]]
_DAYS, _FORM, _TRIAL = "days", "form", "trial"


def read_page(store: Store, id: str) -> Read:
    """The campaign, the office, and every id a form ever had."""
    facts = read_campaign_facts(store, id)
    return facts, read_facts(store), acts.ids_ever(store, facts.draft or facts.form)


class QuestionDialog(Dialog):
    """A question that is not on the form yet. add(label, unit)."""

    def __init__(self, page: Page, add: Callable[[str, str], object]) -> None:
        super().__init__(page, "Thêm câu hỏi", icon="plus", tone="pri")
        self._add = add
        self.add_text("Thêm một dòng số vào bảng, dưới dòng đang chọn. Số của các đơn vị sẽ được cộng lại.", "ink2")
        self.body.addSpacing(6)
        self.label = TextField("Nội dung", placeholder="Ví dụ: Số câu lạc bộ đọc sách")
        self.unit = TextField("Đơn vị tính", placeholder="Ví dụ: câu lạc bộ")
        self.body.addWidget(self.label)
        self.body.addWidget(self.unit)
        self.add_button("Để sau")
        self.add_button("Thêm câu hỏi", "primary", closes=False, act=self.try_add)
        self.focus_first(self.label.edit)

    def try_add(self) -> None:
        missing = False
        for field, said in ((self.label, "Ghi nội dung câu hỏi."), (self.unit, "Ghi đơn vị tính, ví dụ người, cuốn.")):
            blank = not field.text().strip()
            field.show_state("error" if blank else "normal", said if blank else "")
            missing = missing or blank
        if not missing:
            self.accept()
            self._add(self.label.text(), self.unit.text())


class CampaignPage(Page):
    """What is typed is kept as each box is left.

    argument of enter: "form" for the form, "next" to make next year's campaign, else the days.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.facts: CampaignFacts | None = None
        self._ids: frozenset[str] = frozenset()
        self._undo: list[FormDefinition | None] = []
        self._new = ""  # the row of a question just added, to be gone to
        self.title = TitleRow("Đợt và biểu mẫu", lined=False, margin=theme.PAGE_MARGIN)
        self.back = Button("Thiết lập", "text", icon="chevron-left", size="small", act=self._go_back)
        self.title.lead(self.back)
        self.next_year = Button("Lập đợt năm sau", icon="calendar-days", size="small", act=self.make_next)
        self.send = Button("Ghi gói đợt", "primary", icon="usb", size="small", act=self._ask_to_send)
        self.send.setToolTip("Ký và ghi gói có hạn nộp, biểu mẫu; đơn vị cấp dưới bấm đúp để nhận")
        self.title.act(self.next_year)
        self.title.act(self.send)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        self.column.addWidget(self.banners)
        self.days = DaysPart()
        self.days.changed.connect(self._keep_days)
        self.days.unit_asked.connect(self.ask_unit_days)
        self.trial = Trial(session.campaign.year)
        self.parts = RightPane(
            [
                (_DAYS, "Ngày, hạn nộp", scrolled(self.days)),
                (_FORM, "Biểu báo cáo", self._form_part()),
                (_TRIAL, "Xem như người điền", self.trial),
            ]
        )
        self.parts.tabs.opened.connect(self._opened)
        self.column.addWidget(rule())
        self.column.addWidget(self.parts, 1)
        keys = {"F5": self.add_question, "Shift+F5": self.retire, "Alt+Left": self._go_back}
        listen(self, {**keys, "Alt+Up": partial(self.move_row, -1), "Alt+Down": partial(self.move_row, 1)})
        session.campaign_changed.connect(self._read_if_seen)

    def _form_part(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.PAGE_MARGIN, 8, 16, 8)
        bar.setSpacing(8)
        self.add_button = Button("Thêm câu hỏi", icon="plus", size="small", act=self.add_question)
        self.add_button.setToolTip("Thêm câu hỏi dưới dòng đang chọn (F5)")
        self.up = Button("Lên", icon="arrow-up", size="small", act=partial(self.move_row, -1))
        self.up.setToolTip("Đưa dòng lên (Alt+↑)")
        self.down = Button("Xuống", icon="arrow-down", size="small", act=partial(self.move_row, 1))
        self.down.setToolTip("Đưa dòng xuống (Alt+↓)")
        self.drop = Button("Bỏ câu hỏi", icon="trash-2", size="small", act=self.retire)
        self.drop.setToolTip("Từ bản mới không hỏi nữa (Shift+F5)")
        self.undo_button = Button("Hoàn tác", icon="undo", size="small", act=self.undo_last)
        for button in (self.add_button, self.up, self.down, self.drop, self.undo_button):
            bar.addWidget(button)
        bar.addStretch(1)
        self.publish_button = Button("Phát hành bản mới", icon="check", size="small", act=self.ask_publish)
        bar.addWidget(self.publish_button)
        column.addLayout(bar)
        self.version = Label("", "secondary", "ink2", wrap=True)
        self.version.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 8)
        column.addWidget(self.version)
        column.addWidget(rule())
        self.model = QuestionModel()
        self.view = QuestionView(self.model)
        self.model.typed.connect(self._typed)
        column.addWidget(self.view, 1)
        return holder

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        id = self.session.campaign.id
        self.session.jobs.run(lambda store: read_page(store, id), self._read, words="Đang đọc đợt")
        if argument in (_DAYS, _FORM, _TRIAL):
            self.parts.open(str(argument))
        elif argument == "next":
            self.parts.open(_DAYS)
            self.make_next()

    def leave(self) -> None:
        self.save_now()

    def first_focus(self) -> QWidget | None:
        return self.days.themes.edit if self.parts.tabs.current() == _DAYS else self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.parts.tabs, self.days.themes.edit if self.parts.tabs.current() == _DAYS else self.view)

    def set_narrow(self, narrow: bool) -> None:
        self.back.setVisible(not narrow)
        self.title.title.setText("Đợt" if narrow else "Đợt và biểu mẫu")
        for button, said in ((self.up, "Lên"), (self.down, "Xuống"), (self.undo_button, "Hoàn tác")):
            button.setText("" if narrow else said)
            button.setAccessibleName(said)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def undo_last(self) -> None:
        """Ctrl+Z: the form as it was before the last act on it."""
        if self._undo and self.facts is not None:
            before = self._undo.pop()
            id = self.facts.form.id
            self._keep(lambda store: acts.edit_form(store, before) if before else acts.give_up_form(store, id))

    # --- showing --------------------------------------------------------------------------------------------------

    def _read(self, read: Read) -> None:
        facts, office, self._ids = read
        self.facts = facts
        if office != self.session.facts:
            self.session.office_changed.emit(office)
        self.days.show_facts(facts, self.session.facts.below)
        form = facts.draft or facts.form
        now = self.model.question(self.view.currentIndex().row())
        column = max(self.view.currentIndex().column(), LABEL)
        self.model.set_rows(editing.questions(form))
        wanted, self._new = self._new or (now.id if now is not None else ""), ""
        at = self.model.row_of(wanted) if wanted else 0
        self.view.setCurrentIndex(self.model.index(max(at, 0), column))
        changed = editing.differences(facts.form, form).words if facts.draft is not None else ""
        self.version.setText(f"{words.form_words(facts)} {changed}".strip())
        self._enable(facts)
        self._tell_lacking(facts)
        if words.carried_theme(facts, known_campaigns()):
            said = "Chủ đề còn là của năm trước. Có công văn mới thì sửa lại."
            self.banners.show_banner("theme", "warn", said)
        else:
            self.banners.drop("theme")
        if self.parts.tabs.current() == _TRIAL:
            self.trial.show_form(form, facts.campaign, self.session.own)

    def _tell_lacking(self, facts: CampaignFacts) -> None:
        if said := words.lacking_words(facts):
            self.banners.show_banner("lacking", "warn", said, "Thêm vào biểu", self.take_upper_form)
        elif said := words.unpublished_words(facts):
            self.banners.show_banner("lacking", "info", said, "Phát hành bản mới", self.ask_publish)
        else:
            self.banners.drop("lacking")

    def _enable(self, facts: CampaignFacts) -> None:
        year = max(campaign.year for campaign in known_campaigns()) + 1
        self.next_year.setText(f"Lập đợt năm {year}")
        self.send.setVisible(bool(facts.below))  # who has nobody below has nobody to send it to
        draft = facts.draft is not None and not editing.same_content(facts.draft, facts.form)
        for button, on, why in (
            (self.publish_button, draft, "Biểu mẫu chưa đổi gì"),
            (self.undo_button, bool(self._undo), "Chưa có việc nào để hoàn tác"),
        ):
            if on:
                button.enable()
            else:
                button.disable(why)

    def _opened(self, tab: str) -> None:
        if tab == _TRIAL and self.facts is not None:
            self.trial.show_form(self.facts.draft or self.facts.form, self.facts.campaign, self.session.own)

    def _read_if_seen(self) -> None:
        if self.isVisible():
            self.enter()

    def _go_back(self) -> None:
        self.session.navigate.emit("settings", None)

    # --- the days -------------------------------------------------------------------------------------------------

    def _keep(self, job: Callable[[Store], object], said: str = "") -> None:
        id = self.session.campaign.id

        def work(store: Store) -> Read:
            job(store)
            return read_page(store, id)

        def done(read: Read) -> None:
            self._read(read)
            if said:
                self.banners.show_banner("done", "ok", said, leaves=True)

        self.session.save(work, done)

    def _keep_days(self, campaign: Campaign) -> None:
        self._keep(lambda store: acts.change_campaign(store, campaign))

    def ask_unit_days(self, code: str = "") -> None:
        """The own days of one unit; without a code the unit is chosen first."""
        units = {unit.code: unit for unit in self.session.facts.below}
        facts = self.facts
        if facts is None:
            return
        if not code:
            rows = [(unit.code, f"{unit.short_name}  {unit.code}") for unit in units.values()]
            pick(self.parts, "Hạn riêng của đơn vị nào", rows, self.ask_unit_days)
        elif code in units:
            reasons = {kind: why for (kind, unit), why in facts.reasons.items() if unit == code}
            keep = partial(self._keep_unit_days, facts.campaign.id, code)
            self._open(UnitDaysDialog(self, units[code], facts.campaign, reasons, keep))

    def _keep_unit_days(self, id: str, code: str, days: tuple[UnitDay, ...], reason: str) -> None:
        self._keep(lambda store: keep_unit_days(store, id, code, days, reason))

    def make_next(self) -> None:
        """Asks, then makes the campaign of the year after the newest one and goes on with it."""
        newest = max(known_campaigns(), key=lambda campaign: campaign.year)
        year = newest.year + 1
        ask(
            self,
            f"Lập đợt năm {year}?",
            f"Chủ đề, Tuần lễ, hạn nộp, biểu mẫu và đơn vị được miễn lấy như đợt {newest.year}, rồi sửa. "
            "Máy chuyển sang làm việc với đợt mới; các đợt cũ vẫn mở, in được.",
            yes=f"Lập đợt năm {year}",
            no="Để sau",
            act=partial(self._make, year, newest.id),
            icon="calendar-days",
        )

    def _make(self, year: int, before: str) -> None:
        def work(store: Store) -> OfficeFacts:
            with store.atomic():
                made = acts.make_campaign(store, year, before)
                return choose_campaign(store, made.id)

        self.session.save(work, self.session.office_changed.emit)

    # --- the form -------------------------------------------------------------------------------------------------

    def _edit(self, change: Callable[[FormDefinition], FormDefinition]) -> None:
        """Keeps the form changed; a refusal is said and the cell shows what it held."""
        if self.facts is None:
            return
        before = self.facts.draft
        try:
            changed = change(before or self.facts.form)
        except UserError as refusal:
            self.banners.show_banner("refused", "danger", str(refusal), closable=True)
            self._show_again()
            return
        self.banners.drop("refused")
        self._undo.append(before)
        self._keep(lambda store: acts.edit_form(store, changed))

    def _typed(self, row: str, column: int, text: str) -> None:
        acting = {NUMBER: editing.renumbered, LABEL: editing.relabelled, UNIT: editing.with_unit}
        change = acting.get(column, editing.with_note)
        parted = ""
        if self.facts is not None and column in (LABEL, UNIT):
            with contextlib.suppress(UserError):  # told when it is done
                parted = words.parting(self.facts, change(self.facts.draft or self.facts.form, row, text))
        if parted:
            self._ask_which(
                parted, row, text if column == LABEL else "", partial(self._edit, lambda f: change(f, row, text))
            )
        else:
            self._edit(lambda form: change(form, row, text))

    def _ask_which(self, asked: str, row: str, note: str, act: Callable[[], object]) -> None:
        """A question of the upper unit gets other words: whether it stays that question is for the officer to say."""
        dialog = Dialog(self, "Vẫn là câu hỏi của cấp trên?", icon="circle-alert", tone="warn")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_text(
            f"Cấp trên hỏi «{asked}». Đổi khác đi thì thành câu hỏi riêng, số không cộng vào báo cáo nộp lên."
        )
        dialog.rejected.connect(self._show_again)
        dialog.add_button("Để như cũ", first=not note)
        dialog.add_button("Câu hỏi riêng", act=act)
        if note:
            dialog.add_text("Vẫn là câu ấy thì chữ của cấp trên giữ nguyên, chữ vừa gõ thành ghi chú cho người điền.")
            dialog.add_button(
                "Vẫn là câu ấy", "primary", act=partial(self._edit, lambda f: editing.noted(f, row, note))
            )
        dialog.open()

    def _show_again(self) -> None:
        """What was typed and not taken goes out of its cell."""
        if self.facts is not None:
            self._read((self.facts, self.session.facts, self._ids))

    def _row(self) -> str:
        found = self.model.question(self.view.currentIndex().row())
        return found.id if found is not None and self.parts.tabs.current() == _FORM else ""

    def add_question(self) -> None:
        """Asks for a new question under the current row."""
        if self.facts is None or self.parts.tabs.current() != _FORM:
            return
        row, year = self._row(), self.facts.campaign.year

        def add(label: str, unit: str) -> None:
            def change(form: FormDefinition) -> FormDefinition:
                made, self._new = editing.added(form, label, unit, year=year, taken=self._ids, after=row)
                return made

            self._edit(change)

        self._open(QuestionDialog(self, add))

    def take_upper_form(self) -> None:
        """The form being edited begins anew from the upper unit's; the own questions stay."""
        if self.facts is None:
            return
        year = self.facts.campaign.year
        self._undo.append(self.facts.draft)
        self.parts.open(_FORM)
        said = "Đã lấy biểu của cấp trên làm gốc, câu hỏi riêng giữ nguyên. Xem lại rồi phát hành."
        self._keep(lambda store: acts.take_upper_form(store, year), said)

    def move_row(self, by: int) -> None:
        """The current row up (-1) or down (1)."""
        if row := self._row():
            self._edit(lambda form: editing.moved(form, row, by))

    def retire(self) -> None:
        """The current row is asked no more in the next version."""
        if row := self._row():
            self._edit(lambda form: editing.retired(form, row).form)

    def ask_publish(self) -> None:
        """Says what is new before it becomes a version for ever."""
        if self.facts is None or self.facts.draft is None:
            return
        facts, year = self.facts, self.facts.campaign.year
        ask(
            self,
            f"Phát hành biểu báo cáo cho đợt {year}?",
            words.publish_words(facts, self.facts.draft),
            yes="Phát hành",
            no="Sửa tiếp",
            act=partial(self._publish, facts.form.id, year),
            icon="info",
        )

    def _publish(self, id: str, year: int) -> None:
        self._undo.clear()
        said = "Đã phát hành bản mới. Ghi gói đợt để các đơn vị nhận."
        self._keep(lambda store: acts.publish_form(store, id, year), said)

    def _open(self, dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- the sealed file ------------------------------------------------------------------------------------------

    def _ask_to_send(self) -> None:
        """What those below would miss is said before anything is signed: what is not asked of them, and until when."""
        self.session.jobs.run(lambda store: (unasked_words(store), undated_words(store)), self._told_missing)

    def _told_missing(self, missing: tuple[str, str]) -> None:
        unasked, undated = missing
        if unasked:
            ask(
                self,
                "Ghi gói khi biểu còn thiếu câu của cấp trên?",
                f"{unasked} Bấm «Thêm vào biểu» ở đầu trang rồi «Phát hành bản mới», sau đó ghi gói.",
                yes="Vẫn ghi gói",
                no="Quay lại",
                act=partial(self._told_missing, ("", undated)),
                icon="circle-alert",
            )
            return
        if not undated:
            self._choose_place()
            return
        ask(
            self,
            "Ghi gói khi chưa có hạn nộp?",
            f"{undated} Ghi ngày ở bảng hạn nộp của trang này rồi ghi gói sau cũng được; loại đơn vị nào "
            "không phải nộp thì chọn «không nộp» ở đó.",
            yes="Vẫn ghi gói",
            no="Quay lại",
            act=self._choose_place,
            icon="calendar-days",
        )

    def _choose_place(self) -> None:
        files.choose_folder(self, lambda paths: self.write_into(paths[0]))

    def write_into(self, folder: Path) -> None:
        """Signs what was not signed yet (asking for the key then), writes it and reads it back."""

        def known(sealed: Sealed | None) -> None:
            if sealed is not None:
                write(sealed)
            else:
                OfficeKey.of(self.session).then(self, sign)

        def sign(key: Signer) -> None:
            self.session.jobs.run(lambda store: issue_campaign(store, key, store.clock()), write, words="Đang ký gói")

        def write(sealed: Sealed) -> None:
            def job(_progress: Progress) -> Path:
                return write_to(folder, sealed.name, sealed.data)

            self.session.jobs.aside(job, told, words=f"Đang ghi {sealed.name}")

        def told(path: Path) -> None:
            said = (
                f"Đã ghi {path.name} vào {folder}, đọc lại thấy đúng. Đơn vị bấm đúp vào tệp là nhận; lần đầu thì so "
                "dãy số khóa với phiếu có dấu của cơ quan."
            )
            to_sheet = partial(self.session.navigate.emit, "export", None)
            self.banners.show_banner("sent", "ok", said, "In phiếu ở Gói gửi đi", to_sheet, closable=True)

        self.session.jobs.run(lambda store: already_issued_campaign(store, campaign_to_send(store)), known)
