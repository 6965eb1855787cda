"""Xem hai bản in the window: cell by cell, decided by name and by key, nothing counted otherwise before."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import repository, reviewing, side_by_side
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.side_by_side import FilePair, FileState, SideBySide, Standing
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.consolidation import beside_presenter as words
from hoctap_desktop.ui.consolidation.beside_page import BesidePage
from hoctap_desktop.ui.consolidation.paper_page import ReceivedPaperPage
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.receive_presenter import BESIDE
from hoctap_desktop.ui.widgets.buttons import Button
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import accept_keys, on_screen

LOWER = papers.NAMES[1]
FIRST, SECOND = papers.report(LOWER), papers.report(LOWER, 2, participants=9321)


@pytest.fixture
def sent_again(upper: Office, tmp_path: Path) -> Office:
    """The report of a school was accepted; then its second one came."""

    def feed(store: Store) -> None:
        accept_keys(store, papers.NAMES)
        intake(store, [papers.put(tmp_path / "usb", FIRST)])
        reviewing.decide(store, FIRST.package_id, ReviewAct.APPROVED, who="Lan")
        intake(store, [papers.put(tmp_path / "usb-2", SECOND)])

    upper.worker.submit(feed).result()
    return upper


@pytest.fixture
def page(sent_again: Office, qtbot: QtBot) -> BesidePage:
    made = BesidePage(sent_again.session)
    on_screen(made, sent_again, qtbot)
    made.enter((SECOND.package_id, "receive"))
    sent_again.settle()
    return made


def participants(office: Office) -> int | None:
    return office.worker.submit(lambda store: current_totals(store).number("participants").value).result()


def standing(office: Office) -> Standing:
    return office.worker.submit(lambda store: side_by_side.side_by_side(store, SECOND.package_id)).result().standing


def press(page: BesidePage, key: Qt.Key, office: Office) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, key, Qt.KeyboardModifier.ControlModifier)
    office.settle()


def test_no_number_is_parted_however_narrow_the_view(page: BesidePage) -> None:
    page.view.resize(360, 300)
    assert page.found is not None
    (cell,) = page.found.changed
    old, new = "123.456.789", "987.654.321"
    long = replace(page.found, cells=(replace(cell, old=old, new=new, difference="+864.197.532"),))
    page.view.show_pair(long, everything=False)
    for number in (old, new, "+864.197.532"):
        block = page.view.document().find(number).block()
        assert block.text() == number
        assert block.layout().lineCount() == 1


def test_the_cells_that_differ_stand_first_and_the_others_on_demand(page: BesidePage) -> None:
    shown = page.view.toPlainText()
    assert shown.startswith("1 ô khác nhau.")
    assert "9.321" in shown
    assert "số bài" not in shown.lower()
    page.everything.click()
    everything = page.view.toPlainText()
    assert "ô như nhau" in everything
    assert len(everything) > 3 * len(shown)
    assert everything.index("9.321") < everything.index("ô như nhau")


def test_the_focus_is_on_the_papers_and_never_on_a_decision(page: BesidePage) -> None:
    assert page.first_focus() is page.view


def test_the_new_one_is_taken_by_key_and_by_name(page: BesidePage, sent_again: Office) -> None:
    before = participants(sent_again)
    press(page, Qt.Key.Key_Return, sent_again)
    assert standing(sent_again) is Standing.TAKEN
    assert participants(sent_again) == 9321 != before
    last = sent_again.worker.submit(lambda store: reviewing.decisions(store, SECOND.package_id)).result()[-1]
    assert last.who
    assert not page.take.isVisible()
    page.reopen.click()
    sent_again.settle()
    assert (standing(sent_again), participants(sent_again)) == (Standing.OPEN, before)


def test_the_accepted_one_is_kept_by_key(page: BesidePage, sent_again: Office) -> None:
    before = participants(sent_again)
    press(page, Qt.Key.Key_D, sent_again)
    assert (standing(sent_again), participants(sent_again)) == (Standing.KEPT, before)
    assert not page.keep.isVisible()
    assert sent_again.session.count("receive") == 0


@pytest.mark.parametrize("package", [FIRST.package_id, SECOND.package_id], ids=["accepted", "later"])
def test_either_paper_leads_to_both(sent_again: Office, qtbot: QtBot, package: str) -> None:
    gone: list[tuple[str, object]] = []
    sent_again.session.navigate.connect(lambda room, argument: gone.append((room, argument)))
    made = on_screen(ReceivedPaperPage(sent_again.session), sent_again, qtbot)
    made.enter((package, "board"))
    sent_again.settle()
    assert made.banners.texts()["waits"] == "Có bản lần 2 chờ quyết định; vẫn tính bản lần 1."
    link = next(b for b in made.banners.findChildren(Button) if b.text() == "Xem hai bản")
    link.click()
    assert gone == [("beside", (SECOND.package_id, "board"))]


def test_sending_back_asks_for_the_reason_and_takes_none_for_no_answer(page: BesidePage, sent_again: Office) -> None:
    dialog = page.ask_return()
    dialog.button.click()
    assert dialog.isVisible()
    dialog.words.set_text("Số người tham gia tăng gấp mười.")
    dialog.button.click()
    sent_again.settle()
    assert standing(sent_again) is Standing.RETURNED
    last = sent_again.worker.submit(lambda store: reviewing.decisions(store, SECOND.package_id)).result()[-1]
    assert last.reason == "Số người tham gia tăng gấp mười."


def test_tiep_nhan_leads_to_both_and_tells_what_was_decided(sent_again: Office, qtbot: QtBot) -> None:
    gone: list[tuple[str, object]] = []
    sent_again.session.navigate.connect(lambda room, argument: gone.append((room, argument)))
    made = on_screen(ReceivePage(sent_again.session), sent_again, qtbot)
    at = made.model.first_with_act()
    row = made.model.row(at)
    assert (row.act, row.token) == (BESIDE, "warn")
    made.view.acted.emit(at)
    assert gone == [("beside", (SECOND.package_id, "receive"))]
    assert sent_again.session.count("receive") == 1
    sent_again.worker.submit(lambda store: side_by_side.keep_accepted(store, SECOND.package_id)).result()
    made.enter()
    sent_again.settle()
    assert sent_again.session.count("receive") == 0
    assert repository_count(sent_again) == 2


def repository_count(office: Office) -> int:
    return len(office.worker.submit(lambda store: repository.reported(store, "2022")).result())


def test_files_that_differ_are_named_first() -> None:
    found = SideBySide.__new__(SideBySide)
    object.__setattr__(found, "files", (FilePair("a.pdf", FileState.SAME), FilePair("b.pdf", FileState.REMOVED)))
    assert words.file_rows(found) == (("b.pdf", "Chỉ có ở bản đã duyệt"), ("a.pdf", "Như nhau"))


def test_a_lost_file_leaves_the_numbers_and_only_what_changes_nothing(
    page: BesidePage, sent_again: Office, tmp_path: Path
) -> None:
    def lose(store: Store) -> None:
        (store.files / f"{SECOND.package_id}.htgoi").unlink()

    sent_again.worker.submit(lose).result()
    page.enter((SECOND.package_id, "receive"))
    sent_again.settle()
    assert SECOND.name in page.banners.texts()["lost"]
    assert "9.321" in page.view.toPlainText()
    assert [button.isEnabled() for button in (page.take, page.give_back, page.keep)] == [False, False, True]
    press(page, Qt.Key.Key_Return, sent_again)
    assert standing(sent_again) is Standing.OPEN
    sent_again.worker.submit(lambda store: intake(store, [tmp_path / "usb-2"])).result()
    page.enter((SECOND.package_id, "receive"))
    sent_again.settle()
    assert "lost" not in page.banners.texts()
    assert page.take.isEnabled()
    press(page, Qt.Key.Key_Return, sent_again)
    assert standing(sent_again) is Standing.TAKEN
