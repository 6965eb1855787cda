"""Documents for the tests of the page, and what a PDF says of itself, read by another library than wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import pypdfium2
import pypdfium2.raw

from hoctap_desktop.document.model import (
    Block,
    Bullet,
    Column,
    Document,
    Footer,
    Heading,
    LegalBasis,
    Letterhead,
    Metadata,
    Paragraph,
    Recipients,
    Signature,
    Table,
    TableRow,
    Title,
    plain,
)

MM = 72 / 25.4
LETTERHEAD = Letterhead((), ("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"), "", "KH-UBND", "Hà Thượng", 2022, 10)
SENTENCE = "Mỗi đơn vị chọn việc vừa sức, có người phụ trách, làm đúng thời gian, an toàn và tiết kiệm cho địa phương"
RECIPIENTS = Recipients((("", ("Phòng GD&ĐT huyện (báo cáo);", "TT Đảng ủy-HĐND xã;", "Lưu: VT.")),), "recipients")
SIGNATURE = Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Đặng Văn Thi", key="signature")
TITLE = Title("KẾ HOẠCH", "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022")
NO_FOOTER = Footer()
BODY: tuple[Block, ...] = (
    LegalBasis(plain("Căn cứ Nghị quyết đã được thông qua;"), "basis.0"),
    Heading(1, "I.", plain("MỤC ĐÍCH"), key="h1"),
    Paragraph(plain(". ".join([SENTENCE] * 6)), "p1"),
    Bullet("-", plain(f"{SENTENCE}; {SENTENCE};"), key="b1"),
    Paragraph(plain("Trên đây là kế hoạch./."), "end"),
)


def document(
    blocks: Sequence[Block] = BODY, *, letterhead: Letterhead = LETTERHEAD,
    title: Title | None = TITLE,
    recipients: Recipients | None = RECIPIENTS, signature: Signature | None = SIGNATURE, footer: Footer = NO_FOOTER,
    appendix: tuple[Block, ...] = (),
) -> Document:  # fmt: skip
    """A plan of Hà Thượng with other parts where wanted."""
    meta = Metadata("Kế hoạch Tuần lễ", "UBND xã Hà Thượng", "Tuần lễ năm 2022", date(2022, 10, 4))
    return Document(letterhead, title, tuple(blocks), recipients, signature, meta, footer, appendix)


def long_table(rows: int) -> Table:
    """A table with a group row before every tenth."""
    columns = (Column("TT", 0.1, "center"), Column("Nội dung", 0.6), Column("Số lượng", 0.3, "right"))
    return Table(
        columns,
        tuple(
            TableRow((plain(f"{n}"), plain(f"Dòng số {n} của bảng"), plain(f"{n}000")), n % 10 == 0, f"row.{n}")
            for n in range(1, rows + 1)
        ),
        "table",
    )


@dataclass(frozen=True)
class Box:
    """A place on a page in points, y downwards from the upper edge."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Paper:
    """A PDF as pypdfium2 sees it."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    @property
    def pages(self) -> int:
        return len(self._pdf)

    def size(self, page: int = 0) -> tuple[float, float]:
        width, height = self._pdf[page].get_size()
        return float(width), float(height)

    def bookmarks(self) -> list[tuple[int, str]]:
        """Depth from 0 and title of each."""
        return [(entry.level, entry.get_title()) for entry in self._pdf.get_toc()]

    def text(self, page: int | None = None) -> str:
        """The text of a page or of all, in the order drawn, spaces and line ends as one space."""
        wanted = range(self.pages) if page is None else [page]
        return " ".join(" ".join(self._pdf[n].get_textpage().get_text_range().split()) for n in wanted)

    def find(self, words: str, page: int = 0) -> Box:
        """Where `words` stand, the first time. AssertionError when they do not."""
        text = self._pdf[page].get_textpage()
        found = text.search(words, match_case=True).get_next()
        assert found is not None, f"{words!r} is not on page {page + 1}"
        start, count = found
        height = self.size(page)[1]
        boxes = [text.get_charbox(n) for n in range(start, start + count)]
        boxes = [box for box in boxes if box[2] > box[0]]
        return Box(
            min(b[0] for b in boxes), height - max(b[3] for b in boxes),
            max(b[2] for b in boxes), height - min(b[1] for b in boxes),
        )  # fmt: skip

    def characters(self, page: int) -> Iterator[Box]:
        text = self._pdf[page].get_textpage()
        height = self.size(page)[1]
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            if right > left:
                yield Box(left, height - top, right, height - bottom)

    def filled(self, page: int = 0) -> Box:
        """The box around what is painted as a filled shape: the QR."""
        height = self.size(page)[1]
        for item in self._pdf[page].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            if top - bottom > 5 and right - left > 5:
                return Box(left, height - top, right, height - bottom)
        raise AssertionError(f"nothing is filled on page {page + 1}")

    def rules(self, page: int = 0) -> list[Box]:
        """Horizontal lines, from above."""
        height = self.size(page)[1]
        found = []
        for item in self._pdf[page].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            stroke = (top - bottom) / 2  # the box is larger than the line by its stroke on each side
            if right - left > top - bottom and top - bottom < 5:
                found.append(Box(left + stroke, height - top, right - stroke, height - bottom))
        return sorted(found, key=lambda box: box.top)
