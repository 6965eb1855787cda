"""hoctap board, receipt and paper-in, as typed."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hoctap_desktop.cli import main
from tests.offices import upper_store

CODE = "7K3M-Q9TX-2HBV"


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "huyen.hoctap"
    upper_store(path).close()
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, Any]:
    code = main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


def state(found: Any, unit: str) -> str:
    return next(str(one["report"]["state"]) for one in found["units"] if one["unit"] == unit)


def test_paper_is_received_by_unit_and_kind_and_taken_back(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("paper-in", store, CODE.lower(), "--unit", "05812-TH", "--kind", "report")
    code, made = answer(capsys, *given, "--note", "mang đến")
    assert (code, made["unit"], made["paper_code"]) == (0, "05812-TH", CODE)
    assert state(answer(capsys, "board", store)[1], "05812-TH") in ("received", "late")
    code, again = answer(capsys, *given)
    assert code == 1
    assert again["code"] == "paper_received"
    assert answer(capsys, *given, "--undo")[0] == 0
    assert state(answer(capsys, "board", store)[1], "05812-TH") == "not_sent"
    assert answer(capsys, *given, "--undo")[0] == 1


def test_a_code_nobody_knows_needs_a_unit(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["paper-in", store, CODE])
    assert caught.value.code == 2
    assert "--unit" in capsys.readouterr().err
    assert answer(capsys, "paper-in", store, "7K3M", "--unit", "05812-TH", "--kind", "report")[0] == 1


def test_a_reminder_and_a_call_list_are_written(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: tmp_path / name for name in ("a.pdf", "a.docx", "calls.xlsx", "calls.pdf", "board.pdf")}
    for option, name in (("--reminder", "a.pdf"), ("--reminder", "a.docx"), ("--calls", "calls.xlsx")):
        assert answer(capsys, "board", store, option, str(files[name]))[0] == 0
    both = ("--calls", str(files["calls.pdf"]), "--pdf", str(files["board.pdf"]), "--kind", "both")
    assert answer(capsys, "board", store, *both)[0] == 0
    heads = {name: path.read_bytes()[:4] for name, path in files.items()}
    assert heads == {
        "a.pdf": b"%PDF",
        "a.docx": b"PK\x03\x04",
        "calls.xlsx": b"PK\x03\x04",
        "calls.pdf": b"%PDF",
        "board.pdf": b"%PDF",
    }
    sheet = openpyxl.load_workbook(BytesIO(files["calls.xlsx"].read_bytes())).worksheets[0]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Trường Tiểu học Hà Thượng" in cells


@pytest.mark.parametrize(("option", "name"), [("--reminder", "a.xlsx"), ("--calls", "a.docx")])
def test_another_kind_of_file_is_refused_before_anything_is_done(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, name: str
) -> None:
    code, told = answer(capsys, "board", store, option, str(tmp_path / name))
    assert code == 1
    assert told["code"] == "wrong_file_kind"
    assert not (tmp_path / name).exists()


def test_short_texts_are_told_for_each_and_for_all(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(capsys, "board", store, "--text")
    assert code == 0
    assert set(found["texts"]) == {"05812", "05812-THCS", "05812-TH", "05812-MN"}
    assert "còn 4 đơn vị chưa gửi báo cáo" in found["group_text"]


def test_a_day_of_receipt_needs_one_of_day_and_undo(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (("receipt", store, "12345678"), ("receipt", store, "12345678", "--day", "14/10/2022", "--undo")):
        with pytest.raises(SystemExit) as caught:
            main(list(argv))
        assert caught.value.code == 2
    assert "--undo" in capsys.readouterr().err
    assert answer(capsys, "receipt", store, "12345678", "--undo")[0] == 1


def test_texts_to_copy_stand_alone_without_a_line_for_every_unit(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option in (("--text",), ("--reminder", str(tmp_path / "b.pdf")), ("--calls", str(tmp_path / "b.xlsx"))):
        capsys.readouterr()
        assert main(["board", store, *option]) == 0
        said = capsys.readouterr().out
        assert ": kế hoạch " not in said
        assert "đơn vị đã xong phần nộp." in said
    assert main(["board", store]) == 0
    assert ": kế hoạch " in capsys.readouterr().out
