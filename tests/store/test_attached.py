"""Files beside the store: named by what is in them, found changed when they are."""

from pathlib import Path

import pytest

from hoctap_desktop.filing.attaching import attach, remove
from hoctap_desktop.filing.repository import begin
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.attached import fetch, keep, keep_packages, listed, sweep, unnamed
from hoctap_desktop.store.copies import snapshot
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.seal import EXTENSION, Attachment, Sealed
from tests.offices import commune_store, report_draft
from tests.submission.packages import PNG, sealed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return commune_store(tmp_path / "a.hoctap")


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed(attachments=(Attachment("ảnh.png", PNG),))


def _changed(store: Store, name: str, suffix: str, data: bytes) -> Code:
    path = store.files / f"{name}{suffix}"
    path.chmod(0o600)
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        fetch(store, name, suffix)
    return refused.value.code


def test_what_is_kept_comes_back_and_cannot_be_written_over(store: Store) -> None:
    name = keep(store, b"%PDF-1.7", ".pdf")
    assert fetch(store, name, ".pdf") == b"%PDF-1.7"
    assert not (store.files / f"{name}.pdf").stat().st_mode & 0o222
    assert keep(store, b"%PDF-1.7", ".pdf") == name


def test_a_file_that_changed_or_went_is_told(store: Store) -> None:
    name = keep(store, b"%PDF-1.7", ".pdf")
    assert _changed(store, name, ".pdf", b"%PDF-1.8") is Code.STORE_DAMAGED
    (store.files / f"{name}.pdf").unlink()
    with pytest.raises(UserError) as refused:
        fetch(store, name, ".pdf")
    assert refused.value.code is Code.STORE_DAMAGED


def test_a_package_is_kept_under_its_own_id(store: Store, package: Sealed) -> None:
    name = package.package_id
    keep_packages(store, [(package.data, name)], EXTENSION)
    assert name == package.package_id
    assert fetch(store, name, EXTENSION) == package.data


def test_any_changed_byte_of_a_kept_package_is_found(store: Store, package: Sealed) -> None:
    """The content of every entry, the signature too."""
    name = package.package_id
    keep_packages(store, [(package.data, name)], EXTENSION)
    path = store.files / f"{name}{EXTENSION}"
    path.chmod(0o600)
    found = []
    for at in range(0, len(package.data), 7):
        data = bytearray(package.data)
        data[at] ^= 0x10
        path.write_bytes(data)
        try:
            fetch(store, name, EXTENSION)
            found.append(at)
        except UserError as refused:
            assert refused.code is Code.STORE_DAMAGED  # noqa: PT017 - each of many
    # what a ZIP says twice, or of itself only, is judged when the package is opened
    assert [at for at in found if _is_content(package.data, at)] == []


def _is_content(data: bytes, at: int) -> bool:
    """True for a byte inside an entry's data."""
    begin = 0
    while data.startswith(b"PK\x03\x04", begin):
        size = int.from_bytes(data[begin + 18 : begin + 22], "little")
        start = begin + 30 + int.from_bytes(data[begin + 26 : begin + 28], "little")
        if start <= at < start + size:
            return True
        begin = start + size
    return False


def test_another_package_under_the_same_name_is_told(store: Store, package: Sealed) -> None:
    name = package.package_id
    keep_packages(store, [(package.data, name)], EXTENSION)
    assert _changed(store, name, EXTENSION, sealed(2).data) is Code.STORE_DAMAGED
    assert _changed(store, name, EXTENSION, package.data[:-30]) is Code.STORE_DAMAGED
    assert _changed(store, name, EXTENSION, b"") is Code.STORE_DAMAGED


# --- what no row names --------------------------------------------------------------------------------------------


def _attached(store: Store, folder: Path) -> Path:
    """A file a row names."""
    source = folder / "ảnh.png"
    source.write_bytes(PNG)
    (one,) = attach(store, store.query("SELECT id FROM filing")[0][0], [source]).taken
    return store.files / f"{one.kept}.png"


@pytest.fixture
def named_file(store: Store, tmp_path: Path) -> Path:
    begin(store, report_draft({}))
    return _attached(store, tmp_path)


def test_what_no_row_names_is_swept_and_what_one_names_stays(store: Store, named_file: Path) -> None:
    assert unnamed(store) == frozenset()
    keep(store, b"never named", EXTENSION)
    (store.files / ".hoctap-0123456789abcdef.tmp").write_bytes(b"half")
    (store.files / "ghi chú của ai đó.txt").write_text("not ours")
    assert len(unnamed(store)) == 2
    assert sweep(store) == 2
    assert {path.name for path in store.files.iterdir()} == {named_file.name, "ghi chú của ai đó.txt"}
    assert sweep(store) == 0


def test_a_file_in_the_trash_is_named_still(store: Store, named_file: Path) -> None:
    remove(store, 1)
    assert sweep(store) == 0
    assert named_file.exists()


def test_files_that_lay_there_before_are_left_when_told_so(store: Store, named_file: Path) -> None:
    keep(store, b"of before", EXTENSION)
    before = listed(store)
    keep(store, b"of what was broken off", EXTENSION)
    assert sweep(store, before) == 1
    assert listed(store) == before
    assert named_file.name in before


def test_nothing_is_swept_while_a_row_that_names_files_is_damaged(store: Store, named_file: Path) -> None:
    with store.atomic() as db:
        db.execute("UPDATE attachment SET kept = replace(kept, substr(kept, 1, 1), 'x')")
    assert unnamed(store) == {named_file.name}
    assert sweep(store) == 0
    assert named_file.exists()


def test_a_copy_does_not_carry_what_no_row_names(store: Store, named_file: Path, tmp_path: Path) -> None:
    keep(store, b"never named", EXTENSION)
    (tmp_path / "taken").mkdir()
    assert [path.name for path in snapshot(store, tmp_path / "taken").files] == [named_file.name]
