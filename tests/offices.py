"""Offices and filings that tests of several rooms set up their stores with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.campaign.repository import choose, save_office
from hoctap_desktop.filing.model import Filing, FormRef, Kind, filing_id
from hoctap_desktop.form import editing
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.form.taken import learn, remember_issued
from hoctap_desktop.form.writer import form_source
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, Clock, fixed_clock
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.campaigns import edit_form, publish_form
from hoctap_desktop.store.database import Store, create
from hoctap_desktop.units.model import Signer, Unit
from hoctap_desktop.units.repository import own_unit

NOW = datetime(2022, 10, 14, 16, 12, 3, tzinfo=VIETNAM)
CLOCK: Clock = fixed_clock(NOW)

HA_THUONG = Unit(
    code="05812",
    name="Ủy ban nhân dân xã Hà Thượng",
    short_name="UBND xã Hà Thượng",
    level="commune",
    area="huyện Đại Từ",
    upper="19-171-GDDT",
    issuing=("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"),
    place="Hà Thượng",
    symbol="UBND",
    signer=Signer("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đặng Văn Thi"),
)


def dai_tu() -> OfficeFile:
    """The upper office of the example, with the commune and the three schools below it."""
    return read_office_file(forms() / "examples" / "2022-dai-tu-office.toml")


def commune_store(path: Path, clock: Clock = CLOCK) -> Store:
    """An open store of Hà Thượng, at work on 2022."""
    store = create(path, clock)
    save_office(store, HA_THUONG, [], dai_tu().own, [])
    choose(store, "2022")
    return store


def upper_store(path: Path, clock: Clock = CLOCK) -> Store:
    """An open store of the upper office, at work on 2022."""
    office = dai_tu()
    store = create(path, clock)
    save_office(store, office.own, office.below, office.upper, office.deadlines)
    choose(store, "2022")
    return store


def report_draft(answers: Mapping[str, JsonValue], unit: Unit = HA_THUONG) -> Filing:
    """A draft report of 2022 with these answers and no others."""
    form = form_by_id("report", 1)
    return Filing(
        filing_id("2022", Kind.REPORT), Kind.REPORT, "2022", unit, FormRef(form.id, form.version, form.hash), answers
    )


def issue_from_above(store: Store, form: FormDefinition, year: int) -> None:
    """As when a campaign file of the upper unit named this form for `year`."""
    remember_issued(store, own_unit(store).upper, year, [form_source(form)], "0" * 64, store.clock())
    learn(store)


def ask_two_questions(store: Store) -> None:
    """The office asks for clubs, and then its upper unit for vans; both call it q2022_1."""
    learn(store)
    first = form_by_id("report", 1)
    ours, theirs = (
        editing.added(first, words, unit, year=2022, taken=(), after="talks")[0]
        for words, unit in (("Số câu lạc bộ đọc sách", "câu lạc bộ"), ("Số chuyến thư viện lưu động", "chuyến"))
    )
    edit_form(store, ours)
    publish_form(store, "report", 2022)
    issue_from_above(store, replace(theirs, version=3), 2022)
