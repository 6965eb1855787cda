"""A plan as a page: letterhead, title, legal bases, numbered body, recipients, signature, appendix."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Column,
    Document,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    SpecialLine,
    Table,
    TableRow,
    Title,
    runs_text,
)
from hoctap_desktop.filing.fields import field_values, fill, fill_runs, scheme_of
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.filing.printed import footer, letterhead, metadata, recipients, signature, with_end_marks
from hoctap_desktop.form.answers import lines, text
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.plan import outline
from hoctap_desktop.plan.headings import (
    APPENDIX_LINE,
    HeadLook,
    appendix_starts,
    heading_looks,
    heading_numbers,
    is_appendix_line,
)
from hoctap_desktop.plan.outline import Outline, parse, parse_runs
from hoctap_desktop.plan.programme import is_counted

_LONGEST_CENTRED = 200
_LETTERS_ACROSS, _PADDING = 72.0, 2.5  # small letters of the table that fill the text width; both sides of a cell
_LONGEST_WHOLE = 10  # letters of a head cell that is not broken
_NARROWEST, _WIDEST = 4, 42  # letters a table column is wide at least and at most, before sharing the width


def printed(filing: Filing, form: FormDefinition, campaign: Campaign) -> Document:
    """The page of a plan. Keys: "legal_bases.<n>", "body.<n>", "appendix.<n>" (n = index in the list or outline),
    "recipients", "signature", "special_line".

    Raises UserError(FIELD_UNKNOWN) for a {{field}} the form does not have.
    """
    values = field_values(form, filing.answers, filing.unit, campaign)
    subject = fill(text(filing.answers, "subject"), values, form)
    special = fill(text(filing.answers, "special_line"), values, form)
    body = parse(text(filing.answers, "body"))
    appendix = parse(text(filing.answers, "appendix"))
    scheme = scheme_of(form, filing.answers)

    def filled(runs: Runs) -> Runs:
        return fill_runs(runs, values, form)

    return Document(
        letterhead=letterhead(filing, form, campaign),
        title=Title(form.title, subject),
        blocks=(
            *_legal_bases(tuple(fill(line, values, form) for line in lines(filing.answers, "legal_bases"))),
            *_body(body, scheme, "body", filled),
            *((SpecialLine((Run(special, bold=True),), "special_line"),) if special else ()),
        ),
        recipients=recipients(tuple(fill(line, values, form) for line in lines(filing.answers, "recipients"))),
        signature=signature(filing),
        metadata=metadata(filing, campaign, subject),
        footer=footer(filing, form),
        appendix=tuple(_appendix(appendix, scheme, filled)),
    )


def _legal_bases(given: Sequence[str]) -> Iterator[LegalBasis]:
    for index, line in enumerate(with_end_marks(given)):
        yield LegalBasis(parse_runs(line), f"legal_bases.{index}")


# --- the body ----------------------------------------------------------------------------------------------------

Filled = Callable[[Runs], Runs]


def _body(body: Outline, scheme: str, key: str, filled: Filled, first: int = 0) -> Iterator[Block]:
    own = iter(heading_numbers(body, scheme))
    looks = heading_looks(body)
    for index, block in enumerate(body):
        place = f"{key}.{first + index}"
        runs = filled(block.runs)
        match block.kind:
            case "heading":
                yield _heading(block, next(own), runs, looks[index], place)
            case "bullet":
                yield Bullet(block.mark, runs, block.level, place)
            case "table":
                yield _table(block, filled, place)
            case _:
                yield Paragraph(runs, place)


def _heading(block: outline.Block, number: str, runs: Runs, look: HeadLook, key: str) -> Block:
    if look.runs_on:
        return Paragraph(((Run(f"{number} ", look.number_bold), *runs) if number else runs), key)
    words = tuple(Run(run.text, italic=run.italic) for run in runs) if look.bold else runs
    return Heading(block.level, number, words, look.bold, key)


def _table(block: outline.Block, filled: Filled, key: str) -> Table:
    head, *rows = ([filled(parse_runs(cell)) for cell in row] for row in block.rows)
    return Table(
        columns=tuple(
            Column(runs_text(title), width, "center" if width_of <= _NARROWEST else "left")
            for title, (width, width_of) in zip(head, _widths(block.rows), strict=True)
        ),
        rows=tuple(TableRow(tuple(row), _is_group(row), f"{key}.{number}") for number, row in enumerate(rows, start=1)),
        key=key,
    )


def _is_group(row: Sequence[Runs]) -> bool:
    runs = [run for cell in row for run in cell if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _widths(rows: Sequence[Sequence[str]]) -> list[tuple[float, int]]:
    """Per column its share of the text width, and the letters that share was measured by.

    A column is as wide as its longest word, so that no date is cut in two; what is left goes to the long texts.
    """
    least, wanted = [], []
    for cells in zip(*rows, strict=True):
        column = [runs_text(parse_runs(cell)) for cell in cells]
        words = [word for cell in column for word in cell.split()] + column[:1] * (len(column[0]) <= _LONGEST_WHOLE)
        least.append(max((_breadth(word) for word in words), default=1.0) + _PADDING)
        wanted.append(max(_NARROWEST, min(max(len(cell) for cell in column), _WIDEST)))
    if sum(least) >= _LETTERS_ACROSS:
        return [(width / sum(least), letters) for width, letters in zip(least, wanted, strict=True)]
    more = [max(0.0, letters - width) for width, letters in zip(least, wanted, strict=True)]
    if not sum(more) and is_counted(rows):
        more = [0.0, *(1.0 for _ in more[1:])]  # a column of numbers never needs more than its head
    rest = _LETTERS_ACROSS - sum(least)
    shares = [part / sum(more) if sum(more) else 1 / len(more) for part in more]
    widths = [width + rest * share for width, share in zip(least, shares, strict=True)]
    return [(width / _LETTERS_ACROSS, letters) for width, letters in zip(widths, wanted, strict=True)]


def _breadth(word: str) -> float:
    """About how wide a word is, in small letters: a capital is half as wide again."""
    return sum(1.5 if letter.isupper() or letter in "&%—" else 1 for letter in word)


# --- the appendix ------------------------------------------------------------------------------------------------


def _appendix(body: Outline, scheme: str, filled: Filled) -> Iterator[Block]:
    """The appendix: lines that are wholly bold capitals stand centred, "Phụ lục II" begins a new one."""
    edges = [0, *appendix_starts(body), len(body)] if body else []
    for part, (start, end) in enumerate(pairwise(edges)):
        if part:
            yield PageBreak()
        first = start
        found = APPENDIX_LINE.fullmatch(body[start].text.strip()) if is_appendix_line(body[start]) else None
        if found:
            first += 1
            title = []
            while first < end and is_centred(body[first]) and all(run.bold for run in body[first].runs):
                title.append(runs_text(filled(body[first].runs)))
                first += 1
            attached = ""
            if first < end and _is_attachment(body[first]):
                attached = runs_text(filled(body[first].runs))
                first += 1
            yield AppendixTitle(found[1] or "", " ".join(title), attached)
        yield from _appendix_text(body[first:end], scheme, filled, first)


def _appendix_text(body: Outline, scheme: str, filled: Filled, first: int) -> Iterator[Block]:
    centred = False
    for source, block in zip(body, _body(body, scheme, "appendix", filled, first), strict=True):
        centred = is_centred(source) or (centred and _is_attachment(source))
        yield SpecialLine(block.runs, block.key) if centred and isinstance(block, Paragraph) else block


def is_centred(block: outline.Block) -> bool:
    """True for a line of an appendix that stands in the middle: wholly bold, and capitals or in brackets."""
    words = block.text.strip()
    return (
        block.kind == "paragraph"
        and all(run.bold for run in block.runs if run.text.strip())
        and len(words) <= _LONGEST_CENTRED
        and (words == words.upper() or (words.startswith("(") and words.endswith(")")))
    )


def _is_attachment(block: outline.Block) -> bool:
    words = block.text.strip()
    return (
        block.kind == "paragraph"
        and words.startswith("(")
        and words.endswith(")")
        and all(run.italic for run in block.runs if run.text.strip())
    )
