from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hoctap_desktop.filing import attachment_rows, repository
from hoctap_desktop.filing.attaching import attach, attach_to, beside, contents, put_back, remove, share
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store
from tests.offices import CLOCK, NOW, commune_store, report_draft
from tests.signed_pdf import plain, sign

ID = "2022-report"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = commune_store(tmp_path / "xa.hoctap")
    repository.begin(opened, report_draft({}))
    yield opened
    opened.close()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def finalise(store: Store) -> None:
    draft = repository.current(store, ID)
    repository.freeze(store, ID, filing_json(draft), b"%PDF-", "A" * 12, NOW)


def test_bytes_are_kept_exactly_and_survive_a_restart(store: Store, tmp_path: Path) -> None:
    data = sign(sign(plain(), "Van thu"), "Chu tich")
    (one,) = attach(store, ID, [written(tmp_path, "Bản ký.pdf", data)]).taken
    assert (one.name, one.signatures, one.active, one.size) == ("Bản ký.pdf", 2, False, len(data))
    store.close()
    again = open_store(tmp_path / "xa.hoctap", CLOCK)
    try:
        assert beside(again, ID).files == (one,)
        assert contents(again, one) == data
        assert check(again) == ()
    finally:
        again.close()


def test_each_file_of_a_drop_is_judged_for_itself(store: Store, tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "ảnh.png", PNG),
        written(tmp_path, "giả.pdf", PNG),
        written(tmp_path, "cùng ảnh.png", PNG),
        tmp_path / "không có.pdf",
        tmp_path,
        written(tmp_path, "ghi chú.txt", b"x"),
    ]
    steps: list[tuple[int, int]] = []
    done = attach(store, ID, paths, lambda at, of, _what="": steps.append((at, of)))
    assert [one.name for one in done.taken] == ["ảnh.png"]
    assert [(one.name, one.why.code) for one in done.refused] == [
        ("giả.pdf", Code.ATTACHMENT_KIND),
        ("cùng ảnh.png", Code.ATTACHED_ALREADY),
        ("không có.pdf", Code.FILE_UNREADABLE),
        (tmp_path.name, Code.ATTACHMENT_KIND),
        ("ghi chú.txt", Code.ATTACHMENT_KIND),
    ]
    assert steps[-1] == (6, 6)


def test_a_file_too_large_is_refused_without_being_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "phim.pdf"
    with path.open("wb") as file:
        file.truncate(40 * 2**20)  # no bytes on the disk: reading it would still give 40 MiB
    before = set(store.files.glob("*")) if store.files.exists() else set()
    (refused,) = attach(store, ID, [path]).refused
    assert refused.why.code is Code.ATTACHMENT_TOO_LARGE
    assert (set(store.files.glob("*")) if store.files.exists() else set()) == before


def test_a_file_taken_away_lies_in_the_trash_and_comes_back(store: Store, tmp_path: Path) -> None:
    (one,) = attach(store, ID, [written(tmp_path, "ảnh.png", PNG)]).taken
    remove(store, one.number)
    assert beside(store, ID).files == ()
    assert [gone.number for gone in attachment_rows.removed(store)] == [one.number]
    put_back(store, one.number)
    assert beside(store, ID).files == (one,)
    assert contents(store, one) == PNG
    with pytest.raises(UserError) as refusal:
        remove(store, 99)
    assert refusal.value.code is Code.ATTACHMENT_UNKNOWN


def test_a_final_paper_keeps_its_files_and_takes_its_signed_scan(store: Store, tmp_path: Path) -> None:
    (first,) = attach(store, ID, [written(tmp_path, "ảnh.png", PNG)]).taken
    finalise(store)
    with pytest.raises(UserError) as refusal:
        remove(store, first.number)
    assert refusal.value.code is Code.ATTACHMENT_FIXED
    store.clock = lambda: NOW + timedelta(hours=1)
    (scan,) = attach(store, ID, [written(tmp_path, "bản ký.pdf", sign(plain(), "A"))]).taken
    assert beside(store, ID).fixed == {first.number}
    remove(store, scan.number)
    put_back(store, scan.number)
    repository.amend(store, ID, NOW)
    copied = beside(store, ID).files
    assert [(one.name, one.revision) for one in copied] == [("ảnh.png", 2)]
    assert [one.name for one in attachment_rows.attached(store, ID, 1)] == ["ảnh.png", "bản ký.pdf"]
    remove(store, copied[0].number)
    assert beside(store, ID).files == ()


def test_a_revision_numbered_above_what_the_upper_unit_knows_keeps_its_files(store: Store, tmp_path: Path) -> None:
    attach(store, ID, [written(tmp_path, "ảnh.png", PNG)])
    finalise(store)
    repository.amend(store, ID, NOW, least=4)
    assert [(one.name, one.revision) for one in beside(store, ID).files] == [("ảnh.png", 4)]


def test_a_photo_of_the_diary_is_shared_with_the_report(store: Store, tmp_path: Path) -> None:
    (one,) = attach_to(store, "diary-7", 0, [written(tmp_path, "ảnh.png", PNG)]).taken
    shared = share(store, one.number, ID)
    assert (shared.owner, shared.revision, shared.kept) == (ID, 1, one.kept)
    with pytest.raises(UserError) as refusal:
        share(store, one.number, ID)
    assert refusal.value.code is Code.ATTACHED_ALREADY
    assert attachment_rows.owners(store) == {"diary-7": 1, ID: 1}


def test_a_file_changed_beside_the_store_is_named(store: Store, tmp_path: Path) -> None:
    (one,) = attach(store, ID, [written(tmp_path, "ảnh.png", PNG)]).taken
    (store.files / f"{one.kept}.png").write_bytes(b"other")
    assert [damage.where for damage in check(store)] == ["tệp kèm «ảnh.png» của báo cáo 2022"]
    with pytest.raises(UserError) as refusal:
        contents(store, one)
    assert refusal.value.code is Code.STORE_DAMAGED


def test_a_changed_row_is_damage(store: Store, tmp_path: Path) -> None:
    attach(store, ID, [written(tmp_path, "ảnh.png", PNG)])
    with store.atomic() as db:
        db.execute("UPDATE attachment SET name = 'khác.png'")
    with pytest.raises(UserError) as refusal:
        beside(store, ID)
    assert refusal.value.code is Code.STORE_DAMAGED
