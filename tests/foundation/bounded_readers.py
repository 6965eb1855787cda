"""Readers that go wrong in every way, for the process that reads under limits."""

import os
import signal
import time
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError


def answers(path: Path) -> dict[str, str]:
    return {"name": path.name, "said": path.read_text(encoding="utf-8")}


def refuses(path: Path) -> None:
    raise UserError(Code.FILE_TOO_LARGE, file=path.name, limit="3 MB")


def fails(path: Path) -> int:
    return [0][len(path.name)]


def nests(path: Path) -> None:
    nests(path)


def grows(_path: Path) -> int:
    held = []
    while True:
        held.append(bytearray(2**22))


def waits(_path: Path) -> None:
    time.sleep(60)


def spins(_path: Path) -> None:
    while True:
        pass


def crashes(_path: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def writes(path: Path) -> int:
    return path.with_name("written").write_bytes(b"x" * 10)


def odd(_path: Path) -> set[int]:
    return {1, 2}


def loaded(_path: Path) -> list[str]:
    import sys

    return [name for name in ("PySide6", "openpyxl", "reportlab", "sqlite3") if name in sys.modules]
