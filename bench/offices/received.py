"""The office at work: the unmodified program takes both sticks in, each on its day."""

from dataclasses import dataclass

from bench.offices.made import FIRST_DAY, SECOND_DAY, Made
from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.outliers import Outliers
from hoctap_desktop.consolidation.overview import current_board, current_outliers, current_totals, totals_before
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.consolidation.verdict_lines import Summary
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.store.database import Store, open_store


@dataclass(frozen=True)
class Received:
    """What the office was told: the lines of both sticks, then board, totals and doubts of the second day."""

    sticks: tuple[Summary, Summary]
    board: Board
    totals: Totals
    doubts: Outliers


def receive(made: Made) -> tuple[Store, Received]:
    """Takes both sticks in; the store stays open."""
    store = open_store(made.store, fixed_clock(FIRST_DAY))
    first = intake(store, [made.sticks[0]])
    store.clock = fixed_clock(SECOND_DAY)
    second = intake(store, [made.sticks[1]])
    found, campaign = current_totals(store), active(store)
    doubts = current_outliers(store, found, totals_before(store, campaign), campaign)
    return store, Received((first, second), current_board(store), found, doubts)
