import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import key_rows, repository, tokens, wrapper
from hoctap_desktop.submission.certificate import read_certificate
from hoctap_desktop.submission.encryption import check_opens, decrypt, encrypt, slot_of
from hoctap_desktop.submission.enrolment import accept, init_key, open_key, request
from hoctap_desktop.submission.keys import oaep
from hoctap_desktop.submission.own_keys import change_passphrase, gives_way, key_backup, new_key, use_token
from hoctap_desktop.submission.token_process import Desk, tries_of, without_oaep
from hoctap_desktop.submission.tokens import TokenKey, TokenSigner, keys_on, open_token
from hoctap_desktop.submission.unseal import unseal
from tests.offices import commune_store, upper_store
from tests.submission.packages import AT, NOW, rsa_key, sealed, upper_key
from tests.submission.softhsm import PIN, SoftToken, soft_token
from tests.submission.test_enrolment import refused

PASSPHRASE = "mật khẩu dài"


@pytest.fixture
def ec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return soft_token(tmp_path, monkeypatch, "EC")


@pytest.fixture
def rsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return soft_token(tmp_path, monkeypatch, "RSA")


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Store]:
    store = commune_store(tmp_path / "xa.hoctap")
    yield store
    store.close()


def only_key(token: SoftToken) -> TokenKey:
    (found,) = keys_on(token.library)
    return found


def child(program: str) -> list[str]:
    """A process in the place of ours that does what a bad library does."""
    return [sys.executable, "-c", program]


# --- with SoftHSM2 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_package_signed_on_a_token_is_read_like_any_other(kind: str, request: pytest.FixtureRequest) -> None:
    token: SoftToken = request.getfixturevalue(kind)
    chosen = only_key(token)
    signer = open_token(chosen.place, PIN)
    try:
        opened = unseal(sealed(key=signer).data)
        assert opened.envelope.signer.key_hash == chosen.place.key_hash == signer.key_hash
        assert opened.envelope.fingerprint == chosen.fingerprint == signer.fingerprint
    finally:
        signer.close()


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_what_was_encrypted_to_a_token_is_opened_by_it(kind: str, request: pytest.FixtureRequest) -> None:
    token: SoftToken = request.getfixturevalue(kind)
    signer = open_token(only_key(token).place, PIN)
    try:
        check_opens(signer)
        data = sealed(key=signer).data
        made = encrypt(data, (upper_key().details, read_certificate(signer.certificate)))
        assert decrypt(made, "a.htgoi", (signer,)) == decrypt(made, "a.htgoi", (upper_key(),)) == data
        damaged = bytearray(made)
        value = slot_of(wrapper.read(made, "a"), signer.certificate)
        assert value is not None
        damaged[made.index(value.value) + 5] ^= 1
        assert refused(decrypt, bytes(damaged), "a.htgoi", (signer,)) is Code.DAMAGED_ENCRYPTION
    finally:
        signer.close()


def test_the_padding_taken_off_here_is_the_one_of_the_library() -> None:
    public, private = rsa_key().private.public_key(), rsa_key().private
    assert isinstance(public, RSAPublicKey)
    assert isinstance(private, RSAPrivateKey)
    numbers = private.private_numbers()
    modulus = numbers.public_numbers.n
    for content in (b"", b"\1", bytes(32), bytes(range(32))):
        value = int.from_bytes(public.encrypt(content, oaep()))
        block = pow(value, numbers.d, modulus).to_bytes(256)
        assert without_oaep(block) == content
        for at in (0, 5, 40):
            bent = bytearray(block)
            bent[at] ^= 1
            assert without_oaep(bytes(bent)) == b""


def test_a_token_that_cannot_open_says_so(ec: SoftToken) -> None:
    answers = 'import sys\nfor line in sys.stdin: print(\'{"refused": "token_cannot_open"}\', flush=True)'
    real = open_token(only_key(ec).place, PIN)
    real.close()
    loaded = answers.replace("for line", "sys.stdin.readline(); print('{}', flush=True)\nfor line")
    signer = TokenSigner(tokens.TokenProcess(ec.library, child(loaded)), only_key(ec).certificate)
    try:
        assert refused(check_opens, signer) is Code.TOKEN_CANNOT_OPEN
    finally:
        signer.close()


def test_certificates_are_listed_without_a_pin_and_only_those_that_fit(ec: SoftToken) -> None:
    found = keys_on(ec.library)  # a P-384 key lies on it too
    assert [(one.label, one.place.label, one.place.key_id, one.tries) for one in found] == [
        ("UBND xã Hà Thượng 1", "Token EC", "01", "")
    ]


