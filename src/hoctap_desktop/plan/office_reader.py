"""Which office a plan is from, as far as its text tells. Pure but for the levels, which are data."""

import re
from collections import Counter
from collections.abc import Sequence

from hoctap_desktop.foundation.text import slug
from hoctap_desktop.plan.letterhead_reader import LONGEST_NAME, NOT_KNOWN, Head
from hoctap_desktop.plan.source_lines import Doubt
from hoctap_desktop.units.model import Level, Signer, Unit

_COMMITTEE = r"(?:[ỦU]y ban nhân dân|Uỷ ban nhân dân|UBND)"
# The word of an administrative area, and the words its level may have in forms/levels.toml.
_AREAS = {
    "tỉnh": ("tỉnh",),
    "thành phố": ("thành phố", "huyện", "tỉnh"),
    "huyện": ("huyện", "tỉnh"),
    "quận": ("quận", "huyện", "tỉnh"),
    "thị xã": ("thị xã", "huyện", "tỉnh"),
    "xã": ("xã",),
    "phường": ("phường", "xã"),
    "thị trấn": ("thị trấn", "xã"),
    "đặc khu": ("đặc khu", "xã"),
}
_WORDS = "|".join(sorted(_AREAS, key=len, reverse=True))
_ACTS = r"(?:xây dựng|ban hành|lập|đề ra|tổ chức|triển khai|thông báo|yêu cầu|đề nghị)"
_BY_COMMITTEE = re.compile(rf"{_COMMITTEE}\s*(?:\(UBND\)\s*)?({_WORDS})\s+(?:([^,;.()]{{1,60}}?)\s+)??{_ACTS}")
_OTHER_BODY = re.compile(
    rf"\b((?:Trường|Nhà trường|Phòng|Sở|Trung tâm|Hội|Ban|Liên đoàn|Đoàn)\b[^,;.:()]{{0,90}}?)\s+{_ACTS}"
)
_LONGEST_NAME = 6
_MOST_LINES = 4  # of each of the two bodies in the letterhead
_SMALL = re.compile(
    "VÀ|CỦA|DỤC|ĐÀO|TẠO|TÂM|HỌC|TẬP|CỘNG|ĐỒNG|KHUYẾN|CƠ|SỞ|HUYỆN|TỈNH|XÃ|PHƯỜNG|THỊ|TRẤN|QUẬN|NON|PHỔ|THÔNG"
)
_SHORT = re.compile("THCS|THPT|TH|MN|PTDTBT|PTDTNT|GDTX|GDNN|UBND|TTHTCĐ")
UNKNOWN = "(chưa rõ cơ quan ban hành)"
CODE_GUESSED = "Văn bản không ghi mã đơn vị; đặt tạm theo tên. Hãy nhập mã đúng."


