"""Files beside the store, named by their SHA-256: written whole before the commit that names them."""

import hashlib
import stat

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import read_limited, replace_whole
from hoctap_desktop.store.database import Store

_LIMIT = 64 * 2**20


def keep(store: Store, data: bytes, suffix: str) -> str:
    """Writes `data` as "<store>.files/<sha256><suffix>", read-only, and returns the SHA-256.

    Raises UserError when it cannot.
    """
    name = hashlib.sha256(data).hexdigest()
    path = store.files / f"{name}{suffix}"
    if not (path.is_file() and path.read_bytes() == data):
        replace_whole(path, data)
        # What was sent, received or printed is evidence: nobody's editor shall save over it.
        path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    return name


def fetch(store: Store, name: str, suffix: str) -> bytes:
    """The bytes kept under `name`. Raises UserError STORE_DAMAGED, naming the file, when they are gone or changed."""
    path = store.files / f"{name}{suffix}"
    try:
        data = read_limited(path, _LIMIT)
    except UserError as cause:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (không còn)") from cause
    if hashlib.sha256(data).hexdigest() != name:
        raise UserError(Code.STORE_DAMAGED, file=store.path.name, where=f"tệp {path.name} (đã bị thay đổi)")
    return data
