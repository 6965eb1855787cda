"""Every page and every dialog of the program, opened on sample data, for tests that walk all of them."""

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.consolidation import paper_desk, repository
from hoctap_desktop.consolidation.keying import Differing
from hoctap_desktop.consolidation.sent import CellChange, Told, UnitChange
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form import loader
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.upgrades import upgrade
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.campaigns import Offer
from hoctap_desktop.office.filings import finalise
from hoctap_desktop.office.office_acts import set_two_persons
from hoctap_desktop.office.unit_sheet import SheetReading
from hoctap_desktop.office.workbook import workbook_of
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import screenshots as shots
from hoctap_desktop.ui.attached import AttachedLink, ask_before_opening
from hoctap_desktop.ui.closing_dialog import ClosingDialog, UnsavedDialog
from hoctap_desktop.ui.consolidation.board_presenter import Wanted
from hoctap_desktop.ui.consolidation.shots import (
    STICK,
    read_the_stick,
    with_a_stick,
    with_papers,
    with_two_revisions,
)
from hoctap_desktop.ui.consolidation.totals_dialogs import ConfirmDialog, ReasonDialog, SinceDialog
from hoctap_desktop.ui.first_run.sample_data import sample_store
from hoctap_desktop.ui.first_run.window import CHOOSE, KEY, PAPER, PLACES, TYPE, FirstRunWindow
from hoctap_desktop.ui.form_upgrade import UpgradeDialog
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.keying.decide_dialog import DecideDialog
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.plan import shots as plan_shots
from hoctap_desktop.ui.plan.doubts_dialog import doubts_dialog
from hoctap_desktop.ui.plan.outlook import Recognised
from hoctap_desktop.ui.problem_words import advice
from hoctap_desktop.ui.problems import ProblemDialog
from hoctap_desktop.ui.screenshots import COMMUNE, PLAN_AT, SAVED_AT, SENT_AT, UPPER, UPPER_AT
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.settings_page.key_dialogs import SecretDialog, TokenDialog, UnitKeysDialog
from hoctap_desktop.ui.submission.key_dialog import KeyDialog
from hoctap_desktop.ui.units.dialogs import SheetDialog
from hoctap_desktop.ui.widgets.coding_dialog import ask_coding
from tests.filing.workbooks import value_cell
from tests.offices import ask_two_questions

REPORT = "2022-report"
CLIENT = QSize(1366, 696)
Act = Callable[[Any], object]


@dataclass(frozen=True)
class Scene:
    """A page in one of its states, or a dialog or menu over it: `act` brings it up and gives it back (None: the page).

    room "": the window of the first run, `argument` its step.
    """

    name: str
    room: str
    argument: object = None
    unit: str = COMMUNE
    at: datetime = SAVED_AT
    before: Callable[[Store], object] | None = None
    act: Act | None = None


# --- acts --------------------------------------------------------------------------------------------------------


