"""Whether a PDF keeps the rules of PDF/A-2b (ISO 19005-2, level B), as far as our kind of file can break them.

No validator: each rule is looked at here, by its clause. What a file of ours never holds (images, forms, annotations,
transparency, attachments, scripts, layers) is one rule each: that it is not there.
"""

import io
import re
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

_DC, _XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
_PDF, _ID = "{http://ns.adobe.com/pdf/1.3/}", "{http://www.aiim.org/pdfa/ns/id/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Properties the predefined schemas know; any other would need a schema of its own in the packet (6.6.2.3).
_KNOWN = {
    *(_DC + name for name in ("title", "creator", "description", "format", "language", "subject")),
    *(_XMP + name for name in ("CreateDate", "ModifyDate", "CreatorTool", "MetadataDate")),
    *(_PDF + name for name in ("Producer", "Keywords")),
    *(_ID + name for name in ("part", "conformance")),
}
_OPERATORS = {"BT", "ET", "Tf", "Tj", "Td", "Tw", "BDC", "BMC", "EMC", "m", "l", "S", "re", "f", "w"}
_FORBIDDEN = {
    "6.1.7.1 external stream": {"/FFilter", "/FDecodeParms"},
    "6.2.5 graphics state": {"/ExtGState", "/TR", "/TR2", "/HTP"},
    "6.2.8 images and forms": {"/XObject"},
    "6.2.4 colour spaces": {"/ColorSpace", "/Pattern", "/Shading"},
    "6.2.10 transparency": {"/Group", "/SMask", "/CA", "/ca", "/BM"},
    "6.3 annotations": {"/Annots"},
    "6.4 forms": {"/AcroForm", "/XFA", "/NeedsRendering"},
    "6.5 actions": {"/OpenAction", "/AA", "/JavaScript", "/JS", "/A2"},
    "6.8 attachments": {"/EmbeddedFiles", "/EF", "/AF"},
    "6.9 layers": {"/OCProperties"},
    "6.10 alternate presentations": {"/AlternatePresentations", "/PresSteps"},
    "6.11 requirements": {"/Requirements", "/Perms"},
}


def faults(data: bytes) -> list[str]:
    """What breaks a rule, in words that begin with its clause."""
    if outer := list(_outer_form(data)):
        return outer
    reader: Any = pypdf.PdfReader(io.BytesIO(data), strict=True)
    objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    return [
        *_values(objects),
        *_fonts_and_contents(reader),
        *_colours(reader),
        *_description(reader),
    ]


def _fonts_and_contents(reader: Any) -> list[str]:
    return list(_fonts(reader)) or list(_contents(reader))


def _outer_form(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", data):
        yield "6.1.2 head"
    if not re.search(rb"%%EOF\r?\n?\Z", data):
        yield "6.1.3 something stands after the end"
    trailer = data[data.rindex(b"trailer") :]
    if b"/Encrypt" in trailer:
        yield "6.1.3 encrypted"
    if not re.search(rb"/ID \[<[0-9A-Fa-f]{32,}> <[0-9A-Fa-f]{32,}>\]", trailer):
        yield "6.1.3 no file id"
    start = int(re.findall(rb"startxref\n(\d+)\n", data)[-1])
    table = data[start:]
    head = re.match(rb"xref\n0 (\d+)\n", table)
    if head is None:
        yield "6.1.4 cross-reference table"
        return
    places = re.findall(rb"(\d{10}) \d{5} ([nf]) \n", table)
    if len(places) != int(head[1]):
        yield "6.1.4 count of objects"
    for number, (place, kind) in enumerate(places):
        if kind == b"n" and not data.startswith(b"%d 0 obj\n" % number, int(place)):
            yield f"6.1.9 object {number} does not begin where it is said to"
    if len(re.findall(rb"\nendobj\n", data)) != len(places) - 1:
        yield "6.1.9 ends of objects"
    for found in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", data):
        if not data.startswith(b"\nendstream\nendobj\n", found.end() + int(found[1])):
            yield f"6.1.7.1 length of the stream at {found.start()}"
    for text in re.findall(rb"(?<!<)<([^<>]*)>(?!>)", re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.DOTALL)):
        if not re.fullmatch(rb"([0-9A-Fa-f]{2})*", text):
            yield f"6.1.6 hexadecimal string {text[:20]!r}"


