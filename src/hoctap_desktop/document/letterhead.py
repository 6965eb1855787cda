"""Cells 1 to 5: who writes, the country's name, number and place, title. Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from collections.abc import Sequence

from hoctap_desktop.document.layout import Layout
from hoctap_desktop.document.lines import Line, Measure, balanced, printable
from hoctap_desktop.document.model import Letterhead, Run, Title
from hoctap_desktop.document.pieces import Item, Keep, Piece, Rule, Text, set_line
from hoctap_desktop.foundation.numbers import two_digits

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LETTERHEAD_KEY = "letterhead"
TITLE_KEY = "title"


def letterhead_piece(head: Letterhead, layout: Layout, measure: Measure) -> Piece:
    """The two blocks side by side, number and day below them at one height whatever the names are."""
    look = layout.letterhead
    names, names_bottom = _names(head, layout, measure)
    country = _country(layout, measure)
    number_top = max(look.rows * look.pitch, names_bottom) + look.number_gap_above
    date, date_bottom = _date(head, layout, measure, number_top)
    about, about_bottom = _about(head, layout, measure, number_top + look.number_pitch)
    return Piece(
        height=max(about_bottom, date_bottom),
        items=(*names, *country, *_number(head, layout, measure, number_top), *about, *date),
        keep=Keep.ALWAYS,
        key=LETTERHEAD_KEY,
    )


def title_piece(title: Title, layout: Layout, measure: Measure) -> Piece:
    """Kind and subject centred, a rule under them; the space below belongs to it."""
    look = layout.title
    width = layout.page.text_width
    side = width * (1 - look.width_ratio) / 2
    items: list[Item] = []
    top = 0.0
    subject: list[Line] = []
    for subject in title_lines(title, layout, measure):
        for line in subject:
            items += set_line(
                line, layout, look.size, look.pitch, top=top, left=side, width=width - 2 * side, align="center"
            )
            top += look.pitch
    top += look.rule_gap
    items.append(_rule(width / 2, top, look.rule_ratio * longest(subject), look.rule_width))
    bookmark = (1, printable(f"{title.kind} {title.subject}"))
    return Piece(
        top + look.gap_below, tuple(items), gap=look.gap, keep=Keep.HEADING, key=TITLE_KEY, bookmark=bookmark, tag="H1"
    )


def title_lines(title: Title, layout: Layout, measure: Measure) -> tuple[list[Line], list[Line]]:
    """The lines of the kind and those of the subject."""
    look = layout.title
    width = layout.page.text_width * look.width_ratio
    kind, subject = (
        balanced((Run(text, bold=True),), look.size, width, measure) for text in (title.kind, title.subject)
    )
    return kind, subject


def name_lines(head: Letterhead, layout: Layout, measure: Measure) -> tuple[float, list[Line], list[Line]]:
    """The size of the bodies' names, the lines of those that govern, the lines of the one that issues."""
    look = layout.letterhead
    width = look.left - look.gutter

    def at(size: float) -> tuple[list[Line], list[Line]]:
        governing = [line for text in head.governing for line in balanced((Run(text),), size, width, measure)]
        issuing = [line for text in head.issuing for line in balanced((Run(text, bold=True),), size, width, measure)]
        return governing, issuing

    size = min(look.sizes, key=lambda size: sum(map(len, at(size))))  # the first, largest, wins a tie
    return size, *at(size)


def number_parts(head: Letterhead, layout: Layout) -> list[str | float]:
    """The line of cell 3: texts, and blanks as their widths."""
    symbol = "/" + "".join(printable(head.symbol).split()) if head.symbol.strip() else ""
    number = number_text(printable(head.number).strip())
    return [f"Số: {number}{symbol}"] if number else ["Số:", layout.letterhead.number_blank, symbol]


def date_rows(head: Letterhead, layout: Layout, measure: Measure) -> tuple[float, list[list[str | float]]]:
    """The size of cell 4 and its lines: texts, and blanks as their widths.

    A long place name makes the type smaller, then lines of its own.
    """
    look = layout.letterhead
    width = layout.page.text_width - look.left
    place = printable(head.place).strip()
    day: list[str | float] = ["ngày", look.day_blank] if head.day is None else [f"ngày {day_text(head.day)} "]
    month: list[str | float] = (
        ["tháng", look.month_blank] if head.month is None else [f"tháng {month_text(head.month)} "]
    )
    parts = _joined([*day, *month, f"năm {head.year}"])
    for size in look.date_sizes:
        row = _joined([f"{place}, ", *parts] if place else parts)
        if sum(_width(part, size, measure) for part in row) <= width:
            return size, [row]
    size = look.date_sizes[-1]
    lines = balanced((Run(f"{place},", italic=True),), size, width, measure)
    rows: list[list[str | float]] = [[line_text(line)] for line in lines]
    return size, [*rows, parts]


