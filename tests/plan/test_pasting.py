"""What offices copy from becomes clean blocks, each fixture as the program it names puts it on the clipboard."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.foundation.legacy import Coding
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, parse, table, write
from hoctap_desktop.plan.pasting import old_coding, read_pasted


def shape(html: str, text: str = "") -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, b.text) for b in read_pasted(html, text).outline]


def one(line: str) -> Block:
    [block] = read_pasted("", line).outline
    return block


# --- plain text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("I. MỤC ĐÍCH", heading(1, plain("MỤC ĐÍCH"))),
        ("III.  NỘI DUNG", heading(1, plain("NỘI DUNG"))),
        ("IV/ Tổ chức", heading(1, plain("Tổ chức"))),
        ("1. Thời gian", heading(2, plain("Thời gian"))),
        ("2.Yêu cầu", heading(2, plain("Yêu cầu"))),
        ("2.1. Lễ khai mạc", heading(3, plain("Lễ khai mạc"))),
        ("2.1.3 Thành phần", heading(4, plain("Thành phần"))),
        ("a) Địa điểm", heading(3, plain("Địa điểm"))),
        ("đ) Kinh phí", heading(3, plain("Kinh phí"))),
        ("- Các trường", bullet(1, "-", plain("Các trường"))),
        ("\u2013 Các trường", bullet(1, "-", plain("Các trường"))),
        ("\uf0b7\tCác trường", bullet(1, "-", plain("Các trường"))),
        ("\u00b7\tCác trường", bullet(1, "-", plain("Các trường"))),
        ("o\tCác trường", bullet(2, "+", plain("Các trường"))),
        ("§\tCác trường", bullet(3, "*", plain("Các trường"))),
        ("+ Hội", bullet(2, "+", plain("Hội"))),
        ("* Ghi chú", bullet(1, "*", plain("Ghi chú"))),
        ("06/10/2022 khai mạc", paragraph(plain("06/10/2022 khai mạc"))),
        ("30.000 người học", paragraph(plain("30.000 người học"))),
        ("-5 độ", paragraph(plain("-5 độ"))),
        ("Căn cứ Công văn số 1;", paragraph(plain("Căn cứ Công văn số 1;"))),
        ("Vie\u0302\u0323t\u200b Nam", paragraph(plain("Việt Nam"))),
        ("{{week.from}} là dấu của mục", paragraph(plain("{ {week.from}} là dấu của mục"))),
        ("**không đậm** *a", paragraph(plain("**không đậm** *a"))),
    ],
)
def test_a_line_becomes_the_block_its_beginning_says(line: str, block: Block) -> None:
    assert one(line) == block


def test_every_kind_of_line_end_ends_a_block_and_blank_lines_are_left_out() -> None:
    assert [b[2] for b in shape("", "a\r\nb\n\n\x0bc\u2028d\re")] == ["a", "b", "c", "d", "e"]


def test_neighbouring_lines_with_tabs_are_a_table_and_a_lone_one_is_not() -> None:
    pasted = read_pasted("", "TT\tViệc\n1\tMở\nhết").outline
    assert pasted == (table([["TT", "Việc"], ["1", "Mở"]]), paragraph(plain("hết")))
    assert read_pasted("", "một\thai").outline == (paragraph(plain("một hai")),)
    assert read_pasted("", "1.\tMục đích").outline == (heading(2, plain("Mục đích")),)


def test_numerals_that_word_sets_apart_by_tabs_are_no_table() -> None:
    pasted = "I.\tMục đích\n1.\tYêu cầu\n2.1\tThời gian\n-\tThành phần\na)\tKhách mời\n·\tMột"
    assert shape("", pasted) == [
        ("heading", 1, "Mục đích"),
        ("heading", 2, "Yêu cầu"),
        ("heading", 3, "Thời gian"),
        ("bullet", 1, "Thành phần"),
        ("heading", 3, "Khách mời"),
        ("bullet", 1, "Một"),
    ]


def test_nothing_pasted_is_nothing() -> None:
    assert read_pasted("", " \n\t\n").outline == ()
    assert read_pasted("<p>&nbsp;</p>", " ").outline == ()
    assert read_pasted("", "").told == ""


PDF = """I. MỤC ĐÍCH
1. Nâng cao nhận thức của cán bộ và người dân về vai trò của việc học tập suốt đời
trong thời kỳ mới, tạo điều kiện để mọi người được học.
Các đơn vị căn cứ tình hình thực tế tổ chức các hoạt động thiết thực, hiệu quả, an
toàn và tiết kiệm; có người phụ trách rõ ràng.
2
- Treo băng rôn, khẩu hiệu ở cổng trường, nhà văn hóa và các trục đường chính của
xã trong cả tuần.
II. THỜI GIAN
"""


def test_lines_broken_at_the_width_of_a_pdf_page_are_whole_again_and_its_page_numbers_go() -> None:
    found = shape("", PDF)
    assert [(kind, level) for kind, level, _ in found] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("bullet", 1),
        ("heading", 1),
    ]
    assert found[1][2].endswith("suốt đời trong thời kỳ mới, tạo điều kiện để mọi người được học.")
    assert found[2][2].endswith("an toàn và tiết kiệm; có người phụ trách rõ ràng.")
    assert found[3][2].endswith("trục đường chính của xã trong cả tuần.")


def test_short_lines_stay_apart() -> None:
    assert shape("", "mở lớp\ntreo băng rôn\n12") == [
        ("paragraph", 0, "mở lớp"),
        ("paragraph", 0, "treo băng rôn"),
        ("paragraph", 0, "12"),
    ]


# --- Word --------------------------------------------------------------------------------------------------------

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset=utf-8><style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman"} --></style>
<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:14.0pt'>I. MỤC ĐÍCH,
YÊU CẦU<o:p></o:p></span></b></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><b><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></b><![endif]><b>Mục
đích</b></p>
<p class=MsoNormal style='text-align:justify'>Giúp <b>mọi người</b> thấy <i>ích lợi</i> của việc
học&nbsp;.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Treo băng rôn</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='font-family:"Courier New"'><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span></span>ở cổng trường</p>
<p class=MsoNormal>- Gạch gõ tay</p>
<p class=MsoNormal>&nbsp;</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>STT</b></p></td><td><p>Việc</p></td></tr>
<tr><td><p>1</p></td><td><p>Mở lớp</p><p>buổi tối</p></td></tr></table>
<p class=MsoNormal style='display:none'>ẩn</p>
<!--EndFragment--></body></html>"""


