"""Tiếp nhận: one line a file with its next step; digits compared; a turn undone; what is there after a restart."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import reminder_desk, repository
from hoctap_desktop.consolidation.desk import Desk
from hoctap_desktop.consolidation.turn_paper import REQUEST, Below, Sender
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.container import ANSWERS, Entry, pack, unpack
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import seal_enrolment
from hoctap_desktop.ui import files, rooms, theme
from hoctap_desktop.ui.consolidation import receive_presenter as words
from hoctap_desktop.ui.consolidation.next_step_dialog import NextStepDialog
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.consolidation.receive_model import ACT, SENTENCE, UNIT, ReceiveModel
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.receive_view import act_box
from hoctap_desktop.ui.key_dialog import KeyDialog
from hoctap_desktop.ui.main_window import MainWindow
from tests.offices import NOW, dai_tu
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import accept_keys

NO_PACKAGE = "Tệp «bao cao xa Na Mao.xlsx» không phải gói của chương trình, hoặc chép chưa hết (đây là tệp Excel)"
NURSERY = papers.NAMES[3]


def picture(model: ReceiveModel) -> list[str]:
    """The heads of groups as they are; of each file its unit, its act, and the first sentence of its verdict."""
    shown = []
    for at in range(model.rowCount()):
        row = model.row(at)
        if row.group:
            shown.append(f"= {row.title}")
        else:
            verdict = row.sentence.partition(". ")[0].rstrip(".")
            shown.append(
                " | ".join([row.unit, row.content.replace("\u00a0", " "), verdict, row.act_words]).rstrip(" |")
            )
    return shown


@pytest.fixture
def page(upper: Office, qtbot: QtBot) -> Iterator[ReceivePage]:
    made = ReceivePage(upper.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.activateWindow()
    yield made
    upper.settle()


def opened(page: ReceivePage, office: Office) -> ReceivePage:
    page.enter()
    office.settle()
    return page


def submissions(office: Office) -> int:
    return len(office.worker.submit(lambda store: repository.reported(store, "2022")).result())


def waiting(office: Office) -> int:
    return len(office.worker.submit(sealed.held_packages).result())


def test_an_empty_desk_says_what_comes_here(page: ReceivePage, upper: Office) -> None:
    opened(page, upper)
    assert page.empty.isVisible()
    assert page.first_focus() is page.empty.button
    assert not page.undo.isVisible()
    assert not page.pick_files.isVisible()
    assert upper.session.count("receive") == 0


def test_every_file_gets_its_line_and_its_next_step(page: ReceivePage, upper: Office, stick: Path) -> None:
    upper.worker.submit(lambda store: accept_keys(store, papers.NAMES[:3])).result()
    damaged = bytearray(papers.report(papers.NAMES[1]).data)
    damaged[len(damaged) // 2] ^= 1
    (stick / "hong.htgoi").write_bytes(bytes(damaged))
    (stick / "bao cao xa Na Mao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    (stick / "ghi chu.txt").write_bytes(b"x")
    opened(page, upper).take_in([stick])
    upper.settle()
    assert picture(page.model) == [
        "= Cần xử lý, 3 tệp",
        "Trường Mầm non Hà Thượng | Báo cáo 2022, lần 1 | Chưa có tệp đăng ký khóa của đơn vị | So dãy số",
        f"bao cao xa Na Mao.xlsx | Không phải gói | {NO_PACKAGE} | Nhập hộ",
        "hong.htgoi | Không đọc được | Tệp «print/bao-cao.pdf» trong gói bị hỏng khi sao chép | Chép lại",
        "= Đã nhận, 3 tệp",
        "Trường Tiểu học Hà Thượng | Báo cáo 2022, lần 1 | Nhận được | Mở",
        "Trường THCS Hà Thượng | Báo cáo 2022, lần 1 | Nhận được | Mở",
        "UBND xã Hà Thượng | Báo cáo 2022, lần 1 | Nhận được | Mở",
    ]
    assert page.turn.whole() == "Lượt chiều 14/10/2022, từ thư mục usb, 6 tệp; không đọc 1 tệp khác"
    assert upper.session.count("receive") == 3
    assert page.model.row(page.view.currentIndex().row()).act == words.COMPARE
    assert page.undo.isVisible()


def the_dialog() -> NextStepDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, NextStepDialog) and one.isVisible())


def _altered(stick: Path) -> str:
    """A file of the THCS whose numbers somebody changed."""
    made = papers.report(papers.NAMES[1])
    container = unpack(made.data)
    entries = [
        Entry(one.name, one.data.replace(b"participants", b"participantz")) if one.name == ANSWERS else one
        for one in container.entries
    ]
    (stick / made.name).write_bytes(pack(container.kind, entries))
    return made.name


def test_a_changed_file_names_its_unit_by_its_name_and_offers_the_call(
    page: ReceivePage, upper: Office, stick: Path
) -> None:
    name = _altered(stick)
    opened(page, upper).take_in([stick / name])
    upper.settle()
    (row,) = [page.model.row(at) for at in range(page.model.rowCount()) if not page.model.row(at).group]
    assert (row.unit, row.act) == ("Trường THCS Hà Thượng (theo tên tệp)", words.CALL)
    assert row.sentence == "Nội dung đã thay đổi sau khi ký: «bảng số liệu, lời văn». Không nhập. Hãy gọi đơn vị."
    page.view.acted.emit(page.model.row_of(row.key))
    dialog = the_dialog()
    assert dialog.windowTitle() == "Gọi Trường THCS Hà Thượng (theo tên tệp)"
    assert name in dialog.said.text()
    dialog.act.click()
    upper.settle()
    calls = upper.worker.submit(lambda store: reminder_desk.calls(store, "2022")).result()
    assert name in calls["05812-THCS"][0].note
    assert "Đã ghi cuộc gọi" in page.banners.texts()["called"]


@pytest.mark.parametrize("text_size", [100, 115, 130])
def test_the_act_stands_whole_in_a_narrow_window_with_large_letters(
    page: ReceivePage, upper: Office, stick: Path, qapp: QApplication, request: pytest.FixtureRequest, text_size: int
) -> None:
    """855 px stand beside the sidebar at 150 %; the button of a row was cut at 130 % of the letters."""
    request.addfinalizer(lambda: theme.apply(qapp, theme.Theme()))
    theme.apply(qapp, theme.Theme(text_size=text_size))
    page.resize(855, 464)
    page.set_narrow(True)
    opened(page, upper).take_in([stick])
    upper.settle()
    view = page.view
    assert sum(view.columnWidth(at) for at in range(ACT + 1)) <= view.viewport().width()
    at = page.model.first_with_act()
    box = act_box(view.visualRect(page.model.index(at, ACT)), page.model.row(at))
    assert box.right() <= view.viewport().width()


def test_a_file_copied_badly_is_copied_again_and_chosen(
    page: ReceivePage, upper: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upper.worker.submit(lambda store: accept_keys(store, papers.NAMES[:3])).result()
    made = papers.report(papers.NAMES[1])
    whole = stick / made.name
    whole.write_bytes(made.data[: len(made.data) // 2])
    opened(page, upper).take_in([whole])
    upper.settle()
    row = page.model.row(1)
    assert (row.unit, row.act) == ("Trường THCS Hà Thượng (theo tên tệp)", words.COPY)
    whole.write_bytes(made.data)
    monkeypatch.setattr(files, "choose_files", lambda _page, then: then([whole]))
    page.view.acted.emit(1)
    the_dialog().act.click()
    upper.settle()
    assert picture(page.model) == [
        "= Đã nhận, 1 tệp",
        "Trường THCS Hà Thượng | Báo cáo 2022, lần 1 | Nhận được | Mở",
    ]


def test_whose_a_file_is_by_its_name_takes_the_longest_code() -> None:
    below = dai_tu().below
    known = Below(below)

    def by_name(name: str) -> str:
        found = known.sender(Line(name, Outcome.REFUSED, ""))
        return found.unit.code if found else ""

    assert by_name("05812-thcs-truong-thcs-ha-thuong-bao-cao-2022-lan-1.htgoi") == "05812-THCS"
    assert by_name("05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1 - Copy.htgoi") == "05812"
    assert by_name("058121-ubnd-xa.htgoi") == by_name("bao cao.htgoi") == by_name("05812.htgoi") == ""
    claimed = known.sender(Line("05812-ubnd.htgoi", Outcome.REFUSED, "", unit_code="99999", unit="Xã lạ"))
    assert claimed is None  # what the package says stands before its name


@pytest.mark.parametrize("code", [Code.ALTERED, Code.WRONG_UNIT, Code.REVOKED_KEY])
def test_every_call_says_what_to_ask_for(code: Code) -> None:
    unit = replace(dai_tu().below[0], phone="0208 3824 222", contact="Bà Lan")
    step = words.next_step(Line("a.htgoi", Outcome.REFUSED, "Không nhập.", code), Sender(unit))
    assert step.reach == "0208 3824 222, Bà Lan"
    assert step.note
    assert len(step.steps) == 2


def test_the_same_files_again_change_nothing_and_say_so_quietly(page: ReceivePage, fed: Office, stick: Path) -> None:
    opened(page, fed).take_in([stick / papers.report(papers.NAMES[0]).name])
    fed.settle()
    assert picture(page.model) == [
        "= Cần xử lý, 1 tệp của lượt trước",
        "Trường Mầm non Hà Thượng | Báo cáo 2022, lần 1 | Chưa có tệp đăng ký khóa của đơn vị | So dãy số",
        "= Không có gì thay đổi, 1 tệp",
        "UBND xã Hà Thượng | Báo cáo 2022, lần 1 | Bản này đã nhập ngày 14/10/2022, không có gì thay đổi",
    ]
    assert not page.undo.isVisible()
    assert submissions(fed) == 3


def test_digits_that_match_take_the_key_in_and_release_what_waits(
    page: ReceivePage, fed: Office, tmp_path: Path
) -> None:
    request = papers.put(tmp_path / "dang-ky", papers.request(NURSERY))
    opened(page, fed).take_in([request])
    fed.settle()
    assert fed.session.count("receive") == 2
    package = papers.report(NURSERY).package_id
    dialog = page.compare(page.model.row(page.model.row_of(package)).line or pytest.fail("no line"))
    assert dialog is not None
    assert dialog.fingerprint == papers.fingerprint_of(NURSERY)
    dialog.matches.click()
    fed.settle()
    assert picture(page.model) == [
        "= Đã nhận, 2 tệp",
        "Trường Mầm non Hà Thượng | Báo cáo 2022, lần 1 | Nhận được | Mở",
        "Trường Mầm non Hà Thượng | Đăng ký khóa | Đã nhận khóa của đơn vị",
    ]
    assert (submissions(fed), waiting(fed), fed.session.count("receive")) == (4, 0, 0)


def test_after_a_key_the_keyboard_stands_on_the_next_file_to_be_done(
    page: ReceivePage, upper: Office, stick: Path
) -> None:
    """An officer compares twenty keys one after the other; the list must not run to the end after each."""
    for name in papers.NAMES:
        papers.put(stick, papers.request(name))
    opened(page, upper).take_in([stick])
    upper.settle()
    done = []
    while (line := page.model.row(page.view.currentIndex().row()).line) and line.outcome is Outcome.WAITING:
        order = [row.unit for row in map(page.model.row, range(page.model.rowCount())) if row.strong]
        done.append(line.unit)
        dialog = page.compare(line)
        assert isinstance(dialog, KeyDialog)
        dialog.matches.click()
        upper.settle()
        left = [unit for unit in order if unit != line.unit]
        if left:
            now = page.model.row(page.view.currentIndex().row())
            assert now.unit == next((u for u in order[order.index(line.unit) :] if u in left), left[0])
    assert len(done) == len(papers.NAMES)
    assert submissions(upper) == len(papers.NAMES)


def test_digits_that_differ_take_nothing_in(page: ReceivePage, fed: Office) -> None:
    opened(page, fed)
    line = page.model.row(page.model.row_of(papers.report(NURSERY).package_id)).line
    assert line is not None
    dialog = page.compare(line)
    assert dialog is not None
    dialog.differs.click()
    fed.settle()
    row = page.model.row(page.model.row_of(papers.report(NURSERY).package_id))
    assert row.sentence == "Dãy số không khớp với phiếu có dấu. Gói nằm chờ, không nhập; hãy gọi đơn vị."
    assert (row.token, row.act) == ("danger", words.COMPARE)
    assert (submissions(fed), waiting(fed)) == (3, 1)
    again = fed.worker.submit(desks.read_desk).result()
    assert [line.code for line in again.lines if line.outcome is Outcome.WAITING] == [Code.FINGERPRINT_DIFFERS]


def test_escape_from_the_comparison_changes_nothing(page: ReceivePage, fed: Office) -> None:
    opened(page, fed)
    line = page.model.row(page.model.row_of(papers.report(NURSERY).package_id)).line
    assert line is not None
    dialog = page.compare(line)
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    fed.settle()
    assert (submissions(fed), waiting(fed)) == (3, 1)


def test_without_its_request_a_key_cannot_be_taken_in(page: ReceivePage, fed: Office) -> None:
    opened(page, fed)
    line = page.model.row(page.model.row_of(papers.report(NURSERY).package_id)).line
    assert line is not None
    dialog = page.compare(line)
    assert isinstance(dialog, KeyDialog)
    assert not hasattr(dialog, "matches")
    dialog.close_button.click()
    fed.settle()
    assert waiting(fed) == 1


def test_a_turn_is_undone_whole(page: ReceivePage, upper: Office, stick: Path) -> None:
    papers.put(stick, papers.request(NURSERY))
    upper.worker.submit(lambda store: accept_keys(store, papers.NAMES[:3])).result()
    opened(page, upper).take_in([stick])
    upper.settle()
    line = page.model.row(page.model.row_of(papers.request(NURSERY).package_id)).line
    assert line is not None
    dialog = page.compare(line)
    assert dialog is not None
    dialog.matches.click()
    upper.settle()
    assert submissions(upper) == 4
    page._undo()
    upper.settle()
    assert (submissions(upper), waiting(upper)) == (0, 0)
    assert page.empty.isVisible()
    assert page.banners.texts()["undone"] == "Đã hoàn tác: 4 bản không còn được tính."


def test_after_a_restart_the_last_turn_stands_there_word_for_word(upper: Office, stick: Path) -> None:
    papers.put(stick, papers.report(papers.NAMES[0], 2))

    def both(store: Store) -> tuple[Desk, Desk]:
        accept_keys(store, papers.NAMES[:3])
        told = desks.receive(store, lambda *_: None, [stick])
        with store.atomic() as db:  # a store that kept no turns yet
            db.execute("DELETE FROM turn_file")
            db.execute("DELETE FROM turn_kept")
        return told, desks.read_desk(store)

    told, read = upper.worker.submit(both).result()

    def said(desk: Desk) -> dict[str, tuple[object, ...]]:
        return {row.key: (row.unit, row.content, row.sentence, row.act) for row in words.table(desk) if not row.group}

    assert said(read) == said(told)
    assert read.batches == told.batches
    assert len(said(read)) == 5


def test_what_was_refused_stands_there_after_a_restart_and_in_the_sidebar(
    page: ReceivePage, upper: Office, stick: Path, qtbot: QtBot
) -> None:
    upper.worker.submit(lambda store: accept_keys(store, papers.NAMES[:3])).result()
    (stick / "hong.htgoi").write_bytes(papers.report(papers.NAMES[1]).data[:-400])
    (stick / "bao cao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    opened(page, upper).take_in([stick])
    upper.settle()
    told = picture(page.model)
    assert told[0] == "= Cần xử lý, 3 tệp"
    again = ReceivePage(upper.session)
    qtbot.addWidget(again)
    opened(again, upper)
    assert picture(again.model) == told
    assert again.turn.whole() == page.turn.whole()
    assert upper.worker.submit(desks.to_look_at).result() == 3


def test_a_turn_with_nothing_but_refusals_is_remembered_too(page: ReceivePage, fed: Office, tmp_path: Path) -> None:
    (tmp_path / "bao cao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    opened(page, fed).take_in([tmp_path / "bao cao.xlsx"])
    fed.settle()
    desk = fed.worker.submit(desks.read_desk).result()
    assert [line.outcome for line in desk.lines] == [Outcome.WAITING, Outcome.REFUSED]


def test_an_undone_turn_is_not_told_again(page: ReceivePage, upper: Office, stick: Path) -> None:
    (stick / "bao cao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    opened(page, upper).take_in([stick])
    upper.settle()
    page._undo()
    upper.settle()
    assert page.empty.isVisible()
    assert upper.worker.submit(desks.to_look_at).result() == 0


def test_a_new_key_says_that_it_closes_the_old_one_and_enter_takes_nothing_in(
    page: ReceivePage, fed: Office, tmp_path: Path
) -> None:
    unit = papers.filing(papers.NAMES[0]).unit
    key = make_key(unit.name, unit.code, papers.SEALED_AT)
    asked = seal_enrolment(unit, key, unit_name(dai_tu().own), papers.SEALED_AT)
    opened(page, fed).take_in([papers.put(tmp_path / "dang-ky", asked)])
    fed.settle()
    line = page.model.row(page.model.row_of(asked.package_id)).line
    assert line is not None
    dialog = page.compare(line)
    assert dialog is not None
    assert dialog.closes.text().startswith(
        "Đơn vị này đã có khóa, nhận ngày 14/10/2022. Nhận khóa mới thì khóa cũ đóng từ hôm nay."
    )
    assert dialog.focusWidget() is dialog.close_button
    keys = len(fed.worker.submit(sealed.roster).result().keys)
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Return)
    fed.settle()
    assert len(fed.worker.submit(sealed.roster).result().keys) == keys
    assert waiting(fed) == 2


def test_the_count_is_known_before_the_room_is_opened(fed: Office) -> None:
    assert fed.worker.submit(desks.to_look_at).result() == 1


def test_a_folder_with_nothing_of_ours_says_so(page: ReceivePage, upper: Office, tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    opened(page, upper).zone.dropped.emit([tmp_path / "trong"])
    upper.settle()
    assert page.banners.texts() == {"nothing": "Không có gói nào của chương trình ở đó."}


def test_the_keyboard_goes_from_file_to_file_and_opens_a_paper(
    page: ReceivePage, fed: Office, gone_to: list[tuple[str, object]]
) -> None:
    opened(page, fed)
    page.view.setFocus()
    assert page.model.row(page.view.currentIndex().row()).act == words.COMPARE
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    row = page.model.row(page.view.currentIndex().row())
    assert row.act == words.OPEN
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert gone_to == [("received", (row.key, "receive"))]


def test_a_click_on_the_act_of_a_row_acts(page: ReceivePage, fed: Office, gone_to: list[tuple[str, object]]) -> None:
    opened(page, fed)
    at = page.model.row_of(papers.report(papers.NAMES[0]).package_id)
    cell = page.model.index(at, ACT)
    box = act_box(page.view.visualRect(cell), page.model.row(at))
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert gone_to == [("received", (papers.report(papers.NAMES[0]).package_id, "receive"))]
    QTest.mouseClick(
        page.view.viewport(), Qt.MouseButton.LeftButton, pos=page.view.visualRect(page.model.index(at, UNIT)).center()
    )
    assert len(gone_to) == 1


def test_the_model_keeps_qts_rules(page: ReceivePage, fed: Office, qtmodeltester: ModelTester) -> None:
    opened(page, fed)
    qtmodeltester.check(page.model)
    spoken = page.model.data(page.model.index(1, SENTENCE), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Trường Mầm non Hà Thượng, Báo cáo 2022")
    assert str(spoken).endswith("Enter: So dãy số.")


def test_a_long_verdict_takes_the_lines_it_needs(page: ReceivePage, upper: Office) -> None:
    opened(page, upper)
    short = Line("a.htgoi", Outcome.REFUSED, "Tệp quá lớn.", Code.FILE_TOO_LARGE)
    page.model.set_rows(words.table(Desk(lines=(short, replace(short, file="b.htgoi", sentence="dài " * 80)))))
    assert page.view.rowHeight(2) > 2 * page.view.rowHeight(1)


@pytest.mark.parametrize(
    ("code", "glyph"),
    [
        (Code.ALTERED, ("file-x-2", "danger")),
        (Code.WRONG_UNIT, ("file-x-2", "danger")),
        (Code.UNKNOWN_KEY, ("key-round", "warn")),
        (Code.NOT_A_PACKAGE, ("file-warning", "warn")),
        (Code.DAMAGED_ENTRY, ("file-warning", "warn")),
    ],
)
def test_each_refusal_has_its_glyph(code: Code, glyph: tuple[str, str]) -> None:
    rows = words.table(Desk(lines=(Line("a.htgoi", Outcome.REFUSED, "…", code),)))
    assert (rows[1].icon, rows[1].token) == glyph


def test_a_package_whose_request_has_not_come_says_what_to_ask_for() -> None:
    """There is nothing to accept yet: comparing digits alone does not take it in."""
    paper = Line("a.htgoi", Outcome.WAITING, "…", Code.UNKNOWN_KEY, paper="Báo cáo 2022, lần 1", fingerprint="1")
    alone = words.table(Desk(lines=(paper,)))[1]
    assert alone.sentence == "Chưa có tệp đăng ký khóa của đơn vị. Gói nằm chờ; hãy xin tệp đó và phiếu có dấu."
    request = replace(paper, file="b.htgoi", paper=REQUEST)
    both = [row.sentence for row in words.table(Desk(lines=(paper, request))) if not row.group]
    assert both == [
        "Khóa chưa đăng ký. Gói nằm chờ; hãy so dãy số với phiếu có dấu.",
        "Đơn vị đăng ký khóa. Hãy so dãy số với phiếu có dấu.",
    ]


@pytest.mark.parametrize(("hour", "part"), [(7, "sáng"), (16, "chiều"), (19, "tối")])
def test_a_turn_is_named_by_its_day_and_part_of_the_day(hour: int, part: str) -> None:
    line = Line("a.htgoi", Outcome.REFUSED, "…", Code.ALTERED)
    assert words.turn_words(Desk((), NOW.replace(hour=hour), (line,))) == f"Lượt {part} 14/10/2022, 1 tệp"


def test_a_received_paper_shows_the_pages_as_they_came(
    fed: Office, qtbot: QtBot, gone_to: list[tuple[str, object]]
) -> None:
    page = ReceivedPaperPage(fed.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter((papers.report(papers.NAMES[0]).package_id, "board"))
    fed.settle()
    assert page.title.title.text() == "Báo cáo, lần 1"
    assert page.unit.whole() == "UBND xã Hà Thượng"
    assert page.preview.pages() == papers.page_count(papers.NAMES[0])
    assert "illustrative" in page.banners.texts()
    assert page.under() == "board"
    page.back.click()
    assert gone_to == [("board", None)]


def test_the_sidebar_counts_what_waits_from_the_start(fed: Office, qtbot: QtBot) -> None:
    window = MainWindow(fed.session, [rooms.room("home"), rooms.room("receive")])
    qtbot.addWidget(window)
    fed.settle()
    assert fed.session.count("receive") == 1


def test_a_turn_that_is_stopped_leaves_everything_as_it_was(page: ReceivePage, fed: Office, tmp_path: Path) -> None:
    more = papers.put(tmp_path / "usb-2", papers.report(papers.NAMES[0], 2), papers.report(papers.NAMES[1], 2))
    before = picture(opened(page, fed).model)
    hold = threading.Event()
    held = fed.worker.submit(lambda _store: hold.wait(10))
    page.take_in([more])
    fed.session.jobs.stop()
    hold.set()
    fed.settle()
    assert held.result()
    assert picture(page.model) == before
    assert submissions(fed) == 3


def test_what_was_passed_over_and_a_slow_clock_are_told(page: ReceivePage, upper: Office) -> None:
    opened(page, upper)
    page._took_in(Desk(at=NOW, skipped=1, notes=("Giờ máy này chậm hơn lần nhập trước.",)))
    assert page.banners.texts() == {
        "clock": "Giờ máy này chậm hơn lần nhập trước.",
        "nothing": "Không có gói nào của chương trình ở đó. Bỏ qua 1 tệp khác.",
    }
    page._show(Desk(at=NOW))
    assert page.banners.texts() == {}
