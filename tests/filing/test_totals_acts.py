"""What an officer adds to the totals stays with who and when; the last word stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hoctap_desktop.filing.totals_acts import (
    CONFIRMED,
    DISMISSED,
    acts,
    confirm_sum,
    dismiss,
    own_numbers,
    set_own_number,
    standing,
    take_back,
)
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import upper_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = upper_store(tmp_path / "upper.hoctap")
    store.who = "Nguyễn Thị Lan"
    yield store
    store.close()


def test_own_numbers_are_those_typed_last_and_a_blank_one_is_none(store: Store) -> None:
    set_own_number(store, "2022", "participants", 10)
    set_own_number(store, "2022", "participants", 12)
    set_own_number(store, "2022", "talks", 3)
    set_own_number(store, "2022", "talks", None)
    set_own_number(store, "2021", "talks", 9)
    assert own_numbers(store, "2022") == {"participants": 12}
    assert [(one.subject, one.content, one.who) for one in acts(store, "2022")][:2] == [
        ("participants", 10, "Nguyễn Thị Lan"),
        ("participants", 12, "Nguyễn Thị Lan"),
    ]


def test_a_confirmation_and_a_doubt_put_aside_need_a_reason(store: Store) -> None:
    for act in (
        lambda: confirm_sum(store, "2022", "tv_items", 5, 4, "  "),
        lambda: dismiss(store, "2022", "sisters.05812.talks.90", ""),
    ):
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code is Code.TOTALS_NEED_REASON
    confirm_sum(store, "2022", "tv_items", 5, 4, "Một tin hai nơi cùng báo")
    dismiss(store, "2022", "sisters.05812.talks.90", "Đã gọi hỏi")
    assert standing(store, "2022", CONFIRMED)["tv_items"].content == {"sum": 5, "value": 4}
    assert standing(store, "2022", DISMISSED)["sisters.05812.talks.90"].reason == "Đã gọi hỏi"
    take_back(store, "2022", DISMISSED, "sisters.05812.talks.90")
    assert standing(store, "2022", DISMISSED) == {}


def test_an_altered_row_is_damage(store: Store) -> None:
    set_own_number(store, "2022", "participants", 10)
    with store.atomic() as db:
        db.execute("UPDATE totals_act SET content = '11'")
    with pytest.raises(UserError) as caught:
        own_numbers(store, "2022")
    assert caught.value.code is Code.STORE_DAMAGED
    assert [one.where for one in check(store)] == ["điều cán bộ ghi ở Tổng hợp 2022, mục participants"]
