"""What the print page says: title, buttons, checks, name of the file. No Qt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hoctap_desktop.document.layout import MM, PageSize
from hoctap_desktop.document.pdf import Mark
from hoctap_desktop.filing.model import KIND_WORDS, Filing, Kind, Status
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import UserError
from hoctap_desktop.foundation.numbers import parse_count
from hoctap_desktop.foundation.text import to_nfc

MOST_COPIES = 99
NO_PRINTER = "Chưa có máy in"
# Nghị định 30/2020/NĐ-CP, Phụ lục I: lề trái 30–35 mm, lề phải 15–20 mm, lề trên và lề dưới 20–25 mm.
LEFT_LEAST, RIGHT_LEAST, END_LEAST = 30 * MM, 15 * MM, 20 * MM
_SLACK = 1.0
_SLUGS = {Kind.PLAN: "ke-hoach", Kind.REPORT: "bao-cao"}
_BACK = {Kind.PLAN: "Về kế hoạch", Kind.REPORT: "Về báo cáo"}
_AROUND = ("letterhead", "title", "recipients", "signature")


@dataclass(frozen=True)
class Inked:
    """One printed page as measured: its size and the outermost letters, points from the left and the top."""

    width: float
    height: float
    left: float
    right: float


@dataclass(frozen=True)
class Checked:
    """One line of "Máy đã kiểm tra"."""

    words: str
    good: bool = True


@dataclass(frozen=True)
class Sheet:
    """What the page shows of a filing, besides the pages themselves.

    numbered: the pages are not those frozen but a later print, with the number and day of the signed paper.
    """

    filing: Filing
    numbered: bool = False

    @property
    def final(self) -> bool:
        return self.filing.status is Status.FINAL

    @property
    def title(self) -> str:
        what = KIND_WORDS[self.filing.kind].lower()
        if self.numbered:
            return f"In lại {what}"
        return f"In trình ký {what}" if self.final else f"In thử {what}"

    @property
    def may_number(self) -> bool:
        """A final paper whose number or day is known can be printed again with them."""
        return self.final and bool(self.filing.document_number or self.filing.document_day)

    @property
    def number_act(self) -> str:
        """The button that turns between the two prints."""
        return "Xem bản đã trình ký" if self.numbered else "In lại có số và ngày"

    @property
    def back(self) -> str:
        return _BACK[self.filing.kind]

    @property
    def chip(self) -> str:
        return f"{'Đã chốt' if self.final else 'Bản nháp'}, lần {self.filing.revision}"

    @property
    def note(self) -> str:
        """The card under the checks."""
        what = KIND_WORDS[self.filing.kind].lower()
        if not self.final:
            return f"Đây là bản nháp, chưa có mã giấy. Bản để ký in ra sau khi chốt {what}."
        if self.numbered:
            return (
                "Bản in lại có số và ngày, cuối trang ghi rõ là in lại. Bản giấy đã ký, đóng dấu vẫn là bản gốc; "
                f"mã giấy {self.filing.paper_code} không đổi."
            )
        return (
            "Số và ngày để trống, điền sau khi ký. "
            f"Mã giấy {self.filing.paper_code} ở chân trang giúp cấp trên so giấy với tệp; sửa {what} thì phải in lại."
        )

    @property
    def file_name(self) -> str:
        """Suggested when the PDF is saved."""
        return f"{self._stem}-in-lai.pdf" if self.numbered else f"{self._stem}.pdf"

    @property
    def word_name(self) -> str:
        """Suggested when the Word file is saved."""
        return f"{self._stem}.docx"

    @property
    def workbook_name(self) -> str:
        """Suggested when the Excel file is saved."""
        return f"{self._stem}.xlsx"

    @property
    def _stem(self) -> str:
        suffix = f"lan-{self.filing.revision}" if self.final else "ban-nhap"
        return f"{_SLUGS[self.filing.kind]}-{self.filing.campaign}-{suffix}"

    @property
    def number_words(self) -> str:
        """The document symbol that follows the number ("/BC-UBND")."""
        symbol = {Kind.PLAN: "KH", Kind.REPORT: "BC"}[self.filing.kind]
        return "/" + "-".join(part for part in (symbol, self.filing.unit.symbol) if part)


def checks(
    pages: Sequence[Inked], size: PageSize, marks: Sequence[Mark] | None, written: str, printed: str
) -> tuple[Checked, ...]:
    """What was really looked at in the PDF. marks: None when the pages cannot be matched with blocks (older print).

    written: everything the filing says, as one text; printed: the text taken out of the PDF.
    """
    found = [Checked("Đúng khổ A4 và lề theo quy định", _within(pages, size, marks or ()))]
    signed = _signature_with_text(marks or ())
    if signed is not None:
        found.append(Checked("Chỗ ký nằm cùng trang với đoạn cuối", signed))
    whole = _rows_whole(marks or ())
    if whole is not None:
        found.append(Checked("Không dòng nào bị cắt ngang", whole))
    found.append(Checked("Chữ có dấu in đủ", not _lost(written, printed)))
    return tuple(found)


def _within(pages: Sequence[Inked], size: PageSize, marks: Sequence[Mark]) -> bool:
    """Letters keep to the left and right margins, blocks to the upper and lower (where they are known).

    A page of an appendix may lie: then its binding edge, and with it the wide margin, is the upper one.
    """

    def sides(page: Inked) -> bool:
        lies = page.width > page.height
        width, height = (size.height, size.width) if lies else (size.width, size.height)
        return (
            abs(page.width - width) < _SLACK
            and abs(page.height - height) < _SLACK
            and page.left >= (RIGHT_LEAST if lies else LEFT_LEAST) - _SLACK
            and page.right <= page.width - RIGHT_LEAST + _SLACK
        )

    def ends(mark: Mark) -> bool:
        page = pages[mark.page - 1] if 0 < mark.page <= len(pages) else None
        height = page.height if page else size.height
        upper = LEFT_LEAST if page and page.width > page.height else END_LEAST
        return mark.top >= upper - _SLACK and mark.bottom <= height - END_LEAST + _SLACK

    return bool(pages) and all(map(sides, pages)) and all(map(ends, marks))


def _signature_with_text(marks: Sequence[Mark]) -> bool | None:
    signature = [mark.page for mark in marks if mark.key == "signature"]
    before = [mark for mark in marks if mark.key not in _AROUND]
    if not signature or not before:
        return None
    last = max(before, key=lambda mark: (mark.page, mark.bottom))
    return set(signature) == {last.page}


def _rows_whole(marks: Sequence[Mark]) -> bool | None:
    rows = Counter(mark.key for mark in marks if mark.key.startswith("row."))
    return all(count == 1 for count in rows.values()) if rows else None


def _lost(written: str, printed: str) -> Counter[str]:
    """Letters with marks that are written and not on the paper (field names and Markdown are ASCII)."""

    def letters(text: str) -> Counter[str]:
        return Counter(c for c in to_nfc(text).lower() if c.isalpha() and not c.isascii())

    return letters(written) - letters(printed)


def texts_of(value: JsonValue) -> Iterable[str]:
    """Every text in a value of an answer, that is printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_of(item)


def written_text(filing: Filing) -> str:
    """All texts of a filing that must be on its paper; reasons for findings are not printed."""
    kept = (value for id, value in filing.answers.items() if not id.startswith(("reason.", "computed.")))
    return "\n".join(text for value in kept for text in texts_of(value))


def copies(typed: str) -> int | None:
    """Number of copies, 1 to 99; None when it is none."""
    try:
        value = parse_count(typed)
    except UserError:
        return None
    return value if 1 <= value <= MOST_COPIES else None


def signed_day(typed: str) -> date | None:
    """The day on the signed paper, None for an empty box. Raises UserError(NOT_A_DATE)."""
    return parse_date(typed) if typed.strip() else None


def day_words(day: date | None) -> str:
    return print_date(day) if day else ""
