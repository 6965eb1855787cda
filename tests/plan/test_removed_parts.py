"""Blocks taken out of a text lie in the trash until they stand in the text again, and go back into their place."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoctap_desktop.document.model import plain
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.going_back import put_draft_back, remove_draft
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.office.trash import put_back, trash
from hoctap_desktop.plan.outline import Outline, heading, paragraph, parse, write
from hoctap_desktop.plan.removed_parts import (
    TakenPart,
    close_standing,
    keep_removed,
    put_part_back,
    removed_parts,
    stands_in,
    with_part,
)
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store

AT = datetime(2022, 10, 4, 9, 0, tzinfo=VIETNAM)
PLAN = "2022-plan"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_sample(tmp_path / "a.hoctap", fixed_clock(AT))


def body(filing: Filing) -> Outline:
    return parse(str(filing.answers["body"]))


def take(store: Store, first: int, last: int) -> tuple[Outline, Outline]:
    """Takes blocks out as the editor does; gives the text before and the part."""
    before = body(repository.current(store, PLAN))
    part, rest = before[first : last + 1], (*before[:first], *before[last + 1 :])
    keep_removed(store, PLAN, TakenPart("body", first, part, before[first - 1] if first else None))
    repository.set_answer(store, PLAN, "body", write(rest).rstrip("\n"), store.clock())
    return before, part


def test_a_part_goes_back_into_its_place_and_leaves_the_trash(store: Store) -> None:
    before, _ = take(store, 3, 6)
    (found,) = [one for one in trash(store, "2022") if one.kind == "part"]
    assert found.title.startswith("Kế hoạch: ")
    assert found.title.endswith("cùng 3 khối sau nó")
    assert found.at == AT
    assert put_back(store, found) == PLAN
    assert body(repository.current(store, PLAN)) == before
    assert trash(store, "2022") == ()
    assert check(store) == ()
    store.close()


def test_it_lies_there_after_a_restart(store: Store) -> None:
    take(store, 2, 2)
    path = store.path
    store.close()
    again = open_store(path, fixed_clock(AT + timedelta(days=1)))
    (found,) = removed_parts(again, repository.current(again, PLAN))
    assert (found.field, found.place, found.removed_at) == ("body", 2, AT)
    again.close()


def test_what_undo_brought_back_leaves_the_trash_and_stays_away_when_it_is_changed(store: Store) -> None:
    before, _ = take(store, 2, 2)
    repository.set_answer(store, PLAN, "body", write(before).rstrip("\n"), store.clock())
    close_standing(store, PLAN)
    changed = (*before[:2], paragraph(plain("Khác hẳn.")), *before[3:])
    filing = repository.set_answer(store, PLAN, "body", write(changed).rstrip("\n"), store.clock())
    assert removed_parts(store, filing) == ()
    assert check(store) == ()
    store.close()


def test_the_place_follows_the_block_it_stood_behind() -> None:
    text = parse("# A\n\nmột\n\n# B\n\nhai")
    part, above = (paragraph(plain("ba")),), (text[3],)
    assert with_part(text[2:], part, 4, above) == (text[2], text[3], *part)
    assert with_part(text[:3], part, 1, above) == (text[0], *part, *text[1:3])
    assert with_part((), part, 7, above) == part
    assert with_part(text, part, 0, ()) == (*part, *text)


def test_of_two_like_blocks_the_nearer_one_counts() -> None:
    like = heading(1, plain("A"))
    x = paragraph(plain("x"))
    part = (paragraph(plain("p")),)
    assert with_part((like, x, like), part, 3, (like,)) == (like, x, like, *part)
    assert with_part((like, x, like), part, 1, (like,)) == (like, *part, x, like)


def test_a_part_stands_in_a_text_only_whole_and_in_order() -> None:
    text = parse("# A\n\nmột\n\nhai")
    assert stands_in(text[1:], text)
    assert not stands_in((text[2], text[1]), text)


def test_a_part_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        put_part_back(store, PLAN, 5)
    assert refused.value.code is Code.REMOVED_UNKNOWN
    store.close()


def test_the_parts_of_a_removed_draft_come_back_with_it(store: Store) -> None:
    before, _ = take(store, 3, 4)
    removed = remove_draft(store, PLAN)
    assert [one.kind for one in trash(store, "2022")] == ["draft"]
    put_draft_back(store, removed.number)
    (found,) = trash(store, "2022")
    put_back(store, found)
    assert body(repository.current(store, PLAN)) == before
    assert check(store) == ()
    store.close()


def test_a_damaged_row_is_left_out_and_named(store: Store) -> None:
    take(store, 2, 2)
    with store.atomic() as db:
        db.execute("UPDATE removed_part SET words = 'khác'")
    assert removed_parts(store, repository.current(store, PLAN)) == ()
    assert any("Thùng rác" in str(one) for one in check(store))
    store.close()


def test_a_line_of_a_list_goes_back_to_the_place_it_had(store: Store) -> None:
    filing = repository.current(store, PLAN)
    lines = filing.answers["recipients"]
    assert isinstance(lines, list)
    repository.set_answer(store, PLAN, "recipients", [*lines[:1], *lines[2:]], store.clock())
    (found,) = trash(store, "2022")
    assert found.kind == "item"
    put_back(store, found)
    assert repository.current(store, PLAN).answers["recipients"] == replace(filing).answers["recipients"]
    store.close()
