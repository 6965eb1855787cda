"""Vietnamese text in the codings of before Unicode, and other damage of old files: recognised, and put right. Pure.

TCVN3 (fonts .VnTime …): one byte a letter; capitals with a tone exist only as fonts that draw everything large
(.VnTimeH). VNI (fonts VNI-Times …): the vowel, then a letter for its mark and tone. Both arrive as Latin-1 letters.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hoctap_desktop.foundation.syllables import is_syllable
from hoctap_desktop.foundation.text import to_nfc


class Coding(StrEnum):
    """MARKS: right letters but Ƣ for Ư, or tones that stand alone beside their vowel."""

    TCVN3 = "TCVN3"
    VNI = "VNI"
    MARKS = "marks"


CODING_WORDS = {
    Coding.TCVN3: "bảng mã TCVN3 (phông .VnTime)",
    Coding.VNI: "bảng mã VNI (phông VNI-Times)",
    Coding.MARKS: "dấu rời hoặc chữ Ƣ thay cho Ư",
}


@dataclass(frozen=True)
class Legacy:
    """Text that was recognised: as it came, and as it should be."""

    coding: Coding
    before: str
    after: str


# --- TCVN3 (TCVN 5712:1993, third set) ---------------------------------------------------------------------------

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """`text` read as TCVN3. capitals: its font draws every letter large.

    Typed with Caps Lock, only the plain letters are large: then the whole word is, and a line of such words.
    """
    return "\n".join(_from_tcvn3_line(line, capitals) for line in text.split("\n"))


def _from_tcvn3_line(line: str, capitals: bool) -> str:
    plain = [c for c in line if c.isascii() and c.isalpha()]
    all_large = capitals or (len(plain) > 3 and all(c.isupper() for c in plain))
    return "".join(_from_tcvn3_word(part, all_large) for part in re.split(r"(\s+)", line))


def _from_tcvn3_word(word: str, large: bool) -> str:
    read = "".join(_TCVN3.get(c, c) for c in word)
    plain = [c for c in word if c.isascii() and c.isalpha()]
    return read.upper() if large or (len(plain) > 1 and all(c.isupper() for c in plain)) else read


# --- VNI ---------------------------------------------------------------------------------------------------------

_TONE = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _vni_table() -> dict[str, str]:
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for written, vowel in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        table |= {written + mark: to_nfc(vowel + tone) for mark, tone in _TONE.items()}
    for vowel in "aeo":
        table |= {vowel + mark: to_nfc(f"{vowel}\u0302{tone}") for mark, tone in _HAT.items()}
    table |= {"a" + mark: to_nfc(f"a\u0306{tone}") for mark, tone in _BREVE.items()}
    # Second letters that are typed small after a large vowel, too.
    mixed = {a[0].upper() + a[1:]: b.upper() for a, b in table.items()}
    return table | mixed | {a.upper(): b.upper() for a, b in table.items()}


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def from_vni(text: str) -> str:
    """`text` read as VNI."""
    return _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)


# --- tones alone, Ƣ ----------------------------------------------------------------------------------------------

_OI = str.maketrans("Ƣƣ", "Ưư")
_APART = re.compile(r"(\w+)[ \u00a0]+([\u0300\u0301\u0303\u0309\u0323])(\w*)")


def with_marks_joined(text: str) -> str:
    """Ƣ as Ư; a tone that stands apart from its vowel ("Tuâ ̀n") given back to it where that makes a syllable. NFC."""
    plain = to_nfc(text.translate(_OI))
    return _APART.sub(_joined_mark, plain)


def _joined_mark(found: re.Match[str]) -> str:
    word = to_nfc(found[1] + found[2] + found[3])
    return word if is_syllable(word) else found[0]


# --- recognising -------------------------------------------------------------------------------------------------

_SIGN = "[\u00a1-\u00bf\u00d7\u00f7\u00ad]"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|{_SIGN})*|{_SIGN}(?:[^\W\d_]|{_SIGN})+")
_QUOTES = "«»"
_SURE = re.compile(f"{_SIGN}|ß")
_CROSSED = re.compile("[A-Z&]*[§ÑÐ¦Ö][A-Z§ÑÐ¦Ö]*")  # Đ or Ư among the capitals of an abbreviation
_PAIR = re.compile("[aeouyôö][øùûõïâàáåãäêèéúüë]", re.IGNORECASE)
_FRENCH_PAIR = re.compile("[aeou]ï", re.IGNORECASE)
_LEAST_SHARE = 0.7


def changed_lines(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The lines that read otherwise than they stand, whole: (as it stands in NFC, as it is read)."""
    pairs = zip(to_nfc(before).split("\n"), after.split("\n"), strict=False)
    return tuple((a.strip(), b.strip()) for a, b in pairs if a != b)


