"""What a person is told: every code of package-format.md, and the order in which the checks speak."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, SIGNATURE, Entry, PackageKind, pack
from hoctap_desktop.submission.examine import describe, examine
from hoctap_desktop.submission.ledger import Taken
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.model import Verdict
from hoctap_desktop.submission.roster import Roster
from hoctap_desktop.submission.seal import Attachment, seal_enrolment, seal_roster
from hoctap_desktop.submission.verdict import Receiver, latest_now
from tests.offices import HA_THUONG, dai_tu
from tests.pages import page_saying
from tests.submission.packages import (
    AT,
    FILING,
    FORM,
    NOW,
    OWN,
    PDF,
    PNG,
    UPPER,
    code_of,
    commune_key,
    edit_json,
    entries_of,
    forge,
    other_key,
    package_id,
    rewritten,
    roster,
    roster_key,
    sealed,
    taken,
)

THIEF = UnitName("05830-THCS", "Trường THCS Cù Vân")


def ask(data: bytes, known: Roster | None = None, now: datetime = NOW, before: list[Taken] | None = None) -> Verdict:
    return examine(data, "a.htgoi", Receiver(known or roster(), UPPER.code, now, before or [], {FORM}))


def put(*path: Any) -> Callable[[Any], None]:
    def change(tree: Any) -> None:
        for step in path[:-2]:
            tree = tree[step]
        tree[path[-2]] = path[-1]

    return change


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_good_file_may_be_taken() -> None:
    package = sealed()
    verdict = ask(package.data)
    assert (verdict.code, verdict.acceptable, verdict.notes) == (None, True, ())
    assert verdict.package_id == package.package_id == package_id(package.data)
    assert verdict.opened is not None
    assert verdict.opened.filing.answers["participants"] == 1248
    assert verdict.sentence == "Nhận được: Báo cáo 2022, lần 1 của «UBND xã Hà Thượng»."
    assert verdict.epoch == 1


EVERY_CODE: dict[Code, Callable[[], Verdict]] = {
    Code.NOT_A_PACKAGE: lambda: ask(b"PK\x03\x04 xl/workbook.xml"),
    Code.FOREIGN_LAYOUT: lambda: ask(sealed().data + b"\0"),
    Code.DAMAGED_ENTRY: lambda: ask(flip(sealed().data, sealed().data.index(b"%PDF"))),
    Code.ALTERED: lambda: ask(rewritten(sealed().data, edit_json(ANSWERS, put("answers", "participants", 9)))),
    Code.UNKNOWN_KEY: lambda: ask(sealed(key=other_key()).data),
    Code.WRONG_UNIT: lambda: ask(sealed(key=other_key()).data, roster(roster_key(other_key(), THIEF))),
    Code.WRONG_RECIPIENT: lambda: ask(sealed(recipient=UnitName("19", "Sở GDĐT")).data),
    Code.REVOKED_KEY: lambda: ask(sealed().data, roster(roster_key(revoked=date(2022, 10, 14)))),
    Code.EXPIRED_KEY: lambda: ask(sealed().data, roster(roster_key(valid_to=date(2022, 10, 13)))),
    Code.OLD_REVISION: lambda: ask(sealed(2).data, before=[taken(sealed(3), 3), taken(sealed(2), 2)]),
    Code.OLD_REVISION_NEW_CONTENT: lambda: ask(sealed(2).data, before=[taken(sealed(3), 3)]),
    Code.FORKED_REVISION: lambda: ask(sealed(3).data, before=[taken(sealed(3, answers={"participants": 1}), 3)]),
    Code.ALREADY_RECEIVED: lambda: ask(sealed().data, before=[taken(sealed())]),
    Code.WEAK_OR_FOREIGN_SIGNATURE: lambda: ask(rewritten(sealed().data, lambda e: e.update({SIGNATURE: b"0\0"}))),
    Code.BAD_CONTENT: lambda: ask(forge(edit_json(ANSWERS, put("answers", "participants", True)))),
    Code.FORBIDDEN_FILE: lambda: ask(forge(lambda entries: entries.update({"print/bao-cao.pdf": b"MZ"}))),
    Code.TOO_LARGE: lambda: ask(bytes(64 * 2**20 + 1)),
    Code.FORM_UNKNOWN: lambda: ask(forge(_other_form("version", 2))),
    Code.FORM_DIFFERS: lambda: ask(forge(_other_form("hash", "cd" * 32))),
}


def _other_form(field: str, value: object) -> Callable[[dict[str, bytes]], None]:
    def edit(entries: dict[str, bytes]) -> None:
        for name in (PACKAGE, ANSWERS):
            edit_json(name, put("form", field, value))(entries)

    return edit


@pytest.mark.parametrize("code", list(EVERY_CODE))
def test_every_code_of_the_table_is_said_in_a_sentence_with_its_facts(code: Code) -> None:
    verdict = EVERY_CODE[code]()
    assert verdict.code is code
    assert not verdict.acceptable
    assert verdict.quiet is any(words in verdict.sentence for words in ("Không cần làm gì", "không có gì thay đổi"))
    assert verdict.sentence
    assert "«»" not in verdict.sentence
    assert "  " not in verdict.sentence


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (Code.NOT_A_PACKAGE, "đây là tệp Excel"),
        (Code.DAMAGED_ENTRY, "«print/bao-cao.pdf»"),
        (Code.ALTERED, "«answers.json»"),
        pytest.param(Code.UNKNOWN_KEY, other_key().fingerprint, id="unknown_key"),
        (Code.WRONG_UNIT, "«UBND xã Hà Thượng» nhưng ký bằng khóa của «Trường THCS Cù Vân»"),
        (Code.WRONG_RECIPIENT, "«Sở GDĐT»"),
        (Code.REVOKED_KEY, "14/10/2022"),
        (Code.EXPIRED_KEY, "13/10/2022"),
        (Code.OLD_REVISION, "bản lần 2; đã có bản lần 3 (nhập ngày 13/10/2022)"),
        (Code.FORKED_REVISION, "gửi lần 4"),
        (Code.ALREADY_RECEIVED, "13/10/2022"),
        (Code.BAD_CONTENT, "answers.json › answers › participants"),
        (Code.FORM_UNKNOWN, "«báo cáo, bản 2»"),
        (Code.FORM_DIFFERS, "«báo cáo» bản 1 do cơ quan khác ra"),
    ],
)
def test_a_sentence_names_what_and_where(code: Code, words: str) -> None:
    assert words in EVERY_CODE[code]().sentence


def test_a_verdict_says_which_question_failed() -> None:
    asked = {
        Code.ALTERED: (False, False, False, False),
        Code.UNKNOWN_KEY: (True, False, False, False),
        Code.WRONG_UNIT: (True, True, False, False),
        Code.WRONG_RECIPIENT: (True, True, True, False),
        Code.REVOKED_KEY: (True, True, True, True),
    }
    for code, answers in asked.items():
        verdict = EVERY_CODE[code]()
        assert answers == (
            verdict.intact,
            verdict.signer_known,
            verdict.may_speak_for_unit,
            verdict.is_for_us,
        ), code


# --- order -------------------------------------------------------------------------------------------------------


def test_the_checks_speak_in_the_order_of_the_format() -> None:
    """A file with every fault at once; each fault put right lets the next one be heard."""

    def faulty(entries: dict[str, bytes]) -> None:
        edit_json(PACKAGE, put("recipient", "code", "19"))(entries)
        edit_json(ANSWERS, put("answers", "participants", True))(entries)
        entries["print/bao-cao.pdf"] = b"MZ"

    bad, ours = forge(faulty, key=other_key()), forge(faulty)
    unsigned = rewritten(bad, lambda entries: entries.update({SIGNATURE: b"0\0"}))
    changed = rewritten(bad, lambda entries: entries.update({"print/bao-cao.pdf": b"MZ2"}))
    revoked = roster_key(other_key(), OWN, revoked=date(2022, 10, 1))
    mine = forge(edit_json(PACKAGE, put("recipient", "code", UPPER.code)), data=ours)
    typed = forge(lambda entries: entries.update({"print/bao-cao.pdf": b"MZ"}))
    heard = [
        ask(bytes(64 * 2**20) + unsigned).code,
        ask(unsigned + b"x").code,
        ask(unsigned).code,
        ask(changed).code,
        ask(bad).code,
        ask(bad, roster(roster_key(other_key(), THIEF))).code,
        ask(bad, roster(revoked)).code,
        ask(mine, roster(roster_key(revoked=date(2022, 10, 1)))).code,
        ask(mine).code,
        ask(typed, before=[taken(sealed(3), 3)]).code,
        ask(sealed().data, before=[taken(sealed(3), 3), taken(sealed())]).code,
    ]
    assert heard == [
        Code.TOO_LARGE,
        Code.FOREIGN_LAYOUT,
        Code.WEAK_OR_FOREIGN_SIGNATURE,
        Code.ALTERED,
        Code.UNKNOWN_KEY,
        Code.WRONG_UNIT,
        Code.WRONG_RECIPIENT,
        Code.REVOKED_KEY,
        Code.BAD_CONTENT,
        Code.FORBIDDEN_FILE,
        Code.OLD_REVISION,
    ]


def test_the_manifest_of_an_unknown_key_is_shown_when_it_can_be_read() -> None:
    verdict = ask(sealed(key=other_key()).data)
    assert verdict.manifest is not None
    assert verdict.manifest.unit == OWN
    broken = forge(lambda entries: entries.update({PACKAGE: b"{}"}), key=other_key())
    assert (ask(broken).code, ask(broken).manifest) == (Code.UNKNOWN_KEY, None)


# --- time --------------------------------------------------------------------------------------------------------


def test_a_key_is_good_to_the_end_of_its_last_day() -> None:
    last = roster(roster_key(valid_to=date(2022, 10, 14)))
    assert ask(sealed().data, last).acceptable
    assert ask(sealed().data, last, now=NOW + timedelta(days=1)).code is Code.EXPIRED_KEY


def test_a_revocation_counts_at_once_whatever_its_day() -> None:
    assert ask(sealed().data, roster(roster_key(revoked=date(2022, 10, 15)))).code is Code.REVOKED_KEY


def test_the_signing_time_does_not_save_a_file_first_seen_after_its_key_was_revoked() -> None:
    early = sealed(at=datetime(2022, 10, 1, tzinfo=VIETNAM))
    assert ask(early.data, roster(roster_key(revoked=date(2022, 10, 10)))).code is Code.REVOKED_KEY


def test_a_file_taken_before_its_key_was_revoked_stays_received() -> None:
    revoked = roster(roster_key(revoked=date(2022, 10, 14)))
    assert ask(sealed().data, revoked, before=[taken(sealed())]).code is Code.ALREADY_RECEIVED


def test_a_certificate_that_has_run_out_counts_as_an_expired_key() -> None:
    known = roster(roster_key(valid_to=date(2099, 1, 1)))
    verdict = ask(sealed().data, known, now=datetime(2032, 10, 14, tzinfo=VIETNAM))
    assert verdict.code is Code.EXPIRED_KEY
    assert "13/10/2032" in verdict.sentence


def test_now_is_the_latest_of_clock_roster_and_last_import() -> None:
    dead_battery = datetime(2009, 1, 1, tzinfo=VIETNAM)
    assert latest_now(dead_battery, Roster(1, date(2000, 1, 1), ()), []) == dead_battery
    assert latest_now(dead_battery, roster(), []) == datetime(2022, 10, 1, tzinfo=VIETNAM)
    assert latest_now(dead_battery, roster(), [taken(sealed())]) == datetime(2022, 10, 13, tzinfo=VIETNAM)
    assert latest_now(NOW, roster(), [taken(sealed())]) == NOW


def test_a_clock_that_was_years_ahead_sets_now_for_a_year_past_what_others_signed_at_most() -> None:
    ahead = [taken(sealed(), day=date(2031, 5, 1))]
    signed = date(2022, 10, 13)
    assert latest_now(NOW, roster(), ahead) == datetime(2031, 5, 1, tzinfo=VIETNAM)
    assert latest_now(NOW, roster(), ahead, signed) == datetime(2023, 10, 14, tzinfo=VIETNAM)
    late = datetime(2026, 1, 5, tzinfo=VIETNAM)
    assert latest_now(late, roster(), ahead, signed) == late
    # a dead battery is told from it: what was imported in time holds
    dead_battery = datetime(2009, 1, 1, tzinfo=VIETNAM)
    assert latest_now(dead_battery, roster(), [taken(sealed())], signed) == datetime(2022, 10, 13, tzinfo=VIETNAM)
    # a stranger's wish for another year moves nothing by itself
    assert latest_now(NOW, roster(), [taken(sealed())], date(2040, 1, 1)) == NOW


def test_a_signing_time_ahead_of_the_clock_is_noted_and_no_more() -> None:
    verdict = ask(sealed(at=NOW + timedelta(hours=1)).data)
    assert verdict.acceptable
    assert [note.code for note in verdict.notes] == [Code.CLOCK]
    assert ask(sealed(at=NOW + timedelta(minutes=5)).data).notes == ()


# --- merged units ------------------------------------------------------------------------------------------------


def merged(before: list[Taken] | None = None, known: Roster | None = None, by: str = THIEF.code) -> Verdict:
    """Hà Thượng's report, signed by the unit that took its place."""
    known = known or roster(roster_key(other_key(), THIEF))
    receiver = Receiver(known, UPPER.code, NOW, before or [], {FORM}, succession={OWN.code: frozenset({by})})
    return examine(sealed(key=other_key()).data, "a.htgoi", receiver)


