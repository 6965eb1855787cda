"""The file an office is set up from is read strictly."""

from pathlib import Path

import pytest

from hoctap_desktop.campaign.office_file import read_office_file
from hoctap_desktop.foundation.errors import Code, UserError
from tests.offices import dai_tu

UNIT = '[unit]\ncode = "05812"\nname = "Ủy ban nhân dân xã Hà Thượng"\nlevel = "commune"\n'
BELOW = '[[below]]\ncode = "05812-TH"\nname = "Trường Tiểu học Hà Thượng"\nlevel = "school"\n'


def _read(tmp_path: Path, text: str) -> UserError:
    path = tmp_path / "office.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_office_file(path)
    assert caught.value.code is Code.UNIT_FILE_BAD
    return caught.value


def test_the_example_office_has_four_units_below_and_one_above() -> None:
    office = dai_tu()
    assert [unit.code for unit in office.below] == ["05812", "05812-THCS", "05812-TH", "05812-MN"]
    assert {unit.upper for unit in office.below} == {office.own.code}
    assert office.upper is not None
    assert office.own.upper == office.upper.code


def test_the_upper_unit_need_not_be_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(
        UNIT + BELOW + '[upper]\ncode = "19"\nname = "Huyện"\nlevel = "huyen"\n'
        '[[deadline]]\nkind = "report"\nunit = "05812-TH"\nday = 2022-10-18\ninclusive = true\n',
        encoding="utf-8",
    )
    office = read_office_file(path)
    assert (office.own.upper, office.below[0].upper) == ("19", "05812")
    (deadline,) = office.deadlines
    assert (deadline.level, deadline.unit, deadline.inclusive) == ("school", "05812-TH", True)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (BELOW, 1),
        (UNIT + BELOW + BELOW, 10),
        (UNIT + BELOW.replace("05812-TH", "05812"), 6),
        (UNIT.replace("commune", "làng"), 4),
        (UNIT.replace("commune", "village"), 4),
        (UNIT + BELOW + 'upper = "1"\n', 9),
        (UNIT + "colour = 1\n", 5),
        (UNIT + "[other]\na = 1\n", 5),
        (UNIT + '[[deadline]]\nkind = "report"\nday = 2022-10-18\n', 5),
        (UNIT + '[[deadline]]\nkind = "report"\nday = 2022-10-18\nlevel = "school"\nunit = "05812"\n', 5),
        (UNIT + '[[deadline]]\nkind = "report"\nday = 2022-10-18\nunit = "1"\n', 8),
        (UNIT + '[[deadline]]\nkind = "diary"\nday = 2022-10-18\nlevel = "school"\n', 6),
        (UNIT + '[[deadline]]\nkind = "report"\nday = "18/10"\nlevel = "school"\n', 7),
        (UNIT + "valid_from = 2022-10-18\nvalid_to = 2022-10-17\n", 6),
        (UNIT + 'successor = "05815"\n', 5),
        (UNIT + 'valid_to = 2022-10-17\nsuccessor = "05812"\n', 6),
        (UNIT + '[upper]\ncode = "05812"\nname = "Huyện"\nlevel = "huyen"\n[[below]]\n', 9),
    ],
)
def test_a_mistake_is_told_with_its_row(tmp_path: Path, text: str, row: int) -> None:
    assert _read(tmp_path, text).facts["row"] == row
