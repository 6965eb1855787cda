from pathlib import Path

from hoctap_desktop.filing.doubts import doubts_of, keep_doubts, seen
from hoctap_desktop.store.check import check
from hoctap_desktop.store.database import open_store
from tests.offices import CLOCK, commune_store

FOUND = [(12, "1. Mục đích", "Không rõ cấp."), (0, "", "Không thấy địa danh.")]


def test_doubts_stay_over_a_restart_until_they_are_seen(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    keep_doubts(store, "2022-plan", FOUND)
    keep_doubts(store, "2023-plan", FOUND[:1])
    store.close()
    store = open_store(tmp_path / "a.hoctap", CLOCK)
    first, second = doubts_of(store, "2022-plan")
    assert [(first.line, first.words, first.why), (second.line, second.words, second.why)] == FOUND
    assert check(store) == ()
    seen(store, first.number)
    assert doubts_of(store, "2022-plan") == (second,)
    assert keep_doubts(store, "2022-plan", []) == ()
    assert len(doubts_of(store, "2023-plan")) == 1
    store.close()


def test_a_changed_doubt_is_damage(tmp_path: Path) -> None:
    store = commune_store(tmp_path / "a.hoctap")
    keep_doubts(store, "2022-plan", FOUND)
    with store.atomic() as db:
        db.execute("UPDATE doubt SET why = 'khác' WHERE line = 12")
    assert [damage.where for damage in check(store)] == ["chỗ máy chưa chắc của kế hoạch 2022"]
    store.close()
