"""A window that opens after a power cut says what came back, leads there, and says it once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.account import account_name
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.office.filings import set_answer
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store import sitting
from hoctap_desktop.store.database import open_store
from hoctap_desktop.store.worker import Worker
from hoctap_desktop.ui.history.person import PersonSettings
from hoctap_desktop.ui.jobs import Jobs
from hoctap_desktop.ui.main_window import MainWindow
from hoctap_desktop.ui.office_facts import read_facts
from hoctap_desktop.ui.report.page import ReportPage
from hoctap_desktop.ui.session import Session
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.ui.widgets.buttons import Button
from tests.ui.conftest import Office
from tests.ui.sessions import NOW


def cut_off(folder: Path) -> Path:
    """A store as a power cut leaves it, with two cells of the report typed."""
    path, cut = folder / "xa.hoctap", folder / "cut.hoctap"
    make_sample(path, fixed_clock(NOW)).close()
    store = open_store(path, fixed_clock(NOW))
    set_answer(store, "2022-report", "participants", 312)
    set_answer(store, "2022-report", "leaflets", 40)
    for suffix in ("", "-wal"):
        shutil.copy(path.with_name(path.name + suffix), cut.with_name(cut.name + suffix))
    store.close()
    return cut


@contextmanager
def window(path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    worker = Worker(path, fixed_clock(NOW))
    jobs = Jobs(worker)
    facts = worker.submit(read_facts).result()
    made = MainWindow(Session(facts, path, jobs, Settings(path.with_suffix(".ini")), fixed_clock(NOW)))
    qtbot.addWidget(made)
    made.show()
    made.open_room("home")
    jobs.finish()
    QApplication.processEvents()
    yield made
    made.close()
    jobs.finish()
    jobs.close()
    worker.close()


def test_the_banner_says_what_is_there_until_when_and_leads_to_it(tmp_path: Path, qtbot: QtBot) -> None:
    with window(cut_off(tmp_path), qtbot) as made:
        assert made.banners.texts()["recovered"] == (
            "Lần trước chương trình dừng đột ngột lúc khoảng 10:32 ngày 14/10/2022. "
            "Đã giữ đủ đến 10:32:05: Báo cáo (2 ô)."
        )
        link = next(one for one in made.banners.findChildren(Button) if one.text() == "Đến Báo cáo")
        link.click()
        made.session.jobs.finish()
        page = made.open_page()
        assert isinstance(page, ReportPage)
        assert page.history is not None
        assert page.grid.currentIndex().isValid()
        assert "recovered" in made.banners.texts()
        made.open_room("home")
        made.session.jobs.finish()
        assert "recovered" not in made.banners.texts(), "its one place was looked at"
        assert not made._banner_holder.isVisible()


def test_after_the_window_was_closed_it_is_not_said_again(tmp_path: Path, qtbot: QtBot) -> None:
    path = cut_off(tmp_path)
    with window(path, qtbot):
        pass
    with window(path, qtbot) as made:
        assert "recovered" not in made.banners.texts()


def test_put_away_it_is_not_said_again(tmp_path: Path, qtbot: QtBot) -> None:
    with window(cut_off(tmp_path), qtbot) as made:
        next(one for one in made.banners.findChildren(Button) if one.accessibleName() == "Cất dòng này").click()
        made.session.jobs.finish()
        made.rebuild()
        assert "recovered" not in made.banners.texts()


def test_another_look_of_the_window_keeps_the_banner(tmp_path: Path, qtbot: QtBot) -> None:
    with window(cut_off(tmp_path), qtbot) as made:
        made.rebuild()
        assert "recovered" in made.banners.texts()


def test_a_window_after_an_orderly_end_says_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "xa.hoctap"
    make_sample(path, fixed_clock(NOW)).close()
    with window(path, qtbot) as made:
        assert made.banners.texts() == {}


def test_the_person_named_in_the_settings_stands_beside_the_next_change(office: Office, qtbot: QtBot) -> None:
    from hoctap_desktop.ui.settings_page.page import SettingsPage

    page = SettingsPage(office.session)
    qtbot.addWidget(page)
    box = page.findChild(PersonSettings)
    assert isinstance(box, PersonSettings)
    assert box.name.edit.placeholderText() == account_name()
    box.name.edit.setText("Nguyễn  Thị Lan")
    box.name.edit.say()
    office.settle()
    assert office.session.settings.person == "Nguyễn Thị Lan"
    office.worker.submit(lambda store: set_answer(store, "2022-report", "participants", 5)).result()
    assert office.worker.submit(lambda store: sitting.sittings(store)[-1].who).result() == "Nguyễn Thị Lan"
