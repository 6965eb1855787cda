"""A document as a flow of pieces: what each block looks like, and which of them stay together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import assert_never

from hoctap_desktop.document.addressees import addressee_pieces
from hoctap_desktop.document.layout import Layout, PageSize
from hoctap_desktop.document.letterhead import letterhead_piece, title_piece
from hoctap_desktop.document.lines import NO_BREAK, Line, Measure, balanced, broken, printable
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
    Run,
    Runs,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.document.pieces import BULLET, Keep, Page, Piece, Text, paginate, set_line
from hoctap_desktop.document.signature import signature_pieces
from hoctap_desktop.document.table import is_wide, table_pieces

# A space of 14 pt type is 3.5 pt wide: at least 25 pt for a number and 18 pt for a day.
_NUMBER_BLANK = 9
_DAY_BLANK = 7
_DEEPEST_TAG = 6  # PDF knows H1 to H6


@dataclass(frozen=True)
class Sheet:
    """A page and the paper it stands on, upright or lying."""

    page: Page
    size: PageSize


def sheets(document: Document, layout: Layout, measure: Measure) -> tuple[Sheet, ...]:
    """The document's pages: letterhead, title, blocks, recipients and signature, appendix.

    An appendix, or a part of one after a page break, lies when one of its tables would have to tear a word.
    """
    numbers = count(1)
    flow = _flow(document, layout, measure, numbers)
    made = [Sheet(page, layout.page) for page in paginate(flow, layout.page.text_height)]
    for part, own in appendix_parts(document.appendix, layout, measure):
        if pieces := _blocks(part, own, measure, numbers):
            made += [Sheet(page, own.page) for page in paginate(pieces, own.page.text_height)]
    return tuple(made)


def pages(document: Document, layout: Layout, measure: Measure) -> tuple[Page, ...]:
    """The pages alone."""
    return tuple(sheet.page for sheet in sheets(document, layout, measure))


def appendix_parts(appendix: Sequence[Block], layout: Layout, measure: Measure) -> Iterator[tuple[list[Block], Layout]]:
    """The appendix in parts that begin a page each, with the layout of their pages, upright or lying."""
    for part in _parts(appendix):
        wide = any(isinstance(block, Table) and is_wide(block, layout, measure) for block in part)
        yield part, replace(layout, page=layout.landscape) if wide else layout


def _parts(appendix: Sequence[Block]) -> Iterator[list[Block]]:
    """The appendix in parts that begin a page each."""
    part: list[Block] = []
    for block in appendix:
        if part and isinstance(block, PageBreak | AppendixTitle):
            yield part
            part = []
        if not isinstance(block, PageBreak):
            part.append(block)
    if part:
        yield part


def _flow(document: Document, layout: Layout, measure: Measure, numbers: Iterator[int]) -> list[Piece]:
    head = [letterhead_piece(document.letterhead, layout, measure)]
    if document.title:
        head.append(title_piece(document.title, layout, measure))
    flow = [replace(piece, block=next(numbers)) for piece in head]
    flow += _blocks(document.blocks, layout, measure, numbers)
    if document.blocks and isinstance(document.blocks[-1], SpecialLine):
        # a line of its own after the text is not yet text: the end of the text comes with it
        line = flow[-1].block
        kept = [replace(piece, keep=Keep.ALWAYS) if after.block == line else piece for piece, after in pairwise(flow)]
        flow = [*kept, flow[-1]]
    last = next(numbers)
    pieces = signature_pieces(document.recipients, document.signature, layout, measure)
    foot = [replace(piece, block=last) for piece in pieces]
    if foot:
        # the signature never stands alone: it takes the end of the text with it
        flow[-1] = replace(flow[-1], keep=Keep.ALWAYS)
    flow += foot
    return flow


def _blocks(blocks: Sequence[Block], layout: Layout, measure: Measure, numbers: Iterator[int]) -> list[Piece]:
    flow: list[Piece] = []
    new_page = after_table = False
    before: Block | None = None
    for block in blocks:
        if isinstance(block, PageBreak):
            new_page = True
            continue
        number = next(numbers)
        pieces = [replace(piece, block=number) for piece in _pieces(block, layout, measure)]
        if not pieces:
            continue
        pieces[0] = replace(
            pieces[0],
            new_page=new_page or pieces[0].new_page,
            gap=pieces[0].gap + (layout.table.gap if after_table else 0.0),
        )
        if flow and isinstance(block, Table):
            flow[-1] = replace(flow[-1], keep=Keep.HEADING)  # what announces a table stays with its head
        elif flow and announces(before, block):
            flow[-1] = replace(flow[-1], keep=max(flow[-1].keep, Keep.LINES))
        flow += pieces
        before, new_page, after_table = block, False, isinstance(block, Table)
    return flow


def announces(before: Block | None, block: Block) -> bool:
    """True for "Phân công:" before the first bullet of a list: such a line does not stay behind at a page's foot."""
    return (
        isinstance(before, Paragraph | Bullet)
        and isinstance(block, Bullet)
        and runs_text(before.runs).rstrip().endswith(":")
    )


