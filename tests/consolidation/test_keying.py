from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import keying, paper_entries, receipt_days, repository
from hoctap_desktop.consolidation.board_printed import board_document
from hoctap_desktop.consolidation.intake import intake, undo
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.paper_entries import EntryStatus
from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
from hoctap_desktop.consolidation.reviewing import decide
from hoctap_desktop.consolidation.status import ReviewAct, Standing, State
from hoctap_desktop.document.code import PaperFacts, qr_text
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.answers import Count, Missing, NoNumber
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from tests.consolidation.papers import LOWER, NOT_HELD, PRIMARY, paper, put
from tests.offices import CLOCK, NOW

CODE = "7K3M-Q9TX-2HBV"
ANSWERS: dict[str, JsonValue] = {"organising_units": 1, "participants": 320, "banners": 5, "talks": NOT_HELD}


def typed(store: Store, unit: str = LOWER, reason: str = "", **answers: JsonValue) -> str:
    """Enters a report from paper; its id."""
    entry = keying.begin(store, unit, Kind.REPORT)
    keying.set_answers(store, entry.id, {**ANSWERS, **answers})
    keying.enter(store, entry.id, reason)
    return entry.id


def standing(store: Store, unit: str = LOWER, kind: Kind = Kind.REPORT) -> Standing:
    return next(row.standing(kind) for row in current_board(store).rows if row.unit.code == unit)


def test_what_is_typed_survives_closing_the_program(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, {"participants": 320})
    store.close()
    again = open_store(store.path, CLOCK)
    try:
        found = keying.begin(again, LOWER, Kind.REPORT)
        assert (found.id, found.answers) == (entry.id, {"participants": 320})
    finally:
        again.close()


def test_what_a_list_of_classes_counts_is_kept_beside_the_number_on_paper(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    listed: JsonValue = [{"name": "Tin học", "learners": 20}]
    kept = keying.set_answers(store, entry.id, {"class_list": listed, "learners": 25, "computed.learners": 20})
    assert kept.answers["computed.learners"] == 20
    with pytest.raises(UserError) as unknown:
        keying.set_answers(store, entry.id, {"computed.funding.note": 1})
    assert unknown.value.code is Code.FIELD_UNKNOWN


def test_a_draft_counts_nowhere_and_an_entry_counts_like_a_package(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, ANSWERS)
    assert standing(store).state is State.NOT_SENT
    keying.set_facts(store, entry.id, received_on=date(2022, 10, 13), number="12", paper_code="7k3mq9tx2hbv")
    got = keying.enter(store, entry.id)
    assert (got.paper_code, got.received_on, got.from_paper) == (CODE, date(2022, 10, 13), True)
    assert standing(store).state is State.RECEIVED
    assert standing(store).note == f"Nhập hộ từ bản giấy, mã giấy {CODE}."
    total = current_totals(store).number("participants")
    assert (total.value, total.coverage) == (320, "1/4")
    assert [source.unit.code for source in total.sources if source.from_paper] == [LOWER]
    assert check(store) == ()


def test_board_totals_and_prints_say_it_was_typed_from_paper(store: Store) -> None:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.units.repository import own_unit

    typed(store)
    own, campaign, found = own_unit(store), active(store), current_totals(store)
    assert "Nhập hộ từ bản giấy của: Trường THCS Hà Thượng" in str(
        totals_document(found, own, campaign, date(2022, 10, 14))
    )
    assert "Nhập hộ từ bản giấy" in str(totals_sheets(found, own, campaign, date(2022, 10, 14))[2].rows)
    assert "Nhập hộ từ bản giấy" in str(board_document(current_board(store), own))


def test_a_plan_on_paper_is_received_without_numbers(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.PLAN)
    keying.enter(store, entry.id)
    assert standing(store, kind=Kind.PLAN).state is State.RECEIVED


def test_the_qr_of_a_print_fills_in_numbers_code_and_revision(store: Store) -> None:
    form = form_by_id("report", 1)
    figures = tuple(Count(at) if at % 5 else Missing(NoNumber.NOT_HELD) for at, _ in enumerate(form.indicators(), 1))
    entry = keying.begin(store, LOWER, Kind.REPORT)
    scanned = qr_text(PaperFacts(CODE, LOWER, "report", 1, 2, figures))
    assert keying.is_scan(f"{scanned}\r")
    found = keying.take_scan(store, entry.id, f"{scanned}\r")
    assert (found.paper_code, found.revision, found.scanned) == (CODE, 2, True)
    assert found.answers["participants"] == 2
    assert found.answers["radio_items"] == {"none": "not_held", "reason": ""}
    assert "quét mã" in keying.enter(store, entry.id).notes[0]


def test_the_qr_of_another_unit_is_refused_and_nothing_is_filled_in(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    with pytest.raises(UserError) as refused:
        keying.take_scan(store, entry.id, qr_text(PaperFacts(CODE, PRIMARY, "report", 1, 1, (Count(1),))))
    assert refused.value.code is Code.PAPER_OTHER_UNIT
    with pytest.raises(UserError) as damaged:
        keying.take_scan(store, entry.id, "HT:ABC")
    assert damaged.value.code is Code.PAPER_QR_BAD
    assert paper_entries.current(store, entry.id).answers == {}


def test_a_second_keying_shows_only_what_differs_and_must_be_decided(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, ANSWERS)
    assert keying.begin_second(store, entry.id).second == {}
    found = keying.set_answers(store, entry.id, {**ANSWERS, "participants": 230}, second=True)
    (differs,) = keying.differing(found)
    assert (differs.field, differs.first_words, differs.second_words) == ("participants", "320", "230")
    with pytest.raises(UserError) as refused:
        keying.enter(store, entry.id)
    assert refused.value.code is Code.PAPER_KEYINGS_DIFFER
    keying.decide(store, entry.id, "participants", 320)
    assert "gõ hai lần" in keying.enter(store, entry.id).notes[0]
    assert current_totals(store).number("participants").value == 320


def test_words_typed_in_the_second_keying_are_kept(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, {"participants": 320, "note.participants": "cả xóm"})
    keying.begin_second(store, entry.id)
    done = keying.set_answers(store, entry.id, {"participants": 320, "note.participants": "cả hai xóm"}, second=True)
    assert done.answers == {"participants": 320, "note.participants": "cả hai xóm"}
    assert keying.differing(done) == ()


def test_a_second_keying_may_be_left_out_again(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, ANSWERS)
    keying.begin_second(store, entry.id)
    keying.drop_second(store, entry.id)
    assert "gõ hai lần" not in keying.enter(store, entry.id).notes[0]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, Code.PAPER_BLANK),
        ({"participants": -1}, Code.PAPER_CELL_BAD),
        ({"participants": 10**9}, Code.PAPER_CELL_BAD),
    ],
)
def test_an_entry_that_says_nothing_or_something_impossible_is_refused(
    answers: dict[str, JsonValue], code: Code, store: Store
) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, answers)
    with pytest.raises(UserError) as refused:
        keying.enter(store, entry.id)
    assert refused.value.code is code
    assert standing(store).state is State.NOT_SENT


