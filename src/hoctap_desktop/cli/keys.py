"""The own key, the keys of the units below, the roster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import (
    DONE,
    add,
    opened,
    read_new_passphrase,
    read_passphrase,
    with_new_passphrase,
    with_passphrase,
    with_store,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.boundary import Outside, take_in
from hoctap_desktop.foundation.clock import VIETNAM
from hoctap_desktop.foundation.dates import print_date
from hoctap_desktop.foundation.errors import Code, UserError

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module, `keys` and what it does."""
    keys = commands.add_parser("keys", help="khóa để ký gói").add_subparsers(required=True, metavar="VIỆC")
    with_passphrase(with_store(add(keys, "init", _keys_init, "tạo khóa của đơn vị")))
    enrol = with_passphrase(with_store(add(keys, "enrol", _keys_enrol, "ghi phiếu đăng ký khóa")))
    enrol.add_argument("--out", type=Path, required=True, metavar="DIR")
    with_store(add(keys, "show", _keys_show, "xem khóa của đơn vị"))
    words = "đổi mật khẩu của khóa"
    with_new_passphrase(with_passphrase(with_store(add(keys, "passphrase", _keys_passphrase, words))))
    backup = with_store(add(keys, "backup", _keys_backup, "ghi bản sao khóa và phiếu khôi phục"))
    backup.add_argument("--out", type=Path, required=True, metavar="DIR")
    backup.add_argument("--place", default="", metavar="NƠI CẤT", help="nơi cất bản sao, in trên phiếu")
    restore = with_passphrase(with_store(add(keys, "restore", _keys_restore, "lấy lại khóa từ bản sao, trên máy mới")))
    restore.add_argument("file", type=Path, metavar="FILE.p12")
    words = "thay khóa mới; khóa cũ ký xác nhận khóa mới"
    new = with_new_passphrase(with_passphrase(with_store(add(keys, "new", _keys_new, words))))
    new.add_argument("--lost", action="store_true", help="khóa cũ mất, lộ, hoặc quên mật khẩu: không có gì xác nhận")
    token = with_passphrase(
        with_store(add(keys, "token", _keys_token, "xem khóa trên thiết bị ký, hoặc dùng một khóa"))
    )
    token.add_argument("--library", type=Path, required=True, metavar="TỆP", help="thư viện PKCS#11 của hãng")
    token.add_argument("--use", metavar="DÃY SỐ", help="dùng khóa có dãy số bắt đầu như thế")
    token.add_argument("--lost", action="store_true", help="khóa cũ mất, lộ, hoặc quên mật khẩu")
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


