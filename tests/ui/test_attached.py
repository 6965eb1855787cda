"""The dialog Tệp kèm: what is dropped on it, what it says of the rest."""

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import attaching
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import filings
from hoctap_desktop.store import attached as kept
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.attached import THUMB, AttachedDialog, thumbnail
from hoctap_desktop.ui.page import Page
from tests.ui.conftest import Office


@pytest.fixture
def dialog(office: Office, qtbot: QtBot) -> AttachedDialog:
    page = Page(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    made = AttachedDialog(page, "2022-report", "Tệp kèm văn bản")
    made.open()
    office.settle()
    return made


def test_the_thumbnail_of_a_photo_taken_upright_fits_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    assert image.save(str(path))
    tiff = b"MM\0*\0\0\0\x08" + b"\0\x01" + b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" + b"\0\0\0\0"  # Orientation 6
    exif = b"Exif\0\0" + tiff
    data = path.read_bytes()
    turned = data[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + data[2:]
    lying, upright = thumbnail("jpg", data, THUMB), thumbnail("jpg", turned, THUMB)
    assert lying is not None
    assert upright is not None
    assert (lying.width(), lying.height()) == (48, 36)
    assert (upright.width(), upright.height()) == (27, 36)


def photo(path: Path, shade: int) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(shade, 120, 90))
    assert image.save(str(path))
    return path


def test_what_could_not_be_taken_is_named_and_in_sight_under_a_long_list(
    office: Office, dialog: AttachedDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    taken = [photo(tmp_path / f"Lễ phát động ở Ea H'Leo {n}.png", n * 10) for n in range(16)]
    large = tmp_path / "a ảnh lễ.jpg"
    large.write_bytes(b"\xff\xd8\xff")
    os.truncate(large, 200 * 2**20)
    folder = tmp_path / "b thư mục.jpg"
    folder.mkdir()
    gone = tmp_path / "c đã rút USB.pdf"
    dialog.files.add([large, *taken, folder, gone])
    office.settle()
    said = dialog.files.message.text()
    assert "«a ảnh lễ.jpg»: tệp 200 MB, mỗi tệp không quá 32 MB" in said
    assert "Chưa kèm «b thư mục.jpg» (đây là thư mục)" in said
    assert "«c đã rút USB.pdf»" in said
    assert len(said.splitlines()) == 3
    assert len(dialog.files.shown()) == 16
    area = dialog.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: _seen(area, dialog), timeout=3000)


def test_a_name_of_a_hundred_letters_puts_nothing_out_of_sight(
    office: Office, dialog: AttachedDialog, tmp_path: Path
) -> None:
    long = photo(tmp_path / f"{'a' * 130}.png", 5)
    empty = [tmp_path / f"{letter * 130}.jpg" for letter in "bcd"]
    for path in empty:
        path.touch()
    dialog.files.add([long, *empty])
    office.settle()
    lines = dialog.files.message.text().splitlines()
    assert len(lines) == 1
    assert "(tệp trống)" in lines[0]
    assert f"Cũng vậy: «{'c' * 26}…" in lines[0]
    assert dialog.files.minimumSizeHint().width() <= dialog.width() - 120
    dialog.files.remove(dialog.files.shown()[0])
    office.settle()
    assert dialog.files.back.text() == f"Đã bỏ «{'a' * 26}…{'a' * 9}.png». Lấy lại"
    assert dialog.files.minimumSizeHint().width() <= dialog.width() - 120


def test_a_stick_that_does_not_answer_holds_up_no_saving(
    office: Office, dialog: AttachedDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    def slow(outside: Outside, path: Path) -> bytes:
        assert answers.wait(10)
        return take_in(outside, path)

    monkeypatch.setattr(attaching, "take_in", slow)
    dialog.files.add([photo(tmp_path / "lễ.png", 5)])
    kept = office.session.jobs.run(lambda store: filings.set_answer(store, "2022-report", "participants", 7))
    assert kept.result(timeout=5) is not None
    assert not office.session.jobs.using_store()
    answers.set()
    office.settle()
    assert [one.name for one in dialog.files.shown()] == ["lễ.png"]


def test_files_may_be_dropped_anywhere_on_the_list(office: Office, dialog: AttachedDialog, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "lễ.png", 5)))])
    spot, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(spot, copy, data, left, none)
    QApplication.sendEvent(dialog.files, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(dialog.files, QDropEvent(QPointF(spot), copy, data, left, none))
    office.settle()
    assert [one.name for one in dialog.files.shown()] == ["lễ.png"]


def _seen(area: QScrollArea, dialog: AttachedDialog) -> bool:
    message = dialog.files.message
    top = message.mapTo(area.viewport(), message.rect().topLeft()).y()
    return message.isVisible() and 0 <= top < area.viewport().height()


def test_a_disk_that_fills_up_half_way_is_told_and_what_came_before_stands_there(
    office: Office, dialog: AttachedDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [photo(tmp_path / f"{n}.png", n * 40) for n in range(4)]
    written: list[bytes] = []

    def full(store: Store, data: bytes, suffix: str) -> str:
        written.append(data)
        if len(written) > 2:
            raise UserError(Code.DISK_FULL, file="abcdef.png")
        return kept.keep(store, data, suffix)

    monkeypatch.setattr(attaching, "keep", full)
    told: list[BaseException] = []
    office.session.problem.connect(told.append)
    dialog.files.add(files)
    office.settle()
    (refusal,) = told
    assert isinstance(refusal, UserError)
    assert (refusal.code, refusal.facts["file"]) == (Code.DISK_FULL, "2.png")
    assert [one.name for one in dialog.files.shown()] == ["0.png", "1.png"]
