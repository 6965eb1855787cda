"""docs/xlsx.md says which sheet holds what: as the code has it."""

import re
from datetime import date
from pathlib import Path

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.board_printed import board_sheets
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_outliers, current_totals
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.printed import totals_sheets
from hoctap_desktop.consolidation.sent import since_sent
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import COMMUNE, LOWER, PDF, key, paper, put
from tests.offices import NOW

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "xlsx.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]


def columns_said() -> dict[str, list[str]]:
    return {row[0]: row[2].split(" · ") for row in ROWS if " · " in row[2]}


def test_the_sheets_of_the_totals_and_their_columns_are_those_of_the_page(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10, "talks": 0, "talk_attendees": 9}))])
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    seal(store, report.id, key("19-171-GDDT"), NOW)
    intake(store, [put(stick, paper(LOWER, {"participants": 5}))])
    found, board, own = current_totals(store), current_board(store), own_unit(store)
    since, doubts = since_sent(store), current_outliers(store, found, None, active(store))
    day = date(2022, 10, 14)
    made = totals_sheets(found, own, active(store), day, standing=board, doubts=doubts, since=since)
    columns = {sheet.name: [column.title for column in sheet.columns] for sheet in made}
    numbers = [f"{total.field.label} ({total.field.unit})" for total in found.numbers]
    assert columns["Từng đơn vị"][-len(numbers) :] == numbers
    columns["Từng đơn vị"][-len(numbers) :] = ["…"]
    assert columns == columns_said()
    assert list(columns) == list(columns_said())
    (watched,) = board_sheets(board, own)
    assert [column.title for column in watched.columns] == columns_said()["Tình trạng"]


def test_every_sheet_the_program_writes_is_named_on_the_page() -> None:
    written: set[str] = set()
    for file in sorted((ROOT / "src").rglob("*.py")):
        source = file.read_text("utf-8")
        written |= set(re.findall(r'\bSheet\(\s*"([^"]+)"', source))
        written |= set(re.findall(r'\bEntrySheet\(\w+, "([^"]+)"', source))
    said = {name.strip() for row in ROWS for name in row[0].split(",")} - {"sheet"}
    # the hidden sheet of the workbook that is filled in holds nothing for a reader
    assert said == (written - {"hoctap"}) | {"Tình trạng"}