def test_a_wrong_pin_is_told_with_the_tries_left_and_tried_once(ec: SoftToken) -> None:
    place = only_key(ec).place
    asked: list[str] = []
    real = tokens.TokenProcess.ask

    def counting(self: Any, what: str, **words: str) -> Any:
        asked.append(what)
        return real(self, what, **words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens.TokenProcess, "ask", counting)
        with pytest.raises(UserError) as refusal:
            open_token(place, "000000")
    assert refusal.value.code is Code.TOKEN_PIN_WRONG
    assert "Đã có lần gõ sai" in str(refusal.value)
    assert asked.count("login") == 1
    assert "Đã có lần gõ sai" in only_key(ec).tries  # said before the next try
    open_token(place, PIN).close()
    assert only_key(ec).tries == ""


def test_a_token_pulled_out_ends_the_signature_and_not_the_program(ec: SoftToken) -> None:
    signer = open_token(only_key(ec).place, PIN)
    os.kill(signer.pid, signal.SIGKILL)
    for _ in range(2):  # told each time, and nothing tries the PIN again by itself
        with pytest.raises(UserError) as refusal:
            signer.sign(b"x")
        assert refusal.value.code is Code.TOKEN_BROKE
    signer.close()


def test_a_token_that_is_not_plugged_in_is_missed(ec: SoftToken) -> None:
    place = only_key(ec).place
    for file in ec.folder.iterdir():
        file.rename(ec.folder.parent / f"away-{file.name}")
    assert refused(open_token, place, PIN) is Code.TOKEN_MISSING


def test_the_office_signs_with_its_token_and_the_old_key_confirms_it(ec: SoftToken, commune: Store) -> None:
    first = init_key(commune, PASSPHRASE, AT, 1000)
    upper = upper_store(commune.path.with_name("phong.hoctap"))
    accept(upper, request(commune, first, AT).sealed.data, "a", AT)
    chosen = only_key(ec)
    use_token(commune, chosen, NOW, first)
    signer = open_key(commune, PIN)
    assert isinstance(signer, TokenSigner)
    asked = request(commune, signer, NOW)
    accepted = accept(upper, asked.sealed.data, "b", NOW, chosen.fingerprint)
    assert [note.code for note in accepted.notes] == [Code.KEY_CONFIRMED]
    assert accepted.key.key_hash == chosen.place.key_hash
    signer.close()
    upper.close()
    assert refused(open_key, commune, "000000") is Code.TOKEN_PIN_WRONG
    assert refused(change_passphrase, commune, PIN, PASSPHRASE) is Code.KEY_ON_TOKEN
    assert refused(key_backup, commune, AT) is Code.KEY_ON_TOKEN
    use_token(commune, chosen, NOW)  # found anew: nothing else changes
    assert [one.key.key_hash for one in key_rows.former_keys(commune)] == [first.key_hash]


def test_a_token_may_be_the_first_key_and_give_way_to_a_key_of_the_machine(ec: SoftToken, commune: Store) -> None:
    use_token(commune, only_key(ec), AT)
    signer = open_key(commune, PIN)
    key = new_key(commune, PASSPHRASE, NOW, signer, 1000)
    assert isinstance(signer, TokenSigner)
    signer.close()
    assert open_key(commune, PASSPHRASE).key_hash == key.key_hash
    assert key_rows.endorsement(commune, key.key_hash)
    kept = repository.own_key(commune)
    assert kept is not None
    assert kept.pkcs12


def test_a_token_whose_key_was_replaced_does_not_come_back(ec: SoftToken, commune: Store) -> None:
    chosen = only_key(ec)
    assert not gives_way(commune, chosen)
    use_token(commune, chosen, AT)
    assert not gives_way(commune, chosen)
    key = new_key(commune, PASSPHRASE, AT, None, 1000)
    for old in (key, None):
        with pytest.raises(UserError) as refusal:
            use_token(commune, chosen, NOW, old)
        assert refusal.value.code is Code.KEY_REPLACED
        assert f"{AT:%d/%m/%Y}" in str(refusal.value)
    kept = repository.own_key(commune)
    assert kept is not None
    assert kept.key_hash == key.key_hash
    assert [one.key.key_hash for one in key_rows.former_keys(commune)] == [chosen.place.key_hash]


