"""The page of domain.md §2 to the half millimetre: examples, real documents, forty units; and a checker that sees."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.document.layout import Layout, official
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Column,
    Document,
    Footer,
    Heading,
    LegalBasis,
    Letterhead,
    PageBreak,
    Paragraph,
    Recipients,
    Run,
    Signature,
    SpecialLine,
    Table,
    TableRow,
    Title,
    plain,
)
from hoctap_desktop.document.page_content import PageContent
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.pieces import Keep, Page, Piece, Rule, Text, paginate
from hoctap_desktop.filing.filled_file import filing_from_data, read_filled
from hoctap_desktop.foundation import paths
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.plan.reader import read_plan_file
from tests.document.geometry import MM, faults
from tests.document.samples import BODY, LETTERHEAD, RECIPIENTS, SENTENCE, document, long_table
from tests.document.test_flow import keyed, some_blocks

EXAMPLES = sorted(
    path.name for kind in ("plan", "report") for path in (paths.forms() / "examples").glob(f"*-{kind}.toml")
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_element_of_an_example_is_in_its_place(name: str) -> None:
    made = document_of(read_filled(paths.forms() / "examples" / name))
    assert faults(made, render(made).data) == []


def test_there_are_examples_of_both_kinds() -> None:
    assert {name.rsplit("-", 1)[1] for name in EXAMPLES} == {"plan.toml", "report.toml"}


def test_every_element_of_the_real_documents_is_in_its_place(shared_documents: Path) -> None:
    files = sorted(shared_documents.glob("*.txt"))
    assert len(files) == 3
    for path in files:
        made = document_of(filing_from_data(read_plan_file(path).filled, path.name))
        assert faults(made, render(made).data) == [], path.name


# --- forty units ---------------------------------------------------------------------------------------------------

GOVERNING: list[tuple[str, ...]] = [
    (),
    ("ỦY BAN NHÂN DÂN XÃ IA O",),
    ("ỦY BAN NHÂN DÂN HUYỆN M'DRẮK",),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH BÀ RỊA - VŨNG TÀU",),
    ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ PHAN RANG - THÁP CHÀM"),
]
ISSUING: list[tuple[str, ...]] = [
    ("XÃ IA O",),
    ("ỦY BAN NHÂN DÂN", "XÃ EA H'LEO"),
    ("ỦY BAN NHÂN DÂN", "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM"),
    ("TRƯỜNG TIỂU HỌC PHƯỜNG 12",),
    ("TRƯỜNG PHỔ THÔNG DÂN TỘC BÁN TRÚ TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ NẬM MẠ SỐ 2",),
    ("TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP - GIÁO DỤC THƯỜNG XUYÊN",),
    ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",),
    ("TRƯỜNG MẦM NON 1-6",),
]
PLACES = ["Ia O", "Ea H'Leo", "Phường 12", "Thành phố Phan Rang - Tháp Chàm", "Phường Văn Miếu - Quốc Tử Giám"]
SIGNERS = ["H'Yim Kđoh", "Y Ly", "Nguyễn Thị Ngọc Hoàng Anh Phương", "Đặng Văn Thi"]
DAYS = [(None, None), (None, 10), (5, 2), (31, 12), (9, 9)]


def unit(number: int) -> Document:
    """One of forty: each governing body with each issuing one, the rest by turns."""
    day, month = DAYS[number // 3 % len(DAYS)]
    head = Letterhead(
        GOVERNING[number % len(GOVERNING)], ISSUING[number // len(GOVERNING)], ("", "5", "123")[number % 3],
        ("KH-UBND", "KH-PGDĐT", "BC-THCS&THPT12")[number % 3], PLACES[number // 2 % len(PLACES)],
        2022 + number % 5, month, day,
    )  # fmt: skip
    subject = "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022" + " trên địa bàn phường" * (number % 4)
    capacity = (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("HIỆU TRƯỞNG",), ("KT. GIÁM ĐỐC",))[
        number % 3
    ]
    signature = Signature(capacity, SIGNERS[number % len(SIGNERS)], key="signature")
    return document(letterhead=head, title=Title("KẾ HOẠCH", subject), signature=signature)


@pytest.mark.parametrize("number", range(40))
def test_every_element_is_in_its_place_for_units_of_every_length_of_name(number: int) -> None:
    made = unit(number)
    assert faults(made, render(made).data) == []


def test_the_forty_units_are_forty() -> None:
    assert len({render(unit(number)).data for number in range(40)}) == 40


# --- the checker sees ----------------------------------------------------------------------------------------------

RICH = document(
    (
        LegalBasis(plain("Căn cứ Nghị quyết đã được thông qua;")),
        *BODY[1:4],
        Heading(3, "a)", plain("Đề mục nhỏ"), bold=False),
        Paragraph((Run("Đậm", bold=True), Run(" nghiêng", italic=True), Run(f" thường. {SENTENCE} {SENTENCE}"))),
        long_table(70),
        Paragraph(plain("Trên đây là kế hoạch./.")),
        SpecialLine(plain("(Thay giấy mời)")),
    ),
    recipients=Recipients((("Gửi bản giấy:", RECIPIENTS.groups[0][1]),)),
    footer=Footer("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 1"),
    appendix=(AppendixTitle("I", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch số: /KH-UBND)"), Paragraph(plain("Một dòng"))),
)
ELEMENTS = [
    "ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG", "CỘNG HÒA", "Độc lập", "Số:", "Hà Thượng, ngày", "KẾ HOẠCH", "Tổ chức Tuần lễ",
    "Căn cứ", "I. MỤC ĐÍCH", "Mỗi đơn vị", "- ", "a) Đề mục", "Trên đây", "(Thay giấy", "Nơi nhận:",
    "- Phòng", "KT.", "PHÓ", "Đặng Văn Thi", "Phụ lục", "CHƯƠNG TRÌNH", "(Kèm theo", "Một dòng",
]  # fmt: skip


def test_a_page_with_everything_has_no_fault() -> None:
    assert faults(RICH, render(RICH).data) == []


def changing(monkeypatch: pytest.MonkeyPatch, words: str, change: Callable[[Text], Text]) -> list[str]:
    """The faults found when the texts that begin with `words` are drawn otherwise."""
    real = PageContent.text
    changed: list[str] = []

    def other(self: PageContent, text: Text, left: float, top: float) -> None:
        if text.text.replace("\u00a0", " ").startswith(words):
            changed.append(text.text)
            text = change(text)
        real(self, text, left, top)

    with monkeypatch.context() as patch:
        patch.setattr(PageContent, "text", other)
        data = render(RICH).data
    assert changed, words
    return faults(RICH, data)


@pytest.mark.parametrize("words", ELEMENTS)
def test_an_element_six_tenths_of_a_millimetre_aside_or_low_is_seen(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    assert changing(monkeypatch, words, lambda text: replace(text, x=text.x + 0.6 * MM))
    assert changing(monkeypatch, words, lambda text: replace(text, y=text.y + 0.6 * MM)) or words in FREE_IN_HEIGHT


FREE_IN_HEIGHT = {"- Phòng", "Đặng Văn Thi"}  # one list of small lines; at least, not exactly, 35 mm below


@pytest.mark.parametrize("words", ELEMENTS)
def test_an_element_in_another_size_weight_or_slant_is_seen(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    assert changing(monkeypatch, words, lambda text: replace(text, bold=not text.bold))
    assert changing(monkeypatch, words, lambda text: replace(text, size=text.size + 1.6))
    if words != "- Phòng":  # a note at a recipient's end is slanted
        assert changing(monkeypatch, words, lambda text: replace(text, italic=not text.italic))


def test_a_page_number_or_a_footer_out_of_place_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("2", "Mã giấy"):
        assert changing(monkeypatch, words, lambda text: replace(text, y=text.y + 0.6 * MM))
    assert changing(monkeypatch, "2", lambda text: replace(text, x=text.x + 0.6 * MM))


def test_words_lost_changed_or_invented_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert changing(monkeypatch, "Trên đây", lambda text: replace(text, text=text.text.replace("kế hoạch", "kế hoach")))
    assert changing(monkeypatch, "Trên đây", lambda text: replace(text, text=""))
    assert changing(monkeypatch, "Một dòng", lambda text: replace(text, text=text.text + " nữa"))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_rule_of_another_length_place_or_thickness_is_seen(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = PageContent.rule
    for change in (
        lambda rule: replace(rule, x2=rule.x1 + (rule.x2 - rule.x1) * 0.7),
        lambda rule: replace(rule, x1=rule.x1 + 0.6 * MM, x2=rule.x2 + 0.6 * MM),
        lambda rule: replace(rule, y1=rule.y1 + 0.6 * MM, y2=rule.y2 + 0.6 * MM),
        lambda rule: replace(rule, width=1.0),
    ):
        seen: list[Rule] = []

        def other(
            self: PageContent, rule: Rule, left: float, top: float, change: Any = change, seen: Any = seen
        ) -> None:
            seen.append(rule)
            real(self, change(rule) if len(seen) == number + 1 else rule, left, top)

        with monkeypatch.context() as patch:
            patch.setattr(PageContent, "rule", other)
            data = render(RICH).data
        assert faults(RICH, data)


def test_gaps_too_small_for_number_day_and_seal_are_seen() -> None:
    layout = official()

    def with_(**parts: Any) -> Layout:
        return replace(layout, letterhead=replace(layout.letterhead, **parts))

    narrow = [
        with_(number_blank=24.0),
        with_(day_blank=17.0),
        replace(layout, signature=replace(layout.signature, space=30 * MM)),
    ]
    for each in narrow:
        assert faults(RICH, render(RICH, each).data)


# --- documents made at random --------------------------------------------------------------------------------------


def wide_table(rows: int) -> Table:
    """A table that has to lie."""
    columns = tuple(Column(f"Cột{n}", 1 / 7) for n in range(7))
    return Table(columns, tuple(TableRow(tuple(plain(f"Nghiêng-ngả-quá{n}") for _ in range(7))) for n in range(rows)))


some_appendix = st.lists(
    st.one_of(
        st.integers(1, 40).map(lambda n: (AppendixTitle("", f"BẢNG {n}", "(Kèm theo Kế hoạch)"), wide_table(n))),
        st.integers(1, 60).map(lambda n: (AppendixTitle("I", f"DANH SÁCH {n}"), long_table(n))),
        st.integers(1, 9).map(lambda n: (PageBreak(), Paragraph(plain(" ".join([SENTENCE] * n))))),
    ),
    max_size=3,
).map(lambda parts: tuple(block for part in parts for block in part))


@settings(max_examples=40)
@given(some_blocks, st.integers(0, 40), some_appendix)
def test_whatever_is_printed_is_whole_in_place_and_broken_by_the_rules(
    blocks: tuple[Block, ...], recipients: int, appendix: tuple[Block, ...]
) -> None:
    to = Recipients((("", ("Phòng GD&ĐT huyện;",) * recipients),))
    made = document(blocks, recipients=to, appendix=appendix)
    assert faults(made, render(made).data) == []


@pytest.mark.parametrize("rows", [0, 1, 2, 300])
def test_tables_of_any_length_are_printed_whole(rows: int) -> None:
    made = document(
        (Heading(1, "I.", plain("BẢNG")), long_table(rows), Paragraph(plain("Hết./."))), appendix=(wide_table(rows),)
    )
    assert faults(made, render(made).data) == []


def test_a_document_of_empty_lists_is_printed() -> None:
    made = document(
        (), letterhead=replace(LETTERHEAD, governing=(), issuing=()), recipients=Recipients(()), signature=None
    )
    assert faults(made, render(made).data) == []


def test_pages_broken_without_rules_are_seen_in_the_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A twin: every bond between pieces cut, heads of tables not repeated."""

    def unruly(pieces: Sequence[Piece], height: float) -> tuple[Page, ...]:
        return paginate([replace(piece, keep=Keep.FREE, head=None) for piece in pieces], height)

    monkeypatch.setattr("hoctap_desktop.document.flow.paginate", unruly)
    seen: set[str] = set()
    for count in range(20, 45):
        made = document(keyed([("word", 1)] * count + [("heading", 1), ("paragraph", 3), ("table", 12), ("word", 1)]))
        seen |= {" ".join(fault.split()[-3:]) for fault in faults(made, render(made).data)}
    assert {"at the foot", "and no head", "on a page"} <= {" ".join(fault.split()[-3:]) for fault in seen}
