"""The signature: DER, certificate, key, value."""

from collections.abc import Iterator

from hoctap_desktop.submission import signature
from hoctap_desktop.submission.container import SIGNATURE, SUMS, unpack
from tests.submission.hostile.forge import good
from tests.submission.packages import rsa_key

_SUMS = unpack(good()).get(SUMS)


def read(data: bytes) -> None:
    signature.verify(signature.read(data), _SUMS)


def seeds() -> Iterator[bytes]:
    yield unpack(good()).get(SIGNATURE)
    yield unpack(good(key=rsa_key())).get(SIGNATURE)
