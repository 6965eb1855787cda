"""Next year's form from this year's: rows of the table renamed, moved, added, retired. Ids are never touched. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp, Row, Rule, Section
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line

LONGEST_LABEL = 300
LONGEST_HINT = 200
LONGEST_UNIT = 30
LONGEST_NUMBER = 8
_FEW = 3  # questions named one by one
_LETTERS = "abcdeghiklmnopq"
_SEPARATOR = re.compile(r"\s*/\s*")


@dataclass(frozen=True)
class Question:
    """A row of the table as the officer edits it. id: of the row; group: it holds no number.

    units: the word behind each number; note: the line of help under it; roll_up: how it climbs up.
    """

    id: str
    number: str
    label: str
    units: tuple[str, ...] = ()
    note: str = ""
    roll_up: RollUp = RollUp.SUM

    @property
    def group(self) -> bool:
        return not self.units

    @property
    def unit(self) -> str:
        """ "lần / lượt người"."""
        return " / ".join(self.units)


def table_section(form: FormDefinition) -> Section | None:
    """The section that holds the table, None for a form without one."""
    return next((section for section in form.sections if section.rows), None)


def questions(form: FormDefinition) -> tuple[Question, ...]:
    """Every row of the table, in printed order."""
    section = table_section(form)
    return tuple(_question(form, row) for row in section.rows) if section is not None else ()


def _question(form: FormDefinition, row: Row) -> Question:
    cells = [field for id in row.cells if (field := form.field(id)) is not None]
    if not cells:
        return Question(row.id, row.printed_number, row.label)
    units = tuple(field.unit for field in cells)
    return Question(row.id, row.printed_number, row.label, units, cells[0].hint, cells[0].roll_up)


def relabelled(form: FormDefinition, row: str, label: str) -> FormDefinition:
    """Other words for a question; the answers of every year stay together, for the id stays.

    Raises UserError(QUESTION_WRONG) when nothing is left of it, or too much.
    """
    words = _within(_label(form, row), label, LONGEST_LABEL, "nội dung")
    changed = _with_row(form, row, lambda found: replace(found, label=words))
    units = {id: field.unit for id in _cells(form, row) if (field := form.field(id)) is not None}
    for id, unit in units.items():
        changed = _with_field(changed, id, label=words if len(units) == 1 else f"{words}: số {unit}")
    return changed


def renumbered(form: FormDefinition, row: str, number: str) -> FormDefinition:
    """Another printed number, a label only; "" for none. Raises UserError(QUESTION_WRONG)."""
    words = clean_line(number)
    if len(words) > LONGEST_NUMBER:
        why = f"số thứ tự nhiều nhất {LONGEST_NUMBER} chữ. Hãy rút ngắn."
        raise UserError(Code.QUESTION_WRONG, row=_label(form, row), why=why)
    return _with_row(form, row, lambda found: replace(found, printed_number=words))


def with_unit(form: FormDefinition, row: str, units: str) -> FormDefinition:
    """Another word behind the number; "lần / lượt người" where two stand in a row. Raises UserError(QUESTION_WRONG)."""
    cells = _cells(form, row)
    words = [clean_line(part) for part in _SEPARATOR.split(units.strip())]
    if len(words) != len(cells) or not all(words):
        wanted = "một đơn vị tính, ví dụ người."
        if len(cells) > 1:
            wanted = f"{len(cells)} đơn vị tính, ngăn bằng dấu /, ví dụ lần / lượt người."
        raise UserError(Code.QUESTION_WRONG, row=_label(form, row), why=f"cần {wanted}")
    words = [_within(_label(form, row), word, LONGEST_UNIT, "đơn vị tính") for word in words]
    for id, unit in zip(cells, words, strict=True):
        form = _with_field(form, id, unit=unit)
    return form


def with_note(form: FormDefinition, row: str, note: str) -> FormDefinition:
    """Another line of help for who fills it in; "" for none. Raises UserError(QUESTION_WRONG)."""
    words = clean_line(note)
    if len(words) > LONGEST_HINT:
        raise UserError(
            Code.QUESTION_WRONG, row=_label(form, row), why=f"ghi chú nhiều nhất {LONGEST_HINT} chữ. Hãy rút ngắn."
        )
    for id in _cells(form, row)[:1]:
        form = _with_field(form, id, hint=words)
    return form


def noted(form: FormDefinition, row: str, note: str) -> FormDefinition:
    """A line of help more, after what stands there. Raises UserError(QUESTION_WRONG)."""
    before = next((one.note for one in questions(form) if one.id == row), "")
    return with_note(form, row, f"{before}; {note}" if before else note)


def moved(form: FormDefinition, row: str, by: int) -> FormDefinition:
    """A row further up (-1) or down (1); at the end of the table it stays."""
    section = _section(form)
    ids = [one.id for one in section.rows]
    at = ids.index(row)
    to = min(max(at + by, 0), len(ids) - 1)
    rows = list(section.rows)
    rows.insert(to, rows.pop(at))
    return _with_section(form, replace(section, rows=tuple(rows)))


def added(
    form: FormDefinition,
    label: str,
    unit: str,
    *,
    year: int,
    taken: Iterable[str],
    after: str = "",
    roll_up: RollUp = RollUp.SUM,
) -> tuple[FormDefinition, str]:
    """A new question under the row `after` ("": at the end), and the id of its row, which is its own for ever.

    taken: every id that any version of any form ever had: none is given again. Raises UserError(QUESTION_WRONG).
    """
    section = _section(form)
    words = _within("câu hỏi mới", label, LONGEST_LABEL, "nội dung")
    counted = _within(words, unit, LONGEST_UNIT, "đơn vị tính")
    used = {*taken, *_ids(form)}
    id = next(f"q{year}_{n}" for n in range(1, len(used) + 2) if f"q{year}_{n}" not in used)
    at = [row.id for row in section.rows].index(after) + 1 if after else len(section.rows)
    row = Row(id, _number_at(section.rows, at), words, (id,))
    field = Field(id, words, FieldType.COUNT, unit=counted, roll_up=roll_up)
    rows = (*section.rows[:at], row, *section.rows[at:])
    return _with_section(form, replace(section, rows=rows, fields=(*section.fields, field))), id


@dataclass(frozen=True)
class Retired:
    """rules: ids of the checks that looked at what is asked no more, and went with it."""

    form: FormDefinition
    fields: tuple[str, ...]
    rules: tuple[str, ...]


def retired(form: FormDefinition, row: str) -> Retired:
    """A question that is asked no more. What was answered in other years stays; its id is never given again.

    Raises UserError(QUESTION_WRONG) for the last row with a number, and for one that classes are listed under.
    """
    section = _section(form)
    cells = _cells(form, row)
    if cells and sum(not one.is_group for one in section.rows) == 1:
        raise UserError(Code.QUESTION_WRONG, row=_label(form, row), why="bảng phải còn ít nhất một dòng có số.")
    rules = tuple(rule.id for rule in form.rules if set(rule.fields) & set(cells))
    rows = tuple(one for one in section.rows if one.id != row)
    fields = tuple(field for field in section.fields if field.id not in cells)
    kept: tuple[Rule, ...] = tuple(rule for rule in form.rules if rule.id not in rules)
    changed = _with_section(form, replace(section, rows=rows, fields=fields))
    return Retired(replace(changed, rules=kept), cells, rules)


def next_version(form: FormDefinition, versions: Iterable[int]) -> FormDefinition:
    """The form under the next free number."""
    return replace(form, version=max([form.version, *versions]) + 1, hash="")


def same_content(one: FormDefinition, other: FormDefinition) -> bool:
    """True when two versions ask and print the same."""
    return replace(one, version=0, hash="") == replace(other, version=0, hash="")


@dataclass(frozen=True)
class FormDifference:
    """What a new version asks otherwise. Labels, in printed order."""

    added: tuple[str, ...]
    retired: tuple[str, ...]
    changed: tuple[str, ...]
    reordered: bool

    @property
    def words(self) -> str:
        said = [
            f"{what}: {'; '.join(labels)}."
            for what, labels in (("Thêm", self.added), ("Bỏ", self.retired), ("Đổi chữ", self.changed))
            if labels
        ]
        if self.reordered:
            said.append("Đổi thứ tự các dòng.")
        return " ".join(said)


def differences(before: FormDefinition, after: FormDefinition) -> FormDifference:
    """What the table of `after` asks otherwise than that of `before`."""
    old, new = {one.id: one for one in questions(before)}, {one.id: one for one in questions(after)}
    both = [id for id in old if id in new]
    return FormDifference(
        tuple(one.label for id, one in new.items() if id not in old),
        tuple(one.label for id, one in old.items() if id not in new),
        tuple(new[id].label for id in both if old[id] != new[id]),
        both != [id for id in new if id in old],
    )


def lacking(asked: FormDefinition, upward: FormDefinition) -> tuple[str, ...]:
    """The questions of `upward` that `asked` does not put to the units below, in printed order."""
    return tuple(
        row.label
        for section in upward.sections
        for row in section.rows
        if any(not asked.asked_at(upward, id) for id in row.cells)
    )


def lacking_words(labels: Sequence[str]) -> str:
    """ "Cấp trên hỏi «A», «B» và 2 câu nữa; biểu hỏi cấp dưới chưa có"; "" for nothing."""
    more = f" và {len(labels) - _FEW} câu nữa" if len(labels) > _FEW else ""
    named = ", ".join(f"«{label}»" for label in labels[:_FEW])
    return f"Cấp trên hỏi {named}{more}; biểu hỏi cấp dưới chưa có" if labels else ""


def rebased(
    ours: Sequence[FormDefinition],
    upper: FormDefinition,
    theirs: Iterable[FormDefinition],
    *,
    year: int,
    taken: Iterable[str],
) -> FormDefinition:
    """The form of the upper unit with the questions the office added itself, each where it stood and under its id.

    ours: what the office made, the one being edited first; theirs: every form it did not make, which says what is no
    question of its own. A question of the upper unit comes under the id it had here before, under a free one where an
    own question bears its id. taken: every id there ever was. Raises UserError(QUESTION_WRONG) without a table.
    """
    edited, section, used = ours[0], _section(upper), {*taken, *_ids(upper)}
    ids = {}
    for field in section.fields:
        at = next((at for one in ours if (at := one.asked_at(upper, field.id))), "")
        if not at and any(one.field(field.id) is not None for one in ours):
            at = next(id for n in range(1, len(used) + 2) if (id := f"q{year}_{n}") not in used)
            used.add(at)
        ids[field.id] = at or field.id
    fields = [replace(field, id=ids[field.id]) for field in section.fields]
    rows = [replace(row, id=ids.get(row.id, row.id), cells=tuple(ids[id] for id in row.cells)) for row in section.rows]
    known, before = tuple(theirs), ""
    for row in _section(edited).rows:
        if row.cells and not any(one.asked_at(edited, id) for one in known for id in row.cells):
            at_row = next((place + 1 for place, one in enumerate(rows) if one.id == before), len(rows))
            rows.insert(at_row, replace(row, printed_number=_number_at(rows, at_row)))
            fields += [field for field in _section(edited).fields if field.id in row.cells]
        before = row.id
    form = _with_section(upper, replace(section, rows=tuple(rows), fields=tuple(fields)))
    rules = tuple(replace(rule, fields=tuple(ids.get(id, id) for id in rule.fields)) for rule in upper.rules)
    return replace(
        form, id=edited.id, version=edited.version, levels=edited.levels, issuers=edited.issuers, rules=rules
    )


# --- pieces -------------------------------------------------------------------------------------------------------


def _section(form: FormDefinition) -> Section:
    found = table_section(form)
    if found is None:
        raise UserError(Code.QUESTION_WRONG, row=form.name, why="biểu mẫu này không có bảng số liệu.")
    return found


def _cells(form: FormDefinition, row: str) -> tuple[str, ...]:
    found = next((one for one in _section(form).rows if one.id == row), None)
    if found is None:
        raise UserError(Code.QUESTION_WRONG, row=row, why="không còn trong bảng. Hãy chọn dòng khác.")
    return found.cells


def _label(form: FormDefinition, row: str) -> str:
    return next((one.label for one in _section(form).rows if one.id == row), row)


def _within(row: str, typed: str, most: int, what: str) -> str:
    words = clean_line(typed)
    if not words:
        raise UserError(Code.QUESTION_WRONG, row=row, why=f"còn thiếu {what}. Hãy ghi vài chữ.")
    if len(words) > most:
        raise UserError(Code.QUESTION_WRONG, row=row, why=f"{what} nhiều nhất {most} chữ. Hãy rút ngắn.")
    return words


def _number_at(rows: Sequence[Row], at: int) -> str:
    """The printed number of a new row: "-" among rows of a group, else one more than the last number before it.

    Where that one stands in the table already it is the last one with a letter (2a): what is printed keeps its number.
    """
    beside = rows[at - 1 : at + 1] if at else ()
    if any(row.printed_number == "-" for row in (beside if beside and beside[0].is_group else beside[:1])):
        return "-"
    last = next((row.printed_number for row in reversed(rows[:at]) if row.printed_number.isdecimal()), "")
    used = {row.printed_number for row in rows}
    following = (str(int(last) + 1), *(f"{last}{letter}" for letter in _LETTERS)) if last else ()
    return next((number for number in following if number not in used), "")


def _ids(form: FormDefinition) -> set[str]:
    """Every id the form uses for anything."""
    sections = {section.id for section in form.sections}
    rows = {row.id for section in form.sections for row in section.rows}
    return {*sections, *rows, *(field.id for field in form.fields()), *(rule.id for rule in form.rules)}


def ids_of(forms: Iterable[FormDefinition]) -> frozenset[str]:
    """Every id any of these forms uses for anything."""
    return frozenset(id for form in forms for id in _ids(form))


def _with_section(form: FormDefinition, changed: Section) -> FormDefinition:
    sections = tuple(changed if section.id == changed.id else section for section in form.sections)
    return replace(form, sections=sections, hash="")


def _with_row(form: FormDefinition, id: str, change: Callable[[Row], Row]) -> FormDefinition:
    _cells(form, id)
    section = _section(form)
    return _with_section(
        form, replace(section, rows=tuple(change(row) if row.id == id else row for row in section.rows))
    )


def _with_field(form: FormDefinition, id: str, **changes: str) -> FormDefinition:
    section = _section(form)
    fields = tuple(replace(field, **changes) if field.id == id else field for field in section.fields)  # type: ignore[arg-type]
    return _with_section(form, replace(section, fields=fields))
