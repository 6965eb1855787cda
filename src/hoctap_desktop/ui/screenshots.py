"""One picture per page of the window, made from the sample data: `python -m hoctap_desktop.ui.screenshots --out DIR`.

Pages add themselves to SHOTS. The client area is 1366×696, or 911×464 at --scale 1.5 (the same screen at 150 %).
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office import filings as office_filings
from hoctap_desktop.office import sample
from hoctap_desktop.store import lock
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.submission import enrolment, sending
from hoctap_desktop.submission.repository import note_written
from hoctap_desktop.ui import i18n, theme
from hoctap_desktop.ui.collector import Collector
from hoctap_desktop.ui.consolidation.review_shots import open_paper, write_slip
from hoctap_desktop.ui.first_run.sample_data import sample_store
from hoctap_desktop.ui.first_run.window import FirstRunWindow
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.plan.shots import NEXT_YEAR_AT, begun_from_last_year, next_year
from hoctap_desktop.ui.report.history_shots import BEGUN_AT, open_line, worked_on
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings

CLIENT = (1366, 696)
COMMUNE, UPPER = "05812", "19-171-GDDT"
SAVED_AT = datetime(2022, 10, 12, 10, 32, 5, tzinfo=VIETNAM)
UPPER_AT = datetime(2022, 10, 14, 16, 9, 47, tzinfo=VIETNAM)
SENT_AT = datetime(2022, 10, 14, 14, 32, 10, tzinfo=VIETNAM)
PLAN_AT = datetime(2022, 10, 4, 9, 14, 20, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Shot:
    """name: of the file; room: to open, with `argument`; unit: whose office, COMMUNE (its drafts) or UPPER (as
    after `hoctap demo`: four units received); at: the clock.

    before(store): prepares the store; after(page): brings the page into the wished state, before the picture.
    """

    name: str
    room: str
    argument: object = None
    unit: str = COMMUNE
    at: datetime = SAVED_AT
    before: Callable[[Store], object] | None = None
    after: Callable[[Page], object] | None = None


def _a_block_of_the_plan(page: Page) -> None:
    from hoctap_desktop.ui.plan.page import PlanPage

    assert isinstance(page, PlanPage)
    page.show_block("body", 10, focus=True)


def plan_sent_report_begun(store: Store) -> None:
    """The plan signed and exported, the report with a cell and a section still to do: the picture of Trang chính."""
    plan, report = filing_id(sample.CAMPAIGN, Kind.PLAN), filing_id(sample.CAMPAIGN, Kind.REPORT)
    now = store.clock
    store.clock = fixed_clock(datetime(2022, 10, 4, 9, 14, 20, tzinfo=VIETNAM))
    office_filings.finalise(store, plan)
    repository.set_document_number(store, plan, "21", store.clock().date(), store.clock())
    store.clock = fixed_clock(datetime(2022, 10, 5, 8, 0, 0, tzinfo=VIETNAM))
    key = enrolment.init_key(store, "mật khẩu của ảnh chụp", store.clock(), rounds=1_000)
    sealed = sending.seal(store, plan, key, store.clock())
    note_written(store, sealed.package_id, "USB KINGSTON (E:)", store.clock())
    store.clock = now
    office_filings.set_answer(store, report, "talks", None)
    office_filings.set_answer(store, report, "proposals", None)


def report_being_filled(store: Store) -> None:
    """Last year's report beside this year's, a cell still to do, one that jumps: the picture of Báo cáo."""
    id = filing_id(sample.CAMPAIGN, Kind.REPORT)
    now = repository.current(store, id)
    before = {**now.answers, "participants": 1105, "leaflets": 400, "books_donated": 12, "talks": 3}
    last = replace(now, id=filing_id("2021", Kind.REPORT), campaign="2021", answers=before, revision=1)
    repository.begin(store, last)
    for field, value in (("talks", None), ("wall_newspapers", 3), ("wall_articles", 46)):
        office_filings.set_answer(store, id, field, value)


def report_final(store: Store) -> None:
    """The report ready to be signed."""
    office_filings.finalise(store, filing_id(sample.CAMPAIGN, Kind.REPORT))


def _with_a_printer(page: Page) -> None:
    """A printer there is none of on the machine that makes the pictures."""
    from hoctap_desktop.ui.paper.page import PaperPage
    from hoctap_desktop.ui.paper.printing import Printer

    assert isinstance(page, PaperPage)
    page.show_printers(Printer(("Canon LBP 2900",), "Canon LBP 2900"))


def _onto_a_stick(page: Page) -> None:
    """Seals into a temporary folder that stands for a stick."""
    from hoctap_desktop.submission.keys import Key
    from hoctap_desktop.ui.submission.page import SubmissionPage
    from hoctap_desktop.ui.submission.presenter import Target

    assert isinstance(page, SubmissionPage)

    def written(key: Key) -> None:
        page.use_key(key)
        page.write(Target("USB KINGSTON (E:)", str(page.session.store_path.parent), stick=True))

    passphrase = "mật khẩu của ảnh chụp"
    page.session.jobs.run(lambda store: enrolment.init_key(store, passphrase, store.clock(), 1_000), written)


def _with_a_key(store: Store) -> None:
    """An office whose key was made a while ago."""
    enrolment.init_key(store, "mật khẩu của ảnh chụp", store.clock(), 1_000)


def _stick_dropped(page: Page) -> None:
    from hoctap_desktop.ui.consolidation.shots import read_the_stick

    read_the_stick(page)


def stick_at_hand(store: Store) -> None:
    """A stick with files of the units below, not read yet."""
    from hoctap_desktop.ui.consolidation.shots import with_a_stick

    with_a_stick(store)


def stick_read(store: Store) -> None:
    """Three units of four have reported."""
    from hoctap_desktop.ui.consolidation.shots import with_papers

    with_papers(store)


def sent_again(store: Store) -> None:
    """A school's second report came for the one that was accepted."""
    from hoctap_desktop.ui.consolidation.shots import with_two_revisions

    with_two_revisions(store)


