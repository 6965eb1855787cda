"""Our workbook opened and saved by LibreOffice still reads as the same report."""

import os
import subprocess
from pathlib import Path

from hoctap_desktop.filing.workbook_changes import compare
from hoctap_desktop.filing.workbook_reader import read_workbook
from hoctap_desktop.form.loader import form_by_id
from tests.document.word_files import libreoffice
from tests.filing.workbooks import form, report, value_cell, written


def test_a_workbook_saved_by_libreoffice_reads_as_before(tmp_path: Path) -> None:
    def change(book: object) -> None:
        value_cell(book, "participants").value = 600

    path = written(tmp_path / "a.xlsx", change=change)
    out = tmp_path / "out"
    subprocess.run(
        [
            libreoffice(), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path), "SAL_USE_VCLPLUGIN": "svp"},
    )  # fmt: skip
    found = compare(read_workbook(out / "a.xlsx", form_by_id), form(), report().answers)
    assert found.faults == ()
    assert [(each.field, each.after) for each in found.differences] == [("participants", 600)]