MIXED = (Run("Giúp "), Run("mọi người", True), Run(" thấy "), Run("ích lợi", italic=True))


def test_word_becomes_headings_paragraphs_bullets_and_a_table() -> None:
    pasted = read_pasted(WORD, "bỏ qua")
    assert pasted.outline == (
        heading(1, plain("MỤC ĐÍCH, YÊU CẦU")),
        heading(2, plain("Mục đích")),
        paragraph((*MIXED, Run(" của việc học\u00a0."))),
        bullet(1, "-", plain("Treo băng rôn")),
        bullet(2, "+", plain("ở cổng trường")),
        bullet(1, "-", plain("Gạch gõ tay")),
        table([["**STT**", "Việc"], ["1", "Mở lớp buổi tối"]]),
    )  # fmt: skip
    assert pasted.told == "2 đề mục, 1 đoạn, 3 gạch đầu dòng, 1 bảng"


def test_text_in_old_fonts_is_read_by_its_fonts() -> None:
    html = (
        "<p><span style='font-family:\".VnTimeH\"'>céng hßa</span> "
        "<span style='font-family:.VnTime'>Th¸i Nguyªn</span>, "
        "<font face='VNI-Times'>Uûy ban</font> xã <span style='font-family:Arial'>bé</span></p>"
    )
    assert shape(html) == [("paragraph", 0, "CỘNG HÒA Thái Nguyên, Ủy ban xã bé")]
    assert old_coding(html, "céng hßa Th¸i Nguyªn") is None


