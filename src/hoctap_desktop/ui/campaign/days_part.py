"""The days of a campaign: theme, Week, a grid of deadlines. Kept as each box is left."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.office.campaigns import CampaignFacts
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.campaign import presenter
from hoctap_desktop.ui.campaign.presenter import KINDS, DueLine
from hoctap_desktop.ui.first_run.frame import in_columns
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.choice import Choice
from hoctap_desktop.ui.widgets.fields import LongTextField, Message, TextField
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.model import Unit

_FREE = 2  # the place of "không nộp" among the choices beside a day


class DaysPart(QWidget):
    """`changed(Campaign)` when a box was left with another value that can be kept.

    `unit_asked(code)`: one unit's own days are to be set; "" when the unit is to be chosen.
    """

    changed = Signal(object)
    unit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._facts: CampaignFacts | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, 14, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        column.setSpacing(0)
        block = QWidget()
        block.setMaximumWidth(theme.px(760))
        inner = QVBoxLayout(block)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.about = Label("", "body", "ink2", wrap=True)
        inner.addWidget(self.about)
        inner.addSpacing(12)
        self.themes = LongTextField("Chủ đề (mỗi chủ đề một dòng)", lines=2)
        self.themes.edit.setFixedHeight(theme.px(66))
        self.themes.left.connect(lambda _text: self._say())
        inner.addWidget(self.themes)
        inner.addSpacing(12)
        self.first = TextField("Tuần lễ từ ngày", icon="calendar-days")
        self.last = TextField("Đến hết ngày", icon="calendar-days")
        for field in (self.first, self.last):
            field.left.connect(lambda _text: self._say())
        in_columns(inner, (self.first, self.last))
        inner.addSpacing(4)
        inner.addWidget(Label("Hạn nộp", "group"))
        inner.addSpacing(2)
        self.rule = Label(presenter.rule_words(1), "secondary", "ink2", wrap=True)
        inner.addWidget(self.rule)
        inner.addSpacing(8)
        self._holder = QWidget()
        inner.addWidget(self._holder)
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.wrong = Message()  # under all of them: a box of a day is too narrow for a sentence
        inner.addWidget(self.wrong)
        self.own_day = Button(
            "Hạn riêng cho một đơn vị",
            "text",
            icon="plus",
            size="small",
            flush=True,
            act=lambda: self.unit_asked.emit(""),
        )
        inner.addSpacing(6)
        inner.addWidget(self.own_day, 0, Qt.AlignmentFlag.AlignLeft)
        self.days: dict[tuple[str, str, str], tuple[TextField, Choice]] = {}
        self._shown: object = ()
        column.addWidget(block)
        column.addStretch(1)

    def show_facts(self, facts: CampaignFacts, units: Sequence[Unit]) -> None:
        """What the campaign is; boxes stay where they are while the lines are the same.

        A day that could not be read stays as it was typed, with what is wrong with it, while the campaign is the same.
        """
        same = self._facts is not None and self._facts.campaign.id == facts.campaign.id
        self._facts = facts
        campaign = facts.campaign
        self.about.setText(presenter.about(facts))
        self.about.setVisible(bool(self.about.text()))
        self.themes.set_text("\n".join(campaign.themes))
        self.first.set_text(f"{campaign.week_from:%d/%m/%Y}")
        self.last.set_text(f"{campaign.week_to:%d/%m/%Y}")
        for field in (self.first, self.last):
            field.show_state()
        found = presenter.due_lines(facts, units)
        self.own_day.setVisible(bool(units))
        self.rule.setText(presenter.rule_words(sum(not line.unit and not line.own for line in found)))
        if not same or _standing(found) != self._shown:
            self.wrong.say("")
            self._build(found)
        for line in found:
            for kind, _words in KINDS:
                field, inclusive = self.days[line.level, line.unit, kind]
                due = line.days[kind]
                if same and field.edit.property("state") == "error":
                    continue
                field.set_text(f"{due.day:%d/%m/%Y}" if due else "")
                free = kind in line.free
                inclusive.setCurrentIndex(_FREE if free else int(bool(due and due.inclusive)))
                _owed(field, kind_fixed=_fixed(line, kind), free=free)

    def _build(self, found: Sequence[DueLine]) -> None:
        self._shown = _standing(found)
        self.days = {}
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, (_kind, words) in enumerate(KINDS if found else ()):
            grid.addWidget(Label(words, "bold"), 0, 1 + 2 * place)
        for at, line in enumerate(found, 1):
            row = 2 * at
            grid.addWidget(Label(line.words, "body", wrap=True), row, 0)
            if line.note:
                grid.addWidget(Label(line.note, "secondary", "ink2", wrap=True), row + 1, 0, 1, -1)
            for place, (kind, words) in enumerate(KINDS):
                field = TextField(placeholder="chưa đặt")
                field.setFixedWidth(theme.px(132))
                field.edit.setAccessibleName(f"{words}, {line.words}: ngày")
                field.left.connect(partial(self._day_left, line, kind))
                inclusive = Choice()
                inclusive.addItem("trước ngày", False)
                inclusive.addItem("hết ngày", True)
                if not line.unit:
                    inclusive.addItem("không nộp")
                inclusive.setFixedWidth(theme.px(124))
                inclusive.setAccessibleName(f"{words}, {line.words}: trước hay hết ngày đó")
                inclusive.activated.connect(partial(self._day_left, line, kind))
                grid.addWidget(inclusive, row, 1 + 2 * place)
                grid.addWidget(field, row, 2 + 2 * place)
                self.days[line.level, line.unit, kind] = (field, inclusive)
                inclusive.setEnabled(not _fixed(line, kind))
            if line.unit:
                change = Button("Sửa", "text", size="small", act=partial(self.unit_asked.emit, line.unit))
                change.setAccessibleName(f"Sửa hạn riêng của {line.words}")
                grid.addWidget(change, row, 1 + 2 * len(KINDS))
        if not found:
            grid.addWidget(Label("Chưa có đơn vị cấp dưới nên chưa có hạn nộp nào.", "body", "ink2"), 0, 0)
        self._lines.addWidget(holder)

    def _day_left(self, line: DueLine, kind: str, _what: object) -> None:
        if self._facts is None:
            return
        field, inclusive = self.days[line.level, line.unit, kind]
        owed = inclusive.currentIndex() != _FREE
        if not owed:
            field.set_text("")
        day, wrong = presenter.day_read(field.text(), self._facts.campaign.year)
        field.show_state("error" if wrong else "normal")
        field.edit.setAccessibleDescription(wrong)
        left = (one.edit for one, _choice in self.days.values() if one.edit.property("state") == "error")
        self.wrong.say(wrong or next((box.accessibleDescription() for box in left), ""))
        if not wrong:
            field.set_text(f"{day:%d/%m/%Y}" if day else "")
            edge = bool(inclusive.currentData())
            _owed(field, kind_fixed=_fixed(line, kind), free=not owed)
            self._tell(presenter.with_day(self._facts.campaign, line, kind, day, inclusive=edge, owed=owed))

    def _say(self) -> None:
        if self._facts is None:
            return
        themes = presenter.themes_read(self.themes.text())
        self.themes.show_state("normal" if themes else "error", "" if themes else "Ghi ít nhất một chủ đề.")
        year = self._facts.campaign.year
        first, last = (presenter.day_read(field.text(), year)[0] for field in (self.first, self.last))
        for field, day in ((self.first, first), (self.last, last)):
            field.show_state("normal" if day else "error", "" if day else f"Ghi ngày như 05/10/{year}.")
            if day:
                field.set_text(f"{day:%d/%m/%Y}")
        if first and last and last < first:
            self.last.show_state("error", "Ngày cuối đứng trước ngày đầu.")
            return
        if themes and first and last:
            self._tell(replace(self._facts.campaign, themes=themes, week_from=first, week_to=last))

    def _tell(self, campaign: Campaign) -> None:
        if self._facts is not None and campaign != self._facts.campaign:
            self._facts = replace(self._facts, campaign=campaign)
            self.changed.emit(campaign)


def _fixed(line: DueLine, kind: str) -> bool:
    """True of a day not typed here: a unit's own is changed with a reason, the upper unit's by the upper unit."""
    return bool(line.unit) or kind in line.told


def _owed(field: TextField, *, kind_fixed: bool, free: bool) -> None:
    """A box of a day as it stands beside its choice: none is typed where nobody need file."""
    field.edit.setReadOnly(kind_fixed or free)
    field.edit.setPlaceholderText("" if free else "chưa đặt")
    field.show_state("frozen" if kind_fixed or free else "normal")


def _standing(found: Sequence[DueLine]) -> object:
    """What the lines are, whatever their days: while it is the same the boxes stay."""
    return [(line.level, line.unit, line.words, line.note, line.told) for line in found]