def office_of(head: Head, lead: str, whole: str, signer: Signer, levels: Sequence[Level]) -> tuple[Unit, list[Doubt]]:
    """The unit that issued the plan. lead: text before the first heading; whole: the whole text.

    What the text does not say is guessed and told in the doubts (line 0).
    """
    doubts: list[Doubt] = []
    name, kind = _from_letterhead(head, whole) or _from_text(lead, whole) or ("", "")
    if not name:
        name = UNKNOWN
        doubts.append(Doubt(0, "", "Không thấy tên cơ quan ban hành. Hãy nhập đơn vị."))
    elif not head.names:
        doubts.append(Doubt(0, name, "Đầu văn bản không có tên cơ quan; lấy theo nội dung. Hãy xem lại đơn vị."))
    area_word, proper = _area_of(name)
    if kind == "office" and not area_word:
        area_word, proper = _area_of(" ".join(_two_parts(head.names)[0]).title()) if head.names else ("", proper)
    level = _level(kind, area_word, levels)
    place = head.place or proper or _most_named(whole, tuple(_AREAS))
    if not head.place:
        doubts.append(Doubt(0, place, "Không thấy địa danh ở đầu văn bản; lấy theo tên cơ quan. Hãy xem lại."))
    symbol = head.symbol.partition("-")[2] or _symbol(name, kind)
    if not head.symbol:
        doubts.append(Doubt(0, symbol, "Không thấy ký hiệu văn bản; đoán theo tên cơ quan. Hãy xem lại."))
    code = slug(_short(name))[:32].strip("-") or "don-vi"
    doubts.append(Doubt(0, code, CODE_GUESSED))
    governing, issuing = _two_parts(head.names) if head.names else ((), _printed_name(name, area_word, proper))
    doubts += [Doubt(0, line, NOT_KNOWN) for line in (*governing[_MOST_LINES:], *issuing[_MOST_LINES:])]
    unit = Unit(
        code=code,
        name=name[:200],
        short_name=_short(name)[:200],
        level=level,
        area=_upper_area(whole, area_word),
        governing=tuple(line[:LONGEST_NAME] for line in governing)[:_MOST_LINES],
        issuing=tuple(line[:LONGEST_NAME] for line in issuing)[:_MOST_LINES],
        place=place[:100],
        symbol=symbol[:30],
        signer=signer,
    )
    return unit, doubts


def proper_name(words: str) -> str:
    """The capitalised words at the head of `words`: "Hà Thượng xây dựng …" -> "Hà Thượng"."""
    kept: list[str] = []
    for word in words.split():
        bare = word.strip("“”\"'’(),.;:")
        if not bare or not (bare[0].isupper() or bare[0].isdigit()) or len(kept) == _LONGEST_NAME:
            break
        kept.append(bare)
        if word[-1] in ',.;:)”"':
            break
    return " ".join(kept)


def _from_letterhead(head: Head, whole: str) -> tuple[str, str] | None:
    """Name and kind from the capital lines: "ỦY BAN NHÂN DÂN" "XÃ HÀ THƯỢNG" -> "Ủy ban nhân dân xã Hà Thượng"."""
    if not head.names:
        return None
    words = " ".join(_two_parts(head.names)[1])
    found = re.fullmatch(rf"(?:[ỦU]Y BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+({_WORDS.upper()})\s+(.+)", words)
    if found:
        return f"Ủy ban nhân dân {found[1].lower()} {found[2].title()}", "committee"
    first = next((word for word in ("TRƯỜNG", "PHÒNG", "SỞ", "TRUNG TÂM", "HỘI", "BAN") if words.startswith(word)), "")
    told = re.search(re.escape(words), whole, re.IGNORECASE)  # the text knows the small letters better than a rule
    name = told[0] if told and told[0] != words and told[0][0].isupper() else _sentence_case(words) if first else words
    return name, "school" if first == "TRƯỜNG" else "office"


def _sentence_case(words: str) -> str:
    return " ".join(
        word if _SHORT.fullmatch(word) else word.lower() if index and _SMALL.fullmatch(word) else word.capitalize()
        for index, word in enumerate(words.split())
    )


def _from_text(lead: str, whole: str) -> tuple[str, str] | None:
    for found in _BY_COMMITTEE.finditer(lead):
        name = proper_name(found[2] or "")
        if name != (found[2] or "").strip():
            continue  # "của Ủy ban nhân dân tỉnh … về việc tổ chức": the body above
        name = name or _most_named(whole, (found[1],))
        if name:
            return f"Ủy ban nhân dân {found[1]} {name}", "committee"
    bodies = [found[1] for found in _OTHER_BODY.finditer(lead)]
    for body in reversed(bodies):
        kind = "school" if body.startswith(("Trường", "Nhà trường")) else "office"
        if body.startswith("Nhà trường"):
            body = _most_school(whole)
        if body:
            return body, kind
    for found in re.finditer(rf"của {_COMMITTEE} ({_WORDS})\s+(\S.{{0,60}})", whole):
        if name := proper_name(found[2]):
            return f"Ủy ban nhân dân {found[1]} {name}", "committee"
    school = _most_school(whole)
    return (school, "school") if school else None


