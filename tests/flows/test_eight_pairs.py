"""Units whose names become one without accents are received together and stay apart everywhere.

Eight pairs of communes of today (resources/units, from 1 July 2025) lie in one province and differ in accents alone;
they are computed here, and domain.md §1 counts the same eight. All sixteen report to one office, which no province
does: two of the pairs have the same names, so that four units on the stick are one but for their codes and accents.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from bench.offices.figures import drawn
from bench.offices.made import CAMPAIGN, DUE, FIRST_DAY, KEYS_DAY, SEALED_DAY, report
from bench.offices.truth import Answer
from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.campaign.repository import active
from hoctap_desktop.cli import main
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.board_printed import board_document, board_sheets
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_totals, narratives
from hoctap_desktop.consolidation.printed import totals_sheets
from hoctap_desktop.consolidation.reviewing import replies_due
from hoctap_desktop.consolidation.verdict_lines import Outcome
from hoctap_desktop.document import pdf, sheet
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.text import slug, without_marks
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.office.units_below import read_register
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import accept, init_key
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.outgoing import write_to
from hoctap_desktop.submission.replies import issue_reply
from hoctap_desktop.submission.seal import seal_enrolment, seal_filing
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.proposals import offices_of

MINISTRY = Unit("BGDDT", "Bộ Giáo dục và Đào tạo", "Bộ GDĐT", "bo", issuing=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",), place="Hà Nội")
PASSPHRASE = "mat khau minh hoa"


def pairs() -> list[list[gazetteer.Place]]:
    """Communes of one province whose whole names give one name of a file."""
    alike: dict[tuple[str, str], list[gazetteer.Place]] = {}
    for place in gazetteer.communes():
        alike.setdefault((place.upper, slug(place.full_name)), []).append(place)
    return [places for places in alike.values() if len(places) > 1]


def units() -> tuple[Unit, ...]:
    """The committees of the sixteen, below the ministry, with somebody who signs."""
    own = [offices_of(place)[0].own for pair in pairs() for place in pair]
    return tuple(replace(unit, upper=MINISTRY.code, signer=replace(unit.signer, name="Trần Thị Mẫu")) for unit in own)


UNITS = units()
# A number nobody else has, so that it tells whose line it stands in.
PARTICIPANTS = {unit.code: 1_001 + 10 * at for at, unit in enumerate(UNITS)}


@dataclass(frozen=True)
class Ministry:
    """An office that knows the sixteen and their keys, and the stick with all their files."""

    store: Store
    stick: Path


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    folder = tmp_path_factory.mktemp("pairs")
    stick = folder / "usb"
    stick.mkdir()
    office = OfficeFile(MINISTRY, UNITS, None, (Deadline("report", "commune", DUE),))
    store = make_office(folder / "bo.hoctap", office, fixed_clock(FIRST_DAY), CAMPAIGN)
    keys: dict[str, Key] = {unit.code: make_key(unit.name, unit.code, KEYS_DAY) for unit in UNITS}
    for unit in UNITS:
        asked = seal_enrolment(unit, keys[unit.code], unit_name(MINISTRY), KEYS_DAY)
        write_to(stick, asked.name, asked.data)
        accept(store, asked.data, asked.name, KEYS_DAY)
        filing = report(unit, {**_answers(unit), "difficulties": f"Khó khăn của mã {unit.code}"})
        page = print_filing(filing).data
        sealed = seal_filing(filing, filing_json(filing), page, keys[unit.code], unit_name(MINISTRY), SEALED_DAY)
        write_to(stick, sealed.name, sealed.data)
    yield Ministry(store, stick)
    store.close()


def _answers(unit: Unit) -> dict[str, Answer]:
    return drawn(Random(unit.code)) | {"participants": PARTICIPANTS[unit.code]}


@pytest.fixture(scope="module")
def received(ministry: Ministry) -> Ministry:
    summary = intake(ministry.store, [ministry.stick])
    assert summary.count(Outcome.TAKEN) == 16
    assert summary.count(Outcome.REFUSED, Outcome.WAITING) == 0
    return ministry


def test_there_are_eight_pairs_and_they_are_those_of_the_list() -> None:
    assert len(pairs()) == 8
    assert {frozenset(place.name for place in pair) for pair in pairs()} >= {
        frozenset(("Sơn Hà", "Sơn Hạ")),
        frozenset(("Ba Tơ", "Ba Tô")),
    }
    assert len({unit.code for unit in UNITS}) == 16
    assert len({slug(unit.short_name) for unit in UNITS}) == 7  # Tân Thành, Tân Thạnh stand in two provinces


def test_their_files_lie_on_one_stick_under_names_of_their_own(ministry: Ministry) -> None:
    names = [path.name for path in ministry.stick.iterdir()]
    assert len(names) == len({name.casefold() for name in names}) == 32  # a stick knows no capitals
    assert all(name.isascii() for name in names)
    for unit in UNITS:
        assert f"{unit.code}-{slug(unit.short_name)}-bao-cao-2025-lan-1.htgoi" in names


def test_each_line_of_receipt_names_its_own_unit(received: Ministry) -> None:
    again = intake(received.store, [received.stick])
    told = {line.file: (line.unit_code, line.unit) for line in again.lines if "bao-cao" in line.file}
    assert told == {
        f"{unit.code}-{slug(unit.short_name)}-bao-cao-2025-lan-1.htgoi": (unit.code, unit.short_name) for unit in UNITS
    }


def test_board_and_totals_keep_each_number_with_its_unit(received: Ministry) -> None:
    rows = current_board(received.store).rows
    assert [(row.unit.code, row.unit.short_name) for row in rows] == [(unit.code, unit.short_name) for unit in UNITS]
    for row in rows:
        assert row.report.received is not None
        assert row.report.received.submission.unit_code == row.unit.code
    found = current_totals(received.store).number("participants")
    assert {source.unit.code: source.value for source in found.sources} == PARTICIPANTS
    assert found.value == sum(PARTICIPANTS.values())
    said = narratives(received.store, "difficulties")
    assert {one.unit.code: one.words for one in said} == {unit.code: f"Khó khăn của mã {unit.code}" for unit in UNITS}


def test_what_is_kept_of_each_opens_again_as_its_own(received: Ministry) -> None:
    for one in repository.reported(received.store, CAMPAIGN):
        opened = repository.opened(received.store, one.submission.package_id)
        assert opened.filing.unit.code == one.submission.unit_code
        assert opened.filing.answers["participants"] == PARTICIPANTS[one.submission.unit_code]


def test_the_workbook_has_a_line_for_each_with_its_code(received: Ministry) -> None:
    from openpyxl import load_workbook

    found, board = current_totals(received.store), current_board(received.store)
    made = totals_sheets(found, MINISTRY, active(received.store), FIRST_DAY.date(), standing=board)
    book = load_workbook(BytesIO(sheet.render(made, created=FIRST_DAY.date())))
    names = {unit.code: unit.short_name for unit in UNITS}
    per_unit = [row for row in book["Từng đơn vị"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert {(row[1], row[2]) for row in per_unit} == set(names.items())
    told = {(row[1], value) for row in per_unit for value in row if value in PARTICIPANTS.values()}
    assert told == set(PARTICIPANTS.items())
    for name in ("Nguồn số liệu", "Tình trạng"):
        lines = {(row[1], row[2]) for row in book[name].iter_rows(values_only=True) if row[1] in names}
        assert lines == set(names.items()), name


def test_the_board_prints_each_name_with_its_accents(received: Ministry) -> None:
    import pypdfium2

    board = current_board(received.store)
    (states,) = board_sheets(board, MINISTRY)
    assert {(row[1], row[2]) for row in states.rows} == {(unit.code, unit.short_name) for unit in UNITS}
    with pypdfium2.PdfDocument(pdf.render(board_document(board, MINISTRY)).data) as paper:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())
    for unit in UNITS:
        same = sum(one.short_name == unit.short_name for one in UNITS)
        assert text.count(f"{unit.short_name} ") == same, unit.short_name


def test_replies_go_back_in_files_of_their_own(received: Ministry, tmp_path: Path) -> None:
    key = init_key(received.store, PASSPHRASE, FIRST_DAY, rounds=1_000)
    due = replies_due(received.store, current_board(received.store))
    replies = [issue_reply(received.store, unit, reply, key, FIRST_DAY) for unit, reply in due]
    written = [write_to(tmp_path, one.name, one.data) for one in replies]
    assert len({path.name.casefold() for path in written}) == 16
    for path in written:
        manifest = unseal(path.read_bytes(), path.name).manifest
        unit = next(one for one in UNITS if one.code == manifest.recipient.code)
        assert path.name.startswith(f"{unit.code}-{slug(unit.short_name)}-phieu-tiep-nhan")
        assert manifest.recipient.name == unit.short_name


def test_search_finds_both_without_accents_and_one_with(
    received: Ministry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = active(received.store)
    register = read_register(received.store, campaign.id, campaign.year)
    assert register.alike == {unit.code for unit in UNITS}
    copy = received.store.back_up(tmp_path / "copy.hoctap")

    def asked(words: str) -> set[str]:
        assert main(["units", str(copy), "--search", words, "--json"]) == 0
        return {str(unit["code"]) for unit in json.loads(capsys.readouterr().out)["units"]}

    for pair in pairs():
        plain = without_marks(pair[0].full_name)
        assert asked(plain) == {unit.code for unit in UNITS if without_marks(unit.short_name).endswith(plain)}
        for place in pair:
            named = {unit.code for unit in UNITS if unit.short_name.endswith(f" {place.full_name}")}
            assert asked(place.full_name) == named
            assert place.code in named
        shown = {hit.place.code for hit in gazetteer.search(without_marks(pair[0].name), 100)}
        assert shown >= {place.code for place in pair}
