"""A line that is said again from the store says what it said when the paper came."""

from pathlib import Path

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.received_lines import received_lines
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.store.database import Store
from tests.consolidation.papers import COMMUNE, LOWER, NURSERY, paper, put


def test_each_line_said_again_is_the_line_that_was_told(store: Store, stick: Path) -> None:
    first = paper(COMMUNE, {"participants": 10})
    second = paper(COMMUNE, {"participants": 11}, revision=2, previous=first.package_id)
    third = paper(COMMUNE, {"participants": 12}, revision=3, previous=second.package_id)
    told: list[Line] = []
    for number, came in enumerate((first, second, third, paper(LOWER, {"talks": 2}), paper(NURSERY, {}))):
        told += intake(store, [put(stick / str(number), came)]).lines
    again = {line.package_id: line for line in received_lines(store, {line.package_id for line in told})}
    assert [again[line.package_id].sentence for line in told] == [line.sentence for line in told]
    assert [(again[line.package_id].outcome, again[line.package_id].paper) for line in told] == [
        (line.outcome, line.paper) for line in told
    ]
    assert [line.outcome for line in told[:3]] == [Outcome.TAKEN, Outcome.REPLACED, Outcome.REPLACED]
    assert "thay bản lần 2" in again[third.package_id].sentence
