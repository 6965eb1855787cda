"""Bytes the container does not allow: around the entries, in the headers, in the names."""

import functools
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.container import ANSWERS, MIMETYPE, SUMS
from tests.submission.hostile.forge import MIME, Case, named, pieces, plain, resealed, with_files
from tests.submission.packages import PNG
from tests.submission.zips import Piece, write


def bent(change: Callable[[list[Piece]], Any], **layout: Any) -> Callable[[], bytes]:
    """A good file whose pieces were changed and sealed again by the key's holder."""

    def make() -> bytes:
        found = pieces(with_files())
        change(found)
        return write(found, **layout)

    return make


def header(where: str, **fields: int) -> Callable[[list[Piece]], None]:
    """Fields of the local header, the directory's, or both, of answers.json."""

    def change(found: list[Piece]) -> None:
        piece = named(found, ANSWERS)
        if where in ("local", "both"):
            piece.local.update(fields)
        if where in ("central", "both"):
            piece.central.update(fields)

    return change


def untouched(_found: list[Piece]) -> None:
    """The layout is what lies."""


def put(attribute: str, value: object, entry: str = ANSWERS) -> Callable[[list[Piece]], None]:
    """Sets an attribute of a piece."""
    return lambda found: setattr(named(found, entry), attribute, value)


def renamed(name: bytes, entry: str = "attachments/002.png") -> Callable[[list[Piece]], None]:
    """An entry under a name the format does not know, sums and signature made to fit."""

    def change(found: list[Piece]) -> None:
        named(found, entry).name = name
        resealed(found)

    return change


def deflated(found: list[Piece]) -> None:
    import zlib

    piece = named(found, ANSWERS)
    size, crc = len(piece.data), zlib.crc32(piece.data)
    packer = zlib.compressobj(wbits=-15)
    piece.data = packer.compress(piece.data) + packer.flush()
    for fields in (piece.local, piece.central):
        fields.update(method=8, size=size, packed=len(piece.data), crc=crc)


def rezipped(method: int) -> Callable[[], bytes]:
    """Unpacked and packed again by another program."""

    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as target:
            for piece in pieces():
                target.writestr(piece.name.decode(), piece.data)
        return out.getvalue()

    return make


def mimetype(content: bytes) -> Callable[[], bytes]:
    """Another first line, signed as if it were right."""

    def change(found: list[Piece]) -> None:
        named(found, MIMETYPE).data = content
        resealed(found)

    return bent(change)


def overlapping(found: list[Piece]) -> None:
    """The directory says that two entries share their bytes."""
    named(found, "attachments/002.png").stored = False
    named(found, "attachments/002.png").central["at"] = 0


def many(found: list[Piece]) -> None:
    at = next(i for i, piece in enumerate(found) if piece.name == SUMS.encode())
    found[at:at] = [Piece(f"attachments/{number:03d}.png".encode(), PNG) for number in range(3, 200)]
    resealed(found)


def swap_order(found: list[Piece]) -> None:
    found[1], found[2] = found[2], found[1]
    resealed(found)


def twice(name: str) -> Callable[[list[Piece]], None]:
    def change(found: list[Piece]) -> None:
        at = next(i for i, piece in enumerate(found) if piece.name == name.encode())
        found.insert(at, Piece(name.encode(), found[at].data))
        resealed(found)

    return change


def called_twice(found: list[Piece]) -> None:
    """One name where the bytes stand, another in the directory."""
    piece = named(found, ANSWERS)
    piece.local_name, piece.name = piece.name, b"answerz.json"


def two_directories() -> bytes:
    first = write(pieces())
    return first[:-22] + first[first.index(b"PK\x01\x02") :]


