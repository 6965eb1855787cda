"""A kept file that is gone or changed: named, nothing decided on it, whole again when the same file comes again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.reviewing import decide, decisions
from hoctap_desktop.consolidation.side_by_side import side_by_side
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.store.attached import sweep
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.repository import held_packages
from hoctap_desktop.submission.seal import EXTENSION
from tests.consolidation.papers import COMMUNE, accept_keys, paper, put, request
from tests.offices import upper_store


def _gone(path: Path) -> None:
    path.unlink()


def _altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


@pytest.fixture(params=[_gone, _altered])
def lose(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    hurt: Callable[[Path], None] = request.param
    return hurt


def test_nothing_is_decided_on_a_paper_whose_file_is_lost_and_its_stick_heals_it(
    store: Store, stick: Path, lose: Callable[[Path], None]
) -> None:
    sent = paper(COMMUNE, {"participants": 10})
    desks.receive(store, silent, [put(stick, sent)])
    lose(store.files / f"{sent.package_id}{EXTENSION}")
    for act in (ReviewAct.APPROVED, ReviewAct.RETURNED):
        with pytest.raises(UserError) as refused:
            decide(store, sent.package_id, act, "Xem lại.")
        assert refused.value.code is Code.KEPT_FILE_LOST
        assert sent.name in str(refused.value)
    assert decisions(store) == ()
    (line,) = desks.receive(store, silent, [stick]).lines
    assert (line.outcome, line.code) == (Outcome.UNCHANGED, Code.ALREADY_RECEIVED)
    assert line.sentence.endswith("nay đã cất lại.")
    assert check(store) == ()
    decide(store, sent.package_id, ReviewAct.APPROVED)
    (line,) = desks.receive(store, silent, [stick]).lines
    assert "cất lại" not in line.sentence


def test_an_old_revision_heals_its_own_file(store: Store, stick: Path, lose: Callable[[Path], None]) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    for folder, one in (("a", first), ("b", second)):
        intake(store, [put(stick / folder, one)])
    lose(store.files / f"{first.package_id}{EXTENSION}")
    (line,) = intake(store, [stick / "a"]).lines
    assert line.code is Code.OLD_REVISION
    assert line.sentence.endswith("nay đã cất lại.")
    assert check(store) == ()


def test_two_papers_are_shown_side_by_side_though_the_file_of_one_is_lost(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 12}, revision=2, previous=first.package_id)
    intake(store, [put(stick / "a", first)])
    decide(store, first.package_id, ReviewAct.APPROVED)
    desks.receive(store, silent, [put(stick / "b", second)])
    assert side_by_side(store, second.package_id).lost == ""
    (store.files / f"{second.package_id}{EXTENSION}").unlink()
    found = side_by_side(store, second.package_id)
    assert [cell.new for cell in found.changed] == ["12"]
    assert second.name in found.lost
    (line,) = desks.read_desk(store).lines
    assert line.outcome is Outcome.BESIDE


def test_a_file_that_waited_and_is_lost_is_a_line_and_its_stick_heals_it(
    tmp_path: Path, stick: Path, lose: Callable[[Path], None]
) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    sent, asked = paper(COMMUNE, {"participants": 10}), request(COMMUNE)
    intake(store, [put(stick / "a", sent), put(stick / "b", asked)])
    for path in store.files.iterdir():
        lose(path)
    desk = desks.read_desk(store)
    assert [(line.outcome, line.code) for line in desk.lines] == [(Outcome.WAITING, Code.KEPT_FILE_LOST)] * 2
    desk = desks.receive(store, silent, [stick / "b"])  # the request alone: the paper stays lost
    asking = next(line for line in desk.lines if line.package_id == asked.package_id)
    assert asking.code is Code.UNKNOWN_KEY
    desk = desks.accept_key(store, desk, asking)
    lost = next(line for line in desk.lines if line.package_id == sent.package_id)
    assert (lost.outcome, lost.code) == (Outcome.WAITING, Code.KEPT_FILE_LOST)
    (line,) = [line for line in intake(store, [stick / "a"]).lines if line.package_id == sent.package_id]
    assert line.outcome is Outcome.TAKEN
    assert held_packages(store) == ()
    sweep(store)
    assert check(store) == ()
    store.close()


def test_a_turn_is_put_back_though_a_file_is_lost(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    sent = paper(COMMUNE, {"participants": 10})
    desks.receive(store, silent, [put(stick, sent)])
    accept_keys(store, COMMUNE)
    desk = desks.receive(store, silent, [stick])
    assert desk.batches
    (store.files / f"{sent.package_id}{EXTENSION}").unlink()
    desks.undo(store, desk.batches)
    assert repository.taken(store) == ()
    store.close()
