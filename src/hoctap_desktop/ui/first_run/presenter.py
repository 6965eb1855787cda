"""Decisions of the first pages: which offices match, what is missing, where data may stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hoctap_desktop.campaign.office_file import OfficeFile
from hoctap_desktop.foundation.text import clean_line, clean_lines, fold, without_marks
from hoctap_desktop.store.place import PlaceFacts
from hoctap_desktop.units import gazetteer
from hoctap_desktop.units.gazetteer import Hit
from hoctap_desktop.units.model import Signer, Unit
from hoctap_desktop.units.proposals import (
    Proposal,
    centre_of,
    governing_lines,
    issuing_lines,
    offices_of,
    short_name_of,
    symbol_of,
    ways_of_signing,
)
from hoctap_desktop.units.unit_table import CODE

MOST_OFFERED = 40
_EVERY_PLACE = 4_000
_ICONS = {"school": "school", "centre": "users"}
# The words before the place, without accents and signs, the longest first; and how such an office is known.
_OFFICE_HEADS = {
    "so giao duc va dao tao": "department",
    "so giao duc": "department",
    "so gddt": "department",
    "so gd": "department",
    "so": "department",
    "uy ban nhan dan": "committee",
    "ubnd": "committee",
    "trung tam hoc tap cong dong": "centre",
    "trung tam htcd": "centre",
    "tthtcd": "centre",
}
_IS: Mapping[str, Callable[[Unit], bool]] = {
    "department": lambda own: own.name.startswith("Sở "),
    "committee": lambda own: own.name.startswith("Ủy ban "),
    "centre": lambda own: own.level == "centre",
}
_PLACE_WORDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "tỉnh", "thành phố")
_LINE, _LINES = 100, 4
MB, GB = 2**20, 2**30
ROOM_NEEDED, ROOM_GOOD = 100 * MB, 1 * GB


# --- page 1: which office -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfficeRow:
    """One line of the list. place: at its right."""

    code: str
    name: str
    place: str
    icon: str


@dataclass(frozen=True)
class Offer:
    """An office that can be chosen, and how it stands in the list."""

    row: OfficeRow
    office: OfficeFile


def offers(query: str) -> tuple[Offer, ...]:
    """The offices that fit what was typed: committees and departments first, then the learning centres of communes.

    What an office is may stand before its place ("Sở GDĐT Thái Nguyên", "UBND xã An Khánh"): such offices come first.
    """
    head, place = _office_asked(query)
    asked = _OFFICE_HEADS.get(head, "")
    # provinces come behind all communes that are called alike
    hits = gazetteer.search(place, _EVERY_PLACE if asked == "department" else MOST_OFFERED // 2) if asked else ()
    named = [one for one in _offers_of(hits, asked) if _IS[asked](one.office.own)][:MOST_OFFERED]
    if named and head != "so":  # "so" may begin a name as well ("Sơn Hà")
        return tuple(named)
    found = {one.row.code: one for one in (*named, *_offers_of(gazetteer.search(query, MOST_OFFERED // 2)))}
    return tuple(found.values())[:MOST_OFFERED]


def _offers_of(hits: Sequence[Hit], asked: str = "") -> list[Offer]:
    hits = [hit for hit in hits if len(hit.place.code) == 2] if asked == "department" else hits
    first = [_offer(one, hit) for hit in hits for one in offices_of(hit.place)]
    return [*first, *(_offer(centre_of(hit.place), hit) for hit in hits if len(hit.place.code) == 5)][:MOST_OFFERED]


def _office_asked(query: str) -> tuple[str, str]:
    """The one of _OFFICE_HEADS that stands first, and the words behind it; ("", "") when none does."""
    words = re.sub(r" ?& ?", "", query).split()
    plain = " ".join(re.sub(r"[^a-z ]", "", without_marks(word)) for word in words)
    for head in _OFFICE_HEADS:
        if plain.startswith(f"{head} "):
            return head, " ".join(words[len(head.split()) :])
    return "", ""


def _offer(proposal: Proposal, hit: Hit) -> Offer:
    own = proposal.own
    was = f" (trước là {hit.was.full_name})" if hit.was is not None else ""
    above = gazetteer.upper(hit.place)
    place = above.full_name if above is not None else f"mã {own.code}"
    row = OfficeRow(own.code, own.short_name + was, place, _ICONS.get(own.level, "landmark"))
    return Offer(row, OfficeFile(own, (), proposal.upper, ()))


@dataclass(frozen=True)
class TypedOffice:
    """What a person typed on the form of an own office."""

    name: str = ""
    short_name: str = ""
    code: str = ""
    level: str = ""
    area: str = ""
    upper_name: str = ""
    upper_code: str = ""
    upper_level: str = ""


def wrong_parts(typed: TypedOffice) -> Mapping[str, str]:
    """By field, what is missing or cannot be; empty when the office can be made."""
    found: dict[str, str] = {}
    if len(clean_line(typed.name)) < 3:
        found["name"] = "Ghi tên đầy đủ như trên con dấu."
    if not re.fullmatch(CODE, typed.code.strip()):
        found["code"] = "Ghi mã đơn vị, ví dụ 05809 hoặc 05809-THCS, không có dấu cách."
    if not typed.level:
        found["level"] = "Chọn loại đơn vị."
    return {**found, **wrong_upper(typed.upper_name, typed.upper_code, typed.code)}


def wrong_upper(name: str, code: str, own: str) -> Mapping[str, str]:
    """What is wrong with the upper unit, as fields upper_name and upper_code; both blank: there is none."""
    found: dict[str, str] = {}
    if name.strip() or code.strip():
        if len(clean_line(name)) < 3:
            found["upper_name"] = "Ghi tên nơi nhận gói."
        if not re.fullmatch(CODE, code.strip()):
            found["upper_code"] = "Ghi mã của cấp trên; hỏi nơi nhận gói."
        elif code.strip() == own.strip():
            found["upper_code"] = "Mã cấp trên phải khác mã đơn vị."
    return found


def typed_office(typed: TypedOffice, known: OfficeFile | None = None) -> OfficeFile:
    """The office as typed; letterhead, place, symbol and signer proposed from its name.

    known: the office that was there to begin with; what it says besides stays while name and kind do.
    `wrong_parts` must have found nothing.
    """
    name, area = clean_line(typed.name), clean_line(typed.area)
    upper = upper_typed(typed.upper_name, typed.upper_code, typed.upper_level)
    if upper is not None and known is not None and known.upper is not None and known.upper.code == upper.code:
        upper = replace(known.upper, name=upper.name, level=upper.level)
    named = Unit(
        code=typed.code.strip(),
        name=name,
        short_name=clean_line(typed.short_name) or short_name_of(name),
        level=typed.level,
        area=area,
        upper=upper.code if upper else "",
    )
    if known is not None and (known.own.name, known.own.level) == (name, typed.level):
        kept = replace(known.own, code=named.code, short_name=named.short_name, area=area, upper=named.upper)
        return replace(known, own=kept, upper=upper)
    own = replace(
        named,
        governing=governing_lines(name, upper.name if upper else "", area),
        issuing=issuing_lines(name),
        place=place_in(name) or place_in(area),
        symbol=symbol_of(name, typed.level),
        signer=ways_of_signing(name, typed.level)[0].signer,
    )
    return OfficeFile(own, known.below if known else (), upper, known.deadlines if known else ())


def above_of(code: str) -> tuple[Unit, str] | None:
    """Whom a body of a commune sends to, and what it lies in: "05809-TH" -> UBND xã An Khánh, "xã An Khánh"."""
    found = re.fullmatch(r"(\d{5})-.+", code.strip())
    place = gazetteer.by_code(found[1]) if found else None
    return (offices_of(place)[0].own, place.full_name) if place is not None else None


def searched_name(words: str) -> str:
    """What was searched for as the beginning of a name; "" for a code, and for words without their accents."""
    said = clean_line(words)
    return "" if said.isascii() or said[:1].isdigit() else said[:1].upper() + said[1:]


def other_place(name: str, code: str) -> str:
    """A sentence when `code` is that of another place than the one `name` speaks of, else ""."""
    place = gazetteer.by_code(code.strip())
    if place is None or not name.strip() or fold(place.name) in fold(name):
        return ""
    return f"Mã {place.code} là của {place.full_name}. Xem lại mã hoặc tên."


def upper_typed(name: str, code: str, level: str) -> Unit | None:
    """The upper unit as typed, None when it was left blank."""
    if not code.strip():
        return None
    said = clean_line(name)
    return Unit(code.strip(), said, short_name_of(said), level or "tinh")


def place_in(name: str) -> str:
    """The place a name ends with: "Ủy ban nhân dân xã Sơn Hạ" -> "Sơn Hạ", "" when it names none."""
    lower = name.lower()
    found = [(lower.rfind(f"{word} "), len(word) + 1) for word in _PLACE_WORDS if re.search(rf"(^|\s){word} ", lower)]
    if not found:
        return ""
    start, length = max(found)
    return name[start + length :].strip()


# --- page 2: what is printed --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TypedPaper:
    """Head and foot of the office's papers as typed; governing and issuing one printed line per line."""

    governing: str = ""
    issuing: str = ""
    place: str = ""
    symbol: str = ""
    signer: Signer = field(default_factory=Signer)
    contact: str = ""
    phone: str = ""


