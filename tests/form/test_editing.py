"""Next year's form from this year's: the words change, the ids never do."""

from dataclasses import replace

import pytest

from hoctap_desktop.form import editing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id, parse_form, shipped_forms
from hoctap_desktop.form.writer import form_source
from hoctap_desktop.foundation.errors import Code, UserError

REPORT = form_by_id("report", 1)
ROWS = editing.questions(REPORT)


def read_back(form: FormDefinition) -> FormDefinition:
    return replace(parse_form(form_source(form), "x"), hash="")


def why(refusal: pytest.ExceptionInfo[UserError]) -> Code:
    return refusal.value.code


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: f"{form.id} {form.version}")
def test_a_form_written_reads_back_the_same(form: FormDefinition) -> None:
    assert read_back(form) == replace(form, hash="")
    assert form_source(form) == form_source(read_back(form))


def test_other_words_keep_the_id() -> None:
    row = next(one for one in ROWS if len(one.units) == 1)
    changed = editing.relabelled(REPORT, row.id, "  Số  khẩu hiệu đã treo ")
    assert [one.id for one in editing.questions(changed)] == [one.id for one in ROWS]
    assert next(one.label for one in editing.questions(changed) if one.id == row.id) == "Số khẩu hiệu đã treo"
    cells = {id for s in REPORT.sections for one in s.rows for id in one.cells}
    assert {id for s in changed.sections for one in s.rows for id in one.cells} == cells
    assert editing.differences(REPORT, changed).changed == ("Số khẩu hiệu đã treo",)
    assert read_back(changed) == changed


def test_a_question_without_words_is_refused() -> None:
    for typed in ("", "   ", "x" * 301):
        with pytest.raises(UserError) as refusal:
            editing.relabelled(REPORT, ROWS[0].id, typed)
        assert why(refusal) is Code.QUESTION_WRONG


def test_a_row_of_two_numbers_has_two_units() -> None:
    row = next(one for one in ROWS if len(one.units) == 2)
    changed = editing.with_unit(REPORT, row.id, "buổi/lượt")
    assert next(one.unit for one in editing.questions(changed) if one.id == row.id) == "buổi / lượt"
    for wrong in ("buổi", "a/b/c", "/", ""):
        with pytest.raises(UserError) as refusal:
            editing.with_unit(REPORT, row.id, wrong)
        assert why(refusal) is Code.QUESTION_WRONG


def test_what_cannot_stand_in_a_question_is_named_by_its_words_and_says_what_can() -> None:
    one, two = (next(row for row in ROWS if len(row.units) == count) for count in (1, 2))
    tried = {
        "còn thiếu nội dung. Hãy ghi vài chữ.": lambda: editing.relabelled(REPORT, one.id, " "),
        "nội dung nhiều nhất 300 chữ. Hãy rút ngắn.": lambda: editing.relabelled(REPORT, one.id, "x" * 301),
        "số thứ tự nhiều nhất 8 chữ. Hãy rút ngắn.": lambda: editing.renumbered(REPORT, one.id, "123456789"),
        "cần một đơn vị tính, ví dụ người.": lambda: editing.with_unit(REPORT, one.id, ""),
        "đơn vị tính nhiều nhất 30 chữ. Hãy rút ngắn.": lambda: editing.with_unit(REPORT, one.id, "x" * 31),
        "ghi chú nhiều nhất 200 chữ. Hãy rút ngắn.": lambda: editing.with_note(REPORT, one.id, "x" * 201),
    }
    for words, act in tried.items():
        with pytest.raises(UserError) as refusal:
            act()
        assert str(refusal.value) == f"Dòng «{one.label}»: {words}"
    with pytest.raises(UserError) as refusal:
        editing.with_unit(REPORT, two.id, "buổi")
    assert str(refusal.value).endswith("cần 2 đơn vị tính, ngăn bằng dấu /, ví dụ lần / lượt người.")
    editing.renumbered(REPORT, one.id, "12345678")
    editing.with_unit(REPORT, one.id, "x" * 30)


