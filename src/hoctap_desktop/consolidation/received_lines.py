"""The lines of papers that lie in the store, said again from their rows: what was told of them is not at hand."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import known_campaigns, with_deadlines
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.comparison import Neighbours, year_before
from hoctap_desktop.consolidation.decisions import receipt_words
from hoctap_desktop.consolidation.model import Reported, Submission, held_nothing
from hoctap_desktop.consolidation.reviewing import decided
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import findings
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.units.repository import own_unit, unit, units_below

_NONE: Mapping[str, Submission] = MappingProxyType({})


def received_lines(
    store: Store, packages: Collection[str], accepted: Mapping[str, Submission] = _NONE
) -> tuple[Line, ...]:
    """The lines of these packages as they came. accepted: of one that does not count, the paper that does.

    Raises UserError(STORE_DAMAGED).
    """
    if not packages:
        return ()
    desk = _Known(store)
    return tuple(
        desk.line(one, accepted.get(one.submission.package_id))
        for same in desk.received.values()
        for one in same
        if one.submission.package_id in packages
    )


class _Known:
    """What is looked up once for many lines."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.received = {one.id: repository.reported(store, one.id) for one in known_campaigns()}
        self._series: dict[tuple[str, str], list[Submission]] = {}
        for same in self.received.values():
            for one in same:
                got = one.submission
                self._series.setdefault((got.unit_code, got.series), []).append(got)
        self._below = {one.code: one for one in units_below(store, own_unit(store).code)}
        self._decided = decided(store)
        self._campaigns: dict[str, tuple[Campaign, Neighbours]] = {}

    def line(self, one: Reported, accepted: Submission | None) -> Line:
        got = one.submission
        campaign, neighbours = self._of(got.campaign)
        form = form_by_id(got.form.id, got.form.version, got.form.hash)
        series = self._series[got.unit_code, got.series]
        older = _before(got, series)
        sender = unit(self._store, got.unit_code)
        deadline = campaign.deadline(got.kind.value, sender.level, sender.code) if sender else None
        late = deadline.days_late(min(other.received_on for other in series)) if deadline else None
        context = Context(week_to=campaign.week_to)
        if sender is not None:
            context = neighbours.context(sender, got.kind, campaign.week_to, form)
        words = receipt_words(
            older,
            got.notes,
            late,
            nothing_held=got.kind is Kind.REPORT and held_nothing(form, one.cells),
            findings=findings(form, repository.answers_of(self._store, got.package_id), context),
            counts=accepted,
        )
        return Line(
            got.file_name,
            Outcome.BESIDE if accepted else Outcome.REPLACED if older else Outcome.TAKEN,
            words,
            None,
            got.unit_code,
            got.unit_name,
            f"{KIND_WORDS[got.kind]} {got.campaign}, lần {got.revision}",
            got.package_id,
            "",
            late,
        )

    def _of(self, id: str) -> tuple[Campaign, Neighbours]:
        if id not in self._campaigns:
            both = (*self.received.get(id, ()), *self.received.get(year_before(id), ()))
            made = Neighbours(id, both, self._below, self._decided)
            self._campaigns[id] = with_deadlines(self._store, id), made
        return self._campaigns[id]


def _before(got: Submission, series: Collection[Submission]) -> Taken | None:
    """The revision before; what was typed from paper is told in the notes."""
    earlier = [one for one in series if not one.from_paper and (one.epoch, one.revision) < (got.epoch, got.revision)]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: (one.epoch, one.revision))
    return Taken(last.unit_code, last.series, last.epoch, last.revision, last.package_id, last.received_on)
