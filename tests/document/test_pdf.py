"""The printed page, measured in the PDF by another library than drew it."""

import hashlib
import io
import os
import subprocess
import sys
import threading
import unicodedata
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from hoctap_desktop.document.model import (
    Column,
    Document,
    Footer,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)  # fmt: skip
from hoctap_desktop.document.pdf import Printed, render
from hoctap_desktop.foundation.errors import Code, UserError
from tests.document.samples import BODY, LETTERHEAD, MM, SENTENCE, SIGNATURE, Box, Paper, document, long_table

HALF_MM = 0.5 * MM
LEFT, RIGHT = 30 * MM, (210 - 15) * MM
MIDDLE = (LEFT + RIGHT) / 2
TEXT_TOP, TEXT_BOTTOM = 20 * MM, (297 - 20) * MM


def paper(made: Document) -> Paper:
    return Paper(render(made).data)


def close(one: float, other: float) -> bool:
    return abs(one - other) <= HALF_MM


# --- the page ----------------------------------------------------------------------------------------------------


def test_the_page_is_a4_and_all_text_stands_inside_the_margins() -> None:
    with paper(document((*BODY, Paragraph(plain(" ".join([SENTENCE] * 60))), long_table(60)))) as page:
        assert page.pages > 2
        for number in range(page.pages):
            assert [round(side / MM, 1) for side in page.size(number)] == [210.0, 297.0]
            boxes = [box for box in page.characters(number) if box.bottom > TEXT_TOP]
            assert min(box.left for box in boxes) >= LEFT - HALF_MM
            assert max(box.right for box in boxes) <= RIGHT + HALF_MM
            assert max(box.bottom for box in boxes) <= TEXT_BOTTOM + HALF_MM


def test_body_lines_are_justified_with_the_first_line_indented() -> None:
    with paper(document((Paragraph(plain(" ".join([SENTENCE] * 3))),))) as page:
        assert close(page.find("Mỗi đơn vị").left, LEFT + 10 * MM)
        lines: dict[int, list[Box]] = {}
        below = page.find("Mỗi đơn vị").top - 3
        above = page.find("Nơi nhận").top - 3
        for box in page.characters(0):
            if below < box.bottom < above:
                lines.setdefault(round((box.bottom - below) / 18.2), []).append(box)
        rights = [max(box.right for box in boxes) for _, boxes in sorted(lines.items())]
        assert len(rights) > 3
        assert all(close(right, RIGHT) for right in rights[:-2])


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_upper_margin() -> None:
    with paper(document((Paragraph(plain(" ".join([SENTENCE] * 90))),))) as page:
        assert page.pages > 2
        for number in range(page.pages):
            above = [box for box in page.characters(number) if box.bottom < TEXT_TOP]
            if number == 0:
                assert above == []
            else:
                (digit,) = above
                assert close(digit.middle, MIDDLE)
                assert page.find(str(number + 1), number).top == digit.top


def test_the_footer_has_code_mark_and_revision_on_each_page_below_the_text() -> None:
    footer = Footer("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 1")
    with paper(document((Paragraph(plain(" ".join([SENTENCE] * 50))),), footer=footer)) as page:
        for number in range(page.pages):
            code, mark, revision = (page.find(words, number) for words in (footer.left, footer.center, footer.right))
            assert code.top > TEXT_BOTTOM
            assert close(code.left, LEFT)
            assert close(mark.middle, MIDDLE)
            assert close(revision.right, RIGHT)
            assert close(page.rules(number)[-1].width, RIGHT - LEFT)
    with paper(document()) as page:
        assert all(rule.bottom < TEXT_BOTTOM for rule in page.rules())


# --- letterhead and title ----------------------------------------------------------------------------------------


def test_the_letterhead_stands_in_two_blocks_with_rules_of_the_right_length() -> None:
    with paper(document()) as page:
        country = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        motto = page.find("Độc lập - Tự do - Hạnh phúc")
        office = page.find("ỦY BAN NHÂN DÂN")
        commune = page.find("XÃ HÀ THƯỢNG")
        middle = (LEFT + 69 * MM + RIGHT) / 2
        assert close(country.middle, middle)
        assert close(motto.middle, middle)
        assert close(office.middle, LEFT + 66.5 * MM / 2)
        assert close(country.width, 95.7 * MM)
        assert country.top >= TEXT_TOP - HALF_MM
        left_rule, right_rule = sorted(page.rules()[:2], key=lambda rule: rule.left)
        assert close(right_rule.width, motto.width)
        assert close(right_rule.middle, motto.middle)
        assert motto.bottom < right_rule.top < motto.bottom + 8
        assert 1 / 3 <= left_rule.width / office.width <= 1 / 2
        assert close(left_rule.middle, office.middle)
        assert commune.bottom < left_rule.top < commune.bottom + 8


