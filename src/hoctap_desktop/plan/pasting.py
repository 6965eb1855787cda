"""What is pasted from Word, Excel, a PDF, a web page or a text file as clean blocks. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hoctap_desktop.document.model import Run, Runs, runs_text
from hoctap_desktop.foundation.legacy import (
    CODING_WORDS,
    Coding,
    changed_lines,
    coding_of_font,
    converted,
    find_legacy,
)
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import (
    BULLET_MARKS,
    DEEPEST_BULLET,
    Block,
    Outline,
    table,
    tidy,
    without_first,
    write_every_star,
    write_runs,
)
from hoctap_desktop.plan.pasted_html import WORD_MARKS, PastedLine, lines_of_html
from hoctap_desktop.plan.source_lines import Line, joined, wrap_width

LONGEST_PASTE = 2_000_000

# Word's own bullets arrive as letters of a symbol font.
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "▪", "\uf0fc": "▪"})
_BULLET = re.compile(r"([-–—•·▪●◦○‣+\uf0b7\uf02d\uf0a7]|\*(?!\*))\s*(?=\S)(.*)", re.DOTALL)
_HEADINGS = (
    (1, re.compile(r"(?:(?:phần\s+)?[IVX]{1,5})\s*[./)]\s*(?=\S)(.*)", re.DOTALL)),
    (4, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+(.*)", re.DOTALL)),
    (3, re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(.*)", re.DOTALL)),
    (2, re.compile(r"\d{1,2}\s*[./)]\s+(.*)|\d{1,2}\.(?=[^\W\d])(.*)", re.DOTALL)),
    (3, re.compile(r"[a-zđ]\s*\)\s*(?=\S)(.*)", re.DOTALL)),
)
# Word sets its own numerals and bullets apart by a tab; that is no table.
_NUMERAL = re.compile(
    r"(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[./)]|\d{1,2}(?:\.\d{1,2})+|[-–—•·▪●◦+*oq§Øüv\uf0b7\uf02d\uf0a7]"
)
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(
    r"[-–—]?\s*\d{1,3}\s*[-–—]?|trang\s+\d+(?:\s*[/-]\s*\d+|\s+trên\s+\d+)?|\d{1,3}\s*/\s*\d{1,3}", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;:!?…][)\]”\"’']*$")
_PRIVATE = "\uf0b7\uf02d\uf0a7\uf0d8\uf0fc"
_WRAPPED = (45, 130)  # letters of a line that was broken at the width of a page
_FULL = 0.8
_LONGEST_HEADING = 200
_FRAMED = re.compile(r"nơi nhận\b|cộng h(?:òa|oà) xã hội", re.IGNORECASE)
_FONT = re.compile(r"font-family:\s*['\"]?([^;'\">,]+)|face=['\"]?([^'\">]+)")


@dataclass(frozen=True)
class Doubt:
    """place: index of the block it is about. why: a Vietnamese sentence."""

    place: int
    words: str
    why: str


@dataclass(frozen=True)
class Pasted:
    """Blocks, and what was not sure about them. coding: the old coding the text was read in, None for Unicode."""

    outline: Outline
    doubts: tuple[Doubt, ...] = ()
    coding: Coding | None = None

    @property
    def told(self) -> str:
        """ "3 đề mục, 12 đoạn, 1 bảng; 2 dòng chưa chắc"."""
        words = {"heading": "đề mục", "paragraph": "đoạn", "bullet": "gạch đầu dòng", "table": "bảng"}
        counts = {kind: sum(block.kind == kind for block in self.outline) for kind in words}
        said = ", ".join(f"{count} {words[kind]}" for kind, count in counts.items() if count)
        unsure = f"{len(self.doubts)} dòng chưa chắc" if self.doubts else ""
        return "; ".join(part for part in (said, unsure) if part)


def read_pasted(html: str, text: str, *, coding: Coding | None = None) -> Pasted:
    """The blocks of what lies on the clipboard, as HTML ("" when there is none) and as plain text.

    coding: what the person agreed to read it in; text in a font of an old coding is read so in any case. Fields
    ("{{…}}") of a foreign text are broken up: they would be read as ours.
    """
    html, text = html[:LONGEST_PASTE], text[:LONGEST_PASTE].replace("{{", "{ {").replace("\x00", "")
    lines = lines_of_html(html) if html.strip() else ()
    if not any(line.runs or line.rows for line in lines):
        lines = _lines_of_text(text if coding is None else in_unicode(text, coding))
    elif coding is not None:
        lines = tuple(_converted(line, coding) for line in lines)
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for line in lines:
        block, why = _block(line)
        if not block.runs and not block.rows:
            continue
        if why:
            doubts.append(Doubt(len(blocks), block.text, why))
        blocks.append(block)
    return Pasted(tuple(blocks), tuple(doubts), coding)


def in_unicode(text: str, coding: Coding) -> str:
    """A text the person agreed to read in a coding; its lines that are in Unicode stay."""
    found = find_legacy(text)
    return found.after if found is not None else converted(text, coding)


def old_coding(html: str, text: str) -> tuple[Coding, str, str] | None:
    """(coding, as it came, as it should be) when what is pasted is not in Unicode; None when it is, or its fonts tell.

    As it came and as it should be: the lines that differ, whole.
    """
    if any(_font_coding(name) for name in _FONT.findall(html)):
        return None
    found = find_legacy(text)
    if found is None:
        return None
    differ = changed_lines(found.before, found.after)
    return found.coding, "\n".join(a for a, _ in differ), "\n".join(b for _, b in differ)


def text_in_unicode(html: str, text: str, coding: Coding | None = None) -> str:
    """The plain text beside the HTML as `read_pasted` reads that one.

    coding: what the person agreed to; else the fonts of the HTML tell, capitals too (.VnTimeH draws them).
    """
    if coding is not None:
        return in_unicode(text, coding)
    fonts = [coding_of_font(a or b) for a, b in _FONT.findall(html)]
    old = find_legacy(text) if any(found for found, _capitals in fonts) else None
    if old is None:
        return text
    capitals = any(capitals for _found, capitals in fonts)
    return _cased(lines_of_html(html[:LONGEST_PASTE]), old.after) if capitals else old.after


def _cased(lines: Sequence[PastedLine], text: str) -> str:
    """Each line in the letters the HTML has for it, large or small."""
    cells = (runs for line in lines for runs in (line.runs, *(cell for row in line.rows for cell in row)))
    said = " ".join(" ".join(to_nfc(runs_text(runs)).split()) for runs in cells)
    small, at, done = said.lower(), 0, []
    for line in _LINE_END.split(to_nfc(text)):
        words = " ".join(line.split())
        found = small.find(words.lower(), at) if words and len(small) == len(said) else -1
        if found >= 0:
            at = found + len(words)
            line = line.replace(line.strip(), said[found:at])
        done.append(line)
    return "\n".join(done)


def with_tables(html: str, text: str, coding: Coding | None = None) -> str:
    """The plain text with the tables of the HTML as rows again, where it tells each cell on a line of its own.

    So LibreOffice writes it: the rows of a programme would be loose lines, and its numbers page numbers. A table that
    sets letterhead or signature side by side stays as lines, as does one that is not found in the text.
    """
    given = _LINE_END.split(to_nfc(text))
    lines = [" ".join(line.split()) for line in given]
    done: list[str] = []
    at = 0
    for line in lines_of_html(html[:LONGEST_PASTE]):
        if coding is not None:
            line = _converted(line, coding)
        rows = [[" ".join(to_nfc(runs_text(cell)).split()) for cell in row] for row in line.rows]
        words = [cell for row in rows for cell in row if cell]
        if len(rows) < 2 or any("|" in cell or _FRAMED.search(cell) for cell in words):
            continue
        found = _cells_end(lines, at, words)
        if found is not None:
            first, end = found
            done += [*given[at:first], "", *(f"| {' | '.join(row)} |" for row in rows), ""]
            at = end
    return "\n".join([*done, *given[at:]]) if at else text


def _cells_end(lines: Sequence[str], start: int, cells: Sequence[str]) -> tuple[int, int] | None:
    """Where the cells stand one under the other from `start` on: (first line, line behind the last)."""
    for first in range(start, len(lines)):
        if not lines[first] or not cells[0].startswith(lines[first]):
            continue
        at = first
        for cell in cells:
            words = ""
            while at < len(lines) and words != cell and cell.startswith(words):
                words = f"{words} {lines[at]}".strip()
                at += 1
            if words != cell:
                break
        else:
            return first, at
    return None


def looks_whole(text: str) -> bool:
    """True for a text that is a whole plan: it has the title line, and where it goes or who signs."""
    lines = [" ".join(line.split()) for line in _LINE_END.split(to_nfc(text))]
    title = any(re.fullmatch(r"K[ẾEÉ]\s*HO[ẠA]CH\b.{0,200}|kế hoạch", line) for line in lines)
    foot = any(re.match(r"nơi nhận\b", line, re.IGNORECASE) for line in lines)
    signed = any(re.match(r"(?:TM\.|KT\.|TUQ\.|(?:PHÓ )?(?:CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC))", line) for line in lines)
    return title and (foot or signed)


def told_coding(coding: Coding) -> str:
    """ "bảng mã TCVN3 (phông .VnTime)"."""
    return CODING_WORDS[coding]


def _font_coding(found: tuple[str, str]) -> bool:
    return coding_of_font(found[0] or found[1])[0] is not None


# --- blocks of lines ------------------------------------------------------------------------------------------------


def _converted(line: PastedLine, coding: Coding) -> PastedLine:
    """Read in an old coding, except what is in Unicode already."""

    def fix(runs: Runs) -> Runs:
        whole = find_legacy(runs_text(runs))
        plain = any("\u0100" <= c <= "\u1eff" for c in runs_text(runs)) and whole is None
        return runs if plain else tuple(replace(run, text=converted(run.text, coding)) for run in runs)

    return replace(line, runs=fix(line.runs), rows=tuple(tuple(fix(cell) for cell in row) for row in line.rows))


def _block(line: PastedLine) -> tuple[Block, str]:
    """The block a line is, and why it is not sure ("")."""
    if line.rows:
        return table([[write_runs(_clean(cell)) for cell in row] for row in line.rows]), line.doubt
    runs = _clean(line.runs)
    words = runs_text(runs)
    if line.mark:
        depth = min(max(line.depth, 1), DEEPEST_BULLET)
        marked = _BULLET.fullmatch(words)
        if marked and len(marked[1]) == 1:  # the mark stands in the text as well
            runs = without_first(runs, marked.start(2))
        mark = line.mark if line.mark in BULLET_MARKS else BULLET_MARKS[depth - 1]
        return Block("bullet", depth, runs, mark), line.doubt
    for level, pattern in _HEADINGS:
        if numbered := pattern.fullmatch(words):
            group = next(n for n, found in enumerate(numbered.groups(), start=1) if found is not None)
            rest = without_first(runs, numbered.start(group))
            if len(words) > _LONGEST_HEADING and level > 1:
                why = "Dòng có số ở đầu nhưng dài như một đoạn; đã để là đề mục."
                return Block("heading", level, _unbold(rest)), line.doubt or why
            return Block("heading", level, _unbold(rest)), line.doubt
    if marked := _BULLET.fullmatch(words):
        mark = marked[1] if marked[1] in "+*" else "-"
        if marked[1] in "-–—" and re.match(r"\d", marked[2]):
            return Block("paragraph", 0, runs), line.doubt  # "-5", "– 2030"
        return Block("bullet", 1 if mark != "+" else 2, without_first(runs, marked.start(2)), mark), line.doubt
    if line.heading:
        return Block("heading", min(line.heading, 4), _unbold(runs)), line.doubt
    return Block("paragraph", 0, runs), line.doubt


def _clean(runs: Runs) -> Runs:
    """NFC, odd white space as spaces, nothing invisible; styles tidied."""
    whole = to_nfc("".join(run.text for run in runs))
    if whole != "".join(run.text for run in runs):
        joined: list[Run] = []  # marks may stand in the run after their letter
        for run in runs:
            while joined and run.text and _belongs(run.text[0], joined[-1].text[-1:]):
                joined[-1] = replace(joined[-1], text=to_nfc(joined[-1].text + run.text[0]))
                run = replace(run, text=run.text[1:])
            if run.text:
                joined.append(replace(run, text=to_nfc(run.text)))
        runs = tuple(joined)
    return _single_spaces(tidy(tuple(replace(run, text=_visible(run.text)) for run in runs)))


def _belongs(sign: str, letter: str) -> bool:
    return bool(unicodedata.combining(sign)) or to_nfc(letter + sign) != letter + sign


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\u00a0" else " " if c.isspace() else "" for c in text)


def _single_spaces(runs: Runs) -> Runs:
    """Runs of spaces as one: HTML means no more by them, and Word pads with no-break spaces."""
    kept: list[Run] = []
    last = " "
    for run in runs:
        words = re.sub(r"[ \u00a0]{2,}", " ", run.text)
        if last.endswith((" ", "\u00a0")):
            words = words.lstrip(" \u00a0")
        if words:
            kept.append(replace(run, text=words))
            last = words
    return tidy(tuple(kept))


def _unbold(runs: Runs) -> Runs:
    """A heading is bold by rule: bold all over says nothing."""
    whole = all(run.bold for run in runs if run.text.strip())
    return tuple(replace(run, bold=False) for run in runs) if whole else runs


# --- plain text --------------------------------------------------------------------------------------------------


def _lines_of_text(text: str) -> tuple[PastedLine, ...]:
    """Paragraphs of plain text: lines with tabs are a table; lines broken at a page's width are made whole."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(_LINE_END.split(to_nfc(text)), start=1):
        words = _visible(raw).strip()
        if words:
            lines.append(Line(number, write_every_star((Run(words),)), raw.strip("\r\n "), gap=gap))
        gap = not words
    doubts: dict[int, str] = {}
    width = _width(lines)
    if width:
        lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.bare)]
        whole, told = joined(lines, _starts, width)
        for doubt in told:
            first = max(line.number for line in whole if line.number <= doubt.line)
            doubts[first] = doubt.why
        lines = list(whole)
    return tuple(_with_tables(lines, doubts))


