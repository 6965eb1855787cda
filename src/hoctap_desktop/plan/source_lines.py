"""The lines of a plan that came as plain text, scanned or copied: cleaned, and broken lines joined again. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from hoctap_desktop.document.model import runs_text
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.outline import parse_runs

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")  # of pages and lines, but not counted as lines by an editor
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TAGS = ((r"</?(?:b|strong)>", "**"), (r"</?(?:i|em)>", "*"), (r"<br\s*/?>", " "), (r"</?u>", ""))
_HEADING_MARK = re.compile(r"\s*#{1,6}\s+(?=\S)")
_RULE = re.compile(r"[-_=*—–.|:\s]{3,}")
# Letterhead and signature often stand in a table of one row, their lines parted by <br>.
_FRAME = re.compile(r"\s*\|.*(?:nơi nhận|cộng h(?:òa|oà) xã hội)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-–—]?\s*\d{1,3}\s*[-–—]?|trang\s+\d+(?:\s*[/-]\s*\d+|\s+trên\s+\d+)?|\d{1,3}\s*/\s*\d{1,3}", re.IGNORECASE
)
_PAGE_NUMBER_TOLD = "Dòng chỉ có số trang, đã bỏ."
_MANY = 4  # fewer are told one by one
_DECIDED_ALIKE = (_PAGE_NUMBER_TOLD, "Dấu đầu dòng ")
_END_MARK = re.compile(r"[.;:!?…][)\]”\"’'*]*$|[.;:!?…]?[”\"]$")
_OPEN_END = re.compile(r"(?:[,(“–-]|\b(?:và|của|các|cho|với|về|tại|trong|theo|từ|đến|do|là|những|hoặc|để))$")
# A wrapped line is nearly as long as the others; fonts are proportional, so only nearly.
_FULL = 0.85
_LONGEST_WRAPPED = 130
_LEAST_EVIDENCE = 3


@dataclass(frozen=True)
class Doubt:
    """Something the reader was unsure of. line: from 1, in the file as given; 0 for the whole text. why: Vietnamese."""

    line: int
    text: str
    why: str


def told_once(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """One doubt for what was decided alike for many lines (a mark printed as another, page numbers left out)."""
    alike: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        alike.setdefault(doubt.why, []).append(doubt)
    told: list[Doubt] = []
    for doubt in doubts:
        same = alike[doubt.why]
        if len(same) < _MANY or not doubt.why.startswith(_DECIDED_ALIKE):
            told.append(doubt)
        elif doubt is same[0]:
            lines = ", ".join(str(one.line) for one in same[1:9]) + ("…" if len(same) > 9 else ".")
            told.append(replace(doubt, why=f"{doubt.why} Còn {len(same) - 1} dòng như vậy: {lines}"))
    return tuple(told)


@dataclass(frozen=True)
class Line:
    """One line with its words. text: may hold ** and *. marked: it had a heading mark. gap: a blank line before it.

    cells: of a row of a real table, () for a line that surely is no row; None when only tabs and | can tell.
    A row with a gap before it begins a table.
    """

    number: int
    text: str
    raw: str
    marked: bool = False
    gap: bool = False
    cells: tuple[str, ...] | None = None

    @cached_property
    def bare(self) -> str:
        """The words without bold and italics."""
        return runs_text(parse_runs(self.text)).strip()

    @cached_property
    def bold(self) -> bool:
        """True when every word is bold."""
        runs = parse_runs(self.text)
        return bool(runs) and all(run.bold for run in runs if run.text.strip())


def is_control(text: str) -> bool:
    """True for a text with bytes no text has: it was something else."""
    return "\x00" in text or len(_CONTROL.findall(text)) > len(text) // 200


def source_lines(text: str) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """The lines that hold words, cleaned: NFC, no marks of headings, <b> as **; lone page numbers told and dropped.

    In a text without any bold a star is a bullet or a star, so it is kept from being read as italics.
    """
    whole = _INVISIBLE.sub("", to_nfc(text)).replace("\r\n", "\n")
    whole = _CONTROL.sub("", whole).replace("\xa0", " ")
    whole = "\n".join(_unframed(line) for line in whole.split("\n"))
    for tag, mark in _TAGS:
        whole = re.sub(tag, mark, whole, flags=re.IGNORECASE)
    styled = "**" in whole
    lines: list[Line] = []
    doubts: list[Doubt] = []
    gap = True
    numbered = ((n, part) for n, line in enumerate(whole.split("\n"), start=1) for part in _BREAK.split(line))
    for number, raw in numbered:
        words = raw.strip()
        if not words or (_RULE.fullmatch(words) and not words.strip("-_=*—–|: ")):
            gap = True
            continue
        if _PAGE_NUMBER.fullmatch(words.strip("* ")):
            doubts.append(Doubt(number, words, _PAGE_NUMBER_TOLD))
            continue
        marked = bool(_HEADING_MARK.match(words))
        words = _HEADING_MARK.sub("", words, count=1)
        if not styled:
            words = words.replace("\\", "\\\\").replace("*", "\\*")
        lines.append(Line(number, words, raw, marked, gap))
        gap = False
    return _whole_bolds(lines), tuple(doubts)


def clean_letters(text: str) -> str:
    """NFC, without controls and invisible marks, a no-break space as a space."""
    return _CONTROL.sub("", _INVISIBLE.sub("", to_nfc(text))).replace("\xa0", " ")


def without_page_numbers(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """The lines but those that are only a page number, and a doubt for each of these."""
    lone = [line for line in lines if not line.cells and _PAGE_NUMBER.fullmatch(line.bare)]
    kept = tuple(line for line in lines if line not in lone)
    return kept, tuple(Doubt(line.number, line.bare, _PAGE_NUMBER_TOLD) for line in lone)


def _unframed(line: str) -> str:
    """A row that frames letterhead or signature as one line a cell and a <br>; other lines as they are."""
    return re.sub(r"<br\s*/?>|\|", "\x0b", line, flags=re.IGNORECASE) if _FRAME.match(line) else line


def _whole_bolds(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Bold that begins in one line and ends in the next is given to both."""
    fixed = list(lines)
    for index in range(len(fixed) - 1):
        here, after = fixed[index], fixed[index + 1]
        if here.text.startswith("**") and here.text.count("**") % 2 and after.text.count("**") % 2:
            fixed[index] = replace(here, text=here.text.rstrip() + "**")
            fixed[index + 1] = replace(after, text="**" + after.text.lstrip())
    return tuple(fixed)


