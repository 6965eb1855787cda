"""Files made to get past the reader of sealed files, each with the one code it must be refused by.

Most are made by somebody who holds a unit's key and our source: only what the format forbids stands between him and
the totals. `python -m tests.submission.hostile DIR` writes them, with a list, for any other reader of the format.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.foundation.errors import Code
from tests.submission import packages
from tests.submission.hostile import content, encrypted, jsons, keys, layout, signatures
from tests.submission.hostile.forge import Case, good


@functools.cache
def cases() -> tuple[Case, ...]:
    """Every case but the orders of replay, which need several files each."""
    return (
        *layout.structure(),
        *layout.names(),
        *content.content(),
        *signatures.signatures(),
        *jsons.jsons(),
        *keys.keys(),
        *keys.endorsements(),
        *encrypted.closed(),
    )


@dataclass(frozen=True)
class Order:
    """Files handed in one after another, and the code each gets; None when it is taken."""

    name: str
    files: tuple[Callable[[], bytes], ...]
    codes: tuple[Code | None, ...]


@functools.cache
def revision(number: int, content: int = 0, previous: int = -1) -> bytes:
    """Revision `number` with its own content; previous: the revision it names, 0 for none, -1 for the one before."""
    before = number - 1 if previous < 0 else previous
    named_before = packages.package_id(revision(before)) if before else None
    return good(number, named_before, participants=1000 * number + content)


def orders() -> tuple[Order, ...]:
    """The seven ways files of one series can arrive wrong."""
    first, second, third = (functools.partial(revision, number) for number in (1, 2, 3))
    fork = functools.partial(revision, 2, 7, 1)
    first_again = functools.partial(revision, 1, 5, 0)
    same, old, new = Code.ALREADY_RECEIVED, Code.OLD_REVISION, Code.OLD_REVISION_NEW_CONTENT
    return (
        Order("the same twice", (first, first), (None, same)),
        Order("an older one after a newer one", (first, second, first), (None, None, old)),
        Order("two different second ones", (first, second, fork), (None, None, Code.FORKED_REVISION)),
        Order("the second before the first", (second, first), (None, old)),
        Order("the middle one never came", (first, third, second), (None, None, old)),
        Order("another first one after the second", (first, second, first_again), (None, None, new)),
        Order("a fork, then the real one again", (first, fork, second, fork), (None, None, Code.FORKED_REVISION, same)),
    )


def write_all(folder: Path) -> list[tuple[str, Case]]:
    """Writes every case into `folder`; the names of the files with their cases."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, case in enumerate(cases(), start=1):
        name = f"{number:03d}.htgoi"
        (folder / name).write_bytes(case.make())
        found.append((name, case))
    return found
