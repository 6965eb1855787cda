"""The upper office: receiving, the board, totals."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, opened, refuse_wrong_outputs, with_store, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import (
    filing_json,
    tell_as_sent,
    tell_board,
    tell_narratives,
    tell_outliers,
    tell_since,
    tell_totals,
    tell_trace,
)
from hoctap_desktop.filing.model import KIND_WORDS
from hoctap_desktop.foundation.dates import parse_date, print_date
from hoctap_desktop.foundation.errors import Code

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The commands of this module: receive, receipt, board, totals."""
    receive = with_store(add(commands, "receive", _receive, "tiếp nhận tệp, thư mục, cả USB"))
    receive.add_argument("paths", type=Path, nargs="*", metavar="PATH")
    receive.set_defaults(misuse=receive.error)
    receive.add_argument("--undo", metavar="LƯỢT", help="hoàn tác một lượt nhập")
    receipt = with_store(add(commands, "receipt", _receipt, "ghi tay ngày nhận của một gói, có lý do"))
    receipt.add_argument("package", metavar="PACKAGE_ID", help="mã gói, 8 ký tự đầu trở lên (xem totals --trace)")
    receipt.add_argument("--day", required=True, metavar="NGÀY", help="ví dụ 17/10/2022")
    receipt.add_argument("--reason", required=True, metavar="LÝ DO", help="ví dụ: dấu bưu điện ngày 17")
    board = with_store(add(commands, "board", _board, "ai đã nộp, ai chưa"))
    board.add_argument("--as-of", metavar="NGÀY", help="tính đến ngày, ví dụ 14/10/2022")
    totals = with_store(add(commands, "totals", _totals, "bảng tổng hợp"))
    totals.add_argument("--trace", metavar="CHỈ TIÊU", help="số này từ những đơn vị nào")
    totals.add_argument("--into-report", action="store_true", help="đưa số tổng hợp vào báo cáo của đơn vị")
    totals.add_argument("--outliers", action="store_true", help="những ô nên xem lại, kèm lý do")
    totals.add_argument("--narratives", metavar="MỤC", help="các đơn vị viết gì ở một mục, ví dụ difficulties")
    totals.add_argument("--own", action="append", default=[], metavar="CHỈ TIÊU=SỐ", help="số của riêng cơ quan")
    totals.add_argument("--confirm", metavar="CHỈ TIÊU=SỐ", help="xác nhận một tổng có thể tính trùng")
    totals.add_argument("--dismiss", metavar="MÃ", help="bỏ qua một chỗ đã xem (mã ở --outliers)")
    totals.add_argument("--reason", default="", metavar="LÝ DO", help="lý do, cho --confirm và --dismiss")
    totals.add_argument("--as-sent", action="store_true", help="dựng lại bản đã gửi và so từng byte")
    totals.add_argument("--changes", action="store_true", help="thay đổi sau khi gửi")
    totals.add_argument("--supplement", action="store_true", help="lập báo cáo bổ sung từ thay đổi sau khi gửi")
    totals.add_argument("--charts", type=Path, metavar="F", help="biểu đồ theo đơn vị ra PDF (với --trace: một số)")
    for command in (board, totals):
        command.add_argument("--xlsx", type=Path, metavar="F")
        command.add_argument("--pdf", type=Path, metavar="F")


