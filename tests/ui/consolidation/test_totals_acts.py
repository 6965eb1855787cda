"""Tổng hợp: own numbers, confirmed sums, doubts, what units wrote, what changed after sending."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.outliers import outliers
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.reviewing import decide
from hoctap_desktop.consolidation.settling import set_own
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.totals_acts import CONFIRMED, own_numbers, standing
from hoctap_desktop.office.office_acts import set_two_persons
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.ui.consolidation.totals_dialogs import ConfirmDialog, OwnDialog, ReasonDialog, SinceDialog
from hoctap_desktop.ui.consolidation.totals_page import TotalsPage
from hoctap_desktop.ui.consolidation.totals_read import Read
from hoctap_desktop.ui.paper.print_dialog import PrintDialog
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.report.page_totals import BEHIND
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import Message
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from tests.consolidation.papers import PDF
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import UPPER, accept_keys, on_screen


@pytest.fixture
def page(fed: Office, qtbot: QtBot) -> Iterator[TotalsPage]:
    yield on_screen(TotalsPage(fed.session), fed, qtbot)
    fed.settle()


def _read(page: TotalsPage) -> Read:
    assert page.read is not None
    return page.read


def test_own_numbers_are_typed_and_stand_as_a_row_of_their_own(page: TotalsPage, fed: Office, qtbot: QtBot) -> None:
    before = _read(page).found.number("participants").value or 0
    page.ask_own()
    (dialog,) = page.window().findChildren(OwnDialog)
    dialog.edits["participants"].setText("1.000")
    dialog._save()
    fed.settle()
    assert fed.worker.submit(lambda store: own_numbers(store, "2022")).result() == {"participants": 1000}
    page.choose("participants")
    first = page.sources.model.share(0)
    assert first is not None
    assert (first.unit, first.words, first.own) == ("Hoạt động của riêng cơ quan", "1.000", True)
    assert _read(page).found.number("participants").value == before + 1000
    assert page.sources.coverage.text() == "Tổng từ 3 trên 4 đơn vị"


def test_a_wrong_own_number_is_told_at_its_box_and_nothing_typed_is_lost(page: TotalsPage, fed: Office) -> None:
    page.ask_own()
    (dialog,) = page.window().findChildren(OwnDialog)
    dialog.edits["participants"].setText("1.000")
    dialog.edits["newspaper_articles"].setText("1,5")
    dialog._save()
    fed.settle()
    assert dialog.isVisible()
    (said,) = [one.text() for one in dialog.findChildren(Message) if one.isVisibleTo(dialog)]
    assert said.startswith("«1,5» không phải số đếm ở «Số bài viết trên các báo»")
    assert dialog.edits["newspaper_articles"].property("state") == "error"
    assert dialog.edits["participants"].text() == "1.000"
    assert fed.worker.submit(lambda store: own_numbers(store, "2022")).result() == {}
    dialog.edits["newspaper_articles"].setText("2")
    dialog.edits["newspaper_articles"].textEdited.emit("2")
    assert dialog.edits["newspaper_articles"].property("state") == "normal"
    dialog._save()
    fed.settle()
    kept = fed.worker.submit(lambda store: own_numbers(store, "2022")).result()
    assert kept == {"participants": 1000, "newspaper_articles": 2}
    assert not [one for one in page.window().findChildren(OwnDialog) if one.isVisible()]


@pytest.mark.parametrize(("press", "kept"), [("Gõ tiếp", {}), ("Bỏ số vừa gõ", {}), ("Ghi lại", {"participants": 7})])
def test_esc_over_own_numbers_that_were_typed_asks(
    page: TotalsPage, fed: Office, press: str, kept: dict[str, int]
) -> None:
    page.ask_own()
    (dialog,) = page.window().findChildren(OwnDialog)
    dialog.edits["participants"].setText("7")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    (asked,) = [one for one in dialog.findChildren(Dialog) if one.isVisible()]
    next(one for one in asked.findChildren(Button) if one.text() == press).click()
    fed.settle()
    assert fed.worker.submit(lambda store: own_numbers(store, "2022")).result() == kept
    open_still = [one for one in page.window().findChildren(OwnDialog) if one.isVisible()]
    assert bool(open_still) == (press == "Gõ tiếp")
    for one in open_still:
        assert one.edits["participants"].text() == "7"
        one.edits["participants"].setText("")
        one.reject()
        assert not one.isVisible(), "nothing typed: Esc closes"


def test_a_sum_confirmed_without_a_reason_asks_for_it_in_place(page: TotalsPage, fed: Office) -> None:
    page.choose(next(one.field.id for one in _read(page).found.numbers if one.to_confirm))
    page.ask_confirm()
    (dialog,) = page.window().findChildren(ConfirmDialog)
    dialog.value.edit.setText("1")
    dialog._save()
    fed.settle()
    assert dialog.isVisible()
    assert dialog.value.text() == "1"
    assert dialog.reason.edit.property("state") == "error"
    dialog.reject()


def test_what_the_office_did_not_hold_stands_so_when_it_is_opened_again(page: TotalsPage, fed: Office) -> None:
    for typed in ("k", "Không tổ chức"):
        fed.worker.submit(lambda store, typed=typed: set_own(store, "2022", "talks", typed)).result()  # type: ignore[misc]
        assert fed.worker.submit(lambda store: own_numbers(store, "2022")).result() == {
            "talks": {"none": "not_held", "reason": ""}
        }
    page.enter()
    fed.settle()
    assert page.read is not None
    assert {one.field: one.typed for one in page.read.own if one.typed} == {"talks": "Không tổ chức"}


def test_a_sum_that_may_repeat_is_confirmed_with_a_reason(page: TotalsPage, fed: Office) -> None:
    field = next(one.field.id for one in _read(page).found.numbers if one.to_confirm)
    page.choose(field)
    assert page.sources.confirm.isVisibleTo(page.sources)
    page.ask_confirm()
    (dialog,) = page.window().findChildren(ConfirmDialog)
    dialog.reason.edit.setText("Đã đối chiếu, không trùng")
    dialog._save()
    dialog.close()
    fed.settle()
    kept = fed.worker.submit(lambda store: standing(store, "2022", CONFIRMED)).result()
    assert kept[field].reason == "Đã đối chiếu, không trùng"
    assert page.sources.confirm.button.text() == "Xác nhận lại"


def test_a_doubt_is_listed_and_asks_why_it_may_stay(page: TotalsPage, fed: Office) -> None:
    found = papers.many_totals()
    doubts = outliers(found)
    page.totals_read(Read(found, None, False, doubts=doubts))
    assert [row.key for row in page.doubts.rows()] == [one.id for one in doubts]
    assert page.right.tabs.words("look") == f"Cần xem {len(doubts)}"
    page.choose("participants")
    far = next(one for one in doubts if one.field is not None and one.field.id == "participants")
    page.sources.warn.keep.click()
    (dialog,) = page.window().findChildren(ReasonDialog)
    assert dialog.windowTitle() == f"Giữ số của {far.unit.short_name}?"
    dialog.close()
    fed.settle()


def test_what_stands_in_the_own_report_is_read_again_when_the_page_comes_up(page: TotalsPage, fed: Office) -> None:
    """Else an empty box would be typed over what was written on the page of the report meanwhile."""
    page.right.open("words")
    fed.settle()
    section = page.narratives.chosen()

    def write(store: Store) -> None:
        prepare_report(store)
        filings.set_answer(store, "2022-report", section, "Đã viết ở trang Báo cáo", store.clock())

    fed.worker.submit(write).result()
    page.enter()
    fed.settle()
    assert page.narratives.own.text() == "Đã viết ở trang Báo cáo"


def test_a_low_window_opens_a_number_at_its_name_and_scrolls_to_its_units_at_the_first_key(
    page: TotalsPage, fed: Office, qtbot: QtBot
) -> None:
    page.set_narrow(True)
    page.resize(850, 380)
    qtbot.wait(0)
    ring = FocusRing(page)
    page.choose("participants")
    page.open_pane()
    bar = page.sources.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # laid out when events are through, which takes a busy machine longer
    assert bar.value() == 0
    assert page.sources.list.hasFocus()
    qtbot.keyClick(page.sources.list, Qt.Key.Key_Down)
    assert bar.value() > 0
    ring.deleteLater()


def test_what_units_wrote_is_put_into_the_own_report(page: TotalsPage, fed: Office) -> None:
    page.right.open("words")
    fed.settle()
    rows = page.narratives.list.rows()
    assert rows
    page.narratives._acted(rows[0].key, "insert")
    fed.settle()
    fed.settle()
    assert "(theo báo cáo của" in page.narratives.own.text()


def _send(store: Store) -> None:
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", store.clock())
    seal(store, report.id, make_key("Phòng", UPPER, store.clock()), store.clock())


def test_after_sending_a_change_is_told_and_the_sent_one_comes_out_again(
    page: TotalsPage, fed: Office, tmp_path: Path, gone_to: list[tuple[str, object]]
) -> None:
    fed.worker.submit(_send).result()
    page.enter()
    fed.settle()
    assert "since" not in page.banners.texts()
    later = papers.report(papers.NAMES[0], 2, 4321)
    fed.worker.submit(lambda store: intake(store, [papers.put(tmp_path / "later", later)])).result()
    page.enter()
    fed.settle()
    assert page.banners.texts()["since"].startswith("Sau khi gửi báo cáo lần 1 ngày 14/10/2022: 1 nơi thay đổi")
    page.ask_since()
    (dialog,) = page.window().findChildren(SinceDialog)
    told = dialog.view.toPlainText().split("\n")
    at = told.index("Số người tham gia", told.index("UBND xã Hà Thượng: nộp lại, lần 2"))
    assert told[at + 1 : at + 3] == ["535", "4.321"]
    (paper,) = [button for button in dialog.findChildren(Button) if button.text() == "In bảng"]
    paper.click()
    fed.settle()
    (asked,) = page.window().findChildren(PrintDialog)
    asked.close()
    (again,) = [button for button in dialog.findChildren(Button) if button.text() == "So lại bản đã gửi"]
    again.click()
    fed.settle()
    assert "giống hệt" in page.banners.texts()["as-sent"]
    (make,) = [button for button in dialog.findChildren(Button) if button.text() == "Lập báo cáo bổ sung"]
    make.click()
    fed.settle()
    assert gone_to == [("report", None)]
    draft = fed.worker.submit(lambda store: filings.current(store, "2022-report")).result()
    assert (draft.revision, draft.answers["participants"]) == (2, _read(page).found.number("participants").stated)


def test_a_draft_says_that_papers_came_after_it_took_its_numbers(
    page: TotalsPage, fed: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    fed.worker.submit(prepare_report).result()
    report = on_screen(ReportPage(fed.session), fed, qtbot)
    assert BEHIND not in report.banners.texts()
    later = papers.report(papers.NAMES[0], 2, 4321)

    def come(store: Store) -> None:
        accept_keys(store, papers.NAMES[3:])
        intake(store, [papers.put(tmp_path / "later", later, papers.report(papers.NAMES[3]))])

    fed.worker.submit(come).result()
    report.enter()
    fed.settle()
    said = (
        "2 đơn vị nộp thêm, nộp lại hoặc không còn được tính sau khi báo cáo này lấy số. "
        "Báo cáo đang ghi số của 3 trên 4 đơn vị, bây giờ là 4 trên 4."
    )
    assert report.banners.texts()[BEHIND] == said
    assert report.presenter is not None
    report.totals.take()
    fed.settle()
    assert BEHIND not in report.banners.texts()
    page.enter()
    fed.settle()
    assert report.presenter.answers["participants"] == _read(page).found.number("participants").stated


def test_papers_that_came_and_do_not_count_are_told_of(page: TotalsPage, fed: Office) -> None:
    fed.worker.submit(lambda store: set_two_persons(store, on=True)).result()
    page.enter()
    fed.settle()
    assert page.stack.currentIndex() == 3
    assert page.first_focus() is page.waiting.button
    package = papers.report(papers.NAMES[0]).package_id

    def approve(store: Store) -> None:
        for who in ("A", "B"):
            decide(store, package, ReviewAct.APPROVED, who=who)
        decide(store, papers.report(papers.NAMES[1]).package_id, ReviewAct.RETURNED, "Xem lại.", who="A")

    fed.worker.submit(approve).result()
    page.enter()
    fed.settle()
    assert page.stack.currentIndex() == 2
    assert page.chip.state().words == "Còn 3 đơn vị chưa có số, 2 bản chưa tính"
    page.choose("participants")
    model = page.sources.model
    shares = [model.share(at) for at in range(model.rowCount())]
    said = {share.unit: (share.words, share.icon) for share in shares if share is not None and share.value is None}
    assert ("Trả lại, chưa tính", "undo-2") in said.values()
    assert ("Đã nhận, chờ duyệt, chưa tính", "users") in said.values()
    assert ("Chưa nộp", "circle") in said.values()
