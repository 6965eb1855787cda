"""What the page Tiếp nhận says of a turn of receiving. No Qt."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from hoctap_desktop.consolidation import turn_paper
from hoctap_desktop.consolidation.desk import Desk
from hoctap_desktop.consolidation.turn_paper import REQUEST, Below, Sender, content_words, grouped, verdict_words
from hoctap_desktop.consolidation.turns import Turn
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.units.model import Unit

COMPARE, OPEN, BESIDE, KEY_IN = "compare", "open", "beside", "key_in"
CALL, COPY, UNLOCK, ASIDE = "call", "copy", "unlock", "aside"
INBOX = "thư mục nhận"
ZONE = "Tệp chỉ được đọc, không bị sửa hay xóa."
_OURS = ".htgoi"
_TO_CALL = frozenset({Code.ALTERED, Code.WRONG_UNIT, Code.WEAK_OR_FOREIGN_SIGNATURE, Code.REVOKED_KEY})
_TO_COPY = frozenset({Code.DAMAGED_ENTRY, Code.DAMAGED_ENCRYPTION, Code.NOT_A_PACKAGE, Code.KEPT_FILE_LOST})
_WORKBOOKS = (".xlsx", ".xls", ".ods")
_ATTENTION = (Outcome.REFUSED, Outcome.WAITING, Outcome.BESIDE)
_RECEIVED = (Outcome.TAKEN, Outcome.REPLACED)
_DANGER = ("file-x-2", "danger")
_NO_FILE_OF_OURS = ("file-warning", "warn")
_GLYPHS = {
    Code.ALTERED: _DANGER,
    Code.WEAK_OR_FOREIGN_SIGNATURE: _DANGER,
    Code.WRONG_UNIT: _DANGER,
    Code.REVOKED_KEY: _DANGER,
    Code.FINGERPRINT_DIFFERS: _DANGER,
    Code.FORBIDDEN_FILE: _DANGER,
    Code.INTERNAL: _DANGER,
    Code.KEPT_FILE_LOST: _DANGER,
    Code.DAMAGED_ENCRYPTION: _DANGER,
    Code.ENCRYPTED: ("lock", "warn"),
    Code.ENCRYPTED_LOCKED: ("lock", "warn"),
    Code.UNKNOWN_KEY: ("key-round", "warn"),
    Code.EXPIRED_KEY: ("key-round", "warn"),
    Code.OLD_REVISION_NEW_CONTENT: ("copy-check", "warn"),
    Code.FORKED_REVISION: ("copy-check", "warn"),
}


_NO_REQUEST = "Chưa có tệp đăng ký khóa của đơn vị. Gói nằm chờ; hãy xin tệp đó và phiếu có dấu."


@dataclass(frozen=True)
class FileRow:
    """One line of the table, or the head of a group (title only).

    key: package id, or the name of a file nobody could open. act: COMPARE, OPEN, BESIDE, KEY_IN,
    CALL, COPY, UNLOCK, ASIDE (put aside, or back) or "".
    """

    title: str = ""
    key: str = ""
    icon: str = ""
    token: str = "ink"
    unit: str = ""
    content: str = ""
    sentence: str = ""
    strong: bool = False
    act: str = ""
    act_words: str = ""
    act_icon: str = ""
    line: Line | None = None

    @property
    def group(self) -> bool:
        return bool(self.title)


def table(desk: Desk, below: Sequence[Unit] = ()) -> tuple[FileRow, ...]:
    """The three groups, each with its count; a group without files is left out. below: this office's own list."""
    rows: list[FileRow] = []
    known = Below(below)
    asked = {one.fingerprint for one in desk.lines if one.outcome is Outcome.WAITING and one.paper == REQUEST}
    for head, lines in grouped(desk.lines):
        rows.append(FileRow(title=head))
        rows += [_row(line, desk, known, asked) for line in lines]
    return tuple(rows)


def to_look_at(desk: Desk) -> int:
    """The count of the sidebar: files that wait for somebody."""
    return sum(line.outcome in _ATTENTION for line in desk.lines)


def turn_words(desk: Desk) -> str:
    """ "Lượt chiều 14/10/2022, từ USB (E:), 12 tệp"; the digits still to be compared when nothing was read."""
    if desk.at is None:
        return f"{print_count(len(desk.lines))} tệp đang chờ xử lý" if desk.lines else ""
    return turn_paper.turn_words(desk.at, desk.source, desk.lines, desk.skipped, broken_off=desk.broken_off)


