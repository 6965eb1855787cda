"""Decisions of the first page: which offices match, what is missing in a typed one, how strong a passphrase is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.foundation.text import clean_line
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.unit_table import CODE

LEAST_PASSPHRASE = 8
GOOD_PASSPHRASE = 14
# Said wherever a passphrase is set.
PASSPHRASE_HINT = f"Ít nhất {LEAST_PASSPHRASE} ký tự. Bốn từ dễ nhớ là đủ, có dấu hay không đều được."
_ICONS = {"school": "school", "centre": "users"}
_COMMUNE_HEADS = ("xã", "phường", "thị trấn", "đặc khu")


@dataclass(frozen=True)
class OfficeRow:
    """One line of the list. place: at its right."""

    code: str
    name: str
    place: str
    icon: str


def office_row(unit: Unit) -> OfficeRow:
    """How an office is shown in the list."""
    return OfficeRow(unit.code, unit.short_name, unit.area, _ICONS.get(unit.level, "landmark"))


@dataclass(frozen=True)
class Strength:
    """tone: "danger" (refused), "warn", "ok"; words: what to do."""

    tone: str
    words: str

    @property
    def enough(self) -> bool:
        return self.tone != "danger"


def strength(passphrase: str) -> Strength:
    """How strong a passphrase is: length counts, capitals and signs are not asked for."""
    if len(passphrase) < LEAST_PASSPHRASE:
        return Strength("danger", f"Còn ngắn: cần ít nhất {LEAST_PASSPHRASE} ký tự.")
    if len(set(passphrase)) < 5 or re.fullmatch(r"\d+", passphrase):
        return Strength("danger", "Dễ đoán quá. Hãy thêm vài từ.")
    if len(passphrase) < GOOD_PASSPHRASE:
        return Strength("warn", "Dùng được. Thêm một, hai từ nữa thì chắc hơn.")
    return Strength("ok", "Tốt. Ghi ra giấy, cất trong phong bì của cơ quan.")


@dataclass(frozen=True)
class TypedOffice:
    """What a person typed on the form of an own office."""

    name: str = ""
    short_name: str = ""
    code: str = ""
    level: str = ""
    area: str = ""
    place: str = ""
    symbol: str = ""
    upper_name: str = ""
    upper_code: str = ""
    upper_level: str = ""


def wrong_parts(typed: TypedOffice) -> Mapping[str, str]:
    """By field, what is missing or cannot be; empty when the office can be made."""
    found: dict[str, str] = {}
    if len(clean_line(typed.name)) < 3:
        found["name"] = "Ghi tên đầy đủ như trên con dấu."
    if not re.fullmatch(CODE, typed.code.strip()):
        found["code"] = "Ghi mã đơn vị, ví dụ 05812 hoặc 05812-THCS, không có dấu cách."
    if not typed.level:
        found["level"] = "Chọn loại đơn vị."
    if not clean_line(typed.place):
        found["place"] = "Ghi địa danh in ở dòng ngày tháng, ví dụ Hà Thượng."
    if typed.upper_name.strip() or typed.upper_code.strip():
        if len(clean_line(typed.upper_name)) < 3:
            found["upper_name"] = "Ghi tên nơi nhận gói."
        if not re.fullmatch(CODE, typed.upper_code.strip()):
            found["upper_code"] = "Ghi mã của cấp trên; hỏi nơi nhận gói."
        elif typed.upper_code.strip() == typed.code.strip():
            found["upper_code"] = "Mã cấp trên phải khác mã đơn vị."
    return found


def typed_office(typed: TypedOffice) -> OfficeFile:
    """The office as typed, its letterhead from its name. `wrong_parts` must have found nothing."""
    name = clean_line(typed.name)
    upper = None
    if typed.upper_code.strip():
        upper_name = clean_line(typed.upper_name)
        upper = Unit(typed.upper_code.strip(), upper_name, upper_name, typed.upper_level or "huyen")
    own = Unit(
        code=typed.code.strip(),
        name=name,
        short_name=clean_line(typed.short_name) or name,
        level=typed.level,
        area=clean_line(typed.area),
        upper=upper.code if upper else "",
        issuing=issuing_lines(name),
        place=clean_line(typed.place),
        symbol=clean_line(typed.symbol),
    )
    return OfficeFile(own, (), upper, ())


def issuing_lines(name: str) -> tuple[str, ...]:
    """The letterhead of an office: a people's committee in two lines, others in one, in capitals.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2.
    """
    lower = name.lower()
    for head in _COMMUNE_HEADS:
        place = lower.find(f" {head} ")
        if lower.startswith("ủy ban nhân dân") and place > 0:
            return name[:place].upper(), name[place + 1 :].upper()
    return (name.upper(),)


def default_path(folder: Path, code: str) -> Path:
    """Where the data of an office goes unless the person says otherwise."""
    return folder / f"{code}.hoctap"
