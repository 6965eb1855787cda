"""The first pages: whose office this is, what it prints, where its data stand, the passphrase of its key."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office import sample
from hoctap_desktop.ui import reading_order, theme
from hoctap_desktop.ui.closing_dialog import ClosingDialog
from hoctap_desktop.ui.copy_keeper import usual_folder
from hoctap_desktop.ui.files import documents
from hoctap_desktop.ui.first_run import frame
from hoctap_desktop.ui.first_run.choose_page import ChoosePage
from hoctap_desktop.ui.first_run.frame import Mark, StepColumn
from hoctap_desktop.ui.first_run.key_page import KeyPage, Made
from hoctap_desktop.ui.first_run.paper_page import PaperPage
from hoctap_desktop.ui.first_run.places_page import Places, PlacesPage
from hoctap_desktop.ui.first_run.presenter import default_path
from hoctap_desktop.ui.first_run.sample_data import Trial, begin_trial
from hoctap_desktop.ui.first_run.type_page import TypePage
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.help_dialog import HelpDialog
from hoctap_desktop.ui.help_places import FIRST_RUN
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.on_screen import limit_window, place_window
from hoctap_desktop.ui.problems import Problems, listen
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import pane
from hoctap_desktop.ui.widgets.small_screen import SmallScreen

T = TypeVar("T")
SMALLEST = QSize(900, 440)
TITLE = "Tuần lễ học tập suốt đời – bắt đầu"
LEFT, NARROW_LEFT = 404, 256
NARROW_BELOW, LOW_BELOW = 1150, 600
CLOSE_GRACE_S = 0.5
CHOOSE, TYPE, PAPER, PLACES, KEY = range(5)
_STEP_OF = {CHOOSE: 0, TYPE: 0, PAPER: 1, PLACES: 2, KEY: 3}


class FirstRunWindow(QWidget):
    """`ready(path)`: a store stands at `path` and can be opened. `look_around(Trial)`: so do sample data.

    `told(words)`: what the window that opens next should say first.
    """

    ready = Signal(Path)
    told = Signal(str)
    look_around = Signal(object)

    def __init__(self, settings: Settings, clock: Clock, folder: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._folder = folder or paths.data_folder()
        self._copies = settings.copies or (folder / "ban-sao" if folder is not None else usual_folder())
        self._office: OfficeFile | None = None
        self._named_on = CHOOSE
        self._places: Places | None = None
        self.closing: ClosingDialog | None = None
        self.jobs = Jobs(None, self)
        self.problems = Problems(self)
        listen(self.problems)
        self.jobs.unhandled.connect(self._refused)
        self.setObjectName("first")
        self.setWindowTitle(TITLE)
        limit_window(self, SMALLEST)
        place_window(self, QSize(1366, 696))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        screen = SmallScreen(SMALLEST)
        whole.addWidget(screen)
        inner = pane("window")
        screen.hold(inner)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = frame.Scrolled(self._make_left())
        self._left.setAccessibleName("Các bước")
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._left)
        row.addWidget(rule("v"))
        self.choose = ChoosePage()
        self.type = TypePage()
        self.paper = PaperPage()
        self.places = PlacesPage(self.jobs)
        self.key = KeyPage(self.jobs)
        self._pages = QStackedWidget()
        for page in (self.choose, self.type, self.paper, self.places, self.key):
            self._pages.addWidget(frame.Scrolled(page))
        holder = pane("window")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        row.addWidget(holder, 1)
        self.ring = FocusRing(self)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)
        self._connect()
        self._go(CHOOSE)

    def _connect(self) -> None:
        self.choose.chosen.connect(self.take)
        self.choose.typed.connect(self._type_anew)
        self.choose.old_machine.connect(self._open_existing)
        self.choose.unit_file.connect(self._open_unit_file)
        self.choose.sample.connect(self.ask_sample)
        self.type.typed.connect(self.take)
        self.type.back.connect(partial(self._go, CHOOSE))
        self.paper.done.connect(self._papered)
        self.paper.rename.connect(self._rename)
        self.paper.back.connect(self._back_to_office)
        self.places.done.connect(self._placed)
        self.places.back.connect(partial(self._go, PAPER))
        self.key.wanted.connect(self._make)
        self.key.open_office.connect(self.ready)
        self.key.back.connect(partial(self._go, PLACES))

    def _make_left(self) -> QWidget:
        left = pane("side")
        column = self._left_column = QVBoxLayout(left)
        column.setContentsMargins(36, 36, 36, 26)
        column.setSpacing(0)
        mark = Mark()
        mark.setFixedSize(52, 52)
        column.addWidget(mark)
        column.addSpacing(18)
        column.addWidget(Label("Tuần lễ học tập suốt đời", "display", wrap=True))
        column.addSpacing(6)
        what = "Lập kế hoạch, lập báo cáo, in trình ký và gửi lên cấp trên bằng USB. Máy không cần mạng."
        self._what = Label(what, "reading", "ink2", wrap=True)
        column.addWidget(self._what)
        column.addSpacing(32)
        self.steps = StepColumn()
        column.addWidget(self.steps)
        column.addStretch(1)
        column.addWidget(rule())
        column.addSpacing(14)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(IconLabel("history", "ink2", 18))
        foot.addWidget(Label("Khoảng 5 phút. Sửa lại được trong Thiết lập.", "body", "ink2", wrap=True), 1)
        column.addLayout(foot)
        return left

    # --- from page to page ---------------------------------------------------------------------------------------

    def search_for(self, words: str) -> None:
        """Types into the search of page 1."""
        self.choose.search_for(words)

    def _type_anew(self) -> None:
        if not self.type.begun():  # what was typed before a look at the list stays
            self.type.show_office(None, self.choose.search.text())
        self._go(TYPE)

    def _rename(self) -> None:
        self.type.show_office(self._office)
        self._go(TYPE)

    def take(self, office: OfficeFile) -> None:
        """This office it is: on to what it prints."""
        self._office = office
        self._named_on = TYPE if self.page_shown() == TYPE else CHOOSE
        self.paper.show_office(office)
        self._go(PAPER)

    def _back_to_office(self) -> None:
        self._go(self._named_on)

    def _papered(self, office: OfficeFile) -> None:
        self._office = office
        self.places.show_places(default_path(self._folder, office.own.code), self._copies)
        self.key.show_office(office.own.short_name)
        self._go(PLACES)

    def _placed(self, places: Places) -> None:
        self._places = places
        self._go(KEY)

    def _make(self, passphrase: str) -> None:
        office, places, clock = self._office, self._places, self._clock
        assert office is not None
        assert places is not None

        def job(progress: Progress) -> Made:  # noqa: ARG001 - one short step
            return make_whole(office, places, clock, passphrase)

        self._settings.copies = places.copies
        if not self._settings.person:  # whose name the history shows; Thiết lập changes it
            self._settings.person = office.own.contact.partition(",")[0].strip()
        self._run(job, self._made, "Đang tạo dữ liệu và khóa của đơn vị." if passphrase else "Đang tạo dữ liệu.")

    def _made(self, made: Made) -> None:
        self._idle()
        # from now on this office opens, even when the window is closed before the sheet was printed
        self._settings.store = made.path
        self.key.show_made(made)

    # --- other ways ----------------------------------------------------------------------------------------------

    def _open_existing(self) -> None:
        kinds = "Dữ liệu, bản sao, tệp bàn giao (*.hoctap *.htsao *.db)"
        name, _ = QFileDialog.getOpenFileName(self, "Mở dữ liệu từ máy cũ", str(self._begin_at()), kinds)
        if name:
            self.open_from(Path(name))

    def _begin_at(self) -> Path:
        """Where a dialog opens: where the last one ended, else the person's documents."""
        return self._settings.folder or documents()

    def open_from(self, file: Path) -> None:
        """Opens a store where it lies; a copy (.htsao) is put into the person's own folder first."""
        from hoctap_desktop.store.copies import EXTENSION

        if file.suffix.lower() != EXTENSION:
            self._come(file, "")
            return
        job = partial(_put_back, file, None, self._folder, self._clock)
        self._run(job, lambda done: self._come(*done), "Đang chuyển dữ liệu sang máy này.")

    def _come(self, path: Path, said: str) -> None:
        self._idle()
        self.told.emit(said)
        self.ready.emit(path)

    def put_back(self, copy: Path, path: Path) -> None:
        """Puts a copy in the place of the store at `path` and opens it; refused, that store opens as it was."""

        def refused(failure: BaseException) -> None:
            self._refused(failure)
            dialog = self.problems.shown()
            if dialog is not None:
                dialog.finished.connect(lambda _result: self.ready.emit(path))

        self._pages.setEnabled(False)
        job = partial(_put_back, copy, path, self._folder, self._clock)
        self.jobs.aside(job, lambda done: self._come(*done), refused, words="Đang khôi phục dữ liệu")

    def _open_unit_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Mở tệp đơn vị", str(self._begin_at()), "Tệp đơn vị (*.toml)")
        if name:
            self.read_unit_file(Path(name))

    def read_unit_file(self, file: Path) -> None:
        """Takes the office of a unit file, or says in a dialog what is wrong with it."""
        try:
            office = read_office_file(file)
        except UserError as refusal:
            self.problems.show(refusal)
            return
        self.take(office)

    def ask_sample(self) -> Dialog:
        """Asks whose sample data to look at."""
        dialog = Dialog(self, "Xem thử như đơn vị nào?", icon="eye")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_text("Dữ liệu mẫu để riêng, thoát ra là xóa sạch. Số liệu minh họa do chương trình đặt ra.")
        dialog.add_button("Để sau")
        names = {one.unit.code: one.unit.short_name for one in sample.candidates()}
        for code in (sample.UPPER, sample.COMMUNE):
            kind = "primary" if code == sample.COMMUNE else "secondary"
            dialog.add_button(names[code], kind, act=partial(self.open_sample, code))
        dialog.open()
        return dialog

    def open_sample(self, code: str) -> None:
        """Makes the sample data of an office in a folder of its own, and shows them."""
        clock = self._clock

        def job(progress: Progress) -> Trial:  # noqa: ARG001 - one short step
            return begin_trial(code, clock)

        self._run(job, self._trial, "Đang tạo dữ liệu mẫu.")

    def _trial(self, trial: Trial) -> None:
        self._idle()
        self.look_around.emit(trial)

    def show_help(self) -> HelpDialog:
        """Opens the help of the first pages."""
        dialog = HelpDialog(self, "first_run", FIRST_RUN[self.page_shown()])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    # --- work ----------------------------------------------------------------------------------------------------

    def _run(self, job: Callable[[Progress], T], done: Callable[[T], object], words: str) -> None:
        self.key.working.setText(words)
        self._pages.setEnabled(False)
        self.jobs.aside(job, done, self._refused, words=words.rstrip("."))

    def _idle(self) -> None:
        self.key.working.setText("")
        self._pages.setEnabled(True)

    def _refused(self, failure: BaseException) -> None:
        self._idle()
        self.problems.show(failure)

    # --- window --------------------------------------------------------------------------------------------------

    def page_shown(self) -> int:
        """CHOOSE, TYPE, PAPER, PLACES or KEY."""
        return self._pages.currentIndex()

    def _go(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        if isinstance(shown := self._pages.currentWidget(), frame.Scrolled):
            shown.verticalScrollBar().setValue(0)
        self.steps.set_step(_STEP_OF[page])
        first = {
            CHOOSE: self.choose.search,
            TYPE: self.type.fields["name"].edit,
            PAPER: self.paper.form.fields["name"].edit,
            PLACES: self.places.next,
            KEY: self.key.passphrase.edit,
        }[page]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @guarded(False)
    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        return reading_order.step(self, forward=next)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(theme.px(LEFT) if self.width() >= NARROW_BELOW else NARROW_LEFT)
        margin = 36 if self.width() >= NARROW_BELOW else 20
        self._left_column.setContentsMargins(margin, 36 if margin == 36 else 24, margin, 26)
        low = self.height() < LOW_BELOW
        self._what.setVisible(not low)
        self.steps.set_low(low)

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        # Something may wait for a stick that does not answer: the window says so and does not freeze.
        if not self.jobs.abandoned and not self.jobs.finish(CLOSE_GRACE_S):
            event.ignore()
            if self.closing is None:
                self.closing = ClosingDialog(self, self.jobs)
                self.closing.close_window.connect(self.close, Qt.ConnectionType.QueuedConnection)
                self.closing.finished.connect(self._waited)
                self.closing.open()
            return
        self.jobs.close()
        event.accept()

    def _waited(self) -> None:
        self.closing = None


def make_whole(office: OfficeFile, places: Places, clock: Clock, passphrase: str) -> Made:
    """Makes the store of an office, its key under the passphrase ("" none), and the enrolment of that key.

    Raises UserError of setting_up.make_office and of enrolment.
    """
    from hoctap_desktop.office.setting_up import make_office

    places.data.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # told each time a copy cannot be made; the office itself can
        places.copies.mkdir(parents=True, exist_ok=True)
    store = make_office(places.data, office, clock, places.campaign)
    try:
        if not passphrase:
            return Made(places.data)
        from hoctap_desktop.document import pdf
        from hoctap_desktop.submission import enrolment

        key = enrolment.init_key(store, passphrase, clock())
        if office.upper is None:
            return Made(places.data, key.fingerprint)
        asked = enrolment.request(store, key, clock())
        return Made(places.data, key.fingerprint, asked, pdf.render(asked.sheet).data, office.upper.name)
    finally:
        store.close()


def _put_back(copy: Path, path: Path | None, folder: Path, clock: Clock, progress: Progress) -> tuple[Path, str]:
    """Puts a copy at `path`, or where data of its office go: where they are now, and what to say of it."""
    from hoctap_desktop.office.safekeeping import put_back, restored_words
    from hoctap_desktop.store.copies import look

    done = put_back(copy, path or default_path(folder, look(copy).unit_code), clock, progress)
    return done.path, restored_words(done, clock())
