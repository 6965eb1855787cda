"""The year before a merger, beside the numbers of the unit that came out of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.outliers import Why
from hoctap_desktop.consolidation.overview import current_outliers, current_totals, totals_before
from hoctap_desktop.consolidation.printed import charts_document
from hoctap_desktop.consolidation.recheck import recheck_document
from hoctap_desktop.consolidation.settling import set_own
from hoctap_desktop.document.model import Document, Paragraph, Table, plain, runs_text
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.units_below import close
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation.totals_presenter import detail
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import COMMUNE, LOWER, NOT_HELD, NURSERY, PRIMARY, paper, put, unit

DAY = date(2022, 10, 14)


@pytest.fixture
def merged(store: Store, stick: Path) -> Store:
    """LOWER and PRIMARY went into NURSERY in the summer of 2022; all three had reported in 2021."""
    old = [
        paper(NURSERY, {"participants": 10, "talks": 1}, campaign="2021"),
        paper(LOWER, {"participants": 20, "talks": NOT_HELD}, campaign="2021"),
        paper(PRIMARY, {"participants": 30}, campaign="2021"),
        paper(COMMUNE, {"participants": 5}, campaign="2021"),
    ]
    now = [paper(NURSERY, {"participants": 70, "talks": 2}), paper(COMMUNE, {"participants": 6})]
    intake(store, [put(stick / "old", *old), put(stick / "now", *now)])
    for code in (LOWER, PRIMARY):
        close(store, code, date(2022, 6, 30), [NURSERY])
    return store


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder with room for two years."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_merged_unit_stands_beside_the_sum_of_those_before_it(merged: Store) -> None:
    found, before = current_totals(merged), totals_before(merged, active(merged))
    assert before is not None
    assert before.number("participants").value == 65
    assert (before.values(NURSERY)["participants"], before.values(NURSERY)["talks"]) == (60, 1)
    assert before.values(COMMUNE)["participants"] == 5
    assert before.values("nobody") == {}
    shown = detail(found.number("participants"), "", before, 2022)
    shares = {share.unit: (share.before, share.merged) for share in shown.told}
    names = ", ".join(unit(code).short_name for code in (NURSERY, LOWER, PRIMARY))
    assert shares[f"{unit(NURSERY).short_name} *"] == (60, f"Cộng từ 3 đơn vị trước đây: {names}.")
    assert shares[unit(COMMUNE).short_name] == (5, "")
    assert shown.merged_words == f"* Năm trước: Cộng từ 3 đơn vị trước đây: {names}."


def test_ten_times_the_own_number_is_no_doubt_when_it_is_the_sum_of_three(merged: Store, stick: Path) -> None:
    found, before = current_totals(merged), totals_before(merged, active(merged))
    assert not [one for one in current_outliers(merged, found, before, active(merged)) if one.why is Why.LAST_YEAR]
    again = paper(NURSERY, {"participants": 600, "talks": 2}, revision=2)
    intake(merged, [put(stick / "again", again)])
    doubts = current_outliers(merged, current_totals(merged), before, active(merged))
    (doubt,) = [one for one in doubts if one.why is Why.LAST_YEAR]
    assert doubt.sentence == "Ghi 600 lượt người, năm trước 60 (cộng 3 đơn vị trước đây): gấp 10 lần."


def _charts(store: Store) -> Document:
    before = totals_before(store, active(store))
    return charts_document(current_totals(store), own_unit(store), active(store), DAY, ["participants"], before)


def test_the_printed_chart_marks_it_and_says_whose_sum_it_is(merged: Store) -> None:
    made = _charts(merged)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    rows = {runs_text(row.cells[0]): runs_text(row.cells[3]) for row in table.rows}
    assert rows[f"{unit(NURSERY).short_name} *"] == "60"
    assert rows[unit(COMMUNE).short_name] == "5"
    said = [runs_text(block.runs) for block in made.blocks if isinstance(block, Paragraph)]
    assert said[-1].startswith(f"* {unit(NURSERY).short_name}, năm 2021: Cộng từ 3 đơn vị trước đây")


def test_last_years_column_adds_up_with_those_who_report_no_more(merged: Store) -> None:
    close(merged, NURSERY, date(2022, 6, 30), [])
    made = charts_document(
        current_totals(merged),
        own_unit(merged),
        active(merged),
        DAY,
        ["participants"],
        totals_before(merged, active(merged)),
    )
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    rows = {row.key: (runs_text(row.cells[2]), runs_text(row.cells[3])) for row in table.rows}
    assert rows["sum"] == ("76", "65")
    set_own(merged, "2021", "participants", "100")
    made = _charts(merged)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    rows = {row.key: (runs_text(row.cells[2]), runs_text(row.cells[3])) for row in table.rows}
    own = f"unit.{own_unit(merged).code}"
    assert (rows["sum"], rows[own], "not_now" in rows) == (("76", "165"), ("", "100"), False)
    assert max(row.bar.before or 0 for row in table.rows if row.bar is not None) == 0.6  # 60 of the office's own 100
    row = next(row for row in table.rows if row.key == own)
    wrong = replace(row, cells=(*row.cells[:3], plain("99")))
    spoilt = replace(table, rows=tuple(wrong if one is row else one for one in table.rows))
    with pytest.raises(UserError) as refusal:
        recheck_document(replace(made, blocks=(spoilt,)), current_totals(merged))
    assert refusal.value.code is Code.TOTALS_DO_NOT_ADD_UP


def test_who_reported_last_year_and_is_no_more_stands_as_one_row(store: Store, stick: Path) -> None:
    old = [paper(code, {"participants": 10}, campaign="2021") for code in (NURSERY, LOWER)]
    intake(store, [put(stick / "old", *old), put(stick / "now", paper(NURSERY, {"participants": 7}))])
    close(store, LOWER, date(2022, 6, 30), [])
    (table,) = (block for block in _charts(store).blocks if isinstance(block, Table))
    rows = {row.key: (runs_text(row.cells[2]), runs_text(row.cells[3])) for row in table.rows}
    assert (rows["sum"], rows["not_now"]) == (("7", "20"), ("", "10"))
