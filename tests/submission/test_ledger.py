from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.ledger import Decision, Fork, Old, Same, Take, Taken, TakeWithGap, decide, refusal


def taken(revision: int, id: str, epoch: int = 1, unit: str = "A", series: str = "2022-report") -> Taken:
    return Taken(unit, series, epoch, revision, id, date(2022, 10, revision))


def ask(before: list[Taken], revision: int, id: str, previous: str | None = None, epoch: int = 1) -> Decision:
    return decide(
        before, unit_code="A", series="2022-report", epoch=epoch, revision=revision, package_id=id, previous=previous
    )


def test_a_first_revision_is_taken() -> None:
    assert ask([], 1, "a") == Take(None)


def test_a_higher_revision_is_taken_and_names_the_one_before() -> None:
    assert ask([taken(1, "a")], 2, "b", "a") == Take(taken(1, "a"))


def test_a_revision_without_the_one_before_is_taken_with_a_note() -> None:
    assert ask([], 2, "b", "a") == TakeWithGap(None)
    assert ask([taken(1, "a")], 3, "c", "b") == TakeWithGap(taken(1, "a"))
    assert ask([taken(1, "a")], 2, "b", None) == TakeWithGap(taken(1, "a"))
    assert ask([], 1, "a", "z") == TakeWithGap(None)


def test_the_same_package_again_changes_nothing() -> None:
    assert ask([taken(1, "a"), taken(2, "b")], 2, "b", "a") == Same(taken(2, "b"))


def test_another_package_of_the_same_revision_is_a_fork() -> None:
    assert ask([taken(2, "b")], 2, "x", "a") == Fork(taken(2, "b"))


def test_a_lower_revision_is_old_even_when_it_was_taken_itself() -> None:
    before = [taken(3, "c"), taken(1, "a")]
    assert ask(before, 2, "x", "a") == Old(taken(3, "c"), seen=False)
    assert ask(before, 1, "a") == Old(taken(3, "c"), seen=True)


def test_a_lower_revision_is_known_when_one_that_was_taken_follows_it() -> None:
    third = replace(taken(3, "c"), previous="b")
    assert ask([third], 2, "b", "a") == Old(third, seen=True)
    assert ask([third], 1, "z") == Old(third, seen=False)


def test_only_a_file_with_new_content_has_to_be_asked_about() -> None:
    told = [refusal(Old(taken(3, "c"), seen=seen), 1) for seen in (True, False)]
    assert [each.code for each in told if each] == [Code.OLD_REVISION, Code.OLD_REVISION_NEW_CONTENT]
    assert ["Không cần làm gì" in str(each) for each in told] == [True, False]
    assert "thành lần 4" in str(told[1])


def test_a_new_epoch_begins_anew_and_an_old_epoch_is_over() -> None:
    assert ask([taken(9, "i")], 1, "a", epoch=2) == Take(taken(9, "i"))
    assert ask([taken(1, "a", epoch=2)], 9, "i") == Old(taken(1, "a", epoch=2), seen=False)


def test_a_file_taken_under_an_older_key_changes_nothing() -> None:
    assert ask([taken(9, "i"), taken(1, "a", epoch=2)], 9, "i") == Same(taken(9, "i"))


def test_other_units_and_series_do_not_count() -> None:
    assert ask([taken(5, "a", unit="B"), taken(5, "b", series="2022-plan")], 1, "c") == Take(None)


@given(st.permutations([(1, "a", None), (2, "b", "a"), (3, "c", "b")]), st.integers(0, 2))
def test_in_whatever_order_files_come_the_newest_stands(order: list[tuple[int, str, str | None]], again: int) -> None:
    before: list[Taken] = []
    for revision, id, previous in [*order, order[again]]:
        decision = ask(before, revision, id, previous)
        if refusal(decision, revision) is None:
            before.append(taken(revision, id))
    assert max(before, key=lambda one: one.revision).package_id == "c"
    assert [one.revision for one in before] == sorted({one.revision for one in before})


def test_what_came_or_was_followed_is_never_news_when_its_epoch_counts_for_more_since() -> None:
    """A merged unit's key was revoked: its successor's packages count in the next epoch from then on."""
    before = [taken(1, "a"), replace(taken(2, "b"), previous="a")]
    assert ask(before, 2, "b", "a", epoch=2) == Same(before[1])
    assert ask(before, 1, "a", epoch=2) == Old(before[1], seen=True)
    assert ask(before[1:], 1, "a", epoch=2) == Old(before[1], seen=True)
    assert ask(before, 1, "c", epoch=2) == Take(before[1])
