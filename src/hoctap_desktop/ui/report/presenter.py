"""What the report page decides: answers on the screen, what was refused, what to save, what to show. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoctap_desktop.filing.letters import LETTER_MISSING
from hoctap_desktop.form import validation
from hoctap_desktop.form.answers import (
    COMPUTED,
    Missing,
    NoNumber,
    cell,
    cell_json,
    lines,
    number,
    text,
)
from hoctap_desktop.form.definition import FieldType, Row, Section, Severity
from hoctap_desktop.form.filled_rows import must_fix
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date, print_month, read_month
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.report.empty_parts import EMPTY_PART
from hoctap_desktop.ui.form_entry.shown import FieldShown
from hoctap_desktop.ui.report.figures import counted
from hoctap_desktop.ui.report.grid_rows import GridRow
from hoctap_desktop.ui.report.looks import Look, Part, looks_of, number_of, parts_of
from hoctap_desktop.ui.report.pasting import Pasted
from hoctap_desktop.ui.report.report_answers import ReportAnswers, Save
from hoctap_desktop.ui.report.typed import no_month, read_number

# K, C and A stand for words; they are read in small letters too, and as what a Vietnamese keyboard makes of them alone.
KEYS: Mapping[str, NoNumber] = {
    "K": NoNumber.NOT_HELD,
    "C": NoNumber.UNKNOWN,
    "A": NoNumber.NOT_APPLICABLE,
}
LARGE = 300
# What stands empty is said at its box without a fill: nothing in it is wrong.
_EMPTY = {validation.REQUIRED: "blank", EMPTY_PART: "empty"}


@dataclass(frozen=True)
class Entered:
    """How many printed rows of the table hold something; a row with two numbers is one cell."""

    done: int
    total: int

    @property
    def words(self) -> str:
        return f"Đã nhập {self.done} trên {self.total} ô"


class ReportPresenter(ReportAnswers):
    """The report on the screen. Every change returns what to store; nothing here stores it.

    A number that could not be read is kept and stored as typed and shown in its cell until corrected: it is there again
    after the program was closed, and no old number stands in for the one the person wrote.
    """

    # --- what is there --------------------------------------------------------------------------------------------

    @property
    def large(self) -> bool:
        """So many fields that what is read off all of them cannot be shown at each key."""
        return len(self._fields) > LARGE

    @property
    def chip(self) -> str:
        words = "Đã chốt" if self.frozen else "Bản nháp"
        return f"{words}, lần {self.filing.revision}"

    @property
    def final_words(self) -> str:
        """ "Báo cáo lần 1 đã chốt ngày 13/10/2022, mã giấy 7K3M-Q9TX-2HBV."; "" for a draft."""
        if not self.frozen or self.filing.finalised_at is None:
            return ""
        day = print_date(self.filing.finalised_at.date())
        return f"Báo cáo lần {self.filing.revision} đã chốt ngày {day}, mã giấy {self.filing.paper_code}."

    def rejected(self, field: str) -> str | None:
        """What was typed into a field and could not be read; None when there is no such thing."""
        found = self._rejected.get(field)
        return found[0] if found else None

    def shown(self, field: str) -> str:
        """The text a field's box shows: as typed when refused, else as printed."""
        if field in self._rejected:
            return self._rejected[field][0]
        kind = self._fields[field].type if field in self._fields else FieldType.LINE
        if kind in (FieldType.COUNT, FieldType.MONEY):
            value = number(self._answers, field)
            return "" if value is None else print_count(value)
        if kind is FieldType.LINES:
            return "\n".join(lines(self._answers, field))
        if kind is FieldType.MONTH:
            return print_month(text(self._answers, field))
        return text(self._answers, field)

    # --- changes --------------------------------------------------------------------------------------------------

    def type_number(self, field: str, typed: str) -> tuple[Save, ...]:
        """What a person left in the box of a COUNT or MONEY field: a number, K, C or A alone, nothing, or a slip."""
        bare = typed.strip()
        if not bare:
            return self.blank(field)
        if bare.upper() in KEYS:
            return self.state_none(field, KEYS[bare.upper()])
        try:
            value = read_number(self._fields[field], bare)
        except UserError as refusal:
            return self._change({field: None}, {field: (bare, str(refusal))})
        changes: dict[str, JsonValue | None] = {field: value}
        twin = self._merged_twin(field)
        if twin is not None:
            changes[twin] = None  # the row said one thing for both numbers; now each has its own
        return self._change(changes)

    def state_none(self, field: str, kind: NoNumber) -> tuple[Save, ...]:
        """States a "no number". In a row of two numbers it holds for both while the other one is no number either."""
        value = cell_json(Missing(kind))
        changes: dict[str, JsonValue | None] = {field: value}
        for twin in self._twins(field):
            if number(self._answers, twin) is None and twin not in self._rejected:
                changes[twin] = value
        return self._change(changes)

    def blank(self, *fields: str) -> tuple[Save, ...]:
        """Makes fields blank, and the other number of a row when both said the same "no number"."""
        twins = [self._merged_twin(field) for field in fields]
        return self._change(dict.fromkeys((*fields, *(twin for twin in twins if twin)), None))

    def write(self, field: str, typed: str) -> tuple[Save, ...]:
        """What a person left in a field that is no cell of the table."""
        match self._fields[field].type:
            case FieldType.COUNT | FieldType.MONEY:
                return self.type_number(field, typed)
            case FieldType.LINES:
                items: list[JsonValue] = [line.strip() for line in typed.splitlines() if line.strip()]
                return self._change({field: items or None})
            case FieldType.MONTH:
                return self._write_month(field, typed)
            case FieldType.LONG_TEXT | FieldType.BODY:
                return self._change({field: typed if typed.strip() else None})
            case _:
                return self._change({field: " ".join(typed.split()) or None})

    def _write_month(self, field: str, typed: str) -> tuple[Save, ...]:
        bare = typed.strip()
        if not bare:
            return self._change({field: None})
        month = read_month(bare)
        if not month:
            return self._change({field: None}, {field: (bare, no_month(bare, self.year))})
        return self._change({field: month})

    def write_note(self, row: Row, typed: str) -> tuple[Save, ...]:
        """The column Ghi chú: the reason while a number of the row is not yet known, else the note."""
        words = " ".join(typed.split())
        unknown = self._figures.unknown(row)
        if unknown:
            return self._change({field: cell_json(Missing(NoNumber.UNKNOWN, words)) for field in unknown})
        return self._change({row.note: words or None})

    def give_reason(self, settled_by: str, reason: str) -> tuple[Save, ...]:
        """The reason for a finding ("reason.<rule>.<field>"); for a number not yet known it goes into its cell."""
        words = " ".join(reason.split())[: validation.REASON_LENGTH]
        field = settled_by.split(".", 2)[2] if settled_by.count(".") >= 2 else ""
        found = cell(self._answers, field)
        if settled_by.startswith("reason.unknown_reason.") and isinstance(found, Missing):
            return self._change({field: cell_json(Missing(found.kind, words))})
        return self._change({settled_by: words or None})

    def take_pasted(self, cells: Sequence[Pasted]) -> tuple[Save, ...]:
        """The cells of a block that can be taken, as one step of undo."""
        changes: dict[str, JsonValue | None] = {}
        for one in (one for one in cells if one.taken and not one.field.startswith(validation.NOTE)):
            changes[one.field] = one.value
            twin = self._merged_twin(one.field)
            if twin is not None:
                changes.setdefault(twin, None)  # the row said one thing for both numbers; now each has its own
        now = {**self._answers, **changes}
        for one in (one for one in cells if one.taken and one.field.startswith(validation.NOTE)):
            row = self.row(one.field.removeprefix(validation.NOTE))
            kinds = {id: found for id in row.cells if isinstance(found := cell(now, id), Missing)}
            unknown = [id for id, found in kinds.items() if found.kind is NoNumber.UNKNOWN]
            if unknown:
                changes |= {id: cell_json(Missing(NoNumber.UNKNOWN, str(one.value))) for id in unknown}
            else:
                changes[one.field] = one.value
        return self._change(changes)

    def take_computed(self, field: str) -> tuple[Save, ...]:
        """What the program added up from below in place of what was written over it."""
        return self._change({field: number(self._answers, COMPUTED + field)})

    def set_classes(self, field: str, items: Sequence[Mapping[str, JsonValue]]) -> tuple[Save, ...]:
        """The list of classes; the number of classes and of learners are counted from it while it is not empty.

        A number somebody wrote over the one counted stays; its reason is asked for while the two differ.
        """
        return self._change(self.classes_changes(field, items))

    def classes_changes(self, field: str, items: Sequence[Mapping[str, JsonValue]]) -> dict[str, JsonValue | None]:
        """What that list changes, without changing it."""
        value: list[JsonValue] = [dict(item) for item in items]
        changes: dict[str, JsonValue | None] = {field: value or None}
        if items:
            counts = {id: count for id, count in counted(items).items() if id in self._fields}
            changes |= {id: count for id, count in counts.items() if not self._by_hand(id)}
        return {**changes, **self._kept_counts(changes)}

    def mark(self, marks: Mapping[str, str]) -> None:
        """What the diary has for the numbers of the table, in words by field."""
        self._changed |= self._figures.mark(marks)

    # --- the grid -------------------------------------------------------------------------------------------------

    def grid(self) -> tuple[GridRow, ...]:
        """The rows of the table as printed, with what stands in their boxes."""
        changed, self._changed = self._changed, set()
        return self._figures.rows(self.findings_of, changed)

    def take_changed(self) -> frozenset[str]:
        """The fields of which a form may have to show something else since this was asked last."""
        told, self._told = frozenset(self._told), set()
        return told

    def note_text(self, row: Row) -> str:
        """What the editor of the column Ghi chú opens with."""
        return self._figures.note_text(row)

    def row(self, id: str) -> Row:
        """The table row called `id`. Raises StopIteration for a name that is not in the form."""
        return next(row for section in self.form.sections for row in section.rows if row.id == id)

    def entered(self) -> Entered:
        """The progress in the title row."""
        return Entered(len(self._full), self._rows)

    def _twins(self, field: str) -> tuple[str, ...]:
        row = self.form.row_of(field)
        return tuple(id for id in row.cells if id != field) if row else ()

    def _merged_twin(self, field: str) -> str | None:
        row = self.form.row_of(field)
        return next(iter(self._twins(field)), None) if row and self._figures.is_merged(row) else None

    # --- findings -------------------------------------------------------------------------------------------------

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """Of the upper unit, on the revision before or on this one."""
        return self._found.remarks

    def set_remarks(self, remarks: Sequence[Finding]) -> None:
        """What the upper unit says now."""
        if fields := self._found.set_remarks(remarks):
            self._tell(fields)

    def findings_of(self, field: str) -> tuple[Finding, ...]:
        """Those of one field, the hardest first."""
        return self._found.of(field)

    def empty_parts(self) -> tuple[Finding, ...]:
        """The parts in words that are still blank, in printed order: told of once more before it is final."""
        return self._found.empty_parts()

    def letter_missing(self) -> Finding | None:
        """The first field with a letter that cannot be printed: why there is no page."""
        return next((f for f in self.findings() if f.rule == LETTER_MISSING), None)

    def why_not_final(self) -> str:
        """Why it cannot be finalised; "" when it can."""
        standing = must_fix(self.form, self.findings())
        if not standing:
            return ""
        return f"Còn {standing} chỗ phải sửa hoặc ghi lý do. Xem ở Cần xem."

    def looks(self) -> tuple[Look, ...]:
        """The rows of Cần xem."""
        if self._looks is None:
            # what is final is looked at no more, but for what the upper unit says of it
            self._looks = looks_of(self.form, self.remarks if self.frozen else self.findings())
        return self._looks

    def message_of(self, field: str) -> tuple[str, str]:
        """(state, sentence) of a field in the forms: "error", "blank" (must be written), "empty", "warn" or "normal".

        That a field is still empty is told only to one who has been there.
        """
        if field in self._rejected:
            return "error", self._rejected[field][1]
        for finding in self.findings_of(field):
            if finding.rule in _EMPTY and field not in self._touched:
                continue
            if kind := _EMPTY.get(finding.rule):
                return kind, finding.message
            if finding.blocks:
                return ("error" if finding.severity is Severity.BLOCK else "warn"), finding.message
            if not finding.reason:
                return "warn", finding.message
        return "normal", ""

    def field_shown(self, id: str) -> FieldShown:
        """A field as its box shows it."""
        return FieldShown(self.shown(id), *self.message_of(id))

    # --- the outline ----------------------------------------------------------------------------------------------

    def parts(self) -> tuple[Part, ...]:
        """The outline at the left, in printed order."""
        return parts_of(self.form, self.findings(), self._answers)

    def heading_of(self, section: Section) -> str:
        """What stands over the form of a section: its printed heading, but for one all in capitals."""
        words = section.heading if section.heading and not section.heading.isupper() else section.label
        return " ".join(part for part in (number_of(self.form, section), words) if part)

    def section(self, key: str) -> Section:
        return next(section for section in self.form.sections if section.id == key)
