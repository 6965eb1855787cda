import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.numbering import SCHEMES
from hoctap_desktop.filing.model import Filing, FormRef, Kind
from hoctap_desktop.filing.printed import reserved_values
from hoctap_desktop.form.definition import (
    COMMON_FIELDS,
    NUMBERING,
    NUMBERINGS,
    FieldType,
    FormDefinition,
    RollUp,
    Severity,
)
from hoctap_desktop.form.loader import form_by_id, form_for_unit, load_form, parse_form, shipped_forms
from hoctap_desktop.form.validation import wrong_shape
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.lint import lint
from hoctap_desktop.plan.printed import printed
from hoctap_desktop.units.model import Unit
from tests.plan.page_words import text_lines

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
    ('check = "not_blank"\nfields = ["*"]', 'check = "not_blank"\nfields = ["launch"]', "launch"),
    ('fields = ["talk_attendees", "talks"]', 'fields = ["*", "talks"]', "*"),
    ('fields = ["classes", "class_list"]', 'fields = ["classes", "learners"]', "learners"),
    ('values = { times = 10 }', 'values = { times = -10 }', "-10"),
    ('label = "Trích yếu"', 'label = ""', "label"),
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


# --- plans -------------------------------------------------------------------------------------------------------

PROVINCE = forms() / "plan" / "province.toml"
PLAN_MISTAKES = [
    ('levels = ["tinh"]', 'levels = ["tinhh"]', "Các cấp"),
    ('numbering = "decree"', 'numbering = "abc"', "decree_latin"),
    ('id = "body"', 'id = "text"', "«body»"),
    ('id = "signer.name"', 'id = "signer.nam"', "«signer.name»"),
    ('Trích yếu"\ntype = "line"', 'Trích yếu"\ntype = "long_text"', "kiểu line"),
    ('default = "decree"\n', 'default = "decre"\n', "choices"),
    ('decimal = "I. 1. 1.1. 1.1.1."', 'decimals = "I. 1. 1.1. 1.1.1."', "decimals"),
    ('type = "choice"', 'type = "line"', "choices"),
    ('[section.field.choices]', '[section.choices]', "choices"),
    ('{{opening.place}}', '{{opening.plase}}', "opening.plase"),
    ('từ {{funding.source}}', 'từ {{ funding source }}', "funding source"),
    ('default = "{{campaign.theme}}"', 'default = "{{theme}}"', "campaign.theme"),
    ('default = "{{campaign.week.from}}"', 'default = "01/10/2022"', "2022-10-06"),
    ('label = "Giờ khai mạc"\ntype = "time"', 'label = "Giờ khai mạc"\ntype = "time"\ndefault = "7h30"', "07:00"),
    ('max_length = 100000\ndefault', 'max_length = 100\ndefault', "max_length"),
    ('    "Lưu: VT, KGVX.",\n]', '    "Lưu: VT, KGVX.",\n    7,\n]', "danh sách"),
    ('issuers = ["Ủy ban nhân dân", "UBND"]', 'issuers = "UBND"', "danh sách"),
    ('symbol = "KH"\n', '', "symbol"),
]  # fmt: skip


@pytest.mark.parametrize(("sound", "mistake", "told"), PLAN_MISTAKES)
def test_a_mistake_in_a_plan_form_is_refused_with_row_and_sentence(sound: str, mistake: str, told: str) -> None:
    text = PROVINCE.read_text(encoding="utf-8")
    assert sound in text
    with pytest.raises(UserError) as refusal:
        parse_form(text.replace(sound, mistake, 1).encode(), "province.toml")
    assert refusal.value.code is Code.FORM_BAD
    assert told in str(refusal.value)
    assert "Hãy" in str(refusal.value)


def test_a_name_in_a_long_text_that_nothing_has_is_told_at_its_own_row() -> None:
    text = PROVINCE.read_text(encoding="utf-8").replace("{{opening.place}}", "{{opening.plase}}")
    with pytest.raises(UserError) as refusal:
        parse_form(text.encode(), "province.toml")
    row = int(str(refusal.value.facts["row"]))
    assert "{{opening.plase}}" in text.split("\n")[row - 1]


def test_the_names_every_text_may_use_are_those_that_are_filled_in() -> None:
    unit = Unit(code="1", name="A", short_name="A", level="commune")
    campaign = Campaign("2022", 2022, ("x",), date(2022, 10, 1), date(2022, 10, 7))
    assert set(COMMON_FIELDS) == set(reserved_values(unit, campaign))


def test_the_ways_of_numbering_are_those_that_can_be_printed() -> None:
    assert set(NUMBERINGS) == set(SCHEMES)
    for form in shipped_forms():
        choice = form.field(NUMBERING)
        assert choice is None or {value for value, _ in choice.choices} == set(NUMBERINGS)


