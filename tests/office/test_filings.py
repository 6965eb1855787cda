import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import active, choose
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.filing.doubts import doubts_of, keep_doubts
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.model import Kind, Status
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office import filings
from hoctap_desktop.office.changing import change_upper
from hoctap_desktop.office.setting_up import set_up
from hoctap_desktop.store.database import Store
from hoctap_desktop.units.model import Unit
from hoctap_desktop.units.repository import own_unit
from tests.offices import CLOCK, commune_store

REPORT = forms() / "examples" / "2022-ha-thuong-report.toml"
OTHER = forms() / "examples" / "2022-truong-thcs-ha-thuong-report.toml"
OFFICE = forms() / "examples" / "2022-dai-tu-office.toml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "a.hoctap")
    yield opened
    opened.close()


def test_a_new_plan_knows_the_week_the_theme_and_the_signer(store: Store) -> None:
    plan = filings.open_or_begin(store, Kind.PLAN)
    assert plan.form.id == "plan/commune"
    assert plan.answers["week.from"] == "2022-10-01"
    assert plan.answers["theme"] == active(store).themes[0]
    assert plan.answers["signer.name"] == "Đặng Văn Thi"
    assert "{{week.from}}" in str(plan.answers["body"])
    assert "{{" not in str(plan.answers["subject"])


def test_a_new_plan_of_a_ward_speaks_of_the_ward(store: Store) -> None:
    ward = replace(own_unit(store), name="Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám")
    plan = filings.new_filing(Kind.PLAN, ward, active(store), date(2022, 9, 20))
    body = str(plan.answers["body"])
    assert "người dân trong phường" in body
    assert "đại diện Đảng ủy, Ủy ban nhân dân phường" in body
    assert not re.search(r"\bxã\b(?! hội)", body)
    assert body.replace("phường", "xã") == filings.open_or_begin(store, Kind.PLAN).answers["body"]


def test_a_new_report_goes_to_the_upper_unit_or_where_last_years_went(store: Store) -> None:
    report = filings.open_or_begin(store, Kind.REPORT)
    assert report.answers["recipients"] == ["Phòng Giáo dục và Đào tạo huyện Đại Từ", "Lưu: VT"]
    filings.set_answer(store, report.id, "recipients", ["Phòng GDĐT (để b/c)", "", "Lưu: VT, VHXH"])
    choose(store, "2023")
    assert filings.open_or_begin(store, Kind.REPORT).answers["recipients"] == ["Phòng GDĐT (để b/c)", "Lưu: VT, VHXH"]
    assert "recipients" not in filings.open_or_begin(store, Kind.PLAN).answers


def test_a_report_does_not_go_to_the_upper_unit_of_last_year(store: Store) -> None:
    report = filings.open_or_begin(store, Kind.REPORT)
    filings.set_answer(store, report.id, "recipients", ["Phòng GDĐT (để b/c)"])
    repository.freeze(
        store, report.id, filing_json(repository.current(store, report.id)), b"%PDF", "7K3M-Q9TX-2HBV", store.clock()
    )
    change_upper(store, Unit("X1", "UBND xã Mới", "UBND xã Mới", "commune"))
    choose(store, "2023")
    assert filings.open_or_begin(store, Kind.REPORT).answers["recipients"] == ["UBND xã Mới", "Lưu: VT"]


def test_opening_again_does_not_begin_again(store: Store) -> None:
    filings.open_or_begin(store, Kind.REPORT)
    filings.set_answer(store, "2022-report", "participants", 12)
    assert filings.open_or_begin(store, Kind.REPORT).answers["participants"] == 12


def test_a_field_the_form_does_not_have_is_refused(store: Store) -> None:
    filings.open_or_begin(store, Kind.REPORT)
    with pytest.raises(UserError) as refusal:
        filings.set_answer(store, "2022-report", "visitors", 12)
    assert refusal.value.code is Code.FIELD_UNKNOWN
    filings.set_answer(store, "2022-report", "reason.everything_zero.organising_units", "Không có")


def test_finalising_freezes_answers_paper_code_and_the_very_bytes(store: Store) -> None:
    filings.fill(store, read_filled(REPORT))
    final = filings.finalise(store, "2022-report")
    assert final.status is Status.FINAL
    kept = repository.frozen(store, "2022-report", 1)
    assert final.paper_code == paper_code(kept.answers_json) == paper_code(filing_json(final))
    assert filings.paper(store, "2022-report") == kept.pdf
    assert kept.pdf.startswith(b"%PDF-")


def test_what_the_reader_of_an_old_plan_doubted_is_settled_when_the_plan_is_final(store: Store) -> None:
    filings.fill(store, read_filled(forms() / "examples" / "2022-ha-thuong-plan.toml"))
    keep_doubts(store, "2022-plan", [(3, "dòng", "Chưa chắc.")])
    filings.finalise(store, "2022-plan")
    assert doubts_of(store, "2022-plan") == ()


def test_a_plan_without_recipients_is_final_only_with_the_reason(store: Store) -> None:
    filings.fill(store, read_filled(forms() / "examples" / "2022-ha-thuong-plan.toml"))
    filings.set_answer(store, "2022-plan", "recipients", None)
    with pytest.raises(UserError) as refusal:
        filings.finalise(store, "2022-plan")
    assert refusal.value.code is Code.FILING_HAS_FINDINGS
    filings.set_answer(store, "2022-plan", "reason.no_lines.recipients", "Niêm yết tại xã.")
    assert filings.finalise(store, "2022-plan").status is Status.FINAL


