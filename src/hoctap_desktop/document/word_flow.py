"""A document as paragraphs and grids of cells, the way Word holds a page. Pure; word.py writes them down."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from hoctap_desktop.document import word_styles as styles
from hoctap_desktop.document.addressees import addressee_parts
from hoctap_desktop.document.flow import announces, appendix_parts, with_blanks
from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.letterhead import (
    COUNTRY,
    MOTTO,
    about_lines,
    date_rows,
    line_text,
    longest,
    name_lines,
    number_parts,
    title_lines,
)
from hoctap_desktop.document.lines import NO_BREAK, Line, Measure, balanced, held, holding, printable
from hoctap_desktop.document.model import (
    Addressees,
    AppendixTitle,
    Block,
    Bullet,
    Document,
    Footer,
    Heading,
    LegalBasis,
    Letterhead,
    PageBreak,
    Paragraph,
    Recipients,
    Run,
    Runs,
    Signature,
    SpecialLine,
    Table,
    TableRow,
    Title,
)
from hoctap_desktop.document.recipients import recipient_entries, recipient_lines
from hoctap_desktop.document.table import column_widths
from hoctap_desktop.document.word_parts import WordCell, WordGrid, WordParagraph, WordRow, WordSection

# Word may measure a line a hair wider than we do: a line that just fits its block may stick out by this instead.
_PLAY = 3.0


def word_flow(document: Document, layout: Layout, measure: Measure) -> tuple[WordSection, ...]:
    """Everything between the margins, in reading order. Each section begins a page."""
    flow = _Flow(layout)
    flow.add(_letterhead(document.letterhead, layout, measure))
    if document.title:
        for paragraph in _title(document.title, layout, measure):
            flow.add(paragraph)
    _add_blocks(flow, document.blocks, layout, measure)
    foot = _foot(document.recipients, document.signature, layout, measure)
    if foot:
        flow.keep_last()  # the signature never stands alone: it takes the end of the text with it
        flow.add(foot)
    made: list[WordSection] = []
    for part, own in appendix_parts(document.appendix, layout, measure):
        if own.page != flow.page:
            made += flow.done()
            flow = _Flow(own)
        flow.begin_part()
        _add_blocks(flow, part, own, measure)
    return (*made, *flow.done())


class _Flow:
    """What is written so far.

    Free space between two paragraphs all stands above the second: of a space below and one above Word takes the larger.
    """

    def __init__(self, layout: Layout) -> None:
        self.page = layout.page
        self._styles = {style.id: style for style in styles.styles(layout)}
        self._table_gap = layout.table.gap
        self._parts: list[WordParagraph | WordGrid] = []
        self._new_page = False
        self._gap = 0.0  # what the last part asks to be left free below it

    def begin_page(self) -> None:
        self._new_page = True

    def begin_part(self) -> None:
        """What follows begins a page and has nothing to do with what stands before it."""
        self._new_page, self._gap = bool(self._parts), 0.0

    def add(self, part: WordParagraph | WordGrid) -> None:
        if isinstance(part, WordGrid):
            self._add_grid(part)
            self._gap = self._table_gap if part.bordered else 0.0
        else:
            self._gap, gap = part.after or 0.0, self._gap
            before = self._before(part) + gap
            on_top = not self._parts or part.new_page or self._new_page  # nothing is left free at the head of a page
            above = 0.0 if on_top else before if gap else part.before
            self._parts.append(replace(part, before=above, after=None, new_page=on_top and bool(self._parts)))
        self._new_page = False

    def _before(self, paragraph: WordParagraph) -> float:
        return self._styles[paragraph.style].before if paragraph.before is None else paragraph.before

    def _add_grid(self, grid: WordGrid) -> None:
        last = self._parts[-1] if self._parts else None
        if self._new_page or isinstance(last, WordGrid):
            # two grids without a paragraph between them would be one
            gap = self._gap + self._table_gap if grid.bordered and not self._new_page else None
            self._parts.append(WordParagraph(styles.SPACER, pitch=gap, new_page=self._new_page, keep=True))
        elif last is not None:
            gap = self._gap + self._table_gap if grid.bordered else self._gap
            # what announces a table stays with its head
            self._parts[-1] = replace(last, after=gap or None, keep=last.keep or grid.bordered)
        self._parts.append(grid)

    def keep_last(self) -> None:
        """What was written last stays on the page of what comes next; a special line is not yet text to stay with."""
        for index in reversed(range(len(self._parts))):
            last = self._parts[index]
            if isinstance(last, WordGrid):
                *rows, row = last.rows
                self._parts[index] = replace(last, rows=(*rows, replace(row, keep=True)))
                return
            self._parts[index] = replace(last, keep=True)
            if last.style != styles.SPECIAL_LINE:
                return

    def done(self) -> Iterator[WordSection]:
        """The section; none when nothing was written."""
        if self._parts:
            if isinstance(self._parts[-1], WordGrid):
                self._parts.append(WordParagraph(styles.SPACER))
            yield WordSection(self.page, tuple(self._parts))


# --- letterhead and title ----------------------------------------------------------------------------------------


def _letterhead(head: Letterhead, layout: Layout, measure: Measure) -> WordGrid:
    look = layout.letterhead
    right = layout.page.text_width - look.left
    names, names_height = _names(head, layout, measure)
    (motto,) = balanced((Run(MOTTO, bold=True),), look.motto_size, right, measure)
    country = (
        _lined(styles.COUNTRY, [COUNTRY]),
        _lined(styles.MOTTO, [MOTTO]),
        _rule(motto.width, right, look.rule_gap, look.rule_width),
    )
    number = [_lined(styles.NUMBER, [_filled(number_parts(head, layout), look.number_size, measure, italic=False)])]
    if about := about_lines(head, layout, measure):
        number.append(_lined(styles.ABOUT, [line_text(line) for line in about]))
    size, rows = date_rows(head, layout, measure)
    date = _lined(styles.PLACE_AND_DATE, [_filled(row, size, measure, italic=True) for row in rows], size)
    return WordGrid(
        (look.left, right),
        (
            WordRow(
                (WordCell(names, right=look.gutter), WordCell(country)),
                height=max(look.rows * look.pitch, names_height) + look.number_gap_above,
                keep=True,
            ),
            WordRow(
                (WordCell(tuple(number), right=look.gutter), WordCell((date,))), height=look.number_pitch, keep=True
            ),
        ),
    )


def _names(head: Letterhead, layout: Layout, measure: Measure) -> tuple[tuple[WordParagraph, ...], float]:
    look = layout.letterhead
    size, governing, issuing = name_lines(head, layout, measure)
    found = [
        _lined(style, [line_text(line) for line in lines], size)
        for style, lines in ((styles.GOVERNING, governing), (styles.ISSUING, issuing))
        if lines
    ]
    height = look.pitch * (len(governing) + len(issuing))
    if issuing:
        width = look.rule_ratio * longest(issuing)
        found.append(_rule(width, look.left - look.gutter, look.rule_gap, look.rule_width))
        height += look.rule_gap
    return tuple(found) or (WordParagraph(styles.GOVERNING),), height


def _filled(parts: Sequence[str | float], size: float, measure: Measure, *, italic: bool) -> str:
    """Texts, and each blank as so many no-break spaces that it is as wide as asked, or a little wider."""
    space = measure(" ", False, italic, size)
    return "".join(part if isinstance(part, str) else NO_BREAK * math.ceil(part / space) for part in parts)


def _lined(style: str, lines: Sequence[str], size: float | None = None) -> WordParagraph:
    """A paragraph whose lines are broken here. Its runs take their look from the style."""
    return WordParagraph(style, tuple((Run(held(line)),) for line in lines), size=size, left=-_PLAY, right=-_PLAY)


def _title(title: Title, layout: Layout, measure: Measure) -> Iterator[WordParagraph]:
    look = layout.title
    kind, subject = title_lines(title, layout, measure)
    yield _from_lines(styles.TITLE, kind)
    if subject:
        yield _from_lines(styles.SUBJECT, subject)
    width = layout.page.text_width
    rule = _rule(look.rule_ratio * longest(subject), width, look.rule_gap, look.rule_width)
    yield replace(rule, after=look.gap_below, keep=True)


def _rule(length: float, width: float, gap: float, thickness: float) -> WordParagraph:
    """A rule of `length` in the middle of `width`, `gap` under what stands above it."""
    side = (width - length) / 2
    return WordParagraph(styles.RULE, left=side, right=side, pitch=gap - thickness, under=thickness)


# --- blocks ------------------------------------------------------------------------------------------------------


def _add_blocks(flow: _Flow, blocks: Sequence[Block], layout: Layout, measure: Measure) -> None:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, PageBreak):
            flow.begin_page()
            before = None
            continue
        parts = list(_parts(block, layout, measure))
        if parts and announces(before, block):
            flow.keep_last()
        for part in parts:
            flow.add(part)
            before = block


def _parts(block: Block, layout: Layout, measure: Measure) -> Iterator[WordParagraph | WordGrid]:
    look = layout.body
    match block:
        case LegalBasis(runs=runs):
            yield from _paragraph(styles.LEGAL_BASIS, tuple(Run(run.text, run.bold, True) for run in runs))
        case Heading(level=level, number=number, runs=runs, bold=bold):
            bold = bold or level <= look.bold_levels
            numbered = (Run(f"{number}{NO_BREAK}"), *runs) if number else runs
            emphasised = tuple(Run(run.text, run.bold or bold, run.italic) for run in numbered)
            yield from _paragraph(styles.heading_style(level), emphasised)
        case Paragraph(runs=runs):
            yield from _paragraph(styles.BODY, runs)
        case Bullet(mark=mark, runs=runs, depth=depth):
            style = styles.bullet_style(depth)
            marked = (Run(mark + NO_BREAK), *runs) if mark else runs
            for paragraph in _paragraph(style, marked):
                deeper = look.indent + look.bullet_step * (depth - 1)
                yield replace(paragraph, first=deeper) if depth > styles.DEEPEST_LIST else paragraph
        case Table():
            if block.columns:
                yield _table(block, layout, measure)
        case SpecialLine(runs=runs):
            lines = balanced(runs, look.size, layout.page.text_width, measure)
            if lines:
                yield _from_lines(styles.SPECIAL_LINE, lines)
        case Addressees():
            yield from _addressees(block, layout, measure)
        case AppendixTitle():
            yield from _appendix_title(block, layout, measure)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _paragraph(style: str, runs: Runs) -> Iterator[WordParagraph]:
    """A paragraph that Word breaks; none when there is nothing to print."""
    clean = clean_runs(runs)
    if clean:
        yield WordParagraph(style, (clean,))


def clean_runs(runs: Runs) -> Runs:
    """Runs as the PDF prints them: pairs held together, one space between words, none at the ends."""
    found: list[Run] = []
    spaced = True
    for run in holding(runs):
        kept = ""
        for letter in run.text:
            if letter != " " or not spaced:
                kept += letter
            spaced = letter == " "
        if kept:
            found.append(Run(kept, run.bold, run.italic))
    if found and found[-1].text.endswith(" "):
        last = found.pop()
        if text := last.text[:-1]:
            found.append(Run(text, last.bold, last.italic))
    return tuple(found)


def _from_lines(style: str, lines: Sequence[Line]) -> WordParagraph:
    return WordParagraph(style, tuple(tuple(Run(held(s.text), s.bold, s.italic) for s in line.spans) for line in lines))


def _addressees(block: Addressees, layout: Layout, measure: Measure) -> Iterator[WordParagraph]:
    look = layout.addressees
    parts = addressee_parts(block, layout, measure)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        yield replace(
            _from_lines(styles.ADDRESSEES, part.lines),
            left=part.left or None,
            align="center" if part.centred else None,
            before=look.gap if number == 0 else None,
            after=look.gap_below if last else None,
            keep=not last,
        )


def _appendix_title(title: AppendixTitle, layout: Layout, measure: Measure) -> Iterator[WordParagraph]:
    look = layout.appendix
    found = []
    for style, run in (
        (styles.APPENDIX_NUMBER, Run(f"Phụ lục {title.number}".strip(), bold=True)),
        (styles.APPENDIX_TITLE, Run(title.title, bold=True)),
        (styles.APPENDIX_NOTE, Run(with_blanks(title.attached_to), italic=True)),
    ):
        lines = balanced((run,), look.size, layout.page.text_width, measure)
        if lines:
            found.append(_from_lines(style, lines))
    found[0] = replace(found[0], new_page=True)
    found[-1] = replace(found[-1], after=look.gap_below)
    yield from found


# --- tables ------------------------------------------------------------------------------------------------------


def _table(table: Table, layout: Layout, measure: Measure) -> WordGrid:
    head = WordRow(
        tuple(_cell(styles.TABLE_HEAD, (Run(column.title, bold=True),), "center") for column in table.columns),
        head=True,
        keep=True,
    )
    rows = (_row(table, row, keep=row.group or number == len(table.rows) - 2) for number, row in enumerate(table.rows))
    return WordGrid(tuple(column_widths(table, layout, measure)), (head, *rows), bordered=True)


def _row(table: Table, row: TableRow, *, keep: bool) -> WordRow:
    cells = [
        _cell(
            styles.TABLE_TEXT,
            tuple(Run(run.text, run.bold or row.group, run.italic) for run in cell),
            _alignment(column.align),
        )
        for column, cell in zip(table.columns, row.cells, strict=False)
    ]
    cells += [_cell(styles.TABLE_TEXT, (), "left") for _ in table.columns[len(cells) :]]
    return WordRow(tuple(cells), keep=keep, group=row.group)


def _alignment(align: str) -> styles.Align:
    match align:
        case "center" | "right":
            return align
        case _:
            return "left"


def _cell(style: str, runs: Runs, align: styles.Align) -> WordCell:
    return WordCell((WordParagraph(style, (clean_runs(runs),), align=align),), middle=True)


# --- recipients and signature ------------------------------------------------------------------------------------


def _foot(
    recipients: Recipients | None, signature: Signature | None, layout: Layout, measure: Measure
) -> WordGrid | None:
    look = layout.signature
    width = layout.page.text_width
    left = width * look.left_ratio
    receivers = list(_receivers(recipients, layout)) if recipients and any(recipients.groups) else []
    signer = list(_signer(signature, width - left, layout, measure)) if signature else []
    if not receivers and not signer:
        return None
    if receivers:
        # "Nơi nhận:" is smaller than the capacity beside it and stands on the same base line
        size, pitch = layout.recipients.title_size, layout.recipients.title_pitch
        lower = layout.baseline(look.size, look.pitch) - layout.baseline(size, pitch) if signer else 0.0
        receivers[0] = replace(receivers[0], before=look.gap + lower)
    if signer:
        signer[0] = replace(signer[0], before=look.gap + (look.space if signer[0].style == styles.SIGNER else 0.0))
    cells = [
        WordCell(tuple(receivers) or (WordParagraph(styles.RECIPIENT),), right=layout.table.padding_x),
        WordCell(tuple(signer) or (WordParagraph(styles.CAPACITY),)),
    ]
    return WordGrid((left, width - left), (WordRow(tuple(cells), whole=_fits_a_page(recipients, layout, measure)),))


def _fits_a_page(recipients: Recipients | None, layout: Layout, measure: Measure) -> bool:
    """False for recipients that have to go on on the next page."""
    if recipients is None:
        return True
    width = layout.page.text_width * layout.signature.left_ratio - layout.table.padding_x
    return (
        sum(pitch for pitch, _ in recipient_lines(recipients, layout, width, measure)) < layout.page.text_height * 0.8
    )


def _receivers(recipients: Recipients, layout: Layout) -> Iterator[WordParagraph]:
    for number, (runs, _size, _pitch) in enumerate(recipient_entries(recipients, layout)):
        clean = clean_runs(runs)
        if clean:
            yield WordParagraph(styles.RECIPIENT if number else styles.RECIPIENTS, (clean,))


def _signer(signature: Signature, width: float, layout: Layout, measure: Measure) -> Iterator[WordParagraph]:
    look = layout.signature

    def lines(text: str, *, bold: bool) -> list[Line]:
        return balanced((Run(text, bold=bold, italic=not bold),), look.size, width, measure)

    for capacity in signature.capacity:
        if found := lines(capacity, bold=True):
            yield _from_lines(styles.CAPACITY, found)
    if found := lines(signature.note, bold=False):
        yield _from_lines(styles.SIGNATURE_NOTE, found)
    yield _from_lines(styles.SIGNER, lines(signature.name, bold=True))


# --- the foot of every page --------------------------------------------------------------------------------------


def footer_paragraph(footer: Footer, layout: Layout, width: float) -> WordParagraph | None:
    """Left, centre and right in one line of `width` under a rule; None when there is nothing to say."""
    texts = [printable(text).strip() for text in (footer.left, footer.center, footer.right)]
    if not any(texts):
        return None
    line = "\t".join(texts).rstrip("\t")
    return WordParagraph(
        styles.FOOTER, ((Run(line),),), over=layout.footer.rule_width, tabs=(("center", width / 2), ("right", width))
    )
