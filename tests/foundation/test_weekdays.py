from datetime import date, timedelta

import pytest

from hoctap_desktop.foundation.weekdays import lone_weekdays, spelled_like, weekday_number, weekdays

SPELLINGS = {
    "thứ Hai": ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "chủ Nhật"],
    "Thứ Hai": ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"],
    "Thứ hai": ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"],
    "thứ hai": ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"],
    "thứ 2": ["thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật"],
    "Thứ 2": ["Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7", "Chủ nhật"],
    "T2": ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
}
MONDAY = date(2022, 10, 3)
FORMS = [
    "{w}, ngày {d:02d}/{m:02d}/{y}",
    "{w} ngày {d}/{m}/{y}",
    "{w} {d}/{m}",
    "{w} ({d:02d}/{m:02d}/{y})",
    "{w}, {d} tháng {m} năm {y}",
    "sáng {w}, ngày {d:02d} tháng {m} năm {y} tại xã",
    "ngày {d:02d}/{m:02d}/{y} ({w})",
    "ngày {d:02d}/{m:02d}/{y}, {w}",
    "ngày {d:02d}/{m:02d}/{y} là {w}",
    "{d}-{m}-{y} {w}",
    "{d}.{m}.{y} ({w}).",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_beside_every_date_is_right_only_on_its_day(form: str, spelling: str) -> None:
    for written, words in enumerate(SPELLINGS[spelling]):
        for real in range(7):
            day = MONDAY + timedelta(days=real)
            text = form.format(w=words, d=day.day, m=day.month, y=day.year)
            found = weekdays(text, 2022)
            assert [(w.words, w.day, w.wrong) for w in found] == [(words, day, written != real)], text
            assert text[found[0].start : found[0].end] == words
            if spelling != "T2" and not (words[-1].isdigit() and real == 6):
                assert found[0].right.lower() == SPELLINGS["thứ 2" if words[-1].isdigit() else "thứ hai"][real]


@pytest.mark.parametrize("words", [word for row in SPELLINGS.values() for word in row])
def test_a_day_is_spelled_as_it_was(words: str) -> None:
    number = weekday_number(words)
    right = spelled_like(words, MONDAY + timedelta(days=number))
    assert right == words or (words == "chủ nhật" and right == words)


def test_a_day_without_a_year_is_of_the_year_told() -> None:
    assert not weekdays("thứ Năm, ngày 06/10", 2022)[0].wrong
    assert weekdays("thứ Năm, ngày 06/10", 2023)[0].wrong


def test_a_field_is_read_by_its_value() -> None:
    found = weekdays("ngày {{opening.day}} (thứ 5)", 2022, {"opening.day": "07/10/2022"})
    assert [(w.words, w.right) for w in found] == [("thứ 5", "thứ 6")]
    assert weekdays("ngày {{opening.place}} (thứ 5)", 2022, {"opening.place": "Nhà văn hóa"}) == ()


def test_each_day_belongs_to_its_own_date() -> None:
    text = "từ ngày 03/10/2022, thứ Ba ngày 04/10/2022; thứ Năm 06/10, thứ Sáu 07/10/2022"
    assert [(w.words, w.day.day, w.wrong) for w in weekdays(text, 2022)] == [
        ("thứ Ba", 4, False),
        ("thứ Năm", 6, False),
        ("thứ Sáu", 7, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Đại hội lần thứ hai, ngày 06/10/2022",
        "Kỳ họp lần thứ 3 ngày 06/10/2022",
        "thứ Hai, số 06/KH-UBND",
        "Công văn số 747/CV-PGDĐT ngày 03/10/2022",
        "thứ Hai và thứ Ba trong tuần",
        "thứ Hai, ngày 31/02/2022",
        "thứ Hai, giai đoạn 2021-2030",
        "người thứ ba 12/10/2022",
    ],
)
def test_what_is_no_day_of_the_week_beside_a_date_is_left(text: str) -> None:
    assert weekdays(text, 2022) == ()


def test_days_of_the_week_are_found_alone() -> None:
    text = "sáng thứ Hai và chiều chủ nhật, lần thứ ba"
    assert [text[a:b] for a, b in lone_weekdays(text)] == ["thứ Hai", "chủ nhật"]
