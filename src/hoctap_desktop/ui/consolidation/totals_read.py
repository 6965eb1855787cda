"""What the page of totals reads and writes in the store; on the store's thread."""

from dataclasses import dataclass

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.consolidation import settling
from hoctap_desktop.consolidation.outliers import Outliers
from hoctap_desktop.consolidation.overview import current_board, current_outliers, current_totals, totals_before
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.sent import Since, since_sent
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Filing, Kind, Status, filing_id
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.from_diary import from_diary
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.sending import next_revision, resubmit
from hoctap_desktop.ui.consolidation.totals_dialogs import OwnNumber


@dataclass(frozen=True)
class Read:
    """before: totals of the year before, None when nothing is known. has_numbers: the own report holds some already.

    final: the revision of the own report when it is final, 0 when a draft may be written; next: the one after it.
    since: what changed after it was sent; own: the office's own activity; board: who has filed.
    """

    found: Totals
    before: Totals | None
    has_numbers: bool
    final: int = 0
    next: int = 0
    doubts: Outliers = ()
    since: Since | None = None
    own: tuple[OwnNumber, ...] = ()
    board: Board | None = None


def read_totals(store: Store, campaign: Campaign) -> Read:
    """The totals of today. Raises UserError NO_UNITS_BELOW, STORE_DAMAGED."""
    found = current_totals(store, campaign=campaign)
    before = totals_before(store, campaign)
    own = filings.find(store, filing_id(campaign.id, Kind.REPORT))
    held = own is not None and any(field.id in own.answers for field in found.form.indicators())
    final = own.revision if own is not None and own.status is Status.FINAL else 0
    return Read(
        found,
        before,
        held,
        final,
        next_revision(store, filing_id(campaign.id, Kind.REPORT)) if final else 0,
        current_outliers(store, found, before, campaign),
        since_sent(store, campaign, found),
        _own_numbers(store, campaign, found),
        current_board(store, campaign=campaign),
    )


def _own_numbers(store: Store, campaign: Campaign, found: Totals) -> tuple[OwnNumber, ...]:
    offered = from_diary(store, campaign.id).proposals
    numbers = []
    for total in found.numbers:
        proposal = offered.get(total.field.id)
        diary = print_count(proposal.value) if proposal is not None else ""
        numbers.append(OwnNumber(total.field.id, total.field.label, total.field.unit, total.own_words, diary))
    return tuple(numbers)


def keep_own(store: Store, campaign: str, numbers: dict[str, str]) -> None:
    """Keeps numbers of the own activity in one commit. Raises UserError NOT_A_COUNT."""
    with store.atomic():
        for field, typed in numbers.items():
            settling.set_own(store, campaign, field, typed)


def next_report(store: Store, campaign: Campaign) -> Filing:
    """The next revision of the own final report, with the numbers of the totals, in one commit.

    Raises UserError as sending.resubmit and prepare_report.
    """
    with store.atomic():
        resubmit(store, filing_id(campaign.id, Kind.REPORT))
        return prepare_report(store)