def test_a_successor_files_for_the_unit_it_took_the_place_of_and_the_line_says_so() -> None:
    verdict = merged()
    assert verdict.acceptable
    assert [note.sentence for note in verdict.notes] == [
        "«Trường THCS Cù Vân» nộp thay cho «UBND xã Hà Thượng» đã sáp nhập."
    ]


def test_nobody_files_for_a_unit_whose_place_he_did_not_take() -> None:
    assert merged(by="05999").code is Code.WRONG_UNIT


def test_a_revoked_key_of_either_unit_begins_the_numbers_anew() -> None:
    lost = roster_key(revoked=date(2022, 10, 10))
    known = roster(lost, roster_key(other_key(), THIEF))
    verdict = merged([taken(sealed(3), 3)], known)
    assert (verdict.acceptable, verdict.epoch) == (True, 2)
    known = roster(roster_key(), roster_key(other_key(), THIEF, epoch=2))
    assert merged([taken(sealed(3), 3)], known).epoch == 2
    assert merged([taken(sealed(3), 3)]).code is Code.OLD_REVISION_NEW_CONTENT


# --- revisions ---------------------------------------------------------------------------------------------------


def test_a_higher_revision_takes_the_place_of_the_one_before() -> None:
    first = sealed()
    verdict = ask(sealed(2, first.package_id).data, before=[taken(first)])
    assert verdict.acceptable
    assert verdict.older == taken(first)
    assert verdict.notes == ()


