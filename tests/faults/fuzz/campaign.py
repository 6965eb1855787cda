"""What an office writes by hand: campaigns, office files, filled files, entries of the diary."""

from collections.abc import Iterator

from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.lint import lint
from tests.faults.fuzz.scratch import on_disk


def read(data: bytes) -> None:
    with on_disk("a.toml", data) as path:
        lint(path)


def seeds() -> Iterator[bytes]:
    for path in sorted([*forms().glob("campaigns/*.toml"), *forms().glob("examples/*.toml")]):
        yield path.read_bytes()
