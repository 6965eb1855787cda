import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.submission import container
from hoctap_desktop.submission.container import (
    ANSWERS,
    MAX_ENTRY,
    MAX_FILE,
    PACKAGE,
    SIGNATURE,
    SUMS,
    Entry,
    PackageKind,
    front,
    pack,
    unpack,
)
from tests.submission.packages import PDF, PNG, sealed

ENTRIES = (
    Entry(PACKAGE, b"{}"),
    Entry(ANSWERS, b"[]"),
    Entry("print/bao-cao.pdf", PDF),
    Entry("attachments/001.png", PNG),
    Entry("attachments/002.pdf", b""),
    Entry(SUMS, b"sums"),
    Entry(SIGNATURE, b"\x30\x00"),
)
WHOLE = pack(PackageKind.SUBMISSION, ENTRIES)


def refused(data: bytes, name: str = "a.htgoi") -> Code:
    with pytest.raises(UserError) as refusal:
        unpack(data, name)
    assert str(refusal.value)
    return refusal.value.code


def test_what_is_packed_is_what_is_unpacked() -> None:
    found = unpack(WHOLE)
    assert (found.kind, found.entries) == (PackageKind.SUBMISSION, ENTRIES)
    assert [entry.name for entry in found.attachments] == ["attachments/001.png", "attachments/002.pdf"]
    assert [entry.name for entry in found.prints] == ["print/bao-cao.pdf"]


def test_another_program_reads_it_as_an_ordinary_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.testzip() is None
        read = [(info.filename, archive.read(info)) for info in archive.infolist()]
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        assert archive.comment == b""
    assert read[0] == ("mimetype", b"application/vnd.hoctap.goi+zip;v=1;kind=submission")
    assert read[1:] == [(entry.name, entry.data) for entry in ENTRIES]


