"""A stick of hostile files dropped on the window: each is named by its code, none goes into the totals."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hoctap_desktop.consolidation import repository
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.repository import add_roster_key
from hoctap_desktop.ui.consolidation.receive_model import SENTENCE
from hoctap_desktop.ui.consolidation.receive_page import ReceivePage
from tests.submission import hostile
from tests.submission.test_hostile import the_roster
from tests.ui.conftest import Office


def test_every_hostile_file_is_refused_in_the_window_by_its_code(upper: Office, qtbot: QtBot, tmp_path: Path) -> None:
    written = dict(hostile.write_all(tmp_path / "usb"))

    def with_keys(store: Store) -> None:
        for key in the_roster().keys:
            add_roster_key(store, key, b"")

    upper.worker.submit(with_keys).result()
    page = ReceivePage(upper.session)
    qtbot.addWidget(page)
    page.enter()
    page.take_in([tmp_path / "usb"])
    upper.settle()

    found = {}
    for at in range(page.model.rowCount()):
        line = page.model.row(at).line
        if line is not None:
            found[line.file] = line.code
            shown = page.model.index(at, SENTENCE).data(Qt.ItemDataRole.ToolTipRole)
            assert len(str(shown)) > 20
    assert found == {name: case.code for name, case in written.items()}
    assert upper.worker.submit(lambda store: repository.reported(store, "2022")).result() == ()
