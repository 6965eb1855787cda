"""JSON with exactly one spelling per value, so that a hash over the bytes is a hash over the content.

UTF-8, NFC, keys sorted by code point, no spaces, whole numbers only. Rules: docs/package-format.md §2.
"""

import json
import re
import unicodedata
from typing import Never

from hoctap_desktop.foundation.errors import Code, UserError

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]

MAX_DEPTH = 32
LARGEST = 2**53 - 1
# Control characters other than the line end, soft hyphen, bidi controls, zero-width characters, line and paragraph
# separators, tags, lone surrogates: none of them can be seen, and each can make two texts look alike. Spelled out
# rather than asked of unicodedata, whose answers change with the version of Python.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_OTHER_ESCAPE = re.compile(r'\\[^n"\\]')


def encode(value: JsonValue) -> bytes:
    """The one spelling of `value`. Raises UserError(BAD_JSON, why=…) for what has none."""
    try:
        text = _ENCODER.encode(value)
        spelled = text.encode()
    except (TypeError, ValueError, RecursionError):
        _check(value, 1)  # says why it has none
        raise
    _check(value, 1, clean=_OTHER_ESCAPE.search(text) is None and _is_clean(text))
    return spelled


def decode(data: bytes) -> JsonValue:
    """The value spelled by `data`. Raises UserError(BAD_JSON, why=…) unless it is spelled the one way."""
    try:
        text = data.decode("utf-8")
        value: JsonValue = _QUICK.decode(text)
    except UnicodeDecodeError as cause:
        raise _bad("không phải UTF-8") from cause
    except RecursionError as cause:
        raise _bad(f"lồng quá {MAX_DEPTH} tầng") from cause
    except ValueError as cause:  # json.JSONDecodeError, and int() of more than 4300 digits
        raise _bad("không phải JSON") from cause
    # Every part of a text in NFC is in NFC (UAX 15, 9): one look at the whole answers for all its words, unless one may
    # hold what its spelling does not show.
    clean = _OTHER_ESCAPE.search(text) is None and _is_clean(text)
    if clean and isinstance(value, list | dict):
        _check_parts(value, 1)
    else:
        _check(value, 1, clean=clean)
    if spell(value) != data:
        _DECODER.decode(text)  # says so when an object has two entries of one name
        raise _bad("không viết theo dạng chuẩn")
    return value


def spell(value: JsonValue) -> bytes:
    """As encode, of a value that was decoded here before or is part of one: it is not looked at again."""
    return _ENCODER.encode(value).encode()


def _check_parts(value: "list[JsonValue] | dict[str, JsonValue]", depth: int) -> None:
    """The rest of what _check asks, of a value that was just decoded from a text with nothing else that is refused."""
    if depth > MAX_DEPTH:
        raise _bad(f"lồng quá {MAX_DEPTH} tầng")
    for item in value if isinstance(value, list) else value.values():
        kind = type(item)
        if kind is int:
            if not -LARGEST <= item <= LARGEST:  # type: ignore[operator]
                raise _bad("số quá lớn")
        elif kind is dict or kind is list:
            _check_parts(item, depth + 1)  # type: ignore[arg-type]


def _check(value: object, depth: int, *, clean: bool = False) -> None:
    """clean: no text in it needs to be looked at."""
    if isinstance(value, str):
        if not clean:
            _check_text(value)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise _bad("số quá lớn")
    elif not isinstance(value, list | dict):
        raise _bad("có giá trị không phải số nguyên, chữ hay danh sách")
    elif depth > MAX_DEPTH:
        raise _bad(f"lồng quá {MAX_DEPTH} tầng")
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1, clean=clean)
    else:
        for key, item in value.items():
            if not isinstance(key, str):
                raise _bad("tên mục không phải chữ")
            if not clean:
                _check_text(key)
            _check(item, depth + 1, clean=clean)


def _is_clean(text: str) -> bool:
    # what is printable is none of _INVISIBLE in any version of Unicode: all of those are controls, or never assigned
    return (text.isprintable() or _INVISIBLE.search(text) is None) and unicodedata.is_normalized("NFC", text)


def _check_text(text: str) -> None:
    if text.isascii() and text.isprintable():  # nothing of what is refused; most texts, and every key
        return
    if found := _INVISIBLE.search(text):
        raise _bad(f"có ký tự ẩn U+{ord(found[0]):04X}")
    if not unicodedata.is_normalized("NFC", text):
        raise _bad("có chữ không ở dạng Unicode dựng sẵn (NFC)")


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _bad("có hai mục cùng tên")
    return found


def _fraction(text: str) -> Never:
    raise _bad(f"«{text[:20]}» không phải số nguyên")


def _not_a_number(text: str) -> Never:
    raise _bad(f"«{text}» không phải số nguyên")


def _bad(why: str) -> UserError:
    return UserError(Code.BAD_JSON, why=why)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
# Of two entries of one name the last one counts here: what it makes is never spelled as it was, and refused for that.
_QUICK = json.JSONDecoder(parse_float=_fraction, parse_constant=_not_a_number)
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_fraction, parse_constant=_not_a_number)