def _keys_show(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.certificate import read_certificate
    from hoctap_desktop.submission.key_rows import former_keys, token_place
    from hoctap_desktop.submission.repository import own_key

    with opened(args) as store:
        key = own_key(store)
        if key is None:
            raise UserError(Code.KEY_MISSING)
        place, former = token_place(store, key.key_hash), former_keys(store)
    both = key.made_at, read_certificate(key.certificate).valid_to  # of a certificate the hour is that of Greenwich
    made, until = (moment.astimezone(VIETNAM).date() for moment in both)
    where = f"trên thiết bị ký «{place.label}»" if place else "trong máy, có mật khẩu"
    answer.say(f"Khóa lập ngày {print_date(made)}, dùng đến {print_date(until)}, {where}.")
    answer.say(f"Dãy số khóa: {key.fingerprint}")
    for one in former:
        said = "đã xác nhận khóa sau nó" if one.endorsement else "không xác nhận khóa sau nó"
        answer.say(f"Khóa cũ {one.key.fingerprint}: thay ngày {print_date(one.closed_at.date())}, {said}.")
    answer.put(
        fingerprint=key.fingerprint,
        made=made.isoformat(),
        valid_to=until.isoformat(),
        token=place.label if place else None,
        former=[{"fingerprint": one.key.fingerprint, "confirmed": bool(one.endorsement)} for one in former],
    )
    return DONE


def _keys_passphrase(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.own_keys import change_passphrase

    old, new = read_passphrase(args), read_new_passphrase(args)
    with opened(args) as store:
        change_passphrase(store, old, new)
    answer.say("Đã đổi mật khẩu. Bản sao khóa ghi trước đây vẫn mở bằng mật khẩu cũ: hãy ghi bản sao mới, hủy bản cũ.")
    return DONE


def _keys_backup(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.outgoing import made_folder
    from hoctap_desktop.submission.own_keys import key_backup, write_backup

    with opened(args) as store:
        made = key_backup(store, store.clock(), args.place)
    file, sheet = write_backup(made, made_folder(args.out))
    answer.say(f"{file} ({len(made.data)} byte). Đã đọc lại thấy đúng.")
    answer.say(f"{sheet}: in ra, cất trong phong bì của cơ quan. Mật khẩu không ghi trên phiếu.")
    answer.put(file=file, sheet=sheet)
    return DONE


def _keys_restore(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.own_keys import restore_key

    passphrase = read_passphrase(args)
    with opened(args) as store:
        key = restore_key(store, args.file, passphrase)
    answer.say(f"Đã lấy lại khóa. Dãy số khóa: {key.fingerprint}. Hãy so với phiếu khôi phục.")
    answer.put(fingerprint=key.fingerprint)
    return DONE


def _keys_new(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.own_keys import new_key

    with opened(args) as store:
        old = None if args.lost else open_key(store, read_passphrase(args))
        key = new_key(store, read_new_passphrase(args), store.clock(), old)
    _tell_of_new_key(key.fingerprint, old is not None, answer)
    return DONE


def _keys_token(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import open_key
    from hoctap_desktop.submission.own_keys import gives_way, use_token
    from hoctap_desktop.submission.tokens import keys_on

    found = keys_on(args.library)
    for one in found:
        answer.say(f"{one.fingerprint}  {one.label}, thiết bị «{one.place.label}». {one.tries}".rstrip())
    answer.put(keys=[{"fingerprint": one.fingerprint, "label": one.label, "token": one.place.label} for one in found])
    if args.use is None:
        if not found:
            raise UserError(Code.TOKEN_MISSING)
        return DONE
    wanted = "".join(args.use.split())
    chosen = [one for one in found if one.fingerprint.replace(" ", "").startswith(wanted)]
    if len(chosen) != 1:
        raise UserError(Code.TOKEN_KEY_UNKNOWN, digits=args.use)
    with opened(args) as store:
        another = gives_way(store, chosen[0])
        old = open_key(store, read_passphrase(args)) if another and not args.lost else None
        use_token(store, chosen[0], store.clock(), old)
    _tell_of_new_key(chosen[0].fingerprint, old is not None, answer)
    return DONE


def _tell_of_new_key(fingerprint: str, confirmed: bool, answer: Answer) -> None:
    said = "Khóa cũ đã ký xác nhận." if confirmed else "Không có khóa cũ xác nhận: cấp trên phải so với phiếu có dấu."
    answer.say(f"Khóa của đơn vị từ nay: {fingerprint}. {said}")
    answer.say("Hãy ghi phiếu đăng ký (hoctap keys enrol) và nộp cấp trên; nộp trước mọi gói ký bằng khóa mới.")
    answer.put(fingerprint=fingerprint, confirmed=confirmed)


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
    from hoctap_desktop.consolidation.desk import release
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
    for note in accepted.notes:
        answer.say(f"  lưu ý: {note.sentence}")
    for line in released.lines:
        answer.say(f"  {line.file}: {line.sentence}")
    answer.put(
        unit=accepted.key.unit.code,
        fingerprint=accepted.key.fingerprint,
        released=len(released.lines),
        notes=[note.code.value for note in accepted.notes],
    )
    return DONE


def _keys_roster(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.enrolment import issue_roster, open_key
    from hoctap_desktop.submission.outgoing import made_folder, write_to
    from hoctap_desktop.submission.repository import roster

    with opened(args) as store:
        if args.out:
            signer, folder = open_key(store, read_passphrase(args)), made_folder(args.out)
            with store.atomic():  # a file that could not be written was never issued
                issued = issue_roster(store, signer, store.clock())
                path = write_to(folder, issued.name, issued.data)
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
