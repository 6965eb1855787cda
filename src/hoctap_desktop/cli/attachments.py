"""Files beside a filing: list, attach, take away, put back, hand out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, filing_named, number_typed, opened, with_filing, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.said_ids import filings_said

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.filing.attachments import Attachment
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The command of this module: attach."""
    words = "kèm tệp vào văn bản (ảnh, bản quét, PDF đã ký, Excel, Word); không nêu tệp nào thì xem danh sách"
    attach = with_filing(add(commands, "attach", _attach, words))
    attach.add_argument("files", nargs="*", type=Path, metavar="FILE")
    attach.set_defaults(misuse=attach.error)
    acts = attach.add_mutually_exclusive_group()
    acts.add_argument("--remove", type=number_typed, metavar="SỐ", help="đưa tệp số này vào thùng rác")
    acts.add_argument("--put-back", type=number_typed, metavar="SỐ", help="lấy tệp số này từ thùng rác ra")
    acts.add_argument("--save", type=number_typed, metavar="SỐ", help="ghi tệp số này ra nơi ghi ở --out")
    attach.add_argument("--out", type=Path, metavar="OUT", help="nơi ghi của --save")


def _attach(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.attaching import attach, put_back, remove

    with opened(args) as store:
        id = filing_named(store, args.filing)
        if args.save is not None:
            return _save(store, id, args, answer)
        if args.remove is not None:
            answer.say(f"Đã đưa «{remove(store, _own(store, id, args.remove)).name}» vào thùng rác.")
        if args.put_back is not None:
            answer.say(f"Đã lấy lại «{put_back(store, _own(store, id, args.put_back)).name}».")
        done = attach(store, id, args.files) if args.files else None
        _tell(store, id, answer)
    for one in done.refused if done else ():
        answer.say(f"{one.why} [{one.why.code.value}]")
    answer.put(
        refused=[{"name": one.name, "code": one.why.code.value, "message": str(one.why)} for one in done.refused]
        if done
        else []
    )
    return REFUSED if done and done.refused else DONE


def _own(store: Store, id: str, number: int) -> int:
    """The number, when it is of this filing. Raises UserError(ATTACHMENT_UNKNOWN)."""
    from hoctap_desktop.filing.attachment_rows import one
    from hoctap_desktop.foundation.errors import Code, UserError

    if one(store, number).owner != id:
        raise UserError(Code.ATTACHMENT_UNKNOWN, number=number)
    return number


def _save(store: Store, id: str, args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.attaching import contents
    from hoctap_desktop.filing.attachment_rows import one

    found = one(store, _own(store, id, args.save))
    if args.out is None and Path(found.name).exists():
        args.misuse(f"ở đây đã có «{found.name}», hãy nêu nơi ghi bằng --out")
    write(args.out or Path(found.name), contents(store, found), answer)
    return DONE


def _tell(store: Store, id: str, answer: Answer) -> None:
    from hoctap_desktop.filing.attaching import beside
    from hoctap_desktop.filing.attachments import kind_words

    found = beside(store, id)
    answer.say(f"{filings_said(id).capitalize()}: {len(found.files)} tệp kèm." + (f" {found.why}" if found.why else ""))
    for one in found.files:
        answer.say(f"  {one.number}. {one.name} ({kind_words(one)})")
    answer.put(filing=id, open=found.open, files=[attachment_json(one) for one in found.files])


def attachment_json(one: Attachment) -> dict[str, object]:
    """One attachment for a program."""
    return {
        "number": one.number,
        "name": one.name,
        "size": one.size,
        "sha256": one.kept,
        "signatures": one.signatures,
        "active": one.active,
    }
