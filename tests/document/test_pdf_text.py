"""The words of a PDF from elsewhere: its ends only, and nothing that falls over."""

import pytest

from hoctap_desktop.document.pdf_text import carries_code, ends_text
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
        assert len(ends_text(page_saying(words))) < 25_000
