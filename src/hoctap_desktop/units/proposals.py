"""What an office is most likely called and prints, from its place in the gazetteer or from its typed name. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hoctap_desktop.units.gazetteer import SINCE, Place, upper
from hoctap_desktop.units.model import Signer, Unit

_HEADS = ("xã", "phường", "thị trấn", "đặc khu", "quận", "huyện", "thị xã", "tỉnh", "thành phố")
_COMMITTEE = "ủy ban nhân dân"
_LEVEL_HEADS = {
    "huyen": ("thị xã ", "huyện ", "quận ", "phòng giáo dục", "phòng gd"),
    "commune": ("xã ", "phường ", "thị trấn ", "đặc khu "),
    "tinh": ("tỉnh ", "sở giáo dục", "sở gd"),
    "centre": ("trung tâm học tập cộng đồng", "tthtcđ"),
    "school": ("trường ", "mầm non ", "mẫu giáo ", "tiểu học ", "thcs ", "thpt ", "nhà trẻ "),
}
_NAMED_AFTER = frozenset({"Hồ Chí Minh"})
_MINISTRY = Unit("BGDDT", "Bộ Giáo dục và Đào tạo", "Bộ GDĐT", "bo", place="Hà Nội", symbol="BGDĐT")


@dataclass(frozen=True)
class Proposal:
    """An office to begin with; everything in it may be changed. upper: whom it sends to."""

    own: Unit
    upper: Unit | None


def offices_of(place: Place) -> tuple[Proposal, ...]:
    """The offices of a commune or province of today: a commune's committee; a province's committee and department."""
    above = upper(place)
    name, short = f"Ủy ban nhân dân {place.full_name}", f"UBND {place.full_name}"
    committee = Unit(
        code=place.code,
        name=name,
        short_name=short,
        level="commune" if above else "tinh",
        area=above.full_name if above else "",
        issuing=issuing_lines(name),
        place=place_name(place),
        symbol="UBND",
        signer=ways_of_signing(name, "commune")[1].signer,
        valid_from=SINCE,
    )
    if above is not None:
        receiver = _department(above)
        return (Proposal(_under(committee, receiver), receiver),)
    return (
        Proposal(_under(committee, _MINISTRY), _MINISTRY),
        Proposal(_under(_department(place), _MINISTRY), _MINISTRY),
    )


def centre_of(commune: Place) -> Proposal:
    """The community learning centre of a commune of today, which reports to the commune's committee."""
    committee = offices_of(commune)[0].own
    name = f"Trung tâm học tập cộng đồng {commune.full_name}"
    own = replace(
        committee,
        code=f"{commune.code}-TTHTCD",
        name=name,
        short_name=name,
        level="centre",
        area=commune.full_name,
        upper=committee.code,
        governing=issuing_lines(committee.name),
        issuing=("TRUNG TÂM HỌC TẬP CỘNG ĐỒNG",),
        symbol=symbol_of(name, "centre"),
        signer=ways_of_signing(name, "centre")[0].signer,
        valid_from=None,
    )
    return Proposal(own, committee)


def place_name(place: Place) -> str:
    """The place of the date line: the bare name, but "Phường 1 Bảo Lộc" and "Thành phố Hồ Chí Minh" whole.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4: a name that is a number or a person's is written with
    its kind. Which communes bear a person's name no list says; the office changes it where it sets its paper.
    """
    if place.name[:1].isdigit() or place.name in _NAMED_AFTER:
        return f"{place.kind[:1].upper()}{place.kind[1:]} {place.name}"
    return place.name


def issuing_lines(name: str) -> tuple[str, ...]:
    """The letterhead of an office: a people's committee in two lines, others in one, in capitals.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2.
    """
    lower = name.lower()
    for head in _HEADS:
        place = lower.find(f" {head} ")
        if lower.startswith(_COMMITTEE) and place > 0:
            return name[:place].upper(), name[place + 1 :].upper()
    return (name.upper(),) if name else ()


def governing_lines(name: str, above: str, area: str) -> tuple[str, ...]:
    """The line over the issuing body, in capitals: the committee a department, school or centre belongs to.

    name: of the office; above: of its upper unit; area: what it lies in ("xã Hà Thượng"). A committee has none.
    """
    if name.lower().startswith(_COMMITTEE) or not name:
        return ()
    if above.lower().startswith(_COMMITTEE):
        return issuing_lines(above)
    return issuing_lines(f"Ủy ban nhân dân {area}") if area.lower().startswith(_HEADS) else ()


