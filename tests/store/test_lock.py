"""The lock of the operating system is freed with its holder and leaves no file behind."""

from pathlib import Path

from hoctap_desktop.store.lock import take


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    first = take(path)
    assert first is not None
    assert take(path) is None
    first.release()
    first.release()
    assert not path.exists()
    second = take(path)
    assert second is not None
    second.release()


def test_a_lock_file_left_by_a_killed_program_locks_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_text("")
    held = take(path)
    assert held is not None
    held.release()
