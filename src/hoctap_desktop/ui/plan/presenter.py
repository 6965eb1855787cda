"""What the plan page decides: what a field shows and stores, the outline at the left, what must be put right. No Qt."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.filing.doubts import KeptDoubt
from hoctap_desktop.filing.fields import FIELD, field_values, scheme_of, used_fields
from hoctap_desktop.filing.letters import LETTER_MISSING
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form.answers import lines, text
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import COMMON_FIELDS, Field, FieldType, FormDefinition, Section, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import REASON_LENGTH, blank_words, wrong_shape
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import (
    parse_date,
    parse_time,
    print_date,
    print_month,
    print_time,
    read_month,
    weekday,
)
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.text import clean_line, clean_lines, shortened, to_nfc
from hoctap_desktop.plan.headings import heading_numbers
from hoctap_desktop.plan.leftovers import LEFTOVER
from hoctap_desktop.plan.outline import Block, Kind, Outline
from hoctap_desktop.plan.page_text import GROUPS, Lines, joined, line_of
from hoctap_desktop.plan.weekday_slips import WRONG_WEEKDAY
from hoctap_desktop.ui.finding_words import ORDER, finding_words
from hoctap_desktop.ui.form_entry.shown import FieldShown

SINGLE = (FieldType.LINE, FieldType.DATE, FieldType.TIME, FieldType.MONTH)
IN_MENU = ("year", "unit.name", "unit.short_name", "unit.place")
LEAD_IN = "Lời mở đầu"
# Lists that stand on one page with the text, over and under it, when a form has them.
BODY_FIELD = "body"
LISTS: Mapping[str, Kind] = {"legal_bases": "basis", "recipients": "recipient"}
_LONGEST_ROW = 60
DOUBT = "doubt"
TOLD_APART = (LEFTOVER, WRONG_WEEKDAY)


@dataclass(frozen=True)
class Save:
    """One answer to store; value None: blank."""

    field: str
    value: JsonValue | None


@dataclass(frozen=True)
class Part:
    """One row of the outline. key: "<section id>", "<body field>:<index of the heading's block>" or "<list field>:0".

    level: 0 for parts of the form and headings of the first level, then 1, 2, 3. mark: "done", "block", "warn", "".
    """

    key: str
    label: str
    number: str = ""
    level: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Look:
    """One row of Cần xem. field: where it leads; place: index of the block in a body, or -1.

    acts: (id, words); settled_by: id of the answer that takes the reason; reason: the one given so far.
    """

    key: str
    field: str
    kind: str
    title: str
    text: str
    place: int = -1
    acts: tuple[tuple[str, str], ...] = ()
    settled_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Choice:
    """An entry of the menu Chèn thông tin chung."""

    field: str
    label: str
    value: str


class PlanPresenter:
    """The plan on the screen. A change gives what to store, or None when nothing changed; nothing here stores it.

    What is typed is kept as typed even when it is no day or time: a draft may hold mistakes, and nothing typed is lost.
    Such an answer is a must-fix finding of its form.
    """

    def __init__(self, filing: Filing, form: FormDefinition, context: Context, campaign: Campaign) -> None:
        self.filing = filing
        self.form = form
        self.context = context
        self.campaign = campaign
        self._answers: dict[str, JsonValue] = dict(filing.answers)
        self._fields = {field.id: field for field in form.fields()}
        self._findings: tuple[Finding, ...] = ()
        self.remarks: tuple[Finding, ...] = ()  # of the upper unit
        self.more_looks: Callable[[], Iterable[Look]] = tuple  # rows in the place of the findings of TOLD_APART
        self.more_said: Callable[[str], str] = lambda _id: ""  # a sentence under a field in which nothing is wrong
        self.doubts: tuple[KeptDoubt, ...] = ()  # of the old plan it was taken from, not yet seen
        self._left: set[str] = set()
        self._values: dict[str, str] | None = None

    # --- what is there -------------------------------------------------------------------------------------------

    @property
    def answers(self) -> Mapping[str, JsonValue]:
        return dict(self._answers)

    @property
    def frozen(self) -> bool:
        """Final: nothing can be changed."""
        return self.filing.status is Status.FINAL

    @property
    def chip(self) -> tuple[str, str]:
        """(icon, words) of the chip beside the title."""
        if self.frozen:
            return "lock", f"Đã chốt, lần {self.filing.revision}"
        return "pencil", f"Bản nháp, lần {self.filing.revision}"

    def as_filing(self) -> Filing:
        """The filing with the answers on the screen."""
        return replace(self.filing, answers=self.answers)

    def field(self, id: str) -> Field:
        """A field of the form. KeyError for another."""
        return self._fields[id]

    def fields(self) -> tuple[str, ...]:
        """Ids of the fields, in the order of the form."""
        return tuple(self._fields)

    def has(self, id: str) -> bool:
        return id in self._fields

    def bodies(self) -> tuple[Field, ...]:
        """The fields that are texts in blocks, in printed order."""
        return tuple(field for field in self._fields.values() if field.type is FieldType.BODY)

    def page_lists(self) -> tuple[Lines, ...]:
        """The lists that stand on one page with the text of the plan; () without such a text."""
        if not any(field.id == BODY_FIELD for field in self.bodies()):
            return ()
        found = [(self._fields[id], kind) for id, kind in LISTS.items() if self.has(id)]
        return tuple(Lines(kind, field.id, field.label, field.hint) for field, kind in found)

    def page_text(self) -> str:
        """The text of the plan with the lists over and under it, as its editor goes back to it."""
        order = sorted(((GROUPS[one.kind], one.field) for one in self.page_lists()), key=lambda pair: pair[0])
        over, under = ([field for group, field in order if (group == 0) is first] for first in (True, False))
        return joined({field: self.shown(field) for field in (*over, BODY_FIELD, *under)}, BODY_FIELD)

    def section_of(self, field: str) -> Section:
        """The section a field stands in; the first one for a field that is not of this form."""
        return self.form.section_of(field) or self.form.sections[0]

    def values(self) -> dict[str, str]:
        """Every field a text may use, as printed; "" where blank."""
        if self._values is None:
            self._values = field_values(self.form, self._answers, self.filing.unit, self.campaign)
        return self._values

    def labels(self) -> dict[str, str]:
        return {**COMMON_FIELDS, **{f.id: f.label for f in self._fields.values() if f.type in SINGLE}}

    def menu(self) -> tuple[Choice, ...]:
        """What may be put into the text: the facts that stand once, then the year and the unit."""
        values, found = self.values(), []
        for section in self.form.sections:
            if section.fields and all(field.type in SINGLE for field in section.fields):
                found += [Choice(field.id, field.label, values.get(field.id, "")) for field in section.fields]
        return (*found, *(Choice(id, COMMON_FIELDS[id], values[id]) for id in IN_MENU))

    # --- fields --------------------------------------------------------------------------------------------------

    def shown(self, field: str) -> str:
        """The text in a field's box: 06/10/2022, 7 giờ 00, 10/2022; a mistake as it was typed."""
        definition, value = self._fields[field], text(self._answers, field)
        if definition.type is FieldType.LINES:
            return "\n".join(lines(self._answers, field))
        try:
            match definition.type:
                case FieldType.DATE if value:
                    return print_date(date.fromisoformat(value))
                case FieldType.TIME if value:
                    return print_time(time.fromisoformat(value))
                case FieldType.MONTH:
                    return print_month(value)
        except ValueError:
            pass
        return value

    def write(self, field: str, typed: str) -> Save | None:
        """What stands in a field's box now."""
        definition = self._fields[field]
        value: JsonValue | None
        match definition.type:
            case FieldType.LINES:
                items: list[JsonValue] = [line for part in typed.splitlines() if (line := line_of(part))]
                value = items or None
            case FieldType.BODY:
                value = typed if typed.strip() else None
            case FieldType.LONG_TEXT:
                value = clean_lines(typed) or None
            case _:
                value = _read(definition.type, clean_line(typed)) or None
        return self._put(field, value)

    def _put(self, field: str, value: JsonValue | None) -> Save | None:
        if self.frozen or self._answers.get(field) == value:
            return None
        self._values = None
        if value is None:
            self._answers.pop(field, None)
        else:
            self._answers[field] = value
        return Save(field, value)

    def take(self, answers: Mapping[str, JsonValue]) -> tuple[Save, ...]:
        """Puts answers in place of those there (of a plan read from a file, or back); others stay."""
        return tuple(save for id, value in answers.items() if self.has(id) and (save := self._put(id, value)))

    def before(self, answers: Mapping[str, JsonValue]) -> dict[str, JsonValue | None]:
        """What stands now where `answers` would be put."""
        return {id: self._answers.get(id) for id in answers if self.has(id)}

    def give_back(self, before: Mapping[str, JsonValue | None]) -> tuple[Save, ...]:
        """The answers that stood there before."""
        return tuple(save for id, value in before.items() if (save := self._put(id, value)))

    def leave(self, field: str) -> None:
        """The person has been in a field: from now on it may be told that it is empty."""
        self._left.add(field)

    def why(self, field: str) -> str:
        """The sentence under a field that was left; "" when nothing is wrong."""
        definition = self._fields[field]
        value = self._answers.get(field)
        if value is None:
            return blank_words(definition) if definition.required and field in self._left else ""
        said = wrong_shape(definition, value).removeprefix(f"{definition.label}: ")
        return said[:1].upper() + said[1:]

    def field_shown(self, id: str) -> FieldShown:
        """A field as its box shows it."""
        why = "" if self.frozen else self.why(id)
        more = "" if self.frozen or why else self.more_said(id)
        wrong = "blank" if self._answers.get(id) is None else "error"
        state = wrong if why else "warn" if more else "normal"
        return FieldShown(self.shown(id), state, why or more, self.weekday(id))

    def weekday(self, field: str) -> str:
        """ "Thứ Năm" for a day, else ""."""
        if self._fields[field].type is not FieldType.DATE:
            return ""
        try:
            return weekday(date.fromisoformat(text(self._answers, field)))
        except ValueError:
            return ""

    # --- findings ------------------------------------------------------------------------------------------------

    def found(self, findings: Sequence[Finding]) -> None:
        """The newest findings, from office.filings.check."""
        self._findings = (*self.remarks, *findings)

    def looks(self, outlines: Mapping[str, Outline]) -> tuple[Look, ...]:
        """The rows of Cần xem, what has its reason last. A finding in a text leads to its block, when that is known."""
        rows = []
        for number, finding in enumerate(self._findings):
            if finding.rule in TOLD_APART:
                continue
            said = finding_words(finding, "Sửa")
            rows.append(
                Look(
                    f"{number}:{finding.rule}:{finding.field}",
                    finding.field,
                    said.kind,
                    said.title,
                    said.text,
                    _place_of(finding, outlines.get(finding.field, ())),
                    said.acts,
                    finding.settled_by,
                    finding.reason,
                )
            )
        rows += self.more_looks()
        rows += [self._doubt_row(doubt, outlines) for doubt in self.doubts]
        return tuple(sorted(rows, key=lambda row: ORDER[row.kind]))

    def _doubt_row(self, doubt: KeptDoubt, outlines: Mapping[str, Outline]) -> Look:
        """It leads to the block that holds the words of its line, else to the text."""
        title = f"Máy chưa chắc, dòng {doubt.line}" if doubt.line else "Máy chưa chắc, cả văn bản"
        words = f"«{shortened(doubt.words, _LONGEST_ROW)}» "
        body = next(iter(self.bodies()), None)
        field = body.id if body else self.form.sections[0].id
        place = _block_with(_bare(doubt.words), outlines.get(field, ())) if doubt.words else -1
        acts = (("seen", "Đã xem"), ("fix", "Đến chỗ đó"))
        text = f"{words if doubt.words else ''}{doubt.why}"
        return Look(f"{DOUBT}:{doubt.number}", field, "warn", title, text, place, acts)

    def seen(self, key: str) -> int:
        """The person has looked at a doubt: its number in the store."""
        number = int(key.removeprefix(f"{DOUBT}:"))
        self.doubts = tuple(doubt for doubt in self.doubts if doubt.number != number)
        return number

    def letter_missing(self, outlines: Mapping[str, Outline]) -> Look | None:
        """The first field with a letter that cannot be printed: why there is no page."""
        return next((row for row in self.looks(outlines) if f":{LETTER_MISSING}:" in row.key), None)

    def give_reason(self, settled_by: str, reason: str) -> Save | None:
        """The reason for a finding ("reason.<rule>.<field>"); none takes it back."""
        return self._put(settled_by, clean_line(reason)[:REASON_LENGTH] or None)

    def blocking(self) -> int:
        """How many findings stand in the way of finalising."""
        return sum(finding.blocks for finding in self._findings)

    def finalise_hint(self) -> str:
        """Why Chốt để in is not yet to be pressed; "" when it is."""
        count = self.blocking()
        return f"Còn {count} chỗ phải sửa, xem thẻ Cần xem." if count else ""

    # --- the outline ---------------------------------------------------------------------------------------------

    def parts(self, outlines: Mapping[str, Outline]) -> tuple[Part, ...]:
        """The rows at the left: sections of the form, and in the place of a text in blocks its headings."""
        rows: list[Part] = []
        on_page = {one.field for one in self.page_lists()}
        for section in self.form.sections:
            lists = [field for field in section.fields if field.id in on_page]
            if lists:
                alone = len(lists) == len(section.fields)
                for field in lists:
                    name = section.label if alone and len(lists) == 1 else field.label
                    rows.append(Part(f"{field.id}:0", name, mark=self._mark(field.id)))
                rest = [field.id for field in section.fields if field.id not in on_page]
                if rest:
                    rows.append(Part(section.id, self.sheet_label(section), mark=self._mark(*rest)))
                continue
            body = next((f for f in section.fields if f.type is FieldType.BODY), None)
            if body is None:
                rows.append(Part(section.id, section.label, mark=self._mark(*(field.id for field in section.fields))))
                continue
            others = [field for field in section.fields if field is not body]
            outline = outlines.get(body.id, ())
            lead_in, headings = self._headings(body, outline)
            if others or not headings:
                rows.append(Part(section.id, section.label, mark=self._mark(*(field.id for field in section.fields))))
            elif outline[0].kind != "heading":
                rows.append(Part(section.id, LEAD_IN, mark=lead_in))
            rows += headings
        return tuple(rows)

    def sheet_label(self, section: Section) -> str:
        """The name of a section without the lists of it that stand on the page of the text."""
        label = section.label
        for one in self.page_lists():
            label = label.removeprefix(f"{one.name}, ")
        return label[:1].upper() + label[1:]

    def _mark(self, *ids: str) -> str:
        kinds = {f.severity for f in self._findings if f.field in ids and not f.reason.strip()}
        if Severity.BLOCK in kinds:
            return "block"
        if kinds:
            return "warn"
        return "done" if set(ids) & set(self._answers) else ""

    def scheme(self) -> str:
        """How the headings of this plan are numbered."""
        return scheme_of(self.form, self._answers)

    def _headings(self, body: Field, outline: Outline) -> tuple[str, list[Part]]:
        """The mark of what stands before the first heading, and a row for each heading."""
        printed = iter(heading_numbers(outline, self.scheme()))
        values, labels = self.values(), self.labels()
        looks = self.looks({body.id: outline})
        here = [look for look in looks if look.field == body.id and look.place >= 0]
        bad = {look.place for look in here if look.kind == "block"}
        doubtful = {look.place for look in here if look.kind in ("ask", "warn")}
        blank = {f.field for f in self._findings if f.rule == "field_blank"}
        bad |= {n for n, block in enumerate(outline) if blank & set(used_fields(_words(block)))}

        def mark_of(places: range) -> str:
            return "block" if bad & set(places) else "warn" if doubtful & set(places) else ""

        rows = []
        for index, block in enumerate(outline):
            if block.kind != "heading":
                continue
            end = next((n for n in range(index + 1, len(outline)) if _ends(outline[n], block.level)), len(outline))
            mark = mark_of(range(index, end))
            if not mark and block.level == 1 and any(_words(part).strip() for part in outline[index + 1 : end]):
                mark = "done"
            label = FIELD.sub(lambda f: values.get(f[1]) or labels.get(f[1], f[0]), block.text)[:_LONGEST_ROW]
            rows.append(Part(f"{body.id}:{index}", label or "(chưa có tên)", next(printed), block.level - 1, mark))
        first = next((n for n, block in enumerate(outline) if block.kind == "heading"), len(outline))
        return mark_of(range(first)) or "done", rows

    def part_at(self, field: str, place: int, outlines: Mapping[str, Outline]) -> str:
        """The key of the row a block stands under: its own when it is a heading; its section's where there is none."""
        if field in LISTS:
            return f"{field}:0"
        outline = outlines.get(field, ())
        for index in range(min(place, len(outline) - 1), -1, -1):
            if outline[index].kind == "heading":
                return f"{field}:{index}"
        return self.section_of(field).id

    def marks_of(self, section: Section) -> tuple[str, ...]:
        """The beginnings of the keys on the printed page that belong to a section of the form."""
        ids = {field.id for field in section.fields}
        found = [id for id in ids if self._fields[id].type is FieldType.LINES]
        if any(id.startswith("signer.") for id in ids):
            found.append("signature")
        if "subject" in ids:
            found.append("title")
        if "special_line" in ids:
            found.append("special_line")
        return tuple(found)


