"""What stands around the text of a plan: letterhead above; recipients, signature and appendix below. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hoctap_desktop.foundation.text import without_marks
from hoctap_desktop.plan.numerals import numeral
from hoctap_desktop.plan.source_lines import Doubt, Line
from hoctap_desktop.units.model import Signer

_COUNTRY = re.compile(r"C[ỘO]NG\s+H[OÒ][AÀ]\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM", re.IGNORECASE)
_MOTTO = re.compile(r"Đ[ộo]c\s+l[ậa]p\s*[-–—]\s*T[ựu]\s+do\s*[-–—]\s*H[ạa]nh\s+ph[úu]c", re.IGNORECASE)
_NUMBER = re.compile(r"S[ốo]\s*:?\s*([\d…._]*)\s*/\s*(?:\d{4}\s*/\s*)?([A-ZĐ0-9]+(?:\s?[-–&]\s?[A-ZĐ0-9&.]+)*)")
_DATE = re.compile(
    r"([^\W\d_][^,\t]{1,60}?)\s*,\s*ngày\s*([\d…._]*)\s*tháng\s*([\d…._]*)\s*năm\s*(\d{4}|[\d…._]*)", re.IGNORECASE
)
_GAP = re.compile(r"\t+|\s{3,}")
_SIGNS = re.compile(
    r"(?:TM|KT|TL|TUQ|T/M|K/T|Q)\s*\.?\s*\S|(?:QUYỀN |PHÓ )?(?:CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC|TRƯỞNG PHÒNG|TRƯỞNG BAN|"
    r"CHÁNH VĂN PHÒNG|CHÁNH|THỦ TRƯỞNG|BÍ THƯ|CHỦ NHIỆM|TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG|PHÓ PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG)"
)
_COLLECTIVE = re.compile(r"(?:TM|T/M)\b")
_AUTHORITY = re.compile(r"(?:KT|K/T|TL|TUQ|Q)\b\s*\.?")
_NOTE = re.compile(r"\(?\s*(?:đã ký|ký tên|ký, |ký và|chữ ký|\(ký)[^)]*\)?", re.IGNORECASE)
_ITEM = re.compile(r"\\?[-+*–•]\s*(.+)")
NOT_KNOWN = "Dòng ở đầu văn bản không nhận ra, không đưa vào bài."
_STAMPS = ("DỰ THẢO", "HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "BẢN SAO", "SAO Y", "SAO Y BẢN CHÍNH")
_LAST_SIGN_LINES = 30
_LONGEST_ITEM = 200
_LONGEST_CAPACITY = 100
LONGEST_NAME = 100
_MOST_COLUMNS = 2


@dataclass(frozen=True)
class Head:
    """names: capital lines of the letterhead in order. month: 0 when not written."""

    names: tuple[str, ...] = ()
    symbol: str = ""
    place: str = ""
    year: int = 0
    month: int = 0
    doubts: tuple[Doubt, ...] = ()


def read_head(lines: Sequence[Line]) -> Head:
    """The letterhead lines before the title, whatever of them there is."""
    names: list[str] = []
    head = Head()
    doubts: list[Doubt] = []
    for line in lines:
        words = _MOTTO.sub("\t", _COUNTRY.sub("\t", _plain(line).replace("|", "\t")))
        if found := _NUMBER.search(words):
            head = replace(head, symbol=re.sub(r"\s", "", found[2]).replace("–", "-"))
            words = words.replace(found[0], "\t")
            if found[1].strip("…._"):
                why = "Số văn bản không đọc vào: số và ngày để trống, điền sau khi ký."
                doubts.append(Doubt(line.number, found[0], why))
        if found := _DATE.search(words):
            year, month = found[4].strip("…._"), found[3].strip("…._")
            head = replace(head, place=found[1].strip(), year=int(year or 0), month=int(month or 0))
            words = words.replace(found[0], "\t")
            if found[2].strip("…._"):
                why = "Ngày ban hành không đọc vào: số và ngày để trống, điền sau khi ký."
                doubts.append(Doubt(line.number, found[0], why))
        pieces = _GAP.split(words.strip())
        if len([piece for piece in pieces if piece.strip()]) > _MOST_COLUMNS:
            doubts.append(Doubt(line.number, " ".join(pieces), NOT_KNOWN))  # a row of a table
            continue
        for piece in pieces:
            if not piece.strip(" -_–*./"):
                continue
            if piece == piece.upper() and piece not in _STAMPS and not numeral(piece) and len(piece) <= LONGEST_NAME:
                names.append(" ".join(piece.split()))
            else:
                doubts.append(Doubt(line.number, piece, NOT_KNOWN))
    return replace(head, names=tuple(names), doubts=tuple(doubts))


def _plain(line: Line) -> str:
    return re.sub(r"[*\\]", "", re.sub(r"^\s*#+\s", "", line.raw)).strip("\n")


@dataclass(frozen=True)
class Foot:
    """body: lines of the text itself; recipients: items and headings of lists; appendix: lines after the signer."""

    body: tuple[Line, ...]
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    appendix: tuple[Line, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def read_foot(lines: Sequence[Line]) -> Foot:
    """Splits what follows the title into text, recipients, signature and appendix."""
    start = next((i for i, line in enumerate(lines) if is_recipients_line(line)), None)
    if start is None:
        begin = _sign_start(lines, max(0, len(lines) - _LAST_SIGN_LINES * 3), len(lines))
        if begin is None:
            cut = next((i for i, line in enumerate(lines) if i and _is_appendix(line)), len(lines))
            return Foot(tuple(lines[:cut]), appendix=tuple(lines[cut:]))
        signer, used, doubts = _signer(lines[begin:])
        return Foot(tuple(lines[:begin]), (), signer, tuple(lines[begin + used :]), tuple(doubts))
    left, right, rest = _columns(lines[start:])
    early = _sign_start(lines, max(0, start - 8), start)
    if early is not None:
        signer, used, doubts = _signer(lines[early:start])
        body = (*lines[:early], *lines[early + used : start])
        items, after, more = _recipients((*left, *right, *rest))
        return Foot(body, items, signer, tuple(after), (*doubts, *more))
    tail = (*left, *right, *rest)
    items, after, more = _recipients(tail)
    signer, used, doubts = _signer(after)
    return Foot(tuple(lines[:start]), items, signer, tuple(after[used:]), (*more, *doubts))


def is_recipients_line(line: Line) -> bool:
    """True for "Nơi nhận:", alone or with what stands beside it."""
    return re.match(r"n[ơo]i nh[ậa]n\s*(?::|$)", line.bare, re.IGNORECASE) is not None


def _is_appendix(line: Line) -> bool:
    return re.fullmatch(r"phụ lục(\s+([IVXLC]+|\d+))?[.:]?", line.bare, re.IGNORECASE) is not None


def is_sign_line(line: Line) -> bool:
    """True for a line of the signature block in capitals: TM. …, KT. CHỦ TỊCH, HIỆU TRƯỞNG."""
    words = line.bare
    short = len(words.split()) <= 12 and len(words) < _LONGEST_CAPACITY
    return short and words == words.upper() and _SIGNS.match(words) is not None


def _sign_start(lines: Sequence[Line], first: int, end: int) -> int | None:
    return next((i for i in range(first, end) if is_sign_line(lines[i])), None)


def _columns(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Recipients at the left and the signature at the right of one line are taken apart; the rest comes after."""
    left: list[Line] = []
    right: list[Line] = []
    signed = False
    for index, line in enumerate(lines[:_LAST_SIGN_LINES]):
        pieces = [piece.strip() for piece in _GAP.split(line.raw.strip()) if piece.strip()]
        listed = len(pieces) == 2 and (is_recipients_line(line) or re.match(r"[-+]|\*(?!\*)", pieces[0]))
        if listed or (signed and len(pieces) == 1 and line.raw.startswith(("\t", "      "))):
            signed = True
            right.append(replace(line, text=pieces[-1], raw=pieces[-1], marked=False))
            if listed:
                left.append(replace(line, text=pieces[0], raw=pieces[0], marked=False))
        elif signed and not _ITEM.match(line.text):
            return left, right, list(lines[index:])
        else:
            left.append(line)
            if not signed and is_sign_line(line):
                return left, right, list(lines[index + 1 :])
    return left, right, list(lines[_LAST_SIGN_LINES:])


