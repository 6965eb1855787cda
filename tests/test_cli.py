"""The command line as a person or a script meets it: exit codes, sentences, JSON, nothing written on refusal."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.__main__ import main
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.submission.unseal import unseal
from tests.signed_pdf import plain, sign

EXAMPLES = forms() / "examples"
OFFICE = str(EXAMPLES / "2022-ha-thuong-office.toml")
UPPER = str(EXAMPLES / "2022-dai-tu-office.toml")
REPORT = str(EXAMPLES / "2022-ha-thuong-report.toml")
PLAN = str(EXAMPLES / "2022-ha-thuong-plan.toml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "mat khau minh hoa")
    return tmp_path


Told = Callable[..., tuple[int, Any]]


@pytest.fixture
def told(here: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command with --json; the exit code and what it answered."""

    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*words, "--json"])
        out = capsys.readouterr().out
        return code, json.loads(out)

    return run


@pytest.fixture
def commune(told: Told) -> Told:
    """An office with its report taken in."""
    assert told("office", "init", "a.hoctap", "--unit", OFFICE, "--campaign", "2022")[0] == 0
    assert told("fill", "a.hoctap", REPORT)[0] == 0
    return told


@pytest.fixture
def sealed(commune: Told) -> Told:
    """The report finalised and sealed into usb/, its key accepted by the upper office b.hoctap."""
    for words in (
        ("keys", "init", "a.hoctap"),
        ("keys", "enrol", "a.hoctap", "--out", "enrol"),
        ("finalise", "a.hoctap", "report"),
        ("seal", "a.hoctap", "report", "--out", "usb"),
        ("office", "init", "b.hoctap", "--unit", UPPER),
    ):
        code, answer = commune(*words)
        assert code == 0, answer
    return commune


def package() -> Path:
    (found,) = Path("usb").glob("*.htgoi")
    return found


def test_a_command_answers_in_vietnamese_and_exits_0(commune: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a.hoctap", "report"]) == 0
    assert "chốt được" in capsys.readouterr().out


def test_misuse_exits_2_and_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["nonsense"], ["fill"], ["render", "x.toml"], ["receive", "a.hoctap"], ["demo", "--json"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 2
        error = capsys.readouterr().err
        assert "Cách dùng" in error
        assert "usage" not in error


def test_every_command_explains_itself_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["demo"], ["office", "init"], ["keys", "accept"], ["totals"], ["receive"]):
        with pytest.raises(SystemExit) as left:
            main([*words, "--help"])
        assert left.value.code == 0
        assert "show this help" not in capsys.readouterr().out


def test_findings_exit_1_and_are_told_with_their_place(commune: Told) -> None:
    text = Path(REPORT).read_text(encoding="utf-8").replace("talks = 2\n", "")
    Path("b.toml").write_text(text, encoding="utf-8")
    assert commune("fill", "a.hoctap", "b.toml")[0] == 0
    code, answer = commune("check", "a.hoctap", "report")
    assert code == 1
    assert [f["field"] for f in answer["findings"] if f["blocks"]] == ["talks"]
    code, answer = commune("finalise", "a.hoctap", "report")
    assert (code, answer["code"]) == (1, "filing_has_findings")


def test_a_finalised_filing_prints_its_frozen_bytes_again(sealed: Told) -> None:
    assert sealed("print", "a.hoctap", "report", "-o", "one.pdf")[0] == 0
    assert sealed("print", "a.hoctap", "2022-report", "-o", "two.pdf")[0] == 0
    assert Path("one.pdf").read_bytes() == Path("two.pdf").read_bytes()
    assert sealed("fill", "a.hoctap", REPORT)[1]["code"] == "filing_final"
    assert sealed("amend", "a.hoctap", "report")[1]["filing"]["revision"] == 2


def test_number_and_day_come_after_signing_and_onto_a_new_print(sealed: Told) -> None:
    assert sealed("print", "a.hoctap", "report", "-o", "one.pdf")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "two.pdf", "--numbered")[1]["code"] == "number_missing"
    code, answer = sealed("number", "a.hoctap", "report", "--number", "21", "--day", "04/10/2022")
    assert (code, answer["number"], answer["day"]) == (0, "21", "2022-10-04")
    assert sealed("print", "a.hoctap", "report", "-o", "two.pdf", "--numbered")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "three.pdf")[0] == 0
    one, two, three = (Path(f"{name}.pdf").read_bytes() for name in ("one", "two", "three"))
    assert one == three != two


