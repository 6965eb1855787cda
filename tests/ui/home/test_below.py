"""Trang chính of an office others send to: how its units stand, and the way to their list before there is one."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from hoctap_desktop.campaign import repository as campaigns
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.form import loader
from hoctap_desktop.office.campaigns import publish_form, take_upper_form
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.home.below import BelowFacts, takes_in
from hoctap_desktop.ui.home.page import HomePage
from hoctap_desktop.ui.widgets.buttons import Button
from hoctap_desktop.ui.widgets.labels import Label
from hoctap_desktop.units.repository import own_unit, save_units, unit, units_below
from tests.offices import NOW, ask_two_questions
from tests.ui.conftest import Office, OpenOffice

UPPER = "19-171-GDDT"


def shown(office: Office, qtbot: QtBot) -> HomePage:
    page = HomePage(office.session)
    qtbot.addWidget(page)
    page.resize(1182, 654)
    page.show()
    page.enter()
    office.settle()
    return page


def said(page: HomePage) -> list[str]:
    return [one.text() for one in page.below.findChildren(Label) if one.isVisible()]


def acts(page: HomePage) -> dict[str, Button]:
    return {one.text(): one for one in page.below.findChildren(Button) if one.isVisible()}


def test_an_upper_office_sees_how_many_units_filed_and_what_waits(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office(UPPER, at=NOW)
    gone: list[str] = []
    office.session.navigate.connect(lambda room, _argument: gone.append(room))
    page = shown(office, qtbot)
    assert "Báo cáo: 0 trên 4 đơn vị đã nộp" in said(page)
    assert list(acts(page)) == ["Theo dõi nộp"]
    page.below.show_facts(BelowFacts(((Kind.REPORT, 3, 4),), 2))
    office.settle()
    assert said(page) == ["Đơn vị cấp dưới", "Báo cáo: 3 trên 4 đơn vị đã nộp"]
    for button in acts(page).values():
        button.click()
    assert gone == ["receive", "board"]


def test_a_question_of_the_upper_unit_that_nobody_below_is_asked_is_told(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office(UPPER, at=NOW)
    gone: list[str] = []
    office.session.navigate.connect(lambda room, _argument: gone.append(room))
    office.worker.submit(ask_two_questions).result()
    page = shown(office, qtbot)
    assert page.banners.texts()["unasked"].startswith("Cấp trên hỏi 1 câu mà biểu hỏi cấp dưới chưa có")
    page.set_narrow(True)  # the pane beside goes, this does not
    assert page.banners.isVisible()
    next(one for one in page.banners.findChildren(Button) if one.text() == "Mở biểu mẫu").click()
    assert gone == ["campaign"]
    office.worker.submit(lambda store: (take_upper_form(store, 2022), publish_form(store, "report", 2022))).result()
    page.enter()
    office.settle()
    assert page.banners.texts() == {}
    campaigns.know(())
    loader.know(())


def test_an_upper_office_without_a_list_of_units_is_led_to_it(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office(UPPER, at=NOW)
    office.session.facts = replace(office.session.facts, below=())
    gone: list[str] = []
    office.session.navigate.connect(lambda room, _argument: gone.append(room))
    page = shown(office, qtbot)
    acts(page)["Thêm đơn vị cấp dưới"].click()
    assert gone == ["units"]


def test_a_campaign_no_unit_stood_in_is_no_problem_here(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office(UPPER, at=NOW)
    problems: list[object] = []
    office.session.jobs.unhandled.connect(problems.append)

    def end_all(store: Store) -> None:
        own = own_unit(store)
        ended = [replace(one, valid_to=date(2020, 12, 31)) for one in units_below(store, own.code)]
        save_units(store, own, ended, unit(store, own.upper) if own.upper else None)

    office.worker.submit(end_all).result()
    page = shown(office, qtbot)
    assert (page.below.isVisible(), problems) == (False, [])


def test_a_commune_without_schools_below_sees_nothing_of_it(office: Office, qtbot: QtBot) -> None:
    assert not office.session.has_below
    assert not shown(office, qtbot).below.isVisible()


@pytest.mark.parametrize(
    ("level", "does"), [("school", False), ("commune", False), ("huyen", True), ("tinh", True), ("", False)]
)
def test_whom_others_send_to_goes_by_the_level(level: str, *, does: bool) -> None:
    assert takes_in(level) is does
