"""Letters the shipped fonts cannot print: looked for before anything is drawn, told by the field they stand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import assert_never

from hoctap_desktop.document import fonts
from hoctap_desktop.document.lines import printable
from hoctap_desktop.document.model import (
    Addressees,
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.foundation.errors import Code, UserError

FieldOf = Callable[[str], str]
"""The key of a block -> the name of the form's field behind it, "" when there is none."""

_EXCERPT = 30


def no_field(_key: str) -> str:
    """Of a document that comes from no form."""
    return ""


@dataclass(frozen=True)
class _Place:
    """A printed text. name: of its place on the page, for people; excerpt: its first words, when it is one of many."""

    key: str
    name: str
    text: str
    excerpt: str = ""


def refuse_missing_letters(document: Document, field_of: FieldOf) -> None:
    """Raises UserError(LETTER_MISSING) for the first letter that cannot be printed right."""
    for place in _places(document):
        letter = fonts.lacking(printable(place.text))
        if letter:
            codepoint = " ".join(f"U+{ord(c):04X}" for c in letter)
            name = field_of(place.key) or place.name
            field = f"{name}: {place.excerpt}" if place.excerpt else name
            raise UserError(Code.LETTER_MISSING, field=field, letter=letter, codepoint=codepoint)


def _places(document: Document) -> Iterator[_Place]:
    """Every printed text. Cells of the letterhead are the unit's own; they have no key."""
    head = document.letterhead
    for text in (*head.governing, *head.issuing):
        yield _Place("", "Tên cơ quan", text)
    yield _Place("", "Số và ký hiệu", f"{head.number}/{head.symbol}")
    yield _Place("", "Địa danh", head.place)
    yield _Place("subject", "Trích yếu", head.about)
    if document.title:
        yield _Place("", "Tên loại văn bản", document.title.kind)
        yield _Place("subject", "Trích yếu", document.title.subject)
    for block in (*document.blocks, *document.appendix):
        yield from _block_places(block)
    if document.recipients:
        for heading, items in document.recipients.groups:
            for text in (heading, *items):
                yield _Place(document.recipients.key, "Nơi nhận", text)
    if document.signature:
        for text in (*document.signature.capacity, document.signature.note):
            yield _Place("signer.title", "Chức vụ người ký", text)
        yield _Place("signer.name", "Họ tên người ký", document.signature.name)
    for text in (document.footer.left, document.footer.center, document.footer.right):
        yield _Place("", "Chân trang", text)


def _block_places(block: Block) -> Iterator[_Place]:
    match block:
        case LegalBasis(runs=runs, key=key):
            yield _Place(key, "Căn cứ", runs_text(runs), _excerpt(runs_text(runs)))
        case Heading(number=number, runs=runs, key=key):
            text = f"{number} {runs_text(runs)}"
            yield _Place(key, "Đề mục", text, _excerpt(text))
        case Paragraph(runs=runs, key=key) | SpecialLine(runs=runs, key=key):
            yield _Place(key, "Đoạn", runs_text(runs), _excerpt(runs_text(runs)))
        case Bullet(mark=mark, runs=runs, key=key):
            text = f"{mark} {runs_text(runs)}"
            yield _Place(key, "Đoạn", text, _excerpt(text))
        case Addressees(to=to, key=key):
            for text in to:
                yield _Place(key, "Kính gửi", text)
        case Table(columns=columns, rows=rows, key=key):
            for column in columns:
                yield _Place(key, "Tên cột của bảng", column.title)
            for row in rows:
                excerpt = _excerpt(" ".join(runs_text(cell) for cell in row.cells))
                for cell in row.cells:
                    yield _Place(row.key, "Bảng, dòng", runs_text(cell), excerpt)
        case AppendixTitle(number=number, title=title, attached_to=attached_to):
            for text in (number, title, attached_to):
                yield _Place("", "Tên phụ lục", text)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _excerpt(text: str) -> str:
    text = " ".join(printable(text).split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + "…"
