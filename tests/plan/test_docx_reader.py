"""Plans in Word: the three real ones made into .docx, what Word can hide in a file, and files that are refused."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from hoctap_desktop.document.model import Run, Table, runs_text
from hoctap_desktop.document.word import render_word
from hoctap_desktop.filing.filled_file import filing_from_data, read_filled
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.plan.docx_reader import docx_lines
from hoctap_desktop.plan.outline import parse
from hoctap_desktop.plan.reader import Reading, read_lines, read_plan_file
from tests.plan.page_words import differences, shared, text_lines, words_of
from tests.plan.structure import skeleton
from tests.plan.test_real_documents import ALL, BACH_THONG, DAK_LAK, HA_THUONG, SKELETONS, page
from tests.plan.word_files import WordFile, bold, pasted, word_file


def read_word(data: bytes) -> Reading:
    return read_lines(*docx_lines(data, "a.docx"), "a.docx")


def as_word(name: str, shared_documents: Path, *, counted: bool) -> Reading:
    filing = filing_from_data(read_plan_file(shared_documents / name).filled, name)
    return read_word(word_file(filing, counted=counted))


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_a_real_plan_in_word_has_its_words_in_order_and_no_other(
    name: str, counted: bool, shared_documents: Path, tmp_path: Path
) -> None:
    source = (shared_documents / name).read_text(encoding="utf-8")
    wanted = words_of(source[source.index("KẾ HOẠCH") :])
    got = words_of("\n".join(text_lines(page(as_word(name, shared_documents, counted=counted), tmp_path))))
    assert shared(wanted, got) >= 0.995, differences(wanted, got)
    assert shared(got, wanted) >= 0.999, differences(got, wanted)


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_a_real_plan_in_word_has_the_structure_of_the_paper(name: str, counted: bool, shared_documents: Path) -> None:
    reading = as_word(name, shared_documents, counted=counted)
    assert {part: skeleton(reading, part) for part in SKELETONS[name]} == SKELETONS[name]
    mine, theirs = reading.filled["fields"], read_plan_file(shared_documents / name).filled["fields"]
    assert mine == theirs


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("name", [BACH_THONG, DAK_LAK])
def test_the_tables_in_word_are_the_same_cell_by_cell(name: str, counted: bool, shared_documents: Path) -> None:
    source = (shared_documents / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in source.replace("<b>", "").replace("</b>", "").split("\n") if "\t" in line]
    filled = as_word(name, shared_documents, counted=counted).filled["fields"]
    assert isinstance(filled, dict)
    (table,) = [b for b in parse(str(filled["appendix"])) if b.kind == "table"]
    width = len(table.rows[0])
    assert [[c.replace("*", "") for c in row] for row in table.rows] == [
        [*(cell.strip() for cell in row), *[""] * (width - len(row))] for row in rows
    ]


def test_letterhead_and_signature_in_tables_of_word_give_the_unit_and_the_signer(shared_documents: Path) -> None:
    for name, issuing, place in (
        (HA_THUONG, ["ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"], "Hà Thượng"),
        (DAK_LAK, ["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"], "Đắk Lắk"),
    ):
        reading = as_word(name, shared_documents, counted=False)
        unit = reading.filled["unit"]
        assert isinstance(unit, dict)
        assert (unit["issuing"], unit["place"], unit["symbol"]) == (issuing, place, "UBND")
        assert not any("Đầu văn bản không có tên" in doubt.why for doubt in reading.doubts)


@pytest.mark.parametrize("name", [BACH_THONG, DAK_LAK])
def test_text_pasted_into_word_line_by_line_loses_no_word(name: str, shared_documents: Path, tmp_path: Path) -> None:
    source = (shared_documents / name).read_text(encoding="utf-8").replace("**", "")
    wanted = words_of(source[source.index("KẾ HOẠCH") :])
    got = words_of("\n".join(text_lines(page(read_word(pasted(source)), tmp_path))))
    assert shared(wanted, got) >= 0.99, differences(wanted, got)


@pytest.mark.parametrize("name", [HA_THUONG, BACH_THONG, DAK_LAK])
def test_a_text_with_marks_pasted_into_word_is_read_as_that_text(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    source = shared_documents / name
    path = tmp_path / "kế hoạch.docx"
    path.write_bytes(pasted(source.read_text(encoding="utf-8")))
    got, wanted = (words_of("\n".join(text_lines(page(read_plan_file(p), tmp_path)))) for p in (path, source))
    assert shared(wanted, got) >= 0.995, differences(wanted, got)
    told = [doubt.why for doubt in read_plan_file(path).doubts if doubt.text == "**"]
    assert len(told) == ("**" in source.read_text(encoding="utf-8"))


def test_a_file_is_known_by_its_bytes_and_not_by_its_name(shared_documents: Path, tmp_path: Path) -> None:
    filing = filing_from_data(read_plan_file(shared_documents / HA_THUONG).filled, "x")
    path = tmp_path / "kế hoạch.txt"
    path.write_bytes(word_file(filing, counted=True))
    fields = read_plan_file(path).filled["fields"]
    assert isinstance(fields, dict)
    assert fields["signer.name"] == "Đặng Văn Thi"


@pytest.mark.parametrize("name", ["2022-ha-thuong", "2023-bach-thong", "2022-dak-lak", "2022-truong-thcs-ha-thuong"])
def test_what_the_program_writes_for_word_is_read_back_as_the_same_page(
    name: str, repository: Path, tmp_path: Path
) -> None:
    filing = read_filled(repository / "forms" / "examples" / f"{name}-plan.toml")
    ours = document_of(filing)
    reading = read_word(render_word(ours))
    assert reading.filled["form"] == filing.form.id
    again = page(reading, tmp_path)
    assert (again.letterhead, again.title) == (ours.letterhead, ours.title)
    assert (again.recipients, again.signature) == (ours.recipients, ours.signature)
    wanted, got = words_of("\n".join(text_lines(ours))), words_of("\n".join(text_lines(again)))
    assert differences(wanted, got) == []


# --- what Word can hold ------------------------------------------------------------------------------------------


def plan() -> WordFile:
    """A small plan to put things in; `end` closes it."""
    made = WordFile()
    for words in ("TRƯỜNG TIỂU HỌC TÂN LẬP", "KẾ HOẠCH", "Tuần lễ học tập suốt đời năm 2023", "I. VIỆC LÀM"):
        made.paragraph(bold(words))
    return made


def end(made: WordFile) -> list[str]:
    """Every line of the plan's body and appendix after reading it back."""
    for words in ("Nơi nhận:", "- Lưu: VT.", "HIỆU TRƯỞNG", "Lê Thị Mai"):
        made.paragraph((Run(words),))
    return body_of(read_word(made.data()))