def _most_school(whole: str) -> str:
    found = re.findall(
        r"[Tt]rường ((?:THCS|THPT|TH|Tiểu học|Mầm non|Trung học cơ sở|Trung học phổ thông)\b.{0,60})", whole
    )
    names = Counter(
        f"Trường {words[: words.find(name) + len(name)]}" for words in found if (name := _school_name(words))
    )
    return names.most_common(1)[0][0] if names else ""


def _school_name(words: str) -> str:
    rest = re.sub(
        r"^(?:THCS|THPT|TH|Tiểu học|Mầm non|Trung học cơ sở|Trung học phổ thông)(?:\s*(?:và|&)\s*THCS)?\s*", "", words
    )
    return proper_name(rest)


def _most_named(whole: str, areas: Sequence[str]) -> str:
    for area in areas:
        names = Counter(proper_name(found[1]) for found in re.finditer(rf"\b{area}\s+(\S.{{0,60}})", whole))
        del names[""]
        if names:
            return names.most_common(1)[0][0]
    return ""


def _area_of(name: str) -> tuple[str, str]:
    """Area word and proper name at the end of a name: ("xã", "Hà Thượng")."""
    for found in re.finditer(rf"\b({_WORDS})\s+(\S.*)", name, re.IGNORECASE):
        if proper_name(found[2]):
            return found[1].lower(), proper_name(found[2])
    words = name.split()
    while words and not words[-1][0].isupper():
        words.pop()
    tail: list[str] = []
    while words and words[-1][0].isupper() and words[-1] != words[-1].upper() and len(words) > 1:
        tail.insert(0, words.pop())
    return "", " ".join(tail)


def _level(kind: str, area_word: str, levels: Sequence[Level]) -> str:
    wanted = ("trường",) if kind == "school" else _AREAS.get(area_word, ("xã",))
    for word in wanted:
        for level in levels:
            if level.word == word:
                return level.id
    return levels[0].id if levels else "commune"


def _short(name: str) -> str:
    return re.sub(rf"^{_COMMITTEE}", "UBND", name)


def _symbol(name: str, kind: str) -> str:
    if kind == "committee":
        return "UBND"
    return "".join(w if w == w.upper() else w[0] for w in name.split() if w[0].isupper() and w != "Trường")[:30] or "VP"


def _printed_name(name: str, area_word: str, proper: str) -> tuple[str, ...]:
    if re.match(_COMMITTEE, name) and area_word:
        return ("ỦY BAN NHÂN DÂN", f"{area_word} {proper}".upper())
    return (name.upper(),)


def _two_parts(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Governing and issuing body of the letterhead's lines. A committee's name goes over two lines."""
    bodies: list[list[str]] = [[]] if not names else []
    for line in names:
        if bodies and (re.match(rf"(?:{_WORDS.upper()})\b", line) or not _begins_body(line)):
            bodies[-1].append(line)
        else:
            bodies.append([line])
    return tuple(line for body in bodies[:-1] for line in body), tuple(bodies[-1])


def _begins_body(line: str) -> bool:
    words = (
        "ỦY BAN",
        "UỶ BAN",
        "UBND",
        "PHÒNG",
        "SỞ",
        "TRƯỜNG",
        "TRUNG TÂM",
        "HỘI",
        "BAN ",
        "BỘ ",
        "ĐẢNG",
        "LIÊN",
        "ĐOÀN",
    )
    return line.startswith(words)


def _upper_area(whole: str, area_word: str) -> str:
    above = {"xã": "huyện", "phường": "thành phố", "thị trấn": "huyện", "": "xã"}.get(area_word, "tỉnh")
    if area_word == "tỉnh":
        return ""
    name = _most_named(whole, (above,))
    return f"{above} {name}" if name else ""
