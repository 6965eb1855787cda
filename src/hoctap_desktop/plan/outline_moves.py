"""What belongs to a block of an outline, and where it goes when it is moved with all that belongs to it. Pure."""

from collections.abc import Sequence

from hoctap_desktop.plan.outline import BULLET_MARKS, DEEPEST_BULLET, DEEPEST_HEADING, Block


def family_end(heads: Sequence[Block], at: int) -> int:
    """Index after the last block that belongs to block `at`: the part under a heading, the bullets under a bullet."""
    head, end = heads[at], at + 1
    while end < len(heads):
        other = heads[end]
        inside = head.kind == "heading" and not (other.kind == "heading" and other.level <= head.level)
        under = head.kind == "bullet" and other.kind == "bullet" and other.level > head.level
        if not (inside or under):
            break
        end += 1
    return end


def family(heads: Sequence[Block], first: int, last: int) -> tuple[int, int]:
    """(first, index after the last) of the blocks first … last with all that belongs to each."""
    return first, max(family_end(heads, at) for at in range(first, last + 1))


def move_up(heads: Sequence[Block], first: int, end: int) -> int | None:
    """Index the family first … end - 1 goes before, one place up; None when there is none.

    A heading goes over the part before it, and never takes paragraphs before all headings as its own.
    """
    if first == 0:
        return None
    levels = [head.level for head in heads[first:end] if head.kind == "heading"]
    if heads[first].kind == "heading":
        level = min(levels)
        return next((at for at in range(first - 1, -1, -1) if _heads(heads[at], level)), None)
    before = first - 1
    if heads[first].kind == "bullet" and heads[before].kind == "bullet":
        while before > 0 and heads[before].level > heads[first].level and heads[before - 1].kind == "bullet":
            before -= 1
    return before


def move_down(heads: Sequence[Block], first: int, end: int) -> int | None:
    """Index the family goes before, one place down: the length of `heads` for the very end; None when there is none."""
    if end >= len(heads):
        return None
    if heads[first].kind == "heading":
        level = min(head.level for head in heads[first:end] if head.kind == "heading")
        if heads[end].level == level:
            return family_end(heads, end)
        # Behind the words directly under the next heading above it.
        return next((at for at in range(end + 1, len(heads)) if heads[at].kind == "heading"), len(heads))
    return family_end(heads, end) if heads[first].kind == heads[end].kind == "bullet" else end + 1


def _heads(head: Block, level: int) -> bool:
    return head.kind == "heading" and head.level <= level


def shifted(heads: Sequence[Block], first: int, last: int, by: int) -> dict[int, Block] | None:
    """The blocks first … last with all that belongs to each one level down (1) or up (-1): those that change, by index.

    Under a heading all headings go along; a paragraph becomes a bullet, and a bullet of the first depth a paragraph.
    None when a part would go deeper than there are levels: pressed together it could not be taken apart again.
    """
    end = family(heads, first, last)[1]
    with_headings = any(heads[at].kind == "heading" for at in range(first, last + 1))
    found: dict[int, Block] = {}
    for at in range(first, end):
        head = heads[at]
        if with_headings and head.kind != "heading":
            continue
        new = head
        if head.kind == "heading":
            new = Block("heading", head.level + by, number=head.number)
        elif head.kind == "bullet" and head.level + by > 0:
            new = Block("bullet", head.level + by, mark=_mark(head.level + by))
        elif head.kind == "bullet":
            new = Block("paragraph")
        elif head.kind == "paragraph" and by > 0:
            new = Block("bullet", 1, mark=_mark(1))
        if new.level > (DEEPEST_HEADING if new.kind == "heading" else DEEPEST_BULLET):
            return None
        if new.kind == "heading" and new.level < 1:
            return {}
        if new != head:
            found[at] = new
    return found


def _mark(depth: int) -> str:
    return BULLET_MARKS[min(depth, DEEPEST_BULLET) - 1]
