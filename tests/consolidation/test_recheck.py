"""Totals against an independent sum, and the check before printing: whichever cell is altered, it refuses."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.consolidation import printed
from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.consolidation.printed import charts_document, totals_document, totals_sheets
from hoctap_desktop.consolidation.recheck import recheck_document, recheck_sheets
from hoctap_desktop.consolidation.totals import Totals, totals
from hoctap_desktop.document.model import Document, Table, TableRow, plain, runs_text
from hoctap_desktop.document.sheet import Cell as SheetCell
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber, cell_json
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from tests.consolidation.papers import ALL
from tests.consolidation.test_status import sent
from tests.offices import dai_tu

FORM = form_by_id("report", 1)
UNITS, OWN = dai_tu().below, dai_tu().own
WEEK, DAY = campaign_by_id("2022"), date(2022, 10, 14)
IDS = [field.id for field in FORM.indicators()]

cells = st.one_of(
    st.integers(0, 99_999).map(Count),
    st.sampled_from(
        [Missing(NoNumber.NOT_HELD), Missing(NoNumber.UNKNOWN, "Chờ 3 trường"), Missing(NoNumber.NOT_APPLICABLE)]
    ),
)
tables = st.dictionaries(st.sampled_from(IDS), cells, max_size=len(IDS))
offices = st.tuples(st.dictionaries(st.sampled_from(ALL), tables), tables)


def _made(given_: tuple[dict[str, dict[str, Cell]], dict[str, Cell]]) -> Totals:
    units, own = given_
    reported: list[Reported] = [sent(code, 14, cells=each) for code, each in units.items()]
    return totals(FORM, UNITS, reported, {id: cell_json(one) for id, one in own.items()})


@settings(max_examples=60, deadline=None)
@given(offices)
def test_totals_are_the_sums_of_what_was_reported_and_of_the_own_activity(
    office: tuple[dict[str, dict[str, Cell]], dict[str, Cell]],
) -> None:
    units, own = office
    found = _made(office)
    for id in IDS:
        if id == "organising_units":
            continue  # where it is blank, units are counted
        every = [table[id] for table in (*units.values(), own) if id in table]
        added = sum(one.value for one in every if isinstance(one, Count))
        assert (found.number(id).value or 0) == added
        known = [units[code][id] for code in units if id in units[code]]
        told = [one for one in known if isinstance(one, Count) or one == Missing(NoNumber.NOT_HELD)]
        no_use = [one for one in known if isinstance(one, Missing) and one.kind is NoNumber.NOT_APPLICABLE]
        assert found.number(id).coverage == f"{len(told)}/{len(UNITS) - len(no_use)}"
        assert sum(source.covered for source in found.number(id).sources) == found.number(id).covered


@settings(max_examples=25, deadline=None)
@given(offices)
def test_what_is_printed_passes(office: tuple[dict[str, dict[str, Cell]], dict[str, Cell]]) -> None:
    found = _made(office)
    totals_document(found, OWN, WEEK, DAY)
    totals_sheets(found, OWN, WEEK, DAY)
    charts_document(found, OWN, WEEK, DAY, IDS)


def test_an_own_activity_that_was_not_held_is_no_nought() -> None:
    found = _made(({ALL[0]: {"talks": Count(3)}}, {"talks": Missing(NoNumber.NOT_HELD)}))
    totals_sheet, units = totals_sheets(found, OWN, WEEK, DAY)[:2]
    (row,) = (row for row in totals_sheet.rows if row[1] == "Số lần hội thảo, tọa đàm")
    assert row[2:6] == (3, "lần", 3, "Không tổ chức")
    place = next(at for at, head in enumerate(units.columns) if head.title.startswith("Số lần hội thảo"))
    assert [row[place] for row in units.rows if row[1] == OWN.code] == ["Không tổ chức"]
    (table,) = (block for block in charts_document(found, OWN, WEEK, DAY, ["talks"]).blocks if isinstance(block, Table))
    assert [runs_text(cell) for cell in table.rows[0].cells[1:]] == ["Không tổ chức", ""]


FULL = _made(
    (
        {code: {id: Count(11 * place + at + 1) for at, id in enumerate(IDS)} for place, code in enumerate(ALL)},
        {"participants": Count(7), "talks": Count(2)},
    )
)


def _with_row(document: Document, key: str, row: TableRow) -> Document:
    blocks = tuple(
        replace(block, rows=tuple(row if each.key == key else each for each in block.rows))
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _refused(act: Any, *args: Any) -> str:
    with pytest.raises(UserError) as caught:
        act(*args)
    assert caught.value.code is Code.TOTALS_DO_NOT_ADD_UP
    return str(caught.value)


@given(st.sampled_from([row for section in FORM.sections for row in section.rows if row.cells]), st.integers(1, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_total_altered_on_the_page_is_refused(row: Any, by: int) -> None:
    document = totals_document(FULL, OWN, WEEK, DAY)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    (line,) = (each for each in table.rows if each.key == f"row.{row.id}")
    number = FULL.number(row.cells[0]).value
    assert number is not None
    words = runs_text(line.cells[2]).replace(f"{number:,}".replace(",", "."), f"{number + by:,}".replace(",", "."), 1)
    altered = replace(line, cells=(*line.cells[:2], plain(words), *line.cells[3:]))
    assert "cộng lại các ô đã in" in _refused(recheck_document, _with_row(document, line.key, altered), FULL)


@given(st.data(), st.integers(1, 10**6))
@settings(max_examples=60, deadline=None)
def test_any_share_or_sum_altered_on_a_chart_is_refused(data: st.DataObject, by: int) -> None:
    document = charts_document(FULL, OWN, WEEK, DAY, ["participants"])
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    line = data.draw(st.sampled_from(table.rows))
    value = int(runs_text(line.cells[2]).replace(".", ""))
    altered = replace(line, cells=(*line.cells[:2], plain(str(value + by)), *line.cells[3:]))
    _refused(recheck_document, _with_row(document, line.key, altered), FULL)


@given(st.data(), st.integers(1, 10**6))
@settings(max_examples=60, deadline=None)
def test_any_number_altered_in_the_workbook_is_refused(data: st.DataObject, by: int) -> None:
    sheets = totals_sheets(FULL, OWN, WEEK, DAY)
    at = data.draw(st.sampled_from([0, 1]))
    rows = [list(row) for row in sheets[at].rows]
    places = [
        (line, place)
        for line, row in enumerate(rows)
        for place in range(2, len(row) if at else 3)
        if isinstance(row[place].value if isinstance(row[place], SheetCell) else row[place], int)  # type: ignore[union-attr]
    ]
    line, place = data.draw(st.sampled_from(places))
    old = rows[line][place]
    rows[line][place] = replace(old, value=old.value + by) if isinstance(old, SheetCell) else old + by  # type: ignore[operator]
    altered = replace(sheets[at], rows=tuple(tuple(row) for row in rows))
    _refused(recheck_sheets, [altered if each is sheets[at] else each for each in sheets], FULL)


def test_a_printer_that_adds_wrong_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = printed._quantity
    monkeypatch.setattr(printed, "_quantity", lambda numbers: honest(numbers).replace("1", "7"))
    _refused(totals_document, FULL, OWN, WEEK, DAY)


def test_totals_that_add_wrong_are_not_printed() -> None:
    wrong = replace(FULL, numbers=tuple(replace(one, below=(one.below or 0) + 1) for one in FULL.numbers))
    for print_it in (totals_document, totals_sheets):
        _refused(print_it, wrong, OWN, WEEK, DAY)
