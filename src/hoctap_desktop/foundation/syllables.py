"""Is a word a Vietnamese syllable? By its parts: onset, rime, tone. Pure."""

import unicodedata
from functools import lru_cache
from itertools import pairwise

_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_STOPPED = ("c", "ch", "p", "t", "k")  # k: Đắk Lắk, of other languages but in every address there
_SHARP = {"\u0301", "\u0323"}  # a syllable that ends in a stop has one of these
_ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
_RIME_LIST = """
a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt ăk âu ây âc âm ân âng âp ât
e eo ec em en eng ep et ê êu êch êm ên ênh êp êt i ia iu ich im in inh ip it iêu iêc iêm iên iêng iêp iêt
o oi oc om on ong op ot oa oai oay oao oac oach oan oang oanh oam oap oat oăc oăm oăn oăng oăt oe oeo oen oet
oong ooc ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua ui uc um un ung up ut uân uâng uât uây uê uêch uên uênh uơ
uy uya uych uyn uynh uyt uyu uyp uyên uyêt uôi uôc uôm uôn uông uôt ư ưa ưi ưu ưc ưm ưn ưng ưt
ươi ươu ươc ươm ươn ương ươp ươt y yên yêm yêng yêu yêt
"""
_RIMES = frozenset(_RIME_LIST.split())
_AFTER_QU = frozenset(("ych", "yn", "ynh", "yp", "yt"))
_FRONT = ("e", "ê", "i", "y")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """True for a word built as Vietnamese syllables are, in any case; the tone may stand on any of its vowels."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in split if c in _TONES]
    if len(tones) > 1 or any(b in _TONES and a in "bcdghklmnpqrstvxđ" for a, b in pairwise(split)):
        return False
    base = unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES))
    return any(_fits(onset, base[len(onset) :], tones) for onset in _ONSETS if base.startswith(onset))


def _fits(onset: str, rime: str, tones: list[str]) -> bool:
    if rime not in _RIMES and not (onset == "qu" and rime in _AFTER_QU):
        return False
    front = rime.startswith(_FRONT)
    if onset in ("gh", "ngh") and not front:
        return False
    if onset in ("c", "ng") and front:
        return False
    if onset == "g" and front and not rime.startswith("i"):
        return False
    if onset == "qu" and rime.startswith(("o", "u", "ư")):
        return False
    return not rime.endswith(_STOPPED) or bool(tones and tones[0] in _SHARP)
