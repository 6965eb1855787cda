"""The trash holds everything that was taken away, whatever it was, and gives each thing back."""

from datetime import datetime, timedelta
from pathlib import Path

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.filing import attaching, repository
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.filings import set_answer
from hoctap_desktop.office.going_back import remove_draft
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.office.trash import put_back, trash
from hoctap_desktop.store.check import check

REPORT, PLAN = "2022-report", "2022-plan"


class Ticking:
    def __init__(self) -> None:
        self.at = datetime(2022, 10, 12, 10, 32, 0, tzinfo=VIETNAM)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def test_four_kinds_of_things_lie_in_it_and_each_comes_back(tmp_path: Path) -> None:
    store = make_sample(tmp_path / "a.hoctap", Ticking())
    before = repository.current(store, PLAN)
    photo = tmp_path / "anh.pdf"
    photo.write_bytes(b"%PDF-1.4\n%%EOF\n")
    classes = repository.current(store, REPORT).answers["class_list"]
    assert isinstance(classes, list)
    set_answer(store, REPORT, "class_list", classes[1:])
    (attached,) = attaching.attach(store, REPORT, [photo]).taken
    attaching.remove(store, attached.number)
    diary.write(store, 91, "2022", {"title": "Lễ phát động"}, store.clock())
    diary.set_removed(store, 91, store.clock(), removed=True)
    remove_draft(store, PLAN)

    found = trash(store, "2022")
    assert [(one.kind, one.title) for one in found] == [
        ("draft", "Bản nháp Kế hoạch 2022, lần 1"),
        ("entry", "Nhật ký: Lễ phát động"),
        ("file", "Tệp kèm: anh.pdf"),
        ("item", found[3].title),
    ]
    assert "danh sách lớp: Dùng điện thoại thông minh an toàn, 31 học viên" in found[3].title

    assert [put_back(store, one) for one in found] == [PLAN, "", REPORT, REPORT]
    assert trash(store, "2022") == ()
    assert repository.current(store, PLAN) == before
    assert repository.current(store, REPORT).answers["class_list"] == classes
    assert 91 in [one.number for one in diary.entries(store, "2022")]
    assert [one.number for one in attaching.beside(store, REPORT).files] == [attached.number]
    assert check(store) == ()
    store.close()
