"""I.4, II.3, II.4 and nơi nhận may stay blank, but nobody sends them blank unawares."""

from hoctap_desktop.form.definition import Severity
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.report.empty_parts import EMPTY_PART, empty_part_findings, may_stay_blank

FORM = form_by_id("report", 1)


def test_the_parts_that_may_stay_blank_are_told_of_when_they_are() -> None:
    found = list(empty_part_findings(FORM, {"difficulties": "  \n ", "recipients": ["", " "]}))
    assert [(f.rule, f.severity, f.field, f.blocks) for f in found] == [
        (EMPTY_PART, Severity.WARN, "funding.state", False),
        (EMPTY_PART, Severity.WARN, "difficulties", False),
        (EMPTY_PART, Severity.WARN, "proposals", False),
        (EMPTY_PART, Severity.WARN, "recipients", False),
    ]
    assert "Mục I.4 «Kinh phí" in found[0].message
    assert found[0].message.endswith("ghi 0.")
    assert found[1].message.startswith("Mục II.3 «Khó khăn, tồn tại» còn trống")
    assert "II.4" in found[2].message
    assert found[1].place == "mục II.3, khó khăn, tồn tại"
    assert "Lưu: VT" in found[3].message


def test_nothing_is_said_once_something_is_written() -> None:
    written: dict[str, JsonValue] = {
        "difficulties": "Không có.", "proposals": "Không có.", "recipients": ["Lưu: VT"]
    }  # fmt: skip
    money: tuple[tuple[str, JsonValue], ...] = (
        ("funding.state", 0), ("funding.raised", 500_000), ("funding.note", "Không có."),
    )  # fmt: skip
    for id, value in money:
        assert list(empty_part_findings(FORM, {**written, id: value})) == []


def test_tables_and_what_must_be_written_anyway_are_no_such_part() -> None:
    found = [section.id for section in FORM.sections if may_stay_blank(section)]
    assert found == ["funding", "difficulties", "proposals", "foot"]
