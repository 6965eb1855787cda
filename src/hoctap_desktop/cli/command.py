"""What every command of the command line is made of: its place in the parser, the opened store, files written."""

from __future__ import annotations

import argparse
import getpass
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hoctap_desktop.cli.parser import Answer, Parser
from hoctap_desktop.filing.model import Kind
from hoctap_desktop.foundation.boundary import Outside, take_in_text
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.files import replace_whole

if TYPE_CHECKING:
    # Named in signatures only: printing one page shall not wait for rooms it does not enter.
    from hoctap_desktop.store.database import Store

Command = Callable[[argparse.Namespace, Answer], int]
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse gives its public return type no other name
DONE, REFUSED = 0, 1
PAPERS = (".pdf", ".docx", ".xlsx")


def add(commands: Commands, name: str, run: Command, words: str) -> Parser:
    """A command called `name` that does `run`; `words` say it in --help."""
    command = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    command.set_defaults(run=run)
    return command


def number_typed(words: str) -> int:
    """The number of a row, for argparse: no more digits than a store can hold."""
    return _whole(words, 0, 2**31)


def year_typed(words: str) -> int:
    """The year of a campaign, for argparse."""
    return _whole(words, 2000, 2099)


def _whole(words: str, least: int, most: int) -> int:
    found = int(words)
    if not least <= found <= most:
        raise ValueError
    return found


def with_store(command: Parser) -> Parser:
    """Adds the argument STORE."""
    command.add_argument("store", type=Path, metavar="STORE", help="tệp dữ liệu của đơn vị")
    return command


def with_filing(command: Parser) -> Parser:
    """Adds the arguments STORE and FILING."""
    with_store(command).add_argument("filing", metavar="FILING", help="ví dụ 2022-report; hoặc plan, report")
    return command


def with_passphrase(command: Parser) -> Parser:
    """Adds the option for a passphrase no shell history keeps."""
    words = "tệp chứa mật khẩu của khóa (không có thì lấy biến HOCTAP_PASSPHRASE, hoặc hỏi)"
    command.add_argument("--passphrase-file", type=Path, metavar="F", help=words)
    return command


def read_passphrase(args: argparse.Namespace) -> str:
    """From the file, the environment, or asked. Raises UserError(PASSPHRASE_MISSING)."""
    if args.passphrase_file:
        return take_in_text(Outside.PASSPHRASE, args.passphrase_file).rstrip("\r\n")
    return os.environ.get("HOCTAP_PASSPHRASE") or _asked(
        "Mật khẩu của khóa: ", "--passphrase-file", "HOCTAP_PASSPHRASE"
    )


def _asked(words: str, option: str, variable: str) -> str:
    """What a person types; option, variable: what to use where nobody can. Raises UserError(PASSPHRASE_MISSING)."""
    try:
        with warnings.catch_warnings():  # without a terminal; told below in words of ours
            warnings.simplefilter("ignore", getpass.GetPassWarning)
            return getpass.getpass(words)
    except EOFError as cause:
        raise UserError(Code.PASSPHRASE_MISSING, option=option, variable=variable) from cause


def with_new_passphrase(command: Parser) -> Parser:
    """Adds the option for the passphrase a key gets."""
    words = "tệp chứa mật khẩu mới (không có thì lấy biến HOCTAP_NEW_PASSPHRASE, hoặc hỏi hai lần)"
    command.add_argument("--new-passphrase-file", type=Path, metavar="F", help=words)
    return command


def read_new_passphrase(args: argparse.Namespace) -> str:
    """From the file, the environment, or asked twice. Raises UserError PASSPHRASE_MISSING, PASSPHRASES_DIFFER."""
    if args.new_passphrase_file:
        return take_in_text(Outside.PASSPHRASE, args.new_passphrase_file).rstrip("\r\n")
    if known := os.environ.get("HOCTAP_NEW_PASSPHRASE"):
        return known
    way = "--new-passphrase-file", "HOCTAP_NEW_PASSPHRASE"
    first, again = _asked("Mật khẩu mới: ", *way), _asked("Gõ lại mật khẩu mới: ", *way)
    if first != again:
        raise UserError(Code.PASSPHRASES_DIFFER)
    return first


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Store]:
    """The store named on the command line, closed afterwards. Raises UserError as store.database.open_store."""
    from hoctap_desktop.form.taken import learn
    from hoctap_desktop.store.database import open_store

    store = open_store(args.store, system_clock)
    try:
        learn(store)
        yield store
    finally:
        store.close()


def filing_named(store: Store, name: str) -> str:
    """ "report" is the report of the active campaign; anything else is an id."""
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.filing.model import filing_id

    if name in {kind.value for kind in Kind}:
        return filing_id(active(store).id, Kind(name))
    return name


def refuse_other_suffix(path: Path, known: tuple[str, ...]) -> None:
    """Raises UserError(WRONG_FILE_KIND) unless the path ends as one of `known`."""
    if path.suffix.lower() not in known:
        found = f"đuôi tệp là «{path.suffix or 'không có'}»"
        raise UserError(Code.WRONG_FILE_KIND, file=path.name, wanted=f"tệp {' hoặc '.join(known)}", found=found)


def refuse_wrong_outputs(args: argparse.Namespace) -> None:
    """--xlsx, --pdf and --charts say what they write. Raises UserError(WRONG_FILE_KIND)."""
    for path, suffix in ((args.xlsx, ".xlsx"), (args.pdf, ".pdf"), (getattr(args, "charts", None), ".pdf")):
        if path:
            refuse_other_suffix(path, (suffix,))


def write(path: Path, data: bytes, answer: Answer, what: str = "") -> None:
    """Writes the file whole and tells its size."""
    replace_whole(path, data)
    answer.say(f"{path} ({len(data)} byte{', ' + what if what else ''})")
    answer.put(out=path, size=len(data))
