"""The process that loads the vendor's library of a token: whatever that library does, the program lives on.

One JSON object a line: a request on standard input, its answer on standard output. Started by tokens.py as a hidden
command of our own program. A PIN comes through the pipe and never through an argument; a wrong one is told and never
tried again. Needs the optional extra `token` (python-pkcs11).
"""

import base64
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    import pkcs11

# What stands before a SHA-256 digest in a PKCS#1 v1.5 signature (RFC 8017, 9.2), for tokens that do not hash.
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def serve() -> int:
    """Answers requests until standard input ends. Never returns: the library's own tidying up may crash."""
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # a library that chats must not speak into our answers
        os.dup2(nothing, stream)
    desk = Desk(_library)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(desk.answer(json.loads(line))).encode() + b"\n")
        answers.flush()
    os._exit(0)


def _library(path: str) -> Any:
    try:
        import pkcs11
    except ImportError as cause:
        raise UserError(Code.TOKEN_SUPPORT_MISSING) from cause
    try:
        return pkcs11.lib(path)
    except Exception as cause:
        raise UserError(Code.TOKEN_LIBRARY_BAD, file=os.path.basename(path)) from cause  # noqa: PTH119


class Desk:
    """Holds the library and the key that was logged in to. load: gives python-pkcs11's `lib` for a path."""

    def __init__(self, load: Callable[[str], Any]) -> None:
        self._load = load
        self._lib: Any = None
        self._key: Any = None
        self._mechanisms: frozenset[Any] = frozenset()
        self._pin: str | None = None

    def answer(self, request: Mapping[str, Any]) -> dict[str, object]:
        """The answer to one request; a refusal is an answer too. No answer ever repeats the PIN."""
        acts: Mapping[str, Callable[..., dict[str, object]]] = {
            "load": self._open_library,
            "keys": self._list,
            "login": self._login,
            "sign": self._sign,
            "agree": self._agree,
            "recover": self._recover,
        }
        words = {name: value for name, value in request.items() if name != "ask"}
        try:
            return acts[request["ask"]](**words)
        except UserError as refusal:
            return {"refused": refusal.code.value, "facts": dict(refusal.facts)}
        except Exception as failure:  # noqa: BLE001 - vendors' libraries fail in every way there is
            return {"refused": Code.TOKEN_REFUSED.value, "facts": {"why": type(failure).__name__}}

    def _open_library(self, library: str) -> dict[str, object]:
        self._lib = self._load(library)
        return {}

    def _list(self) -> dict[str, object]:
        """Every certificate that can be read without a PIN."""
        from pkcs11 import Attribute, ObjectClass, TokenFlag

        found = []
        for token in self._lib.get_tokens():
            if not token.flags & TokenFlag.TOKEN_INITIALIZED:  # an empty place SoftHSM always shows, a blank token
                continue
            with token.open() as session:
                found += [
                    {
                        "serial": _hex(token.serial),
                        "token": str(token.label).strip(),
                        "label": _text(one, Attribute.LABEL),
                        "key_id": one[Attribute.ID].hex(),
                        "certificate": base64.b64encode(one[Attribute.VALUE]).decode(),
                        "tries": tries_of(token.flags),
                    }
                    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
                ]
        return {"keys": found}

    def _login(self, serial: str, key_id: str, pin: str) -> dict[str, object]:
        import pkcs11
        from pkcs11 import Attribute, ObjectClass

        token = self._token(serial)
        if tries_of(token.flags) == "locked":
            raise UserError(Code.TOKEN_PIN_LOCKED)
        try:
            session = token.open(user_pin=pin)
        except pkcs11.exceptions.PinLocked as cause:
            raise UserError(Code.TOKEN_PIN_LOCKED) from cause
        except (
            pkcs11.exceptions.PinIncorrect,
            pkcs11.exceptions.PinInvalid,
            pkcs11.exceptions.PinLenRange,
        ) as cause:
            left = tries_of(self._token(serial).flags)
            if left == "locked":
                raise UserError(Code.TOKEN_PIN_LOCKED) from cause
            raise UserError(Code.TOKEN_PIN_WRONG, tries=left) from cause
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: bytes.fromhex(key_id)}
        self._key = next(iter(session.get_objects(wanted)), None)
        if self._key is None:
            raise UserError(Code.TOKEN_MISSING)
        self._mechanisms = frozenset(token.slot.get_mechanisms())
        try:
            each_time = bool(self._key[Attribute.ALWAYS_AUTHENTICATE])
        except pkcs11.exceptions.PKCS11Error:
            each_time = False
        self._pin = pin if each_time else None  # such a key wants it again for every signature
        return {}

    def _sign(self, data: str) -> dict[str, object]:
        from pkcs11 import Attribute, KeyType, Mechanism

        text = base64.b64decode(data)
        digest = hashlib.sha256(text).digest()
        if self._key is None:
            raise UserError(Code.TOKEN_MISSING)
        if self._key[Attribute.KEY_TYPE] == KeyType.EC:
            content, mechanism = digest, Mechanism.ECDSA
        elif Mechanism.SHA256_RSA_PKCS in self._mechanisms:
            content, mechanism = text, Mechanism.SHA256_RSA_PKCS
        else:
            content, mechanism = _DIGEST_INFO + digest, Mechanism.RSA_PKCS
        more = {} if self._pin is None else {"pin": self._pin}
        value = self._key.sign(content, mechanism=mechanism, **more)
        return {"value": base64.b64encode(value).decode()}

    def _agree(self, point: str) -> dict[str, object]:
        """The secret shared with a point of P-256: the x coordinate, 32 bytes."""
        import pkcs11
        from pkcs11 import KDF, Attribute, KeyType, Mechanism

        if self._key is None:
            raise UserError(Code.TOKEN_MISSING)
        raw = base64.b64decode(point)
        # PKCS#11 asks for the point itself; some libraries want it once more as an OCTET STRING
        for spelled in (raw, bytes((4, len(raw))) + raw):
            try:
                secret = self._key.derive_key(
                    KeyType.GENERIC_SECRET,
                    256,
                    mechanism=Mechanism.ECDH1_DERIVE,
                    mechanism_param=(KDF.NULL, None, spelled),
                    template={Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True},
                )
                return {"value": base64.b64encode(secret[Attribute.VALUE]).decode()}
            except (pkcs11.exceptions.PKCS11Error, AttributeError):  # AttributeError: a key that may not derive
                continue
        raise UserError(Code.TOKEN_CANNOT_OPEN)

    def _recover(self, value: str) -> dict[str, object]:
        """What was encrypted by OAEP with SHA-256; "" when it was not."""
        import pkcs11
        from pkcs11 import MGF, Mechanism

        if self._key is None:
            raise UserError(Code.TOKEN_MISSING)
        data = base64.b64decode(value)
        more = {} if self._pin is None else {"pin": self._pin}
        found: bytes | None = None
        for mechanism, parameters in (
            (Mechanism.RSA_PKCS_OAEP, (Mechanism.SHA256, MGF.SHA256, None)),
            (Mechanism.RSA_X_509, None),  # many tokens know OAEP with SHA-1 only: the padding is taken off here then
        ):
            if mechanism not in self._mechanisms:
                continue
            try:
                found = self._key.decrypt(data, mechanism=mechanism, mechanism_param=parameters, **more)
            except (pkcs11.exceptions.PKCS11Error, AttributeError):
                continue
            if mechanism is Mechanism.RSA_X_509:
                found = without_oaep(found.rjust(len(data), b"\0"))
            return {"value": base64.b64encode(found).decode()}
        raise UserError(Code.TOKEN_CANNOT_OPEN)

    def _token(self, serial: str) -> Any:
        for token in self._lib.get_tokens():
            if _hex(token.serial) == serial:
                return token
        raise UserError(Code.TOKEN_MISSING)


