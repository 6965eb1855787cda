"""The headless twin of the window: the same acts, one command each (docs/cli.md).

Exit codes: 0 done, 1 refused or findings, 2 misuse. Each module registers the commands of its part of the work.
"""

import errno
import os
import sys
from collections.abc import Callable, Sequence

from hoctap_desktop import __version__
from hoctap_desktop.cli import (
    association,
    attachments,
    campaigns,
    demonstration,
    diary,
    filings,
    following,
    forms,
    history,
    keys,
    packages,
    paper,
    receiving,
    reviewing,
    safety,
    units,
    upper,
    workbook,
)
from hoctap_desktop.cli.command import DONE, REFUSED, Command
from hoctap_desktop.cli.parser import Answer, Parser
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.text import clean_line

# in the order --help lists them
PARTS = (
    demonstration,
    forms,
    filings,
    workbook,
    history,
    attachments,
    diary,
    keys,
    packages,
    receiving,
    following,
    upper,
    reviewing,
    campaigns,
    units,
    paper,
    safety,
    association,
)


def main(argv: Sequence[str]) -> int:
    """Runs one command. Returns 0 done, 1 refused or findings; misuse leaves through SystemExit(2)."""
    return _listened_to(_run, argv)


def _run(argv: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may still speak a code page without ế and ữ.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = build_parser().parse_args(argv)
    answer = Answer(as_json=args.json)
    command: Command = args.run
    try:
        code = command(args, answer)
    except (UserError, OSError, UnicodeEncodeError) as failure:
        refusal = _refusal(failure)
        if refusal is None:
            raise
        answer.put(code=refusal.code.value, message=str(refusal))
        answer.finish(ok=False)
        print(f"{refusal} [{refusal.code.value}]", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Đã dừng. Không ghi gì thêm.", file=sys.stderr)
        return REFUSED
    answer.finish(ok=code == DONE)
    return code


def _refusal(failure: Exception) -> UserError | None:
    """The refusal a failure stands for; None for a bug. Impossible paths and letters are typed too."""
    match failure:
        case UserError():
            return failure
        case OSError(errno=errno.ENAMETOOLONG, filename=str(path)):
            return UserError(Code.FILE_UNREADABLE, file=f"{clean_line(os.path.basename(path))[:40]}…")  # noqa: PTH119
        case UnicodeEncodeError(reason="surrogates not allowed"):  # bytes on the command line that are no UTF-8
            return UserError(Code.LETTERS_UNREADABLE)
        case _:
            return None


def _listened_to(run: Callable[[Sequence[str]], int], argv: Sequence[str]) -> int:
    """Runs `run`; a reader of our output that went away (`| head`), or a full disk behind it, is no bug of ours."""
    try:
        code = run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still to be written at exit has nowhere to go either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as cause:
        if cause.errno != errno.ENOSPC or cause.filename is not None:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(UserError(Code.DISK_FULL, file="câu trả lời"), file=sys.stderr)
        return REFUSED
    return code


def build_parser() -> Parser:
    """Every command with its options."""
    parser = Parser(prog="hoctap", description="Tuần lễ hưởng ứng học tập suốt đời: kế hoạch, báo cáo, gói gửi đi.")
    parser.add_argument("--version", action="version", version=f"hoctap {__version__}", help="xem số bản")
    commands = parser.add_subparsers(required=True, metavar="LỆNH", parser_class=Parser)
    for part in PARTS:
        part.register(commands)
    return parser
