"""The outer form of a PDF: numbered objects, streams, the table of where they stand. Pure; knows nothing of pages."""

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_END = re.compile(rb"\ntrailer\n<<[^<>]*/ID \[<([0-9a-f]{32})> <([0-9a-f]{32})>\]>>\nstartxref\n(\d{1,10})\n%%EOF\n\Z")
_LONGEST_END = 300
_TABLE = b"xref\n0 "
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # the four high bytes tell mail programs that this is no text


@dataclass(frozen=True)
class Ref:
    """An object of the file, by its number."""

    number: int


@dataclass(frozen=True)
class Name:
    """A PDF name, without its slash; ASCII letters, digits, + and - only."""

    text: str


@dataclass(frozen=True)
class Raw:
    """Bytes that are a PDF value already."""

    data: bytes


Value = Ref | Name | Raw | str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]


def written(value: Value) -> bytes:
    """A value in PDF's notation. A str is text for people, in UTF-16."""
    match value:
        case Ref(number):
            return b"%d 0 R" % number
        case Name(text):
            return b"/" + text.encode("ascii")
        case Raw(data):
            return data
        case bool():
            return b"true" if value else b"false"
        case int():
            return b"%d" % value
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".").encode()
        case str():
            return b"<FEFF" + value.encode("utf-16-be").hex().encode() + b">"
        case Mapping():
            return b"<<" + b" ".join(b"/%s %s" % (k.encode("ascii"), written(v)) for k, v in value.items()) + b">>"
        case _:
            return b"[" + b" ".join(map(written, value)) + b"]"


class PdfFile:
    """Objects in the order of their numbers. `reserve` gives a number before its object is known."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []

    def reserve(self) -> Ref:
        """The number of an object still to be set."""
        self._bodies.append(None)
        return Ref(len(self._bodies))

    def set(self, ref: Ref, value: Value) -> Ref:
        """Sets a reserved object."""
        self._bodies[ref.number - 1] = written(value)
        return ref

    def add(self, value: Value) -> Ref:
        """A new object."""
        return self.set(self.reserve(), value)

    def add_stream(self, data: bytes, entries: Mapping[str, Value] | None = None, *, packed: bool = True) -> Ref:
        """A new stream, compressed here when `packed`."""
        body = zlib.compress(data, 6) if packed else data
        return self.add_packed(body, {**(entries or {}), **({"Filter": Name("FlateDecode")} if packed else {})})

    def add_packed(self, body: bytes, entries: Mapping[str, Value]) -> Ref:
        """A new stream of bytes that are packed already as `entries` say."""
        head = written({**entries, "Length": len(body)})
        ref = self.reserve()
        self._bodies[ref.number - 1] = head + b"\nstream\n" + body + b"\nendstream"
        return ref

    def finished(self, root: Ref, info: Ref) -> bytes:
        """The whole file. The same objects give the same bytes. ValueError when a reserved object was never set."""
        parts, places, at = [_HEAD], [], len(_HEAD)
        for number, body in enumerate(self._bodies, 1):
            if body is None:
                raise ValueError(f"object {number} was never set")
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            places.append(at)
            parts.append(part)
            at += len(part)
        id = Raw(b"<" + _id(b"".join(parts)) + b">")
        count = len(places) + 1
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = written({"Size": count, "Root": root, "Info": info, "ID": [id, id]})
        end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (count, table, trailer, at)
        return b"".join(parts) + end


def as_written(data: bytes | memoryview) -> bool:
    """True when `data` is a file of PdfFile, unchanged: its ID is the digest of all its objects, nothing comes after.

    Anybody can write such a file. It tells a slip (another PDF, pages edited or added elsewhere), not a lie.
    """
    return hashed(data)[1]


def hashed(data: bytes | memoryview) -> tuple[str, bool]:
    """The SHA-256 of a file, hex, and as_written: both digests begin with the same bytes, which are gone over once."""
    view = memoryview(data)
    end = _END.search(view, max(0, len(view) - _LONGEST_END))
    table = int(end[3]) if end is not None and end[1] == end[2] and view[: len(_HEAD)] == _HEAD else len(view)
    if end is None or view[table : table + len(_TABLE)] != _TABLE:
        return hashlib.sha256(view).hexdigest(), False
    made = hashlib.sha256(view[:table])
    same = _shortened(made.hexdigest()) == end[1]
    made.update(view[table:])
    return made.hexdigest(), same


def _id(objects: bytes) -> bytes:
    return _shortened(hashlib.sha256(objects).hexdigest())


def _shortened(digest: str) -> bytes:
    return digest[:32].encode()
