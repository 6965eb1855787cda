"""The styles of a Word file: each kind of paragraph once, by the figures of nd30.toml. Pure.

Word's own styles keep their ids and names (the navigation pane and the list of styles know them); what only an official
page has gets a style of its own, with a Vietnamese name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hoctap_desktop.document.layout import MM, Layout

FONT = "Times New Roman"
BODY = "BodyText"
LEGAL_BASIS = "LegalBasis"
TITLE = "Title"
SUBJECT = "Subtitle"
COUNTRY = "Country"
MOTTO = "Motto"
GOVERNING = "GoverningBody"
ISSUING = "IssuingBody"
NUMBER = "DocumentNumber"
PLACE_AND_DATE = "PlaceAndDate"
ABOUT = "LetterSubject"
ADDRESSEES = "Addressees"
RULE = "Rule"
SPACER = "Spacer"
TABLE_HEAD = "TableHead"
TABLE_TEXT = "TableText"
SPECIAL_LINE = "SpecialLine"
APPENDIX_NUMBER = "AppendixNumber"
APPENDIX_TITLE = "AppendixTitle"
APPENDIX_NOTE = "AppendixNote"
CAPACITY = "SignerCapacity"
SIGNATURE_NOTE = "SignatureNote"
SIGNER = "SignerName"
RECIPIENTS = "RecipientsTitle"
RECIPIENT = "Recipient"
HEADER = "Header"
FOOTER = "Footer"
_DEEPEST_HEADING = 9
_LEAST_SPACE = 35 * MM  # for signature and seal (domain.md §2)
_END_OF_GRID = 2.0
DEEPEST_LIST = 5

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True)
class Style:
    """A paragraph style. pitch: from base line to base line; first: indent of the first line; before: free above it.

    outline: depth in the navigation pane from 0, None for none; after: the id of the style that Enter goes on with.
    """

    id: str
    name: str
    size: float
    pitch: float
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    first: float = 0.0
    before: float = 0.0
    keep: bool = False
    outline: int | None = None
    after: str = ""


def heading_style(level: int) -> str:
    """The id of the style of a heading of `level` from 1; Word knows nine."""
    return f"Heading{min(level, _DEEPEST_HEADING)}"


def bullet_style(depth: int) -> str:
    """The id of the style of a bullet of `depth` from 1; Word knows five."""
    return f"List{min(depth, DEEPEST_LIST)}" if depth > 1 else "List"


def styles(layout: Layout) -> tuple[Style, ...]:
    """Every style a document may use, the default one ("Normal") first."""
    body = layout.body
    return (
        Style("Normal", "Normal", body.size, body.pitch),
        Style(BODY, "Body Text", body.size, body.pitch, align="both", first=body.indent, before=body.gap),
        *_headings(layout),
        *_lists(layout),
        *_head(layout),
        Style(
            LEGAL_BASIS, "Căn cứ", body.size, body.pitch, italic=True, align="both", first=body.indent, before=body.gap
        ),
        Style(SPECIAL_LINE, "Dòng riêng", body.size, body.pitch, align="center", before=body.gap),
        *_tables(layout),
        *_foot(layout),
        *_margins(layout),
    )


def _headings(layout: Layout) -> Iterator[Style]:
    look = layout.body
    for level in range(1, _DEEPEST_HEADING + 1):
        yield Style(
            heading_style(level), f"heading {level}", look.size, look.pitch, bold=level <= look.bold_levels,
            first=look.indent, before=look.gap, keep=True, outline=level - 1, after=BODY,
        )  # fmt: skip


def _lists(layout: Layout) -> Iterator[Style]:
    look = layout.body
    for depth in range(1, DEEPEST_LIST + 1):
        first = look.indent + look.bullet_step * (depth - 1)
        name = "List" if depth == 1 else f"List {depth}"
        yield Style(bullet_style(depth), name, look.size, look.pitch, align="both", first=first, before=look.gap)


def _head(layout: Layout) -> Iterator[Style]:
    look, title = layout.letterhead, layout.title
    yield Style(COUNTRY, "Quốc hiệu", look.country_size, look.pitch, bold=True, align="center")
    yield Style(MOTTO, "Tiêu ngữ", look.motto_size, look.pitch, bold=True, align="center")
    yield Style(GOVERNING, "Cơ quan chủ quản", look.sizes[0], look.pitch, align="center")
    yield Style(ISSUING, "Cơ quan ban hành", look.sizes[0], look.pitch, bold=True, align="center")
    yield Style(NUMBER, "Số và ký hiệu", look.number_size, look.number_pitch, align="center")
    yield Style(ABOUT, "Trích yếu công văn", look.about_size, look.about_pitch, align="center", before=look.about_gap)
    yield Style(ADDRESSEES, "Kính gửi", layout.addressees.size, layout.addressees.pitch)
    yield Style(
        PLACE_AND_DATE, "Địa danh, ngày tháng", look.date_sizes[0], look.number_pitch, italic=True, align="center"
    )
    yield Style(
        TITLE, "Title", title.size, title.pitch, bold=True, align="center", before=title.gap, keep=True, after=SUBJECT
    )
    yield Style(SUBJECT, "Subtitle", title.size, title.pitch, bold=True, align="center", keep=True, after=BODY)
    yield Style(RULE, "Đường kẻ", 1.0, title.rule_gap, align="center")
    yield Style(SPACER, "Khoảng trống", 1.0, 1.0)


def _tables(layout: Layout) -> Iterator[Style]:
    look = layout.table
    yield Style(TABLE_HEAD, "Đầu bảng", look.size, look.pitch, bold=True, align="center", keep=True)
    yield Style(TABLE_TEXT, "Chữ trong bảng", look.size, look.pitch)


def _foot(layout: Layout) -> Iterator[Style]:
    look, recipients, appendix = layout.signature, layout.recipients, layout.appendix
    yield Style(CAPACITY, "Quyền hạn, chức vụ", look.size, look.pitch, bold=True, align="center")
    yield Style(SIGNATURE_NOTE, "Lời ghi chỗ ký", look.size, look.pitch, italic=True, align="center")
    # Word wants a paragraph after the grid of the signature and LibreOffice gives a table's rules a little more height:
    # on a full page both would go onto a blank one of their own
    space = max(_LEAST_SPACE, look.space - _END_OF_GRID)
    yield Style(SIGNER, "Họ tên người ký", look.size, look.pitch, bold=True, align="center", before=space)
    yield Style(RECIPIENTS, "Nơi nhận", recipients.title_size, recipients.title_pitch, bold=True, italic=True)
    yield Style(RECIPIENT, "Dòng nơi nhận", recipients.size, recipients.pitch)
    yield Style(
        APPENDIX_NUMBER, "Phụ lục", appendix.size, appendix.pitch, bold=True, align="center", keep=True, outline=0
    )
    yield Style(APPENDIX_TITLE, "Tên phụ lục", appendix.size, appendix.pitch, bold=True, align="center", keep=True)
    yield Style(APPENDIX_NOTE, "Kèm theo", appendix.size, appendix.pitch, italic=True, align="center", keep=True)


def _margins(layout: Layout) -> Iterator[Style]:
    number, foot = layout.page_number, layout.footer
    yield Style(HEADER, "header", number.size, layout.body.pitch, align="center")
    yield Style(FOOTER, "footer", foot.size, foot.size * 1.2)
