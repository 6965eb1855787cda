"""Nhật ký hoạt động: days at the left, the open entry in the middle, at the right promises and the report's numbers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hoctap_desktop.diary import repository as entries
from hoctap_desktop.diary.loader import diary_form
from hoctap_desktop.diary.model import owner_of
from hoctap_desktop.filing import attaching
from hoctap_desktop.filing.attachments import Attachment
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.office import from_diary
from hoctap_desktop.office.from_diary import Diary, read_diary
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.diary.frame import DiaryFrame
from hoctap_desktop.ui.diary.presenter import DiaryPresenter, Line, Save, trash_words
from hoctap_desktop.ui.diary.take_dialog import ask_take
from hoctap_desktop.ui.diary.trash_dialog import show_trash
from hoctap_desktop.ui.keyboard import pick
from hoctap_desktop.ui.page_saves import PageSaves
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.section_list import SectionRow


def keep_fields(store: Store, save: Save, campaign: str) -> None:
    """Stores fields of an entry, begun by its first."""
    entries.write(store, save.entry, campaign, save.changes, store.clock())


def move(store: Store, number: int, *, removed: bool) -> None:
    """Takes an entry into the trash, or out of it."""
    entries.set_removed(store, number, store.clock(), removed=removed)


class DiaryPage(DiaryFrame):
    """argument of enter: number of an entry to open, "new" for a new one, or None."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.presenter: DiaryPresenter | None = None
        self._wanted: object = None
        self._saves = PageSaves(session)
        self.dialog: Dialog | None = None

        self._connect()

    def _connect(self) -> None:
        self.begun.connect(self.begin)
        for button, act in (
            (self.undo_button, self.undo),
            (self.trash_button, self.open_trash),
            (self.remove_button, self.remove),
            (self.take_button, self.ask_take),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.list.chosen.connect(lambda key: self.open_entry(int(key), focus=False))
        self.entry_box.activated.connect(lambda at: self.open_entry(int(self.entry_box.itemData(at))))
        self.form.left.connect(self._write)
        self.form.entered.connect(self._in_field)
        self.attached.changed.connect(self._files_changed)
        self.attached.shared.connect(self._share)
        self.promises.ticked.connect(self._tick)
        self.promises.begun.connect(self._begin_for)
        self.promises.opened.connect(self.open_entry)
        self.numbers.opened.connect(self.open_entry)
        self.numbers.taken.connect(lambda indicator: self.take((indicator,)))
        self.session.campaign_changed.connect(self._campaign_changed)
        self.session.changed.connect(self._filing_changed)
        for keys, act in (
            ("F5", self.begin),
            ("Shift+F5", self.remove),
            ("Ctrl+Z", self.undo),
            ("F8", partial(self._step, 1)),
            ("Shift+F8", partial(self._step, -1)),
            ("Ctrl+F", self.pick_entry),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        self._wanted = argument
        self._read()

    def leave(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.form.say_all()
        if self.presenter is not None:
            self.presenter.drop_untouched()

    def first_focus(self) -> QWidget | None:
        if self.middle.currentWidget() is self.empty:
            return self.empty.button
        if self.presenter is not None and self.presenter.open:
            return self.form.first_unfinished()
        return self.new_button

    def panes(self) -> Sequence[QWidget]:
        shown: list[QWidget] = [] if self._narrow or self.list.rows.rowCount() == 0 else [self.list]
        middle = self.form.first_unfinished() if self.middle.currentIndex() == 0 else self.first_focus()
        if middle is not None:
            shown.append(middle)
        if self.right.isVisible():
            shown.append(self.right.tabs)
        return shown

    # --- reading --------------------------------------------------------------------------------------------------

    def _campaign_changed(self) -> None:
        self.leave()
        self.presenter = None
        if self.isVisible():
            self.enter()

    def _filing_changed(self, _filing: str) -> None:
        if self.isVisible() and self.presenter is not None:
            self._read()

    def _read(self) -> None:
        self._saves.reading()
        campaign = self.session.campaign.id
        self.session.jobs.run(partial(read_diary, campaign=campaign), self._take_read, words="Đang mở nhật ký")

    def _take_read(self, diary: Diary) -> None:
        # What was typed while the store was being read must not be overwritten by what was read.
        if self._saves.changed_since:
            self._read()
            return
        presenter = self.presenter
        if presenter is None:
            form = diary_form()
            report = form_by_id(form.form, form.form_version)
            today = self.session.now().date()
            presenter = self.presenter = DiaryPresenter(diary, form, report, self.session.campaign, today)
        else:
            presenter.read(diary)
        wanted, self._wanted = self._wanted, None
        if wanted == "new":
            self.begin()
        elif isinstance(wanted, int) and presenter.is_there(wanted):
            self.open_entry(wanted)
        elif not presenter.open and presenter.entries:
            self.open_entry(presenter.entries[-1].number, focus=False)
        else:
            self._refresh()
        if self.new_button.hasFocus() and (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing --------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        presenter = self.presenter
        if presenter is None:
            return
        lines = presenter.lines()
        self.list.set_rows([_section_row(line) for line in lines])
        self.list.open(str(presenter.open))
        self._fill_box(lines)
        fields = presenter.fields()
        self.form.show_fields(fields)
        self.middle.setCurrentIndex(0 if fields else 1 if presenter.is_empty else 2)
        # one call to act on a page: the empty page has its own
        self.new_button.set_kind("secondary" if self.middle.currentWidget() is self.empty else "primary")
        owner = owner_of(presenter.open) if fields else ""
        if owner != self.attached.owner():
            self.attached.show_owner(owner)
        rows = presenter.promises()
        self.promises.show_rows(rows, has_plan=presenter.has_plan)
        self.right.tabs.set_count("plan", presenter.waiting())
        report = presenter.numbers()
        why, numbers = report.why_not_take(), report.rows()
        self.numbers.show_rows(numbers, "" if why == "" or "mọi số" in why else why)
        self.right.tabs.set_count("report", sum(1 for row in numbers if row.takes))
        if why:
            self.take_button.disable(why)
        else:
            self.take_button.enable()
        if presenter.can_undo:
            self.undo_button.enable()
            self.undo_button.setToolTip("Hoàn tác (Ctrl+Z)")
        else:
            self.undo_button.disable("Chưa có gì để hoàn tác.")
        if presenter.removed:
            self.trash_button.enable()
        else:
            self.trash_button.disable("Thùng rác trống.")

    def _fill_box(self, lines: Sequence[Line]) -> None:
        self.entry_box.clear()
        day = ""
        for line in lines:
            if line.head:
                day = line.words.rpartition(" ")[2]
            else:
                self.entry_box.addItem(f"{day} {line.words}", line.key)
        at = self.entry_box.findData(str(self.presenter.open if self.presenter else 0))
        self.entry_box.setCurrentIndex(at)
        self.entry_box.setEnabled(self.entry_box.count() > 0)

    def _in_field(self, field: str) -> None:
        box = self.form.box(field)
        if box is not None:
            self.form_scroll.ensureWidgetVisible(box, 0, 24)

    def open_entry(self, number: int, *, focus: bool = True) -> None:
        """Shows an entry; one that was removed is looked for in the trash."""
        presenter = self.presenter
        if presenter is None:
            return
        if not presenter.is_there(number):
            self.open_trash()
            return
        self.form.say_all()
        if presenter.open != number:
            presenter.drop_untouched()
        presenter.open = number
        self._refresh()
        if self._narrow:
            self.over.show(False)
        if focus:
            self._focus_form()

    def undo_last(self) -> None:
        self.undo()

    def save_now(self) -> None:
        self._say_focused()

    def pick_entry(self) -> None:
        """Ctrl+F: to an entry by a few of its letters."""
        if self.presenter is not None:
            rows = [(line.key, line.words) for line in self.presenter.lines() if not line.head]
            pick(self, "Tìm một việc", rows, lambda key: self.open_entry(int(key)))

    def _focus_form(self) -> None:
        first = self.form.first_unfinished()
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step(self, by: int) -> None:
        """The next entry, or the one before."""
        if self.presenter is None or not self.presenter.entries:
            return
        numbers = [one.number for one in self.presenter.entries]
        at = numbers.index(self.presenter.open) + by if self.presenter.open in numbers else 0
        self.open_entry(numbers[at % len(numbers)])

    # --- changes --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A new entry; it is kept with the first word written into it."""
        if self.presenter is None:
            return
        self._say_focused()
        self.presenter.begin()
        self._refresh()
        self._focus_form()

    def _say_focused(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.form.say_all()

    def _write(self, field: str, typed: str) -> None:
        if self.presenter is not None:
            self._keep(self.presenter.write(field, typed))

    def _keep(self, saves: Sequence[Save]) -> None:
        self._saves.changed()
        for save in saves:
            self._saves.keep(partial(keep_fields, save=save, campaign=self.session.campaign.id))
        self._refresh()

    def remove(self) -> None:
        """The open entry goes into the trash; the banner brings it back."""
        presenter = self.presenter
        if presenter is None or not presenter.open:
            return
        self._say_focused()
        number = presenter.open
        numbers = [one.number for one in presenter.entries]
        at = numbers.index(number)
        neighbours = [*numbers[at + 1 :], *reversed(numbers[:at])]
        self._saves.changed()
        if presenter.remove(number):
            self._saves.keep(partial(move, number=number, removed=True))
            self.banners.show_banner(
                "removed",
                "info",
                "Đã bỏ việc này vào Thùng rác.",
                "Lấy lại",
                partial(self.put_back, number),
                closable=True,
            )
        presenter.open = neighbours[0] if neighbours else 0
        self._refresh()
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_back(self, number: int) -> None:
        """Takes an entry out of the trash again and opens it."""
        if self.presenter is not None and self.presenter.put_back(number):
            self.banners.drop("removed")
            self._saves.keep(partial(move, number=number, removed=False))
            self._refresh()
            self._focus_form()

    def undo(self) -> None:
        """Takes the last change back."""
        if self.presenter is None:
            return
        self._say_focused()
        done = self.presenter.undo()
        if isinstance(done, int):
            self.banners.drop("removed")
            self._saves.keep(partial(move, number=done, removed=False))
            self._refresh()
        else:
            self._keep(done)

    # --- promises -------------------------------------------------------------------------------------------------

    def _tick(self, key: str, typed: str) -> None:
        if self.presenter is not None:
            self._keep(self.presenter.tick(key, typed))

    def _begin_for(self, key: str) -> None:
        if self.presenter is not None:
            self._say_focused()
            self._keep(self.presenter.begin_for(key))
            if self._narrow:
                self.over.show(False)
            self._focus_form()

    # --- files ----------------------------------------------------------------------------------------------------

    def _files_changed(self, owner: str, count: int) -> None:
        if self.presenter is not None:
            self.presenter.files[owner] = count
            number = int(owner.rpartition("-")[2]) if owner.startswith("diary-") else 0
            if count and (saves := self.presenter.keep_for_files(number)):
                self._keep(saves)

    def _share(self, number: int) -> None:
        report = filing_id(self.session.campaign.id, Kind.REPORT)
        self.session.save(partial(attaching.share, number=number, filing_id=report), self._shared)

    def _shared(self, one: Attachment) -> None:
        self.banners.show_banner("attached", "ok", f"Đã kèm «{one.name}» vào báo cáo.", leaves=True)

    # --- the report's numbers -------------------------------------------------------------------------------------

    def ask_take(self) -> None:
        """Shows what taking every number would change; then takes them."""
        numbers = self.presenter.numbers() if self.presenter is not None else None
        if numbers is None or numbers.why_not_take():
            return
        self._say_focused()
        self.dialog = ask_take(self, "vào báo cáo", numbers.preview(), partial(self.take, None))

    def take(self, indicators: Sequence[str] | None) -> None:
        """Puts numbers of the diary into the draft of the report."""
        report = filing_id(self.session.campaign.id, Kind.REPORT)
        self.session.save(partial(from_diary.take, indicators=indicators), self._taken, filing=report)

    def _taken(self, changed: dict[str, JsonValue]) -> None:
        count = sum(1 for value in changed.values() if isinstance(value, int))
        self.banners.show_banner(
            "taken",
            "ok",
            f"Đã đưa {count} số vào báo cáo." if count else "Báo cáo đã có các số này.",
            "Xem báo cáo",
            partial(self.session.navigate.emit, "report", next(iter(changed), None)),
            leaves=True,
        )
        self._read()

    # --- the trash ------------------------------------------------------------------------------------------------

    def open_trash(self) -> None:
        """What was removed, each with its way back."""
        presenter = self.presenter
        if presenter is None or not presenter.removed:
            return
        removed = [(entry.number, trash_words(entry, presenter.words_of(entry))) for entry in presenter.removed]
        self.dialog = show_trash(self, removed, self.put_back)


def _section_row(line: Line) -> SectionRow:
    return SectionRow(line.key, line.words, level=1, mark="warn" if line.incomplete else "", head=line.head)
