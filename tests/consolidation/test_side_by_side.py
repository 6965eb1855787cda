"""A later paper for an accepted one: it waits, both are compared cell by cell, and a named choice decides."""

import hashlib
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import keying, repository, reviewing, side_by_side
from hoctap_desktop.consolidation.intake import intake, undo
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.side_by_side import FileState, Standing
from hoctap_desktop.consolidation.status import ReviewAct, State
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.reply import ReplyAct
from hoctap_desktop.submission.seal import Attachment
from tests.consolidation.papers import COMMUNE, LOWER, NOT_HELD, paper, put

FIRST = paper(COMMUNE, {"participants": 10, "launch": "Lúc 7 giờ tại nhà văn hóa.", "classes": NOT_HELD})
SECOND = paper(
    COMMUNE,
    {"participants": 1012, "launch": "Lúc 8 giờ tại nhà văn hóa.", "talks": 3},
    revision=2,
    previous=FIRST.package_id,
)
THIRD = paper(COMMUNE, {"participants": 1013}, revision=3, previous=SECOND.package_id)
OTHER = paper(LOWER, {"participants": 5})


@pytest.fixture
def approved(store: Store, stick: Path) -> Store:
    """The first paper was taken in and accepted; another unit's was taken in."""
    intake(store, [put(stick / "first", FIRST, OTHER)])
    reviewing.decide(store, FIRST.package_id, ReviewAct.APPROVED, who="Lan")
    return store


def participants(store: Store) -> int | None:
    return current_totals(store).number("participants").value


def what_counts(store: Store) -> str:
    """A digest over all that board and totals are made of, and what the office knows of keys and packages."""
    board = current_board(store)
    said = [
        (row.unit.code, standing.state, standing.words, standing.note, standing.received, standing.later)
        for row in board.rows
        for standing in (row.plan, row.report)
    ]
    totals = [(total.field.id, total.value, total.coverage) for total in current_totals(store).numbers]
    facts = [tuple(row) for row in store.query("SELECT source, indicator, value, none, reason FROM fact ORDER BY 1, 2")]
    taken = repository.taken(store)
    held = [tuple(row) for row in store.query("SELECT package_id FROM quarantine ORDER BY 1")]
    told = repr((said, totals, facts, taken, held, reviewing.decided(store)))
    return hashlib.sha256(told.encode()).hexdigest()


def test_two_files_of_one_name_are_both_compared(store: Store, stick: Path) -> None:
    photos = [Attachment("ảnh.jpg", b"\xff\xd8\xff" + tail) for tail in (b"one", b"two")]
    changed = Attachment("ảnh.jpg", b"\xff\xd8\xffother")
    first = paper(COMMUNE, {"participants": 10}, attachments=photos)
    second = paper(
        COMMUNE, {"participants": 10}, revision=2, previous=first.package_id, attachments=[changed, photos[1]]
    )
    intake(store, [put(stick / "first", first)])
    reviewing.decide(store, first.package_id, ReviewAct.APPROVED, who="Lan")
    intake(store, [put(stick, second) / second.name])
    found = side_by_side.side_by_side(store, second.package_id)
    assert [(one.name, one.state) for one in found.files] == [
        ("ảnh.jpg", FileState.CHANGED),
        ("ảnh.jpg (2)", FileState.SAME),
    ]


def test_a_later_paper_waits_beside_an_accepted_one(approved: Store, stick: Path) -> None:
    (line,) = intake(approved, [put(stick, SECOND) / SECOND.name]).lines
    assert line.outcome is Outcome.BESIDE
    assert line.sentence.startswith("Nhận được, chưa tính: bản lần 1 nhận ngày 14/10/2022 đã duyệt.")
    assert line.sentence.endswith("Hãy xem hai bản rồi chọn.")
    assert participants(approved) == 15
    row = next(row for row in current_board(approved).rows if row.unit.code == COMMUNE)
    assert (row.report.state, row.report.undecided) == (State.APPROVED, True)
    assert row.report.note == "Có bản lần 2 nhận ngày 14/10/2022 chờ quyết định; vẫn tính bản lần 1 đã duyệt."


def test_a_paper_nobody_accepted_is_replaced_as_before(approved: Store, stick: Path) -> None:
    newer = paper(LOWER, {"participants": 6}, revision=2, previous=OTHER.package_id)
    (line,) = intake(approved, [put(stick, newer) / newer.name]).lines
    assert line.outcome is Outcome.REPLACED
    assert participants(approved) == 16


