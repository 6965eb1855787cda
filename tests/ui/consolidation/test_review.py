"""An officer goes through the pile: accepts, returns with words on fields, thinks better of it, writes the replies."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.status import ReviewAct, State
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.office.office_acts import set_two_persons
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.reply import ReplyAct
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.consolidation.review import field_rows, found_rows, look_rows, pile_of
from hoctap_desktop.ui.consolidation.slips import counted, read_slips
from hoctap_desktop.ui.consolidation.slips_dialog import SlipsDialog, write_slips
from hoctap_desktop.ui.submission.office_key import OfficeKey
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import on_screen
from tests.ui.keys import ALT, CTRL, press


def settle(office: Office) -> None:
    for _ in range(3):
        office.settle()


@pytest.fixture
def page(fed: Office, qtbot: QtBot) -> ReceivedPaperPage:
    """The first of three reports."""
    page = on_screen(ReceivedPaperPage(fed.session), fed, qtbot)
    page.enter((pile(fed)[0], "board"))
    settle(fed)
    return page


def pile(office: Office) -> tuple[str, ...]:
    return pile_of(office.worker.submit(current_board).result(), Kind.REPORT)


def states(office: Office) -> list[State]:
    board = office.worker.submit(current_board).result()
    return [row.report.state for row in board.rows]


def package(page: ReceivedPaperPage) -> str:
    assert page.paper is not None
    return page.paper.submission.package_id


def test_the_whole_pile_by_the_keyboard(page: ReceivedPaperPage, fed: Office) -> None:
    assert (page.place.text(), page.before.isEnabled()) == ("Bản 1 trên 3", False)
    for number in range(3):
        assert package(page) == pile(fed)[number]
        press(Qt.Key.Key_Return, CTRL)
        settle(fed)
        if number < 2:
            assert page.after.hasFocus()
            press(Qt.Key.Key_PageDown, ALT)
            settle(fed)
    assert states(fed)[:3] == [State.APPROVED] * 3
    assert not page.after.isEnabled()
    press(Qt.Key.Key_PageUp, ALT)
    settle(fed)
    assert package(page) == pile(fed)[1]


def test_the_pile_is_gone_through_as_the_board_shows_it(page: ReceivedPaperPage, fed: Office) -> None:
    reports = [papers.report(name).package_id for name in papers.NAMES[:3]]
    shown = (reports[2], "gone" * 16, reports[0])  # turned round, one filtered out, one put back since
    page.enter((reports[2], "board", shown))
    fed.settle()
    assert page.place.text() == "Bản 1 trên 2"
    page.after.click()
    fed.settle()
    assert page.paper is not None
    assert page.paper.submission.package_id == reports[0]
    assert (page.place.text(), page.paper.case.after) == ("Bản 2 trên 2", "")
    page.review.accept.click()
    fed.settle()
    assert page.place.text() == "Bản 2 trên 2"  # a decision leaves the pile as it was
    page.enter((reports[0], "board"))  # from the two side by side
    fed.settle()
    assert page.place.text() == "Bản 2 trên 2"
    page.enter((reports[0], "totals"))
    fed.settle()
    assert page.place.text().endswith("trên 3")


def test_fields_are_chosen_from_the_form_and_words_stay_with_their_field(page: ReceivedPaperPage, fed: Office) -> None:
    press(Qt.Key.Key_Backspace, CTRL)
    slip = page.slip
    assert slip.words.edit.hasFocus()
    slip.search.set_text("hoi thao")
    slip.fields.setFocus()
    press(Qt.Key.Key_Home)
    assert slip.fields.current() == "talks"
    slip.remark.set_text("Thiếu một buổi.")
    slip.search.set_text("")
    slip.choose("participants")
    assert slip.remark.text() == ""
    slip.remark.set_text("   ")
    slip.choose("talks")
    assert slip.remark.text() == "Thiếu một buổi."
    assert slip.remarks() == {"talks": "Thiếu một buổi."}
    slip.send.click()
    settle(fed)
    assert page.paper is not None
    standing = page.paper.case.standing
    assert standing is not None
    assert (standing.act, standing.reason, [one.field for one in standing.remarks]) == (
        ReviewAct.RETURNED,
        "",
        ["talks"],
    )
    assert states(fed)[0] is State.RETURNED

    # written anew it begins with what was said; Esc leaves it as it was
    page.review.accept.click()
    settle(fed)
    page.review.give_back.click()
    assert slip.remarks() == {}
    press(Qt.Key.Key_Escape)
    assert page.side.currentIndex() == 0
    page.review.reopen.click()
    settle(fed)
    assert page.paper.case.standing is None
    assert [one.act for one in page.paper.case.decided] == [
        ReviewAct.RETURNED,
        ReviewAct.APPROVED,
        ReviewAct.REOPENED,
    ]
    assert states(fed)[0] in (State.RECEIVED, State.LATE)


def test_every_field_of_the_form_can_be_spoken_of() -> None:
    form = form_by_id("report", 1)
    rows = field_rows(form, {"talks": 2, "note.talks": "Ở xã"})
    notes = {field.id for field in form.fields() if field.id.startswith("note.")} - {"note.talks"}
    assert [row.id for row in rows] == [field.id for field in form.fields() if field.id not in notes]
    talks = next(row for row in rows if row.id == "talks")
    assert talks.value == "2"
    assert talks in found_rows(rows, "hội thảo")
    assert found_rows(rows, "không có mục nào như thế") == ()


def test_the_replies_of_all_units_or_of_one_are_written(page: ReceivedPaperPage, fed: Office, tmp_path: Path) -> None:
    page.review.accept.click()
    settle(fed)
    OfficeKey.of(fed.session).key = fed.worker.submit(
        lambda store: init_key(store, "mật khẩu dài", store.clock(), 1000)
    ).result()
    slips = fed.worker.submit(read_slips).result()
    assert counted(slips) == "1 phiếu đã duyệt, 2 phiếu tiếp nhận"
    usb = tmp_path / "KINGSTON"
    usb.mkdir()
    dialog = SlipsDialog(page, slips, [("USB", str(usb))], slips[0].unit.code)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    assert [slip.reply.act for slip in dialog.chosen()] == [ReplyAct.APPROVED]
    assert dialog.said.text() == "Sẽ ghi 1 phiếu đã duyệt."
    dialog.printed.setChecked(False)
    dialog.write.click()
    settle(fed)
    (file,) = usb.iterdir()
    assert unseal(file.read_bytes()).manifest.recipient.code == slips[0].unit.code
    write_slips(page, slips, usb, printed=True)
    settle(fed)
    assert len(list(usb.glob("*.htgoi"))) == 3
    (every,) = [path for path in usb.glob("*.pdf") if path.stem == "tat-ca-phieu-de-in"]
    each = sorted(path for path in usb.glob("*.pdf") if path != every)
    assert len(each) == 3
    told = [page.extract_text() for page in PdfReader(every).pages]  # to be printed at once, not file by file
    assert sorted(told) == sorted(PdfReader(path).pages[0].extract_text() for path in each)
    again = fed.worker.submit(read_slips).result()
    assert all(slip.signed for slip in again)
    OfficeKey.of(fed.session).lock()


def test_two_persons_in_the_window_the_first_proposes_and_another_approves(
    page: ReceivedPaperPage, fed: Office
) -> None:
    fed.worker.submit(lambda store: set_two_persons(store, on=True)).result()
    fed.session.settings.person = "Nguyễn Văn A"
    page.enter((package(page), "board"))
    settle(fed)
    assert page.review.accept.text() == "Đề nghị duyệt"
    assert page.review.rule.text().startswith("Hai người duyệt")
    press(Qt.Key.Key_Return, CTRL)
    settle(fed)
    assert (states(fed)[0], page.review.accept.text()) == (State.PROPOSED, "Duyệt")
    assert page.review.rule.text().startswith("Nguyễn Văn A đã đề nghị")
    press(Qt.Key.Key_Return, CTRL)
    settle(fed)
    assert states(fed)[0] is State.PROPOSED
    assert "cần một người khác duyệt" in page.banners.texts()["refused"]
    fed.session.settings.person = "Trần Thị B"
    press(Qt.Key.Key_Return, CTRL)
    settle(fed)
    assert states(fed)[0] is State.APPROVED
    assert "refused" not in page.banners.texts()
    assert page.paper is not None
    assert [one.who for one in page.paper.case.decided] == ["Nguyễn Văn A", "Trần Thị B"]


def test_what_is_to_be_looked_at_leads_into_the_return_slip(page: ReceivedPaperPage, fed: Office) -> None:
    press(Qt.Key.Key_F8)
    assert page.tabs.tabs.current() == "look"
    assert page.paper is not None
    row = look_rows(page.paper.case.checked)[0]
    assert "Đơn vị ghi: " in row.text
    page.look.acted.emit(row.key, "remark")
    assert page.side.currentIndex() == 1
    assert page.slip.remarks() == {row.field: row.remark}
    QTest.keyClicks(page.slip.remark.edit, " Xin ghi ro.")  # goes on behind what the machine said
    assert page.slip.remarks() == {row.field: f"{row.remark} Xin ghi ro."}
    page.slip.send.click()
    settle(fed)
    assert states(fed)[0] is State.RETURNED
    assert page.tabs.tabs.current() == "review"  # where it stands that it went back


def test_a_later_revision_stands_beside_the_one_before(fed: Office, qtbot: QtBot, tmp_path: Path) -> None:
    late = papers.report(papers.NAMES[0], 2, 4321)
    fed.worker.submit(lambda store: intake(store, [papers.put(tmp_path / "again", late)])).result()
    page = on_screen(ReceivedPaperPage(fed.session), fed, qtbot)
    page.enter((late.package_id, "board"))
    settle(fed)
    page.tabs.open("compare")
    said = page.compare.toPlainText()
    assert "1 mục khác nhau" in said
    assert "4.321" in said
    assert "Lần 1 nhận ngày" in said
    page.enter((papers.report(papers.NAMES[1]).package_id, "board"))
    settle(fed)
    assert page.compare.toPlainText() == "Bản nộp đầu tiên của đơn vị, chưa có số năm trước để so."
