"""A question added while some have already sent: their form never asked it, which is no blank (issue 6, point 1)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.campaign.repository import active
from hoctap_desktop.consolidation import reviewing, side_by_side
from hoctap_desktop.consolidation.checking import check_paper
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.outliers import outliers
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.consolidation.own_report import prepare_report, with_totals
from hoctap_desktop.consolidation.printed import totals_document, totals_sheets
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.document.model import Table, runs_text
from hoctap_desktop.document.sheet import Cell
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.form import editing, loader
from hoctap_desktop.form.answers import Count, Missing, NoNumber
from hoctap_desktop.form.definition import FormDefinition, RollUp
from hoctap_desktop.form.issuers import Issued, Issuers
from hoctap_desktop.office import filings
from hoctap_desktop.office.campaigns import edit_form, publish_form
from hoctap_desktop.office.filings import context_for
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.repository import own_unit
from tests.consolidation.papers import COMMUNE, LOWER, NOT_HELD, NURSERY, PRIMARY, paper, put

OLD = loader.form_by_id("report", 1)


@pytest.fixture
def asking(store: Store) -> Iterator[tuple[Store, FormDefinition]]:
    """The office published a second version: one question more, counted in units another one more, leaflets gone."""
    changed, first = editing.added(OLD, "Số câu lạc bộ đọc sách", "câu lạc bộ", year=2022, taken=(), after="talks")
    changed, second = editing.added(
        changed, "Số nơi có tủ sách", "nơi", year=2022, taken=(), roll_up=RollUp.COUNT_UNITS
    )
    assert (first, second) == ("q2022_1", "q2022_2")
    edit_form(store, editing.retired(changed, "leaflets").form)
    yield store, publish_form(store, "report", 2022)
    campaigns.know(())
    loader.know(())


def _sent(asking: tuple[Store, FormDefinition], stick: Path) -> Store:
    """Two of the four on the old form, one on the new one, which left one of its questions blank; one is silent."""
    store, new = asking
    ref = FormRef(new.id, new.version, new.hash)
    intake(
        store,
        [
            put(
                stick,
                paper(COMMUNE, {"participants": 10, "leaflets": 5}),
                paper(PRIMARY, {"participants": 20}),
                paper(LOWER, {"participants": 30, "q2022_1": 2, "q2022_2": NOT_HELD}, form=ref),
            )
        ],
    )
    return store


def test_who_was_never_asked_is_neither_counted_nor_missed(asking: tuple[Store, FormDefinition], stick: Path) -> None:
    found = current_totals(_sent(asking, stick))
    clubs = found.number("q2022_1")
    assert (clubs.value, clubs.coverage, clubs.unasked) == (2, "1/4", 2)
    assert [unit.code for unit in clubs.not_asked] == [COMMUNE, PRIMARY]
    assert [source.unit.code for source in clubs.missing] == [NURSERY]
    assert {one.unit.code: one.words for one in clubs.sources} == {
        LOWER: "2",
        COMMUNE: "Mẫu chưa hỏi",
        PRIMARY: "Mẫu chưa hỏi",
        NURSERY: "Chưa nộp",
    }
    # the machine counts no unit for a question nobody put to it
    assert (found.number("q2022_2").value, found.number("q2022_2").unasked) == (0, 2)
    assert (found.number("participants").value, found.number("participants").unasked) == (60, 0)


def test_a_number_nobody_was_asked_for_says_so_upward(asking: tuple[Store, FormDefinition], stick: Path) -> None:
    store, _ = asking
    intake(store, [put(stick, *(paper(code, {"participants": 1}) for code in (COMMUNE, LOWER, PRIMARY, NURSERY)))])
    found = current_totals(store)
    assert found.number("q2022_1").cell == Missing(NoNumber.UNKNOWN, "Biểu mẫu của các đơn vị chưa hỏi (0/4)")
    assert found.number("q2022_1").missing == ()


def test_paper_sheet_and_the_report_upward_tell_who_was_never_asked(
    asking: tuple[Store, FormDefinition], stick: Path
) -> None:
    store = _sent(asking, stick)
    found, own, week = current_totals(store), own_unit(store), active(store)
    day = store.clock().date()
    table = next(one for one in totals_document(found, own, week, day).blocks if isinstance(one, Table))
    (clubs,) = (row for row in table.rows if row.key == "row.q2022_1")
    assert [runs_text(cell) for cell in clubs.cells[2:]] == [
        "2",
        "1/4",
        "Mẫu chưa hỏi: UBND xã Hà Thượng, Trường Tiểu học Hà Thượng",
    ]
    totals, units = totals_sheets(found, own, week, day)[:2]
    (row,) = (row for row in totals.rows if row[1] == "Số câu lạc bộ đọc sách")
    assert (row[2], row[6:8]) == (2, (1, 4))
    column = next(at for at, head in enumerate(units.columns) if head.title.startswith("Số câu lạc bộ"))
    assert [one.value if isinstance(one, Cell) else one for one in (row[column] for row in units.rows)] == [
        "Mẫu chưa hỏi", 2, "Mẫu chưa hỏi", "Chưa nộp", 2, "1/4"
    ]  # fmt: skip
    note = found.form.row_of("q2022_1")
    assert note is not None
    assert with_totals({}, found)[note.note] == "Tổng từ 1/4 đơn vị; mẫu của 2 đơn vị chưa hỏi"
    assert with_totals(with_totals({}, found), found) == with_totals({}, found)


def test_two_papers_on_two_forms_are_compared_by_what_each_was_asked(
    asking: tuple[Store, FormDefinition], stick: Path
) -> None:
    store, new = asking
    first = paper(COMMUNE, {"participants": 10, "leaflets": 5})
    second = paper(
        COMMUNE,
        {"participants": 10, "q2022_1": 2},
        revision=2,
        previous=first.package_id,
        form=FormRef(new.id, new.version, new.hash),
    )
    intake(store, [put(stick / "a", first)])
    reviewing.decide(store, first.package_id, ReviewAct.APPROVED)
    intake(store, [put(stick / "b", second)])
    found = side_by_side.side_by_side(store, second.package_id)
    assert {one.field: (one.label, one.old, one.new) for one in found.changed} == {
        "q2022_1": ("Mục 4, số câu lạc bộ đọc sách", "mẫu chưa hỏi", "2"),
        "leaflets": ("Mục 3, số lượng tờ rơi đã phát hành", "5", "mẫu chưa hỏi"),
    }
    changed = check_paper(store, second.package_id).differences
    assert changed is not None
    assert {one.field: (one.old, one.new) for one in changed.numbers} == {
        "q2022_1": ("mẫu chưa hỏi", "2"),
        "leaflets": ("5", "mẫu chưa hỏi"),
    }


def test_the_question_of_another_issuer_under_the_same_id_is_never_added_up(
    asking: tuple[Store, FormDefinition], stick: Path
) -> None:
    store, new = asking
    other, id = editing.added(OLD, "Số thư viện lưu động", "chuyến", year=2022, taken=(), after="talks")
    assert id == "q2022_1"
    issuers = Issuers((Issued("own", new.hash, 2022), Issued("X1", "e" * 64, 2022)), "own")
    loader.know((new, replace(other, version=2, hash="e" * 64)), issuers)
    theirs = {"q2022_1": 90, "participants": 40}
    intake(
        store,
        [
            put(
                stick,
                paper(LOWER, {"participants": 30, "q2022_1": 2}, form=FormRef(new.id, new.version, new.hash)),
                paper(PRIMARY, theirs, form=FormRef("report", 2, "e" * 64)),
            )
        ],
    )
    found = current_totals(store)
    clubs = found.number("q2022_1")
    assert (clubs.value, clubs.coverage, [unit.code for unit in clubs.not_asked]) == (2, "1/4", [PRIMARY])
    assert found.number("participants").value == 70
    # adding up by the second way, before a paper or a sheet is handed out, leaves it out too; no doubt is made of it
    own, week, day = own_unit(store), active(store), store.clock().date()
    assert totals_document(found, own, week, day).blocks
    assert totals_sheets(found, own, week, day)
    assert all(one.field is None or one.value != 90 for one in outliers(found, found))
    # where this office asks the other's question too, it is under a number of its own
    (theirs_known,) = (one for one in loader.known_forms() if one.hash == "e" * 64)
    both = editing.rebased((new,), theirs_known, (OLD, theirs_known), year=2022, taken=editing.ids_of([new]))
    both = replace(both, version=3, hash="f" * 64, line=frozenset(["own"]))
    found = current_totals(store, form=both)
    assert found.number("q2022_1").value == 2
    assert (found.number("q2022_3").value, found.number("q2022_3").covered) == (90, 1)
    assert totals_sheets(found, own, week, day)
    assert [one.cells_on(both).get("q2022_3") for one in found.reported if one.submission.unit_code == PRIMARY] == [
        Count(90)
    ]


def test_the_own_report_on_another_form_takes_what_both_ask_and_keeps_the_rest(
    asking: tuple[Store, FormDefinition], stick: Path
) -> None:
    store = _sent(asking, stick)
    report = prepare_report(store)
    assert report.form.version == 1, "the office above reads the program's form"
    assert (report.answers["participants"], report.answers["leaflets"]) == (60, 5)
    assert "q2022_1" not in report.answers
    assert report.summed is not None
    assert "q2022_1" not in report.summed.below
    # the units are asked for leaflets no more: the sum of the few who told goes up until the office states another one
    assert context_for(store, report).not_asked_below == {"leaflets"}
    filings.set_answer(store, report.id, "leaflets", 3)
    again = prepare_report(store).answers
    assert (again["participants"], again["leaflets"]) == (60, 3)


def test_on_both_forms_a_sum_is_the_same_of_whatever_both_ask(
    asking: tuple[Store, FormDefinition], stick: Path
) -> None:
    """Also where the machine counts units: one that told but the own question held something, whoever adds up."""
    store, new = asking
    ref = FormRef(new.id, new.version, new.hash)
    papers = (
        paper(COMMUNE, {"q2022_1": 3}, form=ref),
        paper(LOWER, {"organising_units": NOT_HELD, "participants": NOT_HELD}, form=ref),
        paper(PRIMARY, {"leaflets": 5, "talks": 0}),
        paper(NURSERY, dict.fromkeys(OLD.indicator_ids, NOT_HELD)),
    )
    intake(store, [put(stick, *papers)])
    below, upward = current_totals(store), current_totals(store, form=OLD)
    both = [one.field.id for one in below.numbers if OLD.field(one.field.id) is not None]
    assert len(both) == len(below.numbers) - 2
    for id in both:
        assert (below.number(id).value, below.number(id).coverage) == (
            upward.number(id).value,
            upward.number(id).coverage,
        )
    assert below.number("organising_units").value == 2
    own, week, day = own_unit(store), active(store), store.clock().date()
    for found in (below, upward):  # added up the second way, too
        assert totals_document(found, own, week, day).blocks
