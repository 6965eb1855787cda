"""A clerk who writes the diary for ever: one number after another, each told on stdout only after it was saved."""

import sys
from pathlib import Path

from hoctap_desktop.diary.repository import write
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.store.database import open_store


def main(path: Path, first: int) -> None:
    store = open_store(path, system_clock)
    number = first
    while True:
        write(store, 1 + number % 5, "2022", {"kind": "banner", "banner_count": number}, system_clock())
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