def test_a_filing_is_written_as_a_word_file_by_its_ending(sealed: Told) -> None:
    assert sealed("print", "a.hoctap", "report", "-o", "one.docx")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "two.docx", "--numbered")[1]["code"] == "number_missing"
    assert sealed("number", "a.hoctap", "report", "--number", "21", "--day", "04/10/2022")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "two.docx", "--numbered")[0] == 0
    assert sealed("render", REPORT, "-o", "three.docx")[0] == 0
    assert all(Path(name).read_bytes().startswith(b"PK") for name in ("one.docx", "two.docx", "three.docx"))
    assert sealed("render", REPORT, "-o", "three.odt")[1]["code"] == "wrong_file_kind"


def test_a_filing_is_written_as_a_sheet_by_its_ending(sealed: Told) -> None:
    assert sealed("print", "a.hoctap", "report", "-o", "one.xlsx")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "two.xlsx", "--numbered")[1]["code"] == "number_missing"
    assert sealed("number", "a.hoctap", "report", "--number", "21", "--day", "04/10/2022")[0] == 0
    assert sealed("print", "a.hoctap", "report", "-o", "two.xlsx", "--numbered")[0] == 0
    assert sealed("render", REPORT, "-o", "three.xlsx")[0] == 0
    assert all(Path(name).read_bytes().startswith(b"PK") for name in ("one.xlsx", "two.xlsx", "three.xlsx"))


def test_a_package_waits_for_its_key_and_goes_in_once_the_key_is_accepted(sealed: Told) -> None:
    code, answer = sealed("receive", "b.hoctap", "usb")
    assert (code, answer["files"][0]["code"]) == (1, "unknown_key")
    (request,) = Path("enrol").glob("*.htgoi")
    fingerprint = sealed("verify", str(request))[1]["files"][0]["fingerprint"]
    code, answer = sealed("keys", "accept", "b.hoctap", str(request))
    assert (code, answer["code"]) == (1, "not_compared")
    assert fingerprint in answer["message"]
    code, answer = sealed("keys", "accept", "b.hoctap", str(request), "--fingerprint", "1" * 30)
    assert (code, answer["code"]) == (1, "fingerprint_differs")
    code, answer = sealed("keys", "accept", "b.hoctap", str(request), "--fingerprint", fingerprint)
    assert (code, answer["released"]) == (0, 1)
    code, answer = sealed("receive", "b.hoctap", "usb")
    assert (code, answer["files"][0]["code"]) == (0, "already_received")
    assert sealed("totals", "b.hoctap")[1]["totals"]["participants"]["value"] == 535
    assert [key["unit"] for key in sealed("keys", "roster", "b.hoctap")[1]["keys"]] == ["05812"]