def zone_words(folder: Path | None, moving: int, *, gone: bool) -> str:
    """The line under the title of the drop zone; what the watched folder is about, quietly."""
    if folder is None:
        return ZONE
    if gone:
        return f"Không thấy thư mục nhận «{folder}». Cắm lại USB hoặc chọn thư mục khác."
    said = f"Máy theo dõi thư mục nhận «{folder.name or folder}»"
    return f"{said}; {print_count(moving)} tệp còn đang chép." if moving else f"{said}, chỉ đọc."


def offer_words(folder: Path, new: int) -> str:
    """ "3 tệp mới trong thư mục nhận «Nhan»."."""
    return f"{print_count(new)} tệp mới trong thư mục nhận «{folder.name or folder}»."


def turn_rows(found: Sequence[Turn]) -> list[tuple[str, str]]:
    """Every turn for the list: number, then day, where from, counts."""
    rows = []
    for one in found:
        at = one.at.astimezone(VIETNAM)
        source = f", từ {one.source}" if one.source else ""
        said = (
            f"{at:%d/%m/%Y %H:%M}{source}, {print_count(len(one.own))} tệp: {turn_paper.counts_words(one.own).lower()}"
        )
        said += "; dừng giữa chừng" if one.broken_off else ""
        rows.append((str(one.number), f"{said} (đã hoàn tác)" if one.undone_at else said))
    return rows


def past_words(desk: Desk) -> str:
    """That what is shown is not the last turn; "" when it is."""
    if desk.undone_at is not None:
        at = desk.undone_at.astimezone(VIETNAM)
        return f"Lượt này đã hoàn tác lúc {at:%H:%M %d/%m/%Y}; danh sách là như máy đã báo khi đó."
    return "Đang xem một lượt trước." if desk.past else ""


def aside_words(line: Line) -> str:
    """What putting a file aside did, or taking it back."""
    if line.outcome is Outcome.REFUSED:
        return f"Đã gác lại «{line.file}», không còn ở Cần xử lý."
    return f"Đã đưa «{line.file}» về Cần xử lý."


def nothing_words(desk: Desk) -> str:
    """What is said when there was nothing to judge."""
    skipped = f" Bỏ qua {print_count(desk.skipped)} tệp khác." if desk.skipped else ""
    return f"Không có gói nào của chương trình ở đó.{skipped}"


def source_words(paths: Iterable[Path]) -> str:
    """Where files come from: the stick or folder, when it is one; "" for single files."""
    given = list(paths)
    if len(given) != 1 or not given[0].is_dir():
        return ""
    folder = given[0]
    return f"ổ {folder.drive}" if folder.parent == folder and folder.drive else f"thư mục {folder.name or folder}"


def request_for(desk: Desk, line: Line) -> Line | None:
    """The enrolment request signed by the key of `line`: the line itself, another on the desk, or None."""
    waiting = (one for one in desk.lines if one.outcome is Outcome.WAITING and one.paper == REQUEST)
    return next((one for one in waiting if one.fingerprint == line.fingerprint), None)


def released_with(desk: Desk, line: Line) -> int:
    """How many packages wait for the key of `line`, its request aside."""
    return sum(
        one.outcome is Outcome.WAITING and one.paper != REQUEST and one.fingerprint == line.fingerprint
        for one in desk.lines
    )


def holder_words(code: str, below: Sequence[Unit]) -> str:
    """The unit's code, and whom to ask there, as this office's own list has it; a code nobody here has says so."""
    unit = next((one for one in below if one.code == code), None)
    if unit is None:
        return f"Mã đơn vị {code}: không có trong danh sách đơn vị cấp dưới."
    signer = f"người ký: {unit.signer.name}" if unit.signer.name else ""
    asked = ", ".join(part for part in (unit.contact, unit.phone) if part)
    return "; ".join(part for part in (f"Mã đơn vị {code}", signer, f"liên hệ: {asked}" if asked else "") if part)


@dataclass(frozen=True)
class NextStep:
    """What a person does about a file that was not taken. reach: telephone and whom to ask, "" when not known.

    note: what is kept of the call, "" where nobody is called.
    """

    title: str
    said: str
    reach: str
    steps: tuple[str, ...]
    note: str = ""


