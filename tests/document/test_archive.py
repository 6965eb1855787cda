"""What an archive and a screen reader ask of the file: PDF/A-2b as far as one sees without a validator, and tags."""

import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest
from PIL import ImageCms

from hoctap_desktop.document.archive import srgb_profile, xmp
from hoctap_desktop.document.model import (
    AppendixTitle,
    Block,
    Bullet,
    Column,
    Document,
    Footer,
    Heading,
    Paragraph,
    Run,
    Table,
    TableRow,
    plain,
)
from hoctap_desktop.document.pdf import NO_DAY, render
from hoctap_desktop.document.pdf_file import Name, PdfFile, Raw, written
from tests.document.samples import BODY, SENTENCE, document, long_table

WHOLE = document(
    (
        *BODY,
        Heading(3, "a)", plain("Một đề mục sâu")),
        Bullet("+", plain(f"{SENTENCE} và {SENTENCE}"), 2),
        Paragraph((Run("H'Yim Ê\u0306ban", bold=True), Run(" ñ ½ ☺"[:3], italic=True))),
        long_table(60),
        Paragraph(plain("Hết./.")),
    ),
    footer=Footer("Mã giấy: 7K3M-Q9TX-2HBV", "Số liệu minh họa", "Lần 1", "HT:ABC"),
    appendix=(AppendixTitle("", "CHƯƠNG TRÌNH", "(Kèm theo Kế hoạch)"), Paragraph(plain("Một chương trình"))),
)
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(WHOLE).data


@pytest.fixture(scope="module")
def reader(data: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def test_the_file_begins_and_ends_as_an_archive_wants(data: bytes, reader: Any) -> None:
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", data)
    assert data.endswith(b"%%EOF\n")
    first, second = reader.trailer["/ID"]
    assert first == second
    assert len(first) == 16
    assert "/Encrypt" not in reader.trailer


def test_nothing_an_archive_forbids_is_in_the_file(reader: Any) -> None:
    forbidden = {"/JavaScript", "/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/SMask", "/Group", "/CA", "/ca"}
    found = set()
    for number in range(1, len(reader.xref[0]) + 1):
        item = reader.get_object(number)
        if isinstance(item, pypdf.generic.DictionaryObject):
            found |= forbidden & set(item)
            assert item.get("/Filter") in (None, "/FlateDecode")
    assert found == set()


def test_description_and_dictionary_say_the_same(reader: Any) -> None:
    stream = reader.root_object["/Metadata"].get_object()
    assert "/Filter" not in stream
    body = re.sub(rb"<\?xpacket.*?\?>", b"", stream.get_data()).strip()
    described = ET.fromstring(body.decode())[0][0]

    def said(path: str) -> str | None:
        return described.findtext(path, namespaces=NAMESPACES)

    about = reader.metadata
    assert said("pdfaid:part") == "2"
    assert said("pdfaid:conformance") == "B"
    assert said("dc:title/rdf:Alt/rdf:li") == about.title == "Kế hoạch Tuần lễ"
    assert said("dc:description/rdf:Alt/rdf:li") == about.subject == "Tuần lễ năm 2022"
    assert said("dc:creator/rdf:Seq/rdf:li") == about.author == "UBND xã Hà Thượng"
    assert said("dc:language/rdf:Bag/rdf:li") == reader.root_object["/Lang"] == "vi"
    assert said("xmp:CreateDate") == said("xmp:ModifyDate") == about.creation_date.isoformat()


def test_names_with_signs_of_xml_do_not_break_the_description() -> None:
    packet = xmp(title="A & B <c>", author="Ông «D»", subject="", day=NO_DAY, tool="x")
    assert ET.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet).strip().decode()) is not None


