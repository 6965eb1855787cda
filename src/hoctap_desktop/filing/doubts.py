"""What the reader of an old plan was unsure of, kept beside the draft until the person has seen it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import insert


@dataclass(frozen=True)
class KeptDoubt:
    """line: from 1, in the file that was read, 0 for the whole text; words: of that line; why: a Vietnamese sentence.

    number: its name in the store.
    """

    number: int
    line: int
    words: str
    why: str


def keep_doubts(store: Store, filing: str, doubts: Sequence[tuple[int, str, str]]) -> tuple[KeptDoubt, ...]:
    """Puts these (line, words, why) in place of those kept for the filing; () forgets all. On the disk on return."""
    with store.atomic() as db:
        db.execute("DELETE FROM doubt WHERE filing = ?", (filing,))
        first = db.execute("SELECT coalesce(max(number), 0) FROM doubt").fetchone()[0] + 1
        for number, (line, words, why) in enumerate(doubts, first):
            row = {"number": number, "filing": filing, "line": line, "words": words, "why": why}
            insert(db, "doubt", row)
    return doubts_of(store, filing)


def doubts_of(store: Store, filing: str) -> tuple[KeptDoubt, ...]:
    """Those kept for a filing and not yet seen, as they were read."""
    rows = store.query("SELECT number, line, words, why FROM doubt WHERE filing = ? ORDER BY number", (filing,))
    return tuple(KeptDoubt(*row) for row in rows)


def seen(store: Store, number: int) -> None:
    """The person has looked at it; one that is not there is no error."""
    with store.atomic() as db:
        db.execute("DELETE FROM doubt WHERE number = ?", (number,))
