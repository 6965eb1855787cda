"""A report as a workbook to fill in (Xuất biểu Excel): the table as on paper, the class list, the written parts.

What it is a workbook of, and what each cell held when it was written, stand on a hidden sheet: an old copy that comes
back later must not undo what was typed here meanwhile.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from hoctap_desktop.document.sheet_entry import (
    LONGEST_TEXT,
    Check,
    EntryCell,
    EntryColumn,
    EntrySheet,
    fits_list,
    render_entry,
)
from hoctap_desktop.filing.model import Filing, Kind, paper_slug
from hoctap_desktop.form.answers import WORDS, Answers, Missing, NoNumber, cell
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Row
from hoctap_desktop.form.validation import REASON_LENGTH
from hoctap_desktop.foundation.canonical_json import JsonValue, encode
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import parse_date, print_date, print_month
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, print_count

VERSION = 1
FIGURES, TEXTS, CLASSES, META = "figures", "texts", "classes", "meta"
NUMBERS = (FieldType.COUNT, FieldType.MONEY)
# The four kinds of "no number" as a choice; a blank cell is none of them (domain.md §4).
ZERO = "0"
NONE_CHOICES = (ZERO, *(WORDS[kind] for kind in NoNumber))
CLASS_COLUMNS = (
    ("name", "Tên lớp", 30.0),
    ("learners", "Số học viên", 12.0),
    ("subject", "Nội dung", 28.0),
    ("place", "Nơi học", 24.0),
    ("from", "Từ ngày", 13.0),
    ("to", "Đến ngày", 13.0),
)
CLASS_DAYS = ("from", "to")
_SPARE_CLASSES = 20
_KEYS = "Ô nền vàng để ghi; ô khác khóa. Ghi số thẳng vào ô (1234 hoặc 1.234), không ghi chữ, không đặt công thức."
_NO_NUMBER = "Không có số thì để trống cột Số lượng và chọn ở cột «Nếu không có số»; ô trống không phải là 0."
_BACK = "Ghi xong, lưu lại rồi vào Báo cáo, bấm Excel, chọn Nhập từ Excel."


def fingerprint(value: JsonValue | None) -> str:
    """Tells one answer from another, in few letters; "" for a blank one."""
    return "" if value is None else hashlib.sha256(encode(value)).hexdigest()[:16]


def in_workbook(field: Field) -> bool:
    """True for a field that stands in the workbook."""
    return field.type is not FieldType.BODY


def settled(field: Field, value: JsonValue | None) -> JsonValue | None:
    """A class list with its days in one spelling: a filled file may say 07/10/2022 where the window says 2022-10-07."""
    if field.type is not FieldType.CLASSES or not isinstance(value, list):
        return value
    return [_settled_class(item) for item in value]


def _settled_class(item: JsonValue) -> JsonValue:
    if not isinstance(item, dict):
        return item
    return {key: _iso(part) if key in CLASS_DAYS else part for key, part in item.items()}


def _iso(value: JsonValue) -> JsonValue:
    try:
        return parse_date(value).isoformat() if isinstance(value, str) else value
    except UserError:
        return value


def write_workbook(filing: Filing, form: FormDefinition, at: datetime) -> bytes:
    """The workbook of a report with what it holds now. at: when it is written, kept in it.

    Raises UserError WORKBOOK_ONLY_REPORT, WORKBOOK_TEXT_LONG.
    """
    if filing.kind is not Kind.REPORT:
        raise UserError(Code.WORKBOOK_ONLY_REPORT, filing=filing.id)
    _refuse_long(filing.answers, form)
    at = at.astimezone(VIETNAM)
    week = f"Tuần lễ hưởng ứng học tập suốt đời năm {filing.campaign[:4]}"
    of = f"{filing.unit.name}. {week}. Báo cáo lần {filing.revision}."
    sheets = [_figures(filing.answers, form, of), _texts(filing.answers, form, of)]
    sheets += [_classes(filing.answers, field, of) for field in form.fields() if field.type is FieldType.CLASSES][:1]
    sheets.append(_meta(filing, form, at))
    title = f"Biểu báo cáo {filing.campaign}, {filing.unit.short_name or filing.unit.name}"
    return render_entry(sheets, title=title, author=filing.unit.name, created=at)


def workbook_name(filing: Filing) -> str:
    """The name a workbook is offered under: "bieu-bao-cao-2022-19-171-05830.xlsx"; no person's name is in it."""
    return f"bieu-{paper_slug(filing.id)}-{filing.unit.code}.xlsx"