def find_legacy(text: str) -> Legacy | None:
    """What `text` is written in when it is not Unicode, with the text put right; None for text as it should be.

    Text that is only decomposed (NFD) is None: every edge of the program makes it NFC. Lines already in Unicode stay
    as they are. Names, other languages and numbers are nobody's coding: only words that are no syllables as they
    stand, but are when read the other way, count.
    """
    plain = to_nfc(text)
    lines = plain.split("\n")
    old = [line for line in lines if not _has_unicode(line)]
    coding = _coding_of("\n".join(old))
    if coding is not None:
        # Beside lines of Unicode each line must speak for itself, else the lines carry each other.
        alone = len(old) < len(lines)
        after = "\n".join(
            line if _has_unicode(line) or (alone and _coding_of(line) is None) else converted(line, coding)
            for line in lines
        )
        return Legacy(coding, text, with_marks_joined(after))
    joined = with_marks_joined(text)
    return Legacy(Coding.MARKS, text, joined) if joined != plain else None


def converted(text: str, coding: Coding) -> str:
    """`text` read in a coding, whatever it looks like."""
    match coding:
        case Coding.TCVN3:
            return from_tcvn3(to_nfc(text))
        case Coding.VNI:
            return from_vni(to_nfc(text))
        case Coding.MARKS:
            return with_marks_joined(text)


def coding_of_font(name: str) -> tuple[Coding | None, bool]:
    """(coding, whether it draws capitals) of text in a font: (TCVN3, True) for ".VnTimeH"; (None, False) for others."""
    bare = name.strip(" '\"").lower()
    if bare.startswith(".vn"):
        return Coding.TCVN3, bare.endswith("h")
    return (Coding.VNI, False) if bare.startswith("vni-") else (None, False)


def _has_unicode(line: str) -> bool:
    """True for a line with Vietnamese letters that the old codings do not have as letters."""
    return any("\u0100" <= c <= "\u024f" or "\u1e00" <= c <= "\u1eff" for c in line)


@dataclass(frozen=True)
class _Evidence:
    """proofs: different words that are syllables only when read so; against: words that are none either way.

    sure: a proof with letters no other writing has; pairs: proofs of two letters for one, as VNI has; all_fit: every
    word is a syllable then, and there are two or more.
    """

    proofs: int
    against: int
    sure: bool
    pairs: int
    all_fit: bool


def _coding_of(text: str) -> Coding | None:
    if text.isascii():
        return None
    found = {coding: _evidence(text, coding) for coding in (Coding.TCVN3, Coding.VNI)}
    proven = [coding for coding, evidence in found.items() if _proves(evidence, coding)]
    return min(proven, key=lambda c: _rank(found[c], c), default=None)


def _rank(evidence: _Evidence, coding: Coding) -> tuple[int, int, bool]:
    """Fewer words against, more for it; of equals VNI, when its pairs are there."""
    return evidence.against, -evidence.proofs, coding is Coding.TCVN3 and evidence.pairs > 0


def _proves(found: _Evidence, coding: Coding) -> bool:
    if not found.proofs or found.proofs < _LEAST_SHARE * (found.proofs + found.against):
        return False
    return found.sure or found.all_fit or found.proofs >= (3 if coding is Coding.VNI else 2)


def _evidence(text: str, coding: Coding) -> _Evidence:
    proofs: dict[str, str] = {}
    against = fitting = others = 0
    for found in _WORD.finditer(text):
        word = found[0].strip(_QUOTES) if coding is Coding.VNI else found[0]
        if word.isascii():
            fits = is_syllable(word) or word.isupper()
            fitting, others = fitting + fits, others + (not fits)
            continue
        read = converted(word, coding)
        as_it_stands = is_syllable(word) and (word[1:].islower() or word.isupper() or len(word) == 1)
        if read != word and is_syllable(read) and not as_it_stands:
            proofs[word.lower()] = word
        elif as_it_stands:
            fitting += 1
        elif not _CROSSED.fullmatch(word):
            against += 1
    words = list(proofs.values())
    return _Evidence(
        len(words),
        against,
        any(_sure(word, coding) for word in words),
        sum(bool(_PAIR.search(word)) for word in words),
        not against and not others and len(words) + fitting > 1 and any(len(word) > 1 for word in words),
    )


def _sure(word: str, coding: Coding) -> bool:
    if coding is Coding.TCVN3:
        inner_capital = any(a.islower() and b.isupper() for a, b in pairwise(word))
        return len(word) > 2 and (bool(_SURE.search(word)) or inner_capital)
    return len(converted(word, coding)) > 2 and bool(_PAIR.search(_FRENCH_PAIR.sub("", word)))
