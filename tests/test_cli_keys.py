"""The commands about the office's own key."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hoctap_desktop.cli import command, filings
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import enrolment, outgoing, own_keys
from tests.submission.softhsm import PIN, soft_token
from tests.test_cli import OFFICE, UPPER, Told, here, told

__all__ = ["here", "told"]


@pytest.fixture
def office(told: Told, monkeypatch: pytest.MonkeyPatch) -> Told:
    """An office with a key; few rounds, since these tests are not about how long guessing takes."""
    for module in (enrolment, own_keys):
        real: Callable[..., bytes] = module.to_pkcs12
        monkeypatch.setattr(module, "to_pkcs12", lambda key, words, _rounds, real=real: real(key, words, 1000))
    assert told("office", "init", "a.hoctap", "--unit", OFFICE, "--campaign", "2022")[0] == 0
    assert told("keys", "init", "a.hoctap")[0] == 0
    return told


def shown(told: Told) -> dict[str, Any]:
    code, answer = told("keys", "show", "a.hoctap")
    assert code == 0
    found: dict[str, Any] = answer
    return found


def test_a_passphrase_is_changed(office: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCTAP_NEW_PASSPHRASE", "ngan")
    assert office("keys", "passphrase", "a.hoctap")[1]["code"] == "weak_passphrase"
    Path("new").write_text("mật khẩu mới\n", encoding="utf-8")
    assert office("keys", "passphrase", "a.hoctap", "--new-passphrase-file", "new")[0] == 0
    assert office("keys", "enrol", "a.hoctap", "--out", "usb")[1]["code"] == "wrong_passphrase"
    assert office("keys", "enrol", "a.hoctap", "--out", "usb", "--passphrase-file", "new")[0] == 0


def test_a_key_made_before_seven_in_the_morning_ends_on_the_day_its_roster_says(
    office: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = fixed_clock(datetime(2022, 10, 14, 6, 30, tzinfo=VIETNAM))
    for module in (command, filings):
        monkeypatch.setattr(module, "system_clock", early)
    for name, unit in (("c.hoctap", OFFICE), ("b.hoctap", UPPER)):
        assert office("office", "init", name, "--unit", unit)[0] == 0
    assert office("keys", "init", "c.hoctap")[0] == 0
    file = office("keys", "enrol", "c.hoctap", "--out", "usb")[1]["file"]
    assert office("keys", "accept", "b.hoctap", file, "--compared")[0] == 0
    (listed,) = office("keys", "roster", "b.hoctap")[1]["keys"]
    answer = office("keys", "show", "c.hoctap")[1]
    assert (answer["made"], answer["valid_to"]) == ("2022-10-14", "2032-10-14")
    assert listed["valid_to"] == answer["valid_to"]


def test_a_new_passphrase_typed_two_ways_changes_nothing(office: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["mật khẩu mới", "mật khẩu mơi"])
    monkeypatch.setattr("getpass.getpass", lambda _words: next(typed))
    assert office("keys", "passphrase", "a.hoctap")[1]["code"] == "passphrases_differ"
    assert office("keys", "enrol", "a.hoctap", "--out", "usb")[0] == 0


def test_a_roster_that_could_not_be_written_was_never_issued(office: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, name: str, data: bytes) -> Path:
        raise UserError(Code.DISK_FULL, file=name)

    with monkeypatch.context() as patched:
        patched.setattr(outgoing, "write_to", full)
        assert office("keys", "roster", "a.hoctap", "--out", "usb")[1]["code"] == "disk_full"
    assert office("keys", "roster", "a.hoctap")[1]["number"] == 0
    assert office("keys", "roster", "a.hoctap", "--out", "usb")[1]["number"] == 1


def test_a_key_is_copied_and_put_back_on_another_machine(office: Told) -> None:
    code, answer = office("keys", "backup", "a.hoctap", "--out", "usb", "--place", "két sắt")
    assert code == 0
    assert Path(answer["sheet"]).read_bytes().startswith(b"%PDF-")
    assert office("office", "init", "c.hoctap", "--unit", OFFICE)[0] == 0
    code, back = office("keys", "restore", "c.hoctap", answer["file"])
    assert (code, back["fingerprint"]) == (0, shown(office)["fingerprint"])
    assert office("keys", "restore", "a.hoctap", answer["file"])[1]["code"] == "key_exists"
    assert office("office", "init", "b.hoctap", "--unit", UPPER)[0] == 0
    assert office("keys", "restore", "b.hoctap", answer["file"])[1]["code"] == "key_of_other_unit"


def test_a_new_key_is_confirmed_by_the_old_one_and_told_to_the_upper_office(
    office: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCTAP_NEW_PASSPHRASE", "mat khau minh hoa")
    assert office("office", "init", "b.hoctap", "--unit", UPPER)[0] == 0
    file = office("keys", "enrol", "a.hoctap", "--out", "usb")[1]["file"]
    assert office("keys", "accept", "b.hoctap", file, "--compared")[1]["notes"] == []
    first = shown(office)["fingerprint"]
    code, answer = office("keys", "new", "a.hoctap")
    assert (code, answer["confirmed"]) == (0, True)
    assert shown(office)["former"] == [{"fingerprint": first, "confirmed": True}]
    file = office("keys", "enrol", "a.hoctap", "--out", "usb")[1]["file"]
    assert office("keys", "accept", "b.hoctap", file, "--compared")[1]["notes"] == ["key_confirmed"]
    assert office("keys", "new", "a.hoctap", "--lost")[1]["confirmed"] is False


def test_a_key_on_a_token_is_listed_used_and_signs(
    office: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = str(soft_token(tmp_path, monkeypatch, "EC").library)
    code, answer = office("keys", "token", "a.hoctap", "--library", library)
    assert code == 0
    (found,) = answer["keys"]
    assert found["token"] == "Token EC"
    assert shown(office)["token"] is None
    asked = ("keys", "token", "a.hoctap", "--library", library, "--use")
    assert office(*asked, "99999 99999 99999")[1]["code"] == "token_key_unknown"
    code, answer = office(*asked, found["fingerprint"][:11])
    assert (code, answer["confirmed"]) == (0, True)
    assert shown(office)["token"] == "Token EC"
    assert office("keys", "enrol", "a.hoctap", "--out", "usb")[1]["code"] == "token_pin_wrong"
    monkeypatch.setenv("HOCTAP_PASSPHRASE", PIN)
    code, answer = office("keys", "enrol", "a.hoctap", "--out", "usb")
    assert (code, answer["fingerprint"]) == (0, found["fingerprint"])
    assert office("verify", answer["file"])[1]["files"][0]["intact"] is True
    assert office("keys", "backup", "a.hoctap", "--out", "usb")[1]["code"] == "key_on_token"
    assert office("keys", "token", "a.hoctap", "--library", __file__)[1]["code"] == "token_library_bad"


def test_without_a_key_there_is_nothing_to_show(told: Told) -> None:
    assert told("office", "init", "a.hoctap", "--unit", OFFICE)[0] == 0
    assert told("keys", "show", "a.hoctap")[1]["code"] == "key_missing"
