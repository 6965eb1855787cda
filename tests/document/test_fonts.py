"""The shipped fonts: the right version, all of Vietnamese, the widths of Times."""

import unicodedata

import pytest

from hoctap_desktop.document import fonts
from hoctap_desktop.document.layout import MM
from hoctap_desktop.foundation import paths

FOLDER = paths.resources() / "fonts"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE = "".join(
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
)


@pytest.mark.parametrize("file", [file for _, file in fonts.FACES.values()])
def test_each_file_is_liberation_serif_2_1_under_its_licence(file: str) -> None:
    data = (FOLDER / file).read_bytes()
    assert "Version 2.1.5".encode("utf-16-be") in data
    assert "Liberation Serif".encode("utf-16-be") in data
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_all_of_vietnamese_and_the_signs_of_office_paper_are_there() -> None:
    assert len(set(VIETNAMESE)) == 2 * 12 * 6
    for letter in VIETNAMESE + "đĐ“”‘’–—…•·«»°²½×≤≥%&§ƀčĕŏŭñČĔŎŬÑ":
        assert fonts.lacking(letter) == ""


def test_what_cannot_be_printed_right_is_named() -> None:
    assert fonts.lacking("chữ ☐ lạ") == "☐"
    assert fonts.lacking(unicodedata.normalize("NFC", "Ê\u0306ban")) == ""
    assert fonts.lacking("a\u0338b") == "a\u0338"
    assert fonts.lacking("\u0301a") == "\u0301"
    assert fonts.lacking("a\tb") == "\t"


def test_widths_are_those_the_decrees_measures_were_taken_with() -> None:
    width = fonts.measure()
    assert width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False, 13) / MM == pytest.approx(95.7, abs=0.1)
    assert width("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", True, False, 12) / MM == pytest.approx(66.0, abs=0.1)
    assert width("PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM", True, False, 13) / MM == pytest.approx(84.8, abs=0.1)
    assert width(" ", False, False, 14) == pytest.approx(3.5)
