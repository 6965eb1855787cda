"""hoctap receive --inbox, turns and beside, as typed."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from hoctap_desktop.cli import main
from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import inbox, reviewing, turns
from hoctap_desktop.consolidation.status import ReviewAct
from hoctap_desktop.store.attached import keep, unnamed
from hoctap_desktop.store.database import open_store
from tests.consolidation.papers import COMMUNE, LOWER, accept_keys, paper, put
from tests.offices import CLOCK, upper_store

FIRST = paper(COMMUNE, {"participants": 10})
SECOND = paper(COMMUNE, {"participants": 25}, revision=2, previous=FIRST.package_id)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "STILL_AFTER_S", 0.0)


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "huyen.hoctap"
    made = upper_store(path)
    accept_keys(made)
    made.close()
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, object]]:
    code = main([*argv, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_watched_folder_is_taken_in_once(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(put(tmp_path / "nhan", FIRST, paper(LOWER, {"participants": 2})))
    code, found = answer(capsys, "receive", store, "--inbox", folder)
    assert (code, len(found["files"]), found["moving"]) == (0, 2, 0)  # type: ignore[arg-type]
    code, again = answer(capsys, "receive", store, "--inbox", folder)
    assert (code, again["batch"], again["files"], again["moving"]) == (0, None, [], 0)
    undone = answer(capsys, "receive", store, "--undo", str(found["batch"]))[1]
    assert len(undone["undone"]) == 2  # type: ignore[arg-type]
    assert len(answer(capsys, "receive", store, "--inbox", folder)[1]["files"]) == 2  # type: ignore[arg-type]


def test_a_folder_that_is_away_is_told(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receive", store, "--inbox", str(tmp_path / "E")]) == 1
    assert "Không thấy thư mục nhận «" in capsys.readouterr().err


def test_a_number_no_turn_can_have_is_misuse(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as misuse:
        main(["turns", store, "99999999999999999999"])
    assert misuse.value.code == 2
    assert main(["turns", store, "999"]) == 1
    assert "Không có lượt tiếp nhận số 999" in capsys.readouterr().err


def test_one_way_of_receiving_at_a_time(store: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as misuse:
        main(["receive", store, str(tmp_path), "--inbox", str(tmp_path)])
    assert misuse.value.code == 2


def test_turns_are_listed_opened_and_printed(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "turns", store)[1]["turns"] == []
    answer(capsys, "receive", store, str(put(tmp_path / "usb", FIRST)))
    found = answer(capsys, "turns", store)[1]["turns"]
    assert isinstance(found, list)
    (listed,) = found
    assert (listed["number"], listed["files"], listed["undone"]) == (1, 1, False)
    pdf, xlsx = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    assert main(["turns", store, "1", "--pdf", str(pdf), "--xlsx", str(xlsx)]) == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert xlsx.read_bytes().startswith(b"PK")
    assert main(["turns", store, "9"]) == 1
    assert "Không có lượt tiếp nhận số 9" in capsys.readouterr().err


def test_a_file_that_could_not_be_taken_in_is_put_aside_and_back(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "hong.htgoi"
    bad.write_bytes(b"PK\x03\x04")
    assert answer(capsys, "receive", store, str(bad))[0] == 1
    assert answer(capsys, "turns", store, "--aside", "hong.htgoi")[1]["aside"] is True
    assert answer(capsys, "turns", store, "1")[1]["turn"]["files"][0]["outcome"] == "put_aside"  # type: ignore[index]
    assert answer(capsys, "turns", store, "--aside", "hong.htgoi")[1]["aside"] is False
    assert main(["turns", store, "--aside", "khac.htgoi"]) == 1
    assert "«khac.htgoi»" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["turns", store, "1", "--aside", "hong.htgoi"])


def test_a_later_paper_is_compared_and_decided(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(capsys, "receive", store, str(put(tmp_path / "usb", FIRST)))
    with closing(open_store(Path(store), CLOCK)) as opened:
        reviewing.decide(opened, FIRST.package_id, ReviewAct.APPROVED)
    code, found = answer(capsys, "receive", store, str(put(tmp_path / "usb-2", SECOND)))
    assert (code, found["files"][0]["outcome"]) == (1, "beside")  # type: ignore[index]
    code, pair = answer(capsys, "beside", store, SECOND.package_id[:12])
    assert (code, pair["standing"]) == (0, "open")
    assert pair["cells"] == [{"field": "participants", "old": "10", "new": "25", "difference": "+15"}]
    for option, standing in ((["--keep"], "kept"), (["--return", "Xem lại"], "returned"), (["--take"], "taken")):
        assert answer(capsys, "beside", store, SECOND.package_id, *option)[1]["standing"] == standing
    assert answer(capsys, "beside", store, SECOND.package_id, "--reopen")[1]["standing"] == "open"
    assert main(["beside", store, SECOND.package_id, "--all", "--keep", "--who", "Hoa"]) == 0
    said = capsys.readouterr().out
    assert "bản lần 2 khác bản lần 1 đã duyệt ở 1 chỗ" in said
    assert "10 → 25 (+15)" in said
    assert "Hoa." in said
    assert main(["beside", store, FIRST.package_id]) == 1


def test_a_turn_that_was_killed_is_told_once_and_what_it_left_is_swept(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class KilledError(BaseException):
        pass

    def kill(done: int, total: int, what: str = "") -> None:
        if done:
            raise KilledError

    with closing(open_store(Path(store), CLOCK)) as opened:
        with pytest.raises(KilledError):
            desks.take_in(opened, kill, [put(tmp_path / "usb", FIRST)], "USB (E:)")
        keep(opened, b"of a paper whose row was never written", ".htgoi")
        assert (turns.turns(opened)[0].lines, len(unnamed(opened))) == ((), 1)
    assert answer(capsys, "doctor", store)[1]["unnamed"] == 1
    assert main(["doctor", store]) == 0
    assert "Có 1 tệp thừa cạnh tệp dữ liệu" in capsys.readouterr().out
    assert main(["turns", store]) == 0
    told = capsys.readouterr().out
    assert "dừng giữa chừng; đã giữ đủ 1 tệp. Hãy thả lại USB hoặc thư mục để nhận tiếp" in told
    assert "1. Lượt chiều 14/10/2022, từ USB (E:), 1 tệp; dừng giữa chừng. Đã nhận 1." in told
    assert main(["turns", store]) == 0
    assert "đã giữ đủ" not in capsys.readouterr().out
    assert answer(capsys, "turns", store)[1]["turns"][0]["broken_off"] is True  # type: ignore[index]
    assert answer(capsys, "doctor", store)[1]["unnamed"] == 0


def test_totals_name_who_sent_nothing_once_and_a_blank_where_it_is(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["receive", store, str(put(tmp_path / "usb", FIRST))])
    capsys.readouterr()
    assert main(["totals", store]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "thiếu: Trường THCS Hà Thượng" in told[0]
    assert not any("THCS Hà Thượng" in line for line in told[1:])
    blank = next(line for line in told if "hội thảo" in line)
    assert "chưa có số: UBND xã Hà Thượng" in blank
