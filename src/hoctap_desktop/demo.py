"""The whole chain on the sample data: what `hoctap demo` runs and what the window shows as the sample campaign.

Days are those of the example (October 2022), so that the board reads as it did then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.campaign.repository import active, choose, save_office
from hoctap_desktop.consolidation.board_printed import board_document, board_sheets
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
from hoctap_desktop.consolidation.status import Board
from hoctap_desktop.consolidation.totals import Totals
from hoctap_desktop.document import pdf, sheet
from hoctap_desktop.filing.filled_file import filing_from_data, read_filled
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.foundation.clock import VIETNAM, Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import remove_folder, replace_whole
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.foundation.text import fold, slug
from hoctap_desktop.office.filings import fill, finalise, paper
from hoctap_desktop.office.paper import campaign_of
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission.enrolment import accept, init_key, request
from hoctap_desktop.submission.outgoing import made_folder, write_enrolment, write_to
from hoctap_desktop.submission.repository import note_written
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit

CAMPAIGN = "2022"
COMMUNE = "05812"
PASSPHRASE = "mat khau minh hoa"
PLAN_DAY = datetime(2022, 10, 4, 9, 14, 0, tzinfo=VIETNAM)
PLAN_RECEIPT_DAY = datetime(2022, 10, 5, 8, 20, 0, tzinfo=VIETNAM)
REPORT_DAY = datetime(2022, 10, 13, 14, 5, 0, tzinfo=VIETNAM)
RECEIPT_DAY = datetime(2022, 10, 14, 16, 10, 0, tzinfo=VIETNAM)
_MARK = ".hoctap-demo"
_REPORTS = ("ha-thuong", "truong-thcs-ha-thuong", "truong-tieu-hoc-ha-thuong", "truong-mam-non-ha-thuong")
_STORES, _ENROLMENTS, _PAPERS, _PACKAGES, _UPWARD = (
    "1-du-lieu",
    "2-dang-ky-khoa",
    "3-van-ban",
    "4-goi-gui-di",
    "5-cap-tren",
)

Tell = Callable[[Path, int], None]


def _quiet(_path: Path, _size: int) -> None:
    """The teller of one who does not ask."""


@dataclass(frozen=True)
class Outcome:
    """What the chain came to. files: every file made, in order. doubts: of the plan that was read, as sentences.

    boards: that of the sample campaign; with a plan of another year that year's too.
    """

    files: tuple[Path, ...]
    boards: tuple[Board, ...]
    totals: Totals
    doubts: tuple[str, ...] = ()


def run_demo(out: Path, plan: Path | None = None, tell: Tell = _quiet) -> Outcome:
    """Runs the chain into the folder `out`, telling each file it made with its size.

    plan: a plan that exists as text, read in the place of the sample's. A folder of an earlier demo is made anew;
    any other that is not empty is left alone. Raises UserError FOLDER_NOT_EMPTY, those of plan/reader.py, of a disk.
    """
    planned, doubts = _sample_plan() if plan is None else _read_plan(plan)
    _clear(out)
    return _Chain(out, tell).run(planned, doubts)


def office_file() -> OfficeFile:
    """The upper office of the example with its units."""
    return read_office_file(forms() / "examples" / "2022-dai-tu-office.toml")


def sample_reports() -> tuple[Filing, ...]:
    """The four filled reports of the example."""
    return tuple(read_filled(forms() / "examples" / f"2022-{name}-report.toml") for name in _REPORTS)


def _sample_plan() -> tuple[Filing, tuple[str, ...]]:
    return read_filled(forms() / "examples" / "2022-ha-thuong-plan.toml"), ()


def _read_plan(path: Path) -> tuple[Filing, tuple[str, ...]]:
    from hoctap_desktop.plan.reader import read_plan_file

    reading = read_plan_file(path)
    filing = filing_from_data(reading.filled, path.name)
    # A plan's own text never says the code of its unit; one of the example's is known by its name.
    office = office_file()
    known = next((u for u in office.below if fold(u.name) == fold(filing.unit.name)), None)
    code = known.code if known else filing.unit.code
    unit = replace(filing.unit, code=code, upper=office.own.code)
    doubts = tuple(f"dòng {d.line}: {d.why}" if d.line else d.why for d in reading.doubts)
    return replace(filing, unit=unit), doubts


def _clear(out: Path) -> None:
    try:
        if out.exists() and not (out / _MARK).exists() and any(out.iterdir()):
            raise UserError(Code.FOLDER_NOT_EMPTY, file=str(out))
        for name in (_STORES, _ENROLMENTS, _PAPERS, _PACKAGES, _UPWARD):
            remove_folder(out / name)
    except OSError as cause:
        raise UserError(Code.FILE_UNWRITABLE, file=str(out)) from cause
    replace_whole(out / _MARK, b"")


class _Calendar:
    """A clock that is turned on by hand: the days of the example."""

    def __init__(self) -> None:
        self.moment = PLAN_DAY

    def __call__(self) -> datetime:
        return self.moment


@contextmanager
def _opened(path: Path, clock: Clock) -> Iterator[Store]:
    path.parent.mkdir(parents=True, exist_ok=True)
    store = create(path, clock)
    try:
        yield store
    finally:
        store.close()


class _Chain:
    """The units, then the upper office, one after the other."""

    def __init__(self, out: Path, tell: Tell) -> None:
        self.out = out
        self.tell = tell
        self.files: list[Path] = []

    def run(self, planned: Filing, doubts: tuple[str, ...]) -> Outcome:
        office = office_file()
        filings: dict[str, list[Filing]] = {}
        for filing in (planned, *sample_reports()):
            filings.setdefault(filing.unit.code, []).append(filing)
        below = [*office.below]
        if planned.unit.code not in {unit.code for unit in below}:
            below.append(planned.unit)
        for own in filings.values():
            self._unit(own, office.own)
        return self._upper(replace(office, below=tuple(below)), planned, doubts)

    def _unit(self, filings: list[Filing], upper: Unit) -> None:
        """One unit: its store, its key, its papers, its packages."""
        unit = filings[0].unit
        name = slug(unit.short_name)
        clock = _Calendar()
        with _opened(self._store(name), clock) as store:
            save_office(store, unit, (), upper, ())
            key = init_key(store, PASSPHRASE, PLAN_DAY)
            asked = request(store, key, PLAN_DAY)
            for path in write_enrolment(asked, made_folder(self.out / _ENROLMENTS)):
                self._made(path)
            for filing in filings:
                clock.moment = PLAN_DAY if filing.kind is Kind.PLAN else REPORT_DAY
                fill(store, replace(filing, unit=own_unit(store)))
                finalise(store, filing.id)
                word = "ke-hoach" if filing.kind is Kind.PLAN else "bao-cao"
                self._write(_PAPERS, f"{name}-{word}.pdf", paper(store, filing.id))
                self._send(store, _PACKAGES, seal(store, filing.id, key, clock()), clock())

    def _upper(self, office: OfficeFile, planned: Filing, doubts: tuple[str, ...]) -> Outcome:
        """The upper office: enrols, receives, shows board and totals, reports upward."""
        clock = _Calendar()
        with _opened(self._store(slug(office.own.name)), clock) as store:
            save_office(store, office.own, office.below, office.upper, office.deadlines)
            choose(store, CAMPAIGN)
            clock.moment = PLAN_RECEIPT_DAY
            for file in sorted((self.out / _ENROLMENTS).glob("*.htgoi")):
                accept(store, file.read_bytes(), file.name, clock())
            self._receive(store, sorted((self.out / _PACKAGES).glob("*-ke-hoach-*.htgoi")))
            clock.moment = RECEIPT_DAY
            self._receive(store, [self.out / _PACKAGES])
            board, found = current_board(store), current_totals(store)
            boards = [board]
            if planned.campaign != CAMPAIGN:
                boards.append(current_board(store, campaign=campaign_of(planned)))
            self._tables(store, board, found)
            self._report_upward(store)
        return Outcome(tuple(self.files), tuple(boards), found, doubts)

    def _receive(self, store: Store, paths: list[Path]) -> None:
        summary = intake(store, paths)
        assert summary.clean, [line.sentence for line in summary.lines]

    def _tables(self, store: Store, board: Board, found: Totals) -> None:
        own, campaign, day = own_unit(store), active(store), RECEIPT_DAY.date()
        self._write(_UPWARD, "theo-doi.pdf", pdf.render(board_document(board, own)).data)
        self._write(_UPWARD, "theo-doi.xlsx", sheet.render(board_sheets(board, own), created=day))
        self._write(_UPWARD, "tong-hop.pdf", pdf.render(totals_document(found, own, campaign, day)).data)
        self._write(_UPWARD, "tong-hop.xlsx", sheet.render(totals_sheets(found, own, campaign, day), created=day))

    def _report_upward(self, store: Store) -> None:
        key = init_key(store, PASSPHRASE, RECEIPT_DAY)
        asked = request(store, key, RECEIPT_DAY)
        self._send(store, _UPWARD, asked.sealed, RECEIPT_DAY)
        fill(store, read_filled(forms() / "examples" / "2022-dai-tu-narrative.toml"))
        prepare_report(store)
        id = filing_id(CAMPAIGN, Kind.REPORT)
        finalise(store, id)
        self._write(_UPWARD, "bao-cao.pdf", paper(store, id))
        self._send(store, _UPWARD, seal(store, id, key, RECEIPT_DAY), RECEIPT_DAY)

    def _store(self, name: str) -> Path:
        return self.out / _STORES / f"{name}.hoctap"

    def _write(self, folder: str, name: str, data: bytes) -> None:
        path = self.out / folder / name
        replace_whole(path, data)
        self._made(path)

    def _send(self, store: Store, folder: str, sealed: Sealed, at: datetime) -> None:
        self._made(write_to(made_folder(self.out / folder), sealed.name, sealed.data))
        note_written(store, sealed.package_id, f"thư mục {folder}", at)

    def _made(self, path: Path) -> None:
        self.files.append(path)
        self.tell(path, path.stat().st_size)
