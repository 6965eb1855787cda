"""The numbers of a filing, one row each, filled when its answers are written: sums need no reading of answers.

The answers are the truth; facts can be made again from them at any time, and `check` compares the two.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter


@dataclass(frozen=True)
class Fact:
    """One cell: value, or the kind of "no number" with its reason (form/answers.py). A blank cell has no fact."""

    indicator: str
    value: int | None
    none: str | None = None
    reason: str | None = None


def facts_of(answers: Mapping[str, object]) -> tuple[Fact, ...]:
    """Every whole number and every stated "no number" among `answers`, by field id."""
    found: list[Fact] = []
    for indicator, answer in sorted(answers.items()):
        if type(answer) is int:
            found.append(Fact(indicator, answer))
        elif isinstance(answer, dict) and isinstance(answer.get("none"), str):
            reason = answer.get("reason")
            found.append(Fact(indicator, None, answer["none"], reason if isinstance(reason, str) and reason else None))
    return tuple(found)


def new_source(db: sqlite3.Connection, origin: str, unit: str, campaign: str, kind: str) -> int:
    """A new id under which facts are kept. origin: "own" or "received"; filings and packages share one row of ids."""
    made = db.execute(
        "INSERT INTO source (origin, unit, campaign, kind) VALUES (?, ?, ?, ?)", (origin, unit, campaign, kind)
    )
    assert made.lastrowid is not None
    return made.lastrowid


def replace_facts(db: sqlite3.Connection, source: int, answers: Mapping[str, object]) -> None:
    """Makes the facts of `source` those of `answers`."""
    db.execute("DELETE FROM fact WHERE source = ?", (source,))
    add_facts(db, source, facts_of(answers))


def change_facts(
    db: sqlite3.Connection, source: int, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Makes the facts of `source`, which are those of `before`, those of `after`: only what differs is written."""
    differing = [id for id in {*before, *after} if before.get(id) is not after.get(id)]
    db.executemany("DELETE FROM fact WHERE indicator = ? AND source = ?", [(id, source) for id in differing])
    add_facts(db, source, facts_of({id: after[id] for id in differing if id in after}))


def add_facts(db: sqlite3.Connection, source: int, facts: Iterable[Fact]) -> None:
    """Writes facts under `source`, which has none of them yet."""
    add_fact_rows(db, [(fact.indicator, source, fact.value, fact.none, fact.reason) for fact in facts])


def add_fact_rows(db: sqlite3.Connection, rows: Iterable[tuple[str, int, int | None, str | None, str | None]]) -> None:
    """Writes facts of several sources, as (indicator, source, value, none, reason): in the order of the table."""
    db.executemany(
        "INSERT INTO fact (indicator, source, value, none, reason) VALUES (?, ?, ?, ?, ?)",
        sorted(rows, key=itemgetter(0, 1)),
    )


def facts(db: sqlite3.Connection, source: int) -> tuple[Fact, ...]:
    """The facts kept under `source`, by indicator."""
    rows = db.execute("SELECT indicator, value, none, reason FROM fact WHERE source = ? ORDER BY indicator", (source,))
    return tuple(Fact(*row) for row in rows)
