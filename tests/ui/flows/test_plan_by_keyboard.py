"""The whole plan of Hà Thượng from an empty sheet to the sealed file, by keys and input methods alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from hoctap_desktop.document.model import Run
from hoctap_desktop.filing.fields import FIELD
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.filing.repository import find, frozen
from hoctap_desktop.foundation import paths
from hoctap_desktop.plan.outline import Block, parse
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.paper.page import PaperPage
from hoctap_desktop.ui.paper.printing import Printer
from hoctap_desktop.ui.plan.page import PlanPage
from hoctap_desktop.ui.plan.presenter import LISTS, PlanPresenter
from hoctap_desktop.ui.rooms import ROOMS
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import State, Volume
from tests.ui.flows.test_report_by_keyboard import PASSPHRASE, Clerk
from tests.ui.keys import ALT, CTRL, SHIFT, press, target, write

ID = "2022-plan"
ENTER = Qt.Key.Key_Return
BURSTS = 12  # blocks typed letter by letter as Unikey sends them; in the others a word is committed at once
KIND_KEYS = {1: Qt.Key.Key_1, 2: Qt.Key.Key_2, 3: Qt.Key.Key_3, 4: Qt.Key.Key_4}


class Mice(QObject):
    """Counts every press of a mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self.presses += 1
        return super().eventFilter(watched, event)


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    made = Clerk(tmp_path, qtbot)
    yield made
    made.close()


def burst(words: str) -> None:
    """As Unikey types: a plain letter, then Backspace and the letter with its marks."""
    for letter in words:
        if not letter.isascii():
            send("a")
            press(Qt.Key.Key_Backspace)
        send(letter)


def send(letter: str) -> None:
    key = Qt.Key.Key_Space if letter == " " else Qt.Key.Key_unknown
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


def pick(words: str) -> None:
    """From a list that is searched: by the first letters, then Enter."""
    write(words)
    press(ENTER)


def to_part(words: str) -> None:
    press(Qt.Key.Key_G, CTRL)
    pick(words)


def fill_form(filing: Filing, shown: PlanPresenter, fields: list[str]) -> None:
    """Box by box, what stood there typed over."""
    for id in fields:
        lines = shown.shown(id).splitlines() if id in filing.answers else []
        press(Qt.Key.Key_A, CTRL)
        press(Qt.Key.Key_Delete)
        for number, line in enumerate(lines):
            if number:
                press(ENTER)
            write(line)
        press(ENTER, CTRL)


def type_block(block: Block, labels: dict[str, str], *, slowly: bool) -> None:
    """One block: its kind by a key or a mark, its words, and its fields from the list."""
    if block.kind == "heading":
        press(KIND_KEYS[block.level], CTRL)
    elif block.kind == "bullet":
        press(Qt.Key.Key_0, CTRL)
        write(f"{block.mark} ")
    else:
        press(Qt.Key.Key_0, CTRL)
    for run in block.runs:
        type_run(run, labels, slowly=slowly)
    if block.number is not None:
        press(Qt.Key.Key_F2)
        write(block.number)
        press(ENTER)


def type_run(run: Run, labels: dict[str, str], *, slowly: bool) -> None:
    at = 0
    for found in FIELD.finditer(run.text):
        words = run.text[at : found.start()]
        burst(words) if slowly else write(words)
        press(Qt.Key.Key_Space, CTRL)
        pick(labels[found[1]])
        at = found.end()
    burst(run.text[at:]) if slowly else write(run.text[at:])


def test_the_plan_goes_by_keys_from_an_empty_sheet_to_the_sealed_file(
    tmp_path: Path, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mice = Mice()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(mice)
    wanted = read_filled(paths.forms() / "examples" / "2022-ha-thuong-plan.toml")
    press(Qt.Key.Key_2, ALT)
    clerk.settle()
    page = clerk.window.open_page()
    assert isinstance(page, PlanPage)
    assert page.presenter is not None
    form, labels = page.presenter.form, page.presenter.labels()
    shown = PlanPresenter(wanted, form, page.presenter.context, page.presenter.campaign)

    # the text
    body = page.sheets["text"].editor
    assert body is not None
    assert target() is body
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    blocks = parse(str(wanted.answers["body"]))
    for number, block in enumerate(blocks):
        if number:
            press(ENTER)
        type_block(block, labels, slowly=number < BURSTS)

    # what stands once
    for section in ("head", "facts", "foot"):
        to_part(next(shown.sheet_label(one) for one in form.sections if one.id == section))
        fields = [field.id for one in form.sections if one.id == section for field in one.fields]
        fill_form(wanted, shown, [field for field in fields if field not in LISTS])

    # căn cứ and nơi nhận, on the page of the text
    for field, name in (("legal_bases", "Căn cứ"), ("recipients", "Nơi nhận")):
        to_part(name)
        assert target() is body
        assert body.field_here() == field
        press(Qt.Key.Key_A, CTRL)
        press(Qt.Key.Key_Delete)
        for number, line in enumerate(shown.shown(field).split("\n")):
            if number:
                press(ENTER)
            write(line)
    page.look()  # the pause after typing
    clerk.settle()
    assert body.text() == str(wanted.answers["body"]).strip()
    assert [look.title for look in page.presenter.looks({}) if look.kind == "block"] == []

    # final
    press(Qt.Key.Key_F6)
    while target() is not page.outline:
        press(Qt.Key.Key_F6)
    while target() is not page.finalise_button:
        press(Qt.Key.Key_Backtab, SHIFT)
    press(ENTER)
    clerk.settle()
    clerk.dialog()
    press(ENTER)
    clerk.settle()
    clerk.here(clerk.window)
    stored = clerk.jobs.run(lambda store: find(store, ID)).result()
    assert stored is not None
    assert stored.status is Status.FINAL
    kept = {**stored.answers, "body": str(stored.answers["body"]).strip()}
    for id, value in wanted.answers.items():
        assert kept[id] == (value.strip() if isinstance(value, str) else value)

    # printed
    paper = clerk.window.open_page()
    assert isinstance(paper, PaperPage)
    assert {one.good for one in paper.checked()} == {True}
    paper.show_printers(Printer(("HP",), "HP"))  # with a printer or without one on this machine
    out = tmp_path / "ke-hoach.pdf"
    asked: list[QFileDialog] = []

    def opened(dialog: QFileDialog) -> None:
        asked.append(dialog)

    monkeypatch.setattr(QFileDialog, "open", opened)
    clerk.tab_to(paper.save_button)
    press(ENTER)
    asked[0].filesSelected.emit([str(out)])  # the dialog of the system
    asked[0].reject()
    clerk.settle()
    assert out.read_bytes() == clerk.jobs.run(lambda store: frozen(store, ID, 1)).result().pdf

    # sealed
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    own = [room.id for room in ROOMS if room.group == "own"]
    press(Qt.Key(Qt.Key.Key_1 + own.index("export")), ALT)
    clerk.settle()
    export = clerk.window.open_page()
    assert isinstance(export, SubmissionPage)
    export.enter(ID)
    clerk.settle()
    export._take_volumes((Volume(str(stick), "KINGSTON", "/dev/sdb1", 10**9, True),))
    clerk.tab_to(export.write_button)
    press(ENTER)
    clerk.dialog()
    for _ in range(2):
        write(PASSPHRASE)
        press(ENTER)
    clerk.settle()
    clerk.here(clerk.window)
    assert export.export.state is State.DONE
    assert list(stick.rglob("*.htgoi"))
    application.removeEventFilter(mice)
    assert mice.presses == 0
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
