"""What the plan page decides, without a window."""

from dataclasses import replace
from datetime import datetime

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.document.model import plain
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.filings import check
from hoctap_desktop.plan.outline import Outline, heading, paragraph, parse
from hoctap_desktop.ui.plan.presenter import Look, PlanPresenter, Save


@pytest.fixture
def campaign() -> Campaign:
    return next(c for c in shipped() if c.id == "2022")


@pytest.fixture
def filing() -> Filing:
    return read_filled(paths.forms() / "examples" / "2022-ha-thuong-plan.toml")


@pytest.fixture
def presenter(filing: Filing, campaign: Campaign) -> PlanPresenter:
    return PlanPresenter(filing, form_by_id("plan/commune", 1), Context(), campaign)


def outlines(presenter: PlanPresenter) -> dict[str, Outline]:
    return {field.id: parse(presenter.shown(field.id)) for field in presenter.bodies()}


def look(presenter: PlanPresenter) -> None:
    presenter.found(check(presenter.as_filing(), presenter.context))


def test_the_same_text_again_is_nothing_to_store(presenter: PlanPresenter) -> None:
    assert presenter.write("opening.day", presenter.shown("opening.day")) is None
    assert presenter.write("recipients", presenter.shown("recipients")) is None


@pytest.mark.parametrize(
    ("field", "typed", "stored", "shown"),
    [
        ("opening.day", "7/10/2022", "2022-10-07", "07/10/2022"),
        ("opening.day", "31/9/2022", "31/9/2022", "31/9/2022"),
        ("opening.time", "8g00", "08:00", "8 giờ 00"),
        ("opening.time", "25 giờ", "25 giờ", "25 giờ"),
        ("document.month", "9/2022", "2022-09", "09/2022"),
        ("document.month", "13/2022", "13/2022", "13/2022"),
        ("opening.place", "  Nha\u0300  văn hóa ", "Nhà văn hóa", "Nhà văn hóa"),
        ("opening.place", " ", None, ""),
    ],
)
def test_a_field_stores_its_type_or_what_was_typed(
    presenter: PlanPresenter, field: str, typed: str, stored: object, shown: str
) -> None:
    assert presenter.write(field, typed) == Save(field, stored)  # type: ignore[arg-type]
    assert presenter.shown(field) == shown


def test_a_mistake_is_explained_without_the_name_of_its_own_field(presenter: PlanPresenter) -> None:
    presenter.write("opening.day", "31/9/2022")
    assert presenter.why("opening.day") == "«31/9/2022» không phải ngày có thật. Nhập dạng 06/10/2022."
    assert presenter.weekday("opening.day") == ""
    presenter.write("opening.day", "06/10/2022")
    assert presenter.why("opening.day") == ""
    assert presenter.weekday("opening.day") == "Thứ Năm"


def test_a_required_field_is_told_of_only_after_it_was_left(presenter: PlanPresenter) -> None:
    presenter.write("subject", "")
    assert presenter.why("subject") == ""
    presenter.leave("subject")
    assert presenter.why("subject") == "Mục «Trích yếu» còn trống. Hãy nhập."
    assert presenter.field_shown("subject").state == "blank"
    presenter.write("opening.day", "31/9/2022")
    presenter.leave("opening.day")
    assert presenter.field_shown("opening.day").state == "error"


def test_lines_are_items_without_their_dashes_and_blank_lines_are_none(presenter: PlanPresenter) -> None:
    assert presenter.write("recipients", "- A;\n\n  B.  \n") == Save("recipients", ["A;", "B."])
    assert presenter.write("recipients", "\n") == Save("recipients", None)


def test_a_final_plan_takes_nothing(filing: Filing, campaign: Campaign) -> None:
    at = datetime(2022, 10, 4, tzinfo=VIETNAM)
    final = replace(filing, status=Status.FINAL, revision=2, finalised_at=at)
    presenter = PlanPresenter(final, form_by_id("plan/commune", 1), Context(), campaign)
    assert presenter.write("theme", "x") is None
    assert presenter.take({"theme": "x"}) == ()
    assert presenter.chip == ("lock", "Đã chốt, lần 2")


