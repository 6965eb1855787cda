"""Trang chính: the road at the left, the deadline and the receiver at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Filing, Kind, Status, filing_id
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.home.below import BelowFacts, BelowPane, read_below, takes_in
from hoctap_desktop.ui.home.facts import (
    DiaryFacts,
    HomeFacts,
    PaperFacts,
    ReceiptFacts,
    Road,
    Step,
    paper_facts,
    receipt_facts,
)
from hoctap_desktop.ui.home.presenter import road
from hoctap_desktop.ui.opening import BUTTON, choose_slip
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.chips import ChipState
from hoctap_desktop.ui.widgets.deadline import DeadlinePane, StripDay
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import TextField
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import PageHead
from hoctap_desktop.ui.widgets.road import Act, Card, RoadStep, RoadWidget, StepState
from hoctap_desktop.units.levels import unit_word
from hoctap_desktop.units.repository import own_unit

RIGHT_WIDTH = 320


@dataclass(frozen=True)
class _Papers:
    plan: PaperFacts | None
    report: PaperFacts | None
    owes: tuple[Kind, ...]
    diary: DiaryFacts
    receipts: Mapping[Kind, ReceiptFacts]

    def paper(self, kind: Kind) -> PaperFacts | None:
        return self.plan if kind is Kind.PLAN else self.report


def read_papers(store: Store, campaign: str) -> _Papers:
    """The office's two filings of a campaign, with findings of drafts and days of export; which it owes at all."""
    # Here and not above: the checks bring the printing libraries with them, which the first paint does without.
    from hoctap_desktop.diary.promises import kept
    from hoctap_desktop.diary.repository import entries
    from hoctap_desktop.office.filings import check_stored
    from hoctap_desktop.office.from_diary import promises_of
    from hoctap_desktop.office.paper import form_of
    from hoctap_desktop.submission.repository import sent_package

    found: dict[Kind, PaperFacts | None] = {}
    for kind in Kind:
        id = filing_id(campaign, kind)
        filing = filings.find(store, id)
        if filing is None:
            found[kind] = None
            continue
        final = filing.status is Status.FINAL
        sent = sent_package(store, id, filing.revision) if final else None
        findings = () if final else check_stored(store, id)
        earlier = [one for n in range(1, filing.revision) if (one := sent_package(store, id, n)) is not None]
        before = [one.written_at for one, _bytes in earlier if one.written_at is not None]
        found[kind] = paper_facts(
            filing,
            form_of(filing),
            findings,
            sent[0].written_at if sent else None,
            before[-1] if before else None,
        )
    owes = tuple(kind for kind in Kind if found[kind] is not None or _has_form(store, kind))
    noted = entries(store, campaign)
    promised = promises_of(filings.find(store, filing_id(campaign, Kind.PLAN)))
    diary = DiaryFacts(len(noted), sum(one.waits for one in kept(promised, noted)))
    return _Papers(found[Kind.PLAN], found[Kind.REPORT], owes, diary, read_receipts(store, campaign))


def read_receipts(store: Store, campaign: str) -> Mapping[Kind, ReceiptFacts]:
    """The last word of the upper unit on each paper. Raises UserError(STORE_DAMAGED)."""
    from hoctap_desktop.submission.replies import last_reply

    found, upper = {}, own_unit(store).upper
    for kind in Kind:
        last = last_reply(store, filing_id(campaign, kind))
        if last is not None:
            found[kind] = receipt_facts(last.reply, "" if last.unit.code == upper else last.unit.name)
    return found


def _has_form(store: Store, kind: Kind) -> bool:
    """False where no form of this kind is for such an office: it files none."""
    from hoctap_desktop.form.loader import form_for_unit

    try:
        form_for_unit(kind.value, own_unit(store))
    except UserError as failure:
        if failure.code is not Code.FORM_UNKNOWN:
            raise
        return False
    return True


def begin_again(store: Store, id: str) -> Filing:
    """Nộp lại: the next revision of a filing. Raises UserError as sending.resubmit."""
    from hoctap_desktop.submission.sending import resubmit

    return resubmit(store, id)


def begin(store: Store, kind: Kind) -> None:
    """Begins a filing of the open campaign, or leaves the one that is there. Raises as open_or_begin."""
    from hoctap_desktop.office.filings import open_or_begin

    open_or_begin(store, kind)


