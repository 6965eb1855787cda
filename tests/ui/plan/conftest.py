"""A plan page over the store of the sample commune."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.model import Filing, Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office import filings
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from tests.ui.conftest import OpenOffice
from tests.ui.plan.block_hand import LABELS, TEXT, VALUES

AT = datetime(2022, 10, 4, 9, 14, 20, tzinfo=VIETNAM)
Stored = Callable[[], Filing]


@pytest.fixture
def session(open_office: OpenOffice) -> Session:
    return open_office(at=AT).session


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PlanPage:
    """The page, opened and active, at the size it has in the window."""
    made = PlanPage(session)
    qtbot.addWidget(made)
    made.resize(1366 - 184, 696 - 42)
    made.show()
    made.enter()
    session.jobs.finish()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    focus = made.first_focus()
    assert focus is not None
    focus.setFocus()
    return made


@pytest.fixture
def stored(session: Session) -> Stored:
    """Reads what is in the store now."""

    def read() -> Filing:
        found: list[Filing] = []
        session.jobs.finish()
        session.jobs.run(lambda store: filings.open_or_begin(store, Kind.PLAN), found.append)
        session.jobs.finish()
        return found[0]

    return read


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> BlockEditor:
    """A block editor of its own, with a text of every kind of block."""
    theme.apply(qapp, theme.Theme())
    made = BlockEditor("decree", "Nội dung kế hoạch")
    qtbot.addWidget(made)
    made.set_values(VALUES, LABELS)
    made.resize(526, 560)
    made.load(TEXT)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


@pytest.fixture
def active(editor: BlockEditor, qtbot: QtBot) -> BlockEditor:
    """The editor with the keyboard of the system."""
    editor.activateWindow()
    qtbot.waitUntil(editor.hasFocus)
    return editor


@pytest.fixture
def body(page: PlanPage) -> BlockEditor:
    """The editor of the plan's own text, with the keyboard in it."""
    editor = page.sheets["text"].editor
    assert editor is not None
    editor.setFocus()
    return editor
