"""The letters of printed pages, and where a searched text stands among them. No Qt, no PDF."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hoctap_desktop.foundation.text import fold, without_marks

_TONES = "\u0300\u0309\u0303\u0301\u0323"
# What PDFium writes for the hyphen at the end of a line.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\x00")


@dataclass(frozen=True)
class Box:
    """Room of a letter or of a part of a line; points from the page's left and top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PageText:
    """One page: its characters in reading order and the box of each (None: a line end, a letter without room)."""

    letters: str
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class Hit:
    """page: from 0; boxes: one for each line the text found stands on."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class _Spelled:
    """A text in another spelling, and the characters (begin, end) each of its letters is made of."""

    letters: str
    places: tuple[tuple[int, int], ...]


def find(query: str, pages: Sequence[PageText]) -> tuple[Hit, ...]:
    """Where `query` stands, in reading order; a hit may run over a line end but not over a page.

    Accents count only when the query has some, as in foundation.text.matches; there "hoà" finds "hòa". A word that is
    not typed to its end is found as well ("thượ" in "Thượng").
    """
    wanted = " ".join(query.split())
    if not wanted:
        return ()
    return tuple(hit for number, page in enumerate(pages) for hit in _in_page(wanted, number, page))


def _in_page(wanted: str, number: int, page: PageText) -> Iterator[Hit]:
    for begin, end in stretches(wanted, page.letters):
        yield Hit(number, _lines(box for box in page.boxes[begin:end] if box is not None))


def stretches(query: str, letters: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Where `query` stands in a text (begin, end), by the rule of `find`.

    whole: as for letters that shall become others: accents always count, capitals when the query has some, and words
    are typed to their ends.
    """
    wanted = " ".join(query.split())
    spans: set[tuple[int, int]] = set()
    if not wanted:
        return
    if not whole and without_marks(wanted) == wanted.lower():
        spans.update(_spans(wanted.lower(), _spell(letters, "bare")))
    else:
        spans.update(_spans(fold(wanted), _spell(letters, "tones last")))
        spans.update(_spans(unicodedata.normalize("NFC", wanted).casefold(), _spell(letters, "as written")))
    done = 0
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if begin >= done and not (whole and _is_other(wanted, letters, begin, end)):
            done = end
            yield begin, end


def _is_other(wanted: str, letters: str, begin: int, end: int) -> bool:
    """True for a stretch with other accents, with other capitals than a query that has some, and for part of a word."""
    found = " ".join(letters[begin:end].split())
    capitals = [letter.isupper() for letter in wanted]
    cased = any(capitals) and capitals != [letter.isupper() for letter in found]
    return fold(found) != fold(wanted) or cased or _in_word(letters, begin, end)


def _in_word(letters: str, begin: int, end: int) -> bool:
    """True when a word goes on before or behind a stretch."""
    before, behind = letters[begin - 1 : begin + 1] if begin else "", letters[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isalnum() for pair in (before, behind))


def _spans(wanted: str, text: _Spelled) -> Iterator[tuple[int, int]]:
    at = text.letters.find(wanted)
    while at >= 0:
        places = text.places[at : at + len(wanted)]
        yield min(begin for begin, _ in places), max(end for _, end in places)
        at = text.letters.find(wanted, at + len(wanted))


@lru_cache(maxsize=2048)  # the paragraphs of a plan of forty pages: they are asked at every letter of a search
def _spell(letters: str, how: str) -> _Spelled:
    """The text with single spaces: "bare" without accents, "as written", or each word's tones behind it."""
    said: list[str] = []
    places: list[tuple[int, int]] = []
    tones: list[str] = []
    last = (0, 0)

    def put(text: str, place: tuple[int, int]) -> None:
        said.append(text)
        places.extend([place] * len(text))

    def end_word() -> None:
        if tones:
            put("".join(tones), last)
            tones.clear()

    for begin, end in _clusters(letters):
        cluster = unicodedata.normalize("NFC", _HYPHENS.get(letters[begin:end], letters[begin:end]))
        if cluster in _UNSEEN:
            continue
        if cluster.isspace():
            end_word()
            if said and said[-1] != " ":
                put(" ", (begin, end))
            continue
        last = (begin, end)
        if how == "bare":
            put(without_marks(cluster), (begin, end))
        elif how == "as written":
            put(cluster.casefold(), (begin, end))
        else:
            split = unicodedata.normalize("NFD", cluster.casefold())
            put(unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES)), (begin, end))
            tones.extend(c for c in split if c in _TONES)
    end_word()
    return _Spelled("".join(said), tuple(places))


def _clusters(letters: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every letter with the combining marks behind it."""
    begin = 0
    for at in range(1, len(letters) + 1):
        if at == len(letters) or not unicodedata.combining(letters[at]):
            if at > begin:
                yield begin, at
            begin = at


def _lines(boxes: Iterator[Box]) -> tuple[Box, ...]:
    """Boxes of letters joined to one box for each line."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last is not None and box.left >= last.left and box.top < last.bottom and box.bottom > last.top:
            lines[-1] = Box(last.left, min(last.top, box.top), max(last.right, box.right), max(last.bottom, box.bottom))
        else:
            lines.append(box)
    return tuple(lines)


def count_words(current: int, found: int) -> str:
    """ "3 trên 12"; current from 0."""
    return f"{current + 1} trên {found}" if found else "Không thấy"
