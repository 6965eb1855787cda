"""Qt's own words are Vietnamese, and the compiled file is that of the source beside it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QFileInfo, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileIconProvider, QLineEdit
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation import paths
from hoctap_desktop.ui import i18n


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translator = i18n.install(qapp)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_every_sentence_of_the_source_is_in_the_compiled_file(vietnamese: None) -> None:
    root = ET.parse(paths.resources() / "i18n" / "qt_vi.ts").getroot()
    said = {
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("comment", ""),
        ): message.findtext("translation", "")
        for context in root.iter("context")
        for message in context.iter("message")
    }
    assert len(said) > 200
    different = {key for key, words in said.items() if QCoreApplication.translate(*key) != words}
    assert different == set()


def test_buttons_and_the_menu_of_a_field_are_vietnamese(vietnamese: None, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {button.text() for button in box.buttons()} == {"Lưu", "Để sau"}
    edit = QLineEdit()
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    qtbot.addWidget(menu)
    assert [a.text().split("\t")[0] for a in menu.actions() if a.text()] == [
        "Hoàn tác",
        "Làm lại",
        "Cắt",
        "Chép",
        "Dán",
        "Xóa",
        "Chọn tất cả",
    ]


def test_what_a_file_dialog_says_of_a_folder_is_vietnamese(vietnamese: None, tmp_path: Path) -> None:
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "Thư mục"


def test_the_language_of_dates_is_vietnamese(vietnamese: None) -> None:
    assert QLocale().language() == QLocale.Language.Vietnamese
