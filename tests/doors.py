"""Every door a file may come in by, and a process that brings many files to one of them.

python -m tests.doors DOOR FOLDER FILES…: a line of JSON a file, then one with the most memory it and its children took.
"""

import argparse
import contextlib
import functools
import hashlib
import io
import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hoctap_desktop import cli
from hoctap_desktop.cli import build_parser, main
from tests.offices import CLOCK, commune_store, upper_store

# Arguments of the command line that name a file to be read, by command, and what reads it.
READ: Mapping[str, Mapping[str, str]] = {
    "demo": {"plan": "plan"},
    "form check": {"files": "form"},
    "read": {"file": "plan"},
    "render": {"file": "filled"},
    "office init": {"unit": "office"},
    "fill": {"file": "filled"},
    "attach": {"files": "attachment"},
    "diary": {"add": "entries", "attach": "attachment"},
    "keys restore": {"file": "key"},
    "keys token": {"library": "the system: a library of the vendor's, loaded in a process of its own"},
    "keys accept": {"file": "package"},
    "verify": {"files": "package"},
    "receive": {"paths": "package", "inbox": "package"},
    "seal": {"as_successor": "key"},
    "key-in": {"file": "filled", "second": "filled"},
    "restore": {"copy": "store/copies.py, piece by piece"},
    "units": {"sheet": "workbook"},
}
# These stand for the same thing in every command that has them.
EVERYWHERE: Mapping[str, str] = {
    "store": "store/database.py: the office's own file, opened by SQLite after a look at its head",
    "passphrase_file": "passphrase",
    "new_passphrase_file": "passphrase",
}
WRITTEN = frozenset({"out", "xlsx", "pdf", "charts", "export", "reminder", "calls"})
TURNS = frozenset({"turn_kept", "turn_file"})
# Files of the window that ask a person for a file, or take one that is dropped, and what they hand it to.
WINDOW: Mapping[str, str] = {
    "ui/files.py": "asks, for the pages below",
    "ui/widgets/drop_zone.py": "is dropped upon, for the pages below",
    "ui/gallery.py": "shows a drop zone to developers",
    "ui/opening.py": "a double click, a file dropped on the window: arrived.py, as keys accept and receive",
    "ui/consolidation/receive_page.py": "consolidation.intake, as receive",
    "ui/attached.py": "filing.attaching, as attach",
    "ui/report/page_workbook.py": "filing.workbook_reader, as fill",
    "ui/keying/page.py": "filing.workbook_reader, as key-in",
    "ui/plan/old_plan.py": "plan.reader, as read",
    "ui/first_run/window.py": "campaign.office_file and store.copies, as office init and restore",
    "ui/first_run/key_page.py": "asks for a folder to write into",
    "ui/first_run/places_page.py": "asks for a folder to write into",
    "ui/settings_page/data_part.py": "store.copies, as restore; folders to write into",
    "ui/settings_page/key_part.py": "submission.own_keys, as keys restore and keys token; a folder to write into",
    "ui/units/page.py": "office.unit_sheet, as units --import",
    "ui/campaign/page.py": "asks for a folder to write into",
    "ui/submission/for_merged.py": "submission.for_merged, as seal --as-successor",
    "ui/consolidation/inbox_dialog.py": "asks for the folder that is watched: its files go as receive --inbox",
}


def path_arguments() -> Iterator[tuple[str, str]]:
    """Command and name of every argument that is a path."""

    def walk(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, str]]:
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for word, command in action.choices.items():
                    yield from walk(command, f"{name} {word}".strip())
            elif action.type is Path or "FILE" in str(action.metavar):
                yield name, action.dest

    yield from walk(build_parser(), "")


@dataclass(frozen=True)
class Door:
    """words: of the command line, FILE for the file. suffixes: how the file is called there ("": as it is called).

    upper: in the store of an upper office. takes: may take a file of the test in, when it is what the door is for.
    tells: keeps what it said.
    """

    words: Sequence[str]
    suffixes: tuple[str, ...] = ("",)
    upper: bool = False
    takes: bool = False
    tells: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


