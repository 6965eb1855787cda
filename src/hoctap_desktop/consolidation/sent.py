"""What went upward: made again from the stored submissions, held against what is known now, amended when it differs."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.own_report import prepare_report, with_totals
from hoctap_desktop.consolidation.totals import BLANK, NOT_ASKED, Source, Totals, climbing, totals
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Filing, Kind, Status, Summed, SummedUnit, filing_id
from hoctap_desktop.filing.totals_acts import CONFIRMED, acts
from hoctap_desktop.form.answers import COMPUTED, WORDS, Answers, Cell, Count, NoNumber, cell, cell_json, text
from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.repository import Sent
from hoctap_desktop.submission.sending import resubmit
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.register import ever_below
from hoctap_desktop.units.repository import own_unit

_SUPPLEMENT = "Báo cáo này bổ sung, thay báo cáo lần"
_LEAD = "lead"
_LONGEST = 1500
_COVERAGE = re.compile(r"\d+/\d+")


@dataclass(frozen=True)
class AsSent:
    """A report as it was sent, made again. totals: added up from the stored submissions it names.

    same: the bytes made again are those that were sealed. wrong: what differs, in words. overridden: numbers the
    office stated otherwise than added up, by field id.
    """

    filing: Filing
    sent: Sent
    totals: Totals
    same: bool
    wrong: tuple[str, ...]
    overridden: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What a cell says. number: None where it says something else, or more, than a number; coverage: "2/4" of a sum."""

    words: str
    number: int | None = None
    coverage: str = ""

    def __str__(self) -> str:
        return f"{self.words} (từ {self.coverage})" if self.coverage else self.words


@dataclass(frozen=True)
class CellChange:
    """One cell of one unit (or of the sum): as sent, as now."""

    place: str
    then: Told
    now: Told

    @property
    def old(self) -> str:
        return str(self.then)

    @property
    def new(self) -> str:
        return str(self.now)


@dataclass(frozen=True)
class UnitChange:
    """What a unit changed after the report was sent. what: "nộp thêm", "nộp lại, lần 2" …"""

    unit: Unit
    what: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class Since:
    """Thay đổi sau khi gửi. numbers: the sums that differ, with their coverage."""

    sent: Sent
    day: date
    units: tuple[UnitChange, ...]
    numbers: tuple[CellChange, ...]

    @property
    def words(self) -> str:
        """One sentence: "Sau khi gửi báo cáo lần 1 ngày 14/10/2022: 1 đơn vị thay đổi, 5 tổng khác." """
        said = f"Sau khi gửi báo cáo lần {self.sent.revision} ngày {print_date(self.day)}: "
        return said + f"{len(self.units)} nơi thay đổi, {len(self.numbers)} tổng khác."


def last_sent(
    store: Store, campaign: Campaign | None = None, revision: int | None = None
) -> tuple[Filing, Sent] | None:
    """The newest revision of the office's own report that was sealed, None before the first.

    revision: that one instead, None when it was not sealed.
    """
    series = filing_id((campaign or active(store)).id, Kind.REPORT)
    found = [one for one in sealed.sent_packages(store) if one.series == series and revision in (None, one.revision)]
    if not found:
        return None
    sent = max(found, key=lambda one: one.revision)
    return filings.revision(store, series, sent.revision), sent


def as_sent(store: Store, campaign: Campaign | None = None, revision: int | None = None) -> AsSent:
    """Makes the last sent report again, or the revision that is named.

    Raises UserError NOT_SENT_YET, PACKAGE_UNKNOWN, FORM_UNKNOWN, STORE_DAMAGED.
    """
    found = last_sent(store, campaign, revision)
    if found is None or found[0].summed is None:
        raise UserError(Code.NOT_SENT_YET)
    filing, sent = found
    made = _totals_of(store, filing, found[0].summed)
    frozen = filings.frozen(store, filing.id, filing.revision).answers_json
    again = _again(filing, sent, made, frozen)
    if not again.same:  # what the units were not asked for was written down nowhere, nor that it was typed by hand
        unasked = {one.field.id: cell_json(one.cell) for one in made.numbers if one.value is None or one.unasked}
        by_hand = {id for id, added in unasked.items() if filing.answers.get(id) != added}
        other = _again(filing, sent, made, frozen, by_hand)
        again = other if other.same else again
    return again