@pytest.mark.parametrize(
    ("name", "level", "form"),
    [
        ("Ủy ban nhân dân xã Hà Thượng", "commune", "plan/commune"),
        ("Uỷ ban nhân dân phường Ba Đình", "commune", "plan/commune"),
        ("UBND thị trấn Phủ Thông", "commune", "plan/commune"),
        ("Hội Khuyến học xã Hà Thượng", "commune", "plan/office"),
        ("Ủy ban nhân dân huyện Bạch Thông", "huyen", "plan/district"),
        ("Phòng Giáo dục và Đào tạo huyện Đại Từ", "huyen", "plan/office"),
        ("Ủy ban nhân dân tỉnh Đắk Lắk", "tinh", "plan/province"),
        ("Sở Giáo dục và Đào tạo tỉnh Thái Nguyên", "tinh", "plan/office"),
        ("Bộ Giáo dục và Đào tạo", "bo", "plan/office"),
        ("Trường THCS Hà Thượng", "school", "plan/school"),
        ("Trung tâm học tập cộng đồng xã Hà Thượng", "centre", "plan/office"),
    ],
)
def test_each_kind_of_unit_gets_its_own_form(name: str, level: str, form: str) -> None:
    unit = Unit(code="1", name=name, short_name=name, level=level)
    assert form_for_unit("plan", unit).id == form
    assert form_for_unit("report", unit).id == "report"


def test_the_newest_version_of_a_form_is_taken_and_a_kind_without_forms_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    text = PROVINCE.read_text(encoding="utf-8")
    (tmp_path / "plan" / "a.toml").write_text(text.replace("version = 1", "version = 2"), encoding="utf-8")
    (tmp_path / "plan" / "b.toml").write_text(text, encoding="utf-8")
    unit = Unit(code="66", name="UBND tỉnh Đắk Lắk", short_name="UBND tỉnh", level="tinh")
    assert form_for_unit("plan", unit, tmp_path).version == 2
    with pytest.raises(UserError) as refusal:
        form_for_unit("report", unit, tmp_path)
    assert refusal.value.code is Code.FORM_UNKNOWN


def test_an_answer_to_a_choice_is_one_of_its_choices() -> None:
    field = form_by_id("plan/province").field(NUMBERING)
    assert field is not None
    assert wrong_shape(field, "decimal") == ""
    assert "decree_latin" in wrong_shape(field, "roman")


# --- the worked example of docs/form-format.md -------------------------------------------------------------------


def test_the_form_written_in_the_documentation_is_sound_short_and_prints(repository: Path, tmp_path: Path) -> None:
    text = (repository / "docs" / "form-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(# ban\.toml.*?)```", text, re.DOTALL)
    lines = [line for line in example.split("\n") if line.strip()]
    assert len(lines) <= 32
    path = tmp_path / "ban.toml"
    path.write_text(example, encoding="utf-8")
    linted = lint(path)
    assert linted.problem == ""
    assert "plan/ban" in linted.what
    form = load_form(path)
    unit = Unit(code="1", name="Ban Chỉ đạo xã Hà Thượng", short_name="BCĐ", level="commune", place="Hà Thượng")
    assert form.fits(unit)
    filing = Filing("2022-plan", Kind.PLAN, "2022", unit, FormRef(form.id, 1, form.hash), answers_of(form))
    campaign = Campaign("2022", 2022, ("Học suốt đời",), date(2022, 10, 1), date(2022, 10, 7))
    pages = " ".join(text_lines(printed(filing, form, campaign)))
    assert "1. Việc làm" in pages
    assert "Ban Chỉ đạo xã Hà Thượng" in pages


def answers_of(form: FormDefinition) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for field in form.fields():
        if field.default:
            found[field.id] = [*field.default.split("\n")] if field.type is FieldType.LINES else field.default
    return found


def test_every_mistake_the_documentation_names_is_told_as_it_says(repository: Path) -> None:
    text = (repository / "docs" / "form-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(# ban\.toml.*?)```", text, re.DOTALL)
    shown = re.findall(r"^\| `([^`]+)` → `([^`]+)` \| dòng (\d+): (.+?) \|$", text, re.MULTILINE)
    assert len(shown) >= 4
    for sound, mistake, row, sentence in shown:
        assert sound in example
        with pytest.raises(UserError) as refusal:
            parse_form(example.replace(sound, mistake, 1).encode(), "ban.toml")
        assert refusal.value.facts["row"] == int(row)
        assert sentence.rstrip("…").strip() in str(refusal.value)


def test_a_form_of_the_same_name_and_number_with_another_text_is_another_form() -> None:
    known = form_by_id("report", 1)
    assert form_by_id("report", 1, sha256=known.hash) == known
    with pytest.raises(UserError) as refusal:
        form_by_id("report", 1, sha256="0" * 64)
    assert refusal.value.code is Code.FORM_UNKNOWN
