"""A merged unit's report from its successor, which has nothing of it but paper: data set up anew, the own key."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.office.units_below import add, close
from hoctap_desktop.store.database import open_store
from hoctap_desktop.units.repository import unit

EXAMPLES = paths.forms() / "examples"
OFFICE = EXAMPLES / "2022-ha-thuong-office.toml"
REPORT = EXAMPLES / "2022-ha-thuong-report.toml"
ENDED, SUCCESSOR = "05812", "05830"


def test_a_successor_files_and_amends_without_its_predecessors_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: object, code: int = 0) -> dict[str, Any]:
        assert main([*(str(word) for word in words), "--json"]) == code, capsys.readouterr()
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOCTAP_PASSPHRASE", "mat khau minh hoa")
    # the predecessor reports, and its PC is gone
    run("office", "init", "xa-cu.hoctap", "--unit", OFFICE, "--campaign", "2022")
    run("office", "init", "huyen.hoctap", "--unit", EXAMPLES / "2022-dai-tu-office.toml", "--campaign", "2022")
    run("keys", "init", "xa-cu.hoctap")
    run("keys", "accept", "huyen.hoctap", run("keys", "enrol", "xa-cu.hoctap", "--out", "usb-1")["file"], "--compared")
    run("fill", "xa-cu.hoctap", REPORT)
    run("finalise", "xa-cu.hoctap", "report")
    run("receive", "huyen.hoctap", run("seal", "xa-cu.hoctap", "report", "--out", "usb-1")["file"])
    # merged: the upper unit notes who took its place; the successor has a key of its own
    store = open_store(tmp_path / "huyen.hoctap", system_clock)
    old = unit(store, ENDED)
    assert old is not None
    began = date(2022, 10, 20)
    new = replace(
        old, code=SUCCESSOR, name="Ủy ban nhân dân xã Phú Lạc", short_name="UBND xã Phú Lạc", valid_from=began
    )
    add(store, new)
    close(store, ENDED, date(2022, 10, 19), [SUCCESSOR])
    store.close()
    Path("xa.toml").write_text(OFFICE.read_text("utf-8").replace(f'"{ENDED}"', f'"{SUCCESSOR}"'), "utf-8")
    run("office", "init", "xa.hoctap", "--unit", "xa.toml", "--campaign", "2022")
    run("keys", "init", "xa.hoctap")
    run("keys", "accept", "huyen.hoctap", run("keys", "enrol", "xa.hoctap", "--out", "usb-2")["file"], "--compared")
    run("keys", "backup", "xa.hoctap", "--out", "khoa")
    (key,) = Path("khoa").glob("*.p12")
    # it sets the old unit up anew and types the report from the paper
    run("office", "init", "thay.hoctap", "--unit", OFFICE, "--campaign", "2022")
    typed = [
        "participants = 999" if line.startswith("participants =") else line
        for line in REPORT.read_text("utf-8").splitlines()
    ]
    Path("giay.toml").write_text("\n".join(typed), "utf-8")
    run("fill", "thay.hoctap", "giay.toml")
    run("finalise", "thay.hoctap", "report")
    sealed = run("seal", "thay.hoctap", "report", "--out", "usb-3", "--as-successor", key)
    # another revision 1 is there: asked for revision 2, which counts and says who filed
    assert "lần 2" in str(run("receive", "huyen.hoctap", sealed["file"], code=1))
    assert run("totals", "huyen.hoctap")["totals"]["participants"]["value"] == 535
    run("amend", "thay.hoctap", "report")
    run("finalise", "thay.hoctap", "report")
    sealed = run("seal", "thay.hoctap", "report", "--out", "usb-3", "--as-successor", key)
    assert "«UBND xã Phú Lạc» nộp thay cho «UBND xã Hà Thượng»" in str(run("receive", "huyen.hoctap", sealed["file"]))
    found = run("totals", "huyen.hoctap")["totals"]["participants"]
    assert (found["value"], found["coverage"]) == (999, "1/4")
