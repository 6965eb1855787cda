"""Filing for a unit that was merged: in its own data, signed with the key of the unit that took its place.

Whoever receives it looks whether that unit did (units/succession.py); here only what cannot be right is refused.
"""

from pathlib import Path

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.keys import Key, certified_code
from hoctap_desktop.submission.own_keys import read_key_file
from hoctap_desktop.units.repository import own_unit


def successor_key(store: Store, path: Path, passphrase: str) -> Key:
    """The key of another unit from its copy, to sign what this one owes.

    Raises UserError KEY_OF_SAME_UNIT, KEY_OF_OTHER_UNIT (the office knows its successors, and this is none of them),
    FILE_UNREADABLE, KEY_FILE_BAD, WRONG_PASSPHRASE.
    """
    key, own = read_key_file(path, passphrase), own_unit(store)
    code = certified_code(key.certificate)
    if code == own.code:
        raise UserError(Code.KEY_OF_SAME_UNIT)
    if own.successors and code not in own.successors:
        raise UserError(Code.KEY_OF_OTHER_UNIT, unit=code)
    return key