def test_a_number_that_cannot_be_read_is_named_when_the_paper_is_entered(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        typed(store, participants="1,5")
    assert "«1,5» không phải số nguyên" in str(refused.value)


def test_facts_about_the_paper_are_checked(store: Store) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    with pytest.raises(UserError) as code:
        keying.set_facts(store, entry.id, received_on=date(2022, 10, 13), paper_code="7K3M")
    assert code.value.code is Code.PAPER_CODE_BAD
    with pytest.raises(UserError) as day:
        keying.set_facts(store, entry.id, received_on=date(2022, 10, 20))
    assert day.value.code is Code.RECEIPT_DAY
    with pytest.raises(UserError) as field:
        keying.set_answers(store, entry.id, {"nothing": 1})
    assert field.value.code is Code.FIELD_UNKNOWN
    with pytest.raises(UserError) as unit:
        keying.begin(store, "99999", Kind.REPORT)
    assert unit.value.code is Code.UNIT_UNKNOWN


def test_a_sealed_package_is_never_overwritten_without_a_named_decision(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(LOWER, {**ANSWERS, "participants": 500}))])
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, ANSWERS)
    with pytest.raises(UserError) as refused:
        keying.enter(store, entry.id)
    assert refused.value.code is Code.PAPER_OVER_SEALED
    assert current_totals(store).number("participants").value == 500
    keying.enter(store, entry.id, "Đơn vị báo gói gửi nhầm, bản giấy có dấu là đúng")
    assert current_totals(store).number("participants").value == 320
    assert "Đơn vị báo gói gửi nhầm" in standing(store).note
    assert len(repository.reported(store, "2022")) == 2


def test_a_later_package_takes_the_place_of_what_was_typed_and_both_are_shown(store: Store, stick: Path) -> None:
    typed(store)
    first = paper(LOWER, {**ANSWERS, "participants": 321})
    (line,) = intake(store, [put(stick, first)]).lines
    assert "Thay bản nhập hộ từ giấy nhận ngày 14/10/2022, khác ở 1 số: số người tham gia." in line.sentence
    assert current_totals(store).number("participants").value == 321
    assert "Thay bản nhập hộ từ giấy" in standing(store).note
    assert not standing(store).received.submission.from_paper  # type: ignore[union-attr]
    typed(store, reason="Bản giấy đúng hơn")
    assert current_totals(store).number("participants").value == 320
    second = paper(LOWER, ANSWERS, revision=2, previous=first.package_id)
    intake(store, [put(stick, second)])
    assert not standing(store).received.submission.from_paper  # type: ignore[union-attr]
    assert "số liệu khớp" in standing(store).note


