from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.diary.proposals import Part, Proposal, Taken
from hoctap_desktop.filing import repository
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.from_diary import FromDiary
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.report.page_diary import marks, waiting
from tests.offices import NOW
from tests.ui.conftest import Office

ID = "2022-report"


def banners(value: int, *parts: int) -> Proposal:
    return Proposal("banners", value, tuple(Part(at, part) for at, part in enumerate(parts, start=1)))


def test_the_mark_says_what_waits_what_was_taken_and_what_changed() -> None:
    offered = FromDiary(proposals={"banners": banners(12, 7, 5)})
    taken = {"banners": Taken("banners", 12, (Part(1, 7), Part(2, 5)), NOW)}
    older = {"banners": Taken("banners", 7, (Part(1, 7),), NOW)}
    assert marks(offered, {"banners": 3}) == {"banners": "Nhật ký: 12"}
    assert marks(offered, {"banners": 12}) == {}
    assert marks(FromDiary(proposals=offered.proposals, taken=taken), {"banners": 12}) == {"banners": "Từ nhật ký"}
    assert marks(FromDiary(proposals=offered.proposals, taken=older), {"banners": 7}) == {"banners": "Nhật ký nay: 12"}
    assert marks(FromDiary(taken=older), {"banners": 7}) == {"banners": "Nhật ký nay không có"}
    assert waiting(offered, {"banners": 12}) == ()
    assert waiting(offered, {}) == ("banners",)


def answers(office: Office) -> dict[str, JsonValue]:
    office.settle()

    def read(store: Store) -> dict[str, JsonValue]:
        return dict(repository.current(store, ID).answers)

    return office.worker.submit(read).result()


def opened(office: Office, qtbot: QtBot, field: str) -> ReportPage:
    page = ReportPage(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.activateWindow()
    page.enter(field)
    office.settle()
    return page


def hint(page: ReportPage, field: str) -> str:
    assert page.presenter is not None
    return next(row.note_hint for row in page.presenter.grid() if field in row.cells)


def test_one_key_takes_a_number_and_it_stays_traceable(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot, "participants")
    assert hint(page, "participants") == "Nhật ký: 551"
    QTest.keyClick(page.grid, Qt.Key.Key_N)
    assert answers(office)["participants"] == 551
    assert hint(page, "participants") == "Từ nhật ký"
    taken = office.worker.submit(lambda store: diary.taken(store, ID)).result()
    assert (taken["participants"].value, len(taken["participants"].parts)) == (551, 5)
    wanted: list[tuple[str, object]] = []
    office.session.navigate.connect(lambda room, argument: wanted.append((room, argument)))
    QTest.keyClick(page.grid, Qt.Key.Key_N)
    assert page.diary.dialog is not None
    page.diary._open(1)
    assert wanted == [("diary", 1)]
    page.undo_last()
    assert answers(office)["participants"] == 535


def test_the_mark_says_when_the_diary_changed_after_taking(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot, "participants")
    page.diary.take(("participants",))
    office.settle()

    def more(store: Store) -> object:
        return diary.write(store, 50, "2022", {"kind": "other", "other_people": 9}, store.clock())

    office.worker.submit(more).result()
    page.diary.read()
    office.settle()
    assert hint(page, "participants") == "Nhật ký nay: 560"
    assert answers(office)["participants"] == 551


def test_all_numbers_are_taken_after_a_look_and_undone_as_one(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot, "participants")
    before = answers(office)
    assert page.diary.button.text() == "Nhật ký: 3 số"
    page.diary.ask_take_all()
    assert page.diary.dialog is not None
    page.diary.dialog.reject()
    page.diary.take(tuple(page.diary.offered.proposals))
    after = answers(office)
    assert (after["participants"], after["talks"], after["talk_attendees"]) == (551, 1, 46)
    page.undo_last()
    assert answers(office) == before


def test_a_cell_the_diary_knows_nothing_of_says_so(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot, "organising_units")
    QTest.keyClick(page.grid, Qt.Key.Key_N)
    assert answers(office)["organising_units"] == 1
    assert page.diary.dialog is None


def test_files_beside_the_report_open_from_its_page(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot, "participants")
    assert page.files_link.isVisible()
    page.files_link.open_files()
    office.settle()
    assert page.files_link.dialog is not None
    assert page.files_link.dialog.files.owner() == ID
    page.files_link.dialog.reject()
