"""Slow looks at a plan off the screen's thread: its page, its findings, an old plan read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, campaign_by_id
from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.doubts import KeptDoubt, doubts_of
from hoctap_desktop.filing.filled_file import filing_from
from hoctap_desktop.filing.model import Filing, Kind, Status
from hoctap_desktop.filing.timeline import Timeline
from hoctap_desktop.filing.undo import Stopped, stopped, timelines
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.context import Context
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.toml_source import Source, Table
from hoctap_desktop.office import filings
from hoctap_desktop.office.paper import form_of, print_filing
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.remarks import standing_return
from hoctap_desktop.submission.reply import Reply
from hoctap_desktop.units.model import Unit

if TYPE_CHECKING:
    from hoctap_desktop.plan.reader import Reading

PASTED = "chữ vừa dán"


@dataclass(frozen=True)
class Opened:
    """The plan of the active campaign with all its page needs. pdf: of a final plan, the frozen print.

    doubts: of the old plan it was taken from, not yet seen. past: states of its texts; stopped: where the person was.
    slip: of the upper unit, by which the plan is to be put right.
    """

    filing: Filing
    form: FormDefinition
    context: Context
    campaign: Campaign
    pdf: bytes = b""
    doubts: tuple[KeptDoubt, ...] = ()
    past: Mapping[str, Timeline] = field(default_factory=dict)
    stopped: Stopped | None = None
    slip: Reply | None = None


@dataclass(frozen=True)
class View:
    """The page of a draft and what was found in it. refusal: why there is no page."""

    pdf: bytes
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]
    refusal: UserError | None = None


@dataclass(frozen=True)
class Recognised:
    """An old plan: its answers, and what the reader was unsure of: (line or 0, words of the line, why).

    campaign: of its year.
    """

    file: str
    answers: Answers
    doubts: tuple[tuple[int, str, str], ...]
    campaign: Campaign


def open_plan(store: Store) -> Opened:
    """The own plan, begun when there is none yet."""
    filing = filings.open_or_begin(store, Kind.PLAN)
    pdf = b""
    if filing.status is Status.FINAL:
        pdf = repository.frozen(store, filing.id, filing.revision).pdf
    doubts = () if filing.status is Status.FINAL else doubts_of(store, filing.id)
    context = filings.context_for(store, filing)
    past, place = timelines(store, filing.id, filing.revision), stopped(store, filing.id)
    slip = standing_return(store, filing.id)
    return Opened(filing, form_of(filing), context, active(store), pdf, doubts, past, place, slip)


def look_at(filing: Filing, context: Context, campaign: Campaign) -> View:
    """Findings and page of a filing as it stands on the screen."""
    findings = filings.check(filing, context)
    try:
        page = print_filing(filing, campaign)
    except UserError as refusal:
        return View(b"", (), findings, refusal)
    return View(page.data, page.marks, findings)


def recognise(path: Path, own: Unit, *, convert: bool = False) -> Recognised:
    """The plan in a Word or text file. convert: letters of an old coding are read as those.

    Raises UserError as plan.reader.read_plan_file.
    """
    from hoctap_desktop.plan.reader import read_plan_file

    return _recognised(read_plan_file(path, convert=convert), path.name, own)


def recognise_text(text: str, own: Unit) -> Recognised:
    """The plan in a text that was pasted. Raises UserError(PLAN_NOT_RECOGNISED)."""
    from hoctap_desktop.plan.reader import read

    return _recognised(read(text, PASTED), PASTED, own)


def _recognised(reading: "Reading", name: str, own: Unit) -> Recognised:
    from hoctap_desktop.plan.office_reader import CODE_GUESSED

    read = filing_from(Table(reading.filled, Source(name, Code.FILLED_BAD, {(): 1})))
    # The unit is the one whose office this is: a code made from a name in the text goes nowhere.
    doubts = [(doubt.line, doubt.text, doubt.why) for doubt in reading.doubts if doubt.why != CODE_GUESSED]
    if read.unit.code != own.code and read.unit.short_name != own.short_name:
        why = (
            f"Kế hoạch này là của {read.unit.name}. Đầu văn bản vẫn in tên {own.name}; hãy xem lại nơi nhận, người ký."
        )
        doubts.insert(0, (0, "", why))
    return Recognised(name, read.answers, tuple(doubts), campaign_by_id(read.campaign))
