"""What was changed behind the program's back is found and named."""

import sqlite3
from pathlib import Path

import pytest

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import _NAMES, check
from hoctap_desktop.store.database import open_store
from tests.offices import CLOCK, NOW, commune_store, report_draft

PDF = b"%PDF-1.7 the printed pages"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store with a final report, its amendment, and 535 participants in both."""
    store = commune_store(tmp_path / "a.hoctap")
    filing = filings.begin(
        store, report_draft({"participants": 535, "exhibitions": {"none": "not_held", "reason": ""}})
    )
    filings.freeze(store, filing.id, filing_json(filing), PDF, "7K3M-Q9TX-2HBV", NOW)
    filings.amend(store, filing.id, NOW)
    store.close()
    return store.path


def _behind_its_back(path: Path, sql: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(sql)
    raw.commit()
    raw.close()


def _found(path: Path) -> list[str]:
    store = open_store(path, CLOCK)
    found = [f"{damage.where}: {damage.how}" for damage in check(store)]
    store.close()
    return found


def test_a_good_store_has_no_damage(path: Path) -> None:
    assert _found(path) == []


def test_a_changed_answer_is_named_with_its_revision(path: Path) -> None:
    _behind_its_back(path, "UPDATE filing SET answers = replace(answers, '535', '635') WHERE revision = 1")
    assert _found(path) == ["báo cáo 2022, lần 1: Nội dung khác lúc ghi."]
    store = open_store(path, CLOCK)
    assert filings.current(store, "2022-report").answers["participants"] == 535
    with pytest.raises(UserError) as caught:
        filings.revision(store, "2022-report", 1)
    store.close()
    assert caught.value.code is Code.STORE_DAMAGED
    assert "lần 1" in str(caught.value)


@pytest.mark.parametrize(
    "column", ["status = 'draft'", "paper_code = ''", "frozen = x'00'", "illustrative = 1", "print = ''"]
)
def test_every_column_of_a_filing_is_under_its_digest(path: Path, column: str) -> None:
    _behind_its_back(path, f"UPDATE filing SET {column} WHERE revision = 1")
    assert _found(path) == ["báo cáo 2022, lần 1: Nội dung khác lúc ghi."]


def test_a_changed_unit_is_named(path: Path) -> None:
    _behind_its_back(path, "UPDATE unit SET content = replace(content, 'Hà Thượng', 'Hà Thương') WHERE code = '05812'")
    assert _found(path) == ["đơn vị mã 05812: Nội dung khác lúc ghi."]


def test_a_fact_that_is_not_in_the_answers_is_found(path: Path) -> None:
    _behind_its_back(path, "UPDATE fact SET value = 635 WHERE indicator = 'participants'")
    (found,) = _found(path)
    assert "Các số để cộng khác nội dung văn bản" in found


def test_a_lost_pdf_is_named(path: Path) -> None:
    (pdf,) = path.with_name("a.hoctap.files").iterdir()
    pdf.unlink()
    (found,) = _found(path)
    assert pdf.name in found
    assert "không còn" in found


def test_a_changed_pdf_is_named_and_not_handed_out(path: Path) -> None:
    (pdf,) = path.with_name("a.hoctap.files").iterdir()
    pdf.write_bytes(PDF + b"x")
    (found,) = _found(path)
    assert pdf.name in found
    store = open_store(path, CLOCK)
    with pytest.raises(UserError) as caught:
        filings.frozen(store, "2022-report", 1)
    store.close()
    assert caught.value.code is Code.STORE_DAMAGED
    assert pdf.name in str(caught.value)


def test_each_flipped_byte_of_an_answers_document_is_noticed(path: Path) -> None:
    raw = path.read_bytes()
    start = raw.index(b'{"exhibitions"')
    for offset in range(start, start + 40, 3):
        changed = bytearray(raw)
        changed[offset] ^= 0x01
        path.write_bytes(changed)
        assert _found(path) != [], offset


def test_every_table_with_digests_has_a_name_a_person_understands(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    rows = store.query("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_digest'")
    store.close()
    assert {row["name"] for row in rows if "digest TEXT" in row["sql"]} <= set(_NAMES)
