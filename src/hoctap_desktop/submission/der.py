"""Just enough DER to write a fixed shape and to walk it again: definite lengths, spelled the shortest way."""

from datetime import UTC, datetime
from typing import Self

INTEGER, BITS, OCTETS, OID, UTC_TIME, FULL_TIME = 0x02, 0x03, 0x04, 0x06, 0x17, 0x18
SEQUENCE, SET, CONTEXT_0 = 0x30, 0x31, 0xA0
_MAX_LENGTH_BYTES = 4


class NotDer(Exception):
    """The bytes are not of the expected shape. Never reaches a person: signature.py turns it into its refusal."""


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element: tag, shortest length, content."""
    content = b"".join(parts)
    return head(tag, len(content)) + content


def head(tag: int, length: int) -> bytes:
    """What stands before `length` bytes of content: tag and shortest length."""
    if length < 0x80:
        return bytes((tag, length))
    spelled = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(spelled))) + spelled


def integer(value: int) -> bytes:
    """INTEGER of a number ≥ 0."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def moment(value: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime after (RFC 5652, 11.3), whole seconds."""
    utc = value.astimezone(UTC)
    if 1950 <= utc.year <= 2049:
        return tlv(UTC_TIME, f"{utc:%y%m%d%H%M%S}Z".encode())
    return tlv(FULL_TIME, f"{utc.year:04d}{utc:%m%d%H%M%S}Z".encode())


def read_moment(element: bytes) -> datetime:
    """The moment in a whole UTCTime or GeneralizedTime element, aware. Raises NotDer for any other spelling."""
    tag, digits = element[:1], element[2:-1]
    short = tag == bytes((UTC_TIME,))
    if not digits.isdigit() or len(digits) != (12 if short else 14):
        raise NotDer
    if element != tlv(UTC_TIME if short else FULL_TIME, digits, b"Z"):
        raise NotDer
    if short:
        digits = (b"19" if digits >= b"50" else b"20") + digits
    try:
        found = datetime(
            int(digits[0:4]), int(digits[4:6]), int(digits[6:8]), int(digits[8:10]), int(digits[10:12]),
            int(digits[12:14]), tzinfo=UTC,
        )  # fmt: skip
    except ValueError as cause:
        raise NotDer from cause
    if (1950 <= found.year <= 2049) is not short:
        raise NotDer
    return found


def read_head(data: bytes, at: int, *tags: int) -> tuple[int, int]:
    """Where the content of the element at `at` begins and ends; it may end behind the data. Copies nothing.

    Raises NotDer when the tag is none of `tags`, or the length is not spelled the shortest way.
    """
    start = at + 2
    if start > len(data) or data[at] not in tags:
        raise NotDer
    length = data[at + 1]
    if length & 0x80:
        size = length & 0x7F
        spelled = data[start : start + size]
        start += size
        length = int.from_bytes(spelled)
        if not 1 <= size <= _MAX_LENGTH_BYTES or len(spelled) < size or spelled[0] == 0 or length < 0x80:
            raise NotDer
    return start, start + length


class Walk:
    """Goes through the elements of DER from front to back. Every method raises NotDer."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def whole(self, *tags: int) -> bytes:
        """The next element with its header; its tag must be one of `tags`."""
        start = self._at
        self._content(tags)
        return self._data[start : self._at]

    def content(self, tag: int) -> bytes:
        """The content of the next element."""
        return self._content((tag,))

    def enter(self, *tags: int) -> Self:
        """A walk through the next element, then through the one inside it, and so on down `tags`."""
        walk = self
        for tag in tags:
            walk = type(self)(walk.content(tag))
        return walk

    def number(self) -> int:
        """The next element as INTEGER ≥ 0, spelled the shortest way."""
        content = self.content(INTEGER)
        value = int.from_bytes(content)
        if tlv(INTEGER, content) != integer(value):
            raise NotDer
        return value

    @property
    def done(self) -> bool:
        return self._at == len(self._data)

    def end(self) -> None:
        """Nothing may follow."""
        if not self.done:
            raise NotDer

    def _content(self, tags: tuple[int, ...]) -> bytes:
        start, end = read_head(self._data, self._at, *tags)
        if end > len(self._data):
            raise NotDer
        self._at = end
        return self._data[start:end]