def structure() -> Iterator[Case]:
    layout = Code.FOREIGN_LAYOUT
    whole = plain()
    for name, code, data in (
        ("empty", Code.NOT_A_PACKAGE, b""),
        ("one byte in front", Code.NOT_A_PACKAGE, b"\0" + whole),
        ("a program in front", Code.NOT_A_PACKAGE, b"MZ" + bytes(62) + whole),
        ("one byte behind", layout, whole + b"\n"),
        ("zeros behind", layout, whole + bytes(512)),
        ("another archive behind", layout, whole + whole),
        ("half", Code.NOT_A_PACKAGE, whole[: len(whole) // 2]),
        ("the last byte missing", Code.NOT_A_PACKAGE, whole[:-1]),
        ("the directory missing", Code.NOT_A_PACKAGE, whole[: whole.index(b"PK\x01\x02")]),
        ("four bytes", Code.NOT_A_PACKAGE, whole[:4]),
        ("a head and no more", Code.NOT_A_PACKAGE, whole[:30]),
        ("the stick's zeros at the end", Code.NOT_A_PACKAGE, whole[: len(whole) // 2].ljust(len(whole), b"\0")),
        ("all zeros", Code.NOT_A_PACKAGE, bytes(4096)),
        ("two directories", layout, two_directories()),
    ):
        yield Case("structure", name, code, functools.partial(bytes, data))
    yield Case("structure", "packed again", layout, rezipped(zipfile.ZIP_DEFLATED))
    yield Case("structure", "stored again", layout, rezipped(zipfile.ZIP_STORED))
    for name, change, extra in (
        ("a gap between two entries", put("before", b"\0"), {}),
        ("a hidden entry in the gap", put("before", b"PK\x03\x04hidden"), {}),
        ("a gap before the directory", untouched, {"before_directory": b"gap"}),
        ("a gap before the end record", untouched, {"before_end": b"gap"}),
        ("a comment of the archive", untouched, {"comment": b"hello"}),
        ("a comment of an entry", put("comment", b"hello"), {}),
        ("two end records", untouched, {"before_end": b"PK\x05\x06" + bytes(18)}),
        ("zip64 end record", untouched, {"before_end": b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16)}),
        ("zip64 extra in the local header", put("local_extra", b"\x01\x00\x10\x00" + bytes(16)), {}),
        ("zip64 extra in the directory", put("central_extra", b"\x01\x00\x10\x00" + bytes(16)), {}),
        ("fewer entries than there are", untouched, {"end": {"total": 3, "here": 3}}),
        ("more entries than there are", untouched, {"end": {"total": 99, "here": 99}}),
        ("the directory elsewhere", untouched, {"end": {"at": 0}}),
        ("the directory longer", untouched, {"end": {"length": 10}}),
        ("another disk", untouched, {"end": {"disk": 1}}),
        ("the directory in another order", untouched, {"order": [0, 2, 1, 3, 4, 5, 6, 7]}),
        ("an entry the directory does not name", put("listed", False), {}),
        ("an entry only the directory names", put("stored", False, "attachments/002.png"), {}),
        ("entries that overlap", overlapping, {}),
        ("another name in the local header", put("local_name", b"answerz.json"), {}),
        ("another name in the directory", called_twice, {}),
        ("another size in the directory", header("central", size=1, packed=1), {}),
        ("another check sum in the directory", header("central", crc=1), {}),
        ("another place in the directory", header("central", at=0), {}),
        ("an entry on another disk", header("central", disk=1), {}),
        ("encrypted by its flag", header("both", flags=1), {}),
        ("a descriptor by its flag", header("both", flags=8), {}),
        ("UTF-8 names by their flag", header("both", flags=0x800), {}),
        ("a flag in the directory only", header("central", flags=0x800), {}),
        ("deflated by its method", header("both", method=8), {}),
        ("really deflated", deflated, {}),
        ("a time", header("both", time=1), {}),
        ("a day", header("both", day=0x5555), {}),
        ("version 20", header("both", version=20), {}),
        ("made by Unix", header("central", made_by=0x031E), {}),
        ("a link by its mode", header("central", external=0xA1FF << 16), {}),
        ("a text by its mode", header("central", internal=1), {}),
        ("the first entry not first", lambda found: found.insert(0, found.pop(1)), {}),
        ("two entries in another order", swap_order, {}),
        ("the same entry twice", twice(ANSWERS), {}),
        ("the same attachment twice", twice("attachments/001.png"), {}),
        ("an attachment number left out", renamed(b"attachments/003.png"), {}),
    ):
        yield Case("structure", name, layout, bent(change, **extra))
    yield Case(
        "structure", "an entry said to have 33 MB", Code.TOO_LARGE, bent(header("both", size=33 << 20, packed=33 << 20))
    )
    yield Case("structure", "zip64 sizes", Code.TOO_LARGE, bent(header("both", size=0xFFFFFFFF, packed=0xFFFFFFFF)))
    yield Case("structure", "201 entries", Code.TOO_LARGE, bent(many))
    yield Case("structure", "a damaged byte", Code.DAMAGED_ENTRY, damaged)
    newer = Code.PACKAGE_NEWER
    yield Case("structure", "version 2 of the format", newer, mimetype(MIME.replace(b"v=1", b"v=2")))
    yield Case("structure", "a kind nobody knows", newer, mimetype(MIME.replace(b"submission", b"letter")))
    for content in (
        MIME + b"\n",
        MIME.upper(),
        MIME.replace(b";v=1", b""),
        MIME.replace(b"v=1", b"v=01"),
        b"text/plain",
    ):
        yield Case("structure", f"the first line {content.decode()!r}", layout, mimetype(content))


def damaged() -> bytes:
    """One byte of answers.json fell over on the way."""
    data = bytearray(plain())
    data[data.index(b'"answers"') + 3] ^= 1
    return bytes(data)


NAMES = (
    b"../answers.json",
    b"/etc/passwd",
    b"C:\\autoexec.bat",
    b"print/../bao-cao.pdf",
    b"attachments/../001.pdf",
    b"attachments\\002.png",
    b"Print/a.pdf",
    b"PACKAGE.JSON",
    b"package.json ",
    b"./package.json",
    b"attachments/002.PNG",
    b"attachments/002.exe",
    b"attachments/002.png.exe",
    b"attachments/2.png",
    b"attachments/002",
    b"attachments/",
    b"print/.pdf",
    b"print/A.pdf",
    b"print/a b.pdf",
    b"SEAL/extra",
    b"META-INF/manifest.xml",
    b"CON",
    b"a\0b",
    b"attachments/002.png\n",
    b"-rf",
    b".htaccess",
    b"",
    b"attachments/002.svg",
    b"print/bao-cao.html",
)


def names() -> Iterator[Case]:
    for name in NAMES:
        yield Case("names", f"called {name!r}", Code.FORBIDDEN_FILE, bent(renamed(name)))
    for name in (
        "attachments/002é.png".encode(),
        "\u0440ackage.json".encode(),
        "print/ba\u0301o-cao.pdf".encode(),
        b"\xff\xfe",
    ):
        yield Case("names", f"called {name!r}", Code.FOREIGN_LAYOUT, bent(renamed(name)))
    yield Case("names", "65 letters", Code.FOREIGN_LAYOUT, bent(renamed(b"print/" + b"a" * 55 + b".pdf")))
