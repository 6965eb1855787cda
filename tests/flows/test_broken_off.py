"""Broken off before any commit of accepting, receiving, deciding and answering: nothing is half there, work goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.reviewing import decide, decisions, replies_due
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.replies import already_issued, issue_reply
from hoctap_desktop.submission.repository import held_packages, roster
from tests.consolidation.papers import COMMUNE, PRIMARY, key, paper, put, request
from tests.offices import CLOCK, NOW, upper_store


class Stopped(BaseException):
    """As when the current goes."""


def work(store: Store, stick: Path) -> None:
    """What an officer does with a stick; what was done before is done no second time."""
    for code in (COMMUNE, PRIMARY):
        asked = request(code)
        if roster(store).key(key(code).key_hash) is None:
            accept(store, asked.data, asked.name, NOW)
    intake(store, [stick])
    for one in repository.taken(store):
        if not decisions(store, one.package_id):
            decide(store, one.package_id, ReviewAct.APPROVED)
    for unit, reply in replies_due(store, current_board(store)):
        if already_issued(store, reply) is None:
            issue_reply(store, unit, reply, key("19-171-GDDT"), NOW)


def standing(store: Store) -> tuple[object, ...]:
    """What is there in the end."""
    due = replies_due(store, current_board(store))
    return (
        sorted(one.package_id for one in repository.taken(store)),
        current_totals(store).number("participants").value,
        [(one.package_id, one.act) for one in sorted(decisions(store), key=lambda one: one.package_id)],
        sorted(unit.code for unit, reply in due if already_issued(store, reply) is not None),
        len(held_packages(store)),
        len(roster(store).keys),
    )


def test_broken_off_before_any_commit_the_work_goes_on_to_the_same_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = put(tmp_path / "stick", *(paper(code, {"participants": 10}) for code in (COMMUNE, PRIMARY)))
    whole = upper_store(tmp_path / "whole.hoctap")
    work(whole, stick)
    wanted = standing(whole)
    whole.close()
    real, stopped = Store.atomic, 0
    for at in range(1, 40):
        path, commits = tmp_path / f"{at}.hoctap", iter(range(1, 1000))
        store = upper_store(path)

        @contextmanager
        def atomic(self: Store, at: int = at, commits: Iterator[int] = commits) -> Iterator[object]:
            with real(self) as db:
                yield db
                if self._depth == 1 and next(commits) == at:
                    raise Stopped

        with monkeypatch.context() as patched:
            patched.setattr(Store, "atomic", atomic)
            try:
                work(store, stick)
            except Stopped:
                stopped += 1
            else:
                store.close()
                break
        store.close()
        store = open_store(path, CLOCK)
        assert check(store) == ()
        work(store, stick)
        assert standing(store) == wanted
        assert check(store) == ()
        store.close()
    assert stopped >= 5
