"""A form as the text that defines it: what form/loader.py reads back. Pure."""

from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, RollUp, Row, Rule, Section


def form_source(form: FormDefinition) -> bytes:
    """The TOML of a form; the same form gives the same bytes. Its hash is not in it: it is the hash of these bytes."""
    import tomli_w

    top: dict[str, object] = {
        "id": form.id,
        "version": form.version,
        "kind": form.kind,
        "name": form.name,
        "title": form.title,
        "symbol": form.symbol,
        "numbering": form.numbering,
        "source": form.source,
        "levels": list(form.levels),
        "issuers": list(form.issuers),
    }
    found = _filled(top)
    found["section"] = [_section(section) for section in form.sections]
    if form.rules:
        found["rule"] = [_rule(rule) for rule in form.rules]
    return tomli_w.dumps(found, multiline_strings=True).encode()


def _section(section: Section) -> dict[str, object]:
    found = {"id": section.id, "label": section.label} | _filled(
        {
            "parent": section.parent,
            "number": section.number,
            "heading": section.heading,
            "columns": list(section.columns),
        }
    )
    if section.fields:
        found["field"] = [_field(field) for field in section.fields]
    if section.rows:
        found["row"] = [_row(row) for row in section.rows]
    return found


def _field(field: Field) -> dict[str, object]:
    default: object = field.default
    if field.type is FieldType.LINES:
        default = field.default.split("\n") if field.default else []
    found: dict[str, object] = {"id": field.id, "label": field.label, "type": field.type.value}
    if field.required:
        found["required"] = True
    if field.max_length != Field("", "", field.type).max_length:
        found["max_length"] = field.max_length
    if field.roll_up is not RollUp.NONE:
        found["roll_up"] = field.roll_up.value
    found |= _filled({"default": default, "unit": field.unit, "hint": field.hint})
    if field.choices:
        found["choices"] = dict(field.choices)
    return found


def _row(row: Row) -> dict[str, object]:
    return {"id": row.id, "label": row.label} | _filled(
        {"printed_number": row.printed_number, "cells": list(row.cells)}
    )


def _rule(rule: Rule) -> dict[str, object]:
    found: dict[str, object] = {
        "id": rule.id,
        "severity": rule.severity.value,
        "check": rule.check,
        "fields": list(rule.fields),
        "message": rule.message,
    }
    return found | ({"values": dict(rule.values)} if rule.values else {})


def _filled(table: dict[str, object]) -> dict[str, object]:
    """Without what is blank, which the reader knows by itself."""
    return {key: value for key, value in table.items() if value not in ("", [])}
