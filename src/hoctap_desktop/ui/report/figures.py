"""The table of numbers as rows of boxes: what stands in each, why, what the year before was. No Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from hoctap_desktop.form.answers import COMPUTED, WORDS, Cell, Count, Missing, NoNumber, cell, number, text
from hoctap_desktop.form.checks import may_be_overridden
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Row, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.ui.report.grid_rows import Box, GridRow

CLASSES = "classes"
LEARNERS = "learners"
COUNTED_ASKS = "Máy đếm từ danh sách lớp. Gõ số khác được, kèm lý do."
FROM_LIST = "Theo danh sách lớp"


class Figures:
    """The rows of the table as printed; after a change only those it touches are made anew.

    answers, rejected (text typed and why it is no number, by field): of the presenter, looked at and never changed.
    """

    def __init__(
        self,
        form: FormDefinition,
        answers: Mapping[str, JsonValue],
        rejected: Mapping[str, tuple[str, str]],
        last_year: Mapping[str, int],
        *,
        frozen: bool,
    ) -> None:
        self._form = form
        self._answers = answers
        self._rejected = rejected
        self._last_year = last_year
        self._frozen = frozen
        self._list_head, self._list_field = _list_of(form)
        self._rows = [row for section in form.sections for row in section.rows]
        self._made: list[GridRow] = []
        self._place = {id: at for at, row in enumerate(self._rows) for id in (*row.cells, row.note)}
        self._blocks: dict[str, str] = {}
        self._doubts: dict[str, str] = {}
        self._marks: dict[str, str] = {}  # what the diary has for a field, in words

    def rows(self, said: Callable[[str], Sequence[Finding]], changed: Iterable[str]) -> tuple[GridRow, ...]:
        """All rows. said: the findings of a field; changed: the fields whose answer or findings are others now."""
        first = not self._made
        touched = {field.removeprefix(COMPUTED) for field in (self._place if first else changed)}
        for field in touched:
            self._judge(field, said(field))
        if self._list_field in touched:
            touched |= {CLASSES, LEARNERS}
        if first:
            self._made = [self._row(row) for row in self._rows]
        else:
            for at in {self._place[field] for field in touched if field in self._place}:
                self._made[at] = self._row(self._rows[at])
        return tuple(self._made)

    def _judge(self, field: str, findings: Sequence[Finding]) -> None:
        """The sentence a number is marked with: a mistake, or a doubt nobody has settled."""
        hard = (f for f in findings if f.severity is Severity.BLOCK and f.rule != "blank_cell")
        # an ask that waits for its reason is no mistake of the number: it is shown like a doubt
        soft = (f for f in findings if f.severity is not Severity.BLOCK and not f.reason)
        for kept, found in ((self._blocks, next(hard, None)), (self._doubts, next(soft, None))):
            if found is None:
                kept.pop(field, None)
            else:
                kept[field] = found.message

    def mark(self, marks: Mapping[str, str]) -> set[str]:
        """What the diary has for each field, shown in grey where the row has no note; the fields that differ."""
        changed = {field for field, _ in marks.items() ^ self._marks.items()}
        self._marks = dict(marks)
        return changed

    def _row(self, row: Row) -> GridRow:
        if row.is_group:
            listed = self._list_field if row.id == self._list_head else ""
            return GridRow(row.id, row.printed_number, row.label, group=True, list_field=listed)
        boxes = tuple(self._box(id) for id in row.cells)
        merged = self.is_merged(row)
        note, hint = self._note(row, boxes)
        before = self._last_year
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
            note_typed="" if self._frozen else self.note_text(row),
            editable=not self._frozen,
            asks_reason=bool(self.unknown(row)),
            units=tuple(self._field(id).unit for id in row.cells),
        )

    def _box(self, field: str) -> Box:
        definition = self._field(field)
        content = cell(self._answers, field)
        unit, label = definition.unit, definition.label
        if field in self._rejected:
            typed, why = self._rejected[field]
            return Box(field, "error", typed, unit, label, why)
        shown = print_count(content.value) if isinstance(content, Count) else ""
        computed = number(self._answers, COMPUTED + field)
        if isinstance(content, Missing) and field not in self._blocks:
            why = content.reason
            if content.kind is NoNumber.UNKNOWN and not why:
                why = "Ghi lý do ở cột Ghi chú."
            return Box(field, content.kind.value, "", unit, label, why, not self._frozen, computed)
        if field in self._blocks:
            shown = shown or _word(content)
            return Box(field, "error", shown, unit, label, self._blocks[field], not self._frozen, computed)
        if isinstance(content, Count):
            if self._frozen:
                return Box(field, "frozen", shown, unit, label, "", False)
            if self.from_list(field):
                by_hand = may_be_overridden(self._form, field)
                why = COUNTED_ASKS if by_hand else "Máy đếm từ danh sách lớp."
                return Box(field, "computed", shown, unit, label, why, by_hand, computed, counted=True)
            if field in self._doubts:
                return Box(field, "warn", shown, unit, label, self._doubts[field], True, computed)
            if computed == content.value:
                return Box(field, "computed", shown, unit, label, "Máy cộng từ cấp dưới.")
            source = "Máy đếm từ danh sách lớp được" if self._is_listed(field) else "Máy cộng từ cấp dưới được"
            why = "" if computed is None else f"{source} {print_count(computed)}."
            return Box(field, "number", shown, unit, label, why, True, computed)
        return Box(field, "blank", "", unit, label, "", not self._frozen, computed)

    def _note(self, row: Row, boxes: Sequence[Box]) -> tuple[str, str]:
        note = text(self._answers, row.note)
        unknown = self.unknown(row)
        if unknown:
            content = cell(self._answers, unknown[0])
            reason = content.reason if isinstance(content, Missing) else ""
            return " · ".join(part for part in (reason, note) if part), "Ghi lý do"
        if note:
            return note, ""
        if marked := [self._marks[id] for id in row.cells if id in self._marks]:
            return "", "; ".join(dict.fromkeys(marked))
        if any(box.kind == "computed" for box in boxes):
            return "", FROM_LIST if any(self.from_list(id) for id in row.cells) else "Tự cộng"
        added = [print_count(box.computed) for box in boxes if box.computed is not None and not self._frozen]
        if added:
            verb = "đếm" if any(self._is_listed(id) for id in row.cells) else "cộng"
            return "", f"Máy {verb}: {' và '.join(added)}"
        return "", "" if self._frozen else self._field(row.cells[0]).hint  # what the upper unit says of the question

    def note_text(self, row: Row) -> str:
        """What the editor of the column Ghi chú opens with."""
        for id in self.unknown(row):
            content = cell(self._answers, id)
            return content.reason if isinstance(content, Missing) else ""
        return text(self._answers, row.note)

    def is_merged(self, row: Row) -> bool:
        """Both numbers of a row say the same "no number": one word stands for both."""
        found = [cell(self._answers, id) for id in row.cells]
        return len(found) == 2 and isinstance(found[0], Missing) and found[0] == found[1]

    def unknown(self, row: Row) -> tuple[str, ...]:
        """The numbers of a row that are said to be not yet known."""

        def is_unknown(id: str) -> bool:
            content = cell(self._answers, id)
            return isinstance(content, Missing) and content.kind is NoNumber.UNKNOWN

        return tuple(id for id in row.cells if is_unknown(id))

    def from_list(self, field: str) -> bool:
        """The number is the one counted from the list. One that differs is for the person to put right: not grey."""
        if field not in (CLASSES, LEARNERS):
            return False
        items = listed(self._answers, self._list_field)
        return bool(items) and number(self._answers, field) == counted(items)[field]

    def _is_listed(self, field: str) -> bool:
        """What was computed for the number is what the list of classes counts."""
        counts = counted(listed(self._answers, self._list_field)) if self._answers.get(self._list_field) else {}
        return field in counts and number(self._answers, COMPUTED + field) == counts[field]

    def _field(self, id: str) -> Field:
        found = self._form.field(id)
        assert found is not None, id
        return found


def listed(answers: Mapping[str, JsonValue], field: str) -> tuple[Mapping[str, JsonValue], ...]:
    """The classes listed in a field."""
    value = answers.get(field)
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def counted(items: Sequence[Mapping[str, JsonValue]]) -> dict[str, int]:
    """The numbers counted from a list of classes."""
    return {CLASSES: len(items), LEARNERS: sum(number(item, "learners") or 0 for item in items)}


def _list_of(form: FormDefinition) -> tuple[str, str]:
    """The group row under which the number of classes stands, and the field of the list behind it."""
    field = next((field for field in form.fields() if field.type is FieldType.CLASSES), None)
    group = ""
    for section in form.sections:
        for row in section.rows:
            if row.is_group:
                group = row.id
            elif CLASSES in row.cells and field is not None:
                return group, field.id
    return "", field.id if field else ""


def _word(content: Cell) -> str:
    return WORDS[content.kind] if isinstance(content, Missing) else ""
