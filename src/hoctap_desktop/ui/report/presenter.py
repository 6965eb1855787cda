"""What the report page decides: answers on the screen, what was refused, what to save, what to show. No Qt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.filing.letters import LETTER_MISSING, letter_findings
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form import validation
from hoctap_desktop.form.answers import (
    COMPUTED,
    WORDS,
    Cell,
    Count,
    Missing,
    NoNumber,
    cell,
    cell_json,
    lines,
    number,
    text,
)
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Row, Section, Severity
from hoctap_desktop.form.filled_rows import filled_rows
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, parse_count, print_count
from hoctap_desktop.ui.finding_words import ORDER, finding_words
from hoctap_desktop.ui.form_entry.shown import FieldShown
from hoctap_desktop.ui.report.grid_rows import Box, GridRow

# K, C and A stand for words; they are read in small letters too, and as what a Vietnamese keyboard makes of them alone.
KEYS: Mapping[str, NoNumber] = {
    "K": NoNumber.NOT_HELD,
    "C": NoNumber.UNKNOWN,
    "A": NoNumber.NOT_APPLICABLE,
}
CLASSES = "classes"
LEARNERS = "learners"
_FEW = 3
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})", re.IGNORECASE)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_INCOMPLETE = ("required", "blank_cell")


@dataclass(frozen=True)
class Save:
    """One answer to store; value None: blank."""

    field: str
    value: JsonValue | None


@dataclass(frozen=True)
class Look:
    """One row of Cần xem. kind: "block", "ask", "warn", "info"; acts: (id, words); field: where it leads."""

    key: str
    field: str
    kind: str
    title: str
    text: str
    acts: tuple[tuple[str, str], ...] = ()
    settled_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Part:
    """One row of the outline. mark: "done", "block", "warn", "open", "" (heads)."""

    key: str
    number: str
    label: str
    mark: str = ""
    head: bool = False


@dataclass(frozen=True)
class Entered:
    """How many printed rows of the table hold something; a row with two numbers is one cell."""

    done: int
    total: int

    @property
    def words(self) -> str:
        return f"Đã nhập {self.done} trên {self.total} ô"


@dataclass(frozen=True)
class _Rejected:
    typed: str
    why: str


@dataclass(frozen=True)
class _Before:
    """A field as it was before a change."""

    field: str
    value: JsonValue | None
    rejected: _Rejected | None


class ReportPresenter:
    """The report on the screen. Every change returns what to store; nothing here stores it.

    A number that could not be read is kept as typed and shown in its cell until corrected; what is stored for the field
    is blank meanwhile, so that an old number does not stand in for the one the person wrote.
    """

    def __init__(self, filing: Filing, form: FormDefinition, context: Context) -> None:
        self.filing = filing
        self.form = form
        self.context = context
        self._answers: dict[str, JsonValue] = dict(filing.answers)
        self._fields = {field.id: field for field in form.fields()}
        self._rejected: dict[str, _Rejected] = {}
        self._undo: list[tuple[_Before, ...]] = []
        self._touched: set[str] = set()
        self._findings: tuple[Finding, ...] | None = None

    # --- what is there --------------------------------------------------------------------------------------------

    @property
    def answers(self) -> Mapping[str, JsonValue]:
        return self._answers

    @property
    def frozen(self) -> bool:
        """Final: nothing can be changed."""
        return self.filing.status is Status.FINAL

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

    @property
    def year(self) -> int:
        return int(self.filing.campaign[:4])

    def as_filing(self) -> Filing:
        """The filing with the answers on the screen, for the live page."""
        return replace(self.filing, answers=dict(self._answers))

    def field(self, id: str) -> Field:
        return self._fields[id]

    def rejected(self, field: str) -> str | None:
        """What was typed into a field and could not be read; None when there is no such thing."""
        found = self._rejected.get(field)
        return found.typed if found else None

    def shown(self, field: str) -> str:
        """The text a field's box shows: as typed when refused, else as printed."""
        if field in self._rejected:
            return self._rejected[field].typed
        kind = self._fields[field].type if field in self._fields else FieldType.LINE
        if kind in (FieldType.COUNT, FieldType.MONEY):
            value = number(self._answers, field)
            return "" if value is None else print_count(value)
        if kind is FieldType.LINES:
            return "\n".join(lines(self._answers, field))
        if kind is FieldType.MONTH:
            found = _ISO_MONTH.fullmatch(text(self._answers, field))
            return f"{found[2]}/{found[1]}" if found else text(self._answers, field)
        return text(self._answers, field)

    # --- changes --------------------------------------------------------------------------------------------------

    def type_number(self, field: str, typed: str) -> tuple[Save, ...]:
        """What a person left in the box of a COUNT or MONEY field: a number, K, C or A alone, nothing, or a slip."""
        bare = typed.strip()
        if not bare:
            return self.blank(field)
        if bare.upper() in KEYS:
            return self.state_none(field, KEYS[bare.upper()])
        digits = MONEY_DIGITS if self._fields[field].type is FieldType.MONEY else COUNT_DIGITS
        try:
            value = parse_count(bare, digits=digits)
        except UserError as refusal:
            return self._change({field: None}, {field: _Rejected(bare, str(refusal))})
        changes: dict[str, JsonValue | None] = {field: value}
        twin = self._merged_twin(field)
        if twin is not None:
            changes[twin] = None  # the row said one thing for both numbers; now each has its own
        return self._change(changes)

    def state_none(self, field: str, kind: NoNumber, reason: str = "") -> tuple[Save, ...]:
        """States a "no number". In a row of two numbers it holds for both while the other one is no number either."""
        value = cell_json(Missing(kind, reason))
        changes: dict[str, JsonValue | None] = {field: value}
        for twin in self._twins(field):
            if number(self._answers, twin) is None and twin not in self._rejected:
                changes[twin] = value
        return self._change(changes)

    def blank(self, field: str) -> tuple[Save, ...]:
        """Makes a field blank, and the other number of its row when both said the same "no number"."""
        twin = self._merged_twin(field)
        return self._change(dict.fromkeys((field, *((twin,) if twin else ())), None))

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
        iso, spelled = _ISO_MONTH.fullmatch(bare), _MONTH.fullmatch(bare)
        year, month = (iso[1], iso[2]) if iso else (spelled[2], spelled[1]) if spelled else ("0", "0")
        try:
            day = date(int(year), int(month), 1)
        except ValueError:
            why = f"“{bare}” không phải tháng. Nhập dạng 10/{self.year}."
            return self._change({field: None}, {field: _Rejected(bare, why)})
        return self._change({field: f"{day:%Y-%m}"})

    def write_note(self, row: Row, typed: str) -> tuple[Save, ...]:
        """The column Ghi chú: the reason while a number of the row is not yet known, else the note."""
        words = " ".join(typed.split())
        unknown = self._unknown(row)
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

    def set_classes(self, field: str, items: Sequence[Mapping[str, JsonValue]]) -> tuple[Save, ...]:
        """The list of classes; the number of classes and of learners are counted from it while it is not empty."""
        value: list[JsonValue] = [dict(item) for item in items]
        changes: dict[str, JsonValue | None] = {field: value or None}
        if items:
            counted = {CLASSES: len(items), LEARNERS: sum(_learners(item) for item in items)}
            changes |= {id: count for id, count in counted.items() if id in self._fields}
        return self._change(changes)

    def undo(self) -> tuple[Save, ...]:
        """Takes the last change back."""
        if not self._undo or self.frozen:
            return ()
        saves = []
        for before in self._undo.pop():
            now = self._answers.get(before.field)
            self._put(before.field, before.value, before.rejected)
            if now != before.value or type(now) is not type(before.value):
                saves.append(Save(before.field, before.value))
        self._findings = None
        return tuple(saves)

    def last_changed(self) -> str:
        """The field that `undo` would take back, "" when there is nothing."""
        return self._undo[-1][0].field if self._undo else ""

    @property
    def can_undo(self) -> bool:
        return bool(self._undo) and not self.frozen

    def touch(self, field: str) -> bool:
        """Notes that a person has been in a field and left it: from now on it may be told that it is empty.

        True when that is new.
        """
        new = field not in self._touched
        self._touched.add(field)
        return new

    def _change(
        self, changes: Mapping[str, JsonValue | None], rejected: Mapping[str, _Rejected] | None = None
    ) -> tuple[Save, ...]:
        if self.frozen:
            return ()
        refused = rejected or {}
        before, saves = [], []
        for field, value in changes.items():
            was = self._answers.get(field)
            same = was == value and type(was) is type(value)
            if same and self._rejected.get(field) == refused.get(field):
                continue
            before.append(_Before(field, was, self._rejected.get(field)))
            self._put(field, value, refused.get(field))
            if not same:
                saves.append(Save(field, value))
        if before:
            self._undo.append(tuple(before))
            self._findings = None
        return tuple(saves)

    def _put(self, field: str, value: JsonValue | None, rejected: _Rejected | None) -> None:
        if value is None:
            self._answers.pop(field, None)
        else:
            self._answers[field] = value
        if rejected is None:
            self._rejected.pop(field, None)
        else:
            self._rejected[field] = rejected

    # --- the grid -------------------------------------------------------------------------------------------------

    def grid(self) -> tuple[GridRow, ...]:
        """The rows of the table as printed, with what stands in their boxes."""
        found = self.findings()
        hard = [f for f in found if f.severity is Severity.BLOCK and f.rule != "blank_cell"]
        blocks = {f.field: f.message for f in reversed(hard)}
        # an ask that waits for its reason is no mistake of the number: it is shown like a doubt
        doubts = {f.field: f.message for f in reversed(found) if f.severity is not Severity.BLOCK and not f.reason}
        return tuple(self._row(row, blocks, doubts) for section in self.form.sections for row in section.rows)

    def _row(self, row: Row, blocks: Mapping[str, str], doubts: Mapping[str, str]) -> GridRow:
        if row.is_group:
            return GridRow(row.id, row.printed_number, row.label, group=True, list_field=self._list_of(row))
        boxes = tuple(self._box(id, blocks, doubts) for id in row.cells)
        merged = self._is_merged(row)
        note, hint = self._note(row, boxes)
        before = self.context.last_year
        known = [print_count(before[id]) if id in before else "–" for id in row.cells] if before else []
        if set(known) == {"–"}:
            known = ["–"]
        return GridRow(
            row.id,
            row.printed_number,
            row.label,
            boxes=boxes[:1] if merged else boxes,
            cells=row.cells,
            last_year=tuple(known),
            note=note,
            note_hint=hint,
            note_typed="" if self.frozen else self.note_text(row),
            editable=not self.frozen,
            asks_reason=bool(self._unknown(row)),
        )

    def _box(self, field: str, blocks: Mapping[str, str], doubts: Mapping[str, str]) -> Box:
        definition = self._fields[field]
        content = cell(self._answers, field)
        unit, label = definition.unit, definition.label
        rejected = self._rejected.get(field)
        if rejected is not None:
            return Box(field, "error", rejected.typed, unit, label, rejected.why)
        shown = print_count(content.value) if isinstance(content, Count) else ""
        if isinstance(content, Missing) and field not in blocks:
            why = content.reason
            if content.kind is NoNumber.UNKNOWN and not why:
                why = "Ghi lý do ở cột Ghi chú."
            return Box(field, content.kind.value, "", unit, label, why, not self.frozen)
        if field in blocks:
            return Box(field, "error", shown or _word(content), unit, label, blocks[field], not self.frozen)
        if isinstance(content, Count):
            if self.frozen:
                return Box(field, "frozen", shown, unit, label, "", False)
            if self._from_list(field):
                return Box(field, "computed", shown, unit, label, "Máy đếm từ danh sách lớp.", False)
            if field in doubts:
                return Box(field, "warn", shown, unit, label, doubts[field])
            if number(self._answers, COMPUTED + field) == content.value:
                return Box(field, "computed", shown, unit, label, "Máy cộng từ cấp dưới.")
            return Box(field, "number", shown, unit, label)
        return Box(field, "blank", "", unit, label, "", not self.frozen)

    def _note(self, row: Row, boxes: Sequence[Box]) -> tuple[str, str]:
        note = text(self._answers, row.note)
        unknown = self._unknown(row)
        if unknown:
            content = cell(self._answers, unknown[0])
            reason = content.reason if isinstance(content, Missing) else ""
            return " · ".join(part for part in (reason, note) if part), "Ghi lý do"
        if note or not any(box.kind == "computed" for box in boxes):
            return note, ""
        return "", "Từ danh sách" if any(self._from_list(id) for id in row.cells) else "Tự cộng"

    def note_text(self, row: Row) -> str:
        """What the editor of the column Ghi chú opens with."""
        for id in self._unknown(row):
            content = cell(self._answers, id)
            return content.reason if isinstance(content, Missing) else ""
        return text(self._answers, row.note)

    def row(self, id: str) -> Row:
        """The table row called `id`. Raises StopIteration for a name that is not in the form."""
        return next(row for section in self.form.sections for row in section.rows if row.id == id)

    def entered(self) -> Entered:
        """The progress in the title row."""
        return Entered(*filled_rows(self.form, self._answers))

    def _twins(self, field: str) -> tuple[str, ...]:
        row = self.form.row_of(field)
        return tuple(id for id in row.cells if id != field) if row else ()

    def _merged_twin(self, field: str) -> str | None:
        row = self.form.row_of(field)
        return next(iter(self._twins(field)), None) if row and self._is_merged(row) else None

    def _is_merged(self, row: Row) -> bool:
        """Both numbers of a row say the same "no number": one word stands for both."""
        found = [cell(self._answers, id) for id in row.cells]
        return len(found) == 2 and isinstance(found[0], Missing) and found[0] == found[1]

    def _unknown(self, row: Row) -> tuple[str, ...]:
        def unknown(id: str) -> bool:
            content = cell(self._answers, id)
            return isinstance(content, Missing) and content.kind is NoNumber.UNKNOWN

        return tuple(id for id in row.cells if unknown(id))

    # --- the list of classes --------------------------------------------------------------------------------------

    def class_field(self) -> Field | None:
        """The field that holds the list of classes, when the form asks one."""
        return next((field for field in self._fields.values() if field.type is FieldType.CLASSES), None)

    def classes(self) -> tuple[Mapping[str, JsonValue], ...]:
        """The classes listed."""
        field = self.class_field()
        value = self._answers.get(field.id) if field else None
        return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()

    def _list_of(self, row: Row) -> str:
        """Id of the list field behind a group row: the group under which the number of classes stands."""
        field = self.class_field()
        if field is None:
            return ""
        group = ""
        for section in self.form.sections:
            for other in section.rows:
                if other.is_group:
                    group = other.id
                elif CLASSES in other.cells and group == row.id:
                    return field.id
        return ""

    def _from_list(self, field: str) -> bool:
        """The number is the one counted from the list. One that differs is for the person to put right: not grey."""
        items = self.classes()
        if not items or field not in (CLASSES, LEARNERS):
            return False
        counted = len(items) if field == CLASSES else sum(_learners(item) for item in items)
        return number(self._answers, field) == counted

    # --- findings -------------------------------------------------------------------------------------------------

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, among them what was typed and could not be read."""
        if self._findings is None:
            found = validation.findings(self.form, self._answers, self.context)
            found = (*found, *letter_findings(self.form, self._answers))
            slips = [
                Finding("rejected", Severity.BLOCK, id, validation.place_of(self.form, id), slip.why)
                for id, slip in self._rejected.items()
            ]
            kept = [f for f in found if not (f.field in self._rejected and f.severity is Severity.BLOCK)]
            place = {id: at for at, id in enumerate(self._fields)}
            every = [*slips, *kept]
            every.sort(key=lambda f: (validation.ORDER[f.severity], place.get(f.field, len(place))))
            self._findings = tuple(every)
        return self._findings

    def letter_missing(self) -> Finding | None:
        """The first field with a letter that cannot be printed: why there is no page."""
        return next((f for f in self.findings() if f.rule == LETTER_MISSING), None)

    def why_not_final(self) -> str:
        """Why it cannot be finalised; "" when it can."""
        standing = [f for f in self.findings() if f.blocks]
        if not standing:
            return ""
        return f"Còn {len(standing)} chỗ phải sửa hoặc ghi lý do. Xem ở Cần xem."

    def looks(self) -> tuple[Look, ...]:
        """The rows of Cần xem: phải sửa, xem lại, nên biết. Many empty cells are one row, not eighteen."""
        found = self.findings()
        rows: list[Look] = []
        for rule, gather in (("required", self._required_row), ("blank_cell", self._blank_row)):
            same = [f for f in found if f.rule == rule]
            if len(same) > _FEW:
                rows.append(gather(same))
                found = tuple(f for f in found if f.rule != rule)
        rows += [_look(f) for f in found]
        # what was typed wrongly comes before what was not typed yet
        return tuple(sorted(rows, key=lambda row: (ORDER[row.kind], row.key in ("required", "blank_cell"))))

    def _blank_row(self, blanks: Sequence[Finding]) -> Look:
        words = f"{len(blanks)} số chưa nhập. Nhập số; nếu không có thì chọn 0 hoặc một trong ba kiểu dưới đây."
        return Look("blank_cell", blanks[0].field, "block", "Phải nhập: bảng số liệu", words)

    def _required_row(self, missing: Sequence[Finding]) -> Look:
        names = dict.fromkeys(self._section_label(f.field) for f in missing)
        words = f"{len(missing)} mục còn trống: {', '.join(names)}."
        return Look("required", missing[0].field, "block", "Phải nhập: phần lời", words)

    def _section_label(self, field: str) -> str:
        section = self.form.section_of(field)
        return section.label if section else field

    def message_of(self, field: str) -> tuple[str, str]:
        """(state, sentence) of a field in the forms: "error", "warn" or "normal".

        That a field is still empty is told only to one who has been there.
        """
        if field in self._rejected:
            return "error", self._rejected[field].why
        for finding in self.findings():
            if finding.field != field or (finding.rule == "required" and field not in self._touched):
                continue
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
        parents = {section.parent for section in self.form.sections}
        return tuple(
            Part(section.id, f"{section.number}.", section.label, head=True)
            if section.id in parents
            else Part(section.id, self.number_of(section), section.label, self._mark(section))
            for section in self.form.sections
        )

    def number_of(self, section: Section) -> str:
        """ "I.2"; "" for a section without a printed number."""
        above = next((other.number for other in self.form.sections if other.id == section.parent), "")
        return ".".join(part for part in (above, section.number) if part)

    def heading_of(self, section: Section) -> str:
        """What stands over the form of a section: its printed heading, but for one all in capitals."""
        words = section.heading if section.heading and not section.heading.isupper() else section.label
        return " ".join(part for part in (self.number_of(section), words) if part)

    def section(self, key: str) -> Section:
        return next(section for section in self.form.sections if section.id == key)

    def _mark(self, section: Section) -> str:
        inside = {field.id for field in section.fields} | {row.note for row in section.rows}
        found = [f for f in self.findings() if f.field in inside]
        if any(f.severity is Severity.BLOCK and f.rule not in _INCOMPLETE for f in found):
            return "block"
        if any(f.blocks for f in found) or not any(id in self._answers for id in inside):
            return "warn" if any(f.severity is Severity.ASK and f.blocks for f in found) else "open"
        if any(f.severity is not Severity.BLOCK and not f.reason for f in found):
            return "warn"
        return "done"


def _look(finding: Finding) -> Look:
    said = finding_words(finding, "Sửa số" if finding.field != "document.month" else "Sửa tháng")
    return Look(
        f"{finding.rule}|{finding.field}",
        finding.field,
        said.kind,
        said.title,
        said.text,
        said.acts,
        finding.settled_by,
        finding.reason,
    )


def _word(content: Cell) -> str:
    return WORDS[content.kind] if isinstance(content, Missing) else ""


def _learners(item: Mapping[str, JsonValue]) -> int:
    value = item.get("learners")
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
