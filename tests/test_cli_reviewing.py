"""hoctap two-persons and review, seal --as-successor, a unit's own day: as typed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.submission.keys import make_key, to_pkcs12
from hoctap_desktop.submission.unseal import signed_by, unseal
from tests.consolidation.papers import COMMUNE, accept_keys, paper, put
from tests.offices import upper_store

SENT = paper(COMMUNE, {"participants": 10})
PASSPHRASE = "mat khau minh hoa"
EXAMPLES = forms() / "examples"
OFFICE = str(EXAMPLES / "2022-ha-thuong-office.toml")
REPORT = str(EXAMPLES / "2022-ha-thuong-report.toml")


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "huyen.hoctap"
    made = upper_store(path)
    accept_keys(made)
    made.close()
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_two_persons_approve_on_the_command_line_too(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["receive", store, str(put(tmp_path / "usb", SENT))]) == 0
    assert answer(capsys, "two-persons", store) == (0, {"ok": True, "two_persons": False})
    assert answer(capsys, "two-persons", store, "--on") == (0, {"ok": True, "two_persons": True})
    accept = ("review", store, SENT.package_id[:12], "--accept", "--who")
    assert answer(capsys, *accept, "A")[1]["act"] == "proposed"
    code, totals = answer(capsys, "totals", store)
    assert (code, totals["coverage"], totals["totals"]["participants"]["value"]) == (0, "0/4", None)
    main(["totals", store])
    assert "chờ người thứ hai, chưa tính: UBND xã Hà Thượng" in capsys.readouterr().out
    assert main([*accept, "a"]) == 1
    assert "cần một người khác duyệt" in capsys.readouterr().err
    assert answer(capsys, *accept, "B")[1]["act"] == "approved"
    assert answer(capsys, "totals", store)[1]["totals"]["participants"]["value"] == 10
    assert answer(capsys, "two-persons", store, "--off") == (0, {"ok": True, "two_persons": False})


def test_a_units_own_day_needs_its_reason(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    make = ["campaign", "make", store, "--year", "2022", "--deadline", "report:05812-THCS:25/10/2022:ca"]
    assert main(make) == 1
    assert "cần lý do" in capsys.readouterr().err
    assert main([*make, "--reason", "Mưa lũ"]) == 0
    assert "báo cáo, 05812-THCS: tính cả ngày 25/10/2022" in capsys.readouterr().out


def test_a_merged_units_report_is_signed_with_its_successors_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOCTAP_PASSPHRASE", PASSPHRASE)
    for words in (
        ("office", "init", "a.hoctap", "--unit", OFFICE, "--campaign", "2022"),
        ("fill", "a.hoctap", REPORT),
        ("finalise", "a.hoctap", "report"),
    ):
        assert main(words) == 0
    key = make_key("Xã Phú Lạc", "05830", datetime.now(UTC) - timedelta(days=1))
    Path("khoa.p12").write_bytes(to_pkcs12(key, PASSPHRASE, rounds=1000))
    seal = ("seal", "a.hoctap", "report", "--out", "usb", "--as-successor")
    own = make_key("Xã Hà Thượng", COMMUNE, datetime.now(UTC))
    Path("cua-minh.p12").write_bytes(to_pkcs12(own, PASSPHRASE, rounds=1000))
    assert main([*seal, "cua-minh.p12"]) == 1
    assert "khóa của chính đơn vị này" in capsys.readouterr().err
    assert main([*seal, "khoa.p12"]) == 0
    (file,) = Path("usb").iterdir()
    made = file.read_bytes()
    assert (unseal(made).manifest.unit.code, signed_by(made)) == (COMMUNE, key.key_hash)