def body_of(reading: Reading) -> list[str]:
    fields = reading.filled["fields"]
    assert isinstance(fields, dict)
    return [f"{b.mark} {b.text}".strip() for b in parse(str(fields["body"])) if b.kind != "heading"]


@pytest.mark.parametrize("own", [False, True])
def test_a_line_in_a_heading_style_is_a_heading_without_a_number(own: bool) -> None:
    made = plan()
    style = made.document.styles["Heading 2"]
    if own:  # a style of the office, made from one of Word's
        style, style.base_style = made.document.styles.add_style("Tên việc", 1), style
    made.paragraph((Run("1. Có số."),))
    made.paragraph((Run("Việc của thư viện"),), style=style)
    made.paragraph((Run("Mở cửa cả tuần."),))
    made.paragraph((Run("Nơi nhận:"),))
    fields = (reading := read_word(made.data())).filled["fields"]
    assert isinstance(fields, dict)
    kinds = {block.text: (block.kind, block.number) for block in parse(str(fields["body"]))}
    assert kinds["Việc của thư viện"] == ("heading", "")
    assert kinds["Mở cửa cả tuần."][0] == "paragraph"
    assert [
        "giữ nguyên không đánh số" in doubt.why for doubt in reading.doubts if doubt.text == "Việc của thư viện"
    ] == [True]


def add(made: WordFile, xml: str) -> None:
    """A paragraph with this inside."""
    spaces = nsdecls("w", "m", "r") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    body: Any = made.document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {spaces}>{xml}</w:p>"))


def doubts(made: WordFile) -> str:
    return "\n".join(doubt.why for doubt in docx_lines(made.data(), "a.docx")[1])