def _pieces(block: Block, layout: Layout, measure: Measure) -> Iterator[Piece]:
    look = layout.body
    match block:
        case LegalBasis(runs, key):
            slanted = tuple(Run(run.text, run.bold, True) for run in runs)
            yield from _paragraph(slanted, layout, measure, key=key)
        case Heading():
            yield from _heading(block, layout, measure)
        case Paragraph(runs, key):
            yield from _paragraph(runs, layout, measure, key=key)
        case Bullet(mark, runs, depth, key):
            marked = (Run(mark + NO_BREAK), *runs) if mark else runs
            pieces = _paragraph(marked, layout, measure, key=key, inset=look.bullet_step * (depth - 1))
            yield from _as_bullet(pieces, printable(mark).strip(), depth, measure) if mark.strip() else pieces
        case Table():
            if block.columns:
                yield from table_pieces(block, layout, measure)
        case SpecialLine(runs, key):
            yield from _centred(runs, layout, measure, key=key, gap=look.gap)
        case Addressees():
            yield from addressee_pieces(block, layout, measure)
        case AppendixTitle():
            yield from _appendix_title(block, layout, measure)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _heading(heading: Heading, layout: Layout, measure: Measure) -> Iterator[Piece]:
    look = layout.body
    bold = heading.bold or heading.level <= look.bold_levels
    number = (Run(f"{heading.number}{NO_BREAK}"),) if heading.number else ()
    runs = tuple(Run(run.text, run.bold or bold, run.italic) for run in (*number, *heading.runs))
    pieces = list(_paragraph(runs, layout, measure, key=heading.key, align="left"))
    for place, piece in enumerate(pieces):
        bookmark = (heading.level, printable(runs_text(runs)).strip()) if place == 0 else None
        tag = f"H{min(heading.level + 1, _DEEPEST_TAG)}"  # the title is H1
        yield replace(piece, keep=Keep.HEADING, bookmark=bookmark, tag=tag)


def _paragraph(
    runs: Runs, layout: Layout, measure: Measure, *, key: str, inset: float = 0.0, align: str = "justify",
) -> Iterator[Piece]:  # fmt: skip
    """A piece per line; the first lines and the last ones hold together."""
    look = layout.body
    width = layout.page.text_width
    indent = look.indent + inset
    lines = broken(runs, look.size, width, measure, indent=indent)
    for number, line in enumerate(lines):
        left = indent if number == 0 else 0.0
        texts = set_line(
            line, layout, look.size, look.pitch, left=left, width=width - left, align=align, stretch=look.stretch
        )
        held = number + 1 < look.lines_kept or number >= len(lines) - look.lines_kept
        yield Piece(
            look.pitch,
            texts,
            gap=look.gap if number == 0 else 0.0,
            keep=Keep.LINES if held and number < len(lines) - 1 else Keep.FREE,
            key=key,
        )


def _as_bullet(pieces: Iterator[Piece], mark: str, depth: int, measure: Measure) -> Iterator[Piece]:
    """The lines of a bullet, its mark apart from its text, so that it can be told what each is."""
    for number, piece in enumerate(pieces):
        texts = [replace(item, cell=1) for item in piece.items if isinstance(item, Text)]
        if number == 0 and texts and texts[0].text.startswith(mark + " "):
            first = texts[0]
            label = replace(first, text=mark + " ", cell=0)
            width = measure(label.text, first.bold, first.italic, first.size) + first.spacing
            rest = replace(first, x=first.x + width, text=first.text[len(label.text) :])
            texts = [label, *([rest] if rest.text else []), *texts[1:]]
        yield replace(piece, items=tuple(texts), tag=BULLET, depth=depth)


def _centred(
    runs: Runs, layout: Layout, measure: Measure, *, key: str = "", gap: float = 0.0, keep: Keep = Keep.FREE
) -> Iterator[Piece]:
    look = layout.body
    lines: list[Line] = balanced(runs, look.size, layout.page.text_width, measure)
    for number, line in enumerate(lines):
        texts = set_line(line, layout, look.size, look.pitch, width=layout.page.text_width, align="center")
        last = number == len(lines) - 1
        yield Piece(look.pitch, texts, gap=0.0 if number else gap, keep=keep if last else Keep.HEADING, key=key)


def _appendix_title(title: AppendixTitle, layout: Layout, measure: Measure) -> Iterator[Piece]:
    look = layout.appendix
    label = f"Phụ lục {title.number}".strip()
    attached = with_blanks(title.attached_to)
    pieces = [
        replace(piece, tag="H1")
        for run in (Run(label, bold=True), Run(title.title, bold=True), Run(attached, italic=True))
        for piece in _centred((run,), layout, measure, keep=Keep.HEADING)
    ]
    pieces[0] = replace(pieces[0], new_page=True, bookmark=(1, printable(f"{label} {title.title}").strip()))
    pieces[-1] = replace(pieces[-1], height=pieces[-1].height + look.gap_below)
    yield from pieces


def with_blanks(attached_to: str) -> str:
    """Room for the number and the day that are filled in by hand, where they are not there ("số /KH-UBND")."""
    text = printable(attached_to)
    text = re.sub(r"(số:?)\s*(?=/)", rf"\1{NO_BREAK * _NUMBER_BLANK}", text)
    return re.sub(r"(ngày)\s*(?=/|tháng)", rf"\1{NO_BREAK * _DAY_BLANK}", text)
