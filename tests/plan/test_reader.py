"""Plans of other offices, made up here: other numbers, letterheads and slips; and rubbish, refused politely."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.document.model import Bullet, Document, Heading, Paragraph, Table, runs_text
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import findings
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.printed import printed
from hoctap_desktop.plan.reader import LONGEST_TEXT, Reading, read, read_plan_file
from tests.plan.page_words import text_lines

SCHOOL = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG THCS SƠN CẨM\tĐộc lập - Tự do - Hạnh phúc
Số: 45/KH-THCSSC\tSơn Cẩm, ngày 25 tháng 9 năm 2024

KẾ HOẠCH
Hưởng ứng Tuần lễ học tập suốt đời năm 2024

Căn cứ Công văn số 12/PGDĐT ngày 20/9/2024 của Phòng Giáo dục và Đào tạo;
Căn cứ nhiệm vụ năm học của nhà trường;
Trường THCS Sơn Cẩm xây dựng kế hoạch như sau:

A. MỤC ĐÍCH
1. Giúp học sinh yêu đọc sách.
2. Tạo thói quen tự học.
B. NỘI DUNG
I. Thời gian
1.\tTừ ngày 01/10/2024 đến ngày 07/10/2024.
2.\tKhai mạc lúc 7 giờ 15 ngày 01/10/2024 tại sân trường.
II. Hoạt động
a) Ngày hội đọc sách
-\tMỗi lớp một góc đọc;
-\tThi kể chuyện theo sách.
b) Chủ đề: “Phát triển văn hóa đọc thúc đẩy học tập suốt đời”
C. PHÂN CÔNG
STT\tViệc\tNgười làm
1\tTrang trí\tCô Lan
2\tÂm thanh\t
Trên đây là kế hoạch của trường./.
\f
Nơi nhận:\tHIỆU TRƯỞNG
- Phòng GDĐT (b/c);\t(Đã ký)
- Các tổ chuyên môn;
- Lưu: VT.\tTrần Thị Bích Hằng
"""
WARD = """ỦY BAN NHÂN DÂN
PHƯỜNG BA ĐÌNH
-------
Số: …./KH-UBND
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Ba Đình, ngày … tháng … năm 2025

K Ế  H O Ạ C H
TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI
NĂM 2025

Thực hiện Kế hoạch số 200/KH-UBND ngày 12/9/2025 của UBND thành phố, UBND phường Ba Đình ban hành kế hoạch:

Phần I
MỤC ĐÍCH
1. Mục đích chung của kế hoạch là giúp người dân biết đường tìm đến
nơi học, có sách để đọc, có thầy để hỏi và có bạn để cùng học suốt
đời mình ở ngay nơi đang sống.
Trang 1/2
2. Yêu cầu: làm gọn, làm thật, có người phụ trách từng việc và báo
cáo đúng ngày.
Phần II. NỘI DUNG
1. Hoạt động chính trong tuần gồm có đọc sách, nói chuyện, mở lớp
học ngắn ngày cho người lớn tuổi:
• Đọc sách tại nhà văn hóa;
• Mở lớp dùng điện thoại;
 - 2 -
2/ Kinh phí do ngân sách phường và nguồn vận động.
Trên đây là kế hoạch, đề nghị các đơn vị thực hiện./.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH PHÓ CHỦ TỊCH
(Đã ký)
NGUYỄN VĂN AN
Nơi nhận:
- Như trên;
- Lưu: VT, VHXH.
"""
BARE = """# KẾ HOẠCH
## Tổ chức Tuần lễ học tập suốt đời năm 2023

Trung tâm học tập cộng đồng xã Yên Đổ lập kế hoạch:

## I. Mục đích
Học để biết.
## II. Nội dung
Có hai việc.
+ Việc một
+ Việc hai
"""
FRAMED = """| **UBND HUYỆN PHÚ BÌNH**<br>**PHÒNG GIÁO DỤC VÀ ĐÀO TẠO** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>x |
|---|---|
| Số: 77/KH-PGDĐT | *Phú Bình, ngày 5 tháng 9 năm 2021* |

**DỰ THẢO**

**KẾ HOẠCH**
**Hưởng ứng Tuần lễ học tập suốt đời năm 2021**

*Căn cứ Kế hoạch số 9/KH-SGDĐT ngày 01/9/2021;*

Phòng Giáo dục và Đào tạo xây dựng kế hoạch như sau:

**1. Mục đích**

2.1. Đọc sách.

**3. Thời gian:** từ ngày 01/10/2021 đến ngày 07/10/2021.

| **Nơi nhận:**<br>- Các trường;<br>- Lưu: VT. | **KT. TRƯỞNG PHÒNG**<br>**PHÓ TRƯỞNG PHÒNG**<br><br>**Lê Văn Tám** |
"""
RECIPE = """Canh chua cá lóc
1. Cá lóc làm sạch, cắt khúc.
2. Me dầm lấy nước.
- Cà chua 2 quả
- Giá đỗ 100 g
Nấu sôi rồi thả cá vào, nêm vừa ăn.
"""


