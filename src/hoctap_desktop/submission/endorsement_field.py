"""The optional field `previous` of answers.json: what an old key says of the one that follows it. Pure."""

import base64
import binascii

from hoctap_desktop.foundation.typed_json import Fields, bad

FIELD = "previous"
_LONGEST = 32768  # of a signature of 16 KiB in base64


def field_value(endorsement: bytes) -> dict[str, str]:
    """The field; absent when there is none, so that nothing has two spellings."""
    return {FIELD: base64.b64encode(endorsement).decode("ascii")} if endorsement else {}


def names(value: object) -> tuple[str, ...]:
    """The field's name where `value` has it."""
    return (FIELD,) if isinstance(value, dict) and FIELD in value else ()


def read_field(fields: Fields, value: object) -> bytes:
    """The bytes in the field, b"" where it is absent. Raises UserError(BAD_CONTENT)."""
    if not names(value):
        return b""
    return from_base64(fields.text(FIELD, _LONGEST, least=1), fields.place(FIELD))


def from_base64(spelled: str, where: str) -> bytes:
    """The bytes, when `spelled` is their one spelling. Raises UserError(BAD_CONTENT, where)."""
    try:
        found = base64.b64decode(spelled.encode(), validate=True)
    except (binascii.Error, ValueError) as cause:
        raise bad(where) from cause
    if base64.b64encode(found).decode() != spelled:
        raise bad(where)
    return found
