"""II.3 and II.4 may stay blank, but nobody sends them blank unawares."""

from hoctap_desktop.form.definition import Severity
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.report.empty_parts import EMPTY_PART, empty_part_findings, in_words

FORM = form_by_id("report", 1)


def test_the_parts_in_words_that_may_stay_blank_are_told_of_when_they_are() -> None:
    found = list(empty_part_findings(FORM, {"difficulties": "  \n "}))
    assert [(f.rule, f.severity, f.field, f.blocks) for f in found] == [
        (EMPTY_PART, Severity.WARN, "difficulties", False),
        (EMPTY_PART, Severity.WARN, "proposals", False),
    ]
    assert found[0].message.startswith("Mục II.3 «Khó khăn, tồn tại» còn trống")
    assert "II.4" in found[1].message
    assert found[0].place == "mục II.3, khó khăn, tồn tại"


def test_nothing_is_said_once_something_is_written() -> None:
    assert list(empty_part_findings(FORM, {"difficulties": "Không có.", "proposals": "Không có."})) == []


def test_tables_money_and_what_must_be_written_anyway_are_no_such_part() -> None:
    assert [section.id for section in FORM.sections if in_words(section)] == ["difficulties", "proposals"]