def _both(page: Page) -> None:
    from hoctap_desktop.ui.consolidation.shots import open_both

    open_both(page)


SHOTS: tuple[Shot, ...] = (
    Shot("trang-chinh", "home", before=plan_sent_report_begun),
    Shot("ke-hoach", "plan", at=PLAN_AT, after=_a_block_of_the_plan),
    Shot("ke-hoach-nam-truoc", "plan", at=NEXT_YEAR_AT, before=next_year, after=begun_from_last_year),
    Shot("nhat-ky", "diary"),
    Shot("bao-cao", "report", "talks", before=report_being_filled),
    Shot("lich-su", "report", at=BEGUN_AT, before=worked_on, after=open_line),
    Shot("in-trinh-ky", "print", "2022-report", before=report_final, after=_with_a_printer),
    Shot("goi-gui-di", "export", at=SENT_AT, before=report_final, after=_onto_a_stick),
    Shot("tiep-nhan", "receive", unit=UPPER, at=UPPER_AT, before=stick_at_hand, after=_stick_dropped),
    Shot("hai-ban", "receive", unit=UPPER, at=UPPER_AT, before=sent_again, after=_both),
    Shot("theo-doi", "board", unit=UPPER, at=UPPER_AT, before=stick_read),
    Shot("nhac-nop", "remind", unit=UPPER, at=UPPER_AT, before=stick_read),
    Shot("cong-van", "letter", unit=UPPER, at=UPPER_AT, before=stick_read),
    Shot("duyet", "received", unit=UPPER, at=UPPER_AT, before=stick_read, after=open_paper),
    Shot("tra-lai", "received", unit=UPPER, at=UPPER_AT, before=stick_read, after=write_slip),
    Shot("nhap-ho", "keying", ("05812-THCS", "report", "board"), unit=UPPER, at=UPPER_AT),
    Shot("tong-hop", "totals", unit=UPPER, at=UPPER_AT, before=stick_read),
    Shot("don-vi", "units", unit=UPPER, at=UPPER_AT),
    Shot("dot", "campaign", unit=UPPER, at=UPPER_AT),
    Shot("bieu-mau", "campaign", "form", unit=UPPER, at=UPPER_AT),
    Shot("thiet-lap", "settings"),
    Shot("thiet-lap-du-lieu", "settings", "data"),
    Shot("thiet-lap-khoa", "settings", "key", before=_with_a_key),
)


