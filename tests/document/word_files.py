"""What a Word file says of itself, read with python-docx; and the text a document must have, from its model."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from xml.sax.saxutils import escape

import docx
import pytest
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from hoctap_desktop.document.letterhead import COUNTRY, MOTTO, day_text, month_text, number_text
from hoctap_desktop.document.lines import printable
from hoctap_desktop.document.model import (
    Addressees,
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    Paragraph,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.document.sheet_page import render_sheet
from hoctap_desktop.document.word import render_word
from hoctap_desktop.foundation import paths
from tests.conftest import LIBREOFFICE_MISSING


def word(document: Document) -> WordDocument:
    """The document as python-docx reads it."""
    return opened(render_word(document))


def opened(data: bytes) -> WordDocument:
    """A Word file as python-docx reads it."""
    return docx.Document(BytesIO(data))


def paragraphs(made: WordDocument | WordTable) -> Iterator[WordParagraph]:
    """Every paragraph in reading order, those in cells as well."""
    if isinstance(made, WordTable):
        for row in made.rows:
            for cell in row.cells:
                yield from cell.paragraphs
        return
    for part in made.iter_inner_content():
        if isinstance(part, WordTable):
            yield from paragraphs(part)
        else:
            yield part


def text_of(made: WordDocument) -> str:
    """All text in reading order, without header and footer."""
    return "\n".join(paragraph.text for paragraph in paragraphs(made))


def model_text(document: Document) -> str:
    """All text that is to be printed between the margins, in reading order."""
    return "\n".join(printable(line) for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    head = document.letterhead
    yield from (*head.governing, *head.issuing, COUNTRY, MOTTO)
    symbol = "".join(printable(head.symbol).split())
    number = number_text(printable(head.number).strip())
    yield f"Số: {number}{'/' if symbol else ''}{symbol}" if number else f"Số: {'/' if symbol else ''}{symbol}"
    yield head.about
    day = "" if head.day is None else day_text(head.day)
    month = "" if head.month is None else month_text(head.month)
    yield f"{head.place + ', ' if printable(head.place).strip() else ''}ngày {day} tháng {month} năm {head.year}"
    if document.title:
        yield document.title.kind
        yield document.title.subject
    yield from _block_lines(document.blocks)
    if document.recipients and any(document.recipients.groups):
        yield "Nơi nhận:"
        for heading, items in document.recipients.groups:
            yield heading
            yield from (f"- {item}" for item in items)
    if document.signature:
        yield from document.signature.capacity
        yield document.signature.note
        yield document.signature.name
    yield from _block_lines(document.appendix)


def _block_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Addressees(to=to):
                yield f"Kính gửi: {to[0]}" if len(to) == 1 else "Kính gửi:"
                yield from (f"- {each}" for each in to if len(to) > 1)
            case Heading(_, number, runs):
                yield f"{number} {runs_text(runs)}"
            case Bullet(mark, runs):
                yield f"{mark} {runs_text(runs)}"
            case LegalBasis(runs) | Paragraph(runs) | SpecialLine(runs):
                yield runs_text(runs)
            case Table(columns, rows):
                yield from (column.title for column in columns)
                for row in rows:
                    yield from (runs_text(cell) for cell in row.cells)
            case AppendixTitle(number, title, attached_to):
                yield from (f"Phụ lục {number}", title, attached_to)


def libreoffice() -> str:
    """Where LibreOffice is; a machine without it says so in capitals, and CI fails."""
    found = shutil.which("soffice")
    if found is None:
        _missing(LIBREOFFICE_MISSING)
    return found


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI must have it", pytrace=False)
    pytest.skip(f"{what}: Word files and sheets are opened with it")


def as_libreoffice_prints(documents: Mapping[str, Document], folder: Path, *, sheets: bool = False) -> dict[str, bytes]:
    """The Word file of each document, or its sheet, as LibreOffice prints it with the fonts of the program."""
    program = libreoffice()
    suffix, written = (".xlsx", render_sheet) if sheets else (".docx", render_word)
    for name, document in documents.items():
        (folder / f"{name}{suffix}").write_bytes(written(document))
    settings = folder / "fonts.conf"
    settings.write_text(
        _FONTS.format(fonts=escape(str(paths.resources() / "fonts")), cache=escape(str(folder / "cache")))
    )
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *(str(folder / f"{name}{suffix}") for name in documents)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings), "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    if sheets and not any(folder.glob("*.pdf")):
        _missing(f"{LIBREOFFICE_MISSING} its Calc")
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
</fontconfig>
"""
