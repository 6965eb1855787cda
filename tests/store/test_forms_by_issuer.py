"""A store from before forms had issuers: each form came from who sent the campaign file it came with."""

import json
from pathlib import Path

import pytest

from hoctap_desktop.campaign.as_json import campaign_value
from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.form.issuers import Issued
from hoctap_desktop.form.taken import issued_forms, taken_forms
from hoctap_desktop.foundation import paths
from hoctap_desktop.store import migrations
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.rows import insert
from tests.offices import CLOCK, HA_THUONG, NOW, commune_store

REPORT = (paths.forms() / "report" / "v1.toml").read_bytes()


def test_who_issued_a_form_is_known_of_stores_from_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "xa.hoctap"
    with monkeypatch.context() as before:
        before.setattr(migrations, "STEPS", migrations.STEPS[:22])
        store = commune_store(path)
        with store.atomic() as db:
            content = json.dumps(campaign_value(campaign_by_id("2022")))
            sent = {"id": "2022", "unit_code": "19", "series": "campaign-2022", "epoch": 1, "revision": 1}
            sent |= {"package_id": "aa", "content": content, "file": "f" * 64, "taken_at": NOW.isoformat()}
            insert(db, "campaign_taken", sent)
            for name, version, package in (("a" * 64, 2, "aa"), ("b" * 64, 3, "gone")):
                data = REPORT.replace(b"version = 1\n", f"version = {version}\n".encode(), 1)
                row = {"hash": name, "id": "report", "version": version, "content": data}
                insert(db, "form_taken", row | {"package_id": package, "taken_at": NOW.isoformat()})
        store.close()
    store = open_store(path, CLOCK)
    assert issued_forms(store) == (Issued("19", "a" * 64, 2022), Issued(HA_THUONG.upper, "b" * 64, 0))
    assert [form.version for form in taken_forms(store)] == [2, 3]
    assert [damage.where for damage in check(store)] == ["đợt 2022 của cấp trên"]
    store.close()
