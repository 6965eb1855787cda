"""HTML from the clipboard as lines: paragraphs, headings, items of lists, tables. Pure.

Read with the standard library's parser: a clipboard is no web page to be drawn, only its text, tables, lists, bold and
italics are wanted, and no reader of ours may run or fetch anything.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hoctap_desktop.document.model import Run, Runs, runs_text
from hoctap_desktop.foundation.legacy import Coding, coding_of_font, converted, from_tcvn3

# Letters of Word's symbol fonts that stand for bullets, with the depth Word uses them for.
WORD_MARKS = {
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
_DEEPEST = 200
_SKIPPED = {"style", "script", "head", "title", "xml", "template", "noscript", "svg", "object"}
_PARAGRAPHS = {
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "td", "th", "blockquote"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "pre", "dl", "dt", "dd", "hr", "form"),
    *("caption", "thead", "tbody", "tfoot", "figure", "figcaption", "body", "html", "center", "address"),
}
_EMPTY = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "source", "track", "param", "embed"}
_STYLE = re.compile(r"(?:^|;)\s*([\w-]+)\s*:\s*([^;]*)")
_LIBREOFFICE = re.compile(r"<meta\b[^>]*\bLibreOffice\b", re.IGNORECASE)
_LEVEL = re.compile(r"level(\d+)")


@dataclass(frozen=True)
class PastedLine:
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
        self.lines: list[PastedLine] = []
        self._runs: list[Run] = []
        self._number = ""
        self._styles: list[tuple[str, _Style]] = [("", _Style())]
        self._heading = self._level = self._skip = 0
        self._lists: list[list[int | str]] = []  # [tag, items so far]
        self._item = False
        self._tables: list[_Table] = []
        self._cell: list[Runs] | None = None
        self._last_cell: list[Runs] = []
        self._table_end = 0
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
            self._last_cell, self._cell = self._cell, None
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
            self.lines.append(PastedLine(rows=tuple(tuple(row) + ((),) * (width - len(row)) for row in rows)))
        else:  # a frame round text
            self.lines += [PastedLine(row[0]) for row in rows if row]
        self._table_end = len(self.lines)

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
            self.lines.append(PastedLine(runs, depth=level or 1, mark="?", doubt=doubt))
        elif number:
            self.lines.append(PastedLine((Run(f"{number} "), *runs), doubt=doubt))
        elif item and self._lists and self._lists[-1][0] == "ol":
            self.lines.append(PastedLine((Run(f"{self._lists[-1][1]}. "), *runs), doubt=doubt))
        elif item:
            self.lines.append(PastedLine(runs, depth=max(len(self._lists), 1), mark="?", doubt=doubt))
        else:
            self.lines.append(PastedLine(runs, self._heading, doubt=doubt))

    def drop_echo(self) -> None:
        """Of a document that ends in a table LibreOffice tells the last cell, or its last paragraph, once more."""
        said = _bare(line.runs for line in self.lines[self._table_end :])
        if said and said in (_bare(self._last_cell), _bare(self._last_cell[-1:])):
            del self.lines[self._table_end :]

    def end(self) -> None:
        """What is still open at the end."""
        self._end_line()
        while self._tables:
            self._close("td")
            self._close("table")


def _bare(lines: Iterable[Runs]) -> str:
    return " ".join(" ".join(runs_text(runs) for runs in lines).split())


def _span(written: str) -> int:
    return max(1, min(int(written), 50)) if written.isdigit() and len(written) < 5 else 1


def _is_mark(number: str) -> bool:
    return number in WORD_MARKS or (len(number) == 1 and not number.isalnum())


def lines_of_html(html: str) -> tuple[PastedLine, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    if _LIBREOFFICE.search(html):
        reader.drop_echo()
    return tuple(reader.lines)
