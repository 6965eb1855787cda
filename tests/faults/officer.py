"""An officer who takes a stick in: each number on stdout says how many files are through, told after their commits."""

import sys
from pathlib import Path

from hoctap_desktop.consolidation import desk, scan
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.store.database import open_store

scan._GROUP_FILES = 8  # several groups among the few files of the test


def tell(done: int, total: int, what: str = "") -> None:
    if total:
        print(done, flush=True)


if __name__ == "__main__":
    store = open_store(Path(sys.argv[1]), system_clock)
    desk.receive(store, tell, [Path(sys.argv[2])])
    store.close()
