"""Liberation Serif, shipped and embedded: how wide text is, where its ink is, and which letters there are.

Loads reportlab when asked.
"""

import functools
import hashlib
import re
import struct
import sys
import threading
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hoctap_desktop.document.accents import Ink, InkOf, can_be_placed
from hoctap_desktop.document.lines import Measure
from hoctap_desktop.document.pdf_file import Name, Value
from hoctap_desktop.foundation import paths

# (bold, italic) -> name in the PDF library, file in resources/fonts. The library caches fonts by these names.
FACES: Mapping[tuple[bool, bool], tuple[str, str]] = {
    (False, False): ("HoctapSerif", "LiberationSerif-Regular.ttf"),
    (True, False): ("HoctapSerif-Bold", "LiberationSerif-Bold.ttf"),
    (False, True): ("HoctapSerif-Italic", "LiberationSerif-Italic.ttf"),
    (True, True): ("HoctapSerif-BoldItalic", "LiberationSerif-BoldItalic.ttf"),
}
_loading = threading.Lock()


def measure() -> Measure:
    """The function that says how wide a text is in one of the faces. A letter the face lacks is as wide as nothing."""
    _faces()
    return lambda text, bold, italic, size: _thousandths(text, bold, italic) * size / 1000


@functools.lru_cache(maxsize=50_000)
def _thousandths(text: str, bold: bool, italic: bool) -> float:
    return sum(map(_widths(bold, italic).__getitem__, text))


class _Widths(dict[str, float]):
    """Thousandths of the type size by letter."""

    def __missing__(self, letter: str) -> float:
        return 0.0


@functools.cache
def _widths(bold: bool, italic: bool) -> _Widths:
    widths = _load()[bold, italic].face.charWidths
    return _Widths((chr(code), float(width)) for code, width in widths.items())


def lacking(text: str) -> str:
    """The first letter of `text` (NFC) that cannot be printed right, "" when all can.

    A sign without a precomposed letter (ê̆ of Ê Đê names) can, when it stands above or below a letter; one that is
    to be joined to its letter, or that has none, is named with the letter before it.
    """
    known = _letters()
    for place, letter in enumerate(text):
        if unicodedata.combining(letter):
            bare = place == 0 or not text[place - 1].isprintable() or text[place - 1].isspace()
            if bare or letter not in known or not can_be_placed(letter):
                return text[max(place - 1, 0) : place + 1]
        elif letter not in known:
            return letter
    return ""


def ink(bold: bool, italic: bool) -> InkOf:
    """The function that says where a letter of a face has ink. KeyError for a letter the face lacks."""
    _faces()
    return _ink(bold, italic)


def slope(bold: bool, italic: bool) -> float:
    """How many degrees a face leans to the right."""
    return -float(_faces()[bold, italic].face.italicAngle)


@functools.cache
def _ink(bold: bool, italic: bool) -> InkOf:
    face_ = _load()[bold, italic].face
    outlines, places = face_.get_table("glyf"), face_.get_table("loca")
    wide = struct.unpack(">h", face_.get_table("head")[50:52])[0]  # places as 4 bytes, else as half of it in 2
    scale = 1000 / face_.unitsPerEm

    @functools.cache
    def of(letter: str) -> Ink:
        glyph = face_.charToGlyph[ord(letter)]
        start = (
            struct.unpack(">L", places[4 * glyph : 4 * glyph + 4])[0]
            if wide
            else 2 * struct.unpack(">H", places[2 * glyph : 2 * glyph + 2])[0]
        )
        left, bottom, right, top = struct.unpack(">4h", outlines[start + 2 : start + 10])
        return Ink(left * scale, bottom * scale, right * scale, top * scale)

    return of


# --- what goes into a file ---------------------------------------------------------------------------------------

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VIETNAMESE = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
_SIGNS = "“”‘’–—…•«»§°²³½×·≤≥€"
# Every file carries these letters of the faces it uses, cut once a run: the same few bytes more, much time less.
_USUAL = [
    *(chr(code) for code in range(32, 127)),
    *(letter for letter in [*_VIETNAMESE, *(v.upper() for v in _VIETNAMESE), *"đĐ", *_SIGNS] if not letter.isascii()),
]
_ASCII = range(32, 127)
_FREE = [code for code in range(1, 256) if code not in _ASCII and code not in (10, 13)]
_BRACKETS = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
# A letter that is not among the usual ones.
UNUSUAL = re.compile("[^" + re.escape("".join(_USUAL)) + "\u00a0]")
FIRST_OTHER, MOST_OTHERS = 1, 31  # codes of other letters in a program of their own, all below the space


