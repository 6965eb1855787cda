"""A workbook as a clerk brings it back: the file in the child's hands, and the cells the child gives back."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hoctap_desktop.document.sheet_cells import read_in_child, sheets_of
from hoctap_desktop.filing.workbook_changes import compare
from hoctap_desktop.filing.workbook_reader import reading_of
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import UserError
from tests.filing.workbooks import form, written


def read(data: bytes) -> None:
    cells = _in_the_child(data) if data.startswith(b"PK") else _cells(data)
    if cells is None:
        return
    reading = reading_of(sheets_of(cells), "a.xlsx", form_by_id)
    compare(reading, form(), {})


def _in_the_child(data: bytes) -> Any:
    """As foundation/bounded.py does there: what a library raises over a damaged file is a refusal."""
    try:
        return read_in_child(data, "a.xlsx")
    except UserError:
        raise
    except Exception:  # noqa: BLE001
        return None


def _cells(data: bytes) -> Any:
    """Cells from JSON of the shape the child gives: what openpyxl can make of a file is more than it likes to write."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if _is_answer(found) else None


def _is_answer(found: Any) -> bool:
    with contextlib.suppress(TypeError, ValueError, KeyError):
        return all(
            isinstance(page["name"], str)
            and all(isinstance(words, str) for words in page["merged"])
            and all(
                type(row) is int
                and type(column) is int
                and 0 < row < 1_048_577
                and 0 < column < 16_385
                and kind in ("n", "s", "d", "b", "f", "e")
                and isinstance(text, str)
                and _is_text(kind, text)
                for row, column, kind, text in page["cells"]
            )
            for page in found
        )
    return False


def _is_text(kind: str, text: str) -> bool:
    """A number is spelled as Python spells it."""
    if kind != "n":
        return bool(text)
    try:
        return text in (repr(float(text)), repr(int(float(text))))
    except (ValueError, OverflowError):
        return False


def seeds() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        data = written(Path(folder) / "a.xlsx").read_bytes()
    yield data
    yield json.dumps(read_in_child(data, "a.xlsx"), ensure_ascii=False).encode()
