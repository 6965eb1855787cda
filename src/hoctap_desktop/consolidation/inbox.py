"""The watched folder ("Thư mục nhận"): what is new there. Reads only; takes nothing in, moves and deletes nothing.

A file is read only when its size and its time stand still from one look to the next: one that is still being copied
waits. What was judged before is known by its bytes, whatever its name or place.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hoctap_desktop.consolidation.scan import walk, worth_judging
from hoctap_desktop.consolidation.turns import judged
from hoctap_desktop.foundation.boundary import PASSAGES, Outside, take_in
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.unseal import identity

# Between two looks: a stick or a net drive that writes at all has written by then.
STILL_AFTER_S = 2.0
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Look:
    """stamps: size in bytes and time of every file that stands there; digests: of those that stood still, "" for a file
    that is not for us, None for one that could not be read: the next look tries it again, another program may hold it.
    moving: how many still wait for their second look. gone: no such folder.
    """

    stamps: Mapping[Path, Stamp] = field(default_factory=dict)
    digests: Mapping[Path, str | None] = field(default_factory=dict)
    moving: int = 0
    gone: bool = False


def look(folder: Path, before: Look | None = None) -> Look:
    """Looks into the folder once more. before: the look of at least STILL_AFTER_S seconds ago, None for the first."""
    known = before or Look()
    try:
        if not folder.is_dir():
            return Look(gone=True)
        stamps = dict(_stamps(folder))
    except OSError:
        return Look(gone=True)
    digests: dict[Path, str | None] = {}
    for path, stamp in stamps.items():
        if known.stamps.get(path) != stamp:
            continue
        digest = known.digests.get(path)
        digests[path] = _digest(path, stamp) if digest is None else digest
    return Look(stamps, digests, len(stamps) - len(digests))


def unjudged(store: Store, found: Look) -> tuple[Path, ...]:
    """The files of a look no turn has told of, in the order of their names; of two copies the first."""
    known = judged(store, {digest for digest in found.digests.values() if digest})
    first: dict[str, Path] = {}
    for path in sorted(found.digests):
        digest = found.digests[path]
        if digest and digest not in known:
            first.setdefault(digest, path)
    return tuple(first.values())


def look_twice(folder: Path, pause: Callable[[float], object]) -> Look:
    """Two looks, `pause` between them: for one command."""
    first = look(folder)
    if not first.gone and first.stamps:
        pause(STILL_AFTER_S)
    return look(folder, first)


def _stamps(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    for path in walk(folder, []):
        try:
            told = path.stat()
        except OSError:
            continue  # gone since it was listed
        yield path, (told.st_size, told.st_mtime_ns)


def _digest(path: Path, stamp: Stamp) -> str | None:
    """ "" for what is not for us or is larger than any package; None for what cannot be read, or changed just then."""
    if stamp[0] > PASSAGES[Outside.PACKAGE].most:
        return ""
    try:
        if not worth_judging(path):
            return ""
        data = take_in(Outside.PACKAGE, path)
        told = path.stat()
    except (OSError, UserError):
        return None
    return identity(data) if (told.st_size, told.st_mtime_ns) == stamp else None
