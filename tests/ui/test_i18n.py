"""Qt's own words are Vietnamese, and the compiled file is that of the source beside it."""

import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, QLocale
from PySide6.QtWidgets import QDialogButtonBox, QFileIconProvider, QLineEdit
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation import paths


def test_every_sentence_of_the_source_is_in_the_compiled_file() -> None:
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


def test_buttons_and_the_menu_of_a_field_are_vietnamese(qtbot: QtBot) -> None:
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


def test_what_a_file_dialog_says_of_a_folder_is_vietnamese(tmp_path: Path) -> None:
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "Thư mục"


def test_the_language_of_dates_is_vietnamese() -> None:
    assert QLocale().language() == QLocale.Language.Vietnamese
