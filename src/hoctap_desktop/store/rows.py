"""A row of truth written with its digest, and read only when it is what was written."""

import sqlite3
from collections.abc import Mapping

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.digest import intact, row_digest


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Writes `row` (columns by name, `digest` left out) into `table`."""
    _write(db, "INSERT", table, row)


def append(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """As insert, under the next `number` of the table, which is given back."""
    number = int(db.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608 - our own names
    insert(db, table, {"number": number, **row})
    return number


def put(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """As insert; the row of the same key that was there is gone."""
    _write(db, "INSERT OR REPLACE", table, row)


def _write(db: sqlite3.Connection, how: str, table: str, row: Mapping[str, object]) -> None:
    whole = {**row, "digest": row_digest(row)}
    names, marks = ", ".join(whole), ", ".join("?" * len(whole))
    db.execute(f"{how} INTO {table} ({names}) VALUES ({marks})", tuple(whole.values()))


def change(db: sqlite3.Connection, table: str, key: Mapping[str, object], news: Mapping[str, object]) -> None:
    """Changes columns of the row with this key, and its digest. Raises UserError(STORE_DAMAGED) for a damaged row."""
    where = " AND ".join(f"{name} = ?" for name in key)
    row = db.execute(f"SELECT * FROM {table} WHERE {where}", tuple(key.values())).fetchone()  # noqa: S608 - our own names
    if not intact(row):
        raise UserError(Code.STORE_DAMAGED, file="dữ liệu", where=f"bảng {table}")
    changed = {name: row[name] for name in row.keys()} | dict(news)  # noqa: SIM118 - a Row is no dict
    whole = {**news, "digest": row_digest(changed)}
    sets = ", ".join(f"{name} = ?" for name in whole)
    db.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*whole.values(), *key.values()))  # noqa: S608 - our own names


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