@pytest.mark.parametrize("previous", [None, "cd" * 32])
def test_a_revision_whose_previous_one_never_came_is_noted(previous: str | None) -> None:
    verdict = ask(sealed(3, previous).data, before=[taken(sealed())])
    assert verdict.acceptable
    assert [note.code for note in verdict.notes] == [Code.REVISION_GAP]
    assert "lần 3" in verdict.notes[0].sentence


def test_the_first_that_comes_of_a_unit_is_not_said_to_miss_one_in_between() -> None:
    """It may have sent the ones before to the upper unit it had then."""
    verdict = ask(sealed(2, "cd" * 32).data)
    assert verdict.acceptable
    assert [note.code for note in verdict.notes] == [Code.REVISION_FIRST_HERE]
    assert "lần 2: bản trước nộp nơi khác" in verdict.notes[0].sentence


def test_after_a_stolen_key_revisions_begin_anew() -> None:
    new = roster(roster_key(epoch=2))
    verdict = ask(sealed().data, new, before=[taken(sealed(9), 9)])
    assert (verdict.acceptable, verdict.epoch) == (True, 2)


# --- content against manifest ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "change"),
    [
        (PACKAGE, put("kind", "enrolment")),
        (PACKAGE, put("form", None)),
        (PACKAGE, put("form", "hash", "cd" * 32)),
        (PACKAGE, put("series", "2023-report")),
        (PACKAGE, put("attachments", "attachments/001.pdf", "x.pdf")),
        (PACKAGE, put("unit", "name", "UBND xã khác")),
        (PACKAGE, put("revision", 0)),
        (PACKAGE, put("revision", True)),
        (PACKAGE, put("more", 1)),
        (ANSWERS, put("unit", "code", "05813")),
        (ANSWERS, put("kind", "plan")),
        (ANSWERS, put("campaign", "2023")),
        (ANSWERS, put("form", "id", "plan/commune")),
    ],
)
def test_what_package_and_answers_say_must_agree(entry: str, change: Callable[[Any], None]) -> None:
    assert ask(forge(edit_json(entry, change))).code is Code.BAD_CONTENT


