import random
import zlib

import pytest

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.attachments import file_notes, is_active
from hoctap_desktop.submission.container import Entry
from tests.submission.packages import PDF, PNG


def object_stream(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    head = f"7 0 obj\n<</Type /ObjStm /N 1 /First 4 /Length {len(packed)} /Filter /FlateDecode>>\nstream\r\n".encode()
    return PDF + head + packed + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    "pdf",
    [
        PDF + b"<</S /JavaScript /JS (app.alert(1))>>",
        PDF + b"<</S/J#61vaScript>>",
        PDF + b"<</JS 12 0 R>>",
        PDF + b"<</Names <</EmbeddedFiles 3 0 R>>>>",
        PDF + b"<</Type/EmbeddedFile>>",
        PDF + b"<</AA <</O 1 0 R>>>>",
        PDF + b"<</S/Launch/F(cmd.exe)>>",
        PDF + b"<</XFA [1 0 R]>>",
        PDF + b"trailer <</Encrypt 9 0 R>>",
        object_stream(b"1 0 <</S/JavaScript>>"),
    ],
)
def test_a_pdf_that_carries_more_than_pages_is_seen(pdf: bytes) -> None:
    assert is_active(pdf)


@pytest.mark.parametrize(
    "pdf",
    [PDF, PDF + b"<</OpenAction [1 0 R /Fit]>>", PDF + b"/JSON (x) /AAB", object_stream(b"1 0 <</Type/Page>>")],
)
def test_a_plain_pdf_is_not(pdf: bytes) -> None:
    assert not is_active(pdf)


def test_a_scan_of_some_megabytes_raises_no_alarm_by_chance() -> None:
    assert not is_active(PDF + random.Random(1).randbytes(8 * 2**20))


def test_a_pdf_with_signatures_of_an_office_is_noted_with_their_number() -> None:
    signed = PDF + b"/ByteRange [0 1 2 3]" + b"/ByteRange[0 1 2 3]"
    notes = file_notes([Entry("attachments/001.pdf", signed), Entry("attachments/002.png", PNG)])
    assert [note.code for note in notes] == [Code.SIGNED_PDF]
    assert "2 chữ ký" in notes[0].sentence


def test_what_cannot_be_looked_into_is_asked_about() -> None:
    assert is_active(object_stream(bytes(64 * 2**20)))
    assert is_active(object_stream(b"x") * 401)
    assert is_active(PDF + b"/ObjStm >> stream\nnot packed")
    assert is_active(object_stream(b"1 0 <</Type/Page>>")[:-30])
