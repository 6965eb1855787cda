"""How fast a large form is typed into: 510 and 2,010 fields, in the window, over a store on the disk, autosave on.

1. opening: from the asking to the painted form, for the table of numbers and for a section of a fifth of all fields;
2. key to painted beside a lone QLineEdit in the same run: in cells (three digits and Enter), in lines (words and
   Enter), in a long text. A key comes every 25 ms whether the one before is done or not: what makes it wait counts.
   In cells also by kind: the first digit of a number opens the box over the cell, Enter settles the number, goes on
   and has nothing to stand beside in a QLineEdit.

Bounds: 0.5 s and 3 s; the median key, that of first digits and that of further digits at most 4 times that of the lone
QLineEdit; 99 of 100 keys under 16.7 ms. Exits 1 over a bound.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.form import loader
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM, fixed_clock
from hoctap_desktop.office.sample import COMMUNE, make_sample
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui import i18n, theme
from hoctap_desktop.ui.collector import Collector
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings

SIZES = {510: 0.5, 2010: 3.0}
RATIO, FRAME_MS = 4.0, 16.7
INTERVAL_S = 0.025
KEYS = 600
PATIENCE_S = 30
ID = "2022-report"
NOW = datetime(2022, 10, 14, 10, 32, 5, tzinfo=VIETNAM)
_TYPES = ("line", "money", "date", "long_text", "line", "line")


def large_form(size: int) -> str:
    """A report form of `size` fields: three fifths numbers of one table, a fifth one section, the rest in tens."""
    shipped = (paths.forms() / "report" / "v1.toml").read_text(encoding="utf-8")
    base = form_by_id("report", 1)
    known = sum(len(section.fields) for section in base.sections)
    numbers, boxes = (size - known) * 3 // 5, (size - known) // 5
    others = size - known - numbers - boxes
    head, rules = shipped.split("# Quy tắc:", 1)
    parts = [head.replace("version = 1", f"version = {size}"), *_table(numbers), *_section("many", boxes)]
    for start in range(0, others, 10):
        parts += _section(f"part{start // 10}", min(10, others - start))
    return "\n".join([*parts, "# Quy tắc:" + rules])


def _table(count: int) -> Iterator[str]:
    yield '[[section]]\nid = "big_table"\nnumber = "III"\nheading = "BẢNG LỚN"\nlabel = "Bảng lớn"'
    yield 'columns = ["TT", "Nội dung", "Số lượng", "Ghi chú"]'
    for n in range(count):
        yield f'[[section.field]]\nid = "big.n{n}"\nlabel = "số thứ {n}"\ntype = "count"\nunit = "cái"\nroll_up = "sum"'
    taken = 0
    while taken < count:
        if taken % 12 == 0:
            yield f'[[section.row]]\nid = "big_group{taken}"\nprinted_number = "{taken // 12 + 1}"'
            yield f'label = "Nhóm {taken}"'
        two = taken % 7 == 3 and taken + 1 < count
        cells = f'"big.n{taken}", "big.n{taken + 1}"' if two else f'"big.n{taken}"'
        yield f'[[section.row]]\nid = "big_row{taken}"\nprinted_number = "-"'
        yield f'label = "Số việc thứ {taken}"\ncells = [{cells}]'
        taken += 2 if two else 1


def _section(id: str, count: int) -> Iterator[str]:
    yield f'[[section]]\nid = "{id}"\nnumber = ""\nheading = "Mục {id}"\nlabel = "Mục {id}"'
    for n in range(count):
        kind = "line" if id == "many" else _TYPES[n % len(_TYPES)]
        required = "true" if n % 2 else "false"
        yield f'[[section.field]]\nid = "{id}.f{n}"\nlabel = "Câu hỏi {n} của {id}"'
        yield f'type = "{kind}"\nrequired = {required}'
        if kind == "money":
            yield 'unit = "đồng"'


class Painted(QObject):
    """Sees the paintings of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.count = 0
        window.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.UpdateRequest:
            self.count += 1
        return super().eventFilter(watched, event)