def _with_tables(lines: Sequence[Line], doubts: dict[int, str]) -> Iterator[PastedLine]:
    rows: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _is_row(line) and (not rows or line.number == rows[-1].number + 1):
            rows.append(line)
            continue
        if len(rows) > 1:
            cells = [row.raw.split("\t") for row in rows]
            yield PastedLine(rows=tuple(tuple((Run(cell.strip()),) for cell in row) for row in cells))
        else:
            yield from (PastedLine((Run(" ".join(row.bare.split())),)) for row in rows)
        rows = [line] if line is not None and _is_row(line) else []
        if line is not None and not rows:
            yield _text_line(line, doubts.get(line.number, ""))


def _is_row(line: Line) -> bool:
    full = [cell.strip() for cell in line.raw.split("\t") if cell.strip()]
    return len(full) > 1 and not (len(full) == 2 and _NUMERAL.fullmatch(full[0]))


def _text_line(line: Line, why: str) -> PastedLine:
    """Word writes its own bullets as a letter and a tab."""
    mark, tab, rest = line.raw.partition("\t")
    if tab and mark.strip() in WORD_MARKS:
        return PastedLine((Run(rest),), depth=WORD_MARKS[mark.strip()], mark="?", doubt=why)
    return PastedLine((Run(line.bare.translate(_SYMBOLS) if line.bare[0] in _PRIVATE else line.bare),), doubt=why)


def _width(lines: Sequence[Line]) -> int:
    """The length of a full line of a text broken at a page's width; 0 when each line is a paragraph."""
    plain = [line for line in lines if "\t" not in line.raw]
    if width := wrap_width(plain, _starts):
        return width
    lengths = sorted(len(line.bare) for line in plain)
    longest = lengths[-1] if lengths else 0
    cut = sum(
        len(a.bare) >= _FULL * longest and not _SENTENCE_END.search(a.bare) and b.bare[:1].islower() and not b.gap
        for a, b in pairwise(plain)
        if not _starts(b)
    )
    return longest if len(plain) > 1 and _WRAPPED[0] <= longest <= _WRAPPED[1] and cut else 0


def _starts(line: Line) -> bool:
    words = line.bare
    return _is_row(line) or bool(_BULLET.fullmatch(words)) or any(p.fullmatch(words) for _level, p in _HEADINGS)
