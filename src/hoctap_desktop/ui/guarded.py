"""The guard every override of a Qt method wears.

On Python 3.10 and 3.11 an exception made by C code ([][3], 1/0, int("x")) inside an override that Qt called under a
Python call kills the process; any try/except round the body cures it (tests/ui/test_guarded.py).
"""

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])

_log = logging.getLogger(__name__)
_sinks: list[Callable[[BaseException], None]] = []


def report_to(sink: Callable[[BaseException], None] | None) -> None:
    """Where exceptions of guarded methods go besides the log: the problems dialog of the window, or None."""
    _sinks[:] = [] if sink is None else [sink]


def guarded(safe: object) -> Callable[[Method], Method]:
    """Decorator for an override: logs an exception, hands it to the sink, and gives `safe` to Qt instead.

    `@guarded(None)` for void methods; else a value of the type Qt wants back (QSize(), False, 0, QModelIndex()).
    """

    def wrap(method: Method) -> Method:
        @functools.wraps(method)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return method(*args, **kwargs)
            except Exception as failure:  # noqa: BLE001 - whatever it is, Qt must not see it
                told(failure, method.__qualname__)
                return safe

        run.__guarded__ = True  # type: ignore[attr-defined]
        return cast("Method", run)

    return wrap


def told(failure: BaseException, where: str) -> None:
    """Writes `failure` to the log and gives it to the sink; itself never raises."""
    _log.error("%s: %r", where, failure, exc_info=failure)
    for sink in _sinks:
        try:
            sink(failure)
        except Exception as second:  # noqa: BLE001 - telling of an error must not make another
            _log.error("the problems sink failed: %r", second)
