"""Signed JSON with a second spelling, a wrong type, or two meanings."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.container import ANSWERS, PACKAGE
from tests.submission.hostile.forge import Case, named, pieces, resealed
from tests.submission.zips import write


def json_bytes(entry: str, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """The good file with other bytes for a JSON entry, sealed by its owner."""

    def make() -> bytes:
        found = pieces()
        piece = named(found, entry)
        changed = change(piece.data)
        assert changed != piece.data, "the change must change something"
        piece.data = changed
        resealed(found)
        return write(found)

    return make


def json_tree(entry: str, change: Callable[[Any], Any]) -> Callable[[], bytes]:
    """The good file with another tree in a JSON entry, spelled as the format wants it."""

    def edit(data: bytes) -> bytes:
        tree = json.loads(data)
        change(tree)
        return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    return json_bytes(entry, edit)


def jsons() -> Iterator[Case]:
    def number(text: bytes) -> Callable[[bytes], bytes]:
        return lambda data: data.replace(b"1248", text)

    def words(text: str) -> Callable[[bytes], bytes]:
        return lambda data: data.replace("Như trên".encode(), text.encode("utf-8", "surrogatepass"))

    spellings: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
        (
            "the same key twice",
            lambda data: data.replace(b'"participants":1248', b'"participants":1248,"participants":9248'),
        ),
        ("a key twice at the top", lambda data: data[:-1] + b',"unit":{}}'),
        ("NaN", number(b"NaN")),
        ("Infinity", number(b"Infinity")),
        ("-Infinity", number(b"-Infinity")),
        ("1e999", number(b"1e999")),
        ("1E3", number(b"1E3")),
        ("1248.0", number(b"1248.0")),
        ("-0", number(b"-0")),
        ("+1", number(b"+1")),
        ("01248", number(b"01248")),
        ("0x10", number(b"0x10")),
        ("5,000 digits", number(b"9" * 5000)),
        ("2^53", number(b"9007199254740992")),
        ("a lone surrogate", lambda data: data.replace("Như trên".encode(), b"\\ud800")),
        ("surrogate bytes", words("\ud800")),
        ("33 levels", number(b"[" * 33 + b"]" * 33)),
        ("100,000 levels", number(b"[" * 100_000 + b"]" * 100_000)),
        ("a mark of the byte order", lambda data: b"\xef\xbb\xbf" + data),
        ("UTF-16", lambda data: data.decode().encode("utf-16")),
        ("Latin 1", lambda data: data.replace("Như trên".encode(), b"Nh\xfd")),
        ("an overlong letter", lambda data: data.replace("Như trên".encode(), b"\xc0\xaf")),
        ("letters taken apart", words("Nhu\u031b tre\u0302n")),
        ("words from right to left", words("Như\u202etrên")),
        ("a letter without width", words("Như\u200btrên")),
        ("a tag letter", words("Như\U000e0041trên")),
        ("a bell", lambda data: data.replace("Như trên".encode(), b"Nh\\u0007")),
        ("a bare control", lambda data: data.replace("Như trên".encode(), b"Nh\x07")),
        ("an escaped letter", lambda data: data.replace(b"report", b"\\u0072eport")),
        ("an escaped slash", lambda data: data.replace(b"report", b"\\/report")),
        ("spaces", lambda data: data.replace(b":", b": ")),
        ("a line end", lambda data: data + b"\n"),
        (
            "keys in another order",
            lambda data: json.dumps(
                dict(reversed(json.loads(data).items())), ensure_ascii=False, separators=(",", ":")
            ).encode(),
        ),
        ("nothing", lambda data: b""),
        ("a list", lambda data: b"[" + data + b"]"),
        ("null", lambda data: b"null"),
        ("a number", lambda data: b"1"),
        ("half of it", lambda data: data[: len(data) // 2]),
        ("two of it", lambda data: data + data),
        ("a comment", lambda data: data + b"//"),
        ("a comma too many", lambda data: data[:-1] + b",}"),
        ("single quotes", lambda data: data.replace(b'"', b"'")),
        ("a zero byte", lambda data: data + b"\0"),
    )
    for name, spelling in spellings:
        yield Case("json", name, Code.BAD_CONTENT, json_bytes(ANSWERS, spelling))

    def at(path: str, value: Any) -> Callable[[Any], None]:
        def change(tree: Any) -> None:
            *above, last = path.split("/")
            for step in above:
                tree = tree[step]
            tree[last] = value

        return change

    def gone(path: str) -> Callable[[Any], None]:
        def change(tree: Any) -> None:
            *above, last = path.split("/")
            for step in above:
                tree = tree[step]
            del tree[last]

        return change

    for entry, name, change in (
        (PACKAGE, "true for 1", at("revision", True)),
        (PACKAGE, "text for a number", at("revision", "1")),
        (PACKAGE, "a list for text", at("program", ["1"])),
        (PACKAGE, "null for text", at("program", None)),
        (PACKAGE, "revision 0", at("revision", 0)),
        (PACKAGE, "revision -1", at("revision", -1)),
        (PACKAGE, "a revision without end", at("revision", 10**15)),
        (PACKAGE, "epoch 0", at("epoch", 0)),
        (PACKAGE, "a field nobody knows", at("note", "x")),
        (PACKAGE, "a field missing", gone("epoch")),
        (PACKAGE, "a unit without a name", at("unit/name", "")),
        (PACKAGE, "a name of 10,000 letters", at("unit/name", "a" * 10_000)),
        (PACKAGE, "another kind", at("kind", "roster")),
        (PACKAGE, "a kind that is none", at("kind", "x")),
        (PACKAGE, "another series", at("series", "2022-plan")),
        (PACKAGE, "a series with a path", at("series", "../x")),
        (PACKAGE, "previous that is no id", at("previous", "abc")),
        (PACKAGE, "previous in capitals", at("previous", "AB" * 32)),
        (PACKAGE, "a day that is none", at("document/day", "2022-02-30")),
        (PACKAGE, "a moment without its zone", at("created", "2022-10-13T14:32:11")),
        (PACKAGE, "no form", at("form", None)),
        (PACKAGE, "another form than the answers'", at("form/version", 2)),
        (PACKAGE, "an attachment that is not there", at("attachments", {"attachments/001.pdf": "a.pdf"})),
        (PACKAGE, "another name for the unit", at("unit/name", "UBND xã khác")),
        (ANSWERS, "another unit than the package's", at("unit/code", "05830-THCS")),
        (ANSWERS, "another campaign", at("campaign", "2021")),
        (ANSWERS, "another kind of paper", at("kind", "plan")),
        (ANSWERS, "true for a number", at("illustrative", 0)),
        (ANSWERS, "answers as a list", at("answers", [])),
        (ANSWERS, "a field name with a path", at("answers", {"../x": 1})),
        (ANSWERS, "a number of 16 digits", at("answers/participants", 10**15)),
        (ANSWERS, "a fourth kind of answer", at("answers/participants", {"none": "perhaps", "reason": ""})),
        (ANSWERS, "a form hash that is none", at("form/hash", "xyz")),
        (ANSWERS, "a unit without a level", gone("unit/level")),
        (ANSWERS, "a unit with a field more", at("unit/extra", 1)),
    ):
        yield Case("json", f"{entry}: {name}", Code.BAD_CONTENT, json_tree(entry, change))
