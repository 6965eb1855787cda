"""The changes of one page on their way to the store."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.session import Session

T = TypeVar("T")


class PageSaves:
    """Hands the changes of a page to the session, and counts them: what is read meanwhile is older than the screen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._made = self._known = 0

    def reading(self) -> None:
        """The store is asked now."""
        self._known = self._made

    @property
    def changed_since(self) -> bool:
        """True when something was changed after the store was asked last: its answer must not overwrite it."""
        return self._made != self._known

    def changed(self) -> None:
        """Something stands on the screen that the store was not told yet."""
        self._made += 1

    def keep(self, job: Callable[[Store], T], done: Callable[[T], object] | None = None) -> None:
        """A change of any kind (Session.save)."""
        self.changed()
        self._session.save(job, done)

    def keep_answers(self, filing: str, changes: Mapping[str, JsonValue | None]) -> None:
        """Answers of a draft, None for blank (Session.save_answers)."""
        if changes:
            self.changed()
            self._session.save_answers(filing, changes)
