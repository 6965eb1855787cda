"""Công văn đôn đốc: its texts at the left, the page as it will be printed at the right; kept with every change."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hoctap_desktop.consolidation import reminder_desk
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reminder_printed import reminder_document
from hoctap_desktop.consolidation.reminders import Reminder, awaited, papers_words, stands_in_letter, with_list
from hoctap_desktop.document import pdf
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line, clean_lines
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation.rows_view import scrolled
from hoctap_desktop.ui.keyboard import listen
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.fields import LongTextField, TextField
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.panes import Panes, TitleRow
from hoctap_desktop.ui.widgets.preview import Preview
from hoctap_desktop.units.model import Unit


def begin(store: Store, argument: object) -> Reminder:
    """The letter that is asked for: a new one for (kinds, day, codes), else the last of the campaign, else a new one.

    Raises UserError NO_UNITS_BELOW, STORE_DAMAGED.
    """
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.filing.model import Kind

    if isinstance(argument, tuple) and len(argument) == 3:
        kinds, as_of, codes = argument
        return reminder_desk.begin_reminder(store, kinds, as_of, codes)
    known = reminder_desk.reminders(store, active(store).id)
    return known[-1] if known else reminder_desk.begin_reminder(store, (Kind.REPORT,))


def render(written: Reminder, own: Unit) -> bytes:
    """The letter as PDF. Raises UserError(LETTER_MISSING)."""
    return pdf.render(reminder_document(written, own)).data


class LetterPage(Page):
    """argument: (kinds, day or None, codes) for a new letter, None for the last one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.written: Reminder | None = None
        self.title = TitleRow("Công văn đôn đốc")
        self.back = Button("Nhắc nộp", "text", icon="chevron-left", size="small", act=self._go_back)
        self.back.setToolTip("Về Nhắc nộp (Alt+←)")
        self.title.lead(self.back)
        self.word = Button("Lưu Word", icon="file-down", size="small", act=self._save_word)
        self.file = Button("Lưu PDF", icon="file-down", size="small", act=self._save_pdf)
        for button in (self.word, self.file, self.back):
            button.may_shorten("")
        self.paper = Button("In công văn", "primary", icon="printer", size="small", act=self._print)
        self.paper.setToolTip("In công văn (F9)")
        for button in (self.word, self.file, self.paper):
            self.title.act(button)
        self.column.addWidget(self.title)
        self.banners.setContentsMargins(20, 8, 20, 8)
        self.column.addWidget(self.banners)
        self.preview = Preview(session.jobs)
        self.panes_ = Panes(scrolled(self._form()), self.preview, sizes=(470, 712), grows=1)
        self.panes_.remember(session.settings, "letter")
        self.column.addWidget(self.panes_, 1)
        listen(self, {"Alt+Left": self._go_back, "F9": self._print, "Ctrl+P": self._print})

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(10)
        self.about = TextField("Về việc (V/v)")
        self.to = LongTextField("Kính gửi, mỗi nơi một dòng")
        self.before = LongTextField("Đoạn trên danh sách, mỗi đoạn một dòng")
        self.after = LongTextField("Đoạn dưới danh sách, mỗi đoạn một dòng")
        self.recipients = LongTextField("Nơi nhận, mỗi nơi một dòng")
        self.collective = TextField("Thay mặt (nếu có)", placeholder="Ví dụ: TM. ỦY BAN NHÂN DÂN")
        self.authority = TextField("Ký thay (nếu có)", placeholder="Ví dụ: KT. CHỦ TỊCH")
        self.signer_title = TextField("Chức vụ người ký")
        self.signer_name = TextField("Họ tên người ký")
        self.list_words = Label("", "secondary", "ink2", wrap=True)
        self.again = Button("Lấy lại danh sách hôm nay", icon="refresh-cw", act=self.take_list)
        for field in (self.about, self.to, self.before):
            column.addWidget(field)
        column.addWidget(self.list_words)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.after)
        column.addWidget(rule("h2"))
        for box in (self.recipients, self.collective, self.authority, self.signer_title, self.signer_name):
            column.addWidget(box)
        for field in (self.about, self.collective, self.authority, self.signer_title, self.signer_name):
            field.left.connect(lambda _text: self._keep())
        for long, lines in ((self.to, 4), (self.before, 7), (self.after, 7), (self.recipients, 3)):
            long.edit.setFixedHeight(theme.px(23 * lines + 16))
            long.left.connect(lambda _text: self._keep())
        column.addStretch(1)
        return form

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        self.session.jobs.run(partial(begin, argument=argument), self._show, words="Đang soạn công văn")

    def first_focus(self) -> QWidget | None:
        return self.about.edit

    def panes(self) -> Sequence[QWidget]:
        return (self.about.edit, self.preview)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return self.title.fold

    def _go_back(self) -> None:
        self.session.navigate.emit("remind", None)

    # --- showing and keeping --------------------------------------------------------------------------------------

    def _show(self, written: Reminder) -> None:
        self.written = written
        self.about.set_text(written.about)
        for field, lines in (
            (self.to, written.to),
            (self.before, written.before),
            (self.after, written.after),
            (self.recipients, written.recipients),
        ):
            field.set_text("\n".join(lines))
        signer = written.signer
        self.collective.set_text(signer.collective)
        self.authority.set_text(signer.authority)
        self.signer_title.set_text(signer.title)
        self.signer_name.set_text(signer.name)
        count = len(written.units)
        where = "đứng ngay trong công văn" if stands_in_letter(count) else "đứng ở phụ lục kèm theo"
        missing = f"{print_count(count)} đơn vị còn thiếu {papers_words(written.kinds)}"
        self.list_words.setText(f"Danh sách {missing}, ngày {print_date(written.as_of)}, {where}.")
        self._paint()

    def _typed(self, written: Reminder) -> Reminder:
        def lines(field: LongTextField) -> tuple[str, ...]:
            return tuple(line for line in map(clean_line, clean_lines(field.text()).split("\n")) if line)

        signer = replace(
            written.signer,
            collective=clean_line(self.collective.text()),
            authority=clean_line(self.authority.text()),
            title=clean_line(self.signer_title.text()),
            name=clean_line(self.signer_name.text()),
        )
        return replace(
            written,
            about=clean_line(self.about.text()),
            to=lines(self.to),
            before=lines(self.before),
            after=lines(self.after),
            recipients=lines(self.recipients),
            signer=signer,
        )

    def _keep(self) -> None:
        if self.written is None:
            return
        typed = self._typed(self.written)
        if typed == self.written:
            return
        self.written = typed
        self.session.save(partial(reminder_desk.keep_reminder, written=typed))
        self._paint()

    def _paint(self) -> None:
        written, own = self.written, self.session.own
        if written is None:
            return

        def job() -> bytes | UserError:
            try:
                return render(written, own)
            except UserError as refused:
                return refused

        self.session.jobs.latest(self, job, self._painted)

    def _painted(self, made: object) -> None:
        if isinstance(made, UserError):
            self.banners.show_banner("letter", "danger", str(made))
        elif isinstance(made, bytes):
            self.banners.drop("letter")
            self.preview.show_pdf(made)

    # --- acts -----------------------------------------------------------------------------------------------------

    def take_list(self) -> None:
        """The list of today in the same letter; the texts stay as they were written."""
        if self.written is None:
            return
        written = self._typed(self.written)
        codes = {one.code for one in written.units}

        def job(store: Store) -> Reminder:
            found = current_board(store)
            fresh = with_list(written, awaited(found, written.kinds, codes), found.as_of)
            return reminder_desk.keep_reminder(store, fresh)

        self.session.save(job, self._taken)

    def _taken(self, fresh: Reminder) -> None:
        self._show(fresh)
        listed = f"Danh sách còn {print_count(len(fresh.units))} đơn vị, ngày {print_date(fresh.as_of)}."
        self.banners.show_banner("list", "info", f"{listed} Hãy xem lại số trong các đoạn.", leaves=True)

    def _name(self, suffix: str) -> str:
        assert self.written is not None
        return f"cong-van-don-doc-{self.written.id}-{self.written.as_of:%Y%m%d}.{suffix}"

    def _save_word(self) -> None:
        self._keep()
        if self.written is None:
            return
        written, own = self.written, self.session.own

        def make() -> bytes:
            from hoctap_desktop.document.word import render_word

            return render_word(reminder_document(written, own))

        files.save_as(self, self._name("docx"), files.WORDS, make)

    def _save_pdf(self) -> None:
        self._keep()
        if self.written is not None:
            files.save_as(self, self._name("pdf"), files.PAPERS, partial(render, self.written, self.session.own))

    def _print(self) -> None:
        self._keep()
        if self.written is None:
            return
        from hoctap_desktop.ui.paper.print_dialog import print_table

        print_table(self, self._name("pdf"), partial(render, self.written, self.session.own), "In công văn đôn đốc")
