"""The receipt and the return slip on paper: the upper half of a sheet, which may be cut off."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from hoctap_desktop.document import pdf
from hoctap_desktop.document.layout import MM, official, slip
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.reply import Remark, Reply, ReplyAct
from hoctap_desktop.submission.reply_paper import reply_paper
from tests.offices import NOW, dai_tu

_REMARKS = (
    Remark("participants", "Số này lớn gấp mười lần năm trước; xin xem lại, có thể gõ thừa một chữ số 0 ở cuối."),
    Remark("talks", "Có hai buổi tọa đàm trong phần lời nhưng bảng ghi 0."),
    Remark("leaflets", "Còn trống; nếu không phát hành tờ rơi nào thì ghi 0 hoặc không tổ chức."),
)
_WORDS = "Báo cáo thiếu số của các trường trực thuộc; đề nghị bổ sung rồi nộp lại trước ngày 20/10/2022."
_HALF, _TO_SIGN = 297 * MM / 2, 12 * MM


def _lines(act: ReplyAct, remarks: tuple[Remark, ...], words: str) -> dict[str, float]:
    """What is printed, and how far its base line stands from the upper edge, points."""
    unit = UnitName("05812", "UBND xã Hà Thượng")
    code = "7K3M-Q9TX-2HBV"
    reply = Reply(act, "ab" * 32, unit.code, "2022-report", 1, 1, code, date(2022, 10, 20), 2, NOW, words, remarks)
    made = reply_paper(dai_tu().own, unit, reply, form_by_id("report", 1), "12345 67890 12345 67890 12345 67890")
    (page,) = PdfReader(BytesIO(pdf.render(made, slip()).data)).pages
    found: dict[str, float] = {}

    def note(text: str, _cm: object, tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found[text.strip()] = float(page.mediabox.height) - tm[5]

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("act", list(ReplyAct))
@pytest.mark.parametrize("count", [0, 2, 3])
def test_a_slip_with_three_remarks_and_room_to_sign_stands_on_half_a_sheet(act: ReplyAct, count: int) -> None:
    lines = _lines(act, _REMARKS[:count], _WORDS)
    assert any("(ký, ghi rõ họ tên)" in words for words in lines)
    assert max(lines.values()) < _HALF - _TO_SIGN


def test_what_a_slip_says_of_the_paper_is_all_there() -> None:
    said = " ".join(_lines(ReplyAct.RETURNED, _REMARKS, _WORDS))
    for words in ("Kính gửi", "nhận ngày 20/10/2022 (muộn", "abababababab", "7K3M-Q9TX-2HBV", "chưa tính vào tổng hợp"):
        assert words in said


def test_the_letters_of_a_slip_stay_as_large_as_those_of_a_list_of_recipients() -> None:
    small, whole = slip(), official()
    assert min(small.body.size, small.table.size, small.signature.size) >= whole.recipients.size
    assert (small.letterhead, small.page.width) == (whole.letterhead, whole.page.width)
