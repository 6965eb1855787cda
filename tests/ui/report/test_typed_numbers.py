"""Two hundred ways to type a number: none is stored as another one than is shown, each refusal says why at once."""

import re

import pytest

from hoctap_desktop.form.definition import FieldType
from hoctap_desktop.foundation.numbers import print_count
from tests.ui.report.test_presenter import presenter

VALUES = (0, 5, 42, 999, 1_000, 1_234, 12_345, 100_000, 999_999, 1_234_567, 12_345_678, 999_999_999)
SEPARATORS = (".", " ", "\u00a0", "\u2009", "\u202f", "\u2007", ",", "'", "_")


def _forms() -> list[str]:
    found: list[str] = []
    for value in VALUES:
        grouped = f"{value:,}"
        found += [str(value), f"0{value}", f"000{value}", f" {value} ", f"\t{value}\u00a0"]
        found += [grouped.replace(",", separator) for separator in SEPARATORS if value > 999]
        found += [f"{value},5", f"{value}.5", f"-{value}", f"+{value}"]
    found += [
        "1e3",
        "1E5",
        "0x1f",
        "0b1",
        "1/2",
        "50%",
        "12 34",
        "1 2",
        "1.23.456",
        "1.2345",
        "12.34",
        "1..234",
        ".5",
        "5.",
    ]
    found += ["1.234,5", "1,234.5", "1 234.567", "1.234 567", "01.234", "0.001", "1000000000", "9999999999", "1" * 40]
    found += [
        "0000000000012",
        "ba mươi",
        "3 lớp",
        "khoảng 10",
        "12người",
        "l2",
        "1O0",
        "½",
        "²",
        "Ⅳ",
        "一",
        "1\u200b2",
        "1\u00ad2",
    ]
    found += ["".join(chr(ord(zero) + n) for n in (1, 2, 3)) for zero in "٠۰०０𝟎๐"]
    found += [
        "１.２３４",
        "1\u0660",
        "~5",
        "≈7",
        "=1+1",
        "(12)",
        "12-15",
        "12–15",
        "1;2",
        "?",
        "--",
        "∞",
        "NaN",
        "inf",
        "1_000",
        "5\u0301",
    ]
    return list(dict.fromkeys(found))


FORMS = _forms()


def test_there_are_two_hundred_of_them() -> None:
    assert len(FORMS) >= 200


@pytest.mark.parametrize("typed", FORMS)
def test_a_typed_number_is_stored_as_shown_or_refused_with_the_reason(typed: str) -> None:
    report = presenter()
    report.type_number("participants", typed)
    box = next(row.boxes[0] for row in report.grid() if "participants" in row.cells)
    stored = report.answers.get("participants")
    if not isinstance(stored, int):
        assert (box.kind, box.text, stored) == ("error", typed.strip(), typed.strip())
        assert box.why
        assert report.findings()[0].message == box.why
        assert report.why_not_final()
    else:
        assert box.text == print_count(stored)
        digits = re.sub(r"[\s.\u2009\u202f\u2007\u00a0]", "", typed)
        assert digits.isascii()
        assert digits.lstrip("0") == str(stored).lstrip("0")


@pytest.mark.parametrize("typed", ["1,5", "1.5", "-3", "１２", "٣", "1e3", "1,234,567", "1234567890"])
def test_money_is_no_kinder(typed: str) -> None:
    report = presenter()
    assert report.field("funding.state").type is FieldType.MONEY
    report.write("funding.state", typed)
    refused = report.rejected("funding.state")
    assert refused == typed or (typed == "1234567890" and report.answers["funding.state"] == 1_234_567_890)


def test_a_slip_is_said_as_the_cell_is_left_and_goes_when_it_is_put_right() -> None:
    report = presenter()
    report.type_number("participants", "1,5")
    assert "phần lẻ" in report.message_of("participants")[1]
    report.type_number("participants", "15")
    assert report.message_of("participants")[0] != "error"
    assert report.answers["participants"] == 15