def test_rows_are_moved_and_stay_within_the_table() -> None:
    ids = [one.id for one in ROWS]
    down = editing.moved(REPORT, ids[0], 1)
    assert [one.id for one in editing.questions(down)][:2] == [ids[1], ids[0]]
    assert editing.differences(REPORT, down).reordered
    assert editing.moved(REPORT, ids[0], -1) == replace(REPORT, hash="")
    assert editing.moved(REPORT, ids[-1], 1) == replace(REPORT, hash="")


def test_a_new_question_has_an_id_nobody_ever_had() -> None:
    one, first = editing.added(REPORT, "Số câu lạc bộ", "câu lạc bộ", year=2026, taken=())
    two, second = editing.added(one, "Số tổ", "tổ", year=2026, taken=(), after=ROWS[0].id)
    assert (first, second) == ("q2026_1", "q2026_2")
    assert [row.id for row in editing.questions(two)].index(second) == 1
    gone = editing.retired(two, first).form
    _, third = editing.added(gone, "Số khác", "cái", year=2026, taken=editing.ids_of((two,)))
    assert third == "q2026_3"
    assert read_back(two) == two


def test_a_note_more_stands_after_the_one_that_is_there() -> None:
    first = editing.noted(REPORT, "participants", "Cả người xem qua mạng")
    both = editing.noted(first, "participants", "không đếm hai lần")
    notes = [next(one.note for one in editing.questions(form) if one.id == "participants") for form in (first, both)]
    assert notes[1] == f"{notes[0]}; không đếm hai lần"
    assert notes[0].endswith("Cả người xem qua mạng")


def test_a_question_put_between_two_numbers_takes_none_that_is_printed_already() -> None:
    numbers = [one.number for one in ROWS]
    assert numbers[:3] == ["1", "2", "3"]
    form = REPORT
    for _ in range(2):
        form, _id = editing.added(form, "Số tổ", "tổ", year=2026, taken=(), after=ROWS[0].id)
    assert [one.number for one in editing.questions(form)][:5] == ["1", "1b", "1a", "2", "3"]
    form, _id = editing.added(form, "Số tổ", "tổ", year=2026, taken=(), after=ROWS[2].id)  # first under its group
    assert [one.number for one in editing.questions(form)] == ["1", "1b", "1a", "2", "3", "-", *numbers[3:]]
    for one in editing.questions(REPORT)[6:]:
        form = editing.retired(form, one.id).form
    last = editing.renumbered(form, editing.questions(form)[-1].id, "9")
    made, _id = editing.added(last, "Số tổ", "tổ", year=2026, taken=())
    assert editing.questions(made)[-1].number == "10"  # at the end of the table the next one is free


def test_a_retired_question_takes_the_checks_that_looked_at_it_along() -> None:
    gone = editing.retired(REPORT, REPORT.row_of("talks").id)  # type: ignore[union-attr]
    assert gone.fields == ("talks",)
    assert "talks_without_attendees" in gone.rules
    assert gone.form.field("talks") is None
    assert read_back(gone.form) == gone.form


@pytest.mark.parametrize("row", [one.id for one in ROWS])
def test_any_row_may_be_retired_and_the_form_stays_one(row: str) -> None:
    gone = editing.retired(REPORT, row).form
    assert read_back(gone) == gone


def test_the_last_question_stays() -> None:
    form = REPORT
    numbered = [one.id for one in ROWS if not one.group]
    for id in numbered[:-1]:
        form = editing.retired(form, id).form
    with pytest.raises(UserError) as refusal:
        editing.retired(form, numbered[-1])
    assert why(refusal) is Code.QUESTION_WRONG


def test_a_row_that_is_gone_is_no_crash() -> None:
    with pytest.raises(UserError) as refusal:
        editing.relabelled(REPORT, "không có", "x")
    assert why(refusal) is Code.QUESTION_WRONG


def test_the_next_version_has_the_next_free_number() -> None:
    assert editing.next_version(REPORT, [1, 4]).version == 5
    assert editing.same_content(editing.next_version(REPORT, []), REPORT)


