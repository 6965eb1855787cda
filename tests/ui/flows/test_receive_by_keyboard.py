"""Six files in the window by keys alone: taken in, a key compared and accepted, two papers side by side, undone."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import desk, repository, reviewing, turns
from hoctap_desktop.consolidation.overview import current_board, current_totals
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.ui.consolidation.beside_page import BesidePage
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from hoctap_desktop.ui.consolidation.receive_presenter import BESIDE, COMPARE
from hoctap_desktop.ui.key_dialog import KeyDialog
from hoctap_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Office
from tests.ui.consolidation import papers
from tests.ui.consolidation.conftest import accept_keys, upper  # noqa: F401 - a fixture
from tests.ui.keys import CTRL, press, target

COMMUNE, LOWER, PRIMARY, NURSERY = papers.NAMES
ENTER = Qt.Key.Key_Return


def digest_of(store: Store) -> str:
    """All that counts: board, totals, facts, what waits, what was decided."""
    board = current_board(store)
    said = [(row.unit.code, row.plan.words, row.report.words, row.report.note) for row in board.rows]
    totals = [(total.field.id, total.value, total.coverage) for total in current_totals(store).numbers]
    facts = [tuple(row) for row in store.query("SELECT source, indicator, value, none, reason FROM fact ORDER BY 1, 2")]
    held = [one.package_id for one in sealed.held_packages(store)]
    return hashlib.sha256(repr((said, totals, facts, held, reviewing.decided(store))).encode()).hexdigest()


@pytest.fixture
def window(upper: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:  # noqa: F811 - the fixture
    """The office has accepted the report of a school; its keys are known but that of the nursery."""

    def before(store: Store) -> None:
        accept_keys(store, papers.NAMES[:3])
        desk.receive(store, silent, [papers.put(tmp_path / "hom-qua", papers.report(LOWER))], "USB (E:)")
        reviewing.decide(store, papers.report(LOWER).package_id, ReviewAct.APPROVED, who="Lan")

    upper.worker.submit(before).result()
    made = MainWindow(upper.session)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.activateWindow()
    made.open_room("receive")
    upper.settle()
    yield made
    upper.settle()


def page(window: MainWindow) -> ReceivePage:
    found = window.open_page()
    assert isinstance(found, ReceivePage)
    return found


def dialog() -> QDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())


def tab_to(wanted: QWidget) -> None:
    for _ in range(60):
        if target() is wanted:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def back(window: MainWindow, upper: Office) -> None:  # noqa: F811 - the fixture
    """A dialog went: the system gives the keyboard back to the window, which the offscreen one has to be told."""
    upper.settle()
    window.activateWindow()
    upper.settle()


def go_to(window: MainWindow, act: str) -> None:
    """Down to the row with this act, from the top of the table."""
    view, model = page(window).view, page(window).model
    tab_to(view)
    press(Qt.Key.Key_Home, CTRL)
    for _ in range(model.rowCount()):
        if model.row(view.currentIndex().row()).act == act:
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"no row with {act}")


def test_six_files_by_keys_alone(
    window: MainWindow,
    upper: Office,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = papers.put(
        tmp_path / "usb",
        papers.report(COMMUNE),
        papers.report(PRIMARY),
        papers.report(LOWER, 2, participants=9321),
        papers.request(NURSERY),
        papers.report(NURSERY),
    )
    (stick / "bao cao xa Na Mao.xlsx").write_bytes(b"PK\x03\x04 [Content_Types].xml xl/workbook.xml")
    before = upper.worker.submit(digest_of).result()
    # the dialog is the system's own: it answers with the folder
    monkeypatch.setattr(QFileDialog, "open", lambda asked: asked.filesSelected.emit([str(stick)]))
    tab_to(page(window).pick_folder)
    press(Qt.Key.Key_Space)
    upper.settle()
    desk_now = page(window).desk
    assert desk_now is not None
    assert len(desk_now.lines) == 6
    assert target() is page(window).view

    # the unknown key: compared, Enter alone accepts nothing, then accepted
    go_to(window, COMPARE)
    press(ENTER)
    upper.settle()
    asked = dialog()
    assert isinstance(asked, KeyDialog)
    assert asked.fingerprint == papers.fingerprint_of(NURSERY)
    tab_to(asked.matches)
    press(Qt.Key.Key_Space)
    back(window, upper)
    assert (
        page(window).banners.texts()["accepted"]
        == "Đã nhận khóa của Trường Mầm non Hà Thượng. Gói đang chờ: nhận 1 trên 1."
    )
    assert upper.worker.submit(lambda store: len(sealed.held_packages(store))).result() == 0
    assert upper.worker.submit(lambda store: len(repository.reported(store, "2022"))).result() == 5

    # the newer report of the accepted one: both looked at, taken by name
    go_to(window, BESIDE)
    press(ENTER)
    upper.settle()
    both = window.open_page()
    assert isinstance(both, BesidePage)
    assert "9.321" in both.view.toPlainText()
    press(ENTER, CTRL)
    upper.settle()
    total = upper.worker.submit(lambda store: current_totals(store).number("participants").value).result()
    assert total is not None
    assert total > 9321
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    upper.settle()
    told = [page(window).model.row(at) for at in range(page(window).model.rowCount())]
    assert "Đã lấy bản này, thay bản lần 1 đã duyệt." in {row.sentence for row in told}

    # the whole turn undone: all that counts is as before
    tab_to(page(window).undo)
    press(Qt.Key.Key_Space)
    upper.settle()
    tab_to(next(b for b in dialog().findChildren(type(page(window).undo)) if b.text() == "Hoàn tác cả lượt"))
    press(Qt.Key.Key_Space)
    back(window, upper)
    assert upper.worker.submit(digest_of).result() == before
    kept = upper.worker.submit(turns.turns).result()
    assert [one.undone_at is not None for one in kept] == [True, False]

    # the turn can still be looked at
    press(Qt.Key.Key_H, CTRL)
    upper.settle()
    press(ENTER)
    upper.settle()
    assert page(window).banners.texts()["past"].startswith("Lượt này đã hoàn tác lúc")
    assert page(window).model.rowCount() > 6
