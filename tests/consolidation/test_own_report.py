"""The upper office's own report, from its totals up to a sealed file."""

import tomllib
from pathlib import Path

import pytest

from hoctap_desktop.consolidation.intake import intake
from hoctap_desktop.consolidation.overview import current_totals, narratives
from hoctap_desktop.consolidation.own_report import behind_words, prepare_report
from hoctap_desktop.document.model import Paragraph
from hoctap_desktop.filing import change_rows
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Status
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.paper import document_of
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.sending import seal
from hoctap_desktop.submission.unseal import unseal
from tests.consolidation.papers import ALL, COMMUNE, LOWER, NOT_HELD, PDF, UNKNOWN, key, paper, put
from tests.offices import NOW

EXAMPLES = (
    "2022-ha-thuong-report.toml",
    "2022-truong-thcs-ha-thuong-report.toml",
    "2022-truong-tieu-hoc-ha-thuong-report.toml",
    "2022-truong-mam-non-ha-thuong-report.toml",
)


def test_the_totals_of_the_examples_are_the_sums_of_their_files(store: Store, stick: Path) -> None:
    """Added up from the toml files on its own, with nothing of the program."""
    sums: dict[str, int] = {}
    for name in EXAMPLES:
        read = tomllib.loads((forms() / "examples" / name).read_text(encoding="utf-8"))
        for id, value in read["table"].items():
            sums[id] = sums.get(id, 0) + (value if isinstance(value, int) else 0)
        filled = read_filled(forms() / "examples" / name)
        put(stick, paper(filled.unit.code, filled.answers, sender=filled.unit, illustrative=filled.illustrative))
    assert all(line.code is None for line in intake(store, [stick]).lines)
    found = current_totals(store)
    assert {field.id: found.number(field.id).value for field in found.form.indicators()} == sums
    assert found.coverage == "4/4"
    assert found.illustrative

    report = prepare_report(store)
    assert report.illustrative
    assert report.based_on == found.based_on
    assert report.answers["participants"] == sums["participants"]
    assert "tổng hợp từ báo cáo của 4/4 đơn vị, như sau:" in str(report.answers["lead"])


def test_numbers_and_their_coverage_stand_in_the_report(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"participants": 10, "talks": NOT_HELD, "leaflets": UNKNOWN, "wall_newspapers": 2}))
    put(stick, paper(LOWER, {"participants": 5, "talks": NOT_HELD, "wall_articles": 7}))
    intake(store, [stick])
    answers = prepare_report(store).answers
    assert answers["participants"] == 15
    assert answers["talks"] == 0
    assert answers["leaflets"] == {"none": "unknown", "reason": "Chưa đơn vị nào có số (0/4)"}
    assert answers["note.participants"] == "Tổng từ 2/4 đơn vị"
    row = next(
        row for section in current_totals(store).form.sections for row in section.rows if "wall_articles" in row.cells
    )
    assert answers[row.note] == "Tổng từ 1/4 đơn vị"


def test_a_later_paper_brings_the_numbers_up_to_date_and_leaves_the_text(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    first = prepare_report(store)
    filings.set_answer(store, first.id, "launch", "Lễ phát động lúc 7 giờ", NOW)
    filings.set_answer(store, first.id, "note.banners", "Đếm cả băng rôn của huyện", NOW)
    put(stick / "b", *(paper(code, {"participants": 1}) for code in ALL if code != COMMUNE))
    intake(store, [stick / "b"])
    second = prepare_report(store)
    assert second.answers["participants"] == 13
    assert second.answers["launch"] == "Lễ phát động lúc 7 giờ"
    assert second.answers["note.banners"] == "Đếm cả băng rôn của huyện"
    assert "note.participants" not in second.answers
    assert "4/4" in str(second.answers["lead"])
    assert "1/4" not in str(second.answers["lead"])
    assert len(second.based_on) == 4
    changes = [(c.before, c.after) for c in change_rows.history(store, first.id) if c.field == "participants"]
    assert changes == [(10, 13)]


def test_only_an_open_draft_that_was_added_up_is_behind_what_came_since(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    assert behind_words(store) == ""  # nothing begun
    report = prepare_report(store)
    assert behind_words(store) == ""
    intake(store, [put(stick / "b", paper(LOWER, {"participants": 3}))])
    assert behind_words(store) == (
        "1 đơn vị nộp thêm, nộp lại hoặc không còn được tính sau khi báo cáo này lấy số. "
        "Báo cáo đang ghi số của 1 trên 4 đơn vị, bây giờ là 2 trên 4."
    )
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    assert behind_words(store) == ""  # a final one says what it said


def test_a_final_report_is_not_touched(store: Store, stick: Path) -> None:
    intake(store, [put(stick, paper(COMMUNE, {"participants": 10}))])
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    with pytest.raises(UserError) as caught:
        prepare_report(store)
    assert caught.value.code is Code.FILING_FINAL
    assert filings.current(store, report.id).status is Status.FINAL


def test_the_report_is_sealed_upward_and_names_the_packages_it_adds_up(store: Store, stick: Path) -> None:
    one = paper(COMMUNE, {"participants": 10})
    intake(store, [put(stick, one)])
    report = prepare_report(store)
    filings.freeze(store, report.id, filing_json(report), PDF, "AAAA-BBBB-CCCC", NOW)
    opened = unseal(seal(store, report.id, key("19-171-GDDT"), NOW).data)
    assert opened.manifest.recipient.code == "19-GDDT"
    assert opened.filing.based_on == (one.package_id,)
    assert opened.filing.answers["participants"] == 10


def test_what_units_wrote_stands_side_by_side(store: Store, stick: Path) -> None:
    put(stick, paper(COMMUNE, {"launch": "Lúc 7 giờ"}), paper(LOWER, {"launch": "  "}))
    intake(store, [stick])
    assert [(each.unit.code, each.words) for each in narratives(store, "launch")] == [(COMMUNE, "Lúc 7 giờ")]


def test_a_sum_of_money_says_on_the_paper_how_many_units_it_covers(store: Store, stick: Path) -> None:
    codes = [code for code in ALL if code != LOWER]
    papers = [paper(code, {"funding.state": 1_000_000, "funding.raised": 5}) for code in codes]
    intake(store, [put(stick, *papers, paper(LOWER, {"funding.state": UNKNOWN, "funding.raised": 5}))])
    report = prepare_report(store)
    said = "Ngân sách nhà nước: tổng từ 3/4 đơn vị."
    assert (report.answers["funding.state"], report.answers["funding.note"]) == (3_000_000, said)
    bodies = [block.runs for block in document_of(report).blocks if isinstance(block, Paragraph)]
    assert said in ["".join(run.text for run in runs) for runs in bodies]


def test_what_the_office_wrote_of_its_money_stays_and_the_coverage_follows_the_papers(
    store: Store, stick: Path
) -> None:
    codes = [code for code in ALL if code != LOWER]
    intake(store, [put(stick, *(paper(code, {"funding.state": 7, "funding.raised": 5}) for code in codes))])
    report = prepare_report(store)
    filings.set_answer(store, report.id, "funding.note", f"Chi in ấn.\n{report.answers['funding.note']}", NOW)
    again = prepare_report(store).answers["funding.note"]
    assert str(again).splitlines()[0] == "Chi in ấn."
    assert str(again).count("tổng từ 3/4 đơn vị") == 2
    intake(store, [put(stick / "b", paper(LOWER, {"funding.state": 7, "funding.raised": 5}))])
    assert prepare_report(store).answers["funding.note"] == "Chi in ấn."
