"""Which pages to print: read from what a person typed ("1, 3-5"), strictly. No Qt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hoctap_desktop.foundation.text import shortened

EXAMPLE = "1, 3-5"
_LONGEST = 12
_DASHES = re.compile("[-\u2010-\u2014\u2212]")


class Part(StrEnum):
    """What is printed of a document."""

    ALL = "all"
    THIS = "this"
    SOME = "some"


PART_WORDS = {Part.ALL: "Tất cả", Part.THIS: "Trang này", Part.SOME: "Các trang"}


@dataclass(frozen=True)
class Pages:
    """Page numbers from 1, ascending, each once; or `wrong`: what is wrong and what to type instead."""

    numbers: tuple[int, ...] = ()
    wrong: str = ""


def read_pages(typed: str, total: int) -> Pages:
    """ "1, 3-5" of a document of `total` pages. Numbers, ranges and commas, nothing else; no page twice."""
    if not typed.strip():
        return Pages(wrong=f"Nhập số trang, ví dụ {EXAMPLE}.")
    numbers: set[int] = set()
    for item in typed.split(","):
        found = _read_item(item.strip(), total)
        if found.wrong:
            return found
        for number in found.numbers:
            if number in numbers:
                return Pages(wrong=f"Trang {number} ghi hai lần. Chỉ ghi một lần.")
            numbers.add(number)
    return Pages(tuple(sorted(numbers)))


def _read_item(item: str, total: int) -> Pages:
    if not item:
        return Pages(wrong="Thừa dấu phẩy. Bỏ bớt hoặc thêm số trang.")
    ends = [end.strip() for end in _DASHES.split(item)]
    if len(ends) > 2:
        return Pages(wrong=f"«{shortened(item, _LONGEST)}» có hai dấu gạch. Viết như {EXAMPLE}.")
    if len(ends) == 2 and not all(ends):
        missing = "đầu" if not ends[0] else "cuối"
        return Pages(wrong=f"«{shortened(item, _LONGEST)}» thiếu trang {missing}. Viết như 3-5.")
    for end in ends:
        if not (end.isascii() and end.isdecimal()):
            return Pages(wrong=f"«{shortened(end, _LONGEST)}» không phải số trang. Viết như {EXAMPLE}.")
        if len(end) > 6 or not 1 <= int(end) <= total:
            return Pages(wrong=f"Không có trang {shortened(end, _LONGEST)}: văn bản có {total} trang.")
    first, last = int(ends[0]), int(ends[-1])
    if first > last:
        return Pages(wrong=f"«{item}» viết ngược. Viết {last}-{first}.")
    return Pages(tuple(range(first, last + 1)))


def print_pages(numbers: Iterable[int]) -> str:
    """The shortest way to write these pages: (1, 3, 4, 5) as "1, 3-5"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs)


def chosen_pages(part: Part, typed: str, current: int, total: int) -> Pages:
    """The pages to print. current: the page that is seen, from 1; total 0: not known yet, then all are ()."""
    if part is Part.ALL:
        return Pages(tuple(range(1, total + 1)))
    if total < 1:
        return Pages(wrong="Trang in chưa sẵn sàng.")
    if part is Part.THIS:
        return Pages((min(max(current, 1), total),))
    return read_pages(typed, total)


def print_words(copies: int, pages: Pages, total: int) -> str:
    """On the button: "In 2 bản", "In 2 bản, trang 3", "In 2 bản, 4 trang"."""
    if not pages.numbers or len(pages.numbers) == total:
        return f"In {copies} bản"
    one = len(pages.numbers) == 1
    return f"In {copies} bản, " + (f"trang {pages.numbers[0]}" if one else f"{len(pages.numbers)} trang")


def sent_words(copies: int, pages: Pages, total: int, printer: str) -> str:
    """The banner after printing."""
    some = "" if len(pages.numbers) == total else f" trang {print_pages(pages.numbers)}"
    return f"Đã gửi {copies} bản{some} đến máy in {printer}."
