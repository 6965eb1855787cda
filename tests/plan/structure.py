"""The skeleton of a plan that was read, small enough to be written down by hand from the paper."""

from itertools import groupby

from hoctap_desktop.document.numbering import numbers
from hoctap_desktop.filing.fields import scheme_of
from hoctap_desktop.filing.filled_file import filing_from_data
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.plan.outline import Block, parse
from hoctap_desktop.plan.reader import Reading


def skeleton(reading: Reading, part: str = "body") -> str:
    """Headings by level and number, bullets by depth, mark and how many, "p" a paragraph, "t8x4" a table.

    "I. 1. p 2. p 1-x5" reads: heading I., under it 1. with a paragraph and 2. with a paragraph and five bullets "-".
    """
    filing = filing_from_data(reading.filled, "x")
    form = form_by_id(filing.form.id, filing.form.version)
    blocks = parse(text(filing.answers, part))
    printed = iter(
        numbers([(b.level, b.number) for b in blocks if b.kind == "heading"], scheme_of(form, filing.answers))
    )
    signs = [f"{b.level}:{next(printed)}" if b.kind == "heading" else _sign(b) for b in blocks]
    counted = [(sign, len(list(same))) for sign, same in groupby(signs)]
    return " ".join(sign if count == 1 else f"{sign}x{count}" for sign, count in counted)


def _sign(block: Block) -> str:
    if block.kind == "bullet":
        return f"{block.level}{block.mark}"
    if block.kind == "table":
        return f"t{len(block.rows)}x{len(block.rows[0])}"
    return "p"
