"""The paper code: twelve letters on every page that say which data the page was printed from."""

import hashlib

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_LENGTH = 12


def paper_code(answers_json: bytes) -> str:
    """ "7K3M-Q9TX-2HBV": the first 60 bits of the SHA-256 of a frozen answers.json, in Crockford base 32."""
    bits = int.from_bytes(hashlib.sha256(answers_json).digest()) >> (256 - 5 * _LENGTH)
    letters = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def read_code(typed: str) -> str | None:
    """The paper code a person typed or scanned, in the printed spelling; None when it is none.

    Small letters, spaces, missing hyphens, and O, I, L for 0, 1, 1 are all read, as Crockford meant them.
    """
    letters = "".join(c for c in typed.upper() if c not in " -–\u00a0\t\r\n").translate(_LOOKALIKES)
    if len(letters) != _LENGTH or any(c not in _CROCKFORD for c in letters):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))
