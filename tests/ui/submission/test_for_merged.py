"""In the data of a merged unit: its report signed with the key of the unit that took its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.for_merged import successor_key
from hoctap_desktop.submission.keys import Key, certified_code, make_key, to_pkcs12
from hoctap_desktop.submission.signer import Signer
from hoctap_desktop.submission.unseal import signed_by, unseal
from hoctap_desktop.ui.submission.page import SubmissionPage
from hoctap_desktop.ui.submission.presenter import State
from hoctap_desktop.units.repository import own_unit, save_units
from tests.offices import HA_THUONG, NOW, commune_store, dai_tu
from tests.ui.submission.test_page import PASSPHRASE, opened, settle, stick  # noqa: F401 - a fixture
from tests.ui.submission.test_page import Opened as Open

OTHER = "05830"


def lent(page: SubmissionPage) -> Signer | None:
    return page.instead.key


def copy_of(key: Key, folder: Path) -> Path:
    path = folder / "khoa.p12"
    path.write_bytes(to_pkcs12(key, PASSPHRASE, rounds=1000))
    return path


def test_the_report_is_signed_with_the_successors_key_and_is_the_merged_units(
    opened: Open,  # noqa: F811
    tmp_path: Path,
) -> None:
    page, session = opened()
    key = make_key("Xã Phú Lạc", OTHER, session.now())
    page.instead.ask(copy_of(key, tmp_path))
    dialog = page.instead.dialog
    assert dialog is not None
    dialog.first.set_text("không phải mật khẩu")
    dialog.button.click()
    settle(session)
    assert dialog.isVisible()
    assert dialog.first.message.text()
    dialog.first.set_text(PASSPHRASE)
    dialog.button.click()
    settle(session)
    assert lent(page) is not None
    assert f"khóa của đơn vị mã {OTHER}, gửi thay cho UBND xã Hà Thượng" in page.banners.texts()["for-merged"]
    assert not page.instead.button.isVisible()
    page.write(stick(tmp_path / "KINGSTON"))
    settle(session)
    assert page.export.state is State.DONE
    (file,) = (tmp_path / "KINGSTON").iterdir()
    made = unseal(file.read_bytes())
    assert (made.manifest.unit.code, signed_by(file.read_bytes())) == (HA_THUONG.code, key.key_hash)
    assert lent(page) is None  # as the dialog says: it is here until the package is signed
    assert "for-merged" not in page.banners.texts()


def test_one_thinks_better_of_it(opened: Open, tmp_path: Path) -> None:  # noqa: F811
    page, session = opened()
    page.instead.ask(copy_of(make_key("Xã Phú Lạc", OTHER, session.now()), tmp_path))
    assert page.instead.dialog is not None
    page.instead.dialog.first.set_text(PASSPHRASE)
    page.instead.dialog.button.click()
    settle(session)
    page.instead.let_go()
    assert "for-merged" not in page.banners.texts()
    assert page.instead.button.isVisible()
    page.write(stick(tmp_path / "KINGSTON"))
    assert page.dialog is not None  # the office's own key is asked for
    page.dialog.reject()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return commune_store(tmp_path / "xa.hoctap")


def test_the_own_key_and_that_of_no_successor_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as same:
        successor_key(store, copy_of(make_key("Xã", HA_THUONG.code, NOW), tmp_path), PASSPHRASE)
    assert same.value.code is Code.KEY_OF_SAME_UNIT
    other = copy_of(make_key("Xã Phú Lạc", OTHER, NOW), tmp_path)
    assert certified_code(successor_key(store, other, PASSPHRASE).certificate) == OTHER
    ended = replace(own_unit(store), valid_to=NOW.date(), successor="05999")
    save_units(store, ended, (), dai_tu().own, "2022")
    with pytest.raises(UserError) as wrong:
        successor_key(store, other, PASSPHRASE)
    assert wrong.value.code is Code.KEY_OF_OTHER_UNIT
    with pytest.raises(UserError) as secret:
        successor_key(store, other, "không phải mật khẩu")
    assert secret.value.code is Code.WRONG_PASSPHRASE
    store.close()