def test_number_and_day_stay_blank_wide_enough_and_at_one_place_for_all() -> None:
    places = []
    for issuing in (("XÃ HÀ THƯỢNG",), ("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG")):
        with paper(document(letterhead=replace(LETTERHEAD, issuing=issuing))) as page:
            number, symbol = page.find("Số:"), page.find("/KH-UBND")
            day, month = page.find("ngày"), page.find("tháng 10 năm 2022")
            assert symbol.left - number.right >= 25
            assert month.left - day.right >= 18
            assert close(number.bottom, page.find("Hà Thượng, ngày").bottom - 3)
            places.append((number, symbol, day, month))
    assert places[0] == places[1]


def test_number_day_and_month_below_ten_are_padded_as_the_decree_says() -> None:
    filled = replace(LETTERHEAD, number="5", day=5, month=2)
    with paper(document(letterhead=filled)) as page:
        assert "Số: 05/KH-UBND" in page.text(0)
        assert "Hà Thượng, ngày 05 tháng 02 năm 2022" in page.text(0)
    with paper(document(letterhead=replace(filled, number="21", day=15, month=9))) as page:
        assert "Số: 21/KH-UBND" in page.text(0)
        assert "ngày 15 tháng 9 năm 2022" in page.text(0)


def test_long_names_wrap_inside_the_left_block_and_push_the_rest_down() -> None:
    head = Letterhead(
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",), ("ỦY BAN NHÂN DÂN", "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM"), "", "KH-UBND",
        "Phường Văn Miếu - Quốc Tử Giám", 2027, 2,
    )  # fmt: skip
    with paper(document(letterhead=head)) as page:
        first, second = page.find("PHƯỜNG VĂN MIẾU -"), page.find("QUỐC TỬ GIÁM")
        assert second.top > first.bottom
        assert min(first.left, second.left) >= LEFT
        assert max(first.right, second.right) <= page.find("CỘNG HÒA").left - 2.5 * MM
        rule = min(page.rules()[:2], key=lambda rule: rule.left)
        assert 1 / 3 <= rule.width / max(first.width, second.width) <= 1 / 2
        assert page.find("Số:").top > rule.bottom
        assert page.find("KẾ HOẠCH").top > page.find("tháng 02 năm 2027").bottom


def test_a_name_that_fits_on_one_line_in_smaller_type_does_not_wrap() -> None:
    with paper(document(letterhead=replace(LETTERHEAD, issuing=("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",)))) as page:
        name = page.find("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")
        assert name.bottom - name.top < 14
        assert close(name.width, 66.0 * MM)


def test_the_title_stands_in_the_middle_over_its_rule() -> None:
    title = Title("KẾ HOẠCH", f"Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022 trên địa bàn {'xã Hà Thượng ' * 4}")
    with paper(document(title=title)) as page:
        kind, first = page.find("KẾ HOẠCH"), page.find("Tổ chức Tuần lễ")
        assert close(kind.middle, MIDDLE)
        rule = page.rules()[2]
        assert close(rule.middle, MIDDLE)
        lines = [page.find(words) for words in ("KẾ HOẠCH", "Tổ chức")]
        assert lines[0].bottom < lines[1].top < rule.top
        subject = max(2 * (MIDDLE - first.left), 1)
        assert 1 / 3 <= rule.width / subject <= 1 / 2


# --- signature and recipients ------------------------------------------------------------------------------------


def test_signer_at_the_right_recipients_at_the_left_level_and_with_room_for_the_seal() -> None:
    with paper(document()) as page:
        head, name, to = page.find("PHÓ CHỦ TỊCH"), page.find("Đặng Văn Thi"), page.find("Nơi nhận:")
        assert name.top - head.bottom >= 35 * MM
        assert close(head.middle, name.middle)
        assert head.left > MIDDLE - HALF_MM
        assert close(to.left, LEFT)
        assert close(_base_line(page, "Nơi nhận:"), _base_line(page, "KT."))
        assert page.find("- Lưu: VT.").right < head.left


