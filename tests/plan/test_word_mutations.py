"""Word files of the three real plans as other hands leave them: nothing raises, no line is lost without a word."""

import io
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from hoctap_desktop.document.letterhead import COUNTRY, MOTTO
from hoctap_desktop.filing.filled_file import filing_from_data
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.plan.docx_reader import docx_lines
from hoctap_desktop.plan.reader import Reading, read_lines, read_plan_file
from tests.plan.page_words import page_lines
from tests.plan.test_real_documents import ALL, letters, page
from tests.plan.word_files import word_file

_PARTS = (qn("w:p"), qn("w:tbl"))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with paragraphs joined, broken, lost, doubled, moved; pages broken; numbers typed, lost or others."""
    made: Any = docx.Document(io.BytesIO(data))
    body = made.element.body
    for _ in range(chance.randrange(1, 9)):
        parts = [part for part in body if part.tag in _PARTS]
        at = chance.randrange(len(parts))
        part, what = parts[at], chance.randrange(11)
        if what == 0 and at + 1 < len(parts):
            _join(part, parts[at + 1], body)
        elif what == 1:
            _break(part, chance)
        elif what == 2:
            body.remove(part)
        elif what == 3:
            part.addprevious(made.add_page_break()._p)
        elif what == 4:
            _renumber(part, chance)
        elif what == 5:
            part.addprevious(deepcopy(part))
        elif what == 6:  # a part is missing
            for lost in parts[at : at + chance.randrange(2, 20)]:
                body.remove(lost)
        elif what == 7:  # parts change places
            for moved in parts[at : at + chance.randrange(1, 15)]:
                body.insert(0, moved)
        elif what == 8:  # an empty paragraph after each
            for each in parts:
                each.addnext(made.add_paragraph()._p)
        elif what == 9:
            _change_rows(part, chance)
        else:  # the look is lost: no bold, no style, nothing centred
            for name in ("w:b", "w:pStyle", "w:jc", "w:i"):
                for found in list(part.iter(qn(name))):
                    found.getparent().remove(found)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _join(part: Any, following: Any, body: Any) -> None:
    if part.tag == following.tag == qn("w:p"):
        for text in list(following.iter(qn("w:t")))[:1]:
            text.text = f" {text.text}"
        part.extend(list(following.iterchildren(qn("w:r"))))
        body.remove(following)


def _break(part: Any, chance: random.Random) -> None:
    """A line end of the keyboard, or the Return key, in the middle of the longest text."""
    texts = [text for text in part.iter(qn("w:t")) if len((text.text or "").split()) > 3]
    if part.tag != qn("w:p") or not texts:
        return
    longest = max(texts, key=lambda text: len(text.text))
    words = longest.text.split(" ")
    cut = chance.randrange(1, len(words))
    run = longest.getparent()
    rest = deepcopy(run)
    longest.text = " ".join(words[:cut])
    for text in list(rest.iterchildren(qn("w:t")))[:1]:
        text.text = " ".join(words[cut:])
    if chance.random() < 0.5:
        run.append(run.makeelement(qn("w:br"), {}))
        run.addnext(rest)
        return
    new = part.makeelement(qn("w:p"), {})
    later = [rest, *run.itersiblings(qn("w:r"))]
    new.extend(later)
    part.addnext(new)


def _renumber(part: Any, chance: random.Random) -> None:
    for number in list(part.iter(qn("w:numPr"))):
        number.getparent().remove(number)
    for text in list(part.iter(qn("w:t")))[:1]:
        said = chance.choice(["7.", "a)", "(1)", "IV.", "3/", "-", "+", "", "2.1.", "Mục 3."])
        text.text = re.sub(r"^(\w{1,4}[.)]|[-+*])\s*", "", text.text or "")
        text.text = f"{said} {text.text}".strip() or " "


def _change_rows(part: Any, chance: random.Random) -> None:
    rows = list(part.iterchildren(qn("w:tr")))
    if not rows:
        return
    row = chance.choice(rows)
    cells = list(row.iterchildren(qn("w:tc")))
    match chance.randrange(3):
        case 0:
            part.remove(row)
        case 1:
            row.addnext(deepcopy(row))
        case _:
            row.remove(chance.choice(cells))


def lines_of(data: bytes) -> Iterator[str]:
    """What a person sees as a line: the text of each paragraph, in cells too, broken where the keyboard broke it."""
    body = docx.Document(io.BytesIO(data)).element.body
    for paragraph in body.iter(qn("w:p")):
        said = ""
        for found in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            said += (found.text or "") if found.tag == qn("w:t") else "\n"
        yield from said.split("\n")


def read_or_refused(data: bytes) -> Reading | None:
    """Read in this process: that files from outside are read in one of their own is tested where that is made."""
    try:
        return read_lines(*docx_lines(data, "plan.docx"), "plan.docx")
    except UserError as refused:
        if refused.code is Code.PLAN_NOT_RECOGNISED:
            return None
        raise


def no_line_is_lost(name: str, times: int, shared_documents: Path, folder: Path) -> int:
    """Each line of a mutated file is on the page, word after word, or in a doubt; how many files were no plan."""
    chance, refused = random.Random(f"word {name}"), 0
    filing = filing_from_data(read_plan_file(shared_documents / name).filled, name)
    files = [word_file(filing, counted=counted) for counted in (True, False)]
    for number in range(times):
        data = mutated(files[number % 2], chance)
        reading = read_or_refused(data)
        source = [letters(line) for line in lines_of(data)]
        if reading is None:
            assert "kế hoạch" not in source, number  # its title is what makes it a plan
            refused += 1
            continue
        told = " ".join(doubt.text for doubt in reading.doubts)
        printed = " ".join((*page_lines(page(reading, folder)), "|", COUNTRY, "|", MOTTO))
        got = f"{letters(printed)} | {letters(told)}"
        lost = [line for line in source if len(line.split()) > 2 and line not in got]
        assert lost == [], number
    return refused


@pytest.mark.parametrize("name", ALL)
def test_word_files_left_by_other_hands_lose_no_line_silently(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    assert no_line_is_lost(name, 6, shared_documents, tmp_path) <= 3


@pytest.mark.faults
@pytest.mark.parametrize("name", ALL)
def test_two_hundred_mutations_of_each_word_file_lose_no_line_silently(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    assert no_line_is_lost(name, 200, shared_documents, tmp_path) <= 20
