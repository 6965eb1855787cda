from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.filing.fields import field_values
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Kind
from hoctap_desktop.form.context import Carried
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.filings import new_filing
from hoctap_desktop.plan.leftovers import Mark, carry, leftover_findings, leftovers
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.places import changed_answer

NEW = next(c for c in shipped() if c.year == 2023)
OLD = next(c for c in shipped() if c.year == 2022)
WEEK = (date(2022, 10, 6), date(2022, 10, 12))


@pytest.fixture
def form() -> FormDefinition:
    return form_by_id("plan/commune", 1)


def begin(form: FormDefinition, old: dict[str, JsonValue]) -> tuple[dict[str, JsonValue], Carried]:
    return carry(old, WEEK, OLD, form, {"theme": NEW.themes[0], "week.from": "2023-10-02", "week.to": "2023-10-08"})


def marks_of(form: FormDefinition, old: dict[str, JsonValue]) -> list[tuple[str, str, str]]:
    answers, carried = begin(form, old)
    return [(m.kind, m.words, m.proposal) for m in leftovers(form, answers, carried, NEW)]


PLANTED = """
Năm 2022, xã mở Tuần lễ với chủ đề “Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch Covid-19”.

# Việc làm năm 2022

- Từ ngày 06/10/2022 đến ngày 12/10/2022; họp xã ngày 5/10; tổng kết ngày 12 tháng 10 năm 2022.
- Sáng thứ Năm, ngày 06/10/2022 khai mạc; chiều thứ 4 họp.
- Ông Nguyễn Văn Bình phụ trách; bà Lê Thị Hoa giúp việc. Liên hệ Nguyễn Văn Bình.
- Theo Công văn số 747/CV-PGDĐT-GDTX ngày 03/10/2022; năm học 2022-2023; tháng 10/2022.
- Giai đoạn 2021-2030 và 2.022 cuốn sách; điểm 20.22; 15/20 lớp; đề án cả nhiệm kỳ 2020-2025.

| STT | Thời gian |
| --- | --- |
| 1 | 7h30 ngày 06/10/2022 |
"""
PLANTED_MARKS = [
    ("year", "2022", "2023"),
    ("theme", OLD.themes[0], NEW.themes[0]),
    ("year", "2022", "2023"),
    ("date", "06/10/2022", "02/10/2023"),
    ("date", "12/10/2022", "08/10/2023"),
    ("date", "5/10", "1/10"),
    ("date", "12 tháng 10 năm 2022", "08 tháng 10 năm 2023"),
    ("weekday", "thứ Năm", "thứ Hai"),
    ("date", "06/10/2022", "02/10/2023"),
    ("weekday", "thứ 4", ""),
    ("name", "Nguyễn Văn Bình", ""),
    ("name", "Lê Thị Hoa", ""),
    ("name", "Nguyễn Văn Bình", ""),
    ("number", "số 747/CV-PGDĐT-GDTX ngày 03/10/2022", ""),
    ("year", "2022-2023", "2023-2024"),
    ("date", "10/2022", "10/2023"),
    ("date", "06/10/2022", "02/10/2023"),
]


def test_everything_planted_is_marked_with_what_it_should_become(form: FormDefinition) -> None:
    found = marks_of(form, {"body": PLANTED})
    assert found == PLANTED_MARKS


def test_a_day_left_from_a_year_before_the_old_plan_is_offered_as_a_day_of_this_year(form: FormDefinition) -> None:
    old: dict[str, JsonValue] = {"opening.day": "2020-10-06", "body": "Thứ Ba ngày 06/10/2020, họp ngày 29/2/2020."}
    found = marks_of(form, old)
    assert found == [
        ("date", "06/10/2020", "02/10/2023"),
        ("weekday", "Thứ Ba", "Thứ Hai"),
        ("date", "06/10/2020", "02/10/2023"),
        ("date", "29/2/2020", "24/2/2023"),
    ]


def test_plain_fields_are_looked_at_as_well(form: FormDefinition) -> None:
    old: dict[str, JsonValue] = {
        "subject": "Tổ chức Tuần lễ năm 2022",
        "legal_bases": ["Căn cứ Quyết định số 1373/QĐ-TTg ngày 30/7/2021;", "Thực hiện kế hoạch năm 2022;"],
        "recipients": ["Ông Trần Văn Nam;", "Lưu: VT"],
        "opening.day": "2022-10-06",
        "report.due": "2022-10-18",
        "opening.place": "Nhà văn hóa năm 2022",
        "body": "Bài",
    }
    answers, carried = begin(form, old)
    found = [(m.field, m.item, m.kind, m.proposal) for m in leftovers(form, answers, carried, NEW)]
    assert found == [
        ("subject", 0, "year", "2023"),
        ("opening.day", 0, "date", "02/10/2023"),
        ("opening.place", 0, "year", "2023"),
        ("report.due", 0, "date", "14/10/2023"),
        ("legal_bases", 0, "number", ""),
        ("legal_bases", 1, "year", "2023"),
        ("recipients", 0, "name", ""),
    ]


