"""There and back: enrolled, sealed, returned with two fields marked, corrected, sent again, accepted, received."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import outgoing

EXAMPLES = paths.forms() / "examples"


class Desk:
    """Two offices and a stick, worked by commands alone."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.unit, self.upper, self.stick = folder / "xa.hoctap", folder / "huyen.hoctap", folder / "usb"
        self.capsys = capsys

    def run(self, *words: object, code: int = 0) -> dict[str, Any]:
        assert main([*(str(word) for word in words), "--json"]) == code, self.capsys.readouterr()
        found: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        return found

    def state(self) -> str:
        board = self.run("board", self.upper)
        return str(next(row for row in board["units"] if row["unit"] == "05812")["report"]["state"])


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "mat khau minh hoa")
    made = Desk(tmp_path, capsys)
    for store, name in ((made.unit, "ha-thuong"), (made.upper, "dai-tu")):
        made.run("office", "init", store, "--unit", EXAMPLES / f"2022-{name}-office.toml", "--campaign", "2022")
        made.run("keys", "init", store)
    made.run("fill", made.unit, EXAMPLES / "2022-ha-thuong-report.toml")
    return made


def test_a_report_is_returned_corrected_and_accepted(desk: Desk, tmp_path: Path) -> None:
    desk.run("finalise", desk.unit, "report")
    first = desk.run("seal", desk.unit, "report", "--out", desk.stick, "--handing-in")["package_id"]
    (sheet,) = desk.stick.glob("*giay-giao-nop.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")
    request = desk.run("keys", "enrol", desk.unit, "--out", desk.stick)
    desk.run("keys", "accept", desk.upper, request["file"], "--fingerprint", request["fingerprint"])
    desk.run("receive", desk.upper, desk.stick)
    assert desk.state() in ("received", "late")

    # the officer returns it, with words on two fields
    refused = desk.run("review", desk.upper, first, "--return", "", code=1)
    assert refused["code"] == "review_needs_words"
    marked = ["--field", "participants=Gấp mười lần năm trước?", "--field", "talks=Thiếu buổi ngày 07/10."]
    desk.run("review", desk.upper, first, "--return", "Xem lại hai số.", *marked)
    assert desk.state() == "returned"
    assert desk.run("totals", desk.upper)["coverage"].startswith("0/")

    # the slip travels back; the unit compares the upper unit's digits once
    (slip,) = desk.run("reply", desk.upper, "--out", tmp_path / "back", "--pdf")["files"]
    assert slip["act"] == "returned"
    again = desk.run("reply", desk.upper, "--out", tmp_path / "back2")["files"][0]
    assert Path(slip["file"]).read_bytes() == Path(again["file"]).read_bytes()
    told = desk.run("receive", desk.unit, slip["file"], code=1)["files"][0]
    assert told["code"] == "unknown_key"
    desk.run("keys", "accept", desk.unit, slip["file"], "--fingerprint", told["fingerprint"])
    replies = desk.run("replies", desk.unit)["replies"]
    assert replies[0]["act"] == "returned"
    assert [one["field"] for one in replies[0]["remarks"]] == ["participants", "talks"]
    remarked = [one for one in desk.run("check", desk.unit, "report")["findings"] if one["rule"] == "upper_remark"]
    assert [(one["field"], one["message"]) for one in remarked] == [
        ("participants", "Gấp mười lần năm trước?"),
        ("talks", "Thiếu buổi ngày 07/10."),
    ]

    # Nộp lại: the next revision names the former one
    assert desk.run("amend", desk.unit, "report")["filing"]["revision"] == 2
    desk.run("finalise", desk.unit, "report")
    second = desk.run("seal", desk.unit, "report", "--out", tmp_path / "usb2")["package_id"]
    assert all(one["rule"] != "upper_remark" for one in desk.run("check", desk.unit, "report")["findings"])
    desk.run("receive", desk.upper, tmp_path / "usb2")
    assert desk.state() == "resent"
    desk.run("review", desk.upper, second, "--accept", "--who", "Cán bộ A")
    assert desk.state() == "approved"
    assert desk.run("totals", desk.upper)["coverage"].startswith("1/")

    # the receipt ticks the road
    (receipt,) = desk.run("reply", desk.upper, "--out", tmp_path / "back3")["files"]
    assert receipt["act"] == "approved"
    line = desk.run("receive", desk.unit, receipt["file"])["files"][0]
    assert line["outcome"] == "taken"
    same = desk.run("receive", desk.unit, receipt["file"])["files"][0]
    assert same["code"] == "already_received"
    assert [one["act"] for one in desk.run("replies", desk.unit)["replies"]] == ["returned", "approved"]
    for store in (desk.unit, desk.upper):
        assert desk.run("doctor", store)["damage"] == []


def test_a_slip_that_could_not_be_written_was_never_issued(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("finalise", desk.unit, "report")
    desk.run("seal", desk.unit, "report", "--out", desk.stick)
    request = desk.run("keys", "enrol", desk.unit, "--out", desk.stick)
    desk.run("keys", "accept", desk.upper, request["file"], "--fingerprint", request["fingerprint"])
    desk.run("receive", desk.upper, desk.stick)

    def full(folder: Path, name: str, data: bytes) -> Path:
        raise UserError(Code.DISK_FULL, file=name, free=0, needed=len(data))

    with monkeypatch.context() as patched:
        patched.setattr(outgoing, "write_to", full)
        assert desk.run("reply", desk.upper, "--out", tmp_path / "back", code=1)["files"] == []
    with closing(sqlite3.connect(desk.upper)) as rows:
        assert rows.execute("SELECT count(*) FROM reply_issued").fetchone() == (0,)
    (slip,) = desk.run("reply", desk.upper, "--out", tmp_path / "back")["files"]
    assert Path(slip["file"]).is_file()
