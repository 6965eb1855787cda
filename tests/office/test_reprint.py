"""What is frozen stays what it was; a print with number and day filled in later says that it is one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import save_office
from hoctap_desktop.document.code import read_qr
from hoctap_desktop.document.model import AppendixTitle
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.printed import with_number
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office import filings
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.store.database import Store
from tests.document.samples import MM, Paper
from tests.document.samples import document as sample
from tests.document.scanner import codes
from tests.offices import HA_THUONG, NOW, commune_store, dai_tu

REPORT = forms() / "examples" / "2022-ha-thuong-report.toml"
ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap")
    filings.fill(opened, read_filled(REPORT))
    filings.finalise(opened, ID)
    yield opened
    opened.close()


def test_a_print_with_number_and_day_says_so_and_the_frozen_bytes_stay(store: Store) -> None:
    before = filings.paper(store, ID)
    repository.set_document_number(store, ID, "5", date(2022, 10, 14), NOW)
    after = filings.paper_with_number(store, ID)
    assert filings.paper(store, ID) == before != after
    assert filings.paper_with_number(store, ID) == after
    with Paper(before) as old, Paper(after) as new:
        assert "Số: 05/BC-UBND" in new.text(0)
        assert "Hà Thượng, ngày 14 tháng 10 năm 2022" in new.text(0)
        assert "Số: 05" not in old.text()
        assert old.pages == new.pages
        for page in range(new.pages):
            assert "Lần 1. Bản in lại, đã điền số và ngày" in new.text(page)
            assert "Bản in lại" not in old.text(page)
        code = repository.current(store, ID).paper_code
        assert f"Mã giấy: {code}" in new.text(0)
    assert read_qr(codes(after, 0.0)[-1][0]) == read_qr(codes(before, 0.0)[-1][0])


def test_the_words_of_the_footer_stand_apart(store: Store) -> None:
    repository.set_document_number(store, ID, "5", date(2022, 10, 14), NOW)
    with Paper(filings.paper_with_number(store, ID)) as paper:
        for page in range(paper.pages):
            left, middle, right = (paper.find(words, page) for words in ("Mã giấy", "Số liệu minh họa", "Lần 1. Bản"))
            code = repository.current(store, ID).paper_code
            assert paper.find(code, page).right + 2 * MM < middle.left
            assert middle.right + 2 * MM < right.left
            assert left.left < middle.left < right.left


def test_only_what_is_known_is_said_to_be_filled_in(store: Store) -> None:
    repository.set_document_number(store, ID, "5", None, NOW)
    with Paper(filings.paper_with_number(store, ID)) as paper:
        assert "Bản in lại, đã điền số" in paper.text(0)
        assert "số và ngày" not in paper.text(0)


def test_without_number_and_day_there_is_nothing_to_print_again(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        filings.paper_with_number(store, ID)
    assert refused.value.code is Code.NUMBER_MISSING
    filings.amend(store, ID)
    with pytest.raises(UserError) as refused:
        filings.paper_with_number(store, ID)
    assert refused.value.code is Code.FILING_NOT_FINAL


def test_an_old_print_keeps_the_name_its_unit_had(store: Store) -> None:
    before = filings.paper(store, ID)
    renamed = replace(HA_THUONG, name="Ủy ban nhân dân xã Đại Phúc", issuing=("ỦY BAN NHÂN DÂN", "XÃ ĐẠI PHÚC"))
    save_office(store, renamed, [], dai_tu().own, [])
    assert filings.paper(store, ID) == before
    repository.set_document_number(store, ID, "5", date(2022, 10, 14), NOW)
    with Paper(filings.paper_with_number(store, ID)) as paper:
        assert "XÃ HÀ THƯỢNG" in paper.text(0)
        assert "XÃ ĐẠI PHÚC" not in paper.text()


@pytest.mark.parametrize(
    ("blank", "filled"),
    [
        ("(Kèm theo KH số: /KH-UBND ngày /9/2022 của xã)", "(Kèm theo KH số: 05/KH-UBND ngày 04/9/2022 của xã)"),
        ("(Kèm theo KH số   /KH-UBND ngày   tháng 9)", "(Kèm theo KH số 05/KH-UBND ngày 04 tháng 9)"),
        ("(Kèm theo Kế hoạch)", "(Kèm theo Kế hoạch)"),
    ],
)  # fmt: skip
def test_the_appendix_gets_number_and_day_too(store: Store, blank: str, filled: str) -> None:
    filing = replace(repository.current(store, ID), document_number="5", document_day=date(2022, 9, 4))
    (title,) = with_number(sample(appendix=(AppendixTitle("", "CHƯƠNG TRÌNH", blank),)), filing).appendix
    assert isinstance(title, AppendixTitle)
    assert title.attached_to == filled
    assert document_of(filing).footer.right == "Lần 1"
