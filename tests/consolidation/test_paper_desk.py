"""Paper by itself: whose it is by its code, that it counts as handed in, how the file that follows goes with it."""

from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import keying, paper_desk, paper_receipts, receipt_days, repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.status import Standing, State
from hoctap_desktop.document.code import PaperFacts, qr_text
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import LOWER, NURSERY, PRIMARY, paper, put

CODE = "7K3M-Q9TX-2HBV"
ANSWERS = {"organising_units": 1, "participants": 320, "banners": 5}


def standing(store: Store, unit: str = LOWER, as_of: date | None = None, kind: Kind = Kind.REPORT) -> Standing:
    return next(row.standing(kind) for row in current_board(store, as_of).rows if row.unit.code == unit)


def only(store: Store, unit: str = LOWER) -> str:
    return next(
        one.submission.package_id for one in repository.reported(store, "2022") if one.submission.unit_code == unit
    )


def test_paper_counts_as_handed_in_and_not_in_the_totals(store: Store) -> None:
    made = paper_desk.receive_paper(store, LOWER, Kind.REPORT, code="7k3m q9tx 2hbv", day=date(2022, 10, 13))
    assert made.paper_code == CODE
    found = standing(store)
    assert (found.state, found.words, found.received_on) == (State.RECEIVED, "Đã nhận bản giấy", date(2022, 10, 13))
    assert found.note == f"Bản giấy, mã giấy {CODE}, chưa nhập số."
    assert standing(store, as_of=date(2022, 10, 12)).state is State.NOT_SENT
    assert current_board(store).done(Kind.REPORT) == 1
    total = current_totals(store).number("participants")
    assert total.coverage == "0/4"
    # nobody says of it that nothing came
    assert [one.words for one in total.missing if one.unit.code == LOWER] == ["Bản giấy chưa nhập số, chưa tính"]
    assert [[unit.code for unit in units] for units in current_totals(store).came.values()] == [[LOWER]]
    assert check(store) == ()


def test_paper_after_the_last_good_day_is_late_by_its_own_day(store: Store) -> None:
    paper_desk.receive_paper(store, LOWER, Kind.PLAN, day=date(2022, 10, 14))
    found = standing(store, kind=Kind.PLAN)
    assert found.days_late == (found.deadline.days_late(date(2022, 10, 14)) if found.deadline else 0)
    assert found.state is (State.LATE if found.days_late else State.RECEIVED)


def test_a_paper_is_noted_once_and_its_code_for_one_unit(store: Store) -> None:
    paper_desk.receive_paper(store, LOWER, Kind.REPORT, code=CODE)
    for unit, code in ((LOWER, ""), (PRIMARY, CODE)):
        with pytest.raises(UserError) as caught:
            paper_desk.receive_paper(store, unit, Kind.REPORT, code=code)
        assert caught.value.code is Code.PAPER_RECEIVED
        assert "14/10/2022" in str(caught.value)
    paper_desk.receive_paper(store, LOWER, Kind.PLAN)


@pytest.mark.parametrize(
    ("unit", "code", "day", "refused"),
    [
        ("99999", "", None, Code.UNIT_UNKNOWN),
        (LOWER, "7K3M", None, Code.PAPER_CODE_BAD),
        (LOWER, "", date(2022, 10, 15), Code.RECEIPT_DAY),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_noted(
    store: Store, unit: str, code: str, day: date | None, refused: Code
) -> None:
    with pytest.raises(UserError) as caught:
        paper_desk.receive_paper(store, unit, Kind.REPORT, code=code, day=day)
    assert caught.value.code is refused
    assert paper_receipts.receipts(store, "2022") == ()


def test_a_receipt_that_was_wrong_is_taken_back_and_stays_in_the_store(store: Store) -> None:
    made = paper_desk.receive_paper(store, LOWER, Kind.REPORT)
    paper_receipts.take_back(store, made.id)
    assert standing(store).state is State.NOT_SENT
    assert store.query("SELECT count(*) FROM paper_receipt")[0][0] == 1
    with pytest.raises(UserError) as caught:
        paper_receipts.take_back(store, made.id)
    assert caught.value.code is Code.PACKAGE_UNKNOWN
    assert check(store) == ()


def test_the_qr_says_unit_and_kind(store: Store) -> None:
    scanned = qr_text(PaperFacts(CODE, PRIMARY, "report", 1, 1))
    told = paper_desk.told_by(store, scanned + "\r")
    assert told.unit is not None
    assert (told.code, told.unit.code, told.kind) == (CODE, PRIMARY, Kind.REPORT)
    with pytest.raises(UserError) as caught:
        paper_desk.told_by(store, qr_text(PaperFacts(CODE, "99999", "report", 1, 1)))
    assert caught.value.code is Code.UNIT_UNKNOWN


def test_a_code_nobody_knows_asks_for_the_unit_and_a_bad_one_is_refused(store: Store) -> None:
    assert paper_desk.told_by(store, CODE.lower()) == paper_desk.PaperTold(CODE)
    assert paper_desk.told_by(store, "  ") == paper_desk.PaperTold("")
    with pytest.raises(UserError) as caught:
        paper_desk.told_by(store, "7K3M-Q9TX")
    assert caught.value.code is Code.PAPER_CODE_BAD


def test_a_code_of_a_file_that_came_before_names_its_unit(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(LOWER, ANSWERS))])
    code = repository.submission(store, only(store)).paper_code
    told = paper_desk.told_by(store, code)
    assert told.unit is not None
    assert (told.unit.code, told.kind, told.known) == (LOWER, Kind.REPORT, "Khớp gói đã nhận ngày 14/10/2022.")


