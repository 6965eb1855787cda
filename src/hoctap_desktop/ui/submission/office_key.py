"""The office's key while the window is open: asked for once, held in memory only, let go when it rests too long."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import Progress
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import enrolment, key_rows
from hoctap_desktop.submission.encrypted_files import OwnReader, unlock
from hoctap_desktop.submission.key_rows import TokenPlace
from hoctap_desktop.submission.keys import ROUNDS
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.submission.signer import Opener, Signer
from hoctap_desktop.submission.tokens import TokenSigner, keys_on, open_token
from hoctap_desktop.ui.of_session import OfSession
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.key_dialog import KeyDialog

_MINUTE_MS = 60_000
# What a person can put right in the dialog that asks.
_TOLD_THERE = frozenset(
    {
        Code.WRONG_PASSPHRASE,
        Code.WEAK_PASSPHRASE,
        Code.TOKEN_PIN_WRONG,
        Code.TOKEN_PIN_LOCKED,
        Code.TOKEN_MISSING,
        Code.TOKEN_SLOW,
        Code.TOKEN_BROKE,
        Code.TOKEN_REFUSED,
    }
)
_LOGIN_GONE = frozenset({Code.TOKEN_SLOW, Code.TOKEN_BROKE, Code.TOKEN_MISSING, Code.TOKEN_REFUSED})
Act = Callable[[Signer], object]


@dataclass(frozen=True)
class KeyState:
    """has_key: the office has one. token: where it is when it lies on a token."""

    has_key: bool
    token: TokenPlace | None = None


def key_state(store: Store) -> KeyState:
    """Whether the office has a key, and where."""
    kept = own_key(store)
    return KeyState(kept is not None, key_rows.token_place(store, kept.key_hash) if kept is not None else None)


class OfficeKey(OfSession):
    """`changed()`: opened or let go.

    It rests from the last signature on; after the minutes chosen in Thiết lập the passphrase is asked for again.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._key: Signer | None = None
        self._former: dict[str, Opener] = {}
        self.dialog: KeyDialog | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.lock)
        session.leave_office.connect(self.lock)
        session.restore_wanted.connect(self.lock)
        session.problem.connect(self._look_at)
        session.jobs.unhandled.connect(self._look_at)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.lock)

    @property
    def key(self) -> Signer | None:
        """None until it was opened, and after it was let go."""
        return self._key

    @key.setter
    def key(self, signer: Signer) -> None:
        self._key = signer
        self._rest_anew()
        self.changed.emit()

    def lock(self, *_why: object) -> None:
        """Lets the key go, and with it the login of a token; keys of before too."""
        signer, self._key = self._key, None
        former, self._former = self._former, {}
        self._rest.stop()
        for one in (signer, *former.values()):
            if isinstance(one, TokenSigner):
                one.close()
        if signer is not None:
            self.changed.emit()

    def rest_changed(self) -> None:
        """The minutes of rest were chosen anew."""
        if self._key is not None or self._former:
            self._rest_anew()

    def then_keys(
        self, parent: QWidget, readers: Sequence[OwnReader], act: Callable[[Sequence[Opener]], object]
    ) -> None:
        """Runs `act` with those of the keys that are open, after asking once for each that is not.

        One that a person leaves out stays closed: what is encrypted to it is told so in its own line.
        """
        self._ask_to_open(parent, tuple(readers), act, frozenset())

    def then(
        self,
        parent: QWidget,
        act: Act,
        *,
        made: Act | None = None,
        rounds: int = ROUNDS,
        state: KeyState | None = None,
    ) -> None:
        """Runs `act` with the open key; asks for the passphrase or PIN first, for that of a new key when there is none.

        made: told of a new key before `act`. state: what the office has, where the caller knows.
        """
        if self._key is not None:
            self._rest_anew()
            act(self._key)
        elif state is not None:
            self._ask(parent, act, made, rounds, state)
        else:
            self._session.jobs.run(key_state, lambda found: self._ask(parent, act, made, rounds, found))

    def _open(self, reader: OwnReader) -> Opener | None:
        self._drop_dead()
        if self._key is not None and self._key.key_hash == reader.key_hash:
            return self._key
        return self._former.get(reader.key_hash)

    def _drop_dead(self) -> None:
        """Forgets logins of tokens that ended by themselves."""
        if isinstance(self._key, TokenSigner) and not self._key.alive:
            self.lock()
        dead = [one.key_hash for one in self._former.values() if isinstance(one, TokenSigner) and not one.alive]
        for key_hash in dead:
            del self._former[key_hash]

    def _ask_to_open(
        self,
        parent: QWidget,
        readers: Sequence[OwnReader],
        act: Callable[[Sequence[Opener]], object],
        left_out: frozenset[str],
    ) -> None:
        closed = [one for one in readers if self._open(one) is None and one.key_hash not in left_out]
        if not closed:
            found = tuple(key for key in map(self._open, readers) if key is not None)
            if found:
                self._rest_anew()
            act(found)
            return
        first = closed[0]
        # one passphrase is that of all keys which are no token's, unless one was forgotten
        tried = (first,) if first.token is not None else tuple(one for one in closed if one.token is None)

        def given(words: str) -> None:
            self._session.jobs.aside(
                lambda _progress: unlock(tried, words), opened, partial(self._refused, dialog), words="Đang mở khóa"
            )

        def opened(keys: Sequence[Signer]) -> None:
            current = {one.key_hash for one in readers if one.current}
            for key in keys:
                if key.key_hash in current:
                    self._key = key
                else:
                    self._former[key.key_hash] = key
            self._rest_anew()
            self.changed.emit()
            dialog.accept()
            self._ask_to_open(parent, readers, act, left_out)

        def skipped() -> None:
            self._ask_to_open(parent, readers, act, left_out | {first.key_hash})

        label = first.token.label if first.token is not None else ""
        dialog = KeyDialog(parent, given, new=False, token=label, opens=first.words)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.rejected.connect(skipped)
        if first.token is not None:
            self._say_tries(dialog, first.token)
        dialog.open()

    def _ask(self, parent: QWidget, act: Act, made: Act | None, rounds: int, state: KeyState) -> None:
        new, place = not state.has_key, state.token

        def given(words: str) -> None:
            if place is not None:
                self._session.jobs.aside(
                    lambda _progress: open_token(place, words),
                    opened,
                    partial(self._refused, dialog),
                    words="Đang mở thiết bị ký",
                )
                return

            def job(store: Store) -> Signer:
                if new:
                    return enrolment.init_key(store, words, store.clock(), rounds)
                return enrolment.open_key(store, words)

            self._session.jobs.run(job, opened, partial(self._refused, dialog), words="Đang mở khóa")

        def opened(signer: Signer) -> None:
            self.key = signer
            dialog.accept()
            if new and made is not None:
                made(signer)
            act(signer)

        dialog = KeyDialog(parent, given, new=new, token=place.label if place is not None else "")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        if place is not None:
            self._say_tries(dialog, place)
        dialog.open()

    def _refused(self, dialog: KeyDialog, failure: BaseException) -> None:
        if isinstance(failure, UserError) and failure.code in _TOLD_THERE:
            dialog.refuse(str(failure))
        else:
            dialog.let_go()
            dialog.reject()
            self._session.problem.emit(failure)

    def _closed(self) -> None:
        self.dialog = None

    def _say_tries(self, dialog: KeyDialog, place: TokenPlace) -> None:
        """How many tries are left is said before the first of them."""

        def look(_progress: Progress) -> str:
            found = [one for one in keys_on(Path(place.library)) if one.place.key_hash == place.key_hash]
            return found[0].tries if found else ""

        def say(words: str) -> None:
            if words and self.dialog is dialog:
                dialog.warn(words)

        self._session.jobs.aside(look, say, lambda _failure: None)

    def _rest_anew(self) -> None:
        minutes = self._session.settings.key_minutes
        if minutes:
            self._rest.start(minutes * _MINUTE_MS)
        else:
            self._rest.stop()

    def _look_at(self, failure: object) -> None:
        if isinstance(failure, UserError) and failure.code in _LOGIN_GONE:
            self.lock()
