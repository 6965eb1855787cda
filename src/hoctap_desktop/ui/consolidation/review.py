"""What an officer sees of a received paper and its pile: the fields he can speak of, what was decided. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoctap_desktop.campaign.repository import known_campaigns
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.checking import NOTHING_CHECKED, Checked, check_paper
from hoctap_desktop.consolidation.overview import current_board
from hoctap_desktop.consolidation.reviewing import decide, decisions, form_of
from hoctap_desktop.consolidation.status import Board, Review, ReviewAct
from hoctap_desktop.filing.differences import value_words
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.answers import Answers
from hoctap_desktop.form.definition import FormDefinition, Severity
from hoctap_desktop.form.validation import NOTE
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.text import matches
from hoctap_desktop.office.office_acts import two_persons
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.reply import Remark

ACT_WORDS = {
    ReviewAct.PROPOSED: ("users", "pri", "Đề nghị duyệt"),
    ReviewAct.APPROVED: ("circle-check", "ok", "Đã duyệt"),
    ReviewAct.RETURNED: ("undo-2", "returned", "Trả lại"),
    ReviewAct.REOPENED: ("history", "plain", "Bỏ quyết định"),
}


@dataclass(frozen=True)
class FieldRow:
    """A field of the form. value: what the unit wrote, on one line. head: its section, for the first field of one."""

    id: str
    label: str
    value: str
    head: str = ""

    @property
    def words(self) -> str:
        return f"{self.label}: {self.value}" if self.value else self.label


@dataclass(frozen=True)
class Case:
    """A paper as one of a pile. decided: oldest first. before, after: package ids, "" at the ends.

    place, of: which of how many; place 0 when it counts no more. from_paper: typed in here, so nothing is sent back.
    two_persons: the office's rule; checked: what the paper is held against.
    """

    package_id: str
    rows: tuple[FieldRow, ...]
    decided: tuple[Review, ...]
    before: str = ""
    after: str = ""
    place: int = 0
    of: int = 0
    from_paper: bool = False
    two_persons: bool = False
    checked: Checked = NOTHING_CHECKED

    @property
    def standing(self) -> Review | None:
        """The decision that stands, None while there is none (any more)."""
        last = self.decided[-1] if self.decided else None
        if last is not None and last.act is ReviewAct.PROPOSED and not self.two_persons:
            return None
        return last if last is not None and last.act is not ReviewAct.REOPENED else None

    @property
    def accept_words(self) -> str:
        """What the button says: under the two-person rule the first one proposes."""
        waits = self.standing is not None and self.standing.act is ReviewAct.PROPOSED
        return "Đề nghị duyệt" if self.two_persons and not waits else "Duyệt"

    @property
    def rule_words(self) -> str:
        """What the two-person rule asks for now; "" when nothing."""
        last = self.standing
        if not self.two_persons or (last is not None and last.act is not ReviewAct.PROPOSED):
            return ""
        if last is None:
            return "Hai người duyệt: một người đề nghị, một người khác duyệt. Đến lúc đó số chưa được cộng."
        return f"{last.who} đã đề nghị. Người khác duyệt thì số mới được cộng."

    @property
    def may_be_returned(self) -> bool:
        """True while a return slip can be written."""
        return not self.from_paper and (self.standing is None or self.standing.act is not ReviewAct.RETURNED)

    @property
    def place_words(self) -> str:
        return f"Bản {self.place} trên {self.of}" if self.place else ""


def read_case(store: Store, package_id: str, chosen: Sequence[str] = ()) -> Case:
    """The case of one package. chosen: the packages to go through, in order; () for all that count, as the board has
    them. Raises UserError PACKAGE_UNKNOWN, STORE_DAMAGED.
    """
    got = repository.submission(store, package_id)
    form = form_of(store, package_id)
    rows = field_rows(form, repository.answers_of(store, package_id)) if form is not None else ()
    pile = _pile(store, got.campaign, got.kind)
    if package_id in chosen:
        counts = {package_id, *pile}
        pile = tuple(one for one in chosen if one in counts)
    at = pile.index(package_id) if package_id in pile else -1
    return Case(
        package_id,
        rows,
        decisions(store, package_id),
        before=pile[at - 1] if at > 0 else "",
        after=pile[at + 1] if 0 <= at < len(pile) - 1 else "",
        place=at + 1,
        of=len(pile),
        from_paper=got.from_paper,
        two_persons=two_persons(store),
        checked=check_paper(store, package_id),
    )


def decide_case(
    store: Store,
    package_id: str,
    act: ReviewAct,
    words: str,
    remarks: Mapping[str, str],
    who: str = "",
    chosen: Sequence[str] = (),
) -> Case:
    """Writes a decision; the case after it, as read_case. Raises UserError as reviewing.decide."""
    form = form_of(store, package_id)
    rows = field_rows(form, repository.answers_of(store, package_id)) if form is not None else ()
    said = [Remark(row.id, remarks[row.id].strip()) for row in rows if remarks.get(row.id, "").strip()]
    decide(store, package_id, act, words, said, who)
    return read_case(store, package_id, chosen)


def field_rows(form: FormDefinition, answers: Answers) -> tuple[FieldRow, ...]:
    """Every field of a form with its answer, in the order of the paper; the first of a section bears its name."""
    found: list[FieldRow] = []
    last = ""
    for field in form.fields():
        if field.id.startswith(NOTE) and not answers.get(field.id):
            continue  # a note nobody wrote is nothing to speak of
        section = form.section_of(field.id)
        head = f"{section.number} {section.label}".strip() if section is not None else ""
        value = value_words(form, field.id, answers.get(field.id), blank="để trống")
        found.append(FieldRow(field.id, field.label, " ".join(value.split()), head if head != last else ""))
        last = head
    return tuple(found)


@dataclass(frozen=True)
class LookRow:
    """A line of Cần xem. kind: of ui/widgets/findings_list; field: to remark on; remark: words to begin with."""

    key: str
    kind: str
    title: str
    text: str
    field: str
    remark: str


def look_rows(checked: Checked) -> tuple[LookRow, ...]:
    """What is to be looked at: findings, those that block first, then the clerk's reasons that stand alone."""
    ordered = sorted(checked.findings, key=lambda one: (bool(one.reason), not one.blocks))
    found = []
    for number, one in enumerate(ordered):
        kind = "info" if one.reason else _KINDS[one.severity]
        # what the clerk was asked to do stands behind the fact
        fact = one.message.partition(". ")[0].rstrip(".") + "." if one.severity is Severity.ASK else one.message
        said = f" Đơn vị ghi: {one.reason}" if one.reason else ""
        title = one.place[:1].upper() + one.place[1:]
        found.append(LookRow(f"f{number}", kind, title, f"{fact}{said}", one.field, fact))
    for number, each in enumerate(checked.reasons):
        title = each.place[:1].upper() + each.place[1:]
        found.append(LookRow(f"r{number}", "info", title, f"Đơn vị ghi: {each.words}", each.field, ""))
    return tuple(found)


