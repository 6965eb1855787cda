"""Whatever file comes, by whatever door: refused in words, quickly, in little memory, the store as it was."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from hoctap_desktop.filing import attachments
from hoctap_desktop.foundation.boundary import PASSAGES, Outside
from hoctap_desktop.submission import container
from tests.doors import DOORS, EVERYWHERE, READ, WINDOW, WRITTEN, path_arguments

SECONDS, BYTES = 5.0, 512 * 2**20
SOURCE = Path("src", "hoctap_desktop")
# Calls that open a file or parse what a library has to, with the modules that may: for files of our own, or as the
# reader that the boundary starts.
OPENING: Mapping[str, frozenset[str]] = {
    "read_limited": frozenset(
        {"foundation/boundary.py", "foundation/files.py", "store/attached.py", "submission/outgoing.py"}
    ),
    "run_bounded": frozenset({"foundation/boundary.py"}),
    "load_workbook": frozenset({"document/sheet_cells.py"}),
    "ZipFile": frozenset(
        {
            "document/sheet.py",
            "document/sheet_cells.py",
            "document/word.py",
            "plan/docx_package.py",
            "store/attached.py",
            "store/copies.py",
        }
    ),
    "PdfDocument": frozenset(
        {
            "document/joined.py",  # pages of our own
            "document/pdf_outside.py",
            "ui/paper/printing.py",
            "ui/widgets/pdf_pages.py",
        }
    ),
    # pictures of photos: Qt's own reader, told the kind and asked for the size first
    "QImageReader": frozenset({"ui/attached.py"}),
    "read_bytes": frozenset(
        {
            "demo.py",
            "document/shaping.py",
            "foundation/association.py",
            "store/attached.py",
            "ui/letterbox.py",  # the program's own folder: one window leaves a name for the other
            "ui/program_icon.py",
            "ui/settings_page/key_part.py",
        }
    ),
    "read_text": frozenset(
        {
            "document/layout.py",
            "ui/help_book.py",
            "ui/icons.py",
            "foundation/volumes.py",
            "ui/theme.py",
            "units/gazetteer.py",
        }
    ),
    "path.open": frozenset({"consolidation/scan.py", "foundation/files.py", "store/copies.py", "store/database.py"}),
    "sqlite3.connect": frozenset({"store/backup.py", "store/database.py"}),
    "open": frozenset(),
}


def modules(repository: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((repository / SOURCE).rglob("*.py")):
        yield path.relative_to(repository / SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def names_of(call: ast.Call) -> set[str]:
    """ "path.open" answers to that and to "open" when it is a plain function."""
    match call.func:
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(attr=name) as found:
            return {name, ast.unparse(found)} - {"open"}
        case _:
            return set()


def test_files_are_opened_in_the_places_named_here_and_nowhere_else(repository: Path) -> None:
    found: dict[str, set[str]] = {name: set() for name in OPENING}
    for module, tree in modules(repository):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for name in names_of(node) & OPENING.keys():
                    # search_bar.py has a function of this name that takes bytes
                    if not (name == "read_text" and isinstance(node.func, ast.Name)) and not _method_of_ours(node):
                        found[name].add(module)
    assert found == {name: set(places) for name, places in OPENING.items()}


def _method_of_ours(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
    )


def test_readers_of_foreign_formats_are_called_by_the_boundary_alone(repository: Path) -> None:
    """A function that ends in _in_child is no other module's business."""
    for module, tree in modules(repository):
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id.endswith("_in_child")}
        used |= {
            node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr.endswith("_in_child")
        }
        assert not used, module
    for kind, passage in PASSAGES.items():
        if passage.apart:
            name, _, function = passage.apart.partition(":")
            tree = ast.parse((repository / "src" / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
            assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, kind


def test_every_path_of_the_command_line_is_a_door_that_is_listed() -> None:
    known = {(command, name) for command, names in READ.items() for name in names}
    for command, name in path_arguments():
        assert (command, name) in known or name in EVERYWHERE or name in WRITTEN, (command, name)
    assert known <= set(path_arguments())
    kinds = {kind.value for kind in Outside}
    for words in [word for names in READ.values() for word in names.values()] + [*EVERYWHERE.values()]:
        assert words in kinds or " " in words, words


def test_every_file_a_window_asks_for_is_a_door_that_is_listed(repository: Path) -> None:
    asking = {"QFileDialog", "DropZone", "toLocalFile", "choose_files", "choose_one", "choose_folder", "QFileOpenEvent"}
    found = set()
    for module, tree in modules(repository):
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if names & asking and module.startswith(("ui/", "app.py")):
            found.add(module)
    assert found == set(WINDOW)


def test_the_limits_of_the_boundary_are_those_of_the_formats() -> None:
    assert PASSAGES[Outside.PACKAGE].most == container.MAX_FILE
    assert PASSAGES[Outside.ATTACHMENT].most == attachments.LARGEST
    assert all(passage.most <= 64 * 2**20 and passage.seconds <= 30 for passage in PASSAGES.values())


@pytest.mark.skipif(sys.platform == "win32", reason="the memory of children is asked of POSIX")
@pytest.mark.parametrize("name", DOORS)
def test_bad_input_is_refused_at_every_door(
    name: str, shared_bad_input: Path, tmp_path: Path, repository: Path
) -> None:
    """One process a door brings all files, so that its memory can be asked for afterwards."""
    files = sorted(
        path for kind in ("zip", "json", "xlsx") for path in (shared_bad_input / kind).rglob("*") if path.is_file()
    )
    assert len(files) > 390
    done = subprocess.run(
        [sys.executable, "-m", "tests.doors", name, str(tmp_path)],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        cwd=repository,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(repository / "src"), str(repository)]),
            "HOCTAP_PASSPHRASE": "x" * 12,
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *lines, memory = [json.loads(line) for line in done.stdout.splitlines()]
    door = DOORS[name]
    assert {line["file"] for line in lines} == {f"{path.parent.name}/{path.name}" for path in files}
    for line in lines:
        assert line["code"] == 1 or (door.takes and line["code"] == 0), line
        assert line["unchanged"] or line["code"] == 0, line
        assert line["seconds"] < SECONDS, line
        assert line["said"].strip(), line
        assert "Traceback" not in line["said"], line
    assert memory["own"] < BYTES, memory
    assert memory["children"] < BYTES, memory
