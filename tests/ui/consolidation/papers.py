"""Sealed files of the example's four units for the tests of the upper office's rooms, and 170 units made up."""

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.consolidation.model import Reported, Submission
from hoctap_desktop.consolidation.status import Board, Review, ReviewAct, board
from hoctap_desktop.consolidation.totals import Totals, totals
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing, FormRef, Kind
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.filings import as_final
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.seal import Sealed, seal_enrolment, seal_filing
from hoctap_desktop.units.model import Unit
from tests.offices import dai_tu

SEALED_AT = datetime(2022, 10, 13, 14, 32, 11, tzinfo=VIETNAM)
NAMES = ("ha-thuong", "truong-thcs-ha-thuong", "truong-tieu-hoc-ha-thuong", "truong-mam-non-ha-thuong")


@functools.cache
def filing(name: str) -> Filing:
    """The filled example of a unit, final."""
    filled = read_filled(forms() / "examples" / f"2022-{name}-report.toml")
    return as_final(filled, paper_code(filing_json(filled)), SEALED_AT)


@functools.cache
def key(name: str) -> Key:
    """The key of a unit."""
    unit = filing(name).unit
    return make_key(unit.name, unit.code, SEALED_AT)


@functools.cache
def report(name: str, revision: int = 1, participants: int | None = None) -> Sealed:
    """The sealed report of a unit; later revisions follow on the one before."""
    made = replace(filing(name), revision=revision)
    if participants is not None:
        made = replace(made, answers={**made.answers, "participants": participants})
    previous = report(name, revision - 1).package_id if revision > 1 else None
    upper = unit_name(dai_tu().own)
    data = filing_json(made)
    pages = print_filing(as_final(made, paper_code(data), SEALED_AT)).data
    return seal_filing(made, data, pages, key(name), upper, SEALED_AT, previous=previous)


@functools.cache
def request(name: str) -> Sealed:
    """The enrolment request of a unit."""
    return seal_enrolment(filing(name).unit, key(name), unit_name(dai_tu().own), SEALED_AT)


def fingerprint_of(name: str) -> str:
    """The digits on the stamped sheet of a unit."""
    return fingerprint(key(name).key_hash)


def page_count(name: str) -> int:
    """How many pages the report of a unit has."""
    return print_filing(filing(name)).pages


def put(folder: Path, *sealed: Sealed) -> Path:
    """Writes sealed files into a folder, as they stand on a stick."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in sealed:
        (folder / one.name).write_bytes(one.data)
    return folder


# --- many units --------------------------------------------------------------------------------------------------

_PLACES = (
    "Phú Cường", "Phú Lạc", "Phú Thịnh", "Phú Xuyên", "Phúc Lương", "Phục Linh", "Hà Thượng", "Cù Vân", "Tân Thái",
    "Ký Phú", "Na Mao", "Lục Ba", "Văn Yên", "Yên Lãng", "Bản Ngoại", "La Bằng", "Hùng Sơn", "Hoàng Nông", "Khôi Kỳ",
    "Mỹ Yên", "Bình Thuận", "Đức Lương", "Minh Tiến", "Ôn Lương", "Tiên Hội", "Vạn Thọ", "Cát Nê", "Quân Chu",
    "An Khánh", "Tân Linh", "Bình Sơn", "Sơn Hà", "Sơn Hạ", "Ea H'Leo",
)  # fmt: skip
_KINDS = (
    ("commune", "Xã {}"),
    ("centre", "TTHTCĐ xã {}"),
    ("school", "Trường THCS {}"),
    ("school", "Trường Tiểu học {}"),
    ("school", "Trường Mầm non {}"),
)


@functools.cache
def many_units() -> tuple[Unit, ...]:
    """170 units: 34 communes with a centre and three schools each."""
    return tuple(
        Unit(f"{5800 + at:05d}-{number}", words.format(place), words.format(place), level, upper="19-171-GDDT")
        for at, place in enumerate(_PLACES)
        for number, (level, words) in enumerate(_KINDS)
    )


@functools.cache
def many_campaign() -> Campaign:
    """2022 with reports due before 18/10 from all of them, plans from communes only."""
    levels = ("commune", "centre", "school")
    due = tuple(Deadline("report", level, date(2022, 10, 18)) for level in levels)
    return replace(campaign_by_id("2022"), deadlines=(*due, Deadline("plan", "commune", date(2022, 10, 5), True)))


def reported(unit: Unit, day: date, cells: Mapping[str, Cell], kind: Kind = Kind.REPORT, revision: int = 1) -> Reported:
    """A submission of a unit at the level of the model."""
    form = form_by_id("report", 1) if kind is Kind.REPORT else form_by_id("plan/commune", 1)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
    submission = Submission(
        package_id=f"{unit.code}-{kind.value}-{revision}",
        unit_code=unit.code,
        unit_name=unit.short_name,
        series=f"2022-{kind.value}",
        campaign="2022",
        kind=kind,
        revision=revision,
        epoch=1,
        previous=None,
        form=FormRef(form.id, form.version, form.hash),
        illustrative=False,
        document_number="",
        document_day=None,
        paper_code="7K3M-Q9TX-2HBV",
        received_on=day,
        day_reason="",
        received_at=at,
        batch="20221014-1",
        file_name=f"{unit.code}.htgoi",
        file="",
    )
    return Reported(submission, cells)


@functools.cache
def many_reported() -> tuple[Reported, ...]:
    """Two units of three have reported: one wrote ten times too much, one held nothing, some cells are not known."""
    indicators = [field.id for field in form_by_id("report", 1).indicators()]
    found: list[Reported] = []
    for at, unit in enumerate(many_units()):
        if unit.level == "commune":
            found.append(reported(unit, date(2022, 9, 20) + timedelta(days=at % 18), {}, Kind.PLAN))
        if at % 3 == 1:
            continue
        base = 120 + (at * 37) % 640
        cells: dict[str, Cell] = {id: Count(base // (place + 1)) for place, id in enumerate(indicators)}
        cells["organising_units"] = Count(1)
        if at == 8:
            cells["participants"] = Count(12_000)
        if at == 17:
            cells = dict.fromkeys(indicators, Missing(NoNumber.NOT_HELD))
        if at % 2:
            cells["books_published"] = Missing(NoNumber.UNKNOWN, "Chờ Hội Khuyến học")
        found.append(reported(unit, date(2022, 10, 10) + timedelta(days=(at * 7) % 5), cells))
    return tuple(found)


@functools.cache
def many_on_the_board(on: date = date(2022, 10, 14)) -> Board:
    """Their board on a day, 14/10/2022: some returned, some approved."""
    reviews = [
        Review(
            one.submission.package_id,
            ReviewAct.RETURNED if at % 16 == 4 else ReviewAct.APPROVED,
            date(2022, 10, 14),
            "Chưa có chữ ký trên bản giấy" if at % 16 == 4 else "",
        )
        for at, one in enumerate(many_reported())
        if at % 2 == 0
    ]
    forms_by_kind = {Kind.REPORT: form_by_id("report", 1)}
    return board(many_campaign(), many_units(), many_reported(), forms_by_kind, on, reviews=reviews)


@functools.cache
def many_totals() -> Totals:
    """Their totals."""
    reports = tuple(one for one in many_reported() if one.submission.kind is Kind.REPORT)
    return totals(form_by_id("report", 1), many_units(), reports)
