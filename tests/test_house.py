"""The house itself: the script `dev`, the lock files, what may not stand in a tracked file."""

import ast
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def dev(repository: Path) -> ModuleType:
    """The script `dev` as a module, nothing of it run."""
    loader = SourceFileLoader("dev_script", str(repository / "dev"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    """Every file git keeps, those about to be added included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := repository / name).is_file()]


# --- what lies in the repository ---------------------------------------------------------------------------------

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def requirements(lock: Path) -> dict[str, str]:
    """Of each package in a lock file, its version line and all that belongs to it."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split("==")[0]: line for line in lines}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(repository: Path, name: str) -> None:
    assert "://" not in (repository / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(repository: Path, name: str) -> None:
    locked = requirements(repository / name)
    assert len(locked) > 20
    for package, line in locked.items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; [^;]+?)?( +--hash=sha256:[0-9a-f]{64})+$", line), package


def test_the_dev_lock_holds_the_other_at_the_same_versions(repository: Path) -> None:
    runtime, dev_lock = (requirements(repository / name) for name in LOCKS)
    assert {name: line for name, line in dev_lock.items() if name in runtime} == runtime


def test_the_locks_hold_every_package_asked_for(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [re.split(r"[<>=]", line)[0].lower() for line in project["project"]["dependencies"]]
    asked_dev = [re.split(r"[<>=]", line)[0].lower() for line in project["dependency-groups"]["dev"]]
    assert set(asked) <= set(requirements(repository / "requirements.lock"))
    assert {*asked, *asked_dev} <= set(requirements(repository / "requirements-dev.lock"))


def test_qt_stays_below_the_version_that_loses_references(repository: Path) -> None:
    locked = requirements(repository / "requirements.lock")["pyside6-essentials"]
    assert re.match(r"pyside6-essentials==6\.11\.([3-9]|\d\d)", locked)


def forbidden_words(text: str) -> list[str]:
    """Hosts of package registries, and absolute paths of a machine, in a text."""
    # Put together here, so that this file does not hold what it looks for.
    hosts = "|".join(re.escape(".".join(parts)) for parts in (("pypi", "org"), ("pythonhosted", "org")))
    folders = "work|root|home|Users|tmp|opt"
    return re.findall(rf"(?:{hosts})|(?<![\w.}}/-])(?:[A-Z]:[\\/]|/)(?:{folders})[\\/][\w.-]+", text)


def test_no_tracked_file_names_a_registry_or_a_path_of_a_machine(repository: Path, tracked: list[Path]) -> None:
    found = {}
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # fonts and pictures
        if words := forbidden_words(text):
            found[path.relative_to(repository).as_posix()] = words
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://" + "pypi." + "org/simple",
        "open('/" + "work/main/x')",
        "C:\\" + "Users\\an",
        "see /" + "home/an/x",
    ],
)
def test_the_search_for_forbidden_words_finds_them(text: str) -> None:
    assert forbidden_words(text) != []


@pytest.mark.parametrize("text", ["~/.local/share", "a/work/b", "tests/tmp/x", "và/hoặc", "1/2", "https://x.vn/home/y"])
def test_the_search_for_forbidden_words_leaves_the_rest(text: str) -> None:
    assert forbidden_words(text) == []


# What build.spec ships of Qt. Never QtNetwork (no socket) nor QtSql (a second SQLite on the store breaks its locks).
SHIPPED_QT = {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg"}


def test_the_program_uses_only_the_parts_of_qt_that_ship(repository: Path) -> None:
    used = {}
    for path in (repository / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                names = [f"PySide6.{alias.name}" for alias in node.names] if module == "PySide6" else [module]
            for name in names:
                if name.startswith("PySide6.") and name.split(".")[1] not in SHIPPED_QT:
                    used[path.name] = name
    assert used == {}


# --- set-up ------------------------------------------------------------------------------------------------------


def test_packages_are_missing_whose_library_cannot_be_loaded(dev: ModuleType) -> None:
    def can_load(name: str) -> bool:
        return name not in ("libEGL.so.1", "libxkbcommon.so.0")

    assert dev.missing_packages(dev.QT_LIBRARIES, can_load) == ["libegl1", "libxkbcommon0"]
    assert dev.missing_packages(dev.X11_LIBRARIES, can_load) == []


@pytest.mark.parametrize(
    ("screen", "environ", "needed", "spared"),
    [
        (False, {"DISPLAY": ":0"}, "libegl1", "libxcb-cursor0"),
        (True, {"DISPLAY": ":0"}, "libxcb-cursor0", "libwayland-cursor0"),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-cursor0", "libxcb-cursor0"),
    ],
)
def test_only_what_this_screen_needs_is_asked_for(
    dev: ModuleType, screen: bool, environ: dict[str, str], needed: str, spared: str
) -> None:
    libraries = dev.needed_libraries(screen, environ)
    assert set(dev.QT_LIBRARIES) <= set(libraries)
    assert needed in libraries
    assert spared not in libraries


def test_a_library_that_does_not_exist_cannot_be_loaded(dev: ModuleType) -> None:
    assert not dev.can_load("libno-such-library-of-hoctap.so.7")


def test_the_line_to_type_is_complete(dev: ModuleType) -> None:
    assert dev.apt_line(["libegl1", "libgl1"]) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    )


def test_who_may_not_install_is_told_the_line_to_type(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "apt_prefix", lambda: None)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "apt-get")
    with pytest.raises(dev.Stop, match=re.escape(dev.apt_line(["libegl1"]))):
        dev.system_packages(["libegl1"], "Qt needs libraries")


@pytest.mark.parametrize("prefix", [[], ["sudo", "-n"]])
def test_who_may_install_has_it_done_in_two_steps(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, prefix: list[str]
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(dev, "apt_prefix", lambda: prefix)
    monkeypatch.setattr(dev.subprocess, "run", run)
    dev.system_packages(["libegl1", "libgl1"], "Qt needs libraries")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert ran == [
        [*quiet, "update", "-q"],
        [*quiet, "install", "-y", "-q", "--no-install-recommends", "libegl1", "libgl1"],
    ]


def test_a_failed_installation_ends_with_the_line_to_type(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "apt_prefix", list)
    monkeypatch.setattr(dev.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 100))
    with pytest.raises(dev.Stop, match=re.escape(dev.apt_line(["libegl1"]))):
        dev.system_packages(["libegl1"], "Qt needs libraries")


def test_a_system_without_apt_is_told_the_names(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.Stop, match="package manager"):
        dev.system_packages(["libegl1", "libgl1"], "Qt needs libraries")
    assert "libegl1 libgl1" in capsys.readouterr().out


def test_nothing_missing_calls_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "apt_prefix", lambda: pytest.fail("asked for rights it does not need"))
    dev.system_packages([], "nothing")


