"""The dialog of a failure and the hook for what nobody caught."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation import clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.ui.problems import CrashHook, Problems
from tests.offices import CLOCK


def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_a_refusal_opens_one_dialog_and_escape_closes_it(qtbot: QtBot) -> None:
    problems = Problems(window(qtbot))
    problems.show(UserError(Code.DISK_FULL, file="a.htgoi"))
    problems.show(UserError(Code.DISK_FULL, file="b.htgoi"))
    dialog = problems.shown()
    assert dialog is not None
    assert "a.htgoi" in dialog.said.text
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert problems.shown() is None


@pytest.mark.expected_log("unexpected failure")
def test_a_bug_is_logged_and_its_traceback_folded_in(qtbot: QtBot) -> None:
    problems = Problems(window(qtbot))
    try:
        raise ValueError("from somewhere")
    except ValueError as failure:
        problems.show(failure)
    dialog = problems.shown()
    assert dialog is not None
    assert dialog.said.bug
    dialog.reject()


def test_the_hook_writes_a_log_file_then_shows_and_is_off_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    hook = CrashHook(tmp_path / "logs")
    hooks_while_shown: list[object] = []
    hook.show = lambda _failure: hooks_while_shown.append(sys.excepthook)
    hook.install()
    installed = sys.excepthook
    failure = ValueError("nobody caught this")
    hook.taken(ValueError, failure, None)
    (file,) = (tmp_path / "logs").iterdir()
    assert "nobody caught this" in file.read_text("utf-8")
    assert hooks_while_shown == [sys.__excepthook__]
    assert sys.excepthook == installed
    assert "nobody caught this" in capsys.readouterr().err


def test_a_window_without_a_console_tells_of_its_crash_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    written = CrashHook(tmp_path / "logs").write(ValueError("x"))
    assert written is not None
    assert "ValueError" in written.read_text("utf-8")


def test_two_failures_in_one_second_are_both_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "system_clock", CLOCK)
    hook = CrashHook(tmp_path / "logs")
    assert hook.write(ValueError("the first")) == hook.write(ValueError("the second"))
    (file,) = (tmp_path / "logs").iterdir()
    assert file.read_text("utf-8").index("the first") < file.read_text("utf-8").index("the second")


def test_a_log_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert CrashHook(tmp_path / "file" / "logs").write(ValueError("x")) is None