def _base_line(page: Paper, words: str) -> float:
    """Where the first letter of `words`, a capital without accent, stands on."""
    line = page.find(words)
    return next(box.bottom for box in page.characters(0) if box.left == line.left and line.top <= box.top < line.bottom)


def test_an_unsigned_form_has_its_note_under_the_capacity() -> None:
    blank = Signature(("THỦ TRƯỞNG ĐƠN VỊ",), "", "(ký tên và đóng dấu)")
    with paper(document(signature=blank)) as page:
        assert page.find("(ký tên và đóng dấu)").top > page.find("THỦ TRƯỞNG ĐƠN VỊ").bottom


# --- marks -------------------------------------------------------------------------------------------------------


def test_marks_tell_where_each_keyed_block_stands() -> None:
    long = Paragraph(plain(" ".join(["Dài"] * 1500)), "long")
    printed = render(document((BODY[1], long, BODY[-1], long_table(3))))
    marks = {(mark.key, mark.page): mark for mark in printed.marks}
    with Paper(printed.data) as page:
        for key, words in (("h1", "I. MỤC ĐÍCH"), ("row.2", "Dòng số 2 của bảng"), ("signature", "KT. CHỦ TỊCH")):
            number = next(mark.page for mark in printed.marks if mark.key == key)
            box = page.find(words, number - 1)
            assert marks[key, number].top <= box.top
            assert box.bottom <= marks[key, number].bottom
    assert [mark.page for mark in printed.marks if mark.key == "long"] == [1, 2, 3]
    assert {"letterhead", "title", "signature", "end"} <= {mark.key for mark in printed.marks}
    assert all(TEXT_TOP - 0.01 <= mark.top < mark.bottom <= TEXT_BOTTOM + 0.1 for mark in printed.marks)


# --- the file ----------------------------------------------------------------------------------------------------

STYLED = document(
    (*BODY, Paragraph((Run("đậm", bold=True), Run(" nghiêng", italic=True), Run(" cả hai", True, True)))),
    footer=Footer("Mã giấy: 7K3M-Q9TX-2HBV"),
)


def test_every_font_is_embedded_and_none_is_another() -> None:
    reader: Any = pypdf.PdfReader(io.BytesIO(render(STYLED).data))
    names = set()
    for page in reader.pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            assert "/FontFile2" in font["/FontDescriptor"]
            names.add(str(font["/BaseFont"]).split("+")[1])
    assert names == {f"LiberationSerif{style}" for style in ("", "-Bold", "-Italic", "-BoldItalic")}


def test_the_file_tells_its_title_author_subject_language_and_day() -> None:
    reader: Any = pypdf.PdfReader(io.BytesIO(render(document()).data))
    about = reader.metadata
    assert (about.title, about.author, about.subject) == ("Kế hoạch Tuần lễ", "UBND xã Hà Thượng", "Tuần lễ năm 2022")
    assert reader.root_object["/Lang"] == "vi"
    assert about.creation_date.date().isoformat() == "2022-10-04"


def test_headings_are_bookmarks() -> None:
    blocks = (
        Heading(1, "I.", plain("MỘT")),
        Heading(3, "a)", plain("Sâu")),
        Heading(1, "II.", plain("HAI")),
        *BODY[2:],
    )
    with paper(document(blocks)) as page:
        title = (0, "KẾ HOẠCH Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022")
        assert page.bookmarks() == [title, (0, "I. MỘT"), (1, "a) Sâu"), (0, "II. HAI")]


def test_text_comes_out_in_reading_order() -> None:
    words = "I. MỤC ĐÍCH Mỗi đơn vị chọn việc vừa sức"
    with paper(document()) as page:
        text = page.text(0)
        assert words in text
        order = ["Căn cứ", "MỤC ĐÍCH", "Trên đây", "Nơi nhận", "- Lưu: VT.", "KT. CHỦ TỊCH", "Đặng Văn Thi"]
        assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_a_table_comes_out_row_by_row() -> None:
    columns = (Column("TT", 0.1), Column("Nội dung", 0.3), Column("Ghi chú", 0.6))
    rows = tuple(TableRow((plain(str(n)), plain(f"việc {n}"), plain("ghi"))) for n in (1, 2))
    with paper(document((Table(columns, rows),))) as page:
        assert "TT Nội dung Ghi chú 1 việc 1 ghi 2 việc 2 ghi" in page.text(0)