def test_the_venv_package_is_named_for_the_python_of_the_system_only(dev: ModuleType) -> None:
    assert dev.venv_package((3, 13), "/usr/bin/python3") == "python3.13-venv"
    assert dev.venv_package((3, 13), "/somewhere/else/bin/python3") is None


@pytest.mark.parametrize(
    ("executable", "told"),
    [
        ("/usr/bin/python3", "install -y --no-install-recommends python3"),
        ("/elsewhere/python3", "complete Python 3.11"),
    ],
)
def test_a_python_without_venv_is_told_what_to_install(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, executable: str, told: str
) -> None:
    monkeypatch.setattr(dev.sys, "executable", executable)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(dev, "apt_prefix", lambda: None)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "apt-get")
    with pytest.raises(dev.Stop, match=re.escape(told)):
        dev.make_venv()


def test_a_set_up_is_current_while_locks_place_and_python_are_the_same(dev: ModuleType) -> None:
    full = dev.wanted_stamp("/a", "/b", {"requirements.lock": "1", "requirements-dev.lock": "2"})
    assert dev.is_current(full, full)
    assert dev.is_current(full, dev.wanted_stamp("/a", "/b", {"requirements.lock": "1"}))


@pytest.mark.parametrize(
    ("root", "python", "locks"),
    [
        ("/moved", "/b", {"requirements.lock": "1"}),
        ("/a", "/newer", {"requirements.lock": "1"}),
        ("/a", "/b", {"requirements.lock": "changed"}),
        ("/a", "/b", {"requirements.lock": "1", "requirements-dev.lock": "2"}),
    ],
)
def test_a_set_up_is_stale_after_a_change(dev: ModuleType, root: str, python: str, locks: dict[str, str]) -> None:
    stamp = dev.wanted_stamp("/a", "/b", {"requirements.lock": "1"})
    assert not dev.is_current(stamp, dev.wanted_stamp(root, python, locks))
    assert not dev.is_current({}, dev.wanted_stamp(root, python, locks))


