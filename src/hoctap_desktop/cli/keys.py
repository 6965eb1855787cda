"""The own key, the keys of the units below, the roster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, opened, read_passphrase, with_passphrase, with_store
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: keys init|enrol|accept|roster|revoke."""
    keys = commands.add_parser("keys", help="khóa để ký gói").add_subparsers(required=True, metavar="VIỆC")
    with_passphrase(with_store(add(keys, "init", _keys_init, "tạo khóa của đơn vị")))
    enrol = with_passphrase(with_store(add(keys, "enrol", _keys_enrol, "ghi phiếu đăng ký khóa")))
    enrol.add_argument("--out", type=Path, required=True, metavar="DIR")
    accept = with_store(add(keys, "accept", _keys_accept, "nhận khóa của đơn vị cấp dưới, hoặc của cấp trên"))
    accept.add_argument("file", type=Path, metavar="FILE.htgoi")
    compared = accept.add_mutually_exclusive_group()
    compared.add_argument("--fingerprint", metavar="DÃY SỐ", help="dãy số trên phiếu có dấu; máy so giúp")
    compared.add_argument("--compared", action="store_true", help="đã tự so dãy số với phiếu có dấu, thấy khớp")
    roster = with_passphrase(with_store(add(keys, "roster", _keys_roster, "xem sổ khóa, hoặc ghi ra gói")))
    roster.add_argument("--out", type=Path, metavar="DIR")
    revoke = with_store(add(keys, "revoke", _keys_revoke, "hủy khóa của một đơn vị (bị lộ, bị lấy cắp)"))
    revoke.add_argument("unit", metavar="UNIT_CODE", help="mã đơn vị, ví dụ 05812")


def _keys_init(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import init_key

    passphrase = read_passphrase(args)
    with opened(args) as store:
        key = init_key(store, passphrase, store.clock())
    answer.say(f"Đã tạo khóa. Dãy số khóa: {key.fingerprint}")
    answer.put(fingerprint=key.fingerprint)
    return DONE


def _keys_enrol(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key, request
    from hoctap_desktop.submission.outgoing import made_folder, write_enrolment

    passphrase = read_passphrase(args)
    with opened(args) as store:
        key = open_key(store, passphrase)
        asked = request(store, key, store.clock())
    path, paper = write_enrolment(asked, made_folder(args.out))
    answer.say(f"{path} ({path.stat().st_size} byte)")
    answer.say(f"{paper} ({paper.stat().st_size} byte): in ra, ký, đóng dấu rồi gửi cùng tệp.")
    answer.say(f"Dãy số khóa: {key.fingerprint}")
    answer.put(file=path, sheet=paper, fingerprint=key.fingerprint)
    return DONE


def _keys_accept(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.intake import release
    from hoctap_desktop.submission.coming_down import is_from_upper, take_down, trust_upper
    from hoctap_desktop.submission.enrolment import accept
    from hoctap_desktop.submission.unseal import unseal

    data = take_in(Outside.PACKAGE, args.file)
    if args.fingerprint is None and not args.compared:
        # A key is trusted for years on one look: the look comes first, never after.
        raise UserError(
            Code.NOT_COMPARED, file=args.file.name, fingerprint=unseal(data, args.file.name).envelope.fingerprint
        )
    with opened(args) as store:
        if is_from_upper(store, data, args.file.name):
            trusted = trust_upper(store, data, args.file.name, store.clock(), args.fingerprint)
            answer.say(f"Đã nhận khóa của cấp trên, {trusted.unit.name}. Dãy số khóa: {trusted.fingerprint}")
            told = take_down(store, data, args.file.name)
            answer.say(f"  {args.file.name}: {told.sentence}")
            answer.put(unit=trusted.unit.code, fingerprint=trusted.fingerprint, released=int(told.code is None))
            return DONE
        accepted = accept(store, data, args.file.name, store.clock(), args.fingerprint)
        released = release(store, accepted.key.key_hash)
    answer.say(f"Đã nhận khóa của {accepted.key.unit.name}. Dãy số khóa: {accepted.key.fingerprint}")
    for line in released.lines:
        answer.say(f"  {line.file}: {line.sentence}")
    answer.put(unit=accepted.key.unit.code, fingerprint=accepted.key.fingerprint, released=len(released.lines))
    return DONE


def _keys_roster(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import issue_roster, open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to
    from hoctap_desktop.submission.repository import roster

    with opened(args) as store:
        if args.out:
            issued = issue_roster(store, open_key(store, read_passphrase(args)), store.clock())
            path = write_to(made_folder(args.out), issued.name, issued.data)
            answer.say(f"{path} ({path.stat().st_size} byte)")
            answer.put(file=path)
        known = roster(store)
    for key in known.keys:
        state = f"đã hủy ngày {print_date(key.revoked)}" if key.revoked else f"dùng đến {print_date(key.valid_to)}"
        answer.say(f"{key.unit.code}  {key.unit.name}: {key.fingerprint}, {state}")
    answer.say(f"Sổ khóa số {known.number}: {len(known.keys)} khóa.")
    answer.put(
        number=known.number,
        keys=[
            {
                "unit": key.unit.code,
                "name": key.unit.name,
                "fingerprint": key.fingerprint,
                "valid_to": key.valid_to.isoformat(),
                "revoked": key.revoked.isoformat() if key.revoked else None,
                "epoch": key.epoch,
            }
            for key in known.keys
        ],
    )
    return DONE


def _keys_revoke(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import revoke

    with opened(args) as store:
        revoked = revoke(store, args.unit, store.clock())
    for key in revoked:
        answer.say(f"Đã hủy khóa của {key.unit.name}: {key.fingerprint}")
    answer.say("Gói ký bằng khóa này không nhận nữa; gói đã nhận vẫn giữ. Đơn vị cần tạo khóa mới và đăng ký lại.")
    answer.put(unit=args.unit, revoked=[key.fingerprint for key in revoked])
    return DONE
