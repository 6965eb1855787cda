"""What the first pages decide."""

from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.office.sample import candidates
from hoctap_desktop.store.place import PlaceFacts
from hoctap_desktop.ui.first_run.presenter import (
    TypedOffice,
    TypedPaper,
    default_path,
    judge_backup,
    judge_data,
    offers,
    place_in,
    typed_office,
    with_paper,
    wrong_paper,
    wrong_parts,
)
from hoctap_desktop.units.model import Signer

TYPED = TypedOffice(
    name="Ủy ban nhân dân xã Sơn Hạ",
    short_name="UBND xã Sơn Hạ",
    code="02341",
    level="commune",
    area="tỉnh Quảng Ngãi",
    upper_name="Sở Giáo dục và Đào tạo",
    upper_code="19-GDDT",
    upper_level="tinh",
)
PAPER = TypedPaper(
    "", "ỦY BAN NHÂN DÂN\nXÃ SƠN HẠ", "Sơn Hạ", "UBND", Signer("TM. UBND", "", "CHỦ TỊCH", "A"), "B", "1"
)
ROOMY = PlaceFacts(True, 50 * 2**30, 1)


def test_an_office_is_offered_with_the_name_it_had_before() -> None:
    found = offers("ha thuong")
    assert found[0].row.name == "UBND xã An Khánh (trước là xã Hà Thượng)"
    assert found[0].row.place == "tỉnh Thái Nguyên"
    assert found[0].office.own.code == "05809"


def test_committees_come_before_learning_centres_and_departments_are_offered_too() -> None:
    assert [one.office.own.level for one in offers("05809")] == ["commune", "centre"]
    assert [one.office.own.code for one in offers("tinh thai nguyen")[:2]] == ["19", "19-GDDT"]
    centre = offers("05809")[1].office
    assert centre.upper is not None
    assert (centre.own.upper, centre.upper.name) == ("05809", "Ủy ban nhân dân xã An Khánh")
    assert centre.own.governing == ("ỦY BAN NHÂN DÂN", "XÃ AN KHÁNH")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("so thai nguyen", "Sở GDĐT tỉnh Thái Nguyên"),
        ("sở giáo dục thái nguyên", "Sở GDĐT tỉnh Thái Nguyên"),
        ("Sở GD&ĐT tỉnh Thái Nguyên", "Sở GDĐT tỉnh Thái Nguyên"),
        ("sở gd & đt thái nguyên", "Sở GDĐT tỉnh Thái Nguyên"),
        ("Sở Giáo dục và Đào tạo tỉnh Thái Nguyên", "Sở GDĐT tỉnh Thái Nguyên"),
        ("ubnd xa an khanh thai nguyen", "UBND xã An Khánh"),
        ("Uỷ ban nhân dân xã An Khánh thái nguyên", "UBND xã An Khánh"),
        ("Ủy ban nhân dân tỉnh Thái Nguyên", "UBND tỉnh Thái Nguyên"),
        ("tthtcd an khanh thai nguyen", "Trung tâm học tập cộng đồng xã An Khánh"),
        ("son ha quang ngai", "UBND xã Sơn Hà"),
    ],
)
def test_an_office_is_found_by_what_it_calls_itself(typed: str, first: str) -> None:
    assert offers(typed)[0].row.name == first


def test_what_may_be_an_office_or_the_beginning_of_a_name_offers_both() -> None:
    found = [one.row.name for one in offers("so ha")]
    assert found[0].startswith("Sở GDĐT ")
    assert "UBND xã Sơn Hà" in found


def test_the_code_beside_an_office_is_its_own() -> None:
    assert [one.row.place for one in offers("tinh thai nguyen")[:2]] == ["mã 19", "mã 19-GDDT"]


def test_nothing_typed_offers_nothing() -> None:
    assert offers("") == offers("không có xã này") == ()


def test_a_typed_office_becomes_a_unit_with_its_letterhead() -> None:
    assert wrong_parts(TYPED) == {}
    office = typed_office(TYPED)
    assert office.own.issuing == ("ỦY BAN NHÂN DÂN", "XÃ SƠN HẠ")
    assert (office.own.place, office.own.symbol) == ("Sơn Hạ", "UBND")
    assert office.own.signer.collective == "TM. ỦY BAN NHÂN DÂN"
    assert (office.own.upper, office.upper and office.upper.level) == ("19-GDDT", "tinh")


