"""What a filing said at any moment, from its revisions and its history. Pure.

A version is a revision as it stood after one change: "2.57" is revision 2 after change 57, "2.0" as it began, "2" as it
stands now. Nothing is stored for it: going back from what stands now through the changes gives every earlier state.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hoctap_desktop.filing.change_rows import Act, ActKind, Change
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.filing.repository import DOCUMENT_DAY, DOCUMENT_NUMBER
from hoctap_desktop.form.answers import Answers, same_answer
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError

# Work with a pause of less than this is one stretch, and one point of the time line.
PAUSE = timedelta(minutes=15)
# A text that grows with pauses shorter than this is one entry of its field's history. A number is one each time.
TYPING = timedelta(seconds=60)
_TAKEN_AWAY = 80
_AT_ONCE = (ActKind.RESTORED, ActKind.TAKEN)
_NO_ANSWERS = (DOCUMENT_NUMBER, DOCUMENT_DAY)
_VERSION = re.compile(r"([1-9]\d{0,5})(?:\.(\d{1,9}))?")


@dataclass(frozen=True, order=True)
class VersionId:
    """upto: number of the last change it holds, 0 for the beginning; None: as the revision stands."""

    revision: int
    upto: int | None = None

    def __str__(self) -> str:
        return str(self.revision) if self.upto is None else f"{self.revision}.{self.upto}"


@dataclass(frozen=True)
class Point:
    """One point of the time line.

    kind: "begun", "amended", "typed" (a stretch of work), "taken" (from a workbook), "restored", "finalised", "sent".
    since: when the stretch began; fields: what was changed in it; words: of "restored" the version gone back to, of
    "amended" the revision it was made from, "" in a store of before that was kept, of "taken" the file's name.
    """

    id: VersionId
    kind: str
    at: datetime | None
    who: str = ""
    since: datetime | None = None
    fields: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a field's history: typing in one go is one entry. number: of its last change."""

    number: int
    revision: int
    since: datetime
    at: datetime
    who: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True)
class RemovedItem:
    """A row of a list (a class, a line) that was taken out and stands there no more. place: the index it had."""

    field: str
    item: JsonValue
    at: datetime
    who: str
    place: int = 0


def version_id(text: str) -> VersionId | None:
    """ "2.57" or "2"; None for anything else."""
    found = _VERSION.fullmatch(text.strip())
    return VersionId(int(found[1]), int(found[2]) if found[2] else None) if found else None


def version(revisions: Sequence[Filing], changes: Iterable[Change], id: VersionId) -> Filing:
    """The filing as it stood then. Raises UserError VERSION_UNKNOWN."""
    found = next((one for one in revisions if one.revision == id.revision), None)
    known = [change for change in changes if change.revision == id.revision]
    if found is None or (id.upto and id.upto not in {change.number for change in known}):
        raise UserError(Code.VERSION_UNKNOWN, filing=revisions[0].id, version=str(id))
    if id.upto is None:
        return found
    answers = dict(found.answers)
    for change in reversed([change for change in known if change.number > id.upto]):
        if change.field in _NO_ANSWERS:
            continue
        if change.before is None:
            answers.pop(change.field, None)
        else:
            answers[change.field] = change.before
    return replace(found, answers=answers)


def timeline(
    revisions: Sequence[Filing],
    changes: Sequence[Change],
    acts: Sequence[Act],
    sent: Mapping[int, datetime] | None = None,
) -> tuple[Point, ...]:
    """The points of a filing, the newest first; the first one is how it stands now. sent: revision to moment."""
    points: list[Point] = []
    for filing in revisions:
        own = [change for change in changes if change.revision == filing.revision]
        done = [act for act in acts if act.revision == filing.revision]
        points += _of_revision(filing, own, done)
        if sent and filing.revision in sent:
            points.append(Point(VersionId(filing.revision), "sent", sent[filing.revision]))
    newest = revisions[-1]
    if newest.status is Status.DRAFT:
        last = next((one for one in reversed(points) if one.at is not None), None)
        if last is not None and last.kind == "typed" and last.id.revision == newest.revision:
            points[points.index(last)] = replace(last, id=VersionId(newest.revision))
    return tuple(reversed(points))