def _recipients(lines: Sequence[Line]) -> tuple[tuple[str, ...], list[Line], list[Doubt]]:
    """Items after "Nơi nhận:", then what is left."""
    items: list[str] = []
    doubts: list[Doubt] = []
    first = re.sub(r"^n[ơo]i nh[ậa]n\s*:?\s*", "", lines[0].bare, flags=re.IGNORECASE)
    rest = [replace(lines[0], text=first, raw=first), *lines[1:]] if first else list(lines[1:])
    index = 0
    while index < len(rest):
        line = rest[index]
        words = line.bare
        if is_sign_line(line) or _is_appendix(line) or (items and (line.bold or words == words.upper())):
            break
        found = _ITEM.fullmatch(words)
        if len(words) > _LONGEST_ITEM:
            break
        if found:
            items.append(found[1].strip())
        elif words.endswith(":") or not items:
            items.append(words)
        elif items[-1].endswith((";", ".")) and not words[:1].islower():
            if items[-1].endswith(".") or len(words) > 120:
                break
            items.append(words)
            doubts.append(Doubt(line.number, words, "Nơi nhận không có gạch đầu dòng, lấy thành một dòng riêng."))
        elif len(items[-1]) + len(words) >= _LONGEST_ITEM:
            break
        else:
            items[-1] += f" {words}"
            doubts.append(Doubt(line.number, words, "Nối vào nơi nhận ở dòng trên."))
        index += 1
    return tuple(items), rest[index:], doubts


