"""Numbers of the diary beside the grid of the report: a quiet mark, taken by one key, with the entries behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from hoctap_desktop.diary.model import Entry
from hoctap_desktop.diary.proposals import Part, Standing, standing
from hoctap_desktop.form import answers as cells
from hoctap_desktop.form.definition import FormDefinition
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.office import from_diary
from hoctap_desktop.office.from_diary import FromDiary, answers_with
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.diary.numbers import preview_of
from hoctap_desktop.ui.diary.take_dialog import ask_take
from hoctap_desktop.ui.page import Page
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog

TAKE_ALL_KEY = "Ctrl+J"
_MOST_SHOWN = 12
_TAKES = (Standing.OFFERED, Standing.DIARY_CHANGED, Standing.OVERTYPED)


@dataclass(frozen=True)
class DiaryWays:
    """How the page is asked and told.

    answers: those on the screen, None while no draft is open; form: of the report; show: marks by field for the grid;
    put: these answers into the report, undone as one step.
    """

    answers: Callable[[], Mapping[str, JsonValue] | None]
    form: Callable[[], FormDefinition | None]
    filing: Callable[[], str]
    show: Callable[[Mapping[str, str]], object]
    put: Callable[[Mapping[str, JsonValue]], object]


def marks(offered: FromDiary, answers: Mapping[str, JsonValue]) -> dict[str, str]:
    """By field, what the grid shows of the diary: "Nhật ký: 12 (N)" to be taken, "Từ nhật ký" once taken."""
    found: dict[str, str] = {}
    for id in {*offered.proposals, *offered.taken}:
        proposal, taken = offered.proposals.get(id), offered.taken.get(id)
        how = standing(proposal, taken, cells.number(answers, id))
        if how is Standing.TAKEN:
            found[id] = "Từ nhật ký"
        elif how is Standing.DIARY_CHANGED and proposal is not None:
            found[id] = f"Nhật ký nay: {print_count(proposal.value)}"
        elif how is Standing.DIARY_CHANGED:
            found[id] = "Nhật ký nay không có"
        elif how in _TAKES and proposal is not None:
            found[id] = f"Nhật ký: {print_count(proposal.value)}"
    return found


def waiting(offered: FromDiary, answers: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """The numbers that would change if all were taken."""
    changes = answers_with(offered, answers, tuple(offered.proposals))
    return tuple(id for id in offered.proposals if id in changes)


def entry_words(entry: Entry | None, part: Part) -> str:
    """One entry behind a number: "06/10 Treo băng rôn: 12"."""
    if entry is None:
        return f"mục đã bỏ: {print_count(part.value)}"
    day = f"{entry.day:%d/%m} " if entry.day else ""
    return f"{day}{entry.text('title') or 'việc không tên'}: {print_count(part.value)}"


class PageDiary(QObject):
    """Belongs to the report's page; `button` stands under its sections."""

    def __init__(self, page: Page, ways: DiaryWays) -> None:
        super().__init__(page)
        self._page, self._ways = page, ways
        self.offered = FromDiary()
        self._shown: dict[str, str] | None = None
        self.dialog: Dialog | None = None
        self.button = Button("Nhật ký", "text", icon="notebook-pen", size="small", act=self.ask_take_all)
        self.button.hide()
        shortcut = QShortcut(QKeySequence(TAKE_ALL_KEY), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask_take_all)

    def read(self) -> None:
        """Asks the store what the diary has now."""
        job = partial(from_diary.from_diary, campaign=self._page.session.campaign.id)
        self._page.session.jobs.run(job, self._take)

    def _take(self, offered: FromDiary) -> None:
        self.offered, self._shown = offered, None
        self.refresh()

    def refresh(self) -> None:
        """The marks and the button, by the answers on the screen."""
        answers = self._ways.answers()
        if answers is None:
            self.button.hide()
            return
        found = marks(self.offered, answers)
        if found != self._shown:  # an answer the diary knows nothing of changes no mark: the rows stay as they are
            self._shown = found
            self._ways.show(found)
        count = len(waiting(self.offered, answers))
        self.button.setVisible(count > 0)
        self.button.setText(f"Nhật ký: {count} số")
        self.button.setToolTip(f"Lấy tất cả số từ nhật ký ({TAKE_ALL_KEY})")
        self.button.setAccessibleName(f"Lấy tất cả số từ nhật ký: {count} số")

    # --- one number -----------------------------------------------------------------------------------------------

    def ask(self, field: str) -> None:
        """The key N in a cell: takes what waits there; shows where it is from when it was taken."""
        answers = self._ways.answers()
        if answers is None or field not in {*self.offered.proposals, *self.offered.taken}:
            self._page.banners.show_banner("diary", "info", "Nhật ký chưa có số nào cho ô này.", leaves=True)
            return
        if field in waiting(self.offered, answers):
            self.take((field,))
        else:
            self.show_trace(field)

    def take(self, fields: Sequence[str]) -> None:
        """Puts numbers of the diary into the report, and keeps where they are from."""
        answers = self._ways.answers()
        if answers is None:
            return
        changes = answers_with(self.offered, answers, fields)
        self._ways.put(changes)
        known = [field for field in fields if field in self.offered.proposals]
        job = partial(_noted, filing=self._ways.filing(), indicators=known, offered=self.offered, changes=changes)
        self._page.session.save(job, self._noted)

    def _noted(self, _nothing: object) -> None:
        self.read()

    def show_trace(self, field: str) -> None:
        """The entries behind a number, each opens in the diary."""
        form = self._ways.form()
        definition = form.field(field) if form else None
        proposal, taken = self.offered.proposals.get(field), self.offered.taken.get(field)
        source = proposal or taken
        if definition is None or source is None:
            return
        self.dialog = self._dialog(definition.label)
        entries = {one.number: one for one in self.offered.entries}
        if taken is not None and (proposal is None or proposal.parts != taken.parts):
            self.dialog.add_text(f"Đã lấy {print_count(taken.value)} vào báo cáo; sau đó nhật ký đã đổi.", "warn")
        self.dialog.add_text(f"Nhật ký cộng được {print_count(source.value)}:")
        for part in source.parts[:_MOST_SHOWN]:
            link = Button(entry_words(entries.get(part.entry), part), "link", act=partial(self._open, part.entry))
            link.set_flush()
            self.dialog.body.addWidget(link)
        if len(source.parts) > _MOST_SHOWN:
            self.dialog.add_text(f"và {len(source.parts) - _MOST_SHOWN} việc khác.", "ink2")
        self.dialog.add_button("Đóng", "primary")
        self.dialog.open()

    def _open(self, entry: int) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._page.session.navigate.emit("diary", entry)

    # --- all ------------------------------------------------------------------------------------------------------

    def ask_take_all(self) -> None:
        """Shows what would change, then takes all of it."""
        answers, form = self._ways.answers(), self._ways.form()
        fields = waiting(self.offered, answers) if answers is not None else ()
        if answers is None or form is None or not fields:
            self._page.banners.show_banner("diary", "info", "Báo cáo đã có mọi số của nhật ký.", leaves=True)
            return
        changes = answers_with(self.offered, answers, fields)
        new = ((field, changes[field]) for field in fields)
        rows = [preview_of(form, answers, field, after) for field, after in new if isinstance(after, int)]
        self.dialog = ask_take(self._page, "", rows, partial(self.take, fields))

    def _dialog(self, title: str) -> Dialog:
        made = Dialog(self._page, title, icon="notebook-pen", tone="pri")
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return made


def _noted(
    store: Store, filing: str, indicators: Sequence[str], offered: FromDiary, changes: Mapping[str, JsonValue]
) -> None:
    from_diary.note(store, filing, indicators, offered, changes)
