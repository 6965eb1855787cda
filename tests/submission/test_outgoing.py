"""Handing a file out: made once, written stage by stage, and told why a stick did not take it."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation import files
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import Stage
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission.enrolment import init_key, request
from hoctap_desktop.submission.outgoing import made_folder, outbox, sealed_file, write_enrolment, write_to
from hoctap_desktop.submission.seal import seal_enrolment
from hoctap_desktop.submission.unseal import unseal
from tests.offices import HA_THUONG, commune_store, report_draft
from tests.submission import packages
from tests.submission.packages import AT, PDF, commune_key

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Hà Thượng's store with a final report and a key."""
    opened = commune_store(tmp_path / "xa.hoctap")
    filings.begin(opened, report_draft({"participants": 1248}))
    answers = filing_json(filings.current(opened, ID))
    filings.freeze(opened, ID, answers, PDF, paper_code(answers), AT)
    yield opened
    opened.close()


def test_a_draft_cannot_go_out(tmp_path: Path) -> None:
    opened = commune_store(tmp_path / "khac.hoctap")
    filings.begin(opened, report_draft({}))
    assert outbox(opened).outgoing == ()
    opened.close()


def test_the_outbox_holds_the_last_final_revision_though_a_draft_follows(store: Store) -> None:
    filings.amend(store, ID, AT)
    found = outbox(store).of(ID)
    assert found is not None
    assert (found.filing.revision, found.sealed, found.same_as_paper) == (1, None, True)
    assert outbox(store).fingerprint == ""


def test_without_a_key_nothing_is_sealed_and_what_was_sealed_needs_none(store: Store) -> None:
    with pytest.raises(UserError) as refusal:
        sealed_file(store, ID, None, AT)
    assert refusal.value.code is Code.KEY_MISSING
    key = init_key(store, "mật khẩu dài", AT, rounds=1000)
    made = sealed_file(store, ID, key, AT)
    assert sealed_file(store, ID, None, AT) == made
    found = outbox(store).of(ID)
    assert found is not None
    assert (found.sealed, found.sealed_at) == (made, AT)


def test_the_stages_are_told_in_their_order(tmp_path: Path) -> None:
    stages: list[Stage] = []
    path = write_to(tmp_path, "a.htgoi", b"xyz", stages.append)
    assert path.read_bytes() == b"xyz"
    assert stages == [Stage.WRITTEN, Stage.FLUSHED, Stage.COMPARED]


def test_a_stick_that_is_gone_is_told_and_no_folder_is_made_in_its_place(tmp_path: Path) -> None:
    gone = tmp_path / "KINGSTON"
    with pytest.raises(UserError) as refusal:
        write_to(gone, "a.htgoi", b"x", lambda _: None)
    assert refusal.value.code is Code.STICK_GONE
    assert not gone.exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.DISK_FULL),
        (errno.EIO, Code.STICK_GONE),
        (errno.ENODEV, Code.STICK_GONE),
        (errno.EROFS, Code.STICK_READ_ONLY),
        (errno.EACCES, Code.STICK_READ_ONLY),
        (errno.ENAMETOOLONG, Code.FILE_UNWRITABLE),
    ],
)
def test_what_a_stick_answers_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("os.fsync", fail)
    stages: list[Stage] = []
    with pytest.raises(UserError) as refusal:
        write_to(tmp_path, "a.htgoi", b"x", stages.append)
    assert refusal.value.code is code
    assert stages == [Stage.WRITTEN]
    assert list(tmp_path.iterdir()) == []


def test_a_stick_without_room_is_told_before_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=70_000))
    (tmp_path / "a.htgoi").write_bytes(b"older")
    stages: list[Stage] = []
    with pytest.raises(UserError) as refusal:
        write_to(tmp_path, "a.htgoi", bytes(10_000), stages.append)
    assert refusal.value.code is Code.STICK_FULL
    assert "0,1 MB" in str(refusal.value)
    assert stages == []
    assert (tmp_path / "a.htgoi").read_bytes() == b"older"


