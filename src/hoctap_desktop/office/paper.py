"""A filing on paper: which room lays it out, for which Week."""

from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import known_campaigns
from hoctap_desktop.document.model import Document
from hoctap_desktop.document.pdf import Printed, render
from hoctap_desktop.filing.model import Filing, Kind, Status
from hoctap_desktop.filing.printed import with_number
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.dates import parse_date
from hoctap_desktop.foundation.errors import UserError


def form_of(filing: Filing) -> FormDefinition:
    """The form a filing was filled on. Raises UserError(FORM_UNKNOWN)."""
    return form_by_id(filing.form.id, filing.form.version, sha256=filing.form.hash)


def campaign_of(filing: Filing) -> Campaign:
    """The campaign a filing belongs to; for a year without a shipped campaign, what its own answers say of the Week.

    A plan read from an old paper must print though nobody wrote a campaign for its year.
    """
    known = next((c for c in known_campaigns() if c.id == filing.campaign), None)
    if known is not None:
        return known
    year = int(filing.campaign[:4])
    first = _day(text(filing.answers, "week.from"), date(year, 10, 1))
    last = _day(text(filing.answers, "week.to"), date(year, 10, 7))
    theme = text(filing.answers, "theme")
    return Campaign(filing.campaign, year, (theme,) if theme else (), first, last)


def _day(written: str, otherwise: date) -> date:
    try:
        return parse_date(written) if written else otherwise
    except UserError:
        return otherwise


def document_of(filing: Filing, campaign: Campaign | None = None) -> Document:
    """The page of a filing. Raises UserError(FORM_UNKNOWN)."""
    form = form_of(filing)
    week = campaign or campaign_of(filing)
    match filing.kind:
        case Kind.PLAN:
            from hoctap_desktop.plan.printed import printed as plan_page

            return plan_page(filing, form, week)
        case Kind.REPORT:
            from hoctap_desktop.report.printed import printed as report_page

            return report_page(filing, form, week)


def print_filing(filing: Filing, campaign: Campaign | None = None) -> Printed:
    """The PDF of a filing as it stands. Raises UserError LETTER_MISSING, FORM_UNKNOWN."""
    form = form_of(filing)
    return render(document_of(filing, campaign), field_of=lambda key: field_name(form, key))


def print_with_number(filing: Filing) -> Printed:
    """The PDF of a final filing with the number and day it got after signing, marked as a later print.

    Raises UserError FORM_UNKNOWN.
    """
    return render(with_number(document_of(filing), filing))


def word_of(filing: Filing) -> bytes:
    """The same page as a Word file (docx), for those who go on editing it. Raises UserError(FORM_UNKNOWN).

    A final filing whose number and day are known shows them, and says that it is a later print.
    """
    from hoctap_desktop.document.word import render_word

    return render_word(_as_far_as_known(filing))


def sheet_of(filing: Filing) -> bytes:
    """The same page as an xlsx sheet, its table's numbers numbers. Otherwise like `word_of`."""
    from hoctap_desktop.document.sheet_page import render_sheet

    return render_sheet(_as_far_as_known(filing))


def _as_far_as_known(filing: Filing) -> Document:
    document = document_of(filing)
    later = filing.status is Status.FINAL and (filing.document_number or filing.document_day)
    return with_number(document, filing) if later else document


def field_name(form: FormDefinition, key: str) -> str:
    """What the field behind a printed block is called on the screen: "body.12" is the form's field body."""
    kind, _, rest = key.partition(".")
    if kind == "section":
        return next((section.label for section in form.sections if section.id == rest), "")
    if kind == "row":
        return next((row.label for section in form.sections for row in section.rows if row.id == rest), "")
    while key:
        if field := form.field(key):
            return field.label
        key = key.rpartition(".")[0]
    return ""
