"""Workbooks as clerks bring them back: opened, changed, saved by openpyxl."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.workbook import write_workbook
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.paths import forms

AT = datetime(2022, 10, 12, 3, tzinfo=UTC)
FIGURES, TEXTS, CLASSES = "Bảng số liệu", "Phần lời", "Danh sách lớp"


def report() -> Filing:
    """The report of Hà Thượng."""
    return read_filled(forms() / "examples" / "2022-ha-thuong-report.toml")


def form() -> FormDefinition:
    return form_by_id("report", 1)


def written(path: Path, filing: Filing | None = None, change: Callable[[Any], None] | None = None) -> Path:
    """The workbook of a report, changed by hand."""
    data = write_workbook(filing or report(), form(), AT)
    if change is not None:
        book = load_workbook(BytesIO(data))
        change(book)
        book.save(path)
    else:
        path.write_bytes(data)
    return path


def row_of(sheet: Any, id: str) -> int:
    """The row that is tagged with a field."""
    return next(int(row[0].row) for row in sheet.iter_rows(min_col=1, max_col=1) if row[0].value == id)


def value_cell(book: Any, id: str) -> Any:
    """The cell Số lượng of a field."""
    sheet = book[FIGURES]
    return sheet.cell(row_of(sheet, id), 5)
