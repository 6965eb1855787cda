"""The units below an office: the list, an Excel sheet of it there and back, the country's own list."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, opened, refuse_other_suffix, with_store, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.foundation.numbers import print_count

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.office.unit_sheet import SheetReading
    from hoctap_desktop.office.units_below import Register
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The commands of this module: units."""
    units = with_store(add(commands, "units", _units, "danh sách đơn vị cấp dưới"))
    act = units.add_mutually_exclusive_group()
    act.add_argument("--import", dest="sheet", type=Path, metavar="F.xlsx", help="xem khác gì so với danh sách ở đây")
    act.add_argument("--export", type=Path, metavar="F.xlsx", help="ghi danh sách ra Excel")
    act.add_argument("--from-gazetteer", metavar="MÃ", help="thêm các xã của một tỉnh, hoặc một xã")
    act.add_argument("--undo", action="store_true", help="hoàn tác việc gần nhất")
    units.add_argument("--take", action="store_true", help="cùng --import: nhập những chỗ khác đó")
    units.add_argument("--search", metavar="CHỮ", help="chỉ đơn vị có chữ này, có dấu hay không dấu")


def _units(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.units_below import offered, take_offered
    from hoctap_desktop.units import register as tree
    from hoctap_desktop.units.repository import own_unit

    for path in (args.sheet, args.export):
        if path:
            refuse_other_suffix(path, (".xlsx",))
    with opened(args) as store:
        if args.sheet:
            return _import(store, args, answer)
        if args.from_gazetteer:
            act = take_offered(store, offered(args.from_gazetteer, own_unit(store)))
            answer.say(f"{act.words}." if act else "Các đơn vị này đã có trong danh sách.")
            answer.put(added=act.changed if act else 0)
            return DONE
        if args.undo:
            undone = tree.undo(store)
            answer.say(f"Đã hoàn tác: {undone.words}." if undone else "Không còn việc nào để hoàn tác.")
            answer.put(undone=undone.words if undone else None)
            return DONE
        found = _register(store)
        if args.export:
            from hoctap_desktop.office.unit_sheet import unit_sheet

            count = print_count(len(found.rows))
            write(args.export, unit_sheet(found, store.clock().date()), answer, f"{count} đơn vị")
            return DONE
    _tell(found, args.search or "", answer)
    return DONE


def _register(store: Store) -> Register:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.office.units_below import read_register

    campaign = active(store)
    return read_register(store, campaign.id, campaign.year)


def _import(store: Store, args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.unit_sheet import read_unit_sheet, take_unit_sheet

    reading = read_unit_sheet(args.sheet, _register(store))
    _tell_reading(reading, answer)
    if reading.wrong:
        return REFUSED
    if not args.take:
        if reading.differences:
            answer.say("Chưa ghi gì. Đúng thì chạy lại, thêm --take.")
        return DONE
    act = take_unit_sheet(store, reading)
    answer.say(f"{act.words}." if act else "Không có gì khác để nhập.")
    answer.put(taken=act.changed if act else 0)
    return DONE


def _tell_reading(reading: SheetReading, answer: Answer) -> None:
    for wrong in reading.wrong:
        answer.say(f"Sai ở {wrong}")
    for note in reading.notes:
        answer.say(f"Máy tự sửa {note}")
    for one in reading.differences:
        said = "; ".join(one.what)
        answer.say(f"{'Thêm' if one.new else 'Sửa'} {one.unit.code} {one.unit.short_name}{': ' + said if said else ''}")
    told = len(reading.differences), reading.same, len(reading.absent), len(reading.wrong)
    changed, same, absent, bad = map(print_count, told)
    answer.say(f"Thêm hoặc sửa {changed}, như cũ {same}, không có trong bảng {absent} (vẫn giữ), ô sai {bad}.")
    answer.put(
        differences=[
            {"code": one.unit.code, "name": one.unit.name, "new": one.new, "what": one.what}
            for one in reading.differences
        ],
        wrong=[{"cell": wrong.address, "why": wrong.why} for wrong in reading.wrong],
        notes=reading.notes,
        same=reading.same,
        absent=reading.absent,
    )


def _tell(found: Register, query: str, answer: Answer) -> None:
    from hoctap_desktop.foundation.text import matches

    rows = [one for one in found.rows if not query or matches(query, one.unit.name) or query == one.unit.code]
    for one in rows:
        until = f", đến hết {one.unit.valid_to:%d/%m/%Y}" if one.unit.valid_to else ""
        after = f", thay bằng {', '.join(one.unit.successors)}" if one.unit.successors else ""
        alike = " (tên không dấu trùng đơn vị khác: xem mã)" if one.unit.code in found.alike else ""
        phone = f", {one.unit.phone}" if one.unit.phone else ""
        why = "; ".join(dict.fromkeys(one.free.values()))
        owes = one.owes.lower() + (f" ({why})" if why else "")
        answer.say(f"{one.unit.code}  {one.unit.short_name}: {owes}{until}{after}{phone}{alike}")
    answer.say(f"{print_count(len(rows))} trên {print_count(len(found.rows))} đơn vị, đợt {found.campaign}.")
    answer.put(
        campaign=found.campaign,
        units=[
            {
                "code": one.unit.code,
                "name": one.unit.name,
                "level": one.unit.level,
                "reports_to": one.upper,
                "exempt": one.free,
                "contact": one.unit.contact,
                "phone": one.unit.phone,
                "valid_from": one.unit.valid_from,
                "valid_to": one.unit.valid_to,
                "successors": one.unit.successors,
                "sounds_alike": one.unit.code in found.alike,
            }
            for one in rows
        ],
    )
