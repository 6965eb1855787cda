from pathlib import Path

import pytest

from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.lint import lint

SHIPPED = sorted(
    path
    for folder in ("campaigns", "report", "plan", "diary", "examples")
    for path in (forms() / folder).glob("*.toml")
)


@pytest.mark.parametrize("path", [p for p in SHIPPED if "narrative" not in p.name], ids=lambda path: path.stem)
def test_every_file_we_ship_is_sound(path: Path) -> None:
    result = lint(path)
    assert result.problem == ""
    assert not [finding for finding in result.findings if finding.blocks]


def test_the_upper_offices_narrative_waits_for_nothing_but_its_numbers() -> None:
    found = lint(forms() / "examples" / "2022-dai-tu-narrative.toml").findings
    assert {finding.rule for finding in found if finding.blocks} == {"blank_cell"}


def test_a_mistake_is_told_and_not_raised(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("id = 1\n", encoding="utf-8")
    assert "bad.toml" in lint(bad).problem
    assert "none.toml" in lint(tmp_path / "none.toml").problem


def test_findings_of_a_filled_file_are_told(tmp_path: Path) -> None:
    text = (forms() / "examples" / "2022-ha-thuong-report.toml").read_text(encoding="utf-8")
    filled = tmp_path / "filled.toml"
    filled.write_text(text.replace("talks = 2\n", ""), encoding="utf-8")
    assert [finding.field for finding in lint(filled).findings if finding.blocks] == ["talks"]
