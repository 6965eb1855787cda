"""The lines of a plan that came as a Word file (.docx): the same lines plain text gives (source_lines.py).

docx_package.py opens the file; what stands in it is read here from Word's own elements, because numbers that Word
counts by itself, bold from a style, and letterheads in tables are in no ready-made text of the library.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.legacy import CODING_WORDS, Coding, coding_of_font, converted, from_tcvn3
from hoctap_desktop.plan.docx_package import Element, W, bad, opened
from hoctap_desktop.plan.docx_styles import Look, Styles, look_of, value_of
from hoctap_desktop.plan.letterhead_reader import is_sign_line
from hoctap_desktop.plan.outline import parse_runs, write_every_star
from hoctap_desktop.plan.source_lines import Doubt, Line, clean_letters, without_page_numbers
from hoctap_desktop.plan.word_numbers import WordNumbers

_MOST_PARAGRAPHS = 20_000
_MOST_ELEMENTS = 600_000
_MOST_LETTERS = 600_000
_DEEPEST = 40

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WITHIN = frozenset(
    f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
)
_FRAME = re.compile(r"nơi nhận\s*:|cộng h(?:òa|oà) xã hội chủ nghĩa", re.IGNORECASE)
_LEGACY_LETTER = re.compile("[\u00a1-\u00ff]")
_UNICODE_LETTER = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")


def read_in_child(data: bytes, name: str, convert: bool) -> JsonValue:
    """docx_lines as plain JSON; called by foundation/boundary.py."""
    lines, doubts = docx_lines(data, name, convert=convert)
    return {
        "lines": [
            [line.number, line.text, line.raw, line.marked, line.gap, None if line.cells is None else list(line.cells)]
            for line in lines
        ],
        "doubts": [[doubt.line, doubt.text, doubt.why] for doubt in doubts],
    }


def docx_lines(data: bytes, file: str, *, convert: bool = False) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """The lines of a .docx with its doubts; Line.number is the paragraph's place in the file, from 1.

    convert: letters in the fonts of TCVN3 and VNI are read as those. Raises UserError WORD_BAD saying why (damaged,
    macros, password, too large), LEGACY_TEXT for letters of an old coding without `convert`, WORD_OLD for an
    OpenDocument text, WRONG_FILE_KIND for another kind of zip.
    """
    reading = _Word(*opened(data, file))
    try:
        reading.read()
    except _TooMuch as cause:
        raise bad(file, str(cause)) from cause
    if reading.old and not convert:
        coding, before, after = reading.old[0]
        raise UserError(Code.LEGACY_TEXT, file=file, coding=CODING_WORDS[coding], before=before, after=after)
    if reading.old:
        coding, before, after = reading.old[0]
        why = f"Chữ gõ bằng {CODING_WORDS[coding]}, đã chuyển sang Unicode: «{before}» thành «{after}»."
        reading.doubts.append(Doubt(0, "", why))
    kept, numbers = without_page_numbers(reading.lines)
    return kept, (*reading.doubts, *numbers)


class _TooMuch(Exception):
    """More than a plan ever holds; says what."""


# --- paragraphs --------------------------------------------------------------------------------------------------


@dataclass
class _Paragraph:
    """Its lines (parted where Word breaks a line), the number Word puts before it, boxes of text anchored in it."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    label: str = ""
    marked: bool = False
    aligned: str = ""
    boxes: list[Element] = field(default_factory=list)

    def texts(self) -> list[tuple[Runs, str]]:
        """Each line that says something: its runs with the label on the first, and its letters with tabs."""
        written: list[tuple[Runs, str]] = []
        label = self.label
        for runs in self.lines:
            raw = "".join(run.text for run in runs)
            if not raw.strip():
                continue
            if label:
                first = next(run for run in runs if run.text.strip())
                bullet = not any(c.isalnum() for c in label)
                runs = [Run(f"{label} ", first.bold and not bullet, first.italic and not bullet), *_led(runs)]
                raw, label = f"{label} {raw.lstrip()}", ""
            written.append((tuple(runs), raw))
        return written


