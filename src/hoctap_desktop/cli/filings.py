"""The office and what it files: set-up, drafts, findings, finalising, printing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import (
    DONE,
    PAPERS,
    REFUSED,
    add,
    filing_named,
    opened,
    refuse_other_suffix,
    with_filing,
    with_store,
    write,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import filing_json, filing_words, finding_json, finding_line
from hoctap_desktop.cli.workbook import fill_from_workbook, look_at_workbook
from hoctap_desktop.foundation.clock import system_clock
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.file_kind import TABLE_SUFFIXES
from hoctap_desktop.foundation.said_ids import filings_said

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.store.database import Store


def register(commands: Commands) -> None:
    """The commands of this module: office, fill, check, finalise, amend, print, number."""
    office = commands.add_parser("office", help="đơn vị").add_subparsers(required=True, metavar="VIỆC")
    init = with_store(add(office, "init", _office_init, "tạo dữ liệu của một đơn vị"))
    init.add_argument("--unit", type=Path, required=True, metavar="FILE", help="tệp đơn vị (.toml)")
    init.add_argument("--campaign", metavar="NĂM", help="đợt làm việc, ví dụ 2022")
    with_store(add(office, "show", _office_show, "xem đơn vị, đợt và văn bản"))

    fill = with_store(add(commands, "fill", _fill, "lấy một tệp đã điền vào làm bản nháp"))
    fill.add_argument("file", type=Path, metavar="FILE")
    fill.add_argument("--look", action="store_true", help="biểu Excel: chỉ xem khác gì, chưa lấy")
    fill.set_defaults(misuse=fill.error)
    for name, run, words in (
        ("check", _check, "xem chỗ phải sửa, nên xem"),
        ("finalise", _finalise, "chốt để in trình ký"),
        ("amend", _amend, "lập lần sau từ bản đã chốt"),
    ):
        with_filing(add(commands, name, run, words))
    printing = with_filing(add(commands, "print", _print, "in văn bản ra PDF hoặc Word"))
    printing.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.pdf|OUT.docx|OUT.xlsx")
    printing.add_argument("--numbered", action="store_true", help="in lại, đã điền số và ngày văn bản")
    numbering = with_filing(add(commands, "number", _number, "ghi số và ngày văn bản, có sau khi ký"))
    numbering.add_argument("--number", required=True, metavar="SỐ", help="ví dụ 21")
    numbering.add_argument("--day", required=True, metavar="NGÀY", help="ví dụ 04/10/2022")


def _office_init(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.setting_up import set_up

    store = set_up(args.store, args.unit, system_clock, args.campaign)
    try:
        answer.say(f"Đã tạo dữ liệu {args.store}.")
        _tell_office(store, answer)
    finally:
        store.close()
    return DONE


def _office_show(args: argparse.Namespace, answer: Answer) -> int:
    with opened(args) as store:
        _tell_office(store, answer)
    return DONE


def _tell_office(store: Store, answer: Answer) -> None:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.filing.repository import all_filings
    from hoctap_desktop.units.repository import own_unit, units_below

    unit, campaign = own_unit(store), active(store)
    below = units_below(store, unit.code)
    filings = all_filings(store)
    answer.say(f"{unit.name} (mã {unit.code}), {len(below)} đơn vị cấp dưới.")
    answer.say(f"{campaign.name}: {print_date(campaign.week_from)} đến {print_date(campaign.week_to)}.")
    for filing in filings:
        answer.say(f"  {filing.id}: {filing_words(filing)}")
    answer.put(
        unit={"code": unit.code, "name": unit.name},
        campaign=campaign.id,
        below=[{"code": u.code, "name": u.name} for u in below],
        filings=[filing_json(f) for f in filings],
    )


def _fill(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.filled_file import read_filled
    from hoctap_desktop.office.filings import fill

    if args.file.suffix.lower() in TABLE_SUFFIXES:
        return look_at_workbook(args, answer) if args.look else fill_from_workbook(args, answer)
    if args.look:
        args.misuse("--look dùng với biểu Excel")
    with opened(args) as store:  # first: it knows the forms that came from the upper unit
        filing = fill(store, read_filled(args.file))
    answer.say(f"Đã lấy vào: {filing_words(filing)}.")
    answer.put(filing=filing_json(filing))
    return DONE


def _check(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.repository import current
    from hoctap_desktop.office.filings import check_stored
    from hoctap_desktop.office.paper import form_of
    from hoctap_desktop.submission.remarks import remark_findings, slip_words, standing_return

    with opened(args) as store:
        id = filing_named(store, args.filing)
        found = check_stored(store, id)
        slip = standing_return(store, id)
        said = remark_findings(form_of(current(store, id)), slip) if slip is not None else ()
    if slip is not None:
        answer.say(slip_words(slip))
    found = (*said, *found)
    for finding in found:
        answer.say(finding_line(finding))
    blocking = sum(finding.blocks for finding in found)
    answer.say(f"Còn {blocking} chỗ phải sửa." if blocking else "Không có chỗ phải sửa, chốt được.")
    answer.put(findings=[finding_json(finding) for finding in found])
    return REFUSED if blocking else DONE


def _finalise(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office.filings import finalise

    with opened(args) as store:
        filing = finalise(store, filing_named(store, args.filing))
    answer.say(f"Đã chốt: {filing_words(filing)}.")
    answer.put(filing=filing_json(filing))
    return DONE


def _amend(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.submission.sending import resubmit

    with opened(args) as store:
        filing = resubmit(store, filing_named(store, args.filing))
    answer.say(f"Đã lập {filings_said(filing.id)} lần {filing.revision}, sửa được.")
    answer.put(filing=filing_json(filing))
    return DONE


def _print(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.office import filings

    refuse_other_suffix(args.out, PAPERS)
    match args.out.suffix.lower():
        case ".docx":
            printed = filings.word_with_number if args.numbered else filings.word
        case ".xlsx":
            printed = filings.sheet_with_number if args.numbered else filings.sheet
        case _:
            printed = filings.paper_with_number if args.numbered else filings.paper
    with opened(args) as store:
        write(args.out, printed(store, filing_named(store, args.filing)), answer)
    return DONE


def _number(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.filing.repository import set_document_number

    day = parse_date(args.day)
    with opened(args) as store:
        id = filing_named(store, args.filing)
        filing = set_document_number(store, id, args.number, day, store.clock())
    answer.say(f"Đã ghi {filings_said(filing.id)}: số {filing.document_number}, ngày {print_date(day)}.")
    answer.put(filing=filing_json(filing), number=filing.document_number, day=day.isoformat())
    return DONE
