"""What was typed on the page Kế hoạch and is on its way to the store."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.ui.plan.past import PlanPast
from hoctap_desktop.ui.plan.presenter import PlanPresenter, Save
from hoctap_desktop.ui.plan.sheets import Sheets
from hoctap_desktop.ui.session import Session

SAVE_AFTER_MS = 400
SAVE_AT_LEAST_MS = 1000


def timer(owner: QObject, after: int, act: Callable[[], object]) -> QTimer:
    """Runs once, `after` ms from its last start."""
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(after)
    made.timeout.connect(act)
    return made


class PlanSaving(QObject):
    """Hands everything over 400 ms after the last key, in steady typing once a second, and at once when asked.

    `noted` when an answer is on its way.
    """

    noted = Signal()

    def __init__(self, session: Session, sheets: Sheets, past: PlanPast) -> None:
        super().__init__(sheets)
        self._session = session
        self._sheets = sheets
        self._past = past
        self.presenter: PlanPresenter | None = None
        self._pending: dict[str, JsonValue | None] = {}
        self.stored: dict[str, JsonValue | None] = {}  # as handed to the store
        self._soon = timer(self, SAVE_AFTER_MS, self.save_now)
        self._steady = timer(self, SAVE_AT_LEAST_MS, self.save_now)

    def follow(self, presenter: PlanPresenter) -> None:
        """Another plan, as the store has it."""
        self.presenter = presenter
        self.stored = dict(presenter.answers)
        self._pending = {}

    @property
    def waiting(self) -> bool:
        """True while something typed has not been handed over."""
        return bool(self._pending)

    def begin(self) -> None:
        """A key in a text: it is read when the timer ends, and compared then (an input method changes nothing yet)."""
        self._soon.start()
        if not self._steady.isActive():
            self._steady.start()

    def later(self, saves: Sequence[Save]) -> None:
        for save in saves:
            self._pending[save.field] = save.value
        if saves:
            self.begin()
            self.noted.emit()

    def collect(self) -> None:
        """Notes what the editors hold now."""
        presenter = self.presenter
        if presenter is None or presenter.frozen:
            return
        for field, words in self._sheets.written():
            save = presenter.write(field, words)
            if save is not None:
                self._pending[save.field] = save.value

    def save_now(self) -> None:
        """Hands everything typed and not yet handed over to the store."""
        self._soon.stop()
        self._steady.stop()
        self.collect()
        if self.presenter is None:
            return
        if self._pending:
            changes, self._pending = self._pending, {}
            self.stored.update(changes)
            self._session.save_answers(self.presenter.filing.id, changes)
            for field in changes:
                self._past.note(field)
        self._past.save()
