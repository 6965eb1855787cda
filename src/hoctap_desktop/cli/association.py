"""Opening sealed files by a double click."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add
from hoctap_desktop.cli.parser import Answer

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The command of this module: associate."""
    words = "để bấm đúp vào tệp .htgoi thì mở bằng chương trình này (chỉ cho người dùng này)"
    command = add(commands, "associate", _associate, words)
    command.add_argument("--remove", action="store_true", help="bỏ việc đó")


def _associate(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.foundation.association import associate

    done = associate(remove=args.remove)
    for one in done:
        answer.say(f"{'Đã bỏ' if args.remove else 'Đã ghi'} {one}")
    gone, now = "Bấm đúp vào tệp .htgoi không mở chương trình nữa.", "Từ nay bấm đúp vào tệp .htgoi là mở."
    answer.say(gone if args.remove else now)
    answer.put(done=list(done), removed=args.remove)
    return DONE