def _values(objects: list[Any]) -> Iterator[str]:
    if len(objects) > 8_388_607:
        yield "6.1.13 objects"
    for item in objects:
        yield from _value(item)


def _value(item: Any) -> Iterator[str]:
    if isinstance(item, DictionaryObject):
        for clause, keys in _FORBIDDEN.items():
            if found := keys & set(item):
                yield f"{clause}: {sorted(found)}"
        if isinstance(item, StreamObject) and item.get("/Filter") not in (None, "/FlateDecode"):
            yield f"6.1.7.2 filter {item['/Filter']}"
        if isinstance(item, StreamObject) and "/F" in item:
            yield "6.1.7.1 external stream"
        for key in item:
            yield from _value(key)
            yield from _value(item.raw_get(key))
    elif isinstance(item, ArrayObject):
        for number in range(len(item)):
            yield from _value(list.__getitem__(item, number))
    elif isinstance(item, NameObject):
        if len(item.encode()) > 128:
            yield "6.1.13 name"
    elif isinstance(item, TextStringObject):
        if len(item.encode("utf-16")) > 32_767:
            yield "6.1.13 string"
    elif isinstance(item, ByteStringObject):
        if len(item) > 32_767:
            yield "6.1.13 string"
    elif isinstance(item, int) and not -(2**31) <= item < 2**31:
        yield "6.1.13 whole number"


def _fonts(reader: Any) -> Iterator[str]:
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            yield from (f"{fault} ({name})" for fault in _font(font.get_object()))