@pytest.mark.parametrize(
    "spelled",
    [
        lambda data: data + b"\n",
        lambda data: data.replace(b'":', b'": ', 1),
        lambda data: data.replace(b'"participants":1248', b'"participants":1248.0'),
        lambda data: data.replace(b'"participants":1248', b'"participants":NaN'),
        lambda data: data.replace(b'"participants":1248', b'"participants":true'),
        lambda data: data.replace(b'"participants":1248', b'"participants":1248,"participants":9'),
        lambda data: data.replace(b'"participants":1248', b'"participants":99999999999999999999'),
        lambda data: data.replace(b'"participants":1248', b'"participants":"\\ud800"'),
        lambda data: data.replace(b'"participants":1248', '"participants":"a\u0300"'.encode()),
        lambda data: data.replace(b'"participants":1248', '"participants":"\u202e"'.encode()),
        lambda data: data.replace(b'"participants":1248', b'"participants":' + b"[" * 40 + b"]" * 40),
    ],
)
def test_answers_spelled_another_way_are_bad_content_even_when_signed(spelled: Callable[[bytes], bytes]) -> None:
    package = forge(lambda entries: entries.update({ANSWERS: spelled(entries[ANSWERS])}))
    verdict = ask(package)
    assert verdict.code is Code.BAD_CONTENT
    assert "answers.json" in verdict.sentence


