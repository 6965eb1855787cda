"""A filing: a form being filled by a unit for a campaign, from draft to final, revision by revision."""

from collections.abc import Mapping
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
class SummedUnit:
    """A unit that owes a report. revision 0 and package_id "": nothing of it was added up."""

    code: str
    revision: int = 0
    package_id: str = ""


@dataclass(frozen=True)
class Summed:
    """What a consolidated report adds up: every unit that owes one, in order; own: the office's own activity.

    below: what the machine added up of the units, by field id; own as in answers (form/answers.py).
    """

    units: tuple[SummedUnit, ...]
    below: Mapping[str, int]
    own: Answers

    @property
    def based_on(self) -> tuple[str, ...]:
        """Package ids of what was added up, in order."""
        return tuple(unit.package_id for unit in self.units if unit.package_id)

    @property
    def own_and_children(self) -> Mapping[str, int]:
        """Own activity plus the units below, where a number is known of either."""
        own = {id: value for id, value in self.own.items() if isinstance(value, int) and not isinstance(value, bool)}
        return {id: own.get(id, 0) + self.below.get(id, 0) for id in (*self.below, *own)}


@dataclass(frozen=True)
class Filing:
    """One revision of one filing.

    id: "<campaign>-<kind>" ("2022-report"): a unit files each kind once a campaign; with `revision` it is unique in
    a store. unit: as named when it was filed. answers: by field id (form/answers.py). illustrative: numbers invented
    for show, marked on every print. paper_code: 12 Crockford base-32 characters once final, else "".
    document_number, document_day: filled in after signing; no part of the answers or of the paper code.
    based_on: for a consolidated report, the package ids it adds up, in order; summed: the same with units, revisions
    and the office's own numbers, None of other filings and of reports begun before this was kept.
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
    summed: Summed | None = None


def filing_id(campaign: str, kind: Kind) -> str:
    """The id of a unit's filing: 2022-report."""
    return f"{campaign}-{kind.value}"


def paper_slug(id: str) -> str:
    """The paper in the name of a file: "bao-cao-2022" for the filing "2022-report" (and its series)."""
    campaign, _, kind = id.rpartition("-")
    return f"{_KIND_SLUGS[Kind(kind)]}-{campaign}"


_KIND_SLUGS = {Kind.PLAN: "ke-hoach", Kind.REPORT: "bao-cao"}