@dataclass
class Desk:
    """The window with a large form in it."""

    window: MainWindow
    session: Session
    size: int
    opened: dict[str, float] = field(default_factory=dict)

    @property
    def page(self) -> ReportPage:
        page = self.window.page("report")
        assert isinstance(page, ReportPage)
        return page


@contextmanager
def desk(size: int, folder: Path) -> Iterator[Desk]:
    """An office whose report is on a form of `size` fields, half of it filled in."""
    forms = folder / f"forms{size}"
    for kind in ("plan", "report"):
        (forms / kind).mkdir(parents=True)
        for file in (paths.forms() / kind).glob("*.toml"):
            (forms / kind / file.name).write_bytes(file.read_bytes())
    (forms / "report" / "large.toml").write_text(large_form(size), encoding="utf-8")
    loader.shipped_forms.cache_clear()
    setattr(loader, "forms", lambda: forms)  # noqa: B010 - what the module imported, for this run only
    clock = fixed_clock(NOW)
    path = folder / f"{size}.hoctap"
    store = make_sample(path, clock, COMMUNE)
    form = form_by_id("report", size)
    asked = sum(len(section.fields) for section in form.sections)
    assert asked == size, asked
    small = repository.current(store, ID)
    filled: dict[str, JsonValue] = {f"big.n{n}": n * 7 for n in range(size // 4)}
    filled |= {f"many.f{n}": f"Đã làm việc thứ {n}" for n in range(size // 10)}
    with store.atomic() as db:
        db.execute("DELETE FROM change WHERE filing = ?", (ID,))
        db.execute("DELETE FROM filing WHERE id = ?", (ID,))
    large = replace(small, form=FormRef("report", size, form.hash), answers={**small.answers, **filled})
    repository.begin(store, large)
    last = {**large.answers, **{f"big.n{n}": n * 6 for n in range(0, size // 2, 2)}}
    repository.begin(store, replace(large, id="2021-report", campaign="2021", answers=last))
    store.close()
    worker = Worker(path, clock)
    jobs = Jobs(worker)
    session = Session(worker.submit(read_facts).result(), path, jobs, Settings(folder / f"{size}.ini"), clock)
    window = MainWindow(session)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    settle(jobs)
    try:
        yield Desk(window, session, size)
    finally:
        window.close()
        window.deleteLater()
        settle(jobs)
        jobs.close()
        worker.close()
        setattr(loader, "forms", paths.forms)  # noqa: B010
        loader.shipped_forms.cache_clear()


def settle(jobs: Jobs) -> None:
    """Every job has ended and every answer is painted."""
    for _ in range(4):
        jobs.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def activate(at: Desk) -> None:
    """The window has the keyboard: there is no window manager here that would see to it."""
    for _ in range(50):
        at.window.activateWindow()
        settle(at.session.jobs)
        if QApplication.activeWindow() is at.window:
            return
        time.sleep(0.02)


def open_form(at: Desk, argument: str, shown: Callable[[], bool]) -> float:
    """Seconds from the asking until it is painted."""
    at.window.open_room("home", None)
    activate(at)
    painted = Painted(at.window)
    started = time.perf_counter()
    at.window.open_room("report", argument)
    while not shown() or not painted.count:
        if time.perf_counter() - started > PATIENCE_S:
            raise SystemExit(
                f"not opened at {argument} within {PATIENCE_S} s; the keyboard is in {QApplication.focusWidget()}"
            )
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        if shown():
            painted.count = 0
            at.window.update()
            QApplication.processEvents()
    taken = time.perf_counter() - started
    settle(at.session.jobs)
    return taken


def keys_of(words: str) -> list[tuple[int, str]]:
    """Key and text of each letter; a line end is Enter."""
    return [(Qt.Key.Key_Return, "\r") if w == "\n" else (ord(w.upper()), w) for w in words]


def type_into(keys: list[tuple[int, str]], target: Callable[[], QWidget | None]) -> list[float]:
    """Milliseconds from the moment each key was due until nothing was left to paint."""
    times = []
    due = time.perf_counter() + INTERVAL_S
    for key, text in keys:
        while time.perf_counter() < due:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            widget = target()
            assert widget is not None, "nothing has the keyboard"
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        QApplication.processEvents()
        now = time.perf_counter()
        times.append((now - due) * 1000)
        due = max(due + INTERVAL_S, now)
    return times


def lone() -> list[float]:
    """The same in a QLineEdit that is alone in its window."""
    edit = QLineEdit()
    edit.resize(300, 34)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    QApplication.processEvents()
    times = []
    for _ in range(KEYS // 60):
        edit.clear()
        times += type_into(keys_of("thu may tinh" * 5), lambda: edit)
    edit.close()
    edit.deleteLater()
    return times


def p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def typed(at: Desk, field_id: str, words: str) -> list[float]:
    """Keys into the form, beginning in a field."""
    page = at.page
    activate(at)
    page.go_to(field_id)
    settle(at.session.jobs)
    times = type_into(keys_of(words), QApplication.focusWidget)
    settle(at.session.jobs)
    return times


def measure(size: int, folder: Path) -> bool:
    """All of one form; True within the bounds."""
    good = True
    with desk(size, folder) as at:
        places = {"table": f"big.n{size // 4}", "section": "many.f3"}
        for name, place in places.items():

            def shown(place: str = place) -> bool:
                page = at.page
                if page.presenter is None or not page.isVisible():
                    return False
                focus = QApplication.focusWidget()
                return page.grid.field_at() == place if name == "table" else focus is page.field_box(place)  # noqa: B023

            taken = open_form(at, place, shown)
            good &= taken <= SIZES[size]
            print(
                f"{size} fields, opened at the {name}: {taken:.3f} s, bound {SIZES[size]:.1f} s"
                + over(taken, SIZES[size])
            )
        base = lone()
        work = {
            "cells": (f"big.n{size // 4}", "".join(f"{n % 900 + 100}\n" for n in range(KEYS // 4))),
            "lines": ("many.f0", "da lam xong\n" * (KEYS // 12)),
            "long text": ("difficulties", "con kho khan ve may tinh va duong truyen " * (KEYS // 41)),
        }
        for name, (place, words) in work.items():
            times = typed(at, place, words)
            base += lone()
            median, alone = statistics.median(times), statistics.median(base)
            slow = p99(times)
            good &= median <= RATIO * alone and slow < FRAME_MS
            print(
                f"{size} fields, {name}: {len(times)} keys, median {median:.2f} ms, lone QLineEdit {alone:.2f} ms, "
                f"ratio {median / alone:.2f}, bound {RATIO:.0f}{over(median, RATIO * alone)}; "
                f"p99 {slow:.1f} ms, bound {FRAME_MS} ms{over(slow, FRAME_MS)}; longest {max(times):.1f} ms"
            )
            if name == "cells":
                good &= by_kind(size, times, alone)
        filing = repository.current
        stored = at.session.jobs.run(lambda store: filing(store, ID)).result().answers
        settle(at.session.jobs)
        kept = stored.get(f"big.n{size // 4}") == 100
        good &= kept
        print(f"{size} fields: what was typed is on the disk: {'yes' if kept else 'NO'}")
    return good


def by_kind(size: int, times: list[float], alone: float) -> bool:
    """The keys of numbers of three digits and Enter, kind by kind; True when both kinds of digits are in bounds."""
    first = statistics.median(times[0::4])
    further = statistics.median(times[1::4] + times[2::4])
    digits = {"first digit": first, "further digits": further}
    said = (f"{kind} {ms:.2f} ms, ratio {ms / alone:.2f}{over(ms, RATIO * alone)}" for kind, ms in digits.items())
    print(f"{size} fields, cells: {'; '.join(said)}; Enter {statistics.median(times[3::4]):.2f} ms")
    return max(digits.values()) <= RATIO * alone


def over(figure: float, bound: float) -> str:
    return "" if figure <= bound else ": OVER THE BOUND"


def main() -> int:
    """Both forms; 1 when a bound is broken."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    i18n.install(app)
    collector = Collector()  # as in the program
    good = True
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            good &= measure(size, Path(name))
    collector.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
