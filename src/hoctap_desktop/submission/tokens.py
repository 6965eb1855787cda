"""Keys on USB tokens (PKCS#11), through a process of their own (token_process.py). Nothing of a vendor runs here."""

import base64
import binascii
import json
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hoctap_desktop.foundation.bounded import surroundings
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import der
from hoctap_desktop.submission.certificate import Certificate, read_certificate
from hoctap_desktop.submission.der import NotDer, integer, tlv
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.key_rows import TokenPlace
from hoctap_desktop.submission.signature import signs_with

HIDDEN = "--token-process"  # __main__.TOKEN
SECONDS = 30  # some tokens make a person press a button on them
_MAX_ANSWER = 4 * 2**20
_TRIES = {
    "": "",
    "low": "Đã có lần gõ sai; sai thêm nữa thiết bị sẽ tự khóa.",
    "last": "Chỉ còn một lần gõ: sai lần nữa là thiết bị khóa.",
    "locked": "Thiết bị đã khóa.",
}


@dataclass(frozen=True)
class TokenKey:
    """A certificate on a token whose key can sign our files. tries: a sentence on the PIN's tries left, or ""."""

    place: TokenPlace
    certificate: Certificate
    label: str
    tries: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate.key_hash)


class TokenProcess:
    """The child with the vendor's library at `library` in it. command: what starts it (tests start others).

    Every method raises UserError TOKEN_…; after TOKEN_SLOW and TOKEN_BROKE the child is gone.
    """

    def __init__(self, library: Path, command: Sequence[str] | None = None, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._answers: queue.Queue[bytes] = queue.Queue()
        try:
            self._child = subprocess.Popen(
                command or _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=surroundings(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as cause:
            raise UserError(Code.TOKEN_BROKE) from cause
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            self.ask("load", library=str(library))
        except UserError:
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def ask(self, what: str, **words: str) -> Mapping[str, object]:
        """The child's answer to one request."""
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps({"ask": what, **words}).encode() + b"\n")
            self._child.stdin.flush()
            line = self._answers.get(timeout=self._seconds)
        except queue.Empty as cause:
            self.close()
            raise UserError(Code.TOKEN_SLOW, seconds=round(self._seconds)) from cause
        except (OSError, ValueError):  # the pipe broke, or was closed
            line = b""
        answer = _read(line)
        if answer is None:
            self.close()
            raise UserError(Code.TOKEN_BROKE)
        if "refused" in answer:
            raise _refusal(answer)
        return answer

    def close(self) -> None:
        """Ends the child, and with it the login."""
        self._child.kill()
        self._child.wait()
        self._listener.join(1)
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be sent has nowhere to go
                    pass

    def _listen(self) -> None:
        assert self._child.stdout is not None
        while line := self._child.stdout.readline(_MAX_ANSWER):
            self._answers.put(line)
        self._answers.put(b"")


class TokenSigner:
    """A key on a token, logged in to. A Signer and an Opener. The PIN is not kept here."""

    def __init__(self, process: TokenProcess, certificate: Certificate) -> None:
        self._process = process
        self._certificate = certificate
        self._end = weakref.finalize(self, process.close)  # whoever forgets it leaves no login behind

    @property
    def certificate(self) -> bytes:
        return self._certificate.data

    @property
    def key_hash(self) -> str:
        return self._certificate.key_hash

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key_hash)

    @property
    def pid(self) -> int:
        """Of the process that holds the login."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once the login is gone: the PIN has to be typed again."""
        return self._process.alive

    def sign(self, data: bytes) -> bytes:
        """See Signer. Raises UserError TOKEN_…; after TOKEN_SLOW and TOKEN_BROKE the PIN has to be typed again."""
        answer = self._process.ask("sign", data=base64.b64encode(data).decode())
        value = _bytes(answer.get("value"))
        if signs_with(self._certificate) != "ecdsa":
            return value
        if len(value) != 64:
            raise UserError(Code.TOKEN_REFUSED, why="ECDSA")
        r, s = int.from_bytes(value[:32]), int.from_bytes(value[32:])
        return tlv(der.SEQUENCE, integer(r), integer(s))

    def agree(self, point: bytes) -> bytes:
        """See Opener. Raises UserError TOKEN_CANNOT_OPEN and those of sign."""
        secret = _bytes(self._process.ask("agree", point=base64.b64encode(point).decode()).get("value"))
        if len(secret) != 32:
            raise UserError(Code.TOKEN_REFUSED, why="ECDH")
        return secret

    def recover(self, value: bytes) -> bytes:
        """See Opener. Raises UserError TOKEN_CANNOT_OPEN and those of sign."""
        found = _bytes(self._process.ask("recover", value=base64.b64encode(value).decode()).get("value"))
        if not found:
            raise ValueError("no OAEP")
        return found

    def close(self) -> None:
        """Forgets the login."""
        self._end()


def keys_on(library: Path, command: Sequence[str] | None = None, seconds: float = SECONDS) -> tuple[TokenKey, ...]:
    """Every certificate on the tokens of `library` whose key fits; no PIN is needed for it.

    Raises UserError TOKEN_SUPPORT_MISSING, TOKEN_LIBRARY_BAD, TOKEN_SLOW, TOKEN_BROKE, TOKEN_REFUSED.
    """
    process = TokenProcess(library, command, seconds)
    try:
        return _keys(process, library)
    finally:
        process.close()


def open_token(
    place: TokenPlace, pin: str, command: Sequence[str] | None = None, seconds: float = SECONDS
) -> TokenSigner:
    """Logs in to the token with the key of `place`. A wrong PIN is told and never tried again.

    Raises UserError TOKEN_PIN_WRONG, TOKEN_PIN_LOCKED, TOKEN_MISSING, and those of keys_on.
    """
    process = TokenProcess(Path(place.library), command, seconds)
    try:
        known = next((one for one in _keys(process, Path(place.library)) if _same(one.place, place)), None)
        if known is None:
            raise UserError(Code.TOKEN_MISSING)
        process.ask("login", serial=place.serial, key_id=place.key_id, pin=pin)
    except UserError as refusal:
        process.close()
        if refusal.code is Code.TOKEN_PIN_WRONG:
            words = _TRIES.get(str(refusal.facts["tries"])) or "Thiết bị không báo còn mấy lần."
            raise UserError(Code.TOKEN_PIN_WRONG, tries=words) from refusal
        raise
    return TokenSigner(process, known.certificate)


def _keys(process: TokenProcess, library: Path) -> tuple[TokenKey, ...]:
    listed = process.ask("keys").get("keys")
    found = []
    for one in listed if isinstance(listed, list) else []:
        try:
            certificate = read_certificate(_bytes(one["certificate"]))
        except NotDer:  # of another kind, for something else
            continue
        if signs_with(certificate):
            place = TokenPlace(
                certificate.key_hash, str(library), str(one["serial"]), str(one["token"]), str(one["key_id"])
            )
            found.append(TokenKey(place, certificate, str(one["label"]), _TRIES.get(str(one["tries"]), "")))
    return tuple(found)


def _same(one: TokenPlace, place: TokenPlace) -> bool:
    return replace(one, library=place.library, label=place.label) == place


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN]
    return [
        sys.executable,
        "-c",
        "from hoctap_desktop.submission.token_process import serve; raise SystemExit(serve())",
    ]


def _read(line: bytes) -> dict[str, object] | None:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _refusal(answer: Mapping[str, object]) -> UserError:
    facts = answer.get("facts")
    try:
        return UserError(Code(str(answer["refused"])), **(facts if isinstance(facts, dict) else {}))
    except (ValueError, KeyError):
        return UserError(Code.TOKEN_BROKE)


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError) as cause:
        raise UserError(Code.TOKEN_BROKE) from cause
