"""The road: six steps, one card, states that follow from the facts. No Qt in sight."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.sample import filled_examples
from hoctap_desktop.ui.home.presenter import HomeFacts, PaperFacts, Road, paper_facts, road

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


def test_on_the_last_day_of_the_week_the_report_is_the_present_step() -> None:
    assert picture(road(FACTS)) == (
        "1 done    Lập kế hoạch | Chốt ngày 04/10/2022 [Xem lại]\n"
        "2 done    In, trình ký kế hoạch | Số 21/KH-UBND, ký ngày 04/10/2022 [Xem lại]\n"
        "3 done    Gửi kế hoạch lên huyện | Đã xuất gói ngày 05/10/2022 [Xem gói]\n"
        "4 now     Lập báo cáo |\n"
        "  | Lần sửa gần nhất 10:32 hôm nay. (Còn 5 ngày)\n"
        "  | Phần viết: 5 trên 7 mục\n"
        "  | Bảng số liệu: 15 trên 16 ô\n"
        "  | block: 1 chỗ phải sửa\n"
        "  | warn: 1 chỗ nên xem lại\n"
        "  | [Làm tiếp báo cáo] [Xem trang in]\n"
        "5 later   In, trình ký báo cáo | Khi báo cáo không còn chỗ phải sửa\n"
        "6 later   Xuất gói, gửi lên huyện | Trước ngày 18/10/2022, kèm bản giấy có dấu"
    )


def test_a_fresh_office_begins_with_the_plan() -> None:
    made = road(replace(FACTS, today=date(2022, 9, 30), plan=None, report=None))
    assert picture(made).splitlines()[:4] == [
        "1 now     Lập kế hoạch |",
        "  | Máy điền sẵn những gì đã biết: đơn vị, chủ đề, ngày của Tuần lễ, người ký. (Còn 5 ngày)",
        "  | [Bắt đầu lập kế hoạch]",
        "2 later   In, trình ký kế hoạch | Khi kế hoạch không còn chỗ phải sửa",
    ]
    assert [step.state for step in made.steps] == ["now", "later", "later", "open", "later", "later"]


def test_after_the_week_the_report_goes_before_a_plan_nobody_finished() -> None:
    made = road(replace(FACTS, today=date(2022, 10, 14), plan=None))
    assert [step.state for step in made.steps] == ["overdue", "later", "later", "now", "later", "later"]
    assert made.steps[0].chip == ("circle-alert", "danger", "Quá hạn 9 ngày")
    assert made.steps[0].button is not None


def test_a_late_report_keeps_its_card_and_says_how_late() -> None:
    made = road(replace(FACTS, today=date(2022, 10, 20)))
    step = made.steps[3]
    assert (step.state, step.card and step.card.chip) == ("overdue", ("circle-alert", "danger", "Quá hạn 3 ngày"))
    assert made.due is not None
    assert (made.due.left, made.due.days) == ("Quá 3 ngày", ())


def test_a_campaign_long_past_is_looked_back_at_without_alarm() -> None:
    made = road(replace(FACTS, today=date(2026, 1, 1), plan=None))
    assert "overdue" not in [step.state for step in made.steps]
    assert made.due is not None
    assert made.due.left == "Đã qua hạn"
    assert made.steps[3].card is not None
    assert made.steps[3].card.chip == ("clock", "plain", "Đã qua hạn nộp")


def test_a_final_report_is_to_be_printed_then_sent() -> None:
    final = replace(REPORT, final=True, finalised_at=DRAFTED, must_fix=0, look_again=0)
    printing = road(replace(FACTS, report=final)).steps[4]
    assert printing.card is not None
    assert (printing.state, printing.card.primary.act) == ("now", "print report")
    assert printing.card.secondary is not None
    assert printing.card.secondary.act == "signed report"
    sending = road(replace(FACTS, report=replace(final, document_number="35"))).steps[5]
    assert sending.card is not None
    assert (sending.state, sending.card.primary.act) == ("now", "export report")


def test_when_all_is_done_the_card_is_the_receipt() -> None:
    final = replace(REPORT, final=True, finalised_at=DRAFTED, sent_at=DRAFTED, paper_code="7K3MQ9TX2HBV")
    made = road(replace(FACTS, report=final))
    assert [step.state for step in made.steps] == ["done"] * 6
    last = made.steps[5].card
    assert last is not None
    assert "7K3M-Q9TX-2HBV" in last.text


def test_a_report_that_is_sent_ends_the_year_even_without_a_plan() -> None:
    final = replace(REPORT, final=True, finalised_at=DRAFTED, sent_at=DRAFTED, paper_code="7K3MQ9TX2HBV")
    made = road(replace(FACTS, plan=None, plan_due=None, report=final))
    assert made.steps[5].card is not None
    assert made.steps[5].card.text.startswith("Đã gửi báo cáo; đợt này chưa lập kế hoạch.")
    assert [step.state for step in made.steps] == ["open", "later", "later", "done", "done", "done"]
    assert made.steps[5].card is not None


def test_a_plan_left_with_mistakes_stays_work_though_the_report_is_sent() -> None:
    final = replace(REPORT, final=True, finalised_at=DRAFTED, sent_at=DRAFTED, paper_code="7K3MQ9TX2HBV")
    draft = replace(PLAN, final=False, document_number="", document_day=None, sent_at=None, must_fix=3)
    made = road(replace(FACTS, today=date(2022, 10, 20), plan=draft, report=final))
    card = made.steps[0].card
    assert card is not None
    assert card.text.startswith("Báo cáo đã gửi. Kế hoạch còn 3 chỗ phải sửa.")
    assert [step.state for step in made.steps][3:] == ["done", "done", "done"]
    assert made.steps[5].button is not None
    assert not any(step.card and "Đã xong việc" in step.card.text for step in made.steps)


@pytest.mark.parametrize("today", [date(2022, 8, 1), date(2022, 10, 6), date(2022, 10, 18), date(2026, 1, 1)])
@pytest.mark.parametrize("plan", [None, PLAN, replace(PLAN, final=False, sent_at=None, document_number="")])
@pytest.mark.parametrize("report", [None, REPORT, replace(REPORT, final=True, finalised_at=DRAFTED)])
def test_there_is_always_exactly_one_card(today: date, plan: PaperFacts | None, report: PaperFacts | None) -> None:
    made = road(replace(FACTS, today=today, plan=plan, report=report))
    assert sum(step.card is not None for step in made.steps) == 1


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