def test_theme_week_month_and_signer_stay_this_years(form: FormDefinition) -> None:
    draft: dict[str, JsonValue] = {"theme": "A", "week.from": "2023-10-02", "signer.name": "Lê Văn Mới"}
    old: dict[str, JsonValue] = {"theme": "B", "week.from": "2022-10-06", "signer.name": "Lê Văn Cũ", "body": "C"}
    answers, carried = carry(old, WEEK, OLD, form, draft)
    assert answers == {"body": "C"}
    assert carried.themes == ("B", *OLD.themes)


def test_an_office_without_a_signer_gets_last_years_marked(form: FormDefinition) -> None:
    answers, carried = begin(form, {"signer.name": "Đặng Văn Thi", "body": "Bài"})
    assert [(m.field, m.kind) for m in leftovers(form, answers, carried, NEW)] == [("signer.name", "name")]


def changed(form: FormDefinition, answers: dict[str, JsonValue], mark: Mark, words: str) -> dict[str, JsonValue]:
    field = form.field(mark.field)
    assert field is not None
    value = answers[mark.field]
    return {**answers, mark.field: changed_answer(field, value, mark.item, mark.start, mark.end, words)}


def test_taking_every_proposal_and_keeping_the_rest_leaves_nothing(form: FormDefinition) -> None:
    answers, carried = begin(form, {"body": PLANTED, "opening.day": "2022-10-06"})
    kept = []
    while standing := leftovers(form, answers, carried, NEW):
        mark = standing[0]
        if mark.proposal:
            answers = changed(form, answers, mark, mark.proposal)
        else:
            kept.append(mark.spot)
            carried = Carried(**{**vars(carried), "kept": tuple(kept)})
    assert len(kept) == 5
    assert "2022" not in str(answers["body"]).replace("03/10/2022", "").replace("2.022", "")
    assert answers["opening.day"] == "2023-10-02"
    assert "Sáng thứ Hai, ngày 02/10/2023" in str(answers["body"])
    assert next(b for b in parse(str(answers["body"])) if b.kind == "table").rows[1][1] == "7h30 ngày 02/10/2023"


def test_each_kept_spot_settles_one_mark_and_stays_with_it_through_edits(form: FormDefinition) -> None:
    body = "Ngày 06/10/2022 khai mạc ở trường.\n\nNgày 06/10/2022 khai mạc ở xã.\n\nNgày 06/10/2022 họp."
    answers, carried = begin(form, {"body": body})
    standing = leftovers(form, answers, carried, NEW)
    assert len(standing) == 3
    carried = Carried(**{**vars(carried), "kept": (standing[1].spot,)})
    assert [m.item for m in leftovers(form, answers, carried, NEW)] == [0, 2]
    for edited, left in (
        ("Đoạn mới.\n\n" + body, [1, 3]),  # moved down
        (body.replace("ở xã", "ở nhà văn hóa xã"), [0, 2]),  # changed behind
        (body.replace("Ngày 06/10/2022 khai mạc ở xã", "Sáng, ngày 06/10/2022 khai mạc ở xã"), [0, 2]),  # before
        ("\n\n".join(reversed(body.split("\n\n"))), [0, 2]),
        (body.replace("Ngày 06/10/2022 khai mạc ở xã", "Hội thi mở lúc 8 giờ 06/10/2022"), [0, 1, 2]),  # another text
    ):
        assert [m.item for m in leftovers(form, {**answers, "body": edited}, carried, NEW)] == left, edited


def test_what_is_typed_for_the_new_year_is_not_marked(form: FormDefinition) -> None:
    answers, carried = begin(form, {"body": "Ngày 5/10 thứ 4 họp theo số 21/KH-UBND; ông Lê Văn Tám."})
    typed = """Năm 2023, từ ngày 02/10/2023 đến 08/10/2023, thứ Hai, ngày 02/10/2023 khai mạc; 3/10 họp.

Năm học 2023-2024, theo Kế hoạch số 619/KH-UBND ngày 18/9/2023; ông Nguyễn Văn Mới; giai đoạn 2021-2030.

Chủ đề “Xây dựng năng lực tự học trong kỷ nguyên số”; chủ nhật 08/10/2023; 20/11; tỉ lệ 1/2; 1.234.567 người."""
    assert leftovers(form, {**answers, "body": typed}, carried, NEW) == ()


