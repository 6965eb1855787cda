"""Files beside the store, named by what is in them: written whole before the commit that names them.

The name is the SHA-256 of the file; of a sealed file that was just judged it may be its package id, the SHA-256 of the
list of hashes inside, so that a large package need not be hashed twice.
"""

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import read_limited, replace_whole
from hoctap_desktop.store.database import Store

_LIMIT = 64 * 2**20
# as submission/container.py writes it
_SUMS, _SIGNATURE = "SEAL/SHA256SUMS", "SEAL/signature.p7s"
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


def keep(store: Store, data: bytes, suffix: str) -> str:
    """Writes `data` as "<store>.files/<sha256><suffix>", read-only, and returns the SHA-256.

    Raises UserError when it cannot.
    """
    name = hashlib.sha256(data).hexdigest()
    _keep(store.files / f"{name}{suffix}", data)
    return name


def keep_package(store: Store, data: bytes, package_id: str, suffix: str) -> str:
    """As keep, for a sealed file whose seal was found to hold; its name is the package id. `fetch` checks that anew."""
    _keep(store.files / f"{package_id}{suffix}", data)
    return package_id


def _keep(path: Path, data: bytes) -> None:
    if not (path.is_file() and path.read_bytes() == data):
        # What was sent, received or printed is evidence: nobody's editor shall save over it.
        replace_whole(path, data, read_only=True)


def fetch(store: Store, name: str, suffix: str) -> bytes:
    """The bytes kept under `name`. Raises UserError STORE_DAMAGED, naming the file, when they are gone or changed."""
    path = store.files / f"{name}{suffix}"
    try:
        data = read_limited(path, _LIMIT)
    except UserError as cause:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (không còn)") from cause
    if hashlib.sha256(data).hexdigest() != name and _package_id(data) != name:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (đã bị thay đổi)")
    return data


def _package_id(data: bytes) -> str:
    """The package id of a sealed file all of whose hashes fit; "" for any other file, whatever is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.read(_SUMS)
            found = {name: wanted for wanted, name in (_sum(line) for line in listed.decode("ascii").splitlines())}
            if sorted([*found, _SUMS, _SIGNATURE]) != sorted(archive.namelist()) or archive.testzip() is not None:
                return ""
            if any(hashlib.sha256(archive.read(name)).hexdigest() != wanted for name, wanted in found.items()):
                return ""
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, OSError):
        return ""
    return hashlib.sha256(listed).hexdigest()


def _sum(line: str) -> tuple[str, str]:
    match = _SUM.fullmatch(line)
    if match is None:
        raise ValueError(line)
    return match[1], match[2]