# --- other kinds -------------------------------------------------------------------------------------------------


def test_an_enrolment_request_asks_for_the_comparison_with_the_stamped_sheet() -> None:
    request = seal_enrolment(HA_THUONG, commune_key(), UPPER, AT)
    verdict = ask(request.data, Roster(1, date(2022, 10, 1), ()))
    assert verdict.code is Code.UNKNOWN_KEY
    assert commune_key().fingerprint in verdict.sentence
    assert verdict.is_for_us
    assert ask(request.data).code is Code.ALREADY_RECEIVED
    assert ask(request.data, roster(roster_key(unit=THIEF))).code is Code.WRONG_UNIT
    elsewhere = seal_enrolment(HA_THUONG, commune_key(), UnitName("19", "Sở"), AT)
    assert ask(elsewhere.data, Roster(1, date(2022, 10, 1), ())).code is Code.WRONG_RECIPIENT
    late = datetime(2040, 1, 1, tzinfo=UTC)
    assert ask(request.data, Roster(1, date(2022, 10, 1), ()), now=late).code is Code.EXPIRED_KEY


@pytest.mark.parametrize("change", [put("certificate", ""), put("certificate", "*"), put("unit", "code", "1")])
def test_an_enrolment_request_must_be_for_its_own_key_and_unit(change: Callable[[Any], None]) -> None:
    request = seal_enrolment(HA_THUONG, commune_key(), UPPER, AT).data
    bad = forge(edit_json(ANSWERS, change), kind=PackageKind.ENROLMENT, data=request)
    assert ask(bad).code is Code.BAD_CONTENT


