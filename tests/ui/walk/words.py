"""Tells Vietnamese from English, word by word."""

import re
import unicodedata
from collections.abc import Iterable

# Onset and rhyme of a Vietnamese syllable without its marks.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|oai|oao|oay|oeo|uay|uoi|uou|ieu|yeu|uo|ie|ye|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|oo|ua|ue|ui|uu|uy|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?",
)
# English though they could be spelled in Vietnamese for want of accents, and words of Qt's own dialogs.
_ENGLISH = frozenset(
    word
    for line in (
        "and is not are or you your by it this that with from for if yes ok okay open save close cancel file files",
        "name size date type all new up down back next help edit view copy paste cut undo redo delete select search",
        "find print page pages more less apply reset discard retry ignore abort look use hue sat red green blue alpha",
    )
    for word in line.split()
)
# Names everyone knows, keys, shortened Vietnamese, and letters.
KNOWN = frozenset(
    word
    for line in (
        "excel word pdf usb zalo unicode byte kingston canon lbp",
        "telex vni unikey evkey htsao windows htgoi docx xlsx toml txt qr",
        "enter tab ctrl alt shift esc delete backspace home end page up down left right space insert pgup pgdn",
        "ubnd hđnd gdđt ubmttq kh bc tt sl gd tb nxb thcs thpt mn th gdtx pgs ts ths kb mb gb kib mib",
    )
    for word in line.split()
) | set("abcdefghijklmnopqrstuvwxyz")
_UNREAD = (
    r"\S*[/\\@]\S*",  # paths, codes with strokes
    r"\S*\d\S*",
    r"\S+\.(?:htgoi|pdf|docx|xlsx|toml|txt|png)\b",
    r"«[^»]*»|“[^”]*”",  # what is quoted is somebody's own
    r"\*\.\w+",
    r"\((?:(?:Ctrl|Alt|Shift)\+)*\w+\)",
)


def english(text: str) -> list[str]:
    """The words of `text` that no Vietnamese reader knows."""
    bare = re.sub("|".join(_UNREAD), " ", text)
    return [w for w in re.findall(r"[^\W\d_]+", bare) if _is_english(w)]


def _is_english(word: str) -> bool:
    low = word.lower()
    if low in KNOWN or word.isupper():
        return False
    if low in _ENGLISH:
        return True
    if not low.isascii():
        return False
    return _SYLLABLE.fullmatch(low) is None


def all_english(texts: Iterable[str]) -> dict[str, list[str]]:
    """By text, what is English in it."""
    found = {}
    for text in texts:
        words = english(unicodedata.normalize("NFC", text))
        if words:
            found[text[:120]] = words
    return found
