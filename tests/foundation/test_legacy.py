import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.legacy import Coding, coding_of_font, converted, find_legacy, from_tcvn3
from hoctap_desktop.foundation.syllables import is_syllable
from hoctap_desktop.foundation.text import to_nfc

# Written here once more, the other way round, from the tables of the codings: not derived from the code under test.
TCVN3 = {
    **dict(zip("àáảãạ", "\xb5\xb8\xb6\xb7\xb9", strict=True)),
    **dict(zip("ăằắẳẵặ", "\xa8\xbb\xbe\xbc\xbd\xc6", strict=True)),
    **dict(zip("âầấẩẫậ", "\xa9\xc7\xca\xc8\xc9\xcb", strict=True)),
    **dict(zip("đèéẻẽẹ", "\xae\xcc\xd0\xce\xcf\xd1", strict=True)),
    **dict(zip("êềếểễệ", "\xaa\xd2\xd5\xd3\xd4\xd6", strict=True)),
    **dict(zip("ìíỉĩị", "\xd7\xdd\xd8\xdc\xde", strict=True)),
    **dict(zip("òóỏõọ", "\xdf\xe3\xe1\xe2\xe4", strict=True)),
    **dict(zip("ôồốổỗộ", "\xab\xe5\xe8\xe6\xe7\xe9", strict=True)),
    **dict(zip("ơờớởỡợ", "\xac\xea\xed\xeb\xec\xee", strict=True)),
    **dict(zip("ùúủũụ", "\xef\xf3\xf1\xf2\xf4", strict=True)),
    **dict(zip("ưừứửữự", "\xad\xf5\xf8\xf6\xf7\xf9", strict=True)),
    **dict(zip("ỳýỷỹỵ", "\xfa\xfd\xfb\xfc\xfe", strict=True)),
    **dict(zip("ĂÂÊÔƠƯĐ", "\xa1\xa2\xa3\xa4\xa5\xa6\xa7", strict=True)),
}
VNI_MARKS = {
    "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã",
    "\u0302\u0323": "ä",
    "\u0306": "ê", "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú", "\u0306\u0303": "ü",
    "\u0306\u0323": "ë",
}  # fmt: skip
VNI_WHOLE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def in_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(c, TCVN3.get(c.lower(), c)) for c in text)


def in_vni(text: str) -> str:
    return "".join(_vni(c) for c in text)


def _vni(letter: str) -> str:
    small = letter.lower()
    if small in VNI_WHOLE:
        written = VNI_WHOLE[small]
    else:
        split = unicodedata.normalize("NFD", small)
        base, marks = split[0], split[1:]
        if "\u031b" in marks:
            base, marks = {"o": "ô", "u": "ö"}[base], marks.replace("\u031b", "")
        hats = [c for c in marks if c in "\u0302\u0306"]
        tones = [c for c in marks if c not in "\u0302\u0306"]
        written = base + (VNI_MARKS["".join(hats + tones)] if marks else "")
    return written.upper() if letter.isupper() else written


def written_by_us(repository: Path) -> list[str]:
    """The Vietnamese of our own forms and examples, cut into runs of words."""
    words: list[str] = []
    for path in sorted((repository / "forms").rglob("*.toml")):
        words += [part for part in strings(tomllib.loads(path.read_text("utf-8"))) if " " in part]
    clauses = [c.strip() for text in words for c in re.split(r"[.,;:\n“”()*#|{}]|\s[-+]\s", text)]
    return list(dict.fromkeys(to_nfc(c) for c in clauses if c.count(" ") >= 2))


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [one for part in value.values() for one in strings(part)]
        case list():
            return [one for part in value for one in strings(part)]
    return []


@pytest.fixture(scope="module")
def phrases(repository: Path) -> list[str]:
    found = [p for p in written_by_us(repository) if re.search("[^\x00-\x7f]", p)]
    assert len(found) > 500
    return found


def test_every_phrase_in_tcvn3_is_recognised_and_comes_back(phrases: list[str]) -> None:
    wrong, tried = [], 0
    for phrase in phrases:
        # TCVN3 has no capitals with a tone: offices wrote them small, or with a font that draws all large.
        held = "".join(c if c in TCVN3 or c.isascii() else c.lower() if c.lower() in TCVN3 else c for c in phrase)
        if all(is_syllable(word) for word in in_tcvn3(phrase).split()):
            continue  # "ghi lý do" is written the same in both
        tried += 1
        found = find_legacy(in_tcvn3(phrase))
        if found is None or found.coding is not Coding.TCVN3 or found.after.lower() != held.lower():
            wrong.append((phrase, found))
        elif not re.search("[A-Z]{2}", phrase):
            assert found.after == held
    assert wrong == []
    assert tried > 1000


def test_every_phrase_in_vni_is_recognised_and_comes_back(phrases: list[str]) -> None:
    old = [p for p in phrases if not all(is_syllable(word) for word in in_vni(p).strip("- ").split())]
    assert len(old) > 1000
    found = [(phrase, find_legacy(in_vni(phrase))) for phrase in old]
    assert [(p, f) for p, f in found if f is None or f.coding is not Coding.VNI or f.after != p] == []


