"""The first page: whose office this is, the passphrase of its key, where its data stand."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hoctap_desktop.campaign.office_file import OfficeFile, read_office_file
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import Clock
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.office import sample
from hoctap_desktop.ui import icons, theme
from hoctap_desktop.ui.first_run.office_list_model import ROW_HEIGHT, OfficeListModel, OfficePaint
from hoctap_desktop.ui.first_run.presenter import (
    PASSPHRASE_HINT,
    TypedOffice,
    default_path,
    office_row,
    strength,
    typed_office,
    wrong_parts,
)
from hoctap_desktop.ui.first_run.sample_data import sample_store
from hoctap_desktop.ui.guarded import guarded
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.on_screen import place_window
from hoctap_desktop.ui.problems import Problems, listen
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.fields import ChoiceField, TextField
from hoctap_desktop.ui.widgets.focus_ring import FocusRing
from hoctap_desktop.ui.widgets.labels import IconLabel, Label, rule
from hoctap_desktop.ui.widgets.panes import pane
from hoctap_desktop.units.levels import levels

TITLE = "Tuần lễ học tập suốt đời – bắt đầu"
LEFT, NARROW_LEFT, CONTENT = 404, 256, 720
NARROW_BELOW, LOW_BELOW = 1150, 600
STEPS = (
    ("Chọn đơn vị", "Tên này in ở đầu mọi văn bản"),
    ("Đặt mật khẩu cho khóa", "Để cấp trên nhận ra đơn vị"),
    ("Chọn nơi giữ dữ liệu", "Một tệp trên máy này"),
)
CHOOSE, TYPE, PASSPHRASE, PLACE = range(4)
_STEP_OF = {CHOOSE: 0, TYPE: 0, PASSPHRASE: 1, PLACE: 2}


class Mark(QWidget):
    """The product's mark: an open book with a check, white on ink blue."""

    @guarded(QSize(52, 52))
    def sizeHint(self) -> QSize:
        return QSize(52, 52)

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pri"))
        painter.drawRoundedRect(QRectF(0, 0, 52, 52), 8, 8)
        icons.paint_in(painter, "book-open-check", "on-pri", QRectF(0, 0, 52, 52), 30)


