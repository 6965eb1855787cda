"""What the print page says, and that its checks really look."""

from dataclasses import replace
from datetime import date

import pytest

from hoctap_desktop.document.layout import official
from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Status
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.ui.paper.presenter import (
    Checked,
    Inked,
    Sheet,
    checks,
    copies,
    signed_day,
    written_text,
)

FILING = read_filled(paths.forms() / "examples" / "2022-ha-thuong-report.toml")
FINAL = replace(FILING, status=Status.FINAL, paper_code="7K3M-Q9TX-2HBV")
PAGE = Inked(595.276, 841.89, 86, 550)
MARKS = (
    Mark("title", 1, 120, 160),
    Mark("row.talks", 1, 300, 320),
    Mark("proposals", 2, 80, 120),
    Mark("recipients", 2, 130, 200),
    Mark("signature", 2, 130, 240),
)


def said(*marks: Mark, page: Inked = PAGE, written: str = "Hòa", printed: str = "HÒA") -> dict[str, bool]:
    found: tuple[Checked, ...] = checks([page], official().page, marks, written, printed)
    return {one.words: one.good for one in found}


def test_all_is_well_on_a_sound_print() -> None:
    assert said(*MARKS) == {
        "Đúng khổ A4 và lề theo quy định": True,
        "Chỗ ký nằm cùng trang với đoạn cuối": True,
        "Không dòng nào bị cắt ngang": True,
        "Chữ có dấu in đủ": True,
    }


@pytest.mark.parametrize(
    "page", [replace(PAGE, width=612, height=792), replace(PAGE, left=60), replace(PAGE, right=570)]
)
def test_another_paper_or_letters_in_the_margin_are_seen(page: Inked) -> None:
    assert not said(*MARKS, page=page)["Đúng khổ A4 và lề theo quy định"]


def test_a_block_in_the_lower_margin_is_seen() -> None:
    assert not said(*MARKS, Mark("lead", 1, 700, 820))["Đúng khổ A4 và lề theo quy định"]


def test_a_lying_page_of_an_appendix_has_its_wide_margin_above() -> None:
    lying = Inked(841.89, 595.276, 57, 785)
    words = "Đúng khổ A4 và lề theo quy định"

    def within(*marks: Mark, lying: Inked = lying) -> bool:
        return {one.words: one.good for one in checks((PAGE, lying), official().page, marks, "", "")}[words]

    assert within(Mark("row.1", 2, 90, 530))
    assert not within(Mark("row.1", 2, 60, 530))
    assert not within(Mark("row.1", 2, 90, 560))
    assert not within(lying=Inked(841.89, 595.276, 30, 785))


def test_a_signature_alone_on_its_page_is_seen() -> None:
    alone = (*MARKS[:-1], Mark("signature", 3, 80, 200))
    assert not said(*alone)["Chỗ ký nằm cùng trang với đoạn cuối"]


def test_a_row_on_two_pages_is_seen() -> None:
    assert not said(*MARKS, Mark("row.talks", 2, 60, 70))["Không dòng nào bị cắt ngang"]


def test_a_letter_that_did_not_reach_the_paper_is_seen() -> None:
    assert not said(*MARKS, written="Hà Thượng", printed="H Thng")["Chữ có dấu in đủ"]


def test_what_cannot_be_matched_is_not_claimed() -> None:
    found = checks([PAGE], official().page, None, "", "")
    assert [one.words for one in found] == ["Đúng khổ A4 và lề theo quy định", "Chữ có dấu in đủ"]


def test_reasons_for_findings_are_not_on_the_paper() -> None:
    filing = replace(FILING, answers={"lead": "mở đầu", "reason.x.y": "lý do", "recipients": ["Lưu: VT"]})
    assert written_text(filing) == "mở đầu\nLưu: VT"


def test_draft_and_final_are_called_differently() -> None:
    assert (Sheet(FILING).title, Sheet(FILING).chip) == ("In thử báo cáo", "Bản nháp, lần 1")
    assert (Sheet(FINAL).title, Sheet(FINAL).chip) == ("In trình ký báo cáo", "Đã chốt, lần 1")
    assert (Sheet(FINAL).file_name, Sheet(FILING).file_name) == (
        "bao-cao-2022-lan-1.pdf",
        "bao-cao-2022-ban-nhap.pdf",
    )
    assert "7K3M-Q9TX-2HBV" in Sheet(FINAL).note
    assert Sheet(FINAL).number_words == "/BC-UBND"


@pytest.mark.parametrize(("typed", "count"), [("2", 2), ("99", 99), ("0", None), ("100", None), ("hai", None)])
def test_copies_are_one_to_ninety_nine(typed: str, count: int | None) -> None:
    assert copies(typed) == count


def test_the_day_of_signing_is_a_day() -> None:
    assert signed_day("13/10/2022") == date(2022, 10, 13)
    assert signed_day(" ") is None
    with pytest.raises(UserError):
        signed_day("31/02/2022")
