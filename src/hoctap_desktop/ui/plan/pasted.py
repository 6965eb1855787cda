"""Plain text from elsewhere as blocks: kinds by the numerals and marks that lines begin with. Pure."""

import re

from hoctap_desktop.document.model import Run
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import Block, Outline, table

# Word's own bullets arrive as letters of a symbol font.
_BULLET = re.compile(r"([-–—•·▪●◦+*\uf0b7\uf02d\uf0a7])\s*(?=\S)(.*)")
_HEADINGS = (
    (1, re.compile(r"(?:(?:phần\s+)?[IVX]{1,5})\s*[./)]\s*(?=\S)(.*)")),
    (4, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+(.*)")),
    (3, re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(.*)")),
    (2, re.compile(r"\d{1,2}\s*[./)]\s+(.*)|\d{1,2}\.(?=[^\W\d])(.*)")),
    (3, re.compile(r"[a-zđ]\s*\)\s*(?=\S)(.*)")),
)
# Word sets its own numerals and bullets apart by a tab; that is no table.
_NUMERAL = re.compile(
    r"(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[./)]|\d{1,2}(?:\.\d{1,2})+|[-–—•·▪●◦+*\uf0b7\uf02d\uf0a7]"
)
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def blocks_from_text(text: str) -> Outline:
    """One block a line; blank lines are left out; neighbouring lines with tabs are a table."""
    found: list[Block] = []
    rows: list[list[str]] = []
    for line in [*_LINE_END.split(to_nfc(text)), ""]:
        cells = line.strip("\r\n ").split("\t")
        full = [cell.strip() for cell in cells if cell.strip()]
        if len(full) > 1 and not (len(full) == 2 and _NUMERAL.fullmatch(full[0])):
            rows.append([clean(cell).strip() for cell in cells])
            continue
        if len(rows) > 1:
            found.append(table(rows))
        else:
            found.extend(block_of(" ".join(row)) for row in rows)
        rows = []
        if clean(line).strip():
            found.append(block_of(line))
    return tuple(found)


def block_of(line: str) -> Block:
    """The block one line is; its numeral goes, since numbers are computed; its mark stays as the bullet's."""
    line = line.replace("\uf0b7", "•").replace("\uf02d", "-").replace("\uf0a7", "▪")
    line = clean(line).strip()
    for level, pattern in _HEADINGS:
        if numbered := pattern.fullmatch(line):
            words = next((group for group in numbered.groups() if group is not None), "")
            return Block("heading", level, _runs(words))
    if marked := _BULLET.fullmatch(line):
        mark = marked[1] if marked[1] in "+*" else "-"
        return Block("bullet", 1 if mark != "+" else 2, _runs(marked[2]), mark=mark)
    return Block("paragraph", 0, _runs(line))


def clean(text: str) -> str:
    """NFC, tabs and odd white space as spaces, nothing invisible."""
    return "".join(c if c.isprintable() or c == "\u00a0" else " " if c.isspace() else "" for c in to_nfc(text))


def _runs(words: str) -> tuple[Run, ...]:
    words = words.strip()
    return (Run(words),) if words else ()
