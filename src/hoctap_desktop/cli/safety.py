"""Keeping the data safe."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, opened, with_store
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: backup, restore, handover, doctor."""
    out = "tệp .htsao, hoặc thư mục để máy đặt tên"
    backup = with_store(add(commands, "backup", _backup, "sao lưu dữ liệu vào một tệp"))
    backup.add_argument("--out", type=Path, required=True, metavar="FILE|DIR", help=out)
    restore = with_store(add(commands, "restore", _restore, "khôi phục dữ liệu từ một bản sao; dữ liệu cũ được giữ"))
    restore.add_argument("copy", type=Path, metavar="COPY.htsao", help="bản sao lưu hoặc tệp bàn giao")
    handover = with_store(add(commands, "handover", _handover, "ghi mọi dữ liệu vào một tệp để bàn giao"))
    handover.add_argument("--out", type=Path, required=True, metavar="FILE|DIR", help=out)
    with_store(add(commands, "doctor", _doctor, "soát dữ liệu có hỏng không"))


def _backup(args: argparse.Namespace, answer: Answer) -> int:
    path = _copied(args, "backup")
    answer.say(f"Đã sao lưu vào {path} ({path.stat().st_size} byte), cả các tệp kèm.")
    answer.put(out=path, size=path.stat().st_size)
    return DONE


def _handover(args: argparse.Namespace, answer: Answer) -> int:
    path = _copied(args, "handover")
    answer.say(f"Đã ghi tệp bàn giao {path} ({path.stat().st_size} byte).")
    answer.say(f"Ở máy mới: hoctap restore DỮ_LIỆU_MỚI.hoctap {path.name}")
    answer.say("Báo mật khẩu của khóa cho người nhận, không ghi vào tệp. Từ nay chỉ làm việc ở máy mới.")
    answer.put(out=path, size=path.stat().st_size)
    return DONE


def _copied(args: argparse.Namespace, kind: str) -> Path:
    from hoctap_desktop.office.safekeeping import back_up
    from hoctap_desktop.store.copies import EXTENSION

    if args.out.suffix and args.out.suffix != EXTENSION and not args.out.is_dir():
        found = f"đuôi tệp là «{args.out.suffix}»"
        raise UserError(Code.WRONG_FILE_KIND, file=args.out.name, wanted=f"tệp {EXTENSION}", found=found)
    if args.out.is_file():
        raise UserError(Code.STORE_EXISTS, file=args.out.name)
    with opened(args) as store:
        return back_up(store, args.out, kind)


def _restore(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.safekeeping import put_back

    done = put_back(args.copy, args.store, system_clock)
    made = done.head.made_at
    answer.say(f"Đã khôi phục {done.path}: dữ liệu của {done.head.unit_name} lúc {made:%H:%M ngày %d/%m/%Y}.")
    if done.kept is not None:
        answer.say(f"Dữ liệu trước đó còn giữ ở {done.kept}.")
    answer.put(out=done.path, unit=done.head.unit_code, made_at=made.isoformat(), kept=done.kept)
    return DONE


def _doctor(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.store.attached import unnamed, unnamed_words
    from hoctap_desktop.store.check import check as check_store

    with opened(args) as store:
        found, stray = check_store(store), unnamed(store)
    for damage in found:
        answer.say(f"{damage.where}: {damage.how}")
    answer.say("Dữ liệu bị hỏng; hãy khôi phục từ bản sao lưu." if found else "Dữ liệu nguyên vẹn.")
    if stray:
        answer.say(unnamed_words(len(stray)))
    answer.put(unnamed=len(stray), damage=[{"where": damage.where, "how": damage.how} for damage in found])
    return REFUSED if found else DONE
