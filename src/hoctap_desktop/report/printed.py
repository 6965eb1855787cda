"""A report as a page: its sections in the order of the form, money in sentences, the table of figures, the classes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.lines import NO_BREAK
from hoctap_desktop.document.model import (
    Block,
    Bullet,
    Column,
    Document,
    Heading,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.filing.fields import field_values, fill
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.printed import footer, letterhead, metadata, recipients, signature
from hoctap_desktop.form.answers import WORDS, Answers, Count, Missing, cell, lines, text
from hoctap_desktop.form.checks import CHECKS
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Row, Rule, Section
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.numbers import print_count

UNSIGNED = Signature(("THỦ TRƯỞNG ĐƠN VỊ",), "", note="(ký tên và đóng dấu)", key="signature")
END = "./."
CURRENCY = "đồng"
_FIGURE_WIDTHS = (0.07, 0.51, 0.16, 0.26)
_FIGURE_ALIGNS = ("center", "left", "right", "left")
# Title, share of the width, alignment; a column that is empty in every row is left out and the others take its share.
_CLASS_COLUMNS = (
    Column("TT", 0.07, "center"),
    Column("Tên lớp", 0.27),
    Column("Nội dung", 0.19),
    Column("Địa điểm", 0.19),
    Column("Thời gian", 0.17, "center"),
    Column("Số học viên", 0.11, "right"),
)
_BULLET = re.compile(r"([-+*])\s+(.*)")


def printed(filing: Filing, form: FormDefinition, campaign: Campaign) -> Document:
    """The page of a report. Keys: "section.<id>" (heading), the field id (paragraphs, money, classes), "row.<id>",
    "recipients", "signature". The answers must have passed validation; UserError(FIELD_UNKNOWN) as filing/fields.py."""
    values = field_values(form, filing.answers, filing.unit, campaign)
    subject = fill(text(filing.answers, "subject"), values, form)
    blocks = [block for section in form.sections for block in _section(section, form, filing.answers, values)]
    return Document(
        letterhead=letterhead(filing, form, campaign),
        title=Title(form.title, subject),
        blocks=_ended(blocks),
        recipients=recipients(lines(filing.answers, "recipients")),
        signature=signature(filing) or UNSIGNED,
        metadata=metadata(filing, campaign, subject),
        footer=footer(filing, form),
    )


def quantity(row: Row, fields: Mapping[str, Field], answers: Answers) -> str:
    """The text of Số lượng: a number alone, two with their units ("3 tờ; 46 bài"); "" where there is none."""
    counts = [(fields[id], found) for id in row.cells if isinstance(found := cell(answers, id), Count)]
    if len(row.cells) == 1:
        return "".join(print_count(count.value) for _, count in counts)
    return "; ".join(f"{print_count(count.value)} {field.unit}".strip() for field, count in counts)


def _held(words: str) -> str:
    """A number stays on the line of its unit."""
    return re.sub(r"(?<=\d) ", NO_BREAK, words)


def remark(row: Row, fields: Mapping[str, Field], answers: Answers) -> str:
    """The text of Ghi chú: why there is no number, in words, then the note. Blank says nothing."""
    missing = [(fields[id], found) for id in row.cells if isinstance(found := cell(answers, id), Missing)]
    if missing and len(missing) == len(row.cells) and len({found for _, found in missing}) == 1:
        said = [_words(missing[0][1])]
    else:
        said = [f"{field.label}: {_small(_words(found))}" for field, found in missing]
    note = text(answers, row.note)
    return ". ".join(part.rstrip(".") for part in (*said, note) if part)


# --- sections ----------------------------------------------------------------------------------------------------


def _section(section: Section, form: FormDefinition, answers: Answers, values: Mapping[str, str]) -> Iterator[Block]:
    if section.heading:
        number = section.number
        if number and number[-1] not in ".)":
            number += "."
        yield Heading(_level(section, form), number, plain(section.heading), key=f"section.{section.id}")
    for field in section.fields:
        if field.type is FieldType.LONG_TEXT:
            yield from _paragraphs(fill(text(answers, field.id), values, form), field.id)
        elif field.type is FieldType.MONEY:
            yield from _money(field, answers)
    if section.rows:
        yield _figures(section, answers)
        yield from _explained(section, form, answers)
    for field in section.fields:
        if field.type is FieldType.CLASSES:
            yield from _classes(field, answers)


def _level(section: Section, form: FormDefinition) -> int:
    parents = {s.id: s.parent for s in form.sections}
    level, above = 1, section.parent
    while above:
        level, above = level + 1, parents.get(above, "")
    return level


def _paragraphs(words: str, key: str) -> Iterator[Block]:
    """One block a line; a line that begins with a mark is a bullet."""
    for line in words.split("\n"):
        line = line.strip()
        if bullet := _BULLET.fullmatch(line):
            yield Bullet(bullet[1], plain(bullet[2]), key=key)
        elif line:
            yield Paragraph(plain(line), key=key)


def _money(field: Field, answers: Answers) -> Iterator[Block]:
    match cell(answers, field.id):
        case Count(value):
            yield Bullet("-", plain(f"{field.label}: {print_count(value)} {field.unit or CURRENCY}."), key=field.id)
        case Missing() as missing:
            yield Bullet("-", plain(f"{field.label}: {_small(_words(missing))}."), key=field.id)
        case None:
            return


def _figures(section: Section, answers: Answers) -> Table:
    fields = {field.id: field for field in section.fields}
    titles = section.columns or ("TT", "Nội dung hoạt động", "Số lượng", "Ghi chú")
    return Table(
        columns=tuple(map(Column, titles, _FIGURE_WIDTHS, _FIGURE_ALIGNS)),
        rows=tuple(
            TableRow(
                cells=tuple(
                    plain(words)
                    for words in (
                        row.printed_number, row.label, _held(quantity(row, fields, answers)),
                        remark(row, fields, answers),
                    )
                ),
                group=row.is_group,
                key=f"row.{row.id}",
            )
            for row in section.rows
        ),
        key=f"section.{section.id}",
    )  # fmt: skip


def _explained(section: Section, form: FormDefinition, answers: Answers) -> Iterator[Block]:
    """The reasons given for numbers that stand out, for the officer who checks them, under their table.

    A "chưa có số liệu" says its own in the column Ghi chú. Those of fields outside any table stand after the first one.
    """
    if not any(id.startswith("reason.") for id in answers):
        return
    first = next(one for one in form.sections if one.rows)
    said = []
    for rule in form.rules:
        for field in form.fields():
            reason = " ".join(text(answers, f"reason.{rule.id}.{field.id}").split()).rstrip(".")
            asked = form.section_of(field.id)
            if reason and asked is not None and (asked if asked.rows else first) is section:
                said.append((field, f"{_subject(rule, field, answers)}: {reason}."))
    if said:
        yield Paragraph(plain("Giải trình số liệu:"), key=f"section.{section.id}")
        for field, words in said:
            row = form.row_of(field.id)
            yield Bullet("-", plain(words), key=f"row.{row.id}" if row else field.id)


def _subject(rule: Rule, field: Field, answers: Answers) -> str:
    """What a reason is about: "Số người tham gia (5.350 lượt người)", or the whole table."""
    if rule.fields[0] == "*" and not CHECKS[rule.check].each:
        return "Cả bảng số liệu"
    label = field.label[:1].upper() + field.label[1:]
    found = cell(answers, field.id)
    return f"{label} ({print_count(found.value)} {field.unit})" if isinstance(found, Count) else label


def _classes(field: Field, answers: Answers) -> Iterator[Block]:
    given = answers.get(field.id)
    classes = [entry for entry in given if isinstance(entry, dict)] if isinstance(given, list) else []
    if not classes:
        return
    yield Paragraph(plain(f"{field.label}:"), key=field.id)
    rows = [_class_cells(number, entry) for number, entry in enumerate(classes, 1)]
    used = [place for place in range(len(_CLASS_COLUMNS)) if any(row[place] for row in rows)]
    whole = sum(_CLASS_COLUMNS[place].width for place in used)
    yield Table(
        tuple(replace(_CLASS_COLUMNS[place], width=_CLASS_COLUMNS[place].width / whole) for place in used),
        tuple(TableRow(tuple(plain(row[place]) for place in used), key=field.id) for row in rows),
        key=field.id,
    )


def _class_cells(number: int, entry: Mapping[str, object]) -> tuple[str, ...]:
    learners = entry.get("learners")
    days = dict.fromkeys(day for day in (_entry(entry, "from"), _entry(entry, "to")) if day)
    return (
        str(number),
        *(_entry(entry, name) for name in ("name", "subject", "place")),
        " – ".join(days),
        print_count(learners) if isinstance(learners, int) else "",
    )


def _entry(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        return ""
    try:
        return print_date(date.fromisoformat(value)) if name in ("from", "to") else value
    except ValueError:
        return value


def _ended(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The text ends with "./." (domain.md §2); after a table nothing can."""
    if not blocks:
        return ()
    *before, last = blocks
    match last:
        case Paragraph(runs) | Bullet(runs=runs) | Heading(runs=runs):
            return (*before, replace(last, runs=_with_end(runs)))
        case _:
            return tuple(blocks)


def _with_end(runs: Runs) -> Runs:
    *before, last = runs
    bare = last.text.rstrip()
    if not bare.endswith(END):
        bare = bare.rstrip(".;") + END
    return (*before, Run(bare, last.bold, last.italic))


# --- words -------------------------------------------------------------------------------------------------------


def _words(missing: Missing) -> str:
    reason = missing.reason.strip().rstrip(".")
    return f"{WORDS[missing.kind]}: {reason}" if reason else WORDS[missing.kind]


def _small(words: str) -> str:
    """The first letter small, unless the word is an abbreviation (UBND)."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
