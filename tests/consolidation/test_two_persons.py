"""The two-person rule: one proposes, another approves, and only then a paper is added up."""

from pathlib import Path

import pytest

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals, narratives
from hoctap_desktop.consolidation.reviewing import decide, decisions
from hoctap_desktop.consolidation.status import ReviewAct, State
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.office_acts import set_two_persons, two_persons
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, paper, put


@pytest.fixture
def package(store: Store, stick: Path) -> str:
    """A report that came, under the rule."""
    sent = paper(COMMUNE, {"participants": 10, "difficulties": "Thiếu kinh phí."})
    intake(store, [put(stick, sent)])
    set_two_persons(store, on=True)
    return sent.package_id


def state(store: Store) -> State:
    return next(row.report.state for row in current_board(store).rows if row.unit.code == COMMUNE)


def summed(store: Store) -> int | None:
    return current_totals(store).number("participants").value


def test_nothing_counts_before_two_persons_approved_it(store: Store, package: str) -> None:
    assert (state(store), summed(store)) == (State.RECEIVED, None)
    assert decide(store, package, ReviewAct.APPROVED, who="Nguyễn Văn A").act is ReviewAct.PROPOSED
    assert (state(store), summed(store)) == (State.PROPOSED, None)
    assert narratives(store, "difficulties") == ()
    assert decide(store, package, ReviewAct.APPROVED, who="Trần Thị B").act is ReviewAct.APPROVED
    assert (state(store), summed(store)) == (State.APPROVED, 10)
    assert [(one.act, one.who) for one in decisions(store, package)] == [
        (ReviewAct.PROPOSED, "Nguyễn Văn A"),
        (ReviewAct.APPROVED, "Trần Thị B"),
    ]
    assert check(store) == ()


@pytest.mark.parametrize("who", ["Nguyễn Văn A", "nguyễn  văn a ", "NGUYỄN VĂN A"])
def test_who_proposed_may_not_approve_however_the_name_is_written(store: Store, package: str, who: str) -> None:
    decide(store, package, ReviewAct.APPROVED, who="Nguyễn Văn A")
    with pytest.raises(UserError) as refusal:
        decide(store, package, ReviewAct.APPROVED, who=who)
    assert refusal.value.code is Code.REVIEW_SAME_PERSON
    assert "Nguyễn" in str(refusal.value).title()
    assert state(store) is State.PROPOSED


def test_without_a_name_nobody_can_tell_two_persons_apart(store: Store, package: str) -> None:
    store.who = ""
    with pytest.raises(UserError) as refusal:
        decide(store, package, ReviewAct.APPROVED)
    assert refusal.value.code is Code.REVIEW_NEEDS_NAME


def test_without_a_name_given_it_is_the_person_at_the_machine(store: Store, package: str) -> None:
    store.who = "Lê C"
    decide(store, package, ReviewAct.APPROVED)
    with pytest.raises(UserError):
        decide(store, package, ReviewAct.APPROVED)
    store.who = "Phạm D"
    assert decide(store, package, ReviewAct.APPROVED).act is ReviewAct.APPROVED


def test_a_return_or_a_change_of_mind_needs_two_persons_again(store: Store, package: str) -> None:
    decide(store, package, ReviewAct.APPROVED, who="A")
    decide(store, package, ReviewAct.REOPENED, who="A")
    assert state(store) is State.RECEIVED
    assert decide(store, package, ReviewAct.APPROVED, who="B").act is ReviewAct.PROPOSED
    decide(store, package, ReviewAct.RETURNED, "Xem lại.", who="C")
    assert state(store) is State.RETURNED
    assert decide(store, package, ReviewAct.APPROVED, who="C").act is ReviewAct.PROPOSED


def test_when_the_rule_is_given_up_one_person_is_enough_and_a_proposal_is_nothing(store: Store, package: str) -> None:
    decide(store, package, ReviewAct.APPROVED, who="A")
    set_two_persons(store, on=False)
    assert (two_persons(store), state(store), summed(store)) == (False, State.RECEIVED, 10)
    assert decide(store, package, ReviewAct.APPROVED, who="A").act is ReviewAct.APPROVED
    set_two_persons(store, on=True)
    assert (state(store), summed(store)) == (State.APPROVED, 10)


def test_a_number_names_the_papers_that_came_and_are_not_in_it(store: Store, stick: Path, package: str) -> None:
    other = paper(LOWER, {"participants": 5})
    intake(store, [put(stick, other)])
    assert current_totals(store).number("participants").sources[0].words == "Đã nhận, chờ duyệt, chưa tính"
    decide(store, package, ReviewAct.APPROVED, who="A")
    decide(store, other.package_id, ReviewAct.RETURNED, "Xem lại.", who="A")
    found = current_totals(store)
    said = {one.unit.code: (one.words, one.package_id) for one in found.number("participants").sources}
    assert said[COMMUNE] == ("Chờ người thứ hai, chưa tính", package)
    assert said[LOWER] == ("Trả lại, chưa tính", other.package_id)
    assert {state: [unit.code for unit in units] for state, units in found.came.items()} == {
        "Chờ người thứ hai": [COMMUNE],
        "Trả lại": [LOWER],
    }
    assert found.coverage == "0/4"


def test_approving_once_more_takes_nothing_out_of_the_totals(store: Store, stick: Path, package: str) -> None:
    decide(store, package, ReviewAct.APPROVED, who="Nguyễn Văn A")
    decide(store, package, ReviewAct.APPROVED, who="Trần Thị B")
    later = paper(COMMUNE, {"participants": 99}, revision=2, previous=package)
    intake(store, [put(stick / "sau", later)])
    assert summed(store) == 10
    assert decide(store, package, ReviewAct.APPROVED, who="Nguyễn Văn A").act is ReviewAct.APPROVED
    assert (state(store), summed(store)) == (State.APPROVED, 10)
