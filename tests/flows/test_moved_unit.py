"""A commune moves to another upper office whose report form bears the same name and number, with other questions.

Each office's forms stand beside the other's: what was begun stays what it was, what is new follows the new office, and
an office that is handed a paper on the other's form says so and adds nothing up.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.repository import active, choose, save_office
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.taken import learn
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.office.campaigns import edit_form, make_campaign, move_draft, offered_upgrade, publish_form
from hoctap_desktop.office.changing import change_upper
from hoctap_desktop.office.filings import new_filing
from hoctap_desktop.office.paper import form_of
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.submission import repository as sealed
from hoctap_desktop.submission.campaigns import issue_campaign
from hoctap_desktop.submission.coming_down import take_down, trust_upper
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.sending import resubmit, seal
from hoctap_desktop.units.model import Unit
from tests.offices import CLOCK, HA_THUONG, NOW, commune_store, dai_tu
from tests.pages import page_saying
from tests.submission.packages import commune_key, roster_key

FIRST = replace(dai_tu().own, upper="")
SECOND = replace(FIRST, code="19-999", name="Ủy ban nhân dân tỉnh Thái Nguyên", short_name="UBND tỉnh")


class Upper:
    """An office above, with a form of its own: the report with one question more, as version 2."""

    def __init__(self, path: Path, unit: Unit, question: str, year: int) -> None:
        self.unit, self.key = unit, make_key(unit.name, unit.code, NOW)
        self.store = create(path, CLOCK)
        save_office(self.store, unit, [replace(HA_THUONG, upper=unit.code)], None, [])
        learn(self.store)
        if all(one.id != str(year) for one in campaigns.known_campaigns()):
            make_campaign(self.store, year)
        choose(self.store, str(year))
        form, id = editing.added(form_by_id("report", 1), question, "chiếc", year=2026, taken=(), after="talks")
        assert id == "q2026_1"
        edit_form(self.store, form)
        self.form: FormDefinition = publish_form(self.store, "report", year)
        self.campaign: Sealed = issue_campaign(self.store, self.key, NOW)
        sealed.add_roster_key(self.store, roster_key(commune_key(), unit_name(HA_THUONG)), b"")

    def receives(self, folder: Path, file: Sealed) -> Code | None:
        learn(self.store)
        path = folder / file.name
        path.write_bytes(file.data)
        return intake(self.store, [path]).lines[0].code


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Store]:
    store = commune_store(tmp_path / "xa.hoctap")
    yield store
    store.close()
    campaigns.know(())
    loader.know(())


def takes(store: Store, upper: Upper) -> str:
    """The commune compares the key of an upper unit and takes its campaign."""
    learn(store)
    trust_upper(store, upper.campaign.data, upper.campaign.name, NOW)
    verdict = take_down(store, upper.campaign.data, upper.campaign.name)
    assert verdict.code is None, verdict.sentence
    return verdict.sentence


def begins(store: Store, campaign: str) -> str:
    choose(store, campaign)
    return filings.begin(store, new_filing(Kind.REPORT, HA_THUONG, active(store), NOW.date())).id


def sends(store: Store, id: str, key: Key) -> Sealed:
    filings.freeze(store, id, filing_json(filings.current(store, id)), page_saying("x"), "AAAA-BBBB-CCCC", NOW)
    return seal(store, id, key, NOW)


def test_two_offices_forms_of_one_name_live_side_by_side(commune: Store, tmp_path: Path) -> None:
    first = Upper(tmp_path / "a.hoctap", FIRST, "Số xe sách", 2022)
    second = Upper(tmp_path / "b.hoctap", SECOND, "Số thuyền sách", 2023)
    assert (first.form.id, first.form.version) == (second.form.id, second.form.version) == ("report", 2)
    assert first.form.hash != second.form.hash

    takes(commune, first)
    old = begins(commune, "2022")
    assert filings.current(commune, old).form.hash == first.form.hash
    filings.set_answer(commune, old, "q2026_1", 7, NOW)

    change_upper(commune, SECOND)
    assert "máy giữ cả hai" in takes(commune, second)
    new = begins(commune, "2023")
    assert filings.current(commune, new).form.hash == second.form.hash

    # the draft that was begun before stays what it is, and prints on its own form
    assert offered_upgrade(commune, old) is None
    asked = form_of(filings.current(commune, old)).field("q2026_1")
    assert asked is not None
    assert asked.label == "Số xe sách"
    assert first.receives(tmp_path, sends(commune, new, commune_key())) is Code.WRONG_RECIPIENT

    # the new office cannot add up a paper on the old one's form, and says which it is
    learn(commune)
    late = sends(commune, old, commune_key())
    assert second.receives(tmp_path, late) is Code.FORM_DIFFERS

    # until its word on that year comes: then the draft is moved, and the other question's answer stays in its history
    learn(second.store)
    choose(second.store, "2022")
    second.campaign = issue_campaign(second.store, second.key, NOW)
    assert check(commune) == ()
    learn(commune)
    resubmit(commune, old)
    verdict = take_down(commune, second.campaign.data, second.campaign.name)
    assert verdict.code is None
    offer = offered_upgrade(commune, old)
    assert offer is not None
    assert offer.new.version == 1, "its own form is for 2023 on; of 2022 it says the program's"
    assert [one.id for one in offer.upgrade.dropped] == ["q2026_1"]
    moved = move_draft(commune, old)
    assert moved is not None
    assert filings.current(commune, old).form.hash == form_by_id("report", 1).hash
    assert second.receives(tmp_path, sends(commune, old, commune_key())) is None
    first.store.close()
    second.store.close()
