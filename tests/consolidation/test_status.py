"""The board on any day, without a store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from textwrap import dedent

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.campaign.repository import campaign_by_id
from hoctap_desktop.consolidation.model import Reported, Submission, held_nothing, newest
from hoctap_desktop.consolidation.status import (
    Board,
    Excuses,
    Review,
    ReviewAct,
    Standing,
    State,
    arrivals,
    board,
)
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.answers import Cell, Count, Missing, NoNumber
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.dates import print_date
from tests.consolidation.papers import COMMUNE, LOWER, NURSERY, PRIMARY
from tests.offices import NOW, dai_tu

FORMS = {Kind.REPORT: form_by_id("report", 1)}
CAMPAIGN = replace(campaign_by_id("2022"), deadlines=dai_tu().deadlines)
UNITS = dai_tu().below


def sent(
    unit: str,
    day: int,
    *,
    kind: Kind = Kind.REPORT,
    revision: int = 1,
    epoch: int = 1,
    cells: Mapping[str, Cell] | None = None,
    notes: tuple[str, ...] = (),
) -> Reported:
    """A paper that came on this day of October 2022."""
    return Reported(
        Submission(
            package_id=f"{unit}-{kind}-{epoch}-{revision}",
            unit_code=unit,
            unit_name=unit,
            series=f"2022-{kind}",
            campaign="2022",
            kind=kind,
            revision=revision,
            epoch=epoch,
            previous=None,
            form=FormRef("report", 1, ""),
            illustrative=False,
            document_number="",
            document_day=None,
            paper_code="",
            received_on=date(2022, 10, day),
            day_reason="",
            received_at=NOW,
            batch="20221014-1",
            file_name="a.htgoi",
            file="",
            notes=notes,
        ),
        {"participants": Count(1)} if cells is None else cells,
    )


def picture(found: Board) -> str:
    """One line a unit: plan, report, day, note."""
    lines = [
        (
            row.unit.short_name,
            row.plan.words,
            row.report.words,
            print_date(row.report.received_on) if row.report.received_on else "",
            row.report.note,
        )
        for row in found.rows
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(4)]
    return "".join(
        " | ".join([*(line[place].ljust(widths[place]) for place in range(4)), line[4]]).rstrip() + "\n"
        for line in lines
    )


def _board(*papers: Reported, on: int = 20, campaign: Campaign = CAMPAIGN) -> Board:
    return board(campaign, UNITS, papers, FORMS, date(2022, 10, on))


def test_the_board_says_who_filed_and_who_did_not() -> None:
    found = _board(
        sent(COMMUNE, 4, kind=Kind.PLAN),
        sent(COMMUNE, 14),
        sent(LOWER, 19),
        sent(PRIMARY, 12, cells={"organising_units": Missing(NoNumber.NOT_HELD)}),
    )
    assert picture(found) == dedent("""\
        UBND xã Hà Thượng         | Đã nhận        | Đã nhận              | 14/10/2022 |
        Trường THCS Hà Thượng     | Không phải nộp | Nộp muộn 2 ngày      | 19/10/2022 |
        Trường Tiểu học Hà Thượng | Không phải nộp | Không tổ chức        | 12/10/2022 |
        Trường Mầm non Hà Thượng  | Không phải nộp | Chưa nộp, quá 3 ngày |            |
        """)
    assert found.counts(Kind.REPORT) == {State.RECEIVED: 1, State.LATE: 1, State.NOT_HELD: 1, State.NOT_SENT: 1}
    assert (found.done(Kind.REPORT), found.owing(Kind.REPORT)) == (3, 4)
    assert (found.done(Kind.PLAN), found.owing(Kind.PLAN)) == (1, 1)
    assert [row.unit.code for row in found.waiting(Kind.REPORT)] == [NURSERY]


def test_before_the_day_means_before_it_unless_the_day_counts_too() -> None:
    """domain.md §1: "trước ngày D" is strictly before D unless the flag "tính cả ngày D" is set."""
    before = Deadline("report", "commune", date(2022, 10, 18))
    with_it = replace(before, inclusive=True)
    words = {
        (deadline.inclusive, day): _board(sent(COMMUNE, day), campaign=replace(CAMPAIGN, deadlines=(deadline,)))
        .rows[0]
        .report.words
        for deadline in (before, with_it)
        for day in (17, 18, 19)
    }
    assert words == {
        (False, 17): "Đã nhận",
        (False, 18): "Nộp muộn 1 ngày",
        (False, 19): "Nộp muộn 2 ngày",
        (True, 17): "Đã nhận",
        (True, 18): "Đã nhận",
        (True, 19): "Nộp muộn 1 ngày",
    }


def test_a_unit_may_have_a_day_of_its_own() -> None:
    own = Deadline("report", "school", date(2022, 10, 30), unit=LOWER)
    found = _board(campaign=replace(CAMPAIGN, deadlines=(*CAMPAIGN.deadlines, own)))
    assert [row.report.words for row in found.rows] == [
        "Chưa nộp, quá 3 ngày",
        "Chưa nộp",
        "Chưa nộp, quá 3 ngày",
        "Chưa nộp, quá 3 ngày",
    ]


def test_the_board_of_a_past_day_knows_nothing_of_later_ones() -> None:
    papers = (sent(COMMUNE, 12), sent(COMMUNE, 15, revision=2))
    assert _board(*papers, on=11).rows[0].report.words == "Chưa nộp"
    then = _board(*papers, on=12).rows[0].report.received
    now = _board(*papers, on=15).rows[0].report.received
    assert then is papers[0]
    assert now is papers[1]


def test_a_correction_after_the_day_is_not_late_and_says_what_it_replaced() -> None:
    report = _board(sent(COMMUNE, 14), sent(COMMUNE, 19, revision=2, notes=("Ghi chú khi nhận.",))).rows[0].report
    assert report.words == "Đã nhận"
    assert report.received_on == date(2022, 10, 19)
    assert report.note == "Lần 2, thay bản lần 1 ngày 14/10/2022. Ghi chú khi nhận."


def test_a_later_epoch_counts_before_a_higher_revision() -> None:
    papers = (sent(COMMUNE, 12, revision=3), sent(COMMUNE, 15, epoch=2))
    assert newest(papers) == (papers[1],)


def test_where_no_day_is_set_at_all_everybody_owes_and_nobody_is_late() -> None:
    found = _board(sent(COMMUNE, 30), on=31, campaign=replace(CAMPAIGN, deadlines=()))
    assert [row.report.words for row in found.rows] == ["Đã nhận", "Chưa nộp", "Chưa nộp", "Chưa nộp"]
    assert found.owing(Kind.PLAN) == 4


def test_the_day_of_the_office_itself_frees_nobody_below() -> None:
    above = (Deadline("report", "tinh", date(2022, 10, 18)), Deadline("plan", "tinh", date(2022, 9, 18)))
    found = _board(on=31, campaign=replace(CAMPAIGN, deadlines=above))
    assert {row.report.words for row in found.rows} == {"Chưa nộp"}
    assert found.owing(Kind.PLAN) == found.owing(Kind.REPORT) == 4


def test_a_longer_time_for_one_unit_frees_no_other() -> None:
    own = Deadline("report", "school", date(2022, 10, 30), unit=LOWER)
    found = _board(on=31, campaign=replace(CAMPAIGN, deadlines=(own,)))
    assert [row.report.words for row in found.rows] == ["Chưa nộp", "Chưa nộp, quá 2 ngày", "Chưa nộp", "Chưa nộp"]


def test_a_paper_the_campaign_frees_a_level_of_is_owed_by_nobody_there() -> None:
    nothing_set = replace(CAMPAIGN, deadlines=())
    freed = replace(nothing_set, free=frozenset({("plan", "school")}))
    before = board(nothing_set, UNITS, (), FORMS, date(2022, 10, 20))
    assert {row.plan.state for row in before.rows} == {State.NOT_SENT}  # as every campaign before: all owe it
    now = board(freed, UNITS, (), FORMS, date(2022, 10, 20), last=before)
    found = {row.unit.level: row.plan.state for row in now.rows}
    assert found == {"commune": State.NOT_SENT, "school": State.NOT_OWED}
    assert {row.report.state for row in now.rows} == {State.NOT_SENT}
    assert now.owing(Kind.PLAN) == 1
    own = replace(freed, deadlines=(Deadline("plan", "school", date(2022, 10, 30), unit=LOWER),))
    owing = board(own, UNITS, (), FORMS, date(2022, 10, 20))
    assert [row.unit.code for row in owing.rows if row.plan.state is State.NOT_SENT] == [COMMUNE, LOWER]
    assert (
        board(freed, UNITS, [sent(LOWER, 3, kind=Kind.PLAN)], FORMS, date(2022, 10, 20)).rows[1].plan.words == "Đã nhận"
    )


def test_a_level_that_has_a_day_later_changes_the_rows_of_a_board_made_before() -> None:
    some = tuple(unit for unit in UNITS if unit.level == "school")
    day = replace(CAMPAIGN, deadlines=(Deadline("report", "commune", date(2022, 10, 18)),))
    before = board(day, some, (), FORMS, date(2022, 10, 20))
    now = board(day, UNITS, (), FORMS, date(2022, 10, 20), last=before)
    assert {row.report.state for row in before.rows} == {State.NOT_SENT}
    assert {row.report.state for row in now.rows if row.unit.level == "school"} == {State.NOT_OWED}


def test_a_paper_nobody_asked_for_is_received_all_the_same() -> None:
    assert _board(sent(LOWER, 3, kind=Kind.PLAN)).rows[1].plan.words == "Đã nhận"


def test_the_words_of_review_have_their_states() -> None:
    first, second = sent(COMMUNE, 12), sent(COMMUNE, 15, revision=2)
    returned = Review(first.submission.package_id, ReviewAct.RETURNED, date(2022, 10, 13), "Thiếu chữ ký")
    approved = Review(second.submission.package_id, ReviewAct.APPROVED, date(2022, 10, 16))
    excused = Excuses({Kind.REPORT: frozenset({LOWER})})

    def on(day: int) -> list[str]:
        found = board(CAMPAIGN, UNITS, [first, second], FORMS, date(2022, 10, day), excused, [returned, approved])
        return [row.report.words for row in found.rows[:2]]

    assert on(12) == ["Đã nhận", "Được miễn"]
    assert on(13) == ["Trả lại", "Được miễn"]
    assert on(15) == ["Nộp lại", "Được miễn"]
    assert on(16) == ["Đã duyệt", "Được miễn"]
    found = board(CAMPAIGN, UNITS, [first], FORMS, date(2022, 10, 14), excused, [returned])
    assert found.owing(Kind.REPORT) == 3
    assert found.rows[0].report.note == "Thiếu chữ ký"
    assert COMMUNE in [row.unit.code for row in found.waiting(Kind.REPORT)]


def test_none_held_is_said_where_units_are_counted_or_in_every_cell() -> None:
    form = FORMS[Kind.REPORT]
    none = Missing(NoNumber.NOT_HELD)
    everywhere: dict[str, Cell] = {field.id: none for field in form.indicators()}
    assert held_nothing(form, {"organising_units": none, "participants": Count(4)})
    assert held_nothing(form, everywhere)
    assert not held_nothing(form, everywhere | {"organising_units": Count(0)} | {"banners": Count(1)})
    assert not held_nothing(form, {})


def test_arrivals_add_up_day_by_day() -> None:
    found = _board(sent(COMMUNE, 12), sent(LOWER, 14), sent(PRIMARY, 14))
    assert arrivals(found.rows, Kind.REPORT) == ((date(2022, 10, 12), 1), (date(2022, 10, 14), 3))


def test_a_unit_that_ended_before_the_week_and_filed_says_so_and_owes_nothing_more() -> None:
    ended = replace(UNITS[0], valid_to=date(2022, 9, 30))
    begun = replace(UNITS[1], valid_from=date(2022, 10, 13))
    found = board(CAMPAIGN, (ended, begun), (sent(COMMUNE, 13), sent(LOWER, 14)), FORMS, date(2022, 10, 20))
    first, second = (row.report for row in found.rows)
    assert (first.state, first.note) == (State.RECEIVED, "Đơn vị đã hết hiệu lực ngày 30/09/2022.")
    assert (second.state, second.note) == (State.RECEIVED, "Đơn vị chỉ có từ ngày 13/10/2022.")
    assert {row.plan.state for row in found.rows} == {State.NOT_OWED}


def test_a_year_and_more_of_days_is_counted_with_a_point() -> None:
    assert Standing(State.LATE, days_late=1497).words == "Nộp muộn 1.497 ngày"
    assert Standing(State.NOT_SENT, overdue=1200).words == "Chưa nộp, quá 1.200 ngày"