def test_the_file_that_follows_is_matched_by_its_code(store: Store, stick: Path) -> None:
    sealed = paper(LOWER, ANSWERS)
    intake(store, [put(stick, sealed)])
    code = repository.submission(store, only(store)).paper_code
    paper_desk.receive_paper(store, LOWER, Kind.REPORT, code=code, day=date(2022, 10, 12))
    assert standing(store).note == "Bản giấy nhận ngày 12/10/2022, khớp mã giấy."
    other = paper_desk.receive_paper(store, PRIMARY, Kind.REPORT, code=CODE)
    intake(store, [put(stick, paper(PRIMARY, ANSWERS))])
    assert f"có mã {other.paper_code}, gói có mã" in standing(store, PRIMARY).note
    assert current_totals(store).number("participants").value == 640


def test_what_is_typed_from_noted_paper_takes_its_day_and_code(store: Store) -> None:
    paper_desk.receive_paper(store, NURSERY, Kind.REPORT, code=CODE, day=date(2022, 10, 12))
    entry = keying.begin(store, NURSERY, Kind.REPORT)
    assert (entry.received_on, entry.paper_code) == (date(2022, 10, 12), CODE)
    keying.set_answers(store, entry.id, dict(ANSWERS))
    keying.enter(store, entry.id)
    assert standing(store, NURSERY).note == f"Nhập hộ từ bản giấy, mã giấy {CODE}."


# --- days set by hand --------------------------------------------------------------------------------------------


def test_a_day_set_by_hand_is_kept_with_what_it_was_and_can_be_taken_back(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(LOWER, ANSWERS))])
    package = only(store)
    receipt_days.set_received_on(store, package, date(2022, 10, 10), "Dấu bưu điện ngày 10")
    receipt_days.set_received_on(store, package, date(2022, 9, 1), "Xem lại sổ công văn")
    assert standing(store).received_on == date(2022, 9, 1)
    assert "Xem lại sổ công văn" in standing(store).note
    assert receipt_days.undo_received_on(store, package) == date(2022, 10, 10)
    assert repository.submission(store, package).day_reason == "Dấu bưu điện ngày 10"
    assert receipt_days.undo_received_on(store, package) == date(2022, 10, 14)
    assert repository.submission(store, package).day_reason == ""
    assert receipt_days.undo_received_on(store, package) is None
    assert [one.undone_at is None for one in receipt_days.changes(store, package)] == [False, False]
    assert check(store) == ()


def test_the_day_of_paper_can_be_set_and_taken_back(store: Store) -> None:
    made = paper_desk.receive_paper(store, LOWER, Kind.REPORT)
    receipt_days.set_paper_day(store, made.id, date(2022, 10, 11), "Văn thư nhận ngày 11")
    assert standing(store).received_on == date(2022, 10, 11)
    assert "Ngày nhận ghi tay: Văn thư nhận ngày 11" in standing(store).note
    assert receipt_days.undo_received_on(store, made.id) == date(2022, 10, 14)
    assert standing(store).received_on == date(2022, 10, 14)


@pytest.mark.parametrize(("day", "reason"), [(date(2022, 10, 11), " "), (date(2022, 10, 15), "Nhầm")])
def test_a_day_without_a_reason_or_to_come_is_refused_and_leaves_no_trace(store: Store, day: date, reason: str) -> None:
    made = paper_desk.receive_paper(store, LOWER, Kind.REPORT)
    with pytest.raises(UserError) as caught:
        receipt_days.set_paper_day(store, made.id, day, reason)
    assert caught.value.code is Code.RECEIPT_DAY
    assert receipt_days.changes(store, made.id) == ()


def test_lateness_follows_the_day_that_was_set(store: Store) -> None:
    made = paper_desk.receive_paper(store, "05812", Kind.PLAN)
    found = standing(store, "05812", kind=Kind.PLAN)
    assert found.deadline is not None
    assert (found.state, found.days_late) == (State.LATE, 9)
    receipt_days.set_paper_day(store, made.id, found.deadline.last_good_day, "Văn thư ký nhận")
    assert standing(store, "05812", kind=Kind.PLAN).state is State.RECEIVED
