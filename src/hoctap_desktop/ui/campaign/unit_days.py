"""One unit's own days: earlier or later than those of its level, with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.office.campaigns import set_unit_day
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.campaign import presenter
from hoctap_desktop.ui.campaign.presenter import KINDS
from hoctap_desktop.ui.first_run.frame import in_columns
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.units.model import Unit


@dataclass(frozen=True)
class UnitDay:
    """What was typed for one kind of paper. day: None for the day of the unit's level."""

    kind: str
    day: date | None
    inclusive: bool


class UnitDaysDialog(Dialog):
    """`keep(days, reason)` with the kinds that were changed. reasons: why it has days of its own, by kind."""

    def __init__(
        self,
        parent: QWidget,
        unit: Unit,
        campaign: Campaign,
        reasons: Mapping[str, str],
        keep: Callable[[tuple[UnitDay, ...], str], object],
    ) -> None:
        super().__init__(parent, f"Hạn nộp riêng: {unit.short_name or unit.name}", icon="calendar-days", tone="pri")
        self._keep = keep
        self._year = campaign.year
        self.add_text(f"Chỉ cho đơn vị này, đợt {campaign.id}. Để trống ngày: theo hạn chung của cấp.", "ink2")
        self.body.addSpacing(6)
        self._before: dict[str, UnitDay] = {}
        self.days: dict[str, tuple[TextField, ChoiceField]] = {}
        for kind, words in KINDS:
            own = next((d for d in campaign.deadlines if (d.kind, d.unit) == (kind, unit.code)), None)
            shared = campaign.deadline(kind, unit.level)
            self._before[kind] = UnitDay(kind, own.day if own else None, bool(own and own.inclusive))
            field = TextField(
                words,
                f"{own.day:%d/%m/%Y}" if own else "",
                hint=_shared_words(shared, free=not campaign.owes(kind, unit.level)),
            )
            how = ChoiceField("Tính đến")
            how.add("trước ngày đó", False)
            how.add("hết ngày đó", True)
            how.choose(bool(own and own.inclusive))
            how.box.setAccessibleName(f"{words}: tính đến")
            self.days[kind] = field, how
            in_columns(self.body, (field, how), stretch=(2, 1))
        given = next((reasons[kind] for kind, _words in KINDS if reasons.get(kind)), "")
        self.reason = TextField("Lý do (bắt buộc)", given, placeholder="Ví dụ: công văn xin gia hạn số 12/UBND")
        self.body.addWidget(self.reason)
        self.add_button("Để sau")
        self.save = self.add_button("Ghi hạn riêng", "primary", closes=False, act=self.try_keep)
        self.focus_first(self.days[KINDS[-1][0]][0].edit)

    def try_keep(self) -> None:
        """Keeps what is typed, or says at each field what is wrong."""
        found, wrong_any = [], False
        for kind, (field, how) in self.days.items():
            day, wrong = presenter.day_read(field.text(), self._year)
            field.show_state("error" if wrong else "normal", wrong)
            wrong_any = wrong_any or bool(wrong)
            found.append(UnitDay(kind, day, day is not None and bool(how.data())))
        changed = tuple(one for one in found if one != self._before[one.kind])
        reason = clean_line(self.reason.text())
        missing = bool(changed) and not reason
        self.reason.show_state("error" if missing else "normal", "Ghi một câu để sau này còn hiểu." if missing else "")
        if wrong_any or missing:
            return
        self.accept()
        if changed:
            self._keep(changed, reason)


def keep_unit_days(store: Store, campaign: str, code: str, days: Sequence[UnitDay], reason: str) -> None:
    """Keeps them in one commit. Raises UserError as office.campaigns.set_unit_day."""
    with store.atomic():
        for one in days:
            set_unit_day(store, campaign, one.kind, code, one.day, inclusive=one.inclusive, reason=reason)


def _shared_words(due: Deadline | None, *, free: bool) -> str:
    if free:
        return "Loại đơn vị này không phải nộp; ghi ngày thì riêng đơn vị này phải nộp."
    if due is None:
        return "Loại đơn vị này chưa có hạn chung."
    return f"Hạn chung: {'hết' if due.inclusive else 'trước'} ngày {due.day:%d/%m/%Y}."
