"""What the export page says at each stage, and never too early."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hoctap_desktop.campaign.model import Campaign, Deadline
from hoctap_desktop.document.code import read_qr
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Status
from hoctap_desktop.foundation import paths
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import Stage
from hoctap_desktop.submission.manifest import UnitName
from hoctap_desktop.submission.outgoing import Outgoing
from hoctap_desktop.ui.submission.presenter import (
    Export,
    State,
    Target,
    Volume,
    failure_of,
    passphrase_problem,
    sticks,
)
from hoctap_desktop.units.model import Unit

AT = datetime(2022, 10, 14, 14, 32, 11, tzinfo=VIETNAM)
FILING = replace(
    read_filled(paths.forms() / "examples" / "2022-ha-thuong-report.toml"),
    status=Status.FINAL,
    paper_code="7K3M-Q9TX-2HBV",
    finalised_at=AT - timedelta(days=1),
)
UPPER = Unit("19-171-GDDT", "Phòng Giáo dục và Đào tạo huyện Đại Từ", "Phòng GD&ĐT huyện Đại Từ", "huyen")
READY = Export(Outgoing(FILING, None, None, same_as_paper=True), UPPER)
STICK = Target("USB KINGSTON (E:)", "E:/", stick=True)


def picture(export: Export) -> list[str]:
    return [f"{line.state:6} {line.when:10} {line.words}" for line in export.lines()]


def after(*stages: Stage) -> Export:
    export = READY.begin(STICK).signed("a.htgoi", 412 * 1024, AT)
    for second, stage in enumerate(stages, 1):
        export = export.reached(stage, AT + timedelta(seconds=second))
    return export


def test_before_anything_is_written() -> None:
    assert READY.state is State.READY
    assert READY.banner() is None
    assert READY.title == "Xuất gói gửi lên huyện"
    assert READY.under == "Báo cáo kết quả Tuần lễ, lần 1"
    assert picture(READY) == [
        "done   13/10/2022 Báo cáo lần 1 đã chốt",
        "later             Ký gói bằng khóa của xã",
        "later             Ghi vào USB",
        "later             Chờ USB ghi hết",
        "later             Đọc lại từ USB, so từng phần",
    ]


@pytest.mark.parametrize("stages", [(), (Stage.WRITTEN,), (Stage.WRITTEN, Stage.FLUSHED)])
def test_the_stick_may_not_be_pulled_before_the_file_was_compared(stages: tuple[Stage, ...]) -> None:
    export = after(*stages)
    said = export.banner()
    assert said is not None
    assert (export.state, said.tone, said.title) == (State.WORKING, "warn", "Đừng rút USB")


def test_after_the_comparison_it_may_be_pulled() -> None:
    export = after(Stage.WRITTEN, Stage.FLUSHED, Stage.COMPARED)
    said = export.banner()
    assert said is not None
    assert (export.state, said.tone, said.title) == (State.DONE, "ok", "Có thể rút USB")
    assert picture(export) == [
        "done   13/10/2022 Báo cáo lần 1 đã chốt",
        "done   14:32:11   Ký gói bằng khóa của xã",
        "done   14:32:12   Ghi vào USB KINGSTON (E:)",
        "done   14:32:13   Chờ USB ghi hết",
        "done   14:32:14   Đọc lại từ USB, so từng phần",
    ]
    assert export.details() == (
        ("Tệp trên USB", "a.htgoi"),
        ("Dung lượng", "412 KB, gồm báo cáo và bản in PDF"),
        ("Nơi nhận", "Phòng Giáo dục và Đào tạo huyện Đại Từ"),
    )


def test_what_was_sealed_on_another_day_shows_that_day() -> None:
    sealed = replace(READY, outgoing=Outgoing(FILING, None, AT - timedelta(days=1), same_as_paper=True))
    export = sealed.begin(STICK).signed("a.htgoi", 10, AT).reached(Stage.WRITTEN, AT)
    assert picture(export)[1] == "done   13/10/2022 Ký gói bằng khóa của xã"


def test_a_folder_of_the_machine_is_no_stick() -> None:
    folder = Target("thư mục Gửi huyện", "/noi-nao/x", stick=False)
    export = READY.begin(folder).signed("a.htgoi", 10, AT)
    for stage in Stage:
        export = export.reached(stage, AT)
    said = export.banner()
    assert said is not None
    assert said.title == "Đã ghi vào thư mục Gửi huyện"
    assert not any("USB" in line.words for line in export.lines())
    assert "Chép tệp vào USB" in export.next_steps(campaign(False), date(2022, 10, 14))[0]
    assert export.lines()[3].words == "Chờ ổ đĩa ghi hết"


def test_the_step_that_failed_is_marked_and_another_try_begins_anew() -> None:
    export = after(Stage.WRITTEN).stopped()
    assert [line.state for line in export.lines()] == ["done", "done", "done", "failed", "later"]
    assert export.state is State.READY
    assert export.banner() is None
    again = export.begin(STICK)
    assert (again.state, again.failed) == (State.WORKING, None)


@pytest.mark.parametrize(
    ("code", "title", "number"),
    [
        (Code.DISK_FULL, "USB đã đầy", "Mã USB-01"),
        (Code.STICK_GONE, "Chưa ghi xong vào USB", "Mã USB-02"),
        (Code.STICK_READ_ONLY, "USB chỉ cho đọc", "Mã USB-03"),
        (Code.READ_BACK_DIFFERS, "Ghi xong đọc lại thấy khác", "Mã USB-04"),
    ],
)
def test_a_failed_stick_says_what_is_safe_and_what_to_do(code: Code, title: str, number: str) -> None:
    told = failure_of(UserError(code, file="a.htgoi"), after(Stage.WRITTEN))
    assert told is not None
    assert (told.title, told.code) == (title, number)
    assert told.text.endswith("Báo cáo trong máy vẫn còn nguyên, không mất gì.")
    assert told.steps[-1].startswith("Bấm Ghi lại.")
    assert "a.htgoi" in told.details


def test_what_is_no_fault_of_the_stick_goes_to_the_problems_dialog() -> None:
    assert failure_of(UserError(Code.STORE_DAMAGED), READY) is None


def campaign(inclusive: bool = False) -> Campaign:
    deadline = Deadline("report", "commune", date(2022, 10, 18), inclusive)
    return Campaign("2022", 2022, (), date(2022, 10, 6), date(2022, 10, 12), deadlines=(deadline,))


@pytest.mark.parametrize(
    ("today", "inclusive", "words"),
    [
        (date(2022, 10, 14), False, "Nộp trước ngày 18/10/2022, còn 3 ngày."),
        (date(2022, 10, 17), False, "Nộp trước ngày 18/10/2022, hôm nay là ngày cuối."),
        (date(2022, 10, 19), False, "Nộp trước ngày 18/10/2022, đã quá 2 ngày."),
        (date(2022, 10, 17), True, "Nộp đến hết ngày 18/10/2022, còn 1 ngày."),
    ],
)
def test_the_next_steps_name_the_receiver_and_the_days_left(today: date, inclusive: bool, words: str) -> None:
    steps = READY.next_steps(campaign(inclusive), today)
    assert steps[0] == "Mang USB và bản giấy có chữ ký, đóng dấu lên Phòng GD&ĐT huyện Đại Từ."
    assert steps[1] == words


def test_the_code_is_called_the_same_as_the_paper_only_when_it_is() -> None:
    assert READY.same_as_paper == "Trùng với bản chốt ngày 13/10/2022."
    other = replace(READY, outgoing=Outgoing(FILING, None, None, same_as_paper=False))
    assert other.same_as_paper == ""
    assert READY.code_parts == ("7K3M", "Q9TX", "2HBV")
    read = read_qr(READY.qr_text())
    assert (read.code, read.unit, read.form, read.revision) == ("7K3M-Q9TX-2HBV", "05812", "report", 1)


def test_a_passphrase_is_long_enough_and_typed_twice_alike() -> None:
    assert passphrase_problem("ngắn", "ngắn") != ""
    assert passphrase_problem("mật khẩu dài", "mật khẩu dai") != ""
    assert passphrase_problem("mật khẩu dài", "mật khẩu dài") == ""


def volume(root: str, name: str = "", removable: bool | None = None) -> Volume:
    return Volume(root, name, "/dev/x", 10**9, removable)


def test_sticks_are_what_can_be_pulled() -> None:
    found = sticks(
        [
            volume("/", "system"),
            volume("/boot", "boot", False),
            volume("/mnt/usb", "SANDISK", True),
            volume("/media/van/KINGSTON"),
            volume("/media/van/backup", "disk", False),
            volume("E:/", "", True),
        ]
    )
    assert [target.words for target in found] == ["USB (E:)", "USB KINGSTON", "USB SANDISK"]
    assert all(target.stick for target in found)


@pytest.mark.parametrize(
    "code", [Code.DISK_FULL, Code.STICK_GONE, Code.STICK_READ_ONLY, Code.READ_BACK_DIFFERS, Code.FILE_UNWRITABLE]
)
def test_of_a_folder_nothing_is_said_about_a_stick_and_each_sentence_begins_large(code: Code) -> None:
    export = READY.begin(Target("thư mục Gửi huyện", "/x", stick=False))
    told = failure_of(UserError(code, file="a.htgoi"), export)
    assert told is not None
    said = (told.title, told.text, *told.steps)
    assert not any("USB" in words for words in said)
    assert all(words[0].isupper() for words in said)


def test_after_a_failure_no_file_is_listed_as_written() -> None:
    export = after(Stage.WRITTEN).stopped()
    assert export.state is State.READY
    assert [name for name, _words in export.details()] == ["Nơi nhận"]


def test_a_file_that_was_sealed_for_the_former_upper_unit_says_so_and_what_to_do() -> None:
    theirs = Outgoing(FILING, None, None, same_as_paper=True, recipient=UnitName("X1", "Sở Giáo dục và Đào tạo"))
    assert dict(Export(theirs, UPPER).details()) == {
        "Nơi nhận": "Sở Giáo dục và Đào tạo, cấp trên khi ký",
        "Cấp trên nay": "Phòng GD&ĐT huyện Đại Từ: bấm Lập lần sau ở trang văn bản, chốt rồi xuất gói mới",
    }
    ours = replace(theirs, recipient=UnitName(UPPER.code, UPPER.name))
    assert dict(Export(ours, UPPER).details()) == {"Nơi nhận": UPPER.name}


def test_what_the_file_holds_counts_the_files_attached() -> None:
    made = replace(READY, outgoing=replace(READY.outgoing, attachments=2), size=412 * 1024)  # type: ignore[type-var]
    assert made.holds == "412 KB, gồm báo cáo, bản in PDF và 2 tệp kèm"
