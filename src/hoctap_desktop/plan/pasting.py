"""What is pasted from Word, Excel, a PDF, a web page or a text file as clean blocks. Pure.

HTML is read with the standard library's parser: a clipboard is no web page to be drawn, only its text, tables, lists,
bold and italics are wanted, and no reader of ours may run or fetch anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

from hoctap_desktop.document.model import Run, Runs, runs_text
from hoctap_desktop.foundation.legacy import (
    CODING_WORDS,
    Coding,
    changed_lines,
    coding_of_font,
    converted,
    find_legacy,
    from_tcvn3,
)
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import (
    BULLET_MARKS,
    DEEPEST_BULLET,
    Block,
    Outline,
    table,
    tidy,
    write_every_star,
    write_runs,
)
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
# Letters of Word's symbol fonts that stand for bullets, with the depth Word uses them for.
_WORD_MARKS = {
    "·": 1,
    "•": 1,
    "\uf0b7": 1,
    "-": 1,
    "–": 1,
    "o": 2,
    "+": 2,
    "§": 3,
    "\uf0a7": 3,
    "Ø": 1,
    "ü": 1,
    "v": 1,
    "q": 1,
    "*": 1,
}
_PRIVATE = "\uf0b7\uf02d\uf0a7\uf0d8\uf0fc"
_DEEPEST = 200
_WRAPPED = (45, 130)  # letters of a line that was broken at the width of a page
_FULL = 0.8
_LONGEST_HEADING = 200
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
    lines = _lines_of_html(html) if html.strip() else ()
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


def looks_whole(text: str) -> bool:
    """True for a text that is a whole plan: it has the title line, and where it goes or who signs."""
    lines = [" ".join(line.split()) for line in _LINE_END.split(to_nfc(text))]
    title = any(re.fullmatch(r"K[ẾEÉ]\s*HO[ẠA]CH\b.{0,200}", line) for line in lines)
    foot = any(re.match(r"nơi nhận\b", line, re.IGNORECASE) for line in lines)
    signed = any(re.match(r"(?:TM\.|KT\.|TUQ\.|(?:PHÓ )?(?:CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC))", line) for line in lines)
    return title and (foot or signed)


def told_coding(coding: Coding) -> str:
    """ "bảng mã TCVN3 (phông .VnTime)"."""
    return CODING_WORDS[coding]


def _font_coding(found: tuple[str, str]) -> bool:
    return coding_of_font(found[0] or found[1])[0] is not None


# --- lines: what a block is made of ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A paragraph as it came. heading: its level in the source, 0 for none; depth, mark: of an item of a list."""

    runs: Runs = ()
    heading: int = 0
    depth: int = 0
    mark: str = ""
    rows: tuple[tuple[Runs, ...], ...] = ()
    doubt: str = ""

    @property
    def text(self) -> str:
        return runs_text(self.runs)


def _converted(line: _Line, coding: Coding) -> _Line:
    """Read in an old coding, except what is in Unicode already."""

    def fix(runs: Runs) -> Runs:
        whole = find_legacy(runs_text(runs))
        plain = any("\u0100" <= c <= "\u1eff" for c in runs_text(runs)) and whole is None
        return runs if plain else tuple(replace(run, text=converted(run.text, coding)) for run in runs)

    return replace(line, runs=fix(line.runs), rows=tuple(tuple(fix(cell) for cell in row) for row in line.rows))


def _block(line: _Line) -> tuple[Block, str]:
    """The block a line is, and why it is not sure ("")."""
    if line.rows:
        return table([[write_runs(_clean(cell)) for cell in row] for row in line.rows]), line.doubt
    runs = _clean(line.runs)
    words = runs_text(runs)
    if line.mark:
        depth = min(max(line.depth, 1), DEEPEST_BULLET)
        marked = _BULLET.fullmatch(words)
        if marked and len(marked[1]) == 1:  # the mark stands in the text as well
            runs = _without(runs, marked.start(2))
        mark = line.mark if line.mark in BULLET_MARKS else BULLET_MARKS[depth - 1]
        return Block("bullet", depth, runs, mark), line.doubt
    for level, pattern in _HEADINGS:
        if numbered := pattern.fullmatch(words):
            group = next(n for n, found in enumerate(numbered.groups(), start=1) if found is not None)
            rest = _without(runs, numbered.start(group))
            if len(words) > _LONGEST_HEADING and level > 1:
                why = "Dòng có số ở đầu nhưng dài như một đoạn; đã để là đề mục."
                return Block("heading", level, _unbold(rest)), line.doubt or why
            return Block("heading", level, _unbold(rest)), line.doubt
    if marked := _BULLET.fullmatch(words):
        mark = marked[1] if marked[1] in "+*" else "-"
        if marked[1] in "-–—" and re.match(r"\d", marked[2]):
            return Block("paragraph", 0, runs), line.doubt  # "-5", "– 2030"
        return Block("bullet", 1 if mark != "+" else 2, _without(runs, marked.start(2)), mark), line.doubt
    if line.heading:
        return Block("heading", min(line.heading, 4), _unbold(runs)), line.doubt
    return Block("paragraph", 0, runs), line.doubt


