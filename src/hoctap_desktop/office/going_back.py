"""What a filing said before: its story, two states of it compared, and going back without losing what is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.filing import change_rows, removed, repository
from hoctap_desktop.filing.change_rows import Act, ActKind, Change
from hoctap_desktop.filing.differences import Differences, differences
from hoctap_desktop.filing.model import Filing, Status
from hoctap_desktop.filing.versions import (
    Entry,
    Point,
    RemovedItem,
    VersionId,
    field_history,
    removed_items,
    timeline,
    version,
)
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.database import Store


@dataclass(frozen=True)
class Story:
    """All that is known of a filing: its revisions, every change, what was done with it, and its newest form."""

    revisions: tuple[Filing, ...]
    changes: tuple[Change, ...]
    acts: tuple[Act, ...]
    form: FormDefinition
    sent: Mapping[int, datetime]

    @property
    def filing(self) -> Filing:
        """The newest revision."""
        return self.revisions[-1]

    def points(self) -> tuple[Point, ...]:
        """The time line, newest first."""
        return timeline(self.revisions, self.changes, self.acts, self.sent)

    def field(self, id: str) -> tuple[Entry, ...]:
        """The history of one field, newest first."""
        return field_history(self.changes, id)

    def at(self, id: VersionId) -> Filing:
        """The filing as it stood then. Raises UserError VERSION_UNKNOWN."""
        return version(self.revisions, self.changes, id)

    def compare(self, old: VersionId, new: VersionId) -> Differences:
        """What differs between two versions. Raises UserError VERSION_UNKNOWN."""
        return differences(self.form, self.at(old).answers, self.at(new).answers)

    def removed_items(self) -> tuple[RemovedItem, ...]:
        """Rows taken out of its lists; () for a final filing, into which nothing can be put back."""
        if self.filing.status is Status.FINAL:
            return ()
        return removed_items(self.filing.answers, self.changes)


def story(store: Store, id: str, sent: Mapping[int, datetime] | None = None) -> Story:
    """Reads all that is known of a filing. sent: when each revision went up, which a room above knows.

    Raises UserError FILING_UNKNOWN, STORE_DAMAGED.
    """
    revisions = repository.versions(store, id)
    return Story(
        revisions, change_rows.history(store, id), change_rows.acts(store, id), form_of(revisions[-1]), sent or {}
    )


def go_back(store: Store, id: str, to: VersionId) -> Filing:
    """Makes the draft say what it said at a version, as one change more; of a final filing begins the next revision.

    Answers the form of now does not know are left out. Raises UserError VERSION_UNKNOWN, FILING_UNKNOWN, STORE_DAMAGED.
    """
    with store.atomic() as db:
        told = story(store, id)
        wanted = told.at(to)
        at = store.clock()
        if told.filing.status is Status.FINAL:
            repository.amend(store, id, at)
        answers = wanted.answers
        if wanted.form.hash != told.filing.form.hash:
            known = {field.id for field in told.form.fields()}
            answers = {field: value for field, value in answers.items() if field in known}
        filing = repository.replace_answers(store, id, answers, at)
        change_rows.note_act(store, db, filing, ActKind.RESTORED, at, str(to))
    return filing


def put_item_back(store: Store, id: str, field: str, item: JsonValue, place: int | None = None) -> Filing:
    """Puts a row back into the list it was taken out of, at the index it had; None: at the end.

    Raises UserError FILING_FINAL, FILING_UNKNOWN.
    """
    standing = repository.current(store, id).answers.get(field)
    items = [*standing] if isinstance(standing, list) else []
    items.insert(len(items) if place is None else place, item)
    return repository.set_answer(store, id, field, items, store.clock())


def remove_draft(store: Store, id: str) -> removed.RemovedDraft:
    """Puts the draft into the trash. Raises UserError FILING_UNKNOWN, FILING_FINAL."""
    return removed.remove_draft(store, id, store.clock())


def put_draft_back(store: Store, number: int) -> Filing:
    """Takes a draft out of the trash. Raises UserError REMOVED_UNKNOWN."""
    return removed.put_back(store, number, store.clock())
