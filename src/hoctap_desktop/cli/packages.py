"""Sealed files: made, and examined."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import (
    DONE,
    REFUSED,
    add,
    filing_named,
    opened,
    read_passphrase,
    with_filing,
    with_passphrase,
    write,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.submission.model import Verdict


def register(commands: Commands) -> None:
    """The commands of this module: seal, verify."""
    seal = with_passphrase(with_filing(add(commands, "seal", _seal, "ký và ghi gói gửi cấp trên")))
    seal.add_argument("--out", type=Path, required=True, metavar="DIR")
    seal.add_argument("--encrypt", action="store_true", help="mã hóa: chỉ cấp trên và đơn vị này mở được")
    seal.add_argument("--handing-in", action="store_true", help="ghi thêm giấy giao nộp (PDF) để người nhận ký")
    words = "đơn vị này đã sáp nhập: ký bằng bản sao khóa của đơn vị kế tục"
    seal.add_argument("--as-successor", type=Path, metavar="KEY.p12", help=words)
    verify = add(commands, "verify", _verify, "xem một tệp là gì, của ai, có nguyên vẹn không")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")


def _seal(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.for_merged import successor_key
    from hoctap_desktop.submission.outgoing import made_folder, note_out, outbox, read_back_words, sealed_file, write_to
    from hoctap_desktop.submission.repository import sent_packages
    from hoctap_desktop.units.repository import own_unit

    with opened(args) as store:
        id = filing_named(store, args.filing)
        try:
            sealed = sealed_file(store, id, None, store.clock(), encrypt=args.encrypt)
        except UserError as refusal:
            if refusal.code is not Code.KEY_MISSING:
                raise
            passphrase, copy = read_passphrase(args), args.as_successor
            key = successor_key(store, copy, passphrase) if copy else open_key(store, passphrase)
            sealed = sealed_file(store, id, key, store.clock(), encrypt=args.encrypt)
        path = write_to(made_folder(args.out), sealed.name, sealed.data)
        note_out(store, sealed, f"thư mục {path.parent.name}", store.clock())
        recipient = next(one.recipient for one in sent_packages(store) if one.package_id == sealed.package_id)
        one, today = outbox(store).of(id) if args.handing_in else None, store.clock().astimezone(VIETNAM).date()
        moved = recipient.code != own_unit(store).upper
    said = " Đã mã hóa: chỉ nơi nhận và đơn vị này mở được." if args.encrypt else ""
    answer.say(f"{path} ({len(sealed.data)} byte). {read_back_words(path.parent)}{said}")
    if moved:
        answer.say(f"Gói này gửi {recipient.name}, cấp trên khi ký. Gửi cấp trên nay thì lập lần sau (hoctap amend).")
    if one is not None:
        from hoctap_desktop.document.pdf import render
        from hoctap_desktop.filing.attachments import size_words
        from hoctap_desktop.submission.handing_in import handing_in_paper

        holds = f"{size_words(len(sealed.data))}, gồm {one.parts}"
        page = handing_in_paper(one.filing, sealed, recipient, holds, today)
        write(path.with_name(f"{path.stem}-giay-giao-nop.pdf"), render(page).data, answer)
    answer.put(file=path, size=len(sealed.data), package_id=sealed.package_id, encrypted=args.encrypt)
    return DONE


def _verify(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.examine import describe_file

    verdicts = [describe_file(path) for path in args.files]
    for path, verdict in zip(args.files, verdicts, strict=True):
        answer.say(f"{path}: {verdict.sentence}" + (f" [{verdict.code.value}]" if verdict.code else ""))
        for note in verdict.notes:
            answer.say(f"  lưu ý: {note.sentence}")
    answer.put(files=[_verdict_json(verdict) for verdict in verdicts])
    return DONE if all(verdict.code is None for verdict in verdicts) else REFUSED


def _verdict_json(verdict: Verdict) -> dict[str, object]:
    manifest = verdict.manifest
    return {
        "file": verdict.file_name,
        "code": verdict.code.value if verdict.code else None,
        "sentence": verdict.sentence,
        "intact": verdict.intact,
        "package_id": verdict.package_id,
        "fingerprint": verdict.fingerprint,
        "kind": manifest.kind.value if manifest else None,
        "unit": manifest.unit.code if manifest else None,
        "unit_name": manifest.unit.name if manifest else None,
        "series": manifest.series if manifest else None,
        "revision": manifest.revision if manifest else None,
        "notes": [note.sentence for note in verdict.notes],
    }
