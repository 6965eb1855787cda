"""A row of truth written with its digest, and read only when it is what was written."""

import sqlite3
from collections.abc import Mapping

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Writes `row` (columns by name, `digest` left out) into `table`."""
    whole = {**row, "digest": row_digest(row)}
    names, marks = ", ".join(whole), ", ".join("?" * len(whole))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(whole.values()))  # noqa: S608 - our own names


def digests(store: Store, table: str, key: str) -> str:
    """Every row's `key` and digest in one text, in the order of the key: the same while no row was written.

    Nobody else writes to an open store: rows judged once in this process are what they were while this is the same.
    It begins with what it was before when rows were only added. `key` must be a whole number that grows.
    """
    sql = f"SELECT group_concat({key} || ' ' || digest, ',') FROM (SELECT {key}, digest FROM {table} ORDER BY {key})"  # noqa: S608
    return str(store.query(sql)[0][0] or "")


def checked(store: Store, row: sqlite3.Row, where: str) -> sqlite3.Row:
    """`row` (SELECT *), or UserError(STORE_DAMAGED) naming `where` it stands, in words."""
    if not intact(row):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)
    return row
