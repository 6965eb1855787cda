"""Nothing secret stays anywhere: after a whole flow every file, log, answer and temporary folder is searched."""

import base64
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.store.database import open_store
from hoctap_desktop.submission import enrolment, own_keys
from hoctap_desktop.submission.enrolment import open_key
from hoctap_desktop.submission.keys import Key
from tests.submission.softhsm import PIN, soft_token
from tests.test_cli import OFFICE, REPORT, UPPER, Told, here, told

__all__ = ["here", "told"]

FIRST, SECOND, UPPERS = "Mat-khau dau tien 8817", "mật khẩu thứ hai 4402", "cua cap tren 5519"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own for everything temporary, ours and the children's."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for module in (enrolment, own_keys):
        real = module.to_pkcs12
        monkeypatch.setattr(module, "to_pkcs12", lambda key, words, _rounds, real=real: real(key, words, 1000))
    return folder


def spellings(*words: str) -> Iterator[bytes]:
    for each in words:
        yield each.encode()
        yield each.encode("utf-16-le")


def numbers(store: str, passphrase: str) -> Iterator[bytes]:
    """The private number of an office's key, as it might stand somewhere."""
    opened = open_store(Path(store), system_clock)
    try:
        key = open_key(opened, passphrase)
    finally:
        opened.close()
    assert isinstance(key, Key)
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    secret = key.private.private_numbers().private_value.to_bytes(32)
    yield from (secret, secret.hex().encode(), base64.b64encode(secret)[:40])


def found_in(folder: Path, secrets: list[bytes]) -> list[str]:
    """The files below a folder that hold one of the secrets; the words of a PDF are looked at as well."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        if data.startswith(b"%PDF"):
            document = pypdfium2.PdfDocument(data)
            data += "".join(page.get_textpage().get_text_range() for page in document).encode()
            document.close()
        found += [str(path.relative_to(folder)) for each in secrets if each in data]
    return found


def test_no_passphrase_and_no_key_is_left_in_any_file_log_or_answer(
    told: Told, temporary: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[object] = []

    def run(passphrase: str, *words: str) -> dict[str, object]:
        monkeypatch.setenv("HOCTAP_PASSPHRASE", passphrase)
        code, answer = told(*words)
        answers.append(answer)
        assert code in (0, 1), answer
        assert isinstance(answer, dict)
        return answer

    run("", "office", "init", "a.hoctap", "--unit", OFFICE, "--campaign", "2022")
    run("", "office", "init", "b.hoctap", "--unit", UPPER, "--campaign", "2022")
    run("", "fill", "a.hoctap", REPORT)
    run(FIRST, "keys", "init", "a.hoctap")
    run(UPPERS, "keys", "init", "b.hoctap")
    monkeypatch.setenv("HOCTAP_NEW_PASSPHRASE", SECOND)
    run(FIRST, "keys", "passphrase", "a.hoctap")
    wrong = run(FIRST, "keys", "enrol", "a.hoctap", "--out", "no")
    assert wrong["code"] == "wrong_passphrase"
    run(SECOND, "keys", "backup", "a.hoctap", "--out", "vault")
    request = str(run(SECOND, "keys", "enrol", "a.hoctap", "--out", "enrol")["file"])
    run("", "keys", "accept", "b.hoctap", request, "--compared")
    run("", "finalise", "a.hoctap", "report")
    run(SECOND, "seal", "a.hoctap", "report", "--out", "usb")
    assert run("", "receive", "b.hoctap", "usb")["batch"]
    run(UPPERS, "reply", "b.hoctap", "--out", "down", "--pdf")
    run(UPPERS, "keys", "roster", "b.hoctap", "--out", "down")
    run("", "doctor", "a.hoctap")
    run("", "backup", "a.hoctap", "--out", "copies")

    secrets = [*spellings(FIRST, SECOND, UPPERS), *numbers("a.hoctap", SECOND), *numbers("b.hoctap", UPPERS)]
    assert found_in(Path(), secrets) == []
    said = f"{answers} {caplog.text}".encode()
    assert [each for each in secrets if each in said] == []
    assert [one.name for one in temporary.iterdir()] == []
    assert list(Path("down").glob("*.htgoi")), "the flow went all the way"
    Path("a note").write_text(f"mk: {SECOND}", encoding="utf-8")
    assert found_in(Path(), secrets) == ["a note"]  # the search sees


def test_no_pin_of_a_token_is_left_in_any_file_log_or_answer(
    told: Told, temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = tmp_path.parent / f"{tmp_path.name}-token"  # what the token keeps for itself is the vendor's
    tokens.mkdir()
    library = str(soft_token(tokens, monkeypatch, "EC").library)
    monkeypatch.setenv("HOCTAP_PASSPHRASE", FIRST)
    answers = [
        told("office", "init", "a.hoctap", "--unit", OFFICE, "--campaign", "2022"),
        told("fill", "a.hoctap", REPORT),
    ]
    listed = told("keys", "token", "a.hoctap", "--library", library)
    answers.append(listed)
    answers.append(
        told("keys", "token", "a.hoctap", "--library", library, "--use", listed[1]["keys"][0]["fingerprint"])
    )
    answers.append(told("finalise", "a.hoctap", "report"))
    monkeypatch.setenv("HOCTAP_PASSPHRASE", PIN)
    answers.append(told("seal", "a.hoctap", "report", "--out", "usb"))
    assert [code for code, _ in answers] == [0] * 6
    # six digits turn up by chance in what is packed or random: the files are searched for the PIN as somebody wrote it
    pattern = [f"{mark}{PIN}".encode() for mark in ('"', " ", "=", "pin", ":", "'")]
    assert found_in(Path(), pattern) == []
    assert PIN not in f"{answers} {caplog.text}"
    assert [one.name for one in temporary.iterdir()] == []
