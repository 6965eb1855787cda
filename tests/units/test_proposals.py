"""What an office is proposed to be: name, letterhead, upper unit, who signs."""

import pytest

from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.gazetteer import Place
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Signer
from hoctap_desktop.units.proposals import (
    governing_lines,
    issuing_lines,
    offices_of,
    place_name,
    short_name_of,
    symbol_of,
    way_of,
    ways_of_signing,
)


def place(code: str) -> Place:
    found = gazetteer.by_code(code)
    assert found is not None
    return found


def test_a_communes_committee_is_proposed_whole() -> None:
    ((own, upper),) = [(one.own, one.upper) for one in offices_of(place("05809"))]
    assert (own.code, own.name, own.short_name) == ("05809", "Ủy ban nhân dân xã An Khánh", "UBND xã An Khánh")
    assert own.issuing == ("ỦY BAN NHÂN DÂN", "XÃ AN KHÁNH")
    assert (own.place, own.symbol, own.area, own.level) == ("An Khánh", "UBND", "tỉnh Thái Nguyên", "commune")
    assert own.signer == Signer("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert upper is not None
    assert (own.upper, upper.name) == ("19-GDDT", "Sở Giáo dục và Đào tạo tỉnh Thái Nguyên")
    assert own.upper == upper.code
    assert own.valid_from == gazetteer.SINCE


def test_a_province_has_a_committee_and_a_department() -> None:
    committee, department = offices_of(place("01"))
    assert committee.own.name == "Ủy ban nhân dân thành phố Hà Nội"
    assert department.own.governing == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI")
    assert department.own.issuing == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",)
    assert department.upper is not None
    assert department.upper.code == department.own.upper


def test_every_proposal_has_a_level_this_program_knows() -> None:
    known = {level.id for level in levels()}
    for one in (*gazetteer.provinces(), *gazetteer.communes()):
        for office in offices_of(one):
            assert office.own.level in known
            assert office.own.place
            assert office.own.issuing
            assert office.upper is not None
            assert office.upper.level in known


def test_a_place_named_by_a_number_is_written_with_its_kind() -> None:
    assert place_name(place("24823")) == "Phường 1 Bảo Lộc"
    assert place_name(place("24829")) == "B'Lao"


def test_a_place_named_after_a_person_is_written_with_its_kind() -> None:
    committee, department = offices_of(place("79"))
    assert committee.own.place == department.own.place == "Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân thị trấn Hùng Sơn", ("ỦY BAN NHÂN DÂN", "THỊ TRẤN HÙNG SƠN")),
        ("Ủy ban nhân dân đặc khu Lý Sơn", ("ỦY BAN NHÂN DÂN", "ĐẶC KHU LÝ SƠN")),
        ("Trường THCS Hà Thượng", ("TRƯỜNG THCS HÀ THƯỢNG",)),
        ("", ()),
    ],
)
def test_a_committee_stands_in_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert issuing_lines(name) == lines


def test_a_school_stands_under_the_committee_of_its_place() -> None:
    assert governing_lines("Trường Tiểu học A", "Ủy ban nhân dân xã B", "") == ("ỦY BAN NHÂN DÂN", "XÃ B")
    assert governing_lines("Trường Tiểu học A", "Phòng Giáo dục và Đào tạo", "xã B") == ("ỦY BAN NHÂN DÂN", "XÃ B")
    assert governing_lines("Trường Tiểu học A", "Phòng Giáo dục", "") == ()
    assert governing_lines("Ủy ban nhân dân xã B", "Ủy ban nhân dân tỉnh C", "tỉnh C") == ()


@pytest.mark.parametrize(
    ("name", "level", "symbol"),
    [
        ("Ủy ban nhân dân xã B", "commune", "UBND"),
        ("Sở Giáo dục và Đào tạo", "tinh", "SGDĐT"),
        ("Trường Trung học cơ sở B", "school", "THCS"),
        ("Trung tâm học tập cộng đồng xã B", "centre", "TTHTCĐ"),
        ("Công ty B", "school", ""),
    ],
)
def test_the_symbol_follows_the_kind(name: str, level: str, symbol: str) -> None:
    assert symbol_of(name, level) == symbol


def test_lists_say_names_short() -> None:
    assert short_name_of("Ủy ban nhân dân xã B") == "UBND xã B"
    assert short_name_of("Trường Trung học cơ sở B") == "Trường THCS B"


@pytest.mark.parametrize(
    ("name", "level", "head"),
    [
        ("Ủy ban nhân dân xã B", "commune", "CHỦ TỊCH"),
        ("Trường Tiểu học A", "school", "HIỆU TRƯỞNG"),
        ("Phòng Văn hóa", "huyen", "TRƯỞNG PHÒNG"),
        ("Trung tâm A", "centre", "GIÁM ĐỐC"),
    ],
)
def test_five_ways_of_signing_by_kind_of_office(name: str, level: str, head: str) -> None:
    ways = ways_of_signing(name, level)
    assert [way.signer.authority for way in ways] == ["", f"KT. {head}", f"Q. {head}", f"TL. {head}", f"TUQ. {head}"]
    # a collective signs through TM. only when its head, deputy or acting head signs for it
    assert [bool(way.signer.collective) for way in ways] == [level == "commune"] * 3 + [False, False]
    assert [way_of(way.signer, ways) for way in ways] == [way.id for way in ways]
    assert way_of(Signer(authority="KT. X"), ways) == ""
