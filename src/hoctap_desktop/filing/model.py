"""A filing: a form being filled by a unit for a campaign, from draft to final, revision by revision."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from hoctap_desktop.form.answers import Answers
from hoctap_desktop.units.model import Unit


class Kind(StrEnum):
    """plan is always Kế hoạch."""

    PLAN = "plan"
    REPORT = "report"


KIND_WORDS = {Kind.PLAN: "Kế hoạch", Kind.REPORT: "Báo cáo"}


class Status(StrEnum):
    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True)
class FormRef:
    """The form a filing was filled on: id, version and SHA-256 of its file."""

    id: str
    version: int
    hash: str


@dataclass(frozen=True)
class Filing:
    """One revision of one filing.

    id: "<campaign>-<kind>" ("2022-report"): a unit files each kind once a campaign; with `revision` it is unique in
    a store. unit: as named when it was filed. answers: by field id (form/answers.py). illustrative: numbers invented
    for show, marked on every print. paper_code: 12 Crockford base-32 characters once final, else "".
    document_number, document_day: filled in after signing; no part of the answers or of the paper code.
    based_on: for a consolidated report, the package ids it adds up, in order.
    """

    id: str
    kind: Kind
    campaign: str
    unit: Unit
    form: FormRef
    answers: Answers
    revision: int = 1
    status: Status = Status.DRAFT
    illustrative: bool = False
    paper_code: str = ""
    document_number: str = ""
    document_day: date | None = None
    changed_at: datetime | None = None
    finalised_at: datetime | None = None
    based_on: tuple[str, ...] = field(default=())


def filing_id(campaign: str, kind: Kind) -> str:
    """The id of a unit's filing: 2022-report."""
    return f"{campaign}-{kind.value}"
