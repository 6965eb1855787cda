import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.canonical_json import LARGEST, MAX_DEPTH, JsonValue, decode, encode
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line, clean_lines, to_nfc

_words = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=20).map(to_nfc)
_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | _words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_words, inner, max_size=4),
    max_leaves=20,
)


def nested(depth: int) -> JsonValue:
    value: JsonValue = 1
    for _ in range(depth):
        value = [value]
    return value


@given(_values)
def test_what_is_spelled_is_what_is_read(value: JsonValue) -> None:
    spelled = encode(value)
    assert decode(spelled) == value
    assert json.loads(spelled) == value


@given(st.text())
def test_whatever_a_person_types_has_a_spelling_once_it_is_cleaned(typed: str) -> None:
    for cleaned in (clean_lines(typed), clean_line(typed)):
        assert decode(encode(cleaned)) == cleaned


def test_naughty_strings_have_a_spelling_once_they_are_cleaned(shared_bad_input: Path) -> None:
    for typed in json.loads((shared_bad_input / "text" / "blns.json").read_text(encoding="utf-8")):
        assert decode(encode(clean_lines(typed))) == clean_lines(typed)


@given(st.binary(max_size=200))
def test_random_bytes_are_read_or_refused_with_our_own_error(raw: bytes) -> None:
    with suppress(UserError):
        assert encode(decode(raw)) == raw


def test_keys_are_sorted_and_nothing_stands_between() -> None:
    assert encode({"b": [1, None, True], "a": "Hà\nThượng", "Đ": '\\"'}) == (
        '{"a":"Hà\\nThượng","b":[1,null,true],"Đ":"\\\\\\""}'.encode()
    )


@pytest.mark.parametrize(
    "data",
    [
        b"", b" 1", b"1 ", b"1\n", b"[1, 2]", b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1,"a":2}',
        b"1.0", b"1e2", b"-0", b"01", b"+1", b"0x10", b"1_000", b"NaN", b"Infinity", b"-Infinity", b"[NaN]",
        b"9007199254740992", b"-9007199254740992", b"9" * 5000, b"tru", b"True", b"'a'", b"[1,]", b"{}{}",
        rb'"\u0041"', rb'"\/"', rb'"\ud800"', rb'"\udc00\ud800"', rb'"\u0000"', rb'"\t"', rb'"\r\n"', b'"\t"', b'"\n"',
        b'"\xed\xa0\x80"', b'"\xff"', b'"\xc0\xaf"', b"\xef\xbb\xbf1", "1".encode("utf-16"),
        '"a\u0300"'.encode(), '"\u202eabc"'.encode(), '"\u2066a"'.encode(), '"a\u200bb"'.encode(), '"\u200f"'.encode(),
        '"\ufeff"'.encode(), '"\u00ad"'.encode(), '"\u2028"'.encode(), '"\u061c"'.encode(), '"\U000e0041"'.encode(),
        '{"a\u200b":1}'.encode(), '{"a\u0300":1}'.encode(), b"[" * 33 + b"]" * 33, b"[" * 100_000, b'{"a":' * 50_000,
    ],
)  # fmt: skip
def test_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as refusal:
        decode(data)
    assert refusal.value.code is Code.BAD_JSON
    assert str(refusal.value)


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), "a\u0300", "\u202e", "\t", "\ud800", {1: 2}, b"x", (1,), {"a": {"b": 1.5}},
     nested(MAX_DEPTH + 1), nested(900)],
)  # fmt: skip
def test_a_value_without_a_spelling_is_refused(value: Any) -> None:
    with pytest.raises(UserError) as refusal:
        encode(value)
    assert refusal.value.code is Code.BAD_JSON


def test_the_deepest_allowed_nesting_is_taken() -> None:
    assert decode(encode(nested(MAX_DEPTH))) == nested(MAX_DEPTH)


def test_true_and_one_are_two_things() -> None:
    assert decode(b"true") is True
    assert type(decode(b"1")) is int


def test_public_test_files_that_must_not_parse_do_not(shared_bad_input: Path) -> None:
    files = sorted((shared_bad_input / "json").glob("*/*.json"))
    assert len(files) == 340
    for file in files:
        data = file.read_bytes()
        with suppress(UserError):
            value = decode(data)
            assert not file.name.startswith("n_"), file.name
            assert encode(value) == data, file.name
