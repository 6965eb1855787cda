"""The container of a sealed file: a ZIP with exactly one legal byte layout, so that nothing can hide in it.

Stored, no flags, no times, no extra fields; entries touch; the directory is in the same order; the end record is last.
The reader walks front to back, writes headers and directory again and compares bytes. Rules: package-format.md §1.
"""

import hashlib
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from deflate import crc32  # a tenth of zlib's time, which is a tenth of a large file's

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import what_is

MAX_FILE = 64 * 2**20
MAX_ENTRY = 32 * 2**20
MAX_ENTRIES = 200
MAX_JSON = 4 * 2**20
MAX_NAME = 64
_MAX_SEAL = 2**16

MIMETYPE, PACKAGE, ANSWERS = "mimetype", "package.json", "answers.json"
SUMS, SIGNATURE = SEALS = "SEAL/SHA256SUMS", "SEAL/signature.p7s"

PRINT = "print/"  # how the name of a printed page begins
_MIME = "application/vnd.hoctap.goi+zip;v=1;kind="
_MIME_START = b"application/vnd.hoctap.goi+zip;"
_PRINT = re.compile(r"print/[a-z0-9-]+\.pdf", re.ASCII)
_ATTACHMENT = re.compile(r"attachments/(\d{3})\.(?:pdf|jpg|png|xlsx|docx)", re.ASCII)

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEAD = struct.Struct("<4s5H3I2H")
_CENTRAL_HEAD = struct.Struct("<4s6H3I5H2I")
_END_RECORD = struct.Struct("<4s4H2IH")
_VERSION, _DAY = 10, 0x0021  # 1.0; 1980-01-01


class PackageKind(StrEnum):
    SUBMISSION = "submission"
    REPLY = "reply"
    ENROLMENT = "enrolment"
    ROSTER = "roster"
    CAMPAIGN = "campaign"


KIND_WORDS = {
    PackageKind.SUBMISSION: "gói nộp",
    PackageKind.REPLY: "phiếu trả lời",
    PackageKind.ENROLMENT: "đăng ký khóa",
    PackageKind.ROSTER: "danh sách khóa",
    PackageKind.CAMPAIGN: "gói đợt",
}


@dataclass(frozen=True)
class Entry:
    """A file inside. name: ASCII, one of the patterns of the format.

    view: its bytes where they lie, in the file that was read: a copy of each attachment costs more than its hash.
    """

    name: str
    view: bytes | memoryview

    @property
    def data(self) -> bytes:
        """Its bytes, copied out of the file when they are asked for."""
        return bytes(self.view)


@dataclass(frozen=True)
class Container:
    """entries: everything after `mimetype`, in order."""

    kind: PackageKind
    entries: tuple[Entry, ...]

    def get(self, name: str) -> bytes:
        """The bytes of an entry that every container has."""
        return self._named[name].data

    @cached_property
    def _named(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}

    @property
    def prints(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.name.startswith(PRINT))

    @property
    def attachments(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.name.startswith("attachments/"))

    @property
    def sealed(self) -> tuple[Entry, ...]:
        """What SEAL/SHA256SUMS lists: `mimetype` and all before the seal."""
        return (_mimetype(self.kind), *(entry for entry in self.entries if not entry.name.startswith("SEAL/")))


def sums(kind: PackageKind, entries: Sequence[Entry], digest: Callable[[Entry], str] | None = None) -> bytes:
    """SEAL/SHA256SUMS over `mimetype` and `entries`, as `sha256sum -c` reads it.

    digest: gives the SHA-256 of an entry, hex, for one who learns more from its bytes while they pass.
    """
    hashed = digest or _sha256
    return "".join(f"{hashed(entry)}  {entry.name}\n" for entry in (_mimetype(kind), *entries)).encode("ascii")


def _sha256(entry: Entry) -> str:
    return hashlib.sha256(entry.view).hexdigest()


def identity_of(container: Container, package_id: str) -> str:
    """64 hex digits no other file has: list of hashes and signature, which leave no byte of the file open."""
    return hashlib.sha256(package_id.encode() + container.get(SIGNATURE)).hexdigest()


