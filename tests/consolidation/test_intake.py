"""Files taken in: one transaction each, idempotent, undone as a batch."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active, save_office
from hoctap_desktop.consolidation import intake as intake_module
from hoctap_desktop.consolidation import keying, receipt_days, repository
from hoctap_desktop.consolidation.intake import intake, release, undo
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.reminders import awaited
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission.container import unpack
from hoctap_desktop.submission.enrolment import accept, revoke
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.repository import held_packages
from hoctap_desktop.submission.seal import seal_enrolment, signed_container
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.units import register
from hoctap_desktop.units.rules import ReportsTo
from tests.consolidation.papers import (
    ALL,
    COMMUNE,
    LOWER,
    NOT_HELD,
    NURSERY,
    PRIMARY,
    UPPER,
    accept_keys,
    key,
    paper,
    put,
    request,
    unit,
)
from tests.consolidation.taken import participants_of, picture_of, rows_of
from tests.offices import CLOCK, NOW, dai_tu, upper_store


def test_four_reports_are_taken_in_with_a_line_each(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    summary = intake(store, [stick])
    assert [line.outcome for line in summary.lines] == [Outcome.TAKEN] * 4
    assert {line.unit_code for line in summary.lines} == set(ALL)
    assert {line.paper for line in summary.lines} == {"Báo cáo 2022, lần 1"}
    assert summary.batch == "20221014-1"
    assert summary.clean
    assert participants_of(store) == 40
    assert check(store) == ()


def test_what_came_is_kept_byte_for_byte(store: Store, stick: Path) -> None:
    one = paper(COMMUNE, {"participants": 10, "launch": "Lúc 7 giờ"})
    intake(store, [put(stick, one)])
    assert repository.sealed_file(store, one.package_id) == one.data
    assert repository.answers_of(store, one.package_id) == {"participants": 10, "launch": "Lúc 7 giờ"}
    assert repository.opened(store, one.package_id).prints == unseal(one.data).prints
    known = repository.submission(store, one.package_id)
    assert (known.unit_name, known.revision, known.received_at) == ("UBND xã Hà Thượng", 1, NOW)


def test_the_same_files_again_change_nothing(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    intake(store, [stick])
    before = rows_of(store)
    again = intake(store, [stick])
    assert [line.outcome for line in again.lines] == [Outcome.UNCHANGED] * 4
    assert {line.code for line in again.lines} == {Code.ALREADY_RECEIVED}
    assert again.batch is None
    assert again.clean
    assert rows_of(store) == before


def test_a_later_revision_replaces_and_the_older_stays_readable(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    assert picture_of(store, put(stick, first)) == [(COMMUNE, "taken", None)]
    (line,) = intake(store, [put(stick / "b", second)]).lines
    assert line.outcome is Outcome.REPLACED
    assert "thay bản lần 1 nhập ngày 14/10/2022" in line.sentence
    assert participants_of(store) == 12
    assert repository.answers_of(store, first.package_id) == {"participants": 10}
    assert picture_of(store, stick / first.name) == [(COMMUNE, "unchanged", Code.OLD_REVISION)]


def test_both_revisions_on_one_stick_end_with_the_later_one(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    assert [outcome for _, outcome, _ in picture_of(store, put(stick, second, first))] == ["taken", "replaced"]
    assert participants_of(store) == 12


def test_a_revision_without_its_predecessor_is_taken_with_a_note(store: Store, stick: Path) -> None:
    (line,) = intake(store, [put(stick, paper(COMMUNE, {}, revision=3, previous="b" * 64))]).lines
    assert line.outcome is Outcome.TAKEN
    assert "đã là lần 3: bản trước nộp nơi khác, hoặc chưa tới máy này" in line.sentence


def test_another_file_with_the_same_revision_is_refused(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"participants": 10}), paper(COMMUNE, {"participants": 99}))
    pictures = picture_of(store, stick)
    assert [code for _, _, code in pictures] == [None, Code.FORKED_REVISION]
    assert len(repository.taken(store)) == 1


@pytest.mark.parametrize("at", range(200, 4000, 379))
def test_a_flipped_byte_is_refused_and_nothing_is_written(store: Store, stick: Path, at: int) -> None:
    data = bytearray(paper(COMMUNE, {"participants": 10}).data)
    data[at % len(data)] ^= 0x10
    (stick / "a.htgoi").write_bytes(data)
    before, changes = rows_of(store), store.query("SELECT total_changes()")[0][0]
    (line,) = intake(store, [stick]).lines
    assert line.outcome is Outcome.REFUSED
    assert line.code is not None
    assert rows_of(store) == before
    assert store.query("SELECT total_changes()")[0][0] == changes


def test_a_bad_file_keeps_no_other_out(store: Store, stick: Path) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in (COMMUNE, PRIMARY)))
    (stick / "000.htgoi").write_bytes(b"PK\x03\x04" + b"xl/workbook" * 20)
    (stick / "zzz.htgoi").write_bytes(b"")
    summary = intake(store, [stick])
    assert [line.outcome.value for line in summary.lines] == ["refused", "taken", "taken", "refused"]
    assert summary.count(Outcome.REFUSED) == 2
    assert not summary.clean
    assert "Excel" in summary.lines[0].sentence


def test_what_is_not_for_us_or_not_from_below_is_refused(store: Store, stick: Path) -> None:
    elsewhere = paper(COMMUNE, {}, recipient=UnitName("19-172-GDDT", "Phòng khác"))
    stolen = paper(LOWER, {}, signed_by=COMMUNE)
    other_form = paper(PRIMARY, {}, form=FormRef("report", 1, "0" * 64))
    no_form = paper(PRIMARY, {}, form=FormRef("report", 9, "0" * 64))
    bad = paper(PRIMARY, {"participants": 10**9})
    codes = [picture_of(store, put(stick / name, one))[0][2] for name, one in
             (("a", elsewhere), ("b", stolen), ("c", other_form), ("d", no_form), ("e", bad))]  # fmt: skip
    assert codes == [
        Code.WRONG_RECIPIENT, Code.WRONG_UNIT, Code.FORM_DIFFERS, Code.FORM_UNKNOWN, Code.BAD_CONTENT
    ]  # fmt: skip
    assert repository.taken(store) == ()


def test_a_unit_no_longer_in_the_list_is_told(store: Store, stick: Path) -> None:
    office = dai_tu()
    save_office(store, office.own, office.below[1:], office.upper, office.deadlines)
    assert picture_of(store, put(stick, paper(COMMUNE, {}))) == [(COMMUNE, "refused", Code.UNIT_UNKNOWN)]


def test_a_late_report_says_how_late_by_the_day_of_receipt(tmp_path: Path, stick: Path) -> None:
    late = upper_store(tmp_path / "late.hoctap", fixed_clock(datetime(2022, 10, 20, 8, 0, tzinfo=VIETNAM)))
    accept_keys(late)
    (line,) = intake(late, [put(stick, paper(COMMUNE, {"participants": 3, "organising_units": 1}))]).lines
    assert line.days_late == 3  # due before 18/10: the 17th was the last good day
    assert "Nộp muộn 3 ngày." in line.sentence
    late.close()


def test_nothing_held_is_an_answer(store: Store, stick: Path) -> None:
    (line,) = intake(store, [put(stick, paper(COMMUNE, {"organising_units": NOT_HELD}))]).lines
    assert "Đơn vị ghi không tổ chức." in line.sentence
    assert current_board(store).rows[0].report.words == "Không tổ chức"


def test_a_paper_of_a_unit_that_ended_before_the_week_stands_on_the_board_and_in_the_totals(
    store: Store, stick: Path
) -> None:
    office = dai_tu()
    merged = replace(office.below[0], valid_to=date(2022, 6, 30))
    save_office(store, office.own, (merged, *office.below[1:]), office.upper, office.deadlines)
    assert [row.unit.code for row in current_board(store).rows] == [LOWER, PRIMARY, NURSERY]
    put(stick, paper(COMMUNE, {"participants": 10}, sender=merged), paper(LOWER, {"participants": 5}))
    assert intake(store, [stick]).clean
    row = current_board(store).rows[0]
    assert (row.unit.code, row.report.note) == (COMMUNE, "Đơn vị đã hết hiệu lực ngày 30/06/2022.")
    found = current_totals(store).number("participants")
    assert (found.value, found.coverage) == (15, "2/4")


def test_a_merged_unit_is_filed_for_by_its_successor_and_by_nobody_else(store: Store, stick: Path) -> None:
    office = dai_tu()
    ended = replace(office.below[0], valid_to=date(2022, 10, 13), successor=LOWER)
    by_successor = put(stick / "a", paper(COMMUNE, {"participants": 10}, signed_by=LOWER))
    (line,) = intake(store, [by_successor]).lines
    assert line.code is Code.WRONG_UNIT
    save_office(store, office.own, (ended, *office.below[1:]), office.upper, office.deadlines)
    (line,) = intake(store, [put(stick / "b", paper(COMMUNE, {"participants": 10}, signed_by=PRIMARY))]).lines
    assert line.code is Code.WRONG_UNIT
    (line,) = intake(store, [by_successor]).lines
    assert (line.outcome, line.unit_code) == (Outcome.TAKEN, COMMUNE)
    assert "nộp thay cho «UBND xã Hà Thượng»" in line.sentence
    assert "nộp thay" in current_board(store).rows[0].report.note
    assert participants_of(store) == 10


def test_new_figures_under_an_old_number_are_told_with_what_to_do(store: Store, stick: Path) -> None:
    """A PC was lost: the unit begins anew with revision 1, after the office took in its revision 2."""
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    intake(store, [put(stick, second)])
    (line,) = intake(store, [put(stick / "b", paper(COMMUNE, {"participants": 99}))]).lines
    assert (line.outcome, line.code) == (Outcome.REFUSED, Code.OLD_REVISION_NEW_CONTENT)
    assert "Hãy hỏi đơn vị" in line.sentence
    assert "lần 3" in line.sentence
    (line,) = intake(store, [put(stick / "c", first)]).lines  # never taken, but the one that was taken follows it
    assert (line.code, "Không cần làm gì" in line.sentence) == (Code.OLD_REVISION, True)


# --- keys nobody has compared yet --------------------------------------------------------------------------------


def test_a_paper_with_an_unknown_key_waits_and_its_accepted_key_releases_it(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    put(stick, paper(COMMUNE, {"participants": 10}), request(COMMUNE), paper(LOWER, {"participants": 5}))
    summary = intake(store, [stick])
    assert {line.outcome for line in summary.lines} == {Outcome.WAITING}
    assert not summary.clean
    assert repository.taken(store) == ()
    assert len(held_packages(store)) == 3
    assert intake(store, [stick]).batch is None  # the same stick again puts nothing by twice
    assert len(held_packages(store)) == 3
    reminded = {one.unit.code: one.states for one in awaited(current_board(store), (Kind.REPORT,))}
    waits = {code for code, said in reminded.items() if said.endswith(", có tệp chờ so dãy số khóa")}
    assert waits == {COMMUNE, LOWER}  # who has sent is not simply reminded
    assert reminded.keys() == set(ALL)

    store.clock = fixed_clock(datetime(2022, 10, 25, 9, 0, tzinfo=VIETNAM))
    accept_keys(store, COMMUNE)
    released = release(store, key(COMMUNE).key_hash)
    assert [(line.unit_code, line.outcome) for line in released.lines] == [(COMMUNE, Outcome.TAKEN)]
    (known,) = repository.taken(store)
    assert known.day == NOW.date()  # it came on the 14th, whenever the key was compared
    assert [held.unit.code for held in held_packages(store)] == [LOWER]
    assert [row.unit.code for row in current_board(store).rows if row.report.note] == [LOWER]
    assert release(store).lines == ()
    store.close()


def test_a_package_that_waited_stays_while_its_form_is_not_here_and_is_taken_in_when_it_came(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    accept_keys(store, COMMUNE)
    with monkeypatch.context() as patched:
        patched.setattr(intake_module, "known_forms", tuple)
        (line,) = release(store).lines
        assert (line.outcome, line.code) == (Outcome.WAITING, Code.FORM_UNKNOWN)
        assert "vẫn giữ" in line.sentence
        assert len(held_packages(store)) == 1
        (empty := tmp_path / "empty").mkdir()
        assert intake(store, [empty]).lines == ()  # still nothing new: said in the list of what waits
    summary = intake(store, [empty])
    assert [(line.unit_code, line.outcome) for line in summary.lines] == [(COMMUNE, Outcome.TAKEN)]
    assert held_packages(store) == ()
    assert [one.day for one in repository.taken(store)] == [NOW.date()]
    store.close()


def test_a_forged_twin_waits_beside_the_real_package_and_never_in_its_place(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    real = paper(COMMUNE, {"participants": 10})
    found = unpack(real.data)
    forged, id = signed_container(found.kind, found.entries[:-2], key(LOWER), NOW)
    assert id == real.package_id
    (stick / "1.htgoi").write_bytes(forged)
    (stick / "2.htgoi").write_bytes(real.data)
    batch = intake(store, [stick]).batch
    assert batch is not None
    assert sorted(one.key_hash for one in held_packages(store)) == sorted([key(COMMUNE).key_hash, key(LOWER).key_hash])
    accept_keys(store, COMMUNE)
    assert [line.outcome for line in release(store, key(COMMUNE).key_hash).lines] == [Outcome.TAKEN]
    assert [one.key_hash for one in held_packages(store)] == [key(LOWER).key_hash]
    assert check(store) == ()
    undo(store, batch)
    assert held_packages(store) == ()
    store.close()


def test_undoing_a_batch_lets_go_what_it_put_by(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    batch = intake(store, [put(stick, paper(COMMUNE, {}))]).batch
    assert batch is not None
    undo(store, batch)
    assert held_packages(store) == ()
    store.close()


def test_after_its_key_was_revoked_a_file_first_seen_is_refused_and_one_taken_before_changes_nothing(
    store: Store, stick: Path
) -> None:
    before = paper(COMMUNE, {"participants": 10})
    after = paper(COMMUNE, {"participants": 12}, revision=2, previous=before.package_id)
    intake(store, [put(stick, before)])
    store.clock = fixed_clock(datetime(2022, 10, 15, 9, 0, tzinfo=VIETNAM))
    revoke(store, COMMUNE, store.clock())
    put(stick / "b", after)
    for _ in range(2):  # what was refused was never taken: sent again it is refused again
        assert picture_of(store, stick / "b") == [(COMMUNE, "refused", Code.REVOKED_KEY)]
    assert picture_of(store, stick / before.name) == [(COMMUNE, "unchanged", Code.ALREADY_RECEIVED)]
    assert participants_of(store) == 10


# --- what a report is held against --------------------------------------------------------------------------------


def _asked(store: Store, stick: Path, code: str, answers: dict[str, JsonValue]) -> str:
    (line,) = intake(store, [put(stick, paper(code, WHOLE | answers))]).lines
    assert line.outcome is Outcome.TAKEN, line.sentence
    return line.sentence.partition("Đúng hạn. ")[2]


def _whole() -> dict[str, JsonValue]:
    """Answers to everything a report must have, so that only what is doubtful is left to be said."""
    form = form_by_id("report", 1)
    table: dict[str, JsonValue] = {field.id: NOT_HELD for field in form.indicators()}
    words: dict[str, JsonValue] = {field.id: "x" for field in form.fields() if field.required}
    return {**table, **words, "document.month": "2022-10", "recipients": ["x"], "organising_units": 1}


WHOLE = _whole()


def test_a_number_ten_times_that_of_the_sisters_is_worth_a_look(store: Store, tmp_path: Path) -> None:
    office = dai_tu()
    more = replace(office.below[1], code="05830-THCS", name="Trường THCS Cù Vân", short_name="Trường THCS Cù Vân")
    save_office(store, office.own, (*office.below, more), office.upper, office.deadlines)
    accept(store, seal_enrolment(more, key(more.code), UPPER, NOW).data, "a", NOW)
    for at, code in enumerate((LOWER, PRIMARY, NURSERY)):
        assert "người tham gia" not in _asked(store, tmp_path / code, code, {"participants": 37 + at})
    sealed = paper(more.code, WHOLE | {"participants": 380}, sender=more)
    (line,) = intake(store, [put(tmp_path / "more", sealed)]).lines
    assert "Có 1 chỗ nên xem: mục 2, số người tham gia" in line.sentence


def test_a_table_another_unit_sent_is_worth_a_look(store: Store, tmp_path: Path) -> None:
    table: dict[str, JsonValue] = {"participants": 37, "banners": 11, "leaflets": 212}
    first = _asked(store, tmp_path / "a", LOWER, table)
    assert "nên xem" not in first
    assert "nên xem" in _asked(store, tmp_path / "b", PRIMARY, table)


def test_a_number_a_tenth_of_last_years_is_worth_a_look(store: Store, tmp_path: Path) -> None:
    (line,) = intake(store, [put(tmp_path / "a", paper(LOWER, WHOLE | {"participants": 370}, campaign="2021"))]).lines
    assert line.outcome is Outcome.TAKEN, line.sentence
    assert "Có 1 chỗ nên xem: mục 2, số người tham gia" in _asked(store, tmp_path / "b", LOWER, {"participants": 37})
    assert "nên xem" not in _asked(store, tmp_path / "c", PRIMARY, {"participants": 37})


# --- the clock ---------------------------------------------------------------------------------------------------


def test_a_clock_far_behind_the_last_import_is_told(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"participants": 10}))
    assert intake(store, [stick]).notes == ()
    store.clock = fixed_clock(datetime(2022, 10, 13, 9, 0, tzinfo=VIETNAM))
    assert intake(store, [stick]).notes == ()  # less than a day
    store.clock = fixed_clock(datetime(2022, 10, 9, 9, 0, tzinfo=VIETNAM))
    (note,) = intake(store, [stick]).notes
    assert "Giờ máy này (09/10/2022) chậm hơn lần nhập trước (14/10/2022); hãy kiểm tra đồng hồ." in note


# --- the office --------------------------------------------------------------------------------------------------


def test_an_office_without_units_below_says_so(tmp_path: Path, stick: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_office(store, unit(COMMUNE), [], dai_tu().own, [])
    (line,) = intake(store, [put(stick, paper(PRIMARY, {}))]).lines
    assert (line.outcome, line.code) == (Outcome.REFUSED, Code.NO_UNITS_BELOW)
    store.close()


def test_the_first_paper_chooses_the_campaign(tmp_path: Path, stick: Path) -> None:
    office = dai_tu()
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_office(store, office.own, office.below, office.upper, office.deadlines)
    accept_keys(store, COMMUNE)
    assert active(store).id != "2022"
    intake(store, [put(stick, paper(COMMUNE, {}))])
    assert active(store).id == "2022"
    store.close()


def test_a_day_of_receipt_set_by_hand_decides_lateness(store: Store, stick: Path) -> None:
    one = paper(COMMUNE, {"participants": 3})
    intake(store, [put(stick, one)])
    store.clock = fixed_clock(datetime(2022, 10, 30, 9, 0, tzinfo=VIETNAM))
    assert repository.package_named(store, one.package_id[:12].upper()) == one.package_id
    receipt_days.set_received_on(store, one.package_id, date(2022, 10, 19), "Bưu điện đóng dấu ngày 19")
    row = current_board(store).rows[0]
    assert row.report.words == "Nộp muộn 2 ngày"
    assert "Bưu điện đóng dấu" in row.report.note
    assert check(store) == ()
    for day, reason in ((NOW.date(), " "), (date(2022, 10, 31), "mai")):
        with pytest.raises(UserError) as caught:
            receipt_days.set_received_on(store, one.package_id, day, reason)
        assert caught.value.code is Code.RECEIPT_DAY
    for beginning in (one.package_id[:7], "g" * 12):
        with pytest.raises(UserError) as caught:
            repository.package_named(store, beginning)
        assert caught.value.code is Code.PACKAGE_UNKNOWN


def test_a_clock_that_went_back_does_not_empty_the_board(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    store.clock = fixed_clock(datetime(2009, 1, 1, tzinfo=VIETNAM))
    assert current_board(store).as_of == NOW.date()
    assert participants_of(store) == 10
    (line,) = intake(store, [put(stick / "b", paper(LOWER, {"participants": 5}))]).lines
    assert repository.submission(store, line.package_id).received_on == NOW.date()


def test_a_package_nobody_sent_is_told(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        repository.submission(store, "f" * 64)
    assert caught.value.code is Code.PACKAGE_UNKNOWN


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fact SET value = value + 1 WHERE indicator = 'participants'",
        "UPDATE submission SET revision = 2",
        "UPDATE submission SET received_on = '2022-10-01'",
        "DELETE FROM fact",
    ],
)
def test_a_number_changed_behind_our_back_makes_no_total(store: Store, stick: Path, sql: str) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    with store.atomic() as db:
        db.execute(sql)
    with pytest.raises(UserError) as caught:
        current_totals(store)
    assert caught.value.code is Code.STORE_DAMAGED
    assert "UBND xã Hà Thượng" in str(caught.value)
    assert check(store) != ()


def test_a_successors_papers_are_no_news_after_the_key_of_the_merged_unit_was_revoked(
    store: Store, stick: Path
) -> None:
    office = dai_tu()
    ended = replace(office.below[0], valid_to=date(2022, 10, 13), successor=LOWER)
    save_office(store, office.own, (ended, *office.below[1:]), office.upper, office.deadlines)
    first = paper(COMMUNE, {"participants": 10}, signed_by=LOWER)
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id, signed_by=LOWER)
    sticks = [put(stick / "a", first), put(stick / "b", second)]
    assert all(intake(store, [one]).clean for one in sticks)
    revoke(store, COMMUNE, NOW)
    codes = [intake(store, [one]).lines[0].code for one in sticks]
    assert codes == [Code.OLD_REVISION, Code.ALREADY_RECEIVED]
    assert participants_of(store) == 12


def test_an_unseen_older_paper_of_a_successor_is_old_also_after_the_key_of_the_merged_unit_was_revoked(
    store: Store, stick: Path
) -> None:
    office = dai_tu()
    ended = replace(office.below[0], valid_to=date(2022, 10, 13), successor=LOWER)
    save_office(store, office.own, (ended, *office.below[1:]), office.upper, office.deadlines)
    unseen = paper(COMMUNE, {"participants": 10}, signed_by=LOWER)
    third = paper(COMMUNE, {"participants": 12}, revision=3, previous="ab" * 32, signed_by=LOWER)
    assert intake(store, [put(stick / "a", third)]).lines[0].code is None
    revoke(store, COMMUNE, NOW)
    assert intake(store, [put(stick / "b", unseen)]).lines[0].code is Code.OLD_REVISION_NEW_CONTENT
    fourth = paper(COMMUNE, {"participants": 14}, revision=4, previous=third.package_id, signed_by=LOWER)
    assert intake(store, [put(stick / "c", fourth)]).lines[0].code is None
    assert participants_of(store) == 14


def test_who_reports_elsewhere_in_the_year_of_the_paper_is_told_so(store: Store, stick: Path) -> None:
    lines = [ReportsTo(COMMUNE, 2022, "19-OTHER"), ReportsTo(COMMUNE, 2023, UPPER.code)]
    register.keep(store, "Nơi nộp", [register.with_reports_to(line) for line in lines])
    (line,) = intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))]).lines
    assert line.code is Code.UNIT_ELSEWHERE
    assert "2022" in line.sentence
    with pytest.raises(UserError) as refusal:
        keying.begin(store, COMMUNE, Kind.REPORT)
    assert refusal.value.code is Code.UNIT_ELSEWHERE
    register.keep(store, "Nơi nộp", [register.without_reports_to(COMMUNE, 2022)])
    assert intake(store, [stick]).lines[0].code is None


def test_a_unit_that_reports_here_in_that_year_alone_is_taken_in(store: Store, stick: Path) -> None:
    register.keep(
        store,
        "Nơi nộp",
        [
            register.with_unit(replace(unit(COMMUNE), upper="19-OTHER")),
            register.with_reports_to(ReportsTo(COMMUNE, 2022, UPPER.code)),
        ],
    )
    assert intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))]).lines[0].code is None
    assert keying.begin(store, COMMUNE, Kind.PLAN).unit_code == COMMUNE