def page(reading: Reading, folder: Path) -> Document:
    path = folder / "plan.toml"
    path.write_text(tomli_w.dumps(reading.filled, multiline_strings=True), encoding="utf-8")
    filing = read_filled(path)
    form = form_by_id(filing.form.id, filing.form.version)
    assert [finding.message for finding in findings(form, filing.answers) if finding.blocks] == []
    return printed(filing, form, next(c for c in shipped() if c.id == filing.campaign))


def whys(reading: Reading) -> str:
    return "\n".join(f"{doubt.line}: {doubt.why}" for doubt in reading.doubts)


def test_a_school_with_letterhead_and_signature_in_columns(tmp_path: Path) -> None:
    reading = read(SCHOOL, "a.txt")
    document = page(reading, tmp_path)
    head = document.letterhead
    assert head.governing == ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",)
    assert head.issuing == ("TRƯỜNG THCS SƠN CẨM",)
    assert (head.symbol, head.place, head.month, head.year) == ("KH-THCSSC", "Sơn Cẩm", 9, 2024)
    assert document.signature is not None
    assert document.signature.capacity == ("HIỆU TRƯỞNG",)
    assert document.signature.name == "Trần Thị Bích Hằng"
    assert document.recipients is not None
    assert document.recipients.groups == (("", ("Phòng GDĐT (b/c);", "Các tổ chuyên môn;", "Lưu: VT.")),)
    lines = list(text_lines(document))
    assert "A. MỤC ĐÍCH" in lines
    assert "C. PHÂN CÔNG" in lines
    assert "1. Từ ngày 01/10/2024 đến ngày 07/10/2024." in lines
    assert "2. Khai mạc lúc 7 giờ 15 ngày 01/10/2024 tại sân trường." in lines
    assert "- Mỗi lớp một góc đọc;" in lines
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[runs_text(cell) for cell in row.cells] for row in table.rows] == [
        ["1", "Trang trí", "Cô Lan"],
        ["2", "Âm thanh", ""],
    ]
    assert "3: Số văn bản không đọc vào" in whys(reading)
    signed = next(n for n, line in enumerate(SCHOOL.split("\n"), start=1) if "(Đã ký)" in line)
    assert f"{signed}: Ghi chú ở chỗ ký" in whys(reading)


def test_a_school_gives_level_name_and_facts() -> None:
    filled = read(SCHOOL, "a.txt").filled
    unit, fields = filled["unit"], filled["fields"]
    assert isinstance(unit, dict)
    assert isinstance(fields, dict)
    assert unit["name"] == "Trường THCS Sơn Cẩm"
    assert unit["level"] == "school"
    assert (fields["week.from"], fields["week.to"]) == (date(2024, 10, 1), date(2024, 10, 7))
    assert fields["opening.time"] == "07:15"
    assert "{{opening.time}}" in fields["body"]
    assert fields["legal_bases"][1] == "Căn cứ nhiệm vụ năm học của nhà trường;"
    assert filled["campaign"] == "2024"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_encoding_line_ends_and_spelling_of_letters_make_no_difference(
    encoding: str, line_end: str, form: str, tmp_path: Path
) -> None:
    spelled = SCHOOL if form == "NFC" else unicodedata.normalize("NFD", SCHOOL)
    path = tmp_path / "a.txt"
    path.write_bytes(spelled.replace("\n", line_end).encode(encoding))
    assert read_plan_file(path) == read(SCHOOL, "a.txt")


def test_a_ward_with_parts_wrapped_lines_page_numbers_and_the_signature_first(tmp_path: Path) -> None:
    reading = read(WARD, "b.txt")
    document = page(reading, tmp_path)
    assert document.title is not None
    assert document.title.subject == "TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2025"
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    assert [(b.number, runs_text(b.runs)) for b in headings if b.level == 1] == [
        ("Phần I", "MỤC ĐÍCH"),
        ("Phần II.", "NỘI DUNG"),
    ]
    paragraphs = [runs_text(b.runs) for b in document.blocks if isinstance(b, Paragraph)]
    assert paragraphs[1].endswith("có bạn để cùng học suốt đời mình ở ngay nơi đang sống.")
    assert paragraphs[2].startswith("2. Yêu cầu: làm gọn")
    assert paragraphs[2].endswith("báo cáo đúng ngày.")
    assert "2/ Kinh phí do ngân sách phường và nguồn vận động." in list(text_lines(document))
    assert [runs_text(b.runs) for b in document.blocks if isinstance(b, Bullet)] == [
        "Đọc sách tại nhà văn hóa;",
        "Mở lớp dùng điện thoại;",
    ]
    assert document.signature is not None
    assert document.signature.capacity == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert document.signature.name == "NGUYỄN VĂN AN"
    assert document.letterhead.issuing == ("ỦY BAN NHÂN DÂN", "PHƯỜNG BA ĐÌNH")
    told = whys(reading)
    assert "20: Dòng chỉ có số trang" in told
    assert "28: Dòng chỉ có số trang" in told
    assert "26: Dấu đầu dòng «•»" in told


