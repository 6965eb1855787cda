"""What a PDF from elsewhere shows: read apart, its ends only, and nothing that falls over."""

import dataclasses

import pytest

from hoctap_desktop.document.model import Footer, Metadata, Paragraph, plain
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.pdf_file import as_written
from hoctap_desktop.document.pdf_outside import carries_code, first_page, letters, pages, words_in_child
from hoctap_desktop.foundation.errors import Code, UserError
from tests.document.samples import document
from tests.pages import page_saying

CODE = "7K3M-Q9TX-2HBV"


@pytest.mark.parametrize(
    "pages", [(CODE,), (CODE, "two", "three"), ("one", "two", f"Ma giay: {CODE}"), ("7k3m q9tx\\0402hbv",)]
)
def test_a_code_on_the_first_or_last_page_is_found(pages: tuple[str, ...]) -> None:
    assert carries_code(page_saying(*pages), CODE)


@pytest.mark.parametrize(
    "data",
    [
        page_saying("one", CODE, "three"),
        page_saying("7K3M-Q9TX-2HBW"),
        page_saying(""),
        page_saying(),
        b"",
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n",
        page_saying(CODE)[:120],
        b"MZ not a PDF",
    ],
)
def test_anything_else_carries_none(data: bytes) -> None:
    assert not carries_code(data, CODE)


def test_of_a_page_with_too_many_letters_both_ends_are_read() -> None:
    long = "x" * 30_000
    for words in (f"{CODE} {long}", f"{long} {CODE}"):
        assert carries_code(page_saying(words), CODE)
        assert len(str(words_in_child(page_saying(words), ""))) < 25_000


def our_print(code: str = CODE) -> bytes:
    made = document(footer=Footer(f"Mã giấy: {code}"))
    return render(dataclasses.replace(made, metadata=Metadata("Báo cáo", "UBND", identifier=code))).data


def test_a_print_of_ours_is_known_without_reading_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoctap_desktop.document.pdf_outside.read_apart", lambda *_: pytest.fail("was read"))
    assert carries_code(our_print(), CODE)


def test_a_print_of_ours_with_another_code_carries_only_its_own() -> None:
    assert not carries_code(our_print("7K3M-Q9TX-2HBW"), CODE)


@pytest.mark.parametrize("where", ["page", "end", "after", "description"])
def test_a_print_of_ours_that_was_edited_is_none_of_ours(where: str) -> None:
    """The description says the code; what was changed beside it must not hide behind that."""
    data = our_print()
    match where:
        case "page":
            data = data.replace(b"stream\nx", b"stream\ny", 1)
        case "end":
            data = data.replace(b"startxref\n", b"startxref\n1", 1)
        case "after":
            data += b"1 0 obj\n<<>>\nendobj\n"
        case _:
            data = data.replace(CODE.encode(), b"7K3M-Q9TX-2HBW")
    assert data != our_print()
    assert not as_written(data)


def test_a_code_in_the_description_alone_is_not_enough() -> None:
    """Another program keeps our description and draws other pages."""
    data = page_saying("nothing") + f"<dc:identifier>{CODE}</dc:identifier>".encode()
    assert not carries_code(data, CODE)


def test_the_first_page_comes_as_a_picture_that_fits() -> None:
    found = first_page(page_saying("a", "b"), 120, 90)
    assert found is not None
    assert (found.width, found.height) == (64, 90)
    assert len(found.rgb) == 3 * 64 * 90
    assert found.rgb[:3] == b"\xff\xff\xff"


def test_every_page_comes_as_a_picture() -> None:
    found = pages(page_saying("a", "b"), "a.pdf", 1.0)
    assert [(one.width, one.height, one.page) for one in found] == [(595, 842, (595.0, 842.0))] * 2


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"MZ", page_saying("a")[:200]])
def test_what_is_no_pdf_has_no_picture_and_no_pages(data: bytes) -> None:
    assert first_page(data, 100, 100) is None
    with pytest.raises(UserError) as refused:
        pages(data, "a.pdf", 1.0)
    assert refused.value.code is Code.READ_FAILED


def test_more_pages_or_pixels_than_a_print_has_are_refused() -> None:
    for data, scale in ((page_saying(*"a" * 61), 0.1), (page_saying("a"), 20.0)):
        with pytest.raises(UserError) as refused:
            pages(data, "a.pdf", scale)
        assert refused.value.code is Code.READ_TOO_LARGE


def test_letters_come_with_their_places() -> None:
    (text, boxes), (second, _) = letters(page_saying("Ha Thuong", "b"), "a.pdf")
    assert (text, second) == ("Ha Thuong", "b")
    assert boxes[2] is None
    assert boxes[0] is not None
    left, top, right, bottom = boxes[0]
    assert 71 < left < right < 85
    assert 750 < top < bottom < 780


def test_a_hyphen_at_the_end_of_a_line_is_read_as_one() -> None:
    name = "-".join(["bao"] * 60)  # torn behind its hyphens, since no line holds it
    said = "".join(text for text, _boxes in letters(render(document((Paragraph(plain(name)),))).data, "a.pdf"))
    assert name in "".join(said.split())


def test_a_page_with_too_many_letters_is_empty_and_the_next_keeps_its_number() -> None:
    long = ") Tj (".join(["x" * 30_000] * 2)  # PDFium reads no longer words than 32,767 letters
    assert [text for text, _ in letters(page_saying(long, "b"), "a.pdf")] == ["", "b"]


def test_the_letters_of_what_is_no_pdf_are_refused() -> None:
    with pytest.raises(UserError) as refused:
        letters(b"MZ", "a.pdf")
    assert refused.value.code is Code.READ_FAILED
