"""What an archive's PDF (PDF/A-2b) carries beside its pages: its description as XMP, and which black is black. Pure."""

import struct
from datetime import date
from html import escape

_MEANT_FOR = "hoctap sRGB"


def xmp(*, title: str, author: str, subject: str, day: date, tool: str, identifier: str = "") -> bytes:
    """The description every program can read, the same facts as in the file's own dictionary.

    identifier: the paper code, which the dictionary has no place for; left out when "".
    """

    def one(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'

    moment = f"{day.isoformat()}T00:00:00+07:00"
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>
<dc:title>{one(title)}</dc:title><dc:description>{one(subject)}</dc:description>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>{identified(identifier)}
<xmp:CreatorTool>{escape(tool)}</xmp:CreatorTool><pdf:Producer>{escape(tool)}</pdf:Producer>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return packet.encode()


def identified(identifier: str) -> str:
    """The line of the description that names the document; "" for none."""
    return f"<dc:identifier>{escape(identifier)}</dc:identifier>" if identifier else ""


def srgb_profile() -> bytes:
    """An ICC profile (version 2.1) of a screen with the primaries of sRGB and gamma 2.2, made here, free of rights."""
    tags = {
        b"desc": _description(_MEANT_FOR),
        b"cprt": b"text\0\0\0\0Public domain\0",
        b"wtpt": _xyz(0.9505, 1.0, 1.0891),
        b"rXYZ": _xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": _xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": _xyz(0.1431, 0.0606, 0.7141),
    }
    curve = b"curv\0\0\0\0" + struct.pack(">LH", 1, round(2.2 * 256)) + b"\0\0"
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    at, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        table += name + struct.pack(">LL", at + len(data), len(body))
        data += body + b"\0" * (-len(body) % 4)
    body = struct.pack(">L", len(tags)) + table + data
    head = struct.pack(">L4sL4s4s4s", 128 + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2022, 1, 1, 0, 0, 0, b"acsp")
    head = head.ljust(68, b"\0") + struct.pack(">3l", *map(_fixed, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + body


def _description(text: str) -> bytes:
    words = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">L", len(words)) + words + b"\0" * (4 + 4 + 2 + 1 + 67)


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3l", *map(_fixed, values))


def _fixed(value: float) -> int:
    return round(value * 65536)
