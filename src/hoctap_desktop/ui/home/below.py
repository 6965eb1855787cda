"""What an upper office sees on Trang chính of the units below: how many filed, what waits, where the next act is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui import theme
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label, rule
from hoctap_desktop.ui.widgets.progress import Bar
from hoctap_desktop.units.levels import levels

_RECEIVES_FROM_RANK = 3  # of forms/levels.toml: whoever stands there has units below, or is about to list them


@dataclass(frozen=True)
class BelowFacts:
    """Of each paper that is owed: how many units have nothing more to send, of how many. files: that wait here.

    unasked: questions of the upper unit that the form for those below has not.
    """

    papers: tuple[tuple[Kind, int, int], ...]
    files: int
    unasked: int = 0


def read_below(store: Store) -> BelowFacts:
    """Raises UserError NO_UNITS_BELOW, STORE_DAMAGED."""
    # Here and not above: the board is not needed for the first paint.
    from hoctap_desktop.consolidation.desk import to_look_at
    from hoctap_desktop.consolidation.overview import current_board
    from hoctap_desktop.submission.campaigns import not_asked_below

    found = current_board(store)
    papers = tuple((kind, found.done(kind), owing) for kind in Kind if (owing := found.owing(kind)))
    return BelowFacts(papers, to_look_at(store), len(not_asked_below(store, found.campaign)))


def takes_in(level: str) -> bool:
    """True for an office of a level to which others send, whether or not it has listed them."""
    return any(one.id == level and one.rank >= _RECEIVES_FROM_RANK for one in levels())


class BelowPane(QWidget):
    """go: opens a room by its id. Empty it takes no room."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__()
        self._go = go
        self._shown: BelowFacts | bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 26, 0, 0)
        self._column.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def ask_for_units(self) -> None:
        """There is no list of units yet."""
        if self._shown is not True:
            self._begin(shown=True)
            self._say("Chưa có danh sách. Thêm các đơn vị nộp về đây thì máy mới nhận gói, theo dõi và cộng số.")
            self._offer("Thêm đơn vị cấp dưới", "plus", "units")

    def show_facts(self, facts: BelowFacts) -> None:
        if facts == self._shown:
            return
        self._begin(shown=facts)
        for kind, done, owing in facts.papers:
            name = "Kế hoạch" if kind is Kind.PLAN else "Báo cáo"
            self._say(f"{name}: {print_count(done)} trên {print_count(owing)} đơn vị đã nộp", "ink")
            bar = Bar()
            bar.set(done, owing)
            self._column.addWidget(bar)
        if facts.files:
            self._offer(f"{print_count(facts.files)} tệp cần xử lý", "inbox", "receive")
        self._offer("Theo dõi nộp", "list-checks", "board")

    def clear(self) -> None:
        """The office has no units below, and need not have any."""
        self._shown = None
        self.hide()

    def _begin(self, *, shown: BelowFacts | bool) -> None:
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._column.addWidget(Label("Đơn vị cấp dưới", "group"))
        self._column.addWidget(rule())
        self.show()

    def _say(self, words: str, token: str = "ink2") -> None:
        self._column.addWidget(Label(words, "body", token, wrap=True))

    def _offer(self, words: str, icon: str, room: str) -> None:
        button = Button(words, "text", icon=icon, size="small", flush=True, act=lambda: self._go(room))
        button.setMinimumHeight(theme.px(28))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
