"""States of a text: back and forth, over a restart, along with the screen's own undo."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.filing.timeline import MOST_STEPS, Step, Timeline, Unsaved, step_between
from hoctap_desktop.filing.undo import Stopped, keep_steps, keep_stopped, stopped, timelines
from hoctap_desktop.store.check import check
from tests.offices import commune_store

TEXTS = st.text("abế\n", max_size=6)


@given(TEXTS, TEXTS)
def test_a_step_leads_forth_and_back(before: str, after: str) -> None:
    step = step_between(before, after)
    assert step.forth(before) == after
    assert step.back(after) == before


def test_letters_typed_behind_each_other_are_one_step() -> None:
    line = Timeline("")
    for words in ("Tuần", "Tuần lễ", "Tuần lễ học"):
        line.note(words)
    assert list(line.steps) == [Step(0, "", "Tuần lễ học")]
    line.note("Tuần lễ học tập\n")
    assert len(line.steps) == 2
    assert line.back() == "Tuần lễ học"
    assert line.back() == ""
    assert line.back() == ""
    assert line.forth() == "Tuần lễ học"


def test_typing_after_going_back_forgets_what_could_be_done_again() -> None:
    line = Timeline("a")
    for words in ("b", "c"):
        line.note(words)
    line.back()
    line.note("d")
    assert not line.can_go_forth()
    assert [line.back(), line.back()] == ["b", "a"]


def test_a_state_never_noted_is_put_in_where_the_screens_undo_landed() -> None:
    line = Timeline("")
    line.note("x", 1)
    line.note("x y z\n", 5)
    line.landed("x y", 3)
    assert line.forth() == "x y z\n"
    assert [line.back(), line.back(), line.back()] == ["x y", "x", ""]


def test_the_oldest_steps_are_forgotten() -> None:
    line = Timeline("0")
    for number in range(1, MOST_STEPS + 20):
        line.note(f"{number}")
    assert len(line.steps) == MOST_STEPS
    while line.can_go_back():
        line.back()
    assert line.text == "19"


def _kept(path: Path, line: Timeline) -> Timeline:
    """As after a restart."""
    store = commune_store(path) if not path.exists() else None
    assert store is not None
    new = line.unsaved()
    if new is not None:
        keep_steps(store, "2022-plan", 1, {"body": new})
    assert check(store) == ()
    again = timelines(store, "2022-plan", 1)["body"]
    store.close()
    return again


def test_a_timeline_comes_back_from_the_store(tmp_path: Path) -> None:
    line = Timeline("một")
    for words in ("hai", "ba", "bốn"):
        line.note(words)
    line.back()
    again = _kept(tmp_path / "a.hoctap", line)
    assert again.text == "ba"
    assert again.forth() == "bốn"
    assert [again.back(), again.back(), again.back()] == ["ba", "hai", "một"]
    assert not again.can_go_back()


def test_only_what_is_new_is_written_and_other_revisions_are_forgotten(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    line = Timeline("a")
    line.note("b")
    first = line.unsaved()
    assert first == Unsaved(0, 0, (Step(0, "a", "b"),), 1, "b")
    assert line.unsaved() is None
    keep_steps(store, "2022-plan", 1, {"body": first})
    line.note("c")
    second = line.unsaved()
    assert second is not None
    assert second.since == 1
    assert len(second.steps) == 1
    keep_steps(store, "2022-plan", 1, {"body": second})
    assert timelines(store, "2022-plan", 1)["body"].steps == line.steps
    keep_steps(store, "2022-plan", 2, {})
    assert timelines(store, "2022-plan", 1) == {}
    store.close()


def test_letters_that_join_a_step_already_written_are_written_too(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    line = Timeline("")
    for words in ("Tuần", "Tuần lễ", "Tuần lễ\nhọc", "Tuần lễ\nhọc tập"):
        line.note(words)
        news = line.unsaved()
        assert news is not None
        keep_steps(store, "2022-plan", 1, {"body": news})
        kept = timelines(store, "2022-plan", 1)["body"]
        assert (kept.steps, kept.text) == (line.steps, words)
    store.close()


def test_where_the_person_stopped_is_kept(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    assert stopped(store, "2022-plan") is None
    for at in (Stopped("theme"), Stopped("body", 7, 12)):
        keep_stopped(store, "2022-plan", at)
        assert stopped(store, "2022-plan") == at
    assert check(store) == ()
    store.close()


ACTS = st.lists(
    st.one_of(st.tuples(st.just("note"), TEXTS), st.sampled_from([("back", ""), ("forth", "")])), max_size=30
)


@settings(max_examples=100)
@given(ACTS)
def test_going_all_the_way_back_and_forth_meets_every_state(acts: list[tuple[str, str]]) -> None:
    line = Timeline("start")
    past: list[str] = []
    future: list[str] = []
    now = "start"
    for act, text in acts:
        if act == "note" and text != now:
            past.append(now)
            future = []
            now = text
            line.note(text)
        elif act == "back" and past:
            line.back()
            # a run of letters is one step: all states between are passed at once
            while past and now != line.text:
                future.append(now)
                now = past.pop()
        elif act == "forth" and future:
            line.forth()
            while future and now != line.text:
                past.append(now)
                now = future.pop()
        assert line.text == now
    end = future[0] if future else now
    while line.can_go_back():
        line.back()
    assert line.text == "start"
    while line.can_go_forth():
        line.forth()
    assert line.text == end
