"""After the program was cut off it says what is there, until when; and once only."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from hoctap_desktop.diary import repository as diary
from hoctap_desktop.filing import repository as filings
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.office.filings import set_answer
from hoctap_desktop.office.recovery import forget, recovered
from hoctap_desktop.office.sample import make_sample
from hoctap_desktop.store import sitting
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import Store, open_store

REPORT, PLAN = "2022-report", "2022-plan"


class Ticking:
    """10:32:00, and a second more with each look."""

    def __init__(self) -> None:
        self.at = datetime(2022, 10, 12, 10, 32, 0, tzinfo=VIETNAM)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def worked(folder: Path) -> Store:
    """A sample office, opened anew and at work."""
    make_sample(folder / "a.hoctap", Ticking()).close()
    return open_store(folder / "a.hoctap", Ticking())


def after_a_power_cut(store: Store) -> Store:
    """The store opened from what was on the disk while the other one was open."""
    copy = store.path.with_name("cut.hoctap")
    for suffix in ("", "-wal"):
        shutil.copy(store.path.with_name(store.path.name + suffix), copy.with_name(copy.name + suffix))
    return open_store(copy, Ticking())


def test_what_was_typed_before_a_power_cut_is_named_with_its_moment(tmp_path: Path) -> None:
    store = worked(tmp_path)
    body = str(filings.current(store, PLAN).answers["body"])
    headings = [line for line in body.splitlines() if line.startswith("# ")]
    set_answer(store, PLAN, "body", body.replace(headings[1], f"{headings[1]}\n\nMột câu mới."))
    for number, field in enumerate(("participants", "leaflets", "participants", "banners")):
        set_answer(store, REPORT, field, 700 + number)
    diary.write(store, 1, "2022", {"title": "Lễ phát động"}, store.clock())
    again = after_a_power_cut(store)
    found = recovered(again)
    assert found is not None
    assert [(one.filing, one.words, one.field) for one in found.kept] == [
        (PLAN, "mục II", "body"),
        (REPORT, "3 ô", "banners"),
    ]
    assert found.sentence == (
        "Lần trước chương trình dừng đột ngột lúc khoảng 10:32 ngày 12/10/2022. "
        f"Đã giữ đủ đến {found.until:%H:%M:%S}: Kế hoạch (mục II), Báo cáo (3 ô), Nhật ký (1 việc)."
    )
    assert found.until == store.clock.at if isinstance(store.clock, Ticking) else False
    assert check(again) == ()
    again.close()
    store.close()


def test_changes_of_today_are_not_said_to_have_come_back(tmp_path: Path) -> None:
    store = worked(tmp_path)
    set_answer(store, REPORT, "participants", 701)
    again = after_a_power_cut(store)
    set_answer(again, REPORT, "leaflets", 5)
    set_answer(again, PLAN, "subject", "Tên khác")
    found = recovered(again)
    assert found is not None
    assert [(one.filing, one.words) for one in found.kept] == [(REPORT, "1 ô")]
    forget(again)
    assert recovered(again) is None
    again.close()
    store.close()


def test_a_program_that_was_closed_has_nothing_to_say(tmp_path: Path) -> None:
    store = worked(tmp_path)
    set_answer(store, REPORT, "participants", 701)
    store.close()
    again = open_store(store.path, Ticking())
    assert recovered(again) is None
    again.close()


def test_the_name_of_the_person_is_not_in_what_is_said(tmp_path: Path) -> None:
    store = worked(tmp_path)
    sitting.be(store, "Nguyễn Thị Lan")
    set_answer(store, REPORT, "participants", 701)
    again = after_a_power_cut(store)
    found = recovered(again)
    assert found is not None
    assert "Lan" not in found.sentence
    again.close()
    store.close()
