"""The last turn of receiving as the officer saw it: what was refused leaves no other trace in the store."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from hoctap_desktop.consolidation.intake import Line, Outcome
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest


@dataclass(frozen=True)
class Turn:
    """batches: what it wrote, () when nothing was; at: when it began. The rest as in intake.Summary and the desk."""

    batches: tuple[str, ...]
    at: datetime
    lines: tuple[Line, ...]
    skipped: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()


def keep_turn(store: Store, turn: Turn) -> None:
    """Remembers a turn in place of the one before."""
    content = asdict(turn) | {"at": turn.at.isoformat()}
    row: dict[str, object] = {"id": 1, "content": json.dumps(content, ensure_ascii=False)}
    with store.atomic() as db:
        db.execute(
            "INSERT OR REPLACE INTO turn (id, content, digest) VALUES (?, ?, ?)", (*row.values(), row_digest(row))
        )


def forget_turn(store: Store) -> None:
    """After it was put back."""
    with store.atomic() as db:
        db.execute("DELETE FROM turn")


def last_turn(store: Store) -> Turn | None:
    """The turn that was kept, or None. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM turn")
    if not rows:
        return None
    if not intact(rows[0]):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where="lượt tiếp nhận gần nhất")
    content = json.loads(rows[0]["content"])
    content["at"] = datetime.fromisoformat(content["at"])
    content["lines"] = _lines(content["lines"])
    for name in ("batches", "notes"):
        content[name] = tuple(content[name])
    return Turn(**content)


def _lines(rows: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(**(row | {"outcome": Outcome(row["outcome"]), "code": Code(row["code"]) if row["code"] else None}))
        for row in rows
    )