def without_oaep(padded: bytes) -> bytes:
    """The content of an OAEP block with SHA-256 and no label (RFC 8017, 7.1.2), b"" for what is none.

    Nobody outside learns which check failed, or how long it took: it is one answer to one person's own file.
    """
    size = hashlib.sha256().digest_size
    masked_seed, masked = padded[1 : 1 + size], padded[1 + size :]
    seed = _xor(masked_seed, _mask(masked, size))
    block = _xor(masked, _mask(seed, len(masked)))
    filler, mark, content = block[size:].partition(b"\1")
    good = not padded[0] and block[:size] == hashlib.sha256().digest() and not filler.strip(b"\0") and bool(mark)
    return content if good else b""


def _mask(seed: bytes, size: int) -> bytes:
    """MGF1 with SHA-256."""
    blocks = (hashlib.sha256(seed + at.to_bytes(4)).digest() for at in range(-(-size // 32)))
    return b"".join(blocks)[:size]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def tries_of(flags: "pkcs11.TokenFlag") -> str:
    """What a token tells of the tries left: "" (nothing amiss), "low" (one was wrong), "last", "locked"."""
    from pkcs11 import TokenFlag

    for flag, word in (
        (TokenFlag.USER_PIN_LOCKED, "locked"),
        (TokenFlag.USER_PIN_FINAL_TRY, "last"),
        (TokenFlag.USER_PIN_COUNT_LOW, "low"),
    ):
        if flags & flag:
            return word
    return ""


def _hex(serial: bytes | str) -> str:
    return (serial if isinstance(serial, bytes) else serial.encode()).hex()


def _text(one: Any, attribute: Any) -> str:
    try:
        return str(one[attribute])
    except Exception:  # noqa: BLE001 - a certificate without a label is one all the same
        return ""
