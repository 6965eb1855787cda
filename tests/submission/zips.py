"""Containers written field by field, for files that lie: each header, the directory and the end record may be bent."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LOCAL = ("version", "flags", "method", "time", "day", "crc", "packed", "size", "name_length", "extra_length")
CENTRAL = (
    "made_by", "version", "flags", "method", "time", "day", "crc", "packed", "size", "name_length", "extra_length",
    "comment_length", "disk", "internal", "external", "at",
)  # fmt: skip
END = ("disk", "directory_disk", "here", "total", "length", "at", "comment_length")


@dataclass
class Piece:
    """An entry with its two headers. local, central: fields that differ from what we write. before: bytes in front."""

    name: bytes
    data: bytes
    local: dict[str, int] = field(default_factory=dict)
    central: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None
    local_extra: bytes = b""
    central_extra: bytes = b""
    comment: bytes = b""
    before: bytes = b""
    listed: bool = True
    stored: bool = True


def write(
    pieces: Sequence[Piece],
    *,
    end: Mapping[str, int] | None = None,
    before_directory: bytes = b"",
    before_end: bytes = b"",
    comment: bytes = b"",
    order: Sequence[int] | None = None,
) -> bytes:
    """The bytes of a ZIP of these pieces; without changes the very layout of package-format.md."""
    data = b""
    directory: list[bytes] = []
    for piece in pieces:
        data += piece.before
        at = len(data)
        name = piece.name if piece.local_name is None else piece.local_name
        facts: dict[str, Any] = {
            "version": 10, "flags": 0, "method": 0, "time": 0, "day": 0x21, "crc": zlib.crc32(piece.data),
            "packed": len(piece.data), "size": len(piece.data), "name_length": len(name),
            "extra_length": len(piece.local_extra),
        }  # fmt: skip
        own = {**facts, **piece.local}
        if piece.stored:
            data += b"PK\x03\x04" + struct.pack("<5H3I2H", *(own[key] for key in LOCAL))
            data += name + piece.local_extra + piece.data
        listed = {
            **facts, "made_by": 10, "name_length": len(piece.name), "extra_length": len(piece.central_extra),
            "comment_length": len(piece.comment), "disk": 0, "internal": 0, "external": 0, "at": at, **piece.central,
        }  # fmt: skip
        if piece.listed:
            directory.append(
                b"PK\x01\x02"
                + struct.pack("<6H3I5H2I", *(listed[key] for key in CENTRAL))
                + piece.name
                + piece.central_extra
                + piece.comment
            )
    data += before_directory
    at = len(data)
    rows = b"".join(directory[one] for one in (order or range(len(directory))))
    last: dict[str, int] = {
        "disk": 0, "directory_disk": 0, "here": len(directory), "total": len(directory), "length": len(rows),
        "at": at, "comment_length": len(comment), **(end or {}),
    }  # fmt: skip
    record = b"PK\x05\x06" + struct.pack("<4H2IH", *(last[key] for key in END)) + comment
    return data + rows + before_end + record
