from datetime import date, datetime

import pytest

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import Entry
from hoctap_desktop.diary.promises import Promise
from hoctap_desktop.diary.proposals import Part, Standing, Taken, proposals
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.from_diary import Diary, FromDiary
from hoctap_desktop.ui.diary.presenter import DiaryPresenter
from tests.offices import report_draft

AT = datetime(2022, 10, 7, 9, tzinfo=VIETNAM)
CAMPAIGN = next(one for one in shipped() if one.id == "2022")
BANNERS = Promise("banner_count/1", "banner", "banner_count", "băng rôn", 7, sentence="Treo 07 băng rôn.")
OPENING = Promise(
    "opening/1", "opening", "", "Lễ khai mạc", None, date(2022, 10, 6), "7 giờ 00", "Trường THCS", "Lễ khai mạc: …"
)


def entry(number: int, **content: JsonValue) -> Entry:
    return Entry(number, "2022", content, AT, AT)


def presenter(
    *entries: Entry, report: dict[str, JsonValue] | None = None, taken: tuple[Taken, ...] = (), today: int = 7
) -> DiaryPresenter:
    form = diary_form()
    offered = FromDiary(entries, proposals(entries, form), (), {one.indicator: one for one in taken})
    filing = report_draft(report) if report is not None else None
    diary = Diary(entries, (), len(entries) + 1, (OPENING, BANNERS), True, offered, {}, filing)
    return DiaryPresenter(diary, form, form_by_id("report", 1), CAMPAIGN, date(2022, 10, today))


def shown(one: DiaryPresenter) -> dict[str, str]:
    return {field.id: field.value for field in one.fields()}


def test_days_stand_over_what_happened_on_them() -> None:
    one = presenter(
        entry(1, kind="banner", day="2022-10-06", banner_count=12),
        entry(2, kind="talk", day="2022-10-08", title="Tọa đàm", talk_count=1, talk_people=46),
        entry(3, note="chưa nhớ ngày"),
    )
    assert [line.words for line in one.lines()] == [
        "Thứ Năm, 06/10",
        "Băng rôn, panô, khẩu hiệu: 12 cái",
        "Thứ Bảy, 08/10",
        "Tọa đàm: 46 người",
        "Chưa rõ ngày",
        "chưa nhớ ngày",
    ]
    assert [line.incomplete for line in one.lines() if not line.head] == [False, False, True]


def test_a_new_entry_is_stored_with_its_first_word_and_leaves_no_trace_without_one() -> None:
    one = presenter()
    one.begin()
    assert shown(one)["day"] == "07/10/2022"
    one.drop_untouched()
    assert one.is_empty
    number = one.begin()
    (save,) = one.write("kind", "talk")
    assert (save.entry, dict(save.changes)) == (number, {"kind": "talk", "day": "2022-10-07", "talk_count": 1})
    (save,) = one.write("talk_people", "1.234")
    assert dict(save.changes) == {"talk_people": 1234}
    assert one.write("talk_people", "1234") == ()


@pytest.mark.parametrize(("today", "expected"), [(7, "07/10/2022"), (20, "06/10/2022")])
def test_the_day_of_a_new_entry_is_the_likely_one(today: int, expected: str) -> None:
    one = presenter(entry(1, kind="other", day="2022-10-06"), today=today)
    one.begin()
    assert shown(one)["day"] == expected


def test_a_day_without_its_year_is_of_the_campaign_and_one_far_off_is_asked_about() -> None:
    one = presenter(entry(1, kind="other"))
    one.open = 1
    assert dict(one.write("day", "6/10")[0].changes) == {"day": "2022-10-06"}
    one.write("day", "06/10/2021")
    (day,) = [field for field in one.fields() if field.id == "day"]
    assert (day.state, "xa Tuần lễ" in day.message) == ("warn", True)


def test_a_slip_stays_as_typed_also_in_the_store_and_is_no_number_there() -> None:
    one = presenter(entry(1, kind="banner", banner_count=7))
    one.open = 1
    (save,) = one.write("banner_count", "1,5")
    assert dict(save.changes) == {"banner_count": None, "typed.banner_count": "1,5"}
    again = presenter(entry(1, kind="banner", **{"typed.banner_count": "1,5"}))
    again.open = 1
    for on_screen in (one, again):
        (field,) = [field for field in on_screen.fields() if field.id == "banner_count"]
        assert (field.value, field.state) == ("1,5", "error")
        assert "phần lẻ" in field.message
    assert one.write("banner_count", "1,5") == ()
    undone = one.undo()
    assert not isinstance(undone, int)
    assert [dict(save.changes) for save in undone] == [{"banner_count": 7, "typed.banner_count": None}]
    assert shown(one)["banner_count"] == "7"
    (save,) = again.write("banner_count", "15")
    assert dict(save.changes) == {"banner_count": 15, "typed.banner_count": None}
    assert shown(again)["banner_count"] == "15"