def test_when_the_package_is_put_back_the_paper_counts_again(store: Store, stick: Path) -> None:
    typed(store)
    batch = intake(store, [put(stick, paper(LOWER, {**ANSWERS, "participants": 321}))]).batch
    assert batch is not None
    undo(store, batch)
    assert current_totals(store).number("participants").value == 320


def test_lateness_counts_from_the_day_the_paper_came(store: Store, stick: Path) -> None:
    entry = keying.begin(store, LOWER, Kind.REPORT)
    keying.set_answers(store, entry.id, ANSWERS)
    keying.set_facts(store, entry.id, received_on=date(2022, 10, 5))
    keying.enter(store, entry.id)
    (line,) = intake(store, [put(stick, paper(LOWER, ANSWERS))]).lines
    assert line.days_late == standing(store).days_late == 0


def test_a_correction_takes_the_place_of_the_entry_before_it(store: Store) -> None:
    first = typed(store)
    store.clock = lambda: NOW.replace(hour=17)
    second = typed(store, participants=400)
    assert first != second
    assert current_totals(store).number("participants").value == 400


def test_an_entry_taken_back_counts_no_more_and_stays_readable(store: Store) -> None:
    id = typed(store)
    keying.withdraw(store, id, "Gõ nhầm đơn vị")
    assert standing(store).state is State.NOT_SENT
    assert current_totals(store).number("participants").value is None
    kept = paper_entries.current(store, id)
    assert (kept.status, kept.answers["participants"], kept.reason) == (EntryStatus.WITHDRAWN, 320, "Gõ nhầm đơn vị")
    assert check(store) == ()


def test_what_was_entered_cannot_be_changed(store: Store) -> None:
    id = typed(store)
    with pytest.raises(UserError) as refused:
        keying.set_answers(store, id, {"participants": 1})
    assert refused.value.code is Code.PAPER_ENTERED


def test_there_is_no_sealed_file_of_an_entry(store: Store) -> None:
    id = typed(store)
    with pytest.raises(UserError) as refused:
        repository.sealed_file(store, id)
    assert refused.value.code is Code.PAPER_NO_FILE
    assert repository.answers_of(store, id)["participants"] == 320
    assert repository.package_named(store, id[:12]) == id


def test_what_was_typed_from_paper_is_approved_and_never_sent_back(store: Store) -> None:
    id = typed(store)
    with pytest.raises(UserError) as refused:
        decide(store, id, ReviewAct.RETURNED, "Xem lại.")
    assert refused.value.code is Code.REVIEW_PAPER_ENTRY
    assert decide(store, id, ReviewAct.APPROVED).act is ReviewAct.APPROVED


def test_a_damaged_entry_is_named(store: Store) -> None:
    typed(store)
    with store.atomic() as db:
        db.execute("""UPDATE paper_entry SET answers = replace(answers, '320', '420')""")
    with pytest.raises(UserError) as refused:
        current_totals(store)
    assert refused.value.code is Code.STORE_DAMAGED
    assert any("bản nhập hộ" in damage.where for damage in check(store))


def test_the_day_of_receipt_can_be_set_later_with_a_reason(store: Store) -> None:
    id = typed(store)
    got = receipt_days.set_received_on(store, id, date(2022, 10, 5), "Bản giấy nằm ở văn thư")
    assert (got.received_on, got.day_reason) == (date(2022, 10, 5), "Bản giấy nằm ở văn thư")
    assert standing(store).received_on == date(2022, 10, 5)
    assert check(store) == ()


def test_an_entry_begun_in_the_second_of_another_writes_nothing_over(store: Store) -> None:
    first = typed(store, participants=7)
    second = typed(store, participants=9)
    assert second != first
    assert current_totals(store).number("participants").value == 9
    keying.withdraw(store, second, "gõ nhầm")
    assert current_totals(store).number("participants").value == 7
    assert check(store) == ()


def test_a_scanned_code_fills_in_no_numbers_while_two_forms_of_that_number_ask_different_things(store: Store) -> None:
    form = form_by_id("report", 1)
    entry = keying.begin(store, LOWER, Kind.REPORT)
    figures = tuple(Count(1) for _ in form.indicators())
    twin = replace(editing.retired(form, "talks").form, hash="e" * 64)
    loader.know((twin,))
    try:
        with pytest.raises(UserError) as refused:
            keying.take_scan(store, entry.id, qr_text(PaperFacts(CODE, LOWER, "report", 1, 1, figures)))
        assert refused.value.code is Code.PAPER_OTHER_FORM
        assert paper_entries.current(store, entry.id).answers == {}
    finally:
        loader.know(())