def test_text_of_an_old_coding_is_shown_before_and_after_and_read_on_consent() -> None:
    old = "I. Môc ®Ých\nKÕ ho¹ch cña x·"
    assert old_coding("", old) == (
        Coding.TCVN3, "I. Môc ®Ých\nKÕ ho¹ch cña x·", "I. Mục đích\nKế hoạch của xã"
    )  # fmt: skip
    assert read_pasted("", old, coding=Coding.TCVN3).outline == (
        heading(1, plain("Mục đích")),
        paragraph(plain("Kế hoạch của xã")),
    )
    assert read_pasted("<p>KÕ <b>ho¹ch</b></p>", old, coding=Coding.TCVN3).outline == (
        paragraph((Run("Kế "), Run("hoạch", True))),
    )
    assert old_coding("", "Kế hoạch của xã") is None


# --- Excel -------------------------------------------------------------------------------------------------------

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-width-alt:1}</style></head>
<body><table border=0 cellpadding=0><col width=64><!--StartFragment-->
 <tr height=20><td colspan=2 class=xl65>Lịch</td><td>Ghi chú</td></tr>
 <tr><td rowspan=2>Sáng</td><td>7h30</td><td>a|b</td></tr>
 <tr><td>8h00</td><td></td></tr>
<!--EndFragment--></table></body></html>"""


def test_excel_becomes_a_table_with_merged_cells_kept_in_their_columns() -> None:
    assert read_pasted(EXCEL, "Lịch\t\tGhi chú").outline == (
        table([["Lịch", "", "Ghi chú"], ["Sáng", "7h30", "a|b"], ["", "8h00", ""]]),
    )


def test_excel_as_text_becomes_a_table() -> None:
    assert read_pasted("", "STT\tViệc\r\n1\tMở lớp\r\n").outline == (table([["STT", "Việc"], ["1", "Mở lớp"]]),)


# --- a web page --------------------------------------------------------------------------------------------------

WEB = """<meta http-equiv='content-type' content='text/html; charset=utf-8'><div><script>alert(1)</script>
<h2>Tuần lễ học tập</h2><p>Mở đầu<br>dòng hai <a href="https://example.com">liên kết</a></p>
<ul><li>Một<ul><li><strong>Hai</strong></li></ul></li><li>Ba</li></ul>
<ol start=3><li>Bốn</li><li>Năm</li></ol><img src=x><p>Có hình</p>
<table><tr><td>một cột</td></tr><tr><td>chữ</td></tr></table><pre>giữ</pre></div>"""


def test_a_web_page_becomes_blocks_without_what_is_not_text() -> None:
    pasted = read_pasted(WEB, "")
    assert [(b.kind, b.level, b.text) for b in pasted.outline] == [
        ("heading", 2, "Tuần lễ học tập"),
        ("paragraph", 0, "Mở đầu"),
        ("paragraph", 0, "dòng hai liên kết"),
        ("bullet", 1, "Một"),
        ("bullet", 2, "Hai"),
        ("bullet", 1, "Ba"),
        ("heading", 2, "Bốn"),
        ("heading", 2, "Năm"),
        ("paragraph", 0, "Có hình"),
        ("paragraph", 0, "một cột"),
        ("paragraph", 0, "chữ"),
        ("paragraph", 0, "giữ"),
    ]
    assert [(d.place, d.words) for d in pasted.doubts] == [(8, "Có hình")]
    assert pasted.told.endswith("; 1 dòng chưa chắc")


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>x",
        "</p></b></td>x",
        "<table><td>a<td>b",
        "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c",
        "<td>a</td>" + "<td rowspan=9999 colspan=9999>",
        "<div>" * 5000 + "x",
        "<ul>" * 5000 + "<li>x",
        "<!-- <p>y</p> x",
        "<p style='mso-list:l0 level99999999999 lfo1'>x",
        "<![CDATA[x]]>",
        "<ol start=99999999999999999999><li>x",
        "&#0;&#55296;&#x110000;x",
    ],
)
def test_html_that_is_broken_does_no_harm(html: str) -> None:
    outline = read_pasted(html, "x").outline
    assert parse(write(outline)) == outline


@pytest.mark.parametrize(
    "html",
    [
        "<p>tr<b>u</b>&#x31b;&#x301;c</p>",
        "<p>tr<b>u&#x31b;</b>&#x301;c</p>",
        "<p>tr<b>u</b><i>&#x31b;</i>&#x301;c</p>",
        "<p>tr<b>&#x1b0;&#x301;</b>c</p>",
    ],
)
def test_the_marks_of_a_letter_come_home_from_the_runs_behind_it(html: str) -> None:
    (block,) = read_pasted(html, "").outline
    assert [(run.text, run.bold) for run in block.runs] == [("tr", False), ("ứ", True), ("c", False)]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_clipboard_gives_blocks_that_can_be_kept(html: str, text: str) -> None:
    outline = read_pasted(html, text).outline
    assert parse(write(outline)) == outline
    assert all(unicodedata.is_normalized("NFC", b.text) for b in outline)


PARTS = """<p> </p> <b> </b> <td> <tr> <table> </table> <li> <ul> </ul> -_a 1._b I._c <br> x* ** | # \\ {{year}}"""