def symbol_of(name: str, level: str) -> str:
    """The office's part of a document's symbol: "UBND", "SGDĐT", "PGDĐT", "TTHTCĐ"; a school's are its initials."""
    lower = name.lower()
    known = ((_COMMITTEE, "UBND"), ("sở giáo dục", "SGDĐT"), ("phòng giáo dục", "PGDĐT"))
    for head, symbol in known:
        if lower.startswith(head):
            return symbol
    if level == "centre":
        return "TTHTCĐ"
    kinds = (("mầm non", "MN"), ("tiểu học", "TH"), ("thcs", "THCS"), ("trung học cơ sở", "THCS"), ("thpt", "THPT"))
    return next((symbol for words, symbol in kinds if words in lower), "")


def short_name_of(name: str) -> str:
    """ "Ủy ban nhân dân xã A" -> "UBND xã A", for lists."""
    pairs = (
        ("Ủy ban nhân dân", "UBND"),
        ("Sở Giáo dục và Đào tạo", "Sở GDĐT"),
        ("Phòng Giáo dục và Đào tạo", "Phòng GDĐT"),
        ("Trung học cơ sở", "THCS"),
    )
    for long, short in pairs:
        name = name.replace(long, short)
    return name


def level_of_name(name: str) -> str:
    """The level an office of this name most likely has, "" where the name does not tell."""
    lower = name.lower().replace("uỷ ban", "ủy ban").removeprefix("ubnd ").removeprefix(f"{_COMMITTEE} ")
    for level, heads in _LEVEL_HEADS.items():
        if lower.startswith(heads):
            return level
    return ""


# --- who signs ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way of signing. id: "head", "deputy", "acting", "order", "mandate"; words: for a list; signer: no name."""

    id: str
    words: str
    signer: Signer


def ways_of_signing(name: str, level: str) -> tuple[Way, ...]:
    """The forms of authority an office of this name and level signs under.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.7: TM., Q., KT., TL., TUQ.
    """
    collective, head, office = _head(name, level)
    return (
        Way("head", f"{_title(head)} ký", Signer(collective, "", head)),
        Way("deputy", f"Phó {_lower(head)} ký thay (KT.)", Signer(collective, f"KT. {head}", f"PHÓ {head}")),
        Way("acting", f"Quyền {_lower(head)} ký (Q.)", Signer(collective, f"Q. {head}", "")),
        Way("order", "Ký thừa lệnh (TL.)", Signer("", f"TL. {head}", office)),
        Way("mandate", "Ký thừa ủy quyền (TUQ.)", Signer("", f"TUQ. {head}", office)),
    )


def way_of(signer: Signer, ways: Sequence[Way]) -> str:
    """The id of the way a signer signs by, "" when it is none of them."""
    same = (w.id for w in ways if (w.signer.collective, w.signer.authority) == (signer.collective, signer.authority))
    return next(same, "")


def _head(name: str, level: str) -> tuple[str, str, str]:
    """Collective line, title of the head, and who signs by order, as printed."""
    lower = name.lower()
    if lower.startswith(_COMMITTEE):
        under = "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI" if level == "commune" else "CHÁNH VĂN PHÒNG"
        return "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", under
    if level == "school":
        return "", "HIỆU TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"
    if lower.startswith("phòng"):
        return "", "TRƯỞNG PHÒNG", "CHUYÊN VIÊN"
    if level == "bo":
        return "", "BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"
    return "", "GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"


def _title(head: str) -> str:
    return head[:1] + head[1:].lower()


def _lower(head: str) -> str:
    return "Chủ tịch" if head == "CHỦ TỊCH" else head.lower()


def _under(unit: Unit, above: Unit) -> Unit:
    return replace(unit, upper=above.code)


def _department(province: Place) -> Unit:
    name = f"Sở Giáo dục và Đào tạo {province.full_name}"
    return Unit(
        code=f"{province.code}-GDDT",
        name=name,
        short_name=short_name_of(name),
        level="tinh",
        area=province.full_name,
        governing=issuing_lines(f"Ủy ban nhân dân {province.full_name}"),
        issuing=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
        place=place_name(province),
        symbol="SGDĐT",
        signer=ways_of_signing(name, "tinh")[0].signer,
    )
