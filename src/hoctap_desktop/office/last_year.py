"""The office's own plan of a year before, as a start."""

from dataclasses import dataclass
from datetime import date

from hoctap_desktop.campaign.model import Campaign
from hoctap_desktop.campaign.repository import active, known_campaigns
from hoctap_desktop.filing import repository
from hoctap_desktop.filing.model import Kind, filing_id
from hoctap_desktop.form.answers import Answers, text
from hoctap_desktop.store.database import Store


@dataclass(frozen=True)
class OldPlan:
    """A plan of a year before: its answers, its campaign, the Week as that plan held it."""

    answers: Answers
    campaign: Campaign
    week: tuple[date, date]


def last_plan(store: Store) -> OldPlan | None:
    """The own plan of the newest campaign before the active one; None when the store has none."""
    year = active(store).year
    for campaign in sorted(known_campaigns(), key=lambda campaign: -campaign.year):
        if campaign.year < year:
            found = repository.find(store, filing_id(campaign.id, Kind.PLAN))
            if found is not None:
                return old_plan(found.answers, campaign)
    return None


def old_plan(answers: Answers, campaign: Campaign) -> OldPlan:
    """A plan with its Week: the days it names, else the campaign's."""
    try:
        week = date.fromisoformat(text(answers, "week.from")), date.fromisoformat(text(answers, "week.to"))
    except ValueError:
        week = campaign.week_from, campaign.week_to
    return OldPlan(answers, campaign, week)
