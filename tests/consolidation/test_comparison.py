"""What a report is held against, kept up while reports come in: always what it would be if made afresh."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

from hoctap_desktop.consolidation.comparison import Neighbours, compared_with
from hoctap_desktop.consolidation.model import Reported, Submission, newest
from hoctap_desktop.filing.model import FormRef, Kind
from hoctap_desktop.form.answers import Count
from hoctap_desktop.form.definition import FormDefinition, Row
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.past import predecessor_sum
from tests.offices import dai_tu

FIELDS = ("talks", "leaflets", "banners", "visits")
SOME = dai_tu().below[0]
UNITS = {
    unit.code: unit
    for unit in [
        replace(SOME, code=f"{n:02d}", name=f"UBND xã {n}", short_name="", level="commune" if n % 3 else "school")
        for n in range(12)
    ]
}
UNITS["03"] = replace(UNITS["03"], successor="04", valid_to=date(2022, 1, 1))
UNITS["05"] = replace(UNITS["05"], successor="03", valid_to=date(2021, 12, 1))
AT = datetime(2022, 10, 14, tzinfo=UTC)


def _reported(code: str, campaign: str, revision: int, numbers: dict[str, int], kind: Kind = Kind.REPORT) -> Reported:
    return Reported(
        Submission(
            package_id=f"{code}-{campaign}-{revision}-{kind.value}",
            unit_code=code,
            unit_name=code,
            series=f"{campaign}-{kind.value}",
            campaign=campaign,
            kind=kind,
            revision=revision,
            epoch=1,
            previous=None,
            form=FormRef("report", 1, "0" * 64),
            illustrative=False,
            document_number="",
            document_day=None,
            paper_code="",
            received_on=date(2022, 10, 14),
            day_reason="",
            received_at=AT,
            batch="20221014-1",
            file_name="a.htgoi",
            file="",
        ),
        {id: Count(value) for id, value in numbers.items()},
    )


def _by_hand(unit: Unit, received: list[Reported]) -> tuple[dict[str, int], dict[str, int], list[dict[str, int]]]:
    """The same by going through everything."""
    last: dict[str, dict[str, int]] = {}
    sisters: dict[str, list[int]] = {}
    others: list[dict[str, int]] = []
    for one in newest([each for each in received if each.submission.kind is Kind.REPORT]):
        numbers = {id: found.value for id, found in one.cells.items() if isinstance(found, Count)}
        if one.submission.campaign == "2021":
            last[one.submission.unit_code] = numbers
        elif one.submission.unit_code != unit.code and one.submission.unit_code in UNITS:
            others.append(numbers)
            if UNITS[one.submission.unit_code].level == unit.level:
                for id, value in numbers.items():
                    sisters.setdefault(id, []).append(value)
    usual = {id: int(median(values)) for id, values in sisters.items() if len(values) >= 3}
    return usual, dict(predecessor_sum(unit, UNITS.values(), last).values), others


def test_what_is_kept_up_is_what_would_be_made_afresh() -> None:
    pick = random.Random(7)
    received: list[Reported] = []
    kept = Neighbours("2022", received, UNITS)
    for _ in range(150):
        numbers = {id: pick.choice((0, 1, 2, 3, 40)) for id in pick.sample(FIELDS, pick.randint(1, 4))}
        campaign, kind = pick.choice(("2021", "2022", "2022", "2020")), pick.choice((Kind.REPORT,) * 4 + (Kind.PLAN,))
        one = _reported(pick.choice([*UNITS, "99"]), campaign, len(received) + 1, numbers, kind)
        received.append(one)
        kept.add(one)
        unit = pick.choice(list(UNITS.values()))
        usual, last_year, others = _by_hand(unit, [one for one in received if one.submission.campaign != "2020"])
        for context in (
            kept.context(unit, Kind.REPORT, None),
            compared_with(unit, "2022", Kind.REPORT, None, received, UNITS),
        ):
            assert context.usual == usual
            assert context.last_year == last_year
            assert bool(context.others) is bool(others)
            for table in (numbers, *others):
                alike = [each for each in others if {id: each.get(id) for id in FIELDS} == _all(table)]
                assert bool(context.others.same_as(table, FIELDS)) is bool(alike)


def _all(table: dict[str, int]) -> dict[str, int | None]:
    return {id: table.get(id) for id in FIELDS}


def test_of_two_others_nothing_is_usual() -> None:
    received = [_reported(code, "2022", 1, {"talks": 5}) for code in ("01", "02", "04")]
    assert compared_with(UNITS["01"], "2022", Kind.REPORT, None, received, UNITS).usual == {}
    assert compared_with(UNITS["07"], "2022", Kind.REPORT, None, received, UNITS).usual == {"talks": 5}


def test_a_copied_report_is_found_under_the_name_of_the_first_who_sent_it() -> None:
    received = [_reported(code, "2022", 1, {"talks": 5, "visits": 7}) for code in ("01", "02")]
    others = compared_with(UNITS["02"], "2022", Kind.REPORT, None, received, UNITS).others
    assert others.same_as({"talks": 5, "visits": 7}, FIELDS) == "UBND xã 1"
    assert others.same_as({"talks": 5}, FIELDS) == ""


def test_a_plan_is_held_against_nothing() -> None:
    received = [_reported(code, "2022", 1, {"talks": 5}) for code in ("01", "02", "04")]
    assert not compared_with(UNITS["07"], "2022", Kind.PLAN, None, received, UNITS).others


def _own(digest: str, label: str, id: str = "q2026_1", line: str = "") -> FormDefinition:
    """The shipped report with a question an office added itself."""
    form = form_by_id("report", 1)
    section = next(one for one in form.sections if one.rows)
    asked = replace(next(form.indicators()), id=id, label=label, unit="tổ")
    row = Row(id, "9", label, (id,))
    sections = tuple(
        replace(one, fields=(*one.fields, asked), rows=(*one.rows, row)) if one.id == section.id else one
        for one in form.sections
    )
    return replace(form, sections=sections, hash=digest, line=frozenset({line} if line else ()))


OURS, RENAMED = _own("a", "Số tổ", line="05812"), _own("b", "Số tổ học tập", line="05812")
THEIRS, ALIKE = _own("c", "Số người đi chợ", line="99"), _own("d", "Số tổ", "q2025_4", line="99")


def _on(form: FormDefinition, code: str, campaign: str, number: int, numbers: dict[str, int]) -> Reported:
    return replace(_reported(code, campaign, number, numbers), form=form)


def test_one_number_of_two_offices_is_held_against_its_own_question_only() -> None:
    received = [
        *(_on(THEIRS, code, "2022", 1, {"q2026_1": 900, "talks": 3}) for code in ("01", "02", "04")),
        *(_on(OURS, code, "2022", 1, {"q2026_1": 5, "talks": 3}) for code in ("07", "08")),
        _on(ALIKE, "10", "2022", 1, {"q2025_4": 7, "talks": 3}),
        _on(THEIRS, "11", "2021", 1, {"q2026_1": 800, "talks": 3}),
    ]
    neighbours = Neighbours("2022", received, UNITS)
    ours = neighbours.context(UNITS["11"], Kind.REPORT, None, OURS)
    assert (ours.usual, ours.last_year) == ({"q2026_1": 5, "talks": 3}, {"talks": 3})
    renamed = neighbours.context(
        UNITS["11"], Kind.REPORT, None, RENAMED
    )  # ids hold for ever in the forms of one office
    assert renamed.usual == ours.usual
    assert neighbours.context(UNITS["11"], Kind.REPORT, None, ALIKE).usual["q2025_4"] == 5
    theirs = neighbours.context(UNITS["11"], Kind.REPORT, None, THEIRS)
    assert (theirs.usual["q2026_1"], theirs.last_year["q2026_1"]) == (900, 800)
    asked = ("talks", "q2026_1")
    assert ours.others.same_as({"talks": 3, "q2026_1": 900}, asked) == ""
    assert ours.others.same_as({"talks": 3, "q2026_1": 7}, asked) == "UBND xã 10"
    neighbours.add(_on(OURS, "10", "2022", 2, {"q2026_1": 9, "talks": 3}))
    assert neighbours.context(UNITS["11"], Kind.REPORT, None, OURS).usual["q2026_1"] == 5
    assert ours.others.same_as({"talks": 3, "q2026_1": 9}, asked) == "UBND xã 10"