def test_an_enrolment_request_signed_with_another_key_than_it_asks_for_is_refused() -> None:
    request = seal_enrolment(HA_THUONG, commune_key(), UPPER, AT).data
    bad = forge(lambda entries: None, key=other_key(), kind=PackageKind.ENROLMENT, data=request)
    assert ask(bad, roster(roster_key(other_key(), OWN))).code is Code.BAD_CONTENT


@pytest.mark.parametrize("kind", [PackageKind.REPLY, PackageKind.CAMPAIGN])
def test_a_kind_that_is_not_taken_by_one_who_takes_in_is_named(kind: PackageKind) -> None:
    def rename(entries: dict[str, bytes]) -> None:
        edit_json(PACKAGE, put("kind", kind.value))(entries)
        edit_json(PACKAGE, put("form", None))(entries)

    package = forge(rename, kind=kind)
    words = {PackageKind.REPLY: "phiếu trả lời", PackageKind.CAMPAIGN: "gói đợt"}[kind]
    verdict = ask(package)
    assert verdict.code is Code.KIND_NOT_TAKEN
    assert words in verdict.sentence


def test_a_roster_is_read_but_not_taken_in_as_a_submission() -> None:
    package = seal_roster(dai_tu().own, roster(), other_key(), AT)
    assert ask(package.data).code is Code.KIND_NOT_TAKEN
    verdict = describe(package.data, package.name)
    assert verdict.code is None
    assert "Danh sách khóa số 1" in verdict.sentence


# --- without a store ---------------------------------------------------------------------------------------------


def test_a_file_is_described_without_a_store() -> None:
    package = sealed(2)
    verdict = describe(package.data, package.name)
    assert verdict.code is None
    assert verdict.intact
    assert not verdict.acceptable  # nobody has said whose key it is
    for words in ("Báo cáo 2022, lần 2", "«UBND xã Hà Thượng»", "«Phòng GDĐT»", "13/10/2022 lúc 14:32", "nguyên vẹn"):
        assert words in verdict.sentence
    assert commune_key().fingerprint in verdict.sentence


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tệp trống"),
        (bytes(5000), "toàn số 0"),
        (PDF, "đây là tệp PDF"),
        (b"PK\x03\x04...word/document.xml", "đây là tệp Word"),
        (b"PK\x03\x04...xl/workbook.xml", "đây là tệp Excel"),
        (b"PK\x03\x04...", "đây là tệp nén ZIP"),
        (b"\xff\xd8\xff\xe0", "đây là ảnh JPG"),
        ("Kế hoạch".encode(), "đây là tệp văn bản"),
        (b"\xd0\xcf\x11\xe0...W\0o\0r\0k\0b\0o\0o\0k\0", "đây là tệp Excel đời cũ"),
        (b"\x80\x81\x00", "không rõ loại tệp"),
    ],
)
def test_a_file_that_is_not_ours_is_named_for_what_it_is(data: bytes, words: str) -> None:
    verdict = describe(data, "bao cao.htgoi")
    assert verdict.code is Code.NOT_A_PACKAGE
    assert words in verdict.sentence
    assert "«bao cao.htgoi»" in verdict.sentence