def test_a_plan_not_begun_from_another_has_no_marks(form: FormDefinition) -> None:
    assert leftovers(form, {"body": PLANTED}, None, NEW) == ()


def test_each_mark_blocks_and_says_what_to_do(form: FormDefinition) -> None:
    answers, carried = begin(form, {"body": PLANTED})
    found = leftover_findings(form, answers, carried, NEW)
    assert len(found) == len(PLANTED_MARKS)
    assert all(finding.blocks for finding in found)
    assert "«02/10/2023»" in found[3].message


def test_a_day_of_the_week_beside_a_field_follows_the_field(form: FormDefinition) -> None:
    answers, carried = begin(form, {"body": "Khai mạc ngày {{opening.day}} (thứ 5)."})
    before = leftovers(form, answers, carried, NEW, {"opening.day": "06/10/2022"})
    after = leftovers(form, answers, carried, NEW, {"opening.day": "02/10/2023"})
    right = leftovers(form, answers, carried, NEW, {"opening.day": "05/10/2023"})
    assert [(m.words, m.proposal) for m in before] == [("thứ 5", "thứ 2")]
    assert [(m.words, m.proposal) for m in after] == [("thứ 5", "thứ 2")]
    assert right == ()


def test_the_committee_of_a_commune_that_merged_gives_way_to_this_one(form: FormDefinition) -> None:
    old = (
        "Ủy ban nhân dân xã Hà Thượng lập kế hoạch; UBND xã Hà Thượng chủ trì tại Trường THCS Hà Thượng, theo UBND "
        "huyện Đại Từ và UBND xã An Khánh."
    )
    answers, carried = begin(form, {"body": old})
    own = {"unit.name": "Ủy ban nhân dân xã An Khánh", "unit.short_name": "UBND xã An Khánh"}
    found = [mark for mark in leftovers(form, answers, carried, NEW, own) if mark.kind == "unit"]
    assert [(m.words, m.proposal) for m in found] == [
        ("Ủy ban nhân dân xã Hà Thượng", "Ủy ban nhân dân xã An Khánh"),
        ("UBND xã Hà Thượng", "UBND xã An Khánh"),
    ]
    assert "Còn tên đơn vị cũ" in leftover_findings(form, answers, carried, NEW, own)[0].message
    typed = answers | {"body": "Phối hợp với UBND xã Cù Vân."}  # did not come with the old plan
    assert leftovers(form, typed, carried, NEW, own) == ()
    assert leftovers(form, answers, carried, NEW, {"unit.name": "Trường THCS Hà Thượng"}) == ()


def last_years(example: str, repository: Path, campaign: Campaign) -> tuple[Filing, Filing]:
    old = read_filled(repository / "forms" / "examples" / example)
    return old, new_filing(Kind.PLAN, old.unit, campaign, date(2023, 9, 15))


def test_the_plan_of_2022_as_a_start_of_2023_has_every_trace_of_2022_marked(
    repository: Path, form: FormDefinition
) -> None:
    old, draft = last_years("2022-ha-thuong-plan.toml", repository, NEW)
    week = (date(2022, 10, 6), date(2022, 10, 12))
    taken, carried = carry(old.answers, week, OLD, form, draft.answers)
    answers = {**draft.answers, **taken}
    values = field_values(form, answers, draft.unit, NEW)
    found = leftovers(form, answers, carried, NEW, values)
    assert [(m.field, m.kind, m.words, m.proposal) for m in found] == [
        ("opening.day", "date", "06/10/2022", "02/10/2023"),
        ("closing.day", "date", "12/10/2022", "08/10/2023"),
        ("report.due", "date", "18/10/2022", "14/10/2023"),
        ("legal_bases", "number", "số 747/CV-PGDĐT-GDTX ngày 03/10/2022", ""),
        ("legal_bases", "year", "2022", "2023"),
        ("body", "number", "số 1373/QĐ-TTg ngày 30/7/2021", ""),
        ("body", "weekday", "thứ 5", "thứ 2"),
    ]
    assert leftovers(form, draft.answers, carried, NEW) == ()  # the draft of 2023 itself: nothing of the new year
