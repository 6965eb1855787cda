"""The whole chain in one command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add
from hoctap_desktop.cli.parser import Answer

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: demo."""
    demo = add(commands, "demo", _demo, "chạy cả quy trình với dữ liệu minh họa")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR", help="thư mục để ghi các tệp")
    demo.add_argument("--plan", type=Path, metavar="FILE", help="kế hoạch có sẵn (.docx, .txt) dùng thay kế hoạch mẫu")


def _demo(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.cli.words import tell_board, tell_totals
    from hoctap_desktop.demo import run_demo

    outcome = run_demo(args.out, args.plan, lambda path, size: answer.say(f"{path}  {size} byte"))
    for doubt in outcome.doubts:
        answer.say(f"Kế hoạch đã đọc, chưa chắc: {doubt}")
    for board in outcome.boards:
        tell_board(board, answer)
    tell_totals(outcome.totals, answer)
    answer.put(files=[{"file": path, "size": path.stat().st_size} for path in outcome.files], doubts=outcome.doubts)
    return DONE
