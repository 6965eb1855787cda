"""What the units wrote, beside what the office writes of it."""

from dataclasses import dataclass

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.overview import Narrative, asked_form, narratives
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Filing, Kind, filing_id
from hoctap_desktop.form.answers import text
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store

_LEAD = "lead"


@dataclass(frozen=True)
class Told:
    """One section of the report: what each unit wrote, and the office's own text ("" before its report is begun)."""

    field: Field
    units: tuple[Narrative, ...]
    own: str


def sections(form: FormDefinition) -> tuple[Field, ...]:
    """The sections that are told in words."""
    return tuple(field for field in form.fields() if field.type is FieldType.LONG_TEXT and field.id != _LEAD)


def told(store: Store, field: str) -> Told:
    """One section of all units. Raises UserError NO_UNITS_BELOW, STORE_DAMAGED; KeyError for no such section."""
    asked = {one.id: one for one in sections(asked_form(store))}[field]
    own = filings.find(store, filing_id(active(store).id, Kind.REPORT))
    return Told(asked, narratives(store, field), text(own.answers, field) if own is not None else "")


def write_own(store: Store, field: str, words: str) -> Filing:
    """Keeps the office's own text of a section; its report is begun from the totals when there is none.

    Raises UserError FILING_FINAL, FIELD_UNKNOWN, NO_UNITS_BELOW, STORE_DAMAGED.
    """
    id = filing_id(active(store).id, Kind.REPORT)
    with store.atomic():
        report = filings.find(store, id) or prepare_report(store)
        form = form_of(report)
        if form.field(field) is None:  # asked below only
            raise UserError(Code.FIELD_UNKNOWN, form=form.name, field=field)
        return filings.set_answer(store, id, field, words or None, store.clock())


def insert(store: Store, field: str, one: Narrative) -> Filing:
    """Puts what a unit wrote under the office's own text, with its source. Raises UserError as `write_own`."""
    before = told(store, field).own
    return write_own(store, field, "\n".join(part for part in (before, quoted(one)) if part))


def quoted(one: Narrative) -> str:
    """A unit's words with their source: "… (theo báo cáo của Trường THCS Hà Thượng)." """
    words = one.words.rstrip().rstrip(".;")
    return f"{words} (theo báo cáo của {one.unit.short_name or one.unit.name})."
