"""A turn of receiving in words, for the screen, on A4 and as a sheet: the same words everywhere. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.document.model import (
    Column,
    Document,
    Footer,
    Metadata,
    Paragraph,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.sheet import Cell, Sheet, SheetColumn, Value
from hoctap_desktop.filing.printed import office_head
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code
from hoctap_desktop.foundation.numbers import print_count
from hoctap_desktop.foundation.text import slug
from hoctap_desktop.submission.container import ANSWERS, KIND_WORDS, PACKAGE, PRINT, SIGNATURE, SUMS, PackageKind
from hoctap_desktop.units.model import Unit

REQUEST = KIND_WORDS[PackageKind.ENROLMENT]
GROUPS = (
    ("Cần xử lý", (Outcome.REFUSED, Outcome.WAITING, Outcome.BESIDE)),
    ("Đã nhận", (Outcome.TAKEN, Outcome.REPLACED)),
    ("Không có gì thay đổi", (Outcome.UNCHANGED,)),
    ("Đã gác lại", (Outcome.PUT_ASIDE,)),
)
_ENCRYPTED = frozenset(
    {Code.ENCRYPTED, Code.ENCRYPTED_LOCKED, Code.DAMAGED_ENCRYPTION, Code.FOREIGN_ENCRYPTION, Code.TOKEN_CANNOT_OPEN}
)
_NOT_OURS = frozenset({Code.NOT_A_PACKAGE, Code.FOREIGN_LAYOUT})
_PARTS = {
    ANSWERS: "bảng số liệu, lời văn",
    PACKAGE: "thông tin của gói",
    SUMS: "danh sách niêm phong",
    SIGNATURE: "chữ ký",
}
_PART = re.compile("«([^»]*)»")
_COLUMNS = (
    Column("TT", 0.05, "center"),
    Column("Đơn vị", 0.21),
    Column("Nội dung", 0.14),
    Column("Kết quả xem tệp", 0.32, torn=True),  # it names files too
    Column("Tệp", 0.28, torn=True),
)


def grouped(lines: Sequence[Line]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The groups that have files, each with its head ("Cần xử lý, 6 tệp, 2 của lượt trước")."""
    for title, outcomes in GROUPS:
        found = tuple(line for line in lines if line.outcome in outcomes)
        if found:
            left_over = sum(line.left_over for line in found)
            of_them = "" if left_over == len(found) else f", {print_count(left_over)}"
            left = f"{of_them} của lượt trước" if left_over else ""
            yield f"{title}, {print_count(len(found))} tệp{left}", found


@dataclass(frozen=True)
class Sender:
    """Whose a file most likely is. guessed: only its name says so, nothing that was signed."""

    unit: Unit
    guessed: bool = False

    @property
    def words(self) -> str:
        name = self.unit.short_name or self.unit.name
        return f"{name} (theo tên tệp)" if self.guessed else name