def settle(jobs: Jobs) -> None:
    """Lets every job end and every answer arrive."""
    for _ in range(3):
        jobs.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def opened(kind: type[QWidget] = QDialog) -> QWidget:
    """The dialog or menu on top."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert shown, "nothing opened"
    return shown[-1]


def dialog_after(act: Act) -> Act:
    """Does `act`, waits for jobs, gives the dialog that opened."""

    def run(window: MainWindow) -> QWidget:
        act(window)
        settle(window.session.jobs)
        return opened()

    return run


def on_page(act: Callable[[Any], object]) -> Act:
    """Does `act` with the page that is up, waits, gives the dialog that opened."""
    return dialog_after(lambda window: act(window.open_page()))


def _pages_only(act: Callable[[Any], object]) -> Act:
    """Brings the page into another state."""

    def run(window: MainWindow) -> None:
        act(window.open_page())
        settle(window.session.jobs)

    return run


def menu_of(button: str) -> Act:
    """Presses a button of the page that opens a menu."""

    def run(window: MainWindow) -> QWidget:
        getattr(window.open_page(), button).click()
        settle(window.session.jobs)
        return opened(QMenu)

    return run


def _menu_over(find: Callable[[Any], QWidget]) -> Act:
    """Asks for the menu of the right button of a part of the page."""

    def run(window: MainWindow) -> QWidget:
        part = find(window.open_page())
        part.setFocus()
        where = part.rect().center()
        viewport = getattr(part, "viewport", lambda: part)()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, part.mapToGlobal(where))
        QApplication.sendEvent(viewport, event)
        settle(window.session.jobs)
        return opened(QMenu)

    return run


def _file_dialog(act: Callable[[Any], object]) -> Act:
    def run(window: MainWindow) -> QWidget:
        act(window.open_page())
        settle(window.session.jobs)
        return opened(QFileDialog)

    return run


def _differences(page: Any) -> None:
    path = page.session.store_path.with_suffix(".xlsx")
    made: list[bytes] = []
    page.session.jobs.run(lambda store: workbook_of(store, REPORT), made.append)
    page.session.jobs.finish()
    path.write_bytes(made[0])
    book = load_workbook(path)
    value_cell(book, "participants").value = "1.200"
    value_cell(book, "banners").value = "3 băng"
    book.save(path)
    page.workbook.look_at(path)


def _paste(page: Any) -> None:
    page.forms.show("figures", focus=True)
    page.go_to("participants")
    page.changes._paste("1200\n3 lớp\n15")


def _attached(page: Any) -> None:
    file = page.session.store_path.with_name("anh.png")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(file))
    link = page.findChild(AttachedLink)
    assert link is not None
    link.open_files()
    settle(page.session.jobs)
    link.dialog.files.add([file])


def _problem(code: Code) -> Act:
    def run(window: MainWindow) -> QWidget:
        failure = UserError(code, file="05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi", revision=2)
        window.problems.show(failure, again=print)
        dialog = window.problems.shown()
        assert dialog is not None
        return dialog

    return run


def _bug(window: MainWindow) -> QWidget:
    dialog = ProblemDialog(window, advice(ZeroDivisionError("x")))
    dialog.open()
    return dialog


def _closing(window: MainWindow) -> QWidget:
    dialog = ClosingDialog(window, window.session.jobs)
    dialog.open()
    return dialog


def _unsaved(window: MainWindow) -> QWidget:
    dialog = UnsavedDialog(window, "Chưa lưu được. Ổ đĩa đã đầy, chưa ghi được «05812.hoctap». Hãy xóa bớt tệp.")
    dialog.open()
    return dialog


def _decide(page: Any) -> None:
    DecideDialog(page, [Differing("talks", "4. Nói chuyện, số lần", 3, 4, "3", "4")]).open()


def _compare(window: MainWindow) -> None:
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    page._act(page.model.first_with_act())


def _left_over(window: MainWindow) -> None:
    """A second turn after one with files that could not be taken in, one of them put aside."""
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    refused, *others = (line for line in page.desk.lines if line.outcome is Outcome.REFUSED)
    assert others
    again = next(line.file for line in page.desk.lines if line.outcome is Outcome.TAKEN)
    page.take_in([page.session.store_path.parent / STICK / again])
    settle(page.session.jobs)
    page.put_aside(next(line for line in page.desk.lines if line.file == refused.file))
    settle(page.session.jobs)


def _copy_again(window: MainWindow) -> None:
    page: Any = window.open_page()
    read_the_stick(page)
    settle(page.session.jobs)
    acts = [page.model.row(at).act for at in range(page.model.rowCount())]
    page._act(acts.index("copy"))


def _first_paper(window: MainWindow) -> None:
    def first(store: Store) -> str:
        return next(iter(repository.reported(store, "2022"))).submission.package_id

    found: list[str] = []
    window.session.jobs.run(first, found.append)
    settle(window.session.jobs)
    window.open_room("received", (found[0], "receive"))
    settle(window.session.jobs)


def _replies(window: MainWindow) -> None:
    _first_paper(window)
    page: Any = window.open_page()
    page.review.slip.click()


def menu_of_workbook(window: MainWindow) -> QWidget:
    page: Any = window.open_page()
    page.workbook.button.click()
    settle(window.session.jobs)
    return opened(QMenu)


def _plan_text(page: Any) -> None:
    page.show_block("body", 10, focus=True)


def _replace(page: Any) -> None:
    page.search.ask_replace()
    page.search.query.setText("tuần lễ")
    page.search.words.setText("Tuần lễ năm nay")
    page.search.replace()


def _as_a_plan(page: Any) -> None:
    found = Recognised("ke-hoach-2021.docx", {}, ((3, "Số: /KH-UBND", "Chưa thấy số văn bản"),), page.session.campaign)
    doubts_dialog(page, found, print)


def _no_number(page: Any) -> None:
    page.forms.show("figures", focus=True)
    page.go_to("talks")
    page.changes._pick_kind("unknown")


def _secret(page: Any) -> SecretDialog:
    return SecretDialog(page, "Đổi mật khẩu của khóa", "Gõ mật khẩu cũ", "Đổi mật khẩu", print, old=True, new=True)


def _upgrade(page: Any) -> UpgradeDialog:
    """The offer of a newer form, made of today's."""
    filing = page.presenter.filing
    form = form_by_id("report", 1)
    return UpgradeDialog(page, Offer(filing, form, form, upgrade(form, form, filing.answers)))


