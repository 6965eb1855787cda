"""The roster: which keys may speak for which unit, from when to when. Pinned keys, no certificate chain.

As a sealed file it is signed by the upper unit and numbered; a later one has a higher number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hoctap_desktop.filing.content import MAX_UNITS_BELOW
from hoctap_desktop.foundation import canonical_json
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields, bad
from hoctap_desktop.submission import endorsement_field
from hoctap_desktop.submission.container import ANSWERS
from hoctap_desktop.submission.fingerprint import fingerprint
from hoctap_desktop.submission.manifest import MAX_EPOCH, MAX_REVISION, UnitName

_KEYS_PER_UNIT = 20


@dataclass(frozen=True)
class RosterKey:
    """A key that was compared with a stamped sheet and accepted.

    key_hash: SHA-256 of the public key, hex. valid_to: last day it may be used (closed early when a PC was lost).
    revoked: the day it stopped being trusted (stolen). epoch: 1…; a stolen key raises it, and revisions begin anew.
    """

    unit: UnitName
    key_hash: str
    valid_from: date
    valid_to: date
    accepted: date
    revoked: date | None = None
    epoch: int = 1

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key_hash)


@dataclass(frozen=True)
class Roster:
    """number: 1…, of the last time it was written. day: of the last change. A key stands in it once.

    endorsement: what the office's key before the one that signs says of it (endorsement.py), b"" for nothing.
    """

    number: int
    day: date
    keys: tuple[RosterKey, ...]
    endorsement: bytes = b""

    def key(self, key_hash: str) -> RosterKey | None:
        """The entry of a key, or None when it is not registered."""
        return self._by_hash.get(key_hash)

    def keys_of(self, unit_code: str) -> tuple[RosterKey, ...]:
        """Every key a unit ever had, oldest first."""
        return self._by_unit.get(unit_code, ())

    def epoch(self, unit_code: str) -> int:
        """The epoch a new key of the unit belongs to: one more than that of the last revoked key."""
        keys = self.keys_of(unit_code)
        newest = max((key.epoch for key in keys), default=1)
        return newest + 1 if any(key.revoked and key.epoch == newest for key in keys) else newest

    @cached_property
    def _by_hash(self) -> Mapping[str, RosterKey]:
        return {key.key_hash: key for key in reversed(self.keys)}

    @cached_property
    def _by_unit(self) -> Mapping[str, tuple[RosterKey, ...]]:
        found: dict[str, tuple[RosterKey, ...]] = {}
        for key in self.keys:
            found[key.unit.code] = (*found.get(key.unit.code, ()), key)
        return found


def roster_json(roster: Roster) -> bytes:
    """answers.json of a roster."""
    return canonical_json.encode(
        {
            "day": roster.day.isoformat(),
            "keys": [
                {
                    "accepted": key.accepted.isoformat(),
                    "epoch": key.epoch,
                    "from": key.valid_from.isoformat(),
                    "key_hash": key.key_hash,
                    "revoked": key.revoked.isoformat() if key.revoked else None,
                    "to": key.valid_to.isoformat(),
                    "unit": {"code": key.unit.code, "name": key.unit.name},
                }
                for key in roster.keys
            ],
            "number": roster.number,
            **endorsement_field.field_value(roster.endorsement),
        }
    )


def roster_from_json(data: bytes) -> Roster:
    """The roster in answers.json. Raises UserError BAD_JSON, BAD_CONTENT(where=…)."""
    value = canonical_json.decode(data)
    fields = Fields(value, ("day", "keys", "number", *endorsement_field.names(value)), ANSWERS)
    items = fields.items("keys", MAX_UNITS_BELOW * _KEYS_PER_UNIT)
    keys = tuple(_key(item, f"{fields.place('keys')} › {n}") for n, item in enumerate(items, start=1))
    _refuse_twice(keys, fields.place("keys"))
    old = endorsement_field.read_field(fields, value)
    return Roster(fields.number("number", 1, MAX_REVISION), fields.day("day"), keys, old)


def _key(value: JsonValue, where: str) -> RosterKey:
    fields = Fields(value, ("accepted", "epoch", "from", "key_hash", "revoked", "to", "unit"), where)
    unit = Fields(fields.raw("unit"), ("code", "name"), fields.place("unit"))
    return RosterKey(
        unit=UnitName(unit.text("code", 40, least=1), unit.text("name", 200, least=1)),
        key_hash=fields.hash("key_hash"),
        valid_from=fields.day("from"),
        valid_to=fields.day("to"),
        accepted=fields.day("accepted"),
        revoked=fields.day_or_none("revoked"),
        epoch=fields.number("epoch", 1, MAX_EPOCH),
    )


def _refuse_twice(keys: Sequence[RosterKey], where: str) -> None:
    if len({key.key_hash for key in keys}) != len(keys):
        raise bad(where)
