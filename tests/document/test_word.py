"""The Word file of a page, read by python-docx and by its own XML."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.document import layout as layouts
from hoctap_desktop.document.fonts import measure
from hoctap_desktop.document.layout import official
from hoctap_desktop.document.letterhead import MOTTO
from hoctap_desktop.document.lines import NO_BREAK
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Column,
    Document,
    Footer,
    Heading,
    LegalBasis,
    Metadata,
    PageBreak,
    Paragraph,
    Recipients,
    Run,
    Signature,
    SpecialLine,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.word import render_word
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.plan.reader import read_plan_file
from tests.document.samples import BODY, LETTERHEAD, NO_FOOTER, RECIPIENTS, SENTENCE, SIGNATURE, document, long_table
from tests.document.word_files import model_text, opened, paragraphs, text_of, word

LAYOUT = official()
LONG = Paragraph(plain(" ".join([SENTENCE] * 90)))
APPENDIX: tuple[Block, ...] = (AppendixTitle("I", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch số /KH-UBND)"), long_table(3))


def starting(made: WordDocument, words: str) -> WordParagraph:
    """The paragraph that begins with `words`."""
    found = [paragraph for paragraph in paragraphs(made) if paragraph.text.startswith(words)]
    assert found, f"no paragraph begins with {words!r}"
    return found[0]


def tables(made: WordDocument) -> list[WordTable]:
    """Bordered ones, the arrangements of letterhead and signature left out."""
    return [table for table in made.tables if table.style and table.style.name == "Table Grid"]


def has(element: Any, tag: str) -> bool:
    return bool(element.xpath(f".//w:{tag}"))


def examples() -> list[Path]:
    """Every filled file that ships (files of offices, which are no papers, left out)."""
    found = []
    for path in sorted((paths.forms() / "examples").glob("*.toml")):
        try:
            read_filled(path)
        except UserError:
            continue
        found.append(path)
    return found


# --- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_an_example_has_its_words_in_order(path: Path) -> None:
    made = document_of(read_filled(path))
    assert text_of(word(made)).split() == model_text(made).split()


def test_there_are_plans_and_reports_among_the_examples() -> None:
    assert {read_filled(path).kind.value for path in examples()} == {"plan", "report"}


@pytest.mark.parametrize(
    "name",
    [
        "2022-ha-thuong-commune-plan.txt",
        "2023-bach-thong-district-plan-and-programme.txt",
        "2022-dak-lak-province-plan-and-report-outline.txt",
    ],
)
def test_a_real_plan_has_its_words_in_order(name: str, shared_documents: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(tomli_w.dumps(read_plan_file(shared_documents / name).filled), encoding="utf-8")
    made = document_of(read_filled(path))
    words = text_of(word(made)).split()
    assert len(words) > 500
    assert words == model_text(made).split()


runs = st.lists(st.builds(Run, st.text(max_size=40), st.booleans(), st.booleans()), max_size=4).map(tuple)
aligns = st.sampled_from(["left", "center", "right"])


@st.composite
def some_tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 5))
    rows = draw(st.lists(st.tuples(st.lists(runs, max_size=count), st.booleans()), max_size=6))
    return Table(
        tuple(Column(draw(st.text(max_size=12)), 1 / count, draw(aligns)) for _ in range(count)),
        tuple(TableRow(tuple(cells), group) for cells, group in rows),
    )  # fmt: skip


some_blocks: st.SearchStrategy[tuple[Block, ...]] = st.lists(
    st.one_of(
        st.builds(LegalBasis, runs),
        st.builds(Heading, st.integers(1, 12), st.sampled_from(["", "I.", "a)"]), runs, st.booleans()),
        st.builds(Paragraph, runs),
        st.builds(Bullet, st.sampled_from(["", "-", "+", "*"]), runs, st.integers(1, 9)),
        some_tables(),
        st.builds(SpecialLine, runs),
        st.builds(PageBreak),
        st.builds(AppendixTitle, st.sampled_from(["", "II"]), st.text(max_size=30), st.text(max_size=30)),
    ),
    max_size=8,
).map(tuple)
some_documents = st.builds(
    Document,
    letterhead=st.builds(
        replace,
        st.just(LETTERHEAD),
        governing=st.lists(st.text(max_size=60), max_size=2).map(tuple),
        issuing=st.lists(st.text(max_size=60), max_size=2).map(tuple),
        number=st.sampled_from(["", "5", "21"]),
        place=st.text(max_size=90),
        day=st.none() | st.integers(1, 31),
    ),
    title=st.builds(Title, st.text(max_size=20), st.text(max_size=90)),
    blocks=some_blocks,
    recipients=st.none()
    | st.builds(
        Recipients,
        st.lists(st.tuples(st.text(max_size=9), st.lists(st.text(max_size=30), max_size=3).map(tuple)), max_size=2).map(
            tuple
        ),
    ),
    signature=st.none()
    | st.builds(Signature, st.lists(st.text(max_size=30), max_size=2).map(tuple), st.text(max_size=30)),
    metadata=st.builds(Metadata, st.text(max_size=300), st.text(max_size=30)),
    footer=st.builds(Footer, st.text(max_size=20), st.text(max_size=20), st.text(max_size=20)),
    appendix=some_blocks,
)


@settings(max_examples=60)
@given(some_documents)
def test_any_document_has_its_text_in_order_and_its_elements_where_the_standard_wants_them(made: Document) -> None:
    data = render_word(made)
    printed = opened(data)
    # what is too long for a centred line is torn, as in the PDF: only spaces may differ
    assert "".join(text_of(printed).split()) == "".join(model_text(made).split())
    assert misplaced(data) == []


def test_no_break_spaces_hold_pairs_together() -> None:
    made = word(document((Paragraph(plain("Họp ngày 05 tháng 02 tại xã, số 21/KH-UBND")), Bullet("-", plain("Một")))))
    text = starting(made, "Họp").text
    assert f"ngày{NO_BREAK}05{NO_BREAK}tháng{NO_BREAK}02" in text
    assert f"số{NO_BREAK}21/KH-UBND" in text
    assert starting(made, "-").text == f"-{NO_BREAK}Một"


# --- styles ------------------------------------------------------------------------------------------------------


def test_headings_are_words_own_with_the_printed_number_as_text() -> None:
    blocks = (
        Heading(1, "I.", plain("MỤC ĐÍCH")), Heading(2, "1.", plain("Yêu cầu")),
        Heading(3, "a)", plain("Đậm")), Heading(3, "b)", plain("Thường"), bold=False), Heading(11, "", plain("Sâu")),
    )  # fmt: skip
    made = word(document(blocks))
    first = starting(made, f"I.{NO_BREAK}MỤC ĐÍCH")
    found = [starting(made, words) for words in ("I.", "1.", "a)", "b)", "Sâu")]
    assert [p.style.name for p in found if p.style] == [
        "Heading 1", "Heading 2", "Heading 3", "Heading 3", "Heading 9",
    ]  # fmt: skip
    assert first.style is not None
    assert first.style.paragraph_format.keep_with_next
    assert [p.style.element.xpath("./w:pPr/w:outlineLvl/@w:val") for p in found[:3] if p.style] == [["0"], ["1"], ["2"]]
    bold = [all(run.bold or (p.style is not None and p.style.font.bold) for run in p.runs) for p in found]
    assert bold == [True, True, True, False, True]
    assert not has(made.element, "numPr")


def test_body_text_is_justified_and_indented_by_the_figures_of_the_layout() -> None:
    made = word(document((Paragraph(plain("Thân bài")), Bullet("-", plain("Một")), Bullet("+", plain("Hai"), 2))))
    for words, name in (("Thân bài", "Body Text"), ("-", "List"), ("+", "List 2"), ("Căn cứ", "Căn cứ")):
        paragraph = starting(word(document()) if words == "Căn cứ" else made, words)
        style: Any = paragraph.style
        assert style.name == name
        assert style.paragraph_format.alignment == 3
        assert style.paragraph_format.first_line_indent.pt == pytest.approx(LAYOUT.body.indent, abs=0.05)
        assert style.paragraph_format.space_before == Pt(LAYOUT.body.gap)
        assert style.paragraph_format.line_spacing == Pt(LAYOUT.body.pitch)
        assert style.font.size == Pt(LAYOUT.body.size)
        assert style.font.italic == (True if name == "Căn cứ" else None)
        assert paragraph.paragraph_format.alignment is None  # nothing over the style: who changes the style changes all


def test_letters_are_times_new_roman_and_vietnamese() -> None:
    defaults = word(document()).styles.element.xpath("w:docDefaults//w:rPr")[0]
    assert {*defaults.xpath("w:rFonts/@w:*")} == {"Times New Roman"}
    assert defaults.xpath("w:lang/@w:val") == ["vi-VN"]


def test_bold_and_italic_runs_stay_so() -> None:
    made = word(document((Paragraph((Run("Thường "), Run("đậm ", bold=True), Run("nghiêng", italic=True))),)))
    assert [(run.text, run.bold, run.italic) for run in starting(made, "Thường").runs] == [
        ("Thường ", None, None), ("đậm ", True, None), ("nghiêng", None, True),
    ]  # fmt: skip


def test_one_edit_of_the_layout_changes_every_print(tmp_path: Path) -> None:
    text = (paths.resources() / "layout" / "nd30.toml").read_text(encoding="utf-8")
    changed = tmp_path / "nd30.toml"
    changed.write_text(text.replace("[body]\nsize = 14.0", "[body]\nsize = 13.0"), encoding="utf-8")
    assert text != changed.read_text(encoding="utf-8")
    made = opened(render_word(document(), layouts.read(changed)))
    style: Any = made.styles["Body Text"]
    assert style.font.size == Pt(13)


# --- letterhead and signature ------------------------------------------------------------------------------------


def rules(made: WordDocument) -> list[tuple[float, float]]:
    """Length and width of each drawn rule in points, in reading order."""
    found = []
    for table in [made.tables[0]]:
        for cell, width in zip(table.rows[0].cells, widths(table), strict=True):
            free = sum(int(w) / 20 for w in cell._tc.xpath("./w:tcPr/w:tcMar/w:right/@w:w"))
            found += [rule(p, width - free) for p in cell.paragraphs if has(p._p, "pBdr")]
    return [*found, *(rule(p, LAYOUT.page.text_width) for p in made.paragraphs if has(p._p, "pBdr"))]


def rule(paragraph: WordParagraph, width: float) -> tuple[float, float]:
    left, right = paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent
    assert left is not None
    assert left == right
    return width - left.pt - right.pt, int(paragraph._p.xpath(".//w:pBdr/w:bottom/@w:sz")[0]) / 8


def widths(table: WordTable) -> list[float]:
    return [int(width) / 20 for width in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]


def test_the_rules_keep_the_ratios_of_the_decree() -> None:
    width = measure()
    (issuing, wide), (motto, _), (title, _) = rules(word(document()))
    longest = max(width(line, True, False, 13.0) for line in LETTERHEAD.issuing)
    assert 1 / 3 <= issuing / longest <= 1 / 2
    assert motto == pytest.approx(width(MOTTO, True, False, 14.0), abs=0.2)
    subject = width("Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022", True, False, 14.0)
    assert 1 / 3 <= title / subject <= 1 / 2
    assert wide == 0.75


def test_number_and_day_keep_their_gaps() -> None:
    made = word(document())
    width = measure()
    number = starting(made, "Số:").text
    day = starting(made, "Hà Thượng, ngày").text
    blank = {text: text.count(NO_BREAK) for text in (number, day)}
    assert blank[number] * width(" ", False, False, 13.0) >= 25
    assert number.endswith(f"{NO_BREAK}/KH-UBND")
    assert day.count(NO_BREAK * 6) == 1
    assert blank[day] * width(" ", False, True, 14.0) >= 18


def test_recipients_and_signature_stand_side_by_side_unsplit_with_the_end_of_the_text() -> None:
    made = word(document())
    (row,) = made.tables[-1].rows
    assert has(row._tr, "cantSplit")
    assert [cell.paragraphs[0].text for cell in row.cells] == ["Nơi nhận:", f"KT.{NO_BREAK}CHỦ{NO_BREAK}TỊCH"]
    assert starting(made, "Trên đây").paragraph_format.keep_with_next
    name: Any = row.cells[1].paragraphs[-1].style
    assert name.paragraph_format.space_before.mm >= 35


def test_a_line_that_announces_a_list_stays_with_its_first_bullet() -> None:
    made = word(
        document((Paragraph(plain("Phân công:")), Bullet("+", plain("Tổ một;")), Bullet("+", plain("Tổ hai."))))
    )
    assert starting(made, "Phân công").paragraph_format.keep_with_next
    assert not starting(made, "+\u00a0Tổ một").paragraph_format.keep_with_next


def test_a_special_line_before_the_signature_stays_with_the_end_of_the_text() -> None:
    made = word(document((*BODY, SpecialLine(plain("(Thay cho giấy mời)")))))
    for words in ("Trên đây", "(Thay cho"):
        assert starting(made, words).paragraph_format.keep_with_next


def test_recipients_longer_than_a_page_may_go_on_on_the_next() -> None:
    many = Recipients((("", ("Phòng GD&ĐT huyện;",) * 90),))
    assert not has(word(document(recipients=many)).tables[-1]._tbl, "cantSplit")


def test_a_table_before_the_signature_stays_apart_from_it() -> None:
    made = word(document((long_table(3),)))
    parts = list(made.iter_inner_content())
    assert [isinstance(part, WordTable) for part in parts[-4:]] == [True, False, True, False]
    assert tables(made)[-1].rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next


# --- tables ------------------------------------------------------------------------------------------------------


def test_the_head_row_repeats_no_row_splits_and_group_rows_are_bold() -> None:
    (table,) = tables(word(document((long_table(20),))))
    assert [has(row._tr, "tblHeader") for row in table.rows] == [True] + [False] * 20
    assert all(has(row._tr, "cantSplit") for row in table.rows)
    assert [row.cells[1].paragraphs[0].runs[0].bold for row in table.rows] == [
        None, *(True if n % 10 == 0 else None for n in range(1, 21)),
    ]  # fmt: skip
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept[1:] == [n in (10, 19, 20) for n in range(1, 21)]  # the last one with the signature below
    assert widths(table) == pytest.approx([LAYOUT.page.text_width * share for share in (0.1, 0.6, 0.3)], abs=0.06)


def test_what_announces_a_table_stays_with_its_head() -> None:
    made = word(document((Paragraph(plain("Bảng số liệu:")), long_table(3))))
    assert starting(made, "Bảng số liệu").paragraph_format.keep_with_next


# --- page --------------------------------------------------------------------------------------------------------


def test_a4_margins_and_page_numbers_from_the_second_page() -> None:
    made = word(document((LONG,)))
    (section,) = made.sections
    size = [section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin]
    assert [round(length.mm, 1) for length in size if length] == [210.0, 297.0, 30.0, 15.0, 20.0]
    assert section.different_first_page_header_footer
    header: Any = section.header
    assert header.paragraphs[0].style.paragraph_format.alignment == 1
    assert has(header._element, "fldSimple")
    assert not has(section.first_page_header._element, "fldSimple")


def test_the_footer_is_on_every_page_and_missing_when_there_is_nothing_to_say() -> None:
    (section,) = word(document(footer=Footer("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 1"))).sections
    for place in (section.footer, section.first_page_footer):
        assert place.paragraphs[0].text == "Mã giấy: 7K3M-Q9TX-2HBV\tSố liệu minh họa\tLần 1"
    (section,) = word(document(footer=NO_FOOTER)).sections
    assert section.footer.is_linked_to_previous


def test_an_appendix_begins_a_page_and_is_found_in_the_navigation_pane() -> None:
    title = starting(word(document(appendix=APPENDIX)), "Phụ lục I")
    assert title.paragraph_format.page_break_before
    style: Any = title.style
    assert style.element.xpath("./w:pPr/w:outlineLvl/@w:val") == ["0"]


def test_an_appendix_with_a_wide_table_lies_and_what_follows_stands() -> None:
    heads = tuple(Column(f"Nghiêng{n}", 1 / 14) for n in range(14))
    wide = Table(heads, (TableRow(tuple(plain("1") for _ in heads)),))
    made = word(
        document(
            appendix=(AppendixTitle("I", "RỘNG"), wide, AppendixTitle("II", "HẸP"), long_table(2)),
            footer=Footer("Mã giấy: 7K3M"),
        )
    )
    assert [(round(s.page_width.mm), s.orientation) for s in made.sections if s.page_width] == [
        (210, 0),
        (297, 1),
        (210, 0),
    ]
    assert [section.different_first_page_header_footer for section in made.sections] == [True, False, False]
    assert made.sections[1].header.is_linked_to_previous  # page numbers go on
    across = LAYOUT.landscape.text_width
    assert sum(widths(tables(made)[0])) == pytest.approx(across, abs=0.5)
    assert made.sections[1].footer.paragraphs[0].text == "Mã giấy: 7K3M"


# --- the file ----------------------------------------------------------------------------------------------------


def test_the_file_says_title_author_subject_language_and_the_day_of_the_document() -> None:
    found = word(document()).core_properties
    assert (found.title, found.author, found.subject) == ("Kế hoạch Tuần lễ", "UBND xã Hà Thượng", "Tuần lễ năm 2022")
    assert (found.language, found.comments) == ("vi-VN", "")
    assert found.created == found.modified == datetime(2022, 10, 4, tzinfo=UTC)


def test_the_same_document_gives_the_same_bytes_without_a_clock_in_them() -> None:
    data = render_word(document(appendix=APPENDIX))
    assert data == render_word(document(appendix=APPENDIX))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
    assert not [name for name in names if name.split("/")[-1] in ("thumbnail.jpeg", "app.xml", "item1.xml")]
    code = (
        "import sys; from tests.document.test_word import *;"
        "sys.stdout.buffer.write(render_word(document(appendix=APPENDIX)))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=_environment()).stdout
    assert other == data


def test_importing_the_writer_does_not_load_the_word_library() -> None:
    code = (
        "import sys, hoctap_desktop.document.word, hoctap_desktop.office.paper;"
        "print({'docx', 'lxml'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert found.stdout.strip() == "set()"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONHASHSEED": "7"}


# The order of children that ISO/IEC 29500-1 asks for (CT_PPr, CT_RPr, CT_TblPr …), of those written here.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs sz szCs lang",
    "pBdr": "top bottom",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcMar vAlign",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "p": "pPr fldSimple r",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "styles": "docDefaults latentStyles style",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}
MIXED = {"sectPr": {"headerReference", "footerReference"}}  # these two in any order


def misplaced(data: bytes) -> list[str]:
    """Elements that the standard does not allow where they stand."""
    from lxml import etree

    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if not name.startswith("word/") or not name.endswith(".xml") or "theme" in name or "fontTable" in name:
                continue
            for element in etree.fromstring(file.read(name)).iter():
                kind = etree.QName(element).localname
                if kind not in ORDER or element.tag != qn(f"w:{kind}"):
                    continue
                order = ORDER[kind].split()
                children = [etree.QName(child).localname for child in element]
                children = ["headerReference" if c in MIXED.get(kind, ()) else c for c in children]
                places = [order.index(child) if child in order else -1 for child in children]
                if -1 in places or places != sorted(places):
                    found.append(f"{name}: {kind}: {children}")
    return found


def test_the_checker_of_the_order_sees_an_element_out_of_place() -> None:
    data = render_word(document())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b'<w:pPr><w:pStyle w:val="BodyText"/>',
                    b'<w:pPr><w:jc w:val="both"/><w:pStyle w:val="BodyText"/>',
                    1,
                )
                assert content != before.read(name)
            after.writestr(name, content)
    assert len(misplaced(made.getvalue())) == 1
    assert misplaced(data) == []


def test_a_body_without_recipients_and_signature_ends_with_its_text() -> None:
    made = word(document(BODY, recipients=None, signature=None))
    assert text_of(made).endswith("Trên đây là kế hoạch./.")
    assert len(made.tables) == 1
    assert word(document(BODY, recipients=RECIPIENTS, signature=None)).tables[-1].rows[0].cells[1].text == ""
    assert word(document(BODY, recipients=None, signature=SIGNATURE)).tables[-1].rows[0].cells[0].text == ""