class HomePage(Page):
    """A road, not a menu: someone who comes once a year needs nothing else."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._road_facts: Road | None = None
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("Các việc của đợt")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 8)  # eight steps on the smallest screen
        self._row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(0)
        self._head = PageHead("")
        left.addWidget(self._head)
        left.addSpacing(16)
        self.road = RoadWidget(self.act)
        left.addWidget(self.road, 1)
        self._row.addLayout(left, 1)
        self._line = rule("v")
        self._row.addWidget(self._line)
        self._right = QWidget()
        self._right.setFixedWidth(theme.px(RIGHT_WIDTH))
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 46, 0, 0)
        right.setSpacing(0)
        self._right_column = QVBoxLayout()
        self._right_column.setSpacing(0)
        right.addLayout(self._right_column)
        self.below = BelowPane(lambda room: session.navigate.emit(room, None))
        right.addWidget(self.below)
        right.addStretch(1)
        self._row.addWidget(self._right)
        self._scroll.setWidget(body)
        # over what scrolls: the page comes up at its next act, however far down that stands
        self.banners.setContentsMargins(theme.PAGE_MARGIN, 12, theme.PAGE_MARGIN, 0)
        self.column.addWidget(self.banners)
        self.column.addWidget(self._scroll)
        session.campaign_changed.connect(self.enter)
        session.changed.connect(lambda _id: self.enter() if self.isVisible() else None)

    def enter(self, argument: object = None) -> None:  # noqa: ARG002 - the road takes no argument
        campaign = self.session.campaign.id
        self.session.jobs.run(lambda store: read_papers(store, campaign), done=self._show)
        if self.session.has_below:
            self.session.jobs.run(read_below, self._show_below, self._below_unread)
        elif takes_in(self.session.own.level):
            self.below.ask_for_units()
        else:
            self.below.clear()

    def _show_below(self, facts: BelowFacts) -> None:
        self.below.show_facts(facts)
        if not facts.unasked:
            self.banners.drop("unasked")
            return
        said = f"Cấp trên hỏi {print_count(facts.unasked)} câu mà biểu hỏi cấp dưới chưa có: các đơn vị chưa được hỏi."
        go = partial(self.session.navigate.emit, "campaign", "form")
        self.banners.show_banner("unasked", "warn", said, "Mở biểu mẫu", go)

    def _below_unread(self, failure: BaseException) -> None:
        """What is damaged is named by the pages that need it; a campaign without units is no problem of this page."""
        self.below.clear()
        if not isinstance(failure, UserError):
            self.session.problem.emit(failure)

    def _show(self, papers: _Papers) -> None:
        session = self.session
        own, upper, campaign = session.own, session.upper, session.campaign
        facts = HomeFacts(
            today=session.now().date(),
            week_from=session.facts.week.first,
            week_to=session.facts.week.last,
            plan=papers.plan,
            report=papers.report,
            plan_due=campaign.deadline("plan", own.level, own.code),
            report_due=campaign.deadline("report", own.level, own.code),
            word=unit_word(own) or "đơn vị",
            upper_word=(unit_word(upper) if upper else "") or "cấp trên",
            upper_name=upper.name if upper else "",
            contact=upper.contact if upper else "",
            phone=upper.phone if upper else "",
            owes=tuple(
                kind
                for kind in papers.owes
                if papers.paper(kind) is not None or campaign.owes(kind.value, own.level, own.code)
            ),
            diary=papers.diary,
            receipts=papers.receipts,
            newer_year=_newer_year(session),
        )
        made = road(facts)
        if made == self._road_facts:
            return
        had_focus = self._focus_is_free()
        self._road_facts = made
        self._head.set(made.title)
        if made.note:
            make = ("Tự lập đợt", partial(self.session.navigate.emit, "campaign", "next"))
            self.banners.show_banner(
                "year", "info", made.note, "Mở gói đợt của cấp trên", self._choose_slip, also=[make]
            )
        else:
            self.banners.drop("year")
        self.road.set_steps([_road_step(step) for step in made.steps])
        self._show_right(facts, made)
        button = self.road.next_act()
        if button is not None and had_focus:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_slip(self) -> None:
        choose_slip(self, self.session)

    def _focus_is_free(self) -> bool:
        now: QWidget | None = QApplication.focusWidget()
        return self.isVisible() and (now is None or now in (self, self.window()) or self.isAncestorOf(now))

    def _show_right(self, facts: HomeFacts, made: Road) -> None:
        while (item := self._right_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if made.due is not None:
            days = [StripDay(one.day, one.kind) for one in made.due.days]
            self._right_column.addWidget(DeadlinePane(made.due.last_day, made.due.left, made.due.sentences, days))
            self._right_column.addSpacing(26)
        if facts.upper_name:
            self._right_column.addWidget(_receiver(facts))
            self._right_column.addSpacing(12)
            open_slip = Button(BUTTON, "text", icon="inbox", size="small", flush=True, act=self._choose_slip)
            open_slip.setToolTip("Phiếu tiếp nhận, phiếu trả lại, gói đợt; cũng có thể kéo tệp thả vào cửa sổ")
            self._right_column.addWidget(open_slip, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> QWidget | None:
        return self.road.next_act()

    def panes(self) -> Sequence[QWidget]:
        button = self.road.next_act()
        return (button,) if button is not None else ()

    def set_narrow(self, narrow: bool) -> None:
        self._line.setVisible(not narrow)
        self._right.setVisible(not narrow)

    # --- acts ----------------------------------------------------------------------------------------------------

    def act(self, act: str) -> None:
        """What a button of the road does: "open plan", "print report", "signed plan", "export report"."""
        verb, _, kind = act.partition(" ")
        if not kind:  # a room by its name
            self.session.navigate.emit(verb, None)
            return
        id = filing_id(self.session.campaign.id, Kind(kind))
        if verb == "begin":
            self.session.save(
                lambda store: begin(store, Kind(kind)),
                lambda _none: self.session.navigate.emit(kind, None),
                filing=id,
            )
        elif verb == "resubmit":
            self.session.save(partial(begin_again, id=id), partial(self._go_on, kind), filing=id)
        elif verb == "open":
            self.session.navigate.emit(kind, None)
        elif verb == "signed":
            self._ask_number(id, Kind(kind))
        else:
            self.session.navigate.emit(verb, id)

    def _go_on(self, kind: str, _filing: Filing) -> None:
        self.session.navigate.emit(kind, None)

    def _ask_number(self, id: str, kind: Kind) -> None:
        dialog = NumberDialog(self, kind, print_date(self.session.now().date()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def keep() -> None:
            number, day = dialog.number.text().strip(), parse_date(dialog.day.text())
            at: datetime = self.session.now()
            self.session.save(lambda store: filings.set_document_number(store, id, number, day, at), filing=id)

        dialog.accepted.connect(keep)
        dialog.open()


class NumberDialog(Dialog):
    """Asks the number and the day a paper got when it was signed."""

    def __init__(self, parent: QWidget, kind: Kind, today: str) -> None:
        name = {Kind.PLAN: "kế hoạch", Kind.REPORT: "báo cáo"}[kind]
        super().__init__(parent, f"Số và ngày ký {name}", icon="stamp")
        self.add_text("Ghi như trên bản giấy đã ký, đóng dấu. Số liệu đã chốt không đổi.")
        self.number = TextField("Số văn bản", placeholder="Ví dụ: 21")
        self.day = TextField("Ngày ký", today)
        self.body.addWidget(self.number)
        self.body.addWidget(self.day)
        self.add_button("Để sau")
        self.keep = self.add_button("Ghi lại", "primary", icon="save", act=self._try, closes=False)
        self.focus_first(self.number.edit)

    def _try(self) -> None:
        number = self.number.text().strip()
        if not number or not all(c.isalnum() or c in "/-." for c in number):
            self.number.show_state("error", "Ghi số văn bản, ví dụ 21.")
            self.number.edit.setFocus()
            return
        self.number.show_state()
        try:
            parse_date(self.day.text())
        except UserError as failure:
            self.day.show_state("error", str(failure))
            self.day.edit.setFocus()
            return
        self.accept()


def _newer_year(session: Session) -> int:
    """This year, when its campaign ought to be known by now and is not; else 0. Reports come in up to the spring."""
    today = session.now().date()
    newest = max(one.year for one in session.facts.campaigns)
    late = today.year > newest and today.month >= 8
    return today.year if late and session.campaign.year == newest else 0


def _road_step(step: Step) -> RoadStep:
    card = None
    if step.card is not None:
        facts = step.card
        secondary = facts.secondary
        card = Card(
            facts.text,
            Act(facts.primary.act, facts.primary.words, facts.primary.icon),
            Act(secondary.act, secondary.words, secondary.icon) if secondary else None,
            ChipState(*facts.chip) if facts.chip else None,
            facts.counts,
            facts.looks,
        )
    act = Act(step.button.act, step.button.words, step.button.icon) if step.button else None
    chip = ChipState(*step.chip) if step.chip else None
    return RoadStep(step.number, step.title, StepState(step.state), step.note, act, card, chip)


def _receiver(facts: HomeFacts) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(Label("Nơi nhận", "group"))
    column.addWidget(rule())
    column.addWidget(_with_icon("stamp", facts.upper_name, facts.contact))
    if facts.phone:
        column.addWidget(rule())
        column.addWidget(_with_icon("phone", facts.phone, "Gọi trong giờ làm việc"))
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made


def _with_icon(icon: str, first: str, second: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(10)
    row.addWidget(IconLabel(icon, "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    lines.setSpacing(1)
    lines.addWidget(Label(first, wrap=True, selectable=icon == "phone"))
    if second:
        lines.addWidget(Label(second, "secondary", "ink2", wrap=True))
    row.addLayout(lines, 1)
    return made
