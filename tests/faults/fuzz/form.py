"""A form definition, and every finding of a blank form of it."""

from collections.abc import Iterator

from hoctap_desktop.form.loader import parse_form
from hoctap_desktop.form.validation import findings
from hoctap_desktop.foundation.paths import forms


def read(data: bytes) -> None:
    form = parse_form(data, "a.toml")
    findings(form, {})
    findings(form, {field.id: 3 for field in form.indicators()})


def seeds() -> Iterator[bytes]:
    for path in sorted([*forms().glob("report/*.toml"), *forms().glob("plan/*.toml")]):
        yield path.read_bytes()
