"""A plan begun on an older form: the page says so, shows what moves and what is left out, and moves it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.form import loader
from hoctap_desktop.form.loader import form_by_id
from hoctap_desktop.office.campaigns import offered_upgrade
from hoctap_desktop.store.database import Store
from hoctap_desktop.ui.form_upgrade import UpgradeDialog, move, offer_upgrade
from hoctap_desktop.ui.plan.page import PlanPage
from tests.offices import issue_from_above
from tests.ui.conftest import Office


@pytest.fixture(autouse=True)
def nothing_known_afterwards() -> Iterator[None]:
    yield
    loader.know(())


def newer(store: Store) -> None:
    """The next version of the commune's plan, with one field called otherwise."""
    form = form_by_id("plan/commune", 1)
    section = next(one for one in form.sections if one.fields)
    first = replace(section.fields[0], label=f"{section.fields[0].label} (mới)")
    sections = tuple(
        replace(one, fields=(first, *one.fields[1:])) if one.id == section.id else one for one in form.sections
    )
    issue_from_above(store, replace(form, sections=sections, version=2), 2022)


def test_a_plan_on_an_older_form_is_moved_with_a_list_of_what_moved(office: Office, qtbot: QtBot) -> None:
    page = PlanPage(office.session)
    qtbot.addWidget(page)
    page.enter()
    office.settle()
    assert page.presenter is not None
    assert page.presenter.form.version == 1
    assert "form-upgrade" not in page.banners.texts()
    office.worker.submit(newer).result()
    page.enter()
    for _ in range(3):
        office.settle()
    assert re.search(r"biểu mẫu bản \d+; bản nháp này theo bản 1", page.banners.texts()["form-upgrade"])
    before = dict(page.presenter.filing.answers)
    link = next(b for b in page.banners.findChildren(QAbstractButton) if b.text() == "Xem và chuyển")
    link.click()
    QApplication.processEvents()
    dialog = next(one for one in page.window().findChildren(UpgradeDialog) if one.isVisible())
    assert "(mới)" in " ".join(dialog.list.item(at).text() for at in range(dialog.list.count()))
    dialog.reject()
    move(page, "2022-plan")
    for _ in range(3):
        office.settle()
    assert page.presenter.form.version == 2
    assert page.presenter.filing.answers == before
    assert "form-upgrade" not in page.banners.texts()


def test_no_banner_tells_of_a_plan_that_was_left(office: Office, qtbot: QtBot) -> None:
    page = PlanPage(office.session)
    qtbot.addWidget(page)
    page.enter()
    office.settle()
    office.worker.submit(newer).result()
    assert office.worker.submit(lambda store: offered_upgrade(store, "2022-plan")).result() is not None
    facts = office.session.facts
    offer_upgrade(page, "2022-plan")
    office.session.facts = replace(facts, campaign=replace(facts.campaign, id="2023"))
    office.settle()
    assert "form-upgrade" not in page.banners.texts()
    office.session.facts = facts
    offer_upgrade(page, "2022-plan")
    office.settle()
    assert "form-upgrade" in page.banners.texts()
    offer_upgrade(page, "")  # a campaign that has no plan
    assert "form-upgrade" not in page.banners.texts()