def _again(filing: Filing, sent: Sent, made: Totals, frozen: bytes, by_hand: Collection[str] = ()) -> AsSent:
    """by_hand: as in own_report.with_totals."""
    answers: dict[str, JsonValue] = dict(filing.answers)
    for field in climbing(made.form):
        answers.pop(field.id, None)
        answers.pop(COMPUTED + field.id, None)
    reasons = {id: value for id, value in answers.items() if id.startswith("reason.")}
    again = {**with_totals(answers, made, by_hand), **reasons}
    for id, value in filing.answers.items():
        if id in again and _says_the_same(value, again[id]):
            again[id] = value
    wrong, overridden = [], []
    for field in climbing(made.form):
        total = made.number(field.id)
        stated, added = filing.answers.get(COMPUTED + field.id), again.get(COMPUTED + field.id)
        if stated != added:
            wrong.append(f"{field.label}: đã gửi {_words(stated)}, cộng lại được {_words(added)} (từ {total.coverage})")
        elif filing.answers.get(field.id) != again.get(field.id):
            overridden.append(field.id)
            again.pop(field.id, None)  # left out by hand: not even blank words were sent
            if field.id in filing.answers:
                again[field.id] = filing.answers[field.id]
    rebuilt = replace(filing, answers=again, based_on=made.based_on, summed=made.summed)
    same = filing_json(rebuilt) == frozen
    if not same and not wrong:
        differing = sorted(id for id in {*again, *filing.answers} if again.get(id) != filing.answers.get(id))
        wrong.append(f"Khác ở: {', '.join(differing) or 'danh sách báo cáo đã cộng'}")
    return AsSent(filing, sent, made, same, tuple(wrong), tuple(overridden))


def _says_the_same(sent: JsonValue, made: JsonValue) -> bool:
    """True of words that name the same coverage: those of the version that sent them stand."""
    if isinstance(sent, dict) and isinstance(made, dict) and sent.get("none") == made.get("none"):
        sent, made = sent.get("reason"), made.get("reason")
    if not isinstance(sent, str) or not isinstance(made, str):
        return False
    return set(_COVERAGE.findall(sent)) == set(_COVERAGE.findall(made))


