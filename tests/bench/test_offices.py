"""The generator of offices: what it makes is what the program would, and the same again from the same seed."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.offices.made import KEYS_DAY, make, register, units_for
from bench.offices.truth import Answer, Fault, Planted, Sum, Truth
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.keys import make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.repository import roster
from hoctap_desktop.submission.seal import seal_enrolment

ROOT = Path(__file__).parents[2]


def test_the_keys_in_the_roster_are_those_accept_would_write(tmp_path: Path) -> None:
    whole = units_for(20)
    few = replace(whole, below=whole.below[:2])
    keys = {unit.code: make_key(unit.name, unit.code, KEYS_DAY) for unit in few.below}
    quick = make_office(tmp_path / "quick.hoctap", few, fixed_clock(KEYS_DAY), "2025")
    register(quick, few.below, keys)
    compared = make_office(tmp_path / "compared.hoctap", few, fixed_clock(KEYS_DAY), "2025")
    for unit in few.below:
        asked = seal_enrolment(unit, keys[unit.code], unit_name(few.own), KEYS_DAY)
        accept(compared, asked.data, asked.name, KEYS_DAY)
    assert roster(quick) == roster(compared)
    quick.close()
    compared.close()


def test_too_few_units_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few"):
        make(tmp_path, 12, seed=1)


@pytest.mark.parametrize(("count", "own"), [(20, "GDDT"), (168, "GDDT"), (3_321, "BGDDT")])
def test_the_units_are_those_of_the_country_and_report_to_one_office(count: int, own: str) -> None:
    office = units_for(count)
    assert len({unit.code for unit in office.below}) == count
    assert {unit.upper for unit in office.below} == {office.own.code}
    assert office.own.code.endswith(own)


def test_the_command_makes_the_same_office_from_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "other"):
        command = [sys.executable, "-m", "bench.offices", "--units", "20", "--seed", "3", "--out", str(tmp_path / name)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert "20 units, 22 files, 15 reports that count" in ran.stdout
    one, other = ((tmp_path / name / "truth.json").read_bytes() for name in ("one", "other"))
    assert one == other
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 2  # nothing is written over


def test_five_kinds_of_answer_are_five_things_to_the_independent_sum() -> None:
    """By hand: 3 and 4, none held, not yet known, not applicable, blank, and a unit that sent nothing."""
    none: dict[str, Answer] = {kind: {"none": kind, "reason": ""} for kind in ("not_held", "unknown", "not_applicable")}
    answers: list[Answer | None] = [3, 4, *none.values(), None]
    units = [f"{at:05d}" for at in range(len(answers) + 1)]
    counts: dict[str, dict[str, Answer]] = {
        unit: {"participants": 1, **({"talks": answer} if answer is not None else {})}
        for unit, answer in zip(units, answers, strict=False)
    }
    truth = Truth(0, units, 4, 4, counts, [Planted(Fault.MISSING, units[-1])])
    assert truth.sums()["talks"] == Sum(7, 3, 6)
    assert truth.sums()["organising_units"] == Sum(6, 6, 7)
    assert truth.sums()["leaflets"] == Sum(None, 0, 7)
    assert truth.words(units[-1]) == "Chưa nộp, quá 4 ngày"