class Below:
    """The units below, to be found by code or by the name of a file. Made once for many lines."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        known = [unit for unit in units if unit.code]
        self._by_code = {unit.code: unit for unit in known}
        self._by_slug = {slug(unit.code): unit for unit in known}

    def sender(self, line: Line) -> Sender | None:
        """The unit a file names, else the one whose code its name begins with, as ours do; None for neither."""
        if line.unit_code or line.unit:
            named = self._by_code.get(line.unit_code)
            return Sender(named) if named else None
        words = line.file.lower().split("-")
        heads = ("-".join(words[:count]) for count in range(len(words) - 1, 0, -1))
        found = next((self._by_slug[head] for head in heads if head in self._by_slug), None)
        return Sender(found, guessed=True) if found else None

    def who(self, line: Line, otherwise: str) -> str:
        """The unit as the package names it; else whose it is by the name of the file; else `otherwise`."""
        if line.unit:
            return line.unit
        found = self.sender(line)
        return found.words if found else otherwise


def content_words(line: Line) -> str:
    """ "Báo cáo 2022, lần 1", or why there is none."""
    if line.paper:
        return (line.paper[:1].upper() + line.paper[1:]).replace("lần ", "lần\u00a0")
    if line.code in _ENCRYPTED:
        return "Tệp mã hóa"
    return "Không phải gói" if line.code in _NOT_OURS else "Không đọc được"


def verdict_words(line: Line) -> str:
    """Digits do not belong in a list: they are compared large, in the dialog."""
    if line.outcome is Outcome.WAITING and line.code is not Code.KEPT_FILE_LOST:
        if line.code is Code.FINGERPRINT_DIFFERS:
            return "Dãy số không khớp với phiếu có dấu. Gói nằm chờ, không nhập; hãy gọi đơn vị."
        if line.paper == REQUEST:
            return "Đơn vị đăng ký khóa. Hãy so dãy số với phiếu có dấu."
        return "Khóa chưa đăng ký. Gói nằm chờ; hãy so dãy số với phiếu có dấu."
    return _PART.sub(_part_words, line.sentence, 1) if line.code is Code.ALTERED else line.sentence


def _part_words(found: re.Match[str]) -> str:
    """A part of a package as a person calls it: "bảng số liệu, lời văn" for answers.json."""
    part = found[1]
    name = "bản in" if part.startswith(PRINT) else "tệp kèm" if "/" in part and part not in _PARTS else part
    return f"«{_PARTS.get(part, name)}»"


BROKEN_OFF = (
    "Lượt này dừng giữa chừng (máy tắt hoặc chương trình bị đóng). Danh sách chỉ có tệp đã nhận và tệp đang chờ; tệp "
    "bị từ chối không còn ghi. Hãy thả lại USB hoặc thư mục: tệp đã nhận không đổi, tệp còn lại được nhận tiếp."
)


def broken_off_words(at: datetime, files: int) -> str:
    """What is told once after a turn was broken off: what was kept, and how it goes on."""
    local = at.astimezone(VIETNAM)
    return (
        f"Lượt tiếp nhận lúc {local:%H:%M} ngày {print_date(local.date())} dừng giữa chừng; "
        f"đã giữ đủ {print_count(files)} tệp. "
        "Hãy thả lại USB hoặc thư mục để nhận tiếp: tệp đã nhận không đổi. Muốn bỏ thì hoàn tác cả lượt."
    )


def turn_words(at: datetime, source: str, lines: Sequence[Line], skipped: int, *, broken_off: bool = False) -> str:
    """ "Lượt chiều 14/10/2022, từ USB (E:), 12 tệp"; what is left of turns before; and that it was broken off."""
    local = at.astimezone(VIETNAM)
    part = "sáng" if local.hour < 12 else "chiều" if local.hour < 18 else "tối"
    said = [f"Lượt {part} {print_date(local.date())}"]
    if source:
        said.append(f"từ {source}")
    passed = f"; không đọc {print_count(skipped)} tệp khác" if skipped else ""
    own = sum(not line.left_over for line in lines)
    waits = sum(line.left_over and line.outcome is not Outcome.PUT_ASIDE for line in lines)
    left = f"; còn {print_count(waits)} tệp của lượt trước" if waits else ""
    return ", ".join([*said, f"{print_count(own)} tệp"]) + left + passed + ("; dừng giữa chừng" if broken_off else "")


def counts_words(lines: Sequence[Line]) -> str:
    """ "Cần xử lý 2, đã nhận 6, không có gì thay đổi 1"."""
    counts = [(title, sum(line.outcome in outcomes for line in lines)) for title, outcomes in GROUPS]
    words = ", ".join(f"{title.lower()} {print_count(count)}" for title, count in counts if count)
    return words[:1].upper() + words[1:]


def turn_document(
    own: Unit,
    at: datetime,
    source: str,
    lines: Sequence[Line],
    *,
    skipped: int = 0,
    undone_at: datetime | None = None,
    broken_off: bool = False,
    below: Sequence[Unit] = (),
) -> Document:
    """Danh sách tiếp nhận on A4: one line a file, in groups. Keys of rows: "file.<number>". below: as in Below."""
    local = at.astimezone(VIETNAM)
    said = [f"{turn_words(at, source, lines, skipped)}, lúc {local:%H:%M}. {counts_words(lines)}."]
    if broken_off:
        said.append(BROKEN_OFF)
    if undone_at is not None:
        back = undone_at.astimezone(VIETNAM)
        said.append(f"Lượt này đã hoàn tác lúc {back:%H:%M %d/%m/%Y}, không bản nào được tính.")
    rows: list[TableRow] = []
    number, known = 0, Below(below)
    for head, found in grouped(lines):
        rows.append(TableRow(tuple(plain(words) for words in ("", head, "", "", "")), group=True, key=f"group.{head}"))
        for line in found:
            number += 1
            cells = (str(number), known.who(line, "Không rõ"), content_words(line), verdict_words(line), line.file)
            rows.append(TableRow(tuple(plain(words) for words in cells), key=f"file.{number}"))
    title = Title("DANH SÁCH TIẾP NHẬN", f"Gói của các đơn vị, ngày {print_date(local.date())}")
    return Document(
        letterhead=office_head(own, local.date(), "DSTN"),
        title=title,
        blocks=(Paragraph(plain(" ".join(said))), Table(_COLUMNS, tuple(rows), key="turn")),
        recipients=None,
        signature=Signature(("NGƯỜI TIẾP NHẬN",), "", key="signature"),
        metadata=Metadata(f"{title.kind}: {title.subject}", own.name, created=local.date()),
        footer=Footer(),
    )


def turn_sheets(
    own: Unit,
    at: datetime,
    source: str,
    lines: Sequence[Line],
    *,
    skipped: int = 0,
    broken_off: bool = False,
    below: Sequence[Unit] = (),
) -> tuple[Sheet, ...]:
    """The same as one sheet, a row a file, the group in a column of its own so that it can be filtered."""
    local = at.astimezone(VIETNAM)
    columns = (
        SheetColumn("TT", 6),
        SheetColumn("Kết quả", 16),
        SheetColumn("Đơn vị", 28),
        SheetColumn("Mã đơn vị", 12),
        SheetColumn("Nội dung", 21),
        SheetColumn("Kết quả xem tệp", 60),
        SheetColumn("Muộn (ngày)", 9),
        SheetColumn("Tệp"),
        SheetColumn("Mã gói", 18),
    )
    rows: list[tuple[Value | Cell, ...]] = []
    known = Below(below)
    for head, found in grouped(lines):
        for line in found:
            rows.append(
                (
                    len(rows) + 1,
                    head.partition(",")[0] + (" (lượt trước)" if line.left_over else ""),
                    known.who(line, "Không rõ"),
                    line.unit_code,
                    content_words(line),
                    verdict_words(line),
                    line.days_late,
                    line.file,
                    line.package_id[:16],
                )
            )
    above = (
        f"DANH SÁCH TIẾP NHẬN NGÀY {print_date(local.date())}",
        f"{own.name}. {turn_words(at, source, lines, skipped)}, lúc {local:%H:%M}. {counts_words(lines)}.",
        *([BROKEN_OFF] if broken_off else []),
    )
    return (Sheet("Tiếp nhận", columns, tuple(rows), above, landscape=True, frozen=3),)


def file_name(at: datetime, number: int, ending: str) -> str:
    """ "tiep-nhan-20221014-3.pdf"."""
    day: date = at.astimezone(VIETNAM).date()
    return f"tiep-nhan-{day:%Y%m%d}-{number}.{ending}"