def test_the_colours_are_told_by_a_profile_others_can_read(reader: Any) -> None:
    (intent,) = reader.root_object["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    assert profile.get_data() == srgb_profile()
    opened = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(opened).strip() == "hoctap sRGB"
    assert opened.profile.xcolor_space.strip() == "RGB"


def test_fonts_are_embedded_with_the_widths_they_are_set_by(reader: Any) -> None:
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert len(fonts) > 4  # the usual letters of four faces, and others
    names = [str(font["/BaseFont"]) for font in fonts.values()]
    assert len(set(names)) == len(names)
    for font in fonts.values():
        about = font["/FontDescriptor"]
        assert re.fullmatch(r"/[A-Z]{6}\+LiberationSerif(-\w+)?", font["/BaseFont"])
        assert about["/FontName"] == font["/BaseFont"]
        assert about["/Flags"] & 4
        assert "/Encoding" not in font
        program = about["/FontFile2"].get_object()
        assert len(program.get_data()) == program["/Length1"]
        assert len(font["/Widths"]) == font["/LastChar"] + 1


def test_no_page_is_drawn_with_a_letter_the_font_lacks(reader: Any) -> None:
    for page in reader.pages:
        content = page.get_contents().get_data().decode("latin-1")
        codes: dict[str, set[str]] = {font: set() for font in page["/Resources"]["/Font"]}
        for font, text in re.findall(r"(/F\w+) [\d.]+ Tf \(((?:\\.|[^\\)])*)\) Tj", content):
            codes[font] |= set(text)
        assert all("\0" not in found for found in codes.values())


# --- tags --------------------------------------------------------------------------------------------------------


def elements(reader: Any) -> list[tuple[str, Any]]:
    """The parts of the document from the tree, each with its element."""
    (top,) = [reader.root_object["/StructTreeRoot"]["/K"].get_object()]
    assert top["/S"] == "/Document"
    return [(str(part.get_object()["/S"]), part.get_object()) for part in top["/K"]]


def marked_texts(reader: Any) -> list[dict[int, str]]:
    """Per page, what is drawn in each marked part: codes of the usual letters turned back."""
    from hoctap_desktop.document import fonts

    back = {code: chr(letter) for letter, code in fonts.usual_codes().items() if letter != 0xA0}
    found = []
    for page in reader.pages:
        parts: dict[int, str] = {}
        content = page.get_contents().get_data().decode("latin-1")
        for mark, inside in re.findall(r"<</MCID (\d+)>> BDC\n(.*?)\nEMC(?=\n/|\n?$)", content, re.DOTALL):
            strings = re.findall(r"/F\d\d [\d.]+ Tf \(((?:\\.|[^\\)])*)\) Tj", inside)
            parts[int(mark)] = "".join(
                back.get(code, "?") for text in strings for code in re.findall(r"\\.|[^\\]", text)
            )
        found.append(parts)
    return found


def test_every_block_is_a_part_in_the_order_it_is_read(reader: Any) -> None:
    tags = [tag for tag, _ in elements(reader)]
    assert tags == [
        "/P", "/H1", "/P", "/H2", "/P", "/L", "/P", "/H4", "/L", "/P", "/Table", "/P", "/P", "/H1", "/P",
    ]  # fmt: skip


def test_each_marked_part_hangs_in_the_tree_once_and_reads_in_order(reader: Any) -> None:
    texts = marked_texts(reader)
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    read: list[tuple[int, int]] = []

    def walk(element: Any) -> None:
        for kid in element.get("/K", ()):
            kid = kid.get_object()
            if isinstance(kid, int):
                read.append((pages[element.raw_get("/Pg").idnum], int(kid)))
            elif kid.get("/Type") == "/MCR":
                read.append((pages[kid.raw_get("/Pg").idnum], int(kid["/MCID"])))
            else:
                assert kid["/P"].get_object() == element
                walk(kid)

    for _, part in elements(reader):
        walk(part)
    assert sorted(read) == sorted((page, mark) for page, parts in enumerate(texts) for mark in parts)
    said = " ".join(texts[page][mark] for page, mark in read)
    words = [
        "ỦY BAN NHÂN DÂN XÃ HÀ THƯỢNG",
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH",
        "a) Một đề mục sâu",
        "Dòng số 60 của bảng",
        "Hết./.",
    ]
    assert [said.index(part) for part in words] == sorted(said.index(part) for part in words)
    assert "Mã giấy" not in said


def test_the_parent_tree_leads_from_each_mark_to_its_part(reader: Any) -> None:
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, page in enumerate(reader.pages):
        assert page["/StructParents"] == number
        assert numbers[2 * number] == number
        assert len(numbers[2 * number + 1]) == len(marked_texts(reader)[number])


def test_a_tables_rows_have_a_cell_for_each_column_and_one_head() -> None:
    columns = (Column("TT", 0.1), Column("Nội dung", 0.6), Column("Ghi chú", 0.3))
    rows = tuple(TableRow((plain(str(n)), plain(f"việc {n}"), ())) for n in range(80))
    reader: Any = pypdf.PdfReader(io.BytesIO(render(document((Table(columns, rows),))).data))
    (table,) = [part for tag, part in elements(reader) if tag == "/Table"]
    kinds = [[str(cell.get_object()["/S"]) for cell in row.get_object()["/K"]] for row in table["/K"]]
    assert kinds == [["/TH"] * 3] + [["/TD"] * 3] * 80


def outline(element: Any, texts: list[dict[int, str]], page_of: dict[int, int]) -> Any:
    """An element as its tag and what is in it, in order: elements, and the texts of marked parts."""
    inside: list[Any] = []
    for kid in element["/K"]:
        kid = kid.get_object()
        if isinstance(kid, int):
            inside.append(texts[page_of[element.raw_get("/Pg").idnum]][int(kid)].strip())
        elif kid.get("/Type") == "/MCR":
            inside.append(texts[page_of[kid.raw_get("/Pg").idnum]][int(kid["/MCID"])].strip())
        else:
            inside.append(outline(kid, texts, page_of))
    return str(element["/S"]), inside


def lists(*blocks: Block) -> list[Any]:
    reader: Any = pypdf.PdfReader(io.BytesIO(render(document(blocks)).data))
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    texts = marked_texts(reader)
    return [outline(part, texts, pages) for tag, part in elements(reader) if tag == "/L"]


def item(mark: str, text: str, *deeper: Any) -> Any:
    return "/LI", [("/Lbl", [mark]), ("/LBody", [text, *deeper])]


def test_bullets_are_lists_deeper_ones_in_the_text_of_the_item_above() -> None:
    found = lists(
        Bullet("-", plain("một;")),
        Bullet("-", plain("hai:")),
        Bullet("+", plain("hai rưỡi;"), 2),
        Bullet("*", plain("sâu;"), 3),
        Bullet("+", plain("hai nữa;"), 2),
        Bullet("-", plain("ba.")),
        Paragraph(plain("Giữa hai danh sách.")),
        Bullet("+", plain("bắt đầu sâu;"), 2),
        Bullet("-", plain("rồi nông.")),
    )
    deeper = ("/L", [item("+", "hai rưỡi;", ("/L", [item("*", "sâu;")])), item("+", "hai nữa;")])
    assert found == [
        ("/L", [item("-", "một;"), item("-", "hai:", deeper), item("-", "ba.")]),
        ("/L", [item("+", "bắt đầu sâu;")]),
        ("/L", [item("-", "rồi nông.")]),
    ]


def test_a_bullet_of_many_lines_is_one_item_also_over_pages() -> None:
    ((_, items),) = lists(Bullet("-", plain(" ".join([SENTENCE] * 60))), Bullet("-", plain("hết.")))
    assert [kind for kind, _ in items] == ["/LI", "/LI"]
    (_, [label, body]) = items[0]
    assert label == ("/Lbl", ["-"])
    assert " ".join(body[1]).split() == " ".join([SENTENCE] * 60).split()


def test_a_bullet_without_a_mark_is_a_paragraph() -> None:
    assert lists(Bullet("", plain("không dấu"))) == []


def test_the_heads_of_a_table_say_that_they_head_their_column(reader: Any) -> None:
    (table,) = [part for tag, part in elements(reader) if tag == "/Table"]
    for number, row in enumerate(table["/K"]):
        for cell in row.get_object()["/K"]:
            scope = cell.get_object().get("/A")
            assert scope == ({"/O": "/Table", "/Scope": "/Column"} if number == 0 else None)


# --- the writer --------------------------------------------------------------------------------------------------


def test_values_are_written_as_pdf_wants_them() -> None:
    assert written(1.5) == b"1.5"
    assert written(2.0) == b"2"
    assert written(True) == b"true"
    assert written("Đ(") == b"<FEFF01100028>"
    assert written({"A": [1, Name("B"), Raw(b"(c)")]}) == b"<</A [1 /B (c)]>>"


def test_an_object_that_was_never_set_is_a_bug() -> None:
    file = PdfFile()
    root = file.reserve()
    with pytest.raises(ValueError, match="object 1"):
        file.finished(root, root)


def test_a_document_of_rare_letters_alone_prints_them_all() -> None:
    rare = "".join(chr(code) for code in range(0x180, 0x250))
    made: Document = document((Paragraph(plain(" ".join(rare))),))
    reader: Any = pypdf.PdfReader(io.BytesIO(render(made).data))
    assert set(rare) <= set("".join(page.extract_text() for page in reader.pages))
