"""The command line's own words: argparse speaking Vietnamese, and answers as sentences or as JSON."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

_WORDS = (
    (r"^usage: ", "Cách dùng: "),
    (r"^options:$", "Tùy chọn:"),
    (r"^positional arguments:$", "Tham số:"),
    (r"show this help message and exit", "xem hướng dẫn này"),
    (r"the following arguments are required: (.*)", r"còn thiếu: \1"),
    (r"unrecognized arguments: (.*)", r"không hiểu: \1"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1: không có \2, hãy chọn một trong \3"),
    (r"argument (.+): expected (?:at least )?one argument", r"\1: còn thiếu giá trị"),
    (r"argument (.+): not allowed with argument (.+)", r"\1: không dùng cùng \2"),
    (r"one of the arguments (.*) is required", r"cần một trong: \1"),
    (r"argument (.+): invalid .* value: (.*)", r"\1: giá trị \2 không đúng"),
)


def in_vietnamese(text: str) -> str:
    """argparse's own English, said in Vietnamese."""
    for pattern, words in _WORDS:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose help and errors are Vietnamese. Misuse exits with 2."""

    def format_help(self) -> str:
        return in_vietnamese(super().format_help())

    def format_usage(self) -> str:
        return in_vietnamese(super().format_usage())

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {in_vietnamese(message)}", file=sys.stderr)
        sys.exit(2)


class Answer:
    """What a command says: sentences as they come, or with --json one object at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._data: dict[str, object] = {}

    def say(self, sentence: str) -> None:
        """One line for a person."""
        if not self.as_json:
            print(sentence)

    def put(self, **facts: object) -> None:
        """Facts for a program."""
        self._data.update(facts)

    def finish(self, *, ok: bool) -> None:
        """Prints the object, with "ok" first."""
        if self.as_json:
            print(json.dumps({"ok": ok, **self._data}, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)
