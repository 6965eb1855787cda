"""What a PDF that came from elsewhere shows. PDFium reads it in a process of its own (foundation/boundary.py).

Only the functions that end in _in_child load pypdfium2; what they give back is taken with as little trust.
"""

import base64
import binascii
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hoctap_desktop.document.archive import identified
from hoctap_desktop.document.pdf_file import as_written
from hoctap_desktop.foundation.boundary import Outside, read_apart
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError

# Far more than a printed page holds; a page made to hold more is looked at from both its ends.
_HYPHEN = 2  # what PDFium calls a hyphen at the end of a line
_MOST_LETTERS = 20_000
_MOST_PAGES = 60
_MOST_PIXELS = 60_000_000  # of all pages together
_WIDEST_PAGE = 20_000.0  # points
_DESCRIBED = 2**15  # how far from the end of a print its description stands


@dataclass(frozen=True)
class Picture:
    """A page as pixels: red, green, blue, rows of 3 * width bytes. page: its size in points."""

    width: int
    height: int
    rgb: bytes
    page: tuple[float, float]


def carries_code(data: bytes | memoryview, code: str, name: str = "", *, untouched: bool | None = None) -> bool:
    """True when a print shows this paper code. untouched: as_written, None when nobody asked that yet.

    A print of ours that nobody touched says so in its description, and what it shows is what it says. Of any other PDF
    the words of the first and the last page are read, in a process of their own; one that cannot be read shows none.
    """
    if untouched is not False and _describes(data, code) and (untouched or as_written(data)):
        return True
    try:
        words = read_apart(Outside.PDF_WORDS, bytes(data), name)
    except UserError:
        return False
    return _bare(code) in _bare(str(words))


def _describes(data: bytes | memoryview, code: str) -> bool:
    """The description names the code. It stands behind the pages: looked for there first, without a copy of all."""
    mark = identified(code).encode()
    return mark in bytes(data[-_DESCRIBED:]) or mark in bytes(data)


def first_page(data: bytes, width: int, height: int) -> Picture | None:
    """The first page of a PDF, to fit a box of pixels; None when there is none to be seen."""
    try:
        found = read_apart(Outside.PDF_PICTURE, data, "", width=width, height=height)
    except UserError:
        return None
    return None if found is None else _picture(found)


def pages(data: bytes, name: str, scale: float) -> tuple[Picture, ...]:
    """Every page of a PDF at `scale` pixels a point. Raises UserError READ_FAILED, READ_TOO_SLOW, READ_TOO_LARGE."""
    found = read_apart(Outside.PDF_PAGES, data, name, thousandths=round(scale * 1000))
    made = [_picture(one) for one in found] if isinstance(found, list) else []
    if None in made or not made:
        raise UserError(Code.READ_FAILED, file=name)
    return tuple(one for one in made if one is not None)


Box = tuple[float, float, float, float]  # left, top, right, bottom, in points from the page's upper left corner


def letters(data: bytes, name: str) -> tuple[tuple[str, tuple[Box | None, ...]], ...]:
    """The letters of every page with their places; None for one that cannot be seen. Raises UserError as pages."""
    found = read_apart(Outside.PDF_LETTERS, data, name)
    return tuple(_letters(page, name) for page in found) if isinstance(found, list) else ()


def _letters(page: Any, name: str) -> tuple[str, tuple[Box | None, ...]]:
    match page:
        case [str(text), list(boxes)] if len(text) == len(boxes):
            return text, tuple(None if box is None else (box[0], box[1], box[2], box[3]) for box in boxes)
        case _:
            raise UserError(Code.READ_FAILED, file=name)


def letters_of(document: Any) -> Iterator[tuple[str, list[Box | None]]]:
    """As letters, of a document that PDFium has open: in the child, or in the window for a page of our own."""
    import pypdfium2.raw as raw

    for page in document:
        height, text = page.get_height(), page.get_textpage()
        found: list[str] = []
        boxes: list[Box | None] = []
        for at in range(text.count_chars()):
            found.append(_letter(raw.FPDFText_GetUnicode(text, at)))
            left, bottom, right, top = text.get_charbox(at, loose=True)
            seen = right > left and top > bottom and not found[-1].isspace()
            boxes.append((left, height - top, right, height - bottom) if seen else None)
        yield "".join(found), boxes
        text.close()
        page.close()


