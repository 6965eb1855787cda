"""What a stranger, or one unit, puts onto the stick: it keeps nobody else out and moves nobody else's state."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoctap_desktop.consolidation.desk import Desk, accept_key, read_desk, receive, refuse_key, undo
from hoctap_desktop.consolidation.intake import intake, release
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.turn_paper import REQUEST
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.campaigns import campaign_to_send
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, SIGNATURE, SUMS, Entry, PackageKind, pack, unpack
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.repository import add_roster_key, held_data, held_packages
from hoctap_desktop.submission.seal import seal_enrolment
from hoctap_desktop.submission.signature import sign
from hoctap_desktop.units import register
from hoctap_desktop.units.repository import own_unit
from hoctap_desktop.units.rules import ReportsTo
from tests.consolidation.papers import ALL, COMMUNE, LOWER, UPPER, accept_keys, key, paper, put, request, unit
from tests.offices import NOW, upper_store
from tests.submission.hostile import cases, down
from tests.submission.packages import edit_json, forge, roster_key


@pytest.mark.parametrize("place", ["0.htgoi", "zz.htgoi"])
@pytest.mark.parametrize(("kind", "make"), down.KINDS)
@pytest.mark.parametrize("entry", [ANSWERS, PACKAGE])
def test_a_bent_file_from_above_by_nobodys_key_keeps_no_paper_out(
    store: Store, stick: Path, kind: PackageKind, make: Callable[..., bytes], entry: str, place: str
) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    bent = forge(edit_json(entry, down.put("more", 1)), down.spare("stranger"), kind, make(), at=NOW)
    (stick / place).write_bytes(bent)
    summary = intake(store, [stick])
    assert summary.count(Outcome.TAKEN) == 4
    (line,) = [one for one in summary.lines if one.file == place]
    assert line.outcome is Outcome.REFUSED


def test_every_hostile_file_on_one_stick_keeps_no_paper_out(store: Store, stick: Path) -> None:
    add_roster_key(store, roster_key(), b"")  # most of them are signed with a key of the commune
    for number, case in enumerate((*cases(), *down.cases())):
        (stick / f"{number:03}.htgoi").write_bytes(case.make())
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    summary = intake(store, [stick])
    assert {line.unit_code for line in summary.lines if line.outcome is Outcome.TAKEN} == set(ALL)
    assert summary.count(Outcome.TAKEN) == 4
    assert Code.INTERNAL not in {line.code for line in summary.lines}
    assert current_totals(store).number("participants").value == 40


# --- units that moved ---------------------------------------------------------------------------------------------


def moved_away(store: Store) -> None:
    """The commune reports elsewhere from 2023 on; of 2022 its paper is still owed here."""
    edits = [
        register.with_unit(replace(unit(COMMUNE), upper="19-OTHER")),
        register.with_reports_to(ReportsTo(COMMUNE, 2022, UPPER.code)),
    ]
    register.keep(store, "Nơi nộp", edits)


def test_the_key_of_a_unit_that_owes_an_earlier_year_is_still_accepted(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "phong.hoctap")
    moved_away(store)
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    assert accept(store, request(COMMUNE).data, "dang-ky.htgoi", NOW).key.unit.code == COMMUNE
    assert [line.outcome for line in release(store).lines] == [Outcome.TAKEN]
    store.close()


def test_who_stands_above_is_never_accepted_as_one_below(store: Store) -> None:
    """Whatever the list says of earlier years: a key taken so could sign what comes down."""
    above = own_unit(store).upper
    register.keep(
        store,
        "Nơi nộp",
        [
            register.with_unit(replace(unit(COMMUNE), code=above, upper="")),
            register.with_reports_to(ReportsTo(above, 2022, UPPER.code)),
        ],
    )
    asked = seal_enrolment(replace(unit(COMMUNE), code=above), key("thief"), UPPER, NOW)
    with pytest.raises(UserError) as refusal:
        accept(store, asked.data, "dang-ky.htgoi", NOW)
    assert refusal.value.code is Code.UNIT_UNKNOWN


def test_the_campaign_sent_down_holds_the_forms_of_who_reports_here_that_year(tmp_path: Path) -> None:
    store = upper_store(tmp_path / "phong.hoctap")
    before = {form.ref.id for form in campaign_to_send(store).forms}
    moved_away(store)
    assert {form.ref.id for form in campaign_to_send(store).forms} == before
    assert "plan/commune" in before
    store.close()


# --- clocks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2049, 2050, 8999, 9000])
def test_a_unit_that_signs_in_another_age_stops_nobody(store: Store, stick: Path, year: int) -> None:
    far = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    put(stick, paper(COMMUNE, {"participants": 10}, at=far))
    assert intake(store, [stick]).count(Outcome.TAKEN) == 1
    put(stick, *(paper(code, {"participants": 10}) for code in ALL[1:]))
    again = intake(store, [stick])
    assert again.count(Outcome.TAKEN) == 3
    assert again.notes == ()
    assert check(store) == ()


def test_what_waits_is_not_lost_to_a_clock_that_is_years_ahead(store: Store, stick: Path) -> None:
    """Its key is known and its form is not here: judged again by a clock of 2040 its key seems over."""
    unknown = FormRef("report", 7, "ab" * 32)
    accept_later = paper(COMMUNE, {"participants": 10}, form=unknown, signed_by="new")
    intake(store, [put(stick, accept_later)])
    asked = seal_enrolment(unit(COMMUNE), key("new"), UPPER, NOW)
    accept(store, asked.data, "dang-ky.htgoi", NOW)
    release(store)
    assert len(held_packages(store)) == 1
    store.clock = fixed_clock(NOW.replace(year=2040))
    other = put(stick / "b", paper(LOWER, {"participants": 10}))
    intake(store, [other])
    assert len(held_packages(store)) == 1


# --- the same package signed anew ------------------------------------------------------------------------------------


def signed_anew(data: bytes) -> bytes:
    """By a stranger: the same entries, so the same package id."""
    container = unpack(data)
    signature = sign(container.get(SUMS), key("stranger"), NOW)
    kept = [entry for entry in container.entries if entry.name != SIGNATURE]
    return pack(container.kind, [*kept, Entry(SIGNATURE, signature)])


@pytest.mark.parametrize("first", ["real", "twin"])
def test_a_twin_a_stranger_signed_is_told_beside_the_real_one_and_changes_nothing_of_it(
    tmp_path: Path, stick: Path, first: str
) -> None:
    store = upper_store(tmp_path / "phong.hoctap")
    real = paper(COMMUNE, {"participants": 10})
    put(tmp_path / "real", real)
    put(tmp_path / "twin", replace(real, data=signed_anew(real.data)))
    ours, strangers = (fingerprint(key(whose).key_hash) for whose in (COMMUNE, "stranger"))

    def lines(desk: Desk) -> dict[str, Line]:
        """Those of the two files, by who signed; the same after a restart."""
        found, again = (
            {line.fingerprint: line for line in one.lines if line.package_id == real.package_id}
            for one in (desk, read_desk(store))
        )
        assert {who: line.code for who, line in found.items()} == {who: line.code for who, line in again.items()}
        return found

    for folder in sorted(("real", "twin"), key=lambda name: name != first):
        desk = receive(store, silent, [tmp_path / folder])
    assert lines(desk).keys() == {ours, strangers}
    desk = receive(store, silent, [put(stick, request(COMMUNE))])
    desk = refuse_key(store, desk, lines(desk)[strangers])
    assert lines(desk)[strangers].code is Code.FINGERPRINT_DIFFERS
    assert lines(desk)[ours].code is Code.UNKNOWN_KEY
    desk = accept_key(store, desk, next(line for line in desk.lines if line.paper == REQUEST))
    assert lines(desk)[strangers].outcome is Outcome.WAITING
    assert lines(desk)[ours].outcome is Outcome.TAKEN
    assert current_totals(store).number("participants").value == 10
    assert len(held_packages(store)) == 1
    store.close()


# --- undoing ---------------------------------------------------------------------------------------------------------


def test_what_waited_since_an_earlier_turn_waits_again_when_its_release_is_undone(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "phong.hoctap")
    real = paper(COMMUNE, {"participants": 10})
    receive(store, silent, [put(tmp_path / "monday", real)])
    before = held_packages(store)
    desk = receive(store, silent, [put(stick, request(COMMUNE))])
    desk = accept_key(store, desk, next(line for line in desk.lines if line.paper == REQUEST))
    assert current_totals(store).number("participants").value == 10
    undo(store, desk.batches)
    assert current_totals(store).number("participants").value is None
    assert held_packages(store) == before
    assert held_data(store, before[0]) == real.data
    (line,) = [line for line in read_desk(store).lines if line.package_id == real.package_id]
    assert (line.code, "Lần tiếp nhận sau" in line.sentence) == (None, True)
    store.clock = fixed_clock(NOW.replace(year=2040))
    assert {line.code for line in read_desk(store).lines} == {Code.EXPIRED_KEY}
    store.clock = fixed_clock(NOW)
    elsewhere = register.with_reports_to(ReportsTo(COMMUNE, 2022, "19-OTHER"))
    register.keep(store, "Nơi nộp", [elsewhere])
    assert {line.code for line in read_desk(store).lines} == {Code.UNIT_ELSEWHERE}
    register.undo(store)
    assert check(store) == ()
    other = receive(store, silent, [put(tmp_path / "tuesday", paper(LOWER, {"participants": 1}))])
    assert Outcome.TAKEN in {line.outcome for line in other.lines if line.package_id == real.package_id}
    assert real.package_id not in {one.package_id for one in held_packages(store)}
    store.close()


def test_what_waited_and_was_taken_in_one_turn_is_gone_when_that_is_undone(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "phong.hoctap")
    desk = receive(store, silent, [put(stick, request(COMMUNE), paper(COMMUNE, {"participants": 10}))])
    desk = accept_key(store, desk, next(line for line in desk.lines if line.paper == REQUEST))
    undo(store, desk.batches)
    assert (held_packages(store), current_totals(store).number("participants").value) == ((), None)
    store.close()


# --- in a group and alone -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_files_in_a_group_become_what_each_becomes_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    made = [
        first,
        second,
        paper(COMMUNE, {"participants": 13}, revision=2, previous=first.package_id),
        paper(COMMUNE, {"participants": 14}, revision=3, previous=second.package_id),
        replace(first, data=signed_anew(first.data)),
        replace(second, data=second.data[:-9]),
        paper(LOWER, {"participants": 5}),
        paper(LOWER, {"participants": 6}, signed_by=COMMUNE),
        paper("05812-TH", {"participants": 7}, form=FormRef("report", 7, "ab" * 32)),
        paper("05812-MN", {"participants": 8}, signed_by="stranger"),
        request("05812-MN"),
        replace(request(LOWER), name="x.htgoi"),
    ]
    chance = random.Random(seed)
    stick = tmp_path / "usb"
    stick.mkdir()
    for number, one in enumerate(chance.choices(made, k=14)):
        (stick / f"{number:02}.htgoi").write_bytes(one.data)
    found = []
    for size in (24, 1):
        store = upper_store(tmp_path / f"{size}.hoctap")
        accept_keys(store, COMMUNE, LOWER, "05812-TH")
        monkeypatch.setattr("hoctap_desktop.consolidation.scan._GROUP_FILES", size)
        lines = intake(store, [stick]).lines
        rows = [tuple(row) for row in store.query("SELECT package_id, digest FROM submission ORDER BY number")]
        found.append((lines, rows, held_packages(store), current_totals(store).number("participants").value))
        assert check(store) == ()
        store.close()
    assert found[0] == found[1]
