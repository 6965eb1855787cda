"""A plan without căn cứ or nơi nhận is asked about, and a reason settles it."""

import pytest

from hoctap_desktop.form import validation
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import Severity
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.plan.empty_lists import empty_list_findings

FORM = form_by_id("plan/commune", 1)
WHOLE = {"legal_bases": ["Căn cứ Luật;"], "recipients": ["Các trường;"], "body": "UBND xã lập kế hoạch."}


def asked(**changed: object) -> list[tuple[str, bool]]:
    answers = {**WHOLE, **changed}
    return [(one.field, one.blocks) for one in empty_list_findings(FORM, answers)]  # type: ignore[arg-type]


def test_a_plan_with_both_is_not_asked() -> None:
    assert asked() == []


def test_each_empty_list_is_asked_about_with_words_what_to_do() -> None:
    assert asked(legal_bases=[], recipients=None) == [("legal_bases", True), ("recipients", True)]
    found = list(empty_list_findings(FORM, {}))
    assert {one.severity for one in found} == {Severity.ASK}
    assert all("Hãy ghi" in one.message and "lý do" in one.message for one in found)


def test_lines_of_spaces_are_no_lines() -> None:
    assert asked(recipients=["  "]) == [("recipients", True)]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("Căn cứ Công văn số 4342/BGDĐT-GDĐT ngày 07/09/2022, UBND tỉnh lập Kế hoạch này:\n\n# I", []),
        ("Theo Kế hoạch số 619/KH-UBND ngày 18/9/2023, {{unit.name}} lập kế hoạch:\n\n# I", []),
        ("UBND xã lập kế hoạch:\n\n# I\n\nThực hiện Quyết định 373.", ["legal_bases"]),
    ],
)
def test_the_words_before_the_first_heading_may_name_what_it_is_based_on(body: str, fields: list[str]) -> None:
    assert [field for field, _ in asked(legal_bases=[], body=body)] == fields


def test_a_reason_settles_it_and_belongs_to_the_form() -> None:
    reason = {"reason.no_lines.recipients": "Chỉ niêm yết tại xã."}
    assert asked(recipients=[], **reason) == [("recipients", False)]
    answers: dict[str, JsonValue] = {**WHOLE, **reason, "reason.no_lines.theme": "x"}  # type: ignore[dict-item]
    unknown = [one.field for one in validation.findings(FORM, answers, Context()) if "không có" in one.message]
    assert "reason.no_lines.recipients" not in unknown
    assert FORM.asks_reason("reason.no_lines.recipients")
    assert not FORM.asks_reason("reason.no_lines.theme")
    assert not FORM.asks_reason("recipients")