def test_what_stands_in_links_insertions_and_controls_is_read_and_deletions_are_told() -> None:
    made = plan()
    add(
        made,
        "<w:r><w:t>Đọc </w:t></w:r><w:hyperlink><w:r><w:t>sách</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t xml:space='preserve'> hay</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> dở</w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> mỗi</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:fldSimple w:instr='PAGE'><w:r><w:t xml:space='preserve'> ngày</w:t></w:r></w:fldSimple>"
        "<w:r><w:noBreakHyphen/><w:t>tối</w:t></w:r>",
    )
    assert "Đọc sách hay mỗi ngày-tối" in end(made)
    assert "đã xóa khi sửa đổi" in doubts(made)


def test_a_box_of_text_is_read_once_and_told() -> None:
    made = plan()
    box = "<w:txbxContent><w:p><w:r><w:t>Chữ trong khung.</w:t></w:r></w:p></w:txbxContent>"
    add(
        made,
        f"<w:r><w:t>Trước khung.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert [line for line in end(made) if "khung" in line] == ["Trước khung.", "Chữ trong khung."]
    assert "Chữ trong khung" in doubts(made)


def test_hidden_words_pictures_notes_and_headers_are_told() -> None:
    made = plan()
    add(made, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r><w:r><w:t>Hiện.</w:t></w:r>")
    add(made, "<w:r><w:pict><v:shape><v:imagedata r:id='rId99'/></v:shape></w:pict></w:r>")
    add(made, "<w:r><w:t>Có chú thích.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>")
    made.document.sections[0].header.paragraphs[0].text = "Sở Giáo dục và Đào tạo"
    lines = end(made)
    assert "Hiện." in lines
    assert not any("giấu" in line for line in lines)
    told = doubts(made)
    for word in ("chữ ẩn", "hình ảnh", "chú thích cuối trang", "đầu trang"):
        assert word in told


def test_bold_of_a_style_capitals_and_line_ends_count() -> None:
    made = plan()
    style = made.document.styles.add_style("Dam", 1)
    style.font.bold = True
    style.font.all_caps = True
    add(made, "<w:pPr><w:pStyle w:val='Dam'/></w:pPr><w:r><w:t>II. phân công</w:t></w:r>")
    add(made, "<w:r><w:t>- Việc một;</w:t><w:br/><w:t>- Việc hai.</w:t></w:r>")
    lines, _ = docx_lines(made.data(), "a.docx")
    assert "**II. PHÂN CÔNG**" in [line.text for line in lines]
    assert end(made)[-2:] == ["- Việc một;", "- Việc hai."]


def test_stars_braces_and_bars_in_word_are_letters() -> None:
    made = plan()
    words = "Giá 2*3*4 | {{year}} | 5\\6 # **không đậm**."
    made.paragraph((Run(words),))
    assert words.replace("{{", "{ {") in end(made)


def test_a_list_of_word_with_dots_becomes_the_marks_of_an_office_and_is_told() -> None:
    made = plan()
    for style, words in (("List Bullet", "Một"), ("List Bullet 2", "Hai"), ("List Number", "Ba")):
        made.paragraph((Run(words),), style=style)
    reading = read_word(made.data())
    assert body_of(reading)[:2] == ["- Một", "- Hai"]
    assert sum("Dấu đầu dòng" in doubt.why for doubt in reading.doubts) == 2
    fields = reading.filled["fields"]
    assert isinstance(fields, dict)
    assert "## Ba" in str(fields["body"])


def test_numbers_over_several_levels_are_counted_as_word_does() -> None:
    made = plan()
    list_id = made._new_list([("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")])
    for depth, words in ((0, "A"), (1, "B"), (1, "C"), (2, "D"), (0, "E"), (1, "F"), (2, "G")):
        add(
            made,
            f"<w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{list_id}'/></w:numPr></w:pPr>"
            f"<w:r><w:t>{words}</w:t></w:r>",
        )
    lines, _ = docx_lines(made.data(), "a.docx")
    assert [line.bare for line in lines][-7:] == ["1. A", "1.1. B", "1.2. C", "a) D", "2. E", "2.1. F", "a) G"]


def test_merged_cells_numbers_in_cells_and_two_tables_in_a_row_keep_their_places(tmp_path: Path) -> None:
    made = plan()
    counted = made._new_list([("decimal", "%1")])
    first = made.document.add_table(rows=3, cols=3)
    for row, texts in enumerate((("STT", "Việc", "Ai"), ("", "Đọc", "Lan"), ("", "", "Mai"))):
        for column, words in enumerate(texts):
            first.cell(row, column).text = words
    for row in (1, 2):
        cell = first.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
        cell.append(parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId w:val='{counted}'/></w:numPr>"))
    first.cell(1, 1).merge(first.cell(2, 1))
    made.document.add_paragraph()
    second = made.document.add_table(rows=2, cols=2)
    second.cell(0, 0).merge(second.cell(0, 1)).text = "Tổng"
    second.cell(1, 0).text, second.cell(1, 1).text = "5", ""
    end(made)
    tables = [b for b in page(read_word(made.data()), tmp_path).blocks if isinstance(b, Table)]
    read = [[[runs_text(c) for c in row.cells] for row in table.rows] for table in tables]
    assert read == [[["1", "Đọc", "Lan"], ["2", "", "Mai"]], [["5", ""]]]
    assert [column.title for column in tables[1].columns] == ["Tổng", ""]


# --- files that are refused --------------------------------------------------------------------------------------


def changed(data: bytes, name: str, content: bytes | None, *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with one part changed, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", compress) as other:
        for entry in package.infolist():
            if entry.filename != name:
                other.writestr(entry.filename, package.read(entry.filename))
        if content is not None:
            other.writestr(name, content)
    return out.getvalue()


def sound() -> bytes:
    made = plan()
    end(made)
    return made.data()


TYPES = "[Content_Types].xml"
TEXT = "word/document.xml"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refused(data: bytes, tmp_path: Path) -> UserError:
    path = tmp_path / "la.docx"
    path.write_bytes(data)
    with pytest.raises(UserError) as refusal:
        read_plan_file(path)
    assert "la.docx" in str(refusal.value)
    assert "{" not in str(refusal.value)
    return refusal.value


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (lambda good: good[: len(good) // 2], "hỏng"),
        (lambda good: good[:200] + b"\0" * 40 + good[240:], "hỏng"),
        (lambda good: b"PK\x03\x04rubbish", "hỏng"),
        (lambda good: changed(good, TEXT, None), "hỏng"),
        (lambda good: changed(good, "_rels/.rels", None), "hỏng"),
        (lambda good: changed(good, TEXT, b"<w:document"), "hỏng"),
        (lambda good: changed(good, TEXT, f"<w:document {SPACE}/>".encode()), "nội dung"),
        (lambda good: changed(good, "word/vbaProject.bin", b"x"), "macro"),
        (lambda good: changed(good, "word/media/a.bin", b"\0" * 101 * 2**20), "100 MB"),
        (lambda good: changed(good, TEXT, b" " * 33 * 2**20), "32 MB"),
        (lambda good: changed(good, TEXT, deep()), "sâu"),
        (lambda good: changed(good, TEXT, many()), "20000"),
    ],
)
def test_a_word_file_that_cannot_be_read_is_refused_in_words_and_soon(data: Any, word: str, tmp_path: Path) -> None:
    refusal = refused(data(sound()), tmp_path)
    assert refusal.code is Code.WORD_BAD
    assert word in str(refusal)


def deep() -> bytes:
    return document(f"<w:p>{'<w:ins>' * 60}{'</w:ins>' * 60}</w:p>")


def many() -> bytes:
    return document("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 25_000)


def document(body: str) -> bytes:
    return f"<w:document {SPACE}><w:body>{body}</w:body></w:document>".encode()


def test_entities_are_not_opened(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{"x" * 9}">' for n in range(12))
    bomb = f"<?xml version='1.0'?><!DOCTYPE d [{laughs}]>".encode() + document("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>")
    refused(changed(sound(), TEXT, bomb), tmp_path)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Code.WORD_OLD, "Save As"),
        (b"{\\rtf1 ke hoach}", Code.WORD_OLD, "RTF"),
        (b"<html><body>ke hoach</body></html>", Code.WORD_OLD, "Save As"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Code.WORD_BAD, "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), Code.WRONG_FILE_KIND, "Excel"),
        (b"%PDF-1.7\n", Code.WRONG_FILE_KIND, "PDF"),
        (b"PK\x05\x06" + b"\0" * 18, Code.WRONG_FILE_KIND, "ZIP"),
    ],
)
def test_other_kinds_of_files_are_told_what_to_do(data: bytes, code: Code, word: str, tmp_path: Path) -> None:
    refusal = refused(data, tmp_path)
    assert refusal.code is code
    assert word in str(refusal)


def test_a_sheet_an_open_document_and_a_file_with_macros_are_told_apart(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(TYPES, "<Types/>")
        package.writestr("xl/workbook.xml", "<x/>")
    assert "Excel" in str(refused(out.getvalue(), tmp_path))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert refused(out.getvalue(), tmp_path).code is Code.WORD_OLD
    good = sound()
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        types = package.read(TYPES)
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "macro" in str(refused(changed(good, TYPES, macro), tmp_path))


OLD = (
    "KÕ HO¹CH",
    "Tæ chøc TuÇn lÔ häc tËp suèt ®êi n¨m 2022",
    "I. Môc ®Ých",
    "1. N©ng cao nhËn thøc cña mäi ng\u00adêi",
)


def test_letters_in_an_old_font_are_shown_and_read_on_consent(tmp_path: Path) -> None:
    made = WordFile()
    made.document.styles["Normal"].font.name = ".VnTime"
    for words in OLD:
        made.paragraph((Run(words),))
    assert refused(made.data(), tmp_path).code is Code.LEGACY_TEXT
    path = tmp_path / "cu.docx"
    path.write_bytes(made.data())
    reading = read_plan_file(path, convert=True)
    fields = reading.filled["fields"]
    assert isinstance(fields, dict)
    assert fields["subject"] == "Tổ chức Tuần lễ học tập suốt đời năm 2022"
    assert "Nâng cao nhận thức của mọi người" in str(fields["body"])


def test_unicode_letters_that_kept_an_old_font_stay(tmp_path: Path) -> None:
    made = WordFile()
    made.document.styles["Normal"].font.name = ".VnTime"
    for words in ("KẾ HOẠCH", "Tổ chức Tuần lễ học tập suốt đời năm 2022", "I. Mục đích", "1. Có bé là", "2. Được"):
        made.paragraph((Run(words),))
    path = tmp_path / "moi.docx"
    path.write_bytes(made.data())
    fields = read_plan_file(path).filled["fields"]
    assert isinstance(fields, dict)
    assert "Có bé là" in str(fields["body"])


def test_an_empty_word_file_is_no_plan(tmp_path: Path) -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert refused(out.getvalue(), tmp_path).code is Code.PLAN_NOT_RECOGNISED


def test_a_word_file_longer_than_any_plan_is_refused(tmp_path: Path) -> None:
    rows = "<w:p><w:r><w:t>1. Một việc cần làm trong tuần.</w:t></w:r></w:p>" * 6_000
    text = document(f"<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>{rows}")
    path = tmp_path / "dài.docx"
    path.write_bytes(changed(sound(), TEXT, text))
    with pytest.raises(UserError):
        read_plan_file(path)


@given(st.data())
def test_a_word_file_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    good = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_word(bytes(good))
    except UserError as refusal:
        assert refusal.code in {Code.WORD_BAD, Code.WRONG_FILE_KIND, Code.PLAN_NOT_RECOGNISED}  # noqa: PT017


_GOOD = sound()
_PIECES = [
    "<w:p>", "</w:p>", "<w:r><w:t>KẾ HOẠCH</w:t></w:r>", "<w:r><w:t>I. Việc</w:t></w:r>", "<w:r><w:tab/></w:r>",
    "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:tcPr><w:vMerge/></w:tcPr>",
    "<w:r><w:br/></w:r>", "<w:r><w:sym w:char='F0B7'/></w:r>", "<w:r><w:t>Nơi nhận:</w:t></w:r>",
    "<w:pPr><w:numPr><w:ilvl w:val='x'/><w:numId w:val='1'/></w:numPr></w:pPr>", "<w:r><w:t>HIỆU TRƯỞNG</w:t></w:r>",
    "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>", "<w:r><w:rPr><w:b/><w:i w:val='0'/></w:rPr><w:t>* đậm *</w:t></w:r>",
    "<w:r><w:t>{{year}} | a | b |</w:t></w:r>", "<w:p><w:r><w:t>Một.</w:t></w:r></w:p>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>I.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_elements_in_any_order_are_read_or_refused(pieces: list[str]) -> None:
    text = document(f"<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>{''.join(pieces)}")
    try:
        read_word(changed(_GOOD, TEXT, text, compress=zipfile.ZIP_STORED))
    except UserError as refusal:
        assert refusal.code in {Code.WORD_BAD, Code.PLAN_NOT_RECOGNISED}  # noqa: PT017
