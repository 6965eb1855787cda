"""Every turn is kept as it was told: opened again, printed, saved; one that was put back says so."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from hoctap_desktop.consolidation import desk as desks
from hoctap_desktop.consolidation import turns
from hoctap_desktop.consolidation.turn_paper import (
    broken_off_words,
    content_words,
    counts_words,
    grouped,
    turn_document,
    turn_sheets,
    turn_words,
    verdict_words,
)
from hoctap_desktop.consolidation.verdict_lines import Line, Outcome
from hoctap_desktop.document import fonts, pdf, sheet
from hoctap_desktop.document.layout import official
from hoctap_desktop.document.model import Table
from hoctap_desktop.document.table import column_widths
from hoctap_desktop.foundation.clock import fixed_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.progress import silent
from hoctap_desktop.store.database import Store
from hoctap_desktop.store.migrations import m0015_tree_and_campaign
from tests.consolidation.papers import COMMUNE, LOWER, NURSERY, accept_keys, key, paper, put
from tests.offices import NOW, dai_tu, upper_store


def words_of(data: bytes) -> str:
    """What is printed, the lines of all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


XLSX = b"PK\x03\x04 [Content_Types].xml xl/workbook.xml"


def take(store: Store, *paths: Path) -> desks.Desk:
    return desks.receive(store, silent, paths)


def test_every_turn_stays_and_can_be_opened_again(store: Store, stick: Path) -> None:
    (stick / "bao cao.xlsx").write_bytes(XLSX)
    first = take(store, put(stick, paper(COMMUNE, {"participants": 10})))
    second = take(store, put(stick / "b", paper(LOWER, {"participants": 3})))
    assert [one.number for one in turns.turns(store)] == [second.turn, first.turn]
    again = desks.read_turn(store, first.turn)
    assert again.past
    assert again.lines == first.lines
    assert {line.outcome for line in again.lines} == {Outcome.TAKEN, Outcome.REFUSED}
    assert not desks.read_turn(store, second.turn).past
    assert counts_words(first.lines) == "Cần xử lý 1, đã nhận 1"


def _files(lines: Sequence[Line]) -> list[tuple[str, str, bool]]:
    return [(line.file, line.outcome.value, line.left_over) for line in lines]


