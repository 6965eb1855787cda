"""Every override of a Qt method wears the guard: without it one IndexError made by C code kills the process."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from hoctap_desktop import ui
from hoctap_desktop.ui import guarded as guard
from hoctap_desktop.ui.guarded import guarded


def ours(package: object = ui) -> Iterator[type]:
    """Every class written in ui/ that Qt knows."""
    assert inspect.ismodule(package)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == found.name and issubclass(kind, QObject | _painted()):
                yield kind


def _painted() -> type:
    from PySide6.QtGui import QPaintDevice

    return QPaintDevice


def unguarded(kind: type) -> list[str]:
    """Methods of `kind` that Qt may call in place of its own, without the guard."""
    bases = [base for base in kind.__mro__ if base.__module__.startswith(("PySide6", "Shiboken", "shiboken"))]
    return [
        f"{kind.__module__}.{kind.__qualname__}.{name}"
        for name, method in vars(kind).items()
        if inspect.isfunction(method)
        and not name.startswith("__")
        and any(name in vars(base) for base in bases)
        and not hasattr(method, "__guarded__")
    ]


def test_every_override_in_the_window_is_guarded() -> None:
    kinds = list(ours())
    assert len(kinds) > 30
    assert [line for kind in kinds for line in unguarded(kind)] == []


def test_the_list_sees_an_override_without_its_guard() -> None:
    class Bare(QAbstractListModel):
        def rowCount(self, parent: object = None) -> int:
            return 0

        def own_method(self) -> int:
            return 0

    assert [line.rsplit(".", 1)[1] for line in unguarded(Bare)] == ["rowCount"]


class Throwing(QAbstractListModel):
    """Its data() makes the exception that kills Python 3.11 under setModel."""

    @guarded(0)
    def rowCount(self, parent: object = None) -> int:
        return 3

    @guarded(None)
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        empty: list[object] = []
        return empty[3]


@pytest.mark.expected_log(r"Throwing\.data: IndexError")
def test_an_exception_made_by_c_code_under_set_model_is_told_and_survived(qtbot: QtBot) -> None:
    told: list[BaseException] = []
    guard.report_to(told.append)
    try:
        view = QListView()
        qtbot.addWidget(view)
        model = Throwing(view)
        view.setModel(model)
        view.show()
        view.sizeHintForRow(0)
    finally:
        guard.report_to(None)
    assert told
    assert isinstance(told[0], IndexError)


@pytest.mark.expected_log("the problems sink failed")
@pytest.mark.expected_log("somewhere: ValueError")
def test_a_sink_that_fails_makes_no_second_exception() -> None:
    def sink(_failure: BaseException) -> None:
        raise RuntimeError("no dialog")

    guard.report_to(sink)
    try:
        guard.told(ValueError("first"), "somewhere")
    finally:
        guard.report_to(None)


def test_the_guard_gives_the_safe_value_and_keeps_name_and_result() -> None:
    class Thing:
        @guarded(7)
        def rowCount(self, fails: bool) -> int:
            """Rows."""
            return 3

    assert Thing().rowCount(False) == 3
    assert Thing.rowCount.__name__ == "rowCount"
    assert Thing.rowCount.__doc__ == "Rows."


KILLER = """
from PySide6.QtCore import QAbstractListModel
from PySide6.QtWidgets import QApplication, QListView
app = QApplication([])
class Bare(QAbstractListModel):
    def rowCount(self, parent=None):
        return 3
    def data(self, index, role=0):
        return [][3]
view = QListView()
view.setModel(Bare(view))
view.show()
view.sizeHintForRow(0)
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 survives it, so nothing would be shown")
def test_without_the_guard_the_process_dies_on_this_python() -> None:
    ended = subprocess.run([sys.executable, "-c", KILLER], capture_output=True, timeout=60, check=False)
    assert ended.returncode < 0, "this PySide6 may need the guards no longer"
