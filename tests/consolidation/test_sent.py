"""The report that went upward: made again byte for byte, held against what came later, supplemented."""

from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import batches, repository
from hoctap_desktop.consolidation.intake import intake, undo
from hoctap_desktop.consolidation.model import Reported
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.printed import totals_sheets
from hoctap_desktop.consolidation.sent import as_sent, since_sent, supplement
from hoctap_desktop.consolidation.settling import confirm, set_own
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_from_json, filing_json
from hoctap_desktop.filing.totals_acts import CONFIRMED, take_back
from hoctap_desktop.form.answers import Count
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.filings import context_for, own_and_children
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.submission.unseal import unseal
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import ALL, COMMUNE, LOWER, NURSERY, PDF, PRIMARY, key, paper, put
from tests.offices import NOW

OFFICE = "19-171-GDDT"


def _send(store: Store) -> bytes:
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    return seal(store, report.id, key(OFFICE), NOW).data


def _first(store: Store, stick: Path) -> bytes:
    papers = (
        paper(COMMUNE, {"participants": 10, "newspaper_articles": 3}),
        paper(LOWER, {"participants": 5, "newspaper_articles": 2}),
    )
    intake(store, [put(stick, *papers)])
    set_own(store, "2022", "participants", "100")
    confirm(store, active(store), "newspaper_articles", "4", "Một bài cả hai nơi cùng báo")
    return _send(store)


def test_the_sealed_report_says_which_unit_which_revision_and_what_is_its_own(store: Store, stick: Path) -> None:
    sent = unseal(_first(store, stick)).filing
    assert sent.summed is not None
    assert [(one.code, one.revision, bool(one.package_id)) for one in sent.summed.units] == [
        (COMMUNE, 1, True),
        (LOWER, 1, True),
        (PRIMARY, 0, False),
        (NURSERY, 0, False),
    ]
    assert sent.summed.own == {"participants": 100}
    assert sent.summed.below["participants"] == 15
    assert sent.answers["participants"] == sent.answers["computed.participants"] == 115
    assert (sent.answers["newspaper_articles"], sent.answers["computed.newspaper_articles"]) == (4, 5)
    assert sent.answers["reason.total_overridden.newspaper_articles"] == "Một bài cả hai nơi cùng báo"


def test_what_is_sealed_reads_back_as_it_was_and_a_list_that_does_not_fit_is_refused(store: Store, stick: Path) -> None:
    _first(store, stick)
    filing = filings.current(store, "2022-report")
    data = filing_json(filing)
    assert filing_from_json(data).summed == filing.summed
    other = data.replace(f'"package":"{filing.based_on[0]}"'.encode(), f'"package":"{"0" * 64}"'.encode())
    with pytest.raises(UserError) as caught:
        filing_from_json(other)
    assert caught.value.code is Code.BAD_CONTENT


def test_a_report_that_adds_nothing_up_has_the_bytes_it_always_had(store: Store) -> None:
    opened = unseal(paper(COMMUNE, {"participants": 10}).data).filing
    assert opened.summed is None


def test_the_sent_report_comes_out_again_byte_for_byte_whatever_came_later(store: Store, stick: Path) -> None:
    _first(store, stick)
    assert as_sent(store).same
    late = paper(
        LOWER,
        {"participants": 6},
        revision=2,
        previous=paper(LOWER, {"participants": 5, "newspaper_articles": 2}).package_id,
    )
    batch = intake(store, [put(stick / "b", late, paper(NURSERY, {"participants": 1}))]).batch
    set_own(store, "2022", "participants", "7")
    made = as_sent(store)
    assert (made.same, made.wrong, made.overridden) == (True, (), ("newspaper_articles",))
    assert batch is not None
    undo(store, batch)
    assert as_sent(store).same


def test_a_report_put_back_later_is_still_what_the_sent_one_was_made_of(store: Store, stick: Path) -> None:
    _first(store, stick)
    (batch,) = batches.every(store)
    undo(store, batch.id)
    assert as_sent(store).same
    assert current_totals(store).coverage == "0/4"


def test_a_stored_number_that_changed_is_named(store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _first(store, stick)
    honest = repository.as_it_came

    def lying(store: Store, package_id: str) -> Reported:
        one = honest(store, package_id)
        number = one.cells["participants"]
        assert isinstance(number, Count)
        return Reported(one.submission, {**one.cells, "participants": Count(number.value + 1)})

    monkeypatch.setattr(repository, "as_it_came", lying)
    made = as_sent(store)
    assert not made.same
    assert made.wrong == ("Số người tham gia: đã gửi 115, cộng lại được 117 (từ 2/4)",)


def test_nothing_is_made_again_before_something_was_sent(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    with pytest.raises(UserError) as caught:
        as_sent(store)
    assert caught.value.code is Code.NOT_SENT_YET
    assert since_sent(store) is None


def test_a_number_left_out_of_the_sent_report_is_told_not_tripped_over(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10, "funding.raised": 5_000_000}))])
    report = prepare_report(store)
    filings.set_answer(store, report.id, "funding.raised", None, NOW)
    report = filings.current(store, report.id)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    seal(store, report.id, key(OFFICE), NOW)
    made = as_sent(store)
    assert (made.same, made.overridden) == (True, ("funding.raised",))


