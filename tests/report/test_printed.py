"""A report on paper: sections, sentences of money, the table and its four kinds of no number, classes, signer."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import Block, Bullet, Heading, Paragraph, Table, runs_text
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status
from hoctap_desktop.form.definition import Field, FieldType, FormDefinition, Row, Section
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.report.printed import UNSIGNED, printed, quantity, remark
from hoctap_desktop.units.model import Signer, Unit
from tests.document.samples import Paper

WEEK = Campaign("2022", 2022, ("Chủ đề",), date(2022, 10, 6), date(2022, 10, 12))
UNIT = Unit(
    "05812", "Ủy ban nhân dân xã Hà Thượng", "UBND xã Hà Thượng", "commune",
    issuing=("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"), place="Hà Thượng", symbol="UBND",
)  # fmt: skip
UNKNOWN = {"none": "unknown", "reason": "Chờ Hội Khuyến học."}
NOT_HELD = {"none": "not_held", "reason": ""}
FIELDS = {
    id: Field(id, label, FieldType.COUNT, unit=unit)
    for id, label, unit in (("papers", "Số tờ báo tường", "tờ"), ("articles", "Số bài viết", "bài"))
}
ONE = Row("one", "-", "Số tờ báo tường", ("papers",))
TWO = Row("two", "-", "Số tờ báo tường, số bài viết", ("papers", "articles"))


def filing(answers: dict[str, object], **more: object) -> Filing:
    ref = FormRef("report", 1, "")
    return Filing("2022-report", Kind.REPORT, "2022", UNIT, ref, answers, **more)  # type: ignore[arg-type]  # of a test


def lines(blocks: tuple[Block, ...]) -> list[str]:
    """The blocks as text: headings with number, bullets with mark, tables as rows split by |."""
    found = []
    for block in blocks:
        match block:
            case Heading(level, number, runs):
                found.append(f"{'#' * level} {number} {runs_text(runs)}")
            case Bullet(mark, runs):
                found.append(f"{mark} {runs_text(runs)}")
            case Paragraph(runs):
                found.append(runs_text(runs))
            case Table(columns, rows):
                found.append(" | ".join(column.title for column in columns))
                found += [" | ".join(runs_text(cell) for cell in row.cells) for row in rows]
            case _:
                raise AssertionError(block)
    return found


SMALL = FormDefinition(
    "report", 1, "report", "Báo cáo", "BÁO CÁO", "BC",
    (
        Section("head", "", "", "Đầu", fields=(
            Field("subject", "Trích yếu", FieldType.LINE), Field("lead", "Mở đầu", FieldType.LONG_TEXT),
        )),
        Section("one", "I", "TRIỂN KHAI", "I"),
        Section("direction", "1", "Chỉ đạo", "1", "one", (Field("direction", "Chỉ đạo", FieldType.LONG_TEXT),)),
        Section("money", "2.", "Kinh phí", "2", "one", (
            Field("state", "Ngân sách nhà nước", FieldType.MONEY), Field("raised", "Vận động", FieldType.MONEY),
        )),
        Section("table", "3", "Số liệu", "3", "one", (
            *FIELDS.values(), Field("list", "Danh sách lớp", FieldType.CLASSES),
        ), (Row("group", "3", "Nội dung"), ONE, TWO)),
        Section("end", "4", "Đề nghị", "4", "one", (Field("wish", "Đề nghị", FieldType.LONG_TEXT),)),
    ),
)  # fmt: skip


def test_the_report_follows_its_form_section_by_section() -> None:
    made = printed(
        filing({
            "subject": "Kết quả Tuần lễ năm {{year}}", "lead": "{{unit.name}} báo cáo:",
            "direction": "Một.\n\n- Hai;\n+ ba.",
            "state": 12500000, "raised": UNKNOWN, "papers": 1248, "articles": 46, "note.one": "Đã kiểm",
            "list": [{"name": "Lớp tin học", "learners": 31, "from": "2022-10-07", "to": "09/10/2022"}],
            "wish": "Cấp thêm sách.",
        }),
        SMALL, WEEK,
    )  # fmt: skip
    assert made.title is not None
    assert made.title.subject == "Kết quả Tuần lễ năm 2022"
    assert lines(made.blocks) == [
        "Ủy ban nhân dân xã Hà Thượng báo cáo:",
        "# I. TRIỂN KHAI",
        "## 1. Chỉ đạo",
        "Một.",
        "- Hai;",
        "+ ba.",
        "## 2. Kinh phí",
        "- Ngân sách nhà nước: 12.500.000 đồng.",
        "- Vận động: chưa có số liệu: Chờ Hội Khuyến học.",
        "## 3. Số liệu",
        "TT | Nội dung hoạt động | Số lượng | Ghi chú",
        "3 | Nội dung |  | ",
        "- | Số tờ báo tường | 1.248 | Đã kiểm",
        "- | Số tờ báo tường, số bài viết | 1.248\u00a0tờ; 46\u00a0bài | ",
        "Danh sách lớp:",
        "TT | Tên lớp | Thời gian | Số học viên",
        "1 | Lớp tin học | 07/10/2022 – 09/10/2022 | 31",
        "## 4. Đề nghị",
        "Cấp thêm sách./.",
    ]


@pytest.mark.parametrize(
    ("row", "papers", "articles", "number", "note"),
    [
        (ONE, 0, None, "0", ""),
        (ONE, None, None, "", ""),
        (ONE, NOT_HELD, None, "", "Không tổ chức"),
        (ONE, UNKNOWN, None, "", "Chưa có số liệu: Chờ Hội Khuyến học"),
        (ONE, {"none": "not_applicable", "reason": ""}, None, "", "Không áp dụng"),
        (TWO, 3, 46, "3 tờ; 46 bài", ""),
        (TWO, 0, 0, "0 tờ; 0 bài", ""),
        (TWO, 3, None, "3 tờ", ""),
        (TWO, NOT_HELD, NOT_HELD, "", "Không tổ chức"),
        (TWO, 3, UNKNOWN, "3 tờ", "Số bài viết: chưa có số liệu: Chờ Hội Khuyến học"),
        (TWO, NOT_HELD, UNKNOWN, "",
         "Số tờ báo tường: không tổ chức. Số bài viết: chưa có số liệu: Chờ Hội Khuyến học"),
    ],
)  # fmt: skip
def test_zero_none_unknown_and_blank_are_four_things_on_paper_too(
    row: Row, papers: JsonValue, articles: JsonValue, number: str, note: str
) -> None:
    answers = {id: value for id, value in (("papers", papers), ("articles", articles)) if value is not None}
    assert (quantity(row, FIELDS, answers), remark(row, FIELDS, answers)) == (number, note)


def test_a_note_follows_the_words() -> None:
    answers: dict[str, JsonValue] = {"papers": {"none": "not_applicable", "reason": ""}, "note.one": "Xã không có đài"}
    assert remark(ONE, FIELDS, answers) == "Không áp dụng. Xã không có đài"


def test_the_text_ends_once_whatever_was_typed() -> None:
    for typed in ("Hết", "Hết.", "Hết;", "Hết./.", "Hết ./."):
        last = lines(printed(filing({"wish": typed}), SMALL, WEEK).blocks)[-1]
        assert last.replace(" ", "") == "Hết./."
    assert lines(printed(filing({}), SMALL, WEEK).blocks)[-1] == "## 4. Đề nghị./."


def test_who_signs_is_answered_or_the_units_own_or_the_form_s_blank() -> None:
    assert printed(filing({}), SMALL, WEEK).signature == UNSIGNED
    own = replace(filing({}), unit=replace(UNIT, signer=Signer("", "", "HIỆU TRƯỞNG", "Nguyễn Văn A")))
    signed = printed(own, SMALL, WEEK).signature
    assert signed is not None
    assert (signed.capacity, signed.name) == (("HIỆU TRƯỞNG",), "Nguyễn Văn A")
    answered = filing(
        {"signer.authority": "KT. CHỦ TỊCH", "signer.title": "PHÓ CHỦ TỊCH", "signer.name": "Đặng Văn Thi"}
    )
    signed = printed(answered, SMALL, WEEK).signature
    assert signed is not None
    assert (signed.capacity, signed.name) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Đặng Văn Thi")


def test_letterhead_and_footer_tell_the_filings_state() -> None:
    kept = datetime(2022, 10, 12, 10, 32, tzinfo=VIETNAM)
    draft = printed(filing({"document.month": "2022-09"}, illustrative=True, changed_at=kept), SMALL, WEEK)
    assert (draft.letterhead.symbol, draft.letterhead.month, draft.letterhead.day) == ("BC-UBND", 9, None)
    assert (draft.footer.left, draft.footer.center, draft.footer.right) == ("", "Số liệu minh họa", "Bản nháp")
    final = printed(
        filing({}, status=Status.FINAL, revision=2, paper_code="7K3MQ9TX2HBV", document_number="5",
               document_day=date(2022, 11, 3)),
        SMALL, WEEK,
    )  # fmt: skip
    assert (final.footer.left, final.footer.right) == ("Mã giấy: 7K3M-Q9TX-2HBV", "Lần 2")
    assert (final.letterhead.number, final.letterhead.day, final.letterhead.month) == ("5", 3, 11)


def test_recipients_get_their_marks_and_may_come_in_lists() -> None:
    one = printed(filing({"recipients": ["Phòng GD&ĐT", "Lưu: VT"]}), SMALL, WEEK).recipients
    assert one is not None
    assert one.groups == (("", ("Phòng GD&ĐT;", "Lưu: VT.")),)
    two = printed(filing({"recipients": ["Gửi bản điện tử:", "A;", "Gửi bản giấy:", "B", "C"]}), SMALL, WEEK).recipients
    assert two is not None
    assert two.groups == (("Gửi bản điện tử:", ("A;",)), ("Gửi bản giấy:", ("B;", "C.")))
    assert printed(filing({}), SMALL, WEEK).recipients is None


def test_the_shipped_form_prints_every_row_and_heading_even_when_blank() -> None:
    form = form_by_id("report")
    document = printed(filing({"subject": "Kết quả"}), form, WEEK)
    printed_lines = lines(document.blocks)
    for section in form.sections:
        if section.heading:
            assert any(section.heading in line for line in printed_lines)
        for row in section.rows:
            assert f"{row.printed_number} | {row.label} |  | " in printed_lines
    result = render(document)
    marked = {mark.key for mark in result.marks}
    assert {f"row.{row.id}" for section in form.sections for row in section.rows} <= marked
    with Paper(result.data) as paper:
        text = paper.text()
        assert "BÁO CÁO Kết quả" in text
        assert "TT Nội dung hoạt động Số lượng Ghi chú 1 Số đơn vị, địa phương tổ chức Tuần lễ" in text


def test_reasons_given_stand_under_the_table_for_the_officer() -> None:
    form = form_by_id("report", 1)
    answers: dict[str, object] = {
        "participants": 5350,
        "reason.jump_from_last_year.participants": "Có thêm ba trường.",
        "reason.everything_zero.organising_units": "Hoãn vì bão",
        "reason.dated_before_week_ends.document.month": "Lập sớm theo yêu cầu",
    }
    found = lines(printed(filing(answers), form, WEEK).blocks)
    at = found.index("Giải trình số liệu:")
    assert found[at + 1 : at + 4] == [
        "- Cả bảng số liệu: Hoãn vì bão.",
        "- Số người tham gia (5.350 lượt người): Có thêm ba trường.",
        "- Tháng ban hành: Lập sớm theo yêu cầu.",
    ]


def test_without_reasons_nothing_is_explained() -> None:
    form = form_by_id("report", 1)
    assert "Giải trình số liệu:" not in lines(printed(filing({"participants": 5}), form, WEEK).blocks)
