"""hoctap units and hoctap campaign, as typed."""

import json
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.cli import main
from hoctap_desktop.form import loader
from hoctap_desktop.foundation.paths import forms
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


def test_a_campaign_is_worked_on_by_its_id_and_those_there_are_are_listed(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "campaign", "use", store)[1]["campaign"] == "2022"
    assert answer(capsys, "campaign", "use", store, "2024")[1]["campaign"] == "2024"
    assert main(["campaign", "use", store]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("*")] == ["* 2024  Tuần lễ học tập suốt đời năm 2024"]
    assert len(said) > 3
    code, refused = answer(capsys, "campaign", "use", store, "1999")
    assert (code, refused["code"]) == (1, "campaign_unknown")


def test_a_campaign_is_made_its_form_published_and_drafts_moved(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(capsys, "campaign", "make", store, "--year", "2026", "--theme", "Đọc", "--use")
    assert (made[1]["themes"], made[1]["not_owed"]) == (["Đọc"], [])
    freed = answer(capsys, "campaign", "make", store, "--year", "2026", "--not-owed", "plan:school")
    assert freed[1]["not_owed"] == ["plan:school"]
    assert answer(capsys, "campaign", "make", store, "--year", "2026", "--not-owed", "plan")[0] == 1
    assert answer(capsys, "campaign", "form", store, "--retire", "nosuch")[0] == 1
    published = answer(capsys, "campaign", "form", store, "--add", "Số tổ", "tổ", "--publish")
    assert published[1]["version"] == 2
    assert answer(capsys, "campaign", "upgrade", store)[1]["moved"] == []
    assert answer(capsys, "campaign", "form", store, "--retire", "leaflets")[1]["lacking"] == [
        "Số lượng tờ rơi đã phát hành"
    ]
    code, found = answer(capsys, "campaign", "form", store, "--take-upper")
    assert (code, found["lacking"]) == (0, [])
    assert {"id": "q2026_1", "label": "Số tổ", "unit": "tổ"} in found["rows"]  # type: ignore[operator]


def test_a_file_filled_on_a_form_that_did_not_ship_is_taken_in(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which forms there are beside the shipped ones the store knows: it is opened before the file is read."""
    answer(capsys, "campaign", "make", store, "--year", "2026", "--theme", "Đọc", "--use")
    answer(capsys, "campaign", "form", store, "--add", "Số tổ", "tổ", "--publish")
    office = (forms() / "examples" / "2022-dai-tu-office.toml").read_text(encoding="utf-8")
    unit = office[office.index("[unit]") : office.index("[upper]")]
    filled = tmp_path / "bao-cao.toml"
    heads = 'kind = "report"\nform = "report"\nversion = 2\ncampaign = "2026"\n'
    filled.write_text(f"{heads}\n{unit}\n[table]\nparticipants = 12\nq2026_1 = 3\n", encoding="utf-8")
    campaigns.know(())
    loader.know(())
    code, found = answer(capsys, "fill", store, str(filled))
    assert (code, found.get("message")) == (0, None)
    assert found["filing"]["form"]["version"] == 2  # type: ignore[index]
