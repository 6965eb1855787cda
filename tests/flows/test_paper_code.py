"""Paper equals data: the code and the QR on every print of the sample chain, against the frozen answers."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hoctap_desktop.demo import REPORT_DAY, run_demo
from hoctap_desktop.document.code import paper_code, read_qr
from hoctap_desktop.filing.content import Content
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.answers import Cell, Missing, cell
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.paper import print_filing
from hoctap_desktop.submission.unseal import unseal
from tests.document.samples import MM, Paper
from tests.document.scanner import codes


@dataclass(frozen=True)
class Print:
    name: str
    pdf: bytes
    answers_json: bytes
    filing: Content


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> list[Print]:
    """Every final print of the chain, out of its sealed file."""
    files = run_demo(tmp_path_factory.mktemp("demo") / "out").files
    found = []
    for path in files:
        if path.suffix == ".htgoi" and path.parent.name in ("4-goi-gui-di", "5-cap-tren"):
            opened = unseal(path.read_bytes(), path.name)
            if isinstance(opened.body, Content):
                found += [Print(path.name, entry.data, opened.answers_json, opened.filing) for entry in opened.prints]
    return found


def without_reason(content: Cell) -> Cell:
    return Missing(content.kind) if isinstance(content, Missing) else content


def test_the_chain_prints_six_final_papers(prints: list[Print]) -> None:
    assert len(prints) == 6


@pytest.mark.parametrize("degrees", [2.0, -2.0])
def test_the_qr_of_every_final_print_is_read_from_a_crooked_scan(prints: list[Print], degrees: float) -> None:
    for each in prints:
        *before, last = codes(each.pdf, degrees)
        assert all(found == [] for found in before)
        (text,) = last
        facts = read_qr(text)
        form = form_by_id(each.filing.form.id, each.filing.form.version)
        assert facts.code == paper_code(each.answers_json)
        assert (facts.unit, facts.form) == (each.filing.unit.code, each.filing.form.id)
        assert (facts.form_version, facts.revision) == (each.filing.form.version, 1)
        wanted = tuple(without_reason(cell(each.filing.answers, field.id)) for field in form.indicators())
        assert facts.figures == wanted
        assert len(wanted) == (18 if form.kind == "report" else 0)


def test_the_code_at_the_foot_of_every_page_is_that_of_the_answers(prints: list[Print]) -> None:
    for each in prints:
        with Paper(each.pdf) as paper:
            for page in range(paper.pages):
                foot = paper.find(f"Mã giấy: {paper_code(each.answers_json)}", page)
                assert foot.top > (297 - 20) * MM


def test_the_qr_stands_in_the_lower_margin_clear_of_all_words(prints: list[Print]) -> None:
    for each in prints:
        with Paper(each.pdf) as paper:
            last = paper.pages - 1
            square = paper.filled(last)
            assert abs(square.width - 14 * MM) < 0.5 * MM
            assert abs(square.right - 195 * MM) < 0.5 * MM
            assert square.top > (297 - 20) * MM + 1 * MM
            assert square.bottom < (297 - 4) * MM
            for box in paper.characters(last):
                assert box.right < square.left - 2 * MM or box.bottom < square.top - 1 * MM
            rule = paper.rules(last)[-1]
            assert rule.right < square.left - 2 * MM


def test_a_draft_has_no_code_and_says_what_it_is() -> None:
    for path in sorted((forms() / "examples").glob("2022-ha-thuong-[pr]*.toml")):
        data = print_filing(replace(read_filled(path), changed_at=REPORT_DAY)).data
        assert all(found == [] for found in codes(data, 0.0))
        with Paper(data) as paper:
            for page in range(paper.pages):
                assert paper.find("Bản nháp", page).top > (297 - 20) * MM
                assert "Mã giấy" not in paper.text(page)


def test_a_filled_file_printed_without_a_store_is_nobodys_draft() -> None:
    data = print_filing(read_filled(forms() / "examples" / "2022-ha-thuong-report.toml")).data
    with Paper(data) as paper:
        assert "Bản nháp" not in paper.text(0)


def test_the_example_files_are_there() -> None:
    assert len(list(Path(forms() / "examples").glob("2022-ha-thuong-[pr]*.toml"))) == 2
