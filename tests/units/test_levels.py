"""Levels are data."""

from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.levels import level_word, levels, read_levels


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
