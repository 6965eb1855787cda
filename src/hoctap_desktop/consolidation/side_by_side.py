"""A later paper beside the accepted one it came for, cell by cell, and the officer's choice between the two."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hoctap_desktop.consolidation import choices, repository, reviewing
from hoctap_desktop.consolidation.model import (
    Beside,
    Choice,
    ChoiceAct,
    Decided,
    Reported,
    Submission,
    beside,
    in_order,
)
from hoctap_desktop.consolidation.status import Review, ReviewAct
from hoctap_desktop.filing.differences import TextDifference, both_ask, differences, is_number, label_of, said_on
from hoctap_desktop.filing.model import KIND_WORDS
from hoctap_desktop.form.answers import Answers, Count, cell
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store


@dataclass(frozen=True)
class CellPair:
    """One cell in both papers, as a person reads it. difference: "+12", "−5", "" where it is no matter of counting."""

    field: str
    label: str
    old: str
    new: str
    difference: str
    changed: bool


class FileState(StrEnum):
    """What became of an attachment."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class FilePair:
    """An attachment by the name the unit gave it."""

    name: str
    state: FileState


class Standing(StrEnum):
    """What was decided of the later paper."""

    OPEN = "open"
    TAKEN = "taken"
    PROPOSED = "proposed"  # one person took it; under the two-person rule another one has to
    KEPT = "kept"
    RETURNED = "returned"


FILE_WORDS = {
    FileState.SAME: "như nhau",
    FileState.CHANGED: "nội dung đã đổi",
    FileState.ADDED: "chỉ có ở bản mới",
    FileState.REMOVED: "chỉ có ở bản đã duyệt",
}


@dataclass(frozen=True)
class SideBySide:
    """cells: every number of the form, in its order; texts: those that differ. reviews, chosen: oldest first.

    lost: that the kept file of one is gone, and what to do; "" while both are whole.
    other_form: the two were filled in on different forms; what only one of them asks is NOT_ASKED in the other.
    """

    accepted: Submission
    later: Submission
    cells: tuple[CellPair, ...]
    texts: tuple[TextDifference, ...]
    files: tuple[FilePair, ...]
    standing: Standing
    reviews: tuple[Review, ...]
    chosen: tuple[Choice, ...]
    other_form: bool = False
    lost: str = ""

    @property
    def changed(self) -> tuple[CellPair, ...]:
        return tuple(one for one in self.cells if one.changed)

    @property
    def changed_files(self) -> tuple[FilePair, ...]:
        return tuple(one for one in self.files if one.state is not FileState.SAME)

    @property
    def count(self) -> int:
        """How many places differ."""
        return len(self.changed) + len(self.texts) + len(self.changed_files)


def waiting(store: Store, campaigns: Sequence[str]) -> tuple[Beside, ...]:
    """Every later paper nobody has decided on. Raises UserError(STORE_DAMAGED)."""
    known = reviewing.decided(store)
    if not known.accepted and not known.kept:
        return ()  # where nothing was accepted nothing waits beside it, and thousands of papers need not be read
    found = (one for id in campaigns for one in beside(repository.reported(store, id), known))
    return tuple(one for one in found if one.undecided)


def side_by_side(store: Store, package_id: str) -> SideBySide:
    """Both papers. package_id: of the later one. Raises UserError PACKAGE_UNKNOWN, NOTHING_BESIDE, STORE_DAMAGED."""
    later = repository.submission(store, package_id)
    decided = reviewing.decided(store)
    accepted = _accepted_before(repository.reported(store, later.campaign, later.kind), later, decided)
    if accepted is None:
        raise UserError(Code.NOTHING_BESIDE, unit=later.unit_name, revision=later.revision)
    before = reviewing.form_of(store, accepted.package_id)
    form = reviewing.form_of(store, package_id) or before
    old, new = (repository.answers_of(store, one.package_id) for one in (accepted, later))
    reviews, chosen = reviewing.decisions(store, package_id), choices.choices(store, package_id)
    lost = ""
    try:
        files = _files(store, accepted), _files(store, later)
    except UserError as cause:
        if cause.code is not Code.KEPT_FILE_LOST:
            raise
        files, lost = ({}, {}), str(cause)
    return SideBySide(
        accepted,
        later,
        cell_pairs(form, old, new, before) if form is not None else (),
        differences(form, old, new, before).texts if form is not None else (),
        file_pairs(*files),
        _standing(package_id, decided, reviews),
        reviews,
        chosen,
        other_form=accepted.form != later.form,
        lost=lost,
    )


