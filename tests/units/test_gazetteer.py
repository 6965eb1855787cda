"""The country's list: the figures of domain.md §1, search with and without accents, what became of what."""

import subprocess
import sys
from collections import Counter

import pytest

from hoctap_desktop.foundation.text import without_marks
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.gazetteer import Place


def names(query: str, limit: int = 20) -> list[str]:
    return [hit.place.full_name for hit in gazetteer.search(query, limit)]


def test_there_are_34_provinces_and_3321_communes_of_three_kinds() -> None:
    assert len(gazetteer.provinces()) == 34
    assert Counter(place.kind for place in gazetteer.communes()) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    sizes = Counter(place.upper for place in gazetteer.communes())
    assert (len(sizes), min(sizes.values()), max(sizes.values())) == (34, 38, 168)


def test_codes_are_text_with_leading_zeros() -> None:
    assert all(len(place.code) == 2 and place.code.isdigit() for place in gazetteer.provinces())
    assert all(len(place.code) == 5 and place.code.isdigit() for place in gazetteer.communes())
    found = gazetteer.by_code("00004")
    assert found is not None
    assert found.full_name == "phường Ba Đình"
    assert gazetteer.by_code("4") is None


def test_314_names_occur_more_than_once() -> None:
    assert sum(count > 1 for count in Counter(place.name for place in gazetteer.communes()).values()) == 314


def test_eight_pairs_of_one_province_become_one_name_without_accents() -> None:
    by_plain: dict[tuple[str, str], list[Place]] = {}
    for place in gazetteer.communes():
        by_plain.setdefault((place.upper, without_marks(place.full_name)), []).append(place)
    pairs = [{place.name for place in places} for places in by_plain.values() if len(places) > 1]
    assert len(pairs) == 8
    assert {"Sơn Hà", "Sơn Hạ"} in pairs
    assert {"Ba Tơ", "Ba Tô"} in pairs


def test_names_keep_apostrophes_digits_and_hyphens() -> None:
    known = {place.name for place in gazetteer.communes()}
    assert {"Ea H'Leo", "M'Drắk", "B'Lao", "1 Bảo Lộc", "Văn Miếu - Quốc Tử Giám"} <= known
    assert not any("’" in name or "  " in name for name in known)


def test_accents_count_only_when_some_were_typed() -> None:
    assert names("son ha", 2) == ["xã Sơn Hà", "xã Sơn Hạ"]
    assert names("Sơn Hạ", 1) == ["xã Sơn Hạ"]
    assert "xã Sơn Hà" not in names("Sơn Hạ")
    assert names("Hoà An", 3) == names("Hòa An", 3) == ["xã Hòa An"] * 3


@pytest.mark.parametrize("typed", ["Ea H'Leo", "ea hleo", "h’leo", "24184"])
def test_signs_in_a_name_may_be_left_out(typed: str) -> None:
    assert names(typed, 1) == ["xã Ea H'Leo"]


def test_the_province_may_stand_behind_the_name() -> None:
    found = gazetteer.search("tan thanh ca mau")
    assert [(hit.place.full_name, hit.place.upper) for hit in found if hit.was is None] == [("phường Tân Thành", "96")]


def test_a_code_is_found_by_its_first_digits() -> None:
    assert [hit.place.code for hit in gazetteer.search("0000")] == ["00004", "00008"]
    assert gazetteer.search("19")[0].place.full_name == "tỉnh Thái Nguyên"
    assert len(gazetteer.search("0", 7)) == 7


def test_a_name_of_before_leads_to_what_it_became() -> None:
    (hit,) = gazetteer.search("ha thuong", 1)
    assert (hit.place.full_name, hit.place.code) == ("xã An Khánh", "05809")
    assert hit.was is not None
    assert hit.was.full_name == "xã Hà Thượng"
    assert gazetteer.search("05812")[0].place.code == "05809"


def test_nothing_typed_or_nothing_like_it_finds_nothing() -> None:
    assert gazetteer.search("  ") == ()
    assert gazetteer.search("không có xã này đâu") == ()
    assert gazetteer.search("son ha", 0) == ()


def test_each_commune_of_before_has_a_successor_that_stands() -> None:
    old = [place for place in gazetteer._before().values() if len(place.code) == 5]
    assert len(old) == 10035
    assert all(place.became and all(gazetteer.by_code(code) for code in place.became) for place in old)
    assert sum(len(place.became) > 1 for place in old) > 400


def test_a_commune_of_today_knows_what_went_into_it() -> None:
    assert "05812" in [place.code for place in gazetteer.predecessors("05809")]
    assert all(gazetteer.predecessors(place.code) for place in gazetteer.communes())
    assert [place.full_name for place in gazetteer.predecessors("11948")] == ["huyện Bạch Long Vĩ"]


def test_districts_and_provinces_of_before_have_successors_too() -> None:
    district = gazetteer.before("171")
    assert district is not None
    assert district.full_name == "huyện Đại Từ"
    assert "05809" in [place.code for place in gazetteer.successors("171")]
    assert [place.full_name for place in gazetteer.successors("06")] == ["tỉnh Thái Nguyên"]
    assert gazetteer.successors("99999") == ()


def test_a_code_means_something_only_with_its_date() -> None:
    now, then = gazetteer.by_code("00070"), gazetteer.before("00070")
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("Hoàn Kiếm", "Hàng Trống")
    above = gazetteer.upper(then)
    assert above is not None
    assert above.full_name == "quận Hoàn Kiếm"
    assert gazetteer.upper(above) == gazetteer.before("01")


def test_a_list_is_put_in_the_vietnamese_order() -> None:
    found = gazetteer.in_order([hit.place for hit in gazetteer.search("ba to", 2)])
    assert [place.name for place in found] == ["Ba Tô", "Ba Tơ"]


def test_3321_communes_are_read_in_less_than_30_ms() -> None:
    code = (
        "import time\nfrom hoctap_desktop.units import gazetteer as g\ntook = []\n"
        "for _ in range(5):\n    g._communes.cache_clear(); t = time.perf_counter(); g.communes()\n"
        "    took.append(time.perf_counter() - t)\nprint(min(took))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.030
