"""A return slip while it stands: its words on fields as findings of their own kind, until the next revision is sent."""

from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.validation import place_of
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.replies import last_reply
from hoctap_desktop.submission.reply import Reply, ReplyAct
from hoctap_desktop.submission.repository import sent_packages

# The rule of these findings: no check of a form found them.
UPPER_REMARK = "upper_remark"


def standing_return(store: Store, series: str) -> Reply | None:
    """The slip a filing has to be put right by: the last word on it, and nothing was sealed since.

    Raises UserError(STORE_DAMAGED).
    """
    last = last_reply(store, series)
    if last is None or last.reply.act is not ReplyAct.RETURNED:
        return None
    later = any(one.series == series and one.revision > last.reply.revision for one in sent_packages(store))
    return None if later else last.reply


def remark_findings(form: FormDefinition, slip: Reply | None) -> tuple[Finding, ...]:
    """What the officer said of fields, in the order of the slip; () without one. None of them blocks."""
    said = slip.remarks if slip is not None else ()
    return tuple(
        Finding(UPPER_REMARK, Severity.WARN, one.field, place_of(form, one.field), " ".join(one.words.split()))
        for one in said
    )


def slip_words(slip: Reply) -> str:
    """ "Cấp trên trả lại lần 1 ngày 14/10/2022: Xem lại hai số. Nhận xét ở 2 mục." """
    day = print_date(slip.decided_at.astimezone(VIETNAM).date())
    said = f"Cấp trên trả lại lần {slip.revision} ngày {day}"
    said += f": {' '.join(slip.words.split())}" if slip.words else "."
    if not said.endswith((".", "?", "!")):
        said += "."
    return f"{said} Nhận xét ở {len(slip.remarks)} mục." if slip.remarks else said
