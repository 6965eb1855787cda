"""A clerk who types for ever: one number after another, each told on stdout only after it was saved."""

import sys
from pathlib import Path

from hoctap_desktop.filing.repository import set_answer
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.store.database import open_store


def main(path: Path, first: int) -> None:
    store = open_store(path, system_clock)
    number = first
    while True:
        set_answer(store, "2022-report", f"field.{number % 7}", number, system_clock())
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
