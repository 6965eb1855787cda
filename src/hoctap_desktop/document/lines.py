"""Runs of text broken into lines. Pure: how wide a text is, is asked of a function handed in."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hoctap_desktop.document.accents import clusters
from hoctap_desktop.document.model import Run, Runs
from hoctap_desktop.foundation.text import clean_line

Measure = Callable[[str, bool, bool, float], float]
"""(text, bold, italic, size in points) -> width in points."""

NO_BREAK = "\u00a0"
_JOINT = re.compile(r"(?<=[-_/\\@])(?=\w)")
_LIKENESSES = str.maketrans({"\u2011": "-", "\u2007": NO_BREAK, "\u202f": NO_BREAK})
_SPACE = "[ \u00a0]"
# What must not be torn apart at a line's end; each space inside a match becomes a no-break space (domain.md §2).
_HELD = tuple(
    re.compile(pattern.replace(" ", _SPACE))
    for pattern in (
        r"\b[Nn]gày \d{1,2} tháng \d{1,2}\b(?: năm \d{4}\b)?",
        # only what is short: holding more would leave lines that gape
        r"(?i:\b(?:ngày|tháng|năm|lúc|lần|khóa|mục|điều|khoản|phần|bảng)) [\dIVX]\w{0,3}\b(?![/.-]\d)",
        r"\b[Ss]ố:? (?=[\w./-]*\d)[\w./-]{1,14}(?![\w/-])",
        r"\b(?:TM|KT|TL|TUQ|Q)\. \w+(?: \w+)?",
        r"\b\d{1,2} giờ(?: \d{2}\b)?",
        r"\b[\d.]*\d (?:đồng|phút|triệu|tỷ)\b",
        r"\S [-–—](?= )",  # a dash at the head of a line would read as a bullet
    )
)
# Words of names and titles that a centred line does not tear: "TRƯỜNG MẦM NON / HÀ THƯỢNG", not "TRƯỜNG MẦM / NON …".
_COMPOUNDS = re.compile(
    r"(?i)\b(?:mầm non|tiểu học|trung học|cơ sở|phổ thông|nhân dân|giáo dục|đào tạo|thành phố|thị xã|thị trấn|tuần lễ|"
    r"hưởng ứng|học tập|suốt đời|kế hoạch|kết quả|thường xuyên|khuyến học|cộng đồng|xã hội|địa bàn)\b".replace(
        " ", _SPACE
    )
)


def printable(text: str) -> str:
    """`text` as it can be printed: NFC, one kind of space, nothing invisible. No-break spaces stay."""
    if text.isprintable() and "  " not in text and "\u2011" not in text and unicodedata.is_normalized("NFC", text):
        return text  # nearly always, and ten times as fast
    return NO_BREAK.join(clean_line(f"x{part}x")[1:-1] for part in text.translate(_LIKENESSES).split(NO_BREAK))


def held(text: str) -> str:
    """`text` with no-break spaces in pairs such as "ngày 05 tháng 02", "số 21/KH-UBND", "KT. CHỦ TỊCH"."""
    for pattern in _HELD:
        text = pattern.sub(lambda match: re.sub(_SPACE, NO_BREAK, match[0]), text)
    return text


@functools.lru_cache(maxsize=4096)
def holding(runs: Runs) -> Runs:
    """Runs made printable, pairs held together also where the style changes between them."""
    clean = [Run(printable(run.text), run.bold, run.italic) for run in runs]
    whole = held("".join(run.text for run in clean))  # as long as before: a space turns into a no-break space
    parts, start = [], 0
    for run in clean:
        parts.append(Run(whole[start : start + len(run.text)], run.bold, run.italic))
        start += len(run.text)
    return tuple(parts)


@dataclass(frozen=True)
class Fragment:
    """Part of a word in one style."""

    text: str
    bold: bool
    italic: bool


@dataclass(frozen=True)
class Word:
    """What stands between two spaces where a line may break."""

    fragments: tuple[Fragment, ...]
    width: float


@dataclass(frozen=True)
class Span:
    """Text in one style at `x` from the line's begin; spaces: how many stand before it on the line."""

    text: str
    bold: bool
    italic: bool
    x: float
    spaces: int


@dataclass(frozen=True)
class Line:
    """One line. width: natural; spaces: between words, for justifying; last: of its paragraph."""

    spans: tuple[Span, ...]
    width: float
    spaces: int
    last: bool = False


def words(runs: Runs, size: float, measure: Measure) -> list[Word]:
    """The words of runs, pairs held together."""
    found: list[list[Fragment]] = [[]]
    for run in holding(runs):
        for number, part in enumerate(run.text.split(" ")):
            if number and found[-1]:
                found.append([])
            if part:
                found[-1].append(Fragment(part.replace(NO_BREAK, " "), run.bold, run.italic))
    return [_word(fragments, size, measure) for fragments in found if fragments]


def _word(fragments: Sequence[Fragment], size: float, measure: Measure) -> Word:
    return Word(tuple(fragments), sum(measure(f.text, f.bold, f.italic, size) for f in fragments))


