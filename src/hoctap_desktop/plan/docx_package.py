"""The package of a Word file (.docx): looked into before it is unpacked, then opened by python-docx."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import what_is

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_UNPACKED = 100 * 2**20
_LARGEST_TEXT_PART = 32 * 2**20
_MOST_ENTRIES = 5_000


class Element(Protocol):
    """What is used of an lxml element."""

    tag: Any
    text: str | None

    def __iter__(self) -> Iterator["Element"]: ...
    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> "Element | None": ...
    def iter(self, *tags: str) -> Iterator["Element"]: ...


def opened(data: bytes, file: str) -> tuple[Element, Element | None, Element | None, Sequence[tuple[str, Element]]]:
    """Body, styles, numbering; and the parts beside the text (headers, notes) with their kind.

    Raises UserError WORD_BAD, WORD_OLD, WRONG_FILE_KIND.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _refuse_bad_package(data, file)
    try:
        part = Document(io.BytesIO(data)).part
        body = part.element.find(f"{W}body")
        if body is None:
            raise bad(file, "thiếu phần nội dung. Hãy mở bằng Word, lưu lại")
        related: list[tuple[str, Any]] = [
            (relation.reltype.rpartition("/")[2], relation.target_part)
            for relation in part.rels.values()
            if not relation.is_external
        ]
    except (OpcError, LxmlError, SyntaxError, KeyError, ValueError, AttributeError, TypeError, IndexError) as cause:
        raise bad(file, "tệp hỏng hoặc thiếu phần bên trong. Hãy mở bằng Word, lưu lại") from cause
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as cause:
        raise bad(file, "tệp hỏng hoặc chép chưa xong. Hãy chép lại") from cause
    parts = [(kind, other) for kind, other in ((kind, _root(found)) for kind, found in related) if other is not None]
    by_kind = dict(parts)
    return body, by_kind.get("styles"), by_kind.get("numbering"), parts


def bad(file: str, why: str) -> UserError:
    """That a file cannot be read, and why."""
    return UserError(Code.WORD_BAD, file=file, why=why)


def _refuse_bad_package(data: bytes, file: str) -> None:
    """Looks into the zip without unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" not in names:
                found = what_is(data)
                if "OpenDocument" in found and "văn bản" in found:
                    raise UserError(Code.WORD_OLD, file=file, found=found)
                raise UserError(Code.WRONG_FILE_KIND, file=file, wanted="tệp Word (.docx) hay tệp chữ", found=found)
            if len(entries) > _MOST_ENTRIES or len(names) != len(entries):
                raise bad(file, "bên trong có quá nhiều phần hoặc phần trùng tên. Hãy mở bằng Word, lưu lại")
            if any(entry.flag_bits & 1 for entry in entries):
                raise bad(file, "tệp có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu")
            if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise bad(file, f"bung ra lớn hơn {_MOST_UNPACKED // 2**20} MB. Hãy bỏ bớt hình")
            if any(e.file_size > _LARGEST_TEXT_PART and e.filename.endswith((".xml", ".rels")) for e in entries):
                raise bad(file, f"phần chữ lớn hơn {_LARGEST_TEXT_PART // 2**20} MB. Hãy chia nhỏ")
            types = package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as cause:
        raise bad(file, "tệp hỏng hoặc chép chưa xong. Hãy chép lại") from cause
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise bad(file, "tệp có macro (.docm). Hãy lưu thành .docx không macro")
    if b"wordprocessingml.document.main" not in types and b"wordprocessingml.template.main" not in types:
        found = what_is(data)
        raise UserError(Code.WRONG_FILE_KIND, file=file, wanted="tệp Word (.docx) hay tệp chữ", found=found)


def _root(part: Any) -> Element | None:
    """The root element of a part; None for pictures and for what is no XML. Notes come to us unparsed."""
    from docx.oxml import parse_xml
    from lxml.etree import LxmlError

    element = getattr(part, "element", None)
    if element is not None:
        root: Element = element
        return root
    if not str(part.content_type).endswith("xml"):
        return None
    try:
        parsed: Element = parse_xml(part.blob)
    except (LxmlError, SyntaxError, ValueError):
        return None
    return parsed
