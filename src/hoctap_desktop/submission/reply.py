"""What comes back down: the receipt (phiếu tiếp nhận) and the return slip (phiếu trả lại). Pure.

A reply answers one package by its id. Its manifest carries the series and the revision of that package, and its id as
`previous`, so that a unit restored from an old backup learns which number it had reached.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hoctap_desktop.filing.content import FIELD_ID
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields, bad, moment_text
from hoctap_desktop.submission.container import ANSWERS
from hoctap_desktop.submission.manifest import MAX_EPOCH, MAX_REVISION, SERIES

LONGEST_WORDS = 2000
LONGEST_REMARK = 500
MOST_REMARKS = 200


class ReplyAct(StrEnum):
    """RECEIVED: it came, and counts. APPROVED: it was looked at and accepted. RETURNED: put it right and send again."""

    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"


REPLY_WORDS = {
    ReplyAct.RECEIVED: "Phiếu tiếp nhận",
    ReplyAct.APPROVED: "Phiếu tiếp nhận, đã duyệt",
    ReplyAct.RETURNED: "Phiếu trả lại",
}


@dataclass(frozen=True)
class Remark:
    """What the officer says of one field: its id in the form, and his words."""

    field: str
    words: str


@dataclass(frozen=True)
class Reply:
    """An answer to one package.

    package_id: of the package answered; unit_code, series, revision, paper_code: what it was. epoch: of the unit's key
    by the roster of the office that answers. received_on: the day of receipt; days_late by it, 0 when in time.
    words: the officer's, for the whole paper. remarks: his words on single fields, in the order of the form.
    """

    act: ReplyAct
    package_id: str
    unit_code: str
    series: str
    revision: int
    epoch: int
    paper_code: str
    received_on: date
    days_late: int
    decided_at: datetime
    words: str = ""
    remarks: tuple[Remark, ...] = ()


def reply_json(reply: Reply) -> bytes:
    """answers.json of a reply."""
    return canonical_json.encode(
        {
            "act": reply.act.value,
            "days_late": reply.days_late,
            "decided_at": moment_text(reply.decided_at),
            "epoch": reply.epoch,
            "package_id": reply.package_id,
            "paper_code": reply.paper_code,
            "received_on": reply.received_on.isoformat(),
            "remarks": [{"field": remark.field, "words": remark.words} for remark in reply.remarks],
            "revision": reply.revision,
            "series": reply.series,
            "unit": reply.unit_code,
            "words": reply.words,
        }
    )


def reply_from_json(data: bytes) -> Reply:
    """The reply in answers.json. Raises UserError BAD_JSON, BAD_CONTENT(where=…)."""
    names = (
        "act", "days_late", "decided_at", "epoch", "package_id", "paper_code", "received_on", "remarks", "revision",
        "series", "unit", "words",
    )  # fmt: skip
    fields = Fields(canonical_json.decode(data), names, ANSWERS)
    act = fields.raw("act")
    if act not in [one.value for one in ReplyAct]:
        raise bad(fields.place("act"))
    items = fields.items("remarks", MOST_REMARKS)
    remarks = tuple(_remark(item, f"{fields.place('remarks')} › {n}") for n, item in enumerate(items, start=1))
    return Reply(
        act=ReplyAct(str(act)),
        package_id=fields.hash("package_id"),
        unit_code=fields.text("unit", 40, least=1),
        series=fields.match("series", SERIES),
        revision=fields.number("revision", 1, MAX_REVISION),
        epoch=fields.number("epoch", 1, MAX_EPOCH),
        paper_code=fields.text("paper_code", 14),
        received_on=fields.day("received_on"),
        days_late=fields.number("days_late", 0, 10_000),
        decided_at=fields.moment("decided_at"),
        words=fields.text("words", LONGEST_WORDS, line_ends=True),
        remarks=remarks,
    )


def _remark(value: JsonValue, where: str) -> Remark:
    fields = Fields(value, ("field", "words"), where)
    return Remark(fields.match("field", FIELD_ID), fields.text("words", LONGEST_REMARK, least=1, line_ends=True))