def _altered(stick: Path, name: str, code: str = NURSERY) -> Path:
    """A package that was copied badly, under the name the program gave it or another."""
    data = bytearray(paper(code, {"participants": 4}).data)
    data[len(data) // 2] ^= 1
    stick.mkdir(exist_ok=True)
    path = stick / name
    path.write_bytes(bytes(data))
    return path


def test_a_refused_file_stays_to_be_done_through_later_turns_and_is_not_counted_in_them(
    store: Store, stick: Path
) -> None:
    bad = _altered(stick, "hong.htgoi")
    take(store, bad)
    second = take(store, put(stick / "b", paper(COMMUNE, {"participants": 10})))
    third = take(store, put(stick / "c", paper(LOWER, {"participants": 3})))
    assert _files(third.lines)[0] == ("hong.htgoi", "refused", True)
    assert len(second.lines) == len(third.lines) == 2
    words = turn_words(NOW, "USB", third.lines, 0)
    assert words == "Lượt chiều 14/10/2022, từ USB, 1 tệp; còn 1 tệp của lượt trước"
    assert [head for head, _ in grouped(third.lines)] == ["Cần xử lý, 1 tệp của lượt trước", "Đã nhận, 1 tệp"]
    assert desks.to_look_at(store) == 1
    assert _files(desks.read_desk(store).lines) == _files(third.lines)
    (table,) = turn_sheets(dai_tu().own, NOW, "", third.lines)
    assert [row[1] for row in table.rows] == ["Cần xử lý (lượt trước)", "Đã nhận"]


def test_what_came_whole_since_or_was_read_again_is_left_over_no_more(store: Store, stick: Path) -> None:
    good = paper(NURSERY, {"participants": 4})
    other = _altered(stick, "ban-khac.htgoi", LOWER)
    take(store, _altered(stick, good.name), other)
    again = take(store, other.rename(stick / "doi-ten.htgoi"))
    assert [name for name, _, left_over in _files(again.lines) if left_over] == [good.name]
    whole = take(store, put(stick / "tot", good))
    assert _files(whole.lines) == [("doi-ten.htgoi", "refused", True), (good.name, "taken", False)]
    desks.undo(store, whole.batches)  # then nothing came whole
    assert [name for name, _, _ in _files(desks.read_desk(store).lines)] == [good.name, "doi-ten.htgoi"]


def test_a_good_file_of_another_unit_with_the_same_name_settles_nothing(store: Store, stick: Path) -> None:
    wrong, good = stick / "bao cao.htgoi", stick / "b" / "bao cao.htgoi"
    good.parent.mkdir()
    wrong.write_bytes(paper(NURSERY, {"participants": 4}, signed_by=LOWER).data)
    good.write_bytes(paper(COMMUNE, {"participants": 10}).data)
    (refused,) = take(store, wrong).lines
    assert (refused.outcome, refused.unit_code) == (Outcome.REFUSED, NURSERY)
    assert _files(take(store, good).lines)[0] == ("bao cao.htgoi", "refused", True)


def test_a_damaged_file_is_settled_by_what_it_says_it_is_and_not_by_its_name(store: Store, stick: Path) -> None:
    bad, good = _altered(stick, "bao cao.htgoi"), paper(COMMUNE, {"participants": 10})
    (stick / "b").mkdir()
    same_name = stick / "b" / bad.name
    same_name.write_bytes(good.data)
    (refused,) = take(store, bad).lines
    assert (refused.unit_code, refused.whose) == ("", f"{NURSERY} Báo cáo 2022")
    assert _files(take(store, same_name).lines)[0] == (bad.name, "refused", True)  # of another unit
    whole = paper(NURSERY, {"participants": 4})
    assert _files(take(store, put(stick / "c", whole)).lines) == [(whole.name, "taken", False)]
    assert desks.read_turn(store, 1).lines[0].whose == refused.whose  # kept with the turn


def test_a_file_that_says_nothing_is_settled_by_a_name_of_ours_alone(store: Store, stick: Path) -> None:
    good = paper(NURSERY, {"participants": 4})
    for name in ("bao cao.htgoi", good.name):
        (stick / name).write_bytes(b"PK" + bytes(100))
    take(store, stick)
    (stick / "b").mkdir()
    (stick / "b" / "bao cao.htgoi").write_bytes(paper(COMMUNE, {"participants": 10}).data)
    put(stick / "b", good)
    left = [name for name, _, left_over in _files(take(store, stick / "b").lines) if left_over]
    assert left == ["bao cao.htgoi"]


def test_a_file_that_was_put_aside_is_to_be_done_no_more_until_it_is_taken_back(store: Store, stick: Path) -> None:
    desk = take(store, _altered(stick, "hong.htgoi"))
    aside = desks.put_aside(store, desk, desk.lines[0])
    assert _files(desks.read_desk(store).lines) == [("hong.htgoi", "put_aside", False)]
    assert desks.to_look_at(store) == 0
    assert counts_words(aside.lines) == "Đã gác lại 1"
    back = desks.put_aside(store, aside, aside.lines[0])
    assert desks.to_look_at(store) == 1
    desks.put_aside(store, back, back.lines[0])
    later = take(store, put(stick / "b", paper(COMMUNE, {"participants": 10})))
    assert [line.outcome for line in later.lines] == [Outcome.TAKEN]


def test_digits_that_differed_are_remembered_through_turns_and_only_the_newest_is_read_for_it(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = take(store, put(stick, paper(NURSERY, {"participants": 4}, signed_by="99999")))
    (waits,) = [line for line in desk.lines if line.outcome is Outcome.WAITING]
    desks.refuse_key(store, desk, waits)
    for place, code in enumerate((COMMUNE, LOWER)):
        take(store, put(stick / str(place), paper(code, {"participants": 10})))
    read: list[int] = []
    made = turns._turn

    def told(store: Store, row: sqlite3.Row) -> turns.Turn:
        read.append(row["number"])
        return made(store, row)

    monkeypatch.setattr(turns, "_turn", told)
    assert [line.code for line in desks.read_desk(store).lines if line.outcome is Outcome.WAITING] == [
        Code.FINGERPRINT_DIFFERS
    ]
    assert set(read) == {3}


def test_only_a_refused_file_is_put_aside(store: Store, stick: Path) -> None:
    desk = take(store, put(stick, paper(COMMUNE, {})))
    with pytest.raises(UserError) as refused:
        desks.put_aside(store, desk, desk.lines[0])
    assert refused.value.code is Code.FILE_NOT_REFUSED


def test_a_folder_without_files_is_no_turn_though_something_is_left_of_the_last(store: Store, stick: Path) -> None:
    first = take(store, _altered(stick, "hong.htgoi"))
    empty = stick / "trong"
    empty.mkdir()
    assert take(store, empty).lines == ()
    assert [one.number for one in turns.turns(store)] == [first.turn]


def test_a_turn_that_was_broken_off_carries_on_what_was_left(store: Store, stick: Path) -> None:
    take(store, _altered(stick, "hong.htgoi"))
    second = take(store, put(stick / "b", paper(COMMUNE, {"participants": 10})))
    kept = turns.turn(store, second.turn)
    turns.keep_turn(store, replace(kept, lines=tuple(line for line in kept.lines if line.left_over)))  # as at a kill
    finished = desks.finish_broken_off(store)
    assert finished is not None
    assert finished.broken_off
    assert _files(finished.lines)[0] == ("hong.htgoi", "refused", True)
    assert [line.unit_code for line in finished.own] == [COMMUNE]


def test_a_turn_nobody_made_is_told(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        desks.read_turn(store, 7)
    assert refused.value.code is Code.TURN_UNKNOWN


def test_a_turn_that_was_put_back_stays_in_the_list_and_says_so(store: Store, stick: Path) -> None:
    first = take(store, put(stick, paper(COMMUNE, {"participants": 10})))
    desks.undo(store, first.batches)
    (kept,) = turns.turns(store)
    assert kept.undone_at is not None
    assert turns.last_turn(store) is None
    assert desks.read_desk(store).lines == ()
    assert desks.read_turn(store, first.turn).undone_at == kept.undone_at


def test_what_was_judged_is_known_by_its_bytes_until_its_turn_is_put_back(store: Store, stick: Path) -> None:
    (stick / "bao cao.xlsx").write_bytes(XLSX)
    desk = take(store, put(stick, paper(COMMUNE, {"participants": 10})))
    digests = {line.digest for line in desk.lines}
    assert "" not in digests
    assert turns.judged(store, digests | {"0" * 64}) == digests
    desks.undo(store, desk.batches)
    assert turns.judged(store, digests) == frozenset()


def test_thousands_of_files_are_counted_with_a_point() -> None:
    taken = [Line(f"{n}.htgoi", Outcome.TAKEN, "") for n in range(1200)]
    left = [Line(f"hong-{n}.htgoi", Outcome.REFUSED, "", left_over=True) for n in range(1001)]
    said = turn_words(NOW, "", (*left, *taken), 4000)
    assert said == "Lượt chiều 14/10/2022, 1.200 tệp; còn 1.001 tệp của lượt trước; không đọc 4.000 tệp khác"
    assert counts_words((*left, *taken)) == "Cần xử lý 1.001, đã nhận 1.200"
    heads = [head for head, _ in grouped((*left, replace(left[0], left_over=False), *taken))]
    assert heads == ["Cần xử lý, 1.002 tệp, 1.001 của lượt trước", "Đã nhận, 1.200 tệp"]
    assert "đã giữ đủ 1.200 tệp" in broken_off_words(NOW, 1200)


def test_paper_sheet_and_screen_use_the_same_words(store: Store, stick: Path) -> None:
    (stick / "bao cao.xlsx").write_bytes(XLSX)
    desk = take(
        store, put(stick, paper(COMMUNE, {"participants": 10}), paper(NURSERY, {"participants": 1}, signed_by="x"))
    )
    assert desk.at is not None
    own = dai_tu().own
    printed = " ".join(words_of(pdf.render(turn_document(own, desk.at, desk.source, desk.lines)).data).split())
    assert "DANH SÁCH TIẾP NHẬN" in printed
    assert "NGƯỜI TIẾP NHẬN" in printed
    (made,) = openpyxl.load_workbook(
        BytesIO(sheet.render(turn_sheets(own, desk.at, desk.source, desk.lines)))
    ).worksheets
    cells = {str(cell.value) for row in made.iter_rows() for cell in row}
    for line in desk.lines:
        assert verdict_words(line) in cells
        assert content_words(line).replace("\u00a0", " ") in cells
        assert verdict_words(line).split(".")[0].split("(")[0].split()[0] in printed


def test_long_names_of_files_do_not_squeeze_the_verdicts_on_paper(store: Store, stick: Path) -> None:
    """A name without a space took half the page: 168 files were fifteen pages of narrow columns."""
    name = "05812-ubnd-phuong-van-mieu-quoc-tu-giam-bao-cao-2022-lan-1.htgoi"
    (stick / name).write_bytes(paper(COMMUNE, {"participants": 10}).data)
    desk = take(store, stick)
    assert desk.at is not None
    (table,) = (b for b in turn_document(dai_tu().own, desk.at, "", desk.lines).blocks if isinstance(b, Table))
    layout = official()
    widths = column_widths(table, layout, fonts.measure())
    assert widths == pytest.approx([column.width * layout.page.text_width for column in table.columns], rel=0.05)


def test_an_undone_turn_says_so_on_its_paper(store: Store, stick: Path) -> None:
    desk = take(store, put(stick, paper(COMMUNE, {"participants": 10})))
    desks.undo(store, desk.batches)
    past = desks.read_turn(store, desk.turn)
    assert past.at is not None
    made = turn_document(dai_tu().own, past.at, past.source, past.lines, undone_at=past.undone_at)
    assert "Lượt này đã hoàn tác lúc 16:12 14/10/2022" in " ".join(words_of(pdf.render(made).data).split())


def test_the_last_turn_of_an_older_store_is_taken_over() -> None:
    """The step before kept one turn; it becomes the first of many."""
    import sqlite3

    from sqlite_utils import Database

    from hoctap_desktop.store.digest import row_digest
    from hoctap_desktop.store.migrations import STEPS, m0017_turns

    db = Database(sqlite3.connect(":memory:"), execute_plugins=False)
    for step in STEPS[: STEPS.index(m0017_turns)]:
        step(db)
    assert m0015_tree_and_campaign in STEPS
    row: dict[str, object] = {"id": 1, "content": '{"at": "2022-10-14T16:12:00+07:00", "lines": []}'}
    db.execute("INSERT INTO turn (id, content, digest) VALUES (?, ?, ?)", (*row.values(), row_digest(row)))
    m0017_turns(db)
    assert db.execute("SELECT number, begun_at, undone_at FROM turn_kept").fetchall() == [
        (1, "2022-10-14T16:12:00+07:00", None)
    ]
    assert "turn" not in db.table_names()


def test_a_clock_that_went_back_does_not_bring_an_earlier_turn_up(store: Store, stick: Path) -> None:
    first = take(store, put(stick / "a", paper(COMMUNE, {"participants": 10})))
    store.clock = fixed_clock(NOW - timedelta(days=3))
    second = take(store, put(stick / "b", paper(LOWER, {"participants": 3})))
    assert desks.read_desk(store).batches == second.batches
    refused = stick / "c"
    refused.mkdir()
    (refused / "bao cao.xlsx").write_bytes(XLSX)
    third = take(store, refused)
    assert (third.batches, desks.read_desk(store).turn) == ((), third.turn)
    with store.atomic() as db:
        db.execute("UPDATE turn_kept SET content = substr(content, 2) WHERE number = ?", (first.turn,))
    assert desks.read_desk(store).turn == third.turn


def test_papers_released_by_their_key_alone_are_a_turn_of_their_own(tmp_path: Path, stick: Path) -> None:
    store = upper_store(tmp_path / "new.hoctap")
    sent = paper(COMMUNE, {"participants": 10})
    take(store, put(stick, sent))
    accept_keys(store, COMMUNE)
    assert desks.release(store, key(COMMUNE).key_hash).batch
    kept = turns.turns(store)[0]
    assert [(line.package_id, line.outcome) for line in kept.lines] == [(sent.package_id, Outcome.TAKEN)]
    assert desks.read_desk(store).turn == kept.number
    assert desks.release(store, key(COMMUNE).key_hash).batch is None
    assert len(turns.turns(store)) == 2
    store.close()
