"""School → commune → province for two years, with a merger between them, late and amended files, replies going back.

Two communes of Nghệ An until 30 June 2025 (resources/units: xã Nghi Văn 17830, xã Nghi Kiều 17854) become one, xã Văn
Kiều, which keeps the code 17854. Every office has a store of its own, opened for one act at a time as on a PC of its
own; all that passes between them are files on a stick. Days are set by hand, numbers are added up here by hand too.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.campaign.repository import active, choose, with_deadlines
from hoctap_desktop.cli import main
from hoctap_desktop.consolidation import repository
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.outliers import Why
from hoctap_desktop.consolidation.overview import current_board, current_outliers, current_totals, totals_before
from hoctap_desktop.consolidation.own_report import prepare_report
from hoctap_desktop.consolidation.reviewing import decide, replies_due
from hoctap_desktop.consolidation.sent import as_sent, since_sent, supplement
from hoctap_desktop.consolidation.settling import confirm, set_own
from hoctap_desktop.consolidation.status import ReviewAct, State
from hoctap_desktop.consolidation.verdict_lines import Outcome, Summary
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.form.taken import learn
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.text import slug
from hoctap_desktop.office.changing import change_own, change_upper
from hoctap_desktop.office.filings import finalise, open_or_begin, set_answer
from hoctap_desktop.office.setting_up import make_office
from hoctap_desktop.office.units_below import add, change, close
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from hoctap_desktop.submission.coming_down import trust_upper
from hoctap_desktop.submission.enrolment import accept, init_key, open_key, request
from hoctap_desktop.submission.outgoing import write_enrolment, write_to
from hoctap_desktop.submission.replies import issue_reply, taken_replies
from hoctap_desktop.submission.reply import Remark
from hoctap_desktop.submission.repository import sent_package, sent_packages
from hoctap_desktop.submission.sending import resubmit, seal
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.model import Signer, Unit
from hoctap_desktop.units.past import predecessor_sum
from hoctap_desktop.units.proposals import issuing_lines, offices_of, short_name_of
from hoctap_desktop.units.repository import all_units

PASSPHRASE = "mat khau minh hoa"
NEW = gazetteer.by_code("17854")
OLD = gazetteer.before("17854")
ENDED = gazetteer.before("17830")
assert NEW is not None
assert OLD is not None
assert ENDED is not None
COMMITTEE, DEPARTMENT = (offices_of(NEW)[0].own, offices_of(NEW)[0].upper)
assert DEPARTMENT is not None
MINISTRY = Unit("BGDDT", "Bộ Giáo dục và Đào tạo", "Bộ GDĐT", "bo")
PROVINCE = replace(DEPARTMENT, upper=MINISTRY.code, signer=replace(DEPARTMENT.signer, name="Trần Thị Mẫu"))


def _commune(place: gazetteer.Place, until: date | None = None) -> Unit:
    name = f"Ủy ban nhân dân {place.full_name}"
    signer = replace(COMMITTEE.signer, name="Lê Văn Mẫu")
    return replace(
        COMMITTEE, code=place.code, name=name, short_name=short_name_of(name), upper=PROVINCE.code, place=place.name,
        issuing=issuing_lines(name), signer=signer, valid_from=None, valid_to=until,
    )  # fmt: skip


def _school(code: str, name: str, commune: Unit) -> Unit:
    return Unit(
        code, f"Trường {name}", f"Trường {name}", "school", upper=commune.code, governing=issuing_lines(commune.name),
        issuing=(f"TRƯỜNG {name.upper()}",), place=commune.place, symbol="TH",
        signer=Signer(title="HIỆU TRƯỞNG", name="Vũ Thị Mẫu"),
    )  # fmt: skip


KIEU, VAN = _commune(OLD), _commune(ENDED)
MERGED = replace(_commune(NEW), code="17854")
PRIMARY, LOWER = _school("17830-TH", "Tiểu học Nghi Văn", VAN), _school("17854-THCS", "THCS Nghi Kiều", KIEU)

# What each school tells, by year and revision. A commune's own activity comes on top.
FIGURES = ("organising_units", "participants", "newspaper_articles", "tv_items", "radio_items", "wall_newspapers",
           "wall_articles", "leaflets", "books_published", "banners", "talks", "talk_attendees", "exhibitions",
           "exhibition_visits", "classes", "learners", "bookcases", "books_donated")  # fmt: skip
PRIMARY_1 = dict(zip(FIGURES, (1, 312, 1, 0, 2, 12, 36, 410, 4, 5, 2, 90, 1, 150, 1, 24, 3, 121), strict=True))
PRIMARY_2 = PRIMARY_1 | {"participants": 321, "books_donated": 132}  # returned for its number of participants
LOWER_1 = dict(zip(FIGURES, (1, 486, 2, 0, 3, 16, 64, 30, 2, 6, 2, 118, 1, 305, 1, 30, 4, 265), strict=True))
LOWER_2 = LOWER_1 | {"talks": 3, "talk_attendees": 163}  # amended after the commune had sent
NEXT_PRIMARY = PRIMARY_1 | {"participants": 345, "leaflets": 395, "learners": 27}
NEXT_PRIMARY_2 = NEXT_PRIMARY | {"banners": 8}
NEXT_LOWER = LOWER_1 | {"participants": 501, "leaflets": 33, "classes": 2, "learners": 55}
OWN = {"participants": 47}
TEXTS: Mapping[str, JsonValue] = {
    "direction": "Có kế hoạch, có phân công và kiểm tra.",
    "launch": "Phát động sáng ngày đầu Tuần lễ.",
    "activities": "Mở thư viện; thi giới thiệu sách.",
    "results": "Người dự đông hơn các tuần thường.",
}
PLAN_TEXTS: Mapping[str, JsonValue] = {
    "opening.time": "07:30",
    "opening.place": "Hội trường",
    "closing.time": "16:00",
    "closing.place": "Hội trường",
    "report.to": "nơi nhận kế hoạch này",
    "legal_bases": ["Căn cứ Kế hoạch của cấp trên về Tuần lễ hưởng ứng học tập suốt đời."],
    "recipients": ["Như trên", "Lưu: VT"],
}


def deadlines(level: str, report_day: int) -> tuple[Deadline, ...]:
    """Of both years: plans before 25 September, reports before a day of October."""
    return tuple(
        due
        for year in (2024, 2025)
        for due in (
            Deadline("plan", level, date(year, 9, 25)),
            Deadline("report", level, date(year, 10, report_day)),
        )
    )


@dataclass
class World:
    """The offices of the tale, the calendar they share, and the stick that goes round."""

    folder: Path
    now: datetime = datetime(2024, 9, 10, 8, 0, tzinfo=VIETNAM)
    sealed: list[tuple[str, str, int, bytes]] = field(default_factory=list)

    def day(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Turns the calendar on."""
        self.now = datetime(year, month, day, hour, 0, tzinfo=VIETNAM)

    @contextmanager
    def at(self, unit: Unit) -> Iterator[Store]:
        """The unit's PC: its store, opened and closed again."""
        store = open_store(self.folder / f"{unit.code}.hoctap", lambda: self.now)
        try:
            learn(store)
            yield store
        finally:
            store.close()

    def set_up(self, own: Unit, upper: Unit, below: tuple[Unit, ...] = (), due: tuple[Deadline, ...] = ()) -> None:
        office = OfficeFile(own, below, upper, due)
        store = make_office(self.folder / f"{own.code}.hoctap", office, lambda: self.now, "2024")
        init_key(store, PASSPHRASE, self.now, rounds=1_000)
        store.close()

    def enrol(self, own: Unit, upper: Unit) -> None:
        """The request travels on a stick; the digits on its sheet are compared."""
        with self.at(own) as store:
            key = open_key(store, PASSPHRASE)
            file, _ = write_enrolment(request(store, key, self.now), self.stick())
            digits = key.key_hash
        with self.at(upper) as store:
            assert accept(store, file.read_bytes(), file.name, self.now).key.key_hash == digits

    def stick(self) -> Path:
        """An empty stick."""
        made = self.folder / f"usb-{len(list(self.folder.glob('usb-*')))}"
        made.mkdir()
        return made

    def plan(self, own: Unit) -> Path:
        with self.at(own) as store:
            draft = open_or_begin(store, Kind.PLAN)
            for id, value in {**PLAN_TEXTS, "report.due": f"{self.now.year}-10-12"}.items():
                set_answer(store, draft.id, id, value)
            return self._send(store, own, draft.id)

    def report(self, own: Unit, figures: Mapping[str, int]) -> Path:
        """Fills in, or corrects, the report of a school and sends it."""
        with self.at(own) as store:
            draft = open_or_begin(store, Kind.REPORT)
            if any(one.series == draft.id for one in sent_packages(store)):
                resubmit(store, draft.id)
            for id, value in {**TEXTS, **figures, "document.month": f"{self.now:%Y-%m}"}.items():
                set_answer(store, draft.id, id, value)
            return self._send(store, own, draft.id)

    def consolidate(self, own: Unit, *, supplementing: bool = False) -> Path:
        """The office's own report from its totals, sent upward."""
        with self.at(own) as store:
            draft = supplement(store) if supplementing else prepare_report(store)
            for id, value in {**TEXTS, "document.month": f"{self.now:%Y-%m}"}.items():
                set_answer(store, draft.id, id, value)
            return self._send(store, own, draft.id)

    def _send(self, store: Store, own: Unit, series: str) -> Path:
        final = finalise(store, series)
        made = seal(store, series, open_key(store, PASSPHRASE), self.now)
        self.sealed.append((own.code, series, final.revision, made.data))
        return write_to(self.stick(), made.name, made.data).parent

    def receive(self, own: Unit, *sticks: Path) -> Summary:
        with self.at(own) as store:
            return intake(store, sticks)

    def answer(self, own: Unit, below: Unit) -> str:
        """The slips of `own` go back; `below` takes its own in: what the last one says."""
        back = self.stick()
        with self.at(own) as store:
            key = open_key(store, PASSPHRASE)
            for unit, reply in replies_due(store, current_board(store)):
                one = issue_reply(store, unit, reply, key, self.now)
                if one.name.startswith(f"{slug(below.code)}-"):
                    write_to(back, one.name, one.data)
        files = sorted(back.iterdir())
        assert files
        with self.at(below) as store:
            told = intake(store, [back])
            if any(line.outcome is Outcome.REFUSED for line in told.lines):  # the first: its digits are compared
                trust_upper(store, files[0].read_bytes(), files[0].name, self.now)
                told = intake(store, [back])
            assert told.clean, told.lines
            return taken_replies(store)[-1].reply.act.value


