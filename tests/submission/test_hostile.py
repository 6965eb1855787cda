"""Every hostile file gets its code: from the verdict, from both commands, in every order of arrival."""

import json
from pathlib import Path

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.form.loader import shipped_forms
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.encryption import encrypt
from hoctap_desktop.submission.examine import describe, examine
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.repository import add_roster_key
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.verdict import Receiver
from hoctap_desktop.units.repository import own_unit
from tests.offices import NOW, upper_store
from tests.submission import hostile, packages
from tests.submission.hostile import encrypted, forge, keys
from tests.submission.zips import write

# What only an office with its roster, its forms and its ledger can tell.
NEEDS_AN_OFFICE = {Code.UNKNOWN_KEY, Code.WRONG_UNIT, Code.REVOKED_KEY, Code.EXPIRED_KEY, Code.WRONG_RECIPIENT}
NEEDS_AN_OFFICE |= {Code.FORM_UNKNOWN, Code.FORM_DIFFERS}
NEEDS_A_FORM = {"answers.json: a fourth kind of answer"}


def the_roster() -> Roster:
    """The upper office's, with the keys the cases are signed by."""
    revoked_on, closed_on = keys.days()
    entry = packages.roster_key
    return packages.roster(
        entry(),
        entry(packages.other_key(), UnitName("05830-THCS", "Trường THCS Cù Vân")),
        entry(packages.rsa_key()),
        entry(keys.revoked(), revoked=revoked_on),
        entry(keys.closed(), valid_to=closed_on),
        entry(keys.run_out()),
    )


def office(path: Path) -> Store:
    """The upper office with that roster, open."""
    store = upper_store(path)
    for key in the_roster().keys:
        add_roster_key(store, key, b"")
    return store


def test_there_are_at_least_140_of_them_and_no_two_have_a_name() -> None:
    named = [(case.group, case.name) for case in hostile.cases()]
    assert len(named) + sum(len(order.files) for order in hostile.orders()) >= 140
    assert len(set(named)) == len(named)


def test_the_file_they_are_made_from_is_good() -> None:
    """A broken twin of the tests below: were the good file refused, each case would be refused for nothing."""
    forms = [FormRef(one.id, one.version, one.hash) for one in shipped_forms()]
    for data in (forge.plain(), forge.with_files(), write(forge.pieces(forge.with_files()))):
        assert examine(data, "a.htgoi", Receiver(the_roster(), packages.UPPER.code, NOW, (), forms)).acceptable
    assert write(forge.pieces()) == forge.plain()


def test_each_is_refused_by_its_own_code() -> None:
    forms = [FormRef(one.id, one.version, one.hash) for one in shipped_forms()]
    found, wanted = {}, {}
    for case in hostile.cases():
        if case.name in NEEDS_A_FORM:
            continue
        verdict = examine(case.make(), "a.htgoi", Receiver(the_roster(), packages.UPPER.code, NOW, (), forms))
        assert not verdict.acceptable, case.name
        found[case.name], wanted[case.name] = verdict.code, case.code
        assert verdict.sentence
    assert found == wanted


def test_what_is_wrong_with_a_file_itself_is_told_without_an_office() -> None:
    for case in hostile.cases():
        verdict = describe(case.make(), "a.htgoi")
        if case.code not in NEEDS_AN_OFFICE and case.name not in NEEDS_A_FORM:
            assert verdict.code is case.code, case.name


def test_the_command_receives_none_of_them_and_names_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_path, stick = tmp_path / "upper.hoctap", tmp_path / "stick"
    written = hostile.write_all(stick)
    store = office(store_path)
    assert own_unit(store).code == packages.UPPER.code
    store.close()

    assert main(["receive", str(store_path), str(stick), "--json"]) == 1
    out, err = capsys.readouterr()
    found = {line["file"]: line["code"] for line in json.loads(out)["files"]}
    assert found == {name: case.code.value for name, case in written}
    assert "Traceback" not in out + err

    assert main(["board", str(store_path), "--json"]) == 0
    states = {unit["report"]["state"] for unit in json.loads(capsys.readouterr().out)["units"]}
    assert states == {"not_sent"}


def test_the_command_verifies_each_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = hostile.write_all(tmp_path)
    assert main(["verify", "--json", *(str(tmp_path / name) for name, _ in written)]) == 1
    out, err = capsys.readouterr()
    verdicts = json.loads(out)["files"]
    assert len(verdicts) == len(written)
    assert "Traceback" not in out + err
    for verdict, (_, case) in zip(verdicts, written, strict=True):
        if case.code not in NEEDS_AN_OFFICE and case.name not in NEEDS_A_FORM:
            assert verdict["code"] == case.code.value, case.name


def test_what_was_encrypted_is_judged_as_if_it_had_come_as_it_is(tmp_path: Path) -> None:
    """Every hostile file encrypted to the office, and those whose fault shows only when they are opened."""
    readers = (packages.upper_key().details, packages.commune_key().details)
    inside = {case.name: (encrypt(case.make(), readers), case.code) for case in hostile.cases()}
    opened = {case.name: (case.make(), case.code) for case in encrypted.opened()}
    stick, wanted = tmp_path / "stick", {}
    stick.mkdir()
    for number, (data, code) in enumerate([*inside.values(), *opened.values()]):
        (stick / f"{number}.htgoi").write_bytes(data)
        wanted[f"{number}.htgoi"] = code
    store = office(tmp_path / "upper.hoctap")
    found = {line.file: line.code for line in intake(store, [stick], keys=(packages.upper_key(),)).lines}
    store.close()
    assert found == wanted


@pytest.mark.parametrize("order", hostile.orders(), ids=lambda order: order.name)
def test_files_of_one_series_in_every_order(
    order: hostile.Order, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store_path = tmp_path / "upper.hoctap"
    office(store_path).close()
    found = []
    for number, make in enumerate(order.files):
        path = tmp_path / f"{number}.htgoi"
        path.write_bytes(make())
        main(["receive", str(store_path), str(path), "--json"])
        (line,) = json.loads(capsys.readouterr().out)["files"]
        found.append(line["code"])
    assert found == [code.value if code else None for code in order.codes]