def test_no_pin_stands_in_a_print_a_log_a_traceback_or_the_childs_arguments(
    ec: SoftToken, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    place = only_key(ec).place
    signer = open_token(place, PIN)
    said = [repr(signer), str(vars(signer)), repr(place), caplog.text]
    said.append(Path(f"/proc/{signer.pid}/cmdline").read_text())
    said.append(Path(f"/proc/{signer.pid}/environ").read_text(errors="replace"))
    signer.close()
    wrong = str(918_273)
    with pytest.raises(UserError) as refusal:
        open_token(place, wrong)
    said.append("".join(traceback.format_exception(refusal.value)))
    for words in said:
        assert PIN not in words
        assert wrong not in words


# --- with libraries that are none, crash, hang or lie ---------------------------------------------------------------


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "vendor.so"
    file.write_bytes(b"not a library")
    assert refused(keys_on, file) is Code.TOKEN_LIBRARY_BAD
    assert refused(keys_on, tmp_path / "none.so") is Code.TOKEN_LIBRARY_BAD


def test_a_library_without_cryptoki_is_refused() -> None:
    import ctypes.util

    name = ctypes.util.find_library("m")
    assert name
    assert refused(keys_on, Path(name)) is Code.TOKEN_LIBRARY_BAD


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Code.TOKEN_BROKE),
        ("import sys; sys.exit(3)", Code.TOKEN_BROKE),
        ("import sys; sys.stdin.readline(); print('xin chào', flush=True)", Code.TOKEN_BROKE),
        ("import sys; sys.stdin.readline(); print('[' * 100000, flush=True)", Code.TOKEN_BROKE),
        ("import sys; sys.stdin.readline(); print('{\"refused\": \"no such code\"}', flush=True)", Code.TOKEN_BROKE),
        ("import time; time.sleep(60)", Code.TOKEN_SLOW),
        ("import sys, time; sys.stdin.readline(); sys.stdout.write('{'); sys.stdout.flush(); time.sleep(60)",
         Code.TOKEN_SLOW),
    ],
    ids=["segfault", "exit", "chatter", "depth", "unknown-code", "hang", "half-a-line"],
)  # fmt: skip
def test_whatever_the_child_does_we_live_on(program: str, code: Code) -> None:
    began = time.monotonic()
    assert refused(keys_on, Path("x.so"), child(program), 0.5) is code
    assert time.monotonic() - began < 10


def test_a_child_that_cannot_be_started_is_told() -> None:
    assert refused(keys_on, Path("x.so"), ["/nowhere/at/all"], 1.0) is Code.TOKEN_BROKE


def test_a_crash_while_signing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import sys, os, signal\n"
        "for line in sys.stdin:\n"
        "    if 'sign' in line: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    print('{}', flush=True)\n"
    )
    process = tokens.TokenProcess(Path("x.so"), child(program), 5.0)
    from tests.submission.packages import commune_key

    signer = TokenSigner(process, commune_key().details)
    assert refused(signer.sign, b"x") is Code.TOKEN_BROKE


def test_a_signature_of_another_length_is_no_signature() -> None:
    program = 'import sys\nfor line in sys.stdin: print(\'{"value": "AAAA"}\', flush=True)'
    from tests.submission.packages import commune_key

    signer = TokenSigner(tokens.TokenProcess(Path("x.so"), child(program), 5.0), commune_key().details)
    assert refused(signer.sign, b"x") is Code.TOKEN_REFUSED
    signer.close()


def test_without_the_optional_package_the_person_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pkcs11.py").write_text("raise ImportError('not installed')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert refused(keys_on, Path("x.so")) is Code.TOKEN_SUPPORT_MISSING


# --- the child's desk with a token that locks (SoftHSM2 never does) -------------------------------------------------


class LockingToken:
    """A token that locks at the third wrong PIN, as cards do."""

    serial = b"77"
    label = "Card"

    def __init__(self) -> None:
        self.wrong = 0
        self.tried: list[str] = []

    @property
    def flags(self) -> Any:
        from pkcs11 import TokenFlag

        state = {0: TokenFlag(0), 1: TokenFlag.USER_PIN_COUNT_LOW, 2: TokenFlag.USER_PIN_FINAL_TRY}
        return state.get(self.wrong, TokenFlag.USER_PIN_LOCKED) | TokenFlag.TOKEN_INITIALIZED

    def open(self, user_pin: str) -> object:
        import pkcs11

        self.tried.append(user_pin)
        self.wrong += 1
        if self.wrong > 3:
            raise pkcs11.exceptions.PinLocked
        raise pkcs11.exceptions.PinIncorrect