def test_board_totals_trace_and_undo(sealed: Told) -> None:
    sealed("keys", "accept", "b.hoctap", str(next(Path("enrol").glob("*.htgoi"))), "--compared")
    batch = sealed("receive", "b.hoctap", "usb")[1]["batch"]
    code, answer = sealed("board", "b.hoctap", "--xlsx", "board.xlsx", "--pdf", "board.pdf")
    assert code == 0
    assert {row["unit"]: row["report"]["state"] for row in answer["units"]}["05812"] == "late"
    assert answer["units"][1]["report"]["overdue"] > 0
    before = sealed("board", "b.hoctap", "--as-of", "14/10/2022")[1]["units"][0]["report"]["state"]
    assert before == "not_sent"
    code, answer = sealed("totals", "b.hoctap", "--trace", "participants", "--xlsx", "t.xlsx", "--pdf", "t.pdf")
    assert [source["value"] for source in answer["sources"] if source["package_id"]] == [535]
    assert all(Path(name).stat().st_size > 1000 for name in ("board.xlsx", "board.pdf", "t.xlsx", "t.pdf"))
    assert sealed("totals", "b.hoctap", "--trace", "nothing")[1]["code"] == "indicator_unknown"
    code, answer = sealed("totals", "b.hoctap", "--into-report")
    assert answer["filing"]["status"] == "draft"
    assert len(sealed("receive", "b.hoctap", "--undo", batch)[1]["undone"]) == 1
    assert sealed("totals", "b.hoctap")[1]["coverage"] == "0/4"


def test_own_numbers_doubts_narratives_and_charts_of_the_totals(sealed: Told) -> None:
    sealed("keys", "accept", "b.hoctap", str(next(Path("enrol").glob("*.htgoi"))), "--compared")
    sealed("receive", "b.hoctap", "usb")
    answer = sealed("totals", "b.hoctap", "--own", "participants=65", "--own", "talks=k")[1]["totals"]["participants"]
    assert (answer["value"], answer["below"], answer["own"]) == (600, 535, 65)
    assert sealed("totals", "b.hoctap", "--own", "participants=1,5")[1]["code"] == "not_a_count"
    assert isinstance(sealed("totals", "b.hoctap", "--outliers")[1]["outliers"], list)
    assert sealed("totals", "b.hoctap", "--dismiss", "x.y", "--reason", "z")[1]["code"] == "doubt_unknown"
    assert len(sealed("totals", "b.hoctap", "--narratives", "launch")[1]["narratives"]) == 1
    assert sealed("totals", "b.hoctap", "--narratives", "nothing")[1]["code"] == "field_unknown"
    assert sealed("totals", "b.hoctap", "--as-sent")[1]["code"] == "not_sent_yet"
    assert sealed("totals", "b.hoctap", "--changes")[1]["changes"] is None
    assert sealed("totals", "b.hoctap", "--changes", "--pdf", "nothing.pdf")[0] == 1
    assert not Path("nothing.pdf").exists()
    assert sealed("totals", "b.hoctap", "--trace", "participants", "--charts", "c.pdf")[0] == 0
    assert Path("c.pdf").read_bytes().startswith(b"%PDF")