class StepColumn(QWidget):
    """The three steps at the left, the present one filled."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(44, 2, 0, 8)
        column.setSpacing(24)
        self._column = column
        self._titles: list[Label] = []
        self._texts: list[Label] = []
        for title, text in STEPS:
            words = QVBoxLayout()
            words.setSpacing(0)
            label = Label(title, "bold", wrap=True)
            self._titles.append(label)
            words.addWidget(label)
            self._texts.append(Label(text, "body", "ink2", wrap=True))
            words.addWidget(self._texts[-1])
            column.addLayout(words)
        self.set_step(0)

    def set_low(self, low: bool) -> None:
        """Titles alone, where the window is low."""
        for text in self._texts:
            text.setVisible(not low)
        self._column.setSpacing(18 if low else 24)

    def set_step(self, at: int) -> None:
        self._at = at
        for place, label in enumerate(self._titles):
            label.set_token("pri" if place == at else "ink")
        self.setAccessibleName(f"Bước {at + 1} trên {len(STEPS)}: {STEPS[at][0]}")
        self.update()

    @guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centers = [QPointF(15, label.y() + 13) for label in self._titles]
        painter.setPen(QPen(theme.color("road"), 2))
        for above, below in pairwise(centers):
            painter.drawLine(above + QPointF(0, 15), below - QPointF(0, 15))
        for place, center in enumerate(centers):
            done, now = place < self._at, place == self._at
            painter.setPen(QPen(theme.color("ok" if done else "pri" if now else "road"), 2))
            painter.setBrush(theme.color("ok-tint" if done else "pri" if now else "side"))
            painter.drawEllipse(center, 14, 14)
            box = QRectF(center.x() - 15, center.y() - 15, 30, 30)
            if done:
                icons.paint_in(painter, "check", "ok", box, 16)
            else:
                painter.setFont(theme.font("bold"))
                painter.setPen(theme.color("on-pri" if now else "ink2"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(place + 1))


class SearchEdit(QLineEdit):
    """The search box; Down and Up walk the list under it."""

    stepped = Signal(int)

    @guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class FirstRunWindow(QWidget):
    """`ready(path)`: a store stands at `path` and can be opened."""

    ready = Signal(Path)

    def __init__(self, settings: Settings, clock: Clock, folder: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._folder = folder or paths.data_folder()
        self._candidates = sample.candidates()
        self._office: OfficeFile | None = None
        self._passphrase = ""
        self._chosen_on = CHOOSE
        self._campaign = ""
        self.jobs = Jobs(None, self)
        self.problems = Problems(self)
        listen(self.problems)
        self.jobs.unhandled.connect(self.problems.show)
        self.setObjectName("first")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(900, 440)
        place_window(self, QSize(1366, 696))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = self._make_left()
        row.addWidget(self._left)
        row.addWidget(rule("v"))
        self._pages = QStackedWidget()
        for made in (self._choose_page(), self._type_page(), self._passphrase_page(), self._place_page()):
            self._pages.addWidget(_scrolled(made))
        holder = pane("window")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        row.addWidget(holder, 1)
        self.ring = FocusRing(self)
        self.search_for("")
        self._go(CHOOSE)

    # --- the left side -------------------------------------------------------------------------------------------

    def _make_left(self) -> QWidget:
        left = pane("side")
        left.setFixedWidth(LEFT)
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
        foot.addWidget(Label("Khoảng 5 phút.", "body", "ink2"), 1)
        column.addLayout(foot)
        return left

    # --- step 1 --------------------------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        page, column = _page("Đơn vị của anh, chị là đơn vị nào?", "Gõ vài chữ trong tên, không cần dấu.")
        self.search = SearchEdit()
        self.search.setProperty("extent", "large")
        self.search.setAccessibleName("Tìm đơn vị")
        self.search.addAction(icons.icon("search", "ink2", 18), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(self.search_for)
        self.search.returnPressed.connect(self._chosen)
        self.search.stepped.connect(self._step)
        column.addWidget(self.search)
        column.addSpacing(8)
        frame = QFrame()
        frame.setProperty("tablecard", "true")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        self.offices = OfficeListModel()
        self.offices.setParent(self)
        self.list = QListView()
        self.list.setModel(self.offices)
        self._paint = OfficePaint(self.list)
        self.list.setItemDelegate(self._paint)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Các đơn vị")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.activated.connect(lambda _index: self._chosen())
        inner.addWidget(self.list)
        self._frame = frame
        column.addWidget(frame)
        self._none = Label("Không có đơn vị nào có tên như vậy trong dữ liệu mẫu.", "body", "ink2")
        column.addWidget(self._none)
        column.addSpacing(6)
        line = QHBoxLayout()
        line.addWidget(Button("Không thấy đơn vị, tự nhập tên", "text", icon="plus", act=lambda: self._go(TYPE)))
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(10)
        self.next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._chosen)
        column.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(28)
        column.addWidget(rule())
        column.addSpacing(12)
        column.addWidget(Label("Hoặc bắt đầu cách khác", "group"))
        column.addSpacing(8)
        ways = QHBoxLayout()
        ways.setSpacing(10)
        ways.addWidget(Button("Mở dữ liệu đã có", icon="database", act=self._open_existing))
        ways.addWidget(Button("Mở tệp đơn vị", icon="folder-open", act=self._open_unit_file))
        ways.addWidget(Button("Xem thử với dữ liệu mẫu", icon="eye", act=self.ask_sample))
        ways.addStretch(1)
        column.addLayout(ways)
        column.addStretch(1)
        return page

    def search_for(self, words: str) -> None:
        """Shows the offices whose name holds `words`; the first one is chosen."""
        if self.search.text() != words:
            self.search.setText(words)
        found = sample.search(words, self._candidates)
        self.offices.set_rows([office_row(one.unit) for one in found], words)
        self._none.setVisible(not found)
        self._frame.setVisible(bool(found))  # not an empty white box
        self.list.setFixedHeight(theme.px(ROW_HEIGHT) * min(5, max(1, len(found))))
        if found:
            self.list.setCurrentIndex(self.offices.index(0))
            self.next.enable()
        else:
            self.next.disable("Chưa chọn đơn vị nào")

    def _step(self, by: int) -> None:
        row = min(max(self.list.currentIndex().row() + by, 0), self.offices.rowCount() - 1)
        self.list.setCurrentIndex(self.offices.index(row))

    def _chosen(self) -> None:
        code = self.offices.code(self.list.currentIndex())
        found = next((one for one in self._candidates if one.unit.code == code), None)
        if found is not None:
            self.take(found.office)

    def take(self, office: OfficeFile) -> None:
        """This office it is: on to its passphrase."""
        self._office = office
        self._chosen_on = TYPE if self.page_shown() == TYPE else CHOOSE
        self._path.set_text(str(default_path(self._folder, office.own.code)))
        self._whose.setText(f"Khóa của {office.own.short_name}")
        self._go(PASSPHRASE)

    # --- step 1, typed -------------------------------------------------------------------------------------------

    def _type_page(self) -> QWidget:
        page, column = _page("Đơn vị của anh, chị", "Ghi như trên con dấu và trên văn bản.")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self.fields: dict[str, TextField] = {
            "name": TextField("Tên đầy đủ", placeholder="Ủy ban nhân dân xã Hà Thượng"),
            "short_name": TextField("Tên ngắn trên màn hình", placeholder="UBND xã Hà Thượng"),
            "code": TextField("Mã đơn vị", placeholder="05812", hint="Cấp trên cấp, xã có 5 số."),
            "area": TextField("Thuộc", placeholder="huyện Đại Từ"),
            "place": TextField("Địa danh ở dòng ngày tháng", placeholder="Hà Thượng"),
            "symbol": TextField("Ký hiệu trên văn bản", placeholder="UBND", hint="UBND ở 35/BC-UBND."),
            "upper_name": TextField("Cấp trên nhận gói", placeholder="Phòng Giáo dục và Đào tạo huyện Đại Từ"),
            "upper_code": TextField("Mã cấp trên", placeholder="19-171-GDDT", hint="Hỏi nơi nhận gói."),
        }
        self.level = ChoiceField("Loại đơn vị")
        for level in sorted(levels(), key=lambda one: one.rank):
            self.level.add(level.word[:1].upper() + level.word[1:], level.id)
        self.level.choose("commune")
        self.upper_level = ChoiceField("Loại của cấp trên")
        for level in sorted(levels(), key=lambda one: one.rank):
            self.upper_level.add(level.word[:1].upper() + level.word[1:], level.id)
        self.upper_level.choose("huyen")
        for part, row, left, wide in (
            (self.fields["name"], 0, 0, 2),
            (self.fields["short_name"], 0, 2, 1),
            (self.level, 1, 0, 1),
            (self.fields["code"], 1, 1, 1),
            (self.fields["area"], 1, 2, 1),
            (self.fields["place"], 2, 0, 1),
            (self.fields["symbol"], 2, 1, 1),
            (self.fields["upper_name"], 3, 0, 1),
            (self.upper_level, 3, 1, 1),
            (self.fields["upper_code"], 3, 2, 1),
        ):
            # At the top: a message under one field must not move its neighbours.
            grid.addWidget(part, row, left, 1, wide, Qt.AlignmentFlag.AlignTop)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addSpacing(20)
        self.typed_next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._typed)
        column.addLayout(
            _acts(self.typed_next, Button("Về chỗ chọn đơn vị", size="large", act=lambda: self._go(CHOOSE)))
        )
        column.addStretch(1)
        return page

    def _typed(self) -> None:
        typed = TypedOffice(
            **{name: field.text() for name, field in self.fields.items()},
            level=str(self.level.data()),
            upper_level=str(self.upper_level.data()),
        )
        wrong = wrong_parts(typed)
        for name, field in self.fields.items():
            field.show_state("error" if name in wrong else "normal", wrong.get(name, ""))
        if wrong:
            first = next((self.fields[name] for name in self.fields if name in wrong), None)
            if first is not None:
                first.edit.setFocus()
            return
        self.take(typed_office(typed))

    # --- step 2 --------------------------------------------------------------------------------------------------

    def _passphrase_page(self) -> QWidget:
        under = "Khóa ký mọi gói gửi đi. Mật khẩu giữ khóa khỏi tay người khác dùng máy này."
        page, column = _page("Đặt mật khẩu cho khóa của đơn vị", under)
        self._whose = Label("", "group")
        column.addWidget(self._whose)
        column.addSpacing(8)
        self.passphrase = TextField("Mật khẩu", hint=PASSPHRASE_HINT)
        self.again = TextField("Gõ lại mật khẩu")
        for field in (self.passphrase, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaximumWidth(460)
            column.addWidget(field)
            column.addSpacing(12)
        self.passphrase.edited.connect(self._judge_passphrase)
        self.passphrase.edit.returnPressed.connect(self.again.edit.setFocus)
        self.again.edited.connect(lambda _text: self.again.show_state())
        self.again.edit.returnPressed.connect(self._keyed)
        note = QFrame()
        note.setProperty("card", "note")
        inner = QHBoxLayout(note)
        inner.setContentsMargins(14, 12, 14, 12)
        inner.setSpacing(10)
        inner.addWidget(IconLabel("info", "pri", 18), 0, Qt.AlignmentFlag.AlignTop)
        said = "Máy không nhớ mật khẩu. Quên thì phải làm khóa mới và đăng ký lại với cấp trên."
        inner.addWidget(Label(said, wrap=True), 1)
        column.addWidget(note)
        column.addSpacing(20)
        self.key_next = Button("Tiếp tục", "primary", icon="arrow-right", size="large", act=self._keyed)
        skip = Button("Để sau", size="large", words="Chưa có khóa thì chưa xuất được gói", act=self._skip_key)
        back = Button("Về bước trước", size="large", act=self._back_to_office)
        column.addLayout(_acts(self.key_next, skip, back))
        column.addStretch(1)
        return page

    def _judge_passphrase(self, text: str) -> None:
        said = strength(text)
        self.passphrase.show_state("warn" if text and said.tone != "ok" else "normal", said.words if text else "")

    def _keyed(self) -> None:
        typed = self.passphrase.text()
        said = strength(typed)
        if not said.enough:
            self.passphrase.show_state("error", said.words)
            self.passphrase.edit.setFocus()
            return
        self.passphrase.show_state()
        if self.again.text() != typed:
            self.again.show_state("error", "Hai lần gõ chưa giống nhau.")
            self.again.edit.setFocus()
            return
        self.again.show_state()
        self._passphrase = typed
        self._go(PLACE)

    def _back_to_office(self) -> None:
        self._go(self._chosen_on)

    def _skip_key(self) -> None:
        self._passphrase = ""
        self._go(PLACE)

    # --- step 3 --------------------------------------------------------------------------------------------------

    def _place_page(self) -> QWidget:
        under = "Mọi thứ nằm trong một tệp trên máy này, không gửi đi đâu."
        page, column = _page("Dữ liệu của đơn vị để ở đâu?", under)
        line = QHBoxLayout()
        line.setSpacing(10)
        self._path = TextField("Tệp dữ liệu")
        line.addWidget(self._path, 1)
        line.addWidget(
            Button("Chọn nơi khác", icon="folder-open", act=self._choose_place), 0, Qt.AlignmentFlag.AlignBottom
        )
        column.addLayout(line)
        column.addSpacing(12)
        self.campaign = ChoiceField("Đợt")
        self.campaign.setMaximumWidth(460)
        from hoctap_desktop.campaign.repository import shipped

        for one in reversed(shipped()):
            self.campaign.add(one.name, one.id)
        column.addWidget(self.campaign)
        column.addSpacing(20)
        self.make = Button("Tạo dữ liệu của đơn vị", "primary", icon="arrow-right", size="large", act=self._make)
        column.addLayout(_acts(self.make, Button("Về bước trước", size="large", act=lambda: self._go(PASSPHRASE))))
        self._working = Label("", "body", "ink2")
        column.addSpacing(8)
        column.addWidget(self._working)
        column.addStretch(1)
        return page

    def _choose_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Chọn nơi giữ dữ liệu", self._path.text(), "Dữ liệu (*.hoctap)")
        if name:
            self._path.set_text(name if name.endswith(".hoctap") else f"{name}.hoctap")

    def _make(self) -> None:
        office, clock, passphrase = self._office, self._clock, self._passphrase
        assert office is not None
        path = Path(self._path.text()).expanduser()
        campaign = str(self.campaign.data())

        def job(progress: Progress) -> Path:  # noqa: ARG001 - one short step
            from hoctap_desktop.office.setting_up import make_office

            path.parent.mkdir(parents=True, exist_ok=True)
            store = make_office(path, office, clock, campaign)
            try:
                if passphrase:
                    from hoctap_desktop.submission.enrolment import init_key

                    init_key(store, passphrase, clock())
            finally:
                store.close()
            return path

        self._run(job, "Đang tạo dữ liệu và khóa của đơn vị.")

    # --- other ways ----------------------------------------------------------------------------------------------

    def _open_existing(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Mở dữ liệu đã có", str(self._folder), "Dữ liệu (*.hoctap *.db)")
        if name:
            self.ready.emit(Path(name))

    def _open_unit_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Mở tệp đơn vị", "", "Tệp đơn vị (*.toml)")
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
        dialog.add_text("Dữ liệu mẫu để riêng, không lẫn với dữ liệu thật. Số liệu minh họa do chương trình đặt ra.")
        dialog.add_button("Để sau")
        for code in (sample.UPPER, sample.COMMUNE):
            unit = next(one.unit for one in self._candidates if one.unit.code == code)
            kind = "primary" if code == sample.COMMUNE else "secondary"
            dialog.add_button(unit.short_name, kind, act=partial(self.open_sample, code))
        dialog.open()
        return dialog

    def open_sample(self, code: str) -> None:
        """Opens the sample data of an office, made on first use."""
        folder, clock = self._folder / "du-lieu-mau", self._clock

        def job(progress: Progress) -> Path:  # noqa: ARG001 - one short step
            return sample_store(folder, code, clock)

        self._run(job, "Đang tạo dữ liệu mẫu.")

    def _run(self, job: Callable[[Progress], Path], words: str) -> None:
        self._working.setText(words)
        self._pages.setEnabled(False)
        self.jobs.aside(job, self._made, self._refused)

    def _made(self, path: Path) -> None:
        self._working.setText("")
        self._pages.setEnabled(True)
        self.ready.emit(path)

    def _refused(self, failure: BaseException) -> None:
        self._working.setText("")
        self._pages.setEnabled(True)
        self.problems.show(failure)

    # --- window --------------------------------------------------------------------------------------------------

    def page_shown(self) -> int:
        """CHOOSE, TYPE, PASSPHRASE or PLACE."""
        return self._pages.currentIndex()

    def _go(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.steps.set_step(_STEP_OF[page])
        first: Sequence[QWidget] = (self.search, self.fields["name"].edit, self.passphrase.edit, self.make)
        first[page].setFocus(Qt.FocusReason.OtherFocusReason)

    @guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(LEFT if self.width() >= NARROW_BELOW else NARROW_LEFT)
        margin = 36 if self.width() >= NARROW_BELOW else 20
        self._left_column.setContentsMargins(margin, 36 if margin == 36 else 24, margin, 26)
        low = self.height() < LOW_BELOW
        self._what.setVisible(not low)
        self.steps.set_low(low)

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        self.jobs.finish()
        self.jobs.close()
        event.accept()


def _page(title: str, under: str) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(56, 34, 24, 24)
    block = QWidget()
    block.setMaximumWidth(CONTENT)
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = Label(title, "page", wrap=True)
    face = head.font()
    face.setPixelSize(theme.px(24))
    head.setFont(face)
    column.addWidget(head)
    column.addSpacing(4)
    column.addWidget(Label(under, "reading", "ink2", wrap=True))
    column.addSpacing(16)
    row.addWidget(block, 100)
    row.addStretch(1)
    return holder, column


def _scrolled(page: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(page)
    return made


def _acts(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
