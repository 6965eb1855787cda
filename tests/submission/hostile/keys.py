"""Good files by the wrong key, for the wrong office, at the wrong time."""

import base64
import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hoctap_desktop.filing.model import FormRef
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.submission import der, signature
from hoctap_desktop.submission.container import ANSWERS, SIGNATURE, PackageKind
from hoctap_desktop.submission.der import Walk, integer, tlv
from hoctap_desktop.submission.endorsement import endorse
from hoctap_desktop.submission.keys import Key, make_key
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.seal import seal_enrolment
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
    yield Case("keys", "a form nobody knows", Code.FORM_UNKNOWN, lambda: make(form=FormRef("report", 99, "ab" * 32)))
    yield Case(
        "keys", "another text of a known form", Code.FORM_DIFFERS, lambda: make(form=FormRef("report", 1, "ab" * 32))
    )
    yield Case("keys", "a request called a report", Code.FOREIGN_LAYOUT, _kind_swapped)


def endorsements() -> Iterator[Case]:
    """Requests for a new key with a word of the old one that is none. The stranger's key is the new one."""
    new = stranger().certificate
    right = endorse(commune_key(), new, NOW)
    seal = packages.entries_of(good())[SIGNATURE]
    for name, value in (
        ("over another certificate", _spelled(endorse(commune_key(), other_key().certificate, NOW))),
        ("of a key that praises itself", _spelled(endorse(stranger(), new, NOW))),
        ("cut off", _spelled(right[:-1])),
        ("with a byte behind it", _spelled(right + b"\0")),
        ("with the other s", _spelled(_with_high_s(right))),
        ("that is the seal of a report", _spelled(seal)),
        ("that is a bare certificate", _spelled(new)),
        ("of nothing", ""),
        ("that is null", None),
        ("that is a list", [_spelled(right)]),
        ("spelled with a line end", _spelled(right) + "\n"),
        ("spelled without its padding", _spelled(right + b"\0" * (-(len(right) + 1) % 3)).rstrip("=") + "A"),
        ("of 48 KB", "A" * 49_152),
    ):
        yield Case("keys", f"an endorsement {name}", Code.BAD_CONTENT, functools.partial(_endorsed, value))
    yield Case("keys", "a right endorsement by an unknown unit's key", Code.UNKNOWN_KEY, _endorsed_by_a_stranger)


def _spelled(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _endorsed(value: object) -> bytes:
    def change(tree: Any) -> None:
        tree["previous"] = value

    plain = seal_enrolment(HA_THUONG, stranger(), packages.UPPER, NOW).data
    return packages.forge(packages.edit_json(ANSWERS, change), stranger(), PackageKind.ENROLMENT, plain)


def _endorsed_by_a_stranger() -> bytes:
    word = endorse(make_key("UBND xã Hà Thượng", "05812", NOW), stranger().certificate, NOW)
    return seal_enrolment(HA_THUONG, stranger(), packages.UPPER, NOW, word).data


def _with_high_s(word: bytes) -> bytes:
    parts = signature.read(word)
    numbers = Walk(parts.value).enter(der.SEQUENCE)
    r, s = numbers.number(), numbers.number()
    high = tlv(der.SEQUENCE, integer(r), integer(signature.P256_ORDER - s))
    return signature._write(replace(parts, value=high))


def _kind_swapped() -> bytes:
    data = seal_enrolment(HA_THUONG, commune_key(), packages.UPPER, NOW).data
    return data.replace(b"kind=enrolment", b"kind=submission")


def days() -> tuple[date, date]:
    """When the keys above were revoked, and when their days ended."""
    return date(2022, 10, 10), date(2022, 10, 12)
