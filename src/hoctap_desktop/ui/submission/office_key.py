"""The office's key in the window: its passphrase is asked once, the key stays in memory while the window is open."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import enrolment
from hoctap_desktop.submission.keys import ROUNDS
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.submission.key_dialog import KeyDialog

_TYPED_AGAIN = (Code.WRONG_PASSPHRASE, Code.WEAK_PASSPHRASE)


class OfficeKey(QObject):
    """key: None until it was opened. made: the key that was made here while the window is open."""

    @staticmethod
    def of(session: Session) -> "OfficeKey":
        """The one of a session."""
        known = session.findChild(OfficeKey)
        return known if isinstance(known, OfficeKey) else OfficeKey(session)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.key: Signer | None = None
        self.dialog: KeyDialog | None = None

    def then(
        self,
        parent: QWidget,
        act: Callable[[Signer], object],
        *,
        made: Callable[[Signer], object] | None = None,
        rounds: int = ROUNDS,
        new: bool | None = None,
    ) -> None:
        """Runs `act` with the open key; asks for the passphrase first, or for that of a new key when there is none.

        made: told of a new key before `act`. new: whether there is none yet, where the caller knows.
        """
        if self.key is not None:
            act(self.key)
            return

        def ask(there: bool) -> None:
            self._ask(parent, act, made, rounds, new=not there)

        if new is None:
            self._session.jobs.run(_has_key, ask)
        else:
            ask(not new)

    def _ask(
        self,
        parent: QWidget,
        act: Callable[[Signer], object],
        made: Callable[[Signer], object] | None,
        rounds: int,
        *,
        new: bool,
    ) -> None:
        def given(passphrase: str) -> None:
            def job(store: Store) -> Signer:
                if new:
                    return enrolment.init_key(store, passphrase, store.clock(), rounds)
                return enrolment.open_key(store, passphrase)

            self._session.jobs.run(job, opened, refused, words="Đang mở khóa")

        def opened(key: Signer) -> None:
            self.key = key
            dialog.accept()
            if new and made is not None:
                made(key)
            act(key)

        def refused(failure: BaseException) -> None:
            if isinstance(failure, UserError) and failure.code in _TYPED_AGAIN:
                dialog.refuse(str(failure))
            else:
                dialog.reject()
                self._session.problem.emit(failure)

        dialog = KeyDialog(parent, given, new=new)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None


def _has_key(store: Store) -> bool:
    return own_key(store) is not None
