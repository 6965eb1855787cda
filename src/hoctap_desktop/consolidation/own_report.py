"""The upper office's own report, begun from its totals: an ordinary filing, finalised and sealed upward like any.

It is filled in on the form of the office above, and added up on that one, straight from the papers of the units: what
the office asks below beside it stays here, and what was sent is made again from what was sent alone.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.overview import asked_form, current_totals
from hoctap_desktop.consolidation.totals import Total, Totals
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Filing, Kind, Status, Summed, filing_id
from hoctap_desktop.form.answers import COMPUTED, Answers, Count, cell_json, text
from hoctap_desktop.form.definition import FieldType, FormDefinition, Row, Section
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.filings import draft_of, not_asked_below
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store

_LEAD = "lead"
_AS_FOLLOWS = re.compile(r"(,? tổng hợp từ báo cáo của \d+/\d+ đơn vị,)? như sau:$")
_COVERAGE = re.compile(r"Tổng từ \d+/\d+ đơn vị(; .*)?")


def prepare_report(store: Store) -> Filing:
    """The office's own report of the active campaign with every number taken from the totals, in one commit.

    Begins it when there is none. Text the office wrote stays; numbers are those of the totals, whatever stood there
    (the history keeps it). Raises UserError FILING_FINAL (make the next revision first), NO_UNITS_BELOW, STORE_DAMAGED.
    """
    with store.atomic():
        known = filings.find(store, filing_id(active(store).id, Kind.REPORT))
        draft = known or draft_of(store, Kind.REPORT)
        form = form_of(draft)
        found = current_totals(store, form=form)
        answers = with_totals(draft.answers, found, _by_hand(draft.answers, found, asked_form(store)))
        if known is None:
            illustrative, based_on, summed = found.illustrative, found.based_on, found.summed
            begun = replace(draft, answers=answers, illustrative=illustrative, based_on=based_on, summed=summed)
            return filings.begin(store, begun)
        return filings.replace_answers(
            store,
            known.id,
            answers,
            store.clock(),
            based_on=found.based_on,
            illustrative=found.illustrative,
            summed=found.summed,
        )


def _by_hand(answers: Answers, found: Totals, asked: FormDefinition) -> frozenset[str]:
    """Of what the units were not asked for: what no paper brings, and what the office stated itself."""
    unasked = not_asked_below(found.form, asked)
    stated = {id for id in unasked if answers.get(id) != answers.get(COMPUTED + id)}
    return frozenset(id for id in unasked if id in stated or found.number(id).value is None)


def behind_words(store: Store) -> str:
    """What came in after the open draft took its numbers, in one sentence; "" when nothing did or nothing is added up.

    Raises UserError NO_UNITS_BELOW, STORE_DAMAGED.
    """
    filing = filings.find(store, filing_id(active(store).id, Kind.REPORT))
    if filing is None or filing.status is Status.FINAL or filing.summed is None:
        return ""
    return since_words(filing.summed, current_totals(store).summed)


def since_words(taken: Summed, now: Summed) -> str:
    """How what is added up now differs from what was, in one sentence; "" for the same papers of the same units."""
    before, after = ({unit.code: unit.package_id for unit in one.units} for one in (taken, now))
    if before == after:
        return ""
    changed = [code for code in {**before, **after} if before.get(code, "") != after.get(code, "")]
    what = (
        f"{print_count(len(changed))} đơn vị nộp thêm, nộp lại hoặc không còn được tính"
        if changed
        else "Danh sách đơn vị phải nộp đã đổi"
    )
    old, new = (f"{print_count(len(one.based_on))} trên {print_count(len(one.units))}" for one in (taken, now))
    return f"{what} sau khi báo cáo này lấy số. Báo cáo đang ghi số của {old} đơn vị, bây giờ là {new}."


def with_totals(answers: Answers, found: Totals, by_hand: Collection[str] = ()) -> dict[str, JsonValue]:
    """`answers` with every number of the totals, and with its coverage said where it is not whole. Pure.

    by_hand: ids of numbers that are the office's to state: they stay as they are.
    """
    new: dict[str, JsonValue] = dict(answers)
    by_field = {total.field.id: total for total in found.numbers if total.field.id not in by_hand}
    for total in found.numbers:
        id = total.field.id
        if id in by_field:
            new[id] = cell_json(total.cell)
        new.pop(COMPUTED + id, None)
        if isinstance(total.cell, Count) and total.value is not None:
            new[COMPUTED + id] = total.value
    _put_reasons(new, found, by_field.values())
    for section in found.form.sections:
        for row in section.rows:
            if any(id in by_field for id in row.cells):
                _put_note(new, row, by_field)
        _put_money_note(new, section, by_field)
    lead = text(answers, _LEAD)
    if _AS_FOLLOWS.search(lead):
        new[_LEAD] = _AS_FOLLOWS.sub(f", tổng hợp từ báo cáo của {found.coverage} đơn vị, như sau:", lead)
    return new


def _put_reasons(answers: dict[str, JsonValue], found: Totals, numbers: Iterable[Total]) -> None:
    """A confirmed sum goes upward with the officer's reason, where the form asks why a total was changed."""
    overridden = next((rule.id for rule in found.form.rules if rule.check == "differs_from_computed"), None)
    if overridden is None:
        return
    for total in numbers:
        settled_by = f"reason.{overridden}.{total.field.id}"
        if total.confirmed is not None and total.confirmed.value != total.value:
            answers[settled_by] = total.confirmed.reason
        elif total.may_repeat:
            answers.pop(settled_by, None)


def _put_note(answers: dict[str, JsonValue], row: Row, by_field: Mapping[str, Total]) -> None:
    """Says in Ghi chú how many units a number covers; a note somebody wrote stays."""
    note = text(answers, row.note)
    if note and not _COVERAGE.fullmatch(note):
        return
    partial = [by_field[id] for id in row.cells if id in by_field and by_field[id].covered < by_field[id].of]
    if not partial:
        answers.pop(row.note, None)
    elif len({total.coverage for total in partial}) == 1:
        answers[row.note] = f"Tổng từ {partial[0].coverage} đơn vị"
    else:
        said = [f"{total.field.label.lower()} từ {total.coverage}" for total in partial[1:]]
        answers[row.note] = "; ".join([f"Tổng từ {partial[0].coverage} đơn vị", *said])
    if unasked := max((total.unasked for total in partial), default=0):
        answers[row.note] = f"{answers[row.note]}; mẫu của {print_count(unasked)} đơn vị chưa hỏi"


def _put_money_note(answers: dict[str, JsonValue], section: Section, by_field: Mapping[str, Total]) -> None:
    """Says under sums of money how many units they cover, a line each at the end of what the office wrote there."""
    money = [by_field[field.id] for field in section.fields if field.type is FieldType.MONEY and field.id in by_field]
    below = next((field.id for field in section.fields if field.type is FieldType.LONG_TEXT), None)
    if not money or below is None:
        return
    written = text(answers, below)
    for total in money:
        written = re.sub(rf"\n?{re.escape(total.field.label)}: tổng từ \d+/\d+ đơn vị\.", "", written)
    said = [
        f"{total.field.label}: tổng từ {total.coverage} đơn vị."
        for total in money
        if total.covered < total.of and isinstance(total.cell, Count)
    ]
    lines = [line for line in (written.strip("\n"), *said) if line]
    if lines:
        answers[below] = "\n".join(lines)
    else:
        answers.pop(below, None)
