"""The ini file: what was set is read again, rubbish reads as unset."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from hoctap_desktop.ui.settings import Settings


@pytest.fixture
def file(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "settings.ini"


def test_what_was_set_is_read_by_the_next_start(file: Path) -> None:
    first = Settings(file)
    first.store = Path("/data/a b.hoctap")
    first.text_size = 115
    first.contrast = True
    first.set_blob("window", QByteArray(b"\x00\x01"))
    first.sync()
    second = Settings(file)
    assert (second.store, second.text_size, second.contrast) == (Path("/data/a b.hoctap"), 115, True)
    assert second.blob("window") == QByteArray(b"\x00\x01")


def test_nothing_set_is_the_ordinary_look(file: Path) -> None:
    fresh = Settings(file)
    assert (fresh.store, fresh.text_size, fresh.contrast, fresh.blob("window")) == (None, 100, None, None)
    assert fresh.theme().contrast is False
    assert fresh.theme(wished_contrast=True).contrast is True


@pytest.mark.parametrize("size", ["12", "abc", "-1"])
def test_a_size_nobody_offers_is_100(file: Path, size: str) -> None:
    file.write_text(f"[General]\ntext_size={size}\ncontrast=perhaps\n")
    broken = Settings(file)
    assert (broken.text_size, broken.contrast) == (100, None)
