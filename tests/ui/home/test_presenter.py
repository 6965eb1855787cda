"""The road: eight steps, one card, states that follow from the facts. No Qt in sight."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.sample import filled_examples
from hoctap_desktop.ui.home.facts import CardFacts, DiaryFacts, HomeFacts, PaperFacts, ReceiptFacts, Road, paper_facts
from hoctap_desktop.ui.home.presenter import road

DRAFTED = datetime(2022, 10, 12, 10, 32, tzinfo=VIETNAM)
CLOSED = datetime(2022, 10, 4, 9, 0, tzinfo=VIETNAM)
SENT = datetime(2022, 10, 5, 9, 0, tzinfo=VIETNAM)
PLAN = PaperFacts(
    Kind.PLAN,
    final=True,
    changed_at=CLOSED,
    finalised_at=CLOSED,
    document_number="21",
    document_day=date(2022, 10, 4),
    sent_at=SENT,
    paper_code="7K3MQ9TX2HBV",
    symbol="KH-UBND",
)
REPORT = PaperFacts(
    Kind.REPORT, final=False, changed_at=DRAFTED, must_fix=1, look_again=1, written=(5, 7), cells=(15, 16)
)
FACTS = HomeFacts(
    today=date(2022, 10, 12),
    week_from=date(2022, 10, 6),
    week_to=date(2022, 10, 12),
    plan=PLAN,
    report=REPORT,
    plan_due=Deadline("plan", "commune", date(2022, 10, 5), inclusive=True),
    report_due=Deadline("report", "commune", date(2022, 10, 18)),
    word="xã",
    upper_word="huyện",
    upper_name="Phòng Giáo dục và Đào tạo huyện Đại Từ",
)


def picture(made: Road) -> str:
    """The road as a reader sees it."""
    lines = []
    for step in made.steps:
        button = f" [{step.button.words}]" if step.button else ""
        lines.append(f"{step.number} {step.state:7} {step.title} | {step.note}{button}".rstrip())
        if step.card:
            chip = step.card.chip[2] if step.card.chip else ""
            lines.append(f"  | {step.card.text} ({chip})")
            lines += [f"  | {words}: {done} trên {total} {things}" for words, done, total, things in step.card.counts]
            lines += [f"  | {kind}: {words}" for kind, words in step.card.looks]
            second = f" [{step.card.secondary.words}]" if step.card.secondary else ""
            lines.append(f"  | [{step.card.primary.words}]{second}")
    return "\n".join(lines)


SENT_REPORT = replace(
    REPORT,
    final=True,
    finalised_at=DRAFTED,
    sent_at=DRAFTED,
    paper_code="7K3MQ9TX2HBV",
    must_fix=0,
    look_again=0,
)
AFTER = date(2022, 10, 14)


def states(made: Road) -> list[str]:
    return [step.state for step in made.steps]


def card_of(made: Road) -> tuple[int, CardFacts]:
    """Number of the step with the card, and the card."""
    ((number, card),) = [(step.number, step.card) for step in made.steps if step.card]
    return number, card


def test_on_the_last_day_of_the_week_the_report_is_the_present_step() -> None:
    assert picture(road(replace(FACTS, diary=DiaryFacts(9)))) == (
        "1 done    Lập kế hoạch | Chốt ngày 04/10/2022 [Xem lại]\n"
        "2 done    In, trình ký kế hoạch | Số 21/KH-UBND, ký ngày 04/10/2022 [Xem lại]\n"
        "3 done    Gửi kế hoạch lên huyện | Đã xuất gói ngày 05/10/2022 [Xem gói]\n"
        "4 open    Ghi nhật ký hoạt động | Đã ghi 9 hoạt động. Tuần lễ kết thúc hôm nay [Ghi thêm]\n"
        "5 now     Lập báo cáo |\n"
        "  | Lần sửa gần nhất 10:32 hôm nay. (Còn 5 ngày)\n"
        "  | Phần viết: 5 trên 7 mục\n"
        "  | Bảng số liệu: 15 trên 16 ô\n"
        "  | block: 1 chỗ phải sửa\n"
        "  | warn: 1 chỗ nên xem lại\n"
        "  | [Làm tiếp báo cáo] [Xem trang in]\n"
        "6 later   In, trình ký báo cáo | Khi đã chốt báo cáo để in\n"
        "7 later   Xuất gói, gửi lên huyện | Trước ngày 18/10/2022, kèm bản giấy có dấu\n"
        "8 later   Nhận phiếu tiếp nhận | Khi huyện đã nhận gói và có dấu trên bản giấy"
    )


def test_a_fresh_office_begins_with_the_plan() -> None:
    made = road(replace(FACTS, today=date(2022, 9, 30), plan=None, report=None))
    assert picture(made).splitlines()[:4] == [
        "1 now     Lập kế hoạch |",
        "  | Máy điền sẵn những gì đã biết: đơn vị, chủ đề, ngày của Tuần lễ, người ký. (Còn 5 ngày)",
        "  | [Bắt đầu lập kế hoạch]",
        "2 later   In, trình ký kế hoạch | Khi đã chốt kế hoạch để in",
    ]
    assert states(made) == ["now", "later", "later", "later", "open", "later", "later", "later"]
    assert made.steps[3].note == "Tuần lễ bắt đầu ngày 06/10/2022"
    assert made.steps[4].button is not None
    assert (made.steps[4].button.act, made.steps[4].button.words) == ("begin report", "Bắt đầu")


# Where the card stands, and the one button on it, from nothing to the end of the year.
PLAN_DRAFT = replace(PLAN, final=False, finalised_at=None, document_number="", document_day=None, sent_at=None)
PLAN_FINAL = replace(PLAN, document_number="", document_day=None, sent_at=None)
PLAN_SIGNED = replace(PLAN, sent_at=None)
REPORT_FINAL = replace(SENT_REPORT, sent_at=None)
REPORT_SIGNED = replace(REPORT_FINAL, document_number="35")


@pytest.mark.parametrize(
    ("today", "plan", "report", "number", "act"),
    [
        (date(2022, 9, 20), None, None, 1, "begin plan"),
        (date(2022, 9, 20), PLAN_DRAFT, None, 1, "open plan"),
        (date(2022, 10, 3), PLAN_FINAL, None, 2, "print plan"),
        (date(2022, 10, 3), PLAN_SIGNED, None, 3, "export plan"),
        (date(2022, 10, 5), PLAN, None, 4, "diary"),
        (date(2022, 10, 8), PLAN, None, 4, "diary"),
        (date(2022, 10, 8), PLAN, REPORT, 5, "open report"),
        (AFTER, PLAN, None, 5, "begin report"),
        (AFTER, PLAN, REPORT, 5, "open report"),
        (AFTER, PLAN, REPORT_FINAL, 6, "print report"),
        (AFTER, PLAN, REPORT_SIGNED, 7, "export report"),
        (AFTER, PLAN, SENT_REPORT, 8, "export report"),
        (AFTER, None, None, 5, "begin report"),
        (AFTER, None, SENT_REPORT, 8, "export report"),
        (AFTER, PLAN_DRAFT, SENT_REPORT, 1, "open plan"),
        (AFTER, PLAN_SIGNED, SENT_REPORT, 3, "export plan"),
    ],
)
def test_the_card_walks_down_the_road(
    today: date, plan: PaperFacts | None, report: PaperFacts | None, number: int, act: str
) -> None:
    made = road(replace(FACTS, today=today, plan=plan, report=report))
    at, card = card_of(made)
    assert (at, card.primary.act) == (number, act)
    assert [step.number for step in made.steps] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_with_the_plan_gone_the_diary_is_what_there_is_to_do_during_the_week() -> None:
    made = road(replace(FACTS, today=date(2022, 10, 8), report=None, diary=DiaryFacts(2, waiting=3)))
    _, card = card_of(made)
    assert card.text.startswith("Đã ghi 2 hoạt động. Tuần lễ đến hết ngày 12/10/2022.")
    assert card.looks == (("warn", "3 việc trong kế hoạch chưa ghi"),)
    assert card.primary.words == "Ghi thêm hoạt động"
    empty = card_of(road(replace(FACTS, today=date(2022, 10, 5), report=None)))[1]
    assert empty.text.startswith("Tuần lễ bắt đầu ngày 06/10/2022.")
    assert empty.primary.words == "Ghi nhật ký"


def test_the_diary_is_done_once_the_week_is_over_and_the_report_final() -> None:
    made = road(replace(FACTS, today=AFTER, report=REPORT_FINAL, diary=DiaryFacts(9)))
    assert (made.steps[3].state, made.steps[3].note) == ("done", "Đã ghi 9 hoạt động")
    assert road(replace(FACTS, today=AFTER, report=REPORT_FINAL)).steps[3].note == "Không ghi hoạt động nào"
    still = road(replace(FACTS, today=AFTER, diary=DiaryFacts(9))).steps[3]
    assert (still.state, still.note) == ("open", "Đã ghi 9 hoạt động. Tuần lễ đã kết thúc ngày 12/10/2022")


def test_after_the_week_the_report_goes_before_a_plan_nobody_finished() -> None:
    made = road(replace(FACTS, today=AFTER, plan=None))
    assert states(made) == ["overdue", "later", "later", "open", "now", "later", "later", "later"]
    assert made.steps[0].chip == ("circle-alert", "danger", "Quá hạn 9 ngày")
    assert made.steps[0].button is not None
    assert made.steps[0].button.act == "begin plan"


def test_a_late_report_keeps_its_card_and_says_how_late() -> None:
    made = road(replace(FACTS, today=date(2022, 10, 20)))
    step = made.steps[4]
    assert (step.state, step.card and step.card.chip) == ("overdue", ("circle-alert", "danger", "Quá hạn 3 ngày"))
    assert made.due is not None
    assert (made.due.left, made.due.days) == ("Quá 3 ngày", ())


def test_what_was_sent_late_says_so_for_ever() -> None:
    late = replace(PLAN, sent_at=datetime(2022, 10, 7, 9, 0, tzinfo=VIETNAM))
    assert road(replace(FACTS, plan=late)).steps[2].note == "Đã xuất gói ngày 07/10/2022, muộn 2 ngày"
    # the day of the first revision counts, not that of an amendment
    again = replace(late, revision=2, earlier_sent=SENT)
    assert road(replace(FACTS, plan=again)).steps[2].note == "Đã xuất gói ngày 07/10/2022, lần 2"


def test_a_campaign_long_past_is_looked_back_at_without_alarm() -> None:
    made = road(replace(FACTS, today=date(2026, 1, 1), plan=None))
    assert "overdue" not in states(made)
    assert made.due is not None
    assert made.due.left == "Đã qua hạn"
    assert card_of(made)[1].chip == ("clock", "plain", "Đã qua hạn nộp")


def test_a_final_report_is_printed_its_number_noted_then_sent() -> None:
    _, printing = card_of(road(replace(FACTS, report=REPORT_FINAL)))
    assert printing.secondary is not None
    assert printing.secondary.act == "signed report"
    _, sending = card_of(road(replace(FACTS, report=REPORT_SIGNED)))
    assert "Phòng Giáo dục và Đào tạo huyện Đại Từ" in sending.text


def test_after_the_last_package_the_card_waits_for_the_receipt_and_claims_no_more_than_it_knows() -> None:
    made = road(replace(FACTS, report=SENT_REPORT, today=AFTER))
    at, card = card_of(made)
    assert states(made) == ["done"] * 7 + ["now"]
    assert (at, card.chip) == (8, ("clock", "plain", "Chờ phiếu"))
    assert "7K3M-Q9TX-2HBV" in card.text
    assert "không tự biết gói đã tới nơi" in card.text
    assert "Đã xong việc của đợt này" not in card.text


def receipt(state: str, revision: int = 1, reason: str = "") -> ReceiptFacts:
    return ReceiptFacts(state, revision, date(2022, 10, 17), reason)


def test_a_receipt_is_told_and_an_accepted_report_ends_the_year() -> None:
    waiting = road(replace(FACTS, report=SENT_REPORT, today=AFTER, receipts={Kind.REPORT: receipt("received")}))
    assert card_of(waiting)[1].text.startswith("Huyện đã nhận báo cáo ngày 17/10/2022, chưa duyệt.")
    ended = road(replace(FACTS, report=SENT_REPORT, today=AFTER, receipts={Kind.REPORT: receipt("accepted")}))
    assert states(ended) == ["done"] * 8
    assert card_of(ended)[1].chip == ("circle-check", "ok", "Đã duyệt")
    assert ended.steps[6].note == "Huyện đã duyệt ngày 17/10/2022"


def test_an_accepted_plan_says_so_at_its_sending() -> None:
    made = road(replace(FACTS, receipts={Kind.PLAN: receipt("accepted")}))
    assert made.steps[2].note == "Huyện đã duyệt ngày 17/10/2022"
    old = road(replace(FACTS, plan=replace(PLAN, revision=2), receipts={Kind.PLAN: receipt("accepted")}))
    assert old.steps[2].note == "Đã xuất gói ngày 05/10/2022, lần 2"


def test_a_returned_report_is_work_again_with_its_reason() -> None:
    sent_back = {Kind.REPORT: receipt("returned", reason="Thiếu kinh phí.")}
    made = road(replace(FACTS, report=SENT_REPORT, today=AFTER, receipts=sent_back))
    at, card = card_of(made)
    assert (at, card.primary.act, card.chip) == (5, "resubmit report", ("undo-2", "returned", "Trả lại"))
    assert card.text == "Huyện trả lại ngày 17/10/2022: Thiếu kinh phí. Sửa thành lần sau rồi gửi lại."
    assert states(made)[5:] == ["later", "later", "later"]
    # its second revision is on its way: the slip for the first says nothing about it
    again = replace(REPORT, revision=2, earlier_sent=DRAFTED)
    assert (
        "lần trước đã xuất gói ngày 12/10/2022"
        in card_of(road(replace(FACTS, report=again, receipts=sent_back)))[1].text
    )


def test_a_returned_plan_during_the_week_stands_beside_the_report_when_it_is_over() -> None:
    sent_back = {Kind.PLAN: receipt("returned", reason="Sai chủ đề.")}
    during = road(replace(FACTS, today=date(2022, 10, 8), receipts=sent_back))
    assert card_of(during)[0] == 1
    after = road(replace(FACTS, today=AFTER, receipts=sent_back))
    assert card_of(after)[0] == 5
    assert after.steps[0].note == "Bị trả lại ngày 17/10/2022: Sai chủ đề."
    assert after.steps[0].button is not None


def test_an_amendment_after_sealing_says_what_went_out_before() -> None:
    drafting = replace(REPORT, revision=2, earlier_sent=DRAFTED, must_fix=0)
    at, card = card_of(road(replace(FACTS, today=AFTER, report=drafting)))
    assert (at, card.primary.words) == (5, "Xem lại và chốt báo cáo")
    assert card.text.startswith("Đang sửa lần 2; lần trước đã xuất gói ngày 12/10/2022.")
    final = replace(drafting, final=True, finalised_at=DRAFTED, document_number="36")
    at, card = card_of(road(replace(FACTS, today=AFTER, report=final)))
    assert (at, card.text.split(".")[0]) == (7, "Lần 2 thay bản đã xuất gói ngày 12/10/2022")
    unsent = replace(drafting, earlier_sent=None)
    assert card_of(road(replace(FACTS, today=AFTER, report=unsent)))[1].text.startswith("Đang sửa lần 2.")


def test_a_report_that_is_sent_ends_the_year_even_without_a_plan() -> None:
    made = road(replace(FACTS, today=AFTER, plan=None, plan_due=None, report=SENT_REPORT))
    assert card_of(made)[1].text.startswith("Đợt này chưa lập kế hoạch. Gói báo cáo xuất ngày")
    assert states(made) == ["open", "later", "later", "done", "done", "done", "done", "now"]


def test_a_plan_left_with_mistakes_stays_work_though_the_report_is_sent() -> None:
    draft = replace(PLAN_DRAFT, must_fix=3)
    made = road(replace(FACTS, today=date(2022, 10, 20), plan=draft, report=SENT_REPORT))
    at, card = card_of(made)
    assert at == 1
    assert card.text.startswith("Báo cáo đã xuất gói. Kế hoạch còn 3 chỗ phải sửa.")
    assert states(made)[3:] == ["done", "done", "done", "done", "later"]


def test_of_a_paper_whose_package_was_written_it_is_not_said_that_it_was_signed_or_came_in() -> None:
    made = road(replace(FACTS, plan=replace(PLAN, document_number="", document_day=None), report=SENT_REPORT))
    assert made.steps[1].note == "Đã xuất gói; chưa ghi số và ngày ký"
    words = " ".join([*(step.note for step in made.steps), card_of(made)[1].text])
    assert not any(said in words for said in ("Đã trình ký", "đã xong", "đã gửi", "Đã gửi"))


def test_an_office_that_owes_a_plan_alone_has_four_steps() -> None:
    only = replace(FACTS, owes=(Kind.PLAN,), report=None)
    made = road(replace(only, plan=PLAN_SIGNED))
    assert [step.title for step in made.steps] == [
        "Lập kế hoạch",
        "In, trình ký kế hoạch",
        "Gửi kế hoạch lên huyện",
        "Nhận phiếu tiếp nhận",
    ]
    assert card_of(made)[0] == 3
    at, card = card_of(road(only))
    assert at == 4
    assert card.text.startswith("Gói kế hoạch xuất ngày 05/10/2022")


def test_an_office_that_owes_a_report_alone_begins_with_its_diary() -> None:
    only = replace(FACTS, owes=(Kind.REPORT,), plan=None, report=None, today=date(2022, 10, 8))
    made = road(only)
    assert made.steps[0].title == "Ghi nhật ký hoạt động"
    assert (len(made.steps), card_of(made)[0]) == (5, 1)
    assert card_of(road(replace(only, today=AFTER)))[0] == 2
    at, card = card_of(road(replace(only, report=SENT_REPORT)))
    assert at == 5
    assert "chưa lập kế hoạch" not in card.text


def test_without_an_upper_unit_the_card_leads_to_where_it_is_named() -> None:
    alone = replace(FACTS, upper_name="", upper_word="cấp trên")
    _, card = card_of(road(replace(alone, plan=PLAN_SIGNED, today=date(2022, 10, 3))))
    assert (card.primary.act, card.primary.words) == ("settings", "Khai cấp trên")
    passed = road(replace(alone, plan=PLAN_SIGNED, today=AFTER)).steps[2]
    assert passed.button is not None
    assert passed.button.act == "settings"


def test_without_this_years_campaign_the_road_says_that_it_looks_back() -> None:
    assert road(FACTS).note == ""
    assert road(replace(FACTS, newer_year=2027)).note.startswith("Máy chưa có đợt của năm 2027.")


PAPERS = [None, PLAN_DRAFT, PLAN_FINAL, PLAN_SIGNED, PLAN, replace(PLAN_DRAFT, revision=2, earlier_sent=SENT)]
REPORTS = [None, REPORT, REPORT_FINAL, REPORT_SIGNED, SENT_REPORT, replace(REPORT, revision=2, earlier_sent=DRAFTED)]
DAYS = [date(2022, 8, 1), date(2022, 10, 6), date(2022, 10, 12), AFTER, date(2022, 10, 18), date(2026, 1, 1)]


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("plan", PAPERS)
@pytest.mark.parametrize("report", REPORTS)
def test_there_is_always_exactly_one_card_and_at_most_one_button_a_step(
    today: date, plan: PaperFacts | None, report: PaperFacts | None
) -> None:
    for answers in ({}, {Kind.PLAN: receipt("returned")}, {Kind.REPORT: receipt("accepted")}):
        for owes in ((Kind.PLAN, Kind.REPORT), (Kind.PLAN,), (Kind.REPORT,)):
            for upper in ("", FACTS.upper_name):
                made = road(
                    replace(FACTS, today=today, plan=plan, report=report, receipts=answers, owes=owes, upper_name=upper)
                )
                assert sum(step.card is not None for step in made.steps) == 1
                assert all(step.card is None or step.button is None for step in made.steps)
                assert all((step.state == "later") == (step.button is None) for step in made.steps if not step.card)
                assert all(step.note or step.card for step in made.steps)


def test_the_leaf_counts_working_days_and_greys_the_weekend() -> None:
    due = road(FACTS).due
    assert due is not None
    assert (due.last_day, due.left) == (date(2022, 10, 17), "Còn 5 ngày")
    assert due.sentences == (
        "Thứ Hai 17/10 là ngày cuối nộp báo cáo lên huyện.",
        "Tính cả hôm nay có 4 ngày làm việc.",
    )
    assert [(d.day.day, d.kind) for d in due.days] == [
        (12, "today"),
        (13, "work"),
        (14, "work"),
        (15, "rest"),
        (16, "rest"),
        (17, "last"),
    ]


def test_an_office_without_deadlines_has_no_leaf_and_no_overdue_steps() -> None:
    made = road(replace(FACTS, plan=None, plan_due=None, report_due=None))
    assert made.due is None
    assert "overdue" not in [step.state for step in made.steps]


def test_the_facts_of_a_filled_report_count_its_sections_and_cells() -> None:
    from hoctap_desktop.office.paper import form_of

    filing = next(f for f in filled_examples() if f.kind is Kind.REPORT and f.unit.code == "05812")
    facts = paper_facts(filing, form_of(filing), (), None)
    assert facts.cells == (16, 16)
    assert facts.written[0] == facts.written[1] > 4
    emptied = replace(filing, answers={"participants": 5})
    assert paper_facts(emptied, form_of(filing), (), None).cells == (1, 16)


def test_a_former_upper_unit_is_named_where_it_answered() -> None:
    theirs = replace(receipt("accepted"), former="Phòng GDĐT")
    made = road(replace(FACTS, report=SENT_REPORT, today=AFTER, receipts={Kind.REPORT: theirs}))
    assert made.steps[6].note == "Phòng GDĐT đã duyệt ngày 17/10/2022"
