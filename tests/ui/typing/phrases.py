"""Vietnamese phrases by the hundred, the same each time: syllables of every onset, rhyme and tone."""

import unicodedata
from random import Random

_ONSETS = (
    *("b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "ph", "qu"),
    *("r", "s", "t", "th", "tr", "v", "x"),
)
_BEFORE_E = {"c": "k", "g": "gh", "ng": "ngh"}  # as the spelling wants it before e, ê, i
_BEFORE_OTHERS = {"k": "c", "gh": "g", "ngh": "ng"}
# each with the place of its tone
_RHYMES = tuple(
    rhyme
    for line in (
        "a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eo ê êm ên ênh êu i ia iêm iên iêng iêu",
        "im in inh iu o oa oai oan oang oe oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uê ui um un ung uôi",
        "uôn uông uy uyên ư ưa ưi ưng ươi ươm ươn ương ươu ưu",
    )
    for rhyme in line.split(" ")
)
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_VOWELS = "aăâeêioôơuưy"
_EXTRA = ("(15/10/2022)", "1.234", "“học”", "50 %", "Tuần lễ", "UBND", "số 5,", "–", "HTSĐ", "§", "½", "₫")


def phrases(count: int) -> list[str]:
    """`count` different phrases of two to six words, in NFC, some with signs and numbers."""
    random = Random(19_2025)
    found: dict[str, None] = {}
    while len(found) < count:
        words = [_syllable(random) for _ in range(random.randint(2, 6))]
        if random.random() < 0.3:
            words.insert(random.randint(1, len(words)), random.choice(_EXTRA))
        text = " ".join(words)
        found[unicodedata.normalize("NFC", text[0].upper() + text[1:] if random.random() < 0.5 else text)] = None
    return list(found)


def _syllable(random: Random) -> str:
    onset, rhyme = random.choice(["", *_ONSETS]), random.choice(_RHYMES)
    if onset in ("qu", "gi") and rhyme[0] in "uiưo":
        onset = "h"
    onset = (_BEFORE_E if rhyme[0] in "eêi" else _BEFORE_OTHERS).get(onset, onset)
    at = max((i for i, letter in enumerate(rhyme) if letter in "ăâêôơư"), default=-1)
    if at < 0:
        at = next((i for i, letter in enumerate(rhyme) if letter in _VOWELS), -1)
    tone = random.choice(["", *_TONES]) if at >= 0 else ""
    return onset + rhyme[: at + 1] + tone + rhyme[at + 1 :]