def _signer(lines: Sequence[Line]) -> tuple[Signer, int, list[Doubt]]:
    """The signer at the head of `lines`, and how many lines were used."""
    capacity: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        words = line.bare
        more = index + 1 < len(lines) and is_sign_line(lines[index + 1])
        if is_sign_line(line) or (not capacity and _title_in_small_letters(words)):
            capacity += _parted(words)
        elif capacity and more and words == words.upper() and len(capacity[-1]) + len(words) < _LONGEST_CAPACITY:
            capacity[-1] += f" {words}"
        else:
            break
        index += 1
    if not capacity:
        return Signer(), 0, []
    doubts: list[Doubt] = []
    while index < len(lines) and (_NOTE.fullmatch(lines[index].bare) or not lines[index].bare.strip("./…_- ")):
        doubts.append(Doubt(lines[index].number, lines[index].bare, "Ghi chú ở chỗ ký, đã bỏ: bản in để trống chỗ ký."))
        index += 1
    name = ""
    if index < len(lines) and _is_name(lines[index].bare):
        name = lines[index].bare
        index += 1
    signer = Signer(
        collective=next((c for c in capacity if _COLLECTIVE.match(c)), ""),
        authority=next((c for c in capacity if _AUTHORITY.match(c)), ""),
        title=" ".join(c for c in capacity if not _COLLECTIVE.match(c) and not _AUTHORITY.match(c))[:_LONGEST_CAPACITY],
        name=name,
    )
    return signer, index, doubts


def _parted(words: str) -> list[str]:
    """ "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in one line is two lines of the block."""
    found = re.fullmatch(r"((?:TM|T/M)\.?\s.+?)\s+((?:KT|K/T|TL|TUQ|Q)\.\s.+)", words)
    if found:
        return [found[1], *_parted(found[2])]
    found = re.fullmatch(r"((?:KT|K/T|Q|TL|TUQ)\.?\s.+?)\s+(PHÓ\s.+)", words)
    return [found[1], found[2]] if found else [words]


def _title_in_small_letters(words: str) -> bool:
    plain = without_marks(words)
    return len(words.split()) <= 4 and plain in {
        "hieu truong",
        "pho hieu truong",
        "chu tich",
        "pho chu tich",
        "giam doc",
    }


def _is_name(words: str) -> bool:
    parts = words.split()
    return (
        2 <= len(parts) <= 7
        and len(words) <= 50
        and not any(c.isdigit() for c in words)
        and all(part[0].isupper() for part in parts)
        and not words.endswith((":", ";", ","))
        and not _SIGNS.match(words)
        and without_marks(parts[0]) not in {"phu", "chuong", "de", "ke"}
    )
