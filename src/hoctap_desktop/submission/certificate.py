"""What the reader of a seal needs from a certificate: its key, its days, and the name its issuer gave it.

Read by walking, not by a parser of everything X.509 allows: nothing is trusted yet when this runs.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from hoctap_desktop.submission import der
from hoctap_desktop.submission.der import NotDer, Walk

MAX_CERTIFICATE = 8192
# RFC 5280 writes "no end" as the last second of 9999, which no clock east of Greenwich can say.
_FAR = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Certificate:
    """data: the DER. issuer, serial: whole DER elements. public_key: SubjectPublicKeyInfo, DER. Times are aware."""

    data: bytes
    issuer: bytes
    serial: bytes
    valid_from: datetime
    valid_to: datetime
    public_key: bytes

    @cached_property
    def key_hash(self) -> str:
        """SHA-256 of the public key, hex: what a roster pins."""
        return hashlib.sha256(self.public_key).hexdigest()


@lru_cache(maxsize=256)
def read_certificate(data: bytes) -> Certificate:
    """The certificate in `data` (X.509 v3, DER): the same one stands in all that a unit sends. Raises NotDer."""
    if len(data) > MAX_CERTIFICATE:
        raise NotDer
    outer = Walk(data)
    certificate = outer.enter(der.SEQUENCE)
    outer.end()
    body = certificate.enter(der.SEQUENCE)
    certificate.whole(der.SEQUENCE)
    certificate.whole(der.BITS)
    certificate.end()
    if body.whole(der.CONTEXT_0) != b"\xa0\x03\x02\x01\x02":
        raise NotDer
    serial = body.whole(der.INTEGER)
    body.whole(der.SEQUENCE)
    issuer = body.whole(der.SEQUENCE)
    days = body.enter(der.SEQUENCE)
    valid_from = der.read_moment(days.whole(der.UTC_TIME, der.FULL_TIME))
    valid_to = der.read_moment(days.whole(der.UTC_TIME, der.FULL_TIME))
    days.end()
    valid_to = min(valid_to, _FAR)
    body.whole(der.SEQUENCE)
    return Certificate(data, issuer, serial, valid_from, valid_to, body.whole(der.SEQUENCE))
