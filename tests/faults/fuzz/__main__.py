"""python -m tests.faults.fuzz TARGET --seconds N --corpus DIR: atheris (libFuzzer) against one reader.

Ends with 0 when nothing but refusals came out. A find is left in the folder "found" beside DIR: once it is understood
and cured it moves to tests/damaged/TARGET.
"""

import argparse
import importlib
import sys
from pathlib import Path

import atheris

from hoctap_desktop.foundation.errors import UserError

REPOSITORY = Path(__file__).resolve().parents[3]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, required=True)
    asked = parser.parse_args()
    for name in [name for name in sys.modules if name.startswith("hoctap_desktop")]:
        if name != "hoctap_desktop" and not name.endswith((".errors", ".codes", ".messages", ".foundation")):
            del sys.modules[name]
    with atheris.instrument_imports(include=["hoctap_desktop"], enable_loader_override=False):
        target = importlib.import_module(f"tests.faults.fuzz.{asked.target}")
    asked.corpus.mkdir(parents=True, exist_ok=True)
    found = asked.corpus.parent / "found"
    found.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (asked.corpus / f"seed-{number:03d}").write_bytes(seed)
    kept = REPOSITORY / "tests" / "damaged" / asked.target
    for path in sorted(kept.glob("*")):
        (asked.corpus / path.name).write_bytes(path.read_bytes())

    def one(data: bytes) -> None:
        try:
            target.read(data)
        except UserError as refusal:
            assert str(refusal)  # noqa: PT017 - every refusal has its sentence

    limits = [f"-max_total_time={asked.seconds}", "-timeout=25", "-rss_limit_mb=2048", "-max_len=65536", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found}/", "-print_final_stats=1", str(asked.corpus)], one)
    atheris.Fuzz()


main()