def _font(font: Any) -> Iterator[str]:
    if font.get("/Type") != "/Font" or font.get("/Subtype") != "/TrueType":
        yield "6.2.11.2 kind of font"
        return
    about = font["/FontDescriptor"]
    first, last, widths = font["/FirstChar"], font["/LastChar"], font["/Widths"]
    if len(widths) != last - first + 1:
        yield "6.2.11.2 widths"
    if about["/FontName"] != font["/BaseFont"] or not re.fullmatch(r"/[A-Z]{6}\+[\w-]+", font["/BaseFont"]):
        yield "6.2.11.4 name of a font in part"
    if "/FontFile2" not in about:
        yield "6.2.11.4.1 not embedded"
        return
    program = about["/FontFile2"].get_object().get_data()
    tables = _tables(program)
    if missing := {b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap"} - tables.keys():
        yield f"6.2.11.2 font program without {sorted(missing)}"
        return
    if not about["/Flags"] & 4 or "/Encoding" in font:
        yield "6.2.11.6 a symbolic font has no encoding"
    glyphs = _byte_codes(tables[b"cmap"])
    if glyphs is None:
        yield "6.2.11.6 one cmap in a symbolic font"
        return
    unit = 1000 / struct.unpack_from(">H", tables[b"head"], 18)[0]
    advances = _advances(tables)
    for code in range(first, last + 1):
        glyph = glyphs.get(code, 0)
        if glyph and abs(advances[glyph] * unit - float(widths[code - first])) > 1:
            yield f"6.2.11.5 width of code {code}"
    if "/ToUnicode" not in font:
        yield "6.2.11.7.2 no Unicode values"


def _tables(program: bytes) -> dict[bytes, bytes]:
    count = struct.unpack_from(">H", program, 4)[0]
    found = {}
    for number in range(count):
        name, _, start, length = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
        found[name] = program[start : start + length]
    return found


def _byte_codes(cmap: bytes) -> dict[int, int] | None:
    """Codes to glyphs, when there is exactly one table, for single bytes."""
    if struct.unpack_from(">H", cmap, 2)[0] != 1:
        return None
    start = struct.unpack_from(">L", cmap, 8)[0]
    kind = struct.unpack_from(">H", cmap, start)[0]
    if kind == 0:
        return dict(enumerate(cmap[start + 6 : start + 262]))
    if kind == 6:
        first, count = struct.unpack_from(">HH", cmap, start + 6)
        return dict(enumerate(struct.unpack_from(f">{count}H", cmap, start + 10), first))
    return None


def _advances(tables: dict[bytes, bytes]) -> list[int]:
    count = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    glyphs = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    found = [struct.unpack_from(">H", tables[b"hmtx"], 4 * number)[0] for number in range(count)]
    return found + [found[-1]] * (glyphs - count)


def _contents(reader: Any) -> Iterator[str]:
    for page in reader.pages:
        if "/Resources" not in page:
            yield "6.2.2 a page with its own resources"
        width, height = (float(side) for side in page["/MediaBox"][2:])
        if not (3 <= width <= 14_400 and 3 <= height <= 14_400):
            yield "6.1.13 size of a page"
        fonts = page["/Resources"]["/Font"]
        known: dict[str, dict[int, int]] = {}
        font, depth = "", 0
        for operands, operator in _operations(page.get_contents().get_data()):
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
            if operator.decode() not in _OPERATORS:
                yield f"6.2.2 operator {operator!r}"
            if operator == b"Tf":
                font = operands.split()[-2].decode()
            elif operator == b"Tj":
                glyphs = known[font] if font in known else known.setdefault(font, _glyphs(fonts[font]))
                for code in _codes(operands):
                    if not glyphs.get(code):
                        yield f"6.2.11.8 no glyph for code {code} of {font}"
        if depth:
            yield "marked parts that do not end"


def _glyphs(font: Any) -> dict[int, int]:
    program = font["/FontDescriptor"]["/FontFile2"].get_object().get_data()
    return _byte_codes(_tables(program)[b"cmap"]) or {}


def _operations(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Operands and operator of each operation; enough for what we write."""
    token = re.compile(rb"\((?:\\.|[^\\)])*\)|<<.*?>>\s*>>|<<.*?>>|<[^<>]*>|[^\s()<>]+", re.DOTALL)
    begin = 0
    for found in token.finditer(content):
        if re.fullmatch(rb"[A-Za-z'\"*][A-Za-z0-9*]*", found[0]):
            yield content[begin : found.start()], found[0]
            begin = found.end()


def _codes(text: bytes) -> bytes:
    inside = text[text.index(b"(") + 1 : text.rindex(b")")]

    def plain(found: "re.Match[bytes]") -> bytes:
        return bytes([int(found[1], 8)]) if found[1].isdigit() else found[1]

    return re.sub(rb"\\([0-7]{3}|.)", plain, inside, flags=re.DOTALL)


def _colours(reader: Any) -> Iterator[str]:
    intents = reader.root_object.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1":
        yield "6.2.3 output intent"
        return
    stream = intents[0]["/DestOutputProfile"].get_object()
    profile = stream.get_data()
    size, version, kind, space = *struct.unpack_from(">L4xB", profile), profile[12:16], profile[16:20]
    if size != len(profile) or version > 4 or kind not in (b"mntr", b"prtr") or profile[36:40] != b"acsp":
        yield "6.2.3 profile"
    if {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}.get(space) != stream["/N"]:
        yield "6.2.3 colours of the profile"


def _description(reader: Any) -> Iterator[str]:
    stream = reader.root_object["/Metadata"].get_object()
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML" or "/Filter" in stream:
        yield "6.6.2.1 stream of the description"
    packet = stream.get_data()
    if not re.match(rb"<\?xpacket begin=[\"'](\xef\xbb\xbf)?[\"'] id=[\"']W5M0MpCehiHzreSzNTczkc9d[\"']\?>", packet):
        yield "6.6.2.1 packet"
    root = ET.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet).strip())
    said = {item.tag: item for part in root.iter(f"{_RDF}Description") for item in part}
    if unknown := said.keys() - _KNOWN:
        yield f"6.6.2.3 properties without a schema {sorted(unknown)}"

    def text(tag: str) -> str:
        item = said.get(tag)
        return "" if item is None else "".join(item.itertext()).strip()

    if (text(_ID + "part"), text(_ID + "conformance")) != ("2", "B"):
        yield "6.6.4 part and level"
    about = reader.metadata
    for tag, value in (
        (_DC + "title", about.title), (_DC + "creator", about.author), (_DC + "description", about.subject),
        (_PDF + "Producer", about.producer), (_XMP + "CreatorTool", about.creator),
    ):  # fmt: skip
        if (value or "") != text(tag) and value is not None:
            yield f"6.6.3 {tag.rpartition('}')[2]}: {value!r} is not {text(tag)!r}"
    for tag, moment in ((_XMP + "CreateDate", about.creation_date), (_XMP + "ModifyDate", about.modification_date)):
        if moment is not None and datetime.fromisoformat(text(tag)) != moment:
            yield f"6.6.3 {tag.rpartition('}')[2]}"
