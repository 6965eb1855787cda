"""Tổng hợp: the table as on paper with its coverage, a number opened into its units, the office's own report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.outliers import outliers
from hoctap_desktop.consolidation.totals import totals
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Status
from hoctap_desktop.form.answers import Count, Missing, NoNumber
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import sending
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.consolidation import totals_presenter as words
from hoctap_desktop.ui.consolidation.remind_page import RemindPage
from hoctap_desktop.ui.consolidation.rows_view import PAD
from hoctap_desktop.ui.consolidation.source_pane import nice
from hoctap_desktop.ui.consolidation.totals_model import COVERAGE, SharesModel, TotalsModel
from hoctap_desktop.ui.consolidation.totals_page import TotalsPage
from hoctap_desktop.ui.consolidation.totals_read import Read
from hoctap_desktop.ui.consolidation.totals_view import BAR
from hoctap_desktop.ui.paper import print_dialog
from hoctap_desktop.ui.paper.printing import Printer
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units import register
from hoctap_desktop.units.repository import own_unit, units_below
from tests.offices import NOW
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import on_screen
from tests.ui.cut import cut_off

DOUBTS = outliers(papers.many_totals())


def picture(model: TotalsModel) -> list[str]:
    shown = []
    for at in range(model.rowCount()):
        row = model.row(at)
        if row.group:
            shown.append(f"{row.number} {row.label}")
            continue
        marks = ("?" if row.doubtful else "") + ("~" if row.may_repeat else "") + ("<" if row.thin else "")
        shown.append(f"{row.number} {row.label}: {row.value} ({row.coverage}){marks}")
    return shown


def shares(model: SharesModel) -> list[str]:
    return [str(model.data(model.index(at))) for at in range(model.rowCount())]


@pytest.fixture
def page(fed: Office, qtbot: QtBot) -> Iterator[TotalsPage]:
    yield on_screen(TotalsPage(fed.session), fed, qtbot)
    fed.settle()


def answer(name: str, field: str) -> int:
    """A number of the filled example, 0 where none is."""
    value = papers.filing(name).answers.get(field)
    return value if isinstance(value, int) else 0


def test_the_table_is_that_of_the_paper_and_adds_up(page: TotalsPage) -> None:
    sent = papers.NAMES[:3]
    rows = {row.field: row for row in page.model.rows() if not row.group}
    form = form_by_id("report", 1)
    assert [row.number for row in page.model.rows()][:4] == ["1", "2", "3", "-"]
    for field in form.indicators():
        total = sum(answer(name, field.id) for name in sent)
        assert rows[field.id].value == f"{total:,}".replace(",", "."), field.id
    assert len(rows) == 18 + 2  # and two sums of money
    assert picture(page.model)[:4] == [
        f"1 Số đơn vị, địa phương tổ chức Tuần lễ: {rows['organising_units'].value} (3/4)",
        f"2 Số người tham gia: {rows['participants'].value} (3/4)",
        "3 Nội dung",
        f"- Số bài viết trên các báo: {rows['newspaper_articles'].value} (3/4)",
    ]
    assert picture(page.model)[-3].startswith("I.4 ")


def test_the_level_of_the_office_gives_the_words(page: TotalsPage) -> None:
    assert page.title.title.text() == "Tổng hợp toàn huyện"
    assert page.make.text() == "Lập báo cáo huyện"
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "Toàn huyện"
    unknown = replace(page.session.own, level="?")
    assert (words.whole_words(unknown), words.report_words(unknown)) == ("", "Lập báo cáo")


def test_silent_units_and_made_up_figures_are_said(page: TotalsPage) -> None:
    assert page.chip.state().words == "Còn 1 đơn vị chưa có số"
    assert page.banners.texts() == {"illustrative": "Số liệu minh họa: có báo cáo trong tổng chỉ để làm mẫu."}


def test_a_number_opens_into_its_units(page: TotalsPage) -> None:
    page.choose("participants")
    numbers = sorted((answer(name, "participants") for name in papers.NAMES[:3]), reverse=True)
    shown = shares(page.sources.model)
    assert [line.rpartition(": ")[2] for line in shown[:3]] == [f"{n:,}".replace(",", ".") for n in numbers]
    assert shown[3:] == ["Chưa có số, 1 đơn vị", "Trường Mầm non Hà Thượng: Chưa nộp"]
    assert page.sources.coverage.text() == "Tổng từ 3 trên 4 đơn vị"
    page.sources.silent.click()
    assert page.sources.list.currentIndex().row() == 4


def test_down_goes_from_number_to_number_over_the_groups(page: TotalsPage) -> None:
    page.view.setFocus()
    page.choose("participants")
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert page.chosen() == "newspaper_articles"
    assert page.sources.name.text() == "Số bài viết trên các báo"
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    assert page.chosen() == "participants"


def test_enter_on_a_unit_opens_its_report(page: TotalsPage, gone_to: list[tuple[str, object]]) -> None:
    page.choose("participants")
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    page.sources.list.setCurrentIndex(page.sources.model.index(0))
    QTest.keyClick(page.sources.list, Qt.Key.Key_Return)
    greatest = max(papers.NAMES[:3], key=lambda name: answer(name, "participants"))
    assert gone_to == [("received", (papers.report(greatest).package_id, "totals"))]


def test_the_own_report_takes_the_totals_and_comes_up(
    page: TotalsPage, fed: Office, gone_to: list[tuple[str, object]]
) -> None:
    page.make.click()
    # a sum that may count one thing twice nobody has confirmed
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == "Lập báo cáo bây giờ?"
    assert any("tổng có thể trùng chưa xác nhận" in label.text() for label in dialog.findChildren(Label))
    assert gone_to == []
    next(one for one in dialog.findChildren(Button) if one.text() == "Lập báo cáo").click()
    fed.settle()
    assert gone_to == [("report", None)]
    own = fed.worker.submit(lambda store: filings.current(store, "2022-report")).result()
    rows = {row.field: row.value for row in page.model.rows()}
    assert f"{own.answers['participants']:,}".replace(",", ".") == rows["participants"]
    assert own.unit.code == fed.session.own.code


def test_numbers_of_a_report_that_was_begun_are_replaced_only_when_asked(
    page: TotalsPage, fed: Office, gone_to: list[tuple[str, object]]
) -> None:
    page.make_report()
    fed.settle()
    fed.worker.submit(lambda store: filings.set_answer(store, "2022-report", "participants", 7, NOW)).result()
    page.enter()
    fed.settle()
    page.make.click()
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == "Thay số trong báo cáo của đơn vị?"
    dialog.reject()
    fed.settle()
    assert fed.worker.submit(lambda store: filings.current(store, "2022-report")).result().answers["participants"] == 7
    assert len(gone_to) == 1


@pytest.mark.parametrize(("answered", "number"), [(0, 2), (3, 4)])
def test_with_a_final_report_the_next_revision_is_offered_at_once(
    page: TotalsPage,
    fed: Office,
    gone_to: list[tuple[str, object]],
    monkeypatch: pytest.MonkeyPatch,
    answered: int,
    number: int,
) -> None:
    monkeypatch.setattr(sending, "answered_revision", lambda _store, _id: answered)
    page.make_report()
    fed.settle()

    def close_it(store: Store) -> None:
        answers = filing_json(filings.current(store, "2022-report"))
        filings.freeze(store, "2022-report", answers, b"%PDF-1.4", paper_code(answers), NOW)

    fed.worker.submit(close_it).result()
    page.enter()
    fed.settle()
    page.make.click()
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    assert dialog.windowTitle() == f"Lập báo cáo lần {number}?"
    next(one for one in dialog.findChildren(Button) if one.text() == "Lập lần sau").click()
    fed.settle()
    own = fed.worker.submit(lambda store: filings.current(store, "2022-report")).result()
    assert (own.revision, own.status) == (number, Status.DRAFT)
    assert gone_to == [("report", None)] * 2


@pytest.mark.parametrize("room", [TotalsPage, RemindPage])
def test_a_year_in_which_nobody_reported_here_says_so(
    room: type[TotalsPage | RemindPage], upper: Office, qtbot: QtBot, gone_to: list[tuple[str, object]]
) -> None:
    """The units of today did not stand yet: no dialog with the number of an error."""
    asked: list[BaseException] = []
    upper.session.problem.connect(asked.append)

    def stood_later(store: Store) -> None:
        own = own_unit(store).code
        later = [replace(one, valid_from=date(2022, 11, 1)) for one in units_below(store, own)]
        register.keep(store, "Sửa ngày", [register.with_unit(one) for one in later])

    upper.worker.submit(stood_later).result()
    page = room(upper.session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    upper.settle()
    assert asked == []
    if isinstance(page, TotalsPage):
        assert page.nobody.isVisible()
        assert not page.make.isVisible()
        assert page.nobody.button is not None
        page.nobody.button.click()
    assert gone_to == [("units" if isinstance(page, TotalsPage) else "board", None)]


def test_without_reports_the_page_says_where_they_come_from(
    upper: Office, qtbot: QtBot, gone_to: list[tuple[str, object]]
) -> None:
    page = TotalsPage(upper.session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    upper.settle()
    assert page.empty.isVisible()
    assert not page.make.isVisible()
    assert page.empty.button is not None
    page.empty.button.click()
    assert gone_to == [("receive", None)]


def test_narrow_shows_one_pane_and_a_way_to_the_other(page: TotalsPage) -> None:
    page.set_narrow(True)
    assert (page.view.isVisible(), page.sources.isVisible()) == (True, False)
    page.units_button.click()
    assert (page.view.isVisible(), page.sources.isVisible()) == (False, True)
    assert page.units_button.text() == "Về bảng"
    page.units_button.click()
    assert (page.view.isVisible(), page.sources.isVisible()) == (True, False)
    page.set_narrow(False)
    assert (page.view.isVisible(), page.sources.isVisible()) == (True, True)


def test_the_models_keep_qts_rules(page: TotalsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.sources.model)
    page.totals_read(Read(papers.many_totals(), None, False, doubts=DOUBTS))
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.sources.model)


def test_the_workbook_and_the_paper_hold_the_sums(
    page: TotalsPage, fed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {row.field: row.value for row in page.model.rows()}
    made: dict[str, Path] = {}

    def save_as(page: TotalsPage, name: str, kind: str, make: object) -> None:
        made[kind] = tmp_path / name
        files.write(page, made[kind], make)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "save_as", save_as)
    monkeypatch.setattr(print_dialog, "printers", lambda: Printer((), ""))
    page.excel.click()
    fed.settle()
    page.paper.click()
    fed.settle()
    dialog = next(one for one in page.findChildren(print_dialog.PrintDialog) if one.isVisible())
    dialog.save.click()
    fed.settle()
    sheet = openpyxl.load_workbook(BytesIO(made[files.SHEETS].read_bytes())).worksheets[0]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert int(rows["participants"].replace(".", "")) in cells
    text = "".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(made[files.PAPERS].read_bytes())).pages)
    assert "BẢNG TỔNG HỢP" in text
    assert rows["participants"] in text


def test_where_there_is_a_printer_the_table_is_printed_there(
    page: TotalsPage, fed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[int, str]] = []
    monkeypatch.setattr(print_dialog, "printers", lambda: Printer(("HP phòng 2", "Canon"), "Canon"))
    monkeypatch.setattr(print_dialog, "make_printer", lambda name, copies, *, both_sides: name)
    monkeypatch.setattr(
        print_dialog, "print_pdf", lambda data, printer, copies, progress: sent.append((len(data), printer))
    )
    page.paper.click()
    fed.settle()
    dialog = next(one for one in page.findChildren(print_dialog.PrintDialog) if one.isVisible())
    dialog.print_button.click()
    fed.settle()
    assert [printer for _, printer in sent] == ["Canon"]
    assert sent[0][0] > 1_000
    assert page.banners.texts()["printed"] == "Đã gửi đến máy in Canon."


# --- presenter, with 170 units -----------------------------------------------------------------------------------


def detail(field: str) -> words.Detail:
    return words.detail(papers.many_totals().number(field), field, None, 2022, DOUBTS)


def test_coverage_under_sixty_percent_is_thin() -> None:
    rows = {row.field: row for row in words.table(papers.many_totals(), None, DOUBTS) if not row.group}
    assert (rows["books_published"].coverage, rows["books_published"].thin) == ("57/170", True)
    assert (rows["participants"].coverage, rows["participants"].thin) == ("113/170", False)


def test_a_unit_ten_times_above_the_median_is_shown_and_warned_of() -> None:
    found = detail("participants")
    assert [share.unit for share in found.told if share.far] == ["Trường Tiểu học Phú Lạc"]
    assert found.told[0].words == "12.000"
    assert len(found.warned) == 1
    assert found.warned[0].title.startswith("Trường Tiểu học Phú Lạc: 12.000, khác hẳn đơn vị bạn")
    rows = {row.field: row for row in words.table(papers.many_totals(), None, DOUBTS)}
    assert rows["participants"].doubtful
    assert not rows["leaflets"].doubtful
    assert words.first_choice(words.table(papers.many_totals(), None, DOUBTS)) == "participants"


def test_half_of_the_units_stand_below_the_median() -> None:
    found = detail("participants")
    written = [share.value for share in found.told if share.value is not None and not share.icon]
    assert found.middle is not None
    assert sum(value < found.middle for value in written) <= len(written) / 2
    assert sum(value <= found.middle for value in written) >= len(written) / 2


def test_each_kind_of_no_number_is_listed_with_its_word() -> None:
    units = papers.many_units()[:5]
    day = NOW.date()
    told = (
        papers.reported(units[0], day, {"talks": Count(3)}),
        papers.reported(units[1], day, {"talks": Missing(NoNumber.NOT_HELD)}),
        papers.reported(units[2], day, {"talks": Missing(NoNumber.UNKNOWN, "Chờ Hội Khuyến học")}),
        papers.reported(units[3], day, {"talks": Missing(NoNumber.NOT_APPLICABLE)}),
    )
    found = words.detail(totals(form_by_id("report", 1), units, told).number("talks"), "Số lần", None, 2022)
    assert [(share.words, share.icon) for share in found.told] == [("3", ""), ("Không tổ chức", "circle-minus")]
    assert [(share.words, share.icon) for share in found.silent] == [
        ("Chưa có số liệu: Chờ Hội Khuyến học", "hourglass"),
        ("Không áp dụng", "circle-slash"),
        ("Chưa nộp", "circle"),
    ]
    assert found.middle is None
    assert found.warned == ()


def test_last_year_stands_beside_where_it_is_known() -> None:
    before = papers.many_totals()
    rows = {row.field: row for row in words.table(papers.many_totals(), before) if not row.group}
    assert rows["talks"].before == rows["talks"].value
    found = words.detail(before.number("participants"), "", before, 2022)
    assert found.years is not None
    assert (found.years.before, found.years.value) == (before.number("participants").value,) * 2
    assert all(share.before == share.value for share in found.told)


@pytest.mark.parametrize(("value", "round_one"), [(0.4, 0), (3, 2), (687, 500), (760, 1000), (3000, 2000), (16, 20)])
def test_ticks_of_the_axis_are_round(value: float, round_one: int) -> None:
    assert nice(value) == round_one


def test_of_thousands_of_units_the_coverage_is_read_whole(page: TotalsPage) -> None:
    """2.906/3.321 was "2906/3…"; where labels need the room, the bar goes first."""
    every = [page.model.row(at) for at in range(page.model.rowCount())]
    rows = [replace(row, covered=2906, of=3321) if row.field else row for row in every]
    page.model.set_totals(rows, "Toàn bộ", 2022)
    assert page.model.index(0, COVERAGE).data() == "2.906/3.321"
    needed = QFontMetrics(theme.font("secondary")).horizontalAdvance("2.906/3.321") + 2 * PAD
    for width, bars in ((720, True), (480, False)):
        page.view.setFixedWidth(width)
        page.view.lay_out()
        assert page.view.bars is bars
        assert page.view.columnWidth(COVERAGE) - (theme.px(BAR) + 8 if bars else 0) >= needed


def test_long_words_of_coverage_leave_the_pane_its_width(page: TotalsPage) -> None:
    """ "…; mẫu của 15 đơn vị chưa hỏi" pushed the number out of the window."""
    assert page.read is not None
    total = replace(page.read.found.number("participants"), below=None, own=None, covered=0, of=3321, unasked=2906)
    page.resize(1182, 654)
    page.sources.show_detail(words.detail(total, "Số câu lạc bộ đọc sách", None, 2022))
    assert page.sources.coverage.text() == "Tổng từ 0 trên 3.321 đơn vị; mẫu của 2.906 đơn vị chưa hỏi"
    QApplication.processEvents()
    assert cut_off(page.sources) == []
