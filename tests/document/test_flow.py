"""The rules of breaking pages, checked on documents made at random, and the checker on pages broken wrongly."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoctap_desktop.document import fonts
from hoctap_desktop.document.flow import pages, sheets
from hoctap_desktop.document.layout import official
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Recipients,
    SpecialLine,
    Table,
    TableRow,
    plain,
    runs_text,
)  # fmt: skip
from hoctap_desktop.document.pdf import render
from hoctap_desktop.document.pieces import Page, Placed, Rule, Text
from tests.document.samples import MM, SENTENCE, Paper, document, long_table

LAYOUT = official()


def laid_out(made: Document) -> tuple[Page, ...]:
    return pages(made, LAYOUT, fonts.measure())


def text_of(page: Page) -> str:
    return " ".join(item.text for placed in page for item in placed.piece.items if isinstance(item, Text))


def broken_rules(made: Document, found: tuple[Page, ...]) -> list[str]:
    """The rules of domain.md §2 that these pages break, in words."""
    wrong = []
    headings = {block.key for block in made.blocks if isinstance(block, Heading)}
    rows = {row.key for block in made.blocks if isinstance(block, Table) for row in block.rows}
    lines: dict[str, list[int]] = {}
    for number, page in enumerate(found, 1):
        if page and page[-1].bottom > LAYOUT.page.text_height + 0.02:
            wrong.append(f"page {number} runs over")
        if any(b.top < a.bottom - 0.01 for a, b in pairwise(page)):
            wrong.append(f"page {number} overlaps")
        for placed in page:
            lines.setdefault(placed.piece.key, []).append(number)
        if page and number < len(found) and page[-1].piece.key in headings:
            wrong.append(f"heading alone at the foot of page {number}")
        if page and page[0].piece.key in rows:
            wrong.append(f"page {number} begins with a row and no head")
        if page and page[0].piece.key == "signature":
            wrong.append(f"signature alone on page {number}")
    if len(lines.get("signature", [])) > 1:
        wrong.append("signature split")
    wrong += [f"{row} split or lost" for row in rows if len(lines.get(row, [])) != 1]
    for block in made.blocks:
        if isinstance(block, Paragraph | Bullet):
            on = lines[block.key]
            if len(on) > 1 and (on.count(on[0]) == 1 or on.count(on[-1]) == 1):
                wrong.append(f"one line of {block.key} alone")
    return wrong


def keyed(kinds: list[tuple[str, int]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, (kind, size) in enumerate(kinds):
        key = f"{kind}.{number}"
        match kind:
            case "paragraph":
                blocks.append(Paragraph(plain(" ".join([SENTENCE] * size)), key))
            case "word":
                blocks.append(Paragraph(plain("Một"), key))
            case "bullet":
                blocks.append(Bullet("-+*"[size % 3], plain(" ".join([SENTENCE] * size)), 1 + size % 3, key))
            case "heading":
                blocks.append(Heading(1 + size % 4, f"{number}.", plain(f"Đề mục {SENTENCE[: size * 9]}"), key=key))
            case "table":
                table = long_table(size * 3)
                named = tuple(replace(row, key=f"{key}.{row.key}") for row in table.rows)
                blocks.append(replace(table, rows=named, key=key))
    blocks.append(Paragraph(plain("Trên đây là kế hoạch./."), "end"))
    return tuple(blocks)


some_blocks = st.lists(
    st.tuples(st.sampled_from(["paragraph", "word", "bullet", "heading", "table"]), st.integers(1, 12)), max_size=30
).map(keyed)


@settings(max_examples=40)
@given(some_blocks, st.integers(0, 40))
def test_no_rule_of_breaking_is_ever_broken(blocks: tuple[Block, ...], recipients: int) -> None:
    made = document(blocks, recipients=Recipients((("", ("Phòng GD&ĐT huyện;",) * recipients),)))
    found = laid_out(made)
    assert broken_rules(made, found) == []
    printed = " ".join(map(text_of, found)).split()
    for block in blocks:
        if isinstance(block, Paragraph | Bullet | Heading):
            assert runs_text(block.runs).split()[0] in printed


def test_each_height_of_the_last_page_keeps_the_signature_with_text() -> None:
    for count in range(20, 60):
        made = document(keyed([("word", 1)] * count))
        assert broken_rules(made, laid_out(made)) == []


def test_a_special_line_before_the_signature_takes_the_end_of_the_text_with_it() -> None:
    seen = 0
    for count in range(20, 60):
        blocks = (*keyed([("word", 1)] * count), SpecialLine(plain("(Thay cho giấy mời)"), "special"))
        found = laid_out(document(blocks))
        pages_keys = [[placed.piece.key for placed in page] for page in found]
        keys = next(keys for keys in pages_keys if "signature" in keys)
        if len(found) > 1 and "special" in keys:
            seen += 1
            assert keys.index("special") > 0
    assert seen > 5


def test_a_line_that_announces_a_list_goes_on_with_its_first_bullet() -> None:
    seen = 0
    for count in range(20, 45):
        listed = (Paragraph(plain("Phân công:"), "who"), Bullet("+", plain("Tổ chuyên môn;"), key="first"))
        found = laid_out(document((*keyed([("word", 1)] * count), *listed, *keyed([("word", 1)] * 15))))
        on = {placed.piece.key: number for number, page in enumerate(found) for placed in page}
        assert on["who"] == on["first"]
        seen += on["first"] == 1 and found[1][0].piece.key == "who"
    assert seen


def test_the_checker_sees_pages_broken_without_rules() -> None:
    """A twin that fills pages to the brim: were the checker blind, the tests above would prove nothing."""
    seen: set[str] = set()
    for count in range(1, 40):
        made = document(keyed([("word", 1)] * count + [("heading", 1), ("paragraph", 3), ("table", 12)]))
        twin: list[list[Placed]] = [[]]
        for placed in (placed for page in laid_out(made) for placed in page):
            top = twin[-1][-1].bottom if twin[-1] else 0.0
            if top + placed.piece.height > LAYOUT.page.text_height:
                twin.append([])
                top = 0.0
            twin[-1].append(Placed(placed.piece, top))
        seen |= {fault.split()[0] for fault in broken_rules(made, tuple(map(tuple, twin)))}
    assert {"heading", "page", "signature", "one"} <= seen


def test_three_hundred_rows_repeat_the_head_on_each_page() -> None:
    found = laid_out(document((Paragraph(plain("Bảng:")), long_table(300))))
    with_rows = [page for page in found if any(placed.piece.key.startswith("row.") for placed in page)]
    assert len(with_rows) > 5
    assert all("Nội dung" in text_of(page) for page in with_rows)
    assert [p.piece.key for page in found for p in page if p.piece.key.startswith("row.")] == [
        f"row.{n}" for n in range(1, 301)
    ]


def test_a_row_taller_than_a_page_goes_on_under_a_repeated_head() -> None:
    table = long_table(2)
    giant = replace(table.rows[0], cells=(plain("1"), plain(" ".join([SENTENCE] * 80)), plain("9")))
    made = document((replace(table, rows=(giant, table.rows[1])),))
    found = laid_out(made)
    assert len(found) > 3
    assert all(page[-1].bottom <= LAYOUT.page.text_height + 0.02 for page in found)
    assert " ".join(map(text_of, found)).count("người phụ trách") == 80


def test_recipients_longer_than_a_page_go_on_and_none_is_lost() -> None:
    made = document(recipients=Recipients((("Gửi bản giấy:", tuple(f"Đơn vị thứ {n};" for n in range(120))),)))
    found = laid_out(made)
    assert " ".join(map(text_of, found)).count("Đơn vị thứ") == 120
    assert all(page[-1].bottom <= LAYOUT.page.text_height + 0.02 for page in found)


def test_an_appendix_begins_a_new_page_after_the_signature_and_leaves_room_for_number_and_day() -> None:
    title = AppendixTitle("I", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch số: /KH-UBND ngày /9/2022 của UBND tỉnh)")
    special = SpecialLine(plain("(Kế hoạch này thay cho giấy mời)"))
    found = laid_out(document(appendix=(title, special, PageBreak(), Paragraph(plain("Trang sau")))))
    assert [page[0].piece.key for page in found[:1]] == ["letterhead"]
    assert text_of(found[-2]).startswith(
        "Phụ lục I CHƯƠNG TRÌNH (Kèm theo Kế hoạch số:         /KH-UBND ngày       /9/2022"
    )
    assert text_of(found[-1]) == "Trang sau"


def test_a_document_without_recipients_and_signer_ends_with_its_text() -> None:
    found = laid_out(document(recipients=None, signature=None))
    assert text_of(found[-1]).endswith("Trên đây là kế hoạch./.")


# --- tables and the paper they lie on ----------------------------------------------------------------------------


def columns_of(count: int) -> Table:
    """A table whose columns all hold a long word."""
    columns = tuple(Column(f"Cột {n}", 1 / count) for n in range(count))
    return Table(columns, (TableRow(tuple(plain("Nghiêng-ngả-quá") for _ in range(count)), key="row"),), "table")


def test_a_table_too_wide_for_the_page_lies_and_so_does_only_its_part_of_the_appendix() -> None:
    title = AppendixTitle("I", "BẢNG RỘNG", "(Kèm theo Kế hoạch)")
    made = document(appendix=(Paragraph(plain("Trước")), title, columns_of(7), PageBreak(), Paragraph(plain("Sau"))))
    found = sheets(made, LAYOUT, fonts.measure())
    assert [sheet.size.width > sheet.size.height for sheet in found] == [False, False, True, False]
    assert "BẢNG RỘNG" in text_of(found[2].page)
    assert "Nghiêng-ngả-quá" in text_of(found[2].page)
    printed = render(made)
    with Paper(printed.data) as paper:
        assert [round(side / MM) for side in paper.size(2)] == [297, 210]
        boxes = list(paper.characters(2))
        number = [box for box in boxes if box.bottom < 20 * MM]
        assert len(number) == 1
        assert abs(number[0].middle - 297 * MM / 2) < 0.5 * MM
        rest = [box for box in boxes if box.bottom >= 20 * MM]
        assert min(box.left for box in rest) >= 20 * MM - 1
        assert max(box.right for box in rest) <= 277 * MM + 1
        assert max(box.bottom for box in rest) <= 190 * MM + 1
    assert next(mark for mark in printed.marks if mark.key == "row").page == 3


def test_a_narrow_column_takes_room_from_wide_ones_before_a_word_is_torn() -> None:
    columns = (Column("STT", 0.02), Column("Thời gian", 0.08), Column("Nội dung", 0.9))
    table = Table(columns, (TableRow((plain("1"), plain("7h00-7h30"), plain(SENTENCE)), key="row"),), "table")
    (page,) = pages(document((table, Paragraph(plain("Hết./.")))), LAYOUT, fonts.measure())
    texts = [item.text for placed in page for item in placed.piece.items if isinstance(item, Text)]
    assert {"STT", "7h00-7h30"} <= set(texts)
    rules = [
        item for placed in page if placed.piece.key == "row" for item in placed.piece.items if isinstance(item, Rule)
    ]
    assert max(rule.x2 for rule in rules) == pytest.approx(LAYOUT.page.text_width)


def test_a_word_no_column_can_hold_is_torn_and_tears_no_other() -> None:
    columns = (Column("STT", 0.02), Column("Đơn vị", 0.2), Column("Kết quả", 0.4), Column("Tệp", 0.38))
    row = TableRow((plain("1"), plain("Trường"), plain(f"«{'a' * 90}» hỏng"), plain("b" * 80)), key="row")
    (page,) = pages(document((Table(columns, (row,), "table"), Paragraph(plain("Hết./.")))), LAYOUT, fonts.measure())
    items = [item for placed in page for item in placed.piece.items]
    assert {"STT", "Đơn vị", "Trường"} <= {item.text for item in items if isinstance(item, Text)}
    assert max(item.x2 for item in items if isinstance(item, Rule)) == pytest.approx(LAYOUT.page.text_width)


def test_columns_wide_enough_keep_the_shares_asked_for() -> None:
    (page,) = pages(document((long_table(2), Paragraph(plain("Hết./.")))), LAYOUT, fonts.measure())
    (row,) = [placed.piece for placed in page if placed.piece.key == "row.1"]
    edges = sorted({item.x1 for item in row.items if isinstance(item, Rule) and item.x1 == item.x2})
    assert edges == pytest.approx([share * LAYOUT.page.text_width for share in (0, 0.1, 0.7, 1)])
