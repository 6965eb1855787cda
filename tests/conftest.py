"""What every test may count on: no network, no screen, no warning and no log line that nobody announced."""

import logging
import os
import re
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DOCUMENTS = REPOSITORY.parent / "shared" / "documents"
DOCUMENTS_MISSING = "../shared/documents is missing"
SHARED_BAD_INPUT = REPOSITORY.parent / "shared" / "bad-input"
BAD_INPUT_MISSING = "../shared/bad-input is missing"
LIBREOFFICE_MISSING = "LibreOffice (soffice) is missing"
ATHERIS_MISSING = "atheris is missing"
SOFTHSM_MISSING = "SoftHSM2 (softhsm2-util, libsofthsm2.so) is missing"
WITHOUT_QT = REPOSITORY / "tests" / "without_qt"

# Before anything imports Qt: tests never need a screen. A developer who wants to look on sets the variable.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests must not depend on the speed of the machine, and a failing example must be the same on every machine.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")
# Hypothesis also draws from the constants of all our modules imported so far: then what a test tries would depend on
# which tests ran before it. There is no setting for it.
assert callable(providers._get_local_constants)
_no_constants = Constants()
providers._get_local_constants = lambda: _no_constants


# --- Qt: tests/ui with it, everything else without ---------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """`--without-qt`; and pytest-qt's settings, which would be unknown with `-p no:pytest-qt`."""
    parser.addoption(
        "--without-qt", action="store_true", help="leave out tests/ui and make PySide6 unimportable for all the rest"
    )
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "read by pytest-qt, which is off in this run")
        parser.addini("qt_log_ignore", "read by pytest-qt, which is off in this run", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Puts the unimportable PySide6 before the real one, for this process and its children."""
    if config.getoption("--without-qt"):
        if config.pluginmanager.hasplugin("pytest-qt"):
            raise pytest.UsageError("--without-qt needs -p no:pytest-qt")
        sys.path.insert(0, str(WITHOUT_QT))
        before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(WITHOUT_QT), before] if before else [str(WITHOUT_QT)])


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves tests/ui out of a run without Qt."""
    if config.getoption("--without-qt") and collection_path == REPOSITORY / "tests" / "ui":
        return True
    return None


# --- log lines and connections nobody announced ------------------------------------------------------------------


class _Seen:
    """Log lines of WARNING and above, and addresses connected to, since a test began."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.addresses: list[str] = []

    def make_record(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        """A record factory: unlike a handler it also sees loggers that do not propagate."""
        record = logging.LogRecord(*args, **kwargs)
        if record.levelno >= logging.WARNING:
            self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")
        return record

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """An audit hook: notes connections to anything but a local socket file, and look-ups of host names."""
        if (event == "socket.connect" and isinstance(args[1], tuple)) or event == "socket.getaddrinfo":
            self.addresses.append(f"{event} {args[1:]}")

    def complaints(self, announced: list[str]) -> list[str]:
        """One sentence for each line not announced, each announced line that did not come, each connection."""
        found = [
            f"unexpected log line: {line}" for line in self.lines if not any(re.search(p, line) for p in announced)
        ]
        found += [
            f"announced by expected_log, but never logged: {pattern}"
            for pattern in announced
            if not any(re.search(pattern, line) for line in self.lines)
        ]
        return found + [f"a test used the network: {address}" for address in self.addresses]


_seen = _Seen()
logging.setLogRecordFactory(_seen.make_record)
sys.addaudithook(_seen.audit)


@contextmanager
def _complaining(announced: list[str]) -> Iterator[None]:
    try:
        yield
        complaints = _seen.complaints(announced)
    finally:
        _seen.lines.clear()
        _seen.addresses.clear()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """A fixture that logs a warning fails the test it prepares."""
    with _complaining([]):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Log lines of WARNING and above fail a test unless `@pytest.mark.expected_log(pattern)` announces them."""
    with _complaining([str(mark.args[0]) for mark in item.iter_markers("expected_log")]):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """What a test leaves running must be quiet as well."""
    with _complaining([]):
        return (yield)


# --- places ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top of the repository."""
    return REPOSITORY


@pytest.fixture
def shared_documents() -> Path:
    """Real documents of offices, kept beside the repository and not in it; a clone alone goes without them, loudly."""
    if not SHARED_DOCUMENTS.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{DOCUMENTS_MISSING}, and CI must have it", pytrace=False)
        pytest.skip(f"{DOCUMENTS_MISSING}: real documents are read from there")
    return SHARED_DOCUMENTS


@pytest.fixture
def shared_bad_input() -> Path:
    """Public files made to break readers, kept beside the repository; a clone alone goes without them, loudly."""
    if not SHARED_BAD_INPUT.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{BAD_INPUT_MISSING}, and CI must have it", pytrace=False)
        pytest.skip(f"{BAD_INPUT_MISSING}: hostile files are read from there")
    return SHARED_BAD_INPUT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in capitals which tests ran on no real document, on no hostile file, without LibreOffice, on no token."""
    reports = terminalreporter.stats.get("skipped", [])
    for missing, title in (
        (DOCUMENTS_MISSING, "REAL DOCUMENTS"),
        (BAD_INPUT_MISSING, "HOSTILE FILES"),
        (LIBREOFFICE_MISSING, "WORD FILES IN LIBREOFFICE"),
        (ATHERIS_MISSING, "BYTES THROWN BY A FUZZER"),
        (SOFTHSM_MISSING, "KEYS ON TOKENS"),
    ):
        untested = [r.nodeid for r in reports if isinstance(r.longrepr, tuple) and missing in r.longrepr[2]]
        if untested:
            terminalreporter.section(f"NOT TESTED ON {title}", sep="=", red=True, bold=True)
            terminalreporter.line(f"{missing.upper()}: {len(untested)} TESTS DID NOT RUN")
            for nodeid in untested:
                terminalreporter.line(f"  {nodeid.upper()}")
