"""hoctap units and hoctap campaign, as typed."""

import json
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.cli import main
from hoctap_desktop.form import loader
from tests.offices import upper_store


@pytest.fixture
def store(tmp_path: Path) -> object:
    path = tmp_path / "huyen.hoctap"
    upper_store(path).close()
    yield str(path)
    campaigns.know(())
    loader.know(())


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, object]]:
    code = main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_units_are_found_added_and_put_back(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(capsys, "units", store, "--search", "tieu hoc")
    assert code == 0
    assert [unit["code"] for unit in found["units"]] == ["05812-TH"]  # type: ignore[attr-defined]
    assert answer(capsys, "units", store, "--from-gazetteer", "19")[1]["added"] == 92
    assert answer(capsys, "units", store, "--undo")[0] == 0
    assert len(answer(capsys, "units", store)[1]["units"]) == 4  # type: ignore[arg-type]
    assert answer(capsys, "units", store, "--from-gazetteer", "99999")[0] == 1


def test_a_sheet_goes_out_and_comes_back(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = str(tmp_path / "a.xlsx")
    assert answer(capsys, "units", store, "--export", sheet)[0] == 0
    code, found = answer(capsys, "units", store, "--import", sheet, "--take")
    assert (code, found["same"], found["taken"]) == (0, 4, 0)


def test_a_campaign_is_made_its_form_published_and_drafts_moved(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(capsys, "campaign", "make", store, "--year", "2026", "--theme", "Đọc", "--use")
    assert made[1]["themes"] == ["Đọc"]
    assert answer(capsys, "campaign", "form", store, "--retire", "nosuch")[0] == 1
    published = answer(capsys, "campaign", "form", store, "--add", "Số tổ", "tổ", "--publish")
    assert published[1]["version"] == 2
    assert answer(capsys, "campaign", "upgrade", store)[1]["moved"] == []