def test_another_kind_asks_other_numbers_and_forgets_none() -> None:
    one = presenter(entry(1, kind="banner", day="2022-10-06", banner_count=7))
    one.open = 1
    one.write("kind", "leaflet")
    assert "banner_count" not in shown(one)
    one.write("kind", "banner")
    assert shown(one)["banner_count"] == "7"


def test_a_class_asks_what_the_list_of_classes_asks() -> None:
    one = presenter(entry(1, kind="class"))
    one.open = 1
    assert [field.id for field in one.fields()] == [
        "kind",
        "day",
        "title",
        "class_people",
        "subject",
        "from",
        "to",
        "place",
        "note",
    ]


def test_removing_and_undoing() -> None:
    one = presenter(entry(1, kind="banner", banner_count=7))
    one.open = 1
    assert one.remove(1)
    assert one.is_empty
    assert len(one.removed) == 1
    assert one.undo() == 1
    assert one.open == 1
    number = one.begin()
    assert not one.remove(number)


def test_a_promise_is_ticked_with_a_number_and_its_entry_corrected_later() -> None:
    one = presenter()
    (save,) = one.tick("banner_count/1", "5")
    assert dict(save.changes) == {
        "kind": "banner",
        "day": "2022-10-07",
        "banner_count": 5,
        "promise": "banner_count/1",
    }
    assert {row.key: row.ticked for row in one.promises()} == {"opening/1": False, "banner_count/1": True}
    (save,) = one.tick("banner_count/1", "7")
    assert (save.entry, dict(save.changes)) == (1, {"banner_count": 7})
    assert one.tick("banner_count/1", "bảy") == ()
    (row,) = [row for row in one.promises() if row.key == "banner_count/1"]
    assert (row.done, "không phải số đếm" in row.message) == ("bảy", True)


def test_an_entry_begun_for_a_ceremony_has_the_plans_day_and_place() -> None:
    one = presenter()
    (save,) = one.begin_for("opening/1")
    assert dict(save.changes) == {
        "kind": "opening",
        "day": "2022-10-06",
        "title": "Lễ khai mạc",
        "place": "Trường THCS",
        "promise": "opening/1",
    }
    assert one.waiting() == 1


def test_an_entry_about_the_only_promise_of_its_kind_ticks_it() -> None:
    one = presenter(entry(1, kind="banner", day="2022-10-06", banner_count=12))
    (row,) = [row for row in one.promises() if row.key == "banner_count/1"]
    assert (row.title, row.done, row.ticked, row.asks) == ("07 băng rôn", "12", True, True)


def test_numbers_lead_to_their_entries_and_say_how_the_report_stands() -> None:
    rows = (
        presenter(
            entry(1, kind="banner", day="2022-10-06", banner_count=7),
            entry(2, kind="banner", day="2022-10-07", banner_count=5, title="Treo thêm"),
            report={"banners": 7, "leaflets": 9},
            taken=(Taken("banners", 7, (Part(1, 7),), AT),),
        )
        .numbers()
        .rows()
    )
    (row,) = rows
    assert (row.value, row.stated, row.standing, row.takes) == ("12", "7", Standing.DIARY_CHANGED, True)
    assert row.words == "Nhật ký đã đổi sau khi lấy: báo cáo đang ghi 7."
    assert row.parts == ((1, "06/10 Băng rôn, panô, khẩu hiệu: 7"), (2, "07/10 Treo thêm: 5"))


def test_what_taking_all_would_change_is_shown_first() -> None:
    one = presenter(entry(1, kind="opening", opening_people=412), report={"banners": 3})
    (row,) = one.numbers().preview()
    assert (row.label, row.before, row.after, row.unit) == ("Số người tham gia", "chưa nhập", "412", "lượt người")
    assert one.numbers().why_not_take() == ""
    assert "Chưa lập báo cáo" in presenter(entry(1, kind="opening", opening_people=412)).numbers().why_not_take()
    assert "đã có mọi số" in presenter(report={}).numbers().why_not_take()


def test_reading_again_keeps_what_a_person_is_at() -> None:
    one = presenter(entry(1, kind="banner", banner_count=7))
    number = one.begin()
    stored = (entry(1, kind="banner", banner_count=9),)
    one.read(Diary(stored, (), 2, (), True, FromDiary(stored), {}, None))
    assert (one.open, one.is_there(number)) == (number, True)
    (save,) = one.write("note", "x")
    assert save.entry == number
