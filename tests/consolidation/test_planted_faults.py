"""An office made from a seed: each planted fault is named with unit and cell, every total is an independent sum."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bench.offices.made import SECOND_DAY, Made, in_memory, make, report, units_for
from bench.offices.received import Received, receive
from bench.offices.truth import KEPT_OUT, Fault, Planted, read_truth
from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office.filings import check
from hoctap_desktop.store.check import check as check_store
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.repository import held_packages
from hoctap_desktop.units.model import Unit


def _label(id: str) -> str:
    field = form_by_id("report", 1).field(id)
    assert field is not None
    return field.label


@dataclass
class Office:
    """What was made, what the program was told of it, the store that came of it."""

    made: Made
    store: Store
    received: Received

    @property
    def units(self) -> dict[str, Unit]:
        return {row.unit.code: row.unit for row in self.received.board.rows}

    def lines(self, file: str) -> list[Line]:
        return [line for stick in self.received.sticks for line in stick.lines if line.file == file]

    def line(self, one: Planted) -> Line:
        """The line of the file a fault is in: it names the unit, by its code in the file's name at the least."""
        (line,) = self.lines(one.file)
        assert line.file.startswith(one.unit)
        if one.fault not in (Fault.ALTERED, Fault.RESUMMED):  # nothing inside these can be believed
            assert (line.unit_code, line.unit) == (one.unit, self.units[one.unit].short_name)
            assert line.paper == f"Báo cáo 2025, lần {2 if '-lan-2' in one.file else 1}"
        return line


@pytest.fixture(
    scope="module",
    params=[20, *(pytest.param(count, marks=pytest.mark.faults) for count in (168, 3_321))],
)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    count: int = request.param
    with in_memory() as folder:
        made = make(folder / "office", count, seed=count)
        store, received = receive(made)
        yield Office(made, store, received)
        store.close()


def test_every_kind_of_fault_was_planted(office: Office) -> None:
    assert {one.fault for one in office.made.truth.planted} == set(Fault)
    assert read_truth(office.made.folder / "truth.json") == office.made.truth


def test_a_file_altered_after_sealing_is_refused_naming_what_was_altered(office: Office) -> None:
    for fault, entry in ((Fault.ALTERED, "answers.json"), (Fault.RESUMMED, "SEAL/SHA256SUMS")):
        for one in office.made.truth.of(fault):
            line = office.line(one)
            assert (line.outcome, line.code) == (Outcome.REFUSED, Code.ALTERED)
            said = f"Nội dung đã thay đổi sau khi ký: «{entry}». Không nhập. Hãy gọi đơn vị."
            assert line.sentence == said


def test_a_foreign_key_makes_a_file_wait_with_its_digits(office: Office) -> None:
    planted = office.made.truth.of(Fault.FOREIGN_KEY)
    for one in planted:
        line = office.line(one)
        assert (line.outcome, line.code) == (Outcome.WAITING, Code.UNKNOWN_KEY)
        said = f"Gói ký bằng khóa chưa đăng ký. Dãy số: {line.fingerprint}. Hãy so với phiếu đăng ký có dấu."
        assert line.sentence == said
    assert {held.unit.code for held in held_packages(office.store)} == {one.unit for one in planted}


def test_a_sisters_key_is_refused_naming_both_units(office: Office) -> None:
    for one in office.made.truth.of(Fault.SISTERS_KEY):
        line = office.line(one)
        assert (line.outcome, line.code) == (Outcome.REFUSED, Code.WRONG_UNIT)
        claimed, owner = office.units[one.unit].short_name, office.units[one.other].short_name
        said = f"Gói ghi là của «{claimed}» nhưng ký bằng khóa của «{owner}». Không nhập. Hãy gọi đơn vị."
        assert line.sentence == said


def test_an_old_revision_changes_nothing_and_names_the_newer_one(office: Office) -> None:
    for one in office.made.truth.of(Fault.OLD_REVISION):
        line = office.line(one)
        assert (line.outcome, line.code) == (Outcome.UNCHANGED, Code.OLD_REVISION)
        assert line.sentence == "Đây là bản lần 1; đã có bản lần 2 (nhập ngày 14/10/2025). Không cần làm gì."


def test_a_duplicate_changes_nothing_and_is_told_so(office: Office) -> None:
    for one in office.made.truth.of(Fault.DUPLICATE):
        line = office.line(one)
        assert (line.outcome, line.code) == (Outcome.UNCHANGED, Code.ALREADY_RECEIVED)
        assert line.sentence == "Bản này đã nhập ngày 14/10/2025, không có gì thay đổi."


def test_a_newer_revision_counts_and_names_the_one_before(office: Office) -> None:
    for one in office.made.truth.of(Fault.AMENDED):
        line = office.line(one)
        assert line.outcome is Outcome.REPLACED
        assert line.sentence.startswith("Nhận được, thay bản lần 1 nhập ngày 14/10/2025.")


