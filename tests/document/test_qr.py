"""QR as printed: read from a crooked, dusty scan, also when it says the most a report can say."""

import pytest

from hoctap_desktop.document.code import PaperFacts, paper_code, qr_text, read_qr
from hoctap_desktop.document.model import AppendixTitle, Footer
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.qr import symbol
from hoctap_desktop.form.answers import Count
from tests.document.samples import document
from tests.document.scanner import codes
from tests.document.test_geometry import wide_table

CODE = paper_code(b"{}")
FULL = PaperFacts(CODE, "19-171-GDDT", "report", 12, 12, (Count(999_999_999),) * 18)
PLAN = PaperFacts(CODE, "05812", "plan/commune", 1, 1)


@pytest.mark.parametrize("degrees", [-2.0, 0.0, 2.0])
@pytest.mark.parametrize("facts", [FULL, PLAN], ids=["full", "plan"])
def test_the_fullest_and_the_emptiest_are_read_from_a_scan(facts: PaperFacts, degrees: float) -> None:
    footer = Footer(f"Mã giấy: {CODE}", "Số liệu minh họa", "Lần 12", qr_text(facts))
    ((text,),) = codes(render(document(footer=footer)).data, degrees)
    assert read_qr(text) == facts


def test_it_stands_on_the_last_page_also_when_that_lies() -> None:
    appendix = (AppendixTitle("", "BẢNG"), wide_table(2))
    made = document(footer=Footer("Mã", qr=qr_text(FULL)), appendix=appendix)
    first, last = codes(render(made).data, 2.0)
    assert first == []
    assert [read_qr(text) for text in last] == [FULL]


def test_dark_squares_cover_what_is_dark_and_no_more() -> None:
    import segno

    text = qr_text(FULL)
    matrix = segno.make(text, mode="alphanumeric", error="l", boost_error=True, micro=False).matrix
    found = symbol(text)
    dark = {(row, column + n) for s in found.dark for row, column in [(s.row, s.column)] for n in range(s.width)}
    assert dark == {(y, x) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert sum(s.width for s in found.dark) == len(dark)