def _refuse_long(answers: Answers, form: FormDefinition) -> None:
    for field in form.fields():
        value = answers.get(field.id)
        words = "\n".join(map(str, value)) if isinstance(value, list) and field.type is FieldType.LINES else value
        if isinstance(words, str):
            length = len(words.encode("utf-16-le")) // 2
            if length > LONGEST_TEXT:
                limit, letters = print_count(LONGEST_TEXT), print_count(length)
                raise UserError(Code.WORKBOOK_TEXT_LONG, field=field.label, length=letters, limit=limit)


# --- the table -----------------------------------------------------------------------------------------------------


def _figures(answers: Answers, form: FormDefinition, of: str) -> EntrySheet:
    columns = (
        EntryColumn("id.value", hidden=True),
        EntryColumn("id.note", hidden=True),
        EntryColumn("number", "TT", 5),
        EntryColumn("label", "Nội dung hoạt động", 44),
        EntryColumn("value", "Số lượng", 13),
        EntryColumn("note", "Ghi chú", 26),
        EntryColumn("none", "Nếu không có số", 17),
        EntryColumn("reason", "Lý do chưa có số liệu", 24),
    )
    rows = tuple(line for section in form.sections for row in section.rows for line in _lines(row, form, answers))
    return EntrySheet(FIGURES, "Bảng số liệu", columns, rows, ("BẢNG SỐ LIỆU", of, _KEYS, _NO_NUMBER, _BACK))


def _lines(row: Row, form: FormDefinition, answers: Answers) -> Iterator[tuple[EntryCell, ...]]:
    """One line of the sheet a number; a row of two numbers has a line of its own over them, which takes the note."""
    number, blank = EntryCell(row.printed_number, align="center"), EntryCell()
    if row.is_group:
        bold = [
            EntryCell(words, "group", align=align)
            for words, align in ((row.printed_number, "center"), (row.label, "left"))
        ]
        yield (blank, blank, *bold, *(EntryCell(look="group") for _ in range(4)))
        return
    fields = [field for id in row.cells if (field := form.field(id)) is not None]
    note = form.field(row.note)
    assert note is not None
    tagged, written = EntryCell(note.id), _text_cell(answers, note)
    if len(fields) == 1:
        (field,) = fields
        value, none, reason = _number_cells(answers, field)
        yield (
            EntryCell(field.id),
            tagged,
            number,
            EntryCell(_with_unit(row.label, field)),
            value,
            written,
            none,
            reason,
        )
        return
    yield (blank, tagged, number, EntryCell(row.label), blank, written, blank, blank)
    for field in fields:
        value, none, reason = _number_cells(answers, field)
        label = EntryCell(f"   + {_with_unit(field.label, field)}")
        yield (EntryCell(field.id), blank, blank, label, value, blank, none, reason)


def _with_unit(label: str, field: Field) -> str:
    return f"{label} ({field.unit})" if field.unit else label


