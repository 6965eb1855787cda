"""Counts as an office writes them: 1.234.567."""

import re

from hoctap_desktop.foundation.errors import Code, UserError

COUNT_DIGITS = 9
MONEY_DIGITS = 15
# A dot, a space, and the spaces that Word and web pages put between groups: no-break, thin, figure, narrow no-break.
_BETWEEN = "[. \u00a0\u2009\u2007\u202f]"
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:({_BETWEEN})\d{{3}})(?:\1\d{{3}})*", re.ASCII)


def parse_count(typed: str, *, digits: int = COUNT_DIGITS, where: str = "") -> int:
    """The whole number ≥ 0 a person typed.

    Takes 1234567, 1.234.567, 1 234 567 and 05. Raises UserError(NOT_A_COUNT) with the reason for all else,
    among it 1,5 and 1.5: half a person is a slip of the keyboard, and 15 would be a guess (domain.md §3).
    """
    text = typed.strip()
    place = f" ở «{where}»" if where else ""
    if _GROUPED.fullmatch(text) or (text.isascii() and text.isdigit()):
        bare = re.sub(_BETWEEN, "", text)
        if len(bare.lstrip("0")) > digits:
            raise UserError(Code.NOT_A_COUNT, typed=typed, where=place, why=f"Số có hơn {digits} chữ số.")
        return int(bare)
    if re.fullmatch(r"[+-].*\d.*", text):
        why = "Số lượng không mang dấu cộng, trừ."
    elif re.fullmatch(r"\d{1,3}(,\d{3}){2,}", text, re.ASCII):
        why = "Dấu phẩy là phần lẻ; giữa các nhóm ba chữ số ghi dấu chấm: 1.234.567."
    elif re.fullmatch(r"\d+([.,]\d+)+", text, re.ASCII):
        why = "Số đếm không có phần lẻ."
    elif not text:
        why = "Ô còn trống."
    else:
        why = "Có ký tự không phải chữ số."
    raise UserError(Code.NOT_A_COUNT, typed=typed, where=place, why=why)


def print_count(value: int) -> str:
    """1234567 -> "1.234.567"."""
    return f"{value:,}".replace(",", ".")


def two_digits(value: int) -> str:
    """Document numbers and days below ten carry a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{value:02d}"