def test_bad_content_is_told_without_a_store_too() -> None:
    package = forge(edit_json(ANSWERS, put("answers", "participants", True)))
    assert describe(package, "a").code is Code.BAD_CONTENT
    assert describe(rewritten(package, lambda e: e.update({PACKAGE: b"[]"})), "a").code is Code.ALTERED


def test_notes_about_files_travel_with_the_verdict() -> None:
    script = Attachment("quét.pdf", b"%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")
    for verdict in (ask(sealed(attachments=[script]).data), describe(sealed(attachments=[script]).data, "a")):
        assert verdict.code is None
        assert [(note.code, "attachments/001.pdf" in note.sentence) for note in verdict.notes] == [
            (Code.ACTIVE_PDF, True)
        ]
    assert dataclasses.asdict(ask(sealed(attachments=[script]).data).notes[0])["code"] == "active_pdf"


def test_a_file_name_that_no_screen_can_show_is_told_without_those_bytes() -> None:
    name = "b\udcffa\x1b[31mo\u202e.htgoi"
    for verdict in (
        describe(b"x", name),
        describe(sealed().data, name),
        examine(b"", name, Receiver(roster(), "1", NOW)),
    ):
        assert verdict.file_name == "ba[31mo.htgoi"
        assert verdict.sentence.isprintable()


def test_a_filing_travels_with_the_print_of_its_kind_and_no_other() -> None:
    bare = forge(lambda entries: entries.__delitem__("print/bao-cao.pdf"))
    plan = forge(lambda entries: entries.update({"print/ke-hoach.pdf": entries.pop("print/bao-cao.pdf")}))
    for verdict in (ask(bare), describe(bare, "a")):
        assert verdict.code is Code.BAD_CONTENT
        assert "print/bao-cao.pdf" in verdict.sentence
    assert ask(plan).code is Code.FORBIDDEN_FILE


def test_a_print_of_other_data_is_noted_and_taken() -> None:
    other = dataclasses.replace(FILING, answers={"participants": 1})
    for pages in (page_saying(code_of(other)), PDF):
        package = sealed(print_pdf=pages)
        for verdict in (ask(package.data), describe(package.data, "a")):
            assert verdict.code is None
            assert [each.code for each in verdict.notes] == [Code.PRINT_DIFFERS]
            assert code_of(FILING) in verdict.notes[0].sentence


def test_two_hundred_changes_with_every_checksum_put_right_are_refused_by_the_seal() -> None:
    """CRCs and sizes of the container are made new after each change: only hashes and signature are left to see it."""
    whole = entries_of(sealed(attachments=[Attachment("ảnh.png", PNG)]).data)
    heard: dict[str, set[Code | None]] = {name: set() for name in whole}
    count = 0
    for name, data in whole.items():
        places = range(0, len(data), max(1, len(data) // 40))
        changed = [flip(data, at) for at in places] + [data + b"\n", data[:-1], data[1:]]
        for new in changed:
            package = pack(
                PackageKind.SUBMISSION, [Entry(each, whole[each] if each != name else new) for each in whole]
            )
            heard[name].add(ask(package).code)
            count += 1
    assert count >= 200
    assert {code for codes in heard.values() for code in codes} == {Code.ALTERED, Code.WEAK_OR_FOREIGN_SIGNATURE}
    assert all(heard[name] == {Code.ALTERED} for name in whole if name != SIGNATURE)
    assert Code.WEAK_OR_FOREIGN_SIGNATURE in heard[SIGNATURE]
    another_kind = pack(PackageKind.REPLY, [Entry(name, data) for name, data in whole.items()])
    assert ask(another_kind).code is Code.ALTERED
