"""What an officer decides about a package, kept for ever; and the replies that follow from it."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.choices import choices, write_choice
from hoctap_desktop.consolidation.model import ChoiceAct, Decided, Submission
from hoctap_desktop.consolidation.status import Board, Review, ReviewAct, Standing, decided_by
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import known_forms
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import fold
from hoctap_desktop.office.office_acts import two_persons
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import append, checked, digests
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.reply import LONGEST_WORDS, Remark, Reply, ReplyAct
from hoctap_desktop.submission.reply_paper import reply_paper
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.units.repository import own_unit

_ACTS = {ReviewAct.APPROVED: ReplyAct.APPROVED, ReviewAct.RETURNED: ReplyAct.RETURNED}


def decide(
    store: Store, package_id: str, act: ReviewAct, words: str = "", remarks: Sequence[Remark] = (), who: str = ""
) -> Review:
    """Writes a decision about a package that was taken in; the last one stands, all of them are kept.

    words: for the whole paper; remarks: on single fields. REOPENED takes the decision before back. who: "" for the
    person at the machine. Under the two-person rule the first approval is a proposal, and another person approves.
    Raises UserError PACKAGE_UNKNOWN, REVIEW_NEEDS_WORDS (returned without a word), REVIEW_PAPER_ENTRY,
    REVIEW_SAME_PERSON, REVIEW_NEEDS_NAME, KEPT_FILE_LOST.
    """
    words = words.strip()[:LONGEST_WORDS]
    said = tuple(remark for remark in remarks if remark.words.strip())
    if act is ReviewAct.RETURNED and not words and not said:
        raise UserError(Code.REVIEW_NEEDS_WORDS)
    with store.atomic():
        from_paper = repository.submission(store, package_id).from_paper
        if from_paper and act is ReviewAct.RETURNED:
            raise UserError(Code.REVIEW_PAPER_ENTRY)
        if not from_paper and act is not ReviewAct.REOPENED:
            repository.sealed_file(store, package_id)  # nobody decides on pages nobody can see
        if act in (ReviewAct.APPROVED, ReviewAct.PROPOSED):
            act = ReviewAct.APPROVED
            if two_persons(store):
                who = who or store.who
                act = _by_two(decisions(store, package_id), who)
        return _write(store, package_id, act, words, said, who)


def _by_two(before: Sequence[Review], who: str) -> ReviewAct:
    """What an approval is under the two-person rule: a proposal, or the approval of what another one proposed.

    What is approved stays so: approving it once more must not take it out of the totals.
    """
    if not fold(who):
        raise UserError(Code.REVIEW_NEEDS_NAME)
    last = before[-1] if before else None
    if last is not None and last.act is ReviewAct.APPROVED:
        return ReviewAct.APPROVED
    if last is None or last.act is not ReviewAct.PROPOSED:
        return ReviewAct.PROPOSED
    if fold(last.who) == fold(who):
        raise UserError(Code.REVIEW_SAME_PERSON, who=who)
    return ReviewAct.APPROVED


def decisions(store: Store, package_id: str | None = None) -> tuple[Review, ...]:
    """Every decision (about one package), oldest first. Raises UserError(STORE_DAMAGED)."""
    now = digests(store, "review", "number")
    before, found = _READ.get(store, ("", ()))
    if now != before:
        kept = found if before and now.startswith(f"{before},") else ()
        last = int(before.rpartition(",")[2].partition(" ")[0]) if kept else 0
        new = store.query("SELECT * FROM review WHERE number > ? ORDER BY number", (last,))
        found = (*kept, *(_review(store, row) for row in new))
        _READ[store] = now, found
    return found if package_id is None else tuple(one for one in found if one.package_id == package_id)


# Nobody else writes to an open store: what was judged once in this process is what it was then.
_READ: WeakKeyDictionary[Store, tuple[str, tuple[Review, ...]]] = WeakKeyDictionary()


def _write(store: Store, package_id: str, act: ReviewAct, words: str, said: Sequence[Remark], who: str) -> Review:
    at = store.clock()
    with store.atomic() as db:
        row = {
            "package_id": package_id,
            "act": act.value,
            "words": words,
            "remarks": json.dumps([[one.field, one.words] for one in said], ensure_ascii=False),
            "who": who,
            "decided_at": at.isoformat(),
        }
        append(db, "review", row)
    return Review(package_id, act, at.astimezone(VIETNAM).date(), words, tuple(said), who, at)


def decided(store: Store) -> Decided:
    """What stands of reviews and choices, by package. Raises UserError(STORE_DAMAGED)."""
    silent = {ReviewAct.REOPENED} if two_persons(store) else {ReviewAct.REOPENED, ReviewAct.PROPOSED}
    last = {one.package_id: one for one in decisions(store)}
    chosen = {one.package_id: one for one in choices(store)}
    return decided_by((one for one in last.values() if one.act not in silent), chosen.values())


def void(store: Store, packages: Sequence[str], words: str) -> None:
    """Takes back what was decided of packages that are put back: should they come again, they are looked at again."""
    standing = decided(store)
    last = {one.package_id: one for one in decisions(store)}
    for id in packages:
        if id in standing.kept:
            write_choice(store, id, ChoiceAct.UNDONE, store.who, store.clock())
        if id in last and last[id].act is not ReviewAct.REOPENED:
            _write(store, id, ReviewAct.REOPENED, words, (), store.who)


def form_of(store: Store, package_id: str) -> FormDefinition | None:
    """The form a package was filled in on, or None when it is not known here (any more)."""
    wanted = repository.submission(store, package_id).form
    return next(
        (one for one in known_forms() if (one.id, one.version, one.hash) == (wanted.id, wanted.version, wanted.hash)),
        None,
    )


def remarks_from(store: Store, package_id: str, said: Sequence[str]) -> tuple[Remark, ...]:
    """Remarks written as "field=words". Raises UserError FIELD_UNKNOWN, PACKAGE_UNKNOWN."""
    form = form_of(store, package_id)
    known = {field.id for field in form.fields()} if form else set()
    found = []
    for one in said:
        field, _, words = one.partition("=")
        if form is not None and field not in known:
            raise UserError(Code.FIELD_UNKNOWN, field=field, form=form.name)
        found.append(Remark(field, words.strip()))
    return tuple(found)


# --- replies ------------------------------------------------------------------------------------------------------


def reply_for(submission: Submission, standing: Standing, review: Review | None) -> Reply:
    """What the unit is told about its package: the decision, or that it came. review: the last one, REOPENED too.

    A decision that was taken back is told as received from that moment on: an earlier day would not undo the slip.
    """
    told = review is not None and review.act in _ACTS
    act = _ACTS[review.act] if review is not None and review.act in _ACTS else ReplyAct.RECEIVED
    return Reply(
        act=act,
        package_id=submission.package_id,
        unit_code=submission.unit_code,
        series=submission.series,
        revision=submission.revision,
        epoch=submission.epoch,
        paper_code=submission.paper_code,
        received_on=submission.received_on,
        days_late=standing.days_late,
        decided_at=((review and review.decided_at) or submission.received_at).replace(microsecond=0),
        words=review.reason if review is not None and told else "",
        remarks=review.remarks if review is not None and told else (),
    )


def replies_due(store: Store, board: Board) -> tuple[tuple[UnitName, Reply], ...]:
    """A reply for every package that counts on the board or came for one, plans before reports.

    What was typed in gets none.
    """
    last = {one.package_id: one for one in decisions(store)}
    found = []
    for row in board.rows:
        for kind in (Kind.PLAN, Kind.REPORT):
            standing = row.standing(kind)
            for submission in _answered(standing):
                unit = UnitName(submission.unit_code, submission.unit_name)
                found.append((unit, reply_for(submission, standing, last.get(submission.package_id))))
    return tuple(found)


def _answered(standing: Standing) -> list[Submission]:
    """What counts, and the later paper that does not: that one is answered too."""
    papers = (one.submission for one in (standing.received, standing.later) if one is not None)
    return [one for one in papers if not one.from_paper]


def slip_page(store: Store, unit: UnitName, reply: Reply) -> bytes:
    """The half page that goes with a reply, as PDF."""
    from hoctap_desktop.document.layout import slip
    from hoctap_desktop.document.pdf import render

    key = own_key(store)
    form = form_of(store, reply.package_id)
    return render(reply_paper(own_unit(store), unit, reply, form, key.fingerprint if key else ""), slip()).data


def _review(store: Store, row: sqlite3.Row) -> Review:
    checked(store, row, f"quyết định ngày {row['decided_at'][:10]} về gói {row['package_id'][:12]}")
    at = datetime.fromisoformat(row["decided_at"])
    remarks = tuple(Remark(field, words) for field, words in json.loads(row["remarks"]))
    act = ReviewAct(row["act"])
    return Review(row["package_id"], act, at.astimezone(VIETNAM).date(), row["words"], remarks, row["who"], at)
