"""The body as text and as blocks: what goes out comes back, and office text is never taken for Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.model import Run, plain
from hoctap_desktop.plan.outline import Block, bullet, heading, paragraph, parse, parse_runs, table, tidy, write

NASTY = [
    "1) ",
    "- ",
    "+ ",
    "* ",
    "#",
    "## ",
    "*",
    "**",
    "***",
    "****",
    "|",
    "| --- |",
    "{",
    "}",
    "{}",
    "{III.}",
    "{{week.from}}",
    "\\",
    "\\*",
    "2.1",
    "2.1. ",
    "05 cờ",
    "> ",
    "<b>",
    "[x](y)",
    "![a](b)",
    "```",
    "===",
    "---",
    "Ủy ban",
    "xã Hà Thượng",
    "đời",
    " ",
    "  ",
    "\t",
    "&amp;",
    "http://x",
    "“",
    "”",
    ":",
    ".",
    ";",
    "ê̆",
    "`",
    "_a_",
    "~~",
]
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=4)), max_size=6).map("".join)
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans()), max_size=4).map(lambda r: tidy(tuple(r)))
numbers = st.one_of(st.none(), st.sampled_from(["", "III.", "Phần I.", "2.1", "a)", "{", "}", "\\", "*"]))
blocks = st.one_of(
    st.builds(heading, st.integers(1, 4), runs, numbers),
    st.builds(paragraph, runs.filter(bool)),
    st.builds(bullet, st.integers(1, 3), st.sampled_from("-+*"), runs),
    st.builds(table, st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4)),
)


@given(st.lists(blocks, max_size=8).map(tuple))
def test_what_is_written_is_read_back(outline: tuple[Block, ...]) -> None:
    assert parse(write(outline)) == outline


@given(st.lists(st.one_of(texts, st.just("\n"), st.just("\n\n")), max_size=12).map("".join))
def test_any_text_is_a_body_and_writing_it_twice_changes_nothing(text: str) -> None:
    once = write(parse(text))
    assert write(parse(once)) == once


@given(runs)
def test_no_style_begins_or_ends_at_a_space(styled: tuple[Run, ...]) -> None:
    assert tidy(styled) == styled
    assert all(run.text for run in styled)


@pytest.mark.parametrize(
    "line",
    [
        "2.1 Phát động",
        "1) Nhằm",
        "1. Nhằm",
        "05 cờ",
        "2.5m",
        "*Thời gian: 7h",
        "-Không cách",
        "a) Cấp tỉnh",
        "> trích",
        "<b>STT</b>",
        "[x](y)",
        "`mã`",
        "https://a.vn",
        "C:\\tệp",
        "5 * 3",
        "…",
        "| một vạch",
        "=====",
        "&nbsp;",
        "#không cách",
    ],
)
def test_office_text_is_a_plain_paragraph_and_needs_no_backslash(line: str) -> None:
    assert parse(line) == (paragraph(plain(line)),)
    assert write(parse(line)) == line + "\n"


def test_a_paragraph_that_looks_like_a_bullet_or_heading_gets_one_backslash() -> None:
    assert write((paragraph(plain("- gạch")),)) == "\\- gạch\n"
    assert write((paragraph(plain("# thăng")),)) == "\\# thăng\n"


def test_headings_carry_levels_and_number_overrides() -> None:
    text = "# Mục đích\n## Yêu cầu {2.1.}\n### Không số {}\n#### Từ {{week.from}}\n"
    assert [(b.level, b.text, b.number) for b in parse(text)] == [
        (1, "Mục đích", None),
        (2, "Yêu cầu", "2.1."),
        (3, "Không số", ""),
        (4, "Từ {{week.from}}", None),
    ]


def test_bullets_keep_their_mark_and_depth_and_wrapped_lines_are_one_text() -> None:
    text = "- một\n  dòng nối\n  + hai\n    * ba\n- bốn\n\nđoạn\nhai dòng"
    assert [(b.kind, b.mark, b.level, b.text) for b in parse(text)] == [
        ("bullet", "-", 1, "một dòng nối"),
        ("bullet", "+", 2, "hai"),
        ("bullet", "*", 3, "ba"),
        ("bullet", "-", 1, "bốn"),
        ("paragraph", "", 0, "đoạn hai dòng"),
    ]


def test_bold_and_italics_stand_where_the_stars_are_even_inside_words() -> None:
    assert parse_runs("**Thời gian:**01 *buổi*, ***cả*** hai**") == (
        Run("Thời gian:", bold=True),
        Run("01 "),
        Run("buổi", italic=True),
        Run(", "),
        Run("cả", bold=True, italic=True),
        Run(" hai**"),
    )


def test_a_row_longer_than_the_head_loses_no_cell() -> None:
    (block,) = parse("| STT | Nội dung |\n| --- | --- |\n| 1 | a\\|b | thừa |\n| 2 |")
    assert block.rows == (("STT", "Nội dung", ""), ("1", "a|b", "thừa"), ("2", "", ""))
