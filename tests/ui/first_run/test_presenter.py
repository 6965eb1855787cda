"""What the first page decides."""

from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.submission.keys import LEAST_PASSPHRASE
from hoctap_desktop.ui.first_run import presenter
from hoctap_desktop.ui.first_run.presenter import (
    TypedOffice,
    default_path,
    issuing_lines,
    strength,
    typed_office,
    wrong_parts,
)

TYPED = TypedOffice(
    name="Ủy ban nhân dân xã Sơn Hạ",
    short_name="UBND xã Sơn Hạ",
    code="02341",
    level="commune",
    place="Sơn Hạ",
    symbol="UBND",
    upper_name="Sở Giáo dục và Đào tạo",
    upper_code="19-GDDT",
    upper_level="tinh",
)


def test_the_shortest_passphrase_is_that_of_the_key() -> None:
    assert presenter.LEAST_PASSPHRASE == LEAST_PASSPHRASE


@pytest.mark.parametrize(
    ("typed", "tone"),
    [("", "danger"), ("1234567", "danger"), ("12345678", "danger"), ("aaaaaaaaaa", "danger"), ("chè xanh", "warn")],
)
def test_a_passphrase_is_judged_by_its_length_and_variety(typed: str, tone: str) -> None:
    assert strength(typed).tone == tone
    assert strength(typed).enough == (tone != "danger")


def test_four_words_are_good() -> None:
    assert strength("chè xanh buổi sớm").tone == "ok"


def test_a_typed_office_becomes_a_unit_with_its_letterhead() -> None:
    assert wrong_parts(TYPED) == {}
    office = typed_office(TYPED)
    assert office.own.issuing == ("ỦY BAN NHÂN DÂN", "XÃ SƠN HẠ")
    assert (office.own.upper, office.upper and office.upper.level) == ("19-GDDT", "tinh")


def test_an_office_at_the_top_needs_no_upper_one() -> None:
    assert wrong_parts(TypedOffice("Trường Tiểu học A", "", "12", "school", place="A")) == {}
    assert typed_office(TypedOffice("Trường Tiểu học A", "", "12", "school", place="A")).upper is None


def test_each_missing_part_is_named() -> None:
    wrong = wrong_parts(TypedOffice(code="có cách", upper_name="Sở"))
    assert set(wrong) == {"name", "code", "level", "place", "upper_name", "upper_code"}


def test_a_unit_is_not_its_own_upper_unit() -> None:
    assert "upper_code" in wrong_parts(replace(TYPED, upper_code=TYPED.code))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân thị trấn Hùng Sơn", ("ỦY BAN NHÂN DÂN", "THỊ TRẤN HÙNG SƠN")),
        ("Trường THCS Hà Thượng", ("TRƯỜNG THCS HÀ THƯỢNG",)),
    ],
)
def test_a_committee_stands_in_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert issuing_lines(name) == lines


def test_the_data_stand_in_the_persons_own_folder_under_the_units_code(tmp_path: Path) -> None:
    assert default_path(tmp_path, "05812-THCS") == tmp_path / "05812-THCS.hoctap"
