"""The paper code, twelve letters on every page that say which data the page was printed from; and the QR beside it.

The bytes of the QR are described in docs/paper-code.md.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from hoctap_desktop.document.qr import base45, from_base45
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber
from hoctap_desktop.foundation.errors import Code, UserError

QR_PREFIX = "HT:"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_LENGTH = 12
_VERSION = 1
_CODE_BYTES = 8
_CHECK_BYTES = 2
# A figure: its length in bits, then its bits without the leading 1; or _NO_NUMBER and which kind of none.
_LENGTH_BITS, _NO_NUMBER = 5, 31
_KIND_BITS, _BLANK, _LONG = 3, 0, 4
_KINDS = {NoNumber.NOT_HELD: 1, NoNumber.UNKNOWN: 2, NoNumber.NOT_APPLICABLE: 3}
_LONG_BITS = 53  # as large as a number in answers.json gets


def paper_code(answers_json: bytes) -> str:
    """ "7K3M-Q9TX-2HBV": the first 60 bits of the SHA-256 of a frozen answers.json, in Crockford base 32."""
    return _spelled(int.from_bytes(hashlib.sha256(answers_json).digest()) >> (256 - 5 * _LENGTH))


def read_code(typed: str) -> str | None:
    """The paper code a person typed or scanned, in the printed spelling; None when it is none.

    Small letters, spaces, missing hyphens, and O, I, L for 0, 1, 1 are all read, as Crockford meant them.
    """
    letters = "".join(c for c in typed.upper() if c not in " -–\u00a0\t\r\n").translate(_LOOKALIKES)
    if len(letters) != _LENGTH or any(c not in _CROCKFORD for c in letters):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


@dataclass(frozen=True)
class PaperFacts:
    """What the QR of a final print says. code: as printed; unit: its code; figures: by FormDefinition.indicators().

    A figure that is Missing carries its kind, never its reason. A plan has none.
    """

    code: str
    unit: str
    form: str
    form_version: int
    revision: int
    figures: tuple[Cell, ...] = ()


def qr_text(facts: PaperFacts) -> str:
    """The text of the QR. ValueError for facts no print has (a wrong code, 256 bytes of unit code, 2^53 people)."""
    code = read_code(facts.code)
    if code is None:
        raise ValueError(f"{facts.code!r} is no paper code")
    data = bytes([_VERSION]) + (_number(code) << 4).to_bytes(_CODE_BYTES)
    for text in (facts.unit, facts.form):
        data += bytes([len(text.encode())]) + text.encode()
    for value in (facts.form_version, facts.revision, len(facts.figures)):
        data += _varint(value)
    data += _packed(facts.figures)
    return QR_PREFIX + base45(data + _check(data))


def read_qr(text: str) -> PaperFacts:
    """What a scanner read from a print. Raises UserError(PAPER_QR_BAD) for all that `qr_text` does not write."""
    scanned = text.strip("\r\n\t")
    data = from_base45(scanned.removeprefix(QR_PREFIX)) if scanned.startswith(QR_PREFIX) else None
    if data is None:
        raise UserError(Code.PAPER_QR_BAD, why="không phải mã in ở chân trang của chương trình")
    body, check = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
    if len(data) <= _CHECK_BYTES or _check(body) != check:
        raise UserError(Code.PAPER_QR_BAD, why="máy quét đọc sót hoặc sai chữ")
    if body[0] != _VERSION:
        raise UserError(Code.PAPER_QR_BAD, why="mã của bản chương trình mới hơn")
    try:
        facts = _facts(_Reader(body[1:]))
    except (LookupError, ValueError) as cause:
        raise UserError(Code.PAPER_QR_BAD, why="máy quét đọc sót hoặc sai chữ") from cause
    if qr_text(facts) != scanned:
        raise UserError(Code.PAPER_QR_BAD, why="mã viết không đúng quy cách")
    return facts


def _facts(reader: "_Reader") -> PaperFacts:
    code = _spelled(int.from_bytes(reader.take(_CODE_BYTES)) >> 4)
    unit, form = (reader.take(reader.take(1)[0]).decode() for _ in range(2))
    form_version, revision, count = (reader.varint() for _ in range(3))
    return PaperFacts(code, unit, form, form_version, revision, _unpacked(reader.rest(), count))


# --- bytes -------------------------------------------------------------------------------------------------------


class _Reader:
    """Bytes from front to back; ValueError where they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, count: int) -> bytes:
        if len(self._data) < count:
            raise ValueError("too short")
        taken, self._data = self._data[:count], self._data[count:]
        return taken

    def varint(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 28:
                raise ValueError("too large")

    def rest(self) -> bytes:
        return self.take(len(self._data))


def _varint(value: int) -> bytes:
    data = b""
    while value > 127:
        data += bytes([value & 127 | 128])
        value >>= 7
    return data + bytes([value])


def _check(data: bytes) -> bytes:
    return (zlib.crc32(data) & 0xFFFF).to_bytes(_CHECK_BYTES)


def _spelled(bits: int) -> str:
    letters = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def _number(code: str) -> int:
    value = 0
    for letter in code.replace("-", ""):
        value = value * 32 + _CROCKFORD.index(letter)
    return value


# --- figures -----------------------------------------------------------------------------------------------------


def _packed(figures: Sequence[Cell]) -> bytes:
    bits = "".join(map(_bits, figures))
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8) if bits else b""


def _bits(figure: Cell) -> str:
    match figure:
        case None:
            return f"{_NO_NUMBER:05b}{_BLANK:03b}"
        case Missing(kind):
            return f"{_NO_NUMBER:05b}{_KINDS[kind]:03b}"
        case Count(value):
            if not 0 <= value < 2**_LONG_BITS:
                raise ValueError(f"{value} is no count")
            length = value.bit_length()
            if length >= _NO_NUMBER:
                return f"{_NO_NUMBER:05b}{_LONG:03b}{value:053b}"
            return f"{length:05b}" + (f"{value:b}"[1:] if value else "")


def _unpacked(data: bytes, count: int) -> tuple[Cell, ...]:
    bits = f"{int.from_bytes(data):0{8 * len(data)}b}" if data else ""
    place = 0

    def take(length: int) -> int:
        nonlocal place
        part = bits[place : place + length]
        if len(part) < length:
            raise ValueError("too short")
        place += length
        return int(part, 2) if part else 0

    def figure() -> Cell:
        length = take(_LENGTH_BITS)
        if length != _NO_NUMBER:
            return Count((1 << (length - 1)) + take(length - 1) if length else 0)
        kind = take(_KIND_BITS)
        if kind == _BLANK:
            return None
        if kind == _LONG:
            return Count(take(_LONG_BITS))
        return Missing({number: none for none, number in _KINDS.items()}[kind])

    found = tuple(figure() for _ in range(count))
    if len(bits) - place > 7:
        raise ValueError("too long")
    return found