def test_zipfile_with_the_same_settings_writes_the_same_bytes() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for entry in (Entry("mimetype", b"application/vnd.hoctap.goi+zip;v=1;kind=submission"), *ENTRIES):
            info = zipfile.ZipInfo(entry.name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.create_version, info.extract_version = 0, 10, 10
            archive.writestr(info, entry.data)
            info.external_attr = 0
    assert made.getvalue() == WHOLE


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_package_packed_again_by_another_program_is_foreign(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as source, zipfile.ZipFile(made, "w", method) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    assert refused(made.getvalue()) is Code.FOREIGN_LAYOUT


def edit(at: int, new: bytes) -> bytes:
    return WHOLE[:at] + new + WHOLE[at + len(new) :]


DIRECTORY = WHOLE.index(b"PK\x01\x02")
END = len(WHOLE) - 22
SECOND = WHOLE.index(b"PK\x03\x04", 4)


@pytest.mark.parametrize(
    ("hidden", "data"),
    [
        ("after the end", WHOLE + b"x"),
        ("a comment", WHOLE[:-2] + b"\x01\x00x"),
        ("before the start", b"x" + WHOLE),
        ("between entries", WHOLE[:SECOND] + b"x" + WHOLE[SECOND:]),
        ("between entries and directory", WHOLE[:DIRECTORY] + b"x" + WHOLE[DIRECTORY:]),
        ("another version", edit(SECOND + 4, b"\x14")),
        ("a flag", edit(SECOND + 6, b"\x08")),
        ("a method", edit(SECOND + 8, b"\x08")),
        ("a time", edit(SECOND + 10, b"\x01")),
        ("a day", edit(SECOND + 12, b"\x22")),
        ("an extra field", edit(SECOND + 28, b"\x04")),
        ("two sizes", edit(SECOND + 18, b"\x03")),
        ("another name in the directory", edit(WHOLE.index(b"package.json", DIRECTORY), b"P")),
        ("an attribute in the directory", edit(DIRECTORY + 38, b"\x10")),
        ("another offset", edit(WHOLE.index(b"PK\x01\x02", DIRECTORY + 4) + 42, b"\x00")),
        ("another count", edit(END + 8, b"\x07")),
        ("a second disk", edit(END + 4, b"\x01")),
        ("another crc", edit(SECOND + 14, b"\x00\x00\x00\x00")),
        ("no end record", WHOLE[:END] + b"x" * 22),
        ("the directory twice", WHOLE[:END] + WHOLE[DIRECTORY:]),
        ("a name that is no ascii", edit(SECOND + 30, b"\xc3")),
    ],
)
def test_nothing_can_hide_beside_the_entries(hidden: str, data: bytes) -> None:
    assert refused(data) in {Code.FOREIGN_LAYOUT, Code.NOT_A_PACKAGE}, hidden


@pytest.mark.parametrize("length", [0, 1, 4, 29, 60, 200, SECOND + 10, SECOND + 33, DIRECTORY, END, len(WHOLE) - 1])
def test_a_copy_cut_short_is_told_as_such(length: int) -> None:
    assert refused(WHOLE[:length]) is Code.NOT_A_PACKAGE
    if length >= 60:
        with pytest.raises(UserError, match="chép chưa hết"):
            unpack(WHOLE[:length])


@pytest.mark.parametrize("length", [SECOND, SECOND + 20, 500, DIRECTORY])
def test_a_copy_whose_end_never_reached_the_stick_is_told_as_such(length: int) -> None:
    cut = WHOLE[:length] + bytes(len(WHOLE) - length)
    assert refused(cut) in {Code.NOT_A_PACKAGE, Code.DAMAGED_ENTRY, Code.FOREIGN_LAYOUT}
    assert refused(WHOLE[:DIRECTORY] + bytes(len(WHOLE) - DIRECTORY)) is Code.NOT_A_PACKAGE


def test_a_flipped_byte_in_an_entry_names_the_entry() -> None:
    at = WHOLE.index(PNG) + 20
    with pytest.raises(UserError) as refusal:
        unpack(edit(at, b"\xff"))
    assert (refusal.value.code, refusal.value.facts) == (Code.DAMAGED_ENTRY, {"entry": "attachments/001.png"})


def raw(entries: list[Entry], mimetype: bytes = b"application/vnd.hoctap.goi+zip;v=1;kind=submission") -> bytes:
    """Any entries in the legal layout, without the writer's own checks."""
    found, parts, at = [], [], 0
    for entry in [Entry("mimetype", mimetype), *entries]:
        one = container._Found(entry.name, zlib.crc32(entry.data), len(entry.data), at)
        found.append(one)
        parts += [container._local(one), entry.data]
        at += 30 + len(entry.name) + len(entry.data)
    return b"".join([*parts, container._tail(found, at)])


MANY = [Entry(f"attachments/{n:03d}.png", PNG) for n in range(1, 198)]


def swapped(first: int, second: int) -> list[Entry]:
    changed = list(ENTRIES)
    changed[first], changed[second] = changed[second], changed[first]
    return changed


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([*ENTRIES[:2], Entry("run.exe", b"MZ"), *ENTRIES[2:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:2], Entry("print/../x.pdf", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:2], Entry("/print/x.pdf", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:2], Entry("print/X.pdf", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:2], Entry("print/x.pdf\n", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:3], Entry("attachments/001.docm", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:3], Entry("attachments/1.pdf", PDF), *ENTRIES[5:]], Code.FORBIDDEN_FILE),
        ([*ENTRIES[:2], Entry("print/" + "x" * 60 + ".pdf", PDF), *ENTRIES[5:]], Code.FOREIGN_LAYOUT),
        ([*ENTRIES[:3], Entry("attachments/002.pdf", PDF), *ENTRIES[5:]], Code.FOREIGN_LAYOUT),
        ([*ENTRIES[:3], ENTRIES[3], ENTRIES[3], *ENTRIES[5:]], Code.FOREIGN_LAYOUT),
        ([*ENTRIES[:3], ENTRIES[2], *ENTRIES[3:]], Code.FOREIGN_LAYOUT),
        (swapped(0, 1), Code.FOREIGN_LAYOUT),
        (swapped(2, 3), Code.FOREIGN_LAYOUT),
        (swapped(5, 6), Code.FOREIGN_LAYOUT),
        (swapped(3, 4), Code.FOREIGN_LAYOUT),
        (list(ENTRIES[:-1]), Code.FOREIGN_LAYOUT),
        (list(ENTRIES[1:]), Code.FOREIGN_LAYOUT),
        ([*ENTRIES, Entry("mimetype", b"")], Code.FOREIGN_LAYOUT),
        ([Entry(PACKAGE, b" " * (4 * 2**20 + 1)), *ENTRIES[1:]], Code.TOO_LARGE),
        ([*ENTRIES[:2], Entry("print/x.pdf", bytes(MAX_ENTRY + 1)), *ENTRIES[5:]], Code.TOO_LARGE),
        ([*ENTRIES[:3], *MANY, *ENTRIES[5:]], Code.TOO_LARGE),
    ],
)  # fmt: skip
def test_entries_of_other_names_order_number_or_size_are_refused(entries: list[Entry], code: Code) -> None:
    assert refused(raw(entries)) is code


