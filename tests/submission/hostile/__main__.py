"""Writes every hostile file into the folder named, and a list of them to the screen."""

import sys
from pathlib import Path

from tests.submission.hostile import write_all

for name, case in write_all(Path(sys.argv[1])):
    print(f"{name}  {case.code.value:26} {case.group}: {case.name}")
