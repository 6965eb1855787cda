from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import shipped
from hoctap_desktop.filing.filled_file import read_filled
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.foundation.canonical_json import JsonValue
from hoctap_desktop.plan.weekday_slips import weekday_findings, weekday_slips

FORM = form_by_id("plan/commune", 1)


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ({"body": "Khai mạc thứ Hai, ngày 06/10/2022."}, "thứ Năm"),
        ({"body": "- Ngày **06/10/2022** (thứ 2)"}, "thứ 5"),
        ({"body": "| a | Thứ hai, 06/10 |\n| --- | --- |\n| c | d |"}, "Thứ năm"),
        ({"subject": "Họp chủ nhật, ngày 06/10/2022"}, "thứ năm"),
        ({"legal_bases": ["Căn cứ buổi họp CN, 06/10/2022;"]}, "T5"),
        ({"opening.day": "2022-10-06", "body": "ngày {{opening.day}} (thứ 3)"}, "thứ 5"),
    ],
)
def test_a_wrong_day_of_the_week_is_said_wherever_it_stands(answers: dict[str, JsonValue], right: str) -> None:
    values = {"opening.day": "06/10/2022"}
    [slip] = weekday_slips(FORM, answers, 2022, values)
    assert slip.right == right
    assert "06/10" in slip.message
    assert "{{" not in slip.message


def test_a_right_one_is_not() -> None:
    assert weekday_slips(FORM, {"body": "thứ Năm, ngày 06/10/2022; thứ 5 06/10"}, 2022, {}) == ()


def test_it_warns_and_does_not_block(repository: Path) -> None:
    filing = read_filled(repository / "forms" / "examples" / "2022-ha-thuong-plan.toml")
    campaign = next(c for c in shipped() if c.year == 2022)
    assert weekday_findings(FORM, filing.answers, filing.unit, campaign) == ()
    moved = {**filing.answers, "opening.day": "2022-10-07"}
    [finding] = weekday_findings(FORM, moved, filing.unit, campaign)
    assert not finding.blocks
    assert finding.message == "«07/10/2022 (thứ 5»: 07/10/2022 là Thứ Sáu, không phải thứ 5. Đổi thành «thứ 6»."