def _sum(*tables: Mapping[str, int]) -> dict[str, int]:
    return {id: sum(table.get(id, 0) for table in tables) for id in FIGURES}


def _numbers(store: Store, campaign: str | None = None) -> dict[str, int | None]:
    found = current_totals(store, campaign=with_deadlines(store, campaign) if campaign else None)
    return {total.field.id: total.value for total in found.numbers if total.field.id in FIGURES}


def _first_year(world: World) -> None:
    """2024: plans, reports; one returned, one late, one amended after the commune and the province had sent."""
    world.set_up(PROVINCE, MINISTRY, (VAN, KIEU), deadlines("commune", 18))
    world.set_up(VAN, PROVINCE, (PRIMARY,), deadlines("school", 12))
    world.set_up(KIEU, PROVINCE, (LOWER,), deadlines("school", 12))
    world.set_up(PRIMARY, VAN)
    world.set_up(LOWER, KIEU)
    for own, upper in ((PRIMARY, VAN), (LOWER, KIEU), (VAN, PROVINCE), (KIEU, PROVINCE)):
        world.enrol(own, upper)

    world.day(2024, 9, 20)
    for own, upper in ((PRIMARY, VAN), (LOWER, KIEU), (VAN, PROVINCE), (KIEU, PROVINCE)):
        assert world.receive(upper, world.plan(own)).count(Outcome.TAKEN) == 1

    world.day(2024, 10, 10)
    assert world.receive(KIEU, world.report(LOWER, LOWER_1)).clean
    (line,) = world.receive(VAN, world.report(PRIMARY, PRIMARY_1)).lines
    assert line.days_late == 0
    with world.at(VAN) as store:
        decide(
            store, line.package_id, ReviewAct.RETURNED, "Xem lại số người.", (Remark("participants", "312 hay 321?"),)
        )
    assert world.answer(VAN, PRIMARY) == "returned"

    world.day(2024, 10, 15)  # Nghi Kiều in time
    with world.at(KIEU) as store:
        set_own(store, "2024", "participants", str(OWN["participants"]))
    assert world.receive(PROVINCE, world.consolidate(KIEU)).lines[0].days_late == 0

    world.day(2024, 10, 16)  # the corrected paper of the primary school: late, but by its first receipt in time
    (line,) = world.receive(VAN, world.report(PRIMARY, PRIMARY_2)).lines
    assert (line.outcome, line.days_late) == (Outcome.REPLACED, 0)
    with world.at(VAN) as store:
        assert current_board(store).rows[0].report.state is State.RESENT
        decide(store, line.package_id, ReviewAct.APPROVED)
    assert world.answer(VAN, PRIMARY) == "approved"

    world.day(2024, 10, 19)  # the province sends what it has, and then Nghi Văn's comes
    world.consolidate(PROVINCE)
    world.day(2024, 10, 21)
    (line,) = world.receive(PROVINCE, world.consolidate(VAN)).lines
    assert line.days_late == 4
    with world.at(PROVINCE) as store:
        since = since_sent(store)
        assert since is not None
        assert [(one.unit.code, one.what) for one in since.units] == [(VAN.code, "nộp thêm")]
        confirm(store, active(store), "newspaper_articles", "3", "Một bài hai nơi cùng kể")
    world.consolidate(PROVINCE, supplementing=True)

    world.day(2024, 10, 24)  # the lower secondary school amends what the commune sent long ago
    (line,) = world.receive(KIEU, world.report(LOWER, LOWER_2)).lines
    assert line.outcome is Outcome.REPLACED
    with world.at(KIEU) as store:
        since = since_sent(store)
        assert since is not None
        assert [(one.unit.code, one.what) for one in since.units] == [(LOWER.code, "nộp lại, lần 2")]
    (line,) = world.receive(PROVINCE, world.consolidate(KIEU, supplementing=True)).lines
    assert line.outcome is Outcome.REPLACED
    world.consolidate(PROVINCE, supplementing=True)
    for commune in (VAN, KIEU):
        assert world.answer(PROVINCE, commune) == "received"


