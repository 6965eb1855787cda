"""Entries that are not what was signed, or not what they are called."""

import functools
from collections.abc import Callable, Iterator

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.container import ANSWERS, MIMETYPE, PACKAGE, SIGNATURE, SUMS
from tests.submission.hostile.forge import Case, good, named, pieces, resealed, with_files
from tests.submission.hostile.layout import bent
from tests.submission.packages import PNG
from tests.submission.zips import Piece, write


def content() -> Iterator[Case]:
    def unsigned_extra(found: list[Piece]) -> None:
        at = next(i for i, piece in enumerate(found) if piece.name == SUMS.encode())
        found.insert(at, Piece(b"attachments/003.png", PNG))

    def swapped(found: list[Piece]) -> None:
        one, other = named(found, "attachments/001.png"), named(found, "attachments/002.png")
        one.data, other.data = other.data, one.data

    def other_answers(found: list[Piece]) -> None:
        piece = named(found, ANSWERS)
        piece.data = piece.data.replace(b"1248", b"9248")

    def sums_changed(change: Callable[[bytes], bytes]) -> Callable[[list[Piece]], None]:
        def edit(found: list[Piece]) -> None:
            resealed(found, listed=change(named(found, SUMS).data))

        return edit

    def lines_turned(text: bytes) -> bytes:
        lines = text.splitlines(keepends=True)
        return b"".join([lines[1], lines[0], *lines[2:]])

    def transplanted(found: list[Piece]) -> None:
        named(found, SUMS).data = named(pieces(good(participants=9)), SUMS).data
        named(found, SIGNATURE).data = named(pieces(good(participants=9)), SIGNATURE).data

    def without(name: str) -> Callable[[list[Piece]], None]:
        def change(found: list[Piece]) -> None:
            found.remove(named(found, name))

        return change

    def unnumbered(found: list[Piece]) -> None:
        found.remove(named(found, "attachments/002.png"))

    altered, layout = Code.ALTERED, Code.FOREIGN_LAYOUT
    for name, code, change in (
        ("a file more than was signed", altered, unsigned_extra),
        ("a file less than was signed", altered, unnumbered),
        ("two files changed over", altered, swapped),
        ("another number, check sum repaired", altered, other_answers),
        ("the seal of another package", altered, transplanted),
        ("sums with a line more, signed", altered, sums_changed(lambda text: text + b"0" * 64 + b"  x\n")),
        (
            "sums with a line twice, signed",
            altered,
            sums_changed(lambda text: text + text.splitlines(keepends=True)[-1]),
        ),
        (
            "sums in capitals, signed",
            altered,
            sums_changed(lambda text: text.upper().replace(b"MIMETYPE", b"mimetype")),
        ),
        ("sums with CR LF, signed", altered, sums_changed(lambda text: text.replace(b"\n", b"\r\n"))),
        ("sums in another order, signed", altered, sums_changed(lines_turned)),
        ("sums without the last line end, signed", altered, sums_changed(lambda text: text[:-1])),
        ("sums marked binary, signed", altered, sums_changed(lambda text: text.replace(b"  ", b" *"))),
        ("no sums at all, signed", altered, sums_changed(lambda text: b"")),
        ("without answers.json", layout, without(ANSWERS)),
        ("without package.json", layout, without(PACKAGE)),
        ("without the signature", layout, without(SIGNATURE)),
        ("without the sums", layout, without(SUMS)),
        ("without its first line", layout, without(MIMETYPE)),
    ):
        yield Case("content", name, code, bent(change))
    for name, code, files in (
        ("a program called PDF", Code.FORBIDDEN_FILE, {"print/bao-cao.pdf": b"MZ" + bytes(100)}),
        ("a page called PDF", Code.FORBIDDEN_FILE, {"print/bao-cao.pdf": b"<html><script>alert(1)</script></html>"}),
        ("a print of nothing", Code.FORBIDDEN_FILE, {"print/bao-cao.pdf": b""}),
        ("a PDF with something in front", Code.FORBIDDEN_FILE, {"print/bao-cao.pdf": b"x%PDF-1.4\n"}),
        ("a JPEG called PNG", Code.FORBIDDEN_FILE, {"attachments/001.png": b"\xff\xd8\xff\xe0" + bytes(50)}),
        ("a program called PNG", Code.FORBIDDEN_FILE, {"attachments/001.png": b"\x7fELF" + bytes(50)}),
    ):
        yield Case("content", name, code, functools.partial(_with_data, files))
    yield Case(
        "content",
        "another print than the report's",
        Code.FORBIDDEN_FILE,
        functools.partial(_print_called, b"print/ke-hoach.pdf"),
    )
    yield Case("content", "a second print", Code.FORBIDDEN_FILE, _second_print)
    yield Case("content", "no print", Code.BAD_CONTENT, _no_print)


def _with_data(change: dict[str, bytes]) -> bytes:
    found = pieces(with_files())
    for name, data in change.items():
        named(found, name).data = data
    resealed(found)
    return write(found)


def _print_called(name: bytes) -> bytes:
    found = pieces()
    named(found, "print/bao-cao.pdf").name = name
    resealed(found)
    return write(found)


def _second_print() -> bytes:
    found = pieces()
    found.insert(4, Piece(b"print/phu-luc.pdf", named(found, "print/bao-cao.pdf").data))
    resealed(found)
    return write(found)


def _no_print() -> bytes:
    found = pieces()
    found.remove(named(found, "print/bao-cao.pdf"))
    resealed(found)
    return write(found)
