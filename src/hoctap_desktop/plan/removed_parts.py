"""Blocks taken out of a text of a draft: they lie in the trash until they stand in the text again."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.answers import text
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.plan.outline import Block, Outline, parse, write
from hoctap_desktop.store import rows, sitting
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact


@dataclass(frozen=True)
class TakenPart:
    """What was taken out of a text at once: place: of the first block in its outline; above: the block before it."""

    field: str
    place: int
    blocks: Outline
    above: Block | None = None


@dataclass(frozen=True)
class RemovedPart:
    """A part in the trash. number: its name in the store; above: the text of the block that stood before it, or ""."""

    number: int
    filing: str
    field: str
    place: int
    above: str
    words: str
    who: str
    removed_at: datetime


def keep_removed(store: Store, filing: str, part: TakenPart) -> None:
    """Puts a part into the trash. On the disk on return."""
    with store.atomic() as db:
        rows.append(
            db,
            "removed_part",
            {
                "filing": filing,
                "field": part.field,
                "place": part.place,
                "above": write((part.above,)) if part.above is not None else "",
                "words": write(part.blocks),
                "sitting": sitting.begin(store, db),
                "removed_at": store.clock().isoformat(),
                "put_back_at": None,
            },
        )


def removed_parts(store: Store, filing: Filing) -> tuple[RemovedPart, ...]:
    """What was taken out of the texts of a filing and does not stand in them now, the latest first.

    A damaged row is left out; `check` names it.
    """
    names = {one.number: one.who for one in sitting.sittings(store)}
    found: list[RemovedPart] = []
    standing: dict[str, Outline] = {}
    for row in _lying(store, filing.id):
        at = datetime.fromisoformat(row["removed_at"])
        who = names.get(row["sitting"], "")
        key = (row["filing"], row["field"], row["place"], row["above"], row["words"])
        field = row["field"]
        if field not in standing:
            standing[field] = parse(text(filing.answers, field))
        again = any((one.field, one.words) == (field, row["words"]) for one in found)
        if not again and not stands_in(parse(row["words"]), standing[field]):
            found.append(RemovedPart(row["number"], *key, who, at))
    return tuple(found)


def _lying(store: Store, filing: str) -> list[sqlite3.Row]:
    sql = "SELECT * FROM removed_part WHERE filing = ? AND put_back_at IS NULL ORDER BY number DESC"
    return [row for row in store.query(sql, (filing,)) if intact(row)]


def close_standing(store: Store, filing: str) -> None:
    """Parts that stand in their text again, by undo, leave the trash, whatever becomes of them later."""
    now = repository.current(store, filing)
    with store.atomic() as db:
        for row in _lying(store, filing):
            if stands_in(parse(row["words"]), parse(text(now.answers, row["field"]))):
                _close(store, db, row["number"])


def set_moved(store: Store, filing: str, part: TakenPart, *, moved: bool) -> None:
    """True: a part that was cut stands elsewhere, and leaves the trash; False: it was taken from there again."""
    sql = "SELECT * FROM removed_part WHERE filing = ? AND field = ? AND words = ? ORDER BY number DESC LIMIT 1"
    with store.atomic() as db:
        for row in store.query(sql, (filing, part.field, write(part.blocks))):
            at = store.clock().isoformat() if moved else None
            rows.change(db, "removed_part", {"number": row["number"]}, {"put_back_at": at})


def _close(store: Store, db: sqlite3.Connection, number: int) -> None:
    rows.change(db, "removed_part", {"number": number}, {"put_back_at": store.clock().isoformat()})


def stands_in(part: Sequence[Block], outline: Outline) -> bool:
    """True when the blocks of a part stand in a text, one behind the other."""
    part = tuple(part)
    return any(outline[at : at + len(part)] == part for at in range(len(outline) - len(part) + 1))


def with_part(outline: Outline, part: Sequence[Block], place: int, above: Sequence[Block]) -> Outline:
    """A text with a part in its place again: behind the block it stood behind, else at the number it had. Pure."""
    before = tuple(above)[-1:]
    at = min(place, len(outline))
    if before:
        near = sorted((n for n, block in enumerate(outline, 1) if (block,) == before), key=lambda n: abs(n - place))
        at = near[0] if near else at
    elif place == 0:
        at = 0
    return (*outline[:at], *part, *outline[at:])


def put_part_back(store: Store, filing: str, number: int) -> Filing:
    """Puts a part into its text again; it then lies in the trash no more. On the disk on return.

    Raises UserError REMOVED_UNKNOWN, FILING_FINAL, FILING_UNKNOWN.
    """
    with store.atomic() as db:
        now = repository.current(store, filing)
        found = next((one for one in removed_parts(store, now) if one.number == number), None)
        if found is None:
            raise UserError(Code.REMOVED_UNKNOWN, number=number)
        outline = parse(text(now.answers, found.field))
        new = with_part(outline, parse(found.words), found.place, parse(found.above))
        filled = repository.set_answer(store, filing, found.field, write(new).rstrip("\n"), store.clock())
        for row in _lying(store, filing):
            if (row["field"], row["words"]) == (found.field, found.words):
                _close(store, db, row["number"])
        return filled
