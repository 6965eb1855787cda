"""Readers that go wrong in every way, for the process that reads under limits."""

import os
import signal
import time
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError


def answers(data: bytes, name: str, times: int) -> dict[str, str]:
    return {"name": name, "said": data.decode() * times}


def refuses(_data: bytes, name: str) -> None:
    raise UserError(Code.FILE_TOO_LARGE, file=name, limit="3 MB")


def fails(_data: bytes, name: str) -> int:
    return [0][len(name)]


def nests(data: bytes, name: str) -> None:
    nests(data, name)


def grows(_data: bytes, _name: str) -> int:
    held = []
    while True:
        held.append(bytearray(2**22))


def waits(_data: bytes, _name: str) -> None:
    time.sleep(60)


def spins(_data: bytes, _name: str) -> None:
    while True:
        pass


def crashes(_data: bytes, _name: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def writes(_data: bytes, _name: str, folder: str) -> int:
    return Path(folder, "written").write_bytes(b"x" * 10)


def odd(_data: bytes, _name: str) -> set[int]:
    return {1, 2}


def loaded(_data: bytes, _name: str) -> list[str]:
    import sys

    return [name for name in ("PySide6", "openpyxl", "reportlab", "sqlite3") if name in sys.modules]
