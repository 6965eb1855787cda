"""A row of the paper counts once, however many numbers it asks."""

from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.filled_rows import filled_rows, must_fix
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.validation import findings

FORM = form_by_id("report", 1)


def test_the_official_table_has_sixteen_rows_for_its_eighteen_numbers() -> None:
    assert len(list(FORM.indicators())) == 18
    assert filled_rows(FORM, {}) == (0, 16)


def test_a_row_with_two_numbers_is_filled_when_both_stand_or_say_why_not() -> None:
    assert filled_rows(FORM, {"wall_newspapers": 3}) == (0, 16)
    assert filled_rows(FORM, {"wall_newspapers": 3, "wall_articles": {"none": "not_held"}}) == (1, 16)
    assert filled_rows(FORM, {"participants": 0}) == (1, 16)


def test_a_plan_has_no_rows() -> None:
    assert filled_rows(form_by_id("plan/commune", 1), {}) == (0, 0)


def test_what_is_left_to_fix_is_counted_in_the_rows_of_the_paper_too() -> None:
    found = findings(FORM, {}, NOTHING_ELSE_KNOWN)
    others = sum(f.blocks and f.rule != "blank_cell" for f in found)
    assert must_fix(FORM, found) == 16 + others
    half = findings(FORM, {"wall_newspapers": 3}, NOTHING_ELSE_KNOWN)
    assert must_fix(FORM, half) == 16 + others
