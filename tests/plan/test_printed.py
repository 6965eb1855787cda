"""The page of a plan, from answers to blocks."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.document.model import (
    AppendixTitle,
    Bullet,
    Document,
    Heading,
    LegalBasis,
    PageBreak,
    Paragraph,
    Run,
    SpecialLine,
    Table,
    runs_text,
)
from hoctap_desktop.filing.model import Filing, FormRef, Kind, Status
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.plan.headings import points_of
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.printed import printed
from hoctap_desktop.units.model import Signer, Unit

UNIT = Unit(
    code="05812",
    name="Ủy ban nhân dân xã Hà Thượng",
    short_name="UBND xã Hà Thượng",
    level="commune",
    issuing=("ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"),
    place="Hà Thượng",
    symbol="UBND",
    signer=Signer(authority="KT. CHỦ TỊCH", title="PHÓ CHỦ TỊCH", name="Đặng Văn Thi"),
)
CAMPAIGN = Campaign("2022", 2022, ("Học suốt đời",), date(2022, 10, 1), date(2022, 10, 7))
FORM = form_by_id("plan/commune")
FILING = Filing("2022-plan", Kind.PLAN, "2022", UNIT, FormRef(FORM.id, FORM.version, FORM.hash), {})


def page(filing: Filing = FILING, **answers: JsonValue) -> Document:
    return printed(
        replace(filing, answers={key.replace("__", "."): value for key, value in answers.items()}), FORM, CAMPAIGN
    )


def test_number_day_and_month_are_gaps_until_they_are_known() -> None:
    head = page().letterhead
    assert (head.number, head.symbol, head.year, head.month, head.day) == ("", "KH-UBND", 2022, None, None)
    assert page(document__month="2022-09").letterhead.month == 9
    signed = replace(FILING, document_number="21", document_day=date(2022, 10, 4))
    head = page(signed, document__month="2022-09").letterhead
    assert (head.number, head.year, head.month, head.day) == ("21", 2022, 10, 4)


def test_headings_are_numbered_and_overrides_are_printed() -> None:
    body = "# A\n## B\n### C\n### D {2.1}\n# E {III.}\n# F {}\n"
    blocks = [b for b in page(body=body).blocks if isinstance(b, Heading)]
    assert [(b.level, b.number, b.bold) for b in blocks] == [
        (1, "I.", True),
        (2, "1.", True),
        (3, "a)", False),
        (3, "2.1", False),
        (1, "III.", True),
        (1, "", True),
    ]


def test_every_block_says_where_it_comes_from() -> None:
    document = page(
        legal_bases=["Căn cứ một;", "Căn cứ hai."],
        body="Lời dẫn:\n\n# Mục\n\n- gạch\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        special_line="(Thay giấy mời)",
        recipients=["Như trên;"],
        appendix="**Phụ lục**\n\n**BẢNG**\n\nChữ\n",
    )
    keys = [block.key for block in document.blocks if not isinstance(block, PageBreak | AppendixTitle)]
    assert keys == ["legal_bases.0", "legal_bases.1", "body.0", "body.1", "body.2", "body.3", "special_line"]
    assert [getattr(block, "key", None) for block in document.appendix] == [None, "appendix.2"]
    assert document.recipients is not None
    assert document.recipients.key == "recipients"
    assert document.signature is not None
    assert document.signature.key == "signature"


def test_fields_are_filled_in_everywhere() -> None:
    document = page(
        subject="Tổ chức năm {{year}}",
        week__from="2022-10-06",
        legal_bases=["Căn cứ đợt {{year}}"],
        body="# Từ {{week.from}}\n\n| Ngày |\n| --- |\n| {{week.from}} |\n",
        recipients=["{{unit.short_name}}"],
        appendix="Chủ đề {{campaign.theme}}",
    )
    assert document.title is not None
    assert document.title.subject == "Tổ chức năm 2022"
    base, heading, table = document.blocks
    assert isinstance(base, LegalBasis)
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert runs_text(base.runs) == "Căn cứ đợt 2022."
    assert runs_text(heading.runs) == "Từ 06/10/2022"
    assert runs_text(table.rows[0].cells[0]) == "06/10/2022"
    assert document.recipients is not None
    assert document.recipients.groups == (("", ("UBND xã Hà Thượng.",)),)
    assert document.appendix == (Paragraph((Run("Chủ đề Học suốt đời"),), "appendix.0"),)


def test_an_unknown_field_in_the_body_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        page(body="{{không.có}} {{khong_co}}")
    assert refused.value.code is Code.FIELD_UNKNOWN
    assert "khong_co" in str(refused.value)


def test_a_heading_that_runs_on_into_its_text_keeps_number_and_bold_part() -> None:
    (block,) = page(body="# **Sở Giáo dục** chủ trì.").blocks
    assert block == Paragraph((Run("I. ", bold=True), Run("Sở Giáo dục", bold=True), Run(" chủ trì.")), "body.0")


def test_numbered_sentences_are_running_text_and_their_sisters_with_them() -> None:
    body = (
        "# Kinh phí\n\n## Ngân sách xã chi cho trang trí, tài liệu và nước uống trong cả bảy ngày của Tuần lễ.\n\n"
        "## Vận động thêm.\n\n# Tổ chức\n\n## Trung tâm học tập cộng đồng, Hội Khuyến học xã.\n\nChủ trì.\n"
    )
    assert points_of(parse(body)) == {1, 2}
    kinds = [type(block).__name__ for block in page(body=body).blocks]
    assert kinds == ["Heading", "Paragraph", "Paragraph", "Heading", "Heading", "Paragraph"]


def test_bullets_keep_mark_depth_and_style() -> None:
    assert page(body="- **Cấp xã:**\n  + Mời *đủ*").blocks == (
        Bullet("-", (Run("Cấp xã:", bold=True),), 1, "body.0"),
        Bullet("+", (Run("Mời "), Run("đủ", italic=True)), 2, "body.1"),
    )


def test_a_table_shares_the_width_and_bold_rows_are_groups() -> None:
    body = "| STT | Nội dung |\n| --- | --- |\n| **1** | **Tuyên truyền** |\n| - | Số tờ rơi đã phát trong Tuần lễ |\n"
    (table,) = page(body=body).blocks
    assert isinstance(table, Table)
    assert abs(sum(column.width for column in table.columns) - 1) < 1e-9
    assert table.columns[0].align == "center"
    assert table.columns[0].width < table.columns[1].width
    assert [row.group for row in table.rows] == [True, False]


def test_the_column_of_numbers_stays_narrow_where_all_texts_are_short() -> None:
    (table,) = page(body="| TT | Tên | Ghi chú |\n| --- | --- | --- |\n| 1 | An | |\n").blocks
    assert isinstance(table, Table)
    number, *others = (column.width for column in table.columns)
    assert number < 0.1
    assert min(others) > 0.4


def test_recipients_may_come_in_two_lists() -> None:
    document = page(recipients=["Gửi bản điện tử:", "UBND huyện;", "Lưu: VT.", "Gửi bản giấy:", "Trường;"])
    assert document.recipients is not None
    assert document.recipients.groups == (
        ("Gửi bản điện tử:", ("UBND huyện;", "Lưu: VT.")),
        ("Gửi bản giấy:", ("Trường;",)),
    )


def test_end_marks_are_put_only_where_the_office_put_none() -> None:
    bare = page(recipients=["Trường", "Lưu: VT"], legal_bases=["Căn cứ A", "Căn cứ B"])
    assert bare.recipients is not None
    assert bare.recipients.groups[0][1] == ("Trường;", "Lưu: VT.")
    assert [runs_text(b.runs) for b in bare.blocks if isinstance(b, LegalBasis)] == ["Căn cứ A;", "Căn cứ B."]
    typed = page(recipients=["Trường;", "Lưu: VT xã"])
    assert typed.recipients is not None
    assert typed.recipients.groups[0][1] == ("Trường;", "Lưu: VT xã")


def test_the_signer_is_the_answer_or_else_the_unit_s_own() -> None:
    own = page().signature
    assert own is not None
    assert (own.capacity, own.name) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Đặng Văn Thi")
    said = page(signer__collective="TM. ỦY BAN NHÂN DÂN", signer__title="CHỦ TỊCH", signer__name="A").signature
    assert said is not None
    assert (said.capacity, said.name) == (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "A")


def test_each_appendix_begins_a_page_with_its_title() -> None:
    appendix = (
        "**Phụ lục I**\n\n**ĐỀ CƯƠNG**\n\n**BÁO CÁO**\n\n*(Kèm theo Kế hoạch số 1)*\n\n# Việc\n\n**THỦ TRƯỞNG**\n\n"
        "*(ký tên)*\n\n**Phụ lục II**\n\n**BẢNG**\n\n# Việc\n"
    )
    blocks = page(appendix=appendix).appendix
    assert [type(block).__name__ for block in blocks] == [
        *("AppendixTitle", "Heading", "SpecialLine", "SpecialLine", "PageBreak", "AppendixTitle", "Heading"),
    ]
    assert blocks[0] == AppendixTitle("I", "ĐỀ CƯƠNG BÁO CÁO", "(Kèm theo Kế hoạch số 1)")
    assert [block.number for block in blocks if isinstance(block, Heading)] == ["I.", "I."]


def test_an_appendix_without_the_word_has_centred_lines_in_capitals() -> None:
    first, second = page(appendix="**CHƯƠNG TRÌNH**\n\n**Thời gian:** 7h\n").appendix
    assert first == SpecialLine((Run("CHƯƠNG TRÌNH", bold=True),), "appendix.0")
    assert isinstance(second, Paragraph)


def test_the_footer_carries_paper_code_revision_and_the_mark_of_invented_numbers() -> None:
    kept = page(replace(FILING, changed_at=datetime(2022, 10, 4, 9, tzinfo=UTC))).footer
    assert (kept.left, kept.center, kept.right) == ("", "", "Bản nháp")
    final = replace(
        FILING,
        status=Status.FINAL,
        revision=2,
        paper_code="7K3M-Q9TX-2HBV",
        illustrative=True,
        finalised_at=datetime(2022, 10, 4, 9, tzinfo=UTC),
    )
    footer = page(final).footer
    assert (footer.left, footer.center, footer.right) == ("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 2")
    assert page(final).metadata.created == date(2022, 10, 4)


def test_the_default_body_of_the_form_prints_with_no_unknown_field() -> None:
    defaults = {field.id: field.default for field in FORM.fields() if field.default}
    document = printed(replace(FILING, answers=defaults), FORM, CAMPAIGN)
    assert len([block for block in document.blocks if isinstance(block, Heading)]) > 5
    assert "{{" not in " ".join(runs_text(b.runs) for b in document.blocks if isinstance(b, Paragraph))
