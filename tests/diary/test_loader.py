from pathlib import Path

import pytest

from hoctap_desktop.diary.filled_entries import read_entries
from hoctap_desktop.diary.loader import diary_form, load_diary
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms


def test_every_number_of_the_report_but_the_count_of_units_can_come_from_the_diary() -> None:
    fed = {indicator for kind in diary_form().kinds for n in kind.numbers for indicator in n.feeds}
    fed |= {kind.each for kind in diary_form().kinds}
    assert {f.id for f in form_by_id("report", 1).indicators()} - fed == {"organising_units"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('feeds = ["leaflets"]', 'feeds = ["leaflet"]', "không có chỉ tiêu «leaflet»"),
        ('id = "leaflet_count"', 'id = "articles"', "«articles» dùng hai lần"),
        ('class_list = "class_list"', 'class_list = "talks"', "không phải danh sách lớp"),
        ('each = "classes"', 'each = "lop"', "không có chỉ tiêu «lop»"),
        ('event = "opening"', 'event = "party"', "không có trong"),
        ("start = 1", "start = -1", "không được âm"),
        ('label = "Tờ rơi"', 'lable = "Tờ rơi"', "label"),
    ],
)
def test_a_bad_definition_is_told_with_its_row(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (forms() / "diary" / "v1.toml").read_text(encoding="utf-8")
    path = tmp_path / "v1.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=said) as refusal:
        load_diary(path)
    assert refusal.value.code is Code.FORM_BAD


def entries(tmp_path: Path, text: str) -> object:
    path = tmp_path / "nhật ký.toml"
    path.write_text(text, encoding="utf-8")
    return read_entries(path)


def test_entries_are_read_from_a_file(tmp_path: Path) -> None:
    assert entries(
        tmp_path,
        '[[entry]]\nkind = "talk"\nday = 2022-10-07\ntitle = "Tọa đàm"\ntalk_people = 97\n'
        '[[entry]]\nkind = "class"\nday = 2022-10-07\nfrom = 2022-10-07\nto = 2022-10-09\n',
    ) == (
        {"kind": "talk", "day": "2022-10-07", "title": "Tọa đàm", "talk_count": 1, "talk_people": 97},
        {"kind": "class", "day": "2022-10-07", "from": "2022-10-07", "to": "2022-10-09"},
    )


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ('[[entry]]\nkind = "party"\nday = 2022-10-07', 2),
        ('[[entry]]\nkind = "talk"\nday = "mai"', 3),
        ('[[entry]]\nkind = "talk"\nday = 2022-10-07\ntalk_people = -1', 4),
        ('[[entry]]\nkind = "talk"\nday = 2022-10-07\nbanner_count = 1', 4),
        ('[[entry]]\nkind = "class"\nday = 2022-10-07\nfrom = 2022-10-09\nto = 2022-10-07', 5),
        (f'[[entry]]\nkind = "talk"\nday = 2022-10-07\ntitle = "{"a" * 201}"', 4),
    ],
)
def test_a_bad_file_of_entries_is_told_with_its_row(tmp_path: Path, text: str, row: int) -> None:
    with pytest.raises(UserError) as refusal:
        entries(tmp_path, text)
    assert (refusal.value.code, refusal.value.facts["row"]) == (Code.ENTRIES_BAD, row)
