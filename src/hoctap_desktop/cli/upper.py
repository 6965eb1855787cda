"""The upper office: totals."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hoctap_desktop.cli.command import DONE, REFUSED, add, opened, refuse_wrong_outputs, with_store, write
from hoctap_desktop.cli.parser import Answer
from hoctap_desktop.cli.words import (
    filing_json,
    tell_as_sent,
    tell_narratives,
    tell_outliers,
    tell_since,
    tell_totals,
    tell_trace,
)
from hoctap_desktop.foundation.said_ids import filings_said

if TYPE_CHECKING:
    from hoctap_desktop.cli.command import Commands


def register(commands: Commands) -> None:
    """The command of this module: totals."""
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
    totals.add_argument("--revision", type=int, metavar="N", help="cùng --as-sent: bản lần N, không phải bản cuối")
    totals.add_argument("--changes", action="store_true", help="thay đổi sau khi gửi; cùng --pdf: ra giấy")
    totals.add_argument("--supplement", action="store_true", help="lập báo cáo bổ sung từ thay đổi sau khi gửi")
    totals.add_argument("--charts", type=Path, metavar="F", help="biểu đồ theo đơn vị ra PDF (với --trace: một số)")
    totals.add_argument("--xlsx", type=Path, metavar="F")
    totals.add_argument("--pdf", type=Path, metavar="F")


def _totals(args: argparse.Namespace, answer: Answer) -> int:
    from hoctap_desktop.campaign.repository import active
    from hoctap_desktop.consolidation import overview, settling
    from hoctap_desktop.consolidation.own_report import prepare_report
    from hoctap_desktop.consolidation.printed import charts_document, totals_document, totals_sheets
    from hoctap_desktop.consolidation.sent import as_sent, since_sent, supplement
    from hoctap_desktop.consolidation.since_printed import since_document
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
        supplementary = supplement(store) if args.supplement else None
        if args.as_sent:
            code = DONE if tell_as_sent(as_sent(store, revision=args.revision), answer) else REFUSED
        elif args.changes:
            tell_since(since, answer)
            code = REFUSED if since is None and args.pdf else DONE
        elif args.outliers:
            tell_outliers(doubts, answer)
        elif args.narratives:
            tell_narratives(overview.narratives(store, args.narratives), args.narratives, answer)
        elif args.trace:
            tell_trace(found.number(args.trace), answer)
        else:
            tell_totals(found, answer)
        if args.into_report or supplementary is not None:
            filing = supplementary or prepare_report(store)
            answer.say(f"Đã đưa số tổng hợp vào {filings_said(filing.id)}, lần {filing.revision}.")
            answer.put(filing=filing_json(filing))
        board = overview.current_board(store) if args.xlsx else None
    if args.xlsx:
        sheets = totals_sheets(found, own, campaign, today, standing=board, before=before, doubts=doubts, since=since)
        write(args.xlsx, sheet.render(sheets, created=today), answer)
    if args.pdf and args.changes:
        if since is not None:
            made = since_document(since, own, campaign, today, illustrative=found.illustrative)
            write(args.pdf, pdf.render(made).data, answer)
    elif args.pdf:
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