def _led(runs: Sequence[Run]) -> list[Run]:
    """Runs without blanks at their head."""
    rest = list(runs)
    while rest and not rest[0].text.strip():
        rest.pop(0)
    return [Run(rest[0].text.lstrip(), rest[0].bold, rest[0].italic), *rest[1:]] if rest else []


class _Word:
    """One reading of one file."""

    def __init__(
        self, body: Element, styles: Element | None, numbering: Element | None, parts: Sequence[tuple[str, Element]]
    ) -> None:
        self.body = body
        self.styles = Styles(styles)
        self.numbers = WordNumbers(numbering)
        self.parts = parts
        self.lines: list[Line] = []
        self.doubts: list[Doubt] = []
        self._paragraphs = 0
        self._elements = 0
        self._letters = 0
        self._gap = True
        self._in_old = False
        self.old: list[tuple[Coding, str, str]] = []  # letters of an old coding: as they came, as they should be
        self._shape = ("", False)
        self._titled = False
        self._has_title = False
        self._pictures = self._deleted = self._hidden = self._notes = 0

    def read(self) -> None:
        """Fills lines and doubts."""
        self._has_title = any(_is_title(_letters_of(p)) for p in self._counted(self.body.iter(f"{W}p")))
        self._paragraphs = 0
        words = "".join(text.text or "" for text in self.body.iter(f"{W}t"))
        # The name of an old font may have stayed over letters that are Unicode.
        self._in_old = 5 * len(_UNICODE_LETTER.findall(words)) < len(_LEGACY_LETTER.findall(words))
        self._blocks(self.body, 0)
        self._tell_rest()

    def _counted(self, paragraphs: Iterable[Element]) -> Iterator[Element]:
        for paragraph in paragraphs:
            self._paragraphs += 1
            if self._paragraphs > _MOST_PARAGRAPHS:
                raise _TooMuch(f"có hơn {_MOST_PARAGRAPHS} đoạn, một bản kế hoạch không dài như vậy. Hãy chọn đúng tệp")
            yield paragraph

    def _count(self, letters: int = 0) -> None:
        self._elements += 1
        self._letters += letters
        if self._elements > _MOST_ELEMENTS or self._letters > _MOST_LETTERS:
            raise _TooMuch("văn bản quá dài, một bản kế hoạch không dài như vậy. Hãy chọn đúng tệp")

    # --- blocks

    def _blocks(self, parent: Element, depth: int) -> None:
        if depth > _DEEPEST:
            raise _TooMuch("bảng lồng nhau quá sâu. Hãy sửa bảng")
        for child in parent:
            self._count()
            if child.tag == f"{W}p":
                self._body_paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in _WITHIN:
                self._blocks(child, depth + 1)
            elif child.tag == f"{_MC}AlternateContent":
                for chosen in _alternative(child):
                    self._blocks(chosen, depth + 1)

    def _body_paragraph(self, element: Element, depth: int) -> None:
        found = self._paragraph(element)
        number = self._paragraphs
        texts = found.texts()
        if not texts:
            self._gap = True
        for index, (runs, raw) in enumerate(texts):
            shape = (found.aligned, all(run.bold for run in runs if run.text.strip()))
            # what is set apart on the page by its place or weight does not go on with the line above
            gap = index == 0 and (self._gap or shape != self._shape)
            self._add(number, runs, raw, found.marked and index == 0, gap)
            self._shape = shape
            self._gap = False
        self._boxes(found, number, depth)

    def _boxes(self, found: _Paragraph, number: int, depth: int) -> None:
        for box in found.boxes:
            self._gap = True
            first = len(self.lines)
            self._blocks(box, depth + 1)
            words = " ".join(line.bare for line in self.lines[first:])
            if words:
                self.doubts.append(Doubt(number, words[:200], "Chữ trong khung, lấy vào bài ở chỗ neo khung."))
            self._gap = True

    def _add(self, number: int, runs: Runs, raw: str, marked: bool, gap: bool) -> None:
        text = write_every_star(runs)
        indent = "\t" if raw.startswith("\t") else ""
        line = Line(number, text, indent + raw.strip(), marked, gap, ())
        if not line.bare:
            return
        if "{{" in text:
            line = Line(number, text.replace("{{", "{ {"), line.raw.replace("{{", "{ {"), marked, gap, ())
            self.doubts.append(Doubt(number, "{{", "Dấu «{{» là dấu của mục điền tự động, đã tách thành «{ {»."))
        self._titled = self._titled or _is_title(line.bare)
        self.lines.append(line)

    # --- tables

    def _table(self, table: Element, depth: int) -> None:
        rows = [list(_cells_of(row)) for row in _rows_of(table)]
        words = "\n".join(_letters_of(p) for row in rows for cell in row for p in cell.element.iter(f"{W}p"))
        if self._is_frame(rows, words):
            self._frame(rows, depth)
        else:
            self._real_table(rows, depth)
        self._gap = True

    def _is_frame(self, rows: Sequence[Sequence["_Cell"]], words: str) -> bool:
        """True for a table that only sets letterhead or signature side by side, or puts a box around text."""
        if max((len(row) for row in rows), default=0) <= 1 or _FRAME.search(words):
            return True
        if self._has_title and not self._titled:
            return True
        heads = [next((t for t in map(_letters_of, c.element.iter(f"{W}p")) if t), "") for row in rows for c in row]
        return len(rows) <= 3 and any(is_sign_line(Line(0, write_every_star((Run(head),)), head)) for head in heads)

    def _frame(self, rows: Sequence[Sequence["_Cell"]], depth: int) -> None:
        """What stands in a column comes together, as it is read; a row across all columns parts them."""
        group: list[Sequence[_Cell]] = []
        for row in [*rows, []]:
            if len(row) > 1:
                group.append(row)
                continue
            for column in range(max((len(r) for r in group), default=0)):
                for cells in group:
                    if column < len(cells):
                        self._gap = True
                        self._blocks(cells[column].element, depth + 1)
            group = []
            for cell in row:
                self._gap = True
                self._blocks(cell.element, depth + 1)

    def _real_table(self, rows: Sequence[Sequence["_Cell"]], depth: int) -> None:
        gap = True
        for row in rows:
            texts: list[str] = []
            number = self._paragraphs + 1
            for cell in row:
                words = "" if cell.goes_on else self._cell_text(cell.element, depth + 1)
                texts += [""] * cell.before + [words] + [""] * (cell.columns - 1)
            if not texts:
                continue
            bare = [write_every_star((Run(run.text),)) for t in texts for run in [Run(_bare(t))]]
            text = " ".join(word for word in texts if word)
            self.lines.append(Line(number, text, "\t".join(bare), False, gap, tuple(texts)))
            gap = False

    def _cell_text(self, cell: Element, depth: int) -> str:
        """All a cell says as one line; a number Word counts stands even in an empty cell (column STT)."""
        if depth > _DEEPEST:
            raise _TooMuch("bảng lồng nhau quá sâu. Hãy sửa bảng")
        pieces: list[str] = []
        for child in cell:
            self._count()
            if child.tag == f"{W}p":
                found = self._paragraph(child)
                texts = found.texts()
                pieces += [write_every_star(runs) for runs, _raw in texts]
                if not texts and found.label:
                    pieces.append(found.label)
                for box in found.boxes:
                    pieces.append(self._cell_text(box, depth + 1))
            elif child.tag == f"{W}tbl":
                inner = [self._cell_text(c.element, depth + 1) for row in _rows_of(child) for c in _cells_of(row)]
                pieces += inner
                words = " ".join(inner)[:200]
                self.doubts.append(
                    Doubt(self._paragraphs, words, "Bảng nằm trong ô của bảng khác, lấy thành một dòng.")
                )
            elif child.tag in _WITHIN:
                pieces.append(self._cell_text(child, depth + 1))
        return " ".join(piece.strip() for piece in pieces if piece.strip()).replace("{{", "{ {")

    # --- one paragraph

    def _paragraph(self, element: Element) -> _Paragraph:
        next(self._counted((element,)))
        properties = element.find(f"{W}pPr")
        style = value_of(properties, "pStyle") or self.styles.default
        found = _Paragraph(marked=self.styles.is_heading(style), aligned=value_of(properties, "jc") or "")
        below = self.styles.look(style).over(self.styles.plain)
        self._inline(element, below, found, 0)
        found.label = self._label(properties, style, any(run.text.strip() for line in found.lines for run in line))
        return found

    def _label(self, properties: Element | None, style: str, filled: bool) -> str:
        own = None if properties is None else properties.find(f"{W}numPr")
        number, level = value_of(own, "numId"), value_of(own, "ilvl")
        if number is None:
            for one in self.styles.chain(style):
                told = None if one.properties is None else one.properties.find(f"{W}numPr")
                if told is not None:
                    number = value_of(told, "numId")
                    level = level or self.numbers.level_of_style(number, one.id) or value_of(told, "ilvl")
                    break
        label = self.numbers.next_label(number, level)
        if label.replaced and filled:
            why = f"Dấu đầu dòng «{label.replaced}» được in thành «{label.text}»."
            self.doubts.append(Doubt(self._paragraphs, label.replaced, why))
        return label.text

    def _inline(self, parent: Element, look: Look, found: _Paragraph, depth: int) -> None:
        if depth > _DEEPEST:
            raise _TooMuch("chữ lồng nhau quá sâu. Hãy mở bằng Word, lưu lại")
        for child in parent:
            self._count()
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, look, found)
            elif tag in _WITHIN:
                self._inline(child, look, found, depth + 1)
            elif tag == f"{_MC}AlternateContent":
                for chosen in _alternative(child):
                    self._inline(chosen, look, found, depth + 1)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                self._say("".join(t.text or "" for t in child.iter(f"{_M}t")), look, found)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._deleted += 1

    def _run(self, run: Element, below: Look, found: _Paragraph) -> None:
        properties = run.find(f"{W}rPr")
        style = value_of(properties, "rStyle")
        named = self.styles.look(style) if style else Look()
        look = look_of(properties).over(named).over(below)
        self._run_content(run, look, found, 0)

    def _run_content(self, parent: Element, look: Look, found: _Paragraph, depth: int) -> None:
        for child in parent:
            self._count()
            tag = child.tag
            if tag == f"{W}t":
                if look.hidden:
                    self._hidden += bool((child.text or "").strip())
                    continue
                self._say(child.text or "", look, found)
            elif tag in (f"{W}tab", f"{W}ptab"):
                self._say("\t", look, found)
            elif tag in (f"{W}br", f"{W}cr"):
                found.lines.append([])
            elif tag == f"{W}softHyphen":
                self._say("\u00ad", look, found)
            elif tag == f"{W}noBreakHyphen":
                self._say("-", look, found)
            elif tag == f"{W}sym":
                self._say(_symbol(child.get(f"{W}char")), look, found)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._notes += 1
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                boxes = list(child.iter(f"{W}txbxContent"))
                found.boxes += boxes
                shown = any(True for _ in child.iter(f"{_A}blip", f"{_V}imagedata"))
                self._pictures += shown and not boxes
            elif tag == f"{_MC}AlternateContent" and depth < _DEEPEST:
                for chosen in _alternative(child):
                    self._run_content(chosen, look, found, depth + 1)

    def _say(self, words: str, look: Look, found: _Paragraph) -> None:
        words = clean_letters(self._in_unicode(words.replace("\n", " "), look))
        self._count(len(words))
        if look.capitals:
            words = words.upper()
        if words:
            found.lines[-1].append(Run(words, bool(look.bold), bool(look.italic)))

    def _in_unicode(self, words: str, look: Look) -> str:
        """Letters in a font of an old coding, read as such; the first ones that differ are kept to be shown."""
        coding, capitals = coding_of_font(look.font or "")
        if coding is None or not self._in_old:
            return words
        read = from_tcvn3(words, capitals=capitals) if coding is Coding.TCVN3 else converted(words, coding)
        if read.lower() != words.lower() and len(words.strip()) > len(self.old[0][1] if self.old else ""):
            self.old[:] = [(coding, words.strip(), read.strip())]
        return read

    # --- what is not in the text

    def _tell_rest(self) -> None:
        for count, why in (
            (self._pictures, "hình ảnh; máy không đọc chữ trong hình. Hãy gõ lại nếu cần."),
            (self._deleted, "chỗ đã xóa khi sửa đổi (Track Changes), không lấy vào bài."),
            (self._hidden, "chỗ chữ ẩn, không in ra nên không lấy vào bài."),
            (self._notes, "chú thích cuối trang; máy không đọc chú thích. Hãy đưa vào bài nếu cần."),
        ):
            if count:
                self.doubts.append(Doubt(0, "", f"Có {count} {why}"))
        told: set[tuple[str, str]] = set()
        for kind, root in self.parts:
            if kind in ("header", "footer"):
                words = " ".join(" ".join(_letters_of(p) for p in root.iter(f"{W}p")).split())
                says = re.search(r"[^\W\d_]", re.sub(r"trang|page|of", "", words, flags=re.IGNORECASE))
                if says and (kind, words) not in told:
                    told.add((kind, words))
                    where = "đầu trang" if kind == "header" else "chân trang"
                    self.doubts.append(Doubt(0, words[:200], f"Chữ ở {where} (header, footer) không lấy vào bài."))