def test_an_altered_file_and_another_units_key_are_refused_and_nothing_is_taken(sealed: Told) -> None:
    sealed("keys", "accept", "b.hoctap", str(next(Path("enrol").glob("*.htgoi"))), "--compared")
    data = bytearray(package().read_bytes())
    data[len(data) // 2] ^= 1
    Path("altered.htgoi").write_bytes(data)
    code, answer = sealed("receive", "b.hoctap", "altered.htgoi")
    assert code == 1
    assert answer["files"][0]["code"] in ("altered", "damaged_entry", "foreign_layout")
    assert answer["batch"] is None
    assert sealed("totals", "b.hoctap")[1]["coverage"] == "0/4"


def test_a_file_that_is_not_ours_is_named_for_what_it_is(told: Told) -> None:
    Path("a.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    Path("b.pdf").write_bytes(b"%PDF-1.7\n")
    Path("c.htgoi").write_bytes(b"")
    code, answer = told("verify", "a.xlsx", "b.pdf", "c.htgoi", "none.htgoi")
    assert code == 1
    assert [f["code"] for f in answer["files"]] == ["not_a_package"] * 3 + ["file_unreadable"]
    assert "PDF" in answer["files"][1]["sentence"]


def test_a_plan_is_read_rendered_and_checked(told: Told, shared_documents: Path) -> None:
    source = shared_documents / "2022-ha-thuong-commune-plan.txt"
    code, answer = told("read", str(source), "-o", "plan.toml")
    assert code == 0
    assert all({"line", "text", "why"} == set(doubt) for doubt in answer["doubts"])
    assert told("render", "plan.toml", "-o", "plan.pdf")[0] == 0
    assert Path("plan.pdf").read_bytes().startswith(b"%PDF-")
    assert told("form", "check", "plan.toml", PLAN, str(forms() / "report" / "v1.toml"))[0] == 0


def test_a_plan_in_word_is_read_and_an_old_word_file_is_told_what_to_do(told: Told) -> None:
    assert told("render", PLAN, "-o", "plan.docx")[0] == 0
    Path("plan.docx").rename("kế hoạch.doc")
    code, answer = told("read", "kế hoạch.doc", "-o", "again.toml")
    assert code == 0
    assert "Ủy ban nhân dân xã Hà Thượng" in Path("again.toml").read_text(encoding="utf-8")
    Path("old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    code, answer = told("read", "old.docx", "-o", "x.toml")
    assert (code, answer["code"]) == (1, "word_old")


def test_a_bad_definition_is_told_with_file_row_and_sentence(told: Told) -> None:
    Path("bad.toml").write_text('id = "x"\nversion = "one"\n', encoding="utf-8")
    code, answer = told("form", "check", "bad.toml")
    assert code == 1
    assert "bad.toml" in answer["files"][0]["problem"]
    assert "dòng" in answer["files"][0]["problem"]


REFUSED = [
    (("render", "none.toml", "-o", "x.pdf"), "file_unreadable"),
    (("render", REPORT, "-o", "x.odt"), "wrong_file_kind"),
    (("read", REPORT, "-o", "x.pdf"), "wrong_file_kind"),
    (("read", "empty.txt", "-o", "x.toml"), None),
    (("office", "show", "none.hoctap"), "store_missing"),
    (("office", "show", "empty.txt"), "store_foreign"),
    (("office", "init", "empty.txt", "--unit", OFFICE), "store_exists"),
    (("office", "init", "x.hoctap", "--unit", REPORT), "unit_file_bad"),
    (("office", "init", "x.hoctap", "--unit", OFFICE, "--campaign", "1999"), "campaign_unknown"),
    (("demo", "--out", "."), "folder_not_empty"),
]


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_what_is_refused_exits_1_in_words_and_writes_nothing(
    words: tuple[str, ...], code: str | None, told: Told, here: Path
) -> None:
    (here / "empty.txt").write_text("", encoding="utf-8")
    found, answer = told(*words)
    assert found == 1
    assert answer["ok"] is False
    assert code in (None, answer["code"])
    assert answer["message"].rstrip(".").count(" ") > 3
    assert [path.name for path in here.iterdir() if not path.name.startswith(".")] == ["empty.txt"]


def test_a_refusal_without_json_goes_to_the_error_stream(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["office", "show", "none.hoctap"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "none.hoctap" in printed.err
    assert "Traceback" not in printed.err


def test_a_wrong_passphrase_signs_nothing(sealed: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree("usb")
    sealed("amend", "a.hoctap", "report")
    sealed("finalise", "a.hoctap", "report")
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "khong phai mat khau")
    code, answer = sealed("seal", "a.hoctap", "report", "--out", "usb")
    assert (code, answer["code"]) == (1, "wrong_passphrase")
    assert not Path("usb").exists()


def test_a_passphrase_may_stand_in_a_file(commune: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOCTAP_PASSPHRASE")
    Path("pass").write_text("mat khau minh hoa\n", encoding="utf-8")
    assert commune("keys", "init", "a.hoctap", "--passphrase-file", "pass")[0] == 0
    assert commune("keys", "init", "a.hoctap", "--passphrase-file", "pass")[1]["code"] == "key_exists"


def test_no_passphrase_at_all_is_told(commune: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv("HOCTAP_PASSPHRASE")
    monkeypatch.setattr("getpass.getpass", closed)
    told = commune("keys", "init", "a.hoctap")[1]
    assert (told["code"], "--passphrase-file" in told["message"]) == ("passphrase_missing", True)


def test_a_reader_that_leaves_early_is_no_bug(here: Path) -> None:
    command = f'"{sys.executable}" -m hoctap_desktop --help | head -c 1'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
    full = f'"{sys.executable}" -m hoctap_desktop form check "{REPORT}" > /dev/full'
    if Path("/dev/full").exists():
        ran = subprocess.run(["bash", "-c", full], capture_output=True, text=True, check=False)
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr


def test_a_backup_is_whole_and_the_doctor_finds_it_sound_where_it_is_put_back(commune: Told, here: Path) -> None:
    assert commune("backup", "a.hoctap", "--out", "copy.htsao")[0] == 0
    assert commune("backup", "a.hoctap", "--out", "copy.htsao")[1]["code"] == "store_exists"
    assert commune("backup", "a.hoctap", "--out", "copy.hoctap")[1]["code"] == "wrong_file_kind"
    code, done = commune("restore", "b.hoctap", "copy.htsao")
    assert (code, done["unit"], done["kept"]) == (0, "05812", None)
    for name in ("a.hoctap", "b.hoctap"):
        assert commune("doctor", name) == (0, {"ok": True, "unnamed": 0, "damage": []})
    shown = commune("office", "show", "b.hoctap")[1]
    assert [filing["id"] for filing in shown["filings"]] == ["2022-report"]
    assert commune("backup", "a.hoctap", "--out", ".")[0] == 0
    assert len(list(here.glob("ban-sao-05812-*.htsao"))) == 1


def test_putting_a_copy_back_keeps_what_was_there(commune: Told, here: Path) -> None:
    assert commune("backup", "a.hoctap", "--out", "copy.htsao")[0] == 0
    assert commune("finalise", "a.hoctap", "report")[0] == 0
    kept = commune("restore", "a.hoctap", "copy.htsao")[1]["kept"]
    assert commune("office", "show", "a.hoctap")[1]["filings"][0]["status"] == "draft"
    assert commune("office", "show", kept)[1]["filings"][0]["status"] == "final"
    (here / "bad.htsao").write_bytes(b"nothing")
    assert commune("restore", "a.hoctap", "bad.htsao")[1]["code"] == "copy_bad"
    assert commune("office", "init", "c.hoctap", "--unit", UPPER, "--campaign", "2022")[0] == 0
    assert commune("restore", "c.hoctap", "copy.htsao")[1]["code"] == "copy_other_unit"


def test_a_successor_takes_over_papers_packages_and_key(sealed: Told) -> None:
    code, done = sealed("handover", "a.hoctap", "--out", "ban-giao.htsao")
    assert code == 0
    assert sealed("restore", "may-moi/a.hoctap", done["out"])[0] == 0
    assert sealed("doctor", "may-moi/a.hoctap")[0] == 0
    for name, folder in (("may-moi/a.hoctap", "usb2"), ("a.hoctap", "usb3")):
        assert sealed("seal", name, "report", "--out", folder)[0] == 0
    (again,), (first,) = (list(Path(folder).glob("*.htgoi")) for folder in ("usb2", "usb3"))
    assert again.read_bytes() == first.read_bytes()


def test_damaged_data_are_not_handed_over(commune: Told, here: Path) -> None:
    raw = sqlite3.connect(here / "a.hoctap")
    raw.execute("UPDATE filing SET answers = replace(answers, '5', '6')")
    raw.commit()
    raw.close()
    assert commune("handover", "a.hoctap", "--out", "x.htsao")[1]["code"] == "store_damaged"
    assert not (here / "x.htsao").exists()


def test_a_folder_without_packages_says_so_and_what_was_passed_over(
    sealed: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("trống").mkdir()
    Path("trống/ảnh.jpg").write_bytes(b"x")
    assert main(["receive", "b.hoctap", "trống"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Không có gói nào ở đây.", "Bỏ qua 1 tệp khác."]
    assert sealed("receive", "b.hoctap", "trống")[1]["skipped"] == 1


def test_a_folder_nobody_can_open_is_a_line_and_exits_1(sealed: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def scandir(path: str) -> "os._ScandirIterator[str]":
        if Path(path).name == "kin":
            raise PermissionError(13, "no", path)
        return listed(path)

    Path("stick/kin").mkdir(parents=True)
    monkeypatch.setattr("os.scandir", scandir)
    code, answer = sealed("receive", "b.hoctap", "stick")
    assert (code, [(f["file"], f["code"]) for f in answer["files"]]) == (1, [("kin", "folder_unreadable")])


def test_a_stolen_key_is_revoked_and_what_it_signs_is_refused(sealed: Told) -> None:
    (request,) = Path("enrol").glob("*.htgoi")
    assert sealed("keys", "accept", "b.hoctap", str(request), "--compared")[0] == 0
    code, answer = sealed("keys", "revoke", "b.hoctap", "05812")
    assert (code, len(answer["revoked"])) == (0, 1)
    code, answer = sealed("receive", "b.hoctap", "usb")
    assert (code, answer["files"][0]["code"]) == (1, "revoked_key")
    assert sealed("keys", "revoke", "b.hoctap", "05812")[1]["code"] == "no_open_key"
    assert sealed("keys", "roster", "b.hoctap")[1]["keys"][0]["revoked"]


def test_the_day_of_receipt_is_set_by_hand_with_its_reason(sealed: Told) -> None:
    (request,) = Path("enrol").glob("*.htgoi")
    assert sealed("keys", "accept", "b.hoctap", str(request), "--compared")[0] == 0
    package = sealed("receive", "b.hoctap", "usb")[1]["files"][0]["package_id"]
    words = ("receipt", "b.hoctap", package[:12], "--day", "17/10/2022", "--reason")
    assert sealed(*words, "  ")[1]["code"] == "receipt_day"
    code, answer = sealed(*words, "Dấu bưu điện ngày 17")
    assert (code, answer["received_on"], answer["package_id"]) == (0, "2022-10-17", package)
    (commune, *_) = sealed("board", "b.hoctap")[1]["units"]
    assert commune["report"]["received_on"] == "2022-10-17"
    assert "Dấu bưu điện ngày 17" in commune["report"]["note"]


def test_files_are_attached_listed_taken_away_and_travel_with_the_package(commune: Told) -> None:
    scan = sign(sign(plain(), "Van thu"), "Chu tich")
    Path("Bản ký.pdf").write_bytes(scan)
    Path("ghi chú.txt").write_text("x", encoding="utf-8")
    code, answer = commune("attach", "a.hoctap", "report", "Bản ký.pdf", "ghi chú.txt")
    assert (code, [(f["name"], f["signatures"]) for f in answer["files"]]) == (1, [("Bản ký.pdf", 2)])
    assert [one["code"] for one in answer["refused"]] == ["attachment_kind"]
    number = str(answer["files"][0]["number"])
    code, answer = commune("attach", "a.hoctap", "report", "--remove", number)
    assert (code, answer["files"]) == (0, [])
    assert commune("attach", "a.hoctap", "report", "--put-back", number)[1]["files"][0]["name"] == "Bản ký.pdf"
    assert commune("attach", "a.hoctap", "report", "--save", number, "--out", "ra.pdf")[0] == 0
    assert Path("ra.pdf").read_bytes() == scan
    with pytest.raises(SystemExit) as left:  # without a place named it writes over nobody's file
        commune("attach", "a.hoctap", "report", "--save", number)
    assert left.value.code == 2
    assert commune("attach", "a.hoctap", "plan", "--remove", number)[1]["code"] == "attachment_unknown"
    for words in (
        ("keys", "init", "a.hoctap"),
        ("finalise", "a.hoctap", "report"),
        ("seal", "a.hoctap", "report", "--out", "usb"),
    ):
        assert commune(*words)[0] == 0
    opened = unseal(package().read_bytes())
    assert [entry.data for entry in opened.attachments] == [scan]
    assert commune("attach", "a.hoctap", "report", "Bản ký.pdf")[1]["code"] == "attachments_closed"


def test_the_diary_is_written_told_and_taken_into_the_report(commune: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert commune("fill", "a.hoctap", PLAN)[0] == 0
    code, answer = commune("diary", "a.hoctap", "--add", str(EXAMPLES / "2022-ha-thuong-diary.toml"))
    assert (code, len(answer["entries"])) == (0, 6)
    assert answer["proposals"]["participants"]["value"] == 551
    assert {one["kind"]: one["done"] for one in answer["promises"]}["opening"] == 1
    assert main(["diary", "a.hoctap"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  4. 08/10/2022 Tọa đàm về đọc sách trong gia đình: số buổi 1, số người tham gia 46" in said
    assert "  kế hoạch hứa Lễ khai mạc: đã làm 1" in said
    assert "  số talk_attendees = 46 (việc 4: 46)" in said
    code, answer = commune("diary", "a.hoctap", "--remove", "2")
    assert (answer["removed"], "banners" in answer["proposals"]) == ([2], False)
    assert commune("diary", "a.hoctap", "--put-back", "2")[1]["removed"] == []
    code, answer = commune("diary", "a.hoctap", "--take")
    assert (code, answer["taken"]["participants"]) == (0, 551)
    assert commune("diary", "a.hoctap", "--take")[1]["taken"] == {}
    Path("ảnh.pdf").write_bytes(plain())
    assert commune("diary", "a.hoctap", "--attach", "1", "ảnh.pdf")[0] == 0
    assert commune("diary", "a.hoctap", "--attach", "1", "ảnh.pdf")[1]["code"] == "attached_already"
    Path("sai.toml").write_text('[[entry]]\nkind = "party"\n', encoding="utf-8")
    code, answer = commune("diary", "a.hoctap", "--add", "sai.toml")
    assert (code, answer["code"]) == (1, "entries_bad")
    assert commune("diary", "a.hoctap", "--remove", "77")[1]["code"] == "entry_unknown"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "a.hoctap", "b\udcff"),
        ("seal", "a.hoctap", "\udcff", "--out", "usb"),
        ("keys", "revoke", "a.hoctap", "\udcff"),
        ("receive", "a.hoctap", "ế" * 300),
        ("verify", "ế" * 300),
        ("backup", "a.hoctap", "--out", "x" * 300),
    ],
    ids=lambda words: words[0],
)
def test_letters_and_paths_no_system_has_are_refused_in_words(
    commune: Told, here: Path, words: tuple[str, ...]
) -> None:
    before = sorted(here.rglob("*"))
    code, answer = commune(*words)
    assert (code, answer["ok"]) == (1, False)
    assert not [path for path in here.rglob("*") if path not in before and "a.hoctap" not in path.name]


@pytest.mark.parametrize(
    "words",
    [
        ("attach", "a.hoctap", "report", "--put-back", "9" * 23),
        ("diary", "a.hoctap", "--remove", "9" * 23),
        ("trash", "a.hoctap", "--put-back", "9" * 23),
        ("campaign", "make", "a.hoctap", "--year", "9" * 23),
        ("key-in", "a.hoctap", "05812"),
    ],
    ids=lambda words: words[0],
)
def test_a_number_no_store_holds_and_a_missing_file_are_misuse(
    commune: Told, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([*words])
    assert left.value.code == 2
    assert "Cách dùng" in capsys.readouterr().err
