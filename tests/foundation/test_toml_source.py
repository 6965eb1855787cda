from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.toml_source import Source, Table, parse_toml

TEXT = '''name = "one"
text = """
[not.a.table]
key = 1
"""

[[section]]
id = "a"

[[section.field]]
id = "a1"

[[section.field]]
id = "a2"
type = 5

[[section]]
id = "b"

[[section.field]]
id = "b1"
day = 2022-10-06
"quoted.key" = 3
'''


def parsed(text: str = TEXT) -> Table:
    return parse_toml(text, "x.toml", Code.FORM_BAD)


def row_of(refusal: UserError) -> object:
    return refusal.facts["row"]


def test_a_mistake_is_told_with_the_row_it_stands_in() -> None:
    field = parsed().tables("section")[0].tables("field")[1]
    with pytest.raises(UserError) as refusal:
        field.text("type")
    assert row_of(refusal.value) == TEXT.split("\n").index("type = 5") + 1


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*", "Chỉ dùng chữ thường không dấu, số và các dấu _ /; bắt đầu bằng chữ."),
        (r"[a-z][a-z0-9]*", "Chỉ dùng chữ thường không dấu, số; bắt đầu bằng chữ."),
        (r"[0-9A-Za-z][0-9A-Za-z.-]{0,9}", "Chỉ dùng chữ không dấu, số và các dấu . -."),
        (r"20[0-9]{2}", "Hãy ghi như ở các tệp mẫu."),
    ],
)
def test_a_wrong_id_is_told_which_signs_there_may_be(pattern: str, told: str) -> None:
    with pytest.raises(UserError) as refusal:
        Table({"id": "thư viện"}, Source("a.toml", Code.FORM_BAD, {(): 1})).word("id", pattern)
    assert str(refusal.value).endswith(told)


def test_a_missing_name_is_told_at_the_table_that_lacks_it() -> None:
    field = parsed().tables("section")[1].tables("field")[0]
    with pytest.raises(UserError) as refusal:
        field.text("label")
    assert row_of(refusal.value) == TEXT.split("\n").index('id = "b1"')
    assert "label" in str(refusal.value)


def test_a_name_with_a_dot_in_quotes_has_its_row() -> None:
    field = parsed().tables("section")[1].tables("field")[0]
    assert row_of(field.wrong("quoted.key", "x")) == TEXT.split("\n").index('"quoted.key" = 3') + 1


def test_a_misspelt_array_is_told_at_its_first_header() -> None:
    table = parsed('a = 1\n\n[[rulez]]\nid = "x"\n\n[[rulez]]\nid = "y"\n')
    table.whole("a")
    with pytest.raises(UserError) as refusal:
        table.refuse_unknown()
    assert row_of(refusal.value) == 3


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [("a = 1\nb = 2\na = 3\n", 3, "đã ghi ở trên"), ("a = 1\nb = " + "9" * 5000 + "\n", 2, "số quá dài")],
)
def test_two_of_a_name_and_endless_numbers_are_told_as_such(text: str, row: int, told: str) -> None:
    with pytest.raises(UserError) as refusal:
        parsed(text)
    assert row_of(refusal.value) == row
    assert told in str(refusal.value)


def test_a_required_text_may_not_be_empty() -> None:
    with pytest.raises(UserError) as refusal:
        parsed('label = "  "\n').text("label")
    assert "label" in str(refusal.value)


def test_an_unknown_name_is_refused() -> None:
    table = parsed("known = 1\nknwon = 2\n")
    table.whole("known")
    with pytest.raises(UserError) as refusal:
        table.refuse_unknown()
    assert row_of(refusal.value) == 2
    assert "knwon" in str(refusal.value)


def test_true_is_no_number_and_a_number_no_text() -> None:
    table = parsed("a = true\nb = 1\nc = 2022-10-06T10:00:00\nd = [1]\n")
    for read in (lambda: table.whole("a"), lambda: table.text("b"), lambda: table.day("c"), lambda: table.texts("d")):
        with pytest.raises(UserError):
            read()


def test_values_are_read_by_their_type() -> None:
    field = parsed().tables("section")[1].tables("field")[0]
    assert field.day("day") == date(2022, 10, 6)
    assert field.whole("quoted.key") == 3
    assert parsed().text("name") == "one"


def test_what_is_no_toml_is_told_with_its_row() -> None:
    with pytest.raises(UserError) as refusal:
        parsed("a = 1\nb = \n")
    assert refusal.value.code is Code.FORM_BAD
    assert row_of(refusal.value) == 2


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed(text)
        told = None
    except UserError as refusal:
        told = refusal.code
    assert told in (None, Code.FORM_BAD)


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(UserError):
        parsed("a = " + "[" * 5000)
