from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import Entry
from hoctap_desktop.diary.promises import Promise, kept, promised_indicators, promises
from hoctap_desktop.filing.fields import field_values
from hoctap_desktop.filing.filled_file import filing_from_data, read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.paper import campaign_of, form_of
from hoctap_desktop.plan.reader import read
from tests.offices import NOW

FORM = diary_form()


def of(body: str, **answers: JsonValue) -> tuple[Promise, ...]:
    values = {id: value for id, value in answers.items() if isinstance(value, str)}
    return promises({"body": body, **answers}, values, FORM)


def counts(body: str) -> dict[str, int | None]:
    return {one.key: one.count for one in of(body)}


def of_plan(plan: Filing) -> tuple[Promise, ...]:
    values = field_values(form_of(plan), plan.answers, plan.unit, campaign_of(plan))
    return promises(plan.answers, values, FORM)


def test_a_number_before_a_word_is_a_promise_with_its_sentence() -> None:
    (flags, banners) = sorted(of("Chuẩn bị 05 cờ, 07 băng rôn.\n"), key=lambda one: one.key, reverse=True)
    assert (flags.number, flags.count, flags.words) == ("flag_count", 5, "cờ")
    assert (banners.number, banners.count, banners.words) == ("banner_count", 7, "băng rôn")
    assert banners.sentence == "Chuẩn bị 05 cờ, 07 băng rôn."
    assert banners.unsure == flags.unsure == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Mở hai lớp tập huấn; in 1.500 tờ rơi.", {"class/1": 2, "leaflet_count/1": 1500}),
        ("Tổ chức một buổi toạ đàm ngày 07/10/2022.", {"talk_count/1": 1}),
        ("Xây dựng thêm 3 tủ sách.", {"bookcase_count/1": 3}),
        ("Treo băng rôn, khẩu hiệu.", {"banner_count/1": None}),
        ("Tổ chức chào cờ, thi cờ vua.", {}),
        ("Làm tủ sách lớp học.", {"bookcase_count/1": None}),
        ("Không treo băng rôn.", {}),
        ("# BĂNG RÔN\n\nĐọc sách.", {}),
        ("Đọc sách ở thư viện.", {}),
        ("| Ngày | Việc |\n| --- | --- |\n| 06/10/2022 | Treo 4 băng rôn |", {"banner_count/1": 4}),
    ],
)
def test_words_of_a_plan(body: str, expected: dict[str, int | None]) -> None:
    assert counts(body) == expected


def test_what_is_not_certain_says_why_and_comes_last() -> None:
    found = of("Khuyến khích mở 2 lớp tập huấn.\n\nMỗi trường treo 03 băng rôn.\n\nTreo tờ rơi.\n\nIn 5 tờ báo tường.")
    assert [(one.number or one.kind, one.unsure) for one in found] == [
        ("wall_sheets", ""),
        ("class", "Kế hoạch chỉ khuyến khích hoặc đề nghị."),
        ("banner_count", "Số này nêu cho mỗi nơi, không phải cho cả đơn vị."),
        ("leaflet_count", "Kế hoạch không nêu số lượng."),
    ]


def test_the_same_number_said_twice_is_asked_about() -> None:
    first, second = of("Chi cho 03 băng rôn.\n\nTreo 03 băng rôn dọc quốc lộ.")
    assert (first.unsure, second.unsure) == ("", "Có thể là cùng số đã nêu ở câu khác.")


def test_the_day_of_a_talk_is_read_from_its_own_clause() -> None:
    (one,) = of("Tổ chức 01 buổi tọa đàm ngày 7 tháng 10 năm 2022; tổng kết ngày 12/10/2022.")
    assert one.day == date(2022, 10, 7)


def test_a_ceremony_comes_from_the_plans_fields_and_only_when_the_plan_speaks_of_it() -> None:
    fields = {"opening.day": "2022-10-06", "opening.time": "7 giờ 00", "opening.place": "Trường THCS"}
    (one,) = of("Lễ khai mạc lúc {{opening.time}}.", **fields)
    assert (one.key, one.day, one.time, one.place) == ("opening/1", date(2022, 10, 6), "7 giờ 00", "Trường THCS")
    assert of("Đọc sách.", **fields) == ()


def test_a_key_stays_when_the_plan_says_more_elsewhere() -> None:
    before = counts("Treo 07 băng rôn.")
    after = counts("In 5 tờ rơi.\n\nTreo 08 băng rôn.")
    assert before.keys() < after.keys()


def test_promises_wait_until_entries_are_made_for_them() -> None:
    found = of("Treo 07 băng rôn; mở 02 lớp tập huấn.")
    made = [
        Entry(1, "2022", {"kind": "banner", "banner_count": 4, "promise": "banner_count/1"}, NOW, NOW),
        Entry(2, "2022", {"kind": "banner", "banner_count": 3, "promise": "banner_count/1"}, NOW, NOW),
        Entry(3, "2022", {"kind": "class", "promise": "class/1"}, NOW, NOW, NOW),
    ]
    rows = {one.promise.key: one for one in kept(found, made)}
    assert (rows["banner_count/1"].done, rows["banner_count/1"].waits) == (7, False)
    assert (rows["class/1"].done, rows["class/1"].waits) == (None, True)


# --- the plans of the examples, and the three real ones ------------------------------------------------------------

EXAMPLES = {
    "2022-ha-thuong-plan": {"banners", "bookcases", "classes", "talks"},
    "2022-dak-lak-plan": {"banners", "classes", "radio_items", "talks"},
    "2022-truong-thcs-ha-thuong-plan": {"banners", "bookcases", "books_donated", "exhibitions", "radio_items"},
    "2023-bach-thong-plan": {"banners", "classes", "talks"},
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_plans_promise_what_they_say(name: str) -> None:
    found = of_plan(read_filled(forms() / "examples" / f"{name}.toml"))
    assert promised_indicators(found, FORM) == EXAMPLES[name]
    assert any(one.kind == "opening" and one.day is not None for one in found)
    assert len({one.key for one in found}) == len(found)


def test_the_real_plan_of_bach_thong_promises_three_banners(shared_documents: Path) -> None:
    found = {one.key: one for one in _real(shared_documents, "2023-bach-thong-district-plan-and-programme.txt")}
    assert (found["banner_count/1"].count, found["banner_count/1"].unsure) == (3, "")
    assert "cùng số" in found["banner_count/2"].unsure
    assert (found["flag_count/1"].count, found["flag_count/1"].words) == (5, "cờ")


def test_the_real_plan_of_ha_thuong_promises_both_ceremonies(shared_documents: Path) -> None:
    found = {one.key: one for one in _real(shared_documents, "2022-ha-thuong-commune-plan.txt")}
    assert (found["opening/1"].day, found["opening/1"].place) == (date(2022, 10, 6), "Trường THCS Hà Thượng")
    assert found["closing/1"].day == date(2022, 10, 12)
    assert found["banner_count/1"].count is None


def _real(folder: Path, name: str) -> tuple[Promise, ...]:
    text = (folder / name).read_text(encoding="utf-8")
    return of_plan(filing_from_data(read(text, name).filled, name))
