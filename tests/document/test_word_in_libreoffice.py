"""Word files as LibreOffice opens and prints them: the same words as our PDF, on pages of the same kind."""

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
import tomli_w

from hoctap_desktop.document.layout import official
from hoctap_desktop.document.model import (
    AppendixTitle,
    Column,
    Document,
    Footer,
    Paragraph,
    Table,
    TableRow,
    plain,
)
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.plan.reader import read_plan_file
from tests.document.samples import BODY, MM, SENTENCE, Box, Paper, document, long_table
from tests.document.word_files import as_libreoffice_prints

LAYOUT = official()
HEADS = tuple(Column(f"Nghiêng{n}", 1 / 14) for n in range(14))
WIDE = Table(HEADS, tuple(TableRow(tuple(plain(str(n)) for n in range(14))) for _ in range(3)))
FOOT = Footer("Mã giấy: 7K3M", "Số liệu minh họa", "Lần 1")
SAMPLES: Mapping[str, Document] = {
    "long": document((*BODY, Paragraph(plain(" ".join([SENTENCE] * 60))), long_table(80)), footer=FOOT),
    "wide": document(appendix=(AppendixTitle("I", "RỘNG"), WIDE, AppendixTitle("II", "HẸP"), long_table(2))),
    **{
        path.stem: document_of(read_filled(path))
        for kind in ("plan", "report")
        for path in sorted((paths.forms() / "examples").glob(f"*-{kind}.toml"))
    },
}  # fmt: skip
REAL = (
    "2022-ha-thuong-commune-plan.txt",
    "2023-bach-thong-district-plan-and-programme.txt",
    "2022-dak-lak-province-plan-and-report-outline.txt",
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each sample, printed by LibreOffice in one run."""
    return as_libreoffice_prints(SAMPLES, tmp_path_factory.mktemp("libreoffice"))


def words(data: bytes, made: Document) -> list[str]:
    """The words between the margins in order; a head row that a page begins with again is left out.

    LibreOffice breaks lines after a hyphen, we do not: a word and what follows its hyphen count as one, here and there.
    """
    heads = [
        [word for column in block.columns for word in column.title.split()]
        for block in (*made.blocks, *made.appendix)
        if isinstance(block, Table)
    ]
    found: list[str] = []
    file = pypdfium2.PdfDocument(data)
    for number in range(len(file)):
        width, height = file[number].get_size()
        top = LAYOUT.landscape.top if width > height else LAYOUT.page.top
        page = _between(file[number].get_textpage(), LAYOUT.page.bottom - 4, height - top + 2).split()
        for head in heads:
            if head and page[: len(head)] == head and _stands_in(head, found):
                page = page[len(head) :]
        found += page
    file.close()
    return re.sub(r"(?<=\w-)\s+", "", " ".join(found)).split()


def _between(text: pypdfium2.PdfTextPage, low: float, high: float) -> str:
    """The letters between two heights. PDFium's own function for it runs lines of a cell together."""
    found = []
    for place in range(text.count_chars()):
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, place))
        _, bottom, _, top = text.get_charbox(place)
        if letter.isspace() or (low <= bottom and top <= high):
            found.append(letter)
    return "".join(found)


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole)))


@pytest.mark.parametrize("name", SAMPLES)
def test_libreoffice_prints_the_words_of_our_pdf_in_order(name: str, printed: dict[str, bytes]) -> None:
    made = SAMPLES[name]
    ours = words(render(made).data, made)
    assert len(ours) > 80
    assert words(printed[name], made) == ours


def test_real_plans_come_out_of_libreoffice_with_the_words_of_our_pdf(shared_documents: Path, tmp_path: Path) -> None:
    made = {}
    for name in REAL:
        path = tmp_path / "plan.toml"
        path.write_text(tomli_w.dumps(read_plan_file(shared_documents / name).filled), encoding="utf-8")
        made[name.removesuffix(".txt")] = document_of(read_filled(path))
    for name, data in as_libreoffice_prints(made, tmp_path).items():
        ours = render(made[name])
        assert words(data, made[name]) == words(ours.data, made[name]), name
        with Paper(data) as paper:
            assert abs(paper.pages - ours.pages) <= 1, name


