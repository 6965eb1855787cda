"""Before a table of totals leaves: every total on it is added up again from the cells it is printed from. Pure.

Nothing of totals.py is used: two ways of adding that agree, or no paper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from hoctap_desktop.consolidation.model import held_nothing
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.document.model import Document, Table, runs_text
from hoctap_desktop.document.sheet import Cell as SheetCell
from hoctap_desktop.document.sheet import Sheet, Value
from hoctap_desktop.form.answers import Cell, Count, cell
from hoctap_desktop.form.definition import FieldType, FormDefinition, RollUp
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count

SUM, BAR = "sum", "chart."
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")


def recheck_document(document: Document, found: Totals) -> Document:
    """`document` when every total printed on it is the sum of its cells; raises UserError(TOTALS_DO_NOT_ADD_UP)."""
    cells = {f"row.{row.id}": row.cells for section in found.form.sections for row in section.rows}
    labels = {total.field.id: total.field.label for total in found.numbers}
    for table in (block for block in (*document.blocks, *document.appendix) if isinstance(block, Table)):
        if table.key.startswith(BAR):
            _recheck_chart(table)
            continue
        for row in table.rows:
            printed = [] if row.group or row.key not in cells else _numbers(runs_text(row.cells[2]))
            wanted = [(id, added) for id in cells.get(row.key, ()) if (added := _added(found, id)) is not None]
            none_held = [id for id, added in wanted if not added] if len(printed) < len(wanted) else []
            wanted = [(id, added) for id, added in wanted if id not in none_held]
            if row.key in cells and printed != [added for _, added in wanted]:
                place = " và ".join(labels[id] for id in cells[row.key] if id in labels) or row.key
                raise _wrong(place, printed, [added for _, added in wanted])
    return document


def recheck_sheets(sheets: Sequence[Sheet], found: Totals) -> Sequence[Sheet]:
    """The same of a workbook: the row of sums under the units' cells, and the table of totals."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for total, column in zip(found.numbers, _recheck_columns(by_name["Từng đơn vị"]), strict=True):
        added = _added(found, total.field.id) or 0
        wanted = total.confirmed.summed if total.confirmed is not None else added
        if column != wanted:
            raise _wrong(total.field.label, [column], [wanted])
    _recheck_totals(by_name["Tổng hợp"], found)
    return sheets


def _recheck_chart(table: Table) -> None:
    """A chart lists every share, of this year and the one before: they add up to the sums at its foot."""
    for column in range(2, len(table.columns)):
        shares = [n for row in table.rows if row.key != SUM for n in _numbers(runs_text(row.cells[column]))[:1]]
        for row in table.rows:
            printed = _numbers(runs_text(row.cells[column])) or [0]
            if row.key == SUM and runs_text(row.cells[column]) and printed != [sum(shares)]:
                raise _wrong(runs_text(row.cells[0]), printed, [sum(shares)])


def _recheck_columns(sheet: Sheet) -> Iterator[int]:
    rows = [[each.value if isinstance(each, SheetCell) else each for each in row] for row in sheet.rows]
    at = next(number for number, row in enumerate(rows) if row[2] == "Tổng")
    for place in range(3, len(sheet.columns)):
        added = sum(_value(row[place]) for row in rows[:at])
        printed = rows[at][place]
        if _value(printed) != added:
            raise _wrong(sheet.columns[place].title, [_value(printed)], [added])
        yield added


def _recheck_totals(sheet: Sheet, found: Totals) -> None:
    known = {total.field.id: total for total in found.numbers}
    ids = [id for id, total in known.items() if total.field.type is FieldType.MONEY]
    ids += [id for section in found.form.sections for row in section.rows for id in row.cells if id in known]
    shown = [
        row[2].value if isinstance(row[2], SheetCell) else row[2]
        for row in sheet.rows
        if not any(isinstance(each, SheetCell) and each.look == "group" for each in row)
    ]
    for printed, id in zip(shown, ids, strict=True):
        if printed != (added := _added(found, id)):
            raise _wrong(known[id].field.label, [_value(printed)], [added or 0])


def _value(content: Value) -> int:
    """What a cell of the units' table adds: a number, a unit the machine counted, else nothing."""
    if isinstance(content, int):
        return content
    counted = isinstance(content, str) and content.endswith("(máy đếm)")
    return _numbers(str(content))[0] if counted else 0


def _added(found: Totals, id: str) -> int | None:
    """The sum of a field from the cells of the reports themselves; a confirmed sum as it was confirmed."""
    total = found.number(id)
    shares: list[int] = []
    for one in found.reported:
        at = one.asked_at(found.form, id)
        if not at:
            continue
        match one.cells.get(at):
            case Count(value):
                shares.append(value)
            case None if total.field.roll_up is RollUp.COUNT_UNITS and _held(one.form or found.form, one.cells):
                shares.append(1)
            case _:
                shares += [0] if _none_held(one.cells.get(at)) else []
    match cell(found.own, id):
        case Count(value):
            shares.append(value)
        case stated:
            shares += [0] if _none_held(stated) else []
    if total.confirmed is not None and total.confirmed.summed == sum(shares):
        return total.confirmed.value
    return sum(shares) if shares else None


def _held(form: FormDefinition, cells: Mapping[str, Cell]) -> bool:
    return any(isinstance(cells.get(field.id), Count) for field in form.indicators()) and not held_nothing(form, cells)


def _none_held(stated: object) -> bool:
    return getattr(getattr(stated, "kind", None), "value", "") == "not_held"


def _numbers(words: str) -> list[int]:
    return [int(each.replace(".", "")) for each in _NUMBER.findall(words)]


def _wrong(place: str, printed: Sequence[int], summed: Sequence[int]) -> UserError:
    told = ["; ".join(map(print_count, numbers)) or "để trống" for numbers in (printed, summed)]
    return UserError(Code.TOTALS_DO_NOT_ADD_UP, place=place, printed=told[0], summed=told[1])