def test_late_and_amended_files_after_sending_are_told_cell_by_cell(store: Store, stick: Path) -> None:
    _first(store, stick)
    assert since_sent(store) is None
    before = paper(LOWER, {"participants": 5, "newspaper_articles": 2}).package_id
    again = paper(LOWER, {"participants": 8, "newspaper_articles": 2}, revision=2, previous=before)
    intake(store, [put(stick / "b", again, paper(NURSERY, {"participants": 1}))])
    since = since_sent(store)
    assert since is not None
    assert [(one.unit.code, one.what) for one in since.units] == [(LOWER, "nộp lại, lần 2"), (NURSERY, "nộp thêm")]
    assert [(c.place, c.old, c.new) for c in since.units[0].cells] == [("Số người tham gia", "5", "8")]
    numbers = {change.place: (change.old, change.new) for change in since.numbers}
    assert numbers["Số người tham gia"] == ("115 (từ 2/4)", "119 (từ 3/4)")
    sheet = totals_sheets(current_totals(store), own_unit(store), active(store), NOW.date(), since=since)[-1]
    rows = [row[1:] for row in sheet.rows if row[3] == "Số người tham gia"]
    nursery = since.units[1].unit.short_name
    assert rows == [
        (since.units[0].unit.short_name, "nộp lại, lần 2", "Số người tham gia", 5, 8),
        (nursery, "nộp thêm", "Số người tham gia", "Chưa nộp", 1),
        ("Toàn bộ", "tổng khác, từ 2/4 thành 3/4 đơn vị", "Số người tham gia", 115, 119),
    ]


def test_a_sum_confirmed_or_taken_back_after_sending_is_a_change(store: Store, stick: Path) -> None:
    _first(store, stick)
    campaign = active(store)
    assert since_sent(store) is None
    confirm(store, campaign, "newspaper_articles", "3", "Hai bài cùng một nội dung")
    since = since_sent(store)
    assert since is not None
    assert [(one.place, one.old, one.new) for one in since.numbers] == [
        ("Số bài viết trên các báo", "4 (từ 2/4)", "3 (từ 2/4)")
    ]
    assert not since.units
    confirm(store, campaign, "newspaper_articles", "4", "Như đã gửi")
    assert since_sent(store) is None
    take_back(store, campaign.id, CONFIRMED, "newspaper_articles")
    since = since_sent(store)
    assert since is not None
    assert [one.new for one in since.numbers] == ["5 (từ 2/4)"]


def test_what_no_unit_held_is_told_so_and_is_no_change_by_itself(store: Store, stick: Path) -> None:
    none: dict[str, JsonValue] = {"tv_items": {"none": "not_held", "reason": ""}}
    first = {code: paper(code, {"participants": 5, **none}) for code in ALL}
    intake(store, [put(stick, *first.values())])
    _send(store)
    before = first[LOWER].package_id
    again = paper(LOWER, {"participants": 8, **none}, revision=2, previous=before)
    intake(store, [put(stick / "b", again)])
    since = since_sent(store)
    assert since is not None
    assert [one.place for one in since.numbers] == ["Số người tham gia"]
    third = paper(LOWER, {"participants": 5, "tv_items": 2}, revision=3, previous=again.package_id)
    intake(store, [put(stick / "c", third)])
    since = since_sent(store)
    assert since is not None
    assert [(one.old, one.new) for one in since.numbers] == [("không tổ chức (từ 4/4)", "2 (từ 4/4)")]


def test_where_nothing_changed_no_supplement_is_begun_and_it_says_so(store: Store, stick: Path) -> None:
    _first(store, stick)
    with pytest.raises(UserError) as caught:
        supplement(store)
    assert caught.value.code is Code.NOTHING_SINCE_SENT
    assert len([one for one in filings.all_filings(store) if one.id == "2022-report"]) == 1


def test_a_supplement_is_the_next_revision_with_the_difference_as_its_text(store: Store, stick: Path) -> None:
    _first(store, stick)
    intake(store, [put(stick / "b", paper(NURSERY, {"participants": 1}))])
    draft = supplement(store)
    lead = str(draft.answers["lead"])
    assert (draft.revision, draft.answers["participants"]) == (2, 116)
    assert lead.startswith("Báo cáo này bổ sung, thay báo cáo lần 1 ngày")
    assert "nộp thêm" in lead.split("\n", maxsplit=1)[0]
    assert "Số người tham gia từ 115 (từ 2/4) thành 116 (từ 3/4)" in lead.split("\n", maxsplit=1)[0]
    assert supplement(store).answers["lead"] == lead
    filings.freeze(store, draft.id, filing_json(filings.current(store, draft.id)), PDF, "AAAA-BBBB-CCCD", NOW)
    seal(store, draft.id, key(OFFICE), NOW)
    assert as_sent(store).same
    assert since_sent(store) is None


def test_the_rule_of_own_and_children_fires_when_one_of_the_two_changes(store: Store, stick: Path) -> None:
    intake(store, [put(stick, *(paper(code, {"participants": 10}) for code in ALL))])
    set_own(store, "2022", "participants", "100")
    report = prepare_report(store)
    assert report.answers["participants"] == 140
    assert context_for(store, report).own_and_children == {}
    set_own(store, "2022", "participants", "120")
    assert dict(context_for(store, report).own_and_children) == {"participants": 160}
    assert own_and_children(report) == {}