Starts = Callable[[Line], bool]


def joined(lines: Sequence[Line], starts: Starts, width: int) -> tuple[tuple[Line, ...], tuple[Doubt, ...]]:
    """Lines made whole again: text wrapped at the page's width, and sentences cut by the end of a page.

    starts: says that a line begins something of its own (a number, a bullet, a table row …) whatever stands before.
    width: see wrap_width.
    """
    whole: list[Line] = []
    parts: list[list[str]] = []
    doubts: list[Doubt] = []
    last = ""
    for line in lines:
        how = (
            _continues(whole[-1], last, line, width) if whole and not starts(line) and "\t" not in whole[-1].raw else ""
        )
        if how:
            parts[-1].append(line.text)
            if how != "wrapped":
                doubts.append(Doubt(line.number, line.bare, how))
        else:
            whole.append(line)
            parts.append([line.text])
        last = line.bare
    return tuple(replace(w, text=_glued(p)) for w, p in zip(whole, parts, strict=True)), tuple(doubts)


def _glued(parts: Sequence[str]) -> str:
    return re.sub(r"(?<!\\)(\*{1,3}) \1(?=\w)", " ", " ".join(parts)) if len(parts) > 1 else parts[0]


def wrap_width(lines: Sequence[Line], starts: Starts) -> int:
    """The length of a full line of a text wrapped at a page's width; 0 when each line is a whole paragraph."""
    if len(lines) < 6:
        return 0
    lengths = sorted(len(line.bare) for line in lines)
    width = lengths[len(lengths) * 9 // 10]
    cut = sum(not _END_MARK.search(a.bare) and b.bare[:1].islower() and not starts(b) for a, b in pairwise(lines))
    return width if width <= _LONGEST_WRAPPED and cut >= _LEAST_EVIDENCE else 0


def _continues(first: Line, last: str, line: Line, width: int) -> str:
    """Why `line` goes on with the text whose last line is `last`: "wrapped", a doubt, or "" when it does not."""
    words = line.bare
    ended = bool(_END_MARK.search(last))
    lower = words[:1].islower() or words[:1] in ",;.)%"
    if first.marked or first.bold or line.marked or line.bold:
        return ""
    if last == last.upper() and words != words.upper() and not lower:
        return ""
    if width:
        full = len(last) + 1 + len(words.split(maxsplit=1)[0]) >= width * _FULL
        if full and not ended:
            return "wrapped"
        if full and not line.gap and (lower or not last.endswith((";", ":", "./."))):
            return "wrapped"
        if full and lower and not last.endswith(("./.", ":")):
            return "wrapped"
        if not ended and (lower or (_OPEN_END.search(last) and len(last) > width // 2)):
            return "Nối với dòng trên vì dòng trên chưa hết câu."
        return ""
    if not ended and lower:
        return "Nối với dòng trên vì dòng trên chưa hết câu (có thể do ngắt trang)."
    if not ended and _OPEN_END.search(last) and len(last) > _LONGEST_WRAPPED // 2:
        return "Nối với dòng trên vì dòng trên chưa hết câu (có thể do ngắt trang)."
    return ""
