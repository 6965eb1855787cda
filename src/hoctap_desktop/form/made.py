"""In the store: forms this office made, each version for ever; and forms being edited, which nobody fills in yet."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import parse_form
from hoctap_desktop.form.writer import form_source
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert


@dataclass(frozen=True)
class MadeForm:
    """year: of the first campaign that is filled in on it."""

    form: FormDefinition
    year: int


def made_forms(store: Store) -> tuple[MadeForm, ...]:
    """Every form that was made here, by id and version. Raises UserError(STORE_DAMAGED)."""
    found = []
    for one in store.query("SELECT * FROM form_made ORDER BY id, version"):
        row = checked(store, one, f"biểu mẫu {one['id']} bản {one['version']} lập ở đây")
        found.append(MadeForm(parse_form(row["content"], row["id"]), row["year"]))
    return tuple(found)


def made_text(store: Store, form_hash: str) -> bytes | None:
    """The bytes of a form that was made here. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM form_made WHERE hash = ?", (form_hash,))
    if not rows:
        return None
    content: bytes = checked(store, rows[0], f"biểu mẫu {rows[0]['id']} lập ở đây")["content"]
    return content


def keep_form(store: Store, form: FormDefinition, year: int, at: datetime) -> FormDefinition:
    """Keeps a version for ever, with the hash of its text. Raises UserError(FORM_BAD) for one nobody could fill in."""
    data = form_source(form)
    read = parse_form(data, f"{form.id} bản {form.version}")
    row = {
        "hash": hashlib.sha256(data).hexdigest(),
        "id": form.id,
        "version": form.version,
        "year": year,
        "content": data,
        "made_at": at.isoformat(),
    }
    with store.atomic() as db:
        insert(db, "form_made", row)
    return read


def form_draft(store: Store, id: str) -> FormDefinition | None:
    """The form being edited, None when nobody edits it. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM form_draft WHERE id = ?", (id,))
    return parse_form(checked(store, rows[0], f"biểu mẫu {id} đang sửa")["content"], id) if rows else None


def keep_draft(store: Store, form: FormDefinition, at: datetime) -> None:
    """Keeps a form being edited. Raises UserError(FORM_BAD)."""
    data = form_source(form)
    parse_form(data, form.id)
    with store.atomic() as db:
        db.execute("DELETE FROM form_draft WHERE id = ?", (form.id,))
        insert(db, "form_draft", {"id": form.id, "content": data, "changed_at": at.isoformat()})


def drop_draft(store: Store, id: str) -> None:
    """The form is edited no more; its versions stay."""
    with store.atomic() as db:
        db.execute("DELETE FROM form_draft WHERE id = ?", (id,))