def _merger(world: World) -> None:
    """1 July 2025: one commune where there were two, with the code of one of them."""
    world.day(2025, 7, 1)
    with world.at(PROVINCE) as store:
        change(store, replace(MERGED, short_name=""))
        close(store, VAN.code, date(2025, 6, 30), [MERGED.code])
    with world.at(KIEU) as store:
        change_own(store, MERGED)
        add(store, replace(PRIMARY, upper=MERGED.code))
    for school in (PRIMARY, LOWER):
        with world.at(school) as store:
            change_upper(store, MERGED)
    world.enrol(PRIMARY, MERGED)
    for unit in (PROVINCE, MERGED, PRIMARY, LOWER):
        with world.at(unit) as store:
            choose(store, "2025")


def _second_year(world: World) -> None:
    """2025: both schools report to the merged commune; one late, one amended after everything was sent."""
    world.day(2025, 9, 22)
    for own, upper in ((PRIMARY, MERGED), (LOWER, MERGED), (MERGED, PROVINCE)):
        assert world.receive(upper, world.plan(own)).count(Outcome.TAKEN) == 1

    world.day(2025, 10, 11)
    assert world.receive(MERGED, world.report(LOWER, NEXT_LOWER)).lines[0].days_late == 0
    world.day(2025, 10, 14)
    assert world.receive(MERGED, world.report(PRIMARY, NEXT_PRIMARY)).lines[0].days_late == 3
    world.day(2025, 10, 16)
    (line,) = world.receive(PROVINCE, world.consolidate(MERGED)).lines
    assert line.unit == "UBND xã Văn Kiều"
    world.consolidate(PROVINCE)

    world.day(2025, 10, 28)
    assert world.receive(MERGED, world.report(PRIMARY, NEXT_PRIMARY_2)).lines[0].outcome is Outcome.REPLACED
    assert world.receive(PROVINCE, world.consolidate(MERGED, supplementing=True)).lines[0].outcome is Outcome.REPLACED
    world.consolidate(PROVINCE, supplementing=True)
    assert world.answer(PROVINCE, MERGED) == "received"
    for school in (PRIMARY, LOWER):
        assert world.answer(MERGED, school) == "received"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("two-years"))
    _first_year(made)
    _merger(made)
    _second_year(made)
    return made


