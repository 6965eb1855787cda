"""Following who has handed in: the board, the day of receipt, paper that came by itself, reminders."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from hoctap_desktop.cli.command import (
    DONE,
    add,
    opened,
    refuse_other_suffix,
    refuse_wrong_outputs,
    with_store,
    write,
)
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import tell_board
from hoctap_desktop.filing.model import KIND_WORDS, Kind
from hoctap_desktop.foundation.dates import parse_date, print_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hoctap_desktop.cli.command import Commands
    from hoctap_desktop.consolidation.status import Board
    from hoctap_desktop.store.database import Store
    from hoctap_desktop.units.model import Unit

_KINDS = {"plan": (Kind.PLAN,), "report": (Kind.REPORT,), "both": (Kind.PLAN, Kind.REPORT)}


def register(commands: Commands) -> None:
    """The commands of this module: receipt, paper-in, board."""
    receipt = with_store(add(commands, "receipt", _receipt, "ghi tay ngày nhận của một gói, có lý do"))
    receipt.set_defaults(misuse=receipt.error)
    receipt.add_argument("package", metavar="PACKAGE_ID", help="mã gói, 8 ký tự đầu trở lên (xem totals --trace)")
    receipt.add_argument("--day", metavar="NGÀY", help="ví dụ 17/10/2022")
    receipt.add_argument("--reason", default="", metavar="LÝ DO", help="ví dụ: dấu bưu điện ngày 17")
    receipt.add_argument("--undo", action="store_true", help="trở lại ngày nhận trước lần ghi tay cuối")
    paper = with_store(add(commands, "paper-in", _paper_in, "ghi nhận bản giấy đã nộp, theo mã giấy"))
    paper.add_argument("code", nargs="?", default="", metavar="MÃ", help="mã giấy ở chân trang, hoặc chữ quét được")
    paper.add_argument("--unit", metavar="ĐƠN_VỊ", help="mã đơn vị, khi mã giấy chưa biết của ai")
    paper.add_argument("--kind", choices=("plan", "report"), help="loại văn bản, khi mã giấy chưa biết")
    paper.add_argument("--day", metavar="NGÀY", help="ngày nhận, mặc định hôm nay")
    paper.add_argument("--note", default="", metavar="CHỮ", help="lời ghi cho bản giấy này")
    paper.add_argument("--undo", action="store_true", help="bỏ lần ghi nhận bản giấy của đơn vị")
    paper.set_defaults(misuse=paper.error)
    board = with_store(add(commands, "board", _board, "ai đã nộp, ai chưa"))
    board.add_argument("--as-of", metavar="NGÀY", help="tính đến ngày, ví dụ 14/10/2022")
    board.add_argument("--xlsx", type=Path, metavar="F")
    board.add_argument("--pdf", type=Path, metavar="F")
    board.add_argument("--kind", choices=tuple(_KINDS), default="report", help="nhắc văn bản nào, mặc định báo cáo")
    board.add_argument("--reminder", type=Path, metavar="F", help="công văn đôn đốc, pdf hoặc docx")
    board.add_argument("--calls", type=Path, metavar="F", help="danh sách gọi điện, pdf hoặc xlsx")
    board.add_argument("--text", action="store_true", help="tin nhắn ngắn cho từng đơn vị và cả nhóm")


def _receipt(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.receipt_days import set_received_on, undo_received_on
    from hoctap_desktop.consolidation.repository import package_named, submission

    if args.undo == bool(args.day):
        args.misuse("receipt cần --day và --reason, hoặc --undo (một trong hai)")
    with opened(args) as store:
        id = package_named(store, args.package)
        if args.undo:
            day = undo_received_on(store, id)
            got = submission(store, id)
        else:
            day = parse_date(args.day)
            got = set_received_on(store, id, day, args.reason)
    what = f"{KIND_WORDS[got.kind].lower()} {got.campaign}, {got.nth}"
    if not args.undo:
        answer.say(
            f"Đã ghi ngày nhận {print_date(got.received_on)} cho {what} của {got.unit_name}. Lý do: {args.reason}"
        )
    elif day is None:
        answer.say(f"Ngày nhận của {what} của {got.unit_name} chưa ghi tay lần nào: {print_date(got.received_on)}.")
    else:
        answer.say(f"Ngày nhận của {what} của {got.unit_name} trở lại {print_date(day)}.")
    answer.put(
        package_id=got.package_id, unit=got.unit_code, received_on=got.received_on.isoformat(), reason=got.day_reason
    )
    return DONE


def _paper_in(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation import paper_desk, paper_receipts

    with opened(args) as store:
        told = paper_desk.told_by(store, args.code)
        unit = args.unit or (told.unit.code if told.unit else "")
        kind = Kind(args.kind) if args.kind else told.kind
        if not unit or kind is None:
            misuse: Callable[[str], NoReturn] = args.misuse
            misuse("mã giấy chưa biết của đơn vị nào: hãy ghi --unit ĐƠN_VỊ và --kind plan|report")
        if args.undo:
            got = _standing_receipt(store, unit, kind)
            paper_receipts.take_back(store, got)
            answer.say("Đã bỏ lần ghi nhận bản giấy.")
            answer.put(id=got)
            return DONE
        day = parse_date(args.day) if args.day else None
        made = paper_desk.receive_paper(store, unit, kind, code=told.code, day=day, note=args.note)
    answer.say(
        f"Đã ghi nhận bản giấy {KIND_WORDS[kind].lower()} của {made.unit_name}, ngày {print_date(made.received_on)}."
    )
    answer.put(
        id=made.id,
        unit=made.unit_code,
        kind=kind.value,
        received_on=made.received_on.isoformat(),
        paper_code=made.paper_code,
    )
    return DONE


def _standing_receipt(store: Store, unit: str, kind: Kind) -> str:
    """The id of what was noted for a unit. Raises UserError(PACKAGE_UNKNOWN)."""
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.consolidation import paper_receipts
    from hoctap_desktop.foundation.errors import Code, UserError

    for one in paper_receipts.receipts(store, active(store).id):
        if (one.unit_code, one.kind) == (unit, kind):
            return one.id
    raise UserError(Code.PACKAGE_UNKNOWN, package=f"bản giấy của {unit}")


def _board(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.board_printed import board_document, board_sheets
    from hoctap_desktop.consolidation.overview import board_before, current_board
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    as_of = parse_date(args.as_of) if args.as_of else None
    refuse_wrong_outputs(args)
    for path, suffixes in ((args.reminder, (".pdf", ".docx")), (args.calls, (".pdf", ".xlsx"))):
        if path:
            refuse_other_suffix(path, suffixes)
    with opened(args) as store:
        board, own = current_board(store, as_of), own_unit(store)
        before = board_before(store, board.campaign) if args.pdf else None
        letter = _letter(store, args, as_of) if args.reminder else None
        calls = _calls(store, args, as_of) if args.calls else None
    tell_board(board, answer, units=not (args.text or args.reminder or args.calls))
    if args.text:
        _tell_texts(args, answer, board, own)
    if args.xlsx:
        write(args.xlsx, sheet.render(board_sheets(board, own), created=board.as_of), answer)
    if args.pdf:
        write(args.pdf, pdf.render(board_document(board, own, before)).data, answer)
    if letter:
        write(args.reminder, letter, answer)
    if calls:
        write(args.calls, calls, answer)
    return DONE


def _letter(store: Store, args: argparse.Namespace, as_of: date | None) -> bytes:
    from hoctap_desktop.consolidation.reminder_desk import begin_reminder
    from hoctap_desktop.consolidation.reminder_printed import reminder_document
    from hoctap_desktop.document import pdf
    from hoctap_desktop.units.repository import own_unit

    made = reminder_document(begin_reminder(store, _KINDS[args.kind], as_of), own_unit(store))
    if args.reminder.suffix.lower() == ".pdf":
        return pdf.render(made).data
    from hoctap_desktop.document.word import render_word

    return render_word(made)


def _calls(store: Store, args: argparse.Namespace, as_of: date | None) -> bytes:
    from hoctap_desktop.consolidation.reminder_desk import board_and_calls
    from hoctap_desktop.consolidation.reminder_printed import call_document, call_sheets
    from hoctap_desktop.consolidation.reminders import awaited
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    found, called = board_and_calls(store, as_of)
    kinds, own = _KINDS[args.kind], own_unit(store)
    rows = awaited(found, kinds)
    if args.calls.suffix.lower() == ".pdf":
        return pdf.render(call_document(found, rows, kinds, called, own)).data
    return sheet.render(call_sheets(found, rows, kinds, called, own), created=found.as_of)


def _tell_texts(args: argparse.Namespace, answer: Answer, board: Board, own: Unit) -> None:
    from hoctap_desktop.consolidation.reminders import awaited, group_text, unit_text

    rows = awaited(board, _KINDS[args.kind])
    texts = {one.unit.code: unit_text(one, own, board) for one in rows}
    group = group_text(rows, own, board, _KINDS[args.kind]) if rows else ""
    for line in (*texts.values(), group):
        if line:
            answer.say(line)
    answer.put(texts=texts, group_text=group)
