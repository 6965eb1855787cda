"""The container of a sealed file, up to the seal: layout, names, sizes, CRC."""

from collections.abc import Iterator

from hoctap_desktop.submission.container import pack, unpack
from hoctap_desktop.submission.unseal import open_seal
from tests.submission.hostile.forge import good


def read(data: bytes) -> None:
    found = unpack(data, "a.htgoi")
    assert pack(found.kind, found.entries) == data
    open_seal(data, "a.htgoi")


def seeds() -> Iterator[bytes]:
    yield good()
    yield good()[:200]
