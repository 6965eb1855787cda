"""docs/package-format.md is enough to write a reader: here is one, and it reads the example and our files."""

import hashlib
import json
import re
import struct
import zlib
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.units.as_json import unit_value
from tests import offices
from tests.submission import hostile
from tests.submission.format_example import HEADING, PAGE, shown, text
from tests.submission.hostile import forge
from tests.submission.test_verdict import EVERY_CODE

FIRST = ["mimetype", "package.json", "answers.json"]
# Rules on names and their order, which this short reader leaves out.
NAMES_ONLY = {
    "an attachment number left out",
    "the same attachment twice",
    "the same entry twice",
    "two entries in another order",
}


def entries_of(data: bytes) -> list[tuple[str, bytes]]:
    """§1, by the page alone: the entries, or ValueError."""
    found, directory, at = [], b"", 0
    while data[at : at + 4] == b"PK\3\4":
        crc, size, _, length = struct.unpack_from("<3IH", data, at + 14)
        name = data[at + 30 : at + 30 + length]
        common = struct.pack("<5H3I2H", 10, 0, 0, 0, 0x21, crc, size, size, length, 0)
        if data[at : at + 30] != b"PK\3\4" + common:
            raise ValueError("local header")
        directory += b"PK\1\2" + struct.pack("<H", 10) + common + struct.pack("<3H2I", 0, 0, 0, 0, at) + name
        content = data[at + 30 + length : at + 30 + length + size]
        if len(content) < size or zlib.crc32(content) != crc:
            raise ValueError("data")
        found.append((name.decode("ascii"), content))
        at += 30 + length + size
    end = b"PK\5\6" + struct.pack("<4H2IH", 0, 0, len(found), len(found), len(directory), at, 0)
    if data[at:] != directory + end:
        raise ValueError("directory")
    return found


def element(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, start and end of the content of a DER element."""
    length, start = data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length, start = int.from_bytes(data[start : start + size]), start + size
    return data[at], start, start + length


def inside(data: bytes, *steps: int) -> bytes:
    """The content reached by taking child `step` at each level of nested elements; the last one with its header cut."""
    start, end = 0, len(data)
    for step in steps:
        at = start
        for _ in range(step):
            at = element(data, at)[2]
        _, start, end = element(data, at)
    return data[start:end]


def check_signature(cms: bytes, sums: bytes) -> str:
    """§5 for P-256 by the page alone: the serial number of the certificate's subject (the unit's code)."""
    certificate = x509.load_der_x509_certificate(inside(cms, 0, 1, 0, 3))
    attributes = inside(cms, 0, 1, 0, 4, 0, 3)
    if hashlib.sha256(sums).digest() not in attributes:
        raise ValueError("digest")
    length = len(attributes)
    size = [length] if length < 0x80 else [0x81, length] if length < 0x100 else [0x82, *divmod(length, 0x100)]
    head = bytes([0x31, *size])
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(inside(cms, 0, 1, 0, 4, 0, 5), head + attributes, ec.ECDSA(hashes.SHA256()))
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)[0].value)


def second_reader(data: bytes) -> tuple[str, str, dict[str, object]]:
    """Package id, unit code by its certificate, package.json; ValueError or InvalidSignature for another file."""
    entries = entries_of(data)
    names = [name for name, _ in entries]
    if names[:3] + names[-2:] != [*FIRST, "SEAL/SHA256SUMS", "SEAL/signature.p7s"]:
        raise ValueError("entries")
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in entries[:-2]).encode()
    if entries[-2][1] != sums:
        raise ValueError("sums")
    unit = check_signature(entries[-1][1], sums)
    return hashlib.sha256(sums).hexdigest(), unit, json.loads(entries[1][1])


def test_the_example_of_the_page_is_what_its_file_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert HEADING + page.partition(HEADING)[2] == text(shown())


def test_both_readers_read_the_example_alike() -> None:
    ours = unseal(shown(), "vi-du.htgoi")
    package_id, unit, package = second_reader(shown())
    assert package_id == ours.package_id
    assert unit == ours.manifest.unit.code == "05812"
    assert package["kind"] == "enrolment"


def test_the_second_reader_takes_our_files_and_none_with_a_bent_layout_or_an_altered_entry() -> None:
    assert second_reader(forge.with_files())[0] == unseal(forge.with_files()).package_id
    for case in hostile.cases():
        if case.group == "structure" and case.code.value in ("foreign_layout", "damaged_entry", "not_a_package"):
            if case.name in NAMES_ONLY or case.name.startswith("the first line"):
                continue
            with pytest.raises((ValueError, InvalidSignature, IndexError, struct.error)):
                raise AssertionError(case.name, second_reader(case.make()))


def test_the_page_names_every_code_of_a_refused_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = {case.code.value for case in hostile.cases()} | {code.value for code in EVERY_CODE}
    assert {code for code in told if f"`{code}`" not in page} == set()


def test_the_page_names_every_field_of_a_unit() -> None:
    (fields,) = re.findall(r"`unit`: (`\{area, .*?absent otherwise)", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    split = replace(offices.HA_THUONG, successor="05809", also=("05815",))
    value = unit_value(split)
    signer = value["signer"]
    assert isinstance(signer, dict)
    assert {name for name in (*value, *signer) if not re.search(rf"\b{name}\b", fields)} == set()