@given(st.lists(st.sampled_from([*PARTS.replace("_", "\u00a0").split(), " ", "u\u031b\u0301"]), max_size=30))
def test_any_mixture_of_tags_gives_blocks_that_can_be_kept(parts: list[str]) -> None:
    outline = read_pasted("".join(parts), "").outline
    assert parse(write(outline)) == outline


# As LibreOffice 7.4 writes a document that ends in a table.
_WRITER = '<html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/></head><body><p>II. VIỆC</p>'
_ROWS = (
    "<table><tr valign='top'><td><p>\n\t\t\tHọp dân</p></td><td><p>{}</p></td></tr>"
    "<tr><td><p>Treo băng rôn</p></td><td><p>{}</p>\n\t</td></tr></table>"
)


@pytest.mark.parametrize(
    ("last", "behind", "told"),
    [
        ("cô Lan", "<p style='orphans: 0'>\n\t\t\tcô Lan</p>", "1 đề mục, 1 bảng"),
        ("cô Lan</p><p>thầy Hải", "<p>cô Lan</p><p>thầy Hải</p>", "1 đề mục, 1 bảng"),
        ("cô Lan</p><p>thầy Hải", "<p>thầy Hải</p>", "1 đề mục, 1 bảng"),
        ("cô Lan", "<p>Lan</p>", "1 đề mục, 1 đoạn, 1 bảng"),
        ("", "<p>cô Lan</p>", "1 đề mục, 1 đoạn, 1 bảng"),
    ],
)
def test_the_last_cell_libreoffice_tells_twice_is_taken_once(last: str, behind: str, told: str) -> None:
    found = read_pasted(_WRITER + _ROWS.format("thôn 2", last) + behind + "</body></html>", "")
    assert found.told == told


def test_a_paragraph_like_the_last_cell_stays_where_it_is_no_echo() -> None:
    behind = "<p>Hết.</p><p>cô Lan</p>"
    assert read_pasted(_WRITER + _ROWS.format("thôn 2", "cô Lan") + behind, "").told == "1 đề mục, 2 đoạn, 1 bảng"
    word = _WRITER.replace("LibreOffice 7.4.7.2 (Linux)", "Microsoft Word 15")
    assert read_pasted(word + _ROWS.format("", "cô Lan") + "<p>cô Lan</p>", "").told == "1 đề mục, 1 đoạn, 1 bảng"


def test_a_frame_at_the_end_is_taken_once_too() -> None:
    frame = "<table><tr><td><p>Trân trọng.</p></td></tr></table><p>Trân trọng.</p>"
    assert [block.text for block in read_pasted(_WRITER + frame, "").outline] == ["VIỆC", "Trân trọng."]
