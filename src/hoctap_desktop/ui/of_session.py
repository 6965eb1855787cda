"""What there is one of beside a session: its child, found there again, and gone with it."""

from typing import Self

from PySide6.QtCore import QObject

from hoctap_desktop.ui.session import Session


class OfSession(QObject):
    """`of(session)` gives the one of its class; __init__ of a subclass takes the session alone."""

    @classmethod
    def of(cls, session: Session) -> Self:
        """The one of a session, made when first asked for."""
        known = session.findChild(cls)
        return known if isinstance(known, cls) else cls(session)

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    @property
    def _session(self) -> Session:
        """The parent. Not kept: a ring of the two would be collected on some other thread, with a timer at work."""
        session = self.parent()
        assert isinstance(session, Session)
        return session