def test_letterhead_and_signature_in_a_table_of_one_row(tmp_path: Path) -> None:
    reading = read(FRAMED, "h.txt")
    document = page(reading, tmp_path)
    assert document.letterhead.governing == ("UBND HUYỆN PHÚ BÌNH",)
    assert document.letterhead.issuing == ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",)
    assert (document.letterhead.symbol, document.letterhead.place) == ("KH-PGDĐT", "Phú Bình")
    assert document.metadata.author == "Phòng Giáo dục và Đào tạo"
    assert document.signature is not None
    assert document.signature.capacity == ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")
    assert document.signature.name == "Lê Văn Tám"
    assert document.recipients is not None
    assert document.recipients.groups == (("", ("Các trường;", "Lưu: VT.")),)
    assert "3. Thời gian: từ ngày 01/10/2021 đến ngày 07/10/2021." in list(text_lines(document))
    assert "5: Dòng ở đầu văn bản không nhận ra" in whys(reading)


@pytest.mark.parametrize(
    ("under", "name"),
    [
        ("Trần Thị Bích Hằng", "Trần Thị Bích Hằng"),
        ("Tôn Nữ Thị Ninh Bảo Khánh An", "Tôn Nữ Thị Ninh Bảo Khánh An"),
        ("Hằng", ""),  # one word is no name
        ("Trần thị Bích", ""),
        ("Trần Thị Bích 2", ""),
        ("Trần Thị Bích,", ""),
        ("Phụ Lục Một", ""),
        ("Một Hai Ba Bốn Năm Sáu Bảy Tám", ""),
    ],
)
def test_only_what_can_be_a_name_stands_under_the_signature(under: str, name: str) -> None:
    reading = read(SCHOOL.replace("Trần Thị Bích Hằng", under), "s.txt")
    unit = reading.filled["unit"]
    assert isinstance(unit, dict)
    assert unit["signer"]["name"].strip("…") == name
    assert ("họ tên người ký" in whys(reading)) == (not name)


def test_a_plan_without_foot_or_letterhead_is_read_and_what_is_missing_told(tmp_path: Path) -> None:
    reading = read(BARE, "c.txt")
    document = page(reading, tmp_path)
    assert [b.depth for b in document.blocks if isinstance(b, Bullet)] == [1, 1]
    told = whys(reading)
    for missing in ("khối chữ ký", "họ tên người ký", "Nơi nhận", "địa danh", "ký hiệu", "tháng ban hành"):
        assert missing in told
    unit = reading.filled["unit"]
    assert isinstance(unit, dict)
    assert unit["name"] == "Trung tâm học tập cộng đồng xã Yên Đổ"


def test_numbers_that_repeat_or_jump_are_kept_and_told(tmp_path: Path) -> None:
    text = BARE.replace("## II.", "## I.") + "## IV. Kinh phí\nTự lo.\n"
    reading = read(text, "d.txt")
    numbers = [b.number for b in page(reading, tmp_path).blocks if isinstance(b, Heading)]
    assert numbers == ["I.", "I.", "IV."]
    assert "8: Số «I.» lặp lại" in whys(reading)
    assert "12: Số «IV.» sau «I.» không theo thứ tự" in whys(reading)


def test_nothing_is_corrected(tmp_path: Path) -> None:
    slips = "Thành phần: : đại diện các các đơn vị, dài 2.5m, 05 cờ, số 619/KH-UBND, hoà thuận (ma kết)  ."
    text = BARE.replace("Học để biết.", slips)
    lines = list(text_lines(page(read(text, "e.txt"), tmp_path)))
    assert " ".join(slips.split()) in [" ".join(line.split()) for line in lines]


def test_facts_become_fields_only_where_the_print_stays_the_same() -> None:
    text = BARE.replace("Học để biết.", "Từ ngày 2/10/2023 đến ngày 08/10/2023.")
    fields = read(text, "f.txt").filled["fields"]
    assert isinstance(fields, dict)
    assert "Từ ngày 2/10/2023 đến ngày {{week.to}}." in fields["body"]


