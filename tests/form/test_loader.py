import hashlib
from pathlib import Path

import pytest

from hoctap_desktop.form.definition import FieldType, RollUp, Severity
from hoctap_desktop.form.loader import form_by_id, load_form, parse_form, shipped_forms
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms

REPORT = forms() / "report" / "v1.toml"

# domain.md §4: id, printed number, unit, how it adds up, in printed order; a row may hold two numbers.
TABLE = [
    ("1", ["organising_units"]),
    ("2", ["participants"]),
    ("3", []),
    ("-", ["newspaper_articles"]),
    ("-", ["tv_items"]),
    ("-", ["radio_items"]),
    ("-", ["wall_newspapers", "wall_articles"]),
    ("3", []),
    ("-", ["leaflets"]),
    ("-", ["books_published"]),
    ("-", ["banners"]),
    ("4", []),
    ("-", ["talks"]),
    ("-", ["talk_attendees"]),
    ("-", ["exhibitions", "exhibition_visits"]),
    ("5", []),
    ("-", ["classes"]),
    ("-", ["learners"]),
    ("6", []),
    ("-", ["bookcases"]),
    ("-", ["books_donated"]),
]


def test_the_report_has_the_rows_of_the_paper_with_three_printed_twice() -> None:
    rows = [row for section in form_by_id("report", 1).sections for row in section.rows]
    assert [(row.printed_number, list(row.cells)) for row in rows] == TABLE


def test_the_report_asks_18_numbers_in_16_rows() -> None:
    form = form_by_id("report", 1)
    assert len(list(form.indicators())) == 18
    assert sum(1 for section in form.sections for row in section.rows if not row.is_group) == 16
    assert all(field.unit and field.type is FieldType.COUNT for field in form.indicators())


def test_how_each_number_adds_up_is_data() -> None:
    kinds = {field.id: field.roll_up for field in form_by_id("report", 1).indicators()}
    assert kinds.pop("organising_units") is RollUp.COUNT_UNITS
    assert {id for id, kind in kinds.items() if kind is RollUp.SUM_MAY_REPEAT} == {
        "newspaper_articles",
        "tv_items",
        "radio_items",
    }
    assert set(kinds.values()) == {RollUp.SUM, RollUp.SUM_MAY_REPEAT}


def test_the_report_has_every_rule_of_the_domain() -> None:
    rules = {rule.id: rule.severity for rule in form_by_id("report", 1).rules}
    blocks = {id for id, severity in rules.items() if severity is Severity.BLOCK}
    asks = {id for id, severity in rules.items() if severity is Severity.ASK}
    assert blocks == {
        "attendees_without_talks", "visits_without_exhibitions", "learners_without_classes", "class_list_count",
        "class_list_learners", "held_without_unit", "held_without_participant", "blank_cell",
    }  # fmt: skip
    assert asks == {"unknown_reason", "everything_zero", "total_overridden"}
    assert set(rules) - blocks - asks == {
        "attendees_over_participants", "talks_without_attendees", "class_size", "bookcases_over_books",
        "jump_from_last_year", "jump_from_sisters", "round_numbers", "same_as_other_unit", "dated_before_week_ends",
        "banners_promised", "own_and_children",
    }  # fmt: skip


def test_a_form_is_known_by_the_hash_of_its_file() -> None:
    assert load_form(REPORT).hash == hashlib.sha256(REPORT.read_bytes()).hexdigest()
    assert parse_form(REPORT.read_bytes() + b"\n", "v1.toml").hash != load_form(REPORT).hash


def test_every_shipped_form_loads_and_is_found() -> None:
    assert {form.id for form in shipped_forms()} >= {"report", "plan/commune"}
    assert form_by_id("report").version == max(form.version for form in shipped_forms() if form.id == "report")


def test_an_unknown_form_or_version_is_told() -> None:
    for id, version in (("report", 99), ("plan/moon", None)):
        with pytest.raises(UserError) as refusal:
            form_by_id(id, version)
        assert refusal.value.code is Code.FORM_UNKNOWN


MISTAKES = [
    ('version = 1', 'version = "1"', "version"),
    ('version = 1', 'version = 0', "version"),
    ('kind = "report"', 'kind = "letter"', "letter"),
    ('numbering = "decree"', 'numbering = "runes"', "runes"),
    ('type = "money"', 'type = "monie"', "monie"),
    ('id = "launch"', 'id = "direction"', "direction"),
    ('id = "launch"', 'id = "Khai mạc"', "Khai mạc"),
    ('id = "leaflets"\nlabel', 'id = "banners"\nlabel', "banners"),
    ('parent = "part_one"', 'parent = "part_nine"', "part_nine"),
    ('cells = ["talks"]', 'cells = ["talk"]', "talk"),
    ('cells = ["talks"]', 'cells = ["participants"]', "participants"),
    ('cells = ["talks"]', 'cells = ["talks", "classes", "learners"]', "3"),
    ('cells = ["bookcases"]', '', "bookcases"),
    ('unit = "đơn vị"\n', '', "organising_units"),
    ('roll_up = "count_units"', 'roll_up = "guess"', "guess"),
    ('check = "at_most"', 'check = "at_least"', "at_least"),
    ('fields = ["bookcases", "books_donated"]', 'fields = ["bookcases"]', "at_most"),
    ('fields = ["bookcases", "books_donated"]', 'fields = ["bookcases", "bookz"]', "bookz"),
    ('values = { times = 10 }', 'values = { time = 10 }', "times"),
    ('({value}) nhiều hơn số sách', '({valu}) nhiều hơn số sách', "valu"),
    ('({value}) nhiều hơn số sách', '({value) nhiều hơn số sách', "{value)"),
    ('columns = ["TT", ', 'columns = [', "cột"),
    ('max_length = 300', 'max_length = 0', "max_length"),
    ('required = true', 'requierd = true', "requierd"),
    ('id = "funding.note"', 'id = "note.funding"', "note."),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "mistake", "told"), MISTAKES)
def test_a_mistake_in_a_form_is_refused_with_file_row_and_sentence(sound: str, mistake: str, told: str) -> None:
    text = REPORT.read_text(encoding="utf-8")
    assert sound in text
    with pytest.raises(UserError) as refusal:
        parse_form(text.replace(sound, mistake, 1).encode(), "v1.toml")
    assert refusal.value.code is Code.FORM_BAD
    assert refusal.value.facts["file"] == "v1.toml"
    assert int(str(refusal.value.facts["row"])) > 1
    assert told in str(refusal.value)


def test_a_rule_named_twice_is_refused() -> None:
    text = REPORT.read_text(encoding="utf-8")
    once = text[text.index("[[rule]]") :].split("\n\n")[0]
    with pytest.raises(UserError) as refusal:
        parse_form(f"{text}\n{once}\n".encode(), "v1.toml")
    assert "attendees_without_talks" in str(refusal.value)


def test_a_form_without_sections_is_refused() -> None:
    head = b'id = "x"\nversion = 1\nkind = "plan"\nname = "a"\ntitle = "A"\nsymbol = "B"\n'
    with pytest.raises(UserError):
        parse_form(head, "x.toml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError) as refusal:
        load_form(tmp_path / "x.toml")
    assert refusal.value.code is Code.NOT_TEXT
