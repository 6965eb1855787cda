"""In the store: forms that came with a campaign of the upper unit, byte for byte; and what this process knows of both.

Whoever asks for a form by its name and version (a filled file, a workbook, a page) has no store at hand: so the forms
and campaigns of the one office that is open are made known to the process (docs/decisions/0009).
"""

import hashlib
import sqlite3
from datetime import datetime

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.made import made_campaigns, standing
from hoctap_desktop.campaign.taken import taken_campaigns
from hoctap_desktop.form import loader
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.made import made_forms, made_text
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert


def learn(store: Store) -> None:
    """Makes what the office of this store took from its upper unit known to the process. Raises STORE_DAMAGED."""
    above = taken_campaigns(store)
    campaigns.know((one.campaign for one in above), standing(made_campaigns(store), above))
    made = made_forms(store)
    came_with = {one.package_id: one.campaign.year for one in above}
    since = {row["hash"]: came_with.get(row["package_id"], 0) for row in store.query("SELECT * FROM form_taken")}
    since |= {one.form.hash: one.year for one in made}
    loader.know((*taken_forms(store), *(one.form for one in made)), since)


def taken_forms(store: Store) -> tuple[FormDefinition, ...]:
    """Every form that came, by id and version. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM form_taken ORDER BY id, version")
    return tuple(loader.parse_form(_content(store, row), row["id"]) for row in rows)


def form_text(store: Store, form: FormDefinition) -> bytes | None:
    """The bytes a form is defined by: shipped, taken or made here; None when none has it."""
    rows = store.query("SELECT * FROM form_taken WHERE hash = ?", (form.hash,))
    taken = next((_content(store, row) for row in rows), None)
    return loader.shipped_text(form) or taken or made_text(store, form.hash)


def remember_form(store: Store, data: bytes, package_id: str, at: datetime) -> FormDefinition:
    """Keeps a form by its bytes. Raises UserError(FORM_BAD)."""
    form = loader.parse_form(data, package_id[:12])
    row = {
        "hash": hashlib.sha256(data).hexdigest(),
        "id": form.id,
        "version": form.version,
        "content": data,
        "package_id": package_id,
        "taken_at": at.isoformat(),
    }
    with store.atomic() as db:
        insert(db, "form_taken", row)
    return form


def follow_campaign(store: Store, before: str, now: str) -> None:
    """Forms that came in the file `before` (a package id) came with `now`, which says of the same campaign again."""
    with store.atomic() as db:
        for row in store.query("SELECT * FROM form_taken WHERE package_id = ?", (before,)):
            _content(store, row)
            new = {name: row[name] for name in row.keys() if name != "digest"} | {"package_id": now}  # noqa: SIM118
            db.execute("DELETE FROM form_taken WHERE hash = ?", (row["hash"],))
            insert(db, "form_taken", new)


def _content(store: Store, row: sqlite3.Row) -> bytes:
    found = checked(store, row, f"biểu mẫu {row['id']} bản {row['version']} của cấp trên")
    data: bytes = found["content"]
    return data