DOORS: Mapping[str, Door] = {
    "demo --plan": Door(("demo", "--out", "OUT", "--plan", "FILE")),
    "form check": Door(("form", "check", "FILE"), ("", ".toml", ".json")),
    "read": Door(("read", "FILE", "-o", "OUT.toml"), ("", ".docx", ".txt")),
    "render": Door(("render", "FILE", "-o", "OUT.pdf"), (".toml", ".json")),
    "office init": Door(("office", "init", "OUT.hoctap", "--unit", "FILE")),
    "fill": Door(("fill", "STORE", "FILE"), ("", ".toml", ".json", ".xlsx")),
    "attach": Door(("attach", "STORE", "report", "FILE"), ("", ".pdf", ".png", ".docx"), takes=True),
    "diary --add": Door(("diary", "STORE", "--add", "FILE")),
    "keys restore": Door(("keys", "restore", "STORE", "FILE")),
    "keys accept": Door(("keys", "accept", "STORE", "FILE", "--compared"), upper=True),
    "units --import": Door(("units", "STORE", "--import", "FILE"), ("", ".xlsx"), upper=True),
    "verify": Door(("verify", "FILE"), ("", ".htgoi")),
    "receive": Door(("receive", "STORE", "FILE"), ("", ".htgoi"), upper=True, tells=True),
    "key-in": Door(("key-in", "STORE", "05812", "FILE"), ("", ".toml"), upper=True),
    "key-in --second": Door(("key-in", "STORE", "05812", "GOOD", "--second", "FILE"), ("", ".toml"), upper=True),
    "restore": Door(("restore", "OUT.hoctap", "FILE"), ("", ".htsao")),
    "store": Door(("office", "show", "FILE"), (".hoctap",)),
    "passphrase": Door(("keys", "enrol", "STORE", "--out", "OUT", "--passphrase-file", "FILE")),
}


def bring(
    door: Door, folder: Path, files: Sequence[Path], call: Callable[[list[str]], int] = main
) -> Iterator[dict[str, object]]:
    """What became of each file: code of exit, seconds, what was said, whether the store or the folder is as before."""
    kept = folder / "kept.hoctap"
    made = upper_store(kept, CLOCK) if door.upper else commune_store(kept, CLOCK)
    if door.takes:
        from hoctap_desktop.filing import repository
        from tests.offices import report_draft

        repository.begin(made, report_draft({"participants": 5}))
    made.close()
    good = folder / "good.toml"
    good.write_text("", encoding="utf-8")
    store = folder / "a.hoctap"
    first = door.suffixes[0]
    for file in files:
        # a text by another name is the same text: it goes in once, and where the name says what it is
        for suffix in [each for each in door.suffixes if file.suffix != ".json" or each in (first, ".json")]:
            if not store.exists():
                shutil.copy(kept, store)
            path = folder / f"in-{file.stem}{suffix or file.suffix}"
            shutil.copyfile(file, path)
            looked = digest_but_turns if door.tells else digest
            before = looked(store), listing(folder)
            places = {"FILE": path, "STORE": store, "GOOD": good}
            words = [str(places.get(word, folder / word if word.startswith("OUT") else word)) for word in door.words]
            said = io.StringIO()
            start = time.perf_counter()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                try:
                    code: object = call(words)
                except SystemExit as left:
                    code = f"exit {left.code}"
                except BaseException as bug:  # noqa: BLE001
                    code = repr(bug)
            seconds = time.perf_counter() - start
            unchanged = (looked(store), listing(folder)) == before
            path.unlink()
            if not unchanged:
                clear(folder, keep={kept, good, store})
                store.unlink()
            yield {
                "file": f"{file.parent.name}/{file.name}",
                "suffix": suffix,
                "code": code,
                "seconds": seconds,
                "said": said.getvalue()[-300:],
                "unchanged": unchanged,
            }


def digest_but_turns(store: Path) -> str:
    """As digest, but for the lines that were told: receiving keeps them, of refused files too."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in TURNS}
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def digest(store: Path) -> str:
    """SHA-256 of a store that nobody has open."""
    return hashlib.sha256(store.read_bytes()).hexdigest()


def listing(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.name.endswith(".lock"))


def clear(folder: Path, keep: set[Path]) -> None:
    for path in folder.iterdir():
        if path not in keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def serve(name: str, folder: Path, files: Sequence[Path]) -> None:
    import resource

    cli.build_parser = functools.cache(build_parser)
    for line in bring(DOORS[name], folder, files):
        print(json.dumps(line), flush=True)
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"own": own * 1024, "children": children * 1024}))


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), [Path(word) for word in sys.stdin.read().split("\n") if word])