def about_lines(head: Letterhead, layout: Layout, measure: Measure) -> list[Line]:
    """The lines of cell 5b, none on a paper that has a title."""
    look = layout.letterhead
    if not head.about.strip():
        return []
    return balanced((Run(head.about),), look.about_size, look.left - look.gutter, measure)


def line_text(line: Line) -> str:
    """The text of a line, styles dropped."""
    return "".join(span.text for span in line.spans)


def number_text(number: str) -> str:
    """A document's number as printed: below ten with a zero."""
    return two_digits(int(number)) if number.isascii() and number.isdigit() else number


def day_text(day: int) -> str:
    """05; 12."""
    return two_digits(day)


def month_text(month: int) -> str:
    """01, 02 with a zero, 9 without."""
    return two_digits(month) if month < 3 else str(month)


def _names(head: Letterhead, layout: Layout, measure: Measure) -> tuple[list[Item], float]:
    look = layout.letterhead
    width = look.left - look.gutter
    size, governing, issuing = name_lines(head, layout, measure)
    items: list[Item] = []
    top = 0.0
    for line in (*governing, *issuing):
        items += set_line(line, layout, size, look.pitch, top=top, width=width, align="center")
        top += look.pitch
    if issuing:
        top += look.rule_gap
        items.append(_rule(width / 2, top, look.rule_ratio * longest(issuing), look.rule_width))
    return items, top


def _country(layout: Layout, measure: Measure) -> list[Item]:
    look = layout.letterhead
    width = layout.page.text_width - look.left
    items: list[Item] = []
    top = 0.0
    motto_width = 0.0
    for text, size in ((COUNTRY, look.country_size), (MOTTO, look.motto_size)):
        (line,) = balanced((Run(text, bold=True),), size, width, measure)
        items += set_line(line, layout, size, look.pitch, top=top, left=look.left, width=width, align="center")
        motto_width = line.width
        top += look.pitch
    items.append(_rule(look.left + width / 2, top + look.rule_gap, motto_width, look.rule_width))
    return items


def _number(head: Letterhead, layout: Layout, measure: Measure, top: float) -> list[Item]:
    look = layout.letterhead
    parts = number_parts(head, layout)
    return _in_a_row(parts, look.number_size, False, top, 0.0, look.left - look.gutter, layout, measure)


def _about(head: Letterhead, layout: Layout, measure: Measure, top: float) -> tuple[list[Item], float]:
    """Cell 5b and its bottom; `top` itself when there is none."""
    look = layout.letterhead
    lines = about_lines(head, layout, measure)
    items: list[Item] = []
    if lines:
        top += look.about_gap
    for line in lines:
        width = look.left - look.gutter
        items += set_line(line, layout, look.about_size, look.about_pitch, top=top, width=width, align="center")
        top += look.about_pitch
    return items, top


def _date(head: Letterhead, layout: Layout, measure: Measure, top: float) -> tuple[list[Item], float]:
    """The date line and its bottom."""
    look = layout.letterhead
    width = layout.page.text_width - look.left
    size, rows = date_rows(head, layout, measure)
    items: list[Item] = []
    for row in rows:
        items += _in_a_row(row, size, True, top, look.left, width, layout, measure)
        top += look.number_pitch
    return items, top


def _joined(parts: Sequence[str | float]) -> list[str | float]:
    """Neighbouring texts as one."""
    row: list[str | float] = []
    for part in parts:
        if row and isinstance(part, str) and isinstance(row[-1], str):
            row[-1] += part
        else:
            row.append(part)
    return row


def _width(part: str | float, size: float, measure: Measure, *, italic: bool = True) -> float:
    return measure(part, False, italic, size) if isinstance(part, str) else part


def _in_a_row(
    parts: Sequence[str | float], size: float, italic: bool, top: float, left: float, width: float,
    layout: Layout, measure: Measure,
) -> list[Item]:  # fmt: skip
    """Texts and blanks (their widths) in one line, centred."""
    x = left + (width - sum(_width(part, size, measure, italic=italic) for part in parts)) / 2
    y = top + layout.baseline(size, layout.letterhead.number_pitch)
    items: list[Item] = []
    for part in parts:
        if isinstance(part, str) and part:
            items.append(Text(x, y, part, size, italic=italic))
        x += _width(part, size, measure, italic=italic)
    return items


def longest(lines: Sequence[Line]) -> float:
    """The width of the longest, 0 when there is none."""
    return max((line.width for line in lines), default=0.0)


def _rule(middle: float, y: float, length: float, width: float) -> Rule:
    return Rule(middle - length / 2, y, middle + length / 2, y, width)