def settle(jobs: Jobs, milliseconds: int = 0) -> None:
    """Lets every job end, every answer arrive and every layout settle."""
    for _ in range(3):
        jobs.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    if milliseconds:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        jobs.finish()
        QApplication.processEvents()


def take(shot: Shot, folder: Path, out: Path, client: tuple[int, int] = CLIENT) -> Path:
    """Makes the office of a shot in `folder` and writes the picture of its window into `out`."""
    clock = fixed_clock(shot.at)
    path = sample_store(folder / shot.name if shot.unit == COMMUNE else folder, shot.unit, clock)
    store = open_store(path, clock)
    try:
        if shot.before is not None:
            shot.before(store)
    finally:
        store.close()
    worker = Worker(path, clock)
    jobs = Jobs(worker)
    try:
        facts = worker.submit(read_facts).result()
        session = Session(facts, path, jobs, Settings(folder / f"{shot.name}.ini"), clock)
        window = MainWindow(session)
        window.resize(*client)
        window.show()
        window.activateWindow()
        window.open_room(shot.room, shot.argument)
        session.saved.emit(shot.at)
        settle(jobs, 400)
        if shot.after is not None:
            shot.after(window.page(shot.room))
            settle(jobs, 400)
        file = out / f"{shot.name}.png"
        _with_dialogs(window).save(str(file))
        window.close()
        window.deleteLater()
        settle(jobs)
    finally:
        jobs.close()
        worker.close()
    return file


def _with_dialogs(window: QWidget) -> QPixmap:
    """The window with what is open over it, which is then closed."""
    picture = window.grab()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            painter = QPainter(picture)
            painter.drawPixmap(dialog.geometry().topLeft() - window.geometry().topLeft(), dialog.grab())
            painter.end()
            dialog.reject()
    return picture


def take_first_run(folder: Path, out: Path, client: tuple[int, int] = CLIENT) -> tuple[Path, ...]:
    """The four first pages, an office chosen."""
    window = FirstRunWindow(Settings(folder / "first.ini"), fixed_clock(SAVED_AT), folder)
    window.resize(*client)
    window.show()
    made = []

    def grab(name: str) -> None:
        settle(window.jobs)
        made.append(out / f"{name}.png")
        window.grab().save(str(made[-1]))

    window.search_for("an khanh")
    grab("mo-lan-dau")
    window.search_for("05809")
    window.choose.next.click()
    grab("mo-lan-dau-2")
    window.paper.next.click()
    grab("mo-lan-dau-3")
    window.places.next.click()
    grab("mo-lan-dau-4")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return tuple(made)


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the pictures; names them."""
    parser = argparse.ArgumentParser(description="Ảnh từng trang của cửa sổ, từ dữ liệu mẫu")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--text-size", type=int, default=100, choices=theme.TEXT_SIZES)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    wanted = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LOGNAME"] = "vanphong"  # the pictures name no account of this machine
    if wanted.scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(wanted.scale)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme(wanted.contrast, wanted.text_size))
    i18n.install(app)
    client = (round(CLIENT[0] / wanted.scale), round(CLIENT[1] / wanted.scale))
    wanted.out.mkdir(parents=True, exist_ok=True)
    # The same folder each time: Thiết lập shows where the data stand, and a picture must not change by itself.
    folder = Path(tempfile.gettempdir()) / "hoctap-anh"
    held = lock.take(folder.with_suffix(".lock"))
    if held is None:  # another run is at work
        folder = Path(tempfile.mkdtemp())
    else:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        folder.mkdir()
    collector = Collector(app)  # as in the program: what watches a folder must not die in a worker's thread
    try:
        if not wanted.only or "mo-lan-dau" in wanted.only:
            print(*take_first_run(folder, wanted.out, client), sep="\n")
        for shot in SHOTS:
            if not wanted.only or shot.name in wanted.only:
                print(take(shot, folder, wanted.out, client))
    finally:
        collector.stop()
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            held.release()
    return 0


if __name__ == "__main__":
    sys.exit(main())
