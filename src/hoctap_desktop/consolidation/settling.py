"""Acts of the officer on the totals, as they are typed: judged, then kept."""

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation.overview import asked_form, current_outliers, current_totals, totals_before
from hoctap_desktop.consolidation.totals import climbing
from hoctap_desktop.filing import totals_acts
from hoctap_desktop.form.answers import WORDS, NoNumber
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import COUNT_DIGITS, MONEY_DIGITS, parse_count
from hoctap_desktop.foundation.text import fold
from hoctap_desktop.store.database import Store


def set_own(store: Store, campaign: str, field: str, typed: str) -> None:
    """Keeps a number of the office's own activity; "" makes it blank, "k" says that nothing was held.

    Raises UserError INDICATOR_UNKNOWN, NOT_A_COUNT.
    """
    asked = _field(asked_form(store), field)
    totals_acts.set_own_number(store, campaign, field, _answer(asked, typed))


def confirm(store: Store, campaign: Campaign, field: str, typed: str, reason: str) -> None:
    """Confirms a sum that may count one thing twice; typed: what it is to be, "" for the sum itself.

    Raises UserError INDICATOR_UNKNOWN, NOT_A_COUNT, TOTALS_NUMBER_BAD, TOTALS_NEED_REASON.
    """
    total = current_totals(store, campaign=campaign).number(field)
    if not total.may_repeat or total.value is None:
        raise UserError(Code.TOTALS_NUMBER_BAD, field=total.field.label, why="số này không phải xác nhận.")
    value = _answer(total.field, typed) if typed.strip() else total.value
    if not isinstance(value, int) or value > total.value:
        why = "số xác nhận phải là số nguyên không lớn hơn số máy cộng được."
        raise UserError(Code.TOTALS_NUMBER_BAD, field=total.field.label, why=why)
    totals_acts.confirm_sum(store, campaign.id, field, total.value, value, reason, total.shares)


def dismiss(store: Store, campaign: Campaign, doubt: str, reason: str) -> None:
    """Puts a doubt aside. Raises UserError DOUBT_UNKNOWN, TOTALS_NEED_REASON."""
    found = current_totals(store, campaign=campaign)
    if doubt not in {one.id for one in current_outliers(store, found, totals_before(store, campaign), campaign)}:
        raise UserError(Code.DOUBT_UNKNOWN, doubt=doubt)
    totals_acts.dismiss(store, campaign.id, doubt, reason)


def _field(form: FormDefinition, id: str) -> Field:
    fields = {field.id: field for field in climbing(form)}
    if id not in fields:
        raise UserError(Code.INDICATOR_UNKNOWN, indicator=id, known=", ".join(fields))
    return fields[id]


def _answer(field: Field, typed: str) -> JsonValue:
    words = typed.strip()
    if not words:
        return None
    if fold(words) in ("k", fold(WORDS[NoNumber.NOT_HELD])):
        return {"none": "not_held", "reason": ""}
    digits = MONEY_DIGITS if field.type is FieldType.MONEY else COUNT_DIGITS
    return parse_count(words, digits=digits, where=field.label)