def test_a_school_is_proposed_under_the_committee_of_its_commune() -> None:
    own = typed_office(
        replace(TYPED, name="Trường Tiểu học Sơn Hạ", short_name="", level="school", area="xã Sơn Hạ")
    ).own
    assert own.governing == ("ỦY BAN NHÂN DÂN", "XÃ SƠN HẠ")
    assert (own.issuing, own.place, own.symbol) == (("TRƯỜNG TIỂU HỌC SƠN HẠ",), "Sơn Hạ", "TH")
    assert own.signer.title == "HIỆU TRƯỞNG"


def test_what_was_known_stays_while_name_and_kind_do() -> None:
    known = candidates()[0].office
    own, upper = known.own, known.upper
    assert upper is not None
    typed = TypedOffice(own.name, own.short_name, own.code, own.level, own.area, "Sở khác", upper.code, upper.level)
    again = typed_office(typed, known)
    assert again.own == own
    assert again.below == known.below
    assert again.upper == replace(upper, name="Sở khác")
    other = typed_office(replace(typed, name="Ủy ban nhân dân xã Sơn Hạ"), known)
    assert other.own.issuing == ("ỦY BAN NHÂN DÂN", "XÃ SƠN HẠ")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ủy ban nhân dân xã Sơn Hạ", "Sơn Hạ"),
        ("Trung tâm học tập cộng đồng phường Ba Đình", "Ba Đình"),
        ("thị trấn Hùng Sơn", "Hùng Sơn"),
        ("Trường Tiểu học A", ""),
    ],
)
def test_the_place_is_what_a_name_ends_with(name: str, place: str) -> None:
    assert place_in(name) == place


def test_an_office_at_the_top_needs_no_upper_one() -> None:
    top = TypedOffice("Trường Tiểu học A", "", "12", "school")
    assert wrong_parts(top) == {}
    assert typed_office(top).upper is None


def test_each_missing_part_is_named() -> None:
    wrong = wrong_parts(TypedOffice(code="có cách", upper_name="Sở"))
    assert set(wrong) == {"name", "code", "level", "upper_name", "upper_code"}
    assert set(wrong_paper(TypedPaper())) == {"issuing", "place", "title"}
    assert set(wrong_paper(replace(PAPER, governing="a\nb\nc\nd\ne", symbol="x" * 31))) == {"governing", "symbol"}


def test_a_unit_is_not_its_own_upper_unit() -> None:
    assert "upper_code" in wrong_parts(replace(TYPED, upper_code=TYPED.code))


def test_what_is_typed_about_papers_becomes_lines_and_names() -> None:
    assert wrong_paper(PAPER) == {}
    own = with_paper(typed_office(TYPED).own, replace(PAPER, governing=" A  B \n\n C", contact="  Lê   An "))
    assert own.governing == ("A B", "C")
    assert (own.contact, own.phone, own.signer.name) == ("Lê An", "1", "A")


def test_the_data_stand_in_the_persons_own_folder_under_the_units_code(tmp_path: Path) -> None:
    assert default_path(tmp_path, "05812-THCS") == tmp_path / "05812-THCS.hoctap"


@pytest.mark.parametrize(
    ("place", "stick", "tone", "words"),
    [
        (ROOMY, False, "normal", "Còn trống 50 GB."),
        (ROOMY, True, "warn", "USB"),
        (PlaceFacts(False), False, "error", "Không ghi được"),
        (PlaceFacts(True, 5 * 2**20, 1), False, "error", "5 MB"),
        (PlaceFacts(True, 500 * 2**20, 1), False, "warn", "500 MB"),
        (PlaceFacts(True), False, "normal", ""),
    ],
)
def test_a_place_for_the_data_is_judged(place: PlaceFacts, stick: bool, tone: str, words: str) -> None:
    said = judge_data(place, stick)
    assert said.tone == tone
    assert words in said.words


def test_copies_on_the_disk_of_the_data_are_warned_about_and_a_stick_is_welcome() -> None:
    assert judge_backup(ROOMY, False, ROOMY).tone == "warn"
    assert judge_backup(replace(ROOMY, disk=2), False, ROOMY).tone == "normal"
    assert judge_backup(replace(ROOMY, disk=2), True, ROOMY).words.startswith("Bản sao vào USB")
    assert judge_backup(PlaceFacts(False), True, ROOMY).tone == "error"
