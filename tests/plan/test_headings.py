"""Headings as they are printed: which are bold, which run on, and numbers that begin anew in an appendix."""

import pytest

from hoctap_desktop.plan.headings import HeadLook, heading_looks, heading_numbers, points_of
from hoctap_desktop.plan.outline import parse

BOLD, LIGHT = HeadLook(bold=True, number_bold=True), HeadLook(bold=False, number_bold=False)
SENTENCE = "Ngân sách xã chi cho trang trí, tài liệu và nước uống trong cả bảy ngày của Tuần lễ."


@pytest.mark.parametrize(
    ("line", "look"),
    [
        ("# Mục đích", BOLD),
        ("## Mục đích.", BOLD),
        ("### Lễ khai mạc.", LIGHT),
        ("#### Trang trí", LIGHT),
        ("### **Lễ khai mạc.**", BOLD),
        ("# **Sở Giáo dục** chủ trì.", HeadLook(bold=False, number_bold=True, runs_on=True)),
        ("# Giao **Sở Giáo dục** chủ trì.", HeadLook(bold=False, number_bold=False, runs_on=True)),
        (f"## {SENTENCE}", HeadLook(bold=False, number_bold=False, runs_on=True)),
        (f"# {SENTENCE}", BOLD),
    ],
)
def test_a_heading_is_bold_by_its_level_its_letters_and_its_length(line: str, look: HeadLook) -> None:
    assert heading_looks(parse(f"Mở đầu\n\n{line}")) == {1: look}


def test_a_sentence_that_heads_a_text_is_a_heading() -> None:
    assert points_of(parse(f"## {SENTENCE}\n\nĐoạn văn")) == set()
    assert points_of(parse(f"## {SENTENCE}\n\nPhụ lục II")) == {0}


def test_sisters_in_another_appendix_are_none() -> None:
    assert points_of(parse(f"## Vận động\n\nPhụ lục II\n\n## {SENTENCE}")) == {2}


def test_numbers_begin_anew_in_each_appendix() -> None:
    body = parse("Phụ lục I\n\n# Một\n\n# Hai\n\nPhụ lục II\n\n# Ba\n\n## Bốn\n\n# Năm {}")
    assert heading_numbers(body, "decree") == ["I.", "II.", "I.", "1.", ""]
