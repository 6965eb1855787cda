"""A filing as the text of a filled file: what a person would have written."""

from collections.abc import Mapping
from datetime import date, time

import tomli_w

from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FieldType, FormDefinition
from hoctap_desktop.form.loader import twins
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.units.unit_table import unit_table


def write_filled(filing: Filing, form: FormDefinition) -> str:
    """The TOML text of a filing; read_filled gives the same filing back. Blank answers are left out."""
    top: dict[str, object] = {"kind": filing.kind.value, "form": form.id, "version": form.version}
    if twins(form):  # the number alone does not say which
        top["form_hash"] = form.hash
    top["campaign"] = filing.campaign
    top["illustrative"] = filing.illustrative
    top["unit"] = unit_table(filing.unit)
    counts = {field.id for field in form.indicators()}
    types = {field.id: field.type for field in form.fields()}
    plain = {
        id: v for id, v in filing.answers.items() if id not in counts and id[:5] != "note." and id[:7] != "reason."
    }
    order = {field.id: index for index, field in enumerate(form.fields())}
    parts = (
        ("fields", {id: _toml(types.get(id), plain[id]) for id in sorted(plain, key=lambda i: order.get(i, 0))}),
        ("table", {field.id: filing.answers[field.id] for field in form.indicators() if field.id in filing.answers}),
        ("notes", _named(filing.answers, "note.")),
        ("reasons", _named(filing.answers, "reason.")),
    )
    top.update({name: part for name, part in parts if part})
    return tomli_w.dumps(top, multiline_strings=True)


def _named(answers: Answers, prefix: str) -> Mapping[str, JsonValue]:
    return {id.removeprefix(prefix): value for id, value in answers.items() if id.startswith(prefix)}


def _toml(kind: FieldType | None, value: JsonValue) -> object:
    if isinstance(value, str) and value:
        if kind is FieldType.DATE:
            return date.fromisoformat(value)
        if kind is FieldType.TIME:
            return time.fromisoformat(value)
    return value