def test_a_file_over_the_limit_is_refused_unread() -> None:
    assert refused(bytes(MAX_FILE + 1)) is Code.TOO_LARGE


def test_the_writer_refuses_what_the_reader_would() -> None:
    with pytest.raises(UserError) as refusal:
        pack(PackageKind.SUBMISSION, [*ENTRIES[:2], Entry("run.exe", b""), *ENTRIES[5:]])
    assert refusal.value.code is Code.FORBIDDEN_FILE
    halves = [Entry(f"attachments/00{n}.png", bytes(22 * 2**20)) for n in (1, 2, 3)]
    with pytest.raises(UserError) as refusal:
        pack(PackageKind.SUBMISSION, [*ENTRIES[:3], *halves, *ENTRIES[5:]])
    assert refusal.value.code is Code.TOO_LARGE


@pytest.mark.parametrize(
    ("mimetype", "code"),
    [
        (b"application/vnd.hoctap.goi+zip;v=2;kind=submission", Code.PACKAGE_NEWER),
        (b"application/vnd.hoctap.goi+zip;v=1;kind=survey", Code.PACKAGE_NEWER),
        (b"application/vnd.hoctap.goi+zip;v=1;kind=submission\n", Code.FOREIGN_LAYOUT),
        (b"application/vnd.hoctap.goi+zip;kind=submission", Code.FOREIGN_LAYOUT),
        (b"application/zip", Code.FOREIGN_LAYOUT),
    ],
)
def test_a_kind_we_do_not_know_is_told_from_a_forgery(mimetype: bytes, code: Code) -> None:
    assert refused(raw(list(ENTRIES), mimetype)) is code


@pytest.mark.parametrize("kind", list(PackageKind))
def test_every_kind_of_the_format_is_read(kind: PackageKind) -> None:
    assert unpack(pack(kind, ENTRIES)).kind is kind


def test_a_size_that_lies_is_refused() -> None:
    assert refused(edit(SECOND + 18, struct.pack("<II", 2**31, 2**31))) is Code.TOO_LARGE
    assert refused(edit(SECOND + 18, struct.pack("<II", 2**20, 2**20))) is Code.NOT_A_PACKAGE


def test_public_zip_files_are_refused(shared_bad_input: Path) -> None:
    files = sorted((shared_bad_input / "zip").glob("*.zip"))
    assert len(files) == 28
    assert {refused(file.read_bytes(), file.name) for file in files} == {Code.NOT_A_PACKAGE}


def test_hundreds_of_tiny_entries_are_refused_early() -> None:
    data = raw([Entry(f"attachments/{n % 999:03d}.png", b"") for n in range(5000)])
    assert refused(data) is Code.TOO_LARGE


def test_a_real_file_is_of_the_one_layout() -> None:
    data = sealed().data
    assert pack(unpack(data).kind, unpack(data).entries) == data


def test_what_a_file_says_it_is_is_read_from_its_front_while_that_is_whole() -> None:
    end = WHOLE.index(b"{}") + 2
    assert front(WHOLE, PACKAGE) == front(WHOLE[:end], PACKAGE) == b"{}"
    assert front(WHOLE[: end - 1], PACKAGE) is None  # cut off in it
    flipped = bytearray(WHOLE)
    flipped[end - 2] ^= 1
    assert front(bytes(flipped), PACKAGE) is None
    assert front(WHOLE, ANSWERS) is None  # not at the front
    assert [front(WHOLE[:size], PACKAGE) for size in range(end)] == [None] * end
