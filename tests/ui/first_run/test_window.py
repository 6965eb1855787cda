"""The first page: three steps to an office of one's own, or straight into the sample data."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hoctap_desktop.foundation.clock import VIETNAM, Clock, fixed_clock
from hoctap_desktop.store.database import open_store
from hoctap_desktop.submission import keys
from hoctap_desktop.submission.repository import own_key
from hoctap_desktop.ui.first_run.office_list_model import OfficeListModel
from hoctap_desktop.ui.first_run.presenter import PASSPHRASE_HINT, OfficeRow
from hoctap_desktop.ui.first_run.window import CHOOSE, PASSPHRASE, PLACE, TYPE, FirstRunWindow
from hoctap_desktop.ui.settings import Settings
from hoctap_desktop.units.repository import own_unit

CLOCK: Clock = fixed_clock(datetime(2022, 10, 3, 8, 5, tzinfo=VIETNAM))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> FirstRunWindow:
    made = FirstRunWindow(Settings(tmp_path / "s.ini"), CLOCK, tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(window: FirstRunWindow) -> list[str]:
    return [str(window.offices.data(window.offices.index(row))) for row in range(window.offices.rowCount())]


def test_the_list_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = OfficeListModel()
    model.set_rows([OfficeRow("1", "UBND xã A", "huyện B", "landmark")], "xa")
    qtmodeltester.check(model)


def test_words_without_accents_find_the_office(window: FirstRunWindow) -> None:
    window.search_for("ha thuong")
    assert shown(window)[0] == "UBND xã Hà Thượng"
    assert len(shown(window)) == 4
    window.search_for("không có xã này")
    assert shown(window) == []
    assert not window.next.isEnabled()


def test_keyboard_alone_makes_an_office_with_its_key(
    window: FirstRunWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    ready: list[Path] = []
    window.ready.connect(ready.append)
    qtbot.keyClicks(window.search, "thcs")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page_shown() == PASSPHRASE
    qtbot.keyClicks(window.passphrase.edit, "che xanh buoi som")
    qtbot.keyClick(window.passphrase.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(window.again.edit, "che xanh buoi som")
    qtbot.keyClick(window.again.edit, Qt.Key.Key_Return)
    assert window.page_shown() == PLACE
    qtbot.keyClick(window.make, Qt.Key.Key_Return)
    window.jobs.finish()
    assert ready == [tmp_path / "05812-THCS.hoctap"]
    store = open_store(ready[0], CLOCK)
    try:
        assert own_unit(store).short_name == "Trường THCS Hà Thượng"
        assert own_key(store) is not None
    finally:
        store.close()


def test_two_different_passphrases_stay_on_the_step(window: FirstRunWindow) -> None:
    window.search_for("mam non")
    window.next.click()
    window.passphrase.set_text("che xanh buoi som")
    window.again.set_text("che xanh")
    window.key_next.click()
    assert window.page_shown() == PASSPHRASE
    assert window.again.message.text() == "Hai lần gõ chưa giống nhau."


def test_the_look_of_a_field_follows_its_message_and_both_say_the_same_rule(window: FirstRunWindow) -> None:
    window.search_for("mam non")
    window.next.click()
    window.key_next.click()
    assert window.passphrase.edit.property("state") == "error"
    window.passphrase.set_text("che xanh buoi som")
    window._judge_passphrase(window.passphrase.text())
    assert window.passphrase.edit.property("state") == "normal"
    assert window.passphrase.hint.text() == PASSPHRASE_HINT
    assert "8" in PASSPHRASE_HINT


@pytest.mark.parametrize("page", [CHOOSE, TYPE])
def test_from_the_passphrase_one_goes_back_to_where_the_office_was_named(window: FirstRunWindow, page: int) -> None:
    window._go(page)
    if page == TYPE:
        for name, words in (("name", "Ủy ban nhân dân xã Sơn Hạ"), ("code", "02341"), ("place", "Sơn Hạ")):
            window.fields[name].set_text(words)
        window.typed_next.click()
    else:
        window.next.click()
    assert window.page_shown() == PASSPHRASE
    window._back_to_office()
    assert window.page_shown() == page


def test_where_no_office_is_found_no_empty_box_stands(window: FirstRunWindow) -> None:
    window.search_for("không có xã này")
    assert not window.list.isVisible()
    window.search_for("thcs")
    assert window.list.isVisible()


def test_a_typed_office_says_what_is_missing_then_goes_on(window: FirstRunWindow) -> None:
    window._go(TYPE)
    window.typed_next.click()
    assert window.page_shown() == TYPE
    assert window.fields["name"].message.text()
    window.fields["name"].set_text("Ủy ban nhân dân xã Sơn Hạ")
    window.fields["code"].set_text("02341")
    window.fields["place"].set_text("Sơn Hạ")
    window.typed_next.click()
    assert window.page_shown() == PASSPHRASE
    assert window.fields["name"].message.text() == ""


def test_sample_data_are_made_once_and_opened_again(window: FirstRunWindow, tmp_path: Path) -> None:
    ready: list[Path] = []
    window.ready.connect(ready.append)
    dialog = window.ask_sample()
    dialog.reject()
    window.open_sample("05812")
    window.jobs.finish()
    made = ready[0].stat().st_mtime_ns
    window.open_sample("05812")
    window.jobs.finish()
    assert ready[0] == ready[1] == tmp_path / "du-lieu-mau" / "05812.hoctap"
    assert ready[1].stat().st_mtime_ns == made


def test_data_already_there_are_not_overwritten(window: FirstRunWindow, tmp_path: Path) -> None:
    (tmp_path / "05812.hoctap").write_bytes(b"dear to somebody")
    window.search_for("ubnd")
    window.next.click()
    window._skip_key()
    window.make.click()
    window.jobs.finish()
    dialog = window.problems.shown()
    assert dialog is not None
    assert dialog.said.details.startswith("store_exists")
    dialog.reject()
    assert (tmp_path / "05812.hoctap").read_bytes() == b"dear to somebody"


def test_a_bad_unit_file_is_refused_in_words(window: FirstRunWindow, tmp_path: Path) -> None:
    file = tmp_path / "unit.toml"
    file.write_text("[unit]\ncode = 5\n", "utf-8")
    window.read_unit_file(file)
    dialog = window.problems.shown()
    assert dialog is not None
    assert window.page_shown() == CHOOSE
    dialog.reject()
