"""Campaigns that ship, and what an office sets for its own."""

from datetime import date
from pathlib import Path

import pytest

from hoctap_desktop.campaign.model import Deadline
from hoctap_desktop.campaign.repository import active, choose, read_campaign, read_campaigns, save_office, shipped
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import create
from tests.offices import CLOCK, HA_THUONG, dai_tu, upper_store

GOOD = 'id = "2022"\nyear = 2022\nthemes = ["Học"]\nweek_from = 2022-10-01\nweek_to = 2022-10-07\n'


def test_the_campaigns_that_ship_are_those_of_the_ministry() -> None:
    """domain.md §1: the table of Weeks and themes."""
    weeks = {campaign.id: (campaign.week_from, campaign.week_to) for campaign in shipped()}
    assert weeks == {
        "2021": (date(2021, 10, 1), date(2021, 10, 7)),
        "2022": (date(2022, 10, 1), date(2022, 10, 7)),
        "2023": (date(2023, 10, 2), date(2023, 10, 8)),
        "2024": (date(2024, 10, 1), date(2024, 10, 7)),
        "2025": (date(2025, 10, 1), date(2025, 10, 7)),
    }
    assert shipped()[2].themes == ("Xây dựng năng lực tự học trong kỷ nguyên số",)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (GOOD + "colour = 1\n", 6),
        (GOOD.replace("2022-10-07", "2022-09-07"), 5),
        (GOOD.replace("2022-10-07", "2023-10-07"), 5),
        (GOOD.replace("2022-10-01", '"2022-10-01"'), 4),
        (GOOD.replace('["Học"]', "[]"), 3),
        (GOOD.replace('["Học"]', '["Học  đi"]'), 3),
        (GOOD.replace("year = 2022", "year = 22"), 2),
        (GOOD.replace("year = 2022", "year = "), 2),
        (GOOD.replace('id = "2022"', 'id = "Tuần lễ"'), 1),
    ],
)
def test_a_bad_campaign_is_refused_with_its_row(tmp_path: Path, text: str, row: int) -> None:
    path = tmp_path / "2022.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_campaign(path)
    assert caught.value.code is Code.FORM_BAD
    assert caught.value.facts["row"] == row


def test_two_files_of_one_campaign_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_campaigns(tmp_path)
    assert caught.value.facts["file"] == "b.toml"


def test_an_office_works_on_the_newest_campaign_until_it_chose_one(tmp_path: Path) -> None:
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_office(store, HA_THUONG, [], None, [])
    assert active(store).id == shipped()[-1].id
    assert choose(store, "2022").id == "2022"
    assert active(store).id == "2022"
    with pytest.raises(UserError) as caught:
        choose(store, "1999")
    assert caught.value.code is Code.CAMPAIGN_UNKNOWN
    assert active(store).id == "2022"
    store.close()


def test_the_active_campaign_carries_the_deadlines_of_its_year(tmp_path: Path) -> None:
    store = upper_store(tmp_path / "a.hoctap")
    campaign = active(store)
    assert campaign.deadlines == dai_tu().deadlines
    report = campaign.deadline("report", "school", "05812-MN")
    assert report is not None
    assert report.last_good_day == date(2022, 10, 17)
    assert choose(store, "2023").deadlines == ()
    store.close()


def test_a_deadline_in_the_new_year_belongs_to_the_week_of_last_autumn(tmp_path: Path) -> None:
    office = dai_tu()
    late = Deadline("report", "commune", date(2023, 1, 10))
    store = create(tmp_path / "a.hoctap", CLOCK)
    save_office(store, office.own, office.below, office.upper, [late])
    assert choose(store, "2022").deadlines == (late,)
    store.close()


def test_saving_the_office_again_keeps_the_chosen_campaign(tmp_path: Path) -> None:
    store = upper_store(tmp_path / "a.hoctap")
    office = dai_tu()
    save_office(store, office.own, office.below[:2], office.upper, [])
    assert active(store).id == "2022"
    assert active(store).deadlines == ()
    store.close()