def test_a_token_that_locks_is_told_step_by_step_and_then_left_alone() -> None:
    token = LockingToken()
    desk = Desk(lambda _path: SimpleNamespace(get_tokens=lambda: [token]))
    assert desk.answer({"ask": "load", "library": "x"}) == {}
    told = [desk.answer({"ask": "login", "serial": "3737", "key_id": "01", "pin": f"p{n}"}) for n in range(4)]
    assert [(one["refused"], one["facts"]) for one in told] == [
        ("token_pin_wrong", {"tries": "low"}),
        ("token_pin_wrong", {"tries": "last"}),
        ("token_pin_locked", {}),
        ("token_pin_locked", {}),
    ]
    assert token.tried == ["p0", "p1", "p2"]  # a locked token is asked no more


def test_what_a_token_says_of_tries_is_named() -> None:
    from pkcs11 import TokenFlag

    assert [tries_of(flag) for flag in (TokenFlag(0), TokenFlag.USER_PIN_COUNT_LOW)] == ["", "low"]
    assert tries_of(TokenFlag.USER_PIN_FINAL_TRY | TokenFlag.USER_PIN_COUNT_LOW) == "last"
    assert tries_of(TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY) == "locked"


def test_an_unforeseen_failure_of_a_library_is_an_answer() -> None:
    def broken(_path: str) -> Any:
        raise RuntimeError("PIN 123456 was wrong")

    answer = Desk(broken).answer({"ask": "load", "library": "x"})
    assert answer == {"refused": "token_refused", "facts": {"why": "RuntimeError"}}


def test_signing_before_a_login_is_refused() -> None:
    assert Desk(lambda _path: None).answer({"ask": "sign", "data": ""})["refused"] == "token_missing"


def test_the_vendors_library_is_never_loaded_in_our_own_process(ec: SoftToken) -> None:
    code = (
        "import sys; from pathlib import Path; from hoctap_desktop.submission.tokens import keys_on;"
        f"assert keys_on(Path({str(ec.library)!r}));"
        "sys.exit('pkcs11' in sys.modules or 'softhsm' in Path('/proc/self/maps').read_text())"
    )
    path = os.pathsep.join(part for part in sys.path if part)
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, check=False)
    assert done.returncode == 0


class RawKey:
    """A key of a card that pads but does not hash, and wants its PIN for every signature."""

    def __init__(self, private: Any) -> None:
        self._numbers = private.private_numbers()
        self.pins: list[object] = []

    def __getitem__(self, attribute: object) -> object:
        from pkcs11 import Attribute, KeyType

        return KeyType.RSA if attribute == Attribute.KEY_TYPE else True

    def sign(self, content: bytes, mechanism: object, pin: str | None = None) -> bytes:
        from pkcs11 import Mechanism

        assert mechanism == Mechanism.RSA_PKCS
        self.pins.append(pin)
        modulus = self._numbers.public_numbers.n
        size = (modulus.bit_length() + 7) // 8
        padded = b"\0\1" + b"\xff" * (size - 3 - len(content)) + b"\0" + content
        value: int = pow(int.from_bytes(padded), self._numbers.d, modulus)
        return value.to_bytes(size)


def test_a_card_that_does_not_hash_and_asks_each_time_signs_all_the_same() -> None:
    import base64

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from pkcs11 import Mechanism, TokenFlag

    from tests.submission.packages import rsa_key

    private = rsa_key().private
    assert isinstance(private, rsa.RSAPrivateKey)
    key = RawKey(private)
    token = SimpleNamespace(
        serial=b"77",
        flags=TokenFlag.TOKEN_INITIALIZED,
        open=lambda user_pin: SimpleNamespace(get_objects=lambda _wanted: iter([key])),
        slot=SimpleNamespace(get_mechanisms=lambda: {Mechanism.RSA_PKCS}),
    )
    desk = Desk(lambda _path: SimpleNamespace(get_tokens=lambda: [token]))
    desk.answer({"ask": "load", "library": "x"})
    assert desk.answer({"ask": "login", "serial": "3737", "key_id": "01", "pin": PIN}) == {}
    for text in (b"one", b"two"):
        answer = desk.answer({"ask": "sign", "data": base64.b64encode(text).decode()})
        value = base64.b64decode(str(answer["value"]))
        private.public_key().verify(value, text, padding.PKCS1v15(), hashes.SHA256())
    assert key.pins == [PIN, PIN]


def test_the_hidden_command_answers_and_ends_with_its_input() -> None:
    path = os.pathsep.join(part for part in sys.path if part)
    done = subprocess.run(
        [sys.executable, "-m", "hoctap_desktop", tokens.HIDDEN],
        input=b'{"ask": "load", "library": "/none.so"}\n{"ask": "keys"}\n',
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path},
        check=True,
    )
    first, second = done.stdout.splitlines()
    assert b"token_library_bad" in first
    assert b"token_refused" in second
    assert done.stderr == b""