def test_a_final_filing_refuses_changes_until_the_next_revision(store: Store) -> None:
    filings.fill(store, read_filled(REPORT))
    filings.finalise(store, "2022-report")
    for act in (
        lambda: filings.set_answer(store, "2022-report", "participants", 1),
        lambda: filings.fill(store, read_filled(REPORT)),
        lambda: filings.finalise(store, "2022-report"),
    ):
        with pytest.raises(UserError) as refusal:
            act()
        assert refusal.value.code is Code.FILING_FINAL
    assert filings.amend(store, "2022-report").revision == 2
    filings.set_answer(store, "2022-report", "participants", 600)
    assert repository.revision(store, "2022-report", 1).answers["participants"] == 535


def test_what_must_be_fixed_stands_in_the_way_of_finalising_and_nothing_changes(store: Store) -> None:
    filings.fill(store, read_filled(REPORT))
    filings.set_answer(store, "2022-report", "talks", None)
    with pytest.raises(UserError) as refusal:
        filings.finalise(store, "2022-report")
    assert refusal.value.code is Code.FILING_HAS_FINDINGS
    assert "số lần hội thảo" in str(refusal.value)
    assert repository.current(store, "2022-report").status is Status.DRAFT


def test_a_draft_cannot_be_amended(store: Store) -> None:
    filings.fill(store, read_filled(REPORT))
    with pytest.raises(UserError) as refusal:
        filings.amend(store, "2022-report")
    assert refusal.value.code is Code.FILING_NOT_FINAL


def test_filling_again_takes_the_unit_and_the_form_of_the_file_too(store: Store) -> None:
    filled = read_filled(REPORT)
    wrong = replace(filled, unit=replace(filled.unit, place="SAI"), form=replace(filled.form, version=7))
    filings.fill(store, wrong)
    again = filings.fill(store, filled)
    assert (again.unit.place, again.form) == ("Hà Thượng", filled.form)
    assert repository.current(store, "2022-report") == again


def test_braces_that_name_no_field_stand_in_the_way_of_the_final_paper(store: Store) -> None:
    filings.fill(store, read_filled(REPORT))
    for words in ("{{khong.co}}", "{{week.from và", "}} thừa"):
        filings.set_answer(store, "2022-report", "launch", words)
        rules = {f.rule for f in filings.check_stored(store, "2022-report") if f.blocks}
        assert rules & {"field_unknown", "field_broken"}, words
    filings.set_answer(store, "2022-report", "launch", "Năm {{year}}, có {dấu} ngoặc đơn.")
    assert not [f for f in filings.check_stored(store, "2022-report") if f.blocks]


def test_another_offices_filled_file_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        filings.fill(store, read_filled(OTHER))
    assert refusal.value.code is Code.FILLED_OTHER_UNIT
    assert "THCS" in str(refusal.value)
    assert repository.all_filings(store) == ()


def test_the_plan_and_last_years_numbers_are_what_the_checks_look_at(store: Store) -> None:
    filings.open_or_begin(store, Kind.PLAN)
    report = filings.fill(store, read_filled(REPORT))
    filings.set_answer(store, "2022-report", "banners", 0)
    context = filings.context_for(store, report)
    assert context.week_to == active(store).week_to
    assert "banners_promised" in {f.rule for f in filings.check_stored(store, "2022-report")}


def test_the_plan_of_a_local_office_may_shift_the_week(store: Store) -> None:
    campaign = active(store)
    assert filings.local_week(store, campaign) == filings.LocalWeek(campaign.week_from, campaign.week_to, False)
    filings.open_or_begin(store, Kind.PLAN)
    filings.set_answer(store, "2022-plan", "week.from", "2022-10-06")
    filings.set_answer(store, "2022-plan", "week.to", "2022-10-12")
    assert filings.local_week(store, campaign) == filings.LocalWeek(date(2022, 10, 6), date(2022, 10, 12), True)
    filings.set_answer(store, "2022-plan", "week.to", "bao giờ")
    assert not filings.local_week(store, campaign).local


def test_a_bad_unit_file_leaves_no_store_behind(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(OFFICE.read_text(encoding="utf-8").replace('level = "huyen"', 'level = "moon"'), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        set_up(tmp_path / "b.hoctap", bad, CLOCK)
    assert refusal.value.code is Code.UNIT_FILE_BAD
    with pytest.raises(UserError):
        set_up(tmp_path / "b.hoctap", OFFICE, CLOCK, "1999")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.toml"]


def test_a_refusal_after_the_store_was_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_args: object) -> None:
        raise UserError(Code.DISK_FULL, file="x")

    monkeypatch.setattr("hoctap_desktop.office.setting_up.save_office", failing)
    with pytest.raises(UserError):
        set_up(tmp_path / "b.hoctap", OFFICE, CLOCK)
    assert not (tmp_path / "b.hoctap").exists()
    monkeypatch.undo()
    set_up(tmp_path / "b.hoctap", OFFICE, CLOCK).close()


def test_the_first_filing_chooses_the_campaign(tmp_path: Path) -> None:
    text = OFFICE.read_text(encoding="utf-8")
    unit = tmp_path / "unit.toml"
    unit.write_text(text[text.index("[unit]") : text.index("[upper]")], encoding="utf-8")
    opened = set_up(tmp_path / "b.hoctap", unit, CLOCK)
    try:
        assert active(opened).id == "2025"
        filings.fill(opened, replace(read_filled(REPORT), unit=own_unit(opened)))
        assert active(opened).id == "2022"
    finally:
        opened.close()
