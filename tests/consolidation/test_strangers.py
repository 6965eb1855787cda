"""What a stranger, or one unit, puts onto the stick: it keeps nobody else out and moves nobody else's state."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hoctap_desktop.consolidation.intake import Outcome, intake
from hoctap_desktop.consolidation.overview import current_totals
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.container import ANSWERS, PACKAGE, PackageKind
from hoctap_desktop.submission.repository import add_roster_key
from tests.consolidation.papers import ALL, paper, put
from tests.submission.hostile import cases, down
from tests.submission.packages import edit_json, forge, roster_key


@pytest.mark.parametrize("place", ["0.htgoi", "zz.htgoi"])
@pytest.mark.parametrize(("kind", "make"), down.KINDS)
@pytest.mark.parametrize("entry", [ANSWERS, PACKAGE])
def test_a_bent_file_from_above_by_nobodys_key_keeps_no_paper_out(
    store: Store, stick: Path, kind: PackageKind, make: Callable[..., bytes], entry: str, place: str
) -> None:
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    bent = forge(edit_json(entry, down.put("more", 1)), down.spare("stranger"), kind, make(), at=down.NOW)
    (stick / place).write_bytes(bent)
    summary = intake(store, [stick])
    assert summary.count(Outcome.TAKEN) == 4
    (line,) = [one for one in summary.lines if one.file == place]
    assert line.outcome is Outcome.REFUSED


def test_every_hostile_file_on_one_stick_keeps_no_paper_out(store: Store, stick: Path) -> None:
    add_roster_key(store, roster_key(), b"")  # most of them are signed with a key of the commune
    for number, case in enumerate((*cases(), *down.cases())):
        (stick / f"{number:03}.htgoi").write_bytes(case.make())
    put(stick, *(paper(code, {"participants": 10}) for code in ALL))
    summary = intake(store, [stick])
    assert {line.unit_code for line in summary.lines if line.outcome is Outcome.TAKEN} == set(ALL)
    assert summary.count(Outcome.TAKEN) == 4
    assert Code.INTERNAL not in {line.code for line in summary.lines}
    assert current_totals(store).number("participants").value == 40