def _since(page: Any) -> SinceDialog:
    money = "Ngân sách hỗ trợ, vận động từ doanh nghiệp và các nguồn hợp pháp khác (nếu có)"
    cells = (CellChange(money, Told("1.049.981.000", 1_049_981_000, "12/20"), Told("16.500.000", 16_500_000, "11/20")),)
    unit = UnitChange(page.session.own, "không còn tính (đã trả lại hoặc đã bỏ)", cells)
    since: Any = SimpleNamespace(words="Sau khi gửi báo cáo lần 1: 1 nơi thay đổi.", units=(unit,), numbers=cells)
    return SinceDialog(page, since, print, print, print, print)


def _token(page: Any) -> TokenDialog:
    key: Any = SimpleNamespace(
        place=SimpleNamespace(key_hash="ab" * 32, label="Thẻ ký 1"), label="Khóa A", tries="", fingerprint="12345 67890"
    )
    return TokenDialog(page, (key,), print)


def _sheet(page: Any) -> SheetDialog:
    return SheetDialog(page, SheetReading("don-vi.xlsx"), print)


def _grouped(page: Any) -> None:
    page._want(Wanted(group="level"))


def _nobody(page: Any) -> None:
    page._not_read(UserError(Code.NO_UNITS_BELOW))


def _day_of_receipt(page: Any) -> None:
    receipt = partial(paper_desk.receive_paper, unit_code="05812-MN", kind=Kind.REPORT)
    page.session.jobs.run(receipt)
    page.session.jobs.finish()
    page.enter()
    settle(page.session.jobs)
    page.view.go_to_row(page.model.row_of("05812-MN"))
    page.change_day()


def _first_paper_at(tab: str) -> Callable[[MainWindow], object]:
    """A received paper with one of the tabs beside it open."""

    def act(window: MainWindow) -> None:
        _first_paper(window)
        page: Any = window.open_page()
        page.tabs.open(tab)

    return act


def _two_persons(store: Store) -> None:
    """Papers came, and nobody approved one yet."""
    with_papers(store)
    set_two_persons(store, on=True)


def _upper(name: str, room: str, act: Callable[[Any], object]) -> Scene:
    """A dialog of the upper office."""
    return Scene(name, room, unit=UPPER, at=UPPER_AT, before=with_papers, act=on_page(act))


