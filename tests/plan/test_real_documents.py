"""Three real plans of offices: read, printed again, and compared word by word. They stay outside the repository."""

import random
import re
import textwrap
from datetime import date
from pathlib import Path

import pypdf
import pytest
import tomli_w

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.document.model import Bullet, Document, Heading, Paragraph, SpecialLine, Table, runs_text
from hoctap_desktop.document.pdf import render
from hoctap_desktop.filing.fields import field_findings
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import to_nfc
from hoctap_desktop.plan.printed import printed
from hoctap_desktop.plan.reader import Reading, read, read_plan_file
from tests.plan.page_words import differences, page_lines, shared, text_lines, words_of
from tests.plan.structure import skeleton

HA_THUONG = "2022-ha-thuong-commune-plan.txt"
BACH_THONG = "2023-bach-thong-district-plan-and-programme.txt"
DAK_LAK = "2022-dak-lak-province-plan-and-report-outline.txt"
ALL = (HA_THUONG, BACH_THONG, DAK_LAK)
# Written down from the papers, part by part (structure.py says how to read it).
SKELETONS = {
    HA_THUONG: {
        "body": (
            "p 1:I. 2:1. p 2:2. px3 "
            "1:II. 2:1. p 2:2. 3:2.1. 1* p 1*x2 3:2.2. p 1*x3 "
            "1:III. 2:1. p 2:2. 3:2.1 p 1-x5 3:2.2. p 1+x3 "
            "1:III. 2:1. 1- 2:2. px4"
        ),
    },
    BACH_THONG: {
        "body": (
            "p 1:I. 2:1. p 2:2. p "
            "1:II. 2:1. p 2:2. p 2:3. p 1-x7 "
            "2:4. 3:4.1. 3:4.2. 3:4.3. 3:4.4. 1- 2+x4 1- 2+x9 1- 2+x4 1- "
            "1:III. 2:1. 2:2. "
            "1:IV. 2:1. 1-x3 2+x3 1-x3 2:2. 1-x3 2:3. 1-x3 2:4. 1-x5 2:5. 1-x8 2* p"
        ),
        "appendix": "px4 t9x4",
    },
    DAK_LAK: {
        "body": (
            "p 1:I. 2:1. 2:2. "
            "1:II. 2:1. p 2:2. p 3:a) 1-x2 3:b) 2:3. p 3:a) 3:b) 3:c) 1-x2 3:d) 3:e) 2:4. 3:a) 3:b) "
            "1:III. 2:1. 1-x4 2:2. 1-x2 2:3. 2:4. 2:5. px2"
        ),
        "appendix": "px4 1:I. 2:1. 2:2. 2:3. 2:4. 1-x2 1:II. 2:1. 2:2. t22x4 2:3. 2:4. px2",
    },
}


def page(reading: Reading, folder: Path) -> Document:
    """The page of a reading, by way of the filled file, as the command line goes."""
    path = folder / "plan.toml"
    path.write_text(tomli_w.dumps(reading.filled, multiline_strings=True), encoding="utf-8")
    filing = read_filled(path)
    campaign = next(c for c in shipped() if c.id == filing.campaign)
    form = form_by_id(filing.form.id, filing.form.version)
    # a document torn apart may have lost one of two marks of bold: told, and printed as it stands
    told = field_findings(form, filing.answers, filing.unit, campaign)
    assert [finding for finding in told if finding.rule != "bold_broken"] == []
    return printed(filing, form, campaign)


def words(document: Document) -> list[str]:
    return words_of("\n".join(page_lines(document)))


