"""Now, as a value that is handed in: tests and demos set it, the program asks the machine."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time as an aware datetime at +07:00, whole seconds."""
    return datetime.now(VIETNAM).replace(microsecond=0)


def fixed_clock(moment: datetime) -> Clock:
    """A clock that always says `moment` (aware)."""
    return lambda: moment
