"""The diary: what was done day by day, what the plan promised, and the numbers for the report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, number_typed, opened, with_store
from hoctap_desktop.cli.parser import Answer

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.diary.promises import Kept
    from hoctap_desktop.office.from_diary import Diary
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The command of this module: diary."""
    words = "nhật ký hoạt động: các việc đã ghi, việc kế hoạch hứa, số cho báo cáo"
    diary = with_store(add(commands, "diary", _diary, words))
    acts = diary.add_mutually_exclusive_group()
    acts.add_argument("--add", type=Path, metavar="FILE.toml", help="ghi thêm các việc trong tệp")
    acts.add_argument("--remove", type=number_typed, metavar="SỐ", help="đưa việc số này vào thùng rác")
    acts.add_argument("--put-back", type=number_typed, metavar="SỐ", help="lấy việc số này từ thùng rác ra")
    acts.add_argument("--take", action="store_true", help="lấy mọi số của nhật ký vào bản nháp báo cáo")
    acts.add_argument("--attach", nargs="+", metavar=("SỐ", "FILE"), help="kèm ảnh, tệp vào việc số này")


def _diary(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.office.from_diary import read_diary

    with opened(args) as store:
        _act(store, args, answer)
        found = read_diary(store, active(store).id)
    _tell(found, answer)
    return DONE


def _act(store: Store, args: argparse.Namespace, answer: Answer) -> None:
    from hoctap_desktop.diary import repository
    from hoctap_desktop.diary.filled_entries import read_entries
    from hoctap_desktop.office.from_diary import add_entries, take

    if args.add:
        answer.say(f"Đã ghi thêm {len(add_entries(store, read_entries(args.add)))} việc.")
    if args.remove is not None:
        repository.set_removed(store, args.remove, store.clock(), removed=True)
        answer.say(f"Đã đưa việc số {args.remove} vào thùng rác.")
    if args.put_back is not None:
        repository.set_removed(store, args.put_back, store.clock(), removed=False)
        answer.say(f"Đã lấy lại việc số {args.put_back}.")
    if args.attach:
        _attach(store, args.attach, answer)
    if args.take:
        changed = take(store)
        answer.say(f"Đã đưa vào báo cáo: {', '.join(sorted(changed)) or 'không có số nào mới'}.")
        answer.put(taken=changed)


def _attach(store: Store, words: list[str], answer: Answer) -> None:
    from hoctap_desktop.diary.repository import entry
    from hoctap_desktop.filing.attaching import attach_to
    from hoctap_desktop.foundation.errors import Code, UserError

    number, *files = words
    if not number.isdecimal():
        raise UserError(Code.ENTRY_UNKNOWN, number=number)
    done = attach_to(store, entry(store, int(number)).owner, 0, [Path(file) for file in files])
    for one in done.refused:
        raise one.why
    answer.say(f"Đã kèm {len(done.taken)} tệp vào việc số {number}.")


def _tell(found: Diary, answer: Answer) -> None:
    from hoctap_desktop.diary.loader import diary_form
    from hoctap_desktop.diary.promises import kept
    from hoctap_desktop.foundation.dates import print_date
    from hoctap_desktop.foundation.numbers import print_count

    form = diary_form()
    answer.say(f"Nhật ký: {len(found.entries)} việc, {len(found.removed)} việc trong thùng rác.")
    for entry in found.entries:
        kind = form.kind(entry.text("kind"))
        day = print_date(entry.day) if entry.day else "chưa rõ ngày"
        asked = kind.numbers if kind else ()
        numbers = [f"{n.label.lower()} {print_count(v)}" for n in asked if (v := entry.count(n.id)) is not None]
        name = entry.text("title") or (kind.label if kind else "chưa rõ loại việc")
        files = found.files.get(entry.owner, 0)
        told = [*numbers, f"{files} tệp kèm"] if files else numbers
        answer.say(f"  {entry.number}. {day} {name}" + (f": {', '.join(told)}" if told else ""))
    promised = kept(found.promises, found.entries)
    for one in promised:
        answer.say(_promise_line(one))
    for proposal in found.offered.proposals.values():
        parts = ", ".join(f"việc {part.entry}: {print_count(part.value)}" for part in proposal.parts)
        answer.say(f"  số {proposal.indicator} = {print_count(proposal.value)} ({parts})")
    answer.put(
        entries=[{"number": one.number, **one.content} for one in found.entries],
        removed=[one.number for one in found.removed],
        promises=[_promise_json(one) for one in promised],
        proposals={
            one.indicator: {"value": one.value, "from": [[part.entry, part.value] for part in one.parts]}
            for one in found.offered.proposals.values()
        },
    )


def _promise_line(one: Kept) -> str:
    promise = one.promise
    count = f"{promise.count:02d} " if promise.count is not None else ""
    done = "chưa ghi" if one.waits else f"đã làm {one.done}" if one.done is not None else "đã ghi"
    doubt = f" [chưa chắc: {promise.unsure}]" if promise.unsure else ""
    return f"  kế hoạch hứa {count}{promise.words}: {done}{doubt}"


def _promise_json(one: Kept) -> dict[str, object]:
    promise = one.promise
    return {
        "key": promise.key,
        "kind": promise.kind,
        "words": promise.words,
        "count": promise.count,
        "day": promise.day.isoformat() if promise.day else None,
        "place": promise.place,
        "sentence": promise.sentence,
        "unsure": promise.unsure,
        "done": one.done,
        "entries": [entry.number for entry in one.entries],
    }
