"""A paper on the desk: whose it is by its code, typed or read by a hand scanner; its receipt, before any file came."""

from dataclasses import dataclass
from datetime import date

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import paper_entries, paper_receipts, repository
from hoctap_desktop.consolidation.keying import is_scan, unit_below
from hoctap_desktop.consolidation.model import PaperReceipt
from hoctap_desktop.document.code import read_code, read_qr
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit


@dataclass(frozen=True)
class PaperTold:
    """What a code says. code: as printed, "" for none; unit, kind: None while nobody knows whose it is.

    known: where the code is known from, as a sentence; "" when it is not.
    """

    code: str
    unit: Unit | None = None
    kind: Kind | None = None
    known: str = ""


def told_by(store: Store, typed: str) -> PaperTold:
    """Whose paper it is: by the QR a scanner read, else by files, entries and receipts with this code.

    Raises UserError PAPER_QR_BAD, PAPER_CODE_BAD, UNIT_UNKNOWN (the unit of the QR reports elsewhere), STORE_DAMAGED.
    """
    if is_scan(typed):
        facts = read_qr(typed)
        unit = unit_below(store, facts.unit)
        return PaperTold(facts.code, unit, _kind_of(facts.form, facts.form_version), "Theo mã vuông trên giấy.")
    code = read_code(typed) if typed.strip() else ""
    if code is None:
        raise UserError(Code.PAPER_CODE_BAD, typed=clean_line(typed)[:40])
    return _known(store, code) if code else PaperTold("")


def _kind_of(form: str, version: int) -> Kind | None:
    try:
        return Kind(form_by_id(form, version).kind)
    except UserError:
        return None


def _known(store: Store, code: str) -> PaperTold:
    campaign = active(store).id
    for one in repository.reported(store, campaign):
        got = one.submission
        if got.paper_code == code and not got.from_paper:
            day = print_date(got.received_on)
            return PaperTold(code, unit_below(store, got.unit_code), got.kind, f"Khớp gói đã nhận ngày {day}.")
    for entry in paper_entries.entries(store, campaign):
        if entry.paper_code == code and entry.status is not paper_entries.EntryStatus.WITHDRAWN:
            return PaperTold(code, unit_below(store, entry.unit_code), entry.kind, "Khớp bản nhập hộ.")
    return PaperTold(code)


def receive_paper(
    store: Store, unit_code: str, kind: Kind, *, code: str = "", day: date | None = None, note: str = ""
) -> PaperReceipt:
    """Notes that a unit's paper came; it counts as handed in from that day, its numbers are typed with Nhập hộ.

    Raises UserError UNIT_UNKNOWN, PAPER_CODE_BAD, RECEIPT_DAY (a day to come), PAPER_RECEIVED (the paper, or one with
    this code, was noted before), STORE_DAMAGED.
    """
    today = store.clock().astimezone(VIETNAM).date()
    on = day or today
    printed = read_code(code) if code.strip() else ""
    if printed is None:
        raise UserError(Code.PAPER_CODE_BAD, typed=clean_line(code)[:40])
    if on > today:
        raise UserError(Code.RECEIPT_DAY, day=print_date(on), why="ngày đó chưa đến. Hãy xem lại ngày.")
    with store.atomic():
        unit, campaign = unit_below(store, unit_code), active(store)
        for one in paper_receipts.receipts(store, campaign.id):
            if (one.unit_code, one.kind) == (unit.code, kind) or (printed and one.paper_code == printed):
                raise UserError(
                    Code.PAPER_RECEIVED,
                    paper=KIND_WORDS[one.kind].lower(),
                    unit=one.unit_name,
                    day=print_date(one.received_on),
                )
        return paper_receipts.add(store, unit, campaign.id, kind, on, printed, note)
