"""Stores to look around in: a commune at work on its papers, or the upper office after every unit has sent."""

from pathlib import Path

from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office import sample
from hoctap_desktop.store.database import open_store
from hoctap_desktop.units.repository import own_unit


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