def next_step(line: Line, found: Sender | None) -> NextStep:
    """The call to a unit whose file was changed or signed by another, or the second copy of one copied badly."""
    name = found.words if found else ""
    reach = ", ".join(part for part in (found.unit.phone, found.unit.contact) if part) if found else ""
    why = verdict_words(line)
    said = why if line.file in why else f"Tệp «{line.file}». {why}"
    if line.code in _TO_COPY:
        asked = f" Vẫn không đọc được thì xin {name or 'đơn vị'} gửi lại."
        again = "Chọn tệp vừa chép; máy xem lại từ đầu."
        first = f"Chép lại tệp này từ USB hoặc máy của đơn vị, thay tệp chép hỏng.{asked}"
        return NextStep(f"Chép lại tệp của {name}" if name else "Chép lại tệp", said, reach, (first, again))
    steps: tuple[str, ...]
    if line.code is Code.WRONG_UNIT:
        steps = ("Hỏi đơn vị ai đã ký gói này.", "Đơn vị ghi lại gói bằng khóa của mình rồi gửi lại.")
    elif line.code is Code.ALTERED:
        steps = (
            "Báo đơn vị: tệp đã bị sửa sau khi ký nên không nhận được.",
            "Đơn vị ghi lại gói từ chương trình (Gói gửi đi) và gửi lại, không mở tệp ra sửa.",
        )
    else:
        steps = (
            "Hỏi đơn vị đang ký bằng khóa nào.",
            "Đơn vị gửi phiếu đăng ký khóa mới có dấu, rồi ghi lại gói bằng khóa đó.",
        )
    if found and found.guessed:
        steps = ("Tên đơn vị chỉ đoán theo tên tệp: hỏi lại tệp này có phải của đơn vị không.", *steps)
    return NextStep(f"Gọi {name}", said, reach, steps, f"Tệp «{line.file}» không nhận được, xin gửi lại")


def accepted_words(before: Desk, now: Desk, request: Line) -> str:
    """What became of the packages that waited for the key of `request`."""
    waited = {
        one.package_id
        for one in before.lines
        if one.outcome is Outcome.WAITING and one.fingerprint == request.fingerprint and one.paper != REQUEST
    }
    became = [one for one in now.lines if one.package_id in waited]
    said = f"Đã nhận khóa của {request.unit}."
    if not became:
        return f"{said} Không có gói nào đang chờ khóa này."
    taken = sum(one.outcome in (*_RECEIVED, Outcome.UNCHANGED) for one in became)
    rest = len(became) - taken
    said += f" Gói đang chờ: nhận {print_count(taken)} trên {print_count(len(became))}."
    return f"{said} Xem {print_count(rest)} dòng ở Cần xử lý." if rest else said


def _row(line: Line, desk: Desk, known: Below, asked: AbstractSet[str]) -> FileRow:
    attention = line.outcome in _ATTENTION
    icon, token = _glyph(line)
    act = ("", "", "")
    if line.outcome is Outcome.PUT_ASIDE:
        act = ("", "", "") if desk.past else (ASIDE, "Đưa lại", "undo-2")
    elif line.package_id in desk.beside:
        act = (BESIDE, "Xem hai bản", "eye")
    elif line.outcome is Outcome.WAITING and line.code is not Code.KEPT_FILE_LOST and not desk.past:
        act = (COMPARE, "So dãy số", "shield-check")
    elif line.code is Code.NOT_A_PACKAGE and line.file.lower().endswith(_WORKBOOKS):
        act = (KEY_IN, "Nhập hộ", "file-pen-line")
    elif line.code in _TO_COPY and line.file.lower().endswith(_OURS):
        act = (COPY, "Chép lại", "refresh-cw")
    elif line.code in _TO_CALL and known.sender(line) is not None:
        act = (CALL, "Gọi đơn vị", "phone")
    elif line.code is Code.ENCRYPTED_LOCKED and not desk.past:
        act = (UNLOCK, "Mở khóa", "lock")
    elif line.outcome is Outcome.REFUSED and not desk.past:
        act = (ASIDE, "Gác lại", "circle-minus")
    elif line.outcome in _RECEIVED and line.paper != REQUEST:
        act = (OPEN, "Mở", "")
    return FileRow(
        key=line.package_id or line.file,
        icon=icon,
        token=token,
        unit=known.who(line, line.file),
        content=content_words(line),
        sentence=_NO_REQUEST if _has_no_request(line, asked) else verdict_words(line),
        strong=attention,
        act=act[0],
        act_words=act[1],
        act_icon=act[2],
        line=line,
    )


def _has_no_request(line: Line, asked: AbstractSet[str]) -> bool:
    """True for a package that waits for a key whose request has not come: there is nothing yet to accept."""
    return line.outcome is Outcome.WAITING and line.code is Code.UNKNOWN_KEY and line.fingerprint not in asked


def _glyph(line: Line) -> tuple[str, str]:
    if line.outcome in _RECEIVED:
        return "circle-check", "ok"
    if line.outcome is Outcome.BESIDE:
        return "history", "warn"
    if line.outcome is Outcome.UNCHANGED:
        return "copy-check", "ink2"
    if line.outcome is Outcome.PUT_ASIDE:
        return "circle-minus", "ink2"
    return _GLYPHS.get(line.code, _NO_FILE_OF_OURS) if line.code else _NO_FILE_OF_OURS