def since_sent(store: Store, campaign: Campaign | None = None, now: Totals | None = None) -> Since | None:
    """What became different after the last report was sent; None when nothing did, or nothing was sent.

    now: the totals of now where they are at hand. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    found = last_sent(store, campaign)
    if found is None or found[0].summed is None:
        return None
    filing, sent = found
    week = campaign or active(store)
    form = form_of(filing)
    if now is None or now.form.hash != form.hash:  # as it was sent, whatever the units are asked beside it
        now = current_totals(store, campaign=week, form=form)
    if now.summed == filing.summed and not _confirmed_since(store, week, now, filing.answers):
        return None
    then = _totals_of(store, filing, found[0].summed)
    day = sent.sealed_at.astimezone(VIETNAM).date()
    return Since(sent, day, tuple(_units(own_unit(store), then, now)), tuple(_numbers(then, now, filing.answers)))


def _confirmed_since(store: Store, campaign: Campaign, now: Totals, sent: Answers) -> bool:
    """True when a sum the officer confirmed, or no longer does, is not the number that was sent."""
    touched = {one.subject for one in acts(store, campaign.id) if one.act == CONFIRMED}
    return any(total.field.id in touched and cell_json(total.cell) != sent.get(total.field.id) for total in now.numbers)


def supplement(store: Store) -> Filing:
    """The next revision of the sent report: totals of now, and what changed as the first paragraph; in one commit.

    A draft that was begun is carried on. Raises UserError NOT_SENT_YET, NOTHING_SINCE_SENT, NO_UNITS_BELOW,
    STORE_DAMAGED.
    """
    with store.atomic():
        since = since_sent(store)
        if since is None:
            found = last_sent(store)
            if found is None or found[0].summed is None:
                raise UserError(Code.NOT_SENT_YET)
            raise UserError(Code.NOTHING_SINCE_SENT, revision=found[1].revision)
        series = since.sent.series
        if filings.current(store, series).status is Status.FINAL:
            resubmit(store, series)
        draft = prepare_report(store)
        form = form_of(draft)
        place = _LEAD if form.field(_LEAD) else next(f.id for f in form.fields() if f.type is FieldType.LONG_TEXT)
        kept = [line for line in text(draft.answers, place).split("\n") if not line.startswith(_SUPPLEMENT)]
        words = "\n".join([supplement_words(since), *kept]).strip("\n")
        return filings.set_answer(store, series, place, words, store.clock())


def supplement_words(since: Since) -> str:
    """The difference as one paragraph; as many places as fit, then how many more."""
    begun = f"{_SUPPLEMENT} {since.sent.revision} ngày {print_date(since.day)}."
    units = [f"{one.unit.short_name} {one.what}" for one in since.units]
    numbers = [f"{one.place} từ {one.old} thành {one.new}" for one in since.numbers]
    room = _LONGEST - len(begun)
    said = _some("Thay đổi", units, room // 2) + _some("Số khác", numbers, room // 2)
    return begun + said


def _some(head: str, parts: list[str], room: int) -> str:
    taken: list[str] = []
    for part in parts:
        if sum(map(len, taken)) + 2 * len(taken) + len(part) > room:
            break
        taken.append(part)
    left = len(parts) - len(taken)
    if not parts:
        return ""
    return f" {head}: {'; '.join(taken)}{f'; và {left} chỗ khác' if left else ''}."


# --- then and now ------------------------------------------------------------------------------------------------


def _totals_of(store: Store, filing: Filing, summed: Summed) -> Totals:
    known = {unit.code: unit for unit in ever_below(store, own_unit(store).code)}
    reported = {one.code: repository.as_it_came(store, one.package_id) for one in summed.units if one.package_id}
    units = [known.get(one.code) or _gone(one, reported) for one in summed.units]
    return totals(form_of(filing), units, tuple(reported.values()), summed.own)


def _gone(one: SummedUnit, reported: Mapping[str, Reported]) -> Unit:
    """A unit the office knows no more: by the name on its paper, else by its code."""
    name = reported[one.code].submission.unit_name if one.code in reported else one.code
    return Unit(one.code, name, name, "")


def _units(own: Unit, then: Totals, now: Totals) -> Iterator[UnitChange]:
    old = {one.submission.unit_code: one for one in then.reported}
    new = {one.submission.unit_code: one for one in now.reported}
    for unit in {unit.code: unit for unit in (*then.units, *now.units)}.values():
        before, after = old.get(unit.code), new.get(unit.code)
        if before is None and after is None:
            continue
        if before is None and after is not None:
            what = "nộp thêm"
        elif before is not None and after is None:
            what = "không còn tính (đã trả lại hoặc đã bỏ)"
        elif before is not None and after is not None:
            if before.submission.package_id == after.submission.package_id:
                continue
            what = f"nộp lại, lần {after.submission.revision}"
        yield UnitChange(unit, what, tuple(_cells(then, now, unit)))
    if then.own != now.own:
        cells = (
            CellChange(field.label, _own_cell(then.own, field.id), _own_cell(now.own, field.id))
            for field in climbing(now.form)
            if then.own.get(field.id) != now.own.get(field.id)
        )
        yield UnitChange(own, "sửa số hoạt động của riêng cơ quan", tuple(cells))


def _cells(then: Totals, now: Totals, unit: Unit) -> Iterator[CellChange]:
    for total in now.numbers:
        old, new = _source(then, total.field.id, unit), _source(now, total.field.id, unit)
        if old != new:
            yield CellChange(total.field.label, old, new)


def _source(found: Totals, field: str, unit: Unit) -> Told:
    if found.form.field(field) is None:
        return Told(NOT_ASKED)
    sources: tuple[Source, ...] = next((one.sources for one in found.numbers if one.field.id == field), ())
    one = next((source for source in sources if source.unit.code == unit.code), None)
    if one is None:
        return Told(BLANK)
    says_it_all = one.value is not None and one.words == print_count(one.value)  # "Không tổ chức" adds 0 and is none
    return Told(one.words, one.value if says_it_all else None)


def _numbers(then: Totals, now: Totals, sent: Answers) -> Iterator[CellChange]:
    for total in now.numbers:
        before = next((one for one in then.numbers if one.field.id == total.field.id), None)
        old = _sum(cell(sent, total.field.id), before.coverage) if before else Told(NOT_ASKED.lower())
        new = _sum(total.cell, total.coverage)
        if old != new:
            yield CellChange(total.field.label, old, new)


def _sum(said: Cell, coverage: str) -> Told:
    """As the report says it: what no unit held is «không tổ chức», not a number nobody has."""
    if isinstance(said, Count):
        return Told(print_count(said.value), said.value, coverage)
    if said is None or said.kind is NoNumber.UNKNOWN:
        return Told("chưa có số", None, coverage)
    return Told(WORDS[said.kind].lower(), None, coverage)


def _words(value: JsonValue) -> str:
    return print_count(value) if isinstance(value, int) else "chưa có số"


def _own_cell(answers: Answers, field: str) -> Told:
    if cell(answers, field) is None:
        return Told(BLANK)
    value = answers[field]
    return Told(print_count(value), value) if isinstance(value, int) else Told("không có số")
