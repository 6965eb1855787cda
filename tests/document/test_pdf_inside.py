import random
import zlib

import pypdfium2
import pytest

from hoctap_desktop.document.pdf_inside import is_active, signature_count
from tests.signed_pdf import plain, sign

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


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


def test_what_cannot_be_looked_into_is_asked_about() -> None:
    assert is_active(object_stream(bytes(64 * 2**20)))
    assert is_active(object_stream(b"x") * 401)
    assert is_active(PDF + b"/ObjStm >> stream\nnot packed")
    assert is_active(object_stream(b"1 0 <</Type/Page>>")[:-30])


def test_each_signature_is_counted_once_however_it_was_added() -> None:
    pdf = plain()
    assert signature_count(pdf) == 0
    for number, (value_first, inside_range) in enumerate([(True, False), (False, False), (True, True)], start=1):
        pdf = sign(pdf, f"Nguoi {number}", value_first=value_first, inside_range=inside_range)
        assert signature_count(pdf) == number
        document = pypdfium2.PdfDocument(pdf)
        assert pypdfium2.raw.FPDF_GetSignatureCount(document.raw) == number
        document.close()


def test_a_signature_written_again_in_an_update_counts_once() -> None:
    pdf = sign(plain(), "Van thu")
    begins = pdf.index(b"4 0 obj")
    again = pdf + pdf[begins : pdf.index(b"endobj", begins)] + b"endobj\n"
    assert signature_count(again) == 1


def test_a_stamp_of_time_is_nobodys_signature() -> None:
    for value_first in (True, False):
        pdf = sign(sign(plain(), "Van thu"), "TSA", kind="DocTimeStamp", value_first=value_first)
        assert signature_count(pdf) == 1


@pytest.mark.parametrize(
    "words",
    [
        b"(/ByteRange [0 10 20 30])",
        b"/ByteRange [0 99999999 999999999 5]",
        b"/ByteRange [5 10 20 30]",
        b"/ByteRange [0 20 10 30]",
        b"/ByteRange [a b c d]",
        b"/ByteRange [0 0 0 0]",
    ],
)
def test_the_words_alone_are_no_signature(words: bytes) -> None:
    assert signature_count(plain() + words) == 0


def test_a_file_of_many_byte_ranges_is_not_gone_through_for_ever() -> None:
    assert signature_count(PDF + b"/ByteRange [0 1 2 3]" * 100_000) == 0