def heading(found: SideBySide) -> str:
    """ "Trường THCS Hà Thượng, Báo cáo 2022: bản lần 2 khác bản lần 1 đã duyệt ở 3 chỗ"."""
    later = found.later
    paper = f"{later.unit_name}, {KIND_WORDS[later.kind].lower()} {later.campaign}"
    where = f"khác {found.accepted.named} đã duyệt ở {found.count} chỗ" if found.count else (
        f"không khác {found.accepted.named} đã duyệt ở chỗ nào"
    )  # fmt: skip
    return f"{paper}: bản lần {later.revision} {where}"


def standing_words(found: SideBySide) -> str:
    """What was decided and by whom; what holds until then."""
    accepted = found.accepted.named
    last = found.reviews[-1] if found.reviews else None
    match found.standing:
        case Standing.TAKEN:
            return f"Đã lấy bản mới, thay {accepted}{_by(last)}."
        case Standing.PROPOSED:
            return f"Một người đã đề nghị lấy bản mới{_by(last)}; chờ người thứ hai. Vẫn tính {accepted} đã duyệt."
        case Standing.KEPT:
            return f"Đã quyết định giữ {accepted} đã duyệt{_by(found.chosen[-1])}."
        case Standing.RETURNED:
            return f"Đã trả lại bản mới{_by(last)}. Vẫn tính {accepted} đã duyệt."
        case _:
            return f"Vẫn tính {accepted} đã duyệt đến khi có quyết định."


def _by(decision: Review | Choice | None) -> str:
    """ ", lúc 16:12 14/10/2022, Nguyễn Văn A"."""
    if decision is None:
        return ""
    at = decision.chosen_at if isinstance(decision, Choice) else decision.decided_at
    when = f", lúc {at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at is not None else ""
    return when + (f", {decision.who}" if decision.who else "")


def cell_pairs(
    form: FormDefinition, old: Answers, new: Answers, before: FormDefinition | None = None
) -> tuple[CellPair, ...]:
    """Every number of both papers. before: the form of the old one, where that is another. Pure."""
    found = []
    for field in both_ask(form, before or form):
        asking = form if form.field(field.id) is not None else before or form
        if is_number(asking, field.id):
            was, now = cell(old, field.id), cell(new, field.id)
            words = said_on(before or form, field.id, old.get(field.id)), said_on(form, field.id, new.get(field.id))
            difference = ""
            if isinstance(was, Count) and isinstance(now, Count) and was != now:
                by = now.value - was.value
                difference = f"{'+' if by > 0 else '−'}{print_count(abs(by))}"
            found.append(CellPair(field.id, label_of(asking, field.id), *words, difference, was != now))
    return tuple(found)


def file_pairs(old: dict[str, str], new: dict[str, str]) -> tuple[FilePair, ...]:
    """Attachments of both, by name; the values are digests of what is in them. Pure."""

    def made() -> Iterator[FilePair]:
        for name in sorted({*old, *new}):
            if name not in old:
                yield FilePair(name, FileState.ADDED)
            elif name not in new:
                yield FilePair(name, FileState.REMOVED)
            else:
                yield FilePair(name, FileState.SAME if old[name] == new[name] else FileState.CHANGED)

    return tuple(made())


