from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.filings import check
from hoctap_desktop.office.paper import campaign_of, form_of
from hoctap_desktop.plan.belonging import belonging_findings

EXAMPLES = forms() / "examples"
PLAN = EXAMPLES / "2022-ha-thuong-plan.toml"


def found(changes: dict[str, JsonValue], *, name: str = "Ủy ban nhân dân xã Hà Thượng") -> list[tuple[str, str]]:
    filing = read_filled(PLAN)
    answers = {**filing.answers, **changes}
    unit = replace(filing.unit, name=name)
    return [
        (f.field, f.message.split(",")[0].split(":")[0])
        for f in belonging_findings(form_of(filing), answers, unit, campaign_of(filing))
    ]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*plan.toml")), ids=lambda path: path.name)
def test_the_examples_speak_of_their_own_unit_and_year(file: Path) -> None:
    filing = read_filled(file)
    assert belonging_findings(form_of(filing), filing.answers, filing.unit, campaign_of(filing)) == ()


def test_the_name_of_another_commune_is_told() -> None:
    body = "Ủy ban nhân dân **xã Bản Ngoại** lập kế hoạch."
    assert found({"body": body}) == [("body", "Bài còn tên «Ủy ban nhân dân xã Bản Ngoại»")]
    assert found({"body": "UBND xã Bản Ngoại lập kế hoạch"}) == [("body", "Bài còn tên «UBND xã Bản Ngoại»")]
    assert found({"body": "Ủy ban nhân dân phường 5 họp"}) == [("body", "Bài còn tên «Ủy ban nhân dân phường 5»")]


@pytest.mark.parametrize(
    "body",
    [
        "UBND xã Hà Thượng lập kế hoạch.",
        "Uỷ ban nhân dân xã Hà Thượng Đề nghị các xóm",
        "Theo chỉ đạo của Ủy ban nhân dân huyện Đại Từ và UBND tỉnh Thái Nguyên",
        "Ủy ban nhân dân xã lập kế hoạch",
        "Trường THCS Bản Ngoại phối hợp",
    ],
)
def test_the_own_name_and_those_above_are_no_finding(body: str) -> None:
    assert found({"body": body}) == []


def test_another_year_is_told_where_it_is_the_year_of_the_week_only() -> None:
    assert found({"subject": "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021"}) == [
        ("subject", "Bài còn năm 2021")
    ]
    assert found({"body": "Tuần lễ hưởng ứng học tập suốt đời năm 2021"}) == [("body", "Bài còn năm 2021")]
    assert found({"body": "Đề án giai đoạn năm 2021-2030, công văn ngày 20 tháng 9 năm 2021"}) == []


def test_a_week_in_another_month_or_year_is_told_once() -> None:
    assert found({"week.from": "2021-10-01", "week.to": "2021-10-07"}) == [
        ("week.from", "Tuần lễ trong bài ngoài tháng 9–11 năm 2022")
    ]
    assert found({"week.to": "2022-12-01"}) == [("week.to", "Tuần lễ trong bài ngoài tháng 9–11 năm 2022")]
    assert found({"week.from": "chưa rõ"}) == []


def test_the_checks_of_a_plan_hold_them_and_they_block_nothing() -> None:
    filing = read_filled(PLAN)
    other = replace(filing, answers={**filing.answers, "body": "UBND xã Bản Ngoại lập kế hoạch."})
    (finding,) = [f for f in check(other, NOTHING_ELSE_KNOWN) if f.rule == "other_unit"]
    assert not finding.blocks
