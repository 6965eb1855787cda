"""The documents tell what is true: every command they show is run, every file they name is there."""

import os
import re
import shlex
from pathlib import Path

import pytest

from hoctap_desktop.__main__ import main
from hoctap_desktop.cli import build_parser

DOCS = ("README.md", "docs/cli.md")
# Ids of forms look like paths below the room "plan".
FORM_IDS = [("form-format.md", "plan/office"), ("form-format.md", "plan/district"), ("paper-code.md", "plan/commune")]


def commands(page: Path) -> list[str]:
    """The lines of every ```sh block."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("name", DOCS)
def test_every_command_shown_runs(
    name: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "forms").symlink_to(repository / "forms")
    monkeypatch.chdir(tmp_path)
    ran = 0
    for line in commands(repository / name):
        words = shlex.split(line)
        if words[0] == "export":
            variable, _, value = words[1].partition("=")
            monkeypatch.setenv(variable, value)
        elif words[0] == "hoctap":
            assert main(words[1:]) == 0, (line, capsys.readouterr().err)
            ran += 1
        else:
            assert words[0] == "./dev", line
            assert os.access(repository / "dev", os.X_OK)
            assert f'"{words[1]}"' in (repository / "dev").read_text(encoding="utf-8"), line
    assert ran >= 9


def test_the_table_of_commands_names_every_command(repository: Path) -> None:
    table = (repository / "docs" / "cli.md").read_text(encoding="utf-8")
    help_text = build_parser().format_help()
    (names,) = re.findall(r"^ {2}LỆNH\n((?: {4}\S.*\n?| {6,}\S.*\n?)+)", help_text, re.MULTILINE)
    known = re.findall(r"^ {4}(\S+)", names, re.MULTILINE)
    assert len(known) > 12
    for name in known:
        assert re.search(rf"`(hoctap )?{name}\b", table), name


def pages(repository: Path) -> list[Path]:
    found = [repository / "README.md", repository / "CHANGELOG.md", *sorted((repository / "docs").rglob("*.md"))]
    assert len(found) > 20
    return found


def test_every_link_leads_somewhere(repository: Path) -> None:
    links = [
        (page, target) for page in pages(repository) for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    ]
    assert len(links) > 20
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


def test_every_module_and_folder_a_page_names_is_there(repository: Path) -> None:
    """Written `store/sitting.py` or `tests/faults/fuzz`: from the top of the repository, or of the program in it."""
    tops = (repository, repository / "src" / "hoctap_desktop")
    named = [
        (page, name)
        for page in pages(repository)
        for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", page.read_text("utf-8"))
    ]
    ours = [(page, name) for page, name in named if any((top / name.partition("/")[0]).is_dir() for top in tops)]
    assert len(ours) > 30
    gone = [(page.name, name) for page, name in ours if not any((top / name).exists() for top in tops)]
    assert [(page, name) for page, name in gone if (page, name) not in FORM_IDS] == []
