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


def checked(store: Store, row: sqlite3.Row, where: str) -> sqlite3.Row:
    """`row` (SELECT *), or UserError(STORE_DAMAGED) naming `where` it stands, in words."""
    if not intact(row):
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=where)
    return row
