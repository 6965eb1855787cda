"""A unit as it stands in a TOML file: read strictly, written back."""

from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.foundation.toml_source import Table
from hoctap_desktop.units.model import Signer, Unit

CODE = r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ._-]{0,31}"
_NAME_LENGTH = 200
_LINE_LENGTH = 100


def read_unit(table: Table) -> Unit:
    """The Unit of a [unit] (or [[below]], [upper]) table. Raises the table's UserError for anything unfitting.

    Lengths follow the decree's own for document metadata (OrganName 200, Position 100, FullName 50).
    """
    code = table.word("code", CODE)
    name = _short(table, "name", _NAME_LENGTH)
    signer = table.table("signer")
    unit = Unit(
        code=code,
        name=name,
        short_name=_short(table, "short_name", _NAME_LENGTH, name),
        level=table.word("level", r"[a-z][a-z0-9_-]*"),
        area=_short(table, "area", _NAME_LENGTH, ""),
        upper=_short(table, "upper", 32, ""),
        governing=_lines(table, "governing"),
        issuing=_lines(table, "issuing"),
        place=_short(table, "place", _LINE_LENGTH, ""),
        symbol=_short(table, "symbol", 30, ""),
        signer=Signer(
            _short(signer, "collective", _LINE_LENGTH, ""),
            _short(signer, "authority", _LINE_LENGTH, ""),
            _short(signer, "title", _LINE_LENGTH, ""),
            _short(signer, "name", 50, ""),
        ),
        contact=_short(table, "contact", _NAME_LENGTH, ""),
        phone=_short(table, "phone", 30, ""),
        valid_from=table.day("valid_from") if table.has("valid_from") else None,
        valid_to=table.day("valid_to") if table.has("valid_to") else None,
        successor=table.word("successor", f"({CODE})?", ""),
        also=table.texts("also", ()),
    )
    signer.refuse_unknown()
    table.refuse_unknown()
    return unit


def _short(table: Table, key: str, most: int, default: str | None = None) -> str:
    found = clean_line(table.text(key) if default is None else table.text(key, default))
    if len(found) > most:
        raise table.wrong(key, f"«{key}» dài {len(found)} chữ, nhiều nhất {most}. Hãy rút ngắn.")
    if default is None and not found:
        raise table.wrong(key, f"«{key}» còn trống. Hãy ghi một dòng chữ.")
    return found


def _lines(table: Table, key: str) -> tuple[str, ...]:
    found = tuple(clean_line(line) for line in table.texts(key, ()))
    if len(found) > 4 or any(len(line) > _LINE_LENGTH for line in found):
        raise table.wrong(key, f"«{key}» nhiều nhất 4 dòng, mỗi dòng {_LINE_LENGTH} chữ. Hãy sửa lại.")
    return found


def unit_table(unit: Unit) -> dict[str, object]:
    """`unit` as a table for tomli_w, blanks left out; read_unit gives it back."""
    table: dict[str, object] = {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "level": unit.level,
        "area": unit.area,
        "upper": unit.upper,
        "governing": list(unit.governing),
        "issuing": list(unit.issuing),
        "place": unit.place,
        "symbol": unit.symbol,
        "contact": unit.contact,
        "phone": unit.phone,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "successor": unit.successor,
        "also": list(unit.also),
    }
    signer = {
        "collective": unit.signer.collective,
        "authority": unit.signer.authority,
        "title": unit.signer.title,
        "name": unit.signer.name,
    }
    table["signer"] = {key: value for key, value in signer.items() if value}
    return {key: value for key, value in table.items() if value}
