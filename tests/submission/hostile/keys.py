"""Good files by the wrong key, for the wrong office, at the wrong time."""

import functools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName
from tests.offices import HA_THUONG, NOW
from tests.submission import packages
from tests.submission.hostile.forge import Case, good
from tests.submission.packages import commune_key, other_key

WRONG = UnitName("19-171-UBND", "UBND huyện Phú Lương")


@functools.cache
def stranger() -> Key:
    """A key no roster names."""
    return make_key("UBND xã Hà Thượng", "05812", NOW)


@functools.cache
def revoked() -> Key:
    """A key of Hà Thượng that was revoked."""
    return make_key("UBND xã Hà Thượng", "05812", NOW)


@functools.cache
def closed() -> Key:
    """A key of Hà Thượng whose days in the roster are over."""
    return make_key("UBND xã Hà Thượng", "05812", NOW)


@functools.cache
def run_out() -> Key:
    """A key of Hà Thượng whose certificate has run out, though its days in the roster have not."""
    return make_key("UBND xã Hà Thượng", "05812", datetime(2012, 1, 1, tzinfo=UTC))


def _signed_by(key: Callable[[], Key]) -> bytes:
    return good(key=key())


def keys() -> Iterator[Case]:
    make: Callable[..., bytes] = good
    for name, code, key in (
        ("an unknown key", Code.UNKNOWN_KEY, stranger),
        ("another unit's key", Code.WRONG_UNIT, other_key),
        ("a revoked key", Code.REVOKED_KEY, revoked),
        ("a key whose days are over", Code.EXPIRED_KEY, closed),
        ("a certificate that has run out", Code.EXPIRED_KEY, run_out),
    ):
        yield Case("keys", name, code, functools.partial(_signed_by, key))
    yield Case(
        "keys",
        "a revoked key with an old clock",
        Code.REVOKED_KEY,
        lambda: make(key=revoked(), at=datetime(2022, 9, 1, tzinfo=VIETNAM)),
    )
    yield Case(
        "keys",
        "a certificate run out, an old clock",
        Code.EXPIRED_KEY,
        lambda: make(key=run_out(), at=datetime(2013, 9, 1, tzinfo=VIETNAM)),
    )
    yield Case("keys", "for somebody else", Code.WRONG_RECIPIENT, lambda: make(recipient=WRONG))
    yield Case("keys", "for nobody", Code.WRONG_RECIPIENT, lambda: make(recipient=UnitName("00000", "?")))
    yield Case("keys", "a form nobody knows", Code.FORM_UNKNOWN, lambda: packages.sealed().data)
    yield Case("keys", "a request called a report", Code.FOREIGN_LAYOUT, _kind_swapped)


def _kind_swapped() -> bytes:
    from hoctap_desktop.submission.seal import seal_enrolment

    data = seal_enrolment(HA_THUONG, commune_key(), packages.UPPER, NOW).data
    return data.replace(b"kind=enrolment", b"kind=submission")


def days() -> tuple[date, date]:
    """When the keys above were revoked, and when their days ended."""
    return date(2022, 10, 10), date(2022, 10, 12)
