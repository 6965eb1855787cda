"""What changed after sending, on A4 and as a sheet."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from hoctap_desktop.campaign.repository import active, campaign_by_id
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.sent import CellChange, Since, Told, UnitChange, since_sent
from hoctap_desktop.consolidation.since_printed import NO_CELL, since_document, since_sheet
from hoctap_desktop.consolidation.totals import BLANK
from hoctap_desktop.document import pdf
from hoctap_desktop.document.model import Document, Table
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.repository import Sent
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import COMMUNE, LOWER, NURSERY, PDF, key, paper, put
from tests.offices import NOW, dai_tu

OFFICE = "19-171-GDDT"


def _since(store: Store, stick: Path) -> Since:
    """A unit that sent late, one that sent the same numbers again with another text."""
    lower = paper(LOWER, {"participants": 5})
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}), lower)])
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    seal(store, report.id, key(OFFICE), NOW)
    again = paper(LOWER, {"participants": 5, "lead": "Lời khác"}, revision=2, previous=lower.package_id)
    intake(store, [put(stick / "b", again, paper(NURSERY, {"participants": 1_234}))])
    found = since_sent(store)
    assert found is not None
    return found


def _document(store: Store, since: Since) -> Document:
    return since_document(since, own_unit(store), active(store), NOW.date(), illustrative=False)


def _rows(document: Document, key: str) -> dict[str, tuple[str, ...]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table) and block.key == key)
    return {row.key: tuple("".join(run.text for run in cell) for cell in row.cells) for row in table.rows}


def test_the_sums_stand_first_then_every_unit_with_its_cells(store: Store, stick: Path) -> None:
    since = _since(store, stick)
    document = _document(store, since)
    assert list(_rows(document, "numbers").items()) == [
        ("number.1", ("1", "Số đơn vị, địa phương tổ chức Tuần lễ", "2 (từ 2/4)", "3 (từ 3/4)")),
        ("number.2", ("2", "Số người tham gia", "15 (từ 2/4)", "1.249 (từ 3/4)")),
    ]
    units = _rows(document, "units")
    assert units[f"unit.{LOWER}"][1].endswith(": nộp lại, lần 2")
    assert units[f"unit.{NURSERY}"][1].endswith(": nộp thêm")
    assert [row for key, row in units.items() if key.startswith(f"unit.{NURSERY}.")] == [
        ("1", "Số đơn vị, địa phương tổ chức Tuần lễ", "Chưa nộp", "1 (máy đếm)"),
        ("2", "Số người tham gia", "Chưa nộp", "1.234"),  # the cells that are blank in a late paper are not listed
    ]


def test_a_unit_whose_numbers_are_the_same_is_told_all_the_same(store: Store, stick: Path) -> None:
    since = _since(store, stick)
    assert _rows(_document(store, since), "units")[f"unit.{LOWER}.0"] == ("", NO_CELL, "", "")
    lower = next(one.unit.short_name for one in since.units if one.unit.code == LOWER)
    assert (lower, "nộp lại, lần 2", NO_CELL, None, None) in [row[1:] for row in since_sheet(since, ()).rows]


def test_digits_in_words_are_no_number() -> None:
    unit = dai_tu().below[0]
    year = CellChange("Ghi chú", Told("2022"), Told("1.234", 1_234))
    reason = CellChange("Băng rôn", Told(BLANK), Told("Chưa có số liệu: đợi 2 trường"))
    sent = Sent("2022-report", 1, 1, "a", None, UnitName("b", "b"), "c", NOW)
    sums = CellChange("Số người", Told("chưa có số", None, "0/4"), Told("1.234", 1_234, "1/4"))
    since = Since(sent, NOW.date(), (UnitChange(unit, "nộp lại, lần 2", (year, reason)),), (sums,))
    name = unit.short_name
    assert [row[1:] for row in since_sheet(since, ()).rows] == [
        (name, "nộp lại, lần 2", "Ghi chú", "2022", 1_234),
        (name, "nộp lại, lần 2", "Băng rôn", BLANK, "Chưa có số liệu: đợi 2 trường"),
        ("Toàn bộ", "tổng khác, từ 0/4 thành 1/4 đơn vị", "Số người", "chưa có số", 1_234),
    ]
    document = since_document(since, dai_tu().own, campaign_by_id("2022"), NOW.date(), illustrative=False)
    assert [row[1] for row in _rows(document, "units").values()] == [f"{name}: nộp lại, lần 2", "Ghi chú"]
    assert _rows(document, "numbers")["number.1"][2:] == ("chưa có số (từ 0/4)", "1.234 (từ 1/4)")


def test_the_page_says_when_it_was_sent_and_that_the_sent_one_stands(store: Store, stick: Path) -> None:
    made = pdf.render(_document(store, _since(store, stick))).data
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())
    assert "BẢNG THAY ĐỔI SAU KHI GỬI BÁO CÁO" in words
    assert "Sau khi gửi báo cáo lần 1 ngày 14/10/2022: 2 nơi thay đổi" in words
    assert "Bản đã gửi vẫn giữ nguyên." in words
