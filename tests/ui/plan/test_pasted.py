"""Plain text from elsewhere becomes blocks by what its lines begin with."""

import pytest

from hoctap_desktop.document.model import plain
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, table
from hoctap_desktop.ui.plan.pasted import block_of, blocks_from_text


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
        ("+ Hội", bullet(2, "+", plain("Hội"))),
        ("* Ghi chú", bullet(1, "*", plain("Ghi chú"))),
        ("06/10/2022 khai mạc", paragraph(plain("06/10/2022 khai mạc"))),
        ("30.000 người học", paragraph(plain("30.000 người học"))),
        ("Căn cứ Công văn số 1;", paragraph(plain("Căn cứ Công văn số 1;"))),
        ("Vie\u0302\u0323t\u200b Nam", paragraph(plain("Việt Nam"))),
    ],
)
def test_a_line_becomes_the_block_its_beginning_says(line: str, block: Block) -> None:
    assert block_of(line) == block


def test_every_kind_of_line_end_ends_a_block_and_blank_lines_are_left_out() -> None:
    assert [b.text for b in blocks_from_text("a\r\nb\n\n\x0bc\u2028d\re")] == ["a", "b", "c", "d", "e"]


def test_neighbouring_lines_with_tabs_are_a_table_and_a_lone_one_is_not() -> None:
    assert blocks_from_text("TT\tViệc\n1\tMở\nhết") == (table([["TT", "Việc"], ["1", "Mở"]]), paragraph(plain("hết")))
    assert blocks_from_text("một\thai") == (paragraph(plain("một hai")),)
    assert blocks_from_text("1.\tMục đích") == (heading(2, plain("Mục đích")),)


def test_numerals_that_word_sets_apart_by_tabs_are_no_table() -> None:
    pasted = "I.\tMục đích\n1.\tYêu cầu\n2.1\tThời gian\n-\tThành phần\na)\tKhách mời"
    assert [(b.kind, b.level, b.text) for b in blocks_from_text(pasted)] == [
        ("heading", 1, "Mục đích"),
        ("heading", 2, "Yêu cầu"),
        ("heading", 3, "Thời gian"),
        ("bullet", 1, "Thành phần"),
        ("heading", 3, "Khách mời"),
    ]


def test_nothing_pasted_is_nothing() -> None:
    assert blocks_from_text(" \n\t\n") == ()
