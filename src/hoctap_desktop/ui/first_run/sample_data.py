"""Sample data to look around in: a folder of their own that goes when they are left, whatever was done in them."""

from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import remove_folder
from hoctap_desktop.office import sample
from hoctap_desktop.store import lock, passing
from hoctap_desktop.store.database import open_store
from hoctap_desktop.units.repository import own_unit


@dataclass
class Trial:
    """A look around: `store` lies in `folder`, which `end` takes away whole."""

    folder: Path
    store: Path
    _held: lock.Lock

    def end(self) -> None:
        """Leaves nothing behind. The store must be closed."""
        self._held.release()
        remove_folder(self.folder)


def begin_trial(code: str, clock: Clock, inside: Path | None = None) -> Trial:
    """Makes the sample data of the office `code` in a new folder (inside: the system's own for passing things).

    Raises UserError of a disk that is full or closed.
    """
    folder, held = passing.hold(passing.SAMPLE, inside)
    try:
        return Trial(folder, sample_store(folder, code, clock), held)
    except BaseException:
        held.release()
        remove_folder(folder)
        raise


def sample_store(folder: Path, code: str, clock: Clock) -> Path:
    """The store of the office `code` in `folder`, made when it is not there yet: a second or two of work.

    The commune's holds its plan and report as drafts. The upper office's is that of `hoctap demo`: four units
    enrolled and received, its own report sent upward. Raises UserError of a disk that is full or closed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if code != sample.UPPER:
        path = folder / f"{code}.hoctap"
        if not path.is_file():
            sample.make_sample(path, clock, code).close()
        return path
    chain = folder / "ca-quy-trinh"
    if not chain.is_dir():
        from hoctap_desktop.demo import run_demo

        run_demo(chain)
    return _of_unit(chain, code, clock)


def _of_unit(chain: Path, code: str, clock: Clock) -> Path:
    for path in sorted(chain.rglob("*.hoctap")):
        store = open_store(path, clock)
        try:
            if own_unit(store).code == code:
                return path
        finally:
            store.close()
    raise UserError(Code.STORE_MISSING, file=str(chain))
