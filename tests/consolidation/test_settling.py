"""Own numbers, confirmed sums, doubts put aside as an officer types them; what units wrote, put in with its source."""

from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import telling
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_outliers, current_totals
from hoctap_desktop.consolidation.reviewing import decide
from hoctap_desktop.consolidation.settling import confirm, dismiss, set_own
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, NURSERY, PRIMARY, paper, put


def _two(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"participants": 10, "tv_items": 3, "launch": "Lúc 7 giờ tại sân xã."}))
    intake(store, [put(stick, paper(LOWER, {"participants": 5, "tv_items": 2, "talk_attendees": 30}))])


def test_own_activity_is_added_and_leaves_the_coverage_alone(store: Store, stick: Path) -> None:
    _two(store, stick)
    set_own(store, "2022", "participants", "1.000")
    set_own(store, "2022", "talks", "k")
    total = current_totals(store).number("participants")
    assert (total.value, total.below, total.own_value, total.coverage) == (1015, 15, 1000, "2/4")
    assert current_totals(store).number("talks").own_value == 0
    set_own(store, "2022", "participants", "")
    assert current_totals(store).number("participants").value == 15


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [("participants", "1,5", Code.NOT_A_COUNT), ("launch", "3", Code.INDICATOR_UNKNOWN)],
)
def test_what_is_no_number_of_the_table_is_refused(store: Store, field: str, typed: str, code: Code) -> None:
    with pytest.raises(UserError) as caught:
        set_own(store, "2022", field, typed)
    assert caught.value.code is code


def test_a_confirmed_sum_stands_until_another_report_changes_it(store: Store, stick: Path) -> None:
    _two(store, stick)
    assert current_totals(store).number("tv_items").to_confirm
    assert not current_totals(store).number("participants").to_confirm
    confirm(store, active(store), "tv_items", "4", "Một tin hai nơi cùng báo")
    total = current_totals(store).number("tv_items")
    assert (total.value, total.stated, total.to_confirm) == (5, 4, False)
    intake(store, [put(stick / "b", paper(PRIMARY, {"tv_items": 1}))])
    total = current_totals(store).number("tv_items")
    assert (total.value, total.stated, total.to_confirm) == (6, 6, True)
    assert total.lapsed is not None
    assert (total.lapsed.summed, total.lapsed.value) == (5, 4)


def test_the_same_sum_of_other_units_is_confirmed_anew(store: Store, stick: Path) -> None:
    papers = paper(COMMUNE, {"tv_items": 3}), paper(LOWER, {"tv_items": 2})
    intake(store, [put(stick, *papers)])
    confirm(store, active(store), "tv_items", "4", "Một tin hai nơi cùng báo")
    decide(store, papers[1].package_id, ReviewAct.RETURNED, "Xem lại.", who="A")
    intake(store, [put(stick / "b", paper(PRIMARY, {"tv_items": 2}))])
    total = current_totals(store).number("tv_items")
    assert (total.value, total.stated, total.to_confirm) == (5, 5, True)
    decide(store, papers[1].package_id, ReviewAct.REOPENED, who="A")
    intake(store, [put(stick / "c", paper(NURSERY, {"tv_items": 0}))])
    assert current_totals(store).number("tv_items").value == 7


@pytest.mark.parametrize(("field", "typed"), [("participants", "3"), ("tv_items", "9")])
def test_only_a_sum_that_may_repeat_is_confirmed_and_never_upwards(
    store: Store, stick: Path, field: str, typed: str
) -> None:
    _two(store, stick)
    with pytest.raises(UserError) as caught:
        confirm(store, active(store), field, typed, "lý do")
    assert caught.value.code is Code.TOTALS_NUMBER_BAD


def test_a_doubt_is_put_aside_by_its_id(store: Store, stick: Path) -> None:
    _two(store, stick)
    week, found = active(store), current_totals(store)
    doubts = current_outliers(store, found, None, week)
    (doubt,) = [one for one in doubts if one.field is not None and one.field.id == "talks"]
    dismiss(store, week, doubt.id, "Hội thảo của huyện, trường chỉ dự")
    assert [one.reason for one in current_outliers(store, found, None, week) if one.id == doubt.id] == [
        "Hội thảo của huyện, trường chỉ dự"
    ]
    with pytest.raises(UserError) as caught:
        dismiss(store, week, "sisters.1.2.3", "x")
    assert caught.value.code is Code.DOUBT_UNKNOWN


def test_what_a_unit_wrote_goes_into_the_own_report_with_its_source(store: Store, stick: Path) -> None:
    _two(store, stick)
    told = telling.told(store, "launch")
    assert (told.own, [one.unit.code for one in told.units]) == ("", [COMMUNE])
    telling.insert(store, "launch", told.units[0])
    report = telling.write_own(store, "launch", telling.told(store, "launch").own + "\nHuyện dự.")
    assert (
        report.answers["launch"]
        == f"Lúc 7 giờ tại sân xã (theo báo cáo của {told.units[0].unit.short_name}).\nHuyện dự."
    )
    assert report.answers["participants"] == 15
    with pytest.raises(UserError) as caught:  # a part the form upward does not have
        telling.write_own(store, "advice", "x")
    assert caught.value.code is Code.FIELD_UNKNOWN