def wrong_paper(typed: TypedPaper) -> Mapping[str, str]:
    """By field, what is missing or too long."""
    found: dict[str, str] = {}
    if not lines_of(typed.issuing):
        found["issuing"] = "Ghi tên cơ quan ban hành, mỗi dòng in một dòng."
    for name, text in (("governing", typed.governing), ("issuing", typed.issuing)):
        lines = lines_of(text)
        if len(lines) > _LINES or any(len(line) > _LINE for line in lines):
            found[name] = f"Nhiều nhất {_LINES} dòng, mỗi dòng {_LINE} chữ."
    if not clean_line(typed.place):
        found["place"] = "Ghi địa danh in ở dòng ngày tháng, ví dụ An Khánh."
    if len(clean_line(typed.symbol)) > 30:
        found["symbol"] = "Nhiều nhất 30 chữ."
    signer = typed.signer
    if not (clean_line(signer.authority) or clean_line(signer.title)):
        found["title"] = "Ghi chức vụ người ký."
    return found


def with_paper(own: Unit, typed: TypedPaper) -> Unit:
    """The office with these words on its papers."""
    signer = typed.signer
    return replace(
        own,
        governing=lines_of(typed.governing),
        issuing=lines_of(typed.issuing),
        place=clean_line(typed.place),
        symbol=clean_line(typed.symbol),
        signer=Signer(
            clean_line(signer.collective),
            clean_line(signer.authority),
            clean_line(signer.title),
            clean_line(signer.name),
        ),
        contact=clean_line(typed.contact),
        phone=clean_line(typed.phone),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that hold something."""
    return tuple(line for one in clean_lines(text).split("\n") if (line := clean_line(one)))


# --- page 3: where data stand -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """tone: "error" (cannot be), "warn", "normal"; words: the fact, and what to do."""

    tone: str
    words: str


def judge_data(place: PlaceFacts, stick: bool) -> Judged:
    """A place for the data."""
    if (refused := _refused(place)) is not None:
        return refused
    if stick:
        return Judged("warn", "Đây là USB. Rút ra thì không mở được dữ liệu; nên để trong máy, USB dùng cho bản sao.")
    return _roomy(place)


def judge_backup(place: PlaceFacts, stick: bool, data: PlaceFacts) -> Judged:
    """A place for the backup copies."""
    if (refused := _refused(place)) is not None:
        return refused
    if stick:
        return Judged("normal", "Bản sao vào USB: cắm USB trước khi đóng chương trình, quên thì máy nhắc.")
    if place.disk and place.disk == data.disk:
        return Judged("warn", "Cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai. Nên chọn ổ khác hoặc USB.")
    return _roomy(place)


def _refused(place: PlaceFacts) -> Judged | None:
    if not place.writable:
        return Judged("error", "Không ghi được vào đây. Hãy chọn nơi khác.")
    if place.free is not None and place.free < ROOM_NEEDED:
        return Judged("error", f"Ổ đĩa chỉ còn {place.free // MB} MB. Hãy dọn bớt hoặc chọn ổ khác.")
    return None


def _roomy(place: PlaceFacts) -> Judged:
    if place.free is None:
        return Judged("normal", "")
    if place.free < ROOM_GOOD:
        return Judged("warn", f"Ổ đĩa còn {place.free // MB} MB, đủ dùng nhưng nên dọn bớt.")
    return Judged("normal", f"Còn trống {place.free // GB:,} GB.".replace(",", "."))


def default_path(folder: Path, code: str) -> Path:
    """Where the data of an office goes unless the person says otherwise."""
    return folder / f"{code}.hoctap"


def first_wrong(fields: Sequence[str], wrong: Mapping[str, str]) -> str:
    """The first of these fields that is wrong, "" when none is."""
    return next((name for name in fields if name in wrong), "")
