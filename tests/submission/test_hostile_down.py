"""What comes down and should not: each file gets its code and leaves nothing behind; by verdict, command and window."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.cli import main
from hoctap_desktop.form import loader
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.coming_down import look, take_down
from hoctap_desktop.submission.manifest import UnitName, unit_name
from hoctap_desktop.submission.repository import Sent, add_roster_key, remember_sent
from hoctap_desktop.ui.arrived import Next, look_at
from tests.offices import NOW, commune_store
from tests.submission.hostile import down
from tests.submission.packages import other_key, roster_key

TABLES = ("reply_taken", "roster_taken", "campaign_taken", "form_taken", "roster_key", "quarantine", "submission")


@pytest.fixture(autouse=True)
def as_it_shipped() -> Iterator[None]:
    yield
    campaigns.know(())
    loader.know(())


def office(path: Path) -> Store:
    """Hà Thượng: it sent lần 1 of its report, and knows its upper unit's keys, good and bad, and a school's."""
    store = commune_store(path)
    upper = unit_name(down.UPPER)
    for key in (
        roster_key(down.upper_key(), upper),
        roster_key(down.spare("revoked"), upper, revoked=date(2022, 10, 10)),
        roster_key(down.spare("closed"), upper, valid_to=date(2022, 10, 12)),
        roster_key(down.spare("run out"), upper, valid_to=date(2099, 1, 1)),
        roster_key(other_key(), UnitName("05830-THCS", "Trường THCS Cù Vân")),
    ):
        add_roster_key(store, key, b"")
    remember_sent(store, Sent("2022-report", 1, 1, down.ANSWERED, None, upper, "a.htgoi", NOW), b"x")
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = office(tmp_path / "xa.hoctap")
    yield store
    store.close()


def rows(store: Store) -> dict[str, int]:
    return {table: store.query(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def test_the_files_they_are_made_from_are_good(store: Store) -> None:
    for _, make in down.KINDS:
        assert take_down(store, make(), "a.htgoi").code is None


def test_each_is_refused_by_its_own_code_and_leaves_nothing(store: Store) -> None:
    before = rows(store)
    found, wanted = {}, {}
    for case in down.cases():
        data = case.make()
        assert look(store, data, "a.htgoi").code is case.code, case.name
        found[case.name], wanted[case.name] = take_down(store, data, "a.htgoi").code, case.code
    assert found == wanted
    assert len(found) >= 80
    assert rows(store) == before


def test_the_window_opens_none_of_them(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.htgoi"
    for case in down.cases():
        path.write_bytes(case.make())
        arrived = look_at(store, path)
        expected = Next.COMPARE if case.code is Code.UNKNOWN_KEY else Next.NOTHING
        assert (arrived.next, bool(arrived.text)) == (expected, True), case.name


def test_the_command_takes_none_of_them_and_names_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_path, stick = tmp_path / "xa.hoctap", tmp_path / "usb"
    office(store_path).close()
    stick.mkdir()
    wanted = {}
    for number, case in enumerate(down.cases()):
        (stick / f"{number:03d}.htgoi").write_bytes(case.make())
        wanted[f"{number:03d}.htgoi"] = case.code.value
    assert main(["receive", str(store_path), str(stick), "--json"]) == 1
    out, err = capsys.readouterr()
    assert {line["file"]: line["code"] for line in json.loads(out)["files"]} == wanted
    assert "Traceback" not in out + err


@pytest.mark.parametrize("name", list(down.orders()))
def test_files_in_every_order(store: Store, name: str) -> None:
    order = down.orders()[name]
    found = [take_down(store, make(), "a.htgoi").code for make, _ in order]
    assert found == [code for _, code in order]


def test_a_dead_battery_does_not_make_an_old_key_young_again(tmp_path: Path) -> None:
    """The clock says 2009; a roster taken in 2022 says that the days of this key are over."""
    store = office(tmp_path / "xa.hoctap")
    assert take_down(store, down.roster(), "a.htgoi").code is None
    store.clock = fixed_clock(datetime(2009, 1, 1, tzinfo=VIETNAM))
    for _, make in down.KINDS:
        assert look(store, make(key=down.spare("closed")), "a.htgoi").code is Code.EXPIRED_KEY
    store.close()
