"""The commands that look back: history, compare, go-back, discard, trash."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.__main__ import main
from hoctap_desktop.filing import repository
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.plan.outline import parse, write
from hoctap_desktop.plan.removed_parts import TakenPart, keep_removed
from hoctap_desktop.store.database import open_store

EXAMPLES = forms() / "examples"
Told = Callable[..., tuple[int, Any]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """An office with its report taken in twice: 312 participants first, then 300."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    office = str(EXAMPLES / "2022-ha-thuong-office.toml")
    assert run("office", "init", "a.hoctap", "--unit", office, "--campaign", "2022")[0] == 0
    first = (EXAMPLES / "2022-ha-thuong-report.toml").read_text(encoding="utf-8")
    number = tomllib.loads(first)["table"]["participants"]
    second = tmp_path / "second.toml"
    second.write_text(first.replace(f"participants = {number}", "participants = 300"), encoding="utf-8")
    assert run("fill", "a.hoctap", str(EXAMPLES / "2022-ha-thuong-report.toml"))[0] == 0
    assert run("fill", "a.hoctap", str(second))[0] == 0
    return run


def number_of(told: Told) -> object:
    return told("history", "a.hoctap", "report", "--field", "participants")[1]["entries"][0]["after"]


def test_the_history_of_a_field_says_who_when_from_what_to_what(told: Told) -> None:
    code, answer = told("history", "a.hoctap", "report", "--field", "participants")
    (entry,) = answer["entries"]
    assert (code, entry["after"], bool(entry["who"]), bool(entry["at"])) == (0, 300, True, True)
    assert isinstance(entry["before"], int)


def test_a_version_is_compared_and_gone_back_to(told: Told) -> None:
    points = told("history", "a.hoctap", "report")[1]["points"]
    assert [point["kind"] for point in points] == ["typed", "begun"]
    code, answer = told("compare", "a.hoctap", "report", points[-1]["version"])
    assert code == 0
    assert [(one["field"], one["new"]) for one in answer["numbers"]] == [("participants", "300")]
    assert told("go-back", "a.hoctap", "report", points[-1]["version"])[0] == 0
    assert told("compare", "a.hoctap", "report", points[-1]["version"])[1]["numbers"] == []
    assert number_of(told) != 300
    assert told("history", "a.hoctap", "report")[1]["points"][0]["kind"] == "restored"


@pytest.mark.parametrize("version", ["1.99", "7", "hôm qua"])
def test_a_version_there_is_none_of_is_refused(told: Told, version: str) -> None:
    assert told("go-back", "a.hoctap", "report", version)[1]["code"] == "version_unknown"
    assert told("compare", "a.hoctap", "report", version)[1]["code"] == "version_unknown"


def test_a_draft_goes_into_the_trash_and_comes_back(told: Told) -> None:
    assert told("discard", "a.hoctap", "report")[0] == 0
    assert told("check", "a.hoctap", "report")[1]["code"] == "filing_unknown"
    (removed,) = told("trash", "a.hoctap")[1]["removed"]
    assert removed["filing"] == "2022-report"
    assert told("trash", "a.hoctap", "--put-back", str(removed["number"]))[0] == 0
    assert number_of(told) == 300
    assert told("trash", "a.hoctap")[1]["removed"] == []
    assert told("trash", "a.hoctap", "--put-back", "9")[1]["code"] == "removed_unknown"
    assert told("doctor", "a.hoctap")[0] == 0


def test_a_part_of_a_plan_lies_in_the_trash_and_goes_back_into_its_place(told: Told) -> None:
    assert told("fill", "a.hoctap", str(EXAMPLES / "2022-ha-thuong-plan.toml"))[0] == 0
    store = open_store(Path("a.hoctap"), system_clock)
    whole = parse(str(repository.current(store, "2022-plan").answers["body"]))
    keep_removed(store, "2022-plan", TakenPart("body", 1, whole[1:3], whole[0]))
    kept = write((whole[0], *whole[3:])).rstrip("\n")
    repository.set_answer(store, "2022-plan", "body", kept, store.clock())
    store.close()
    answer = told("trash", "a.hoctap")[1]
    (part,) = answer["parts"]
    assert (part["filing"], part["field"], answer["removed"]) == ("2022-plan", "body", [])
    assert told("trash", "a.hoctap", "--put-back", str(part["number"]))[1]["code"] == "removed_unknown"
    assert told("trash", "a.hoctap", "--put-back-part", "99")[1]["code"] == "removed_unknown"
    assert told("trash", "a.hoctap", "--put-back-part", str(part["number"]))[0] == 0
    assert told("trash", "a.hoctap")[1]["parts"] == []
    store = open_store(Path("a.hoctap"), system_clock)
    assert parse(str(repository.current(store, "2022-plan").answers["body"])) == whole
    store.close()


def test_the_trash_names_a_removed_part_in_words(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert told("fill", "a.hoctap", str(EXAMPLES / "2022-ha-thuong-plan.toml"))[0] == 0
    store = open_store(Path("a.hoctap"), system_clock)
    keep_removed(store, "2022-plan", TakenPart("body", 0, parse("Một đoạn đã bỏ.")))
    store.close()
    assert main(["trash", "a.hoctap"]) == 0
    said = capsys.readouterr().out
    assert "Thùng rác có 1 phần văn bản." in said
    assert "phần 1: kế hoạch 2022, Kế hoạch: Đoạn «Một đoạn đã bỏ.»" in said
