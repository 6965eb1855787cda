from pathlib import Path

import pytest

from hoctap_desktop.foundation.file_kind import what_is


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tệp trống"),
        (b"\0", "tệp chỉ toàn số 0, chép hỏng"),
        (b"%PDF-1.7", "đây là tệp PDF"),
        (b"{\\rtf1", "đây là tệp văn bản RTF"),
        (b"Rar!\x1a\x07", "đây là tệp nén RAR"),
        (b"MZ\x90", "đây là chương trình chạy (EXE)"),
        (b"SQLite format 3\0", "đây là tệp dữ liệu SQLite"),
        (b"\xef\xbb\xbfabc", "đây là tệp văn bản"),
        (b"\xff\xfea\0", "đây là tệp văn bản"),
        (b" <!DOCTYPE HTML>", "đây là trang web (HTML)"),
        (b"<?xml version", "đây là tệp XML"),
        (b"{}", "đây là tệp văn bản (JSON hoặc TOML)"),
        ("ề".encode() * 5000, "đây là tệp văn bản"),
        (b"a\0b", "không rõ loại tệp"),
        (b"\xff" * 9, "không rõ loại tệp"),
    ],
)
def test_a_file_is_known_by_its_bytes(data: bytes, words: str) -> None:
    assert what_is(data) == words


def test_real_workbooks_are_known(shared_bad_input: Path) -> None:
    assert what_is((shared_bad_input / "xlsx" / "53282.xlsx").read_bytes()) == "đây là tệp Excel"
    assert (
        what_is((shared_bad_input / "xlsx" / "protected_passtika.xlsx").read_bytes()) == "đây là tệp Office có mật khẩu"
    )