def _letter(code: int) -> str:
    """PDFium gives letters beyond 16 bits in halves on some systems: half a letter is none."""
    if code == _HYPHEN:
        return "-"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _picture(found: Any) -> Picture | None:
    """The picture in a child's answer; None for what is none."""
    match found:
        case {"width": int(width), "height": int(height), "rgb": str(packed), "page": [int(wide), int(high)]}:
            if not (0 < width * height <= _MOST_PIXELS):
                return None
            stream = zlib.decompressobj()
            try:
                rgb = stream.decompress(base64.b64decode(packed), 3 * width * height + 1)
            except (zlib.error, binascii.Error, ValueError):
                return None
            return Picture(width, height, rgb, (wide / 1000, high / 1000)) if len(rgb) == 3 * width * height else None
        case _:
            return None


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


# --- in the child --------------------------------------------------------------------------------------------------


def words_in_child(data: bytes, name: str) -> JsonValue:
    """The text of the first and the last page; "" for what is no PDF, or one without text (a scan)."""
    with _document(data, name) as document:
        return "\n".join(_page_text(document, number) for number in sorted({0, len(document) - 1}) if number >= 0)


def picture_in_child(data: bytes, name: str, width: int, height: int) -> JsonValue:
    """The first page to fit a box; None when there is none."""
    with _document(data, name) as document:
        if len(document) == 0:
            return None
        wide, high = document[0].get_size()
        if not (0 < wide < _WIDEST_PAGE and 0 < high < _WIDEST_PAGE):
            return None
        return _pixels(document[0], min(width / wide, height / high))


def pages_in_child(data: bytes, name: str, thousandths: int) -> JsonValue:
    """Every page, at `thousandths` of a pixel a point."""
    scale = thousandths / 1000
    with _document(data, name) as document:
        sizes = [document[number].get_size() for number in range(min(len(document), _MOST_PAGES + 1))]
        room = sum(wide * high for wide, high in sizes) * scale * scale
        if len(sizes) > _MOST_PAGES or room > _MOST_PIXELS or any(min(size) <= 0 for size in sizes):
            raise UserError(Code.READ_TOO_LARGE, file=name, limit=f"{_MOST_PAGES} trang")
        return [_pixels(page, scale) for page in document]


def letters_in_child(data: bytes, name: str) -> JsonValue:
    """The letters of every page; one that holds more than a print is as empty."""
    with _document(data, name) as document:
        if len(document) > _MOST_PAGES:
            return []
        few = 2 * _MOST_LETTERS
        answer: Any = [[text, boxes] if len(text) <= few else ["", []] for text, boxes in letters_of(document)]
        made: JsonValue = answer
        return made


@contextmanager
def _document(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as cause:
        raise UserError(Code.READ_FAILED, file=name) from cause
    try:
        yield document
    finally:
        document.close()


def _pixels(page: Any, scale: float) -> JsonValue:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, maybe_alpha=False)
    row, width, height = 3 * bitmap.width, bitmap.width, bitmap.height
    raw = memoryview(bitmap.buffer)
    rgb = b"".join(raw[at * bitmap.stride : at * bitmap.stride + row] for at in range(height))
    wide, high = page.get_size()
    size: list[JsonValue] = [round(wide * 1000), round(high * 1000)]
    packed = base64.b64encode(zlib.compress(rgb, 1)).decode()
    return {"width": width, "height": height, "rgb": packed, "page": size}


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        letters = page.get_textpage()
        try:
            count: int = letters.count_chars()
            if count <= _MOST_LETTERS:
                return str(letters.get_text_range(0, count)) if count else ""
            half = _MOST_LETTERS // 2
            return f"{letters.get_text_range(0, half)}\n{letters.get_text_range(count - half, half)}"
        finally:
            letters.close()
    finally:
        page.close()
