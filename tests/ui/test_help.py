"""The help is whole: a page for every room, every link, picture and part there; F1 opens the part one is in."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop import ui
from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import help_book, help_places, rooms
from hoctap_desktop.ui.help_book import HelpPage
from hoctap_desktop.ui.help_dialog import HelpDialog, document_of, heading_of, pdf_of
from hoctap_desktop.ui.key_table import KEYS, said
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.widgets.dialog import Dialog
from tests.ui.walk.scene import settle
from tests.ui.walk.scenes import SCENES
from tests.ui.walk.stage import Stage
from tests.ui.walk.words import all_english

FOLDER = paths.resources() / "help"


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


# --- the text ----------------------------------------------------------------------------------------------------


def test_every_room_has_a_page() -> None:
    assert {room.id for room in rooms.ROOMS} <= set(help_book.ORDER)
    assert {file.stem for file in FOLDER.glob("*.md")} == set(help_book.ORDER)


@pytest.mark.parametrize("name", help_book.ORDER)
def test_a_page_says_something_and_has_its_parts(name: str) -> None:
    page = help_book.page(name)
    assert page.name == name
    assert len(page.markdown) > 200
    anchors = [one.anchor for one in page.sections if one.anchor]
    assert len(set(anchors)) == len(anchors)
    assert [one.title for one in page.sections[1:] if not one.anchor] == []
    assert all_english(one.text for one in page.sections) == {}


def targets(page: HelpPage, *, pictures: bool) -> list[str]:
    """Where the links of a page lead, or its pictures are."""
    return [
        target for mark, target in re.findall(r"(!?)\[[^\]]*\]\(([^)]+)\)", page.markdown) if bool(mark) == pictures
    ]


def dead_ends() -> Iterator[str]:
    """Links to nothing, pictures that are not there; one sentence each."""
    for one in help_book.pages():
        for link in targets(one, pictures=False):
            name, anchor = help_book.target(link, one.name)
            if name not in help_book.ORDER or (anchor and help_book.page(name).section(anchor) is None):
                yield f"{one.name}: link {link}"
        for picture in targets(one, pictures=True):
            if not (FOLDER / picture).is_file():
                yield f"{one.name}: picture {picture}"


def test_every_link_and_picture_is_there() -> None:
    assert list(dead_ends()) == []
    assert sum(len(targets(page, pictures=False)) for page in help_book.pages()) >= 19


def test_pictures_are_small_and_all_used() -> None:
    used = {picture for page in help_book.pages() for picture in targets(page, pictures=True)}
    files = {f"pictures/{file.name}" for file in (FOLDER / "pictures").glob("*")}
    assert used == files
    assert [name for name in files if (FOLDER / name).stat().st_size > 60_000] == []
    assert [name for name in files if QImage(str(FOLDER / name)).width() > 640] == []


def test_each_key_stands_in_the_help() -> None:
    text = help_book.page("keys").markdown
    assert [key for key in KEYS if f"| {said(key.keys)} | {key.words} |" not in text] == []


def test_the_search_needs_no_accents() -> None:
    found = help_book.search("khong to chuc")
    assert ("report", "khong-co-so") in {(hit.page, hit.anchor) for hit in found}
    assert help_book.search("  ") == ()
    assert help_book.search("xyzxyz") == ()


# --- the places F1 opens -----------------------------------------------------------------------------------------


def _there(place: str) -> bool:
    name, _, anchor = place.partition("#")
    return name in help_book.ORDER and (not anchor or help_book.page(name).section(anchor) is not None)


def test_every_part_a_page_or_dialog_names_is_there() -> None:
    named = [f"{room}#{anchor}" for room, parts in help_places.PARTS.items() for anchor in parts.values()]
    named += [f"report#{anchor}" for anchor in help_places.SECTIONS.values()]
    named += [f"report#{one}" for one in (help_places.REPORT_TEXT, help_places.REPORT_CLASSES, help_places.REPORT_GRID)]
    named += [f"plan#{one}" for one in (help_places.PLAN_FIELDS, help_places.PLAN_TEXT, help_places.PLAN_TABLE)]
    named += [f"plan#{help_places.PLAN_LINES}", *help_places.DIALOGS.values()]
    named += [f"first_run#{one}" for one in help_places.FIRST_RUN]
    assert [place for place in named if not _there(place)] == []


def test_every_dialog_named_is_one() -> None:
    for module in pkgutil.walk_packages(ui.__path__, "hoctap_desktop.ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    assert set(help_places.DIALOGS) <= {kind.__name__ for kind in Dialog.__subclasses__()}


def test_every_field_of_every_form_has_a_place(stage: Stage) -> None:
    scene = next(one for one in SCENES if one.name == "report, figures")
    with stage.opened(scene) as (window, _top):
        assert isinstance(window, MainWindow)
        page: Any = window.open_page()
        found = {}
        for field in page.presenter.form.fields():
            page.go_to(field.id)
            for dialog in window.findChildren(Dialog):
                dialog.reject()
            settle(window.session.jobs)
            found[field.id] = "#".join(window.help_place())
    assert {id: place for id, place in found.items() if not _there(place) or place.endswith("#")} == {}
    assert (found["participants"], found["funding.state"]) == ("report#so-lieu", "report#kinh-phi")
    assert found["proposals"] == "report#phan-loi"


@pytest.mark.parametrize("room", help_places.PARTS)
def test_the_parts_named_are_parts_of_the_page(room: str, stage: Stage) -> None:
    scene = next(one for one in SCENES if one.room == room and one.name not in ("receive, nothing", "keying, whose"))
    with stage.opened(scene) as (window, _top):
        assert isinstance(window, MainWindow)
        page = window.open_page()
        assert page is not None
        missing = [name for name in help_places.PARTS[room] if not isinstance(getattr(page, name, None), QWidget)]
        assert missing == []


def test_f1_opens_the_part_of_the_field(stage: Stage) -> None:
    scene = next(one for one in SCENES if one.name == "report, money")
    with stage.opened(scene) as (window, _top):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
        dialog = window.findChild(HelpDialog)
        assert dialog is not None
        assert dialog.shown() == ("report", "kinh-phi")


def test_f1_in_a_dialog_opens_help_over_it(stage: Stage) -> None:
    scene = next(one for one in SCENES if one.name == "report, classes")
    with stage.opened(scene) as (_window, top):
        QTest.keyClick(QApplication.focusWidget() or top, Qt.Key.Key_F1)
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, HelpDialog))
        assert dialog.shown() == ("report", "lop")


# --- reading it --------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[HelpDialog]:
    window = QWidget()
    window.resize(1366, 696)
    qtbot.addWidget(window)
    window.show()
    dialog = HelpDialog(window, "home")
    dialog.open()
    yield dialog
    dialog.close()
    window.close()


def test_links_lead_on_and_back(reader: HelpDialog) -> None:
    assert not reader.back.isEnabled()
    reader.follow("settings.md#ban-sao")
    assert reader.shown() == ("settings", "ban-sao")
    reader.follow("#khoa")
    assert reader.shown() == ("settings", "khoa")
    QTest.keyClick(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    reader.go_back()
    assert reader.shown() == ("home", "")
    assert not reader.back.isEnabled()


def test_a_part_is_scrolled_to(reader: HelpDialog) -> None:
    reader.go("settings", "thung-rac")
    QApplication.processEvents()
    assert reader.text.verticalScrollBar().value() > 0
    assert reader.text.textCursor().block().text() == "Thùng rác"


def test_the_search_narrows_the_contents_and_enter_opens_the_first(reader: HelpDialog) -> None:
    assert reader.list.count() == len(help_book.ORDER)
    QTest.keyClick(reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is reader.query.edit
    QTest.keyClicks(reader.query.edit, "mat dien")
    assert 0 < reader.list.count() < 8
    QTest.keyClick(reader.query.edit, Qt.Key.Key_Return)
    assert reader.shown()[1] == "mat-dien"
    reader.query.edit.setText("xyzxyz")
    assert reader.list.item(0).text() == "Không thấy. Thử ít chữ hơn."


def test_a_part_chosen_in_the_list_is_read(reader: HelpDialog) -> None:
    reader.list.setCurrentRow(help_book.ORDER.index("keys"))
    assert reader.shown() == ("keys", "")
    assert "Kiểm tra" in reader.text.toPlainText()


def test_every_heading_can_be_gone_to(qapp: QApplication) -> None:
    for page in help_book.pages():
        document: QTextDocument = document_of(page)
        for section in page.sections:
            block = heading_of(document, page, section.anchor)
            assert block is not None
            assert block.text() == section.title


def test_a_page_goes_to_paper(qapp: QApplication) -> None:
    assert pdf_of(help_book.page("report")).startswith(b"%PDF")