OFFICES = {unit.code: unit for unit in (PROVINCE, VAN, MERGED, PRIMARY, LOWER)}


def test_every_file_that_was_sent_lies_in_its_store_byte_for_byte(world: World) -> None:
    plans, schools, offices = 4 + 3, 4 + 3, 6 + 4
    assert len(world.sealed) == plans + schools + offices
    for code, series, revision, data in world.sealed:
        with world.at(OFFICES[code]) as store:
            kept = sent_package(store, series, revision)
            assert kept is not None
            assert kept[1].data == data, (code, series, revision)


def test_each_sent_snapshot_comes_out_again_of_the_stored_submissions(world: World) -> None:
    sent = [(code, series, revision) for code, series, revision, _ in world.sealed]
    snapshots = [one for one in sent if one[1].endswith("-report") and OFFICES[one[0]].level != "school"]
    assert [(code, series, revision) for code, series, revision in snapshots] == [
        (KIEU.code, "2024-report", 1),
        (PROVINCE.code, "2024-report", 1),
        (VAN.code, "2024-report", 1),
        (PROVINCE.code, "2024-report", 2),
        (KIEU.code, "2024-report", 2),
        (PROVINCE.code, "2024-report", 3),
        (MERGED.code, "2025-report", 1),
        (PROVINCE.code, "2025-report", 1),
        (MERGED.code, "2025-report", 2),
        (PROVINCE.code, "2025-report", 2),
    ]
    for code, series, revision in snapshots:
        with world.at(OFFICES[code]) as store:
            made = as_sent(store, with_deadlines(store, series[:4]), revision)
            assert (made.same, made.wrong) == (True, ()), (code, series, revision)
            assert made.filing.revision == revision


