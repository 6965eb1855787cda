"""What comes back down: receipts, return slips and rosters, from a key of the upper unit that was compared."""

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.changing import change_upper
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import replies, repository, sending
from hoctap_desktop.submission.coming_down import look, take_down, trust_upper
from hoctap_desktop.submission.enrolment import revoke
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName, unit_name
from hoctap_desktop.submission.reply import Remark, Reply, ReplyAct, reply_from_json, reply_json
from hoctap_desktop.submission.roster import Roster, RosterKey
from hoctap_desktop.submission.seal import Sealed, seal_reply, seal_roster
from hoctap_desktop.submission.verdict import vouches
from tests.offices import HA_THUONG, NOW, commune_store, dai_tu, report_draft
from tests.pages import page_saying
from tests.submission.packages import OWN, commune_key, other_key, roster_key

UPPER = dai_tu().own
ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Hà Thượng, with a final report that was sealed."""
    store = commune_store(tmp_path / "xa.hoctap")
    filings.begin(store, report_draft({"participants": 10}))
    finalise(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def upper_key() -> Key:
    return make_key(UPPER.name, UPPER.code, NOW)


def finalise(store: Store) -> None:
    filing = filings.current(store, ID)
    filings.freeze(store, ID, filing_json(filing), page_saying("x"), "AAAA-BBBB-CCCC", NOW)


def sent(store: Store) -> Sealed:
    return sending.seal(store, ID, commune_key(), NOW)


def answer(
    package: str, act: ReplyAct = ReplyAct.RECEIVED, revision: int = 1, hours: int = 1, **changes: object
) -> Reply:
    reply = Reply(
        act, package, HA_THUONG.code, ID, revision, 1, "AAAA-BBBB-CCCC", NOW.date(), 0, NOW + timedelta(hours=hours)
    )
    return dataclasses.replace(reply, **changes)  # type: ignore[arg-type]


def slip(reply: Reply, key: Key) -> Sealed:
    return seal_reply(UPPER, OWN, reply, key, NOW)


def refused(store: Store, sealed: Sealed) -> Code | None:
    return take_down(store, sealed.data, sealed.name).code


@given(
    st.builds(
        Reply,
        act=st.sampled_from(ReplyAct),
        package_id=st.text("0123456789abcdef", min_size=64, max_size=64),
        unit_code=st.just("05812"),
        series=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
        revision=st.integers(1, 1_000_000),
        epoch=st.integers(1, 10_000),
        paper_code=st.sampled_from(["", "7K3M-Q9TX-2HBV"]),
        received_on=st.dates(),
        days_late=st.integers(0, 10_000),
        decided_at=st.just(NOW),
        words=st.text("abc ếữ\n", max_size=2000),
        remarks=st.lists(st.builds(Remark, st.just("participants"), st.text("xyz ", min_size=1, max_size=500))).map(
            tuple
        ),
    )
)
def test_a_reply_reads_back_as_it_was_written(reply: Reply) -> None:
    assert reply_from_json(reply_json(reply)) == reply


def test_a_reply_waits_until_the_key_of_the_upper_unit_was_compared(store: Store, upper_key: Key) -> None:
    receipt = slip(answer(sent(store).package_id), upper_key)
    assert refused(store, receipt) is Code.UNKNOWN_KEY
    assert replies.taken_replies(store) == ()
    with pytest.raises(UserError) as refusal:
        trust_upper(store, receipt.data, receipt.name, NOW, "00000 " * 6)
    assert refusal.value.code is Code.FINGERPRINT_DIFFERS
    trust_upper(store, receipt.data, receipt.name, NOW, upper_key.fingerprint)
    assert refused(store, receipt) is None
    (taken,) = replies.taken_replies(store)
    assert (taken.unit, taken.reply.act, taken.reply.revision) == (unit_name(UPPER), ReplyAct.RECEIVED, 1)
    assert refused(store, receipt) is Code.ALREADY_RECEIVED
    assert check(store) == ()


def test_a_reply_of_somebody_else_or_for_somebody_else_is_refused(store: Store, upper_key: Key) -> None:
    first = slip(answer(sent(store).package_id), upper_key)
    trust_upper(store, first.data, first.name, NOW)
    assert refused(store, slip(answer("ab" * 32), other_key())) is Code.UNKNOWN_KEY
    repository.add_roster_key(store, roster_key(other_key(), UnitName("05830-THCS", "Trường")), b"")
    neighbour = dataclasses.replace(UPPER, code="05830-THCS", short_name="Trường")
    foreign = seal_reply(neighbour, OWN, answer("ab" * 32), other_key(), NOW)
    assert refused(store, foreign) is Code.NOT_OUR_UPPER
    pretended = seal_reply(UPPER, OWN, answer("ab" * 32), other_key(), NOW)
    assert refused(store, pretended) is Code.WRONG_UNIT
    elsewhere = seal_reply(
        UPPER, UnitName("05815", "UBND xã khác"), answer("ab" * 32, unit_code="05815"), upper_key, NOW
    )
    assert refused(store, elsewhere) is Code.WRONG_RECIPIENT
    assert replies.taken_replies(store) == ()


def test_a_return_slip_lights_up_its_fields_until_a_later_word_takes_it_back(store: Store, upper_key: Key) -> None:
    package = sent(store).package_id
    remarks = (Remark("participants", "Số này gấp 10 lần năm trước."), Remark("talks", "Còn thiếu."))
    back = slip(answer(package, ReplyAct.RETURNED, words="Xem lại hai số.", remarks=remarks), upper_key)
    trust_upper(store, back.data, back.name, NOW)
    assert refused(store, back) is None
    returned = replies.returned(store, ID, package)
    assert returned is not None
    assert returned.remarks == remarks
    approved = slip(answer(package, ReplyAct.APPROVED, hours=3), upper_key)
    assert refused(store, approved) is None
    assert replies.returned(store, ID, package) is None
    stale = slip(answer(package, ReplyAct.RETURNED, hours=2, words="cũ"), upper_key)
    assert refused(store, stale) is Code.REPLY_OLDER


def test_sent_again_it_names_the_former_one_and_counts_on(store: Store, upper_key: Key) -> None:
    first = sent(store)
    back = slip(answer(first.package_id, ReplyAct.RETURNED, words="Xem lại."), upper_key)
    trust_upper(store, back.data, back.name, NOW)
    take_down(store, back.data, back.name)
    assert sending.next_revision(store, ID) == 2
    assert sending.resubmit(store, ID).revision == 2
    finalise(store)
    sending.seal(store, ID, commune_key(), NOW)
    second = repository.sent_packages(store)[-1]
    assert (second.revision, second.previous) == (2, first.package_id)


def test_an_office_restored_from_an_old_copy_goes_on_from_the_number_of_the_receipt(
    store: Store, upper_key: Key
) -> None:
    """The copy knows revision 1, never sent; the upper unit holds revision 3 of the same paper."""
    receipt = slip(answer("cd" * 32, revision=3), upper_key)
    trust_upper(store, receipt.data, receipt.name, NOW)
    verdict = take_down(store, receipt.data, receipt.name)
    assert verdict.code is None
    assert "lần 4" in verdict.sentence
    with pytest.raises(UserError) as refusal:
        sent(store)
    assert refusal.value.code is Code.REVISION_BEHIND
    assert sending.next_revision(store, ID) == 4
    assert sending.resubmit(store, ID).revision == 4
    finalise(store)
    sent(store)
    last = repository.sent_packages(store)[-1]
    assert (last.revision, last.previous) == (4, "cd" * 32)


def test_a_draft_of_an_old_copy_is_carried_on_under_the_next_number(store: Store, upper_key: Key) -> None:
    sending.resubmit(store, ID)  # revision 2, a draft
    filings.set_answer(store, ID, "participants", 99, NOW)
    receipt = slip(answer("cd" * 32, revision=5), upper_key)
    trust_upper(store, receipt.data, receipt.name, NOW)
    take_down(store, receipt.data, receipt.name)
    begun = sending.resubmit(store, ID)
    assert (begun.revision, begun.answers["participants"]) == (6, 99)


def test_a_receipt_for_another_package_of_the_same_number_is_told_as_a_fork(store: Store, upper_key: Key) -> None:
    sent(store)
    receipt = slip(answer("cd" * 32), upper_key)
    trust_upper(store, receipt.data, receipt.name, NOW)
    assert refused(store, receipt) is Code.REPLY_UNKNOWN
    assert replies.taken_replies(store) == ()


def test_a_slip_of_a_clock_that_was_ahead_does_not_shut_out_what_is_decided_later(store: Store, upper_key: Key) -> None:
    package = sent(store).package_id
    ahead = slip(answer(package, ReplyAct.RETURNED, hours=24 * 900), upper_key)
    trust_upper(store, ahead.data, ahead.name, NOW)
    assert refused(store, ahead) is None
    store.clock = fixed_clock(NOW + timedelta(days=2))
    approved = slip(answer(package, ReplyAct.APPROVED, hours=30), upper_key)
    assert refused(store, approved) is None
    last = replies.last_reply(store, ID, package)
    assert last is not None
    assert last.reply.act is ReplyAct.APPROVED
    assert refused(store, slip(answer(package, ReplyAct.RETURNED, hours=-5), upper_key)) is Code.REPLY_OLDER
    assert refused(store, ahead) is Code.ALREADY_RECEIVED


def test_a_key_that_was_replaced_vouches_for_nobody_from_then_on() -> None:
    old, new = commune_key(), other_key()
    before = dataclasses.replace(roster_key(), accepted=NOW.date() - timedelta(days=9))
    assert vouches(old.details, Roster(1, NOW.date(), (before,)), before.unit.code, NOW)
    closed = dataclasses.replace(before, valid_to=NOW.date())
    later = dataclasses.replace(before, key_hash=new.key_hash, accepted=NOW.date(), valid_to=date(2032, 1, 1))
    both = Roster(1, NOW.date(), (closed, later))
    assert not vouches(old.details, both, before.unit.code, NOW)
    assert vouches(new.details, both, before.unit.code, NOW)
    same_day = Roster(1, NOW.date(), (dataclasses.replace(closed, accepted=NOW.date()), later))
    assert not vouches(old.details, same_day, before.unit.code, NOW)
    assert vouches(new.details, same_day, before.unit.code, NOW)


def test_a_roster_is_taken_with_a_higher_number_only_and_tells_the_epoch(store: Store, upper_key: Key) -> None:
    repository.save_own_key(store, repository.OwnKey(commune_key().key_hash, commune_key().certificate, b"x", NOW))

    def issued(number: int, epoch: int) -> Sealed:
        return seal_roster(UPPER, Roster(number, NOW.date(), (roster_key(epoch=epoch),)), upper_key, NOW)

    trust_upper(store, issued(1, 1).data, "a.htgoi", NOW)
    assert refused(store, issued(2, 2)) is None
    assert replies.own_epoch(store) == 2
    assert refused(store, issued(1, 1)) is Code.OLD_REVISION_NEW_CONTENT
    assert refused(store, issued(3, 3)) is None
    sent(store)
    assert repository.sent_packages(store)[-1].epoch == 3


def test_looking_writes_nothing(store: Store, upper_key: Key) -> None:
    receipt = slip(answer(sent(store).package_id), upper_key)
    trust_upper(store, receipt.data, receipt.name, NOW)
    assert look(store, receipt.data, receipt.name).acceptable
    assert replies.taken_replies(store) == ()


def test_rosters_begin_anew_after_the_upper_key_was_revoked_and_each_is_taken_once(
    store: Store, upper_key: Key
) -> None:
    def roster(number: int, key: Key, *keys: RosterKey) -> Sealed:
        return seal_roster(UPPER, Roster(number, NOW.date(), keys), key, NOW)

    old = roster(5, upper_key)
    trust_upper(store, old.data, old.name, NOW)
    assert refused(store, old) is None
    revoke(store, UPPER.code, NOW)
    key = make_key(UPPER.name, UPPER.code, NOW)
    first, last = roster(2, key), roster(5, key, roster_key(key))
    trust_upper(store, first.data, first.name, NOW)
    assert refused(store, first) is None
    assert refused(store, first) is Code.ALREADY_RECEIVED
    assert refused(store, last) is None
    assert refused(store, last) is Code.ALREADY_RECEIVED
    assert refused(store, first) is Code.OLD_REVISION
    assert refused(store, roster(3, key)) is Code.OLD_REVISION_NEW_CONTENT
    assert refused(store, roster(5, key, roster_key())) is Code.FORKED_REVISION
    assert refused(store, old) is Code.REVOKED_KEY
    assert check(store) == ()


def test_a_unit_that_moved_takes_the_late_answer_to_what_it_sent_to_its_former_upper_unit_and_nothing_else(
    store: Store, upper_key: Key
) -> None:
    package = sent(store).package_id
    first = slip(answer(package), upper_key)
    trust_upper(store, first.data, first.name, NOW)
    new = dataclasses.replace(UPPER, code="19", name="Ủy ban nhân dân tỉnh", short_name="UBND tỉnh")
    change_upper(store, new)
    remarks = (Remark("participants", "Xem lại."),)
    back = slip(answer(package, ReplyAct.RETURNED, hours=2, remarks=remarks), upper_key)
    assert look(store, back.data, back.name).code is None
    assert refused(store, back) is None
    slip_taken = replies.returned(store, ID, package)
    assert slip_taken is not None
    assert slip_taken.remarks == remarks
    assert refused(store, slip(answer("ab" * 32, hours=3), upper_key)) is Code.NOT_OUR_UPPER
    keys = Roster(1, NOW.date(), (roster_key(upper_key, unit_name(UPPER)),))
    assert refused(store, seal_roster(UPPER, keys, upper_key, NOW)) is Code.NOT_OUR_UPPER
    forged = seal_reply(UPPER, OWN, answer(package, hours=4), other_key(), NOW)
    assert refused(store, forged) is Code.UNKNOWN_KEY
    revoke(store, UPPER.code, NOW)
    assert refused(store, slip(answer(package, hours=5), upper_key)) is Code.REVOKED_KEY


def test_what_the_new_upper_unit_was_sent_is_not_for_the_former_one_to_answer(store: Store, upper_key: Key) -> None:
    first = slip(answer(sent(store).package_id), upper_key)
    trust_upper(store, first.data, first.name, NOW)
    change_upper(store, dataclasses.replace(UPPER, code="19", name="Ủy ban nhân dân tỉnh", short_name="UBND tỉnh"))
    sending.resubmit(store, ID)
    finalise(store)
    second = sent(store)
    assert refused(store, slip(answer(second.package_id, revision=2), upper_key)) is Code.NOT_OUR_UPPER
