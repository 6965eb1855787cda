"""package.json: who, for whom, what, which revision. Every field is typed and limited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hoctap_desktop.filing.content import form_from_value, form_value
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields, bad, moment_text, text
from hoctap_desktop.submission.container import PACKAGE, PackageKind
from hoctap_desktop.units.model import Unit

MAX_REVISION = 1_000_000
MAX_EPOCH = 10_000
SERIES = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Characters that no system takes in a file name; an original name is text, but will be offered as a name again.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_FIELDS = (
    "attachments", "created", "document", "epoch", "form", "kind", "previous", "program", "recipient", "revision",
    "series", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class UnitName:
    """A unit as a package names it: its code for ever, its name as printed then."""

    code: str
    name: str


@dataclass(frozen=True)
class Manifest:
    """series: "2022-report" for a filing, else the kind. revision: 1…; for a roster its number.

    previous: package id of the revision before, or None. epoch: of the unit's key, as the unit knows it.
    form: None unless a filing. created: +07:00. document_number, document_day: of the paper, where known.
    attachments: entry name → the name the file had.
    """

    kind: PackageKind
    unit: UnitName
    recipient: UnitName
    series: str
    revision: int
    previous: str | None
    epoch: int
    form: FormRef | None
    created: datetime
    program: str
    document_number: str = ""
    document_day: date | None = None
    attachments: Mapping[str, str] = field(default_factory=dict)


def unit_name(unit: Unit) -> UnitName:
    """A unit as it is called in lists."""
    return UnitName(unit.code, unit.short_name or unit.name)


def to_json(manifest: Manifest) -> bytes:
    """The canonical bytes of package.json."""
    return canonical_json.encode(
        {
            "attachments": dict(manifest.attachments),
            "created": moment_text(manifest.created),
            "document": {
                "day": manifest.document_day.isoformat() if manifest.document_day else None,
                "number": manifest.document_number,
            },
            "epoch": manifest.epoch,
            "form": form_value(manifest.form) if manifest.form else None,
            "kind": manifest.kind.value,
            "previous": manifest.previous,
            "program": manifest.program,
            "recipient": {"code": manifest.recipient.code, "name": manifest.recipient.name},
            "revision": manifest.revision,
            "series": manifest.series,
            "unit": {"code": manifest.unit.code, "name": manifest.unit.name},
        }
    )


def from_json(data: bytes) -> Manifest:
    """The manifest in `data`. Raises UserError BAD_JSON for another spelling, BAD_CONTENT(where=…) for a bad field."""
    fields = Fields(canonical_json.decode(data), _FIELDS, PACKAGE)
    document = Fields(fields.raw("document"), ("day", "number"), fields.place("document"))
    if fields.raw("kind") not in [kind.value for kind in PackageKind]:
        raise bad(fields.place("kind"))
    return Manifest(
        kind=PackageKind(str(fields.raw("kind"))),
        unit=_unit_name(fields.raw("unit"), fields.place("unit")),
        recipient=_unit_name(fields.raw("recipient"), fields.place("recipient")),
        series=fields.match("series", SERIES),
        revision=fields.number("revision", 1, MAX_REVISION),
        previous=None if fields.is_null("previous") else fields.hash("previous"),
        epoch=fields.number("epoch", 1, MAX_EPOCH),
        form=None if fields.is_null("form") else form_from_value(fields.raw("form"), fields.place("form")),
        created=fields.moment("created"),
        program=fields.text("program", 40),
        document_number=document.text("number", 40),
        document_day=document.day_or_none("day"),
        attachments=_names(fields.mapping("attachments", 200), fields.place("attachments")),
    )


def original_name(name: str) -> str:
    """The name of a file as package.json may hold it."""
    return _NOT_IN_NAMES.sub("_", name)[-200:]


def _names(found: Mapping[str, JsonValue], where: str) -> Mapping[str, str]:
    names = {entry: text(name, 200, where, least=1) for entry, name in found.items()}
    if any(_NOT_IN_NAMES.search(name) for name in names.values()):
        raise bad(where)
    return names


def _unit_name(value: JsonValue, where: str) -> UnitName:
    fields = Fields(value, ("code", "name"), where)
    return UnitName(fields.text("code", 40, least=1), fields.text("name", 200, least=1))
