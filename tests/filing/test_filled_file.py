import json
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import FormRef, Kind, Status
from hoctap_desktop.form import loader
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from tests.filing.filled import write_filled
from tests.offices import report_draft

EXAMPLES = sorted((forms() / "examples").glob("2022-*-report.toml"))
HA_THUONG = forms() / "examples" / "2022-ha-thuong-report.toml"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_written_is_read_back(path: Path, tmp_path: Path) -> None:
    filing = read_filled(path)
    copy = tmp_path / "copy.toml"
    copy.write_text(write_filled(filing, form_by_id(filing.form.id, filing.form.version)), encoding="utf-8")
    assert read_filled(copy) == filing


def test_the_examples_say_that_their_numbers_are_invented() -> None:
    assert len(EXAMPLES) == 4
    for path in EXAMPLES:
        assert read_filled(path).illustrative
        assert "số liệu minh họa" in path.read_text(encoding="utf-8").lower()


def test_a_filled_file_becomes_a_draft_that_names_its_forms_hash() -> None:
    filing = read_filled(HA_THUONG)
    assert (filing.kind, filing.status, filing.revision) == (Kind.REPORT, Status.DRAFT, 1)
    assert filing.form.hash == form_by_id("report", 1).hash
    assert filing.answers["participants"] == 535
    assert filing.answers["note.tv_items"] == "Xã không có đài truyền hình"


MISTAKES = [
    ("participants = 535", 'participants = "1,5"', "1,5"),
    ("participants = 535", "participants = 1.5", "1.5"),
    ("participants = 535", "participants = -3", "âm"),
    ("participants = 535", "participants = 0.125", "phần lẻ"),
    ("participants = 535", "participants = 1.234", "phần lẻ"),
    ('campaign = "2022"', 'campaign = "0000"', "0000"),
    ("participants = 535", "participants = true", "số nguyên"),
    ("participants = 535", "participants = 1234567890", "9 chữ số"),
    ("participants = 535", "participant = 535", "participant"),
    ("participants = 535", "group_talks = 5", "dòng nhóm"),
    ('none = "not_applicable"', 'none = "whatever"', "kiểu"),
    ('subject = "Kết quả', 'subjekt = "Kết quả', "subjekt"),
    ('subject = "Kết quả', 'subject = "' + "dài " * 90, "nhiều nhất 300"),
    ('"document.month" = "2022-10"', '"document.month" = "2022-20"', "tháng"),
    ('tv_items = "Xã', 'tv_item = "Xã', "tv_item"),
    ('code = "05812"', 'code = ""', "code"),
    ('code = "05812"', "code = 5812", "code"),
    ("illustrative = true", 'illustrative = "yes"', "illustrative"),
    ('kind = "report"', 'kind = "plan"', "report"),
    ('campaign = "2022"', 'campaign = "năm nay"', "campaign"),
    ('level = "commune"', 'level = "xa"', "không có cấp «xa»"),
]


@pytest.mark.parametrize(("sound", "mistake", "told"), MISTAKES)
def test_a_mistake_is_refused_with_file_row_and_sentence(sound: str, mistake: str, told: str, tmp_path: Path) -> None:
    text = HA_THUONG.read_text(encoding="utf-8")
    assert sound in text
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace(sound, mistake, 1), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        read_filled(wrong)
    assert refusal.value.code is Code.FILLED_BAD
    row = text[: text.index(sound)].count("\n") + 1
    assert refusal.value.facts["row"] in (row, row + 1)
    assert told in str(refusal.value)


def test_a_misspelt_reason_is_refused_and_a_right_one_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    text = HA_THUONG.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[reasons]\n"class_sizee.learners" = "x"\n', encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        read_filled(path)
    assert "class_sizee" in str(refusal.value)
    path.write_text(f'{text}\n[reasons]\n"class_size.learners" = "Lớp đông"\n', encoding="utf-8")
    assert read_filled(path).answers["reason.class_size.learners"] == "Lớp đông"


def test_what_cannot_be_seen_in_a_name_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    text = HA_THUONG.read_text(encoding="utf-8")
    path.write_text(text.replace("UBND xã Hà Thượng", "UBND\u200b xã  Hà\u00a0Thượng"), encoding="utf-8")
    assert read_filled(path).unit.short_name == "UBND xã Hà Thượng"


@pytest.mark.parametrize(
    ("content", "row", "told"),
    [
        ('{\n"kind": "report",\n"kind": "plan"\n}', 2, "hai lần"),
        ('{\n"kind": "report",\n', 3, "JSON"),
    ],
)
def test_json_with_two_meanings_or_none_is_refused_with_its_row(
    content: str, row: int, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        read_filled(path)
    assert refusal.value.facts["row"] == row
    assert told in str(refusal.value)


def test_half_a_person_in_json_is_told_with_its_field_and_row(tmp_path: Path) -> None:
    import tomllib

    data = tomllib.loads(HA_THUONG.read_text(encoding="utf-8"))
    data["table"]["participants"] = 1.5
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        read_filled(path)
    assert "Số người tham gia" in str(refusal.value)
    row = refusal.value.facts["row"]
    assert '"participants"' in path.read_text(encoding="utf-8").split("\n")[int(str(row)) - 1]


def test_another_version_of_the_form_is_unknown(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(HA_THUONG.read_text(encoding="utf-8").replace("version = 1", "version = 2"), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        read_filled(wrong)
    assert refusal.value.code is Code.FORM_UNKNOWN


def test_a_count_may_be_typed_as_an_office_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    text = HA_THUONG.read_text(encoding="utf-8").replace("participants = 535", 'participants = "1.535"')
    path.write_text(text, encoding="utf-8")
    assert read_filled(path).answers["participants"] == 1535


def test_the_same_filing_as_json_is_the_same_filing(tmp_path: Path) -> None:
    import tomllib

    data = tomllib.loads(HA_THUONG.read_text(encoding="utf-8"))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_filled(path) == read_filled(HA_THUONG)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"kind": NaN}', "[" * 100_000])
def test_json_that_is_no_filing_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError):
        read_filled(path)


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(UserError) as refusal:
        read_filled(path)
    assert refusal.value.code in (Code.WRONG_FILE_KIND, Code.NOT_TEXT)


def test_a_blank_answer_is_left_out(tmp_path: Path) -> None:
    filing = read_filled(HA_THUONG)
    bare = replace(filing, answers={id: value for id, value in filing.answers.items() if id != "proposals"})
    path = tmp_path / "a.toml"
    path.write_text(write_filled(bare, form_by_id("report", 1)), encoding="utf-8")
    assert "proposals" not in read_filled(path).answers


def test_two_forms_of_one_number_are_told_apart_in_the_file(tmp_path: Path) -> None:
    ours = form_by_id("report", 1)
    twin = replace(ours, name="Của cơ quan khác", hash="e" * 64)
    loader.know((twin,))
    try:
        for form in (ours, twin):
            path = tmp_path / "a.toml"
            filing = replace(report_draft({"participants": 3}), form=FormRef("report", 1, form.hash))
            path.write_text(write_filled(filing, form), encoding="utf-8")
            assert read_filled(path).form.hash == form.hash
    finally:
        loader.know(())
    assert "form_hash" not in write_filled(report_draft({}), ours)
