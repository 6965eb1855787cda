"""Ids of filings and forms in sentences are said in words; names of files and unknown ids stay."""

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.said_ids import filings_said, form_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nhật ký sửa của «2022-report»", "nhật ký sửa của «báo cáo 2022»"),
        ("2024-05812-plan, lần 2", "kế hoạch 2024-05812, lần 2"),
        ("2022-report~3", "báo cáo 2022"),
        ("danh sách tệp kèm của diary-12, lần 1", "danh sách tệp kèm của nhật ký hoạt động, lần 1"),
        ("tệp kèm «2022-report.pdf» của 2022-plan", "tệp kèm «2022-report.pdf» của kế hoạch 2022"),
        ("2022-report-lan-1.htgoi", "2022-report-lan-1.htgoi"),
        ("Báo cáo 2022", "Báo cáo 2022"),
    ],
)
def test_a_filing_is_said_in_words_and_a_file_by_its_name(text: str, said: str) -> None:
    assert filings_said(text) == said


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("report", "báo cáo"),
        ("plan/school, bản 2", "kế hoạch của trường, bản 2"),
        ("plan/ward", "kế hoạch (ward)"),
        ("Báo cáo kết quả Tuần lễ", "Báo cáo kết quả Tuần lễ"),
        ("reports", "reports"),
    ],
)
def test_a_form_is_said_in_words_and_its_name_stays(id: str, said: str) -> None:
    assert form_said(id) == said


def test_a_refusal_names_the_filing_in_words() -> None:
    assert str(UserError(Code.FILING_NOT_FINAL, filing="2022-report")).startswith("«Báo cáo 2022» chưa chốt")
    assert "ở nhật ký sửa của «báo cáo 2022»" in str(
        UserError(Code.STORE_DAMAGED, file="a.hoctap", where="nhật ký sửa của «2022-report»")
    )