def _receive(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.intake import intake, undo

    if bool(args.paths) == bool(args.undo):
        args.misuse("receive cần đường dẫn, hoặc --undo LƯỢT (một trong hai)")
    with opened(args) as store:
        if args.undo:
            back = undo(store, args.undo)
            answer.say(f"Đã hoàn tác lượt {args.undo}: {len(back)} bản không còn tính.")
            answer.put(undone=[submission.package_id for submission in back])
            return DONE
        summary = intake(store, args.paths)
    for note in summary.notes:
        answer.say(note)
    if not summary.lines:
        answer.say("Không có gói nào ở đây.")
    for line in summary.lines:
        who = ", ".join(part for part in (line.unit, line.paper) if part)
        answer.say(f"{line.file}: {who + ': ' if who else ''}{line.sentence}" + _code(line.code))
    if summary.skipped:
        answer.say(f"Bỏ qua {summary.skipped} tệp khác.")
    if summary.batch:
        answer.say(f"Lượt {summary.batch}. Muốn bỏ cả lượt: hoctap receive {args.store} --undo {summary.batch}")
    answer.put(
        batch=summary.batch,
        skipped=summary.skipped,
        notes=summary.notes,
        files=[
            {
                "file": line.file,
                "outcome": line.outcome.value,
                "code": line.code.value if line.code else None,
                "sentence": line.sentence,
                "unit": line.unit_code,
                "unit_name": line.unit,
                "paper": line.paper,
                "package_id": line.package_id,
                "fingerprint": line.fingerprint,
            }
            for line in summary.lines
        ],
    )
    return DONE if summary.clean else REFUSED


def _receipt(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.repository import package_named, set_received_on

    day = parse_date(args.day)
    with opened(args) as store:
        got = set_received_on(store, package_named(store, args.package), day, args.reason)
    what = f"{KIND_WORDS[got.kind].lower()} {got.campaign}, lần {got.revision}"
    answer.say(f"Đã ghi ngày nhận {print_date(day)} cho {what} của {got.unit_name}. Lý do: {got.day_reason}")
    answer.put(package_id=got.package_id, unit=got.unit_code, received_on=day.isoformat(), reason=got.day_reason)
    return DONE


def _code(code: Code | None) -> str:
    return f" [{code.value}]" if code else ""


def _board(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.consolidation.overview import current_board
    from hoctap_desktop.consolidation.printed import board_document, board_sheets
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    as_of = parse_date(args.as_of) if args.as_of else None
    refuse_wrong_outputs(args)
    with opened(args) as store:
        board, own = current_board(store, as_of), own_unit(store)
    tell_board(board, answer)
    if args.xlsx:
        write(args.xlsx, sheet.render(board_sheets(board, own), created=board.as_of), answer)
    if args.pdf:
        write(args.pdf, pdf.render(board_document(board, own)).data, answer)
    return DONE


def _totals(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.consolidation import overview, settling
    from hoctap_desktop.consolidation.own_report import prepare_report
    from hoctap_desktop.consolidation.printed import charts_document, totals_document, totals_sheets
    from hoctap_desktop.consolidation.sent import as_sent, since_sent, supplement
    from hoctap_desktop.document import pdf, sheet
    from hoctap_desktop.units.repository import own_unit

    refuse_wrong_outputs(args)
    code = DONE
    with opened(args) as store:
        own, campaign, today = own_unit(store), active(store), store.clock().date()
        for given in args.own:
            settling.set_own(store, campaign.id, *_named(given))
        if args.confirm:
            settling.confirm(store, campaign, *_named(args.confirm), args.reason)
        if args.dismiss:
            settling.dismiss(store, campaign, args.dismiss, args.reason)
        found = overview.current_totals(store)
        before = overview.totals_before(store, campaign) if args.outliers or args.xlsx or args.charts else None
        doubts = overview.current_outliers(store, found, before, campaign) if args.outliers or args.xlsx else ()
        since = since_sent(store, campaign, found) if args.changes or args.xlsx else None
        if args.as_sent:
            code = DONE if tell_as_sent(as_sent(store), answer) else REFUSED
        elif args.changes:
            tell_since(since, answer)
        elif args.outliers:
            tell_outliers(doubts, answer)
        elif args.narratives:
            tell_narratives(overview.narratives(store, args.narratives), args.narratives, answer)
        elif args.trace:
            tell_trace(found.number(args.trace), answer)
        else:
            tell_totals(found, answer)
        if args.into_report or args.supplement:
            filing = supplement(store) if args.supplement else prepare_report(store)
            answer.say(f"Đã đưa số tổng hợp vào {filing.id}, lần {filing.revision}.")
            answer.put(filing=filing_json(filing))
        board = overview.current_board(store) if args.xlsx else None
    if args.xlsx:
        sheets = totals_sheets(found, own, campaign, today, standing=board, before=before, doubts=doubts, since=since)
        write(args.xlsx, sheet.render(sheets, created=today), answer)
    if args.pdf:
        write(args.pdf, pdf.render(totals_document(found, own, campaign, today)).data, answer)
    if args.charts:
        fields = [args.trace] if args.trace else [total.field.id for total in found.numbers]
        made = charts_document(found, own, campaign, today, fields, before, doubts)
        write(args.charts, pdf.render(made).data, answer)
    return code


def _named(given: str) -> tuple[str, str]:
    """An indicator and what is said of it, written "participants=120"."""
    name, _, said = given.partition("=")
    return name.strip(), said.strip()
