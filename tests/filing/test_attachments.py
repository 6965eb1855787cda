import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.filing.attachments import (
    LARGEST,
    MOST,
    MOST_BYTES,
    Attachment,
    Offered,
    check_bytes,
    file_name,
    kind_words,
    refusals,
    size_words,
)
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import extension_of
from hoctap_desktop.submission import container
from tests.offices import NOW


def standing(count: int, size: int = 10) -> list[Attachment]:
    return [Attachment(n, "2022-report", 1, f"{n}.pdf", "pdf", "ab" * 32, size, 0, False, NOW) for n in range(count)]


def codes(offered: list[Offered], there: list[Attachment] | None = None) -> list[Code | None]:
    return [why.code if why else None for why in refusals(offered, there or [])]


def test_what_a_package_cannot_hold_is_refused_by_name_and_size_alone() -> None:
    offered = [
        Offered("phim.mp4", 10),
        Offered("không đuôi", 10),
        Offered("quét.pdf", LARGEST + 1),
        Offered("quét vừa.pdf", LARGEST),
        Offered("lại quét.pdf", LARGEST),
        Offered("Ảnh.JPEG", 3 * 2**20),
    ]
    assert codes(offered) == [
        Code.ATTACHMENT_KIND,
        Code.ATTACHMENT_KIND,
        Code.ATTACHMENT_TOO_LARGE,
        None,
        Code.ATTACHMENTS_FULL,
        None,
    ]
    assert codes([Offered("a.pdf", 1)], standing(MOST)) == [Code.ATTACHMENTS_MANY]
    assert codes([Offered("a.pdf", 11)], standing(1, MOST_BYTES - 10)) == [Code.ATTACHMENTS_FULL]


def test_the_limits_leave_room_for_the_rest_of_a_package() -> None:
    assert container.MAX_ENTRY >= LARGEST
    assert container.MAX_ENTRIES >= MOST + 6  # mimetype, package, answers, print, sums, signature
    assert container.MAX_FILE >= MOST_BYTES + container.MAX_JSON + 4 * 2**20


def test_the_sentence_says_what_is_too_much_and_what_to_do() -> None:
    (why,) = refusals([Offered("quét.pdf", 40 * 2**20)], [])
    assert str(why) == (
        "Chưa kèm «quét.pdf»: tệp 40 MB, mỗi tệp không quá 32 MB. Hãy quét lại nhẹ hơn hoặc thu nhỏ ảnh."
    )


def test_no_more_room_names_what_takes_it() -> None:
    there = [*standing(1, 30 * 2**20), *standing(3, 2 * 2**20), *standing(1, 12 * 2**20 + 2**19)]
    (why,) = refusals([Offered("quét.pdf", 9 * 2**20)], there)
    assert str(why) == (
        "Chưa kèm «quét.pdf»: tệp 9 MB mà chỉ còn chỗ 7,5 MB, các tệp kèm cộng lại không quá 56 MB. Đang kèm, nặng "
        "nhất: «0.pdf» 30 MB, «0.pdf» 12,5 MB, «0.pdf» 2 MB. Hãy bỏ bớt tệp, thu nhỏ ảnh hoặc quét lại nhẹ hơn."
    )


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", b"\xff\xd8\xff", "ảnh JPG"),
        ("a.jpg", b"%PDF-1.4", "tệp PDF"),
        ("a.docx", b"PK\x03\x04 xl/workbook", "tệp Excel"),
        ("a.xlsx", b"", "tệp trống"),
        ("IMG_1.jpg", b"\0\0\0\x18ftypheic", "HEIC"),
        ("a.png", b"MZ\x90", "chương trình chạy"),
    ],
)
def test_bytes_that_are_not_what_the_name_says_are_refused_saying_what_they_are(
    name: str, data: bytes, found: str
) -> None:
    with pytest.raises(UserError, match=found) as refusal:
        check_bytes(name, data)
    assert refusal.value.code is Code.ATTACHMENT_KIND


@given(st.lists(st.tuples(st.integers(0, 40 * 2**20), st.sampled_from(["a.pdf", "b.jpg", "c.exe"]))))
def test_what_is_taken_fits_whatever_was_offered(offered: list[tuple[int, str]]) -> None:
    files = [Offered(name, size) for size, name in offered]
    taken = [one.size for one, why in zip(files, refusals(files, []), strict=True) if why is None]
    assert sum(taken) <= MOST_BYTES
    assert len(taken) <= MOST
    assert all(size <= LARGEST for size in taken)


def test_names_are_kept_as_a_person_wrote_them_but_for_what_no_system_takes() -> None:
    assert file_name('Ảnh "lễ" 06/10.jpg') == "Ảnh _lễ_ 06_10.jpg"
    assert file_name("a\u202etxt.pdf") == "atxt.pdf"
    assert file_name(".png") == file_name("..png") == "tep.png"
    assert file_name("NUL.png") == "_NUL.png"
    assert file_name("a" * 150 + ".jpg") == "a" * 140 + ".jpg"  # no more is taken than must be
    assert file_name("ạ" * 140 + ".jpg") == "ạ" * 78 + ".jpg"  # three bytes each
    assert file_name("com1.2022.pdf") == "_com1.2022.pdf"
    assert file_name("Thông báo. Kính gửi các xóm") == "Thông báo. Kính gửi các xóm"
    assert size_words(3_565_158) == "3,4 MB"
    assert size_words(1) == "1 KB"


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("Giấy mời.bat", "Giấy mời.bat.pdf"),
        ("Giấy mời.pdf.lnk", "Giấy mời.pdf.lnk.pdf"),
        ("gi\u202efdp.exe", "gifdp.exe.pdf"),
        ("mời.exe .", "mời.exe.pdf"),
        ("..", "tep.pdf"),
        ("", "tep.pdf"),
        ("aux", "_aux.pdf"),
        ("Kế hoạch.PDF", "Kế hoạch.PDF"),
    ],
)
def test_a_name_somebody_else_gave_ends_in_what_the_bytes_are(named: str, shown: str) -> None:
    assert file_name(named, "pdf") == shown


@given(st.text(max_size=300), st.sampled_from(["", "pdf", "jpg", "docx"]))
def test_every_name_is_taken_by_every_system(name: str, extension: str) -> None:
    made = file_name(name, extension)
    assert 1 <= len(made) <= 150
    assert len(made.encode()) <= 255
    assert made == file_name(made, extension)
    assert not made.startswith(".")
    assert made[-1] not in ". "
    assert not set(made) & set('<>:"/\\|?*\n\t\0')
    assert not extension or extension_of(made) == extension


def test_a_file_is_described_in_words() -> None:
    one = Attachment(1, "2022-report", 1, "ký.pdf", "pdf", "ab" * 32, 348_160, 2, True, NOW)
    assert kind_words(one) == "PDF, 340 KB, có 2 chữ ký số trong tệp, có đoạn lệnh hoặc tệp bên trong"
