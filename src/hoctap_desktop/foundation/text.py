"""Vietnamese text: one spelling inside (NFC), folding for search, the sort order of the alphabet."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# a ă â b c d đ e ê … : each base letter before its marked sisters, tones in the order of the dictionary.
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SORTED_PARTS = re.compile(r"\d{1,18}|\D")
_BIDI_AND_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")

_MAY_BREAK = "\u200b"
_PIECE = 32
_LONG_WORD = re.compile(rf"(\S{{{_PIECE}}})(?=\w)")  # never before a mark that belongs to the letter


def to_nfc(text: str) -> str:
    """`text` in NFC: text pasted from old documents arrives decomposed, and would be counted as another name."""
    return unicodedata.normalize("NFC", text)


def _is_unseen(letter: str) -> bool:
    return bool(_BIDI_AND_ZERO_WIDTH.match(letter)) or not (letter.isprintable() or letter.isspace())


def unseen(text: str) -> int:
    """How many letters of a text are none a person sees or a printer prints: control, zero-width, direction marks.

    clean_line and clean_lines leave these out.
    """
    return 0 if text.isprintable() and not _BIDI_AND_ZERO_WIDTH.search(text) else sum(map(_is_unseen, text))


def seen(text: str) -> str:
    """`text` without them; line ends and spaces stay."""
    return "".join(letter for letter in text if not _is_unseen(letter))


def clean_line(text: str) -> str:
    """One line as typed by a person: NFC, no control or zero-width characters, single spaces, trimmed."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and not _BIDI_AND_ZERO_WIDTH.search(text):
        return " ".join(text.split())
    visible = "".join(c for c in _BIDI_AND_ZERO_WIDTH.sub("", to_nfc(text)) if c.isspace() or c.isprintable())
    return " ".join(visible.split())


def clean_lines(text: str) -> str:
    """Several lines as typed: each line end kept, other control and zero-width characters dropped, NFC."""
    unified = _BIDI_AND_ZERO_WIDTH.sub("", to_nfc(text)).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in unified)
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n")


def shortened(text: str, most: int) -> str:
    """`text` where it has no more than `most` letters, else its beginning and "…", as many together."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def shortened_inside(text: str, most: int) -> str:
    """`text` where it has no more than `most` letters, else its beginning, "…" and its end, so the ending of a name."""
    end = most // 3
    return text if len(text) <= most else f"{text[: most - 1 - end].rstrip()}…{text[-end:].lstrip()}"


def breakable(text: str) -> str:
    """`text` with places where a line may break inside words too long for one, such as the name of a file."""
    return _LONG_WORD.sub(f"\\1{_MAY_BREAK}", text) if len(text) > _PIECE else text


def unbroken(text: str) -> str:
    """What `breakable` was given."""
    return text.replace(_MAY_BREAK, "")


def without_marks(text: str) -> str:
    """`text` without accents, đ as d, lower case: "Sơn Hạ" -> "son ha"."""
    split = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in split if not unicodedata.combining(c))


def fold(text: str) -> str:
    """For matching only: NFC, case folded, single spaces, and "hoà" the same as "hòa"."""
    return " ".join(_WORD.sub(lambda word: _tone_last(word[0]), to_nfc(text).casefold()).split())


def _tone_last(word: str) -> str:
    """The tone moved behind the word, so that the old and the new way of placing it give one key."""
    split = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in split if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES)) + tones


def matches(query: str, text: str) -> bool:
    """True when `text` holds `query`; accents count only when the query has some (domain.md §3).

    The last word need not be typed to its end, but "Cẩm Giang" is not in "Cẩm Giàng".
    """
    if without_marks(query) == query.lower():
        return query.lower() in without_marks(text)
    return _as_typed(query).search(fold(text)) is not None


@dataclass(frozen=True)
class Findable:
    """A text made ready once to be searched many times."""

    bare: str
    folded: str


def findable(text: str) -> Findable:
    """`text` ready for `finder`."""
    return Findable(without_marks(text), fold(text))


def finder(query: str) -> Callable[[Findable], bool]:
    """As `matches`, for one query and many texts."""
    if without_marks(query) == query.lower():
        bare = query.lower()
        return lambda text: bare in text.bare
    search = _as_typed(query).search
    return lambda text: search(text.folded) is not None


@lru_cache(maxsize=64)
def _as_typed(query: str) -> re.Pattern[str]:
    """fold() puts the tone behind the word: of an unfinished one the letters come first, the tone after its others."""
    folded = fold(query)
    letters = folded.rstrip("".join(_TONES))
    tones = folded[len(letters) :]
    return re.compile(re.escape(letters) + (rf"[^\W\d_]*{tones}" if tones else f"(?![{''.join(_TONES)}])"))


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...], str]:
    """Key for the Vietnamese order: letters first, then tones, the same on every platform; digits by value."""
    letters: list[tuple[int, ...]] = []
    tones: list[tuple[int, ...]] = []
    for part in _SORTED_PARTS.findall(to_nfc(text).lower()):
        if part.isdecimal():
            letters.append((1, int(part)))
            continue
        letter, tone = _letter_key(part)
        letters.append(letter)
        if tone is not None:
            tones.append(tone)
    return tuple(letters), tuple(tones), text


@lru_cache(maxsize=4096)
def _letter_key(part: str) -> tuple[tuple[int, int], tuple[int, ...] | None]:
    """The key of one character; its tones, None for what is no letter of the alphabet."""
    split = unicodedata.normalize("NFD", part)
    base = unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES))
    if base in _LETTERS:
        return (2, _LETTERS[base]), tuple(_TONES[c] for c in split if c in _TONES)
    return (0, 0 if base.isspace() else ord((base or part)[0])), None


def slug(text: str) -> str:
    """ASCII for a file name: "UBND xã Hà Thượng" -> "ubnd-xa-ha-thuong"."""
    return re.sub(r"[^a-z0-9]+", "-", without_marks(text)).strip("-")