def _read(kind: FieldType, typed: str) -> str:
    """What is typed as its type is stored; as typed when it is no such thing."""
    try:
        match kind:
            case FieldType.DATE if typed:
                return parse_date(typed).isoformat()
            case FieldType.TIME if typed:
                return f"{parse_time(typed):%H:%M}"
            case FieldType.MONTH:
                return read_month(typed) or typed
    except (UserError, ValueError):
        pass
    return typed


def _words(block: Block) -> str:
    return " ".join(cell for row in block.rows for cell in row) if block.kind == "table" else block.text


def _ends(block: Block, level: int) -> bool:
    return block.kind == "heading" and block.level <= level


def _place_of(finding: Finding, outline: Outline) -> int:
    """The block a finding of a text speaks of: the one that holds the field, or the «words», it names."""
    if found := re.search("«(.+?)»", finding.message):
        return _block_with(found[1], outline)
    named = set(used_fields(finding.message))
    return next((n for n, block in enumerate(outline) if named & set(used_fields(_words(block)))), -1)


def _bare(line: str) -> str:
    """The words of a line without its number or dash, and without the marks of bold and italic."""
    return re.sub(r"^(?:[-–—•+*]|[IVXLC]+[.)]|\d+(?:\.\d+)*[.)]?|[a-zđ][.)])\s+", "", clean_line(line)).replace("*", "")


def _block_with(words: str, outline: Outline) -> int:
    return next((n for n, block in enumerate(outline) if words in " ".join(to_nfc(_words(block)).split())), -1)
