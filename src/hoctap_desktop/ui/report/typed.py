"""What a person typed where a number or a month is asked: the answer, or why it is none. No Qt."""

from collections.abc import Mapping

from hoctap_desktop.form.definition import Field, FieldType
from hoctap_desktop.form.validation import wrong_shape
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, parse_count
from hoctap_desktop.ui.report.found import Slip

_NUMBERS = (FieldType.COUNT, FieldType.MONEY)


def read_number(field: Field, typed: str) -> int:
    """Raises UserError(NOT_A_COUNT), whose words say why it is no number."""
    return parse_count(typed, digits=MONEY_DIGITS if field.type is FieldType.MONEY else COUNT_DIGITS)


def no_month(typed: str, year: int) -> str:
    """Why it is no month, with one that is."""
    return f"«{typed}» không phải tháng. Nhập dạng 10/{year}."


def slips_in(fields: Mapping[str, Field], answers: Mapping[str, JsonValue], year: int) -> dict[str, Slip]:
    """What was kept as it was typed because it is no number and no month, and why."""
    found: dict[str, Slip] = {}
    for id, value in answers.items():
        field = fields.get(id)
        if field is None or not isinstance(value, str) or field.type not in (*_NUMBERS, FieldType.MONTH):
            continue
        if why := wrong_shape(field, value):
            found[id] = (value, _why(field, value, year) or why)
    return found


def _why(field: Field, typed: str, year: int) -> str:
    if field.type is FieldType.MONTH:
        return no_month(typed, year)
    try:
        read_number(field, typed)
    except UserError as refusal:
        return str(refusal)
    return ""
