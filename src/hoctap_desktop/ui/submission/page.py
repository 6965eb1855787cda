"""Gói gửi đi: where to, the steps with their times, when the stick may be pulled, the paper code, what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.files import Stage
from hoctap_desktop.foundation.progress import Cancelled, Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import outgoing
from hoctap_desktop.submission.keys import ROUNDS
from hoctap_desktop.submission.outgoing import Outbox
from hoctap_desktop.submission.seal import Sealed
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.wrapper import is_encrypted
from hoctap_desktop.ui import files, theme
from hoctap_desktop.ui.opening import BUTTON, choose_slip
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.enrolling import Enrolling
from hoctap_desktop.ui.submission.for_merged import ForMerged
from hoctap_desktop.ui.submission.frame import Body, SubmissionFrame
from hoctap_desktop.ui.submission.handing_in import HandingIn
from hoctap_desktop.ui.submission.office_key import KeyState, OfficeKey
from hoctap_desktop.ui.submission.paper_side import PaperSide
from hoctap_desktop.ui.submission.presenter import (
    NAMES,
    Export,
    Failure,
    State,
    Target,
    Volume,
    encryption_words,
    export_of,
    failure_of,
    sticks,
)
from hoctap_desktop.ui.submission.volumes import mounted
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.dialog import Dialog
from hoctap_desktop.ui.widgets.empty_state import EmptyState
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.ui.widgets.step_list import StepRow

LOOK_EVERY_MS = 3_000
_STAGES = tuple(Stage)
NO_STICK = "Chưa thấy USB"


class SubmissionPage(SubmissionFrame):
    """argument of enter: filing id, or None for the first that may go out.

    rounds: of the key's passphrase (tests take fewer).
    """

    _stage = Signal(object, object)

    def __init__(self, session: Session, rounds: int = ROUNDS) -> None:
        super().__init__(session)
        self._rounds = rounds
        self.box: Outbox | None = None
        self.export = Export(None, session.upper)
        self._sealed: Sealed | None = None
        self._targets: tuple[Target, ...] = ()
        self._wanted = ""
        self.dialog: Dialog | None = None

        self.instead = ForMerged(self, self._show)
        self.enrolling = Enrolling(self, self._with_key)
        self.enrol_button = self.enrolling.button
        self.slip_button = Button(BUTTON, icon="inbox", act=lambda: choose_slip(self, self.session))
        self.handing_in = HandingIn(self)
        self.side = PaperSide((self.handing_in.button, self.enrol_button, self.slip_button, self.instead.button))
        self._build()

        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look_for_sticks)
        self._stage.connect(self._reached)
        for button, act in (
            (self.write_button, self._write_to_stick),
            (self.done_button, self._go_home),
            (self.other_button, self._again),
            (self.folder_button, self._ask_folder),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.filings.chosen.connect(lambda id: self._choose(str(id)))
        self.secret.toggled.connect(self._tell_of_encryption)
        session.campaign_changed.connect(self._campaign_changed)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.empty = EmptyState(
            "package",
            "Chưa có gì để gửi",
            "Chốt kế hoạch hoặc báo cáo để in trước. Sau đó máy ký gói, ghi vào USB và đọc lại cho chắc.",
            "Về báo cáo",
            lambda: self.session.navigate.emit("report", None),
            button_icon="clipboard-list",
            also=self.enrolling.button.text(),
            also_act=self.enrolling.ask,
        )
        scroll = QScrollArea()
        scroll.setAccessibleName("Nội dung trang")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = body = Body()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._columns.setContentsMargins(24, 16, 24, 20)
        self._columns.setSpacing(24)
        self._columns.addLayout(self.main_column(), 1)
        self._columns.addWidget(self.side)
        scroll.setWidget(body)
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scroll)
        self._scroll = scroll
        self.column.addWidget(self.stack, 1)

    # --- the page protocol ----------------------------------------------------------------------------------------

    def enter(self, argument: object = None) -> None:
        if self.export.state is State.WORKING:
            return
        if isinstance(argument, str) and argument:
            self._ask_anew(argument)
            self._wanted = argument
        self._read()
        self._look_for_sticks()

    def leave(self) -> None:
        self._timer.stop()

    def first_focus(self) -> QWidget | None:
        return self.empty.button if self.export.state is State.EMPTY else self._primary()

    def panes(self) -> Sequence[QWidget]:
        return (self._primary(), self.enrol_button)

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        # on a low screen what may be done stands right under what is said
        self._main.removeWidget(self._acts)
        self._main.insertWidget(self._main.indexOf(self.where if narrow else self.details) + 1, self._acts)
        self.side.set_narrow(narrow=narrow)

    def saved_place(self) -> Callable[[QWidget], object] | None:
        return None

    def _primary(self) -> Button:
        if self.export.state is State.DONE:
            return self.done_button
        return self.write_button if self.write_button.isEnabled() else self.folder_button

    # --- reading --------------------------------------------------------------------------------------------------

    def _campaign_changed(self) -> None:
        self._wanted = ""
        if self.isVisible():
            self.enter()

    def _read(self) -> None:
        self.session.jobs.run(outgoing.outbox, self._take, words="Đang mở gói gửi đi")

    def _take(self, box: Outbox) -> None:
        self.box = box
        self.filings.box.clear()
        for one in box.outgoing:
            self.filings.add(
                f"{NAMES[one.filing.kind]} {one.filing.campaign}, lần {one.filing.revision}", one.filing.id
            )
        self._choose(self._wanted)

    def _choose(self, filing_id: str) -> None:
        if self.box is None or self.export.state is State.WORKING:
            return
        self._ask_anew(filing_id)
        self._wanted = filing_id
        self.export = export_of(self.box, filing_id)
        if self.export.outgoing is not None:
            self.filings.choose(self.export.filing.id)
            self._sealed = self.export.outgoing.sealed
        self._show()
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_for_sticks(self) -> None:
        if self.export.state is not State.WORKING:
            self.session.jobs.aside(lambda _progress: mounted(), self._take_volumes)

    def _take_volumes(self, volumes: Sequence[Volume]) -> None:
        targets = sticks(volumes)
        if targets != self._targets or self.target.box.count() == 0:
            kept = self.target.data()
            self._targets = targets
            self.target.box.clear()
            for target in targets:
                self.target.add(target.words, target.folder)
            if not targets:
                self.target.add(NO_STICK, "")
            self.target.choose(kept)
            self._show()
        if self.isVisible():
            self._timer.start()

    # --- showing --------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        export = self.export
        state = export.state
        self.stack.setCurrentWidget(self.empty if state is State.EMPTY else self._scroll)
        if state is State.EMPTY:
            self.banners.setContentsMargins(theme.PAGE_MARGIN, 16, theme.PAGE_MARGIN, 0)
            self.column.insertWidget(0, self.banners)
            return
        self.banners.setContentsMargins(0, 0, 0, 0)
        self._main.insertWidget(1, self.banners)
        self.head.set(export.title, export.under)
        said = export.banner()
        self.usb.setVisible(said is not None)
        if said is not None:
            stick = export.target is None or export.target.stick
            self.usb.say(said.tone, said.title, said.text, "usb" if stick else "save")
        self.where.setVisible(state is State.READY)
        self.filings.setVisible(self.filings.box.count() > 1)
        self.target.box.setEnabled(bool(self._targets))
        self._tell_of_encryption()
        self.steps.set_rows([StepRow(line.words, line.state, line.when) for line in export.lines()])
        self._show_details(export.details())
        self._show_attached()
        self._show_buttons(state)
        self.handing_in.show_export(export)
        self.side.show_code(export)
        self.side.show_next(export.next_steps(self.session.campaign, self.session.now().date()))
        self.side.show_key(self.box.fingerprint if self.box else "")
        # what was shown or hidden is known to the layout only after this
        QTimer.singleShot(0, self._body, self._body.updateGeometry)

    def _ask_anew(self, filing_id: str) -> None:
        """The choice to encrypt is one paper's: the next begins without it."""
        shown = self.export.filing.id if self.export.outgoing is not None else ""
        if filing_id and shown and filing_id != shown:
            self.secret.setChecked(False)

    def _tell_of_encryption(self, *_checked: bool) -> None:
        cannot = self.box.cannot_encrypt if self.box else ""
        if cannot:
            self.secret.setChecked(False)
        self.secret.setEnabled(not cannot)
        self.secret_words.setText(encryption_words(self.export.upper, cannot, chosen=self.secret.isChecked()))
        QTimer.singleShot(0, self._body, self._body.updateGeometry)

    def _show_attached(self) -> None:
        """What travels with the filing; a scan of the signed paper may still be added until the package is made."""
        one = self.export.outgoing
        # the package is about the newest final revision: a draft after it has a list of its own
        shown = one is not None and self.box is not None and self.export.state is not State.WORKING
        self.attached_card.setVisible(shown)
        if one is not None and shown:
            self.attached.show_owner(one.filing.id, one.filing.revision)
        else:
            self.attached.show_owner("")

    def _show_details(self, rows: Sequence[tuple[str, str]]) -> None:
        while (item := self._details.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, (name, words) in enumerate(rows):
            self._details.addWidget(Label(name, "body", "ink2"), at, 0, Qt.AlignmentFlag.AlignTop)
            file = name.startswith("Tệp")
            self._details.addWidget(Label(words, "bold" if file else "body", wrap=True, selectable=file), at, 1)
        self.details.setVisible(bool(rows))

    def _show_buttons(self, state: State) -> None:
        ready, done = state is State.READY, state is State.DONE
        self.write_button.setVisible(ready)
        self.done_button.setVisible(done)
        self.other_button.setVisible(done)
        self.folder_button.setVisible(ready or done)
        self.instead.button.setVisible(ready and self._sealed is None and self.instead.key is None)
        if self.export.upper is None:
            why = "Chưa khai đơn vị cấp trên để gửi gói."
            self.write_button.disable(why)
            self.folder_button.disable(why)
            return
        self.folder_button.enable()
        self.write_button.enable() if self._targets else self.write_button.disable("Cắm USB rồi đợi vài giây.")

    # --- writing --------------------------------------------------------------------------------------------------

    def _write_to_stick(self) -> None:
        folder = self.target.data()
        target = next((one for one in self._targets if one.folder == folder), None)
        if target is not None:
            self.write(target)

    def _ask_folder(self) -> None:
        files.choose_place(self, lambda folder: self.write(Target(f"thư mục {folder.name}", str(folder), stick=False)))

    def write(self, target: Target) -> None:
        """Seals (asking for the key when that was not done before) and writes to `target`."""
        if self.export.outgoing is None or self.export.state is State.WORKING:
            return
        on_token = self.box is not None and self.box.token is not None
        if self._sealed is not None and not (self.secret.isChecked() and on_token):
            self._start(None, target)
        elif self.instead.key is not None:
            self._start(self.instead.key, target)
        else:
            self._with_key(lambda key: self._start(key, target))

    def _start(self, key: Signer | None, target: Target) -> None:
        self._timer.stop()
        self.export = self.export.begin(target)
        # the button that had the keyboard goes: it must not pass to one further down and scroll the banner away
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()
        self._to_top()
        id, encrypt = self.export.filing.id, self.secret.isChecked()

        def job(store: Store) -> Sealed:
            return outgoing.sealed_file(store, id, key, store.clock(), encrypt=encrypt)

        self.session.jobs.run(job, self._signed, self._failed)

    def _signed(self, sealed: Sealed) -> None:
        self._sealed = sealed
        self.instead.let_go()
        self.export = self.export.signed(
            sealed.name, len(sealed.data), self.session.now(), encrypted=is_encrypted(sealed.data)
        )
        self._show()
        self.session.changed.emit(self.export.filing.id)
        assert self.export.target is not None
        folder = Path(self.export.target.folder)
        clock = self.session.clock

        def job(progress: Progress) -> Path | None:
            def told(stage: Stage) -> None:
                if stage is not Stage.COMPARED:  # after it there is nothing left to stop
                    progress(_STAGES.index(stage) + 1, len(_STAGES))
                self._stage.emit(stage, clock())

            try:
                progress(0, len(_STAGES))
                return outgoing.write_to(folder, sealed.name, sealed.data, told)
            except Cancelled:
                return None

        words = f"Đang ghi vào {self.export.target.words}"
        self.session.jobs.aside(job, self._written, self._failed, words=words, things="bước", stoppable=True)

    def _reached(self, stage: object, moment: object) -> None:
        if isinstance(stage, Stage) and self.export.state is State.WORKING:
            self.export = self.export.reached(stage, moment)  # type: ignore[arg-type]
            self._show()

    def _written(self, path: Path | None) -> None:
        if path is None:
            self.export = self.export.stopped()
            self._show()
            self._look_for_sticks()
            return
        assert self.export.target is not None
        assert self._sealed is not None
        sealed, place, at = self._sealed, self.export.target.words, self.session.now()
        self.session.jobs.run(lambda store: outgoing.note_out(store, sealed, place, at), self._noted)
        self._show()
        self.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._to_top()

    def _noted(self, _none: None) -> None:
        self.session.changed.emit(self.export.filing.id)

    def _to_top(self) -> None:
        """What is said of the stick must be seen."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(0)
        QTimer.singleShot(0, bar, lambda: bar.setValue(0))

    def _failed(self, failure: BaseException) -> None:
        told = failure_of(failure, self.export) if isinstance(failure, UserError) else None
        self.export = self.export.stopped()
        self._show()
        self._look_for_sticks()
        if told is None:
            self.session.problem.emit(failure)
        else:
            self._show_failure(told)

    def _show_failure(self, told: Failure) -> None:
        target = self.export.target
        stick = target is None or target.stick
        dialog = Dialog(self, told.title, icon="usb" if stick else "folder-open", tone="warn")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_text(told.text)
        dialog.add_steps(told.steps)
        dialog.add_details(told.details, told.code)
        words = "Lưu vào máy" if stick else "Chọn thư mục khác"
        dialog.add_button(words, icon="save" if stick else "folder-open", act=self._ask_folder)
        dialog.add_button("Để sau")
        if target is not None:
            dialog.add_button("Ghi lại", "primary", icon="refresh-cw", act=lambda: self.write(target))
        self._open(dialog)

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _again(self) -> None:
        """Another stick: back to choosing one."""
        self.export = self.export.left()
        self._show()
        self._look_for_sticks()

    def _go_home(self) -> None:
        self.session.navigate.emit("home", None)

    # --- the key --------------------------------------------------------------------------------------------------

    def _with_key(self, act: Callable[[Signer], object]) -> None:
        """Runs `act` once the office's key is open; makes one first when there is none."""
        keeper = OfficeKey.of(self.session)
        state = KeyState(bool(self.box and self.box.fingerprint), self.box.token if self.box else None)
        keeper.then(self, act, made=self._tell_of_new_key, rounds=self._rounds, state=state)
        if keeper.dialog is not None:
            self.dialog = keeper.dialog
            keeper.dialog.finished.connect(self._closed)

    def use_key(self, key: Signer) -> None:
        """The office's key, opened elsewhere: it is not asked for again."""
        OfficeKey.of(self.session).key = key

    def _tell_of_new_key(self, key: Signer) -> None:
        if self.box is not None:
            self.box = replace(self.box, fingerprint=key.fingerprint)
        self.enrolling.offer()
