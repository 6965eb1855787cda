"""What a sealed file is to an office, and what it may do with it: every kind, on both sides."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.form import loader
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.office.changing import change_upper
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.ui.arrived import Arrived, Next, look_at, take
from hoctap_desktop.ui.home.page import read_receipts
from hoctap_desktop.units.model import Unit
from tests.offices import upper_store
from tests.submission.hostile import down
from tests.submission.hostile.forge import good
from tests.submission.test_hostile_down import office


@pytest.fixture(autouse=True)
def as_it_shipped() -> Iterator[None]:
    yield
    campaigns.know(())
    loader.know(())


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Store]:
    store = office(tmp_path / "xa.hoctap")
    yield store
    store.close()


def seen(store: Store, folder: Path, data: bytes) -> Arrived:
    path = folder / "tệp.htgoi"
    path.write_bytes(data)
    return look_at(store, path)


def test_a_return_slip_leads_to_its_first_field(unit: Store, tmp_path: Path) -> None:
    found = seen(unit, tmp_path, down.reply())
    assert (found.next, found.filing, found.field) == (Next.TAKE, "2022-report", "participants")
    assert found.title == f"Phiếu trả lại của {down.UPPER.short_name}"
    assert found.text == "Đây là phiếu trả lại cho báo cáo 2022, lần 1: Xem lại. Có nhận xét ở 1 mục."
    assert take(unit, found).code is None
    again = seen(unit, tmp_path, down.reply())
    assert (again.next, again.button) == (Next.KNOWN, "Xem")


def test_a_roster_asks_nothing_and_a_campaign_says_what_it_brings(unit: Store, tmp_path: Path) -> None:
    assert seen(unit, tmp_path, down.roster()).silent
    found = seen(unit, tmp_path, down.campaign())
    assert (found.next, found.silent) == (Next.TAKE, False)
    assert "Tuần lễ học tập suốt đời năm 2026, 0 hạn nộp, 0 biểu mẫu" in found.text


def test_the_first_file_of_a_key_is_compared_and_then_taken(unit: Store, tmp_path: Path) -> None:
    key = down.spare("stranger")
    found = seen(unit, tmp_path, down.reply(key=key))
    assert (found.next, found.fingerprint) == (Next.COMPARE, key.fingerprint)
    assert take(unit, found, compared=True).code is None
    assert seen(unit, tmp_path, down.roster(key=key)).next is Next.TAKE


def test_what_goes_up_is_received_above_and_shown_where_it_was_made(unit: Store, tmp_path: Path) -> None:
    upper = upper_store(tmp_path / "huyen.hoctap")
    assert seen(upper, tmp_path, good()).next is Next.RECEIVE
    sent = seen(unit, tmp_path, good())
    assert (sent.next, sent.filing) == (Next.SENT, "2022-report")
    assert seen(upper, tmp_path, down.reply()).next is Next.NOTHING
    upper.close()


def test_what_is_no_file_of_ours_is_told(unit: Store, tmp_path: Path) -> None:
    found = seen(unit, tmp_path, b"%PDF-1.7")
    assert (found.next, found.code, found.button) == (Next.NOTHING, Code.NOT_A_PACKAGE, "")
    assert look_at(unit, tmp_path / "away.htgoi").code is Code.FILE_UNREADABLE
    elsewhere = good(recipient=UnitName("01", "Sở GDĐT"))
    assert seen(unit, tmp_path, elsewhere).button in ("", "Xem gói gửi đi")


@pytest.mark.parametrize("now", [replace(down.UPPER, code="19", name="Ủy ban nhân dân tỉnh"), None])
def test_a_unit_that_moved_opens_the_late_slip_of_its_former_upper_unit_and_no_roster(
    unit: Store, tmp_path: Path, now: Unit | None
) -> None:
    change_upper(unit, now)
    found = seen(unit, tmp_path, down.reply())
    assert (found.next, found.field) == (Next.TAKE, "participants")
    assert take(unit, found).code is None
    refused = seen(unit, tmp_path, down.roster())
    assert (refused.next, refused.code) == (Next.NOTHING, Code.NOT_OUR_UPPER)
    (last,) = read_receipts(unit, "2022").values()
    assert last.former == down.UPPER.short_name


def test_the_campaign_of_an_office_above_the_upper_one_is_not_to_be_compared(unit: Store, tmp_path: Path) -> None:
    """A school opens the department's file: no digits to compare would make it the commune's."""
    change_upper(unit, replace(down.UPPER, code="19", name="Ủy ban nhân dân tỉnh"))
    for data in (down.campaign(), down.campaign(key=down.spare("stranger"))):
        found = seen(unit, tmp_path, data)
        assert (found.next, found.button, found.code) == (Next.NOTHING, "", Code.NOT_OUR_UPPER)
        assert "không phải cấp trên của đơn vị này" in found.text
        assert found.text.endswith("Cấp trên đang ghi ở đây: Ủy ban nhân dân tỉnh, mã 19.")