def test_a_stamp_that_cannot_be_read_counts_as_none(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    assert dev.read_stamp() == {}
    (tmp_path / "stamp").write_text("{ broken")
    assert dev.read_stamp() == {}
    (tmp_path / "stamp").write_text("[1]")
    assert dev.read_stamp() == {}


def test_a_lock_is_known_by_its_bytes(dev: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"a==1\n")
    assert dev.digest(tmp_path / "lock") == hashlib.sha256(b"a==1\n").hexdigest()


def test_uv_is_cut_out_of_the_lock_with_its_hashes_and_nothing_else(dev: ModuleType, repository: Path) -> None:
    cut = dev.locked_lines((repository / "requirements-dev.lock").read_text(encoding="utf-8"), "uv")
    assert re.match(r"uv==[\d.]+ \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+$", cut)
    assert dev.locked_lines("uvloop==1 \\\n    --hash=sha256:00\n", "uv") == ""


# --- commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "environ", "answer"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_screen_is_where_the_system_says_so(
    dev: ModuleType, platform: str, environ: dict[str, str], answer: bool
) -> None:
    assert dev.has_screen(platform, environ) is answer


@pytest.mark.parametrize(
    ("output", "summary"),
    [
        (["....\n", "\x1b[32m\x1b[1m4 passed\x1b[0m\x1b[32m in 0.10s\x1b[0m\n"], "4 passed in 0.10s"),
        (["=== 1 failed, 3 passed in 62.10s (0:01:02) ===\n", "\n"], "1 failed, 3 passed in 62.10s (0:01:02)"),
        (["no tests ran in 0.01s\n"], "no tests ran in 0.01s"),
        (["Fatal Python error: Aborted\n"], ""),
        ([], ""),
    ],
)
def test_the_summary_is_what_pytest_said_last(dev: ModuleType, output: list[str], summary: str) -> None:
    assert dev.summary_of(output) == summary


