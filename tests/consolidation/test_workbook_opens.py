"""The workbook of totals in the programs people have: openpyxl, and LibreOffice."""

import subprocess
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_board, current_outliers, current_totals
from hoctap_desktop.consolidation.printed import charts_document, totals_sheets
from hoctap_desktop.consolidation.settling import set_own
from hoctap_desktop.document import pdf, sheet
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, paper, put
from tests.document.word_files import libreoffice
from tests.offices import dai_tu

OWN, DAY = dai_tu().own, date(2022, 10, 14)


def _book(store: Store, stick: Path) -> bytes:
    put(stick, paper(COMMUNE, {"participants": 1200, "talk_attendees": 30}), paper(LOWER, {"participants": 34}))
    intake(store, [stick])
    set_own(store, "2022", "participants", "66")
    found, week = current_totals(store), active(store)
    doubts = current_outliers(store, found, None, week)
    sheets = totals_sheets(found, OWN, week, DAY, standing=current_board(store), doubts=doubts)
    return sheet.render(sheets, created=DAY)


def test_every_sheet_prints_landscape_with_a_frozen_head_and_a_filter(store: Store, stick: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(_book(store, stick)))
    assert book.sheetnames == ["Tổng hợp", "Từng đơn vị", "Nguồn số liệu", "Tình trạng", "Cần xem"]
    for page in book:
        across = 2 if page.title == "Từng đơn vị" else 1  # on one sheet its letters were five points high
        setup = page.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, across)
        assert page.freeze_panes is not None
        assert page.auto_filter.ref is not None
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    units = list(book["Từng đơn vị"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(units) if row[0] == "TT")
    place = next(at for at, title in enumerate(units[head]) if str(title).startswith("Số người tham gia"))
    assert [row[place] for row in units[head + 1 :]] == [1200, 34, "Chưa nộp", "Chưa nộp", 66, 1300, "2/4"]
    days = [
        cell for row in book["Tình trạng"].iter_rows(values_only=True) for cell in row if isinstance(cell, datetime)
    ]
    assert len(days) == 2


def test_libreoffice_shows_the_totals(store: Store, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(_book(store, stick))
    command = [libreoffice(), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "t.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = pypdf.PdfReader(tmp_path / "t.pdf").pages
    assert float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
    words = " ".join((page.extract_text() or "") for page in pages)
    assert "BẢNG TỔNG HỢP" in words
    assert any(number in words for number in ("1,300", "1.300", "1300"))


def test_a_chart_prints_a_bar_per_unit_and_the_figures(store: Store, stick: Path) -> None:
    _book(store, stick)
    made = pdf.render(charts_document(current_totals(store), OWN, active(store), DAY, ["participants"]))
    words = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made.data)).pages)
    assert all(number in words for number in ("1.200", "34", "66", "1.300"))
    drawn = pypdf.PdfReader(BytesIO(made.data)).pages[0].get_contents()
    assert drawn is not None
    assert drawn.get_data().count(b"7 w") >= 1
