"""A store whose file went away while it was open writes nowhere, and goes on when the very same data are back."""

import shutil
from pathlib import Path

import pytest

from hoctap_desktop.campaign.made import keep_campaign, year_after
from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.offices import NOW, commune_store, report_draft

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "usb").mkdir()
    made = commune_store(tmp_path / "usb" / "a.hoctap")
    filings.begin(made, report_draft({"participants": 1}))
    return made


def refused(store: Store) -> Code:
    with pytest.raises(UserError) as caught:
        filings.set_answer(store, ID, "participants", 2, NOW)
    return caught.value.code


def test_nothing_is_said_to_be_saved_into_a_file_that_is_gone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "usb").rename(tmp_path / "away")
    assert refused(store) is Code.STORE_GONE
    (tmp_path / "away").rename(tmp_path / "usb")
    assert filings.set_answer(store, ID, "participants", 2, NOW).answers == {"participants": 2}
    store.close()


def test_the_same_data_in_another_file_are_gone_on_with(store: Store, tmp_path: Path) -> None:
    (tmp_path / "usb").rename(tmp_path / "away")
    shutil.copytree(tmp_path / "away", tmp_path / "usb")
    filings.set_answer(store, ID, "participants", 2, NOW)
    assert check(store) == ()
    assert filings.current(store, ID).answers == {"participants": 2}
    store.close()
    assert sorted(path.name for path in (tmp_path / "usb").iterdir()) == ["a.hoctap"]


def test_an_older_copy_in_its_place_is_not_written_into(store: Store, tmp_path: Path) -> None:
    store.back_up(tmp_path / "old.hoctap")
    filings.set_answer(store, ID, "participants", 3, NOW)
    (tmp_path / "usb").rename(tmp_path / "away")
    (tmp_path / "usb").mkdir()
    shutil.copy(tmp_path / "old.hoctap", tmp_path / "usb" / "a.hoctap")
    before = (tmp_path / "usb" / "a.hoctap").read_bytes()
    assert refused(store) is Code.STORE_GONE
    assert (tmp_path / "usb" / "a.hoctap").read_bytes() == before
    store.close()


def test_a_copy_that_lacks_a_write_of_any_table_is_not_gone_on_with(store: Store, tmp_path: Path) -> None:
    store.back_up(tmp_path / "old.hoctap")
    campaign = campaign_by_id("2022")
    keep_campaign(store, year_after(campaign, 2023), NOW)  # neither a filing nor a sitting nor an act of one
    (tmp_path / "usb").rename(tmp_path / "away")
    (tmp_path / "usb").mkdir()
    shutil.copy(tmp_path / "old.hoctap", tmp_path / "usb" / "a.hoctap")
    assert refused(store) is Code.STORE_GONE
    store.close()
