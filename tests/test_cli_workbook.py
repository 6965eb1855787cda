"""Excel and paper on the command line: workbook, fill with a workbook, key-in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hoctap_desktop.__main__ import main
from hoctap_desktop.foundation.paths import forms
from tests.filing.workbooks import value_cell

EXAMPLES = forms() / "examples"
THCS = str(EXAMPLES / "2022-truong-thcs-ha-thuong-report.toml")
Told = Callable[..., tuple[int, Any]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command with --json in an empty folder; the exit code and what it answered."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    assert run("office", "init", "a.hoctap", "--unit", str(EXAMPLES / "2022-ha-thuong-office.toml"))[0] == 0
    assert run("fill", "a.hoctap", str(EXAMPLES / "2022-ha-thuong-report.toml"))[0] == 0
    upper = str(EXAMPLES / "2022-dai-tu-office.toml")
    assert run("office", "init", "b.hoctap", "--unit", upper, "--campaign", "2022")[0] == 0
    return run


def changed(path: str, id: str, value: object) -> None:
    book = load_workbook(path)
    value_cell(book, id).value = value
    book.save(path)


def test_a_workbook_goes_out_and_comes_back(told: Told) -> None:
    assert told("workbook", "a.hoctap", "report", "-o", "bieu.xlsx")[0] == 0
    changed("bieu.xlsx", "banners", 13)
    code, answer = told("fill", "a.hoctap", "bieu.xlsx")
    assert (code, [(each["field"], each["before"], each["after"]) for each in answer["taken"]]) == (
        0,
        [("banners", 12, 13)],
    )


def test_what_a_workbook_would_change_is_looked_at_first(told: Told) -> None:
    assert told("workbook", "a.hoctap", "report", "-o", "bieu.xlsx")[0] == 0
    changed("bieu.xlsx", "banners", 13)
    for _ in range(2):  # the first look took nothing
        code, answer = told("fill", "a.hoctap", "bieu.xlsx", "--look")
        assert (code, [(each["field"], each["after"]) for each in answer["differences"]]) == (0, [("banners", 13)])
    changed("bieu.xlsx", "leaflets", "3 lớp")
    code, answer = told("fill", "a.hoctap", "bieu.xlsx", "--look")
    assert (code, len(answer["differences"]), len(answer["faults"])) == (1, 1, 1)
    with pytest.raises(SystemExit):
        told("fill", "a.hoctap", THCS, "--look")


def test_a_workbook_with_faults_changes_nothing_and_every_fault_is_told(told: Told) -> None:
    assert told("workbook", "a.hoctap", "report", "-o", "bieu.xlsx")[0] == 0
    changed("bieu.xlsx", "banners", "3 lớp")
    changed("bieu.xlsx", "leaflets", 1.5)
    code, answer = told("fill", "a.hoctap", "bieu.xlsx")
    assert (code, answer["code"], len(answer["faults"])) == (1, "workbook_not_taken", 2)


def test_an_upper_office_enters_a_report_that_came_on_paper(told: Told) -> None:
    code, answer = told("key-in", "b.hoctap", "05812-THCS", THCS, "--paper-code", "7k3mq9tx2hbv", "--second", THCS)
    assert (code, answer["paper_code"]) == (0, "7K3M-Q9TX-2HBV")
    _, board = told("board", "b.hoctap")
    assert "Nhập hộ từ bản giấy" in json.dumps(board, ensure_ascii=False)
    assert told("totals", "b.hoctap")[1]["illustrative"] is True
    _, trace = told("totals", "b.hoctap", "--trace", "participants")
    assert [source["unit"] for source in trace["sources"] if source["from_paper"]] == ["05812-THCS"]
    assert told("key-in", "b.hoctap", "05812-THCS", "--withdraw", "gõ nhầm")[0] == 0
    _, board = told("board", "b.hoctap")
    assert "Nhập hộ" not in json.dumps(board, ensure_ascii=False)


def test_a_workbook_of_the_unit_itself_can_be_entered_for_it(told: Told) -> None:
    assert told("workbook", "a.hoctap", "report", "-o", "bieu.xlsx")[0] == 0
    code, refused = told("key-in", "b.hoctap", "05812-THCS", "bieu.xlsx")
    assert (code, refused["code"]) == (1, "workbook_other_unit")
    assert told("key-in", "b.hoctap", "05812", "bieu.xlsx")[0] == 0


def test_every_fault_of_a_workbook_is_told_when_it_is_entered_for_a_unit(told: Told) -> None:
    assert told("workbook", "a.hoctap", "report", "-o", "bieu.xlsx")[0] == 0
    changed("bieu.xlsx", "banners", "3 lớp")
    changed("bieu.xlsx", "leaflets", 1.5)
    code, refused = told("key-in", "b.hoctap", "05812", "bieu.xlsx")
    assert (code, refused["code"], len(refused["faults"])) == (1, "workbook_not_taken", 2)


def test_a_workbook_saved_by_an_old_excel_says_how_to_save_it(told: Told) -> None:
    Path("bieu.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    for words in (("fill", "a.hoctap", "bieu.xls"), ("key-in", "b.hoctap", "05812", "bieu.xls")):
        code, refused = told(*words)
        assert (code, refused["code"]) == (1, "workbook_other_save")


def test_a_second_keying_that_differs_is_refused_and_nothing_stays_half_typed(told: Told, tmp_path: Path) -> None:
    text = Path(THCS).read_text(encoding="utf-8")
    other = tmp_path / "hai.toml"
    other.write_text(text.replace("\nparticipants = ", "\nparticipants = 1"), encoding="utf-8")
    code, refused = told("key-in", "b.hoctap", "05812-THCS", THCS, "--second", str(other))
    assert (code, refused["code"]) == (1, "paper_keyings_differ")
    assert told("key-in", "b.hoctap", "05812-THCS", THCS)[0] == 0