def _clean(runs: Runs) -> Runs:
    """NFC, odd white space as spaces, nothing invisible; styles tidied."""
    whole = to_nfc("".join(run.text for run in runs))
    if whole != "".join(run.text for run in runs):
        joined: list[Run] = []  # a mark may stand in the run after its letter
        for run in runs:
            if joined and run.text and to_nfc(joined[-1].text[-1:] + run.text[0]) != joined[-1].text[-1:] + run.text[0]:
                joined[-1] = replace(joined[-1], text=to_nfc(joined[-1].text + run.text[0]))
                run = replace(run, text=run.text[1:])
            if run.text:
                joined.append(replace(run, text=to_nfc(run.text)))
        runs = tuple(joined)
    return _single_spaces(tidy(tuple(replace(run, text=_visible(run.text)) for run in runs)))


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


def _without(runs: Runs, letters: int) -> Runs:
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return tidy(tuple(kept))


def _unbold(runs: Runs) -> Runs:
    """A heading is bold by rule: bold all over says nothing."""
    whole = all(run.bold for run in runs if run.text.strip())
    return tuple(replace(run, bold=False) for run in runs) if whole else runs


# --- plain text --------------------------------------------------------------------------------------------------


def _lines_of_text(text: str) -> tuple[_Line, ...]:
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


def _with_tables(lines: Sequence[Line], doubts: dict[int, str]) -> Iterator[_Line]:
    rows: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _is_row(line) and (not rows or line.number == rows[-1].number + 1):
            rows.append(line)
            continue
        if len(rows) > 1:
            cells = [row.raw.split("\t") for row in rows]
            yield _Line(rows=tuple(tuple((Run(cell.strip()),) for cell in row) for row in cells))
        else:
            yield from (_Line((Run(" ".join(row.bare.split())),)) for row in rows)
        rows = [line] if line is not None and _is_row(line) else []
        if line is not None and not rows:
            yield _text_line(line, doubts.get(line.number, ""))


def _is_row(line: Line) -> bool:
    full = [cell.strip() for cell in line.raw.split("\t") if cell.strip()]
    return len(full) > 1 and not (len(full) == 2 and _NUMERAL.fullmatch(full[0]))


def _text_line(line: Line, why: str) -> _Line:
    """Word writes its own bullets as a letter and a tab."""
    mark, tab, rest = line.raw.partition("\t")
    if tab and mark.strip() in _WORD_MARKS:
        return _Line((Run(rest),), depth=_WORD_MARKS[mark.strip()], mark="?", doubt=why)
    return _Line((Run(line.bare.translate(_SYMBOLS) if line.bare[0] in _PRIVATE else line.bare),), doubt=why)


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


# --- HTML --------------------------------------------------------------------------------------------------------

_SKIPPED = {"style", "script", "head", "title", "xml", "template", "noscript", "svg", "object"}
_PARAGRAPHS = {
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "td", "th", "blockquote"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "pre", "dl", "dt", "dd", "hr", "form"),
    *("caption", "thead", "tbody", "tfoot", "figure", "figcaption", "body", "html", "center", "address"),
}
_EMPTY = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "source", "track", "param", "embed"}
_STYLE = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]*)")
_LEVEL = re.compile(r"level(\d+)")


@dataclass(frozen=True)
class _Style:
    bold: bool = False
    italic: bool = False
    coding: Coding | None = None
    capitals: bool = False
    ignored: bool = False  # the number or bullet Word writes out before an item
    hidden: bool = False


@dataclass
class _Table:
    rows: list[list[Runs]] = field(default_factory=list)
    spans: dict[tuple[int, int], bool] = field(default_factory=dict)  # cells taken by one above