def _bare(text: str) -> str:
    return "".join(run.text for run in parse_runs(text))


def _alternative(element: Element) -> Iterator[Element]:
    """The one of several versions of a drawing that is read: Word keeps each twice."""
    chosen = element.find(f"{_MC}Choice")
    if chosen is None:
        chosen = element.find(f"{_MC}Fallback")
    if chosen is not None:
        yield chosen


@dataclass(frozen=True)
class _Cell:
    """columns: how many it spans. goes_on: it is the lower part of a cell above. before: columns left out first."""

    element: Element
    columns: int = 1
    goes_on: bool = False
    before: int = 0


_MOST_SPANNED = 60


def _rows_of(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _WITHIN:
            yield from _rows_of(child)


def _cells_of(row: Element) -> Iterator[_Cell]:
    before = _whole(value_of(row.find(f"{W}trPr"), "gridBefore"), 0)
    for child in row:
        if child.tag == f"{W}tc":
            properties = child.find(f"{W}tcPr")
            merged = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            yield _Cell(child, max(1, _whole(value_of(properties, "gridSpan"), 1)), goes_on, before)
            before = 0
        elif child.tag in _WITHIN:
            yield from _cells_of(child)


def _whole(words: str | None, otherwise: int) -> int:
    return min(int(words), _MOST_SPANNED) if words and words.isdecimal() else otherwise


def _letters_of(paragraph: Element) -> str:
    """The words of a paragraph, without style, for recognising what it is."""
    pieces = (node.text or "" if node.tag == f"{W}t" else " " for node in paragraph.iter(f"{W}t", f"{W}br"))
    return " ".join(clean_letters("".join(pieces)).split())


def _is_title(words: str) -> bool:
    return re.match(r"K\s?[ẾE]\s*H\s?O\s?[ẠA]\s?C\s?H\b", words) is not None


def _symbol(code: str | None) -> str:
    """A letter of a symbol font; what has no letter of its own is shown as a bullet."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return {0xF02D: "-", 0xF02B: "+", 0xF02A: "*", 0x2D: "-", 0x2B: "+", 0x2A: "*"}.get(value, "•")
