"""The whole chain on the sample data, as `hoctap demo` runs it."""

import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.demo import Outcome, run_demo
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.submission.examine import describe
from hoctap_desktop.submission.unseal import unseal


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "out"


@pytest.fixture(scope="module")
def outcome(out: Path) -> Outcome:
    return run_demo(out)


def added_up() -> dict[str, int]:
    """The four reports added up from their toml files alone, without any code of the program."""
    sums: dict[str, int] = {}
    for path in (forms() / "examples").glob("2022-*-report.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for id, value in data.get("table", {}).items():
            if isinstance(value, int):
                sums[id] = sums.get(id, 0) + value
    return sums


def test_the_totals_are_the_sums_of_the_four_reports(outcome: Outcome) -> None:
    sums = added_up()
    assert len(sums) == 18 - 1  # nobody had a television item to count
    for id, value in sums.items():
        assert outcome.totals.number(id).value == value, id
    assert outcome.totals.coverage == "4/4"
    assert outcome.totals.illustrative


def test_a_number_one_unit_does_not_know_yet_says_who_is_missing(outcome: Outcome) -> None:
    published = outcome.totals.number("books_published")
    assert published.coverage == "3/4"
    assert [source.unit.code for source in published.missing] == ["05812"]


def test_the_upward_report_says_the_totals_and_what_they_are_based_on(outcome: Outcome) -> None:
    (upward,) = [p for p in outcome.files if p.parent.name == "5-cap-tren" and "bao-cao-2022" in p.name]
    filing = unseal(upward.read_bytes(), upward.name).filing
    sums = added_up()
    assert {id: filing.answers[id] for id in sums} == sums
    assert {id: filing.answers[f"computed.{id}"] for id in sums} == sums
    assert len(filing.based_on) == 4
    assert filing.illustrative


def test_every_paper_made_from_invented_numbers_says_so(outcome: Outcome) -> None:
    import pypdfium2

    papers = [p for p in outcome.files if p.suffix == ".pdf" and ("bao-cao" in p.name or "tong-hop" in p.name)]
    assert len(papers) == 6
    for path in papers:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                assert "minh họa" in page.get_textpage().get_text_range().lower(), path.name


def test_the_board_shows_plan_and_reports_received_in_time(outcome: Outcome) -> None:
    (board,) = outcome.boards
    assert [(row.unit.code, row.plan.words, row.report.words) for row in board.rows][:2] == [
        ("05812", "Đã nhận", "Đã nhận"),
        ("05812-THCS", "Không phải nộp", "Đã nhận"),
    ]
    assert board.done(Kind.REPORT) == 4


def test_each_unit_sends_one_report_and_the_commune_its_plan_too(outcome: Outcome) -> None:
    sent = [p.name for p in outcome.files if p.parent.name == "4-goi-gui-di"]
    assert len([name for name in sent if "bao-cao" in name]) == 4
    assert len([name for name in sent if "ke-hoach" in name]) == 1


def test_every_file_told_is_there_and_none_else(outcome: Outcome, out: Path) -> None:
    made = {p for p in out.rglob("*") if p.is_file() and "1-du-lieu" not in p.parts and p.name != ".hoctap-demo"}
    assert made == set(outcome.files)


@pytest.mark.parametrize("tool", ["openssl", "sha256sum"])
def test_the_tools_anyone_checks_with_are_there(tool: str) -> None:
    assert shutil.which(tool), f"{tool} IS MISSING: the check without our program cannot be tested"


def test_anyone_checks_a_file_with_openssl_and_sha256sum(outcome: Outcome, tmp_path: Path) -> None:
    package = next(p for p in outcome.files if p.name == "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi")
    with zipfile.ZipFile(package) as container:
        container.extractall(tmp_path)
    pem = "openssl pkcs7 -inform DER -in SEAL/signature.p7s -print_certs -out unit.crt"
    verify = (
        "openssl cms -verify -binary -inform DER -in SEAL/signature.p7s -content SEAL/SHA256SUMS "
        "-CAfile unit.crt -partial_chain -purpose any -out sums"
    )
    for line in (pem, verify, "sha256sum -c sums"):
        ran = subprocess.run(line.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "sums").read_bytes() == (tmp_path / "SEAL" / "SHA256SUMS").read_bytes()


def test_each_of_200_flipped_bytes_is_refused_in_words(outcome: Outcome) -> None:
    package = next(p for p in outcome.files if p.name == "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi")
    sound = package.read_bytes()
    assert describe(sound, package.name).code is None
    for number in range(200):
        place = number * (len(sound) - 1) // 199
        flipped = sound[:place] + bytes([sound[place] ^ (1 << number % 8)]) + sound[place + 1 :]
        verdict = describe(flipped, package.name)
        assert verdict.code is not None, place
        assert verdict.sentence


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        run_demo(tmp_path)
    assert refusal.value.code is Code.FOLDER_NOT_EMPTY
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_the_demo_runs_again_in_its_own_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_demo(tmp_path / "d")
    assert main(["demo", "--out", str(tmp_path / "d")]) == 0
    told = capsys.readouterr().out
    assert "05812-ubnd-xa-ha-thuong-bao-cao-2022-lan-1.htgoi" in told
    assert "byte" in told


def test_the_demo_takes_a_real_plan(tmp_path: Path, shared_documents: Path) -> None:
    texts = sorted(shared_documents.glob("*plan*.txt"))
    assert len(texts) > 1
    for path in texts:
        result = run_demo(tmp_path / path.stem, path)
        plans = [p for p in result.files if "ke-hoach-20" in p.name]
        assert len(plans) == 1, path.name
        assert result.boards[-1].done(Kind.PLAN) == 1
        assert result.doubts


def test_a_text_that_is_no_plan_makes_nothing(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.txt"
    recipe.write_text("Phở bò: xương, bánh phở, hành.\n" * 5, encoding="utf-8")
    with pytest.raises(UserError):
        run_demo(tmp_path / "out", recipe)
    assert not (tmp_path / "out").exists()