@dataclass(frozen=True)
class Program:
    """A font as it is embedded. packed: the TrueType program, deflated, length bytes once inflated; widths by code."""

    name: str
    packed: bytes
    length: int
    widths: tuple[float, ...]
    to_unicode: bytes
    descriptor: Mapping[str, Value]


@functools.cache
def usual_codes() -> Mapping[int, str]:
    """For str.translate: each usual letter as it stands between brackets in the code of `usual_program`."""
    assert len(_USUAL) - len(_ASCII) <= len(_FREE)
    codes = {code: chr(code) for code in _ASCII} | _BRACKETS
    free = iter(_FREE)
    codes |= {ord(letter): chr(next(free)) for letter in _USUAL if not letter.isascii()}
    return codes | {0xA0: " "}


@functools.cache
def usual_program(bold: bool, italic: bool) -> Program:
    """The face with the usual letters."""
    letters = [""] * 256
    for code in _ASCII:
        letters[code] = chr(code)
    free = iter(_FREE)
    for letter in _USUAL:
        if not letter.isascii():
            letters[next(free)] = letter
    while not letters[-1]:
        letters.pop()
    return _program(bold, italic, letters)


@functools.lru_cache(maxsize=64)
def other_program(bold: bool, italic: bool, letters: tuple[str, ...]) -> Program:
    """The face with other letters, at most MOST_OTHERS, coded from FIRST_OTHER on."""
    return _program(bold, italic, ["", *letters])


def _program(bold: bool, italic: bool, letters: Sequence[str]) -> Program:
    face = _faces()[bold, italic].face
    with _loading:  # the library reads its file with one common place
        cut = face.makeSubset([ord(letter) if letter else 0 for letter in letters])
    own = face.name.decode() if isinstance(face.name, bytes) else face.name
    name = f"{_tag(letters)}+{own}"
    descriptor: dict[str, Value] = {
        "Type": Name("FontDescriptor"),
        "FontName": Name(name),
        "Flags": 4 + (64 if italic else 0),  # symbolic: the program's own codes hold
        "FontBBox": tuple(round(float(value)) for value in face.bbox),
        "ItalicAngle": float(face.italicAngle),
        "Ascent": float(face.ascent),
        "Descent": float(face.descent),
        "CapHeight": float(face.capHeight),
        "StemV": 120 if bold else 80,
    }
    widths = tuple(_widths(bold, italic).get(letter, face.defaultWidth) for letter in letters)
    return Program(name, zlib.compress(cut, 9), len(cut), widths, zlib.compress(_to_unicode(letters), 9), descriptor)


def _tag(letters: Sequence[str]) -> str:
    """Six capitals, as PDF wants them before the name of a part of a font; other letters, another tag."""
    digest = hashlib.sha256("".join(letters).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _to_unicode(letters: Sequence[str]) -> bytes:
    known = [(code, letter) for code, letter in enumerate(letters) if letter]
    lines = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap"]
    lines += [
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def"
    ]
    lines += ["/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange"]
    for start in range(0, len(known), 100):
        part = known[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{code:02X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


# --- loading -----------------------------------------------------------------------------------------------------


@functools.cache
def _letters() -> frozenset[str]:
    """The letters that all four faces have."""
    sets = [set(font.face.charToGlyph) for font in _faces().values()]
    return frozenset(chr(code) for code in set.intersection(*sets))


def _library() -> Any:
    """reportlab's fonts, without HarfBuzz, which it would load beside (25 ms) for shaping that we never ask it for."""
    hidden = "uharfbuzz" not in sys.modules
    if hidden:
        sys.modules["uharfbuzz"] = None  # type: ignore[assignment]  # Python's own way to say "not there"
    try:
        from reportlab.pdfbase import ttfonts
    finally:
        if hidden:
            del sys.modules["uharfbuzz"]
    return ttfonts


@functools.cache
def _load() -> Mapping[tuple[bool, bool], Any]:
    ttfonts = _library()
    loaded = {}
    for style, (name, file) in FACES.items():
        loaded[style] = ttfonts.TTFont(name, str(paths.resources() / "fonts" / file), shapable=False)
    return loaded


def _faces() -> Mapping[tuple[bool, bool], Any]:
    with _loading:  # the preview and an export may ask at the same time
        return _load()
