"""What a file is, by its bytes, in words for the person who chose the wrong one."""

from collections.abc import Mapping

_BY_FIRST_BYTES: Mapping[bytes, str] = {
    b"%PDF-": "đây là tệp PDF",
    b"\x89PNG\r\n": "đây là ảnh PNG",
    b"\xff\xd8\xff": "đây là ảnh JPG",
    b"GIF8": "đây là ảnh GIF",
    b"BM": "đây là ảnh BMP",
    b"II*\0": "đây là ảnh quét TIFF",
    b"MM\0*": "đây là ảnh quét TIFF",
    b"Rar!": "đây là tệp nén RAR",
    b"7z\xbc\xaf\x27\x1c": "đây là tệp nén 7z",
    b"\x1f\x8b": "đây là tệp nén gz",
    b"MZ": "đây là chương trình chạy (EXE)",
    b"\x7fELF": "đây là chương trình chạy",
    b"SQLite format 3\0": "đây là tệp dữ liệu SQLite",
    b"{\\rtf": "đây là tệp văn bản RTF",
    b"L\0\0\0\x01\x14\x02\0": "đây là lối tắt (shortcut), không phải chính tệp",
}
_IN_ZIP: Mapping[bytes, str] = {
    b"xl/workbook": "đây là tệp Excel",
    b"word/document": "đây là tệp Word",
    b"ppt/presentation": "đây là tệp PowerPoint",
    b"opendocument.spreadsheet": "đây là bảng tính OpenDocument",
    b"opendocument.text": "đây là văn bản OpenDocument",
}
_OLD_OFFICE: Mapping[bytes, str] = {
    "WordDocument".encode("utf-16-le"): "đây là tệp Word đời cũ",
    "Workbook".encode("utf-16-le"): "đây là tệp Excel đời cũ",
    "EncryptedPackage".encode("utf-16-le"): "đây là tệp Office có mật khẩu",
}
# What a person may have saved a workbook of ours as, and can save anew as it should be.
TABLES = ("đây là tệp Excel đời cũ", "đây là bảng tính OpenDocument", "đây là tệp Office có mật khẩu")
TABLE_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
_HEAD = 4096
# The kinds of file that travel beside a paper, each with its first bytes.
_FIRST_BYTES: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
}
_OFFICE_PART: Mapping[str, bytes] = {"xlsx": b"xl/workbook", "docx": b"word/document"}
TRAVELLING = tuple(_FIRST_BYTES)


def begins_as(extension: str, data: bytes | memoryview) -> bool:
    """True when `data` is what a file of this extension (one of TRAVELLING, without a dot) begins with."""
    first = _FIRST_BYTES[extension]
    if data[: len(first)] != first:
        return False
    return extension not in _OFFICE_PART or _OFFICE_PART[extension] in bytes(data)


def extension_of(name: str) -> str:
    """ "Ảnh lễ.JPEG" -> "jpg": the extension in small letters, one spelling for each kind; "" for none."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return "jpg" if extension == "jpeg" else extension


def what_is(data: bytes) -> str:
    """A short clause: "đây là tệp Excel", "tệp trống". Only looks for marks; never opens or unpacks anything."""
    if not data:
        return "tệp trống"
    if not data.strip(b"\0"):
        return "tệp chỉ toàn số 0, chép hỏng"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((words for mark, words in _IN_ZIP.items() if mark in data), "đây là tệp nén ZIP")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return next((words for mark, words in _OLD_OFFICE.items() if mark in data), "đây là tệp Office đời cũ")
    for magic, words in _BY_FIRST_BYTES.items():
        if data.startswith(magic):
            return words
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "đây là ảnh HEIC của điện thoại"
    return _text_or_unknown(data)


def _text_or_unknown(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "đây là tệp văn bản"
    try:
        # a letter may be cut in two at the end of what is looked at
        head = data[:_HEAD].decode("utf-8-sig", errors="strict" if len(data) <= _HEAD else "ignore")
    except UnicodeDecodeError:
        return "không rõ loại tệp"
    if "\0" in head:
        return "không rõ loại tệp"
    start = head.lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return "đây là trang web (HTML)"
    if start.startswith("<?xml"):
        return "đây là tệp XML"
    if start.startswith(("{", "[")):
        return "đây là tệp văn bản (JSON hoặc TOML)"
    return "đây là tệp văn bản"
