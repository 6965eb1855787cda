"""Asking for files: a dialog opens where the last one ended."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hoctap_desktop.ui import files
from hoctap_desktop.ui.page import Page
from tests.ui.conftest import Office


def test_a_dialog_opens_where_the_last_one_ended(
    office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda _dialog: None)
    page = Page(office.session)
    qtbot.addWidget(page)
    file = tmp_path / "usb" / "a.htgoi"
    file.parent.mkdir()
    file.write_bytes(b"x")
    taken: list[Path] = []
    first = files.choose_files(page, taken.extend)
    first.filesSelected.emit([str(file)])
    first.close()
    assert taken == [file]
    assert files.begin_at(page) == file.parent
    again = files.choose_folder(page, taken.extend)
    assert Path(again.directory().absolutePath()) == file.parent
    again.close()
    office.session.settings.folder = tmp_path / "gone"
    assert files.begin_at(page) != tmp_path / "gone"


def test_where_nobody_made_a_folder_for_documents_dialogs_begin_at_the_persons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "Tài liệu"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(named))
    assert files.documents() == Path.home()
    named.mkdir()
    assert files.documents() == named