def test_the_same_document_gives_the_same_bytes_in_this_and_another_process() -> None:
    own = hashlib.sha256(render(STYLED).data).hexdigest()
    render(document((long_table(50),)))
    assert hashlib.sha256(render(STYLED).data).hexdigest() == own
    code = (
        "import hashlib; from tests.document.test_pdf import STYLED; from hoctap_desktop.document.pdf import render;"
        "print(hashlib.sha256(render(STYLED).data).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert other.stdout.strip() == own


def test_two_threads_print_what_one_prints() -> None:
    made = [document((Paragraph(plain(f"{SENTENCE} {n}")),)) for n in range(4)]
    alone = [render(each).data for each in made]
    together: dict[int, Printed] = {}
    threads = [threading.Thread(target=lambda n=n: together.update({n: render(made[n])})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n].data for n in range(4)] == alone


def test_importing_the_printer_does_not_load_the_pdf_library() -> None:
    code = (
        "import sys, hoctap_desktop.document.pdf, hoctap_desktop.document.sheet, hoctap_desktop.report.printed;"
        "print({'reportlab', 'openpyxl'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert found.stdout.strip() == "set()"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONHASHSEED": "7"}


# --- letters -----------------------------------------------------------------------------------------------------


def test_decomposed_text_prints_as_composed() -> None:
    apart = document((Paragraph(plain(unicodedata.normalize("NFD", "Thượng Đường"))),))
    assert render(apart).data == render(document((Paragraph(plain("Thượng Đường")),))).data


@pytest.mark.parametrize(
    ("text", "letter", "codepoint"),
    [
        ("ô ☐ trống", "☐", "U+2610"),
        ("họ e\u0338ban", "e\u0338", "U+0065 U+0338"),
        ("学习", "学", "U+5B66"),
        ("vui 😀", "😀", "U+1F600"),
    ],
)
def test_a_letter_that_cannot_be_printed_is_refused_by_place_and_letter(text: str, letter: str, codepoint: str) -> None:
    with pytest.raises(UserError) as refused:
        render(document((Heading(1, "I.", plain("MỘT")), Paragraph(plain(text)))))
    assert refused.value.code is Code.LETTER_MISSING
    assert refused.value.facts == {"field": f"Đoạn: {text}", "letter": letter, "codepoint": codepoint}


def test_a_letter_is_refused_by_the_name_of_the_forms_field_when_there_is_one() -> None:
    names = {"b.1": "Nội dung kế hoạch", "signer.name": "Người ký"}
    for made, field in (
        (document((Paragraph(plain("ô ☐ trống"), "b.1"),)), "Nội dung kế hoạch: ô ☐ trống"),
        (document((Paragraph(plain("ô ☐ trống"), "c.1"),)), "Đoạn: ô ☐ trống"),
        (document(signature=replace(SIGNATURE, name="☐")), "Người ký"),
    ):
        with pytest.raises(UserError) as refused:
            render(made, field_of=lambda key: names.get(key, ""))
        assert refused.value.facts["field"] == field


def test_every_printed_place_is_looked_at_for_letters() -> None:
    bad = "x☐"
    for made in (
        document(letterhead=replace(LETTERHEAD, issuing=(bad,))),
        document(letterhead=replace(LETTERHEAD, place=bad)),
        document(letterhead=replace(LETTERHEAD, symbol=bad)),
        document(title=Title("KẾ HOẠCH", bad)),
        document(signature=replace(SIGNATURE, name=bad)),
        document(signature=replace(SIGNATURE, note=bad)),
        document(footer=Footer(right=bad)),
        document((Table((Column(bad, 1.0),), ()),)),
        document((Table((Column("a", 1.0),), (TableRow((plain(bad),)),)),)),
        document((), appendix=(Heading(1, bad, ()),)),
    ):
        with pytest.raises(UserError, match="☐"):
            render(made)


def test_names_of_the_highlands_with_precomposed_letters_print() -> None:
    with paper(document((Paragraph(plain("ƀ č ĕ ŏ ŭ ñ Đ Ư H'Yim Kđoh")),))) as page:
        assert "ƀ č ĕ ŏ ŭ ñ Đ Ư H'Yim Kđoh" in page.text(0)