def broken(runs: Runs, size: float, width: float, measure: Measure, *, indent: float = 0.0) -> list[Line]:
    """Lines no wider than `width`, the first by `indent` shorter; each as full as can be. Empty text gives none."""
    space = measure(" ", False, False, size)
    rows: list[list[Word]] = [[]]
    used, room = 0.0, width - indent
    for word in words(runs, size, measure):
        for part in _fitting(word, size, room if not rows[-1] else width, width, measure):
            if rows[-1] and used + space + part.width > room:
                rows.append([])
                used, room = 0.0, width
            used += part.width + (space if rows[-1] else 0.0)
            rows[-1].append(part)
    return [_line(row, size, measure, last=row is rows[-1]) for row in rows if row]


def balanced(runs: Runs, size: float, width: float, measure: Measure) -> list[Line]:
    """As few lines as fit in `width`, as equal in length as can be without tearing a compound: for what is centred."""
    natural = broken(runs, size, width, measure)
    if len(natural) < 2:
        return natural
    whole = tuple(Run(_COMPOUNDS.sub(lambda m: re.sub(_SPACE, NO_BREAK, m[0]), r.text), r.bold, r.italic) for r in runs)
    if len(broken(whole, size, width, measure)) == len(natural):
        runs = whole
    low, high = min(width, max(word.width for word in words(runs, size, measure))), width
    for _ in range(12):  # the narrowest measure that still needs no more lines
        middle = (low + high) / 2
        if len(broken(runs, size, middle, measure)) > len(natural):
            low = middle
        else:
            high = middle
    return broken(runs, size, high, measure)


def longest_word(runs: Runs, size: float, measure: Measure, *, torn: bool = False) -> float:
    """The width of the widest word, pairs let go; torn: of the widest part of a word that is torn at its joints."""
    parts = (part for word in words(runs, size, measure) for part in _loosened(word, size, measure))
    if not torn:
        return max((part.width for part in parts), default=0.0)
    pieces = ((one, text) for part in parts for one in part.fragments for text in _JOINT.split(one.text))
    return max((measure(text, one.bold, one.italic, size) for one, text in pieces), default=0.0)


def _fitting(word: Word, size: float, first: float, width: float, measure: Measure) -> Iterator[Word]:
    """The word itself, or, when no line can hold it, its parts: better a torn address than a lost one."""
    if word.width <= first:
        yield word
        return
    loose = _loosened(word, size, measure)
    if len(loose) > 1:
        for number, each in enumerate(loose):
            yield from _fitting(each, size, width if number else first, width, measure)
        return
    part: list[Fragment] = []
    used, room = 0.0, first
    for fragment in word.fragments:
        for piece in _pieces(fragment, size, min(first, width), measure):
            step = measure(piece, fragment.bold, fragment.italic, size)
            if part and used + step > room:
                yield _word(part, size, measure)
                part, used, room = [], 0.0, width
            if part and (part[-1].bold, part[-1].italic) == (fragment.bold, fragment.italic):
                part[-1] = Fragment(part[-1].text + piece, fragment.bold, fragment.italic)
            else:
                part.append(Fragment(piece, fragment.bold, fragment.italic))
            used += step
    yield _word(part, size, measure)


def _pieces(fragment: Fragment, size: float, width: float, measure: Measure) -> Iterator[str]:
    """Where a word that no line can hold is torn: behind a joint, between any letters where there is none."""
    for piece in _JOINT.split(fragment.text):
        if measure(piece, fragment.bold, fragment.italic, size) <= width:
            yield piece
        else:
            yield from clusters(piece)


def _loosened(word: Word, size: float, measure: Measure) -> list[Word]:
    """The parts of a word that was held together by no-break spaces, which here stand as spaces."""
    parts: list[list[Fragment]] = [[]]
    for fragment in word.fragments:
        for number, text in enumerate(fragment.text.split(" ")):
            if number:
                parts.append([])
            if text:
                parts[-1].append(Fragment(text, fragment.bold, fragment.italic))
    return [_word(part, size, measure) for part in parts if part]


def _line(row: Sequence[Word], size: float, measure: Measure, *, last: bool) -> Line:
    texts: list[Fragment] = []
    for number, word in enumerate(row):
        for fragment in word.fragments:
            space = " " if number and fragment is word.fragments[0] else ""
            if texts and (texts[-1].bold, texts[-1].italic) == (fragment.bold, fragment.italic):
                texts[-1] = Fragment(texts[-1].text + space + fragment.text, fragment.bold, fragment.italic)
            else:
                if space:
                    texts[-1] = Fragment(texts[-1].text + space, texts[-1].bold, texts[-1].italic)
                texts.append(fragment)
    spans, x, spaces = [], 0.0, 0
    for text in texts:
        spans.append(Span(text.text, text.bold, text.italic, x, spaces))
        x += measure(text.text, text.bold, text.italic, size)
        spaces += text.text.count(" ")
    return Line(tuple(spans), x, spaces, last)