def asking(
    form: FormDefinition, words: str, *, after: str = "talks", line: str = "", year: int = 2025
) -> FormDefinition:
    """`form` with one question more, of an issuer; each issuer counts its own questions from one."""
    mine = {id for id in editing.ids_of([form]) if id.startswith(f"q{year}_") and form.line == frozenset([line])}
    return replace(editing.added(form, words, "cái", year=year, taken=mine, after=after)[0], line=frozenset([line]))


def ids(form: FormDefinition) -> dict[str, str]:
    return {one.label: one.id for one in editing.questions(form)}


def rebased(*ours: FormDefinition, upper: FormDefinition, theirs: tuple[FormDefinition, ...] = ()) -> FormDefinition:
    return editing.rebased(ours, upper, (REPORT, upper, *theirs), year=2026, taken=editing.ids_of([*ours, upper]))


def test_the_upper_units_form_is_taken_with_the_own_questions_where_they_stood() -> None:
    own = editing.relabelled(asking(REPORT, "Câu riêng", line="own"), "leaflets", "Tờ gấp")
    gone = editing.retired(REPORT, "banners").form
    upper = asking(gone, "Câu của tỉnh", after="leaflets", line="up", year=2026)
    made = rebased(own, upper=upper)
    assert [one.id for one in editing.questions(made)] == [
        at for one in editing.questions(upper) for at in ((one.id, "q2025_1") if one.id == "talks" else (one.id,))
    ]
    assert editing.differences(upper, made).added == ("Câu riêng",)
    assert editing.differences(upper, made).changed == (), "words are the upper unit's again"
    assert editing.lacking(own, upper) == ("Câu của tỉnh",)
    assert editing.lacking(made, upper) == ()
    assert (made.id, made.version, made.rules) == (own.id, own.version, upper.rules)
    assert read_back(made) == made


def test_two_questions_of_one_number_keep_theirs_and_the_upper_units_gets_another_once_and_for_all() -> None:
    own = asking(REPORT, "Câu riêng", line="own")
    upper = asking(REPORT, "Câu của tỉnh", line="up")
    rule = replace(next(one for one in REPORT.rules if one.check == "at_most"), id="x", fields=("q2025_1", "talks"))
    upper = replace(upper, rules=(*upper.rules, rule))
    first = replace(rebased(own, upper=upper), line=frozenset(["own"]))
    assert (ids(first)["Câu riêng"], ids(first)["Câu của tỉnh"]) == ("q2025_1", "q2026_1")
    assert first.rules[-1].fields == ("q2026_1", "talks")
    assert read_back(replace(first, version=2)).field("q2026_1") is not None
    later = asking(upper, "Câu nữa của tỉnh", line="up", year=2026)
    assert ids(later)["Câu nữa của tỉnh"] == "q2026_1", "which stands here for the first one"
    second = rebased(first, own, upper=later, theirs=(upper,))
    assert {words: ids(second)[words] for words in ("Câu riêng", "Câu của tỉnh", "Câu nữa của tỉnh")} == {
        "Câu riêng": "q2025_1",
        "Câu của tỉnh": "q2026_1",
        "Câu nữa của tỉnh": "q2026_2",
    }


def test_a_question_the_upper_unit_asks_no_more_goes_and_one_retired_here_does_not_lend_its_id() -> None:
    upper = asking(REPORT, "Câu của tỉnh", line="up")
    own = asking(REPORT, "Câu riêng", line="own")
    first = replace(rebased(own, upper=upper), line=frozenset(["own"]))
    assert "Câu của tỉnh" not in ids(rebased(first, own, upper=REPORT, theirs=(upper,)))
    without = editing.retired(first, "q2025_1").form
    assert ids(rebased(without, first, own, upper=upper))["Câu của tỉnh"] == "q2026_1"
    fresh = editing.retired(own, "q2025_1").form
    assert ids(rebased(fresh, own, upper=upper))["Câu của tỉnh"] == "q2026_1", "q2025_1 was another question here"


def test_a_form_without_a_table_is_no_base() -> None:
    with pytest.raises(UserError) as refusal:
        rebased(REPORT, upper=form_by_id("plan/commune", 1))
    assert why(refusal) is Code.QUESTION_WRONG
