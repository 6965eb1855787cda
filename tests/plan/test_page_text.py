"""The one page of a plan: lists over and under the text, as one text to go back to, and what is pasted into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, table
from hoctap_desktop.plan.page_text import BODY, blank, fitted, group_of, has_dash, joined, line_of, pasted_lines, split

WORDS = st.text(st.characters(exclude_characters="\x1e"))


@given(WORDS, WORDS, WORDS)
def test_a_page_comes_apart_into_what_it_was_made_of(over: str, body: str, under: str) -> None:
    parts = {"legal_bases": over, "body": body, "recipients": under}
    assert split(joined(parts, "body"), "body") == parts


def test_a_page_that_is_only_its_text_is_that_text() -> None:
    assert joined({"appendix": "# Một"}, "appendix") == "# Một"
    assert split("# Một", "appendix") == {"appendix": "# Một"}


def test_a_state_kept_before_the_lists_stood_on_the_page_says_nothing_of_them() -> None:
    assert split("Mở đầu\n\n# Mục đích", "body") == {"body": "Mở đầu\n\n# Mục đích"}


def test_a_record_separator_in_an_answer_cannot_forge_a_part() -> None:
    parts = {"legal_bases": "a\x1erecipients\nb", "body": "x", "recipients": "c"}
    assert split(joined(parts, "body"), "body") == {**parts, "legal_bases": "arecipients\nb"}


def test_kinds_stand_in_their_groups() -> None:
    assert [group_of(kind) for kind in ("basis", "paragraph", "table", "recipient")] == [0, BODY, BODY, 2]
    assert [blank(group).kind for group in (0, BODY, 2)] == ["basis", "paragraph", "recipient"]


def test_blocks_become_plain_lines_in_a_list_and_lines_paragraphs_in_a_text() -> None:
    blocks = (
        heading(1, plain("Một")),
        bullet(1, "-", (Run("Hai", bold=True),)),
        paragraph(plain("- Ba;")),
        table([["a", "b"], ["", "c"]]),
    )
    lines = fitted(blocks, 2)
    assert [(one.kind, one.text) for one in lines] == [
        ("recipient", "Một"),
        ("recipient", "Hai"),
        ("recipient", "Ba;"),
        ("recipient", "a b"),
        ("recipient", "c"),
    ]
    assert not any(run.bold for one in lines for run in one.runs)
    assert [one.kind for one in fitted((Block("basis", runs=plain("x")), *lines), BODY)] == ["paragraph"] * 6


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("- Như trên;\r\n- Lưu: VT.", ("Như trên;", "Lưu: VT.")),
        ("Nơi nhận:\x0b- UBND huyện;\x0b– Các trường;", ("Nơi nhận:", "UBND huyện;", "Các trường;")),
        (
            "Căn cứ Công văn số 747 của Phòng Giáo dục\nvà Đào tạo;\nCăn cứ Luật",
            ("Căn cứ Công văn số 747 của Phòng Giáo dục và Đào tạo;", "Căn cứ Luật"),
        ),
        ("- một\n- hai", ("một", "hai")),
        ("\n \n", ()),
        ("{{year}}", ("{ {year}}",)),
    ],
)
def test_pasted_lines_lose_their_dash_and_a_broken_line_goes_on(pasted: str, lines: tuple[str, ...]) -> None:
    assert pasted_lines(pasted) == lines


def test_a_name_of_a_list_has_no_dash() -> None:
    assert has_dash("recipient", "Các trường;")
    assert not has_dash("recipient", "Gửi bản điện tử: ")
    assert not has_dash("basis", "Luật;")
    assert line_of("-  Lưu:  VT") == "Lưu: VT"
    assert line_of("-5 độ") == "-5 độ"
