"""What a received paper is held against."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hoctap_desktop.consolidation.checking import check_paper
from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office.units_below import close
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, UNKNOWN, paper, put, unit


def take(store: Store, stick: Path, code: str, answers: Mapping[str, JsonValue], **more: object) -> str:
    sent = paper(code, answers, **more)  # type: ignore[arg-type]
    intake(store, [put(stick, sent)])
    return sent.package_id


def test_a_first_report_has_its_findings_and_nothing_to_be_compared_with(store: Store, stick: Path) -> None:
    id = take(store, stick, COMMUNE, {"participants": 10, "talks": 0, "talk_attendees": 5, "leaflets": UNKNOWN})
    found = check_paper(store, id)
    assert {"talks", "talk_attendees"} & {one.field for one in found.findings}
    said = [one.field for one in found.findings if one.reason] + [one.field for one in found.reasons]
    assert said.count("leaflets") == 1
    assert (found.older, found.differences, found.rows) == (None, None, ())


def test_a_later_revision_is_held_against_the_one_before_cell_by_cell(store: Store, stick: Path) -> None:
    first = take(store, stick, COMMUNE, {"participants": 10, "talks": 2, "difficulties": "Thiếu tiền."})
    changed: dict[str, JsonValue] = {"participants": 12, "talks": 2, "difficulties": "Thiếu người."}
    second = take(store, stick, COMMUNE, changed, revision=2, previous=first)
    found = check_paper(store, second)
    assert found.older is not None
    assert found.differences is not None
    assert found.older.package_id == first
    assert [(one.field, one.old, one.new) for one in found.differences.numbers] == [("participants", "10", "12")]
    assert [one.field for one in found.differences.texts] == ["difficulties"]
    assert check_paper(store, first).older is None


def test_last_year_stands_beside_each_number_and_a_merged_unit_says_whose_sum_it_is(store: Store, stick: Path) -> None:
    take(store, stick, COMMUNE, {"participants": 7, "talks": 1}, campaign="2021")
    take(store, stick, LOWER, {"participants": 5}, campaign="2021")
    now = take(store, stick, COMMUNE, {"participants": 20, "leaflets": 3})
    found = check_paper(store, now)
    rows = {row.field: (row.before, row.now) for row in found.rows}
    assert (rows["participants"], rows["talks"], rows["leaflets"]) == (("7", "20"), ("1", "để trống"), ("", "3"))
    assert (found.year, found.before_words) == (2022, "")

    close(store, LOWER, date(2022, 6, 30), [COMMUNE])
    merged = check_paper(store, now)
    assert next(row.before for row in merged.rows if row.field == "participants") == "12"
    names = f"{unit(COMMUNE).short_name}, {unit(LOWER).short_name}"
    assert merged.before_words == f"Cộng từ 2 đơn vị trước đây: {names}."