def _number_cells(answers: Answers, field: Field) -> tuple[EntryCell, EntryCell, EntryCell]:
    """The number, the choice of why there is none, and the reason."""
    digits = MONEY_DIGITS if field.type is FieldType.MONEY else COUNT_DIGITS
    unit = f" ({field.unit})" if field.unit else ""
    count = Check(
        "count",
        10**digits - 1,
        title="Số lượng" if field.type is FieldType.COUNT else "Số tiền",
        prompt=f"Số nguyên từ 0, nhiều nhất {digits} chữ số{unit}.",
        error=f"Hãy ghi số nguyên từ 0, nhiều nhất {digits} chữ số. Không có số thì chọn ở cột «Nếu không có số».",
    )
    choice = Check(
        "choice",
        choices=NONE_CHOICES,
        title="Nếu không có số",
        prompt="Để trống khi đã ghi số. «Chưa có số liệu» thì ghi thêm lý do ở cột bên.",
        error="Hãy chọn một trong bốn: 0, Không tổ chức, Chưa có số liệu, Không áp dụng.",
    )
    value = answers.get(field.id)
    found = cell(answers, field.id) if isinstance(value, dict) and _is_known(value) else None
    number = value if isinstance(value, int | str) and not isinstance(value, bool) else None
    none = WORDS[found.kind] if isinstance(found, Missing) else None
    reason = found.reason or None if isinstance(found, Missing) else None
    return (
        EntryCell(number, check=count, align="right"),
        EntryCell(none, check=choice, align="center"),
        EntryCell(reason, check=_length(REASON_LENGTH)),
    )


def _is_known(value: Mapping[str, JsonValue]) -> bool:
    return value.get("none") in set(NoNumber)


# --- the written parts ---------------------------------------------------------------------------------------------


def _texts(answers: Answers, form: FormDefinition, of: str) -> EntrySheet:
    columns = (
        EntryColumn("id.value", hidden=True),
        EntryColumn("number", "Mục", 8),
        EntryColumn("label", "Nội dung", 34),
        EntryColumn("value", "Ghi vào đây", 70),
        EntryColumn("none", "Nếu không có số", 17),
        EntryColumn("reason", "Lý do chưa có số liệu", 22),
    )
    rows: list[tuple[EntryCell, ...]] = []
    for section in form.sections:
        in_table = {id for row in section.rows for id in row.cells}
        asked = [
            field
            for field in section.fields
            if field.id not in in_table and field.type is not FieldType.CLASSES and in_workbook(field)
        ]
        parent = next((each.number for each in form.sections if each.id == section.parent), "")
        number = ".".join(part for part in (parent, section.number) if part)
        for at, field in enumerate(asked):
            shown = EntryCell(number if at == 0 else "", align="center")
            rest = (EntryCell(), EntryCell())
            value = _text_cell(answers, field)
            if field.type in NUMBERS:
                value, *rest = _number_cells(answers, field)  # type: ignore[assignment]
            rows.append((EntryCell(field.id), shown, EntryCell(_with_unit(field.label, field)), value, *rest))
    above = ("PHẦN LỜI, KINH PHÍ, NGƯỜI KÝ", of, _KEYS, "Xuống dòng trong ô: Alt+Enter.", _BACK)
    return EntrySheet(TEXTS, "Phần lời", columns, tuple(rows), above, landscape=True)


def _text_cell(answers: Answers, field: Field) -> EntryCell:
    return EntryCell(shown_text(field, answers.get(field.id)), check=_text_check(field))


def shown_text(field: Field, value: JsonValue | None) -> str | None:
    """A text as it stands in its cell; a day and a month as they are printed, a choice in its words."""
    if isinstance(value, list):
        return "\n".join(str(item) for item in value) or None
    if not isinstance(value, str):
        return None if value is None else str(value)
    if field.type is FieldType.MONTH:
        return print_month(value) or None
    if field.type is FieldType.DATE:
        try:
            return print_date(parse_date(value))
        except UserError:
            return value
    if field.type is FieldType.CHOICE:
        return dict(field.choices).get(value, value)
    return value or None


