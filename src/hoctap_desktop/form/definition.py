"""A form as data: what a clerk is asked, what is printed, what adds up, what is checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hoctap_desktop.foundation.text import fold
from hoctap_desktop.units.model import Unit


class FieldType(StrEnum):
    """What one answer holds, and so its JSON (see answers.py)."""

    LINE = "line"  # str, one line
    LONG_TEXT = "long_text"  # str, paragraphs split by line ends
    BODY = "body"  # str, the Markdown subset of plan/outline.py
    DATE = "date"  # str, ISO day
    MONTH = "month"  # str, "2022-10"
    TIME = "time"  # str, "07:00"
    LINES = "lines"  # list of str, one printed line each
    COUNT = "count"  # int, or {"none": …, "reason": …}
    MONEY = "money"  # int (đồng), or {"none": …, "reason": …}
    CLASSES = "classes"  # list of {"name", "learners", "subject", "place", "from", "to"}
    CHOICE = "choice"  # str, one of the field's choices


# What every text may name besides the form's own fields: {{year}} … (filing/printed.py fills them in); and its label.
COMMON_FIELDS = {
    "year": "Năm",
    "unit.name": "Tên đơn vị",
    "unit.short_name": "Tên gọi tắt của đơn vị",
    "unit.place": "Địa danh",
    "campaign.theme": "Chủ đề của đợt",
    "campaign.week.from": "Đợt: từ ngày",
    "campaign.week.to": "Đợt: đến ngày",
}
# The ways headings may be numbered (document/numbering.py). A field called NUMBERING lets each filing have its own.
NUMBERINGS = ("decree", "decree_latin", "decimal")
NUMBERING = "numbering"
# The id an office's own new question gets (editing.added).
_OFFICES_OWN = re.compile(r"(?:^|\.)q\d{4}_\d+$")
# The question why a list of a plan is empty (plan/empty_lists.py).
NO_LINES = "no_lines"


class RollUp(StrEnum):
    """How a number climbs up (domain.md §4)."""

    SUM = "sum"
    SUM_MAY_REPEAT = "sum_may_repeat"  # two levels may report one article: the officer confirms
    COUNT_UNITS = "count_units"  # the number of units that held it
    NONE = "none"


class Severity(StrEnum):
    """Phải sửa / ghi lý do rồi cho qua / nên xem lại."""

    BLOCK = "block"
    ASK = "ask"
    WARN = "warn"


@dataclass(frozen=True)
class Field:
    """One thing asked. id: for ever, never renamed or reused; label: as on the form.

    default: text with {{fields}} put in when a filing begins; for LINES one item a line. unit: the word behind a
    count ("lượt người"). max_length: characters (of each item for LINES). hint: one line of help under the field.
    choices: of a CHOICE, each the value kept and the words shown.
    """

    id: str
    label: str
    type: FieldType
    required: bool = False
    max_length: int = 500
    default: str = ""
    unit: str = ""
    roll_up: RollUp = RollUp.NONE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """One printed row of the table. A group row has no cells. Two cells stand where the paper asks two numbers.

    printed_number: as issued, a label and no identity (the paper prints "3" twice). cells: ids of COUNT fields.
    """

    id: str
    printed_number: str
    label: str
    cells: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        return not self.cells

    @property
    def note(self) -> str:
        """Id of the field that holds the text of the column Ghi chú."""
        return f"note.{self.id}"


@dataclass(frozen=True)
class Section:
    """A part of the form. number: as printed ("I", "2"); parent: id of the section it stands under, or "".

    heading: printed heading; label: its short name in the outline of the screen ("I.2  Lễ phát động").
    """

    id: str
    number: str
    heading: str
    label: str
    parent: str = ""
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A check as data. check: a name in checks.py; fields: ids it looks at, in the order the check wants;

    values: its numbers; message: Vietnamese sentence with {value}, {other}, {label} … put in by the check.
    """

    id: str
    severity: Severity
    check: str
    fields: tuple[str, ...]
    message: str
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FormDefinition:
    """A whole form. kind: "plan" or "report"; hash: SHA-256 of the file's bytes, hex; source: where it was issued.

    title: upper-case kind as printed ("KẾ HOẠCH"); symbol: its part of the document symbol ("KH");
    numbering: scheme name of document/numbering.py for the body; levels: Level ids that use it, () for all;
    issuers: how the names of the units that use it begin ("Ủy ban nhân dân"), () for all. line: codes of the offices
    that issued this very text, none for a form of the program.
    """

    id: str
    version: int
    kind: str
    name: str
    title: str
    symbol: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    hash: str = ""
    source: str = ""
    numbering: str = "decree"
    levels: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    line: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def _index(self) -> "_Index":
        """Made at the first question: a form may have thousands of fields, and is asked about each at every key."""
        return _index_of(self.sections)

    def fields(self) -> Iterator[Field]:
        """Every field in printed order, among them the note of each table row."""
        yield from self._index.fields.values()

    def fits(self, unit: Unit) -> bool:
        """True when a unit of this level and name uses the form. Both "Ủy" and "Uỷ" are correct (domain.md §3)."""
        name = fold(unit.name)
        return (not self.levels or unit.level in self.levels) and (
            not self.issuers or any(name.startswith(fold(words)) for words in self.issuers)
        )

    def field(self, id: str) -> Field | None:
        """The field called `id`, or None."""
        return self._index.fields.get(id)

    def indicators(self) -> Iterator[Field]:
        """The COUNT fields that stand in the table, in printed order."""
        yield from self._index.indicators

    @cached_property
    def indicator_ids(self) -> tuple[str, ...]:
        """The ids of the indicators."""
        return tuple(field.id for field in self._index.indicators)

    @cached_property
    def offices_own(self) -> tuple[str, ...]:
        """The ids of indicators an office added itself (q2026_1): another office may ask other things by one."""
        return tuple(id for id in self.indicator_ids if _OFFICES_OWN.search(id))

    @cached_property
    def added_up(self) -> tuple[str, ...]:
        """The ids of the indicators and of the sums of money that climb."""
        money = (f.id for f in self.fields() if f.type is FieldType.MONEY and f.roll_up is not RollUp.NONE)
        return (*self.indicator_ids, *money)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The ids of the fields that must not stay blank."""
        return tuple(field.id for field in self.fields() if field.required)

    def row_of(self, indicator: str) -> Row | None:
        """The table row that holds `indicator`, or None."""
        return self._index.rows.get(indicator)

    def group(self, id: str) -> Row | None:
        """The group row called `id`, or None."""
        return self._index.group_rows.get(id)

    @property
    def order(self) -> Mapping[str, int]:
        """Place of each field in printed order, by id."""
        return self._index.order

    def group_number(self, id: str) -> str:
        """The number printed last before the table row of a cell or note ("4"); "" outside a table."""
        return self._index.groups.get(id, "")

    def asks_reason(self, id: str) -> bool:
        """True when `id` ("reason.<rule>.<field>") names a rule that takes a reason, and a field of this form.

        Of any form it may be said why a list is empty.
        """
        for rule in self.rules:
            field = id.removeprefix(f"reason.{rule.id}.")
            if field != id and rule.severity is not Severity.BLOCK and self.field(field) is not None:
                return True
        listed = self.field(id.removeprefix(f"reason.{NO_LINES}."))
        return id.startswith("reason.") and listed is not None and listed.type is FieldType.LINES

    def asks_as(self, other: "FormDefinition", id: str) -> bool:
        """True when both forms ask `id`, and mean one question by it.

        Ids are for ever within the forms of one issuer; the number an office gives its own new question (q2026_1) may
        stand for another question in the forms of another office.
        """
        mine, theirs = self.field(id), other.field(id)
        if mine is None or theirs is None:
            return False
        if not _OFFICES_OWN.search(id) or self.line & other.line:
            return True
        return _words(mine) == _words(theirs)

    def asked_at(self, other: "FormDefinition", id: str) -> str:
        """The id under which this form asks what `other` asks as `id`; "" when it does not.

        Two offices may have given one number to two questions: then one of them asks the other's under another number,
        and the words tell.
        """
        if self.asks_as(other, id):
            return id
        theirs = other.field(id)
        if theirs is None or not _OFFICES_OWN.search(id) or self.line & other.line:
            return ""
        own = (self._index.fields[own_id] for own_id in self.offices_own)
        return next((field.id for field in own if _words(field) == _words(theirs)), "")

    def section_of(self, field_id: str) -> Section | None:
        """The section that asks `field_id` (a note belongs to the section of its row), or None."""
        return self._index.sections.get(field_id)


def _words(field: Field) -> tuple[str, str]:
    return field.label, field.unit


@dataclass(frozen=True)
class _Index:
    """What a form answers by id. rows: by cell; sections: by field or note; groups: by cell or note."""

    fields: Mapping[str, Field]
    indicators: tuple[Field, ...]
    order: Mapping[str, int]
    rows: Mapping[str, Row]
    sections: Mapping[str, Section]
    groups: Mapping[str, str]
    group_rows: Mapping[str, Row]


def _index_of(sections: tuple[Section, ...]) -> _Index:
    fields: dict[str, Field] = {}
    rows: dict[str, Row] = {}
    places: dict[str, Section] = {}
    groups: dict[str, str] = {}
    for section in sections:
        for asked in section.fields:
            fields.setdefault(asked.id, asked)
            places.setdefault(asked.id, section)
        group = ""
        for row in section.rows:
            if row.printed_number not in ("", "-"):
                group = row.printed_number
            for cell in row.cells:
                rows.setdefault(cell, row)
            for id in (*row.cells, row.note):
                groups.setdefault(id, group)
            places.setdefault(row.note, section)
            if not row.is_group:
                fields.setdefault(row.note, Field(row.note, f"Ghi chú: {row.label}", FieldType.LINE, max_length=200))
    indicators = tuple(fields[cell] for section in sections for row in section.rows for cell in row.cells)
    order = {id: place for place, id in enumerate(fields)}
    heads = {row.id: row for section in sections for row in section.rows if row.is_group}
    return _Index(fields, indicators, order, rows, places, groups, heads)
