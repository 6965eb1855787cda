"""The page Đợt of the upper office of the example."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.form import loader
from hoctap_desktop.ui.campaign.page import CampaignPage
from tests.ui.conftest import Office, OpenOffice

UPPER = "19-171-GDDT"


@pytest.fixture
def upper(open_office: OpenOffice) -> Office:
    return open_office(UPPER)


@pytest.fixture(autouse=True)
def _nothing_known_afterwards() -> Iterator[None]:
    yield
    campaigns.know(())
    loader.know(())


@pytest.fixture
def page(upper: Office, qtbot: QtBot) -> CampaignPage:
    made = CampaignPage(upper.session)
    qtbot.addWidget(made)
    made.resize(1182, 654)
    made.show()
    made.enter()
    upper.settle()
    return made