def test_a_stick_that_may_only_be_read_is_told_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.statvfs", lambda _folder: SimpleNamespace(f_flag=os.ST_RDONLY), raising=False)
    stages: list[Stage] = []
    with pytest.raises(UserError) as refusal:
        write_to(tmp_path, "a.htgoi", b"x", stages.append)
    assert refusal.value.code is Code.STICK_READ_ONLY
    assert stages == []


def test_the_copy_of_what_was_sealed_is_kept_read_only(store: Store, tmp_path: Path) -> None:
    sealed = sealed_file(store, "2022-report", commune_key(), AT)
    (kept,) = (path for path in store.files.glob("*.htgoi"))
    assert kept.read_bytes() == sealed.data
    assert kept.stat().st_mode & 0o222 == 0
    write_to(tmp_path, sealed.name, sealed.data)
    assert kept.exists()
    assert (tmp_path / sealed.name).stat().st_mode & 0o200, "the file on the stick is the person's"


def test_a_folder_with_read_only_files_in_it_can_be_removed(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "b").write_bytes(b"x")
    (folder / "b").chmod(0o444)
    files.remove_folder(folder)
    assert not folder.exists()
    files.remove_folder(folder)  # what is gone is gone


def test_bytes_that_come_back_changed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_is_on_medium", lambda *_: False)
    stages: list[Stage] = []
    with pytest.raises(UserError) as refusal:
        write_to(tmp_path, "a.htgoi", b"x", stages.append)
    assert refusal.value.code is Code.READ_BACK_DIFFERS
    assert Stage.COMPARED not in stages


def test_a_request_to_register_lies_beside_its_sheet(store: Store, tmp_path: Path) -> None:
    key = init_key(store, "mật khẩu dài", AT, rounds=1000)
    folder = tmp_path / "usb"
    folder.mkdir()
    file, sheet = write_enrolment(request(store, key, AT), folder, lambda _: None)
    assert unseal(file.read_bytes(), file.name).envelope.fingerprint == key.fingerprint
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stem == file.stem


def test_the_package_of_another_unit_is_never_written_over(tmp_path: Path) -> None:
    theirs = packages.sealed()
    path = tmp_path / "a.htgoi"
    path.write_bytes(theirs.data)
    other = replace(HA_THUONG, code="05813", short_name="UBND xã Sơn Hạ")
    for mine in (
        seal_enrolment(other, packages.other_key(), packages.UPPER, AT),
        packages.sealed(revision=2, previous=theirs.package_id),
        packages.sealed(answers={"participants": 3}),
    ):
        with pytest.raises(UserError) as refusal:
            write_to(tmp_path, path.name, mine.data)
        assert refusal.value.code is Code.FILE_IN_THE_WAY
        assert "Báo cáo 2022, lần 1 của «UBND xã Hà Thượng» (mã 05812)" in str(refusal.value)
        assert path.read_bytes() == theirs.data


def test_the_same_package_and_a_broken_copy_are_written_over(tmp_path: Path) -> None:
    mine = packages.sealed()
    path = tmp_path / mine.name
    for there in (mine.data, mine.data[:-40], b"Thumbs"):
        path.write_bytes(there)
        assert write_to(tmp_path, mine.name, mine.data).read_bytes() == mine.data


def test_a_unit_with_a_new_key_writes_over_its_own_older_request(tmp_path: Path) -> None:
    old, new = (
        seal_enrolment(HA_THUONG, key, packages.UPPER, AT) for key in (packages.commune_key(), packages.other_key())
    )
    write_to(tmp_path, old.name, old.data)
    assert write_to(tmp_path, new.name, new.data).read_bytes() == new.data


def test_a_request_in_the_way_keeps_the_sheet_off_the_stick_too(store: Store, tmp_path: Path) -> None:
    asked = request(store, init_key(store, "mật khẩu dài", AT, rounds=1000), AT)
    folder = made_folder(tmp_path / "usb" / "khóa")
    there = folder / asked.sealed.name
    there.write_bytes(packages.sealed().data)
    with pytest.raises(UserError) as refusal:
        write_enrolment(asked, folder)
    assert refusal.value.code is Code.FILE_IN_THE_WAY
    assert [*folder.iterdir()] == [there]