def test_a_doubt_names_the_line_of_the_file_and_lines_are_in_order() -> None:
    doubts = read(WARD, "b.txt").doubts
    assert [doubt.line for doubt in doubts] == sorted(doubt.line for doubt in doubts)
    source = to_nfc(WARD).split("\n")
    for doubt in doubts:
        if doubt.line and "số trang" in doubt.why:
            assert source[doubt.line - 1].strip() == doubt.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.PLAN_NOT_RECOGNISED),
        (b" \r\n \r\n", Code.PLAN_NOT_RECOGNISED),
        (RECIPE.encode(), Code.PLAN_NOT_RECOGNISED),
        ("KẾ HOẠCH".encode(), Code.PLAN_NOT_RECOGNISED),
        ("KẾ HOẠCH\nTổ chức\n".encode(), Code.PLAN_NOT_RECOGNISED),
        (bytes(range(256)) * 40, Code.NOT_TEXT),
        (b"%PDF-1.7\n\x00\x01\x02stream", Code.WRONG_FILE_KIND),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", Code.WORD_BAD),
        (b"\xff\xfe\x00", Code.NOT_TEXT),
        ("Tuần lễ học tập suốt đời. ".encode() * 50_000, Code.PLAN_NOT_RECOGNISED),
        (b"a\n" * 2_500_000, Code.FILE_TOO_LARGE),
    ],
)
def test_rubbish_is_refused_in_words(data: bytes, code: Code, tmp_path: Path) -> None:
    path = tmp_path / "la.txt"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_plan_file(path)
    assert refused.value.code is code
    assert "la.txt" in str(refused.value)


def test_a_refusal_says_what_is_missing() -> None:
    with pytest.raises(UserError, match=r"KẾ HOẠCH.*Nơi nhận"):
        read(RECIPE, "la.txt")


def test_the_longest_text_is_read_and_one_longer_is_refused() -> None:
    line = "1. Một việc cần làm trong tuần (**gấp**) - *ngay* từ đầu, khai mạc ngày\n- gạch đầu dòng; chủ đề “\n"
    text = BARE + line * (80_000 // len(line))
    assert read(text, "dài.txt").filled["kind"] == "plan"
    with pytest.raises(UserError):
        read(BARE + line * ((LONGEST_TEXT - len(BARE)) // len(line)), "dài.txt")


PIECES = [
    "KẾ HOẠCH", "I. ", "II. ", "1. ", "1.1. ", "a) ", "A. ", "Phần I", "- ", "+ ", "* ", "**", "*", "\t", "\n", "\n\n",
    "Nơi nhận:", "KT. CHỦ TỊCH", "HIỆU TRƯỞNG", "Nguyễn Văn A", "Phụ lục", "từ ngày 01/10/2022 đến ngày 07/10/2022",
    "Căn cứ Công văn số 1;", "chủ đề “x”", "Số: /KH-UBND", "Trang 1/2", "| a | b |\n| --- | --- |", "{{year}}", "{I.}",
    "Địa điểm: Sân.", "khai mạc", "(Kế hoạch này thay cho giấy mời)", "./.", "ngày 40/13/2022", "Hà Thượng, ngày",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join))
def test_any_text_is_refused_in_words_or_read_and_printed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        reading = read("KẾ HOẠCH\nnăm 2022\nI. Việc\nlàm\n" + text, "g.txt")
    except UserError as refused:
        assert refused.code in {Code.PLAN_NOT_RECOGNISED, Code.NOT_TEXT}  # noqa: PT017
    else:
        page(reading, tmp_path_factory.mktemp("any"))


# --- old codings -------------------------------------------------------------------------------------------------

OLD_PLAN = """KÕ HO¹CH
Tæ chøc TuÇn lÔ häc tËp suèt ®êi n¨m 2022
I. MôC §ÝCH
1. Gióp mäi ng­êi thÊy Ých lîi cña viÖc häc.
II. Tæ CHøC THùC HIÖN
1. C¸c tr­êng lµm theo kÕ ho¹ch.
N¬i nhËn:
- C¸c tr­êng;
- L­u: VT.
"""


@pytest.mark.parametrize("coding", ["utf-8", "latin-1", "utf-16"])
def test_a_text_in_an_old_coding_is_shown_and_read_on_consent(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(OLD_PLAN.encode(coding))
    with pytest.raises(UserError) as refusal:
        read_plan_file(path)
    assert refusal.value.code is Code.LEGACY_TEXT
    assert "KẾ HOẠCH" in str(refusal.value)
    reading = read_plan_file(path, convert=True)
    fields = reading.filled["fields"]
    assert isinstance(fields, dict)
    assert "Giúp mọi người thấy ích lợi của việc học." in str(fields["body"])
    assert fields["subject"] == "Tổ chức Tuần lễ học tập suốt đời năm 2022"
    assert "TCVN3" in reading.doubts[0].why
