"""One decision per verdict, without a disk."""

from dataclasses import replace
from datetime import date

import pytest

from hoctap_desktop.consolidation.decisions import Refuse, Replace, Take, Unchanged, Wait, decide, received_words
from hoctap_desktop.form.definition import Severity
from hoctap_desktop.form.findings import Finding
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.attachments import note
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.model import NOTHING_TO_DO, Verdict
from hoctap_desktop.submission.unseal import unseal
from tests.consolidation.papers import ALL, COMMUNE, paper, request

FORM = form_by_id("report", 1)
OLDER = Taken(COMMUNE, "2022-report", 1, 1, "a" * 64, date(2022, 10, 12))
WARNING = Finding("odd", Severity.WARN, "participants", "mục 2, số người tham gia", "…")
BLOCK = Finding("block", Severity.BLOCK, "talks", "mục 4, số lần", "…")


def _accepted(answers: dict[str, int]) -> Verdict:
    opened = unseal(paper(COMMUNE, dict(answers)).data)
    return Verdict(
        "a.htgoi", None, "Nhận được", (note(Code.CLOCK),), True, True, True, True, opened.package_id,
        manifest=opened.manifest, opened=opened, epoch=1,
    )  # fmt: skip


def test_a_first_paper_is_taken_with_its_notes() -> None:
    decision = decide(_accepted({"participants": 5}), ALL, FORM)
    assert isinstance(decision, Take)
    assert decision.notes == (note(Code.CLOCK).sentence,)


def test_a_later_paper_replaces_the_older() -> None:
    decision = decide(replace(_accepted({}), older=OLDER), ALL, FORM)
    assert isinstance(decision, Replace)
    assert decision.older == OLDER


def test_a_unit_that_is_not_in_the_list_is_refused() -> None:
    decision = decide(_accepted({}), ["05830"], FORM)
    assert isinstance(decision, Refuse)
    assert decision.code is Code.UNIT_UNKNOWN


def test_a_number_below_zero_is_bad_content_and_named() -> None:
    decision = decide(_accepted({"participants": -1}), ALL, FORM)
    assert isinstance(decision, Refuse)
    assert decision.code is Code.BAD_CONTENT
    assert "số người tham gia" in decision.sentence


def test_an_answer_the_form_does_not_ask_is_bad_content() -> None:
    decision = decide(_accepted({"colour": 1}), ALL, FORM)
    assert isinstance(decision, Refuse)
    assert decision.code is Code.BAD_CONTENT


def test_a_report_filled_on_a_plan_form_is_bad_content() -> None:
    decision = decide(_accepted({}), ALL, form_by_id("plan/commune", 1))
    assert isinstance(decision, Refuse)
    assert decision.code is Code.BAD_CONTENT


def test_a_form_that_is_not_known_here_is_told() -> None:
    decision = decide(_accepted({}), ALL, None)
    assert isinstance(decision, Refuse)
    assert decision.code is Code.FORM_UNKNOWN


@pytest.mark.parametrize("code", [code for code in Code if code not in NOTHING_TO_DO | {Code.UNKNOWN_KEY}])
def test_every_other_code_refuses_with_the_sentence_of_the_verdict(code: Code) -> None:
    assert decide(Verdict("a", code, "câu"), ALL, None) == Refuse(code, "câu")


@pytest.mark.parametrize("code", sorted(NOTHING_TO_DO))
def test_what_leaves_nothing_to_do_changes_nothing(code: Code) -> None:
    assert decide(Verdict("a", code, "câu"), ALL, None) == Unchanged("câu")


def test_an_unknown_key_waits_when_it_says_whose_it_is() -> None:
    manifest = unseal(paper(COMMUNE, {}).data).manifest
    verdict = Verdict("a", Code.UNKNOWN_KEY, "câu", fingerprint="12345", manifest=manifest)
    assert decide(verdict, ALL, None) == Wait(manifest, "câu")
    assert isinstance(decide(replace(verdict, manifest=None), ALL, None), Refuse)


def test_a_request_to_be_registered_says_so() -> None:
    manifest = unseal(request(COMMUNE).data).manifest
    decision = decide(Verdict("a", Code.UNKNOWN_KEY, "câu", fingerprint="12345", manifest=manifest), ALL, None)
    assert isinstance(decision, Wait)
    assert decision.sentence.startswith("Đăng ký khóa của «UBND xã Hà Thượng». Dãy số: 12345.")


def test_the_line_says_what_came_and_what_to_ask() -> None:
    take = Take(unseal(paper(COMMUNE, {}).data), 1, ())
    newer = Replace(take.opened, 1, ("Thiếu bản trung gian.",), OLDER)
    said = [
        received_words(take, 0, nothing_held=False, findings=()),
        received_words(take, 3, nothing_held=True, findings=()),
        received_words(take, None, nothing_held=False, findings=(WARNING, WARNING, WARNING)),
        received_words(newer, 0, nothing_held=False, findings=(BLOCK, WARNING)),
        received_words(take, 0, nothing_held=False, findings=(replace(WARNING, reason="đã kiểm"),)),
    ]
    assert said == [
        "Nhận được. Đúng hạn. Không có chỗ phải hỏi lại.",
        "Nhận được. Nộp muộn 3 ngày. Đơn vị ghi không tổ chức. Không có chỗ phải hỏi lại.",
        "Nhận được. Có 3 chỗ nên xem: mục 2, số người tham gia; mục 2, số người tham gia…",
        (
            "Nhận được, thay bản lần 1 nhập ngày 12/10/2022. Đúng hạn. Thiếu bản trung gian. "
            "Có 1 chỗ phải hỏi lại: mục 4, số lần."
        ),
        "Nhận được. Đúng hạn. Không có chỗ phải hỏi lại.",
    ]
