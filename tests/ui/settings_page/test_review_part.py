"""Thiết lập: how many persons a received paper needs."""

from pytestqt.qtbot import QtBot

from hoctap_desktop.office.office_acts import two_persons
from hoctap_desktop.ui.settings_page.page import SettingsPage
from tests.ui.conftest import Office, OpenOffice


def opened(office: Office, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.show_part("person")
    office.settle()
    return page


def test_the_rule_is_kept_in_the_data_and_read_back(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office("19-171-GDDT")
    page = opened(office, qtbot)
    assert page.review.isVisible()
    assert page.review.persons.data() is False
    page.review.persons.choose(True)
    page.review.persons.chosen.emit(True)
    office.settle()
    assert office.worker.submit(two_persons).result() is True
    again = opened(office, qtbot)
    assert again.review.persons.data() is True


def test_an_office_nobody_reports_to_is_not_asked(open_office: OpenOffice, qtbot: QtBot) -> None:
    page = opened(open_office("05812-THCS"), qtbot)
    assert not page.review.isVisible()