class _Reader(HTMLParser):
    """Collects lines. Tags that are not closed, as browsers and Word leave them, do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
        self._runs: list[Run] = []
        self._number = ""
        self._styles: list[tuple[str, _Style]] = [("", _Style())]
        self._heading = self._level = self._skip = 0
        self._lists: list[list[int | str]] = []  # [tag, items so far]
        self._item = False
        self._tables: list[_Table] = []
        self._cell: list[Runs] | None = None
        self._pictures = False

    # what HTMLParser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skip += 1
        if self._skip:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self._pictures = True
        elif tag in _PARAGRAPHS:
            self._end_line()
            self._open(tag, given)
        if tag not in _EMPTY and len(self._styles) < _DEEPEST:
            self._styles.append((tag, self._style(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skip = max(0, self._skip - 1)
            return
        if self._skip:
            return
        if tag in _PARAGRAPHS:
            self._end_line()
            self._close(tag)
        at = next((n for n in range(len(self._styles) - 1, 0, -1) if self._styles[n][0] == tag), 0)
        if at:
            del self._styles[at:]

    def handle_data(self, data: str) -> None:
        style = self._styles[-1][1]
        if self._skip or style.hidden:
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if style.ignored:
            self._number += words
            return
        if style.coding is Coding.TCVN3:
            words = from_tcvn3(words, capitals=style.capitals)
        elif style.coding is not None:
            words = converted(words, style.coding)
        self._runs.append(Run(words.replace("{{", "{ {"), style.bold, style.italic))

    # lines

    def _style(self, tag: str, given: dict[str, str]) -> _Style:
        before = self._styles[-1][1]
        css = {name.lower(): value.strip().lower() for name, value in _STYLE.findall(given.get("style", ""))}
        weight, slant = css.get("font-weight", ""), css.get("font-style", "")
        bold = before.bold or tag in ("b", "strong", "th")
        if weight:
            bold = weight.startswith("bold") or (weight.isdigit() and int(weight) >= 600)
        italic = slant.startswith(("italic", "oblique")) if slant else before.italic or tag in ("i", "em")
        family = given.get("face", "") or css.get("font-family", "")
        coding, capitals = coding_of_font(family.split(",")[0]) if family else (before.coding, before.capitals)
        hidden = before.hidden or css.get("display") == "none" or css.get("mso-hide") == "all"
        return _Style(bold, italic, coding, capitals, before.ignored or css.get("mso-list") == "ignore", hidden)

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag in ("ul", "ol"):
            start = given.get("start", "")
            self._lists.append([tag, int(start) - 1 if start.isdigit() and len(start) < 4 else 0])
        elif tag == "li":
            self._item = True
            if self._lists:
                self._lists[-1][1] = int(self._lists[-1][1]) + 1
        elif tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and len(self._tables) == 1:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and len(self._tables) == 1:
            self._open_cell(given)
        listed = _STYLE.findall(given.get("style", ""))
        for name, value in listed:
            if name.lower() == "mso-list" and (level := _LEVEL.search(value)):
                self._level = min(int(level[1][:2]), 9)

    def _open_cell(self, given: dict[str, str]) -> None:
        rows, spans = self._tables[-1].rows, self._tables[-1].spans
        if not rows:
            rows.append([])
        at = len(rows) - 1
        while spans.get((at, len(rows[-1]))):
            rows[-1].append(())
        self._cell = []
        wide, high = (_span(given.get(name, "")) for name in ("colspan", "rowspan"))
        column = len(rows[-1])
        for down in range(high):
            for right in range(wide):
                if down or right:
                    spans[at + down, column + right] = True

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in ("td", "th") and self._cell is not None and len(self._tables) == 1:
            joined: list[Run] = []
            for runs in self._cell:
                joined += [Run(" ")] * bool(joined) + list(runs)
            self._tables[-1].rows[-1].append(tuple(joined))
            self._cell = None
        elif tag == "table" and self._tables:
            done = self._tables.pop()
            if not self._tables:
                self._cell = None
                self._add_table(done)
        elif re.fullmatch("h[1-6]", tag):
            self._heading = 0

    def _add_table(self, done: _Table) -> None:
        rows = [row for row in done.rows if any(runs_text(cell).strip() for cell in row)]
        width = max((len(row) for row in rows), default=0)
        if width > 1:
            self.lines.append(_Line(rows=tuple(tuple(row) + ((),) * (width - len(row)) for row in rows)))
        else:  # a frame round text
            self.lines += [_Line(row[0]) for row in rows if row]

    def _end_line(self) -> None:
        runs, number = tuple(self._runs), " ".join(self._number.split())
        self._runs, self._number = [], ""
        level, self._level = self._level, 0
        item, self._item = self._item, False
        if not runs_text(runs).strip(" \u00a0"):
            self._level, self._item = level, item  # the paragraph goes on: only a tag opened inside it
            return
        doubt = "Có hình ở đây, hình không được dán." if self._pictures else ""
        self._pictures = False
        if self._cell is not None:
            self._cell.append((Run(number + " "), *runs) if number and not _is_mark(number) else runs)
        elif number and _is_mark(number):
            self.lines.append(_Line(runs, depth=level or 1, mark="?", doubt=doubt))
        elif number:
            self.lines.append(_Line((Run(f"{number} "), *runs), doubt=doubt))
        elif item and self._lists and self._lists[-1][0] == "ol":
            self.lines.append(_Line((Run(f"{self._lists[-1][1]}. "), *runs), doubt=doubt))
        elif item:
            self.lines.append(_Line(runs, depth=max(len(self._lists), 1), mark="?", doubt=doubt))
        else:
            self.lines.append(_Line(runs, self._heading, doubt=doubt))

    def end(self) -> None:
        """What is still open at the end."""
        self._end_line()
        while self._tables:
            self._close("td")
            self._close("table")


def _span(written: str) -> int:
    return max(1, min(int(written), 50)) if written.isdigit() and len(written) < 5 else 1


def _is_mark(number: str) -> bool:
    return number in _WORD_MARKS or (len(number) == 1 and not number.isalnum())


def _lines_of_html(html: str) -> tuple[_Line, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return tuple(reader.lines)