def _of_revision(filing: Filing, changes: Sequence[Change], acts: Sequence[Act]) -> list[Point]:
    points: list[Point] = []
    begun = next((act for act in acts if act.kind in (ActKind.BEGUN, ActKind.AMENDED)), None)
    first = VersionId(filing.revision, 0)
    kind = (begun.kind if begun else ActKind.BEGUN if filing.revision == 1 else ActKind.AMENDED).value
    points.append(Point(first, kind, begun.at, begun.who, words=begun.words) if begun else Point(first, kind, None))
    others = [act for act in acts if act is not begun]
    for stretch in _stretches([change for change in changes if change.field not in _NO_ANSWERS], others):
        fields = tuple(dict.fromkeys(change.field for change in stretch))
        last = stretch[-1]
        id = VersionId(filing.revision, last.number)
        done = next((act for act in others if act.kind in _AT_ONCE and act.after == last.number), None)
        kind = done.kind.value if done else "typed"
        points.append(Point(id, kind, last.at, last.who, stretch[0].at, fields, done.words if done else ""))
    if filing.finalised_at is not None:
        final = next((act for act in others if act.kind is ActKind.FINALISED), None)
        who = final.who if final else ""
        points.append(Point(VersionId(filing.revision), ActKind.FINALISED.value, filing.finalised_at, who))
    return points  # in the order things happened, whatever the clock said


def _stretches(changes: Sequence[Change], acts: Sequence[Act]) -> list[list[Change]]:
    """Changes by one person on one day without a long pause, and without an act between them.

    What one going back or one workbook changed, all at the moment of its act, stands alone.
    """
    ends = {act.after for act in acts}
    at_once = {act.at for act in acts if act.kind in _AT_ONCE}
    found: list[list[Change]] = []
    for change in changes:
        last = found[-1][-1] if found else None
        goes_on = (
            last is not None
            and change.who == last.who
            and abs(change.at - last.at) < PAUSE
            and change.at.date() == last.at.date()
            and (change.at in at_once) == (last.at in at_once)
            and not any(last.number <= after < change.number for after in ends)
        )
        if goes_on:
            found[-1].append(change)
        else:
            found.append([change])
    return found


def field_history(changes: Iterable[Change], field: str) -> tuple[Entry, ...]:
    """The entries of one field, the newest first."""
    found: list[Entry] = []
    for change in changes:
        if change.field != field:
            continue
        last = found[-1] if found else None
        if (
            last is not None
            and (last.revision, last.who) == (change.revision, change.who)
            and abs(change.at - last.at) < TYPING
            and last.after == change.before
            and isinstance(last.after, str)
            and isinstance(change.after, str)
            and len(change.after) >= len(last.after) - _TAKEN_AWAY
        ):
            found[-1] = replace(last, number=change.number, at=change.at, after=change.after)
        else:
            entry = Entry(change.number, change.revision, change.at, change.at, change.who, change.before, change.after)
            found.append(entry)
    return tuple(entry for entry in reversed(found) if not same_answer(entry.before, entry.after))


def removed_items(answers: Answers, changes: Iterable[Change]) -> tuple[RemovedItem, ...]:
    """Rows taken out of lists that are not there now, the latest first."""
    found: list[RemovedItem] = []
    for change in changes:
        before, after = change.before, change.after if change.after is not None else []
        if not isinstance(before, list) or not isinstance(after, list) or len(after) >= len(before):
            continue
        standing = answers.get(change.field)
        for place, item in enumerate(before):
            gone = item not in after and not (isinstance(standing, list) and item in standing)
            if gone:
                found = [one for one in found if (one.field, one.item) != (change.field, item)]
                found.append(RemovedItem(change.field, item, change.at, change.who, place))
    return tuple(reversed(found))
