"""`python -m bench.offices --units 168 --seed 1 --out DIR`: writes the office and tells what is in it."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from bench.offices.made import make


def main() -> int:
    """0 when the folder was made; 2 when it is there already or the count cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m bench.offices", description=__doc__)
    parser.add_argument("--units", type=int, default=168)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    try:
        made = make(args.out, args.units, args.seed)
    except ValueError as wrong:
        parser.error(str(wrong))
    files = sum(1 for stick in made.sticks for _ in stick.rglob("*.htgoi"))
    print(f"{args.out}: {len(made.truth.units)} units, {files} files, {len(made.truth.counts)} reports that count")
    for fault, count in Counter(one.fault.value for one in made.truth.planted).items():
        print(f"  {count:4} {fault}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
