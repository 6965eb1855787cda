"""Trang chính on a real store: the card has the keyboard, its buttons go where they say, a number is kept."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.filing import repository
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.ui import rooms
from hoctap_desktop.ui.home.page import HomePage, NumberDialog
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import choose_campaign
from tests.ui.conftest import Office, OpenOffice


def shown(office: Office, qtbot: QtBot) -> HomePage:
    window = MainWindow(office.session, [rooms.room("home")])
    qtbot.addWidget(window)
    window.show()
    window.open_room("home")
    office.settle()
    page = window.page("home")
    assert isinstance(page, HomePage)
    return page


def test_the_next_act_has_the_keyboard_when_the_page_comes_up(office: Office, qtbot: QtBot) -> None:
    page = shown(office, qtbot)
    button = page.road.next_act()
    assert button is not None
    assert QApplication.focusWidget() is button
    assert [step.number for step in page.road.steps()] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_in_a_low_window_the_page_comes_up_at_its_next_act(open_office: OpenOffice, qtbot: QtBot) -> None:
    office = open_office(at=datetime(2022, 10, 13, 10, 32, 5, tzinfo=VIETNAM))
    window = MainWindow(office.session, [rooms.room("home")])
    qtbot.addWidget(window)
    window.resize(911, 464)
    window.show()
    window.activateWindow()
    window.open_room("home")
    office.settle()
    page = window.page("home")
    assert isinstance(page, HomePage)
    button = page.road.next_act()
    assert button is not None
    assert button.hasFocus()
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect().height() == button.height())


def test_a_paper_the_upper_unit_does_not_ask_for_is_no_step_of_the_road(office: Office, qtbot: QtBot) -> None:
    session = office.session
    other = next(one for one in session.facts.campaigns if one.id != session.campaign.id)
    facts = office.worker.submit(lambda store: choose_campaign(store, other.id)).result()
    session.facts = replace(facts, campaign=replace(facts.campaign, free=frozenset({("plan", "commune")})))
    page = shown(office, qtbot)
    assert [step.title for step in page.road.steps()] == [
        "Ghi nhật ký hoạt động",
        "Lập báo cáo",
        "In, trình ký báo cáo",
        "Xuất gói, gửi lên huyện",
        "Nhận phiếu tiếp nhận",
    ]
    page.act("begin plan")  # who writes one all the same has its steps
    office.settle()
    page.enter()
    office.settle()
    assert "Lập kế hoạch" in [step.title for step in page.road.steps()]


@pytest.mark.parametrize(("day", "room"), [(12, "plan"), (13, "report")])
def test_the_primary_button_goes_to_the_report_once_the_offices_own_week_is_over(
    open_office: OpenOffice, qtbot: QtBot, day: int, room: str
) -> None:
    # the sample's plan holds the Week from the 6th to the 12th
    office = open_office(at=datetime(2022, 10, day, 10, 32, 5, tzinfo=VIETNAM))
    page = shown(office, qtbot)
    went: list[tuple[str, object]] = []
    office.session.navigate.connect(lambda room, argument: went.append((room, argument)))
    button = page.road.next_act()
    assert button is not None
    button.click()
    assert went == [(room, None)]


@pytest.mark.parametrize("kind", ["plan", "report"])
def test_to_begin_a_paper_takes_one_press(office: Office, qtbot: QtBot, kind: str) -> None:
    session = office.session
    other = next(one.id for one in session.facts.campaigns if one.id != session.campaign.id)
    session.facts = office.worker.submit(lambda store: choose_campaign(store, other)).result()
    page = shown(office, qtbot)
    went: list[tuple[str, object]] = []
    session.navigate.connect(lambda room, argument: went.append((room, argument)))
    page.act(f"begin {kind}")
    office.settle()
    assert went == [(kind, None)]
    found = office.worker.submit(lambda store: repository.find(store, f"{other}-{kind}")).result()
    assert found is not None


@pytest.mark.parametrize(("typed", "kept"), [("21", "21"), ("5a", "5a")])
def test_number_and_day_of_a_signed_paper_are_kept(
    open_office: OpenOffice, qtbot: QtBot, typed: str, kept: str
) -> None:
    office = open_office()
    page = shown(office, qtbot)
    page.act("signed plan")
    dialog = page.window().findChild(NumberDialog)
    assert dialog is not None
    dialog.number.set_text("")
    dialog.keep.click()
    assert dialog.isVisible()
    assert dialog.number.message.text() == "Ghi số văn bản, ví dụ 21."
    dialog.number.set_text(typed)
    dialog.day.set_text("31/09/2022")
    dialog.keep.click()
    assert dialog.isVisible()
    dialog.day.set_text("04/10/2022")
    dialog.keep.click()
    office.settle()
    filing = office.worker.submit(lambda store: repository.current(store, "2022-plan")).result()
    assert filing.document_number == kept
