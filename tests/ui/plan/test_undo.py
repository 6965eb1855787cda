"""Undo and redo of the plan go on after the program was closed; the caret is where the person stopped."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import text
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office import filings
from hoctap_desktop.office.sample import COMMUNE, make_sample
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.plan.editor import BlockEditor
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from tests.ui.keys import CTRL, press, write
from tests.ui.plan.conftest import AT

Key = Qt.Key


class Opened:
    """The plan page of a program that was started on a store, until it is closed or killed."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        clock = fixed_clock(AT)
        self.worker = Worker(path, clock)
        self.jobs = Jobs(self.worker)
        facts = self.worker.submit(read_facts).result()
        self.session = Session(facts, path, self.jobs, Settings(path.with_suffix(".ini")), clock)
        self.page = PlanPage(self.session)
        qtbot.addWidget(self.page)
        self.page.resize(1182, 654)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.enter()
        self.jobs.finish()
        QCoreApplication.sendPostedEvents(None, 0)

    @property
    def body(self) -> BlockEditor:
        editor = self.page.sheets["text"].editor
        assert editor is not None
        return editor

    def save(self) -> None:
        self.page.saving.save_now()
        self.jobs.finish()

    def close(self, *, saved: bool = True) -> None:
        if saved:
            self.page.leave()
        self.jobs.finish()
        self.jobs.close()
        self.worker.close()
        self.page.hide()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "xa.hoctap"
    make_sample(made, fixed_clock(AT), COMMUNE).close()
    return made


@contextmanager
def opened(path: Path, qtbot: QtBot) -> Iterator[Opened]:
    made = Opened(path, qtbot)
    try:
        yield made
    finally:
        made.close()


def test_undo_goes_on_after_a_restart_and_redo_comes_back(path: Path, qtbot: QtBot) -> None:
    with opened(path, qtbot) as first:
        first.body.load("Mở đầu\n\n# Mục đích")
        first.save()
        first.body.setFocus()
        first.body.go(2)
        press(Key.Key_End)
        states = [first.body.text()]
        for words in (" và yêu cầu", " của Tuần lễ", " năm nay"):
            write(words)
            first.save()
            states.append(first.body.text())
    with opened(path, qtbot) as second:
        assert second.body.text() == states[-1]
        assert not second.body.document().isUndoAvailable()
        assert second.page.sheets["text"].toolbar.undo.isEnabled()  # type: ignore[union-attr]
        seen = []
        for _ in range(4):
            press(Key.Key_Z, CTRL)
            seen.append(second.body.text())
        assert "Mở đầu\n\n# Mục đích" in seen
        while seen[-1] != states[-1]:
            press(Key.Key_Y, CTRL)
            seen.append(second.body.text())
            assert len(seen) < 20
        press(Key.Key_Z, CTRL)
        second.save()
        undone = second.body.text()
    with opened(path, qtbot) as third:
        assert third.body.text() == undone
        press(Key.Key_Y, CTRL)
        assert third.body.text() == states[-1]


def test_a_box_goes_back_behind_the_last_start(path: Path, qtbot: QtBot) -> None:
    with opened(path, qtbot) as first:
        first.page.go_field("opening.place", focus=True)
        before = first.page.sheets["facts"].form.boxes["opening.place"].text()  # type: ignore[union-attr]
        press(Key.Key_A, CTRL)
        write("Nhà văn hóa xóm 5")
        press(Key.Key_Return)
    with opened(path, qtbot) as second:
        second.page.go_field("opening.place", focus=True)
        box = second.page.sheets["facts"].form.boxes["opening.place"]  # type: ignore[union-attr]
        assert isinstance(box.edit, QLineEdit)
        press(Key.Key_Z, CTRL)
        assert box.text() == before
        assert second.page.presenter is not None
        assert second.page.presenter.values()["opening.place"] == before
        press(Key.Key_Y, CTRL)
        assert box.text() == "Nhà văn hóa xóm 5"


def test_the_caret_is_where_the_person_stopped(path: Path, qtbot: QtBot) -> None:
    with opened(path, qtbot) as first:
        block = first.body.document().findBlockByNumber(4)
        first.body.put_caret(block.position() + 7)
    with opened(path, qtbot) as second:
        cursor = second.body.textCursor()
        assert (cursor.blockNumber(), cursor.positionInBlock()) == (4, 7)
        second.page.go_field("theme", focus=True)
    with opened(path, qtbot) as third:
        assert third.page.sheets["facts"].form.boxes["theme"].edit.hasFocus()  # type: ignore[union-attr]


def test_nothing_of_it_is_part_of_the_plan(path: Path, qtbot: QtBot) -> None:
    with opened(path, qtbot) as first:
        first.body.setFocus()
        write("Bí mật")
        first.save()
        press(Key.Key_Z, CTRL)
        first.save()
    store = open_store(path, fixed_clock(AT))
    plan = filings.open_or_begin(store, Kind.PLAN)
    assert "Bí mật" not in str(plan)
    assert check(store) == ()
    store.close()


ACTS: tuple[tuple[Key, Qt.KeyboardModifier], ...] = (
    (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    (Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    (Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    (Key.Key_Z, CTRL),
    (Key.Key_Z, CTRL),
    (Key.Key_Y, CTRL),
)


def act(body: BlockEditor, chance: random.Random) -> None:
    """One thing a person may do."""
    what = chance.random()
    if what < 0.3:
        body.put_caret(chance.randrange(body.document().characterCount()))
    elif what < 0.6:
        write(chance.choice(("a b", "Tuần lễ ", "ế", "12/10/2022")))
    elif what < 0.65:
        body.insert_field(chance.choice(("week.from", "year")))
    else:
        QTest.keyClick(body, *chance.choice(ACTS))


def all_the_way(one: Opened, key: Key) -> str:
    """The text after so many keys that one more changes nothing."""
    for _ in range(400):
        able = one.body.can_undo() if key == Key.Key_Z else one.body.can_redo()
        if not able:
            return one.body.text()
        QTest.keyClick(one.body, key, CTRL)
    raise AssertionError("undo has no end")


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.faults) for n in range(3, 40))])
def test_random_acts_with_restarts_go_all_the_way_back_and_forth(path: Path, qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    start = ""
    for turn in range(4):
        with opened(path, qtbot) as one:
            if turn == 0:
                start = all_the_way(one, Key.Key_Z)
            one.body.setFocus()
            for _ in range(25):
                act(one.body, chance)
                if chance.random() < 0.3:
                    one.save()
            one.save()
    with opened(path, qtbot) as last:
        all_the_way(last, Key.Key_Y)
        end = last.body.text()
        assert all_the_way(last, Key.Key_Z) == start
        assert all_the_way(last, Key.Key_Y) == end
        last.save()
        store_text = last.jobs.run(lambda store: text(filings.open_or_begin(store, Kind.PLAN).answers, "body"))
        assert store_text.result() == end