# --- the choice ---------------------------------------------------------------------------------------------------


def take_later(store: Store, package_id: str, who: str = "") -> SideBySide:
    """Lấy bản mới: the later paper is approved and counts instead. Under the two-person rule the first one proposes.

    Raises UserError as `side_by_side` and reviewing.decide.
    """
    with store.atomic():
        found = side_by_side(store, package_id)
        _undo_kept(store, found, who)
        words = f"Thay {found.accepted.named} đã duyệt."
        reviewing.decide(store, package_id, ReviewAct.APPROVED, words, who=who)
    return side_by_side(store, package_id)


def keep_accepted(store: Store, package_id: str, who: str = "") -> SideBySide:
    """Giữ bản đã duyệt: the accepted paper goes on counting. Raises UserError as `side_by_side`."""
    with store.atomic():
        found = side_by_side(store, package_id)
        if found.standing is not Standing.KEPT:
            _undo_review(store, found, who)
            choices.write_choice(store, package_id, ChoiceAct.KEPT, who or store.who, store.clock())
    return side_by_side(store, package_id)


def send_back(store: Store, package_id: str, words: str, who: str = "") -> SideBySide:
    """Trả lại: the unit is to send another one; the accepted paper goes on counting.

    Raises UserError as `side_by_side`, REVIEW_NEEDS_WORDS.
    """
    with store.atomic():
        found = side_by_side(store, package_id)
        _undo_kept(store, found, who)
        reviewing.decide(store, package_id, ReviewAct.RETURNED, words, who=who)
    return side_by_side(store, package_id)


def take_back(store: Store, package_id: str, who: str = "") -> SideBySide:
    """Bỏ quyết định: nothing is decided of the later paper. Raises UserError as `side_by_side`."""
    with store.atomic():
        found = side_by_side(store, package_id)
        _undo_kept(store, found, who)
        _undo_review(store, found, who)
    return side_by_side(store, package_id)


def _undo_kept(store: Store, found: SideBySide, who: str) -> None:
    if found.standing is Standing.KEPT:
        choices.write_choice(store, found.later.package_id, ChoiceAct.UNDONE, who or store.who, store.clock())


def _undo_review(store: Store, found: SideBySide, who: str) -> None:
    if found.standing in (Standing.TAKEN, Standing.PROPOSED, Standing.RETURNED):
        reviewing.decide(store, found.later.package_id, ReviewAct.REOPENED, who=who)


def _standing(package_id: str, decided: Decided, reviews: Sequence[Review]) -> Standing:
    if package_id in decided.accepted:
        return Standing.TAKEN
    if package_id in decided.kept:
        return Standing.KEPT
    if package_id in decided.returned:
        return Standing.RETURNED
    proposed = bool(reviews) and reviews[-1].act is ReviewAct.PROPOSED
    return Standing.PROPOSED if proposed else Standing.OPEN


def _accepted_before(received: Sequence[Reported], later: Submission, decided: Decided) -> Submission | None:
    """The last accepted paper of the series before `later`; the last that was kept for it when none is accepted."""
    same = [one for one in received if one.submission.unit_code == later.unit_code]
    order = [one.submission for one in in_order(same)]
    at = next((place for place, one in enumerate(order) if one.package_id == later.package_id), 0)
    before = order[:at]
    accepted = [one for one in before if one.package_id in decided.accepted]
    if accepted:
        return accepted[-1]
    return before[-1] if before and later.package_id in decided.kept else None


def _files(store: Store, got: Submission) -> dict[str, str]:
    if got.from_paper:
        return {}
    opened = repository.opened(store, got.package_id)
    names = opened.manifest.attachments
    found: dict[str, str] = {}
    for one in opened.attachments:
        name, times = names[one.name], 1
        while (own := name if times == 1 else f"{name} ({times})") in found:  # photos of two telephones
            times += 1
        found[own] = hashlib.sha256(one.data).hexdigest()
    return found