def test_no_phrase_as_it_should_be_is_called_old(phrases: list[str]) -> None:
    for phrase in phrases:
        assert find_legacy(phrase) is None
        assert find_legacy(unicodedata.normalize("NFD", phrase)) is None
        assert [word for word in phrase.split() if find_legacy(word)] == []


def test_ou_with_tail_is_put_right_and_shown(phrases: list[str]) -> None:
    with_oi = [p for p in phrases if re.search("[ưừứửữự]", p)]
    assert len(with_oi) > 100
    for phrase in with_oi:
        split = unicodedata.normalize("NFD", phrase).replace("u\u031b", "\u01a3")
        found = find_legacy(split)
        assert found is not None
        assert found.coding is Coding.MARKS
        assert found.after == phrase


def test_a_tone_apart_from_its_vowel_is_given_back() -> None:
    found = find_legacy("Tuâ \u0300n lễ ho \u0323c tập")
    assert found is not None
    assert found.after == "Tuần lễ học tập"


def test_a_tone_that_belongs_to_nothing_is_left() -> None:
    assert find_legacy("xyz \u0300w") is None


@pytest.mark.parametrize(
    "text",
    [
        "H'Yim Kđoh, xã Ea H'Leo, huyện M'Drắk",
        "Ê Đê, Ba Na, Ƀah nar, Č, Ŏ",
        "1.234.567 người, 06/10/2022, 7h30",
        "The naïve café in São Paulo; Müller & Söhne GmbH, Größe 5 µm, ±3 °C, 4 × 5 m²",
        "Où est l'école? « Là-bas », dit le père Noël à Hanoï; être ou ne pas être, ça c'est la vie.",
        "Le coût d'un goût très sûr en août: la fête à l'hôtel, crème brûlée, garçon, naïf, laïc, maïs, Caïn",
        "Fußgänger überqueren die Straße; schön, für, Übung, Äpfel",
        "El niño comió piñas en España; el señor Muñoz, Málaga, corazón, ¿qué? ¡sí!",
        "Ação, coração, português, não, três, avó, avô, põe",
        "Microsoft® Windows™ ©2022 §5, «Từ điển», ½ ¼ ¾, a×b, 10÷2, £5, ¥7, x² y³ ¹",
        "hop\u00adtac in\u00adfor\u00adma\u00adtion",
        "là, bà, có, cô, dân, mê, hè, bé, và, ông, tôi, hôm",
        "Trường THCS Hà Thượng, ngày 06 tháng 10 năm 2022",
        "Cãn",
        "B¹ và C²",
    ],
)
def test_real_writing_of_any_language_is_not_called_old(text: str) -> None:
    assert find_legacy(text) is None
    assert [word for word in text.split() if find_legacy(word)] == []


def test_no_real_document_is_called_old(shared_documents: Path) -> None:
    texts = [path.read_text("utf-8") for path in shared_documents.glob("*.txt")]
    assert len(texts) >= 3
    for text in texts:
        assert find_legacy(text) is None
        assert [line for line in text.splitlines() if find_legacy(line)] == []
        assert [word for word in text.split() if find_legacy(word)] == []


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_plain_letters_are_never_called_old(text: str) -> None:
    assert find_legacy(text) is None


@given(st.text(alphabet="aeiouyAEIOUYbcdghklmnprtvx àáâãèéêìíòóôõùúýăđĩũơưạảấầ.,/-0123456789", max_size=60))
def test_a_text_put_right_is_not_put_right_again(text: str) -> None:
    found = find_legacy(text)
    if found is not None:
        assert find_legacy(found.after) is None or found.after != text


def test_a_line_of_unicode_among_old_ones_stays_as_it_is() -> None:
    old = in_tcvn3("Thực hiện kế hoạch của xã")
    found = find_legacy(f"Căn cứ Công văn số 747\n{old}\nEnglish line")
    assert found is not None
    assert found.after == "Căn cứ Công văn số 747\nThực hiện kế hoạch của xã\nEnglish line"


def test_words_alone_ambiguous_follow_the_text_they_stand_in() -> None:
    found = find_legacy(in_tcvn3("Kế hoạch của xã\ncó\ncũ"))
    assert found is not None
    assert found.after == "Kế hoạch của xã\ncó\ncũ"


def test_caps_lock_over_tcvn3_gives_capitals() -> None:
    found = find_legacy("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\n§éc lËp - Tù do - H¹nh phóc")
    assert found is not None
    assert found.after == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def test_a_font_tells_its_coding() -> None:
    assert coding_of_font("'.VnTimeH'") == (Coding.TCVN3, True)
    assert coding_of_font(".VnTime") == (Coding.TCVN3, False)
    assert coding_of_font("VNI-Times") == (Coding.VNI, False)
    assert coding_of_font("Times New Roman") == (None, False)
    assert from_tcvn3("céng hßa", capitals=True) == "CỘNG HÒA"


def test_what_a_person_says_is_in_a_coding_is_read_so() -> None:
    assert converted("bé", Coding.TCVN3) == "bộ"
    assert converted("baùo", Coding.VNI) == "báo"


@pytest.mark.parametrize(
    "word", ["thuở", "nghiêng", "quốc", "gì", "giếng", "khuyến", "hoà", "hòa", "thúy", "quýt", "Đắk"]
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cát", "cat", "ngế", "ñôn", "ạọ", "Kđoh", "strong", "pốre", "x", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert is_syllable(word) == (word == "cát")