def test_a_command_there_is_none_of_is_misuse(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert dev.main([]) == 2
    assert "./dev run" in capsys.readouterr().err
    assert dev.main(["--help"]) == 0
    assert "./dev run" in capsys.readouterr().out


def test_every_command_is_told_of_in_the_help(dev: ModuleType) -> None:
    assert set(re.findall(r"^\./dev (\w+)", dev.__doc__ or "", re.MULTILINE)) == set(dev.COMMANDS)


def recorded(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, screen: bool) -> list[list[str]]:
    """The commands started from now on, none of them really."""
    started: list[list[str]] = []

    def start(command: list[str]) -> int:
        started.append(command)
        return 0

    monkeypatch.setattr(dev, "set_up", lambda dev: None)
    monkeypatch.setattr(dev, "has_screen", lambda *_: screen)
    monkeypatch.setattr(dev, "qt_libraries", lambda screen: started.append([f"screen={screen}"]))
    monkeypatch.setattr(dev, "start", start)
    return started


def test_without_a_screen_run_makes_the_demo(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started = recorded(dev, monkeypatch, screen=False)
    assert dev.main(["run"]) == 0
    assert started[0][1:4] == ["-m", "hoctap_desktop", "demo"]
    assert Path(started[0][-1]).name == "demo-out"


def test_with_a_screen_run_opens_the_window(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    started = recorded(dev, monkeypatch, screen=True)
    assert dev.main(["run"]) == 0
    assert started[0] == ["screen=True"]
    assert started[1][1:] == ["-m", "hoctap_desktop"]


# --- what conftest promises --------------------------------------------------------------------------------------


def pytest_in(folder: Path, repository: Path, test: str, *arguments: str, ci: str = "") -> str:
    """Runs one test file under our conftest.py in a folder that has no ../shared; what pytest printed."""
    inner = folder / "clone" / "tests"
    inner.mkdir(parents=True, exist_ok=True)
    (inner / "conftest.py").write_bytes((repository / "tests" / "conftest.py").read_bytes())
    settings = (repository / "pyproject.toml").read_text(encoding="utf-8")
    (inner.parent / "pyproject.toml").write_text(settings, encoding="utf-8")
    (inner / "test_one.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-qt", "-p", "no:cacheprovider", *arguments]
    environ = {"PATH": "", "CI": ci, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200", "SYSTEMROOT": "C:\\Windows"}
    ran = subprocess.run(command, cwd=inner.parent, env=environ, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


PROMISES = """
import logging
import socket
import warnings
import pytest

def test_quiet():
    logging.getLogger("a").info("nothing to see")

def test_loud():
    logger = logging.getLogger("a.b")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logger.warning("the disk is full")

@pytest.mark.expected_log("disk is .ull")
def test_announced():
    logging.getLogger("a").error("the disk is full")

@pytest.mark.expected_log("disk is .ull")
def test_announced_in_vain():
    pass

def test_name_looked_up():
    socket.getaddrinfo("localhost", 80)

def test_connection_made():
    with socket.socket() as ours, socket.socket() as theirs:
        theirs.bind(("127.0.0.1", 0))
        theirs.listen()
        ours.connect(theirs.getsockname())

def test_warned():
    warnings.warn("old")

def test_real(shared_documents):
    pass
"""


@pytest.fixture(scope="module")
def printed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest prints of PROMISES, one test per promise."""
    return pytest_in(tmp_path_factory.mktemp("promises"), repository, PROMISES, "-rA")


def test_a_log_line_nobody_announced_fails_its_test(printed: str) -> None:
    assert re.search("FAILED .*::test_loud .*unexpected log line: WARNING a.b: the disk is full", printed)
    assert re.search("PASSED .*::test_quiet", printed)


def test_a_log_line_announced_must_come(printed: str) -> None:
    assert re.search("PASSED .*::test_announced\n", printed)
    assert re.search("FAILED .*::test_announced_in_vain .*never logged: disk is .ull", printed)


def test_a_connection_or_the_look_up_of_a_name_fails_its_test(printed: str) -> None:
    assert re.search("FAILED .*::test_name_looked_up .*used the network: socket.getaddrinfo", printed)
    assert re.search("FAILED .*::test_connection_made .*used the network: socket.connect", printed)


def test_a_warning_fails_its_test(printed: str) -> None:
    assert re.search("FAILED .*::test_warned - UserWarning: old", printed)


def test_without_the_real_documents_a_clone_says_so_loudly(printed: str) -> None:
    assert "2 passed, 1 skipped" in re.sub(r"5 failed, ", "", printed)
    assert "../SHARED/DOCUMENTS IS MISSING: 1 TESTS DID NOT RUN" in printed
    assert "TEST_ONE.PY::TEST_REAL" in printed


def test_without_the_real_documents_ci_fails(repository: Path, tmp_path: Path) -> None:
    test = "def test_real(shared_documents):\n    pass\n"
    assert "1 error" in pytest_in(tmp_path, repository, test, ci="true")


def test_a_run_without_qt_has_no_qt_in_it_nor_in_its_children(repository: Path, tmp_path: Path) -> None:
    test = """
import importlib, subprocess, sys
import pytest

@pytest.mark.parametrize("name", ["PySide6", "shiboken6", "PySide6.QtCore"])
def test_here(name):
    with pytest.raises(ImportError, match="unimportable"):
        importlib.import_module(name)

def test_in_a_child():
    child = subprocess.run([sys.executable, "-c", "import PySide6"], capture_output=True, text=True)
    assert "unimportable" in child.stderr
"""
    twin = tmp_path / "clone" / "tests" / "without_qt"
    shutil.copytree(repository / "tests" / "without_qt", twin)
    assert "4 passed" in pytest_in(tmp_path, repository, test, "--without-qt")
