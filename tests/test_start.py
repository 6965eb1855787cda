"""What a command loads before it does its work: most of a short command's time."""

import subprocess
import sys
from pathlib import Path

import pytest

from hoctap_desktop.__main__ import main
from hoctap_desktop.foundation import paths
from tests.consolidation.papers import COMMUNE, paper

_RUN = """
import sys
from hoctap_desktop.__main__ import main
code = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
NOT_FOR_SEAL = {
    "reportlab", "openpyxl", "docx", "lxml", "markdown_it", "pypdfium2", "PySide6", "hoctap_desktop.plan",
    "hoctap_desktop.report", "hoctap_desktop.office", "hoctap_desktop.consolidation", "hoctap_desktop.demo",
    "hoctap_desktop.document.pdf",
}  # fmt: skip
NOT_FOR_VERIFY = {
    "sqlite3", "sqlite_utils", "reportlab", "openpyxl", "docx", "lxml", "markdown_it", "pypdfium2", "PySide6",
    "cryptography.x509", "cryptography.hazmat.primitives.serialization.pkcs12",
    "hoctap_desktop.store", "hoctap_desktop.form.loader", "hoctap_desktop.form.checks", "hoctap_desktop.plan",
    "hoctap_desktop.report", "hoctap_desktop.office", "hoctap_desktop.consolidation", "hoctap_desktop.demo",
    "hoctap_desktop.document.pdf", "hoctap_desktop.document.model", "hoctap_desktop.submission.keys",
}  # fmt: skip


def loaded_by(folder: Path, *words: str) -> tuple[set[str], str]:
    """Every module a command loads, run in `folder`; and what it says."""
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _RUN, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(ran.stderr.split()), ran.stdout


def test_verify_loads_neither_store_nor_forms_nor_pages_nor_the_window(tmp_path: Path) -> None:
    sealed = paper(COMMUNE, {"participants": 10})
    (tmp_path / sealed.name).write_bytes(sealed.data)
    loaded, said = loaded_by(tmp_path, "verify", sealed.name)
    assert "Còn nguyên vẹn từ khi ký" in said
    assert "hoctap_desktop.submission.examine" in loaded
    assert loaded & NOT_FOR_VERIFY == set()


def test_seal_loads_neither_plan_nor_page_nor_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "mat khau du dai")
    store, examples = str(tmp_path / "a.hoctap"), paths.forms() / "examples"
    assert main(["office", "init", store, "--unit", str(examples / "2022-ha-thuong-office.toml")]) == 0
    assert main(["fill", store, str(examples / "2022-ha-thuong-report.toml")]) == 0
    assert main(["finalise", store, "report"]) == 0
    assert main(["keys", "init", store]) == 0
    loaded, said = loaded_by(tmp_path, "seal", store, "report", "--out", ".")
    assert "Đã đọc lại thấy đúng" in said
    assert "hoctap_desktop.submission.seal" in loaded
    assert loaded & NOT_FOR_SEAL == set()