def test_the_command_line_makes_any_revision_again(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(world.folder / f"{PROVINCE.code}.hoctap")
    for words, revision in (([], 2), (["--revision", "1"], 1)):
        assert main(["totals", store, "--as-sent", *words, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["revision"], told["same"]) == (revision, True)
    assert main(["totals", store, "--as-sent", "--revision", "9", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "not_sent_yet"


def test_what_the_province_sent_each_time_is_what_was_known_then(world: World) -> None:
    told = {}
    with world.at(PROVINCE) as store:
        for year, revisions in (("2024", 3), ("2025", 2)):
            for revision in range(1, revisions + 1):
                filing = filings.revision(store, filing_id(year, Kind.REPORT), revision)
                told[year, revision] = {id: filing.answers.get(f"computed.{id}") for id in FIGURES}
    first = _sum(LOWER_1, OWN)
    assert told["2024", 1] == first
    assert told["2024", 2] == _sum(first, PRIMARY_2)
    assert told["2024", 3] == _sum(LOWER_2, OWN, PRIMARY_2)
    assert told["2025", 1] == _sum(NEXT_PRIMARY, NEXT_LOWER)
    assert told["2025", 2] == _sum(NEXT_PRIMARY_2, NEXT_LOWER)


def test_a_confirmed_sum_and_the_paper_of_the_time_stay(world: World) -> None:
    with world.at(PROVINCE) as store:
        second, third = (filings.revision(store, "2024-report", number) for number in (2, 3))
        assert (second.answers["newspaper_articles"], second.answers["computed.newspaper_articles"]) == (3, 3)
        assert "Nghi Văn nộp thêm" in str(second.answers["lead"])
        assert "Nghi Kiều nộp lại, lần 2" in str(third.answers["lead"])
        assert "Văn Kiều" not in str(third.answers["lead"])


def test_the_totals_of_both_years_are_the_sums_of_what_counts(world: World) -> None:
    with world.at(PROVINCE) as store:
        assert _numbers(store, "2024") == _sum(PRIMARY_2, LOWER_2, OWN)
        assert _numbers(store) == _sum(NEXT_PRIMARY_2, NEXT_LOWER)
        assert current_totals(store).coverage == "1/1"
        assert current_totals(store, campaign=with_deadlines(store, "2024")).coverage == "2/2"


def test_last_years_figures_of_the_merged_commune_are_the_sum_of_both(world: World) -> None:
    with world.at(PROVINCE) as store:
        before = totals_before(store, active(store))
        assert before is not None
        last = {
            one.submission.unit_code: {id: getattr(cell, "value", 0) for id, cell in one.cells.items() if id in FIGURES}
            for one in before.reported
        }
        units = all_units(store)
        merged = next(unit for unit in units if unit.code == MERGED.code)
        past = predecessor_sum(merged, units, last)
        assert past.values == _sum(PRIMARY_2, LOWER_2, OWN)
        assert past.merged
        assert past.words == "Cộng từ 2 đơn vị trước đây: UBND xã Văn Kiều, UBND xã Nghi Văn."


def test_the_merged_commune_is_no_outlier_beside_its_own_part_of_last_year(world: World) -> None:
    """428 leaflets are fourteen times the 30 of Nghi Kiều alone, and as many as the two had together."""
    with world.at(PROVINCE) as store:
        found, campaign = current_totals(store), active(store)
        assert found.number("leaflets").value == 395 + 33
        doubts = current_outliers(store, found, totals_before(store, campaign), campaign)
        assert not [one for one in doubts if one.why is Why.LAST_YEAR]
        assert "năm trước" not in " ".join(one.sentence for one in doubts)


def test_the_board_of_each_year_says_what_came_of_whom(world: World) -> None:
    with world.at(PROVINCE) as store:
        then = current_board(store, campaign=with_deadlines(store, "2024")).rows
        assert {(row.unit.code, row.plan.words, row.report.words) for row in then} == {
            (VAN.code, "Đã nhận", "Nộp muộn 4 ngày"),
            (KIEU.code, "Đã nhận", "Đã nhận"),
        }
        now = current_board(store).rows
        assert [(row.unit.short_name, row.plan.words, row.report.words) for row in now] == [
            ("UBND xã Văn Kiều", "Đã nhận", "Đã nhận")
        ]
        names = {
            year: {one.submission.unit_name for one in repository.reported(store, year)} for year in ("2024", "2025")
        }
        assert names == {"2024": {"UBND xã Nghi Văn", "UBND xã Nghi Kiều"}, "2025": {"UBND xã Văn Kiều"}}
    with world.at(MERGED) as store:
        assert [(row.unit.code, row.report.words) for row in current_board(store).rows] == [
            (LOWER.code, "Đã nhận"),
            (PRIMARY.code, "Nộp muộn 3 ngày"),
        ]


def test_each_unit_holds_the_replies_it_got(world: World) -> None:
    held = {}
    for unit in (PRIMARY, LOWER, VAN, MERGED):
        with world.at(unit) as store:
            held[unit.code] = [
                (one.reply.series, one.reply.revision, one.reply.act.value) for one in taken_replies(store)
            ]
    assert ("2024-report", 1, "returned") in held[PRIMARY.code]
    assert ("2024-report", 2, "approved") in held[PRIMARY.code]
    assert ("2025-report", 2, "received") in held[PRIMARY.code]
    assert ("2025-report", 1, "received") in held[LOWER.code]
    assert ("2024-report", 1, "received") in held[VAN.code]
    assert {one for one in held[MERGED.code] if one[0].endswith("report")} == {
        ("2024-report", 2, "received"),
        ("2025-report", 2, "received"),
    }


def test_no_store_is_damaged_at_the_end(world: World) -> None:
    for unit in OFFICES.values():
        with world.at(unit) as store:
            assert check(store) == (), unit.code
