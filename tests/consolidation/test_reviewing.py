"""Decisions about papers, and what the units are told of them."""

from datetime import datetime, timedelta
from pathlib import Path

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reviewing import decide, replies_due
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.foundation.clock import Clock, fixed_clock
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.reply import Reply, ReplyAct
from tests.consolidation.papers import COMMUNE, accept_keys, paper, put
from tests.offices import CLOCK, NOW, upper_store


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now: Clock = CLOCK

    def __call__(self) -> datetime:
        return self.now()


def only_reply(store: Store) -> Reply:
    ((_, reply),) = replies_due(store, current_board(store))
    return reply


def test_a_return_that_was_taken_back_is_told_as_received_after_it(tmp_path: Path) -> None:
    """The unit lets the reply decided last stand: a receipt with the day of arrival would never undo the slip."""
    clock = Hands()
    store = upper_store(tmp_path / "upper.hoctap", clock)
    accept_keys(store)
    sent = paper(COMMUNE, {"participants": 10})
    intake(store, [put(tmp_path / "stick", sent)])
    clock.now = fixed_clock(NOW + timedelta(hours=1))
    decide(store, sent.package_id, ReviewAct.RETURNED, "Xem lại.")
    back = only_reply(store)
    clock.now = fixed_clock(NOW + timedelta(hours=2))
    decide(store, sent.package_id, ReviewAct.REOPENED, "Nhầm.")
    again = only_reply(store)
    assert (back.act, again.act, again.words) == (ReplyAct.RETURNED, ReplyAct.RECEIVED, "")
    assert again.decided_at > back.decided_at
    store.close()
