"""Documents as sheets: the words of the PDF, numbers as numbers, pages by the rules."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.document.layout import official
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Column,
    Document,
    Footer,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    Recipients,
    Run,
    SpecialLine,
    Table,
    TableRow,
    plain,
)
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.sheet_page import render_sheet
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.paper import document_of
from tests.document.samples import BODY, SENTENCE, Paper, document, long_table
from tests.document.test_flow import some_blocks
from tests.document.test_geometry import EXAMPLES, some_appendix, wide_table
from tests.document.test_word_in_libreoffice import words
from tests.document.word_files import as_libreoffice_prints, model_text

LAYOUT = official()
EVERY: Mapping[str, Document] = {
    name.removesuffix(".toml"): document_of(read_filled(paths.forms() / "examples" / name)) for name in EXAMPLES
}
RICH = document(
    (
        LegalBasis(plain("Căn cứ Nghị quyết đã được thông qua;")),
        *BODY[1:4],
        Heading(3, "a)", plain("Đề mục nhỏ"), bold=False),
        Bullet("+", (Run("Đậm", bold=True), Run(" rồi nghiêng", italic=True), Run(" rồi thường;")), 2),
        Bullet("*", plain("sâu hơn nữa;"), 3),
        Paragraph(plain("Trên đây là kế hoạch./.")),
        SpecialLine(plain("(Thay giấy mời)")),
        PageBreak(),
        Table(
            (Column("TT", 0.1, "center"), Column("Nội dung", 0.6), Column("Số lượng", 0.3, "right")),
            (
                TableRow((plain("I"), plain("Một nhóm việc"), ()), group=True),
                TableRow((plain("1"), plain("=1+1"), plain("1.234.567"))),
                TableRow((plain("01"), plain("@SUM(A1)"), plain("12,5"))),
                TableRow((plain("-"), plain("-2+3"), plain("0912345678"))),
            ),
        ),
    ),
    footer=Footer("Mã giấy: 7K3M & Q9TX", "Số liệu minh họa", "Lần 1"),
    appendix=(AppendixTitle("I", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch số: /KH-UBND)"), wide_table(3)),
)


def opened(made: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_sheet(made)), rich_text=True)


def written(value: object) -> str:
    return print_count(value) if isinstance(value, int) else str(value)


def cells(made: Document) -> Iterator[Any]:
    """The cells that hold something, sheet by sheet, row by row."""
    for page in opened(made).worksheets:
        for row in page.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def cell(made: Document, begin: str) -> Any:
    return next(each for each in cells(made) if written(each.value).strip().startswith(begin))


def words_of(made: Document) -> list[str]:
    """All words, head rows that begin a page again left out."""
    found: list[str] = []
    for page in opened(made).worksheets:
        breaks, heads = {one.id + 1 for one in page.row_breaks.brk}, set()
        for number, row in enumerate(page.iter_rows(), 1):
            line = " ".join(written(each.value) for each in row if each.value is not None)
            is_head = row[0].border.left.style is not None and all(each.font.bold for each in row if each.value)
            if not (is_head and number in breaks and line in heads):
                found += line.split()
            if is_head:
                heads.add(line)
    return found


def heads_again(made: Document) -> int:
    """How many pages begin with the head of a table that began before."""
    count = 0
    for page in opened(made).worksheets:
        rows = [" ".join(written(v) for v in row if v is not None) for row in page.iter_rows(values_only=True)]
        count += sum(rows[one.id] in rows[: one.id] for one in page.row_breaks.brk if one.id < len(rows))
    return count


@pytest.mark.parametrize("name", EVERY)
def test_the_words_of_the_sheet_are_those_of_the_pdf(name: str) -> None:
    made = EVERY[name]
    ours = words(render(made).data, made)
    assert len(ours) > 80
    in_sheet = re.sub(r"(?<=\w-)\s+", "", " ".join(words_of(made))).split()
    assert Counter(in_sheet) == Counter(ours)
    head = in_sheet.index("KẾ") if "plan" in name else in_sheet.index("BÁO")
    foot = ours.index("nhận:") - 1  # recipients and signer stand side by side
    begin = ours.index(in_sheet[head])
    assert in_sheet[head : head + foot - begin] == ours[begin:foot]


def test_a_sheet_has_every_kind_of_block_in_its_look() -> None:
    assert Counter(words_of(RICH)) == Counter(model_text(RICH).split())
    basis, heading = cell(RICH, "Căn cứ"), cell(RICH, "I.\u00a0MỤC")
    assert (basis.font.italic, basis.alignment.horizontal, basis.alignment.wrap_text) == (True, "justify", True)
    assert (heading.font.bold, heading.font.size, heading.font.name) == (True, 14, "Times New Roman")
    assert cell(RICH, "a)").font.bold is False
    mixed = [part for part in cell(RICH, "+").value if not isinstance(part, str)]
    assert [(part.text.strip("\u00a0 "), bool(part.font.b), bool(part.font.i)) for part in mixed] == [
        ("+", False, False), ("Đậm", True, False), ("rồi nghiêng", False, True), ("rồi thường;", False, False),
    ]  # fmt: skip
    assert cell(RICH, "(Thay").alignment.horizontal == "center"
    assert written(cell(RICH, "*").value).strip() == "*\u00a0sâu hơn nữa;"
    assert cell(RICH, "Đặng Văn Thi").font.bold


def test_text_never_becomes_a_formula_and_numbers_are_numbers() -> None:
    for text in ("=1+1", "@SUM(A1)", "-2+3", "01", "12,5"):
        assert (cell(RICH, text).value, cell(RICH, text).data_type) == (text, "s")
    count = cell(RICH, "1.234.567")
    assert (count.value, count.data_type, count.number_format) == (1234567, "n", "#,##0")
    assert cell(RICH, "0912345678").data_type == "s"
    alone = document(tuple(Paragraph(plain(text)) for text in ("=1+1", "+x", "@a", "12")), title=RICH.title)
    with zipfile.ZipFile(io.BytesIO(render_sheet(alone))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert {each.data_type for each in cells(alone)} <= {"s", "inlineStr"}


def test_a_group_row_is_merged_over_the_empty_cells_after_its_name() -> None:
    page = opened(RICH).worksheets[0]
    name = cell(RICH, "Một nhóm việc")
    (merged,) = [area for area in page.merged_cells.ranges if name.coordinate in area]
    count = cell(RICH, "1.234.567")
    last = next((area.max_col for area in page.merged_cells.ranges if count.coordinate in area), count.column)
    assert merged.max_col == last
    assert name.font.bold
    assert page.cell(name.row, last).border.right.style == "thin"


def test_it_prints_on_a4_with_the_margins_of_the_decree() -> None:
    book = opened(RICH)
    main, appendix = book.worksheets
    assert book.sheetnames == ["Văn bản", "Phụ lục"]
    assert (main.page_setup.orientation, appendix.page_setup.orientation) == ("portrait", "landscape")
    for page, size in ((main, LAYOUT.page), (appendix, LAYOUT.landscape)):
        assert int(page.page_setup.paperSize) == 9
        assert page.page_margins.left * 72 == pytest.approx(size.left)
        assert page.page_margins.top * 72 == pytest.approx(size.top)
        assert not page.sheet_properties.pageSetUpPr.fitToPage  # a sheet fitted to its paper forgets its page breaks
        widths = sum(column.width * 6 for column in page.column_dimensions.values())  # digits of 12 points
        assert widths == pytest.approx(size.text_width, abs=1.0)
    assert main.HeaderFooter.differentFirst
    assert not appendix.HeaderFooter.differentFirst
    assert main.oddHeader.center.text == "&P"
    assert main.oddFooter.left.text == main.firstFooter.left.text == "Mã giấy: 7K3M && Q9TX"


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_sheet(RICH)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 2, 3, 4, 5, 0, 0, 0))
    assert render_sheet(RICH) == first
    about = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert (about.title, about.creator, about.language) == ("Kế hoạch Tuần lễ", "UBND xã Hà Thượng", "vi")


def test_the_head_of_a_table_stands_again_on_each_of_its_pages_and_nowhere_else() -> None:
    made = document((long_table(90), Paragraph(plain(" ".join([SENTENCE] * 60)))))
    with Paper(render(made).data) as paper:
        pages = sum("Dòng số" in paper.text(n) for n in range(paper.pages))
    assert abs(heads_again(made) - (pages - 1)) <= 1
    assert heads_again(document((long_table(3),))) == 0


@settings(max_examples=10)
@given(some_blocks, st.integers(0, 40), some_appendix)
def test_whatever_is_printed_is_whole_and_no_row_is_cut(
    blocks: tuple[Block, ...], recipients: int, appendix: tuple[Block, ...]
) -> None:
    made = document(blocks, recipients=Recipients((("", ("Phòng GD&ĐT huyện;",) * recipients),)), appendix=appendix)
    assert Counter(words_of(made)) == Counter(model_text(made).split())
    for page in opened(made).worksheets:
        heights = [page.row_dimensions[row].height for row in range(1, page.max_row + 1)]
        assert all(0 < height <= 409 for height in heights)
        size = LAYOUT.landscape if page.page_setup.orientation == "landscape" else LAYOUT.page
        edges = [0, *(one.id for one in page.row_breaks.brk), page.max_row]
        tall = [sum(heights[start:end]) for start, end in pairwise(edges)]
        assert max(tall) <= size.text_height


def test_a_paragraph_longer_than_a_page_goes_on_in_the_next_row() -> None:
    text = " ".join(f"từ{n}" for n in range(2500))
    made = document((Paragraph(plain(text)),))
    assert [word for word in words_of(made) if word.startswith("từ")] == text.split()


def test_libreoffice_prints_the_sheet_with_the_words_of_our_pdf_on_as_many_pages(tmp_path: Path) -> None:
    made = {**EVERY, "rich": RICH, "long": document((*BODY, long_table(80)))}
    printed = as_libreoffice_prints(made, tmp_path, sheets=True)
    for name, data in printed.items():
        ours = render(made[name])
        found = [re.sub(r"(?<=\d),(?=\d{3})", ".", word) for word in words(data, made[name])]  # numbers as in English
        assert Counter(found) == Counter(words(ours.data, made[name])), name
        with Paper(data) as paper:
            assert abs(paper.pages - ours.pages) <= 1, name
