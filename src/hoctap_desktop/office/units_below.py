"""The units below: added, changed, closed, taken from the country's list; each act can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hoctap_desktop.campaign.repository import with_deadlines
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.units import gazetteer, register, repository
from hoctap_desktop.units.levels import unit_word
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import (
    centre_of,
    governing_lines,
    issuing_lines,
    offices_of,
    short_name_of,
    symbol_of,
    ways_of_signing,
)
from hoctap_desktop.units.register import UnitAct
from hoctap_desktop.units.rules import PLAN, REPORT, Excuse, ReportsTo, mistakes, sound_alike, upper_in

KINDS = (PLAN, REPORT)


@dataclass(frozen=True)
class Below:
    """A unit as the office knows it in one campaign. free: why it need not file, by kind ("plan", "report").

    upper: whom it reports to in that campaign; here: that is this office. unowed: kinds the campaign asks of no unit of
    its level.
    """

    unit: Unit
    upper: str
    here: bool
    free: dict[str, str]
    unowed: frozenset[str] = frozenset()

    @property
    def owes(self) -> str:
        """In words for a list."""
        if not self.here:
            return "Nộp nơi khác"
        less = {*self.free, *self.unowed}
        match PLAN in less, REPORT in less:
            case True, True:
                return "Được miễn" if self.free else "Không phải nộp"
            case True, False:
                return "Chỉ báo cáo"
            case False, True:
                return "Chỉ kế hoạch"
        return "Kế hoạch, báo cáo"


@dataclass(frozen=True)
class Register:
    """own: the office; rows: every unit but the office and its own upper one; alike: codes whose names fold to one.

    acts: what was done to the tree, newest first; moves: who reports to whom from which year on, of every unit. listed:
    the day each unit without a first day was put into the list, of those that did not come with the office and filed
    nothing.
    """

    own: Unit
    campaign: str
    year: int
    rows: tuple[Below, ...]
    alike: frozenset[str]
    acts: tuple[UnitAct, ...]
    moves: tuple[ReportsTo, ...] = ()
    listed: Mapping[str, date] = field(default_factory=dict)


def read_register(store: Store, campaign: str, year: int) -> Register:
    """Everything the page of units shows. Raises UserError STORE_DAMAGED, CAMPAIGN_UNKNOWN."""
    own = repository.own_unit(store)
    lines = register.reports_to(store)
    free: dict[str, dict[str, str]] = {}
    for excuse in register.excuses(store, campaign):
        free.setdefault(excuse.unit, {})[excuse.kind] = excuse.reason
    week = with_deadlines(store, campaign)
    found = []
    for unit in repository.all_units(store):
        if unit.code not in (own.code, own.upper):
            upper = upper_in(unit, year, lines)
            unowed = frozenset(kind for kind in KINDS if not week.owes(kind, unit.level, unit.code))
            found.append(Below(unit, upper, upper == own.code, free.get(unit.code, {}), unowed))
    alike = frozenset(unit.code for same in sound_alike(one.unit for one in found) for unit in same)
    listed = _listed(store, [one.unit for one in found])
    return Register(own, campaign, year, tuple(found), alike, register.acts(store), lines, listed)


def _listed(store: Store, units: Sequence[Unit]) -> Mapping[str, date]:
    days, papers = register.listed(store), _with_papers(store)
    return {
        one.code: days[one.code].date()
        for one in units
        if one.valid_from is None and one.code in days and one.code not in papers
    }


def complete(unit: Unit, own: Unit) -> Unit:
    """A unit as a person gave it, with what follows from its name where it is blank: short name, letterhead, signer."""
    name = clean_line(unit.name)
    signing = ways_of_signing(name, unit.level)
    return replace(
        unit,
        name=name,
        short_name=clean_line(unit.short_name) or short_name_of(name),
        area=clean_line(unit.area),
        contact=clean_line(unit.contact),
        phone=clean_line(unit.phone),
        upper=unit.upper or own.code,
        issuing=unit.issuing or issuing_lines(name),
        governing=unit.governing or governing_lines(name, own.name, unit.area),
        symbol=unit.symbol or symbol_of(name, unit.level),
        signer=unit.signer if unit.signer.title else signing[0].signer,
    )


def add(store: Store, unit: Unit) -> UnitAct | None:
    """A new unit below. Raises UserError UNIT_KNOWN, UNIT_WRONG."""
    own = repository.own_unit(store)
    known = repository.unit(store, unit.code)
    if known is not None:
        raise UserError(Code.UNIT_KNOWN, unit=unit.code, name=known.short_name)
    whole = complete(unit, own)
    _refuse_wrong(store, (whole,))
    return register.keep(store, f"Thêm {whole.short_name}", [register.with_unit(whole)])


def change(store: Store, unit: Unit) -> UnitAct | None:
    """Another name, kind, phone … of a unit that is known; what it filed keeps the name it was filed under.

    Raises UserError UNIT_UNKNOWN, UNIT_WRONG.
    """
    before = _known(store, unit.code)
    own = repository.own_unit(store)
    if unit.name != before.name:  # what followed from the old name follows from the new one
        unit = replace(unit, issuing=(), governing=(), symbol="", short_name=unit.short_name)
    whole = complete(unit, own)
    _refuse_wrong(store, (whole,))
    return register.keep(store, f"Sửa {whole.short_name}", [register.with_unit(whole)])


def close(store: Store, code: str, last_day: date, successors: Sequence[str] = ()) -> UnitAct | None:
    """A unit that stands no more after `last_day`: merged into one unit, split among several, or simply gone.

    A successor put into the list after that day stands from the next one on, if nothing says since when: else it would
    be missing in every campaign before. Raises UserError UNIT_UNKNOWN, UNIT_WRONG.
    """
    unit = _known(store, code)
    ended = replace(unit, valid_to=last_day, successor=successors[0] if successors else "", also=tuple(successors[1:]))
    _refuse_wrong(store, (ended,))
    words = f"{unit.short_name} hết hiệu lực từ sau ngày {print_date(last_day)}"
    after = [_known(store, one) for one in successors]
    listed = _listed(store, after)
    begun = [
        replace(one, valid_from=last_day + timedelta(days=1))
        for one in after
        if one.code in listed and listed[one.code] > last_day
    ]
    return register.keep(store, words, [register.with_unit(one) for one in (ended, *begun)])


def reopen(store: Store, code: str) -> UnitAct | None:
    """Takes the end of a unit back. Raises UserError UNIT_UNKNOWN."""
    unit = _known(store, code)
    stands = replace(unit, valid_to=None, successor="", also=())
    return register.keep(store, f"{unit.short_name} còn hiệu lực", [register.with_unit(stands)])


def _with_papers(store: Store) -> frozenset[str]:
    """Codes of units of which a package, a paper or a key is here."""
    papers = (("submission", "unit"), ("paper_entry", "unit"), ("paper_receipt", "unit"), ("roster_key", "unit_code"))
    said = " UNION ".join(f"SELECT {column} AS code FROM {table}" for table, column in papers)  # noqa: S608 - our own
    return frozenset(row["code"] for row in store.query(said))


def remove(store: Store, code: str) -> UnitAct | None:
    """Takes a unit that was put in by mistake out of the list.

    Raises UserError UNIT_UNKNOWN, UNIT_HAS_PAPERS when a package, a paper or a key of it is here.
    """
    unit = _known(store, code)
    if code in _with_papers(store):
        raise UserError(Code.UNIT_HAS_PAPERS, unit=unit.short_name)
    edits = [register.without_unit(code)]
    edits += [register.without_excuse(e.campaign, code, e.kind) for e in register.excuses(store) if e.unit == code]
    edits += [register.without_reports_to(code, line.year) for line in register.reports_to(store) if line.unit == code]
    return register.keep(store, f"Bỏ {unit.short_name} khỏi danh sách", edits)


def excuse(store: Store, codes: Sequence[str], campaign: str, free: Mapping[str, str]) -> UnitAct | None:
    """Which papers units need not file in a campaign, with the reason for each; {} for both owed. One act for all.

    Raises UserError UNIT_UNKNOWN, UNIT_WRONG when a reason is missing.
    """
    named = [_known(store, code) for code in codes]
    who = named[0].short_name if len(named) == 1 else f"{print_count(len(named))} đơn vị"
    reasons = {kind: clean_line(reason) for kind, reason in free.items()}
    if not all(reasons.values()):
        raise UserError(Code.UNIT_WRONG, unit=who, why="được miễn thì ghi lý do, ví dụ số công văn.")
    edits = [
        register.with_excuse(Excuse(campaign, code, kind, reasons[kind]))
        if kind in reasons
        else register.without_excuse(campaign, code, kind)
        for code in codes
        for kind in KINDS
    ]
    return register.keep(store, f"{who}: phần phải nộp đợt {campaign}", edits)


def move(store: Store, code: str, year: int, upper: str) -> UnitAct | None:
    """From the campaign of `year` on a unit reports to `upper` (a code, its own office's or another's).

    Raises UserError UNIT_UNKNOWN, UNIT_WRONG.
    """
    unit = _known(store, code)
    if not clean_line(upper) or upper == code:
        raise UserError(Code.UNIT_WRONG, unit=unit.short_name, why="ghi mã nơi nhận, khác mã của chính đơn vị.")
    words = f"{unit.short_name}: nộp cho {upper} từ đợt {year}"
    return register.keep(store, words, [register.with_reports_to(ReportsTo(code, year, clean_line(upper)))])


# --- from the country's list ---------------------------------------------------------------------------------------


def offered(place_code: str, own: Unit) -> tuple[Unit, ...]:
    """What the country's list has under a place: of a province its communes, of a commune its learning centre.

    Raises UserError PLACE_HAS_NONE.
    """
    place = gazetteer.by_code(place_code)
    if place is None:
        raise UserError(Code.PLACE_HAS_NONE, place=place_code)
    if place.upper:
        found = [offices_of(place)[0].own] if own.code != place.code else [centre_of(place).own]
    else:
        inside = gazetteer.in_order([one for one in gazetteer.communes() if one.upper == place.code])
        found = [offices_of(one)[0].own for one in inside]
    return tuple(replace(unit, upper=own.code) for unit in found)


def take_offered(store: Store, units: Sequence[Unit]) -> UnitAct | None:
    """Adds units of the country's list in one act; those that are known stay as they are."""
    known = {unit.code for unit in repository.all_units(store)}
    new = [unit for unit in units if unit.code not in known]
    words = f"Thêm {print_count(len(new))} đơn vị cấp dưới từ danh mục"
    return register.keep(store, words, [register.with_unit(unit) for unit in new])


def _known(store: Store, code: str) -> Unit:
    found = repository.unit(store, code)
    if found is None:
        raise UserError(Code.UNIT_UNKNOWN, unit=code)
    return found


def _refuse_wrong(store: Store, units: Sequence[Unit]) -> None:
    others = {unit.code: unit for unit in repository.all_units(store)}
    others |= {unit.code: unit for unit in units}
    for unit in units:
        wrong = mistakes(unit, {code: one for code, one in others.items() if code != unit.code})
        if wrong:
            raise UserError(Code.UNIT_WRONG, unit=unit.short_name or unit.code, why=next(iter(wrong.values())))


def kind_word(unit: Unit) -> str:
    """ "Xã", "Phường", as the column Loại says it."""
    word = unit_word(unit)
    return word[:1].upper() + word[1:]