def test_both_are_compared_cell_by_cell(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    found = side_by_side.side_by_side(approved, SECOND.package_id)
    changed = {one.field: (one.old, one.new, one.difference) for one in found.changed}
    assert changed["participants"] == ("10", "1.012", "+1.002")
    assert changed["talks"] == ("để trống", "3", "")
    (text,) = found.texts
    marked = [span.text for pair in text.pairs for span in (*pair.old, *pair.new) if span.marked]
    assert (text.field, marked) == ("launch", ["7", "8"])
    assert len(found.cells) > len(found.changed)
    assert {one.field for one in found.cells} >= {"participants", "talks"}
    assert found.standing is Standing.OPEN
    assert found.count == len(found.changed) + 1


def test_files_beside_a_paper_are_named() -> None:
    pairs = side_by_side.file_pairs(
        {"a.jpg": "1", "b.pdf": "2", "c.pdf": "3"}, {"b.pdf": "2", "c.pdf": "4", "d.doc": "5"}
    )
    assert [(one.name, one.state) for one in pairs] == [
        ("a.jpg", FileState.REMOVED),
        ("b.pdf", FileState.SAME),
        ("c.pdf", FileState.CHANGED),
        ("d.doc", FileState.ADDED),
    ]


def test_taking_the_new_one_counts_it_and_is_on_the_record(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    found = side_by_side.take_later(approved, SECOND.package_id, "Hoa")
    assert (found.standing, found.reviews[-1].who) == (Standing.TAKEN, "Hoa")
    assert side_by_side.standing_words(found) == "Đã lấy bản mới, thay bản lần 1, lúc 16:12 14/10/2022, Hoa."
    assert participants(approved) == 1017
    row = next(row for row in current_board(approved).rows if row.unit.code == COMMUNE)
    assert (row.report.state, row.report.undecided) == (State.APPROVED, False)
    again = side_by_side.take_back(approved, SECOND.package_id, "Hoa")
    assert again.standing is Standing.OPEN
    assert participants(approved) == 15


def test_what_was_typed_from_paper_and_accepted_is_never_told_with_a_number(store: Store, stick: Path) -> None:
    entry = keying.begin(store, COMMUNE, Kind.REPORT)
    keying.set_answers(store, entry.id, {"organising_units": 1, "participants": 10})
    keying.enter(store, entry.id)
    reviewing.decide(store, entry.id, ReviewAct.APPROVED, who="Lan")
    (line,) = intake(store, [put(stick, FIRST) / FIRST.name]).lines
    assert (line.outcome, "bản nhập hộ nhận ngày 14/10/2022 đã duyệt" in line.sentence) == (Outcome.BESIDE, True)
    report = next(row.report for row in current_board(store).rows if row.unit.code == COMMUNE)
    assert "vẫn tính bản nhập hộ đã duyệt" in report.note
    found = side_by_side.take_later(store, FIRST.package_id, "Hoa")
    assert found.reviews[-1].reason == "Thay bản nhập hộ đã duyệt."


def test_keeping_the_accepted_one_stays_decided_until_it_is_taken_back(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    kept = side_by_side.keep_accepted(approved, SECOND.package_id, "Hoa")
    assert (kept.standing, kept.chosen[-1].who) == (Standing.KEPT, "Hoa")
    row = next(row for row in current_board(approved).rows if row.unit.code == COMMUNE)
    assert (row.report.undecided, row.report.note) == (False, "")
    # not even when the accepted paper is opened again
    reviewing.decide(approved, FIRST.package_id, ReviewAct.REOPENED)
    assert participants(approved) == 15
    reviewing.decide(approved, FIRST.package_id, ReviewAct.APPROVED)
    assert side_by_side.take_later(approved, SECOND.package_id).standing is Standing.TAKEN
    assert side_by_side.keep_accepted(approved, SECOND.package_id).standing is Standing.KEPT
    assert participants(approved) == 15


def test_sending_it_back_needs_words_and_the_unit_is_told(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    with pytest.raises(UserError) as refused:
        side_by_side.send_back(approved, SECOND.package_id, " ")
    assert refused.value.code is Code.REVIEW_NEEDS_WORDS
    found = side_by_side.send_back(approved, SECOND.package_id, "Số người tham gia tăng 100 lần.", "Hoa")
    assert found.standing is Standing.RETURNED
    assert participants(approved) == 15
    told = {
        reply.revision: reply.act
        for unit, reply in reviewing.replies_due(approved, current_board(approved))
        if unit.code == COMMUNE
    }
    assert told == {1: ReplyAct.APPROVED, 2: ReplyAct.RETURNED}


def test_a_third_paper_is_asked_about_again(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    side_by_side.keep_accepted(approved, SECOND.package_id)
    (line,) = intake(approved, [put(stick / "3", THIRD)]).lines
    assert line.outcome is Outcome.BESIDE
    (waits,) = side_by_side.waiting(approved, ["2022"])
    assert waits.later.submission.revision == 3
    assert participants(approved) == 15
    assert side_by_side.side_by_side(approved, THIRD.package_id).accepted.revision == 1


@pytest.mark.parametrize("act", ["none", "take", "keep", "back"])
def test_undoing_the_turn_leaves_the_store_as_it_was_before_whatever_was_decided(
    approved: Store, stick: Path, act: str
) -> None:
    before = what_counts(approved)
    summary = intake(approved, [put(stick, SECOND) / SECOND.name])
    if act == "take":
        side_by_side.take_later(approved, SECOND.package_id)
    elif act == "keep":
        side_by_side.keep_accepted(approved, SECOND.package_id)
    elif act == "back":
        side_by_side.send_back(approved, SECOND.package_id, "Xem lại.")
    assert what_counts(approved) != before
    assert summary.batch is not None
    undo(approved, summary.batch)
    assert what_counts(approved) == before
    # the same file again is asked about again
    (line,) = intake(approved, [stick / SECOND.name]).lines
    assert line.outcome is Outcome.BESIDE
    assert participants(approved) == 15


def test_a_paper_without_an_accepted_one_before_it_has_nothing_beside_it(store: Store, stick: Path) -> None:
    intake(store, [put(stick, FIRST)])
    with pytest.raises(UserError) as refused:
        side_by_side.side_by_side(store, FIRST.package_id)
    assert refused.value.code is Code.NOTHING_BESIDE


def test_the_board_of_a_day_before_the_choice_counts_what_counted_then(approved: Store, stick: Path) -> None:
    intake(approved, [put(stick, SECOND) / SECOND.name])
    side_by_side.take_later(approved, SECOND.package_id)
    today = next(row for row in current_board(approved).rows if row.unit.code == COMMUNE)
    assert today.standing(Kind.REPORT).received is not None
    assert today.report.received is not None
    assert today.report.received.submission.revision == 2
