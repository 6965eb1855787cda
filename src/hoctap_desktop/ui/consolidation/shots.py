"""Tiếp nhận for its picture: the sample's units have handed in a stick, with what goes wrong on sticks."""

from dataclasses import replace
from pathlib import Path

from hoctap_desktop.consolidation import batches, intake, repository
from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation.reviewing import decide
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.office.filings import as_final
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.office.sample import CAMPAIGN, filled_examples
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import seal_enrolment, seal_filing
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.receive_presenter import BESIDE
from hoctap_desktop.ui.page import Page
from hoctap_desktop.units.repository import own_unit

STICK = "USB"
_NEW_KEY = "05812-MN"
_DAMAGED = "05812-THCS"
_SENDS_AGAIN = "05812-TH"


def with_a_stick(store: Store) -> None:
    """Puts back what the sample received; its files stand on a stick beside the store, and some more.

    One unit has a new key nobody has compared, one file was copied badly, one is a workbook.
    """
    stick = store.path.parent / STICK
    if stick.is_dir():
        return  # made for the picture before
    stick.mkdir()
    for one in repository.reported(store, CAMPAIGN):
        got = one.submission
        data = repository.sealed_file(store, got.package_id)
        if got.unit_code != _NEW_KEY:
            (stick / got.file_name).write_bytes(data)
        if got.unit_code == _DAMAGED:
            torn = bytearray(data)
            torn[len(torn) // 2] ^= 1
            (stick / "bao cao truong THCS (1).htgoi").write_bytes(torn)
    for batch in batches.every(store):
        if batch.undone_at is None:
            intake.undo(store, batch.id)
    _sign_anew(store, stick)
    (stick / "bao cao xa Na Mao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")


def with_papers(store: Store) -> None:
    """The same, and the stick is read: three units of four have reported."""
    with_a_stick(store)
    intake.intake(store, [store.path.parent / STICK])


def with_two_revisions(store: Store) -> None:
    """The stick is read, a school's report is accepted, then its second one comes with other numbers."""
    with_papers(store)
    if _has_two(store):
        return
    first = next(one for one in repository.reported(store, CAMPAIGN) if one.submission.unit_code == _SENDS_AGAIN)
    decide(store, first.submission.package_id, ReviewAct.APPROVED, who="Nguyễn Thị Lan")
    at, upper = store.clock(), unit_name(own_unit(store))
    filled = next(f for f in filled_examples() if f.unit.code == _SENDS_AGAIN and f.kind is Kind.REPORT)
    answers = dict(filled.answers) | {"participants": 1642, "talk_attendees": 164}
    answers["tv_items"] = 1
    answers["difficulties"] = "Sách cho học sinh lớp 1, lớp 2 còn ít, chưa có phòng đọc riêng."
    again = replace(filled, revision=2, answers=answers)
    filing = as_final(again, paper_code(filing_json(again)), at)
    key = make_key(filing.unit.name, filing.unit.code, at)
    request = seal_enrolment(filing.unit, key, upper, at)
    accept(store, request.data, request.name, at)
    previous = first.submission.package_id
    made = seal_filing(filing, filing_json(filing), print_filing(filing).data, key, upper, at, previous=previous)
    folder = store.path.parent / "USB-2"
    folder.mkdir(exist_ok=True)
    (folder / made.name).write_bytes(made.data)
    desks.receive(store, silent, [folder], "USB (E:)")


def _has_two(store: Store) -> bool:
    """The picture before has made the second report."""
    found = repository.reported(store, CAMPAIGN)
    return any(one.submission.unit_code == _SENDS_AGAIN and one.submission.revision == 2 for one in found)


def open_both(page: Page) -> None:
    """Goes from Tiếp nhận to the two revisions."""
    assert isinstance(page, ReceivePage)
    at = next(at for at in range(page.model.rowCount()) if page.model.row(at).act == BESIDE)
    page.view.acted.emit(at)


def read_the_stick(page: Page) -> None:
    """Drops the stick on the page."""
    assert isinstance(page, ReceivePage)
    page.take_in([page.session.store_path.parent / STICK])


def _sign_anew(store: Store, stick: Path) -> None:
    """The report and the enrolment request of a unit whose machine was replaced."""
    at, upper = store.clock(), unit_name(own_unit(store))
    filled = next(f for f in filled_examples() if f.unit.code == _NEW_KEY and f.kind is Kind.REPORT)
    filing = as_final(filled, paper_code(filing_json(filled)), at)
    key = make_key(filing.unit.name, filing.unit.code, at)
    report = seal_filing(filing, filing_json(filing), print_filing(filing).data, key, upper, at)
    for sealed in (report, seal_enrolment(filing.unit, key, upper, at)):
        (stick / sealed.name).write_bytes(sealed.data)
