"""Keeping the data safe."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, opened, with_store
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: backup, doctor."""
    backup = with_store(add(commands, "backup", _backup, "sao lưu dữ liệu"))
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    with_store(add(commands, "doctor", _doctor, "soát dữ liệu có hỏng không"))


def _backup(args: argparse.Namespace, answer: Answer) -> int:
    with opened(args) as store:
        if args.out.exists():
            raise UserError(Code.STORE_EXISTS, file=args.out.name)
        path = store.back_up(args.out)
    answer.say(f"Đã sao lưu vào {path} ({path.stat().st_size} byte). Thư mục {args.store.name}.files cần chép riêng.")
    answer.put(out=path, size=path.stat().st_size)
    return DONE


def _doctor(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.store.check import check as check_store

    with opened(args) as store:
        found = check_store(store)
    for damage in found:
        answer.say(f"{damage.where}: {damage.how}")
    answer.say("Dữ liệu bị hỏng; hãy khôi phục từ bản sao lưu." if found else "Dữ liệu nguyên vẹn.")
    answer.put(damage=[{"where": damage.where, "how": damage.how} for damage in found])
    return REFUSED if found else DONE
