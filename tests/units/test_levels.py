"""Levels are data."""

from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.gazetteer import communes, provinces
from hoctap_desktop.units.levels import level_word, levels, read_levels, unit_word
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import offices_of


def test_the_levels_that_ship_climb_from_the_school_to_the_ministry() -> None:
    ranks = {level.id: level.rank for level in levels()}
    assert ranks["school"] == ranks["centre"] < ranks["commune"] < ranks["huyen"] < ranks["tinh"] < ranks["bo"]
    assert level_word("huyen") == "huyện"
    assert level_word("nowhere") == ""


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('[[level]]\nid = "xa"\nword = "xã"\n', 1),
        ('[[level]]\nid = "xa"\nword = "xã"\nrank = 1\ncolour = "red"\n', 5),
        ('[[level]]\nid = "xa"\nword = "xã"\nrank = 1\n[[level]]\nid = "xa"\nword = "x"\nrank = 2\n', 6),
    ],
)
def test_a_bad_file_is_refused_with_its_row(tmp_path: Path, text: str, row: int) -> None:
    path = tmp_path / "levels.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_levels(path)
    assert caught.value.code is Code.FORM_BAD
    assert caught.value.facts["row"] == row


@pytest.mark.parametrize(
    ("name", "level", "word"),
    [
        ("Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám", "commune", "phường"),
        ("Ủy ban nhân dân xã Hà Thượng", "commune", "xã"),
        ("Phòng Văn hóa - Xã hội phường Ba Đình", "commune", "phường"),
        ("Phòng Văn hóa - Xã hội", "commune", "xã"),
        ("Sở Giáo dục và Đào tạo thành phố Hà Nội", "tinh", "thành phố"),
        ("Trường THCS Trung Tâm", "school", "trường"),
        ("Trung tâm GDNN - GDTX", "school", "trung tâm"),
        ("Bộ Giáo dục và Đào tạo", "bo", "bộ"),
        ("Chi nhánh", "nowhere", ""),
    ],
)
def test_a_unit_is_called_what_its_name_says(name: str, level: str, word: str) -> None:
    assert unit_word(Unit("1", name, name, level)) == word


def test_every_commune_and_province_of_the_gazetteer_is_called_by_its_kind() -> None:
    for place in (*provinces(), *communes()):
        assert unit_word(offices_of(place)[0].own) == place.kind, place