def test_nothing_held_and_late_are_said_on_receipt(office: Office) -> None:
    for one in office.made.truth.of(Fault.NOT_HELD):
        assert office.line(one).sentence == (
            "Nhận được. Đúng hạn. Đơn vị ghi không tổ chức. Không có chỗ phải hỏi lại."
        )
    for one in office.made.truth.of(Fault.LATE):
        line = office.line(one)
        assert line.days_late == office.made.truth.days_late
        assert line.sentence.startswith(f"Nhận được. Nộp muộn {office.made.truth.days_late} ngày.")


def test_attendees_without_talks_are_stopped_at_the_sender_and_named_on_receipt(office: Office) -> None:
    for one in office.made.truth.of(Fault.ATTENDEES):
        unit = office.units[one.unit]
        findings = check(report(unit, office.made.truth.counts[one.unit]), NOTHING_ELSE_KNOWN)
        stopped = [found.place for found in findings if found.blocks]
        assert stopped == ["mục 4, số lần hội thảo, tọa đàm"]
        assert "Có 1 chỗ phải hỏi lại: mục 4, số lần hội thảo, tọa đàm." in office.line(one).sentence


def test_a_file_that_is_missing_is_in_no_line_and_on_the_board(office: Office) -> None:
    for one in office.made.truth.of(Fault.MISSING):
        assert not [line for stick in office.received.sticks for line in stick.lines if line.unit_code == one.unit]


def test_the_board_says_the_state_of_every_unit(office: Office) -> None:
    truth = office.made.truth
    assert {row.unit.code: row.report.words for row in office.received.board.rows} == {
        code: truth.words(code) for code in truth.units
    }
    assert office.received.board.done(Kind.REPORT) == len(truth.counts)


def test_all_totals_equal_the_independent_sums_with_their_coverage(office: Office) -> None:
    found, truth = office.received.totals, office.made.truth
    told = {total.field.id: (total.value, total.covered, total.of) for total in found.numbers}
    assert told == {id: (one.value, one.covered, one.of) for id, one in truth.sums().items()}
    assert found.coverage == f"{len(truth.counts)}/{len(truth.units)}"
    assert [unit.code for unit in found.silent] == truth.silent()
    assert {unit for unit in truth.units if truth.faults_of(unit) & KEPT_OUT} == set(truth.silent())


def test_every_number_opens_into_the_cells_of_its_units(office: Office) -> None:
    truth = office.made.truth
    for total in office.received.totals.numbers:
        for source in total.sources:
            answer = truth.counts.get(source.unit.code, {}).get(total.field.id)
            if isinstance(answer, int):
                assert (source.value, source.words) == (answer, print_count(answer))


def test_the_doubts_are_those_that_were_planted_and_no_others(office: Office) -> None:
    found = {(one.unit.code, one.why.value, one.field.id if one.field else "") for one in office.received.doubts}
    assert found == office.made.truth.doubts()


def test_each_doubt_says_in_words_what_is_wrong(office: Office) -> None:
    said = {(one.unit.code, one.why.value): one for one in office.received.doubts}
    for one in office.made.truth.of(Fault.OUTLIER):
        doubt = said[one.unit, "sisters"]
        assert (doubt.value, doubt.place) == (one.value, _label(one.field))
        assert doubt.sentence.startswith(f"Ghi {print_count(one.value or 0)} ")
        assert "một nửa số đơn vị cùng cấp dưới" in doubt.sentence
    for one in office.made.truth.of(Fault.COPIED):
        for code, other in ((one.unit, one.other), (one.other, one.unit)):
            words = f"Toàn bộ số liệu trùng với {office.units[other].short_name}. Có thể nhập nhầm bảng."
            assert said[code, "copied"].sentence == words
    for one in office.made.truth.of(Fault.ATTENDEES):
        assert f"Có {one.value} người tham gia nhưng số lần còn trống hoặc bằng 0" in said[one.unit, "table"].sentence


def test_the_papers_add_up_and_the_store_is_whole(office: Office) -> None:
    own, campaign = units_for(len(office.made.truth.units)).own, office.received.board.campaign
    totals_document(office.received.totals, own, campaign, SECOND_DAY.date())
    totals_sheets(office.received.totals, own, campaign, SECOND_DAY.date(), doubts=office.received.doubts)
    assert check_store(office.store) == ()


def test_what_was_altered_is_what_the_generator_says(office: Office) -> None:
    """The altered file differs from a sound one in one number: the fault is where the truth says it is."""
    one = office.made.truth.of(Fault.ALTERED)[0]
    data = next(office.made.folder.rglob(one.file)).read_bytes()
    assert f'"{one.field}":{one.value}'.encode() in data
