from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.filing.letters import letter_findings
from hoctap_desktop.filing.model import Filing
from hoctap_desktop.form.context import NOTHING_ELSE_KNOWN
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.paths import forms
from hoctap_desktop.office.filings import check
from hoctap_desktop.office.paper import form_of, print_filing

PLAN = forms() / "examples" / "2022-ha-thuong-plan.toml"
REPORT = forms() / "examples" / "2022-ha-thuong-report.toml"


def with_words(file: Path, **answers: JsonValue) -> Filing:
    filing = read_filled(file)
    return replace(filing, answers={**filing.answers, **answers})


@pytest.mark.parametrize(
    ("file", "answers"),
    [
        (PLAN, {"opening.place": "Nhà văn hóa ☐ xóm"}),
        (PLAN, {"body": "# VIỆC\n\nMột đoạn 漢 dài\n"}),
        (REPORT, {"recipients": ["Phòng", "Lưu: ☑ VT"]}),
        (REPORT, {"note.talks": "chưa rõ ☹"}),
    ],
)
def test_a_letter_the_fonts_lack_is_a_must_fix_of_its_very_field(file: Path, answers: dict[str, JsonValue]) -> None:
    filing = with_words(file, **answers)
    (finding,) = letter_findings(form_of(filing), filing.answers)
    assert finding.field == next(iter(answers))
    assert finding.blocks
    assert any(f"«{letter}»" in finding.message for letter in "☐漢☑☹")
    assert finding in check(filing, NOTHING_ELSE_KNOWN)
    if "opening.place" not in answers:
        with pytest.raises(UserError) as refused:
            print_filing(filing)
        assert refused.value.code is Code.LETTER_MISSING


@pytest.mark.parametrize("words", ["Êđê: Buôn Ê̆", "10 m² – “ngoặc” … ½ °C", "e\u0301 ghép rời", "một\tthẻ"])
def test_what_can_be_printed_is_no_finding(words: str) -> None:
    filing = with_words(PLAN, **{"opening.place": words})
    assert letter_findings(form_of(filing), filing.answers) == ()
    print_filing(filing)
