"""Exporting a final filing for the upper unit: the same revision is the same bytes however often it is asked for."""

from datetime import datetime

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.attaching import contents
from hoctap_desktop.filing.attachment_rows import attached, close
from hoctap_desktop.filing.attachments import heaviest, size_words
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.form.loader import forms_by_hash, is_for_below
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import repository
from hoctap_desktop.submission.container import MAX_FILE
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.replies import answered_revision, own_epoch, taken_replies
from hoctap_desktop.submission.repository import Sent
from hoctap_desktop.submission.seal import Attachment, Sealed, seal_filing
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.units import repository as units
from hoctap_desktop.units.model import Unit


def upper_unit(store: Store) -> Unit:
    """Whom this office sends to. Raises UserError NO_UPPER_UNIT, UNIT_UNKNOWN."""
    own = units.own_unit(store)
    upper = units.unit(store, own.upper) if own.upper else None
    if upper is None:
        raise UserError(Code.NO_UPPER_UNIT)
    return upper


def already_sealed(store: Store, filing_id: str) -> Sealed | None:
    """The sealed file of the newest final revision, or None when it was not sealed yet: no key is asked for then.

    Raises UserError FILING_UNKNOWN, FILING_NOT_FINAL, STORE_DAMAGED.
    """
    final = _newest_final(store, filing_id)
    known = repository.sent_package(store, filing_id, final)
    return known[1] if known else None


def seal(store: Store, filing_id: str, key: Signer, at: datetime) -> Sealed:
    """The sealed file of the newest final revision with the files attached to it, and the record that it was made.

    A revision sealed before gives its old bytes: two files of one revision would be a fork at the receiver. From here
    on its list of attachments is closed. Raises UserError FILING_UNKNOWN, FILING_NOT_FINAL, NO_UPPER_UNIT,
    FORM_FOR_BELOW (finalised before forms for below were told apart), FORBIDDEN_FILE, PACKAGE_TOO_HEAVY, BAD_CONTENT,
    STORE_DAMAGED, REVISION_BEHIND (the upper unit answered a later one), and those of a full disk.
    """
    if known := already_sealed(store, filing_id):
        return known
    number = _newest_final(store, filing_id)
    filing = filings.revision(store, filing_id, number)
    form = forms_by_hash().get(filing.form.hash)
    if form is not None and is_for_below(form, int(filing.campaign[:4])):
        raise UserError(Code.FORM_FOR_BELOW)
    frozen = filings.frozen(store, filing_id, number)
    previous = _before(store, filing_id, number)
    recipient = unit_name(upper_unit(store))
    answered = answered_revision(store, filing_id)
    if answered >= number:
        raise UserError(Code.REVISION_BEHIND, revision=number, known=answered, next_revision=answered + 1)
    epoch = own_epoch(store)
    files = [Attachment(one.name, contents(store, one)) for one in attached(store, filing_id, number)]
    try:
        sealed = seal_filing(
            filing,
            frozen.answers_json,
            frozen.pdf,
            key,
            recipient,
            at,
            epoch=epoch,
            previous=previous,
            attachments=files,
        )
    except UserError as refusal:
        if refusal.code is not Code.TOO_LARGE:
            raise
        sizes = [("bản in PDF", len(frozen.pdf)), *((file.name, len(file.data)) for file in files)]
        raise UserError(Code.PACKAGE_TOO_HEAVY, limit=size_words(MAX_FILE), heaviest=heaviest(sizes)) from refusal
    sent = Sent(filing_id, number, epoch, sealed.package_id, previous, recipient, sealed.name, at)
    with store.atomic():
        repository.remember_sent(store, sent, sealed.data)
        close(store, filing_id, number, at)
    return sealed


def resubmit(store: Store, filing_id: str) -> Filing:
    """Nộp lại: the next revision of a filing, with a number above every one the upper unit ever answered.

    Raises UserError FILING_NOT_FINAL, FILING_UNKNOWN.
    """
    # here: plan and report with all their checks hang on it, and sealing asks for none of them
    from hoctap_desktop.office.filings import amend

    answered = answered_revision(store, filing_id)
    return amend(store, filing_id, answered + 1 if answered else 0)


def next_revision(store: Store, filing_id: str) -> int:
    """The number `resubmit` gives a final filing. Raises UserError FILING_UNKNOWN."""
    return max(filings.current(store, filing_id).revision, answered_revision(store, filing_id)) + 1


def _before(store: Store, series: str, number: int) -> str | None:
    """The package the next one follows: the last revision sent from here, or a later one the upper unit answered."""
    sent = [(one.revision, one.package_id) for one in repository.sent_packages(store) if one.series == series]
    answered = [(one.reply.revision, one.reply.package_id) for one in taken_replies(store, series)]
    return max((pair for pair in (*answered, *sent) if pair[0] < number), default=(0, None))[1]


def _newest_final(store: Store, filing_id: str) -> int:
    """The number of the newest final revision: a draft of the next one does not stop the last from being sent."""
    final = [one.revision for one in filings.versions(store, filing_id) if one.status is Status.FINAL]
    if not final:
        raise UserError(Code.FILING_NOT_FINAL, filing=filing_id)
    return max(final)