_KINDS = {Severity.BLOCK: "block", Severity.ASK: "ask", Severity.WARN: "warn"}


def found_rows(rows: tuple[FieldRow, ...], query: str) -> tuple[FieldRow, ...]:
    """The rows that have the words typed, with or without accents; all of them for no words."""
    query = " ".join(query.split())
    return tuple(row for row in rows if matches(query, row.words)) if query else rows


def decision_words(review: Review) -> str:
    """ "Trả lại ngày 14/10/2022, Nguyễn Văn A: Xem lại hai số. Nhận xét 2 mục." """
    at = review.decided_at.astimezone(VIETNAM) if review.decided_at else None
    when = f"{at:%H:%M %d/%m/%Y}" if at else f"{review.day:%d/%m/%Y}"
    said = f"{ACT_WORDS[review.act][2]} lúc {when}" + (f", {review.who}" if review.who else "")
    if review.reason:
        said += f": {review.reason}"
    if review.remarks:
        said += f"{'' if said.endswith('.') else '.'} Nhận xét {len(review.remarks)} mục."
    return said


def _pile(store: Store, campaign: str, kind: Kind) -> tuple[str, ...]:
    """What counts on the board of the paper's own campaign, in the order of the board."""
    week = next((one for one in known_campaigns() if one.id == campaign), None)
    if week is None:
        return ()
    try:
        board = current_board(store, campaign=week)
    except UserError:
        return ()
    return pile_of(board, kind)


def pile_of(board: Board, kind: Kind) -> tuple[str, ...]:
    """The packages of one kind that count, in the order of the board."""
    found = (row.standing(kind).received for row in board.rows)
    return tuple(one.submission.package_id for one in found if one is not None)