SCENES: tuple[Scene, ...] = (
    Scene("home", "home", before=shots.plan_sent_report_begun),
    Scene("home of an upper office", "home", unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene("home, the number", "home", act=on_page(lambda p: p._ask_number(REPORT, Kind.REPORT))),
    Scene("plan, first part", "plan", at=PLAN_AT),
    Scene("plan, the text", "plan", at=PLAN_AT, act=_pages_only(_plan_text)),
    Scene("plan, search", "plan", at=PLAN_AT, act=_pages_only(lambda p: p.ask_search())),
    Scene("plan, other words", "plan", at=PLAN_AT, act=_pages_only(_replace)),
    Scene("plan, final", "plan", before=lambda store: finalise(store, "2022-plan")),
    Scene(
        "plan of last year",
        "plan",
        at=plan_shots.NEXT_YEAR_AT,
        before=plan_shots.next_year,
        act=_pages_only(plan_shots.begun_from_last_year),
    ),
    Scene("plan, old plans", "plan", at=PLAN_AT, act=menu_of("read_button")),
    Scene("plan, an old plan read", "plan", at=PLAN_AT, act=on_page(_as_a_plan)),
    Scene("plan, finalise", "plan", at=PLAN_AT, act=on_page(lambda p: p.ask_finalise())),
    Scene("plan, part", "plan", at=PLAN_AT, act=_pages_only(lambda p: p.pick_part())),
    Scene("diary", "diary"),
    Scene(
        "report, the head",
        "report",
        before=shots.report_being_filled,
        act=_pages_only(lambda p: p.forms.show("head", focus=True)),
    ),
    Scene("report, a long text", "report", act=_pages_only(lambda p: p.forms.show("direction", focus=True))),
    Scene("report, money", "report", act=_pages_only(lambda p: p.forms.show("funding", focus=True))),
    Scene("report, figures", "report", "talks", before=shots.report_being_filled),
    Scene("report, foot", "report", act=_pages_only(lambda p: p.forms.show("foot", focus=True))),
    Scene("report, final", "report", before=shots.report_final),
    Scene("report, finalise", "report", act=on_page(lambda p: p.final.ask_final())),
    Scene("report, amend", "report", before=shots.report_final, act=on_page(lambda p: p.final._ask_amend())),
    Scene("report, classes", "report", act=on_page(lambda p: p.changes.list_classes())),
    Scene("report, a paste", "report", act=on_page(_paste)),
    Scene("report, no number yet", "report", act=_pages_only(_no_number)),
    Scene("report, from Excel", "report", act=on_page(_differences)),
    Scene("report, Excel", "report", act=menu_of_workbook),
    Scene("report, menu of a cell", "report", "talks", act=_menu_over(lambda p: p.grid)),
    Scene("report, history of a field", "report", "talks", act=on_page(lambda p: p.history.open_field())),
    Scene(
        "report, time line", "report", before=shots.report_being_filled, act=on_page(lambda p: p.history.open_line())
    ),
    Scene("report, trash", "report", act=on_page(lambda p: p.history.trash.open())),
    Scene("report, from the diary", "report", act=on_page(lambda p: p.diary.ask_take_all())),
    Scene("print", "print", REPORT, before=shots.report_final, act=_pages_only(shots._with_a_printer)),
    Scene(
        "print, search", "print", REPORT, before=shots.report_final, act=_pages_only(lambda p: p.reader.search.ask())
    ),
    Scene("export, nothing", "export"),
    Scene("export", "export", at=SENT_AT, before=shots.report_final),
    Scene("export, written", "export", at=SENT_AT, before=shots.report_final, act=_pages_only(shots._onto_a_stick)),
    Scene(
        "export, new key",
        "export",
        before=shots.report_final,
        act=on_page(lambda p: KeyDialog(p, print, new=True).open()),
    ),
    Scene(
        "export, key", "export", before=shots.report_final, act=on_page(lambda p: KeyDialog(p, print, new=False).open())
    ),
    Scene(
        "receive, an encrypted file",
        "receive",
        unit=UPPER,
        at=UPPER_AT,
        act=on_page(lambda p: KeyDialog(p, print, new=False, opens="khóa cũ, thay ngày 12/10/2022").open()),
    ),
    Scene("report, attached", "report", act=on_page(_attached)),
    Scene("receive, nothing", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("receive", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=_pages_only(read_the_stick)),
    Scene("receive, of the turn before", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=_left_over),
    Scene("receive, compare", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=dialog_after(_compare)),
    Scene("receive, next step", "receive", unit=UPPER, at=UPPER_AT, before=with_a_stick, act=dialog_after(_copy_again)),
    Scene("receive, watched folder", "receive", unit=UPPER, at=UPPER_AT, act=on_page(lambda p: p.ask_inbox())),
    Scene(
        "receive, turns",
        "receive",
        unit=UPPER,
        at=UPPER_AT,
        before=with_two_revisions,
        act=menu_of("turns"),
    ),
    Scene("beside", "beside", unit=UPPER, at=UPPER_AT, before=with_two_revisions),
    Scene(
        "beside, return",
        "beside",
        unit=UPPER,
        at=UPPER_AT,
        before=with_two_revisions,
        act=on_page(lambda p: p.ask_return()),
    ),
    Scene("received", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=_first_paper),
    Scene("received, to look at", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=_first_paper_at("look")),
    Scene("received, beside", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=_first_paper_at("compare")),
    Scene("totals, two persons", "totals", unit=UPPER, at=UPPER_AT, before=_two_persons),
    Scene("received, replies", "received", unit=UPPER, at=UPPER_AT, before=with_papers, act=dialog_after(_replies)),
    Scene(
        "keying, whose",
        "keying",
        ("", "", "board"),
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(lambda _p: None),
    ),
    Scene("keying", "keying", ("05812-THCS", "report", "board"), unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene(
        "keying, decide",
        "keying",
        ("05812-THCS", "report", "board"),
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(_decide),
    ),
    Scene("board", "board", unit=UPPER, at=UPPER_AT, before=with_papers),
    Scene("board, missing", "board", unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("board, groups", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=_pages_only(_grouped)),
    Scene("board, nobody", "board", unit=UPPER, at=UPPER_AT, act=_pages_only(_nobody)),
    Scene("board, menu", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=menu_of("more")),
    Scene("board, order", "board", unit=UPPER, at=UPPER_AT, before=with_papers, act=menu_of("sight")),
    _upper("board, paper", "board", lambda p: p.receive_paper()),
    _upper("board, day", "board", _day_of_receipt),
    Scene("remind", "remind", (None, None), unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("letter", "letter", ((Kind.REPORT,), None, None), unit=UPPER, at=UPPER_AT, before=with_a_stick),
    Scene("totals", "totals", unit=UPPER, at=UPPER_AT, before=with_papers),
    _upper("units, one", "units", lambda p: p.open_unit("05812")),
    _upper("units, the end", "units", lambda p: p._open_end(p._below("05812"))),
    _upper("units, own days", "campaign", lambda p: p.ask_unit_days("05812-THCS")),
    _upper("units, elsewhere", "units", lambda p: p._open_elsewhere(p._below("05812"))),
    _upper("totals, own numbers", "totals", lambda p: p.ask_own()),
    _upper("totals, confirm", "totals", lambda p: ConfirmDialog(p, "Số người tham gia", "535", ("15",), print).open()),
    _upper("totals, reason", "totals", lambda p: ReasonDialog(p, "Vì sao", "Số khác tổng", print).open()),
    Scene("report, a newer form", "report", act=on_page(lambda p: _upgrade(p).open())),
    _upper("totals, since sent", "totals", lambda p: _since(p).open()),
    _upper("settings, a token", "settings", lambda p: _token(p).open()),
    _upper("units, a sheet", "units", lambda p: _sheet(p).open()),
    _upper("settings, passphrase", "settings", lambda p: _secret(p).open()),
    _upper("settings, keys of units", "settings", lambda p: UnitKeysDialog(p, (), print, print).open()),
    Scene(
        "totals, print", "totals", unit=UPPER, at=UPPER_AT, before=with_papers, act=on_page(lambda p: p.paper.click())
    ),
    Scene(
        "totals, the report",
        "totals",
        unit=UPPER,
        at=UPPER_AT,
        before=with_papers,
        act=on_page(lambda p: p._ask_report()),
    ),
    Scene("units", "units", unit=UPPER, at=UPPER_AT),
    Scene("units, none", "units"),
    Scene("units, form", "units", unit=UPPER, at=UPPER_AT, act=on_page(lambda page: page.open_unit("05812-THCS"))),
    Scene("units, from the list", "units", unit=UPPER, at=UPPER_AT, act=on_page(lambda page: page.open_gazetteer())),
    Scene("campaign", "campaign", unit=UPPER, at=UPPER_AT),
    Scene("campaign, form", "campaign", "form", unit=UPPER, at=UPPER_AT),
    Scene("campaign, asked more", "campaign", "form", unit=UPPER, at=UPPER_AT, before=ask_two_questions),
    Scene(
        "campaign, no days",
        "campaign",
        unit=UPPER,
        at=UPPER_AT,
        act=on_page(lambda p: p._told_missing(("", "Đợt chưa có hạn nộp kế hoạch, báo cáo: không thấy ngày cuối."))),
    ),
    Scene(
        "campaign, asked more, written",
        "campaign",
        unit=UPPER,
        at=UPPER_AT,
        before=ask_two_questions,
        act=on_page(lambda page: page.send.click()),
    ),
    Scene("campaign, as a clerk", "campaign", "trial", unit=UPPER, at=UPPER_AT),
    Scene("campaign, question", "campaign", "form", unit=UPPER, at=UPPER_AT, act=on_page(lambda p: p.add_question())),
    Scene("settings", "settings"),
    Scene("settings of an upper office", "settings", unit=UPPER, at=UPPER_AT),
    Scene("help", "report", act=lambda window: window.show_help()),
    Scene("problem", "home", act=_problem(Code.FILE_UNWRITABLE)),
    Scene("a bug", "home", act=_bug),
    Scene("closing", "home", act=_closing),
    Scene("closing, unsaved", "home", act=_unsaved),
    Scene(
        "old letters",
        "home",
        act=on_page(lambda p: ask_coding(p, "Chữ theo bảng mã cũ", "K\u00d5 ho\u00b9ch", "Kế hoạch", print)),
    ),
    Scene("a PDF with more than pages", "home", act=on_page(lambda p: ask_before_opening(p, "to-trinh.pdf", print))),
    Scene("files", "receive", unit=UPPER, at=UPPER_AT, act=_file_dialog(lambda p: p._pick_files())),
    Scene("folder", "receive", unit=UPPER, at=UPPER_AT, act=_file_dialog(lambda p: p._pick_folder())),
    Scene("save as", "board", unit=UPPER, at=UPPER_AT, act=_file_dialog(lambda p: p._save_excel())),
    Scene("first run, choose", "", CHOOSE),
    Scene("first run, typed", "", TYPE),
    Scene("first run, paper", "", PAPER),
    Scene("first run, places", "", PLACES),
    Scene("first run, key", "", KEY),
    Scene("first run, sample", "", CHOOSE, act=lambda window: window.ask_sample()),
)


# --- bringing them up --------------------------------------------------------------------------------------------


class Stage:
    """Opens scenes on copies of two stores that are made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def _store(self, scene: Scene) -> Path:
        kept = self._folder / f"kept-{scene.unit}"
        campaigns.know(())  # what the office of the scene before knew
        loader.know(())
        sample_store(kept, scene.unit, fixed_clock(UPPER_AT if scene.unit == UPPER else SAVED_AT))
        self._count += 1
        folder = self._folder / f"stage-{self._count}"
        shutil.copytree(kept, folder)
        return sample_store(folder, scene.unit, fixed_clock(scene.at))

    @contextmanager
    def opened(self, scene: Scene, client: QSize = CLIENT) -> Iterator[tuple[QWidget, QWidget]]:
        """The window and the part to look at: the window itself, or the dialog or menu over it."""
        if not scene.room:
            with self._first_run(scene, client) as shown:
                yield shown
            return
        clock = fixed_clock(scene.at)
        path = self._store(scene)
        if scene.before is not None:
            store = open_store(path, clock)
            try:
                scene.before(store)
            finally:
                store.close()
        worker = Worker(path, clock)
        jobs = Jobs(worker)
        failures: list[BaseException] = []
        jobs.unhandled.connect(failures.append)
        facts = worker.submit(read_facts).result()
        session = Session(facts, path, jobs, Settings(path.parent / "settings.ini"), clock)
        window = MainWindow(session)
        try:
            window.setMinimumSize(window.minimumSize().boundedTo(client))  # as on a screen of that size
            window.resize(client)
            window.show()
            window.activateWindow()
            window.open_room(scene.room, scene.argument)
            session.saved.emit(scene.at)  # a window in use says when it saved: at the top, or among a page's buttons
            settle(jobs)
            looked_at = scene.act(window) if scene.act is not None else None
            settle(jobs)
            yield window, looked_at if isinstance(looked_at, QWidget) else window
        finally:
            settle(jobs)
            for top in QApplication.topLevelWidgets():
                if isinstance(top, QDialog | QMenu):
                    top.close()
            window.close()
            window.deleteLater()
            settle(jobs)
            gc.collect()  # here, and not by chance in a thread that may not take windows away
            jobs.close()
            worker.close()
            shutil.rmtree(path.parent, ignore_errors=True)
        assert failures == []

    @contextmanager
    def _first_run(self, scene: Scene, client: QSize) -> Iterator[tuple[QWidget, QWidget]]:
        self._count += 1
        folder = self._folder / f"stage-{self._count}"
        folder.mkdir()
        window = FirstRunWindow(Settings(folder / "settings.ini"), fixed_clock(scene.at), folder)
        try:
            window.setMinimumSize(window.minimumSize().boundedTo(client))
            window.resize(client)
            window.show()
            window.activateWindow()
            if scene.argument != CHOOSE:
                window.search_for("05809")
                settle(window.jobs)
                window.choose.next.click()
                settle(window.jobs)
                assert isinstance(scene.argument, int)
                window._go(scene.argument)
            settle(window.jobs)
            looked_at = scene.act(window) if scene.act is not None else None
            settle(window.jobs)
            yield window, looked_at if isinstance(looked_at, QWidget) else window
        finally:
            for top in QApplication.topLevelWidgets():
                if isinstance(top, QDialog | QMenu):
                    top.close()
            window.close()
            window.deleteLater()
            settle(window.jobs)