def test_the_outline_has_the_parts_of_the_form_and_the_headings_with_their_numbers(presenter: PlanPresenter) -> None:
    look(presenter)
    rows = presenter.parts(outlines(presenter))
    keys = [row.key for row in rows]
    assert keys[:3] == ["head", "facts", "legal_bases:0"]
    assert keys.index("recipients:0") == keys.index("foot") - 1
    assert [row.label for row in rows if row.key in ("legal_bases:0", "recipients:0", "foot")] == [
        "Căn cứ",
        "Nơi nhận",
        "Người ký",
    ]
    assert keys.index("foot") > max(n for n, key in enumerate(keys) if key.startswith("body:"))
    first = next(row for row in rows if row.key.startswith("body:"))
    assert (first.number, first.level, first.mark) == ("I.", 0, "done")


def test_a_blank_fact_marks_its_section_and_the_parts_of_the_text_that_use_it(presenter: PlanPresenter) -> None:
    presenter.write("opening.place", "")
    look(presenter)
    rows = presenter.parts(outlines(presenter))
    assert {row.key for row in rows if row.mark == "block"} >= {"facts"}
    assert any(row.mark == "block" and row.key.startswith("body:") and row.level == 0 for row in rows)
    assert "1 chỗ phải sửa" in presenter.finalise_hint()
    (row,) = presenter.looks(outlines(presenter))
    assert (row.field, row.kind, row.place) == ("opening.place", "block", -1)
    presenter.write("opening.place", "Trường")
    look(presenter)
    assert presenter.finalise_hint() == ""


@pytest.mark.parametrize(("kind", "mark"), [("block", "block"), ("warn", "warn"), ("ask", "warn"), ("info", "done")])
def test_a_heading_bears_the_mark_of_the_worst_that_is_said_of_its_text(
    presenter: PlanPresenter, monkeypatch: pytest.MonkeyPatch, kind: str, mark: str
) -> None:
    said = Look("x", "body", kind, "Sai thứ: nội dung kế hoạch", "", 2, ())
    monkeypatch.setattr(presenter, "looks", lambda _outlines: (said,))
    rows = presenter.parts({"body": parse("# A\n\nb\n\nc")})
    assert [row.mark for row in rows if row.key.startswith("body:")] == [mark]
    lead_in, *_ = [row for row in presenter.parts({"body": parse("a\n\nb\n\nc\n\n# A")}) if row.key == "text"]
    assert (lead_in.label, lead_in.mark) == ("Lời mở đầu", mark)


def test_a_field_the_form_has_not_leads_to_its_block(presenter: PlanPresenter) -> None:
    presenter.write("body", "# Một\n\nHai.\n\nBa {{la.lam}}.")
    look(presenter)
    (row,) = [row for row in presenter.looks(outlines(presenter)) if row.field == "body"]
    assert row.place == 2


def test_a_text_without_headings_has_a_row_of_its_own(presenter: PlanPresenter) -> None:
    presenter.write("body", "Chỉ một đoạn.")
    assert "text" in [row.key for row in presenter.parts(outlines(presenter))]


def test_a_block_belongs_to_the_heading_over_it(presenter: PlanPresenter) -> None:
    body: Outline = (paragraph(plain("a")), heading(1, plain("b")), paragraph(plain("c")))
    assert presenter.part_at("body", 2, {"body": body}) == "body:1"
    assert presenter.part_at("body", 0, {"body": body}) == "text"


def test_the_menu_offers_facts_with_their_values_then_the_unit(presenter: PlanPresenter) -> None:
    menu = {choice.field: choice.value for choice in presenter.menu()}
    assert menu["week.from"] == "06/10/2022"
    assert menu["unit.name"] == presenter.filing.unit.name
    assert "recipients" not in menu
    assert "signer.name" not in menu


def test_answers_taken_from_a_file_can_be_given_back(presenter: PlanPresenter) -> None:
    start = presenter.answers
    new = {"theme": "Khác", "special_line": "(Thay giấy mời)", "not.there": "x"}
    before = presenter.before(new)
    assert {save.field for save in presenter.take(new)} == {"theme", "special_line"}
    presenter.give_back(before)
    assert presenter.answers == start
