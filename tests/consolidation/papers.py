"""Sealed papers of the four units of the example, made by the submission room itself."""

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status, filing_id
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import accept
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName, unit_name
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_enrolment, seal_filing
from hoctap_desktop.units.model import Unit
from tests.offices import NOW, dai_tu
from tests.pages import page_saying

COMMUNE, LOWER, PRIMARY, NURSERY = "05812", "05812-THCS", "05812-TH", "05812-MN"
ALL = (COMMUNE, LOWER, PRIMARY, NURSERY)
UPPER = unit_name(dai_tu().own)
PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
UNKNOWN: JsonValue = {"none": "unknown", "reason": "Chờ Hội Khuyến học xã"}
NOT_HELD: JsonValue = {"none": "not_held", "reason": ""}
NOT_APPLICABLE: JsonValue = {"none": "not_applicable", "reason": ""}


def unit(code: str) -> Unit:
    """A unit of the example by its code."""
    return next(each for each in dai_tu().below if each.code == code)


@functools.cache
def key(code: str) -> Key:
    """The key of a unit; for a code nobody has, a stranger's."""
    return make_key(code, code, NOW)


def paper(
    code: str,
    answers: Mapping[str, JsonValue],
    *,
    kind: Kind = Kind.REPORT,
    campaign: str = "2022",
    revision: int = 1,
    previous: str | None = None,
    signed_by: str = "",
    recipient: UnitName = UPPER,
    form: FormRef | None = None,
    sender: Unit | None = None,
    illustrative: bool = False,
    at: datetime = NOW,
    attachments: Sequence[Attachment] = (),
) -> Sealed:
    """The sealed file of a final paper of a unit."""
    definition = form_by_id("report" if kind is Kind.REPORT else "plan/commune", 1)
    filing = Filing(
        filing_id(campaign, kind),
        kind,
        campaign,
        sender or unit(code),
        form or FormRef(definition.id, definition.version, definition.hash),
        answers,
        revision=revision,
        status=Status.FINAL,
        illustrative=illustrative,
    )
    data = filing_json(filing)
    pages = page_saying(paper_code(data))
    signer = key(signed_by or code)
    return seal_filing(filing, data, pages, signer, recipient, at, epoch=1, previous=previous, attachments=attachments)


def request(code: str) -> Sealed:
    """The enrolment request of a unit."""
    return seal_enrolment(unit(code), key(code), UPPER, NOW)


def accept_keys(store: Store, *codes: str) -> None:
    """Registers the keys of these units (of all four when none is named)."""
    for code in codes or ALL:
        accept(store, request(code).data, "dang-ky.htgoi", NOW)


def put(folder: Path, *papers: Sealed) -> Path:
    """Writes sealed files onto a stick; one that has the name of another gets a number."""
    folder.mkdir(exist_ok=True)
    for one in papers:
        path = folder / one.name
        number = 2
        while path.exists():
            path = folder / f"{Path(one.name).stem} ({number}).htgoi"
            number += 1
        path.write_bytes(one.data)
    return folder