@pytest.mark.parametrize("name", ALL)
def test_a_document_read_and_printed_has_its_words_in_order_and_no_other(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    wanted = words_of((shared_documents / name).read_text(encoding="utf-8"))
    document = page(read_plan_file(shared_documents / name), tmp_path)
    assert shared(wanted, words(document)) >= 0.995, differences(wanted, words(document))
    text = words_of("\n".join(text_lines(document)))
    assert shared(text, wanted) >= 0.999, differences(wanted, text)


@pytest.mark.parametrize("name", ALL)
def test_the_pdf_of_a_document_read_has_its_words_in_order(name: str, shared_documents: Path, tmp_path: Path) -> None:
    wanted = words_of((shared_documents / name).read_text(encoding="utf-8"))
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(render(page(read_plan_file(shared_documents / name), tmp_path)).data)
    got = words_of("\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(pdf).pages))
    assert shared(wanted, got) >= 0.99, differences(wanted, got)


def test_a_lost_paragraph_a_swapped_pair_or_an_invented_sentence_is_seen(
    shared_documents: Path, tmp_path: Path
) -> None:
    text = (shared_documents / HA_THUONG).read_text(encoding="utf-8")
    wanted = words_of(text)
    lines = text.split("\n")
    long = [i for i, line in enumerate(lines) if len(line.split()) > 15]
    without = "\n".join(line for i, line in enumerate(lines) if i not in long[3:5])
    assert shared(wanted, words(page(read(without, HA_THUONG), tmp_path))) < 0.99
    got = words(page(read(text, HA_THUONG), tmp_path))
    middle = len(got) // 2
    swapped = [*got[: middle - 40], *got[middle : middle + 40], *got[middle - 40 : middle], *got[middle + 40 :]]
    assert shared(wanted, swapped) < 0.99
    assert shared([*got, *["thêm"] * 30], wanted) < 0.99


def test_ha_thuong_keeps_its_structure(shared_documents: Path, tmp_path: Path) -> None:
    reading = read_plan_file(shared_documents / HA_THUONG)
    document = page(reading, tmp_path)
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    assert [(b.level, b.number) for b in headings] == [
        *((1, "I."), (2, "1."), (2, "2."), (1, "II."), (2, "1."), (2, "2."), (3, "2.1."), (3, "2.2.")),
        *((1, "III."), (2, "1."), (2, "2."), (3, "2.1"), (3, "2.2."), (1, "III."), (2, "1."), (2, "2.")),
    ]
    marks = [(b.mark, b.depth) for b in document.blocks if isinstance(b, Bullet)]
    assert marks == [("*", 1)] * 6 + [("-", 1)] * 5 + [("+", 1)] * 3 + [("-", 1)]
    assert document.signature is not None
    assert document.signature.capacity == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert document.signature.name == "Đặng Văn Thi"
    assert document.recipients is not None
    assert document.recipients.groups[0][1][-1] == "Lưu: VT xã"
    assert len(document.recipients.groups[0][1]) == 9
    assert [d.line for d in reading.doubts if "lặp lại" in d.why] == [187]


def test_ha_thuong_gives_its_unit_and_its_facts(shared_documents: Path) -> None:
    filled = read_plan_file(shared_documents / HA_THUONG).filled
    unit, fields = filled["unit"], filled["fields"]
    assert isinstance(unit, dict)
    assert isinstance(fields, dict)
    assert unit["name"] == "Ủy ban nhân dân xã Hà Thượng"
    assert unit["issuing"] == ["ỦY BAN NHÂN DÂN", "XÃ HÀ THƯỢNG"]
    assert (unit["level"], unit["area"], unit["place"], unit["symbol"]) == (
        *("commune", "huyện Đại Từ", "Hà Thượng", "UBND"),
    )
    assert (fields["week.from"], fields["week.to"]) == (date(2022, 10, 6), date(2022, 10, 12))
    assert fields["theme"] == "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau dịch Covid-19"
    assert fields["report.due"] == date(2022, 10, 18)
    assert fields["opening.place"] == "Trường THCS Hà Thượng"
    assert "opening.time" not in fields  # "7h00" would be printed "7 giờ 00"
    assert fields["document.month"] == "2022-10"
    assert len(fields["legal_bases"]) == 1


def test_bach_thong_keeps_lists_of_recipients_programme_and_special_line(
    shared_documents: Path, tmp_path: Path
) -> None:
    reading = read_plan_file(shared_documents / BACH_THONG)
    document = page(reading, tmp_path)
    assert document.recipients is not None
    assert [(head, len(items)) for head, items in document.recipients.groups] == [
        ("Gửi bản điện tử:", 12),
        ("Gửi bản giấy:", 2),
    ]
    assert document.signature is not None
    assert document.signature.capacity == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert [b.key for b in document.blocks if isinstance(b, SpecialLine)] == ["special_line"]
    bullets = [b for b in document.blocks if isinstance(b, Bullet)]
    assert {(b.mark, b.depth) for b in bullets} == {("-", 1), ("+", 2), ("*", 2)}
    (programme,) = [b for b in document.appendix if isinstance(b, Table)]
    assert [column.title for column in programme.columns] == ["STT", "Thời gian", "Nội dung", "Thực hiện"]
    assert len(programme.rows) == 8
    assert programme.rows[7].cells[3] == ()
    letterhead = document.letterhead
    assert (letterhead.place, letterhead.month, letterhead.symbol) == ("Bạch Thông", 9, "KH-UBND")
    assert letterhead.issuing == ("ỦY BAN NHÂN DÂN", "HUYỆN BẠCH THÔNG")
    assert sum("Hai dấu đầu dòng" in doubt.why for doubt in reading.doubts) == 2


def test_dak_lak_keeps_lettered_points_and_the_outline_of_the_report(shared_documents: Path, tmp_path: Path) -> None:
    document = page(read_plan_file(shared_documents / DAK_LAK), tmp_path)
    texts = [runs_text(b.runs) for b in document.blocks if isinstance(b, Paragraph)]
    assert [text[:2] for text in texts if text[1:2] == ")"] == ["a)", "b)", "a)", "b)", "c)", "d)", "e)", "a)", "b)"]
    (table,) = [b for b in document.appendix if isinstance(b, Table)]
    assert len(table.rows) == 21
    assert [row.cells[0][0].text for row in table.rows if row.cells[0]] == ["1", "2", "3", "3", "4", "5", "6"]
    assert document.signature is not None
    assert document.signature.name == "H'Yim Kđoh"
    assert document.letterhead.issuing == ("ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK")


@pytest.mark.parametrize("name", ALL)
def test_sentences_cut_by_the_end_of_a_page_are_joined_and_told(name: str, shared_documents: Path) -> None:
    reading = read_plan_file(shared_documents / name)
    lines = (shared_documents / name).read_text(encoding="utf-8").split("\n")
    joined = [doubt for doubt in reading.doubts if doubt.why.startswith("Nối với dòng trên")]
    assert joined
    for doubt in joined:
        assert doubt.text in re.sub(r"[*\\]", "", lines[doubt.line - 1])


@pytest.mark.parametrize("name", ALL)
def test_levels_numbers_and_bullets_are_those_of_the_paper(name: str, shared_documents: Path) -> None:
    reading = read_plan_file(shared_documents / name)
    assert {part: skeleton(reading, part) for part in SKELETONS[name]} == SKELETONS[name]
    assert ("appendix" in SKELETONS[name]) == (skeleton(reading, "appendix") != "")


def mutated(text: str, chance: random.Random) -> str:
    """The text as another scan might give it: lines joined, broken, lost, doubled; marks and breaks put in."""
    lines = text.split("\n")
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(lines))
        what = chance.randrange(11)
        if what == 0 and at + 1 < len(lines):
            lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
        elif what == 1 and len(lines[at]) > 20:
            cut = lines[at].find(" ", len(lines[at]) // 2)
            lines[at : at + 1] = [lines[at][:cut], "", lines[at][cut:]]
        elif what == 2:
            del lines[at]
        elif what == 3:
            lines.insert(at, f"\x0c{chance.randrange(1, 9)}")
        elif what == 4:
            lines[at] = re.sub(r"^(\W*)\d+[.)]", r"\g<1>" + chance.choice(["7.", "a)", "(1)", "IV.", "3/"]), lines[at])
        elif what == 5:
            lines[at] = chance.choice(["# ", "**", "\t", "- + ", "<b>", "*"]) + lines[at]
        elif what == 6:
            lines[at:at] = lines[at : at + 2]
        elif what == 7:  # a part is missing
            del lines[at : at + chance.randrange(3, 30)]
        elif what == 8:  # all numbers of one kind are written in another way
            old, new = chance.choice([(".", ")"), (".", "/"), (".", " -"), (".", ".-")])
            lines = [re.sub(rf"^(\W*\d+){re.escape(old)}(?=\s)", rf"\g<1>{new}", line) for line in lines]
        elif what == 9:  # every paragraph is cut in lines of one width
            width = chance.randrange(40, 110)
            lines = [piece for line in lines for piece in (textwrap.wrap(line, width) if "\t" not in line else [line])]
        else:  # parts change places
            cut = chance.randrange(len(lines))
            at, cut = min(at, cut), max(at, cut)
            lines = [*lines[:at], *lines[cut:], *lines[at:cut]]
    return chance.choice(["\n", "\r\n"]).join(lines)


def read_or_refused(text: str, name: str) -> Reading | None:
    try:
        return read(text, name)
    except UserError as refused:
        if refused.code is Code.PLAN_NOT_RECOGNISED:
            return None
        raise


@pytest.mark.parametrize("name", ALL)
def test_mutated_documents_are_read_without_losing_a_line_silently(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    no_line_is_lost(name, 20, shared_documents, tmp_path)


@pytest.mark.faults
@pytest.mark.parametrize("name", ALL)
def test_two_hundred_mutations_of_each_document_lose_no_line_silently(
    name: str, shared_documents: Path, tmp_path: Path
) -> None:
    no_line_is_lost(name, 200, shared_documents, tmp_path)


def letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", to_nfc(text).lower()))


def no_line_is_lost(name: str, times: int, shared_documents: Path, tmp_path: Path) -> None:
    """Each line of a mutated text is on the page, word after word, or in a doubt."""
    chance = random.Random(name)
    text = (shared_documents / name).read_text(encoding="utf-8")
    for _ in range(times):
        other = mutated(text, chance)
        reading = read_or_refused(other, name)
        if reading is None:
            assert "KẾ HOẠCH" not in other
            continue
        told = " ".join(doubt.text for doubt in reading.doubts)
        got = f"{letters(' '.join(page_lines(page(reading, tmp_path))))} | {letters(told)}"
        source = [letters(re.sub(r"</?[a-z]+>", "", line)) for line in re.split("[\n\r\f]", other)]
        lost = [line for line in source if len(line.split()) > 2 and line not in got]
        assert lost == [], other


# --- the filled example: facts of the real plan, own words ------------------------------------------------------

EXAMPLE = "2022-ha-thuong-plan.toml"
# Official names, titles of documents, labels, slogans and recipients are facts and stand as they are.
CARRIED_OVER = (
    "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm",
    "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau dịch Covid-19",
    (
        "Thực hiện Công văn số 747/CV-PGDĐT-GDTX ngày 03/10/2022 của Phòng Giáo dục và Đào tạo huyện Đại Từ "
        "về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    ),
    "Phòng Giáo dục và Đào tạo huyện Đại Từ",
    "Tuần lễ hưởng ứng học tập suốt đời năm",
    "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII",
    "Đảng bộ tỉnh Thái Nguyên lần thứ XX",
    "Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030”",
    "Quyết định số 1373/QĐ-TTg ngày 30/7/2021",
    "lãnh đạo Đảng ủy, UBND xã, TTHTCĐ, Hội KH",
    "Tự học để phát triển năng lực và phẩm chất",
    "Tự học là một cách xây dựng xã hội học tập",
    "Phát triển thói quen đọc để trở thành người học suốt đời",
    "2.1 Phát động tuần học tập suốt đời",
    "Trung tâm học tập cộng đồng, Hội khuyến học",
    "Hiệu trưởng các trường THCS; Tiểu học; Mầm non",
)
FACTS = (
    *("747/CV-PGDĐT-GDTX", "03/10/2022", "06/10/2022", "12/10/2022", "18/10/2022", "1373/QĐ-TTg", "30/7/2021"),
    *("thứ 5", "45 phút", "03 nhà trường", "Trường THCS Hà Thượng", "Văn phòng nhà trường", "Đặng Văn Thi"),
    *("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Ban giám hiệu", "tủ sách lớp học", "Ban chỉ đạo xây dựng XHHT của xã"),
    *("băng rôn, pano, khẩu hiệu", "lần thứ XIII", "lần thứ XX", "TTHTCĐ", "Hội KH", "sau dịch Covid-19"),
    *("Tự học để phát triển năng lực và phẩm chất.", "Tự học là một cách xây dựng xã hội học tập."),
    "Phát triển thói quen đọc để trở thành người học suốt đời.",
)


def example(repository: Path) -> Document:
    filing = read_filled(repository / "forms" / "examples" / EXAMPLE)
    campaign = next(c for c in shipped() if c.id == filing.campaign)
    form = form_by_id(filing.form.id, filing.form.version)
    assert field_findings(form, filing.answers, filing.unit, campaign) == ()
    return printed(filing, form, campaign)


def syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_the_example_prints_every_fact_and_no_open_field(repository: Path) -> None:
    text = "\n".join(page_lines(example(repository)))
    assert [fact for fact in (*FACTS, "7 giờ 00", "15 giờ 00") if fact not in text] == []
    assert "{{" not in text
    assert "……" not in text


def test_the_facts_of_the_example_stand_in_the_real_plan(repository: Path, shared_documents: Path) -> None:
    real = " ".join((shared_documents / HA_THUONG).read_text(encoding="utf-8").split())
    assert [fact for fact in FACTS if fact not in real] == []


def test_the_example_has_the_real_order_of_sections_recipients_and_signer(
    repository: Path, shared_documents: Path, tmp_path: Path
) -> None:
    ours, real = example(repository), page(read_plan_file(shared_documents / HA_THUONG), tmp_path)
    assert ours.letterhead == real.letterhead
    assert ours.title == real.title
    assert ours.recipients == real.recipients
    assert ours.signature == real.signature
    headings = [
        [(b.level, b.number, "".join(run.text for run in b.runs)) for b in document.blocks if isinstance(b, Heading)]
        for document in (ours, real)
    ]
    assert headings[0] == headings[1]
    marks = [[b.mark for b in document.blocks if isinstance(b, Bullet)] for document in (ours, real)]
    assert marks[0] == marks[1]


def test_the_example_is_in_our_own_words(repository: Path, shared_documents: Path) -> None:
    source = (repository / "forms" / "examples" / EXAMPLE).read_text(encoding="utf-8")
    real = syllables((shared_documents / HA_THUONG).read_text(encoding="utf-8"))
    theirs = {tuple(real[i : i + 9]) for i in range(len(real) - 8)}
    copied = []
    for line in (*source.split("\n"), *page_lines(example(repository))):
        ours = " ".join(syllables(line))
        for phrase in sorted(CARRIED_OVER, key=len, reverse=True):
            ours = ours.replace(" ".join(syllables(phrase)), "|")
        for piece in ours.split("|"):
            own = piece.split()
            copied += [" ".join(own[i : i + 9]) for i in range(len(own) - 8) if tuple(own[i : i + 9]) in theirs]
    assert copied == []
