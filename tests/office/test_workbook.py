from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoctap_desktop.filing import change_rows, repository
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings, going_back
from hoctap_desktop.office.story_words import what
from hoctap_desktop.office.workbook import fill_from_workbook, give_back, look_at, take, workbook_of
from hoctap_desktop.store.database import Store
from tests.filing.workbooks import CLASSES, report, value_cell
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


def test_what_was_taken_is_a_point_of_the_time_line_to_go_back_before(store: Store, tmp_path: Path) -> None:
    seconds = iter(range(60))
    store.clock = lambda: CLOCK() + timedelta(seconds=next(seconds))
    filings.set_answer(store, ID, "talks", 9)
    looked = look_at(store, workbook(store, tmp_path / "a.xlsx", participants=600, banners=13))
    filings.set_answer(store, ID, "talks", 8)
    take(store, looked, {"participants", "banners"})
    filings.set_answer(store, ID, "talks", 7)
    told = going_back.story(store, ID)
    points = told.points()
    assert [point.kind for point in points[:3]] == ["typed", "taken", "typed"]
    assert what(told.form, points[1]).startswith("Lấy 2 mục từ «a.xlsx»: ")
    back = going_back.go_back(store, ID, points[2].id)
    assert (back.answers["participants"], back.answers["talks"]) == (535, 8)


def test_taking_is_given_back_but_for_what_was_changed_since(store: Store, tmp_path: Path) -> None:
    looked = look_at(store, workbook(store, tmp_path / "a.xlsx", participants=600, banners=13))
    before = repository.current(store, ID).answers
    take(store, looked, {"participants", "banners"})
    filings.set_answer(store, ID, "talks", 77)
    filings.set_answer(store, ID, "banners", 14)
    assert give_back(store, looked, {"participants", "banners"}) == ("Số băng rôn, panô, khẩu hiệu đã thực hiện",)
    assert repository.current(store, ID).answers == {**before, "talks": 77, "banners": 14}


def with_classes(store: Store, path: Path, learners: tuple[int, ...], **values: object) -> Path:
    """The workbook with these classes written in place of those it had."""
    workbook(store, path, **values)
    book = load_workbook(path)
    sheet = book[CLASSES]
    for row in range(8, 28):
        for column in range(3, 9):
            sheet.cell(row, column).value = None
    for at, count in enumerate(learners):
        sheet.cell(8 + at, 3).value, sheet.cell(8 + at, 4).value = f"Lớp {at + 1}", count
    book.save(path)
    return path


def test_a_list_of_classes_counts_where_no_other_number_was_written(store: Store, tmp_path: Path) -> None:
    looked = look_at(store, with_classes(store, tmp_path / "a.xlsx", (20, 15, 10, 5, 4, 3, 2)))
    found = {each.field: each.after_words for each in looked.comparison.differences}
    assert (found["classes"], found["learners"]) == ("7", "59")
    assert set(found) == {"class_list", "classes", "learners"}
    filing, _ = fill_from_workbook(store, tmp_path / "a.xlsx")
    assert (filing.answers["classes"], filing.answers["learners"]) == (7, 59)
    rules = {finding.rule for finding in filings.check_stored(store, ID) if finding.field in ("classes", "learners")}
    assert not rules & {"class_list_count", "class_list_learners"}


def test_a_blank_number_counted_from_the_list_is_not_called_blank(store: Store, tmp_path: Path) -> None:
    for field in ("class_list", "classes", "learners"):
        filings.set_answer(store, ID, field, None)
    found = look_at(store, with_classes(store, tmp_path / "a.xlsx", (20, 15))).comparison
    assert {each.field: each.after for each in found.differences}["learners"] == 35
    assert not any("Số lớp" in note or "Số học viên" in note for note in found.notes)


def test_a_number_somebody_wrote_stands_beside_the_list(store: Store, tmp_path: Path) -> None:
    path = with_classes(store, tmp_path / "a.xlsx", (20, 15, 10), classes=9)
    found = {each.field: each.after for each in look_at(store, path).comparison.differences}
    assert (found["classes"], found["learners"]) == (9, 45)
