"""A digest per row of truth: SQLite's own check sees few flipped bits, this sees all of them (design.md §3)."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from functools import cache


def _spelled(value: object) -> dict[str, str]:
    """Bytes in JSON; whatever else has no place in a row."""
    if not isinstance(value, bytes):
        raise TypeError(value)
    return {"hex": value.hex()}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_spelled)


@cache
def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in sorted(names) if name != "digest")


def row_digest(columns: Mapping[str, object]) -> str:
    """SHA-256, 64 hex digits, over every column but `digest`, in the order of their names."""
    content = [(name, columns[name]) for name in _in_order(tuple(columns))]
    return hashlib.sha256(_ENCODER.encode(content).encode()).hexdigest()


def intact(row: sqlite3.Row) -> bool:
    """True when the whole row (SELECT *) is what was written."""
    return bool(row["digest"] == row_digest({name: row[name] for name in row.keys()}))  # noqa: SIM118 - a Row is no dict