def pack(kind: PackageKind, entries: Sequence[Entry]) -> bytes:
    """The bytes of a container. `entries`: all after `mimetype`. Raises UserError FORBIDDEN_FILE, TOO_LARGE."""
    everything = (_mimetype(kind), *entries)
    _check_entries(everything)
    parts: list[bytes | memoryview] = []
    directory: list[_Found] = []
    at = 0
    for entry in everything:
        found = _Found(entry.name, crc32(entry.view), len(entry.view), at)
        directory.append(found)
        parts += (_local(found), entry.view)
        at += _LOCAL_HEAD.size + len(entry.name) + found.size
    data = b"".join([*parts, _tail(directory, at)])
    if len(data) > MAX_FILE:
        raise UserError(Code.TOO_LARGE, entry=f"cả gói, hơn {MAX_FILE // 2**20} MB")
    return data


def unpack(data: bytes, file_name: str = "") -> Container:
    """The container in `data`; size, layout and entries checked, in this order.

    Raises UserError: TOO_LARGE, NOT_A_PACKAGE (saying what it is), FOREIGN_LAYOUT, DAMAGED_ENTRY, FORBIDDEN_FILE,
    PACKAGE_NEWER.
    """
    if len(data) > MAX_FILE:
        raise UserError(Code.TOO_LARGE, entry=file_name)
    if not (data.startswith(_START) and data.startswith(MIMETYPE.encode() + _MIME_START, _LOCAL_HEAD.size)):
        raise _not_ours(data, file_name)
    found, tail_at = _walk(data, file_name)
    tail = _tail(found, tail_at)
    if data[tail_at:] != tail:
        rest = data[tail_at:]
        if tail.startswith(rest) or not rest.strip(b"\0"):
            raise UserError(Code.NOT_A_PACKAGE, file=file_name, found="thiếu phần cuối")
        raise UserError(Code.FOREIGN_LAYOUT)
    whole = memoryview(data)
    entries = tuple(Entry(one.name, whole[one.start : one.start + one.size]) for one in found)
    for one, entry in zip(found, entries, strict=True):
        if crc32(entry.view) != one.crc:
            raise UserError(Code.DAMAGED_ENTRY, entry=entry.name)
    kind = _kind(entries[0], file_name)
    _check_entries(entries)
    return Container(kind, entries[1:])


def front(data: bytes, name: str) -> bytes | None:
    """An entry that lies whole at the front of a file that is not, after `mimetype` at most; None when it does not."""
    at = 0
    while data.startswith(_LOCAL, at) and at + _LOCAL_HEAD.size <= len(data):
        head = _LOCAL_HEAD.unpack_from(data, at)
        crc, size, start = head[6], head[8], at + _LOCAL_HEAD.size + head[9]
        found, at = data[at + _LOCAL_HEAD.size : start], start + size
        if found == name.encode():
            view = data[start:at] if size <= _LIMITS[name] else b""
            return view if view and crc32(view) == crc else None
        if found != MIMETYPE.encode():
            return None
    return None


class _Found(NamedTuple):
    name: str
    crc: int
    size: int
    at: int
    start: int = 0


def _mimetype(kind: PackageKind) -> Entry:
    return Entry(MIMETYPE, (_MIME + kind).encode("ascii"))


def _local(one: _Found) -> bytes:
    name = one.name.encode("ascii")
    head = _LOCAL_HEAD.pack(_LOCAL, _VERSION, 0, 0, 0, _DAY, one.crc, one.size, one.size, len(name), 0)
    return head + name


_START = _local(_Found(MIMETYPE, 0, 0, 0))[:14]  # up to the CRC


def _tail(found: Sequence[_Found], at: int) -> bytes:
    """The directory, which begins at `at`, and the end record."""
    directory = b"".join(
        _CENTRAL_HEAD.pack(
            _CENTRAL,
            _VERSION,
            _VERSION,
            0,
            0,
            0,
            _DAY,
            one.crc,
            one.size,
            one.size,
            len(one.name),
            0,
            0,
            0,
            0,
            0,
            one.at,
        )
        + one.name.encode("ascii")
        for one in found
    )
    return directory + _END_RECORD.pack(_END, 0, 0, len(found), len(found), len(directory), at, 0)


