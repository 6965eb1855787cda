"""Every control of every page and dialog: its name, its place in the order of the Tab key, its words."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QErrorMessage,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hoctap_desktop import ui
from hoctap_desktop.ui import i18n, rooms
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.ui.walk.order import out_of_order
from tests.ui.walk.scene import Scene
from tests.ui.walk.scenes import SCENES
from tests.ui.walk.seen import Seen, drawn, look
from tests.ui.walk.stage import Stage
from tests.ui.walk.words import all_english, english


class Show(Protocol):
    def __call__(self, scene: Scene) -> Seen: ...


@pytest.fixture(scope="module")
def show(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Show]:
    """What is seen of a scene; each is brought up once for all tests here."""
    before = QLocale()
    translator = i18n.install(qapp)
    stage = Stage(tmp_path_factory.mktemp("stage"))

    @cache
    def seen(scene: Scene) -> Seen:
        with stage.opened(scene) as (_window, part):
            return look(part)

    yield seen
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


# The platform without a screen says of each menu that it cannot keep it on top.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


@every_scene
def test_every_control_has_a_name_of_its_own_that_is_not_its_value(scene: Scene, show: Show) -> None:
    controls = show(scene).controls
    names = Counter(one.name for one in controls)
    assert [str(one) for one in controls if not one.name.strip()] == []
    assert [str(one) for one in controls if one.value and one.name == one.value] == []
    assert [str(one) for one in controls if names[one.name] > 1] == []


@every_scene
def test_the_tab_key_goes_as_one_reads(scene: Scene, show: Show) -> None:
    assert out_of_order(show(scene).tabbed()) == []


@every_scene
def test_no_word_is_english(scene: Scene, show: Show) -> None:
    assert all_english(show(scene).words) == {}


# --- nothing is left out, and the walk sees ----------------------------------------------------------------------


def test_every_room_and_every_dialog_has_a_scene(show: Show) -> None:
    for module in pkgutil.walk_packages(ui.__path__, "hoctap_desktop.ui."):
        if module.name.rpartition(".")[2] != "__main__":
            importlib.import_module(module.name)
    assert {room.id for room in rooms.ROOMS} <= {scene.room for scene in SCENES}
    shown = {show(scene).kind for scene in SCENES}
    assert {kind.__name__ for kind in Dialog.__subclasses__()} - shown == set()


def test_what_is_wrong_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    below, above, unnamed = Button("Save the file"), Button("Lưu"), QLineEdit("Lưu")
    for part in (above, below, unnamed):
        column.addWidget(part)
    window.show()
    seen = look(window)
    first, second, third = seen.tabbed()
    assert [one.name for one in seen.controls] == ["Lưu", "Save the file", ""]
    assert out_of_order((first, second, third)) == []
    assert len(out_of_order((third, second, first))) == 2
    assert set(all_english(seen.words)) == {"Save the file"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("Chọn tệp Excel", []), ("Gửi USB (Ctrl+Shift+E)", []), ("Look in:", ["Look"]), ("2 KiB", [])],
)
def test_english_is_told_from_vietnamese(text: str, found: list[str]) -> None:
    assert english(text) == found


# --- what Qt itself says -----------------------------------------------------------------------------------------


@pytest.fixture
def qts_own(show: Show, qtbot: QtBot, tmp_path: Path) -> Iterator[list[QWidget]]:
    """The dialogs of Qt in its own dress. Of colours and fonts nothing here asks: theirs are not translated."""
    (tmp_path / "so lieu.xlsx").write_bytes(b"x" * 5000)
    (tmp_path / "thu muc").mkdir()
    files = QFileDialog(None, "Chọn tệp", str(tmp_path))
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    files.setViewMode(QFileDialog.ViewMode.Detail)
    boxes = QMessageBox(QMessageBox.Icon.Question, "Hỏi", "Hỏi")
    for button in QMessageBox.StandardButton:
        if button.name not in ("NoButton", "FirstButton", "LastButton", "ButtonMask", "FlagMask", "Default", "Escape"):
            boxes.addButton(button)
    boxes.setDetailedText("Hỏi")
    asked = QInputDialog()
    asked.setLabelText("Hỏi")
    dialogs: list[QWidget] = [files, boxes, asked, QErrorMessage(), QCalendarWidget(), QProgressDialog()]
    for one in dialogs:
        qtbot.addWidget(one)
        one.show()
    qtbot.waitUntil(lambda: all(one.isVisible() for one in dialogs))
    QApplication.processEvents()
    yield dialogs
    for one in dialogs:
        one.close()


def test_no_word_of_qts_own_dialogs_is_english(qts_own: list[QWidget]) -> None:
    found = {type(one).__name__: all_english(drawn(one)) for one in qts_own}
    assert {kind: words for kind, words in found.items() if words} == {}


def test_no_word_of_qts_own_menus_is_english(show: Show, qtbot: QtBot) -> None:
    line, long, rich = QLineEdit("chữ"), QPlainTextEdit("chữ"), QTextBrowser()
    rich.setHtml("<a href='x'>chữ</a>")
    for part in (line, long, rich):
        qtbot.addWidget(part)
    menus = [line.createStandardContextMenu(), long.createStandardContextMenu(), rich.createStandardContextMenu()]
    said = []
    for menu in menus:
        qtbot.addWidget(menu)
        said += [action.text().split("\t")[0] for action in menu.actions()]
    assert all_english(said) == {}
