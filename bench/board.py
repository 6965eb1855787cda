"""Theo dõi with 10,000 units: what a person waits for, beside Qt's own table.

1. another search, filter, order or grouping: from the asking until the rows and the counts over them stand;
2. scrolling: the whole table page by page and line by line, every step painted. Beside it the same table in Qt's own
   view over a QStandardItemModel (C++), as many columns, rows as high, in turns in the same run;
3. making the lines of a board, once when it is read: without bound.

Seconds of the processor. Bounds: 100 ms each act, median; scrolling at most twice Qt's own, median. Exits 1 over a
bound. `python -m bench.board [N]`.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.consolidation.status import Board, BoardRow, Standing, State
from hoctap_desktop.ui import i18n, theme
from hoctap_desktop.ui.consolidation import board_presenter as words
from hoctap_desktop.ui.consolidation.board_model import BoardModel
from hoctap_desktop.ui.consolidation.board_presenter import GROUPS, NOTE, RECEIVED, REPORT, Wanted
from hoctap_desktop.ui.consolidation.board_view import BoardView
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.units.model import Unit

UNITS, MOST_MS, TIMES = 10_000, 100.0, 2.0
ROUNDS, STEPS = 7, 120
SIZE = QRect(0, 0, 1182, 420)
_WORDS = [
    "Phú",
    "Cường",
    "Lạc",
    "Thịnh",
    "Xuyên",
    "Phúc",
    "Lương",
    "Linh",
    "Hà",
    "Thượng",
    "Tân",
    "Thái",
    "Văn",
    "Yên",
    "Bản",
    "Ngoại",
    "La",
    "Bằng",
    "Hùng",
    "Sơn",
    "Ký",
    "Đức",
    "Minh",
    "Tiến",
]
_KINDS = ("Trường Mầm non", "Trường Tiểu học", "Trường THCS", "Xã", "TTHTCĐ xã")
_LEVELS = ("school", "school", "school", "commune", "centre")


def board_of(count: int, seed: int = 1) -> Board:
    """A board of so many units in every state, without files."""
    chance = random.Random(seed)
    due = Deadline("report", "commune", date(2022, 10, 17), inclusive=True)
    states = [State.NOT_SENT, State.RECEIVED, State.LATE, State.RETURNED, State.RESENT, State.APPROVED, State.NOT_HELD]
    rows = []
    for number in range(count):
        kind = chance.randrange(len(_KINDS))
        name = f"{_KINDS[kind]} {' '.join(chance.choices(_WORDS, k=2))}"
        unit = Unit(f"{number:05d}", name, name, _LEVELS[kind], area=f"tỉnh {chance.choice(_WORDS)}", upper="00")
        plan, report = chance.choice(states), chance.choice(states)
        note = " ".join(chance.choices(_WORDS, k=6)) if chance.random() < 0.5 else ""
        rows.append(BoardRow(unit, Standing(plan, due), Standing(report, due, days_late=3, note=note)))
    week = Campaign("2022", 2022, ("Chuyển đổi số",), date(2022, 10, 1), date(2022, 10, 7), deadlines=(due,))
    return Board(week, date(2022, 10, 14), tuple(rows))


def _ms(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def acts(model: BoardModel) -> dict[str, float]:
    """Median ms of each act on the table."""
    asked = {
        "search «ph»": Wanted(query="ph"),
        "search «phú lạc»": Wanted(query="phú lạc"),
        "search, nothing found": Wanted(query="zzz"),
        "filter a state": Wanted(state=State.NOT_SENT),
        "filter a level": Wanted(level="school"),
        "sort by report": Wanted(column=REPORT),
        "sort by day": Wanted(column=RECEIVED, descending=True),
        "sort by note": Wanted(column=NOTE),
        **{f"group by {group}": Wanted(group=group) for group in GROUPS},
    }
    found = {}
    for name, wanted in asked.items():
        times = []
        for _ in range(ROUNDS):
            model.want(Wanted())

            def ask(wanted: Wanted = wanted) -> None:
                model.want(wanted)
                words.counted(model.every(), wanted)

            times.append(_ms(ask))
        found[name] = statistics.median(times)
    model.want(Wanted())
    return found


def own_view(model: BoardModel) -> QTableView:
    """The table of the page."""
    view = BoardView(model)
    view.setGeometry(SIZE)
    view.show()
    return view


def plain_view(model: BoardModel) -> QTableView:
    """Qt's own table with the same words, over Qt's own model."""
    items = QStandardItemModel(model.rowCount(), model.columnCount())
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            items.setItem(row, column, QStandardItem(str(model.data(model.index(row, column)) or "")))
    view = QTableView()
    items.setParent(view)
    view.setModel(items)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW["list"]))
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.setGeometry(SIZE)
    view.show()
    return view


def scroll_ms(view: QTableView) -> float:
    """Milliseconds of the processor for pages through the whole table, and for lines at three places."""
    bar = view.verticalScrollBar()
    height, line = bar.maximum(), theme.px(theme.ROW["list"])
    places = [height * step // STEPS for step in range(STEPS)]
    places += [height * third // 4 + line * step for third in (1, 2, 3) for step in range(STEPS)]
    bar.setValue(0)
    settle()
    begun = time.process_time()
    for place in places:
        bar.setValue(place)
        settle()
    return (time.process_time() - begun) * 1000 / len(places)


def settle() -> None:
    """Lets what was asked for be painted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
    QApplication.processEvents()


def main(count: int) -> int:
    """Measures and tells; 1 over a bound."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        i18n.install(app)
        theme.apply(app, Settings(Path(folder) / "settings.ini").theme())
    model = BoardModel()
    found = board_of(count)
    made: list[tuple[words.Line, ...]] = []
    reading = _ms(lambda: made.append(words.lines(found)))
    model.set_lines(made[0])
    print(f"{count} units: lines made in {reading:.0f} ms")
    over = False
    for name, took in acts(model).items():
        over |= took > MOST_MS
        print(f"  {name:<24} {took:6.1f} ms{'  OVER' if took > MOST_MS else ''}")
    own, plain = own_view(model), plain_view(model)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(scroll_ms(own))
        theirs.append(scroll_ms(plain))
    ratio = statistics.median(ours) / statistics.median(theirs)
    over |= ratio > TIMES
    print(
        f"  scroll, a step: {statistics.median(ours):.2f} ms, Qt's own table {statistics.median(theirs):.2f} ms: "
        f"{ratio:.2f} (at most {TIMES}){'  OVER' if ratio > TIMES else ''}"
    )
    return int(over)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS))
