"""The words of a page, of an office's text, and how much of one stands in the other in the same order."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from hoctap_desktop.document.model import (
    AppendixTitle,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    Paragraph,
    Runs,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.foundation.text import to_nfc


def words_of(text: str) -> list[str]:
    """Words with the punctuation on them, without marks of Markdown and HTML."""
    plain = re.sub(r"</?[a-z]+>|[*#\\]", "", to_nfc(text))
    return [word for word in plain.split() if re.search(r"\w", word)]


def page_lines(document: Document) -> Iterator[str]:
    """Every line of a page in reading order; Quốc hiệu and Tiêu ngữ, which every page has, left out."""
    head = document.letterhead
    yield " ".join((*head.governing, *head.issuing))
    yield f"Số: {head.number}/{head.symbol}"
    yield f"{head.place}, ngày {head.day or ''} tháng {head.month or ''} năm {head.year}"
    yield from text_lines(document)


def text_lines(document: Document) -> Iterator[str]:
    """Every line of a page from its title on, in reading order."""
    assert document.title is not None
    yield document.title.kind
    yield document.title.subject
    yield from _lines(document.blocks)
    if document.recipients:
        yield "Nơi nhận:"
        for head, items in document.recipients.groups:
            yield head
            yield from items
    if document.signature:
        yield from document.signature.capacity
        yield document.signature.name
    yield from _lines(document.appendix)


def _lines(blocks: Sequence[object]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(_, number, runs):
                yield f"{number} {runs_text(runs)}"
            case Bullet(mark, runs):
                yield f"{mark} {runs_text(runs)}"
            case LegalBasis(runs) | Paragraph(runs) | SpecialLine(runs):
                yield runs_text(runs)
            case Table(columns, rows):
                yield " ".join(column.title for column in columns)
                for row in rows:
                    yield " ".join(_texts(row.cells))
            case AppendixTitle(number, title, attached_to):
                yield f"Phụ lục {number}"
                yield title
                yield attached_to


def _texts(cells: Sequence[Runs]) -> list[str]:
    return [runs_text(cell) for cell in cells]


def shared(wanted: Sequence[str], got: Sequence[str]) -> float:
    """The part of `wanted` that stands in `got` in the same order, 0…1."""
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def differences(wanted: Sequence[str], got: Sequence[str]) -> list[str]:
    """Where the two differ, for the message of a failing test."""
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return [
        f"{' '.join(wanted[a:b])!r} -> {' '.join(got[c:d])!r}"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
