"""The filled examples after real plans: every fact of the paper, its order and its lists, in words of our own."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.document.model import Bullet, Document, Heading, SpecialLine, Table, runs_text
from hoctap_desktop.filing.fields import field_findings
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.loader import form_by_id, form_for_unit
from hoctap_desktop.form.validation import findings
from hoctap_desktop.plan.printed import printed
from hoctap_desktop.plan.reader import read_plan_file
from tests.plan.page_words import page_lines
from tests.plan.test_real_documents import BACH_THONG, DAK_LAK, page, syllables

EXAMPLES = {"2023-bach-thong-plan": BACH_THONG, "2022-dak-lak-plan": DAK_LAK}
# Known slips of the scan (../shared/documents/README.md) are not repeated.
SLIPS = (("Phú Thông", "Phủ Thông"), ("Công TTĐT", "Cổng TTĐT"), ("Bru điện", "Bưu điện"), ("ma kết", "ma-két"))
FACTS = {
    BACH_THONG: (
        *("619/KH-UBND", "18/9/2023", "02/10/2023", "08/10/2023", "13/10/2023", "2.5m", "05 cờ Tổ quốc", "03 băng rôn"),
        *("Xây dựng năng lực tự học trong kỷ nguyên số", "Quốc lộ 3", "ngày Khuyến học Việt Nam 02/10", "01 buổi"),
        *("Phố Nà Hái", "thị trấn Phủ Thông, huyện Bạch Thông, tỉnh Bắc Kạn", "qua phòng GD&ĐT huyện", "10 người"),
        *("tuýp chữ, khẩu hiệu tuyên truyền", "Kho Bạc Nhà nước huyện Bạch Thông", "Tòa án Nhân dân huyện", "07h30"),
        *("Ngân hàng Nông nghiệp và PTNT huyện", "Bộ phận 1 cửa Thuế Bạch Thông", "Bảo hiểm Xã hội huyện"),
        *("Ngân hàng Chính sách và Xã hội huyện", "Hạt Kiểm lâm huyện", "Cửa hàng Xăng dầu Thị trấn Phủ Thông"),
        *("Các nhà hảo tâm trong và ngoài huyện", "Lãnh đạo Hội Khuyến học huyện", "Ban Chỉ huy Quân sự huyện"),
        *("(Kế hoạch này thay cho giấy mời)", "Nguyễn Duy Luân", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
        *("Văn phòng HĐND&UBND huyện", "Trường THPT Phủ Thông", "Trung tâm Y tế", "Bưu điện huyện", "PHÓ CHỦ TỊCH"),
        *(
            "8h10-8h25",
            "8h35-8h45",
            "Trung tâm Giáo dục nghề nghiệp-GDTX",
            "Xây dựng xã hội học tập giai đoạn 2021-2030",
        ),
    ),
    DAK_LAK: (
        *("4342/BGDĐT-GDĐT", "07/09/2022", "01/10/2022", "07/10/2022", "20/10/2022", "Thứ Bảy", "trước ngày"),
        *("Trung tâm Văn hóa tỉnh Đắk Lắk", "Số 02, đường Hùng Vương, phường Tự An, thành phố Buôn Ma Thuột"),
        *("Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch Covid-19", "H'Yim Kđoh", "KT. CHỦ TỊCH"),
        *("Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch", "Sở Thông tin và Truyền thông"),
        *("Ủy ban nhân dân các huyện, thị xã và thành phố", "Thư viện tỉnh", "Hội khuyến học tỉnh", "ngân sách huyện"),
        *("Trung tâm Công nghệ và Cổng Thông tin điện tử tỉnh", "Xây dựng xã hội học tập giai đoạn 2021-2030"),
        *("Phụ lục đề cương đính kèm", "ĐỀ CƯƠNG BÁO CÁO", "THỦ TRƯỞNG ĐƠN VỊ", "(ký tên và đóng dấu)"),
    ),
}
# Official names, titles of documents and addresses stand as they are.
CARRIED_OVER = (
    "Tuần lễ hưởng ứng học tập suốt đời năm",
    "Thường trực Huyện ủy, Thường trực HĐND huyện",
    "Đảng ủy, HĐND, UBND, UB MTTQ, Hội Khuyến học",
    "Tổ chức Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời",
    "Đề nghị các phòng, ban, ngành, Ủy ban MTTQ, các đoàn thể, tổ chức hội cấp huyện",
    "Công văn số 619/KH-UBND ngày 18/9/2023 của Ủy ban nhân dân tỉnh Bắc Kạn",
    "Ủy ban nhân dân huyện Bạch Thông",
    "Cả nước xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023-2030",
    "Phố Nà Hái, thị trấn Phủ Thông, huyện Bạch Thông, tỉnh Bắc Kạn",
    "TT Phủ Thông, huyện Bạch Thông, tỉnh Bắc Kạn",
    "thị trấn Phủ Thông, huyện Bạch Thông, tỉnh Bắc Kạn",
    "Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021-2030",
    "Xây dựng mô hình công dân học tập giai đoạn 2021-2030",
    "Xây dựng xã hội học tập giai đoạn 2021-2030",
    "Trung tâm Văn hóa, Thể thao và Truyền thông",
    "Trung tâm học tập cộng đồng, Hội Khuyến học",
    "Hưởng ứng Tuần lễ học tập suốt đời năm",
    "Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình",
    "cán bộ, công chức, viên chức, người lao động",
    "Đại diện học sinh trường THCS Phủ Thông",
    "Thực hiện Công văn số 4342/BGDĐT-GDĐT",
    "Công văn số 4342/BGDĐT-GDĐT ngày 07/09/2022 của Bộ Giáo dục và Đào tạo",
    "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch Covid-19",
    "Trung tâm Văn hóa tỉnh Đắk Lắk (Số 02, đường Hùng Vương, phường Tự An, thành phố Buôn Ma Thuột, tỉnh Đắk Lắk)",
    "Trung tâm Công nghệ và Cổng Thông tin điện tử tỉnh",
    "Phòng Văn hóa và Thông tin cấp huyện",
    "Sở Giáo dục và Đào tạo",
    "Sở Thông tin và Truyền thông",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Ủy ban nhân dân các huyện, thị xã và thành phố",
    "UBND các huyện, thị xã và thành phố",
    "Kèm theo Kế hoạch số: /KH-UBND ngày /9/2022 của UBND tỉnh",
)


def corrected(text: str) -> str:
    for slip, right in SLIPS:
        text = text.replace(slip, right)
    return text


def example(repository: Path, name: str) -> tuple[Filing, Document]:
    filing = read_filled(repository / "forms" / "examples" / f"{name}.toml")
    campaign = next(c for c in shipped() if c.id == filing.campaign)
    form = form_by_id(filing.form.id, filing.form.version)
    assert form_for_unit("plan", filing.unit) == form
    assert field_findings(form, filing.answers, filing.unit, campaign) == ()
    assert findings(form, filing.answers) == ()
    return filing, printed(filing, form, campaign)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_every_fact_and_no_open_field(name: str, repository: Path) -> None:
    text = "\n".join(page_lines(example(repository, name)[1]))
    assert [fact for fact in FACTS[EXAMPLES[name]] if fact not in text] == []
    assert "{{" not in text
    assert "……" not in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_facts_of_an_example_stand_in_the_real_plan(name: str, shared_documents: Path) -> None:
    source = (shared_documents / EXAMPLES[name]).read_text(encoding="utf-8")
    real = " ".join(corrected(re.sub(r"[*#\\]|<br>", "", source)).split())
    assert [fact for fact in FACTS[EXAMPLES[name]] if fact not in real] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_the_real_letterhead_lists_and_signer(
    name: str, repository: Path, shared_documents: Path, tmp_path: Path
) -> None:
    ours = example(repository, name)[1]
    real = page(read_plan_file(shared_documents / EXAMPLES[name]), tmp_path)
    assert ours.letterhead == real.letterhead
    assert ours.title == real.title
    assert ours.signature == real.signature
    assert ours.recipients is not None
    assert real.recipients is not None
    assert ours.recipients.groups == tuple(
        (head, tuple(corrected(item) for item in items)) for head, items in real.recipients.groups
    )
    special = [[runs_text(b.runs) for b in d.blocks if isinstance(b, SpecialLine)] for d in (ours, real)]
    assert special[0] == special[1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_the_real_order_of_headings_and_bullets(
    name: str, repository: Path, shared_documents: Path, tmp_path: Path
) -> None:
    both = (example(repository, name)[1], page(read_plan_file(shared_documents / EXAMPLES[name]), tmp_path))

    def shape(document: Document) -> list[str]:
        # a heading that runs on into its text is a paragraph on the page: its number is what is compared
        found = []
        for block in (*document.blocks, *document.appendix):
            match block:
                case Heading(1, number, runs):
                    found.append(f"{number} {corrected(runs_text(runs))}")
                case Heading(_, number, _):
                    found.append(number)
                case Bullet(mark, _, depth):
                    found.append(f"{mark}{depth}")
                case Table(columns, rows):
                    found.append(f"{len(columns)}x{len(rows)}")
                case _:
                    own = re.match(r"(?:\d+(?:\.\d+)*\.|[a-z]\))(?= )", runs_text(getattr(block, "runs", ())))
                    found.append(own[0] if own else type(block).__name__)
        return found

    assert shape(both[0]) == shape(both[1])


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_table_of_an_example_has_the_times_performers_and_labels_of_the_real_one(
    name: str, repository: Path, shared_documents: Path, tmp_path: Path
) -> None:
    both = (example(repository, name)[1], page(read_plan_file(shared_documents / EXAMPLES[name]), tmp_path))
    ours, real = (next(b for b in d.appendix if isinstance(b, Table)) for d in both)
    assert [column.title for column in ours.columns] == [column.title for column in real.columns]
    cells = [[[runs_text(cell) for cell in row.cells] for row in table.rows] for table in (ours, real)]
    if EXAMPLES[name] == DAK_LAK:
        assert cells[0] == cells[1]
        assert [row[0] for row in cells[0] if row[0]] == ["1", "2", "3", "3", "4", "5", "6"]
    else:
        assert [(row[0], row[1], row[3]) for row in cells[0]] == [(row[0], row[1], row[3]) for row in cells[1]]
        assert [row[1] for row in cells[0]][3:5] == ["8h10-8h25", "8h35-8h45"]
        assert cells[0][-1][1:4:2] == ["9h30", ""]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_in_our_own_words(name: str, repository: Path, shared_documents: Path, tmp_path: Path) -> None:
    paper = page(read_plan_file(shared_documents / EXAMPLES[name]), tmp_path)
    labels = [runs_text(b.runs) for b in (*paper.blocks, *paper.appendix) if isinstance(b, Heading)]
    tables = [b for b in paper.appendix if isinstance(b, Table)]
    if EXAMPLES[name] == DAK_LAK:  # the table of the report is an official form
        labels += [runs_text(cell) for table in tables for row in table.rows for cell in row.cells]
    known = (*CARRIED_OVER, *FACTS[EXAMPLES[name]], *map(corrected, labels))
    real = page_of_words(shared_documents, EXAMPLES[name])
    theirs = {tuple(real[i : i + 9]) for i in range(len(real) - 8)}
    source = (repository / "forms" / "examples" / f"{name}.toml").read_text(encoding="utf-8")
    assert copied(source.split("\n"), theirs, known) == []


@pytest.mark.parametrize("form", ["commune", "district", "province", "office", "school"])
def test_the_words_of_a_form_are_our_own(form: str, repository: Path, shared_documents: Path) -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in shared_documents.glob("*.txt"):
        real = page_of_words(shared_documents, path.name)
        theirs |= {tuple(real[i : i + 9]) for i in range(len(real) - 8)}
    source = (repository / "forms" / "plan" / f"{form}.toml").read_text(encoding="utf-8")
    assert copied(source.split("\n"), theirs, CARRIED_OVER) == []


def page_of_words(folder: Path, name: str) -> list[str]:
    return syllables(corrected((folder / name).read_text(encoding="utf-8")))


def copied(lines: Iterable[str], theirs: set[tuple[str, ...]], known: Sequence[str]) -> list[str]:
    """Runs of nine words that stand in the real plan too, official names left out."""
    found = []
    phrases = sorted({" ".join(syllables(phrase)) for phrase in known}, key=len, reverse=True)
    for line in (cell for row in lines for cell in row.split("|")):
        ours = " ".join(syllables(line))
        for phrase in phrases:
            ours = ours.replace(phrase, "|") if phrase.count(" ") > 2 else ours
        for piece in ours.split("|"):
            own = piece.split()
            found += [" ".join(own[i : i + 9]) for i in range(len(own) - 8) if tuple(own[i : i + 9]) in theirs]
    return found


def test_the_example_of_a_school_says_on_every_print_that_it_is_made_up(repository: Path) -> None:
    filing, document = example(repository, "2022-truong-thcs-ha-thuong-plan")
    assert filing.illustrative
    assert document.footer.center == "Số liệu minh họa"
    assert document.signature is not None
    assert document.signature.capacity == ("HIỆU TRƯỞNG",)
    text = "\n".join(page_lines(document))
    assert "{{" not in text
    assert "đ) Treo khẩu hiệu" in text
