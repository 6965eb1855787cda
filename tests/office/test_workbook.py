from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.office.workbook import fill_from_workbook, look_at, take, workbook_of
from hoctap_desktop.store.database import Store
from tests.filing.workbooks import report, value_cell
from tests.offices import CLOCK, HA_THUONG, commune_store

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap")
    repository.begin(opened, replace(report(), unit=HA_THUONG))
    yield opened
    opened.close()


def workbook(store: Store, path: Path, **values: object) -> Path:
    """The workbook of the store's report, with these numbers typed in."""
    path.write_bytes(workbook_of(store, ID))
    book = load_workbook(path)
    for id, value in values.items():
        value_cell(book, id).value = value
    book.save(path)
    return path


def test_looking_changes_nothing_and_taking_takes_what_was_agreed(store: Store, tmp_path: Path) -> None:
    path = workbook(store, tmp_path / "a.xlsx", participants=600, banners=13)
    before = repository.current(store, ID)
    looked = look_at(store, path)
    assert repository.current(store, ID) == before
    assert [each.field for each in looked.comparison.differences] == ["participants", "banners"]
    taken = take(store, looked, {"banners"})
    assert (taken.answers["banners"], taken.answers["participants"]) == (13, 535)
    assert change_rows.history(store, ID)[-1].field == "banners"


def test_what_changed_between_looking_and_taking_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    looked = look_at(store, workbook(store, tmp_path / "a.xlsx", participants=600))
    filings.set_answer(store, ID, "participants", 700)
    with pytest.raises(UserError) as refused:
        take(store, looked, {"participants"})
    assert refused.value.code is Code.WORKBOOK_CONFLICT
    assert repository.current(store, ID).answers["participants"] == 700


def test_the_command_takes_a_workbook_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    before = repository.current(store, ID)
    with pytest.raises(UserError) as refused:
        fill_from_workbook(store, workbook(store, tmp_path / "a.xlsx", participants="3 lớp", banners=13, leaflets=1.5))
    assert refused.value.code is Code.WORKBOOK_NOT_TAKEN
    assert len(refused.value.facts["faults"]) == 2  # type: ignore[arg-type]
    assert repository.current(store, ID) == before
    filing, found = fill_from_workbook(store, workbook(store, tmp_path / "b.xlsx", banners=13))
    assert (filing.answers["banners"], len(found.differences)) == (13, 1)


def test_an_old_copy_undoes_nothing_and_says_so(store: Store, tmp_path: Path) -> None:
    path = workbook(store, tmp_path / "a.xlsx", banners=13)
    filings.set_answer(store, ID, "participants", 700)
    filing, found = fill_from_workbook(store, path)
    assert (filing.answers["participants"], filing.answers["banners"]) == (700, 13)
    assert any("bản cũ" in note for note in found.notes)
    filings.set_answer(store, ID, "banners", 20)
    with pytest.raises(UserError) as refused:
        fill_from_workbook(store, path)
    assert refused.value.code is Code.WORKBOOK_NOT_TAKEN
    assert "sau khi xuất biểu" in str(refused.value)


def test_a_workbook_of_an_earlier_revision_is_refused(store: Store, tmp_path: Path) -> None:
    path = workbook(store, tmp_path / "a.xlsx", banners=13)
    filings.finalise(store, ID)
    with pytest.raises(UserError) as final:
        look_at(store, path)
    assert final.value.code is Code.FILING_FINAL
    filings.amend(store, ID)
    with pytest.raises(UserError) as old:
        look_at(store, path)
    assert old.value.code is Code.WORKBOOK_OLD


def test_a_workbook_of_another_unit_is_refused(store: Store, tmp_path: Path) -> None:
    path = workbook(store, tmp_path / "a.xlsx")
    other = commune_store(tmp_path / "b.hoctap")
    other.close()
    from hoctap_desktop.campaign.repository import save_office
    from hoctap_desktop.store.database import create

    mine = create(tmp_path / "c.hoctap", CLOCK)
    save_office(mine, replace(HA_THUONG, code="05815", short_name="UBND xã Khác", upper=""), [], None, [])
    try:
        with pytest.raises(UserError) as refused:
            look_at(mine, path)
    finally:
        mine.close()
    assert refused.value.code is Code.WORKBOOK_OTHER_UNIT
    assert "Hà Thượng" in str(refused.value)


def test_a_workbook_of_another_campaign_is_refused(store: Store, tmp_path: Path) -> None:
    from hoctap_desktop.campaign.repository import choose

    path = workbook(store, tmp_path / "a.xlsx")
    choose(store, "2023")
    with pytest.raises(UserError) as refused:
        look_at(store, path)
    assert refused.value.code is Code.WORKBOOK_OTHER_CAMPAIGN


def test_a_store_that_has_no_report_yet_takes_all_of_it(store: Store, tmp_path: Path) -> None:
    path = workbook(store, tmp_path / "a.xlsx", banners=13)
    fresh = commune_store(tmp_path / "b.hoctap")
    try:
        filing, _ = fill_from_workbook(fresh, path)
        assert filing.answers["banners"] == 13
        assert filing.answers["participants"] == 535
        assert filing.answers["direction"] == report().answers["direction"]
    finally:
        fresh.close()