def test_no_page_is_left_blank(printed: dict[str, bytes]) -> None:
    """Among the samples is one whose signature ends with its page: what Word wants after it must not turn the page."""
    fullest = "2022-truong-thcs-ha-thuong-report"
    assert last_line(render(SAMPLES[fullest]).data) < LAYOUT.page.bottom + 10
    for name, data in printed.items():
        file = pypdfium2.PdfDocument(data)
        for page in file:
            height = page.get_size()[1]
            text = _between(page.get_textpage(), LAYOUT.page.bottom - 4, height - LAYOUT.page.top + 2)
            assert text.strip(), name
        file.close()


def last_line(data: bytes) -> float:
    """How high above the lower edge the lowest letters of the last page's text stand, points."""
    file = pypdfium2.PdfDocument(data)
    text = file[len(file) - 1].get_textpage()
    lows = [bottom for n in range(text.count_chars()) for bottom in [text.get_charbox(n)[1]] if bottom > 40]
    file.close()
    return float(min(lows))


def test_pages_stand_and_lie_as_in_our_pdf(printed: dict[str, bytes]) -> None:
    for name, made in SAMPLES.items():
        with Paper(printed[name]) as theirs, Paper(render(made).data) as ours:
            assert abs(theirs.pages - ours.pages) <= (0 if name in {"long", "wide"} else 1), name
            assert _sizes(theirs) == _sizes(ours), name


def _sizes(paper: Paper) -> list[tuple[int, int]]:
    """The sizes of pages in millimetres, neighbours of one size once."""
    sizes = [(round(width / MM), round(height / MM)) for width, height in map(paper.size, range(paper.pages))]
    return [size for size, _ in groupby(sizes)]


def test_head_rows_repeat_pages_are_numbered_and_every_page_has_its_foot(printed: dict[str, bytes]) -> None:
    with Paper(printed["long"]) as paper:
        assert paper.pages >= 4
        for number in range(paper.pages):
            text = paper.text(number)
            assert "Mã giấy: 7K3M" in text
            assert text.count("Số liệu minh họa") == 1
            above = [box for box in paper.characters(number) if box.bottom < LAYOUT.page.top]
            assert bool(above) == (number > 0)
        with_rows = [n for n in range(paper.pages) if "Dòng số" in paper.text(n)]
        assert len(with_rows) > 1
        assert all("TT Nội dung Số lượng" in paper.text(n) for n in with_rows)
        last = paper.text(paper.pages - 1)
        assert "Nơi nhận" in last
        assert "Dòng số 80" in last  # the signature never stands alone


def test_the_rules_and_the_blocks_of_the_letterhead_stand_where_the_pdf_has_them(printed: dict[str, bytes]) -> None:
    with Paper(printed["2022-ha-thuong-plan"]) as theirs, Paper(render(SAMPLES["2022-ha-thuong-plan"]).data) as ours:
        for words_there in ("XÃ HÀ THƯỢNG", "CỘNG HÒA XÃ HỘI", "Độc lập", "/KH-UBND", "KẾ HOẠCH", "MỤC ĐÍCH"):
            one, other = theirs.find(words_there), ours.find(words_there)
            assert one.left == pytest.approx(other.left, abs=1.5 * MM), words_there
            assert one.bottom == pytest.approx(other.bottom, abs=MM), words_there
        found, wanted = _above(theirs, "MỤC ĐÍCH"), _above(ours, "MỤC ĐÍCH")
        assert len(found) == len(wanted) == 3
        for rule, same in zip(found, wanted, strict=True):
            assert rule.width == pytest.approx(same.width, abs=1.5)
            assert rule.middle == pytest.approx(same.middle, abs=1.5)


def _above(paper: Paper, words_there: str) -> list[Box]:
    """The rules above some words, each once: LibreOffice draws a border and clips to it."""
    rules = [box for box in paper.rules() if box.top < paper.find(words_there).top]
    return [
        box
        for number, box in enumerate(rules)
        if all(abs(box.top - other.top) > 1 or abs(box.left - other.left) > 1 for other in rules[:number])
    ]
