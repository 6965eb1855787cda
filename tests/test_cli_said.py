"""What commands say to a person, line by line; what they answer with --json is asked elsewhere."""

import re
from pathlib import Path

import pytest

from hoctap_desktop.__main__ import main
from tests.test_cli import OFFICE, PLAN, REPORT, UPPER, here

__all__ = ["here"]
_DIGITS = r"(\d{5} ){5}\d{5}"
_NAME = "05812-ubnd-xa-ha-thuong"
_OFFICE = [
    r"Ủy ban nhân dân xã Hà Thượng \(mã 05812\), 0 đơn vị cấp dưới\.",
    r"Tuần lễ học tập suốt đời năm 2022: 01/10/2022 đến 07/10/2022\.",
]
_AT = r"\d\d:\d\d( |:\d\d )\d\d/\d\d/20\d\d"
# In this order: a command, its exit code, each line as a pattern.
BELOW: list[tuple[str, int, list[str]]] = [
    ("office init a.hoctap --unit OFFICE --campaign 2022", 0, [r"Đã tạo dữ liệu a\.hoctap\.", *_OFFICE]),
    ("office show a.hoctap", 0, _OFFICE),
    ("keys show a.hoctap", 1, []),
    ("keys init a.hoctap", 0, [rf"Đã tạo khóa\. Dãy số khóa: {_DIGITS}"]),
    (
        "keys show a.hoctap",
        0,
        [r"Khóa lập ngày [\d/]{10}, dùng đến [\d/]{10}, trong máy, có mật khẩu\.", f".*{_DIGITS}"],
    ),
    ("fill a.hoctap PLAN", 0, [r"Đã lấy vào: Kế hoạch 2022, lần 1, bản nháp\."]),
    ("fill a.hoctap REPORT", 0, [r"Đã lấy vào: Báo cáo 2022, lần 1, bản nháp\."]),
    ("history a.hoctap report", 0, [rf"  1\.0: {_AT}, .+, Bắt đầu lập lần 1"]),
    (
        "check a.hoctap report",
        0,
        [
            r"Ghi lý do: mục 3, số lượng sách, tài liệu đã phát hành: .+ \(lý do đã ghi: Chờ .+\)",
            r"Không có chỗ phải sửa, chốt được\.",
        ],
    ),
    ("finalise a.hoctap report", 0, [r"Đã chốt: Báo cáo 2022, lần 1, đã chốt, mã giấy [-0-9A-Z]{14}\."]),
    (
        "keys enrol a.hoctap --out enrol",
        0,
        [
            rf"enrol/{_NAME}-dang-ky\.htgoi \(\d+ byte\)",
            rf"enrol/{_NAME}-dang-ky\.pdf \(\d+ byte\): in ra, ký, đóng dấu rồi gửi cùng tệp\.",
            f"Dãy số khóa: {_DIGITS}",
        ],
    ),
    (
        "seal a.hoctap report --out usb",
        0,
        [rf"usb/{_NAME}-bao-cao-2022-lan-1\.htgoi \(\d+ byte\)\. Đã đọc lại thấy đúng\."],
    ),
    (
        f"verify usb/{_NAME}-bao-cao-2022-lan-1.htgoi",
        0,
        [rf"usb/.+: Báo cáo 2022, lần 1 của «UBND xã Hà Thượng», gửi «Phòng GDĐT», ký .+ Dãy số khóa: {_DIGITS}\. .+"],
    ),
    ("number a.hoctap report --number 21 --day 04/10/2022", 0, [r"Đã ghi báo cáo 2022: số 21, ngày 04/10/2022\."]),
    ("amend a.hoctap report", 0, [r"Đã lập báo cáo 2022 lần 2, sửa được\."]),
    (
        "history a.hoctap report",
        0,
        [
            rf"  2\.0: {_AT}, .+, Lập lần 2 từ lần 1",
            rf"  1: {_AT}, Ký gói gửi đi lần 1",
            rf"  1: {_AT}, .+, Chốt lần 1",
            rf"  1\.0: {_AT}, .+, Bắt đầu lập lần 1",
        ],
    ),
    ("compare a.hoctap report 1", 0, [r"Hai mốc giống hệt nhau\."]),
    ("discard a.hoctap report", 0, [r"Đã chuyển bản nháp báo cáo 2022 lần 2 vào Thùng rác, số 1\."]),
    ("trash a.hoctap", 0, [r"Thùng rác có 1 bản nháp\.", rf"  1: báo cáo 2022 lần 2, bỏ lúc {_AT}, .+"]),
    ("trash a.hoctap --put-back 1", 0, [r"Đã lấy lại: Báo cáo 2022, lần 2, bản nháp\."]),
    ("trash a.hoctap", 0, [r"Thùng rác trống\."]),
    ("attach a.hoctap plan", 0, [r"Kế hoạch 2022: 0 tệp kèm\."]),
    ("replies a.hoctap", 0, [r"Chưa có phiếu nào của cấp trên\."]),
    ("doctor a.hoctap", 0, [r"Dữ liệu nguyên vẹn\."]),
]
ABOVE: list[tuple[str, int, list[str]]] = [
    ("office init b.hoctap --unit UPPER", 0, [".+", r"Phòng .+ \(mã 19-171-GDDT\), 4 đơn vị cấp dưới\.", ".+"]),
    ("totals b.hoctap", 0, [r"Tổng từ 0/4 đơn vị; thiếu: UBND xã Hà Thượng, (.+, ){2}.+\.", *["  .+"] * 20]),
    (
        "receive b.hoctap usb",
        1,
        [
            rf"{_NAME}-bao-cao-2022-lan-1\.htgoi: UBND xã .+, Báo cáo 2022, lần 1: .+{_DIGITS}.+\[unknown_key\]",
            r"Lượt \d{8}-1\. Muốn bỏ cả lượt: hoctap receive b\.hoctap --undo \d{8}-1",
        ],
    ),
    (
        f"keys accept b.hoctap enrol/{_NAME}-dang-ky.htgoi --compared",
        0,
        [
            f"Đã nhận khóa của UBND xã Hà Thượng. Dãy số khóa: {_DIGITS}",
            rf"  {_NAME}-bao-cao-2022-lan-1\.htgoi: Nhận được\. Nộp muộn [\d.]+ ngày\. Không có chỗ phải hỏi lại\.",
        ],
    ),
    (
        "turns b.hoctap",
        0,
        [
            r"2\. Lượt (sáng|chiều|tối) [\d/]{10}, từ gói đang chờ khóa, 1 tệp\. Đã nhận 1\.",
            r"1\. Lượt (sáng|chiều|tối) [\d/]{10}, 1 tệp\. Cần xử lý 1\.",
        ],
    ),
    ("turns b.hoctap 1", 0, [r"UBND xã Hà Thượng: Khóa chưa đăng ký\. .+ \[unknown_key\]"]),
    (
        "board b.hoctap --as-of 16/11/2022",
        0,
        [
            r"Tuần lễ học tập suốt đời năm 2022, tính đến ngày 16/11/2022:",
            r"  UBND xã Hà Thượng: kế hoạch Chưa nộp, quá 42 ngày; báo cáo Chưa nộp, quá 30 ngày",
            *[r"  Trường .+ Hà Thượng: kế hoạch Không phải nộp; báo cáo Chưa nộp, quá 30 ngày"] * 3,
            r"  Kế hoạch: 0 trên 1 đơn vị đã xong phần nộp\.",
            r"  Báo cáo: 0 trên 4 đơn vị đã xong phần nộp\.",
        ],
    ),
    (
        "totals b.hoctap --trace participants",
        0,
        [
            r"Số người tham gia: 535 lượt người, từ 1/4 đơn vị\.",
            r"  UBND xã Hà Thượng: 535 \(lần 1, gói [0-9a-f]{12}\)",
            *[r"  Trường .+ Hà Thượng: Chưa nộp"] * 3,
        ],
    ),
    ("totals b.hoctap --outliers", 0, [r"Không có chỗ nào nên xem lại\."]),
    (
        "keys roster b.hoctap",
        0,
        [rf"05812  UBND xã Hà Thượng: {_DIGITS}, dùng đến [\d/]{{10}}", r"Sổ khóa số 0: 1 khóa\."],
    ),
    (
        "units b.hoctap --search truong",
        0,
        [*[r"05812-\w+  Trường .+ Hà Thượng: kế hoạch, báo cáo"] * 3, r"3 trên 4 đơn vị, đợt 2022\."],
    ),
    ("two-persons b.hoctap", 0, [r"Một người duyệt là đủ\."]),
    ("campaign upgrade b.hoctap", 0, [r"Không có bản nháp nào ở biểu mẫu cũ\."]),
    ("keys init b.hoctap", 0, [f".*{_DIGITS}"]),
    (
        "reply b.hoctap --out rep",
        0,
        [rf"rep/{_NAME}-phieu-tiep-nhan-bao-cao-2022-lan-1\.htgoi \(\d+ byte\): Phiếu tiếp nhận .+, lần 1 của .+"],
    ),
]


def test_each_command_says_what_it_did(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = {"OFFICE": OFFICE, "PLAN": PLAN, "REPORT": REPORT, "UPPER": UPPER}
    for command, code, lines in (*BELOW, *ABOVE):
        assert main([named.get(word, word) for word in command.split()]) == code, (command, capsys.readouterr())
        said = capsys.readouterr().out.splitlines()
        unlike = [(line, said) for line, said in zip(lines, said, strict=False) if not re.fullmatch(line, said)]
        assert unlike == [], command
        assert not lines or len(said) == len(lines), (command, said)
