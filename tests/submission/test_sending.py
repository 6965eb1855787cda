from collections.abc import Iterator
from pathlib import Path

import pytest

from hoctap_desktop.campaign.repository import save_office
from hoctap_desktop.document.code import paper_code
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.filing.attaching import attach, beside, remove
from hoctap_desktop.filing.content import filing_json
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store
from hoctap_desktop.submission import container, repository
from hoctap_desktop.submission.enrolment import init_key
from hoctap_desktop.submission.keys import Key
from hoctap_desktop.submission.manifest import unit_name
from hoctap_desktop.submission.sending import already_sealed, seal, upper_unit
from hoctap_desktop.submission.unseal import unseal
from tests.offices import HA_THUONG, commune_store, report_draft
from tests.signed_pdf import sign
from tests.submission.packages import AT, NOW, PDF, PNG

ID = "2022-report"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Hà Thượng's store with a final report."""
    opened = commune_store(tmp_path / "xa.hoctap")
    filings.begin(opened, report_draft({"participants": 1248}))
    freeze(opened)
    yield opened
    opened.close()


@pytest.fixture
def key(store: Store) -> Key:
    return init_key(store, "mật khẩu dài", AT, rounds=1000)


def freeze(store: Store) -> None:
    answers = filing_json(filings.current(store, ID))
    filings.freeze(store, ID, answers, PDF, paper_code(answers), AT)


def test_a_final_filing_is_sealed_for_the_upper_unit(store: Store, key: Key) -> None:
    opened = unseal(seal(store, ID, key, AT).data)
    assert opened.filing.answers == {"participants": 1248}
    assert opened.manifest.recipient == unit_name(upper_unit(store))
    assert (opened.manifest.series, opened.manifest.revision, opened.manifest.previous) == (ID, 1, None)
    assert opened.paper_code == filings.current(store, ID).paper_code
    assert [entry.data for entry in opened.prints] == [PDF]


def test_a_file_too_heavy_is_not_signed_and_names_what_makes_it_so(
    store: Store, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "ảnh lễ.png", tmp_path / "quét.png"]
    for path, size in zip(files, (9_000, 30_000), strict=True):
        path.write_bytes(PNG + bytes(size))
    assert not attach(store, ID, files).refused
    monkeypatch.setattr(container, "MAX_FILE", 40_000)
    with pytest.raises(UserError) as refused:
        seal(store, ID, key, NOW)
    assert refused.value.code is Code.PACKAGE_TOO_HEAVY
    assert "«quét.png» 29 KB, «ảnh lễ.png» 9 KB" in str(refused.value)
    assert not repository.sent_packages(store)
    monkeypatch.undo()
    assert seal(store, ID, key, NOW).data


def test_the_same_revision_is_handed_out_byte_for_byte(store: Store, key: Key) -> None:
    assert already_sealed(store, ID) is None
    first = seal(store, ID, key, AT)
    assert seal(store, ID, key, NOW) == first
    assert already_sealed(store, ID) == first
    assert len(repository.sent_packages(store)) == 1


def test_the_next_revision_names_the_one_before(store: Store, key: Key) -> None:
    first = seal(store, ID, key, AT)
    filings.amend(store, ID, NOW)
    assert seal(store, ID, key, NOW) == first  # the amendment is a draft still
    filings.set_answer(store, ID, "participants", 1300, NOW)
    freeze(store)
    second = unseal(seal(store, ID, key, NOW).data)
    assert (second.manifest.revision, second.manifest.previous) == (2, first.package_id)
    assert [sent.package_id for sent in repository.sent_packages(store)] == [first.package_id, second.package_id]


def test_a_draft_is_not_sealed(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "b.hoctap")
    filings.begin(store, report_draft({"participants": 1}))
    with pytest.raises(UserError) as refusal:
        seal(store, ID, init_key(store, "mật khẩu dài", AT, rounds=1000), AT)
    store.close()
    assert refusal.value.code is Code.FILING_NOT_FINAL


def test_an_office_without_an_upper_unit_cannot_send(store: Store, key: Key) -> None:
    save_office(store, HA_THUONG, [], None, [])
    with pytest.raises(UserError) as refusal:
        seal(store, ID, key, AT)
    assert refusal.value.code is Code.NO_UPPER_UNIT
    assert repository.sent_packages(store) == ()


def test_a_kept_file_that_was_changed_is_told(store: Store, key: Key) -> None:
    seal(store, ID, key, AT)
    assert check(store) == ()
    kept = next(store.files.glob("*.htgoi"))
    kept.write_bytes(kept.read_bytes() + b"x")
    with pytest.raises(UserError) as refusal:
        already_sealed(store, ID)
    assert refusal.value.code is Code.STORE_DAMAGED
    assert "báo cáo 2022, lần 1" in check(store)[0].where


def test_the_attached_files_travel_under_their_numbers_with_the_names_they_had(
    store: Store, key: Key, tmp_path: Path
) -> None:
    scan = sign(PDF, "Chu tich")
    for name, data in (
        ("Bản ký, đóng dấu.PDF", scan),
        ("Ảnh lễ khai mạc.jpeg", b"\xff\xd8\xff" + bytes(40)),
        ("thừa.png", PNG),
    ):
        (tmp_path / name).write_bytes(data)
        assert not attach(store, ID, [tmp_path / name]).refused
    remove(store, beside(store, ID).files[2].number)
    opened = unseal(seal(store, ID, key, AT).data)
    assert [(e.name, e.data) for e in opened.attachments] == [
        ("attachments/001.pdf", scan),
        ("attachments/002.jpg", b"\xff\xd8\xff" + bytes(40)),
    ]
    assert list(opened.manifest.attachments.values()) == ["Bản ký, đóng dấu.PDF", "Ảnh lễ khai mạc.jpeg"]
    assert [note.code for note in opened.notes] == [Code.SIGNED_PDF]


def test_a_sealed_revision_keeps_its_list(store: Store, key: Key, tmp_path: Path) -> None:
    picture = tmp_path / "ảnh.png"
    picture.write_bytes(PNG)
    attach(store, ID, [picture])
    seal(store, ID, key, AT)
    assert not beside(store, ID).open
    for act in (lambda: attach(store, ID, [picture]), lambda: remove(store, beside(store, ID).files[0].number)):
        with pytest.raises(UserError) as refusal:
            act()
        assert refusal.value.code is Code.ATTACHMENTS_CLOSED
    assert check(store) == ()
