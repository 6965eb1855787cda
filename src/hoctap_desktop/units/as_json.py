"""A unit as plain JSON, as it is kept in the store and sealed into packages."""

import re

from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.typed_json import Fields
from hoctap_desktop.units.model import Signer, Unit

_MOST_SUCCESSORS = 20
_LEVEL_ID = re.compile(r"[A-Za-z0-9_-]{0,40}")
_UNIT_FIELDS = (
    "area", "code", "contact", "governing", "issuing", "level", "name", "phone", "place", "short_name", "signer",
    "symbol", "upper", "valid_from", "valid_to",
)  # fmt: skip


def unit_value(unit: Unit) -> dict[str, JsonValue]:
    """The JSON object of a unit, as it is named now. Successors stand in it only when there are some."""
    found: dict[str, JsonValue] = {
        "area": unit.area,
        "code": unit.code,
        "contact": unit.contact,
        "governing": list(unit.governing),
        "issuing": list(unit.issuing),
        "level": unit.level,
        "name": unit.name,
        "phone": unit.phone,
        "place": unit.place,
        "short_name": unit.short_name,
        "signer": {
            "authority": unit.signer.authority,
            "collective": unit.signer.collective,
            "name": unit.signer.name,
            "title": unit.signer.title,
        },
        "symbol": unit.symbol,
        "upper": unit.upper,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }
    if unit.successor:  # came later: what was written before must read the same for ever
        found["successor"] = unit.successor
    if unit.also:
        found["also"] = list(unit.also)
    return found


def unit_from_value(value: JsonValue, where: str) -> Unit:
    """The unit in a JSON object, or UserError(BAD_CONTENT)."""
    later = tuple(name for name in ("also", "successor") if isinstance(value, dict) and name in value)
    fields = Fields(value, (*_UNIT_FIELDS, *later), where)
    signer = Fields(fields.raw("signer"), ("authority", "collective", "name", "title"), fields.place("signer"))
    return Unit(
        code=fields.text("code", 40, least=1),
        name=fields.text("name", 200, least=1),
        short_name=fields.text("short_name", 200),
        level=fields.match("level", _LEVEL_ID),
        area=fields.text("area", 200),
        upper=fields.text("upper", 40),
        governing=fields.texts("governing", 6, 200),
        issuing=fields.texts("issuing", 6, 200),
        place=fields.text("place", 200),
        symbol=fields.text("symbol", 40),
        signer=Signer(
            collective=signer.text("collective", 200),
            authority=signer.text("authority", 200),
            title=signer.text("title", 200),
            name=signer.text("name", 200),
        ),
        contact=fields.text("contact", 200),
        phone=fields.text("phone", 60),
        valid_from=fields.day_or_none("valid_from"),
        valid_to=fields.day_or_none("valid_to"),
        successor=fields.text("successor", 40, least=1) if "successor" in later else "",
        also=fields.texts("also", _MOST_SUCCESSORS, 40) if "also" in later else (),
    )
