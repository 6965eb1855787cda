"""In the store: forms that came with a campaign of the upper unit, byte for byte; and what this process knows of both.

Whoever asks for a form by its name and version (a filled file, a workbook, a page) has no store at hand: so the forms
and campaigns of the one office that is open are made known to the process (docs/decisions/0009).
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.made import made_campaigns, standing
from hoctap_desktop.campaign.taken import taken_campaigns
from hoctap_desktop.form import loader
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.issuers import Issued, Issuers
from hoctap_desktop.form.made import made_forms, made_text
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.rows import checked, insert, put
from hoctap_desktop.units import repository as units


def learn(store: Store) -> None:
    """Makes what the office of this store took from its upper unit known to the process. Raises STORE_DAMAGED.

    Inside a transaction too: what is undone then (a full disk at the commit) is known no more.
    """
    store.when_undone(learn)
    above = taken_campaigns(store)
    campaigns.know((one.campaign for one in above), standing(made_campaigns(store), above))
    made, (own, upper) = made_forms(store), _own_and_upper(store)
    issued = (*issued_forms(store), *(Issued(own, one.form.hash, one.year) for one in made))
    sent = {one.campaign.year: one.unit_code for one in above}
    forms = {form.hash: form for form in (*taken_forms(store), *(one.form for one in made))}
    loader.know(forms.values(), Issuers(issued, own, upper, sent))


def _own_and_upper(store: Store) -> tuple[str, str]:
    """Their codes; none of an office that is not set up yet, or damaged: whoever asks for it is told so."""
    try:
        own = units.own_unit(store)
    except UserError:
        return "", ""
    return own.code, own.upper


def taken_forms(store: Store) -> tuple[FormDefinition, ...]:
    """Every form that came, by id and version. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM form_taken ORDER BY id, version")
    return tuple(loader.parse_form(_content(store, row), row["id"]) for row in rows)


def form_text(store: Store, form: FormDefinition) -> bytes | None:
    """The bytes a form is defined by: shipped, taken or made here; None when none has it."""
    rows = store.query("SELECT * FROM form_taken WHERE hash = ?", (form.hash,))
    taken = next((_content(store, row) for row in rows), None)
    return loader.shipped_text(form) or taken or made_text(store, form.hash)


def issued_forms(store: Store) -> tuple[Issued, ...]:
    """Who issued which form, shipped ones too. Raises UserError(STORE_DAMAGED)."""
    rows = store.query("SELECT * FROM form_issued ORDER BY issuer, hash")
    found = (checked(store, row, f"nơi ra biểu mẫu {row['hash'][:12]}") for row in rows)
    return tuple(Issued(row["issuer"], row["hash"], row["year"]) for row in found)


def remember_issued(
    store: Store, issuer: str, year: int, texts: Iterable[bytes], package_id: str, at: datetime
) -> tuple[FormDefinition, ...]:
    """Keeps the forms an upper unit has the campaign of `year` filled in on; those that were not here before.

    Raises UserError FORM_BAD, STORE_DAMAGED.
    """
    since = {one.hash: one.year for one in issued_forms(store) if one.issuer == issuer}
    here = {form.hash for form in (*loader.shipped_forms(), *taken_forms(store), *(m.form for m in made_forms(store)))}
    new = []
    with store.atomic() as db:
        for data in texts:
            form = loader.parse_form(data, package_id[:12])
            if form.hash not in here:
                row = {"hash": form.hash, "id": form.id, "version": form.version, "content": data}
                insert(db, "form_taken", row | {"package_id": package_id, "taken_at": at.isoformat()})
                new.append(form)
            first = min(year, since.get(form.hash, year))
            put(db, "form_issued", {"issuer": issuer, "hash": form.hash, "year": first, "package_id": package_id})
    return tuple(new)


def _content(store: Store, row: sqlite3.Row) -> bytes:
    found = checked(store, row, f"biểu mẫu {row['id']} bản {row['version']} của cấp trên")
    data: bytes = found["content"]
    return data
