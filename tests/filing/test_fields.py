"""Facts that stand once, put into the text as they are printed."""

from datetime import date

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import Run
from hoctap_desktop.filing.fields import GAP, field_findings, field_values, fill, fill_runs, used_fields
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Section
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.units.model import Unit

UNIT = Unit("05812", "Ủy ban nhân dân xã Hà Thượng", "UBND xã Hà Thượng", "commune", place="Hà Thượng")
CAMPAIGN = Campaign("2022", 2022, ("Học suốt đời",), date(2022, 10, 1), date(2022, 10, 7))
FORM = FormDefinition(
    id="plan/thu",
    version=1,
    kind="plan",
    name="Thử",
    title="KẾ HOẠCH",
    symbol="KH",
    sections=(
        Section(
            id="text",
            number="",
            heading="",
            label="Nội dung",
            fields=(
                Field("subject", "Trích yếu", FieldType.LINE),
                Field("week.from", "Từ ngày", FieldType.DATE),
                Field("opening.time", "Giờ khai mạc", FieldType.TIME),
                Field("document.month", "Tháng", FieldType.MONTH),
                Field("body", "Nội dung", FieldType.BODY),
                Field("legal_bases", "Căn cứ", FieldType.LINES),
            ),
        ),
    ),
)
ANSWERS = {
    "subject": "Tổ chức Tuần lễ năm {{year}}",
    "week.from": "2022-10-06",
    "opening.time": "07:00",
    "document.month": "2022-10",
}


def filled(text: str, **more: str) -> str:
    return fill(text, field_values(FORM, {**ANSWERS, **more}, UNIT, CAMPAIGN), FORM)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("từ ngày {{week.from}}", "từ ngày 06/10/2022"),
        ("lúc {{ opening.time }}", "lúc 7 giờ 00"),
        ("tháng {{document.month}}", "tháng 10/2022"),
        ("{{subject}}", "Tổ chức Tuần lễ năm 2022"),
        ("{{unit.name}} ({{unit.short_name}}), {{unit.place}}", f"{UNIT.name} ({UNIT.short_name}), Hà Thượng"),
        ("{{campaign.theme}}: {{campaign.week.from}}–{{campaign.week.to}}", "Học suốt đời: 01/10/2022–07/10/2022"),
        ("{year} {{ }} {{}}", "{year} {{ }} {{}}"),
    ],
)
def test_a_field_prints_its_value(text: str, printed: str) -> None:
    assert filled(text) == printed


def test_a_blank_field_prints_as_a_gap() -> None:
    assert filled("lúc {{opening.time}}.", **{"opening.time": ""}) == f"lúc {GAP}."


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"week\.until") as refused:
        filled("{{week.until}}")
    assert refused.value.code is Code.FIELD_UNKNOWN


def test_a_value_takes_the_style_of_its_place() -> None:
    values = field_values(FORM, ANSWERS, UNIT, CAMPAIGN)
    assert fill_runs((Run("ngày "), Run("{{week.from}}", bold=True)), values, FORM) == (
        Run("ngày "),
        Run("06/10/2022", bold=True),
    )


def test_a_line_that_names_another_field_does_not_go_round_in_circles() -> None:
    assert filled("{{subject}}", subject="{{subject}} {{week.from}} {{year}}") == "{{subject}} {{week.from}} 2022"


def test_a_day_that_is_none_prints_as_typed() -> None:
    assert filled("{{week.from}} {{opening.time}}", **{"week.from": "mai", "opening.time": "sáng"}) == "mai sáng"


def test_unknown_and_blank_fields_in_a_text_are_found_once_each() -> None:
    answers = {**ANSWERS, "body": "{{week.until}} {{opening.time}} {{opening.time}}", "opening.time": ""}
    found = field_findings(FORM, answers, UNIT, CAMPAIGN)
    assert [(f.rule, f.field, f.blocks) for f in found] == [
        ("field_unknown", "body", True),
        ("field_blank", "opening.time", True),
    ]
    assert "week.until" in found[0].message
    assert "Giờ khai mạc" in found[1].message
    assert field_findings(FORM, ANSWERS, UNIT, CAMPAIGN) == ()


def test_a_mark_of_bold_without_its_other_is_told_and_stops_nothing() -> None:
    answers = {**ANSWERS, "body": "**đủ** và \\*\\*\n- **cả ngày, *không* thu tiền"}
    (found,) = field_findings(FORM, answers, UNIT, CAMPAIGN)
    assert (found.rule, found.field, found.blocks) == ("bold_broken", "body", False)
    assert "**cả ngày" in found.message


def test_lines_are_looked_through_too() -> None:
    found = field_findings(FORM, {**ANSWERS, "legal_bases": ["Căn cứ {{x}};"]}, UNIT, CAMPAIGN)
    assert [f.field for f in found] == ["legal_bases"]


def test_the_fields_of_a_text_are_named_once_in_order() -> None:
    assert used_fields("{{b}} {{a}} {{b}}") == ("b", "a")