def _walk(data: bytes, file_name: str) -> tuple[list[_Found], int]:
    """Every entry from the front, and where they end. Headers are those we write, or FOREIGN_LAYOUT."""
    found: list[_Found] = []
    at = 0
    while data.startswith(_LOCAL, at):
        if len(found) == MAX_ENTRIES:
            raise UserError(Code.TOO_LARGE, entry=f"{file_name}, hơn {MAX_ENTRIES} tệp")
        if at + _LOCAL_HEAD.size > len(data):
            raise UserError(Code.NOT_A_PACKAGE, file=file_name, found="thiếu phần cuối")
        head = _LOCAL_HEAD.unpack_from(data, at)
        crc, size, name_length = head[6], head[8], head[9]
        name = data[at + _LOCAL_HEAD.size : at + _LOCAL_HEAD.size + name_length]
        if not name.isascii() or name_length > MAX_NAME:
            raise UserError(Code.FOREIGN_LAYOUT)
        one = _Found(name.decode("ascii"), crc, size, at, at + _LOCAL_HEAD.size + name_length)
        if not data.startswith(_local(one), at):
            cut = len(name) < name_length
            raise (
                UserError(Code.NOT_A_PACKAGE, file=file_name, found="thiếu phần cuối")
                if cut
                else UserError(Code.FOREIGN_LAYOUT)
            )
        if size > MAX_ENTRY:
            raise UserError(Code.TOO_LARGE, entry=_printable(one.name))
        if one.start + size > len(data):
            raise UserError(Code.NOT_A_PACKAGE, file=file_name, found="thiếu phần cuối")
        found.append(one)
        at = one.start + size
    return found, at


def _not_ours(data: bytes, file_name: str) -> UserError:
    if data.startswith(b"PK") and (_MIME_START in data or (SUMS.encode() in data and PACKAGE.encode() in data)):
        return UserError(Code.FOREIGN_LAYOUT)
    return UserError(Code.NOT_A_PACKAGE, file=file_name, found=what_is(data))


def _kind(first: Entry, file_name: str) -> PackageKind:
    """The kind named by `mimetype`. A kind or version we do not know was made by a newer program."""
    content = first.data.decode("ascii", errors="replace")
    for kind in PackageKind:
        if content == _MIME + kind:
            return kind
    if re.fullmatch(r"application/vnd\.hoctap\.goi\+zip;v=[1-9]\d{0,3};kind=[a-z]{1,20}", content):
        raise UserError(Code.PACKAGE_NEWER, file=file_name)
    raise UserError(Code.FOREIGN_LAYOUT)


def _check_entries(entries: Sequence[Entry]) -> None:
    """Names, order, number and sizes. Raises UserError FORBIDDEN_FILE, FOREIGN_LAYOUT, TOO_LARGE."""
    if len(entries) > MAX_ENTRIES:
        raise UserError(Code.TOO_LARGE, entry=f"hơn {MAX_ENTRIES} tệp")
    names = [entry.name for entry in entries]
    for entry in entries:
        if entry.name not in _LIMITS and not _PRINT.fullmatch(entry.name) and not _ATTACHMENT.fullmatch(entry.name):
            raise UserError(Code.FORBIDDEN_FILE, entry=_printable(entry.name))
        if len(entry.name) > MAX_NAME:
            raise UserError(Code.FORBIDDEN_FILE, entry=_printable(entry.name))
        if len(entry.view) > _LIMITS.get(entry.name, MAX_ENTRY):
            raise UserError(Code.TOO_LARGE, entry=entry.name)
    prints = [name for name in names if name.startswith(PRINT)]
    attachments = [name for name in names if name.startswith("attachments/")]
    wanted = [MIMETYPE, PACKAGE, ANSWERS, *sorted(set(prints)), *attachments, SUMS, SIGNATURE]
    numbers = [int(name[len("attachments/") :][:3]) for name in attachments]
    if names != wanted or numbers != list(range(1, len(numbers) + 1)):
        raise UserError(Code.FOREIGN_LAYOUT)


_LIMITS = {
    MIMETYPE: 128,
    PACKAGE: MAX_JSON,
    ANSWERS: MAX_JSON,
    SUMS: _MAX_SEAL,
    SIGNATURE: _MAX_SEAL,
}


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:MAX_NAME]