def _text_check(field: Field) -> Check:
    match field.type:
        case FieldType.MONTH:
            return _length(7, "Tháng, ví dụ 10/2022.")
        case FieldType.DATE:
            return _length(10, "Ngày, ví dụ 06/10/2022.")
        case FieldType.LINES:
            return _length(LONGEST_TEXT, f"Mỗi dòng một mục, dài nhất {field.max_length} chữ (xuống dòng: Alt+Enter).")
        case FieldType.CHOICE if fits_list(words := tuple(shown for _, shown in field.choices)):
            return Check(
                "choice", choices=words, title=field.label, prompt="Chọn một.", error="Hãy chọn trong danh sách."
            )
        case _:
            return _length(field.max_length, field.hint)


def _length(most: int, prompt: str = "") -> Check:
    return Check(
        "text",
        most,
        title="Cách ghi" if prompt else "",
        prompt=prompt,
        error=f"Dài nhất {print_count(most)} chữ. Hãy rút ngắn.",
    )


# --- the class list ------------------------------------------------------------------------------------------------


def _classes(answers: Answers, field: Field, of: str) -> EntrySheet:
    columns = (
        EntryColumn("id.value", hidden=True),
        EntryColumn("number", "TT", 5),
        *(
            EntryColumn(f"class.{key}", title, width, below=_class_check(key, field))
            for key, title, width in CLASS_COLUMNS
        ),
    )
    value = answers.get(field.id)
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    rows = []
    for number in range(1, len(items) + _SPARE_CLASSES + 1):
        item = items[number - 1] if number <= len(items) else {}
        cells = (_class_cell(item, key, field) for key, _, _ in CLASS_COLUMNS)
        rows.append((EntryCell(field.id), EntryCell(number, align="center"), *cells))
    above = ("DANH SÁCH LỚP", of, "Mỗi lớp một dòng; thiếu dòng thì ghi tiếp ở dưới. " + _KEYS, _BACK)
    return EntrySheet(CLASSES, "Danh sách lớp", columns, tuple(rows), above, landscape=True)


def _class_check(key: str, field: Field) -> Check:
    if key == "learners":
        return Check("count", 10**COUNT_DIGITS - 1, error="Hãy ghi số nguyên từ 0, nhiều nhất 9 chữ số.")
    return _length(10, "Ngày, ví dụ 06/10/2022.") if key in CLASS_DAYS else _length(field.max_length)


def _class_cell(item: Mapping[str, JsonValue], key: str, field: Field) -> EntryCell:
    value, check = item.get(key), _class_check(key, field)
    if key == "learners":
        return EntryCell(value if isinstance(value, int | str) else None, check=check, align="right")
    words = value if isinstance(value, str) else None
    if key in CLASS_DAYS and words:
        try:
            words = print_date(parse_date(words))
        except UserError:
            pass
    return EntryCell(words or None, check=check)


# --- what it is a workbook of --------------------------------------------------------------------------------------


def _meta(filing: Filing, form: FormDefinition, at: datetime) -> EntrySheet:
    facts = {
        "version": str(VERSION),
        "form": form.id,
        "form_version": str(form.version),
        "form_hash": form.hash,
        "form_name": form.name,
        "kind": filing.kind.value,
        "campaign": filing.campaign,
        "unit": filing.unit.code,
        "unit_name": filing.unit.name,
        "filing": filing.id,
        "revision": str(filing.revision),
        "paper_code": filing.paper_code,
        "written_at": at.isoformat(timespec="seconds"),
    }
    rows = [(EntryCell("fact"), EntryCell(name), EntryCell(value)) for name, value in facts.items()]
    for field in form.fields():
        value = filing.answers.get(field.id)
        if in_workbook(field) and value is not None:
            rows.append((EntryCell("base"), EntryCell(field.id), EntryCell(fingerprint(settled(field, value)))))
    columns = (EntryColumn("kind"), EntryColumn("name", width=40), EntryColumn("value", width=70))
    return EntrySheet(META, "hoctap", columns, tuple(rows), hidden=True)
