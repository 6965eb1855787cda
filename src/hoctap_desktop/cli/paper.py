"""Nhập hộ: the upper office types what a unit sent on paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, add, opened, with_store
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.workbook import faults_told
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code, UserError
from hoctap_desktop.foundation.file_kind import TABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.consolidation.paper_entries import PaperEntry
    from hoctap_desktop.foundation.canonical_json import JsonValue
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The command of this module: key-in."""
    typed = with_store(add(commands, "key-in", _key_in, "nhập hộ đơn vị gửi bản giấy"))
    typed.set_defaults(misuse=typed.error)
    typed.add_argument("unit", metavar="ĐƠN_VỊ", help="mã đơn vị")
    typed.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="tệp đã điền theo bản giấy (toml, json, xlsx)"
    )
    typed.add_argument("--plan", action="store_true", help="ghi nhận kế hoạch trên giấy, không có số")
    typed.add_argument("--qr", metavar="CHỮ", help="chữ máy quét đọc từ mã vuông ở chân trang; điền các số")
    typed.add_argument("--paper-code", default="", metavar="MÃ", help="mã giấy in ở chân trang")
    typed.add_argument("--received", metavar="NGÀY", help="ngày nhận bản giấy, mặc định hôm nay")
    typed.add_argument("--number", default="", metavar="SỐ", help="số văn bản")
    typed.add_argument("--day", metavar="NGÀY", help="ngày văn bản")
    typed.add_argument("--second", type=Path, metavar="FILE", help="lần gõ thứ hai để so")
    typed.add_argument("--instead-of-sealed", default="", metavar="LÝ_DO", help="tính bản giấy thay gói đã nhận")
    typed.add_argument("--withdraw", metavar="LÝ_DO", help="bỏ bản nhập hộ đang tính của đơn vị")


def _key_in(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation import keying, paper_entries

    kind = Kind.PLAN if args.plan else Kind.REPORT
    with faults_told(answer), opened(args) as store:
        if args.withdraw:
            return _withdraw(store, args.unit, kind, args.withdraw, answer)
        if kind is Kind.REPORT and not args.file and not args.qr:
            args.misuse("key-in cần FILE đã điền, hoặc --qr")
        with store.atomic():  # a refusal leaves nothing half typed
            entry = keying.begin(store, args.unit, kind)
            if args.file:
                keying.set_answers(store, entry.id, _answers(store, entry, args.file, answer))
            if args.qr:
                entry = keying.take_scan(store, entry.id, args.qr)
            if args.second:
                keying.begin_second(store, entry.id)
                entry = keying.set_answers(store, entry.id, _answers(store, entry, args.second, answer), second=True)
            entry = paper_entries.current(store, entry.id)
            keying.set_facts(
                store,
                entry.id,
                received_on=parse_date(args.received) if args.received else entry.received_on,
                number=args.number,
                day=parse_date(args.day) if args.day else None,
                paper_code=args.paper_code or entry.paper_code,
            )
            for each in keying.differing(entry):
                answer.say(f"  {each.label}: lần một {each.first_words}, lần hai {each.second_words}")
            got = keying.enter(store, entry.id, args.instead_of_sealed)
    what = f"{KIND_WORDS[got.kind].lower()} {got.campaign} của {got.unit_name}"
    answer.say(f"Đã ghi vào sổ {what}, nhận ngày {print_date(got.received_on)}. {' '.join(got.notes)}")
    answer.put(
        id=got.package_id,
        unit=got.unit_code,
        kind=got.kind.value,
        received_on=got.received_on.isoformat(),
        paper_code=got.paper_code,
        notes=list(got.notes),
    )
    return DONE


def _withdraw(store: Store, unit: str, kind: Kind, reason: str, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.consolidation import keying
    from hoctap_desktop.consolidation.paper_entries import EntryStatus, entries

    standing = [
        one
        for one in entries(store, active(store).id)
        if (one.unit_code, one.kind) == (unit, kind) and one.status is not EntryStatus.WITHDRAWN
    ]
    if not standing:
        raise UserError(Code.PACKAGE_UNKNOWN, package=f"nhập hộ của {unit}")
    for one in standing:
        keying.withdraw(store, one.id, reason)
    answer.say(f"Đã bỏ {len(standing)} bản nhập hộ của {standing[-1].unit_name}; nội dung còn giữ để xem lại.")
    answer.put(withdrawn=[one.id for one in standing])
    return DONE


def _answers(store: Store, entry: PaperEntry, path: Path, answer: Answer) -> Mapping[str, JsonValue]:
    """What a filled file says for this unit. Raises UserError for one of another unit, campaign or form."""
    from hoctap_desktop.consolidation import keying
    from hoctap_desktop.filing.filled_file import read_filled
    from hoctap_desktop.filing.workbook_reader import read_workbook
    from hoctap_desktop.form.loader import form_by_id

    unit = keying.unit_below(store, entry.unit_code)
    if path.suffix.lower() in TABLE_SUFFIXES:
        reading = read_workbook(path, form_by_id)
        keying.refuse_other_workbook(store, entry, reading)
        if reading.faults:
            faults = tuple(fault.sentence for fault in reading.faults)
            raise UserError(Code.WORKBOOK_NOT_TAKEN, file=path.name, count=len(faults), first=faults[0], faults=faults)
        for one in reading.entries:
            if one.said:
                answer.say(f"  {one.address}: {one.said}")
        return {each.field: each.value for each in reading.entries}
    filled = read_filled(path)
    if filled.unit.code != unit.code:
        raise UserError(
            Code.FILLED_OTHER_UNIT, claimed=filled.unit.short_name, unit=filled.unit.code, own=unit.short_name
        )
    if (filled.campaign, filled.form.id) != (entry.campaign, entry.form.id):
        raise UserError(Code.PAPER_OTHER_FORM, claimed=f"{filled.form.id}, đợt {filled.campaign}")
    if filled.illustrative:
        keying.set_illustrative(store, entry.id)
    return filled.answers
