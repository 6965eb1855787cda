"""A whole plan pasted from LibreOffice, whose plain text tells each cell of a table on a line of its own."""

import pytest

from hoctap_desktop.foundation.legacy import Coding
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.pasting import in_unicode, looks_whole, text_in_unicode, with_tables
from hoctap_desktop.plan.reader import read

TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        strict=True,
    )
)
# As LibreOffice 7.4 gave it: an empty cell is an empty line, a break in a cell a line of its own.
TEXT = """UBND XÃ EA H'LEO
TRƯỜNG TIỂU HỌC SỐ 2
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH
Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2025
Căn cứ Kế hoạch số 112/KH-UBND ngày 15/9/2025 của UBND xã Ea H'Leo;
I. MỤC ĐÍCH
    • Treo băng rôn;
    • Họp dân;
    • Phát tờ rơi;
    • Quyên góp sách.
II. CHƯƠNG TRÌNH
STT
Thời gian
Nội dung
Thực hiện
1
7h00
Văn nghệ
Cô H'Yim Kđoh

2
7h30
Đọc sách,
giao lưu

Trên đây là kế hoạch của Trường./.
Nơi nhận:
- UBND xã;
- Lưu: VT.
HIỆU TRƯỞNG
H'Yim Kđoh
"""
HEAD = (
    "<table><tr><td><p>UBND XÃ EA H'LEO<br>TRƯỜNG TIỂU HỌC SỐ 2</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM<br>"
    "Độc lập - Tự do - Hạnh phúc</p></td></tr></table><p>KẾ HOẠCH</p>"
)
FOOT = (
    "<p>Trên đây</p><table><tr><td>Nơi nhận:<br>- UBND xã;<br>- Lưu: VT.</td><td>HIỆU TRƯỞNG<br>H'Yim Kđoh</td></tr>"
    "<tr><td></td><td></td></tr></table>"
)
PROGRAMME = (
    "<table><tr><td><p>STT</p></td><td><p>Thời\ngian</p></td><td><p>Nội dung</p></td><td><p>Thực hiện</p></td></tr>"
    "<tr><td>1</td><td>7h00</td><td>Văn nghệ</td><td>Cô H'Yim Kđoh</td></tr>"
    "<tr><td>2</td><td>7h30</td><td><p>Đọc sách,</p><p>giao lưu</p></td><td><p><br></p></td></tr></table>"
)


def test_a_programme_pasted_from_libreoffice_keeps_its_rows_and_numbers() -> None:
    whole = with_tables(HEAD + PROGRAMME + FOOT, TEXT)
    assert looks_whole(whole)
    reading = read(whole, "chữ vừa dán")
    fields = reading.filled["fields"]
    assert isinstance(fields, dict)
    (table,) = [block for block in parse(str(fields["body"])) if block.kind == "table"]
    assert table.rows == (
        ("STT", "Thời gian", "Nội dung", "Thực hiện"),
        ("1", "7h00", "Văn nghệ", "Cô H'Yim Kđoh"),
        ("2", "7h30", "Đọc sách, giao lưu", ""),
    )
    assert fields["recipients"] == ["UBND xã;", "Lưu: VT."]
    assert fields["signer.name"] == "H'Yim Kđoh"
    assert not any("số trang" in doubt.why for doubt in reading.doubts)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", TEXT),
        (HEAD + FOOT, TEXT),
        (PROGRAMME, "STT\tThời gian\tNội dung\tThực hiện\n1\t7h00\tVăn nghệ\tCô H'Yim Kđoh\n"),
        (PROGRAMME, TEXT.replace("Văn nghệ", "Ca múa")),
        ("<table><tr><td>a|b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>", "a|b\nc\nd\ne"),
    ],
)
def test_a_text_stays_as_it_came_where_its_tables_are_told_or_not_found(html: str, text: str) -> None:
    assert with_tables(html, text) == text


@pytest.mark.parametrize("agreed", [None, Coding.TCVN3], ids=["fonts tell", "agreed to"])
def test_a_plan_in_old_letters_is_read_as_one_in_unicode(agreed: Coding | None) -> None:
    """By the fonts of the HTML, those of capitals too, or as a person agreed."""
    large = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    html, text = HEAD + PROGRAMME + FOOT, TEXT
    for line in (large, large.replace(" VIỆT", "\nVIỆT"), "KẾ HOẠCH", "UBND XÃ EA H'LEO"):
        small = line.lower() if agreed is None else line
        text = text.replace(f"{line}\n", f"{small}\n")
        html = html.replace(line, f"<font face='.VnTimeH'>{small}</font>" if agreed is None else small)
    if agreed is None:
        html = f"<div style=\"font-family: '.VnTime'\">{html}</div>"
    old_html, old_text = in_tcvn3(html), in_tcvn3(text)
    assert old_text != text
    whole = text_in_unicode(old_html, old_text, agreed)
    assert whole == TEXT
    assert with_tables(old_html, whole, agreed) == with_tables(HEAD + PROGRAMME + FOOT, TEXT)
    assert looks_whole(whole)


def test_a_plan_in_old_letters_with_its_title_drawn_large_is_known_without_its_fonts() -> None:
    assert looks_whole(in_unicode(in_tcvn3(TEXT.replace("KẾ HOẠCH", "kế hoạch")), Coding.TCVN3))
    assert not looks_whole(TEXT.replace("KẾ HOẠCH", "Kế hoạch này"))


def in_tcvn3(text: str) -> str:
    """As typed in a font of old, with Caps Lock for capitals: those with a tone or mark have no letter of their own."""
    return "".join(TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text)


def test_what_was_decided_alike_for_many_lines_is_told_once() -> None:
    reading = read(with_tables(PROGRAMME, TEXT), "chữ vừa dán")
    (told,) = [doubt for doubt in reading.doubts if "được in thành" in doubt.why]
    assert (told.line, told.text) == (9, "• Treo băng rôn;")
    assert told.why == "Dấu đầu dòng «•» được in thành «-». Còn 3 dòng như vậy: 10, 11, 12."
