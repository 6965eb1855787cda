"""One cell of a workbook that came back as the answer it stands for, and the name Excel gives the cell."""

from datetime import datetime

from hoctap_desktop.document.sheet_cells import RawCell, RawSheet
from hoctap_desktop.filing.workbook import ZERO
from hoctap_desktop.form.answers import WORDS, Missing, cell_json
from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, parse_time, print_date, read_month
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, parse_count, print_count
from hoctap_desktop.foundation.text import fold

KINDS = {fold(words): kind for kind, words in WORDS.items()}


def choice(text: str) -> JsonValue | None:
    """What the choice "Nếu không có số" says; None for other words."""
    if text.strip() in (ZERO, "0.0"):
        return 0
    kind = KINDS.get(fold(text))
    return cell_json(Missing(kind)) if kind is not None else None


def count(raw: RawCell, field: Field) -> tuple[int, str]:
    """The whole number of a cell by domain.md §3, and how it was read when that was not plain. Raises NOT_A_COUNT."""
    digits = MONEY_DIGITS if field.type is FieldType.MONEY else COUNT_DIGITS

    def wrong(why: str, shown: str = "") -> UserError:
        return UserError(Code.NOT_A_COUNT, typed=shown or raw.text, where=f" ở «{field.label}»", why=why)

    match raw.kind:
        case "n":
            number = float(raw.text)
            if number != number or number in (float("inf"), float("-inf")):
                raise wrong("Ô không chứa số.")
            if not number.is_integer():
                why = (
                    "Số đếm không có phần lẻ; nếu dấu chấm ngăn nghìn thì máy tính đã hiểu sai, hãy gõ liền các chữ số."
                )
                raise wrong(why, f"{number:.15g}".replace(".", ","))
            whole = int(raw.text) if raw.text.lstrip("-").isdigit() else int(number)
            if whole < 0:
                raise wrong("Số lượng không được âm.")
            if whole >= 10**digits:
                raise wrong(f"Số có hơn {digits} chữ số.")
            return whole, ""
        case "s":
            whole = parse_count(raw.text, digits=digits, where=field.label)
            return whole, f"«{raw.text.strip()}» ghi dạng chữ, đọc là {print_count(whole)}."
        case "d":
            raise wrong("Excel hiểu ô này là ngày tháng. Hãy đặt lại kiểu ô là Số (Number) rồi gõ lại.", as_text(raw))
        case "b":
            raise wrong("Ô ghi đúng/sai.", "TRUE" if raw.text == "1" else "FALSE")
        case _:
            raise wrong("Ô báo lỗi của Excel.")


def as_text(raw: RawCell) -> str:
    """A cell as words: Excel makes numbers and days of what was typed as text."""
    if raw.kind == "d":
        try:
            return print_date(datetime.fromisoformat(raw.text).date())
        except ValueError:
            return raw.text
    if raw.kind == "n":
        number = float(raw.text)
        return str(int(number)) if number.is_integer() else raw.text.replace(".", ",")
    return raw.text


def day(raw: RawCell) -> str:
    return parse_date(as_text(raw)).isoformat()


def made_otherwise(raw: RawCell) -> str:
    """How a cell for words was read when Excel had made a day or a number of what was typed, else ""."""
    match raw.kind:
        case "d":
            return f"Excel đã đổi chữ gõ ở ô này thành ngày; máy đọc là «{as_text(raw)}»."
        case "n":
            return f"Excel đã đổi chữ gõ ở ô này thành số; máy đọc là «{as_text(raw)}»."
        case _:
            return ""


def answer(field: Field, text: str) -> JsonValue:
    """The answer a text stands for. Raises UserError for a day, a month or a time that is none."""
    match field.type:
        case FieldType.LINES:
            return [*text.split("\n")]
        case FieldType.DATE:
            return parse_date(text, where=field.label).isoformat()
        case FieldType.TIME:
            return parse_time(text, where=field.label).strftime("%H:%M")
        case FieldType.MONTH:
            return _month(text)
        case FieldType.CHOICE:
            return next((value for value, shown in field.choices if fold(shown) == fold(text)), text)
        case _:
            return text


def _month(text: str) -> str:
    """The month as it is stored, also of a day Excel made of it ("01/10/2022"); else as typed."""
    parts = text.strip().replace("-", "/").split("/")
    if len(parts) == 3:
        parts = parts[1:] if len(parts[2]) == 4 else parts[:2]
    return read_month("/".join(parts)) or text


def letter(column: int) -> str:
    """A column as Excel names it: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(sheet: RawSheet, row: int, column: int) -> str:
    return f"Trang «{sheet.name}», ô {letter(column)}{row}"
