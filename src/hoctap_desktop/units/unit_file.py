"""A unit as written in a TOML file, read strictly."""

from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.foundation.toml_source import Table
from hoctap_desktop.units.levels import levels
from hoctap_desktop.units.model import Signer, Unit

CODE = r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}"


def read_unit(table: Table, *, upper: str = "") -> Unit:
    """The unit in a table that holds the fields of units.model.Unit. upper: its upper unit unless the table says so.

    Raises UserError with the code of the table's file, its row, and a sentence.
    """
    signer = table.table("signer")
    unit = Unit(
        code=table.word("code", CODE),
        name=_line(table, "name", 200),
        short_name=_line(table, "short_name", 200),
        level=table.choice("level", tuple(level.id for level in levels())),
        area=_line(table, "area", 200, ""),
        upper=table.word("upper", f"({CODE})?", upper),
        governing=_lines(table, "governing"),
        issuing=_lines(table, "issuing"),
        place=_line(table, "place", 200, ""),
        symbol=_line(table, "symbol", 40, ""),
        signer=Signer(
            collective=_line(signer, "collective", 200, ""),
            authority=_line(signer, "authority", 200, ""),
            title=_line(signer, "title", 200, ""),
            name=_line(signer, "name", 200, ""),
        ),
        contact=_line(table, "contact", 200, ""),
        phone=_line(table, "phone", 60, ""),
        valid_from=table.day("valid_from") if table.has("valid_from") else None,
        valid_to=table.day("valid_to") if table.has("valid_to") else None,
    )
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise table.wrong("valid_to", "“valid_to” đứng trước “valid_from”. Hãy sửa ngày.")
    signer.refuse_unknown()
    table.refuse_unknown()
    return unit


def _line(table: Table, key: str, longest: int, *default: str) -> str:
    found = table.text(key, *default)
    if len(found) > longest:
        raise table.wrong(key, f"“{key}” dài {len(found)} chữ, quá {longest}. Hãy viết gọn lại.")
    if clean_line(found) != found:
        raise table.wrong(key, f"“{key}” có dấu cách thừa hoặc ký tự ẩn. Hãy gõ lại dòng này.")
    if not default and not found:
        raise table.wrong(key, f"“{key}” còn trống. Hãy điền vào.")
    return found


def _lines(table: Table, key: str) -> tuple[str, ...]:
    found = table.texts(key, ())
    if len(found) > 6 or any(len(line) > 200 or clean_line(line) != line for line in found):
        raise table.wrong(key, f"“{key}” chỉ nhận đến 6 dòng, mỗi dòng đến 200 chữ, không ký tự ẩn. Hãy sửa lại.")
    return found
