"""PDFs that bear signatures, written by us: each signature an incremental update, as signing programs do it."""

_ROOM = 64  # bytes of hexadecimal left for the value; what stands there is no signature of anybody


def sign(pdf: bytes, name: str, *, kind: str = "Sig", value_first: bool = True, inside_range: bool = False) -> bytes:
    """`pdf` with one more signature field appended; the bytes before stay as they are.

    kind: "Sig" or "DocTimeStamp". value_first: /Contents stands before /ByteRange. inside_range: the brackets of the
    value are counted to what is signed, as some writers do. The whole is a file pdfium and pypdf read.
    """
    number = pdf.count(b" 0 obj") + 1
    root = pdf.count(b"/Type/Catalog") and number + 2
    fields = [int(part) for part in _fields(pdf)] + [number + 1]
    sub_filter = "ETSI.RFC3161" if kind == "DocTimeStamp" else "adbe.pkcs7.detached"
    blank = b"0" * 10
    ranges = b"/ByteRange [0 " + b" ".join([blank] * 3) + b"]"
    value = b"/Contents <" + b"30" * (_ROOM // 2) + b">"
    parts = [value, ranges] if value_first else [ranges, value]
    head = f"<</Type/{kind}/Filter/Adobe.PPKLite/SubFilter/{sub_filter}/Name ({len(name)})".encode()
    out = bytearray(pdf)
    places = {number: len(out)}
    out += f"{number} 0 obj\n".encode() + head + b"\n".join(parts) + b">>\nendobj\n"
    places[number + 1] = len(out)
    widget = f"<</Type/Annot/Subtype/Widget/FT/Sig/T(s{number})/V {number} 0 R/Rect[0 0 0 0]>>"
    out += f"{number + 1} 0 obj\n{widget}\nendobj\n".encode()
    if root:
        places[root] = len(out)
        listed = " ".join(f"{field} 0 R" for field in fields)
        catalog = f"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[{listed}]>>>>"
        out += f"{root} 0 obj\n{catalog}\nendobj\n".encode()
    table = len(out)
    out += b"xref\n" + b"".join(f"{at} 1\n{place:010d} 00000 n \n".encode() for at, place in sorted(places.items()))
    before = pdf.rfind(b"startxref")
    previous = pdf[before:].split()[1].decode() if before >= 0 else ""
    linked = f"/Prev {previous}" if previous.isdigit() else ""
    out += f"trailer <</Size {number + 3}/Root {root or 1} 0 R{linked}>>\nstartxref\n{table}\n%%EOF\n".encode()
    begins = out.index(b"<30", places[number]) + (1 if inside_range else 0)
    ends = out.index(b">", begins) + (0 if inside_range else 1)
    numbers = b" ".join(f"{n:010d}".encode() for n in (begins, ends, len(out) - ends))
    at = out.index(ranges, places[number]) + len(b"/ByteRange [0 ")
    out[at : at + len(numbers)] = numbers
    return bytes(out)


def plain() -> bytes:
    """A PDF of one empty page with a table of its objects."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer <</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def _fields(pdf: bytes) -> list[bytes]:
    last = pdf.rfind(b"/Fields[")
    return pdf[last + 8 : pdf.index(b"]", last)].replace(b" 0 R", b"").split() if last >= 0 else []
